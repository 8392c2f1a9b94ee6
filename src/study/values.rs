//! The shapes that values of the three files take: texts, identifiers, dates, paths, formulas.

use schemars::{Schema, SchemaGenerator, json_schema};
use toml::de::DeValue;

use super::expression::Refusal;
use super::fields::Item;
use super::problem::{Problems, Spot};
use super::shape::{Element, Shape};
use super::table::table;
use crate::language::{Label, Noun, Words};
use crate::message::study::file::{self as message, kinds};

/// Declares shapes of one line: the name, what is read, the function that reads it, its JSON Schema.
macro_rules! shapes {
    ($($(#[doc = $doc:literal])* $name:ident: $value:ty = $read:path, $schema:tt;)*) => {
        $(
            $(#[doc = $doc])*
            pub(crate) struct $name;

            impl $crate::study::shape::Shape for $name {
                type Value = $value;

                fn read(
                    item: &$crate::study::fields::Item<'_>,
                    problems: &mut $crate::study::problem::Problems,
                ) -> Option<$value> {
                    $read(item, problems)
                }

                fn schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                    schemars::json_schema!($schema)
                }
            }
        )*
    };
}
pub(crate) use shapes;

shapes! {
    /// A text that is not empty.
    Text: String = text, { "type": "string" };
    /// A text, or a whole number or date that stands for its own text: a sheet, a year, a label, a
    /// column.
    TextOrNumber: String = text_or_number, { "type": ["string", "integer"] };
    /// One text or several.
    Texts: Vec<String> = texts, {
        "type": ["string", "integer", "array"],
        "items": { "type": ["string", "integer"] },
        "minItems": 1
    };
    /// An identifier of a source, measure or node: lower-case letters, digits and `_`.
    Identifier: String = identifier, { "type": "string", "pattern": "^[a-z][a-z0-9_]*$" };
    /// The name of a methodology or programme: an identifier in which `-` is allowed.
    FileId: String = file_id, { "type": "string", "pattern": "^[a-z][a-z0-9_-]*$" };
    /// A date, `2026-01-15`.
    Date: String = date, { "type": "string" };
    /// A SHA-256 in hexadecimal digits.
    Sha256: String = sha256, { "type": "string", "pattern": "^[0-9a-fA-F]{64}$" };
    /// A noun of one, and of several.
    TwoForms: [String; 2] = two_forms, {
        "type": "array", "items": { "type": "string" }, "minItems": 2, "maxItems": 2
    };
    /// One character.
    Character: char = character, { "type": "string", "minLength": 1, "maxLength": 1 };
    /// A path relative to the inputs folder, or a pattern.
    InputPath: String = input_path, { "type": "string" };
    /// A path relative to the file that names it, or a bundled name.
    RelativePath: String = relative_path, { "type": "string" };
}

impl Shape for Label {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        match item.get() {
            DeValue::String(_) => text(item, problems).map(Self::same),
            DeValue::Table(_) => {
                let both = BothLanguages::read(item, problems)?;
                Some(Self { ro: both.ro.value?, en: both.en.value? })
            }
            _ => {
                item.expected(kinds::TEXT_OR_BOTH, problems);
                None
            }
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let both = BothLanguages::schema(generator);
        json_schema!({ "anyOf": [{ "type": "string" }, both] })
    }
}

/// What is counted, of one and of several, in both languages.
impl Shape for Noun {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let both = NounInBoth::read(item, problems)?;
        Some(Self { ro: both.ro.value?, en: both.en.value? })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        NounInBoth::schema(generator)
    }
}

table! {
    /// What is counted, of one and of several.
    struct NounInBoth as "this noun", "acest substantiv" {
        /// Romanian, of one with its article: `["un copil", "copii"]`.
        required ro: TwoForms,
        /// English: `["one child", "children"]`.
        required en: TwoForms,
    }
}

/// The form of one and that of several.
fn two_forms(item: &Item<'_>, problems: &mut Problems) -> Option<[String; 2]> {
    let forms: Option<[Item<'_>; 2]> = item.as_array().and_then(|items| items.try_into().ok());
    let Some([one, several]) = forms else {
        item.error(message::two_forms(), problems);
        return None;
    };
    Some([text(&one, problems)?, text(&several, problems)?])
}

impl Element for Label {
    const LIST: Words = kinds::TEXTS;
}

table! {
    /// A text in each language.
    struct BothLanguages as "this text", "acest text" {
        /// Romanian.
        required ro: Text,
        /// English.
        required en: Text,
    }
}

/// A text that is not empty.
fn text(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    match item.as_str() {
        Some(text) if text.trim().is_empty() => {
            item.error(message::empty_text(), problems);
            None
        }
        Some(text) => Some(text.to_owned()),
        None => {
            item.expected(kinds::TEXT, problems);
            None
        }
    }
}

/// A text, or a whole number or date that stands for its own text (a sheet, a year, a label).
fn text_or_number(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    match item.get() {
        DeValue::Integer(_) => any_integer(item, problems).map(|number| number.to_string()),
        DeValue::Datetime(date) => Some(date.to_string()),
        _ => text(item, problems),
    }
}

fn any_integer(item: &Item<'_>, problems: &mut Problems) -> Option<i64> {
    item.read(problems)
}

/// One text or a list of texts, not empty.
fn texts(item: &Item<'_>, problems: &mut Problems) -> Option<Vec<String>> {
    match item.as_array() {
        Some(items) => not_empty(item, &items, problems)
            .then(|| items.iter().filter_map(|each| text_or_number(each, problems)).collect()),
        None => text_or_number(item, problems).map(|one| vec![one]),
    }
}

/// Whether a list has something in it; else reports it.
pub(crate) fn not_empty<T>(item: &Item<'_>, list: &[T], problems: &mut Problems) -> bool {
    if list.is_empty() {
        item.error(message::empty_list(), problems);
    }
    !list.is_empty()
}

/// A formula and where it stands.
#[derive(Clone, Debug)]
pub(crate) struct SpannedFormula {
    pub(crate) text: String,
    at: Spot,
    /// Where its first byte stands in the file, when it is written there letter for letter.
    start: Option<usize>,
}

impl SpannedFormula {
    /// The beginning of it as a formula of its own.
    pub(crate) fn beginning(&self, text: &str) -> Self {
        Self { text: text.to_owned(), at: self.at.clone(), start: self.start }
    }

    /// Where the formula stands.
    pub(crate) fn at(&self) -> &Spot {
        &self.at
    }

    /// Reports what was refused in it, each at its own place.
    pub(crate) fn refuse(&self, refusals: Vec<Refusal>, problems: &mut Problems) {
        for refusal in refusals {
            let span = match self.start {
                Some(start) if !refusal.span.is_empty() => {
                    start + refusal.span.start..start + refusal.span.end
                }
                _ => self.at.span.clone(),
            };
            problems.error(&Spot { file: self.at.file, span }, refusal.said);
        }
    }
}

impl Shape for SpannedFormula {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let formula = Text::read(item, problems)?;
        let at = item.at();
        let source = problems.text(item.file).get(at.span.clone()).unwrap_or_default();
        let start = source.find(formula.as_str()).map(|offset| at.span.start + offset);
        Some(Self { text: formula, at, start })
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string" })
    }
}

/// Whether a word is an identifier: lower-case letters, digits and `_`, starting with a letter.
pub(crate) fn is_identifier(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// An identifier of a source, measure or node. A word of the formula language cannot be one.
fn identifier(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    let word = text(item, problems)?;
    if !is_identifier(&word) {
        item.error(message::no_identifier(&word, &message::underscore()), problems);
        return None;
    }
    if !super::expression::can_be_named(&word) {
        item.error(message::word_of_formulas(&word), problems);
        return None;
    }
    Some(word)
}

/// The name of a methodology or programme: as an identifier, and `-` is allowed.
fn file_id(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    let word = text(item, problems)?;
    if is_identifier(&word.replace('-', "_")) {
        return Some(word);
    }
    item.error(message::no_identifier(&word, &message::underscore_and_hyphen()), problems);
    None
}

/// A date: a TOML date, or a text of the form `2026-01-15`.
fn date(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    let text = match item.get() {
        DeValue::Datetime(date) if date.time.is_none() => return Some(date.to_string()),
        DeValue::String(text) => text.as_ref(),
        _ => {
            item.expected(kinds::DAY, problems);
            return None;
        }
    };
    let parsed = text.parse::<toml::value::Datetime>().ok();
    if parsed.is_some_and(|date| date.date.is_some() && date.time.is_none()) {
        return Some(text.to_owned());
    }
    item.error(message::no_date(text), problems);
    None
}

/// A SHA-256 in 64 hexadecimal digits, answered in lower case.
fn sha256(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    let digest = text(item, problems)?;
    if digest.len() == 64 && digest.chars().all(|c| c.is_ascii_hexdigit()) {
        return Some(digest.to_lowercase());
    }
    item.error(message::no_sha256(), problems);
    None
}

/// One character.
fn character(item: &Item<'_>, problems: &mut Problems) -> Option<char> {
    let mut characters = item.as_str().unwrap_or_default().chars();
    if let (Some(one), None) = (characters.next(), characters.next()) {
        Some(one)
    } else {
        item.error(message::one_character(), problems);
        None
    }
}

/// A path relative to the inputs folder, with `/`. Absolute paths and `..` are refused: a run must
/// be replayable from an archive, which holds the inputs folder and nothing beside it.
fn input_path(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    let path = relative_path(item, problems)?;
    if path.split('/').any(|part| part == "..") {
        item.error(message::outside_inputs(), problems);
        return None;
    }
    if let Err(error) = glob::Pattern::new(&path) {
        item.error(message::no_pattern(&path, error.pos + 1), problems);
        return None;
    }
    Some(path)
}

/// A text without its control characters.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// A path relative to the file that names it, with `/`; `..` is allowed.
fn relative_path(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    let path = text(item, problems)?;
    if path.contains('\\') || path.chars().any(char::is_control) {
        // `"inputs\tabel.xlsx"` holds a tab: show it as it was written
        let written = path.replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r");
        item.error(message::backslashes(&visible(&written)), problems);
        return None;
    }
    let drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with('/') || path.starts_with('~') || drive {
        item.error(message::absolute_path(&path), problems);
        return None;
    }
    Some(path)
}
