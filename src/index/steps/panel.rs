//! Imputation along time: earlier and later values of the same place in a panel.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::cells::fill_gaps;
use super::operation::{StepContext, positive};
use crate::index::Column;

/// The latest earlier value of the same place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Latest {
    /// Register column that says which rows are the same place in different periods.
    pub place: String,
    /// Greatest age of the value taken, in periods of the register (years); any when absent.
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
    pub(super) fn problems(&self) -> Vec<String> {
        self.max_age.and_then(|age| positive("max_age", age)).into_iter().collect()
    }

    pub(super) fn fill(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let panel = Panel::new(column, context, &self.place);
        fill_gaps(column, |unit| {
            let earlier = panel.neighbours(unit).0;
            let young = |&(time, _): &(f64, f64)| {
                self.max_age.is_none_or(|age| panel.times[unit] - time <= age)
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
        Self { times, places, series }
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
    use crate::index::steps::fixture::after;
    use crate::index::steps::impute::Impute;

    use super::*;

    // places are pairs of units in 2020 and 2021
    const GAPS: [f64; 6] = [1.0, f64::NAN, f64::NAN, 4.0, f64::NAN, f64::NAN];

    #[test]
    fn the_latest_value_comes_from_before() {
        let latest = Impute::Latest(Latest { place: "place".into(), max_age: Some(1.0) });
        let got = after(&latest, &GAPS);
        assert_eq!(got[..2], [1.0, 1.0]);
        assert!(got[2].is_nan() && got[4].is_nan());
    }

    #[test]
    fn outside_of_known_periods_the_nearest_value_holds() {
        let linear = |outside| Impute::Linear(Linear { place: "place".into(), outside });
        let got = after(&linear(Outside::Nearest), &GAPS);
        assert_eq!(got[..4], [1.0, 1.0, 4.0, 4.0]);
        assert!(after(&linear(Outside::None), &GAPS)[2].is_nan());
    }
}
