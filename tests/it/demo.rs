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
