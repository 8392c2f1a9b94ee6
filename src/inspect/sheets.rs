//! Which sheet of a workbook is drafted, and what there is to say of the others.
//!
//! A cover hides no table: every sheet is looked at. Of sheets that hold the same kind of table, one for
//! each year or month, the newest by its name is drafted.

use super::portrait::Portrait;
use super::tables::{About, Sketched};
use crate::ingest::{Page, fold};
use crate::language::{Period, month};
use crate::message::inspect as message;
use crate::quality::Message;
use crate::register::{AreaMatch, Matcher, UNIT};

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
            Some(about) if about.level == UNIT && about.areas >= SOME_UNITS => 3,
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
    let areas = |at: usize| sheets[at].about().map_or(0, |about| about.areas);
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
        sheet.holds = looked.about().map(|about| message::areas(about.areas, &about.level));
    }
}

/// What to say of the sheets that are not drafted and hold tables too, beside the one that is.
pub(super) fn notes(sheets: &[LookedAt], chosen: usize, matcher: &Matcher<'_>) -> Vec<Message> {
    let mut notes = Vec::new();
    let own = &sheets[chosen];
    let others = || (0..sheets.len()).filter(|&at| at != chosen).map(|at| &sheets[at]);
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
