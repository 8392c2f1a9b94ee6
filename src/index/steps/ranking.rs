//! Normalisation by place: ranks, percentile ranks, percentiles, Borda points.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::minmax::between;
use super::operation::{Explained, Group, Operation, StepContext, StepText, finite, range};
use crate::index::Column;
use crate::index::stats::{self, Order, Ranking, Ties};
use crate::quality::Message;

/// The place of each unit, from 1.
///
/// Source: OECD/JRC Handbook (2008), step 5, "Ranking".
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Rank {
    /// What equal values get.
    pub ties: Ties,
    /// Which end is first; the highest is most at risk.
    pub order: Order,
    /// Decimals to which values are compared.
    pub decimals: u32,
    /// Register column within whose areas (or periods) units are ranked.
    pub within: Option<String>,
}

impl Default for Rank {
    fn default() -> Self {
        Self { ties: Ties::Min, order: Order::HighestFirst, decimals: 9, within: None }
    }
}

impl Explained for Rank {
    const TEXT: StepText = StepText {
        summary: "The place of each unit",
        romanian: "dă fiecărei unități poziția ei în clasament",
        formula: "1 for the first; ties as declared",
        example: "{ rank = { ties = \"mean\", order = \"highest-first\" } }",
        source: "OECD/JRC Handbook (2008), step 5",
    };
}

impl Operation for Rank {
    fn areas(&self) -> Vec<&str> {
        self.within.as_deref().into_iter().collect()
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let ranking = Ranking { ties: self.ties, order: self.order, decimals: self.decimals };
        context.normalise(column, self.within.as_deref(), |group| {
            Some(stats::ranks(group.values, group.ranked, ranking))
        })
    }
}

/// Share of the other units that lie below: (r - 1)/(n - 1), r being the ascending rank
/// (Excel's `PERCENTRANK.INC` before its rounding).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct PercentRank {
    /// What the lowest and the highest place become.
    pub to: [f64; 2],
    /// What equal values get.
    pub ties: Ties,
    /// Decimals to which the result is rounded half up, by exact integers; none when absent.
    pub round: Option<u32>,
    /// What n counts.
    pub n: Counted,
    /// Decimals to which values are compared.
    pub decimals: u32,
    /// Register column within whose areas (or periods) units are ranked.
    pub within: Option<String>,
}

/// Which units a share is taken of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Counted {
    /// Ranked units that have a value.
    #[default]
    Valid,
    /// All ranked units.
    All,
}

impl Default for PercentRank {
    fn default() -> Self {
        let to = [0.0, 1.0];
        Self { to, ties: Ties::Min, round: None, n: Counted::Valid, decimals: 9, within: None }
    }
}

impl Explained for PercentRank {
    const TEXT: StepText = StepText {
        summary: "Share of the other units that lie below",
        romanian: "dă fiecărei unități ponderea celorlalte unități aflate sub ea",
        formula: "(r - 1)/(n - 1) · (to₂ - to₁) + to₁, r ascending",
        example: "{ percent_rank = { round = 4 } }",
        source: "CDC/ATSDR SVI; Excel PERCENTRANK.INC",
    };
}

impl Operation for PercentRank {
    fn problems(&self) -> Vec<Message> {
        range("to", self.to).into_iter().collect()
    }

    fn areas(&self) -> Vec<&str> {
        self.within.as_deref().into_iter().collect()
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        context.normalise(column, self.within.as_deref(), |group| {
            let others = match self.n {
                Counted::Valid => group.base().len(),
                Counted::All => group.ranked.iter().filter(|&&ranked| ranked).count(),
            } as f64
                - 1.0;
            let places = ascending(group, self.ties, self.decimals);
            // a unit outside the distribution may stand above everybody in it; NaN stays NaN
            let share = |rank: f64| if rank > others + 1.0 { 1.0 } else { (rank - 1.0) / others };
            (others > 0.0).then(|| {
                let shares = places.iter().map(|&rank| match self.round {
                    Some(decimals) => rounded_share(rank - 1.0, others, decimals),
                    None => share(rank),
                });
                shares.map(|share| between(share, [0.0, 1.0], self.to)).collect()
            })
        })
    }
}

