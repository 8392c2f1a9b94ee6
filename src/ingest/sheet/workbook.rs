//! Reads a workbook: xlsx and xlsb as a stream of cells, xls and ods as whole sheets.

use std::fmt::Display;
use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsb, Xlsx};

use super::facts::xlsx::XlsxFacts;
use super::facts::{Facts, shows_percent};
use super::grid::{Content, Grid, GridBuilder};
use super::whole_sheet::{SheetEntry, WholeSheets, as_is, date_text, entries, guard_panics};
use super::worker::WorkerBook;
use crate::ingest::bytes::format::Format;
use crate::ingest::bytes::limits::{Budget, ReadLimits};
use crate::message::ingest::sheet as message;
use crate::quality::{Message, cell_name};

/// An opened workbook.
pub(super) enum Workbook<'b> {
    /// With what it says besides the contents of cells, where that is known.
    Xlsx(Box<Xlsx<Cursor<&'b [u8]>>>, Option<Box<XlsxFacts<'b>>>),
    Xlsb(Box<Xlsb<Cursor<&'b [u8]>>>),
    Whole(WholeSheets<'b>),
    Worker(WorkerBook),
}

/// The cells of a sheet, and those that the file holds more than once.
#[derive(Debug, Default)]
pub(super) struct SheetCells {
    pub(super) grid: Grid,
    /// Row and column, from 1.
    pub(super) repeated: Vec<(u32, u32)>,
}

impl<'b> Workbook<'b> {
    /// Opens a workbook of a known format.
    ///
    /// # Errors
    /// What the reader says about a file it cannot open.
    pub(super) fn open(bytes: &'b [u8], format: Format) -> Result<Self, Message> {
        let cursor = Cursor::new(bytes);
        match format {
            Format::Xlsx => guard_panics(|| {
                let book = Xlsx::new(cursor).map_err(as_is)?;
                Ok(Self::Xlsx(Box::new(book), XlsxFacts::of(bytes).map(Box::new)))
            }),
            Format::Xlsb => guard_panics(|| {
                Xlsb::new(cursor).map(|book| Self::Xlsb(Box::new(book))).map_err(as_is)
            }),
            Format::Xls | Format::Ods | Format::Text => {
                WholeSheets::open(bytes, format, &Budget::default()).map(Self::Whole)
            }
        }
    }

    /// Opens a workbook under limits: xls and ods in a process of its own when they name one.
    ///
    /// # Errors
    /// As [`Self::open`], and what became of the process.
    pub(super) fn open_under(
        bytes: &'b [u8],
        format: Format,
        limits: &ReadLimits,
    ) -> Result<Self, Message> {
        match (format, &limits.worker) {
            (Format::Xls | Format::Ods, Some(worker)) => {
                WorkerBook::open(bytes, format, worker, &limits.budget).map(Self::Worker)
            }
            (Format::Xlsx | Format::Xlsb | Format::Xls | Format::Ods | Format::Text, _) => {
                Self::open(bytes, format)
            }
        }
    }

    /// The sheets in the order of the workbook.
    pub(super) fn sheets(&self) -> Vec<SheetEntry> {
        match self {
            Self::Xlsx(book, _) => entries(book.sheets_metadata()),
            Self::Xlsb(book) => entries(book.sheets_metadata()),
            Self::Whole(book) => book.sheets(),
            Self::Worker(book) => book.sheets(),
        }
    }

    /// Whether the process that reads it has ended, so that no sheet can be read any more.
    pub(super) fn is_lost(&self) -> bool {
        match self {
            Self::Xlsx(..) | Self::Xlsb(_) | Self::Whole(_) => false,
            Self::Worker(book) => book.is_lost(),
        }
    }

    /// The cells of a sheet. Empty when it is not a worksheet (a chart).
    ///
    /// # Errors
    /// What the reader says at the cell where it stopped, or that the sheet is over budget.
    pub(super) fn cells(&mut self, name: &str, budget: &Budget) -> Result<SheetCells, Message> {
        match self {
            Self::Xlsx(book, facts) => {
                guard_panics(|| xlsx(book, facts.as_deref_mut(), name, budget))
            }
            Self::Xlsb(book) => guard_panics(|| xlsb(book, name, budget)),
            Self::Whole(book) => book.grid(name, budget).map(SheetCells::once),
            Self::Worker(book) => book.grid(name).map(SheetCells::once),
        }
    }
}

impl SheetCells {
    /// Cells of which none stands more than once.
    fn once(grid: Grid) -> Self {
        Self { grid, repeated: Vec::new() }
    }
}

fn xlsx(
    book: &mut Xlsx<Cursor<&[u8]>>,
    facts: Option<&mut XlsxFacts<'_>>,
    name: &str,
    budget: &Budget,
) -> Result<SheetCells, Message> {
    let at = book.sheets_metadata().iter().position(|sheet| sheet.name == name);
    let mut builder = GridBuilder::default();
    let mut percent_styles = Vec::new();
    {
        let mut reader = match book.worksheet_cells_reader(name) {
            Err(calamine::XlsxError::NotAWorksheet(_)) => return Ok(SheetCells::default()),
            other => other.map_err(as_is)?,
        };
        for (id, style) in reader.styles().iter().enumerate() {
            // 9 and 10 are the built-in `0%` and `0.00%`, which need no code in the file.
            let percent = style.number_format.as_ref().is_some_and(|format| {
                shows_percent(&format.format_code) || matches!(format.format_id, Some(9 | 10))
            });
            if percent {
                percent_styles.push(id);
            }
        }
        let mut last = (0, 0);
        let mut seen = 0;
        loop {
            seen += 1;
            let record =
                reader.next_cell_with_formula_metadata().map_err(|error| beyond(last, error))?;
            let Some(record) = record else { break };
            last = record.pos;
            let uncalculated = record.formula.is_some();
            add(&mut builder, record.pos, &record.value, uncalculated);
            within(&builder, seen, budget)?;
        }
    }
    let facts = match (facts, at) {
        (Some(facts), Some(at)) => facts.sheet(at, &percent_styles, budget)?,
        _ => Facts::untold(),
    };
    let (grid, repeated) = builder.finish_cells();
    Ok(SheetCells { grid: grid.with(facts), repeated })
}

fn xlsb(
    book: &mut Xlsb<Cursor<&[u8]>>,
    name: &str,
    budget: &Budget,
) -> Result<SheetCells, Message> {
    let mut builder = GridBuilder::default();
    let mut reader = book.worksheet_cells_reader(name).map_err(as_is)?;
    let mut last = (0, 0);
    let mut seen = 0;
    loop {
        seen += 1;
        let cell = reader.next_cell().map_err(|error| beyond(last, error))?;
        let Some(cell) = cell else { break };
        last = cell.get_position();
        add(&mut builder, last, cell.get_value(), false);
        within(&builder, seen, budget)?;
    }
    let (grid, repeated) = builder.finish_cells();
    Ok(SheetCells { grid: grid.with(Facts::untold()), repeated })
}

/// What to say about a sheet that breaks off behind a cell.
fn beyond((row, column): (u32, u32), error: impl Display) -> Message {
    let cell = cell_name(row.saturating_add(1), column.saturating_add(1));
    message::unreadable_beyond(&cell, &error.to_string())
}

/// Empty cells that are only formatted cost time to step over, so they count too.
fn within(builder: &GridBuilder, seen: usize, budget: &Budget) -> Result<(), Message> {
    budget.allows(seen, 0)?;
    builder.within(budget)
}

fn add(builder: &mut GridBuilder, at: (u32, u32), value: &DataRef<'_>, has_formula: bool) {
    let (row, column) = (at.0.saturating_add(1), at.1.saturating_add(1));
    match value {
        DataRef::Int(value) => builder.cell(row, column, Content::Number(*value as f64)),
        DataRef::Float(value) => builder.cell(row, column, Content::Number(*value)),
        DataRef::String(text) => builder.cell(row, column, Content::Text(text)),
        DataRef::SharedString(text) => builder.cell(row, column, Content::Text(text)),
        DataRef::Bool(value) => builder.cell(row, column, Content::Bool(*value)),
        DataRef::DateTime(moment) => {
            builder.cell(row, column, Content::Date(&date_text(*moment)));
        }
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => {
            builder.cell(row, column, Content::Date(text));
        }
        DataRef::Error(kind) => builder.cell(row, column, Content::Error(&kind.to_string())),
        DataRef::Empty if has_formula => builder.cell(row, column, Content::Uncalculated),
        DataRef::Empty => {}
    }
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime as Date, Format as Style, Formula, Workbook as Writer};

    use super::*;
    use crate::ingest::sheet::facts::Rectangle;

    fn read(writer: &mut Writer, sheet: &str) -> SheetCells {
        let bytes = writer.save_to_buffer().unwrap();
        let mut book = Workbook::open(&bytes, Format::Xlsx).unwrap();
        book.cells(sheet, &Budget::default()).unwrap()
    }

    #[test]
    fn cells_come_with_their_kind_and_place() {
        let mut writer = Writer::new();
        let sheet = writer.add_worksheet();
        sheet.merge_range(0, 0, 0, 2, "Titlu", &Style::new()).unwrap();
        sheet.write(3, 1, "SIRUTA").unwrap();
        sheet.write(4, 1, 1017).unwrap();
        sheet.write(4, 2, true).unwrap();
        let date = Date::from_ymd(2021, 12, 1).unwrap();
        sheet
            .write_datetime_with_format(4, 3, &date, &Style::new().set_num_format("yyyy-mm-dd"))
            .unwrap();
        sheet.write_with_format(4, 4, 0.125, &Style::new().set_num_format("0.0%")).unwrap();
        sheet.write_formula(4, 5, Formula::new("=1+1").set_result("2")).unwrap();
        let cells = read(&mut writer, "Sheet1");
        let grid = &cells.grid;
        let row = grid.numbered(5).unwrap();
        assert_eq!(row.cell(2), Content::Number(1017.0));
        assert_eq!(row.cell(3), Content::Bool(true));
        assert_eq!(row.cell(4), Content::Date("2021-12-01"));
        assert!(row.is_percent(5) && !row.is_percent(2));
        assert_eq!(row.cell(6), Content::Number(2.0));
        assert_eq!(grid.facts.merges, [Rectangle { top: 1, left: 1, bottom: 1, right: 3 }]);
    }

    #[test]
    fn two_far_cells_cost_nothing() {
        let mut writer = Writer::new();
        let sheet = writer.add_worksheet();
        sheet.write(0, 0, 1).unwrap();
        sheet.write(1_048_575, 16_383, 2).unwrap();
        let cells = read(&mut writer, "Sheet1");
        assert_eq!(cells.grid.len(), 2);
        assert_eq!(cells.grid.width(), 16_384);
    }

    #[test]
    fn a_sheet_over_budget_is_refused() {
        let mut writer = Writer::new();
        let sheet = writer.add_worksheet();
        for row in 0..10 {
            sheet.write(row, 0, row).unwrap();
        }
        let bytes = writer.save_to_buffer().unwrap();
        let mut book = Workbook::open(&bytes, Format::Xlsx).unwrap();
        let budget = Budget { cells: 5, ..Budget::default() };
        assert!(book.cells("Sheet1", &budget).unwrap_err().en.contains("more than 5 cells"));
    }

    #[test]
    fn hidden_sheets_are_listed_as_such() {
        let mut writer = Writer::new();
        writer.add_worksheet().set_name("a").unwrap();
        writer.add_worksheet().set_name("b").unwrap().set_hidden(true);
        let bytes = writer.save_to_buffer().unwrap();
        let sheets = Workbook::open(&bytes, Format::Xlsx).unwrap().sheets();
        assert_eq!(sheets.iter().map(|sheet| sheet.hidden).collect::<Vec<_>>(), [false, true]);
    }

    #[test]
    fn a_damaged_file_is_an_error_and_not_a_panic() {
        for format in [Format::Xlsx, Format::Xlsb, Format::Xls, Format::Ods] {
            assert!(Workbook::open(b"PK\x03\x04 nothing", format).is_err());
        }
    }
}
