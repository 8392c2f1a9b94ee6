//! One phase as an integer problem: units in priority order, counted rows, money.

use super::result::Clause;

/// A unit that may take a place. Its position is its rank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// What coverage sums.
    pub(super) value: i64,
    /// Bani, not negative.
    pub(super) cost: i64,
    /// The rows that count it, ascending; always with row 0, the places.
    pub(super) rows: Vec<usize>,
    /// In by decision or by an earlier phase.
    pub(super) locked: bool,
}

/// A set of units of which at least `lo` and at most `hi` are selected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// What it says, and where the planner said it.
    pub(super) name: RowName,
    pub(super) lo: i64,
    pub(super) hi: i64,
}

/// What a row counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowName {
    /// Everything: the places of a phase.
    Places,
    /// A group of a classification.
    Group {
        /// Position of the quota in the phase.
        quota: usize,
        by: String,
        group: String,
    },
}

/// Everything that a list of one phase must keep.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Problem {
    /// The phase, for messages.
    pub(super) phase: String,
    /// In priority order.
    pub(super) units: Vec<Unit>,
    /// Row 0 counts everything.
    pub(super) rows: Vec<Row>,
    /// Most that the whole list may cost.
    pub(super) limit: Option<i64>,
}

impl Problem {
    /// Selected units of each row.
    pub(super) fn counts(&self, list: &[bool]) -> Vec<i64> {
        let mut counts = vec![0; self.rows.len()];
        for (unit, _) in self.units.iter().zip(list).filter(|(_, chosen)| **chosen) {
            for row in &unit.rows {
                counts[*row] += 1;
            }
        }
        counts
    }

    /// What a list costs.
    pub(super) fn cost(&self, list: &[bool]) -> i128 {
        let chosen = self.units.iter().zip(list).filter(|(_, chosen)| **chosen);
        chosen.map(|(unit, _)| i128::from(unit.cost)).sum()
    }

    /// What a list sums to.
    pub(super) fn value(&self, list: &[bool]) -> i128 {
        let chosen = self.units.iter().zip(list).filter(|(_, chosen)| **chosen);
        chosen.map(|(unit, _)| i128::from(unit.value)).sum()
    }

    /// Whether a list keeps every row, the money and what is locked in.
    pub(super) fn admits(&self, list: &[bool]) -> bool {
        let counts = self.counts(list);
        self.rows.iter().zip(&counts).all(|(row, n)| (row.lo..=row.hi).contains(n))
            && self.limit.is_none_or(|limit| self.cost(list) <= i128::from(limit))
            && self.units.iter().zip(list).all(|(unit, chosen)| *chosen || !unit.locked)
    }

    /// The units by the rows that count them; in each cell in rank order.
    pub(super) fn cells(&self) -> Cells {
        let mut keyed: Vec<_> = self.units.iter().enumerate().map(|(i, u)| (&u.rows, i)).collect();
        keyed.sort();
        let mut cells =
            Cells { of: vec![0; self.units.len()], rows: Vec::new(), units: Vec::new() };
        for (rows, unit) in keyed {
            if cells.rows.last() != Some(rows) {
                cells.rows.push(rows.clone());
                cells.units.push(Vec::new());
            }
            cells.of[unit] = cells.rows.len() - 1;
            cells.units[cells.rows.len() - 1].push(unit);
        }
        cells
    }

    /// The problem without rows that no list can break, so that fewer of them cross.
    pub(super) fn without_idle_rows(&self) -> Self {
        let all = self.counts(&vec![true; self.units.len()]);
        let keep = |row: usize| row == 0 || self.rows[row].lo > 0 || self.rows[row].hi < all[row];
        let kept: Vec<_> = (0..self.rows.len()).filter(|row| keep(*row)).collect();
        let moved = |rows: &[usize]| {
            rows.iter().filter_map(|row| kept.binary_search(row).ok()).collect::<Vec<_>>()
        };
        Self {
            phase: self.phase.clone(),
            units: self.units.iter().map(|u| Unit { rows: moved(&u.rows), ..u.clone() }).collect(),
            rows: kept.iter().map(|row| self.rows[*row].clone()).collect(),
            limit: self.limit,
        }
    }

    /// The lower bound of a row as a rule of the programme.
    pub(super) fn least(&self, row: usize) -> Clause {
        match &self.rows[row].name {
            RowName::Places => Clause::Places { phase: self.phase.clone() },
            RowName::Group { by, group, .. } => {
                Clause::Least { phase: self.phase.clone(), by: by.clone(), group: group.clone() }
            }
        }
    }

    /// The upper bound of a row as a rule of the programme.
    pub(super) fn most(&self, row: usize) -> Clause {
        match &self.rows[row].name {
            RowName::Places => Clause::Places { phase: self.phase.clone() },
            RowName::Group { by, group, .. } => {
                Clause::Most { phase: self.phase.clone(), by: by.clone(), group: group.clone() }
            }
        }
    }
}

/// Units that the same rows count: as far as rows go, any of them may stand for any other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cells {
    /// The cell of each unit.
    pub(super) of: Vec<usize>,
    /// The rows of each cell.
    pub(super) rows: Vec<Vec<usize>>,
    /// The units of each cell, by rank.
    pub(super) units: Vec<Vec<usize>>,
}

/// How the rows of a problem lie to each other, row 0 aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Structure {
    /// Any two rows are disjoint or one holds the other.
    Nested(Forest),
    /// Two nested systems that cross.
    Crossing(Forest, Forest),
    /// More than two systems; the two forests are some of the rows.
    General(Forest, Forest),
}

