//! Collects the findings of a source, so that the same thing seen in many places is one finding.

use std::collections::{BTreeMap, BTreeSet};

use crate::quality::{Finding, Findings, Severity};

/// What a station found, in the order in which it was first seen; the subject is not known yet.
#[derive(Debug, Default)]
pub(super) struct StationFindings {
    list: Vec<Finding>,
    /// Positions of the findings that grow by what is merged into them, by rule and message.
    merged: BTreeMap<(&'static str, String), usize>,
}

impl StationFindings {
    /// Whether something was refused.
    pub(super) fn has_errors(&self) -> bool {
        self.list.iter().any(|finding| finding.severity == Severity::Error)
    }

    /// What was found.
    pub(super) fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter()
    }

    /// Adds a finding of its own.
    pub(super) fn push(&mut self, finding: Finding) {
        self.list.push(finding);
    }

    /// Adds a finding, or its places to the one that says the same. Each place keeps its unit.
    pub(super) fn merge(&mut self, mut finding: Finding) {
        let key = (finding.rule, finding.message.en.clone());
        for place in finding.places.iter_mut().filter(|place| place.unit.is_none()) {
            place.unit.clone_from(&finding.unit);
        }
        if let Some(&at) = self.merged.get(&key) {
            let known = &mut self.list[at];
            known.places.extend(finding.places);
            known.hint = finding.hint;
            known.unit = known.unit.take().filter(|unit| finding.unit.as_ref() == Some(unit));
        } else {
            self.merged.insert(key, self.list.len());
            self.list.push(finding);
        }
    }

    /// Adds what a later station, or the same one with another file, found.
    pub(super) fn extend(&mut self, later: Self) {
        let merged: BTreeSet<usize> = later.merged.into_values().collect();
        for (at, finding) in later.list.into_iter().enumerate() {
            if merged.contains(&at) {
                self.merge(finding);
            } else {
                self.push(finding);
            }
        }
    }

    /// The findings about `subject`: the id of the source, or what else the files are for.
    pub(super) fn about(self, subject: &str) -> Findings {
        let mut findings = Findings::default();
        for finding in self.list {
            findings.push(Finding { subject: subject.to_owned(), ..finding });
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::message::ingest::sheet;
    use crate::quality::Place;

    #[test]
    fn the_same_thing_in_two_places_is_one_finding() {
        let cell = |file: &str| sheet::duplicate_cell(Place::file(file));
        let mut findings = StationFindings::default();
        findings.merge(cell("a.xlsx"));
        findings.push(sheet::damaged_text("windows-1250", Place::file("b.csv")));
        let mut later = StationFindings::default();
        later.merge(cell("c.xlsx"));
        later.push(sheet::damaged_text("windows-1250", Place::file("d.csv")));
        findings.extend(later);
        let findings = findings.about("vmg");
        let places: Vec<usize> = findings.iter().map(|finding| finding.places.len()).collect();
        assert_eq!(places, [2, 1, 1]);
        assert!(findings.iter().all(|finding| finding.subject == "vmg"));
    }
}
