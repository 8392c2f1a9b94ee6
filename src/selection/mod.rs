//! From scores to the lists that planners sign: eligible, ordered, chosen, with a reason for each unit.
//!
//! Everything that decides is an integer: published points, bani, persons, places. Results depend on
//! the programme and the pool only, never on row order, thread count or the path of a solver.
//!
//! [`select`] is the door: a checked [`Programme`] and a [`Pool`] of units go in, a [`Selection`] or a
//! [`Refusal`] comes out.

mod apportion;
mod circulation;
mod eligible;
mod infeasible;
mod integer;
mod lagrange;
mod nested;
mod order;
mod phases;
mod points;
mod pool;
mod problem;
mod programme;
mod quota;
mod refusal;
mod result;
mod select;
mod solve;
mod unions;

pub use apportion::{Apportionment, Method, Seats, apportion};
pub use order::ticket;
pub use points::{Points, PointsError};
pub use pool::{Border, Candidate, Family, Pool};
pub use programme::{
    Appeals, Budget, Decisions, Effort, Eligible, Fill, Limit, Limits, Lock, Lottery, Objective,
    Order, Phase, Programme, Quota, QuotaRule, Reserve, Rule, Share, Unions, Unscored, WhenShort,
};
pub use refusal::{Conflict, Problem as RefusedFor, Refusal, Relaxation};
pub use result::{
    Clause, Distance, PhaseOutcome, Proof, Reason, Selection, State, UnitOutcome,
};
pub use select::{algorithms, select};
pub use solve::Algorithm;
