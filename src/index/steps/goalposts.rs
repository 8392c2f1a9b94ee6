//! Normalisation between goalposts.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::minmax::between;
use super::operation::{Explained, Operation, StepContext, StepText, finite, range};
use crate::index::stats;
use crate::index::{Column, Mark};
use crate::message::index::parameters;
use crate::message::index::steps as message;
use crate::quality::{Finding, Message};

/// (x - low)/(high - low) scaled to a range. The goalposts say the direction: with low above high
/// less is more risk, and the indicator declares no `direction` beside them. Goalposts taken from the
/// distribution are those of the ranked units; where both are the same the column is constant.
///
/// Source: UNDP, Human Development Report, technical note 1.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Goalposts {
    /// The value that scores the lower end of `to`.
    pub low: Goalpost,
    /// The value that scores the upper end of `to`.
    pub high: Goalpost,
    /// The range of the result.
    #[serde(default = "unit_range")]
    pub to: [f64; 2],
    /// What happens to values beyond the goalposts.
    #[serde(default)]
    pub clip: Beyond,
    /// The logarithm that value and goalposts go through first.
    #[serde(default)]
    pub log: Option<Logarithm>,
    /// Least result, applied last.
    #[serde(default)]
    pub floor: Option<f64>,
}

fn unit_range() -> [f64; 2] {
    [0.0, 1.0]
}

/// What happens to values beyond the goalposts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Beyond {
    /// They count as the goalpost.
    #[default]
    Both,
    /// Only those beyond `high` count as the goalpost.
    High,
    /// Only those beyond `low` count as the goalpost.
    Low,
    /// They get results outside the range.
    None,
}

/// A logarithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Logarithm {
    /// Natural.
    Ln,
    /// Decimal.
    Log10,
}

impl Explained for Goalposts {
    const TEXT: StepText = StepText {
        summary: "Scales between goalposts that are declared or taken from the distribution",
        romanian: "așază valorile între două repere, declarate sau luate din distribuție",
        formula: "(x - low)/(high - low), of logarithms where declared, cut to 0..1",
        example: "{ goalposts = { low = 100, high = 75000, log = \"ln\" } }",
        source: "UNDP, Human Development Report, technical note 1",
    };
}

impl Operation for Goalposts {
    fn problems(&self) -> Vec<Message> {
        let mut problems: Vec<Message> = range("to", self.to).into_iter().collect();
        problems.extend(self.low.problem("low"));
        problems.extend(self.high.problem("high"));
        let declared = [self.low.declared(), self.high.declared()];
        if let [Some(low), Some(high)] = declared
            && low.total_cmp(&high).is_eq()
        {
            problems.push(parameters::posts_differ());
        }
        if self.log.is_some() && declared.into_iter().flatten().any(|post| post <= 0.0) {
            problems.push(parameters::posts_of_logarithm());
        }
        problems
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let base = stats::base(column.values(), context.ranked);
        let posts = [self.low.over(&base), self.high.over(&base)];
        if posts[0].total_cmp(&posts[1]).is_eq() {
            return column.without(|unit| column.value(unit).map(|_| Mark::Constant));
        }
        let mirrored = context.sign < 0.0;
        let values = column.values().iter().map(|&x| self.of(x, posts, mirrored)).collect();
        column.with_values(values)
    }

    /// Goalposts that nothing gives make a column constant that has no value at all.
    fn findings(&self, before: &Column, _: &Column, context: &StepContext<'_>) -> Vec<Finding> {
        let base = stats::base(before.values(), context.ranked);
        let same = self.low.over(&base).total_cmp(&self.high.over(&base)).is_eq();
        let finding = || message::constant(context.node, 0);
        if same && before.present() == 0 { vec![finding()] } else { Vec::new() }
    }
}

impl Goalposts {
    fn of(&self, x: f64, [low, high]: [f64; 2], mirrored: bool) -> f64 {
        if x.is_nan() {
            return x;
        }
        let (least, most) = (low.min(high), low.max(high));
        // cut before the logarithm, which cannot take what may lie below a goalpost
        let cut_low = matches!(self.clip, Beyond::Both)
            || self.clip == if low < high { Beyond::Low } else { Beyond::High };
        let cut_high = matches!(self.clip, Beyond::Both)
            || self.clip == if low < high { Beyond::High } else { Beyond::Low };
        let mut x = x;
        if cut_low {
            x = x.max(least);
        }
        if cut_high {
            x = x.min(most);
        }
        let log = |x: f64| match self.log {
            None => x,
            Some(Logarithm::Ln) => stats::ln(x),
            Some(Logarithm::Log10) => stats::log10(x),
        };
        let posts = if mirrored { [high, low] } else { [low, high] };
        let scaled = between(log(x), [log(posts[0]), log(posts[1])], self.to);
        self.floor.map_or(scaled, |floor| scaled.max(floor))
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "a goalpost is a number, \"min\", \"max\", { quantile = 0.025 }, { mean_of_lowest = 5 } or { mean_of_highest = 5 }"
)]
/// One end of a scale: a number, or how it is taken from the ranked units before direction.
///
/// Source: OECD/JRC Handbook (2008), step 5; Sustainable Development Report, methodology: the 2.5th
/// percentile for the worst end, the mean of the five best performers for the best.
pub(crate) enum Goalpost {
    /// A declared number.
    Number(f64),
    /// A number of the distribution.
    Taken(Taken),
}

