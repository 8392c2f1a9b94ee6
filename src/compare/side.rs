//! One side of a comparison, as a run wrote it.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::archive::BagInputs;
use crate::message::compare as message;
use crate::quality::{Message, speaks};
use crate::report::sha256;

/// A run as its tables and its record tell it.
#[derive(Clone, Debug, Default)]
pub struct Side {
    /// How it is called.
    pub name: String,
    /// `run.json`.
    pub(super) record: Value,
    /// Rows of `index.csv` by code, cells by column.
    pub(super) index: BTreeMap<String, BTreeMap<String, String>>,
    /// Rows of `selection.csv` by code; empty without a selection.
    pub(super) selection: BTreeMap<String, BTreeMap<String, String>>,
    /// Rows of `robustness.csv` by code; empty where no doubts were drawn.
    pub(super) sure: Rows,
    /// `selection.json`; null without a selection.
    pub(super) chosen: Value,
    /// Values of `observations.csv` by measure and area.
    pub(super) observed: BTreeMap<(String, String), String>,
    /// Texts of the study, methodology and programme files by name, where they are known.
    pub(super) texts: BTreeMap<String, String>,
    /// Digests of the tables of what was read from the inputs, by path; empty for a run folder.
    pub(super) read: BTreeMap<String, String>,
    /// What the run read, where it is known.
    pub(super) bag: Option<BagInputs>,
}

/// Why a side cannot be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// The side.
    pub name: String,
    /// What is missing or broken.
    pub file: &'static str,
}

impl Unreadable {
    /// What it says.
    pub fn message(&self) -> Message {
        message::unreadable(&self.name, self.file)
    }
}

speaks!(Unreadable);

/// Rows of a table by code, cells by column.
pub(super) type Rows = BTreeMap<String, BTreeMap<String, String>>;

impl Side {
    /// A side from the files of a run folder, by path, and the texts of the files behind it.
    ///
    /// # Errors
    /// A record or an index is missing or broken.
    pub fn new(
        name: &str,
        files: &BTreeMap<String, Vec<u8>>,
        texts: BTreeMap<String, String>,
    ) -> Result<Self, Unreadable> {
        let lacks = |file| Unreadable { name: name.to_owned(), file };
        let record = files.get("run.json").and_then(|bytes| serde_json::from_slice(bytes).ok());
        let rows = |path: &str| files.get(path).and_then(|bytes| rows(bytes));
        Ok(Self {
            name: name.to_owned(),
            record: record.ok_or_else(|| lacks("run.json"))?,
            index: rows("tables/index.csv").ok_or_else(|| lacks("tables/index.csv"))?,
            selection: rows("tables/selection.csv").unwrap_or_default(),
            sure: rows("tables/robustness.csv").unwrap_or_default(),
            chosen: files
                .get("selection.json")
                .and_then(|bytes| serde_json::from_slice(bytes).ok())
                .unwrap_or_default(),
            observed: files
                .get("tables/observations.csv")
                .map(|it| observed(it))
                .unwrap_or_default(),
            texts,
            read: BTreeMap::new(),
            bag: None,
        })
    }

    /// A side from the payload of a bag, by path.
    ///
    /// # Errors
    /// As [`Self::new`].
    pub fn of_payload(name: &str, payload: &BTreeMap<String, Vec<u8>>) -> Result<Self, Unreadable> {
        let run = payload.iter().filter_map(|(path, bytes)| {
            Some((path.strip_prefix("run/")?.to_owned(), bytes.clone()))
        });
        let order: Value = payload
            .get("archive.json")
            .and_then(|bytes| serde_json::from_slice(bytes).ok())
            .unwrap_or_default();
        let listed = order["files"].as_array().cloned().unwrap_or_default();
        let texts = listed.iter().filter_map(|file| {
            let (role, name) = (file["role"].as_str()?, file["name"].as_str()?);
            let bytes = payload.get(file["path"].as_str()?).filter(|_| role != "input")?;
            let name = if role == "study" { "study" } else { name };
            Some((name.to_owned(), String::from_utf8_lossy(bytes).into_owned()))
        });
        let tables = payload.iter().filter(|(path, _)| path.starts_with("inputs/tables/"));
        let read = tables.map(|(path, bytes)| (path.clone(), sha256(bytes))).collect();
        let side = Self::new(name, &run.collect(), texts.collect())?;
        Ok(Self { read, bag: BagInputs::of(payload).ok(), ..side })
    }

    /// The score of each unit that has one, by code.
    pub(super) fn scores(&self) -> BTreeMap<&str, f64> {
        let Some(column) = self.record["methodology"]["score"].as_str() else {
            return BTreeMap::new();
        };
        let scored = self
            .index
            .iter()
            .filter_map(|(code, row)| Some((code.as_str(), row.get(column)?.parse().ok()?)));
        scored.collect()
    }

    /// A column of a unit.
    pub(super) fn cell(&self, code: &str, column: &str) -> &str {
        self.index.get(code).and_then(|row| row.get(column)).map_or("", String::as_str)
    }
}

fn rows(bytes: &[u8]) -> Option<Rows> {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().ok()?.clone();
    let mut rows = Rows::new();
    for record in reader.records() {
        let record = record.ok()?;
        let cells = header.iter().zip(&record).map(|(id, cell)| (id.to_owned(), cell.to_owned()));
        rows.insert(record.get(0)?.to_owned(), cells.collect());
    }
    Some(rows)
}

fn observed(bytes: &[u8]) -> BTreeMap<(String, String), String> {
    let mut reader = csv::Reader::from_reader(bytes);
    let Ok(header) = reader.headers().cloned() else { return BTreeMap::new() };
    let at = |id: &str| header.iter().position(|known| known == id);
    let (Some(measure), Some(area), Some(state)) = (at("measure"), at("area"), at("state")) else {
        return BTreeMap::new();
    };
    let (value, text) = (at("value"), at("text"));
    let records = reader.records().filter_map(Result::ok).filter_map(|record| {
        let cell = |at: Option<usize>| at.and_then(|at| record.get(at)).unwrap_or_default();
        let content =
            [cell(value), cell(text), cell(Some(state))].into_iter().find(|it| !it.is_empty());
        let key = (record.get(measure)?.to_owned(), record.get(area)?.to_owned());
        Some((key, content.unwrap_or_default().to_owned()))
    });
    records.collect()
}
