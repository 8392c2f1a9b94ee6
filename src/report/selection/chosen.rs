//! A selection as reports see it.

use crate::selection::{Alternative, Filled, History, Pool, Price, Selection};
use crate::study::programme::CheckedProgramme;

/// A selection with the programme that was applied and what each of its rules costs.
#[derive(Clone, Copy, Debug)]
pub struct Chosen<'a> {
    /// The programme, with the locks of its lists.
    pub(crate) plan: &'a CheckedProgramme,
    /// The units as the engine saw them, in the order of the register.
    pub pool: &'a Pool,
    /// What had happened before.
    pub past: &'a History,
    /// The lists, with reasons.
    pub selection: &'a Selection,
    /// What each rule costs.
    pub(crate) prices: &'a [Price],
    /// The lists under other meanings of *best*.
    pub(crate) alternatives: &'a [Alternative],
    /// Envelopes beside what the list comes to, in the order of the programme.
    pub(crate) envelopes: &'a [Filled],
    /// Kinds of sums that are withheld because a part of them is masked.
    pub withheld: Withheld,
    /// The county to which lists are restricted, as the register calls it; all when absent.
    pub county: Option<&'a str>,
}

impl Chosen<'_> {
    /// Whether every list is proved to be the one that the rules ask for.
    pub fn proved(&self) -> bool {
        self.selection.proved()
    }

    /// Whether the programme has no phase and only sets need beside supply.
    pub(crate) fn selects_nobody(&self) -> bool {
        self.plan.rules.phases.is_empty()
    }

    /// The group of a unit in a classification.
    pub(crate) fn group(&self, family: &str, code: &str) -> Option<&str> {
        let at = self.pool.classification(family)?;
        let unit = self.pool.candidates.iter().find(|unit| unit.code == code)?;
        Some(&self.pool.classifications[at].groups[unit.groups[at]?])
    }
}

/// Kinds of sums that are withheld.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each kind of sum is withheld or not")]
pub struct Withheld {
    /// Sums of scores, and what rules cost in points.
    pub scores: bool,
    /// People covered, of units and in sums.
    pub people: bool,
    /// Inhabitants of units and unions.
    pub population: bool,
    /// Money.
    pub cost: bool,
}
