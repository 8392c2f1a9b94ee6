//! Integer programmes of one phase: rows that count units, an order of priority, perhaps money.
//!
//! The room knows no programme, no register and no words: units are ranks, rules are counted rows,
//! everything that decides is an integer. Two questions are asked of a [`Problem`]. Under *priority*
//! the solution is the one that holds the highest unit on which solutions differ; under *coverage* it
//! is the one with the largest sum, equal sums decided by priority. The shape of the rows says who
//! answers:
//!
//! | rows | priority | coverage |
//! |---|---|---|
//! | one laminar family | greedy walk ([`laminar`]) | greedy walk |
//! | the same and money | [`circulation`] | Lagrangian bound and label search |
//! | two crossing families | [`crossing_walk`]; with money [`circulation`] | [`circulation`]; with money Lagrangian bound and label search |
//! | more | [`class_counts`]; with money [`branch_and_bound`] | Lagrangian bound ([`lagrangian`]), [`label_search`], [`branch_and_bound`] |
//!
//! With sums that the chosen units must come to, [`goals`] answers whatever the rows.
//!
//! Units that may join in projects make a set packing problem: [`packing`]. Several lists at once, with
//! goals that come before priority, are counts of items in weighted rows: [`goals`].

mod branch_and_bound;
mod circulation;
mod class_counts;
mod class_moves;
mod crossing_walk;
mod flow_graph;
mod goals;
mod label_search;
mod labels;
mod lagrangian;
mod laminar;
mod master;
mod packing;
mod problem;
mod walk;

use std::cmp::Reverse;

use self::circulation::Circulation;
use self::flow_graph::{Graph, TwoFamilies};
pub(crate) use self::goals::{Goal, Task, Weights};
use self::laminar::{LaminarFamily, Laminarity, Nested};
pub(crate) use self::packing::PackingTask;
use self::problem::UnitClasses;
pub(crate) use self::problem::{
    IndexVec, Position, Problem, Project, Rank, Row, RowIndex, Solution, Unit, WeightedSum, count,
    positions,
};
pub(crate) use self::walk::{Treated, Walk};

/// What *best* means for one problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Criterion {
    /// Holds the highest unit on which solutions differ.
    Priority,
    /// Has the largest sum of values; equal sums are decided by priority.
    Coverage,
}

/// The way a problem is solved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Algorithm {
    /// Nested quotas: a walk down the ranking with look-ahead, exact.
    NestedGreedy,
    /// Two crossing systems of quotas, or money beside them: changes on a flow, exact.
    CrossingFlow,
    /// An integer programme behind a bound of our own; the bound is reported.
    IntegerProgramme,
    /// Unions of neighbours: labels over connected components, the bound is reported.
    UnionLabels,
}

/// A solution and how sure it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Solved {
    pub(crate) solution: Solution,
    pub(crate) algorithm: Algorithm,
    /// No solution has a larger sum than this; none where nothing is summed.
    pub(crate) bound: Option<i128>,
    /// Whether the solution is proved to be the one that was asked for.
    pub(crate) proved: bool,
    /// Work done.
    pub(crate) nodes: u64,
    /// The price of money behind the bound, as a fraction of value per ban.
    pub(crate) price: Option<(i128, i128)>,
}

impl Solved {
    fn exact(
        problem: &Problem,
        solution: Solution,
        algorithm: Algorithm,
        criterion: Criterion,
    ) -> Self {
        let bound = (criterion == Criterion::Coverage).then(|| problem.value(&solution));
        Self { solution, algorithm, bound, proved: true, nodes: 0, price: None }
    }
}

/// Why there is no solution.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unsolved {
    /// No solution keeps every row and the money.
    Infeasible,
    /// The work allowed was not enough to find one.
    OutOfNodes,
}

