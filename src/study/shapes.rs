//! The shapes that values of the three files take: identifiers, labels, dates, paths, digests.

use toml::de::DeValue;

use super::document::SLASHES;
use super::fields::Item;
use super::problem::Problems;
use crate::language::Label;

/// A text that is not empty.
pub(crate) fn text(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    match item.as_str() {
        Some(text) if text.trim().is_empty() => {
            item.error("this text is empty", None, problems);
            None
        }
        Some(text) => Some(text.to_owned()),
        None => {
            item.expected("text", problems);
            None
        }
    }
}

/// A text, or a whole number or date that stands for its own text (a sheet, a year, a label).
pub(crate) fn text_or_number(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
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
pub(crate) fn texts(item: &Item<'_>, problems: &mut Problems) -> Option<Vec<String>> {
    match item.as_array() {
        Some(items) => not_empty(item, &items, problems)
            .then(|| items.iter().filter_map(|each| text_or_number(each, problems)).collect()),
        None => text_or_number(item, problems).map(|one| vec![one]),
    }
}

/// Whether a list has something in it; else reports it.
pub(crate) fn not_empty<T>(item: &Item<'_>, list: &[T], problems: &mut Problems) -> bool {
    if list.is_empty() {
        item.error("this list is empty", None, problems);
    }
    !list.is_empty()
}

/// A text that serves both languages, or `{ ro = …, en = … }`.
pub(crate) fn label(item: &Item<'_>, problems: &mut Problems) -> Option<Label> {
    match item.get() {
        DeValue::String(_) => text(item, problems).map(Label::same),
        DeValue::Table(_) => {
            let mut fields = item.table("this text", problems)?;
            let ro = fields.required("ro", text, problems);
            let en = fields.required("en", text, problems);
            fields.finish(problems);
            Some(Label { ro: ro?, en: en? })
        }
        _ => {
            item.expected("text or `{ ro = …, en = … }`", problems);
            None
        }
    }
}

/// Whether a word is an identifier: lower-case letters, digits and `_`, starting with a letter.
pub(crate) fn is_identifier(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

/// An identifier of a source, measure or node. A word of the formula language cannot be one.
pub(crate) fn identifier(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    let word = text(item, problems)?;
    if !is_identifier(&word) {
        refuse_identifier(item, &word, "`_`", problems);
        return None;
    }
    if !super::expression::can_be_named(&word) {
        let message = format!("`{word}` is a word of the formula language");
        item.error(message, Some("choose another identifier".to_owned()), problems);
        return None;
    }
    Some(word)
}

/// The name of a methodology or programme: as an identifier, and `-` is allowed.
pub(crate) fn file_id(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    let word = text(item, problems)?;
    if is_identifier(&word.replace('-', "_")) {
        return Some(word);
    }
    refuse_identifier(item, &word, "`_` and `-`", problems);
    None
}

fn refuse_identifier(item: &Item<'_>, word: &str, marks: &str, problems: &mut Problems) {
    let message = format!("`{word}` cannot be an identifier");
    let hint = format!("use lower-case letters a-z, digits and {marks}, starting with a letter");
    item.error(message, Some(hint), problems);
}

/// A date: a TOML date, or a text of the form `2026-01-15`.
pub(crate) fn date(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    let text = match item.get() {
        DeValue::Datetime(date) if date.time.is_none() => return Some(date.to_string()),
        DeValue::String(text) => text.as_ref(),
        _ => {
            item.expected("a date such as 2026-01-15", problems);
            return None;
        }
    };
    let parsed = text.parse::<toml::value::Datetime>().ok();
    if parsed.is_some_and(|date| date.date.is_some() && date.time.is_none()) {
        return Some(text.to_owned());
    }
    let hint = "write year, month and day: 2026-01-15".to_owned();
    item.error(format!("`{text}` is not a date"), Some(hint), problems);
    None
}

/// A SHA-256 in 64 hexadecimal digits, answered in lower case.
pub(crate) fn sha256(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    let digest = text(item, problems)?;
    if digest.len() == 64 && digest.chars().all(|c| c.is_ascii_hexdigit()) {
        return Some(digest.to_lowercase());
    }
    item.error("a SHA-256 has 64 hexadecimal digits", None, problems);
    None
}

/// One character.
pub(crate) fn character(item: &Item<'_>, problems: &mut Problems) -> Option<char> {
    let mut characters = item.as_str().unwrap_or_default().chars();
    if let (Some(one), None) = (characters.next(), characters.next()) {
        Some(one)
    } else {
        item.error("expected one character", None, problems);
        None
    }
}

/// A path relative to the inputs folder, with `/`. Absolute paths and `..` are refused: a run must
/// be replayable from an archive, which holds the inputs folder and nothing beside it.
pub(crate) fn input_path(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    let path = relative_path(item, problems)?;
    if path.split('/').any(|part| part == "..") {
        let hint = "put the file under the inputs folder, or say where that is with `--inputs`";
        item.error("a path may not leave the inputs folder", Some(hint.to_owned()), problems);
        return None;
    }
    if let Err(error) = glob::Pattern::new(&path) {
        item.error(format!("`{path}` is not a valid pattern: {}", error.msg), None, problems);
        return None;
    }
    Some(path)
}

/// A text without its control characters.
fn visible(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}

/// A path relative to the file that names it, with `/`; `..` is allowed.
pub(crate) fn relative_path(item: &Item<'_>, problems: &mut Problems) -> Option<String> {
    let path = text(item, problems)?;
    if path.contains('\\') || path.chars().any(char::is_control) {
        // `"inputs\tabel.xlsx"` holds a tab: show it as it was written
        let written = path.replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r");
        let message = format!("the path `{}` is written with backslashes", visible(&written));
        item.error(message, Some(SLASHES.to_owned()), problems);
        return None;
    }
    let drive = path.as_bytes().get(1) == Some(&b':');
    if path.starts_with('/') || path.starts_with('~') || drive {
        let hint = "a run must be replayable elsewhere: use a path relative to this file, or to \
                    the inputs folder that `--inputs` names";
        item.error(format!("`{path}` is an absolute path"), Some(hint.to_owned()), problems);
        return None;
    }
    Some(path)
}
