//! Portrays the table on a page: as a TEMPO export, by the rows that join the register, or by its words.

use std::collections::BTreeSet;
use std::ops::Range;

use super::candidates::candidates;
use super::columns;
use super::cube::{self, Tempo};
use super::draft;
use super::join::{Join, KeyChoice, join};
use super::portrait::{ColumnPortrait, Draft, KeyPortrait, TablePortrait};
use super::sketch::Sketch;
use crate::ingest::{
    FileProbe, Grid, GridRow, Header, KeyColumns, Merge, Page, Sheet, Subject, header, trim,
};
use crate::quality::cell_name;
use crate::register::{Matcher, RowClass, UNIT};
use crate::study::Layout;

/// The most columns that are portrayed.
const COLUMNS: usize = 120;
/// Rows of a page from which names are not looked up beside codes that are all known.
const LONG: usize = 5_000;
/// The most lines of text shown from above and below a table.
const LINES: usize = 6;

/// The file whose table is portrayed.
#[derive(Clone, Copy)]
pub(super) struct PortrayedFile<'a> {
    pub(super) probe: &'a FileProbe,
    pub(super) path: &'a str,
    pub(super) matcher: &'a Matcher<'a>,
}

/// Portrays the table on a page, and tries the source that is drafted for it.
pub(super) fn portray(page: Page, file: &PortrayedFile<'_>) -> TablePortrait {
    let (mut portrait, sketch) = match cube::recognise(&page, file.matcher) {
        Some(tempo) => tempo_table(&page, &tempo, file),
        None => table(&page, file),
    };
    let sheet = Sheet::of_page(page, file.path, file.probe);
    portrait.draft = draft::draft(sketch, &sheet, file.matcher);
    portrait
}

fn table(page: &Page, file: &PortrayedFile<'_>) -> (TablePortrait, Sketch) {
    let mut joins: Vec<Join> = Vec::new();
    for choice in candidates(page, file.matcher) {
        // Names are slow to look up, and no better than codes that are all known.
        let by_name = choice.columns.code.is_none() && choice.columns.name.is_some();
        if by_name && page.grid.len() > LONG && joins.iter().any(is_perfect) {
            continue;
        }
        let join = join(page, choice, file.matcher);
        if join.distinct() > 0 {
            joins.push(join);
        }
    }
    joins.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    joins.dedup_by(|later, earlier| later.choice == earlier.choice);
    let best = joins.first().filter(|join| is_usable(join));
    let extent =
        best.and_then(|join| by_rows(page, &join.subjects)).unwrap_or_else(|| by_words(page));
    let header = header::declared(&page.grid, &extent.header);
    let rows: Vec<GridRow<'_>> = extent.rows.clone().map(|at| page.grid.row(at)).collect();
    let (columns, columns_left_out) = portray_columns(&rows, &header);
    let classes = best.map(|join| join.classes(page, &extent.rows)).unwrap_or_default();
    let keys = joins.iter().map(|join| join.portrait(&header, &extent.rows)).collect();
    let sheet = file.probe.sheets[page.sheet].name.clone();
    let sketch = Sketch::of_table(file.path, sheet.as_deref(), &header, &columns, best);
    let portrait = TablePortrait {
        draft: Draft::default(),
        sheet,
        layout: Layout::Table,
        range: range_name(&page.grid, &extent),
        data_rows: rows.len(),
        above: lines(&page.grid, 0..above(&page.grid, &extent)),
        below: lines(&page.grid, extent.rows.end..page.grid.len()),
        rows: classes,
        columns,
        columns_left_out,
        keys,
        repeated_cells: page.repeated.len(),
        header: extent.header,
    };
    (portrait, sketch)
}

