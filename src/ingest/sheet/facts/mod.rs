//! What a workbook says of cells besides their contents: which are merged, hidden, shown in per cent, and
//! behind which texts a raised mark stands. The libraries that read contents tell little of it, so that
//! a small reader of each format looks for just these records.

mod compound;
pub(super) mod ods;
mod sst;
pub(super) mod xls;
pub(super) mod xlsx;
mod xml;

use std::io::{self, Read};
use std::ops::RangeInclusive;

use memchr::memmem::Finder;
use serde::{Deserialize, Serialize};

use crate::ingest::bytes::limits::Budget;
use crate::quality::Message;

/// A rectangle of cells; rows and columns from 1, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Rectangle {
    /// First row.
    pub(crate) top: u32,
    /// First column.
    pub(crate) left: u32,
    /// Last row.
    pub(crate) bottom: u32,
    /// Last column.
    pub(crate) right: u32,
}

impl Rectangle {
    /// Between two cells (row and column) in any corners of it.
    fn between(one: (u32, u32), other: (u32, u32)) -> Self {
        Self {
            top: one.0.min(other.0),
            left: one.1.min(other.1),
            bottom: one.0.max(other.0),
            right: one.1.max(other.1),
        }
    }
}

/// Rows, or columns, that the spreadsheet does not show.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Hidden {
    /// The first, from 1.
    pub(crate) first: u32,
    /// The last.
    pub(crate) last: u32,
    /// Whether a filter hides them.
    pub(crate) by_filter: bool,
}

/// A text of which some letters are raised, as footnote marks are, in cells below each other.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Raised {
    /// Column, from 1.
    pub(crate) column: u32,
    /// First row, from 1.
    pub(crate) top: u32,
    /// Last row.
    pub(crate) bottom: u32,
    /// The text without them.
    pub(crate) plain: String,
    /// The raised letters.
    pub(crate) mark: String,
}

impl Raised {
    /// Whether the mark stands behind a number, or what stands for one, and not behind words.
    pub(super) fn is_behind_number(&self) -> bool {
        !self.plain.contains(char::is_alphabetic)
    }
}

/// A text of which letters may be raised, while it is read.
#[derive(Clone, Debug, Default)]
struct RichText {
    plain: String,
    mark: String,
}

impl RichText {
    fn push(&mut self, text: &str, is_raised: bool) {
        if is_raised { self.mark.push_str(text) } else { self.plain.push_str(text) }
    }

    /// Whether a mark stands beside a text; what is raised as a whole is no mark.
    fn has_mark(&self) -> bool {
        !self.plain.trim().is_empty() && !self.mark.trim().is_empty()
    }
}

/// What a sheet says of its cells besides their contents.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Facts {
    /// Merged cells.
    pub(crate) merges: Vec<Rectangle>,
    /// Rows that are not shown, in order.
    pub(crate) hidden_rows: Vec<Hidden>,
    /// Columns that are not shown, in order.
    pub(crate) hidden_columns: Vec<Hidden>,
    /// Texts with raised marks, by column and row.
    pub(crate) raised: Vec<Raised>,
    /// Numbers that were read without the raised mark behind them, by column and row.
    pub(crate) unmarked: Vec<Raised>,
    /// Cells shown in per cent; none once the cells know it themselves.
    pub(super) percent: Vec<Rectangle>,
    /// Whether the file may say such things in a way that is not read.
    pub(crate) untold: bool,
}

impl Facts {
    /// Of a file that may say something in a way that is not read.
    pub(super) fn untold() -> Self {
        Self { untold: true, ..Self::default() }
    }

    /// Whether a row is not shown, and whether a filter hides it.
    pub(crate) fn hidden_row(&self, number: u32) -> Option<Hidden> {
        find(&self.hidden_rows, number)
    }

    /// Whether a column is not shown.
    pub(crate) fn is_hidden_column(&self, column: u32) -> bool {
        find(&self.hidden_columns, column).is_some()
    }

    /// What it says of some columns; of their merged cells those that reach into no other.
    pub(super) fn within(&self, columns: &RangeInclusive<u32>) -> Self {
        let inside =
            |cells: &&Rectangle| columns.contains(&cells.left) && columns.contains(&cells.right);
        let marked = |raised: &&Raised| columns.contains(&raised.column);
        Self {
            merges: self.merges.iter().filter(inside).copied().collect(),
            raised: self.raised.iter().filter(marked).cloned().collect(),
            unmarked: self.unmarked.iter().filter(marked).cloned().collect(),
            ..self.clone()
        }
    }

    fn hide_row(&mut self, first: u32, last: u32, by_filter: bool) {
        extend(&mut self.hidden_rows, Hidden { first, last, by_filter });
    }

    fn hide_column(&mut self, first: u32, last: u32) {
        extend(&mut self.hidden_columns, Hidden { first, last, by_filter: false });
    }

