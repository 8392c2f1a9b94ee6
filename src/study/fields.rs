//! The keys of a TOML table, taken one by one, so that every wrong one is reported on its own.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::problem::{Problems, Spot};
use crate::language::Words;
use crate::message::study::file::{self as message, kinds};
use crate::message::study::library;
use crate::message::{meant, suggest};
use crate::quality::{Advice, Message};
use crate::spelling;

/// A value of a file, with its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Item<'t> {
    pub(crate) file: usize,
    pub(crate) value: &'t Spanned<DeValue<'t>>,
}

impl<'t> Item<'t> {
    /// Where it stands.
    pub(crate) fn at(&self) -> Spot {
        Spot { file: self.file, span: self.value.span() }
    }

    /// The value without its place.
    pub(crate) fn get(&self) -> &'t DeValue<'t> {
        self.value.get_ref()
    }

    /// The text, when it is one.
    pub(crate) fn as_str(&self) -> Option<&'t str> {
        self.get().as_str()
    }

    /// The items of an array, when it is one.
    pub(crate) fn as_array(&self) -> Option<Vec<Self>> {
        let array = self.get().as_array()?;
        Some(array.iter().map(|value| Self { file: self.file, value }).collect())
    }

    /// What it is, in words.
    pub(crate) fn kind(&self) -> Words {
        match self.get() {
            DeValue::String(_) => kinds::TEXT,
            DeValue::Integer(_) => kinds::WHOLE_NUMBER,
            DeValue::Float(_) => kinds::NUMBER,
            DeValue::Boolean(_) => kinds::TRUTH,
            DeValue::Datetime(_) => kinds::DATE,
            DeValue::Array(_) => kinds::LIST,
            DeValue::Table(_) => kinds::TABLE,
        }
    }

    /// Reports that it is not what was expected.
    pub(crate) fn expected(&self, what: Words, problems: &mut Problems) {
        problems.error(&self.at(), message::expected(&what, &self.kind()));
    }

    /// Reports something about it.
    pub(crate) fn error(&self, said: impl Into<Advice>, problems: &mut Problems) {
        problems.error(&self.at(), said);
    }

    /// The table, when it is one; else reports it. `name` is how messages call it.
    pub(crate) fn table(&self, name: &Message, problems: &mut Problems) -> Option<Fields<'t>> {
        if let DeValue::Table(table) = self.get() {
            Some(Fields::new(name, self.at(), table))
        } else {
            self.expected(kinds::TABLE, problems);
            None
        }
    }

    /// Reads it through serde.
    pub(crate) fn read<T: DeserializeOwned>(&self, problems: &mut Problems) -> Option<T> {
        match T::deserialize(ValueDeserializer::from(self.value.clone())) {
            Ok(value) => Some(value),
            Err(error) => {
                let said = library::refused_value(error.message());
                let span = error.span().filter(|span| !span.is_empty());
                let span = span.unwrap_or_else(|| self.value.span());
                problems.error(&Spot { file: self.file, span }, said);
                None
            }
        }
    }
}

#[derive(Clone, Debug)]
struct Entry<'t> {
    key: &'t str,
    taken: bool,
    /// The lowest layer first; the value of the last one counts.
    layers: Vec<(Range<usize>, Item<'t>)>,
}

impl<'t> Entry<'t> {
    fn item(&self) -> Option<Item<'t>> {
        self.layers.last().map(|(_, item)| *item)
    }
}

/// The keys of one table, perhaps of several layers. Whoever reads it takes the keys it knows;
/// [`Fields::finish`] reports the others.
#[derive(Clone, Debug)]
pub(crate) struct Fields<'t> {
    name: Message,
    at: Spot,
    entries: Vec<Entry<'t>>,
    known: Vec<&'static str>,
    /// Missing keys, each with the one that seems to stand in its place.
    misspelt: Vec<(String, &'t str)>,
    /// Whether it was reported already that something is missing.
    excused: bool,
}

