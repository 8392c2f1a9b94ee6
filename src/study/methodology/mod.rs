//! Methodology files: loading with what they extend, checking, and ordering into a method.

mod check;
mod data;
mod doubts;
mod draft;
mod graph;
mod load;
mod merge;
mod names;
mod order;
mod outputs;
mod steps;

pub use doubts::doubts;
pub use load::Methodology;
pub use names::Against;
