//! A formula over named columns: what the user wrote, how to evaluate it, and what an answer means.

use std::fmt;
use std::sync::Arc;

use crate::observation::Missing;

/// A column handed to a formula.
#[derive(Clone, Copy, Debug)]
pub enum Operand<'a> {
    /// Numbers; NaN where there is no value.
    Numbers(&'a [f64]),
    /// Texts (categories, register columns).
    Texts(&'a [Option<&'a str>]),
}

/// The row-wise function behind a formula: one answer a row; `None` where an operand is missing or
/// the formula leaves the row out, NaN where the result is undefined (`0/0`), infinite where
/// something was divided by zero. A predicate answers 1 or 0.
type Function = dyn Fn(&[Operand<'_>]) -> Vec<Option<f64>> + Send + Sync;

/// What the tree of a formula says of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Facts {
    /// It may answer nothing for a row that has all its operands: `CASE` without `ELSE`, `NULL`.
    pub partial: bool,
    /// Something in it is divided.
    pub divides: bool,
}

/// A checked formula. `study` makes them from SQL expressions; the index only evaluates.
#[derive(Clone)]
pub struct Formula {
    text: String,
    names: Vec<String>,
    words: Vec<(String, String)>,
    facts: Facts,
    function: Arc<Function>,
}

impl Formula {
    /// A formula from its text, the names of its operands in order, and its function.
    pub fn new(
        text: impl Into<String>,
        names: Vec<String>,
        function: impl Fn(&[Operand<'_>]) -> Vec<Option<f64>> + Send + Sync + 'static,
    ) -> Self {
        let (text, facts) = (text.into(), Facts::default());
        Self { text, names, words: Vec::new(), facts, function: Arc::new(function) }
    }

    /// The same formula with what its tree says.
    #[must_use]
    pub fn with(self, facts: Facts) -> Self {
        Self { facts, ..self }
    }

    /// The same formula with the texts with which it compares its columns.
    #[must_use]
    pub(crate) fn comparing(self, words: Vec<(String, String)>) -> Self {
        Self { words, ..self }
    }

    /// The texts with which it compares columns, each behind the name of its column.
    pub(crate) fn words(&self) -> &[(String, String)] {
        &self.words
    }

    /// What its tree says.
    pub(crate) fn facts(&self) -> Facts {
        self.facts
    }

    /// As the user wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Names of its operands: measures, register columns or nodes.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Evaluates on columns given in the order of [`Formula::names`].
    pub(crate) fn evaluate(&self, operands: &[Operand<'_>]) -> Vec<Option<f64>> {
        (self.function)(operands)
    }
}

impl fmt::Debug for Formula {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Formula")
            .field("text", &self.text)
            .field("names", &self.names)
            .finish_non_exhaustive()
    }
}

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
