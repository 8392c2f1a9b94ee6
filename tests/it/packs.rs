//! The pack of a county: every file holds its units, with the positions that they have among all.

use std::collections::BTreeMap;
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx, open_workbook};
use serde_json::Value;

use crate::command::{Case, tree};
use crate::small::{METHOD, STUDY, VALUES};

/// Codes and names that occur nowhere by chance.
const REGISTER: &str = "\
code,name,kind,county,region
S-101,Apa,commune,Satu Mare,Nord-Vest
S-102,Beltiug,commune,Satu Mare,Nord-Vest
S-103,Culciu,commune,Satu Mare,Nord-Vest
M-201,Gruia,commune,Mehedinți,Sud-Vest Oltenia
M-202,Poroina Mare,commune,Mehedinți,Sud-Vest Oltenia
M-203,Strehaia,town,Mehedinți,Sud-Vest Oltenia
B-301,Nojorid,commune,Bihor,Nord-Vest
";
/// Whoever lies elsewhere.
const ELSEWHERE: [&str; 8] =
    ["M-201", "M-202", "M-203", "B-301", "Gruia", "Poroina Mare", "Strehaia", "Nojorid"];

/// A quota that displaces, a reserve, an answer that passes a place on, capacity.
const PROGRAMME: &str = r#"[programme]
id     = "pack"
status = "illustrative"
title  = { ro = "Patru locuri", en = "Four places" }
score  = "score"
people = "people.children"

[eligible]
where = "kind = 'commune'"

[order]
decimals = 3

[[phase]]
id    = "I"
upto  = 2
quota = [ { by = "county", max = 1 } ]

[[phase]]
id    = "II"
upto  = 4

[reserve]
size = 2

[boundary]
margin = 100

[decisions]
source = "answers"

[capacity]
by = "region"

[[resource]]
id     = "families"
title  = { ro = "Familii", en = "Families" }
supply = "people.families"
need   = 50
"#;

/// A square for each unit, one east of the other.
fn squares() -> String {
    let codes = REGISTER.lines().skip(1).filter_map(|line| line.split(',').next());
    let square = |(at, code): (u32, &str)| {
        let (west, east) = (21 + at, 22 + at);
        format!(
            "{{\"type\": \"Feature\", \"properties\": {{\"cod\": \"{code}\"}}, \"geometry\": \
             {{\"type\": \"Polygon\", \"coordinates\": [[[{west}, 45], [{east}, 45], [{east}, 46], \
             [{west}, 46], [{west}, 45]]]}}}}"
        )
    };
    let squares: Vec<String> = (0..).zip(codes).map(square).collect();
    format!("{{\"type\": \"FeatureCollection\", \"features\": [{}]}}", squares.join(", "))
}

/// The study of the six communes, and one more.
fn study() -> Case {
    let coded = |line: &str| match line.as_bytes()[0] {
        b'1' => format!("S-{line}\n"),
        b'2' => format!("M-{line}\n"),
        _ => format!("{line}\n"),
    };
    let values: String = VALUES.lines().map(coded).collect();
    let map = "[[source]]\nid = \"map\"\nfile = \"areas.geojson\"\nlayout = \"boundaries\"\n\
               key = { code = \"cod\" }\n\
               [[source]]\nid = \"answers\"\nfile = \"answers.csv\"\nlayout = \"decisions\"\n\
               columns = { code = \"code\" }\n";
    let summary = "[[summary]]\nby = \"county\"\ncolumns = { mean = \"score\" }\n\
                   [[summary]]\nby = \"region\"\ncolumns = { mean = \"score\" }\n";
    Case::new()
        .file("study.toml", format!("{STUDY}{map}"))
        .file("method.toml", format!("{METHOD}{summary}"))
        .file("register.csv", REGISTER)
        .file("values.csv", values + "B-301;Nojorid;Bihor;5.000;700;140\n")
        .file("areas.geojson", squares())
        .file("pack.toml", PROGRAMME)
        .file("answers.csv", "code,date,decision,reference\nS-102,2026-03-01,refused,HCL 7\n")
}

fn select(case: &Case, more: &[&str]) -> String {
    let words = ["select", "--programme", "pack.toml", "--lang", "en", "--format"];
    let formats = "xlsx,html,csv,excel-csv,parquet,geojson,svg,png";
    let seen = case.run(&[&words[..], &[formats], more].concat());
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    seen
}

fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    csv::Reader::from_reader(text.as_bytes()).deserialize().map(Result::unwrap).collect()
}

/// Who is elsewhere and named in a text all the same.
fn strangers(text: &str) -> Vec<&'static str> {
    ELSEWHERE.into_iter().filter(|it| text.contains(it)).collect()
}

/// Units elsewhere stand in a pack where something of its own units refers to them, and nowhere else:
/// in the sentence of a unit (who is at the cut, in whose favour a rule decided), as the one with whom its
/// distance is measured, as the one who would take its place, and at the ends of a cut.
const REFERRING: [&str; 6] =
    ["sentence_ro", "sentence_en", "distance_to", "enters", "enters_name", "message"];
const ENDS: [&str; 2] = ["last_in", "first_out"];

fn look_at_table(path: &str, text: &str, delimiter: u8) {
    let text = text.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new().delimiter(delimiter).from_reader(text.as_bytes());
    let columns = reader.headers().unwrap().clone();
    for record in reader.records().map(Result::unwrap) {
        for (column, cell) in columns.iter().zip(&record) {
            let found = if REFERRING.contains(&column) { Vec::new() } else { strangers(cell) };
            assert!(found.is_empty(), "{path}, {column}: {found:?} in {record:?}");
        }
    }
}

