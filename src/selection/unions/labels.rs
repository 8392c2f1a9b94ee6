//! The best choice of projects under rows and money, by labels along the line.
//!
//! A label is a choice so far: which of the next units are taken, how many projects each open row
//! has, what it costs, what it is worth. Labels that the bound of [`super::price`] shows to end
//! below a choice already known are dropped; of two labels that leave the same open, the worse one
//! is. What is left at the end is the best choice, with equal worth decided by the units covered and
//! then by partners, so that no order of search can show.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use super::packing::{Line, steps};
use super::price::Rules;
use super::view::View;
use crate::selection::frontier::{Found, merge};
use crate::selection::trails::Trails;

#[derive(Clone, Debug)]
struct Label {
    worth: i128,
    cost: i128,
    /// Worth less prices, in parts of a point.
    reduced: i128,
    /// What it can end with at most, in parts of a point.
    promise: i128,
    /// Where its choice before the last step is written down.
    trail: usize,
    /// The project that the last step added.
    added: Option<usize>,
    /// A bit for each unit of the line, the highest unit first: set where it is covered. None where
    /// there is no money: then few labels are compared, and trails tell who is covered.
    covered: Box<[u64]>,
}

/// Labels made at one step beyond which a search is too much: they are all in memory, some hundred
/// bytes each.
const WIDEST: usize = 1_000_000;

/// Taken units ahead, and counts of open rows.
type Key = (u128, Vec<i64>);

pub(super) struct Search<'v, 'a> {
    line: &'a Line,
    rules: &'a Rules,
    /// The bound at its own prices, then at others of money.
    views: &'v mut [View<'a>],
    /// The last part that counts each row.
    last_part: Vec<usize>,
    /// By part: units of each row from that part on, for the minima.
    ahead: Vec<Vec<i64>>,
    /// By project: the places of its members among the units of the line, the highest first.
    orders: Vec<Vec<usize>>,
    /// Projects that a choice took.
    trails: Trails,
    pub(super) labels: u64,
    most: u64,
    /// Labels that are kept at a step.
    widest: usize,
}

