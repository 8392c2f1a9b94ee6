//! Reads the layout `table`: one row an area, one column a measure.

pub(crate) mod columns;
pub(crate) mod county;
mod doubts;
pub(crate) mod header;
mod left_out;
mod recognition;
mod several;

use std::collections::BTreeSet;

use self::header::{Header, HeaderColumn};
pub(super) use self::left_out::Acted;
use self::left_out::LeftOut;
use self::recognition::{Recognition, TableColumns};
use self::several::several_rows;
use super::findings::StationFindings;
use super::labels::fold;
use super::rows::{
    At, DataRow, KeyColumns, KeyParts, OpenFile, RowAccount, Sighting, Subject, report,
};
use super::sheet::Sheet;
use super::values::{FileReading, MeasureColumn};
use crate::message::ingest::{Refusal, sheet as sheet_message, table as message};
use crate::quality::{Finding, Place, column_letters};
use crate::register::RowClass;
use crate::study::{Parts, RowCondition, Selection, Source};

/// Reads one sheet; `failed` says which measures are given up already, `acted` what the declarations about
/// rows did in sheets before.
pub(super) fn read(file: &OpenFile<'_>, failed: &[bool], acted: &mut Acted) -> FileReading {
    let (header, mut findings) = find_header(file);
    let (columns, missing) = measure_columns(file, &header);
    findings.extend(missing);
    let (key, missing) = key_columns(file, &header);
    findings.extend(missing);
    let (filled, missing) = filled_columns(file, &header);
    findings.extend(missing);
    let (conditions, missing) = condition_columns(file, &header);
    findings.extend(missing);
    marked_headers(file, &header).into_iter().for_each(|finding| findings.merge(finding));
    let (Some(key), Some(filled), Some(conditions)) = (key, filled, conditions) else {
        return FileReading::none(failed.len(), findings);
    };
    if let Some(transposed) = transposed(file, &header, &key, &columns) {
        findings.merge(transposed);
        return FileReading::none(failed.len(), findings);
    }
    let left_out = LeftOut::new(file, &header, &conditions, &filled, acted);
    let read = TableColumns { key, measures: &columns, filled };
    let recognition = Recognition::new(file, &header, read, left_out);
    let (rows, found) = recognition.read(acted);
    findings.extend(found);
    let rows = match rows {
        Ok(rows) => rows,
        Err(no_table) => {
            findings.merge(no_table);
            return FileReading::none(failed.len(), findings);
        }
    };
    let (mut account, remarks) = account(file, &key, &rows);
    findings.extend(remarks);
    let several = several_rows(&header, &key, &columns, &rows);
    if let Some(finding) = several.and_then(|several| several.finding(file)) {
        findings.push(finding);
        if file.source.parts == Parts::Sum {
            return FileReading::none(failed.len(), findings);
        }
        // one finding says it of all of them
        account.seen.clear();
    }
    ragged(file, &header, &rows).into_iter().for_each(|finding| findings.push(finding));
    let doubts = doubts::contradictions(file, &key, &rows);
    for finding in doubts.into_iter().chain(doubts::second_block(file, &header, &key)) {
        findings.push(finding);
    }
    let read = key.parts().chain(columns.iter().flatten().copied());
    findings.extend(hidden_columns(file, &header, read));
    let mut measures = Vec::new();
    for ((measure, column), failed) in file.source.measures.iter().zip(columns).zip(failed) {
        let reading = column.filter(|_| !failed).and_then(|column| {
            let above = column_name(&header, column);
            let column = MeasureColumn { file, measure, column, header: &above, rows: &rows };
            let (reading, found) = column.read();
            findings.extend(found);
            reading
        });
        measures.push(reading);
    }
    let positions = positions(file, &header);
    FileReading { measures, positions, rows: account, findings }
}

/// The columns that a study names without the footnote mark of their header.
fn marked_headers(file: &OpenFile<'_>, header: &Header) -> Vec<Finding> {
    let row = header.rows.last().copied().unwrap_or(1);
    let finding = |wanted: &str| {
        let column = columns::marked(header, wanted)?;
        let place = file.sheet.cell(row, column.column);
        Some(message::header_marked(wanted, &column.label(), place))
    };
    column_names(file.source).into_iter().filter_map(finding).collect()
}

/// Whether a sheet has every column that a source names.
pub(super) fn has_columns(sheet: &Sheet, source: &Source) -> bool {
    let (header, names) = header_of(sheet, source);
    names.iter().all(|wanted| columns::find(&header, wanted, sheet.grid.width()).is_ok())
}

/// The header of a sheet, and the columns that a source names.
fn header_of<'s>(sheet: &Sheet, source: &'s Source) -> (Header, Vec<&'s str>) {
    let names = column_names(source);
    let header = match &source.header {
        Some(rows) => header::declared(&sheet.grid, rows),
        None => header::detect(&sheet.grid, &names),
    };
    (header, names)
}

