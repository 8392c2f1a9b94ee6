//! A file as it is found, before a study says what it is for: how it is written, its sheets, its cells.
//!
//! The stations are those of [`super::read`]; here they are passed without a source, so nothing is
//! selected and nothing is told but what the file is. The room `inspect` judges what it sees.

use std::borrow::Cow;
use std::io;

use super::budget::Budget;
use super::dimensions::{self, Cube};
use super::files::{self, Inputs, Terms};
use super::format::{self, Format};
use super::grid::{Grid, GridRow};
use super::header::{self, Header};
use super::keys::Recogniser;
use super::ledger::Ledger;
use super::open::{Opened, save_again};
use super::sheets::{candidates, nothing_visible};
use super::territory::{self, Territory};
use super::workbook::Workbook;
use super::{delimited, dialect, encoding};
use crate::message;
use crate::observation::InputFile;
use crate::quality::{Findings, Message, message};
use crate::study::SheetChoice;

/// A file as it is found.
#[derive(Debug, Default)]
pub struct FoundFile {
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// `xlsx`, `xlsb`, `xls`, `ods` or `text`; `None` when it is no table.
    pub format: Option<&'static str>,
    /// Its extension, when that promises another format.
    pub promised: Option<String>,
    /// How a text file is written.
    pub writing: Option<Writing>,
    /// The sheets of a workbook in its order; of a text file one without a name.
    pub sheets: Vec<FoundSheet>,
    /// The sheet that a source reads when it names none, or that was asked for.
    pub page: Option<Page>,
    /// Why there is no page.
    pub refusal: Option<Refusal>,
}

/// How a text file is written.
#[derive(Clone, Debug)]
pub struct Writing {
    /// Encoding, lower case (`utf-8`, `windows-1250`).
    pub encoding: String,
    /// Why that encoding.
    pub because: Message,
    /// Whether some bytes mean nothing in it.
    pub damaged: bool,
    /// What parts the fields.
    pub delimiter: char,
    /// Whether a space follows nearly every delimiter.
    pub spaced: bool,
    /// Records looked at that have the usual number of delimiters.
    pub agreeing: usize,
    /// Records looked at.
    pub looked_at: usize,
    /// `LF`, `CRLF`, `CR`, or a mixture with its counts.
    pub line_ends: Message,
}

/// A sheet of a file.
#[derive(Clone, Debug)]
pub struct FoundSheet {
    /// Its name; none in a text file.
    pub name: Option<String>,
    /// Whether the workbook hides it.
    pub hidden: bool,
    /// Rows with something in them.
    pub rows: usize,
    /// The last column with anything in it.
    pub columns: u32,
    /// Why it cannot be read.
    pub refusal: Option<Message>,
}

/// What keeps a file from being a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// It cannot be opened.
    Closed,
    /// It is something else, whole and sound perhaps.
    Foreign,
    /// It is damaged, or would take too much.
    Unreadable,
}

/// Why a file gives no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What kind of obstacle.
    pub kind: RefusalKind,
    /// In words.
    pub message: Message,
    /// What to do.
    pub hint: Message,
}

/// The cells of one sheet or text file.
#[derive(Debug)]
pub struct Page {
    /// Position of its sheet in the file.
    pub sheet: usize,
    /// Its cells.
    pub grid: Grid,
    /// Cells that the workbook holds more than once: row and column, from 1.
    pub repeated: Vec<(u32, u32)>,
}

impl Page {
    /// The page as the file of a source.
    pub fn opened(self, path: &str, found: &FoundFile) -> Opened {
        let sheet = found.sheets.get(self.sheet).and_then(|sheet| sheet.name.clone());
        let record = InputFile {
            source: String::new(),
            path: path.to_owned(),
            sha256: found.sha256.clone(),
            bytes: found.bytes,
            format: found.format.unwrap_or_default().to_owned(),
            sheets: sheet.into_iter().collect(),
            encoding: found.writing.as_ref().map(|writing| writing.encoding.clone()),
            delimiter: found.writing.as_ref().map(|writing| writing.delimiter),
            rows_used: 0,
        };
        Opened { grid: self.grid, record }
    }

    /// The header that a study which declares those rows would have.
    pub fn header(&self, rows: &[u32]) -> Header {
        header::declared(&self.grid, rows)
    }

