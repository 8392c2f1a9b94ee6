//! The county of rows that no column names: it stands in a row of its own above them, in a line above
//! the header, or in the name of the sheet or file.

use std::collections::BTreeSet;

use super::header::Header;
use crate::ingest::labels::{fold, trim};
use crate::ingest::rows::{OpenFile, has_number};
use crate::ingest::sheet::Sheet;
use crate::ingest::sheet::grid::{Content, Grid, GridRow};
use crate::message::ingest::{rows as message, table as table_message};
use crate::quality::Finding;
use crate::register::{AreaMatch, How, Matcher, RowClass};
use crate::study::{CountyFrom, Key};

/// What stands around a table, where the county of its rows may be named.
#[derive(Clone, Copy)]
pub(crate) struct Around<'f> {
    /// What recognises counties.
    pub(crate) matcher: &'f Matcher<'f>,
    /// The cells of its sheet.
    pub(crate) grid: &'f Grid,
    /// The name of its sheet; none in a text file.
    pub(crate) sheet: Option<&'f str>,
    /// The path of its file.
    pub(crate) path: &'f str,
}

impl<'f> Around<'f> {
    fn of(file: &OpenFile<'f>) -> Self {
        let (matcher, sheet) = (file.recogniser.matcher, file.sheet);
        Self { matcher, grid: &sheet.grid, sheet: sheet.name(), path: &sheet.record.path }
    }

    /// The county that a place names for the whole table; `header` is the first row of its header.
    pub(crate) fn stated(&self, from: CountyFrom, header: Option<u32>) -> Option<&'f str> {
        match from {
            CountyFrom::Section => None,
            CountyFrom::Sheet => in_name(self.matcher, self.sheet?),
            CountyFrom::File => in_name(self.matcher, self.file_name()),
            CountyFrom::Title => {
                let lines = self.lines_above(header?);
                let behind_word = self.behind_word(&lines);
                if behind_word.is_empty() {
                    only(&lines.iter().flat_map(|words| named(self.matcher, words, 3)).collect())
                } else {
                    only(&behind_word)
                }
            }
        }
    }

    /// The one county that the lines above the header name behind `județul`, which leaves no doubt.
    fn titled(&self, header: Option<u32>) -> Option<&'f str> {
        only(&self.behind_word(&self.lines_above(header?)))
    }

    /// The name of the file without its folders and its ending.
    fn file_name(&self) -> &'f str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }

    /// The words of the lines above the header.
    fn lines_above(&self, header: u32) -> Vec<Vec<&'f str>> {
        let above = self.grid.rows_from(0).take_while(|row| row.number() < header);
        let texts = above.flat_map(|row| row.cells()).filter_map(|(_, cell)| match cell {
            Content::Text(text) => Some(text),
            _ => None,
        });
        texts.map(words).collect()
    }

    /// The counties behind `județul` in some lines. Codes of two letters count for nothing in the
    /// others: `AR` and `MS` are other words too.
    fn behind_word(&self, lines: &[Vec<&str>]) -> BTreeSet<&'f str> {
        let is_word =
            |word: &&str| ["jud", "judet", "judetul", "judetului"].contains(&&*fold(word));
        let behind = lines.iter().flat_map(|words| {
            let at = words.iter().enumerate().filter(|(_, word)| is_word(word));
            at.filter_map(|(at, _)| first_of(self.matcher, &words[at + 1..]))
        });
        behind.collect()
    }
}

/// The county of rows that no column names.
pub(super) struct CountyAbove<'f> {
    pub(super) from: Option<CountyFrom>,
    /// The county of the rows that follow, once it is known.
    pub(super) name: Option<&'f str>,
    /// The other county that another place names for the same rows.
    other: Option<(CountyFrom, &'f str)>,
}

impl<'f> CountyAbove<'f> {
    /// At the beginning of a table.
    pub(super) fn of(file: &OpenFile<'f>, header: &Header) -> Self {
        let from = match file.source.key {
            Some(Key::NameUnder { county_from, .. }) => Some(county_from),
            _ => None,
        };
        let (around, first) = (Around::of(file), header.rows.first().copied());
        let name = from.and_then(|from| around.stated(from, first));
        let other = from.zip(name).and_then(|(from, name)| other(&around, from, (name, first)));
        Self { from, name, other }
    }

    /// The finding that the place where the county should stand does not name one.
    pub(super) fn refusal(&self, sheet: &Sheet) -> Option<Finding> {
        let found = match (self.name, self.from?) {
            (Some(_), _) | (None, CountyFrom::Section) => return None,
            (None, CountyFrom::Sheet) => message::no_county_in_sheet(sheet.name()),
            (None, CountyFrom::Title) => message::no_county_in_title(),
            (None, CountyFrom::File) => {
                let name = sheet.record.path.rsplit('/').next().unwrap_or_default();
                message::no_county_in_file(name)
            }
        };
        Some(found.at(sheet.place()))
    }

