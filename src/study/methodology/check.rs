//! From the layers of a methodology to a checked [`Method`], with every problem on the way.

use toml::de::DeTable;

use super::super::document::Document;
use super::super::expression::{self, Kind};
use super::super::fields::{Fields, any};
use super::super::problem::{Problems, Spot};
use super::super::shapes::{file_id, label, relative_path, text, text_or_number};
use super::super::spelling;
use super::draft::{self, CHILDREN_KEYS, Draft, DraftAggregate, DraftOrigin, Mention, Written};
use super::layers::Methodology;
use super::names::Against;
use super::order::order;
use super::outputs::{self, Nodes};
use super::steps::Recipes;
use crate::index::Formula;
use crate::index::method::{Aggregate, Child, Method, Node, Origin, Status};
use crate::language::Label;

impl Methodology {
    /// Checks the methodology against a study and its register. All problems are added to
    /// `problems`; without errors there is a method.
    pub fn check(&self, against: &Against<'_>, problems: &mut Problems) -> Option<Method> {
        let mut found = Problems::new();
        let documents: Vec<Document> = self
            .layers
            .iter()
            .map(|layer| Document {
                file: found.add_text(&layer.file, &layer.text),
                text: layer.text.clone(),
            })
            .collect();
        let tables: Vec<DeTable<'_>> =
            documents.iter().map(|document| document.parse(&mut found)).collect();
        let roots = documents.iter().zip(&tables).map(|(document, table)| {
            let at = Spot { file: document.file, span: 0..0 };
            Fields::new("the methodology", at, table)
        });
        let method = method(roots.rev().collect(), against, &mut found);
        found.sort();
        let method = method.filter(|_| !found.has_errors());
        problems.extend(found);
        method
    }
}

/// The tables of all layers, those of the extended one first, laid over each other.
struct Merged<'t> {
    head: Option<Fields<'t>>,
    recipe: Option<Fields<'t>>,
    indicators: Vec<Fields<'t>>,
    aggregates: Vec<Fields<'t>>,
    outputs: Vec<Fields<'t>>,
    summaries: Vec<Fields<'t>>,
    top: Spot,
}

fn merge<'t>(roots: Vec<Fields<'t>>, problems: &mut Problems) -> Option<Merged<'t>> {
    let mut merged: Option<Merged<'t>> = None;
    let last = roots.len().checked_sub(1)?;
    for (at, mut root) in roots.into_iter().enumerate() {
        let mut head = root.table("methodology", "`[methodology]`", problems);
        if let Some(head) = &mut head {
            head.optional("extends", relative_path, problems);
            if at == last && at > 0 {
                for key in ["id", "version"].into_iter().filter(|key| !head.has(key)) {
                    head.missing(key, problems);
                }
            }
        }
        let layer = Merged {
            head: head.map(|head| head.without(&["extends"])),
            recipe: root.table("recipe", "`[recipe]`", problems),
            indicators: root.tables("indicator", "`[[indicator]]`", problems),
            aggregates: root.tables("aggregate", "`[[aggregate]]`", problems),
            outputs: root.tables("output", "`[[output]]`", problems),
            summaries: root.tables("summary", "`[[summary]]`", problems),
            top: root.at(),
        };
        for list in [&layer.indicators, &layer.aggregates, &layer.outputs] {
            report_twice(list, problems);
        }
        if !root.has("methodology") && at == last {
            root.missing("methodology", problems);
        }
        root.finish(problems);
        merged = Some(match merged {
            None => layer,
            Some(below) => Merged {
                head: over(below.head, layer.head),
                recipe: over(below.recipe, layer.recipe),
                indicators: lists(below.indicators, layer.indicators, "id"),
                aggregates: lists(below.aggregates, layer.aggregates, "id"),
                outputs: lists(below.outputs, layer.outputs, "id"),
                summaries: lists(below.summaries, layer.summaries, "by"),
                top: layer.top,
            },
        });
    }
    merged
}

fn over<'t>(below: Option<Fields<'t>>, above: Option<Fields<'t>>) -> Option<Fields<'t>> {
    match (below, above) {
        (Some(below), Some(above)) => Some(below.overlaid(above)),
        (below, above) => above.or(below),
    }
}

