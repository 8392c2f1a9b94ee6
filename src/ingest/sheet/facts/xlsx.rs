//! What the parts of an xlsx workbook say besides the contents of cells: attributes of rows, columns and
//! cells, merged ranges, raised letters of texts.

use std::collections::BTreeMap;
use std::io::Cursor;

use quick_xml::events::BytesStart;
use zip::ZipArchive;

use super::xml::{self, Archive, Failure, Piece, attribute, is_set, number};
use super::{Facts, Rectangle, RichText, found};
use crate::ingest::bytes::limits::Budget;
use crate::quality::Message;

/// The word beside raised letters.
const RAISED: &str = "vertAlign";
/// How the height of a row begins that has none; with the blank before it no margin to the right does.
const NO_HEIGHT: &str = " ht=\"0";
/// Words of which one stands in the part of a sheet that says something.
const WORDS: [&str; 4] = ["mergeCell", "hidden", RAISED, NO_HEIGHT];

/// A workbook of which it is known which parts say something.
pub(in crate::ingest::sheet) struct XlsxFacts<'b> {
    archive: Archive<'b>,
    /// The names of the parts of its sheets, in the order of the workbook.
    sheets: Vec<Option<String>>,
    /// The parts with one of the words, and whether it is that beside raised letters.
    speaking: BTreeMap<String, bool>,
    /// Shared texts with raised letters, by position.
    shared: BTreeMap<u32, RichText>,
}

impl<'b> XlsxFacts<'b> {
    /// Looks through a workbook; `None` where it cannot be told what it says.
    pub(in crate::ingest::sheet) fn of(bytes: &'b [u8]) -> Option<Self> {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut speaking = BTreeMap::new();
        let mut shared = BTreeMap::new();
        for at in 0..archive.len() {
            let part = archive.by_index(at).ok()?;
            let name = part.name().ok()?.into_owned();
            let lower = name.to_ascii_lowercase();
            if lower.contains("sharedstrings") {
                if !found(part, &[RAISED]).ok()?.is_empty() {
                    shared = raised_texts(&mut archive, &name)?;
                }
            } else if lower.contains("sheet") {
                let words = found(part, &WORDS).ok()?;
                if !words.is_empty() {
                    speaking.insert(name, words.contains(&RAISED));
                }
            }
        }
        let sheets = parts_of_sheets(&mut archive)?;
        Some(Self { archive, sheets, speaking, shared })
    }

    /// What a sheet says, by its position; `percent` are the styles that show per cents, sorted.
    ///
    /// # Errors
    /// That it says more than is allowed.
    pub(in crate::ingest::sheet) fn sheet(
        &mut self,
        at: usize,
        percent: &[usize],
        budget: &Budget,
    ) -> Result<Facts, Message> {
        let Some(Some(name)) = self.sheets.get(at) else { return Ok(Facts::untold()) };
        let has_words = self.speaking.get(name);
        let are_cells_silent = percent.is_empty() && self.shared.is_empty();
        if are_cells_silent && has_words.is_none() {
            return Ok(Facts::default());
        }
        let are_cells_silent = are_cells_silent && has_words == Some(&false);
        let Ok(part) = self.archive.by_name(name) else { return Ok(Facts::untold()) };
        let mut sheet = SheetReader {
            percent,
            shared: &self.shared,
            are_cells_silent,
            facts: Facts::default(),
            row: 0,
            column: 0,
            value: Value::None,
            filter: None,
        };
        let read = xml::read(part, |piece| {
            sheet.see(piece);
            sheet.facts.keeps_to(budget)
        });
        match read {
            Ok(()) => Ok(sheet.finish()),
            Err(Failure::Damaged) => Ok(Facts::untold()),
            Err(Failure::Refused(message)) => Err(message),
        }
    }
}

/// The names of the parts of the sheets, in the order of the workbook.
fn parts_of_sheets(archive: &mut Archive<'_>) -> Option<Vec<Option<String>>> {
    let root = relations(archive, "_rels/.rels")?;
    let book = root.into_iter().find(|relation| relation.kind.ends_with("/officeDocument"))?;
    let book = book.target.trim_start_matches('/').to_owned();
    let (folder, file) = book.rsplit_once('/').unwrap_or(("", &book));
    let targets: BTreeMap<String, String> =
        relations(archive, &format!("{folder}/_rels/{file}.rels"))?
            .into_iter()
            .map(|relation| (relation.id, relation.target))
            .collect();
    let mut sheets = Vec::new();
    let name = xml::name_of(archive, &book)?;
    let list = archive.by_name(&name).ok()?;
    xml::read(list, |piece| {
        if let Piece::Begin("sheet", element) = piece {
            sheets.push(relation_of(element).and_then(|id| targets.get(&id).cloned()));
        }
        Ok(())
    })
    .ok()?;
    let part = |target: String| match target.strip_prefix('/') {
        Some(whole) => xml::name_of(archive, whole),
        None => xml::name_of(archive, &format!("{folder}/{target}")),
    };
    Some(sheets.into_iter().map(|target| target.and_then(part)).collect())
}

