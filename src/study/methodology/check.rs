//! A methodology file: the tables that it may have, and the method that they make together.

use super::draft::{Aggregate, Draft, DraftOrigin, IndicatorTable, Mention, Mentions};
use super::graph::{Against, nodes};
use super::names::MethodologyContext;
use super::outputs::{self, Nodes, OutputTable, SummaryTable};
use super::steps::{PlacedStep, Recipes, StepText};
use crate::index::Formula;
use crate::index::method::{Method, Status};
use crate::language::Label;
use crate::message::study::file::{self, kinds};
use crate::message::study::methodology as message;
use crate::message::suggest;
use crate::quality::Advice;
use crate::study::bundled::{bundled_methodologies, bundled_methodology};
use crate::study::layers::{Layer, Layered, Load};
use crate::study::layers::{StatusWord, status};
use crate::study::problem::Problems;
use crate::study::shape::{Entries, List, Tables};
use crate::study::table::table;
use crate::study::values::{FileId, RelativePath, SpannedFormula, Text, TextOrNumber};

const KIND: Layered = Layered {
    word: "methodology",
    noun: kinds::METHODOLOGY,
    several: kinds::METHODOLOGIES,
    bundled: bundled_methodology,
    known: || bundled_methodologies().collect(),
};

table! {
    /// A methodology: how risk is measured.
    pub(in crate::study) struct MethodologyFile as "the methodology", "metodologie" {
        /// What the methodology is.
        required methodology: MethodologyTable,
        /// Named step lists.
        optional recipe: Entries<List<StepText>>,
        /// Nodes that come from data.
        optional indicator: Tables<IndicatorTable>,
        /// Nodes that come from nodes.
        optional aggregate: Tables<Aggregate>,
        /// Columns that feed nothing: ranks, classes, contributions.
        optional output: Tables<OutputTable>,
        /// Tables by area.
        optional summary: Tables<SummaryTable>,
    }
}

table! {
    /// What the methodology is.
    pub(super) struct MethodologyTable as "`[methodology]`" {
        /// Identifier: lower-case letters, digits, `_` and `-`.
        required id: FileId,
        /// Version, as text.
        required version: TextOrNumber,
        /// `illustrative`, or `adopted` with `act`; taken from what it extends when absent.
        inherited status: StatusWord,
        /// The act that adopted it.
        optional act: Text,
        /// Title for reports; taken from what it extends when absent.
        inherited title: Label,
        /// What it measures and what it misses, printed on the cover.
        optional description: Label,
        /// Condition: the units whose distribution sets bounds and ranks. All when absent.
        optional over: SpannedFormula,
        /// Register column that holds the period of a panel.
        optional period: Text,
        /// The node whose score reports lead with; the last aggregate when absent.
        optional headline: Mention,
        /// Indicators of what it extends that it leaves out, also of the aggregates above them.
        optional omit: Mentions,
        /// Bundled name or path of a methodology of which this one replaces keys and adds nodes.
        optional extends: RelativePath,
    }
}

/// A methodology with everything it extends, loaded and not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Methodology {
    /// The file that was asked for first, then the one it extends, and so on.
    pub layers: Vec<Layer>,
}

impl Methodology {
    /// Loads a methodology by bundled name or path, and what it extends.
    ///
    /// A reference with a `/` or the ending `.toml` is a path and is read through `load`; a path
    /// in `extends` starts in the folder of the file that says it.
    pub fn load(reference: &str, load: &mut Load<'_>, problems: &mut Problems) -> Option<Self> {
        KIND.load(reference, load, problems).map(|layers| Self { layers })
    }

    /// What is wrong with a reference that is neither a path nor the name of a bundled methodology.
    pub(in crate::study) fn unknown(reference: &str) -> Option<Advice> {
        KIND.unknown(reference)
    }

    /// Checks the methodology against a study and its register. All problems are added to
    /// `problems`; without errors there is a method.
    pub fn check(
        &self,
        context: &MethodologyContext<'_>,
        problems: &mut Problems,
    ) -> Option<Method> {
        KIND.checked(&self.layers, problems, |file: MethodologyFile, found| {
            file.check(context, found)
        })
    }
}

impl MethodologyFile {
    fn check(self, context: &MethodologyContext<'_>, problems: &mut Problems) -> Option<Method> {
        let left_out = self.methodology.value.as_ref().and_then(|head| head.omit.value.clone());
        let head = self.methodology.value.and_then(|head| head.check(context, problems));
        let recipes = Recipes::new(self.recipe.value.unwrap_or_default(), problems);
        let indicators = self.indicator.value.unwrap_or_default();
        let aggregates = self.aggregate.value.unwrap_or_default();
        let mut drafts: Vec<Option<Draft>> =
            indicators.iter().map(|table| table.draft(&recipes, problems)).collect();
        drafts.extend(aggregates.iter().map(|aggregate| aggregate.0.draft(&recipes, problems)));
        let incomplete = drafts.iter().any(Option::is_none);
        let mut drafts: Vec<Draft> = drafts.into_iter().flatten().collect();
        if drafts.is_empty() && !incomplete && !problems.has_errors() {
            problems.error(&self.site.at, message::no_nodes());
        }
        report_shared_ids(&drafts, context, problems);
        let omitted = omit(&mut drafts, &left_out.unwrap_or_default(), context, problems);
        // an id that could not be read makes others look unknown: stop before saying so
        if incomplete || problems.is_broken(self.site.at.file) {
            return None;
        }
        let placed: Vec<PlacedStep> = drafts.iter().flat_map(Draft::all_steps).cloned().collect();
        let nodes = nodes(drafts, Against { context, omitted: &omitted }, problems)?;
        let period = head.as_ref().is_none_or(|head| head.period.is_some());
        let known = Nodes { list: &nodes, omitted: &omitted, period };
        known.check_steps(&placed, context, problems);
        let outputs = self.output.value.unwrap_or_default();
        let outputs = outputs
            .iter()
            .filter_map(|table| table.check((known, &recipes), context, problems))
            .collect();
        let summaries = self.summary.value.unwrap_or_default();
        let summaries =
            summaries.iter().filter_map(|table| table.check(known, context, problems)).collect();
        if !problems.has_errors() {
            recipes.note_unused(self.site.at.file, problems);
        }
        let head = head?;
        let headline = head.headline.and_then(|node| known.headline(&node, problems));
        Some(Method {
            id: head.id,
            version: head.version,
            status: head.status,
            title: head.title,
            description: head.description,
            over: head.over,
            period: head.period,
            headline,
            nodes,
            outputs,
            summaries,
        })
    }
}

