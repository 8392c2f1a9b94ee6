//! What the columns of a table hold.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::join::label;
use super::marks::is_mark;
use super::portrait::{ColumnPortrait, Mark, Numbers, OpenMark};
use crate::ingest::{
    CellReader, CellValue, Content, Decision, Evidence, GridRow, Header, Problem, describe, short,
    trim,
};
use crate::message::inspect as message;
use crate::observation::Missing;
use crate::quality::{Message, column_letters};
use crate::study::NumberFormat;

/// The most examples shown of a column.
const EXAMPLES: usize = 4;
/// The most different texts that are counted to find the frequent ones.
const FREQUENT: usize = 1_000;
/// The most marks that are listed of a column.
const MARKS: usize = 60;

/// What was counted of the cells of one column.
#[derive(Default)]
struct Tally {
    filled: usize,
    words: usize,
    dates: usize,
    other: usize,
    percent: usize,
    distinct: BTreeSet<String>,
    /// Bits of different numbers that are stored as such.
    numbers: BTreeSet<u64>,
    frequent: BTreeMap<String, usize>,
    evidence: Evidence,
}

/// Portraits of columns from the rows of data.
pub(super) fn portray(
    rows: &[GridRow<'_>],
    header: &Header,
    columns: &[u32],
) -> Vec<ColumnPortrait> {
    let mut tallies: Vec<Tally> = columns.iter().map(|_| Tally::default()).collect();
    let place: BTreeMap<u32, usize> =
        columns.iter().enumerate().map(|(at, &column)| (column, at)).collect();
    for row in rows {
        for (column, content) in row.cells() {
            if let Some(&at) = place.get(&column) {
                tallies[at].see(content, row.is_percent(column));
            }
        }
    }
    // As in reading: where a mark can be read in two ways, the other columns may settle it.
    let marks: Vec<Option<char>> = tallies.iter().map(|tally| tally.evidence.decimal()).collect();
    for (at, tally) in tallies.iter_mut().enumerate() {
        if let Decision::Ambiguous { mark, .. } = tally.evidence.decide() {
            let others = || marks.iter().enumerate().filter(|(other, _)| *other != at);
            let settled = others().find_map(|(_, mark)| *mark);
            let agreed = others().all(|(_, other)| other.is_none() || *other == settled);
            if let Some(decimal) = settled.filter(|decimal| agreed && *decimal != mark) {
                tally.evidence.assume_decimal(decimal);
            }
        }
    }
    columns
        .iter()
        .zip(&tallies)
        .map(|(&column, tally)| portrait(rows, header, column, tally))
        .collect()
}

fn portrait(rows: &[GridRow<'_>], header: &Header, column: u32, tally: &Tally) -> ColumnPortrait {
    let read = read(rows, column, tally);
    // A mark stands for a number or for its absence, never for a word.
    let words = tally.filled.saturating_sub(read.known + read.marked());
    let mostly_numbers = read.values.len() * 10 >= words * 6;
    let is_numeric = !read.values.is_empty() && mostly_numbers;
    let shape = tally.shape(&read, is_numeric);
    // A column of errors or of formulas without values is no column of words.
    let is_broken = !is_numeric && read.broken() * 2 > tally.filled;
    let marks = if is_numeric { read.marks() } else { Vec::new() };
    let problems = if is_numeric || is_broken { read.problems() } else { Vec::new() };
    let shape = if is_broken { "no numbers" } else { shape };
    ColumnPortrait {
        letters: column_letters(column),
        number: column,
        header: label(header, column),
        shape,
        filled: tally.filled,
        empty: rows.len() - tally.filled,
        distinct: (tally.distinct.len() + tally.numbers.len()).min(ColumnPortrait::MOST),
        examples: tally.examples(),
        numbers: is_numeric.then(|| tally.numbers(&read)),
        marks,
        problems,
    }
}

impl Tally {
    fn see(&mut self, content: Content<'_>, is_percent: bool) {
        if content.is_blank() {
            return;
        }
        self.filled += 1;
        if let Content::Number(value) = content {
            let known = self.numbers.len() >= ColumnPortrait::MOST;
            if known || !self.numbers.insert(value.to_bits()) {
                self.percent += usize::from(is_percent);
                return;
            }
        }
        let written = content.text();
        let text = trim(&written);
        // Of long texts the beginning and the length tell them apart well enough.
        let shown = short(Cow::Borrowed(text));
        match content {
            Content::Text(_) => {
                self.evidence.see(text);
                self.words += usize::from(text.contains(char::is_alphabetic));
                self.percent += usize::from(text.ends_with('%'));
            }
            Content::Number(_) => {
                self.percent += usize::from(is_percent);
            }
            Content::Date(_) => self.dates += 1,
            Content::Bool(_) | Content::Error(_) | Content::Uncalculated => self.other += 1,
            Content::Empty => {}
        }
        let is_number = matches!(content, Content::Number(_));
        if !is_number
            && self.distinct.len() < ColumnPortrait::MOST
            && !self.distinct.contains(shown.as_ref())
        {
            self.distinct.insert(shown.clone().into_owned());
        }
        if let Some(count) = self.frequent.get_mut(shown.as_ref()) {
            *count += 1;
        } else if self.frequent.len() < FREQUENT {
            self.frequent.insert(shown.into_owned(), 1);
        }
    }

    /// The most frequent contents; when all are different, the first ones in order.
    fn examples(&self) -> Vec<String> {
        let mut counted: Vec<(&String, usize)> =
            self.frequent.iter().map(|(text, count)| (text, *count)).collect();
        counted.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        counted.into_iter().take(EXAMPLES).map(|(text, _)| text.clone()).collect()
    }

    fn shape(&self, read: &Read<'_>, is_numeric: bool) -> &'static str {
        if self.filled == 0 {
            "empty"
        } else if is_numeric && self.percent * 2 > read.values.len() {
            "per cent"
        } else if is_numeric && read.problem_cells() > 0 {
            "numbers and texts"
        } else if is_numeric && read.is_running() {
            "running numbers"
        } else if is_numeric && read.whole {
            "whole numbers"
        } else if is_numeric {
            "decimals"
        } else if self.dates * 2 > self.filled {
            "dates"
        } else if !read.values.is_empty() {
            "texts and numbers"
        } else {
            "text"
        }
    }

    /// Whether its numbers have a decimal point and no mark between thousands.
    fn is_plain(&self) -> bool {
        let plain = NumberFormat { decimal: '.', thousands: None };
        matches!(self.evidence.decide(), Decision::Format { format, .. } if format == plain)
    }

    fn numbers(&self, read: &Read<'_>) -> Numbers {
        let (format, decided, open): (Message, bool, _) = match self.evidence.decide() {
            Decision::Format { format, .. } => (describe(format), true, None),
            Decision::Ambiguous { example, mark } => {
                let words = message::two_readings(mark, &example);
                (words, false, Some(OpenMark { example, mark }))
            }
            Decision::Conflict(first, second) => {
                (message::contradiction(&first, &second), false, None)
            }
        };
        let fold = |of: fn(f64, f64) -> f64, start: f64| {
            read.values.iter().fold(start, |so_far, value| of(so_far, *value))
        };
        let (least, greatest) = (fold(f64::min, f64::INFINITY), fold(f64::max, f64::NEG_INFINITY));
        Numbers {
            plain: self.is_plain(),
            format,
            decided,
            open,
            whole: read.whole,
            count: read.values.len(),
            least,
            greatest,
            zeros: read.values.iter().filter(|value| **value == 0.0).count(),
            percent: self.percent,
            sparkline: sparkline(&read.values, least, greatest),
        }
    }
}

/// What the cells of a column say when they are read as numbers.
#[derive(Default)]
struct Read<'g> {
    values: Vec<f64>,
    whole: bool,
    /// Cells that hold a mark of a missing value.
    known: usize,
    missing: BTreeMap<(String, &'static str), usize>,
    problems: BTreeMap<Problem, usize>,
    texts: BTreeMap<&'g str, usize>,
}

fn read<'g>(rows: &[GridRow<'g>], column: u32, tally: &Tally) -> Read<'g> {
    // Where the marks cannot be decided, the plainest reading shows what the numbers look like.
    let format = match tally.evidence.decide() {
        Decision::Format { format, .. } => format,
        Decision::Ambiguous { .. } | Decision::Conflict(..) => {
            NumberFormat { decimal: '.', thousands: Some(',') }
        }
    };
    let declared = BTreeMap::new();
    let mut reader = CellReader::new(format, &declared);
    let mut read = Read { whole: true, ..Read::default() };
    for row in rows {
        let content = row.cell(column);
        match reader.read(content) {
            CellValue::Number(value) | CellValue::Marked(value, _) => {
                read.whole &= value.fract() == 0.0;
                read.values.push(value);
            }
            CellValue::Zero(_) => read.values.push(0.0),
            CellValue::Missing(_, mark) if mark.is_empty() => {}
            CellValue::Missing(state, mark) => {
                read.known += 1;
                *read.missing.entry((mark.into_owned(), words(state))).or_default() += 1;
            }
            CellValue::Problem(Problem::Text | Problem::Dash) => {
                if let Content::Text(text) = content {
                    *read.texts.entry(trim(text)).or_default() += 1;
                } else {
                    *read.problems.entry(Problem::Text).or_default() += 1;
                }
            }
            CellValue::Problem(problem) => *read.problems.entry(problem).or_default() += 1,
        }
    }
    read
}

