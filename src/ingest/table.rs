//! Reads the layout `table`: one row an area, one column a measure.

use std::collections::BTreeSet;

use super::columns::{self, NotFound};
use super::grid::GridRow;
use super::header::{self, Header};
use super::keys::{KeyColumns, Recognised, Subject};
use super::labels::{fold, list, trim};
use super::remarks::At;
use super::source::{Current, Progress};
use super::values::read_column;
use crate::language::{numbered, thousands};
use crate::message;
use crate::quality::{Message, Place, message};
use crate::register::RowClass;
use crate::study::{Key, Selection};

/// The texts by which a study names the columns of a key.
pub(super) fn names_of(key: &Key) -> [Option<&str>; 6] {
    match key {
        Key::Code { code, name, county, period } => {
            let [name, county, period] = [name, county, period].map(Option::as_deref);
            [Some(code.as_str()), name, county, None, None, period]
        }
        Key::Glued(column) => [None, None, None, Some(column), None, None],
        Key::Name { name, county } => [None, Some(name), Some(county), None, None, None],
        Key::Area(column) => [None, None, None, None, Some(column), None],
    }
}

/// Rows that name no area are told one by one up to this number; the register has fewer units.
const MOST_REFUSED: usize = 5_000;
/// Rows that an area may have on average before the file is called no table of areas.
const MOST_REPEATED: usize = 20;

/// A data row and what it is about.
pub(super) struct DataRow<'g> {
    pub(super) row: GridRow<'g>,
    pub(super) recognised: Recognised,
}

/// Reads one file; answers the rows that gave values.
pub(super) fn read(progress: &mut Progress<'_, '_>, current: &Current<'_>) -> BTreeSet<u32> {
    let header = find_header(progress, current);
    let columns = measure_columns(progress, current, &header);
    let Some(key) = key_columns(progress, current, &header) else {
        progress.fail_all();
        return BTreeSet::new();
    };
    let Some(rows) = recognise(progress, current, (&header, &key)) else {
        progress.fail_all();
        return BTreeSet::new();
    };
    tell_ragged(progress, current, &header, &rows);
    for (measure, column) in columns {
        read_column(progress, current, (measure, column), &rows);
    }
    account(progress, current, &key, &rows)
}

fn find_header(progress: &mut Progress<'_, '_>, current: &Current<'_>) -> Header {
    let grid = &current.opened.grid;
    if let Some(rows) = &progress.source.header {
        return header::declared(grid, rows);
    }
    let mut wanted: Vec<&str> = Vec::new();
    wanted.extend(progress.source.key.iter().flat_map(names_of).flatten());
    for measure in &progress.source.measures {
        if let Selection::Column(column) = &measure.selection {
            wanted.push(column);
        }
    }
    let header = header::detect(grid, &wanted);
    let rows: Vec<String> = header.rows.iter().map(u32::to_string).collect();
    let list = rows.join(", ");
    let message = if rows.len() == 1 {
        message!("the header is row {list}", "antetul este rândul {list}")
    } else {
        message!("the header is rows {list}", "antetul este pe rândurile {list}")
    };
    let row = header.rows.first().copied().unwrap_or(1);
    progress.ledger.tell_at(
        &message::ingest::HEADER_DETECTED,
        message,
        current.opened.place().at_row(row),
    );
    header
}

fn tell_missing(progress: &mut Progress<'_, '_>, place: Place, header: &Header, error: NotFound) {
    let place = match header.rows.last() {
        Some(&row) => place.at_row(row),
        None => place,
    };
    progress.ledger.tell_at(&message::ingest::COLUMN_MISSING, error.message, place).hint =
        Some(error.hint);
}

/// The measures that have their column in this file: position and column.
fn measure_columns(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    header: &Header,
) -> Vec<(usize, u32)> {
    let mut columns = Vec::new();
    for measure in 0..progress.drafts.len() {
        let wanted = match &progress.drafts[measure].measure.selection {
            Selection::Column(wanted) => wanted,
            Selection::Where(_) => {
                let message = message!(
                    "`{id}` says `where`, which the layout `table` does not have",
                    "`{id}` spune `where`, ceea ce așezarea `table` nu are",
                    id = &progress.drafts[measure].measure.id,
                );
                progress.ledger.tell(&message::ingest::COLUMN_MISSING, message).hint =
                    Some(message!(
                        "name its `column`, or say `layout = \"tempo\"`",
                        "numiți-i coloana în `column` sau scrieți `layout = \"tempo\"`",
                    ));
                progress.fail(measure);
                continue;
            }
        };
        match columns::find(header, wanted, current.opened.grid.width()) {
            Ok(column) => columns.push((measure, column)),
            Err(error) => {
                tell_missing(progress, current.opened.place(), header, error);
                progress.fail(measure);
            }
        }
    }
    columns
}

