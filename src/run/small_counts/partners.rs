//! Partner cells: where a sum is known, one more count of it is not said, and takes the difference, so
//! that the sum holds and gives no small count back.
//!
//! Which cell is the partner may not depend on what is not said: a reader who knows this rule would
//! exclude the counts under which it had chosen another. So candidates come in the order of what is
//! published as it is (the counts of other measures in the same area, the largest first), who has
//! less than `min_count` is passed over, which the published count shows, and the first other one must
//! be able to hold every value that is possible. Where it cannot, nothing is published. Where less than
//! `min_count` would be left of it, as much is said of it, and the next one takes the rest: what is said
//! of all of them depends on their sum with the small counts alone, and so does who they are.

use std::collections::{BTreeMap, BTreeSet};

use super::Spot;
use super::rates::Rate;
use super::relations::{Known, Relation};
use crate::message::small_counts as message;
use crate::observation::{Cell, Nature, Observations};
use crate::quality::Advice;
use crate::register::{Register, UNIT};
use crate::study::{Publish, Study};

/// What would give a small count back.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Unheld {
    /// A sum.
    Sum {
        /// The series of the count.
        series: usize,
        /// Level and area of the sum.
        of: (String, String),
    },
    /// A rate that everybody has.
    Rate(Rate),
}

impl Unheld {
    /// What is wrong, and what to do.
    pub(super) fn said(&self, register: &Register, observations: &Observations) -> Advice {
        let name = |at: usize| observations.series[at].name.as_str();
        let (series, (level, area)) = match self {
            Self::Sum { series, of } => (*series, of),
            Self::Rate(rate) => {
                return message::rate_gives_back(
                    name(rate.count),
                    name(rate.rate),
                    name(rate.whole),
                );
            }
        };
        let area = match register.position(area).filter(|_| level == UNIT) {
            Some(unit) => &register.names()[unit],
            None => area,
        };
        message::total_gives_back(name(series), level, area)
    }
}

/// A sum in which small counts stand, with who takes the difference.
#[derive(Clone, Debug)]
pub(super) struct Difference {
    /// What the small counts and the first partner come to.
    together: f64,
    /// How often a small count is in that.
    times: f64,
    /// The least that is said of a partner.
    least: f64,
    /// Who is asked, in this order, with the counts as they are.
    partners: Vec<(Spot, f64)>,
}

impl Difference {
    /// What is said of the partners, where one value stands for all the small counts; `None` where they
    /// have too little.
    pub(super) fn said(&self, value: f64) -> Option<Vec<(Spot, f64)>> {
        let mut rest = self.together - self.times * value;
        let mut said = Vec::new();
        for (at, &(partner, count)) in self.partners.iter().enumerate() {
            if at > 0 {
                // the least is said of the one before; this one takes the rest of the difference
                rest += count - self.least;
            }
            if rest >= self.least {
                said.push((partner, rest));
                return Some(said);
            }
            said.push((partner, self.least));
        }
        None
    }
}

/// Who takes the difference in each sum in which a small count stands, so that each of the `values` may
/// stand for the small counts.
///
/// # Errors
/// The sums that no partner holds.
pub(super) fn find(
    study: &Study,
    register: &Register,
    observations: &Observations,
    small: &BTreeSet<Spot>,
    values: &[f64],
) -> Result<Vec<Difference>, Vec<Unheld>> {
    let Some(publish) = study.publish else { return Ok(Vec::new()) };
    let known = Known { register, observations, small };
    let relations = known.relations();
    let cells: Vec<BTreeSet<Spot>> = relations.iter().map(|it| it.cells().collect()).collect();
    let mut standing: BTreeMap<Spot, Vec<usize>> = BTreeMap::new();
    for (at, spot) in
        cells.iter().enumerate().flat_map(|(at, cells)| cells.iter().map(move |it| (at, it)))
    {
        standing.entry(*spot).or_default().push(at);
    }
    let mut search = Search {
        study,
        publish,
        observations,
        small,
        cells,
        standing,
        sizes: sizes(observations, small),
        values,
        touched: BTreeSet::new(),
        found: Vec::new(),
        closed: Vec::new(),
    };
    let mut unheld: Vec<Unheld> = Vec::new();
    for (at, relation) in relations.iter().enumerate() {
        if let Err(one) = search.close(at, relation)
            && !unheld.contains(&one)
        {
            unheld.push(one);
        }
    }
    if unheld.is_empty() { Ok(search.found) } else { Err(unheld) }
}

/// What is published as it is of each area of a series, by which candidates are ordered: the sum of the
/// counts of series without a small count at its level.
fn sizes(observations: &Observations, small: &BTreeSet<Spot>) -> BTreeMap<String, Vec<f64>> {
    let with_small: BTreeSet<usize> = small.iter().map(|(at, _)| *at).collect();
    let mut sizes: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for (at, series) in observations.series.iter().enumerate() {
        let of_level =
            sizes.entry(series.level.clone()).or_insert_with(|| vec![0.0; series.cells.len()]);
        if series.nature == Nature::Count && !with_small.contains(&at) {
            let counts = series.cells.iter().map(|cell| cell.number().unwrap_or_default());
            of_level.iter_mut().zip(counts).for_each(|(size, count)| *size += count);
        }
    }
    sizes
}

