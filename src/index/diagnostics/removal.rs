//! What leaving a node out does to a score: how far the units move.

use crate::index::aggregate::{Combine, Weights};
use crate::index::evaluate::{Memo, evaluate};
use crate::index::method::{Aggregate, Origin};
use crate::index::node::Graph;
use crate::index::stats::{self, Ranking};
use crate::index::variant::Variant;

/// What leaving a node out does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Removal {
    /// Position of the node in the method.
    pub node: usize,
    /// Mean of the absolute changes of rank, over the units of the distribution that have a score with
    /// the node and without it.
    pub shift: f64,
}

/// Leaves out each node below a score, out of all its parents, one after the other.
///
/// A node that a formula names, an only child, or one without weight is not left out; neither is what
/// lies below an aggregate by pairs of units (Copeland) or one that searches for its weights, each of
/// which would have to be made anew.
///
/// Source: OECD/JRC Handbook (2008), step 7; W. Becker, *COINr* (2022), `remove_elements`.
pub fn removals(graph: &Graph<'_>, of: usize, memo: &mut Memo) -> Vec<Removal> {
    let mut places = |variant: &Variant| {
        let evaluation = evaluate(graph, variant, memo);
        stats::ranks(evaluation.value(of).values(), &graph.ranked, Ranking::default())
    };
    let before = places(&Variant::default());
    let removals = removable(graph, of).into_iter().map(|(node, variant)| {
        let after = places(&variant);
        let moves: Vec<f64> = before.iter().zip(&after).map(|(a, b)| (a - b).abs()).collect();
        Removal { node, shift: stats::mean(&stats::base(&moves, &graph.ranked)) }
    });
    removals.collect()
}

/// The nodes that can be left out, each with the variant that does so.
fn removable(graph: &Graph<'_>, of: usize) -> Vec<(usize, Variant)> {
    let below = graph.method.below(of);
    let mut variants: Vec<Option<Variant>> = vec![None; of];
    let mut costly = vec![false; of + 1];
    let mut fixed = vec![false; of + 1];
    for parent in (0..=of).rev().filter(|&node| below[node]) {
        match &graph.method.nodes[parent].origin {
            Origin::Children(aggregate) => {
                costly[parent] |= is_costly(aggregate);
                let weighty = aggregate.children.iter().filter(|child| child.weight != 0.0).count();
                for (position, child) in aggregate.children.iter().enumerate() {
                    costly[child.node] |= costly[parent];
                    if child.weight != 0.0 {
                        fixed[child.node] |= weighty == 1;
                        let variant = variants[child.node].take().unwrap_or_default();
                        variants[child.node] = Some(variant.without_child(parent, position));
                    }
                }
            }
            Origin::Nodes(_) => {
                for &input in &graph.inputs[parent] {
                    fixed[input] = true;
                    costly[input] |= costly[parent];
                }
            }
            Origin::Measures(_) | Origin::Category(_) => {}
        }
    }
    let variants = variants.into_iter().enumerate();
    let free = variants.filter(|(node, _)| !fixed[*node] && !costly[*node]);
    free.filter_map(|(node, variant)| Some((node, variant?))).collect()
}

fn is_costly(aggregate: &Aggregate) -> bool {
    matches!(aggregate.combine, Combine::Copeland(_))
        || matches!(aggregate.weights, Weights::Optimise(_))
}
