//! Imputation: a declared rule puts a value where there is none.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cells::fill_gaps;
use super::operation::{Explained, Operation, StepContext, StepText, finite};
use crate::index::{Column, stats};
use crate::message::index::parameters;
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
    RowMean(Row),
    /// Their median, scaled back.
    RowMedian(Row),
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
    fn problems(&self) -> Vec<Message> {
        match self {
            Self::Constant { value } => finite("value", *value).into_iter().collect(),
            Self::RowMean(row) | Self::RowMedian(row) => row.problems(),
            Self::Latest(rule) => rule.problems(),
            Self::Exclude {} | Self::Mean(_) | Self::Median(_) | Self::Linear(_) => Vec::new(),
        }
    }

    fn areas(&self) -> Vec<&str> {
        match self {
            Self::Mean(from) | Self::Median(from) => from.within.as_deref().into_iter().collect(),
            Self::Latest(rule) => vec![&rule.place],
            Self::Linear(rule) => vec![&rule.place],
            Self::Exclude {} | Self::Constant { .. } | Self::RowMean(_) | Self::RowMedian(_) => {
                Vec::new()
            }
        }
    }

    fn indicators(&self) -> Vec<&str> {
        match self {
            Self::RowMean(row) | Self::RowMedian(row) => {
                row.of.iter().map(String::as_str).collect()
            }
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
            Self::RowMean(row) => row.fill(column, context, stats::mean),
            Self::RowMedian(row) => row.fill(column, context, stats::median),
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
            Self::RowMean(_) => message::filled_by_row_mean(),
            Self::RowMedian(_) => message::filled_by_row_median(),
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
        let mut donated = vec![f64::NAN; column.len()];
        for units in context.areas(self.within.as_deref()) {
            let cells: Vec<f64> = units.iter().map(|&unit| column.values()[unit]).collect();
            let giving: Vec<bool> = units
                .iter()
                .map(|&unit| self.donors == Donors::All || context.ranked[unit])
                .collect();
            let donors = stats::base(&cells, &giving);
            if !donors.is_empty() {
                let value = statistic(&donors);
                units.iter().for_each(|&unit| donated[unit] = value);
            }
        }
        fill_gaps(column, |unit| donated[unit])
    }
}

/// The unit's other indicators after direction and min-max, whose mean or median is scaled back to
/// this one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    /// The indicators of the row, as measured; this one may be among them.
    pub of: Vec<String>,
}

impl Row {
    pub(super) fn problems(&self) -> Vec<Message> {
        if self.of.is_empty() { vec![parameters::needs_an_indicator()] } else { Vec::new() }
    }

    /// Scaled value of each indicator: (s·x - min)/(max - min) over the ranked units; the missing
    /// cell takes their mean or median m, as s·(min + m·(max - min)) of its own column.
    pub(super) fn fill(
        &self,
        column: &Column,
        context: &StepContext<'_>,
        statistic: impl Fn(&[f64]) -> f64,
    ) -> Column {
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
            context.sign * (low + statistic(&row) * (high - low))
        })
    }
}

/// The latest earlier value of the same place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Latest {
    /// Register column that says which rows are the same place in different periods.
    pub place: String,
    /// Greatest age of the value taken, in periods of the panel: 1 is the period before, whatever time
    /// lies between; any when absent.
    #[serde(default)]
    pub max_age: Option<f64>,
}

/// Linear interpolation between the nearest earlier and later values of the same place; outside
/// of them the nearest.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Linear {
    /// Register column that says which rows are the same place in different periods.
    pub place: String,
    /// What a gap before the first or behind the last value gets.
    #[serde(default)]
    pub outside: Outside,
}

/// What a gap before the first or behind the last value gets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Outside {
    /// The nearest value.
    #[default]
    Nearest,
    /// Nothing.
    None,
}

impl Latest {
    pub(super) fn problems(&self) -> Vec<Message> {
        let is_count = |age: &f64| age.is_finite() && *age >= 1.0 && age.fract() == 0.0;
        let wrong = self.max_age.filter(|age| !is_count(age));
        wrong.map(|_| parameters::whole_periods("max_age")).into_iter().collect()
    }

    pub(super) fn fill(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let panel = Panel::new(column, context, &self.place);
        fill_gaps(column, |unit| {
            let earlier = panel.neighbours(unit).0;
            let young = |&(time, _): &(f64, f64)| {
                self.max_age.is_none_or(|age| panel.age(time, panel.times[unit]) as f64 <= age)
            };
            earlier.filter(young).map_or(f64::NAN, |(_, value)| value)
        })
    }
}

impl Linear {
    pub(super) fn fill(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let panel = Panel::new(column, context, &self.place);
        fill_gaps(column, |unit| {
            let at = panel.times[unit];
            match (panel.neighbours(unit), self.outside) {
                ((Some((t0, v0)), Some((t1, v1))), _) => v0 + (v1 - v0) * (at - t0) / (t1 - t0),
                ((Some((_, value)), None) | (None, Some((_, value))), Outside::Nearest) => value,
                ((Some(_), None) | (None, Some(_)), Outside::None) | ((None, None), _) => f64::NAN,
            }
        })
    }
}

/// The values of each place along time.
struct Panel {
    /// Period of each unit as a number; its position among the periods where they are not numbers.
    times: Vec<f64>,
    /// The periods of the panel in the order of time, each once.
    periods: Vec<f64>,
    /// Place of each unit.
    places: Vec<u32>,
    /// Values that are there by place, in the order of time.
    series: BTreeMap<u32, Vec<(f64, f64)>>,
}