/// The best solution.
pub(crate) fn solve(
    problem: &Problem,
    criterion: Criterion,
    nodes: u64,
) -> Result<Solved, Unsolved> {
    if !problem.sums.is_empty() {
        return goals::solve(problem, criterion, nodes);
    }
    let lean = &*problem.without_idle_rows();
    let classes = lean.classes();
    let laminarity = Laminarity::of(lean, &classes);
    let none = LaminarFamily::empty(lean.rows.len(), &classes);
    let flow = |down, up| {
        let rows = TwoFamilies { problem: lean, classes: &classes, down, up };
        by_flow(rows, criterion).ok_or(Unsolved::Infeasible)
    };
    match (criterion, lean.limit, &laminarity) {
        (_, None, Laminarity::Laminar(family)) => {
            by_greedy(lean, &classes, family, criterion).ok_or(Unsolved::Infeasible)
        }
        (Criterion::Priority, Some(_), Laminarity::Laminar(family)) => flow(family, &none),
        (Criterion::Priority, None, Laminarity::TwoFamilies(down, up)) => {
            let rows = TwoFamilies { problem: lean, classes: &classes, down, up };
            by_crossing_walk(rows).ok_or(Unsolved::Infeasible)
        }
        (Criterion::Coverage, None, Laminarity::TwoFamilies(one, two))
        | (Criterion::Priority, Some(_), Laminarity::TwoFamilies(one, two)) => flow(one, two),
        (Criterion::Priority, None, Laminarity::General(..)) => {
            class_counts::by_priority(lean, &classes, nodes)
        }
        (Criterion::Priority, Some(_), Laminarity::General(..)) => {
            branch_and_bound::by_priority(lean, nodes)
        }
        (Criterion::Coverage, Some(_), _) | (Criterion::Coverage, _, Laminarity::General(..)) => {
            branch_and_bound::by_sum(lean, &classes, &laminarity, nodes)
        }
    }
}

/// Whether some solution is found within so many nodes.
pub(crate) fn is_possible(problem: &Problem, nodes: u64) -> bool {
    if problem.sums.is_empty() {
        solve(problem, Criterion::Priority, nodes).is_ok()
    } else {
        goals::is_possible(problem, nodes)
    }
}

/// Which algorithm [`solve`] will use.
pub(crate) fn algorithm(problem: &Problem, criterion: Criterion) -> Algorithm {
    if !problem.sums.is_empty() {
        return Algorithm::IntegerProgramme;
    }
    let lean = problem.without_idle_rows();
    match (criterion, lean.limit, Laminarity::of(&lean, &lean.classes())) {
        (_, None, Laminarity::Laminar(_)) => Algorithm::NestedGreedy,
        (Criterion::Coverage, Some(_), _) | (_, _, Laminarity::General(..)) => {
            Algorithm::IntegerProgramme
        }
        (_, _, Laminarity::Laminar(_) | Laminarity::TwoFamilies(..)) => Algorithm::CrossingFlow,
    }
}

fn by_greedy(
    problem: &Problem,
    classes: &UnitClasses,
    family: &LaminarFamily,
    criterion: Criterion,
) -> Option<Solved> {
    let mut order: Vec<Rank> = problem.units.positions().collect();
    let value = |rank: Rank| problem.units[rank].value;
    let nested = Nested { problem, classes, family };
    let locked = problem.units.iter().map(|unit| unit.locked).collect();
    let solution = match criterion {
        Criterion::Priority => nested.greedy(&order, &locked, |_| true),
        Criterion::Coverage => {
            // a stable sort: equal values keep their rank
            order.sort_by_key(|rank| Reverse(value(*rank)));
            nested.greedy(&order, &locked, |rank| value(rank) >= 0)
        }
    }?;
    Some(Solved::exact(problem, solution, Algorithm::NestedGreedy, criterion))
}

fn by_crossing_walk(rows: TwoFamilies<'_>) -> Option<Solved> {
    let problem = rows.problem;
    let order: Vec<Rank> = problem.units.positions().collect();
    let locked = problem.units.iter().map(|unit| unit.locked).collect();
    let solution = crossing_walk::best(rows, &Graph::new(rows), &order, &locked)?;
    Some(Solved::exact(problem, solution, Algorithm::CrossingFlow, Criterion::Priority))
}

/// Starts from the best solution by value (coverage) or by cost (priority with money), then walks down the
/// ranking and forces in whoever the criterion still allows.
fn by_flow(rows: TwoFamilies<'_>, criterion: Criterion) -> Option<Solved> {
    let TwoFamilies { problem, .. } = rows;
    let weight = |unit: &Unit| match criterion {
        Criterion::Priority => -i128::from(unit.cost),
        Criterion::Coverage => i128::from(unit.value),
    };
    let mut flow = Circulation::best(rows, problem.units.iter().map(weight).collect())?;
    let mut total = flow.total();
    let least = match (criterion, problem.limit) {
        (Criterion::Priority, Some(limit)) => -i128::from(limit),
        (Criterion::Priority, None) | (Criterion::Coverage, _) => total,
    };
    if total < least {
        return None;
    }
    for (rank, _) in problem.units.enumerate().filter(|(_, unit)| !unit.locked) {
        if flow.solution()[rank] {
            flow.lock(rank);
        } else if let Some((gain, entry)) =
            flow.entry(rank).filter(|(gain, _)| total + gain >= least)
        {
            flow.enter(&entry);
            total += gain;
        }
    }
    let solution = flow.solution().clone();
    Some(Solved::exact(problem, solution, Algorithm::CrossingFlow, criterion))
}
