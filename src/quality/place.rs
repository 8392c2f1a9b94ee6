//! Where something was seen, in words that may be shown to the person who owns the file.

use std::fmt;

use serde::Serialize;

use crate::language::Language;

/// A spot in an input: a file, a sheet, a cell or a line, with the text found there.
///
/// Rows, columns and lines count from 1. A workbook has a sheet; a text file has none and its
/// `row` is the line on which the record starts.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The file as the study names it, never an absolute path.
    pub file: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// Row of the sheet, or line of the text file.
    pub row: Option<u32>,
    /// Column of the sheet, or field of the record.
    pub column: Option<u32>,
    /// The text found there, as written.
    pub text: Option<String>,
    /// The code of the unit that it belongs to, where it is that of one.
    pub unit: Option<String>,
}

impl Place {
    /// A whole file.
    pub(crate) fn file(file: impl Into<String>) -> Self {
        Self { file: file.into(), ..Self::default() }
    }

    /// The same place, narrowed to a sheet.
    #[must_use]
    pub(crate) fn on_sheet(mut self, sheet: impl Into<String>) -> Self {
        self.sheet = Some(sheet.into());
        self
    }

    /// The same place, narrowed to a row (or line), counted from 1.
    #[must_use]
    pub(crate) fn at_row(mut self, row: u32) -> Self {
        self.row = Some(row);
        self
    }

    /// The same place, narrowed to a column (or field), counted from 1.
    #[must_use]
    pub(crate) fn at_column(mut self, column: u32) -> Self {
        self.column = Some(column);
        self
    }

    /// The same place with the text that stands there.
    #[must_use]
    pub(crate) fn with_text(mut self, text: impl Into<String>) -> Self {
        self.text = Some(text.into());
        self
    }

    /// The same place, as that of a unit by its code.
    #[must_use]
    pub(crate) fn of_unit(mut self, code: impl Into<String>) -> Self {
        self.unit = Some(code.into());
        self
    }

    /// Its cell, row or column as a spreadsheet calls it, in which a text file has fields: `D17`, `17`,
    /// `D`.
    fn reference(&self) -> Option<String> {
        match (self.row, self.column) {
            (Some(row), Some(column)) => Some(cell_name(row, column)),
            (Some(row), None) => Some(row.to_string()),
            (None, Some(column)) => Some(column_letters(column)),
            (None, None) => None,
        }
    }

    /// The name by which a study means it: `vmg.xlsx:2023!D17`, of a text file `pop.csv:D17`; none for
    /// a whole file.
    pub(crate) fn cell(&self) -> Option<String> {
        let reference = self.reference()?;
        let sheet = self.sheet.as_ref().map_or_else(String::new, |sheet| format!("{sheet}!"));
        Some(format!("{}:{sheet}{reference}", self.file))
    }

    /// Whether a study means it by that name, in which the file may be left out; a sheet may stand in
    /// quotes, as spreadsheets write it.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        let Some(reference) = self.reference() else { return false };
        let Some(at) = name.len().checked_sub(reference.len()) else { return false };
        let ends = name.get(at..).is_some_and(|end| end.eq_ignore_ascii_case(&reference));
        let Some(before) = name.get(..at).filter(|_| ends) else { return false };
        let before = match &self.sheet {
            None => Some(before),
            Some(sheet) => before.strip_suffix('!').and_then(|before| {
                let quoted =
                    || before.strip_suffix('\'')?.strip_suffix(&**sheet)?.strip_suffix('\'');
                before.strip_suffix(&**sheet).or_else(quoted)
            }),
        };
        before.is_some_and(|file| file.is_empty() || file.strip_suffix(':') == Some(&self.file))
    }

    /// The spot inside the file: `D17` on a sheet, `line 17, field 4` in a text file.
    pub(crate) fn spot(&self) -> String {
        match (&self.sheet, self.row, self.column) {
            (Some(_), Some(row), Some(column)) => cell_name(row, column),
            (Some(_), Some(row), None) => format!("row {row}"),
            (None, Some(row), Some(column)) => format!("line {row}, field {column}"),
            (None, Some(row), None) => format!("line {row}"),
            (_, None, Some(column)) => format!("column {}", column_letters(column)),
            (_, None, None) => String::new(),
        }
    }
}

impl Place {
    /// The place in a language: file, sheet and spot.
    pub(crate) fn text(&self, language: Language) -> String {
        if language == Language::En {
            return self.to_string();
        }
        let sheet = self.sheet.as_ref().map_or_else(String::new, |sheet| format!(" › {sheet}"));
        let spot = match (&self.sheet, self.row, self.column) {
            (Some(_), Some(row), Some(column)) => cell_name(row, column),
            (Some(_), Some(row), None) => format!("rândul {row}"),
            (None, Some(row), Some(column)) => format!("linia {row}, câmpul {column}"),
            (None, Some(row), None) => format!("linia {row}"),
            (_, None, Some(column)) => format!("coloana {}", column_letters(column)),
            (_, None, None) => String::new(),
        };
        let between = if spot.is_empty() { "" } else { " › " };
        format!("{}{sheet}{between}{spot}", self.file)
    }
}

impl fmt::Display for Place {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.file)?;
        if let Some(sheet) = &self.sheet {
            write!(out, " › {sheet}")?;
        }
        let spot = self.spot();
        if !spot.is_empty() {
            write!(out, " › {spot}")?;
        }
        Ok(())
    }
}

/// The spreadsheet name of a cell, `D17` for row 17 and column 4.
pub(crate) fn cell_name(row: u32, column: u32) -> String {
    format!("{}{row}", column_letters(column))
}

/// The spreadsheet letters of a column counted from 1: `A`, `Z`, `AA`.
pub(crate) fn column_letters(column: u32) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        let digit = u8::try_from((rest - 1) % 26).expect("a remainder of 26 fits a byte");
        letters.push(char::from(b'A' + digit));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}

/// The text without what could steer a terminal: control characters and marks that turn the
/// direction of writing become `�`.
pub(crate) fn printable(text: &str) -> String {
    let steers =
        |c: char| c.is_control() || matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    text.chars().map(|c| if steers(c) { '\u{FFFD}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn letters(column: u32, expected: &str) {
        assert_eq!(column_letters(column), expected);
    }

    #[test]
    fn columns_are_named_as_spreadsheets_do() {
        letters(1, "A");
        letters(26, "Z");
        letters(27, "AA");
        letters(702, "ZZ");
        letters(703, "AAA");
        letters(16_384, "XFD");
    }

    #[test]
    fn a_place_reads_from_file_to_cell() {
        let place = Place::file("vmg.xlsx").on_sheet("2023").at_row(17).at_column(4);
        assert_eq!(place.to_string(), "vmg.xlsx › 2023 › D17");
        let line = Place::file("pop.csv").at_row(3).at_column(2);
        assert_eq!(line.to_string(), "pop.csv › line 3, field 2");
    }

    #[test]
    fn what_steers_a_terminal_is_replaced() {
        assert_eq!(printable("a\u{1b}[31m\u{202e}ț"), "a\u{FFFD}[31m\u{FFFD}ț");
    }
}
