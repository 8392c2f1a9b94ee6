//! From indicators to an index: levels, steps, weights, aggregates, ranks, classes, and their trace.
//!
//! Kernels work on slices in the order of the register and know neither files nor frames.

pub mod aggregate;
mod assumed;
pub mod class;
mod column;
mod compute;
pub mod diagnostics;
mod figures;
mod formula;
mod levels;
pub mod method;
mod outcome;
mod outputs;
pub mod reference;
mod remarks;
mod result;
mod scene;
pub mod stats;
pub mod steps;
mod summary;

use std::collections::BTreeMap;

use crate::observation::{Cell, Observations};
use crate::register::Register;

pub use assumed::{Assumed, Assumption, assuming};
pub use column::{Column, Mark};
pub use compute::compute;
pub use figures::Figures;
pub(crate) use figures::Unscored;
pub use formula::{Facts, Formula, Operand};
pub use method::Method;
pub use result::{
    ChildWeight, Index, NodeResult, OutputColumn, OutputResult, SummaryResult, TraceColumn,
    TraceMode,
};
pub(crate) use scene::named;

/// The values of a formula over nodes, register columns and measures, evaluated unit by unit; NaN
/// where there is none.
pub(crate) fn at_units(
    formula: &Formula,
    nodes: &BTreeMap<&str, &Column>,
    register: &Register,
    observations: &Observations,
) -> Vec<f64> {
    levels::Sources { register, observations }.at_units(formula, nodes).values
}

/// The word of each unit: of a register column, or of a measure of categories.
pub(crate) fn words(
    name: &str,
    register: &Register,
    observations: &Observations,
) -> Vec<Option<String>> {
    levels::Sources { register, observations }.words(name).0
}

/// What a measure says of a unit, broadcast from its level; `None` where it says nothing.
pub(crate) fn shown(
    name: &str,
    unit: usize,
    register: &Register,
    observations: &Observations,
) -> Option<String> {
    let series = observations.series(name)?;
    let area = register.level(&series.level)?.of_unit[unit];
    match &series.cells[area as usize] {
        Cell::Number(number) => Some(number.to_string()),
        Cell::Text(text) => Some(text.clone()),
        Cell::Missing(_) => None,
    }
}
