//! What every step can be asked, and what it sees besides its column.

use std::collections::BTreeMap;

use crate::index::levels::Measured;
use crate::index::{Column, Mark, stats, units};
use crate::message::index::Units;
use crate::message::index::parameters;
use crate::quality::{Finding, Message};
use crate::register::Register;

/// A step with its parameters.
pub(crate) trait Operation {
    /// What is wrong with the parameters, in words for the person who wrote them; empty when fine.
    fn problems(&self) -> Vec<Message> {
        Vec::new()
    }

    /// Register columns it names.
    fn areas(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Indicators whose measured columns it reads.
    fn indicators(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Codes of units it names.
    fn units(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Whether it needs the methodology to name a `period`.
    fn needs_period(&self) -> bool {
        false
    }

    /// Whether it normalises, that is: turns a protective indicator round when it is the first to.
    fn normalises(&self) -> bool {
        false
    }

    /// Whether it scores words: the column before it has no numbers yet.
    fn scores_words(&self) -> bool {
        false
    }

    /// The column after the step.
    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column;

    /// With what it fills cells, for a step that imputes.
    fn filling(&self) -> Option<Message> {
        None
    }

    /// What only the step itself can say of the column it was given and the one it made; cells that
    /// were filled, lost or constant are found for every step alike.
    fn findings(&self, _: &Column, _: &Column, _: &StepContext<'_>) -> Vec<Finding> {
        Vec::new()
    }
}

/// A step as `methods steps` and reports explain it.
pub(crate) trait Explained {
    /// Its text.
    const TEXT: StepText;
}

/// The explanation of a step.
pub(crate) struct StepText {
    /// What it does, in one sentence.
    pub(crate) summary: &'static str,
    /// The same in Romanian, the verb first, in the third person.
    pub(crate) romanian: &'static str,
    /// Its formula.
    pub(crate) formula: &'static str,
    /// How a methodology writes it (TOML).
    pub(crate) example: &'static str,
    /// Where it comes from.
    pub(crate) source: &'static str,
}

/// The surroundings of one step on one column.
#[derive(Clone, Copy)]
pub(crate) struct StepContext<'a> {
    /// Who is counted.
    pub(crate) register: &'a Register,
    /// For each unit, whether it belongs to the distribution.
    pub(crate) ranked: &'a [bool],
    /// The node or output the column belongs to.
    pub(crate) node: &'a str,
    /// What the first normalising step multiplies by; 1 once that has happened.
    pub(crate) sign: f64,
    /// Register column within whose areas statistics are taken unless a step names its own.
    pub(crate) within: Option<&'a str>,
    /// Register column of the period of a panel.
    pub(crate) period: Option<&'a str>,
    /// Every indicator as measured.
    pub(crate) measured: &'a BTreeMap<String, Measured>,
    /// For a node of categories that are not scored yet: its words.
    pub(crate) words: Option<&'a [Option<String>]>,
}

/// Cells of one area (or of everybody), turned so that higher means more at risk.
pub(crate) struct Group<'a> {
    /// Positions of the units in the register.
    pub(crate) units: &'a [usize],
    /// NaN where a cell has no value.
    pub(crate) values: &'a [f64],
    /// Whether the unit belongs to the distribution.
    pub(crate) ranked: &'a [bool],
}

impl Group<'_> {
    /// Values from which statistics are taken, in register order.
    pub(crate) fn base(&self) -> Vec<f64> {
        stats::base(self.values, self.ranked)
    }

    /// Applies a function to each value.
    pub(crate) fn map(&self, function: impl Fn(f64) -> f64) -> Vec<f64> {
        self.values.iter().map(|&value| function(value)).collect()
    }
}

impl StepContext<'_> {
    /// Numbers turned so that higher means more at risk.
    pub(crate) fn turned(&self, values: &[f64]) -> Vec<f64> {
        if self.sign < 0.0 { values.iter().map(|x| 0.0 - x).collect() } else { values.to_vec() }
    }

    /// The units of each area of a register column, in register order; all units in one group when
    /// no column is named (or the register has none of that name).
    pub(crate) fn areas(&self, within: Option<&str>) -> Vec<Vec<usize>> {
        let level = within.or(self.within).and_then(|name| self.register.level(name));
        let Some(level) = level else { return vec![(0..self.register.len()).collect()] };
        let mut areas = vec![Vec::new(); level.areas.len()];
        for (unit, &area) in level.of_unit.iter().enumerate() {
            areas[area as usize].push(unit);
        }
        areas
    }

    /// Normalises within each area. Where the kernel answers `None` the values are all the same
    /// and cannot be normalised: the cells are marked constant.
    pub(crate) fn normalise(
        &self,
        column: &Column,
        within: Option<&str>,
        kernel: impl Fn(&Group<'_>) -> Option<Vec<f64>>,
    ) -> Column {
        let turned = self.turned(column.values());
        let areas = self.areas(within);
        let mut values = vec![f64::NAN; column.len()];
        let mut constant: Vec<usize> = Vec::new();
        for units in areas {
            let cells: Vec<f64> = units.iter().map(|&unit| turned[unit]).collect();
            let ranked: Vec<bool> = units.iter().map(|&unit| self.ranked[unit]).collect();
            let group = Group { units: &units, values: &cells, ranked: &ranked };
            if cells.iter().all(|cell| cell.is_nan()) {
                continue;
            }
            match kernel(&group) {
                Some(normalised) => {
                    // what is missing stays missing, whatever a kernel makes of NaN
                    for (at, value) in normalised.into_iter().enumerate() {
                        values[units[at]] = if cells[at].is_nan() { f64::NAN } else { value };
                    }
                }
                None => constant.extend(units.into_iter().filter(|&unit| !turned[unit].is_nan())),
            }
        }
        if constant.is_empty() {
            return column.with_values(values);
        }
        constant.sort_unstable();
        let is_constant = |unit: usize| constant.binary_search(&unit).is_ok();
        let kept: Vec<f64> = (0..column.len())
            .map(|unit| if is_constant(unit) { column.values()[unit] } else { values[unit] })
            .collect();
        column.with_values(kept).without(|unit| is_constant(unit).then_some(Mark::Constant))
    }

    /// Units by name and code, for findings.
    pub(crate) fn units(&self, units_of: &[usize]) -> Units {
        units(self.register, units_of)
    }
}

/// A message when a parameter is not a usable number.
pub(super) fn finite(name: &str, value: f64) -> Option<Message> {
    (!value.is_finite()).then(|| parameters::finite(name))
}

/// A message when a parameter is not above zero.
pub(super) fn positive(name: &str, value: f64) -> Option<Message> {
    (!(value.is_finite() && value > 0.0)).then(|| parameters::positive(name))
}

/// A message when the two ends of a range are the same or not finite.
pub(super) fn range(name: &str, ends: [f64; 2]) -> Option<Message> {
    (!(ends[0].is_finite() && ends[1].is_finite() && ends[0].total_cmp(&ends[1]).is_ne()))
        .then(|| parameters::two_numbers(name))
}
