//! Distances from a reference, a target, the leader or the mean, and shares of a total.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operation::{Explained, Operation, StepContext, StepText, finite, positive};
use crate::index::Column;
use crate::index::stats;
use crate::message::index::parameters;
use crate::quality::Message;

/// What happens to results beyond the reference.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Cap {
    /// They stay above 1.
    #[default]
    None,
    /// They count as 1.
    One,
}

impl Cap {
    fn of(self, x: f64) -> f64 {
        match self {
            Self::None => x,
            Self::One => x.min(1.0),
        }
    }
}

/// `1 - (x_ref - x)/(x_ref - min)`: 1 for the reference unit, 0 for the least.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DistanceToReference {
    /// Code of the reference unit.
    pub unit: String,
    /// What happens to results above 1.
    #[serde(default)]
    pub cap: Cap,
}

impl Explained for DistanceToReference {
    const TEXT: StepText = StepText {
        summary: "Distance from the least value as a share of that of a reference unit",
        romanian: "dă distanța față de minim, ca parte din cea a unei unități de referință",
        formula: "1 - (x_ref - x)/(x_ref - min)",
        example: "{ distance_to_reference = { unit = \"179132\" } }",
        source: "OECD/JRC Handbook (2008), step 5",
    };
}

impl Operation for DistanceToReference {
    fn units(&self) -> Vec<&str> {
        vec![&self.unit]
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let turned = context.turned(column.values());
        let reference = context.register.position(&self.unit).map_or(f64::NAN, |unit| turned[unit]);
        context.normalise(column, None, |group| {
            let low = stats::minimum(&group.base());
            (reference > low)
                .then(|| group.map(|x| self.cap.of(1.0 - (reference - x) / (reference - low))))
        })
    }
}

/// (x - min)/(target - min); for a protective indicator of values turned round.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DistanceToTarget {
    /// The target, in the unit of the indicator.
    pub target: f64,
    /// What happens to results above 1.
    #[serde(default)]
    pub cap: Cap,
}

impl Explained for DistanceToTarget {
    const TEXT: StepText = StepText {
        summary: "Distance from the least value as a share of that of a target",
        romanian: "dă distanța față de minim, ca parte din cea a țintei",
        formula: "(x - min)/(target - min)",
        example: "{ distance_to_target = { target = 9, cap = \"one\" } }",
        source: "SDG Index; OECD/JRC Handbook (2008), step 5",
    };
}

impl Operation for DistanceToTarget {
    fn problems(&self) -> Vec<Message> {
        finite("target", self.target).into_iter().collect()
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let target = context.sign * self.target;
        context.normalise(column, None, |group| {
            let low = stats::minimum(&group.base());
            (target > low).then(|| group.map(|x| self.cap.of((x - low) / (target - low))))
        })
    }
}

/// 1 - (max - x)/(max - min).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct DistanceToMax {
    /// Register column within whose areas (or periods) the bounds are taken.
    pub within: Option<String>,
}

impl Explained for DistanceToMax {
    const TEXT: StepText = StepText {
        summary: "Distance from the greatest value as a share of the range",
        romanian: "dă distanța față de maxim, ca parte din amplitudine",
        formula: "1 - (max - x)/(max - min)",
        example: "{ distance_to_max = {} }",
        source: "OECD/JRC Handbook (2008), step 5",
    };
}

impl Operation for DistanceToMax {
    fn areas(&self) -> Vec<&str> {
        self.within.as_deref().into_iter().collect()
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        context.normalise(column, self.within.as_deref(), |group| {
            let base = group.base();
            let (low, high) = (stats::minimum(&base), stats::maximum(&base));
            (low < high).then(|| group.map(|x| 1.0 - (high - x) / (high - low)))
        })
    }
}

/// x/max; for a protective indicator 1 - x/max, so that higher still means more at risk.
///
/// Multiplying by -1 first, as some software does, divides a negative number by a negative
/// maximum and turns the order round once more.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct FractionOfMax {
    /// Register column within whose areas (or periods) the greatest value is taken.
    pub within: Option<String>,
}

impl Explained for FractionOfMax {
    const TEXT: StepText = StepText {
        summary: "Share of the greatest value; what is missing to it for a protective indicator",
        romanian: "dă partea din maxim; ce lipsește până la el, pentru un indicator protector",
        formula: "x/max, or 1 - x/max",
        example: "{ fraction_of_max = {} }",
        source: "OECD/JRC Handbook (2008), step 5",
    };
}

impl Operation for FractionOfMax {
    fn areas(&self) -> Vec<&str> {
        self.within.as_deref().into_iter().collect()
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let sign = context.sign;
        context.normalise(column, self.within.as_deref(), |group| {
            let base = group.base();
            let most = if sign < 0.0 { -stats::minimum(&base) } else { stats::maximum(&base) };
            (most > 0.0).then(|| group.map(|x| if sign < 0.0 { 1.0 + x / most } else { x / most }))
        })
    }
}

/// 1 above the mean, -1 below, 0 within a margin of it.
///
/// Source: OECD/JRC Handbook (2008), step 5, "Indicators above or below the mean".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct AboveBelowMean {
    /// Half the width of the neutral band, as a share of the mean.
    pub threshold: f64,
}

impl Explained for AboveBelowMean {
    const TEXT: StepText = StepText {
        summary: "Above, near or below the mean",
        romanian: "spune dacă valoarea este peste, în jurul sau sub medie",
        formula: "1, 0 or -1 by mean · (1 ± threshold)",
        example: "{ above_below_mean = { threshold = 0.1 } }",
        source: "OECD/JRC Handbook (2008), step 5",
    };
}

