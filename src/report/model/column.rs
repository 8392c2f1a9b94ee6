//! A column of a report: what it is called, what it holds, what it may give away, in which formats it
//! stands. Every format is written from it, so that none can forget to mask it.

use std::borrow::Cow;

use super::sensitivity::Sensitivity;
use crate::index::Mark;

/// Cells of one column.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Cells<'a> {
    /// Words; empty where `None`.
    Text(Vec<Option<Cow<'a, str>>>),
    /// Measured or computed numbers.
    Numbers(Vec<Option<f64>>),
    /// Positions and counts.
    Integers(Vec<Option<i32>>),
}

impl Cells<'_> {
    pub(super) fn len(&self) -> usize {
        match self {
            Self::Text(cells) => cells.len(),
            Self::Numbers(cells) => cells.len(),
            Self::Integers(cells) => cells.len(),
        }
    }

    /// The number in a row.
    pub(crate) fn number(&self, row: usize) -> Option<f64> {
        match self {
            Self::Text(_) => None,
            Self::Numbers(cells) => cells[row],
            Self::Integers(cells) => cells[row].map(f64::from),
        }
    }

    /// The word in a row.
    pub(crate) fn word(&self, row: usize) -> &str {
        match self {
            Self::Text(cells) => cells[row].as_deref().unwrap_or_default(),
            Self::Numbers(_) | Self::Integers(_) => "",
        }
    }

    fn picked(&self, rows: &[Option<usize>]) -> Self {
        let rows = rows.iter().copied();
        match self {
            Self::Text(cells) => Self::Text(rows.map(|row| cells[row?].clone()).collect()),
            Self::Numbers(cells) => Self::Numbers(rows.map(|row| cells[row?]).collect()),
            Self::Integers(cells) => Self::Integers(rows.map(|row| cells[row?]).collect()),
        }
    }

    fn has(&self, row: usize) -> bool {
        match self {
            Self::Text(cells) => cells[row].is_some(),
            Self::Numbers(cells) => cells[row].is_some(),
            Self::Integers(cells) => cells[row].is_some(),
        }
    }

    fn clear(&mut self, row: usize) {
        match self {
            Self::Text(cells) => cells[row] = None,
            Self::Numbers(cells) => cells[row] = None,
            Self::Integers(cells) => cells[row] = None,
        }
    }

    fn retain(&mut self, kept: &[bool]) {
        let mut rows = kept.iter();
        let mut keep = || rows.next().copied().unwrap_or(false);
        match self {
            Self::Text(cells) => cells.retain(|_| keep()),
            Self::Numbers(cells) => cells.retain(|_| keep()),
            Self::Integers(cells) => cells.retain(|_| keep()),
        }
    }
}

/// Where columns stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Medium {
    /// A table for machines: delimited text, Parquet.
    File,
    /// A sheet of a workbook.
    Sheet,
    /// The page.
    Page,
    /// A feature of a map.
    Map,
}

/// How the cells of a column are shown to people.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Kind {
    /// A word on one line.
    Word,
    /// A word to the right of numbers.
    SetOff,
    /// A text over several lines.
    Text,
    /// The same, set off from the number before it.
    Listed,
    /// A digest, there for the record.
    Digest,
    /// A count among texts.
    Count,
    /// Numbers with that many decimals, thousands marked.
    Decimals(usize),
    /// Numbers with decimals of their own in each row.
    RowDecimals(Vec<usize>),
    /// Numbers with that many decimals, as parameters of a method are written.
    Parameter(usize),
    /// Shares of one as percentages.
    Percent,
    /// Probabilities down to the smallest, in four significant digits.
    Probability,
    /// A drawing of the row, which only a workbook has.
    Drawing,
}

/// What of a column is set aside: values of a larger area, or there for comparison.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Aside {
    /// Nothing.
    #[default]
    Nothing,
    /// Its cells.
    Cells,
    /// Its cells and its heading.
    Column,
}

/// Columns that stand together under one title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    /// Tells groups of one title apart.
    pub(crate) number: usize,
    pub(crate) title: String,
}

/// A column: what it is called, what it holds, what it may give away, and where it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Column<'a> {
    /// Stable English identifier, the same in every language.
    pub(crate) id: String,
    /// What people read above it.
    pub(crate) heading: String,
    /// Width in characters.
    pub(crate) width: u16,
    pub(crate) kind: Kind,
    pub(crate) cells: Cells<'a>,
    /// What each cell is, where numbers have states; empty otherwise.
    pub(crate) states: Vec<Mark>,
    /// What stands on a sheet where there is no value and no state.
    pub(crate) gap: &'static str,
    pub(crate) aside: Aside,
    /// Rows that must not be overlooked.
    pub(crate) alarms: Vec<usize>,
    /// What people read about it when they ask.
    pub(crate) note: Option<String>,
    /// The column of the sheet *Trace* to whose row each cell leads.
    pub(crate) link: Option<usize>,
    pub(crate) group: Option<Group>,
    sensitivity: Sensitivity,
    media: &'static [Medium],
    /// Where it stands on a sheet, among columns that say so.
    sheet_at: Option<usize>,
    page_at: Option<usize>,
    is_withheld: bool,
}

