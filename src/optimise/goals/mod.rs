//! Goals one after the other, then priority, over rows that weigh what they count.
//!
//! A *task* has items in an order and rows that sum whole-number weights of the items taken: how many
//! stand in a group, what they cost, how many children live there. First each goal in turn makes the
//! sum of its row as small or as large as can be while the goals before it stay where they are; then
//! the walk down the order takes every item with which what was taken can still be completed.
//!
//! Items of equal weights stand for one another, so the walk decides counts of classes. Most items are
//! answered without a programme: the class is closed, a row of it is full, an item that is nowhere
//! harder to take was refused before, the completion at hand holds one more of the class, or one
//! exchange of two classes makes it hold one. What the programme of `microlp` answers is rounded and
//! summed again in whole numbers, and the answer does not depend on its path.

mod walk;

use std::collections::BTreeMap;

use self::walk::Walk;
use super::problem::{ClassIndex, IndexVec, Problem, Rank, Row, RowIndex, Solution};
use super::{Algorithm, Criterion, Solved, Unsolved};

/// What an item adds to rows, rows ascending; nothing to all others.
pub(crate) type Weights = Vec<(RowIndex, i64)>;

/// Items in their order, and the rows that their weights keep. A row with an upper bound has no weight
/// below zero.
#[derive(Clone, Debug)]
pub(crate) struct Task {
    pub(crate) items: IndexVec<Rank, Weights>,
    pub(crate) rows: IndexVec<RowIndex, Row>,
}

/// A row whose sum is made as small or as large as can be.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Goal {
    pub(crate) row: RowIndex,
    pub(crate) most: bool,
}

/// The items taken, and what the goals came to.
#[derive(Clone, Debug)]
pub(crate) struct Reached {
    pub(crate) taken: Solution,
    /// The sum of each goal's row, in order.
    pub(crate) sums: Vec<i64>,
    /// What the sum of the last goal cannot be better than, as far as that is known.
    bound: Option<i64>,
    /// Whether each of the two is proved to be what was asked for.
    pub(crate) proved: bool,
    pub(crate) nodes: u64,
}

impl Task {
    /// Reaches the goals one after the other, then walks down the first `walked` items; what the others
    /// come to is one of several equal ways.
    pub(crate) fn reach(
        &self,
        goals: &[Goal],
        walked: usize,
        nodes: u64,
    ) -> Result<Reached, Unsolved> {
        let classes = Classes::of(self);
        let mut walk = Walk::new(self, &classes, nodes);
        walk.begin()?;
        let sums = goals.iter().map(|goal| walk.extreme(*goal)).collect();
        let mut taken = Solution::filled(false, self.items.len());
        for rank in self.items.positions().take(walked) {
            taken[rank] = walk.takes(classes.of[rank]);
        }
        let mut left: IndexVec<ClassIndex, i64> = walk.completion.clone();
        walk.taken.enumerate().for_each(|(class, held)| left[class] -= held);
        for rank in self.items.positions().skip(walked) {
            let left = &mut left[classes.of[rank]];
            taken[rank] = *left > 0;
            *left -= i64::from(*left > 0);
        }
        Ok(Reached { taken, sums, bound: walk.bound, proved: walk.proved, nodes: walk.spent })
    }
}

/// Items by their weights.
struct Classes {
    of: IndexVec<Rank, ClassIndex>,
    weights: IndexVec<ClassIndex, Weights>,
    items: IndexVec<ClassIndex, Vec<Rank>>,
}

impl Classes {
    fn of(task: &Task) -> Self {
        let mut known: BTreeMap<&Weights, ClassIndex> = BTreeMap::new();
        let mut classes =
            Self { of: IndexVec::new(), weights: IndexVec::new(), items: IndexVec::new() };
        for (rank, weights) in task.items.enumerate() {
            let class = *known.entry(weights).or_insert_with(|| {
                classes.items.push(Vec::new());
                classes.weights.push(weights.clone())
            });
            classes.of.push(class);
            classes.items[class].push(rank);
        }
        classes
    }
}

