//! What the tables of a file are made of: shapes of values, values with their places, lists, entries.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::fields::{Fields, Item, ListOfTables, Site};
use super::problem::{Problems, Spot};
use crate::language::Words;
use crate::message::study::file::kinds;
use crate::quality::Message;

/// The shape of a value: how it is read, and how editors are told about it.
///
/// Whatever serde reads has a shape; the other shapes are in [`values`](super::values).
pub(crate) trait Shape {
    /// What is read.
    type Value;

    /// Reads a value; where there is no answer the reason has been reported.
    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self::Value>;

    /// Its JSON Schema.
    fn schema(generator: &mut SchemaGenerator) -> Schema;

    /// Takes a key of this shape from a table.
    fn take(
        fields: &mut Fields<'_>,
        key: &'static str,
        problems: &mut Problems,
    ) -> Spanned<Option<Self::Value>> {
        let at = fields.at_key(key);
        let item = fields.item(key);
        let value = item.and_then(|item| Self::read(&item, problems));
        Spanned::new(at, item.is_some(), value)
    }
}

impl<T: DeserializeOwned + JsonSchema> Shape for T {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        item.read(problems)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        generator.subschema_for::<Self>()
    }
}

/// What stands under a key, with its place.
#[derive(Clone, Debug)]
pub(crate) struct Spanned<T> {
    /// Where the value stands; where the table does, when it lacks the key.
    pub(crate) at: Spot,
    /// Whether the file has the key.
    pub(crate) is_written: bool,
    /// Whether its value was refused, which has been reported.
    pub(crate) is_refused: bool,
    /// The value. Of a key without a default: nothing when it is absent, or was refused and
    /// reported.
    pub(crate) value: T,
}

impl<T> Spanned<Option<T>> {
    /// What was read of a key, where anything was.
    pub(crate) fn new(at: Spot, is_written: bool, value: Option<T>) -> Self {
        Self { at, is_written, is_refused: is_written && value.is_none(), value }
    }

    /// The value, or the default of the key.
    pub(crate) fn or(self, default: T) -> Spanned<T> {
        let Self { at, is_written, is_refused, value } = self;
        Spanned { at, is_written, is_refused, value: value.unwrap_or(default) }
    }
}

/// A table of a file, declared by [`table!`].
pub(crate) trait Table: Sized + JsonSchema {
    /// How messages call it.
    const NAME: Words;

    /// In a list of such tables: the key by which one of a layer stands over one of the layer below.
    const ID: Option<&'static str>;

    /// Takes its keys and reports all others.
    fn read_keys(fields: Fields<'_>, problems: &mut Problems) -> Self;

    /// Where it stands.
    fn site(&self) -> &Site;

    /// How messages call it.
    fn name() -> Message {
        Self::NAME.into()
    }

    /// One table of a list laid over the one of the same id of the layer below, key by key.
    fn lay_over<'t>(below: Fields<'t>, above: Fields<'t>) -> Fields<'t> {
        below.overlaid(above)
    }
}

/// Tables that stand in a list, `[[phase]]`.
pub(crate) struct Tables<T>(std::marker::PhantomData<T>);

impl<T: Table> Shape for Tables<T> {
    type Value = Vec<T>;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Vec<T>> {
        let Some(items) = item.as_array() else {
            item.expected(kinds::LIST_OF_TABLES, problems);
            return None;
        };
        let tables: Vec<_> =
            items.iter().filter_map(|each| each.table(&T::name(), problems)).collect();
        Some(tables.into_iter().map(|table| T::read_keys(table, problems)).collect())
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let table = generator.subschema_for::<T>();
        json_schema!({ "type": "array", "items": table })
    }

