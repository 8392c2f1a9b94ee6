//! The first place at which two files of the same name differ.

use std::io::{Cursor, Read as _};

use polars::prelude::DataFrame;
use polars_io::SerReader as _;
use polars_io::prelude::ParquetReader;
use serde::Serialize;
use zip::ZipArchive;

use crate::language::{Language, Words};
use crate::message::archive as message;
use crate::quality::{Message, printable};
use crate::report::{NoPicture, difference};

/// A file that is not what a new run gives.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Difference {
    /// Its path in the payload.
    pub file: String,
    /// The first place that differs.
    #[serde(flatten)]
    pub trouble: Trouble,
    /// The step that made what stands there.
    pub step: Message,
}

/// How a file differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "how", rename_all = "kebab-case")]
pub enum Trouble {
    /// A place holds something else.
    Cell {
        /// Row and column, cell, line or key.
        place: Message,
        /// What the archive has there.
        archived: Message,
        /// What the new run has.
        now: Message,
        /// The code that begins the row, for a cell of a table.
        #[serde(skip)]
        code: Option<String>,
    },
    /// The archive has it, a new run does not make it.
    NotMade,
    /// A new run makes it, the archive does not have it.
    NotArchived,
}

impl Difference {
    /// What differs, in a sentence.
    pub fn message(&self) -> Message {
        let file = &self.file;
        match &self.trouble {
            Trouble::Cell { place, archived, now, .. } => {
                message::differs(file, &shown(place), &shown(archived), &shown(now), &self.step)
            }
            Trouble::NotMade => message::not_made(file),
            Trouble::NotArchived => message::not_archived(file),
        }
    }

    /// The same in one language only.
    pub(super) fn only(mut self, language: Language) -> Self {
        self.step = self.step.only(language);
        if let Trouble::Cell { place, archived, now, .. } = &mut self.trouble {
            for said in [place, archived, now] {
                *said = said.clone().only(language);
            }
        }
        self
    }
}

/// A text without what steers a terminal.
fn shown(text: &Message) -> Message {
    Message { en: printable(&text.en), ro: printable(&text.ro) }
}

/// The longest text of a cell that is shown.
const SHOWN: usize = 200;

/// The first place at which the bytes of a file differ; `None` when what they hold is the same.
/// Parquet files, pictures and workbooks are compared by what they hold, since the libraries that
/// write them do not promise bytes.
pub(super) fn first(path: &str, archived: &[u8], now: &[u8]) -> Option<Trouble> {
    if archived == now {
        return None;
    }
    match path.rsplit_once('.').map(|(_, end)| end) {
        Some("csv") => Some(table(archived, now)),
        Some("parquet") => parquet(archived, now),
        Some("png") => picture(archived, now),
        Some("xlsx") => workbook(archived, now),
        Some("json") => Some(json(archived, now)),
        _ => Some(lines(archived, now)),
    }
}

fn cell(
    place: impl Into<Message>,
    archived: impl Into<Message>,
    now: impl Into<Message>,
) -> Trouble {
    Trouble::Cell { place: place.into(), archived: archived.into(), now: now.into(), code: None }
}

/// A text of a file, not longer than is shown.
fn written(text: &str) -> Message {
    let short: String = text.chars().take(SHOWN).collect();
    Message::same(if short.len() < text.len() { format!("{short}…") } else { short })
}

/// A text of a file, or what stands for it where there is none.
fn or_none(text: Option<&str>, none: Words) -> Message {
    text.map_or_else(|| none.into(), written)
}

impl Trouble {
    /// The same in the row of a table that begins with that code.
    fn in_row(self, of: &str) -> Self {
        match self {
            Self::Cell { place, archived, now, .. } => {
                Self::Cell { place, archived, now, code: Some(of.to_owned()) }
            }
            Self::NotMade | Self::NotArchived => self,
        }
    }
}

