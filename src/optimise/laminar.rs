//! Laminar families of rows, on which a greedy walk is exact.
//!
//! **Family.** Rows are laminar when any two are disjoint or one holds the other: counties within
//! regions. Quotas by county and by kind are two laminar families that cross.
//!
//! **Why greedy.** Sets that keep lower and upper bounds on a laminar family form a generalised
//! matroid, and its members of one size are the bases of a matroid (Frank and Tardos 1988). In a
//! matroid the walk down *any* order that takes a unit whenever the taken ones can still be completed
//! ends in the base that is best for that order: its j-th unit is at least as high as the j-th unit
//! of any other base, for all j. So it holds the highest unit on which solutions differ (priority),
//! and it has the largest sum of every weight that falls along the order (coverage: order by weight,
//! equal weights by rank).
//!
//! **Look-ahead.** For a row let `lo` be the larger of its minimum and the sum of its inner rows'
//! `lo`, and `hi` the lesser of its maximum and the sum of its inner rows' `hi`; units taken raise
//! `lo` from inside. The taken units can be completed exactly when `lo <= hi` for every row. A unit
//! raises `lo` only along its own chain of rows, so one test costs the depth of the nesting.
//!
//! **Places that may stay empty.** An empty place is a unit of weight zero that no row but the
//! places counts. The matroid keeps its form, so the walk stays exact: a unit that weighs less is
//! taken only where it fills what a minimum holds back anyway.

use super::problem::{ClassIndex, IndexVec, Problem, Rank, RowIndex, Solution, UnitClasses, count};

/// A laminar family of rows, the places aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct LaminarFamily {
    /// Rows from the innermost outward.
    pub(super) rows: Vec<RowIndex>,
    /// The next larger row of each; none for outermost rows and rows of other families.
    pub(super) parent: IndexVec<RowIndex, Option<RowIndex>>,
    /// The innermost row of each class.
    pub(super) innermost: IndexVec<ClassIndex, Option<RowIndex>>,
}

/// How the rows of a problem lie to each other, the places aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Laminarity {
    /// One laminar family.
    Laminar(LaminarFamily),
    /// Two laminar families that cross.
    TwoFamilies(LaminarFamily, LaminarFamily),
    /// More than two; the two families are some of the rows.
    General(LaminarFamily, LaminarFamily),
}

/// The classes of each row, ascending.
type RowSets = IndexVec<RowIndex, Vec<ClassIndex>>;

impl Laminarity {
    /// Sorts the rows into laminar families.
    pub(super) fn of(problem: &Problem, classes: &UnitClasses) -> Self {
        let mut sets: RowSets = IndexVec::filled(Vec::new(), problem.rows.len());
        for (class, rows) in classes.rows.enumerate() {
            rows.iter().for_each(|row| sets[*row].push(class));
        }
        let Colouring { rows, complete } = Colouring::of(&sets);
        let [one, two] = rows.map(|rows| LaminarFamily::new(rows, &sets, classes));
        match (complete, two.rows.is_empty()) {
            (false, _) => Self::General(one, two),
            (true, true) => Self::Laminar(one),
            (true, false) => Self::TwoFamilies(one, two),
        }
    }
}

/// Rows in two colours, so that crossing rows differ.
struct Colouring {
    rows: [Vec<RowIndex>; 2],
    /// Whether two colours were enough for all rows.
    complete: bool,
}

impl Colouring {
    /// Walks each connected part of the graph of crossings.
    fn of(sets: &RowSets) -> Self {
        let crossing = |a: RowIndex, b: RowIndex| crosses(&sets[a], &sets[b]);
        let mut colour: IndexVec<RowIndex, Option<usize>> = IndexVec::filled(None, sets.len());
        let mut found = Self { rows: [Vec::new(), Vec::new()], complete: true };
        for start in sets.positions().skip(1) {
            if colour[start].is_some() {
                continue;
            }
            colour[start] = Some(0);
            let mut stack = vec![(start, 0)];
            while let Some((row, shade)) = stack.pop() {
                if found.rows[shade].iter().any(|other| crossing(row, *other)) {
                    found.complete = false;
                    continue;
                }
                found.rows[shade].push(row);
                for other in sets.positions().skip(1) {
                    if colour[other].is_none() && crossing(row, other) {
                        colour[other] = Some(1 - shade);
                        stack.push((other, 1 - shade));
                    }
                }
            }
        }
        found.rows.iter_mut().for_each(|rows| rows.sort_unstable());
        found
    }
}