/// The relation by which an element names a part; the prefix of the attribute is free.
fn relation_of(element: &BytesStart<'_>) -> Option<String> {
    let mut attributes = element.attributes();
    let id = attributes.with_checks(false).filter_map(Result::ok).find(|attribute| {
        attribute.key.prefix().is_some() && attribute.key.local_name().as_ref() == "id"
    })?;
    Some(id.value.into_owned())
}

/// What one part has to do with another.
struct Relation {
    id: String,
    kind: String,
    target: String,
}

fn relations(archive: &mut Archive<'_>, part: &str) -> Option<Vec<Relation>> {
    let name = xml::name_of(archive, part)?;
    let part = archive.by_name(&name).ok()?;
    let mut found = Vec::new();
    xml::read(part, |piece| {
        if let Piece::Begin("Relationship", element) = piece {
            let text = |name| attribute(element, name).unwrap_or_default().into_owned();
            found.push(Relation { id: text("Id"), kind: text("Type"), target: text("Target") });
        }
        Ok(())
    })
    .ok()?;
    Some(found)
}

/// The shared texts with raised letters, by position.
fn raised_texts(archive: &mut Archive<'_>, part: &str) -> Option<BTreeMap<u32, RichText>> {
    let part = archive.by_name(part).ok()?;
    let mut texts = BTreeMap::new();
    let mut position = 0;
    let mut runs = Runs::default();
    xml::read(part, |piece| {
        match piece {
            Piece::Begin("si", _) => runs = Runs::default(),
            Piece::End("si") => {
                let text = std::mem::take(&mut runs).text;
                if text.has_mark() {
                    texts.insert(position, text);
                }
                position += 1;
            }
            piece => runs.see(&piece),
        }
        Ok(())
    })
    .ok()?;
    Some(texts)
}

/// A text in runs of one form each.
#[derive(Default)]
struct Runs {
    text: RichText,
    is_raised: bool,
    is_text: bool,
    is_phonetic: bool,
}

impl Runs {
    fn see(&mut self, piece: &Piece<'_>) {
        match piece {
            Piece::Begin("r", _) => self.is_raised = false,
            Piece::Begin("vertAlign", element) => {
                self.is_raised = attribute(element, "val").as_deref() == Some("superscript");
            }
            Piece::Begin("rPh", _) => self.is_phonetic = true,
            Piece::End("rPh") => self.is_phonetic = false,
            Piece::Begin("t", _) => self.is_text = true,
            Piece::End("t") => self.is_text = false,
            Piece::Text(text) if self.is_text && !self.is_phonetic => {
                self.text.push(text, self.is_raised);
            }
            Piece::Begin(..) | Piece::End(_) | Piece::Text(_) => {}
        }
    }
}

/// What is known of the value of a cell.
enum Value {
    /// Nothing that matters.
    None,
    /// The position of a shared text follows.
    Shared,
    /// A text of its own.
    Own(Runs),
}

/// Reads the part of one sheet.
struct SheetReader<'s> {
    percent: &'s [usize],
    shared: &'s BTreeMap<u32, RichText>,
    /// Whether no cell says anything, so that only rows, columns and ranges are looked at.
    are_cells_silent: bool,
    facts: Facts,
    row: u32,
    column: u32,
    value: Value,
    filter: Option<Rectangle>,
}

