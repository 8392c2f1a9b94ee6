//! What a finished index makes one doubt: components against each other or alike, a score of larger
//! areas, nodes without effect, ties.

use std::sync::Arc;

use super::diagnostics::{
    Grain, OPPOSED, REDUNDANT, between_areas, coarse_weight, covariance_share, cronbach_alpha,
    removals, resolution,
};
use super::evaluate::Memo;
use super::node::{Basis, Combination, Graph, NodeColumns};
use super::result::Index;
use super::stats;
use crate::message::index::doubts as message;
use crate::quality::{Finding, Severity};
use crate::register::{NATIONAL, UNIT};

/// From this correlation down two components move against each other.
const NEGATIVE: f64 = -0.3;
/// Below this Cronbach's alpha components hardly hang together.
const ALPHA: f64 = 0.6;
/// From this share on the variance of a score lies between areas.
const BETWEEN: f64 = 0.5;
/// Below this share of the places a node hardly moves units.
const LOW: f64 = 0.01;
/// Of fewer areas a correlation says nothing.
const FEWEST: usize = 3;
/// Blocks of ties that are named.
const SHOWN: usize = 3;

/// Everything that a finished index makes one doubt.
pub(super) fn doubts(graph: &Graph<'_>, nodes: &[Arc<NodeColumns>], index: &Index) -> Vec<Finding> {
    let grain = Grain::of(graph.method, graph.sources.register, index);
    let whole = Whole { graph, nodes, index, grain };
    let mut findings: Vec<Finding> = (0..nodes.len()).flat_map(|at| whole.family(at)).collect();
    findings.extend(whole.overlaps());
    if let Some(headline) = graph.method.headline() {
        findings.extend(whole.between(headline));
        findings.extend(whole.without_effect(headline));
    }
    findings.extend(whole.coarse());
    findings
}

/// A finished index with the columns it was made of.
struct Whole<'a> {
    graph: &'a Graph<'a>,
    nodes: &'a [Arc<NodeColumns>],
    index: &'a Index,
    grain: Grain<'a>,
}

/// A node and a column of it, over the units of the distribution.
struct Part {
    node: usize,
    column: Vec<f64>,
}