fn crosses(a: &[ClassIndex], b: &[ClassIndex]) -> bool {
    let common = a.iter().filter(|class| b.binary_search(class).is_ok()).count();
    common > 0 && common < a.len() && common < b.len()
}

impl LaminarFamily {
    fn new(mut rows: Vec<RowIndex>, sets: &RowSets, classes: &UnitClasses) -> Self {
        rows.sort_by_key(|row| (sets[*row].len(), *row));
        let mut family = Self::empty(sets.len(), classes);
        for (at, row) in rows.iter().enumerate() {
            // in one family the first larger row that shares a class holds all of this one
            let first = sets[*row].first();
            let holds = |outer: &RowIndex| {
                first.is_some_and(|class| sets[*outer].binary_search(class).is_ok())
            };
            family.parent[*row] = rows[at + 1..].iter().copied().find(holds);
            for class in &sets[*row] {
                let innermost = &mut family.innermost[*class];
                *innermost = innermost.or(Some(*row));
            }
        }
        family.rows = rows;
        family
    }

    /// The family of no row, of a problem with so many.
    pub(super) fn empty(rows: usize, classes: &UnitClasses) -> Self {
        Self {
            rows: Vec::new(),
            parent: IndexVec::filled(None, rows),
            innermost: IndexVec::filled(None, classes.rows.len()),
        }
    }
}

/// A problem whose rows make one laminar family.
#[derive(Clone, Copy)]
pub(super) struct Nested<'a> {
    pub(super) problem: &'a Problem,
    pub(super) classes: &'a UnitClasses,
    pub(super) family: &'a LaminarFamily,
}

impl Nested<'_> {
    /// Walks down `order` with the `locked` units in; `improves` answers whether a unit is better than an
    /// empty place. `None` when no solution keeps every row.
    pub(super) fn greedy(
        self,
        order: &[Rank],
        locked: &Solution,
        improves: impl Fn(Rank) -> bool,
    ) -> Option<Solution> {
        let Self { problem, classes, family } = self;
        let mut walk = GreedyWalk::new(problem, classes, family)?;
        let mut solution = problem.nobody();
        for rank in locked.marked() {
            if walk.take(classes.of[rank]) == Room::None {
                return None;
            }
            solution[rank] = true;
        }
        for rank in order.iter().copied() {
            if solution[rank] {
                continue;
            }
            let room = walk.room(classes.of[rank]);
            if room == Room::Reserved || (room == Room::Free && improves(rank)) {
                solution[rank] = walk.take(classes.of[rank]) != Room::None;
            }
        }
        Some(solution)
    }
}

/// What a unit would take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Room {
    /// A place that a minimum holds back for units like it.
    Reserved,
    /// A place that is free.
    Free,
    /// There is none.
    None,
}

struct GreedyWalk<'a> {
    problem: &'a Problem,
    family: &'a LaminarFamily,
    /// Units taken or held back inside each row.
    inside: IndexVec<RowIndex, i64>,
    /// Most that each row can hold.
    most: IndexVec<RowIndex, i64>,
}

