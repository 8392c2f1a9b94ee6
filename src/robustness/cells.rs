//! The cells of measures under doubt: read from another source, drawn by a law, moved by an error, taken
//! out of what rounding hid.
//!
//! A measure is drawn at the level at which it was measured: all communes of a region move together. The
//! order is source and measure, counts, error, rounding; within a kind that of the file. What has no value
//! gets none, and a cell that the other source lacks keeps the declared one.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::draws::{Area, Set, Stream};
use super::laws;
use super::laws::counts::CountDraw;
use super::plan::{Choice, Count, CountLaw, Plan, Spread, Verb};
use super::point::{Decided, Mix};
use crate::observation::{Cell, Observations, Series};
use crate::register::{Register, UNIT};

/// The measures that some doubt touches.
#[derive(Debug)]
pub(crate) struct DoubtedCells {
    measures: Vec<DoubtedMeasure>,
    counted: Vec<Counted>,
}

/// A doubted count as it was observed, and of how many it is one; by area of its level.
#[derive(Debug)]
struct Counted {
    count: Count,
    observed: Vec<f64>,
    of: Vec<f64>,
    /// Whether it is counted by unit.
    by_unit: bool,
}

/// One of them.
#[derive(Debug)]
struct DoubtedMeasure {
    name: String,
    /// Position among the series.
    series: usize,
    declared: Arc<[f64]>,
    areas: Arc<[Area]>,
    changes: Vec<Change>,
}

/// What a doubt does to the cells of a measure.
#[derive(Debug)]
struct Change {
    /// Position of the doubt.
    doubt: usize,
    /// Its stream, and the place of this measure in its list.
    stream: Stream,
    k: u32,
    how: How,
}

#[derive(Debug)]
enum How {
    /// The cells of another measure, by alternative; none for the declared one.
    Instead(Vec<Option<Vec<f64>>>),
    /// A drawn count in place of the declared one: what it moves by is added.
    Count(Vec<Option<Drawn>>),
    /// A rate is multiplied by drawn over observed.
    Rate(Vec<Option<Drawn>>),
    /// A normal error with these standard errors.
    Error(Vec<f64>),
    /// Up to half a unit of the last decimal.
    Rounding(u32),
}

/// The law of one count.
#[derive(Debug)]
struct Drawn {
    law: CountDraw,
    observed: f64,
    of: f64,
}

/// What is noted when the cells are prepared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct CellNotes {
    /// By measure and alternative, how many cells the other source lacks.
    pub(crate) kept: BTreeMap<(String, String), usize>,
    /// By measure, how many counts are greater than that of which they are some, or without one.
    pub(crate) exceeding: BTreeMap<String, usize>,
}

/// Cells of measures at one point, as far as they were asked for.
#[derive(Debug, Default)]
pub(crate) struct PointCells {
    known: BTreeMap<(usize, Vec<Option<Set>>), Arc<[f64]>>,
}

/// Numbers of a series, NaN where there is none.
fn numbers(series: &Series) -> Vec<f64> {
    series.cells.iter().map(|cell| cell.number().unwrap_or(f64::NAN)).collect()
}

impl DoubtedCells {
    /// Prepares the measures that the doubts of a plan touch.
    pub(crate) fn new(
        plan: &Plan,
        register: &Register,
        observations: &Observations,
    ) -> (Self, CellNotes) {
        let mut notes = CellNotes::default();
        let mut builder = Builder {
            plan,
            register,
            observations,
            notes: &mut notes,
            found: Vec::new(),
            counted: Vec::new(),
        };
        // in the order of application: what is read, what is counted, what is estimated, what is rounded
        for kind in 0..4 {
            for at in 0..plan.doubts.len() {
                builder.doubt(kind, at);
            }
        }
        let (measures, counted) = (builder.found, builder.counted);
        (Self { measures, counted }, notes)
    }

