//! What of a run a workbook recalculates.
//!
//! A column is live when its formulas, over cells of the workbook, say exactly what the engine
//! computed: min-max, z-score and rank of indicators (after bounds), weighted arithmetic means and
//! sums, ranks, classes by cuts and quantiles, contributions, phases by places alone. Everything else
//! stands as a value.

mod norm;
mod outputs;
mod phase;

use std::collections::BTreeMap;

use super::selection::SelectionView;
use super::sensitivity::Masks;
use crate::index::aggregate::{Combine, ConstantChild, Share, Weights};
use crate::index::method::{Aggregate, Node, Origin, Output, Show};
use crate::index::{Column, Figures, Mark, OutputColumn, stats};
use crate::observation::Missing;

pub(crate) use norm::{Norm, Rule};
pub(crate) use outputs::{LiveClass, LiveRank};
pub(crate) use phase::LivePhases;

/// More children than this make formulas longer than a cell takes.
const CHILDREN: usize = 60;

/// A column whose values, rounded, stand in a column of their own so that they can be ranked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rounded {
    /// Position of the node.
    pub(crate) node: usize,
    /// Before its steps, else after them.
    pub(crate) raw: bool,
    /// Decimals.
    pub(crate) decimals: u32,
}

/// What an output column is recalculated by.
#[derive(Clone, Debug)]
pub(crate) enum LiveOutput {
    /// A place.
    Rank(LiveRank),
    /// A class.
    Class(LiveClass),
    /// The share of a child in the score: aggregate, position of the child.
    Share(usize, usize),
}

/// A weighted mean or sum that formulas over its children's columns give.
#[derive(Clone, Debug)]
pub(crate) struct LiveMean {
    /// Positions of its children among the nodes.
    pub(crate) children: Vec<usize>,
    /// Their weights as the engine used them.
    pub(crate) weights: Vec<f64>,
    /// Whether it is a mean; else a sum.
    pub(crate) is_mean: bool,
    /// Whether weights are scaled to sum 1.
    pub(crate) rescale: bool,
    /// The least share of children with a value.
    pub(crate) require: Share,
    /// For each unit, whether every child is an indicator with a value, which no weight can change.
    pub(crate) is_whole: Vec<bool>,
}

/// Everything that is live in one workbook.
#[derive(Clone, Debug, Default)]
pub(crate) struct Live {
    /// Indicators whose normalised column is live.
    pub(crate) norms: BTreeMap<usize, Norm>,
    /// Aggregates that are live.
    pub(crate) means: BTreeMap<usize, LiveMean>,
    /// Output columns that are live, by their position in the index.
    pub(crate) outputs: BTreeMap<usize, LiveOutput>,
    /// Columns of rounded values.
    pub(crate) rounded: Vec<Rounded>,
    /// The selection, where its phases are live.
    pub(crate) phases: Option<LivePhases>,
    /// For each node, whether it is an indicator.
    pub(crate) is_indicator: Vec<bool>,
    /// For each unit, whether it belongs to the distribution.
    pub(crate) ranked: Vec<bool>,
    /// For each unit, whether something of it is masked: what a formula says of masked cells would
    /// not be what the engine computed.
    pub(crate) is_masked: Vec<bool>,
}

impl Live {
    /// Finds what is live in a run.
    pub(crate) fn new(
        figures: &Figures<'_>,
        selection: Option<SelectionView<'_>>,
        masks: &Masks,
    ) -> Self {
        let nodes = &figures.method.nodes;
        let mut live = Self {
            is_indicator: nodes.iter().map(Node::is_indicator).collect(),
            ranked: figures.index.ranked.clone(),
            is_masked: (0..figures.register.len()).map(|unit| masks.is_masked(unit)).collect(),
            ..Self::default()
        };
        // a score that is masked would be missing among the values that are ranked
        let hides_scores = masks.units.contains(&true);
        for (at, node) in nodes.iter().enumerate() {
            if node.is_indicator() {
                live.norms.extend(Norm::of(figures, masks, at).map(|norm| (at, norm)));
            } else if !hides_scores {
                live.means.extend(LiveMean::of(figures, at).map(|mean| (at, mean)));
            }
        }
        for output in (0..figures.index.outputs.len()).filter(|_| !hides_scores) {
            let found = live.output(figures, output);
            // places and classes of a part follow from the units that it does not have
            let is_shown =
                |it: &LiveOutput| !figures.is_part() || matches!(it, LiveOutput::Share(..));
            live.outputs.extend(found.filter(is_shown).map(|found| (output, found)));
        }
        let ranked = live.norms.iter().filter_map(|(&node, norm)| norm.rounded(node));
        let placed = live.outputs.values().filter_map(LiveOutput::rounded);
        live.rounded = ranked.chain(placed).collect();
        live.rounded.sort_unstable();
        live.rounded.dedup();
        let selection = selection.filter(|_| !figures.is_part());
        live.phases = selection.and_then(|chosen| LivePhases::of(figures, chosen, masks, &live));
        live
    }

