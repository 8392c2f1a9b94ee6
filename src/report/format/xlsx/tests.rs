use std::io::Cursor;

use calamine::{Data, Range, Reader, Xlsx};

use super::workbook as render;
use crate::language::Language;
use crate::report::file::ReportError;
use crate::report::fixture::Fixture;
use crate::report::model::{View, book};

fn workbook(view: &View<'_>) -> Result<Vec<u8>, ReportError> {
    render(&book(view))
}

fn open(fixture: &Fixture, language: Language) -> Xlsx<Cursor<Vec<u8>>> {
    Xlsx::new(Cursor::new(workbook(&fixture.view_in(language)).unwrap())).unwrap()
}

fn sheet(fixture: &Fixture, name: &str) -> Range<Data> {
    open(fixture, Language::Ro).worksheet_range(name).unwrap()
}

fn text(range: &Range<Data>, row: u32, column: u32) -> String {
    range.get_value((row, column)).unwrap().to_string()
}

#[test]
fn every_sheet_reads_back_under_its_name_in_both_languages() {
    let fixture = Fixture::new();
    let romanian = open(&fixture, Language::Ro).sheet_names();
    assert_eq!(
        romanian,
        [
            "Copertă",
            "Indice",
            "Ponderi",
            "Grafice",
            "Hartă",
            "Pe județe",
            "Egalități",
            "Trasabilitate",
            "Surse",
            "Metodă",
            "Statistici",
            "Calitatea datelor"
        ]
    );
    let mut english = open(&fixture, Language::En);
    assert_eq!(
        english.sheet_names(),
        [
            "Cover",
            "Index",
            "Weights",
            "Charts",
            "Map",
            "By county",
            "Ties",
            "Trace",
            "Sources",
            "Method",
            "Statistics",
            "Data quality"
        ]
    );
    for name in english.sheet_names() {
        let range = english.worksheet_range(&name).unwrap();
        assert!(range.used_cells().count() > 6, "{name}");
    }
}

#[test]
fn the_notice_and_the_status_stand_on_every_sheet() {
    let fixture = Fixture::new();
    for name in open(&fixture, Language::Ro).sheet_names() {
        let notice = text(&sheet(&fixture, &name), 1, 0);
        assert!(notice.starts_with("Date demonstrative & generate · METODOLOGIE ILUSTRATIVĂ"));
    }
}

#[test]
fn the_index_sheet_holds_codes_as_text_numbers_as_numbers_and_gaps_as_signs() {
    let fixture = Fixture::new();
    let index = sheet(&fixture, "Indice");
    assert_eq!(text(&index, 5, 11), "children.normalised");
    assert_eq!(text(&index, 6, 9), "Ponderea copiilor (%)");
    assert_eq!(text(&index, 6, 10), "Rata șomajului (%) · valoare de județ");
    assert_eq!(index.get_value((7, 0)), Some(&Data::String("10".into())));
    assert_eq!(index.get_value((8, 1)), Some(&Data::String("=2+3".into())));
    assert_eq!(index.get_value((8, 2)), Some(&Data::String("comună".into())));
    assert_eq!(index.get_value((8, 5)), Some(&Data::Float(50.0)));
    // measured zero, not available, confidential, imputed
    assert_eq!(index.get_value((10, 9)), Some(&Data::Float(0.0)));
    assert_eq!(index.get_value((10, 10)), Some(&Data::String(":".into())));
    assert_eq!(index.get_value((11, 9)), Some(&Data::String("c".into())));
    assert_eq!(index.get_value((11, 12)), Some(&Data::Float(100.0)));
    assert_eq!(index.end(), Some((11, 14)));
}

#[test]
fn scores_are_formulas_over_weights_and_carry_what_was_computed() {
    let fixture = Fixture::new();
    let mut book = open(&fixture, Language::En);
    let formulas = book.worksheet_formula("Index").unwrap();
    let formula = |row, column| formulas.get_value((row, column)).cloned().unwrap_or_default();
    assert_eq!(formula(7, 5), "IF(COUNT(N8:O8)=0,\":\",SUM(N8:O8))");
    assert_eq!(formula(7, 13), "IF(Weights!$D$10=0,\":\",Weights!$D$8*L8/Weights!$D$10)");
    // a child without a value: whether the others are enough depends on the weights
    assert!(formula(11, 5).starts_with("IF(AND((Weights!$D$8<>0)*ISNUMBER(L12)+"));
    assert!(formula(0, 0).starts_with("IF(Weights!$B$4=0,"));
    let values = book.worksheet_range("Index").unwrap();
    assert_eq!(values.get_value((7, 13)), Some(&Data::Float(25.0)));
    assert_eq!(text(&values, 0, 0), "Community risk index 2023 – Index");
}

