//! The Lagrangian bound behind a budget and behind a third family of rows: prices on what the exact
//! walks cannot keep, and the exact optimum under the other rows at those prices.
//!
//! Let the limit L on Σ c be the only row that the exact walks cannot keep. For a price λ >= 0 no
//! solution within the limit sums to more than λ L + max Σ (v - λ c) over the solutions that keep
//! the other rows (Everett 1963; Geoffrion 1974): the *dual bound* at λ. The inner maximum is what
//! [`super::laminar`] and [`super::circulation`] find exactly, so the least dual bound over all λ is
//! as good as the bound of the linear programme. Anybody can check it from λ alone.
//!
//! Rows outside of two laminar families are priced in the same way, a maximum above zero and a minimum
//! below; where their prices bound lowest, the restricted master programme of [`super::master`]
//! proposes.
//!
//! A solution met on the way that keeps everything is an *incumbent*; a unit whose *reduced cost* is
//! more than what lies between the bound and the incumbent stands on the same side in every better
//! solution.

use std::cmp::Reverse;

use super::circulation::Circulation;
use super::flow_graph::TwoFamilies;
use super::laminar::{LaminarFamily, Laminarity, Nested};
use super::master::{Cut, Part, ResourceRow, RestrictedMaster, TrustRegion};
use super::problem::{
    IndexVec, Position, Problem, Rank, Row, RowIndex, Solution, Unit, UnitClasses, count,
};

/// Prices are as fine as this: the mean value per ban has so many parts.
const PARTS: i128 = 1 << 24;

/// Largest product of a price and a sum of money.
const ROOM: i128 = 1 << 125;

/// Parts of a point where rows are priced and no money is.
const ROW_PARTS: i128 = 1 << 10;

/// Prices of rows that are looked at.
const ROUNDS: usize = 200;

/// The dual bound and what it already decides.
pub(super) struct DualBound {
    /// No solution has a larger sum.
    pub(super) bound: i128,
    /// The price of money, as a fraction.
    pub(super) price: Option<(i128, i128)>,
    /// A solution that keeps everything, where one was met.
    pub(super) incumbent: Option<Solution>,
    /// Parts of a point.
    pub(super) scale: i128,
    /// The bound in parts of a point.
    pub(super) scaled: i128,
    /// What the bound loses when a unit is forced to the other side, in parts of a point.
    pub(super) reduced_costs: IndexVec<Rank, i128>,
    /// The solution of the relaxation.
    pub(super) relaxed: Solution,
}

impl DualBound {
    /// Units that stand on the same side in every solution at least as good as the incumbent.
    pub(super) fn decided(
        &self,
        problem: &Problem,
        incumbent: Option<&Solution>,
    ) -> IndexVec<Rank, Option<bool>> {
        let least = incumbent.map(|solution| problem.value(solution) * self.scale);
        let side = |rank: Rank| {
            let forced = problem.units[rank].locked.then_some(true);
            let lost = least.is_some_and(|least| self.scaled - self.reduced_costs[rank] < least);
            forced.or(lost.then_some(self.relaxed[rank]))
        };
        problem.units.positions().map(side).collect()
    }
}

/// The least dual bound over all prices; `None` when not even the rows can be kept within the money.
pub(super) fn least_bound(
    problem: &Problem,
    classes: &UnitClasses,
    laminarity: &Laminarity,
) -> Option<DualBound> {
    let mut inner = Relaxation::new(problem, classes, laminarity);
    let Some(limit) = problem.limit.map(i128::from) else {
        inner.price_rows(0)?;
        return inner.at_price(0, None);
    };
    let cheapest = inner.cheapest()?;
    if problem.cost(&cheapest) > limit {
        return None;
    }
    let free = inner.solution(0)?;
    if problem.cost(&free) <= limit {
        return inner.at_price(0, inner.incumbent([free, cheapest]));
    }
    let mut last = None;
    let (mut low, mut high) = (0, PARTS);
    while high < inner.ceiling() && problem.cost(&inner.solution(high)?) > limit {
        (low, high) = (high, (2 * high).min(inner.ceiling()));
    }
    while high - low > 1 {
        let middle = low + (high - low) / 2;
        let solution = inner.solution(middle)?;
        if problem.cost(&solution) > limit {
            low = middle;
        } else {
            high = middle;
            last = Some(solution);
        }
    }
    let incumbent = inner.incumbent(std::iter::once(cheapest).chain(last));
    let (one, two) = (inner.bound(low)?, inner.bound(high)?);
    let price = if one <= two { low } else { high };
    inner.price_rows(price)?;
    inner.at_price(price, incumbent)
}

/// The problem without its money and without the rows outside of two families, which are priced
/// instead.
struct Relaxation<'a> {
    problem: &'a Problem,
    classes: &'a UnitClasses,
    laminarity: &'a Laminarity,
    /// The problem with only the rows of the two families.
    kept: Problem,
    /// The rows that are priced.
    priced: Vec<PricedRow>,
    /// Parts of a point.
    scale: i128,
}

