//! What every report is made from: one run, seen in one language.

use std::collections::BTreeMap;

use super::mask::Mask;
use super::selection::Chosen;
use super::stamp::Stamp;
use crate::index::method::{Node, Origin, Output, Show};
use crate::index::{Column, Index, Method, OutputColumn};
use crate::language::Language;
use crate::observation::Observations;
use crate::quality::{Findings, Severity};
use crate::register::{Register, UNIT};
use crate::study::{Source, Study};

/// One run as reports see it. Formats read it and decide nothing.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The study.
    pub study: &'a Study,
    /// The methodology it was computed by.
    pub method: &'a Method,
    /// Who is counted.
    pub register: &'a Register,
    /// What was read.
    pub observations: &'a Observations,
    /// What was computed.
    pub index: &'a Index,
    /// What was found on the way, in the order of reports.
    pub findings: &'a Findings,
    /// What identifies the run: program version and digests.
    pub stamp: &'a Stamp,
    /// What was selected, where a programme was applied.
    pub chosen: Option<Chosen<'a>>,
    /// Language of labels and sentences; identifiers never change with it.
    pub language: Language,
    /// What is masked of each unit; empty where nothing is.
    pub masked: &'a [Mask],
}

/// Units that share one reason for having no score.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unscored {
    /// Positions in [`Method::nodes`] of the children without a value; empty when all have one.
    pub missing: Vec<usize>,
    /// Positions of the units in the register.
    pub units: Vec<usize>,
}

impl<'a> View<'a> {
    /// What is masked of a unit.
    pub(crate) fn mask(&self, unit: usize) -> Mask {
        self.masked.get(unit).copied().unwrap_or_default()
    }

    /// The value of a register column for a unit; empty where the register has no such column.
    pub fn register_text(&self, column: &str, unit: usize) -> &'a str {
        self.register.column(column).map_or("", |values| values[unit].as_str())
    }

    /// The node that stands for the whole: what the first output shows, else the last node, which
    /// is a root because children stand before their parents. `None` for a method without nodes.
    pub fn headline(&self) -> Option<usize> {
        let shown = self.method.outputs.first().map(|output| output.of);
        shown.or_else(|| self.method.nodes.len().checked_sub(1))
    }

    /// The scores: the headline's column after its steps.
    pub fn scores(&self) -> Option<&'a Column> {
        self.headline().map(|node| &self.index.nodes[node].value)
    }

    /// How many units have a score.
    pub fn scored(&self) -> usize {
        self.scores().map_or(0, Column::present)
    }

    /// Units of the distribution (`over`) that have a score.
    pub fn ranked(&self) -> usize {
        let Some(scores) = self.scores() else { return 0 };
        let in_distribution = self.index.ranked.iter().zip(scores.marks());
        in_distribution.filter(|(ranked, mark)| **ranked && mark.has_value()).count()
    }

    /// Units without a score, grouped by what they lack, the largest group first.
    pub fn unscored(&self) -> Vec<Unscored> {
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
    pub fn children(&self, node: &Node) -> Vec<usize> {
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
    pub fn most_at_risk(&self, count: usize) -> Vec<usize> {
        let Some(scores) = self.scores() else { return Vec::new() };
        let mut units: Vec<usize> = (0..self.register.len())
            .filter(|&unit| self.index.ranked[unit] && scores.value(unit).is_some())
            .collect();
        let compared = |unit: usize| published(scores.values()[unit]);
        units.sort_by(|&a, &b| compared(b).total_cmp(&compared(a)).then(a.cmp(&b)));
        units.truncate(count);
        units
    }

    /// The place of a unit: as the method's own rank says, else one more than there are units of
    /// the distribution with a higher score. `None` without a score.
    pub fn place(&self, unit: usize) -> Option<f64> {
        if let Some(places) = self.places() {
            return places.value(unit);
        }
        let own = published(self.scores()?.value(unit)?);
        let higher = self.distribution().filter(|&score| published(score) > own).count();
        Some(1.0 + higher as f64)
    }

    /// How many units of the distribution share the score of a unit, itself among them.
    pub fn sharing(&self, unit: usize) -> usize {
        let own = self.scores().and_then(|scores| scores.value(unit)).map(published);
        self.distribution().filter(|&score| Some(published(score)) == own).count()
    }

    fn distribution(&self) -> impl Iterator<Item = f64> {
        let scores = self.scores();
        let ranked = self.index.ranked.iter().enumerate().filter(|(_, ranked)| **ranked);
        ranked.filter_map(move |(unit, _)| scores.and_then(|scores| scores.value(unit)))
    }

    /// The sources whose measures an indicator uses, in the order of the study.
    pub fn sources_of(&self, node: &Node) -> Vec<&'a Source> {
        let names: Vec<&str> = match &node.origin {
            Origin::Measures(formula) => formula.names().iter().map(String::as_str).collect(),
            Origin::Category(name) => vec![name.as_str()],
            Origin::Children(_) | Origin::Nodes(_) => Vec::new(),
        };
        let used = |source: &&Source| {
            names.iter().any(|name| name.split_once('.').is_some_and(|(id, _)| id == source.id))
        };
        self.study.sources.iter().filter(used).collect()
    }

    /// The level at which an indicator was measured, when that is larger than a unit: its values
    /// were broadcast and say nothing of a single unit.
    pub fn broadcast_level(&self, node: usize) -> Option<&'a str> {
        let level = self.index.nodes[node].level.as_str();
        (self.method.nodes[node].is_indicator() && level != UNIT).then_some(level)
    }

    /// Name of a node for people.
    pub fn node_label(&self, node: usize) -> &'a str {
        let node = &self.method.nodes[node];
        name_or_id(node.label.text(self.language), &node.id)
    }

    /// Name of a node for people, with its unit of measure.
    pub fn node_title(&self, node: usize) -> String {
        let label = self.node_label(node);
        match &self.method.nodes[node].unit {
            Some(unit) => format!("{label} ({})", unit.text(self.language)),
            None => label.to_owned(),
        }
    }

    /// Name of an output for people.
    pub fn output_title(&self, output: usize) -> String {
        let id = self.index.outputs[output].id.as_str();
        if let Some(declared) = self.method.outputs.iter().find(|declared| declared.id == id) {
            return name_or_id(declared.label.text(self.language), id).to_owned();
        }
        match self.contribution(output) {
            Some((declared, child)) => {
                let label = name_or_id(declared.label.text(self.language), &declared.id);
                let child = self.method.node(child).map_or(child, |child| self.node_label(child));
                format!("{label}: {child}")
            }
            None => id.to_owned(),
        }
    }

    /// For a column of contributions, which are several columns of one declared output: that
    /// output and the child whose contribution it is.
    pub fn contribution(&self, output: usize) -> Option<(&'a Output, &'a str)> {
        let (declared, child) = self.index.outputs[output].id.split_once('.')?;
        let shows = |it: &&Output| it.id == declared && it.show == Show::Contributions;
        Some((self.method.outputs.iter().find(shows)?, child))
    }

    /// The first numeric output that shows the headline through a `rank` step: the places.
    pub fn places(&self) -> Option<&'a Column> {
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

    /// How many findings nobody accepted, by weight.
    pub fn open_findings(&self) -> [(Severity, usize); 3] {
        [Severity::Error, Severity::Warning, Severity::Note]
            .map(|severity| (severity, self.findings.count(severity)))
    }
}

