//! A walk down an order where two families of rows cross: whoever the taken ones leave a way for is taken.
//!
//! Without weights any unit of a class may stand for any other, so that a circulation is a number of units
//! of each class. One is held that keeps every row and holds what is taken; a unit of a class with more in
//! it than are taken is taken at no cost, for any other a path of residual steps is looked for that brings
//! one more of its class in and touches nobody taken. There is a solution that holds the taken ones and the
//! unit exactly when one of the two is there.

use super::flow_graph::{Carries, Change, Graph, NodeIndex, Step, TwoFamilies};
use super::problem::{ClassIndex, IndexVec, Problem, Rank, RowIndex, Solution, UnitClasses, count};

/// The solution that holds the highest unit of an order on which solutions differ, with the `locked` units
/// in; `None` where there is none.
pub(super) fn best(
    rows: TwoFamilies<'_>,
    graph: &Graph,
    order: &[Rank],
    locked: &Solution,
) -> Option<Solution> {
    let TwoFamilies { problem, classes, .. } = rows;
    let mut flow = ClassFlow::new(problem, classes, graph);
    let mut solution = problem.nobody();
    for rank in locked.marked() {
        let class = classes.of[rank];
        flow.change(class, 1);
        flow.taken[class] += 1;
        solution[rank] = true;
    }
    if flow.is_overfull() {
        return None;
    }
    let free = || order.iter().copied().filter(|rank| !locked[*rank]);
    free().for_each(|rank| flow.fill(classes.of[rank]));
    flow.meet_minima()?;
    for rank in free() {
        solution[rank] = flow.take(classes.of[rank]);
    }
    Some(solution)
}

/// How many units of each class are in, and how many of them must be.
struct ClassFlow<'a> {
    problem: &'a Problem,
    classes: &'a UnitClasses,
    graph: &'a Graph,
    counts: IndexVec<RowIndex, i64>,
    held: IndexVec<ClassIndex, i64>,
    /// Units that stay.
    taken: IndexVec<ClassIndex, i64>,
    /// Most that may be in: all of a class, or those taken once there was no way for another one.
    most: IndexVec<ClassIndex, i64>,
    search: Search,
}

/// The way back from each node that a search reached.
struct Search {
    /// The number of the search that reached a node last, and the step by which.
    came: IndexVec<NodeIndex, (u32, Option<Step>)>,
    number: u32,
    queue: Vec<NodeIndex>,
}

impl<'a> ClassFlow<'a> {
    fn new(problem: &'a Problem, classes: &'a UnitClasses, graph: &'a Graph) -> Self {
        let none = || IndexVec::filled(0, classes.rows.len());
        let came = IndexVec::filled((0, None), graph.leaving.len());
        Self {
            problem,
            classes,
            graph,
            counts: IndexVec::filled(0, problem.rows.len()),
            held: none(),
            taken: none(),
            most: classes.units.iter().map(|units| count(units.len())).collect(),
            search: Search { came, number: 0, queue: Vec::new() },
        }
    }

    fn is_overfull(&self) -> bool {
        self.problem.rows.iter().zip(self.counts.iter()).any(|(row, held)| *held > row.hi)
    }

    /// So many units more of a class.
    fn change(&mut self, class: ClassIndex, by: i64) {
        self.held[class] += by;
        self.classes.rows[class].iter().for_each(|row| self.counts[*row] += by);
    }

    /// One unit more of a class, where every row has room.
    fn fill(&mut self, class: ClassIndex) {
        let room = |row: &RowIndex| self.counts[*row] < self.problem.rows[*row].hi;
        if self.classes.rows[class].iter().all(room) {
            self.change(class, 1);
        }
    }

    /// Fills rows below their minimum, one unit at a time; `None` when one cannot be filled.
    fn meet_minima(&mut self) -> Option<()> {
        for arc in self.graph.arcs.iter() {
            let Carries::Row(row) = arc.carries else { continue };
            while self.counts[row] < self.problem.rows[row].lo {
                self.walk(arc.to, arc.from).then_some(())?;
            }
        }
        Some(())
    }

    /// Takes a unit of a class for good, where there is a way.
    fn take(&mut self, class: ClassIndex) -> bool {
        if self.taken[class] == self.most[class] {
            return false;
        }
        if self.held[class] == self.taken[class] {
            let arc = self.graph.arc(class);
            if !self.walk(arc.to, arc.from) {
                // a class that found no way once never finds one again
                self.most[class] = self.taken[class];
                return false;
            }
            self.change(class, 1);
        }
        self.taken[class] += 1;
        true
    }

    fn may(&self, step: Step) -> bool {
        match (self.graph.arcs[step.arc].carries, step.change) {
            (Carries::Row(row), Change::More) => self.counts[row] < self.problem.rows[row].hi,
            (Carries::Row(row), Change::Fewer) => self.counts[row] > self.problem.rows[row].lo,
            (Carries::Class(class), Change::More) => self.held[class] < self.most[class],
            (Carries::Class(class), Change::Fewer) => self.held[class] > self.taken[class],
        }
    }

    /// Goes from one node to another by residual steps, the fewest; answers whether there is a way.
    fn walk(&mut self, from: NodeIndex, to: NodeIndex) -> bool {
        self.search.number += 1;
        let number = self.search.number;
        self.search.queue.clear();
        self.search.queue.push(from);
        self.search.came[from] = (number, None);
        let mut next = 0;
        while self.search.came[to].0 != number {
            let Some(node) = self.search.queue.get(next).copied() else { return false };
            next += 1;
            for step in &self.graph.leaving[node] {
                let head = self.graph.head(*step);
                if self.search.came[head].0 != number && self.may(*step) {
                    self.search.came[head] = (number, Some(*step));
                    self.search.queue.push(head);
                }
            }
        }
        let mut node = to;
        while let Some(step) = self.search.came[node].1 {
            if let Carries::Class(class) = self.graph.arcs[step.arc].carries {
                self.change(class, if step.change == Change::More { 1 } else { -1 });
            }
            node = self.graph.tail(step);
        }
        true
    }
}
