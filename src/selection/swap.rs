//! What keeps two projects from changing places: the one question behind reasons, distances,
//! reserve, replacements and ties.
//!
//! With nested quotas a list changes by single swaps only: one withdrawal brings in exactly one unit,
//! and a unit outside would come in for the lowest unit that it could replace. With crossing quotas,
//! money or unions the same question gives the single swap that everybody else's place survives.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::phases::SolvedPhases;
use super::ranked_pool::{PhaseIndex, RankedPool};
use super::rule_ref::{PhaseProblem, RuleRef};
use crate::optimise::{Criterion, IndexVec, Position, Problem, Project, Rank, RowIndex, positions};

positions! {
    /// Units that the same rows count in every phase.
    KindIndex
}

/// What keeps one project from the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Obstacle {
    /// A row of the one that enters is full.
    Full(RowIndex),
    /// A row of the one that leaves would fall below its minimum.
    Short(RowIndex),
    /// The money does not reach.
    Money,
    /// A sum would fall below its least.
    SumShort(usize),
    /// A sum would rise above its most.
    SumFull(usize),
}

/// A place and the project that holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seat {
    pub(super) phase: PhaseIndex,
    pub(super) project: Project,
}

/// The places of all phases in order.
pub(super) fn seats(phases: &SolvedPhases) -> Vec<Seat> {
    let seat = |phase, project: &Project| Seat { phase, project: project.clone() };
    let phases = phases.enumerate();
    phases.flat_map(|(at, phase)| phase.added.iter().map(move |added| seat(at, added))).collect()
}

/// The lists of all phases, open to single swaps.
pub(super) struct SwapOracle<'a> {
    ranked: &'a RankedPool<'a>,
    problems: IndexVec<PhaseIndex, &'a PhaseProblem>,
    /// By phase: places of each row.
    counts: IndexVec<PhaseIndex, IndexVec<RowIndex, i64>>,
    /// By phase: money spent.
    costs: IndexVec<PhaseIndex, i128>,
    /// By phase: what the list comes to of each required sum.
    sums: IndexVec<PhaseIndex, Vec<i64>>,
    /// The kind of each rank.
    kinds: IndexVec<Rank, KindIndex>,
    /// A rank of each kind.
    samples: IndexVec<KindIndex, Rank>,
    /// By phase and pair of kinds: what the rows say to the one leaving and the other entering, as
    /// far as it was asked. Empty where there are too many kinds to remember.
    answers: Vec<Vec<Option<Vec<Obstacle>>>>,
}

/// Pairs of kinds of one phase whose answers are remembered at most.
const REMEMBERED: usize = 1 << 18;

/// The rows that count a project in one phase.
type Rows<'a> = &'a [RowIndex];

impl<'a> SwapOracle<'a> {
    /// The lists as solved.
    pub(super) fn new(ranked: &'a RankedPool<'a>, phases: &'a SolvedPhases) -> Self {
        let problems: IndexVec<PhaseIndex, &PhaseProblem> =
            phases.iter().map(|phase| &phase.rules).collect();
        let (kinds, samples) = kinds(&problems, ranked);
        let counts = problems.iter().map(|rules| IndexVec::filled(0, rules.names.len())).collect();
        let sums = problems.iter().map(|rules| vec![0; rules.sums.len()]).collect();
        let mut oracle = Self {
            ranked,
            problems,
            counts,
            costs: IndexVec::filled(0, phases.len()),
            sums,
            kinds,
            samples,
            answers: Vec::new(),
        };
        for (at, phase) in phases.enumerate() {
            phase.added.iter().for_each(|project| oracle.take_place(at, project));
        }
        oracle
    }

    /// A project takes a place of a phase and of all later ones.
    pub(super) fn take_place(&mut self, phase: PhaseIndex, project: &Project) {
        self.add(phase, project, 1);
    }

    /// A project gives up its place of a phase and of all later ones.
    pub(super) fn give_up_place(&mut self, phase: PhaseIndex, project: &Project) {
        self.add(phase, project, -1);
    }

    fn add(&mut self, phase: PhaseIndex, project: &Project, places: i64) {
        for later in self.from(phase) {
            for row in self.rows(later, project.lead()) {
                self.counts[later][*row] += places;
            }
            self.costs[later] += i128::from(places) * i128::from(project.cost);
            for (at, weighted) in self.problems[later].problem.sums.iter().enumerate() {
                self.sums[later][at] += places * weighted.of(project.members.iter().copied());
            }
        }
        self.answers.clear();
    }