/// A score in whole billionths: scores equal in nine decimals are equal, as ranks compare them.
fn published(score: f64) -> f64 {
    (score * 1e9).round()
}

fn name_or_id<'t>(label: &'t str, id: &'t str) -> &'t str {
    if label.trim().is_empty() { id } else { label }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::OutputResult;
    use crate::report::fixture::Fixture;

    #[test]
    fn units_without_a_score_are_grouped_by_what_they_lack() {
        let fixture = Fixture::new();
        assert_eq!(fixture.view().unscored(), [Unscored { missing: vec![0], units: vec![4] }]);
    }

    #[test]
    fn equal_scores_share_a_place_and_stand_in_the_order_of_codes() {
        let fixture = Fixture::new();
        let view = fixture.view();
        assert_eq!(view.most_at_risk(10), [1, 3, 2, 0]);
        assert_eq!(view.place(3), Some(1.0));
        assert_eq!(view.place(2), Some(3.0));
        assert_eq!(view.place(4), None);
        assert_eq!(view.sharing(1), 2);
    }

    #[test]
    fn a_contribution_is_named_after_its_output_and_its_child() {
        let mut fixture = Fixture::new();
        let mut declared = fixture.method.outputs[0].clone();
        declared.id = "contribution".into();
        declared.label.ro = "Contribuție".into();
        declared.show = Show::Contributions;
        fixture.method.outputs.push(declared);
        let column = fixture.index.outputs[0].column.clone();
        fixture.index.outputs.push(OutputResult { id: "contribution.children".into(), column });
        let view = fixture.view();
        assert_eq!(view.output_title(2), "Contribuție: Ponderea copiilor");
        assert_eq!(view.output_title(0), "Loc");
        assert!(view.contribution(0).is_none());
    }

    #[test]
    fn an_indicator_knows_its_sources_and_whether_it_was_broadcast() {
        let fixture = Fixture::new();
        let view = fixture.view();
        let sources = view.sources_of(&view.method.nodes[0]);
        assert_eq!(
            sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(),
            ["population"]
        );
        assert_eq!(view.broadcast_level(0), None);
        assert_eq!(view.broadcast_level(1), Some("county"));
        assert_eq!(view.broadcast_level(2), None);
    }
}
