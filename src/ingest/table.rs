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
use crate::quality::{Place, Said, rules, said};
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
        said!("the header is row {list}", "antetul este rândul {list}")
    } else {
        said!("the header is rows {list}", "antetul este pe rândurile {list}")
    };
    let row = header.rows.first().copied().unwrap_or(1);
    progress.ledger.tell_at(&rules::HEADER_DETECTED, message, current.opened.place().at_row(row));
    header
}

fn tell_missing(progress: &mut Progress<'_, '_>, place: Place, header: &Header, error: NotFound) {
    let place = match header.rows.last() {
        Some(&row) => place.at_row(row),
        None => place,
    };
    progress.ledger.tell_at(&rules::COLUMN_MISSING, error.message, place).hint = Some(error.hint);
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
                let message = said!(
                    "`{id}` says `where`, which the layout `table` does not have",
                    "`{id}` spune `where`, ceea ce așezarea `table` nu are",
                    id = &progress.drafts[measure].measure.id,
                );
                progress.ledger.tell(&rules::COLUMN_MISSING, message).hint = Some(said!(
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
        let message = said!(
            "the source does not say which column names the area of a row",
            "sursa nu spune ce coloană numește aria unui rând",
        );
        progress.ledger.tell(&rules::KEY_MISSING, message).hint = Some(said!(
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
            said!(
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
            said!(
                "{named} rows name a {level}, many more than there are",
                "{numite} numesc ceva de nivelul `{level}`, mult mai multe decât există",
                numite = numbered(named, "rând", "rânduri"),
                named = thousands(named),
            ),
            said!(
                "a table has one row an area: keep one row for each, or say `layout = \"tempo\"`",
                "un tabel are un rând pentru o arie: păstrați câte unul sau scrieți \
                 `layout = \"tempo\"`",
            ),
        )
    };
    let place = current.opened.place().at_column(key.at(At::Code));
    progress.ledger.tell_at(&rules::KEY_MISSING, message, place).hint = Some(hint);
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
    let message = said!(
        "rows outside of the register by declaration, which give no value",
        "rânduri declarate în afara registrului, care nu dau nicio valoare",
    );
    let place = current.opened.cell(row.number(), named);
    progress.ledger.tell_at(&rules::OUTSIDE_REGISTER, message, place);
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
    let message = said!(
        "none of {rows} names a {level} of the register",
        "niciunul din {rows} nu numește ceva de nivelul `{level}` din registru";
        rows = Said::counted(looked, ["row", "rows"], ["rând", "rânduri"]),
    );
    let column = key.at(At::Code);
    let examples: Vec<String> = rows
        .iter()
        .map(|row| trim(&row.row.cell(column).text()).to_owned())
        .filter(|text| !text.is_empty())
        .take(3)
        .collect();
    let finding = progress.ledger.tell_at(
        &rules::KEY_MISSING,
        message,
        current.opened.place().at_column(column),
    );
    finding.hint = Some(said!(
        "{look}; the column holds {examples}",
        "{look}; coloana conține {examples}";
        look = look_at_key(),
        examples = list(examples.iter().map(String::as_str), 3),
    ));
}

fn look_at_key() -> Said {
    said!(
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
        let message = said!(
            "{rows} not as long as the header",
            "{rows} lungimea antetului";
            rows = Said::counted(places.len(), ["row", "rows"], ["rând nu are", "rânduri nu au"]),
        );
        let finding = progress.ledger.tell(&rules::RAGGED_ROW, message);
        finding.places = places;
        finding.hint = Some(said!(
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
mod tests {
    use rust_xlsxwriter::{Format, Formula, Workbook};

    use super::super::scene::{by_code, column, outcome, source};
    use super::*;
    use crate::observation::{Cell, Missing, Nature};
    use crate::quality::Severity;
    use crate::study::source::{Absent, Marker};
    use crate::study::{NumberFormat, SheetChoice};

    fn csv(text: &str) -> [(&'static str, Vec<u8>); 1] {
        [("in.csv", text.as_bytes().to_vec())]
    }

    fn read_csv(source: crate::study::Source, text: &str) -> super::super::scene::Outcome {
        let files = csv(text);
        outcome(&[source], &files.each_ref().map(|(path, bytes)| (*path, bytes.as_slice())))
    }

    fn people() -> crate::study::Source {
        source("in.csv", by_code("cod"), vec![column("people", "pop", Nature::Count)])
    }

    #[test]
    fn values_reach_their_units_with_their_origin() {
        let outcome = read_csv(people(), "cod,pop\n1213,21307\n1017,64227\n");
        outcome.is("people", "1017", 64227.0);
        outcome.is("people", "1213", 21307.0);
        outcome.lacks("people", "179132", Missing::NotAvailable);
        let series = outcome.series("people");
        let origins: Vec<_> = series.origins.iter().flatten().collect();
        assert_eq!(origins.len(), 2);
        assert!(origins.iter().any(|origin| (origin.row, origin.column) == (3, 2)));
        assert_eq!(outcome.reading.observations.files[0].rows_used, 2);
        assert!(outcome.reading.is_complete());
        let absent = outcome.one(&rules::UNIT_ABSENT);
        assert!(absent.message.en.contains("3,179 of 3,181 units"), "{}", absent.message);
    }

    #[test]
    fn totals_and_sectors_are_reconciled_and_dropped() {
        let outcome = read_csv(
            people(),
            "judet,cod,localitate,pop\nALBA,1017,ALBA IULIA,5\nBUC,179132,BUCURESTI,12\n\
             BUC,179141,SECTORUL 1,5\nBUC,179150,SECTORUL 2,7\nALBA,AB,JUDETUL ALBA,9\n,,,\n",
        );
        outcome.is("people", "179132", 12.0);
        let reconciled = outcome.one(&rules::SUMS_RECONCILED);
        assert!(reconciled.message.en.contains("2 sectors"), "{}", reconciled.message);
        assert_eq!(reconciled.places.len(), 2);
        // Alba's other units have no row, so its printed total cannot be compared.
        assert_eq!(outcome.told(&rules::SUMS_INCOMPLETE).len(), 1);
        let classes: Vec<&str> =
            outcome.told(&rules::ROWS_DROPPED).iter().map(|f| f.message.en.as_str()).collect();
        assert_eq!(classes.len(), 3, "{classes:?}");
    }

    #[test]
    fn a_total_that_is_not_the_sum_is_told_with_both_numbers() {
        let outcome = read_csv(people(), "cod,pop\n179132,12\n179141,5\n179150,8\n");
        let differs = outcome.one(&rules::SUMS_DIFFER);
        assert!(
            differs.message.en.contains("12") && differs.message.en.contains("13"),
            "{}",
            differs.message
        );
    }

    #[test]
    fn a_unit_in_two_rows_has_no_value_and_is_told() {
        let outcome = read_csv(people(), "cod,pop\n1017,1\n1213,2\n1017,3\n");
        outcome.lacks("people", "1017", Missing::NotAvailable);
        let finding = outcome.one(&rules::DUPLICATE_UNIT);
        assert_eq!(finding.unit.as_deref(), Some("1017"));
        let rows: Vec<_> = finding.places.iter().filter_map(|place| place.row).collect();
        assert_eq!(rows, [2, 4]);
    }

    #[test]
    fn the_same_unit_in_two_files_of_a_glob_is_a_repetition() {
        let mut source = people();
        source.file = "in*.csv".to_owned();
        let files: [(&str, &[u8]); 2] =
            [("in2.csv", b"cod,pop\n1017,1\n"), ("in1.csv", b"cod,pop\n1017,1\n1213,4\n")];
        let outcome = outcome(&[source], &files);
        let finding = outcome.one(&rules::DUPLICATE_UNIT);
        let files: Vec<_> = finding.places.iter().map(|place| place.file.as_str()).collect();
        assert_eq!(files, ["in1.csv", "in2.csv"]);
        outcome.is("people", "1213", 4.0);
    }

    #[test]
    fn a_text_in_a_number_column_is_told_with_its_cell() {
        let outcome = read_csv(people(), "cod,pop\n1017,12\n1213,necunoscut\n");
        let finding = outcome.one(&rules::TEXT_IN_NUMBERS);
        assert_eq!(finding.severity, Severity::Error);
        assert_eq!(finding.places[0].spot(), "line 3, field 2");
        assert_eq!(finding.places[0].text.as_deref(), Some("necunoscut"));
        outcome.lacks("people", "1213", Missing::NotAvailable);
        outcome.is("people", "1017", 12.0);
    }

    #[test]
    fn five_states_are_kept_apart_and_counted() {
        let mut source = people();
        source.missing.insert("-".to_owned(), Marker::Zero);
        source.missing.insert("x".to_owned(), Marker::NotApplicable);
        let outcome = read_csv(source, "cod,pop\n1017,-\n1213,:\n1348,**\n1874,x\n1151,\n2130,0\n");
        outcome.is("people", "1017", 0.0);
        outcome.lacks("people", "1213", Missing::NotAvailable);
        outcome.lacks("people", "1348", Missing::Confidential);
        outcome.lacks("people", "1874", Missing::NotApplicable);
        outcome.lacks("people", "1151", Missing::NotAvailable);
        outcome.is("people", "2130", 0.0);
        assert_eq!(outcome.told(&rules::MISSING_VALUES).len(), 4);
    }

    #[test]
    fn an_undeclared_dash_says_how_to_declare_it() {
        let outcome = read_csv(people(), "cod,pop\n1017,-\n1213,4\n");
        let finding = outcome.one(&rules::UNDECLARED_MARK);
        assert!(finding.hint.as_ref().unwrap().en.contains("missing = { \"-\" = \"zero\" }"));
        outcome.lacks("people", "1017", Missing::NotAvailable);
    }

    #[test]
    fn numbers_that_can_be_read_in_two_ways_stop_the_measure() {
        let text = "cod;pop\n1017;1.234\n1213;12\n";
        let outcome = read_csv(people(), text);
        assert_eq!(outcome.reading.unread, ["s.people"]);
        let finding = outcome.one(&rules::AMBIGUOUS_NUMBERS);
        assert!(finding.hint.as_ref().unwrap().en.contains("thousands = \".\""));
        let mut source = people();
        source.numbers = Some(NumberFormat { decimal: ',', thousands: Some('.') });
        read_csv(source, text).is("people", "1017", 1234.0);
    }

    #[test]
    fn a_table_that_writes_decimals_with_a_point_parts_thousands_by_its_commas() {
        let mut source = people();
        source.measures.push(column("rate", "rata", Nature::Rate));
        let text = "cod,pop,rata\n1017,\"5,673\",3.37\n1213, 792     ,1.5\n";
        let outcome = read_csv(source, text);
        outcome.is("people", "1017", 5673.0);
        outcome.is("rate", "1017", 3.37);
        let format = outcome.one(&rules::NUMBER_FORMAT);
        assert!(format.message.en.contains("as column `C` uses `.`"), "{}", format.message);
        // The same mark in both columns proves nothing.
        let mut source = people();
        source.measures.push(column("rate", "rata", Nature::Rate));
        let outcome = read_csv(source, "cod,pop,rata\n1017,5.673,3.37\n1213,792,1.5\n");
        assert_eq!(outcome.reading.unread, ["s.people"]);
    }

    #[test]
    fn codes_and_names_of_one_row_are_compared() {
        let mut source = people();
        source.key = Some(Key::Code {
            code: "cod".to_owned(),
            name: Some("nume".to_owned()),
            county: Some("judet".to_owned()),
            period: None,
        });
        let text = "judet,cod,nume,pop\nAlba,1017,Alba Iulia,5\nAlba,1213,Blaj,4\n";
        let outcome = read_csv(source, text);
        let finding = outcome.one(&rules::CODE_NAME_MISMATCH);
        assert_eq!(finding.places[0].spot(), "line 3, field 3");
        assert!(finding.hint.as_ref().unwrap().en.contains("1348"), "{:?}", finding.hint);
    }

    #[test]
    fn unknown_codes_and_names_are_told_with_suggestions() {
        let outcome = read_csv(people(), "cod,pop\n1018,5\n1017,4\n");
        assert!(outcome.one(&rules::UNKNOWN_CODE).message.en.contains("`1018`"));
        let mut source = people();
        let key = Key::Name { name: "nume".to_owned(), county: "judet".to_owned() };
        source.key = Some(key);
        let text = "judet,nume,pop\nAlba,Aiudu,5\nAlba,ABRUD,4\nAlba,Zzyzx,3\n";
        let outcome = read_csv(source, text);
        outcome.is("people", "1151", 4.0);
        assert!(!outcome.told(&rules::UNKNOWN_NAME).is_empty());
        assert_eq!(outcome.one(&rules::FALLBACK_MATCH).places.len(), 1);
    }

    #[test]
    fn names_in_a_county_that_no_other_shares_are_the_key_and_the_rest_is_ambiguous() {
        let mut source = people();
        source.key = Some(Key::Name { name: "nume".to_owned(), county: "judet".to_owned() });
        let outcome = read_csv(source, "judet,nume,pop\nIasi,Vanatori,5\n,Vanatori,6\n");
        assert_eq!(outcome.told(&rules::AMBIGUOUS_NAME).len(), 1);
    }

    #[test]
    fn a_renamed_column_a_wrong_key_and_a_missing_file_are_all_told_at_once() {
        let mut sources = vec![people(), people(), people()];
        sources[0].measures[0].selection = Selection::Column("populatie".to_owned());
        sources[1].key = Some(by_code("pop"));
        sources[2].file = "nope.csv".to_owned();
        for (source, id) in sources.iter_mut().zip(["a", "b", "c"]) {
            source.id = id.to_owned();
        }
        let files: [(&str, &[u8]); 1] = [("in.csv", b"cod,pop,pop2\n1017,999999\n")];
        let outcome = outcome(&sources, &files);
        assert_eq!(outcome.reading.unread, ["a.people", "b.people", "c.people"]);
        let missing = outcome.one(&rules::COLUMN_MISSING);
        assert!(missing.hint.as_ref().unwrap().en.starts_with("did you mean `pop`?"));
        assert_eq!(outcome.told(&rules::KEY_MISSING).len(), 1);
        assert_eq!(outcome.told(&rules::FILE_MISSING).len(), 1);
    }

    #[test]
    fn absent_rows_are_zero_only_when_declared() {
        let mut source = people();
        source.measures[0].absent = Absent::Zero;
        let outcome = read_csv(source, "cod,pop\n1017,5\n");
        outcome.is("people", "1213", 0.0);
        assert!(outcome.one(&rules::ABSENT_AS_ZERO).message.en.contains("3,180 of 3,181"));
        assert!(outcome.told(&rules::UNIT_ABSENT).is_empty());
    }

    #[test]
    fn counties_are_measured_through_their_labels() {
        let mut source = people();
        source.level = "county".to_owned();
        source.key = Some(Key::Area("JUDET".to_owned()));
        let outcome = read_csv(
            source,
            " judet ,pop\nALBA ,4\nCARA?-SEVERIN,5\nMUN. BUC.,6\nTotal ,15\nNarnia,1\n",
        );
        outcome.is("people", "Alba", 4.0);
        outcome.is("people", "Caraș-Severin", 5.0);
        outcome.is("people", "București", 6.0);
        assert_eq!(outcome.one(&rules::UNKNOWN_NAME).places[0].text.as_deref(), Some("Narnia"));
        assert_eq!(outcome.one(&rules::MOJIBAKE).places.len(), 1);
    }

    #[test]
    fn a_rate_repeated_for_all_areas_and_a_negative_count_are_told() {
        let mut source = people();
        source.measures.push(column("rate", "rata", Nature::Rate));
        let outcome = read_csv(source, "cod,pop,rata\n1017,-5,3.37\n1213,1,3.37\n1348,2,3.37\n");
        assert_eq!(outcome.one(&rules::NEGATIVE_COUNT).places[0].row, Some(2));
        assert!(outcome.one(&rules::REPEATED_RATE).message.en.contains("3.37"));
    }

    #[test]
    fn words_are_kept_as_written() {
        let mut source = people();
        source.measures = vec![column("class", "clasa", Nature::Category)];
        let outcome = read_csv(source, "cod,clasa\n1017, c \n1213,\n1348,:\n");
        assert_eq!(*outcome.cell("class", "1017"), Cell::Text("c".to_owned()));
        outcome.lacks("class", "1213", Missing::NotAvailable);
        outcome.lacks("class", "1348", Missing::NotAvailable);
    }

    #[test]
    fn rows_longer_or_shorter_than_the_header_are_told() {
        let outcome = read_csv(people(), "cod,x,pop\n1017,a,5\n1213,b\n1348,c,6,7\n");
        let rows: Vec<_> =
            outcome.one(&rules::RAGGED_ROW).places.iter().filter_map(|place| place.row).collect();
        assert_eq!(rows, [3, 4]);
    }

    fn workbook() -> Workbook {
        let mut workbook = Workbook::new();
        let hidden = workbook.add_worksheet();
        hidden.set_name("ascuns").unwrap().set_hidden(true);
        hidden.write(0, 0, "x").unwrap();
        workbook.add_worksheet().set_name("gol").unwrap();
        let sheet = workbook.add_worksheet();
        sheet.set_name("2023").unwrap().set_active(true);
        sheet.merge_range(0, 0, 0, 3, "Situatia VMG", &Format::new()).unwrap();
        sheet.write(2, 0, "SIRUTA").unwrap();
        sheet.merge_range(2, 1, 2, 2, "Dosare", &Format::new()).unwrap();
        sheet.write(2, 3, "Pondere").unwrap();
        sheet.write(3, 1, "ianuarie").unwrap();
        sheet.write(3, 2, "februarie").unwrap();
        sheet.write(4, 0, "A").unwrap();
        for column in 1..=3 {
            sheet.write(4, column, column).unwrap();
        }
        let percent = Format::new().set_num_format("0.0%");
        for (row, code) in (5..).zip([1017, 1213, 1348]) {
            sheet.write(row, 0, code).unwrap();
            sheet.write(row, 1, row).unwrap();
            sheet.write_with_format(row, 3, 0.125, &percent).unwrap();
        }
        sheet.write(5, 2, 7).unwrap();
        sheet.write_formula(6, 2, Formula::new("=NA()").set_result("#N/A")).unwrap();
        sheet.write_formula(7, 2, Formula::new("=B8").set_result("")).unwrap();
        workbook
    }

    fn read_book(
        sheet: Option<SheetChoice>,
        mut workbook: Workbook,
    ) -> super::super::scene::Outcome {
        let bytes = workbook.save_to_buffer().unwrap();
        let measures = vec![
            column("january", "Dosare / ianuarie", Nature::Count),
            column("february", "februarie", Nature::Count),
            column("share", "D", Nature::Rate),
        ];
        let mut source = source("in.xlsx", by_code("siruta"), measures);
        source.sheet = sheet;
        outcome(&[source], &[("in.xlsx", &bytes)])
    }

    #[test]
    fn a_workbook_is_read_below_its_merged_header() {
        let outcome = read_book(None, workbook());
        outcome.is("january", "1017", 5.0);
        outcome.is("february", "1017", 7.0);
        outcome.lacks("february", "1213", Missing::NotAvailable);
        let header = outcome.one(&rules::HEADER_DETECTED);
        assert_eq!(header.message.en, "the header is rows 3, 4");
        assert!(outcome.one(&rules::SHEET_CHOSEN).message.en.contains("`2023`"));
        assert_eq!(outcome.told(&rules::HIDDEN_SHEET).len(), 1);
        assert_eq!(outcome.one(&rules::PERCENT_FORMAT).places[0].spot(), "column D");
        let file = &outcome.reading.observations.files[0];
        assert_eq!((file.format.as_str(), file.sheets.len()), ("xlsx", 1));
    }

    #[test]
    fn a_wrong_sheet_is_told_with_the_sheets_there_are() {
        let outcome = read_book(Some(SheetChoice::Name("2032".to_owned())), workbook());
        let finding = outcome.one(&rules::SHEET_MISSING);
        assert!(finding.hint.as_ref().unwrap().en.contains("did you mean `2023`?"));
        assert_eq!(outcome.reading.unread.len(), 3);
    }
}
