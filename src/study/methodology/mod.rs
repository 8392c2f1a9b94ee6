//! Methodology files: loading with what they extend, checking, and ordering into a method.

mod check;
mod draft;
mod findings;
mod graph;
mod names;
mod outputs;
mod steps;

pub use check::Methodology;
pub(super) use check::MethodologyFile;
pub(super) use draft::{Bounds, Mention, Mentions, Method};
pub(crate) use findings::findings;
pub use names::MethodologyContext;
pub(super) use outputs::{Nodes, predicate};
pub(super) use steps::{Recipes, StepText};
