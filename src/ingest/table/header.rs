//! Where the header of a table is, and what its columns are called.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use crate::ingest::labels::{fold, short, trim, unmarked};
use crate::ingest::sheet::grid::{Content, Grid, GridRow};
use crate::register::{AreaMatch, CodeMatch, Matcher};

/// How many rows from the top may hold the header.
const SEARCHED: usize = 60;
/// The most rows a detected header may span.
const DEEPEST: usize = 4;
/// A merged cell over more rows than this is no header.
const DEEPEST_MERGE: u32 = 8;
/// What stands between the parts of a header of several rows.
const JOINT: &str = " / ";

/// The header of one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HeaderColumn {
    /// Column, from 1.
    pub(crate) column: u32,
    /// The text of each header row that says something, from the top.
    pub(crate) parts: Vec<String>,
    /// Its names, folded: the whole header, then each of its rows.
    names: Vec<String>,
}

impl HeaderColumn {
    /// A column with the texts of its header rows.
    pub(crate) fn new(column: u32, parts: Vec<String>) -> Self {
        let whole = parts.join(JOINT);
        let names = std::iter::once(&whole).chain(&parts).map(|name| fold(name)).collect();
        Self { column, parts, names }
    }

    /// The whole header, parts joined by ` / `.
    pub(crate) fn label(&self) -> String {
        self.parts.join(JOINT)
    }

    /// The whole header, folded.
    pub(crate) fn folded(&self) -> &str {
        &self.names[0]
    }

    /// Its names, folded: the whole header, then each of its rows.
    pub(super) fn names(&self) -> &[String] {
        &self.names
    }
}

/// The header of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Header {
    /// Its rows, as people count.
    pub(crate) rows: Vec<u32>,
    /// Its columns that have a text.
    pub(crate) columns: Vec<HeaderColumn>,
    /// Position in the grid of the first row of data.
    pub(crate) data: usize,
}

impl Header {
    /// The columns of each block, where one table is printed as several side by side under the same
    /// headers; none where it is not.
    pub(crate) fn blocks(&self) -> Vec<RangeInclusive<u32>> {
        let labels: Vec<&str> = self.columns.iter().map(HeaderColumn::folded).collect();
        let Some(first) = labels.first() else { return Vec::new() };
        let begins: Vec<usize> = (0..labels.len()).filter(|&at| labels[at] == *first).collect();
        // Beside each other stand blocks that say two things alike, or that a gap parts.
        let column = |at: usize| self.columns[at].column;
        let is_parted = |&at: &usize| {
            let goes_on = labels.get(at + 1).is_some_and(|label| *label == labels[1]);
            goes_on || column(at) - column(at - 1) > 1
        };
        let is_narrow = begins.windows(2).any(|pair| pair[1] - pair[0] < 2);
        if begins.len() < 2 || is_narrow || !begins[1..].iter().all(is_parted) {
            return Vec::new();
        }
        let ends = begins[1..].iter().map(|&at| column(at) - 1).chain([u32::MAX]);
        begins.iter().zip(ends).map(|(&at, end)| column(at)..=end).collect()
    }
}

/// How many rows from the top may show that a table is transposed.
const TURNED: usize = 12;
/// Fewer areas side by side may be the groups of a header.
const SOME_AREAS: usize = 5;

/// The row in which units or counties stand side by side, one a column, and how many different ones;
/// `None` where no row near the top is made of them.
pub(crate) fn transposed(grid: &Grid, matcher: &Matcher<'_>) -> Option<(u32, usize)> {
    let is_area = |text: &str| {
        matches!(matcher.code(text), CodeMatch::Unit(..))
            || matcher.is_unit_name(text)
            || matches!(matcher.area("county", text), AreaMatch::Area(..))
    };
    grid.rows_from(0).take(TURNED).find_map(|row| {
        let texts = row.cells().map(|(_, cell)| fold(&short(cell.text()))).take(MOST_TURNED);
        let texts: BTreeSet<String> = texts.filter(|text| !text.is_empty()).collect();
        let areas = texts.iter().filter(|text| is_area(text)).count();
        (areas >= SOME_AREAS && areas * 10 >= texts.len() * 7).then(|| (row.number(), areas))
    })
}

