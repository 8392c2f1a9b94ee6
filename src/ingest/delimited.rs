//! Reads a csv or txt file into a grid.

use std::borrow::Cow;

use memchr::memchr_iter;

use super::budget::Budget;
use super::grid::{Grid, GridBuilder};
use crate::language::{numbered, thousands};
use crate::quality::{Message, message};

/// Reads records of a decoded text. Lines end in LF, CRLF or a bare CR, mixed as they come; blank
/// lines are skipped, records may be of any length.
///
/// # Errors
/// A sentence for people: over budget, or a quotation mark that swallows the records behind it.
pub(super) fn read(text: Cow<'_, str>, delimiter: u8, budget: &Budget) -> Result<Grid, Message> {
    let bytes = text.as_bytes();
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(bytes);
    let mut lines = Lines::new(bytes);
    let mut builder = GridBuilder::of_text(text.len());
    let mut record = csv::ByteRecord::new();
    while reader.read_byte_record(&mut record).map_err(|error| Message::same(error.to_string()))? {
        let start = record.position().map_or(0, csv::Position::byte);
        let fields = u32::try_from(record.len()).unwrap_or(u32::MAX);
        let line = lines.line_of(start);
        builder.begin_row(line, fields);
        let mut standing = Standing { bytes, at: lines.at };
        for (column, field) in (1_u32..).zip(&record) {
            if field.len() > LONG && line_ends(field) > MOST_LINES {
                return Err(message!(
                    "a text that begins on line {line} goes on for {lines} lines: a quotation \
                     mark is missing, or there is one too many",
                    "un text care începe pe linia {line} ține {linii}: lipsește o \
                     ghilimea sau este una în plus",
                    lines = thousands(line_ends(field)),
                    linii = numbered(line_ends(field), "linie", "linii"),
                ));
            }
            match standing.find(field) {
                Some(at) => builder.part(column, field, at),
                None => builder.field(column, &String::from_utf8_lossy(field)),
            }
        }
        builder.within(budget)?;
    }
    Ok(builder.finish_text(text.into_owned()))
}

/// Where the fields of a record stand in the text, one after the other.
struct Standing<'t> {
    bytes: &'t [u8],
    at: usize,
}

impl Standing<'_> {
    /// Where a field stands as it is. `None` where quotation marks inside of it were doubled, and for
    /// the fields behind such a one.
    fn find(&mut self, field: &[u8]) -> Option<usize> {
        let rest = self.bytes.get(self.at..)?;
        let mark = Some(&b'"');
        let quote = usize::from(rest.first() == mark && rest.get(field.len() + 1) == mark);
        let found = self.at + quote;
        if rest.get(quote..)?.starts_with(field) {
            self.at = found + field.len() + quote + 1;
            Some(found)
        } else {
            self.at = usize::MAX;
            None
        }
    }
}

/// A field shorter than this is not searched for line ends.
const LONG: usize = 400;
/// A field of more lines than this has swallowed records.
const MOST_LINES: usize = 100;

fn line_ends(field: &[u8]) -> usize {
    field.iter().filter(|byte| matches!(byte, b'\r' | b'\n')).count()
}

/// Counts lines up to growing offsets; a CRLF is one end, a bare CR or LF another.
struct Lines<'t> {
    bytes: &'t [u8],
    /// Whether lines end in LF only, which is counted fast.
    plain: bool,
    at: usize,
    line: u32,
}

impl<'t> Lines<'t> {
    fn new(bytes: &'t [u8]) -> Self {
        Self { bytes, plain: !bytes.contains(&b'\r'), at: 0, line: 1 }
    }

    /// The line on which the record that was found at an offset really starts: the csv reader
    /// counts line ends before a record as part of it.
    fn line_of(&mut self, offset: u64) -> u32 {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX).min(self.bytes.len());
        if self.plain && self.at < offset {
            let ends = memchr_iter(b'\n', &self.bytes[self.at..offset]).count();
            self.line = self.line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
            self.at = offset;
        }
        while self.at < offset {
            self.step();
        }
        while self.at < self.bytes.len() && matches!(self.bytes[self.at], b'\r' | b'\n') {
            self.step();
        }
        self.line
    }

    fn step(&mut self) {
        let byte = self.bytes[self.at];
        self.at += 1;
        let inside_crlf = byte == b'\r' && self.bytes.get(self.at) == Some(&b'\n');
        if byte == b'\n' || (byte == b'\r' && !inside_crlf) {
            self.line = self.line.saturating_add(1);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::grid::Content;
    use super::*;

    fn grid(text: &str) -> Grid {
        read(text.into(), b',', &Budget::default()).unwrap()
    }

    #[test]
    fn lines_may_end_in_any_way_even_mixed() {
        let grid = grid("a,b\r\n1,2\r3,4\n5,6");
        let numbers: Vec<u32> = grid.rows_from(0).map(|row| row.number()).collect();
        assert_eq!(numbers, [1, 2, 3, 4]);
        assert_eq!(grid.row(2).cell(2), Content::Text("4"));
    }

    #[test]
    fn blank_first_lines_are_skipped_and_counted() {
        let grid = grid("\r\nSexe, Ani\nTotal, 3\n");
        assert_eq!(grid.row(0).number(), 2);
        assert_eq!(grid.row(1).number(), 3);
        assert_eq!(grid.row(1).cell(2), Content::Text(" 3"));
    }

    #[test]
    fn a_quoted_line_break_belongs_to_its_field() {
        let grid = grid("a,\"x\ny\"\n1,2\n");
        assert_eq!(grid.row(0).cell(2), Content::Text("x\ny"));
        assert_eq!(grid.row(1).number(), 3);
    }

    #[test]
    fn fields_are_the_same_whether_they_stand_in_the_text_or_not() {
        let grid = grid("\"a\",\"b \"\"c\"\"\",d,\"\",\"\"\"\"\n\"e\"f,,\"g,h\",i\"j\n");
        let fields = |row: usize| {
            let text =
                |(column, content): (u32, Content<'_>)| (column, content.text().into_owned());
            grid.row(row).cells().map(text).collect::<Vec<_>>()
        };
        let of = |fields: &[(u32, &str)]| {
            fields.iter().map(|(column, text)| (*column, (*text).to_owned())).collect::<Vec<_>>()
        };
        assert_eq!(fields(0), of(&[(1, "a"), (2, "b \"c\""), (3, "d"), (5, "\"")]));
        assert_eq!(fields(1), of(&[(1, "ef"), (3, "g,h"), (4, "i\"j")]));
    }

    #[test]
    fn records_of_any_length_are_kept_with_their_number_of_fields() {
        let grid = grid("a,b,c\n1\n,,,,\n1,2,3,4\n");
        let fields: Vec<u32> = grid.rows_from(0).map(|row| row.fields()).collect();
        assert_eq!(fields, [3, 1, 5, 4]);
        assert!(grid.row(2).is_blank());
    }

    #[test]
    fn a_quote_that_swallows_records_is_told_with_its_line() {
        let text = format!("a,b\n1,\"2\n{}", "3,4\n".repeat(200));
        let message = read(text.into(), b',', &Budget::default()).unwrap_err();
        assert!(message.en.contains("begins on line 2 goes on for 201 lines"), "{message}");
    }

    #[test]
    fn a_file_over_budget_is_refused() {
        let budget = Budget { cells: 3, ..Budget::default() };
        assert!(
            read("1,2\n3,4\n".into(), b',', &budget).unwrap_err().en.contains("more than 3 cells")
        );
    }
}
