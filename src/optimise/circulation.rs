//! The best circulation of units through the graph of two crossing families, under weights.
//!
//! A circulation
//! has the largest sum when no cycle of residual steps gains (Klein 1967). When one unit is then
//! forced in along the best path of residual steps, the result is the best circulation that holds it
//! (successive shortest paths); that is the one operation every walk needs. Node potentials under
//! which no step gains prove the sum the largest, and give each unit its *reduced cost*.

use std::cmp::Reverse;
use std::collections::{BTreeSet, VecDeque};

use super::flow_graph::{Carries, Change, Graph, NodeIndex, Step, TwoFamilies};
use super::problem::{ClassIndex, IndexVec, Problem, Rank, RowIndex, Solution, UnitClasses};

/// Whether a path looks for the largest gain or only for a way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Seek {
    Gain,
    AnyWay,
}

/// Heavier units first, then by rank.
type Key = (Reverse<i128>, Rank);

/// A solution that keeps every row, and the ways to change it.
pub(super) struct Circulation<'a> {
    problem: &'a Problem,
    classes: &'a UnitClasses,
    weights: IndexVec<Rank, i128>,
    graph: Graph,
    counts: IndexVec<RowIndex, i64>,
    solution: Solution,
    /// By class: units outside that may enter, best first.
    waiting: IndexVec<ClassIndex, BTreeSet<Key>>,
    /// By class: chosen units that may leave, best first.
    loose: IndexVec<ClassIndex, BTreeSet<Key>>,
}

impl<'a> Circulation<'a> {
    /// The best solution under `weights` that keeps every row of both families and what is locked;
    /// `None` when there is none.
    pub(super) fn best(rows: TwoFamilies<'a>, weights: IndexVec<Rank, i128>) -> Option<Self> {
        let mut circulation = Self::new(rows, weights);
        for (rank, _) in rows.problem.units.enumerate().filter(|(_, unit)| unit.locked) {
            circulation.add(rank);
            circulation.lock(rank);
        }
        if circulation.is_overfull() {
            return None;
        }
        circulation.take_what_gains();
        circulation.settle()
    }

    /// The same, starting from a solution that holds what is locked.
    pub(super) fn from_solution(
        rows: TwoFamilies<'a>,
        weights: IndexVec<Rank, i128>,
        start: &Solution,
    ) -> Option<Self> {
        let mut circulation = Self::new(rows, weights);
        for rank in start.marked() {
            circulation.add(rank);
            if rows.problem.units[rank].locked {
                circulation.lock(rank);
            }
        }
        if circulation.is_overfull() { None } else { circulation.settle() }
    }

    fn is_overfull(&self) -> bool {
        self.problem.rows.iter().zip(self.counts.iter()).any(|(row, held)| *held > row.hi)
    }

    /// Meets the minima, then cancels cycles that gain.
    fn settle(mut self) -> Option<Self> {
        self.meet_minima()?;
        while let Some(cycle) = self.gaining_cycle() {
            self.apply(&cycle);
        }
        Some(self)
    }

    fn new(rows: TwoFamilies<'a>, weights: IndexVec<Rank, i128>) -> Self {
        let TwoFamilies { problem, classes, .. } = rows;
        let mut waiting = IndexVec::filled(BTreeSet::new(), classes.rows.len());
        for (rank, class) in classes.of.enumerate() {
            waiting[*class].insert((Reverse(weights[rank]), rank));
        }
        Self {
            problem,
            classes,
            weights,
            graph: Graph::new(rows),
            counts: IndexVec::filled(0, problem.rows.len()),
            solution: problem.nobody(),
            waiting,
            loose: IndexVec::filled(BTreeSet::new(), classes.rows.len()),
        }
    }

    /// The solution as it is now.
    pub(super) fn solution(&self) -> &Solution {
        &self.solution
    }

    /// The sum of the weights that are chosen.
    pub(super) fn total(&self) -> i128 {
        self.solution.marked().map(|rank| self.weights[rank]).sum()
    }

