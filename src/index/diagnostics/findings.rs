//! Doubts about an index that its own numbers raise, each with advice.

use super::resolution::{Block, resolution};
use crate::index::aggregate::combine::Combined;
use crate::index::method::{Aggregate, Method, Node, Origin};
use crate::index::result::Index;
use crate::index::scene::base_or_nan;
use crate::index::{Column, stats};
use crate::language::numbered;
use crate::message;
use crate::quality::{Finding, Findings, Message, Severity, message};

/// Below this share of the parent's variance a child has hardly any influence.
const LOW: f64 = 0.02;
/// From this correlation on two children say nearly the same.
const SAME: f64 = 0.9;
/// Blocks of ties that are named.
const SHOWN: usize = 3;

/// Children that work against their parent, hardly count in it, or say the same.
#[expect(clippy::too_many_lines, reason = "its sentences move to `message`")]
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
            let message = message!(
                "`{child}` moves against `{parent}`: correlation {r}",
                "`{child}` merge împotriva lui `{parent}`: corelație {r}",
                child = id(at),
                parent = &node.id;
                r = Message::number(r, 2),
            );
            findings.push(
                Finding::new(&message::index::NEGATIVE_CORRELATION, id(at), message).hint(
                    message!(
                        "check its direction; where it is right, the index hides this indicator",
                        "verificați sensul; dacă este corect, indicele ascunde acest indicator",
                    ),
                ),
            );
        } else if r * r < LOW {
            let message = message!(
                "`{child}` carries {share} % of the variance of `{parent}`",
                "`{child}` explică {share} % din variația lui `{parent}`",
                child = id(at),
                parent = &node.id;
                share = Message::number(100.0 * r * r, 1),
            );
            findings.push(Finding::new(&message::index::LOW_INFLUENCE, id(at), message).hint(
                message!(
                    "its declared weight has no effect; treat its outliers or reconsider it",
                    "ponderea declarată nu are efect; tratați valorile extreme sau reconsiderați-l",
                ),
            ));
        }
    }
    let bases: Vec<Vec<f64>> =
        columns.iter().map(|column| base_or_nan(column.values(), ranked)).collect();
    for i in 0..columns.len() {
        for j in 0..i {
            let Some(r) = stats::pearson(&bases[i], &bases[j]).filter(|r| r.abs() >= SAME) else {
                continue;
            };
            let message = message!(
                "`{one}` and `{other}` say nearly the same: correlation {r}",
                "`{one}` și `{other}` spun aproape același lucru: corelație {r}",
                one = id(j),
                other = id(i);
                r = Message::number(r, 2),
            );
            findings
                .push(Finding::new(&message::index::REDUNDANT_PAIR, node.id.as_str(), message).hint(
                message!(
                    "what they measure counts twice; drop one or share one weight",
                    "ce măsoară se numără de două ori; renunțați la unul sau împărțiți o pondere",
                ),
            ));
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
        largest.truncate(SHOWN);
        let message = message!(
            "{scored} units share {distinct} scores from {profiles} profiles; {coarse} % of the \
             weight was measured above the units; largest ties: {en}",
            "{units} împart {distinct} scoruri din {profiles} profiluri; {coarse} % din pondere \
             a fost măsurată la niveluri mai mari; cele mai mari egalități: {ro}",
            scored = found.scored,
            units = numbered(scored, "unitate", "unități"),
            distinct = found.distinct,
            profiles = found.profiles,
            en = blocks(&largest, ("units in places", "to")),
            ro = blocks(&largest, ("unități pe locurile", "–"));
            coarse = Message::number(100.0 * found.coarse_weight, 0),
        );
        let subject = method.nodes[root].id.as_str();
        let mut finding = Finding::new(&message::index::RESOLUTION, subject, message).hint(message!(
            "the index cannot order units inside a tie: add an indicator measured for each unit, \
             or declare tie rules",
            "indicele nu poate ordona unitățile la egalitate: adăugați un indicator măsurat pentru \
             fiecare unitate sau declarați reguli de departajare",
        ));
        // a few pairs of equal scores are no lack of resolution
        if found.largest().is_some_and(|block| block.units() * 100 < found.scored) {
            finding = finding.weighing(Severity::Note);
        }
        findings.push(finding);
    }
    findings
}

/// Blocks of ties in words: how many units, from which place to which.
fn blocks(blocks: &[Block], (units, to): (&str, &str)) -> String {
    let one =
        |block: &Block| format!("{} {units} {} {to} {}", block.units(), block.first, block.last);
    blocks.iter().map(one).collect::<Vec<_>>().join(", ")
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
