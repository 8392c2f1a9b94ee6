//! What a methodology shows: columns that feed nothing, and tables by area.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::draft::Mention;
use super::names::MethodologyContext;
use super::steps::{PlacedStep, Recipes, StepText};
use crate::index::Formula;
use crate::index::class::Class;
use crate::index::method::{Node, Origin, Output, Show, Statistic, Summary, SummaryColumn};
use crate::language::Label;
use crate::message::study::{library, methodology as message, source};
use crate::message::suggest;
use crate::observation::Nature;
use crate::study::expression::{self, Kind};
use crate::study::fields::Item;
use crate::study::problem::{Problems, Spot};
use crate::study::shape::{Entries, Entry, List, Shape, Spanned};
use crate::study::table::table;
use crate::study::values::{Identifier, SpannedFormula, Text};

table! {
    /// A column that feeds nothing.
    pub(super) struct OutputTable as "`[[output]]`" by "id" {
        /// Identifier; column name.
        required id: Identifier,
        /// Name for reports; the id when absent.
        optional label: Label,
        /// The node it shows. May be left out where it is taken from `extends`.
        inherited of: Mention,
        /// Which of the node's columns.
        optional show: Show = Show::default(),
        /// Steps applied to it.
        optional steps: List<StepText>,
        /// Classes, after the steps.
        optional class: Class,
        /// Register column within whose areas ranks and classes are taken.
        optional within: Text,
        /// Condition: the units it is made for.
        optional r#where: SpannedFormula,
    }
}

table! {
    /// A table by area.
    pub(super) struct SummaryTable as "`[[summary]]`" by "by" {
        /// Register column whose areas are the rows.
        required by: Text,
        /// Measure that weighs units.
        optional weight: Text,
        /// Statistic -> node, or column -> `{ statistic = node }`.
        inherited columns: Entries<ColumnText>,
    }
}

/// The nodes in their order, with those that are left out.
#[derive(Clone, Copy)]
pub(in crate::study) struct Nodes<'a> {
    pub(in crate::study) list: &'a [Node],
    pub(in crate::study) omitted: &'a [String],
    /// Whether the methodology names a period.
    pub(in crate::study) period: bool,
}

impl Nodes<'_> {
    /// Position of a node that is mentioned; nothing when it is omitted (quietly: the omission is
    /// a finding of its own) or unknown (reported).
    fn find(&self, mention: &Mention, problems: &mut Problems) -> Option<usize> {
        let at = self.list.iter().position(|node| node.id == mention.id);
        if at.is_none() && !self.omitted.contains(&mention.id) {
            let known = self.list.iter().map(|node| node.id.as_str());
            let hint = suggest(&mention.id, known);
            problems.error(&mention.at, message::unknown_node(&mention.id).advise(hint));
        }
        at
    }

    /// Position of the node that reports lead with, which must be there.
    pub(super) fn headline(&self, mention: &Mention, problems: &mut Problems) -> Option<usize> {
        if self.omitted.contains(&mention.id) {
            problems.error(&mention.at, message::omitted_headline(&mention.id));
        }
        self.find(mention, problems)
    }

    /// Checks what only the whole methodology and the register can tell of steps: that the columns,
    /// units and indicators they name are there.
    pub(in crate::study) fn check_steps(
        &self,
        steps: &[PlacedStep],
        against: &MethodologyContext<'_>,
        problems: &mut Problems,
    ) {
        for PlacedStep { step, at } in steps {
            for column in step.areas() {
                check_column(column, at, against, problems);
            }
            for unit in step.units() {
                if against.register.position(unit).is_none() {
                    problems.error(at, message::step_of_unknown_unit(step.name(), unit));
                }
            }
            for id in step.indicators() {
                let mention = Mention { id: id.to_owned(), at: at.clone() };
                if self.omitted.iter().any(|omitted| omitted == id) {
                    problems.error(at, message::step_of_omitted(step.name(), id));
                } else if let Some(found) = self.find(&mention, problems)
                    && !self.list[found].is_indicator()
                {
                    problems.error(at, message::no_indicator(id));
                }
            }
            if step.needs_period() && !self.period {
                problems.error(at, message::step_of_panel(step.name()));
            }
        }
    }
}