    /// The text in a cell without its raised mark, where it has one.
    pub(super) fn unmarked(&self, row: u32, column: u32) -> Option<&str> {
        let next =
            self.raised.partition_point(|raised| (raised.column, raised.top) <= (column, row));
        let raised = self.raised.get(next.checked_sub(1)?)?;
        (raised.column == column && row <= raised.bottom).then_some(&raised.plain)
    }

    /// Adds a text with a raised mark in cells below each other.
    fn mark(&mut self, text: &RichText, column: u32, (top, bottom): (u32, u32)) {
        if !text.has_mark() {
            return;
        }
        let mark = text.mark.trim();
        match self.raised.last_mut() {
            Some(last)
                if last.column == column
                    && last.bottom.checked_add(1) == Some(top)
                    && (last.plain.as_str(), last.mark.as_str()) == (text.plain.as_str(), mark) =>
            {
                last.bottom = bottom;
            }
            _ => {
                let (plain, mark) = (text.plain.clone(), mark.to_owned());
                self.raised.push(Raised { column, top, bottom, plain, mark });
            }
        }
    }

    /// Adds cells shown in per cent; neighbours become one rectangle.
    fn show_percent(&mut self, cells: Rectangle) {
        match self.percent.last_mut() {
            Some(last)
                if (last.top, last.bottom) == (cells.top, cells.bottom)
                    && last.right.checked_add(1) == Some(cells.left) =>
            {
                last.right = cells.right;
            }
            Some(last)
                if (last.left, last.right) == (cells.left, cells.right)
                    && last.bottom.checked_add(1) == Some(cells.top) =>
            {
                last.bottom = cells.bottom;
            }
            _ => self.percent.push(cells),
        }
    }

    /// Says of hidden rows between two rows that a filter hides them.
    fn filter(&mut self, first: u32, last: u32) {
        let hidden = std::mem::take(&mut self.hidden_rows);
        for rows in hidden {
            let parts = [
                (rows.first, rows.last.min(first.saturating_sub(1)), rows.by_filter),
                (rows.first.max(first), rows.last.min(last), true),
                (rows.first.max(last.saturating_add(1)), rows.last, rows.by_filter),
            ];
            for (first, last, by_filter) in parts.into_iter().filter(|part| part.0 <= part.1) {
                self.hide_row(first, last, by_filter);
            }
        }
    }

    /// Puts everything into order.
    fn settled(mut self) -> Self {
        self.hidden_rows = apart(self.hidden_rows);
        self.hidden_columns = apart(self.hidden_columns);
        self.raised.sort_by_key(|raised| (raised.column, raised.top));
        self
    }

    /// Whether there is no more of it than cells are allowed.
    ///
    /// # Errors
    /// A sentence for people, with the option that raises the limit.
    fn keeps_to(&self, budget: &Budget) -> Result<(), Message> {
        let lists = [
            self.merges.len(),
            self.hidden_rows.len(),
            self.hidden_columns.len(),
            self.raised.len(),
            self.percent.len(),
        ];
        budget.allows(lists.into_iter().sum(), 0)
    }
}

/// The range that holds a number, of ranges in order.
fn find(ranges: &[Hidden], number: u32) -> Option<Hidden> {
    let at = ranges.partition_point(|range| range.first <= number);
    let range = ranges.get(at.checked_sub(1)?)?;
    (number <= range.last).then_some(*range)
}

/// Adds a range; one behind the last of its kind makes that longer.
fn extend(ranges: &mut Vec<Hidden>, range: Hidden) {
    match ranges.last_mut() {
        Some(last)
            if last.by_filter == range.by_filter
                && last.last.checked_add(1) == Some(range.first) =>
        {
            last.last = range.last;
        }
        _ => ranges.push(range),
    }
}

/// Ranges in order, none of which begins before the one above it ends.
fn apart(mut ranges: Vec<Hidden>) -> Vec<Hidden> {
    ranges.sort_by_key(|range| (range.first, range.last));
    let mut settled: Vec<Hidden> = Vec::with_capacity(ranges.len());
    for range in ranges {
        let above = settled.last().map_or(0, |last| last.last);
        let first = range.first.max(above.saturating_add(1));
        if first <= range.last {
            extend(&mut settled, Hidden { first, ..range });
        }
    }
    settled
}

/// Whether a number format shows hundred times the number: a per cent sign that is no letter of a text.
pub(super) fn shows_percent(code: &str) -> bool {
    let mut letters = code.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '%' => return true,
            '"' => {
                letters.by_ref().find(|&letter| letter == '"');
            }
            '[' => {
                letters.by_ref().find(|&letter| letter == ']');
            }
            // the next letter is one of a text, a width or a filling
            '\\' | '_' | '*' => {
                letters.next();
            }
            _ => {}
        }
    }
    false
}

