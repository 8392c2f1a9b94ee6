//! The keys of a methodology file.

use std::collections::BTreeMap;

use schemars::JsonSchema;

use super::Label;
use crate::index::aggregate::{Combine, MissingChildren, Weights};
use crate::index::class::Class;
use crate::index::method::{Direction, Show, Statistic};
use crate::index::steps::Step;

/// A methodology: how risk is measured.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields, title = "Methodology of risk-index")]
pub(super) struct MethodologyFile {
    /// What the methodology is.
    methodology: Head,
    /// Named step lists.
    recipe: Option<BTreeMap<String, Steps>>,
    /// Nodes that come from data.
    indicator: Option<Vec<Indicator>>,
    /// Nodes that come from nodes.
    aggregate: Option<Vec<Aggregate>>,
    /// Columns that feed nothing: ranks, classes, contributions.
    output: Option<Vec<Output>>,
    /// Tables by area.
    summary: Option<Vec<Summary>>,
}

/// What the methodology is.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Head {
    /// Identifier: lower-case letters, digits, `_` and `-`.
    id: String,
    /// Version, as text.
    version: String,
    /// `illustrative`, or `adopted` with `act`; taken from what it extends when absent.
    status: Option<Status>,
    /// The act that adopted it.
    act: Option<String>,
    /// Title for reports; taken from what it extends when absent.
    title: Option<Label>,
    /// Condition: the units whose distribution sets bounds and ranks. All when absent.
    over: Option<String>,
    /// Register column that holds the period of a panel.
    period: Option<String>,
    /// Bundled name or path of a methodology of which this one replaces keys and adds nodes.
    extends: Option<String>,
}

/// Whether an authority adopted it.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
enum Status {
    /// Its numbers are assumptions.
    Illustrative,
    /// Fixed by an act.
    Adopted,
}

/// What a column goes through, in order.
type Steps = Vec<StepOrName>;

/// A step with parameters, or the name of a recipe or of a step that needs none.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum StepOrName {
    /// A recipe, or a step without parameters.
    Name(String),
    /// A step with its parameters.
    Step(Box<Step>),
}

/// A node that comes from data.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Indicator {
    /// Identifier: lower-case letters, digits and `_`; column name in every output.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    id: String,
    /// Name for reports; the id when absent.
    label: Option<Label>,
    /// Formula over measures (`population.total`) and register columns, or one text column whose
    /// words the step `categories` scores. May be left out where it is taken from `extends`.
    value: Option<String>,
    /// Unit of measure, for reports.
    unit: Option<Label>,
    /// Range outside which a value is a finding.
    plausible: Option<[f64; 2]>,
    /// Whether more means more risk (default) or less.
    direction: Option<Direction>,
    /// Nodes with which it is declared to overlap.
    overlaps: Option<Vec<String>>,
    /// What its column goes through.
    steps: Option<Steps>,
}

/// A node that comes from nodes: children with weights (`of`), or a formula (`value`).
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Aggregate {
    /// Identifier: lower-case letters, digits and `_`.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    id: String,
    /// Name for reports; the id when absent.
    label: Option<Label>,
    /// Unit of measure, for reports.
    unit: Option<Label>,
    /// Formula over nodes, instead of `of`.
    value: Option<String>,
    /// Children with weights, or a list of children with equal weights.
    of: Option<Children>,
    /// Steps each child goes through as it enters here.
    each: Option<Steps>,
    /// Where weights come from.
    weights: Option<Weights>,
    /// Whether weights are scaled to sum to 1 (default).
    rescale: Option<bool>,
    /// How children are combined.
    method: Option<Combine>,
    /// What happens when children are missing.
    missing: Option<MissingChildren>,
    /// What the node goes through.
    steps: Option<Steps>,
}

/// Children of an aggregate.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Children {
    /// Child -> weight.
    Weighted(BTreeMap<String, f64>),
    /// Children with equal weights.
    Listed(Vec<String>),
}

/// A column that feeds nothing.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Output {
    /// Identifier; column name.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    id: String,
    /// Name for reports; the id when absent.
    label: Option<Label>,
    /// The node it shows. May be left out where it is taken from `extends`.
    of: Option<String>,
    /// Which of the node's columns.
    show: Option<Show>,
    /// Steps applied to it.
    steps: Option<Steps>,
    /// Classes, after the steps.
    class: Option<Class>,
    /// Register column within whose areas ranks and classes are taken.
    within: Option<String>,
    /// Condition: the units it is made for.
    r#where: Option<String>,
}

/// A table by area.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct Summary {
    /// Register column whose areas are the rows.
    by: String,
    /// Measure that weighs units.
    weight: Option<String>,
    /// Statistic -> node, or column -> `{ statistic = node }`.
    columns: Option<BTreeMap<String, SummaryColumn>>,
}

/// What a column of a summary shows.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum SummaryColumn {
    /// The node; the key is the statistic.
    Node(String),
    /// The statistic and its node.
    Named(BTreeMap<Statistic, String>),
}
