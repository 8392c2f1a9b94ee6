//! `datapackage.json` (Frictionless Data Package): what each file is, with schema, bytes and digest.

use serde_json::{Value, json};

use crate::report::{File, sha256};

/// The table of the units that are counted.
pub(super) const REGISTER: &str = "inputs/tables/register.csv";

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Column {
    id: String,
    kind: &'static str,
}

impl Column {
    /// Words.
    pub(super) fn text(id: &str) -> Self {
        Self { id: id.to_owned(), kind: "string" }
    }

    /// Numbers.
    pub(super) fn number(id: &str) -> Self {
        Self { id: id.to_owned(), kind: "number" }
    }

    /// A column of a kind that Frictionless names.
    pub(super) fn of(id: String, kind: &'static str) -> Self {
        Self { id, kind }
    }
}

/// A table whose columns are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Described {
    /// Its path in the payload.
    pub(super) path: String,
    /// Its columns.
    pub(super) columns: Vec<Column>,
    /// The column that identifies its rows.
    pub(super) key: Option<String>,
    /// Whether its column `code` names units of the register.
    pub(super) in_register: bool,
}

/// The descriptor of a payload: tables with their schema, everything else as plain files; the
/// original path of each input beside its safe one.
pub(super) fn package(
    (name, title): (&str, &str),
    files: &[File],
    tables: &[Described],
    original: &dyn Fn(&str) -> Option<String>,
) -> Vec<u8> {
    let resources: Vec<Value> = files
        .iter()
        .map(|file| {
            let table = tables.iter().find(|table| table.path == file.path);
            let mut resource = json!({
                "name": slug(&file.path),
                "path": file.path,
                "bytes": file.bytes.len(),
                "hash": format!("sha256:{}", sha256(&file.bytes)),
            });
            let entries = resource.as_object_mut().expect("it was written as an object");
            if let Some(original) = original(&file.path) {
                entries.insert("originalPath".to_owned(), json!(original));
            }
            match table {
                Some(table) => {
                    entries.insert("profile".to_owned(), json!("tabular-data-resource"));
                    entries.insert("type".to_owned(), json!("table"));
                    entries.insert("format".to_owned(), json!("csv"));
                    entries.insert("mediatype".to_owned(), json!("text/csv"));
                    entries.insert("encoding".to_owned(), json!("utf-8"));
                    entries.insert("schema".to_owned(), schema(table));
                }
                None => {
                    entries.insert("type".to_owned(), json!("file"));
                }
            }
            resource
        })
        .collect();
    let package = json!({
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "profile": "data-package",
        "name": name,
        "title": title,
        "resources": resources,
    });
    let mut bytes = serde_json::to_vec_pretty(&package).expect("a descriptor is plain data");
    bytes.push(b'\n');
    bytes
}

fn schema(table: &Described) -> Value {
    let field = |column: &Column| json!({ "name": column.id, "type": column.kind });
    let mut schema = json!({
        "fields": table.columns.iter().map(field).collect::<Vec<_>>(),
        "missingValues": [""],
    });
    let entries = schema.as_object_mut().expect("it was written as an object");
    if let Some(key) = &table.key {
        entries.insert("primaryKey".to_owned(), json!([key]));
    }
    if table.in_register {
        let reference = json!({ "resource": slug(REGISTER), "fields": ["code"] });
        let keys = json!([{ "fields": ["code"], "reference": reference }]);
        entries.insert("foreignKeys".to_owned(), keys);
    }
    schema
}

/// A name of letters, digits, `-`, `_` and `.`, as Frictionless wants it.
fn slug(path: &str) -> String {
    path.to_ascii_lowercase().replace('/', "-")
}
