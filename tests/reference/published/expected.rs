//! What a release prints: which column of ours must equal which column of its files, and how closely.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::Deserialize;

/// `expected*.toml` with the exceptions beside it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    /// The release, for people.
    pub(super) release: String,
    /// Its files.
    pub(super) table: Vec<Table>,
    /// Cells that stand in `exceptions.csv`.
    #[serde(skip)]
    pub(super) exceptions: Exceptions,
}

/// A file of the release.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Table {
    pub(super) file: String,
    /// The column of the code; several are joined as a register joins them.
    pub(super) key: Key,
    /// Where the key is only a part of our code, the whole with `{}` in its place.
    pub(super) unit: Option<String>,
    /// For a table by area: the summary it is compared with.
    pub(super) area: Option<String>,
    /// Texts that say there is no value; they are compared, while an empty cell is not.
    #[serde(default)]
    pub(super) missing: BTreeSet<String>,
    pub(super) group: Vec<Group>,
}

/// One or several columns.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Key {
    One(String),
    Several(Vec<String>),
}

/// Columns that are counted together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Group {
    pub(super) id: String,
    /// Ours is rounded half up to so many decimals and must be the same number.
    pub(super) decimals: Option<u32>,
    /// Greatest difference.
    pub(super) tolerance: Option<f64>,
    /// Greatest difference as a share of the printed number.
    pub(super) relative: Option<f64>,
    /// Whether the columns are inputs of a higher level too and stay in the files.
    #[serde(default)]
    pub(super) input: bool,
    /// Node or output -> column of the file.
    pub(super) columns: BTreeMap<String, String>,
}

/// Single cells, by unit and column of the file.
#[derive(Debug, Default)]
pub(super) struct Exceptions {
    /// Left in the inputs and not compared.
    pub(super) given: BTreeSet<(String, String)>,
    /// Compared and known to differ.
    pub(super) differs: BTreeSet<(String, String)>,
}

impl Key {
    pub(super) fn columns(&self) -> Vec<&str> {
        match self {
            Self::One(column) => vec![column],
            Self::Several(columns) => columns.iter().map(String::as_str).collect(),
        }
    }
}

impl Table {
    /// Our code for a key of the file.
    pub(super) fn code(&self, key: &str) -> String {
        self.unit.as_ref().map_or_else(|| key.to_owned(), |unit| unit.replace("{}", key))
    }
}

impl Expected {
    pub(super) fn read(folder: &Path, part: &str) -> Self {
        let text = fs::read_to_string(folder.join(format!("expected{part}.toml"))).unwrap();
        let expected: Self = toml::from_str(&text).unwrap_or_else(|error| panic!("{error}"));
        Self {
            exceptions: Exceptions::read(&folder.join(format!("exceptions{part}.csv"))),
            ..expected
        }
    }
}

impl Exceptions {
    fn read(file: &Path) -> Self {
        let mut exceptions = Self::default();
        let Ok(text) = fs::read_to_string(file) else { return exceptions };
        for row in csv::Reader::from_reader(text.as_bytes()).records() {
            let row = row.unwrap();
            let cell = (row[0].to_owned(), row[1].to_owned());
            let new = match &row[2] {
                "given" => exceptions.given.insert(cell),
                "differs" => exceptions.differs.insert(cell),
                other => panic!("`{other}` is no use of an exception"),
            };
            assert!(
                new && !row[3].is_empty(),
                "an exception stands once and has a reason: {row:?}"
            );
        }
        exceptions
    }
}
