//! What there is to say about a file, as values that people's text and JSON are made from.

use serde::Serialize;

use crate::ingest::{FileProbe, FileRefusal, RefusalKind};
use crate::language::Language;
use crate::message::ingest::bytes::it_was_not_opened;
use crate::message::inspect as message;
use crate::quality::Message;
use crate::study::Layout;

/// A file.
#[derive(Clone, Debug, Serialize)]
pub struct Portrait {
    /// Its path as given.
    pub path: String,
    /// Its size.
    pub bytes: u64,
    /// Its SHA-256, lower-case hexadecimal.
    pub sha256: String,
    /// `xlsx`, `xlsb`, `xls`, `ods`, `text`, `geojson` or `topojson`; `None` when it is neither table
    /// nor map.
    pub format: Option<&'static str>,
    /// Its extension, when that promises another format.
    pub promised: Option<String>,
    /// Why it gives no table.
    pub obstacle: Option<Obstacle>,
    /// How a text file is written.
    pub writing: Option<WritingPortrait>,
    /// The sheets of a workbook.
    pub(crate) sheets: Vec<SheetPortrait>,
    /// The table on the sheet that was looked at; the first of several side by side.
    pub table: Option<TablePortrait>,
    /// The tables beside it.
    pub beside: Vec<TablePortrait>,
    /// The language in which all this is said.
    #[serde(skip)]
    pub(crate) language: Language,
}

/// Why a file gives no table.
#[derive(Clone, Debug, Serialize)]
pub struct Obstacle {
    /// `closed`, `foreign` (a file of another kind) or `unreadable` (damaged, or too much).
    pub kind: &'static str,
    /// In words.
    pub message: Message,
    /// What to do.
    pub hint: Message,
}

/// How a text file is written, and why that was decided.
#[derive(Clone, Debug, Serialize)]
pub struct WritingPortrait {
    /// Encoding, lower case.
    pub encoding: String,
    /// Why that encoding.
    pub because: Message,
    /// Whether some bytes mean nothing in it.
    pub damaged: bool,
    /// What parts the fields.
    pub delimiter: char,
    /// Whether a space follows nearly every delimiter.
    pub spaced: bool,
    /// Lines looked at that have the usual number of delimiters.
    pub agreeing: usize,
    /// Lines looked at.
    pub looked_at: usize,
    /// `LF`, `CRLF`, `CR`, or a mixture with its counts.
    pub line_ends: Message,
}

/// A sheet of a workbook.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct SheetPortrait {
    /// Its name.
    pub(crate) name: String,
    /// Whether the workbook hides it.
    pub(crate) hidden: bool,
    /// Rows with something in them.
    pub(crate) rows: usize,
    /// The last column with anything in it.
    pub(crate) columns: u32,
    /// Why it cannot be read.
    pub(crate) obstacle: Option<Message>,
    /// The areas that its table is about, `46 units`; none when it has no such table.
    pub(crate) holds: Option<Message>,
    /// Whether it is the one that was looked at.
    pub(crate) portrayed: bool,
}

/// The table on a sheet.
#[derive(Clone, Debug, Serialize)]
pub struct TablePortrait {
    /// Its sheet; none in a text file.
    pub sheet: Option<String>,
    /// How the numbers lie.
    pub layout: Layout,
    /// Header rows, from 1.
    pub header: Vec<u32>,
    /// Where the data are, as in `A2:L16979`; empty when there are none.
    pub range: String,
    /// Rows of data.
    pub data_rows: usize,
    /// Lines of text above the header.
    pub above: Vec<String>,
    /// Lines of text below the last row of data.
    pub below: Vec<String>,
    /// Rows by what they are about, when a key was found.
    pub rows: Vec<RowCount>,
    /// Columns; of TEMPO its dimensions and the value.
    pub(crate) columns: Vec<ColumnPortrait>,
    /// Columns that were left out because there are too many.
    pub columns_left_out: usize,
    /// How rows could say which area they are about, best first.
    pub keys: Vec<KeyPortrait>,
    /// Cells that the workbook holds more than once.
    pub repeated_cells: usize,
    /// What the sheet says of its cells besides their contents.
    pub(crate) doubts: Vec<Message>,
    /// What a study would say.
    pub draft: Draft,
}

/// Rows of one class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowCount {
    /// What they are about, in words.
    pub class: &'static str,
    /// How many.
    pub rows: usize,
    /// Some of their labels.
    pub examples: Vec<String>,
}

