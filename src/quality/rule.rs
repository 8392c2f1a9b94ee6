//! A rule of the quality checks: its id, its weight, its meaning.

use serde::Serialize;

use crate::language::Words;

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The result cannot be relied on until somebody looks; exit code 1.
    Error,
    /// Somebody should look: a repair, a doubt, a loss.
    Warning,
    /// For the record: what was read, dropped by rule or chosen.
    Note,
}

impl Severity {
    /// The word printed in front of a finding.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A rule of the quality checks. All of them stand in `message`.
#[derive(Debug)]
pub struct Rule {
    /// Stable kebab-case id; `[[accept]]` names it.
    pub id: &'static str,
    /// Weight of its findings.
    pub severity: Severity,
    /// What it means, in a sentence an analyst understands.
    pub meaning: Words,
}