    /// The header as it is found when nothing is known of the columns.
    pub fn guessed_header(&self) -> Header {
        header::detect(&self.grid, &[])
    }

    /// The page as a TEMPO cube; `None` when it has fewer than two columns, or one with far too many labels.
    pub fn cube(&self, header: &Header) -> Option<Cube> {
        dimensions::read(&self.grid, header).ok()
    }
}

/// Whether a row only numbers the columns (`A 1 2 3 …`).
pub fn is_letter_row(row: &GridRow<'_>) -> bool {
    header::is_letter_row(row)
}

/// The territorial dimensions of a cube for the level of the recogniser; `None` when it has none.
pub fn territory(recogniser: &Recogniser<'_>, cube: &Cube) -> Option<Territory> {
    territory::find(recogniser, cube, &[])
}

/// Finds a file: opens it, decides what it is, measures its sheets and keeps the cells of one.
pub fn find(inputs: &Inputs, path: &str, sheet: Option<&SheetChoice>) -> FoundFile {
    let terms = inputs.terms();
    let mut file = FoundFile::default();
    let bytes = match inputs.bytes(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            if error.kind() == io::ErrorKind::FileTooLarge {
                file.refuse(RefusalKind::Unreadable, files::words(&error), files::smaller());
            } else {
                let message = message!(
                    "it could not be opened: {why}",
                    "nu a putut fi deschis: {why}";
                    why = files::words(&error),
                );
                let hint = message!(
                    "look at the path and its permissions",
                    "verificați calea și permisiunile",
                );
                file.refuse(RefusalKind::Closed, message, hint);
            }
            return file;
        }
    };
    file.bytes = bytes.len() as u64;
    file.sha256 = files::digest(&bytes);
    let format = match format::detect(&bytes, &terms.budget) {
        Ok(format) => format,
        Err(error) => {
            let kind =
                if error.is_foreign() { RefusalKind::Foreign } else { RefusalKind::Unreadable };
            file.refuse(kind, error.message, error.hint);
            return file;
        }
    };
    file.format = Some(format.name());
    file.promised = format.contradicts(path);
    let done = if format == Format::Text {
        file.text(bytes, &terms.budget)
    } else {
        file.workbook(&bytes, (format, sheet), &terms)
    };
    if let Err(message) = done {
        file.refuse(RefusalKind::Unreadable, message, save_again());
    }
    file
}

impl FoundFile {
    fn refuse(&mut self, kind: RefusalKind, message: Message, hint: Message) {
        self.refusal = Some(Refusal { kind, message, hint });
    }

    fn text(&mut self, bytes: Cow<'_, [u8]>, budget: &Budget) -> Result<(), Message> {
        let is_marked = bytes.starts_with(b"\xef\xbb\xbf");
        let decoded = encoding::decode(bytes, None)?;
        let dialect = dialect::delimiter(&decoded.text, None);
        self.writing = Some(Writing {
            because: decoded.told.unwrap_or_else(|| {
                if is_marked {
                    encoding::marked_so()
                } else {
                    message!("its bytes are valid UTF-8", "octeții lui sunt UTF-8 valid")
                }
            }),
            damaged: decoded.damaged,
            delimiter: dialect.delimiter,
            spaced: dialect.spaced,
            agreeing: dialect.agreeing,
            looked_at: dialect.looked_at,
            line_ends: dialect::line_ends(&decoded.text),
            encoding: decoded.name,
        });
        let delimiter = u8::try_from(dialect.delimiter).expect("the candidates are ASCII");
        let grid = delimited::read(decoded.text, delimiter, budget)?;
        self.sheets.push(FoundSheet {
            name: None,
            hidden: false,
            rows: grid.len(),
            columns: grid.width(),
            refusal: None,
        });
        self.page = Some(Page { sheet: 0, grid, repeated: Vec::new() });
        Ok(())
    }

