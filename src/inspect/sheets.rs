//! Which sheet of a workbook is drafted, and what there is to say of the others.
//!
//! A cover hides no table: every sheet is looked at. Of sheets that hold the same kind of table, one for
//! each year or month, the newest by its name is drafted.

use std::collections::BTreeSet;

use super::join::COUNTY_FROM;
use super::portrait::Portrait;
use super::sketch::{EVERY_SHEET, MeasureSketch, MeasureSource, Sketch};
use super::tables::{About, Sketched};
use crate::ingest::{Page, fold};
use crate::language::{Period, month};
use crate::message::inspect as message;
use crate::quality::Message;
use crate::register::{AreaMatch, Matcher, UNIT};
use crate::study::{CountyFrom, Layout};

/// A sheet that was looked at.
pub(super) struct LookedAt {
    pub(super) page: Page,
    pub(super) tables: Vec<Sketched>,
    /// Its name; none of a text file.
    pub(super) name: Option<String>,
    pub(super) hidden: bool,
}

/// A table of fewer units does not count before one of larger areas.
const SOME_UNITS: usize = 10;
/// The most sheets that are named.
const NAMED: usize = 12;

impl LookedAt {
    /// What its table is about, where it can be a source.
    pub(super) fn about(&self) -> Option<&About> {
        self.tables.iter().find_map(|table| table.about.as_ref())
    }

    fn name(&self) -> &str {
        self.name.as_deref().unwrap_or_default()
    }

    /// How fine the areas of its table are.
    fn fineness(&self) -> usize {
        match self.about() {
            None => 0,
            Some(about) if about.level == UNIT && about.areas.len() >= SOME_UNITS => 3,
            Some(about) if about.level == UNIT || about.level == "county" => 2,
            Some(_) => 1,
        }
    }

    /// Whether its table is of the same kind as that of another sheet.
    fn is_like(&self, other: &Self) -> bool {
        match (self.about(), other.about()) {
            (Some(own), Some(others)) => own.level == others.level,
            _ => false,
        }
    }
}

/// The position of the sheet to draft: of the finest areas, among those of about as many the newest, then
/// the first. `None` when there is no sheet.
pub(super) fn choose(sheets: &[LookedAt]) -> Option<usize> {
    let visible = || (0..sheets.len()).filter(|&at| !sheets[at].hidden);
    let finest = visible().map(|at| sheets[at].fineness()).max()?;
    let fine = || visible().filter(|&at| sheets[at].fineness() == finest);
    let areas = |at: usize| sheets[at].about().map_or(0, |about| about.areas.len());
    let most = fine().map(areas).max()?;
    // Where no sheet has a table of areas, the first is as good as any.
    let said = |at: usize| period(sheets[at].name()).filter(|_| finest > 0);
    let newest = |&at: &usize| (said(at), std::cmp::Reverse(at));
    fine().filter(|&at| areas(at) * 2 >= most).max_by_key(newest)
}

/// Says in a portrait which sheets hold tables of areas, and which of them is portrayed.
pub(super) fn describe(portrait: &mut Portrait, sheets: &[LookedAt], chosen: Option<usize>) {
    for (at, looked) in sheets.iter().enumerate() {
        // a text file has no list of sheets
        let Some(sheet) = portrait.sheets.get_mut(looked.page.sheet) else { continue };
        sheet.portrayed = chosen == Some(at);
        sheet.holds = looked.about().map(|about| message::areas(about.areas.len(), &about.level));
    }
}

/// Makes one source of the chosen sheet and the visible ones of its kind, where none of them has an area of
/// another: a sheet for each county. Answers whether it did.
pub(super) fn join_parts(sheets: &mut [LookedAt], chosen: usize) -> bool {
    let is_part = |sheet: &&LookedAt| !sheet.hidden && sheet.is_like(&sheets[chosen]);
    let parts: Vec<&LookedAt> = sheets.iter().filter(is_part).collect();
    let is_single = |part: &&LookedAt| part.tables.len() == 1;
    let areas = || parts.iter().filter_map(|part| part.about()).flat_map(|about| &about.areas);
    let is_disjoint = areas().collect::<BTreeSet<_>>().len() == areas().count();
    if parts.len() < 2 || sheets[chosen].hidden || !parts.iter().all(is_single) || !is_disjoint {
        return false;
    }
    let name = sheets[chosen].name().to_owned();
    let others: Vec<&Sketch> = parts
        .iter()
        .filter(|part| part.name() != name)
        .map(|part| &part.tables[0].sketch)
        .collect();
    let mut own = sheets[chosen].tables[0].sketch.clone();
    if own.layout != Layout::Table || !span(&mut own, &others) {
        return false;
    }
    own.notes.push(message::sheets_are_parts(&list(&parts)));
    sheets[chosen].tables[0].sketch = own;
    true
}

