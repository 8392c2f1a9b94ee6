//! Methodology files: loading with what they extend, checking, and ordering into a method.

mod check;
mod data;
mod doubts;
mod draft;
mod graph;
mod layers;
mod merge;
mod names;
mod order;
mod outputs;
mod steps;

pub use doubts::doubts;
pub use layers::{Layer, Load, Methodology};
pub use names::Against;
