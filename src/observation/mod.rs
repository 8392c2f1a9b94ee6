//! What was measured: one series per declared measure, each value with its state and source cells.
//!
//! `ingest` fills these from files, `index` computes from them, `report` shows where they came
//! from. Nothing here reads or writes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::boundaries::{Border, Boundaries};

/// Why there is no number. Together with a value and a measured zero these are the five states
/// that are never confused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    /// Nobody measured it, or the row is absent.
    NotAvailable,
    /// Measured, and withheld by the publisher.
    Confidential,
    /// Has no meaning for this unit.
    NotApplicable,
}

/// One observed cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell {
    /// A finite number; a measured zero is `Number(0.0)`.
    Number(f64),
    /// A number that stands for a count which is not said: the middle of what it may be, or a count that
    /// took a difference so that a total holds.
    Substitute(f64),
    /// A category or a name.
    Text(String),
    /// No value, and why.
    Missing(Missing),
    /// A value that is withheld in what is published of a run: it would give a small count back.
    Withheld,
}

impl Cell {
    /// The number, where there is one.
    pub fn number(&self) -> Option<f64> {
        match self {
            Self::Number(value) | Self::Substitute(value) => Some(*value),
            Self::Text(_) | Self::Missing(_) | Self::Withheld => None,
        }
    }
}

/// The cell of an input from which a value was read, or one of those that were summed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Origin {
    /// Position in [`Observations::files`].
    pub file: u32,
    /// Position in [`InputFile::sheets`]; 0 for a text file.
    pub sheet: u32,
    /// Row of the sheet or line of the text, from 1.
    pub row: u32,
    /// Column or field, from 1.
    pub column: u32,
}

/// The cells of inputs from which a value was read: none for an absent one, several for a sum. The one
/// cell of most values stands in place: a table of a hundred measures has as many of them as numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origins(Held);

#[derive(Clone, Debug, Default, PartialEq, Eq)]
enum Held {
    #[default]
    None,
    One(Origin),
    Many(Box<[Origin]>),
}

impl From<Origin> for Origins {
    fn from(origin: Origin) -> Self {
        Self(Held::One(origin))
    }
}

impl FromIterator<Origin> for Origins {
    fn from_iter<I: IntoIterator<Item = Origin>>(origins: I) -> Self {
        let origins: Vec<Origin> = origins.into_iter().collect();
        Self(match origins.as_slice() {
            [] => Held::None,
            [one] => Held::One(*one),
            _ => Held::Many(origins.into_boxed_slice()),
        })
    }
}

impl Deref for Origins {
    type Target = [Origin];

    fn deref(&self) -> &[Origin] {
        match &self.0 {
            Held::None => &[],
            Held::One(origin) => std::slice::from_ref(origin),
            Held::Many(origins) => origins,
        }
    }
}

impl<'o> IntoIterator for &'o Origins {
    type Item = &'o Origin;
    type IntoIter = std::slice::Iter<'o, Origin>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// What kind of quantity a measure is: only counts and amounts are summed, only rates are
/// broadcast from a larger area as they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    /// Things counted: people, families, cases.
    Count,
    /// A ratio, share, mean or index.
    Rate,
    /// Money or another quantity that adds up.
    Amount,
    /// One of a few words.
    Category,
    /// Any text.
    Text,
}

impl Nature {
    /// Whether values of smaller areas may be added up to a larger one.
    pub(crate) fn sums(self) -> bool {
        matches!(self, Self::Count | Self::Amount)
    }

    /// Whether the cells are numbers.
    pub(crate) fn is_number(self) -> bool {
        matches!(self, Self::Count | Self::Rate | Self::Amount)
    }
}

/// What a count counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Counts {
    /// People.
    Persons,
    /// Families and single persons, as social assistance counts.
    Families,
    /// Cases, files, events, things.
    Cases,
}

/// One measure of one source, at its own level.
#[derive(Clone, Debug)]
pub struct Series {
    /// `<source id>.<measure id>`, the name formulas use.
    pub name: String,
    /// Position in the study's list of sources.
    pub source: usize,
    /// Register column whose areas were measured (`uat`, `county`, `region`, `national`, …).
    pub level: String,
    /// What kind of quantity it is.
    pub nature: Nature,
    /// What it counts, if a count.
    pub counts: Option<Counts>,
    /// One cell per area of the level, in the register's order of areas (units: by code).
    pub cells: Vec<Cell>,
    /// For each cell, the source cells it came from (several when summed; none when absent).
    pub origins: Vec<Origins>,
}

/// A total that a file prints beside the values of a measure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedTotal {
    /// The series, `<source id>.<measure id>`.
    pub series: String,
    /// Register column of the area that it is the total of.
    pub level: String,
    /// The area.
    pub area: String,
}

/// A file that was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct InputFile {
    /// The id of the source that named it.
    pub source: String,
    /// As the study names it, relative to the inputs folder, with `/`.
    pub path: String,
    /// Lower-case hexadecimal SHA-256 of its bytes; `None` where it would give a small count back to
    /// somebody who tries all of them.
    pub sha256: Option<String>,
    /// Size in bytes; `None` where the digest is not said.
    pub bytes: Option<u64>,
    /// `xlsx`, `xls`, `xlsb`, `ods`, `text`, `geojson` or `topojson`.
    pub format: String,
    /// The sheets that were read; empty for text.
    pub sheets: Vec<String>,
    /// For text: how its bytes were read as letters.
    pub encoding: Option<String>,
    /// For text: the delimiter.
    pub delimiter: Option<char>,
    /// Data rows used, after non-unit rows were dropped.
    pub rows_used: u64,
}

/// Everything that was read for a study.
#[derive(Clone, Debug, Default)]
pub struct Observations {
    /// The files, in the order of the study's sources, then by path.
    pub files: Vec<InputFile>,
    /// The measures, in the order of the study.
    pub series: Vec<Series>,
    /// Positions of series and area of the cells that what is published of a run withholds.
    pub withheld: BTreeSet<(usize, usize)>,
    /// The totals that were printed beside them, in reading order.
    pub totals: Vec<PrintedTotal>,
    /// Polygons of units, by the id of their source.
    pub maps: BTreeMap<String, Boundaries>,
    /// Neighbours, by the id of the source of their polygons.
    pub borders: BTreeMap<String, Vec<Border>>,
}

impl Observations {
    /// The series of that name.
    pub fn series(&self, name: &str) -> Option<&Series> {
        self.series.iter().find(|series| series.name == name)
    }
}
