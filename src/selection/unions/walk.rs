//! Walking down the ranking when neighbours may share a place.
//!
//! A unit is taken when the taken ones and it can still be covered by projects that keep every rule.
//! Without money only numbers of projects matter: in a cell (parts that the same rows count) every
//! number between the fewest projects that cover the taken units and one project for each unit can
//! be had, because a union can be split and a unit can stand alone. So a test is the fewest projects
//! of one part, and counted rows over cells. With money the least cost takes the place of the fewest
//! projects, and the rows are looked at together with it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::frontier::{Found, deepen};
use super::super::problem::{Problem, Row, RowName, Unit};
use super::super::solve::{self, Unsolved};
use super::labels::Search;
use super::packing::{Best, Line, Placed};
use super::price::{Bounded, Rules};
use super::view::View;

/// What a walk took.
pub(super) struct Walked {
    pub(super) taken: BTreeSet<usize>,
    pub(super) proved: bool,
    pub(super) nodes: u64,
}

/// Takes whoever can be taken, in rank order.
pub(super) fn walk(
    placed: &[Placed],
    required: &BTreeSet<usize>,
    rules: &Rules,
    nodes: u64,
) -> Result<Walked, Unsolved> {
    let dear = |p: &Placed| Placed { worth: -i128::from(p.cost), ..p.clone() };
    let placed =
        if rules.limit.is_some() { placed.iter().map(dear).collect() } else { placed.to_vec() };
    let reachable: BTreeSet<_> = placed.iter().flat_map(|p| p.members.iter().copied()).collect();
    if !required.is_subset(&reachable) {
        return Err(Unsolved::Impossible);
    }
    let line = Line::new(placed, required).ok_or(Unsolved::OutOfNodes)?;
    let mut walk = Walk::new(line, rules, nodes)?;
    let mut taken = required.clone();
    for rank in reachable {
        if !taken.contains(&rank) && walk.take(rank) {
            taken.insert(rank);
        }
    }
    Ok(Walked { taken, proved: walk.proved, nodes: walk.nodes })
}

struct Walk<'a> {
    line: Line,
    rules: &'a Rules,
    /// By part: the fewest projects (the least cost) that cover what was taken, below nought.
    gains: Vec<i128>,
    chosen: Vec<Vec<usize>>,
    /// The cell of each part: rows that count its projects.
    cells: BTreeMap<Vec<usize>, Vec<usize>>,
    /// Cells in which no project more is possible.
    closed: BTreeSet<Vec<usize>>,
    proved: bool,
    nodes: u64,
    most: u64,
}

impl<'a> Walk<'a> {
    fn new(line: Line, rules: &'a Rules, most: u64) -> Result<Self, Unsolved> {
        let mut cells: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for part in 0..line.count() {
            cells.entry(rows(&line, part)).or_default().push(part);
        }
        let parts = line.count();
        let mut walk = Self {
            line,
            rules,
            gains: vec![0; parts],
            chosen: vec![Vec::new(); parts],
            cells,
            closed: BTreeSet::new(),
            proved: true,
            nodes: 0,
            most,
        };
        for part in 0..parts {
            let best = walk.look(part).ok_or(Unsolved::OutOfNodes)?;
            (walk.gains[part], walk.chosen[part]) = (best.gain, best.chosen);
        }
        if walk.possible() { Ok(walk) } else { Err(Unsolved::Impossible) }
    }

    fn look(&self, part: usize) -> Option<Best> {
        Best::of(&self.line, part, |project| self.line.projects[project].worth)
    }

    /// Takes a unit if what was taken and it can be covered.
    fn take(&mut self, rank: usize) -> bool {
        let part = self.line.part_of(rank);
        let covered = |p: &usize| self.line.projects[*p].members.contains(&rank);
        if self.chosen[part].iter().any(covered) {
            self.line.require(rank);
            return true;
        }
        self.line.require(rank);
        let Some(best) = self.look(part) else {
            self.proved = false;
            self.line.release(rank);
            return false;
        };
        let cell = rows(&self.line, part);
        let before = (self.gains[part], std::mem::take(&mut self.chosen[part]));
        let same = best.gain == before.0;
        (self.gains[part], self.chosen[part]) = (best.gain, best.chosen);
        let counted = self.rules.limit.is_none();
        if same && counted {
            return true;
        }
        if !(counted && self.closed.contains(&cell)) && self.possible() {
            return true;
        }
        self.closed.insert(cell);
        (self.gains[part], self.chosen[part]) = before;
        self.line.release(rank);
        false
    }

    /// Whether rows and money leave room for what covers the taken units.
    fn possible(&mut self) -> bool {
        match self.rules.limit {
            None => self.possible_counts(),
            Some(limit) => {
                let least: i128 = -self.gains.iter().sum::<i128>();
                least <= limit && (self.keeps_rows() || self.possible_money(limit))
            }
        }
    }

    fn possible_counts(&self) -> bool {
        let row = |(lo, hi): &(i64, i64)| Row { name: RowName::Places, lo: *lo, hi: *hi };
        let mut units = Vec::new();
        for (rows, parts) in &self.cells {
            let fewest = -parts.iter().map(|part| self.gains[*part]).sum::<i128>();
            let all = parts.iter().map(|part| self.line.part(*part).len()).sum::<usize>();
            let unit = |at: usize| Unit {
                value: 0,
                cost: 0,
                rows: rows.clone(),
                locked: i128::try_from(at).is_ok_and(|at| at < fewest),
            };
            units.extend((0..all).map(unit));
        }
        let rows = self.rules.rows.iter().map(row).collect();
        let counts = Problem { phase: String::new(), units, rows, limit: None };
        solve::solve(&counts, solve::Best::Priority, self.most).is_ok()
    }

    /// Whether the cheapest cover at hand keeps the rows as it is.
    fn keeps_rows(&self) -> bool {
        let mut counts = vec![0; self.rules.rows.len()];
        for project in self.chosen.iter().flatten() {
            self.line.projects[*project].rows.iter().for_each(|row| counts[*row] += 1);
        }
        counts.iter().zip(&self.rules.rows).all(|(held, (lo, hi))| (lo..=hi).contains(&held))
    }

    /// Whether some cover keeps the rows within the money.
    fn possible_money(&mut self, limit: i128) -> bool {
        let rows = Rules { rows: self.rules.rows.clone(), limit: None };
        let bounded = Bounded::low(&self.line, &rows);
        if bounded.total() < -limit {
            return false;
        }
        let worth =
            |list: &Vec<usize>| list.iter().map(|p| self.line.projects[*p].worth).sum::<i128>();
        if bounded.known.as_ref().is_some_and(|known| worth(known) >= -limit) {
            return true;
        }
        let left = self.most.saturating_sub(self.nodes);
        let mut views = [View::new(&self.line, &bounded)];
        let deepened = deepen((-limit, -limit), left, |ask, labels| {
            let mut search = Search::new(&self.line, &rows, &mut views, labels);
            (search.run(ask), search.labels)
        });
        self.nodes += deepened.nodes;
        match deepened.found {
            Found::Best(_) => true,
            Found::Nothing => false,
            Found::TooMuch => {
                self.proved = false;
                false
            }
        }
    }
}

/// The rows that count the projects of a part; all its projects share them.
fn rows(line: &Line, part: usize) -> Vec<usize> {
    let first = line.part(part).flat_map(|at| &line.starting[at]).next();
    first.map_or_else(Vec::new, |project| line.projects[*project].rows.clone())
}
