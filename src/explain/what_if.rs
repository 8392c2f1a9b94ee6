//! The smallest change of each single indicator that would have changed the outcome of a unit, found
//! and confirmed by running the engine again.

use std::sync::Arc;
use std::thread;

use serde::Serialize;

use crate::index::method::{Node, Origin};
use crate::index::steps::Step;
use crate::index::{
    Figures, Graph, Index, MeasuredValue, Memo, OutputColumn, Variant, evaluate, recompute, stats,
};
use crate::language::Label;
use crate::register::UNIT;

/// What is made of an index for the unit that is asked about: `selected`, a class, a phase.
pub(crate) type Judge<'a> = dyn Fn(&Index) -> String + Sync + 'a;

/// What a change of one indicator, everything else as it was, would have done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhatIf {
    /// The indicator's id.
    pub node: String,
    /// Name for people.
    pub label: Label,
    /// Unit of measure.
    pub unit: Option<Label>,
    /// The level at which it was measured: all units of its area share the number, so that a change
    /// changes them all.
    pub level: String,
    /// Its area.
    pub area: String,
    /// Whether the number was measured for a larger area than the unit.
    pub above_unit: bool,
    /// The number as it was.
    pub from: Option<f64>,
    /// The word as it was.
    pub from_word: Option<String>,
    /// The step in which changes were looked for.
    pub resolution: Option<f64>,
    /// Between which numbers changes were looked for.
    pub between: Option<[f64; 2]>,
    /// The changes that give another outcome, at most one in each direction; each was confirmed by a
    /// run with this number, and for each a run with the number one step less far gave the old
    /// outcome.
    pub changes: Vec<Change>,
}

/// A change that gives another outcome.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The number that would have been needed.
    pub to: Option<f64>,
    /// The word that would have been needed.
    pub to_word: Option<String>,
    /// The outcome that this gives.
    pub outcome: String,
}

/// Steps in which the range of an indicator is searched, at least.
const STEPS: f64 = 10_000.0;

/// Answers for every indicator. The searches of different indicators share nothing and run side by
/// side; the answer does not depend on it.
pub fn what_if(figures: &Figures<'_>, unit: usize, judge: &Judge<'_>) -> Vec<WhatIf> {
    let indicators =
        figures.method.nodes.iter().enumerate().filter(|(_, node)| node.is_indicator());
    let old = judge(figures.index);
    let graph = Graph::new(figures.method, figures.register, figures.observations);
    // what no change touches is computed once for all searches
    let mut memo = Memo::default();
    evaluate(&graph, &Variant::default(), &mut memo);
    thread::scope(|scope| {
        let (old, graph) = (&old, &graph);
        let searches: Vec<_> = indicators
            .map(|(at, _)| {
                let units = carriers(figures, at, unit);
                let memo = memo.clone();
                let mut search = Search { figures, graph, at, unit, units, judge, old, memo };
                scope.spawn(move || search.answer())
            })
            .collect();
        let done = searches.into_iter().map(|search| search.join().expect("a search ends"));
        done.collect()
    })
}

/// Judges by the class of the score: the first output of classes over the whole register, where the
/// methodology has one.
pub fn by_class<'a>(figures: &Figures<'a>, unit: usize) -> Option<Box<Judge<'a>>> {
    let headline = figures.headline()?;
    let output = figures.method.outputs.iter().find(|output| {
        output.of == headline && output.class.is_some() && output.within.is_none()
    })?;
    let id = output.id.as_str();
    Some(Box::new(move |index| {
        let found = index.outputs.iter().find(|output| output.id == id);
        match found.map(|output| &output.column) {
            Some(OutputColumn::Classes(classes)) => {
                format!("{id} {}", classes[unit].as_deref().unwrap_or("none"))
            }
            Some(OutputColumn::Numbers(_)) | None => String::new(),
        }
    }))
}

/// The units that carry the value of an indicator: this one, or all of its area.
fn carriers(figures: &Figures<'_>, indicator: usize, unit: usize) -> Arc<[usize]> {
    let level = figures.register.level(&figures.index.nodes[indicator].level);
    let Some(level) = level else { return Arc::new([unit]) };
    let own = level.of_unit[unit];
    (0..level.of_unit.len()).filter(|&unit| level.of_unit[unit] == own).collect()
}

/// The search over one indicator.
struct Search<'a, 'j> {
    figures: &'a Figures<'a>,
    graph: &'a Graph<'a>,
    at: usize,
    unit: usize,
    units: Arc<[usize]>,
    judge: &'a Judge<'j>,
    old: &'a str,
    memo: Memo,
}

/// Numbers on a decimal grid: `k` stands for `k / per_one`.
struct Grid {
    per_one: f64,
    low: i64,
    high: i64,
}

impl Grid {
    /// A grid over a range, fine enough for [`STEPS`].
    fn over(low: f64, high: f64) -> Self {
        let per_step = (STEPS / (high - low)).max(1e-6);
        let mut per_one = 1.0;
        while per_one < per_step {
            per_one *= 10.0;
        }
        let whole = |value: f64| value.clamp(-9e15, 9e15) as i64;
        Self { per_one, low: whole((low * per_one).floor()), high: whole((high * per_one).ceil()) }
    }

