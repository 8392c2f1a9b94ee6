//! Winsorisation: the most extreme values take the next value, until the distribution is tame.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cells::treated;
use super::elementary::each;
use super::operation::{Explained, Operation, StepContext, StepText, positive};
use crate::index::Column;
use crate::index::stats;
use crate::message::index::parameters;
use crate::message::index::steps as message;
use crate::quality::{Finding, Message};

/// When a distribution passes: |skewness| below one limit or kurtosis below the other (Excel's
/// `SKEW` and `KURT`).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Limits {
    /// Limit of |skewness|.
    pub skew: f64,
    /// Limit of kurtosis.
    pub kurtosis: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { skew: 2.0, kurtosis: 3.5 }
    }
}

impl Limits {
    /// Whether a distribution passes; `None` when it has no skewness (constant, or too few values).
    pub(crate) fn pass(self, moments: stats::Moments) -> Option<bool> {
        let (skew, kurtosis) = (moments.skewness(), moments.kurtosis());
        (!skew.is_nan() && !kurtosis.is_nan())
            .then_some(skew.abs() < self.skew || kurtosis < self.kurtosis)
    }

    pub(crate) fn problems(self) -> Vec<Message> {
        [positive("skew", self.skew), positive("kurtosis", self.kurtosis)]
            .into_iter()
            .flatten()
            .collect()
    }
}

/// Winsorises up to a number of points, while skewness and kurtosis are both out of bounds.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Winsorise {
    /// Points that may be changed; no further round begins once that many are. Ties at the extreme
    /// move together, so the last round may go beyond it.
    pub max: u32,
    /// Limit of |skewness|; below it nothing more is done.
    pub skew: f64,
    /// Limit of kurtosis; below it nothing more is done.
    pub kurtosis: f64,
}

impl Default for Winsorise {
    fn default() -> Self {
        let Limits { skew, kurtosis } = Limits::default();
        Self { max: 5, skew, kurtosis }
    }
}

impl Explained for Winsorise {
    const TEXT: StepText = StepText {
        summary: "Moves the most extreme values to the next, while skewness and kurtosis are both out of bounds",
        romanian: "aduce valorile extreme la următoarea valoare, cât timp asimetria și boltirea sunt amândouă prea mari (winsorizare)",
        formula: "while |skew| >= 2 and kurtosis >= 3.5 and fewer than max points: the extreme value (with its ties) := the next",
        example: "{ winsorise = { max = 5 } }",
        source: "COIN tool of the JRC; Groeneveld and Meeden (1984) for the limits",
    };
}

impl Operation for Winsorise {
    fn problems(&self) -> Vec<Message> {
        let mut problems = self.limits().problems();
        if self.max == 0 {
            problems.push(parameters::at_least_one("max"));
        }
        problems
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let bounds = bounds(&stats::base(column.values(), context.ranked), self.max, self.limits());
        each(column, |x| x.max(bounds.low).min(bounds.high))
    }

    fn findings(&self, before: &Column, after: &Column, context: &StepContext<'_>) -> Vec<Finding> {
        treated(before, after, &message::winsorised(), context)
    }
}

impl Winsorise {
    fn limits(self) -> Limits {
        Limits { skew: self.skew, kurtosis: self.kurtosis }
    }
}

/// Between what winsorisation keeps values.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Bounds {
    pub(crate) low: f64,
    pub(crate) high: f64,
    /// Values moved.
    pub(crate) points: usize,
}

/// The bounds found by moving, round after round, all values at the extreme on the side of the
/// skew to the next value inwards, while the limits are not met and fewer than `max` points were
/// moved.
///
/// Source: the rule of the JRC's COIN tool and of COINr's `winsorise`.
pub(crate) fn bounds(base: &[f64], max: u32, limits: Limits) -> Bounds {
    let mut sorted = base.to_vec();
    sorted.sort_by(f64::total_cmp);
    let (mut first, mut last) = (0, sorted.len());
    let mut cells = base.to_vec();
    let open = Bounds { low: f64::NEG_INFINITY, high: f64::INFINITY, points: 0 };
    let mut found = open;
    let mut moments = stats::moments(&cells);
    while limits.pass(moments) == Some(false) && found.points < max as usize {
        if moments.skewness() >= 0.0 {
            let inner = sorted[..last].partition_point(|x| *x < sorted[last - 1]);
            if inner <= first {
                break;
            }
            last = inner;
            found.high = sorted[last - 1];
        } else {
            let inner = sorted[..last].partition_point(|x| *x <= sorted[first]);
            if inner >= last {
                break;
            }
            first = inner;
            found.low = sorted[first];
        }
        found.points = first + (sorted.len() - last);
        cells.iter_mut().for_each(|cell| *cell = cell.max(found.low).min(found.high));
        moments = stats::moments(&cells);
    }
    found
}