impl SheetReader<'_> {
    fn see(&mut self, piece: Piece<'_>) {
        match piece {
            Piece::Begin("row", element) => self.row(element),
            Piece::Begin("c" | "is", _) if self.are_cells_silent => {}
            Piece::Begin("c", element) => self.cell(element),
            Piece::Begin("is", _) => self.value = Value::Own(Runs::default()),
            Piece::End("is") => {
                if let Value::Own(runs) = std::mem::replace(&mut self.value, Value::None) {
                    self.facts.mark(&runs.text, self.column, (self.row, self.row));
                }
            }
            Piece::Text(text) if matches!(self.value, Value::Shared) => {
                let position = text.trim().parse().ok();
                if let Some(text) = position.and_then(|position: u32| self.shared.get(&position)) {
                    self.facts.mark(text, self.column, (self.row, self.row));
                }
            }
            Piece::Begin("col", element) if is_set(element, "hidden") => {
                if let (Some(first), Some(last)) = (number(element, "min"), number(element, "max"))
                {
                    self.facts.hide_column(first, last);
                }
            }
            Piece::Begin("mergeCell", element) => self.facts.merges.extend(range_of(element)),
            Piece::Begin("autoFilter", element) if self.filter.is_none() => {
                self.filter = range_of(element);
            }
            piece => {
                if let Value::Own(runs) = &mut self.value {
                    runs.see(&piece);
                }
            }
        }
    }

    fn row(&mut self, element: &BytesStart<'_>) {
        self.row = number(element, "r").unwrap_or(self.row.saturating_add(1));
        self.column = 0;
        // a row without height is not seen either
        let height = || attribute(element, "ht")?.parse().ok();
        if is_set(element, "hidden") || height().is_some_and(|height: f64| height <= 0.0) {
            self.facts.hide_row(self.row, self.row, false);
        }
    }

    fn cell(&mut self, element: &BytesStart<'_>) {
        self.column = self.column.saturating_add(1);
        self.value = Value::None;
        for attribute in element.attributes().with_checks(false).filter_map(Result::ok) {
            match attribute.key.as_ref() {
                "r" => {
                    let here = (self.row, self.column);
                    (self.row, self.column) = cell(&attribute.value).unwrap_or(here);
                }
                "s" => {
                    let style = attribute.value.parse().ok();
                    if style.is_some_and(|style| self.percent.binary_search(&style).is_ok()) {
                        let at = (self.row, self.column);
                        self.facts.show_percent(Rectangle::between(at, at));
                    }
                }
                "t" if &*attribute.value == "s" && !self.shared.is_empty() => {
                    self.value = Value::Shared;
                }
                _ => {}
            }
        }
    }

    fn finish(self) -> Facts {
        let mut facts = self.facts;
        if let Some(filter) = self.filter {
            facts.filter(filter.top, filter.bottom);
        }
        facts.settled()
    }
}

/// The range that an element names.
fn range_of(element: &BytesStart<'_>) -> Option<Rectangle> {
    let range = attribute(element, "ref")?;
    let (one, other) = range.split_once(':').unwrap_or((&range, &range));
    Some(Rectangle::between(cell(one)?, cell(other)?))
}

/// Row and column of a cell by its name, as `D17`; `$` says nothing of where it is.
fn cell(name: &str) -> Option<(u32, u32)> {
    let mut column = 0_u32;
    let mut row = 0_u32;
    for letter in name.bytes().filter(|&letter| letter != b'$') {
        match letter {
            b'A'..=b'Z' | b'a'..=b'z' if row == 0 => {
                let digit = u32::from(letter.to_ascii_uppercase() - b'A') + 1;
                column = column.checked_mul(26)?.checked_add(digit)?;
            }
            b'0'..=b'9' => row = row.checked_mul(10)?.checked_add(u32::from(letter - b'0'))?,
            _ => return None,
        }
    }
    (row > 0 && column > 0).then_some((row, column))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_found_by_their_names() {
        assert_eq!(cell("D17"), Some((17, 4)));
        assert_eq!(cell("$AA$1"), Some((1, 27)));
        for name in ["", "A", "17", "A1B", "A99999999999", "ZZZZZZZZZ1", "Ț1"] {
            assert_eq!(cell(name), None, "{name}");
        }
    }

    #[test]
    fn a_row_without_height_is_hidden() {
        let shared = BTreeMap::new();
        let mut reader = SheetReader {
            percent: &[],
            shared: &shared,
            are_cells_silent: true,
            facts: Facts::default(),
            row: 0,
            column: 0,
            value: Value::None,
            filter: None,
        };
        for row in
            ["row r=\"1\"", "row r=\"2\" ht=\"0\" customHeight=\"1\"", "row r=\"3\" ht=\"0.75\""]
        {
            reader.see(Piece::Begin("row", &BytesStart::from_content(row, 3)));
        }
        let facts = reader.finish();
        let hidden = [1, 2, 3].map(|row| facts.hidden_row(row).is_some());
        assert_eq!(hidden, [false, true, false]);
    }
}
