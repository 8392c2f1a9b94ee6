//! The values that only the tables of a source have: layouts, sheets, headers, labels, marks.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use toml::de::DeValue;

use super::fields::Item;
use super::problem::Problems;
use super::shape::{Entries, Shape};
use super::table::table;
use super::values::{Character, Text, Texts, not_empty, shapes};
use crate::message::study::{file, source as message};
use crate::message::suggest;
use crate::observation::Missing;

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
    /// Every visible one that has the columns of the source, as a part of one table: `*`, which no sheet
    /// can be called.
    Every,
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
                item.error(message::unknown_word(&word).advise(suggest(&word, known)), problems);
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
            _ => Text::read(item, problems).map(|name| match name.as_str() {
                "*" => Self::Every,
                _ => Self::Name(name),
            }),
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
        item.error(message::counted_from_one(), problems);
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
        item.error(message::header_order(), problems);
        return None;
    }
    Some(rows)
}

/// Declared marks of numbers, of which only some are known.
pub(super) struct NumberMarks;

impl Shape for NumberMarks {
    type Value = NumberFormat;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<NumberFormat> {
        let table = NumberFormatTable::read(item, problems)?;
        let decimal = table.decimal.value?;
        if !matches!(decimal, '.' | ',') {
            problems.error(&table.decimal.at, message::decimal_mark());
            return None;
        }
        if let Some(mark) = table.thousands.value {
            if !matches!(mark, '.' | ',' | ' ' | '\'' | '\u{a0}' | '\u{202f}' | '’') {
                problems.error(&table.thousands.at, message::thousands_mark());
                return None;
            }
            if mark == decimal {
                problems.error(&table.thousands.at, message::same_marks());
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
            item.error(file::empty_table(), problems);
        }
        Some(chosen.into_iter().filter_map(|labels| Some((labels.key, labels.value?))).collect())
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        Entries::<Labels>::schema(generator)
    }
}

table! {
    /// A range of whole numbers: the sum of what tiles it.
    struct RangeTable as "this range", "acest interval" {
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
            item.error(message::range_backwards(), problems);
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
    item.error(message::unknown_encoding(&label).advise(suggest(&label, known)), problems);
    None
}