/// Entries with the same id are replaced key by key, others added. What an aggregate is made of is
/// replaced as a whole: a new `value` drops the old children, and the other way round.
fn lists<'t>(mut below: Vec<Fields<'t>>, above: Vec<Fields<'t>>, id: &str) -> Vec<Fields<'t>> {
    for entry in above {
        let name = entry.text_of(id);
        let at = below.iter().position(|known| name.is_some() && known.text_of(id) == name);
        match at {
            Some(at) => {
                let mut known = below[at].clone();
                if entry.has("value") {
                    known = known.without(CHILDREN_KEYS);
                } else if entry.has("of") {
                    known = known.without(&["value"]);
                }
                below[at] = known.overlaid(entry);
            }
            None => below.push(entry),
        }
    }
    below
}

fn report_twice(list: &[Fields<'_>], problems: &mut Problems) {
    for (at, entry) in list.iter().enumerate() {
        let Some(id) = entry.text_of("id") else { continue };
        if let Some(first) = list[..at].iter().find(|known| known.text_of("id") == Some(id)) {
            let hint = problems.says_line("the first is", &first.at_key("id"));
            problems.error(&entry.at_key("id"), format!("the id `{id}` stands twice"), Some(hint));
        }
    }
}

fn method<'t>(
    roots: Vec<Fields<'t>>,
    against: &Against<'_>,
    problems: &mut Problems,
) -> Option<Method> {
    let merged = merge(roots, problems)?;
    let top = merged.top.clone();
    let head = merged.head.and_then(|head| head_of(head, against, problems));
    let recipes = Recipes::read(merged.recipe, problems);
    let mut drafts = Vec::new();
    let mut incomplete = false;
    for table in merged.indicators {
        let draft = draft::indicator(table, &recipes, problems);
        incomplete |= draft.is_none();
        drafts.extend(draft);
    }
    for table in merged.aggregates {
        let draft = draft::aggregate(table, &recipes, problems);
        incomplete |= draft.is_none();
        drafts.extend(draft);
    }
    if drafts.is_empty() && !incomplete && !problems.has_errors() {
        problems.error(&top, "this methodology has no nodes", None);
    }
    report_shared_ids(&drafts, against, problems);
    let omitted = omit(&mut drafts, against, problems);
    // an id that could not be read makes others look unknown: stop before saying so
    if incomplete || problems.is_broken(top.file) {
        return None;
    }
    let nodes = nodes(drafts, against, problems)?;
    let known = Nodes { nodes: &nodes, omitted: &omitted };
    let outputs: Vec<_> = merged
        .outputs
        .into_iter()
        .filter_map(|table| outputs::output(table, (known, &recipes), against, problems))
        .collect();
    let summaries: Vec<_> = merged
        .summaries
        .into_iter()
        .filter_map(|table| outputs::summary(table, known, against, problems))
        .collect();
    let head = head?;
    Some(Method {
        id: head.id,
        version: head.version,
        status: head.status,
        title: head.title,
        over: head.over,
        period: head.period,
        nodes,
        outputs,
        summaries,
    })
}

struct Head {
    id: String,
    version: String,
    status: Status,
    title: Label,
    over: Option<Formula>,
    period: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Illustrative,
    Adopted,
}

fn head_of(
    mut fields: Fields<'_>,
    against: &Against<'_>,
    problems: &mut Problems,
) -> Option<Head> {
    let id = fields.required("id", file_id, problems);
    let version = fields.required("version", text_or_number, problems);
    let word = fields.required("status", any::<Word>, problems);
    let act = fields.optional("act", text, problems);
    let title = fields.required("title", label, problems);
    let over = fields.optional("over", Written::read, problems);
    let over = over.and_then(|written| outputs::predicate(&written, against, problems));
    let period = fields.optional("period", text, problems);
    let period = period.filter(|column| {
        outputs::check_column(column, &fields.at_key("period"), against, problems)
    });
    let status = match (word, act) {
        (Some(Word::Adopted), Some(act)) => Some(Status::Adopted { act }),
        (Some(Word::Illustrative), None) => Some(Status::Illustrative),
        (Some(Word::Adopted), None) => {
            let hint = "add `act = \"Ordin …\"`, or write `status = \"illustrative\"`".to_owned();
            let message = "an adopted methodology names the act that adopted it";
            problems.error(&fields.at_key("status"), message, Some(hint));
            None
        }
        (Some(Word::Illustrative), Some(_)) => {
            let message = "an illustrative methodology has no act";
            problems.error(&fields.at_key("act"), message, None);
            None
        }
        (None, _) => None,
    };
    fields.finish(problems);
    Some(Head { id: id?, version: version?, status: status?, title: title?, over, period })
}

