//! From the layers of a methodology to a checked [`Method`], with every problem on the way.

use super::super::fields::Fields;
use super::super::layers::checked;
use super::super::problem::Problems;
use super::super::shapes::{file_id, label, text, text_or_number};
use super::super::spelling;
use super::super::status::status;
use super::draft::{self, Draft, DraftOrigin, Written};
use super::graph::nodes;
use super::load::Methodology;
use super::merge::merge;
use super::names::Against;
use super::outputs::{self, Nodes};
use super::steps::{PlacedStep, Recipes};
use crate::index::Formula;
use crate::index::method::{Method, Status};
use crate::language::Label;

impl Methodology {
    /// Checks the methodology against a study and its register. All problems are added to
    /// `problems`; without errors there is a method.
    pub fn check(&self, against: &Against<'_>, problems: &mut Problems) -> Option<Method> {
        checked(&self.layers, "the methodology", problems, |roots, found| {
            method(roots, against, found)
        })
    }
}

fn method(
    roots: Vec<Fields<'_>>,
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
    let placed: Vec<PlacedStep> = drafts.iter().flat_map(Draft::all_steps).cloned().collect();
    let nodes = nodes(drafts, against, problems)?;
    let period = head.as_ref().is_none_or(|head| head.period.is_some());
    let known = Nodes { list: &nodes, omitted: &omitted, period };
    known.check_steps(&placed, against, problems);
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

fn head_of(mut fields: Fields<'_>, against: &Against<'_>, problems: &mut Problems) -> Option<Head> {
    let id = fields.required("id", file_id, problems);
    let version = fields.required("version", text_or_number, problems);
    let status = status(&mut fields, "methodology", problems);
    let title = fields.required("title", label, problems);
    let over = fields.optional("over", Written::read, problems);
    let over = over.and_then(|written| outputs::predicate(&written, against, &[], problems));
    let period = fields.optional("period", text, problems);
    let period = period.filter(|column| {
        outputs::check_column(column, &fields.at_key("period"), against, problems)
    });
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
        if let Some(at) = drafts.iter().position(|draft| draft.id == *id && is_data(draft)) {
            drafts.remove(at);
            omitted.push(id.clone());
        } else {
            let known: Vec<&str> =
                drafts.iter().filter(|d| is_data(d)).map(|d| d.id.as_str()).collect();
            let message = format!("`omit` names `{id}`, which is not an indicator");
            let hint = spelling::suggest(id, known.iter().copied());
            problems.error_in_file(against.file, message, hint);
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
