//! The optimum near a bound: lists told by how they differ from the list behind the bound.
//!
//! At the price of money that gives the least bound, the list behind the bound is the best under the
//! quotas. Every unit that stands on the other side costs the bound its *loss*, and losses add up:
//! a list whose losses come to more than the bound lies above what is asked cannot be worth it. So
//! lists are built unit by unit over the few whose loss alone does not rule them out, as labels of
//! [`super::frontier`]: two choices are compared where they use the same places of the rows still
//! open. What is left is the largest sum, equal sums decided by priority.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::frontier::{Found, deepen, thin};
use super::lagrange::Relaxed;
use super::problem::Problem;
use super::trails::Trails;

/// The best list, and the nodes it took.
pub(super) fn best(problem: &Problem, relaxed: &Relaxed, nodes: u64) -> (Found<Vec<bool>>, u64) {
    let worst = -problem.units.iter().map(|unit| i128::from(unit.value).abs()).sum::<i128>();
    let known = relaxed.known.as_ref().map(|list| problem.value(list));
    let least = known.unwrap_or(worst);
    let deepened = deepen((least, relaxed.bound), nodes, |ask, labels| {
        let mut search = Search::new(problem, relaxed, ask, labels);
        (search.run(), search.labels)
    });
    (deepened.found, deepened.nodes)
}

/// A choice so far.
#[derive(Clone, Copy, Debug)]
struct Label {
    value: i128,
    cost: i128,
    /// Losses so far, in parts of a point.
    lost: i128,
    /// Where its choice before the last step is written down.
    trail: usize,
    /// The unit that the last step turned.
    turned: Option<usize>,
}

/// What open rows hold beyond the list behind the bound.
type Key = Vec<i32>;

struct Search<'a> {
    problem: &'a Problem,
    relaxed: &'a Relaxed,
    /// Units that may stand on either side, in the order in which they are looked at.
    open: Vec<usize>,
    /// By row: the last position in `open` that it counts; none where it counts none.
    closes: Vec<Option<usize>>,
    /// Least and most that each row may gain on the list behind the bound.
    room: Vec<(i64, i64)>,
    /// Loss that a list may have.
    slack: i128,
    ask: i128,
    /// Units that a choice turned.
    trails: Trails,
    labels: u64,
    most: u64,
}

impl<'a> Search<'a> {
    fn new(problem: &'a Problem, relaxed: &'a Relaxed, ask: i128, most: u64) -> Self {
        let slack = relaxed.scaled - ask * relaxed.scale;
        let mut open: Vec<usize> = (0..problem.units.len())
            .filter(|unit| !problem.units[*unit].locked && relaxed.losses[*unit] <= slack)
            .collect();
        // outer rows come later in a row list: reversed, units of one region stand together
        open.sort_by_key(|unit| {
            (problem.units[*unit].rows.iter().rev().collect::<Vec<_>>(), *unit)
        });
        let mut closes = vec![None; problem.rows.len()];
        for (at, unit) in open.iter().enumerate() {
            problem.units[*unit].rows.iter().for_each(|row| closes[*row] = Some(at));
        }
        let held = problem.counts(&relaxed.inner);
        let room = problem.rows.iter().zip(&held);
        let room = room.map(|(row, held)| (row.lo - held, row.hi.saturating_sub(*held))).collect();
        let trails = Trails::new();
        Self { problem, relaxed, open, closes, room, slack, ask, trails, labels: 0, most }
    }

    fn run(&mut self) -> Found<Vec<bool>> {
        let untouched = self.closes.iter().zip(&self.room).filter(|(at, _)| at.is_none());
        if untouched.into_iter().any(|(_, (lo, hi))| *lo > 0 || *hi < 0) {
            return Found::Nothing;
        }
        let start = Label {
            value: self.problem.value(&self.relaxed.inner),
            cost: self.problem.cost(&self.relaxed.inner),
            lost: 0,
            trail: Trails::START,
            turned: None,
        };
        let mut layer: BTreeMap<Key, Vec<Label>> =
            BTreeMap::from([(vec![0; self.problem.rows.len()], vec![start])]);
        let cheaper = self.cheaper();
        for at in 0..self.open.len() {
            let Some(next) = self.advance(layer, at, cheaper[at + 1]) else {
                return Found::TooMuch;
            };
            layer = next;
        }
        let mut best: Option<Label> = None;
        // where nothing is open, the list behind the bound was never held against the money
        let limit = self.problem.limit.map(i128::from);
        let paid = |label: &Label| limit.is_none_or(|limit| label.cost <= limit);
        for label in layer.into_values().flatten().filter(paid) {
            if best.is_none_or(|best| self.compare(&label, &best) == Ordering::Greater) {
                best = Some(label);
            }
        }
        match best {
            Some(best) if best.value >= self.ask => Found::Best(self.list(best.trail)),
            _ => Found::Nothing,
        }
    }

