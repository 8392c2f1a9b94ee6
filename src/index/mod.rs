//! From indicators to an index: levels, steps, weights, aggregates, ranks, classes, and their trace.
//!
//! Kernels work on slices in the order of the register and know neither files nor frames.

pub mod aggregate;
mod assumed;
pub mod class;
mod column;
mod compute;
pub mod diagnostics;
mod formula;
mod levels;
pub mod method;
mod outputs;
mod remarks;
mod result;
mod scene;
pub mod stats;
pub mod steps;
mod summary;

pub use assumed::{Assumed, Assumption, assuming};
pub use column::{Column, Mark};
pub use compute::compute;
pub use formula::{Formula, Operand};
pub use method::Method;
pub use result::{
    ChildWeight, Index, NodeResult, OutputColumn, OutputResult, SummaryResult, TraceColumn,
    TraceMode,
};
