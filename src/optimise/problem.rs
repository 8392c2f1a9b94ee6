//! The integer programme of one phase: units in priority order, counted rows, money.
//!
//! A *solution* marks units. It is feasible when every row counts between `lo` and `hi` marked units,
//! when the marked units cost no more than the limit, and when every locked unit is marked. All rows
//! have coefficients 0 and 1, so they are sets of units, and units that lie in the same sets form a
//! *class*: as far as rows go, any of them may stand for any other.
//!
//! Positions are typed: a rank, a row and a class of units cannot be mistaken for one another.

use std::borrow::Cow;
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// A position in a list of one kind of thing, from 0.
pub(crate) trait Position: Copy + Ord {
    /// The position with that number.
    fn new(number: usize) -> Self;

    /// Its number.
    fn number(self) -> usize;
}

macro_rules! positions {
    ($($(#[$doc:meta])* $name:ident)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(crate) struct $name(usize);

        impl Position for $name {
            fn new(number: usize) -> Self {
                Self(number)
            }

            fn number(self) -> usize {
                self.0
            }
        }
    )*};
}

positions! {
    /// A unit of a problem, by its place in the order of priority.
    Rank
    /// A counted row of a problem.
    RowIndex
    /// A class of units that the same rows count.
    ClassIndex
}
pub(crate) use positions;

impl RowIndex {
    /// The row that counts every unit.
    pub(crate) const PLACES: Self = Self(0);
}

/// A list that is opened by one kind of position only.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct IndexVec<I, T> {
    entries: Vec<T>,
    by: PhantomData<I>,
}

impl<I: Position, T> IndexVec<I, T> {
    /// An empty list.
    pub(crate) fn new() -> Self {
        Self { entries: Vec::new(), by: PhantomData }
    }

    /// Adds an entry and answers its position.
    pub(crate) fn push(&mut self, entry: T) -> I {
        self.entries.push(entry);
        I::new(self.entries.len() - 1)
    }

    /// Number of entries.
    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    /// All positions, first to last.
    pub(crate) fn positions(&self) -> impl DoubleEndedIterator<Item = I> + use<I, T> {
        (0..self.entries.len()).map(I::new)
    }

    /// The entries, first to last.
    pub(crate) fn iter(&self) -> std::slice::Iter<'_, T> {
        self.entries.iter()
    }

    /// The entries, open to change.
    pub(crate) fn iter_mut(&mut self) -> std::slice::IterMut<'_, T> {
        self.entries.iter_mut()
    }

    /// The last entry.
    pub(crate) fn last(&self) -> Option<&T> {
        self.entries.last()
    }

    /// The entries with their positions.
    pub(crate) fn enumerate(&self) -> impl DoubleEndedIterator<Item = (I, &T)> + ExactSizeIterator {
        self.entries.iter().enumerate().map(|(number, entry)| (I::new(number), entry))
    }
}

impl<I: Position, T: Clone> IndexVec<I, T> {
    /// The same entry so many times.
    pub(crate) fn filled(entry: T, count: usize) -> Self {
        Self { entries: vec![entry; count], by: PhantomData }
    }
}

impl<I: Position> IndexVec<I, bool> {
    /// The positions that are marked, first to last.
    pub(crate) fn marked(&self) -> impl Iterator<Item = I> {
        self.enumerate().filter(|(_, marked)| **marked).map(|(at, _)| at)
    }
}

impl<I: Position, T> Index<I> for IndexVec<I, T> {
    type Output = T;

    fn index(&self, at: I) -> &T {
        &self.entries[at.number()]
    }
}

impl<I: Position, T> IndexMut<I> for IndexVec<I, T> {
    fn index_mut(&mut self, at: I) -> &mut T {
        &mut self.entries[at.number()]
    }
}

impl<I: Position, T> FromIterator<T> for IndexVec<I, T> {
    fn from_iter<E: IntoIterator<Item = T>>(entries: E) -> Self {
        Self { entries: entries.into_iter().collect(), by: PhantomData }
    }
}

/// Which units are chosen, by rank.
pub(crate) type Solution = IndexVec<Rank, bool>;

/// A unit that may be chosen. Its position is its rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unit {
    /// What the objective sums.
    pub(crate) value: i64,
    /// Bani, not negative.
    pub(crate) cost: i64,
    /// The rows that count it, ascending; always with [`RowIndex::PLACES`].
    pub(crate) rows: Vec<RowIndex>,
    /// Chosen by decision or by an earlier phase.
    pub(crate) locked: bool,
}

/// A set of units of which at least `lo` and at most `hi` are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) lo: i64,
    pub(crate) hi: i64,
}

impl Row {
    /// Bounds that no solution breaks.
    pub(crate) const FREE: Self = Self { lo: 0, hi: i64::MAX };

    /// The bounds of what is left when so much is counted already.
    pub(crate) fn less(&mut self, counted: i64) {
        self.lo = self.lo.saturating_sub(counted);
        if self.hi < i64::MAX {
            self.hi = self.hi.saturating_sub(counted);
        }
    }

    /// Whether the row may count so many units.
    pub(crate) fn admits(self, count: i64) -> bool {
        (self.lo..=self.hi).contains(&count)
    }
}

