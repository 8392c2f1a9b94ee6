//! Nested quotas: the greedy walk with look-ahead, which is exact.
//!
//! **Why.** Let the rows be nested: any two are disjoint or one holds the other. Sets that keep
//! lower and upper bounds on nested rows form a generalised matroid, and its members of one size
//! are the bases of a matroid (Frank and Tardos 1988). In a matroid the walk down *any* order that
//! takes a unit whenever the taken ones can still be completed ends in the base that is best for
//! that order: its j-th unit is at least as high as the j-th unit of any other base, for all j. So
//! it holds the highest unit on which lists differ (priority), and it has the largest sum of every
//! weight that falls along the order (coverage: order by weight, equal weights by rank).
//!
//! **Look-ahead.** For a row let `lo` be the larger of its minimum and the sum of its inner rows'
//! `lo`, and `hi` the lesser of its maximum and the sum of its inner rows' `hi`; units taken raise
//! `lo` from inside. The taken units can be completed exactly when `lo <= hi` for every row. A unit
//! raises `lo` only along its own chain of rows, so one test costs the depth of the nesting.
//!
//! **Places that may stay empty.** An empty place is a unit of weight nought that no row but the
//! places counts. The matroid keeps its form, so the walk stays exact: a unit that weighs less is
//! taken only where it fills what a minimum holds back anyway.

use super::problem::{Cells, Forest, Problem};

/// Walks down `order`; `worth` tells whether a unit is better than an empty place. `None` when no
/// list keeps every row.
pub(super) fn greedy(
    problem: &Problem,
    cells: &Cells,
    forest: &Forest,
    order: &[usize],
    worth: impl Fn(usize) -> bool,
) -> Option<Vec<bool>> {
    let mut walk = Walk::new(problem, cells, forest)?;
    let mut list = vec![false; problem.units.len()];
    for (at, unit) in problem.units.iter().enumerate().filter(|(_, unit)| unit.locked) {
        debug_assert!(unit.locked);
        if walk.take(cells.of[at]) == Room::None {
            return None;
        }
        list[at] = true;
    }
    for at in order.iter().copied() {
        if list[at] {
            continue;
        }
        let room = walk.room(cells.of[at]);
        if room == Room::Kept || (room == Room::Free && worth(at)) {
            list[at] = walk.take(cells.of[at]) != Room::None;
        }
    }
    Some(list)
}

/// What a unit would take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    /// A place that a minimum holds back for units like it.
    Kept,
    /// A place that is free.
    Free,
    /// There is none.
    None,
}

struct Walk<'a> {
    problem: &'a Problem,
    forest: &'a Forest,
    /// By row: units taken or held back inside it.
    inside: Vec<i64>,
    /// By row: most that it can hold.
    most: Vec<i64>,
}

impl<'a> Walk<'a> {
    fn new(problem: &'a Problem, cells: &Cells, forest: &'a Forest) -> Option<Self> {
        let rows = problem.rows.len();
        let mut walk = Self { problem, forest, inside: vec![0; rows], most: vec![0; rows] };
        for (cell, units) in cells.units.iter().enumerate() {
            walk.most[forest.leaf[cell].unwrap_or(0)] += super::problem::count(units.len());
        }
        for row in forest.rows.iter().copied().chain([0]) {
            walk.most[row] = walk.most[row].min(problem.rows[row].hi);
            if walk.least(row) > walk.most[row] {
                return None;
            }
            if row > 0 {
                let outer = forest.parent[row].unwrap_or(0);
                walk.inside[outer] += walk.least(row);
                walk.most[outer] += walk.most[row];
            }
        }
        Some(walk)
    }

    /// Units that a row holds or must hold.
    fn least(&self, row: usize) -> i64 {
        self.inside[row].max(self.problem.rows[row].lo)
    }

    /// The rows of a cell from the innermost outward, with row 0 at the end.
    fn chain(&self, cell: usize) -> impl Iterator<Item = usize> + use<'_> {
        let first = self.forest.leaf[cell].unwrap_or(0);
        std::iter::successors(Some(first), |row| {
            (*row != 0).then(|| self.forest.parent[*row].unwrap_or(0))
        })
    }

    fn room(&self, cell: usize) -> Room {
        for row in self.chain(cell) {
            if self.inside[row] < self.problem.rows[row].lo {
                return Room::Kept;
            }
            if self.inside[row] >= self.most[row] {
                return Room::None;
            }
        }
        Room::Free
    }

    fn take(&mut self, cell: usize) -> Room {
        let room = self.room(cell);
        if room == Room::None {
            return room;
        }
        let chain: Vec<_> = self.chain(cell).collect();
        for row in chain {
            let before = self.least(row);
            self.inside[row] += 1;
            if self.least(row) == before {
                break;
            }
        }
        room
    }
}
