//! Keys of a source that changed nothing in its files: a mark that stands nowhere, an encoding of a
//! workbook, brackets around no number.

use std::collections::BTreeSet;

use super::findings::StationFindings;
use crate::message::ingest::effects as message;
use crate::observation::InputFile;
use crate::quality::Finding;
use crate::study::{Measure, Source};

/// What cells of measures made use of.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Uses {
    /// Marks that stand in them.
    pub(super) marks: BTreeSet<String>,
    /// Whether a number stands in brackets.
    pub(super) brackets: bool,
    /// Whether a number is written as a text.
    pub(super) texts: bool,
}

impl Uses {
    /// Adds what other cells made use of.
    pub(super) fn extend(&mut self, other: Self) {
        self.marks.extend(other.marks);
        self.brackets |= other.brackets;
        self.texts |= other.texts;
    }
}

/// The keys of a source without effect; by measure what its cells made use of, the files, and what was
/// found in them.
pub(super) fn without(
    source: &Source,
    uses: &[Uses],
    files: &[InputFile],
    findings: &StationFindings,
) -> Vec<Finding> {
    let mut found = Vec::new();
    let seen = |mark: &String| uses.iter().any(|uses| uses.marks.contains(mark));
    let unseen: Vec<&str> =
        source.missing.keys().filter(|mark| !seen(mark)).map(|mark| shown(mark)).collect();
    if !unseen.is_empty() {
        found.push(message::unseen_marks(&unseen));
    }
    if source.brackets.is_some() && !uses.iter().any(|uses| uses.brackets) {
        found.push(message::no_brackets());
    }
    found.extend(numbers(source, uses));
    let is_text = |file: &InputFile| file.encoding.is_some();
    let keys = [
        ("encoding", source.encoding.is_some() && !files.iter().any(is_text)),
        ("delimiter", source.delimiter.is_some() && !files.iter().any(is_text)),
    ];
    let of_text = keys.iter().filter(|(_, is_idle)| *is_idle);
    found.extend(of_text.map(|(key, _)| message::no_text_file(key)));
    if source.sheet.is_some() && files.iter().all(is_text) {
        found.push(message::no_workbook());
    }
    if !source.outside.is_empty() && !findings.iter().any(message::is_outside) {
        found.push(message::nobody_outside(&source.outside));
    }
    found
}

/// A mark as a study writes it where nothing would be seen.
fn shown(mark: &str) -> &str {
    if mark.is_empty() { "\"\"" } else { mark }
}

/// Declared formats of measures whose numbers are all stored as numbers, which have no format.
fn numbers(source: &Source, uses: &[Uses]) -> Option<Finding> {
    let declared = |of: &Measure| of.numbers.or(source.numbers).is_some();
    let measures = source.measures.iter().zip(uses);
    let mut declaring = measures.filter(|(measure, _)| declared(measure)).peekable();
    let is_idle = declaring.peek().is_some() && declaring.all(|(_, uses)| !uses.texts);
    is_idle.then(message::no_written_number)
}
