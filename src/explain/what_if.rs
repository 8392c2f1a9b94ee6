//! The smallest possible change of each single number that would have changed what became of a unit:
//! whole persons, families and cases, and the last decimal of what was published as a rate.
//!
//! A change is looked for where it must lie by the scores, and confirmed by the engine: with it the
//! unit is judged otherwise, and with one step less it is not.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

use super::grid::{Grid, first_crossing};
use super::judge::{Judge, Rejudge};
use super::labels::{label, noun};
use crate::index::method::Origin;
use crate::index::{Figures, OtherCell, OtherRuns};
use crate::language::{Label, Noun};
use crate::observation::{Cell, Series};
use crate::register::UNIT;
use crate::study::Source;

/// What a change of one number, everything else as it was, would have done.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct WhatIf {
    /// The measure, `<source>.<measure>`.
    pub measure: String,
    /// Ids of the indicators that are made from it.
    pub nodes: Vec<String>,
    /// Name for people: of the indicator that it makes.
    pub(crate) label: Label,
    /// Unit of measure, where the indicator is the measure itself.
    pub(crate) unit: Option<Label>,
    /// What a count counts.
    pub(crate) noun: Option<Noun>,
    /// The level at which it was measured: all units of its area share the number, so that a change
    /// changes them all.
    pub level: String,
    /// Its area.
    pub area: String,
    /// Whether the number was measured for a larger area than the unit.
    pub above_unit: bool,
    /// The number as it was.
    pub from: f64,
    /// The step in which changes were looked for: 1 for a count, else the last published decimal.
    pub step: f64,
    /// The changes that make another of it, at most one in each direction, each the smallest: a run of
    /// the engine with this number confirmed it, and one with a step less changed nothing.
    pub changes: Vec<Change>,
}

/// A change that makes another of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Change {
    /// The number that would have been needed.
    pub to: f64,
    /// What the unit would have been: `selected`, `not selected`, a class.
    pub outcome: String,
}

/// What is the same for the searches of all units.
pub(super) struct WhatIfs<'a> {
    figures: Figures<'a>,
    pub(super) judge: Judge<'a>,
    measures: Vec<Measured<'a>>,
    runs: OtherRuns<'a>,
    /// Verdicts of runs with another number of a larger area, which its units share.
    known: Mutex<BTreeMap<(usize, usize, i64), Verdicts>>,
}

/// The verdicts of a run, one a unit; nothing where there is no such run.
type Verdicts = Arc<Option<Vec<u8>>>;

/// A series that indicators are made from.
struct Measured<'a> {
    /// Its position.
    at: usize,
    series: &'a Series,
    /// The indicators, by position.
    nodes: Vec<usize>,
    noun: Option<Noun>,
    grid: Grid,
}

impl<'a> WhatIfs<'a> {
    pub(super) fn new(figures: Figures<'a>, sources: &[Source], judge: Judge<'a>) -> Self {
        let series = figures.observations.series.iter().enumerate();
        let measures = series.filter_map(|(at, series)| {
            let nodes: Vec<usize> = (0..figures.method.nodes.len())
                .filter(|&node| match &figures.method.nodes[node].origin {
                    Origin::Measures(formula) => formula.names().contains(&series.name),
                    Origin::Category(_) | Origin::Children(_) | Origin::Nodes(_) => false,
                })
                .collect();
            let grid = Grid::of(series).filter(|_| !nodes.is_empty())?;
            Some(Measured { at, series, nodes, noun: noun(series, sources), grid })
        });
        let known = Mutex::new(BTreeMap::new());
        Self { figures, judge, measures: measures.collect(), runs: OtherRuns::new(&figures), known }
    }

    /// One who searches, for a thread of its own.
    pub(super) fn searcher(&self) -> Searcher<'_, 'a> {
        Searcher { shared: self, runs: self.runs.clone(), rejudge: (self.judge.start)() }
    }
}

/// One who searches.
pub(super) struct Searcher<'s, 'a> {
    shared: &'s WhatIfs<'a>,
    runs: OtherRuns<'a>,
    rejudge: Rejudge<'a>,
}

/// A number of one area, as the search for one unit looks at it.
struct Search<'m> {
    measure: &'m Measured<'m>,
    unit: usize,
    area: usize,
    from: f64,
}

impl Search<'_> {
    fn cell(&self, k: i64) -> OtherCell {
        let cell = Cell::Number(self.measure.grid.value(self.from, k));
        OtherCell { series: self.measure.at, area: self.area, cell }
    }
}

impl Searcher<'_, '_> {
    /// The changes of every number of a unit that would have made another of it.
    pub(super) fn answers(&mut self, unit: usize) -> Vec<WhatIf> {
        let shared = self.shared;
        shared.measures.iter().filter_map(|measure| self.answer(measure, unit)).collect()
    }

