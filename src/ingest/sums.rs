//! Adds up the rows that a measure of a TEMPO file takes, one value an area.

use std::collections::{BTreeMap, BTreeSet};

use super::cuts::{Constants, Selected, are_distinct, are_settled, choices, select};
use super::grid::Content;
use super::keys::{Recognised, Subject};
use super::labels::trim;
use super::matrix::Matrix;
use super::numbers::{self, Decision, Evidence};
use super::series::say_zero;
use super::source::Progress;
use super::states::{CellReader, CellValue, marker};
use crate::message;
use crate::observation::{Cell, Missing};
use crate::quality::{Message, Place, message};
use crate::register::RowClass;
use crate::study::NumberFormat;
use crate::study::source::Absent;

/// What became of the rows of a file.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) used: BTreeSet<u32>,
    pub(super) dropped: BTreeMap<u32, RowClass>,
    pub(super) remarked: BTreeSet<u32>,
}

pub(super) fn read_measure(
    progress: &mut Progress<'_, '_>,
    matrix: &Matrix<'_, '_>,
    (measure, selection): (usize, &[(usize, &[String])]),
    constants: &mut Constants,
    rows: &mut Rows,
) {
    let Some(choices) = choices(progress, matrix, (measure, selection), constants) else { return };
    let (selected, combinations) = select(matrix, &choices);
    let chosen: Vec<usize> = choices.iter().map(|&(at, _)| at).collect();
    if !are_settled(progress, matrix, (measure, &chosen), &selected, constants)
        || !are_distinct(progress, matrix, measure, &selected)
    {
        progress.fail(measure);
        return;
    }
    let Some(format) = format(progress, matrix, measure, &selected) else {
        progress.fail(measure);
        return;
    };
    let mut partial = Vec::new();
    for group in selected.chunk_by(|a, b| a.0 == b.0) {
        let (recognised, _) = &matrix.places[group[0].0 as usize];
        remark(progress, matrix, group, rows);
        let mut reader = CellReader::new(format, &progress.source.missing);
        let parts = Parts { group, combinations, recognised };
        if let Some(place) = read_group(progress, matrix, (measure, &parts), &mut reader) {
            partial.push(place);
        }
        for &(_, _, row) in group {
            let number = matrix.number(row);
            match &recognised.subject {
                Subject::Area(_) => {
                    rows.used.insert(number);
                }
                Subject::Total(class, _) | Subject::Part(class, _) | Subject::Other(class) => {
                    rows.dropped.insert(number, *class);
                }
                Subject::Refused => {}
            }
        }
    }
    tell_partial(progress, measure, partial);
}

/// Tells the remarks on a combination of territorial labels, once a file.
fn remark(
    progress: &mut Progress<'_, '_>,
    matrix: &Matrix<'_, '_>,
    group: &[Selected],
    rows: &mut Rows,
) {
    if rows.remarked.insert(group[0].0) {
        let (recognised, _) = &matrix.places[group[0].0 as usize];
        progress.remark(&recognised.remarks, |_| matrix.place(group[0].2, matrix.own_column()));
    }
}

/// The rows of one area, and how many combinations there should be.
struct Parts<'g> {
    group: &'g [Selected],
    combinations: u32,
    recognised: &'g Recognised,
}

