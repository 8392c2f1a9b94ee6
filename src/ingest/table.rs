//! Reads the layout `table`: one row an area, one column a measure.

use std::collections::BTreeSet;

use super::columns::{self, NotFound};
use super::grid::{Content, GridRow};
use super::header::{self, Header, is_letter_row};
use super::keys::{At, KeyTexts, Recognised, Subject};
use super::labels::{counted, list, trim};
use super::numbers::{self, Decision, Evidence};
use super::source::{Current, Progress};
use super::states::{CellReader, marker};
use crate::observation::{Cell, Missing, Nature};
use crate::quality::{Finding, Place, rules};
use crate::register::RowClass;
use crate::study::{Key, NumberFormat, Selection};

/// The columns of the key, from 1.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct KeyColumns {
    pub(super) code: Option<u32>,
    pub(super) name: Option<u32>,
    pub(super) county: Option<u32>,
    pub(super) glued: Option<u32>,
    pub(super) area: Option<u32>,
}

impl KeyColumns {
    /// The column in which a remark's cell stands.
    pub(super) fn at(&self, at: At) -> u32 {
        let order = match at {
            At::Code => [self.code, self.glued, self.name, self.area],
            At::Name => [self.name, self.glued, self.area, self.code],
        };
        order.into_iter().flatten().next().unwrap_or(1)
    }
}

/// The texts by which a study names the columns of a key.
pub(super) fn names_of(key: &Key) -> [Option<&str>; 5] {
    match key {
        Key::Code { code, name, county } => {
            [Some(code.as_str()), name.as_deref(), county.as_deref(), None, None]
        }
        Key::Glued(column) => [None, None, None, Some(column), None],
        Key::Name { name, county } => [None, Some(name), Some(county), None, None],
        Key::Area(column) => [None, None, None, None, Some(column)],
    }
}

/// A data row and what it is about.
struct DataRow<'g> {
    row: GridRow<'g>,
    recognised: Recognised,
}

/// Reads one file; answers the rows that gave values.
pub(super) fn read(progress: &mut Progress<'_, '_>, current: &Current<'_>) -> BTreeSet<u32> {
    let header = find_header(progress, current);
    let columns = measure_columns(progress, current, &header);
    let Some(key) = key_columns(progress, current, &header) else {
        progress.fail_all();
        return BTreeSet::new();
    };
    let Some(rows) = recognise(progress, current, (&header, &key)) else {
        progress.fail_all();
        return BTreeSet::new();
    };
    tell_ragged(progress, current, &header, &rows);
    for (measure, column) in columns {
        read_column(progress, current, (measure, column), &rows);
    }
    account(progress, current, &key, &rows)
}

fn find_header(progress: &mut Progress<'_, '_>, current: &Current<'_>) -> Header {
    let grid = &current.opened.grid;
    if let Some(rows) = &progress.source.header {
        return header::declared(grid, rows);
    }
    let mut wanted: Vec<&str> = Vec::new();
    wanted.extend(progress.source.key.iter().flat_map(names_of).flatten());
    for measure in &progress.source.measures {
        if let Selection::Column(column) = &measure.selection {
            wanted.push(column);
        }
    }
    let header = header::detect(grid, &wanted);
    let rows: Vec<String> = header.rows.iter().map(u32::to_string).collect();
    let plural = if rows.len() == 1 { "row" } else { "rows" };
    let message = format!("the header is {plural} {}", rows.join(", "));
    let row = header.rows.first().copied().unwrap_or(1);
    progress.ledger.tell_at(&rules::HEADER_DETECTED, &message, current.opened.place().at_row(row));
    header
}

fn tell_missing(progress: &mut Progress<'_, '_>, place: Place, header: &Header, error: NotFound) {
    let place = match header.rows.last() {
        Some(&row) => place.at_row(row),
        None => place,
    };
    progress.ledger.tell_at(&rules::COLUMN_MISSING, &error.message, place).hint = Some(error.hint);
}

/// The measures that have their column in this file: position and column.
fn measure_columns(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    header: &Header,
) -> Vec<(usize, u32)> {
    let mut columns = Vec::new();
    for measure in 0..progress.drafts.len() {
        let wanted = match &progress.drafts[measure].measure.selection {
            Selection::Column(wanted) => wanted,
            Selection::Where(_) => {
                let message = format!(
                    "`{}` says `where`, which the layout `table` does not have",
                    progress.drafts[measure].measure.id
                );
                progress.ledger.tell(&rules::COLUMN_MISSING, message).hint =
                    Some("name its `column`, or say `layout = \"tempo\"`".to_owned());
                progress.fail(measure);
                continue;
            }
        };
        match columns::find(header, wanted, current.opened.grid.width()) {
            Ok(column) => columns.push((measure, column)),
            Err(error) => {
                tell_missing(progress, current.opened.place(), header, error);
                progress.fail(measure);
            }
        }
    }
    columns
}

