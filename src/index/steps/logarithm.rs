//! Logarithmic and power transformations whose shift depends on the column: the usual cures for a
//! skewed indicator.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::elementary::each;
use super::operation::{Operation, finite};
use crate::index::Column;
use crate::index::scene::{Scene, base};
use crate::index::stats;

/// ln(x - min + 0.01·(max - min)): of any column, whatever its units (COIN tool).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogCt {}

/// As `log_ct` for a right skew; for a left skew its mirror, -ln(max - x + 0.01·(max - min)), so
/// that the order stays and the long tail is the one that shrinks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogCtMirror {}

/// ln(x - min + 1): depends on the unit of measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LogShift {}

/// Box-Cox: with y = x - min + 1, (y^lambda - 1)/lambda, or ln y for lambda 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Boxcox {
    /// The exponent.
    pub lambda: f64,
}

impl Operation for LogCt {
    fn apply(&self, column: &Column, scene: &mut Scene<'_>) -> Column {
        let base = base(column.values(), scene.ranked);
        log_ct(column, &base)
    }
}

impl Operation for LogCtMirror {
    fn apply(&self, column: &Column, scene: &mut Scene<'_>) -> Column {
        let base = base(column.values(), scene.ranked);
        if stats::moments(&base).skewness() >= 0.0 {
            return log_ct(column, &base);
        }
        let (low, high) = (stats::minimum(&base), stats::maximum(&base));
        if constant(low, high) {
            return column.clone();
        }
        each(column, |x| -stats::ln(high - x + 0.01 * (high - low)))
    }
}

impl Operation for LogShift {
    fn apply(&self, column: &Column, scene: &mut Scene<'_>) -> Column {
        let low = stats::minimum(&base(column.values(), scene.ranked));
        each(column, |x| stats::ln(x - low + 1.0))
    }
}

impl Operation for Boxcox {
    fn problems(&self) -> Vec<String> {
        finite("lambda", self.lambda).into_iter().collect()
    }

    fn apply(&self, column: &Column, scene: &mut Scene<'_>) -> Column {
        let low = stats::minimum(&base(column.values(), scene.ranked));
        let lambda = self.lambda;
        each(column, |x| {
            let y = x - low + 1.0;
            if lambda == 0.0 { stats::ln(y) } else { (stats::pow(y, lambda) - 1.0) / lambda }
        })
    }
}

/// A constant column passes untouched: its logarithm would be that of zero.
fn log_ct(column: &Column, base: &[f64]) -> Column {
    let (low, high) = (stats::minimum(base), stats::maximum(base));
    if constant(low, high) {
        return column.clone();
    }
    each(column, |x| stats::ln(x - low + 0.01 * (high - low)))
}

fn constant(low: f64, high: f64) -> bool {
    low.is_nan() || low.total_cmp(&high).is_eq()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::steps::stage::after;

    #[track_caller]
    fn case(step: &impl Operation, values: &[f64], expected: &[f64]) {
        for (got, expected) in after(step, values).iter().zip(expected) {
            assert!((got - expected).abs() < 1e-12, "{got} is not {expected}");
        }
    }

    #[test]
    fn the_shift_comes_from_the_column() {
        case(&LogCt {}, &[0.0, 100.0], &[0.0, 4.615_120_516_841_26]);
        case(&LogCt {}, &[7.0, 7.0], &[7.0, 7.0]);
        case(&LogShift {}, &[5.0, 6.0], &[0.0, std::f64::consts::LN_2]);
        case(&Boxcox { lambda: 0.5 }, &[0.0, 3.0], &[0.0, 2.0]);
        case(&Boxcox { lambda: 0.0 }, &[0.0, 3.0], &[0.0, 4.0_f64.log(std::f64::consts::E)]);
    }

    #[test]
    fn the_mirror_keeps_the_order_of_a_left_skewed_column() {
        let skewed = [-100.0, -2.0, -1.0, 0.0];
        let got = after(&LogCtMirror {}, &skewed);
        assert!(got.windows(2).all(|pair| pair[0] < pair[1]), "{got:?}");
        assert!((got[3] - 0.0).abs() < 1e-12);
    }
}
