//! Two crossing systems of quotas as a circulation on a small graph.
//!
//! One system runs from the places down to its innermost rows, the other from its innermost rows
//! back up to the places; each cell (the units that the same rows count) joins the two. A list that
//! keeps every row is a circulation of units through this graph, and the graph has a node for each
//! row, not for each unit. Two nested systems give a totally unimodular matrix (Edmonds 1970), so
//! whole-numbered circulations are all there is to look at: what is found here is exact.
//!
//! A circulation has the largest sum when no cycle of the graph of changes gains (Klein 1967). When
//! one unit is then forced in along the best path of changes, the result is the best circulation
//! that holds it (successive shortest paths); that is the one operation every walk needs.

mod paths;

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::problem::{Cells, Forest, Problem};

/// A connection of two nodes.
#[derive(Clone, Copy, Debug)]
struct Arc {
    from: usize,
    to: usize,
    carries: Carries,
}

#[derive(Clone, Copy, Debug)]
enum Carries {
    Row(usize),
    Cell(usize),
}

/// One change along an arc: one unit more, or one fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    More,
    Fewer,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    arc: usize,
    change: Change,
}

/// Whether a path looks for the largest gain or only for a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Search {
    Gain,
    AnyWay,
}

type Key = (Reverse<i128>, usize);

/// A list that keeps every row, and the ways to change it.
pub(super) struct Circulation<'a> {
    problem: &'a Problem,
    cells: &'a Cells,
    weights: Vec<i128>,
    arcs: Vec<Arc>,
    /// Where the arcs of the cells begin.
    first_cell: usize,
    /// Steps that leave each node.
    leaving: Vec<Vec<Step>>,
    counts: Vec<i64>,
    list: Vec<bool>,
    /// By cell: unselected units that may enter, best first.
    waiting: Vec<BTreeSet<Key>>,
    /// By cell: selected units that may leave, best first.
    loose: Vec<BTreeSet<Key>>,
}

impl<'a> Circulation<'a> {
    /// The best list under `weights` that keeps every row of two systems and what is locked in;
    /// `None` when there is none.
    pub(super) fn best(
        problem: &'a Problem,
        cells: &'a Cells,
        systems: (&Forest, &Forest),
        weights: Vec<i128>,
    ) -> Option<Self> {
        let mut circulation = Self::new(problem, cells, systems, weights);
        for unit in 0..problem.units.len() {
            if problem.units[unit].locked {
                circulation.add(unit);
                circulation.lock(unit);
            }
        }
        if circulation.overfull() {
            return None;
        }
        circulation.take_what_gains();
        circulation.settle()
    }

    /// The same, starting from a list that holds what is locked in.
    pub(super) fn from_list(
        problem: &'a Problem,
        cells: &'a Cells,
        systems: (&Forest, &Forest),
        (weights, list): (Vec<i128>, &[bool]),
    ) -> Option<Self> {
        let mut circulation = Self::new(problem, cells, systems, weights);
        for (unit, _) in list.iter().enumerate().filter(|(_, on)| **on) {
            circulation.add(unit);
            if problem.units[unit].locked {
                circulation.lock(unit);
            }
        }
        if circulation.overfull() { None } else { circulation.settle() }
    }

    fn overfull(&self) -> bool {
        self.problem.rows.iter().zip(&self.counts).any(|(row, held)| *held > row.hi)
    }

    /// Meets the minima, then changes the list while that gains.
    fn settle(mut self) -> Option<Self> {
        self.meet_minima()?;
        while let Some(cycle) = self.gaining_cycle() {
            self.apply(&cycle);
        }
        Some(self)
    }

    fn new(
        problem: &'a Problem,
        cells: &'a Cells,
        systems: (&Forest, &Forest),
        weights: Vec<i128>,
    ) -> Self {
        let mut arcs = vec![Arc { from: 1, to: 0, carries: Carries::Row(0) }];
        let node = |row: Option<usize>, root: usize| row.map_or(root, |row| row + 2);
        for row in &systems.0.rows {
            let outer = node(systems.0.parent[*row], 0);
            arcs.push(Arc { from: outer, to: row + 2, carries: Carries::Row(*row) });
        }
        for row in &systems.1.rows {
            let outer = node(systems.1.parent[*row], 1);
            arcs.push(Arc { from: row + 2, to: outer, carries: Carries::Row(*row) });
        }
        let first_cell = arcs.len();
        for cell in 0..cells.rows.len() {
            let (from, to) = (node(systems.0.leaf[cell], 0), node(systems.1.leaf[cell], 1));
            arcs.push(Arc { from, to, carries: Carries::Cell(cell) });
        }
        let mut leaving = vec![Vec::new(); problem.rows.len() + 2];
        for (at, arc) in arcs.iter().enumerate() {
            leaving[arc.from].push(Step { arc: at, change: Change::More });
            leaving[arc.to].push(Step { arc: at, change: Change::Fewer });
        }
        let mut waiting = vec![BTreeSet::new(); cells.rows.len()];
        for (unit, cell) in cells.of.iter().enumerate() {
            waiting[*cell].insert((Reverse(weights[unit]), unit));
        }
        Self {
            problem,
            cells,
            weights,
            arcs,
            first_cell,
            leaving,
            counts: vec![0; problem.rows.len()],
            list: vec![false; problem.units.len()],
            waiting,
            loose: vec![BTreeSet::new(); cells.rows.len()],
        }
    }

    /// The list.
    pub(super) fn list(&self) -> &[bool] {
        &self.list
    }

