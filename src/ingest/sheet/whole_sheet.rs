//! Reads sheets of xls and ods workbooks, whose reader hands over a whole sheet at once.

use std::cell::Cell;
use std::fmt::Display;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind, set_hook, take_hook};
use std::sync::Once;

use calamine::{Data, ExcelDateTime, Ods, Range, Reader, Sheet, SheetVisible, Xls};
use serde::{Deserialize, Serialize};

use super::facts::Facts;
use super::facts::ods::OdsFacts;
use super::facts::xls::XlsFacts;
use super::grid::{Content, Grid, GridBuilder};
use crate::ingest::bytes::format::Format;
use crate::ingest::bytes::limits::Budget;
use crate::message::ingest::sheet as message;
use crate::quality::Message;

/// A sheet as the workbook lists it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SheetEntry {
    pub(super) name: String,
    pub(super) hidden: bool,
}

/// The sheets that a reader lists.
pub(super) fn entries(sheets: &[Sheet]) -> Vec<SheetEntry> {
    let entry = |sheet: &Sheet| SheetEntry {
        name: sheet.name.clone(),
        hidden: sheet.visible != SheetVisible::Visible,
    };
    sheets.iter().map(entry).collect()
}

/// An opened xls or ods workbook, with what it says besides the contents of cells.
pub(super) enum WholeSheets<'b> {
    Xls(Box<Xls<Cursor<&'b [u8]>>>, Option<XlsFacts>),
    Ods(Box<Ods<Cursor<&'b [u8]>>>, OdsFacts),
}

impl<'b> WholeSheets<'b> {
    /// Opens a workbook.
    ///
    /// # Errors
    /// What the reader says about a file it cannot open, or that the file says more than is allowed.
    pub(super) fn open(bytes: &'b [u8], format: Format, budget: &Budget) -> Result<Self, Message> {
        let cursor = Cursor::new(bytes);
        guard_panics(|| match format {
            Format::Ods => {
                let book = Ods::new(cursor).map_err(as_is)?;
                Ok(Self::Ods(Box::new(book), OdsFacts::of(bytes, budget)?))
            }
            _ => {
                let book = Xls::new(cursor).map_err(as_is)?;
                Ok(Self::Xls(Box::new(book), XlsFacts::of(bytes)))
            }
        })
    }

    /// The sheets in the order of the workbook.
    pub(super) fn sheets(&self) -> Vec<SheetEntry> {
        match self {
            Self::Xls(book, _) => entries(book.sheets_metadata()),
            Self::Ods(book, _) => entries(book.sheets_metadata()),
        }
    }

    /// The cells of a sheet.
    ///
    /// # Errors
    /// What the reader says, or that the sheet is over budget.
    pub(super) fn grid(&mut self, name: &str, budget: &Budget) -> Result<Grid, Message> {
        let (range, facts) = guard_panics(|| match self {
            Self::Xls(book, facts) => {
                let at = book.sheets_metadata().iter().position(|sheet| sheet.name == name);
                let facts = match (facts, at) {
                    (Some(facts), Some(at)) => facts.sheet(at, budget)?,
                    _ => Facts::untold(),
                };
                Ok((book.worksheet_range(name).map_err(as_is)?, facts))
            }
            Self::Ods(book, facts) => {
                Ok((book.worksheet_range(name).map_err(as_is)?, facts.sheet(name)))
            }
        })?;
        Ok(cells(&range, budget)?.with(facts))
    }
}

/// What a reader says, which it says in English only.
pub(super) fn as_is(error: impl Display) -> Message {
    Message::same(error.to_string())
}

/// A date of a workbook in ISO form; the time only when there is one.
pub(super) fn date_text(moment: ExcelDateTime) -> String {
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    if (hour, minute, second) == (0, 0, 0) {
        format!("{year:04}-{month:02}-{day:02}")
    } else {
        format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}:{second:02}")
    }
}

fn cells(range: &Range<Data>, budget: &Budget) -> Result<Grid, Message> {
    let mut builder = GridBuilder::default();
    let (top, left) = range.start().unwrap_or((0, 0));
    for (row, column, data) in range.used_cells() {
        let at = |offset: usize, start: u32| {
            u32::try_from(offset).unwrap_or(u32::MAX).saturating_add(start).saturating_add(1)
        };
        let (row, column) = (at(row, top), at(column, left));
        let date;
        let error;
        let content = match data {
            Data::Empty => continue,
            Data::Int(value) => Content::Number(*value as f64),
            Data::Float(value) => Content::Number(*value),
            Data::String(text) => Content::Text(text),
            Data::Bool(value) => Content::Bool(*value),
            Data::DateTime(moment) => {
                date = date_text(*moment);
                Content::Date(&date)
            }
            Data::DateTimeIso(text) | Data::DurationIso(text) => Content::Date(text),
            Data::Error(kind) => {
                error = kind.to_string();
                Content::Error(&error)
            }
        };
        builder.cell(row, column, content);
        builder.within(budget)?;
    }
    Ok(builder.finish_cells().0)
}

thread_local! {
    /// Whether this thread is inside a reader, whose panics become findings and are not printed.
    static READING: Cell<bool> = const { Cell::new(false) };
}

/// What a reader read. The libraries that read workbooks trust numbers in the file here and there, and
/// panic where arithmetic on one of them overflows or a position is not there.
///
/// # Errors
/// Those of the reader; that the file is damaged, where it panicked.
pub(super) fn guard_panics<T>(read: impl FnOnce() -> Result<T, Message>) -> Result<T, Message> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let others = take_hook();
        set_hook(Box::new(move |panic| {
            if !READING.get() {
                others(panic);
            }
        }));
    });
    let outer = READING.replace(true);
    let read = catch_unwind(AssertUnwindSafe(read));
    READING.set(outer);
    read.unwrap_or_else(|_| Err(message::reader_panicked()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_inside_is_an_error() {
        let rows = u32::MAX;
        let read = guard_panics(|| Ok(rows.checked_add(1).expect("the file says so")));
        assert_eq!(read.unwrap_err().en, "the reader stopped: the file is damaged");
        assert_eq!(guard_panics(|| Ok(7)).unwrap(), 7);
    }
}