struct Head {
    id: String,
    version: String,
    status: Status,
    title: Label,
    description: Option<Label>,
    over: Option<Formula>,
    period: Option<String>,
    headline: Option<Mention>,
}

impl MethodologyTable {
    fn check(self, context: &MethodologyContext<'_>, problems: &mut Problems) -> Option<Head> {
        // what is extended has a name and a version of its own
        let own = self.site.at.file;
        for (key, at) in [("id", &self.id.at), ("version", &self.version.at)] {
            if self.extends.is_written && at.file != own {
                self.site.missing(key, problems);
            }
        }
        let status = status(&self.status, &self.act, kinds::METHODOLOGY, problems);
        let over = self.over.value.as_ref();
        let over = over.and_then(|written| outputs::predicate(written, context, &[], problems));
        let period = outputs::known_column(&self.period, context, problems);
        Some(Head {
            id: self.id.value?,
            version: self.version.value?,
            status: status?,
            title: self.title.value?,
            description: self.description.value,
            over,
            period,
            headline: self.headline.value,
        })
    }
}

/// Ids that two nodes share across kinds, or that a column of the tables has already.
fn report_shared_ids(drafts: &[Draft], against: &MethodologyContext<'_>, problems: &mut Problems) {
    for (at, node) in drafts.iter().enumerate() {
        let first = drafts[..at].iter().find(|known| known.id == node.id);
        // the same kind twice was reported where the file was read
        let other_kind = first.filter(|known| is_data(known) != is_data(node));
        if let Some(first) = other_kind {
            let hint = problems.says_line(&file::the_indicator(), &first.at);
            problems.error(&node.at, message::indicator_and_aggregate(&node.id).advise(hint));
        }
        if against.register.columns().contains(&node.id)
            || ["code", "name"].contains(&node.id.as_str())
        {
            problems.error(&node.at, message::column_of_the_register(&node.id));
        }
    }
}

fn is_data(draft: &Draft) -> bool {
    matches!(draft.origin, DraftOrigin::Data(_))
}

/// Takes the indicators that the methodology (`left_out`) and the study leave out, out of the list and
/// out of their parents.
fn omit(
    drafts: &mut Vec<Draft>,
    left_out: &[Mention],
    against: &MethodologyContext<'_>,
    problems: &mut Problems,
) -> Vec<String> {
    let data: Vec<String> =
        drafts.iter().filter(|draft| is_data(draft)).map(|draft| draft.id.clone()).collect();
    let unknown = |id: &str| {
        let hint = suggest(id, data.iter().map(String::as_str));
        message::omits_no_indicator(id).advise(hint)
    };
    for mention in left_out.iter().filter(|mention| !data.contains(&mention.id)) {
        problems.error(&mention.at, unknown(&mention.id));
    }
    for id in against.study.omit.keys().filter(|id| !data.contains(id)) {
        problems.error_in_file(against.file, unknown(id));
    }
    let named = left_out.iter().map(|mention| &mention.id).chain(against.study.omit.keys());
    let omitted: Vec<String> = named.filter(|id| data.contains(id)).cloned().collect();
    drafts.retain(|draft| !omitted.contains(&draft.id) || !is_data(draft));
    for draft in drafts {
        if let DraftOrigin::Children(aggregate) = &mut draft.origin {
            let before = aggregate.children.len();
            aggregate.children.retain(|(child, _)| !omitted.contains(&child.id));
            if aggregate.children.is_empty() && before > 0 {
                problems.error(&aggregate.of, message::all_children_omitted(&draft.id));
            }
        }
        draft.overlaps.retain(|other| !omitted.contains(&other.id));
    }
    omitted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extending_in_a_circle_is_refused() {
        let mut problems = Problems::new();
        let mut load = |path: &str| {
            let other = if path == "a.toml" { "b.toml" } else { "a.toml" };
            Ok(format!("[methodology]\nextends = \"{other}\"\n").into_bytes())
        };
        assert_eq!(Methodology::load("a.toml", &mut load, &mut problems), None);
        let said: Vec<_> = problems.iter().map(|p| p.message.en.as_str()).collect();
        assert_eq!(
            said,
            ["methodologies extend each other in a cycle: a.toml -> b.toml -> a.toml"]
        );
    }

    #[test]
    fn an_unknown_name_is_answered_with_the_known_ones() {
        let mut problems = Problems::new();
        let mut load = |_: &str| Err(std::io::Error::other("never asked"));
        assert_eq!(Methodology::load("icr", &mut load, &mut problems), None);
        let hint = problems.iter().next().unwrap().hint.clone().unwrap();
        assert!(hint.en.contains("`irc`"), "{hint}");
    }
}