/// The sheets that have the columns of a source, of which they are the parts; with what is to be said
/// of the others. Where none has them, the first, whose reading says what is not there.
pub(super) fn with_columns<'s>(
    sheets: &'s [Sheet],
    source: &Source,
) -> (Vec<&'s Sheet>, StationFindings) {
    let mut findings = StationFindings::default();
    let (with, mut without): (Vec<&Sheet>, Vec<&Sheet>) =
        sheets.iter().partition(|sheet| has_columns(sheet, source));
    if with.is_empty() {
        without.truncate(1);
        return (without, findings);
    }
    let mut skipped: Vec<&str> = Vec::new();
    for &sheet in &without {
        match lacking_column(sheet, source) {
            Some(refusal) => {
                findings.push(sheet_message::sheet_lacks_column(refusal, sheet.place()));
            }
            None => skipped.extend(sheet.name()),
        }
    }
    let read: Vec<&str> = with.iter().filter_map(|sheet| sheet.name()).collect();
    if !read.is_empty() {
        let file = Place::file(&with[0].record.path);
        findings.push(sheet_message::sheets_chosen(&read, &skipped, file));
    }
    (with, findings)
}

/// The column of a source that a sheet lacks, where it has others of them by their headers: a sheet of
/// notes has none.
fn lacking_column(sheet: &Sheet, source: &Source) -> Option<Refusal> {
    let (header, names) = header_of(sheet, source);
    let has_some = names.iter().any(|wanted| !columns::is_position(&header, wanted));
    let width = sheet.grid.width();
    let missing = names.iter().find_map(|wanted| columns::find(&header, wanted, width).err());
    missing.filter(|_| has_some)
}

/// The columns that a source names: those of its key and of its measures.
fn column_names(source: &Source) -> Vec<&str> {
    let key = source.key.iter().flat_map(|key| KeyParts::named(key).parts());
    let measures = source.measures.iter().filter_map(|measure| match &measure.selection {
        Selection::Column(column) => Some(column.as_str()),
        Selection::Where(_) => None,
    });
    let conditions = source.rows.iter().flat_map(RowCondition::columns);
    key.chain(measures).chain(conditions.map(|column| column.name.as_str())).collect()
}

fn find_header(file: &OpenFile<'_>) -> (Header, StationFindings) {
    let mut findings = StationFindings::default();
    let (source, grid) = (file.source, &file.sheet.grid);
    if let Some(rows) = &source.header {
        return (header::declared(grid, rows), findings);
    }
    let header = header::detect(grid, &column_names(source));
    let row = header.rows.first().copied().unwrap_or(1);
    findings.merge(message::header_detected(&header.rows, file.sheet.place().at_row(row)));
    (header, findings)
}

/// The finding about a column that the study names and the file does not have.
fn missing(file: &OpenFile<'_>, header: &Header, refusal: Refusal) -> Finding {
    let place = file.sheet.place();
    let place = match header.rows.last() {
        Some(&row) => place.at_row(row),
        None => place,
    };
    message::column_missing(refusal, place)
}

/// The finding that key and numbers stand below each other instead of beside each other: their headers
/// are two texts of one column.
fn transposed(
    file: &OpenFile<'_>,
    header: &Header,
    key: &KeyColumns,
    columns: &[Option<u32>],
) -> Option<Finding> {
    let keys = KeyParts::named(file.source.key.as_ref()?).parts().zip(key.parts());
    let keys: Vec<(&str, u32)> = keys.collect();
    let measures = file.source.measures.iter().zip(columns);
    measures.filter(|(measure, _)| measure.nature.is_number()).find_map(|(measure, column)| {
        let Selection::Column(wanted) = &measure.selection else { return None };
        let is_other = |name: &str| fold(name) != fold(wanted);
        let (name, column) =
            keys.iter().find(|(name, at)| Some(*at) == *column && is_other(name))?;
        let is_by_header =
            [*name, wanted].into_iter().all(|name| !columns::is_position(header, name));
        let place = file.sheet.place().at_column(*column);
        is_by_header.then(|| message::transposed(name, wanted, place))
    })
}

/// For each measure its column in this file; `None` where it has none, which a finding says.
fn measure_columns(file: &OpenFile<'_>, header: &Header) -> (Vec<Option<u32>>, StationFindings) {
    let mut findings = StationFindings::default();
    let mut columns = Vec::new();
    for measure in &file.source.measures {
        columns.push(match &measure.selection {
            Selection::Column(wanted) => columns::find(header, wanted, file.sheet.grid.width())
                .map_err(|refusal| findings.merge(missing(file, header, refusal)))
                .ok(),
            Selection::Where(_) => {
                findings.push(message::labels_in_a_table(&measure.id));
                None
            }
        });
    }
    (columns, findings)
}

