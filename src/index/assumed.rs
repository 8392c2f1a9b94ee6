//! An index computed as if something else had been measured: what a change would have done.

use super::compute::compute_assuming;
use super::{Column, Index, Mark, Method};
use crate::observation::Observations;
use crate::quality::Findings;
use crate::register::Register;

/// A measured value of one indicator that is taken to be another one.
#[derive(Clone, Debug, PartialEq)]
pub struct Assumed {
    /// The indicator's id.
    pub node: String,
    /// Positions of the units that carry the value: one, or all of an area when the indicator is
    /// measured above the units.
    pub units: Vec<usize>,
    /// What is taken to have been measured.
    pub value: Assumption,
}

/// What is taken to have been measured.
#[derive(Clone, Debug, PartialEq)]
pub enum Assumption {
    /// A number, in the unit of the indicator before any step.
    Number(f64),
    /// A category.
    Word(String),
}

/// Computes an index in which one value was another one; everything else is as [`super::compute`]
/// does it. Neither steps nor findings are kept.
pub fn assuming(
    method: &Method,
    register: &Register,
    observations: &Observations,
    assumed: &Assumed,
) -> Index {
    compute_assuming(method, (register, observations), assumed, &mut Findings::default())
}

impl Assumed {
    /// The column of an indicator with the assumed number in it.
    pub(super) fn in_column(&self, node: &str, column: Column) -> Column {
        let Assumption::Number(number) = self.value else { return column };
        if self.node != node {
            return column;
        }
        let cells = (0..column.len()).map(|unit| match column.marks()[unit] {
            _ if self.units.contains(&unit) => Ok(number),
            Mark::Value | Mark::Imputed => Ok(column.values()[unit]),
            Mark::NotAvailable | Mark::Constant => Err(crate::observation::Missing::NotAvailable),
            Mark::Confidential => Err(crate::observation::Missing::Confidential),
            Mark::NotApplicable => Err(crate::observation::Missing::NotApplicable),
        });
        Column::new(cells)
    }

    /// Puts the assumed category among the words of an indicator.
    pub(super) fn in_words(&self, node: &str, words: &mut [Option<String>]) {
        let Assumption::Word(word) = &self.value else { return };
        if self.node == node {
            self.units.iter().for_each(|&unit| words[unit] = Some(word.clone()));
        }
    }
}
