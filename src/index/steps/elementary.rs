//! Elementary functions of one number: logarithms, roots, powers, shift and scale.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operation::{Explained, Operation, StepContext, StepText, finite};
use crate::index::Column;
use crate::index::stats;
use crate::message::index::parameters;
use crate::quality::Message;

/// Declares steps that apply one function to each number and have no parameters.
macro_rules! plain {
    ($($(#[$doc:meta])* $name:ident = $function:expr;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub(crate) struct $name {}

        impl Operation for $name {
            fn apply(&self, column: &Column, _: &StepContext<'_>) -> Column {
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

impl Explained for LogSigned {
    const TEXT: StepText = StepText {
        summary: "Logarithm that keeps the sign",
        romanian: "ia logaritmul, păstrând semnul",
        formula: "sign(x) ln(1 + |x|)",
        example: "{ log_signed = {} }",
        source: "John and Draper (1980)",
    };
}

impl Explained for Ln {
    const TEXT: StepText = StepText {
        summary: "Natural logarithm",
        romanian: "ia logaritmul natural",
        formula: "ln x",
        example: "{ ln = {} }",
        source: "OECD/JRC Handbook (2008), step 5",
    };
}

impl Explained for Log10 {
    const TEXT: StepText = StepText {
        summary: "Decimal logarithm",
        romanian: "ia logaritmul zecimal",
        formula: "log10 x",
        example: "{ log10 = {} }",
        source: "INFORM Risk Index, methodology",
    };
}

impl Explained for Log1p {
    const TEXT: StepText = StepText {
        summary: "Natural logarithm of x + 1",
        romanian: "ia logaritmul natural al valorii plus 1",
        formula: "ln(x + 1)",
        example: "{ log1p = {} }",
        source: "Townsend, Phillimore and Beattie (1988)",
    };
}

impl Explained for Sqrt {
    const TEXT: StepText = StepText {
        summary: "Square root",
        romanian: "ia rădăcina pătrată",
        formula: "√x",
        example: "{ sqrt = {} }",
        source: "OECD/JRC Handbook (2008), step 5",
    };
}

impl Explained for Cbrt {
    const TEXT: StepText = StepText {
        summary: "Cube root",
        romanian: "ia rădăcina cubică",
        formula: "∛x",
        example: "{ cbrt = {} }",
        source: "FEMA National Risk Index, technical documentation",
    };
}

impl Explained for Arcsinh {
    const TEXT: StepText = StepText {
        summary: "Inverse hyperbolic sine",
        romanian: "ia sinusul hiperbolic invers",
        formula: "ln(x + √(x² + 1))",
        example: "{ arcsinh = {} }",
        source: "Johnson (1949)",
    };
}

/// x to a power.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Power {
    /// The exponent; a broken one has no result for negative x.
    pub exponent: f64,
}

/// Adds a constant.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shift {
    /// What is added.
    pub by: f64,
}

/// Multiplies by a constant.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Scale {
    /// The factor.
    pub by: f64,
}

/// A constant minus x.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reverse {
    /// From what x is taken away: 1 for percentiles, 100 for per cent.
    #[serde(default = "one")]
    pub from: f64,
}

fn one() -> f64 {
    1.0
}

impl Explained for Power {
    const TEXT: StepText = StepText {
        summary: "Power",
        romanian: "ridică la puterea declarată",
        formula: "x^exponent",
        example: "{ power = { exponent = 2 } }",
        source: "INFORM Risk Index, methodology",
    };
}

impl Operation for Power {
    fn problems(&self) -> Vec<Message> {
        finite("exponent", self.exponent).into_iter().collect()
    }

    fn apply(&self, column: &Column, _: &StepContext<'_>) -> Column {
        each(column, |x| stats::pow(x, self.exponent))
    }
}

impl Explained for Shift {
    const TEXT: StepText = StepText {
        summary: "Adds a constant",
        romanian: "adaugă o constantă",
        formula: "x + by",
        example: "{ shift = { by = 1 } }",
        source: "arithmetic",
    };
}

impl Operation for Shift {
    fn problems(&self) -> Vec<Message> {
        finite("by", self.by).into_iter().collect()
    }

    fn apply(&self, column: &Column, _: &StepContext<'_>) -> Column {
        each(column, |x| x + self.by)
    }
}

impl Explained for Scale {
    const TEXT: StepText = StepText {
        summary: "Multiplies by a constant",
        romanian: "înmulțește cu o constantă",
        formula: "x · by",
        example: "{ scale = { by = 100 } }",
        source: "arithmetic",
    };
}

impl Operation for Scale {
    fn problems(&self) -> Vec<Message> {
        finite("by", self.by).into_iter().collect()
    }

    fn apply(&self, column: &Column, _: &StepContext<'_>) -> Column {
        each(column, |x| x * self.by)
    }
}

impl Explained for Reverse {
    const TEXT: StepText = StepText {
        summary: "Turns a score round",
        romanian: "întoarce scorul",
        formula: "from - x",
        example: "{ reverse = { from = 1 } }",
        source: "CDC/ATSDR SVI: per-capita income, after rounding",
    };
}

impl Operation for Reverse {
    fn problems(&self) -> Vec<Message> {
        finite("from", self.from).into_iter().collect()
    }

    fn apply(&self, column: &Column, _: &StepContext<'_>) -> Column {
        each(column, |x| self.from - x)
    }
}

/// A function of each number that is there.
pub(super) fn each(column: &Column, function: impl Fn(f64) -> f64) -> Column {
    column.with_values(
        column.values().iter().map(|&x| if x.is_nan() { x } else { function(x) }).collect(),
    )
}

/// Rounds to decimals, a half away from zero, on the shortest decimal text of the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Round {
    /// Decimals kept.
    pub decimals: u32,
}

/// Cuts off behind decimals, towards zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Truncate {
    /// Decimals kept.
    pub decimals: u32,
}