/// A row that is priced instead of kept.
#[derive(Clone, Copy)]
struct PricedRow {
    at: RowIndex,
    /// Bounds that count no more units than there are.
    row: Row,
    /// Parts of a point for each unit; below zero where a minimum needs help.
    price: i128,
}

impl PricedRow {
    /// What its price is paid on.
    fn paid(self) -> i128 {
        self.price * i128::from(if self.price > 0 { self.row.hi } else { self.row.lo })
    }
}

impl<'a> Relaxation<'a> {
    fn new(problem: &'a Problem, classes: &'a UnitClasses, laminarity: &'a Laminarity) -> Self {
        let value: i128 = problem.units.iter().map(|unit| i128::from(unit.value).abs()).sum();
        let cost = problem.cost(&problem.everybody());
        let mut kept = problem.clone();
        let mut priced = Vec::new();
        if let Laminarity::General(one, two) = laminarity {
            let most = count(problem.units.len());
            let families = |at: &RowIndex| one.rows.contains(at) || two.rows.contains(at);
            let rows = problem.rows.positions().skip(1).filter(|at| !families(at));
            for at in rows {
                let Row { lo, hi } = problem.rows[at];
                priced.push(PricedRow { at, row: Row { lo, hi: hi.min(most) }, price: 0 });
                kept.rows[at] = Row::FREE;
            }
        }
        let finest = if priced.is_empty() { 1 } else { ROW_PARTS };
        let scale = (PARTS * cost / value.max(1)).max(finest);
        Self { problem, classes, laminarity, kept, priced, scale }
    }

    /// What a unit pays in the rows that are priced.
    fn row_price(&self, rows: &[RowIndex]) -> i128 {
        let counts = |priced: &&PricedRow| rows.binary_search(&priced.at).is_ok();
        self.priced.iter().filter(counts).map(|priced| priced.price).sum()
    }

    /// Goes to the prices of rows at which the bound is least, as far as is looked, with the price of
    /// money as it is; `None` when the other rows cannot be kept.
    fn price_rows(&mut self, money: i128) -> Option<()> {
        if self.priced.is_empty() {
            return Some(());
        }
        let part = self.mean_value();
        let resources: Vec<ResourceRow> = (self.priced.iter())
            .map(|priced| ResourceRow { lo: priced.row.lo as f64, hi: priced.row.hi as f64 })
            .collect();
        let mut master = RestrictedMaster::default();
        let mut region = TrustRegion::around(vec![0.0; self.priced.len()]);
        let (mut least, cut) = self.looked_at(money, part)?;
        master.add(cut);
        for _ in 0..ROUNDS {
            let Some((proposed, bound)) = master.lowest(&resources, &region, 1) else { break };
            // half a point above what no prices go below
            if bound >= (least - self.scale / 2) as f64 / part {
                break;
            }
            let before = self.priced.clone();
            for (priced, price) in self.priced.iter_mut().zip(&proposed) {
                priced.price = (price * part).round() as i128;
            }
            let (total, cut) = self.looked_at(money, part)?;
            master.add(cut);
            if total < least {
                least = total;
                region.move_to(proposed);
            } else {
                self.priced = before;
                region.narrow();
            }
            if region.is_a_point() {
                break;
            }
        }
        Some(())
    }

    /// Parts of a point that the values of units have in the mean: what a solver measures in.
    fn mean_value(&self) -> f64 {
        let value: i128 = self.problem.units.iter().map(|unit| i128::from(unit.value).abs()).sum();
        let units = self.problem.units.len().max(1);
        (value as f64 / units as f64).max(1.0) * self.scale as f64
    }

    /// The bound at the prices as they are, what is paid for money aside, and its cut.
    fn looked_at(&self, money: i128, part: f64) -> Option<(i128, Cut)> {
        let (solution, weights) = (self.solution(money)?, self.weights(money));
        let sum: i128 = solution.marked().map(|rank| weights[rank]).sum();
        let held = self.problem.counts(&solution);
        let paid: i128 = self.priced.iter().map(|priced| priced.paid()).sum();
        let back: i128 = self.priced.iter().map(|p| p.price * i128::from(held[p.at])).sum();
        let used = self.priced.iter().enumerate().map(|(at, p)| (at, held[p.at] as f64));
        let value = (sum + back) as f64 / part;
        let cut = Cut { part: Part::new(0), value, used: used.filter(|u| u.1 != 0.0).collect() };
        Some((sum + paid, cut))
    }

    fn weights(&self, price: i128) -> IndexVec<Rank, i128> {
        let weight = |unit: &Unit| {
            i128::from(unit.value) * self.scale
                - price * i128::from(unit.cost)
                - self.row_price(&unit.rows)
        };
        self.problem.units.iter().map(weight).collect()
    }

    /// The highest price that is tried.
    fn ceiling(&self) -> i128 {
        ROOM / self.problem.cost(&self.problem.everybody()).max(1)
    }

