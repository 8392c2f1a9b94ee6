//! A formula over named columns: what the user wrote, the names it uses, and how to evaluate it.

use std::fmt;
use std::sync::Arc;

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
        Self { text, names, facts, function: Arc::new(function) }
    }

    /// The same formula with what its tree says.
    #[must_use]
    pub fn with(self, facts: Facts) -> Self {
        Self { facts, ..self }
    }

    /// What its tree says.
    pub fn facts(&self) -> Facts {
        self.facts
    }

    /// As the user wrote it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Names of its operands: measures, register columns or nodes.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Evaluates on columns given in the order of [`Formula::names`].
    pub fn evaluate(&self, operands: &[Operand<'_>]) -> Vec<Option<f64>> {
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