fn key_columns(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    header: &Header,
) -> Option<KeyColumns> {
    let Some(key) = &progress.source.key else {
        let message = message!(
            "the source does not say which column names the area of a row",
            "sursa nu spune ce coloană numește aria unui rând",
        );
        progress.ledger.tell(&message::ingest::KEY_MISSING, message).hint = Some(message!(
            "add `key = {{ code = \"…\" }}`, `{{ name = \"…\", county = \"…\" }}` or \
             `{{ county = \"…\" }}`",
            "adăugați `key = {{ code = \"…\" }}`, `{{ name = \"…\", county = \"…\" }}` sau \
             `{{ county = \"…\" }}`",
        ));
        return None;
    };
    let mut found = [None; 6];
    let mut complete = true;
    for (slot, wanted) in found.iter_mut().zip(names_of(key)) {
        let Some(wanted) = wanted else { continue };
        match columns::find(header, wanted, current.opened.grid.width()) {
            Ok(column) => *slot = Some(column),
            Err(error) => {
                tell_missing(progress, current.opened.place(), header, error);
                complete = false;
            }
        }
    }
    let [code, name, county, glued, area, period] = found;
    complete.then_some(KeyColumns { code, period, name, county, glued, area })
}

/// What each data row is about; `None` when no row names any area, which is told once.
fn recognise<'g>(
    progress: &mut Progress<'_, '_>,
    current: &Current<'g>,
    (header, key): (&Header, &KeyColumns),
) -> Option<Vec<DataRow<'g>>> {
    let recogniser = progress.recogniser;
    let areas = progress.drafts.first().map_or(0, |draft| draft.slots.len());
    let mut rows: Vec<DataRow<'g>> = Vec::new();
    let (mut named, mut unnamed) = (0, 0);
    for row in current.opened.grid.rows_from(header.data) {
        if is_outside(progress, current, &row, key) {
            continue;
        }
        let recognised = recogniser.row(&row, key);
        match recognised.subject {
            Subject::Area(_) => named += 1,
            Subject::Refused => unnamed += 1,
            Subject::Total(..) | Subject::Part(..) | Subject::Other(_) => {}
        }
        rows.push(DataRow { row, recognised });
        if unnamed > MOST_REFUSED || named > areas.saturating_mul(MOST_REPEATED).max(MOST_REFUSED) {
            tell_no_table(progress, current, key, (named, unnamed));
            return None;
        }
    }
    let count = |wanted: fn(&Subject) -> bool| {
        rows.iter().filter(|row| wanted(&row.recognised.subject)).count()
    };
    let refused = count(|subject| *subject == Subject::Refused);
    if count(|subject| matches!(subject, Subject::Area(_))) == 0 {
        tell_no_area(progress, current, key, (&rows, refused));
        return None;
    }
    for row in &rows {
        let number = row.row.number();
        progress.remark(&row.recognised.remarks, |at| current.opened.cell(number, key.at(at)));
    }
    Some(rows)
}

/// Tells a file whose rows cannot be one an area, before millions of them are told one by one.
fn tell_no_table(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    key: &KeyColumns,
    (named, unnamed): (usize, usize),
) {
    let level = progress.recogniser.level;
    let (message, hint) = if unnamed > MOST_REFUSED {
        (
            message!(
                "more than {most} rows name no {level} of the register, so it is not read on",
                "peste {randuri} nu numesc nimic de nivelul `{level}` din registru, așa că nu se \
                 citește mai departe",
                most = thousands(MOST_REFUSED),
                randuri = numbered(MOST_REFUSED, "rând", "rânduri"),
            ),
            look_at_key(),
        )
    } else {
        (
            message!(
                "{named} rows name a {level}, many more than there are",
                "{numite} numesc ceva de nivelul `{level}`, mult mai multe decât există",
                numite = numbered(named, "rând", "rânduri"),
                named = thousands(named),
            ),
            message!(
                "a table has one row an area: keep one row for each, or say `layout = \"tempo\"`",
                "un tabel are un rând pentru o arie: păstrați câte unul sau scrieți \
                 `layout = \"tempo\"`",
            ),
        )
    };
    let place = current.opened.place().at_column(key.at(At::Code));
    progress.ledger.tell_at(&message::ingest::KEY_MISSING, message, place).hint = Some(hint);
}

