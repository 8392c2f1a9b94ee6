//! What a report says, before any format says it: tables, pages and drawings made from one run.
//!
//! Only these files know a run. A column is declared once, with everything that any format needs to
//! show it, and with what it may give away.

mod areas;
mod book;
mod column;
mod cover;
mod findings;
mod index;
mod index_sheet;
mod live;
mod map;
mod method;
mod page;
mod parameters;
mod selection;
mod sensitivity;
mod sources;
mod statistics;
mod table;
mod trace;

pub(crate) use index_sheet::{OUTSIDE, Shown};

use std::borrow::Cow;

use crate::boundaries::Boundaries;
use crate::index::method::{Origin, Status};
use crate::index::{Figures, Method};
use crate::language::Language;
use crate::message::labels;
use crate::message::report as message;
use crate::message::selection::reasons;
use crate::quality::{Findings, Message, Severity};
use crate::register::COUNTY;
use crate::report::provenance::Provenance;
use crate::study::{RegisterChoice, Source, Study};
pub(crate) use areas::areas;
pub(crate) use book::{AreaTable, Body, Book, PlainTable, Sheet, book};
pub(crate) use column::{Aside, Cells, Column, Kind};
pub(crate) use cover::{Emphasis, important, unscored_lines};
pub(crate) use findings::findings;
pub(crate) use live::{
    Live, LiveClass, LiveMean, LiveOutput, LivePhases, LiveRank, Norm, Rounded, Rule,
};
use map::MapRun;
#[cfg(test)]
pub(crate) use map::main_layers;
pub(crate) use map::{Layer, Map, Of, Rest, Shape, layers};
pub(crate) use page::{Drawing, Indicator, Page, Units, drawing, page, shown_number};
pub(crate) use parameters::{Bound, ClassSet, PhaseSet, WeightSet};
pub(crate) use parameters::{Charts, Parts};
pub(crate) use selection::{Account, Part, Profile, Wording};
pub(crate) use selection::{SelectionView, sureness};
pub(crate) use sensitivity::{Masks, Telling, UNMASKED};
pub(crate) use sensitivity::{
    Rows, Sensitivity, Sum, of_node as sensitivity_of_node, of_output as sensitivity_of_output,
};
pub(crate) use table::{Table, Titled};

/// The tables for machines, by file name without extension.
pub(crate) fn tables<'a>(view: &View<'a>) -> Vec<(String, Table<'a>)> {
    let (figures, masks, language) = (&view.figures, view.masks, view.language);
    let mut all = vec![
        ("index".to_owned(), index::index(figures, masks, language)),
        ("findings".to_owned(), findings(view.findings)),
        ("observations".to_owned(), sources::observations(figures)),
    ];
    all.extend(areas(figures, masks, language).into_iter().map(|areas| (areas.file, areas.table)));
    if let Some(chosen) = view.selection {
        let wording = Wording::new(chosen, language);
        let capacity = Profile::of(chosen);
        all.extend(selection::tables(&wording, capacity.as_ref(), chosen.masks));
        if let Some(assessed) = chosen.robustness {
            let (method, masks) = (figures.method, chosen.masks);
            all.extend(selection::robustness_tables(&wording, method, assessed, masks));
        }
    }
    if figures.is_part() {
        return all;
    }
    let statistics = statistics::statistics(figures, language).into_iter();
    all.extend(statistics.map(|(name, titled)| (name.to_owned(), titled.table)));
    all
}

/// The tables that are too large for delimited text or read by programs only, in the same way.
pub(crate) fn frames<'a>(view: &View<'a>) -> Vec<(String, Table<'a>)> {
    vec![("index".to_owned(), index_of(view)), ("trace".to_owned(), trace::trace(&view.figures))]
}

/// The index of a run, a row a unit.
pub(crate) fn index_of<'a>(view: &View<'a>) -> Table<'a> {
    index::index(&view.figures, view.masks, view.language)
}

/// The units of a run as features of a map.
pub(crate) struct Features<'a> {
    pub(crate) head: Head<'a>,
    pub(crate) codes: &'a [String],
    /// What was computed of each unit, in the order of the register.
    pub(crate) index: Table<'a>,
    /// What was decided, where a programme was applied.
    pub(crate) selection: Option<Table<'a>>,
    /// The row of each unit in the selection.
    pub(crate) selected: Vec<Option<usize>>,
    /// Their boundaries, where the study has them.
    pub(crate) boundaries: Option<Boundaries>,
}

/// The features of a run.
pub(crate) fn features<'a>(view: &View<'a>) -> Features<'a> {
    let figures = &view.figures;
    let selected = view.selection.map(|chosen| page::selected_rows(figures, chosen.selection));
    let units = |chosen: SelectionView<'a>| Wording::new(chosen, view.language).units(chosen.masks);
    Features {
        head: view.head(),
        codes: figures.register.codes(),
        index: index::index(figures, view.masks, view.language),
        selection: view.selection.map(units),
        selected: selected.unwrap_or_default(),
        boundaries: figures.observations.maps.values().next().map(map::simplified),
    }
}

/// One run as reports see it. The model of a report is built from it; no format knows it.
#[derive(Clone, Copy, Debug)]
pub struct View<'a> {
    /// The study.
    pub study: &'a Study,
    /// What was computed, by which methodology, of which units, from what.
    pub figures: Figures<'a>,
    /// What was found on the way, in the order of reports.
    pub findings: &'a Findings,
    /// What identifies the run: program version and digests.
    pub provenance: &'a Provenance,
    /// What was selected, where a programme was applied.
    pub selection: Option<SelectionView<'a>>,
    /// Language of labels and sentences; identifiers never change with it.
    pub language: Language,
    /// What is masked, in the figures already and in every table.
    pub masks: &'a Masks,
    /// What would say something of a small count that is withheld.
    pub(crate) telling: &'a Telling,
}

