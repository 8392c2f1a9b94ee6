//! Finds the columns a study names: by header text, by letter or by number.

use super::header::{self, Header, HeaderColumn};
use crate::ingest::bytes::inputs::Inputs;
use crate::ingest::findings::StationFindings;
use crate::ingest::labels::{fold, trim, unmarked, unprotected};
use crate::ingest::sheet::{self, Sheet};
use crate::message::ingest::{Refusal, table as message};
use crate::quality::{Findings, column_letters};
use crate::spelling::nearest;
use crate::study::SheetChoice;

/// The column that a study means by `wanted`, from 1. Header text comes first, compared without case,
/// diacritics and spaces: the whole header, then any one of its rows; then a letter (`C`), then a
/// number (`3`).
pub(in crate::ingest) fn find(header: &Header, wanted: &str, width: u32) -> Result<u32, Refusal> {
    let candidates = called(header, wanted);
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

/// The columns whose whole header is `wanted`; where there are none, those of which a row of it is;
/// where there are none either, those that a footnote mark alone tells from it.
fn called<'h>(header: &'h Header, wanted: &str) -> Vec<&'h HeaderColumn> {
    let folded = fold(wanted);
    let named = |column: &&HeaderColumn| column.names().contains(&folded);
    let (whole, part): (Vec<_>, Vec<_>) =
        header.columns.iter().filter(named).partition(|column| column.folded() == folded);
    let is_marked =
        |column: &&HeaderColumn| column.names().iter().any(|name| unmarked(name) == folded);
    match (whole.is_empty(), part.is_empty()) {
        (false, _) => whole,
        (true, false) => part,
        (true, true) => header.columns.iter().filter(is_marked).collect(),
    }
}

/// The header of the column that a study means by `wanted`, where a footnote mark tells them apart.
pub(super) fn marked<'h>(header: &'h Header, wanted: &str) -> Option<&'h HeaderColumn> {
    let folded = fold(wanted);
    let [column] = called(header, wanted)[..] else { return None };
    (!column.names().contains(&folded)).then_some(column)
}

/// Whether a study means a column by its letter or number, because no header says `wanted`.
pub(in crate::ingest) fn is_position(header: &Header, wanted: &str) -> bool {
    called(header, wanted).is_empty()
}

/// The column of spreadsheet letters in capitals (`C`, `AB`), from 1.
fn by_letter(text: &str) -> Option<u32> {
    if text.is_empty() || text.len() > 3 || !text.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return None;
    }
    Some(text.bytes().fold(0, |column, byte| column * 26 + u32::from(byte - b'A') + 1))
}

fn ambiguous(wanted: &str, several: &[&HeaderColumn]) -> Refusal {
    let labels: Vec<String> = several.iter().map(|column| column.label()).collect();
    let is_distinct = labels.windows(2).any(|pair| pair[0] != pair[1]);
    if is_distinct {
        return message::several_columns(wanted, several.len(), labels.iter().map(String::as_str));
    }
    let letters: Vec<String> = several.iter().map(|column| column_letters(column.column)).collect();
    message::equal_columns(wanted, several.len(), letters.iter().map(String::as_str))
}

fn missing(header: &Header, wanted: &str) -> Refusal {
    let labels: Vec<String> = header.columns.iter().map(HeaderColumn::label).collect();
    // The column of one year is no slip of that of another.
    let is_number = wanted.bytes().all(|byte| byte.is_ascii_digit());
    let near = nearest(wanted, labels.iter().map(String::as_str)).filter(|_| !is_number);
    message::no_column(wanted, near, &labels)
}

/// A list of the study's own beside its sources: a register, decisions, borders.
#[derive(Clone, Copy)]
pub(crate) struct Listing<'l> {
    /// Its file, as the study names it.
    pub(crate) file: &'l str,
    /// Its sheet.
    pub(crate) sheet: Option<&'l SheetChoice>,
    /// What it is about, for findings.
    pub(crate) subject: &'l str,
}

/// A row of a list.
pub(crate) struct ListedRow {
    /// Row of the sheet or line of the text, from 1.
    pub(crate) number: u32,
    /// The texts of the named columns, as written but without spaces around them; `None` for a
    /// column that the file does not have.
    pub(crate) texts: Vec<Option<String>>,
}

