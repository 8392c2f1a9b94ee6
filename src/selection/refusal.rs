//! Why a selection stops: what is wrong with the programme, the pool or the decisions.

use std::fmt;

use super::Clause;

/// A selection that the rules do not allow to be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", Lines(.problems))]
pub struct Refusal {
    /// Everything that stands in the way, in a fixed order; never empty.
    pub problems: Vec<Problem>,
}

impl Refusal {
    /// A refusal for one problem.
    pub fn one(problem: Problem) -> Self {
        Self { problems: vec![problem] }
    }

    /// Refuses when there are problems.
    pub(super) fn unless_empty(problems: Vec<Problem>) -> Result<(), Self> {
        if problems.is_empty() { Ok(()) } else { Err(Self { problems }) }
    }
}

struct Lines<'a>(&'a [Problem]);

impl fmt::Display for Lines<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, problem) in self.0.iter().enumerate() {
            if at > 0 {
                out.write_str("\n")?;
            }
            out.write_str(&problem.message)?;
        }
        Ok(())
    }
}

/// One thing that stands in the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
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

impl Problem {
    /// A problem of `rule` with the programme's `key`.
    pub(super) fn new(rule: &'static str, key: &'static str, message: impl Into<String>) -> Self {
        Self { rule, message: message.into(), hint: None, key, unit: None, conflict: None }
    }

    /// The same with advice.
    pub(super) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
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
    pub clauses: Vec<Clause>,
    /// Places missing, or bani where money is what is missing.
    pub missing: i64,
    /// Changes of one rule each that would do.
    pub relaxations: Vec<Relaxation>,
}

/// A change of one rule that would make a programme possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relaxation {
    /// The rule.
    pub clause: Clause,
    /// Its bound now.
    pub from: i64,
    /// The nearest bound that would do.
    pub to: i64,
}
