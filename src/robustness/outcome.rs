//! What the runs say together: of each unit how often and where it stands, of each doubt how much of the
//! list it decides.

use std::collections::BTreeMap;

use sha2::{Digest as _, Sha256};

use super::designs::{Made, Output, PointRuns, SharesOf, Task, Tried, Unmade};
use super::draws::{Set, Stream};
use super::pairs::{Pair, pairs};
use super::plan::{Doubt, Layer};
use super::rank_sets::errors::ErrorRuns;
use super::rank_sets::{MOST, RankSet, RankSets, rank_sets};
use super::sensitivity::{Centre, Indices};
use super::shares::{Lost, RankCounts, Times, mean_and_quantile, optimism, people_lost};
use crate::selection::{Listed, Standing};

/// The share of the exchanged places that the second figure of a design bounds.
const UPPER: f64 = 0.95;

/// The designs of which every run is kept apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Design {
    /// Every doubt drawn.
    Joint,
    /// The choices alone.
    Choices,
    /// The errors alone.
    Errors,
}

impl Design {
    /// The word of tables.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Joint => "joint",
            Self::Choices => "choices",
            Self::Errors => "errors",
        }
    }
}

/// The runs of a design.
#[derive(Clone, Debug, Default)]
pub(crate) struct DesignRuns {
    /// Runs that were tried.
    pub(crate) tried: u32,
    /// Runs that made a list.
    pub(crate) made: u32,
    /// Those in which equal units could not share a place alike.
    pub(crate) by_ticket: u32,
    /// Those in which a list is not proved to be the best.
    pub(crate) not_proved: u32,
    /// The others, each with its point.
    pub(crate) failures: Vec<(u32, Unmade)>,
    /// Of each unit how often it has a place.
    times: Vec<Times>,
    /// The same for each phase.
    by_phase: Vec<Vec<Times>>,
    /// Places exchanged in each run that made a list.
    pub(crate) exchanged: Vec<f64>,
    /// The mean shift of ranks in each of them.
    pub(crate) shifts: Vec<f64>,
}

/// One run, as the table of variants has it.
#[derive(Clone, Debug)]
pub(crate) struct RunOf {
    pub(crate) design: Design,
    pub(crate) n: u32,
    /// What each doubt came to, in words; empty where it was as declared.
    pub(crate) choices: Vec<String>,
    /// Places exchanged and the mean shift of ranks, or why there is no list.
    pub(crate) result: Result<(f64, f64), Unmade>,
    /// The digest of the list; none without one.
    pub(crate) list: Option<[u8; 32]>,
}

/// What one group does alone.
#[derive(Clone, Debug, Default)]
pub(crate) struct Alone {
    /// Places exchanged: mean, and what 95 % of the runs do not exceed; NaN without runs.
    pub(crate) exchanged: [f64; 2],
    /// Runs.
    pub(crate) runs: u32,
}

/// Indices of one output, for each group.
#[derive(Debug)]
pub(crate) struct OutputIndices {
    pub(crate) output: Output,
    pub(crate) indices: Vec<Indices>,
    /// Base points without a failing run.
    pub(crate) points: usize,
}

/// Where a unit stands.
#[derive(Clone, Debug)]
pub(crate) struct UnitStanding {
    /// Its position in the register.
    pub(crate) unit: usize,
    /// Whether it is eligible in the declared run.
    pub(crate) eligible: bool,
    /// Its rank in the declared run.
    pub(crate) rank: Option<u32>,
    /// Median and interval of its ranks.
    pub(crate) ranks: Option<[f64; 3]>,
    /// How often it has a place, in all phases and in each.
    pub(crate) times: Times,
    pub(crate) by_phase: Vec<Times>,
    /// The same under choices alone and under errors alone.
    pub(crate) layers: [Option<Times>; 2],
    /// How sure its place is; none where no run made a list.
    pub(crate) standing: Option<Standing>,
    /// The group that moves it most.
    pub(crate) driver: Option<usize>,
    /// Its simultaneous rank set.
    pub(crate) set: Option<RankSet>,
}

