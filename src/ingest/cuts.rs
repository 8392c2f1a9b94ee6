//! Which rows of a TEMPO file a measure takes.

use std::collections::{BTreeMap, BTreeSet};

use super::choice::{Choice, choose, unknown};
use super::labels::{fold, list};
use super::matrix::Matrix;
use super::source::Progress;
use crate::message;
use crate::quality::{Message, Place, message};

/// What must agree between the files of a source: the label of a dimension that is constant in each,
/// and the labels that the study asks for and that one of the files must have.
#[derive(Debug, Default)]
pub(super) struct Constants {
    /// Measure and dimension -> the label, as compared and as written, and where it was seen first.
    labels: BTreeMap<(usize, String), (String, String, Place)>,
    /// Measure, dimension and wanted label -> the labels there are, until some file has it.
    unknown: BTreeMap<(usize, String, String), (Vec<String>, Place)>,
    known: BTreeSet<(usize, String, String)>,
}

/// The labels of a measure's selected dimensions; `None` when they cannot be chosen, which is told, or
/// when this file has none of them.
pub(super) fn choices(
    progress: &mut Progress<'_, '_>,
    matrix: &Matrix<'_, '_>,
    (measure, selection): (usize, &[(usize, &[String])]),
    constants: &mut Constants,
) -> Option<Vec<(usize, Choice)>> {
    let place = matrix.current.opened.place();
    let id = progress.drafts[measure].measure.id.clone();
    let sums = progress.drafts[measure].measure.nature.sums();
    let mut chosen = Vec::new();
    for &(at, wanted) in selection {
        let dimension = &matrix.cube.dimensions[at];
        let choice = match choose(dimension, wanted) {
            Ok(choice) => choice,
            Err(refusal) => {
                let message = refusal.message.about(&id);
                let place = place.clone().at_column(dimension.column);
                progress.ledger.tell_at(&message::ingest::LABELS_OVERLAP, message, place).hint =
                    Some(refusal.hint);
                progress.fail(measure);
                return None;
            }
        };
        if choice.labels.len() > 1 && !sums {
            let message = message!(
                "`{id}`: {labels} of `{dimension}` cannot be added up, because only counts and \
                 amounts can",
                "`{id}`: {labels} din `{dimension}` nu se pot aduna, pentru că doar numărările și \
                 sumele de bani se adună",
                dimension = &dimension.name;
                labels = labels(choice.labels.len()),
            );
            progress
                .ledger
                .tell_at(&message::ingest::LABELS_OVERLAP, message, place.clone())
                .hint = Some(message!("select one label", "alegeți o singură etichetă"));
            progress.fail(measure);
            return None;
        }
        for text in wanted {
            let key = (measure, dimension.name.clone(), text.clone());
            if choice.unknown.contains(text) {
                let seen = (dimension.labels.clone(), place.clone().at_column(dimension.column));
                constants.unknown.entry(key).or_insert(seen);
            } else {
                constants.known.insert(key);
            }
        }
        for (range, tiles) in &choice.tiled {
            let names = tiles.iter().map(|&label| dimension.labels[label].as_str());
            let message = message!(
                "`{id}`: `{range}` is the sum of {labels}: {names}",
                "`{id}`: `{range}` este suma a {labels}: {names}";
                labels = labels(tiles.len()),
                names = list(names, 6),
            );
            progress.ledger.tell_at(&message::ingest::AGES_TILED, message, place.clone());
        }
        chosen.push((at, choice));
    }
    chosen.iter().all(|(_, choice)| !choice.labels.is_empty()).then_some(chosen)
}

fn labels(count: usize) -> Message {
    Message::counted(count, ["label", "labels"], ["etichetă", "etichete"])
}

/// A selected row: where it is about, which combination of labels it holds, and its position.
pub(super) type Selected = (u32, u32, usize);

pub(super) fn select(matrix: &Matrix<'_, '_>, choices: &[(usize, Choice)]) -> (Vec<Selected>, u32) {
    // For each chosen dimension: the step of every label in the numbering of combinations.
    let mut combinations = 1_u32;
    let mut steps: Vec<(usize, Vec<Option<u32>>)> = Vec::new();
    for (at, choice) in choices {
        let mut step = vec![None; matrix.cube.dimensions[*at].labels.len()];
        for (number, &label) in (0_u32..).zip(&choice.labels) {
            step[label] = Some(number.saturating_mul(combinations));
        }
        let wanted = choice.labels.len() + choice.unknown.len();
        combinations = combinations.saturating_mul(u32::try_from(wanted).unwrap_or(u32::MAX));
        steps.push((*at, step));
    }
    let mut selected: Vec<Selected> = Vec::new();
    for row in 0..matrix.cube.rows.len() {
        let combination = steps.iter().try_fold(0_u32, |sum, (at, step)| {
            let label = matrix.cube.dimensions[*at].of_row[row];
            step[label as usize].map(|step| sum.saturating_add(step))
        });
        if let Some(combination) = combination {
            selected.push((matrix.place_of_row[row], combination, row));
        }
    }
    selected.sort_unstable();
    (selected, combinations)
}

