//! Runs in which one measured cell held something else: every indicator made from it is another, and
//! with it whatever is computed from those.

use std::borrow::Cow;
use std::sync::Arc;

use super::compute::finished;
use super::evaluate::{Evaluation, Memo, evaluate};
use super::figures::Figures;
use super::formula::{Cells, Outcome, evaluate as run_formula, settle};
use super::levels::{Sources, number as measured};
use super::method::Origin;
use super::node::Graph;
use super::variant::{MeasuredValue, Variant};
use super::{Column, Formula, Index, stats};
use crate::observation::{Cell, Missing, Observations, Series};

/// A cell of a series that is taken to hold something else.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherCell {
    /// Position of the series in [`Observations::series`].
    pub series: usize,
    /// Position of the area at the level of the series.
    pub area: usize,
    /// What it holds instead.
    pub cell: Cell,
}

/// A run in which one cell held something else.
pub struct OtherRun<'w> {
    /// What was measured, with the other cell; without polygons and without the cells of files.
    pub observations: &'w Observations,
    /// The series that is another one.
    pub series: &'w str,
    graph: &'w Graph<'w>,
    variant: Variant,
    evaluation: Evaluation,
}

impl OtherRun<'_> {
    /// A node after its steps.
    pub fn value(&self, node: usize) -> &Column {
        self.evaluation.value(node)
    }

    /// The whole index of this run, without its trace.
    pub fn index(&self) -> Index {
        finished(self.graph, &self.variant, &self.evaluation)
    }
}

/// Runs again with other cells, one at a time. What a cell does not touch is remembered.
#[derive(Clone)]
pub struct OtherRuns<'a> {
    graph: Graph<'a>,
    memo: Memo,
    changed: Observations,
}

impl<'a> OtherRuns<'a> {
    /// Of what was computed, which is computed once more and remembered.
    pub(crate) fn new(figures: &Figures<'a>) -> Self {
        let graph = Graph::new(figures.method, figures.register, figures.observations);
        let mut memo = Memo::default();
        evaluate(&graph, &Variant::default(), &mut memo);
        let series = figures.observations.series.iter();
        let bare = series.map(|series| Series { origins: Vec::new(), ..series.clone() });
        let changed = Observations { series: bare.collect(), ..Observations::default() };
        Self { graph, memo, changed }
    }

    /// What a run with another cell comes to; `None` where an indicator would have no value by it.
    pub fn run<T>(
        &mut self,
        other: &OtherCell,
        judge: impl FnOnce(&OtherRun<'_>) -> T,
    ) -> Option<T> {
        let (method, sources) = (self.graph.method, self.graph.sources);
        let series = &sources.observations.series[other.series].name;
        let variant = self.graph.with_cell(other)?;
        let cell = &mut self.changed.series[other.series].cells[other.area];
        let before = std::mem::replace(cell, other.cell.clone());
        let reads = |formula: &Formula| formula.names().contains(series);
        let filters = method.outputs.iter().filter_map(|output| output.filter.as_ref());
        let judged = if method.over.iter().chain(filters).any(reads) {
            let graph = Graph::new(method, sources.register, &self.changed);
            let variant = Variant::default();
            let evaluation = evaluate(&graph, &variant, &mut Memo::default());
            let observations = &self.changed;
            judge(&OtherRun { observations, series, graph: &graph, variant, evaluation })
        } else {
            let evaluation = evaluate(&self.graph, &variant, &mut self.memo);
            let (observations, graph) = (&self.changed, &self.graph);
            judge(&OtherRun { observations, series, graph, variant, evaluation })
        };
        self.changed.series[other.series].cells[other.area] = before;
        Some(judged)
    }

    /// What the indicators made from a series would be with another cell, each with its position; `None`
    /// where one of them would have no value.
    pub(crate) fn indicators(&self, other: &OtherCell) -> Option<Vec<(usize, f64)>> {
        let series = &self.graph.sources.observations.series[other.series].name;
        let mut found = Vec::new();
        for (at, node) in self.graph.method.nodes.iter().enumerate() {
            if let Origin::Measures(formula) = &node.origin
                && formula.names().contains(series)
            {
                found.push((at, self.graph.indicator_with(formula, &node.id, other)?.1));
            }
        }
        Some(found)
    }
}

impl Graph<'_> {
    /// The variant in which a cell holds something else.
    fn with_cell(&self, other: &OtherCell) -> Option<Variant> {
        let series = &self.sources.observations.series[other.series];
        let mut variant = Variant::default();
        for (at, node) in self.method.nodes.iter().enumerate() {
            match (&node.origin, &other.cell) {
                (Origin::Measures(formula), _) if formula.names().contains(&series.name) => {
                    let (units, number) = self.indicator_with(formula, &node.id, other)?;
                    variant = variant.with_value(at, units, MeasuredValue::Number(number));
                }
                (Origin::Category(name), Cell::Text(word)) if *name == series.name => {
                    let units =
                        self.sources.units_of(self.sources.level(&series.level), &[other.area]);
                    let word = MeasuredValue::Word(word.clone());
                    variant = variant.with_value(at, units.into(), word);
                }
                _ => {}
            }
        }
        Some(variant)
    }

