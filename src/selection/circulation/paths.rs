//! Ways through the graph of changes: the best one, a cycle that gains, potentials.

use std::collections::VecDeque;

use super::{Circulation, Search, Step};

impl Circulation<'_> {
    /// The best way from one node to another (Bellman-Ford with a queue), or any way.
    pub(super) fn path(&self, from: usize, to: usize, search: Search) -> Option<(i128, Vec<Step>)> {
        let mut gain: Vec<Option<i128>> = vec![None; self.leaving.len()];
        let mut came: Vec<Option<Step>> = vec![None; self.leaving.len()];
        let mut queued = vec![false; self.leaving.len()];
        let mut queue = VecDeque::from([from]);
        gain[from] = Some(0);
        while let Some(node) = queue.pop_front() {
            queued[node] = false;
            for step in &self.leaving[node] {
                let Some(more) = self.gain(*step) else { continue };
                let head = self.head(*step);
                let here = gain[node].expect("a queued node was reached");
                let there = if search == Search::Gain { here + more } else { 0 };
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
            node = self.tail(step);
        }
        Some((total, steps))
    }

    /// A cycle of changes that gains, if there is one.
    pub(super) fn gaining_cycle(&self) -> Option<Vec<Step>> {
        let nodes = self.leaving.len();
        let mut gain = vec![0; nodes];
        let mut came: Vec<Option<Step>> = vec![None; nodes];
        let mut last = None;
        for _ in 0..=nodes {
            last = self.relax(&mut gain, &mut came);
            last?;
        }
        // still gaining after as many rounds as nodes: whoever came last leads back into a cycle
        let mut node = last?;
        for _ in 0..nodes {
            node = self.tail(came[node]?);
        }
        let start = node;
        let mut cycle = Vec::new();
        loop {
            let step = came[node]?;
            cycle.push(step);
            node = self.tail(step);
            if node == start {
                return Some(cycle);
            }
        }
    }

    /// One round over all steps; answers a node that gained.
    fn relax(&self, gain: &mut [i128], came: &mut [Option<Step>]) -> Option<usize> {
        let mut gained = None;
        for node in 0..self.leaving.len() {
            for step in &self.leaving[node] {
                let Some(more) = self.gain(*step) else { continue };
                let head = self.head(*step);
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
    pub(super) fn potentials(&self) -> Vec<i128> {
        let mut gain = vec![0; self.leaving.len()];
        let mut came = vec![None; self.leaving.len()];
        while self.relax(&mut gain, &mut came).is_some() {}
        gain
    }
}
