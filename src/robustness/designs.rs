//! The designs: every point drawn jointly, by layer, each doubt alone, and mixed for the shares of the
//! variance. All runs of a point are made together, so that what two of them share is computed once.
//!
//! Points are worked on in pieces of fixed size, and what they find is put together in the order of the
//! points: the number of threads changes no byte.

use std::sync::Mutex;

use rayon::prelude::*;

use super::draws::Set;
use super::engine::{Bench, Drawn, Engine, Failed, mix_of};
use super::plan::Layer;
use super::point::Mix;
use super::sensitivity::Sensitivity;
use super::shares::exchanged;
use crate::index::stats;
use crate::selection::Listed;
use crate::watch::{Interrupted, Stage, Watch};

/// Points that one thread works on before its finds are put to the others.
const PIECE: u32 = 8;
/// Pieces between two looks at whether to go on.
const ROUND: u32 = 8;

/// Who is on the list of a run.
pub(crate) trait Lists: Sync {
    /// The list of a run; `None` where the rules leave none.
    fn list(&self, run: &Drawn<'_, '_>) -> Option<Listed>;
}

/// What is run, and beside what it is held.
pub(crate) struct Task<'t, 'a> {
    pub(crate) engine: &'t Engine<'a>,
    pub(crate) lists: &'t dyn Lists,
    /// The node that orders the list.
    pub(crate) score: usize,
    /// The units that are eligible in the declared run, by position.
    pub(crate) eligible: Vec<usize>,
    /// For each unit what it has of the places of the declared list.
    pub(crate) declared: Vec<f64>,
    /// The same, of all phases first, then of each.
    pub(crate) declared_by_phase: Vec<Vec<f64>>,
    /// The last unit that has its place by rank, by position.
    pub(crate) last_by_rank: Option<usize>,
    /// Phases of the programme.
    pub(crate) phases: usize,
}

/// One run that succeeded.
#[derive(Clone, Debug)]
pub(crate) struct Made {
    pub(crate) listed: Listed,
    /// Ranks of the eligible units, from 1; 0 for one without a score.
    pub(crate) ranks: Vec<u32>,
    /// Mean absolute shift of these ranks.
    pub(crate) shift: f64,
    /// Places that are other ones than on the declared list.
    pub(crate) exchanged: f64,
    /// Scores of the eligible units, NaN for one without.
    pub(crate) scores: Vec<f64>,
    /// Of a run of errors alone, the scores of all units with bounds, moments and weights as declared,
    /// where the method lets them be held.
    pub(crate) held: Option<Vec<f64>>,
    /// Of a run of errors alone, by node the drawn values outside its plausible range, and all of them.
    pub(crate) beyond: Vec<(usize, u64, u64)>,
}

/// Why a run made no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unmade {
    /// A unit has no value that it has in the declared run.
    Value(Failed),
    /// The rules leave no list.
    NoList,
}

/// A run, made or not.
pub(crate) type Tried = Result<Made, Unmade>;

/// The runs of one point; those of designs that do not reach it are not there.
#[derive(Debug, Default)]
pub(crate) struct PointRuns {
    pub(crate) n: u32,
    pub(crate) joint: Option<Tried>,
    pub(crate) choices: Option<Tried>,
    pub(crate) errors: Option<Tried>,
    /// For each group the places exchanged with it drawn and all else as declared; none without a list.
    pub(crate) alone: Vec<Option<f64>>,
    /// Of a listed run, what each doubt comes to, in words.
    pub(crate) given: Option<Vec<String>>,
}

/// An output of which the variance is shared out among the groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Output {
    /// The list of all phases.
    List,
    /// That of one phase.
    Phase(usize),
    /// The mean absolute shift of ranks.
    Shift,
    /// The score of a unit: its position in the register, and among the eligible.
    Score(usize, usize),
}

impl Output {
    /// What a run has of it.
    fn of(self, made: &Made) -> Vec<f64> {
        match self {
            Self::List => made.listed.shares(None),
            Self::Phase(phase) => made.listed.shares(Some(phase)),
            Self::Shift => vec![made.shift],
            // without a score it varies as 0
            Self::Score(_, at) => {
                vec![Some(made.scores[at]).filter(|it| !it.is_nan()).unwrap_or(0.0)]
            }
        }
    }
}

/// The shares of the variance of one output.
pub(crate) struct SharesOf {
    pub(crate) output: Output,
    pub(crate) sensitivity: Sensitivity,
}

