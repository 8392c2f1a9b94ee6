//! The keys of a TOML table, taken one by one, so that every wrong one is reported on its own.

use std::ops::Range;

use serde::de::DeserializeOwned;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::problem::{Problems, Spot};
use super::spelling;

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
    pub(crate) fn kind(&self) -> &'static str {
        match self.get() {
            DeValue::String(_) => "text",
            DeValue::Integer(_) => "a whole number",
            DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "true or false",
            DeValue::Datetime(_) => "a date",
            DeValue::Array(_) => "a list",
            DeValue::Table(_) => "a table",
        }
    }

    /// Reports that it is not what was expected.
    pub(crate) fn expected(&self, what: &str, problems: &mut Problems) {
        problems.error(&self.at(), format!("expected {what}, found {}", self.kind()), None);
    }

    /// Reports something about it.
    pub(crate) fn error(
        &self,
        message: impl Into<String>,
        hint: Option<String>,
        problems: &mut Problems,
    ) {
        problems.error(&self.at(), message, hint);
    }

    /// The table, when it is one; else reports it. `name` is how messages call it.
    pub(crate) fn table(&self, name: &str, problems: &mut Problems) -> Option<Fields<'t>> {
        if let DeValue::Table(table) = self.get() {
            Some(Fields::new(name, self.at(), table))
        } else {
            self.expected("a table", problems);
            None
        }
    }

    /// Reads it through serde.
    pub(crate) fn read<T: DeserializeOwned>(&self, problems: &mut Problems) -> Option<T> {
        match T::deserialize(ValueDeserializer::from(self.value.clone())) {
            Ok(value) => Some(value),
            Err(error) => {
                let (message, hint) = spelling::reword(error.message());
                let span = error.span().filter(|span| !span.is_empty());
                let span = span.unwrap_or_else(|| self.value.span());
                problems.error(&Spot { file: self.file, span }, message, hint);
                None
            }
        }
    }
}

/// Reads any type that serde knows: the shape of enums and numbers.
pub(crate) fn any<T: DeserializeOwned>(item: &Item<'_>, problems: &mut Problems) -> Option<T> {
    item.read(problems)
}

#[derive(Clone, Debug)]
struct Entry<'t> {
    key: &'t str,
    key_span: Range<usize>,
    item: Item<'t>,
}

/// The keys of one table. Whoever reads it takes the keys it knows; [`Fields::finish`] reports
/// the others.
#[derive(Clone, Debug)]
pub(crate) struct Fields<'t> {
    name: String,
    at: Spot,
    entries: Vec<Entry<'t>>,
    taken: Vec<bool>,
    known: Vec<&'static str>,
    /// Missing keys, each with the one that seems to stand in its place.
    misspelt: Vec<(String, &'t str)>,
}

impl<'t> Fields<'t> {
    /// The keys of `table`, which stands at `at` and is called `name` in messages.
    pub(crate) fn new(name: &str, at: Spot, table: &'t DeTable<'t>) -> Self {
        let entries: Vec<Entry<'t>> = table
            .iter()
            .map(|(key, value)| Entry {
                key: key.get_ref().as_ref(),
                key_span: key.span(),
                item: Item { file: at.file, value },
            })
            .collect();
        let taken = vec![false; entries.len()];
        Self { name: name.to_owned(), at, entries, taken, known: Vec::new(), misspelt: Vec::new() }
    }

    /// Where the table stands.
    pub(crate) fn at(&self) -> Spot {
        self.at.clone()
    }

    /// The same table with the keys of `above` laid over its own, key by key.
    #[must_use]
    pub(crate) fn overlaid(mut self, above: Self) -> Self {
        for entry in above.entries {
            match self.entries.iter_mut().find(|own| own.key == entry.key) {
                Some(own) => *own = entry,
                None => self.entries.push(entry),
            }
        }
        self.taken = vec![false; self.entries.len()];
        self.at = above.at;
        self
    }

    /// The same table without some keys.
    #[must_use]
    pub(crate) fn without(mut self, keys: &[&str]) -> Self {
        self.entries.retain(|entry| !keys.contains(&entry.key));
        self.taken = vec![false; self.entries.len()];
        self
    }

