//! Columns of inputs that look like personal data, which an archive must not carry by accident.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::ingest::{self, Content, Inputs};
use crate::quality::column_letters;
use crate::study::SheetChoice;

/// A column whose cells look like personal data.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct PersonalColumn {
    /// The file, as the study names it.
    pub file: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Its letters.
    pub column: String,
    /// What its cells look like: `CNP`, `phone` or `e-mail`.
    pub looks_like: &'static str,
    /// How many of them do.
    pub cells: usize,
}

/// The columns of the given files that look like personal data, on every sheet, hidden ones too. A
/// file that is no table has none.
pub fn personal_columns<'p>(
    inputs: &Inputs,
    paths: impl IntoIterator<Item = &'p str>,
) -> Vec<PersonalColumn> {
    let mut found = Vec::new();
    for path in paths {
        let file = ingest::probe(inputs, path, None);
        let first = file.page.as_ref().map(|page| page.sheet);
        if let Some(page) = &file.page {
            let name = file.sheets.get(page.sheet).and_then(|sheet| sheet.name.clone());
            on_sheet(&page.grid, (path, name), &mut found);
        }
        for (at, sheet) in file.sheets.iter().enumerate() {
            if Some(at) == first || sheet.rows == 0 {
                continue;
            }
            let Ok(number) = u32::try_from(at + 1) else { continue };
            let choice = SheetChoice::Number(number);
            if let Some(page) = ingest::probe(inputs, path, Some(&choice)).page {
                on_sheet(&page.grid, (path, sheet.name.clone()), &mut found);
            }
        }
    }
    found.sort();
    found
}

fn on_sheet(
    grid: &ingest::Grid,
    (path, sheet): (&str, Option<String>),
    found: &mut Vec<PersonalColumn>,
) {
    let mut counts: BTreeMap<(u32, &'static str), usize> = BTreeMap::new();
    for row in grid.rows_from(0) {
        for (column, content) in row.cells() {
            if let Some(kind) = kind(content) {
                *counts.entry((column, kind)).or_default() += 1;
            }
        }
    }
    found.extend(counts.into_iter().map(|((column, looks_like), cells)| PersonalColumn {
        file: path.to_owned(),
        sheet: sheet.clone(),
        column: column_letters(column),
        looks_like,
        cells,
    }));
}

fn kind(content: Content<'_>) -> Option<&'static str> {
    match content {
        Content::Number(number) => is_cnp(&number.to_string()).then_some("CNP"),
        Content::Text(text) => {
            let text = text.trim();
            if is_cnp(text) {
                Some("CNP")
            } else if is_email(text) {
                Some("e-mail")
            } else {
                is_phone(text).then_some("phone")
            }
        }
        Content::Empty
        | Content::Date(_)
        | Content::Bool(_)
        | Content::Error(_)
        | Content::Uncalculated => None,
    }
}

/// Whether a text is a personal numeric code: thirteen digits with a possible birthday and a fitting
/// control digit (weights 279146358279, remainder of 11, 10 counting as 1).
fn is_cnp(text: &str) -> bool {
    const WEIGHTS: [u32; 12] = [2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9];
    if text.len() != 13 || !text.bytes().all(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let digits: Vec<u32> = text.bytes().map(|byte| u32::from(byte - b'0')).collect();
    let (month, day) = (digits[3] * 10 + digits[4], digits[5] * 10 + digits[6]);
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| digit * weight).sum();
    let control = if sum % 11 == 10 { 1 } else { sum % 11 };
    digits[0] != 0 && (1..=12).contains(&month) && (1..=31).contains(&day) && digits[12] == control
}

fn is_email(text: &str) -> bool {
    text.split([' ', ',', ';', '<', '>', '(', ')']).any(|word| {
        word.split_once('@').is_some_and(|(user, host)| {
            let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_' | b'+');
            let ends = host.rsplit_once('.').map_or(0, |(_, end)| end.len());
            !user.is_empty() && user.bytes().all(plain) && host.bytes().all(plain) && ends >= 2
        })
    })
}

/// Whether a text is a Romanian telephone number and nothing else: ten digits from `02`, `03` or
/// `07`, or the same behind `+40` or `0040`.
fn is_phone(text: &str) -> bool {
    if !text.chars().all(|c| c.is_ascii_digit() || " .-/()+".contains(c)) {
        return false;
    }
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let national = match (text.trim_start_matches('(').starts_with('+'), digits.as_str()) {
        (true, digits) => digits.strip_prefix("40").map(str::to_owned),
        (false, digits) if digits.starts_with("0040") => Some(digits[4..].to_owned()),
        (false, digits) => digits.strip_prefix('0').map(str::to_owned),
    };
    national.is_some_and(|rest| rest.len() == 9 && rest.starts_with(['2', '3', '7']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_personal_code_has_a_birthday_and_a_control_digit() {
        // Made up: 1 January 1900, county 01, order number 001; sum 2+7*0+9*0+1*0+4*1+6*0+3*1+5*0+
        // 8*1+2*0+7*0+9*1 = 26, remainder 4.
        assert!(is_cnp("1000101010014"));
        assert!(!is_cnp("1000101010015"));
        assert!(!is_cnp("1001301010014"));
        assert!(!is_cnp("100010101001"));
    }

    #[test]
    fn telephone_numbers_and_addresses_are_known_and_counts_are_not() {
        for text in ["0722 123 456", "+40 261 123 456", "0040-722-123-456", "(0261) 123456"] {
            assert!(is_phone(text), "{text}");
        }
        for text in ["1017", "0123456789", "2024-01-01", "722123456", "0.2", "07"] {
            assert!(!is_phone(text), "{text}");
        }
        assert!(is_email("primaria@apa.example.ro"));
        assert!(!is_email("5 @ 3 lei"));
    }
}