    fn value(&self, k: i64) -> f64 {
        k as f64 / self.per_one
    }
}

impl<'a> Search<'a, '_> {
    fn node(&self) -> &'a Node {
        &self.figures.method.nodes[self.at]
    }

    fn answer(&mut self) -> WhatIf {
        let node = self.node();
        let result = &self.figures.index.nodes[self.at];
        let level = self.figures.register.level(&result.level);
        let area = level.map(|it| it.areas[it.of_unit[self.unit] as usize].clone());
        let mut answer = WhatIf {
            node: node.id.clone(),
            label: node.label.clone(),
            unit: node.unit.clone(),
            level: result.level.clone(),
            area: area.unwrap_or_default(),
            above_unit: result.level != UNIT,
            from: result.raw.value(self.unit),
            from_word: result.words.get(self.unit).cloned().flatten(),
            resolution: None,
            between: None,
            changes: Vec::new(),
        };
        match &node.origin {
            Origin::Category(_) => answer.changes = self.words(answer.from_word.as_deref()),
            _ => {
                if let (Some(from), Some(grid)) = (answer.from, self.grid()) {
                    answer.resolution = Some(1.0 / grid.per_one);
                    answer.between = Some([grid.value(grid.low), grid.value(grid.high)]);
                    answer.changes = self.numbers(from, &grid);
                }
            }
        }
        answer
    }

    /// The outcome if that had been measured.
    fn outcome(&mut self, value: MeasuredValue) -> String {
        let variant = Variant::default().with_value(self.at, Arc::clone(&self.units), value);
        (self.judge)(&recompute(self.graph, &variant, &mut self.memo))
    }

    /// Every other category that the methodology scores and that gives another outcome.
    fn words(&mut self, from: Option<&str>) -> Vec<Change> {
        let Some(Step::Categories(categories)) = self.node().steps.first() else {
            return Vec::new();
        };
        let mut changes = Vec::new();
        for word in categories.scores.keys().filter(|word| Some(word.as_str()) != from) {
            let outcome = self.outcome(MeasuredValue::Word(word.clone()));
            if outcome != self.old {
                changes.push(Change { to: None, to_word: Some(word.clone()), outcome });
            }
        }
        changes
    }

    /// The declared plausible range, else twice the range of what was measured; never below zero
    /// where nothing was.
    fn grid(&self) -> Option<Grid> {
        if let Some([low, high]) = self.node().plausible {
            return (high > low).then(|| Grid::over(low, high));
        }
        let values = self.figures.index.nodes[self.at].raw.values().iter().copied();
        let measured: Vec<f64> = values.filter(|value| value.is_finite()).collect();
        let (low, high) = (stats::minimum(&measured), stats::maximum(&measured));
        let range = high - low;
        if !range.is_finite() || range <= 0.0 {
            return None;
        }
        let below = if low >= 0.0 { (low - range).max(0.0) } else { low - range };
        Some(Grid::over(below, high + range))
    }

    fn numbers(&mut self, from: f64, grid: &Grid) -> Vec<Change> {
        let scaled = from * grid.per_one;
        let (above, below) = (scaled.floor() as i64 + 1, scaled.ceil() as i64 - 1);
        let up = self.nearest((above, 1), grid.high - above, grid);
        let down = self.nearest((below, -1), below - grid.low, grid);
        up.into_iter().chain(down).collect()
    }

    /// The first number from `start` on, at most `reach` steps away, that changes the outcome: steps
    /// that grow until one does, then halving between it and the last that did not.
    fn nearest(&mut self, (start, way): (i64, i64), reach: i64, grid: &Grid) -> Option<Change> {
        if reach < 0 {
            return None;
        }
        let mut changed = |step: i64| {
            let outcome = self.outcome(MeasuredValue::Number(grid.value(start + step * way)));
            (outcome != self.old).then_some(outcome)
        };
        let (mut unchanged, mut step) = (-1, 0);
        let (mut found, mut outcome) = loop {
            if let Some(outcome) = changed(step) {
                break (step, outcome);
            }
            if step == reach {
                return None;
            }
            unchanged = step;
            step = (step * 4 + 1).min(reach);
        };
        while found - unchanged > 1 {
            let middle = unchanged + (found - unchanged) / 2;
            match changed(middle) {
                Some(other) => (found, outcome) = (middle, other),
                None => unchanged = middle,
            }
        }
        Some(Change { to: Some(grid.value(start + found * way)), to_word: None, outcome })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_has_decimal_steps_and_covers_its_range() {
        let grid = Grid::over(0.0, 60.0);
        assert_eq!((grid.per_one, grid.low, grid.high), (1_000.0, 0, 60_000));
        assert!((grid.value(12_345) - 12.345).abs() < 1e-12);
        let wide = Grid::over(0.0, 5e6);
        assert_eq!(wide.per_one, 1.0);
    }
}