fn words(state: Missing) -> &'static str {
    match state {
        Missing::NotAvailable => "not available",
        Missing::Confidential => "confidential",
        Missing::NotApplicable => "not applicable",
    }
}

impl Read<'_> {
    /// Cells with texts that may be marks of missing values.
    fn marked(&self) -> usize {
        let marks = self.texts.iter().filter(|(text, cells)| is_mark(text, **cells));
        marks.map(|(_, cells)| cells).sum()
    }

    /// Whether the numbers only count the rows: by one from each to the next, from the beginning or
    /// in each block again.
    fn is_running(&self) -> bool {
        let begins = self.values.first().is_some_and(|first| *first == 0.0 || *first == 1.0);
        let goes_on = |pair: &[f64]| pair[1] == pair[0] + 1.0 || pair[1] == 1.0;
        begins
            && self.values.len() > 2
            && self.values.windows(2).all(goes_on)
            && self.values.last() != Some(&1.0)
    }

    /// Cells that would be a problem: neither numbers nor known marks.
    fn problem_cells(&self) -> usize {
        self.texts.values().sum::<usize>() + self.problems.values().sum::<usize>()
    }

    /// Cells that would be numbers if the workbook were sound.
    fn broken(&self) -> usize {
        let kinds = [Problem::ErrorCell, Problem::Uncalculated, Problem::NotFinite];
        kinds.iter().filter_map(|kind| self.problems.get(kind)).sum()
    }

    fn marks(&self) -> Vec<Mark> {
        let known = self.missing.iter().map(|((text, meaning), count)| Mark {
            text: text.clone(),
            count: *count,
            meaning,
        });
        let unknown = self.texts.iter().map(|(text, count)| Mark {
            text: short(Cow::Borrowed(text)).into_owned(),
            count: *count,
            meaning: "undeclared",
        });
        let mut marks: Vec<Mark> = known.chain(unknown).collect();
        marks.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.text.cmp(&b.text)));
        marks.truncate(MARKS);
        marks
    }

    fn problems(&self) -> Vec<Message> {
        let described = |(problem, count): (&Problem, &usize)| {
            message::cells_that(&message::cells(*count), &problem.about().words())
        };
        self.problems.iter().map(described).collect()
    }
}