/// Whether a row lies outside of the register by declaration, which is told.
fn is_outside(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    row: &GridRow<'_>,
    key: &KeyColumns,
) -> bool {
    let outside = &progress.source.outside;
    let Some(column) = key.county.or(key.area).filter(|_| !outside.is_empty()) else {
        return false;
    };
    let text = fold(&row.cell(column).text());
    if !outside.iter().any(|label| fold(label) == text) {
        return false;
    }
    let named = key.name.or(key.glued).or(key.code).unwrap_or(column);
    let message = message!(
        "rows outside of the register by declaration, which give no value",
        "rânduri declarate în afara registrului, care nu dau nicio valoare",
    );
    let place = current.opened.cell(row.number(), named);
    progress.ledger.tell_at(&message::ingest::OUTSIDE_REGISTER, message, place);
    true
}

fn tell_no_area(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    key: &KeyColumns,
    (rows, refused): (&[DataRow<'_>], usize),
) {
    let level = progress.recogniser.level;
    let looked = if refused > 0 { refused } else { rows.len() };
    let message = message!(
        "none of {rows} names a {level} of the register",
        "niciunul din {rows} nu numește ceva de nivelul `{level}` din registru";
        rows = Message::counted(looked, ["row", "rows"], ["rând", "rânduri"]),
    );
    let column = key.at(At::Code);
    let examples: Vec<String> = rows
        .iter()
        .map(|row| trim(&row.row.cell(column).text()).to_owned())
        .filter(|text| !text.is_empty())
        .take(3)
        .collect();
    let finding = progress.ledger.tell_at(
        &message::ingest::KEY_MISSING,
        message,
        current.opened.place().at_column(column),
    );
    finding.hint = Some(message!(
        "{look}; the column holds {examples}",
        "{look}; coloana conține {examples}";
        look = look_at_key(),
        examples = list(examples.iter().map(String::as_str), 3),
    ));
}

fn look_at_key() -> Message {
    message!(
        "look whether `key` names the right column and `level` the right areas",
        "verificați dacă `key` numește coloana bună și `level` ariile bune",
    )
}

/// Tells the rows with values beyond the header, or that end before it.
fn tell_ragged(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    header: &Header,
    rows: &[DataRow<'_>],
) {
    let last = header.columns.last().map_or(0, |column| column.column);
    let is_area = |row: &&DataRow<'_>| matches!(row.recognised.subject, Subject::Area(_));
    let places: Vec<Place> = rows
        .iter()
        .filter(is_area)
        .filter(|row| row.row.fields() > 0)
        .filter(|row| {
            let beyond = row.row.cells().last().is_some_and(|(column, _)| column > last);
            // A column without a header is common at the right edge; every row then has it.
            row.row.fields() < last || (beyond && row.row.fields() > header_fields(current, header))
        })
        .map(|row| current.opened.place().at_row(row.row.number()))
        .collect();
    if !places.is_empty() {
        let message = message!(
            "{rows} not as long as the header",
            "{rows} lungimea antetului";
            rows = Message::counted(places.len(), ["row", "rows"], ["rând nu are", "rânduri nu au"]),
        );
        let finding = progress.ledger.tell(&message::ingest::RAGGED_ROW, message);
        finding.places = places;
        finding.hint = Some(message!(
            "look for a delimiter inside a text that is not quoted",
            "căutați un separator într-un text care nu este între ghilimele",
        ));
    }
}

fn header_fields(current: &Current<'_>, header: &Header) -> u32 {
    let fields = |&number: &u32| current.opened.grid.numbered(number).map(|row| row.fields());
    header.rows.iter().filter_map(fields).max().unwrap_or(0)
}

/// Counts the rows by what became of them; answers those that gave values.
fn account(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    key: &KeyColumns,
    rows: &[DataRow<'_>],
) -> BTreeSet<u32> {
    let mut used = BTreeSet::new();
    for row in rows {
        let number = row.row.number();
        let cell = || current.opened.cell(number, key.at(At::Name));
        match &row.recognised.subject {
            Subject::Area(area) => {
                progress.see((0, *area), cell);
                used.insert(number);
            }
            Subject::Total(class, _) | Subject::Part(class, _) => {
                progress.drop_row(*class, cell());
            }
            Subject::Other(RowClass::Blank) => {
                progress.drop_row(RowClass::Blank, current.opened.place().at_row(number));
            }
            Subject::Other(class) => progress.drop_row(*class, cell()),
            Subject::Refused => {}
        }
    }
    used
}

#[cfg(test)]
mod tests;
