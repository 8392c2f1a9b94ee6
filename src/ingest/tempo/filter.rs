//! Which rows of a TEMPO file a measure takes.

use std::collections::{BTreeMap, BTreeSet};

use super::labels::{Choice, choose, unknown};
use super::{Matrix, Wanted};
use crate::ingest::findings::StationFindings;
use crate::ingest::labels::fold;
use crate::message::ingest::tempo as message;
use crate::quality::{Finding, Place};
use crate::study::Measure;

/// What must agree between the files of a source: the label of a dimension that is constant in each,
/// and the labels that the study selects and that one of the files must have.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Agreement {
    /// By measure and dimension.
    constants: BTreeMap<(usize, String), Constant>,
    /// Labels that no file had so far: the labels there are, and where.
    unknown: BTreeMap<WantedLabel, (Vec<String>, Place)>,
    known: BTreeSet<WantedLabel>,
}

/// A label that is the only one of its dimension.
#[derive(Debug)]
struct Constant {
    folded: String,
    written: String,
    /// Where it was seen first.
    place: Place,
}

/// A label that the study selects of a dimension.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct WantedLabel {
    measure: usize,
    dimension: String,
    label: String,
}

impl Agreement {
    /// The labels that no file of the source has: position of the measure that needs each, and the
    /// finding that says so.
    pub(in crate::ingest) fn unknown_labels(self, measures: &[Measure]) -> Vec<(usize, Finding)> {
        let Self { unknown: labels, known, .. } = self;
        let missing = labels.into_iter().filter(|(wanted, _)| !known.contains(wanted));
        missing
            .map(|(WantedLabel { measure, dimension, label }, (labels, place))| {
                let refusal = unknown(&dimension, &label, &labels);
                let id = &measures[measure].id;
                (measure, message::label_missing(id, refusal, place))
            })
            .collect()
    }
}

/// The labels of a dimension that a measure takes.
pub(super) struct Chosen {
    /// Position of the dimension.
    pub(super) dimension: usize,
    pub(super) choice: Choice,
}

/// The labels of a measure's selected dimensions; `None` when they cannot be chosen, which a finding
/// says.
pub(super) fn choices(
    matrix: &Matrix<'_>,
    wanted: &Wanted<'_>,
    agreement: &mut Agreement,
) -> (Option<Vec<Chosen>>, StationFindings) {
    let mut findings = StationFindings::default();
    let place = matrix.file.sheet.place();
    let id = wanted.measure.id.as_str();
    let mut chosen = Vec::new();
    for selected in &wanted.selection {
        let dimension = &matrix.cube.dimensions[selected.dimension];
        let at = || place.clone().at_column(dimension.column);
        let choice = match choose(dimension, selected.labels) {
            Ok(choice) => choice,
            Err(refusal) => {
                findings.merge(message::labels_overlap(id, refusal, at()));
                return (None, findings);
            }
        };
        let is_added = !matrix.territory.holds(selected.dimension);
        if is_added && choice.labels.len() > 1 && !wanted.measure.nature.sums() {
            let (count, name) = (choice.labels.len(), &dimension.name);
            findings.merge(message::labels_of_a_rate(id, count, name, place));
            return (None, findings);
        }
        for label in selected.labels {
            let wanted = WantedLabel {
                measure: wanted.position,
                dimension: dimension.name.clone(),
                label: label.clone(),
            };
            if choice.unknown.contains(label) {
                let seen = (dimension.labels.clone(), at());
                agreement.unknown.entry(wanted).or_insert(seen);
            } else {
                agreement.known.insert(wanted);
            }
        }
        for (range, tiles) in &choice.tiled {
            let names: Vec<&str> =
                tiles.iter().map(|&label| dimension.labels[label].as_str()).collect();
            findings.merge(message::ages_tiled(id, range, &names, place.clone()));
        }
        chosen.push(Chosen { dimension: selected.dimension, choice });
    }
    (Some(chosen), findings)
}

