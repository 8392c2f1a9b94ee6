//! A folder of an office as it is received: ten files, none of them clean. `init --from` makes a study
//! of it; one edit that only a person can make, and the index is that of the values written here.

use std::collections::BTreeMap;

use risk_index::inspect::empty_study;
use risk_index::language::Language;
use rust_xlsxwriter::{Format, Workbook, Worksheet};

use crate::command::{Case, never_says, says};
use crate::files::xls::{Cell, Sheet};
use crate::files::{ods, pack, xls};

/// The counties whose communes the files have, each of another region.
const COUNTIES: [&str; 3] = ["Alba", "Satu Mare", "Tulcea"];

/// What a person changes in the study that `init` writes: of a key, what stood there and what is right.
/// Only the ministry can say that its dash means that nobody was paid.
const EDITS: [(&str, &str); 1] = [("\"-\" = \"not-available\"", "\"-\" = \"zero\"")];

/// A commune, town or municipality, with what is true of it.
struct Place {
    code: String,
    name: String,
    kind: String,
    county: String,
    region: String,
    people: u32,
    children: u32,
    /// `None` where the ministry withholds it.
    families: Option<u32>,
    /// In tenths of a per cent.
    unemployed: u32,
}

/// Every unit of the counties, in the order of their names, with values that no rule of a file gives.
fn places() -> Vec<Place> {
    let register = include_str!("../../data/registers/ro-uat-2025/units.csv");
    let mut units = csv::Reader::from_reader(register.as_bytes());
    let mut rows: Vec<BTreeMap<String, String>> = units.deserialize().map(Result::unwrap).collect();
    rows.retain(|row| COUNTIES.contains(&row["county"].as_str()));
    rows.sort_by(|a, b| (&a["county"], &a["name"]).cmp(&(&b["county"], &b["name"])));
    let place = |(at, row): (u32, BTreeMap<String, String>)| Place {
        people: 900 + 41 * (at * at % 211),
        children: (900 + 41 * (at * at % 211)) * (14 + at * 7 % 13) / 100,
        families: match at {
            20 | 111 => None,
            _ if at % 16 == 5 => Some(0),
            _ => Some(4 + at * 11 % 61),
        },
        unemployed: 6 + at * 13 % 88,
        code: row["code"].clone(),
        name: row["name"].clone(),
        kind: row["kind"].clone(),
        county: row["county"].clone(),
        region: row["region"].clone(),
    };
    (0..).zip(rows).map(place).collect()
}

impl Place {
    /// As ministries write it: with its kind, in capitals.
    fn written(&self) -> String {
        let kind = match self.kind.as_str() {
            "municipality" => "MUNICIPIUL ",
            "town" => "ORAȘ ",
            _ => "",
        };
        format!("{kind}{}", self.name.to_uppercase())
    }
}

/// The risk of poverty of a region, in tenths of a per cent, as of 2023.
fn poverty(region: &str) -> u32 {
    match region {
        "Nord-Est" => 414,
        "Sud-Est" => 402,
        "Sud-Muntenia" => 365,
        "Sud-Vest Oltenia" => 391,
        "Vest" => 287,
        "Nord-Vest" => 231,
        "Centru" => 268,
        _ => 139,
    }
}

/// The dropout rate of a county, in tenths of a per cent, as of 2023.
fn dropout(county: &str) -> u32 {
    match county {
        "Alba" => 12,
        "Satu Mare" => 19,
        "Tulcea" => 27,
        _ => 15,
    }
}

/// A workbook of the statistical office: a cover, a sheet for each year, titles, a header over two rows,
/// the county once in a merged cell beside its communes, and its total above them.
fn population(places: &[Place]) -> Vec<u8> {
    let mut writer = Workbook::new();
    let cover = writer.add_worksheet().set_name("Cuprins").unwrap();
    cover.write(1, 1, "Institutul Național de Statistică").unwrap();
    cover.write(3, 1, "Populația după domiciliu, pe localități").unwrap();
    cover.write(5, 1, "Foaia 2022 – la 1 ianuarie 2022").unwrap();
    cover.write(6, 1, "Foaia 2023 – la 1 ianuarie 2023").unwrap();
    for (year, more) in [(2022, 37), (2023, 0)] {
        let sheet = writer.add_worksheet().set_name(year.to_string()).unwrap();
        year_of_population(sheet, places, year, more);
    }
    writer.save_to_buffer().unwrap()
}

