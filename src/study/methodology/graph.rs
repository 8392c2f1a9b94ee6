//! The graph of nodes: names looked up, children before parents, formulas compiled.

use std::collections::BTreeSet;

use super::draft::{Draft, DraftAggregate, DraftOrigin, Mention};
use super::names::MethodologyContext;
use crate::index::method::{Aggregate, Child, Node, Origin};
use crate::message::study::{formula, methodology as message};
use crate::message::suggest;
use crate::quality::Advice;
use crate::register::Level;
use crate::study::expression::{self, Kind};
use crate::study::problem::Problems;
use crate::study::values::SpannedFormula;

/// What the nodes are checked against.
#[derive(Clone, Copy)]
pub(super) struct Against<'a> {
    pub(super) context: &'a MethodologyContext<'a>,
    /// The indicators that are left out.
    pub(super) omitted: &'a [String],
}

/// Looks up names, orders the nodes and compiles their formulas.
pub(super) fn nodes(
    drafts: Vec<Draft>,
    against: Against<'_>,
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
            problems.error(&drafts[circle[0]].at, formula::cycle_of_nodes(&way.join(" -> ")));
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
    against: Against<'_>,
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
    against: Against<'_>,
    problems: &mut Problems,
) -> Option<usize> {
    let at = ids.iter().position(|id| *id == mention.id);
    if at.is_none() {
        problems.error(&mention.at, unknown_node(&mention.id, ids, against));
    }
    at
}

fn unknown_node(id: &str, ids: &[&str], against: Against<'_>) -> Advice {
    if against.omitted.iter().any(|omitted| omitted == id) {
        message::omitted(id)
    } else if against.context.kind(id).is_ok() {
        message::no_node(id)
    } else {
        message::unknown_node(id).advise(suggest(id, ids.iter().copied()))
    }
}

fn node(
    draft: Draft,
    ids: &[String],
    place: &[usize],
    against: Against<'_>,
    problems: &mut Problems,
) -> Option<Node> {
    let origin = match &draft.origin {
        DraftOrigin::Data(written) => origin(written, &draft, ids, against, problems),
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
        steps: draft.steps.steps(),
        recipes: draft.steps.recipes,
    })
}

fn over_nodes(
    written: &SpannedFormula,
    ids: &[String],
    against: Against<'_>,
    problems: &mut Problems,
) -> Option<Origin> {
    let known: Vec<&str> = ids.iter().map(String::as_str).collect();
    let lookup = |name: &str| {
        if against.omitted.iter().any(|omitted| omitted == name) {
            return Err(unknown_node(name, &known, against));
        }
        against.context.kind_by_unit(name, &known).map_err(|unknown| {
            if name.contains('.') { unknown } else { unknown_node(name, &known, against) }
        })
    };
    match expression::compile(&written.text, Kind::Number, &lookup, &|name| {
        against.context.known(name)
    }) {
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
        problems.error(&aggregate.method, problem);
    }
    let children = aggregate.children.iter().filter_map(|(child, weight)| {
        let at = ids.iter().position(|id| *id == child.id)?;
        Some(Child { node: place[at], weight: *weight })
    });
    Origin::Children(Aggregate {
        children: children.collect(),
        each: aggregate.each.steps(),
        recipes: aggregate.each.recipes.clone(),
        weights: aggregate.weights.clone(),
        rescale: aggregate.rescale,
        combine: aggregate.combine.clone(),
        missing: aggregate.missing,
    })
}

/// The origin of an indicator: a category when its value is the name of a text column and nothing
/// else, otherwise a formula.
pub(super) fn origin(
    written: &SpannedFormula,
    draft: &Draft,
    nodes: &[String],
    against: Against<'_>,
    problems: &mut Problems,
) -> Option<Origin> {
    if let Some(name) = expression::single_name(&written.text)
        && against.context.kind(&name) == Ok(Kind::Text)
    {
        if draft.steps.placed.first().is_none_or(|step| step.step.name() != "categories") {
            problems.error(written.at(), message::text_without_score(&name));
        }
        return Some(Origin::Category(name));
    }
    let nodes: Vec<&str> = nodes.iter().map(String::as_str).collect();
    let lookup = |name: &str| against.context.kind_without_nodes(name, &nodes);
    match expression::compile(&written.text, Kind::Number, &lookup, &|name| {
        against.context.known(name)
    }) {
        Ok(formula) => {
            check_levels(formula.names(), written, against, problems);
            Some(Origin::Measures(formula))
        }
        Err(refusals) => {
            written.refuse(refusals, problems);
            None
        }
    }
}