/// Everything that the runs say.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) designs: BTreeMap<Design, DesignRuns>,
    pub(crate) units: Vec<UnitStanding>,
    pub(crate) shares: Vec<OutputIndices>,
    pub(crate) alone: Vec<Alone>,
    pub(crate) pairs: Vec<Pair>,
    pub(crate) variants: Vec<RunOf>,
    /// Places that would go elsewhere if the data had no error: the mean, and the people of declared places
    /// that are lost by it.
    pub(crate) misallocation: Option<(f64, Lost)>,
    /// Of the list of all phases, then of each: the mean score as measured, and by how much the choice of the
    /// highest flatters it; none where nothing can be held.
    pub(crate) flattered: Option<Vec<[f64; 2]>>,
    /// Of indicators with errors, the share of drawn values outside their plausible range.
    pub(crate) beyond: Vec<(usize, f64)>,
    /// Why there are no rank sets, where there are none although errors are doubted.
    pub(crate) too_many_for_sets: bool,
}

/// Takes the runs of one point after the other.
pub(crate) struct Gatherer<'t, 'a> {
    task: &'t Task<'t, 'a>,
    /// People of each unit, NaN where nobody knows them.
    people: Vec<f64>,
    designs: BTreeMap<Design, DesignRuns>,
    ranks: RankCounts,
    errors: Option<ErrorRuns>,
    alone: Vec<Vec<f64>>,
    pairs: Vec<Pair>,
    variants: Vec<RunOf>,
    lost: Lost,
    /// Sums of what flatters the score, of all phases first, and of how many runs.
    optimism: Vec<f64>,
    held: u32,
    /// By node, drawn values outside the plausible range and all of them.
    beyond: BTreeMap<usize, [u64; 2]>,
}

impl Outcome {
    /// How many of the eligible units are certain, contested and out.
    pub(crate) fn bands(&self) -> [usize; 3] {
        let mut bands = [0; 3];
        let eligible = self.units.iter().filter(|unit| unit.eligible);
        let standings = eligible.filter_map(|unit| unit.standing);
        standings.for_each(|standing| bands[standing as usize] += 1);
        bands
    }

    /// How many units are eligible in the declared run.
    pub(crate) fn eligible(&self) -> usize {
        self.units.iter().filter(|unit| unit.eligible).count()
    }
}

impl DesignRuns {
    fn new(units: usize, phases: usize) -> Self {
        Self {
            times: vec![Times::default(); units],
            by_phase: vec![vec![Times::default(); units]; phases],
            ..Self::default()
        }
    }

    fn take(&mut self, n: u32, tried: &Tried) {
        self.tried += 1;
        let made = match tried {
            Ok(made) => made,
            Err(unmade) => {
                self.failures.push((n, *unmade));
                return;
            }
        };
        self.made += 1;
        self.by_ticket += u32::from(made.listed.by_ticket);
        self.not_proved += u32::from(!made.listed.is_proved);
        self.exchanged.push(made.exchanged);
        self.shifts.push(made.shift);
        for (unit, phase) in made.listed.phase.iter().enumerate() {
            if let Some(phase) = phase {
                self.add(unit, *phase, Times::ONE);
            }
        }
        for place in &made.listed.shared {
            let part = Times::part(place.share.seats, place.share.of);
            self.add(place.unit, place.phase, part);
        }
    }

    fn add(&mut self, unit: usize, phase: u16, times: Times) {
        self.times[unit] += times;
        self.by_phase[usize::from(phase)][unit] += times;
    }
}

impl<'t, 'a> Gatherer<'t, 'a> {
    /// For a task of so many joint runs; `people` of each unit of the register, `cuts` has for each phase
    /// who has a place up to it.
    pub(crate) fn new(
        task: &'t Task<'t, 'a>,
        people: Vec<f64>,
        cuts: &[Vec<usize>],
        runs: u32,
    ) -> Self {
        let plan = task.engine.plan;
        let scores = task.declared_scores();
        Self {
            people,
            designs: BTreeMap::new(),
            ranks: RankCounts::new(task.eligible.len(), runs),
            errors: (task.eligible.len() <= MOST).then(|| ErrorRuns::new(&scores)),
            alone: vec![Vec::new(); plan.groups().len()],
            pairs: pairs(task, cuts),
            variants: Vec::new(),
            lost: Lost::default(),
            optimism: vec![0.0; task.phases + 1],
            held: 0,
            beyond: BTreeMap::new(),
            task,
        }
    }