/// The best solution of a problem with weighted sums.
pub(super) fn solve(
    problem: &Problem,
    criterion: Criterion,
    nodes: u64,
) -> Result<Solved, Unsolved> {
    let Whole { task, open, value } = Whole::of(problem, criterion);
    let goals: Vec<Goal> = value.map(|row| Goal { row, most: true }).into_iter().collect();
    let reached = task.reach(&goals, open.len(), nodes)?;
    let mut solution: Solution = problem.units.iter().map(|unit| unit.locked).collect();
    for (rank, taken) in open.iter().zip(reached.taken.iter()) {
        solution[*rank] = *taken;
    }
    debug_assert!(problem.admits(&solution), "the last completion is the solution");
    let sum = problem.value(&solution);
    let locked: i128 =
        problem.units.iter().filter(|unit| unit.locked).map(|unit| i128::from(unit.value)).sum();
    let bound = reached.bound.map(|bound| (i128::from(bound) + locked).max(sum));
    Ok(Solved {
        solution,
        algorithm: Algorithm::IntegerProgramme,
        bound: if reached.proved && value.is_some() { Some(sum) } else { bound },
        proved: reached.proved,
        nodes: reached.nodes,
        price: None,
    })
}

/// Whether some solution of a problem with weighted sums is found.
pub(super) fn is_possible(problem: &Problem, nodes: u64) -> bool {
    Whole::of(problem, Criterion::Priority).task.reach(&[], 0, nodes).is_ok()
}

/// A problem as a task: its rows, its money and its sums are rows that weigh the units still open.
struct Whole {
    task: Task,
    /// The unit of each item.
    open: Vec<Rank>,
    /// The row of values, under coverage.
    value: Option<RowIndex>,
}

impl Whole {
    fn of(problem: &Problem, criterion: Criterion) -> Self {
        let mut rows = problem.rows.clone();
        let money = problem.limit.map(|hi| rows.push(Row { lo: 0, hi }));
        let sums: Vec<RowIndex> = problem.sums.iter().map(|sum| rows.push(sum.bounds)).collect();
        let value = (criterion == Criterion::Coverage)
            .then(|| rows.push(Row { lo: i64::MIN, hi: i64::MAX }));
        let weights = |rank: Rank| -> Weights {
            let unit = &problem.units[rank];
            let mut weights: Weights = unit.rows.iter().map(|row| (*row, 1)).collect();
            weights.extend(money.map(|row| (row, unit.cost)));
            let own = sums.iter().zip(&problem.sums).map(|(row, sum)| (*row, sum.weights[rank]));
            weights.extend(own);
            weights.extend(value.map(|row| (row, unit.value)));
            weights.retain(|(_, weight)| *weight != 0);
            weights
        };
        let (locked, open): (Vec<Rank>, Vec<Rank>) =
            problem.units.positions().partition(|rank| problem.units[*rank].locked);
        let items = open.iter().map(|rank| weights(*rank)).collect();
        for (row, weight) in locked.into_iter().flat_map(weights) {
            rows[row].less(weight);
        }
        Self { task: Task { items, rows }, open, value }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimise::problem::Position;

    /// Places for five in eight of some units, in whose order a sum falls short of what is required.
    fn task(units: usize) -> (Task, i64) {
        let weight = |at: usize| i64::try_from((at * 7919 + 13) % 1009).unwrap() + 20;
        let (places, sum) = (RowIndex::new(0), RowIndex::new(1));
        let item = |at: usize| vec![(places, 1), (sum, weight(at))];
        let most = i64::try_from(units * 5 / 8).unwrap();
        let first: i64 = (0..units * 5 / 8).map(weight).sum();
        let least = first + first / 40;
        let rows = [Row { lo: most, hi: most }, Row { lo: least, hi: i64::MAX }];
        let task = Task { items: (0..units).map(item).collect(), rows: rows.into_iter().collect() };
        (task, least)
    }

    #[test]
    fn a_required_sum_asks_for_few_programmes() {
        for units in [100, 400] {
            let (task, least) = task(units);
            let reached = task.reach(&[], units, 200_000).unwrap();
            let sum = |rank: Rank| task.items[rank][1].1;
            let found: i64 = reached.taken.marked().map(sum).sum();
            assert!(reached.proved && found >= least);
            assert!(reached.nodes < 200, "{}", reached.nodes);
        }
    }
}
