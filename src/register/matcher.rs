//! Recognises units and areas by the codes and names that files really write.

use std::collections::BTreeMap;

use super::aliases::Meaning;
use super::labels::Labels;
use super::matches::{AreaMatch, CodeMatch, How, NameMatch, is_place};
use super::names::{Found, Names, Scope};
use super::{Alias, Aliases, Gazetteer, Register, UNIT};
use crate::spelling::Folded;

/// Recognises units and areas of one register.
///
/// All indexes are made once, in milliseconds; each question after that is a search in a tree.
#[derive(Debug)]
pub struct Matcher<'a> {
    register: &'a Register,
    gazetteer: &'a Gazetteer,
    codes: Codes<'a>,
    labels: Labels<'a>,
    names: Names<'a>,
    counted: Option<&'a Register>,
}

impl<'a> Matcher<'a> {
    /// Prepares the folded names of a register.
    pub fn new(register: &'a Register, gazetteer: &'a Gazetteer, aliases: &'a Aliases) -> Self {
        Self {
            register,
            gazetteer,
            codes: Codes::new(register, gazetteer, aliases),
            labels: Labels::new(register, gazetteer, aliases),
            names: Names::new(register, gazetteer, aliases),
            counted: None,
        }
    }

    /// The same matcher for a study that counts only some units of its register: the others are
    /// recognised, and nobody misses them where they are absent.
    #[must_use]
    pub(crate) fn counting(mut self, counted: &'a Register) -> Self {
        self.counted = Some(counted);
        self
    }

    /// Whether an area of a level (`uat`: a unit), by position in the whole register, has units
    /// that are counted.
    pub(crate) fn counts(&self, level: &str, area: usize) -> bool {
        let Some(counted) = self.counted else { return true };
        let areas = |register: &'a Register| register.level(level);
        areas(self.register)
            .and_then(|known| known.areas.get(area))
            .is_some_and(|name| areas(counted).is_some_and(|some| some.position(name).is_some()))
    }

    /// The register it matches against.
    pub(crate) fn register(&self) -> &'a Register {
        self.register
    }

    /// What is known below and above the units.
    pub(crate) fn gazetteer(&self) -> &'a Gazetteer {
        self.gazetteer
    }

    /// What a code as written is (`1017`, `1017.0`, `1017,00`, ` 01017 `).
    pub fn code(&self, text: &str) -> CodeMatch {
        self.codes.find(text, &self.labels)
    }

    /// Splits `40198 MUNICIPIUL BRASOV` into code and name at the first space, when what stands
    /// before it is a code (never for `23 AUGUST`).
    ///
    /// A code is what the register or its gazetteer has, or else a number of four digits or more,
    /// so that a mistyped code is reported as such. A county's code counts before the name of a county.
    pub fn split_glued<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        let text = text.trim();
        let (code, name) = text.split_once(char::is_whitespace)?;
        let name = name.trim_start();
        let whole = || self.names.is_known(&Folded::of(text));
        let is_code = match self.code(code) {
            CodeMatch::Unit(..) | CodeMatch::Locality { .. } => !whole(),
            CodeMatch::Area { level, .. } => {
                code.bytes().all(|byte| byte.is_ascii_digit())
                    && self.labels.find(&level, &Folded::of(name)).is_some()
            }
            CodeMatch::Unknown { .. } => {
                number(code).is_some_and(|digits| digits.len() >= 4) && !whole()
            }
        };
        is_code.then_some((code, name))
    }

    /// The unit of that name, inside the county with that label when one is given (in a register
    /// without a column `county`: inside the area of any column).
    ///
    /// Without a county only a name that no other unit and no area shares is accepted, and no near
    /// one. With a county that nobody knows, none is.
    pub fn name(&self, name: &str, county: Option<&str>) -> NameMatch {
        match self.found(name, county) {
            Found::Unit(unit, how) => NameMatch::Unit(unit, how),
            Found::Ambiguous(units) => NameMatch::Ambiguous(units),
            Found::Nothing => NameMatch::Unknown(self.names.alike(name, self.scope(county))),
        }
    }

    /// As [`Self::name`], without looking for suggestions.
    pub(super) fn found(&self, name: &str, county: Option<&str>) -> Found {
        let county = county.filter(|label| !label.trim().is_empty());
        let found = self.names.find(name, self.scope(county), |tail| {
            let area = county.and_then(|label| self.labels.find_in(&Folded::of(label), is_place));
            area.is_some() && area == self.labels.find_in(tail, is_place)
        });
        match found {
            // `ALBA` in the county of Alba is no misspelling of Albac.
            Found::Unit(_, How::Near) if self.is_area(name) => Found::Nothing,
            Found::Unit(unit, How::Exact | How::Folded)
                if county.is_none() && self.is_area(name) =>
            {
                Found::Ambiguous(vec![unit])
            }
            found => found,
        }
    }

    /// Whether a text is the name of some unit (folded), wherever it lies.
    pub(crate) fn is_unit_name(&self, text: &str) -> bool {
        matches!(
            self.found(text, None),
            Found::Unit(_, How::Exact | How::Folded) | Found::Ambiguous(_)
        )
    }

    /// Whether a name as written can be the name of that unit (folded, through aliases).
    pub fn is_name_of(&self, name: &str, unit: usize) -> bool {
        self.names.is_name_of(name, unit)
    }

    /// The area of `level` (county, region, any register column) with that label. For the level
    /// `uat` the label is a code.
    pub fn area(&self, level: &str, label: &str) -> AreaMatch {
        if level == UNIT
            && let CodeMatch::Unit(unit, how) = self.code(label)
        {
            return AreaMatch::Area(unit, how);
        }
        self.labels.matched(level, label)
    }

    /// The larger area of which `label` names the total, when figures of the areas of `level` are
    /// read: its level and its position there. `None` for labels of no known area, also for
    /// territories that are totals of nothing the register knows (`Mun. Bucuresti -incl. SAI`).
    pub fn total_of(&self, level: &str, label: &str) -> Option<(String, usize)> {
        let (level, area) = self.labels.total_of(level, &Folded::of(label))?;
        Some((level.to_owned(), area))
    }

    pub(super) fn labels(&self) -> &Labels<'a> {
        &self.labels
    }

    pub(super) fn is_locality(&self, name: &str, county: Option<&str>) -> bool {
        self.names.is_locality(name, self.scope(county))
    }

    fn is_area(&self, name: &str) -> bool {
        self.labels.find_in(&Folded::of(name), is_place).is_some()
    }

    fn scope(&self, county: Option<&str>) -> Scope<'a> {
        let Some(label) = county.map(Folded::of).filter(|label| !label.is_empty()) else {
            return Scope::Everywhere;
        };
        let found = match self.register.level("county") {
            Some(_) => self.labels.find("county", &label).map(|(area, _)| ("county", area)),
            None => self.labels.find_in(&label, is_place),
        };
        found
            .and_then(|(level, area)| Some(Scope::Inside(self.register.level(level)?, area)))
            .unwrap_or(Scope::Nowhere)
    }
}

