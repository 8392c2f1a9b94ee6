//! Doubts about an index that its own numbers raise, each with advice.

use super::resolution::resolution;
use crate::index::graph::Graph;
use crate::index::method::{Method, Origin};
use crate::index::node::{Made, NodeColumns};
use crate::index::result::Index;
use crate::index::stats;
use crate::message::index::diagnostics as message;
use crate::quality::{Finding, Severity};

/// Below this share of the parent's variance a child has hardly any influence.
const LOW: f64 = 0.02;
/// From this correlation on two children say nearly the same.
const SAME: f64 = 0.9;
/// Blocks of ties that are named.
const SHOWN: usize = 3;

/// Children that work against their parent, hardly count in it, or say the same.
pub(crate) fn on_children(graph: &Graph<'_>, at: usize, columns: &NodeColumns) -> Vec<Finding> {
    let Made::Children(made) = &columns.made else { return Vec::new() };
    if made.columns.len() < 2 {
        return Vec::new();
    }
    let mut findings = Vec::new();
    let id = |node: usize| graph.method.nodes[node].id.as_str();
    let child = |at: usize| id(made.children[at]);
    let parent = stats::base_or_nan(made.combined.column.values(), &graph.ranked);
    for (column, (&weight, &node)) in
        made.columns.iter().zip(made.combined.weights.iter().zip(&made.children))
    {
        if weight == 0.0 {
            continue;
        }
        let Some(r) = stats::pearson(column.values(), &parent) else { continue };
        if r < 0.0 {
            findings.push(message::negative_correlation(id(node), id(at), r));
        } else if r * r < LOW {
            findings.push(message::low_influence(id(node), id(at), 100.0 * r * r));
        }
    }
    let bases: Vec<Vec<f64>> = made
        .columns
        .iter()
        .map(|column| stats::base_or_nan(column.values(), &graph.ranked))
        .collect();
    for i in 0..bases.len() {
        for j in 0..i {
            if let Some(r) = stats::pearson(&bases[i], &bases[j]).filter(|r| r.abs() >= SAME) {
                findings.push(message::redundant_pair(id(at), child(j), child(i), r));
            }
        }
    }
    findings
}

/// Indices that cannot tell units apart.
pub(crate) fn on_index(method: &Method, index: &Index) -> Vec<Finding> {
    let mut findings = Vec::new();
    for root in roots(method) {
        let found = resolution(method, index, root);
        if found.scored == 0 || found.distinct == found.scored {
            continue;
        }
        let mut largest = found.blocks.clone();
        largest.sort_by_key(|block| (usize::MAX - block.units(), block.first));
        largest.truncate(SHOWN);
        let ties: Vec<(usize, usize)> =
            largest.iter().map(|block| (block.first, block.last)).collect();
        let seen = message::Coarseness {
            scored: found.scored,
            distinct: found.distinct,
            profiles: found.profiles,
            coarse: 100.0 * found.coarse_weight,
            ties: &ties,
        };
        let mut finding = message::resolution(&method.nodes[root].id, &seen);
        // a few pairs of equal scores are no lack of resolution
        if found.largest().is_some_and(|block| block.units() * 100 < found.scored) {
            finding = finding.weighing(Severity::Note);
        }
        findings.push(finding);
    }
    findings
}

/// Nodes made from nodes that nothing else is made of.
fn roots(method: &Method) -> Vec<usize> {
    let mut used = vec![false; method.nodes.len()];
    for node in &method.nodes {
        match &node.origin {
            Origin::Children(aggregate) => {
                aggregate.children.iter().for_each(|child| used[child.node] = true);
            }
            Origin::Nodes(formula) => {
                for at in formula.names().iter().filter_map(|name| method.node(name)) {
                    used[at] = true;
                }
            }
            Origin::Measures(_) | Origin::Category(_) => {}
        }
    }
    (0..method.nodes.len()).filter(|&at| !used[at] && !method.nodes[at].is_indicator()).collect()
}
