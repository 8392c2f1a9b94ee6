//! Scores made from ranks: the exponential transformation and inverse normal scores.
//!
//! Both read a column of ranks in which 1 is most at risk, as `rank` leaves it.

use std::fmt;

use schemars::JsonSchema;
use serde::de::{self, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use super::operation::{Explained, Group, Operation, StepContext, StepText, positive};
use crate::index::Column;
use crate::index::stats;
use crate::message::index::parameters;
use crate::quality::Message;

/// -c·ln(1 - R·(1 - e^(-100/c))), R being the rank scaled to 0..1: the most deprived tenth gets
/// half of the scale.
///
/// Source: Noble et al., "The English Indices of Deprivation", technical reports, "exponential
/// transformation".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Exponential {
    /// The constant: 23 in England, Scotland and Wales, `"100/ln81"` in Northern Ireland, where
    /// R = 0.9 scores exactly 50.
    #[schemars(with = "SteepnessText")]
    pub c: Steepness,
    /// How a rank r of n becomes R.
    pub r: Scaled,
    /// Register column within whose areas (or periods) n is counted.
    pub within: Option<String>,
}

/// The constant of the exponential transformation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Steepness {
    /// A number above 0.
    Number(f64),
    /// 100/ln 81, for which 1 - e^(-100/c) is exactly 80/81.
    HundredOverLn81,
}

/// How it is written.
#[derive(JsonSchema)]
#[serde(untagged)]
#[expect(dead_code, reason = "only its schema is used")]
enum SteepnessText {
    Number(f64),
    Name(HundredOverLn81),
}

#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used")]
enum HundredOverLn81 {
    #[serde(rename = "100/ln81")]
    Name,
}

impl Default for Steepness {
    fn default() -> Self {
        Self::Number(23.0)
    }
}

impl Serialize for Steepness {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(c) => serializer.serialize_f64(*c),
            Self::HundredOverLn81 => serializer.serialize_str("100/ln81"),
        }
    }
}

impl<'de> Deserialize<'de> for Steepness {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Text;
        impl Visitor<'_> for Text {
            type Value = Steepness;

            fn expecting(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                out.write_str("a number or \"100/ln81\"")
            }

            fn visit_f64<E: de::Error>(self, c: f64) -> Result<Steepness, E> {
                Ok(Steepness::Number(c))
            }

            fn visit_i64<E: de::Error>(self, c: i64) -> Result<Steepness, E> {
                Ok(Steepness::Number(c as f64))
            }

            fn visit_u64<E: de::Error>(self, c: u64) -> Result<Steepness, E> {
                Ok(Steepness::Number(c as f64))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Steepness, E> {
                if text == "100/ln81" {
                    return Ok(Steepness::HundredOverLn81);
                }
                Err(E::invalid_value(de::Unexpected::Str(text), &self))
            }
        }
        deserializer.deserialize_any(Text)
    }
}

impl Steepness {
    /// c and 1 - e^(-100/c).
    fn constants(self) -> (f64, f64) {
        match self {
            Self::Number(c) => (c, 1.0 - stats::exp(-100.0 / c)),
            Self::HundredOverLn81 => (100.0 / stats::ln(81.0), 80.0 / 81.0),
        }
    }
}

/// How a rank r of n becomes a share.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) enum Scaled {
    /// The first is 1, the last 1/n (England, Wales, Northern Ireland).
    #[default]
    #[serde(rename = "(n+1-r)/n")]
    FirstIsOne,
    /// The first is (n-1)/n, the last 0 (Scotland).
    #[serde(rename = "(n-r)/n")]
    LastIsZero,
    /// The first is 1/n, the last 1: for a rank that begins with the least deprived.
    #[serde(rename = "r/n")]
    LastIsOne,
    /// The column is R already (made by `rank_share`, and stored or rounded since).
    #[serde(rename = "given")]
    Given,
}

