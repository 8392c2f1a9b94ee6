//! Totals beside a list: what its units need of a resource, and what a document gives to share out.

use super::apportion::{Apportionment, Method, apportion};
use crate::index::stats;

/// What some units need of a resource and what they have, unit by unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Stock {
    /// Whether the resource is counted in the unit at all.
    pub(crate) counted: Vec<bool>,
    /// What the unit has; `None` where that is not known.
    pub(crate) supply: Vec<Option<f64>>,
    /// What the unit needs; `None` where that is not known. No list where nothing says what is
    /// needed.
    pub(crate) need: Option<Vec<Option<f64>>>,
}

/// What the units of an area need of a resource and what they have.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Balance {
    /// Units in which the resource is counted.
    pub(crate) units: usize,
    /// Those of them in which supply or need are not known.
    pub(crate) unknown: usize,
    /// Units that have some of it.
    pub(crate) having: Vec<usize>,
    /// Units that have less than they need.
    pub(crate) short: Vec<usize>,
    /// Sum over the units; `None` where a part of it is not known.
    pub(crate) supply: Option<f64>,
    /// Sum over the units; `None` where a part of it is not known, or nothing says what is needed.
    pub(crate) need: Option<f64>,
    /// Sum over the units of what each lacks; `None` as for `need`. What one unit has too much does
    /// not fill the gap of another, so this is not less than `need - supply`.
    pub(crate) gap: Option<f64>,
}

impl Stock {
    /// What a unit lacks: need less supply, and nothing where it has more than it needs.
    pub(crate) fn gap(&self, unit: usize) -> Option<f64> {
        let need = self.need(unit)?;
        Some((need - self.supply(unit)?).max(0.0))
    }

    /// What a unit has, where the resource is counted.
    pub(crate) fn supply(&self, unit: usize) -> Option<f64> {
        self.supply[unit].filter(|_| self.counted[unit])
    }

    /// What a unit needs, where the resource is counted.
    pub(crate) fn need(&self, unit: usize) -> Option<f64> {
        self.need.as_ref()?[unit].filter(|_| self.counted[unit])
    }

    /// The sums over some units, in their order. An area without a unit in which the resource is
    /// counted has no sums.
    pub(crate) fn balance(&self, units: &[usize]) -> Balance {
        let units: Vec<usize> = units.iter().copied().filter(|&unit| self.counted[unit]).collect();
        let sum = |of: &dyn Fn(usize) -> Option<f64>| -> Option<f64> {
            let parts: Option<Vec<f64>> = units.iter().map(|&unit| of(unit)).collect();
            parts.filter(|parts| !parts.is_empty()).map(stats::sum)
        };
        let known = |unit: usize| {
            self.supply(unit).is_some() && (self.need.is_none() || self.need(unit).is_some())
        };
        let with = |holds: &dyn Fn(usize) -> bool| -> Vec<usize> {
            units.iter().copied().filter(|&unit| holds(unit)).collect()
        };
        Balance {
            units: units.len(),
            unknown: units.iter().filter(|&&unit| !known(unit)).count(),
            having: with(&|unit| self.supply(unit).is_some_and(|supply| supply > 0.0)),
            short: with(&|unit| self.gap(unit).is_some_and(|gap| gap > 0.0)),
            supply: sum(&|unit| self.supply(unit)),
            need: sum(&|unit| self.need(unit)),
            gap: sum(&|unit| self.gap(unit)),
        }
    }
}

/// A total that a document gives: places, spaces, professionals, people, bani.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Envelope {
    /// What it counts, `teams`.
    pub(crate) id: String,
    /// How much, in whole units (money in bani).
    pub(crate) total: i64,
    /// The document and the page.
    pub(crate) source: String,
}

/// An envelope beside what a list comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Compared {
    /// The envelope's id.
    pub(crate) id: String,
    /// What the document gives.
    pub(crate) envelope: i64,
    /// What the list comes to.
    pub(crate) computed: i64,
    /// What the list lacks; below zero what it has too much.
    pub(crate) missing: i64,
}

/// An envelope beside a list, shared out by county and phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Filled {
    /// The envelope's id.
    pub(crate) id: String,
    /// Beside what the list comes to, where something is computed.
    pub(crate) compared: Option<Compared>,
    /// The total in parts that sum to it, counties in order, phases in order; empty where nobody
    /// has a place.
    pub(crate) parts: Vec<SharedPart>,
}

