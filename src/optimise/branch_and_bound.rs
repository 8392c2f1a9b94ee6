//! Problems that need an integer programme: money under coverage, three crossing families.
//!
//! The branch and bound of `microlp` only proposes. What it answers is rounded and counted again in
//! integers, the bound is our own ([`super::lagrangian`]), units that the bound already decides never
//! reach it, and the canonical walk makes the answer independent of its path: among all solutions
//! with the largest sum, the one that the priority rule prefers. Before that the label search of
//! [`super::label_search`] is tried, which mostly needs no solver at all.

use microlp::{
    ComparisonOp, Error, LinearExpr, OptimizationDirection, SolveOptions, SolveOutcome, Variable,
};

use super::label_search;
use super::labels::Found;
use super::lagrangian::{self, DualBound};
use super::laminar::Laminarity;
use super::problem::{IndexVec, Problem, Rank, RowIndex, Solution, UnitClasses, count};
use super::{Algorithm, Solved, Unsolved};

/// Units that are decided, and how.
type Decided = IndexVec<Rank, Option<bool>>;

/// The solution that holds the highest unit on which solutions differ. When `nodes` are used up the
/// solution is the best one known and says that it is not proved.
pub(super) fn by_priority(problem: &Problem, nodes: u64) -> Result<Solved, Unsolved> {
    Search { problem, nodes, spent: 0, proved: true }.by_priority()
}

/// The solution with the largest sum; the same when `nodes` are used up.
pub(super) fn by_sum(
    problem: &Problem,
    classes: &UnitClasses,
    laminarity: &Laminarity,
    nodes: u64,
) -> Result<Solved, Unsolved> {
    let dual = lagrangian::least_bound(problem, classes, laminarity);
    let dual = dual.ok_or(Unsolved::Infeasible)?;
    Search { problem, nodes, spent: 0, proved: true }.by_sum(dual)
}