/// The unit of the row and the column, for the first cell that differs.
fn table(archived: &[u8], now: &[u8]) -> Trouble {
    let read = |bytes: &[u8]| -> Option<Vec<csv::StringRecord>> {
        let mut reader =
            csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
        reader.records().collect::<Result<_, _>>().ok()
    };
    let (Some(old), Some(new)) = (read(archived), read(now)) else {
        return lines(archived, now);
    };
    let names = new.first().cloned().unwrap_or_default();
    for (row, (a, b)) in old.iter().zip(&new).enumerate() {
        for at in 0..a.len().max(b.len()) {
            if a.get(at) != b.get(at) {
                let [one, two] = [a, b].map(|row| or_none(row.get(at), message::NO_CELL));
                let key = b.get(0).unwrap_or_default();
                let column = names.get(at).unwrap_or_default();
                return match row {
                    0 => cell(message::header_column(at + 1), one, two),
                    row => {
                        let place = message::row_and_column(row + 1, key, column);
                        cell(place, one, two).in_row(key)
                    }
                };
            }
        }
    }
    if old.len() == new.len() {
        return lines(archived, now);
    }
    cell(message::ROWS, written(&old.len().to_string()), written(&new.len().to_string()))
}

/// A Parquet file as a frame; `None` when it is damaged.
pub(super) fn frame(bytes: &[u8]) -> Option<DataFrame> {
    ParquetReader::new(Cursor::new(bytes.to_vec())).finish().ok()
}

fn parquet(archived: &[u8], now: &[u8]) -> Option<Trouble> {
    let (Some(old), Some(new)) = (frame(archived), frame(now)) else {
        return Some(cell(message::WHOLE_FILE, message::NO_PARQUET, message::SOUND));
    };
    if old.equals_missing(&new) && old.get_column_names() == new.get_column_names() {
        return None;
    }
    if old.shape() != new.shape() || old.get_column_names() != new.get_column_names() {
        let of = |frame: &DataFrame| {
            written(&format!("{:?}, {:?}", frame.shape(), frame.get_column_names()))
        };
        return Some(cell(message::SHAPE, of(&old), of(&new)));
    }
    for row in 0..new.height() {
        for (a, b) in old.columns().iter().zip(new.columns()) {
            let (one, two) = (a.get(row).ok()?, b.get(row).ok()?);
            if one != two && !(one.is_null() && two.is_null()) {
                let place = message::row_of_column(row + 1, b.name());
                return Some(cell(place, written(&one.to_string()), written(&two.to_string())));
            }
        }
    }
    Some(cell(message::TYPES, message::OTHERS, message::OURS))
}

fn picture(archived: &[u8], now: &[u8]) -> Option<Trouble> {
    match difference(archived, now) {
        Ok(found) => found.map(|(place, [old, new])| cell(place, written(&old), written(&new))),
        Err(NoPicture) => Some(cell(message::WHOLE_FILE, message::NO_PICTURE, message::SOUND)),
    }
}

/// The parts of a workbook by name; `None` when it is damaged or too large.
fn parts(bytes: &[u8]) -> Option<std::collections::BTreeMap<String, Vec<u8>>> {
    const MOST: u64 = 512 << 20;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut parts = std::collections::BTreeMap::new();
    let mut left = MOST;
    for at in 0..archive.len() {
        let part = archive.by_index(at).ok()?;
        let name = part.name().ok()?.into_owned();
        let mut content = Vec::new();
        part.take(left).read_to_end(&mut content).ok()?;
        left = left.checked_sub(content.len() as u64).filter(|left| *left > 0)?;
        parts.insert(name, content);
    }
    Some(parts)
}

fn workbook(archived: &[u8], now: &[u8]) -> Option<Trouble> {
    let (Some(old), Some(new)) = (parts(archived), parts(now)) else {
        return Some(cell(message::WHOLE_FILE, message::NO_WORKBOOK, message::SOUND));
    };
    let names: std::collections::BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    for name in names {
        match (old.get(name), new.get(name)) {
            (Some(one), Some(two)) if one == two => {}
            (Some(one), Some(two)) if name.ends_with(".png") => {
                if let Some(Trouble::Cell { place, archived, now, code }) = picture(one, two) {
                    let place = message::in_part(name, &place);
                    return Some(Trouble::Cell { place, archived, now, code });
                }
            }
            (Some(one), Some(two)) => {
                let text = String::from_utf8_lossy;
                return Some(in_part(name, &text(one), &text(two)));
            }
            (one, _) => {
                let has = |there: bool| if there { message::PRESENT } else { message::ABSENT };
                return Some(cell(written(name), has(one.is_some()), has(one.is_none())));
            }
        }
    }
    None
}