    /// Takes the runs of a point.
    pub(crate) fn take(&mut self, mut runs: PointRuns) {
        let n = runs.n;
        for (known, exchanged) in self.alone.iter_mut().zip(&runs.alone) {
            known.extend(*exchanged);
        }
        if let Some(Ok(made)) = &runs.joint {
            self.ranks.add(&made.ranks);
            self.pairs.iter_mut().for_each(|pair| pair.compare(&made.ranks));
        }
        if let Some(Ok(made)) = &runs.errors {
            if let Some(errors) = &mut self.errors {
                errors.add(&made.scores);
            }
            let lost = people_lost(&made.listed.shares(None), &self.task.declared, &self.people);
            self.lost.people += lost.people;
            self.lost.unknown += lost.unknown;
            for (node, outside, all) in &made.beyond {
                let known = self.beyond.entry(*node).or_default();
                known[0] += outside;
                known[1] += all;
            }
            if let Some(held) = &made.held {
                let declared = self.task.engine.declared().value(self.task.score).values();
                self.held += 1;
                for (at, sum) in self.optimism.iter_mut().enumerate() {
                    *sum += optimism(&made.listed.shares(at.checked_sub(1)), held, declared);
                }
            }
        }
        let designs = [
            (Design::Joint, runs.joint.take()),
            (Design::Choices, runs.choices.take()),
            (Design::Errors, runs.errors.take()),
        ];
        for (design, tried) in designs {
            let Some(tried) = tried else { continue };
            let (units, phases) = (self.task.declared.len(), self.task.phases);
            let own = self.designs.entry(design).or_insert_with(|| DesignRuns::new(units, phases));
            own.take(n, &tried);
            let choices = runs.given.clone().unwrap_or_else(|| self.choices(design, n));
            self.variants.push(RunOf::of((design, n), choices, &tried));
        }
    }

    /// What each doubt came to in a run of a design.
    fn choices(&self, design: Design, n: u32) -> Vec<String> {
        let engine = self.task.engine;
        let of = |(at, doubt): (usize, &Doubt)| {
            let drawn = match design {
                Design::Joint => true,
                Design::Choices => doubt.layer() == Layer::Choice,
                Design::Errors => doubt.layer() == Layer::Error,
            };
            let decided = drawn.then(|| engine.decided(at, n, Set::A));
            decided.map_or_else(String::new, |decided| decided.text(doubt, engine.method()))
        };
        engine.plan.doubts.iter().enumerate().map(of).collect()
    }

    /// Puts everything together, with the shares of the variance.
    pub(crate) fn finish(mut self, shares: &[SharesOf]) -> Outcome {
        let settings = &self.task.engine.plan.settings;
        let bootstrap = Stream::new(&settings.seed, "bootstrap");
        let joint = self.designs.get(&Design::Joint).map_or(0, |joint| joint.made);
        for pair in &mut self.pairs {
            pair.share /= f64::from(joint);
            // from positions among the eligible to units
            pair.above = self.task.eligible[pair.above];
            pair.below = self.task.eligible[pair.below];
        }
        let with_points = shares.iter().filter(|own| own.sensitivity.points() > 0);
        let indices = with_points.map(|own| OutputIndices {
            output: own.output,
            indices: own.sensitivity.indices(Centre::Mean, bootstrap, settings.confidence),
            points: own.sensitivity.points(),
        });
        let errors = self.designs.get(&Design::Errors);
        let misallocation = errors.filter(|errors| errors.made > 0).map(|errors| {
            let runs = f64::from(errors.made);
            let mean = errors.exchanged.iter().sum::<f64>() / runs;
            let Lost { people, unknown } = self.lost;
            (mean, Lost { people: people / runs, unknown: unknown / runs })
        });
        let alone = self.alone.iter().map(|exchanged| Alone {
            exchanged: mean_and_quantile(exchanged, UPPER),
            runs: exchanged.len() as u32,
        });
        let too_many = errors.is_some() && self.errors.is_none();
        let sets = self.errors.take().and_then(ErrorRuns::finish);
        let sets = sets.map(|errors| rank_sets(&errors, settings.confidence));
        let flattered = (self.held > 0).then(|| {
            let sums = self.optimism.iter().enumerate();
            sums.map(|(at, sum)| [self.measured(at), sum / f64::from(self.held)]).collect()
        });
        Outcome {
            flattered,
            units: self.units(shares, sets.as_ref()),
            shares: indices.collect(),
            alone: alone.collect(),
            misallocation,
            too_many_for_sets: too_many,
            beyond: self
                .beyond
                .into_iter()
                .filter(|(_, [outside, _])| *outside > 0)
                .map(|(node, [outside, all])| (node, outside as f64 / all as f64))
                .collect(),
            designs: self.designs,
            pairs: self.pairs,
            variants: self.variants,
        }
    }

