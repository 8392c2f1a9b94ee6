//! What there is to say about the way a row was recognised.

use super::{OpenFile, RefusedLabel};
use crate::ingest::findings::StationFindings;
use crate::ingest::sheet::{Damage, damage};
use crate::message::ingest::rows as message;
use crate::quality::{Finding, Place};
use crate::register::{How, UNIT};

/// Which cell of the row a remark is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// The code, or code and name together.
    Code,
    /// The name, or the label of the area.
    Name,
}

/// How a row was recognised, or why it was not.
#[derive(Clone, Debug)]
pub(crate) struct Remark {
    /// As a finding without places.
    pub(crate) finding: Finding,
    /// The cell it is about.
    pub(crate) at: At,
    /// The label that is not recognised, where that is what it says.
    pub(crate) refused: Option<Refused>,
}

/// A name or label that the register does not recognise, and what it may mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    /// As written, without spaces around it.
    pub(crate) label: String,
    /// The county beside it.
    pub(crate) county: Option<String>,
    /// Positions of the units, or of the areas of the source's level, that it may mean.
    pub(crate) candidates: Vec<usize>,
}

impl Remark {
    /// A remark about a cell.
    pub(super) fn new(finding: Finding, at: At) -> Self {
        Self { finding, at, refused: None }
    }

    /// The remark that a label is not recognised.
    pub(super) fn refusing(finding: Finding, refused: Refused) -> Self {
        Self { finding, at: At::Name, refused: Some(refused) }
    }
}

/// The finding about the way a text was recognised as `known`; none where it is exact.
pub(super) fn on_match(how: &How, text: &str, known: &str) -> Option<Finding> {
    match how {
        How::Exact => None,
        How::Folded => Some(message::fallback_match()),
        How::Near => Some(message::near_match(text, known)),
        How::Alias(reason) => Some(message::alias_used(text, known, reason)),
    }
}

/// The remark on a name that was decoded wrongly or damaged before.
pub(super) fn on_damage(text: &str) -> Option<Remark> {
    let finding = match damage(text)? {
        Damage::WrongLetters => message::wrong_letters(),
        Damage::Lost => message::lost_letters(),
    };
    Some(Remark::new(finding, At::Name))
}

/// The remarks on a row as findings, with the labels that the register does not recognise; `place`
/// makes the place of the cell that a remark is about.
pub(in crate::ingest) fn report(
    file: &OpenFile<'_>,
    remarks: &[Remark],
    place: impl Fn(At) -> Place,
) -> (StationFindings, Vec<RefusedLabel>) {
    let mut findings = StationFindings::default();
    let mut labels = Vec::new();
    for remark in remarks {
        let place = place(remark.at);
        findings.merge(remark.finding.clone().at(place.clone()));
        labels.extend(remark.refused.as_ref().map(|refused| label(file, refused, place)));
    }
    (findings, labels)
}

fn label(file: &OpenFile<'_>, refused: &Refused, place: Place) -> RefusedLabel {
    let (register, level) = (file.recogniser.matcher.register(), file.recogniser.level);
    let names = match register.level(level) {
        _ if level == UNIT => register.codes(),
        Some(level) => level.areas.as_slice(),
        None => &[],
    };
    RefusedLabel {
        source: file.source.id.clone(),
        level: level.to_owned(),
        label: refused.label.clone(),
        county: refused.county.clone(),
        candidates: refused.candidates.iter().filter_map(|&at| names.get(at).cloned()).collect(),
        place,
    }
}
