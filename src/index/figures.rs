//! A computed index with what it was computed from: where each unit stands in it.

use std::collections::BTreeMap;

use super::method::{Node, Origin, Output};
use super::{Column, Index, Method, OutputColumn, stats};
use crate::language::Language;
use crate::observation::Observations;
use crate::register::{Register, UNIT};

/// An index, the method it was computed by, the units it is of, and what was read about them.
#[derive(Clone, Copy, Debug)]
pub struct Figures<'a> {
    /// The methodology.
    pub method: &'a Method,
    /// Who is counted.
    pub register: &'a Register,
    /// What was read.
    pub observations: &'a Observations,
    /// What was computed.
    pub index: &'a Index,
    /// Where the units stand among those that they were ranked with, where these are more than the
    /// register has.
    pub(crate) among: Option<&'a Standings>,
}

/// Where the units of a part stand among all.
#[derive(Clone, Debug)]
pub(crate) struct Standings {
    /// The place of each unit.
    pub(crate) places: Vec<Option<f64>>,
    /// How many units share the score of each, itself among them.
    pub(crate) sharing: Vec<usize>,
}

/// Units that share one reason for having no score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unscored {
    /// Positions in [`Method::nodes`] of the children without a value; empty when all have one.
    pub(crate) missing: Vec<usize>,
    /// Positions of the units in the register.
    pub(crate) units: Vec<usize>,
}

