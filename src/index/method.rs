//! A checked methodology: a graph of nodes, each an ordered list of steps, and the columns asked for.
//!
//! `study` builds it from TOML and refuses what is wrong; from here on nothing can fail. Children
//! stand before their parents, so the engine walks the list once.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::aggregate::{Combine, MissingChildren, Weights};
use super::class::Class;
use super::formula::Formula;
use super::stats;
use super::steps::Step;
use crate::language::Label;

/// Whether an authority adopted the methodology.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "status", rename_all = "lowercase")]
pub enum Status {
    /// Numbers are assumptions; reports say so.
    Illustrative,
    /// Fixed by an act.
    Adopted {
        /// The act.
        act: String,
    },
}

/// Whether more of an indicator means more or less risk.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// More means more at risk.
    #[default]
    Risk,
    /// More means less at risk; normalisation turns it round.
    Protective,
}

impl Direction {
    /// +1 or -1, by which a column is multiplied before it is normalised.
    pub(crate) fn sign(self) -> f64 {
        match self {
            Self::Risk => 1.0,
            Self::Protective => -1.0,
        }
    }
}

/// A list of steps, as a methodology writes it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Steps(Vec<Step>);

impl Steps {
    /// Of a list.
    pub(crate) fn new(steps: Vec<Step>) -> Self {
        Self(steps)
    }

    /// The steps.
    pub(crate) fn list(&self) -> &[Step] {
        &self.0
    }
}

/// A methodology that has passed all checks.
#[derive(Clone, Debug)]
pub struct Method {
    /// Identifier (`irc`).
    pub id: String,
    /// Version, as text.
    pub version: String,
    /// Adopted or illustrative.
    pub status: Status,
    /// Title for reports.
    pub title: Label,
    /// What it measures and what it misses, for reports.
    pub description: Option<Label>,
    /// Predicate over register columns and categories: the units whose distribution sets bounds
    /// and ranks. All when absent.
    pub over: Option<Formula>,
    /// Register column that holds the period of a panel.
    pub period: Option<String>,
    /// Position of the node whose score reports lead with; the last aggregate when absent.
    pub headline: Option<usize>,
    /// Nodes, children before parents.
    pub nodes: Vec<Node>,
    /// Columns that feed nothing, in the order of the file.
    pub outputs: Vec<Output>,
    /// Tables by area, in the order of the file.
    pub summaries: Vec<Summary>,
}

impl Method {
    /// The node that stands for the whole, whose score reports lead with: the declared one, else the
    /// last aggregate, else the last node. `None` for a method without nodes.
    pub(crate) fn headline(&self) -> Option<usize> {
        let last_aggregate = || self.nodes.iter().rposition(|node| !node.is_indicator());
        self.headline.or_else(last_aggregate).or_else(|| self.nodes.len().checked_sub(1))
    }

    /// The nodes that a node is made from, in order; an indicator is made from none.
    pub(crate) fn inputs(&self, at: usize) -> Vec<usize> {
        match &self.nodes[at].origin {
            Origin::Children(aggregate) => aggregate.children.iter().map(|it| it.node).collect(),
            Origin::Nodes(formula) => {
                formula.names().iter().filter_map(|name| self.node(name)).collect()
            }
            Origin::Measures(_) | Origin::Category(_) => Vec::new(),
        }
    }

    /// Nodes made from nodes that nothing else is made of.
    pub(crate) fn roots(&self) -> Vec<usize> {
        let mut used = vec![false; self.nodes.len()];
        (0..used.len()).flat_map(|at| self.inputs(at)).for_each(|input| used[input] = true);
        (0..used.len()).filter(|&at| !used[at] && !self.nodes[at].is_indicator()).collect()
    }

    /// For each node whether a node is made of it, directly or not; of itself it is.
    pub(crate) fn below(&self, of: usize) -> Vec<bool> {
        let mut below = vec![false; self.nodes.len()];
        below[of] = true;
        // what a node is made of stands before it
        for at in (0..=of).rev() {
            if !below[at] {
                continue;
            }
            self.inputs(at).into_iter().for_each(|input| below[input] = true);
        }
        below
    }

    /// Position of the node of that id.
    pub fn node(&self, id: &str) -> Option<usize> {
        self.nodes.iter().position(|node| node.id == id)
    }
}

/// A node: a column and the steps it goes through.
#[derive(Clone, Debug)]
pub struct Node {
    /// Identifier; column name in every output.
    pub id: String,
    /// Name for reports.
    pub label: Label,
    /// Unit of measure, for reports.
    pub unit: Option<Label>,
    /// More is worse, or better. Aggregates are always [`Direction::Risk`].
    pub direction: Direction,
    /// Range outside which a raw value is a finding.
    pub plausible: Option<[f64; 2]>,
    /// Nodes with which it is declared to overlap.
    pub overlaps: Vec<String>,
    /// Where its column comes from.
    pub origin: Origin,
    /// What the column goes through, in order.
    pub(crate) steps: Vec<Step>,
    /// Which of its steps came from recipes.
    pub(crate) recipes: Vec<RecipeUse>,
}

/// A recipe that stands in a list of steps, and the steps that it gave there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RecipeUse {
    /// Its name.
    pub(crate) recipe: String,
    /// Positions in the list of steps.
    pub(crate) steps: Range<usize>,
}

