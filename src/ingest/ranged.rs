//! Reads sheets of xls and ods workbooks, whose reader hands over a whole sheet at once.

use std::io::Cursor;

use calamine::{Data, Range, Reader, SheetVisible};

use super::budget::Budget;
use super::caught::caught;
use super::format::Format;
use super::grid::{Content, Grid, GridBuilder, Merge};
use super::sheets::SheetEntry;
use super::workbook::date_text;
use crate::quality::Message;

/// An opened xls or ods workbook.
pub(super) enum Ranged<'b> {
    Xls(Box<calamine::Xls<Cursor<&'b [u8]>>>),
    Ods(Box<calamine::Ods<Cursor<&'b [u8]>>>),
}

impl<'b> Ranged<'b> {
    /// Opens a workbook.
    ///
    /// # Errors
    /// What the reader says about a file it cannot open.
    pub(super) fn open(bytes: &'b [u8], format: Format) -> Result<Self, Message> {
        let cursor = Cursor::new(bytes);
        caught(|| match format {
            Format::Ods => calamine::Ods::new(cursor)
                .map(|book| Self::Ods(Box::new(book)))
                .map_err(|error| Message::same(error.to_string())),
            _ => calamine::Xls::new(cursor)
                .map(|book| Self::Xls(Box::new(book)))
                .map_err(|error| Message::same(error.to_string())),
        })
    }

    /// The sheets in the order of the workbook.
    pub(super) fn sheets(&self) -> Vec<SheetEntry> {
        let metadata = match self {
            Self::Xls(book) => book.sheets_metadata(),
            Self::Ods(book) => book.sheets_metadata(),
        };
        metadata
            .iter()
            .map(|sheet| SheetEntry {
                name: sheet.name.clone(),
                hidden: sheet.visible != SheetVisible::Visible,
            })
            .collect()
    }

    /// The cells of a sheet.
    ///
    /// # Errors
    /// What the reader says, or that the sheet is over budget.
    pub(super) fn grid(&mut self, name: &str, budget: &Budget) -> Result<Grid, Message> {
        let (range, merges) = caught(|| match self {
            Self::Xls(book) => {
                let range =
                    book.worksheet_range(name).map_err(|error| Message::same(error.to_string()))?;
                Ok((range, book.merge_cells_by_sheet_name(name).unwrap_or_default()))
            }
            Self::Ods(book) => {
                let range =
                    book.worksheet_range(name).map_err(|error| Message::same(error.to_string()))?;
                Ok((range, Vec::new()))
            }
        })?;
        let mut grid = cells(&range, budget)?;
        grid.merges = merges.iter().map(|merge| merged(merge.start, merge.end)).collect();
        Ok(grid)
    }
}

/// A merged rectangle from the reader's positions, which count from 0.
pub(super) fn merged(start: (u32, u32), end: (u32, u32)) -> Merge {
    Merge { top: start.0 + 1, left: start.1 + 1, bottom: end.0 + 1, right: end.1 + 1 }
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
    Ok(builder.finish_cells(&[]).0)
}