    fn output(&self, figures: &Figures<'_>, output: usize) -> Option<LiveOutput> {
        if let Some((declared, child)) = figures.contribution(output) {
            let plain = declared.steps.is_empty() && declared.filter.is_none();
            let children = figures.children(&figures.method.nodes[declared.of]);
            let at = children.iter().position(|&node| node == child)?;
            let is_live = plain && self.means.contains_key(&declared.of);
            return is_live.then_some(LiveOutput::Share(declared.of, at));
        }
        let result = &figures.index.outputs[output];
        let declared = &figures.method.outputs[result.declared];
        if declared.filter.is_some()
            || declared.show != Show::Value
            || !self.is_turned(figures, declared)
        {
            return None;
        }
        match figures.index.outputs[output].column {
            OutputColumn::Numbers(_) => LiveRank::of(figures, declared).map(LiveOutput::Rank),
            OutputColumn::Classes(_) => LiveClass::of(figures, declared).map(LiveOutput::Class),
        }
    }

    /// Whether the node an output shows already points towards risk, so that no step turns it.
    fn is_turned(&self, figures: &Figures<'_>, declared: &Output) -> bool {
        !figures.method.nodes[declared.of].is_indicator() || self.norms.contains_key(&declared.of)
    }

    /// Output columns with live classes.
    pub(crate) fn classes(&self) -> impl Iterator<Item = (usize, &LiveClass)> + '_ {
        self.outputs.iter().filter_map(|(&output, live)| match live {
            LiveOutput::Class(class) => Some((output, class)),
            LiveOutput::Rank(_) | LiveOutput::Share(..) => None,
        })
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

impl LiveMean {
    fn of(figures: &Figures<'_>, node: usize) -> Option<Self> {
        let Origin::Children(aggregate) = &figures.method.nodes[node].origin else { return None };
        if !is_live(figures, node, aggregate) {
            return None;
        }
        let values = |unit: usize| {
            aggregate.children.iter().all(|child| {
                figures.method.nodes[child.node].is_indicator()
                    && figures.index.nodes[child.node].value.value(unit).is_some()
            })
        };
        Some(Self {
            children: aggregate.children.iter().map(|child| child.node).collect(),
            weights: used_weights(figures, node),
            is_mean: aggregate.combine == Combine::Arithmetic,
            rescale: aggregate.rescale,
            require: aggregate.missing.require,
            is_whole: (0..figures.register.len()).map(values).collect(),
        })
    }

    /// What a child adds to the score, as the formulas have it.
    pub(crate) fn weighted(&self, figures: &Figures<'_>, child: usize) -> Column {
        let all = stats::sum(self.weights.iter().copied());
        let of = |node: &usize| &figures.index.nodes[*node].value;
        let children: Vec<&Column> = self.children.iter().map(of).collect();
        let value = |unit: usize| {
            let product = self.weights[child] * children[child].value(unit)?;
            let present =
                children.iter().zip(&self.weights).filter(|(it, _)| it.value(unit).is_some());
            let present = stats::sum(present.map(|(_, weight)| *weight));
            let scale = if self.rescale { 1.0 } else { all };
            Some(if self.is_mean { product * scale / present } else { product })
        };
        let units = 0..figures.register.len();
        Column::new(units.map(|unit| value(unit).ok_or(Missing::NotAvailable)))
    }
}

/// Whether a node is a weighted mean or sum that formulas over its children's columns give.
fn is_live(figures: &Figures<'_>, node: usize, aggregate: &Aggregate) -> bool {
    let weights = &figures.index.nodes[node].weights;
    let is_linear = matches!(aggregate.combine, Combine::Arithmetic | Combine::Sum);
    let counts_constants = aggregate.missing.constant == ConstantChild::Zero
        && aggregate
            .children
            .iter()
            .any(|child| figures.index.nodes[child.node].value.marks().contains(&Mark::Constant));
    is_linear
        && !counts_constants
        && aggregate.each.is_empty()
        && figures.method.nodes[node].steps.is_empty()
        && weights.len() == aggregate.children.len()
        && weights.len() <= CHILDREN
}

/// The weights of a node's children as the engine used them: declared ones as they were declared.
pub(crate) fn used_weights(figures: &Figures<'_>, node: usize) -> Vec<f64> {
    let Origin::Children(aggregate) = &figures.method.nodes[node].origin else {
        return Vec::new();
    };
    match aggregate.weights {
        Weights::Declared => aggregate.children.iter().map(|child| child.weight).collect(),
        Weights::Equal => vec![1.0; aggregate.children.len()],
        Weights::Pca(_) | Weights::Factor(_) | Weights::Optimise(_) => {
            figures.index.nodes[node].weights.iter().map(|weight| weight.nominal).collect()
        }
    }
}