/// The most cells of a row that are looked up.
const MOST_TURNED: usize = 400;

/// The declared header; rows that are not there count as empty.
pub(crate) fn declared(grid: &Grid, rows: &[u32]) -> Header {
    let last = rows.iter().copied().max().unwrap_or(0);
    let mut header =
        Header { rows: rows.to_vec(), columns: columns(grid, rows), data: grid.after(last) };
    skip_letters(grid, &mut header);
    header
}

/// Finds the header: the rows that hold most of the column names the study uses; when they hold
/// none, the first row of words above rows of numbers.
pub(crate) fn detect(grid: &Grid, wanted: &[&str]) -> Header {
    let wanted: Vec<String> = wanted.iter().map(|name| fold(name)).collect();
    let rows: Vec<u32> = (0..grid.len())
        .map(|at| grid.row(at))
        .filter(|row| !row.is_blank())
        .map(|row| row.number())
        .take(SEARCHED)
        .collect();
    let texts: Vec<FoldedRow> = rows.iter().map(|&row| FoldedRow::of(grid, row)).collect();
    let mut best: (usize, &[u32]) = (0, &[]);
    for depth in 1..=DEEPEST {
        for (span, texts) in rows.windows(depth).zip(texts.windows(depth)) {
            // Rows of one header stand together.
            if span[depth - 1] - span[0] >= u32::try_from(2 * DEEPEST).unwrap_or(u32::MAX) {
                continue;
            }
            let found = found(texts, &wanted);
            if found > best.0 {
                best = (found, span);
            }
        }
        // A deeper header is looked for only while names are missing.
        if best.0 == wanted.len() {
            break;
        }
    }
    let rows = if best.0 > 0 { best.1.to_vec() } else { vec![first_row_of_words(grid, &rows)] };
    declared(grid, &whole_merges(grid, rows))
}

/// The header rows with those above and below that share a merged cell with them.
fn whole_merges(grid: &Grid, rows: Vec<u32>) -> Vec<u32> {
    let (Some(&first), Some(&last)) = (rows.first(), rows.last()) else { return rows };
    let (mut top, mut bottom) = (first, last);
    for merge in &grid.facts.merges {
        let touches = merge.top <= last && merge.bottom >= first;
        if touches && merge.bottom - merge.top < DEEPEST_MERGE {
            top = top.min(merge.top);
            bottom = bottom.max(merge.bottom);
        }
    }
    (top..=bottom).filter(|&number| grid.numbered(number).is_some()).collect()
}

/// The texts of a row, folded.
struct FoldedRow {
    /// By column; a merged cell stands in all its columns.
    texts: BTreeMap<u32, String>,
    /// The same with and without footnote marks behind them.
    names: BTreeSet<String>,
}

impl FoldedRow {
    fn of(grid: &Grid, number: u32) -> Self {
        let texts: BTreeMap<u32, String> =
            texts(grid, number).into_iter().map(|(column, text)| (column, fold(&text))).collect();
        let names = texts.values().flat_map(|text| [text.as_str(), unmarked(text)]);
        let names = names.map(str::to_owned).collect();
        Self { texts, names }
    }
}

/// How many of the wanted names stand in these rows, alone or put together over the rows.
fn found(rows: &[FoldedRow], wanted: &[String]) -> usize {
    let alone = |name: &&String| rows.iter().any(|row| row.names.contains(*name));
    let together = |name: &&String| {
        if !name.contains(JOINT) {
            return false;
        }
        let part = |row: &FoldedRow, column: &u32| {
            row.texts.get(column).is_some_and(|text| name.starts_with(text.as_str()))
        };
        let columns: BTreeSet<u32> =
            rows.iter().flat_map(|row| row.texts.keys().copied()).collect();
        let begins = |column: &u32| rows.iter().any(|row| part(row, column));
        columns.into_iter().filter(begins).any(|column| {
            let mut parts: Vec<&str> =
                rows.iter().filter_map(|row| row.texts.get(&column)).map(String::as_str).collect();
            parts.dedup();
            parts.join(JOINT) == **name
        })
    };
    wanted.iter().filter(|name| alone(name) || together(name)).count()
}

