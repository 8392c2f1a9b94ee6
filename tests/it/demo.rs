//! The demonstration study: its inputs are what the generator makes, and agree with each other.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use zip::ZipArchive;

#[path = "../../examples/build_demo/demo/mod.rs"]
mod generator;

const COMMITTED: &[u8] = include_bytes!("../../data/demo/inputs.zip");

fn committed() -> BTreeMap<String, Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(COMMITTED)).unwrap();
    (0..archive.len())
        .map(|at| {
            let mut file = archive.by_index(at).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().into_owned(), bytes)
        })
        .collect()
}

/// Population files as rows of trimmed labels.
fn population() -> Vec<Vec<String>> {
    committed()
        .iter()
        .filter(|(path, _)| path.starts_with("inputs/POP107D_"))
        .flat_map(|(_, bytes)| {
            let text = std::str::from_utf8(bytes).unwrap();
            text.lines().skip(1).map(fields).collect::<Vec<_>>()
        })
        .collect()
}

fn fields(line: &str) -> Vec<String> {
    line.split(", ").map(|label| label.trim().to_owned()).collect()
}

/// People by place over the rows whose age passes.
fn people(rows: &[Vec<String>], age: impl Fn(&str) -> bool) -> BTreeMap<String, u64> {
    let mut people = BTreeMap::new();
    for row in rows.iter().filter(|row| row[3] != "TOTAL" && age(&row[0])) {
        *people.entry(row[3].clone()).or_default() += row[6].parse::<u64>().unwrap();
    }
    people
}

#[test]
fn generating_again_gives_the_committed_archive_byte_for_byte() {
    let bundled = risk_index::register::bundled("ro-uat-2025").unwrap();
    let archive = generator::archive(&generator::files(&bundled.register));
    assert!(archive == COMMITTED, "run `cargo run --example build_demo -- data/demo`");
}

#[test]
fn age_groups_add_up_to_the_total_of_every_place() {
    let rows = population();
    let groups = people(&rows, |age| age.contains('-') || age.ends_with("peste"));
    assert_eq!(groups, people(&rows, |age| age == "Total"));
    assert_eq!(groups.len(), 3181);
}

#[test]
fn single_years_add_up_to_the_group_that_holds_them() {
    let rows = population();
    let single = ["5 ani", "6 ani", "7 ani", "8 ani", "9 ani"];
    assert_eq!(people(&rows, |age| single.contains(&age)), people(&rows, |age| age == "5- 9 ani"));
}

#[test]
fn the_printed_total_of_a_county_is_the_sum_of_its_places() {
    let rows = population();
    let alba = |row: &&Vec<String>| row[2] == "Alba" && row[0] == "Total";
    let number = |row: &Vec<String>| row[6].parse::<u64>().unwrap();
    let (total, places): (Vec<_>, Vec<_>) =
        rows.iter().filter(alba).partition(|row| row[3] == "TOTAL");
    assert_eq!(total.len(), 1);
    assert_eq!(number(total[0]), places.into_iter().map(number).sum::<u64>());
}

#[test]
fn every_place_outside_the_workbook_stands_once_in_each_list() {
    let files = committed();
    let list = |name: &str| files[&format!("inputs/{name}")].clone();
    let bytes = list("someri_localitati_decembrie_2023.csv");
    let (text, ..) = encoding_rs::WINDOWS_1250.decode(&bytes);
    let places = text.lines().skip(4).filter(|line| {
        let cells: Vec<&str> = line.split(';').collect();
        !cells[1].is_empty() && !cells[1].starts_with("JUDEŢUL")
    });
    assert_eq!(places.count(), 3181);
    let text = String::from_utf8(list("zone_marginalizate.csv")).unwrap();
    let below = text.lines().filter(|line| line.contains(";   ")).count();
    assert_eq!(text.lines().count(), 1 + 3181 + below);
}