#[test]
fn texts_of_others_are_never_formulas() {
    let fixture = Fixture::new();
    let mut book = open(&fixture, Language::Ro);
    for name in book.sheet_names() {
        let formulas = book.worksheet_formula(&name).unwrap();
        let ours = ["Indice", "Ponderi", "Grafice", "Hartă"].contains(&name.as_str());
        assert!(ours || formulas.used_cells().count() == 0, "{name}");
        for (_, _, formula) in formulas.used_cells() {
            assert!(!formula.contains("2+3") && !formula.contains("HYPERLINK"), "{formula}");
        }
    }
}

#[test]
fn the_method_sheet_tells_weights_steps_and_that_they_are_assumptions() {
    let fixture = Fixture::new();
    let method = sheet(&fixture, "Metodă");
    let all: Vec<String> = method.used_cells().map(|(_, _, cell)| cell.to_string()).collect();
    for expected in [
        "population.children / population.total * 100",
        "round = { decimals = 4 }",
        "rotunjește la zecimalele declarate, jumătatea în sus",
        "ipoteză",
        "0.8125",
    ] {
        assert!(all.iter().any(|cell| cell == expected), "{expected}");
    }
}

#[test]
fn a_run_without_findings_summaries_or_outputs_makes_a_workbook_too() {
    let mut fixture = Fixture::new();
    fixture.findings = crate::quality::Findings::default();
    fixture.index.summaries.clear();
    fixture.index.outputs.clear();
    fixture.method.outputs.clear();
    fixture.study.notice = None;
    fixture.study.sources.clear();
    fixture.provenance.created = Some("mâine".into());
    assert_eq!(open(&fixture, Language::Ro).sheet_names().len(), 11);
}

#[test]
fn the_statistics_sheet_tells_distributions_correlations_influence_and_components() {
    let fixture = Fixture::new();
    let statistics = sheet(&fixture, "Statistici");
    let find = |wanted: &str| {
        let rows = 0..u32::try_from(statistics.height()).unwrap();
        rows.into_iter()
            .find(|&row| statistics.get_value((row, 0)).is_some_and(|cell| *cell == wanted))
            .unwrap_or_else(|| panic!("no {wanted}"))
    };
    let sections = [
        "Distribuții",
        "Corelații între indicatori",
        "Influența componentelor",
        "Componente principale",
    ];
    let rows = sections.map(find);
    assert!(rows.is_sorted(), "{rows:?}");
    // two lines of words and a header stand above the first row of each part
    let first = rows[0] + 3;
    assert_eq!(text(&statistics, first, 0), "Ponderea copiilor");
    let described = crate::index::diagnostics::describe(
        fixture.index.nodes[0].raw.values(),
        &fixture.index.ranked,
    );
    let number = |column: u32| statistics.get_value((first, column)).cloned();
    assert_eq!(number(2), Some(Data::Float(described.n as f64)));
    assert_eq!(number(6), Some(Data::Float(described.min)));
    assert_eq!(number(11), Some(Data::Float(described.mean)));
    assert_eq!(text(&statistics, rows[2] + 3, 0), "Scor IRC");
    assert_eq!(text(&statistics, rows[2] + 3, 2), "0.5");
}

#[test]
fn scores_and_measured_values_lead_to_the_cells_they_came_from() {
    let fixture = Fixture::new();
    let trace = sheet(&fixture, "Trasabilitate");
    // what was read, its cells, the value before its steps, and after each
    assert_eq!(text(&trace, 3, 2), "Ponderea copiilor (%)");
    assert_eq!(text(&trace, 4, 2), "population.children – citit");
    assert_eq!(text(&trace, 4, 3), "din celulele inputs/pop.xlsx, 2024");
    assert_eq!(text(&trace, 5, 2), "200");
    assert_eq!(text(&trace, 5, 3), "D5:D6");
    let row: Vec<String> =
        (0..=trace.end().unwrap().1).map(|column| text(&trace, 5, column)).collect();
    assert!(row.contains(&"20".to_owned()) && row.contains(&"50".to_owned()), "{row:?}");
    let bytes = workbook(&fixture.view()).unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut index = String::new();
    let mut part = archive.by_name("xl/worksheets/sheet2.xml").unwrap();
    std::io::Read::read_to_string(&mut part, &mut index).unwrap();
    // the first unit's measured share of children, and its score
    for link in ["ref=\"J8\" location=\"Trasabilitate!C6\"", "ref=\"F8\" location=\"Trasabilitate!"]
    {
        assert!(index.contains(&format!("<hyperlink {link}")), "{link}");
    }
    // a link leaves the number a number
    assert_eq!(sheet(&fixture, "Indice").get_value((7, 9)), Some(&Data::Float(20.0)));
}
