//! On which scales alternatives of steps leave the children of one node: where one is left on another
//! scale than its siblings, the scale decides and not the alternative.

use crate::index::method::{Node, Origin};
use crate::index::{self, Index, Method, TraceMode, stats};
use crate::message;
use crate::observation::Observations;
use crate::quality::Finding;
use crate::register::Register;
use crate::robustness::plan::{Plan, Verb};

/// How many times the ratio of two standard deviations may be the declared one.
const MOST: f64 = 5.0;

/// A finding for each alternative that leaves the children of a node on scales whose standard deviations
/// are to each other more than five times what they are as declared.
pub(super) fn mixed(
    plan: &Plan,
    method: &Method,
    register: &Register,
    observations: &Observations,
) -> Vec<Finding> {
    let computed =
        |method: &Method| index::compute(method, register, observations, TraceMode::Drop).0;
    let bare = Method { outputs: Vec::new(), summaries: Vec::new(), ..method.clone() };
    let mut declared: Option<Index> = None;
    let mut findings = Vec::new();
    for doubt in &plan.doubts {
        let Verb::Steps { nodes, recipe, step, choice } = &doubt.verb else { continue };
        for alternative in &choice.alternatives {
            let Some(other) = &alternative.other else { continue };
            let mut varied = bare.clone();
            for &at in nodes {
                let node = &varied.nodes[at];
                let steps = other.put_into(&node.steps, &node.recipes, (recipe, *step));
                let recipes = Vec::new();
                varied.nodes[at] = Node { steps, recipes, ..node.clone() };
            }
            let before = declared.get_or_insert_with(|| computed(&bare));
            let after = computed(&varied);
            let apart = parents(&bare).filter_map(|parent| apart(&bare, parent, [before, &after]));
            findings.extend(apart.map(|(parent, [wide, narrow], times)| {
                let children = [wide, narrow];
                let (id, name) = (doubt.id.as_str(), alternative.name.as_str());
                message::run::scale_mixed(&plan.id, [id, name], parent, children, times)
            }));
        }
    }
    findings
}

/// The positions of the nodes that are made of children.
fn parents(method: &Method) -> impl Iterator<Item = usize> + '_ {
    let is_parent = |at: &usize| matches!(method.nodes[*at].origin, Origin::Children(_));
    (0..method.nodes.len()).filter(is_parent)
}

/// A parent with its widest and its narrowest child, where they are further apart than they may be, and
/// how many times the declared ratio theirs is.
fn apart<'m>(
    method: &'m Method,
    parent: usize,
    [before, after]: [&Index; 2],
) -> Option<(&'m str, [&'m str; 2], f64)> {
    let deviation = |index: &Index, node: usize| {
        let base = stats::base(index.nodes[node].value.values(), &index.ranked);
        Some(stats::variance(&base, 1).sqrt()).filter(|sd| *sd > 0.0 && sd.is_finite())
    };
    let grown = method
        .inputs(parent)
        .into_iter()
        .filter_map(|child| Some((child, deviation(after, child)? / deviation(before, child)?)));
    let grown: Vec<(usize, f64)> = grown.collect();
    let by_growth = |a: &&(usize, f64), b: &&(usize, f64)| a.1.total_cmp(&b.1);
    let (widest, narrowest) = (grown.iter().max_by(by_growth)?, grown.iter().min_by(by_growth)?);
    let times = widest.1 / narrowest.1;
    let id = |node: usize| method.nodes[node].id.as_str();
    (times > MOST).then(|| (id(parent), [id(widest.0), id(narrowest.0)], times))
}
