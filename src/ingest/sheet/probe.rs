//! A file before a study says what it is for: how it is written, its sheets, its cells.
//!
//! Reading a source and looking at a file take the same way: bytes, format, then letters and records
//! or sheets. A source stops at the first sheet that it can read; a probe measures them all.

use std::borrow::Cow;
use std::io;

use super::page::Page;
use super::whole_sheet::SheetEntry;
use super::workbook::Workbook;
use super::{delimited, encoding};
use crate::ingest::bytes::detect;
use crate::ingest::bytes::format::{Format, NotATable};
use crate::ingest::bytes::inputs::{self, Inputs};
use crate::ingest::bytes::limits::Budget;
use crate::ingest::labels::fold;
use crate::message::ingest::{Refusal, bytes, sheet as message};
use crate::quality::Message;
use crate::spelling::nearest;
use crate::study::{SheetChoice, Source};

/// The most sheets that are held beside the first.
const MOST_HELD: usize = 60;

/// A file as it is.
#[derive(Debug, Default)]
pub struct FileProbe {
    /// Its size.
    pub(crate) bytes: u64,
    /// Its SHA-256, lower-case hexadecimal.
    pub(crate) sha256: String,
    /// `xlsx`, `xlsb`, `xls`, `ods` or `text`; `None` when it is no table.
    pub(crate) format: Option<&'static str>,
    /// Its extension, when that promises another format.
    pub(crate) promised: Option<String>,
    /// How a text file is written.
    pub(crate) text: Option<TextProbe>,
    /// The sheets of a workbook in its order; of a text file one without a name.
    pub(crate) sheets: Vec<SheetProbe>,
    /// The sheet that a source reads when it names none, or that was requested.
    pub page: Option<Page>,
    /// The other sheets that are held, where a file is looked at or read as a whole.
    pub(crate) others: Vec<Page>,
    /// Why there is no page.
    pub refusal: Option<FileRefusal>,
}

/// How a text file is written.
#[derive(Clone, Debug)]
pub(crate) struct TextProbe {
    /// Encoding, lower case (`utf-8`, `windows-1250`).
    pub(crate) encoding: String,
    /// Why that encoding.
    pub(crate) because: Message,
    /// Whether the encoding is what everybody expects.
    pub(crate) plain: bool,
    /// Whether some bytes mean nothing in it.
    pub(crate) damaged: bool,
    /// What separates the fields.
    pub(crate) delimiter: char,
    /// Whether a space follows nearly every delimiter.
    pub(crate) spaced: bool,
    /// Records looked at that have the usual number of delimiters.
    pub(crate) agreeing: usize,
    /// Records looked at.
    pub(crate) looked_at: usize,
    /// `LF`, `CRLF`, `CR`, or a mixture with its counts.
    pub(crate) line_ends: Message,
}

/// A sheet of a file.
#[derive(Clone, Debug, Default)]
pub(crate) struct SheetProbe {
    /// Its name; none in a text file.
    pub(crate) name: Option<String>,
    /// Whether the workbook hides it.
    pub(crate) hidden: bool,
    /// Rows with something in them.
    pub(crate) rows: usize,
    /// The last column with anything in it.
    pub(crate) columns: u32,
    /// Why it cannot be read.
    pub(crate) refusal: Option<Message>,
}

/// What keeps a file from being a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefusalKind {
    /// It cannot be opened.
    Closed,
    /// It is larger than allowed.
    TooLarge,
    /// It is something else, whole and sound perhaps.
    Foreign,
    /// It does not have the requested sheet.
    SheetMissing,
    /// It is damaged, or would take too much.
    Unreadable,
}

/// Why a file gives no page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRefusal {
    /// What kind of obstacle.
    pub kind: RefusalKind,
    /// In words; of a file that cannot be opened, those of the operating system.
    pub message: Message,
    /// What to do.
    pub hint: Message,
}

impl FileRefusal {
    fn new(kind: RefusalKind, refusal: Refusal) -> Self {
        Self { kind, message: refusal.message, hint: refusal.hint }
    }

    fn closed(error: &io::Error) -> Self {
        let message = inputs::words(error);
        match error.kind() {
            io::ErrorKind::FileTooLarge => {
                Self { kind: RefusalKind::TooLarge, message, hint: bytes::smaller() }
            }
            _ => Self { kind: RefusalKind::Closed, message, hint: bytes::look_at_path() },
        }
    }