impl<'a> Column<'a> {
    /// It gives no small count away: names, places, classes, decisions, the rules themselves.
    pub(crate) const PUBLIC: Sensitivity = Sensitivity::Public;
    /// It holds nothing that the figures it is made from do not hold; masked figures hold no small
    /// count and nothing that gives one back.
    pub(crate) const FIGURES: Sensitivity = Sensitivity::Figures;

    fn new(id: impl Into<String>, sensitivity: Sensitivity, kind: Kind, cells: Cells<'a>) -> Self {
        let id = id.into();
        Self {
            heading: id.clone(),
            id,
            width: 12,
            kind,
            cells,
            states: Vec::new(),
            gap: "",
            aside: Aside::Nothing,
            alarms: Vec::new(),
            note: None,
            link: None,
            group: None,
            sensitivity,
            media: &[Medium::File, Medium::Sheet, Medium::Page, Medium::Map],
            sheet_at: None,
            page_at: None,
            is_withheld: false,
        }
    }

    /// A column of words, in every medium; an empty word is an empty cell.
    pub(crate) fn text<T: Into<Cow<'a, str>>>(
        id: impl Into<String>,
        sensitivity: Sensitivity,
        cells: impl IntoIterator<Item = T>,
    ) -> Self {
        let cells = cells.into_iter().map(Into::into);
        let cells = cells.map(|cell: Cow<'a, str>| (!cell.is_empty()).then_some(cell)).collect();
        Self::new(id, sensitivity, Kind::Listed, Cells::Text(cells))
    }

    /// A column of numbers, in every medium.
    pub(crate) fn numbers(
        id: impl Into<String>,
        sensitivity: Sensitivity,
        cells: impl IntoIterator<Item = Option<f64>>,
    ) -> Self {
        let cells = Cells::Numbers(cells.into_iter().collect());
        Self::new(id, sensitivity, Kind::Decimals(0), cells)
    }

    /// A column of positions or counts, in every medium.
    pub(crate) fn integers(
        id: impl Into<String>,
        sensitivity: Sensitivity,
        cells: impl IntoIterator<Item = Option<i32>>,
    ) -> Self {
        let cells = Cells::Integers(cells.into_iter().collect());
        Self::new(id, sensitivity, Kind::Decimals(0), cells)
    }

    /// A column of counts, in every medium.
    pub(crate) fn counts(
        id: impl Into<String>,
        sensitivity: Sensitivity,
        cells: impl IntoIterator<Item = Option<usize>>,
    ) -> Self {
        let small = |count: Option<usize>| count.and_then(|count| i32::try_from(count).ok());
        Self::integers(id, sensitivity, cells.into_iter().map(small))
    }

    /// A column of the engine with the states of its cells, in every medium.
    pub(crate) fn computed(
        id: impl Into<String>,
        sensitivity: Sensitivity,
        column: &crate::index::Column,
    ) -> Self {
        let cells = (0..column.len()).map(|unit| column.value(unit));
        let decimals = crate::language::decimals(column.values());
        let states = column.marks().to_vec();
        Self { states, ..Self::numbers(id, sensitivity, cells).shown_as(Kind::Decimals(decimals)) }
    }

    /// Under another identifier.
    pub(crate) fn named(self, id: impl Into<String>) -> Self {
        Self { id: id.into(), ..self }
    }

    /// With what each cell is.
    pub(crate) fn in_states(self, states: Vec<Mark>) -> Self {
        Self { states, ..self }
    }

    /// With rows that must not be overlooked.
    pub(crate) fn alarming(self, alarms: Vec<usize>) -> Self {
        Self { alarms, ..self }
    }

    /// What people read above it.
    pub(crate) fn headed(self, heading: impl Into<String>) -> Self {
        Self { heading: heading.into(), ..self }
    }

    /// Its width in characters.
    pub(crate) fn wide(self, width: u16) -> Self {
        Self { width, ..self }
    }

    /// How its cells are shown.
    pub(crate) fn shown_as(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    pub(super) fn only(self, media: &'static [Medium]) -> Self {
        Self { media, ..self }
    }

    /// In tables for machines alone.
    pub(crate) fn only_in_files(self) -> Self {
        self.only(&[Medium::File])
    }

    /// On sheets of a workbook alone.
    pub(crate) fn only_on_sheets(self) -> Self {
        self.only(&[Medium::Sheet])
    }

    /// On the page alone.
    pub(crate) fn only_on_page(self) -> Self {
        self.only(&[Medium::Page])
    }

    /// On maps alone.
    pub(crate) fn only_on_maps(self) -> Self {
        self.only(&[Medium::Map])
    }

    /// In tables for machines and on sheets: the page and maps have their own.
    pub(crate) fn in_files_and_sheets(self) -> Self {
        self.only(&[Medium::File, Medium::Sheet])
    }

    /// In tables for machines and on maps: sheets and the page have their own.
    pub(crate) fn in_files_and_maps(self) -> Self {
        self.only(&[Medium::File, Medium::Map])
    }

    /// Where it stands on a sheet; columns that do not say it stand where they were added.
    pub(crate) fn sheet_at(self, at: usize) -> Self {
        Self { sheet_at: Some(at), ..self }
    }

    /// Where it stands on the page; columns that do not say it stand behind those that do.
    pub(crate) fn page_at(self, at: usize) -> Self {
        Self { page_at: Some(at), ..self }
    }

    /// What stands on a sheet where there is no value.
    pub(crate) fn with_gap(self, gap: &'static str) -> Self {
        Self { gap, ..self }
    }

    /// What people read about it when they ask.
    pub(crate) fn noted(self, note: String) -> Self {
        Self { note: Some(note), ..self }
    }

    /// Under the title of a group.
    pub(crate) fn grouped(self, number: usize, title: impl Into<String>) -> Self {
        Self { group: Some(Group { number, title: title.into() }), ..self }
    }

    /// Set aside.
    pub(crate) fn aside(self, aside: Aside) -> Self {
        Self { aside, ..self }
    }

    /// Each cell leads to its row in that column of the sheet *Trace*.
    pub(crate) fn linked(self, column: usize) -> Self {
        Self { link: Some(column), ..self }
    }

    /// The same column with other rows; empty where there is none.
    pub(crate) fn picked(&self, rows: &[Option<usize>]) -> Self {
        let state = |row: &Option<usize>| row.and_then(|row| self.states.get(row).copied());
        Self {
            cells: self.cells.picked(rows),
            states: rows.iter().filter_map(state).collect(),
            ..self.clone()
        }
    }

    /// Takes out the rows that it may not show; as a whole it may stand in no table for machines.
    pub(super) fn hide(&mut self, is_withheld: bool, is_hidden: impl Fn(usize) -> bool) {
        self.is_withheld = is_withheld;
        for row in (0..self.cells.len()).filter(|&row| is_hidden(row)) {
            let is_known = match self.states.get(row) {
                Some(mark) => mark.has_value(),
                None => self.cells.has(row),
            };
            self.cells.clear(row);
            if is_known {
                self.know_states();
                self.states[row] = Mark::Withheld;
            }
        }
    }

    /// Says of each cell whether it has a value, where nobody said what it is.
    fn know_states(&mut self) {
        if self.states.is_empty() {
            let state = |row| if self.cells.has(row) { Mark::Value } else { Mark::NotAvailable };
            self.states = (0..self.cells.len()).map(state).collect();
        }
    }

    /// What each cell is, as a column beside this one, `<id>.state`; only where a cell is substituted or
    /// withheld, which an empty field or a number does not say.
    pub(super) fn state_column(&self) -> Option<Self> {
        let tells = |mark: &Mark| matches!(mark, Mark::Substituted | Mark::Withheld);
        if !self.states.iter().any(tells) {
            return None;
        }
        let words = self.states.iter().map(|mark| mark.word());
        Some(Self::text(format!("{}.state", self.id), Sensitivity::Public, words))
    }

    /// What it may give away.
    pub(super) fn sensitivity(&self) -> Sensitivity {
        self.sensitivity
    }

    /// Whether it stands in a medium: what is withheld as a whole leaves tables for machines.
    pub(super) fn stands_in(&self, medium: Medium) -> bool {
        self.media.contains(&medium) && !(self.is_withheld && medium == Medium::File)
    }

    /// Where it stands in a medium, if it was added as the one at that position.
    pub(super) fn place_in(&self, medium: Medium, added: usize) -> usize {
        match medium {
            Medium::File | Medium::Map => added,
            Medium::Sheet => self.sheet_at.unwrap_or(added),
            Medium::Page => self.page_at.unwrap_or(usize::MAX),
        }
    }

    /// Keeps some of its rows.
    pub(super) fn retain(&mut self, kept: &[bool]) {
        self.cells.retain(kept);
        let mut rows = kept.iter();
        self.states.retain(|_| rows.next().copied().unwrap_or(false));
    }
}
