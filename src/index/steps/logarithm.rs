//! Logarithmic and power transformations whose shift depends on the column: the usual cures for a
//! skewed indicator.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::elementary::each;
use super::operation::{Explained, Operation, StepContext, StepText, finite};
use crate::index::Column;
use crate::index::stats;
use crate::quality::Message;

/// ln(x - min + 0.01·(max - min)): of any column, whatever its units (COIN tool).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogCt {}

/// As `log_ct` for a right skew; for a left skew its mirror, -ln(max - x + 0.01·(max - min)), so
/// that the order stays and the long tail is the one that shrinks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogCtMirror {}

/// ln(x - min + 1): depends on the unit of measure.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct LogShift {}

/// Box-Cox: with y = x - min + 1, (y^lambda - 1)/lambda, or ln y for lambda 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Boxcox {
    /// The exponent.
    pub lambda: f64,
}

impl Explained for LogCt {
    const TEXT: StepText = StepText {
        summary: "Logarithm with a shift taken from the range",
        romanian: "ia logaritmul, cu o deplasare dată de amplitudine",
        formula: "ln(x - min + 0.01 (max - min))",
        example: "{ log_ct = {} }",
        source: "COIN tool of the JRC",
    };
}

impl Operation for LogCt {
    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let base = stats::base(column.values(), context.ranked);
        log_ct(column, &base)
    }
}

impl Explained for LogCtMirror {
    const TEXT: StepText = StepText {
        summary: "As `log_ct`, mirrored for a left skew",
        romanian: "ia logaritmul ca log_ct, oglindit la asimetrie spre stânga",
        formula: "ln(x - min + 0.01 range), or -ln(max - x + 0.01 range) for a negative skewness",
        example: "{ log_ct_mirror = {} }",
        source: "COIN tool of the JRC; COINr log_CT_plus",
    };
}

impl Operation for LogCtMirror {
    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let base = stats::base(column.values(), context.ranked);
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

impl Explained for LogShift {
    const TEXT: StepText = StepText {
        summary: "Logarithm of the distance from the least value, plus 1",
        romanian: "ia logaritmul distanței față de minim, plus 1",
        formula: "ln(x - min + 1)",
        example: "{ log_shift = {} }",
        source: "COIN tool of the JRC, first versions",
    };
}

impl Operation for LogShift {
    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let low = stats::minimum(&stats::base(column.values(), context.ranked));
        each(column, |x| stats::ln(x - low + 1.0))
    }
}

impl Explained for Boxcox {
    const TEXT: StepText = StepText {
        summary: "Box-Cox power transformation of the distance from the least value",
        romanian: "aplică transformarea Box-Cox distanței față de minim",
        formula: "((x - min + 1)^lambda - 1)/lambda; ln for lambda 0",
        example: "{ boxcox = { lambda = 0.25 } }",
        source: "Box and Cox (1964)",
    };
}

impl Operation for Boxcox {
    fn problems(&self) -> Vec<Message> {
        finite("lambda", self.lambda).into_iter().collect()
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let low = stats::minimum(&stats::base(column.values(), context.ranked));
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
    use crate::index::steps::fixture::after;

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
