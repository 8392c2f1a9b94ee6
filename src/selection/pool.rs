//! The units a selection looks at, with everything that decides already an integer.

pub use crate::boundaries::Border;

/// A classification of the units: county, region, kind, class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Family {
    /// Identifier, as `by` of a quota names it.
    pub id: String,
    /// The groups' names; a candidate holds a position in here.
    pub groups: Vec<String>,
}

/// A registered unit, eligible or not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Candidate {
    /// The register's code, unique in a pool.
    pub code: String,
    /// The score that orders the list; none where the unit has none.
    pub score: Option<f64>,
    /// Values of the declared tie keys, turned so that the larger comes first.
    pub keys: Vec<i64>,
    /// The group in each family of the pool; none where the unit belongs to no group.
    pub groups: Vec<Option<usize>>,
    /// People who count under coverage.
    pub people: i64,
    /// Inhabitants, for the limits of unions.
    pub population: i64,
    /// Further counts by measure of the pool, for apportionment.
    pub measures: Vec<i64>,
    /// Cost in bani, where the programme has a budget.
    pub cost: Option<i64>,
    /// Why the unit does not pass `where`; none when it passes.
    pub ineligible: Option<String>,
    /// Whether every component of the score was measured above the level of units.
    pub measured_above: bool,
}

/// All registered units, with their classifications and borders, in any order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pool {
    /// The classifications.
    pub families: Vec<Family>,
    /// Names of the measures in `Candidate::measures`.
    pub measures: Vec<String>,
    /// The units.
    pub candidates: Vec<Candidate>,
    /// Common borders.
    pub borders: Vec<Border>,
    /// Costs in bani of unions by their members' codes in ascending order; a union that is not
    /// here costs the sum of its members.
    pub union_costs: std::collections::BTreeMap<Vec<String>, i64>,
}

impl Pool {
    /// The position of a classification.
    pub fn family(&self, id: &str) -> Option<usize> {
        self.families.iter().position(|family| family.id == id)
    }
}
