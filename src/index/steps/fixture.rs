//! A small register on which steps are tried in tests.

use std::collections::BTreeMap;

use super::Step;
use super::operation::{Operation, StepContext};
use crate::index::Column;
use crate::index::levels::Measured;
use crate::language::Label;
use crate::observation::Missing;
use crate::quality::Findings;
use crate::register::{Register, UNIT, Unit};

/// Units 1000, 1001, … with a county each (`A` for the first half) and a period (`2020`, `2021` in
/// turn) for the place of two following units.
pub(crate) fn register(units: usize) -> Register {
    let unit = |at: usize| Unit {
        code: format!("{}", 1000 + at),
        name: format!("Unit {at}"),
        values: vec![
            if at < units / 2 { "A".into() } else { "B".into() },
            format!("{}", 2020 + at % 2),
            format!("place {}", at / 2),
        ],
    };
    let columns = vec!["county".into(), "year".into(), "place".into()];
    Register::new("test", Label::same("test"), columns, (0..units).map(unit).collect())
        .expect("codes are different")
}

/// A column; NaN is a cell that is not available.
pub(crate) fn column(values: &[f64]) -> Column {
    Column::new(values.iter().map(|&x| if x.is_nan() { Err(Missing::NotAvailable) } else { Ok(x) }))
}

/// An indicator as measured, of that sign.
pub(crate) fn measured(values: &[f64], sign: f64) -> Measured {
    Measured { sign, ..Measured::new(column(values), UNIT.to_owned()) }
}

/// The column after a step on an indicator of that sign, all units ranked, and what was found.
pub(crate) fn on(
    step: &(impl Operation + Clone + Into<Step>),
    values: &[f64],
    sign: f64,
) -> (Column, Findings) {
    within(values.len(), sign, |context| {
        let before = column(values);
        let after = step.apply(&before, context);
        let findings = step.clone().into().findings(&before, &after, context);
        (after, findings.into_iter().collect())
    })
}

/// The numbers after a step on a risk indicator.
pub(crate) fn after(step: &impl Operation, values: &[f64]) -> Vec<f64> {
    within(values.len(), 1.0, |context| step.apply(&column(values), context).values().to_vec())
}

/// The numbers after a step on a protective indicator.
pub(crate) fn after_protective(step: &impl Operation, values: &[f64]) -> Vec<f64> {
    within(values.len(), -1.0, |context| step.apply(&column(values), context).values().to_vec())
}

/// Something done in the surroundings of a step on an indicator of that sign.
fn within<T>(units: usize, sign: f64, work: impl FnOnce(&StepContext<'_>) -> T) -> T {
    beside(&register(units), &BTreeMap::new(), |risk| work(&StepContext { sign, ..*risk }))
}

/// Something done in the surroundings of a step on a risk indicator, beside others that were measured.
pub(crate) fn beside<T>(
    register: &Register,
    measured: &BTreeMap<String, Measured>,
    work: impl FnOnce(&StepContext<'_>) -> T,
) -> T {
    work(&StepContext {
        register,
        ranked: &vec![true; register.len()],
        node: "x",
        sign: 1.0,
        within: None,
        period: Some("year"),
        measured,
        words: None,
    })
}
