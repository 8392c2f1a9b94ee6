//! Every published file looked at by `inspect`: what it is, how it is written, where its table is, and
//! how its rows join the register. `inspected.csv` states it file by file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use libtest_mimic::Trial;
use risk_index::index::TraceMode;
use risk_index::ingest::Inputs;
use risk_index::inspect::{Portrait, TablePortrait, WritingPortrait, portray, study_of};
use risk_index::register::{Matcher, bundled};
use risk_index::run::{NamedBytes, Request, check};
use risk_index::watch::Unwatched;

use crate::data::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("inspect/every_file_is_what_the_table_says", every_file_is_what_the_table_says),
        trial("inspect/check_accepts_every_drafted_source", check_accepts_every_drafted_source),
    ]
}

/// What must be found in each file.
const TABLE: &str = include_str!("inspected.csv");
const HEADER: [&str; 10] = [
    "file",
    "format",
    "encoding",
    "dialect",
    "header",
    "data",
    "rows",
    "key",
    "recognised",
    "source",
];

/// The paths of all data files, by `/`, in order.
fn files(folder: &Path) -> Vec<String> {
    fn walk(root: &Path, below: &str, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(root.join(below)).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            if entry.path().is_dir() {
                walk(root, &path, found);
            } else if !path.ends_with(".md") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(folder, "", &mut found);
    found.sort();
    found
}

fn portraits(folder: &Path) -> Vec<Portrait> {
    let who = bundled("ro-uat-2025").unwrap();
    let matcher = Matcher::new(&who.register, &who.gazetteer, &who.aliases);
    let inputs = Inputs::Folder(folder.to_owned());
    files(folder).iter().map(|path| portray(&inputs, path, None, &matcher)).collect()
}

/// A portrait as a line of the table.
fn line(portrait: &Portrait) -> [String; 10] {
    let none = || "-".to_owned();
    let table = portrait.table.as_ref();
    let format = match (portrait.format, &portrait.obstacle) {
        (Some(format), _) => format.to_owned(),
        (None, Some(obstacle)) => obstacle.message.clone(),
        (None, None) => none(),
    };
    let of = |what: fn(&TablePortrait) -> String| table.map_or_else(none, what);
    [
        portrait.path.clone(),
        format,
        portrait.writing.as_ref().map_or_else(none, |writing| writing.encoding.clone()),
        portrait.writing.as_ref().map_or_else(none, dialect),
        of(|table| table.header.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")),
        of(|table| match &table.sheet {
            Some(sheet) => format!("{sheet}!{}", table.range),
            None => table.range.clone(),
        }),
        of(classes),
        of(key),
        of(recognised),
        of(|table| if table.draft.stands { "stands" } else { "none" }.to_owned()),
    ]
}

fn dialect(writing: &WritingPortrait) -> String {
    let delimiter = match writing.delimiter {
        '\t' => "tab".to_owned(),
        other => other.to_string(),
    };
    let spaced = if writing.spaced { " space" } else { "" };
    format!("{delimiter}{spaced} {}", writing.line_ends)
}

fn classes(table: &TablePortrait) -> String {
    let classes = table.rows.iter().map(|count| format!("{} {}", count.rows, count.class));
    classes.collect::<Vec<_>>().join("; ")
}

fn key(table: &TablePortrait) -> String {
    let Some(key) = table.keys.first() else { return "none".to_owned() };
    let columns: Vec<String> =
        key.columns.iter().map(|column| format!("{} {}", column.role, column.letters)).collect();
    format!("{}: {}", key.level, columns.join(", "))
}

fn recognised(table: &TablePortrait) -> String {
    let Some(key) = table.keys.first() else { return "-".to_owned() };
    format!("{}/{} rows, {} areas", key.recognised, key.rows, key.areas)
}

fn every_file_is_what_the_table_says(folder: &Path) -> String {
    let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
    assert_eq!(reader.headers().unwrap(), HEADER.as_slice());
    let stated: BTreeMap<String, Vec<String>> = reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        .map(|record| (record[0].clone(), record))
        .collect();
    let portraits = portraits(&folder.join("real-data"));
    let (mut wrong, mut found) = (String::new(), csv::Writer::from_writer(Vec::new()));
    found.write_record(HEADER).unwrap();
    for portrait in &portraits {
        let line = line(portrait);
        assert!(!portrait.render().is_empty() && !portrait.source_block().is_empty());
        found.write_record(&line).unwrap();
        match stated.get(&portrait.path) {
            Some(expected) if *expected == line => {}
            Some(expected) => writeln!(wrong, "- {expected:?}\n+ {line:?}").unwrap(),
            None => writeln!(wrong, "+ {line:?}").unwrap(),
        }
    }
    if !wrong.is_empty() {
        let path = std::env::temp_dir().join("inspected.csv");
        std::fs::write(&path, found.into_inner().unwrap()).unwrap();
        panic!("{wrong}\nwhat was found is in {}", path.display());
    }
    assert_eq!(stated.len(), portraits.len(), "the table states files that are not there");
    let tables = portraits.iter().filter(|portrait| portrait.table.is_some()).count();
    format!("{} files, {tables} tables", portraits.len())
}

fn check_accepts_every_drafted_source(folder: &Path) -> String {
    let folder = folder.join("real-data");
    let new = study_of(&portraits(&folder), str::to_owned);
    let inputs = Inputs::Folder(folder);
    let method = new.method.clone().unwrap();
    let request = Request {
        study: NamedBytes { name: "study.toml".to_owned(), bytes: new.study.clone().into_bytes() },
        methodology: None,
        programme: None,
        inputs: &inputs,
        beside: &|_| Ok(method.clone().into_bytes()),
        trace: TraceMode::Drop,
    };
    let checked = check(&request, &Unwatched).unwrap_or_else(|stopped| panic!("{stopped:?}"));
    assert_eq!(checked.unread, Vec::<String>::new());
    assert_eq!(checked.study.sources.len(), new.sources.len());
    format!("{} sources, {} measures", new.sources.len(), checked.measures.len())
}
