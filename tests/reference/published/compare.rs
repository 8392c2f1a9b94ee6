//! Cell by cell: what was computed against what was printed.

use std::collections::BTreeMap;
use std::path::Path;

use risk_index::index::stats::half_up;
use risk_index::index::{Column, Index, OutputColumn};

use super::Computed;
use super::expected::{Expected, Group, Table};

/// How much of a group of columns is met.
#[derive(Clone, Debug)]
pub(super) struct Counted {
    pub(super) release: String,
    pub(super) group: String,
    /// Rows of the file.
    pub(super) units: usize,
    pub(super) cells: usize,
    pub(super) equal: usize,
    /// The first cell that is not met, in words.
    pub(super) first: Option<String>,
}

/// A column of ours.
enum Ours<'a> {
    Numbers(Box<dyn Fn(usize) -> Option<f64> + 'a>),
    Words(&'a [Option<String>]),
}

/// Counts every group. Panics when an exception has become untrue.
pub(super) fn count(expected: &Expected, folder: &Path, computed: &Computed) -> Vec<Counted> {
    let tables = expected.table.iter();
    tables.flat_map(|table| table_of(expected, table, folder, computed)).collect()
}

fn table_of(
    expected: &Expected,
    table: &Table,
    folder: &Path,
    computed: &Computed,
) -> Vec<Counted> {
    let mut reader = csv::Reader::from_path(folder.join(&table.file)).unwrap();
    let header = reader.headers().unwrap().clone();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let at = |name: &str| header.iter().position(|column| column == name).unwrap();
    let key: Vec<usize> = table.key.columns().into_iter().map(at).collect();
    let codes: Vec<String> = rows
        .iter()
        .map(|row| {
            table.code(&key.iter().map(|&column| &row[column]).collect::<Vec<_>>().join("|"))
        })
        .collect();
    let places = places(table, computed);
    let mut counted = Vec::new();
    for group in &table.group {
        let mut count = Counted {
            release: expected.release.clone(),
            group: group.id.clone(),
            units: rows.len(),
            cells: 0,
            equal: 0,
            first: None,
        };
        for (ours, printed) in &group.columns {
            let column = ours_of(table, ours, &computed.index);
            for (row, code) in rows.iter().zip(&codes) {
                let cell = (code.clone(), printed.clone());
                let text = &row[at(printed)];
                if text.is_empty() && !table.missing.contains("")
                    || expected.exceptions.given.contains(&cell)
                {
                    continue;
                }
                let place = places.get(code.as_str()).copied();
                let equal = place.is_some_and(|place| met(&column, place, text, table, group));
                let known = expected.exceptions.differs.contains(&cell);
                assert!(!(equal && known), "{cell:?} is met and stands among the exceptions");
                count.cells += 1;
                count.equal += usize::from(equal);
                if !equal && !known && count.first.is_none() {
                    let said = place.and_then(|place| said(&column, place)).unwrap_or_default();
                    count.first = Some(format!("{code} {printed}: printed {text}, ours {said}"));
                }
            }
        }
        counted.push(count);
    }
    counted
}

/// Code of a unit, or name of an area -> its position in our columns.
fn places<'a>(table: &Table, computed: &'a Computed) -> BTreeMap<&'a str, usize> {
    let names = match &table.area {
        None => computed.register.codes(),
        Some(by) => {
            &computed.index.summaries.iter().find(|summary| summary.by == *by).unwrap().areas
        }
    };
    names.iter().enumerate().map(|(at, name)| (name.as_str(), at)).collect()
}

fn ours_of<'a>(table: &Table, id: &str, index: &'a Index) -> Ours<'a> {
    if let Some(by) = &table.area {
        let summary = index.summaries.iter().find(|summary| summary.by == *by).unwrap();
        let (_, _, values) = summary.columns.iter().find(|(name, _, _)| name == id).unwrap();
        return Ours::Numbers(Box::new(|area| {
            Some(values[area]).filter(|value| value.is_finite())
        }));
    }
    let numbers = |column: &'a Column| Ours::Numbers(Box::new(|unit| column.value(unit)));
    match index.outputs.iter().find(|output| output.id == id).map(|output| &output.column) {
        Some(OutputColumn::Numbers(column)) => numbers(column),
        Some(OutputColumn::Classes(words)) => Ours::Words(words),
        None => {
            let node = index.nodes.iter().find(|node| node.id == id);
            numbers(&node.unwrap_or_else(|| panic!("no column `{id}`")).value)
        }
    }
}

fn met(column: &Ours<'_>, place: usize, text: &str, table: &Table, group: &Group) -> bool {
    let missing = table.missing.contains(text);
    match column {
        Ours::Words(words) => match &words[place] {
            Some(word) => !missing && word == text,
            None => missing,
        },
        Ours::Numbers(values) => match values(place) {
            Some(value) => !missing && same(value, text.trim().parse().unwrap(), group),
            None => missing,
        },
    }
}

fn same(ours: f64, printed: f64, group: &Group) -> bool {
    let away = (ours - printed).abs();
    match (group.decimals, group.tolerance, group.relative) {
        (Some(decimals), None, None) => {
            (half_up(ours, decimals) - printed).abs() < 1e-12 * printed.abs().max(1.0)
        }
        (None, Some(tolerance), None) => away <= tolerance,
        (None, None, Some(share)) => away <= share * printed.abs(),
        _ => panic!("group `{}` needs one of `decimals`, `tolerance`, `relative`", group.id),
    }
}

fn said(column: &Ours<'_>, place: usize) -> Option<String> {
    match column {
        Ours::Numbers(values) => values(place).map(|value| value.to_string()),
        Ours::Words(words) => words[place].clone(),
    }
}