impl<'a> Figures<'a> {
    /// The value of a register column for a unit; empty where the register has no such column.
    pub(crate) fn register_text(&self, column: &str, unit: usize) -> &'a str {
        self.register.column(column).map_or("", |values| values[unit].as_str())
    }

    /// The node that stands for the whole, as [`Method::headline`] says.
    pub(crate) fn headline(&self) -> Option<usize> {
        self.method.headline()
    }

    /// The scores: the headline's column after its steps.
    pub(crate) fn scores(&self) -> Option<&'a Column> {
        self.headline().map(|node| &self.index.nodes[node].value)
    }

    /// How many units have a score.
    pub(crate) fn scored(&self) -> usize {
        self.scores().map_or(0, Column::present)
    }

    /// Units of the distribution (`over`) that have a score.
    pub(crate) fn ranked(&self) -> usize {
        self.distribution().count()
    }

    /// Units without a score, grouped by what they lack, the largest group first.
    pub(crate) fn unscored(&self) -> Vec<Unscored> {
        let (Some(headline), Some(scores)) = (self.headline(), self.scores()) else {
            return Vec::new();
        };
        let children = self.children(&self.method.nodes[headline]);
        let mut groups: BTreeMap<Vec<usize>, Vec<usize>> = BTreeMap::new();
        for unit in (0..self.register.len()).filter(|&unit| scores.value(unit).is_none()) {
            let lacks = |node: &usize| self.index.nodes[*node].value.value(unit).is_none();
            groups.entry(children.iter().copied().filter(lacks).collect()).or_default().push(unit);
        }
        let mut groups: Vec<Unscored> =
            groups.into_iter().map(|(missing, units)| Unscored { missing, units }).collect();
        groups.sort_by(|a, b| b.units.len().cmp(&a.units.len()).then(a.missing.cmp(&b.missing)));
        groups
    }

    /// The nodes a node is made from, in order; an indicator has none.
    pub(crate) fn children(&self, node: &Node) -> Vec<usize> {
        match &node.origin {
            Origin::Children(aggregate) => aggregate.children.iter().map(|c| c.node).collect(),
            Origin::Nodes(formula) => {
                formula.names().iter().filter_map(|name| self.method.node(name)).collect()
            }
            Origin::Measures(_) | Origin::Category(_) => Vec::new(),
        }
    }

    /// The units of the distribution with the highest scores, highest first; scores equal in nine
    /// decimals, as ranks compare them, are ordered by code.
    pub(crate) fn most_at_risk(&self, count: usize) -> Vec<usize> {
        let Some(scores) = self.scores() else { return Vec::new() };
        let mut units: Vec<usize> = (0..self.register.len())
            .filter(|&unit| self.index.ranked[unit] && scores.value(unit).is_some())
            .collect();
        let compared: Vec<f64> =
            scores.values().iter().map(|&score| stats::compared(score)).collect();
        units.sort_by(|&a, &b| compared[b].total_cmp(&compared[a]).then(a.cmp(&b)));
        units.truncate(count);
        units
    }

    /// The place of a unit: as the method's own rank says, else one more than there are units of
    /// the distribution with a higher score. `None` without a score.
    pub(crate) fn place(&self, unit: usize) -> Option<f64> {
        if let Some(places) = self.places() {
            return places.value(unit);
        }
        if let Some(all) = self.among {
            return all.places[unit];
        }
        let own = stats::compared(self.scores()?.value(unit)?);
        let higher = self.distribution().filter(|&score| stats::compared(score) > own).count();
        Some(1.0 + higher as f64)
    }

    /// How many units of the distribution share the score of a unit, itself among them.
    pub(crate) fn sharing(&self, unit: usize) -> usize {
        if let Some(all) = self.among {
            return all.sharing[unit];
        }
        let own = self.scores().and_then(|scores| scores.value(unit)).map(stats::compared);
        self.distribution().filter(|&score| Some(stats::compared(score)) == own).count()
    }

    fn distribution(&self) -> impl Iterator<Item = f64> {
        let scores = self.scores();
        let ranked = self.index.ranked.iter().enumerate().filter(|(_, ranked)| **ranked);
        ranked.filter_map(move |(unit, _)| scores.and_then(|scores| scores.value(unit)))
    }

    /// The level at which an indicator was measured, when that is larger than a unit: its values
    /// were broadcast and say nothing of a single unit.
    pub(crate) fn broadcast_level(&self, node: usize) -> Option<&'a str> {
        let level = self.index.nodes[node].level.as_str();
        (self.method.nodes[node].is_indicator() && level != UNIT).then_some(level)
    }

    /// Whether the units are a part of those that were ranked, so that no place or class follows from
    /// the scores at hand.
    pub(crate) fn is_part(&self) -> bool {
        self.among.is_some()
    }

    /// Name of a node for people.
    pub(crate) fn node_label(&self, node: usize, language: Language) -> &'a str {
        let node = &self.method.nodes[node];
        name_or_id(node.label.text(language), &node.id)
    }

    /// Name of a node for people, with its unit of measure.
    pub(crate) fn node_title(&self, node: usize, language: Language) -> String {
        let label = self.node_label(node, language);
        match &self.method.nodes[node].unit {
            Some(unit) => format!("{label} ({})", unit.text(language)),
            None => label.to_owned(),
        }
    }

    /// Name of an output for people.
    pub(crate) fn output_title(&self, output: usize, language: Language) -> String {
        let result = &self.index.outputs[output];
        let declared = &self.method.outputs[result.declared];
        let label = name_or_id(declared.label.text(language), &declared.id);
        match result.child {
            Some(child) => format!("{label}: {}", self.node_label(child, language)),
            None => label.to_owned(),
        }
    }

    /// For a column of contributions, which are several columns of one declared output: that
    /// output and the node whose contribution it is.
    pub(crate) fn contribution(&self, output: usize) -> Option<(&'a Output, usize)> {
        let result = &self.index.outputs[output];
        Some((&self.method.outputs[result.declared], result.child?))
    }

    /// The first numeric output that shows the headline through a `rank` step: the places.
    fn places(&self) -> Option<&'a Column> {
        let headline = self.headline()?;
        let declared = self.method.outputs.iter().find(|output| {
            output.of == headline
                && output.filter.is_none()
                && output.within.is_none()
                && output.steps.last().is_some_and(|step| step.name() == "rank")
        })?;
        let result = self.index.outputs.iter().find(|result| result.id == declared.id)?;
        match &result.column {
            OutputColumn::Numbers(column) => Some(column),
            OutputColumn::Classes(_) => None,
        }
    }
}

fn name_or_id<'t>(label: &'t str, id: &'t str) -> &'t str {
    if label.trim().is_empty() { id } else { label }
}
