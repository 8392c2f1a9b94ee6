//! From indicators to an index: levels, steps, weights, aggregates, ranks, classes, and their trace.
//!
//! Kernels work on slices in the order of the register and know neither files nor frames.

pub mod aggregate;
mod audit;
pub(crate) mod class;
mod column;
mod compute;
pub mod diagnostics;
mod doubts;
mod evaluate;
mod figures;
mod formula;
mod held;
mod levels;
pub mod method;
mod node;
mod other_cell;
mod outputs;
pub mod reference;
mod remeasured;
mod result;
pub mod stats;
pub(crate) mod steps;
mod summary;
mod variant;

use std::collections::BTreeMap;

use crate::message::index::Units;
use crate::observation::{Cell, Observations};
use crate::quality::Message;
use crate::register::Register;

pub use column::{Column, Mark};
pub(crate) use compute::finished;
pub(crate) use compute::outputs_without;
pub use compute::{compute, recompute};
pub(crate) use evaluate::impossible;
pub use evaluate::{Evaluation, Memo, evaluate};
pub(crate) use figures::{Figures, Standings, Unscored};
pub use formula::{Facts, Formula, Operand};
pub(crate) use method::Method;
pub use node::Graph;
pub use other_cell::{OtherCell, OtherRun, OtherRuns};
pub(crate) use remeasured::Remeasured;
pub(crate) use result::Influence;
pub use result::{ChildWeight, Index, OutputColumn, TraceMode};
pub(crate) use result::{NodeResult, OutputResult, SummaryResult, TraceColumn};
pub use variant::{MeasuredValue, Variant};

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

/// The values of a formula of a programme for each unit, NaN where there is none. Nodes stand in it by
/// the column that is meant, as [`Index::operand`] has them.
pub(crate) fn at_scored_units(
    formula: &Formula,
    index: &Index,
    register: &Register,
    observations: &Observations,
) -> Vec<f64> {
    let named = |name: &'_ String| index.operand(name);
    let nodes = formula.names().iter().filter_map(|name| Some((name.as_str(), named(name)?)));
    at_units(formula, &nodes.collect(), register, observations)
}

/// The word of each unit: of a register column, or of a measure of categories.
pub(crate) fn words(
    name: &str,
    register: &Register,
    observations: &Observations,
) -> Vec<Option<String>> {
    levels::Sources { register, observations }.words(name).0
}

/// The numbers of a measure, one for each unit, broadcast from its level; NaN where there is none.
pub(crate) fn measure(
    name: &str,
    register: &Register,
    observations: &Observations,
) -> Option<Vec<f64>> {
    levels::Sources { register, observations }.measure(name)
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
        Cell::Number(number) | Cell::Substitute(number) => Some(number.to_string()),
        Cell::Text(text) => Some(text.clone()),
        Cell::Missing(_) | Cell::Withheld => None,
    }
}

/// Units as findings speak of them.
pub(crate) fn units(register: &Register, units: &[usize]) -> Units {
    let codes = units.iter().map(|&unit| register.codes()[unit].clone());
    Units { codes: codes.collect(), first: named(register, units) }
}

/// The first units by name and code, and how many more there are.
pub(crate) fn named(register: &Register, units: &[usize]) -> Message {
    const SHOWN: usize = 5;
    let first: Vec<String> = units
        .iter()
        .take(SHOWN)
        .map(|&unit| format!("{} ({})", register.names()[unit], register.codes()[unit]))
        .collect();
    Message::same(first.join(", ")).and_more(units.len().saturating_sub(SHOWN))
}
