//! Reads the layout `table`: one row an area, one column a measure.

pub(crate) mod columns;
mod doubts;
pub(crate) mod header;
mod recognition;

use std::collections::BTreeSet;

use self::header::{Header, HeaderColumn};
use self::recognition::Recognition;
use super::findings::StationFindings;
use super::rows::{
    At, DataRow, KeyColumns, KeyParts, OpenFile, RowAccount, Sighting, Subject, report,
};
use super::sheet::Sheet;
use super::values::{FileReading, MeasureColumn};
use crate::message::ingest::{Refusal, table as message};
use crate::quality::{Finding, Place, column_letters};
use crate::register::RowClass;
use crate::study::{Selection, Source};

/// Reads one file; `failed` says which measures are given up already.
pub(super) fn read(file: &OpenFile<'_>, failed: &[bool]) -> FileReading {
    let (header, mut findings) = find_header(file);
    let (columns, missing) = measure_columns(file, &header);
    findings.extend(missing);
    let (key, missing) = key_columns(file, &header);
    findings.extend(missing);
    let (filled, missing) = filled_columns(file, &header);
    findings.extend(missing);
    let (Some(key), Some(filled)) = (key, filled) else {
        return FileReading::none(failed.len(), findings);
    };
    let (rows, outside) = Recognition::new(file, &header, key, &columns, filled).read();
    findings.extend(outside);
    let rows = match rows {
        Ok(rows) => rows,
        Err(no_table) => {
            findings.merge(no_table);
            return FileReading::none(failed.len(), findings);
        }
    };
    let (account, remarks) = account(file, &key, &rows);
    findings.extend(remarks);
    ragged(file, &header, &rows).into_iter().for_each(|finding| findings.push(finding));
    for finding in doubts::contradictions(file, &key, &rows) {
        findings.push(finding);
    }
    for finding in hidden_columns(file, &header, &key, &columns) {
        findings.merge(finding);
    }
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

/// Whether a sheet has every column that a source names.
pub(super) fn has_columns(sheet: &Sheet, source: &Source) -> bool {
    let names = column_names(source);
    let header = match &source.header {
        Some(rows) => header::declared(&sheet.grid, rows),
        None => header::detect(&sheet.grid, &names),
    };
    names.iter().all(|wanted| columns::find(&header, wanted, sheet.grid.width()).is_ok())
}

/// The columns that a source names: those of its key and of its measures.
fn column_names(source: &Source) -> Vec<&str> {
    let key = source.key.iter().flat_map(|key| KeyParts::named(key).parts());
    let measures = source.measures.iter().filter_map(|measure| match &measure.selection {
        Selection::Column(column) => Some(column.as_str()),
        Selection::Where(_) => None,
    });
    key.chain(measures).collect()
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
    let found = wanted.and_then(|wanted| {
        columns::find(header, wanted, file.sheet.grid.width())
            .map_err(|refusal| findings.merge(missing(file, header, refusal)))
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
fn hidden_columns(
    file: &OpenFile<'_>,
    header: &Header,
    key: &KeyColumns,
    measures: &[Option<u32>],
) -> Vec<Finding> {
    let read: BTreeSet<u32> = key.parts().chain(measures.iter().flatten().copied()).collect();
    let hidden = read.into_iter().filter(|&column| file.sheet.grid.facts.is_hidden_column(column));
    hidden
        .map(|column| {
            let place = file.sheet.place().at_column(column);
            message::hidden_column(&column_name(header, column), place)
        })
        .collect()
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