/// The codes of a register and of what lies below it.
#[derive(Debug)]
struct Codes<'a> {
    register: &'a Register,
    gazetteer: &'a Gazetteer,
    /// Units by their code without leading zeros; none where two codes differ by them only.
    by_number: BTreeMap<&'a str, Option<usize>>,
    aliases: BTreeMap<&'a str, (CodeMatch, &'a Alias)>,
}

impl<'a> Codes<'a> {
    fn new(register: &'a Register, gazetteer: &'a Gazetteer, aliases: &'a Aliases) -> Self {
        let mut by_number = BTreeMap::new();
        for (unit, code) in register.codes().iter().enumerate() {
            if code.bytes().all(|byte| byte.is_ascii_digit()) {
                let number = code.trim_start_matches('0');
                by_number.entry(number).and_modify(|known| *known = None).or_insert(Some(unit));
            }
        }
        Self { register, gazetteer, by_number, aliases: index(register, aliases) }
    }

    /// What a code as written is.
    fn find(&self, text: &str, labels: &Labels) -> CodeMatch {
        let text = text.trim().trim_start_matches('\'').trim_start();
        if let Some(unit) = self.register.position(text) {
            return CodeMatch::Unit(unit, How::Exact);
        }
        if let Some(known) = self.alias(text) {
            return known;
        }
        let number = number(text);
        if let Some(known) = number.and_then(|number| self.numbered(number)) {
            return known;
        }
        if let Some((level, area)) = labels.of_code(number.unwrap_or(text)) {
            return CodeMatch::Area { level: level.to_owned(), area };
        }
        if let Some(known) = bare(text).and_then(|number| self.numbered(&number)) {
            return known;
        }
        let is_siruta = self.register.id().starts_with(SIRUTA);
        let is_mistyped = is_siruta && number.is_some_and(|number| !control_digit_fits(number));
        CodeMatch::Unknown { is_mistyped }
    }

    /// The unit or locality of a number without noughts in front.
    fn numbered(&self, number: &str) -> Option<CodeMatch> {
        if let Some(Some(unit)) = self.by_number.get(number) {
            return Some(CodeMatch::Unit(*unit, How::Folded));
        }
        if let Some(known) = self.alias(number) {
            return Some(known);
        }
        let place = self.gazetteer.localities().get(number)?;
        let parent = self.register.position(&place.unit)?;
        Some(CodeMatch::Locality { name: place.name.clone(), parent })
    }

    /// What an alias says of a code.
    fn alias(&self, code: &str) -> Option<CodeMatch> {
        let (known, alias) = self.aliases.get(code)?;
        alias.used.mark();
        Some(known.clone())
    }
}

/// The digits of a code that a spreadsheet made a number of: `1017.0`, `1017,00`, `01017`. Three
/// noughts behind a mark are thousands, not decimals.
pub(super) fn number(text: &str) -> Option<&str> {
    let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let plain = decimals.bytes().all(|byte| byte == b'0') && decimals.len() != 3;
    let number = whole.trim_start_matches('0');
    (!number.is_empty() && digits(number) && plain).then_some(number)
}

