//! Finds the column a study names: by header text, by letter or by number.

use super::header::{Header, HeaderColumn};
use super::labels::{did_you_mean, fold, list, nearest};
use crate::quality::{Message, column_letters, message};

/// Why a column cannot be found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NotFound {
    /// What is wrong, for people.
    pub(super) message: Message,
    /// What to do.
    pub(super) hint: Message,
}

/// The column that a study means by `wanted`, from 1. Header text comes first, compared without case,
/// diacritics and spaces: the whole header, then any one of its rows; then a letter (`C`), then a
/// number (`3`).
pub(super) fn find(header: &Header, wanted: &str, width: u32) -> Result<u32, NotFound> {
    let folded = fold(wanted);
    let whole: Vec<&HeaderColumn> =
        header.columns.iter().filter(|column| fold(&column.label()) == folded).collect();
    let part: Vec<&HeaderColumn> = header
        .columns
        .iter()
        .filter(|column| column.parts.iter().any(|part| fold(part) == folded))
        .collect();
    let candidates = if whole.is_empty() { part } else { whole };
    match candidates.as_slice() {
        [one] => return Ok(one.column),
        [] => {}
        several => return Err(ambiguous(wanted, several)),
    }
    by_letter(wanted)
        .or_else(|| wanted.parse().ok())
        .filter(|&column| column >= 1 && column <= width)
        .ok_or_else(|| missing(header, wanted))
}

/// The column of spreadsheet letters in capitals (`C`, `AB`), from 1.
fn by_letter(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 3 || !text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    Some(text.bytes().fold(0, |column, byte| column * 26 + u32::from(byte - b'A') + 1))
}

fn ambiguous(wanted: &str, several: &[&HeaderColumn]) -> NotFound {
    let letters: Vec<String> = several.iter().map(|c| column_letters(c.column)).collect();
    let labels: Vec<String> = several.iter().map(|c| c.label()).collect();
    let distinct = labels.windows(2).any(|pair| pair[0] != pair[1]);
    let hint = if distinct {
        message!(
            "name the whole header, one of {names}",
            "scrieți antetul întreg, unul dintre {names}";
            names = list(labels.iter().map(String::as_str), 6),
        )
    } else {
        message!(
            "name the column by its letter: {names}",
            "numiți coloana prin litera ei: {names}";
            names = list(letters.iter().map(String::as_str), 6),
        )
    };
    let columns = Message::counted(
        several.len(),
        ["column is", "columns are"],
        ["coloană se numește", "coloane se numesc"],
    );
    NotFound {
        message: message!("{columns} called `{wanted}`", "{columns} `{wanted}`"; columns = columns),
        hint,
    }
}

fn missing(header: &Header, wanted: &str) -> NotFound {
    let labels: Vec<String> = header.columns.iter().map(HeaderColumn::label).collect();
    let known = labels.iter().map(String::as_str);
    let names = list(known.clone(), 30);
    let hint = match nearest(wanted, known) {
        None if labels.is_empty() => {
            message!("the file has no header there", "fișierul nu are antet acolo")
        }
        near => did_you_mean(
            near,
            message!("the columns are {names}", "coloanele sunt {names}"; names = names),
        ),
    };
    let message = message!("there is no column `{wanted}`", "nu există coloana `{wanted}`");
    NotFound { message, hint }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        let column = |column, parts: &[&str]| HeaderColumn {
            column,
            parts: parts.iter().map(|part| (*part).to_owned()).collect(),
        };
        Header {
            rows: vec![1, 2],
            columns: vec![
                column(1, &["Localităţi "]),
                column(2, &["2023", "Total"]),
                column(3, &["2024", "Total"]),
                column(4, &["2024", "Femei"]),
            ],
            data: 2,
        }
    }

    #[track_caller]
    fn finds(wanted: &str, expected: u32) {
        assert_eq!(find(&header(), wanted, 5), Ok(expected));
    }

    #[test]
    fn columns_are_found_by_text_letter_or_number() {
        finds("localitati", 1);
        finds("2024 / total", 3);
        finds("femei", 4);
        finds("E", 5);
        finds("2", 2);
    }

    #[test]
    fn a_header_text_comes_before_a_number() {
        finds("2023", 2);
    }

    #[test]
    fn a_repeated_header_asks_for_the_whole_name() {
        let error = find(&header(), "Total", 5).unwrap_err();
        assert_eq!(error.message.en, "2 columns are called `Total`");
        assert!(error.hint.en.contains("`2023 / Total`"), "{}", error.hint);
    }

    #[test]
    fn a_renamed_column_gets_a_suggestion_and_the_headers_as_found() {
        let error = find(&header(), "Localitate", 5).unwrap_err();
        assert_eq!(error.message.en, "there is no column `Localitate`");
        assert!(
            error.hint.en.starts_with("did you mean `Localităţi`?")
                || error.hint.en.starts_with("did you mean `Localităţi `?"),
            "{}",
            error.hint
        );
        assert!(find(&header(), "F", 5).is_err());
        assert!(find(&header(), "0", 5).is_err());
    }
}
