//! Recognises units and areas by the codes and names that files really write.

use super::{Aliases, Gazetteer, Register};

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
    Alias(String),
}

/// What a code is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CodeMatch {
    /// A unit, by position in the register.
    Unit(usize, How),
    /// A locality below the units (village, sector), with its name and its unit.
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
    /// More than one unit; their positions.
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
    /// A unit of the register.
    Unit,
    /// A village or other locality below a unit.
    Village,
    /// A sector of Bucharest.
    Sector,
    /// A county total, or the county council.
    County,
    /// A region or macroregion.
    Region,
    /// The country.
    National,
    /// A group heading (`B. COMUNE`), a footnote, a source line, a row of column letters.
    Note,
    /// Nothing in it.
    Blank,
}

/// Recognises units and areas of one register.
#[derive(Debug)]
pub struct Matcher<'a> {
    register: &'a Register,
    gazetteer: &'a Gazetteer,
    aliases: &'a Aliases,
}

impl<'a> Matcher<'a> {
    /// Prepares the folded names of a register.
    pub fn new(register: &'a Register, gazetteer: &'a Gazetteer, aliases: &'a Aliases) -> Self {
        Self { register, gazetteer, aliases }
    }

    /// The register it matches against.
    pub fn register(&self) -> &'a Register {
        self.register
    }

    /// What a code as written is (`1017`, `1017.0`, `1017,00`, ` 01017 `).
    pub fn code(&self, text: &str) -> CodeMatch {
        let _ = (text, self.gazetteer, self.aliases);
        CodeMatch::Unknown { control_digit_fits: false }
    }

    /// Splits `40198 MUNICIPIUL BRASOV` into code and name at the first space, when what stands
    /// before it is a code (never for `23 AUGUST`).
    pub fn split_glued<'t>(&self, text: &'t str) -> Option<(&'t str, &'t str)> {
        text.trim().split_once(' ')
    }

    /// The unit of that name, inside the county with that label when one is given.
    pub fn name(&self, name: &str, county: Option<&str>) -> NameMatch {
        let _ = (name, county);
        NameMatch::Unknown(Vec::new())
    }

    /// Whether a name as written can be the name of that unit (folded, through aliases).
    pub fn is_name_of(&self, name: &str, unit: usize) -> bool {
        let _ = (name, unit);
        false
    }

    /// The area of `level` (county, region, any register column) with that label.
    pub fn area(&self, level: &str, label: &str) -> AreaMatch {
        let _ = (level, label);
        AreaMatch::Unknown(Vec::new())
    }

    /// What a row is about, from what stands in its code, name and county cells. County and region
    /// rows are recognised before any prefix is stripped from a name.
    pub fn row_class(
        &self,
        code: Option<&str>,
        name: Option<&str>,
        county: Option<&str>,
    ) -> RowClass {
        let _ = (code, name, county);
        RowClass::Blank
    }
}