    /// The finding that two places name different counties for the same rows.
    pub(super) fn contradiction(&self, sheet: &Sheet) -> Option<Finding> {
        let (from, name, (other, named)) = (self.from?, self.name?, self.other?);
        let places = [from.word(), other.word()];
        Some(table_message::counties_differ(places, [name, named]).at(sheet.place()))
    }

    /// What a row says of the county of the rows below it.
    pub(super) fn heading(&self, file: &OpenFile<'f>, row: &GridRow<'_>) -> Option<Heading<'f>> {
        let is_section = self.from == Some(CountyFrom::Section);
        is_section.then(|| heading(file.recogniser.matcher, row)).flatten()
    }
}

/// What a row says of the county of the rows below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Heading<'f> {
    /// They are of this one: `Județul: TULCEA`, or its bare name in a row without numbers.
    County(&'f str),
    /// They are of another than those above, and nobody knows of which: the heading of a region, or of a
    /// county that is not spelt as any.
    Unknown,
}

/// What a row says of the county of the rows below it; nothing where it is no heading.
pub(crate) fn heading<'f>(matcher: &'f Matcher<'f>, row: &GridRow<'_>) -> Option<Heading<'f>> {
    let mut texts = row.cells().filter_map(|(_, cell)| match cell {
        Content::Text(text) if text.contains(char::is_alphabetic) => Some(trim(text)),
        _ => None,
    });
    let text = texts.next()?;
    let class = matcher.row_class(None, Some(text), None);
    let is_bare = texts.next().is_none() && !has_number(row);
    let speaks = class == RowClass::County;
    let known = if speaks || is_bare { county(matcher, text) } else { None };
    let is_unknown = (speaks && names_something(text)) || (class == RowClass::Region && is_bare);
    known.map(Heading::County).or(is_unknown.then_some(Heading::Unknown))
}

/// Whether a text says more than that it is the row of a county, or its total.
fn names_something(text: &str) -> bool {
    let said =
        ["total", "totalul", "subtotal", "general", "pe", "la", "din", "care", "jud", "judet"];
    let is_word = |word: &&str| {
        let word = fold(word);
        said.contains(&&*word) || ["judetul", "judetului", "judete", "county"].contains(&&*word)
    };
    words(text).iter().any(|word| !is_word(word))
}

/// Another place that names another county than `name` for the rows of a table: the title where it says
/// `județul`, and the name of the sheet.
fn other<'f>(
    around: &Around<'f>,
    from: CountyFrom,
    (name, first): (&str, Option<u32>),
) -> Option<(CountyFrom, &'f str)> {
    let places = [
        (CountyFrom::Title, around.titled(first)),
        (CountyFrom::Sheet, around.stated(CountyFrom::Sheet, first)),
    ];
    let others = places.into_iter().filter(|(place, _)| *place != from);
    others.filter_map(|(place, other)| Some((place, other?))).find(|(_, other)| *other != name)
}

/// Where the county of all rows of a table stands, although a column was named for it: what a source
/// should say instead.
pub(super) fn stated_elsewhere(file: &OpenFile<'_>, header: &Header) -> Option<CountyFrom> {
    let places = [CountyFrom::Sheet, CountyFrom::Title, CountyFrom::File];
    let (around, first) = (Around::of(file), header.rows.first().copied());
    places.into_iter().find(|&from| around.stated(from, first).is_some())
}

/// The county that a text names without doubt, as the register calls it.
fn county<'f>(matcher: &'f Matcher<'f>, text: &str) -> Option<&'f str> {
    let AreaMatch::Area(area, How::Exact | How::Folded | How::Alias(_)) = matcher.county(text)
    else {
        return None;
    };
    Some(matcher.register().level("county")?.areas[area].as_str())
}

/// The one county in a name: all of it, or one of the words and codes that it is made of.
fn in_name<'f>(matcher: &'f Matcher<'f>, name: &str) -> Option<&'f str> {
    county(matcher, name).or_else(|| only(&named(matcher, &words(name), 2)))
}

/// The words of a text; a hyphen belongs to its word.
fn words(text: &str) -> Vec<&str> {
    let words = text.split(|letter: char| !letter.is_alphabetic() && letter != '-');
    words.filter(|word| !word.is_empty()).collect()
}

/// The county with which some words begin: one of them, or two (`Satu Mare`).
fn first_of<'f>(matcher: &'f Matcher<'f>, words: &[&str]) -> Option<&'f str> {
    let two = words.get(..2).and_then(|two| county(matcher, &two.join(" ")));
    two.or_else(|| county(matcher, words.first()?))
}

/// The counties that stand among words of at least so many letters.
fn named<'f>(matcher: &'f Matcher<'f>, words: &[&str], letters: usize) -> BTreeSet<&'f str> {
    let is_long = |word: &&&str| word.chars().count() >= letters;
    let single = words.iter().filter(is_long).filter_map(|word| county(matcher, word));
    let pairs = words.windows(2).filter_map(|pair| county(matcher, &pair.join(" ")));
    single.chain(pairs).collect()
}

/// The only one of a set.
fn only<'f>(found: &BTreeSet<&'f str>) -> Option<&'f str> {
    found.first().copied().filter(|_| found.len() == 1)
}