/// A nested system of rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Forest {
    /// Rows from the innermost outward.
    pub(super) rows: Vec<usize>,
    /// The next larger row of each, by row; none for outermost rows and rows of other systems.
    pub(super) parent: Vec<Option<usize>>,
    /// The innermost row of each cell.
    pub(super) leaf: Vec<Option<usize>>,
}

impl Structure {
    /// Sorts the rows into nested systems.
    pub(super) fn of(problem: &Problem, cells: &Cells) -> Self {
        let sets = row_sets(problem, cells);
        let (systems, complete) = two_systems(&sets);
        let [one, two] = systems.map(|rows| Forest::new(rows, &sets, cells));
        match (complete, two.rows.is_empty()) {
            (false, _) => Self::General(one, two),
            (true, true) => Self::Nested(one),
            (true, false) => Self::Crossing(one, two),
        }
    }
}

/// The cells of each row, ascending.
fn row_sets(problem: &Problem, cells: &Cells) -> Vec<Vec<usize>> {
    let mut sets = vec![Vec::new(); problem.rows.len()];
    for (cell, rows) in cells.rows.iter().enumerate() {
        for row in rows {
            sets[*row].push(cell);
        }
    }
    sets
}

/// Colours the rows so that crossing rows differ, by walking each connected part of the graph of
/// crossings; the flag tells whether two colours were enough for all of them.
fn two_systems(sets: &[Vec<usize>]) -> ([Vec<usize>; 2], bool) {
    let crossing = |a: usize, b: usize| crosses(&sets[a], &sets[b]);
    let mut colour: Vec<Option<usize>> = vec![None; sets.len()];
    let mut systems = [Vec::new(), Vec::new()];
    let mut complete = true;
    for start in 1..sets.len() {
        if colour[start].is_some() {
            continue;
        }
        let mut queue = vec![(start, 0)];
        colour[start] = Some(0);
        while let Some((row, shade)) = queue.pop() {
            if systems[shade].iter().any(|other| crossing(row, *other)) {
                complete = false;
                continue;
            }
            systems[shade].push(row);
            for (other, shaded) in colour.iter_mut().enumerate().skip(1) {
                if shaded.is_none() && crossing(row, other) {
                    *shaded = Some(1 - shade);
                    queue.push((other, 1 - shade));
                }
            }
        }
    }
    systems.iter_mut().for_each(|system| system.sort_unstable());
    (systems, complete)
}

fn crosses(a: &[usize], b: &[usize]) -> bool {
    let common = a.iter().filter(|cell| b.binary_search(cell).is_ok()).count();
    common > 0 && common < a.len() && common < b.len()
}

impl Forest {
    fn new(mut rows: Vec<usize>, sets: &[Vec<usize>], cells: &Cells) -> Self {
        rows.sort_by_key(|row| (sets[*row].len(), *row));
        let mut forest =
            Self { parent: vec![None; sets.len()], leaf: vec![None; cells.rows.len()], rows };
        for (at, row) in forest.rows.iter().enumerate() {
            // in one system the first larger row that shares a cell holds all of this one
            let first = sets[*row].first();
            forest.parent[*row] = forest.rows[at + 1..]
                .iter()
                .copied()
                .find(|outer| first.is_some_and(|cell| sets[*outer].binary_search(cell).is_ok()));
            for cell in &sets[*row] {
                let leaf = &mut forest.leaf[*cell];
                *leaf = leaf.or(Some(*row));
            }
        }
        forest
    }
}

/// A number of things as a signed count.
pub(super) fn count(things: usize) -> i64 {
    i64::try_from(things).expect("no memory holds more things than fit a signed count")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(rows: usize, units: &[&[usize]]) -> Problem {
        let row = |at: usize| Row {
            name: RowName::Group { quota: 0, by: "g".into(), group: at.to_string() },
            lo: 0,
            hi: 1,
        };
        Problem {
            phase: "I".into(),
            units: units
                .iter()
                .map(|rows| Unit { value: 0, cost: 0, rows: rows.to_vec(), locked: false })
                .collect(),
            rows: (0..rows).map(row).collect(),
            limit: None,
        }
    }

    #[test]
    fn counties_in_regions_are_nested() {
        let p = problem(4, &[&[0, 1, 3], &[0, 2, 3], &[0]]);
        let Structure::Nested(forest) = Structure::of(&p, &p.cells()) else { panic!("not nested") };
        assert_eq!(forest.rows, [1, 2, 3]);
        assert_eq!(forest.parent[1], Some(3));
    }

    #[test]
    fn kinds_and_counties_cross() {
        let p = problem(5, &[&[0, 1, 3], &[0, 1, 4], &[0, 2, 3], &[0, 2, 4]]);
        assert!(matches!(Structure::of(&p, &p.cells()), Structure::Crossing(..)));
    }

    #[test]
    fn three_systems_are_general() {
        let all: Vec<Vec<usize>> = (0..8)
            .map(|bits: usize| vec![0, 1 + (bits & 1), 3 + (bits >> 1 & 1), 5 + (bits >> 2)])
            .collect();
        let units: Vec<&[usize]> = all.iter().map(Vec::as_slice).collect();
        let p = problem(7, &units);
        assert!(matches!(Structure::of(&p, &p.cells()), Structure::General(..)));
    }
}