impl Scaled {
    fn of(self, r: f64, n: f64) -> f64 {
        match self {
            Self::FirstIsOne => (n + 1.0 - r) / n,
            Self::LastIsZero => (n - r) / n,
            Self::LastIsOne => r / n,
            Self::Given => r,
        }
    }
}

/// The share R that a rank r of n stands for, as a step of its own: for methods that store or round
/// it before they transform it.
///
/// Source: the English Indices of Deprivation of 2010 and 2019, whose R was stored in four bytes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RankShare {
    /// How a rank r of n becomes R.
    pub r: Scaled,
    /// Register column within whose areas (or periods) n is counted.
    pub within: Option<String>,
}

impl Explained for RankShare {
    const TEXT: StepText = StepText {
        summary: "The share R that a rank stands for, for methods that store it before they transform it",
        romanian: "exprimă rangul ca pondere",
        formula: "(n+1-r)/n, (n-r)/n or r/n",
        example: "{ rank_share = { r = \"(n+1-r)/n\" } }",
        source: "English Indices of Deprivation 2010 and 2019: R is stored in four bytes",
    };
}

impl Operation for RankShare {
    fn problems(&self) -> Vec<Message> {
        match self.r {
            Scaled::Given => vec![parameters::rank_to_share()],
            Scaled::FirstIsOne | Scaled::LastIsZero | Scaled::LastIsOne => Vec::new(),
        }
    }

    fn areas(&self) -> Vec<&str> {
        self.within.as_deref().into_iter().collect()
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        context.normalise(column, self.within.as_deref(), |group| {
            from_ranks(group, |r, n| clamp(self.r.of(r, n)))
        })
    }
}

impl Explained for Exponential {
    const TEXT: StepText = StepText {
        summary: "Exponential transformation of a rank",
        romanian: "transformă rangul pe scala exponențială",
        formula: "-c ln(1 - R (1 - e^(-100/c)))",
        example: "{ exponential = { c = 23, r = \"(n+1-r)/n\" } }",
        source: "English Indices of Deprivation, technical report",
    };
}

impl Operation for Exponential {
    fn problems(&self) -> Vec<Message> {
        match self.c {
            Steepness::Number(c) => positive("c", c).into_iter().collect(),
            Steepness::HundredOverLn81 => Vec::new(),
        }
    }

    fn areas(&self) -> Vec<&str> {
        self.within.as_deref().into_iter().collect()
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let (c, k) = self.c.constants();
        context.normalise(column, self.within.as_deref(), |group| {
            from_ranks(group, |r, n| -c * stats::ln(1.0 - clamp(self.r.of(r, n)) * k))
        })
    }
}

/// The standard normal value whose share of the distribution is that of the rank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct NormalScores {
    /// How a rank becomes a share.
    pub formula: Position,
    /// Register column within whose areas (or periods) n is counted.
    pub within: Option<String>,
}

/// Plotting positions, for the ascending rank a of n.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Position {
    /// (a - 1/2)/n, as in Northern Ireland.
    #[default]
    Rankit,
    /// a/(n + 1), as in Scotland.
    VanDerWaerden,
    /// (a - 3/8)/(n + 1/4).
    Blom,
    /// (a - 1/3)/(n + 1/3).
    Tukey,
}

impl Position {
    fn of(self, a: f64, n: f64) -> f64 {
        match self {
            Self::Rankit => (a - 0.5) / n,
            Self::VanDerWaerden => a / (n + 1.0),
            Self::Blom => (a - 0.375) / (n + 0.25),
            Self::Tukey => (a - 1.0 / 3.0) / (n + 1.0 / 3.0),
        }
    }
}

impl Explained for NormalScores {
    const TEXT: StepText = StepText {
        summary: "The standard normal value of a rank",
        romanian: "înlocuiește rangul cu valoarea normală standard",
        formula: "probit((a - 1/2)/n), a/(n+1), (a - 3/8)/(n + 1/4) or (a - 1/3)/(n + 1/3), a = n + 1 - r",
        example: "{ normal_scores = { formula = \"van-der-waerden\" } }",
        source: "van der Waerden (1952), Blom (1958), Tukey (1962); NIMDM 2017, annex B",
    };
}

