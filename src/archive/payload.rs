//! The payload of a bag: a pure function of a run and of what it read.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::names::safe;
use super::package::{Column, Described, package};
use super::{canonical, pages};
use crate::language::Language;
use crate::report::{File, Role, View, table_columns};
use crate::run::Given;
use crate::study::bundled_text;

/// What stands first in `archive.json`.
pub(super) const FORMAT: &str = "risk-index archive 1";
/// The record of what was asked for.
pub(super) const ORDER: &str = "archive.json";
/// The descriptor.
pub(super) const PACKAGE: &str = "datapackage.json";

/// `archive.json`: what was asked for, so that it can be asked for again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Always the same word, by which an archive is recognised.
    pub format: String,
    /// Version of the program.
    pub version: String,
    /// Name of the study file.
    pub study: String,
    /// A methodology instead of the one that the study names.
    pub methodology: Option<String>,
    /// A programme instead of the one that the study names.
    pub programme: Option<String>,
    /// Whether a programme was applied.
    pub selects: bool,
    /// Language of the reports.
    pub language: Language,
    /// Formats of the reports.
    pub formats: Vec<String>,
    /// The files that were read, each with the name under which it was asked for.
    pub files: Vec<Archived>,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Archived {
    /// Its path in the payload.
    pub path: String,
    /// `study`, `beside` (the study), `bundled` (with the program) or `input`.
    pub role: String,
    /// The name under which the run asked for it.
    pub name: String,
}

/// A run with everything that it read.
pub struct Made<'a> {
    /// The run.
    pub view: View<'a>,
    /// The study file.
    pub study: &'a Given,
    /// Methodologies and programmes beside the study, by the path that names them.
    pub beside: &'a BTreeMap<String, Cow<'static, [u8]>>,
    /// Input files, by the path that names them.
    pub inputs: &'a BTreeMap<String, Cow<'static, [u8]>>,
    /// Overrides of methodology and programme.
    pub overrides: [Option<&'a str>; 2],
    /// Formats of the reports, by name.
    pub formats: &'a [String],
    /// The files of the run folder.
    pub files: &'a [File],
}

/// The payload of a run, by path.
pub fn payload(made: &Made<'_>) -> Vec<File> {
    let (mut files, archived) = read_files(made);
    let mut described = Vec::new();
    for (file, table) in canonical::tables(&made.view) {
        files.push(file);
        described.push(table);
    }
    for file in made.files {
        files.push(File { path: format!("run/{}", file.path), bytes: file.bytes.clone() });
    }
    for (path, columns) in table_columns(&made.view) {
        let columns: Vec<Column> =
            columns.into_iter().map(|(id, kind)| Column::of(id, kind)).collect();
        let by_unit = path == "tables/index.csv";
        let key = by_unit.then(|| "code".to_owned());
        let path = format!("run/{path}");
        described.push(Described { path, columns, key, in_register: by_unit });
    }
    files.extend(pages::pages(&made.view));
    files.push(File { path: ORDER.to_owned(), bytes: order(made, &archived) });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    let original = |path: &str| {
        let known = archived.iter().find(|archived| archived.path == path);
        known.map(|archived| archived.name.clone())
    };
    let title = &made.view.study.title;
    let name = ("risk-index-archive", title.text(made.view.language));
    let bytes = package(name, &files, &described, &original);
    files.push(File { path: PACKAGE.to_owned(), bytes });
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The study, what stands beside it or comes with the program, and the inputs.
fn read_files(made: &Made<'_>) -> (Vec<File>, Vec<Archived>) {
    let mut files = Vec::new();
    let mut archived = Vec::new();
    let mut add = |folder: &str, number: usize, (role, name): (&str, &str), bytes: &[u8]| {
        let path = format!("{folder}/{}", safe(number, name));
        archived.push(Archived {
            path: path.clone(),
            role: role.to_owned(),
            name: name.to_owned(),
        });
        files.push(File { path, bytes: bytes.to_vec() });
    };
    add("study", 0, ("study", &made.study.name), &made.study.bytes);
    let mut number = 1;
    for (name, bytes) in made.beside {
        add("study", number, ("beside", name), bytes);
        number += 1;
    }
    for file in &made.view.stamp.files {
        let told = matches!(file.role, Role::Methodology | Role::Programme);
        if let Some(text) = bundled_text(&file.name)
            && told
            && !made.beside.contains_key(&file.name)
        {
            add("study", number, ("bundled", &file.name), text.as_bytes());
            number += 1;
        }
    }
    for (at, (name, bytes)) in made.inputs.iter().enumerate() {
        add("inputs/raw", at + 1, ("input", name), bytes);
    }
    (files, archived)
}

fn order(made: &Made<'_>, archived: &[Archived]) -> Vec<u8> {
    let order = Order {
        format: FORMAT.to_owned(),
        version: made.view.stamp.version.clone(),
        study: made.study.name.clone(),
        methodology: made.overrides[0].map(str::to_owned),
        programme: made.overrides[1].map(str::to_owned),
        selects: made.view.chosen.is_some(),
        language: made.view.language,
        formats: made.formats.to_vec(),
        files: archived.to_vec(),
    };
    let mut bytes = serde_json::to_vec_pretty(&order).expect("an order is plain data");
    bytes.push(b'\n');
    bytes
}
