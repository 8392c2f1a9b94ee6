//! A selection as reports see it.

use crate::selection::{Alternative, Filled, Past, Pool, Price, Selection};
use crate::study::programme::Plan;

/// A selection with the programme that was applied and what each of its rules costs.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    /// The programme, with the locks of its lists.
    pub plan: &'a Plan,
    /// The units as the engine saw them, in the order of the register.
    pub pool: &'a Pool,
    /// What had happened before.
    pub past: &'a Past,
    /// The lists, with reasons.
    pub selection: &'a Selection,
    /// What each rule costs.
    pub prices: &'a [Price],
    /// The lists under other meanings of *best*.
    pub alternatives: &'a [Alternative],
    /// Envelopes beside what the list comes to, in the order of the programme.
    pub envelopes: &'a [Filled],
}
