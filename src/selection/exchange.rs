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
    /// By phase and pair of row lists: whether rows let the one leave and the other enter.
    allowed: BTreeMap<(usize, Rows<'a>, Rows<'a>), bool>,
}

/// The rows that count a project in one phase.
type Rows<'a> = &'a [usize];

impl<'a> Exchange<'a> {
    /// The lists as solved.
    pub(super) fn new(field: &'a Field<'a>, stages: &'a [Stage]) -> Self {
        let mut exchange = Self {
            field,
            problems: stages.iter().map(|stage| &stage.problem).collect(),
            counts: stages.iter().map(|stage| vec![0; stage.problem.rows.len()]).collect(),
            costs: vec![0; stages.len()],
            allowed: BTreeMap::new(),
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
        self.allowed.clear();
    }

    /// The rows that count a project in a phase: those of its lead.
    fn rows(&self, phase: usize, project: &Project) -> Rows<'a> {
        &self.problems[phase].units[project.members[0]].rows
    }

    /// Whether one project may take the place of another in its phase and all later ones.
    pub(super) fn fits(
        &mut self,
        phase: usize,
        leaves: Option<&Project>,
        enters: &Project,
    ) -> bool {
        (phase..self.problems.len()).all(|at| {
            let (out, into) = (leaves.map_or(&[][..], |p| self.rows(at, p)), self.rows(at, enters));
            let allowed = match self.allowed.get(&(at, out, into)) {
                Some(allowed) => *allowed,
                None => {
                    let allowed = self.row_bars(at, out, into).is_empty();
                    self.allowed.insert((at, out, into), allowed);
                    allowed
                }
            };
            allowed && self.pays(at, leaves, enters)
        })
    }

    /// The rules of one phase that keep one project from the place of another.
    pub(super) fn bars(
        &self,
        phase: usize,
        leaves: Option<&Project>,
        enters: &Project,
    ) -> Vec<Bar> {
        let out = leaves.map_or(&[][..], |p| self.rows(phase, p));
        let mut bars = self.row_bars(phase, out, self.rows(phase, enters));
        if !self.pays(phase, leaves, enters) {
            bars.push(Bar::Money);
        }
        bars
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
