//! A file as the cells of one sheet: letters and records of a text, sheets of a workbook.

mod delimited;
mod encoding;
pub(crate) mod facts;
pub(super) mod grid;
pub(super) mod page;
pub(super) mod probe;
mod whole_sheet;
mod workbook;
pub(super) mod worker;

use std::collections::BTreeMap;

pub(super) use self::encoding::{Damage, damage};
use self::grid::{Content, Grid, GridRow};
use self::page::Page;
use self::probe::{Declared, FileProbe, FileRefusal, RefusalKind, Scope, SheetProbe, TextProbe};
use super::bytes::inputs::Inputs;
use super::findings::StationFindings;
use super::labels::{fold, short, trim};
use crate::language::Period;
use crate::message::ingest::sheet::Separators;
use crate::message::ingest::{Refusal, bytes, facts as facts_message, sheet as message};
use crate::observation::{InputFile, Origin};
use crate::quality::{Finding, Place};
use crate::study::{SheetChoice, Source};

/// A sheet or text file that is read: its cells, and the record of its file.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub(super) grid: Grid,
    pub(super) record: InputFile,
}

impl Sheet {
    /// The page of a file that was looked at.
    pub(crate) fn of_page(page: Page, path: &str, file: &FileProbe) -> Self {
        let name = file.sheets.get(page.sheet).and_then(|sheet| sheet.name.clone());
        let record = InputFile {
            source: String::new(),
            path: path.to_owned(),
            sha256: Some(file.sha256.clone()),
            bytes: Some(file.bytes),
            format: file.format.unwrap_or_default().to_owned(),
            sheets: name.into_iter().collect(),
            encoding: file.text.as_ref().map(|text| text.encoding.clone()),
            delimiter: file.text.as_ref().map(|text| text.delimiter),
            rows_used: 0,
        };
        Self { grid: page.grid, record }
    }

    /// Its name; none in a text file.
    pub(super) fn name(&self) -> Option<&str> {
        self.record.sheets.first().map(String::as_str)
    }

    /// What it says of its cells besides their contents, where that may change what they mean.
    pub(crate) fn doubts(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        let facts = &self.grid.facts;
        if facts.untold {
            let place = Place::file(&self.record.path);
            findings.push(match self.record.format.as_str() {
                kind @ "xlsb" => facts_message::formatting_of_kind_not_read(kind, place),
                _ => facts_message::formatting_not_read(place),
            });
        }
        findings.extend(self.hidden_rows());
        if let Some(first) = facts.unmarked.first() {
            let places = facts.unmarked.iter().flat_map(|raised| {
                let rows = self.rows_between(raised.top, raised.bottom);
                let there = rows.filter(|row| row.cell(raised.column) != Content::Empty);
                there.map(|row| self.cell(row.number(), raised.column))
            });
            let [number, mark] = [&first.plain, &first.mark].map(|text| short(trim(text).into()));
            findings.push(facts_message::raised_marks(&number, &mark, places.collect()));
        }
        findings
    }

    /// The rows with something in them from one to another.
    fn rows_between(&self, first: u32, last: u32) -> impl Iterator<Item = GridRow<'_>> {
        let rows = self.grid.rows_from(self.grid.after(first.saturating_sub(1)));
        rows.take_while(move |row| row.number() <= last)
    }

    /// The finding about rows with something in them that the spreadsheet does not show.
    fn hidden_rows(&self) -> Option<Finding> {
        let (mut ranges, mut rows) = (Vec::new(), Vec::new());
        for hidden in &self.grid.facts.hidden_rows {
            let read = self.rows_between(hidden.first, hidden.last);
            let read: Vec<u32> = read.map(|row| row.number()).collect();
            if let (Some(&first), Some(&last)) = (read.first(), read.last()) {
                ranges.push((first, last, hidden.by_filter));
            }
            rows.extend(read.into_iter().map(|row| self.place().at_row(row)));
        }
        (!rows.is_empty()).then(|| facts_message::hidden_rows(&ranges, rows))
    }

    /// Whether the spreadsheet does not show the row of a place on it.
    pub(super) fn hides(&self, place: &Place) -> bool {
        place.row.is_some_and(|row| self.grid.facts.hidden_row(row).is_some())
    }

    /// The file as a place, on its sheet.
    pub(super) fn place(&self) -> Place {
        let place = Place::file(&self.record.path);
        match self.name() {
            Some(sheet) => place.on_sheet(sheet),
            None => place,
        }
    }

    /// A cell as a place, with the text that stands there.
    pub(super) fn cell(&self, row: u32, column: u32) -> Place {
        let place = self.place().at_row(row).at_column(column);
        let content = self.grid.numbered(row).map_or(Content::Empty, |row| row.cell(column));
        match content {
            Content::Empty => place,
            content => place.with_text(short(content.text())),
        }
    }
}

