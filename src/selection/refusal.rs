//! Why a selection stops: what is wrong with the programme, the pool or the decisions.

use std::fmt;

use super::rule_ref::RuleRef;
use crate::message::selection::Advice;

/// A selection that the rules do not allow to be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", Lines(.objections))]
pub struct Refusal {
    /// Everything that stands in the way, in a fixed order; never empty.
    pub objections: Vec<Objection>,
}

impl Refusal {
    /// A refusal for one objection.
    pub(super) fn one(objection: Objection) -> Self {
        Self { objections: vec![objection] }
    }

    /// Refuses when there are objections.
    pub(super) fn unless_empty(objections: Vec<Objection>) -> Result<(), Self> {
        if objections.is_empty() { Ok(()) } else { Err(Self { objections }) }
    }
}

struct Lines<'a>(&'a [Objection]);

impl fmt::Display for Lines<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, objection) in self.0.iter().enumerate() {
            if at > 0 {
                out.write_str("\n")?;
            }
            out.write_str(&objection.message)?;
        }
        Ok(())
    }
}

/// One thing that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    /// Stable kebab-case id: `lock-conflict`, `infeasible`, `unknown-group`.
    pub rule: &'static str,
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// The key of the programme it is about, `phase.quota`; empty when it is about none.
    pub key: &'static str,
    /// The code of the unit it is about.
    pub unit: Option<String>,
    /// The smallest set of rules that conflict, where rules conflict.
    pub conflict: Option<Conflict>,
}

impl Objection {
    /// An objection of `rule` with the programme's `key`.
    pub(super) fn new(rule: &'static str, key: &'static str, what: impl Into<Advice>) -> Self {
        let Advice { message, hint } = what.into();
        Self { rule, message, hint, key, unit: None, conflict: None }
    }

    /// The same, about one unit.
    pub(super) fn unit(mut self, code: impl Into<String>) -> Self {
        self.unit = Some(code.into());
        self
    }
}

/// Rules that cannot be kept together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// The phase in which they cannot be kept.
    pub phase: String,
    /// Stable text of the violated count, `sum-of-minima-3-exceeds-size-2`.
    pub code: String,
    /// The smallest set of rules that conflict: leave out any of them and the rest can be kept.
    pub rules: Vec<RuleRef>,
    /// Places missing, or bani where money is what is missing.
    pub missing: i64,
    /// Changes of one rule each that would do.
    pub relaxations: Vec<Relaxation>,
}

/// A change of one rule that would make a programme possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relaxation {
    /// The rule.
    pub rule: RuleRef,
    /// Its bound now.
    pub from: i64,
    /// The nearest bound that would do.
    pub to: i64,
}
