//! The register itself: units in the order of their codes, with named text columns.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::{self, Display, Formatter};

use crate::language::Label;
use crate::message::register as message;
use crate::quality::Message;

/// One unit as it is given to [`Register::new`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// Code, text; in Romania the SIRUTA code of the UAT without leading zeros.
    pub code: String,
    /// Display name (`Alba Iulia`).
    pub name: String,
    /// One value for each column of the register, in the order of its columns.
    pub values: Vec<String>,
}

/// Why a register cannot be built.
#[derive(Debug, PartialEq, Eq)]
pub enum RegisterError {
    /// A code that stands twice.
    DuplicateCode {
        /// The code.
        code: String,
    },
    /// An empty code.
    EmptyCode {
        /// Its name.
        name: String,
    },
    /// A unit with another number of values than there are columns.
    WrongWidth {
        /// The unit's code.
        code: String,
        /// Values found.
        found: usize,
        /// Columns declared.
        expected: usize,
    },
    /// A register without units.
    Empty,
}

impl RegisterError {
    /// The reason in words.
    pub(crate) fn message(&self) -> Message {
        match self {
            Self::DuplicateCode { code } => message::duplicate_code(code),
            Self::EmptyCode { name } => message::empty_code(name),
            Self::WrongWidth { code, found, expected } => {
                message::wrong_width(code, *found, *expected)
            }
            Self::Empty => message::no_units(),
        }
    }
}

impl Display for RegisterError {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        self.message().fmt(out)
    }
}

impl std::error::Error for RegisterError {}

/// The areas of one register column: counties, regions, kinds, or the whole country.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    /// Names of the areas, in bytewise order, without repetition. For the level of the units
    /// themselves these are the codes.
    pub areas: Vec<String>,
    /// For each unit, the position of its area in `areas`.
    pub of_unit: Vec<u32>,
    /// Its position among the levels of its register.
    number: usize,
    /// By the number of another level of the register: whether each area lies inside one of its areas.
    inside: Vec<bool>,
}

impl Level {
    fn of(values: &[String]) -> Self {
        let areas: Vec<String> =
            values.iter().cloned().collect::<BTreeSet<_>>().into_iter().collect();
        let of_unit = values
            .iter()
            .map(|value| {
                let at = areas.binary_search(value).expect("every value is among the areas");
                u32::try_from(at).expect("fewer areas than 2^32")
            })
            .collect();
        Self { areas, of_unit, number: 0, inside: Vec::new() }
    }

    /// Position of the area of that name.
    pub fn position(&self, area: &str) -> Option<usize> {
        self.areas.binary_search_by(|known| known.as_str().cmp(area)).ok()
    }

    /// Whether each area of `self` lies inside one area of `coarser`, a level of the same register.
    pub(crate) fn refines(&self, coarser: &Self) -> bool {
        self.inside[coarser.number]
    }

    /// The same, from the units.
    fn lies_inside(&self, coarser: &Self) -> bool {
        let (own, others) = (self.areas.len(), coarser.areas.len());
        if own == self.of_unit.len() || others == 1 {
            return true;
        }
        if others > own {
            return false;
        }
        let mut parent: Vec<Option<u32>> = vec![None; self.areas.len()];
        self.of_unit.iter().zip(&coarser.of_unit).all(|(&area, &above)| {
            let known = &mut parent[area as usize];
            *known.get_or_insert(above) == above
        })
    }
}

/// The units that are counted, sorted bytewise by code, without repetition.
#[derive(Clone, Debug)]
pub struct Register {
    id: String,
    title: Label,
    codes: Vec<String>,
    names: Vec<String>,
    columns: Vec<String>,
    values: BTreeMap<String, Vec<String>>,
    levels: BTreeMap<String, Level>,
    /// Every text of each column in the register that its units were chosen from.
    domains: BTreeMap<String, Vec<String>>,
}

/// The level that has one area: the whole register.
pub(crate) const NATIONAL: &str = "national";
/// The level of the units themselves.
pub(crate) const UNIT: &str = "uat";
/// The register column of counties.
pub(crate) const COUNTY: &str = "county";

impl Register {
    /// Builds a register; units are put into the order of their codes.
    pub fn new(
        id: impl Into<String>,
        title: Label,
        columns: Vec<String>,
        mut units: Vec<Unit>,
    ) -> Result<Self, RegisterError> {
        if units.is_empty() {
            return Err(RegisterError::Empty);
        }
        units.sort_by(|a, b| a.code.cmp(&b.code));
        for pair in units.windows(2) {
            if pair[0].code == pair[1].code {
                return Err(RegisterError::DuplicateCode { code: pair[0].code.clone() });
            }
        }
        for unit in &units {
            if unit.code.is_empty() {
                return Err(RegisterError::EmptyCode { name: unit.name.clone() });
            }
            if unit.values.len() != columns.len() {
                return Err(RegisterError::WrongWidth {
                    code: unit.code.clone(),
                    found: unit.values.len(),
                    expected: columns.len(),
                });
            }
        }
        Ok(Self::of_sorted(id.into(), title, columns, units))
    }

