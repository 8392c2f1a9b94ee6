//! A file that may extend another of its kind, as texts: methodologies and programmes.

use std::io;

use schemars::JsonSchema;
use toml::de::DeTable;

use super::document::Document;
use super::fields::Fields;
use super::problem::{Problems, Spot};
use super::shape::{Shape, Spanned, Table};
use super::values::RelativePath;
use crate::index::method::Status;
use crate::language::Words;
use crate::message::of_system;
use crate::message::study::file as message;
use crate::quality::Advice;

/// One file of a methodology or programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layer {
    /// Bundled name, or path.
    pub name: String,
    /// How messages call the file.
    pub file: String,
    /// Its bytes, for digests and archives.
    pub bytes: Vec<u8>,
    pub(super) text: String,
}

impl Layer {
    /// Its text as one of those that problems are shown in.
    pub(super) fn document(&self, problems: &mut Problems) -> Document {
        Document { file: problems.add_text(&self.file, &self.text), text: self.text.clone() }
    }
}

/// Reads the file of a path, or says why it cannot.
pub(crate) type Load<'a> = dyn FnMut(&str) -> io::Result<Vec<u8>> + 'a;

/// A kind of file that has layers.
pub(super) struct Layered {
    /// `methodology`: the table of its `extends`.
    pub(super) word: &'static str,
    /// What messages call it.
    pub(super) noun: Words,
    /// What messages call several.
    pub(super) several: Words,
    /// The text of the bundled one of a name.
    pub(super) bundled: fn(&str) -> Option<&'static str>,
    /// Names of the bundled ones.
    pub(super) known: fn() -> Vec<&'static str>,
}

impl Layered {
    /// Loads a file by bundled name or path, and what it extends.
    ///
    /// A reference with a `/` or the ending `.toml` is a path and is read through `load`; a path
    /// in `extends` starts in the folder of the file that says it.
    pub(super) fn load(
        &self,
        reference: &str,
        load: &mut Load<'_>,
        problems: &mut Problems,
    ) -> Option<Vec<Layer>> {
        let mut layers: Vec<Layer> = Vec::new();
        let mut next = reference.to_owned();
        let mut asked: Option<(usize, Spot)> = None;
        loop {
            if layers.iter().any(|layer| layer.name == next) {
                let mut way: Vec<&str> = layers.iter().map(|layer| layer.name.as_str()).collect();
                way.push(&next);
                let said = message::extend_each_other(self.several, &way.join(" -> "));
                complain(asked.as_ref(), &next, said, problems);
                return None;
            }
            let bytes = match self.read(&next, load) {
                Ok(bytes) => bytes,
                Err(advice) => {
                    complain(asked.as_ref(), &next, advice, problems);
                    return None;
                }
            };
            let file = if is_path(&next) { next.clone() } else { format!("{next}.toml (bundled)") };
            let document = Document::decode(&file, &bytes, problems)?;
            let number = document.file;
            let text = document.text;
            let extends = said(&text, self.word, "extends");
            layers.push(Layer { name: next.clone(), file, bytes, text });
            let Some((above, span)) = extends else { return Some(layers) };
            asked = Some((layers.len() - 1, Spot { file: number, span }));
            next = seen_from(&next, above);
        }
    }

    /// The file that a key of the head table names, as the topmost layer that has the key says it: a
    /// bundled name, or a path from the folder of that layer.
    pub(super) fn names(&self, layers: &[Layer], key: &str) -> Option<String> {
        layers.iter().find_map(|layer| {
            let (named, _) = said(&layer.text, self.word, key)?;
            Some(seen_from(&layer.name, named))
        })
    }

    /// Whether some layer has a key of a table.
    pub(super) fn has(layers: &[Layer], table: &str, key: &str) -> bool {
        layers.iter().any(|layer| {
            let (root, _) = DeTable::parse_recoverable(&layer.text);
            let table = root.get_ref().get(table).and_then(|table| table.get_ref().as_table());
            table.is_some_and(|table| table.get(key).is_some())
        })
    }

    /// Reads the layers of a file, the top one first, as one file in which the keys of a layer stand
    /// over those of the layer below, and checks it. Every problem is added to `problems`; without
    /// errors there is an answer.
    pub(super) fn checked<F: Table, T>(
        &self,
        layers: &[Layer],
        problems: &mut Problems,
        check: impl FnOnce(F, &mut Problems) -> Option<T>,
    ) -> Option<T> {
        let mut found = Problems::new();
        let documents: Vec<Document> =
            layers.iter().map(|layer| layer.document(&mut found)).collect();
        let tables: Vec<DeTable<'_>> =
            documents.iter().map(|document| document.parse(&mut found)).collect();
        let roots = documents.iter().zip(&tables).map(|(document, table)| {
            Fields::new(&F::name(), Spot { file: document.file, span: 0..0 }, table)
        });
        let roots: Vec<Fields<'_>> = roots.rev().collect();
        for root in &roots {
            self.check_extends(root, &mut found);
        }
        let file = Fields::layered(roots).map(|fields| F::read_keys(fields, &mut found));
        let checked = file.and_then(|file| check(file, &mut found));
        found.sort();
        let checked = checked.filter(|_| !found.has_errors());
        problems.extend(found);
        checked
    }

