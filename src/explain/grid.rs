//! The numbers that a measure can have: whole things, and the decimals in which it was published.

use crate::index::stats;
use crate::observation::{Cell, Nature, Series};

/// Decimals in which a change of a rate is told, at most.
const DECIMALS: usize = 4;

/// Steps from a number to the next that the same publisher could have printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Grid {
    /// Steps in one.
    per_one: f64,
    /// Between which numbers changes are looked for.
    low: f64,
    high: f64,
}

impl Grid {
    /// The grid of a series of numbers, over twice the range of what was measured and never below zero
    /// where nothing was; `None` where it has no number, or one only.
    pub(super) fn of(series: &Series) -> Option<Self> {
        if !series.nature.is_number() {
            return None;
        }
        let numbers: Vec<f64> = series.cells.iter().filter_map(Cell::number).collect();
        let (low, high) = (stats::minimum(&numbers), stats::maximum(&numbers));
        let range = high - low;
        if !range.is_finite() || range <= 0.0 {
            return None;
        }
        let decimals = match series.nature {
            Nature::Count => 0,
            _ => numbers.iter().map(|number| printed_decimals(*number)).max().unwrap_or(0),
        };
        let per_one = (0..decimals.min(DECIMALS)).fold(1.0, |per_one, _| per_one * 10.0);
        let low = if low >= 0.0 { (low - range).max(0.0) } else { low - range };
        let is_exact = high.abs().max(low.abs()) * 2.0 * per_one < 9e15;
        is_exact.then_some(Self { per_one, low, high: high + range })
    }

    /// The size of a step.
    pub(super) fn step(self) -> f64 {
        1.0 / self.per_one
    }

    /// The number `k` steps from another: the first step leads to the next number of the grid.
    pub(super) fn value(self, from: f64, k: i64) -> f64 {
        let scaled = from * self.per_one;
        let nearest = scaled.round();
        let start = if (scaled - nearest).abs() < 1e-6 {
            nearest
        } else if k > 0 {
            scaled.floor()
        } else {
            scaled.ceil()
        };
        (start + k as f64) / self.per_one
    }

    /// Steps to the end of the range that way.
    pub(super) fn reach(self, from: f64, way: i64) -> i64 {
        let room = if way > 0 { self.high - from } else { from - self.low };
        (room * self.per_one + 1e-6).floor() as i64
    }
}

/// Decimals of the shortest text of a number.
fn printed_decimals(number: f64) -> usize {
    let text = number.to_string();
    text.split_once('.').map_or(0, |(_, decimals)| decimals.len())
}

/// The first whole number from 1 to `last` at which a rising function is not below zero, given its
/// values at both ends, the last of which is not.
pub(super) fn first_crossing(
    [near, far]: [f64; 2],
    last: i64,
    mut at: impl FnMut(i64) -> Option<f64>,
) -> Option<i64> {
    if near >= 0.0 {
        return Some(1);
    }
    let (mut below, mut above) = ((1, near), (last, far));
    let mut halve = false;
    while above.0 - below.0 > 1 {
        let room = above.0 - below.0;
        let share = if halve { 0.5 } else { below.1 / (below.1 - above.1) };
        let offset = ((room as f64 * share).floor() as i64).clamp(1, room - 1);
        let middle = below.0 + offset;
        let value = at(middle)?;
        // where a straight line misses, the next step halves
        halve = !halve && offset > 1 && room - offset > 1 && value.abs() > (far - near) * 0.01;
        if value >= 0.0 {
            above = (middle, value);
        } else {
            below = (middle, value);
        }
    }
    Some(above.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::observation::Origins;

    fn series(nature: Nature, numbers: &[f64]) -> Series {
        Series {
            name: "s.m".into(),
            source: 0,
            level: "uat".into(),
            nature,
            counts: None,
            cells: numbers.iter().map(|number| Cell::Number(*number)).collect(),
            origins: vec![Origins::default(); numbers.len()],
        }
    }

    #[test]
    fn counts_go_by_one_and_rates_by_their_last_printed_decimal() {
        let people = Grid::of(&series(Nature::Count, &[406.0, 1_000.0])).unwrap();
        assert_eq!((people.step(), people.value(406.0, 1)), (1.0, 407.0));
        assert_eq!(people.reach(406.0, -1), 406, "nobody is fewer than none");
        let rate = Grid::of(&series(Nature::Rate, &[3.4, 12.0, 5.15])).unwrap();
        assert_eq!((rate.value(3.4, 1), rate.value(3.4, -3)), (3.41, 3.37));
        assert_eq!(Grid::of(&series(Nature::Rate, &[1.0, 1.0])), None);
        assert_eq!(Grid::of(&series(Nature::Category, &[1.0, 2.0])), None);
    }

    #[test]
    fn a_number_between_two_steps_goes_to_the_next_of_them() {
        let people = Grid::of(&series(Nature::Count, &[0.5, 10.0])).unwrap();
        assert_eq!((people.value(0.5, 1), people.value(0.5, -1)), (1.0, 0.0));
    }

    #[test]
    fn a_crossing_is_found_in_lines_and_in_bends() {
        for wanted in [1, 2, 17, 999, 1_000] {
            let line = |k: i64| (k - wanted) as f64;
            let bent = |k: i64| if k < wanted { -1e-3 } else { (k * k) as f64 };
            for f in [&line as &dyn Fn(i64) -> f64, &bent] {
                assert_eq!(first_crossing([f(1), f(1_000)], 1_000, |k| Some(f(k))), Some(wanted));
            }
        }
    }
}
