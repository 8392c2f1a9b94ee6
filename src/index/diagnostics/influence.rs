//! How much parts weigh, and how much they count.

use std::collections::BTreeMap;

use crate::index::method::{Method, Origin};
use crate::index::result::Index;
use crate::index::stats;

/// Groups into which a child is cut for the correlation ratio.
const GROUPS: usize = 20;

/// The nominal weight of every descendant of a node in it: products of weights along the tree, each
/// family scaled to sum 1. The node itself has weight 1; a node reached on several ways adds up.
pub fn tree_weights(method: &Method, index: &Index, root: usize) -> Vec<f64> {
    let mut weights = vec![0.0; method.nodes.len()];
    weights[root] = 1.0;
    // children stand before their parents
    for at in (0..=root).rev() {
        if weights[at] == 0.0 {
            continue;
        }
        let Origin::Children(aggregate) = &method.nodes[at].origin else { continue };
        let used: Vec<f64> = index.nodes[at].weights.iter().map(|weight| weight.nominal).collect();
        let total = stats::sum(used.iter().copied());
        for (child, weight) in aggregate.children.iter().zip(used) {
            weights[child.node] += weights[at] * weight / total;
        }
    }
    weights
}

/// Pearson's correlation ratio: the share of the parent's variance that lies between groups of
/// units with similar values of the child (twenty groups of about equal size; equal values are
/// never split). Unlike a correlation it sees curved relations too. `None` without variance.
///
/// Source: P. Paruolo, M. Saisana, A. Saltelli, "Ratings and rankings: voodoo or science?", Journal
/// of the Royal Statistical Society A 176 (2013), with groups in place of their kernel smoother.
pub fn correlation_ratio(child: &[f64], parent: &[f64]) -> Option<f64> {
    let mut pairs: Vec<(f64, f64)> = child
        .iter()
        .zip(parent)
        .filter(|(x, y)| !x.is_nan() && !y.is_nan())
        .map(|(&x, &y)| (x, y))
        .collect();
    // the sort is stable: equal values stay in register order
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut groups, mut group) = (vec![0_u32; pairs.len()], 0_u32);
    for at in 1..pairs.len() {
        let boundary = (at * GROUPS / pairs.len()) > ((at - 1) * GROUPS / pairs.len());
        let pending = boundary || groups_behind(at, pairs.len(), group);
        if pending && pairs[at].0.total_cmp(&pairs[at - 1].0).is_ne() {
            group += 1;
        }
        groups[at] = group;
    }
    let parents: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
    between_areas(&parents, &groups)
}

/// Whether fewer groups were begun than the position asks for, because equal values stood at the
/// boundary.
fn groups_behind(at: usize, n: usize, group: u32) -> bool {
    (group as usize) < at * GROUPS / n
}

/// `Σn_a(mean_a - mean)²/Σ(x - mean)²` over the areas of the units; NaN values are left out. `None`
/// for a column without variance.
pub fn between_areas(values: &[f64], areas: &[u32]) -> Option<f64> {
    let mut members: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for (&value, &area) in values.iter().zip(areas) {
        if !value.is_nan() {
            members.entry(area).or_default().push(value);
        }
    }
    let all = stats::present(values);
    let centre = stats::mean(&all);
    let total = stats::sum(all.iter().map(|x| (x - centre) * (x - centre)));
    let between = stats::sum(members.values().map(|base| {
        let away = stats::mean(base) - centre;
        base.len() as f64 * away * away
    }));
    let constant = stats::minimum(&all).total_cmp(&stats::maximum(&all)).is_eq();
    (total > 0.0 && !constant).then(|| (between / total).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curved_relation_is_seen() {
        let child: Vec<f64> = (-200..=200).map(f64::from).collect();
        let parent: Vec<f64> = child.iter().map(|x| x * x).collect();
        assert!(stats::pearson(&child, &parent).unwrap().abs() < 1e-12);
        assert!(correlation_ratio(&child, &parent).unwrap() > 0.98);
    }

    #[test]
    fn equal_values_stay_together() {
        let child = [0.0; 40].map(|x| x + 1.0);
        let mut child = child.to_vec();
        child.extend([2.0; 40]);
        let parent: Vec<f64> = (0..80).map(|i| f64::from(i / 40)).collect();
        assert_eq!(correlation_ratio(&child, &parent), Some(1.0));
    }

    #[test]
    fn a_county_value_varies_between_counties_only() {
        assert_eq!(between_areas(&[1.0, 1.0, 3.0, 3.0], &[0, 0, 1, 1]), Some(1.0));
        assert_eq!(between_areas(&[1.0, 3.0, 1.0, 3.0], &[0, 0, 1, 1]), Some(0.0));
        assert_eq!(between_areas(&[1.0, 1.0, f64::NAN], &[0, 0, 1]), None);
    }
}
