//! The workbook: a cover, then a sheet for every list, table and drawing.

use super::areas::{areas, sheet_name};
use super::cover::{CoverSection, cover};
use super::index::ties;
use super::index_sheet::{IndexSheet, index_sheet};
use super::live::Live;
use super::map::{Layer, main_layers};
use super::method::MethodTables;
use super::page::{Drawing, drawing, unit_names};
use super::parameters::{Charts, Parameters, charts, parameters};
use super::selection::{Profile, ROBUSTNESS_WIDTHS, Wording, lists, robustness_parts};
use super::statistics::statistics;
use super::table::{Table, Titled};
use super::trace::trace_sheet;
use super::{Head, View};
use super::{findings, sources};
use crate::language::Words;
use crate::message::labels::{self, robustness as words};
use crate::report::provenance::Provenance;

/// Widths of the columns that all tables of the sheet *Method* share.
const METHOD_WIDTHS: [u16; 8] = [20, 36, 16, 46, 13, 22, 16, 16];
/// Widths of the columns of the sheet *Statistics*: names, then numbers.
const STATISTICS_WIDTHS: [u16; 17] =
    [30, 30, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12, 12];

/// A workbook.
pub(crate) struct Book<'a> {
    pub(crate) head: Head<'a>,
    pub(crate) provenance: &'a Provenance,
    /// The parts of the cover.
    pub(crate) cover: Vec<CoverSection>,
    pub(crate) sheets: Vec<Sheet<'a>>,
    /// What the workbook recalculates.
    pub(crate) live: Live,
    /// What its formulas point at.
    pub(crate) parameters: Parameters,
    pub(crate) index: IndexSheet<'a>,
}

/// A sheet: its name, what it holds, and what stands on it.
pub(crate) struct Sheet<'a> {
    pub(crate) name: String,
    pub(crate) about: String,
    pub(crate) body: Body<'a>,
}

/// What stands on a sheet.
pub(crate) enum Body<'a> {
    /// A list of a selection.
    List(Table<'a>),
    /// A table with a sentence above it.
    Table(PlainTable<'a>),
    /// A table by area.
    Areas(AreaTable<'a>),
    /// Several tables, one below the other, in columns of the same widths.
    Parts {
        above: String,
        widths: &'static [u16],
        parts: Vec<Titled<'a>>,
        frozen: bool,
    },
    /// The index of the workbook, with formulas.
    Index,
    /// Its parameters.
    Parameters,
    Charts(Charts),
    Map {
        drawing: Drawing<'a>,
        layers: Vec<Layer>,
        without: Vec<String>,
    },
    /// Each unit's way from the cells that were read to its score.
    Trace(Table<'a>),
}

/// A table with a sentence above it.
pub(crate) struct PlainTable<'a> {
    /// What spreadsheets call it.
    pub(crate) id: &'static str,
    pub(crate) table: Table<'a>,
    pub(crate) above: &'static str,
    /// What is said where it has no row.
    pub(crate) empty: Option<&'static str>,
    /// Columns that stay on the screen.
    pub(crate) frozen: u16,
}

/// A table by area, with what is drawn beside it.
pub(crate) struct AreaTable<'a> {
    /// Its number among them, from 1.
    pub(crate) number: usize,
    pub(crate) table: Table<'a>,
    /// The column of the mean.
    pub(crate) mean: Option<usize>,
    /// Name of the score that it is the mean of.
    pub(crate) score: String,
}

/// The workbook of a run.
pub(crate) fn book<'a>(view: &View<'a>) -> Book<'a> {
    let (figures, masks, language) = (&view.figures, view.masks, view.language);
    let live = Live::new(figures, view.selection, masks);
    let trace = trace_sheet(figures, language);
    let index = index_sheet(view, &live, &trace.first);
    let programme = view.selection.map_or("", |it| it.plan.rules.title.text(language));
    let maker = Maker { view };
    let mut sheets = maker.lists();
    sheets.extend(maker.robustness());
    sheets.push(maker.sheet(labels::SHEET_INDEX, labels::ABOUT_INDEX, Body::Index));
    sheets.push(maker.sheet(labels::SHEET_WEIGHTS, labels::ABOUT_WEIGHTS, Body::Parameters));
    let charts = charts(figures, &live, language);
    sheets.extend(charts.map(|charts| {
        maker.sheet(labels::SHEET_CHARTS, labels::ABOUT_CHARTS, Body::Charts(charts))
    }));
    sheets.extend(maker.map());
    sheets.extend(maker.areas());
    sheets.push(maker.ties());
    let body = Body::Trace(trace.table);
    sheets.push(maker.sheet(labels::SHEET_TRACE, labels::ABOUT_TRACE, body));
    sheets.push(maker.sources());
    sheets.push(maker.method());
    sheets.extend(maker.statistics());
    sheets.push(maker.findings());
    Book {
        head: view.head(),
        provenance: view.provenance,
        cover: cover(view),
        sheets,
        parameters: parameters(figures, programme, &live, language),
        live,
        index,
    }
}

/// Makes the sheets of a workbook.
struct Maker<'m, 'a> {
    view: &'m View<'a>,
}