/// The first row that is nearly as full as most rows and holds hardly any number.
fn first_row_of_words(grid: &Grid, rows: &[u32]) -> u32 {
    let filled = |row: &GridRow<'_>| row.cells().filter(|(_, cell)| !cell.is_blank()).count();
    let mut widths: Vec<usize> =
        rows.iter().filter_map(|&number| grid.numbered(number)).map(|row| filled(&row)).collect();
    widths.sort_unstable();
    let usual = widths.get(widths.len() / 2).copied().unwrap_or(0);
    rows.iter()
        .copied()
        .find(|&number| {
            let Some(row) = grid.numbered(number) else { return false };
            let words = row.cells().filter(|(_, cell)| is_word(*cell)).count();
            let full = filled(&row);
            full >= 2 && full * 10 >= usual * 6 && words * 10 >= full * 7
        })
        .or(rows.first().copied())
        .unwrap_or(1)
}

fn is_word(content: Content<'_>) -> bool {
    match content {
        Content::Text(text) => trim(text).contains(char::is_alphabetic),
        _ => false,
    }
}

fn columns(grid: &Grid, rows: &[u32]) -> Vec<HeaderColumn> {
    let mut columns: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for &number in rows {
        for (column, text) in texts(grid, number) {
            let parts = columns.entry(column).or_default();
            if parts.last() != Some(&text) {
                parts.push(text);
            }
        }
    }
    columns.into_iter().map(|(column, parts)| HeaderColumn::new(column, parts)).collect()
}

/// The texts of a header row by column, inner spaces and line breaks collapsed; the text of a merged
/// rectangle stands in each of its columns that has none of its own.
fn texts(grid: &Grid, number: u32) -> BTreeMap<u32, String> {
    let clean =
        |content: Content<'_>| content.text().split_whitespace().collect::<Vec<_>>().join(" ");
    let mut texts: BTreeMap<u32, String> = BTreeMap::new();
    let own = grid.numbered(number).into_iter().flat_map(|row| row.cells());
    texts.extend(own.map(|(column, content)| (column, clean(content))));
    texts.retain(|_, text| !text.is_empty());
    // Merged cells do not overlap in a sound workbook, so they fill a row at most once.
    let mut room = grid.width();
    for merge in
        grid.facts.merges.iter().filter(|merge| (merge.top..=merge.bottom).contains(&number))
    {
        let first = grid.numbered(merge.top).map_or(Content::Empty, |row| row.cell(merge.left));
        let text = clean(first);
        // Beyond the last column with anything in it no merged cell matters.
        let right = merge.right.min(grid.width());
        let wide = (right + 1).saturating_sub(merge.left);
        if text.is_empty() || wide > room {
            continue;
        }
        room -= wide;
        for column in merge.left..=right {
            texts.entry(column).or_insert_with(|| text.clone());
        }
    }
    texts
}

/// Steps over a row of column letters (`A 1 2 3 …`, `a b c …`) below the header.
fn skip_letters(grid: &Grid, header: &mut Header) {
    let Some(row) = grid.rows_from(header.data).next() else { return };
    if is_letter_row(&row) {
        header.data += 1;
    }
}

