//! Where the table is on its page: the rows of its header, the rows of its data.

use std::ops::Range;

use crate::ingest::{Grid, GridRow, Header, Page, Rectangle, Subject, has_number, header, trim};
use crate::register::RowClass;

/// The most rows a header may span.
const DEEPEST: usize = 4;
/// How many rows after a recognised one must mostly be recognised too.
const AHEAD: usize = 6;

/// Where the table is on its page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Extent {
    /// Header rows as people count.
    pub(super) header: Vec<u32>,
    /// Positions of the rows of data.
    pub(super) rows: Range<usize>,
}

/// Where the table is, when its rows were joined; `None` when no row is recognised.
pub(super) fn by_rows(page: &Page, subjects: &[Subject]) -> Option<Extent> {
    let first = first_row(&page.grid, subjects)?;
    let header = header_above(&page.grid, first);
    // Between a header and its first area only the heading of a block stands.
    let below = header.last().map_or(first, |&row| page.grid.after(row));
    let from = (below..first).find(|&at| is_known(&subjects[at])).unwrap_or(first);
    // A row that should be an area and is none we know is data too, unless it is a line of text.
    let is_data = |at: &usize| match &subjects[*at] {
        Subject::Refused => page.grid.row(*at).cells().count() > 1,
        subject => is_known(subject),
    };
    let last = (0..subjects.len()).rev().find(is_data)? + 1;
    // Rows that were not looked at are data until somebody shows otherwise.
    let to = if subjects.len() < page.grid.len() { page.grid.len() } else { last };
    Some(Extent { header, rows: from..to })
}

/// Where the table is when nothing can be joined: below the first row of words.
pub(super) fn by_words(page: &Page) -> Extent {
    let Header { rows: header, data, .. } = header::detect(&page.grid, &[]);
    Extent { header, rows: data.min(page.grid.len())..page.grid.len() }
}

/// Whether a row is about an area, its total or a part of it.
fn is_known(subject: &Subject) -> bool {
    match subject {
        Subject::Area(_) | Subject::Total(..) | Subject::Part(..) => true,
        Subject::Refused | Subject::Other(_) => false,
    }
}

/// The first recognised row that is followed by more of them. A title or heading that names a county
/// is none: it has no number and nothing beside it.
fn first_row(grid: &Grid, subjects: &[Subject]) -> Option<usize> {
    let blank = |subject: &&Subject| **subject != Subject::Other(RowClass::Blank);
    let settled = |at: &usize| {
        let next: Vec<&Subject> = subjects[at + 1..].iter().filter(blank).take(AHEAD).collect();
        let known = next.iter().filter(|subject| is_known(subject)).count();
        known * 2 >= next.len()
    };
    let says_more = |at: &usize| match &subjects[*at] {
        Subject::Area(_) => grid.row(*at).cells().count() > 1,
        _ => has_number(&grid.row(*at)),
    };
    let known = || (0..subjects.len()).filter(|&at| is_known(&subjects[at]));
    let first = known().filter(says_more).find(settled);
    first.or_else(|| known().find(settled)).or_else(|| known().next())
}

/// The rows of words above the first row of data: one to four rows that stand together.
pub(super) fn header_above(grid: &Grid, from: usize) -> Vec<u32> {
    let mut rows: Vec<u32> = Vec::new();
    let mut below = grid.row(from).number();
    for at in (0..from).rev() {
        let row = grid.row(at);
        let skipped = row.is_blank() || header::is_letter_row(&row);
        // A title block above stands apart; a blank row below the header does not matter, nor does
        // the heading of the first block.
        if rows.is_empty() && (skipped || texts(grid, &row) < 2) {
            below = row.number();
            continue;
        }
        let apart = below - row.number() > if rows.is_empty() { 3 } else { 1 };
        if skipped || apart || rows.len() == DEEPEST || texts(grid, &row) < 2 {
            break;
        }
        below = row.number();
        rows.push(row.number());
    }
    rows.reverse();
    reached_by_merges(grid, rows)
}