/// How many steps a sparkline has.
const STEPS: usize = 12;
/// From none to most.
const BARS: [char; 9] = [' ', '▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];

/// The histogram of finite numbers between the smallest and the largest: each step as high as its
/// share of the fullest step, and never empty when it holds a number. Empty for fewer than two
/// different numbers.
fn sparkline(values: &[f64], least: f64, greatest: f64) -> String {
    let width = greatest - least;
    if !(width > 0.0 && width.is_finite()) {
        return String::new();
    }
    let mut counts = [0_usize; STEPS];
    for value in values {
        counts[step((value - least) / width)] += 1;
    }
    let most = counts.iter().copied().max().unwrap_or(1).max(1);
    counts
        .iter()
        .map(|&count| match count {
            0 => BARS[0],
            count => BARS[(count * (BARS.len() - 1)).div_ceil(most).min(BARS.len() - 1)],
        })
        .collect()
}

/// The step of a share between 0 and 1.
fn step(share: f64) -> usize {
    (1..STEPS).take_while(|&at| share >= at as f64 / STEPS as f64).count()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::{Inputs, header, probe};

    fn column(cells: &[&str]) -> ColumnPortrait {
        let text = format!(
            "x;y\n{}\n",
            cells.iter().map(|c| format!("a;{c}")).collect::<Vec<_>>().join("\n")
        );
        let held = BTreeMap::from([("a.csv".to_owned(), Cow::Owned(text.into_bytes()))]);
        let page = probe(&Inputs::Held(held), "a.csv", None).page.unwrap();
        let header = header::declared(&page.grid, &[1]);
        let rows: Vec<GridRow<'_>> = page.grid.rows_from(header.data).collect();
        portray(&rows, &header, &[2]).remove(0)
    }

    #[test]
    fn numbers_are_portrayed_with_their_format_and_spread() {
        let portrait = column(&["1.234,5", "0", "12", ":", ""]);
        assert_eq!((portrait.shape, portrait.header.as_str()), ("decimals", "y"));
        let numbers = portrait.numbers.unwrap();
        assert_eq!(numbers.format.en, "decimal comma, thousands parted by a point");
        assert_eq!((numbers.count, numbers.zeros), (3, 1));
        assert_eq!((numbers.least, numbers.greatest), (0.0, 1234.5));
        assert_eq!(portrait.marks[0].meaning, "not available");
        assert_eq!((portrait.filled, portrait.empty, portrait.distinct), (4, 1, 4));
    }

    #[test]
    fn undeclared_marks_and_numbers_in_two_readings_are_seen() {
        let portrait = column(&["1.234", "2.345", "-", "-"]);
        assert!(!portrait.numbers.unwrap().decided);
        assert_eq!(
            portrait.marks[0],
            Mark { text: "-".to_owned(), count: 2, meaning: "undeclared" }
        );
        assert_eq!(portrait.shape, "numbers and texts");
        assert!(column(&["-", "-", "comună"]).numbers.is_none());
    }

    #[test]
    fn numbers_that_count_the_rows_are_told() {
        assert_eq!(column(&["1", "2", "3", "1", "2"]).shape, "running numbers");
        assert_eq!(column(&["1", "2", "4"]).shape, "whole numbers");
        assert_eq!(column(&["1", "1", "1"]).shape, "whole numbers");
    }

    #[test]
    fn a_column_of_numbers_is_one_even_where_most_cells_hold_marks() {
        let portrait = column(&["[c]", "[c]", "[c]", "..", "x", "x", "3", "4"]);
        assert_eq!(portrait.numbers.unwrap().count, 2);
        assert_eq!(portrait.marks.len(), 3);
    }

    #[test]
    fn another_column_settles_what_a_mark_means() {
        let held = b"x;y\n1.234;39,9\n2.345;5,7\n".to_vec();
        let held = BTreeMap::from([("a.csv".to_owned(), Cow::Owned(held))]);
        let page = probe(&Inputs::Held(held), "a.csv", None).page.unwrap();
        let header = header::declared(&page.grid, &[1]);
        let rows: Vec<GridRow<'_>> = page.grid.rows_from(header.data).collect();
        let numbers = portray(&rows, &header, &[1, 2]).remove(0).numbers.unwrap();
        assert_eq!(numbers.format.en, "decimal comma, thousands parted by a point");
        assert_eq!((numbers.decided, numbers.least), (true, 1234.0));
    }

    #[test]
    fn texts_are_shown_by_the_most_frequent() {
        let portrait = column(&["comună", "oraș", "comună"]);
        assert_eq!(portrait.shape, "text");
        assert_eq!(portrait.examples, ["comună", "oraș"]);
        assert!(portrait.numbers.is_none());
    }

    #[test]
    fn the_sparkline_is_a_histogram() {
        let values: Vec<f64> = (0..12).map(f64::from).collect();
        assert_eq!(sparkline(&values, 0.0, 11.0), "████████████");
        assert_eq!(sparkline(&[0.0, 0.0, 0.0, 11.0], 0.0, 11.0), "█          ▃");
        assert_eq!(sparkline(&[5.0, 5.0], 5.0, 5.0), "");
        assert_eq!(sparkline(&[], 0.0, 0.0), "");
    }
}
