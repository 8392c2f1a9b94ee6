//! Which sheet of a workbook is drafted, and what there is to say of the others.
//!
//! A cover hides no table: every sheet is looked at. Of sheets that hold the same kind of table, one for
//! each year or month, the newest by its name is drafted.

use super::portrait::{Portrait, level_words};
use super::tables::{About, Sketched};
use crate::ingest::{Page, fold};
use crate::language::thousands;
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
    let said = |at: usize| if finest > 0 { period(sheets[at].name()) } else { (0, 0) };
    let newest = |&at: &usize| (said(at), std::cmp::Reverse(at));
    fine().filter(|&at| areas(at) * 2 >= most).max_by_key(newest)
}

/// Says in a portrait which sheets hold tables of areas, and which of them is portrayed.
pub(super) fn describe(portrait: &mut Portrait, sheets: &[LookedAt], chosen: Option<usize>) {
    for (at, looked) in sheets.iter().enumerate() {
        // a text file has no list of sheets
        let Some(sheet) = portrait.sheets.get_mut(looked.page.sheet) else { continue };
        sheet.portrayed = chosen == Some(at);
        sheet.holds = looked.about().map(|about| {
            format!("{} {}", thousands(about.areas), level_words(&about.level, about.areas))
        });
    }
}

/// What to say of the sheets that are not drafted and hold tables too, beside the one that is.
pub(super) fn notes(sheets: &[LookedAt], chosen: usize, matcher: &Matcher<'_>) -> Vec<String> {
    let mut notes = Vec::new();
    let own = &sheets[chosen];
    let others = || (0..sheets.len()).filter(|&at| at != chosen).map(|at| &sheets[at]);
    let like: Vec<&LookedAt> =
        others().filter(|sheet| !sheet.hidden && sheet.is_like(own)).collect();
    let is_county = |sheet: &&LookedAt| counties(sheet.name(), matcher) == 1;
    let has_period = |sheet: &&LookedAt| period(sheet.name()) > (0, 0);
    if !like.is_empty() {
        let (named, is_are) = (list(&like), if like.len() == 1 { "holds" } else { "hold" });
        let chosen = own.name();
        notes.push(if like.iter().all(is_county) && is_county(&own) {
            format!(
                "{named} {is_are} the tables of other counties: this source reads `{chosen}` alone, \
                 and each of the others needs a source of its own"
            )
        } else if like.iter().all(has_period) && has_period(&own) {
            format!(
                "{named} {is_are} such a table of an older period: `{chosen}` is the newest by its \
                 name, `sheet` takes another"
            )
        } else {
            format!(
                "{named} {is_are} such a table too, and nothing says which is meant: `{chosen}` is the \
                 first, `sheet` takes another"
            )
        });
    }
    let coarser: Vec<&LookedAt> = others()
        .filter(|sheet| !sheet.hidden && sheet.about().is_some() && !sheet.is_like(own))
        .collect();
    if !coarser.is_empty() {
        notes.push(format!("there are tables of other areas in {}", list(&coarser)));
    }
    let hidden: Vec<&LookedAt> =
        others().filter(|sheet| sheet.hidden && sheet.about().is_some()).collect();
    if !hidden.is_empty() {
        notes.push(format!(
            "{} a table too and the workbook hides it: it is read only when `sheet` names it",
            match hidden.as_slice() {
                [_] => format!("{} holds", list(&hidden)),
                _ => format!("each of {} holds", list(&hidden)),
            }
        ));
    }
    notes
}

/// The names of sheets.
fn list(sheets: &[&LookedAt]) -> String {
    let names: Vec<String> =
        sheets.iter().take(NAMED).map(|sheet| format!("`{}`", sheet.name())).collect();
    match sheets.len().saturating_sub(NAMED) {
        0 => names.join(", "),
        more => format!("{} and {more} more", names.join(", ")),
    }
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

/// The beginnings of the names of months.
const MONTHS: [&str; 12] =
    ["ian", "feb", "mar", "apr", "mai", "iun", "iul", "aug", "sep", "oct", "noi", "dec"];

/// The latest year that a name says, with the month beside it where it says one; zeros where it says
/// none.
pub(super) fn period(name: &str) -> (u32, u32) {
    let folded = fold(name);
    let words = || folded.split(|letter: char| !letter.is_alphanumeric());
    let number = |word: &str| {
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        digits.parse::<u32>().ok()
    };
    let year = words().filter_map(number).filter(|year| (1900..2100).contains(year)).max();
    let named = words().find_map(|word| {
        let at = MONTHS.iter().position(|month| word.starts_with(month))?;
        u32::try_from(at + 1).ok()
    });
    // a bare number is a month only beside a year: `03.2024`
    let bare = || words().filter_map(number).find(|number| (1..=12).contains(number));
    let month = named.or_else(|| year.and_then(|_| bare()));
    (year.unwrap_or(0), month.unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_sheets_say_their_period() {
        for (name, expected) in [
            ("2023", (2023, 0)),
            ("Anul 2021-2022", (2022, 0)),
            ("03.2024", (2024, 3)),
            ("dec. 2023", (2023, 12)),
            ("Februarie", (0, 2)),
            ("Foaia1", (0, 0)),
            ("Sheet 12", (0, 0)),
        ] {
            assert_eq!(period(name), expected, "{name}");
        }
    }
}
