//! Ranks with declared ties, quantiles, and the rounding under which two values count as equal.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::half_up;

/// What equal values get.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Ties {
    /// The best of their places: 1, 2, 2, 4.
    #[default]
    Min,
    /// The worst of their places: 1, 3, 3, 4.
    Max,
    /// The mean of their places: 1, 2.5, 2.5, 4.
    Mean,
    /// One place for each distinct value: 1, 2, 2, 3.
    Dense,
    /// Different places, in the order of the register: 1, 2, 3, 4.
    Ordinal,
}

/// Which value is in the first place.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Order {
    /// The highest.
    #[default]
    HighestFirst,
    /// The lowest.
    LowestFirst,
}

/// How places are given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ranking {
    /// What equal values get.
    pub ties: Ties,
    /// Which end is first.
    pub order: Order,
    /// Decimals to which values are compared.
    pub decimals: u32,
}

impl Default for Ranking {
    fn default() -> Self {
        Self { ties: Ties::Min, order: Order::HighestFirst, decimals: DECIMALS }
    }
}

/// Decimals to which values are compared wherever nothing else is declared: in ranks, in counts of
/// different values, in profiles, in rank correlations. Binary noise breaks no tie.
pub(crate) const DECIMALS: u32 = 9;

/// A value as it is compared with others.
pub(crate) fn compared(value: f64) -> f64 {
    half_up(value, DECIMALS) + 0.0
}

/// Ranks from 1, NaN where there is no value.
///
/// Only units with `ranked` take places. Another unit gets the place it would take if it alone
/// joined them.
pub fn ranks(values: &[f64], ranked: &[bool], ranking: Ranking) -> Vec<f64> {
    let turn = match ranking.order {
        Order::HighestFirst => -1.0,
        Order::LowestFirst => 1.0,
    };
    let keys: Vec<f64> =
        values.iter().map(|&x| turn * half_up(x, ranking.decimals) + 0.0).collect();
    let mut order: Vec<usize> =
        (0..keys.len()).filter(|&unit| ranked[unit] && !keys[unit].is_nan()).collect();
    // units stay in register order among equals: the sort is stable
    order.sort_by(|&a, &b| keys[a].total_cmp(&keys[b]));
    let runs = runs(&order, &keys);
    keys.iter()
        .enumerate()
        .map(|(unit, &key)| {
            if key.is_nan() {
                return f64::NAN;
            }
            let at = runs.partition_point(|run| run.key < key);
            let run = runs.get(at).filter(|run| run.key <= key);
            let before = runs.get(at).map_or(order.len(), |run| run.start);
            let equal: &[usize] = run.map_or(&[], |run| &order[run.start..run.end]);
            let others = equal.len() - usize::from(ranked[unit] && !equal.is_empty());
            let place = match ranking.ties {
                Ties::Min => before as f64,
                Ties::Max => (before + others) as f64,
                Ties::Mean => before as f64 + others as f64 / 2.0,
                Ties::Dense => at as f64,
                Ties::Ordinal => (before + equal.partition_point(|&other| other < unit)) as f64,
            };
            place + 1.0
        })
        .collect()
}

/// The values that are there as they are compared, lowest first: equal ones stand together.
pub(crate) fn in_order(values: &[f64]) -> Vec<f64> {
    let mut keys: Vec<f64> =
        values.iter().filter(|value| !value.is_nan()).map(|&value| compared(value)).collect();
    keys.sort_by(f64::total_cmp);
    keys
}

/// How many units share each value, lowest value first.
pub(crate) fn ties(in_order: &[f64]) -> impl Iterator<Item = usize> {
    in_order.chunk_by(|a, b| a.total_cmp(b).is_eq()).map(<[f64]>::len)
}

/// How many different values there are.
pub(crate) fn distinct(values: &[f64]) -> usize {
    ties(&in_order(values)).count()
}

/// A run of equal keys in the sorted order.
struct Run {
    key: f64,
    start: usize,
    end: usize,
}

