//! Which counts add up to which: what somebody who has all tables would compute a count back with.
//!
//! A total of an area is known where a file prints one, and where another measure of the study has the
//! sum of the units of the area. Counts of one area add up where they do so in every area: then one of
//! two parts and the whole give the other part back.

use std::collections::BTreeSet;

use super::Spot;
use crate::observation::{Cell, Nature, Observations, Series};
use crate::register::{Level, Register};

/// Cells of which a sum is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Relation {
    /// The cells that are added.
    pub(super) parts: Vec<Spot>,
    /// The cell that is their sum; `None` where the sum is a known number.
    pub(super) whole: Option<Spot>,
    /// The level and the area of the sum.
    pub(super) of: (String, String),
}

impl Relation {
    pub(super) fn cells(&self) -> impl Iterator<Item = Spot> + '_ {
        self.parts.iter().copied().chain(self.whole)
    }

    /// +1 for a part, -1 for the whole.
    pub(super) fn sign(&self, spot: Spot) -> f64 {
        if self.whole == Some(spot) { -1.0 } else { 1.0 }
    }
}

/// What is known of the sums of counts.
pub(super) struct Known<'a> {
    pub(super) register: &'a Register,
    pub(super) observations: &'a Observations,
    /// The cells with a small count.
    pub(super) small: &'a BTreeSet<Spot>,
}

impl<'a> Known<'a> {
    /// Every relation of a series with a small count, those of an area's own counts first, then totals,
    /// the finest level first.
    pub(super) fn relations(&self) -> Vec<Relation> {
        let mut all = self.within_areas();
        let mut totals = self.totals();
        totals.sort_by_key(|total| total.parts.len());
        all.extend(totals);
        all
    }

    fn series(&self, at: usize) -> &'a Series {
        &self.observations.series[at]
    }

    fn level(&self, series: &Series) -> Option<&'a Level> {
        self.register.level(&series.level)
    }

    /// The series in which a small count stands.
    fn with_small(&self) -> BTreeSet<usize> {
        self.small.iter().map(|(at, _)| *at).collect()
    }

    fn totals(&self) -> Vec<Relation> {
        let mut totals = Vec::new();
        for at in self.with_small() {
            let series = self.series(at);
            let printed = self.observations.totals.iter().filter(|it| it.series == series.name);
            let printed = printed.map(|total| (total.level.clone(), total.area.clone()));
            let mut known: BTreeSet<(String, String)> = printed.collect();
            known.extend(self.given_by_others(at));
            totals.extend(known.into_iter().filter_map(|of| self.total(at, of)));
        }
        totals
    }

    /// The areas of which another measure has the sum of a series.
    fn given_by_others(&self, at: usize) -> Vec<(String, String)> {
        let mut areas = Vec::new();
        for other in &self.observations.series {
            let Some(coarse) = self.level(other).filter(|_| other.nature == Nature::Count) else {
                continue;
            };
            if other.level == self.series(at).level {
                continue;
            }
            for (area, name) in coarse.areas.iter().enumerate() {
                let of = (other.level.clone(), name.clone());
                let Some(total) = self.total(at, of.clone()) else { break };
                let numbers = total.parts.iter().map(|&spot| self.number(spot));
                let sum: Option<f64> = numbers.sum();
                let given = other.cells[area].number();
                if given.is_some() && given.zip(sum).is_some_and(|(a, b)| (a - b).abs() < 1e-6) {
                    areas.push(of);
                }
            }
        }
        areas
    }

    fn number(&self, (at, area): Spot) -> Option<f64> {
        self.series(at).cells[area].number()
    }

    /// The relation of a total; `None` where the areas of the series do not lie inside those of the level.
    fn total(&self, at: usize, of: (String, String)) -> Option<Relation> {
        let coarse = self.register.level(&of.0)?;
        let fine = self.level(self.series(at)).filter(|fine| fine.refines(coarse))?;
        let area = u32::try_from(coarse.position(&of.1)?).ok()?;
        let inside = fine.of_unit.iter().zip(&coarse.of_unit).filter(|(_, whole)| **whole == area);
        let parts: BTreeSet<usize> = inside.map(|(part, _)| *part as usize).collect();
        Some(Relation {
            parts: parts.into_iter().map(|part| (at, part)).collect(),
            whole: None,
            of,
        })
    }

    /// Counts of one area that add up in every area: two that are a third, all others of a source that
    /// are one of it, or one that is another.
    fn within_areas(&self) -> Vec<Relation> {
        let with_small = self.with_small();
        let all = self.observations.series.iter().enumerate();
        let counts: Vec<usize> =
            all.filter(|(_, series)| series.nature == Nature::Count).map(|(at, _)| at).collect();
        let alike = |a: usize, b: usize| self.series(a).level == self.series(b).level;
        let mut sums: BTreeSet<(Vec<usize>, usize)> = BTreeSet::new();
        for &whole in &counts {
            let others: Vec<usize> =
                counts.iter().copied().filter(|&at| at != whole && alike(at, whole)).collect();
            let mut try_parts = |parts: Vec<usize>| {
                let small = parts.iter().chain([&whole]).any(|at| with_small.contains(at));
                if small && self.add_up(&parts, whole) {
                    sums.insert((parts, whole));
                }
            };
            for (at, &one) in others.iter().enumerate() {
                try_parts(vec![one]);
                others[at + 1..].iter().for_each(|&other| try_parts(vec![one, other]));
            }
            let source = self.series(whole).source;
            let own: Vec<usize> =
                others.into_iter().filter(|&at| self.series(at).source == source).collect();
            if own.len() > 2 {
                try_parts(own);
            }
        }
        sums.into_iter().flat_map(|(parts, whole)| self.in_each_area(&parts, whole)).collect()
    }

    /// Whether parts add up to a whole in every area where all are known, and in two at least where more
    /// than one of them counts.
    fn add_up(&self, parts: &[usize], whole: usize) -> bool {
        let mut seen = 0;
        for area in 0..self.series(whole).cells.len() {
            let Some(whole) = self.number((whole, area)) else { continue };
            let numbers = || parts.iter().map(|&part| self.number((part, area)));
            let Some(sum) = numbers().sum::<Option<f64>>() else { continue };
            if (sum - whole).abs() > 1e-6 {
                return false;
            }
            let counting = numbers().filter(|part| part.is_some_and(|part| part > 0.0)).count();
            seen += usize::from(counting == parts.len());
        }
        seen >= 2
    }

    fn in_each_area(&self, parts: &[usize], whole: usize) -> Vec<Relation> {
        let series = self.series(whole);
        let Some(level) = self.level(series) else { return Vec::new() };
        let is_number = |at: usize, area: usize| {
            matches!(self.series(at).cells[area], Cell::Number(_) | Cell::Substitute(_))
        };
        let areas = level.areas.iter().enumerate();
        areas
            .filter(|(area, _)| parts.iter().chain([&whole]).all(|&at| is_number(at, *area)))
            .map(|(area, name)| Relation {
                parts: parts.iter().map(|&at| (at, area)).collect(),
                whole: Some((whole, area)),
                of: (series.level.clone(), name.clone()),
            })
            .collect()
    }
}
