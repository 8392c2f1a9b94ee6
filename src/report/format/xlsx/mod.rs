//! `report.xlsx`: cover, index, charts, map, areas, sources, method and data quality, for people.

mod charts;
mod formulas;
mod index;
mod layout;
mod map;
mod page;
mod parameters;
mod styles;
mod tables;

use rayon::iter::{IndexedParallelIterator as _, IntoParallelIterator as _, ParallelIterator as _};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, RowNum, Url, Workbook, Worksheet, XlsxError};

use crate::message::labels;
use crate::report::file::ReportError;
use crate::report::model::{Body, Book, Emphasis, Sheet};
use crate::report::provenance::Role;
use layout::{Places, TOP_ROWS};
use page::{Page, lines};

/// Rows and columns of a sheet, less room for what stands above a list.
const ROW_LIMIT: usize = 1_048_000;
const COLUMN_LIMIT: usize = 16_384;
/// Characters of a custom property.
const PROPERTY_LIMIT: usize = 255;

/// The workbook as bytes; the same book gives the same bytes.
pub(crate) fn workbook(book: &Book<'_>) -> Result<Vec<u8>, ReportError> {
    let units = book.index.table.rows();
    if units > ROW_LIMIT {
        return Err(ReportError::TooManyUnits { units });
    }
    let width = |sheet: &Sheet<'_>| match &sheet.body {
        Body::Trace(table) => table.sheet_columns().len(),
        _ => 0,
    };
    let widest = book.sheets.iter().map(width).max().unwrap_or(0);
    let columns = widest.max(book.index.shown.len());
    if columns > COLUMN_LIMIT {
        return Err(ReportError::TooManyColumns { columns });
    }
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(book)?);
    let places = Places::of(book);
    // no sheet needs another one: they are written at the same time as far as the machine can
    let written = |at: usize| {
        let mut sheet = Worksheet::new();
        match at.checked_sub(1) {
            None => cover(&mut sheet, book)?,
            Some(at) => compose(&mut sheet, book, at, &places)?,
        }
        Ok(sheet)
    };
    let sheets = (0..book.sheets.len() + 1).into_par_iter().with_max_len(1).map(written);
    let sheets: Vec<Result<Worksheet, ReportError>> = sheets.collect();
    for sheet in sheets {
        workbook.push_worksheet(sheet?);
    }
    Ok(workbook.save_to_buffer()?)
}

/// Composes a sheet of the book.
fn compose(
    sheet: &mut Worksheet,
    book: &Book<'_>,
    at: usize,
    places: &Places,
) -> Result<(), ReportError> {
    let Sheet { name, about, body } = &book.sheets[at];
    match body {
        Body::Index => index::compose(sheet, book, places)?,
        Body::Parameters => parameters::compose(sheet, book, places)?,
        Body::Charts(charts) => charts::compose(sheet, book, charts, places)?,
        Body::Trace(table) => tables::trace(sheet, &book.head, table)?,
        Body::Map { drawing, layers, without } => map::compose(sheet, drawing, layers, without)?,
        Body::List(table) => {
            let mut page = Page::new(sheet, &book.head, name)?;
            tables::list(&mut page, about, table, at + 1)?;
        }
        Body::Table(plain) => tables::table(&mut Page::new(sheet, &book.head, name)?, plain)?,
        Body::Areas(areas) => {
            let mut page = Page::new(sheet, &book.head, name)?;
            tables::areas(&mut page, name, areas)?;
        }
        Body::Parts { above, widths, parts, frozen } => {
            let mut page = Page::new(sheet, &book.head, name)?;
            tables::parts(&mut page, above, widths, parts)?;
            if *frozen {
                page.sheet.set_freeze_panes(TOP_ROWS + 1, 1)?;
            }
        }
    }
    Ok(())
}

/// Title and digests, which file managers show without opening the file; no author and no clock.
fn properties(book: &Book<'_>) -> Result<DocProperties, XlsxError> {
    let declared = book.provenance.created.as_deref().map(ExcelDateTime::parse_from_str);
    let created = match declared {
        Some(Ok(date)) => date,
        // What a person wrote as a date may be words; the property then says nothing.
        Some(Err(_)) | None => ExcelDateTime::from_ymd(1980, 1, 1)?,
    };
    let mut properties = DocProperties::new()
        .set_title(book.head.title.as_ref())
        .set_subject(book.head.method.title.text(book.head.language))
        .set_creation_datetime(&created)
        .set_custom_property("risk-index", short(&book.provenance.version))
        .set_custom_property("methodology", short(&book.head.method.id))
        .set_custom_property("methodology version", short(&book.head.method.version));
    for (name, role) in [
        ("study sha256", Role::Study),
        ("methodology sha256", Role::Methodology),
        ("programme sha256", Role::Programme),
        ("robustness sha256", Role::Robustness),
        ("register sha256", Role::Register),
    ] {
        if let Some(digest) = book.provenance.digest(role) {
            properties = properties.set_custom_property(name, digest);
        }
    }
    Ok(properties)
}

fn short(text: &str) -> String {
    text.chars().take(PROPERTY_LIMIT).collect()
}

#[cfg(test)]
mod tests;

/// Widths of the columns of captions and of texts.
const CAPTION: u16 = 32;
const TEXT: u16 = 105;

/// Composes the cover: what this is, by which method, how much of it can be relied on.
fn cover(sheet: &mut Worksheet, book: &Book<'_>) -> Result<(), XlsxError> {
    let name = labels::SHEET_COVER.text(book.head.language);
    let mut page = Page::new(sheet, &book.head, name)?;
    page.text(0, 0, &book.head.title, &styles::title())?;
    page.sheet.set_column_width(0, CAPTION)?.set_column_width(1, TEXT)?;
    page.sheet.set_print_fit_to_pages(1, 1);
    let notice = book.head.notice();
    if !notice.is_empty() {
        page.sheet.merge_range(1, 0, 1, 1, "", &styles::banner())?;
        page.text(1, 0, &notice, &styles::banner())?;
        page.sheet.set_row_height(1, 10.0 + 15.0 * lines(&notice, CAPTION + TEXT) as f64)?;
    }
    let mut row = 3;
    for section in &book.cover {
        page.text(row, 0, section.title, &styles::section())?;
        row += 1;
        for line in &section.lines {
            let format = match line.emphasis {
                Emphasis::Plain => styles::wrapped(),
                Emphasis::Alarm => styles::alarm(),
                Emphasis::Digest => styles::digest(),
            };
            page.text(row, 0, &line.caption, &styles::caption())?;
            page.text(row, 1, &line.text, &format)?;
            page.fit_row(row, [(line.caption.as_str(), CAPTION), (line.text.as_str(), TEXT)])?;
            row += 1;
        }
        row += 1;
    }
    contents(&mut page, row, book)
}

/// The table of contents, from a row down.
fn contents(page: &mut Page<'_, '_>, first: RowNum, book: &Book<'_>) -> Result<(), XlsxError> {
    page.text(first, 0, page.word(labels::CONTENTS), &styles::section())?;
    for (row, sheet) in (first + 1..).zip(&book.sheets) {
        let link = Url::new(format!("internal:'{}'!A1", sheet.name)).set_text(&sheet.name);
        page.sheet.write_url_with_format(row, 0, link, &styles::link())?;
        page.text(row, 1, &sheet.about, &styles::wrapped())?;
    }
    Ok(())
}