/// Rounds to significant digits; with 12 to 15 it removes binary noise, with 7 it is the text form
/// of a four-byte number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Significant {
    /// Digits kept, 1 to 17.
    pub digits: u32,
}

/// Stores the number in four bytes (IEEE single precision), as some statistical packages do by
/// default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Single {}

impl Explained for Round {
    const TEXT: StepText = StepText {
        summary: "Rounds half up on the shortest decimal text",
        romanian: "rotunjește la zecimalele declarate, jumătatea în sus",
        formula: "x to decimals, a half away from zero",
        example: "{ round = { decimals = 9 } }",
        source: "published methods that round; no other rounding happens",
    };
}

impl Operation for Round {
    fn apply(&self, column: &Column, _: &StepContext<'_>) -> Column {
        each(column, |x| stats::half_up(x, self.decimals))
    }
}

impl Explained for Truncate {
    const TEXT: StepText = StepText {
        summary: "Cuts off decimals",
        romanian: "taie zecimalele de prisos",
        formula: "x towards zero at decimals",
        example: "{ truncate = { decimals = 3 } }",
        source: "published methods that truncate",
    };
}

impl Operation for Truncate {
    fn apply(&self, column: &Column, _: &StepContext<'_>) -> Column {
        each(column, |x| stats::truncated(x, self.decimals))
    }
}

impl Explained for Significant {
    const TEXT: StepText = StepText {
        summary: "Rounds to significant digits",
        romanian: "rotunjește la cifrele semnificative declarate",
        formula: "x to digits, as %.{digits}g",
        example: "{ significant = { digits = 7 } }",
        source: "English indices 2010: seven digits, the text form of a four-byte number",
    };
}

impl Operation for Significant {
    fn problems(&self) -> Vec<Message> {
        let fine = (1..=17).contains(&self.digits);
        if fine { Vec::new() } else { vec![parameters::digits()] }
    }

    fn apply(&self, column: &Column, _: &StepContext<'_>) -> Column {
        each(column, |x| stats::significant(x, self.digits))
    }
}

impl Explained for Single {
    const TEXT: StepText = StepText {
        summary: "Stores the number in four bytes",
        romanian: "păstrează numărul pe patru octeți",
        formula: "x in IEEE single precision",
        example: "{ single = {} }",
        source: "English indices 2010 and 2019",
    };
}

impl Operation for Single {
    fn apply(&self, column: &Column, _: &StepContext<'_>) -> Column {
        each(column, stats::round_trip_single)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::steps::fixture::after;

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

    #[test]
    fn a_published_score_is_a_float_written_with_seven_digits_and_rounded() {
        // English index of 2010: 33.434998 is printed as 33.44 and 6.0649962 as 6.06
        let stored = after(&Single {}, &[33.434_998, 6.064_996_2]);
        let written = after(&Significant { digits: 7 }, &stored);
        assert_eq!(after(&Round { decimals: 2 }, &written), [33.44, 6.06]);
    }

    #[test]
    fn truncation_goes_towards_zero() {
        assert_eq!(after(&Truncate { decimals: 1 }, &[1.99, -1.99]), [1.9, -1.9]);
    }
}
