//! Collects the findings of one source, so that the same thing seen in many places is told once.

use std::collections::BTreeMap;

use crate::quality::{Finding, Findings, Message, Place, Rule};

/// The findings of one source while it is read.
pub(super) struct Ledger<'f> {
    findings: &'f mut Findings,
    source: &'f str,
    told: Vec<Finding>,
    known: BTreeMap<(&'static str, String), usize>,
}

impl<'f> Ledger<'f> {
    /// A ledger of a source; nothing reaches `findings` before [`Ledger::close`].
    pub(super) fn new(findings: &'f mut Findings, source: &'f str) -> Self {
        Self { findings, source, told: Vec::new(), known: BTreeMap::new() }
    }

    /// Tells a finding of its own.
    pub(super) fn tell(&mut self, rule: &Rule, message: Message) -> &mut Finding {
        self.told.push(Finding::new(rule, self.source, message));
        self.told.last_mut().expect("it was pushed above")
    }

    /// Tells a finding, or adds a place to it when the same was told before.
    pub(super) fn tell_at(&mut self, rule: &Rule, message: Message, place: Place) -> &mut Finding {
        let key = (rule.id, message.en.clone());
        let at = if let Some(&at) = self.known.get(&key) {
            at
        } else {
            self.told.push(Finding::new(rule, self.source, message));
            self.known.insert(key, self.told.len() - 1);
            self.told.len() - 1
        };
        self.told[at].places.push(place);
        &mut self.told[at]
    }

    /// Hands everything over, in the order in which it was first told.
    pub(super) fn close(self) {
        for finding in self.told {
            self.findings.push(finding);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message;
    use crate::quality::message;

    #[test]
    fn the_same_thing_in_two_places_is_one_finding() {
        let mut findings = Findings::default();
        let mut ledger = Ledger::new(&mut findings, "vmg");
        let delimiter = || message!("the delimiter is `;`", "separatorul este `;`");
        ledger.tell_at(&message::ingest::DIALECT, delimiter(), Place::file("a.csv"));
        ledger.tell_at(&message::ingest::DIALECT, delimiter(), Place::file("b.csv"));
        ledger.tell(
            &message::ingest::ENCODING,
            message!("read as windows-1250", "citit ca windows-1250"),
        );
        ledger.close();
        let told: Vec<&Finding> = findings.iter().collect();
        assert_eq!(told.len(), 2);
        assert_eq!(told[0].places.len(), 2);
        assert_eq!(told[1].subject, "vmg");
    }
}
