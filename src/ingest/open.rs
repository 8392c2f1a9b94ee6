//! Opens one input file: bytes to the grid of one sheet, with the record of what was read.

use super::budget::Budget;
use super::dialect;
use super::encoding;
use super::files::{self, Inputs, Terms};
use super::format::{self, Format};
use super::grid::{Content, Grid};
use super::labels::{list, short, trim};
use super::ledger::Ledger;
use super::sheets::{SheetEntry, candidates, nothing_visible};
use super::workbook::Workbook;
use super::{columns, delimited, header};
use crate::language::numbered;
use crate::message;
use crate::observation::InputFile;
use crate::quality::{Findings, Message, Place, message};
use crate::study::{SheetChoice, Source};
use std::borrow::Cow;

/// What a source says about how its files are written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Writing<'s> {
    pub(super) sheet: Option<&'s SheetChoice>,
    pub(super) encoding: Option<&'s str>,
    pub(super) delimiter: Option<char>,
}

impl<'s> From<&'s Source> for Writing<'s> {
    fn from(source: &'s Source) -> Self {
        Self {
            sheet: source.sheet.as_ref(),
            encoding: source.encoding.as_deref(),
            delimiter: source.delimiter,
        }
    }
}

/// An opened file: its cells, and its record.
#[derive(Debug)]
pub struct Opened {
    pub(super) grid: Grid,
    pub(super) record: InputFile,
}

impl Opened {
    /// The file as a place, on its sheet.
    pub(super) fn place(&self) -> Place {
        let place = Place::file(&self.record.path);
        match self.record.sheets.first() {
            Some(sheet) => place.on_sheet(sheet),
            None => place,
        }
    }

    /// A cell as a place, with the text that stands there.
    pub(super) fn cell(&self, row: u32, column: u32) -> Place {
        let place = self.place().at_row(row).at_column(column);
        let content = self.grid.numbered(row).map_or(Content::Empty, |row| row.cell(column));
        match content {
            Content::Empty => place,
            content => place.with_text(short(content.text())),
        }
    }
}

/// Opens a file of a source; `None` when it cannot be read, which is told.
pub(super) fn open(
    inputs: &Inputs,
    path: &str,
    writing: Writing<'_>,
    ledger: &mut Ledger<'_>,
) -> Option<Opened> {
    let terms = inputs.terms();
    let budget = &terms.budget;
    let (bytes, sha256) = files::load(inputs, path, ledger)?;
    let format = match format::detect(&bytes, budget) {
        Ok(format) => format,
        Err(error) => {
            let message = unreadable(path, &error.message);
            ledger.tell_at(&message::ingest::FILE_UNREADABLE, message, Place::file(path)).hint =
                Some(error.hint);
            return None;
        }
    };
    if let Some(extension) = format.contradicts(path) {
        let message = message!(
            "`{path}` is called `.{extension}` but holds {format}",
            "`{path}` se numește `.{extension}`, dar conține {format}",
            format = format.name(),
        );
        ledger.tell_at(&message::ingest::FORMAT_DIFFERS, message, Place::file(path));
    }
    let record = InputFile {
        source: String::new(),
        path: path.to_owned(),
        sha256,
        bytes: bytes.len() as u64,
        format: format.name().to_owned(),
        sheets: Vec::new(),
        encoding: None,
        delimiter: None,
        rows_used: 0,
    };
    let opened = if format == Format::Text {
        text(bytes, writing, record, (budget, ledger))
    } else {
        workbook(&bytes, (format, writing), record, (&terms, ledger))
    };
    match opened {
        Ok(opened) => opened,
        Err(why) => {
            let message = unreadable(path, &why);
            ledger.tell_at(&message::ingest::FILE_UNREADABLE, message, Place::file(path)).hint =
                Some(save_again());
            None
        }
    }
}

/// What to say about a file that cannot be read.
pub(super) fn unreadable(path: &str, why: &Message) -> Message {
    message!("`{path}` cannot be read: {why}", "`{path}` nu poate fi citit: {why}"; why = why)
}

/// What to do about a file that its reader cannot read.
pub(super) fn save_again() -> Message {
    message!(
        "open it, save it as xlsx or csv, and try again",
        "deschideți-l, salvați-l ca xlsx sau csv și încercați din nou",
    )
}