    fn answer(&mut self, measure: &Measured<'_>, unit: usize) -> Option<WhatIf> {
        let figures = self.shared.figures;
        let level = figures.register.level(&measure.series.level)?;
        let area = level.of_unit[unit] as usize;
        // what stands for a count that is not said has no smallest change
        let Cell::Number(from) = measure.series.cells[area] else { return None };
        let search = Search { measure, unit, area, from };
        let is_own = level.of_unit.iter().filter(|&&other| other as usize == area).count() == 1;
        let changes = [1, -1].into_iter().filter_map(|way| {
            let reach = self.reach(&search, way);
            let (found, verdict) = if is_own {
                self.own(&search, way, reach)?
            } else {
                self.first(&search, way, 1, reach)?
            };
            let outcome = self.shared.judge.names[usize::from(verdict)].clone();
            Some(Change { to: measure.grid.value(from, way * found), outcome })
        });
        let changes = changes.collect();
        let ids = measure.nodes.iter().map(|&node| figures.method.nodes[node].id.clone());
        let (label, unit) = label(&figures, &measure.series.name, &measure.nodes);
        Some(WhatIf {
            measure: measure.series.name.clone(),
            nodes: ids.collect(),
            label,
            unit,
            noun: measure.noun.clone(),
            level: measure.series.level.clone(),
            area: level.areas[area].clone(),
            above_unit: measure.series.level != UNIT,
            from,
            step: measure.grid.step(),
            changes,
        })
    }

    /// How many steps the number may go that way and stay possible.
    fn reach(&mut self, search: &Search<'_>, way: i64) -> i64 {
        let furthest = search.measure.grid.reach(search.from, way);
        if furthest <= 0 || !self.is_possible(search, way) {
            return 0;
        }
        let (mut possible, mut beyond) = (1, furthest + 1);
        if self.is_possible(search, way * furthest) {
            return furthest;
        }
        while beyond - possible > 1 {
            let middle = possible + (beyond - possible) / 2;
            if self.is_possible(search, way * middle) {
                possible = middle;
            } else {
                beyond = middle;
            }
        }
        possible
    }

    /// Whether every indicator has a plausible value by it.
    fn is_possible(&mut self, search: &Search<'_>, k: i64) -> bool {
        let nodes = &self.shared.figures.method.nodes;
        let Some(values) = self.runs.indicators(&search.cell(k)) else { return false };
        values.iter().all(|&(node, value)| {
            let is_share = nodes[node].unit.as_ref().is_some_and(|unit| unit.en == "%");
            let range = nodes[node].plausible.or(is_share.then_some([0.0, 100.0]));
            range.is_none_or(|[low, high]| (low..=high).contains(&value))
        })
    }

    /// The first change of a number of the unit's own: where its score passes that of the unit with
    /// which it would change places, and from there by the engine.
    fn own(&mut self, search: &Search<'_>, way: i64, reach: i64) -> Option<(i64, u8)> {
        if reach == 0 {
            return None;
        }
        let score = self.shared.judge.score;
        for (rival, sign) in self.shared.judge.rivals(search.unit) {
            let mut lead = |k: i64| {
                let between = self.runs.run(&search.cell(way * k), |run| {
                    let scores = run.value(score);
                    Some(scores.value(search.unit)? - scores.value(rival)?)
                });
                between.flatten().map(|lead| lead * sign)
            };
            let scores = &self.shared.figures.index.nodes[score].value;
            let before = scores.value(search.unit).zip(scores.value(rival));
            let before = before.map(|(own, other)| (own - other) * sign);
            // the other way it falls further behind
            let Some(near) = lead(1).filter(|near| Some(*near) >= before) else { continue };
            let Some(far) = lead(reach).filter(|far| *far >= near.max(0.0)) else { continue };
            let guess = first_crossing([near, far], reach, lead);
            return guess.and_then(|guess| self.first(search, way, guess, reach));
        }
        None
    }

    /// The first number that way by which the engine judges the unit otherwise, with its verdict, looked
    /// for around `guess`.
    fn first(
        &mut self,
        search: &Search<'_>,
        way: i64,
        guess: i64,
        reach: i64,
    ) -> Option<(i64, u8)> {
        if reach == 0 {
            return None;
        }
        let old = self.shared.judge.verdicts[search.unit];
        let mut other = |k: i64| {
            self.verdict(search, way * k).filter(|&verdict| verdict != old).map(|v| (k, v))
        };
        let (mut unchanged, mut step) = (0, 1);
        let mut changed = if let Some(found) = other(guess) {
            let mut changed = found;
            while changed.0 > 1 {
                let nearer = (changed.0 - step).max(1);
                let Some(found) = other(nearer) else {
                    unchanged = nearer;
                    break;
                };
                changed = found;
                step *= 4;
            }
            changed
        } else {
            unchanged = guess;
            loop {
                if unchanged == reach {
                    return None;
                }
                let further = (unchanged + step).min(reach);
                if let Some(found) = other(further) {
                    break found;
                }
                unchanged = further;
                step *= 4;
            }
        };
        while changed.0 - unchanged > 1 {
            let middle = unchanged + (changed.0 - unchanged) / 2;
            match other(middle) {
                Some(found) => changed = found,
                None => unchanged = middle,
            }
        }
        Some(changed)
    }

    /// What the engine makes of the unit with the number so many steps away; nothing where there is no
    /// such run.
    fn verdict(&mut self, search: &Search<'_>, k: i64) -> Option<u8> {
        let key = (search.measure.at, search.area, k);
        let is_shared = search.measure.series.level != UNIT;
        let known = || self.shared.known.lock().unwrap_or_else(PoisonError::into_inner);
        if is_shared && let Some(verdicts) = known().get(&key) {
            return verdicts.as_ref().as_ref().map(|verdicts| verdicts[search.unit]);
        }
        let verdicts = self.runs.run(&search.cell(k), |run| (self.rejudge)(run)).flatten();
        let verdict = verdicts.as_ref().map(|verdicts| verdicts[search.unit]);
        if is_shared {
            known().insert(key, Arc::new(verdicts));
        }
        verdict
    }
}
