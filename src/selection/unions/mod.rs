//! Unions of small neighbours: which projects share the places.
//!
//! **Coverage**: most is covered (people or points), then with the fewest projects, then the higher
//! units, then the highest unit whose project differs has the higher partner.
//! **Priority**: the highest unit on which lists differ is covered; for the same units the fewest
//! projects, then the higher partner.

mod choice;
mod covered;
mod joint;
mod labels;
mod master;
mod measure;
mod packing;
mod price;
mod projects;
mod view;
mod walk;

use std::collections::BTreeSet;

use self::choice::{Picked, choose};
use self::measure::Rules;
use self::packing::Placed;
pub(super) use self::projects::{Project, projects};
use super::problem::{Problem, RowName, count};
use super::solve::{Algorithm, Best, Solved, Unsolved};

/// The projects of one phase, with how they were found.
pub(super) struct Joined {
    /// Projects that the phase adds.
    pub(super) added: Vec<Project>,
    /// Covered ranks, with those of earlier phases.
    pub(super) solved: Solved,
}

/// One phase: who is covered already, by which projects, and who must be.
pub(super) struct Task<'a> {
    /// Rows count projects; a unit's rows are those of a project that it leads.
    pub(super) problem: &'a Problem,
    /// All projects that may be.
    pub(super) projects: &'a [Project],
    /// Projects of earlier phases.
    pub(super) earlier: &'a [Project],
    pub(super) nodes: u64,
}

impl Task<'_> {
    /// The best projects of the phase.
    pub(super) fn solve(&self, best: Best) -> Result<Joined, Unsolved> {
        let rules = self.rules().ok_or(Unsolved::Impossible)?;
        let required = self.required();
        let free = self.free(&rules);
        let picked = match best {
            Best::Coverage => {
                let most = i128::from(count(self.problem.units.len())) + 1;
                let value = |rank: &usize| i128::from(self.problem.units[*rank].value);
                let worth = |p: &Project| p.members.iter().map(value).sum::<i128>() * most - 1;
                let placed =
                    free.iter().map(|(project, rows)| self.place(project, rows, worth(project)));
                let picked = choose(placed.collect(), &required, &rules.kept, self.nodes)?;
                Picked { bound: picked.bound.map(|b| (b + most - 1).div_euclid(most)), ..picked }
            }
            Best::Priority => self.by_priority(&rules, &required, &free)?,
        };
        Ok(self.joined(picked))
    }

    fn joined(&self, picked: Picked) -> Joined {
        let mut list = self.covered();
        let mut added = Vec::new();
        for members in picked.projects {
            members.iter().for_each(|rank| list[*rank] = true);
            let cost = self
                .projects
                .binary_search_by(|p| p.members.cmp(&members))
                .map_or(0, |at| self.projects[at].cost);
            added.push(Project { members, cost });
        }
        added.sort();
        let before: i128 = self
            .covered()
            .iter()
            .zip(&self.problem.units)
            .filter(|(on, _)| **on)
            .map(|(_, u)| i128::from(u.value))
            .sum();
        let sum = self.problem.value(&list);
        let bound = picked.bound.map(|bound| (bound + before).max(sum));
        let solved = Solved {
            list,
            algorithm: Algorithm::UnionLabels,
            bound: bound.map(|bound| if picked.proved { sum } else { bound }),
            proved: picked.proved,
            nodes: picked.nodes,
            price: None,
        };
        Joined { added, solved }
    }

    fn covered(&self) -> Vec<bool> {
        let mut covered = vec![false; self.problem.units.len()];
        for rank in self.earlier.iter().flat_map(|project| &project.members) {
            covered[*rank] = true;
        }
        covered
    }

    /// Units in by decision that no earlier project covers.
    fn required(&self) -> BTreeSet<usize> {
        let covered = self.covered();
        let units = self.problem.units.iter().enumerate();
        units.filter(|(rank, unit)| unit.locked && !covered[*rank]).map(|(rank, _)| rank).collect()
    }

    /// What is left of rows and money after earlier phases; rows that no choice can break are left
    /// out. `None` when earlier phases broke one.
    fn rules(&self) -> Option<Left> {
        let mut held = vec![0; self.problem.rows.len()];
        for project in self.earlier {
            self.problem.units[project.members[0]].rows.iter().for_each(|row| held[*row] += 1);
        }
        let covered = self.covered();
        let mut alone = vec![0; self.problem.rows.len()];
        for (unit, _) in self.problem.units.iter().zip(covered).filter(|(_, covered)| !covered) {
            unit.rows.iter().for_each(|row| alone[*row] += 1);
        }
        let mut left = Left { kept: Rules { rows: Vec::new(), limit: None }, place: Vec::new() };
        for (at, row) in self.problem.rows.iter().enumerate() {
            let (lo, hi) = ((row.lo - held[at]).max(0), row.hi.saturating_sub(held[at]));
            if hi < 0 || lo > hi {
                return None;
            }
            let idle = lo == 0 && hi >= alone[at];
            left.place.push((!idle).then_some(left.kept.rows.len()));
            if !idle {
                left.kept.rows.push((lo, hi.min(alone[at])));
            }
            if lo > alone[at] {
                return None;
            }
        }
        let spent: i128 = self.earlier.iter().map(|project| i128::from(project.cost)).sum();
        left.kept.limit = self.problem.limit.map(|limit| i128::from(limit) - spent);
        left.kept.limit.is_none_or(|limit| limit >= 0).then_some(left)
    }

    /// Projects of uncovered units, with the kept rows that count them.
    fn free(&self, left: &Left) -> Vec<(&Project, Vec<usize>)> {
        let covered = self.covered();
        let free = self.projects.iter().filter(|p| p.members.iter().all(|rank| !covered[*rank]));
        free.map(|project| {
            let rows = &self.problem.units[project.members[0]].rows;
            (project, rows.iter().filter_map(|row| left.place[*row]).collect())
        })
        .collect()
    }

    fn place(&self, project: &Project, rows: &[usize], worth: i128) -> Placed {
        debug_assert!(self.problem.rows[0].name == RowName::Places);
        Placed {
            bits: 0,
            members: project.members.clone(),
            worth,
            cost: project.cost,
            rows: rows.to_vec(),
            required: 0,
        }
    }

    /// Walks down the ranking, then covers exactly what the walk took with the fewest projects.
    fn by_priority(
        &self,
        left: &Left,
        required: &BTreeSet<usize>,
        free: &[(&Project, Vec<usize>)],
    ) -> Result<Picked, Unsolved> {
        let placed: Vec<_> = free.iter().map(|(p, rows)| self.place(p, rows, -1)).collect();
        let walked = walk::walk(&placed, required, &left.kept, self.nodes)?;
        let inside = |p: &Placed| p.members.iter().all(|rank| walked.taken.contains(rank));
        let within: Vec<_> = placed.into_iter().filter(inside).collect();
        let nodes = self.nodes.saturating_sub(walked.nodes);
        let picked = choose(within, &walked.taken, &left.kept, nodes)?;
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
    kept: Rules,
    /// The kept row of each row of the problem.
    place: Vec<Option<usize>>,
}
