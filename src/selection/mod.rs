//! From scores to the lists that planners sign: eligible, ordered, chosen, with a reason for each unit.
//!
//! Everything that decides is an integer: published points, bani, persons, places. Results depend on
//! the programme and the pool only, never on row order, thread count or the path of a solver.
//!
//! [`select`] is the door: a checked [`Programme`] and a [`Pool`] of units go in, a [`Selection`] or a
//! [`Refusal`] comes out.

mod appeal;
mod apportion;
mod boundary;
mod capacity;
mod circulation;
mod decisions;
mod eligible;
mod envelope;
mod exchange;
mod frontier;
mod infeasible;
mod integer;
mod lagrange;
mod near;
mod nested;
mod order;
mod phases;
mod points;
mod pool;
mod prices;
mod problem;
mod programme;
mod quota;
mod reasons;
mod refusal;
mod reserve;
mod result;
mod select;
mod solve;
mod trails;
mod unions;

pub use appeal::{Cause, Change, Past, Published};
pub use apportion::{Apportionment, Method, Seats, apportion};
pub use boundary::{Boundary, DecidedBy, Tie};
pub use capacity::{Balance, Stock};
pub use decisions::{Answer, Day, DayError, Decision, Holder, PlaceHistory};
pub use envelope::{Compared, Envelope, Filled, SharedPart, share_out};
pub use order::ticket;
pub use points::{Points, PointsError};
pub use pool::{Border, Candidate, Family, Pool};
pub use prices::{Alternative, Price, alternatives, prices};
pub use programme::{
    Appeals, Budget, Decisions, Effort, Eligible, Fill, Limit, Limits, Lock, Lottery, Objective,
    Order, Phase, Programme, Quota, QuotaRule, Reserve, Rule, Share, Unions, Unscored, WhenShort,
};
pub use refusal::{Conflict, Problem as RefusedFor, Refusal, Relaxation};
pub use result::{
    Clause, Distance, Judgement, PhaseOutcome, Proof, Reason, Replacement, Selection, State,
    UnitOutcome,
};
pub use select::{algorithms, select};
pub use solve::Algorithm;
