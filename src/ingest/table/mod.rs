//! Reads the layout `table`: one row an area, one column a measure.

pub(crate) mod columns;
mod doubts;
pub(crate) mod header;

use std::collections::{BTreeMap, BTreeSet};

use self::doubts::{Again, HeaderTexts};
use self::header::{Header, HeaderColumn};
use super::findings::StationFindings;
use super::labels::{fold, trim};
use super::rows::{
    At, DataRow, KeyColumns, KeyParts, KeyReader, OpenFile, Recogniser, Repeats, RowAccount,
    RowKey, Sighting, Subject, report,
};
use super::sheet::Sheet;
use super::sheet::grid::GridRow;
use super::values::{FileReading, MeasureColumn};
use crate::message::ingest::{Refusal, rows as rows_message, table as message};
use crate::quality::{Finding, Place, column_letters};
use crate::register::RowClass;
use crate::study::{Parts, Selection, Source};

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
    let (filled, missing) = filled_columns(file, &header);
    findings.extend(missing);
    let (Some(key), Some(filled)) = (key, filled) else {
        return FileReading::none(failed.len(), findings);
    };
    let reader = KeyReader::new(&file.sheet.grid, key, filled);
    let again = HeaderTexts::new(&header, &key, &columns);
    let (rows, outside) = recognise(file, &header, &key, reader, &again);
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

/// A column by its header, or by its letter where it has none.
fn column_name(header: &Header, column: u32) -> String {
    let found = header.columns.iter().find(|known| known.column == column);
    found.map_or_else(|| column_letters(column), HeaderColumn::label)
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
    mut reader: KeyReader<'g>,
    again: &HeaderTexts<'_>,
) -> (Result<Vec<DataRow<'g>>, Finding>, StationFindings) {
    let mut findings = StationFindings::default();
    let mut repeated: BTreeMap<(u32, Repeats), Vec<Place>> = BTreeMap::new();
    let Recogniser { matcher, level, .. } = file.recogniser;
    let areas = matcher.register().level(level).map_or(0, |level| level.areas.len());
    let most_named = areas.saturating_mul(MOST_REPEATED).max(MOST_REFUSED);
    let place = || file.sheet.place().at_column(key.at(At::Code));
    let mut rows: Vec<DataRow<'g>> = Vec::new();
    let (mut named, mut unnamed) = (0, 0);
    let widest = widest(file, header);
    let mut long = Vec::new();
    for row in file.sheet.grid.rows_from(header.data) {
        match again.again(&row) {
            Some(Again::Same) => {
                findings.merge(message::header_repeated(file.sheet.place().at_row(row.number())));
                continue;
            }
            Some(Again::Other { column, expected, found }) => {
                let place = file.sheet.cell(row.number(), column);
                findings.push(message::second_header(&expected, &found, place));
                break;
            }
            None => {}
        }
        let texts = reader.read(&row);
        if let Some(place) = outside(file, &row, key, &texts) {
            findings.merge(message::outside_register(place));
            continue;
        }
        let recognised = file.recogniser.row(&row, &texts);
        if is_long(&row, widest) && recognised.subject.has_numbers() {
            long.push(file.sheet.place().at_row(row.number()));
            continue;
        }
        match recognised.subject {
            Subject::Area(_) => {
                named += 1;
                for (column, from) in texts.repeated {
                    let place = file.sheet.place().at_row(row.number()).at_column(column);
                    repeated.entry((column, from)).or_default().push(place);
                }
            }
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
    if !long.is_empty() {
        findings.push(message::long_rows(long, file.sheet.record.delimiter));
    }
    if file.source.parts == Parts::Sum {
        parts_as_areas(&mut rows);
        named = rows.iter().filter(|row| row.recognised.subject.is_area()).count();
    }
    for ((column, from), places) in repeated {
        let column = column_name(header, column);
        findings.push(match from {
            Repeats::Merged => rows_message::filled_from_merged(&column, places),
            Repeats::Above => rows_message::filled_from_above(&column, places),
            Repeats::Dated => rows_message::codes_as_dates(&column, places),
        });
    }
    if named == 0 {
        let looked_at = if unnamed > 0 { unnamed } else { rows.len() };
        let examples = examples(&rows, key.at(At::Code));
        let parts =
            |row: &&DataRow<'_>| matches!(row.recognised.subject, Subject::Part(_, Some(_)));
        let parts = rows.iter().filter(parts).count();
        let finding = message::no_area(level, looked_at, parts, &examples, place());
        return (Err(finding), findings);
    }
    (Ok(rows), findings)
}

/// Takes the rows of villages and sectors for rows of their units, where a unit has none of its own:
/// beside one of its own they are only compared with it.
fn parts_as_areas(rows: &mut [DataRow<'_>]) {
    let own: BTreeSet<usize> = rows
        .iter()
        .filter_map(|row| match row.recognised.subject {
            Subject::Area(area) => Some(area),
            _ => None,
        })
        .collect();
    for row in rows {
        if let Subject::Part(_, Some(unit)) = row.recognised.subject
            && !own.contains(&unit)
        {
            row.recognised.subject = Subject::Area(unit);
        }
    }
}

/// Where a row stands that lies outside of the register by declaration.
fn outside(
    file: &OpenFile<'_>,
    row: &GridRow<'_>,
    key: &KeyColumns,
    texts: &RowKey<'_>,
) -> Option<Place> {
    let labels = &file.source.outside;
    let column = key.county.or(key.area).filter(|_| !labels.is_empty())?;
    let text = fold(texts.texts.county.as_deref().or(texts.texts.area.as_deref())?);
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

/// The fields of the longest row of the header of a text file; none in a workbook, where rows have no
/// length.
fn widest(file: &OpenFile<'_>, header: &Header) -> Option<u32> {
    let fields = |&number: &u32| file.sheet.grid.numbered(number).map(|row| row.fields());
    header.rows.iter().filter_map(fields).max().filter(|fields| *fields > 0)
}

/// Whether a row has something in a field that the header does not have, so that nobody knows which
/// of its fields belong to which column.
fn is_long(row: &GridRow<'_>, widest: Option<u32>) -> bool {
    let last = row.cells().last().map_or(0, |(column, _)| column);
    widest.is_some_and(|widest| last > widest)
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
