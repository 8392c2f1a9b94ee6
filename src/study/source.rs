//! A source of a study: which file, where in it, what it measures. Checked; `ingest` reads by it.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::observation::{Counts, Missing, Nature};
use crate::register::UNIT;

/// How the numbers lie in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Layout {
    /// One row an area, one column a measure.
    #[default]
    Table,
    /// INS TEMPO: long form, one row a combination of dimensions, the value in the last column.
    Tempo,
    /// GeoJSON or TopoJSON: the polygons of units, for maps and neighbours.
    Boundaries,
}

impl Layout {
    /// Whether sources of this layout hold measures.
    pub fn measures(self) -> bool {
        match self {
            Self::Table | Self::Tempo => true,
            Self::Boundaries => false,
        }
    }
}

/// A sheet of a workbook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SheetChoice {
    /// By its name.
    Name(String),
    /// By its position, from 1.
    Number(u32),
}

/// How a row says which area it is about. Columns are named by header text, letter or number, the
/// properties of a boundary file by their names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A column with the unit's code; a name column beside it is compared when given.
    Code {
        /// Column of the code.
        code: String,
        /// Column of the name, compared with the code's name.
        name: Option<String>,
        /// Column of the county, used with the name.
        county: Option<String>,
        /// Column of the period, for a panel: the unit is `<code>|<period>`.
        period: Option<String>,
    },
    /// A column in which code and name stand together (`40198 MUNICIPIUL BRASOV`).
    Glued(String),
    /// Columns of name and county.
    Name {
        /// Column of the unit's name.
        name: String,
        /// Column of the county.
        county: String,
    },
    /// A column with the label of an area of the source's level (county, region, …).
    Area(String),
}

/// The meaning of a text that stands where a number should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Marker {
    /// Nobody measured it.
    NotAvailable,
    /// Withheld by the publisher.
    Confidential,
    /// Has no meaning here.
    NotApplicable,
    /// A measured zero.
    Zero,
}

impl Marker {
    /// The state, or `None` for a measured zero.
    pub fn missing(self) -> Option<Missing> {
        match self {
            Self::NotAvailable => Some(Missing::NotAvailable),
            Self::Confidential => Some(Missing::Confidential),
            Self::NotApplicable => Some(Missing::NotApplicable),
            Self::Zero => None,
        }
    }
}

/// Declared marks of a number column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NumberFormat {
    /// `.` or `,`.
    pub decimal: char,
    /// `.`, `,`, space or `'`; absent when thousands are not marked.
    pub thousands: Option<char>,
}

/// What an absent row means.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Absent {
    /// Nobody measured it (the default: an absent row is never a zero by itself).
    #[default]
    NotAvailable,
    /// The publisher leaves out zeros; told in a finding that counts them.
    Zero,
    /// The source is a list, and who has no row is not on it: the measure does not apply there.
    /// Told in a finding that counts them.
    NotApplicable,
}

/// Which cells a measure takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Selection {
    /// A column of a table, by header text, letter or number.
    Column(String),
    /// Labels of TEMPO dimensions: dimension -> accepted labels (several are summed; `0-17` is the
    /// sum of the single years of age, or of groups that tile the range exactly).
    Where(BTreeMap<String, Vec<String>>),
}

/// One measure of a source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Measure {
    /// Identifier; formulas say `<source>.<measure>`.
    pub id: String,
    /// What kind of quantity.
    pub nature: Nature,
    /// What a count counts.
    pub counts: Option<Counts>,
    /// Which cells.
    pub selection: Selection,
    /// What an absent row means.
    pub absent: Absent,
    /// Declared number marks, over those of the source.
    pub numbers: Option<NumberFormat>,
}

/// One source of a study.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Identifier, used by formulas and findings.
    pub id: String,
    /// File or glob, relative to the inputs folder, with `/`. A glob is one source in several files.
    pub file: String,
    /// Line of the study file on which the source begins, for messages.
    pub line: u32,
    /// How the numbers lie.
    pub layout: Layout,
    /// The sheet; the first visible one with data when absent.
    pub sheet: Option<SheetChoice>,
    /// Header rows, from 1; detected when absent.
    pub header: Option<Vec<u32>>,
    /// How rows name their area; for TEMPO it is found among the dimensions when absent.
    pub key: Option<Key>,
    /// Register column that is measured.
    pub level: String,
    /// Who publishes it.
    pub publisher: Option<String>,
    /// Reference date or period, as text.
    pub reference: Option<String>,
    /// Concept of population (`domicile`, `resident`, …).
    pub concept: Option<String>,
    /// Series it belongs to (`vmg`, `vmi-inclusion`, …).
    pub series: Option<String>,
    /// Declared encoding label (`windows-1250`), else decided by the bytes.
    pub encoding: Option<String>,
    /// Declared delimiter, else decided by constancy.
    pub delimiter: Option<char>,
    /// Declared number marks.
    pub numbers: Option<NumberFormat>,
    /// Counties or countries of the file whose rows lie outside the register on purpose: a network
    /// that reaches across the border. They give no value and are told.
    pub outside: Vec<String>,
    /// Texts that stand for missing values or zeros, over the defaults `:` `::` (not available)
    /// and `c` `*` `**` (confidential).
    pub missing: BTreeMap<String, Marker>,
    /// Pinned SHA-256.
    pub sha256: Option<String>,
    /// The measures; none for boundaries.
    pub measures: Vec<Measure>,
}

impl Source {
    /// A table of units with nothing declared but where it is, as a study file that says no more.
    pub fn new(id: impl Into<String>, file: impl Into<String>) -> Self {
        Self {
            id: id.into(),
            file: file.into(),
            line: 1,
            layout: Layout::Table,
            sheet: None,
            header: None,
            key: None,
            level: UNIT.to_owned(),
            publisher: None,
            reference: None,
            concept: None,
            series: None,
            encoding: None,
            delimiter: None,
            numbers: None,
            outside: Vec::new(),
            missing: BTreeMap::new(),
            sha256: None,
            measures: Vec::new(),
        }
    }
}
