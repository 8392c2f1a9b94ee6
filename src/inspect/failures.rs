//! Rows that the register does not recognise, or doubts, by the rule that will tell them.

use super::portrait::Failure;
use crate::ingest::Remark;
use crate::message;

/// Rules about rows that are recognised without any doubt.
const NO_DOUBT: [&str; 2] = [message::ingest::FALLBACK_MATCH.id, message::ingest::ALIAS_USED.id];

/// A row that was remarked on: its position on the page and its number for people.
pub(super) struct Remarked {
    pub(super) row: usize,
    pub(super) number: u32,
}

/// Remarks by rule, with the positions of their rows.
#[derive(Default)]
pub(super) struct Gathered {
    rules: Vec<(&'static str, Vec<(usize, String)>)>,
}

impl Gathered {
    /// Takes a remark in.
    pub(super) fn add(&mut self, at: &Remarked, remark: &Remark) {
        if NO_DOUBT.contains(&remark.rule.id) {
            return;
        }
        let hint = remark.hint.as_ref().map_or_else(String::new, |hint| format!("; {hint}"));
        let text = format!("row {}: {}{hint}", at.number, remark.message);
        match self.rules.iter_mut().find(|(rule, _)| *rule == remark.rule.id) {
            Some((_, rows)) => rows.push((at.row, text)),
            None => self.rules.push((remark.rule.id, vec![(at.row, text)])),
        }
    }

    /// The failures of rows in a range of positions, the most frequent first, each with the first
    /// few texts.
    pub(super) fn within(&self, (from, to): (usize, usize), examples: usize) -> Vec<Failure> {
        let mut failures: Vec<Failure> = self
            .rules
            .iter()
            .filter_map(|(rule, rows)| {
                let inside = || rows.iter().filter(|(row, _)| (from..to).contains(row));
                let count = inside().count();
                (count > 0).then(|| Failure {
                    rule,
                    rows: count,
                    examples: inside().take(examples).map(|(_, text)| text.clone()).collect(),
                })
            })
            .collect();
        failures.sort_by(|a, b| b.rows.cmp(&a.rows).then_with(|| a.rule.cmp(b.rule)));
        failures
    }
}