/// Reads and sums the rows of one area; answers its place when some of the rows are absent.
fn read_group(
    progress: &mut Progress<'_, '_>,
    matrix: &Matrix<'_, '_>,
    (measure, parts): (usize, &Parts<'_>),
    reader: &mut CellReader<'_>,
) -> Option<Place> {
    let is_complete = parts.group.len() == parts.combinations as usize;
    let value = matrix.cube.value;
    match &parts.recognised.subject {
        Subject::Area(area) => {
            let first = parts.group[0].2;
            let mut cells = Vec::with_capacity(parts.group.len());
            let mut origins = Vec::with_capacity(parts.group.len());
            for &(_, _, row) in parts.group {
                let said = reader.read(matrix.content(row));
                let draft = &mut progress.drafts[measure];
                cells.push(draft.take(said, || matrix.place(row, value)));
                origins.push(matrix.current.origin(matrix.number(row), value));
            }
            let zero = progress.drafts[measure].measure.absent == Absent::Zero;
            let cell = if is_complete || zero {
                sum(&cells)
            } else {
                // Some rows are there, so that the measure does apply.
                Cell::Missing(Missing::NotAvailable)
            };
            progress.see((measure, *area), || matrix.place(first, value));
            progress.drafts[measure].put(*area, cell, origins);
            (!is_complete).then(|| matrix.place(first, value))
        }
        subject @ (Subject::Total(..) | Subject::Part(..)) if is_complete => {
            let mut total = 0.0;
            for &(_, _, row) in parts.group {
                let CellValue::Number(number) = reader.read(matrix.content(row)) else {
                    return None;
                };
                total += number;
            }
            progress.print(measure, subject, total, matrix.place(parts.group[0].2, value));
            None
        }
        Subject::Total(..) | Subject::Part(..) | Subject::Other(_) | Subject::Refused => None,
    }
}

/// The sum of cells; a missing one makes the sum missing, confidential before all.
fn sum(cells: &[Cell]) -> Cell {
    let mut total = 0.0;
    let mut missing: Option<Missing> = None;
    for cell in cells {
        match cell {
            Cell::Number(value) => total += value,
            Cell::Missing(Missing::Confidential) => missing = Some(Missing::Confidential),
            Cell::Missing(other) => missing = missing.or(Some(*other)),
            Cell::Text(_) => missing = missing.or(Some(Missing::NotAvailable)),
        }
    }
    missing.map_or(Cell::Number(total), Cell::Missing)
}

fn tell_partial(progress: &mut Progress<'_, '_>, measure: usize, places: Vec<Place>) {
    if places.is_empty() {
        return;
    }
    let draft = &progress.drafts[measure];
    let id = &draft.measure.id;
    let areas = Message::counted(places.len(), ["area", "areas"], ["arie", "arii"]);
    let (rule, message, hint) = match draft.measure.absent {
        Absent::Zero => (
            &message::ingest::ABSENT_AS_ZERO,
            message!(
                "`{id}`: {areas} lack some of the rows that are summed; those count as zero",
                "`{id}`: {areas} fără unele dintre rândurile care se adună; acestea contează ca zero";
                areas = areas,
            ),
            None,
        ),
        Absent::NotAvailable | Absent::NotApplicable => (
            &message::ingest::PARTS_ABSENT,
            message!(
                "`{id}`: {areas} lack some of the rows that are summed and have no value",
                "`{id}`: {areas} fără unele dintre rândurile care se adună, deci fără valoare";
                areas = areas,
            ),
            Some(say_zero()),
        ),
    };
    let finding = progress.ledger.tell(rule, message);
    finding.places = places;
    finding.hint = hint;
}

/// The number format: declared, decided by the values, else INS's decimal point.
fn format(
    progress: &mut Progress<'_, '_>,
    matrix: &Matrix<'_, '_>,
    measure: usize,
    selected: &[Selected],
) -> Option<NumberFormat> {
    let draft = &progress.drafts[measure];
    if let Some(format) = draft.measure.numbers.or(progress.source.numbers) {
        return Some(format);
    }
    let mut evidence = Evidence::default();
    for &(_, _, row) in selected {
        if let Content::Text(text) = matrix.content(row)
            && marker(trim(text), &progress.source.missing).is_none()
        {
            evidence.see(text);
        }
    }
    // INS writes no thousands, so that `1.234` can only be a decimal.
    if let Decision::Ambiguous { mark: '.', .. } = evidence.decide() {
        evidence.assume_decimal('.');
    }
    let id = draft.measure.id.clone();
    let place = matrix.current.opened.place().at_column(matrix.cube.value);
    let (message, hint) = match evidence.decide() {
        Decision::Format { format, plain } => {
            if !plain {
                let message = numbers::describe(format).about(&id);
                progress.ledger.tell_at(&message::ingest::NUMBER_FORMAT, message, place);
            }
            return Some(format);
        }
        Decision::Ambiguous { example, .. } => (
            message!(
                "`{example}` can be read in two ways",
                "`{example}` se poate citi în două feluri",
                example = trim(&example),
            ),
            message!(
                "say which, as in `numbers = {{ decimal = \",\" }}`",
                "spuneți care, de exemplu `numbers = {{ decimal = \",\" }}`",
            ),
        ),
        Decision::Conflict(first, second) => numbers::conflict(&first, &second),
    };
    let finding =
        progress.ledger.tell_at(&message::ingest::AMBIGUOUS_NUMBERS, message.about(&id), place);
    finding.hint = Some(hint);
    None
}