fn key_columns(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    header: &Header,
) -> Option<KeyColumns> {
    let Some(key) = &progress.source.key else {
        let message = "the source does not say which column names the area of a row";
        progress.ledger.tell(&rules::KEY_MISSING, message).hint = Some(
            "add `key = { code = \"…\" }`, `{ name = \"…\", county = \"…\" }` or \
             `{ county = \"…\" }`"
                .to_owned(),
        );
        return None;
    };
    let mut found = [None; 5];
    let mut complete = true;
    for (slot, wanted) in found.iter_mut().zip(names_of(key)) {
        let Some(wanted) = wanted else { continue };
        match columns::find(header, wanted, current.opened.grid.width()) {
            Ok(column) => *slot = Some(column),
            Err(error) => {
                tell_missing(progress, current.opened.place(), header, error);
                complete = false;
            }
        }
    }
    let [code, name, county, glued, area] = found;
    complete.then_some(KeyColumns { code, name, county, glued, area })
}

/// What each data row is about; `None` when no row names any area, which is told once.
fn recognise<'g>(
    progress: &mut Progress<'_, '_>,
    current: &Current<'g>,
    (header, key): (&Header, &KeyColumns),
) -> Option<Vec<DataRow<'g>>> {
    let recogniser = progress.recogniser;
    let rows: Vec<DataRow<'g>> = current
        .opened
        .grid
        .rows_from(header.data)
        .map(|row| DataRow { recognised: recognise_row(&recogniser, &row, key), row })
        .collect();
    let count = |wanted: fn(&Subject) -> bool| {
        rows.iter().filter(|row| wanted(&row.recognised.subject)).count()
    };
    let refused = count(|subject| *subject == Subject::Refused);
    if count(|subject| matches!(subject, Subject::Area(_))) == 0 {
        tell_no_area(progress, current, key, (&rows, refused));
        return None;
    }
    for row in &rows {
        let number = row.row.number();
        progress.remark(&row.recognised.remarks, |at| current.opened.cell(number, key.at(at)));
    }
    Some(rows)
}