/// A column.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct ColumnPortrait {
    /// Its letters.
    pub(crate) letters: String,
    /// Its number, from 1.
    pub(crate) number: u32,
    /// Its header, parts joined by ` / `; empty when it has none.
    pub(crate) header: String,
    /// What its cells are: `whole numbers`, `decimals`, `text`, `dates`, `mixed`, `empty` ….
    pub(crate) shape: &'static str,
    /// Cells with something in them, of the rows of data.
    pub(crate) filled: usize,
    /// Cells with nothing in them.
    pub(crate) empty: usize,
    /// Different contents, at most [`ColumnPortrait::MOST`].
    pub(crate) distinct: usize,
    /// Some contents: of a text column the most frequent ones.
    pub(crate) examples: Vec<String>,
    /// Its numbers, when most of its cells are numbers.
    pub(crate) numbers: Option<Numbers>,
    /// Texts that stand among its numbers, and what they mean.
    pub(crate) marks: Vec<Mark>,
    /// What else stands among its numbers, in words with counts.
    pub(crate) problems: Vec<Message>,
}

impl ColumnPortrait {
    /// Different contents are counted up to this number.
    pub(crate) const MOST: usize = 10_000;

    /// Texts among its numbers of which nobody said what they mean.
    pub(crate) fn undeclared(&self) -> impl Iterator<Item = &Mark> {
        self.marks.iter().filter(|mark| mark.meaning == "undeclared")
    }
}

/// The numbers of a column.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct Numbers {
    /// Decimal and thousands marks in words, or why they cannot be decided.
    pub(crate) format: Message,
    /// Whether it is a decimal point and no mark between thousands.
    #[serde(skip)]
    pub(crate) plain: bool,
    /// Whether the marks can be decided.
    pub(crate) decided: bool,
    /// The mark that parts thousands or decimals, nobody knows which.
    pub(crate) open: Option<OpenMark>,
    /// Whether all of them are whole, as far as they can be read.
    pub(crate) whole: bool,
    /// How many.
    pub(crate) count: usize,
    /// The smallest.
    pub(crate) least: f64,
    /// The largest.
    pub(crate) greatest: f64,
    /// How many are zero.
    pub(crate) zeros: usize,
    /// Cells shown in per cent: stored as fractions, or written with `%`.
    pub(crate) percent: usize,
    /// How the values are spread between the smallest and the largest, in twelve steps.
    pub(crate) sparkline: String,
}

/// A mark that can be read in two ways.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct OpenMark {
    /// A text with it, such as `43.378`.
    pub(crate) example: String,
    /// The mark.
    pub(crate) mark: char,
}

/// A text that stands among numbers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Mark {
    /// As written.
    pub(crate) text: String,
    /// How often.
    pub(crate) count: usize,
    /// What it means by itself (`not available`, `confidential`), else `undeclared`.
    pub(crate) meaning: &'static str,
}

/// One way in which rows could say which area they are about.
#[derive(Clone, Debug, Serialize)]
pub struct KeyPortrait {
    /// `code`, `glued` (code and name in one cell), `name`, or `label` of a larger area.
    pub kind: &'static str,
    /// The level of the register.
    pub level: String,
    /// Its columns.
    pub columns: Vec<KeyColumn>,
    /// Rows that name an area of the level, or should.
    pub rows: usize,
    /// Rows of these that the register recognises.
    pub recognised: usize,
    /// Different areas recognised.
    pub areas: usize,
    /// Areas that the register has at this level.
    pub of: usize,
    /// Areas that stand in more than one row.
    pub repeated: usize,
    /// Rows recognised at one letter's distance.
    pub near: usize,
    /// Rows recognised through the alias table.
    pub aliases: usize,
    /// Rows that the register does not recognise, or doubts, by kind.
    pub(crate) failures: Vec<Failure>,
}

impl KeyPortrait {
    /// Share of the rows that are recognised, 0 to 1.
    pub(crate) fn rate(&self) -> f64 {
        if self.rows == 0 { 0.0 } else { self.recognised as f64 / self.rows as f64 }
    }
}

/// A column of a key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct KeyColumn {
    /// `code`, `glued`, `name`, `county` or the level.
    pub role: String,
    /// Its letters.
    pub letters: String,
    /// Its header.
    pub header: String,
}

/// Rows that the register does not recognise, or doubts, for one reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Failure {
    /// The rule that `check` will report.
    pub(crate) rule: &'static str,
    /// How many rows.
    pub(crate) rows: usize,
    /// What was found with advice, one text a row, the first few.
    pub(crate) examples: Vec<Message>,
}

/// What a study would say about the table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Draft {
    /// Its id.
    pub id: String,
    /// The file as it names it.
    pub file: String,
    /// Ids of its measures that are numbers.
    pub numbers: Vec<String>,
    /// The `[[source]]` block; every line a comment when the table cannot be a source.
    pub toml: String,
    /// Whether reading by it gives every measure it declares.
    pub stands: bool,
    /// How many areas reading by it gives a value.
    #[serde(skip)]
    pub(crate) areas: usize,
    /// Why it does not, or what to look at.
    pub(crate) notes: Vec<DraftNote>,
}

