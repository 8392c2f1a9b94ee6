//! The bound behind a budget: a price on money, and the exact optimum under the quotas at that price.
//!
//! For a price λ >= 0 no list within the limit L sums to more than λ L + max Σ (v - λ c) over the
//! lists that keep the quotas (Everett 1963; Geoffrion 1974). The inner maximum is what the exact
//! walks of [`super::nested`] and [`super::circulation`] find, so the least such bound over all λ is
//! as good as the bound of the linear programme. Anybody can check it from λ alone.

use std::cmp::Reverse;

use super::circulation::Circulation;
use super::nested;
use super::problem::{Cells, Forest, Problem, Structure};

/// Prices are told this finely: the mean value per ban has so many parts.
const PARTS: i128 = 1 << 24;

/// Largest product of a price and a sum of money.
const ROOM: i128 = 1 << 125;

/// A bound and what it already decides.
pub(super) struct Relaxed {
    /// No list has a larger sum.
    pub(super) bound: i128,
    /// The price of money, as a fraction.
    pub(super) price: Option<(i128, i128)>,
    /// A list that keeps everything, where one was met.
    pub(super) known: Option<Vec<bool>>,
    /// Parts of a point.
    pub(super) scale: i128,
    /// The bound in parts of a point.
    pub(super) scaled: i128,
    /// What the bound loses when a unit is forced to the other side, in parts of a point.
    pub(super) losses: Vec<i128>,
    /// The list behind the bound.
    pub(super) inner: Vec<bool>,
}

impl Relaxed {
    /// Units that stand on the same side in every list at least as good as `known`.
    pub(super) fn decided(
        &self,
        problem: &Problem,
        known: Option<&Vec<bool>>,
    ) -> Vec<Option<bool>> {
        let least = known.map(|list| problem.value(list) * self.scale);
        let side = |unit: usize| {
            let forced = problem.units[unit].locked.then_some(true);
            let lost = least.is_some_and(|least| self.scaled - self.losses[unit] < least);
            forced.or(lost.then_some(self.inner[unit]))
        };
        (0..problem.units.len()).map(side).collect()
    }
}

/// The least bound over all prices; `None` when not even the quotas can be kept within the money.
/// Rows outside of two systems are left out of the bound, which keeps it a bound.
pub(super) fn relax(problem: &Problem, cells: &Cells, structure: &Structure) -> Option<Relaxed> {
    let inner = Inner::new(problem, cells, structure);
    let Some(limit) = problem.limit.map(i128::from) else { return inner.at_price(0, None) };
    let cheapest = inner.cheapest()?;
    if problem.cost(&cheapest) > limit {
        return None;
    }
    let free = inner.list(0)?;
    if problem.cost(&free) <= limit {
        return inner.at_price(0, inner.known([free, cheapest]));
    }
    let mut last = None;
    let (mut low, mut high) = (0, PARTS);
    while high < inner.ceiling() && problem.cost(&inner.list(high)?) > limit {
        (low, high) = (high, (2 * high).min(inner.ceiling()));
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        let list = inner.list(middle)?;
        if problem.cost(&list) > limit {
            low = middle;
        } else {
            high = middle;
            last = Some(list);
        }
    }
    let known = inner.known(std::iter::once(cheapest).chain(last));
    let (one, two) = (inner.bound(low)?, inner.bound(high)?);
    inner.at_price(if one <= two { low } else { high }, known)
}

struct Inner<'a> {
    problem: &'a Problem,
    cells: &'a Cells,
    structure: &'a Structure,
    /// Parts of a point.
    scale: i128,
}

impl<'a> Inner<'a> {
    fn new(problem: &'a Problem, cells: &'a Cells, structure: &'a Structure) -> Self {
        let value: i128 = problem.units.iter().map(|unit| i128::from(unit.value).abs()).sum();
        let cost = problem.cost(&vec![true; problem.units.len()]);
        Self { problem, cells, structure, scale: (PARTS * cost / value.max(1)).max(1) }
    }

    fn weights(&self, price: i128) -> Vec<i128> {
        let units = self.problem.units.iter();
        units.map(|u| i128::from(u.value) * self.scale - price * i128::from(u.cost)).collect()
    }

    /// The highest price that is tried.
    fn ceiling(&self) -> i128 {
        ROOM / self.problem.cost(&vec![true; self.problem.units.len()]).max(1)
    }

    /// The list that keeps the quotas for the least money.
    fn cheapest(&self) -> Option<Vec<bool>> {
        self.heaviest(self.problem.units.iter().map(|unit| -i128::from(unit.cost)).collect())
    }

    /// The list with the largest sum of value less priced cost that keeps the quotas.
    fn list(&self, price: i128) -> Option<Vec<bool>> {
        self.heaviest(self.weights(price))
    }

