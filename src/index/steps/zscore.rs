//! Standard scores: distance from the centre in units of spread.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operation::{Explained, Group, Operation, StepContext, StepText, finite, positive};
use crate::index::Column;
use crate::index::stats;
use crate::message::index::parameters;
use crate::quality::Message;

/// (x - mean)/sd, times a declared deviation, plus a declared mean.
///
/// With weights: mean = Σwx/Σw and variance = Σw(x - mean)²/(Σw - ddof), as if each unit stood
/// there w times.
///
/// Source: OECD/JRC Handbook (2008), step 5, "Standardisation"; Carstairs and Morris (1991) for
/// weights of population.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ZScore {
    /// Mean of the result.
    pub mean: f64,
    /// Standard deviation of the result.
    pub sd: f64,
    /// 1: squared distances are divided by n - 1 (a sample); 0: by n (a population).
    pub ddof: u8,
    /// Indicator whose measured value says how often a unit counts in mean and deviation (people);
    /// once each when absent. A unit without it does not count.
    pub weight: Option<String>,
    /// Register column within whose areas (or periods) mean and deviation are taken.
    pub within: Option<String>,
}

impl Default for ZScore {
    fn default() -> Self {
        Self { mean: 0.0, sd: 1.0, ddof: 1, weight: None, within: None }
    }
}

impl Explained for ZScore {
    const TEXT: StepText = StepText {
        summary: "Distance from the mean in standard deviations",
        romanian: "exprimă distanța față de medie în abateri standard (scor z)",
        formula: "(x - mean)/sd · sd' + mean'",
        example: "{ zscore = { mean = 0, sd = 1, ddof = 1 } }",
        source: "OECD/JRC Handbook (2008), step 5",
    };
}

impl Operation for ZScore {
    fn problems(&self) -> Vec<Message> {
        let mut problems: Vec<Message> =
            finite("mean", self.mean).into_iter().chain(positive("sd", self.sd)).collect();
        if self.ddof > 1 {
            problems.push(parameters::degrees_of_freedom());
        }
        problems
    }

    fn areas(&self) -> Vec<&str> {
        self.within.as_deref().into_iter().collect()
    }

    fn indicators(&self) -> Vec<&str> {
        self.weight.as_deref().into_iter().collect()
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let weights = self.weight.as_ref().and_then(|id| context.measured.get(id));
        let weights = weights.map(|measured| measured.column.clone());
        context.normalise(column, self.within.as_deref(), |group| {
            let base = group.base();
            let (centre, variance) = match &weights {
                None => (stats::mean(&base), stats::variance(&base, self.ddof)),
                Some(weights) => weighted(group, weights, self.ddof),
            };
            let spread = variance.sqrt();
            // a spread of nothing but rounding is none
            let even = stats::minimum(&base).total_cmp(&stats::maximum(&base)).is_eq();
            (spread > 0.0 && !even)
                .then(|| group.map(|x| (x - centre) / spread * self.sd + self.mean))
        })
    }
}

/// Mean and variance of the ranked units, each as often as its weight says.
fn weighted(group: &Group<'_>, weights: &Column, ddof: u8) -> (f64, f64) {
    let counted: Vec<(f64, f64)> = (0..group.values.len())
        .filter(|&at| group.ranked[at] && !group.values[at].is_nan())
        .filter_map(|at| Some((group.values[at], weights.value(group.units[at])?)))
        .collect();
    let total = stats::sum(counted.iter().map(|(_, w)| *w));
    let mean = stats::sum(counted.iter().map(|(x, w)| w * x)) / total;
    let squares = stats::sum(counted.iter().map(|(x, w)| w * (x - mean) * (x - mean)));
    (mean, squares / (total - f64::from(ddof)))
}

/// (x - median)/(1.4826·MAD), MAD being the median distance from the median.
///
/// Source: P. J. Rousseeuw and C. Croux, "Alternatives to the median absolute deviation", JASA 88
/// (1993), for the factor that makes it the deviation of a normal distribution.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct RobustZScore {
    /// Register column within whose areas (or periods) the medians are taken.
    pub within: Option<String>,
}

impl Explained for RobustZScore {
    const TEXT: StepText = StepText {
        summary: "Distance from the median in median absolute deviations",
        romanian: "exprimă distanța față de mediană în abateri absolute mediane",
        formula: "(x - median)/(1.4826 MAD)",
        example: "{ robust_zscore = {} }",
        source: "Rousseeuw and Croux (1993)",
    };
}

impl Operation for RobustZScore {
    fn areas(&self) -> Vec<&str> {
        self.within.as_deref().into_iter().collect()
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        context.normalise(column, self.within.as_deref(), |group| {
            let base = group.base();
            let centre = stats::median(&base);
            let distances: Vec<f64> = base.iter().map(|x| (x - centre).abs()).collect();
            let spread = 1.482_602_218_505_602 * stats::median(&distances);
            (spread > 0.0).then(|| group.map(|x| (x - centre) / spread))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Mark;
    use crate::index::steps::fixture::{after, after_protective, on};

    #[test]
    fn the_deviation_is_that_of_a_sample_or_of_a_population() {
        let values = [1.0, 2.0, 3.0];
        assert_eq!(after(&ZScore::default(), &values), [-1.0, 0.0, 1.0]);
        assert_eq!(after_protective(&ZScore::default(), &values), [1.0, 0.0, -1.0]);
        let population = ZScore { ddof: 0, ..ZScore::default() };
        assert!((after(&population, &values)[2] - 1.224_744_871_391_589).abs() < 1e-15);
        let hundred = ZScore { mean: 100.0, sd: 10.0, ..ZScore::default() };
        assert_eq!(after(&hundred, &values), [90.0, 100.0, 110.0]);
    }

    #[test]
    fn a_weight_of_people_counts_a_unit_as_often() {
        // 1, 1, 1, 5: mean 2, squares 12
        let units = [0, 1];
        let group = Group { units: &units, values: &[1.0, 5.0], ranked: &[true; 2] };
        let people = crate::index::steps::fixture::column(&[3.0, 1.0]);
        assert_eq!(weighted(&group, &people, 0), (2.0, 3.0));
        assert_eq!(weighted(&group, &people, 1), (2.0, 4.0));
    }

    #[test]
    fn a_constant_column_has_no_spread() {
        assert_eq!(on(&ZScore::default(), &[0.1; 10], 1.0).0.marks(), [Mark::Constant; 10]);
        assert_eq!(on(&RobustZScore::default(), &[0.1; 10], 1.0).0.marks(), [Mark::Constant; 10]);
    }

    #[test]
    fn an_outlier_does_not_move_the_median() {
        let got = after(&RobustZScore::default(), &[1.0, 2.0, 3.0, 4.0, 1000.0]);
        assert!((got[2]).abs() < 1e-15);
        assert!((got[3] - 1.0 / 1.482_602_218_505_602).abs() < 1e-15);
    }
}
