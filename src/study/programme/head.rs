//! What a programme is: its name, its status, what orders the list and what *best* means.

use super::super::fields::{Fields, Item, any};
use super::super::problem::Problems;
use super::super::shapes::{file_id, label, text, text_or_number};
use super::super::status::status;
use super::super::written::Written;
use super::lines::Lines;
use super::plan::{Source, Texts};
use super::terms::{Terms, Use};
use crate::index::Formula;
use crate::index::method::Status;
use crate::language::Label;
use crate::selection::{Objective, Rule};

/// `[programme]`, checked.
pub(super) struct Head {
    pub(super) id: String,
    pub(super) version: Option<String>,
    pub(super) status: Status,
    pub(super) title: Label,
    pub(super) score: usize,
    pub(super) rule: Rule,
    pub(super) people: Option<Formula>,
    pub(super) texts: Texts,
}

#[derive(Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Word {
    Priority,
    Coverage,
}

#[derive(Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Sum {
    Score,
    People,
}

pub(super) fn head(
    mut fields: Fields<'_>,
    terms: &Terms<'_>,
    lines: &mut Lines,
    problems: &mut Problems,
) -> Option<Head> {
    lines.note("programme.score", &fields.at_key("score"), problems);
    lines.note("programme.people", &fields.at_key("people"), problems);
    let id = fields.required("id", file_id, problems);
    let version = fields.optional("version", text_or_number, problems);
    let status = status(&mut fields, "programme", problems);
    let title = fields.required("title", label, problems);
    let score = fields.required("score", text, problems);
    let score = score.and_then(|id| terms.node(&id, &fields.at_key("score"), problems));
    let rule = rule(&mut fields, problems);
    let people = fields.optional("people", Written::read, problems);
    let people = people.and_then(|written| terms.value(&written, Use::OfSums, problems));
    let texts = Texts {
        sources: fields.optional("sources", sources, problems).unwrap_or_default(),
        assumptions: fields.optional("assumptions", labels, problems).unwrap_or_default(),
        open_questions: fields.optional("open_questions", labels, problems).unwrap_or_default(),
    };
    fields.finish(problems);
    Some(Head {
        id: id?,
        version,
        status: status?,
        title: title?,
        score: score?,
        rule: rule?,
        people,
        texts,
    })
}

fn rule(fields: &mut Fields<'_>, problems: &mut Problems) -> Option<Rule> {
    let word = if fields.has("rule") {
        fields.optional("rule", any::<Word>, problems)?
    } else {
        fields.item("rule");
        Word::Priority
    };
    let sum = fields.optional("objective", any::<Sum>, problems);
    match (word, sum) {
        (Word::Coverage, Some(Sum::Score)) => Some(Rule::Coverage(Objective::Score)),
        (Word::Coverage, Some(Sum::People)) => Some(Rule::Coverage(Objective::People)),
        (Word::Priority, None) => Some(Rule::Priority),
        (Word::Coverage, None) => {
            if !fields.has("objective") {
                let hint = "add `objective = \"score\"` or `objective = \"people\"`".to_owned();
                let message = "the rule `coverage` needs to know what it sums";
                problems.error(&fields.at_key("rule"), message, Some(hint));
            }
            None
        }
        (Word::Priority, Some(_)) => {
            let message = "the rule `priority` sums nothing and has no `objective`";
            let hint = "write `rule = \"coverage\"` if the sum should decide".to_owned();
            problems.error(&fields.at_key("objective"), message, Some(hint));
            None
        }
    }
}

/// A list of texts for people.
fn labels(item: &Item<'_>, problems: &mut Problems) -> Option<Vec<Label>> {
    let Some(items) = item.as_array() else {
        item.expected("a list of texts", problems);
        return None;
    };
    Some(items.iter().filter_map(|each| label(each, problems)).collect())
}

/// Documents: texts, or `{ title = …, place = … }`.
fn sources(item: &Item<'_>, problems: &mut Problems) -> Option<Vec<Source>> {
    let Some(items) = item.as_array() else {
        item.expected("a list of documents", problems);
        return None;
    };
    let source = |item: &Item<'_>, problems: &mut Problems| {
        let is_document = item.get().as_table().is_some_and(|table| table.get("title").is_some());
        if !is_document {
            return label(item, problems).map(|title| Source { title, place: None });
        }
        let mut fields = item.table("this document", problems)?;
        let title = fields.required("title", label, problems);
        let place = fields.optional("place", text, problems);
        fields.finish(problems);
        Some(Source { title: title?, place })
    };
    Some(items.iter().filter_map(|each| source(each, problems)).collect())
}