    /// The number by which a measure is known here.
    pub(crate) fn slot(&self, name: &str) -> Option<usize> {
        self.measures.iter().position(|measure| measure.name == name)
    }

    /// Their names with the positions of their series.
    pub(crate) fn measures(&self) -> impl Iterator<Item = (&str, usize)> {
        self.measures.iter().map(|measure| (measure.name.as_str(), measure.series))
    }

    /// The cells of a measure as declared.
    pub(crate) fn declared(&self, slot: usize) -> Arc<[f64]> {
        Arc::clone(&self.measures[slot].declared)
    }

    /// The cells that a count moves, with so many cases more in one unit, or in all for none: the number of
    /// the measure and its cells. `None` where it is not counted by unit, or where a count would fall below
    /// zero.
    pub(crate) fn with_cases(
        &self,
        count: &Count,
        only: Option<usize>,
        cases: i32,
    ) -> Option<(usize, Arc<[f64]>)> {
        let counted = self.counted.iter().find(|it| it.count == *count && it.by_unit)?;
        let slot = self.slot(count.moves.as_ref().unwrap_or(&count.measure))?;
        let mut cells = self.measures[slot].declared.to_vec();
        let areas = only.map_or(0..cells.len(), |unit| unit..unit + 1);
        for at in areas {
            let observed = counted.observed[at];
            let other = observed + f64::from(cases);
            if other < 0.0 && only.is_some() {
                return None;
            }
            cells[at] = match (&count.moves, observed) {
                _ if other.is_nan() => cells[at],
                (None, _) => other.max(0.0),
                (Some(_), 0.0) => 100.0 * other.max(0.0) / counted.of[at],
                (Some(_), _) => cells[at] * (other.max(0.0) / observed),
            };
        }
        Some((slot, cells.into()))
    }

    /// Which doubts touch a measure.
    pub(crate) fn doubts(&self, slot: usize) -> impl Iterator<Item = usize> + '_ {
        self.measures[slot].changes.iter().map(|change| change.doubt)
    }

    /// The cells of a measure at the n-th point; `decided` answers what a choice came to.
    pub(crate) fn cells(
        &self,
        slot: usize,
        (n, mix): (u32, &Mix),
        decided: &dyn Fn(usize, Set) -> Decided,
        point: &mut PointCells,
    ) -> Arc<[f64]> {
        let measure = &self.measures[slot];
        let sides: Vec<Option<Set>> = measure.changes.iter().map(|it| mix[it.doubt]).collect();
        if sides.iter().all(Option::is_none) {
            return Arc::clone(&measure.declared);
        }
        let key = (slot, sides);
        if let Some(known) = point.known.get(&key) {
            return Arc::clone(known);
        }
        let mut cells = measure.declared.to_vec();
        for (change, side) in measure.changes.iter().zip(&key.1) {
            if let Some(set) = *side {
                change.apply(&mut cells, (n, set), &measure.areas, decided);
            }
        }
        let cells: Arc<[f64]> = cells.into();
        point.known.insert(key, Arc::clone(&cells));
        cells
    }
}