fn year_of_population(sheet: &mut Worksheet, places: &[Place], year: u32, more: u32) {
    let plain = Format::new();
    sheet.write(0, 0, "Institutul Național de Statistică").unwrap();
    sheet.write(1, 0, format!("Populația după domiciliu la 1 ianuarie {year}")).unwrap();
    for (column, text) in [(0, "Județul"), (1, "Cod SIRUTA"), (2, "Localitatea")] {
        sheet.merge_range(3, column, 4, column, text, &plain).unwrap();
    }
    sheet.merge_range(3, 3, 3, 4, "Populația după domiciliu", &plain).unwrap();
    sheet.write_row(4, 3, ["Total", "din care: 0-17 ani"]).unwrap();
    let mut row = 5;
    for county in COUNTIES {
        let of: Vec<&Place> = places.iter().filter(|place| place.county == county).collect();
        let people: u32 = of.iter().map(|place| place.people + more).sum();
        let children: u32 = of.iter().map(|place| place.children).sum();
        sheet.write(row, 2, format!("JUDEȚUL {}", county.to_uppercase())).unwrap();
        sheet.write_row(row, 3, [people, children]).unwrap();
        let last = row + u32::try_from(of.len()).unwrap();
        sheet.merge_range(row + 1, 0, last, 0, county, &plain).unwrap();
        for (row, place) in (row + 1..).zip(of) {
            sheet.write(row, 1, place.code.parse::<u32>().unwrap()).unwrap();
            sheet.write(row, 2, place.written()).unwrap();
            sheet.write_row(row, 3, [place.people + more, place.children]).unwrap();
        }
        row = last + 1;
    }
    sheet.write(row + 1, 0, "Notă: date provizorii").unwrap();
}

/// An old workbook of the ministry: no codes, the county in the first row of its block only, a dash
/// where nobody was paid, `c` where few were, money beside families, a total below.
fn families(places: &[Place], year: u32, more: u32) -> Vec<u8> {
    let title = format!("Beneficiari de ajutor social (Legea 416/2001), decembrie {year}");
    let mut cells = vec![(0, 0, Cell::Text("Ministerul Muncii")), (1, 0, Cell::Text(&title))];
    let header = ["Județ", "Localitate", "Nr. familii beneficiare", "Sume plătite (lei)"];
    cells.extend((0..).zip(header).map(|(column, text)| (3, column, Cell::Text(text))));
    let names: Vec<String> = places.iter().map(Place::written).collect();
    let mut county = "";
    for ((row, place), name) in (4..).zip(places).zip(&names) {
        if place.county != county {
            county = &place.county;
            cells.push((row, 0, Cell::Text(county)));
        }
        cells.push((row, 1, Cell::Text(name)));
        let paid = place.families.map(|families| families + more);
        cells.push((
            row,
            2,
            match paid {
                None => Cell::Text("c"),
                Some(0) => Cell::Text("-"),
                Some(families) => Cell::Number(f64::from(families)),
            },
        ));
        cells.push((row, 3, Cell::Number(f64::from(paid.unwrap_or(2) * 310))));
    }
    let total: u32 = places.iter().filter_map(|place| place.families).sum();
    let below = u16::try_from(places.len()).unwrap() + 4;
    cells.push((below, 1, Cell::Text("TOTAL GENERAL")));
    cells.push((below, 2, Cell::Number(f64::from(total))));
    xls::workbook(&[Sheet::new("Situatie", cells)])
}

