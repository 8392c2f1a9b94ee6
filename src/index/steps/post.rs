//! Goalposts: declared numbers, or numbers taken from the distribution.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operation::finite;
use crate::index::stats;

/// One end of a scale: a number, or how it is taken from the ranked units before direction.
///
/// Source: OECD/JRC Handbook (2008), step 5; Sustainable Development Report, methodology: the 2.5th
/// percentile for the worst end, the mean of the five best performers for the best.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "a goalpost is a number, \"min\", \"max\", { quantile = 0.025 }, { mean_of_lowest = 5 } or { mean_of_highest = 5 }"
)]
pub enum Post {
    /// A declared number.
    Number(f64),
    /// An end of the distribution.
    End(End),
    /// A quantile (type 7).
    Quantile(Quantile),
    /// The mean of so many least values.
    Lowest(Lowest),
    /// The mean of so many greatest values.
    Highest(Highest),
}

/// An end of the distribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum End {
    /// The least value.
    Min,
    /// The greatest value.
    Max,
}

/// A quantile (type 7).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Quantile {
    /// The share below it, from 0 to 1.
    pub quantile: f64,
}

/// The mean of the least values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Lowest {
    /// How many values.
    pub mean_of_lowest: u32,
}

/// The mean of the greatest values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Highest {
    /// How many values.
    pub mean_of_highest: u32,
}

impl From<f64> for Post {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl Post {
    /// The number, when it is declared.
    pub(super) fn declared(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            Self::End(_) | Self::Quantile(_) | Self::Lowest(_) | Self::Highest(_) => None,
        }
    }

    /// A message when the parameter of that name cannot be used.
    pub(super) fn problem(self, name: &str) -> Option<String> {
        match self {
            Self::Number(number) => finite(name, number),
            Self::End(_) => None,
            Self::Quantile(Quantile { quantile }) => (!(0.0..=1.0).contains(&quantile))
                .then(|| format!("the quantile of `{name}` must be a share from 0 to 1")),
            Self::Lowest(Lowest { mean_of_lowest: count })
            | Self::Highest(Highest { mean_of_highest: count }) => {
                (count == 0).then(|| format!("`{name}` needs at least one value"))
            }
        }
    }

    /// The number over those values; NaN where there are none.
    pub(super) fn over(self, base: &[f64]) -> f64 {
        let sorted = || {
            let mut sorted = base.to_vec();
            sorted.sort_by(f64::total_cmp);
            sorted
        };
        let many = |count: u32| (count as usize).min(base.len());
        match self {
            Self::Number(number) => number,
            Self::End(End::Min) => stats::minimum(base),
            Self::End(End::Max) => stats::maximum(base),
            Self::Quantile(Quantile { quantile }) => stats::quantile(base, quantile),
            Self::Lowest(Lowest { mean_of_lowest }) => {
                stats::mean(&sorted()[..many(mean_of_lowest)])
            }
            Self::Highest(Highest { mean_of_highest }) => {
                stats::mean(&sorted()[base.len() - many(mean_of_highest)..])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Deserialize)]
    struct Line {
        low: Post,
    }

    #[track_caller]
    fn case(text: &str, expected: f64) {
        let line: Line = toml::from_str(&format!("low = {text}")).unwrap();
        assert_eq!(line.low.problem("low"), None);
        let got = line.low.over(&[4.0, 1.0, 9.0, 2.0, 14.0]);
        assert!((got - expected).abs() < 1e-12, "{text}: {got}");
    }

    #[test]
    fn a_post_is_declared_or_taken_from_the_distribution() {
        case("20", 20.0);
        case("'min'", 1.0);
        case("'max'", 14.0);
        case("{ quantile = 0.25 }", 2.0);
        case("{ mean_of_lowest = 2 }", 1.5);
        case("{ mean_of_highest = 3 }", 9.0);
        case("{ mean_of_highest = 50 }", 6.0);
    }

    #[test]
    fn anything_else_is_refused_with_what_is_possible() {
        for text in ["'mean'", "{ quantil = 0.1 }", "[1]"] {
            let error = toml::from_str::<Line>(&format!("low = {text}")).unwrap_err();
            assert!(error.message().starts_with("a goalpost is a number, "), "{error}");
        }
        assert!(Post::Quantile(Quantile { quantile: 2.5 }).problem("low").is_some());
        assert!(Post::Lowest(Lowest { mean_of_lowest: 0 }).problem("low").is_some());
    }
}