/// Cuts values to quantiles of the distribution.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct WinsorisePercentile {
    /// Share of the distribution below the lower bound, 0 to 1.
    pub low: f64,
    /// Share of the distribution below the upper bound, 0 to 1.
    pub high: f64,
}

impl Default for WinsorisePercentile {
    fn default() -> Self {
        Self { low: 0.025, high: 0.975 }
    }
}

impl Explained for WinsorisePercentile {
    const TEXT: StepText = StepText {
        summary: "Cuts values to quantiles of the distribution",
        romanian: "aduce valorile de dincolo de percentilele declarate la acestea",
        formula: "min(max(x, q_low), q_high), quantiles of type 7",
        example: "{ winsorise_percentile = { low = 0.025, high = 0.975 } }",
        source: "OECD/JRC Handbook (2008), step 5; SDG Index, 2.5th percentile",
    };
}

impl Operation for WinsorisePercentile {
    fn problems(&self) -> Vec<Message> {
        let fine = 0.0 <= self.low && self.low < self.high && self.high <= 1.0;
        if fine { Vec::new() } else { vec![parameters::quantiles_rise()] }
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let base = stats::base(column.values(), context.ranked);
        if base.is_empty() {
            return column.clone();
        }
        let (low, high) = (stats::quantile(&base, self.low), stats::quantile(&base, self.high));
        each(column, |x| x.max(low).min(high))
    }

    fn findings(&self, before: &Column, after: &Column, context: &StepContext<'_>) -> Vec<Finding> {
        treated(before, after, &message::winsorised_to_quantiles(), context)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::steps::fixture::{after, on};

    const HEAVY: [f64; 12] = [1.0, 2.0, 3.0, 2.0, 1.0, 2.0, 3.0, 2.0, 1.0, 3.0, 4.0, 90.0];

    #[test]
    fn the_outlier_takes_the_next_value() {
        let (column, findings) = on(&Winsorise::default(), &HEAVY, 1.0);
        assert!((column.values()[11] - 4.0).abs() < 1e-15);
        assert_eq!(column.values()[..11], HEAVY[..11]);
        let finding = findings.iter().next().unwrap();
        assert_eq!(finding.message.en, "1 values winsorised: Unit 11 (1011)");
        assert_eq!(finding.units, ["1011"]);
    }

    #[test]
    fn a_low_outlier_is_raised() {
        let low: Vec<f64> = HEAVY.iter().map(|x| -x).collect();
        assert!((after(&Winsorise::default(), &low)[11] - -4.0).abs() < 1e-15);
    }

    #[test]
    fn ties_at_the_extreme_move_together_and_are_counted() {
        let mut cells = vec![0.0; 200];
        cells.extend((0..20).map(|i| f64::from(i) * 1e-3));
        cells.extend([50.0, 50.0, 60.0]);
        let found = bounds(&cells, 2, Limits::default());
        assert_eq!(found.points, 3);
        assert!((found.high - 0.019).abs() < 1e-15);
    }

    #[test]
    fn a_tame_or_a_constant_column_stays() {
        let tame = [1.0, 2.0, 3.0, 4.0, 5.0];
        assert_eq!(after(&Winsorise::default(), &tame), tame);
        assert_eq!(after(&Winsorise::default(), &[7.0; 6]), [7.0; 6]);
    }

    #[test]
    fn quantiles_bound_the_column() {
        let step = WinsorisePercentile { low: 0.25, high: 0.75 };
        assert_eq!(after(&step, &[1.0, 2.0, 3.0, 4.0, 5.0]), [2.0, 2.0, 3.0, 4.0, 4.0]);
        assert!(!WinsorisePercentile { low: 0.9, high: 0.1 }.problems().is_empty());
    }
}
