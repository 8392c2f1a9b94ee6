//! What keeps two projects from changing places: the one question behind reasons, distances,
//! reserve, replacements and ties.
//!
//! With nested quotas a list changes by single exchanges only: one withdrawal brings in exactly one
//! unit, and a unit outside would come in for the lowest unit that it could replace. With crossing
//! quotas, money or unions the same question gives the single exchange that everybody else's place
//! survives.

use std::collections::BTreeMap;

use super::phases::{Field, Stage};
use super::problem::Problem;
use super::result::Clause;
use super::solve::Best;
use super::unions::Project;

/// The lists of all phases, open to single changes.
pub(super) struct Exchange<'a> {
    field: &'a Field<'a>,
    problems: Vec<&'a Problem>,
    /// By phase: places of each row.
    counts: Vec<Vec<i64>>,
    /// By phase: money spent.
    costs: Vec<i128>,
    /// By rank: which units the same rows count in every phase.
    kinds: Vec<usize>,
    /// A rank of each kind.
    samples: Vec<usize>,
    /// By phase and pair of kinds: what the rows say to the one leaving and the other entering, as
    /// far as it was asked. Empty where there are too many kinds to remember.
    answers: Vec<Vec<Option<Vec<Bar>>>>,
}

/// Pairs of kinds of one phase whose answers are remembered at most.
const REMEMBERED: usize = 1 << 18;

/// The rows that count a project in one phase.
type Rows<'a> = &'a [usize];

impl<'a> Exchange<'a> {
    /// The lists as solved.
    pub(super) fn new(field: &'a Field<'a>, stages: &'a [Stage]) -> Self {
        let problems: Vec<_> = stages.iter().map(|stage| &stage.problem).collect();
        let (kinds, samples) = kinds(&problems, field.ranking.order.len());
        let mut exchange = Self {
            field,
            problems,
            counts: stages.iter().map(|stage| vec![0; stage.problem.rows.len()]).collect(),
            costs: vec![0; stages.len()],
            kinds,
            samples,
            answers: Vec::new(),
        };
        for (phase, stage) in stages.iter().enumerate() {
            stage.added.iter().for_each(|project| exchange.place(phase, project, 1));
        }
        exchange
    }

    /// A project takes (`by` 1) or gives up (`by` -1) a place of a phase and of all later ones.
    pub(super) fn place(&mut self, phase: usize, project: &Project, by: i64) {
        for later in phase..self.problems.len() {
            for row in self.rows(later, project) {
                self.counts[later][*row] += by;
            }
            self.costs[later] += i128::from(by) * i128::from(project.cost);
        }
        self.answers.clear();
    }

