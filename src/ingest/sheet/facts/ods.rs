//! What the content of an ods workbook says besides the contents of cells: spans, visibility, per cents,
//! raised letters.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;

use quick_xml::events::BytesStart;
use zip::ZipArchive;

use super::xml::{self, Failure, Piece, attribute, number};
use super::{Facts, Rectangle, RichText, found};
use crate::ingest::bytes::limits::Budget;
use crate::quality::Message;

/// Words of which one stands in a workbook that says something.
const WORDS: [&str; 4] = ["-spanned", "visibility", "percentage", "text-position"];
const CONTENT: &str = "content.xml";

/// What the sheets of a workbook say, by name.
pub(in crate::ingest::sheet) struct OdsFacts {
    sheets: BTreeMap<String, Facts>,
    untold: bool,
}

impl OdsFacts {
    /// Looks through a workbook.
    ///
    /// # Errors
    /// That it says more than is allowed.
    pub(in crate::ingest::sheet) fn of(bytes: &[u8], budget: &Budget) -> Result<Self, Message> {
        let mut reader = ContentReader::default();
        match read(bytes, &mut reader, budget) {
            Ok(()) => Ok(Self { sheets: reader.sheets, untold: false }),
            Err(Failure::Damaged) => Ok(Self { sheets: BTreeMap::new(), untold: true }),
            Err(Failure::Refused(message)) => Err(message),
        }
    }

    /// What a sheet says.
    pub(in crate::ingest::sheet) fn sheet(&self, name: &str) -> Facts {
        if self.untold {
            return Facts::untold();
        }
        self.sheets.get(name).cloned().unwrap_or_default()
    }
}

fn read(bytes: &[u8], reader: &mut ContentReader, budget: &Budget) -> Result<(), Failure> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| Failure::Damaged)?;
    let part = archive.by_name(CONTENT).map_err(|_| Failure::Damaged)?;
    if found(part, &WORDS).map_err(|_| Failure::Damaged)?.is_empty() {
        return Ok(());
    }
    let part = archive.by_name(CONTENT).map_err(|_| Failure::Damaged)?;
    xml::read(part, |piece| {
        reader.see(&piece);
        reader.facts.keeps_to(budget)
    })
}

/// A cell, as often as it stands in its row and its row on the sheet.
struct Cell {
    at: Rectangle,
    text: RichText,
}

/// Reads the content of a workbook.
#[derive(Default)]
struct ContentReader {
    sheets: BTreeMap<String, Facts>,
    /// Styles of texts that are raised.
    raised: BTreeSet<String>,
    /// The style of texts that is described.
    style: Option<String>,
    /// The sheet that is read, and what it said so far.
    sheet: Option<String>,
    facts: Facts,
    /// First and last of the rows that are read.
    rows: (u32, u32),
    /// The last column read: of the list of columns, then of the row.
    column: u32,
    cell: Option<Cell>,
    /// For each part of a text that is open, whether it is raised.
    spans: Vec<bool>,
    is_remark: bool,
}

