//! Need, supply and gap of a resource: unit by unit, and summed over areas.

use crate::index::stats;

/// What some units need of a resource and what they have, unit by unit.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Stock {
    /// Whether the resource is counted in the unit at all.
    pub counted: Vec<bool>,
    /// What the unit has; `None` where that is not known.
    pub supply: Vec<Option<f64>>,
    /// What the unit needs; `None` where that is not known. No list where nothing says what is
    /// needed.
    pub need: Option<Vec<Option<f64>>>,
}

/// What the units of an area need of a resource and what they have.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Balance {
    /// Units in which the resource is counted.
    pub units: usize,
    /// Those of them in which supply or need are not known.
    pub unknown: usize,
    /// Units that have some of it.
    pub having: Vec<usize>,
    /// Units that have less than they need.
    pub short: Vec<usize>,
    /// Sum over the units; `None` where a part of it is not known.
    pub supply: Option<f64>,
    /// Sum over the units; `None` where a part of it is not known, or nothing says what is needed.
    pub need: Option<f64>,
    /// Sum over the units of what each lacks; `None` as for `need`. What one unit has too much does
    /// not fill the gap of another, so this is not less than `need - supply`.
    pub gap: Option<f64>,
}

impl Stock {
    /// What a unit lacks: need less supply, and nothing where it has more than it needs.
    pub fn gap(&self, unit: usize) -> Option<f64> {
        let need = self.need(unit)?;
        Some((need - self.supply(unit)?).max(0.0))
    }

    /// What a unit has, where the resource is counted.
    pub fn supply(&self, unit: usize) -> Option<f64> {
        self.supply[unit].filter(|_| self.counted[unit])
    }

    /// What a unit needs, where the resource is counted.
    pub fn need(&self, unit: usize) -> Option<f64> {
        self.need.as_ref()?[unit].filter(|_| self.counted[unit])
    }

    /// The sums over some units, in their order. An area without a unit in which the resource is
    /// counted has no sums.
    pub fn balance(&self, units: &[usize]) -> Balance {
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
}