/// Registers whose codes are those of SIRUTA, which end in a control digit.
const SIRUTA: &str = "ro-uat";

/// The digits of a code with words in front of them, blanks between thousands or a mark behind them:
/// `RO160047`, `SIRUTA 160127`, `160 092`, `160261-`. Points and commas are none of these: what they
/// part may have been cut.
fn bare(text: &str) -> Option<String> {
    let (before, digits) = text.split_at(text.find(|letter: char| letter.is_ascii_digit())?);
    let words: Vec<String> = before
        .split(|letter: char| !letter.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    let is_known = |word: &String| ["ro", "siruta", "cod", "uat"].contains(&word.as_str());
    if before.is_empty() == words.is_empty() && words.iter().all(is_known) {
        let digits =
            digits.trim_end_matches(|mark: char| "-–*".contains(mark) || mark.is_whitespace());
        let groups: Vec<&str> = digits.split(char::is_whitespace).collect();
        let (first, others) = groups.split_first()?;
        let is_grouped = (1..=3).contains(&first.len()) && others.iter().all(|it| it.len() == 3);
        let number = groups.concat();
        let is_sound = number.len() >= 4 && number.bytes().all(|byte| byte.is_ascii_digit());
        return (is_sound && (others.is_empty() || is_grouped))
            .then(|| number.trim_start_matches('0').to_owned());
    }
    None
}

fn index<'a>(
    register: &Register,
    aliases: &'a Aliases,
) -> BTreeMap<&'a str, (CodeMatch, &'a Alias)> {
    let mut index = BTreeMap::new();
    for alias in aliases.list().iter().filter(|alias| is_code(&alias.seen)) {
        let found = match &alias.meaning {
            Meaning::Unit(code) => register
                .position(code)
                .map(|unit| CodeMatch::Unit(unit, How::Alias(alias.reason.clone()))),
            Meaning::Locality(code) => register
                .position(code)
                .map(|parent| CodeMatch::Locality { name: place_name(alias, aliases), parent }),
            Meaning::Area { level, area } => register
                .level(level)
                .and_then(|known| known.position(area))
                .map(|area| CodeMatch::Area { level: level.clone(), area }),
            Meaning::Total => None,
        };
        if let Some(found) = found {
            index.entry(alias.seen.as_str()).or_insert((found, alias));
        }
    }
    index
}

/// An alias is of a code when it holds a digit and no space; names are found by name.
fn is_code(seen: &str) -> bool {
    seen.chars().any(|letter| letter.is_ascii_digit()) && !seen.contains(char::is_whitespace)
}

/// The name of a place that has an alias for its code and one for its name, with one reason.
fn place_name(code: &Alias, aliases: &Aliases) -> String {
    let named = aliases.list().iter().find(|other| {
        other.meaning == code.meaning && other.reason == code.reason && !is_code(&other.seen)
    });
    named.map_or_else(|| code.seen.clone(), |other| other.seen.clone())
}

/// Weights of the digits before the last, from the right.
const WEIGHTS: [u32; 5] = [1, 2, 3, 5, 7];

/// Whether the last digit of a SIRUTA code fits the others. It only words a message: whether a code is
/// known is decided by the register.
///
/// Each digit before the last is multiplied by its weight (1, 2, 3, 5, 7 from the right), the
/// digits of the products are added, and the last digit is (1 − sum) mod 10. 77 codes of the
/// register were computed from the wrong end, with 7, 5, 3, 2, 1 from the left, so that reading is
/// accepted too; with both, all 16,978 codes of the register fit (measured), and 15 % of arbitrary
/// numbers do.
pub(super) fn control_digit_fits(code: &str) -> bool {
    let Some(digits) = code.chars().map(|digit| digit.to_digit(10)).collect::<Option<Vec<_>>>()
    else {
        return false;
    };
    let Some((&last, body)) = digits.split_last() else { return false };
    if body.is_empty() || body.len() > WEIGHTS.len() {
        return false;
    }
    let from_right = body.iter().rev().zip(WEIGHTS);
    let from_left = body.iter().zip(WEIGHTS.into_iter().rev());
    last == control(from_right) || last == control(from_left)
}

fn control<'d>(weighted: impl Iterator<Item = (&'d u32, u32)>) -> u32 {
    let sum: u32 = weighted.map(|(digit, weight)| digit * weight).map(|p| p / 10 + p % 10).sum();
    (11 - sum % 10) % 10
}

/// Whether the last digit fits by the published rule alone, weights from the right.
#[cfg(test)]
pub(super) fn control_digit_fits_from_right(code: &str) -> bool {
    let digits: Vec<u32> = code.chars().filter_map(|digit| digit.to_digit(10)).collect();
    let (&last, body) = digits.split_last().unwrap();
    last == control(body.iter().rev().zip(WEIGHTS))
}

#[cfg(test)]
mod tests;