/// How a goalpost is taken from the distribution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Taken {
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

impl Goalposts {
    /// Whether both ends are declared numbers, whatever the distribution.
    pub(super) fn are_declared(&self) -> bool {
        [self.low, self.high].iter().all(|post| matches!(post, Goalpost::Number(_)))
    }
}

impl From<f64> for Goalpost {
    fn from(number: f64) -> Self {
        Self::Number(number)
    }
}

impl Goalpost {
    /// The number, when it is declared.
    pub(super) fn declared(self) -> Option<f64> {
        match self {
            Self::Number(number) => Some(number),
            Self::Taken(_) => None,
        }
    }

    /// A message when the parameter of that name cannot be used.
    pub(super) fn problem(self, name: &str) -> Option<Message> {
        match self {
            Self::Number(number) => finite(name, number),
            Self::Taken(Taken::Quantile(share)) => {
                (!(0.0..=1.0).contains(&share)).then(|| parameters::quantile(name))
            }
            Self::Taken(Taken::MeanOfLowest(0) | Taken::MeanOfHighest(0)) => {
                Some(parameters::needs_a_value(name))
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
    use crate::index::Mark;
    use crate::index::steps::fixture::{after, after_protective, on};

    fn posts(low: impl Into<Goalpost>, high: impl Into<Goalpost>) -> Goalposts {
        let (low, high) = (low.into(), high.into());
        Goalposts { low, high, to: [0.0, 1.0], clip: Beyond::Both, log: None, floor: None }
    }

    #[test]
    fn life_expectancy_runs_from_twenty_to_eighty_five() {
        assert_eq!(after(&posts(20.0, 85.0), &[20.0, 85.0, 90.0, 52.5]), [0.0, 1.0, 1.0, 0.5]);
        assert_eq!(after_protective(&posts(20.0, 85.0), &[20.0, 85.0, 90.0]), [1.0, 0.0, 0.0]);
        assert_eq!(after(&posts(85.0, 20.0), &[20.0, 85.0, 90.0]), [1.0, 0.0, 0.0]);
    }

    #[test]
    fn income_is_scaled_by_its_logarithm() {
        let income = Goalposts { log: Some(Logarithm::Ln), ..posts(100.0, 75_000.0) };
        let got = after(&income, &[100.0, 75_000.0, 50.0, 2_738.612_787_525_830_6]);
        assert_eq!(got[..3], [0.0, 1.0, 0.0]);
        assert!((got[3] - 0.5).abs() < 1e-12);
    }

    #[test]
    fn values_beyond_are_cut_only_where_declared() {
        let open = |clip| Goalposts { clip, ..posts(0.0, 10.0) };
        assert_eq!(after(&open(Beyond::None), &[-5.0, 20.0]), [-0.5, 2.0]);
        assert_eq!(after(&open(Beyond::High), &[-5.0, 20.0]), [-0.5, 1.0]);
        assert_eq!(after(&open(Beyond::Low), &[-5.0, 20.0]), [0.0, 2.0]);
        let floored = Goalposts { floor: Some(0.01), ..posts(0.0, 10.0) };
        assert_eq!(after(&floored, &[0.0]), [0.01]);
    }

    #[test]
    fn goalposts_must_differ() {
        assert!(!posts(1.0, 1.0).problems().is_empty());
        assert!(!Goalposts { log: Some(Logarithm::Ln), ..posts(0.0, 1.0) }.problems().is_empty());
    }

    #[test]
    fn posts_of_the_distribution_are_those_of_the_ranked_units() {
        let best: Goalposts =
            toml::from_str("low = { quantile = 0.25 }\nhigh = { mean_of_highest = 2 }").unwrap();
        let got = after(&best, &[0.0, 2.0, 4.0, 8.0, 12.0]);
        assert_eq!(got, [0.0, 0.0, 0.25, 0.75, 1.0]);
        let constant: Goalposts = toml::from_str("low = 'min'\nhigh = 'max'").unwrap();
        let (column, findings) = on(&constant, &[3.0; 4], 1.0);
        assert_eq!(column.marks(), [Mark::Constant; 4]);
        assert_eq!(findings.iter().count(), 1);
    }

    #[derive(Debug, Deserialize)]
    struct Line {
        low: Goalpost,
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
        assert!(Goalpost::Taken(Taken::Quantile(2.5)).problem("low").is_some());
        assert!(Goalpost::Taken(Taken::MeanOfLowest(0)).problem("low").is_some());
    }
}