    fn no_table(of: NotATable) -> Self {
        let kind = if of.is_foreign { RefusalKind::Foreign } else { RefusalKind::Unreadable };
        Self::new(kind, of.refusal)
    }

    fn unreadable(message: Message) -> Self {
        Self { kind: RefusalKind::Unreadable, message, hint: bytes::save_again() }
    }
}

/// What a source declares about how its files are written.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Declared<'s> {
    pub(super) sheet: Option<&'s SheetChoice>,
    pub(super) encoding: Option<&'s str>,
    pub(super) delimiter: Option<char>,
}

impl<'s> From<&'s Source> for Declared<'s> {
    fn from(source: &'s Source) -> Self {
        Self {
            sheet: source.sheet.as_ref(),
            encoding: source.encoding.as_deref(),
            delimiter: source.delimiter,
        }
    }
}

/// How far the sheets of a workbook are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// Until one gives a page, or cannot be read.
    UntilPage,
    /// All of them, so that each is measured.
    All,
    /// All that may give a page, and the cells of each are kept.
    Every,
}

/// Looks at a file: opens it, decides what it is, measures its sheets and holds the cells of one.
pub fn probe(inputs: &Inputs, path: &str, sheet: Option<&SheetChoice>) -> FileProbe {
    read(inputs, path, Declared { sheet, ..Declared::default() }, Scope::All)
}

/// Reads a file as far as `scope` says.
pub(super) fn read(inputs: &Inputs, path: &str, declared: Declared<'_>, scope: Scope) -> FileProbe {
    let mut file = FileProbe::default();
    if let Err(refusal) = file.read(inputs, path, declared, scope) {
        file.refusal = Some(refusal);
    }
    file
}

impl FileProbe {
    fn read(
        &mut self,
        inputs: &Inputs,
        path: &str,
        declared: Declared<'_>,
        scope: Scope,
    ) -> Result<(), FileRefusal> {
        let limits = inputs.limits();
        let bytes = inputs.bytes(path).map_err(|error| FileRefusal::closed(&error))?;
        self.bytes = bytes.len() as u64;
        self.sha256 = inputs::digest(&bytes);
        let format =
            detect(&bytes, declared.encoding, &limits.budget).map_err(FileRefusal::no_table)?;
        self.format = Some(format.name());
        self.promised = format.contradicts(path);
        if format == Format::Text {
            return self.read_text(bytes, declared, &limits.budget).map_err(|why| FileRefusal {
                hint: message::mend_text(),
                ..FileRefusal::unreadable(why)
            });
        }
        let mut book =
            Workbook::open_under(&bytes, format, &limits).map_err(FileRefusal::unreadable)?;
        let wanted = candidates(&book.sheets(), declared.sheet)
            .map_err(|refusal| FileRefusal::new(RefusalKind::SheetMissing, refusal))?;
        // A declared sheet is read even when empty, so that the message is about its columns.
        let is_named = !matches!(declared.sheet, None | Some(SheetChoice::Every));
        let wanted = Wanted { sheets: wanted, even_blank: is_named };
        self.read_sheets(&mut book, &wanted, scope, &limits.budget).map_err(FileRefusal::unreadable)
    }

    fn read_text(
        &mut self,
        bytes: Cow<'_, [u8]>,
        declared: Declared<'_>,
        budget: &Budget,
    ) -> Result<(), Message> {
        let decoded = encoding::decode(bytes, declared.encoding)?;
        let dialect = delimited::dialect(&decoded.text, declared.delimiter);
        self.text = Some(TextProbe {
            because: decoded.reason.words(),
            plain: decoded.is_plain(),
            damaged: decoded.damaged,
            delimiter: dialect.delimiter,
            spaced: dialect.spaced,
            agreeing: dialect.agreeing,
            looked_at: dialect.looked_at,
            line_ends: delimited::line_ends(&decoded.text),
            encoding: decoded.name,
        });
        let grid = delimited::read(decoded.text, dialect.separator()?, budget)?;
        let (rows, columns) = (grid.len(), grid.width());
        self.sheets.push(SheetProbe { rows, columns, ..SheetProbe::default() });
        self.page = Some(Page::first(grid));
        Ok(())
    }

