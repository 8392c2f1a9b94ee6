//! An index computed again: of every node only what a change touches, without findings.

use std::sync::Arc;

use super::Column;
use super::method::Origin;
use super::node::{Basis, Graph, Inputs, NodeColumns};
use super::variant::{Change, Override, Variant};

/// Results of one node that a memo keeps, the one used last first: the alternatives of a choice or
/// two, but not every draw of a weight.
const KEPT: usize = 8;

/// What was computed before, by the changes that it depends on. Numbers never depend on it.
#[derive(Clone, Debug, Default)]
pub struct Memo {
    /// The graph whose nodes these are.
    graph: Option<Arc<()>>,
    /// For each node, results for different changes.
    nodes: Vec<Vec<Remembered>>,
    /// Results so far, of all nodes: what a new one is told apart by.
    results: u64,
}

#[derive(Clone, Debug)]
struct Remembered {
    key: Key,
    result: u64,
    columns: Arc<NodeColumns>,
}

/// Everything on which the columns of a node depend in a graph.
#[derive(Clone, Debug)]
struct Key {
    /// What changes about the node itself.
    change: Option<Change>,
    /// The results of the nodes it is made from.
    inputs: Vec<u64>,
    /// Other values of the indicators that its steps read.
    read: Vec<(usize, Vec<Override>)>,
}

impl Key {
    fn same_as(&self, other: &Self) -> bool {
        let same_change = match (&self.change, &other.change) {
            (None, None) => true,
            (Some(one), Some(other)) => one.same_as(other),
            (Some(_), None) | (None, Some(_)) => false,
        };
        same_change && self.inputs == other.inputs && self.read == other.read
    }
}

/// The columns of every node under a variant.
#[derive(Clone, Debug)]
pub struct Evaluation {
    pub(crate) nodes: Vec<Arc<NodeColumns>>,
}

impl Evaluation {
    /// A node after its steps: the score of an aggregate, the normalised value of an indicator.
    pub(crate) fn value(&self, node: usize) -> &Column {
        &self.nodes[node].value
    }

    /// A node before its steps: the measured value, or the combined children.
    pub fn raw(&self, node: usize) -> &Column {
        &self.nodes[node].raw
    }
}

/// Computes every node under a variant. A node is taken from the memo where neither it nor anything
/// below it is other than it was then: of a variant of weights only the aggregates above are computed.
pub fn evaluate(graph: &Graph<'_>, variant: &Variant, memo: &mut Memo) -> Evaluation {
    memo.belong_to(graph);
    let measured = variant.measured(graph.method, &graph.measured);
    let mut results: Vec<u64> = Vec::with_capacity(graph.inputs.len());
    let mut nodes: Vec<Arc<NodeColumns>> = Vec::with_capacity(graph.inputs.len());
    for (at, inputs) in graph.inputs.iter().enumerate() {
        let key = Key {
            change: variant.of(at).cloned(),
            inputs: inputs.iter().map(|&node| results[node]).collect(),
            read: read(graph, variant, at),
        };
        let (result, columns) = memo.recall(at, key, |change| {
            let inputs = Inputs { nodes: &nodes, change, measured: &measured };
            graph.node(at, &inputs).columns
        });
        results.push(result);
        nodes.push(columns);
    }
    Evaluation { nodes }
}

/// The first unit that an evaluation could give no value, of a node in which it has one in another: a cell
/// that a mean cannot take, or weights that cannot be computed. Nodes in order, then units.
pub(crate) fn impossible(found: &Evaluation, declared: &Evaluation) -> Option<(usize, usize)> {
    found.nodes.iter().zip(&declared.nodes).enumerate().find_map(|(node, (own, declared))| {
        let Basis::Children(combination) = &own.basis else { return None };
        let lost = |unit: &usize| declared.raw.value(*unit).is_some();
        let units = combination.combined.impossible.iter().map(|(unit, _)| *unit);
        let failed = combination.combined.failure.is_some();
        let all = (0..declared.raw.len()).filter(move |_| failed);
        units.chain(all).find(lost).map(|unit| (node, unit))
    })
}

/// The values that a variant takes to be others, of the indicators that the steps of a node read.
fn read(graph: &Graph<'_>, variant: &Variant, at: usize) -> Vec<(usize, Vec<Override>)> {
    if !variant.has_overrides() {
        return Vec::new();
    }
    let change = variant.of(at);
    let each = match &graph.method.nodes[at].origin {
        Origin::Children(declared) => {
            &change.and_then(Change::aggregate).unwrap_or(declared).each[..]
        }
        Origin::Measures(_) | Origin::Category(_) | Origin::Nodes(_) => &[],
    };
    let mut read = graph.read_by(graph.steps(at, change));
    read.extend(graph.read_by(each));
    let changed = read.into_iter().filter(|&node| !variant.overrides(node).is_empty());
    changed.map(|node| (node, variant.overrides(node).to_vec())).collect()
}

impl Memo {
    /// What is known when every node was just computed without a change.
    pub(crate) fn of(graph: &Graph<'_>, nodes: &[Arc<NodeColumns>]) -> Self {
        let mut memo = Self::default();
        memo.belong_to(graph);
        // the result of a node is known by its position, from 1
        for (at, columns) in nodes.iter().enumerate() {
            let inputs = graph.inputs[at].iter().map(|&node| node as u64 + 1).collect();
            memo.results += 1;
            memo.nodes[at].push(Remembered {
                key: Key { change: None, inputs, read: Vec::new() },
                result: memo.results,
                columns: Arc::clone(columns),
            });
        }
        memo
    }

    /// Forgets everything when it was used with another graph.
    fn belong_to(&mut self, graph: &Graph<'_>) {
        let known = self.graph.as_ref().is_some_and(|own| Arc::ptr_eq(own, &graph.identity));
        if !known {
            let nodes = vec![Vec::new(); graph.inputs.len()];
            *self = Self { graph: Some(Arc::clone(&graph.identity)), nodes, results: 0 };
        }
    }

    /// The columns of a node for a key, with what the result is known by.
    fn recall(
        &mut self,
        node: usize,
        key: Key,
        compute: impl FnOnce(Option<&Change>) -> NodeColumns,
    ) -> (u64, Arc<NodeColumns>) {
        let kept = &mut self.nodes[node];
        if let Some(at) = kept.iter().position(|known| known.key.same_as(&key)) {
            kept[..=at].rotate_right(1);
        } else {
            let columns = Arc::new(compute(key.change.as_ref()));
            self.results += 1;
            kept.truncate(KEPT - 1);
            kept.insert(0, Remembered { key, result: self.results, columns });
        }
        (kept[0].result, Arc::clone(&kept[0].columns))
    }
}
