//! Walking down the ranking when neighbours may share a place.
//!
//! A unit is taken when the taken ones and it can still be covered by projects that keep every rule.
//! Without money only numbers of projects matter: in a cell (parts that the same rows count) every
//! number between the fewest projects that cover the taken units and one project for each unit can
//! be had, because a union can be split and a unit can stand alone. So a test is the fewest projects
//! of one part, and counted rows over cells. With money the least cost of a part is looked at too, and
//! the rows together with it.

use std::collections::{BTreeMap, BTreeSet};

use super::super::frontier::Found;
use super::super::problem::{Problem, Row, RowName, Unit, count};
use super::super::solve::{self, Unsolved};
use super::joint::search;
use super::measure::{Prices, Rules};
use super::packing::{Best, Line, Placed};
use super::price::Bounded;
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

/// How a part covers what was taken.
struct Cover {
    /// The fewest projects, below nought.
    fewest: i128,
    /// The least cost (without money, the fewest projects), below nought.
    least: i128,
    /// The projects of the least cost.
    chosen: Vec<usize>,
}

struct Walk<'a> {
    line: Line,
    rules: &'a Rules,
    parts: Vec<Cover>,
    /// The cell of each part: rows that count its projects.
    cells: BTreeMap<Vec<usize>, Vec<usize>>,
    /// Cells in which no project more is possible.
    closed: BTreeSet<Vec<usize>>,
    /// Prices of the last unit that was told by prices.
    prices: Option<Prices>,
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
        let mut walk = Self {
            line,
            rules,
            parts: Vec::new(),
            cells,
            closed: BTreeSet::new(),
            prices: None,
            proved: true,
            nodes: 0,
            most,
        };
        for part in 0..walk.line.count() {
            let cover = walk.look(part).ok_or(Unsolved::OutOfNodes)?;
            walk.parts.push(cover);
        }
        match (walk.possible_counts() && walk.possible_money(), walk.proved) {
            (true, _) => Ok(walk),
            (false, true) => Err(Unsolved::Impossible),
            (false, false) => Err(Unsolved::OutOfNodes),
        }
    }

    fn look(&self, part: usize) -> Option<Cover> {
        let fewest = Best::of(&self.line, part, |_| -1)?;
        if self.rules.limit.is_none() {
            return Some(Cover { fewest: fewest.gain, least: fewest.gain, chosen: fewest.chosen });
        }
        let least = Best::of(&self.line, part, |project| self.line.projects[project].worth)?;
        Some(Cover { fewest: fewest.gain, least: least.gain, chosen: least.chosen })
    }

    /// Takes a unit if what was taken and it can be covered.
    fn take(&mut self, rank: usize) -> bool {
        let part = self.line.part_of(rank);
        self.line.require(rank);
        let covered = |p: &usize| self.line.projects[*p].members.contains(&rank);
        if self.parts[part].chosen.iter().any(covered) {
            return true;
        }
        let Some(cover) = self.look(part) else {
            self.proved = false;
            self.line.release(rank);
            return false;
        };
        let cell = rows(&self.line, part);
        let before = std::mem::replace(&mut self.parts[part], cover);
        let more = self.parts[part].fewest != before.fewest;
        let room = !more || !self.closed.contains(&cell) && self.possible_counts();
        if room && self.possible_money() {
            return true;
        }
        if !room {
            self.closed.insert(cell);
        }
        self.parts[part] = before;
        self.line.release(rank);
        false
    }

    /// Whether the rows leave room for the fewest projects.
    fn possible_counts(&self) -> bool {
        if self.rules.rows.is_empty() {
            return true;
        }
        let row = |(lo, hi): &(i64, i64)| Row { name: RowName::Places, lo: *lo, hi: *hi };
        let mut units = Vec::new();
        for (rows, parts) in &self.cells {
            let fewest = -parts.iter().map(|part| self.parts[*part].fewest).sum::<i128>();
            let all = parts.iter().map(|part| self.line.part(*part).len()).sum::<usize>();
            let unit = |at: usize| Unit {
                value: 0,
                cost: 0,
                rows: std::iter::once(0).chain(rows.iter().map(|row| row + 1)).collect(),
                locked: i128::try_from(at).is_ok_and(|at| at < fewest),
            };
            units.extend((0..all).map(unit));
        }
        // the first row of a problem counts everybody
        let everybody = (0, count(units.len()));
        let rows = std::iter::once(&everybody).chain(&self.rules.rows).map(row).collect();
        let counts = Problem { phase: String::new(), units, rows, limit: None };
        solve::solve(&counts, solve::Best::Priority, self.most).is_ok()
    }

    /// Whether the cheapest cover at hand keeps the rows as it is.
    fn keeps_rows(&self) -> bool {
        let mut counts = vec![0; self.rules.rows.len()];
        for project in self.parts.iter().flat_map(|part| &part.chosen) {
            self.line.projects[*project].rows.iter().for_each(|row| counts[*row] += 1);
        }
        counts.iter().zip(&self.rules.rows).all(|(held, (lo, hi))| (lo..=hi).contains(&held))
    }

    /// Whether some cover keeps the rows within the money. Most units are told by the prices of the
    /// unit before.
    fn possible_money(&mut self) -> bool {
        let Some(limit) = self.rules.limit else { return true };
        let least: i128 = -self.parts.iter().map(|part| part.least).sum::<i128>();
        if least > limit || self.keeps_rows() {
            return least <= limit;
        }
        let rows = Rules { rows: self.rules.rows.clone(), limit: None };
        let enough = |bounded: &Bounded<'_>| {
            let known =
                bounded.known.as_ref().is_some_and(|known| self.line.worth(known) >= -limit);
            if bounded.most() < -limit { Some(false) } else { known.then_some(true) }
        };
        let mut bounded = self.prices.clone().map_or_else(
            || Bounded::dear(&self.line, &rows),
            |prices| Bounded::at(&self.line, &rows, prices),
        );
        let mut answer = enough(&bounded);
        if answer.is_none() {
            bounded.descend(-limit);
            answer = enough(&bounded);
        }
        if answer != Some(false) {
            self.prices = Some(bounded.prices.clone());
        }
        if let Some(answer) = answer {
            return answer;
        }
        let left = self.most.saturating_sub(self.nodes);
        let mut views = [View::new(&self.line, &bounded)];
        let between = (-limit, bounded.most());
        let deepened = search((&self.line, &rows), &mut views, between, (left, usize::MAX));
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
