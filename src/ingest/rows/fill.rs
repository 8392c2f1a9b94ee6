//! What the key cells of a row say where they repeat a cell above: a merged cell that covers several
//! rows, or, where the source says so with `fill`, the last one that was written.
//!
//! A county that is written once for its block is not an empty county: without it a name would be
//! looked for in the whole country.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{KeyColumns, KeyParts};
use crate::ingest::labels::{short, trim, unprotected};
use crate::ingest::sheet::facts::Rectangle;
use crate::ingest::sheet::grid::{Content, Grid, GridRow};

/// Where the text of a key cell was taken from that does not say it itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TakenFrom {
    /// The merged cell that covers it.
    Merged,
    /// The cell above, by the `fill` of the source.
    Above,
    /// The cell itself, a number that the spreadsheet shows as a date.
    Date,
    /// The county of a row of its own above, or of the name of the sheet or file.
    Outside,
    /// The cell itself, without the raised mark behind its words.
    Unmarked,
}

/// The texts of the key cells of a row, and which of them stand elsewhere.
#[derive(Clone, Debug, Default)]
pub(crate) struct RowKey<'g> {
    /// The texts, also those that stand elsewhere.
    pub(crate) texts: KeyParts<Cow<'g, str>>,
    /// The county as the row itself has it.
    pub(crate) own_county: Option<Cow<'g, str>>,
    /// The columns whose text stands elsewhere.
    pub(crate) taken: Vec<(u32, TakenFrom)>,
}

/// Reads the key cells of rows from the top of a table to its end.
#[derive(Clone, Debug)]
pub(crate) struct KeyReader<'g> {
    grid: &'g Grid,
    key: KeyColumns,
    /// Merged cells of several rows in columns of the key, by column and first row. In a sound workbook
    /// they do not overlap.
    merges: BTreeMap<(u32, u32), Rectangle>,
    /// Columns whose empty cells repeat what stands above.
    filled: Vec<u32>,
    /// By column of `filled`: what was written last.
    above: BTreeMap<u32, Cow<'g, str>>,
}

impl<'g> KeyReader<'g> {
    /// For the key columns of a table, of which `filled` are written once for several rows.
    pub(crate) fn new(grid: &'g Grid, key: KeyColumns, filled: Vec<u32>) -> Self {
        let columns: Vec<u32> = key.parts().collect();
        Self { grid, key, merges: BTreeMap::new(), filled, above: BTreeMap::new() }.beside(&columns)
    }

    /// The same for a row's cells in other columns too.
    pub(crate) fn beside(mut self, columns: &[u32]) -> Self {
        for merge in self.grid.facts.merges.iter().filter(|merge| merge.bottom > merge.top) {
            let covered =
                columns.iter().filter(|column| (merge.left..=merge.right).contains(column));
            self.merges.extend(covered.map(|&column| ((column, merge.top), *merge)));
        }
        self
    }

    /// The text of a cell of the next row, also where it stands elsewhere.
    pub(crate) fn cell(&mut self, row: &GridRow<'g>, column: u32) -> Cow<'g, str> {
        self.text(row, column, own(row, column), &mut Vec::new())
    }

    /// The key of the next row.
    pub(crate) fn read(&mut self, row: &GridRow<'g>) -> RowKey<'g> {
        let mut taken = Vec::new();
        let key = self.key;
        let texts = key.and_then(|column| {
            if let Some(code) = code_of_date(row, column, &key) {
                taken.push((column, TakenFrom::Date));
                return Some(code);
            }
            if row.unmarked(column).is_some() {
                taken.push((column, TakenFrom::Unmarked));
            }
            Some(self.text(row, column, own(row, column), &mut taken))
        });
        let own_county = key.county.map(|column| own(row, column));
        RowKey { texts, own_county, taken }
    }

    fn text(
        &mut self,
        row: &GridRow<'g>,
        column: u32,
        own: Cow<'g, str>,
        taken: &mut Vec<(u32, TakenFrom)>,
    ) -> Cow<'g, str> {
        let is_filled = self.filled.contains(&column);
        if !says_nothing(&own) {
            if is_filled {
                self.above.insert(column, own.clone());
            }
            return own;
        }
        if row.is_blank() {
            return own;
        }
        let from = match self.merged(row.number(), column) {
            Some(text) => Some((text, TakenFrom::Merged)),
            None => self.above.get(&column).map(|text| (text.clone(), TakenFrom::Above)),
        };
        from.map_or(own, |(text, from)| {
            taken.push((column, from));
            text
        })
    }

    /// The text of the merged cell that covers a cell from a row above it.
    fn merged(&self, row: u32, column: u32) -> Option<Cow<'g, str>> {
        let (_, merge) = self.merges.range((column, 0)..(column, row)).next_back()?;
        if merge.bottom < row {
            return None;
        }
        let text = short(self.grid.numbered(merge.top)?.cell(merge.left).text());
        (!says_nothing(&text)).then_some(text)
    }
}

