//! What a step sees besides its column: who is counted, who is ranked, and where findings go.

use std::collections::BTreeMap;

use super::{Column, Mark};
use crate::language::numbered;
use crate::message;
use crate::quality::{Finding, Findings, Message, Rule, message};
use crate::register::Register;

/// An indicator's measured column, before any step, with the sign of its direction.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    /// As measured.
    pub(crate) column: Column,
    /// +1 where more means more risk, -1 where it means less.
    pub(crate) sign: f64,
}

/// The surroundings of one step on one column.
pub(crate) struct Scene<'a> {
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
    /// For a node of categories: its words.
    pub(crate) words: Option<&'a [Option<String>]>,
    /// Where findings go.
    pub(crate) findings: &'a mut Findings,
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
        base(self.values, self.ranked)
    }

    /// Applies a function to each value.
    pub(crate) fn map(&self, function: impl Fn(f64) -> f64) -> Vec<f64> {
        self.values.iter().map(|&value| function(value)).collect()
    }
}

/// Values of the ranked units, missing left out, in register order.
pub(crate) fn base(values: &[f64], ranked: &[bool]) -> Vec<f64> {
    values
        .iter()
        .zip(ranked)
        .filter(|(value, ranked)| **ranked && !value.is_nan())
        .map(|(&value, _)| value)
        .collect()
}

/// Values of the ranked units, NaN for the others.
pub(crate) fn base_or_nan(values: &[f64], ranked: &[bool]) -> Vec<f64> {
    let keep = |(&value, &ranked): (&f64, &bool)| if ranked { value } else { f64::NAN };
    values.iter().zip(ranked).map(keep).collect()
}

impl Scene<'_> {
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
    /// and cannot be normalised: the cells are marked constant, and that is told.
    pub(crate) fn normalise(
        &mut self,
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
        self.tell_constant(&constant);
        let is_constant = |unit: usize| constant.binary_search(&unit).is_ok();
        let kept: Vec<f64> = (0..column.len())
            .map(|unit| if is_constant(unit) { column.values()[unit] } else { values[unit] })
            .collect();
        column.with_values(kept).without(|unit| is_constant(unit).then_some(Mark::Constant))
    }

    /// The column without its values, which are all the same and cannot be normalised; that is told.
    pub(crate) fn constant(&mut self, column: &Column) -> Column {
        let units: Vec<usize> =
            (0..column.len()).filter(|&unit| column.value(unit).is_some()).collect();
        self.tell_constant(&units);
        column.without(|unit| column.value(unit).map(|_| Mark::Constant))
    }

    fn tell_constant(&mut self, units: &[usize]) {
        let message = message!(
            "the value is the same for all {n} units that have one and cannot be normalised",
            "valoarea este aceeași pentru {of} care au una și nu poate fi normalizată",
            n = units.len(),
            of = numbered(n, "unitate", "unități"),
        );
        let finding = Finding::new(&message::index::CONSTANT_COLUMN, self.node, message).hint(message!(
            "the weight goes to the other children; leave the indicator out or find a finer source",
            "ponderea trece la ceilalți indicatori; scoateți indicatorul sau căutați o sursă mai fină",
        ));
        self.findings.push(finding);
    }

    /// Tells something about units.
    pub(crate) fn tell(&mut self, rule: &Rule, units: &[usize], message: Message) {
        self.findings.push(about_units(rule, self.node, self.register, units, message));
    }
}

/// A finding about units: their number and the first of them in the message, all of them listed.
pub(crate) fn about_units(
    rule: &Rule,
    subject: &str,
    register: &Register,
    units: &[usize],
    message: Message,
) -> Finding {
    let codes = units.iter().map(|&unit| register.codes()[unit].clone());
    let first = named(register, units);
    let message = message.and(&format!(": {}", first.en), &format!(": {}", first.ro));
    Finding::new(rule, subject, message).units(codes)
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
