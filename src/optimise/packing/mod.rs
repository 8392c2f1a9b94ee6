//! Set packing: which projects, sharing no member, take the places.
//!
//! **Coverage**: most is covered (people or points), then with the fewest projects, then the higher
//! units, then the highest unit whose project differs has the higher partner.
//! **Priority**: the highest unit on which choices differ is covered; for the same units the fewest
//! projects, then the higher partner.
//!
//! Units that may join are few and lie close together, so a choice falls into connected components
//! ([`components`]); rows and money tie them together and are priced ([`bound`], [`prices`]). Below
//! the dual bound a label search finds the best choice of each component ([`component_labels`]) and
//! of all together ([`search`]). Under priority a walk decides who is covered first ([`walk`]).

mod bound;
mod component_labels;
mod components;
mod prices;
mod search;
mod walk;

use std::collections::BTreeSet;

use self::bound::PackingBound;
use self::component_labels::SuffixBound;
use self::components::{Column, Packing, SideConstraints, SideRow, VertexOrder};
use self::search::{Effort, search};
use super::labels::{Bracket, Found};
use super::problem::{IndexVec, Problem, Project, Rank, Row, RowIndex, Solution, count};
use super::{Algorithm, Criterion, Solved, Unsolved};

/// Labels of a step in the search for a good choice where the best one takes too much work.
const NARROW: usize = 20_000;

/// The projects of one phase, with how they were found.
pub(crate) struct Packed {
    /// Projects that the phase adds.
    pub(crate) added: Vec<Project>,
    /// Covered units, with those of earlier phases.
    pub(crate) solved: Solved,
}

/// One phase: who is covered already, by which projects, and who must be.
pub(crate) struct PackingTask<'a> {
    /// Rows count projects; a unit's rows are those of a project that it leads.
    pub(crate) problem: &'a Problem,
    /// All projects that may be, by their members.
    pub(crate) projects: &'a [Project],
    /// Projects of earlier phases.
    pub(crate) earlier: &'a [Project],
    pub(crate) nodes: u64,
}

/// Chosen projects.
struct Picked {
    projects: Vec<Vec<Rank>>,
    /// No choice is worth more.
    bound: Option<i128>,
    proved: bool,
    nodes: u64,
}

impl PackingTask<'_> {
    /// The best projects of the phase.
    pub(crate) fn solve(&self, criterion: Criterion) -> Result<Packed, Unsolved> {
        let left = self.left().ok_or(Unsolved::Infeasible)?;
        let required = self.required();
        let picked = match criterion {
            Criterion::Coverage => {
                // one project fewer is worth less than one unit of value more
                let most = i128::from(count(self.problem.units.len())) + 1;
                let value = |rank: &Rank| i128::from(self.problem.units[*rank].value);
                let columns = self.columns(&left, |project| {
                    project.members.iter().map(value).sum::<i128>() * most - 1
                });
                let picked = choose(columns, &required, &left.side, self.nodes)?;
                Picked { bound: picked.bound.map(|b| (b + most - 1).div_euclid(most)), ..picked }
            }
            Criterion::Priority => self.by_priority(&left, &required)?,
        };
        Ok(self.packed(picked))
    }

    fn packed(&self, picked: Picked) -> Packed {
        let before = self.problem.value(&self.covered());
        let mut solution = self.covered();
        let mut added = Vec::new();
        for members in picked.projects {
            members.iter().for_each(|rank| solution[*rank] = true);
            let at = self.projects.binary_search_by(|project| project.members.cmp(&members));
            let cost = at.map_or(0, |at| self.projects[at].cost);
            added.push(Project { members, cost });
        }
        added.sort();
        let sum = self.problem.value(&solution);
        let bound = picked.bound.map(|bound| (bound + before).max(sum));
        let solved = Solved {
            solution,
            algorithm: Algorithm::UnionLabels,
            bound: bound.map(|bound| if picked.proved { sum } else { bound }),
            proved: picked.proved,
            nodes: picked.nodes,
            price: None,
        };
        Packed { added, solved }
    }

    /// Units that projects of earlier phases cover.
    fn covered(&self) -> Solution {
        let mut covered = self.problem.nobody();
        for rank in self.earlier.iter().flat_map(|project| &project.members) {
            covered[*rank] = true;
        }
        covered
    }

    /// Units in by decision that no earlier project covers.
    fn required(&self) -> BTreeSet<Rank> {
        let covered = self.covered();
        let units = self.problem.units.enumerate();
        units.filter(|(rank, unit)| unit.locked && !covered[*rank]).map(|(rank, _)| rank).collect()
    }

    /// What is left of rows and money after earlier phases; rows that no choice can break are left
    /// out. `None` when earlier phases broke one.
    fn left(&self) -> Option<Left> {
        let rows = self.problem.rows.len();
        let (mut held, mut alone) = (IndexVec::filled(0, rows), IndexVec::filled(0, rows));
        let count = |counts: &mut IndexVec<RowIndex, i64>, rank: Rank| {
            self.problem.units[rank].rows.iter().for_each(|row| counts[*row] += 1);
        };
        self.earlier.iter().for_each(|project| count(&mut held, project.lead()));
        let covered = self.covered();
        let uncovered = covered.enumerate().filter(|(_, covered)| !**covered);
        uncovered.for_each(|(rank, _)| count(&mut alone, rank));
        let side = SideConstraints { rows: IndexVec::new(), limit: None };
        let mut left = Left { side, place: IndexVec::new() };
        for (at, row) in self.problem.rows.enumerate() {
            let (lo, hi) = ((row.lo - held[at]).max(0), row.hi.saturating_sub(held[at]));
            if hi < 0 || lo > hi || lo > alone[at] {
                return None;
            }
            let idle = lo == 0 && hi >= alone[at];
            let kept = (!idle).then(|| left.side.rows.push(Row { lo, hi: hi.min(alone[at]) }));
            left.place.push(kept);
        }
        let spent: i128 = self.earlier.iter().map(|project| i128::from(project.cost)).sum();
        left.side.limit = self.problem.limit.map(|limit| i128::from(limit) - spent);
        left.side.limit.is_none_or(|limit| limit >= 0).then_some(left)
    }

    /// Projects of uncovered units as columns, with the side rows that count them.
    fn columns(&self, left: &Left, value: impl Fn(&Project) -> i128) -> Vec<Column> {
        let covered = self.covered();
        let free = |project: &&Project| project.members.iter().all(|rank| !covered[*rank]);
        let column = |project: &Project| {
            let rows = &self.problem.units[project.lead()].rows;
            Column {
                bits: 0,
                members: project.members.clone(),
                value: value(project),
                cost: project.cost,
                rows: rows.iter().filter_map(|row| left.place[*row]).collect(),
                required: 0,
            }
        };
        self.projects.iter().filter(free).map(column).collect()
    }

    /// Walks down the ranking, then covers exactly what the walk took with the fewest projects.
    fn by_priority(&self, left: &Left, required: &BTreeSet<Rank>) -> Result<Picked, Unsolved> {
        let columns = self.columns(left, |_| -1);
        let walked = walk::walk(&columns, required, &left.side, self.nodes)?;
        let inside = |c: &Column| c.members.iter().all(|rank| walked.taken.contains(rank));
        let within: Vec<Column> = columns.into_iter().filter(inside).collect();
        let nodes = self.nodes.saturating_sub(walked.nodes);
        let picked = choose(within, &walked.taken, &left.side, nodes)?;
        Ok(Picked {
            bound: None,
            proved: picked.proved && walked.proved,
            nodes: picked.nodes + walked.nodes,
            ..picked
        })
    }
}