/// A formula runs at the coarsest level of its measures. What is finer must add up to it, and a
/// register column must be the same inside each of its areas.
fn check_levels(
    names: &[String],
    written: &SpannedFormula,
    against: Against<'_>,
    problems: &mut Problems,
) {
    let measures: Vec<(&str, &str, &Level)> = names
        .iter()
        .filter(|name| against.context.measure(name).is_some())
        .filter_map(|name| {
            against.context.level(name).map(|(id, level)| (name.as_str(), id, level))
        })
        .collect();
    let coarsest = measures
        .iter()
        .find(|(_, _, coarse)| measures.iter().all(|(_, _, level)| level.refines(coarse)));
    let Some((_, coarse_id, coarse)) = coarsest else {
        if let [(a, a_level, _), .., (b, b_level, _)] = measures.as_slice() {
            problems.error(written.at(), message::levels_apart([a, a_level], [b, b_level]));
        }
        return;
    };
    for name in names {
        let Some((id, level)) = against.context.level(name) else { continue };
        let said = match against.context.measure(name) {
            Some((_, measure)) if !measure.nature.sums() && !coarse.refines(level) => {
                message::rate_not_added(name, id, coarse_id)
            }
            None if !coarse.refines(level) => message::differs_inside(name, coarse_id),
            Some(_) | None => continue,
        };
        problems.error(written.at(), said);
    }
}

/// Positions of the nodes in an order in which every child stands before its parents; among those
/// that could be next, the first of the file is. `children[i]` are the positions of the children
/// of node `i`. The error is a circle, as positions, each a child of the one before it, with the
/// first one repeated at the end.
pub(super) fn order(children: &[Vec<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    let mut waiting: Vec<usize> =
        children.iter().map(|list| list.iter().collect::<BTreeSet<_>>().len()).collect();
    let mut parents: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); children.len()];
    for (parent, list) in children.iter().enumerate() {
        for &child in list {
            parents[child].insert(parent);
        }
    }
    let mut ready: BTreeSet<usize> = (0..children.len()).filter(|&n| waiting[n] == 0).collect();
    let mut ordered = Vec::with_capacity(children.len());
    while let Some(node) = ready.pop_first() {
        ordered.push(node);
        for &parent in &parents[node] {
            waiting[parent] -= 1;
            if waiting[parent] == 0 {
                ready.insert(parent);
            }
        }
    }
    if ordered.len() == children.len() { Ok(ordered) } else { Err(circle(children, &ordered)) }
}

/// Follows children that were never ready until one comes back.
fn circle(children: &[Vec<usize>], ordered: &[usize]) -> Vec<usize> {
    let done: BTreeSet<usize> = ordered.iter().copied().collect();
    let start = (0..children.len()).find(|node| !done.contains(node));
    let mut way = vec![start.expect("a circle leaves a node without its place")];
    loop {
        let last = way[way.len() - 1];
        let next = children[last].iter().copied().find(|child| !done.contains(child));
        let next = next.expect("a node without its place waits for such a child");
        if let Some(first) = way.iter().position(|&node| node == next) {
            way.push(next);
            return way.split_off(first);
        }
        way.push(next);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn children_stand_before_parents_and_else_as_in_the_file() {
        let children = vec![vec![2, 3], vec![], vec![1], vec![]];
        assert_eq!(order(&children), Ok(vec![1, 2, 3, 0]));
        assert_eq!(order(&[vec![], vec![], vec![]]), Ok(vec![0, 1, 2]));
        assert_eq!(order(&[vec![1, 1], vec![]]), Ok(vec![1, 0]));
    }

    #[test]
    fn a_circle_is_named_in_full() {
        let children = vec![vec![1], vec![2], vec![3], vec![1]];
        assert_eq!(order(&children), Err(vec![1, 2, 3, 1]));
        assert_eq!(order(&[vec![0]]), Err(vec![0, 0]));
    }
}