/// Whether every dimension that is neither selected nor territorial has one label, the same in all
/// files.
pub(super) fn are_settled(
    progress: &mut Progress<'_, '_>,
    matrix: &Matrix<'_, '_>,
    (measure, chosen): (usize, &[usize]),
    selected: &[Selected],
    constants: &mut Constants,
) -> bool {
    let id = progress.drafts[measure].measure.id.clone();
    let mut settled = true;
    for (at, dimension) in matrix.cube.dimensions.iter().enumerate() {
        let territorial = at == matrix.territory.own || Some(at) == matrix.territory.county;
        if territorial || chosen.contains(&at) {
            continue;
        }
        let present: BTreeSet<u32> =
            selected.iter().map(|&(_, _, row)| dimension.of_row[row]).collect();
        let labels: Vec<&str> =
            present.iter().map(|&label| dimension.labels[label as usize].as_str()).collect();
        let place = matrix.current.opened.place().at_column(dimension.column);
        let [label] = labels.as_slice() else {
            if !labels.is_empty() {
                let name = &dimension.name;
                let message = message!(
                    "`{id}`: `where` does not say which of {count} of `{name}` it means",
                    "`{id}`: `where` nu spune care din {count} ale dimensiunii `{name}`";
                    count = self::labels(labels.len()),
                );
                progress.ledger.tell_at(&message::ingest::DIMENSION_OPEN, message, place).hint =
                    Some(message!(
                        "add `\"{name}\" = …` with one of {labels}",
                        "adăugați `\"{name}\" = …` cu una dintre {labels}";
                        labels = list(labels, 30),
                    ));
                settled = false;
            }
            continue;
        };
        let key = (measure, fold(&dimension.name));
        let (known, written, first) = constants
            .labels
            .entry(key)
            .or_insert_with(|| (fold(label), (*label).to_owned(), place.clone()));
        if *known != fold(label) {
            let name = &dimension.name;
            let message = message!(
                "`{id}`: `{name}` is `{written}` in one file and `{label}` in another",
                "`{id}`: `{name}` este `{written}` într-un fișier și `{label}` în altul",
            );
            let finding = progress.ledger.tell_at(&message::ingest::DIMENSION_OPEN, message, place);
            if finding.places.len() == 1 {
                finding.places.insert(0, first.clone());
            }
            finding.hint = Some(message!(
                "say in `where` which `{name}` it means",
                "spuneți în `where` care `{name}` se ia",
            ));
            settled = false;
        }
    }
    settled
}

/// Whether no combination of labels stands in two rows.
pub(super) fn are_distinct(
    progress: &mut Progress<'_, '_>,
    matrix: &Matrix<'_, '_>,
    measure: usize,
    selected: &[Selected],
) -> bool {
    let repeated: Vec<Place> = selected
        .chunk_by(|a, b| (a.0, a.1) == (b.0, b.1))
        .filter(|same| same.len() > 1)
        .flat_map(|same| same.iter().map(|&(_, _, row)| matrix.place(row, matrix.own_column())))
        .collect();
    if repeated.is_empty() {
        return true;
    }
    let message = message!(
        "{rows} hold a combination of labels that another row holds too",
        "{rows} o combinație de etichete care este și pe alt rând";
        rows = Message::counted(repeated.len(), ["row", "rows"], ["rând are", "rânduri au"]),
    );
    let message = message.about(&progress.drafts[measure].measure.id);
    let finding = progress.ledger.tell(&message::ingest::DUPLICATE_ROW, message);
    finding.places = repeated;
    finding.hint = Some(message!(
        "export the matrix again; a combination has one value",
        "exportați din nou matricea; o combinație are o singură valoare",
    ));
    false
}

/// Tells the labels that no file of the source has.
pub(super) fn tell_unknown(progress: &mut Progress<'_, '_>, constants: Constants) {
    for (key, (labels, place)) in constants.unknown {
        if constants.known.contains(&key) {
            continue;
        }
        let (measure, name, wanted) = key;
        let refusal = unknown(&name, &wanted, &labels);
        let message = refusal.message.about(&progress.drafts[measure].measure.id);
        let finding = progress.ledger.tell_at(&message::ingest::LABEL_MISSING, message, place);
        finding.hint = Some(refusal.hint);
        progress.fail(measure);
    }
}