    fn take(
        fields: &mut Fields<'_>,
        key: &'static str,
        problems: &mut Problems,
    ) -> Spanned<Option<Vec<T>>> {
        let (at, is_written) = (fields.at_key(key), fields.has(key));
        let list = ListOfTables { name: T::name(), id: T::ID, lay_over: T::lay_over };
        let tables = fields.tables(key, &list, problems);
        let tables = tables.into_iter().map(|table| T::read_keys(table, problems)).collect();
        Spanned::new(at, is_written, Some(tables))
    }
}

/// Shapes that stand in a list.
pub(crate) trait Element: Shape {
    /// What messages expect in its place, `a list of texts`.
    const LIST: Words;
}

/// A list of values.
pub(crate) struct List<S>(std::marker::PhantomData<S>);

impl<S: Element> Shape for List<S> {
    type Value = Vec<S::Value>;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self::Value> {
        let Some(items) = item.as_array() else {
            item.expected(S::LIST, problems);
            return None;
        };
        Some(items.iter().filter_map(|each| S::read(each, problems)).collect())
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let element = S::schema(generator);
        json_schema!({ "type": "array", "items": element })
    }
}

/// One entry of a table whose keys are free.
#[derive(Clone, Debug)]
pub(crate) struct Entry<T> {
    /// The key.
    pub(crate) key: String,
    /// Where the key stands.
    pub(crate) key_at: Spot,
    /// The value; nothing when it was refused.
    pub(crate) value: Option<T>,
}

/// A table whose keys are free: columns, groups, labels. Its entries come in the order of the file.
pub(crate) struct Entries<S>(std::marker::PhantomData<S>);

impl<S: Shape> Entries<S> {
    fn entries(rest: Vec<(&str, Spot, Item<'_>)>, problems: &mut Problems) -> Vec<Entry<S::Value>> {
        let entry = |(key, key_at, item): (&str, Spot, Item<'_>)| Entry {
            key: key.to_owned(),
            key_at,
            value: S::read(&item, problems),
        };
        rest.into_iter().map(entry).collect()
    }
}

impl<S: Shape> Shape for Entries<S> {
    type Value = Vec<Entry<S::Value>>;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self::Value> {
        item.table(&kinds::THIS_TABLE.into(), problems)
            .map(|mut table| Self::entries(table.rest(), problems))
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let value = S::schema(generator);
        json_schema!({ "type": "object", "additionalProperties": value })
    }

    fn take(
        fields: &mut Fields<'_>,
        key: &'static str,
        problems: &mut Problems,
    ) -> Spanned<Option<Self::Value>> {
        let (at, is_written) = (fields.at_key(key), fields.has(key));
        let table = fields.table(key, &kinds::THIS_TABLE.into(), problems);
        let value = table.map(|mut table| Self::entries(table.rest(), problems));
        Spanned::new(at, is_written, value)
    }
}

/// Builds the JSON Schema of a table.
pub(crate) struct TableSchema {
    description: String,
    keys: Map<String, Value>,
    required: Vec<&'static str>,
}

impl TableSchema {
    /// A table without keys.
    pub(crate) fn new(about: &[&str]) -> Self {
        Self { description: paragraph(about), keys: Map::new(), required: Vec::new() }
    }

    /// Adds a key that may be left out.
    pub(crate) fn key(&mut self, key: &str, about: &[&str], mut schema: Schema) {
        if !about.is_empty() {
            schema.insert("description".to_owned(), paragraph(about).into());
        }
        self.keys.insert(key.to_owned(), schema.to_value());
    }

    /// Says that a key must be there.
    pub(crate) fn require(&mut self, key: &'static str) {
        self.required.push(key);
    }

    /// Says what holds where a key is left out.
    pub(crate) fn default(&mut self, key: &str, default: impl serde::Serialize) {
        if let (Some(Value::Object(schema)), Ok(default)) =
            (self.keys.get_mut(key), serde_json::to_value(default))
        {
            schema.insert("default".to_owned(), default);
        }
    }

    /// The schema.
    pub(crate) fn finish(self) -> Schema {
        json_schema!({
            "type": "object",
            "description": self.description,
            "properties": self.keys,
            "required": self.required,
            "additionalProperties": false,
        })
    }
}

/// Reads a table that stands as a value, `lottery = { … }`.
pub(crate) fn read<T: Table>(item: &Item<'_>, problems: &mut Problems) -> Option<T> {
    item.table(&T::name(), problems).map(|fields| T::read_keys(fields, problems))
}

/// Takes a table under a key, with the keys of every layer.
pub(crate) fn take<T: Table>(
    fields: &mut Fields<'_>,
    key: &'static str,
    problems: &mut Problems,
) -> Spanned<Option<T>> {
    let table = fields.table(key, &T::name(), problems);
    let value = table.map(|table| T::read_keys(table, problems));
    let at = value.as_ref().map_or_else(|| fields.at_key(key), |table| table.site().at.clone());
    Spanned::new(at, fields.has(key), value)
}

/// The lines of a comment as one paragraph.
fn paragraph(lines: &[&str]) -> String {
    lines.iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ")
}

/// The name of a key that Rust may know as a word of its own, `r#where`.
pub(crate) const fn key_name(identifier: &'static str) -> &'static str {
    match identifier.as_bytes() {
        [b'r', b'#', ..] => identifier.split_at(2).1,
        _ => identifier,
    }
}
