//! What of a run the workbook recalculates, and where its parameters stand on the sheet *Weights*.
//!
//! A column is live when its formulas, over cells of the workbook, say exactly what the engine
//! computed: min-max, z-score and rank of indicators (after bounds), weighted arithmetic means and
//! sums, ranks, classes by cuts and quantiles, contributions, phases by places alone. Everything else
//! stands as a value.

mod class;
mod norm;
mod phase;
mod rank;

use std::collections::BTreeMap;

use rust_xlsxwriter::RowNum;

use super::layout::TOP_ROWS;
use crate::index::aggregate::{Combine, ConstantChild};
use crate::index::method::{Origin, Output, Show};
use crate::index::{Mark, OutputColumn};
use crate::report::view::Mask;
use crate::report::view::View;

pub(super) use class::LiveClass;
pub(super) use norm::{Norm, Rule};
pub(super) use phase::LivePhases;
pub(super) use rank::LiveRank;

/// More children than this make formulas longer than a cell takes.
const CHILDREN: usize = 60;

/// Row of the heading of the first part.
const PARTS: RowNum = TOP_ROWS + 3;

/// A column whose values, rounded, stand in a column of their own so that they can be ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Rounded {
    /// Position of the node.
    pub(super) node: usize,
    /// Before its steps, else after them.
    pub(super) raw: bool,
    /// Decimals.
    pub(super) decimals: u32,
}

/// What an output column is recalculated by.
#[derive(Clone, Debug)]
pub(super) enum LiveOutput {
    /// A place.
    Rank(LiveRank),
    /// A class.
    Class(LiveClass),
    /// The share of a child in the score: aggregate, position of the child.
    Share(usize, usize),
}

/// Everything that is live in one workbook.
#[derive(Clone, Debug, Default)]
pub(super) struct Live {
    /// Indicators whose normalised column is live.
    pub(super) norms: BTreeMap<usize, Norm>,
    /// Aggregates that are live.
    pub(super) aggregates: Vec<usize>,
    /// Output columns that are live, by their position in the index.
    pub(super) outputs: BTreeMap<usize, LiveOutput>,
    /// Columns of rounded values.
    pub(super) rounded: Vec<Rounded>,
    /// The selection, where its phases are live.
    pub(super) phases: Option<LivePhases>,
    /// Row of the first weight of each aggregate that has weights.
    weights: BTreeMap<usize, RowNum>,
    /// Row of the first class of each live class output.
    classes: BTreeMap<usize, RowNum>,
    /// Row of the first live phase.
    first_phase: RowNum,
    /// Row of each live norm with parameters.
    bounds: BTreeMap<usize, RowNum>,
}

impl Live {
    /// Finds what is live in a run.
    pub(super) fn new(view: &View<'_>) -> Self {
        let mut live = Self::default();
        // a score that is masked would be missing among the values that are ranked
        let hides_scores = view.masked.contains(&Mask::Score);
        for (at, node) in view.figures.method.nodes.iter().enumerate() {
            if node.is_indicator() {
                live.norms.extend(Norm::of(view, at).map(|norm| (at, norm)));
            } else if !hides_scores && is_live_mean(view, at) {
                live.aggregates.push(at);
            }
        }
        for output in (0..view.figures.index.outputs.len()).filter(|_| !hides_scores) {
            live.outputs.extend(live.output(view, output).map(|found| (output, found)));
        }
        let ranked = live.norms.iter().filter_map(|(&node, norm)| norm.rounded(node));
        let placed = live.outputs.values().filter_map(LiveOutput::rounded);
        live.rounded = ranked.chain(placed).collect();
        live.rounded.sort_unstable();
        live.rounded.dedup();
        live.phases = LivePhases::of(view, &live);
        live.place(view);
        live
    }

    fn output(&self, view: &View<'_>, output: usize) -> Option<LiveOutput> {
        if let Some((declared, child)) = view.figures.contribution(output) {
            let plain = declared.steps.is_empty() && declared.filter.is_none();
            let children = view.figures.children(&view.figures.method.nodes[declared.of]);
            let at = children.iter().position(|&node| node == child)?;
            let is_live = plain && self.aggregates.contains(&declared.of);
            return is_live.then_some(LiveOutput::Share(declared.of, at));
        }
        let result = &view.figures.index.outputs[output];
        let declared = &view.figures.method.outputs[result.declared];
        if declared.filter.is_some()
            || declared.show != Show::Value
            || !self.is_turned(view, declared)
        {
            return None;
        }
        match view.figures.index.outputs[output].column {
            OutputColumn::Numbers(_) => LiveRank::of(view, declared).map(LiveOutput::Rank),
            OutputColumn::Classes(_) => LiveClass::of(view, declared).map(LiveOutput::Class),
        }
    }

