//! Methodology files: loading with what they extend, checking, and ordering into a method.

mod check;
mod data;
mod doubts;
mod draft;
mod layers;
mod names;
mod order;
mod outputs;
mod steps;

pub use doubts::doubts;
pub use layers::{Layer, Methodology};
pub use names::Against;
