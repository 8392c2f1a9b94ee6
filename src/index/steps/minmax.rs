//! Min-max normalisation: the range of the distribution becomes a declared range.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operation::{Explained, Operation, StepContext, StepText, finite, range};
use crate::index::Column;
use crate::index::stats;
use crate::quality::Message;

/// (x - min)/(max - min), scaled to a range.
///
/// Source: OECD/JRC Handbook (2008), step 5, "Min-Max".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct MinMax {
    /// What the least and the greatest value become.
    pub to: [f64; 2],
    /// What every unit gets when the column is constant; without it the column has no normalised
    /// value and its weight goes to the other children.
    pub constant: Option<f64>,
    /// Register column within whose areas (or periods) the bounds are taken.
    pub within: Option<String>,
}

impl Default for MinMax {
    fn default() -> Self {
        Self { to: [0.0, 1.0], constant: None, within: None }
    }
}

impl Explained for MinMax {
    const TEXT: StepText = StepText {
        summary: "Scales the range of the distribution to a declared range",
        romanian: "aduce amplitudinea distribuției pe scala declarată (min–max)",
        formula: "(x - min)/(max - min) · (to₂ - to₁) + to₁",
        example: "{ minmax = { to = [0, 100] } }",
        source: "OECD/JRC Handbook (2008), step 5",
    };
}

impl Operation for MinMax {
    fn problems(&self) -> Vec<Message> {
        range("to", self.to)
            .into_iter()
            .chain(self.constant.and_then(|value| finite("constant", value)))
            .collect()
    }

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
            if low < high {
                return Some(group.map(|x| between(x, [low, high], self.to)));
            }
            self.constant.map(|value| group.map(|x| if x.is_nan() { x } else { value }))
        })
    }
}

/// x mapped linearly from one range to another.
pub(super) fn between(x: f64, from: [f64; 2], to: [f64; 2]) -> f64 {
    (x - from[0]) / (from[1] - from[0]) * (to[1] - to[0]) + to[0]
}

/// Between a reference minus and plus half the range: (x - (ref - Δ))/(2Δ), Δ = (max - min)/2, so
/// that the reference always falls on the middle of the target.
///
/// Source: Mazziotta and Pareto, "Measuring well-being over time: the adjusted Mazziotta-Pareto
/// index", Social Indicators Research 136 (2018).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct AroundReference {
    /// The reference in the unit of the indicator; the mean of the distribution when absent.
    pub reference: Option<f64>,
    /// Least and greatest goalpost; those of the distribution when absent.
    pub goalposts: Option<[f64; 2]>,
    /// What reference - Δ and reference + Δ become.
    pub to: [f64; 2],
}

impl Default for AroundReference {
    fn default() -> Self {
        Self { reference: None, goalposts: None, to: [70.0, 130.0] }
    }
}

impl Explained for AroundReference {
    const TEXT: StepText = StepText {
        summary: "Scales so that a reference falls on the middle",
        romanian: "scalează astfel încât referința să cadă la mijloc",
        formula: "(x - (ref - Δ))/(2Δ), Δ = (max - min)/2, to 70..130",
        example: "{ around_reference = { reference = 50, to = [70, 130] } }",
        source: "Mazziotta and Pareto (2018)",
    };
}

impl Operation for AroundReference {
    fn problems(&self) -> Vec<Message> {
        range("to", self.to)
            .into_iter()
            .chain(self.goalposts.and_then(|posts| range("goalposts", posts)))
            .chain(self.reference.and_then(|value| finite("reference", value)))
            .collect()
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let sign = context.sign;
        context.normalise(column, None, |group| {
            let base = group.base();
            let posts = self.goalposts.unwrap_or([stats::minimum(&base), stats::maximum(&base)]);
            let reference = self.reference.map_or_else(|| stats::mean(&base), |x| sign * x);
            let half = (posts[1] - posts[0]).abs() / 2.0;
            let range = [reference - half, reference + half];
            (half > 0.0).then(|| group.map(|x| between(x, range, self.to)))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Mark;
    use crate::index::steps::fixture::{after, after_protective, on};

    #[test]
    fn the_range_becomes_the_declared_one() {
        let step = MinMax { to: [0.0, 100.0], ..MinMax::default() };
        assert_eq!(after(&step, &[2.0, 4.0, 3.0]), [0.0, 100.0, 50.0]);
        assert_eq!(after_protective(&step, &[2.0, 4.0, 3.0]), [100.0, 0.0, 50.0]);
    }

    #[test]
    fn a_constant_column_has_no_range() {
        let (column, findings) = on(&MinMax::default(), &[7.0; 3], 1.0);
        assert_eq!(column.marks(), [Mark::Constant; 3]);
        assert!(findings.has(&crate::message::index::CONSTANT_COLUMN));
        let declared = MinMax { constant: Some(0.0), ..MinMax::default() };
        assert_eq!(after(&declared, &[7.0; 3]), [0.0; 3]);
    }

    #[test]
    fn each_area_has_its_own_range() {
        let step = MinMax { within: Some("county".into()), ..MinMax::default() };
        assert_eq!(after(&step, &[1.0, 2.0, 10.0, 30.0]), [0.0, 1.0, 0.0, 1.0]);
    }

    #[test]
    fn the_reference_stands_in_the_middle() {
        let step = AroundReference {
            reference: Some(5.0),
            goalposts: Some([0.0, 10.0]),
            ..AroundReference::default()
        };
        assert_eq!(after(&step, &[5.0, 10.0, 0.0]), [100.0, 130.0, 70.0]);
        assert_eq!(after_protective(&step, &[5.0, 10.0, 0.0]), [100.0, 70.0, 130.0]);
    }
}
