//! What an index shows about itself: distributions, correlations, influence, resolution.

mod description;
#[cfg(test)]
pub(crate) mod fixture;
mod grain;
mod influence;
mod removal;
mod resolution;

pub(crate) use description::Description;
pub use description::{compound_growth, describe, fitted_change};
pub(crate) use grain::Grain;
pub(crate) use influence::Components;
pub(crate) use influence::{between_areas, covariance_share, influences};
pub use influence::{components, cronbach_alpha, tree_weights};
pub use removal::{Removal, removals};
pub(crate) use resolution::{coarse_weight, resolution};

use super::method::{Aggregate, Method, Origin};
use super::result::{ChildWeight, Index};
use super::stats::{Links, base_or_nan};
use crate::register::Register;

/// From this correlation on two components say nearly the same.
pub(crate) const REDUNDANT: f64 = 0.9;
/// Down to this correlation two components say the opposite of each other.
pub(crate) const OPPOSED: f64 = -0.9;

/// Everything the statistics of an index show.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Statistics {
    /// One for each node, in the order of the method.
    pub nodes: Vec<NodeStatistics>,
    /// Each pair of indicators, by their values after all steps, at the coarser level of the two.
    pub pairs: Vec<Pair>,
    /// One for each parent with at least two children.
    pub families: Vec<FamilyStatistics>,
}

/// The statistics of a node over the ranked units.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NodeStatistics {
    /// The node.
    pub id: String,
    /// The level at which it was measured.
    pub level: String,
    /// The distribution before its steps.
    pub raw: Description,
    /// The distribution after its steps.
    pub value: Description,
    /// Share of the variance after its steps that lies between the areas of the column `by`.
    pub between: Option<f64>,
}

/// How two nodes move together.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Pair {
    /// One node.
    pub a: String,
    /// The other.
    pub b: String,
    /// The coarser of the levels at which they were measured: a value of a county counts once, not
    /// once for each commune on which it is written.
    pub level: String,
    /// The coefficients between the areas of that level, where both vary.
    pub links: Links,
}

/// The statistics of a parent.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FamilyStatistics {
    /// The parent.
    pub id: String,
    /// Cronbach's alpha of its children.
    pub alpha: Option<f64>,
    /// The principal components of its children.
    pub components: Option<Components>,
    /// For each child its weight, and how it works in the parent.
    pub influence: Vec<ChildWeight>,
}

/// The statistics of an index over its ranked units; variance between the areas of the register
/// column `by`.
pub(crate) fn statistics(
    method: &Method,
    register: &Register,
    index: &Index,
    by: &str,
) -> Statistics {
    let column = |node: usize| base_or_nan(index.nodes[node].value.values(), &index.ranked);
    let level = register.level(by);
    let nodes = index.nodes.iter().enumerate().map(|(at, node)| NodeStatistics {
        id: node.id.clone(),
        level: node.level.clone(),
        raw: describe(&base_or_nan(node.raw.values(), &index.ranked), &index.ranked),
        value: describe(&column(at), &index.ranked),
        between: level.and_then(|level| between_areas(&column(at), &level.of_unit)),
    });
    let indicators: Vec<usize> =
        (0..method.nodes.len()).filter(|&at| method.nodes[at].is_indicator()).collect();
    let columns: Vec<Vec<f64>> = indicators.iter().map(|&at| column(at)).collect();
    let grain = Grain::of(method, register, index);
    let mut pairs = Vec::new();
    for (i, &a) in indicators.iter().enumerate() {
        for (j, &b) in indicators.iter().enumerate().skip(i + 1) {
            pairs.push(Pair {
                a: method.nodes[a].id.clone(),
                b: method.nodes[b].id.clone(),
                level: grain.coarser(a, b).to_owned(),
                links: grain.links((a, &columns[i]), (b, &columns[j])),
            });
        }
    }
    let families = method.nodes.iter().enumerate().filter_map(|(at, node)| match &node.origin {
        Origin::Children(aggregate) if aggregate.children.len() > 1 => {
            Some(family(method, index, at, aggregate))
        }
        Origin::Children(_) | Origin::Measures(_) | Origin::Category(_) | Origin::Nodes(_) => None,
    });
    Statistics { nodes: nodes.collect(), pairs, families: families.collect() }
}

fn family(method: &Method, index: &Index, at: usize, aggregate: &Aggregate) -> FamilyStatistics {
    let columns: Vec<Vec<f64>> = aggregate
        .children
        .iter()
        .map(|child| base_or_nan(index.nodes[child.node].value.values(), &index.ranked))
        .collect();
    let views: Vec<&[f64]> = columns.iter().map(Vec::as_slice).collect();
    FamilyStatistics {
        id: method.nodes[at].id.clone(),
        alpha: cronbach_alpha(&views),
        components: components(&views),
        influence: index.nodes[at].weights.clone(),
    }
}

#[cfg(test)]
mod tests;
