//! A rule of the quality checks: its id, its weight, its meaning.

use super::Severity;
use crate::language::Language;

/// A rule of the quality checks. All of them stand in `message`.
#[derive(Debug)]
pub struct Rule {
    /// Stable kebab-case id; `[[accept]]` names it.
    pub id: &'static str,
    /// Weight of its findings.
    pub severity: Severity,
    /// What it means, in a sentence an analyst understands.
    pub meaning: Meaning,
}

/// The meaning of a rule in both languages.
#[derive(Debug)]
pub struct Meaning {
    /// English.
    pub en: &'static str,
    /// Romanian.
    pub ro: &'static str,
}

impl Meaning {
    /// The meaning in `language`.
    pub fn text(&self, language: Language) -> &'static str {
        match language {
            Language::Ro => self.ro,
            Language::En => self.en,
        }
    }
}