/// What the chosen units come to of something that each has some of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct WeightedSum {
    /// What each unit has, not negative.
    pub(crate) weights: IndexVec<Rank, i64>,
    /// Least and most.
    pub(crate) bounds: Row,
}

impl WeightedSum {
    /// What some units come to.
    pub(crate) fn of(&self, units: impl Iterator<Item = Rank>) -> i64 {
        units.map(|rank| self.weights[rank]).fold(0, i64::saturating_add)
    }
}

/// Everything that a solution must keep, and what it sums.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// In priority order.
    pub(crate) units: IndexVec<Rank, Unit>,
    /// The first counts every unit.
    pub(crate) rows: IndexVec<RowIndex, Row>,
    /// Most that a solution may cost.
    pub(crate) limit: Option<i64>,
    /// Sums that a solution must come to.
    pub(crate) sums: Vec<WeightedSum>,
}

impl Problem {
    /// The solution that chooses nobody.
    pub(crate) fn nobody(&self) -> Solution {
        Solution::filled(false, self.units.len())
    }

    /// The solution that chooses everybody.
    pub(crate) fn everybody(&self) -> Solution {
        Solution::filled(true, self.units.len())
    }

    /// Chosen units of each row.
    pub(crate) fn counts(&self, solution: &Solution) -> IndexVec<RowIndex, i64> {
        let mut counts = IndexVec::filled(0, self.rows.len());
        for rank in solution.marked() {
            self.units[rank].rows.iter().for_each(|row| counts[*row] += 1);
        }
        counts
    }

    /// What a solution costs.
    pub(crate) fn cost(&self, solution: &Solution) -> i128 {
        solution.marked().map(|rank| i128::from(self.units[rank].cost)).sum()
    }

    /// What a solution sums to.
    pub(crate) fn value(&self, solution: &Solution) -> i128 {
        solution.marked().map(|rank| i128::from(self.units[rank].value)).sum()
    }

    /// Whether a solution is feasible.
    pub(crate) fn admits(&self, solution: &Solution) -> bool {
        let counts = self.counts(solution);
        self.rows.iter().zip(counts.iter()).all(|(row, count)| row.admits(*count))
            && self.limit.is_none_or(|limit| self.cost(solution) <= i128::from(limit))
            && self.sums.iter().all(|sum| sum.bounds.admits(sum.of(solution.marked())))
            && self.units.iter().zip(solution.iter()).all(|(unit, chosen)| *chosen || !unit.locked)
    }

    /// The units by the rows that count them.
    pub(super) fn classes(&self) -> UnitClasses {
        let mut keyed: Vec<_> = self.units.enumerate().map(|(rank, u)| (&u.rows, rank)).collect();
        keyed.sort();
        let mut rows: IndexVec<ClassIndex, Vec<RowIndex>> = IndexVec::new();
        let mut units: IndexVec<ClassIndex, Vec<Rank>> = IndexVec::new();
        let mut of = IndexVec::filled(ClassIndex::new(0), self.units.len());
        for (counted_by, rank) in keyed {
            if rows.last() != Some(counted_by) {
                rows.push(counted_by.clone());
                units.push(Vec::new());
            }
            let class = ClassIndex::new(rows.len() - 1);
            of[rank] = class;
            units[class].push(rank);
        }
        UnitClasses { of, rows, units }
    }

    /// The problem without rows that no solution can break, so that fewer of them cross.
    pub(super) fn without_idle_rows(&self) -> Cow<'_, Self> {
        let all = self.counts(&self.everybody());
        let binds = |(at, row): &(RowIndex, &Row)| {
            *at == RowIndex::PLACES || row.lo > 0 || row.hi < all[*at]
        };
        let kept: Vec<RowIndex> = self.rows.enumerate().filter(binds).map(|(at, _)| at).collect();
        if kept.len() == self.rows.len() {
            return Cow::Borrowed(self);
        }
        let renumbered = |rows: &[RowIndex]| -> Vec<RowIndex> {
            rows.iter().filter_map(|row| kept.binary_search(row).ok()).map(RowIndex::new).collect()
        };
        let lean = |unit: &Unit| Unit { rows: renumbered(&unit.rows), ..unit.clone() };
        Cow::Owned(Self {
            units: self.units.iter().map(lean).collect(),
            rows: kept.iter().map(|row| self.rows[*row]).collect(),
            limit: self.limit,
            sums: self.sums.clone(),
        })
    }
}

/// Units that the same rows count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnitClasses {
    /// The class of each unit.
    pub(super) of: IndexVec<Rank, ClassIndex>,
    /// The rows of each class.
    pub(super) rows: IndexVec<ClassIndex, Vec<RowIndex>>,
    /// The units of each class, by rank.
    pub(super) units: IndexVec<ClassIndex, Vec<Rank>>,
}

/// Units that share one place: one unit, or neighbours that join.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Project {
    /// Ascending; the first leads.
    pub(crate) members: Vec<Rank>,
    /// Bani.
    pub(crate) cost: i64,
}

impl Project {
    /// The member by whose rows the project is counted.
    pub(crate) fn lead(&self) -> Rank {
        self.members[0]
    }
}

/// A number of things as a signed count.
pub(crate) fn count(things: usize) -> i64 {
    i64::try_from(things).expect("no memory holds more things than fit a signed count")
}