/// The text of a cell itself, without the raised mark behind its words.
fn own<'g>(row: &GridRow<'g>, column: u32) -> Cow<'g, str> {
    let text = row.unmarked(column).map_or_else(|| row.cell(column).text(), Cow::Borrowed);
    match short(text) {
        Cow::Borrowed(text) => Cow::Borrowed(unprotected(text)),
        text @ Cow::Owned(_) => text,
    }
}

/// The code that a spreadsheet shows as a date: the number of its days since 1899-12-30.
fn code_of_date<'g>(row: &GridRow<'g>, column: u32, key: &KeyColumns) -> Option<Cow<'g, str>> {
    let Content::Date(text) = row.cell(column) else { return None };
    if key.code != Some(column) {
        return None;
    }
    let date: chrono::NaiveDate = text.get(..10)?.parse().ok()?;
    let start = chrono::NaiveDate::from_ymd_opt(1899, 12, 30)?;
    Some(Cow::Owned((date - start).num_days().to_string()))
}

impl RowKey<'_> {
    /// The same row in a county that no column of the table names.
    pub(crate) fn under(mut self, county: Option<&str>, column: u32) -> Self {
        let county = county.unwrap_or_default().to_owned();
        if !county.is_empty() {
            self.taken.push((column, TakenFrom::Outside));
        }
        self.own_county = Some(Cow::Owned(county.clone()));
        self.texts.county = Some(Cow::Owned(county));
        self
    }
}

/// Whether a key cell is empty or a ditto mark: `"`, `-//-`, `idem`, `…`, dashes.
pub(crate) fn says_nothing(text: &str) -> bool {
    let text = trim(text);
    let is_mark = |letter: char| {
        matches!(
            letter,
            '"' | '\''
                | '„'
                | '”'
                | '“'
                | '»'
                | '«'
                | '〃'
                | '″'
                | '′'
                | '`'
                | '´'
                | '~'
                | '^'
                | '/'
                | '-'
                | '–'
                | '—'
                | '.'
                | '…'
                | ','
        )
    };
    text.chars().all(|letter| is_mark(letter) || letter.is_whitespace())
        || ["idem", "ditto", "id"].contains(&text.trim_end_matches('.').to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::sheet::grid::GridBuilder;

    fn grid(counties: &[&str], merges: Vec<Rectangle>) -> Grid {
        let mut builder = GridBuilder::default();
        for (row, county) in (1..).zip(counties) {
            builder.cell(row, 1, Content::Text(county));
            builder.cell(row, 2, Content::Text("x"));
        }
        let (mut grid, _) = builder.finish_cells();
        grid.facts.merges = merges;
        grid
    }

    #[track_caller]
    fn case(grid: &Grid, filled: Vec<u32>, expected: &[(&str, Option<TakenFrom>)]) {
        let key = KeyColumns { county: Some(1), name: Some(2), ..KeyColumns::default() };
        let mut reader = KeyReader::new(grid, key, filled);
        for (row, (text, from)) in grid.rows_from(0).zip(expected) {
            let key = reader.read(&row);
            assert_eq!(key.texts.county.as_deref(), Some(*text), "row {}", row.number());
            assert_eq!(key.taken.first().map(|(_, from)| *from), *from);
        }
    }

    #[test]
    fn a_cell_repeats_what_is_declared_or_merged_and_nothing_else() {
        let once = grid(&["Tulcea", "", "-//-", "Galați", "\""], Vec::new());
        let above = Some(TakenFrom::Above);
        let filled = [("Tulcea", None), ("Tulcea", above), ("Tulcea", above), ("Galați", None)];
        case(&once, vec![1], &[&filled[..], &[("Galați", above)]].concat());
        case(&once, Vec::new(), &[("Tulcea", None), ("", None), ("-//-", None)]);
        let block = Rectangle { top: 1, left: 1, bottom: 2, right: 1 };
        let merged = grid(&["Tulcea", "", ""], vec![block]);
        let below = [("Tulcea", None), ("Tulcea", Some(TakenFrom::Merged)), ("", None)];
        case(&merged, Vec::new(), &below);
    }

    #[test]
    fn ditto_marks_say_nothing() {
        for mark in
            ["", " ", "\"", "-//-", "-\"-", "idem", "Idem.", "…", "...", "''", "—", "„”", "″", "~"]
        {
            assert!(says_nothing(mark), "{mark}");
        }
        for text in ["Iași", "Ideciu de Jos", "1", "II"] {
            assert!(!says_nothing(text), "{text}");
        }
    }
}