fn runs(order: &[usize], keys: &[f64]) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for (place, &unit) in order.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if run.key.total_cmp(&keys[unit]).is_eq() => run.end = place + 1,
            _ => runs.push(Run { key: keys[unit], start: place, end: place + 1 }),
        }
    }
    runs
}

/// Quantile of type 7 (Hyndman and Fan 1996; Excel's `PERCENTILE.INC`, R's and numpy's default):
/// linear between the order statistics around position (n-1)p. NaN of nothing; `p` is cut to 0..1.
pub(crate) fn quantile(base: &[f64], p: f64) -> f64 {
    if base.is_empty() {
        return f64::NAN;
    }
    let mut sorted = base.to_vec();
    sorted.sort_by(f64::total_cmp);
    of_sorted(&sorted, p)
}

/// The middle value, or the mean of the two middle ones; NaN of nothing.
pub(crate) fn median(base: &[f64]) -> f64 {
    quantile(base, 0.5)
}

fn of_sorted(sorted: &[f64], p: f64) -> f64 {
    let last = sorted.len() - 1;
    let at = last as f64 * p.clamp(0.0, 1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a position between 0 and the last index"
    )]
    let below = (at.floor() as usize).min(last);
    let above = (below + 1).min(last);
    let (low, high) = (sorted[below], sorted[above]);
    low + (high - low) * (at - below as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(ties: Ties, order: Order, expected: [f64; 5]) {
        let values = [10.0, 30.0, 20.0, 20.0, f64::NAN];
        let got = ranks(&values, &[true; 5], Ranking { ties, order, decimals: 9 });
        assert_eq!(format!("{got:?}"), format!("{expected:?}"));
    }

    #[test]
    fn ties_are_broken_as_declared() {
        let none = f64::NAN;
        case(Ties::Min, Order::HighestFirst, [4.0, 1.0, 2.0, 2.0, none]);
        case(Ties::Max, Order::HighestFirst, [4.0, 1.0, 3.0, 3.0, none]);
        case(Ties::Mean, Order::HighestFirst, [4.0, 1.0, 2.5, 2.5, none]);
        case(Ties::Dense, Order::HighestFirst, [3.0, 1.0, 2.0, 2.0, none]);
        case(Ties::Ordinal, Order::HighestFirst, [4.0, 1.0, 2.0, 3.0, none]);
        case(Ties::Min, Order::LowestFirst, [1.0, 4.0, 2.0, 2.0, none]);
        case(Ties::Ordinal, Order::LowestFirst, [1.0, 4.0, 2.0, 3.0, none]);
    }

    #[test]
    fn a_unit_outside_the_distribution_gets_the_place_it_would_take() {
        let values = [10.0, 30.0, 20.0, 20.0, 5.0];
        let ranked = [true, true, true, false, false];
        let place = |ties| ranks(&values, &ranked, Ranking { ties, ..Ranking::default() });
        assert_eq!(place(Ties::Min), [3.0, 1.0, 2.0, 2.0, 4.0]);
        assert_eq!(place(Ties::Max), [3.0, 1.0, 2.0, 3.0, 4.0]);
        assert_eq!(place(Ties::Mean), [3.0, 1.0, 2.0, 2.5, 4.0]);
        assert_eq!(place(Ties::Ordinal), [3.0, 1.0, 2.0, 3.0, 4.0]);
    }

    #[test]
    fn binary_noise_breaks_no_tie() {
        let values = [0.1 + 0.2, 0.3, 0.0, -0.0];
        let got = ranks(&values, &[true; 4], Ranking::default());
        assert_eq!(got, [1.0, 1.0, 3.0, 3.0]);
        assert_eq!(distinct(&values), 2);
        assert_eq!(ties(&in_order(&values)).collect::<Vec<_>>(), [2, 2]);
    }

    #[test]
    fn quantiles_are_of_type_seven() {
        let base = [3.0, 1.0, 2.0, 4.0];
        for (p, expected) in [(0.0, 1.0), (0.25, 1.75), (0.5, 2.5), (0.9, 3.7), (1.0, 4.0)] {
            assert!((quantile(&base, p) - expected).abs() < 1e-15, "{p}");
        }
        assert!(median(&[]).is_nan());
    }
}