fn tempo_table(page: &Page, tempo: &Tempo, file: &PortrayedFile<'_>) -> (TablePortrait, Sketch) {
    let extent =
        Extent { header: tempo.header.rows.clone(), rows: tempo.header.data..page.grid.len() };
    let rows: Vec<GridRow<'_>> = extent.rows.clone().map(|at| page.grid.row(at)).collect();
    let mut columns = tempo.columns();
    columns.extend(columns::portray(&rows, &tempo.header, &[tempo.cube.value]));
    let joined = tempo.level.as_ref().map(|(level, territorial)| {
        let own = Some(tempo.cube.dimensions[territorial[0]].column);
        let (glued, area) = if level == UNIT { (own, None) } else { (None, own) };
        let columns = KeyColumns { glued, area, ..KeyColumns::default() };
        join(page, KeyChoice { columns, level: level.clone() }, file.matcher)
    });
    let sheet = file.probe.sheets[page.sheet].name.clone();
    let sketch = Sketch::of_tempo(file.path, sheet.as_deref(), tempo);
    let portrait = TablePortrait {
        draft: Draft::default(),
        sheet,
        layout: Layout::Tempo,
        range: range_name(&page.grid, &extent),
        data_rows: rows.len(),
        above: lines(&page.grid, 0..above(&page.grid, &extent)),
        below: Vec::new(),
        rows: joined.iter().flat_map(|join| join.classes(page, &extent.rows)).collect(),
        columns,
        columns_left_out: 0,
        // In long form an area stands in a row for each combination of labels.
        keys: joined
            .iter()
            .map(|join| KeyPortrait { repeated: 0, ..join.portrait(&tempo.header, &extent.rows) })
            .collect(),
        repeated_cells: page.repeated.len(),
        header: extent.header,
    };
    (portrait, sketch)
}

/// Whether a join is good enough to take the header and the rows from.
fn is_usable(join: &Join) -> bool {
    join.share() >= 0.4
}

/// Whether every row is recognised by a code, and every area stands once.
fn is_perfect(join: &Join) -> bool {
    let by_code = join.choice.columns.code.or(join.choice.columns.glued).is_some();
    by_code && join.share() > 0.99 && join.rows_an_area() < 1.05
}

/// How much a join is worth: the share of its rows that are recognised, first of all where each area
/// stands in few rows, then finer levels before larger areas, codes before names.
fn worth(join: &Join) -> f64 {
    let once = if join.rows_an_area() < 1.5 { 4.0 } else { 0.0 };
    let usable = if is_usable(join) { 16.0 } else { 0.0 };
    // A list of counties with their seats is a list of counties; a code leaves no doubt.
    let finer = match (join.choice.level.as_str(), join.choice.kind()) {
        (UNIT, "code" | "glued") => 2.0,
        (UNIT, _) if join.distinct() > 60 => 1.5,
        (UNIT, _) => 0.5,
        ("county", _) => 1.0,
        _ => 0.0,
    };
    usable + once + finer + join.share() / 4.0
}

fn portray_columns(rows: &[GridRow<'_>], header: &Header) -> (Vec<ColumnPortrait>, usize) {
    let mut used: BTreeSet<u32> = header.columns.iter().map(|known| known.column).collect();
    for row in rows {
        let filled = row.cells().filter(|(_, cell)| !cell.is_blank());
        used.extend(filled.map(|(column, _)| column));
    }
    let used: Vec<u32> = used.into_iter().collect();
    let left_out = used.len().saturating_sub(COLUMNS);
    (columns::portray(rows, header, &used[..used.len() - left_out]), left_out)
}

/// Where the data are, `A2:L16979`; empty when there are none.
fn range_name(grid: &Grid, extent: &Extent) -> String {
    if extent.rows.is_empty() {
        return String::new();
    }
    let rows = || extent.rows.clone().map(|at| grid.row(at));
    let columns = || rows().flat_map(|row| row.cells().map(|(column, _)| column));
    let (left, right) = (columns().min().unwrap_or(1), columns().max().unwrap_or(1));
    let Range { start, end } = extent.rows;
    let (top, bottom) = (grid.row(start).number(), grid.row(end - 1).number());
    format!("{}:{}", cell_name(top, left), cell_name(bottom, right))
}

/// Position of the first row of the header, or of the data when there is none.
fn above(grid: &Grid, extent: &Extent) -> usize {
    match extent.header.first() {
        Some(&row) => (0..grid.len()).find(|&at| grid.row(at).number() >= row).unwrap_or(0),
        None => extent.rows.start,
    }
}

/// The texts of rows outside the table, one line a row.
fn lines(grid: &Grid, rows: Range<usize>) -> Vec<String> {
    rows.map(|at| {
        let row = grid.row(at);
        let texts: Vec<String> = row
            .cells()
            .map(|(_, cell)| trim(&cell.text()).to_owned())
            .filter(|text| !text.is_empty())
            .collect();
        texts.join(" · ")
    })
    .filter(|line| !line.is_empty())
    .take(LINES)
    .collect()
}

/// The most rows a header may span.
const DEEPEST: usize = 4;
/// How many rows after a recognised one must mostly be recognised too.
const AHEAD: usize = 6;

/// Where the table is on its page.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Extent {
    /// Header rows as people count.
    header: Vec<u32>,
    /// Positions of the rows of data.
    rows: Range<usize>,
}

