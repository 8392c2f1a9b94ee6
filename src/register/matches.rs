//! What a code, a name, a label or a row of a file was recognised as.

use super::NATIONAL;
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
        /// Whether its control digit does not fit, so that it is probably mistyped; only the codes of
        /// SIRUTA have one.
        is_mistyped: bool,
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
    /// An area of the wanted level, by position in its list.
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
    /// that they are reported and not dropped.
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

/// The most suggestions for an unknown label or name.
pub(super) const SUGGESTIONS: usize = 3;

/// The shortest label or name that may be recognised at one letter's distance.
pub(super) const SHORTEST_NEAR: usize = 4;

/// Whether the areas of a register column are places: not kinds of units, not the whole.
pub(super) fn is_place(level: &str) -> bool {
    !["kind", "county_seat", "residence", NATIONAL].contains(&level)
}
