//! The cells of one sheet or text file, at the positions where people see them.

mod told;

use std::borrow::Cow;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use super::facts::Facts;
use crate::ingest::bytes::limits::Budget;
use crate::ingest::labels::trim;
use crate::message::ingest::sheet as message;
use crate::quality::Message;

/// What stands in a cell.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Content<'g> {
    /// Nothing.
    Empty,
    /// Letters, as written.
    Text(&'g str),
    /// A number stored as one.
    Number(f64),
    /// A date or time, in ISO form.
    Date(&'g str),
    /// A truth value.
    Bool(bool),
    /// A spreadsheet error (`#DIV/0!`).
    Error(&'g str),
    /// A formula whose value was never calculated.
    Uncalculated,
}

impl<'g> Content<'g> {
    /// The text as written; for a number its shortest decimal form.
    pub(crate) fn text(self) -> Cow<'g, str> {
        match self {
            Self::Empty | Self::Uncalculated => Cow::Borrowed(""),
            Self::Text(text) | Self::Date(text) | Self::Error(text) => Cow::Borrowed(text),
            Self::Number(value) => Cow::Owned(value.to_string()),
            Self::Bool(true) => Cow::Borrowed("TRUE"),
            Self::Bool(false) => Cow::Borrowed("FALSE"),
        }
    }

    /// Whether nothing can be seen in the cell.
    pub(crate) fn is_blank(self) -> bool {
        match self {
            Self::Empty => true,
            Self::Text(text) => trim(text).is_empty(),
            _ => false,
        }
    }
}

/// What kind of content an entry holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Text,
    Number,
    Date,
    Bool,
    Error,
    Uncalculated,
}

const KINDS: [Kind; 6] =
    [Kind::Text, Kind::Number, Kind::Date, Kind::Bool, Kind::Error, Kind::Uncalculated];

/// A cell in 16 bytes, because a sheet may have millions: its kind, whether it is shown in per cent
/// and the length of its text share four of them; the rest is the number, or where its text begins.
#[derive(Clone, Copy, Debug)]
struct Entry {
    column: u32,
    tag: u32,
    value: u64,
}

/// The bits of a tag that hold the length of a text.
const LENGTH: u32 = (1 << 28) - 1;
const PERCENT: u32 = 1 << 31;

impl Entry {
    fn new(column: u32, kind: Kind, length: u32, value: u64) -> Self {
        Self { column, tag: ((kind as u32) << 28) | length, value }
    }

    fn kind(self) -> Kind {
        KINDS[(self.tag >> 28 & 7) as usize]
    }

    fn is_percent(self) -> bool {
        self.tag & PERCENT != 0
    }
}

#[derive(Clone, Copy, Debug)]
struct Row {
    number: u32,
    fields: u32,
    from: usize,
    to: usize,
}

/// The cells of one sheet or text file, by rows. Empty cells are left out.
#[derive(Clone, Debug, Default)]
pub(crate) struct Grid {
    text: String,
    entries: Vec<Entry>,
    rows: Vec<Row>,
    width: u32,
    /// What the sheet says of its cells besides.
    pub(crate) facts: Facts,
}

impl Grid {
    /// How many rows there are (of a workbook: rows with something in them).
    pub(crate) fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is no cell with anything in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.entries.is_empty()
    }

    /// The row at a position, counted from 0 among the rows that are there.
    pub(crate) fn row(&self, at: usize) -> GridRow<'_> {
        GridRow { grid: self, row: self.rows[at] }
    }

    /// The row with that number as people count, if it is there.
    pub(crate) fn numbered(&self, number: u32) -> Option<GridRow<'_>> {
        let at = self.rows.binary_search_by_key(&number, |row| row.number).ok()?;
        Some(self.row(at))
    }

    /// Position of the first row below the one with that number.
    pub(crate) fn after(&self, number: u32) -> usize {
        self.rows.partition_point(|row| row.number <= number)
    }

    /// The rows from a position on.
    pub(crate) fn rows_from(&self, at: usize) -> impl Iterator<Item = GridRow<'_>> {
        self.rows[at.min(self.rows.len())..].iter().map(|&row| GridRow { grid: self, row })
    }

    /// The last column with anything in it, from 1; 0 when there is none.
    pub(crate) fn width(&self) -> u32 {
        self.width
    }

    /// How many cells there are.
    pub(in crate::ingest) fn cells(&self) -> usize {
        self.entries.len()
    }

    /// The same rows with the cells of some columns only, which keep their places.
    pub(crate) fn block(&self, columns: &RangeInclusive<u32>) -> Self {
        let mut block = Self { text: self.text.clone(), ..Self::default() };
        for row in self.rows_from(0) {
            let from = block.entries.len();
            block.entries.extend(row.within(columns).entries());
            block.rows.push(Row { from, to: block.entries.len(), ..row.row });
        }
        block.width = block.entries.iter().map(|entry| entry.column).max().unwrap_or(0);
        block.facts = self.facts.within(columns);
        block
    }

    fn content(&self, entry: Entry) -> Content<'_> {
        let text = || {
            let start = usize::try_from(entry.value).expect("it was a position in memory");
            &self.text[start..start + (entry.tag & LENGTH) as usize]
        };
        match entry.kind() {
            Kind::Text => Content::Text(text()),
            Kind::Number => Content::Number(f64::from_bits(entry.value)),
            Kind::Date => Content::Date(text()),
            Kind::Bool => Content::Bool(entry.value != 0),
            Kind::Error => Content::Error(text()),
            Kind::Uncalculated => Content::Uncalculated,
        }
    }
}