/// What a solve ended in.
enum Proposal {
    /// A solution that keeps everything, and whether no other has a larger sum.
    Solution(Solution, bool),
    /// There is none.
    Infeasible,
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
    fn solved(
        &self,
        solution: Solution,
        bound: Option<i128>,
        price: Option<(i128, i128)>,
    ) -> Solved {
        Solved {
            solution,
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
        let no_values = IndexVec::filled(0, self.problem.units.len());
        let mut solution = match self.propose(&fixed, &no_values) {
            Proposal::Solution(solution, _) => solution,
            Proposal::Infeasible => return Err(Unsolved::Infeasible),
            Proposal::Unknown => return Err(Unsolved::OutOfNodes),
        };
        let mut refused: Vec<(&[RowIndex], i64)> = Vec::new();
        for (rank, unit) in self.problem.units.enumerate() {
            if fixed[rank].is_some() {
                continue;
            }
            // whoever the same rows count and who costs no less was refused already
            if !solution[rank]
                && refused.iter().any(|(rows, cost)| *rows == unit.rows && *cost <= unit.cost)
            {
                fixed[rank] = Some(false);
                continue;
            }
            fixed[rank] = Some(true);
            if solution[rank] {
                continue;
            }
            match self.propose(&fixed, &no_values) {
                Proposal::Solution(other, _) => solution = other,
                Proposal::Infeasible => {
                    let cost = if self.problem.limit.is_some() { unit.cost } else { 0 };
                    refused.push((&unit.rows, cost));
                    fixed[rank] = Some(false);
                }
                Proposal::Unknown => {
                    self.proved = false;
                    fixed[rank] = Some(false);
                }
            }
        }
        Ok(self.solved(solution, None, None))
    }

    fn by_sum(&mut self, mut dual: DualBound) -> Result<Solved, Unsolved> {
        // half of the work for solutions near the bound, the rest for the solver
        let searched = label_search::best(self.problem, &dual, self.nodes / 2);
        self.spent += searched.nodes;
        match searched.found {
            Found::Best(solution) => {
                debug_assert!(self.problem.admits(&solution), "a solution keeps every rule");
                let sum = self.problem.value(&solution);
                return Ok(self.solved(solution, Some(sum), dual.price));
            }
            Found::Nothing => return Err(Unsolved::Infeasible),
            Found::TooMuch => {}
        }
        let values: IndexVec<Rank, i64> =
            self.problem.units.iter().map(|unit| unit.value).collect();
        let fixed = dual.decided(self.problem, dual.incumbent.as_ref());
        let mut incumbent = dual.incumbent.take();
        match self.propose(&fixed, &values) {
            Proposal::Solution(other, proved) => {
                self.proved &= proved;
                let worse =
                    |known: &Solution| self.problem.value(known) < self.problem.value(&other);
                if incumbent.as_ref().is_none_or(worse) {
                    incumbent = Some(other);
                }
            }
            Proposal::Infeasible => {}
            Proposal::Unknown => self.proved = false,
        }
        let none = if self.proved { Unsolved::Infeasible } else { Unsolved::OutOfNodes };
        let mut solution = incumbent.ok_or(none)?;
        if self.proved {
            let fixed = dual.decided(self.problem, Some(&solution));
            dual.bound = self.problem.value(&solution);
            solution = self.canonical(solution, fixed, &values);
        }
        let bound = dual.bound.max(self.problem.value(&solution));
        Ok(self.solved(solution, Some(bound), dual.price))
    }

    /// Among the solutions with the same sum, the one that holds the highest unit on which they
    /// differ.
    fn canonical(
        &mut self,
        mut solution: Solution,
        mut fixed: Decided,
        values: &IndexVec<Rank, i64>,
    ) -> Solution {
        let sum = self.problem.value(&solution);
        for rank in self.problem.units.positions() {
            if fixed[rank].is_some() {
                continue;
            }
            fixed[rank] = Some(true);
            if solution[rank] {
                continue;
            }
            match self.propose(&fixed, values) {
                Proposal::Solution(other, _) if self.problem.value(&other) >= sum => {
                    solution = other;
                }
                Proposal::Solution(_, true) | Proposal::Infeasible => fixed[rank] = Some(false),
                Proposal::Solution(_, false) | Proposal::Unknown => {
                    self.proved = false;
                    fixed[rank] = Some(false);
                }
            }
        }
        solution
    }

    fn locked(&self) -> Decided {
        self.problem.units.iter().map(|unit| unit.locked.then_some(true)).collect()
    }

    /// Asks the solver for the solution with the largest sum of `values` in which some units are
    /// decided already.
    fn propose(&mut self, fixed: &Decided, values: &IndexVec<Rank, i64>) -> Proposal {
        let Some(left) = self.nodes.checked_sub(self.spent).filter(|left| *left > 0) else {
            return Proposal::Unknown;
        };
        let chosen: Solution = fixed.iter().map(|side| *side == Some(true)).collect();
        let free: Vec<Rank> = fixed.positions().filter(|rank| fixed[*rank].is_none()).collect();
        if free.is_empty() {
            return if self.problem.admits(&chosen) {
                Proposal::Solution(chosen, true)
            } else {
                Proposal::Infeasible
            };
        }
        let Some(model) = Model::new(self.problem, &chosen, &free, values) else {
            return Proposal::Infeasible;
        };
        let mut options = SolveOptions::default();
        options.node_limit = Some(left);
        options.tolerances.prune_epsilon = 1e-13;
        self.spent += 1;
        match model.programme.solve_with(options) {
            Ok(outcome) => {
                self.spent += outcome.stats().nodes_solved;
                self.read(&outcome, &model.variables, chosen)
            }
            Err(Error::Infeasible) => Proposal::Infeasible,
            Err(_) => Proposal::Unknown,
        }
    }

    fn read(
        &self,
        outcome: &SolveOutcome,
        variables: &[(Rank, Variable)],
        mut solution: Solution,
    ) -> Proposal {
        let Some(values) = outcome.solution() else { return Proposal::Unknown };
        for (rank, variable) in variables {
            solution[*rank] = values.var_value(*variable) > 0.5;
        }
        if self.problem.admits(&solution) {
            Proposal::Solution(solution, outcome.is_optimal())
        } else {
            Proposal::Unknown
        }
    }
}

struct Model {
    programme: microlp::Problem,
    /// The free units with their variables.
    variables: Vec<(Rank, Variable)>,
}

impl Model {
    /// The rows that are left when `chosen` are in and only `free` may move; `None` when one of
    /// them is broken already.
    fn new(
        problem: &Problem,
        chosen: &Solution,
        free: &[Rank],
        values: &IndexVec<Rank, i64>,
    ) -> Option<Self> {
        let mut programme = microlp::Problem::new(OptimizationDirection::Maximize);
        let variables: Vec<(Rank, Variable)> = free
            .iter()
            .map(|rank| (*rank, programme.add_binary_var(float(values[*rank].into()))))
            .collect();
        let held = problem.counts(chosen);
        for (at, row) in problem.rows.enumerate() {
            let mut sum = LinearExpr::empty();
            let mut most = 0;
            for (rank, variable) in &variables {
                if problem.units[*rank].rows.binary_search(&at).is_ok() {
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
        let mut model = Self { programme, variables };
        if let Some(limit) = problem.limit {
            model.add_money(problem, i128::from(limit) - problem.cost(chosen))?;
        }
        Some(model)
    }

    /// The row of the money, in a unit that keeps its coefficients small; `None` when the money is
    /// gone already.
    fn add_money(&mut self, problem: &Problem, left: i128) -> Option<()> {
        if left < 0 {
            return None;
        }
        let cost = |rank: Rank| problem.units[rank].cost;
        let largest = self.variables.iter().map(|(rank, _)| cost(*rank)).max().unwrap_or(0).max(1);
        let unit_of_money = float(i128::from(largest)) / 1000.0;
        let mut sum = LinearExpr::empty();
        for (rank, variable) in self.variables.iter().filter(|(rank, _)| cost(*rank) > 0) {
            sum.add(*variable, float(cost(*rank).into()) / unit_of_money);
        }
        // half a ban of slack: rounding must not cut off a solution that costs exactly what there is
        let most = (float(left) + 0.5) / unit_of_money;
        self.programme.add_constraint(sum, ComparisonOp::Le, most);
        Some(())
    }
}

fn float(whole: i128) -> f64 {
    whole as f64
}