/// A table of the employment agency: Windows-1250 with cedillas, no codes, decimal commas, titles.
fn unemployment(places: &[Place]) -> Vec<u8> {
    let mut text = String::from(
        "Agenția Națională pentru Ocuparea Forței de Muncă;;;\r\n\
         Șomeri înregistrați pe localități la 31 decembrie 2023;;;\r\n;;;\r\n\
         Județ;Localitate;Nr. șomeri;Pondere șomeri în populația 18-62 ani (%)\r\n",
    );
    for place in places {
        let rate = format!("{},{}", place.unemployed / 10, place.unemployed % 10);
        let count = place.people * place.unemployed / 1600;
        let county = place.county.to_uppercase();
        text.push_str(&format!("{county};{};{count};{rate}\r\n", place.written()));
    }
    let cedillas = text.replace('ș', "ş").replace('ț', "ţ").replace('Ș', "Ş").replace('Ț', "Ţ");
    encoding_rs::WINDOWS_1250.encode(&cedillas).0.into_owned()
}

/// An export of TEMPO: a row for each level of education, county and year.
fn school() -> String {
    let areas = include_str!("../../data/registers/ro-uat-2025/areas.csv");
    let mut reader = csv::Reader::from_reader(areas.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let counties = rows.iter().filter(|row| &row[0] == "county").map(|row| &row[1]);
    let counties: Vec<&str> = counties.collect();
    let mut text = String::from(
        "Niveluri de instruire , Macroregiuni  regiuni de dezvoltare si judete, Ani, UM: Procente, Valoare\n",
    );
    for (level, more) in [("Invatamant primar si gimnazial", 0), ("Invatamant liceal", 11)] {
        for (year, less) in [(2022, 2), (2023, 0)] {
            for county in ["TOTAL"].iter().chain(&counties) {
                let rate = dropout(county) + more - less;
                let (whole, tenth) = (rate / 10, rate % 10);
                text.push_str(&format!(
                    "{level}, {county}, Anul {year}, Procente, {whole}.{tenth}\n"
                ));
            }
        }
    }
    text
}

/// A spreadsheet by region: years as headers, the last with a footnote mark.
fn by_region() -> Vec<u8> {
    let regions = [
        "Nord-Est",
        "Sud-Est",
        "Sud-Muntenia",
        "Sud-Vest Oltenia",
        "Vest",
        "Nord-Vest",
        "Centru",
        "București-Ilfov",
    ];
    let tenths = |value: u32| format!("{}.{}", value / 10, value % 10);
    let values: Vec<[String; 2]> = regions
        .iter()
        .map(|region| [tenths(poverty(region) + 13), tenths(poverty(region))])
        .collect();
    let title =
        "Rata riscului de sărăcie sau excluziune socială (AROPE), pe regiuni de dezvoltare (%)";
    let mut rows: Vec<Vec<&str>> = vec![vec![title], vec![], vec!["Regiunea", "2022", "2023*)"]];
    for (region, values) in regions.iter().zip(&values) {
        rows.push(vec![region, &values[0], &values[1]]);
    }
    rows.push(vec![]);
    rows.push(vec!["*) date semidefinitive"]);
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    ods::workbook(&ods::table("AROPE", &rows))
}

/// Communes that were paid before, with codes as a system exports them to save their zeros.
fn funded(places: &[Place]) -> String {
    let rows =
        places.iter().filter(|place| place.kind == "commune").step_by(29).map(|place| {
            format!("\"=\"\"{}\"\"\",{},{}\r\n", place.code, place.name, place.county)
        });
    format!("\u{feff}Cod SIRUTA,Comuna,Județ\r\n{}", rows.collect::<String>())
}

fn letter() -> Vec<u8> {
    let part = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    pack(&[
        part("[Content_Types].xml", "<Types/>"),
        part("word/document.xml", "<w:document><w:body><w:p/></w:body></w:document>"),
    ])
}

/// The ten files as they were received.
fn received(places: &[Place]) -> Case {
    Case::new()
        .file("primite/populatie.xlsx", population(places))
        .file("primite/VMG dec 2022.xls", families(places, 2022, 3))
        .file("primite/VMG dec 2023.xls", families(places, 2023, 0))
        .file("primite/somaj_localitati_decembrie_2023.csv", unemployment(places))
        .file("primite/exportPivot_SCL113A.csv", school())
        .file("primite/AROPE regiuni.ods", by_region())
        .file("primite/comune finantate.csv", funded(places))
        .file("primite/adresa de inaintare.docx", letter())
        .file("primite/raport.pdf", "%PDF-1.7\n%\u{e2}\u{e3}\n1 0 obj\n")
        .file("primite/~$populatie.xlsx", [5, b'A', b'n', b'a'].repeat(41))
}

/// The study with the edits of a person: each changes one key that is there once, and none is an id.
fn edited(study: &str) -> String {
    assert!(EDITS.len() <= 4);
    EDITS.iter().fold(study.to_owned(), |study, (was, is)| {
        assert_eq!(study.matches(was).count(), 1, "`{was}` in\n{study}");
        assert!(!is.trim_start().starts_with("id"));
        study.replace(was, is)
    })
}

/// From 0 at the least of the values to 100 at the greatest.
fn scaled(values: &[Option<f64>]) -> Vec<Option<f64>> {
    let known = || values.iter().flatten().copied();
    let (least, greatest) =
        (known().fold(f64::INFINITY, f64::min), known().fold(f64::NEG_INFINITY, f64::max));
    let scale = |value: f64| (value - least) / (greatest - least) * 100.0;
    values.iter().map(|value| value.map(scale)).collect()
}

/// The index as the methodology describes it, by code: the mean of six components, each on its scale.
fn index(places: &[Place]) -> BTreeMap<String, Option<f64>> {
    let of = |value: &dyn Fn(&Place) -> Option<f64>| -> Vec<Option<f64>> {
        places.iter().map(value).collect()
    };
    let kinds = of(&|place| {
        Some(match place.kind.as_str() {
            "commune" => 100.0,
            "town" => 50.0,
            _ => 0.0,
        })
    });
    let share = |count: u32, place: &Place| f64::from(count) / f64::from(place.people) * 100.0;
    let components = [
        kinds,
        scaled(&of(&|place| Some(share(place.children, place)))),
        scaled(&of(&|place| Some(f64::from(poverty(&place.region)) / 10.0))),
        scaled(&of(&|place| place.families.map(|families| share(families, place)))),
        scaled(&of(&|place| Some(f64::from(place.unemployed) / 10.0))),
        scaled(&of(&|place| Some(f64::from(dropout(&place.county)) / 10.0))),
    ];
    let score = |at: usize| -> Option<f64> {
        let parts: Option<Vec<f64>> = components.iter().map(|component| component[at]).collect();
        parts.map(|parts| parts.iter().sum::<f64>() / 6.0)
    };
    places.iter().enumerate().map(|(at, place)| (place.code.clone(), score(at))).collect()
}

/// The columns of a table that a run wrote, by those that name its rows.
fn table(case: &Case, name: &str, key: &[&str], value: &str) -> BTreeMap<String, String> {
    let text = case.read(&format!("out/tables/{name}"));
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows = reader.deserialize().map(|row| -> BTreeMap<String, String> { row.unwrap() });
    rows.map(|row| {
        let key: Vec<&str> = key.iter().map(|column| row[*column].as_str()).collect();
        (key.join(" "), row[value].clone())
    })
    .collect()
}

/// What was written into the files, by measure and area; empty where it was withheld.
fn observations(places: &[Place]) -> BTreeMap<String, String> {
    let tenths = |value: u32| (f64::from(value) / 10.0).to_string();
    let mut known = BTreeMap::new();
    for place in places {
        let of = |measure: &str| format!("{measure} {}", place.code);
        known.insert(of("population.total"), place.people.to_string());
        known.insert(of("population.children"), place.children.to_string());
        let families = place.families.map_or_else(String::new, |families| families.to_string());
        known.insert(of("vmg.families"), families);
        known.insert(of("unemployment.rate"), tenths(place.unemployed));
        known.insert(format!("poverty.rate {}", place.region), tenths(poverty(&place.region)));
        known.insert(format!("dropout.rate {}", place.county), tenths(dropout(&place.county)));
    }
    known
}

#[test]
fn ten_messy_files_become_a_right_index_with_one_edit() {
    let places = places();
    let case = received(&places);
    let begun = case.run(&["init", "--from", "primite", "studiu"]);
    for words in [
        "exit code: 0",
        "looked at 10 files: 6 of them used in 6 sources",
        "1. `-` stands in 12 cells of `Nr. familii beneficiare`",
        "`vmg` is taken from `VMG dec 2023.xls`, which is newer",
        "`adresa de inaintare.docx` is no source: it is a Word document",
        "`raport.pdf` is no source: it is a PDF",
        "`~$populatie.xlsx` is no source: it is the mark that somebody has a workbook open",
        "`comune finantate.csv` is a list of units",
        "only the units of Alba, Satu Mare, Tulcea are counted",
    ] {
        says(&begun, words);
    }
    let study = case.read("studiu/study.toml");
    says(&study, "columns   = { code = \"Cod SIRUTA\", name = \"Comuna\", county = \"Județ\" }");
    let case = case.file("studiu/study.toml", edited(&study));
    let checked = case.run(&["check", "studiu/study.toml"]);
    says(&checked, "exit code: 0");
    for words in ["cannot be used", "text-among-numbers"] {
        assert!(!checked.contains(words), "`{words}` in\n{checked}");
    }
    let computed = case.run(&["compute", "studiu/study.toml", "--out", "out", "--format", "csv"]);
    says(&computed, "exit code: 0");

    let found = table(&case, "observations.csv", &["measure", "area"], "value");
    for (key, value) in observations(&places) {
        let read = found.get(&key).unwrap_or_else(|| panic!("no {key}"));
        assert_eq!(*read, value, "{key}");
    }
    let scores = table(&case, "index.csv", &["code"], "irc");
    let known = index(&places);
    assert_eq!(scores.len(), known.len());
    for (code, score) in known {
        match score {
            None => assert_eq!(scores[&code], "", "{code}"),
            Some(score) => {
                let read: f64 = scores[&code].parse().unwrap();
                assert!((read - score).abs() < 1e-9, "{code}: {read} for {score}");
            }
        }
    }
}

/// An export of TEMPO for one county: single years of age, a year after the other.
fn ages(county: &str, places: &[Place]) -> String {
    let mut text = String::from(
        "Varste si grupe de varsta, Sexe, Judete, Localitati , Ani, UM: Numar persoane, Valoare\n",
    );
    for place in places.iter().filter(|place| place.county == county) {
        for year in [2024, 2025] {
            let mut row = |age: &str, people: u32| {
                let (code, name) = (&place.code, place.written());
                text.push_str(&format!(
                    "{age}, Total, {county}, {code} {name}, Anul {year}, Numar persoane, {people}\n"
                ));
            };
            row("Total", place.people);
            for age in 0..18 {
                let rest = u32::from(age < place.children % 18);
                row(&format!("{age} ani"), place.children / 18 + rest);
            }
        }
    }
    text
}

/// Families on inclusion aid beside all of VMI: only the aid is what VMG was.
fn inclusion(places: &[Place]) -> String {
    let mut text = String::from("SIRUTA;UAT;Familii VMI - total;din care: ajutor de incluziune\n");
    for place in places {
        let families = place.families.unwrap_or(3);
        text.push_str(&format!("{};{};{};{families}\n", place.code, place.name, families + 9));
    }
    text
}

#[test]
fn exports_of_each_county_are_one_source_and_what_is_missing_comes_first() {
    let places = places();
    let counts = "SIRUTA;UAT;Nr. șomeri înregistrați\n1017;Alba Iulia;318\n2130;Albac;9\n";
    let mut case = Case::new()
        .file("primite/VMI 2025.csv", inclusion(&places))
        .file("primite/someri 2025.csv", counts)
        .file("primite/Thumbs.db", [0xd0, 0xcf]);
    for county in COUNTIES {
        case = case.file(&format!("primite/POP107D {county}.csv"), ages(county, &places));
    }
    let begun = case.run(&["init", "--from", "primite", "studiu"]);
    for words in [
        "looked at 6 files: 4 of them used in 2 sources",
        "1. no file gives `poverty.rate`",
        "2. no file gives `unemployment.rate`",
        "3. `someri 2025.csv` speaks of it, but none of its columns is recognised",
        "4. no file gives `dropout.rate`",
        "`Thumbs.db` is no source: the file manager keeps it for itself",
    ] {
        says(&begun, words);
    }
    let study = case.read("studiu/study.toml");
    for words in [
        "methodology = \"irc-vmi\"",
        "file      = \"inputs/POP107D *.csv\"",
        "\"Varste si grupe de varsta\" = \"0-17\"",
        "Ani = \"Anul 2025\"",
        "column    = \"din care: ajutor de incluziune\"",
        "omit        = { poverty = \"no file gives poverty.rate\", unemployed_share =",
    ] {
        says(&study, words);
    }
    says(&case.run(&["check", "studiu/study.toml"]), "exit code: 0");
    let computed = case.run(&["compute", "studiu/study.toml", "--out", "out", "--format", "csv"]);
    says(&computed, "exit code: 0");
    let found = table(&case, "observations.csv", &["measure", "area"], "value");
    for place in &places {
        let read = |measure: &str| found[&format!("{measure} {}", place.code)].clone();
        assert_eq!(read("population.total"), place.people.to_string(), "{}", place.name);
        assert_eq!(read("population.children"), place.children.to_string(), "{}", place.name);
        let families = place.families.unwrap_or(3).to_string();
        assert_eq!(read("vmi.inclusion_families"), families, "{}", place.name);
    }
}

#[test]
fn a_folder_without_measures_is_no_study_yet() {
    let case = Case::new().file("primite/a.csv", "SIRUTA;Drumuri (km)\n1017;3\n1213;4\n");
    let begun = case.run(&["init", "--from", "primite", "studiu"]);
    says(&begun, "1. no file of the folder gives any measure that `irc` asks for");
    says(&begun, "so that they are not read: `a.csv`");
    assert!(case.run(&["check", "studiu/study.toml"]).starts_with("exit code: 2"));
    let empty = case.run(&["init", "gol"]);
    says(&empty, "`--from FOLDER` writes one from the files of a folder");
    says(&case.read("gol/study.toml"), "`risk-index init --from FOLDER` writes it");
    says(&empty_study(Language::Ro), "`risk-index init --from DOSAR` îl scrie");
}

#[test]
fn older_versions_are_left_aside_and_measures_of_two_files_become_one_share() {
    let case = Case::new()
        .file(
            "primite/populatie.csv",
            "SIRUTA;Populația totală\n1017;70000\n1213;21000\n1874;27000\n",
        )
        .file("primite/copii.csv", "SIRUTA;Copii 0-17 ani\n1017;9000\n1213;4000\n1874;5000\n")
        .file("primite/vmg.csv", "SIRUTA;Familii VMG\n1017;30\n1213;40\n1874;20\n")
        .file("primite/vmg_vechi.csv", "SIRUTA;Familii VMG\n1017;31\n1213;41\n1874;21\n");
    let begun = case.run(&["init", "--from", "primite", "studiu"]);
    says(&begun, "by its name an older version of `vmg.csv`");
    says(&begun, "`population.children` is read from `copii.csv` (no period said) and the rest");
    never_says(&begun, "no file gives `population.total`");
    never_says(&begun, "has it too");
    let study = case.read("studiu/study.toml");
    says(&study, "inputs/vmg.csv");
    never_says(&study, "inputs/vmg_vechi.csv");
    says(&study, "methodology = \"methodology.toml\"");
    let method = case.read("studiu/methodology.toml");
    says(&method, "extends   = \"irc\"");
    says(&method, "\"population_children.children / population.total * 100\"");
    let told = case.run(&["compute", "studiu/study.toml"]);
    says(&told, "exit code: 0");
    let index = case.read("out/tables/index.csv");
    let mut rows = csv::Reader::from_reader(index.trim_start_matches('\u{feff}').as_bytes());
    let rows: Vec<BTreeMap<String, String>> = rows.deserialize().map(Result::unwrap).collect();
    let shares = rows.iter().map(|row| row["children_share"].as_str());
    let shares: Vec<f64> =
        shares.filter(|share| !share.is_empty()).map(|share| share.parse().unwrap()).collect();
    assert_eq!(
        shares,
        [9000.0 / 70000.0 * 100.0, 4000.0 / 21000.0 * 100.0, 5000.0 / 27000.0 * 100.0]
    );
    let begun = case.run(&["init", "--lang", "ro", "--from", "primite", "altul"]);
    says(&begun, "după nume este o versiune mai veche a fișierului `vmg.csv`");
}