impl<'a> GreedyWalk<'a> {
    fn new(problem: &'a Problem, classes: &UnitClasses, family: &'a LaminarFamily) -> Option<Self> {
        let zeros = || IndexVec::filled(0, problem.rows.len());
        let mut walk = Self { problem, family, inside: zeros(), most: zeros() };
        for (class, units) in classes.units.enumerate() {
            let innermost = family.innermost[class].unwrap_or(RowIndex::PLACES);
            walk.most[innermost] += count(units.len());
        }
        for row in family.rows.iter().copied().chain([RowIndex::PLACES]) {
            walk.most[row] = walk.most[row].min(problem.rows[row].hi);
            if walk.least(row) > walk.most[row] {
                return None;
            }
            if row != RowIndex::PLACES {
                let outer = family.parent[row].unwrap_or(RowIndex::PLACES);
                walk.inside[outer] += walk.least(row);
                walk.most[outer] += walk.most[row];
            }
        }
        Some(walk)
    }

    /// Units that a row holds or must hold.
    fn least(&self, row: RowIndex) -> i64 {
        self.inside[row].max(self.problem.rows[row].lo)
    }

    /// The rows of a class from the innermost outward, the places at the end.
    fn chain(&self, class: ClassIndex) -> impl Iterator<Item = RowIndex> + use<'_> {
        let first = self.family.innermost[class].unwrap_or(RowIndex::PLACES);
        std::iter::successors(Some(first), |row| self.outer(*row))
    }

    /// The next larger row; none outside the places.
    fn outer(&self, row: RowIndex) -> Option<RowIndex> {
        (row != RowIndex::PLACES).then(|| self.family.parent[row].unwrap_or(RowIndex::PLACES))
    }

    fn room(&self, class: ClassIndex) -> Room {
        for row in self.chain(class) {
            if self.inside[row] < self.problem.rows[row].lo {
                return Room::Reserved;
            }
            if self.inside[row] >= self.most[row] {
                return Room::None;
            }
        }
        Room::Free
    }

    fn take(&mut self, class: ClassIndex) -> Room {
        let room = self.room(class);
        if room == Room::None {
            return room;
        }
        let mut next = Some(self.family.innermost[class].unwrap_or(RowIndex::PLACES));
        while let Some(row) = next {
            let before = self.least(row);
            self.inside[row] += 1;
            if self.least(row) == before {
                break;
            }
            next = self.outer(row);
        }
        room
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::optimise::problem::Position;
    use crate::optimise::problem::{Row, Unit};

    fn problem(rows: usize, units: &[&[usize]]) -> Problem {
        let unit = |rows: &&[usize]| Unit {
            value: 0,
            cost: 0,
            rows: rows.iter().copied().map(RowIndex::new).collect(),
            locked: false,
        };
        Problem {
            units: units.iter().map(unit).collect(),
            rows: (0..rows).map(|_| Row { lo: 0, hi: 1 }).collect(),
            limit: None,
            sums: Vec::new(),
        }
    }

    #[test]
    fn counties_in_regions_are_nested() {
        let p = problem(4, &[&[0, 1, 3], &[0, 2, 3], &[0]]);
        let Laminarity::Laminar(family) = Laminarity::of(&p, &p.classes()) else {
            panic!("not laminar")
        };
        assert_eq!(family.rows, [1, 2, 3].map(RowIndex::new));
        assert_eq!(family.parent[RowIndex::new(1)], Some(RowIndex::new(3)));
    }

    #[test]
    fn kinds_and_counties_cross() {
        let p = problem(5, &[&[0, 1, 3], &[0, 1, 4], &[0, 2, 3], &[0, 2, 4]]);
        assert!(matches!(Laminarity::of(&p, &p.classes()), Laminarity::TwoFamilies(..)));
    }

    #[test]
    fn three_systems_are_general() {
        let all: Vec<Vec<usize>> = (0..8)
            .map(|bits: usize| vec![0, 1 + (bits & 1), 3 + (bits >> 1 & 1), 5 + (bits >> 2)])
            .collect();
        let units: Vec<&[usize]> = all.iter().map(Vec::as_slice).collect();
        let p = problem(7, &units);
        assert!(matches!(Laminarity::of(&p, &p.classes()), Laminarity::General(..)));
    }
}
