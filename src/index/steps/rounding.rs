//! Rounding and storage as part of a method: decimals, significant digits, four-byte numbers.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::elementary::each;
use super::operation::Operation;
use crate::index::Column;
use crate::index::scene::Scene;
use crate::index::stats;

/// Rounds to decimals, a half away from zero, on the shortest decimal text of the number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Round {
    /// Decimals kept.
    pub decimals: u32,
}

/// Cuts off behind decimals, towards zero.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Truncate {
    /// Decimals kept.
    pub decimals: u32,
}

/// Rounds to significant digits; with 12 to 15 it removes binary noise, with 7 it is the text form
/// of a four-byte number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Significant {
    /// Digits kept, 1 to 17.
    pub digits: u32,
}

/// Stores the number in four bytes (IEEE single precision), as some statistical packages do by
/// default.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Single {}

impl Operation for Round {
    fn apply(&self, column: &Column, _: &mut Scene<'_>) -> Column {
        each(column, |x| stats::half_up(x, self.decimals))
    }
}

impl Operation for Truncate {
    fn apply(&self, column: &Column, _: &mut Scene<'_>) -> Column {
        each(column, |x| stats::truncated(x, self.decimals))
    }
}

impl Operation for Significant {
    fn problems(&self) -> Vec<String> {
        let fine = (1..=17).contains(&self.digits);
        if fine { Vec::new() } else { vec!["`digits` must be from 1 to 17".into()] }
    }

    fn apply(&self, column: &Column, _: &mut Scene<'_>) -> Column {
        each(column, |x| stats::significant(x, self.digits))
    }
}

impl Operation for Single {
    fn apply(&self, column: &Column, _: &mut Scene<'_>) -> Column {
        each(column, stats::round_trip_single)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::steps::stage::after;

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