/// One row of a grid.
#[derive(Clone, Copy)]
pub(crate) struct GridRow<'g> {
    grid: &'g Grid,
    row: Row,
}

impl<'g> GridRow<'g> {
    /// Row of the sheet or line of the text, from 1.
    pub(crate) fn number(&self) -> u32 {
        self.row.number
    }

    /// How many fields the record of a text file has; 0 in a workbook, where rows have no length.
    pub(crate) fn fields(&self) -> u32 {
        self.row.fields
    }

    /// The same row with the cells of some columns only.
    pub(in crate::ingest) fn within(&self, columns: &RangeInclusive<u32>) -> Self {
        let entries = self.entries();
        let before = entries.partition_point(|entry| entry.column < *columns.start());
        let until = entries.partition_point(|entry| entry.column <= *columns.end());
        let from = self.row.from;
        let row = Row { from: from + before, to: from + until.max(before), ..self.row };
        Self { grid: self.grid, row }
    }

    fn entries(&self) -> &'g [Entry] {
        &self.grid.entries[self.row.from..self.row.to]
    }

    fn entry(&self, column: u32) -> Option<&'g Entry> {
        let entries = self.entries();
        // Most rows are full from column 1 on, so the place is usually known without a search.
        let guess = (column as usize).wrapping_sub(1);
        if let Some(entry) = entries.get(guess)
            && entry.column == column
        {
            return Some(entry);
        }
        entries.binary_search_by_key(&column, |entry| entry.column).ok().map(|at| &entries[at])
    }

    /// What stands in a column, counted from 1.
    pub(crate) fn cell(&self, column: u32) -> Content<'g> {
        self.entry(column).map_or(Content::Empty, |entry| self.grid.content(*entry))
    }

    /// Whether a cell's number is shown in per cent, so that the stored number is a fraction.
    pub(crate) fn is_percent(&self, column: u32) -> bool {
        self.entry(column).is_some_and(|entry| entry.is_percent())
    }

    /// The words in a cell without the raised mark behind them, where one stands there.
    pub(crate) fn unmarked(&self, column: u32) -> Option<&'g str> {
        self.grid.facts.unmarked(self.row.number, column)
    }

    /// The cells with anything in them: column, whether it is shown in per cent, content.
    pub(in crate::ingest) fn shown_cells(
        &self,
    ) -> impl Iterator<Item = (u32, bool, Content<'g>)> + use<'g> {
        let grid = self.grid;
        let cell = |entry: &Entry| (entry.column, entry.is_percent(), grid.content(*entry));
        self.entries().iter().map(cell)
    }

    /// The cells with anything in them: column and content.
    pub(crate) fn cells(&self) -> impl Iterator<Item = (u32, Content<'g>)> + use<'g> {
        let grid = self.grid;
        self.entries().iter().map(move |entry| (entry.column, grid.content(*entry)))
    }

    /// Whether nothing can be seen in the row.
    pub(crate) fn is_blank(&self) -> bool {
        self.cells().all(|(_, content)| content.is_blank())
    }
}

/// Fills a grid row by row.
#[derive(Debug, Default)]
pub(in crate::ingest) struct GridBuilder {
    grid: Grid,
    /// Length of the text that will stand before the texts held here.
    before: usize,
    /// Bytes of the texts of all cells.
    text_bytes: usize,
    /// Whether a cell came after one that stands behind it, or at the same place.
    unsorted: bool,
    /// Whether a text was longer than an entry can say.
    too_long: bool,
}

impl GridBuilder {
    /// For a text file of some bytes, whose cells are parts of it where they can be.
    pub(in crate::ingest) fn of_text(length: usize) -> Self {
        Self { before: length, ..Self::default() }
    }

    /// Begins a row of a text file: its line and the number of its fields.
    pub(in crate::ingest) fn begin_row(&mut self, number: u32, fields: u32) {
        let from = self.grid.entries.len();
        self.grid.rows.push(Row { number, fields, from, to: from });
    }

    /// Adds a cell to the row begun last; blank text is left out.
    pub(in crate::ingest) fn field(&mut self, column: u32, text: &str) {
        if trim(text).is_empty() {
            return;
        }
        let entry = self.text(column, Kind::Text, text);
        self.push(entry);
    }

    /// Adds a cell to the row begun last that stands in the text of the file from a byte on; blank
    /// text is left out.
    pub(in crate::ingest) fn part(&mut self, column: u32, field: &[u8], at: usize) {
        // most fields begin with what is seen, and few are blank
        let is_seen = field.first().is_some_and(u8::is_ascii_graphic);
        if is_seen || !trim(&String::from_utf8_lossy(field)).is_empty() {
            let entry = self.placed(column, Kind::Text, at, field.len());
            self.push(entry);
        }
    }

    /// Adds a cell of a workbook, in any order; empty ones are left out.
    pub(in crate::ingest) fn cell(&mut self, row: u32, column: u32, content: Content<'_>) {
        let entry = match content {
            Content::Empty => return,
            Content::Text(text) if trim(text).is_empty() => return,
            Content::Text(text) => self.text(column, Kind::Text, text),
            Content::Number(value) => Entry::new(column, Kind::Number, 0, value.to_bits()),
            Content::Date(text) => self.text(column, Kind::Date, text),
            Content::Bool(value) => Entry::new(column, Kind::Bool, 0, u64::from(value)),
            Content::Error(text) => self.text(column, Kind::Error, text),
            Content::Uncalculated => Entry::new(column, Kind::Uncalculated, 0, 0),
        };
        let last = self.grid.rows.last().map(|last| last.number);
        if last == Some(row) {
            let before = self.grid.entries.last().map_or(0, |entry| entry.column);
            self.unsorted |= before >= column;
        } else {
            self.unsorted |= last.is_some_and(|last| last > row);
            self.begin_row(row, 0);
        }
        self.push(entry);
    }

    /// Says of the cell added last that it is shown in per cent.
    pub(in crate::ingest) fn shown_in_percent(&mut self) {
        if let Some(entry) = self.grid.entries.last_mut() {
            entry.tag |= PERCENT;
        }
    }

    fn push(&mut self, entry: Entry) {
        self.grid.width = self.grid.width.max(entry.column);
        self.grid.entries.push(entry);
        let to = self.grid.entries.len();
        self.grid.rows.last_mut().expect("a row is begun before its cells").to = to;
    }

    fn text(&mut self, column: u32, kind: Kind, text: &str) -> Entry {
        let at = self.before + self.grid.text.len();
        self.grid.text.push_str(text);
        self.placed(column, kind, at, text.len())
    }

    /// A cell whose text stands from a byte on.
    fn placed(&mut self, column: u32, kind: Kind, at: usize, length: usize) -> Entry {
        self.text_bytes += length;
        match u32::try_from(length) {
            Ok(length) if length <= LENGTH => Entry::new(column, kind, length, at as u64),
            _ => {
                self.too_long = true;
                Entry::new(column, kind, 0, 0)
            }
        }
    }

    /// Whether what was added keeps within a budget.
    ///
    /// # Errors
    /// A sentence for people, with the option that raises the limit.
    pub(in crate::ingest) fn within(&self, budget: &Budget) -> Result<(), Message> {
        budget.allows(self.grid.entries.len(), self.text_bytes)?;
        if self.too_long { Err(message::text_too_long(LENGTH >> 20)) } else { Ok(()) }
    }

    /// The grid of a text file with its text.
    pub(in crate::ingest) fn finish_text(mut self, mut text: String) -> Grid {
        debug_assert_eq!(text.len(), self.before, "the text is the one that was announced");
        text.push_str(&self.grid.text);
        self.grid.text = text;
        self.grid
    }

    /// The grid of a workbook, cells put into reading order, and the cells written more than once
    /// (row and column); of those the last one counts, as in Excel.
    pub(in crate::ingest) fn finish_cells(mut self) -> (Grid, Vec<(u32, u32)>) {
        let repeated = if self.unsorted { self.sort() } else { Vec::new() };
        (self.grid, repeated)
    }

    /// Puts rows and cells into order, the last of those at one place; answers these places.
    fn sort(&mut self) -> Vec<(u32, u32)> {
        let Grid { entries, rows, .. } = &mut self.grid;
        let mut cells: Vec<(u32, Entry)> = Vec::with_capacity(entries.len());
        for row in rows.iter() {
            cells.extend(entries[row.from..row.to].iter().map(|entry| (row.number, *entry)));
        }
        // The sort is stable, so that the last one written stays the last.
        cells.sort_by_key(|(row, entry)| (*row, entry.column));
        entries.clear();
        rows.clear();
        let mut repeated = Vec::new();
        for (row, entry) in cells {
            let same_row = rows.last().is_some_and(|last: &Row| last.number == row);
            if !same_row {
                let from = entries.len();
                rows.push(Row { number: row, fields: 0, from, to: from });
            } else if entries.last().is_some_and(|last: &Entry| last.column == entry.column) {
                repeated.push((row, entry.column));
                entries.pop();
            }
            entries.push(entry);
            rows.last_mut().expect("the row was begun above").to = entries.len();
        }
        repeated
    }
}

#[cfg(test)]
mod tests;