/// Something to know about a draft.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct DraftNote {
    /// In words; written as a comment above the block.
    pub(crate) text: Message,
}

impl Portrait {
    /// What is known without looking at the table.
    pub(super) fn of(path: &str, found: &FileProbe, language: Language) -> Self {
        let sheets = found.sheets.iter().filter_map(|sheet| {
            Some(SheetPortrait {
                name: sheet.name.clone()?,
                hidden: sheet.hidden,
                rows: sheet.rows,
                columns: sheet.columns,
                obstacle: sheet.refusal.clone(),
                holds: None,
                portrayed: false,
            })
        });
        Self {
            path: path.to_owned(),
            bytes: found.bytes,
            sha256: found.sha256.clone(),
            format: found.format,
            promised: found.promised.clone(),
            obstacle: found.refusal.as_ref().map(Obstacle::of),
            writing: found.text.as_ref().map(|text| WritingPortrait {
                encoding: text.encoding.clone(),
                because: text.because.clone(),
                damaged: text.damaged,
                delimiter: text.delimiter,
                spaced: text.spaced,
                agreeing: text.agreeing,
                looked_at: text.looked_at,
                line_ends: text.line_ends.clone(),
            }),
            sheets: sheets.collect(),
            table: None,
            beside: Vec::new(),
            language,
        }
    }

    /// Its tables: that of the sheet, and those beside it.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &TablePortrait> {
        self.table.iter().chain(&self.beside)
    }

    /// Whether every table of it can be a source, and there is one.
    pub fn stands(&self) -> bool {
        self.table.is_some() && self.tables().all(|table| table.draft.stands)
    }

    /// Says why its polygons cannot be boundaries either.
    pub(super) fn is_no_map(&mut self, why: &Message) {
        if let Some(obstacle) = &mut self.obstacle {
            obstacle.message = message::no_boundaries_either(&obstacle.message, why);
        }
    }

    /// The `[[source]]` block alone, or a comment that says why there is none.
    pub fn source_block(&self) -> String {
        if self.table.is_none() {
            return self.why_no_source(&self.path);
        }
        let blocks: Vec<&str> = self.tables().map(|table| table.draft.toml.as_str()).collect();
        blocks.join("\n")
    }

    /// A comment that says why the file, under that name, is no source.
    pub(super) fn why_no_source(&self, name: &str) -> String {
        let why = match (&self.obstacle, &self.table) {
            (Some(obstacle), _) => obstacle.message.clone(),
            (None, Some(table)) => {
                let first = table.draft.notes.first();
                first.map_or_else(message::no_table, |note| note.text.clone())
            }
            (None, None) => message::no_table(),
        };
        format!("# {}\n", one_line(message::no_source(name, &why).text(self.language)))
    }

    /// The same with what is said in its language only, as machines read it.
    pub(super) fn only(mut self) -> Self {
        let language = self.language;
        let settle = |said: &mut Message| *said = said.clone().only(language);
        if let Some(Obstacle { message, hint, .. }) = &mut self.obstacle {
            [message, hint].into_iter().for_each(settle);
        }
        if let Some(WritingPortrait { because, line_ends, .. }) = &mut self.writing {
            [because, line_ends].into_iter().for_each(settle);
        }
        for sheet in &mut self.sheets {
            sheet.obstacle.iter_mut().chain(&mut sheet.holds).for_each(settle);
        }
        for table in self.table.iter_mut().chain(&mut self.beside) {
            table.doubts.iter_mut().for_each(settle);
            for column in &mut table.columns {
                column.problems.iter_mut().for_each(settle);
                column.numbers.iter_mut().for_each(|numbers| settle(&mut numbers.format));
            }
            let failures = table.keys.iter_mut().flat_map(|key| &mut key.failures);
            failures.flat_map(|failure| &mut failure.examples).for_each(settle);
            table.draft.notes.iter_mut().for_each(|note| settle(&mut note.text));
        }
        self
    }
}

impl Obstacle {
    fn of(refusal: &FileRefusal) -> Self {
        let message = match refusal.kind {
            RefusalKind::Closed => it_was_not_opened(&refusal.message),
            _ => refusal.message.clone(),
        };
        Self { kind: kind(refusal.kind), message, hint: refusal.hint.clone() }
    }
}

fn kind(kind: RefusalKind) -> &'static str {
    match kind {
        RefusalKind::Closed => "closed",
        RefusalKind::Foreign => "foreign",
        RefusalKind::TooLarge | RefusalKind::SheetMissing | RefusalKind::Unreadable => "unreadable",
    }
}

/// A text that stays inside one comment.
pub(super) fn one_line(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}