fn tell_no_area(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    key: &KeyColumns,
    (rows, refused): (&[DataRow<'_>], usize),
) {
    let level = progress.recogniser.level;
    let message = format!(
        "none of {} names a {level} of the register",
        counted(if refused > 0 { refused } else { rows.len() }, "row")
    );
    let column = key.at(At::Code);
    let examples: Vec<String> = rows
        .iter()
        .map(|row| trim(&row.row.cell(column).text()).to_owned())
        .filter(|text| !text.is_empty())
        .take(3)
        .collect();
    let finding = progress.ledger.tell_at(
        &rules::KEY_MISSING,
        &message,
        current.opened.place().at_column(column),
    );
    finding.hint = Some(format!(
        "look whether `key` names the right column and `level` the right areas; the column holds {}",
        list(examples.iter().map(String::as_str), 3)
    ));
}

fn recognise_row(
    recogniser: &super::keys::Recogniser<'_>,
    row: &GridRow<'_>,
    key: &KeyColumns,
) -> Recognised {
    let nothing = |class| Recognised { subject: Subject::Other(class), remarks: Vec::new() };
    if row.is_blank() {
        return nothing(RowClass::Blank);
    }
    if is_letter_row(row) {
        return nothing(RowClass::Note);
    }
    let text = |column: Option<u32>| column.map(|column| row.cell(column).text());
    let [code, name, county, glued, area] =
        [key.code, key.name, key.county, key.glued, key.area].map(text);
    recogniser.recognise(KeyTexts {
        code: code.as_deref(),
        name: name.as_deref(),
        county: county.as_deref(),
        glued: glued.as_deref(),
        area: area.as_deref(),
    })
}

/// Tells the rows with values beyond the header, or that end before it.
fn tell_ragged(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    header: &Header,
    rows: &[DataRow<'_>],
) {
    let last = header.columns.last().map_or(0, |column| column.column);
    let is_area = |row: &&DataRow<'_>| matches!(row.recognised.subject, Subject::Area(_));
    let places: Vec<Place> = rows
        .iter()
        .filter(is_area)
        .filter(|row| row.row.fields() > 0)
        .filter(|row| {
            let beyond = row.row.cells().last().is_some_and(|(column, _)| column > last);
            // A column without a header is common at the right edge; every row then has it.
            row.row.fields() < last || (beyond && row.row.fields() > header_fields(current, header))
        })
        .map(|row| current.opened.place().at_row(row.row.number()))
        .collect();
    if !places.is_empty() {
        let message = format!("{} not as long as the header", counted(places.len(), "row"));
        let finding = progress.ledger.tell(&rules::RAGGED_ROW, message);
        finding.places = places;
        finding.hint = Some("look for a delimiter inside a text that is not quoted".to_owned());
    }
}

fn header_fields(current: &Current<'_>, header: &Header) -> u32 {
    let fields = |&number: &u32| current.opened.grid.numbered(number).map(|row| row.fields());
    header.rows.iter().filter_map(fields).max().unwrap_or(0)
}

/// Reads the cells of one measure.
fn read_column(
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
                if let super::states::Said::Number(value) = said {
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
        marker(text, declared).and_then(|marker| marker.missing())
    } else if text.is_empty() {
        Some(Missing::NotAvailable)
    } else {
        None
    };
    match mark {
        Some(missing) => {
            let said = super::states::Said::Missing(missing, text.to_owned().into());
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
    let mut witness = String::new();
    if let Decision::Ambiguous { mark, .. } = evidence.decide() {
        // The other columns of a table are written by the same hand: where they settle that the
        // decimal mark is another one, this mark can only part thousands. (That theirs is the same
        // mark proves nothing: `3.37` beside `1.234` is the mixture that is to be refused.)
        if let Some((decimal, letters)) = decimal_of_neighbours(progress, current, column, rows)
            && decimal != mark
        {
            evidence.assume_decimal(decimal);
            witness = format!(", as column {letters} uses `{decimal}` for decimals");
        }
    }
    match evidence.decide() {
        Decision::Format { format, plain } => {
            if !plain {
                let message = format!("`{id}`: {}{witness}", numbers::describe(format));
                progress.ledger.tell_at(&rules::NUMBER_FORMAT, &message, place);
            }
            Some(format)
        }
        Decision::Ambiguous { example, mark } => {
            let finding = ambiguous(progress, &id, (&example, mark), rate);
            finding.places.push(place);
            None
        }
        Decision::Conflict(first, second) => {
            let message = format!(
                "`{id}`: `{}` and `{}` cannot be numbers of one format",
                trim(&first),
                trim(&second)
            );
            let finding = progress.ledger.tell(&rules::AMBIGUOUS_NUMBERS, message);
            finding.places.push(place);
            finding.hint = Some("write the numbers of the column in one way".to_owned());
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
                    settled = Some((mark, format!("`{}`", crate::quality::column_letters(other))))
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
    let message =
        format!("`{id}`: `{example}` can be read as {plain} or as {}", example.replace(mark, "."));
    let thousands = format!("`numbers = {{ decimal = \"{other}\", thousands = \"{mark}\" }}`");
    let decimal = format!("`numbers = {{ decimal = \"{mark}\" }}`");
    let (first, second) = if rate { (decimal, thousands) } else { (thousands, decimal) };
    let finding = progress.ledger.tell(&rules::AMBIGUOUS_NUMBERS, message);
    finding.hint = Some(format!("say which: {first} or {second}"));
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
        let mixed = if plain.is_empty() { "" } else { ", others are not" };
        let message = format!(
            "`{id}`: {} shown in per cent but stored as fractions{mixed}; read as stored",
            counted(shown.len(), "cell")
        );
        progress.ledger.tell_at(&rules::PERCENT_FORMAT, &message, place.clone()).hint = Some(
            "multiply by 100 in the formula of the indicator if it is to be in per cent".to_owned(),
        );
    }
    if evidence.mixes_percent() {
        let message = format!("`{id}`: some numbers carry `%` and others do not; read as written");
        progress.ledger.tell_at(&rules::PERCENT_FORMAT, &message, place).hint =
            Some("write all numbers of the column in one way".to_owned());
    } else if evidence.has_percent() {
        let message = format!("`{id}`: the numbers carry `%`, read as written: `5 %` is 5");
        progress.ledger.tell_at(&rules::NUMBER_FORMAT, &message, place);
    }
}

/// Counts the rows by what became of them; answers those that gave values.
fn account(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    key: &KeyColumns,
    rows: &[DataRow<'_>],
) -> BTreeSet<u32> {
    let mut used = BTreeSet::new();
    for row in rows {
        let number = row.row.number();
        let cell = || current.opened.cell(number, key.at(At::Name));
        match &row.recognised.subject {
            Subject::Area(area) => {
                progress.see((0, *area), cell);
                used.insert(number);
            }
            Subject::Total(class, _) | Subject::Part(class, _) => {
                progress.drop_row(*class, cell());
            }
            Subject::Other(RowClass::Blank) => {
                progress.drop_row(RowClass::Blank, current.opened.place().at_row(number));
            }
            Subject::Other(class) => progress.drop_row(*class, cell()),
            Subject::Refused => {}
        }
    }
    used
}