    /// A chosen unit stays chosen from now on.
    pub(super) fn lock(&mut self, rank: Rank) {
        let key = self.key(rank);
        self.loose[self.classes.of[rank]].remove(&key);
    }

    /// The best change of the solution that brings a unit in, and what it gains.
    pub(super) fn entry(&self, rank: Rank) -> Option<(i128, Entry)> {
        let arc = self.graph.arc(self.classes.of[rank]);
        let (gain, steps) = self.path(arc.to, arc.from, Seek::Gain)?;
        Some((gain + self.weights[rank], Entry { rank, steps }))
    }

    /// Makes a change; its unit stays from now on.
    pub(super) fn enter(&mut self, entry: &Entry) {
        // the path was found before the unit left the waiting, so it never moves the unit itself:
        // its own class can only be walked towards fewer
        self.apply(&entry.steps);
        self.add(entry.rank);
        self.lock(entry.rank);
    }

    /// For each unit what the largest sum loses, at least, when the unit is forced to the other
    /// side: its reduced cost under potentials that prove the sum the largest.
    pub(super) fn reduced_costs(&self) -> IndexVec<Rank, i128> {
        let potentials = self.potentials();
        let reduced = |(rank, class): (Rank, &ClassIndex)| {
            let arc = self.graph.arc(*class);
            let gain = self.weights[rank] + potentials[arc.from] - potentials[arc.to];
            if self.solution[rank] { gain } else { -gain }
        };
        self.classes.of.enumerate().map(reduced).collect()
    }

    fn key(&self, rank: Rank) -> Key {
        (Reverse(self.weights[rank]), rank)
    }

    fn add(&mut self, rank: Rank) {
        let (key, class) = (self.key(rank), self.classes.of[rank]);
        self.waiting[class].remove(&key);
        self.loose[class].insert(key);
        self.solution[rank] = true;
        self.problem.units[rank].rows.iter().for_each(|row| self.counts[*row] += 1);
    }

    fn remove(&mut self, rank: Rank) {
        let (key, class) = (self.key(rank), self.classes.of[rank]);
        self.loose[class].remove(&key);
        self.waiting[class].insert(key);
        self.solution[rank] = false;
        self.problem.units[rank].rows.iter().for_each(|row| self.counts[*row] -= 1);
    }

    /// A first solution: whoever gains and finds room everywhere.
    fn take_what_gains(&mut self) {
        let mut order: Vec<Key> = self.weights.positions().map(|rank| self.key(rank)).collect();
        order.sort_unstable();
        for (Reverse(weight), rank) in order {
            let room = |row: &RowIndex| self.counts[*row] < self.problem.rows[*row].hi;
            if weight > 0 && !self.solution[rank] && self.problem.units[rank].rows.iter().all(room)
            {
                self.add(rank);
            }
        }
    }

    /// Fills rows below their minimum, one unit at a time; `None` when one cannot be filled.
    fn meet_minima(&mut self) -> Option<()> {
        for at in self.graph.arcs.positions() {
            let arc = self.graph.arcs[at];
            let Carries::Row(row) = arc.carries else { continue };
            while self.counts[row] < self.problem.rows[row].lo {
                let (_, steps) = self.path(arc.to, arc.from, Seek::AnyWay)?;
                self.apply(&steps);
            }
        }
        Some(())
    }

    /// What a step gains; `None` where it cannot be made.
    fn gain(&self, step: Step) -> Option<i128> {
        match (self.graph.arcs[step.arc].carries, step.change) {
            (Carries::Row(row), Change::More) => {
                (self.counts[row] < self.problem.rows[row].hi).then_some(0)
            }
            (Carries::Row(row), Change::Fewer) => {
                (self.counts[row] > self.problem.rows[row].lo).then_some(0)
            }
            (Carries::Class(class), Change::More) => Some(self.waiting[class].first()?.0.0),
            (Carries::Class(class), Change::Fewer) => Some(-self.loose[class].last()?.0.0),
        }
    }