/// Where the table is, when its rows were joined; `None` when no row is recognised.
fn by_rows(page: &Page, subjects: &[Subject]) -> Option<Extent> {
    let from = first_row(subjects)?;
    // A row that should be an area and is none we know is data too, unless it is a line of text.
    let is_data = |at: &usize| match &subjects[*at] {
        Subject::Refused => page.grid.row(*at).cells().count() > 1,
        subject => is_known(subject),
    };
    let last = (0..subjects.len()).rev().find(is_data)? + 1;
    // Rows that were not looked at are data until somebody shows otherwise.
    let to = if subjects.len() < page.grid.len() { page.grid.len() } else { last };
    Some(Extent { header: header_above(&page.grid, from), rows: from..to })
}

/// Where the table is when nothing can be joined: below the first row of words.
fn by_words(page: &Page) -> Extent {
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

/// The first recognised row that is followed by more of them: a title that names a county is not.
fn first_row(subjects: &[Subject]) -> Option<usize> {
    let blank = |subject: &&Subject| **subject != Subject::Other(RowClass::Blank);
    let settled = |at: &usize| {
        let next: Vec<&Subject> = subjects[at + 1..].iter().filter(blank).take(AHEAD).collect();
        let known = next.iter().filter(|subject| is_known(subject)).count();
        is_known(&subjects[*at]) && known * 2 >= next.len()
    };
    let known = || (0..subjects.len()).filter(|&at| is_known(&subjects[at]));
    known().find(settled).or_else(|| known().next())
}

/// The rows of words above the first row of data: one to four rows that stand together.
fn header_above(grid: &Grid, from: usize) -> Vec<u32> {
    let mut rows: Vec<u32> = Vec::new();
    let mut below = grid.row(from).number();
    for at in (0..from).rev() {
        let row = grid.row(at);
        let skipped = row.is_blank() || header::is_letter_row(&row);
        // A title block above stands apart; a blank row below the header does not matter.
        if rows.is_empty() && skipped {
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
        let reaching = |merge: &&Merge| merge.top < first && merge.bottom >= first;
        let Some(top) = grid.merges.iter().filter(reaching).map(|merge| merge.top).max() else {
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
    let reaching =
        grid.merges.iter().filter(|merge| merge.top < row.number() && merge.bottom >= row.number());
    own + reaching.count()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::collections::BTreeMap;

    use super::*;
    use crate::ingest::{Inputs, probe};
    use crate::register::bundled;

    fn extent(text: &str) -> Extent {
        extent_by(text, KeyColumns { code: Some(2), ..KeyColumns::default() })
    }

    fn extent_by(text: &str, columns: KeyColumns) -> Extent {
        let choice = KeyChoice { columns, level: "uat".to_owned() };
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
    fn a_table_without_header_has_none() {
        let found = extent("Alba,1017,5\nAlba,1213,6\n");
        assert!(found.header.is_empty());
        assert_eq!(found.rows.start, 0);
    }
}