    /// The register of units in the order of their codes, each with a value of every column.
    fn of_sorted(id: String, title: Label, columns: Vec<String>, units: Vec<Unit>) -> Self {
        let mut values = BTreeMap::new();
        let mut levels = BTreeMap::new();
        for (at, column) in columns.iter().enumerate() {
            let cells: Vec<String> = units.iter().map(|unit| unit.values[at].clone()).collect();
            levels.insert(column.clone(), Level::of(&cells));
            values.insert(column.clone(), cells);
        }
        let codes: Vec<String> = units.iter().map(|unit| unit.code.clone()).collect();
        levels.insert(UNIT.to_owned(), Level::of(&codes));
        levels.insert(NATIONAL.to_owned(), Level::of(&vec![NATIONAL.to_owned(); codes.len()]));
        // asked for every label of some files, so settled once
        let inside: Vec<Vec<bool>> = (levels.values())
            .map(|own| levels.values().map(|other| own.lies_inside(other)).collect())
            .collect();
        for ((number, level), inside) in levels.values_mut().enumerate().zip(inside) {
            (level.number, level.inside) = (number, inside);
        }
        let names = units.into_iter().map(|unit| unit.name).collect();
        let domains = BTreeMap::new();
        Self { id, title, codes, names, columns, values, levels, domains }
    }

    /// The register of some of its units, by their positions in rising order.
    pub(crate) fn of_units(&self, units: &[usize]) -> Self {
        let unit = |&unit: &usize| Unit {
            code: self.codes[unit].clone(),
            name: self.names[unit].clone(),
            values: self.columns.iter().map(|column| self.values[column][unit].clone()).collect(),
        };
        let units = units.iter().map(unit).collect();
        let part =
            Self::of_sorted(self.id.clone(), self.title.clone(), self.columns.clone(), units);
        part.chosen_from(self)
    }

    /// The same register, which remembers the texts of the columns of the one that it was chosen from.
    #[must_use]
    pub(crate) fn chosen_from(self, whole: &Self) -> Self {
        let domain = |column: &String| Some((column.clone(), whole.domain(column)?.to_vec()));
        Self { domains: self.columns.iter().filter_map(domain).collect(), ..self }
    }

    /// Every text of a column, each once, in the whole register.
    pub(crate) fn domain(&self, column: &str) -> Option<&[String]> {
        let own = || self.level(column).filter(|_| self.values.contains_key(column));
        let whole = self.domains.get(column).map(Vec::as_slice);
        whole.or_else(|| own().map(|level| level.areas.as_slice()))
    }

    /// Identifier, `ro-uat-2025` for the bundled one.
    pub(crate) fn id(&self) -> &str {
        &self.id
    }

    /// Title for reports.
    pub(crate) fn title(&self) -> &Label {
        &self.title
    }

    /// How many units there are.
    pub fn len(&self) -> usize {
        self.codes.len()
    }

    /// Codes, sorted bytewise: the order of everything.
    pub fn codes(&self) -> &[String] {
        &self.codes
    }

    /// Display names, in the order of the codes.
    pub fn names(&self) -> &[String] {
        &self.names
    }

    /// Position of the unit with that code.
    pub fn position(&self, code: &str) -> Option<usize> {
        self.codes.binary_search_by(|known| known.as_str().cmp(code)).ok()
    }

    /// Names of the text columns, in the order of the register's file.
    pub(crate) fn columns(&self) -> &[String] {
        &self.columns
    }

    /// The values of a text column, in the order of the codes.
    pub fn column(&self, name: &str) -> Option<&[String]> {
        self.values.get(name).map(Vec::as_slice)
    }

    /// The areas of a level: any text column, `uat` (the units themselves) or `national`.
    pub fn level(&self, name: &str) -> Option<&Level> {
        self.levels.get(name)
    }

    /// Names of all levels, for did-you-mean.
    pub(crate) fn level_names(&self) -> impl Iterator<Item = &str> {
        self.levels.keys().map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(code: &str, county: &str, region: &str) -> Unit {
        Unit { code: code.into(), name: code.into(), values: vec![county.into(), region.into()] }
    }

    fn register(units: Vec<Unit>) -> Result<Register, RegisterError> {
        Register::new("r", Label::same("r"), vec!["county".into(), "region".into()], units)
    }

    #[test]
    fn units_are_sorted_bytewise_by_code() {
        let register = register(vec![unit("9", "B", "x"), unit("10", "A", "x")]).unwrap();
        assert_eq!(register.codes(), ["10", "9"]);
        assert_eq!(register.position("9"), Some(1));
        assert_eq!(register.column("county").unwrap(), ["A", "B"]);
    }

    #[test]
    fn a_code_cannot_stand_twice() {
        let error = register(vec![unit("9", "B", "x"), unit("9", "A", "x")]).unwrap_err();
        assert_eq!(error, RegisterError::DuplicateCode { code: "9".into() });
    }

    #[test]
    fn counties_refine_regions_and_not_the_other_way() {
        let register =
            register(vec![unit("1", "A", "x"), unit("2", "B", "x"), unit("3", "C", "y")]).unwrap();
        let (county, region) =
            (register.level("county").unwrap(), register.level("region").unwrap());
        assert!(county.refines(region));
        assert!(!region.refines(county));
        assert!(register.level(UNIT).unwrap().refines(county));
        assert!(region.refines(register.level(NATIONAL).unwrap()));
    }
}