/// k/n to decimals, half up, by exact integers: floor(10^d·k/n + 1/2)/10^d.
#[expect(clippy::cast_possible_truncation, reason = "counts of units, doubled")]
fn rounded_share(k: f64, n: f64, decimals: u32) -> f64 {
    if k.is_nan() {
        return k;
    }
    let power = 10_i128.pow(decimals.min(15));
    // mean ties make halves: everything is doubled
    let (twice_k, n) = ((2.0 * k.min(n)) as i128, n as i128);
    let whole = (power * twice_k + n).div_euclid(2 * n);
    whole as f64 / power as f64
}

/// A share of the distribution at or below the unit, by a named definition.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Percentile {
    /// The definition, r being the ascending rank and n the number of ranked values.
    pub formula: Definition,
    /// What equal values get.
    pub ties: Ties,
    /// The result is multiplied by this: 1 or 100.
    pub scale: f64,
    /// Decimals to which values are compared.
    pub decimals: u32,
    /// Register column within whose areas (or periods) units are ranked.
    pub within: Option<String>,
}

/// A definition of a percentile, r being the ascending rank and n the number of ranked values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub(crate) enum Definition {
    /// Share at or below; with ties `max` the empirical distribution function.
    #[default]
    #[serde(rename = "r/n")]
    Empirical,
    /// Hazen.
    #[serde(rename = "(r-1/2)/n")]
    Hazen,
    /// Weibull.
    #[serde(rename = "r/(n+1)")]
    Weibull,
    /// Share of the others below.
    #[serde(rename = "(r-1)/(n-1)")]
    Inclusive,
    /// The hundredth in which the unit lies, from 1 to 100.
    #[serde(rename = "ceil(100r/n)")]
    Hundredth,
}

impl Default for Percentile {
    fn default() -> Self {
        Self {
            formula: Definition::Empirical,
            ties: Ties::Max,
            scale: 1.0,
            decimals: 9,
            within: None,
        }
    }
}

impl Explained for Percentile {
    const TEXT: StepText = StepText {
        summary: "Share of the distribution at or below, by a named definition",
        romanian: "dă fiecărei unități ponderea distribuției aflate la nivelul ei sau sub el",
        formula: "r/n, (r-1/2)/n, r/(n+1), (r-1)/(n-1) or ceil(100r/n), r ascending",
        example: "{ percentile = { formula = \"r/n\", ties = \"max\", scale = 100 } }",
        source: "Hyndman and Fan (1996); FEMA National Risk Index",
    };
}

impl Operation for Percentile {
    fn problems(&self) -> Vec<Message> {
        finite("scale", self.scale).into_iter().collect()
    }

    fn areas(&self) -> Vec<&str> {
        self.within.as_deref().into_iter().collect()
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        context.normalise(column, self.within.as_deref(), |group| {
            let n = group.base().len() as f64;
            let places = ascending(group, self.ties, self.decimals);
            let alone = self.formula == Definition::Inclusive && n < 2.0;
            (n > 0.0 && !alone).then(|| {
                places
                    .iter()
                    .map(|&r| self.formula.of(if r > n { n } else { r }, n) * self.scale)
                    .collect()
            })
        })
    }
}

impl Definition {
    fn of(self, r: f64, n: f64) -> f64 {
        if r.is_nan() {
            return r;
        }
        match self {
            Self::Empirical => r / n,
            Self::Hazen => (r - 0.5) / n,
            Self::Weibull => r / (n + 1.0),
            Self::Inclusive => (r - 1.0) / (n - 1.0),
            Self::Hundredth => (100.0 * r / n).ceil(),
        }
    }
}

