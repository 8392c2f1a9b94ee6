//! How parts weigh, how much they count, and how they hang together.

use std::collections::BTreeMap;

use crate::index::Column;
use crate::index::method::{Method, Origin};
use crate::index::node::{Basis, Graph, NodeColumns};
use crate::index::result::{Index, Influence};
use crate::index::stats::{self, Matrix, eigen};

/// Groups into which a child is cut for the correlation ratio, at most: as many as there are units in
/// each of them when units are few, so that groups of one do not explain everything.
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

/// How each child of a node works in it; empty for a node without children.
///
/// The effective weight of a child is S/ΣS, S being its [`correlation_ratio`]. Sources: P. Paruolo, M.
/// Saisana, A. Saltelli (2013), below; W. Becker, M. Saisana, P. Paruolo, I. Vandecasteele, "Weights
/// and importance in composite indicators", Ecological Indicators 80 (2017).
pub(crate) fn influences(graph: &Graph<'_>, columns: &NodeColumns) -> Vec<Influence> {
    let Basis::Children(combination) = &columns.basis else { return Vec::new() };
    let parent = stats::base_or_nan(combination.combined.column.values(), &graph.ranked);
    let weights = &combination.combined.weights;
    let weighty = |at: &usize| weights[*at] != 0.0;
    let ratio = |at: usize| correlation_ratio(combination.columns[at].values(), &parent);
    let ratios: Vec<Option<f64>> =
        (0..weights.len()).map(|at| Some(at).filter(weighty).and_then(ratio)).collect();
    let total = stats::sum(ratios.iter().copied().flatten());
    let measured = |(at, column): (usize, &Column)| Influence {
        pearson: stats::pearson(column.values(), &parent),
        ratio: ratios[at],
        effective: ratios[at].filter(|_| total > 0.0).map(|ratio| ratio / total),
        covariance: combination
            .adding
            .as_ref()
            .filter(|_| weights[at] != 0.0)
            .and_then(|adding| covariance_share(column.values(), &parent, adding[at])),
    };
    combination.columns.iter().enumerate().map(measured).collect()
}

/// The share w·cov(x, y)/var(y) of a part `x` of a sum `y` in which it has the weight `w`, over the
/// units that have both; `None` where the sum does not vary over them.
pub(crate) fn covariance_share(part: &[f64], whole: &[f64], weight: f64) -> Option<f64> {
    let known = |(x, y): (&f64, &f64)| if x.is_nan() { f64::NAN } else { *y };
    let own: Vec<f64> = part.iter().zip(whole).map(known).collect();
    let present = stats::present(&own);
    let varies = stats::minimum(&present) < stats::maximum(&present);
    Some(weight * covariance(part, whole)? / covariance(&own, &own).filter(|_| varies)?)
}

/// Pearson's correlation ratio: the share of the parent's variance that lies between groups of
/// units with similar values of the child (twenty groups of about equal size; equal values are
/// never split; of fewer than 400 units √n groups). Unlike a correlation it sees curved relations
/// too. `None` without variance.
///
/// Source: P. Paruolo, M. Saisana, A. Saltelli, "Ratings and rankings: voodoo or science?", Journal
/// of the Royal Statistical Society A 176 (2013), with groups in place of their kernel smoother.
pub(crate) fn correlation_ratio(child: &[f64], parent: &[f64]) -> Option<f64> {
    let mut pairs: Vec<(f64, f64)> = child
        .iter()
        .zip(parent)
        .filter(|(x, y)| !x.is_nan() && !y.is_nan())
        .map(|(&x, &y)| (x, y))
        .collect();
    // the sort is stable: equal values stay in register order
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let most = GROUPS.min(pairs.len().isqrt());
    let asked = |at: usize| at * most / pairs.len();
    let (mut groups, mut group) = (vec![0_u32; pairs.len()], 0_u32);
    for at in 1..pairs.len() {
        // fewer groups were begun than the position asks for where equal values stood at a boundary
        let pending = asked(at) > asked(at - 1) || (group as usize) < asked(at);
        if pending && pairs[at].0.total_cmp(&pairs[at - 1].0).is_ne() {
            group += 1;
        }
        groups[at] = group;
    }
    let parents: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
    between_areas(&parents, &groups)
}

/// `Σn_a(mean_a - mean)²/Σ(x - mean)²` over the areas of the units; NaN values are left out. `None`
/// for a column without variance.
pub(crate) fn between_areas(values: &[f64], areas: &[u32]) -> Option<f64> {
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

/// Principal components of the correlation matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Components {
    /// Units with a value in all columns.
    pub rows: usize,
    /// Mean of each column.
    pub centre: Vec<f64>,
    /// Standard deviation (n - 1) of each column.
    pub scale: Vec<f64>,
    /// Eigenvalues, falling: the variances of the components.
    pub eigenvalues: Vec<f64>,
    /// Share of the variance of each component.
    pub shares: Vec<f64>,
    /// For each component the loading of each column (eigenvector of length 1, its greatest entry
    /// positive).
    pub loadings: Vec<Vec<f64>>,
}

