//! Doubts about an index that its own numbers raise, each with advice.

use super::resolution::resolution;
use crate::index::aggregate::combine::Combined;
use crate::index::method::{Aggregate, Method, Node, Origin};
use crate::index::result::Index;
use crate::index::scene::base_or_nan;
use crate::index::{Column, stats};
use crate::quality::{Finding, Findings, Severity, rules};

/// Below this share of the parent's variance a child has hardly any influence.
const LOW: f64 = 0.02;
/// From this correlation on two children say nearly the same.
const SAME: f64 = 0.9;
/// Blocks of ties that are named.
const SHOWN: usize = 3;

/// Children that work against their parent, hardly count in it, or say the same.
pub(crate) fn on_family(
    method: &Method,
    (node, aggregate): (&Node, &Aggregate),
    columns: &[Column],
    combined: &Combined,
    ranked: &[bool],
) -> Findings {
    let mut findings = Findings::default();
    if columns.len() < 2 {
        return findings;
    }
    let id = |at: usize| method.nodes[aggregate.children[at].node].id.as_str();
    let parent = base_or_nan(combined.column.values(), ranked);
    for (at, column) in columns.iter().enumerate() {
        if combined.weights[at] == 0.0 {
            continue;
        }
        let Some(r) = stats::pearson(column.values(), &parent) else { continue };
        if r < 0.0 {
            let message = format!("`{}` moves against `{}`: correlation {r:.2}", id(at), node.id);
            findings.push(
                Finding::new(&rules::NEGATIVE_CORRELATION, id(at), message)
                    .hint("check its direction; where it is right, the index hides this indicator"),
            );
        } else if r * r < LOW {
            let message = format!(
                "`{}` carries {:.1} % of the variance of `{}`",
                id(at),
                100.0 * r * r,
                node.id
            );
            findings.push(
                Finding::new(&rules::LOW_INFLUENCE, id(at), message)
                    .hint("its declared weight has no effect; treat its outliers or reconsider it"),
            );
        }
    }
    let bases: Vec<Vec<f64>> =
        columns.iter().map(|column| base_or_nan(column.values(), ranked)).collect();
    for i in 0..columns.len() {
        for j in 0..i {
            let Some(r) = stats::pearson(&bases[i], &bases[j]).filter(|r| r.abs() >= SAME) else {
                continue;
            };
            let message = format!(
                "`{}` and `{}` say nearly the same: correlation {r:.2}",
                id(j),
                id(i)
            );
            findings.push(
                Finding::new(&rules::REDUNDANT_PAIR, node.id.as_str(), message)
                    .hint("what they measure counts twice; drop one or share one weight"),
            );
        }
    }
    findings
}

/// Indices that cannot tell units apart.
pub(crate) fn on_index(method: &Method, index: &Index) -> Findings {
    let mut findings = Findings::default();
    for root in roots(method) {
        let found = resolution(method, index, root);
        if found.scored == 0 || found.distinct == found.scored {
            continue;
        }
        let mut largest = found.blocks.clone();
        largest.sort_by_key(|block| (usize::MAX - block.units(), block.first));
        let named: Vec<String> = largest
            .iter()
            .take(SHOWN)
            .map(|block| {
                format!("{} units in places {} to {}", block.units(), block.first, block.last)
            })
            .collect();
        let message = format!(
            "{} units share {} scores from {} profiles; {:.0} % of the weight was measured above \
             the units; largest ties: {}",
            found.scored,
            found.distinct,
            found.profiles,
            100.0 * found.coarse_weight,
            named.join(", ")
        );
        let mut finding = Finding::new(&rules::RESOLUTION, method.nodes[root].id.as_str(), message)
            .hint("the index cannot order units inside a tie: add an indicator measured for each unit, or declare tie rules");
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
