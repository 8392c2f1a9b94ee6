//! What the engine answers: columns of nodes and outputs, tables by area, and the trace of every step.

use super::Column;
use crate::index::method::Statistic;

/// A computed index.
#[derive(Clone, Debug)]
pub struct Index {
    /// One for each node of the method, in its order.
    pub nodes: Vec<NodeResult>,
    /// One for each output column; contributions make one per child.
    pub outputs: Vec<OutputResult>,
    /// One for each summary of the method.
    pub summaries: Vec<SummaryResult>,
    /// Every step of every node, in the order in which they ran; empty when the trace is off.
    pub trace: Vec<TraceColumn>,
    /// For each unit, whether it belongs to the distribution (`over`).
    pub ranked: Vec<bool>,
}

/// A node's columns.
#[derive(Clone, Debug)]
pub struct NodeResult {
    /// The node's id.
    pub id: String,
    /// Before its steps: the measured value, or the combined children.
    pub raw: Column,
    /// After its steps: for an indicator its normalised value.
    pub value: Column,
    /// For an indicator of categories: its words, of which `raw` holds the scores. Empty otherwise.
    pub words: Vec<Option<String>>,
    /// The register level at which it was measured; `uat` for aggregates.
    pub level: String,
    /// Distinct values among the ranked units, after the steps.
    pub distinct: usize,
    /// For an aggregate: nominal weight of each child, scaled to sum 1, and how the child works in it,
    /// in the order of its children.
    pub weights: Vec<ChildWeight>,
}

/// Whether every step leaves its column in [`Index::trace`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TraceMode {
    /// Every step does.
    #[default]
    Keep,
    /// None does: for large registers and repeated runs.
    Drop,
}

/// Weight of a child in its parent.
#[derive(Clone, Debug, PartialEq)]
pub struct ChildWeight {
    /// The child's id.
    pub child: String,
    /// Weight used, after any rescaling of the whole list.
    pub nominal: f64,
    /// How it works in the parent, of which [`recompute`](super::recompute) says nothing.
    pub(crate) influence: Influence,
}

/// How a child, as it enters, works in its parent before the parent's own steps, over the units of
/// the distribution. A figure that does not exist is `None`: a correlation with a constant, an effective weight of a
/// child without weight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Influence {
    /// Pearson's coefficient with the parent: below 0 the child works against it. Its square, r², is
    /// the share of the parent's variance that a straight line over the child explains.
    pub pearson: Option<f64>,
    /// The correlation ratio S: the share of the parent's variance that lies between groups of similar
    /// values of the child, whatever the shape of the relation.
    pub ratio: Option<f64>,
    /// The effective weight: S of the child over the sum of S of all children.
    pub effective: Option<f64>,
    /// The covariance share w·cov(x, y)/var(y) where children are added up, by the weights by which
    /// they are: shares sum to 1 where no child is missing, and one below 0 takes variance away.
    pub covariance: Option<f64>,
}

/// An output column.
#[derive(Clone, Debug)]
pub struct OutputResult {
    /// Column name.
    pub id: String,
    /// Position among the outputs of the method of the one that it is a column of.
    pub declared: usize,
    /// Position of the node it shows.
    pub of: usize,
    /// For contributions: position of the node whose contribution to `of` it is.
    pub child: Option<usize>,
    /// Numbers or classes.
    pub column: OutputColumn,
}

/// Numbers or words.
#[derive(Clone, Debug, PartialEq)]
pub enum OutputColumn {
    /// Numbers.
    Numbers(Column),
    /// Class labels: an id per unit, `None` where the unit has no value.
    Classes(Vec<Option<String>>),
}

/// A table by area.
#[derive(Clone, Debug)]
pub struct SummaryResult {
    /// Register column of the areas.
    pub by: String,
    /// Names of the areas, in order.
    pub areas: Vec<String>,
    /// Column name, statistic, one number per area (NaN where none).
    pub columns: Vec<(String, Statistic, Vec<f64>)>,
}

/// What one step did to one node.
#[derive(Clone, Debug)]
pub struct TraceColumn {
    /// The node.
    pub node: String,
    /// For `each` steps, the parent into which the node enters; else the node's own steps.
    pub into: Option<String>,
    /// Position of the step in its list, from 1; 0 is the value before the first step.
    pub position: u32,
    /// The step's name, `value` for position 0.
    pub step: String,
    /// The column after the step.
    pub column: Column,
}

impl Index {
    /// The column of a node that a formula of a programme names: `x.measured`, its values before any
    /// step, in their own unit, or `x.score`, after all of them.
    pub(crate) fn operand(&self, name: &str) -> Option<&Column> {
        let (id, column) = name.rsplit_once('.')?;
        let node = self.nodes.iter().find(|node| node.id == id)?;
        match column {
            "measured" => Some(&node.raw),
            "score" => Some(&node.value),
            _ => None,
        }
    }
}
