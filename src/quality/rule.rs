//! A rule of the quality checks: its id, its weight, its meaning.

use super::Severity;
use crate::language::Words;

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
