//! References to the rules of a programme, and the rows of an integer problem that stand for them.

use std::fmt;

use crate::optimise::{IndexVec, Problem, RowIndex};

/// One rule of a programme as applied: what can admit a unit or keep it out.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RuleRef {
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
    /// What is in already: by decision or from earlier phases.
    Locked {
        /// The phase that must keep it.
        phase: String,
    },
    /// That there is more than one phase.
    Phases,
    /// That neighbours may join.
    Unions,
}

impl fmt::Display for RuleRef {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Places { phase } => write!(out, "places:{phase}"),
            Self::Least { phase, by, group } => write!(out, "min:{by}={group}:{phase}"),
            Self::Most { phase, by, group } => write!(out, "max:{by}={group}:{phase}"),
            Self::Quota { phase, by, number } => write!(out, "quota:{by}#{number}:{phase}"),
            Self::Money { phase } => write!(out, "budget:{phase}"),
            Self::Locked { phase } => write!(out, "locked:{phase}"),
            Self::Phases => out.write_str("phases"),
            Self::Unions => out.write_str("unions"),
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
    pub(super) names: IndexVec<RowIndex, RowName>,
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

    /// What a row counts, in words.
    pub(super) fn group(&self, row: RowIndex) -> String {
        match &self.names[row] {
            RowName::Places => "the list".to_owned(),
            RowName::Group { by, group, .. } => format!("{by} {group}"),
        }
    }
}
