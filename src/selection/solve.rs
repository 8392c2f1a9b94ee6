//! Which algorithm answers which problem.

use super::circulation::Circulation;
use super::integer;
use super::nested;
use super::problem::{Cells, Forest, Problem, Structure};

/// What *best* means for one problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Best {
    /// Holds the highest unit on which lists differ.
    Priority,
    /// Has the largest sum of values; equal sums are decided by priority.
    Coverage,
}

/// The way a problem is solved, as `check` tells it before anything is computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Algorithm {
    /// Nested quotas: a walk down the ranking with look-ahead, exact.
    NestedGreedy,
    /// Two crossing systems of quotas, or money beside them: changes on a flow, exact.
    CrossingFlow,
    /// An integer programme behind a bound of our own; the bound is reported.
    IntegerProgramme,
    /// Unions of neighbours: labels over connected parts, the bound is reported.
    UnionLabels,
}

impl Algorithm {
    /// The words that `check` prints.
    pub fn words(self) -> &'static str {
        match self {
            Self::NestedGreedy => "nested: exact greedy",
            Self::CrossingFlow => "two crossing: exact flow",
            Self::IntegerProgramme => "integer programme, bound reported",
            Self::UnionLabels => "unions: exact labels, bound reported",
        }
    }
}

/// A list and how sure it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Solved {
    pub(super) list: Vec<bool>,
    pub(super) algorithm: Algorithm,
    /// No list has a larger sum than this; none where nothing is summed.
    pub(super) bound: Option<i128>,
    /// Whether the list is proved to be the one that the rule asks for.
    pub(super) proved: bool,
    /// Work done.
    pub(super) nodes: u64,
    /// The price of money behind the bound, as a fraction of value per ban.
    pub(super) price: Option<(i128, i128)>,
}

/// Why there is no list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unsolved {
    /// No list keeps every row and the money.
    Impossible,
    /// The work allowed was not enough to find one.
    OutOfNodes,
}

/// The best list.
pub(super) fn solve(problem: &Problem, best: Best, nodes: u64) -> Result<Solved, Unsolved> {
    let lean = problem.without_idle_rows();
    let cells = lean.cells();
    let structure = Structure::of(&lean, &cells);
    let none = Forest { leaf: vec![None; cells.rows.len()], ..Forest::default() };
    match (best, lean.limit, &structure) {
        (_, None, Structure::Nested(forest)) => by_nesting(&lean, &cells, forest, best),
        (Best::Priority, Some(_), Structure::Nested(forest)) => {
            by_flow(&lean, &cells, (forest, &none), best)
        }
        (Best::Coverage, None, Structure::Crossing(one, two))
        | (Best::Priority, _, Structure::Crossing(one, two)) => {
            by_flow(&lean, &cells, (one, two), best)
        }
        (Best::Coverage, Some(_), _) | (_, _, Structure::General(..)) => {
            return integer::best(&lean, &cells, &structure, best, nodes);
        }
    }
    .ok_or(Unsolved::Impossible)
}

/// Which algorithm a problem will be given to.
pub(super) fn algorithm(problem: &Problem, best: Best) -> Algorithm {
    let lean = problem.without_idle_rows();
    match (best, lean.limit, Structure::of(&lean, &lean.cells())) {
        (_, None, Structure::Nested(_)) => Algorithm::NestedGreedy,
        (Best::Coverage, Some(_), _) | (_, _, Structure::General(..)) => Algorithm::IntegerProgramme,
        (_, _, Structure::Nested(_) | Structure::Crossing(..)) => Algorithm::CrossingFlow,
    }
}

fn by_nesting(problem: &Problem, cells: &Cells, forest: &Forest, best: Best) -> Option<Solved> {
    let mut order: Vec<_> = (0..problem.units.len()).collect();
    let list = match best {
        Best::Priority => nested::greedy(problem, cells, forest, &order, |_| true),
        Best::Coverage => {
            // a stable sort: equal values keep their rank
            order.sort_by_key(|unit| std::cmp::Reverse(problem.units[*unit].value));
            nested::greedy(problem, cells, forest, &order, |unit| problem.units[unit].value >= 0)
        }
    }?;
    Some(exact(problem, list, Algorithm::NestedGreedy, best))
}

fn exact(problem: &Problem, list: Vec<bool>, algorithm: Algorithm, best: Best) -> Solved {
    let bound = (best == Best::Coverage).then(|| problem.value(&list));
    Solved { list, algorithm, bound, proved: true, nodes: 0, price: None }
}

/// Starts from the best list by value (coverage), by cost (money) or from any list, then walks down
/// the ranking and forces in whoever the rule still allows.
fn by_flow(
    problem: &Problem,
    cells: &Cells,
    systems: (&Forest, &Forest),
    best: Best,
) -> Option<Solved> {
    let weight = |unit: &super::problem::Unit| match best {
        Best::Priority if problem.limit.is_some() => -i128::from(unit.cost),
        Best::Priority => 0,
        Best::Coverage => i128::from(unit.value),
    };
    let weights = problem.units.iter().map(weight).collect();
    let mut flow = Circulation::best(problem, cells, systems, weights)?;
    let mut total = flow.total();
    let least = match (best, problem.limit) {
        (Best::Coverage, _) => total,
        (Best::Priority, Some(limit)) => -i128::from(limit),
        (Best::Priority, None) => 0,
    };
    if total < least {
        return None;
    }
    // without weights a cell that found no room once never finds room again
    let mut closed = vec![false; cells.rows.len()];
    for unit in (0..problem.units.len()).filter(|unit| !problem.units[*unit].locked) {
        if flow.holds(unit) {
            flow.lock(unit);
        } else if !closed[cells.of[unit]] {
            match flow.entry(unit) {
                Some((gain, entry)) if total + gain >= least => {
                    flow.enter(&entry);
                    total += gain;
                }
                Some(_) => {}
                None => closed[cells.of[unit]] = true,
            }
        }
    }
    Some(exact(problem, flow.list().to_vec(), Algorithm::CrossingFlow, best))
}
