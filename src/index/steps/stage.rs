//! A small register on which steps are tried in tests.

use std::collections::BTreeMap;

use super::operation::Operation;
use crate::index::Column;
use crate::index::scene::{Measured, Scene};
use crate::language::Label;
use crate::observation::Missing;
use crate::quality::Findings;
use crate::register::{Register, Unit};

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

/// The column after a step on an indicator of that sign, all units ranked, and what was found.
pub(crate) fn on(step: &impl Operation, values: &[f64], sign: f64) -> (Column, Findings) {
    let register = register(values.len());
    let mut findings = Findings::default();
    let measured: BTreeMap<String, Measured> = BTreeMap::new();
    let mut scene = Scene {
        register: &register,
        ranked: &vec![true; values.len()],
        node: "x",
        sign,
        within: None,
        period: Some("year"),
        measured: &measured,
        words: None,
        findings: &mut findings,
    };
    let after = step.apply(&column(values), &mut scene);
    (after, findings)
}

/// The numbers after a step on a risk indicator.
pub(crate) fn after(step: &impl Operation, values: &[f64]) -> Vec<f64> {
    on(step, values, 1.0).0.values().to_vec()
}

/// The numbers after a step on a protective indicator.
pub(crate) fn after_protective(step: &impl Operation, values: &[f64]) -> Vec<f64> {
    on(step, values, -1.0).0.values().to_vec()
}
