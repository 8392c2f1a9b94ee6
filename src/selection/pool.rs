//! The units a selection looks at, with everything that decides already an integer.

use std::collections::BTreeMap;
use std::fmt;

pub use crate::boundaries::Border;
use crate::index::stats;
use crate::optimise::{Position, positions};

positions! {
    /// A unit of a pool, by its position.
    UnitIndex
}

/// A classification of the units: county, region, kind, class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Classification {
    /// Identifier, as `by` of a quota names it.
    pub id: String,
    /// The groups' names; a candidate holds a position in here.
    pub groups: Vec<String>,
}

/// A condition of `where` that a unit does not meet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedCondition {
    /// The condition as the programme writes it.
    pub condition: String,
    /// What it names with the values of the unit, both as shown; none where they were not looked at
    /// or may not be shown.
    pub seen: Option<Vec<(String, String)>>,
}

impl fmt::Display for FailedCondition {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.condition)?;
        let Some(seen) = &self.seen else { return Ok(()) };
        let seen: Vec<String> =
            seen.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        write!(out, " [{}]", seen.join(", "))
    }
}

/// Failed conditions as one text.
pub(crate) fn conditions_text(failed: &[FailedCondition]) -> String {
    failed.iter().map(ToString::to_string).collect::<Vec<_>>().join("; ")
}

/// How sure a place on the list is, under the declared doubts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// On the list in nearly all variants.
    Certain,
    /// Neither.
    Contested,
    /// Off the list in nearly all variants.
    Out,
}

impl Standing {
    /// The word of tables.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Certain => "certain",
            Self::Contested => "contested",
            Self::Out => "out",
        }
    }
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
    /// The group in each classification of the pool; none where the unit belongs to no group.
    pub groups: Vec<Option<usize>>,
    /// People who count under coverage.
    pub people: i64,
    /// Inhabitants, for the limits of unions.
    pub population: i64,
    /// Further counts by measure of the pool, for apportionment.
    pub measures: Vec<i64>,
    /// Cost in bani, where the programme has a budget.
    pub cost: Option<i64>,
    /// The conditions of `where` and the tests that keep the unit out; empty when it passes.
    pub failed: Vec<FailedCondition>,
    /// The named tests that it passes, by position.
    pub passed: Vec<usize>,
    /// How sure its place is, where the programme draws lots among those whose place is contested.
    pub standing: Option<Standing>,
    /// Its profile: units with the same number have the same measured value in every component of
    /// the score.
    pub profile: usize,
}

impl Candidate {
    /// Whether the unit passes `where`.
    pub(crate) fn passes(&self) -> bool {
        self.failed.is_empty()
    }
}

/// All registered units, with their classifications and borders, in any order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Pool {
    /// The classifications.
    pub classifications: Vec<Classification>,
    /// Names of the measures in `Candidate::measures`.
    pub measures: Vec<String>,
    /// The units.
    pub candidates: Vec<Candidate>,
    /// Common borders.
    pub borders: Vec<Border>,
    /// Costs in bani of unions by their members' codes in ascending order; a union that is not
    /// here costs the sum of its members.
    pub union_costs: BTreeMap<Vec<String>, i64>,
}

impl Pool {
    /// The position of a classification.
    pub(crate) fn classification(&self, id: &str) -> Option<usize> {
        self.classifications.iter().position(|classification| classification.id == id)
    }

    /// The unit at a position.
    pub(super) fn unit(&self, at: UnitIndex) -> &Candidate {
        &self.candidates[at.number()]
    }

    /// The units with their positions.
    pub(super) fn units(&self) -> impl Iterator<Item = (UnitIndex, &Candidate)> {
        self.candidates.iter().enumerate().map(|(at, unit)| (UnitIndex::new(at), unit))
    }
}

/// A published score: an integer count of the last published decimal.
///
/// With six decimals 0.91 is 910,000 points. A difference nobody can see decides nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Points(i64);

/// A score that has no published form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum PointsError {
    /// Not a finite number.
    #[error("a score that is not a finite number")]
    NotFinite,
    /// Does not fit at these decimals.
    #[error("a score too large for its decimals")]
    TooLarge,
}

