//! Problems that need an integer programme: money under coverage, three crossing systems.
//!
//! The solver only proposes. What it answers is rounded and counted again in integers, the bound is
//! our own (a Lagrange multiplier on the money, the exact inner optimum under the quotas), units
//! that the bound already decides never reach it, and the canonical walk makes the answer
//! independent of its path: among all lists with the largest sum, the one that the priority rule
//! prefers.

use microlp::{
    ComparisonOp, Error, LinearExpr, OptimizationDirection, SolveOptions, SolveOutcome, Variable,
};

use super::frontier::Found;
use super::lagrange::{self, Relaxed};
use super::near;
use super::problem::{Cells, Problem, Structure, count};
use super::solve::{Algorithm, Best, Solved, Unsolved};

/// The best list. When `nodes` are used up the list is the best one
/// known and says that it is not proved.
pub(super) fn best(
    problem: &Problem,
    cells: &Cells,
    structure: &Structure,
    best: Best,
    nodes: u64,
) -> Result<Solved, Unsolved> {
    let mut search = Search { problem, nodes, spent: 0, proved: true };
    match best {
        Best::Priority => search.by_priority(),
        Best::Coverage => {
            let relaxed = lagrange::relax(problem, cells, structure).ok_or(Unsolved::Impossible)?;
            search.by_sum(relaxed)
        }
    }
}

/// What a solve ended in.
enum Answer {
    /// A list that keeps everything, and whether no other has a larger sum.
    List(Vec<bool>, bool),
    /// There is none.
    None,
    /// The work allowed was not enough to tell.
    Unknown,
}

struct Search<'a> {
    problem: &'a Problem,
    nodes: u64,
    spent: u64,
    proved: bool,
}

impl Search<'_> {
    fn solved(&self, list: Vec<bool>, bound: Option<i128>, price: Option<(i128, i128)>) -> Solved {
        Solved {
            list,
            algorithm: Algorithm::IntegerProgramme,
            bound,
            proved: self.proved,
            nodes: self.spent,
            price,
        }
    }

    /// Walks down the ranking: a unit that the completion at hand does not hold is forced in and
    /// the completion is searched again.
    fn by_priority(&mut self) -> Result<Solved, Unsolved> {
        let mut fixed = self.locked();
        let zero = vec![0; self.problem.units.len()];
        let mut list = match self.propose(&fixed, &zero) {
            Answer::List(list, _) => list,
            Answer::None => return Err(Unsolved::Impossible),
            Answer::Unknown => return Err(Unsolved::OutOfNodes),
        };
        let mut refused: Vec<(&[usize], i64)> = Vec::new();
        for unit in 0..fixed.len() {
            if fixed[unit].is_some() {
                continue;
            }
            let asked = &self.problem.units[unit];
            // whoever the same rows count and who costs no less was refused already
            if !list[unit]
                && refused.iter().any(|(rows, cost)| *rows == asked.rows && *cost <= asked.cost)
            {
                fixed[unit] = Some(false);
                continue;
            }
            fixed[unit] = Some(true);
            if list[unit] {
                continue;
            }
            match self.propose(&fixed, &zero) {
                Answer::List(other, _) => list = other,
                Answer::None => {
                    refused.push((
                        &asked.rows,
                        if self.problem.limit.is_some() { asked.cost } else { 0 },
                    ));
                    fixed[unit] = Some(false);
                }
                Answer::Unknown => {
                    self.proved = false;
                    fixed[unit] = Some(false);
                }
            }
        }
        Ok(self.solved(list, None, None))
    }

    fn by_sum(&mut self, mut relaxed: Relaxed) -> Result<Solved, Unsolved> {
        // half of the work for lists near the bound, the rest for the solver
        let (found, used) = near::best(self.problem, &relaxed, self.nodes / 2);
        self.spent += used;
        match found {
            Found::Best(list) => {
                debug_assert!(self.problem.admits(&list), "a list keeps every rule");
                let sum = self.problem.value(&list);
                return Ok(self.solved(list, Some(sum), relaxed.price));
            }
            Found::Nothing => return Err(Unsolved::Impossible),
            Found::TooMuch => {}
        }
        let values: Vec<_> = self.problem.units.iter().map(|unit| unit.value).collect();
        let mut fixed = relaxed.decided(self.problem, relaxed.known.as_ref());
        let mut list = relaxed.known.clone();
        match self.propose(&fixed, &values) {
            Answer::List(other, proved) => {
                self.proved &= proved;
                if list
                    .as_ref()
                    .is_none_or(|known| self.problem.value(known) < self.problem.value(&other))
                {
                    list = Some(other);
                }
            }
            Answer::None => {}
            Answer::Unknown => self.proved = false,
        }
        let none = if self.proved { Unsolved::Impossible } else { Unsolved::OutOfNodes };
        let mut list = list.ok_or(none)?;
        if self.proved {
            fixed = relaxed.decided(self.problem, Some(&list));
            relaxed.bound = self.problem.value(&list);
            list = self.canonical(list, fixed, &values);
        }
        let bound = relaxed.bound.max(self.problem.value(&list));
        Ok(self.solved(list, Some(bound), relaxed.price))
    }

    /// Among the lists with the same sum, the one that holds the highest unit on which they differ.
    fn canonical(
        &mut self,
        mut list: Vec<bool>,
        mut fixed: Vec<Option<bool>>,
        values: &[i64],
    ) -> Vec<bool> {
        let sum = self.problem.value(&list);
        for unit in 0..list.len() {
            if fixed[unit].is_some() {
                continue;
            }
            fixed[unit] = Some(true);
            if list[unit] {
                continue;
            }
            match self.propose(&fixed, values) {
                Answer::List(other, _) if self.problem.value(&other) >= sum => list = other,
                Answer::List(_, true) | Answer::None => fixed[unit] = Some(false),
                Answer::List(_, false) | Answer::Unknown => {
                    self.proved = false;
                    fixed[unit] = Some(false);
                }
            }
        }
        list
    }

    fn locked(&self) -> Vec<Option<bool>> {
        self.problem.units.iter().map(|unit| unit.locked.then_some(true)).collect()
    }

    /// Asks the solver for the list with the largest sum of `values` in which some units are
    /// decided already.
    fn propose(&mut self, fixed: &[Option<bool>], values: &[i64]) -> Answer {
        let Some(left) = self.nodes.checked_sub(self.spent).filter(|left| *left > 0) else {
            return Answer::Unknown;
        };
        let chosen: Vec<_> = fixed.iter().map(|side| *side == Some(true)).collect();
        let free: Vec<_> = (0..fixed.len()).filter(|unit| fixed[*unit].is_none()).collect();
        if free.is_empty() {
            return if self.problem.admits(&chosen) {
                Answer::List(chosen, true)
            } else {
                Answer::None
            };
        }
        let model = Model::new(self.problem, &chosen, &free, values);
        let Some(model) = model else { return Answer::None };
        let mut options = SolveOptions::default();
        options.node_limit = Some(left);
        options.tolerances.prune_epsilon = 1e-13;
        self.spent += 1;
        match model.programme.solve_with(options) {
            Ok(outcome) => {
                self.spent += outcome.stats().nodes_solved;
                self.read(&outcome, &model.variables, chosen, &free)
            }
            Err(Error::Infeasible) => Answer::None,
            Err(_) => Answer::Unknown,
        }
    }

    fn read(
        &self,
        outcome: &SolveOutcome,
        variables: &[Variable],
        mut list: Vec<bool>,
        free: &[usize],
    ) -> Answer {
        let Some(solution) = outcome.solution() else { return Answer::Unknown };
        for (unit, variable) in free.iter().zip(variables) {
            list[*unit] = solution.var_value(*variable) > 0.5;
        }
        if self.problem.admits(&list) {
            Answer::List(list, outcome.is_optimal())
        } else {
            Answer::Unknown
        }
    }
}