impl<'v, 'a> Search<'v, 'a> {
    pub(super) fn new(
        line: &'a Line,
        rules: &'a Rules,
        views: &'v mut [View<'a>],
        most: u64,
    ) -> Self {
        let rows = rules.rows.len();
        let mut last_part = vec![0; rows];
        let mut ahead = vec![vec![0; rows]; line.count() + 1];
        for part in (0..line.count()).rev() {
            ahead[part] = ahead[part + 1].clone();
            for at in line.part(part) {
                // a unit alone is the most projects that it can be in
                for project in line.starting[at].iter().take(1) {
                    for row in &line.projects[*project].rows {
                        ahead[part][*row] += 1;
                        last_part[*row] = last_part[*row].max(part);
                    }
                }
            }
        }
        Self {
            line,
            rules,
            views,
            last_part,
            ahead,
            orders: orders(line),
            trails: Trails::new(),
            labels: 0,
            most,
            widest: usize::MAX,
        }
    }

    /// Keeps only so many of the most promising choices at each step: fast, and no proof.
    pub(super) fn narrow(mut self, widest: usize) -> Self {
        self.widest = widest;
        self
    }

    /// The best choice among those worth at least `least`.
    pub(super) fn run(&mut self, least: i128) -> Found<Vec<usize>> {
        let cut = least.saturating_mul(self.views[0].bounded.prices.scale);
        let words = if self.rules.limit.is_some() { self.line.ranks.len().div_ceil(64) } else { 0 };
        let start = Label {
            worth: 0,
            cost: 0,
            reduced: 0,
            promise: i128::MAX,
            trail: Trails::START,
            added: None,
            covered: vec![0; words].into(),
        };
        let mut layer: BTreeMap<Key, Vec<Label>> =
            BTreeMap::from([((0, vec![0; self.rules.rows.len()]), vec![start])]);
        for part in 0..self.line.count() {
            for at in self.line.part(part) {
                let Some(next) = self.advance(&layer, (part, at), cut) else {
                    return Found::TooMuch;
                };
                layer = next;
            }
            layer = self.close(layer, part);
        }
        let mut best: Option<Label> = None;
        for label in layer.into_values().flatten() {
            if best.as_ref().is_none_or(|best| self.compare(&label, best) == Ordering::Greater) {
                best = Some(label);
            }
        }
        match best {
            Some(best) if best.worth >= least => Found::Best(self.read(best.trail)),
            _ => Found::Nothing,
        }
    }

    fn advance(
        &mut self,
        layer: &BTreeMap<Key, Vec<Label>>,
        place: (usize, usize),
        cut: i128,
    ) -> Option<BTreeMap<Key, Vec<Label>>> {
        let line = self.line;
        let money = self.views[0].bounded.prices.money;
        let mut next: BTreeMap<Key, Vec<Label>> = BTreeMap::new();
        let mut alive = 0;
        for ((mask, counts), labels) in layer {
            for (project, ahead) in steps(line, place.1, *mask, &line.starting[place.1]) {
                let Some(counted) = self.count(counts, project) else { continue };
                let look = |view: &mut View<'a>| {
                    (view.rest(place, ahead), money - view.bounded.prices.money)
                };
                let rest: Vec<(i128, i128)> = self.views.iter_mut().map(look).collect();
                let promise = |reduced: i128, cost: i128| {
                    let at_all = rest.iter().map(|(rest, cheaper)| reduced + cheaper * cost + rest);
                    let paid = self.rules.limit.is_none_or(|limit| cost <= limit);
                    at_all.min().filter(|promise| paid && *promise >= cut)
                };
                let moved: Vec<Label> =
                    labels.iter().filter_map(|label| self.step(label, project, &promise)).collect();
                self.labels += moved.len() as u64;
                alive += moved.len();
                if self.labels > self.most || alive > WIDEST {
                    return None;
                }
                if !moved.is_empty() {
                    self.merge(next.entry((ahead, counted)).or_default(), moved);
                }
            }
        }
        self.narrow_down(&mut next);
        for label in next.values_mut().flatten() {
            if let Some(project) = label.added.take() {
                label.trail = self.trails.push(label.trail, project);
            }
        }
        Some(next)
    }

    /// The counts with one more project; `None` when a row is full.
    fn count(&self, counts: &[i64], project: Option<usize>) -> Option<Vec<i64>> {
        let mut counted = counts.to_vec();
        for row in project.into_iter().flat_map(|project| &self.line.projects[project].rows) {
            counted[*row] += 1;
            if counted[*row] > self.rules.rows[*row].1 {
                return None;
            }
        }
        Some(counted)
    }

    /// A choice with one project more, or with none, where it is still good enough.
    fn step(
        &self,
        label: &Label,
        project: Option<usize>,
        promise: &impl Fn(i128, i128) -> Option<i128>,
    ) -> Option<Label> {
        let Some(added) = project else {
            let promise = promise(label.reduced, label.cost)?;
            return Some(Label { promise, ..label.clone() });
        };
        let placed = &self.line.projects[added];
        let reduced = label.reduced + self.views[0].bounded.weight(added);
        let cost = label.cost + i128::from(placed.cost);
        let promise = promise(reduced, cost)?;
        let mut covered = label.covered.clone();
        for at in &self.orders[added] {
            if let Some(word) = covered.get_mut(at / 64) {
                *word |= 1 << (63 - at % 64);
            }
        }
        let worth = label.worth + placed.worth;
        Some(Label { worth, cost, reduced, promise, trail: label.trail, added: project, covered })
    }

    /// Drops what promises least where there are more labels than are kept.
    fn narrow_down(&self, layer: &mut BTreeMap<Key, Vec<Label>>) {
        if self.widest == usize::MAX {
            return;
        }
        let mut promises: Vec<i128> = layer.values().flatten().map(|label| label.promise).collect();
        if promises.len() <= self.widest {
            return;
        }
        let at = promises.len() - self.widest;
        let (_, least, above) = promises.select_nth_unstable(at);
        let mut ties = self.widest - above.iter().filter(|promise| *promise > least).count();
        let mut keeps = |label: &Label| match label.promise.cmp(least) {
            Ordering::Less => false,
            Ordering::Greater => true,
            // of those that promise as much as the last one kept, the first in the order of keys
            Ordering::Equal => {
                let kept = ties > 0;
                ties -= usize::from(kept);
                kept
            }
        };
        layer.values_mut().for_each(|labels| labels.retain(&mut keeps));
        layer.retain(|_, labels| !labels.is_empty());
    }

    fn merge(&self, kept: &mut Vec<Label>, new: Vec<Label>) {
        let money = self.rules.limit.is_some();
        let cost = |label: &Label| if money { label.cost } else { 0 };
        merge(kept, new, cost, |a, b| self.compare(a, b));
    }

    /// At the end of a part: rows that nobody counts any more must be met, and are forgotten.
    fn close(&self, layer: BTreeMap<Key, Vec<Label>>, part: usize) -> BTreeMap<Key, Vec<Label>> {
        let mut closed: BTreeMap<Key, Vec<Label>> = BTreeMap::new();
        for ((mask, mut counts), labels) in layer {
            let mut met = true;
            for (row, (lo, _)) in self.rules.rows.iter().enumerate() {
                met &= counts[row] + self.ahead[part + 1][row] >= *lo || self.last_part[row] < part;
                if self.last_part[row] <= part {
                    counts[row] = 0;
                }
            }
            if met {
                self.merge(closed.entry((mask, counts)).or_default(), labels);
            }
        }
        closed
    }

    /// Greater is better: worth, then the units covered, then partners.
    fn compare(&self, a: &Label, b: &Label) -> Ordering {
        let by_units = || a.covered.cmp(&b.covered);
        a.worth.cmp(&b.worth).then_with(by_units).then_with(|| {
            if (a.trail, a.added) == (b.trail, b.added) {
                return Ordering::Equal;
            }
            let (mut one, mut two) = self.trails.apart(a.trail, b.trail);
            one.extend(a.added);
            two.extend(b.added);
            compare_choices(self.line, &one, &two)
        })
    }

    fn read(&self, trail: usize) -> Vec<usize> {
        let mut list: Vec<usize> = self.trails.of(trail).collect();
        list.sort_unstable();
        list
    }
}

