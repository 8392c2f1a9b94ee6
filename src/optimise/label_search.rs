//! The optimum close below a Lagrangian bound, by label setting over the units still open.
//!
//! The solution of the relaxation is the best under the rows at the price of money that gives the
//! least dual bound. Every unit that stands on the other side costs the bound its *reduced cost*, and
//! reduced costs add up: a solution that deviates by more than lies between the bound and what is
//! asked cannot be worth it. So solutions are built unit by unit as deviations from the relaxation,
//! over the few units whose reduced cost alone does not rule them out. The state of a label is what
//! the rows still open hold beyond the relaxation. What is left is the largest sum, equal sums
//! decided by priority.

use std::cmp::Ordering;

use super::labels::{
    BackPointers, Bracket, Deepened, Found, Label, LabelBudget, Layer, LayerOf, Step, Trail,
    advance, compare, deepen,
};
use super::lagrangian::DualBound;
use super::problem::{IndexVec, Problem, Rank, RowIndex, Solution};

/// The best solution within so many nodes.
pub(super) fn best(problem: &Problem, dual: &DualBound, nodes: u64) -> Deepened<Solution> {
    let worst = -problem.units.iter().map(|unit| i128::from(unit.value).abs()).sum::<i128>();
    let incumbent = dual.incumbent.as_ref().map_or(worst, |known| problem.value(known));
    deepen(Bracket { incumbent, bound: dual.bound }, nodes, |least, labels| {
        let mut budget = LabelBudget::of(labels);
        (Search::new(problem, dual, least).run(&mut budget), budget.used)
    })
}

/// What a choice so far comes to.
#[derive(Clone, Copy, Debug)]
struct Sums {
    value: i128,
    cost: i128,
    /// Reduced costs so far, in parts of a point.
    lost: i128,
}

/// What open rows hold beyond the relaxation.
type State = IndexVec<RowIndex, i32>;

struct Search<'a> {
    problem: &'a Problem,
    dual: &'a DualBound,
    /// Units that may stand on either side, in the order of the search.
    open: Vec<Rank>,
    /// By row: the last position in `open` that it counts; none where it counts none.
    closes: IndexVec<RowIndex, Option<usize>>,
    /// Least and most that each row may gain on the relaxation.
    room: IndexVec<RowIndex, (i64, i64)>,
    /// Reduced costs that a solution may have together.
    slack: i128,
    /// What a solution must be worth.
    least: i128,
}

impl<'a> Search<'a> {
    fn new(problem: &'a Problem, dual: &'a DualBound, least: i128) -> Self {
        let slack = dual.scaled - least * dual.scale;
        let mut open: Vec<Rank> = (problem.units.enumerate())
            .filter(|(rank, unit)| !unit.locked && dual.reduced_costs[*rank] <= slack)
            .map(|(rank, _)| rank)
            .collect();
        // outer rows come later in a row list: reversed, units of one region stand together
        open.sort_by_key(|rank| {
            (problem.units[*rank].rows.iter().rev().collect::<Vec<_>>(), *rank)
        });
        let mut closes = IndexVec::filled(None, problem.rows.len());
        for (at, rank) in open.iter().enumerate() {
            problem.units[*rank].rows.iter().for_each(|row| closes[*row] = Some(at));
        }
        let held = problem.counts(&dual.relaxed);
        let room = problem.rows.iter().zip(held.iter());
        let room = room.map(|(row, held)| (row.lo - held, row.hi.saturating_sub(*held))).collect();
        Self { problem, dual, open, closes, room, slack, least }
    }

    fn run(&self, budget: &mut LabelBudget) -> Found<Solution> {
        let mut untouched = self.closes.iter().zip(self.room.iter()).filter(|(at, _)| at.is_none());
        if untouched.any(|(_, (lo, hi))| *lo > 0 || *hi < 0) {
            return Found::Nothing;
        }
        let start = Sums {
            value: self.problem.value(&self.dual.relaxed),
            cost: self.problem.cost(&self.dual.relaxed),
            lost: 0,
        };
        let state = IndexVec::filled(0, self.problem.rows.len());
        let mut layer: LayerOf<Turn<'_>> = Layer::from([(state, vec![Label::start(start)])]);
        let mut back = BackPointers::new();
        let saved = self.savings();
        for at in 0..self.open.len() {
            let mut turn = Turn { search: self, at, saved: saved[at + 1] };
            let Some(next) = advance(&mut turn, layer, &mut back, budget) else {
                return Found::TooMuch;
            };
            layer = next;
        }
        // where nothing is open, the relaxation was never held against the money
        let limit = self.problem.limit.map(i128::from);
        let paid = |label: &Label<Sums, Rank>| limit.is_none_or(|limit| label.sums.cost <= limit);
        let turn = Turn { search: self, at: self.open.len(), saved: 0 };
        let mut best: Option<Label<Sums, Rank>> = None;
        for label in layer.into_values().flatten().filter(paid) {
            if best.is_none_or(|best| compare(&turn, &back, &label, &best) == Ordering::Greater) {
                best = Some(label);
            }
        }
        match best {
            Some(best) if best.sums.value >= self.least => {
                Found::Best(self.solution(&back, best.trail))
            }
            _ => Found::Nothing,
        }
    }

