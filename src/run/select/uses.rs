//! What decides in several places of a programme: who is eligible, the score, ties.

use std::collections::{BTreeMap, BTreeSet};

use crate::index::method::Origin;
use crate::index::{Formula, Method};
use crate::message::selection::{self as message, Decides};
use crate::quality::Finding;
use crate::study::programme::CheckedProgramme;

/// Variables by which a programme decides in several places: register columns and measures, of a node
/// those it is made of.
pub(in crate::run) fn used_twice(plan: &CheckedProgramme, method: &Method) -> Vec<Finding> {
    let mut uses: BTreeMap<String, BTreeSet<Decides>> = BTreeMap::new();
    let mut add = |decides: Decides, name: &str| {
        for variable in variables(method, name) {
            uses.entry(variable).or_default().insert(decides);
        }
    };
    let named = |formulas: Vec<&Formula>| -> Vec<String> {
        formulas.into_iter().flat_map(Formula::names).cloned().collect()
    };
    let conditions = named(plan.eligibility().collect());
    conditions.iter().for_each(|name| add(Decides::Eligibility, name));
    let ties = named(plan.ties.iter().map(|key| &key.value).collect());
    ties.iter().for_each(|name| add(Decides::Ties, name));
    add(Decides::Score, &method.nodes[plan.score].id);
    let told = |(variable, decides): (&String, &BTreeSet<Decides>)| {
        let decides: Vec<Decides> = decides.iter().copied().collect();
        (decides.len() > 1).then(|| message::used_twice(&plan.rules.id, variable, &decides))
    };
    uses.iter().filter_map(told).collect()
}

/// The register columns and measures that a name stands for: of a node, with or without what of it is
/// meant, those of all indicators it is made of.
fn variables(method: &Method, name: &str) -> Vec<String> {
    let bare = name.strip_suffix(".measured").or_else(|| name.strip_suffix(".score"));
    let Some(node) = method.node(name).or_else(|| method.node(bare?)) else {
        return vec![name.to_owned()];
    };
    let below = method.below(node);
    let nodes = method.nodes.iter().zip(below).filter(|(_, below)| *below);
    let names = nodes.flat_map(|(node, _)| match &node.origin {
        Origin::Measures(formula) => formula.names().to_vec(),
        Origin::Category(column) => vec![column.clone()],
        Origin::Children(_) | Origin::Nodes(_) => Vec::new(),
    });
    names.collect()
}