    /// The rows that count a project in a phase: those of its lead.
    fn rows(&self, phase: usize, project: &Project) -> Rows<'a> {
        &self.problems[phase].units[project.members[0]].rows
    }

    /// How many kinds of projects there are.
    pub(super) fn count_kinds(&self) -> usize {
        self.samples.len()
    }

    /// The kind of a project: projects of one kind differ for the rules by their cost only.
    pub(super) fn kind(&self, project: &Project) -> usize {
        self.kinds[project.members[0]]
    }

    /// Whether money is a rule of a phase or of a later one.
    pub(super) fn counts_money(&self, phase: usize) -> bool {
        self.problems[phase..].iter().any(|problem| problem.limit.is_some())
    }

    /// Whether the rows let a project of one kind take the place of one of another kind, in a phase
    /// and all later ones.
    pub(super) fn rows_allow(&mut self, phase: usize, out: Option<usize>, into: usize) -> bool {
        (phase..self.problems.len()).all(|at| self.answer(at, out, into).is_empty())
    }

    /// Whether one project may take the place of another in its phase and all later ones.
    pub(super) fn fits(
        &mut self,
        phase: usize,
        leaves: Option<&Project>,
        enters: &Project,
    ) -> bool {
        let (out, into) = (leaves.map(|project| self.kind(project)), self.kind(enters));
        self.rows_allow(phase, out, into)
            && (phase..self.problems.len()).all(|at| self.pays(at, leaves, enters))
    }

    /// Whether a project could take one of some seats; `known` remembers the answer of its kind.
    pub(super) fn finds_seat<'s>(
        &mut self,
        seats: impl Iterator<Item = (usize, &'s Project)>,
        enters: &Project,
        known: &mut BTreeMap<usize, bool>,
    ) -> bool {
        let mut seats = seats;
        let kind = self.kind(enters);
        if self.counts_money(0) {
            return seats.any(|(phase, project)| self.fits(phase, Some(project), enters));
        }
        if let Some(found) = known.get(&kind) {
            return *found;
        }
        let found = seats.any(|(phase, project)| self.fits(phase, Some(project), enters));
        known.insert(kind, found);
        found
    }

    /// The rules of one phase that keep one project from the place of another.
    pub(super) fn bars(
        &mut self,
        phase: usize,
        leaves: Option<&Project>,
        enters: &Project,
    ) -> Vec<Bar> {
        let (out, into) = (leaves.map(|project| self.kind(project)), self.kind(enters));
        let mut bars = self.answer(phase, out, into).to_vec();
        if !self.pays(phase, leaves, enters) {
            bars.push(Bar::Money);
        }
        bars
    }

    /// The rows of one phase that keep a project of one kind from the place of another kind.
    pub(super) fn answer(&mut self, phase: usize, out: Option<usize>, into: usize) -> &[Bar] {
        let kinds = self.samples.len();
        let pairs = (kinds + 1) * kinds;
        let size = if pairs > REMEMBERED { 1 } else { pairs };
        if self.answers.is_empty() {
            self.answers = vec![vec![None; size]; self.problems.len()];
        }
        let at = if size == 1 { 0 } else { out.unwrap_or(kinds) * kinds + into };
        if size == 1 || self.answers[phase][at].is_none() {
            let rows = |kind: usize| &self.problems[phase].units[self.samples[kind]].rows[..];
            let bars = self.row_bars(phase, out.map_or(&[], rows), rows(into));
            self.answers[phase][at] = Some(bars);
        }
        self.answers[phase][at].as_deref().unwrap_or_default()
    }

    fn row_bars(&self, phase: usize, out: Rows, into: Rows) -> Vec<Bar> {
        let (rows, counts) = (&self.problems[phase].rows, &self.counts[phase]);
        let full = into.iter().filter(|r| !out.contains(r) && counts[**r] + 1 > rows[**r].hi);
        let short = out.iter().filter(|r| !into.contains(r) && counts[**r] - 1 < rows[**r].lo);
        full.map(|row| Bar::Full(*row)).chain(short.map(|row| Bar::Short(*row))).collect()
    }

    fn pays(&self, phase: usize, leaves: Option<&Project>, enters: &Project) -> bool {
        let Some(limit) = self.problems[phase].limit else { return true };
        let freed = leaves.map_or(0, |project| i128::from(project.cost));
        let asked = self.costs[phase] - freed + i128::from(enters.cost);
        // where the list is dearer than allowed (a hold-harmless list), nobody makes it dearer
        asked <= i128::from(limit).max(self.costs[phase])
    }

    /// A bar in the words of the programme.
    pub(super) fn clause(&self, phase: usize, bar: Bar) -> Clause {
        let problem = self.problems[phase];
        match bar {
            Bar::Full(row) => problem.most(row),
            Bar::Short(row) => problem.least(row),
            Bar::Money => Clause::Money { phase: problem.phase.clone() },
        }
    }

    /// What orders those who wait: their rank, or under coverage what they bring.
    pub(super) fn entry_key(&self, project: &Project) -> (std::cmp::Reverse<i128>, Vec<usize>) {
        let value = match self.field.best() {
            Best::Priority => 0,
            Best::Coverage => self.value(project),
        };
        (std::cmp::Reverse(value), project.members.clone())
    }

    /// What a project sums to.
    pub(super) fn value(&self, project: &Project) -> i128 {
        project.members.iter().map(|rank| i128::from(self.field.value(*rank))).sum()
    }
}

/// The kind of each rank, and a rank of each kind.
fn kinds(problems: &[&Problem], ranks: usize) -> (Vec<usize>, Vec<usize>) {
    let mut known: BTreeMap<Vec<Rows<'_>>, usize> = BTreeMap::new();
    let (mut kinds, mut samples) = (Vec::new(), Vec::new());
    for rank in 0..ranks {
        let rows = problems.iter().map(|problem| &problem.units[rank].rows[..]).collect();
        let kind = *known.entry(rows).or_insert(samples.len());
        if kind == samples.len() {
            samples.push(rank);
        }
        kinds.push(kind);
    }
    (kinds, samples)
}

/// What keeps one project from the place of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Bar {
    /// A row of the one that enters is full.
    Full(usize),
    /// A row of the one that leaves would fall below its minimum.
    Short(usize),
    /// The money does not reach.
    Money,
}
