//! Portrays the table on a page: as a TEMPO export, by the rows that join the register, or by its words.

use std::collections::BTreeSet;

use super::candidates::candidates;
use super::columns;
use super::cube::{self, Tempo};
use super::draft::{self, Sketch};
use super::heading::{self, Extent};
use super::join::{Join, KeyChoice, join};
use super::portrait::{ColumnPortrait, Draft, KeyPortrait, TablePortrait};
use crate::ingest::{FoundFile, Grid, GridRow, Header, Page, trim};
use crate::quality::cell_name;
use crate::register::{Matcher, UNIT};
use crate::study::Layout;

/// The most columns that are portrayed.
const COLUMNS: usize = 120;
/// Rows of a page from which names are not looked up beside codes that are all known.
const LONG: usize = 5_000;
/// The most lines of text kept from above and below a table.
const LINES: usize = 6;

/// What was asked for.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) found: &'a FoundFile,
    pub(super) path: &'a str,
    pub(super) matcher: &'a Matcher<'a>,
}

/// Portrays the table on a page, and tries the source that is drafted for it.
pub(super) fn portray(page: Page, asked: &Asked<'_>) -> TablePortrait {
    let (mut portrait, sketch) = match cube::recognise(&page, asked.matcher) {
        Some(tempo) => tempo_table(&page, &tempo, asked),
        None => table(&page, asked),
    };
    let opened = page.opened(asked.path, asked.found);
    portrait.draft = draft::draft(sketch, &opened, asked.matcher);
    portrait
}

fn table(page: &Page, asked: &Asked<'_>) -> (TablePortrait, Sketch) {
    let mut joins: Vec<Join> = Vec::new();
    for choice in candidates(page, asked.matcher) {
        // Names are slow to look up, and no better than codes that are all known.
        let by_name = choice.code.is_none() && choice.name.is_some();
        if by_name && page.grid.len() > LONG && joins.iter().any(is_perfect) {
            continue;
        }
        let join = join(page, choice, asked.matcher);
        if join.distinct() > 0 {
            joins.push(join);
        }
    }
    joins.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    joins.dedup_by(|later, earlier| later.choice == earlier.choice);
    let best = joins.first().filter(|join| is_usable(join));
    let extent = best
        .and_then(|join| heading::by_rows(page, &join.subjects))
        .unwrap_or_else(|| heading::by_words(page));
    let header = page.header(&extent.header);
    let rows: Vec<GridRow<'_>> = (extent.from..extent.to).map(|at| page.grid.row(at)).collect();
    let (columns, columns_left_out) = portray_columns(&rows, &header);
    let range = (extent.from, extent.to);
    let classes = best.map(|join| join.classes(page, range)).unwrap_or_default();
    let keys = joins.iter().map(|join| join.portrait(&header, range)).collect();
    let sheet = asked.found.sheets[page.sheet].name.clone();
    let sketch = Sketch::of_table(asked, sheet.as_deref(), (&header, &columns), best);
    let portrait = TablePortrait {
        draft: Draft::default(),
        sheet,
        layout: Layout::Table,
        range: range_name(&page.grid, &extent),
        data_rows: rows.len(),
        above: lines(&page.grid, 0, above(&page.grid, &extent)),
        below: lines(&page.grid, extent.to, page.grid.len()),
        rows: classes,
        columns,
        columns_left_out,
        keys,
        repeated_cells: page.repeated.len(),
        header: extent.header,
    };
    (portrait, sketch)
}

fn tempo_table(page: &Page, tempo: &Tempo, asked: &Asked<'_>) -> (TablePortrait, Sketch) {
    let extent =
        Extent { header: tempo.header.rows.clone(), from: tempo.header.data, to: page.grid.len() };
    let rows: Vec<GridRow<'_>> = (extent.from..extent.to).map(|at| page.grid.row(at)).collect();
    let mut columns = tempo.columns();
    columns.extend(columns::portray(&rows, &tempo.header, &[tempo.cube.value]));
    let joined = tempo.level.as_ref().map(|(level, territorial)| {
        let own = Some(tempo.cube.dimensions[territorial[0]].column);
        let (glued, area) = if level == UNIT { (own, None) } else { (None, own) };
        let choice = KeyChoice { glued, area, level: level.clone(), ..KeyChoice::default() };
        join(page, choice, asked.matcher)
    });
    let range = (extent.from, extent.to);
    let sheet = asked.found.sheets[page.sheet].name.clone();
    let sketch = Sketch::of_tempo(asked, sheet.as_deref(), tempo);
    let portrait = TablePortrait {
        draft: Draft::default(),
        sheet,
        layout: Layout::Tempo,
        range: range_name(&page.grid, &extent),
        data_rows: rows.len(),
        above: lines(&page.grid, 0, above(&page.grid, &extent)),
        below: Vec::new(),
        rows: joined.iter().flat_map(|join| join.classes(page, range)).collect(),
        columns,
        columns_left_out: 0,
        // In long form an area stands in a row for each combination of labels.
        keys: joined
            .iter()
            .map(|join| KeyPortrait { repeated: 0, ..join.portrait(&tempo.header, range) })
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
    let by_code = join.choice.code.is_some() || join.choice.glued.is_some();
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
    if extent.from >= extent.to {
        return String::new();
    }
    let rows = || (extent.from..extent.to).map(|at| grid.row(at));
    let columns = || rows().flat_map(|row| row.cells().map(|(column, _)| column));
    let (left, right) = (columns().min().unwrap_or(1), columns().max().unwrap_or(1));
    let (top, bottom) = (grid.row(extent.from).number(), grid.row(extent.to - 1).number());
    format!("{}:{}", cell_name(top, left), cell_name(bottom, right))
}

/// Position of the first row of the header, or of the data when there is none.
fn above(grid: &Grid, extent: &Extent) -> usize {
    match extent.header.first() {
        Some(&row) => (0..grid.len()).find(|&at| grid.row(at).number() >= row).unwrap_or(0),
        None => extent.from,
    }
}

/// The texts of rows outside the table, one line a row.
fn lines(grid: &Grid, from: usize, to: usize) -> Vec<String> {
    (from..to)
        .map(|at| {
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
