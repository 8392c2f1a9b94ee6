//! The values that only the tables of a source have: layouts, sheets, headers, keys, labels, marks.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use toml::de::DeValue;

use super::fields::Item;
use super::problem::Problems;
use super::shape::{Entries, Entry, Shape};
use super::table::table;
use super::values::{Character, Text, TextOrNumber, Texts, not_empty, shapes};
use crate::observation::Missing;
use crate::spelling;

/// How the numbers lie in the file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
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
    pub(crate) fn measures(self) -> bool {
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
    /// In the name of the file, as in `someri_TL.csv`.
    File,
}

/// The meaning of a text that stands where a number should.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Marker {
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
    pub(crate) fn missing(self) -> Option<Missing> {
        match self {
            Self::NotAvailable => Some(Missing::NotAvailable),
            Self::Confidential => Some(Missing::Confidential),
            Self::NotApplicable => Some(Missing::NotApplicable),
            Self::Zero => None,
        }
    }
}

table! {
    /// Declared marks of a number column.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
    #[expect(private_interfaces, reason = "what a shape reads is a public type")]
    pub struct NumberFormat from NumberFormatTable as "`numbers`" {
        /// `.` or `,`.
        required decimal: Character,
        /// `.`, `,`, space or `'`; absent when thousands are not marked.
        optional thousands: Character,
    }
}

shapes! {
    /// Header rows, from 1, from top to bottom.
    HeaderRows: Vec<u32> = header, {
        "type": ["integer", "array"],
        "minimum": 1,
        "items": { "type": "integer", "minimum": 1 },
        "minItems": 1
    };
    /// A label of an encoding, `windows-1250`.
    Encoding: String = encoding, { "type": "string" };
}

/// A value that nobody reads.
pub(super) struct Anything;

impl Shape for Anything {
    type Value = ();

    fn read(_: &Item<'_>, _: &mut Problems) -> Option<()> {
        Some(())
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({})
    }
}

/// The layout of a source of measures. Lists have others, and are tables of their own.
pub(super) struct LayoutWord;

impl Shape for LayoutWord {
    type Value = Layout;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Layout> {
        let word = Text::read(item, problems)?;
        match word.as_str() {
            "table" => Some(Layout::Table),
            "tempo" => Some(Layout::Tempo),
            "boundaries" => Some(Layout::Boundaries),
            _ => {
                let known =
                    ["table", "tempo", "boundaries", "units", "borders", "decisions", "selection"];
                let hint = spelling::suggest(&word, known);
                item.error(format!("unknown word `{word}`"), hint, problems);
                None
            }
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        Layout::schema(generator)
    }
}

impl Shape for SheetChoice {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        match item.get() {
            DeValue::Integer(_) => positive(item, problems).map(Self::Number),
            _ => Text::read(item, problems).map(Self::Name),
        }
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": ["string", "integer"], "minimum": 1 })
    }
}

fn positive(item: &Item<'_>, problems: &mut Problems) -> Option<u32> {
    let number: i64 = item.read(problems)?;
    let number = u32::try_from(number).ok().filter(|number| *number > 0);
    if number.is_none() {
        item.error("rows and sheets count from 1", None, problems);
    }
    number
}

fn header(item: &Item<'_>, problems: &mut Problems) -> Option<Vec<u32>> {
    let Some(items) = item.as_array() else { return positive(item, problems).map(|row| vec![row]) };
    if !not_empty(item, &items, problems) {
        return None;
    }
    let rows: Option<Vec<u32>> = items.iter().map(|each| positive(each, problems)).collect();
    let rows = rows?;
    if rows.windows(2).any(|pair| pair[0] >= pair[1]) {
        item.error("header rows go from top to bottom", None, problems);
        return None;
    }
    Some(rows)
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
        /// Where the county stands: in a row above (`section`), in the name of the sheet or of the
        /// file.
        required county_from: CountyFrom,
    }
}

/// How rows name their area: the keys of the table say which kind of key it is.
impl Shape for Key {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let fields = item.table("`key`", problems)?;
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
        let hint = "one of `{ code = … }`, `{ glued = … }`, `{ name = …, county = … }`, \
                    `{ name = …, county_from = … }`, \
                    `{ county = … }` or another level with its column";
        item.error("this key does not say one area", Some(hint.to_owned()), problems);
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

/// Declared marks of numbers, of which only some are known.
pub(super) struct NumberMarks;

impl Shape for NumberMarks {
    type Value = NumberFormat;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<NumberFormat> {
        let table = NumberFormatTable::read(item, problems)?;
        let decimal = table.decimal.value?;
        if !matches!(decimal, '.' | ',') {
            problems.error(&table.decimal.at, "the decimal mark is `.` or `,`", None);
            return None;
        }
        if let Some(mark) = table.thousands.value {
            if !matches!(mark, '.' | ',' | ' ' | '\'' | '\u{a0}' | '\u{202f}' | '’') {
                let message = "the thousands mark is `.`, `,`, a space or `'`";
                problems.error(&table.thousands.at, message, None);
                return None;
            }
            if mark == decimal {
                problems.error(&table.thousands.at, "both marks are the same", None);
                return None;
            }
        }
        NumberFormat::of(table)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        NumberFormatTable::schema(generator)
    }
}

/// Texts that stand for missing values or zeros.
pub(super) struct MissingMarks;

impl Shape for MissingMarks {
    type Value = BTreeMap<String, Marker>;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self::Value> {
        let marks = Entries::<Marker>::read(item, problems)?;
        Some(marks.into_iter().filter_map(|mark| Some((mark.key, mark.value?))).collect())
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        Entries::<Marker>::schema(generator)
    }
}

/// Labels of each dimension of a TEMPO file.
pub(super) struct Dimensions;

impl Shape for Dimensions {
    type Value = BTreeMap<String, Vec<String>>;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self::Value> {
        let chosen = Entries::<Labels>::read(item, problems)?;
        if chosen.is_empty() {
            item.error("this table is empty", None, problems);
        }
        Some(chosen.into_iter().filter_map(|labels| Some((labels.key, labels.value?))).collect())
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        Entries::<Labels>::schema(generator)
    }
}

table! {
    /// A range of whole numbers: the sum of what tiles it.
    struct RangeTable as "this range" {
        /// First.
        required from: u32,
        /// Last.
        required to: u32,
    }
}

/// Labels of a dimension: a text, a whole number, a range `{ from = 0, to = 17 }`, or a list.
struct Labels;

impl Shape for Labels {
    type Value = Vec<String>;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Vec<String>> {
        if !matches!(item.get(), DeValue::Table(_)) {
            return Texts::read(item, problems);
        }
        let range = RangeTable::read(item, problems)?;
        let (from, to) = (range.from.value?, range.to.value?);
        if from > to {
            item.error("this range ends before it starts", None, problems);
            return None;
        }
        Some(vec![format!("{from}-{to}")])
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let (labels, range) = (Texts::schema(generator), RangeTable::schema(generator));
        json_schema!({ "anyOf": [labels, range] })
    }
}

fn encoding(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    let label = Text::read(item, problems)?;
    if encoding_rs::Encoding::for_label(label.as_bytes()).is_some() {
        return Some(label);
    }
    let known = ["utf-8", "windows-1250", "iso-8859-2", "iso-8859-16", "windows-1252", "utf-16le"];
    item.error(format!("unknown encoding `{label}`"), spelling::suggest(&label, known), problems);
    None
}