    /// By position: the most money that the units from there on can give back.
    fn cheaper(&self) -> Vec<i128> {
        let mut saved = vec![0; self.open.len() + 1];
        for at in (0..self.open.len()).rev() {
            let unit = self.open[at];
            let gives = self.relaxed.inner[unit];
            let cost = i128::from(self.problem.units[unit].cost);
            saved[at] = saved[at + 1] + if gives { cost } else { 0 };
        }
        saved
    }

    fn advance(
        &mut self,
        layer: BTreeMap<Key, Vec<Label>>,
        at: usize,
        saved: i128,
    ) -> Option<BTreeMap<Key, Vec<Label>>> {
        let unit = self.open[at];
        let (inner, loss) = (self.relaxed.inner[unit], self.relaxed.losses[unit]);
        let asked = &self.problem.units[unit];
        let sign = if inner { -1 } else { 1 };
        let (value, cost) = (i128::from(asked.value), i128::from(asked.cost));
        let limit = self.problem.limit.map(i128::from);
        let mut next: BTreeMap<Key, Vec<Label>> = BTreeMap::new();
        for (key, labels) in layer {
            let mut turned = key.clone();
            asked.rows.iter().for_each(|row| turned[*row] += sign);
            for (mut key, turn) in [(key, false), (turned, true)] {
                if !self.close(&mut key, &asked.rows, at) {
                    continue;
                }
                let step = |label: &Label| {
                    if !turn {
                        return *label;
                    }
                    Label {
                        value: label.value + i128::from(sign) * value,
                        cost: label.cost + i128::from(sign) * cost,
                        lost: label.lost + loss,
                        trail: label.trail,
                        turned: Some(unit),
                    }
                };
                let enough = |label: &Label| {
                    label.lost <= self.slack
                        && limit.is_none_or(|limit| label.cost - saved <= limit)
                };
                let moved: Vec<Label> = labels.iter().map(step).filter(enough).collect();
                self.labels += moved.len() as u64;
                if self.labels > self.most {
                    return None;
                }
                if !moved.is_empty() {
                    self.merge(next.entry(key).or_default(), moved);
                }
            }
        }
        for label in next.values_mut().flatten() {
            if let Some(unit) = label.turned.take() {
                label.trail = self.trails.push(label.trail, unit);
            }
        }
        Some(next)
    }

    /// Forgets rows that count no unit to come; `false` where one of them is broken.
    fn close(&self, key: &mut Key, rows: &[usize], at: usize) -> bool {
        for row in rows.iter().filter(|row| self.closes[**row] == Some(at)) {
            let (lo, hi) = self.room[*row];
            if !(lo..=hi).contains(&i64::from(key[*row])) {
                return false;
            }
            key[*row] = 0;
        }
        true
    }

    fn merge(&self, kept: &mut Vec<Label>, new: Vec<Label>) {
        let money = self.problem.limit.is_some();
        let cost = |label: &Label| if money { label.cost } else { 0 };
        kept.extend(new);
        thin(kept, cost, |a, b| self.compare(a, b));
    }

    /// Greater is better: the sum, then whoever holds the highest unit on which two choices differ.
    fn compare(&self, a: &Label, b: &Label) -> Ordering {
        a.value.cmp(&b.value).then_with(|| {
            if (a.trail, a.turned) == (b.trail, b.turned) {
                return Ordering::Equal;
            }
            let (mut one, mut two) = self.trails.apart(a.trail, b.trail);
            one.extend(a.turned);
            two.extend(b.turned);
            // the highest unit that one of them turned and the other did not
            let first = |list: &[usize], other: &[usize]| {
                list.iter().copied().filter(|unit| !other.contains(unit)).min()
            };
            let holds = |unit: usize, turned: bool| self.relaxed.inner[unit] != turned;
            match (first(&one, &two), first(&two, &one)) {
                (Some(x), y) if y.is_none_or(|y| x < y) => {
                    if holds(x, true) {
                        Ordering::Greater
                    } else {
                        Ordering::Less
                    }
                }
                (_, Some(y)) => {
                    if holds(y, true) {
                        Ordering::Less
                    } else {
                        Ordering::Greater
                    }
                }
                (_, None) => Ordering::Equal,
            }
        })
    }

    /// The list behind the bound with some units turned.
    fn list(&self, trail: usize) -> Vec<bool> {
        let mut list = self.relaxed.inner.clone();
        for unit in self.trails.of(trail) {
            list[unit] = !list[unit];
        }
        list
    }
}