    fn apply(&mut self, steps: &[Step]) {
        // units are chosen before any of them moves: a class is walked at most once
        let moves: Vec<(Rank, Change)> = steps
            .iter()
            .filter_map(|step| match (self.graph.arcs[step.arc].carries, step.change) {
                (Carries::Row(_), _) => None,
                (Carries::Class(class), Change::More) => {
                    Some((self.waiting[class].first()?.1, Change::More))
                }
                (Carries::Class(class), Change::Fewer) => {
                    Some((self.loose[class].last()?.1, Change::Fewer))
                }
            })
            .collect();
        for (rank, change) in moves {
            match change {
                Change::More => self.add(rank),
                Change::Fewer => self.remove(rank),
            }
        }
    }

    /// The best path from one node to another (Bellman-Ford with a queue), or any path.
    fn path(&self, from: NodeIndex, to: NodeIndex, seek: Seek) -> Option<(i128, Vec<Step>)> {
        let nodes = self.graph.leaving.len();
        let mut gain: IndexVec<NodeIndex, Option<i128>> = IndexVec::filled(None, nodes);
        let mut came: IndexVec<NodeIndex, Option<Step>> = IndexVec::filled(None, nodes);
        let mut queued = IndexVec::filled(false, nodes);
        let mut queue = VecDeque::from([from]);
        gain[from] = Some(0);
        while let Some(node) = queue.pop_front() {
            queued[node] = false;
            for step in &self.graph.leaving[node] {
                let Some(more) = self.gain(*step) else { continue };
                let head = self.graph.head(*step);
                let here = gain[node].expect("a queued node was reached");
                let there = if seek == Seek::Gain { here + more } else { 0 };
                if gain[head].is_none_or(|best| there > best) {
                    gain[head] = Some(there);
                    came[head] = Some(*step);
                    if !queued[head] {
                        queued[head] = true;
                        queue.push_back(head);
                    }
                }
            }
        }
        let total = gain[to]?;
        let mut steps = Vec::new();
        let mut node = to;
        while node != from {
            let step = came[node].expect("a reached node was come to");
            steps.push(step);
            node = self.graph.tail(step);
        }
        Some((total, steps))
    }

    /// A cycle of residual steps that gains, if there is one.
    fn gaining_cycle(&self) -> Option<Vec<Step>> {
        let nodes = self.graph.leaving.len();
        let mut gain = IndexVec::filled(0, nodes);
        let mut came = IndexVec::filled(None, nodes);
        let mut last = None;
        for _ in 0..=nodes {
            last = self.relax(&mut gain, &mut came);
            last?;
        }
        // still gaining after as many rounds as nodes: whoever came last leads back into a cycle
        let mut node = last?;
        for _ in 0..nodes {
            node = self.graph.tail(came[node]?);
        }
        let start = node;
        let mut cycle = Vec::new();
        loop {
            let step = came[node]?;
            cycle.push(step);
            node = self.graph.tail(step);
            if node == start {
                return Some(cycle);
            }
        }
    }

    /// One round over all steps; answers a node that gained.
    fn relax(
        &self,
        gain: &mut IndexVec<NodeIndex, i128>,
        came: &mut IndexVec<NodeIndex, Option<Step>>,
    ) -> Option<NodeIndex> {
        let mut gained = None;
        for (node, steps) in self.graph.leaving.enumerate() {
            for step in steps {
                let Some(more) = self.gain(*step) else { continue };
                let head = self.graph.head(*step);
                if gain[node] + more > gain[head] {
                    gain[head] = gain[node] + more;
                    came[head] = Some(*step);
                    gained = Some(head);
                }
            }
        }
        gained
    }

    /// Potentials under which no step gains; they exist because no cycle gains.
    fn potentials(&self) -> IndexVec<NodeIndex, i128> {
        let mut gain = IndexVec::filled(0, self.graph.leaving.len());
        let mut came = IndexVec::filled(None, self.graph.leaving.len());
        while self.relax(&mut gain, &mut came).is_some() {}
        gain
    }
}

/// A change of the solution that brings one unit in.
pub(super) struct Entry {
    rank: Rank,
    steps: Vec<Step>,
}