impl Panel {
    fn new(column: &Column, context: &StepContext<'_>, place: &str) -> Self {
        let units = column.len();
        let places = context
            .register
            .level(place)
            .map_or_else(|| (0..).take(units).collect(), |level| level.of_unit.clone());
        let times = times(context);
        let mut series: BTreeMap<u32, Vec<(f64, f64)>> = BTreeMap::new();
        for unit in 0..units {
            if let Some(value) = column.value(unit) {
                series.entry(places[unit]).or_default().push((times[unit], value));
            }
        }
        series.values_mut().for_each(|known| known.sort_by(|a, b| a.0.total_cmp(&b.0)));
        let mut periods = times.clone();
        periods.sort_by(f64::total_cmp);
        periods.dedup();
        Self { times, periods, places, series }
    }

    /// How many periods of the panel a time lies before another.
    fn age(&self, before: f64, after: f64) -> usize {
        let position = |time: f64| self.periods.partition_point(|&period| period < time);
        position(after).saturating_sub(position(before))
    }

    /// The nearest value before and after the unit's period.
    fn neighbours(&self, unit: usize) -> (Option<(f64, f64)>, Option<(f64, f64)>) {
        let known = self.series.get(&self.places[unit]).map_or(&[][..], Vec::as_slice);
        let at = known.partition_point(|&(time, _)| time < self.times[unit]);
        let after = known[at..].iter().find(|&&(time, _)| time > self.times[unit]);
        (at.checked_sub(1).map(|before| known[before]), after.copied())
    }
}

/// Periods as numbers where all are numbers, else their positions in bytewise order.
fn times(context: &StepContext<'_>) -> Vec<f64> {
    let Some(level) = context.period.and_then(|name| context.register.level(name)) else {
        return vec![0.0; context.register.len()];
    };
    let numbers: Option<Vec<f64>> =
        level.areas.iter().map(|area| area.trim().parse().ok()).collect();
    let of_area: Vec<f64> =
        numbers.unwrap_or_else(|| (0..level.areas.len()).map(|at| at as f64).collect());
    level.of_unit.iter().map(|&area| of_area[area as usize]).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Mark;
    use crate::index::levels::Measured;
    use crate::index::steps::fixture::{after, beside, column, measured, on, register};
    use crate::language::Label;
    use crate::register::{Register, Unit};

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

    /// Places are pairs of units in 2020 and 2021.
    const OF_TWO_YEARS: [f64; 6] = [1.0, f64::NAN, f64::NAN, 4.0, f64::NAN, f64::NAN];

    #[test]
    fn the_latest_value_comes_from_before() {
        let latest = Impute::Latest(Latest { place: "place".into(), max_age: Some(1.0) });
        let got = after(&latest, &OF_TWO_YEARS);
        assert_eq!(got[..2], [1.0, 1.0]);
        assert!(got[2].is_nan() && got[4].is_nan());
    }

    /// A step on a column of one place in four periods two years apart.
    fn every_two_years(step: &Impute, values: &[f64]) -> Vec<f64> {
        let unit = |year: usize| Unit {
            code: format!("{year}"),
            name: "Gruia".into(),
            values: vec![year.to_string(), "Gruia".into()],
        };
        let units = (2018..2026).step_by(2).map(unit).collect();
        let columns = vec!["year".into(), "place".into()];
        let register = Register::new("two", Label::same("two"), columns, units).unwrap();
        beside(&register, &BTreeMap::new(), |context| {
            step.apply(&column(values), context).values().to_vec()
        })
    }

    #[test]
    fn an_age_counts_periods_of_the_panel_not_years() {
        let latest = |age| Impute::Latest(Latest { place: "place".into(), max_age: Some(age) });
        let values = [5.0, f64::NAN, f64::NAN, f64::NAN];
        let one = every_two_years(&latest(1.0), &values);
        assert_eq!(one[..2], [5.0, 5.0]);
        assert!(one[2].is_nan() && one[3].is_nan());
        assert_eq!(every_two_years(&latest(2.0), &values)[..3], [5.0; 3]);
        for wrong in [0.0, 1.5, -1.0, f64::NAN] {
            assert!(!latest(wrong).problems().is_empty(), "{wrong}");
        }
    }

    #[test]
    fn a_gap_takes_the_mean_or_the_median_of_its_row() {
        // the third unit stands at 0, 1/4 and 1 of the others' scales, one of them turned round
        let row = [
            ("a", measured(&[0.0, 10.0, 0.0], 1.0)),
            ("b", measured(&[0.0, 8.0, 2.0], 1.0)),
            ("c", measured(&[-1.0, -3.0, -3.0], -1.0)),
        ];
        let measured: BTreeMap<String, Measured> =
            row.into_iter().map(|(id, it)| (id.to_owned(), it)).collect();
        let of = || Row { of: vec!["a".into(), "b".into(), "c".into()] };
        let gap = column(&[100.0, 200.0, f64::NAN]);
        let filled = |step: Impute| {
            beside(&register(3), &measured, |context| step.apply(&gap, context).values()[2])
        };
        assert!((filled(Impute::RowMedian(of())) - 125.0).abs() < 1e-12);
        assert!((filled(Impute::RowMean(of())) - (100.0 + 125.0 / 3.0)).abs() < 1e-12);
    }

    #[test]
    fn outside_of_known_periods_the_nearest_value_holds() {
        let linear = |outside| Impute::Linear(Linear { place: "place".into(), outside });
        let got = after(&linear(Outside::Nearest), &OF_TWO_YEARS);
        assert_eq!(got[..4], [1.0, 1.0, 4.0, 4.0]);
        assert!(after(&linear(Outside::None), &OF_TWO_YEARS)[2].is_nan());
    }
}
