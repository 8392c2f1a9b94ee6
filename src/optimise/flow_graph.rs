//! Two crossing laminar families of rows as a small graph.
//!
//! One family runs from the places down to its innermost rows, the other from its innermost rows
//! back up to the places; each class of units joins the two. A solution that keeps every row is a
//! circulation of units through this graph, and the graph has a node for each row, not for each
//! unit. Two laminar families give a totally unimodular matrix (Edmonds 1970), so whole-numbered
//! circulations are all there is to look at: what is found here is exact.
//!
//! The *residual* steps of a circulation carry one unit more or one fewer along an arc.

use super::laminar::LaminarFamily;
use super::problem::{ClassIndex, IndexVec, Position, Problem, RowIndex, UnitClasses, positions};

positions! {
    /// A node of the graph: the two ends of the places, then a node for each row.
    NodeIndex
    /// An arc of the graph.
    ArcIndex
}

/// Where the first family begins.
const SOURCE: NodeIndex = NodeIndex(0);
/// Where the second family ends.
const SINK: NodeIndex = NodeIndex(1);

impl NodeIndex {
    fn of(row: RowIndex) -> Self {
        Self(row.number() + 2)
    }
}

/// A problem whose rows are seen as two laminar families.
#[derive(Clone, Copy)]
pub(super) struct TwoFamilies<'a> {
    pub(super) problem: &'a Problem,
    pub(super) classes: &'a UnitClasses,
    /// The family that runs down from the places.
    pub(super) down: &'a LaminarFamily,
    /// The family that runs up to them.
    pub(super) up: &'a LaminarFamily,
}

/// A connection of two nodes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Arc {
    pub(super) from: NodeIndex,
    pub(super) to: NodeIndex,
    pub(super) carries: Carries,
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Carries {
    Row(RowIndex),
    Class(ClassIndex),
}

/// The graph of two crossing families.
#[derive(Clone, Debug)]
pub(super) struct Graph {
    pub(super) arcs: IndexVec<ArcIndex, Arc>,
    /// The arc of each class.
    arc_of: IndexVec<ClassIndex, ArcIndex>,
    /// Steps that leave each node.
    pub(super) leaving: IndexVec<NodeIndex, Vec<Step>>,
}

impl Graph {
    pub(super) fn new(rows: TwoFamilies<'_>) -> Self {
        let TwoFamilies { problem, classes, down, up } = rows;
        let mut arcs = IndexVec::new();
        arcs.push(Arc { from: SINK, to: SOURCE, carries: Carries::Row(RowIndex::PLACES) });
        for row in &down.rows {
            let outer = down.parent[*row].map_or(SOURCE, NodeIndex::of);
            arcs.push(Arc { from: outer, to: NodeIndex::of(*row), carries: Carries::Row(*row) });
        }
        for row in &up.rows {
            let outer = up.parent[*row].map_or(SINK, NodeIndex::of);
            arcs.push(Arc { from: NodeIndex::of(*row), to: outer, carries: Carries::Row(*row) });
        }
        let mut arc_of = IndexVec::new();
        for class in classes.rows.positions() {
            let from = down.innermost[class].map_or(SOURCE, NodeIndex::of);
            let to = up.innermost[class].map_or(SINK, NodeIndex::of);
            arc_of.push(arcs.push(Arc { from, to, carries: Carries::Class(class) }));
        }
        let mut leaving = IndexVec::filled(Vec::new(), problem.rows.len() + 2);
        for (at, arc) in arcs.enumerate() {
            leaving[arc.from].push(Step { arc: at, change: Change::More });
            leaving[arc.to].push(Step { arc: at, change: Change::Fewer });
        }
        Self { arcs, arc_of, leaving }
    }

    /// The arc of a class.
    pub(super) fn arc(&self, class: ClassIndex) -> Arc {
        self.arcs[self.arc_of[class]]
    }

    pub(super) fn head(&self, step: Step) -> NodeIndex {
        let arc = self.arcs[step.arc];
        match step.change {
            Change::More => arc.to,
            Change::Fewer => arc.from,
        }
    }

    pub(super) fn tail(&self, step: Step) -> NodeIndex {
        let arc = self.arcs[step.arc];
        match step.change {
            Change::More => arc.from,
            Change::Fewer => arc.to,
        }
    }
}

/// One unit more along an arc, or one fewer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Change {
    More,
    Fewer,
}

/// A residual step.
#[derive(Clone, Copy, Debug)]
pub(super) struct Step {
    pub(super) arc: ArcIndex,
    pub(super) change: Change,
}
