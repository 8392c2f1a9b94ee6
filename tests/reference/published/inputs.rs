//! The files of a release without what is expected.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use risk_index::ingest::Inputs;

use super::expected::{Expected, Table};

/// Every CSV of the folder; expected columns are taken out, so that no study can read them. Of a column
/// with cells that must be given, only those cells stay.
pub(super) fn without(expected: &Expected, folder: &Path) -> Inputs {
    let mut files = BTreeMap::new();
    for name in super::names(folder).into_iter().filter(|name| name.ends_with(".csv")) {
        let bytes = fs::read(folder.join(&name)).unwrap();
        let bytes = match expected.table.iter().find(|table| table.file == name) {
            Some(table) => stripped(&bytes, table, expected),
            None => bytes,
        };
        files.insert(name, Cow::Owned(bytes));
    }
    Inputs::Held(files)
}

fn stripped(bytes: &[u8], table: &Table, expected: &Expected) -> Vec<u8> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().unwrap().clone();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let key: Vec<usize> = table.key.columns().into_iter().map(at).collect();
    let hidden: BTreeSet<&str> = table
        .group
        .iter()
        .filter(|group| !group.input)
        .flat_map(|group| group.columns.values().map(String::as_str))
        .collect();
    let given: BTreeSet<&str> =
        expected.exceptions.given.iter().map(|(_, column)| column.as_str()).collect();
    let kept: Vec<usize> = (0..header.len())
        .filter(|&column| !hidden.contains(&header[column]) || given.contains(&header[column]))
        .collect();
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(kept.iter().map(|&column| &header[column])).unwrap();
    for row in reader.records() {
        let row = row.unwrap();
        let code =
            table.code(&key.iter().map(|&column| &row[column]).collect::<Vec<_>>().join("|"));
        let shown = |column: usize| {
            let cell = (code.clone(), header[column].to_owned());
            !hidden.contains(&header[column]) || expected.exceptions.given.contains(&cell)
        };
        writer
            .write_record(kept.iter().map(|&column| if shown(column) { &row[column] } else { "" }))
            .unwrap();
    }
    writer.into_inner().unwrap()
}
