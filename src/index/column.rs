//! A column of the index: one number per unit, or the reason why there is none.

use std::sync::Arc;

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
    /// A value computed from a number that stands for a count which is not said.
    Substituted,
    /// No value: nobody measured it, or it cannot be computed.
    NotAvailable,
    /// No value: withheld by the publisher.
    Confidential,
    /// No value in what is published: it would give a small count back.
    Withheld,
    /// No value: has no meaning for this unit.
    NotApplicable,
    /// No value: the column is the same everywhere, so that it could not be normalised. A parent
    /// leaves it out without counting it as missing.
    Constant,
}

impl Mark {
    /// Whether there is a value.
    pub(crate) fn has_value(self) -> bool {
        matches!(self, Self::Value | Self::Imputed | Self::Substituted)
    }
}

impl Mark {
    /// The word for it in tables, the same in every language.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Imputed => "imputed",
            Self::Substituted => "substituted",
            Self::NotAvailable => "not-available",
            Self::Confidential => "confidential",
            Self::Withheld => "withheld",
            Self::NotApplicable => "not-applicable",
            Self::Constant => "constant",
        }
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
/// infinite, because columns are only built through `Column::new` and `Column::with_values`.
///
/// Columns share their cells when cloned, so that keeping one in the trace costs nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    values: Arc<[f64]>,
    marks: Arc<[Mark]>,
}

impl Column {
    /// A column from cells.
    pub(crate) fn new(cells: impl IntoIterator<Item = Result<f64, Missing>>) -> Self {
        let (values, marks): (Vec<f64>, Vec<Mark>) = cells
            .into_iter()
            .map(|cell| match cell {
                Ok(value) if value.is_finite() => (value, Mark::Value),
                Ok(_) => (f64::NAN, Mark::NotAvailable),
                Err(missing) => (f64::NAN, missing.into()),
            })
            .unzip();
        Self { values: values.into(), marks: marks.into() }
    }

    /// A column from what each cell is and its number, which counts only in cells with a value; one
    /// that is not finite is not available.
    pub(crate) fn from_parts(mut values: Vec<f64>, mut marks: Vec<Mark>) -> Self {
        for (value, mark) in values.iter_mut().zip(&mut marks) {
            if !mark.has_value() {
                *value = f64::NAN;
            } else if !value.is_finite() {
                (*value, *mark) = (f64::NAN, Mark::NotAvailable);
            }
        }
        Self { values: values.into(), marks: marks.into() }
    }

    /// The same cells with other numbers: a number where there was none becomes an imputed value,
    /// and a non-finite number becomes not available (its old reason is kept when it had one).
    #[must_use]
    pub(crate) fn with_values(&self, mut values: Vec<f64>) -> Self {
        assert_eq!(values.len(), self.len(), "a step keeps the number of units");
        let mut marks = None;
        for (unit, value) in values.iter_mut().enumerate() {
            let mark = match (value.is_finite(), self.marks[unit].has_value()) {
                (true, true) => continue,
                (true, false) => Mark::Imputed,
                (false, had) => {
                    *value = f64::NAN;
                    if !had {
                        continue;
                    }
                    Mark::NotAvailable
                }
            };
            marks.get_or_insert_with(|| self.marks.to_vec())[unit] = mark;
        }
        let marks = marks.map_or_else(|| Arc::clone(&self.marks), Arc::from);
        Self { values: values.into(), marks }
    }

    /// The same cells, where those for which `reason` names one lose their value.
    #[must_use]
    pub(crate) fn without(&self, reason: impl Fn(usize) -> Option<Mark>) -> Self {
        let mut values = self.values.to_vec();
        let mut marks = self.marks.to_vec();
        for unit in 0..self.len() {
            if let Some(mark) = reason(unit).filter(|mark| !mark.has_value()) {
                values[unit] = f64::NAN;
                marks[unit] = mark;
            }
        }
        Self { values: values.into(), marks: marks.into() }
    }

    /// The same cells, where those with a value for which `is_one` holds come from a substitute.
    #[must_use]
    pub(crate) fn substituted(self, is_one: impl Fn(usize) -> bool) -> Self {
        let mark = |(unit, mark): (usize, &Mark)| match mark {
            Mark::Value if is_one(unit) => Mark::Substituted,
            other => *other,
        };
        let marks = self.marks.iter().enumerate().map(mark).collect();
        Self { values: self.values, marks }
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
    pub(crate) fn len(&self) -> usize {
        self.values.len()
    }

    /// How many cells have a value.
    pub(crate) fn present(&self) -> usize {
        self.marks.iter().filter(|mark| mark.has_value()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_put_into_an_empty_cell_is_marked_as_imputed() {
        let column = Column::new([Ok(1.0), Err(Missing::Confidential), Ok(f64::NAN)]);
        assert_eq!(column.marks(), [Mark::Value, Mark::Confidential, Mark::NotAvailable]);
        let filled = column.with_values(vec![2.0, 3.0, f64::NAN]);
        assert_eq!(filled.marks(), [Mark::Value, Mark::Imputed, Mark::NotAvailable]);
        assert_eq!(filled.present(), 2);
    }

    #[test]
    fn nothing_but_a_missing_cell_is_ever_not_a_number() {
        let column = Column::new([Ok(1.0), Err(Missing::Confidential)]);
        let broken = column.with_values(vec![f64::INFINITY, f64::NAN]);
        assert_eq!(broken.marks(), [Mark::NotAvailable, Mark::Confidential]);
        assert!(broken.values().iter().all(|value| value.is_nan()));
    }
}