impl Change {
    fn apply(
        &self,
        cells: &mut [f64],
        (n, set): (u32, Set),
        areas: &[Area],
        decided: &dyn Fn(usize, Set) -> Decided,
    ) {
        let run = set.run(n);
        let uniform = |at: usize| self.stream.uniform(run, areas[at], self.k);
        match &self.how {
            How::Instead(alternatives) => {
                let Decided::Alternative(chosen) = decided(self.doubt, set) else { return };
                let Some(others) = &alternatives[chosen] else { return };
                let pairs = cells.iter_mut().zip(others).filter(|(_, other)| !other.is_nan());
                pairs.for_each(|(cell, other)| *cell = *other);
            }
            How::Count(draws) => {
                for (at, draw) in draws.iter().enumerate() {
                    if let Some(draw) = draw {
                        let moved = draw.law.drawn(uniform(at)) - draw.observed;
                        cells[at] = (cells[at] + moved).max(0.0);
                    }
                }
            }
            How::Rate(draws) => {
                for (at, draw) in draws.iter().enumerate() {
                    if let Some(draw) = draw {
                        let drawn = draw.law.drawn(uniform(at));
                        cells[at] = match draw.observed {
                            0.0 => 100.0 * drawn / draw.of,
                            observed => cells[at] * (drawn / observed),
                        };
                    }
                }
            }
            How::Error(sds) => {
                for (at, sd) in sds.iter().enumerate().filter(|(_, sd)| **sd > 0.0) {
                    cells[at] += sd * laws::normal(uniform(at));
                }
            }
            How::Rounding(decimals) => {
                for (at, cell) in cells.iter_mut().enumerate().filter(|(_, cell)| !cell.is_nan()) {
                    *cell += laws::rounded_away(uniform(at), *decimals);
                }
            }
        }
    }
}

/// Puts the changes of all doubts together, measure by measure.
struct Builder<'a> {
    plan: &'a Plan,
    register: &'a Register,
    observations: &'a Observations,
    notes: &'a mut CellNotes,
    found: Vec<DoubtedMeasure>,
    counted: Vec<Counted>,
}

