//! Reads the cells of one measure of a table, once the number format of its column is decided.

use super::grid::{Content, GridRow};
use super::keys::Subject;
use super::labels::trim;
use super::numbers::{self, Decision, Evidence};
use super::source::{Current, Progress};
use super::states::{CellReader, CellValue, marker};
use super::table::DataRow;
use crate::message;
use crate::observation::{Cell, Missing, Nature};
use crate::quality::{Finding, Message, Place, column_letters, message};
use crate::study::NumberFormat;
use crate::study::source::Marker;

/// Reads the cells of one measure.
pub(super) fn read_column(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    (measure, column): (usize, u32),
    rows: &[DataRow<'_>],
) {
    if progress.drafts[measure].failed {
        return;
    }
    let place = |row: &GridRow<'_>| current.opened.cell(row.number(), column);
    if !progress.drafts[measure].measure.nature.is_number() {
        for row in rows {
            if let Subject::Area(area) = row.recognised.subject {
                let cell = read_word(progress, measure, row.row.cell(column), || place(&row.row));
                let origin = current.origin(row.row.number(), column);
                progress.drafts[measure].put(area, cell, vec![origin]);
            }
        }
        return;
    }
    let Some(format) = format(progress, current, (measure, column), rows) else {
        progress.fail(measure);
        return;
    };
    let mut reader = CellReader::new(format, &progress.source.missing);
    for row in rows {
        let said = reader.read(row.row.cell(column));
        match &row.recognised.subject {
            Subject::Area(area) => {
                let cell = progress.drafts[measure].take(said, || place(&row.row));
                let origin = current.origin(row.row.number(), column);
                progress.drafts[measure].put(*area, cell, vec![origin]);
            }
            subject @ (Subject::Total(..) | Subject::Part(..)) => {
                if let CellValue::Number(value) = said {
                    progress.print(measure, subject, value, place(&row.row));
                }
            }
            Subject::Other(_) | Subject::Refused => {}
        }
    }
}

fn read_word(
    progress: &mut Progress<'_, '_>,
    measure: usize,
    content: Content<'_>,
    place: impl FnOnce() -> Place,
) -> Cell {
    let text = content.text();
    let text = trim(&text);
    let declared = &progress.source.missing;
    // Only declared marks mean something among words: `c` may well be a class.
    let mark = if declared.contains_key(text) || matches!(text, ":" | "::") {
        marker(text, declared).and_then(Marker::missing)
    } else if text.is_empty() {
        Some(Missing::NotAvailable)
    } else {
        None
    };
    match mark {
        Some(missing) => {
            let said = CellValue::Missing(missing, text.to_owned().into());
            progress.drafts[measure].take(said, place)
        }
        None => Cell::Text(text.to_owned()),
    }
}

/// The number format of a column: declared, or decided from all its texts; `None` when it cannot be
/// decided, which is told.
fn format(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    (measure, column): (usize, u32),
    rows: &[DataRow<'_>],
) -> Option<NumberFormat> {
    let (source, draft) = (progress.source, &progress.drafts[measure]);
    let id = draft.measure.id.clone();
    let rate = draft.measure.nature == Nature::Rate;
    let mut evidence = gather(progress, column, rows);
    let place = current.opened.place().at_column(column);
    tell_percent(progress, (&id, &evidence), (column, rows), place.clone());
    if let Some(format) = progress.drafts[measure].measure.numbers.or(source.numbers) {
        return Some(format);
    }
    let mut witness = Message::same("");
    if let Decision::Ambiguous { mark, .. } = evidence.decide() {
        // The other columns of a table are written by the same hand: where they settle that the
        // decimal mark is another one, this mark can only part thousands. (That theirs is the same
        // mark proves nothing: `3.37` beside `1.234` is the mixture that is to be refused.)
        if let Some((decimal, letters)) = decimal_of_neighbours(progress, current, column, rows)
            && decimal != mark
        {
            evidence.assume_decimal(decimal);
            witness = message!(
                ", as column {letters} uses `{decimal}` for decimals",
                ", pentru că în coloana {letters} zecimalele sunt scrise cu `{decimal}`",
            );
        }
    }
    match evidence.decide() {
        Decision::Format { format, plain } => {
            if !plain {
                let message = numbers::describe(format).and(&witness.en, &witness.ro).about(&id);
                progress.ledger.tell_at(&message::ingest::NUMBER_FORMAT, message, place);
            }
            Some(format)
        }
        Decision::Ambiguous { example, mark } => {
            let finding = ambiguous(progress, &id, (&example, mark), rate);
            finding.places.push(place);
            None
        }
        Decision::Conflict(first, second) => {
            let (message, hint) = numbers::conflict(&first, &second);
            let finding =
                progress.ledger.tell(&message::ingest::AMBIGUOUS_NUMBERS, message.about(&id));
            finding.places.push(place);
            finding.hint = Some(hint);
            None
        }
    }
}

fn gather(progress: &Progress<'_, '_>, column: u32, rows: &[DataRow<'_>]) -> Evidence {
    let mut evidence = Evidence::default();
    for row in rows {
        let counts = matches!(
            row.recognised.subject,
            Subject::Area(_) | Subject::Total(..) | Subject::Part(..)
        );
        if let (true, Content::Text(text)) = (counts, row.row.cell(column))
            && marker(trim(text), &progress.source.missing).is_none()
        {
            evidence.see(text);
        }
    }
    evidence
}

/// The decimal mark that other columns of the table settle without doubt, and the first such column.
fn decimal_of_neighbours(
    progress: &Progress<'_, '_>,
    current: &Current<'_>,
    column: u32,
    rows: &[DataRow<'_>],
) -> Option<(char, String)> {
    let mut settled: Option<(char, String)> = None;
    for other in (1..=current.opened.grid.width()).filter(|&other| other != column) {
        if let Some(mark) = gather(progress, other, rows).decimal() {
            match &settled {
                Some((known, _)) if *known != mark => return None,
                Some(_) => {}
                None => {
                    settled = Some((mark, format!("`{}`", column_letters(other))));
                }
            }
        }
    }
    settled
}

fn ambiguous<'p>(
    progress: &'p mut Progress<'_, '_>,
    id: &str,
    (example, mark): (&str, char),
    rate: bool,
) -> &'p mut Finding {
    let other = if mark == '.' { ',' } else { '.' };
    let example = trim(example);
    let plain: String = example.chars().filter(|&letter| letter != mark).collect();
    let message = message!(
        "`{id}`: `{example}` can be read as {plain} or as {decimals}",
        "`{id}`: `{example}` se poate citi ca {plain} sau ca {zecimale}",
        zecimale = example.replace(mark, ","),
        decimals = example.replace(mark, "."),
    );
    let thousands = format!("`numbers = {{ decimal = \"{other}\", thousands = \"{mark}\" }}`");
    let decimal = format!("`numbers = {{ decimal = \"{mark}\" }}`");
    let (first, second) = if rate { (decimal, thousands) } else { (thousands, decimal) };
    let finding = progress.ledger.tell(&message::ingest::AMBIGUOUS_NUMBERS, message);
    finding.hint =
        Some(message!("say which: {first} or {second}", "spuneți care: {first} sau {second}"));
    finding
}

fn tell_percent(
    progress: &mut Progress<'_, '_>,
    (id, evidence): (&str, &Evidence),
    (column, rows): (u32, &[DataRow<'_>]),
    place: Place,
) {
    let areas = rows.iter().filter(|row| matches!(row.recognised.subject, Subject::Area(_)));
    let numbers = areas.filter(|row| matches!(row.row.cell(column), Content::Number(_)));
    let (shown, plain): (Vec<_>, Vec<_>) = numbers.partition(|row| row.row.is_percent(column));
    if !shown.is_empty() {
        let mixed = if plain.is_empty() {
            Message::same("")
        } else {
            message!(", others are not", ", altele nu")
        };
        let message = message!(
            "`{id}`: {cells} shown in per cent but stored as fractions{mixed}; read as stored",
            "`{id}`: {cells} în procente, cu numere păstrate ca fracții{mixed}; se citesc cum sunt \
             păstrate";
            cells = Message::counted(
                shown.len(),
                ["cell", "cells"],
                ["celulă afișată", "celule afișate"],
            ),
            mixed = mixed,
        );
        progress.ledger.tell_at(&message::ingest::PERCENT_FORMAT, message, place.clone()).hint =
            Some(message!(
                "multiply by 100 in the formula of the indicator if it is to be in per cent",
                "înmulțiți cu 100 în formula indicatorului, dacă trebuie să fie în procente",
            ));
    }
    if evidence.mixes_percent() {
        let message = message!(
            "`{id}`: some numbers carry `%` and others do not; read as written",
            "`{id}`: unele numere au `%`, altele nu; citite cum sunt scrise",
        );
        progress.ledger.tell_at(&message::ingest::PERCENT_FORMAT, message, place).hint =
            Some(message!(
                "write all numbers of the column in one way",
                "scrieți toate numerele coloanei în același fel",
            ));
    } else if evidence.has_percent() {
        let message = message!(
            "`{id}`: the numbers carry `%`, read as written: `5 %` is 5",
            "`{id}`: numerele au `%`, citite cum sunt scrise: `5 %` este 5",
        );
        progress.ledger.tell_at(&message::ingest::NUMBER_FORMAT, message, place);
    }
}