/// Residents of every commune as the census table of the demonstration prints them.
fn communes() -> Vec<u64> {
    let text =
        String::from_utf8(committed()["inputs/RPL2021_populatie_rezidenta.csv"].clone()).unwrap();
    let is_commune = |name: &str| {
        ["JUDEȚUL ", "MUNICIPIUL ", "ORAȘ "].iter().all(|prefix| !name.starts_with(prefix))
    };
    let rows = text.lines().skip(3).map(|line| line.split(';').collect::<Vec<_>>());
    let rows = rows.filter(|row| is_commune(row[2]));
    rows.map(|row| row[3].trim().replace('.', "").parse().unwrap()).collect()
}

#[test]
fn communes_have_the_sizes_that_the_census_found() {
    let mut sizes = communes();
    sizes.sort_unstable();
    assert_eq!(sizes.len(), 2862);
    // census of 2021: 9,114,873 in communes, median 2,638.5; 23 below 500, 141 below 1,000
    let all: u64 = sizes.iter().sum();
    assert!((9_000_000..9_250_000).contains(&all), "{all}");
    assert!((2_550..2_750).contains(&sizes[1431]), "{}", sizes[1431]);
    let below = |size: u64| sizes.iter().filter(|people| **people < size).count();
    assert!((20..27).contains(&below(500)), "{}", below(500));
    assert!((130..160).contains(&below(1_000)), "{}", below(1_000));
    assert_eq!((sizes[0], sizes[2861]), (88, 52_735));
}

#[test]
fn every_answer_service_and_provider_says_that_it_is_an_example() {
    let files = committed();
    for (file, head) in [
        ("raspunsuri_sci_2000.csv", 1),
        ("registrul_serviciilor_rural.csv", 1),
        ("furnizori_retea.csv", 1),
    ] {
        let text = String::from_utf8(files[&format!("inputs/{file}")].clone()).unwrap();
        assert!(text.lines().count() > head);
        assert!(text.lines().skip(head).all(|line| line.contains("exemplu")), "{file}");
    }
    let study = include_str!("../../data/demo/study.toml");
    assert_eq!(study.matches("publisher = \"exemplu, date generate").count(), 3);
}

#[test]
fn regions_and_counties_have_the_published_levels() {
    let files = committed();
    let text = |name: &str| String::from_utf8(files[&format!("inputs/{name}")].clone()).unwrap();
    // TEMPO SAR111C of 2017 and SCL113A of 2016/17
    for line in [
        "Regiunea NORD-EST, Anul 2023, Procente, 43.9",
        "Regiunea CENTRU, Anul 2023, Procente, 25.7",
    ] {
        assert!(text("SAR114B.csv").contains(line), "{line}");
    }
    for line in ["Vrancea, Anul 2023, Procente, 3.2", "Gorj, Anul 2023, Procente, .7"] {
        let line = format!("Invatamant primar si gimnazial, {line}");
        assert!(text("SCL113A.csv").contains(&line), "{line}");
    }
    // ANOFM, March 2024: 8.56 and 0.86 per cent
    let bytes = &files["inputs/someri_localitati_decembrie_2023.csv"];
    let (unemployed, ..) = encoding_rs::WINDOWS_1250.decode(bytes);
    for (county, share) in [("VASLUI", "8,6"), ("TIMIŞ", "0,9")] {
        let row =
            unemployed.lines().find(|row| row.contains(&format!("JUDEŢUL {county}"))).unwrap();
        assert!(row.trim_end().ends_with(share), "{row}");
    }
}

#[test]
fn the_index_of_2024_lists_who_did_not_report() {
    let case = crate::command::Case::new();
    let seen = case.run(&["compute", "--demo", "--methodology", "irc-vmi", "--format", "csv"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let mut index = csv::Reader::from_path(case.path("out/tables/index.csv")).unwrap();
    let rows: Vec<BTreeMap<String, String>> = index.deserialize().map(Result::unwrap).collect();
    let unscored = |row: &&BTreeMap<String, String>| row["irc"].is_empty();
    let absent: Vec<_> = rows.iter().filter(|row| row["county"] == "Giurgiu").collect();
    assert!(absent.len() == 54 && absent.iter().all(unscored));
    let others: Vec<_> = rows.iter().filter(|row| row["county"] != "Giurgiu").collect();
    let missing = others.iter().filter(|row| unscored(row)).count();
    // a tenth of 3,127, drawn one by one
    assert!((260..365).contains(&missing), "{missing}");
}