impl<'t> Fields<'t> {
    /// The keys of `table`, which stands at `at` and is called `name` in messages.
    pub(crate) fn new(name: &Message, at: Spot, table: &'t DeTable<'t>) -> Self {
        let entries = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().as_ref(),
                taken: false,
                layers: vec![(key.span(), Item { file: at.file, value })],
            })
            .collect();
        Self {
            name: name.clone(),
            at,
            entries,
            known: Vec::new(),
            misspelt: Vec::new(),
            excused: false,
        }
    }

    /// Where the table stands.
    pub(crate) fn at(&self) -> Spot {
        self.at.clone()
    }

    /// Files that extend each other, the lowest first: each key with the values of all of them.
    pub(crate) fn layered(files: Vec<Self>) -> Option<Self> {
        files.into_iter().reduce(|below, above| {
            below.laid_under(above, |own, above| own.layers.extend(above.layers))
        })
    }

    /// The same table with the keys of `above` laid over its own, key by key.
    #[must_use]
    pub(crate) fn overlaid(self, above: Self) -> Self {
        self.laid_under(above, |own, above| *own = above)
    }

    fn laid_under(mut self, above: Self, both: impl Fn(&mut Entry<'t>, Entry<'t>)) -> Self {
        for entry in above.entries {
            match self.entries.iter_mut().find(|own| own.key == entry.key) {
                Some(own) => both(own, entry),
                None => self.entries.push(entry),
            }
        }
        self.at = above.at;
        self
    }

    /// The same table without some keys.
    #[must_use]
    pub(crate) fn without(mut self, keys: &[&str]) -> Self {
        self.entries.retain(|entry| !keys.contains(&entry.key));
        self
    }

    /// The same table, about which nothing is reported as missing: that something is, was reported.
    #[must_use]
    pub(crate) fn excused(mut self) -> Self {
        self.excused = true;
        self
    }

    /// The text of a key, when it is one, without taking it.
    pub(crate) fn text_of(&self, key: &str) -> Option<&'t str> {
        self.peek(key).and_then(|item| item.as_str())
    }

    /// Where the value of a key stands; the table itself when the key is absent.
    pub(crate) fn at_key(&self, key: &str) -> Spot {
        self.peek(key).map_or_else(|| self.at(), |item| item.at())
    }

    /// Whether the key is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    /// Looks at a key without taking it.
    pub(crate) fn peek(&self, key: &str) -> Option<Item<'t>> {
        self.entries.iter().find(|entry| entry.key == key).and_then(Entry::item)
    }

    /// Takes a key as it is.
    pub(crate) fn item(&mut self, key: &'static str) -> Option<Item<'t>> {
        self.layers(key).last().copied()
    }

    /// Takes a key as each layer has it, the lowest first.
    fn layers(&mut self, key: &'static str) -> Vec<Item<'t>> {
        self.known.push(key);
        let Some(entry) = self.entries.iter_mut().find(|entry| entry.key == key) else {
            return Vec::new();
        };
        entry.taken = true;
        entry.layers.iter().map(|(_, item)| *item).collect()
    }

    /// Reports that a key is missing; where one with a letter wrong stands in its place, which
    /// [`Fields::finish`] reports, that is enough.
    pub(crate) fn missing(&mut self, key: &str, problems: &mut Problems) {
        let strange = self.entries.iter().map(|e| e.key).filter(|it| !self.known.contains(it));
        match spelling::nearest(key, strange) {
            Some(near) => self.misspelt.push((key.to_owned(), near)),
            None => self.report_missing(key, problems),
        }
    }

    fn report_missing(&self, key: &str, problems: &mut Problems) {
        if !self.excused && !problems.is_broken(self.at.file) {
            problems.error(&self.at, message::key_missing(&self.name, key));
        }
    }

    /// Takes a sub-table that may be absent, with the keys of every layer.
    pub(crate) fn table(
        &mut self,
        key: &'static str,
        name: &Message,
        problems: &mut Problems,
    ) -> Option<Self> {
        let layers = self.layers(key);
        let tables = layers.iter().filter_map(|item| item.table(name, problems));
        tables.reduce(Self::overlaid)
    }

    /// Takes a list of tables, those of a lower layer first: a table with the id of a lower one lies
    /// over it, others are added. Absent is an empty list.
    pub(crate) fn tables(
        &mut self,
        key: &'static str,
        list: &ListOfTables<'t>,
        problems: &mut Problems,
    ) -> Vec<Self> {
        let mut merged: Vec<Self> = Vec::new();
        for item in self.layers(key) {
            let tables = tables_of(&item, key, &list.name, problems);
            if list.id == Some("id") {
                report_twice(&tables, problems);
            }
            let lower = merged.len();
            for table in tables {
                let id = |table: &Self| list.id.and_then(|id| table.text_of(id));
                let own = id(&table);
                match merged[..lower].iter().position(|known| own.is_some() && id(known) == own) {
                    Some(at) => merged[at] = (list.lay_over)(merged[at].clone(), table),
                    None => merged.push(table),
                }
            }
        }
        merged
    }

    /// Takes all keys that are left, in the order of the file: for tables whose keys are free.
    pub(crate) fn rest(&mut self) -> Vec<(&'t str, Spot, Item<'t>)> {
        let mut rest = Vec::new();
        for entry in self.entries.iter_mut().filter(|entry| !entry.taken) {
            entry.taken = true;
            if let Some((span, item)) = entry.layers.last() {
                let at = Spot { file: item.file, span: span.clone() };
                rest.push((entry.key, at, *item));
            }
        }
        rest
    }

    /// Reports every key that nobody took; answers where the table stands.
    pub(crate) fn finish(self, problems: &mut Problems) -> Site {
        for (key, _) in self.misspelt.iter().filter(|(_, near)| self.known.contains(near)) {
            self.report_missing(key, problems);
        }
        let unknown = || self.entries.iter().filter(|entry| !entry.taken);
        for entry in unknown() {
            let free = self.known.iter().copied().filter(|known| !self.has(known));
            let hint =
                meant(entry.key, free).or_else(|| suggest(entry.key, self.known.iter().copied()));
            let said = message::unknown_key(entry.key, &self.name).advise(hint);
            for (span, item) in &entry.layers {
                let at = Spot { file: item.file, span: span.clone() };
                problems.error(&at, said.clone());
            }
        }
        let unknown = unknown().map(|entry| entry.key.to_owned()).collect();
        Site::new(self.name, self.at, unknown)
    }
}

/// How the tables of a list are taken.
pub(crate) struct ListOfTables<'t> {
    /// How messages call one of them.
    pub(crate) name: Message,
    /// The key by which one of a layer stands over one of the layer below.
    pub(crate) id: Option<&'static str>,
    /// One of them laid over the one of the same id.
    pub(crate) lay_over: fn(Fields<'t>, Fields<'t>) -> Fields<'t>,
}