fn look_at_json(path: &str, key: &str, value: &Value) {
    match value {
        Value::Array(items) => items.iter().for_each(|item| look_at_json(path, key, item)),
        Value::Object(entries) => {
            entries.iter().for_each(|(key, value)| look_at_json(path, key, value));
        }
        Value::String(text) if !ENDS.contains(&key) => {
            assert!(strangers(text).is_empty(), "{path}, {key}: {text}");
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// A sentence ends as one; every sheet and page says what its positions are.
fn look_at_book(path: &Path, notice: &str) {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    for (name, sheet) in book.worksheets() {
        let texts: Vec<String> = sheet
            .used_cells()
            .map(|(.., cell)| match cell {
                Data::String(text) => text.clone(),
                _ => String::new(),
            })
            .collect();
        assert!(texts.iter().any(|text| text.contains(notice)), "{name}");
        for text in texts.iter().filter(|text| !text.ends_with('.')) {
            assert!(strangers(text).is_empty(), "{name}: {text}");
        }
        assert_ne!(name, "Statistics");
    }
}

#[test]
fn every_file_of_a_pack_holds_the_units_of_its_county() {
    let case = study();
    select(&case, &["--out", "whole"]);
    let seen = select(&case, &["--county", "SM"]);
    let notice = "only Satu Mare county: 3 of 7 units; scores, positions";
    assert!(seen.contains(notice), "{seen}");
    assert!(seen.contains("3 units: 3 with a score"), "{seen}");
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for (path, bytes) in tree(&case.path("out")) {
        let full = case.path("out").join(&path);
        let (_, ending) = path.rsplit_once('.').unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        match ending {
            "csv" if path.starts_with("excel") => look_at_table(&path, &text, b';'),
            "csv" => look_at_table(&path, &text, b','),
            "json" | "geojson" => {
                look_at_json(&path, "", &serde_json::from_str(&text).unwrap());
            }
            "xlsx" => look_at_book(&full, notice),
            // texts stand in the bytes of these as they are
            "html" | "svg" | "txt" | "parquet" => {
                assert!(strangers(&text).is_empty(), "{path}: {:?}", strangers(&text));
                assert!(ending == "parquet" || text.contains(notice), "{path}");
            }
            "png" => {}
            other => panic!("nothing looks into {other}"),
        }
        *kinds
            .entry(match ending {
                "csv" => "csv",
                "svg" => "svg",
                _ => "other",
            })
            .or_default() += 1;
    }
    assert!(kinds["csv"] > 15 && kinds["svg"] > 2, "{kinds:?}");
}

#[test]
fn who_stands_in_a_pack_stands_there_as_among_all() {
    let case = study();
    select(&case, &["--out", "whole"]);
    select(&case, &["--county", "Satu Mare"]);
    for table in ["index", "selection", "reserve", "capacity", "summary_county", "decisions"] {
        let read = |folder: &str| rows(&case.read(&format!("{folder}/tables/{table}.csv")));
        let is_here = |row: &BTreeMap<String, String>| row["county"] == "Satu Mare";
        let whole: Vec<_> = read("whole").into_iter().filter(is_here).collect();
        assert_eq!(read("out"), whole, "{table}");
    }
    // the capacity of its region counts every unit of the region
    let capacity = rows(&case.read("out/tables/summary_capacity_region.csv"));
    assert_eq!(capacity.len(), 1);
    assert_eq!(capacity[0]["families.units"], "4");
    // a county has a mean of its own, a region one that is not its own
    assert!(rows(&case.read("out/tables/summary_region.csv")).is_empty());
    for national in ["statistics", "correlations", "influence", "components"] {
        assert!(case.path(&format!("whole/tables/{national}.csv")).is_file());
        assert!(!case.path(&format!("out/tables/{national}.csv")).exists(), "{national}");
    }
    let record: Value = serde_json::from_str(&case.read("out/run.json")).unwrap();
    assert_eq!((&record["county"], &record["counts"]["scored"]), (&"Satu Mare".into(), &3.into()));
    // the map shows its three squares as wide as the drawing
    let drawing = case.read("out/map/layer-1.svg");
    assert_eq!(
        drawing.matches("<path").count(),
        case.read("whole/map/layer-1.svg").matches("<path").count() - 4
    );
}

/// What two counties share is told without telling who the others are.
#[test]
fn a_tie_with_another_county_is_counted() {
    let case = study();
    let values = case
        .read("values.csv")
        .replace("B-301;Nojorid;Bihor;5.000;700;140", "B-301;Nojorid;Bihor;2.500;500;25");
    let open = "decimals = 3\naccept_ties = \"an example\"";
    let programme = PROGRAMME.replace("decimals = 3", open);
    let case = case.file("values.csv", values).file("pack.toml", programme);
    select(&case, &["--county", "SM"]);
    let mut book: Xlsx<_> = open_workbook(case.path("out/report.xlsx")).unwrap();
    let ties = book.worksheet_range("Ties").unwrap();
    let row =
        ties.rows().find(|row| row.iter().any(|cell| cell.to_string().contains("Apa, Satu Mare")));
    let row: Vec<String> = row.unwrap().iter().map(ToString::to_string).collect();
    assert_eq!(row[2..4], ["2", "Apa, Satu Mare (S-101) and more: 1"]);
}
