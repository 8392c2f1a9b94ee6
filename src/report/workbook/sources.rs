//! The *Sources* sheet: every file that was read, and what the study says of it.

use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};

use super::layout::TOP_ROWS;
use super::look;
use super::page::{Heading, Page};
use crate::language::Words;
use crate::message::labels;
use crate::observation::InputFile;
use crate::report::view::View;
use crate::report::words;
use crate::study::Source;

const HEADER: RowNum = TOP_ROWS + 1;
/// Columns of what is not a plain text.
const ROWS_USED: ColNum = 11;
const DIGEST: ColNum = 12;

/// The columns, with their widths.
const COLUMNS: [(Words, u16); 13] = [
    (labels::SOURCE, 15),
    (labels::FILE, 30),
    (labels::PUBLISHER, 13),
    (labels::REFERENCE, 12),
    (labels::CONCEPT, 12),
    (labels::SERIES, 11),
    (labels::LEVEL, 10),
    (labels::MEASURES, 20),
    (labels::FORMAT, 8),
    (labels::SHEETS, 14),
    (labels::ENCODING, 14),
    (labels::ROWS_USED, 10),
    (labels::DIGEST, 22),
];

/// Composes the sheet.
pub(super) fn compose(sheet: &mut Worksheet, view: &View<'_>) -> Result<(), XlsxError> {
    let name = labels::SHEET_SOURCES.text(view.language);
    let mut page = Page::new(sheet, view, name)?;
    let about = page.word(labels::ABOUT_SOURCES);
    page.text(TOP_ROWS, 0, about, &look::quiet())?;
    let rows = rows(view);
    let headings = COLUMNS.map(|(words, width)| Heading::new(page.word(words), width));
    if rows.is_empty() {
        return page.headings(HEADER, &headings);
    }
    page.table("SourcesTable", HEADER, rows.len(), &headings)?;
    for (row, (source, file)) in (HEADER + 1..).zip(rows) {
        write(&mut page, row, source, file)?;
    }
    page.sheet.set_freeze_panes(HEADER + 1, 1)?;
    Ok(())
}

/// A row for each file, and one for a source of which no file was read.
fn rows<'a>(view: &View<'a>) -> Vec<(&'a Source, Option<&'a InputFile>)> {
    let mut rows = Vec::new();
    for source in &view.study.sources {
        let files = view.figures.observations.files.iter().filter(|file| file.source == source.id);
        let before = rows.len();
        rows.extend(files.map(|file| (source, Some(file))));
        if rows.len() == before {
            rows.push((source, None));
        }
    }
    rows
}

fn write(
    page: &mut Page<'_, '_>,
    row: RowNum,
    source: &Source,
    file: Option<&InputFile>,
) -> Result<(), XlsxError> {
    let texts = texts(page.view, source, file);
    for (column, text) in (0..).zip(&texts) {
        let format = if column == DIGEST { look::digest() } else { look::wrapped() };
        page.text(row, column, text, &format)?;
    }
    let widths = COLUMNS.map(|(_, width)| width);
    page.fit_row(row, texts.iter().map(String::as_str).zip(widths))?;
    match file {
        Some(file) => page.number(row, ROWS_USED, file.rows_used as f64, &look::count()),
        None => Ok(()),
    }
}

/// The texts of a row; the place of the count of rows is left empty.
fn texts(view: &View<'_>, source: &Source, file: Option<&InputFile>) -> [String; COLUMNS.len()] {
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let read = |of: fn(&InputFile) -> String| file.map(of).unwrap_or_default();
    let measures: Vec<&str> = source.measures.iter().map(|measure| measure.id.as_str()).collect();
    [
        source.id.clone(),
        file.map_or(source.file.clone(), |file| file.path.clone()),
        said(&source.publisher),
        said(&source.reference),
        said(&source.concept),
        said(&source.series),
        words::named(labels::LEVELS, &source.level, view.language).to_owned(),
        measures.join(", "),
        read(|file| file.format.clone()),
        read(|file| file.sheets.join(", ")),
        read(letters),
        String::new(),
        read(|file| file.sha256.clone()),
    ]
}

/// How the bytes of a text file were read as letters and fields.
fn letters(file: &InputFile) -> String {
    let said = [file.encoding.clone(), file.delimiter.map(delimiter)];
    said.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn delimiter(mark: char) -> String {
    match mark {
        '\t' => "TAB".to_owned(),
        other => format!("„{other}”"),
    }
}