    fn read_sheets(
        &mut self,
        book: &mut Workbook<'_>,
        wanted: &Wanted,
        scope: Scope,
        budget: &Budget,
    ) -> Result<(), Message> {
        let entries = book.sheets();
        let mut stopped = false;
        for (at, entry) in entries.iter().enumerate() {
            let mut sheet = SheetProbe {
                name: Some(entry.name.clone()),
                hidden: entry.hidden,
                ..SheetProbe::default()
            };
            let is_wanted = wanted.sheets.contains(&at);
            let is_read = match scope {
                Scope::UntilPage => is_wanted && !stopped && self.page.is_none(),
                Scope::Every => is_wanted && !stopped,
                Scope::All => !stopped,
            };
            if !is_read {
                // A reader that was ended gives nothing more; every further sheet would say so again.
                sheet.refusal = (scope == Scope::All).then(message::not_read_any_more);
                self.sheets.push(sheet);
                continue;
            }
            match book.cells(&entry.name, budget) {
                Ok(cells) => {
                    (sheet.rows, sheet.columns) = (cells.grid.len(), cells.grid.width());
                    let is_page = is_wanted && (wanted.even_blank || !cells.grid.is_blank());
                    let (grid, repeated) = (cells.grid, cells.repeated);
                    let page = Page { sheet: at, grid, repeated };
                    if is_page && self.page.is_none() {
                        self.page = Some(page);
                    } else if is_page && scope == Scope::Every {
                        self.keep(page, budget)?;
                    } else if scope == Scope::All && !wanted.even_blank {
                        self.hold(page, budget);
                    }
                }
                Err(message) => {
                    stopped = scope != Scope::All || book.is_lost();
                    sheet.refusal = Some(message);
                }
            }
            self.sheets.push(sheet);
        }
        match (&self.page, self.sheets.iter().find_map(|sheet| sheet.refusal.clone())) {
            // of sheets that are parts of one table none may be left out
            (Some(_), Some(refusal)) if scope == Scope::Every => Err(refusal),
            (Some(_), _) => Ok(()),
            (None, Some(refusal)) => Err(refusal),
            (None, None) => Err(nothing_visible(&entries)),
        }
    }
}

impl FileProbe {
    /// Keeps one more sheet of a table; all together may have no more cells than one.
    fn keep(&mut self, page: Page, budget: &Budget) -> Result<(), Message> {
        self.others.push(page);
        budget.allows(self.page.iter().chain(&self.others).map(|it| it.grid.cells()).sum(), 0)
    }

    /// Holds one more sheet, as long as all that are held have no more cells than one may have.
    fn hold(&mut self, page: Page, budget: &Budget) {
        let held: usize = self.others.iter().map(|page| page.grid.cells()).sum();
        let is_small = page.grid.cells() <= budget.cells.saturating_sub(held);
        if !page.grid.is_blank() && is_small && self.others.len() < MOST_HELD {
            self.others.push(page);
        }
    }
}

/// The sheets that may give the page, by position.
struct Wanted {
    sheets: Vec<usize>,
    /// Whether one that is blank gives it too.
    even_blank: bool,
}

/// The sheets to try, best first: the declared one alone, else the visible ones in order. Numbers
/// count the tabs a person sees, so hidden sheets have none.
fn candidates(sheets: &[SheetEntry], choice: Option<&SheetChoice>) -> Result<Vec<usize>, Refusal> {
    let visible: Vec<usize> = (0..sheets.len()).filter(|&at| !sheets[at].hidden).collect();
    let names = || sheets.iter().map(|sheet| sheet.name.as_str());
    match choice {
        None | Some(SheetChoice::Every) => Ok(visible),
        Some(SheetChoice::Number(number)) => (*number as usize)
            .checked_sub(1)
            .and_then(|at| visible.get(at))
            .map(|&at| vec![at])
            .ok_or_else(|| message::no_sheet_number(*number, visible.len(), names())),
        Some(SheetChoice::Name(name)) => names()
            .position(|known| known == name)
            .or_else(|| names().position(|known| fold(known) == fold(name)))
            .map(|at| vec![at])
            .ok_or_else(|| message::no_sheet(name, nearest(name, names()), names())),
    }
}

