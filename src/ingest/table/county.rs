//! The county of rows that no column names: it stands in a row of its own above them, in a line above
//! the header, or in the name of the sheet or file.

use std::collections::BTreeSet;

use super::header::Header;
use crate::ingest::labels::{fold, trim};
use crate::ingest::rows::{OpenFile, has_number};
use crate::ingest::sheet::Sheet;
use crate::ingest::sheet::grid::{Content, GridRow};
use crate::message::ingest::rows as message;
use crate::quality::Finding;
use crate::register::{AreaMatch, How, RowClass};
use crate::study::{CountyFrom, Key};

/// The county of rows that no column names.
pub(super) struct CountyAbove<'f> {
    pub(super) from: Option<CountyFrom>,
    /// The county of the rows that follow, once it is known.
    pub(super) name: Option<&'f str>,
}

impl<'f> CountyAbove<'f> {
    /// At the beginning of a table.
    pub(super) fn of(file: &OpenFile<'f>, header: &Header) -> Self {
        let from = match file.source.key {
            Some(Key::NameUnder { county_from, .. }) => Some(county_from),
            _ => None,
        };
        let name = from.and_then(|from| stated(file, header, from));
        Self { from, name }
    }

    /// The finding that the place where the county should stand does not name one.
    pub(super) fn refusal(&self, sheet: &Sheet) -> Option<Finding> {
        let found = match (self.name, self.from?) {
            (Some(_), _) | (None, CountyFrom::Section) => return None,
            (None, CountyFrom::Sheet) => message::no_county_in_sheet(sheet.name()),
            (None, CountyFrom::Title) => message::no_county_in_title(),
            (None, CountyFrom::File) => message::no_county_in_file(file_name(sheet)),
        };
        Some(found.at(sheet.place()))
    }

    /// The county that a row names for the rows below it: `Județul: TULCEA`, or its bare name in a
    /// row without numbers.
    pub(super) fn heading(&self, file: &OpenFile<'f>, row: &GridRow<'_>) -> Option<&'f str> {
        if self.from != Some(CountyFrom::Section) {
            return None;
        }
        let mut texts = row.cells().filter_map(|(_, cell)| match cell {
            Content::Text(text) if text.contains(char::is_alphabetic) => Some(trim(text)),
            _ => None,
        });
        let text = texts.next()?;
        let speaks = file.recogniser.matcher.row_class(None, Some(text), None) == RowClass::County;
        let is_bare = texts.next().is_none() && !has_number(row);
        if speaks || is_bare { county(file, text) } else { None }
    }
}

/// Where the county of all rows of a table stands, although a column was named for it: what a source
/// should say instead.
pub(super) fn stated_elsewhere(file: &OpenFile<'_>, header: &Header) -> Option<CountyFrom> {
    let places = [CountyFrom::Sheet, CountyFrom::Title, CountyFrom::File];
    places.into_iter().find(|&from| stated(file, header, from).is_some())
}

/// The county that stands above the rows of a table as a whole.
fn stated<'f>(file: &OpenFile<'f>, header: &Header, from: CountyFrom) -> Option<&'f str> {
    match from {
        CountyFrom::Section => None,
        CountyFrom::Sheet => in_name(file, file.sheet.name()?),
        CountyFrom::File => in_name(file, file_name(file.sheet)),
        CountyFrom::Title => in_title(file, header),
    }
}

/// The name of a file without its folders and its ending.
fn file_name(sheet: &Sheet) -> &str {
    let name = sheet.record.path.rsplit('/').next().unwrap_or_default();
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// The county that a text names without doubt, as the register calls it.
fn county<'f>(file: &OpenFile<'f>, text: &str) -> Option<&'f str> {
    let matcher = file.recogniser.matcher;
    let AreaMatch::Area(area, How::Exact | How::Folded | How::Alias(_)) = matcher.county(text)
    else {
        return None;
    };
    Some(matcher.register().level("county")?.areas[area].as_str())
}

/// The one county in a name: all of it, or one of the words and codes that it is made of.
fn in_name<'f>(file: &OpenFile<'f>, name: &str) -> Option<&'f str> {
    county(file, name).or_else(|| {
        let words = words(name);
        only(&named(file, &words, 2))
    })
}

/// The one county in the lines above the header: the one behind `județul`, else the only one that is
/// named. Codes of two letters count for nothing there: `AR` and `MS` are other words too.
fn in_title<'f>(file: &OpenFile<'f>, header: &Header) -> Option<&'f str> {
    let first = *header.rows.first()?;
    let above = file.sheet.grid.rows_from(0).take_while(|row| row.number() < first);
    let texts: Vec<&str> = above
        .flat_map(|row| row.cells())
        .filter_map(|(_, cell)| match cell {
            Content::Text(text) => Some(text),
            _ => None,
        })
        .collect();
    let lines: Vec<Vec<&str>> = texts.iter().map(|text| words(text)).collect();
    let behind_word = lines.iter().flat_map(|words| {
        let is_word =
            |word: &&str| ["jud", "judet", "judetul", "judetului"].contains(&&*fold(word));
        let behind = words.iter().enumerate().filter(move |(_, word)| is_word(word));
        behind.filter_map(|(at, _)| first_of(file, &words[at + 1..]))
    });
    let behind_word: BTreeSet<&str> = behind_word.collect();
    if behind_word.is_empty() {
        only(&lines.iter().flat_map(|words| named(file, words, 3)).collect())
    } else {
        only(&behind_word)
    }
}

/// The words of a text; a hyphen belongs to its word.
fn words(text: &str) -> Vec<&str> {
    let words = text.split(|letter: char| !letter.is_alphabetic() && letter != '-');
    words.filter(|word| !word.is_empty()).collect()
}

/// The county with which some words begin: one of them, or two (`Satu Mare`).
fn first_of<'f>(file: &OpenFile<'f>, words: &[&str]) -> Option<&'f str> {
    let two = words.get(..2).and_then(|two| county(file, &two.join(" ")));
    two.or_else(|| county(file, words.first()?))
}

/// The counties that stand among words of at least so many letters.
fn named<'f>(file: &OpenFile<'f>, words: &[&str], letters: usize) -> BTreeSet<&'f str> {
    let is_long = |word: &&&str| word.chars().count() >= letters;
    let single = words.iter().filter(is_long).filter_map(|word| county(file, word));
    let pairs = words.windows(2).filter_map(|pair| county(file, &pair.join(" ")));
    single.chain(pairs).collect()
}

/// The only one of a set.
fn only<'f>(found: &BTreeSet<&'f str>) -> Option<&'f str> {
    found.first().copied().filter(|_| found.len() == 1)
}
