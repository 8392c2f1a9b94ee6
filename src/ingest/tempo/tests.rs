use crate::ingest::fixture::{Outcome, labels, outcome, source};
use crate::message;
use crate::observation::{Missing, Nature};
use crate::study::source::Absent;
use crate::study::{Layout, Measure, Source};

const AGES: &str =
    "Varste si grupe de varsta, Sexe, Judete, Localitati , Ani, UM: Numar persoane, Valoare
Total, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 100
   0- 4 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 30
      0 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 4
      1 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 5
      2 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 6
   80-84 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 2
   85 ani si peste, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 1
Total, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 50
      0 ani, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 2
      2 ani, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 0
   80-84 ani, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, :
   85 ani si peste, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 1
Total, Total, Alba, TOTAL, Anul 2026, Numar persoane, 150
";

fn ages(id: &str, wanted: &str) -> Measure {
    labels(id, &[("varste si grupe de varsta", &[wanted]), ("Ani", &["2026"])], Nature::Count)
}

fn tempo(measures: Vec<Measure>) -> Source {
    let mut source = source("in.csv", None, measures);
    source.layout = Layout::Tempo;
    source
}

fn read_text(source: Source, text: &str) -> Outcome {
    outcome(&[source], &[("in.csv", text.as_bytes())])
}

#[test]
fn labels_are_selected_and_ages_summed_once() {
    let measures = vec![ages("total", "Total"), ages("small", "0-2"), ages("old", "80+")];
    let outcome = read_text(tempo(measures), AGES);
    outcome.is("total", "1017", 100.0);
    outcome.is("small", "1017", 15.0);
    outcome.is("old", "1017", 3.0);
    outcome.lacks("old", "1213", Missing::NotAvailable);
    let origins = outcome.series("small").origins.iter().find(|cells| cells.len() == 3);
    assert!(origins.is_some_and(|cells| cells.iter().all(|cell| cell.column == 7)));
    assert_eq!(outcome.found(&message::ingest::AGES_TILED).len(), 2);
    assert_eq!(outcome.reading.observations.files[0].delimiter, Some(','));
}

#[test]
fn a_sum_with_an_absent_row_is_missing_unless_absent_means_zero() {
    let outcome = read_text(tempo(vec![ages("small", "0-2")]), AGES);
    outcome.lacks("small", "1213", Missing::NotAvailable);
    assert_eq!(outcome.one(&message::ingest::PARTS_ABSENT).places.len(), 1);
    let mut measure = ages("small", "0-2");
    measure.absent = Absent::Zero;
    let outcome = read_text(tempo(vec![measure]), AGES);
    outcome.is("small", "1213", 2.0);
    assert_eq!(outcome.found(&message::ingest::ABSENT_AS_ZERO).len(), 2);
}

#[test]
fn the_total_of_a_county_is_dropped_and_not_counted() {
    let outcome = read_text(tempo(vec![ages("total", "Total")]), AGES);
    let dropped = outcome.one(&message::ingest::ROWS_DROPPED);
    assert!(dropped.message.en.contains("county row"), "{}", dropped.message);
    assert_eq!(outcome.reading.observations.files[0].rows_used, 2);
}

#[test]
fn a_dimension_that_nobody_settled_is_told_with_its_labels() {
    let measure = labels("x", &[("Ani", &["2026"])], Nature::Count);
    let outcome = read_text(tempo(vec![measure]), AGES);
    assert_eq!(outcome.reading.unread, ["s.x"]);
    let finding = outcome.one(&message::ingest::DIMENSION_OPEN);
    assert!(finding.hint.as_ref().unwrap().en.contains("`80-84 ani`"), "{:?}", finding.hint);
}

#[test]
fn a_range_that_labels_do_not_fill_is_refused() {
    let outcome = read_text(tempo(vec![ages("children", "0-17")]), AGES);
    assert_eq!(outcome.reading.unread, ["s.children"]);
    assert!(outcome.one(&message::ingest::LABELS_OVERLAP).message.en.contains("`0-17`"));
}

#[test]
fn a_label_or_dimension_that_is_not_there_gets_a_suggestion() {
    let measures = vec![
        labels("a", &[("Varste si grupe de varsta", &["Totall"])], Nature::Count),
        labels("b", &[("Varste", &["Total"])], Nature::Count),
    ];
    let outcome = read_text(tempo(measures), AGES);
    assert_eq!(outcome.reading.unread, ["s.a", "s.b"]);
    let label = outcome.one(&message::ingest::LABEL_MISSING);
    assert!(label.hint.as_ref().unwrap().en.starts_with("did you mean `Total`?"));
    let column = outcome.one(&message::ingest::COLUMN_MISSING);
    assert!(column.hint.as_ref().unwrap().en.contains("Varste si grupe de varsta"));
}

#[test]
fn a_combination_in_two_rows_is_an_error() {
    let text = format!(
        "{AGES}Total, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 7\n"
    );
    let outcome = read_text(tempo(vec![ages("total", "Total")]), &text);
    assert_eq!(outcome.reading.unread, ["s.total"]);
    assert_eq!(outcome.one(&message::ingest::DUPLICATE_ROW).places.len(), 2);
}

const COUNTIES: &str =
    "\r\nNiveluri , Macroregiuni  regiuni de dezvoltare si judete, Ani, UM: Procente, Valoare
