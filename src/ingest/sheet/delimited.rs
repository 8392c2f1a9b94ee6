//! Reads a csv or txt file into a grid: which delimiter it uses, where its records begin.

use std::borrow::Cow;

use memchr::{memchr_iter, memmem};

use super::grid::{Grid, GridBuilder};
use super::whole_sheet::as_is;
use crate::ingest::bytes::limits::Budget;
use crate::message::ingest::sheet as message;
use crate::quality::Message;

/// How many records are looked at.
const LOOKED_AT: usize = 50;

/// The delimiter of a text file, and how sure its lines make us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// `,`, `;`, tab or `|`.
    pub(super) delimiter: char,
    /// Whether a space follows nearly every delimiter, as INS TEMPO writes.
    pub(super) spaced: bool,
    /// Records looked at that have the usual number of delimiters.
    pub(super) agreeing: usize,
    /// Records looked at.
    pub(super) looked_at: usize,
}

impl Dialect {
    /// The byte that separates fields.
    ///
    /// # Errors
    /// That a declared delimiter takes more than one byte.
    pub(super) fn separator(&self) -> Result<u8, Message> {
        u8::try_from(self.delimiter).map_err(|_| message::no_delimiter(self.delimiter))
    }
}

/// Whether a character can separate fields.
pub(super) fn is_separator(delimiter: char) -> bool {
    u8::try_from(delimiter).is_ok()
}

/// Decides the delimiter: the one whose count outside quotes is the same, and not zero, in most of
/// the first records; on a tie the one that makes more fields.
pub(super) fn dialect(text: &str, declared: Option<char>) -> Dialect {
    let candidates = declared.map_or_else(|| vec![',', ';', '\t', '|'], |only| vec![only]);
    let mut best: Option<(usize, usize, Dialect)> = None;
    for delimiter in candidates {
        let counts = counts(text, delimiter);
        let (usual, agreeing) = usual(&counts);
        let dialect = Dialect {
            delimiter,
            spaced: is_spaced(text, delimiter),
            agreeing,
            looked_at: counts.len(),
        };
        let better = best.is_none_or(|(known, fields, _)| (agreeing, usual) > (known, fields));
        if usual > 0 && better {
            best = Some((agreeing, usual, dialect));
        }
    }
    best.map_or(
        Dialect {
            delimiter: declared.unwrap_or(','),
            spaced: false,
            agreeing: 0,
            looked_at: counts(text, ',').len(),
        },
        |(_, _, dialect)| dialect,
    )
}

/// Delimiters outside quotes in each of the first records that are not blank.
fn counts(text: &str, delimiter: char) -> Vec<usize> {
    let mut counts = Vec::new();
    let (mut count, mut quoted, mut blank) = (0, false, true);
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted => {
                if !blank {
                    counts.push(count);
                }
                (count, blank) = (0, true);
                if counts.len() == LOOKED_AT {
                    return counts;
                }
                continue;
            }
            other if other == delimiter && !quoted => count += 1,
            _ => {}
        }
        blank = false;
    }
    if !blank {
        counts.push(count);
    }
    counts
}

/// The most frequent count above zero, and how many records have it.
fn usual(counts: &[usize]) -> (usize, usize) {
    let mut sorted: Vec<usize> = counts.iter().copied().filter(|&count| count > 0).collect();
    sorted.sort_unstable();
    let mut best = (0, 0);
    for run in sorted.chunk_by(|a, b| a == b) {
        if run.len() >= best.1 {
            best = (run[0], run.len());
        }
    }
    best
}

fn is_spaced(text: &str, delimiter: char) -> bool {
    let head: String = text.chars().take(4_000).collect();
    let all = head.matches(delimiter).count();
    let spaced = head.matches(&format!("{delimiter} ")).count();
    delimiter != ' ' && all > 0 && spaced * 10 >= all * 9
}

/// How the lines of a text end: `LF`, `CRLF`, `CR`, or the mixture with its counts.
pub(super) fn line_ends(text: &str) -> Message {
    let bytes = text.as_bytes();
    let (all_lf, all_cr) = (memchr_iter(b'\n', bytes).count(), memchr_iter(b'\r', bytes).count());
    let crlf = if all_cr == 0 { 0 } else { memmem::find_iter(bytes, b"\r\n").count() };
    let (lf, cr) = (all_lf - crlf, all_cr - crlf);
    let kinds: Vec<String> = [(lf, "LF"), (crlf, "CRLF"), (cr, "CR")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    match kinds.as_slice() {
        [] => message::no_line_ends(),
        [one] => Message::same(one.split(' ').nth(1).unwrap_or_default()),
        several => message::mixed_line_ends(several),
    }
}

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
    while reader.read_byte_record(&mut record).map_err(as_is)? {
        let start = record.position().map_or(0, csv::Position::byte);
        let fields = u32::try_from(record.len()).unwrap_or(u32::MAX);
        let line = lines.line_of(start);
        builder.begin_row(line, fields);
        let mut standing = Standing { bytes, at: lines.at };
        for (column, field) in (1_u32..).zip(&record) {
            if field.len() > LONG && ends_in(field) > MOST_LINES {
                return Err(message::endless_quote(line, ends_in(field)));
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

fn ends_in(field: &[u8]) -> usize {
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
    use super::*;
    use crate::ingest::sheet::grid::Content;

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

    #[track_caller]
    fn case(text: &str, expected: char) {
        assert_eq!(dialect(text, None).delimiter, expected, "{text:?}");
    }

    #[test]
    fn the_delimiter_is_the_one_whose_count_is_constant() {
        case("a;b;c\n1,5;2;3\n4;5,5;6\n", ';');
        case("a,b\n\"1;2;3\",4\n\"5;6\",7\n", ',');
        case("a\tb, c\n1\t2\n", '\t');
        case("title, with comma\n\na;b;c\n1;2;3\n1;2;3\n", ';');
        case("only one column\n1\n2\n", ',');
    }

    #[test]
    fn comma_and_space_is_recognised() {
        let tempo = "Sexe, Ani, Valoare\nTotal, Anul 2024, 5\nTotal, Anul 2025, 6\n";
        assert!(dialect(tempo, None).spaced);
        assert!(!dialect("a,b\n1,2\n", None).spaced);
    }

    #[test]
    fn a_declared_delimiter_is_not_questioned() {
        assert_eq!(dialect("a;b\n1;2\n", Some(',')).delimiter, ',');
    }

    #[test]
    fn line_ends_are_named_and_mixtures_counted() {
        assert_eq!(line_ends("a\nb\n").en, "LF");
        assert_eq!(line_ends("a\r\nb\r\n").en, "CRLF");
        assert_eq!(line_ends("a\r\nb\rc\r").en, "mixed: 1 CRLF, 2 CR");
        assert_eq!(line_ends("a\r\nb\rc\r").ro, "amestecate: 1 CRLF, 2 CR");
        assert_eq!(line_ends("a").en, "none");
    }
}