impl Operation for AboveBelowMean {
    fn problems(&self) -> Vec<Message> {
        let fine = self.threshold.is_finite() && self.threshold >= 0.0;
        if fine { Vec::new() } else { vec![parameters::from_zero("threshold")] }
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        context.normalise(column, None, |group| {
            let centre = stats::mean(&group.base());
            let margin = self.threshold * centre.abs();
            Some(group.map(|x| {
                if x.is_nan() {
                    x
                } else {
                    f64::from(i8::from(x > centre + margin) - i8::from(x < centre - margin))
                }
            }))
        })
    }
}

/// 1/(1 + e^(-k(x - m))).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Logistic {
    /// m, where the result is one half, in the unit of the indicator; the mean when absent.
    pub midpoint: Option<f64>,
    /// k, above 0; one over the standard deviation (n - 1) when absent.
    pub steepness: Option<f64>,
}

impl Explained for Logistic {
    const TEXT: StepText = StepText {
        summary: "Logistic curve",
        romanian: "aplică o curbă logistică",
        formula: "1/(1 + e^(-k(x - m)))",
        example: "{ logistic = { midpoint = 50, steepness = 0.1 } }",
        source: "Verhulst (1845)",
    };
}

impl Operation for Logistic {
    fn problems(&self) -> Vec<Message> {
        let midpoint = self.midpoint.and_then(|x| finite("midpoint", x));
        midpoint.into_iter().chain(self.steepness.and_then(|x| positive("steepness", x))).collect()
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let sign = context.sign;
        context.normalise(column, None, |group| {
            let base = group.base();
            let middle = self.midpoint.map_or_else(|| stats::mean(&base), |x| sign * x);
            let steep = self.steepness.unwrap_or_else(|| 1.0 / stats::variance(&base, 1).sqrt());
            steep
                .is_finite()
                .then(|| group.map(|x| 1.0 / (1.0 + stats::exp(-steep * (x - middle)))))
        })
    }
}

/// x over the length of the column seen as a vector, √Σx².
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Vector {
    /// Register column within whose areas (or periods) the length is taken.
    pub within: Option<String>,
}

impl Explained for Vector {
    const TEXT: StepText = StepText {
        summary: "Share of the length of the column as a vector",
        romanian: "dă partea din lungimea coloanei ca vector",
        formula: "x/√Σx²",
        example: "{ vector = {} }",
        source: "Hwang and Yoon (1981), TOPSIS",
    };
}

impl Operation for Vector {
    fn areas(&self) -> Vec<&str> {
        self.within.as_deref().into_iter().collect()
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        context.normalise(column, self.within.as_deref(), |group| {
            let length = stats::sum(group.base().iter().map(|x| x * x)).sqrt();
            (length > 0.0).then(|| group.map(|x| x / length))
        })
    }
}

/// x over the sum of the column; for a protective indicator of values turned round.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct ShareOfSum {
    /// Register column within whose areas (or periods) the sum is taken.
    pub within: Option<String>,
}

impl Explained for ShareOfSum {
    const TEXT: StepText = StepText {
        summary: "Share of the sum of the column",
        romanian: "dă ponderea în suma coloanei",
        formula: "x/Σx",
        example: "{ share_of_sum = {} }",
        source: "Saaty (1980)",
    };
}

impl Operation for ShareOfSum {
    fn areas(&self) -> Vec<&str> {
        self.within.as_deref().into_iter().collect()
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        context.normalise(column, self.within.as_deref(), |group| {
            let total = stats::sum(group.base()).abs();
            (total > 0.0).then(|| group.map(|x| x / total))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::steps::fixture::{after, after_protective};

    const X: [f64; 3] = [2.0, 4.0, 6.0];

    #[test]
    fn distances_follow_their_formulas() {
        let reference = DistanceToReference { unit: "1001".into(), cap: Cap::None };
        assert_eq!(after(&reference, &X), [0.0, 1.0, 2.0]);
        assert_eq!(after_protective(&reference, &X), [2.0, 1.0, 0.0]);
        let target = |cap| DistanceToTarget { target: 4.0, cap };
        assert_eq!(after(&target(Cap::None), &X), [0.0, 1.0, 2.0]);
        assert_eq!(after(&target(Cap::One), &X), [0.0, 1.0, 1.0]);
        assert_eq!(after_protective(&target(Cap::None), &X), [2.0, 1.0, 0.0]);
        assert_eq!(after(&DistanceToMax::default(), &X), [0.0, 0.5, 1.0]);
        assert_eq!(after(&AboveBelowMean { threshold: 0.1 }, &X), [-1.0, 0.0, 1.0]);
        assert_eq!(after(&Vector::default(), &[3.0, 4.0]), [0.6, 0.8]);
        assert_eq!(after(&ShareOfSum::default(), &[1.0, 3.0]), [0.25, 0.75]);
    }

    #[test]
    fn the_fraction_of_the_maximum_keeps_the_order_of_a_protective_indicator() {
        assert_eq!(after(&FractionOfMax::default(), &[2.0, 4.0]), [0.5, 1.0]);
        assert_eq!(after_protective(&FractionOfMax::default(), &[2.0, 4.0, 0.0]), [0.5, 0.0, 1.0]);
    }

    #[test]
    fn the_logistic_curve_is_one_half_in_the_middle() {
        let step = Logistic { midpoint: Some(4.0), steepness: Some(2.0) };
        assert_eq!(after(&step, &[4.0]), [0.5]);
        assert!((after(&step, &[5.0])[0] - 0.880_797_077_977_882_4).abs() < 1e-15);
        assert!((after_protective(&step, &[5.0])[0] - 0.119_202_922_022_117_6).abs() < 1e-15);
    }
}