    /// The mean declared score of a declared list: of all phases first, then of each.
    fn measured(&self, at: usize) -> f64 {
        let scores = self.task.engine.declared().value(self.task.score).values();
        let list = &self.task.declared_by_phase[at];
        let held =
            list.iter().zip(scores).filter(|(share, score)| **share > 0.0 && !score.is_nan());
        let (sum, places) = held.fold((0.0, 0.0), |(sum, places), (share, score)| {
            (sum + share * score, places + share)
        });
        sum / places
    }

    fn units(&self, shares: &[SharesOf], sets: Option<&RankSets>) -> Vec<UnitStanding> {
        let plan = self.task.engine.plan;
        let Some(joint) = self.designs.get(&Design::Joint) else { return Vec::new() };
        let ranks = self.task.declared_ranks();
        let place: BTreeMap<usize, usize> =
            self.task.eligible.iter().enumerate().map(|(at, unit)| (*unit, at)).collect();
        let list = shares.iter().find(|own| own.output == Output::List);
        let of_layer =
            |design, unit: usize| self.designs.get(&design).map(|own: &DesignRuns| own.times[unit]);
        let mut found = Vec::new();
        for unit in 0..joint.times.len() {
            let eligible = place.get(&unit).copied();
            let times = joint.times[unit];
            if eligible.is_none() && times == Times::default() {
                continue;
            }
            let standing = times.standing(joint.made, plan.settings.certain);
            let [low, high] = plan.settings.interval;
            found.push(UnitStanding {
                unit,
                eligible: eligible.is_some(),
                rank: eligible.map(|at| ranks[at]).filter(|rank| *rank > 0),
                ranks: eligible.and_then(|at| {
                    let of = |p| self.ranks.quantile(at, p);
                    Some([of(0.5)?, of(low)?, of(high)?])
                }),
                times,
                by_phase: joint.by_phase.iter().map(|phase| phase[unit]).collect(),
                layers: [of_layer(Design::Choices, unit), of_layer(Design::Errors, unit)],
                driver: (standing == Some(Standing::Contested))
                    .then(|| list?.sensitivity.driver(unit))
                    .flatten(),
                standing,
                set: eligible.and_then(|at| sets.map(|sets| sets.holm[at])),
            });
        }
        found
    }
}

impl RunOf {
    fn of((design, n): (Design, u32), choices: Vec<String>, tried: &Tried) -> Self {
        let list = tried.as_ref().ok().map(|made| Sha256::digest(listed(&made.listed)).into());
        let result = tried.as_ref().map(|Made { exchanged, shift, .. }| (*exchanged, *shift));
        Self { design, n, choices, result: result.map_err(|unmade| *unmade), list }
    }
}

/// A list as a text that says it whole: of each unit with a place its position and phase, of a shared one
/// the fraction.
fn listed(listed: &Listed) -> String {
    let mut text = String::new();
    for (unit, phase) in listed.phase.iter().enumerate() {
        if let Some(phase) = phase {
            text.push_str(&format!("{unit}:{phase};"));
        }
    }
    for place in &listed.shared {
        let (seats, of) = (place.share.seats, place.share.of);
        text.push_str(&format!("{}:{}:{seats}/{of};", place.unit, place.phase));
    }
    text
}