primar, TOTAL, Anul 2016, Procente, 1.8
primar, MACROREGIUNEA UNU, Anul 2016, Procente, 2
primar, Regiunea NORD-VEST, Anul 2016, Procente, 1.234
primar, Bihor, Anul 2016, Procente, .8
primar, Cluj, Anul 2016, Procente, 1
primar, Mun. Bucuresti -incl. SAI, Anul 2016, Procente, 3
";

#[test]
fn territories_above_the_level_are_dropped() {
    let mut source = tempo(vec![labels("rate", &[], Nature::Rate)]);
    source.level = "county".to_owned();
    let outcome = read_text(source, COUNTIES);
    outcome.is("rate", "Bihor", 0.8);
    outcome.is("rate", "Cluj", 1.0);
    let dropped: usize = outcome
        .found(&message::ingest::ROWS_DROPPED)
        .iter()
        .map(|finding| finding.places.len())
        .sum();
    assert_eq!(dropped, 4);
    assert!(outcome.found(&message::ingest::SUMS_DIFFER).is_empty(), "rates are not summed");
}

#[test]
fn the_same_file_serves_another_level() {
    let mut source = tempo(vec![labels("rate", &[], Nature::Rate)]);
    source.level = "region".to_owned();
    read_text(source, COUNTIES).is("rate", "Nord-Vest", 1.234);
    let mut source = tempo(vec![labels("rate", &[], Nature::Rate)]);
    source.level = "national".to_owned();
    read_text(source, COUNTIES).is("rate", "national", 1.8);
}

#[test]
fn rates_are_never_added_up() {
    let mut source =
        tempo(vec![labels("rate", &[("Niveluri", &["primar", "gimnazial"])], Nature::Rate)]);
    source.level = "county".to_owned();
    let text = format!("{COUNTIES}gimnazial, Cluj, Anul 2016, Procente, 5\n");
    let outcome = read_text(source, &text);
    assert!(
        outcome
            .one(&message::ingest::LABELS_OVERLAP)
            .message
            .en
            .contains("only counts and amounts")
    );
}

#[test]
fn files_of_one_source_must_agree_on_what_is_constant() {
    let mut source = tempo(vec![labels("x", &[], Nature::Count)]);
    source.file = "*.csv".to_owned();
    let file = |code: &str, year: u32| {
        format!("Localitati, Ani, UM: Numar, Valoare\n{code}, Anul {year}, Numar, 5\n")
    };
    let (a, b) = (file("1017 MUNICIPIUL ALBA IULIA", 2024), file("1213 MUNICIPIUL AIUD", 2025));
    let outcome = outcome(&[source], &[("a.csv", a.as_bytes()), ("b.csv", b.as_bytes())]);
    let finding = outcome.one(&message::ingest::DIMENSION_OPEN);
    assert!(
        finding.message.en.contains("`Anul 2024`") && finding.message.en.contains("`Anul 2025`")
    );
    assert_eq!(outcome.reading.unread, ["s.x"]);
}

#[test]
fn territorial_columns_that_decide_each_other_are_neither_open_nor_added_up() {
    let text = "Regiuni, Judete, Ani, Valoare\nRegiunea NORD-VEST, Bihor, Anul 2024, 3\n\
                Regiunea NORD-VEST, Cluj, Anul 2024, 4\nRegiunea CENTRU, Alba, Anul 2024, 5\n\
                Regiunea NORD-VEST, TOTAL, Anul 2024, 7\nTOTAL, TOTAL, Anul 2024, 12\n";
    let read = |wanted: &[(&str, &[&str])]| {
        let mut source = source("t.csv", None, vec![labels("x", wanted, Nature::Count)]);
        source.layout = Layout::Tempo;
        source.level = "county".to_owned();
        outcome(&[source], &[("t.csv", text.as_bytes())])
    };
    let all = read(&[("Ani", &["2024"])]);
    all.is("x", "Bihor", 3.0);
    all.is("x", "Alba", 5.0);
    assert!(all.found(&message::ingest::DUPLICATE_ROW).is_empty(), "{:?}", all.findings);
    assert!(all.found(&message::ingest::SUMS_DIFFER).is_empty(), "{:?}", all.findings);
    let both: &[&str] = &["Regiunea NORD-VEST", "Regiunea CENTRU"];
    let some = read(&[("Ani", &["2024"]), ("Regiuni", both)]);
    some.is("x", "Cluj", 4.0);
    some.is("x", "Alba", 5.0);
    assert!(some.found(&message::ingest::PARTS_ABSENT).is_empty(), "{:?}", some.findings);
    let one = read(&[("Ani", &["2024"]), ("Regiuni", &both[..1])]);
    one.is("x", "Bihor", 3.0);
    one.lacks("x", "Alba", Missing::NotAvailable);
}

#[test]
fn a_dimension_that_the_spreadsheet_hides_is_told() {
    let mut writer = rust_xlsxwriter::Workbook::new();
    let sheet = writer.add_worksheet();
    for (row, line) in (0..).zip(AGES.lines()) {
        sheet.write_row(row, 0, line.split(", ")).unwrap();
    }
    sheet.set_column_hidden(1).unwrap();
    let bytes = writer.save_to_buffer().unwrap();
    let source = Source { file: "in.xlsx".to_owned(), ..tempo(vec![ages("all", "Total")]) };
    let read = outcome(&[source], &[("in.xlsx", bytes.as_slice())]);
    let hidden = read.one(&message::ingest::HIDDEN_COLUMN);
    assert!(hidden.message.en.contains("Sexe"), "{hidden:?}");
}
