//! Compares labels as people do: without case, diacritics, repeated spaces and invisible ones.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::language::{Language, grouped, thousands};
use crate::quality::{Message, message};

/// Whether a character is a space in any of the kinds that spreadsheets and web pages leave behind.
pub(super) fn is_space(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{2060}' | '\u{200b}' | '\u{feff}')
}

/// The text without spaces of any kind around it.
pub fn trim(text: &str) -> &str {
    text.trim_matches(is_space)
}

/// A text longer than this is no name, code or label.
const LONGEST_LABEL: usize = 1_000;
/// How much of a longer one is shown.
const SHOWN: usize = 80;

/// The text itself; of one that is much too long to be a label its beginning and its length, which is
/// no label either and costs nothing to look up or to print.
pub fn short(text: Cow<'_, str>) -> Cow<'_, str> {
    let label = trim(&text);
    if label.len() <= LONGEST_LABEL {
        return text;
    }
    let beginning: String = label.chars().take(SHOWN).collect();
    Cow::Owned(format!("{beginning} … ({} bytes of text)", thousands(label.len())))
}

/// The form in which headers and labels are compared: lower case, without diacritics (cedilla,
/// comma below and breve alike), inner spaces collapsed to one.
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for word in text.split(is_space).filter(|word| !word.is_empty()) {
        if !folded.is_empty() {
            folded.push(' ');
        }
        let letters = word.nfd().filter(|&letter| !is_combining_mark(letter));
        folded.extend(letters.flat_map(char::to_lowercase));
    }
    folded
}

/// The known label that is nearest to what was wanted, when one is near enough to be meant.
pub(super) fn nearest<'k>(
    wanted: &str,
    known: impl IntoIterator<Item = &'k str>,
) -> Option<&'k str> {
    let wanted = fold(wanted);
    let length = wanted.chars().count();
    let reach = (length / 3).max(2).min(length.saturating_sub(1));
    known
        .into_iter()
        .map(|label| {
            let folded = fold(label);
            let contained =
                wanted.len() >= 4 && (folded.contains(&wanted) || wanted.contains(&folded));
            let distance = strsim::damerau_levenshtein(&wanted, &folded);
            (if contained && !folded.is_empty() { distance.min(reach) } else { distance }, label)
        })
        .filter(|(distance, label)| *distance <= reach && !label.is_empty())
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, label)| label)
}

/// Up to `most` labels in backticks, with the number of those left out.
pub(super) fn list<'k>(labels: impl IntoIterator<Item = &'k str>, most: usize) -> Message {
    let labels: Vec<&str> = labels.into_iter().collect();
    let shown: Vec<String> = labels.iter().take(most).map(|label| format!("`{label}`")).collect();
    Message::same(shown.join(", ")).and_more(labels.len().saturating_sub(most))
}

/// A number as messages print it, with the shortest decimals: `1,234.5` and `1.234,5`.
pub(super) fn number(value: f64) -> Message {
    let text = value.abs().to_string();
    let (whole, decimals) =
        text.split_once('.').map_or((text.as_str(), None), |(w, d)| (w, Some(d)));
    let sign = if value < 0.0 { "-" } else { "" };
    let shown = |language: Language| {
        let (thousands, point) = language.marks();
        let whole = grouped(whole, thousands);
        decimals.map_or_else(|| format!("{sign}{whole}"), |d| format!("{sign}{whole}{point}{d}"))
    };
    Message { en: shown(Language::En), ro: shown(Language::Ro) }
}

/// What to do where one label was probably meant: a question in front of what there is.
pub(super) fn did_you_mean(near: Option<&str>, there_are: Message) -> Message {
    match near {
        Some(near) => message!(
            "did you mean `{near}`? {there_are}",
            "ați vrut să scrieți `{near}`? {there_are}";
            there_are = there_are,
        ),
        None => there_are,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn same(a: &str, b: &str) {
        assert_eq!(fold(a), fold(b));
    }

    #[test]
    fn labels_are_compared_without_case_diacritics_and_spaces() {
        same("Localitati ", "LOCALITĂȚI");
        same("Numar  someri\u{a0}indemnizati", "numar someri indemnizati");
        same("Judeţ", "județ");
        same("Nr.\r\ndosare", "Nr. dosare");
        assert_ne!(fold("rata"), fold("rate"));
    }

    #[test]
    fn the_nearest_label_is_suggested_only_when_it_is_near() {
        let known = ["Nr. dosare", "Judet", "Nr. dosare aflate in plata"];
        assert_eq!(nearest("Nr dosare", known), Some("Nr. dosare"));
        assert_eq!(nearest("Județ", known), Some("Judet"));
        assert_eq!(nearest("populatie", known), None);
    }

    #[test]
    fn numbers_in_messages_have_commas_between_thousands() {
        assert_eq!(number(-1234.5).en, "-1,234.5");
        assert_eq!(number(-1234.5).ro, "-1.234,5");
    }

    #[test]
    fn lists_say_how_many_they_leave_out() {
        let some = list(["a", "b", "c"], 2);
        assert_eq!(
            (some.en.as_str(), some.ro.as_str()),
            ("`a`, `b` and 1 more", "`a`, `b` și încă 1")
        );
    }
}