impl Listing<'_> {
    /// The rows of the list: the texts of its `wanted` columns, of which those marked must be there.
    /// Rows in which all of them are blank are left out.
    ///
    /// `None` when the file, the sheet or a column that must be there is not, which a finding says.
    pub(crate) fn rows(
        &self,
        inputs: &Inputs,
        wanted: &[(&str, bool)],
    ) -> (Option<Vec<ListedRow>>, Findings) {
        let (sheet, mut findings) = self.open(inputs);
        let rows = sheet.and_then(|sheet| {
            let (rows, missing) = listed_rows(&sheet, wanted);
            findings.extend(missing);
            rows
        });
        (rows, findings.about(self.subject))
    }

    /// As [`Self::rows`], for columns which all must be there: the number of each row and its texts.
    pub(crate) fn full_rows(
        &self,
        inputs: &Inputs,
        wanted: &[&str],
    ) -> (Option<Vec<(u32, Vec<String>)>>, Findings) {
        let wanted: Vec<(&str, bool)> = wanted.iter().map(|name| (*name, true)).collect();
        let (rows, findings) = self.rows(inputs, &wanted);
        let full = |row: ListedRow| (row.number, row.texts.into_iter().flatten().collect());
        (rows.map(|rows| rows.into_iter().map(full).collect()), findings)
    }

    fn open(&self, inputs: &Inputs) -> (Option<Sheet>, StationFindings) {
        let path = match inputs.expand(self.file) {
            Ok(paths) => paths.into_iter().next(),
            Err(finding) => {
                let mut findings = StationFindings::default();
                findings.push(finding);
                return (None, findings);
            }
        };
        path.map_or_else(Default::default, |path| sheet::open_sheet(inputs, &path, self.sheet))
    }
}

fn listed_rows(
    sheet: &Sheet,
    wanted: &[(&str, bool)],
) -> (Option<Vec<ListedRow>>, StationFindings) {
    let mut findings = StationFindings::default();
    let names: Vec<&str> = wanted.iter().map(|(name, _)| *name).collect();
    let header = header::detect(&sheet.grid, &names);
    let mut columns = Vec::new();
    for (name, must) in wanted {
        match find(&header, name, sheet.grid.width()) {
            Ok(column) => columns.push(Some(column)),
            Err(_) if !must => columns.push(None),
            Err(refusal) => findings.merge(message::column_missing(refusal, sheet.place())),
        }
    }
    if columns.len() < wanted.len() {
        return (None, findings);
    }
    let rows = sheet.grid.rows_from(header.data).map(|row| {
        let text = |column: u32| unprotected(trim(&row.cell(column).text())).to_owned();
        let texts = columns.iter().map(|column| column.map(text)).collect();
        ListedRow { number: row.number(), texts }
    });
    let is_blank = |row: &ListedRow| row.texts.iter().flatten().all(String::is_empty);
    (Some(rows.filter(|row| !is_blank(row)).collect()), findings)
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;
    use crate::message::ingest::COLUMN_MISSING;

    fn header() -> Header {
        let column = |column, parts: &[&str]| {
            HeaderColumn::new(column, parts.iter().map(|part| (*part).to_owned()).collect())
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
    fn a_header_is_found_without_its_footnote_mark() {
        let column = |column, text: &str| HeaderColumn::new(column, vec![text.to_owned()]);
        let years = ["2021", "2022", "2023*)"];
        let columns = (1..).zip(years).map(|(at, year)| column(at, year)).collect();
        let header = Header { rows: vec![1], columns, data: 1 };
        assert_eq!(find(&header, "2023", 3), Ok(3));
        assert_eq!(marked(&header, "2023").unwrap().label(), "2023*)");
        assert!(marked(&header, "2022").is_none());
        let error = find(&header, "2024", 3).unwrap_err();
        assert!(!error.hint.en.contains("did you mean"), "{}", error.hint);
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

    fn columns(text: &'static str, wanted: &[&str]) -> (Option<Vec<(u32, Vec<String>)>>, Findings) {
        let files = [("a.csv".to_owned(), Cow::Borrowed(text.as_bytes()))];
        let inputs = Inputs::Held(files.into_iter().collect());
        Listing { file: "a.csv", sheet: None, subject: "aliases" }.full_rows(&inputs, wanted)
    }

    #[test]
    fn named_columns_are_read_as_text_with_their_rows() {
        let (rows, _) =
            columns("titlu\ncod;x;nume\n1017; ;Alba Iulia \n;;\n1213;;Aiud\n", &["Nume", "cod"]);
        let texts = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
        assert_eq!(rows.unwrap(), [(3, texts("Alba Iulia", "1017")), (5, texts("Aiud", "1213"))]);
    }

    #[test]
    fn a_column_that_is_not_there_is_a_finding_about_the_subject() {
        let (rows, findings) = columns("cod,nume\n1,a\n", &["cod", "motiv"]);
        assert!(rows.is_none());
        let missing = findings.iter().find(|finding| finding.rule == COLUMN_MISSING.id);
        assert_eq!(missing.unwrap().subject, "aliases");
    }
}
