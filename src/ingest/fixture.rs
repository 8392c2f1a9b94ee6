//! Sources, files and the bundled register for the tests of the room.

use std::borrow::Cow;

use super::{Inputs, Reading, read};
use crate::observation::{Cell, Counts, Missing, Nature, Series};
use crate::quality::{Finding, Rule};
use crate::register::{Bundled, Matcher, bundled};
use crate::study::source::Absent;
use crate::study::{Key, Measure, Selection, Source};

/// A study's source with the defaults of the study file.
pub(super) fn source(file: &str, key: impl Into<Option<Key>>, measures: Vec<Measure>) -> Source {
    Source { key: key.into(), measures, ..Source::new("s", file) }
}

/// A key by code.
pub(super) fn by_code(code: &str) -> Key {
    Key::Code { code: code.to_owned(), name: None, county: None, period: None }
}

/// A measure that reads a column.
pub(super) fn column(id: &str, column: &str, nature: Nature) -> Measure {
    measure(id, Selection::Column(column.to_owned()), nature)
}

/// A measure that selects labels.
pub(super) fn labels(id: &str, wanted: &[(&str, &[&str])], nature: Nature) -> Measure {
    let labels = wanted
        .iter()
        .map(|(name, labels)| {
            ((*name).to_owned(), labels.iter().map(|label| (*label).to_owned()).collect())
        })
        .collect();
    measure(id, Selection::Where(labels), nature)
}

fn measure(id: &str, selection: Selection, nature: Nature) -> Measure {
    Measure {
        id: id.to_owned(),
        nature,
        counts: (nature == Nature::Count).then_some(Counts::Persons),
        noun: None,
        selection,
        absent: Absent::NotAvailable,
        numbers: None,
        unit: None,
    }
}

/// What reading gave, with the register it was read against.
pub(super) struct Outcome {
    pub(super) reading: Reading,
    pub(super) findings: Vec<Finding>,
    register: Bundled,
}

/// Reads sources from files given as text.
pub(super) fn outcome(sources: &[Source], files: &[(&str, &[u8])]) -> Outcome {
    let register = bundled("ro-uat-2025").unwrap();
    let held = files
        .iter()
        .map(|(path, bytes)| ((*path).to_owned(), Cow::Owned(bytes.to_vec())))
        .collect();
    let (reading, findings) = {
        let matcher = Matcher::new(&register.register, &register.gazetteer, &register.aliases);
        read(sources, &Inputs::Held(held), &matcher)
    };
    Outcome { reading, findings: findings.iter().cloned().collect(), register }
}

impl Outcome {
    /// The series `s.<measure>`.
    #[track_caller]
    pub(super) fn series(&self, measure: &str) -> &Series {
        let series = self.reading.observations.series(&format!("s.{measure}"));
        series.unwrap_or_else(|| panic!("no series; findings: {:#?}", self.findings))
    }

    /// The cell of an area: a unit's code, or a name of the series' level.
    #[track_caller]
    pub(super) fn cell(&self, measure: &str, area: &str) -> &Cell {
        let series = self.series(measure);
        let level = self.register.register.level(&series.level).unwrap();
        &series.cells[level.position(area).expect("the area is in the register")]
    }

    /// Asserts the number of an area.
    #[track_caller]
    pub(super) fn is(&self, measure: &str, area: &str, expected: f64) {
        assert_eq!(*self.cell(measure, area), Cell::Number(expected), "{measure} of {area}");
    }

    /// Asserts the missing state of an area.
    #[track_caller]
    pub(super) fn lacks(&self, measure: &str, area: &str, expected: Missing) {
        assert_eq!(*self.cell(measure, area), Cell::Missing(expected), "{measure} of {area}");
    }

    /// The findings of a rule.
    pub(super) fn found(&self, rule: &Rule) -> Vec<&Finding> {
        self.findings.iter().filter(|finding| finding.rule == rule.id).collect()
    }

    /// The only finding of a rule.
    #[track_caller]
    pub(super) fn one(&self, rule: &Rule) -> &Finding {
        let found = self.found(rule);
        assert_eq!(found.len(), 1, "{}: {:#?}", rule.id, self.findings);
        found[0]
    }
}