impl<'a> Maker<'_, 'a> {
    fn word(&self, words: Words) -> &'static str {
        words.text(self.view.language)
    }

    fn sheet(&self, name: Words, about: Words, body: Body<'a>) -> Sheet<'a> {
        Sheet { name: self.word(name).to_owned(), about: self.word(about).to_owned(), body }
    }

    fn lists(&self) -> Vec<Sheet<'a>> {
        let Some(chosen) = self.view.selection else { return Vec::new() };
        let wording = Wording::new(chosen, self.view.language);
        let capacity = Profile::of(chosen);
        let lists = lists(&wording, capacity.as_ref(), chosen.masks).into_iter();
        lists
            .map(|list| Sheet {
                name: sheet_name(&list.title),
                about: list.about,
                body: Body::List(list.table),
            })
            .collect()
    }

    /// `None` where nobody asked how sure the list is.
    fn robustness(&self) -> Option<Sheet<'a>> {
        let chosen = self.view.selection?;
        let assessed = chosen.robustness?;
        let wording = Wording::new(chosen, self.view.language);
        let body = Body::Parts {
            above: String::new(),
            widths: &ROBUSTNESS_WIDTHS,
            parts: robustness_parts(&wording, self.view.figures.method, assessed, chosen.masks),
            frozen: false,
        };
        Some(self.sheet(words::SHEET, words::ABOUT, body))
    }

    /// `None` where nothing says where units lie or there is no score to show.
    fn map(&self) -> Option<Sheet<'a>> {
        let layers = main_layers(&self.view.map_run());
        let drawing = drawing(self.view).filter(|_| !layers.is_empty())?;
        let without = unit_names(&self.view.figures, &drawing.map.without);
        let body = Body::Map { drawing, layers, without };
        Some(self.sheet(labels::SHEET_MAP, labels::ABOUT_MAP, body))
    }

    fn areas(&self) -> Vec<Sheet<'a>> {
        let figures = &self.view.figures;
        let all = areas(figures, self.view.masks, self.view.language).into_iter();
        let headline = figures.headline();
        let score = headline.map_or("", |node| figures.node_label(node, self.view.language));
        let numbered = (1..).zip(all);
        numbered
            .map(|(number, areas)| Sheet {
                name: areas.sheet,
                about: self.word(labels::ABOUT_SUMMARY).to_owned(),
                body: Body::Areas(AreaTable {
                    number,
                    table: areas.table,
                    mean: areas.mean,
                    score: score.to_owned(),
                }),
            })
            .collect()
    }

    fn ties(&self) -> Sheet<'a> {
        let body = Body::Table(PlainTable {
            id: "TiesTable",
            table: ties(&self.view.figures, self.view.language),
            above: self.word(labels::ABOUT_TIES),
            empty: Some(self.word(labels::NO_TIES)),
            frozen: 0,
        });
        self.sheet(labels::SHEET_TIES, labels::ABOUT_TIES, body)
    }

    fn sources(&self) -> Sheet<'a> {
        let files = &self.view.figures.observations.files;
        let sources = &self.view.study.sources;
        let body = Body::Table(PlainTable {
            id: "SourcesTable",
            table: sources::by_file(sources, files, self.view.language),
            above: self.word(labels::ABOUT_SOURCES),
            empty: None,
            frozen: 1,
        });
        self.sheet(labels::SHEET_SOURCES, labels::ABOUT_SOURCES, body)
    }

    fn method(&self) -> Sheet<'a> {
        let tables = MethodTables { figures: &self.view.figures, language: self.view.language };
        let titled = |title: Words, table| Titled {
            title: self.word(title).to_owned(),
            about: String::new(),
            table,
        };
        let mut parts = vec![
            titled(labels::SECTION_NODES, tables.nodes()),
            titled(labels::SECTION_STEPS, tables.steps()),
            titled(labels::SECTION_WEIGHTS, tables.weights()),
        ];
        parts.extend(tables.outputs().map(|table| titled(labels::SECTION_OUTPUTS, table)));
        let above = self.view.head().methodology();
        let body = Body::Parts { above, widths: &METHOD_WIDTHS, parts, frozen: false };
        self.sheet(labels::SHEET_METHOD, labels::ABOUT_METHOD, body)
    }

    /// `None` in a pack: they are those of the whole run.
    fn statistics(&self) -> Option<Sheet<'a>> {
        if self.view.figures.is_part() {
            return None;
        }
        let all = statistics(&self.view.figures, self.view.language);
        let body = Body::Parts {
            above: self.word(labels::STATISTICS_OVER).to_owned(),
            widths: &STATISTICS_WIDTHS,
            parts: all.into_iter().map(|(_, titled)| titled).collect(),
            frozen: true,
        };
        Some(self.sheet(labels::SHEET_STATISTICS, labels::ABOUT_STATISTICS, body))
    }

    fn findings(&self) -> Sheet<'a> {
        let view = self.view;
        let register = view.figures.register;
        let body = Body::Table(PlainTable {
            id: "QualityTable",
            table: findings::by_finding(view.findings, register, view.language),
            above: self.word(labels::ALL_PLACES),
            empty: Some(self.word(labels::NO_FINDINGS)),
            frozen: 2,
        });
        self.sheet(labels::SHEET_QUALITY, labels::ABOUT_QUALITY, body)
    }
}
