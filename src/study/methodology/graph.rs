//! The graph of nodes: names looked up, children before parents, formulas compiled.

use super::super::expression::{self, Kind};
use super::super::problem::Problems;
use super::super::spelling;
use super::draft::{Draft, DraftAggregate, DraftOrigin, Mention, Written};
use super::names::Against;
use super::order::order;
use crate::index::method::{Aggregate, Child, Node, Origin};

/// Looks up names, orders the nodes and compiles their formulas.
pub(super) fn nodes(
    drafts: Vec<Draft>,
    against: &Against<'_>,
    problems: &mut Problems,
) -> Option<Vec<Node>> {
    let ids: Vec<&str> = drafts.iter().map(|draft| draft.id.as_str()).collect();
    let mut children: Vec<Vec<usize>> = Vec::new();
    for draft in &drafts {
        children.push(children_of(draft, &ids, against, problems));
        for other in &draft.overlaps {
            position(other, &ids, against, problems);
        }
    }
    let ordered = match order(&children) {
        Ok(ordered) => ordered,
        Err(circle) => {
            let way: Vec<&str> = circle.iter().map(|&at| ids[at]).collect();
            let message = format!("nodes are made of each other: {}", way.join(" -> "));
            problems.error(&drafts[circle[0]].at, message, None);
            return None;
        }
    };
    let mut place = vec![0; drafts.len()];
    for (new, &old) in ordered.iter().enumerate() {
        place[old] = new;
    }
    let names: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
    let mut nodes: Vec<Option<Node>> = vec![None; drafts.len()];
    for (old, draft) in drafts.into_iter().enumerate() {
        nodes[place[old]] = node(draft, &names, &place, against, problems);
    }
    nodes.into_iter().collect()
}

fn children_of(
    draft: &Draft,
    ids: &[&str],
    against: &Against<'_>,
    problems: &mut Problems,
) -> Vec<usize> {
    match &draft.origin {
        DraftOrigin::Data(_) => Vec::new(),
        DraftOrigin::Children(aggregate) => aggregate
            .children
            .iter()
            .filter_map(|(child, _)| position(child, ids, against, problems))
            .collect(),
        // unknown names are told when the formula is compiled
        DraftOrigin::Nodes(written) => expression::names(&written.text)
            .unwrap_or_default()
            .iter()
            .filter_map(|name| ids.iter().position(|id| *id == name.name))
            .collect(),
    }
}

fn position(
    mention: &Mention,
    ids: &[&str],
    against: &Against<'_>,
    problems: &mut Problems,
) -> Option<usize> {
    let at = ids.iter().position(|id| *id == mention.id);
    if at.is_none() {
        let (message, hint) = unknown_node(&mention.id, ids, against);
        problems.error(&mention.at, message, hint);
    }
    at
}

fn unknown_node(id: &str, ids: &[&str], against: &Against<'_>) -> (String, Option<String>) {
    if against.study.omit.contains_key(id) {
        let hint = "leave it out here too, or do not omit it".to_owned();
        return (format!("`{id}` is omitted by the study"), Some(hint));
    }
    if against.kind(id).is_ok() {
        let hint = "make an `[[indicator]]` of it first".to_owned();
        return (format!("`{id}` is not a node"), Some(hint));
    }
    (format!("unknown node `{id}`"), spelling::suggest(id, ids.iter().copied()))
}

fn node(
    draft: Draft,
    ids: &[String],
    place: &[usize],
    against: &Against<'_>,
    problems: &mut Problems,
) -> Option<Node> {
    let origin = match &draft.origin {
        DraftOrigin::Data(written) => super::data::origin(written, &draft, ids, against, problems),
        DraftOrigin::Nodes(written) => over_nodes(written, ids, against, problems),
        DraftOrigin::Children(aggregate) => Some(children(aggregate, ids, place, problems)),
    };
    Some(Node {
        id: draft.id,
        label: draft.label,
        unit: draft.unit,
        direction: draft.direction,
        plausible: draft.plausible,
        overlaps: draft.overlaps.into_iter().map(|other| other.id).collect(),
        origin: origin?,
        steps: draft.steps.into_iter().map(|placed| placed.step).collect(),
    })
}

fn over_nodes(
    written: &Written,
    ids: &[String],
    against: &Against<'_>,
    problems: &mut Problems,
) -> Option<Origin> {
    let known: Vec<&str> = ids.iter().map(String::as_str).collect();
    let lookup = |name: &str| {
        if against.study.omit.contains_key(name) {
            return Err(unknown_node(name, &known, against));
        }
        against.kind_by_unit(name, &known).map_err(|unknown| {
            if name.contains('.') { unknown } else { unknown_node(name, &known, against) }
        })
    };
    match expression::compile(&written.text, Kind::Number, &lookup) {
        Ok(formula) => Some(Origin::Nodes(formula)),
        Err(refusals) => {
            written.refuse(refusals, problems);
            None
        }
    }
}

fn children(
    aggregate: &DraftAggregate,
    ids: &[String],
    place: &[usize],
    problems: &mut Problems,
) -> Origin {
    for problem in aggregate.combine.problems(aggregate.children.len()) {
        problems.error(&aggregate.method, problem, None);
    }
    let children = aggregate.children.iter().filter_map(|(child, weight)| {
        let at = ids.iter().position(|id| *id == child.id)?;
        Some(Child { node: place[at], weight: *weight })
    });
    Origin::Children(Aggregate {
        children: children.collect(),
        each: aggregate.each.iter().map(|placed| placed.step.clone()).collect(),
        weights: aggregate.weights.clone(),
        rescale: aggregate.rescale,
        combine: aggregate.combine.clone(),
        missing: aggregate.missing,
    })
}