    /// Whether a unit is on the list now.
    pub(super) fn holds(&self, unit: usize) -> bool {
        self.list[unit]
    }

    /// The sum of the weights on the list.
    pub(super) fn total(&self) -> i128 {
        self.weights.iter().zip(&self.list).filter(|(_, on)| **on).map(|(w, _)| *w).sum()
    }

    /// A unit on the list stays on it from now on.
    pub(super) fn lock(&mut self, unit: usize) {
        let key = self.key(unit);
        self.loose[self.cells.of[unit]].remove(&key);
    }

    /// The best change of the list that brings `unit` in, and what it gains.
    pub(super) fn entry(&self, unit: usize) -> Option<(i128, Entry)> {
        let arc = self.arc_of(unit);
        let (gain, steps) = self.path(arc.to, arc.from, Search::Gain)?;
        Some((gain + self.weights[unit], Entry { unit, steps }))
    }

    /// Makes a change; its unit stays from now on.
    pub(super) fn enter(&mut self, entry: &Entry) {
        // the path was found before the unit left the waiting, so it never moves the unit itself:
        // its own cell can only be walked towards fewer
        self.apply(&entry.steps);
        self.add(entry.unit);
        self.lock(entry.unit);
    }

    /// For each unit what the largest sum loses, at least, when the unit is forced to the other
    /// side: the reduced cost under potentials that prove the sum the largest.
    pub(super) fn losses(&self) -> Vec<i128> {
        let potentials = self.potentials();
        let loss = |unit: usize| {
            let arc = self.arc_of(unit);
            let gain = self.weights[unit] + potentials[arc.from] - potentials[arc.to];
            if self.list[unit] { gain } else { -gain }
        };
        (0..self.problem.units.len()).map(loss).collect()
    }

    fn arc_of(&self, unit: usize) -> Arc {
        self.arcs[self.first_cell + self.cells.of[unit]]
    }

    fn key(&self, unit: usize) -> Key {
        (Reverse(self.weights[unit]), unit)
    }

    fn add(&mut self, unit: usize) {
        let (key, cell) = (self.key(unit), self.cells.of[unit]);
        self.waiting[cell].remove(&key);
        self.loose[cell].insert(key);
        self.list[unit] = true;
        for row in &self.problem.units[unit].rows {
            self.counts[*row] += 1;
        }
    }

    fn remove(&mut self, unit: usize) {
        let (key, cell) = (self.key(unit), self.cells.of[unit]);
        self.loose[cell].remove(&key);
        self.waiting[cell].insert(key);
        self.list[unit] = false;
        for row in &self.problem.units[unit].rows {
            self.counts[*row] -= 1;
        }
    }

    /// A first list: whoever gains and finds room everywhere.
    fn take_what_gains(&mut self) {
        let mut order: Vec<_> = (0..self.weights.len()).map(|unit| self.key(unit)).collect();
        order.sort_unstable();
        for (Reverse(weight), unit) in order {
            let room = |row: &usize| self.counts[*row] < self.problem.rows[*row].hi;
            if weight > 0 && !self.list[unit] && self.problem.units[unit].rows.iter().all(room) {
                self.add(unit);
            }
        }
    }

    /// Fills rows below their minimum, one unit at a time; `None` when one cannot be filled.
    fn meet_minima(&mut self) -> Option<()> {
        for at in 0..self.arcs.len() {
            let Carries::Row(row) = self.arcs[at].carries else { continue };
            while self.counts[row] < self.problem.rows[row].lo {
                let (_, steps) = self.path(self.arcs[at].to, self.arcs[at].from, Search::AnyWay)?;
                self.apply(&steps);
            }
        }
        Some(())
    }

    /// What a step gains; `None` where it cannot be made.
    fn gain(&self, step: Step) -> Option<i128> {
        match (self.arcs[step.arc].carries, step.change) {
            (Carries::Row(row), Change::More) => {
                (self.counts[row] < self.problem.rows[row].hi).then_some(0)
            }
            (Carries::Row(row), Change::Fewer) => {
                (self.counts[row] > self.problem.rows[row].lo).then_some(0)
            }
            (Carries::Cell(cell), Change::More) => Some(self.waiting[cell].first()?.0.0),
            (Carries::Cell(cell), Change::Fewer) => Some(-self.loose[cell].last()?.0.0),
        }
    }

    fn head(&self, step: Step) -> usize {
        match step.change {
            Change::More => self.arcs[step.arc].to,
            Change::Fewer => self.arcs[step.arc].from,
        }
    }

    fn tail(&self, step: Step) -> usize {
        match step.change {
            Change::More => self.arcs[step.arc].from,
            Change::Fewer => self.arcs[step.arc].to,
        }
    }

    fn apply(&mut self, steps: &[Step]) {
        // units are chosen before any of them moves: a cell is walked at most once
        let moves: Vec<_> = steps
            .iter()
            .filter_map(|step| match (self.arcs[step.arc].carries, step.change) {
                (Carries::Row(_), _) => None,
                (Carries::Cell(cell), Change::More) => {
                    Some((self.waiting[cell].first()?.1, Change::More))
                }
                (Carries::Cell(cell), Change::Fewer) => {
                    Some((self.loose[cell].last()?.1, Change::Fewer))
                }
            })
            .collect();
        for (unit, change) in moves {
            match change {
                Change::More => self.add(unit),
                Change::Fewer => self.remove(unit),
            }
        }
    }
}

/// A change of the list that brings one unit in.
pub(super) struct Entry {
    unit: usize,
    steps: Vec<Step>,
}