/// What may stand behind a word by which it says nothing: programs write `hidden="false"` on every row.
const SILENCED: [&[u8]; 2] = [b"=\"false\"", b"=\"0\""];
/// The length of the longest of them.
const SILENCE: usize = 8;

/// Which of some words stand in a stream and say something there.
fn found<'w>(mut stream: impl Read, words: &[&'w str]) -> io::Result<Vec<&'w str>> {
    let finder = |word: &&'w str| (*word, Finder::new(word.as_bytes()));
    let mut finders: Vec<(&str, Finder<'_>)> = words.iter().map(finder).collect();
    let mut found = Vec::new();
    let longest = words.iter().map(|word| word.len()).max().unwrap_or(1);
    let mut block = vec![0; 1 << 16];
    let mut carried = 0;
    loop {
        let read = stream.read(&mut block[carried..])?;
        let seen = carried + read;
        // a word, and what silences it, may be cut by the end of what was read
        let whole = if read == 0 { seen } else { seen.saturating_sub(longest + SILENCE) };
        finders.retain(|(word, finder)| {
            let speaks = |at: &usize| {
                let behind = &block[at + word.len()..seen];
                *at < whole && !SILENCED.iter().any(|silence| behind.starts_with(silence))
            };
            let is_here = finder.find_iter(&block[..seen]).any(|at| speaks(&at));
            found.extend(is_here.then_some(*word));
            !is_here
        });
        if read == 0 || finders.is_empty() {
            return Ok(found);
        }
        block.copy_within(whole..seen, 0);
        carried = seen - whole;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_per_cent_sign_in_a_text_multiplies_nothing() {
        for code in ["0%", "0.00%", "#,##0.0 %;[Red]-0%", "[$-418]0%"] {
            assert!(shows_percent(code), "{code}");
        }
        for code in ["General", "0.0\"%\"", "0\\%", "0_%", "[%]0", "\"%"] {
            assert!(!shows_percent(code), "{code}");
        }
    }

    #[test]
    fn hidden_rows_in_any_order_are_found_and_counted_once() {
        let mut facts = Facts::default();
        for (first, last) in [(10, 12), (13, 13), (5, 5), (11, 20), (4, u32::MAX)] {
            facts.hide_row(first, last, false);
        }
        let facts = facts.settled();
        let rows: u64 =
            facts.hidden_rows.iter().map(|rows| u64::from(rows.last - rows.first) + 1).sum();
        assert_eq!(rows, u64::from(u32::MAX) - 3);
        assert!(facts.hidden_row(3).is_none() && facts.hidden_row(4).is_some());
        assert!(facts.hidden_row(u32::MAX).is_some());
    }

    #[test]
    fn a_filter_hides_what_lies_in_its_range() {
        let mut facts = Facts::default();
        facts.hide_row(2, 8, false);
        facts.hide_row(53, 53, false);
        facts.filter(5, 52);
        let hidden = |number| facts.hidden_row(number).map(|rows| rows.by_filter);
        assert_eq!(
            [4, 5, 8, 9, 53].map(hidden),
            [Some(false), Some(true), Some(true), None, Some(false)]
        );
    }

    #[test]
    fn per_cents_side_by_side_are_one_rectangle() {
        let mut facts = Facts::default();
        for row in 2..9 {
            facts.show_percent(Rectangle::between((row, 4), (row, 4)));
        }
        facts.show_percent(Rectangle::between((9, 1), (9, 1)));
        facts.show_percent(Rectangle::between((9, 2), (9, 2)));
        assert_eq!(
            facts.percent,
            [
                Rectangle { top: 2, left: 4, bottom: 8, right: 4 },
                Rectangle { top: 9, left: 1, bottom: 9, right: 2 },
            ]
        );
    }

    #[test]
    fn a_word_that_is_denied_says_nothing() {
        for before in [0, 65_520, 65_530, 65_536] {
            let text = |value: &str| format!("{} hidden={value} ", "x".repeat(before));
            let says =
                |value: &str| !found(text(value).as_bytes(), &["hidden"]).unwrap().is_empty();
            assert!(!says("\"false\"") && !says("\"0\""), "{before}");
            assert!(says("\"1\"") && says("\"true\"") && says("'0'") && says("\"01\""), "{before}");
        }
    }

    #[test]
    fn words_are_found_where_blocks_meet() {
        for before in [0, 65_530, 65_536, 131_060] {
            let text = [vec![b'x'; before], b"mergeCell".to_vec()].concat();
            let words = ["hidden", "mergeCell"];
            assert_eq!(found(text.as_slice(), &words).unwrap(), ["mergeCell"], "{before}");
            assert!(found(&text[..text.len() - 1], &words).unwrap().is_empty(), "{before}");
        }
    }
}
