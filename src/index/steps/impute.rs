//! Imputation: a declared rule puts a value where there is none.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operation::{Operation, finite};
use super::panel::{Latest, Linear};
use super::row_mean::RowMean;
use crate::index::scene::{Scene, base};
use crate::index::stats;
use crate::index::{Column, Mark};
use crate::quality::{Message, message};

/// Fills cells that are not available or confidential. A cell that is not applicable stays empty.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Impute {
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

impl Impute {
    /// The rule in words, for findings.
    pub(crate) fn describe(&self) -> Message {
        let from = |what: Message, donation: &Donation| match &donation.within {
            Some(area) => what.and(&format!(" within {area}"), &format!(" pe `{area}`")),
            None => what,
        };
        match self {
            Self::Exclude {} => message!("nothing", "nimic"),
            Self::Constant { value } => {
                message!("the constant {value}", "constanta {value}"; value = Message::trimmed(*value, 6))
            }
            Self::Mean(donation) => from(message!("the mean", "media"), donation),
            Self::Median(donation) => from(message!("the median", "mediana"), donation),
            Self::RowMean(_) => message!(
                "the mean of the unit's other indicators",
                "media celorlalți indicatori ai unității",
            ),
            Self::Latest(_) => {
                message!("the latest earlier value", "cea mai recentă valoare anterioară")
            }
            Self::Linear(_) => {
                message!("interpolation between periods", "interpolarea între perioade")
            }
        }
    }
}

/// From whom a missing value is taken.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Donation {
    /// Register column within whose areas donors are sought; everywhere when absent. An area
    /// without donors fills nothing.
    pub within: Option<String>,
    /// Which units give.
    pub donors: Donors,
}

/// Which units give values to others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Donors {
    /// Those that belong to the distribution (`over`).
    #[default]
    Ranked,
    /// All units.
    All,
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

    fn apply(&self, column: &Column, scene: &mut Scene<'_>) -> Column {
        match self {
            Self::Exclude {} => column.clone(),
            Self::Constant { value } => fill(column, |_| *value),
            Self::Mean(from) => from.fill(column, scene, stats::mean),
            Self::Median(from) => from.fill(column, scene, stats::median),
            Self::RowMean(rule) => rule.fill(column, scene),
            Self::Latest(rule) => rule.fill(column, scene),
            Self::Linear(rule) => rule.fill(column, scene),
        }
    }
}

impl Donation {
    fn fill(
        &self,
        column: &Column,
        scene: &Scene<'_>,
        statistic: impl Fn(&[f64]) -> f64,
    ) -> Column {
        let mut given = vec![f64::NAN; column.len()];
        for units in scene.areas(self.within.as_deref()) {
            let cells: Vec<f64> = units.iter().map(|&unit| column.values()[unit]).collect();
            let giving: Vec<bool> = units
                .iter()
                .map(|&unit| self.donors == Donors::All || scene.ranked[unit])
                .collect();
            let donors = base(&cells, &giving);
            if !donors.is_empty() {
                let value = statistic(&donors);
                units.iter().for_each(|&unit| given[unit] = value);
            }
        }
        fill(column, |unit| given[unit])
    }
}

/// Puts `value` of the unit into every cell that may be filled; NaN fills nothing.
pub(super) fn fill(column: &Column, value: impl Fn(usize) -> f64) -> Column {
    let values = column
        .marks()
        .iter()
        .enumerate()
        .map(|(unit, mark)| match mark {
            Mark::NotAvailable | Mark::Confidential => value(unit),
            Mark::Value | Mark::Imputed | Mark::NotApplicable | Mark::Constant => {
                column.values()[unit]
            }
        })
        .collect();
    column.with_values(values)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::steps::stage::{after, on};

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
