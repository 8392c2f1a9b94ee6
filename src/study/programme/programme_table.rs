//! `[programme]`: its name, its status, what orders the list and what *best* means.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::context::{ProgrammeContext, Use};
use crate::index::Formula;
use crate::index::method::Status;
use crate::language::{Label, Words};
use crate::message::study::file::kinds;
use crate::message::study::programme as message;
use crate::selection::{Objective, Rule};
use crate::study::Methodology;
use crate::study::fields::Item;
use crate::study::layers::{StatusWord, status};
use crate::study::problem::Problems;
use crate::study::shape::{Element, List, Shape};
use crate::study::table::table;
use crate::study::values::{FileId, RelativePath, SpannedFormula, Text, TextOrNumber};

table! {
    /// What the programme is.
    pub(super) struct ProgrammeTable as "`[programme]`" {
        /// Identifier: lower-case letters, digits, `_` and `-`.
        required id: FileId,
        /// Version, as text.
        optional version: TextOrNumber,
        /// `illustrative`, or `adopted` with `act`; taken from what it extends when absent.
        inherited status: StatusWord,
        /// The act that adopted it.
        optional act: Text,
        /// Title for reports; taken from what it extends when absent.
        inherited title: Label,
        /// The node of the methodology that orders the list; taken from what it extends when absent.
        inherited score: Text,
        /// Bundled name or path of the methodology that it was written for: taken where the study names
        /// none, a finding where the study names another.
        optional methodology: RelativePath,
        /// What *best* means.
        optional rule: RuleWord = RuleWord::Priority,
        /// What `coverage` sums.
        optional objective: Objective,
        /// Formula over measures: who counts as people.
        optional people: SpannedFormula,
        /// Documents that its numbers come from, printed in reports.
        optional sources: List<Source>,
        /// What was assumed, printed in reports.
        optional assumptions: List<Label>,
        /// What documents leave open, printed in reports.
        optional open_questions: List<Label>,
        /// Bundled name or path of a programme of which this one replaces keys and adds phases.
        optional extends: RelativePath,
    }
}

/// What *best* means among the lists that keep every rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum RuleWord {
    /// The list that holds the highest unit on which lists differ.
    Priority,
    /// The list with the largest sum of `objective`.
    Coverage,
}

/// What reports print about a programme.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Texts {
    /// Documents that its numbers come from.
    pub(crate) sources: Vec<Source>,
    /// What was assumed.
    pub(crate) assumptions: Vec<Label>,
    /// What documents leave open.
    pub(crate) open_questions: Vec<Label>,
}

/// A document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Source {
    /// Its title, with publisher and date.
    pub(crate) title: Label,
    /// Where in it, or where to find it.
    pub(crate) place: Option<String>,
}

/// `[programme]`, checked.
pub(super) struct CheckedHead {
    pub(super) id: String,
    pub(super) version: Option<String>,
    pub(super) status: Status,
    pub(super) title: Label,
    pub(super) score: usize,
    pub(super) rule: Rule,
    pub(super) people: Option<Formula>,
    pub(super) texts: Texts,
}

impl ProgrammeTable {
    pub(super) fn check(
        &self,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> Option<CheckedHead> {
        // what is extended has a name of its own
        if self.extends.is_written && self.id.at.file != self.site.at.file {
            self.site.missing("id", problems);
        }
        let unknown = self.methodology.value.as_deref().and_then(Methodology::unknown);
        if let Some(advice) = unknown {
            problems.error(&self.methodology.at, advice);
        }
        let status = status(&self.status, &self.act, kinds::PROGRAMME, problems);
        let score = context.node(&self.score, problems);
        let rule = self.rule(problems);
        let people = self.people.value.as_ref();
        let people = people.and_then(|written| context.value(written, Use::OfSums, problems));
        Some(CheckedHead {
            id: self.id.value.clone()?,
            version: self.version.value.clone(),
            status: status?,
            title: self.title.value.clone()?,
            score: score?,
            rule: rule?,
            people,
            texts: Texts {
                sources: self.sources.value.clone().unwrap_or_default(),
                assumptions: self.assumptions.value.clone().unwrap_or_default(),
                open_questions: self.open_questions.value.clone().unwrap_or_default(),
            },
        })
    }

    fn rule(&self, problems: &mut Problems) -> Option<Rule> {
        match (self.rule.value, self.objective.value) {
            (RuleWord::Coverage, Some(objective)) => Some(Rule::Coverage(objective)),
            (RuleWord::Priority, None) => Some(Rule::Priority),
            (RuleWord::Coverage, None) => {
                if !self.objective.is_written {
                    problems.error(&self.rule.at, message::coverage_of_what());
                }
                None
            }
            (RuleWord::Priority, Some(_)) => {
                problems.error(&self.objective.at, message::priority_sums_nothing());
                None
            }
        }
    }
}

table! {
    /// A document with a place in it.
    struct DocumentTable as "this document", "acest document" {
        /// Title, with publisher and date.
        required title: Label,
        /// Page, chapter, or where to find it.
        optional place: Text,
    }
}

/// A document: its title, or `{ title = …, place = … }`.
impl Shape for Source {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let is_document = item.get().as_table().is_some_and(|table| table.get("title").is_some());
        if !is_document {
            return Label::read(item, problems).map(|title| Self { title, place: None });
        }
        let table = DocumentTable::read(item, problems)?;
        Some(Self { title: table.title.value?, place: table.place.value })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let (title, table) = (Label::schema(generator), DocumentTable::schema(generator));
        json_schema!({ "anyOf": [title, table] })
    }
}

impl Element for Source {
    const LIST: Words = kinds::DOCUMENTS;
}