impl OutputTable {
    /// The output, where its node, its steps and its conditions are known.
    pub(super) fn check(
        &self,
        (nodes, recipes): (Nodes<'_>, &Recipes),
        context: &MethodologyContext<'_>,
        problems: &mut Problems,
    ) -> Option<Output> {
        let of = self.of.value.as_ref().and_then(|of| nodes.find(of, problems));
        let steps = recipes.steps(self.steps.value.as_ref(), problems);
        nodes.check_steps(&steps.placed, context, problems);
        let within = known_column(&self.within, context, problems);
        let ids: Vec<&str> = nodes.list.iter().map(|node| node.id.as_str()).collect();
        let filter = self.r#where.value.as_ref();
        let filter = filter.and_then(|written| predicate(written, context, &ids, problems));
        let id = self.id.value.clone()?;
        if nodes.list.iter().any(|node| node.id == id) {
            problems.error(&self.id.at, message::output_named_as_node(&id));
        }
        if within.is_some() && steps.placed.is_empty() && self.class.value.is_none() {
            problems.error(&self.within.at, message::within_nothing());
        }
        let (of, show) = (of?, self.show.value);
        if show == Show::Contributions && !matches!(nodes.list[of].origin, Origin::Children(_)) {
            problems.error(&self.show.at, message::no_contributions(&nodes.list[of].id));
        }
        Some(Output {
            label: self.label.value.clone().unwrap_or_else(|| Label::same(&id)),
            id,
            of,
            show,
            steps: steps.steps(),
            class: self.class.value.clone(),
            filter,
            within,
        })
    }
}

/// A predicate over measures, register columns and the given nodes, unit by unit.
pub(in crate::study) fn predicate(
    written: &SpannedFormula,
    against: &MethodologyContext<'_>,
    nodes: &[&str],
    problems: &mut Problems,
) -> Option<Formula> {
    let lookup = |name: &str| against.kind_by_unit(name, nodes);
    match expression::compile(&written.text, Kind::Condition, &lookup, &|name| against.known(name))
    {
        Ok(formula) => Some(formula),
        Err(refusals) => {
            written.refuse(refusals, problems);
            None
        }
    }
}

/// Whether a register column exists; else reports it.
pub(super) fn check_column(
    column: &str,
    at: &Spot,
    against: &MethodologyContext<'_>,
    problems: &mut Problems,
) -> bool {
    let known = against.register.level(column).is_some();
    if !known {
        let levels: Vec<&str> = against.register.level_names().collect();
        let hint = suggest(column, levels.iter().copied());
        problems.error(at, source::register_without_column(column).advise(hint));
    }
    known
}

/// A register column that exists; else reports it.
pub(super) fn known_column(
    column: &Spanned<Option<String>>,
    context: &MethodologyContext<'_>,
    problems: &mut Problems,
) -> Option<String> {
    let name = column.value.as_ref()?;
    check_column(name, &column.at, context, problems).then(|| name.clone())
}

impl SummaryTable {
    /// The summary, where its areas, its weight and its nodes are known.
    pub(super) fn check(
        &self,
        nodes: Nodes<'_>,
        context: &MethodologyContext<'_>,
        problems: &mut Problems,
    ) -> Option<Summary> {
        let by = known_column(&self.by, context, problems);
        let weight = self.weight.value.clone();
        if let Some(name) = &weight {
            check_weight(name, &self.weight.at, context, problems);
        }
        let columns = self.columns.value.iter().flatten();
        let columns = columns.filter_map(|entry| column(entry, nodes, problems)).collect();
        Some(Summary { by: by?, weight, columns })
    }
}

fn check_weight(name: &str, at: &Spot, against: &MethodologyContext<'_>, problems: &mut Problems) {
    match against.measure(name) {
        Some((_, measure)) if matches!(measure.nature, Nature::Count | Nature::Amount) => {}
        Some(_) => {
            problems.error(at, message::no_weight(name));
        }
        None => {
            let text = |_| message::text_not_measure(name).into();
            problems.error(at, against.kind(name).map_or_else(|unknown| unknown, text));
        }
    }
}

/// `mean = "irc"`, or `name = { mean = "irc" }` when a statistic is wanted of several nodes.
#[derive(Clone, Debug)]
pub(super) struct ColumnText {
    /// The statistic, where it is not the name of the column.
    statistic: Option<(String, Spot)>,
    of: Option<Mention>,
}

impl Shape for ColumnText {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        if item.get().as_table().is_none() {
            return Some(Self { statistic: None, of: Mention::read(item, problems) });
        }
        let entries = Entries::<Mention>::read(item, problems)?;
        if let [Entry { key, key_at, value }] = entries.as_slice() {
            let statistic = Some((key.clone(), key_at.clone()));
            return Some(Self { statistic, of: value.clone() });
        }
        item.error(message::one_statistic(), problems);
        None
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let node = Mention::schema(generator);
        let statistic = Statistic::schema(generator);
        json_schema!({ "anyOf": [node, {
            "type": "object",
            "propertyNames": statistic,
            "additionalProperties": node,
            "minProperties": 1,
            "maxProperties": 1
        }] })
    }
}

fn column(
    entry: &Entry<ColumnText>,
    nodes: Nodes<'_>,
    problems: &mut Problems,
) -> Option<SummaryColumn> {
    let text = entry.value.as_ref()?;
    let (word, at) = match &text.statistic {
        Some((word, at)) => (word, at),
        None => (&entry.key, &entry.key_at),
    };
    let statistic = statistic(word, at, problems);
    let of = text.of.as_ref().and_then(|of| nodes.find(of, problems));
    Some(SummaryColumn { id: entry.key.clone(), statistic: statistic?, of: of? })
}

fn statistic(word: &str, at: &Spot, problems: &mut Problems) -> Option<Statistic> {
    use serde::Deserialize;
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, StrDeserializer};
    let reader: StrDeserializer<'_, Error> = word.into_deserializer();
    match Statistic::deserialize(reader) {
        Ok(statistic) => Some(statistic),
        Err(error) => {
            let hint = library::refused_value(&error.to_string()).hint;
            problems.error(at, message::unknown_statistic(word).advise(hint));
            None
        }
    }
}
