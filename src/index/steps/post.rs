//! Goalposts: declared numbers, or numbers taken from the distribution.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operation::finite;
use crate::index::stats;

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "a goalpost is a number, \"min\", \"max\", { quantile = 0.025 }, { mean_of_lowest = 5 } or { mean_of_highest = 5 }"
)]
/// One end of a scale: a number, or how it is taken from the ranked units before direction.
///
/// Source: OECD/JRC Handbook (2008), step 5; Sustainable Development Report, methodology: the 2.5th
/// percentile for the worst end, the mean of the five best performers for the best.
pub enum Post {
    /// A declared number.
    Number(f64),
    /// A number of the distribution.
    Taken(Taken),
}

/// How a goalpost is taken from the distribution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Taken {
    /// The least value.
    Min,
    /// The greatest value.
    Max,
    /// The quantile (type 7) with that share below it, from 0 to 1.
    Quantile(f64),
    /// The mean of so many least values.
    MeanOfLowest(u32),
    /// The mean of so many greatest values.
    MeanOfHighest(u32),
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
            Self::Taken(_) => None,
        }
    }

    /// A message when the parameter of that name cannot be used.
    pub(super) fn problem(self, name: &str) -> Option<String> {
        match self {
            Self::Number(number) => finite(name, number),
            Self::Taken(Taken::Quantile(share)) => (!(0.0..=1.0).contains(&share))
                .then(|| format!("the quantile of `{name}` must be a share from 0 to 1")),
            Self::Taken(Taken::MeanOfLowest(0) | Taken::MeanOfHighest(0)) => {
                Some(format!("`{name}` needs at least one value"))
            }
            Self::Taken(
                Taken::Min | Taken::Max | Taken::MeanOfLowest(_) | Taken::MeanOfHighest(_),
            ) => None,
        }
    }

    /// The number over those values; NaN where there are none.
    pub(super) fn over(self, base: &[f64]) -> f64 {
        match self {
            Self::Number(number) => number,
            Self::Taken(taken) => taken.from(base),
        }
    }
}

impl Taken {
    fn from(self, base: &[f64]) -> f64 {
        let sorted = || {
            let mut sorted = base.to_vec();
            sorted.sort_by(f64::total_cmp);
            sorted
        };
        let many = |count: u32| (count as usize).min(base.len());
        match self {
            Self::Min => stats::minimum(base),
            Self::Max => stats::maximum(base),
            Self::Quantile(share) => stats::quantile(base, share),
            Self::MeanOfLowest(count) => stats::mean(&sorted()[..many(count)]),
            Self::MeanOfHighest(count) => stats::mean(&sorted()[base.len() - many(count)..]),
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
        assert!(Post::Taken(Taken::Quantile(2.5)).problem("low").is_some());
        assert!(Post::Taken(Taken::MeanOfLowest(0)).problem("low").is_some());
    }
}
