//! Formulas over what was measured, each evaluated at the coarsest level of its measures.
//!
//! Finer counts and amounts are added up to that level, the formula runs there, and only its
//! result goes down to the units. A count of a county never stands over the people of a commune.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::formula::{Cells, Outcome, evaluate, settle};
use super::{Column, Formula, stats};
use crate::observation::{Cell, Missing, Observations, Origin, Series};
use crate::quality::Place;
use crate::register::{Level, NATIONAL, Register, UNIT};

/// What an indicator measured, before any step.
#[derive(Clone, Debug)]
pub(crate) struct Measured {
    /// One cell per unit; without numbers for an indicator of categories.
    pub(crate) column: Column,
    /// The level at which it was measured.
    pub(crate) level: String,
    /// +1 where more means more risk, -1 where it means less.
    pub(crate) sign: f64,
    /// For an indicator of categories: the word of each unit.
    pub(crate) words: Option<Arc<[Option<String>]>>,
    /// Areas of the level for which the formula is undefined.
    pub(crate) undefined: Vec<usize>,
    /// Finer series that cannot be summed up to the level everywhere.
    pub(crate) incomplete: Vec<IncompleteSum>,
}

/// A series that cannot be summed over some areas, because a part of them has no value.
#[derive(Clone, Debug)]
pub(crate) struct IncompleteSum {
    /// The series.
    pub(crate) series: String,
    /// The areas.
    pub(crate) areas: Vec<usize>,
}

impl Measured {
    /// A column measured at a level, where nothing is to be said about it.
    pub(crate) fn new(column: Column, level: String) -> Self {
        let (undefined, incomplete) = (Vec::new(), Vec::new());
        Self { column, level, sign: 1.0, words: None, undefined, incomplete }
    }
}

/// What a formula answers for the units.
pub(crate) struct Answers {
    /// One number a unit; NaN where it answers nothing, infinite where it divides by zero.
    pub(crate) values: Vec<f64>,
    /// The units for which it is undefined although it has all its operands.
    pub(crate) undefined: Vec<usize>,
}

/// What a formula is evaluated on.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sources<'a> {
    /// Who is counted.
    pub(crate) register: &'a Register,
    /// What was measured.
    pub(crate) observations: &'a Observations,
}

impl<'a> Sources<'a> {
    /// Evaluates an indicator's formula.
    pub(crate) fn indicator(&self, formula: &Formula) -> Measured {
        let level_name = self.coarsest(formula);
        let level = self.level(&level_name);
        let mut incomplete = Vec::new();
        let mut operands = Vec::with_capacity(formula.names().len());
        for name in formula.names() {
            let (cells, gaps) = self.operand(name, &level_name);
            operands.push(cells);
            if !gaps.is_empty() {
                incomplete.push(IncompleteSum { series: name.clone(), areas: gaps });
            }
        }
        let results = evaluate(formula, &operands, level.areas.len());
        let (mut cells, mut undefined) = (Vec::with_capacity(results.len()), Vec::new());
        for (area, result) in results.into_iter().enumerate() {
            let cell = settle(formula, &operands, area, result);
            if matches!(cell, Outcome::Undefined) {
                undefined.push(area);
            }
            cells.push(cell.into_cell());
        }
        let own = formula.names().iter().filter_map(|name| self.observations.series(name));
        let own: Vec<_> = own.filter(|series| series.level == level_name).collect();
        let stands = |series: &&Series, unit: usize| {
            matches!(series.cells[level.of_unit[unit] as usize], Cell::Substitute(_))
        };
        let column = Column::new(level.of_unit.iter().map(|&area| cells[area as usize]))
            .substituted(|unit| own.iter().any(|series| stands(series, unit)));
        Measured { undefined, incomplete, ..Measured::new(column, level_name) }
    }

    /// An indicator of categories: words, and for each unit without one the reason.
    pub(crate) fn category(&self, name: &str) -> Measured {
        let (words, reasons, level) = self.words(name);
        let column = Column::new(reasons.into_iter().map(Err));
        Measured { words: Some(words.into()), ..Measured::new(column, level) }
    }