struct Model {
    programme: microlp::Problem,
    variables: Vec<Variable>,
}

impl Model {
    /// The rows that are left when `chosen` are in and only `free` may move; `None` when one of
    /// them is broken already.
    fn new(problem: &Problem, chosen: &[bool], free: &[usize], values: &[i64]) -> Option<Self> {
        let mut programme = microlp::Problem::new(OptimizationDirection::Maximize);
        let variables: Vec<_> =
            free.iter().map(|unit| programme.add_binary_var(float(values[*unit].into()))).collect();
        let held = problem.counts(chosen);
        for (at, row) in problem.rows.iter().enumerate() {
            let mut sum = LinearExpr::empty();
            let mut most = 0;
            for (unit, variable) in free.iter().zip(&variables) {
                if problem.units[*unit].rows.binary_search(&at).is_ok() {
                    sum.add(*variable, 1.0);
                    most += 1;
                }
            }
            let (lo, hi) = (row.lo - held[at], row.hi.saturating_sub(held[at]));
            if hi < 0 || lo > count(most) {
                return None;
            }
            if lo == hi {
                programme.add_constraint(sum, ComparisonOp::Eq, float(lo.into()));
                continue;
            }
            if lo > 0 {
                programme.add_constraint(sum.clone(), ComparisonOp::Ge, float(lo.into()));
            }
            if hi < count(most) {
                programme.add_constraint(sum, ComparisonOp::Le, float(hi.into()));
            }
        }
        if let Some(limit) = problem.limit {
            add_money(
                &mut programme,
                problem,
                (free, &variables),
                i128::from(limit) - problem.cost(chosen),
            )?;
        }
        Some(Self { programme, variables })
    }
}

/// The row of the money, in a unit that keeps its coefficients small; `None` when the money is
/// gone already.
fn add_money(
    programme: &mut microlp::Problem,
    problem: &Problem,
    (free, variables): (&[usize], &[Variable]),
    left: i128,
) -> Option<()> {
    if left < 0 {
        return None;
    }
    let largest = free.iter().map(|unit| problem.units[*unit].cost).max().unwrap_or(0).max(1);
    let unit_of_money = float(i128::from(largest)) / 1000.0;
    let mut sum = LinearExpr::empty();
    for (unit, variable) in free.iter().zip(variables) {
        let cost = problem.units[*unit].cost;
        if cost > 0 {
            sum.add(*variable, float(cost.into()) / unit_of_money);
        }
    }
    // half a ban of slack: rounding must not cut off a list that costs exactly what there is
    programme.add_constraint(sum, ComparisonOp::Le, (float(left) + 0.5) / unit_of_money);
    Some(())
}

fn float(whole: i128) -> f64 {
    whole as f64
}
