//! A column of the index: one number per unit, or the reason why there is none.

use serde::Serialize;

use crate::observation::Missing;

/// What a cell of a column is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Mark {
    /// A value, measured or computed from measured ones. Zero is a value.
    Value,
    /// A value put there by a declared rule of imputation.
    Imputed,
    /// No value: nobody measured it, or it cannot be computed.
    NotAvailable,
    /// No value: withheld by the publisher.
    Confidential,
    /// No value: has no meaning for this unit.
    NotApplicable,
}

impl Mark {
    /// Whether there is a value.
    pub fn has_value(self) -> bool {
        matches!(self, Self::Value | Self::Imputed)
    }
}

impl From<Missing> for Mark {
    fn from(missing: Missing) -> Self {
        match missing {
            Missing::NotAvailable => Self::NotAvailable,
            Missing::Confidential => Self::Confidential,
            Missing::NotApplicable => Self::NotApplicable,
        }
    }
}

/// Numbers of all units in the order of the register.
///
/// Kernels see `values()`, where a cell without a value is NaN; nothing else is ever NaN or
/// infinite, because columns are only built through [`Column::new`] and [`Column::with_values`].
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    values: Vec<f64>,
    marks: Vec<Mark>,
}

impl Column {
    /// A column from cells.
    pub fn new(cells: impl IntoIterator<Item = Result<f64, Missing>>) -> Self {
        let (values, marks) = cells
            .into_iter()
            .map(|cell| match cell {
                Ok(value) if value.is_finite() => (value, Mark::Value),
                Ok(_) => (f64::NAN, Mark::NotAvailable),
                Err(missing) => (f64::NAN, missing.into()),
            })
            .unzip();
        Self { values, marks }
    }

    /// The same cells with other numbers: a number where there was none becomes an imputed value,
    /// and a non-finite number becomes not available (its old reason is kept when it had one).
    #[must_use]
    pub fn with_values(&self, values: Vec<f64>) -> Self {
        assert_eq!(values.len(), self.len(), "a step keeps the number of units");
        let marks = values
            .iter()
            .zip(&self.marks)
            .map(|(value, &mark)| match (value.is_finite(), mark.has_value()) {
                (true, true) | (false, false) => mark,
                (true, false) => Mark::Imputed,
                (false, true) => Mark::NotAvailable,
            })
            .collect();
        let values = values.into_iter().map(|v| if v.is_finite() { v } else { f64::NAN }).collect();
        Self { values, marks }
    }

    /// Numbers; NaN where the cell has no value.
    pub fn values(&self) -> &[f64] {
        &self.values
    }

    /// What each cell is.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The number of a unit, where it has one.
    pub fn value(&self, unit: usize) -> Option<f64> {
        let value = self.values[unit];
        value.is_finite().then_some(value)
    }

    /// How many units there are.
    pub fn len(&self) -> usize {
        self.values.len()
    }

    /// Whether there are no units.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// How many cells have a value.
    pub fn present(&self) -> usize {
        self.marks.iter().filter(|mark| mark.has_value()).count()
    }
}