    /// What a layer extends; that of a lower layer is replaced by the one above it, and looked at
    /// here.
    fn check_extends(&self, root: &Fields<'_>, problems: &mut Problems) {
        let head = root.peek(self.word).filter(|head| head.get().is_table());
        let head = head.and_then(|head| head.table(&self.noun.into(), problems));
        if let Some(extends) = head.and_then(|head| head.peek("extends")) {
            RelativePath::read(&extends, problems);
        }
    }

    fn read(&self, name: &str, load: &mut Load<'_>) -> Result<Vec<u8>, Advice> {
        if is_path(name) {
            let unread = |error| message::layer_unread(self.noun, name, &of_system(&error)).into();
            return load(name).map_err(unread);
        }
        let text = (self.bundled)(name).ok_or_else(|| self.not_bundled(name))?;
        Ok(text.as_bytes().to_vec())
    }

    /// What is wrong with a reference that is neither a path nor a bundled name.
    pub(super) fn unknown(&self, reference: &str) -> Option<Advice> {
        let is_known = is_path(reference) || (self.bundled)(reference).is_some();
        (!is_known).then(|| self.not_bundled(reference))
    }

    fn not_bundled(&self, name: &str) -> Advice {
        let hint = message::names_that_come(name, (self.known)());
        message::not_bundled(self.noun, name).advise(hint)
    }
}

fn complain(
    asked: Option<&(usize, Spot)>,
    name: &str,
    said: impl Into<Advice>,
    problems: &mut Problems,
) {
    match asked {
        Some((_, at)) => problems.error(at, said),
        None => problems.error_in_file(name, said),
    }
}

/// Whether a reference is a path, not a bundled name.
fn is_path(reference: &str) -> bool {
    reference.contains('/')
        || reference.rsplit_once('.').is_some_and(|(_, end)| end.eq_ignore_ascii_case("toml"))
}

/// The path of `other` as seen from the folder of `file`, without `x/..`.
fn beside(file: &str, other: &str) -> String {
    let folder = file.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in other.split('/') {
        match part {
            "" | "." => {}
            ".." if parts.last().is_some_and(|last| *last != "..") => {
                parts.pop();
            }
            part => parts.push(part),
        }
    }
    let root = if file.starts_with('/') { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// A file that another names, by its bundled name or by its path as seen from where the other lies.
fn seen_from(file: &str, named: String) -> String {
    if is_path(&named) { beside(file, &named) } else { named }
}

/// What a key of the head table says, with its place; whatever is wrong with it is told later.
fn said(text: &str, head: &str, key: &str) -> Option<(String, std::ops::Range<usize>)> {
    let (table, _) = DeTable::parse_recoverable(text);
    let value = table.get_ref().get(head)?.get_ref().get(key)?;
    Some((value.get_ref().as_str()?.to_owned(), value.span()))
}

/// Whether an authority adopted it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum StatusWord {
    /// Its numbers are assumptions.
    Illustrative,
    /// Fixed by an act.
    Adopted,
}

/// What `status` and `act` of a head table say together; `noun` is what messages call the file.
pub(super) fn status(
    status: &Spanned<Option<StatusWord>>,
    act: &Spanned<Option<String>>,
    noun: Words,
    problems: &mut Problems,
) -> Option<Status> {
    match (status.value?, &act.value) {
        (StatusWord::Adopted, Some(act)) => Some(Status::Adopted { act: act.clone() }),
        (StatusWord::Illustrative, None) => Some(Status::Illustrative),
        (StatusWord::Adopted, None) => {
            problems.error(&status.at, message::adopted_without_act(noun));
            None
        }
        (StatusWord::Illustrative, Some(_)) => {
            problems.error(&act.at, message::act_of_illustrative(noun));
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn seen(file: &str, other: &str, expected: &str) {
        assert_eq!(beside(file, other), expected);
    }

    #[test]
    fn a_path_starts_in_the_folder_of_the_file_that_says_it() {
        seen("study/own.toml", "base.toml", "study/base.toml");
        seen("own.toml", "../base.toml", "../base.toml");
        seen("a/b/own.toml", "../base.toml", "a/base.toml");
        seen("/a/own.toml", "./base.toml", "/a/base.toml");
    }
}
