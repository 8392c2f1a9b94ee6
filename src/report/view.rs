//! What every report is made from: one run, seen in one language.

use super::selection::Chosen;
use super::stamp::Stamp;
use crate::index::Figures;
use crate::index::method::{Node, Origin};
use crate::language::Language;
use crate::quality::{Findings, Severity};
use crate::study::{Source, Study};

/// One run as reports see it. Formats read it and decide nothing.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The study.
    pub study: &'a Study,
    /// What was computed, by which methodology, of which units, from what.
    pub figures: Figures<'a>,
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

impl<'a> View<'a> {
    /// What is masked of a unit.
    pub(crate) fn mask(&self, unit: usize) -> Mask {
        self.masked.get(unit).copied().unwrap_or_default()
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

    /// How many findings nobody accepted, by weight.
    pub fn open_findings(&self) -> [(Severity, usize); 3] {
        [Severity::Error, Severity::Warning, Severity::Note]
            .map(|severity| (severity, self.findings.count(severity)))
    }
}

/// What is masked of a unit.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mask {
    /// Nothing.
    #[default]
    Nothing,
    /// What was measured in it, and what its score is made of.
    Parts,
    /// Its score too.
    Score,
}

#[cfg(test)]
mod tests {
    use crate::index::OutputResult;
    use crate::index::method::Show;
    use crate::report::fixture::Fixture;

    #[test]
    fn units_without_a_score_are_grouped_by_what_they_lack() {
        let fixture = Fixture::new();
        let groups = fixture.view().figures.unscored();
        assert_eq!(groups.len(), 1);
        assert_eq!(
            (groups[0].missing.as_slice(), groups[0].units.as_slice()),
            (&[0][..], &[4][..])
        );
    }

    #[test]
    fn equal_scores_share_a_place_and_stand_in_the_order_of_codes() {
        let fixture = Fixture::new();
        let view = fixture.view();
        assert_eq!(view.figures.most_at_risk(10), [1, 3, 2, 0]);
        assert_eq!(view.figures.place(3), Some(1.0));
        assert_eq!(view.figures.place(2), Some(3.0));
        assert_eq!(view.figures.place(4), None);
        assert_eq!(view.figures.sharing(1), 2);
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
        fixture.index.outputs.push(OutputResult {
            id: "contribution.children".into(),
            declared: fixture.method.outputs.len() - 1,
            of: 2,
            child: Some(0),
            column,
        });
        let view = fixture.view();
        assert_eq!(view.figures.output_title(2, view.language), "Contribuție: Ponderea copiilor");
        assert_eq!(view.figures.output_title(0, view.language), "Loc");
        assert!(view.figures.contribution(0).is_none());
    }

    #[test]
    fn an_indicator_knows_its_sources_and_whether_it_was_broadcast() {
        let fixture = Fixture::new();
        let view = fixture.view();
        let sources = view.sources_of(&view.figures.method.nodes[0]);
        assert_eq!(
            sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(),
            ["population"]
        );
        assert_eq!(view.figures.broadcast_level(0), None);
        assert_eq!(view.figures.broadcast_level(1), Some("county"));
        assert_eq!(view.figures.broadcast_level(2), None);
    }
}