    /// Whether the node an output shows already points towards risk, so that no step turns it.
    fn is_turned(&self, view: &View<'_>, declared: &Output) -> bool {
        !view.figures.method.nodes[declared.of].is_indicator()
            || self.norms.contains_key(&declared.of)
    }

    /// Gives every parameter its row.
    fn place(&mut self, view: &View<'_>) {
        let mut row = PARTS;
        let weighted: Vec<(usize, usize)> = (0..view.figures.method.nodes.len())
            .map(|node| (node, view.figures.index.nodes[node].weights.len()))
            .filter(|(_, children)| *children > 0)
            .collect();
        if !weighted.is_empty() {
            row += 2;
            for (node, children) in weighted {
                self.weights.insert(node, row);
                // a row for the sum of the weights stands below them
                row += RowNum::try_from(children).unwrap_or(0) + 1;
            }
            row += 1;
        }
        let classes: Vec<(usize, usize)> = self
            .outputs
            .iter()
            .filter_map(|(&output, live)| match live {
                LiveOutput::Class(class) => Some((output, class.labels.len())),
                LiveOutput::Rank(_) | LiveOutput::Share(..) => None,
            })
            .collect();
        if !classes.is_empty() {
            row += 2;
            for (output, count) in classes {
                self.classes.insert(output, row);
                row += RowNum::try_from(count).unwrap_or(0);
            }
            row += 1;
        }
        if let Some(phases) = &self.phases {
            row += 2;
            self.first_phase = row;
            row += RowNum::try_from(phases.upto.len()).unwrap_or(0) + 1;
        }
        row += 2;
        for &node in self.norms.keys() {
            self.bounds.insert(node, row);
            row += 1;
        }
    }

    /// Rows of the weights of a node's children and of their sum.
    pub(super) fn weight_row(&self, node: usize, child: usize) -> Option<RowNum> {
        Some(self.weights.get(&node)? + RowNum::try_from(child).ok()?)
    }

    /// Nodes with weights, with the row of the first.
    pub(super) fn weights(&self) -> impl Iterator<Item = (usize, RowNum)> + '_ {
        self.weights.iter().map(|(&node, &row)| (node, row))
    }

    /// Output columns with live classes, with the row of the first class.
    pub(super) fn classes(&self) -> impl Iterator<Item = (usize, RowNum, &LiveClass)> + '_ {
        self.classes.iter().filter_map(|(&output, &row)| match &self.outputs[&output] {
            LiveOutput::Class(class) => Some((output, row, class)),
            LiveOutput::Rank(_) | LiveOutput::Share(..) => None,
        })
    }

    /// Row of the first class of an output.
    pub(super) fn class_row(&self, output: usize) -> RowNum {
        self.classes[&output]
    }

    /// Row of the first live phase.
    pub(super) fn first_phase(&self) -> RowNum {
        self.first_phase
    }

    /// Indicators with their parameters and the row of these.
    pub(super) fn bounds(&self) -> impl Iterator<Item = (usize, RowNum, &Norm)> + '_ {
        self.bounds.iter().map(|(&node, &row)| (node, row, &self.norms[&node]))
    }

    /// Row of the parameters of an indicator.
    pub(super) fn bound_row(&self, node: usize) -> RowNum {
        self.bounds[&node]
    }
}

impl LiveOutput {
    fn rounded(&self) -> Option<Rounded> {
        match self {
            Self::Rank(rank) => Some(rank.rounded),
            Self::Class(class) => Some(class.rounded),
            Self::Share(..) => None,
        }
    }
}

/// Whether a node is a weighted mean or sum that formulas over its children's columns give.
fn is_live_mean(view: &View<'_>, node: usize) -> bool {
    let Origin::Children(aggregate) = &view.figures.method.nodes[node].origin else { return false };
    let weights = &view.figures.index.nodes[node].weights;
    let is_linear = matches!(aggregate.combine, Combine::Arithmetic | Combine::Sum);
    let counts_constants = aggregate.missing.constant == ConstantChild::Zero
        && aggregate.children.iter().any(|child| {
            view.figures.index.nodes[child.node].value.marks().contains(&Mark::Constant)
        });
    is_linear
        && !counts_constants
        && aggregate.each.is_empty()
        && view.figures.method.nodes[node].steps.is_empty()
        && weights.len() == aggregate.children.len()
        && weights.len() <= CHILDREN
}
