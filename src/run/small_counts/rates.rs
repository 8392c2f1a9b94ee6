//! Rates of small counts: a rate times its denominator gives a count back as well as the count itself.
//!
//! Which rate is of which count is not declared but seen: in nearly every area where all three are known
//! the printed rate is one count over another, times a power of ten, or the rest of that to the whole.
//! Where one of the two counts is not said, the rate is not said either: it is computed from what is said
//! of them.

use std::collections::BTreeSet;

use super::Spot;
use crate::language::machine;
use crate::observation::{Cell, Nature, Observations, Series};

/// What rates are multiplied by: shares, per cents, and so on to so many in a hundred thousand.
const SCALES: [f64; 5] = [1.0, 100.0, 1_000.0, 10_000.0, 100_000.0];
/// Decimals above which a rate counts as printed with all its digits.
const ALL_DECIMALS: usize = 9;
/// Areas with the rate, in which a count is behind it, that make it no accident.
const ENOUGH: usize = 3;
/// Of so many areas one may have a rate that is not that of its counts.
const ONE_IN: usize = 10;

/// A rate that is one count over another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Rate {
    /// The series of the rate.
    pub(super) rate: usize,
    /// The series that is counted.
    pub(super) count: usize,
    /// The series that it is counted of.
    pub(super) whole: usize,
    scale: f64,
    /// Whether it is the rest: what is not counted, of the whole.
    is_rest: bool,
}

impl Rate {
    /// The rate of a count in a whole; `None` of nothing.
    fn of(&self, count: f64, whole: f64) -> Option<f64> {
        let share = if self.is_rest { 1.0 - count / whole } else { count / whole };
        (whole > 0.0).then_some(share * self.scale)
    }

    /// What the rate is where one of its counts is said otherwise.
    pub(super) fn said(&self, observations: &Observations, area: usize) -> Option<f64> {
        let number = |at: usize| observations.series[at].cells[area].number();
        self.of(number(self.count)?, number(self.whole)?)
    }

    /// The cells of the rate where one of its counts is among `hidden`.
    pub(super) fn cells<'r>(
        &'r self,
        observations: &'r Observations,
        hidden: &'r BTreeSet<Spot>,
    ) -> impl Iterator<Item = Spot> + 'r {
        let cells = observations.series[self.rate].cells.iter().enumerate();
        let known = cells.filter(|(_, cell)| cell.number().is_some());
        let is_hidden = |area: &usize| {
            hidden.contains(&(self.count, *area)) || hidden.contains(&(self.whole, *area))
        };
        known.map(|(area, _)| area).filter(is_hidden).map(|area| (self.rate, area))
    }
}

/// The rates of counts of which some are `hidden`, at the level of the counts.
pub(super) fn find(observations: &Observations, hidden: &BTreeSet<Spot>, least: u32) -> Vec<Rate> {
    let with_hidden: BTreeSet<usize> = hidden.iter().map(|(at, _)| *at).collect();
    let of = |nature: Nature| {
        let all = observations.series.iter().enumerate();
        all.filter(move |(_, series)| series.nature == nature).map(|(at, _)| at)
    };
    let mut found = Vec::new();
    for rate in of(Nature::Rate) {
        let seen = Seen { observations, rate: &observations.series[rate], least };
        for (count, whole) in
            of(Nature::Count).flat_map(|count| of(Nature::Count).map(move |whole| (count, whole)))
        {
            let is_known = count == whole || !seen.is_beside(count) || !seen.is_beside(whole);
            if is_known || ![count, whole].iter().any(|at| with_hidden.contains(at)) {
                continue;
            }
            let forms = SCALES.iter().flat_map(|scale| [(*scale, false), (*scale, true)]);
            let rates = forms.map(|(scale, is_rest)| Rate { rate, count, whole, scale, is_rest });
            found.extend(rates.filter(|rate| seen.is(rate)));
        }
    }
    found
}

/// A rate as it was printed.
struct Seen<'a> {
    observations: &'a Observations,
    rate: &'a Series,
    /// Counts from this on are not small.
    least: u32,
}

impl Seen<'_> {
    /// Whether a series has the areas of the rate.
    fn is_beside(&self, at: usize) -> bool {
        self.observations.series[at].level == self.rate.level
    }

    /// Whether the rate is that of two counts in nearly every area in which it tells one of them.
    fn is(&self, rate: &Rate) -> bool {
        let fine = self.last_digit();
        let number = |at: usize, area: usize| self.observations.series[at].cells[area].number();
        let areas = self.rate.cells.len();
        let (mut same, mut counting, mut other) = (0, 0, 0);
        for (area, cell) in self.rate.cells.iter().enumerate() {
            let known = (cell.number(), number(rate.count, area), number(rate.whole, area));
            let (Some(printed), Some(count), Some(whole)) = known else { continue };
            let Some(computed) = rate.of(count, whole) else { continue };
            if fine * whole / rate.scale >= f64::from(self.least) {
                continue;
            }
            if (printed - computed).abs() <= fine + computed.abs() * 1e-9 {
                same += 1;
                counting += usize::from(count > 0.0 && count < whole);
            } else {
                other += 1;
            }
            if other * ONE_IN > areas {
                return false;
            }
        }
        counting >= ENOUGH && other * ONE_IN <= same + other
    }

    /// One in the last decimal that is printed.
    fn last_digit(&self) -> f64 {
        let decimals = |value: f64| {
            let text = machine(value);
            text.split_once('.').map_or(0, |(_, fraction)| fraction.len())
        };
        let numbers = self.rate.cells.iter().filter_map(Cell::number);
        let most = numbers.map(decimals).max().unwrap_or(0).min(ALL_DECIMALS);
        (0..most).fold(1.0, |unit, _| unit / 10.0)
    }
}
