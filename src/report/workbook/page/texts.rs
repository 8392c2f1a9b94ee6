//! Texts as cells, formulas and print headers take them.

use std::borrow::Cow;

/// UTF-16 units a cell can hold.
const CELL_LIMIT: usize = 32_767;
/// Letters of a text inside a formula, halved for quotes and wide letters.
const LITERAL_LIMIT: usize = 100;

/// Lines a text takes in a column of that width.
pub(in crate::report::workbook) fn lines(text: &str, width: u16) -> usize {
    // A column is as wide as so many digits; letters are narrower by about an eighth.
    let width = (usize::from(width) * 9 / 8).max(1);
    text.lines().map(|line| line.chars().count().div_ceil(width).max(1)).sum::<usize>().max(1)
}

/// A text as a formula writes it: quoted, in parts a formula takes.
pub(super) fn literal(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    let part = |part: &[char]| {
        let part: String = part.iter().collect();
        format!("\"{}\"", part.replace('"', "\"\""))
    };
    let parts: Vec<String> = letters.chunks(LITERAL_LIMIT).map(part).collect();
    if parts.is_empty() { "\"\"".to_owned() } else { parts.join("&") }
}

/// A text a cell can hold: letters XML forbids become `�`, what is too long ends in `…`.
pub(in crate::report::workbook) fn cell_text(text: &str) -> Cow<'_, str> {
    let forbidden = |c: char| {
        (c.is_control() && !matches!(c, '\n' | '\t')) || matches!(c, '\u{fffe}' | '\u{ffff}')
    };
    let text = if text.contains(forbidden) {
        Cow::Owned(text.replace(forbidden, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    };
    if text.encode_utf16().count() <= CELL_LIMIT {
        return text;
    }
    // Every letter is at most two units, so half as many letters fit.
    let cut: String = text.chars().take(CELL_LIMIT / 2 - 1).collect();
    Cow::Owned(format!("{cut}…"))
}

/// A text in a print header, where `&` starts a code and is doubled; cut at `limit` letters.
pub(super) fn printable(text: &str, limit: usize) -> String {
    let mut out = String::new();
    let mut length = 0;
    for letter in text.chars().filter(|letter| !letter.is_control()) {
        length += if letter == '&' { 2 } else { 1 };
        if length > limit {
            out.push('…');
            break;
        }
        out.push(letter);
        if letter == '&' {
            out.push(letter);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_a_formula_stays_a_text() {
        assert_eq!(literal("a \"b\"&1"), "\"a \"\"b\"\"&1\"");
        assert_eq!(literal(""), "\"\"");
        assert_eq!(literal(&"x".repeat(150)).matches('&').count(), 1);
    }

    #[test]
    fn a_cell_takes_any_text() {
        assert_eq!(cell_text("=1+1\u{1}\u{ffff}"), "=1+1\u{fffd}\u{fffd}");
        let long = cell_text(&"𝛼".repeat(40_000)).into_owned();
        assert!(long.encode_utf16().count() <= CELL_LIMIT && long.ends_with('…'));
    }

    #[test]
    fn a_print_header_says_ampersands_and_stays_short() {
        assert_eq!(printable("a & b", 60), "a && b");
        assert!(printable(&"ă".repeat(500), 60).chars().count() <= 61);
    }
}