/// Greater is better: covers the highest unit on which two choices differ; for the same units, gives
/// the highest unit whose project differs the higher partner, and any partner rather than none.
fn compare_choices(line: &Line, one: &[usize], two: &[usize]) -> Ordering {
    let projects = |list: &[usize]| {
        let mut projects: Vec<&[usize]> =
            list.iter().map(|project| line.projects[*project].members.as_slice()).collect();
        projects.sort_unstable();
        projects
    };
    let (one, two) = (projects(one), projects(two));
    let covered = |projects: &[&[usize]]| {
        let mut ranks = projects.concat();
        ranks.sort_unstable();
        ranks
    };
    higher(&covered(&one), &covered(&two)).then_with(|| {
        let differ = one.iter().zip(&two).find(|(a, b)| a != b);
        differ.map_or_else(|| one.len().cmp(&two.len()), |(a, b)| higher(a, b))
    })
}

/// Compares ascending ranks: the smaller rank at the first difference is better, more is better.
fn higher(one: &[usize], two: &[usize]) -> Ordering {
    let differ = one.iter().zip(two).find(|(a, b)| a != b);
    differ.map_or_else(|| one.len().cmp(&two.len()), |(a, b)| b.cmp(a))
}

/// By project: the places of its members among the units of the line, the highest first.
fn orders(line: &Line) -> Vec<Vec<usize>> {
    let mut ranks = line.ranks.clone();
    ranks.sort_unstable();
    let place = |rank: &usize| ranks.partition_point(|other| other < rank);
    line.projects.iter().map(|project| project.members.iter().map(place).collect()).collect()
}