    /// By position: the most money that the units from there on can give back.
    fn savings(&self) -> Vec<i128> {
        let mut saved = vec![0; self.open.len() + 1];
        for (at, rank) in self.open.iter().enumerate().rev() {
            let cost = i128::from(self.problem.units[*rank].cost);
            saved[at] = saved[at + 1] + if self.dual.relaxed[*rank] { cost } else { 0 };
        }
        saved
    }

    /// The relaxation with some units turned.
    fn solution(&self, back: &BackPointers<Rank>, trail: Trail) -> Solution {
        let mut solution = self.dual.relaxed.clone();
        back.items(trail).for_each(|rank| solution[rank] = !solution[rank]);
        solution
    }
}

/// The step over one open unit: it stands as in the relaxation, or is turned.
struct Turn<'s> {
    search: &'s Search<'s>,
    /// The position of the unit among those that are open.
    at: usize,
    /// Money that the units behind it can give back.
    saved: i128,
}

impl Turn<'_> {
    /// One more where a turned unit enters, one fewer where it leaves.
    fn sign(&self, rank: Rank) -> i32 {
        if self.search.dual.relaxed[rank] { -1 } else { 1 }
    }

    /// Forgets rows that count no unit to come; `None` where one of them is broken.
    fn close(&self, mut state: State) -> Option<State> {
        let search = self.search;
        let rows = &search.problem.units[search.open[self.at]].rows;
        for row in rows.iter().filter(|row| search.closes[**row] == Some(self.at)) {
            let (lo, hi) = search.room[*row];
            if !(lo..=hi).contains(&i64::from(state[*row])) {
                return None;
            }
            state[*row] = 0;
        }
        Some(state)
    }
}

impl Step for Turn<'_> {
    type State = State;
    type Sums = Sums;
    type Item = Rank;
    /// The unit, where it is turned.
    type Move = Option<Rank>;

    fn moves(&mut self, state: State) -> Vec<(Option<Rank>, State)> {
        let rank = self.search.open[self.at];
        let mut turned = state.clone();
        let sign = self.sign(rank);
        self.search.problem.units[rank].rows.iter().for_each(|row| turned[*row] += sign);
        let closed = [(None, state), (Some(rank), turned)].into_iter();
        closed.filter_map(|(turned, state)| Some((turned, self.close(state)?))).collect()
    }

    fn extend(&self, mut sums: Sums, turned: &Option<Rank>) -> Option<Sums> {
        if let Some(rank) = *turned {
            let (unit, sign) = (&self.search.problem.units[rank], i128::from(self.sign(rank)));
            sums.value += sign * i128::from(unit.value);
            sums.cost += sign * i128::from(unit.cost);
            sums.lost += self.search.dual.reduced_costs[rank];
        }
        let limit = self.search.problem.limit.map(i128::from);
        let paid = limit.is_none_or(|limit| sums.cost - self.saved <= limit);
        (paid && sums.lost <= self.search.slack).then_some(sums)
    }

    fn item(turned: &Option<Rank>) -> Option<Rank> {
        *turned
    }

    fn value(sums: &Sums) -> i128 {
        sums.value
    }

    fn cost(&self, sums: &Sums) -> i128 {
        if self.search.problem.limit.is_some() { sums.cost } else { 0 }
    }

    fn upper_bound(sums: &Sums) -> i128 {
        -sums.lost
    }

    /// Whoever holds the highest unit on which two choices differ.
    fn compare_choices(&self, one: &[Rank], other: &[Rank]) -> Ordering {
        // the highest unit that one of them turned and the other did not
        let first = |list: &[Rank], other: &[Rank]| {
            list.iter().copied().filter(|rank| !other.contains(rank)).min()
        };
        let enters = |rank: Rank| !self.search.dual.relaxed[rank];
        let better = |holds: bool| if holds { Ordering::Greater } else { Ordering::Less };
        match (first(one, other), first(other, one)) {
            (Some(x), y) if y.is_none_or(|y| x < y) => better(enters(x)),
            (_, Some(y)) => better(!enters(y)),
            (_, None) => Ordering::Equal,
        }
    }
}