fn text(
    bytes: Cow<'_, [u8]>,
    writing: Writing<'_>,
    mut record: InputFile,
    (budget, ledger): (&Budget, &mut Ledger<'_>),
) -> Result<Option<Opened>, Message> {
    let place = Place::file(&record.path);
    let decoded = encoding::decode(bytes, writing.encoding)?;
    let name = &decoded.name;
    if let Some(reason) = decoded.told {
        let message = message!(
            "read as `{name}`, because {reason}",
            "citit ca `{name}`, pentru că {reason}";
            reason = reason,
        );
        ledger.tell_at(&message::ingest::ENCODING, message, place.clone());
    }
    if decoded.damaged {
        let message = message!(
            "some bytes mean nothing in `{name}`",
            "unii octeți nu înseamnă nimic în `{name}`"
        );
        ledger.tell_at(&message::ingest::MOJIBAKE, message, place.clone()).hint = Some(message!(
            "say the right `encoding`, or ask for the file again",
            "scrieți în `encoding` codificarea bună sau cereți din nou fișierul",
        ));
    }
    let dialect = dialect::delimiter(&decoded.text, writing.delimiter);
    let delimiter = u8::try_from(dialect.delimiter).map_err(|_| no_delimiter(dialect.delimiter))?;
    let message = describe(&dialect, &dialect::line_ends(&decoded.text));
    ledger.tell_at(&message::ingest::DIALECT, message, place);
    let grid = delimited::read(decoded.text, delimiter, budget)?;
    record.encoding = Some(decoded.name);
    record.delimiter = Some(dialect.delimiter);
    Ok(Some(Opened { grid, record }))
}

fn no_delimiter(delimiter: char) -> Message {
    message!("`{delimiter}` cannot be a delimiter", "`{delimiter}` nu poate fi separator")
}

fn describe(dialect: &dialect::Dialect, line_ends: &Message) -> Message {
    let delimiter = match dialect.delimiter {
        '\t' => message!("a tab", "tabulator"),
        other => message!("`{other}`", "`{other}`"),
    };
    let spaced = if dialect.spaced {
        message!(" followed by a space", " urmat de un spațiu")
    } else {
        Message::same("")
    };
    let sure = if dialect.agreeing == dialect.looked_at {
        Message::same("")
    } else {
        message!(
            ", constant in {agreeing} of the first {looked_at} lines",
            ", constant în {agreeing} din primele {linii}",
            agreeing = dialect.agreeing,
            linii = numbered(dialect.looked_at, "linie", "linii"),
            looked_at = dialect.looked_at,
        )
    };
    message!(
        "fields are parted by {delimiter}{spaced}{sure}; line ends are {line_ends}",
        "câmpurile sunt despărțite prin {delimiter}{spaced}{sure}; sfârșituri de linie: {line_ends}";
        delimiter = delimiter, spaced = spaced, sure = sure, line_ends = line_ends,
    )
}

fn workbook(
    bytes: &[u8],
    (format, writing): (Format, Writing<'_>),
    mut record: InputFile,
    (terms, ledger): (&Terms, &mut Ledger<'_>),
) -> Result<Option<Opened>, Message> {
    let mut book = Workbook::open_under(bytes, format, terms)?;
    let sheets = book.sheets();
    let place = Place::file(&record.path);
    let tried = match candidates(&sheets, writing.sheet) {
        Ok(tried) => tried,
        Err(error) => {
            let message = error.message.about(&record.path);
            ledger.tell_at(&message::ingest::SHEET_MISSING, message, place).hint = Some(error.hint);
            return Ok(None);
        }
    };
    for at in tried {
        let name = &sheets[at].name;
        let cells = book.cells(name, &terms.budget)?;
        // A declared sheet is read even when empty, so that the message is about its columns.
        if cells.grid.is_blank() && writing.sheet.is_none() {
            continue;
        }
        record.sheets = vec![name.clone()];
        if writing.sheet.is_none() {
            tell_choice(&sheets, at, &place, ledger);
        }
        let opened = Opened { grid: cells.grid, record };
        for (row, column) in cells.repeated {
            let message = message!(
                "a cell stands more than once in the workbook; the last one counts",
                "o celulă apare de mai multe ori în registrul de calcul; se ia ultima",
            );
            ledger.tell_at(&message::ingest::DUPLICATE_CELL, message, opened.cell(row, column));
        }
        return Ok(Some(opened));
    }
    Err(nothing_visible(&sheets))
}

fn tell_choice(sheets: &[SheetEntry], at: usize, place: &Place, ledger: &mut Ledger<'_>) {
    let name = &sheets[at].name;
    let others: Vec<&str> = (0..sheets.len())
        .filter(|&other| other != at && !sheets[other].hidden)
        .map(|other| sheets[other].name.as_str())
        .collect();
    let rest = if others.is_empty() {
        Message::same("")
    } else {
        message!(
            ", the first with data; the others are {others}",
            ", prima cu date; celelalte sunt {others}";
            others = list(others, 8),
        )
    };
    let message = message!(
        "the sheet `{name}` was read{rest}",
        "s-a citit foaia `{name}`{rest}";
        rest = rest,
    );
    ledger.tell_at(&message::ingest::SHEET_CHOSEN, message, place.clone().on_sheet(name));
    for sheet in sheets.iter().filter(|sheet| sheet.hidden) {
        let name = &sheet.name;
        let message = message!(
            "the sheet `{name}` is hidden and was not read",
            "foaia `{name}` este ascunsă și nu a fost citită",
        );
        ledger
            .tell_at(&message::ingest::HIDDEN_SHEET, message, place.clone().on_sheet(name))
            .hint = Some(message!(
            "name it in `sheet` if it is the one you want",
            "numiți-o în `sheet`, dacă ea este cea dorită",
        ));
    }
}

/// Texts of named columns of a table, as written but without spaces around them: for registers and
/// alias files of the study's own. One inner vector a row, with the row's number first; rows in which
/// all these columns are blank are left out.
///
/// `None` when the file, the sheet or a column is not there, which is told in `findings` about
/// `subject`.
pub fn text_columns(
    inputs: &Inputs,
    (path, sheet): (&str, Option<&SheetChoice>),
    wanted: &[&str],
    (subject, findings): (&str, &mut Findings),
) -> Option<Vec<(u32, Vec<String>)>> {
    let wanted: Vec<(&str, bool)> = wanted.iter().map(|name| (*name, true)).collect();
    let rows = found_columns(inputs, (path, sheet), &wanted, (subject, findings))?;
    let full =
        |(row, texts): (u32, Vec<Option<String>>)| (row, texts.into_iter().flatten().collect());
    Some(rows.into_iter().map(full).collect())
}

/// A row of a table: its number, and the texts of named columns; `None` for a column that the file
/// does not have.
pub type ListedRow = (u32, Vec<Option<String>>);

/// As [`text_columns`], for columns of which only those marked must be there.
pub fn found_columns(
    inputs: &Inputs,
    (path, sheet): (&str, Option<&SheetChoice>),
    wanted: &[(&str, bool)],
    (subject, findings): (&str, &mut Findings),
) -> Option<Vec<ListedRow>> {
    let mut ledger = Ledger::new(findings, subject);
    let rows = read_columns(inputs, (path, sheet), wanted, &mut ledger);
    ledger.close();
    rows
}

fn read_columns(
    inputs: &Inputs,
    (path, sheet): (&str, Option<&SheetChoice>),
    wanted: &[(&str, bool)],
    ledger: &mut Ledger<'_>,
) -> Option<Vec<ListedRow>> {
    let path = files::expand(inputs, path, ledger).into_iter().next()?;
    let opened = open(inputs, &path, Writing { sheet, ..Writing::default() }, ledger)?;
    let names: Vec<&str> = wanted.iter().map(|(name, _)| *name).collect();
    let header = header::detect(&opened.grid, &names);
    let mut columns = Vec::new();
    for (name, must) in wanted {
        match columns::find(&header, name, opened.grid.width()) {
            Ok(column) => columns.push(Some(column)),
            Err(_) if !must => columns.push(None),
            Err(error) => {
                ledger
                    .tell_at(&message::ingest::COLUMN_MISSING, error.message, opened.place())
                    .hint = Some(error.hint);
            }
        }
    }
    if columns.len() < wanted.len() {
        return None;
    }
    let rows = opened.grid.rows_from(header.data).map(|row| {
        let text = |column: u32| trim(&row.cell(column).text()).to_owned();
        (row.number(), columns.iter().map(|column| column.map(text)).collect::<Vec<_>>())
    });
    let is_blank = |texts: &[Option<String>]| texts.iter().flatten().all(String::is_empty);
    Some(rows.filter(|(_, texts)| !is_blank(texts)).collect())
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn columns(text: &'static str, wanted: &[&str]) -> (Option<Vec<(u32, Vec<String>)>>, Findings) {
        let files = [("a.csv".to_owned(), Cow::Borrowed(text.as_bytes()))];
        let inputs = Inputs::Held(files.into_iter().collect());
        let mut findings = Findings::default();
        let rows = text_columns(&inputs, ("a.csv", None), wanted, ("aliases", &mut findings));
        (rows, findings)
    }

    #[test]
    fn named_columns_are_read_as_text_with_their_rows() {
        let (rows, _) =
            columns("titlu\ncod;x;nume\n1017; ;Alba Iulia \n;;\n1213;;Aiud\n", &["Nume", "cod"]);
        let texts = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
        assert_eq!(rows.unwrap(), [(3, texts("Alba Iulia", "1017")), (5, texts("Aiud", "1213"))]);
    }

    #[test]
    fn a_column_that_is_not_there_is_told_about_the_subject() {
        let (rows, findings) = columns("cod,nume\n1,a\n", &["cod", "motiv"]);
        assert!(rows.is_none());
        let missing =
            findings.iter().find(|finding| finding.rule == message::ingest::COLUMN_MISSING.id);
        assert_eq!(missing.unwrap().subject, "aliases");
    }
}