struct Search<'a> {
    study: &'a Study,
    publish: Publish,
    observations: &'a Observations,
    small: &'a BTreeSet<Spot>,
    /// The cells of each relation.
    cells: Vec<BTreeSet<Spot>>,
    /// The relations in which a cell stands.
    standing: BTreeMap<Spot, Vec<usize>>,
    sizes: BTreeMap<String, Vec<f64>>,
    /// What may stand for a small count.
    values: &'a [f64],
    /// Partners so far.
    touched: BTreeSet<Spot>,
    found: Vec<Difference>,
    /// Relations with a small count that hold.
    closed: Vec<usize>,
}

impl Search<'_> {
    /// Makes a relation hold.
    fn close(&mut self, at: usize, relation: &Relation) -> Result<(), Unheld> {
        let cells = &self.cells[at];
        let inside = self.closed.iter().map(|&known| &self.cells[known]);
        let inside = inside.filter(|known| known.is_subset(cells));
        let held: BTreeSet<Spot> = inside.flatten().copied().collect();
        let moved = |spot: &&Spot| self.small.contains(*spot) || self.touched.contains(*spot);
        let open: Vec<Spot> = cells.difference(&held).filter(moved).copied().collect();
        // one count that is another: both are hidden, or what hides one says the other
        let is_same = relation.parts.len() == 1 && relation.whole.is_some();
        if open.is_empty() {
            return Ok(());
        }
        if !is_same || open.len() < 2 {
            self.take_difference((at, relation), &open, &held)?;
        }
        self.closed.push(at);
        Ok(())
    }

    fn take_difference(
        &mut self,
        (at, relation): (usize, &Relation),
        open: &[Spot],
        held: &BTreeSet<Spot>,
    ) -> Result<(), Unheld> {
        let unheld = Unheld::Sum { series: open[0].0, of: relation.of.clone() };
        // a cell that another relation moved already has no range of its own here
        if open.iter().any(|spot| self.touched.contains(spot)) {
            return Err(unheld);
        }
        let least = f64::from(self.publish.min_count);
        let candidates = self.candidates(at, held).into_iter();
        let counts = candidates.filter_map(|spot| Some((spot, self.number(spot)?)));
        let mut partners: Vec<(Spot, f64)> = counts.filter(|(_, it)| *it >= least).collect();
        let &(first, count) = partners.first().ok_or_else(|| unheld.clone())?;
        if relation.whole.is_some() {
            partners.truncate(1);
        }
        let sign = relation.sign(first);
        let signs: Vec<f64> = open.iter().map(|&spot| sign * relation.sign(spot)).collect();
        let numbers = open.iter().map(|&spot| self.number(spot).unwrap_or_default());
        let moved: f64 = signs.iter().zip(numbers).map(|(sign, count)| sign * count).sum();
        let together = count + moved;
        let times = signs.iter().sum();
        if !(Range { publish: self.publish, together, signs }).leaves_all() {
            return Err(unheld);
        }
        let difference = Difference { together, times, least, partners };
        for &value in self.values {
            let said = difference.said(value).ok_or_else(|| unheld.clone())?;
            self.touched.extend(said.into_iter().map(|(partner, _)| partner));
        }
        self.found.push(difference);
        Ok(())
    }

    fn number(&self, (at, area): Spot) -> Option<f64> {
        match self.observations.series[at].cells[area] {
            Cell::Number(count) => Some(count),
            Cell::Substitute(_) | Cell::Text(_) | Cell::Missing(_) | Cell::Withheld => None,
        }
    }

    /// Cells that may take the difference of a relation, in the order in which they are asked: of no
    /// public source, in no relation that holds already, in no other that is not around this one.
    fn candidates(&self, at: usize, held: &BTreeSet<Spot>) -> Vec<Spot> {
        let cells = &self.cells[at];
        let is_free = |spot: &Spot| {
            let around = |&other: &usize| cells.is_subset(&self.cells[other]);
            let source = &self.study.sources[self.observations.series[spot.0].source];
            self.standing[spot].iter().all(around)
                && !source.public
                && !held.contains(spot)
                && !self.small.contains(spot)
                && !self.touched.contains(spot)
        };
        let mut free: Vec<Spot> = cells.iter().copied().filter(is_free).collect();
        let size = |&(at, area): &Spot| self.sizes[&self.observations.series[at].level][area];
        free.sort_by(|a, b| size(b).total_cmp(&size(a)).then(a.cmp(b)));
        free
    }
}

/// The values that open cells and their partner may have together.
struct Range {
    publish: Publish,
    /// What they come to.
    together: f64,
    /// For each open cell, +1 where it and the partner add up to that, -1 where they differ by it.
    signs: Vec<f64>,
}

impl Range {
    /// The most that the partner may be where one of the open cells is `value`.
    fn partner(&self, one: usize, value: f64) -> f64 {
        let most = f64::from(self.publish.min_count - 1);
        let others = self.signs.iter().enumerate().filter(|(at, _)| *at != one);
        let others: f64 = others.map(|(_, sign)| if *sign > 0.0 { 1.0 } else { -most }).sum();
        self.together - self.signs[one] * value - others
    }

    /// Whether each open cell may be every small count while the partner is none.
    fn leaves_all(&self) -> bool {
        let least = f64::from(self.publish.min_count);
        (0..self.signs.len()).all(|one| {
            (1..self.publish.min_count).all(|value| self.partner(one, f64::from(value)) >= least)
        })
    }
}
