use rust_xlsxwriter::{Format, Formula, Workbook};

use super::*;
use crate::ingest::fixture::{by_code, column, outcome, source};
use crate::message;
use crate::observation::{Cell, Missing, Nature};
use crate::quality::Severity;
use crate::study::source::{Absent, Marker};
use crate::study::{CountyFrom, Key, NumberFormat, RowCondition, SheetChoice, Skip, SkippedClass};

fn csv(text: &str) -> [(&'static str, Vec<u8>); 1] {
    [("in.csv", text.as_bytes().to_vec())]
}

fn read_csv(source: Source, text: &str) -> crate::ingest::fixture::Outcome {
    let files = csv(text);
    outcome(&[source], &files.each_ref().map(|(path, bytes)| (*path, bytes.as_slice())))
}

fn people() -> Source {
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
    let absent = outcome.one(&message::ingest::UNIT_ABSENT);
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
    let reconciled = outcome.one(&message::ingest::SUMS_RECONCILED);
    assert!(reconciled.message.en.contains("2 sectors"), "{}", reconciled.message);
    assert_eq!(reconciled.places.len(), 2);
    // Alba's other units have no row, so its printed total cannot be compared.
    assert_eq!(outcome.found(&message::ingest::SUMS_INCOMPLETE).len(), 1);
    let classes: Vec<&str> = outcome
        .found(&message::ingest::ROWS_DROPPED)
        .iter()
        .map(|f| f.message.en.as_str())
        .collect();
    assert_eq!(classes.len(), 3, "{classes:?}");
}

#[test]
fn a_total_that_is_not_the_sum_is_told_with_both_numbers() {
    let outcome = read_csv(people(), "cod,pop\n179132,12\n179141,5\n179150,8\n");
    let differs = outcome.one(&message::ingest::SUMS_DIFFER);
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
    let finding = outcome.one(&message::ingest::DUPLICATE_UNIT);
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
    let finding = outcome.one(&message::ingest::DUPLICATE_UNIT);
    let files: Vec<_> = finding.places.iter().map(|place| place.file.as_str()).collect();
    assert_eq!(files, ["in1.csv", "in2.csv"]);
    outcome.is("people", "1213", 4.0);
}

#[test]
fn a_text_in_a_number_column_is_told_with_its_cell() {
    let outcome = read_csv(people(), "cod,pop\n1017,12\n1213,necunoscut\n");
    let finding = outcome.one(&message::ingest::TEXT_IN_NUMBERS);
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
    assert_eq!(outcome.found(&message::ingest::MISSING_VALUES).len(), 4);
    assert_eq!(outcome.one(&message::ingest::READ_AS_ZERO).places.len(), 1);
}

#[test]
fn an_undeclared_dash_says_how_to_declare_it() {
    let outcome = read_csv(people(), "cod,pop\n1017,-\n1213,4\n");
    let finding = outcome.one(&message::ingest::UNDECLARED_MARK);
    assert!(finding.hint.as_ref().unwrap().en.contains("missing = { \"-\" = \"zero\" }"));
    outcome.lacks("people", "1017", Missing::NotAvailable);
}

#[test]
fn numbers_that_can_be_read_in_two_ways_stop_the_measure() {
    let text = "cod;pop\n1017;1.234\n1213;12\n";
    let outcome = read_csv(people(), text);
    assert_eq!(outcome.reading.unread, ["s.people"]);
    let finding = outcome.one(&message::ingest::AMBIGUOUS_NUMBERS);
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
    let format = outcome.one(&message::ingest::NUMBER_FORMAT);
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
    let finding = outcome.one(&message::ingest::CODE_NAME_MISMATCH);
    assert_eq!(finding.places[0].spot(), "line 3, field 3");
    assert!(finding.hint.as_ref().unwrap().en.contains("1348"), "{:?}", finding.hint);
}

#[test]
fn unknown_codes_and_names_are_told_with_suggestions() {
    let outcome = read_csv(people(), "cod,pop\n1018,5\n1017,4\n");
    assert!(outcome.one(&message::ingest::UNKNOWN_CODE).message.en.contains("`1018`"));
    let mut source = people();
    let key = Key::Name { name: "nume".to_owned(), county: "judet".to_owned() };
    source.key = Some(key);
    let text = "judet,nume,pop\nAlba,Aiudu,5\nAlba,ABRUD,4\nAlba,Zzyzx,3\n";
    let outcome = read_csv(source, text);
    outcome.is("people", "1151", 4.0);
    assert!(!outcome.found(&message::ingest::UNKNOWN_NAME).is_empty());
    assert_eq!(outcome.one(&message::ingest::FALLBACK_MATCH).places.len(), 1);
}

#[test]
fn a_name_without_its_county_is_never_enough() {
    let mut source = people();
    source.key = Some(Key::Name { name: "nume".to_owned(), county: "judet".to_owned() });
    let text = "judet,nume,pop\nIasi,Vanatori,5\n,Vanatori,6\nidem,Abrud,7\n";
    let outcome = read_csv(source.clone(), text);
    assert_eq!(outcome.one(&message::ingest::COUNTY_MISSING).places.len(), 2);
    assert!(
        outcome.one(&message::ingest::COUNTY_MISSING).hint.as_ref().unwrap().en.contains("judet")
    );
    source.fill = vec!["judet".to_owned()];
    let outcome =
        read_csv(source.clone(), "judet,nume,pop\nAlba,Aiud,5\nidem,Abrud,7\n,Total,12\n");
    outcome.is("people", "1151", 7.0);
    assert_eq!(outcome.one(&message::ingest::KEY_FILLED).places.len(), 1);
    source.key = Some(Key::Glued("nume".to_owned()));
    source.fill.clear();
    let outcome = read_csv(source, "judet,nume,pop\nAlba,Abrud,7\nAlba,1017 Alba Iulia,9\n");
    assert_eq!(outcome.one(&message::ingest::COUNTY_MISSING).places.len(), 1);
    outcome.is("people", "1017", 9.0);
}

#[test]
fn the_county_of_a_file_stands_in_its_name_or_above_its_rows() {
    let mut source = people();
    let under = |county_from| Key::NameUnder { name: "nume".to_owned(), county_from };
    source.key = Some(under(CountyFrom::File));
    source.file = "someri_*.csv".to_owned();
    let files: [(&str, &[u8]); 2] = [
        ("someri_AB.csv", "nume,pop\nAbrud,7\n".as_bytes()),
        ("someri_Caraș-Severin_2023.csv", "nume,pop\nBozovici,9\n".as_bytes()),
    ];
    let read = outcome(&[source], &files);
    read.is("people", "1151", 7.0);
    read.is("people", "51573", 9.0);
    let mut source = people();
    source.key = Some(under(CountyFrom::Section));
    let text = "nume,pop\nAiud,5\nJudețul: ALBA,\nAbrud,7\nTotal județ,7\nCARAȘ-SEVERIN,\n\
                Bozovici,9\n";
    let read = read_csv(source, text);
    read.is("people", "1151", 7.0);
    read.is("people", "51573", 9.0);
    assert_eq!(read.one(&message::ingest::COUNTY_MISSING).places.len(), 1);
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
    let missing = outcome.one(&message::ingest::COLUMN_MISSING);
    assert!(missing.hint.as_ref().unwrap().en.starts_with("did you mean `pop`?"));
    assert_eq!(outcome.found(&message::ingest::KEY_MISSING).len(), 1);
    assert_eq!(outcome.found(&message::ingest::FILE_MISSING).len(), 1);
}

#[test]
fn absent_rows_are_zero_only_when_declared() {
    let mut source = people();
    source.measures[0].absent = Absent::Zero;
    let outcome = read_csv(source, "cod,pop\n1017,5\n");
    outcome.is("people", "1213", 0.0);
    assert!(outcome.one(&message::ingest::ABSENT_AS_ZERO).message.en.contains("3,180 of 3,181"));
    assert!(outcome.found(&message::ingest::UNIT_ABSENT).is_empty());
}

#[test]
fn counties_are_measured_through_their_labels() {
    let mut source = people();
    source.level = "county".to_owned();
    source.key = Some(Key::Area { level: "county".to_owned(), column: "JUDET".to_owned() });
    let outcome = read_csv(
        source,
        " judet ,pop\nALBA ,4\nCARA?-SEVERIN,5\nMUN. BUC.,6\nTotal ,15\nNarnia,1\n",
    );
    outcome.is("people", "Alba", 4.0);
    outcome.is("people", "Caraș-Severin", 5.0);
    outcome.is("people", "București", 6.0);
    assert_eq!(
        outcome.one(&message::ingest::UNKNOWN_NAME).places[0].text.as_deref(),
        Some("Narnia")
    );
    assert_eq!(outcome.one(&message::ingest::MOJIBAKE).places.len(), 1);
}

#[test]
fn a_rate_repeated_for_all_areas_and_a_negative_count_are_told() {
    let mut source = people();
    source.measures.push(column("rate", "rata", Nature::Rate));
    let outcome = read_csv(source, "cod,pop,rata\n1017,-5,3.37\n1213,1,3.37\n1348,2,3.37\n");
    assert_eq!(outcome.one(&message::ingest::NEGATIVE_COUNT).places[0].row, Some(2));
    assert!(outcome.one(&message::ingest::REPEATED_RATE).message.en.contains("3.37"));
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
    let rows = |rule| -> Vec<u32> {
        outcome.one(rule).places.iter().filter_map(|place| place.row).collect()
    };
    assert_eq!(rows(&message::ingest::RAGGED_ROW), [3]);
    assert_eq!(rows(&message::ingest::LONG_ROW), [4]);
    assert!(outcome.series("people").cells.iter().all(|cell| cell.number() != Some(6.0)));
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
) -> crate::ingest::fixture::Outcome {
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
    let header = outcome.one(&message::ingest::HEADER_DETECTED);
    assert_eq!(header.message.en, "the header is rows 3, 4");
    assert!(outcome.one(&message::ingest::SHEET_CHOSEN).message.en.contains("`2023`"));
    assert_eq!(outcome.found(&message::ingest::HIDDEN_SHEET).len(), 1);
    assert_eq!(outcome.one(&message::ingest::PERCENT_FORMAT).places[0].spot(), "column D");
    let file = &outcome.reading.observations.files[0];
    assert_eq!((file.format.as_str(), file.sheets.len()), ("xlsx", 1));
}

#[test]
fn a_wrong_sheet_is_told_with_the_sheets_there_are() {
    let outcome = read_book(Some(SheetChoice::Name("2032".to_owned())), workbook());
    let finding = outcome.one(&message::ingest::SHEET_MISSING);
    assert!(finding.hint.as_ref().unwrap().en.contains("did you mean `2023`?"));
    assert_eq!(outcome.reading.unread.len(), 3);
}

/// A workbook with a sheet for each of these: its name and the lines on it, of which the cells are parted
/// by `|`.
fn sheets(sheets: &[(&str, &[&str])]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, lines) in sheets {
        let sheet = workbook.add_worksheet();
        sheet.set_name(*name).unwrap();
        for (row, line) in (0..).zip(*lines) {
            for (column, text) in (0..).zip(line.split('|')) {
                match text.parse::<f64>() {
                    Ok(number) => sheet.write(row, column, number).unwrap(),
                    Err(_) => sheet.write(row, column, text).unwrap(),
                };
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

fn every_sheet(key: Key, book: &[u8]) -> crate::ingest::fixture::Outcome {
    let mut source = source("in.xlsx", key, vec![column("people", "pop", Nature::Count)]);
    source.sheet = Some(SheetChoice::Every);
    outcome(&[source], &[("in.xlsx", book)])
}

fn under(county_from: CountyFrom) -> Key {
    Key::NameUnder { name: "nume".to_owned(), county_from }
}

#[test]
fn every_sheet_with_the_columns_is_a_part_of_one_table() {
    let book = sheets(&[
        ("Copertă", &["Raport anual"]),
        ("01 Alba", &["Județul Alba", "nume|pop", "Abrud|7", "Aiud|5"]),
        ("SM", &["Situația pe județul Satu Mare", "nume|pop", "Apa|3"]),
        ("CS 2023", &["Caraș-Severin", "nume|pop", "Bozovici|9"]),
    ]);
    for key in [CountyFrom::Sheet, CountyFrom::Title] {
        let read = every_sheet(under(key), &book);
        read.is("people", "1151", 7.0);
        read.is("people", "136802", 3.0);
        read.is("people", "51573", 9.0);
        let file = &read.reading.observations.files[0];
        assert_eq!(read.reading.observations.files.len(), 1);
        assert_eq!((file.sheets.join(","), file.rows_used), ("01 Alba,SM,CS 2023".to_owned(), 4));
        let series = read.series("people");
        let pages: Vec<u32> = series.origins.iter().flatten().map(|origin| origin.sheet).collect();
        assert_eq!(pages.iter().max(), Some(&2));
        let chosen = &read.one(&message::ingest::SHEET_CHOSEN).message.en;
        assert!(chosen.contains("3 sheets were read") && chosen.contains("`Copertă`"), "{chosen}");
    }
}

#[test]
fn below_a_heading_that_names_no_known_county_nothing_is_taken() {
    for heading in ["Județul Argxș", "Total județ Argxș|9", "Regiunea Sud-Muntenia"] {
        let rows =
            ["nume|pop", "Județul Vâlcea", "Total județ|9", "Popești|1", heading, "Popești|7"];
        let text = rows.map(|row| format!("{}\n", row.replace('|', ";"))).concat();
        let source = source(
            "in.csv",
            under(CountyFrom::Section),
            vec![column("people", "pop", Nature::Count)],
        );
        let read = outcome(&[source], &[("in.csv", text.as_bytes())]);
        assert_eq!(read.one(&message::ingest::COUNTY_MISSING).places.len(), 1, "{heading}");
        assert!(read.found(&message::ingest::DUPLICATE_UNIT).is_empty(), "{heading}");
    }
}

#[test]
fn a_title_of_another_county_than_the_name_of_the_sheet_is_an_error() {
    let book = sheets(&[
        ("Alba", &["Județul Alba", "nume|pop", "Abrud|7"]),
        ("Satu Mare", &["Situația pe județul Alba", "nume|pop", "Apa|3"]),
    ]);
    for key in [CountyFrom::Sheet, CountyFrom::Title] {
        let read = every_sheet(under(key), &book);
        let differ = read.one(&message::ingest::COUNTIES_DIFFER);
        assert_eq!(differ.places[0].sheet.as_deref(), Some("Satu Mare"));
        assert!(differ.message.en.contains("Satu Mare") && differ.message.en.contains("Alba"));
    }
    // a town in a title is not its county
    let book = sheets(&[("Alba", &["București, 3 martie", "nume|pop", "Abrud|7"])]);
    let read = every_sheet(under(CountyFrom::Sheet), &book);
    assert!(read.found(&message::ingest::COUNTIES_DIFFER).is_empty());
}

#[test]
fn a_sheet_that_is_nearly_a_part_is_no_silent_loss() {
    let book = sheets(&[
        ("Alba", &["nume|pop", "Abrud|7"]),
        ("Caraș-Severin", &["nume|populatia", "Bozovici|9"]),
        ("Sinteză", &["nume|pop", "Aiud|5"]),
    ]);
    let read = every_sheet(under(CountyFrom::Sheet), &book);
    let lacks = read.one(&message::ingest::COLUMN_MISSING);
    assert_eq!(lacks.places[0].sheet.as_deref(), Some("Caraș-Severin"));
    let nowhere = read.one(&message::ingest::COUNTY_MISSING);
    assert_eq!(nowhere.places[0].sheet.as_deref(), Some("Sinteză"));
    assert_eq!(read.reading.unread, ["s.people"]);
}

#[test]
fn a_unit_on_two_sheets_and_another_header_under_a_letter_are_told() {
    let book = sheets(&[("a", &["cod|pop", "1017|7"]), ("b", &["cod|pop", "1017|5", "1213|6"])]);
    let read = every_sheet(by_code("cod"), &book);
    let twice = read.one(&message::ingest::DUPLICATE_UNIT);
    assert_eq!(twice.places.len(), 2);
    read.lacks("people", "1017", Missing::NotAvailable);
    read.is("people", "1213", 6.0);
    let book = sheets(&[("a", &["cod|x|pop", "1017|1|7"]), ("b", &["cod|y|pop", "1213|1|5"])]);
    let measures = vec![column("x", "B", Nature::Count)];
    let mut source = source("in.xlsx", by_code("cod"), measures);
    source.sheet = Some(SheetChoice::Every);
    let read = outcome(&[source], &[("in.xlsx", &book)]);
    let differs = &read.one(&message::ingest::COLUMN_DIFFERS).message.en;
    assert_eq!(differs, "column `B` is `y` on this sheet and `x` on the sheet `a`");
}

/// A table of three units and two years, each with two months.
const LONG: &str = "cod,An,Luna,pop\n1017,2022,noiembrie,1\n1017,2022,decembrie,2\n\
                    1017,2023,ianuarie,3\n1017,2023,februarie,4\n1213,2022,noiembrie,5\n\
                    1213,2022,decembrie,6\n1213,2023,ianuarie,7\n1213,2023,februarie,8\n\
                    1348,2022,noiembrie,9\n1348,2022,decembrie,10\n1348,2023,ianuarie,11\n\
                    1348,2023,februarie,12\n";

fn taken(rows: &str, text: &str) -> crate::ingest::fixture::Outcome {
    let mut source = people();
    source.rows = Some(RowCondition::of(rows).unwrap());
    read_csv(source, text)
}

#[test]
fn a_long_table_says_what_its_rows_differ_by_and_takes_those_that_are_meant() {
    let read = read_csv(people(), LONG);
    let several = read.one(&message::ingest::DUPLICATE_UNIT);
    let hint = &several.hint.as_ref().unwrap().en;
    assert!(
        several.message.en.contains("3 areas stand in several rows, 12 rows in all"),
        "{several:?}"
    );
    assert!(several.message.en.contains("differ in `An`, `Luna`"), "{several:?}");
    assert!(hint.contains("rows = \"An = 2023 AND Luna = 'februarie'\""), "{hint}");
    let years = LONG.replace("ianuarie", "noiembrie").replace("februarie", "decembrie");
    let read = read_csv(people(), &years);
    let hint = &read.one(&message::ingest::DUPLICATE_UNIT).hint.as_ref().unwrap().en;
    assert!(hint.contains("rows = \"An = 2023 AND Luna = 'decembrie'\""), "{hint}");
    let read = taken("An = 2023 AND Luna = 'decembrie'", &years);
    read.is("people", "1017", 4.0);
    read.is("people", "1348", 12.0);
    assert!(read.found(&message::ingest::DUPLICATE_UNIT).is_empty());
    let left = &read.one(&message::ingest::ROWS_DROPPED).message.en;
    assert!(left.starts_with("9 rows are left out, 3 taken, as `rows` declares"), "{left}");
}

#[test]
fn what_rows_can_never_take_is_refused() {
    let read = taken("An = 2032 AND Luna = 'Decembrie'", LONG);
    let missing = read.found(&message::ingest::ROWS_LEFT_OUT);
    let hints: Vec<&str> =
        missing.iter().filter_map(|it| it.hint.as_ref()).map(|it| it.en.as_str()).collect();
    assert_eq!(hints.len(), 2, "{missing:?}");
    assert!(hints[0].contains("it holds `2022`, `2023`"), "{hints:?}");
    assert!(hints[1].contains("did you mean `decembrie`?"), "{hints:?}");
    assert_eq!(read.reading.unread, ["s.people"]);
    let read = taken("An = 2022 AND Luna = 'ianuarie'", LONG);
    assert!(read.one(&message::ingest::ROWS_LEFT_OUT).message.en.contains("holds for no row"));
    let read = taken("Anul = 2022", LONG);
    assert!(read.one(&message::ingest::COLUMN_MISSING).message.en.contains("`Anul`"));
}

#[test]
fn rows_may_be_taken_from_one_of_several_files() {
    let mut source = people();
    source.file = "in_*.csv".to_owned();
    source.rows = Some(RowCondition::of("An = 2023").unwrap());
    let files: [(&str, &[u8]); 2] =
        [("in_a.csv", b"cod,An,pop\n1017,2022,1\n"), ("in_b.csv", b"cod,An,pop\n1017,2023,2\n")];
    let read = outcome(&[source], &files);
    read.is("people", "1017", 2.0);
}

#[test]
fn a_row_without_what_the_condition_needs_gives_no_value_in_silence() {
    let text = "cod,An,pop\n1017,2023,1\n1213,,2\nTotal,,3\n";
    let read = taken("An = 2023", text);
    assert_eq!(read.one(&message::ingest::ROWS_LEFT_OUT).places[0].row, Some(3));
    read.lacks("people", "1213", Missing::NotAvailable);
    let mut source = people();
    source.rows = Some(RowCondition::of("An = 2023").unwrap());
    source.fill = vec!["An".to_owned()];
    let read = read_csv(source, text);
    read.is("people", "1213", 2.0);
}

#[test]
fn rows_that_begin_as_declared_are_skipped_and_no_area_is() {
    let mut source = people();
    let text = "cod,pop\n1017,5\nDate-prelucrate,\n1213,6\n";
    let read = read_csv(source.clone(), text);
    let hint = &read.one(&message::ingest::UNKNOWN_CODE).hint.as_ref().unwrap().en;
    assert!(hint.contains("leave it out by `skip = [\"Date-prelucrate\"]`"), "{hint}");
    let begins = |text: &str| Skip::Beginning(text.to_owned());
    source.skip = vec![begins("date-Pre"), begins("Sursă")];
    let read = read_csv(source.clone(), text);
    assert!(read.found(&message::ingest::UNKNOWN_CODE).is_empty());
    let skipped = &read.one(&message::ingest::ROWS_DROPPED).message.en;
    assert!(skipped.starts_with("1 row begins with `date-Pre`"), "{skipped}");
    assert!(read.one(&message::ingest::NO_EFFECT).message.en.contains("`Sursă`"));
    source.skip = vec![begins("12"), begins("Date")];
    let read = read_csv(source, text);
    read.is("people", "1213", 6.0);
    assert_eq!(read.one(&message::ingest::ROWS_LEFT_OUT).places[0].row, Some(4));
}

#[test]
fn rows_of_a_class_are_skipped_and_what_may_be_an_area_is_not() {
    let mut source = people();
    source.key = Some(Key::Name { name: "UAT".to_owned(), county: "Judet".to_owned() });
    source.fill = vec!["Judet".to_owned()];
    let text = "Judet,UAT,pop\nAlba,Aiud,5\n,Intocmit Popescu,\n,Zona de munte,\nAlba,Subtotal zona,5\n\
                ,Albacul,\n,Abrud,6\n";
    let errors = |source: &Source| {
        let read = read_csv(source.clone(), text);
        let names = read.found(&message::ingest::UNKNOWN_NAME);
        names.iter().map(|finding| finding.places.len()).sum::<usize>()
    };
    assert_eq!(errors(&source), 4);
    source.skip = vec![Skip::Class { class: SkippedClass::Note }];
    assert_eq!(errors(&source), 2, "the subtotal, and what may be Albac");
    source.skip.push(Skip::Class { class: SkippedClass::Total });
    assert_eq!(errors(&source), 1);
    let read = read_csv(source.clone(), text);
    read.is("people", "1151", 6.0);
    let skipped = read.found(&message::ingest::ROWS_DROPPED);
    let told: Vec<(&str, usize)> =
        skipped.iter().map(|it| (it.message.en.as_str(), it.places.len())).collect();
    assert_eq!(told[0].1 + told[1].1, 3, "{told:?}");
    let read = read_csv(source, "Judet,UAT,pop\nAlba,Aiud,5\n");
    assert_eq!(read.found(&message::ingest::NO_EFFECT).len(), 3, "two classes and `fill`");
}

#[test]
fn units_beside_numbers_are_read_where_all_carry_the_same() {
    let read = read_csv(people(), "cod,pop\n1017,100 lei\n1213,\"1.113,5 Lei\"\n1348,c\n");
    read.is("people", "1017", 100.0);
    read.is("people", "1213", 1113.5);
    read.lacks("people", "1348", Missing::Confidential);
    let formats = read.found(&message::ingest::NUMBER_FORMAT);
    assert!(formats.iter().any(|it| it.message.en.contains("carry `lei`")), "{formats:?}");
    let mixed = "cod,pop\n1017,100 lei\n1213,113\n1348,5 mii lei\n";
    let read = read_csv(people(), mixed);
    let differ = read.one(&message::ingest::UNITS_DIFFER);
    assert_eq!(differ.places.len(), 2);
    assert!(differ.hint.as_ref().unwrap().en.contains("`unit = \"mii lei\"`"), "{:?}", differ.hint);
    read.is("people", "1213", 113.0);
    read.lacks("people", "1017", Missing::NotAvailable);
    let mut source = people();
    source.measures[0].unit = Some("LEI".to_owned());
    let read = read_csv(source.clone(), mixed);
    read.is("people", "1017", 100.0);
    assert_eq!(read.one(&message::ingest::UNITS_DIFFER).places[0].row, Some(4));
    let read = read_csv(source, "cod,pop\n1017,100\n");
    assert!(read.one(&message::ingest::NO_EFFECT).message.en.contains("`LEI`"));
}

#[test]
fn no_hint_takes_lost_rows_for_zeros_or_deletes_what_may_be_a_unit() {
    let read = read_csv(people(), "cod,pop\n1017,5\n138404,7\n");
    let absent = read.found(&message::ingest::UNIT_ABSENT);
    let hints: Vec<&str> =
        absent.iter().filter_map(|it| it.hint.as_ref()).map(|it| it.en.as_str()).collect();
    assert!(hints.iter().any(|hint| hint.contains("1 village that give no value")), "{hints:?}");
    assert!(hints.iter().all(|hint| !hint.contains("absent = \"zero\"")), "{hints:?}");
    let read = read_csv(people(), "cod,pop\n1017,5\n,7\n");
    let hint = &read.one(&message::ingest::UNKNOWN_NAME).hint.as_ref().unwrap().en;
    assert!(hint.contains("`fill`") && !hint.contains("delete"), "{hint}");
}

fn in_county(fill: bool) -> Source {
    let key = Key::Name { name: "UAT".to_owned(), county: "Judet".to_owned() };
    let mut source = source("in.csv", key, vec![column("people", "pop", Nature::Count)]);
    source.fill = if fill { vec!["Judet".to_owned()] } else { Vec::new() };
    source
}

#[test]
fn a_seat_under_its_county_is_the_unit_where_no_other_row_is() {
    let seat = "Judet,UAT,pop\nTulcea,Babadag,1\n,Tulcea,7\n,Isaccea,2\n";
    let read = read_csv(in_county(true), seat);
    read.is("people", "159614", 7.0);
    let both = "Judet,UAT,pop\nTulcea,Babadag,1\n,Tulcea,10\n,Municipiul Tulcea,7\n,Isaccea,2\n";
    let read = read_csv(in_county(true), both);
    read.is("people", "159614", 7.0);
    assert!(read.found(&message::ingest::DUPLICATE_UNIT).is_empty());
    assert_eq!(read.one(&message::ingest::ROWS_DROPPED).places.len(), 1, "the total");
}

#[test]
fn a_county_that_no_row_has_is_offered_to_be_filled() {
    let read =
        read_csv(in_county(false), "Judet,UAT,pop\nTulcea,TOTAL JUDET,3\n,Babadag,1\n,Isaccea,2\n");
    let missing = read.one(&message::ingest::COUNTY_MISSING);
    assert!(missing.hint.as_ref().unwrap().en.contains("fill = [\"Judet\"]"), "{:?}", missing.hint);
}

#[test]
fn every_line_of_a_header_that_stands_again_is_compared() {
    let table = |second: &str| {
        format!(
            "Cod,Familii,\n,2022,2023\n1017,1,2\n1213,3,4\n1348,5,6\nCod,Familii,\n,{second}\n1874,7,8\n"
        )
    };
    let read = |text: &str| {
        let mut source =
            source("in.csv", by_code("Cod"), vec![column("people", "2023", Nature::Count)]);
        source.header = Some(vec![1, 2]);
        read_csv(source, text)
    };
    let same = read(&table("2022,2023"));
    same.is("people", "1874", 8.0);
    assert!(same.found(&message::ingest::SECOND_HEADER).is_empty());
    let swapped = read(&table("2023,2022"));
    let told = &swapped.one(&message::ingest::SECOND_HEADER).message.en;
    assert!(told.contains("`2022` in the column"), "{told}");
    swapped.lacks("people", "1874", Missing::NotAvailable);
}

#[test]
fn a_mark_behind_a_number_is_no_digit_of_it() {
    let read =
        read_csv(people(), "cod,pop\n1017,12\u{b9}\n1213,13*\n1348,14 *)\n1874,15)\n2130,*\n");
    read.is("people", "1017", 12.0);
    read.is("people", "1213", 13.0);
    read.is("people", "1348", 14.0);
    read.lacks("people", "1874", Missing::NotAvailable);
    read.lacks("people", "2130", Missing::Confidential);
    assert_eq!(read.found(&message::ingest::RAISED_MARK).len(), 3, "one for each mark");
    let thousands = read_csv(people(), "cod,pop\n1017,1.274\u{b9}\n1213,2.345\n");
    assert_eq!(thousands.found(&message::ingest::AMBIGUOUS_NUMBERS).len(), 1);
}

#[test]
fn a_header_in_thousands_is_told() {
    let header = |header: &str| {
        let measure = column("people", header, Nature::Amount);
        let text = format!("cod,{header}\n1017,5\n1213,6\n");
        let read = read_csv(source("in.csv", by_code("cod"), vec![measure]), &text);
        read.found(&message::ingest::SCALED_HEADER).len()
    };
    for scaled in ["Sume (mii lei)", "Sume - mil. lei", "mii persoane", "Sume în milioane"] {
        assert_eq!(header(scaled), 1, "{scaled}");
    }
    for plain in ["Sume (lei)", "Familii", "Localități peste 2 mii locuitori", "Emilia"] {
        assert_eq!(header(plain), 0, "{plain}");
    }
}

#[test]
fn totals_are_not_summed_with_their_parts() {
    let mut source = people();
    source.parts = Parts::Sum;
    let text = "cod,mediu,pop\n1017,Total,5\n1017,Urban,5\n1213,Total,6\n1213,Urban,6\n1348,Total,7\n1348,Urban,7\n";
    let read = read_csv(source.clone(), text);
    let hint = &read.one(&message::ingest::DUPLICATE_UNIT).hint.as_ref().unwrap().en;
    assert!(hint.contains("rows = \"mediu = 'Total'\""), "{hint}");
    let read = read_csv(source, &text.replace("Total", "Rural"));
    read.is("people", "1213", 12.0);
}

#[test]
fn the_first_sheet_beside_one_of_a_later_year_is_told() {
    let rows: &[&str] = &["cod|pop", "1017|5", "1213|6"];
    let told = |names: &[&str]| {
        let named: Vec<(&str, &[&str])> = names.iter().map(|name| (*name, rows)).collect();
        let book = sheets(&named);
        let source =
            source("in.xlsx", by_code("cod"), vec![column("people", "pop", Nature::Count)]);
        let read = outcome(&[source], &[("in.xlsx", &book)]);
        let found = read.found(&message::ingest::OLDER_SHEET);
        found.first().map(|finding| finding.hint.as_ref().unwrap().en.clone())
    };
    let hint = told(&["VMG 2021", "VMG 2023", "VMG 2022"]).unwrap();
    assert!(hint.contains("sheet = \"VMG 2023\""), "{hint}");
    assert_eq!(told(&["2023", "2022"]), None);
    assert_eq!(told(&["VMG 2021", "Note 2023"]), None);
}