impl ContentReader {
    fn see(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Begin("style", element) => {
                let is_of_text = attribute(element, "style:family").as_deref() == Some("text");
                let name = attribute(element, "style:name").filter(|_| is_of_text);
                self.style = name.map(Cow::into_owned);
            }
            Piece::Begin("text-properties", element) if is_raised(element) => {
                self.raised.extend(self.style.clone());
            }
            Piece::Begin("table", element) => self.begin_sheet(element),
            Piece::End("table") => self.end_sheet(),
            Piece::Begin("table-column", element) => self.columns(element),
            Piece::Begin("table-row", element) => self.begin_rows(element),
            Piece::Begin("table-cell" | "covered-table-cell", element) => self.begin_cell(element),
            Piece::End("table-cell" | "covered-table-cell") => self.end_cell(),
            Piece::Begin("annotation", _) => self.is_remark = true,
            Piece::End("annotation") => self.is_remark = false,
            Piece::Begin("span", element) => {
                let style = attribute(element, "text:style-name");
                self.spans.push(style.is_some_and(|style| self.raised.contains(&*style)));
            }
            Piece::End("span") => {
                self.spans.pop();
            }
            Piece::Text(text) => self.text(text),
            Piece::Begin(..) | Piece::End(_) => {}
        }
    }

    fn begin_sheet(&mut self, element: &BytesStart<'_>) {
        self.sheet = attribute(element, "table:name").map(Cow::into_owned);
        (self.rows, self.column) = ((0, 0), 0);
    }

    fn end_sheet(&mut self) {
        let facts = std::mem::take(&mut self.facts).settled();
        if let Some(sheet) = self.sheet.take() {
            self.sheets.insert(sheet, facts);
        }
    }

    fn columns(&mut self, element: &BytesStart<'_>) {
        let first = self.column.saturating_add(1);
        self.column = self.column.saturating_add(times(element, "table:number-columns-repeated"));
        if visibility(element).is_some() {
            self.facts.hide_column(first, self.column);
        }
    }

    fn begin_rows(&mut self, element: &BytesStart<'_>) {
        let repeated = times(element, "table:number-rows-repeated");
        self.rows = (self.rows.1.saturating_add(1), self.rows.1.saturating_add(repeated));
        self.column = 0;
        if let Some(by_filter) = visibility(element) {
            self.facts.hide_row(self.rows.0, self.rows.1, by_filter);
        }
    }

    fn begin_cell(&mut self, element: &BytesStart<'_>) {
        let (mut repeated, mut rows, mut columns, mut is_percent) = (1, 1, 1, false);
        for attribute in element.attributes().with_checks(false).filter_map(Result::ok) {
            let count = || attribute.value.parse().unwrap_or(1).max(1);
            match attribute.key.as_ref() {
                "table:number-columns-repeated" => repeated = count(),
                "table:number-rows-spanned" => rows = count(),
                "table:number-columns-spanned" => columns = count(),
                "office:value-type" => is_percent = &*attribute.value == "percentage",
                _ => {}
            }
        }
        let left = self.column.saturating_add(1);
        self.column = self.column.saturating_add(repeated);
        let at = Rectangle::between((self.rows.0, left), (self.rows.1, self.column));
        if is_percent {
            self.facts.show_percent(at);
        }
        // Rows that are repeated are alike, so that a merged cell in one of them joins columns only.
        if (rows > 1 || columns > 1) && at.top == at.bottom {
            let bottom = at.top.saturating_add(rows - 1);
            let right = at.left.saturating_add(columns - 1);
            self.facts.merges.push(Rectangle { bottom, right, ..at });
        }
        self.cell = (!self.raised.is_empty()).then(|| Cell { at, text: RichText::default() });
    }

    fn text(&mut self, text: &str) {
        if let Some(cell) = self.cell.as_mut().filter(|_| !self.is_remark) {
            cell.text.push(text, self.spans.contains(&true));
        }
    }

    fn end_cell(&mut self) {
        let Some(Cell { at, text }) = self.cell.take().filter(|cell| cell.text.has_mark()) else {
            return;
        };
        for column in (at.left..=at.right).take(MOST_COLUMNS) {
            self.facts.mark(&text, column, (at.top, at.bottom));
        }
    }
}

/// Columns of a sheet, of which the reader of cells reads no more.
const MOST_COLUMNS: usize = 16_384;

/// How often an element stands, or what it spans: at least once.
fn times(element: &BytesStart<'_>, name: &str) -> u32 {
    number(element, name).unwrap_or(1).max(1)
}

/// Whether rows or columns are not shown, and if so whether a filter hides them.
fn visibility(element: &BytesStart<'_>) -> Option<bool> {
    match attribute(element, "table:visibility")?.as_ref() {
        "filter" => Some(true),
        "collapse" => Some(false),
        _ => None,
    }
}

/// Whether letters stand above the line: `super`, or a share of their height that is above zero.
fn is_raised(element: &BytesStart<'_>) -> bool {
    let Some(position) = attribute(element, "style:text-position") else { return false };
    let height = position.split_whitespace().next().unwrap_or_default();
    height == "super"
        || height
            .strip_suffix('%')
            .and_then(|share| share.parse().ok())
            .is_some_and(|share: f64| share > 0.0)
}
