//! How sure each place of a list is: the declared doubts, drawn again and again, and what the whole
//! programme answers to each draw.
//!
//! A `Plan` says what is doubted; `draws` turns its seed into numbers that depend on nothing else, and
//! `laws` those into values. An `Engine` computes the index of one run, a `Task` makes the runs of every
//! design, a `Gatherer` puts them together. What many lists say is computed by `shares`, `sensitivity` and
//! `rank_sets`. Nothing here reads files or asks for the time.

mod cells;
mod designs;
mod donors;
pub(crate) mod draws;
mod engine;
mod given;
pub(crate) mod laws;
mod leave_out;
mod one_case;
mod other_steps;
mod outcome;
mod pairs;
pub(crate) mod plan;
mod point;
pub(crate) mod rank_sets;
pub mod sensitivity;
pub(crate) mod shares;
mod singly;

pub(crate) use cells::CellNotes;
pub(crate) use designs::{Lists, Output, Task, Unmade};
pub(crate) use engine::{Drawn, Engine};
pub(crate) use given::{Given, Unknown};
pub(crate) use leave_out::{Moves, Shifted, WithoutChild};
pub(crate) use one_case::OneCase;
pub(crate) use outcome::{Design, DesignRuns, Gatherer, Outcome, RunOf, UnitStanding};
pub(crate) use plan::{Layer, Plan, Verb};
pub(crate) use rank_sets::RankSet;
pub(crate) use shares::Times;
pub(crate) use singly::Singly;

/// How sure each place of a list is, under the doubts of a plan.
#[derive(Debug)]
pub(crate) struct Assessed {
    /// The plan.
    pub(crate) doubts: Plan,
    /// What the runs say together.
    pub(crate) outcome: Outcome,
    /// The list without one component.
    pub(crate) leave_out: Vec<WithoutChild>,
    /// For each unit of the register the smallest change of a count that moves it across the list.
    pub(crate) one_cases: Vec<Option<OneCase>>,
    /// What each alternative of a choice does alone.
    pub(crate) singly: Vec<Singly>,
    /// What was noted about the cells that are doubted.
    pub(crate) notes: CellNotes,
}
