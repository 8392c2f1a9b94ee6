//! Typed positions: a rank, a row and a class of units cannot be mistaken for one another.

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

    /// Adds an entry and tells its position.
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