/// Borda points: how many units lie below, r - 1.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Borda {
    /// What equal values get.
    pub ties: Ties,
    /// Decimals to which values are compared.
    pub decimals: u32,
    /// Register column within whose areas (or periods) units are ranked.
    pub within: Option<String>,
}

impl Default for Borda {
    fn default() -> Self {
        Self { ties: Ties::Min, decimals: 9, within: None }
    }
}

impl Explained for Borda {
    const TEXT: StepText = StepText {
        summary: "How many units lie below",
        romanian: "numără câte unități sunt dedesubt",
        formula: "r - 1, r ascending",
        example: "{ borda = {} }",
        source: "Borda (1781)",
    };
}

impl Operation for Borda {
    fn areas(&self) -> Vec<&str> {
        self.within.as_deref().into_iter().collect()
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        context.normalise(column, self.within.as_deref(), |group| {
            let places = ascending(group, self.ties, self.decimals);
            Some(places.iter().map(|rank| rank - 1.0).collect())
        })
    }
}

/// Ranks with the lowest first.
fn ascending(group: &Group<'_>, ties: Ties, decimals: u32) -> Vec<f64> {
    stats::ranks(group.values, group.ranked, Ranking { ties, order: Order::LowestFirst, decimals })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::steps::fixture::{after, after_protective};

    const VALUES: [f64; 5] = [10.0, 20.0, 20.0, 40.0, f64::NAN];

    #[track_caller]
    fn case(step: &impl Operation, expected: [f64; 4]) {
        assert_eq!(after(step, &VALUES)[..4], expected);
    }

    #[test]
    fn places_by_every_definition() {
        case(&Rank::default(), [4.0, 2.0, 2.0, 1.0]);
        case(
            &Rank { order: Order::LowestFirst, ties: Ties::Mean, ..Rank::default() },
            [1.0, 2.5, 2.5, 4.0],
        );
        case(&PercentRank::default(), [0.0, 1.0 / 3.0, 1.0 / 3.0, 1.0]);
        case(&PercentRank { round: Some(4), ..PercentRank::default() }, [0.0, 0.3333, 0.3333, 1.0]);
        case(&PercentRank { n: Counted::All, ..PercentRank::default() }, [0.0, 0.25, 0.25, 0.75]);
        case(&PercentRank { to: [0.0, 90.0], ..PercentRank::default() }, [0.0, 30.0, 30.0, 90.0]);
        case(&Borda::default(), [0.0, 1.0, 1.0, 3.0]);
        let percentile = |formula, ties| Percentile { formula, ties, ..Percentile::default() };
        case(&percentile(Definition::Empirical, Ties::Max), [0.25, 0.75, 0.75, 1.0]);
        case(&percentile(Definition::Hazen, Ties::Mean), [0.125, 0.5, 0.5, 0.875]);
        case(&percentile(Definition::Weibull, Ties::Min), [0.2, 0.4, 0.4, 0.8]);
        case(&percentile(Definition::Inclusive, Ties::Min), [0.0, 1.0 / 3.0, 1.0 / 3.0, 1.0]);
        case(&percentile(Definition::Hundredth, Ties::Max), [25.0, 75.0, 75.0, 100.0]);
    }

    #[test]
    fn a_protective_indicator_is_turned_round_first() {
        assert_eq!(after_protective(&Rank::default(), &VALUES)[..4], [1.0, 2.0, 2.0, 4.0]);
        assert_eq!(after_protective(&PercentRank::default(), &VALUES)[3..4], [0.0]);
    }

    #[test]
    fn shares_are_rounded_by_integers() {
        // 1/32 is 0.03125 exactly: half up at four decimals
        assert_eq!(rounded_share(1.0, 32.0, 4).to_bits(), 0.0313_f64.to_bits());
        assert_eq!(rounded_share(1.0, 3141.0, 4).to_bits(), 0.0003_f64.to_bits());
        assert_eq!(rounded_share(3141.0, 3141.0, 4).to_bits(), 1.0_f64.to_bits());
    }
}
