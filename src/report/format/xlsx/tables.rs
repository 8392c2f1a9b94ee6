//! Sheets that are tables: lists, results by area, several tables below each other, the trace.

use rust_xlsxwriter::{
    Chart, ChartFormat, ChartSolidFill, ChartType, ColNum, ConditionalFormatDataBar, Format,
    IgnoreError, RowNum, Worksheet, XlsxError,
};

use super::layout::{TOP_ROWS, TRACE_FIRST, column, rows};
use super::page::{Heading, Page};
use super::styles::{self, CellStyles, Look};
use crate::message::labels;
use crate::report::model::{AreaTable, Column, Head, PlainTable, Table, Titled};

const HEADER: RowNum = TOP_ROWS + 1;
/// Characters across an A4 page beyond which print is too small to read.
const PAGE: u16 = 220;
/// More areas than this make a chart nobody reads.
const CHART_AREAS: RowNum = 60;
/// Percent of its size at which the trace is printed; it is as wide as it is, pages side by side.
const PRINT_SCALE: u16 = 70;
/// Width of the last cell of five where a sheet has eight columns.
const WIDE: u16 = 64;

/// Writes a cell of a column that is not live.
pub(super) fn cell(
    page: &mut Page<'_, '_>,
    place: (RowNum, ColNum),
    column: &Column<'_>,
    at: usize,
    styles: &CellStyles,
) -> Result<(), XlsxError> {
    let (row, col) = place;
    let format = styles.of(column, at);
    match column.cells.number(at) {
        Some(number) => page.number(row, col, number, format),
        None => page.text(row, col, shown_text(column, at), format),
    }
}

/// What stands in a cell without a number: its word, or the sign of what it is.
pub(super) fn shown_text<'c>(column: &'c Column<'_>, at: usize) -> &'c str {
    let word = column.cells.word(at);
    let sign = column.states.get(at).map_or(column.gap, |mark| styles::missing_sign(*mark));
    if word.is_empty() { sign } else { word }
}