/// The columns of the key; `None` when one is not there, which a finding says.
fn key_columns(file: &OpenFile<'_>, header: &Header) -> (Option<KeyColumns>, StationFindings) {
    let mut findings = StationFindings::default();
    let Some(key) = &file.source.key else {
        findings.push(message::key_undeclared());
        return (None, findings);
    };
    let wanted = KeyParts::named(key);
    let found = wanted.and_then(|part| {
        columns::find(header, part, file.sheet.grid.width())
            .map_err(|refusal| {
                let name = wanted.name.filter(|_| wanted.county == Some(part));
                let refusal = match name.zip(county::stated_elsewhere(file, header)) {
                    Some((name, from)) => message::county_elsewhere(refusal, name, from.word()),
                    None => refusal,
                };
                findings.merge(missing(file, header, refusal));
            })
            .ok()
    });
    let is_complete = found.parts().count() == wanted.parts().count();
    (is_complete.then_some(found), findings)
}

/// What stands above the columns that the study names by letter or number.
fn positions(file: &OpenFile<'_>, header: &Header) -> Vec<(String, String)> {
    column_names(file.source)
        .into_iter()
        .filter(|wanted| columns::is_position(header, wanted))
        .filter_map(|wanted| {
            let column = columns::find(header, wanted, file.sheet.grid.width()).ok()?;
            let above = header.columns.iter().find(|known| known.column == column);
            Some((wanted.to_owned(), above.map(HeaderColumn::label).unwrap_or_default()))
        })
        .collect()
}

/// The columns of the key that the source declares to be written once for several rows; `None` when
/// one is not there or not of the key, which a finding says.
fn filled_columns(file: &OpenFile<'_>, header: &Header) -> (Option<Vec<u32>>, StationFindings) {
    let mut findings = StationFindings::default();
    let mut filled = Vec::new();
    for wanted in &file.source.fill {
        match columns::find(header, wanted, file.sheet.grid.width()) {
            Ok(column) => filled.push(column),
            Err(refusal) => findings.merge(missing(file, header, refusal)),
        }
    }
    ((filled.len() == file.source.fill.len()).then_some(filled), findings)
}

/// The findings about columns that are read and that the spreadsheet does not show.
pub(super) fn hidden_columns(
    file: &OpenFile<'_>,
    header: &Header,
    read: impl Iterator<Item = u32>,
) -> StationFindings {
    let read: BTreeSet<u32> = read.collect();
    let mut findings = StationFindings::default();
    for column in read.into_iter().filter(|&column| file.sheet.grid.facts.is_hidden_column(column))
    {
        let place = file.sheet.place().at_column(column);
        findings.merge(message::hidden_column(&column_name(header, column), place));
    }
    findings
}

/// The columns of the condition `rows`; `None` when one is not there, which a finding says.
fn condition_columns(file: &OpenFile<'_>, header: &Header) -> (Option<Vec<u32>>, StationFindings) {
    let mut findings = StationFindings::default();
    let mut found = Vec::new();
    let wanted: Vec<_> = file.source.rows.iter().flat_map(RowCondition::columns).collect();
    for column in &wanted {
        match columns::find(header, &column.name, file.sheet.grid.width()) {
            Ok(column) => found.push(column),
            Err(refusal) => findings.merge(missing(file, header, refusal)),
        }
    }
    ((found.len() == wanted.len()).then_some(found), findings)
}

/// A column by its header, or by its letter where it has none.
fn column_name(header: &Header, column: u32) -> String {
    let found = header.columns.iter().find(|known| known.column == column);
    found.map_or_else(|| column_letters(column), HeaderColumn::label)
}

/// The rows that end before the columns that are read.
fn ragged(file: &OpenFile<'_>, header: &Header, rows: &[DataRow<'_>]) -> Option<Finding> {
    let last = header.columns.last().map_or(0, |column| column.column);
    let places: Vec<Place> = rows
        .iter()
        .filter(|row| matches!(row.recognised.subject, Subject::Area(_)))
        .map(|row| &row.row)
        .filter(|row| row.fields() > 0 && row.fields() < last)
        .map(|row| file.sheet.place().at_row(row.number()))
        .collect();
    (!places.is_empty()).then(|| message::ragged_rows(places))
}

/// What became of the rows, and the findings about the way they were recognised.
fn account(
    file: &OpenFile<'_>,
    key: &KeyColumns,
    rows: &[DataRow<'_>],
) -> (RowAccount, StationFindings) {
    let mut account = RowAccount::default();
    let mut findings = StationFindings::default();
    for DataRow { row, recognised } in rows {
        let number = row.number();
        let (found, refused) =
            report(file, &recognised.remarks, |at| file.sheet.cell(number, key.at(at)));
        findings.extend(found);
        account.refused.extend(refused);
        let cell = || file.sheet.cell(number, key.at(At::Name));
        match &recognised.subject {
            Subject::Area(area) => {
                account.seen.push(Sighting { measure: 0, area: *area, place: cell() });
                account.used.insert(number);
            }
            Subject::Total(class, _) | Subject::Part(class, _) => account.drop_row(*class, cell()),
            Subject::Other(RowClass::Blank) => {
                account.drop_row(RowClass::Blank, file.sheet.place().at_row(number));
            }
            Subject::Other(class) => account.drop_row(*class, cell()),
            Subject::Refused => {}
        }
    }
    (account, findings)
}

#[cfg(test)]
mod tests;