/// Principal components over the rows in which no column is missing; `None` where a column is
/// constant there, or fewer than three rows are complete.
///
/// Source: OECD/JRC Handbook (2008), step 4.
pub fn components(columns: &[&[f64]]) -> Option<Components> {
    let units = columns.first()?.len();
    let complete: Vec<usize> =
        (0..units).filter(|&unit| columns.iter().all(|column| !column[unit].is_nan())).collect();
    if complete.len() < 3 || columns.len() < 2 {
        return None;
    }
    let bases: Vec<Vec<f64>> =
        columns.iter().map(|column| complete.iter().map(|&unit| column[unit]).collect()).collect();
    let mut cells = vec![vec![1.0; bases.len()]; bases.len()];
    for i in 0..bases.len() {
        for j in 0..i {
            cells[i][j] = stats::pearson(&bases[i], &bases[j])?;
            cells[j][i] = cells[i][j];
        }
    }
    let parts = eigen(&Matrix::from_fn(bases.len(), |i, j| cells[i][j]));
    let total = stats::sum(parts.values.iter().copied());
    Some(Components {
        rows: complete.len(),
        centre: bases.iter().map(|base| stats::mean(base)).collect(),
        scale: bases.iter().map(|base| stats::variance(base, 1).sqrt()).collect(),
        shares: parts.values.iter().map(|value| value / total).collect(),
        eigenvalues: parts.values,
        loadings: parts.vectors,
    })
}

/// Cronbach's alpha: k²·c/S, c being the mean covariance between different columns and S the sum of
/// the whole covariance matrix, each covariance over the pairs that are complete. `None` for fewer
/// than two columns or no variance.
///
/// Source: L. J. Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika
/// 16 (1951); OECD/JRC Handbook (2008), step 4.
pub fn cronbach_alpha(columns: &[&[f64]]) -> Option<f64> {
    let k = columns.len() as f64;
    let mut between = Vec::new();
    let mut own = Vec::new();
    for (i, a) in columns.iter().enumerate() {
        own.push(covariance(a, a)?);
        for b in &columns[..i] {
            between.push(covariance(a, b)?);
        }
    }
    let mean = stats::sum(between.iter().copied()) / between.len() as f64;
    let total = stats::sum(own) + 2.0 * stats::sum(between);
    let alpha = k * k * mean / total;
    alpha.is_finite().then_some(alpha)
}

/// Covariance (n - 1) over the complete pairs.
fn covariance(a: &[f64], b: &[f64]) -> Option<f64> {
    let pairs: Vec<(f64, f64)> = a
        .iter()
        .zip(b)
        .filter(|(x, y)| !x.is_nan() && !y.is_nan())
        .map(|(&x, &y)| (x, y))
        .collect();
    if pairs.len() < 2 {
        return None;
    }
    let n = pairs.len() as f64;
    let mean_a = stats::sum(pairs.iter().map(|pair| pair.0)) / n;
    let mean_b = stats::sum(pairs.iter().map(|pair| pair.1)) / n;
    Some(stats::sum(pairs.iter().map(|(x, y)| (x - mean_a) * (y - mean_b))) / (n - 1.0))
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

    #[test]
    fn two_columns_have_a_common_and_an_opposed_component() {
        let a = [1.0, 2.0, 3.0, 4.0, f64::NAN];
        let b = [2.0, 1.0, 4.0, 3.0, 1.0];
        let got = components(&[&a, &b]).unwrap();
        assert_eq!(got.rows, 4);
        assert!((got.eigenvalues[0] - 1.6).abs() < 1e-14);
        assert!((got.shares[1] - 0.2).abs() < 1e-14);
        assert!(components(&[&a, &[1.0; 5]]).is_none());
    }

    #[test]
    fn columns_that_agree_are_consistent() {
        let a = [1.0, 2.0, 3.0];
        assert!((cronbach_alpha(&[&a, &a]).unwrap() - 1.0).abs() < 1e-15);
        let b = [1.0, 3.0, 2.0];
        // covariances 1, 1 and 0.5: 4·0.5/3
        assert!((cronbach_alpha(&[&a, &b]).unwrap() - 2.0 / 3.0).abs() < 1e-15);
        assert_eq!(cronbach_alpha(&[&a]), None);
    }
}