impl Node {
    /// A node that is called by its id, where more is worse.
    pub fn new(id: &str, origin: Origin, steps: Steps) -> Self {
        Self {
            id: id.to_owned(),
            label: Label::same(id),
            unit: None,
            direction: Direction::Risk,
            plausible: None,
            overlaps: Vec::new(),
            origin,
            steps: steps.0,
            recipes: Vec::new(),
        }
    }

    /// Puts other steps in place of its own.
    pub fn set_steps(&mut self, steps: Steps) {
        self.steps = steps.0;
        self.recipes.clear();
    }

    /// The names of its steps, in order.
    pub fn step_names(&self) -> impl Iterator<Item = &'static str> {
        self.steps.iter().map(Step::name)
    }

    /// Whether it comes from data and not from other nodes.
    pub fn is_indicator(&self) -> bool {
        matches!(self.origin, Origin::Measures(_) | Origin::Category(_))
    }
}

/// Where the column of a node comes from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A formula over measures and register columns, evaluated at the coarsest level of its measures.
    Measures(Formula),
    /// A text column (register column or category measure); the first step scores its categories.
    Category(String),
    /// Children with weights.
    Children(Aggregate),
    /// A formula over nodes.
    Nodes(Formula),
}

/// How a node is made from other nodes.
#[derive(Clone, Debug)]
pub struct Aggregate {
    /// Children in the order of the file.
    pub children: Vec<Child>,
    /// Steps each child goes through as it enters here, and only here.
    pub(crate) each: Vec<Step>,
    /// Which of those steps came from recipes.
    pub(crate) recipes: Vec<RecipeUse>,
    /// Where the weights come from.
    pub weights: Weights,
    /// Whether weights are scaled to sum to 1 (IMD's sum to 0.999 and are not).
    pub rescale: bool,
    /// The function.
    pub combine: Combine,
    /// What happens when children are missing or constant.
    pub missing: MissingChildren,
}

impl Aggregate {
    /// The weighted arithmetic mean of children that must all be there.
    pub fn of(children: Vec<Child>) -> Self {
        Self {
            children,
            each: Vec::new(),
            recipes: Vec::new(),
            weights: Weights::Declared,
            rescale: true,
            combine: Combine::Arithmetic,
            missing: MissingChildren::default(),
        }
    }

    /// The weights by which children are added up, of those `used`; `None` where they make their
    /// parent in another way.
    pub(crate) fn adding(&self, used: &[f64]) -> Option<Vec<f64>> {
        let total = match self.combine {
            Combine::Arithmetic if self.rescale => stats::sum(used.iter().copied()),
            Combine::Arithmetic | Combine::Sum => 1.0,
            _ => return None,
        };
        (total != 0.0).then(|| used.iter().map(|weight| weight / total).collect())
    }
}

/// A child of an aggregate.
#[derive(Clone, Debug, PartialEq)]
pub struct Child {
    /// Position in [`Method::nodes`], before the parent's own.
    pub node: usize,
    /// Declared weight.
    pub weight: f64,
}

/// A column that feeds nothing: a rank, a decile, a flag, a class, contributions.
#[derive(Clone, Debug)]
pub struct Output {
    /// Identifier; column name.
    pub id: String,
    /// Name for reports.
    pub label: Label,
    /// Position of the node it shows.
    pub of: usize,
    /// Which of the node's columns.
    pub show: Show,
    /// Steps applied to it.
    pub(crate) steps: Vec<Step>,
    /// Classes, after the steps.
    pub(crate) class: Option<Class>,
    /// Units it is made for; others have none.
    pub filter: Option<Formula>,
    /// Register column within whose areas ranks and classes are taken.
    pub within: Option<String>,
}

impl Output {
    /// A node's value after steps, over all units.
    pub fn new(id: &str, of: usize, steps: Steps) -> Self {
        Self {
            id: id.to_owned(),
            label: Label::same(id),
            of,
            show: Show::Value,
            steps: steps.0,
            class: None,
            filter: None,
            within: None,
        }
    }
}

/// Which column of a node an output shows.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Show {
    /// The node after its steps.
    #[default]
    Value,
    /// The node before its steps.
    Raw,
    /// One column per child: weight times child over the sum.
    Contributions,
}

/// A table by area.
#[derive(Clone, Debug)]
pub struct Summary {
    /// Register column whose areas are the rows.
    pub(crate) by: String,
    /// Measure that weighs units (population); equal weights when absent.
    pub(crate) weight: Option<String>,
    /// Columns: name, statistic, node.
    pub(crate) columns: Vec<SummaryColumn>,
}

/// One column of a summary.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct SummaryColumn {
    /// Column name.
    pub id: String,
    /// The statistic.
    pub statistic: Statistic,
    /// Position of the node.
    pub of: usize,
}

/// A statistic of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Statistic {
    /// Weighted mean of the scores.
    Mean,
    /// Weighted mean of the ranks.
    MeanRank,
    /// Share of the area's units in the worst tenth of the country.
    WorstTenth,
    /// Extent: weighted share with declining weights between the worst tenth and the worst 30 %.
    Extent,
    /// Weighted mean over the highest values that hold exactly a tenth of the area's weight.
    Concentration,
    /// Number of units with a score.
    Count,
    /// Greatest score.
    Max,
    /// Weighted share of the units above 0: the headcount H of a counting node.
    Headcount,
    /// Weighted mean of the units above 0: the intensity A of a censored counting node, whose
    /// `mean` is M0 = H·A.
    Intensity,
}
