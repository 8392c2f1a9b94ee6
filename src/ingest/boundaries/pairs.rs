//! A list of neighbours: one row a pair, with the length of the border where it is known.

use std::collections::BTreeMap;

use crate::boundaries::Border;
use crate::ingest::files::{self, Inputs};
use crate::ingest::grid::GridRow;
use crate::ingest::keys::{KeyTexts, Recogniser, Subject};
use crate::ingest::labels::trim;
use crate::ingest::ledger::Ledger;
use crate::ingest::numbers::{Decision, Evidence};
use crate::ingest::open::{Opened, Writing, open};
use crate::ingest::states::{CellReader, Said};
use crate::ingest::{Reading, columns, header};
use crate::quality::{Findings, Place, rules};
use crate::register::{Matcher, UNIT};
use crate::study::{Key, NumberFormat, Source};

/// Pairs of units, the smaller code first, with where each was read and its length.
type Pairs = BTreeMap<(String, String), (Place, Option<i64>)>;

/// Reads a source of pairs and adds its borders to the reading.
pub(in crate::ingest) fn read(
    source: &Source,
    inputs: &Inputs,
    matcher: &Matcher<'_>,
    (reading, findings): (&mut Reading, &mut Findings),
) {
    let mut ledger = Ledger::new(findings, &source.id);
    let mut pairs = Pairs::new();
    let mut digests = Vec::new();
    let paths = files::expand(inputs, &source.file, &mut ledger);
    let mut complete = !paths.is_empty();
    for path in paths {
        let Some(mut opened) = open(inputs, &path, Writing::from(source), &mut ledger) else {
            complete = false;
            continue;
        };
        opened.record.source.clone_from(&source.id);
        digests.push((path, opened.record.sha256.clone()));
        let used = read_file(source, &opened, matcher, (&mut pairs, &mut ledger));
        complete &= used.is_some();
        opened.record.rows_used = used.unwrap_or(0);
        reading.observations.files.push(opened.record);
    }
    if let Some(pin) = source.sha256.as_ref().filter(|_| !digests.is_empty()) {
        files::check_pin(pin, &digests, &mut ledger);
    }
    if complete {
        let border = |((a, b), (_, metres)): ((String, String), (Place, Option<i64>))| Border {
            a,
            b,
            metres,
        };
        let borders = pairs.into_iter().map(border).collect();
        reading.observations.borders.insert(source.id.clone(), borders);
    } else {
        reading.unread.push(source.id.clone());
    }
    ledger.close();
}

/// Columns of the pair.
struct Columns {
    a: u32,
    b: u32,
    metres: Option<u32>,
}