impl Whole<'_> {
    fn id(&self, node: usize) -> &str {
        &self.graph.method.nodes[node].id
    }

    fn part(&self, node: usize, values: &[f64]) -> Part {
        Part { node, column: stats::base_or_nan(values, &self.graph.ranked) }
    }

    /// Pearson's coefficient at the coarser level of two nodes; `None` of too few areas, or where one
    /// does not vary.
    fn correlated(&self, a: &Part, b: &Part) -> Option<message::Correlated<'_>> {
        let (xs, ys) = self.grain.paired((a.node, &a.column), (b.node, &b.column));
        let r = stats::pearson(&xs, &ys).filter(|_| xs.len() >= FEWEST)?;
        Some(message::Correlated { r, n: xs.len(), level: self.grain.coarser(a.node, b.node) })
    }

    /// The components of a node: each pair of them, each against the node, all together.
    fn family(&self, at: usize) -> Vec<Finding> {
        let Basis::Children(combination) = &self.nodes[at].basis else { return Vec::new() };
        let weighty = (0..combination.children.len())
            .filter(|&child| combination.combined.weights[child] != 0.0);
        let parts: Vec<Part> = weighty
            .map(|child| {
                self.part(combination.children[child], combination.columns[child].values())
            })
            .collect();
        if parts.len() < 2 {
            return Vec::new();
        }
        let mut findings = Vec::new();
        let parent = self.part(at, combination.combined.column.values());
        for (position, one) in parts.iter().enumerate() {
            findings.extend(parts[..position].iter().filter_map(|other| self.pair(at, other, one)));
            let against = self.correlated(one, &parent).filter(|seen| seen.r < 0.0);
            let told = |seen| message::against_parent(self.id(one.node), self.id(at), seen);
            findings.extend(against.map(told));
        }
        let columns: Vec<&[f64]> = parts.iter().map(|part| part.column.as_slice()).collect();
        let alpha = cronbach_alpha(&columns).filter(|&alpha| alpha < ALPHA);
        findings.extend(alpha.map(|alpha| message::low_alpha(self.id(at), alpha, parts.len())));
        findings
    }

    /// Two components of a node that say the same, the opposite, or move against each other.
    fn pair(&self, parent: usize, one: &Part, other: &Part) -> Option<Finding> {
        let seen = self.correlated(one, other)?;
        let told = match seen.r {
            r if r >= REDUNDANT => message::redundant_pair,
            r if r <= OPPOSED => message::opposed_pair,
            r if r <= NEGATIVE => message::negative_pair,
            _ => return None,
        };
        Some(told(self.id(parent), self.id(one.node), self.id(other.node), seen))
    }

    /// Pairs that are declared to overlap, with the first node in which both count.
    fn overlaps(&self) -> Vec<Finding> {
        let method = self.graph.method;
        let mut pairs: Vec<(usize, usize)> = Vec::new();
        for (at, node) in method.nodes.iter().enumerate() {
            let others = node.overlaps.iter().filter_map(|id| method.node(id));
            pairs.extend(others.map(|other| (at.min(other), at.max(other))));
        }
        pairs.sort_unstable();
        pairs.dedup();
        let told = |(one, other): (usize, usize)| {
            let both = |&node: &usize| {
                let below = method.below(node);
                below[one] && below[other]
            };
            let of = (other + 1..method.nodes.len()).find(both)?;
            let [a, b] = [one, other].map(|node| self.part(node, self.nodes[node].value.values()));
            Some(message::overlap(
                self.id(of),
                self.id(one),
                self.id(other),
                self.correlated(&a, &b),
            ))
        };
        pairs.into_iter().filter_map(told).collect()
    }

    /// A score of larger areas: of the county and the region of a unit, and of every area whose value
    /// it shares.
    fn between(&self, score: usize) -> Option<Finding> {
        let register = self.graph.sources.register;
        let values = stats::base_or_nan(self.index.nodes[score].value.values(), &self.graph.ranked);
        let scored = values.iter().filter(|value| !value.is_nan()).count();
        let below = self.graph.method.below(score);
        let is_asked = |name: &&str| {
            let measures = |at: usize| below[at] && self.index.nodes[at].level == **name;
            ["county", "region"].contains(name) || (0..=score).any(measures)
        };
        let names = register.level_names().filter(|name| ![UNIT, NATIONAL].contains(name));
        let share = |name| {
            let level = register.level(name)?;
            // with a unit or two in each area everything lies between them
            let units_enough = scored >= 2 * level.areas.len();
            let share = between_areas(&values, &level.of_unit).filter(|_| units_enough)?;
            Some((name, 100.0 * share))
        };
        let mut shares: Vec<(&str, f64)> = names.filter(is_asked).filter_map(share).collect();
        shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        if shares.iter().all(|(_, share)| *share < 100.0 * BETWEEN) {
            return None;
        }
        let seen = message::Between {
            shares: &shares,
            weight: 100.0 * coarse_weight(self.graph.method, self.index, score),
            covariance: self.broadcast_covariance(score).map(|share| 100.0 * share),
        };
        Some(message::between_areas(self.id(score), &seen))
    }

    /// The covariance share of the components of a score that were measured above the units; `None`
    /// where its components are not added up.
    fn broadcast_covariance(&self, score: usize) -> Option<f64> {
        let whole = self.part(score, self.nodes[score].raw.values());
        let mut ends = Vec::new();
        self.add_ends(self.adding(score)?, 1.0, &mut ends);
        let shares = ends.into_iter().filter(|(node, _)| self.grain.is_broadcast(*node)).map(
            |(node, weight)| {
                let column = self.nodes[node].value.values();
                covariance_share(column, &whole.column, weight)
            },
        );
        shares.collect::<Option<Vec<f64>>>().map(stats::sum)
    }

    /// A node whose children are added up as they are.
    fn adding(&self, node: usize) -> Option<(&Combination, &[f64])> {
        let Basis::Children(combination) = &self.nodes[node].basis else { return None };
        let adding = combination.adding.as_deref().filter(|_| combination.is_plain)?;
        Some((combination, adding))
    }

    /// The nodes down to which a sum is one of sums, with their weights in it.
    fn add_ends(
        &self,
        (combination, adding): (&Combination, &[f64]),
        weight: f64,
        ends: &mut Vec<(usize, f64)>,
    ) {
        for (&child, part) in combination.children.iter().zip(adding) {
            let is_as_added = self.graph.method.nodes[child].steps.is_empty();
            match self.adding(child).filter(|_| is_as_added) {
                Some(sum) => self.add_ends(sum, weight * part, ends),
                None => ends.push((child, weight * part)),
            }
        }
    }

    /// Nodes that hardly move anybody in a score.
    fn without_effect(&self, score: usize) -> Vec<Finding> {
        let values = self.index.nodes[score].value.values();
        let units = stats::base(values, &self.graph.ranked).len();
        let mut memo = Memo::of(self.graph, self.nodes);
        // a constant has a finding of its own
        let varies = |node: usize| self.index.nodes[node].distinct > 1;
        removals(self.graph, score, &mut memo)
            .into_iter()
            .filter(|removal| varies(removal.node) && removal.shift < LOW * units as f64)
            .map(|removal| {
                message::low_influence(self.id(removal.node), self.id(score), removal.shift, units)
            })
            .collect()
    }

    /// Scores that cannot tell units apart.
    fn coarse(&self) -> Vec<Finding> {
        let method = self.graph.method;
        let mut findings = Vec::new();
        for root in method.roots() {
            let found = resolution(method, self.index, root);
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
            let mut finding = message::resolution(self.id(root), &seen);
            // a few pairs of equal scores are no lack of resolution
            if found.largest().is_some_and(|block| block.units() * 100 < found.scored) {
                finding = finding.weighing(Severity::Note);
            }
            findings.push(finding);
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Method;
    use crate::index::diagnostics::fixture::{Measured, method, register, run};
    use crate::message;
    use crate::message::index as rules;
    use crate::quality::Rule;

    /// What a rule says of an index, in English: subject and sentence.
    fn told(
        method: &Method,
        counties: &str,
        indicators: &[Measured<'_>],
        rule: &Rule,
    ) -> Vec<String> {
        let (_, findings) = run(method, &register(counties), indicators);
        let of_rule = findings.iter().filter(|finding| finding.rule == rule.id);
        of_rule.map(|finding| format!("{}: {}", finding.subject, finding.message.en)).collect()
    }

    #[test]
    fn every_threshold_stands_in_the_meaning_of_its_rule() {
        let percent = |share: f64| format!("{} %", share * 100.0);
        for (rule, threshold) in [
            (&rules::NEGATIVE_PAIR, NEGATIVE.to_string()),
            (&rules::OPPOSED_PAIR, OPPOSED.to_string()),
            (&rules::REDUNDANT_PAIR, REDUNDANT.to_string()),
            (&rules::LOW_ALPHA, ALPHA.to_string()),
            (&rules::BETWEEN_AREAS, percent(BETWEEN)),
            (&rules::LOW_INFLUENCE, percent(LOW)),
        ] {
            assert!(rule.meaning.en.contains(&threshold), "{}: {threshold}", rule.id);
            assert!(rule.meaning.ro.contains(&threshold.replace('.', ",")), "{}", rule.id);
        }
        assert!(message::rule("negative-correlation").is_none());
    }

    #[test]
    fn a_pair_is_told_once_by_what_it_is() {
        let indicators: [Measured<'_>; 4] = [
            ("a", "uat", &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
            ("b", "uat", &[1.0, 2.0, 3.0, 4.0, 6.0, 5.0]),
            ("c", "uat", &[6.0, 5.0, 4.0, 3.0, 2.0, 1.0]),
            // r with `a`: 1 - 6·62 / 210
            ("d", "uat", &[6.0, 3.0, 5.0, 4.0, 1.0, 2.0]),
        ];
        let parent = |children: &[(usize, f64)]| method(&indicators, &[("mean", children)]);
        let found = |children: &[(usize, f64)], rule: &Rule| {
            told(&parent(children), "ABCDEF", &indicators, rule)
        };
        assert_eq!(
            found(&[(0, 1.0), (1, 1.0)], &rules::REDUNDANT_PAIR),
            ["mean: `a` and `b` say nearly the same: correlation 0.94 (n = 6, by uat)"]
        );
        assert_eq!(
            found(&[(0, 2.0), (2, 1.0)], &rules::OPPOSED_PAIR),
            ["mean: `a` and `c` say the opposite of each other, and in `mean` they cancel out: \
                 correlation -1.00 (n = 6, by uat)"]
        );
        assert_eq!(
            found(&[(0, 1.0), (3, 1.0)], &rules::NEGATIVE_PAIR),
            [
                "mean: `a` and `d` move against each other in `mean`: correlation -0.77 (n = 6, by uat)"
            ]
        );
        assert_eq!(
            found(&[(0, 2.0), (2, 1.0)], &rules::NEGATIVE_PAIR),
            [
                "c: `c` moves against `mean`, of which it is a part: correlation -1.00 (n = 6, by uat)"
            ]
        );
        // without weight it is no part
        assert!(found(&[(0, 2.0), (2, 0.0)], &rules::OPPOSED_PAIR).is_empty());
    }

    #[test]
    fn values_of_two_counties_are_no_pair() {
        let indicators: [Measured<'_>; 2] =
            [("a", "county", &[1.0, 2.0]), ("b", "county", &[2.0, 1.0])];
        let method = method(&indicators, &[("mean", &[(0, 2.0), (1, 1.0)])]);
        assert!(told(&method, "AAABBB", &indicators, &rules::OPPOSED_PAIR).is_empty());
    }

    #[test]
    fn components_that_hang_loosely_have_a_low_alpha() {
        let indicators: [Measured<'_>; 2] = [
            ("a", "uat", &[1.0, 2.0, 3.0, 4.0]),
            // variances 5/3 each, covariance 2/3: 4·(2/3) / (2·5/3 + 2·2/3) = 4/7
            ("b", "uat", &[3.0, 1.0, 2.0, 4.0]),
        ];
        let method = method(&indicators, &[("mean", &[(0, 1.0), (1, 1.0)])]);
        assert_eq!(
            told(&method, "ABCD", &indicators, &rules::LOW_ALPHA),
            ["mean: the 2 components of `mean` hardly hang together: Cronbach's alpha 0.57"]
        );
    }

    #[test]
    fn a_score_of_counties_is_told_with_weight_and_covariance() {
        let indicators: [Measured<'_>; 2] = [
            ("of_county", "county", &[0.0, 6.0]),
            ("of_unit", "uat", &[0.0, 2.0, 0.0, 2.0, 0.0, 2.0, 0.0, 2.0]),
        ];
        let method = method(&indicators, &[("mean", &[(0, 1.0), (1, 1.0)])]);
        // variances 9 and 1 of two parts that do not move together: 90 % between, 90 % of covariance
        assert_eq!(
            told(&method, "AAAABBBB", &indicators, &rules::BETWEEN_AREAS),
            [
                "mean: 90 % of the variance of `mean` lies between areas of `county`; components measured \
                 above the unit carry 50 % of the weight and 90 % of the variance"
            ]
        );
        // in each county a unit: nothing can lie inside
        let alone: [Measured<'_>; 2] =
            [("of_county", "county", &[0.0, 6.0]), ("of_unit", "uat", &[0.0, 2.0])];
        assert!(told(&method, "AB", &alone, &rules::BETWEEN_AREAS).is_empty());
    }

    #[test]
    fn a_node_is_judged_by_what_leaving_it_out_does_to_the_headline() {
        // without `other` four of the five units change places, without `noise` none
        let indicators: [Measured<'_>; 3] = [
            ("large", "uat", &[10.0, 20.0, 30.0, 40.0, 50.0]),
            ("noise", "uat", &[3.0, 1.0, 2.0, 1.0, 3.0]),
            ("other", "uat", &[0.0, 18.0, 0.0, 18.0, 0.0]),
        ];
        let parents: &[(&str, &[(usize, f64)])] =
            &[("theme", &[(0, 99.0), (1, 1.0)]), ("score", &[(3, 1.0), (2, 1.0)])];
        let mut method = method(&indicators, parents);
        let found = told(&method, "ABCDE", &indicators, &rules::LOW_INFLUENCE);
        assert_eq!(
            found,
            ["noise: without `noise` units would move by 0 places on average in `score`, of 5"]
        );
        // of the theme itself
        method.headline = Some(3);
        let found = told(&method, "ABCDE", &indicators, &rules::LOW_INFLUENCE);
        assert_eq!(
            found,
            ["noise: without `noise` units would move by 0 places on average in `theme`, of 5"]
        );
    }

    #[test]
    fn a_declared_overlap_is_told_where_both_count() {
        let indicators: [Measured<'_>; 3] = [
            ("a", "uat", &[1.0, 2.0, 3.0, 4.0]),
            ("b", "uat", &[1.0, 3.0, 2.0, 4.0]),
            ("c", "uat", &[1.0, 3.0, 2.0, 4.0]),
        ];
        let parents: &[(&str, &[(usize, f64)])] = &[("one", &[(0, 1.0), (1, 1.0)])];
        let mut method = method(&indicators, parents);
        method.nodes[0].overlaps = vec!["b".into(), "c".into()];
        method.nodes[1].overlaps = vec!["a".into()];
        assert_eq!(
            told(&method, "ABCD", &indicators, &rules::OVERLAP),
            ["a: `a` and `b` are declared to overlap, and both count in `one`: \
                 correlation 0.80 (n = 4, by uat)"]
        );
    }
}
