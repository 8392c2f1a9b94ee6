//! What a formula answers for each area, and what an answer without a number means.

use super::{Formula, Operand};
use crate::observation::Missing;

/// An operand at a level: numbers or words, and why cells are empty.
pub(super) enum Cells {
    Numbers(Vec<Result<f64, Missing>>),
    Words(Vec<Option<String>>),
}

impl Cells {
    pub(super) fn missing(&self, area: usize) -> Option<Missing> {
        match self {
            Self::Numbers(cells) => cells[area].err(),
            Self::Words(_) => None,
        }
    }
}

/// Runs a formula on operands of that many rows.
pub(super) fn evaluate(formula: &Formula, operands: &[Cells], rows: usize) -> Vec<Option<f64>> {
    let numbers: Vec<Vec<f64>> = operands
        .iter()
        .map(|cells| match cells {
            Cells::Numbers(cells) => cells.iter().map(|cell| cell.unwrap_or(f64::NAN)).collect(),
            Cells::Words(_) => Vec::new(),
        })
        .collect();
    let words: Vec<Vec<Option<&str>>> = operands
        .iter()
        .map(|cells| match cells {
            Cells::Words(words) => words.iter().map(Option::as_deref).collect(),
            Cells::Numbers(_) => Vec::new(),
        })
        .collect();
    let views: Vec<Operand<'_>> = operands
        .iter()
        .enumerate()
        .map(|(at, cells)| match cells {
            Cells::Numbers(_) => Operand::Numbers(&numbers[at]),
            Cells::Words(_) => Operand::Texts(&words[at]),
        })
        .collect();
    let results = formula.evaluate(&views);
    assert_eq!(results.len(), rows, "a formula answers once a row");
    results
}

/// What a formula's result means.
pub(super) enum Outcome {
    Value(f64),
    Missing(Missing),
    Undefined,
}

impl Outcome {
    pub(super) fn into_cell(self) -> Result<f64, Missing> {
        match self {
            Self::Value(value) => Ok(value),
            Self::Missing(missing) => Err(missing),
            Self::Undefined => Err(Missing::NotAvailable),
        }
    }
}

/// A result without a number: an operand is missing (its state goes on), the formula leaves the
/// row out (`CASE` without `ELSE`, `NULL`), or it is undefined.
pub(super) fn settle(
    formula: &Formula,
    operands: &[Cells],
    area: usize,
    result: Option<f64>,
) -> Outcome {
    match result {
        Some(value) if value.is_finite() => return Outcome::Value(value),
        Some(value) if value.is_infinite() => return Outcome::Undefined,
        _ => {}
    }
    let missing: Vec<Missing> = operands.iter().filter_map(|cells| cells.missing(area)).collect();
    let state = [Missing::Confidential, Missing::NotApplicable, Missing::NotAvailable]
        .into_iter()
        .find(|state| missing.contains(state));
    let words_missing =
        operands.iter().any(|cells| matches!(cells, Cells::Words(words) if words[area].is_none()));
    match state {
        Some(state) => Outcome::Missing(state),
        None if words_missing => Outcome::Missing(Missing::NotAvailable),
        None if result.is_none() && formula.facts().partial => {
            Outcome::Missing(Missing::NotApplicable)
        }
        None => Outcome::Undefined,
    }
}