    /// The solution that keeps the rows for the least money.
    fn cheapest(&self) -> Option<Solution> {
        self.heaviest(self.problem.units.iter().map(|unit| -i128::from(unit.cost)).collect())
    }

    /// The solution with the largest sum of value less priced cost that keeps the rows.
    fn solution(&self, price: i128) -> Option<Solution> {
        self.heaviest(self.weights(price))
    }

    fn heaviest(&self, weights: IndexVec<Rank, i128>) -> Option<Solution> {
        match self.laminarity {
            Laminarity::Laminar(family) => {
                let mut order: Vec<Rank> = weights.positions().collect();
                order.sort_by_key(|rank| Reverse(weights[*rank]));
                let (problem, classes) = (self.problem, self.classes);
                let locked = problem.units.iter().map(|unit| unit.locked).collect();
                let nested = Nested { problem, classes, family };
                nested.greedy(&order, &locked, |rank| weights[rank] > 0)
            }
            Laminarity::TwoFamilies(down, up) | Laminarity::General(down, up) => {
                let rows = TwoFamilies { problem: &self.kept, classes: self.classes, down, up };
                Some(Circulation::best(rows, weights)?.solution().clone())
            }
        }
    }

    /// What the prices are paid on: all the money, and the bounds of the priced rows.
    fn paid(&self, price: i128) -> i128 {
        let rows: i128 = self.priced.iter().map(|priced| priced.paid()).sum();
        rows + price * i128::from(self.problem.limit.unwrap_or(0))
    }

    fn bound(&self, price: i128) -> Option<i128> {
        let (solution, weights) = (self.solution(price)?, self.weights(price));
        let sum: i128 = solution.marked().map(|rank| weights[rank]).sum();
        Some(sum + self.paid(price))
    }

    fn at_price(&self, price: i128, incumbent: Option<Solution>) -> Option<DualBound> {
        let none = LaminarFamily::empty(self.problem.rows.len(), self.classes);
        let (down, up) = match self.laminarity {
            Laminarity::Laminar(family) => (family, &none),
            Laminarity::TwoFamilies(one, two) | Laminarity::General(one, two) => (one, two),
        };
        let rows = TwoFamilies { problem: &self.kept, classes: self.classes, down, up };
        let start = self.solution(price)?;
        let flow = Circulation::from_solution(rows, self.weights(price), &start)?;
        let scaled = flow.total() + self.paid(price);
        Some(DualBound {
            bound: scaled.div_euclid(self.scale),
            price: self.problem.limit.map(|_| (price, self.scale)),
            incumbent,
            scale: self.scale,
            scaled,
            reduced_costs: flow.reduced_costs(),
            relaxed: flow.solution().clone(),
        })
    }

    /// The best of some solutions after money left over was spent and single exchanges were tried.
    fn incumbent(&self, solutions: impl IntoIterator<Item = Solution>) -> Option<Solution> {
        let better = |solution: Solution| {
            self.problem.admits(&solution).then(|| improve(self.problem, self.classes, solution))
        };
        let solutions: Vec<Solution> = solutions.into_iter().filter_map(better).collect();
        // the last of equal ones: any will do, the canonical walk comes after
        solutions.into_iter().max_by_key(|solution| self.problem.value(solution))
    }
}

/// Adds and exchanges single units while that raises the sum within rows and money.
fn improve(problem: &Problem, classes: &UnitClasses, mut solution: Solution) -> Solution {
    let limit = i128::from(problem.limit.unwrap_or(i64::MAX));
    let mut order: Vec<Rank> = solution.positions().collect();
    order.sort_by_key(|rank| Reverse(problem.units[*rank].value));
    let mut counts = problem.counts(&solution);
    let mut cost = problem.cost(&solution);
    loop {
        let enters = order.iter().copied().filter(|rank| !solution[*rank]);
        let step = enters.filter_map(|rank| {
            let room = |row: &RowIndex| counts[*row] < problem.rows[*row].hi;
            let (value, price) = (problem.units[rank].value, i128::from(problem.units[rank].cost));
            if value > 0 && cost + price <= limit && problem.units[rank].rows.iter().all(room) {
                return Some((value, rank, None));
            }
            // within its class an exchange touches no row
            let leaves = classes.units[classes.of[rank]].iter().copied().filter(|other| {
                solution[*other]
                    && !problem.units[*other].locked
                    && problem.units[*other].value < value
                    && cost + price - i128::from(problem.units[*other].cost) <= limit
            });
            let out = leaves.min_by_key(|other| problem.units[*other].value)?;
            Some((value - problem.units[out].value, rank, Some(out)))
        });
        let Some((_, rank, out)) = step.max_by_key(|(gain, rank, _)| (*gain, Reverse(*rank)))
        else {
            return solution;
        };
        solution[rank] = true;
        if let Some(out) = out {
            solution[out] = false;
        }
        counts = problem.counts(&solution);
        cost = problem.cost(&solution);
    }
}
