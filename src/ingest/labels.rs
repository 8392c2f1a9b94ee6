//! Compares labels as people do: without case, diacritics, repeated spaces and invisible ones.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::language::thousands;

/// Whether a character is a space in any of the kinds that spreadsheets and web pages leave behind.
pub(super) fn is_space(letter: char) -> bool {
    letter.is_whitespace() || matches!(letter, '\u{2060}' | '\u{200b}' | '\u{feff}')
}

/// The text without spaces of any kind around it.
pub(crate) fn trim(text: &str) -> &str {
    // of millions of cells hardly one has a space at its ends
    match text.as_bytes() {
        [first, .., last] if first.is_ascii_graphic() && last.is_ascii_graphic() => text,
        _ => text.trim_matches(is_space),
    }
}

/// What a text says that an export wrote as a formula to save its leading zeros: `="159650"`.
pub(crate) fn unprotected(text: &str) -> &str {
    let inner = text.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.filter(|inner| !inner.contains('"')).unwrap_or(text)
}

/// A text longer than this is no name, code or label.
const LONGEST_LABEL: usize = 1_000;
/// How much of a longer one is shown.
const SHOWN: usize = 80;

/// The text itself; of one that is much too long to be a label its beginning and its length, which is
/// no label either and costs nothing to look up or to print.
pub(crate) fn short(text: Cow<'_, str>) -> Cow<'_, str> {
    let label = trim(&text);
    if label.len() <= LONGEST_LABEL {
        return text;
    }
    let beginning: String = label.chars().take(SHOWN).collect();
    Cow::Owned(format!("{beginning} … ({} bytes of text)", thousands(label.len())))
}

/// The form in which headers and labels are compared: lower case, without diacritics (cedilla,
/// comma below and breve alike), inner spaces collapsed to one.
pub(crate) fn fold(text: &str) -> String {
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

/// A folded header without the footnote marks behind it: `2023*)`, `2023 1)`, `2023¹`, `2023 (p)`.
pub(super) fn unmarked(header: &str) -> &str {
    let mut rest = header;
    while let Some(shorter) = without_mark(rest).map(str::trim_end).filter(|it| !it.is_empty()) {
        rest = shorter;
    }
    rest
}

/// A text without one mark at its end; `None` where it ends in none.
fn without_mark(text: &str) -> Option<&str> {
    let raised = ['*', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    if let Some(rest) = text.strip_suffix(raised) {
        return Some(rest);
    }
    let inner = text.strip_suffix([')', ']'])?;
    let digits = inner.len() - inner.trim_end_matches(|it: char| it.is_ascii_digit()).len();
    let mark = match digits {
        // a year with the number of its note behind it: `20231)`
        5 => 1,
        1 | 2 => digits,
        0 if inner.ends_with(['*', 'p', 'r', 'e']) => 1,
        _ => return None,
    };
    let rest = &inner[..inner.len() - mark];
    let is_glued = digits != mark && rest.ends_with(|it: char| it.is_ascii_digit());
    let is_apart = rest.ends_with(|it: char| it.is_whitespace() || matches!(it, '(' | '[' | '*'));
    (is_glued || is_apart).then(|| rest.strip_suffix(['(', '[']).unwrap_or(rest))
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
    fn footnote_marks_are_no_part_of_a_header() {
        let marked = ["2023*)", "2023 1)", "20231)", "2023¹", "2023 (p)", "2023**", "2023 *) 2)"];
        for text in marked {
            assert_eq!(unmarked(text), "2023", "{text}");
        }
        for text in ["2023", "total (lei)", "varste (0-14)", "grupa 12", "*", "(1)", "anul (2023)"]
        {
            assert_eq!(unmarked(text), text);
        }
    }
}
