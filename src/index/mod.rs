//! From indicators to an index: levels, steps, weights, aggregates, ranks, classes, and their trace.
//!
//! Kernels work on slices in the order of the register and know neither files nor frames.

pub mod aggregate;
pub mod class;
mod column;
mod compute;
pub mod diagnostics;
mod formula;
mod levels;
pub mod method;
mod outputs;
pub mod reference;
mod remarks;
mod result;
mod scene;
pub mod stats;
pub mod steps;
mod summary;

pub use column::{Column, Mark};
pub use compute::compute;
pub use formula::{Formula, Operand};
pub use method::Method;
pub use result::{
    ChildWeight, Index, NodeResult, OutputColumn, OutputResult, SummaryResult, TraceColumn,
    TraceMode,
};
