//! References to the rules of a programme: from the rows of an integer problem, and from what stands
//! in the way of a list.

use std::fmt;

use super::programme::ProgrammeKey;
use crate::language::Language;
use crate::message::selection::refusal as message;
use crate::optimise::{IndexVec, Problem, RowIndex};
use crate::quality::{Advice, Message};

/// One rule of a programme as applied: what can admit a unit or keep it out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum RuleRef {
    /// The number of places of a phase.
    Places {
        /// The phase.
        phase: String,
    },
    /// The least places of a group.
    Least {
        /// The phase.
        phase: String,
        /// The classification.
        by: String,
        /// The group.
        group: String,
    },
    /// The most places of a group.
    Most {
        /// The phase.
        phase: String,
        /// The classification.
        by: String,
        /// The group.
        group: String,
    },
    /// A whole quota, all its groups together.
    Quota {
        /// The phase.
        phase: String,
        /// The classification.
        by: String,
        /// Its position among the quotas of the phase, from 1.
        number: usize,
    },
    /// The money up to a phase.
    Money {
        /// The phase.
        phase: String,
    },
    /// What the selected must come to of something.
    Sum {
        /// The phase up to which it is summed.
        phase: String,
        /// What is summed.
        sum: String,
        /// Whether it is the most, not the least.
        most: bool,
    },
    /// What is in already: by decision or from earlier phases.
    Locked {
        /// The phase that must keep it.
        phase: String,
    },
}

impl fmt::Display for RuleRef {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Places { phase } => write!(out, "places:{phase}"),
            Self::Least { phase, by, group } => write!(out, "min:{by}={group}:{phase}"),
            Self::Most { phase, by, group } => write!(out, "max:{by}={group}:{phase}"),
            Self::Quota { phase, by, number } => write!(out, "quota:{by}#{number}:{phase}"),
            Self::Money { phase } => write!(out, "budget:{phase}"),
            Self::Sum { phase, sum, most: false } => write!(out, "min-sum:{sum}:{phase}"),
            Self::Sum { phase, sum, most: true } => write!(out, "max-sum:{sum}:{phase}"),
            Self::Locked { phase } => write!(out, "locked:{phase}"),
        }
    }
}

/// What a row counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum RowName {
    /// Everything: the places of a phase.
    Places,
    /// A group of a classification.
    Group {
        /// Position of the quota in the phase.
        quota: usize,
        by: String,
        group: String,
    },
}

/// The integer problem of one phase, with the rules that its rows stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct PhaseProblem {
    /// The phase.
    pub(super) phase: String,
    /// Whether it has no number of places.
    pub(super) is_open: bool,
    pub(super) names: IndexVec<RowIndex, RowName>,
    /// What each of its sums is of.
    pub(super) sums: Vec<String>,
    pub(super) problem: Problem,
}

impl PhaseProblem {
    /// The lower bound of a row as a rule of the programme.
    pub(super) fn least(&self, row: RowIndex) -> RuleRef {
        let phase = self.phase.clone();
        match &self.names[row] {
            RowName::Places => RuleRef::Places { phase },
            RowName::Group { by, group, .. } => {
                RuleRef::Least { phase, by: by.clone(), group: group.clone() }
            }
        }
    }

    /// The upper bound of a row as a rule of the programme.
    pub(super) fn most(&self, row: RowIndex) -> RuleRef {
        let phase = self.phase.clone();
        match &self.names[row] {
            RowName::Places => RuleRef::Places { phase },
            RowName::Group { by, group, .. } => {
                RuleRef::Most { phase, by: by.clone(), group: group.clone() }
            }
        }
    }

    /// The money as a rule of the programme.
    pub(super) fn money(&self) -> RuleRef {
        RuleRef::Money { phase: self.phase.clone() }
    }

    /// A bound of a sum as a rule of the programme.
    pub(super) fn sum(&self, at: usize, most: bool) -> RuleRef {
        RuleRef::Sum { phase: self.phase.clone(), sum: self.sums[at].clone(), most }
    }

    /// What a row counts, in words.
    pub(super) fn group(&self, row: RowIndex) -> Message {
        match &self.names[row] {
            RowName::Places => message::the_list(),
            RowName::Group { by, group, .. } => message::group(by, group),
        }
    }
}

/// A selection that the rules do not allow to exist.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub struct Refusal {
    /// Everything that is wrong, in a fixed order; never empty.
    pub(crate) objections: Vec<Objection>,
}

impl Refusal {
    /// A refusal for one objection.
    pub(super) fn one(objection: Objection) -> Self {
        Self { objections: vec![objection] }
    }

    /// Everything that is wrong, one a line.
    pub(crate) fn message(&self) -> Message {
        let said = |language| {
            let said = self.objections.iter().map(|objection| objection.message.text(language));
            said.collect::<Vec<_>>().join("\n")
        };
        Message { en: said(Language::En), ro: said(Language::Ro) }
    }

    /// Refuses when there are objections.
    pub(super) fn unless_empty(objections: Vec<Objection>) -> Result<(), Self> {
        if objections.is_empty() { Ok(()) } else { Err(Self { objections }) }
    }
}

/// One thing that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Objection {
    /// Stable kebab-case id: `lock-conflict`, `infeasible`, `unknown-group`.
    pub(crate) rule: &'static str,
    /// What is wrong, lower case, no full stop.
    pub(crate) message: Message,
    /// What to do about it.
    pub(crate) hint: Option<Message>,
    /// The key of the programme it is about, where it is about one.
    pub(crate) key: Option<ProgrammeKey>,
    /// The code of the unit it is about.
    pub(crate) unit: Option<String>,
    /// Codes of the units that the message counts, where they are to be named.
    pub(crate) counted: Vec<String>,
    /// The smallest set of rules that conflict, where rules conflict.
    pub(crate) conflict: Option<Conflict>,
}

impl Objection {
    /// An objection of `rule` with the programme's `key`.
    pub(super) fn new(
        rule: &'static str,
        key: impl Into<Option<ProgrammeKey>>,
        what: impl Into<Advice>,
    ) -> Self {
        let (key, Advice { message, hint }) = (key.into(), what.into());
        Self { rule, message, hint, key, unit: None, counted: Vec::new(), conflict: None }
    }

    /// The same, about one unit.
    pub(super) fn unit(mut self, code: impl Into<String>) -> Self {
        self.unit = Some(code.into());
        self
    }
}

/// Rules that cannot be kept together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Conflict {
    /// The phase in which they cannot be kept.
    pub(crate) phase: String,
    /// Stable text of the violated count, `sum-of-minima-3-exceeds-size-2`.
    pub(crate) code: String,
    /// The smallest set of rules that conflict: leave out any of them and the rest can be kept.
    pub(crate) rules: Vec<RuleRef>,
    /// Places missing, or bani where money is what is missing.
    pub(crate) missing: i64,
    /// Changes of one rule each that would do.
    pub(crate) relaxations: Vec<Relaxation>,
}

/// A change of one rule that would make a programme possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Relaxation {
    /// The rule.
    pub(crate) rule: RuleRef,
    /// Its bound now.
    pub(crate) from: i64,
    /// The nearest bound that would do.
    pub(crate) to: i64,
}
