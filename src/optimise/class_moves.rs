//! Solves a programme of which each variable moves the count of a class up or down from a start, and counts
//! the classes anew from its answer.

use microlp::{Error, SolveOptions, Variable};

use super::problem::{ClassIndex, IndexVec};

/// How many of each class.
pub(super) type Counts = IndexVec<ClassIndex, i64>;
/// The class that a variable moves, and the way.
pub(super) type Move = (ClassIndex, i64, Variable);

/// Counts that a programme found.
pub(super) struct Moved {
    pub(super) counts: Counts,
    /// Whether no others are better.
    pub(super) is_optimal: bool,
    /// How far they may be from the best, as a part of it; none where that is not known.
    pub(super) gap: Option<f64>,
    /// Nodes that were solved.
    pub(super) nodes: u64,
}

/// Why a programme gives no counts.
pub(super) enum Halt {
    /// There are none.
    Infeasible,
    /// The work allowed, of which so many nodes were solved, was not enough to tell.
    Unknown(u64),
}

/// Solves a programme whose variables move counts from `start`.
pub(super) fn solve(
    programme: &microlp::Problem,
    moves: &[Move],
    start: Counts,
    options: SolveOptions,
) -> Result<Moved, Halt> {
    let outcome = match programme.solve_with(options) {
        Ok(outcome) => outcome,
        Err(Error::Infeasible) => return Err(Halt::Infeasible),
        Err(_) => return Err(Halt::Unknown(0)),
    };
    let nodes = outcome.stats().nodes_solved;
    let values = outcome.solution().ok_or(Halt::Unknown(nodes))?;
    let mut counts = start;
    for (class, sign, variable) in moves {
        // a count of units, far below 2^53
        counts[*class] += sign * values.var_value(*variable).round() as i64;
    }
    Ok(Moved { counts, is_optimal: outcome.is_optimal(), gap: values.gap(), nodes })
}