/// Reads one file; answers how many rows gave a pair.
fn read_file(
    source: &Source,
    opened: &Opened,
    matcher: &Matcher<'_>,
    (pairs, ledger): (&mut Pairs, &mut Ledger<'_>),
) -> Option<u64> {
    let Some(Key::Pair { a, b, metres }) = &source.key else { return None };
    let wanted: Vec<&str> =
        [Some(a), Some(b), metres.as_ref()].into_iter().flatten().map(String::as_str).collect();
    let header = match &source.header {
        Some(rows) => header::declared(&opened.grid, rows),
        None => header::detect(&opened.grid, &wanted),
    };
    let mut found = Vec::new();
    for name in &wanted {
        match columns::find(&header, name, opened.grid.width()) {
            Ok(column) => found.push(column),
            Err(error) => {
                ledger.tell_at(&rules::COLUMN_MISSING, &error.message, opened.place()).hint =
                    Some(error.hint);
            }
        }
    }
    let columns = match found[..] {
        [a, b] if metres.is_none() => Columns { a, b, metres: None },
        [a, b, length] => Columns { a, b, metres: Some(length) },
        _ => return None,
    };
    let rows: Vec<GridRow<'_>> =
        opened.grid.rows_from(header.data).filter(|row| !row.is_blank()).collect();
    let format = number_format(source, opened, (&columns, &rows), ledger)?;
    let mut reader = CellReader::new(format, &source.missing);
    let mut used = 0;
    for row in &rows {
        let ends = [columns.a, columns.b].map(|column| end(opened, row, column, (matcher, ledger)));
        let [Some(a), Some(b)] = ends else { continue };
        let length = columns.metres.map(|column| reader.read(row.cell(column)));
        let place = opened.cell(row.number(), columns.metres.unwrap_or(columns.b));
        let length = match length {
            None | Some(Said::Missing(..)) => None,
            Some(Said::Number(metres)) if metres >= 0.0 => Some(metres.round() as i64),
            Some(Said::Number(_) | Said::Problem(_)) => {
                let message = "a length of a border that is no number of metres";
                ledger.tell_at(&rules::PAIR_INVALID, message, place);
                continue;
            }
        };
        used += 1;
        keep((a, b), length, place, (pairs, ledger));
    }
    Some(used)
}

/// The unit in one of the two columns.
fn end(
    opened: &Opened,
    row: &GridRow<'_>,
    column: u32,
    (matcher, ledger): (&Matcher<'_>, &mut Ledger<'_>),
) -> Option<String> {
    let text = row.cell(column).text();
    let recogniser = Recogniser { matcher, level: UNIT };
    let recognised =
        recogniser.recognise(KeyTexts { code: Some(trim(&text)), ..KeyTexts::default() });
    let place = || opened.cell(row.number(), column);
    for remark in &recognised.remarks {
        ledger.tell_at(remark.rule, &remark.message, place()).hint.clone_from(&remark.hint);
    }
    match recognised.subject {
        Subject::Area(unit) => Some(matcher.register().codes()[unit].clone()),
        Subject::Refused => None,
        Subject::Total(..) | Subject::Part(..) | Subject::Other(_) => {
            let message = format!("`{}` is no unit that can have a neighbour", trim(&text));
            ledger.tell_at(&rules::PAIR_INVALID, &message, place());
            None
        }
    }
}

/// Remembers a pair; one that stands twice must say the same.
fn keep(
    (a, b): (String, String),
    metres: Option<i64>,
    place: Place,
    (pairs, ledger): (&mut Pairs, &mut Ledger<'_>),
) {
    if a == b {
        let message = format!("`{a}` cannot be its own neighbour");
        ledger.tell_at(&rules::PAIR_INVALID, &message, place);
        return;
    }
    let pair = if a < b { (a, b) } else { (b, a) };
    match pairs.get(&pair) {
        None => {
            pairs.insert(pair, (place, metres));
        }
        Some((_, known)) if *known == metres => {}
        Some((first, known)) => {
            let said =
                |metres: &Option<i64>| metres.map_or("no length".to_owned(), |m| format!("{m} m"));
            let message = format!(
                "`{}` and `{}` have {} in one row and {} in another",
                pair.0,
                pair.1,
                said(known),
                said(&metres)
            );
            let finding = ledger.tell(&rules::PAIR_INVALID, message);
            finding.places = vec![first.clone(), place];
        }
    }
}

/// The marks of the lengths: as declared, or the only ones that fit.
fn number_format(
    source: &Source,
    opened: &Opened,
    (columns, rows): (&Columns, &[GridRow<'_>]),
    ledger: &mut Ledger<'_>,
) -> Option<NumberFormat> {
    let plain = NumberFormat { decimal: '.', thousands: None };
    let Some(column) = columns.metres else { return Some(plain) };
    if source.numbers.is_some() {
        return source.numbers;
    }
    let mut evidence = Evidence::default();
    rows.iter().for_each(|row| evidence.see(&row.cell(column).text()));
    if let Decision::Format { format, .. } = evidence.decide() {
        return Some(format);
    }
    let message = "the lengths can be read in more than one way";
    ledger.tell_at(&rules::AMBIGUOUS_NUMBERS, message, opened.place().at_column(column)).hint =
        Some("say `numbers = { decimal = \",\", thousands = \".\" }`".to_owned());
    None
}
