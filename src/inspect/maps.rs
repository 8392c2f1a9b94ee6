//! Portrays a file of polygons: which of its properties say what unit a polygon is of.

use super::join::Join;
use super::portrait::{Draft, TablePortrait};
use super::sketch::Sketch;
use super::tables::{is_usable, joins, portray_columns};
use crate::ingest::{GridRow, MapProbe, header};
use crate::register::{Matcher, UNIT};
use crate::study::Layout;

/// The table of properties of a map, and the source that is drafted for it, not tried yet.
pub(super) fn look(map: &MapProbe, path: &str, matcher: &Matcher<'_>) -> (TablePortrait, Sketch) {
    let page = &map.page;
    let header = header::declared(&page.grid, &[1]);
    let joins = joins(page, matcher, None);
    let features = page.grid.len().saturating_sub(header.data);
    // A map is of units. Some counties have the names of towns: their polygons are none of towns.
    let is_of_units = |join: &&Join| {
        join.choice.level == UNIT && is_usable(join) && join.distinct() * 2 > features
    };
    let best = joins.iter().find(is_of_units);
    let rows: Vec<GridRow<'_>> = page.grid.rows_from(header.data).collect();
    let range = header.data..page.grid.len();
    let (columns, columns_left_out) = portray_columns(&rows, &header);
    let sketch = Sketch::of_map(path, &header, best, joins.first());
    let portrait = TablePortrait {
        draft: Draft::default(),
        sheet: None,
        layout: Layout::Boundaries,
        header: Vec::new(),
        range: String::new(),
        data_rows: rows.len(),
        above: Vec::new(),
        below: Vec::new(),
        rows: best.map(|join: &Join| join.classes(page, &range)).unwrap_or_default(),
        columns,
        columns_left_out,
        keys: joins.iter().map(|join| join.portrait(&header, &range)).collect(),
        repeated_cells: 0,
        doubts: Vec::new(),
    };
    (portrait, sketch)
}