/// The header with the rows above it from which merged cells reach into it.
fn reached_by_merges(grid: &Grid, mut rows: Vec<u32>) -> Vec<u32> {
    while let Some(&first) = rows.first() {
        let reaching = |merge: &&Rectangle| merge.top < first && merge.bottom >= first;
        let Some(top) = grid.facts.merges.iter().filter(reaching).map(|merge| merge.top).max()
        else {
            break;
        };
        let says = grid.numbered(top).is_some_and(|row| texts(grid, &row) > 1);
        if !says || rows.len() == DEEPEST {
            break;
        }
        rows.insert(0, top);
    }
    rows
}

/// How many different texts or numbers stand in a row, merged cells counted where they reach.
fn texts(grid: &Grid, row: &GridRow<'_>) -> usize {
    let own = row.cells().filter(|(_, cell)| !trim(&cell.text()).is_empty()).count();
    let reaching = grid
        .facts
        .merges
        .iter()
        .filter(|merge| merge.top < row.number() && merge.bottom >= row.number());
    own + reaching.count()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::collections::BTreeMap;

    use super::*;
    use crate::ingest::{Inputs, KeyColumns, probe};
    use crate::inspect::join::{KeyChoice, join};
    use crate::register::{Matcher, bundled};

    fn extent(text: &str) -> Extent {
        extent_by(text, KeyColumns { code: Some(2), ..KeyColumns::default() })
    }

    fn extent_by(text: &str, columns: KeyColumns) -> Extent {
        let choice = KeyChoice { columns, level: "uat".to_owned(), aside: None };
        let held = BTreeMap::from([("a.csv".to_owned(), Cow::Owned(text.as_bytes().to_vec()))]);
        let page = probe(&Inputs::Held(held), "a.csv", None).page.unwrap();
        let ro = bundled("ro-uat-2025").unwrap();
        let matcher = Matcher::new(&ro.register, &ro.gazetteer, &ro.aliases);
        by_rows(&page, &join(&page, choice, &matcher).subjects).unwrap()
    }

    const TITLED: &str = "Ministerul Muncii,,\nSituatia in judetul Alba,,\n,,\n\
        Judet,SIRUTA,Dosare\nA,1,2\nAlba,1017,5\nAlba,1213,6\nTotal,,11\nSursa: ANPIS,,\n";

    #[test]
    fn titles_above_and_notes_below_are_not_the_table() {
        let beside = KeyColumns { code: Some(2), county: Some(1), ..KeyColumns::default() };
        let found = extent_by(TITLED, beside);
        assert_eq!(found.header, [4]);
        assert_eq!(found.rows, 5..8);
    }

    #[test]
    fn a_total_without_a_code_belongs_to_the_table_even_when_only_the_code_is_the_key() {
        let found = extent(TITLED);
        assert_eq!(found.header, [4]);
        assert_eq!(found.rows, 5..8);
    }

    #[test]
    fn a_header_of_two_rows_is_taken_whole() {
        let found =
            extent("Judet,SIRUTA,2023,2024\n,,dosare,dosare\nAlba,1017,5,6\nAlba,1213,6,7\n");
        assert_eq!(found.header, [1, 2]);
    }

    #[test]
    fn a_title_or_heading_with_a_county_hides_no_header() {
        let by_name = KeyColumns { name: Some(2), county: Some(1), ..KeyColumns::default() };
        let title = "JUDEȚUL ALBA,,\nJudet,UAT,Dosare\nAlba,Aiud,5\nAlba,Blaj,6\n";
        let found = extent_by(title, by_name);
        assert_eq!((found.header, found.rows), (vec![2], 2..4));
        let heading = "Judet,UAT,Dosare\nJUDEȚUL ALBA,,\nAlba,Aiud,5\nAlba,Blaj,6\n";
        let found = extent_by(heading, by_name);
        assert_eq!((found.header, found.rows), (vec![1], 1..4));
    }

    #[test]
    fn a_table_without_header_has_none() {
        let found = extent("Alba,1017,5\nAlba,1213,6\n");
        assert!(found.header.is_empty());
        assert_eq!(found.rows.start, 0);
    }
}