/// The ranks of scores as the methodology ranks them: highest first, compared at nine decimals, equal ones
/// at the best of their places; 0 for a score that is none.
pub(crate) fn ranks(scores: &[f64]) -> Vec<u32> {
    let compared = scores.iter().map(|&score| stats::compared(score));
    let mut order: Vec<(u64, u32)> = compared
        .enumerate()
        .filter(|(_, key)| !key.is_nan())
        .map(|(at, key)| (descending(key), at as u32))
        .collect();
    order.sort_unstable();
    let mut ranks = vec![0; scores.len()];
    let mut rank = 0;
    for (place, &(key, at)) in order.iter().enumerate() {
        if place == 0 || key != order[place - 1].0 {
            rank = place as u32 + 1;
        }
        ranks[at as usize] = rank;
    }
    ranks
}

/// A number that orders as a float does, the highest first.
fn descending(x: f64) -> u64 {
    let bits = x.to_bits();
    let ascending = if bits >> 63 == 0 { bits | 1 << 63 } else { !bits };
    !ascending
}

impl Task<'_, '_> {
    /// The outputs whose variance is shared out.
    fn outputs(&self) -> Vec<Output> {
        let phases = (0..self.phases).filter(|_| self.phases > 1).map(Output::Phase);
        let mut outputs = vec![Output::List];
        outputs.extend(phases);
        outputs.push(Output::Shift);
        let last = self.last_by_rank.and_then(|unit| {
            let at = self.eligible.iter().position(|eligible| *eligible == unit)?;
            Some(Output::Score(unit, at))
        });
        outputs.extend(last);
        outputs
    }

    /// The ranks of the declared run.
    pub(crate) fn declared_ranks(&self) -> Vec<u32> {
        ranks(&self.declared_scores())
    }

    /// The scores of the declared run, of the eligible units.
    pub(crate) fn declared_scores(&self) -> Vec<f64> {
        let column = self.engine.declared().value(self.score).values();
        self.eligible.iter().map(|unit| column[*unit]).collect()
    }

    /// Makes every run of the plan. `each` is given the runs of every point, in order.
    pub(crate) fn run(
        &self,
        watch: &dyn Watch,
        each: &mut dyn FnMut(PointRuns),
    ) -> Result<Vec<SharesOf>, Interrupted> {
        let settings = &self.engine.plan.settings;
        let points = settings.runs.max(settings.shares).max(settings.alone);
        let benches: Vec<Mutex<Bench>> =
            (0..=rayon::current_num_threads()).map(|_| Mutex::new(self.engine.bench())).collect();
        let ranks = self.declared_ranks();
        let mut shares: Vec<SharesOf> = Vec::new();
        let pieces: Vec<u32> = (0..points.div_ceil(PIECE)).collect();
        for (number, round) in pieces.chunks(ROUND as usize).enumerate() {
            let done = number as u32 * ROUND * PIECE;
            watch.at(Stage::Drawing, done as usize, points as usize)?;
            let work = |piece: &u32| {
                let thread = rayon::current_thread_index().map_or(0, |index| index + 1);
                // each thread has a bench of its own: nobody waits
                let mut bench = benches[thread].lock().expect("no thread panics with a bench");
                let from = piece * PIECE;
                self.piece(from..points.min(from + PIECE), &ranks, &mut bench)
            };
            let found: Vec<(Vec<PointRuns>, Vec<SharesOf>)> = round.par_iter().map(work).collect();
            for (runs, later) in found {
                runs.into_iter().for_each(&mut *each);
                if shares.is_empty() {
                    shares = later;
                } else {
                    let pairs = shares.iter_mut().zip(later);
                    pairs.for_each(|(known, later)| known.sensitivity.append(later.sensitivity));
                }
            }
        }
        watch.at(Stage::Drawing, points as usize, points as usize)?;
        Ok(shares)
    }

    /// The runs of some points, one after the other.
    fn piece(
        &self,
        points: std::ops::Range<u32>,
        declared: &[u32],
        bench: &mut Bench,
    ) -> (Vec<PointRuns>, Vec<SharesOf>) {
        let groups = self.engine.plan.groups();
        let mut shares: Vec<SharesOf> = Vec::new();
        for output in self.outputs() {
            let declared = match output {
                Output::List => self.declared.clone(),
                // only a shift that keeps sums exact
                Output::Phase(_) => vec![0.0; self.declared.len()],
                Output::Shift => vec![0.0],
                Output::Score(_, at) => vec![self.declared_scores()[at]],
            };
            let sensitivity = Sensitivity::new(&declared, groups.len());
            shares.push(SharesOf { output, sensitivity });
        }
        let runs = points.map(|n| self.point(n, &groups, declared, (bench, &mut shares)));
        (runs.collect(), shares)
    }

