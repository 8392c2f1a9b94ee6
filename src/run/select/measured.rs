//! Values of a programme's formulas, unit by unit, as integers.

use std::collections::BTreeMap;

use crate::index::{self, Column, Formula};
use crate::run::Run;
use crate::selection::Points;

/// Whole numbers above this are not exact in a measured column.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// The values of a formula for each unit; NaN where there is none.
pub(super) fn values(run: &Run, formula: &Formula) -> Vec<f64> {
    let nodes: BTreeMap<&str, &Column> =
        run.index.nodes.iter().map(|node| (node.id.as_str(), &node.value)).collect();
    index::at_units(formula, &nodes, &run.register, &run.observations)
}

/// A count of people or things.
pub(super) fn whole(value: f64) -> Option<i64> {
    let is_whole = value.is_finite() && value.fract() == 0.0 && value.abs() <= LARGEST_WHOLE;
    is_whole.then(|| Points::round(value, 0).ok().map(Points::units)).flatten()
}

/// An amount of lei in bani, half up on its decimal text.
pub(super) fn bani(value: f64) -> Option<i64> {
    Points::round(value, 2).ok().map(Points::units)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_whole_and_money_is_rounded_half_up() {
        assert_eq!(whole(450_000.0), Some(450_000));
        assert_eq!(whole(0.5), None);
        assert_eq!(whole(f64::NAN), None);
        assert_eq!(bani(120_000.005), Some(12_000_001));
        assert_eq!(bani(f64::INFINITY), None);
    }
}