/// The cell of a sheet, or the place in another part, at which two texts differ.
fn in_part(name: &str, one: &str, two: &str) -> Trouble {
    let same = one.bytes().zip(two.bytes()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| -> String {
        let mut at = same.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let start = text[..at].rfind("<c r=").or_else(|| text[..at].rfind('<')).unwrap_or(0);
        let end = text[at..].find("</c>").or_else(|| text[at..].find('>'));
        text[start..end.map_or(text.len(), |end| at + end)].to_owned()
    };
    let (old, new) = (around(one), around(two));
    let named = new.strip_prefix("<c r=\"").and_then(|rest| rest.split('"').next());
    let place = named.map_or_else(|| name.to_owned(), |cell| format!("{name} › {cell}"));
    cell(Message::same(place), written(&old), written(&new))
}

fn json(archived: &[u8], now: &[u8]) -> Trouble {
    let read = |bytes: &[u8]| serde_json::from_slice::<serde_json::Value>(bytes).ok();
    match (read(archived), read(now)) {
        (Some(old), Some(new)) => value("", &old, &new).unwrap_or_else(|| lines(archived, now)),
        _ => lines(archived, now),
    }
}

fn value(place: &str, old: &serde_json::Value, new: &serde_json::Value) -> Option<Trouble> {
    use serde_json::Value::{Array, Object};
    match (old, new) {
        (Object(one), Object(two)) => {
            let keys: std::collections::BTreeSet<&String> = one.keys().chain(two.keys()).collect();
            let null = serde_json::Value::Null;
            keys.into_iter().find_map(|key| {
                let place = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
                value(&place, one.get(key).unwrap_or(&null), two.get(key).unwrap_or(&null))
            })
        }
        (Array(one), Array(two)) if one.len() == two.len() => one
            .iter()
            .zip(two)
            .enumerate()
            .find_map(|(at, (a, b))| value(&format!("{place}[{at}]"), a, b)),
        (a, b) if a == b => None,
        (a, b) => {
            Some(cell(Message::same(place), written(&a.to_string()), written(&b.to_string())))
        }
    }
}

fn lines(archived: &[u8], now: &[u8]) -> Trouble {
    let (old, new) = (String::from_utf8_lossy(archived), String::from_utf8_lossy(now));
    let (mut one, mut two) = (old.split('\n'), new.split('\n'));
    let mut number = 0;
    loop {
        number += 1;
        match (one.next(), two.next()) {
            (Some(a), Some(b)) if a == b => {}
            (None, None) => return cell(message::BYTES, message::OTHERS, message::OURS),
            (a, b) => {
                let [one, two] = [a, b].map(|line| or_none(line, message::NO_LINE));
                return cell(message::line(number), one, two);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_cell_that_differs_is_named_by_its_row_and_column() {
        let trouble = first("a.csv", b"code,irc\n10,1\n20,2\n", b"code,irc\n10,1\n20,3\n").unwrap();
        let place = message::row_and_column(3, "20", "irc");
        assert_eq!(trouble, cell(place, written("2"), written("3")).in_row("20"));
        let order = first("a.csv", b"irc,code\n", b"code,irc\n").unwrap();
        assert_eq!(order, cell(message::header_column(1), written("irc"), written("code")));
        assert_eq!(first("a.csv", b"x\n", b"x\n"), None);
    }

    #[test]
    fn a_key_of_json_and_a_line_of_text_are_named() {
        let trouble = first("a.json", br#"{"a":[1,2]}"#, br#"{"a":[1,3]}"#).unwrap();
        assert_eq!(trouble, cell(written("a[1]"), written("2"), written("3")));
        let line = first("a.txt", b"x\ny", b"x\nz").unwrap();
        assert_eq!(line, cell(message::line(2), written("y"), written("z")));
    }
}