/// What stands at the head of every sheet, page and drawing.
#[derive(Clone, Debug)]
pub(crate) struct Head<'a> {
    pub(crate) language: Language,
    /// The study, and the county of a pack.
    pub(crate) title: Cow<'a, str>,
    /// What a pack holds, the notice of the study and, loudly, that a methodology is illustrative: one
    /// text each.
    pub(crate) notices: Vec<Cow<'a, str>>,
    pub(crate) method: &'a Method,
    /// The programme that was applied: title, id, version, and the act that adopted it.
    pub(crate) programme: Option<String>,
    /// Version of the program.
    pub(crate) version: &'a str,
}

impl Head<'_> {
    /// The notices in one line; empty when there is none.
    pub(crate) fn notice(&self) -> String {
        self.notices.join(" · ")
    }

    /// Title, id and version of the methodology.
    pub(crate) fn methodology(&self) -> String {
        format!(
            "{} ({}, {} {})",
            self.method.title.text(self.language),
            self.method.id,
            labels::VERSION.text(self.language),
            self.method.version
        )
    }
}

impl<'a> View<'a> {
    /// What stands at the head of everything.
    pub(crate) fn head(&self) -> Head<'a> {
        let (study, method) = (self.study, self.figures.method);
        let notice = study.notice.as_ref().map(|notice| notice.text(self.language));
        let illustrative = (method.status == Status::Illustrative)
            .then(|| labels::ILLUSTRATIVE.text(self.language));
        let said = notice.into_iter().chain(illustrative).map(Cow::Borrowed);
        Head {
            language: self.language,
            title: self.title(),
            notices: self.pack_notice().map(Cow::Owned).into_iter().chain(said).collect(),
            method,
            programme: self.selection.map(|chosen| self.programme(chosen)),
            version: &self.provenance.version,
        }
    }

    /// The title of the study, with the county of a pack.
    fn title(&self) -> Cow<'a, str> {
        let title = self.study.title.text(self.language);
        match self.county() {
            Some(county) => format!("{title} – {}", county.text(self.language)).into(),
            None => title.into(),
        }
    }

    /// The county of which this is the pack.
    fn county(&self) -> Option<Message> {
        let county = self.selection?.county.filter(|_| self.figures.is_part())?;
        Some(reasons::group(COUNTY, county).name)
    }

    /// What a pack holds, and among how many units its positions are.
    fn pack_notice(&self) -> Option<String> {
        let all = self.selection?.figures.register.len();
        let units = [self.figures.register.len(), all];
        Some(message::pack(&self.county()?, units).text(self.language).to_owned())
    }

    /// Title, id and version of a programme, and by which act it holds.
    fn programme(&self, chosen: SelectionView<'_>) -> String {
        let rules = &chosen.plan.rules;
        let version = chosen.plan.version.as_ref();
        let version = version.map_or_else(String::new, |version| {
            format!(", {} {version}", labels::VERSION.text(self.language))
        });
        let status = match &chosen.plan.status {
            Status::Illustrative => labels::RULES_ILLUSTRATIVE.text(self.language).to_owned(),
            Status::Adopted { act } => {
                format!("{} {act}", labels::RULES_ADOPTED.text(self.language))
            }
        };
        format!("{} ({}{version}); {status}", rules.title.text(self.language), rules.id)
    }

    /// What the layers of a map are made from.
    pub(crate) fn map_run(&self) -> MapRun<'a> {
        MapRun {
            figures: self.figures,
            selection: self.selection,
            language: self.language,
            masks: self.masks,
        }
    }

    /// The sources whose measures an indicator uses, in the order of the study.
    pub(crate) fn sources_of(&self, node: usize) -> Vec<&'a Source> {
        let names: Vec<&str> = match &self.figures.method.nodes[node].origin {
            Origin::Measures(formula) => formula.names().iter().map(String::as_str).collect(),
            Origin::Category(name) => vec![name.as_str()],
            Origin::Children(_) | Origin::Nodes(_) => Vec::new(),
        };
        let used = |source: &&Source| {
            names.iter().any(|name| name.split_once('.').is_some_and(|(id, _)| id == source.id))
        };
        self.study.sources.iter().filter(used).collect()
    }

    /// The name of a unit, in a panel with its period: entries of one place are told apart by it.
    pub(crate) fn unit_name(&self, unit: usize) -> Cow<'_, str> {
        let register = self.figures.register;
        let name = register.names()[unit].as_str();
        let is_panel = matches!(self.study.register, RegisterChoice::File { period: Some(_), .. });
        match register.codes()[unit].rsplit_once('|').filter(|_| is_panel) {
            Some((_, period)) => Cow::Owned(format!("{name} ({period})")),
            None => Cow::Borrowed(name),
        }
    }

    /// How many findings nobody accepted, by weight.
    pub(crate) fn open_findings(&self) -> [(Severity, usize); 3] {
        [Severity::Error, Severity::Warning, Severity::Note]
            .map(|severity| (severity, self.findings.count(severity)))
    }
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
        let sources = view.sources_of(0);
        assert_eq!(
            sources.iter().map(|source| source.id.as_str()).collect::<Vec<_>>(),
            ["population"]
        );
        assert_eq!(view.figures.broadcast_level(0), None);
        assert_eq!(view.figures.broadcast_level(1), Some("county"));
        assert_eq!(view.figures.broadcast_level(2), None);
    }
}
