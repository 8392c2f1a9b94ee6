//! The *Sources* sheet: every file that was read, and what the study says of it.

use rust_xlsxwriter::{ColNum, Format, RowNum, Workbook, XlsxError};

use super::look;
use super::page::{Heading, Page, TOP_ROWS};
use crate::observation::InputFile;
use crate::report::labels::{self, Words};
use crate::report::view::View;
use crate::report::words;
use crate::study::Source;

const HEADER: RowNum = TOP_ROWS + 1;

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

/// Adds the sheet.
pub(super) fn add(workbook: &mut Workbook, view: &View<'_>) -> Result<(), XlsxError> {
    let name = labels::SHEET_SOURCES.text(view.language);
    let mut page = Page::add(workbook, view, name)?;
    let about = page.word(labels::ABOUT_SOURCES);
    page.text(TOP_ROWS, 0, about, &look::quiet())?;
    let rows = rows(view);
    let headings = COLUMNS.map(|(words, width)| Heading::new(page.word(words), width));
    if rows.is_empty() {
        return page.headings(HEADER, &headings);
    }
    page.table("SourcesTable", HEADER, rows.len(), &headings)?;
    for (row, (source, file)) in (HEADER + 1..).zip(rows) {
        declared(&mut page, row, source)?;
        if let Some(file) = file {
            read(&mut page, row, file)?;
        }
    }
    page.sheet.set_freeze_panes(HEADER + 1, 1)?;
    Ok(())
}

/// A row for each file, and one for a source of which no file was read.
fn rows<'a>(view: &View<'a>) -> Vec<(&'a Source, Option<&'a InputFile>)> {
    let mut rows = Vec::new();
    for source in &view.study.sources {
        let files = view.observations.files.iter().filter(|file| file.source == source.id);
        let before = rows.len();
        rows.extend(files.map(|file| (source, Some(file))));
        if rows.len() == before {
            rows.push((source, None));
        }
    }
    rows
}

fn declared(page: &mut Page<'_, '_>, row: RowNum, source: &Source) -> Result<(), XlsxError> {
    let language = page.view.language;
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    let measures: Vec<&str> = source.measures.iter().map(|measure| measure.id.as_str()).collect();
    let texts: [(ColNum, String); 8] = [
        (0, source.id.clone()),
        (1, source.file.clone()),
        (2, said(&source.publisher)),
        (3, said(&source.reference)),
        (4, said(&source.concept)),
        (5, said(&source.series)),
        (6, words::named(labels::LEVELS, &source.level, language).to_owned()),
        (7, measures.join(", ")),
    ];
    let format = look::wrapped();
    texts.iter().try_for_each(|(column, text)| page.text(row, *column, text, &format))?;
    let width = |column: ColNum| COLUMNS[usize::from(column)].1;
    page.fit_row(row, texts.iter().map(|(column, text)| (text.as_str(), width(*column))))?;
    (8..13).try_for_each(|column| page.text(row, column, "", &format))
}

fn read(page: &mut Page<'_, '_>, row: RowNum, file: &InputFile) -> Result<(), XlsxError> {
    let format = look::wrapped();
    let letters = [file.encoding.clone(), file.delimiter.map(delimiter)];
    let texts: [(ColNum, String, &Format); 5] = [
        (1, file.path.clone(), &format),
        (8, file.format.clone(), &format),
        (9, file.sheets.join(", "), &format),
        (10, letters.into_iter().flatten().collect::<Vec<_>>().join(", "), &format),
        (12, file.sha256.clone(), &look::digest()),
    ];
    texts.iter().try_for_each(|(column, text, format)| page.text(row, *column, text, format))?;
    let width = |column: ColNum| COLUMNS[usize::from(column)].1;
    page.fit_row(row, texts.iter().map(|(column, text, _)| (text.as_str(), width(*column))))?;
    page.number(row, 11, file.rows_used as f64, &look::count())
}

fn delimiter(mark: char) -> String {
    match mark {
        '\t' => "TAB".to_owned(),
        other => format!("„{other}”"),
    }
}
