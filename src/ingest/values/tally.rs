//! What was seen in the cells of a measure that hold no plain number, with their places.

use std::collections::BTreeMap;

use super::states::{CellValue, Problem};
use crate::ingest::effects::Uses;
use crate::message::ingest::{declared, facts, values as message};
use crate::observation::{Cell, Missing, Nature};
use crate::quality::{Finding, Place};

/// Cells of a measure that hold no number, or one that cannot be right, with their places.
#[derive(Default)]
pub(in crate::ingest) struct CellTally {
    /// By state and mark.
    missing: BTreeMap<(Missing, String), Vec<Place>>,
    /// By the mark that the source declares to be a zero.
    zeros: BTreeMap<String, Vec<Place>>,
    problems: BTreeMap<Problem, Vec<Place>>,
    negative: Vec<Place>,
    /// Units that not all numbers carry, with how many do.
    units: BTreeMap<String, usize>,
    /// Numbers that were read without a footnote mark behind them, by mark: the first of them, and where.
    marked: BTreeMap<String, (String, Vec<Place>)>,
    /// What else they made use of.
    uses: Uses,
}

impl CellTally {
    /// Turns what a cell says into the cell of an area; counts it where it holds no number.
    pub(in crate::ingest) fn take(
        &mut self,
        value: CellValue<'_>,
        nature: Nature,
        place: impl FnOnce() -> Place,
    ) -> Cell {
        match value {
            CellValue::Number(number) => {
                if number < 0.0 && nature == Nature::Count {
                    self.negative.push(place());
                }
                Cell::Number(number)
            }
            CellValue::Marked(number, mark) => {
                let known = || (number.to_string(), Vec::new());
                self.marked.entry(mark.to_owned()).or_insert_with(known).1.push(place());
                Cell::Number(number)
            }
            CellValue::Zero(mark) => {
                self.zeros.entry(mark.into_owned()).or_default().push(place());
                Cell::Number(0.0)
            }
            CellValue::Missing(missing, mark) => {
                let key = (missing, mark.into_owned());
                self.missing.entry(key).or_default().push(place());
                Cell::Missing(missing)
            }
            CellValue::Problem(problem) => {
                self.problems.entry(problem).or_default().push(place());
                Cell::Missing(Missing::NotAvailable)
            }
        }
    }

    /// Counts a number whose unit not all numbers carry.
    pub(in crate::ingest) fn carries(&mut self, unit: &str) {
        *self.units.entry(unit.to_owned()).or_default() += 1;
    }

    /// Adds what the reader of the cells made use of.
    pub(in crate::ingest) fn used(&mut self, uses: Uses) {
        self.uses.extend(uses);
    }

    /// What the cells made use of.
    pub(in crate::ingest) fn uses(&mut self) -> Uses {
        let mut uses = std::mem::take(&mut self.uses);
        uses.marks.extend(self.zeros.keys().cloned());
        uses.marks.extend(self.missing.keys().map(|(_, mark)| mark.clone()));
        uses
    }

    /// Adds what was counted in a later file.
    pub(in crate::ingest) fn extend(&mut self, later: Self) {
        for (key, places) in later.missing {
            self.missing.entry(key).or_default().extend(places);
        }
        for (mark, places) in later.zeros {
            self.zeros.entry(mark).or_default().extend(places);
        }
        for (problem, places) in later.problems {
            self.problems.entry(problem).or_default().extend(places);
        }
        self.negative.extend(later.negative);
        for (unit, cells) in later.units {
            *self.units.entry(unit).or_default() += cells;
        }
        for (mark, (number, places)) in later.marked {
            let known = || (number, Vec::new());
            self.marked.entry(mark).or_insert_with(known).1.extend(places);
        }
        self.uses.extend(later.uses);
    }

    /// The findings about a measure with these cells.
    pub(in crate::ingest) fn findings(self, measure: &str) -> Vec<Finding> {
        let mut findings = Vec::new();
        let unit =
            self.units.iter().max_by_key(|(_, cells)| **cells).map(|(unit, _)| unit.as_str());
        for (problem, places) in self.problems {
            let finding = message::cell_problem(measure, problem.about(), places);
            findings.push(match unit.filter(|_| problem == Problem::Unit) {
                Some(unit) => declared::or_one_unit(finding, unit),
                None => finding,
            });
        }
        for (mark, (number, places)) in self.marked {
            findings.push(facts::raised_marks(&number, &mark, places));
        }
        if !self.negative.is_empty() {
            findings.push(message::negative_counts(measure, self.negative));
        }
        for (mark, places) in self.zeros {
            findings.push(message::marked_zeros(measure, &mark, places));
        }
        for ((missing, mark), places) in self.missing {
            let about = match missing {
                Missing::NotAvailable => message::not_available,
                Missing::Confidential => message::confidential,
                Missing::NotApplicable => message::not_applicable,
            };
            findings.push(about(measure, &mark, places));
        }
        findings
    }
}