/// Below this many points a double holds each of them and its neighbours.
const LARGEST_SCALED: f64 = 1e15;

impl Points {
    /// Rounds `score` half away from zero to `decimals` (0 to 9) on its shortest decimal text, so
    /// that 0.7005 becomes 0.701 although its binary form is a little less.
    pub(crate) fn round(score: f64, decimals: u8) -> Result<Self, PointsError> {
        if !score.is_finite() {
            return Err(PointsError::NotFinite);
        }
        let power = (0..decimals).fold(1.0, |power: f64, _| power * 10.0);
        if score.abs() < LARGEST_SCALED / power {
            // a double that stands for so few decimals, times their power of ten, is off by less than a half
            return Ok(Self((stats::half_up(score, u32::from(decimals)) * power).round() as i64));
        }
        // `Display` of a float is its shortest decimal text, without an exponent.
        Self::read(&score.to_string(), decimals).ok_or(PointsError::TooLarge)
    }

    fn read(text: &str, decimals: u8) -> Option<Self> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let kept = usize::from(decimals);
        let mut points: i64 = 0;
        let padded = fraction.bytes().chain(std::iter::repeat(b'0')).take(kept);
        for digit in whole.bytes().chain(padded) {
            points = points.checked_mul(10)?.checked_add(i64::from(digit - b'0'))?;
        }
        if fraction.as_bytes().get(kept).is_some_and(|digit| *digit >= b'5') {
            points = points.checked_add(1)?;
        }
        Some(Self(if negative { -points } else { points }))
    }

    /// The count of the last published decimal.
    pub(crate) fn units(self) -> i64 {
        self.0
    }

    /// From a count of the last published decimal.
    pub(crate) fn from_units(units: i64) -> Self {
        Self(units)
    }

    /// The published text with `decimals` digits behind the point, trailing zeros kept.
    pub(crate) fn text(self, decimals: u8) -> String {
        Decimal { units: self.0, decimals: usize::from(decimals) }.to_string()
    }
}

/// Bani as lei with two decimals.
pub(super) fn lei(bani: i64) -> String {
    Points::from_units(bani).text(2)
}

struct Decimal {
    units: i64,
    decimals: usize,
}

impl fmt::Display for Decimal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.units < 0 { "-" } else { "" };
        let digits = format!("{:0>width$}", self.units.unsigned_abs(), width = self.decimals + 1);
        let (whole, fraction) = digits.split_at(digits.len() - self.decimals);
        if fraction.is_empty() {
            write!(out, "{sign}{whole}")
        } else {
            write!(out, "{sign}{whole}.{fraction}")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn rounds(score: f64, decimals: u8, expected: i64) {
        assert_eq!(Points::round(score, decimals), Ok(Points(expected)));
    }

    #[test]
    fn rounds_half_up_on_the_decimal_text() {
        rounds(0.7005, 3, 701);
        rounds(0.700_449, 3, 700);
        rounds(0.700_41, 3, 700);
        rounds(1.005, 2, 101);
        rounds(2.5, 0, 3);
        rounds(-2.5, 0, -3);
        rounds(0.1 + 0.2, 6, 300_000);
        rounds(1e-12, 6, 0);
        rounds(12_345.0, 2, 1_234_500);
    }

    #[test]
    fn refuses_what_has_no_published_form() {
        assert_eq!(Points::round(f64::NAN, 6), Err(PointsError::NotFinite));
        assert_eq!(Points::round(f64::INFINITY, 6), Err(PointsError::NotFinite));
        assert_eq!(Points::round(1e300, 6), Err(PointsError::TooLarge));
        assert_eq!(Points::round(9.3e12, 6), Err(PointsError::TooLarge));
    }

    #[test]
    fn prints_as_published() {
        assert_eq!(Points(910_000).text(6), "0.910000");
        assert_eq!(Points(-5).text(2), "-0.05");
        assert_eq!(Points(7).text(0), "7");
    }
}