/// Opens a file of a source; no sheet when it cannot be read, which a finding says.
pub(super) fn open(
    inputs: &Inputs,
    path: &str,
    source: &Source,
) -> (Option<Sheet>, StationFindings) {
    open_declared(inputs, path, Declared::from(source))
}

/// Opens every visible sheet of a file of a source that has anything in it; none when one of them
/// cannot be read, which a finding says.
pub(super) fn open_every(
    inputs: &Inputs,
    path: &str,
    source: &Source,
) -> (Vec<Sheet>, StationFindings) {
    let mut file = probe::read(inputs, path, Declared::from(source), Scope::Every);
    let (first, mut findings) = opened(&mut file, path);
    if first.is_some() {
        let hidden = on_hidden(&file.sheets, &Place::file(path));
        hidden.into_iter().for_each(|finding| findings.merge(finding));
    }
    let others = std::mem::take(&mut file.others);
    let others = others.into_iter().map(|page| of_page(page, path, &file, &mut findings));
    let sheets = first.into_iter().chain(others.collect::<Vec<_>>()).collect();
    (sheets, findings)
}

/// Opens a sheet of a file of a source that declares none.
pub(super) fn open_named(
    inputs: &Inputs,
    path: &str,
    source: &Source,
    name: &str,
) -> (Option<Sheet>, StationFindings) {
    let sheet = SheetChoice::Name(name.to_owned());
    open_declared(inputs, path, Declared { sheet: Some(&sheet), ..Declared::from(source) })
}

/// The visible sheets of a workbook, in its order; none of a text file.
pub(super) fn visible_sheets(inputs: &Inputs, path: &str) -> Vec<String> {
    let file = probe::read(inputs, path, Declared::default(), Scope::UntilPage);
    let visible = file.sheets.into_iter().filter(|sheet| !sheet.hidden);
    visible.filter_map(|sheet| sheet.name).collect()
}

/// Opens a file of which only the sheet is declared.
pub(super) fn open_sheet(
    inputs: &Inputs,
    path: &str,
    sheet: Option<&SheetChoice>,
) -> (Option<Sheet>, StationFindings) {
    open_declared(inputs, path, Declared { sheet, ..Declared::default() })
}

fn open_declared(
    inputs: &Inputs,
    path: &str,
    declared: Declared<'_>,
) -> (Option<Sheet>, StationFindings) {
    let mut file = probe::read(inputs, path, declared, Scope::UntilPage);
    let chosen = file.page.as_ref().map(|page| page.sheet);
    let (sheet, mut findings) = opened(&mut file, path);
    if let (None, Some(chosen), Some(_)) = (declared.sheet, chosen, &sheet) {
        let found = on_choice(&file.sheets, chosen, &Place::file(path));
        found.into_iter().for_each(|finding| findings.merge(finding));
    }
    (sheet, findings)
}

/// The page of a file that was read, with what there is to say about how it is written.
fn opened(file: &mut FileProbe, path: &str) -> (Option<Sheet>, StationFindings) {
    let mut findings = StationFindings::default();
    let place = Place::file(path);
    if let (Some(extension), Some(format)) = (&file.promised, file.format) {
        findings.merge(bytes::format_differs(path, extension, format));
    }
    if let Some(text) = &file.text {
        on_text(text, &place).into_iter().for_each(|finding| findings.merge(finding));
    }
    if let Some(refusal) = file.refusal.take() {
        findings.merge(refused(path, refusal));
        return (None, findings);
    }
    let page = file.page.take();
    let sheet = page.map(|page| of_page(page, path, file, &mut findings));
    (sheet, findings)
}

/// A page as a sheet; cells that stand in it more than once are told.
fn of_page(mut page: Page, path: &str, file: &FileProbe, findings: &mut StationFindings) -> Sheet {
    let repeated = std::mem::take(&mut page.repeated);
    let sheet = Sheet::of_page(page, path, file);
    for (row, column) in repeated {
        findings.merge(message::duplicate_cell(sheet.cell(row, column)));
    }
    sheet.doubts().into_iter().for_each(|finding| findings.merge(finding));
    sheet
}