/// What to say where no visible sheet has anything in it.
fn nothing_visible(sheets: &[SheetEntry]) -> Message {
    let hidden = sheets.iter().filter(|sheet| sheet.hidden);
    message::nothing_visible(&hidden.map(|sheet| sheet.name.as_str()).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;
    use std::collections::BTreeMap;

    use rust_xlsxwriter::Workbook as Writer;

    use super::*;

    fn probed(name: &str, bytes: &[u8]) -> FileProbe {
        let held = BTreeMap::from([(name.to_owned(), Cow::Owned(bytes.to_vec()))]);
        probe(&Inputs::Held(held), name, None)
    }

    #[test]
    fn a_text_file_says_how_it_is_written() {
        let file = probed("a.csv", b"Jude\xfe;x\r\nAlba;1\r\n");
        let text = file.text.unwrap();
        assert_eq!((text.encoding.as_str(), text.delimiter), ("windows-1250", ';'));
        assert_eq!(text.line_ends.en, "CRLF");
        assert_eq!((file.sheets[0].rows, file.sheets[0].columns), (2, 2));
        assert_eq!(file.promised, None);
    }

    #[test]
    fn a_workbook_lists_all_sheets_and_keeps_the_first_with_data() {
        let mut writer = Writer::new();
        writer.add_worksheet().set_name("empty").unwrap();
        writer.add_worksheet().set_name("data").unwrap().write(3, 1, "SIRUTA").unwrap();
        writer.add_worksheet().set_name("old").unwrap().set_hidden(true);
        let file = probed("a.csv", &writer.save_to_buffer().unwrap());
        let names: Vec<_> = file.sheets.iter().map(|sheet| sheet.name.as_deref()).collect();
        assert_eq!(names, [Some("empty"), Some("data"), Some("old")]);
        assert!(file.sheets[2].hidden);
        assert_eq!(file.page.unwrap().sheet, 1);
        assert_eq!((file.format, file.promised.as_deref()), (Some("xlsx"), Some("csv")));
    }

    #[test]
    fn what_is_no_table_has_a_reason() {
        let kind = |bytes: &[u8]| probed("a.csv", bytes).refusal.unwrap().kind;
        assert_eq!(kind(b"{\"type\": \"Topology\"}"), RefusalKind::Foreign);
        assert_eq!(kind(b"PK\x03\x04rest"), RefusalKind::Unreadable);
        let none = probe(&Inputs::Held(BTreeMap::new()), "a.csv", None);
        assert_eq!(none.refusal.unwrap().kind, RefusalKind::Closed);
    }

    fn sheets() -> Vec<SheetEntry> {
        let sheet = |name: &str, hidden| SheetEntry { name: name.to_owned(), hidden };
        vec![sheet("notes", true), sheet("2022", false), sheet("2023 ", false)]
    }

    #[test]
    fn hidden_sheets_are_read_only_when_named() {
        assert_eq!(candidates(&sheets(), None), Ok(vec![1, 2]));
        assert_eq!(candidates(&sheets(), Some(&SheetChoice::Number(1))), Ok(vec![1]));
        assert_eq!(candidates(&sheets(), Some(&SheetChoice::Name("notes".into()))), Ok(vec![0]));
    }

    #[test]
    fn a_number_that_is_the_name_of_a_sheet_is_told() {
        let refusal = candidates(&sheets(), Some(&SheetChoice::Number(2023))).unwrap_err();
        assert!(refusal.hint.en.contains("`sheet = \"2023\"`"), "{}", refusal.hint);
    }

    #[test]
    fn a_sheet_is_found_without_minding_spaces() {
        assert_eq!(candidates(&sheets(), Some(&SheetChoice::Name("2023".into()))), Ok(vec![2]));
    }

    #[test]
    fn a_wrong_sheet_gets_a_suggestion() {
        let refusal = candidates(&sheets(), Some(&SheetChoice::Name("note".into()))).unwrap_err();
        assert!(refusal.hint.en.starts_with("did you mean `notes`?"), "{}", refusal.hint);
        assert!(candidates(&sheets(), Some(&SheetChoice::Number(3))).is_err());
        assert!(candidates(&sheets(), Some(&SheetChoice::Number(0))).is_err());
    }
}
