//! Indicators measured again: the formula of one from other numbers of its measures, everything else
//! as it was read.

use super::formula::{Cells, Operand};
use super::levels::{Sources, parts};
use super::method::Origin;
use super::node::Graph;
use super::{Column, Formula, Mark, stats};

/// An indicator whose formula can be evaluated again.
#[derive(Debug)]
pub(crate) struct Remeasured<'a> {
    formula: &'a Formula,
    /// The area of each unit at the level of the formula.
    of_unit: &'a [u32],
    /// How many areas that level has.
    areas: usize,
    operands: Vec<Source>,
    /// What was measured.
    declared: Column,
}

/// Where the numbers of an operand come from.
#[derive(Debug)]
enum Source {
    /// Always the same numbers.
    Numbers(Vec<f64>),
    /// Always the same words.
    Words(Vec<Option<String>>),
    /// The other numbers of a measure, as they are.
    Other(usize),
    /// Their sums, for each area over those of its parts.
    Sums(usize, Vec<Vec<usize>>),
}

impl<'a> Graph<'a> {
    /// An indicator that is made from measures of which `changing` answers the number by which other
    /// cells of them are known; `None` for a node that is made from none of them.
    pub(crate) fn remeasured(
        &self,
        node: usize,
        changing: &dyn Fn(&str) -> Option<usize>,
    ) -> Option<Remeasured<'a>> {
        let Origin::Measures(formula) = &self.method.nodes[node].origin else { return None };
        if !formula.names().iter().any(|name| changing(name).is_some()) {
            return None;
        }
        let measured = &self.measured[&self.method.nodes[node].id];
        let level = self.sources.level(&measured.level);
        let source = |name: &String| self.sources.source(name, &measured.level, changing(name));
        Some(Remeasured {
            formula,
            of_unit: &level.of_unit,
            areas: level.areas.len(),
            operands: formula.names().iter().map(source).collect(),
            declared: measured.column.clone(),
        })
    }
}

impl Sources<'_> {
    fn source(&self, name: &str, level: &str, changing: Option<usize>) -> Source {
        let series = self.observations.series(name).filter(|series| series.nature.is_number());
        if let (Some(slot), Some(series)) = (changing, series) {
            if series.level == level {
                return Source::Other(slot);
            }
            if series.nature.sums() {
                let (own, target) = (self.level(&series.level), self.level(level));
                return Source::Sums(slot, parts(own, target));
            }
        }
        match self.operand(name, level).0 {
            Cells::Words(words) => Source::Words(words),
            Cells::Numbers(cells) => {
                Source::Numbers(cells.into_iter().map(|cell| cell.unwrap_or(f64::NAN)).collect())
            }
        }
    }
}

impl Remeasured<'_> {
    /// The numbers of the measures of which it takes other cells.
    pub(crate) fn slots(&self) -> impl Iterator<Item = usize> + '_ {
        self.operands.iter().filter_map(|source| match source {
            Source::Other(slot) | Source::Sums(slot, _) => Some(*slot),
            Source::Numbers(_) | Source::Words(_) => None,
        })
    }

    /// The column of the indicator before any step, from other cells of its measures: of each, by its
    /// number, one number an area of its level, NaN where there is none. A cell that gets a number where
    /// none was measured has the mark of a value.
    pub(crate) fn column<'c>(&self, cells: &dyn Fn(usize) -> &'c [f64]) -> Column {
        let sums: Vec<Vec<f64>> = self
            .operands
            .iter()
            .map(|source| match source {
                Source::Sums(slot, parts) => {
                    let cells = cells(*slot);
                    let sum = |own: &Vec<usize>| stats::sum(own.iter().map(|&at| cells[at]));
                    parts.iter().map(sum).collect()
                }
                Source::Numbers(_) | Source::Words(_) | Source::Other(_) => Vec::new(),
            })
            .collect();
        let words: Vec<Vec<Option<&str>>> = self
            .operands
            .iter()
            .map(|source| match source {
                Source::Words(words) => words.iter().map(Option::as_deref).collect(),
                Source::Numbers(_) | Source::Other(_) | Source::Sums(..) => Vec::new(),
            })
            .collect();
        let mut operands: Vec<Operand<'_>> = Vec::with_capacity(self.operands.len());
        for (at, source) in self.operands.iter().enumerate() {
            operands.push(match source {
                Source::Numbers(numbers) => Operand::Numbers(numbers),
                Source::Words(_) => Operand::Texts(&words[at]),
                Source::Other(slot) => Operand::Numbers(cells(*slot)),
                Source::Sums(..) => Operand::Numbers(&sums[at]),
            });
        }
        let results = self.formula.evaluate(&operands);
        assert_eq!(results.len(), self.areas, "a formula answers once a row");
        self.broadcast(&results)
    }

    fn broadcast(&self, results: &[Option<f64>]) -> Column {
        let value = |&area: &u32| results[area as usize].unwrap_or(f64::NAN);
        let values: Vec<f64> = self.of_unit.iter().map(value).collect();
        let marks = values.iter().zip(self.declared.marks()).map(|(value, mark)| {
            match (value.is_finite(), mark.has_value()) {
                (true, false) => Mark::Value,
                (false, true) => Mark::NotAvailable,
                _ => *mark,
            }
        });
        Column::from_parts(values.clone(), marks.collect())
    }
}