    /// The text of a key, when it is one, without taking it.
    pub(crate) fn text_of(&self, key: &str) -> Option<&'t str> {
        self.peek(key).and_then(|item| item.as_str())
    }

    /// Where the value of a key stands; the table itself when the key is absent.
    pub(crate) fn at_key(&self, key: &str) -> Spot {
        self.entries.iter().find(|e| e.key == key).map_or_else(|| self.at(), |e| e.item.at())
    }

    /// Whether the key is there.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.entries.iter().any(|entry| entry.key == key)
    }

    /// Looks at a key without taking it.
    pub(crate) fn peek(&self, key: &str) -> Option<Item<'t>> {
        self.entries.iter().find(|entry| entry.key == key).map(|entry| entry.item)
    }

    /// Takes a key as it is.
    pub(crate) fn item(&mut self, key: &'static str) -> Option<Item<'t>> {
        self.known.push(key);
        let at = self.entries.iter().position(|entry| entry.key == key)?;
        self.taken[at] = true;
        Some(self.entries[at].item)
    }

    /// Takes a key that may be absent, in the given shape.
    pub(crate) fn optional<T>(
        &mut self,
        key: &'static str,
        shape: impl FnOnce(&Item<'t>, &mut Problems) -> Option<T>,
        problems: &mut Problems,
    ) -> Option<T> {
        self.item(key).and_then(|item| shape(&item, problems))
    }

    /// Takes a key that must be there, in the given shape.
    pub(crate) fn required<T>(
        &mut self,
        key: &'static str,
        shape: impl FnOnce(&Item<'t>, &mut Problems) -> Option<T>,
        problems: &mut Problems,
    ) -> Option<T> {
        if let Some(item) = self.item(key) {
            shape(&item, problems)
        } else {
            self.missing(key, problems);
            None
        }
    }

    /// Reports that a key is missing; where one with a letter wrong stands in its place, which
    /// [`Fields::finish`] reports, that is enough.
    pub(crate) fn missing(&mut self, key: &str, problems: &mut Problems) {
        let strange = self.entries.iter().map(|e| e.key).filter(|it| !self.known.contains(it));
        match spelling::nearest(key, strange) {
            Some(near) => self.misspelt.push((key.to_owned(), near)),
            None => self.tell_missing(key, problems),
        }
    }

    fn tell_missing(&self, key: &str, problems: &mut Problems) {
        if !problems.is_broken(self.at.file) {
            problems.error(&self.at, format!("{} needs the key `{key}`", self.name), None);
        }
    }

    /// Takes a sub-table that may be absent.
    pub(crate) fn table(
        &mut self,
        key: &'static str,
        name: &str,
        problems: &mut Problems,
    ) -> Option<Self> {
        self.item(key).and_then(|item| item.table(name, problems))
    }

    /// Takes a list of tables; absent is an empty list.
    pub(crate) fn tables(
        &mut self,
        key: &'static str,
        name: &str,
        problems: &mut Problems,
    ) -> Vec<Self> {
        let Some(item) = self.item(key) else { return Vec::new() };
        match item.get() {
            DeValue::Array(_) => {}
            DeValue::Table(_) => {
                let hint = format!("write `[[{key}]]` with two brackets: there may be several");
                problems.error(&item.at(), format!("`{key}` is a list of tables"), Some(hint));
            }
            _ => item.expected("a list of tables", problems),
        }
        let items = item.as_array().unwrap_or_default();
        items.iter().filter_map(|each| each.table(name, problems)).collect()
    }

    /// Takes all keys that are left, in the order of the file: for tables whose keys are free.
    pub(crate) fn rest(&mut self) -> Vec<(&'t str, Spot, Item<'t>)> {
        let mut rest = Vec::new();
        for (entry, taken) in self.entries.iter().zip(&mut self.taken) {
            if !*taken {
                *taken = true;
                let at = Spot { file: entry.item.file, span: entry.key_span.clone() };
                rest.push((entry.key, at, entry.item));
            }
        }
        rest
    }

    /// Reports every key that nobody took.
    pub(crate) fn finish(self, problems: &mut Problems) {
        for (key, _) in self.misspelt.iter().filter(|(_, near)| self.known.contains(near)) {
            self.tell_missing(key, problems);
        }
        for (entry, taken) in self.entries.iter().zip(&self.taken) {
            if !taken {
                let at = Spot { file: entry.item.file, span: entry.key_span.clone() };
                let free = self.known.iter().copied().filter(|known| !self.has(known));
                let meant = spelling::nearest(entry.key, free);
                let hint = meant.map(|meant| format!("did you mean `{meant}`?"));
                let hint =
                    hint.or_else(|| spelling::suggest(entry.key, self.known.iter().copied()));
                problems.error(&at, format!("unknown key `{}` in {}", entry.key, self.name), hint);
            }
        }
    }
}

/// Reports every table of a list whose `id` an earlier one has.
pub(crate) fn report_twice(list: &[Fields<'_>], problems: &mut Problems) {
    for (at, entry) in list.iter().enumerate() {
        let Some(id) = entry.text_of("id") else { continue };
        if let Some(first) = list[..at].iter().find(|known| known.text_of("id") == Some(id)) {
            let hint = problems.says_line("the first is", &first.at_key("id"));
            problems.error(&entry.at_key("id"), format!("the id `{id}` stands twice"), Some(hint));
        }
    }
}
