//! Reads the layout `table`: one row an area, one column a measure.

pub(crate) mod columns;
pub(crate) mod header;

use self::header::Header;
use super::findings::StationFindings;
use super::labels::{fold, trim};
use super::rows::{
    At, DataRow, KeyColumns, KeyParts, OpenFile, Recogniser, RowAccount, Sighting, Subject, report,
};
use super::sheet::grid::GridRow;
use super::values::{FileReading, MeasureColumn};
use crate::message::ingest::{Refusal, table as message};
use crate::quality::{Finding, Place};
use crate::register::RowClass;
use crate::study::Selection;

/// Rows that name no area are reported one by one up to this number; the register has fewer units.
const MOST_REFUSED: usize = 5_000;
/// Rows that an area may have on average before the file is called no table of areas.
const MOST_REPEATED: usize = 20;

/// Reads one file; `failed` says which measures are given up already.
pub(super) fn read(file: &OpenFile<'_>, failed: &[bool]) -> FileReading {
    let (header, mut findings) = find_header(file);
    let (columns, missing) = measure_columns(file, &header);
    findings.extend(missing);
    let (key, missing) = key_columns(file, &header);
    findings.extend(missing);
    let Some(key) = key else { return FileReading::none(failed.len(), findings) };
    let (rows, outside) = recognise(file, &header, &key);
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
    let mut measures = Vec::new();
    for ((measure, column), failed) in file.source.measures.iter().zip(columns).zip(failed) {
        let reading = column.filter(|_| !failed).and_then(|column| {
            let (reading, found) = MeasureColumn { file, measure, column, rows: &rows }.read();
            findings.extend(found);
            reading
        });
        measures.push(reading);
    }
    FileReading { measures, rows: account, findings }
}

fn find_header(file: &OpenFile<'_>) -> (Header, StationFindings) {
    let mut findings = StationFindings::default();
    let (source, grid) = (file.source, &file.sheet.grid);
    if let Some(rows) = &source.header {
        return (header::declared(grid, rows), findings);
    }
    let mut wanted: Vec<&str> = Vec::new();
    wanted.extend(source.key.iter().flat_map(|key| KeyParts::named(key).parts()));
    for measure in &source.measures {
        if let Selection::Column(column) = &measure.selection {
            wanted.push(column);
        }
    }
    let header = header::detect(grid, &wanted);
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

/// What each row of data is about, with the findings about rows outside of the register.
///
/// # Errors
/// The finding that the rows name no area, or cannot be one an area: a file is not read on before
/// millions of them are reported one by one.
fn recognise<'g>(
    file: &OpenFile<'g>,
    header: &Header,
    key: &KeyColumns,
) -> (Result<Vec<DataRow<'g>>, Finding>, StationFindings) {
    let mut findings = StationFindings::default();
    let Recogniser { matcher, level } = file.recogniser;
    let areas = matcher.register().level(level).map_or(0, |level| level.areas.len());
    let most_named = areas.saturating_mul(MOST_REPEATED).max(MOST_REFUSED);
    let place = || file.sheet.place().at_column(key.at(At::Code));
    let mut rows: Vec<DataRow<'g>> = Vec::new();
    let (mut named, mut unnamed) = (0, 0);
    for row in file.sheet.grid.rows_from(header.data) {
        if let Some(place) = outside(file, &row, key) {
            findings.merge(message::outside_register(place));
            continue;
        }
        let recognised = file.recogniser.row(&row, key);
        match recognised.subject {
            Subject::Area(_) => named += 1,
            Subject::Refused => unnamed += 1,
            Subject::Total(..) | Subject::Part(..) | Subject::Other(_) => {}
        }
        rows.push(DataRow { row, recognised });
        if unnamed > MOST_REFUSED {
            let finding = message::too_many_unnamed_rows(level, MOST_REFUSED, place());
            return (Err(finding), findings);
        }
        if named > most_named {
            return (Err(message::too_many_rows(level, named, place())), findings);
        }
    }
    if named == 0 {
        let looked_at = if unnamed > 0 { unnamed } else { rows.len() };
        let examples = examples(&rows, key.at(At::Code));
        let finding = message::no_area(level, looked_at, &examples, place());
        return (Err(finding), findings);
    }
    (Ok(rows), findings)
}

/// Where a row stands that lies outside of the register by declaration.
fn outside(file: &OpenFile<'_>, row: &GridRow<'_>, key: &KeyColumns) -> Option<Place> {
    let labels = &file.source.outside;
    let column = key.county.or(key.area).filter(|_| !labels.is_empty())?;
    let text = fold(&row.cell(column).text());
    let named = key.name.or(key.glued).or(key.code).unwrap_or(column);
    let is_outside = labels.iter().any(|label| fold(label) == text);
    is_outside.then(|| file.sheet.cell(row.number(), named))
}

/// Some texts of a column.
fn examples(rows: &[DataRow<'_>], column: u32) -> Vec<String> {
    rows.iter()
        .map(|row| trim(&row.row.cell(column).text()).to_owned())
        .filter(|text| !text.is_empty())
        .take(3)
        .collect()
}

/// The rows with values beyond the header, or that end before it.
fn ragged(file: &OpenFile<'_>, header: &Header, rows: &[DataRow<'_>]) -> Option<Finding> {
    let last = header.columns.last().map_or(0, |column| column.column);
    let fields = |&number: &u32| file.sheet.grid.numbered(number).map(|row| row.fields());
    let widest = header.rows.iter().filter_map(fields).max().unwrap_or(0);
    let places: Vec<Place> = rows
        .iter()
        .filter(|row| matches!(row.recognised.subject, Subject::Area(_)))
        .map(|row| &row.row)
        .filter(|row| row.fields() > 0)
        .filter(|row| {
            let beyond = row.cells().last().is_some_and(|(column, _)| column > last);
            // A column without a header is common at the right edge; every row then has it.
            row.fields() < last || (beyond && row.fields() > widest)
        })
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