/// Rows and money that are left.
struct Left {
    side: SideConstraints,
    /// The side row of each row of the problem.
    place: IndexVec<RowIndex, Option<SideRow>>,
}

/// The choice worth most; equal value by the units covered, then by partners.
fn choose(
    columns: Vec<Column>,
    required: &BTreeSet<Rank>,
    side: &SideConstraints,
    nodes: u64,
) -> Result<Picked, Unsolved> {
    let reachable: BTreeSet<Rank> =
        columns.iter().flat_map(|column| column.members.iter().copied()).collect();
    if !required.is_subset(&reachable) {
        return Err(Unsolved::Infeasible);
    }
    let most: i128 = columns.iter().map(|column| column.value.abs()).sum();
    let order = VertexOrder::new(columns, required).ok_or(Unsolved::OutOfNodes)?;
    let packing = Packing { order: &order, side };
    let bound = PackingBound::low(packing);
    let known = bound.incumbent.as_ref().map_or(-most - 1, |known| order.value(known));
    let beside = bound.beside();
    let bounds = std::iter::once(&bound).chain(&beside);
    let mut suffixes: Vec<_> = bounds.map(|bound| SuffixBound::new(packing, bound)).collect();
    let effort = Effort { nodes, beam: usize::MAX };
    let bracket = Bracket { incumbent: known, bound: bound.most() };
    let deepened = search(packing, &mut suffixes, bracket, effort);
    let (chosen, proved) = match deepened.found {
        Found::Best(chosen) => (chosen, true),
        Found::Nothing => return Err(Unsolved::Infeasible),
        Found::TooMuch => {
            // as much work again for a good choice
            let bracket = Bracket { incumbent: known, bound: deepened.bound };
            let effort = Effort { nodes, beam: NARROW };
            let narrow = search(packing, &mut suffixes, bracket, effort);
            let found = if let Found::Best(found) = narrow.found { Some(found) } else { None };
            let incumbent = bound.incumbent.clone();
            (found.or(incumbent).ok_or(Unsolved::OutOfNodes)?, false)
        }
    };
    Ok(Picked {
        projects: chosen.iter().map(|at| order.columns[*at].members.clone()).collect(),
        bound: Some(deepened.bound),
        proved,
        nodes: deepened.nodes,
    })
}