    /// The runs of one point.
    fn point(
        &self,
        n: u32,
        groups: &[Vec<usize>],
        declared: &[u32],
        (bench, shares): (&mut Bench, &mut [SharesOf]),
    ) -> PointRuns {
        let plan = self.engine.plan;
        let settings = &plan.settings;
        let mut tried = |mix: &Mix| self.tried(n, mix, declared, bench);
        let all = mix_of(plan, Set::A, |_, _| true);
        let joint = (n < settings.runs.max(settings.shares)).then(|| tried(&all));
        let layer = |layer: Layer| mix_of(plan, Set::A, |_, doubt| doubt.layer() == layer);
        let has = |layer: Layer| plan.doubts.iter().any(|doubt| doubt.layer() == layer);
        let mut of_layer = |own: Layer| {
            (n < settings.runs && has(own)).then(|| {
                // a plan of one layer draws the same alone
                let mix = layer(own);
                match &joint {
                    Some(joint) if mix == all => joint.clone(),
                    _ => tried(&mix),
                }
            })
        };
        let (choices, mut errors) = (of_layer(Layer::Choice), of_layer(Layer::Error));
        let group = |group: &Vec<usize>, set: Set| mix_of(plan, set, |at, _| group.contains(&at));
        let alone = groups
            .iter()
            .filter(|_| n < settings.alone)
            .map(|own| tried(&group(own, Set::A)).ok().map(|made| made.exchanged))
            .collect();
        if let Some(Ok(made)) = &mut errors {
            let mix = layer(Layer::Error);
            let held = self.engine.held(self.score, (n, &mix), bench);
            made.held = held.map(|column| column.values().to_vec());
            made.beyond = self.engine.beyond(&mix, bench);
        }
        let mut tried = |mix: &Mix| self.tried(n, mix, declared, bench);
        if let (true, Some(Ok(a))) = (n < settings.shares, &joint)
            && let Ok(b) = tried(&mix_of(plan, Set::B, |_, _| true))
        {
            let mixed: Result<Vec<Made>, Unmade> = groups
                .iter()
                .map(|own| {
                    let mix = (0..all.len())
                        .map(|at| Some(if own.contains(&at) { Set::B } else { Set::A }));
                    tried(&mix.collect())
                })
                .collect();
            // a base point with a run that failed is left out for every doubt
            if let Ok(mixed) = mixed {
                for own in shares {
                    let of = |made: &Made| own.output.of(made);
                    let mixed: Vec<Vec<f64>> = mixed.iter().map(of).collect();
                    own.sensitivity.add(&of(a), &of(&b), &mixed);
                }
            }
        }
        let joint = joint.filter(|_| n < settings.runs);
        PointRuns { n, joint, choices, errors, alone, given: None }
    }

    fn tried(&self, n: u32, mix: &Mix, declared: &[u32], bench: &mut Bench) -> Tried {
        let drawn = self.engine.run(n, mix, bench).map_err(Unmade::Value)?;
        self.made(&drawn, declared)
    }

    /// What a run comes to, beside the ranks of the declared one.
    pub(crate) fn made(&self, drawn: &Drawn<'_, '_>, declared: &[u32]) -> Tried {
        let listed = self.lists.list(drawn).ok_or(Unmade::NoList)?;
        let column = drawn.value(self.score).values();
        let scores: Vec<f64> = self.eligible.iter().map(|unit| column[*unit]).collect();
        let ranks = ranks(&scores);
        let both = ranks.iter().zip(declared).filter(|(own, other)| **own > 0 && **other > 0);
        let (mut moved, mut units) = (0_u64, 0_u64);
        for (own, other) in both {
            moved += u64::from(own.abs_diff(*other));
            units += 1;
        }
        Ok(Made {
            exchanged: exchanged(&listed.shares(None), &self.declared),
            shift: if units == 0 { 0.0 } else { moved as f64 / units as f64 },
            listed,
            ranks,
            scores,
            held: None,
            beyond: Vec::new(),
        })
    }
}
