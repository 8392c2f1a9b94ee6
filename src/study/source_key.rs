//! How a row of a source says which area it is about: the kinds of key, and where a county stands that
//! no column names.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};

use super::fields::Item;
use super::problem::Problems;
use super::shape::{Entries, Entry, Shape};
use super::table::table;
use super::values::TextOrNumber;
use crate::message::study::source::no_key;
use crate::quality::Message;

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
    /// A column of names whose county stands elsewhere than in a column.
    NameUnder {
        /// Column of the unit's name.
        name: String,
        /// Where the county stands.
        county_from: CountyFrom,
    },
    /// A column with the label of an area (county, region, …).
    Area {
        /// The level of the areas, which is that of the source.
        level: String,
        /// Column of the label.
        column: String,
    },
}

impl Key {
    /// Its columns, as the study names them.
    pub(crate) fn columns(&self) -> Vec<&str> {
        match self {
            Self::Code { code, name, county, period } => {
                let others = [name, county, period].into_iter().flatten();
                std::iter::once(code).chain(others).map(String::as_str).collect()
            }
            Self::Glued(column) | Self::Area { column, .. } => vec![column],
            Self::Name { name, county } => vec![name, county],
            Self::NameUnder { name, .. } => vec![name],
        }
    }
}

/// Where the county of a row stands that no column names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum CountyFrom {
    /// In a row of its own above the rows of its localities: `Județul: TULCEA`.
    Section,
    /// In the name of the sheet.
    Sheet,
    /// In a line above the header: `Situația din județul TULCEA`.
    Title,
    /// In the name of the file, as in `someri_TL.csv`.
    File,
}

impl CountyFrom {
    /// The word of `county_from`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Section => "section",
            Self::Sheet => "sheet",
            Self::Title => "title",
            Self::File => "file",
        }
    }
}

table! {
    /// A column of codes; name and county are compared when given.
    struct CodeKeyTable as "`key`" {
        /// Column of the code.
        required code: TextOrNumber,
        /// Column of the name.
        optional name: TextOrNumber,
        /// Column of the county.
        optional county: TextOrNumber,
        /// Column of the period, for a panel.
        optional period: TextOrNumber,
    }
}

table! {
    /// A column in which code and name stand together.
    struct GluedKeyTable as "`key`" {
        /// The column.
        required glued: TextOrNumber,
    }
}

table! {
    /// Columns of name and county.
    struct NameKeyTable as "`key`" {
        /// Column of the name.
        required name: TextOrNumber,
        /// Column of the county.
        required county: TextOrNumber,
    }
}

table! {
    /// A column of names whose county stands elsewhere than in a column.
    struct NameUnderKeyTable as "`key`" {
        /// Column of the name.
        required name: TextOrNumber,
        /// Where the county stands: in a row above (`section`), in a line above the header (`title`), in
        /// the name of the sheet or of the file.
        required county_from: CountyFrom,
    }
}

/// How rows name their area: the keys of the table say which kind of key it is.
impl Shape for Key {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let fields = item.table(&Message::same("`key`"), problems)?;
        if fields.has("code") {
            let CodeKeyTable { code, name, county, period, .. } =
                CodeKeyTable::read(item, problems)?;
            let (name, county, period) = (name.value, county.value, period.value);
            return Some(Self::Code { code: code.value?, name, county, period });
        }
        if fields.has("glued") {
            return GluedKeyTable::read(item, problems)?.glued.value.map(Self::Glued);
        }
        if fields.has("county_from") {
            let NameUnderKeyTable { name, county_from, .. } =
                NameUnderKeyTable::read(item, problems)?;
            return Some(Self::NameUnder { name: name.value?, county_from: county_from.value? });
        }
        if fields.has("name") {
            let NameKeyTable { name, county, .. } = NameKeyTable::read(item, problems)?;
            return Some(Self::Name { name: name.value?, county: county.value? });
        }
        let entries = Entries::<TextOrNumber>::read(item, problems)?;
        if let [Entry { key, value, .. }] = entries.as_slice() {
            return Some(Self::Area { level: key.clone(), column: value.clone()? });
        }
        item.error(no_key(), problems);
        None
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let (code, glued) = (CodeKeyTable::schema(generator), GluedKeyTable::schema(generator));
        let name = NameKeyTable::schema(generator);
        let under = NameUnderKeyTable::schema(generator);
        let column = TextOrNumber::schema(generator);
        json_schema!({ "anyOf": [code, glued, name, under, {
            "type": "object",
            "description": "A level of the register with the column of its labels.",
            "additionalProperties": column,
            "minProperties": 1,
            "maxProperties": 1
        }] })
    }
}