    /// A phase and all later ones.
    fn from(&self, phase: PhaseIndex) -> impl Iterator<Item = PhaseIndex> + use<'a> {
        self.problems.positions().skip(phase.number())
    }

    /// The rows that count a unit in a phase. Those of its lead count a project.
    fn rows(&self, phase: PhaseIndex, rank: Rank) -> Rows<'a> {
        &self.problems[phase].problem.units[rank].rows
    }

    /// How many kinds of projects there are.
    pub(super) fn count_kinds(&self) -> usize {
        self.samples.len()
    }

    /// The kind of a project: projects of one kind differ for the rules by their cost only.
    pub(super) fn kind(&self, project: &Project) -> KindIndex {
        self.kinds[project.lead()]
    }

    /// Whether the list of a phase has more places than the phase.
    pub(super) fn is_longer(&self, phase: PhaseIndex) -> bool {
        let places = self.problems[phase].problem.rows[RowIndex::PLACES];
        self.counts[phase][RowIndex::PLACES] > places.hi
    }

    /// The problem of a phase.
    pub(super) fn problem(&self, phase: PhaseIndex) -> &'a Problem {
        &self.problems[phase].problem
    }

    /// The places of a row in the list of a phase.
    pub(super) fn count(&self, phase: PhaseIndex, row: RowIndex) -> i64 {
        self.counts[phase][row]
    }

    /// What the list of a phase costs.
    pub(super) fn cost(&self, phase: PhaseIndex) -> i128 {
        self.costs[phase]
    }

    /// What the list of a phase comes to of a required sum.
    pub(super) fn sum(&self, phase: PhaseIndex, at: usize) -> i64 {
        self.sums[phase][at]
    }

    /// Whether money or a required sum is a rule of a phase or of a later one, so that units which the
    /// same rows count differ.
    pub(super) fn weighs(&self, phase: PhaseIndex) -> bool {
        self.from(phase).any(|phase| {
            let problem = &self.problems[phase].problem;
            problem.limit.is_some() || !problem.sums.is_empty()
        })
    }

    /// What tells projects of one kind apart from a phase on: cost and weights, where they count.
    pub(super) fn weight(&self, phase: PhaseIndex, project: &Project) -> Vec<i64> {
        if !self.weighs(phase) {
            return Vec::new();
        }
        let sums = self.from(phase).flat_map(|phase| &self.problems[phase].problem.sums);
        let own = sums.map(|weighted| weighted.of(project.members.iter().copied()));
        std::iter::once(project.cost).chain(own).collect()
    }

    /// Whether the rows let a project of one kind take the place of one of another kind, in a phase
    /// and all later ones.
    pub(super) fn rows_allow(
        &mut self,
        phase: PhaseIndex,
        out: Option<KindIndex>,
        into: KindIndex,
    ) -> bool {
        self.from(phase).all(|at| self.row_obstacles(at, out, into).is_empty())
    }

    /// Whether one project may take the place of another in its phase and all later ones.
    pub(super) fn fits(
        &mut self,
        phase: PhaseIndex,
        leaves: Option<&Project>,
        enters: &Project,
    ) -> bool {
        let (out, into) = (leaves.map(|project| self.kind(project)), self.kind(enters));
        self.rows_allow(phase, out, into)
            && self.from(phase).all(|at| self.weighty(at, leaves, enters).is_empty())
    }

    /// The rules of one phase that keep one project from the place of another.
    pub(super) fn obstacles(
        &mut self,
        phase: PhaseIndex,
        leaves: Option<&Project>,
        enters: &Project,
    ) -> Vec<Obstacle> {
        let (out, into) = (leaves.map(|project| self.kind(project)), self.kind(enters));
        let mut obstacles = self.row_obstacles(phase, out, into).to_vec();
        obstacles.extend(self.weighty(phase, leaves, enters));
        obstacles
    }

    /// The rows of one phase that keep a project of one kind from the place of another kind.
    pub(super) fn row_obstacles(
        &mut self,
        phase: PhaseIndex,
        out: Option<KindIndex>,
        into: KindIndex,
    ) -> &[Obstacle] {
        let kinds = self.samples.len();
        let pairs = (kinds + 1) * kinds;
        let size = if pairs > REMEMBERED { 1 } else { pairs };
        if self.answers.is_empty() {
            self.answers = vec![vec![None; size]; self.problems.len()];
        }
        let pair = out.map_or(kinds, KindIndex::number) * kinds + into.number();
        let (at, pair) = (phase.number(), if size == 1 { 0 } else { pair });
        if size == 1 || self.answers[at][pair].is_none() {
            let rows = |kind: KindIndex| self.rows(phase, self.samples[kind]);
            let found = self.between(phase, out.map_or(&[], rows), rows(into));
            self.answers[at][pair] = Some(found);
        }
        self.answers[at][pair].as_deref().unwrap_or_default()
    }

    fn between(&self, phase: PhaseIndex, out: Rows<'_>, into: Rows<'_>) -> Vec<Obstacle> {
        let (rows, counts) = (&self.problems[phase].problem.rows, &self.counts[phase]);
        let full = into.iter().filter(|r| !out.contains(r) && counts[**r] + 1 > rows[**r].hi);
        let short = out.iter().filter(|r| !into.contains(r) && counts[**r] - 1 < rows[**r].lo);
        full.map(|row| Obstacle::Full(*row)).chain(short.map(|row| Obstacle::Short(*row))).collect()
    }

    /// Money and sums of one phase that keep one project from the place of another.
    fn weighty(
        &self,
        phase: PhaseIndex,
        leaves: Option<&Project>,
        enters: &Project,
    ) -> Vec<Obstacle> {
        let mut obstacles = Vec::new();
        if !self.pays(phase, leaves, enters) {
            obstacles.push(Obstacle::Money);
        }
        for (at, weighted) in self.problems[phase].problem.sums.iter().enumerate() {
            let of = |project: &Project| weighted.of(project.members.iter().copied());
            let now = self.sums[phase][at];
            let then = now - leaves.map_or(0, of) + of(enters);
            // a list that is beyond a bound already may not go further
            if then < weighted.bounds.lo.min(now) {
                obstacles.push(Obstacle::SumShort(at));
            }
            if then > weighted.bounds.hi.max(now) {
                obstacles.push(Obstacle::SumFull(at));
            }
        }
        obstacles
    }

    fn pays(&self, phase: PhaseIndex, leaves: Option<&Project>, enters: &Project) -> bool {
        let Some(limit) = self.problems[phase].problem.limit else { return true };
        let freed = leaves.map_or(0, |project| i128::from(project.cost));
        let needed = self.costs[phase] - freed + i128::from(enters.cost);
        // where the list is dearer than allowed (a hold-harmless list), nobody makes it dearer
        needed <= i128::from(limit).max(self.costs[phase])
    }

    /// An obstacle as a rule of the programme.
    pub(super) fn rule(&self, phase: PhaseIndex, obstacle: Obstacle) -> RuleRef {
        let rules = self.problems[phase];
        match obstacle {
            Obstacle::Full(row) => rules.most(row),
            Obstacle::Short(row) => rules.least(row),
            Obstacle::Money => rules.money(),
            Obstacle::SumShort(at) => rules.sum(at, false),
            Obstacle::SumFull(at) => rules.sum(at, true),
        }
    }

    /// What orders those who wait: under coverage what they bring, largest first; else nothing.
    pub(super) fn entry_key(&self, project: &Project) -> Reverse<i128> {
        let value = |rank: &Rank| i128::from(self.ranked.value(*rank));
        Reverse(match self.ranked.criterion() {
            Criterion::Priority => 0,
            Criterion::Coverage => project.members.iter().map(value).sum(),
        })
    }
}

/// The kind of each rank, and a rank of each kind.
fn kinds(
    problems: &IndexVec<PhaseIndex, &PhaseProblem>,
    ranked: &RankedPool<'_>,
) -> (IndexVec<Rank, KindIndex>, IndexVec<KindIndex, Rank>) {
    let mut known: BTreeMap<Vec<Rows<'_>>, KindIndex> = BTreeMap::new();
    let (mut kinds, mut samples) = (IndexVec::new(), IndexVec::new());
    for rank in ranked.ranks() {
        let rows = problems.iter().map(|rules| &rules.problem.units[rank].rows[..]).collect();
        kinds.push(*known.entry(rows).or_insert_with(|| samples.push(rank)));
    }
    (kinds, samples)
}
