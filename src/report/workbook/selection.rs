//! The sheets of a selection: phases, annex, reserve, places, boundary, unions, decisions, reasons.

use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};

use super::areas::sheet_name;
use super::layout::TOP_ROWS;
use super::look;
use super::page::{Heading, Page};
use crate::report::selection::{Filling, List};
use crate::report::view::View;

const HEADER: RowNum = TOP_ROWS + 1;
/// Characters across an A4 page beyond which print is too small to read.
const PAGE: u16 = 220;

/// Composes one list as a sheet; `number` makes the name of its table unique.
pub(super) fn compose(
    sheet: &mut Worksheet,
    view: &View<'_>,
    list: &List,
    number: usize,
) -> Result<(), XlsxError> {
    let mut page = Page::new(sheet, view, &sheet_name(&list.name))?;
    page.about_list(&list.about)?;
    let headings: Vec<Heading> =
        list.columns.iter().map(|column| Heading::new(&column.heading, column.width)).collect();
    if list.rows() == 0 {
        return page.headings(HEADER, &headings);
    }
    page.table(&format!("SelectionTable{number}"), HEADER, list.rows(), &headings)?;
    let gap = look::NumberLook::missing();
    for (column, filling) in (0..).zip(list.columns.iter().map(|column| &column.filling)) {
        match filling {
            Filling::Text(cells) => {
                let format = look::list_text();
                for (row, text) in (HEADER + 1..).zip(cells) {
                    page.text(row, column, text, &format)?;
                }
            }
            Filling::Numbers(cells, decimals) => {
                let format = look::list_number(*decimals);
                for (row, cell) in (HEADER + 1..).zip(cells) {
                    match cell {
                        Some(number) => page.number(row, column, *number, &format)?,
                        None => page.text(row, column, "", &gap)?,
                    }
                }
            }
        }
    }
    fit_rows(&mut page, list)?;
    let frozen: ColNum = 0;
    page.sheet.set_freeze_panes(HEADER + 1, frozen)?;
    let width: u16 = list.columns.iter().map(|column| column.width).sum();
    if width > PAGE {
        page.sheet.set_print_fit_to_pages(width.div_ceil(PAGE), 0).set_repeat_columns(0, 0)?;
    }
    Ok(())
}

/// Makes each row as high as its longest text needs; spreadsheets do not all do it on opening.
fn fit_rows(page: &mut Page<'_, '_>, list: &List) -> Result<(), XlsxError> {
    let texts: Vec<(&[String], u16)> = list
        .columns
        .iter()
        .filter_map(|column| match &column.filling {
            Filling::Text(cells) => Some((cells.as_slice(), column.width)),
            Filling::Numbers(..) => None,
        })
        .collect();
    for (row, at) in (HEADER + 1..).zip(0..list.rows()) {
        page.fit_row(row, texts.iter().map(|(cells, width)| (cells[at].as_str(), *width)))?;
    }
    Ok(())
}
