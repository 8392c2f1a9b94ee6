//! What a methodology shows: columns that feed nothing, and tables by area.

use super::super::expression::{self, Kind};
use super::super::fields::{Fields, Item, any};
use super::super::problem::{Problems, Spot};
use super::super::shapes::{identifier, label, text};
use super::super::spelling;
use super::draft::{Mention, Written, mention};
use super::names::Against;
use super::steps::{PlacedStep, Recipes};
use crate::index::class::Class;
use crate::index::method::{Node, Origin, Output, Show, Statistic, Summary, SummaryColumn};
use crate::language::Label;
use crate::observation::Nature;

/// The nodes in their order, with those that the study omits.
#[derive(Clone, Copy)]
pub(super) struct Nodes<'a> {
    pub(super) list: &'a [Node],
    pub(super) omitted: &'a [String],
    /// Whether the methodology names a period.
    pub(super) period: bool,
}

impl Nodes<'_> {
    /// Position of a node that is mentioned; nothing when it is omitted (quietly: the omission is
    /// a finding of its own) or unknown (reported).
    fn find(&self, mention: &Mention, problems: &mut Problems) -> Option<usize> {
        let at = self.list.iter().position(|node| node.id == mention.id);
        if at.is_none() && !self.omitted.contains(&mention.id) {
            let known = self.list.iter().map(|node| node.id.as_str());
            let hint = spelling::suggest(&mention.id, known);
            problems.error(&mention.at, format!("unknown node `{}`", mention.id), hint);
        }
        at
    }

    /// Checks what only the whole methodology and the register can tell of steps: that the columns,
    /// units and indicators they name are there.
    pub(super) fn check_steps(
        &self,
        steps: &[PlacedStep],
        against: &Against<'_>,
        problems: &mut Problems,
    ) {
        for PlacedStep { step, at } in steps {
            for column in step.areas() {
                check_column(column, at, against, problems);
            }
            for unit in step.units() {
                if against.register.position(unit).is_none() {
                    let message = format!(
                        "the step `{}` names the unit `{unit}`, which the register does not have",
                        step.name()
                    );
                    problems.error(at, message, None);
                }
            }
            for id in step.indicators() {
                let mention = Mention { id: id.to_owned(), at: at.clone() };
                if self.omitted.iter().any(|omitted| omitted == id) {
                    let message =
                        format!("the step `{}` reads `{id}`, which the study omits", step.name());
                    problems.error(at, message, None);
                } else if let Some(found) = self.find(&mention, problems)
                    && !self.list[found].is_indicator()
                {
                    problems.error(at, format!("`{id}` is not an indicator"), None);
                }
            }
            if step.needs_period() && !self.period {
                let hint = "add `period` to `[methodology]`: the register column that holds it";
                let message = format!("the step `{}` needs a panel", step.name());
                problems.error(at, message, Some(hint.to_owned()));
            }
        }
    }
}

/// Reads an `[[output]]`.
pub(super) fn output<'t>(
    mut fields: Fields<'t>,
    (nodes, recipes): (Nodes<'_>, &Recipes<'t>),
    against: &Against<'_>,
    problems: &mut Problems,
) -> Option<Output> {
    let at = fields.at_key("id");
    let id = fields.required("id", identifier, problems);
    let label = fields.optional("label", label, problems);
    let of = fields.required("of", mention, problems);
    let of = of.and_then(|of| nodes.find(&of, problems));
    let show = fields.optional("show", any::<Show>, problems).unwrap_or_default();
    let show_at = fields.at_key("show");
    let steps = fields.item("steps").map(|item| recipes.steps(&item, problems));
    let steps = steps.unwrap_or_default();
    nodes.check_steps(&steps, against, problems);
    let class = fields.optional("class", any::<Class>, problems);
    let within = fields.optional("within", text, problems);
    let within =
        within.filter(|column| check_column(column, &fields.at_key("within"), against, problems));
    let filter = fields.optional("where", Written::read, problems);
    let ids: Vec<&str> = nodes.list.iter().map(|node| node.id.as_str()).collect();
    let filter = filter.and_then(|written| predicate(&written, against, &ids, problems));
    fields.finish(problems);
    let id = id?;
    if nodes.list.iter().any(|node| node.id == id) {
        let message = format!("the output `{id}` has the name of a node");
        let hint = "both would be the same column of the tables: rename one".to_owned();
        problems.error(&at, message, Some(hint));
    }
    let of = of?;
    if show == Show::Contributions && !matches!(nodes.list[of].origin, Origin::Children(_)) {
        let message =
            format!("`{}` has no children whose contributions could be shown", nodes.list[of].id);
        problems.error(&show_at, message, None);
    }
    Some(Output {
        label: label.unwrap_or_else(|| Label::same(&id)),
        id,
        of,
        show,
        steps: steps.into_iter().map(|placed| placed.step).collect(),
        class,
        filter,
        within,
    })
}

