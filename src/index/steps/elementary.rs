//! Elementary functions of one number: logarithms, roots, powers, shift and scale.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operation::{Operation, finite};
use crate::index::Column;
use crate::index::scene::Scene;
use crate::index::stats;

/// Declares steps that apply one function to each number and have no parameters.
macro_rules! plain {
    ($($(#[$doc:meta])* $name:ident = $function:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {}

        impl Operation for $name {
            fn apply(&self, column: &Column, _: &mut Scene<'_>) -> Column {
                each(column, $function)
            }
        }
    )*};
}

plain! {
    /// ln(x), for x above 0.
    Ln = stats::ln;
    /// log10(x), for x above 0.
    Log10 = stats::log10;
    /// ln(x + 1), for x above -1.
    Log1p = stats::ln_1p;
    /// Square root, for x from 0.
    Sqrt = f64::sqrt;
    /// Cube root.
    Cbrt = stats::cbrt;
    /// Inverse hyperbolic sine: ln(x + √(x² + 1)).
    Arcsinh = libm::asinh;
    /// Logarithm that keeps the sign: sign(x)·ln(1 + |x|).
    LogSigned = |x: f64| stats::ln_1p(x.abs()).copysign(x);
}

/// x to a power.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Power {
    /// The exponent; a broken one has no result for negative x.
    pub exponent: f64,
}

/// Adds a constant.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Shift {
    /// What is added.
    pub by: f64,
}

/// Multiplies by a constant.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Scale {
    /// The factor.
    pub by: f64,
}

/// A constant minus x.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Reverse {
    /// From what x is taken away: 1 for percentiles, 100 for per cent.
    #[serde(default = "one")]
    pub from: f64,
}

fn one() -> f64 {
    1.0
}

impl Operation for Power {
    fn problems(&self) -> Vec<String> {
        finite("exponent", self.exponent).into_iter().collect()
    }

    fn apply(&self, column: &Column, _: &mut Scene<'_>) -> Column {
        each(column, |x| stats::pow(x, self.exponent))
    }
}

impl Operation for Shift {
    fn problems(&self) -> Vec<String> {
        finite("by", self.by).into_iter().collect()
    }

    fn apply(&self, column: &Column, _: &mut Scene<'_>) -> Column {
        each(column, |x| x + self.by)
    }
}

impl Operation for Scale {
    fn problems(&self) -> Vec<String> {
        finite("by", self.by).into_iter().collect()
    }

    fn apply(&self, column: &Column, _: &mut Scene<'_>) -> Column {
        each(column, |x| x * self.by)
    }
}

impl Operation for Reverse {
    fn problems(&self) -> Vec<String> {
        finite("from", self.from).into_iter().collect()
    }

    fn apply(&self, column: &Column, _: &mut Scene<'_>) -> Column {
        each(column, |x| self.from - x)
    }
}

/// A function of each number that is there.
pub(super) fn each(column: &Column, function: impl Fn(f64) -> f64) -> Column {
    column.with_values(
        column.values().iter().map(|&x| if x.is_nan() { x } else { function(x) }).collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::steps::stage::after;

    #[track_caller]
    fn case(step: &impl Operation, x: f64, expected: f64) {
        let got = after(step, &[x])[0];
        assert!(
            (got - expected).abs() < 1e-15 * expected.abs().max(1.0)
                || (got.is_nan() && expected.is_nan()),
            "{got}"
        );
    }

    #[test]
    fn each_is_the_function_it_is_named_for() {
        case(&Ln {}, std::f64::consts::E, 1.0);
        case(&Ln {}, 0.0, f64::NAN);
        case(&Log10 {}, 1000.0, 3.0);
        case(&Log1p {}, 0.0, 0.0);
        case(&Sqrt {}, 9.0, 3.0);
        case(&Sqrt {}, -9.0, f64::NAN);
        case(&Cbrt {}, -27.0, -3.0);
        case(&Arcsinh {}, 0.0, 0.0);
        case(&LogSigned {}, -1.0, -std::f64::consts::LN_2);
        case(&Power { exponent: 2.0 }, -3.0, 9.0);
        case(&Shift { by: -1.5 }, 3.0, 1.5);
        case(&Scale { by: 0.5 }, 3.0, 1.5);
        case(&Reverse { from: 1.0 }, 0.25, 0.75);
    }
}
