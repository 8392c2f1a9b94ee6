//! The Lagrangian bound behind a budget: a price on money, and the exact optimum under the rows at
//! that price.
//!
//! Let the limit L on Σ c be the only row that the exact walks cannot keep. For a price λ >= 0 no
//! solution within the limit sums to more than λ L + max Σ (v - λ c) over the solutions that keep
//! the other rows (Everett 1963; Geoffrion 1974): the *dual bound* at λ. The inner maximum is what
//! [`super::laminar`] and [`super::circulation`] find exactly, so the least dual bound over all λ is
//! as good as the bound of the linear programme. Anybody can check it from λ alone.
//!
//! A solution met on the way that keeps everything is an *incumbent*; a unit whose *reduced cost* is
//! more than what lies between the bound and the incumbent stands on the same side in every better
//! solution.

use std::cmp::Reverse;

use super::circulation::{Circulation, TwoFamilies};
use super::laminar::{LaminarFamily, Laminarity, greedy};
use super::problem::{IndexVec, Problem, Rank, Row, RowIndex, Solution, UnitClasses};

/// Prices are as fine as this: the mean value per ban has so many parts.
const PARTS: i128 = 1 << 24;

/// Largest product of a price and a sum of money.
const ROOM: i128 = 1 << 125;

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
/// Rows outside of two families are left out of the bound, which keeps it a bound.
pub(super) fn least_bound(
    problem: &Problem,
    classes: &UnitClasses,
    laminarity: &Laminarity,
) -> Option<DualBound> {
    let inner = Relaxation::new(problem, classes, laminarity);
    let Some(limit) = problem.limit.map(i128::from) else { return inner.at_price(0, None) };
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
    inner.at_price(if one <= two { low } else { high }, incumbent)
}

/// The problem without its money, which is priced instead.
struct Relaxation<'a> {
    problem: &'a Problem,
    classes: &'a UnitClasses,
    laminarity: &'a Laminarity,
    /// Parts of a point.
    scale: i128,
}

impl<'a> Relaxation<'a> {
    fn new(problem: &'a Problem, classes: &'a UnitClasses, laminarity: &'a Laminarity) -> Self {
        let value: i128 = problem.units.iter().map(|unit| i128::from(unit.value).abs()).sum();
        let cost = problem.cost(&problem.everybody());
        Self { problem, classes, laminarity, scale: (PARTS * cost / value.max(1)).max(1) }
    }

    fn weights(&self, price: i128) -> IndexVec<Rank, i128> {
        let units = self.problem.units.iter();
        units.map(|u| i128::from(u.value) * self.scale - price * i128::from(u.cost)).collect()
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
                greedy(self.problem, self.classes, family, &order, |rank| weights[rank] > 0)
            }
            Laminarity::TwoFamilies(down, up) | Laminarity::General(down, up) => {
                let problem = &self.with_rows_of(down, up);
                let rows = TwoFamilies { problem, classes: self.classes, down, up };
                Some(Circulation::best(rows, weights)?.solution().clone())
            }
        }
    }

    /// The problem with only the rows of two families.
    fn with_rows_of(&self, one: &LaminarFamily, two: &LaminarFamily) -> Problem {
        let mut fewer = self.problem.clone();
        for row in self.problem.rows.positions().filter(|row| *row != RowIndex::PLACES) {
            if !one.rows.contains(&row) && !two.rows.contains(&row) {
                fewer.rows[row] = Row::FREE;
            }
        }
        fewer
    }

    fn bound(&self, price: i128) -> Option<i128> {
        let (solution, weights) = (self.solution(price)?, self.weights(price));
        let sum: i128 = solution.marked().map(|rank| weights[rank]).sum();
        Some(sum + price * i128::from(self.problem.limit.unwrap_or(0)))
    }

    fn at_price(&self, price: i128, incumbent: Option<Solution>) -> Option<DualBound> {
        let none = LaminarFamily::empty(self.problem.rows.len(), self.classes);
        let (down, up) = match self.laminarity {
            Laminarity::Laminar(family) => (family, &none),
            Laminarity::TwoFamilies(one, two) | Laminarity::General(one, two) => (one, two),
        };
        let problem = &self.with_rows_of(down, up);
        let rows = TwoFamilies { problem, classes: self.classes, down, up };
        let start = self.solution(price)?;
        let flow = Circulation::from_solution(rows, self.weights(price), &start)?;
        let scaled = flow.total() + price * i128::from(self.problem.limit.unwrap_or(0));
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