/// What to say of a source's file that gives no sheet.
fn refused(path: &str, FileRefusal { kind, message: why, hint }: FileRefusal) -> Finding {
    match kind {
        RefusalKind::Closed => bytes::not_opened(path, &why),
        RefusalKind::TooLarge => bytes::too_large_to_read(path, &why),
        RefusalKind::SheetMissing => message::sheet_missing(path, Refusal { message: why, hint }),
        RefusalKind::Foreign | RefusalKind::Unreadable => bytes::unreadable(path, &why, hint),
    }
}

/// What was decided about the letters and fields of a text.
fn on_text(text: &TextProbe, place: &Place) -> Vec<Finding> {
    let mut findings = Vec::new();
    if !text.plain {
        findings.push(message::encoding(&text.encoding, &text.because, place.clone()));
    }
    if text.damaged {
        findings.push(message::damaged_text(&text.encoding, place.clone()));
    }
    if delimited::is_separator(text.delimiter) {
        let separators = Separators {
            delimiter: text.delimiter,
            spaced: text.spaced,
            agreeing: text.agreeing,
            looked_at: text.looked_at,
            line_ends: &text.line_ends,
        };
        findings.push(message::dialect(separators, place.clone()));
    }
    findings
}

/// Which sheet of a workbook was read, and which are hidden.
fn on_choice(sheets: &[SheetProbe], chosen: usize, file: &Place) -> Vec<Finding> {
    let name = |at: usize| sheets[at].name.as_deref();
    let Some(read) = name(chosen) else { return Vec::new() };
    let others: Vec<&str> = (0..sheets.len())
        .filter(|&other| other != chosen && !sheets[other].hidden)
        .filter_map(name)
        .collect();
    let newer = newest_of(read, &others);
    std::iter::once(message::sheet_chosen(read, &others, file.clone()))
        .chain(newer.map(|newest| message::newer_sheet(read, newest, file.clone())))
        .chain(on_hidden(sheets, file))
        .collect()
}

/// The newest of other sheets, where the name of one is that of a later period and nothing else.
fn newest_of<'n>(read: &str, others: &[&'n str]) -> Option<&'n str> {
    let period = Period::newest_in(&fold(read))?;
    let words =
        |name: &str| -> String { fold(name).chars().filter(|it| !it.is_ascii_digit()).collect() };
    let later = others.iter().filter_map(|other| {
        let of = Period::newest_in(&fold(other)).filter(|of| *of > period)?;
        (words(other) == words(read)).then_some((of, *other))
    });
    later.max().map(|(_, other)| other)
}

/// Which sheets of a workbook are hidden.
fn on_hidden(sheets: &[SheetProbe], file: &Place) -> Vec<Finding> {
    let hidden = sheets.iter().filter(|sheet| sheet.hidden);
    let names = hidden.filter_map(|sheet| sheet.name.as_deref());
    names.map(|name| facts_message::hidden_sheet(name, file.clone())).collect()
}

/// The texts of cells of inputs, as written.
pub type RawCellTexts = BTreeMap<Origin, String>;

/// Reads the texts of `cells` from the files of a run. A file that is not the one which was read any
/// more (its SHA-256 is another one) gives none, so that a text never stands beside a value that
/// came from elsewhere.
pub fn raw_cell_texts(
    sources: &[Source],
    inputs: &Inputs,
    files: &[InputFile],
    cells: &[Origin],
) -> RawCellTexts {
    let mut wanted: BTreeMap<(u32, u32), Vec<&Origin>> = BTreeMap::new();
    for cell in cells {
        wanted.entry((cell.file, cell.sheet)).or_default().push(cell);
    }
    let mut texts = RawCellTexts::new();
    for ((file, sheet), cells) in wanted {
        let Some(record) = files.get(file as usize) else { continue };
        let Some(source) = sources.iter().find(|source| source.id == record.source) else {
            continue;
        };
        let name = record.sheets.get(sheet as usize).cloned().map(SheetChoice::Name);
        let declared = Declared { sheet: name.as_ref(), ..Declared::from(source) };
        // Whatever there is to say about the file was said when the run read it.
        let (sheet, _) = open_declared(inputs, &record.path, declared);
        let Some(sheet) = sheet.filter(|sheet| sheet.record.sha256 == record.sha256) else {
            continue;
        };
        for cell in cells {
            if let Some(text) = sheet.cell(cell.row, cell.column).text {
                texts.insert(*cell, text);
            }
        }
    }
    texts
}