/// A row that a measure takes; in the order of places, then of combinations of labels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Selected {
    /// Position of its combination of territorial labels.
    pub(super) place: u32,
    /// Number of its combination of selected labels.
    pub(super) combination: u32,
    /// Position of the row in the cube.
    pub(super) row: usize,
}

/// The rows that hold chosen labels only, and how many combinations of those an area should have.
pub(super) fn select(matrix: &Matrix<'_>, chosen: &[Chosen]) -> (Vec<Selected>, u32) {
    // For each chosen dimension: the step of every label in the numbering of combinations.
    let mut combinations = 1_u32;
    let mut steps: Vec<(usize, Vec<Option<u32>>)> = Vec::new();
    for Chosen { dimension, choice } in chosen {
        let mut step = vec![None; matrix.cube.dimensions[*dimension].labels.len()];
        if matrix.territory.holds(*dimension) {
            // an area stands under one county only: the others are no rows that it lacks
            choice.labels.iter().for_each(|&label| step[label] = Some(0));
            steps.push((*dimension, step));
            continue;
        }
        for (number, &label) in (0_u32..).zip(&choice.labels) {
            step[label] = Some(number.saturating_mul(combinations));
        }
        let wanted = choice.labels.len() + choice.unknown.len();
        combinations = combinations.saturating_mul(u32::try_from(wanted).unwrap_or(u32::MAX));
        steps.push((*dimension, step));
    }
    let mut selected: Vec<Selected> = Vec::new();
    for row in 0..matrix.cube.rows.len() {
        let combination = steps.iter().try_fold(0_u32, |sum, (dimension, step)| {
            let label = matrix.cube.dimensions[*dimension].of_row[row];
            step[label as usize].map(|step| sum.saturating_add(step))
        });
        if let Some(combination) = combination {
            selected.push(Selected { place: matrix.place_of_row[row], combination, row });
        }
    }
    selected.sort_unstable();
    (selected, combinations)
}

/// The dimensions, neither selected nor territorial, that have several labels or another one than in
/// an earlier file.
pub(super) fn unsettled(
    matrix: &Matrix<'_>,
    wanted: &Wanted<'_>,
    selected: &[Selected],
    agreement: &mut Agreement,
) -> Vec<Finding> {
    let id = wanted.measure.id.as_str();
    let mut findings = Vec::new();
    for (at, dimension) in matrix.cube.dimensions.iter().enumerate() {
        let is_selected = wanted.selection.iter().any(|selected| selected.dimension == at);
        if is_selected || matrix.territory.holds(at) {
            continue;
        }
        let present: BTreeSet<u32> =
            selected.iter().map(|selected| dimension.of_row[selected.row]).collect();
        let labels: Vec<&str> =
            present.iter().map(|&label| dimension.labels[label as usize].as_str()).collect();
        let place = matrix.file.sheet.place().at_column(dimension.column);
        match labels.as_slice() {
            [] => {}
            [label] => {
                let key = (wanted.position, fold(&dimension.name));
                let folded = fold(label);
                let known = agreement.constants.entry(key).or_insert_with(|| Constant {
                    folded: folded.clone(),
                    written: (*label).to_owned(),
                    place: place.clone(),
                });
                if known.folded != folded {
                    let labels = [known.written.as_str(), label];
                    let places = [known.place.clone(), place];
                    findings.push(message::files_disagree(id, &dimension.name, labels, places));
                }
            }
            several => findings.push(message::open_dimension(id, &dimension.name, several, place)),
        }
    }
    findings
}

/// The finding that a combination of labels stands in two rows.
pub(super) fn repeated(
    matrix: &Matrix<'_>,
    measure: &Measure,
    selected: &[Selected],
) -> Option<Finding> {
    let places: Vec<Place> = selected
        .chunk_by(|a, b| (a.place, a.combination) == (b.place, b.combination))
        .filter(|same| same.len() > 1)
        .flat_map(|same| same.iter().map(|one| matrix.cell(one.row, matrix.own_column())))
        .collect();
    (!places.is_empty()).then(|| message::duplicate_rows(&measure.id, places))
}