/// Ids that two nodes share across kinds, or that a column of the tables has already.
fn report_shared_ids(drafts: &[Draft], against: &Against<'_>, problems: &mut Problems) {
    for (at, node) in drafts.iter().enumerate() {
        let first = drafts[..at].iter().find(|known| known.id == node.id);
        // the same kind twice was reported where the file was read
        let other_kind = first.filter(|known| is_data(known) != is_data(node));
        if let Some(first) = other_kind {
            let hint = problems.says_line("the indicator is", &first.at);
            let message = format!("`{}` is an indicator and an aggregate", node.id);
            problems.error(&node.at, message, Some(hint));
        }
        if against.register.columns().contains(&node.id)
            || ["code", "name"].contains(&node.id.as_str())
        {
            let message = format!("`{}` is already a column of the register", node.id);
            problems.error(&node.at, message, Some("rename the node".to_owned()));
        }
    }
}

fn is_data(draft: &Draft) -> bool {
    matches!(draft.origin, DraftOrigin::Data(_))
}

/// Takes the indicators that the study omits out of the list and out of their parents.
fn omit(drafts: &mut Vec<Draft>, against: &Against<'_>, problems: &mut Problems) -> Vec<String> {
    let mut omitted = Vec::new();
    for id in against.study.omit.keys() {
        match drafts.iter().position(|draft| draft.id == *id && is_data(draft)) {
            Some(at) => {
                drafts.remove(at);
                omitted.push(id.clone());
            }
            None => {
                let known: Vec<&str> =
                    drafts.iter().filter(|d| is_data(d)).map(|d| d.id.as_str()).collect();
                let message = format!("`omit` names `{id}`, which is not an indicator");
                let hint = spelling::suggest(id, known.iter().copied());
                problems.error_in_file(against.file, message, hint);
            }
        }
    }
    for draft in drafts {
        if let DraftOrigin::Children(aggregate) = &mut draft.origin {
            let before = aggregate.children.len();
            aggregate.children.retain(|(child, _)| !omitted.contains(&child.id));
            if aggregate.children.is_empty() && before > 0 {
                let message =
                    format!("the study omits every child of `{}`, so nothing is left", draft.id);
                problems.error(&aggregate.of, message, None);
            }
        }
        draft.overlaps.retain(|other| !omitted.contains(&other.id));
    }
    omitted
}

/// Looks up names, orders the nodes and compiles their formulas.
fn nodes(
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
        DraftOrigin::Children(aggregate) => Some(children(aggregate, ids, place)),
    };
    Some(Node {
        id: draft.id,
        label: draft.label,
        unit: draft.unit,
        direction: draft.direction,
        plausible: draft.plausible,
        overlaps: draft.overlaps.into_iter().map(|other| other.id).collect(),
        origin: origin?,
        steps: draft.steps.into_iter().map(|named| named.step).collect(),
    })
}

fn over_nodes(
    written: &Written,
    ids: &[String],
    against: &Against<'_>,
    problems: &mut Problems,
) -> Option<Origin> {
    let known: Vec<&str> = ids.iter().map(String::as_str).collect();
    let lookup = |name: &str| match known.contains(&name) {
        true => Ok(Kind::Number),
        false => Err(unknown_node(name, &known, against)),
    };
    match expression::compile(&written.text, Kind::Number, &lookup) {
        Ok(formula) => Some(Origin::Nodes(formula)),
        Err(refusals) => {
            written.refuse(refusals, problems);
            None
        }
    }
}

fn children(aggregate: &DraftAggregate, ids: &[String], place: &[usize]) -> Origin {
    let children = aggregate.children.iter().filter_map(|(child, weight)| {
        let at = ids.iter().position(|id| *id == child.id)?;
        Some(Child { node: place[at], weight: *weight })
    });
    Origin::Children(Aggregate {
        children: children.collect(),
        each: aggregate.each.iter().map(|named| named.step.clone()).collect(),
        weights: aggregate.weights,
        rescale: aggregate.rescale,
        combine: aggregate.combine,
        require: aggregate.require,
    })
}