impl Operation for NormalScores {
    fn areas(&self) -> Vec<&str> {
        self.within.as_deref().into_iter().collect()
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        context.normalise(column, self.within.as_deref(), |group| {
            // a unit outside the distribution may have rank n + 1: it counts as the last
            from_ranks(group, |r, n| stats::probit(self.formula.of(n + 1.0 - r.min(n), n)))
        })
    }
}

/// A function of rank and number of ranked units.
fn from_ranks(group: &Group<'_>, function: impl Fn(f64, f64) -> f64) -> Option<Vec<f64>> {
    let n = group.base().len() as f64;
    (n > 0.0).then(|| group.map(|r| if r.is_nan() { r } else { function(r, n) }))
}

fn clamp(share: f64) -> f64 {
    share.clamp(0.0, 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::steps::fixture::after;

    #[test]
    fn the_first_scores_one_hundred_and_a_tenth_takes_half() {
        let ranks: Vec<f64> = (1..=10).map(f64::from).collect();
        let got = after(&Exponential::default(), &ranks);
        assert!((got[0] - 100.0).abs() < 1e-10, "{}", got[0]);
        let exact = Exponential { c: Steepness::HundredOverLn81, ..Exponential::default() };
        let got = after(&exact, &ranks);
        assert!((got[0] - 100.0).abs() < 1e-12);
        assert!((got[1] - 50.0).abs() < 1e-12, "R = 0.9 scores {}", got[1]);
        let scottish = Exponential { r: Scaled::LastIsZero, ..Exponential::default() };
        assert!(after(&scottish, &ranks)[9].abs() < 1e-15);
    }

    #[test]
    fn a_share_made_first_and_given_to_the_transformation_is_the_same_thing() {
        let ranks = [1.0, 2.5, 2.5, 4.0];
        let share = after(&RankShare::default(), &ranks);
        assert_eq!(share, [1.0, 0.625, 0.625, 0.25]);
        let given = Exponential { r: Scaled::Given, ..Exponential::default() };
        assert_eq!(after(&given, &share), after(&Exponential::default(), &ranks));
        let rising = RankShare { r: Scaled::LastIsOne, within: None };
        assert_eq!(after(&rising, &ranks), [0.25, 0.625, 0.625, 1.0]);
        assert!(!RankShare { r: Scaled::Given, within: None }.problems().is_empty());
    }

    #[test]
    fn normal_scores_are_symmetric_and_differ_by_their_position() {
        let score = |formula| after(&NormalScores { formula, within: None }, &[1.0, 2.0, 3.0]);
        let rankit = score(Position::Rankit);
        assert!((rankit[0] - 0.967_421_566_101_701).abs() < 1e-12);
        assert!(rankit[1].abs() < 1e-15);
        assert!((rankit[0] + rankit[2]).abs() < 1e-15);
        assert!((score(Position::VanDerWaerden)[0] - 0.674_489_750_196_081_7).abs() < 1e-12);
        assert!((score(Position::Blom)[0] - 0.869_423_773_288_255).abs() < 1e-9);
        assert!((score(Position::Tukey)[0] - 0.841_621_233_572_914).abs() < 1e-9);
    }

    #[test]
    fn the_constant_is_a_number_or_a_name() {
        let read = |text: &str| toml::from_str::<Exponential>(text);
        assert_eq!(read("c = 23").unwrap().c, Steepness::Number(23.0));
        assert_eq!(read("c = \"100/ln81\"").unwrap().c, Steepness::HundredOverLn81);
        assert!(read("c = \"23\"").unwrap_err().to_string().contains("a number or \"100/ln81\""));
        assert!(!read("c = 0").unwrap().problems().is_empty());
    }
}