    /// The words of a register column or of a category measure, one per unit, and their level.
    pub(crate) fn words(&self, name: &str) -> (Vec<Option<String>>, Vec<Missing>, String) {
        let absent = || vec![Missing::NotAvailable; self.register.len()];
        if let Some(words) = self.register.column(name) {
            let words = words.iter().map(|word| (!word.is_empty()).then(|| word.clone())).collect();
            return (words, absent(), UNIT.to_owned());
        }
        let Some(series) = self.observations.series(name) else {
            return (vec![None; self.register.len()], absent(), UNIT.to_owned());
        };
        let level = self.level(&series.level);
        let cell = |area: &u32| &series.cells[*area as usize];
        let words = level.of_unit.iter().map(cell).map(word).collect();
        let reasons = level.of_unit.iter().map(cell).map(|cell| match cell {
            Cell::Missing(missing) => *missing,
            Cell::Withheld => Missing::Confidential,
            Cell::Number(_) | Cell::Substitute(_) | Cell::Text(_) => Missing::NotAvailable,
        });
        (words, reasons.collect(), series.level.clone())
    }

    /// For each unit, whether a predicate holds. A register column stands before a node of its name.
    pub(crate) fn holds(&self, formula: &Formula, nodes: &BTreeMap<&str, &Column>) -> Vec<bool> {
        let nodes = &nodes
            .iter()
            .filter(|(name, _)| self.register.column(name).is_none())
            .map(|(&name, &column)| (name, column))
            .collect();
        let values = self.at_units(formula, nodes).values;
        values.into_iter().map(|value| value.is_finite() && value != 0.0).collect()
    }

    /// A formula over nodes, register columns and measures, evaluated unit by unit. A node stands
    /// before a register column of its name.
    pub(crate) fn at_units(&self, formula: &Formula, nodes: &BTreeMap<&str, &Column>) -> Answers {
        let operands: Vec<Cells> = formula
            .names()
            .iter()
            .map(|name| match nodes.get(name.as_str()) {
                Some(column) => Cells::Numbers(
                    column
                        .values()
                        .iter()
                        .map(|&x| if x.is_nan() { Err(Missing::NotAvailable) } else { Ok(x) })
                        .collect(),
                ),
                None => self.broadcast_operand(name),
            })
            .collect();
        let results = evaluate(formula, &operands, self.register.len());
        let is_undefined = |&unit: &usize| {
            matches!(settle(formula, &operands, unit, results[unit]), Outcome::Undefined)
        };
        let undefined = (0..results.len()).filter(is_undefined).collect();
        let values = results.into_iter().map(|result| result.unwrap_or(f64::NAN)).collect();
        Answers { values, undefined }
    }

    /// The measured numbers of a series, one per unit, broadcast from its level.
    pub(crate) fn measure(&self, name: &str) -> Option<Vec<f64>> {
        let series = self.observations.series(name)?;
        let level = self.level(&series.level);
        let number = |area: &u32| series.cells[*area as usize].number().unwrap_or(f64::NAN);
        Some(level.of_unit.iter().map(number).collect())
    }

    fn broadcast_operand(&self, name: &str) -> Cells {
        if let Some(series) = self.observations.series(name) {
            let level = self.level(&series.level);
            if series.nature.is_number() {
                let cell = |area: &u32| number(&series.cells[*area as usize]);
                return Cells::Numbers(level.of_unit.iter().map(cell).collect());
            }
        }
        Cells::Words(self.words(name).0)
    }