/// The place of a table, for what is reported after its keys were taken.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// Where it stands.
    pub(crate) at: Spot,
    name: Message,
    unknown: Vec<String>,
}

impl Site {
    /// The place of a table that messages call `name`, with the keys that it should not have.
    pub(crate) fn new(name: Message, at: Spot, unknown: Vec<String>) -> Self {
        Self { at, name, unknown }
    }

    /// Reports that a key is missing which some tables of this kind may leave out, unless one with a
    /// letter wrong stands in its place: that was reported.
    pub(crate) fn missing(&self, key: &str, problems: &mut Problems) {
        let unknown = self.unknown.iter().map(String::as_str);
        if spelling::nearest(key, unknown).is_none() && !problems.is_broken(self.at.file) {
            problems.error(&self.at, message::key_missing(&self.name, key));
        }
    }
}

/// The tables of a list, as far as they are some.
fn tables_of<'t>(
    item: &Item<'t>,
    key: &str,
    name: &Message,
    problems: &mut Problems,
) -> Vec<Fields<'t>> {
    match item.get() {
        DeValue::Array(_) => {}
        DeValue::Table(_) => {
            problems.error(&item.at(), message::list_of_tables(key));
        }
        _ => item.expected(kinds::LIST_OF_TABLES, problems),
    }
    let items = item.as_array().unwrap_or_default();
    items.iter().filter_map(|each| each.table(name, problems)).collect()
}

/// Reports every table of a list whose `id` an earlier one has.
fn report_twice(list: &[Fields<'_>], problems: &mut Problems) {
    for (at, entry) in list.iter().enumerate() {
        let Some(id) = entry.text_of("id") else { continue };
        if let Some(first) = list[..at].iter().find(|known| known.text_of("id") == Some(id)) {
            let hint = problems.says_line(&message::the_first(), &first.at_key("id"));
            problems.error(&entry.at_key("id"), message::id_twice(id).advise(hint));
        }
    }
}