impl Builder<'_> {
    fn doubt(&mut self, kind: usize, at: usize) {
        match (kind, &self.plan.doubts[at].verb) {
            (0, Verb::Measures { choice, .. }) => self.instead(at, choice),
            (1, Verb::Counts { counts, law }) => {
                for (k, count) in counts.iter().enumerate() {
                    self.count(at, k, count, *law);
                }
            }
            (2, Verb::Error { measure, spread }) => {
                if let Some(sds) = self.spread(measure, spread) {
                    self.add(measure, at, 0, How::Error(sds));
                }
            }
            (3, Verb::Rounding { measures }) => {
                for (k, (measure, declared)) in measures.iter().enumerate() {
                    let decimals = declared.or_else(|| self.series(measure).map(decimals));
                    if let Some(decimals) = decimals {
                        self.add(measure, at, k, How::Rounding(decimals));
                    }
                }
            }
            _ => {}
        }
    }

    fn series(&self, name: &str) -> Option<&Series> {
        self.observations.series(name)
    }

    fn instead(&mut self, at: usize, choice: &Choice<Vec<(String, String)>>) {
        let pairs = choice.alternatives.iter().filter_map(|it| it.other.as_ref()).flatten();
        let mut measures: Vec<String> = pairs.map(|(of, _)| of.clone()).collect();
        measures.sort();
        measures.dedup();
        for measure in measures {
            let mut alternatives = Vec::with_capacity(choice.alternatives.len());
            for alternative in &choice.alternatives {
                let own = alternative.other.iter().flatten().find(|(of, _)| *of == measure);
                let cells = own.and_then(|(_, other)| self.series(other)).map(numbers);
                if let (Some(cells), Some(declared)) = (&cells, self.series(&measure)) {
                    let pairs = cells.iter().zip(&declared.cells);
                    let kept =
                        pairs.filter(|(other, own)| other.is_nan() && own.number().is_some());
                    let key = (measure.clone(), alternative.name.clone());
                    let kept = kept.count();
                    self.notes.kept.insert(key, kept);
                }
                alternatives.push(cells);
            }
            self.add(&measure, at, 0, How::Instead(alternatives));
        }
    }

    fn count(&mut self, at: usize, k: usize, count: &Count, law: CountLaw) {
        let (Some(counted), Some(of)) = (self.series(&count.measure), self.series(&count.of))
        else {
            return;
        };
        let of = self.at_level(&counted.level, of);
        let mut exceeding = 0;
        let mut draws = Vec::with_capacity(of.len());
        let (observed, by_unit) = (numbers(counted), counted.level == UNIT);
        for (&observed, &of) in observed.iter().zip(&of) {
            let law = CountDraw::new(law, observed, of);
            exceeding += usize::from(law.as_ref().is_some_and(CountDraw::exceeds));
            draws.push(law.map(|law| Drawn { law, observed, of }));
        }
        if exceeding > 0 {
            self.notes.exceeding.insert(count.measure.clone(), exceeding);
        }
        self.counted.push(Counted { count: count.clone(), observed, of, by_unit });
        match &count.moves {
            None => self.add(&count.measure, at, k, How::Count(draws)),
            Some(rate) => self.add(rate, at, k, How::Rate(draws)),
        }
    }

    /// The numbers of a series at a level: its own, sums of smaller areas; none of larger ones.
    fn at_level(&self, level: &str, series: &Series) -> Vec<f64> {
        let own = numbers(series);
        let (Some(from), Some(to)) =
            (self.register.level(&series.level), self.register.level(level))
        else {
            return own;
        };
        if series.level == level {
            return own;
        }
        let mut sums = vec![0.0; to.areas.len()];
        let mut seen = vec![false; from.areas.len()];
        for (&part, &area) in from.of_unit.iter().zip(&to.of_unit) {
            if !std::mem::replace(&mut seen[part as usize], true) {
                sums[area as usize] += own[part as usize];
            }
        }
        if from.refines(to) { sums } else { vec![f64::NAN; to.areas.len()] }
    }

    fn spread(&self, measure: &str, spread: &Spread) -> Option<Vec<f64>> {
        let values = numbers(self.series(measure)?);
        let of = |name: &str| self.series(name).map(numbers);
        Some(match spread {
            Spread::Sd(sd) => values.iter().map(|_| *sd).collect(),
            Spread::Relative(share) => values.iter().map(|value| share * value.abs()).collect(),
            Spread::Se(name) => of(name)?,
            Spread::Interval { low, high, level } => {
                let ends = of(low)?.into_iter().zip(of(high)?);
                ends.map(|(low, high)| laws::error_of_interval(low, high, *level)).collect()
            }
        })
    }

    fn add(&mut self, name: &str, doubt: usize, k: usize, how: How) {
        let Some(series) = self.observations.series.iter().position(|it| it.name == name) else {
            return;
        };
        let own = &self.plan.doubts[doubt];
        let shared = own.with.map_or(own, |first| &self.plan.doubts[first]);
        let stream = Stream::new(&self.plan.settings.seed, &shared.id);
        let k = u32::try_from(k).expect("fewer measures than 2^32");
        let change = Change { doubt, stream, k, how };
        if let Some(known) = self.found.iter_mut().find(|known| known.name == name) {
            known.changes.push(change);
            return;
        }
        let of = &self.observations.series[series];
        let level = self.register.level(&of.level);
        let areas = level.map(|level| level.areas.iter().map(|area| Area::new(area)).collect());
        self.found.push(DoubtedMeasure {
            name: name.to_owned(),
            series,
            declared: numbers(of).into(),
            areas: areas.unwrap_or_else(|| vec![Area::NONE; of.cells.len()].into()),
            changes: vec![change],
        });
    }
}

/// Significant digits beyond which a decimal is an artefact of binary storage.
const DIGITS: usize = 15;

/// The most decimals in any cell of a series, as a spreadsheet writes them.
fn decimals(series: &Series) -> u32 {
    let of = |number: f64| {
        let text = format!("{number:.*e}", DIGITS - 1);
        let (mantissa, exponent) = text.split_once('e').expect("our own exponent form");
        let kept = mantissa.trim_start_matches('-').trim_end_matches('0').trim_end_matches('.');
        let digits = kept.len().saturating_sub(2) as i64;
        let exponent: i64 = exponent.parse().expect("our own exponent form");
        u32::try_from(digits - exponent).unwrap_or(0)
    };
    series.cells.iter().filter_map(Cell::number).map(of).max().unwrap_or(0)
}