    /// The level of that name; the national one where there is none.
    pub(crate) fn level(&self, name: &str) -> &'a Level {
        self.register
            .level(name)
            .or_else(|| self.register.level(NATIONAL))
            .expect("every register has the national level")
    }

    /// The coarsest level among the measures of a formula; that of the units when it has none.
    fn coarsest(&self, formula: &Formula) -> String {
        let mut coarsest = UNIT.to_owned();
        for name in formula.names() {
            let Some(series) = self.observations.series(name) else { continue };
            let (ours, theirs) = (self.level(&coarsest), self.level(&series.level));
            // of two levels of which neither lies inside the other, neither is right: the study
            // refuses them; here the whole register is the safe answer
            if ours.refines(theirs) {
                coarsest.clone_from(&series.level);
            } else if !theirs.refines(ours) {
                NATIONAL.clone_into(&mut coarsest);
            }
        }
        coarsest
    }

    /// An operand at a level at or above its own, and the areas over which it cannot be summed.
    pub(super) fn operand(&self, name: &str, level: &str) -> (Cells, Vec<usize>) {
        let target = self.level(level);
        let words = || Cells::Words(Self::common_words(&self.words(name).0, target));
        match self.observations.series(name) {
            None => (words(), Vec::new()),
            Some(series) if series.level == level && series.nature.is_number() => {
                (Cells::Numbers(series.cells.iter().map(number).collect()), Vec::new())
            }
            Some(series) if series.level == level => {
                (Cells::Words(series.cells.iter().map(word).collect()), Vec::new())
            }
            Some(series) if series.nature.is_number() => {
                let (sums, gaps) = self.sums(series, target);
                (Cells::Numbers(sums), gaps)
            }
            Some(_) => (words(), Vec::new()),
        }
    }

    /// The word that all units of an area share; none where they differ.
    fn common_words(words: &[Option<String>], level: &Level) -> Vec<Option<String>> {
        let mut common: Vec<Option<&Option<String>>> = vec![None; level.areas.len()];
        let mut mixed = vec![false; level.areas.len()];
        for (word, &area) in words.iter().zip(&level.of_unit) {
            let known = common[area as usize].get_or_insert(word);
            mixed[area as usize] |= *known != word;
        }
        common
            .into_iter()
            .zip(mixed)
            .map(|(word, mixed)| if mixed { None } else { word.cloned().flatten() })
            .collect()
    }

    /// The sums of a finer series over the areas of a coarser level, missing where a part is; and
    /// the areas where one is.
    fn sums(&self, series: &Series, target: &Level) -> (Vec<Result<f64, Missing>>, Vec<usize>) {
        let own = self.level(&series.level);
        let parts = parts(own, target);
        let mut incomplete = Vec::new();
        let sums = parts
            .iter()
            .enumerate()
            .map(|(area, parts)| {
                if !series.nature.sums() {
                    return Err(Missing::NotAvailable);
                }
                let cells: Result<Vec<f64>, Missing> =
                    parts.iter().map(|&part| number(&series.cells[part])).collect();
                if cells.is_err() {
                    incomplete.push(area);
                }
                cells.map(stats::sum)
            })
            .collect();
        (sums, incomplete)
    }

    /// The units of some areas of a level, in register order.
    pub(crate) fn units_of(&self, level: &Level, areas: &[usize]) -> Vec<usize> {
        let inside = |unit: &usize| areas.binary_search(&(level.of_unit[*unit] as usize)).is_ok();
        (0..self.register.len()).filter(inside).collect()
    }

    /// The source cells of a formula's operands for some units.
    pub(crate) fn cells_behind(&self, formula: &Formula, units: &[usize]) -> Vec<Place> {
        let mut places = Vec::new();
        for &unit in units {
            for name in formula.names() {
                let Some(series) = self.observations.series(name) else { continue };
                let area = self.level(&series.level).of_unit[unit] as usize;
                let origins = series.origins.get(area).map_or(&[][..], |origins| origins);
                // a sum of many cells is one place: its first cell
                places.extend(origins.first().map(|origin| {
                    let place = self.place(origin);
                    match series.level.as_str() {
                        UNIT => place.of_unit(&self.register.codes()[unit]),
                        _ => place,
                    }
                }));
            }
        }
        places.sort();
        places.dedup();
        places
    }

    /// A source cell as a place.
    fn place(&self, origin: &Origin) -> Place {
        let file = &self.observations.files[origin.file as usize];
        let place = Place::file(&file.path).at_row(origin.row).at_column(origin.column);
        match file.sheets.get(origin.sheet as usize) {
            Some(sheet) => place.on_sheet(sheet),
            None => place,
        }
    }
}

/// The areas of a finer level that lie in each area of a coarser one, in register order.
pub(super) fn parts(own: &Level, target: &Level) -> Vec<Vec<usize>> {
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); target.areas.len()];
    let mut seen = vec![false; own.areas.len()];
    for (&part, &area) in own.of_unit.iter().zip(&target.of_unit) {
        if !std::mem::replace(&mut seen[part as usize], true) {
            parts[area as usize].push(part as usize);
        }
    }
    parts
}

pub(super) fn number(cell: &Cell) -> Result<f64, Missing> {
    match cell {
        Cell::Number(value) | Cell::Substitute(value) => Ok(*value),
        Cell::Missing(missing) => Err(*missing),
        Cell::Withheld => Err(Missing::Confidential),
        Cell::Text(_) => Err(Missing::NotAvailable),
    }
}

fn word(cell: &Cell) -> Option<String> {
    match cell {
        Cell::Text(text) => Some(text.clone()),
        Cell::Number(value) | Cell::Substitute(value) => Some(format!("{value}")),
        Cell::Missing(_) | Cell::Withheld => None,
    }
}
