//! Imputation: a declared rule puts a value where there is none.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cells::fill_gaps;
use super::operation::{Explained, Operation, StepContext, StepText, finite};
use super::panel::{Latest, Linear};
use crate::index::Column;
use crate::index::stats;
use crate::message::index::steps as message;
use crate::quality::Message;

/// Fills cells that are not available or confidential. A cell that is not applicable stays empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Impute {
    /// Nothing is filled: a unit without the value has no score and is listed.
    Exclude {},
    /// A constant.
    Constant {
        /// The constant.
        value: f64,
    },
    /// The mean of the donors.
    Mean(Donation),
    /// The median of the donors.
    Median(Donation),
    /// The mean of the unit's other indicators after min-max, scaled back.
    RowMean(RowMean),
    /// The latest earlier value of the same place in a panel.
    Latest(Latest),
    /// A value between those of earlier and later periods of the same place in a panel.
    Linear(Linear),
}

/// From whom a missing value is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Donation {
    /// Register column within whose areas donors are sought; everywhere when absent. An area
    /// without donors fills nothing.
    pub within: Option<String>,
    /// Which units give.
    pub donors: Donors,
}

/// Which units give values to others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Donors {
    /// Those that belong to the distribution (`over`).
    #[default]
    Ranked,
    /// All units.
    All,
}

impl Explained for Impute {
    const TEXT: StepText = StepText {
        summary: "Puts a value where there is none, by a declared rule",
        romanian: "completează valorile lipsă după regula declarată",
        formula: "mean or median of the donors, a constant, the row, or the panel",
        example: "{ impute = { median = { within = \"county\" } } }",
        source: "OECD/JRC Handbook (2008), step 3",
    };
}

impl Operation for Impute {
    fn problems(&self) -> Vec<String> {
        match self {
            Self::Constant { value } => finite("value", *value).into_iter().collect(),
            Self::RowMean(rule) => rule.problems(),
            Self::Latest(rule) => rule.problems(),
            Self::Exclude {} | Self::Mean(_) | Self::Median(_) | Self::Linear(_) => Vec::new(),
        }
    }

    fn areas(&self) -> Vec<&str> {
        match self {
            Self::Mean(from) | Self::Median(from) => from.within.as_deref().into_iter().collect(),
            Self::Latest(rule) => vec![&rule.place],
            Self::Linear(rule) => vec![&rule.place],
            Self::Exclude {} | Self::Constant { .. } | Self::RowMean(_) => Vec::new(),
        }
    }

    fn indicators(&self) -> Vec<&str> {
        match self {
            Self::RowMean(rule) => rule.of.iter().map(String::as_str).collect(),
            Self::Exclude {}
            | Self::Constant { .. }
            | Self::Mean(_)
            | Self::Median(_)
            | Self::Latest(_)
            | Self::Linear(_) => Vec::new(),
        }
    }

    fn needs_period(&self) -> bool {
        matches!(self, Self::Latest(_) | Self::Linear(_))
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        match self {
            Self::Exclude {} => column.clone(),
            Self::Constant { value } => fill_gaps(column, |_| *value),
            Self::Mean(from) => from.fill(column, context, stats::mean),
            Self::Median(from) => from.fill(column, context, stats::median),
            Self::RowMean(rule) => rule.fill(column, context),
            Self::Latest(rule) => rule.fill(column, context),
            Self::Linear(rule) => rule.fill(column, context),
        }
    }

    fn filling(&self) -> Option<Message> {
        Some(match self {
            Self::Exclude {} => message::filled_by_nothing(),
            Self::Constant { value } => message::filled_by_constant(*value, 6),
            Self::Mean(donation) => message::filled_by_mean(donation.within.as_deref()),
            Self::Median(donation) => message::filled_by_median(donation.within.as_deref()),
            Self::RowMean(_) => message::filled_by_row(),
            Self::Latest(_) => message::filled_by_latest(),
            Self::Linear(_) => message::filled_by_interpolation(),
        })
    }
}

impl Donation {
    fn fill(
        &self,
        column: &Column,
        context: &StepContext<'_>,
        statistic: impl Fn(&[f64]) -> f64,
    ) -> Column {
        let mut given = vec![f64::NAN; column.len()];
        for units in context.areas(self.within.as_deref()) {
            let cells: Vec<f64> = units.iter().map(|&unit| column.values()[unit]).collect();
            let giving: Vec<bool> = units
                .iter()
                .map(|&unit| self.donors == Donors::All || context.ranked[unit])
                .collect();
            let donors = stats::base(&cells, &giving);
            if !donors.is_empty() {
                let value = statistic(&donors);
                units.iter().for_each(|&unit| given[unit] = value);
            }
        }
        fill_gaps(column, |unit| given[unit])
    }
}

/// The mean of the unit's other indicators after direction and min-max, scaled back to this one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RowMean {
    /// The indicators of the row, as measured; this one may be among them.
    pub of: Vec<String>,
}

impl RowMean {
    pub(super) fn problems(&self) -> Vec<String> {
        if self.of.is_empty() {
            vec!["`of` needs at least one indicator".into()]
        } else {
            Vec::new()
        }
    }

    /// Scaled value of each indicator: (s·x - min)/(max - min) over the ranked units; the missing
    /// cell takes their mean m, as s·(min + m·(max - min)) of its own column.
    pub(super) fn fill(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let turn =
            |values: &[f64], sign: f64| values.iter().map(|x| sign * x).collect::<Vec<f64>>();
        let scaled: Vec<Vec<f64>> = self
            .of
            .iter()
            .filter_map(|id| context.measured.get(id))
            .map(|measured| {
                let values = turn(measured.column.values(), measured.sign);
                let base = stats::base(&values, context.ranked);
                let (low, high) = (stats::minimum(&base), stats::maximum(&base));
                values.iter().map(|x| (x - low) / (high - low)).collect()
            })
            .collect();
        let own = stats::base(&turn(column.values(), context.sign), context.ranked);
        let (low, high) = (stats::minimum(&own), stats::maximum(&own));
        fill_gaps(column, |unit| {
            let row: Vec<f64> =
                scaled.iter().map(|values| values[unit]).filter(|x| x.is_finite()).collect();
            context.sign * (low + stats::mean(&row) * (high - low))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Mark;
    use crate::index::steps::fixture::{after, on};

    const GAPS: [f64; 6] = [1.0, f64::NAN, 4.0, 10.0, 30.0, f64::NAN];

    #[test]
    fn a_gap_takes_the_mean_or_median_of_its_group() {
        let mean = Impute::Mean(Donation::default());
        assert_eq!(after(&mean, &GAPS)[1..2], [11.25]);
        let median =
            Impute::Median(Donation { within: Some("county".into()), ..Donation::default() });
        let (column, _) = on(&median, &GAPS, 1.0);
        assert_eq!(column.values(), [1.0, 2.5, 4.0, 10.0, 30.0, 20.0]);
        assert_eq!(column.marks()[1], Mark::Imputed);
        assert_eq!(column.marks()[0], Mark::Value);
    }

    #[test]
    fn a_group_without_donors_fills_nothing() {
        let mean = Impute::Mean(Donation { within: Some("county".into()), ..Donation::default() });
        let got = after(&mean, &[f64::NAN, f64::NAN, 3.0, 5.0]);
        assert!(got[0].is_nan() && got[1].is_nan());
    }

    #[test]
    fn a_constant_fills_and_exclusion_does_not() {
        assert_eq!(after(&Impute::Constant { value: 0.0 }, &GAPS)[5..], [0.0]);
        assert!(after(&Impute::Exclude {}, &GAPS)[5].is_nan());
    }
}
