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
use super::Unsolved;
use super::problem::{ClassIndex, IndexVec, Rank, Row, RowIndex, Solution};

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
        Ok(Reached { taken, sums, proved: walk.proved, nodes: walk.spent })
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
