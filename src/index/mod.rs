//! From indicators to an index: levels, steps, weights, aggregates, ranks, classes, and their trace.
//!
//! Kernels work on slices in the order of the register and know neither files nor frames.

pub mod aggregate;
pub mod class;
mod column;
mod formula;
pub mod method;
mod result;
mod scene;
pub mod stats;
pub mod steps;

pub use column::{Column, Mark};
pub use formula::{Formula, Operand};
pub use method::Method;
pub use result::{
    ChildWeight, Index, NodeResult, OutputColumn, OutputResult, SummaryResult, TraceColumn,
};