/// A predicate over measures, register columns and the given nodes, unit by unit.
pub(super) fn predicate(
    written: &Written,
    against: &Against<'_>,
    nodes: &[&str],
    problems: &mut Problems,
) -> Option<crate::index::Formula> {
    let lookup = |name: &str| against.kind_by_unit(name, nodes);
    match expression::compile(&written.text, Kind::Condition, &lookup) {
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
    against: &Against<'_>,
    problems: &mut Problems,
) -> bool {
    let known = against.register.level(column).is_some();
    if !known {
        let levels: Vec<&str> = against.register.level_names().collect();
        let hint = spelling::suggest(column, levels.iter().copied());
        problems.error(at, format!("the register has no column `{column}`"), hint);
    }
    known
}

/// Reads a `[[summary]]`.
pub(super) fn summary(
    mut fields: Fields<'_>,
    nodes: Nodes<'_>,
    against: &Against<'_>,
    problems: &mut Problems,
) -> Option<Summary> {
    let by = fields.required("by", text, problems);
    let by = by.filter(|column| check_column(column, &fields.at_key("by"), against, problems));
    let weight = fields.optional("weight", text, problems);
    if let Some(name) = &weight {
        check_weight(name, &fields.at_key("weight"), against, problems);
    }
    let mut columns = Vec::new();
    for (id, at, item) in
        fields.table("columns", "`columns`", problems).map(|mut t| t.rest()).unwrap_or_default()
    {
        columns.extend(column(id, &at, &item, nodes, problems));
    }
    if !fields.has("columns") {
        fields.missing("columns", problems);
    }
    fields.finish(problems);
    Some(Summary { by: by?, weight, columns })
}

fn check_weight(name: &str, at: &Spot, against: &Against<'_>, problems: &mut Problems) {
    match against.measure(name) {
        Some((_, measure)) if matches!(measure.nature, Nature::Count | Nature::Amount) => {}
        Some(_) => {
            let message =
                format!("`{name}` is not a count, and only counts and amounts weigh areas");
            problems.error(at, message, None);
        }
        None => {
            let (message, hint) = match against.kind(name) {
                Ok(_) => (format!("`{name}` is a text, not a measure"), None),
                Err(unknown) => unknown,
            };
            problems.error(at, message, hint);
        }
    }
}

/// `mean = "irc"`, or `name = { mean = "irc" }` when a statistic is wanted of several nodes.
fn column(
    id: &str,
    at: &Spot,
    item: &Item<'_>,
    nodes: Nodes<'_>,
    problems: &mut Problems,
) -> Option<SummaryColumn> {
    let (word, word_at, of) = match item.get().as_table() {
        None => (id, at.clone(), *item),
        Some(_) => {
            if let [(word, at, of)] = item.table("this column", problems)?.rest().as_slice() {
                (*word, at.clone(), *of)
            } else {
                let hint = "for example `poverty_mean = { mean = \"poverty\" }`".to_owned();
                item.error("a column has one statistic", Some(hint), problems);
                return None;
            }
        }
    };
    let statistic = statistic(word, &word_at, problems);
    let of = mention(&of, problems).and_then(|of| nodes.find(&of, problems));
    Some(SummaryColumn { id: id.to_owned(), statistic: statistic?, of: of? })
}

fn statistic(word: &str, at: &Spot, problems: &mut Problems) -> Option<Statistic> {
    use serde::Deserialize;
    use serde::de::IntoDeserializer;
    use serde::de::value::{Error, StrDeserializer};
    let reader: StrDeserializer<'_, Error> = word.into_deserializer();
    match Statistic::deserialize(reader) {
        Ok(statistic) => Some(statistic),
        Err(error) => {
            let (_, hint) = spelling::reword(&error.to_string());
            problems.error(at, format!("unknown statistic `{word}`"), hint);
            None
        }
    }
}