    /// An indicator with another cell: its number, and the units that carry it.
    fn indicator_with(
        &self,
        formula: &Formula,
        indicator: &str,
        other: &OtherCell,
    ) -> Option<(Arc<[usize]>, f64)> {
        let level = self.sources.level(&self.measured[indicator].level);
        let own = self.sources.level(&self.sources.observations.series[other.series].level);
        let unit = own.of_unit.iter().position(|&area| area as usize == other.area)?;
        let area = level.of_unit[unit] as usize;
        let units = self.sources.units_of(level, &[area]);
        let inside =
            Inside { sources: self.sources, level: &self.measured[indicator].level, units: &units };
        let operands: Vec<Cells> =
            formula.names().iter().map(|name| inside.operand(name, other)).collect();
        let result = run_formula(formula, &operands, 1).into_iter().next()?;
        match settle(formula, &operands, 0, result) {
            Outcome::Value(number) => Some((units.into(), number)),
            Outcome::Missing(_) | Outcome::Undefined => None,
        }
    }
}

/// One area of a level: the operands of a formula there.
struct Inside<'a> {
    sources: Sources<'a>,
    level: &'a str,
    /// Its units.
    units: &'a [usize],
}

impl Inside<'_> {
    /// An operand as the engine takes it from its level to this one, with another cell.
    fn operand(&self, name: &str, other: &OtherCell) -> Cells {
        let observations = self.sources.observations;
        let series = observations.series(name).filter(|series| series.nature.is_number());
        let Some(series) = series else { return Cells::Words(vec![self.common_word(name)]) };
        let is_other = observations.series[other.series].name == name;
        let cell = |area: usize| {
            if is_other && area == other.area {
                Cow::Owned(other.cell.clone())
            } else {
                Cow::Borrowed(&series.cells[area])
            }
        };
        let own = self.sources.level(&series.level);
        let mut areas: Vec<usize> = Vec::new();
        for &unit in self.units {
            let area = own.of_unit[unit] as usize;
            if !areas.contains(&area) {
                areas.push(area);
            }
        }
        let number = |area: &usize| measured(&cell(*area));
        let joint = match areas.as_slice() {
            [one] if series.level == self.level => number(one),
            _ if !series.nature.sums() => Err(Missing::NotAvailable),
            parts => {
                parts.iter().map(number).collect::<Result<Vec<f64>, Missing>>().map(stats::sum)
            }
        };
        Cells::Numbers(vec![joint])
    }

    /// The word that all units of the area share; none where they differ.
    fn common_word(&self, name: &str) -> Option<String> {
        let (words, ..) = self.sources.words(name);
        let mut own = self.units.iter().map(|&unit| &words[unit]);
        let first = own.next()?;
        own.all(|word| word == first).then(|| first.clone()).flatten()
    }
}