/// The part of an envelope that goes to the places which a phase added in a county.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SharedPart {
    /// The county.
    pub(crate) county: String,
    /// The phase.
    pub(crate) phase: String,
    /// Whole units, or bani.
    pub(crate) amount: i64,
}

impl Envelope {
    /// Beside a computed total.
    pub(crate) fn compare(&self, computed: i64) -> Compared {
        let missing = self.total.saturating_sub(computed);
        Compared { id: self.id.clone(), envelope: self.total, computed, missing }
    }

    /// Shared out in proportion to `weights` (places of each county and phase, say), by largest
    /// remainder; the parts sum to the total. `None` when there is nothing to share it by.
    pub(crate) fn shared(&self, weights: &[i64]) -> Option<Vec<i64>> {
        share_out(self.total, weights)
    }
}

/// Shares a total out in proportion to weights, by largest remainder: equal remainders go to the
/// larger weight, then to the first. `None` for a negative total or weight, or when all weights are
/// nought.
pub(crate) fn share_out(total: i64, weights: &[i64]) -> Option<Vec<i64>> {
    if total < 0 || weights.iter().any(|w| *w < 0) || weights.iter().all(|w| *w == 0) {
        return None;
    }
    let claims = Apportionment {
        votes: weights.to_vec(),
        min: vec![0; weights.len()],
        max: weights.iter().map(|w| if *w == 0 { 0 } else { total }).collect(),
        places: total,
    };
    Some(apportion(Method::Hamilton, &claims)?.places)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stock() -> Stock {
        Stock {
            counted: vec![true, true, true, false, true],
            supply: vec![Some(0.0), Some(3.0), Some(1.0), Some(9.0), None],
            need: Some(vec![Some(1.0), Some(1.0), Some(2.0), Some(1.0), Some(1.0)]),
        }
    }

    #[test]
    fn what_one_has_too_much_fills_no_gap_of_another() {
        let balance = stock().balance(&[0, 1, 2, 3]);
        assert_eq!((balance.units, balance.unknown), (3, 0));
        assert_eq!((balance.supply, balance.need), (Some(4.0), Some(4.0)));
        assert_eq!(balance.gap, Some(2.0));
        assert_eq!((balance.having, balance.short), (vec![1, 2], vec![0, 2]));
    }

    #[test]
    fn a_sum_with_an_unknown_part_is_unknown() {
        let balance = stock().balance(&[0, 4]);
        assert_eq!((balance.units, balance.unknown), (2, 1));
        assert_eq!((balance.supply, balance.need, balance.gap), (None, Some(2.0), None));
        assert_eq!(stock().balance(&[3]), Balance::default());
    }

    #[test]
    fn without_a_need_there_is_no_gap() {
        let stock = Stock { need: None, ..stock() };
        let balance = stock.balance(&[0, 1]);
        assert_eq!((balance.supply, balance.need, balance.gap), (Some(3.0), None, None));
        assert_eq!(balance.unknown, 0);
    }

    #[test]
    fn parts_sum_to_the_last_ban() {
        let weights: Vec<i64> = (1..=42).collect();
        let parts = share_out(405_670_225_530, &weights).unwrap();
        assert_eq!(parts.iter().sum::<i64>(), 405_670_225_530);
        assert!(parts.windows(2).all(|pair| pair[0] <= pair[1]));
    }

    #[test]
    fn a_remainder_goes_where_it_is_largest() {
        assert_eq!(share_out(10, &[6, 6, 2]), Some(vec![4, 4, 2]));
        assert_eq!(share_out(1, &[0, 3, 3]), Some(vec![0, 1, 0]));
        assert_eq!(share_out(0, &[1, 1]), Some(vec![0, 0]));
    }

    #[test]
    fn nothing_is_shared_by_nothing() {
        assert_eq!(share_out(10, &[0, 0]), None);
        assert_eq!(share_out(10, &[]), None);
        assert_eq!(share_out(-1, &[1]), None);
    }

    #[test]
    fn a_list_that_differs_from_its_envelope_shows_it() {
        let envelope = Envelope { id: "teams".into(), total: 2000, source: "p. 3".into() };
        assert_eq!(envelope.compare(2000).missing, 0);
        assert_eq!(envelope.compare(1999).missing, 1);
    }
}