    fn workbook(
        &mut self,
        bytes: &[u8],
        (format, choice): (Format, Option<&SheetChoice>),
        terms: &Terms,
    ) -> Result<(), Message> {
        let mut book = Workbook::open_under(bytes, format, terms)?;
        let entries = book.sheets();
        let wanted = match candidates(&entries, choice) {
            Ok(wanted) => wanted,
            Err(error) => {
                self.refuse(RefusalKind::Unreadable, error.message, error.hint);
                return Ok(());
            }
        };
        let mut broken = false;
        for (at, entry) in entries.iter().enumerate() {
            let mut sheet = FoundSheet {
                name: Some(entry.name.clone()),
                hidden: entry.hidden,
                rows: 0,
                columns: 0,
                refusal: None,
            };
            // A reader that was ended gives nothing more; every further sheet would say so again.
            if broken {
                sheet.refusal = Some(message!("not read any more", "nu se mai citește"));
                self.sheets.push(sheet);
                continue;
            }
            match book.cells(&entry.name, &terms.budget) {
                Ok(cells) => {
                    (sheet.rows, sheet.columns) = (cells.grid.len(), cells.grid.width());
                    let fits = wanted.contains(&at) && (!cells.grid.is_blank() || choice.is_some());
                    if fits && self.page.is_none() {
                        let (grid, repeated) = (cells.grid, cells.repeated);
                        self.page = Some(Page { sheet: at, grid, repeated });
                    }
                }
                Err(message) => {
                    broken = book.is_lost();
                    sheet.refusal = Some(message);
                }
            }
            self.sheets.push(sheet);
        }
        match (&self.page, self.sheets.iter().find_map(|sheet| sheet.refusal.clone())) {
            (Some(_), _) => Ok(()),
            (None, Some(refusal)) => Err(refusal),
            (None, None) => Err(nothing_visible(&entries)),
        }
    }
}

/// The files that a path or glob names, sorted, and what is wrong when there are none.
///
/// # Errors
/// What to tell, with advice.
pub fn expand(inputs: &Inputs, file: &str) -> Result<Vec<String>, Refusal> {
    let mut findings = Findings::default();
    let mut ledger = Ledger::new(&mut findings, file);
    let paths = files::expand(inputs, file, &mut ledger);
    ledger.close();
    match findings.iter().find(|finding| finding.rule == message::ingest::FILE_MISSING.id) {
        Some(finding) if paths.is_empty() => Err(Refusal {
            kind: RefusalKind::Closed,
            message: finding.message.clone(),
            hint: finding.hint.clone().unwrap_or_else(|| Message::same("")),
        }),
        _ => Ok(paths),
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::collections::BTreeMap;

    use rust_xlsxwriter::Workbook as Writer;

    use super::*;

    fn found(name: &str, bytes: &[u8]) -> FoundFile {
        let held = BTreeMap::from([(name.to_owned(), Cow::Owned(bytes.to_vec()))]);
        find(&Inputs::Held(held), name, None)
    }

    #[test]
    fn a_text_file_says_how_it_is_written() {
        let file = found("a.csv", b"Jude\xfe;x\r\nAlba;1\r\n");
        let writing = file.writing.unwrap();
        assert_eq!((writing.encoding.as_str(), writing.delimiter), ("windows-1250", ';'));
        assert_eq!(writing.line_ends.en, "CRLF");
        assert_eq!((file.sheets[0].rows, file.sheets[0].columns), (2, 2));
        assert_eq!(file.promised, None);
    }

    #[test]
    fn a_workbook_lists_all_sheets_and_keeps_the_first_with_data() {
        let mut writer = Writer::new();
        writer.add_worksheet().set_name("empty").unwrap();
        writer.add_worksheet().set_name("data").unwrap().write(3, 1, "SIRUTA").unwrap();
        writer.add_worksheet().set_name("old").unwrap().set_hidden(true);
        let file = found("a.csv", &writer.save_to_buffer().unwrap());
        let names: Vec<_> = file.sheets.iter().map(|sheet| sheet.name.as_deref()).collect();
        assert_eq!(names, [Some("empty"), Some("data"), Some("old")]);
        assert!(file.sheets[2].hidden);
        assert_eq!(file.page.unwrap().sheet, 1);
        assert_eq!((file.format, file.promised.as_deref()), (Some("xlsx"), Some("csv")));
    }

    #[test]
    fn what_is_no_table_has_a_reason() {
        let kind = |bytes: &[u8]| found("a.csv", bytes).refusal.unwrap().kind;
        assert_eq!(kind(b"{\"type\": \"Topology\"}"), RefusalKind::Foreign);
        assert_eq!(kind(b"PK\x03\x04rest"), RefusalKind::Unreadable);
        let none = find(&Inputs::Held(BTreeMap::new()), "a.csv", None);
        assert_eq!(none.refusal.unwrap().kind, RefusalKind::Closed);
    }
}