/// Whether a row only numbers the columns: single letters, then letters or numbers that go up by one.
pub(crate) fn is_letter_row(row: &GridRow<'_>) -> bool {
    let mut next_number = None;
    let mut next_letter = None;
    let mut fits = |text: &str| {
        let number: Option<u32> = text.parse().ok();
        let mut letters = text.chars();
        match (number, letters.next(), letters.next()) {
            (Some(number), _, _) => {
                let fits = next_number.map_or(number <= 2, |expected| expected == number);
                next_number = Some(number + 1);
                fits
            }
            (None, Some(letter), None) if letter.is_ascii_alphabetic() => {
                let code = u32::from(letter.to_ascii_lowercase());
                let fits = next_letter
                    .map_or(letter.eq_ignore_ascii_case(&'a'), |expected| expected == code);
                next_letter = Some(code + 1);
                fits
            }
            _ => false,
        }
    };
    // Nearly every row is none, which its first cell shows.
    let mut seen = 0;
    for (_, cell) in row.cells() {
        let text = cell.text();
        let text = trim(&text);
        if text.is_empty() {
            continue;
        }
        if !fits(text) {
            return false;
        }
        seen += 1;
    }
    seen >= 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::sheet::facts::Rectangle;
    use crate::ingest::sheet::grid::GridBuilder;

    fn grid(rows: &[(u32, &[&str])]) -> Grid {
        let mut builder = GridBuilder::default();
        for (number, cells) in rows {
            builder.begin_row(*number, 0);
            for (column, text) in (1..).zip(*cells) {
                builder.field(column, text);
            }
        }
        builder.finish_text(String::new())
    }

    fn labels(header: &Header) -> Vec<String> {
        header.columns.iter().map(HeaderColumn::label).collect()
    }

    #[test]
    fn the_row_that_holds_the_wanted_names_is_the_header() {
        let grid = grid(&[
            (1, &["Ministerul Muncii"]),
            (2, &["Situatia, anul 2023"]),
            (5, &["Judet", "SIRUTA", "Nr. dosare"]),
            (6, &["Alba", "1017", "12"]),
        ]);
        let header = detect(&grid, &["siruta", "nr.  dosare"]);
        assert_eq!(header.rows, [5]);
        assert_eq!(grid.row(header.data).number(), 6);
    }

    #[test]
    fn names_in_two_rows_make_a_header_of_two_rows() {
        let mut grid = grid(&[
            (1, &["SIRUTA", "2023", ""]),
            (2, &["", "ianuarie", "februarie"]),
            (3, &["1017", "1", "2"]),
        ]);
        grid.facts.merges = vec![Rectangle { top: 1, left: 2, bottom: 1, right: 3 }];
        let header = detect(&grid, &["SIRUTA", "2023 / februarie"]);
        assert_eq!(header.rows, [1, 2]);
        assert_eq!(labels(&header), ["SIRUTA", "2023 / ianuarie", "2023 / februarie"]);
    }

    #[test]
    fn a_header_reaches_down_to_the_end_of_its_merged_cells() {
        let mut grid = grid(&[
            (4, &["Judet", "Tipul UAT"]),
            (7, &["", "Cod", "Nume"]),
            (8, &["a", "b", "c"]),
            (9, &["Alba", "12", "M"]),
        ]);
        grid.facts.merges = vec![
            Rectangle { top: 4, left: 1, bottom: 7, right: 1 },
            Rectangle { top: 4, left: 2, bottom: 6, right: 3 },
        ];
        let header = detect(&grid, &["judet"]);
        assert_eq!(labels(&header), ["Judet", "Tipul UAT / Cod", "Tipul UAT / Nume"]);
        assert_eq!(grid.row(header.data).number(), 9);
    }

    #[test]
    fn a_letter_row_below_the_header_is_stepped_over() {
        let grid = grid(&[
            (1, &["Localitate", "Total", "Masculin"]),
            (2, &["A", "1", "2"]),
            (3, &["Aiud", "10", "5"]),
        ]);
        let header = detect(&grid, &["Total"]);
        assert_eq!(grid.row(header.data).number(), 3);
    }

    #[test]
    fn without_known_names_the_first_row_of_words_is_taken() {
        let grid = grid(&[
            (1, &["Titlu"]),
            (3, &["judet", "cod", "populatie"]),
            (4, &["Alba", "10", "300"]),
            (5, &["Arad", "29", "400"]),
        ]);
        assert_eq!(detect(&grid, &["nothing"]).rows, [3]);
    }

    #[test]
    fn blocks_side_by_side_are_told_by_their_headers() {
        let blocks = |cells: &[&str]| declared(&grid(&[(1, cells)]), &[1]).blocks();
        let list = ["Cod", "UAT", "Nr.", "", "Cod", "UAT", "Nr."];
        assert_eq!(blocks(&list), [1..=4, 5..=u32::MAX]);
        assert_eq!(blocks(&["Cod", "Nr.", "", "Cod", "Rata"]), [1..=3, 4..=u32::MAX]);
        let years = ["UAT", "Total", "Femei", "Total", "Femei"];
        assert!(blocks(&years).is_empty());
        assert!(blocks(&["Total", "Total", "Total"]).is_empty());
        assert!(blocks(&[]).is_empty());
    }

    #[test]
    fn an_empty_grid_has_an_empty_header() {
        let header = detect(&Grid::default(), &["x"]);
        assert!(header.columns.is_empty());
    }
}
