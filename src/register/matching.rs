//! Recognises units and areas by the codes and names that files really write.

use super::codes::{Codes, number};
use super::folding::Folded;
use super::labels::{Labels, is_whole};
use super::names::{Found, Names, Scope};
use super::rows;
use super::{Aliases, Gazetteer, NATIONAL, Register, UNIT};
use crate::language::Label;

/// How a text led to a unit or area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum How {
    /// The code, or the name letter for letter.
    Exact,
    /// After folding case, diacritics, cedilla, prefix and punctuation (and `â`/`î` where needed).
    Folded,
    /// At a distance of one letter, with no other candidate at that distance.
    Near,
    /// Through the alias table; carries the reason written there.
    Alias(Label),
}

/// What a code is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeMatch {
    /// A unit, by position in the register.
    Unit(usize, How),
    /// A locality below the units (village, sector, dissolved commune), with its name and its unit.
    Locality {
        /// Its name.
        name: String,
        /// Position of the unit it belongs to.
        parent: usize,
    },
    /// A code of a larger area (county).
    Area {
        /// Level.
        level: String,
        /// Position among the areas of that level.
        area: usize,
    },
    /// Not in the register.
    Unknown {
        /// Whether its control digit fits: an unknown code, else probably a typing error.
        control_digit_fits: bool,
    },
}

/// What a name is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NameMatch {
    /// A unit, by position in the register.
    Unit(usize, How),
    /// It may mean something else too: more than one unit, or, where no county is given, a unit
    /// with namesakes elsewhere or an area of that name. The positions of the units.
    Ambiguous(Vec<usize>),
    /// None; the nearest units by position, best first.
    Unknown(Vec<usize>),
}

/// What a label of an area is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AreaMatch {
    /// An area of the level asked for, by position in its list.
    Area(usize, How),
    /// A total of a larger area (macroregion, region, country), not an area of the level.
    Total,
    /// None; the nearest areas by position, best first.
    Unknown(Vec<usize>),
}

/// What a row of a file is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowClass {
    /// A unit of the register, or a row that should be one: unknown codes and names stay here, so
    /// that they are told and not dropped.
    Unit,
    /// A village or other locality below a unit.
    Village,
    /// A sector of Bucharest.
    Sector,
    /// A county total, or the county council.
    County,
    /// A region or macroregion, or another territory that is none of the register's areas.
    Region,
    /// The country.
    National,
    /// A group heading (`B. COMUNE`), a footnote, a source line, a row of column letters.
    Note,
    /// Nothing in it.
    Blank,
}

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
    pub fn counting(mut self, counted: &'a Register) -> Self {
        self.counted = Some(counted);
        self
    }

    /// Whether an area of a level (`uat`: a unit), by position in the whole register, has units
    /// that are counted.
    pub fn counts(&self, level: &str, area: usize) -> bool {
        let Some(counted) = self.counted else { return true };
        let areas = |register: &'a Register| register.level(level);
        areas(self.register)
            .and_then(|known| known.areas.get(area))
            .is_some_and(|name| areas(counted).is_some_and(|some| some.position(name).is_some()))
    }

    /// The register it matches against.
    pub fn register(&self) -> &'a Register {
        self.register
    }

    /// What is known below and above the units.
    pub fn gazetteer(&self) -> &'a Gazetteer {
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
    /// so that a mistyped code is told as such. A county's code counts before the name of a county.
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
            let given = county.and_then(|label| self.labels.find_in(&Folded::of(label), is_place));
            given.is_some() && given == self.labels.find_in(tail, is_place)
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

    /// The area whose total a row of units is, from the cells of [`Self::row_class`]: that of its
    /// code (`AB`), of its name (`JUDETUL ALBA`), or of its county where the name says `TOTAL`.
    /// `None` for rows that are no total, such as those of a county council.
    pub fn row_total(
        &self,
        code: Option<&str>,
        name: Option<&str>,
        county: Option<&str>,
    ) -> Option<(String, usize)> {
        let of_code = |code| match self.code(code) {
            CodeMatch::Area { level, area } => Some((level, area)),
            CodeMatch::Unit(..) | CodeMatch::Locality { .. } | CodeMatch::Unknown { .. } => None,
        };
        match self.row_class(code, name, county) {
            RowClass::County | RowClass::Region | RowClass::National => {}
            RowClass::Unit
            | RowClass::Village
            | RowClass::Sector
            | RowClass::Note
            | RowClass::Blank => return None,
        }
        let label = name.map(Folded::of).unwrap_or_default();
        if label.words().first().is_some_and(|word| word == "consiliul") {
            return None;
        }
        let county = county.filter(|county| !is_whole(&Folded::of(county)));
        let by_name = || match name.filter(|_| !label.is_empty()) {
            Some(_) if is_whole(&label) && county.is_some() => self.total_of(UNIT, county?),
            Some(name) => self.total_of(UNIT, name),
            None => self.total_of(UNIT, county.or(code).unwrap_or("TOTAL")),
        };
        code.and_then(of_code).or_else(by_name)
    }

    /// What a row is about, from what stands in its code, name and county cells. County and region
    /// rows are recognised before any prefix is stripped from a name.
    pub fn row_class(
        &self,
        code: Option<&str>,
        name: Option<&str>,
        county: Option<&str>,
    ) -> RowClass {
        rows::class(self, code, name, county)
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

/// Whether the areas of a register column are places: not kinds of units, not the whole.
pub(super) fn is_place(level: &str) -> bool {
    !["kind", "county_seat", "residence", NATIONAL].contains(&level)
}

#[cfg(test)]
mod tests;