/// Writes the rows of a table, from a row down and from the left.
fn fill(
    page: &mut Page<'_, '_>,
    first: RowNum,
    columns: &[&Column<'_>],
    count: usize,
    look: Look,
) -> Result<(), XlsxError> {
    for (col, column) in (0..).zip(columns) {
        let styles = CellStyles::new(column, look);
        for (row, at) in (first..).zip(0..count) {
            cell(page, (row, col), column, at, &styles)?;
        }
    }
    Ok(())
}

/// Makes each row as high as its longest text needs; spreadsheets do not all do it on opening.
fn fit_rows(
    page: &mut Page<'_, '_>,
    first: RowNum,
    columns: &[&Column<'_>],
    count: usize,
    widths: &[u16],
) -> Result<(), XlsxError> {
    let texts: Vec<(&&Column<'_>, u16)> = columns
        .iter()
        .zip(widths.iter().copied())
        .filter(|(column, _)| styles::runs_over_lines(column))
        .collect();
    if texts.is_empty() {
        return Ok(());
    }
    for (row, at) in (first..).zip(0..count) {
        page.fit_row(row, texts.iter().map(|(column, width)| (column.cells.word(at), *width)))?;
    }
    Ok(())
}

fn headings(columns: &[&Column<'_>]) -> Vec<Heading> {
    columns.iter().map(|column| Heading::of(column)).collect()
}

fn widths(columns: &[&Column<'_>]) -> Vec<u16> {
    columns.iter().map(|column| column.width).collect()
}

/// Composes a list of a selection; `number` makes the name of its table unique.
pub(super) fn list(
    page: &mut Page<'_, '_>,
    about: &str,
    table: &Table<'_>,
    number: usize,
) -> Result<(), XlsxError> {
    page.about_list(about)?;
    let columns = table.sheet_columns();
    if table.rows() == 0 {
        return page.headings(HEADER, &headings(&columns));
    }
    page.table(&format!("SelectionTable{number}"), HEADER, table.rows(), &headings(&columns))?;
    fill(page, HEADER + 1, &columns, table.rows(), Look::List)?;
    let widths = widths(&columns);
    fit_rows(page, HEADER + 1, &columns, table.rows(), &widths)?;
    page.sheet.set_freeze_panes(HEADER + 1, 0)?;
    let width: u16 = widths.iter().sum();
    if width > PAGE {
        page.sheet.set_print_fit_to_pages(width.div_ceil(PAGE), 0).set_repeat_columns(0, 0)?;
    }
    Ok(())
}

/// Composes a table; where it has no row, what is said instead, or its headings.
pub(super) fn table(page: &mut Page<'_, '_>, plain: &PlainTable<'_>) -> Result<(), XlsxError> {
    let PlainTable { id, table, above, empty, frozen } = plain;
    page.text(TOP_ROWS, 0, above, &styles::quiet())?;
    let columns = table.sheet_columns();
    if table.rows() == 0 {
        return match empty {
            Some(text) => {
                page.sheet.set_column_width(0, 60)?;
                page.text(HEADER, 0, text, &styles::wrapped())
            }
            None => page.headings(HEADER, &headings(&columns)),
        };
    }
    page.table(id, HEADER, table.rows(), &headings(&columns))?;
    fill(page, HEADER + 1, &columns, table.rows(), Look::Text)?;
    fit_rows(page, HEADER + 1, &columns, table.rows(), &widths(&columns))?;
    page.sheet.set_freeze_panes(HEADER + 1, *frozen)?;
    Ok(())
}

/// Composes a table by area, with its mean drawn in the cells and beside it.
pub(super) fn areas(
    page: &mut Page<'_, '_>,
    sheet: &str,
    areas: &AreaTable<'_>,
) -> Result<(), XlsxError> {
    let AreaTable { number, table, mean, score } = areas;
    let about = page.word(labels::ABOUT_SUMMARY);
    page.text(TOP_ROWS, 0, about, &styles::quiet())?;
    let columns = table.sheet_columns();
    if table.rows() == 0 {
        return page.headings(HEADER, &headings(&columns));
    }
    page.table(&format!("SummaryTable{number}"), HEADER, table.rows(), &headings(&columns))?;
    fill(page, HEADER + 1, &columns, table.rows(), Look::Grid)?;
    if let Some(mean) = mean.map(column) {
        let last = HEADER + rows(table.rows());
        page.sheet.add_conditional_format(HEADER + 1, mean, last, mean, &bars())?;
        if rows(table.rows()) <= CHART_AREAS {
            let chart = mean_chart(page, sheet, mean, table.rows(), score);
            page.sheet.insert_chart(HEADER, column(columns.len() + 1), &chart)?;
            page.sheet.set_print_fit_to_pages(1, 1);
        }
    }
    page.sheet.set_freeze_panes(HEADER + 1, 1)?;
    Ok(())
}

/// Bars behind numbers.
pub(super) fn bars() -> ConditionalFormatDataBar {
    ConditionalFormatDataBar::new()
        .set_fill_color(styles::BAR)
        .set_solid_fill(true)
        .set_border_off(true)
}

/// Bars of the mean, in the order of the table.
fn mean_chart(page: &Page<'_, '_>, sheet: &str, mean: ColNum, count: usize, score: &str) -> Chart {
    let areas = rows(count);
    let (first, last) = (HEADER + 1, HEADER + areas);
    let mut chart = Chart::new(ChartType::Bar);
    let fill = ChartSolidFill::new().set_color(styles::INK).clone();
    chart
        .add_series()
        .set_name((sheet, HEADER, mean))
        .set_categories((sheet, first, 0, last, 0))
        .set_values((sheet, first, mean, last, mean))
        .set_gap(40)
        .set_format(ChartFormat::new().set_solid_fill(&fill));
    chart.legend().set_hidden();
    // the first row of the table on top
    chart.y_axis().set_reverse();
    let title = format!("{} · {score}", page.word(labels::STATISTIC_MEAN));
    chart.title().set_name(&title);
    chart.set_width(620).set_height(120 + 19 * areas).set_alt_text(&title);
    chart
}

/// Composes several tables, one below the other, in columns of the same widths.
pub(super) fn parts(
    page: &mut Page<'_, '_>,
    above: &str,
    widths: &[u16],
    parts: &[Titled<'_>],
) -> Result<(), XlsxError> {
    for (column, width) in (0..).zip(widths) {
        page.sheet.set_column_width(column, *width)?;
    }
    page.text(TOP_ROWS, 0, above, &styles::quiet())?;
    let mut row = TOP_ROWS + 2;
    for part in parts {
        row = one_part(page, row, widths, part)? + 1;
    }
    Ok(())
}

/// Writes a part from a row down; gives the row below it.
fn one_part(
    page: &mut Page<'_, '_>,
    mut row: RowNum,
    widths: &[u16],
    part: &Titled<'_>,
) -> Result<RowNum, XlsxError> {
    page.text(row, 0, &part.title, &styles::section())?;
    row += 1;
    if !part.about.is_empty() {
        page.text(row, 0, &part.about, &styles::quiet())?;
        row += 1;
    }
    let columns = part.table.sheet_columns();
    let headings: Vec<Heading> = columns
        .iter()
        .zip(widths)
        .map(|(column, width)| Heading { width: *width, ..Heading::of(column) })
        .collect();
    let count = part.table.rows();
    // the last of five cells runs over all columns that are left
    let is_wide = columns.len() == 5 && widths.len() == 8;
    if is_wide {
        widen(page, row, 1, &styles::header())?;
        widen(page, row + 1, count, &styles::wrapped())?;
    }
    page.headings(row, &headings)?;
    fill(page, row + 1, &columns, count, Look::Grid)?;
    let mut widths = widths.to_vec();
    if is_wide {
        widths[4] = WIDE;
    }
    fit_rows(page, row + 1, &columns, count, &widths)?;
    Ok(row + 1 + rows(count))
}

/// Merges the last four columns of the header, or of so many rows.
fn widen(
    page: &mut Page<'_, '_>,
    first: RowNum,
    count: usize,
    format: &Format,
) -> Result<(), XlsxError> {
    for row in first..first + rows(count) {
        page.sheet.merge_range(row, 4, row, 7, "", format)?;
    }
    Ok(())
}

/// Composes the sheet *Trace*: one row a unit, columns in groups.
pub(super) fn trace(
    sheet: &mut Worksheet,
    head: &Head<'_>,
    table: &Table<'_>,
) -> Result<(), XlsxError> {
    let mut page = Page::new(sheet, head, labels::SHEET_TRACE.text(head.language))?;
    let about = page.word(labels::ABOUT_TRACE);
    page.text(TOP_ROWS, 0, about, &styles::quiet())?;
    let columns = table.sheet_columns();
    page.table("TraceTable", TRACE_FIRST - 1, table.rows(), &headings(&columns))?;
    groups(&mut page, TRACE_FIRST - 2, &columns)?;
    fill(&mut page, TRACE_FIRST, &columns, table.rows(), Look::Grid)?;
    page.sheet.set_freeze_panes(TRACE_FIRST, 2)?;
    page.sheet.set_repeat_columns(0, 1)?;
    page.sheet.set_print_scale(PRINT_SCALE);
    let last = TRACE_FIRST + rows(table.rows());
    page.sheet.ignore_error_range(TRACE_FIRST, 0, last, 0, IgnoreError::NumberStoredAsText)?;
    Ok(())
}

/// One line above the header that says which columns belong together.
pub(super) fn groups(
    page: &mut Page<'_, '_>,
    row: RowNum,
    columns: &[&Column<'_>],
) -> Result<(), XlsxError> {
    let mut first = 0;
    for alike in columns.chunk_by(|a, b| a.group == b.group) {
        let last = first + alike.len() - 1;
        let title = alike[0].group.as_ref().map_or("", |group| group.title.as_str());
        page.group(row, (column(first), column(last)), title)?;
        first = last + 1;
    }
    Ok(())
}
