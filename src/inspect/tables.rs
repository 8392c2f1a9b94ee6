//! Portrays the tables on a page: as a TEMPO export, by the rows that join the register, or by its words.

use std::collections::BTreeSet;
use std::ops::Range;

use super::candidates::candidates;
use super::columns;
use super::cube::{self, Tempo};
use super::extent::{Extent, by_rows, by_words};
use super::join::{Join, KeyChoice, join};
use super::portrait::{ColumnPortrait, Draft, KeyPortrait, TablePortrait};
use super::sketch::Sketch;
use crate::ingest::{Around, FileProbe, Grid, GridRow, Header, KeyColumns, Page, header, trim};
use crate::message::ingest::table::{transposed_words, turn_round};
use crate::message::inspect::turned;
use crate::quality::cell_name;
use crate::register::{Matcher, UNIT};
use crate::study::Layout;

/// The most columns that are portrayed.
const COLUMNS: usize = 120;
/// Rows of a page from which names are not looked up beside codes that are all known.
const LONG: usize = 5_000;
/// The share of rows that must be of the county which stands beside their table.
const ASIDE: f64 = 0.9;
/// The most lines of text shown from above and below a table.
const LINES: usize = 6;

/// The file whose table is portrayed.
#[derive(Clone, Copy)]
pub(super) struct PortrayedFile<'a> {
    pub(super) probe: &'a FileProbe,
    pub(super) path: &'a str,
    pub(super) matcher: &'a Matcher<'a>,
}

/// A table with the source that is drafted for it, not tried yet.
pub(super) struct Sketched {
    pub(super) portrait: TablePortrait,
    pub(super) sketch: Sketch,
    /// What its rows are about, where it can be a source.
    pub(super) about: Option<About>,
}

/// The areas of a table that can be a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct About {
    /// Their level.
    pub(super) level: String,
    /// Their positions in it.
    pub(super) areas: BTreeSet<usize>,
}

impl About {
    fn of(join: &Join) -> Self {
        Self { level: join.choice.level.clone(), areas: join.areas().collect() }
    }
}

/// The tables on a page: one, or several that stand side by side.
pub(super) fn look(page: &Page, file: &PortrayedFile<'_>) -> Vec<Sketched> {
    if let Some(tempo) = cube::recognise(page, file.matcher) {
        return vec![tempo_table(page, &tempo, file)];
    }
    let whole = table(page, page, file);
    let blocks = header::declared(&page.grid, &whole.portrait.header).blocks();
    let mut beside: Vec<Sketched> =
        blocks.iter().map(|columns| table(&page.block(columns), page, file)).collect();
    if beside.len() < 2 || beside.iter().any(|block| block.about.is_none()) {
        return vec![whole];
    }
    let mut sketches: Vec<&mut Sketch> = beside.iter_mut().map(|block| &mut block.sketch).collect();
    Sketch::are_blocks(&mut sketches);
    beside
}

/// The table on a page, which may be a block of a whole page with others beside it.
fn table(page: &Page, whole: &Page, file: &PortrayedFile<'_>) -> Sketched {
    let sheet = file.probe.sheets[page.sheet].name.clone();
    let around = Around {
        matcher: file.matcher,
        grid: &page.grid,
        sheet: sheet.as_deref(),
        path: file.path,
    };
    let joins = joins(page, file.matcher, Some(around));
    let best = joins.first().filter(|join| is_usable(join));
    let extent =
        best.and_then(|join| by_rows(page, &join.subjects)).unwrap_or_else(|| by_words(page));
    let header = header::declared(&page.grid, &extent.header);
    let rows: Vec<GridRow<'_>> = extent.rows.clone().map(|at| page.grid.row(at)).collect();
    let (columns, columns_left_out) = portray_columns(&rows, &header);
    let classes = best.map(|join| join.classes(page, &extent.rows)).unwrap_or_default();
    let keys = joins.iter().map(|join| join.portrait(&header, &extent.rows)).collect();
    // Columns are told apart by all headers of the sheet, as a source must name them.
    let named = header::declared(&whole.grid, &extent.header);
    let mut sketch = Sketch::of_table(file.path, sheet.as_deref(), &named, &columns, best);
    if best.is_none()
        && let Some((row, areas)) = header::transposed(&page.grid, file.matcher)
    {
        sketch.hopeless = Some(turned(&transposed_words(areas, row), &turn_round()));
    }
    let about = best.filter(|_| sketch.hopeless.is_none());
    Sketched {
        about: about.map(About::of),
        portrait: TablePortrait {
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
            doubts: Vec::new(),
            header: extent.header,
        },
        sketch,
    }
}

/// The rows of a page joined by every key that is worth a look, best first.
pub(super) fn joins(page: &Page, matcher: &Matcher<'_>, around: Option<Around<'_>>) -> Vec<Join> {
    let mut joins: Vec<Join> = Vec::new();
    for choice in candidates(page, matcher, around) {
        // Names are slow to look up, and no better than codes that are all known.
        let by_name = choice.columns.code.is_none() && choice.columns.name.is_some();
        if by_name && page.grid.len() > LONG && joins.iter().any(is_perfect) {
            continue;
        }
        let join = join(page, choice, matcher);
        // a county that stands aside is that of the table only where nearly all rows are of it
        let fits = join.choice.aside.is_none() || join.share_below() >= ASIDE;
        if join.distinct() > 0 && fits {
            joins.push(join);
        }
    }
    joins.sort_by(|a, b| worth(b).total_cmp(&worth(a)));
    joins.dedup_by(|later, earlier| later.choice == earlier.choice);
    joins
}

fn tempo_table(page: &Page, tempo: &Tempo, file: &PortrayedFile<'_>) -> Sketched {
    let extent =
        Extent { header: tempo.header.rows.clone(), rows: tempo.header.data..page.grid.len() };
    let rows: Vec<GridRow<'_>> = extent.rows.clone().map(|at| page.grid.row(at)).collect();
    let mut columns = tempo.columns();
    columns.extend(columns::portray(&rows, &tempo.header, &[tempo.cube.value]));
    let joined = tempo.level.as_ref().map(|(level, territorial)| {
        let own = Some(tempo.cube.dimensions[territorial[0]].column);
        let (glued, area) = if level == UNIT { (own, None) } else { (None, own) };
        let columns = KeyColumns { glued, area, ..KeyColumns::default() };
        join(page, KeyChoice { columns, level: level.clone(), aside: None }, file.matcher)
    });
    let sheet = file.probe.sheets[page.sheet].name.clone();
    let sketch = Sketch::of_tempo(file.path, sheet.as_deref(), tempo);
    let about = joined.as_ref().filter(|_| sketch.hopeless.is_none());
    Sketched {
        about: about.map(About::of),
        portrait: TablePortrait {
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
                .map(|join| KeyPortrait {
                    repeated: 0,
                    ..join.portrait(&tempo.header, &extent.rows)
                })
                .collect(),
            repeated_cells: page.repeated.len(),
            doubts: Vec::new(),
            header: extent.header,
        },
        sketch,
    }
}

/// Whether a join is good enough to take the header and the rows from.
pub(super) fn is_usable(join: &Join) -> bool {
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
    let rows = join.rows_an_area();
    let once = if rows < 1.5 { 4.0 } else { 2.0 / rows };
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

pub(super) fn portray_columns(
    rows: &[GridRow<'_>],
    header: &Header,
) -> (Vec<ColumnPortrait>, usize) {
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