    fn heaviest(&self, weights: Vec<i128>) -> Option<Vec<bool>> {
        match self.structure {
            Structure::Nested(forest) => {
                let mut order: Vec<_> = (0..weights.len()).collect();
                order.sort_by_key(|unit| Reverse(weights[*unit]));
                nested::greedy(self.problem, self.cells, forest, &order, |unit| weights[unit] > 0)
            }
            Structure::Crossing(one, two) | Structure::General(one, two) => {
                let relaxed = self.two_systems(one, two);
                let flow = Circulation::best(&relaxed, self.cells, (one, two), weights)?;
                Some(flow.list().to_vec())
            }
        }
    }

    /// The problem with only the rows of two systems.
    fn two_systems(&self, one: &Forest, two: &Forest) -> Problem {
        let mut relaxed = self.problem.clone();
        for (at, row) in relaxed.rows.iter_mut().enumerate().skip(1) {
            if !one.rows.contains(&at) && !two.rows.contains(&at) {
                (row.lo, row.hi) = (0, i64::MAX);
            }
        }
        relaxed
    }

    fn bound(&self, price: i128) -> Option<i128> {
        let list = self.list(price)?;
        let sum: i128 =
            self.weights(price).iter().zip(&list).filter(|(_, on)| **on).map(|(w, _)| *w).sum();
        Some(sum + price * i128::from(self.problem.limit.unwrap_or(0)))
    }

    fn at_price(&self, price: i128, known: Option<Vec<bool>>) -> Option<Relaxed> {
        let none = Forest { leaf: vec![None; self.cells.rows.len()], ..Forest::default() };
        let (one, two) = match self.structure {
            Structure::Nested(forest) => (forest, &none),
            Structure::Crossing(one, two) | Structure::General(one, two) => (one, two),
        };
        let relaxed = self.two_systems(one, two);
        let start = self.list(price)?;
        let flow = Circulation::from_list(
            &relaxed,
            self.cells,
            (one, two),
            (self.weights(price), &start),
        )?;
        let scaled = flow.total() + price * i128::from(self.problem.limit.unwrap_or(0));
        Some(Relaxed {
            bound: scaled.div_euclid(self.scale),
            price: self.problem.limit.map(|_| (price, self.scale)),
            known,
            scale: self.scale,
            scaled,
            losses: flow.losses(),
            inner: flow.list().to_vec(),
        })
    }

    /// The best of some lists after money left over was spent and single exchanges were tried.
    fn known(&self, lists: impl IntoIterator<Item = Vec<bool>>) -> Option<Vec<bool>> {
        let better = |list: Vec<bool>| {
            self.problem.admits(&list).then(|| improve(self.problem, self.cells, list))
        };
        let lists: Vec<_> = lists.into_iter().filter_map(better).collect();
        // the last of equal ones: any will do, the canonical walk comes after
        lists.into_iter().max_by_key(|list| self.problem.value(list))
    }
}

/// Adds and exchanges single units while that raises the sum within rows and money.
fn improve(problem: &Problem, cells: &Cells, mut list: Vec<bool>) -> Vec<bool> {
    let limit = i128::from(problem.limit.unwrap_or(i64::MAX));
    let mut order: Vec<_> = (0..list.len()).collect();
    order.sort_by_key(|unit| Reverse(problem.units[*unit].value));
    let mut counts = problem.counts(&list);
    let mut cost = problem.cost(&list);
    loop {
        let enters = order.iter().copied().filter(|unit| !list[*unit]);
        let step = enters.filter_map(|unit| {
            let room = |row: &usize| counts[*row] < problem.rows[*row].hi;
            let (value, price) = (problem.units[unit].value, i128::from(problem.units[unit].cost));
            if value > 0 && cost + price <= limit && problem.units[unit].rows.iter().all(room) {
                return Some((value, unit, None));
            }
            // within its cell an exchange touches no row
            let leaves = cells.units[cells.of[unit]].iter().copied().filter(|other| {
                list[*other]
                    && !problem.units[*other].locked
                    && problem.units[*other].value < value
                    && cost + price - i128::from(problem.units[*other].cost) <= limit
            });
            let out = leaves.min_by_key(|other| problem.units[*other].value)?;
            Some((value - problem.units[out].value, unit, Some(out)))
        });
        let Some((_, unit, out)) = step.max_by_key(|(gain, unit, _)| (*gain, Reverse(*unit)))
        else {
            return list;
        };
        list[unit] = true;
        if let Some(out) = out {
            list[out] = false;
        }
        counts = problem.counts(&list);
        cost = problem.cost(&list);
    }
}