/// Makes a source one of several sheets, of the columns that all of them have, with the marks of all.
/// `false`, and nothing changed, when they are no parts of one table.
fn span(own: &mut Sketch, others: &[&Sketch]) -> bool {
    let needs_county = !own.county_places.is_empty();
    let from =
        [CountyFrom::Sheet, CountyFrom::Title, CountyFrom::Section].into_iter().find(|from| {
            own.county_places.contains(from)
                && others.iter().all(|it| it.county_places.contains(from))
        });
    let is_shared = |measure: &MeasureSketch| {
        let has = |other: &&Sketch| other.measures.iter().any(|one| is_same_column(one, measure));
        others.iter().all(has)
    };
    let are_alike = others.iter().all(|other| is_read_alike(own, other));
    if !are_alike || needs_county != from.is_some() || !own.measures.iter().any(is_shared) {
        return false;
    }
    let (shared, left_out): (Vec<MeasureSketch>, Vec<MeasureSketch>) =
        std::mem::take(&mut own.measures).into_iter().partition(is_shared);
    own.measures = shared;
    own.notes.extend(left_out.iter().map(|measure| message::not_on_every_sheet(&measure.id)));
    if others.iter().any(|other| other.header != own.header) {
        own.header.clear();
    }
    for mark in others.iter().flat_map(|other| &other.missing) {
        match own.missing.iter_mut().find(|known| known.text == mark.text) {
            Some(known) => known.cells += mark.cells,
            None => own.missing.push(mark.clone()),
        }
    }
    own.sheet = Some(EVERY_SHEET.to_owned());
    let place = own.key.iter_mut().find(|(role, _)| role == COUNTY_FROM);
    if let (Some(from), Some((_, place))) = (from, place) {
        from.word().clone_into(place);
    }
    true
}

/// Whether two sources have the same key, wherever the county of its names stands.
fn is_read_alike(own: &Sketch, other: &Sketch) -> bool {
    let columns = |of: &Sketch| -> Vec<(String, String)> {
        of.key.iter().filter(|(role, _)| role != COUNTY_FROM).cloned().collect()
    };
    let has_aside = |of: &Sketch| !of.county_places.is_empty();
    columns(own) == columns(other)
        && own.fill == other.fill
        && own.level == other.level
        && has_aside(own) == has_aside(other)
}

/// Whether two measures are the same column of two sheets.
fn is_same_column(one: &MeasureSketch, other: &MeasureSketch) -> bool {
    match (&one.source, &other.source) {
        (MeasureSource::Column(one), MeasureSource::Column(other)) => fold(one) == fold(other),
        (MeasureSource::Labels(_), _) | (_, MeasureSource::Labels(_)) => false,
    }
}

/// What to say of the sheets that are not drafted and hold tables too, beside the one that is, or beside
/// those that are parts of one table with it.
pub(super) fn notes(
    sheets: &[LookedAt],
    chosen: usize,
    are_parts: bool,
    matcher: &Matcher<'_>,
) -> Vec<Message> {
    let mut notes = Vec::new();
    let own = &sheets[chosen];
    let others = || {
        let others = (0..sheets.len()).filter(|&at| at != chosen).map(|at| &sheets[at]);
        others.filter(|sheet| !(are_parts && !sheet.hidden && sheet.is_like(own)))
    };
    let like: Vec<&LookedAt> =
        others().filter(|sheet| !sheet.hidden && sheet.is_like(own)).collect();
    let is_county = |sheet: &&LookedAt| counties(sheet.name(), matcher) == 1;
    let has_period = |sheet: &&LookedAt| period(sheet.name()).is_some();
    if !like.is_empty() {
        let (named, hold) = (list(&like), message::hold(like.len()));
        let chosen = own.name();
        notes.push(if like.iter().all(is_county) && is_county(&own) {
            message::other_counties(&named, hold, chosen)
        } else if like.iter().all(has_period) && has_period(&own) {
            message::older_periods(&named, hold, chosen)
        } else {
            message::nobody_says_which(&named, hold, chosen)
        });
    }
    let coarser: Vec<&LookedAt> = others()
        .filter(|sheet| !sheet.hidden && sheet.about().is_some() && !sheet.is_like(own))
        .collect();
    if !coarser.is_empty() {
        notes.push(message::other_areas(&list(&coarser)));
    }
    let hidden: Vec<&LookedAt> =
        others().filter(|sheet| sheet.hidden && sheet.about().is_some()).collect();
    match hidden.as_slice() {
        [] => {}
        [_] => notes.push(message::hidden_one(&list(&hidden))),
        _ => notes.push(message::hidden_ones(&list(&hidden))),
    }
    notes
}

/// The names of sheets.
fn list(sheets: &[&LookedAt]) -> Message {
    let names: Vec<String> =
        sheets.iter().take(NAMED).map(|sheet| format!("`{}`", sheet.name())).collect();
    Message::same(names.join(", ")).and_more(sheets.len().saturating_sub(NAMED))
}

/// How many counties the words of a name are.
fn counties(name: &str, matcher: &Matcher<'_>) -> usize {
    let is_county = |text: &str| matches!(matcher.area("county", text), AreaMatch::Area(..));
    if is_county(name) {
        return 1;
    }
    let words = name.split(|letter: char| !letter.is_alphabetic() && letter != '-');
    words.filter(|word| word.chars().count() > 2 && is_county(word)).count()
}

/// The period that the name of a sheet says; of a sheet that is named after a month alone that month.
fn period(name: &str) -> Option<Period> {
    let folded = fold(name);
    let alone = || month(folded.trim()).map(|month| Period { year: 0, month });
    Period::newest_in(&folded).or_else(alone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_sheets_say_their_period() {
        let said = |name: &str| period(name).map(|said| (said.year, said.month));
        assert_eq!(said("2023"), Some((2023, 0)));
        assert_eq!(said("Dec. 2023"), Some((2023, 12)));
        assert_eq!(said("Februarie"), Some((0, 2)));
        assert_eq!(said("Foaia1"), None);
    }
}
