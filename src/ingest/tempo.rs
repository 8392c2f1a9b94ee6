//! Reads the layout `tempo`: INS's long form, one row a combination of labels, one column of values.

use std::collections::{BTreeMap, BTreeSet};

use super::choice::{Choice, choose, unknown};
use super::columns;
use super::dimensions::{self, Cube};
use super::grid::Content;
use super::header::{self, Header};
use super::keys::{KeyTexts, Recognised, Subject};
use super::labels::{counted, fold, list, trim};
use super::numbers::{Decision, Evidence};
use super::source::{Current, Progress};
use super::states::{CellReader, Said, marker};
use super::table::names_of;
use super::territory::{self, Territory};
use crate::observation::{Cell, Missing};
use crate::quality::{Place, rules};
use crate::register::RowClass;
use crate::study::source::Absent;
use crate::study::{NumberFormat, Selection};

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

/// One file with what is common to its measures.
struct Matrix<'c, 'o> {
    current: &'c Current<'o>,
    cube: Cube,
    territory: Territory,
    /// For each row, the position of its combination of territorial labels.
    place_of_row: Vec<u32>,
    /// What each combination of territorial labels is about, with the first row that has it.
    places: Vec<(Recognised, usize)>,
}

/// What became of the rows of a file.
#[derive(Default)]
struct Rows {
    used: BTreeSet<u32>,
    dropped: BTreeMap<u32, RowClass>,
    remarked: BTreeSet<u32>,
}

/// Reads one file; answers the rows that gave values.
pub(super) fn read(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    constants: &mut Constants,
) -> BTreeSet<u32> {
    let header = find_header(progress, current);
    let Some(cube) = dimensions::read(&current.opened.grid, &header) else {
        let message = "the file has no columns of labels";
        progress.ledger.tell_at(&rules::COLUMN_MISSING, message, current.opened.place());
        progress.fail_all();
        return BTreeSet::new();
    };
    let selections = selections(progress, current, (&header, &cube));
    let Some(territory) = find_territory(progress, current, (&header, &cube), &selections) else {
        progress.fail_all();
        return BTreeSet::new();
    };
    let matrix = place_rows(progress, current, cube, territory);
    let mut rows = Rows::default();
    for (measure, selection) in selections.into_iter().enumerate() {
        if let Some(selection) = selection
            && !progress.drafts[measure].failed
        {
            read_measure(progress, &matrix, (measure, &selection), constants, &mut rows);
        }
    }
    account(progress, &matrix, rows)
}

fn find_header(progress: &mut Progress<'_, '_>, current: &Current<'_>) -> Header {
    let grid = &current.opened.grid;
    if let Some(rows) = &progress.source.header {
        return header::declared(grid, rows);
    }
    let mut wanted = vec!["Valoare"];
    for measure in &progress.source.measures {
        if let Selection::Where(labels) = &measure.selection {
            wanted.extend(labels.keys().map(String::as_str));
        }
    }
    header::detect(grid, &wanted)
}

/// For each measure its selected dimensions, by position, with the texts of the study; `None` for a
/// measure that fails.
type Selections<'s> = Vec<Option<Vec<(usize, &'s [String])>>>;

fn selections<'s>(
    progress: &mut Progress<'s, '_>,
    current: &Current<'_>,
    (header, cube): (&Header, &Cube),
) -> Selections<'s> {
    let mut all = Vec::new();
    for measure in 0..progress.drafts.len() {
        let draft = &progress.drafts[measure];
        let Selection::Where(wanted) = &draft.measure.selection else {
            let message =
                format!("`{}` names a column, which TEMPO does not have", draft.measure.id);
            progress.ledger.tell(&rules::COLUMN_MISSING, message).hint =
                Some("say `where`, or `layout = \"table\"`".to_owned());
            progress.fail(measure);
            all.push(None);
            continue;
        };
        let mut selection = Vec::new();
        let mut complete = true;
        for (name, labels) in wanted {
            let column = columns::find(header, name, current.opened.grid.width());
            let at = column.map(|column| {
                cube.dimensions.iter().position(|dimension| dimension.column == column)
            });
            match at {
                Ok(Some(at)) => selection.push((at, labels.as_slice())),
                Ok(None) => complete = false,
                Err(error) => {
                    let place = current.opened.place();
                    progress.ledger.tell_at(&rules::COLUMN_MISSING, &error.message, place).hint =
                        Some(error.hint);
                    complete = false;
                }
            }
        }
        if !complete {
            progress.fail(measure);
        }
        all.push(complete.then_some(selection));
    }
    all
}

fn find_territory(
    progress: &mut Progress<'_, '_>,
    current: &Current<'_>,
    (header, cube): (&Header, &Cube),
    selections: &Selections<'_>,
) -> Option<Territory> {
    if let Some(key) = &progress.source.key {
        let [_, name, county, glued, area] = names_of(key);
        let width = current.opened.grid.width();
        let mut position = |wanted: &str| match columns::find(header, wanted, width) {
            Ok(column) => cube.dimensions.iter().position(|d| d.column == column),
            Err(error) => {
                let place = current.opened.place();
                progress.ledger.tell_at(&rules::COLUMN_MISSING, &error.message, place).hint =
                    Some(error.hint);
                None
            }
        };
        let own = position(glued.or(area).or(name)?)?;
        let county = county.and_then(&mut position);
        return Some(Territory { own, glued: area.is_none(), county });
    }
    let selected: Vec<usize> = selections.iter().flatten().flatten().map(|&(at, _)| at).collect();
    let found = territory::find(&progress.recogniser, cube, &selected);
    if found.is_none() {
        let level = progress.recogniser.level;
        let message = format!("no dimension has labels of the level `{level}`");
        let names = cube.dimensions.iter().map(|dimension| dimension.name.as_str());
        progress.ledger.tell_at(&rules::KEY_MISSING, &message, current.opened.place()).hint =
            Some(format!(
                "look at `level`, or name the dimension in `key`; there are {}",
                list(names, 10)
            ));
    }
    found
}

/// Recognises each combination of territorial labels once.
fn place_rows<'c, 'o>(
    progress: &Progress<'_, '_>,
    current: &'c Current<'o>,
    cube: Cube,
    territory: Territory,
) -> Matrix<'c, 'o> {
    let own = &cube.dimensions[territory.own];
    let county = territory.county.map(|at| &cube.dimensions[at]);
    let mut known: BTreeMap<(u32, u32), u32> = BTreeMap::new();
    let mut places = Vec::new();
    let mut place_of_row = Vec::with_capacity(cube.rows.len());
    for row in 0..cube.rows.len() {
        let pair = (own.of_row[row], county.map_or(0, |county| county.of_row[row]));
        let next = u32::try_from(places.len()).unwrap_or(u32::MAX);
        let at = *known.entry(pair).or_insert(next);
        if at == next {
            let label = Some(own.labels[pair.0 as usize].as_str());
            let county = county.map(|county| county.labels[pair.1 as usize].as_str());
            let texts = if territory.glued {
                KeyTexts { glued: label, county, ..KeyTexts::default() }
            } else {
                KeyTexts { area: label, ..KeyTexts::default() }
            };
            places.push((progress.recogniser.recognise(texts), row));
        }
        place_of_row.push(at);
    }
    Matrix { current, cube, territory, place_of_row, places }
}

/// The labels of a measure's selected dimensions; `None` when they cannot be chosen, which is told, or
/// when this file has none of them.
fn choices(
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
                let message = format!("`{id}`: {}", refusal.message);
                let place = place.clone().at_column(dimension.column);
                progress.ledger.tell_at(&rules::LABELS_OVERLAP, &message, place).hint =
                    Some(refusal.hint);
                progress.fail(measure);
                return None;
            }
        };
        if choice.labels.len() > 1 && !sums {
            let message = format!(
                "`{id}`: {} of `{}` cannot be added up, because only counts and amounts can",
                counted(choice.labels.len(), "label"),
                dimension.name
            );
            progress.ledger.tell_at(&rules::LABELS_OVERLAP, &message, place.clone()).hint =
                Some("select one label".to_owned());
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
        for (range, labels) in &choice.tiled {
            let labels: Vec<&str> =
                labels.iter().map(|&label| dimension.labels[label].as_str()).collect();
            let message = format!(
                "`{id}`: `{range}` is the sum of {}: {}",
                counted(labels.len(), "label"),
                list(labels.iter().copied(), 6)
            );
            progress.ledger.tell_at(&rules::AGES_TILED, &message, place.clone());
        }
        chosen.push((at, choice));
    }
    chosen.iter().all(|(_, choice)| !choice.labels.is_empty()).then_some(chosen)
}

/// A selected row: where it is about, which combination of labels it holds, and its position.
type Selected = (u32, u32, usize);

fn select(matrix: &Matrix<'_, '_>, choices: &[(usize, Choice)]) -> (Vec<Selected>, u32) {
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

fn read_measure(
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
                Cell::Missing(Missing::NotAvailable)
            };
            progress.see((measure, *area), || matrix.place(first, value));
            progress.drafts[measure].put(*area, cell, origins);
            (!is_complete).then(|| matrix.place(first, value))
        }
        subject @ (Subject::Total(..) | Subject::Part(..)) if is_complete => {
            let mut total = 0.0;
            for &(_, _, row) in parts.group {
                let Said::Number(number) = reader.read(matrix.content(row)) else { return None };
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
    let (id, areas) = (&draft.measure.id, counted(places.len(), "area"));
    let (rule, message, hint) = match draft.measure.absent {
        Absent::Zero => (
            &rules::ABSENT_AS_ZERO,
            format!("`{id}`: {areas} lack some of the rows that are summed; those count as zero"),
            None,
        ),
        Absent::NotAvailable => (
            &rules::PARTS_ABSENT,
            format!("`{id}`: {areas} lack some of the rows that are summed and have no value"),
            Some("say `absent = \"zero\"` in the measure if the publisher leaves out zeros"),
        ),
    };
    let finding = progress.ledger.tell(rule, message);
    finding.places = places;
    finding.hint = hint.map(str::to_owned);
}

/// Whether every dimension that is neither selected nor territorial has one label, the same in all
/// files.
fn are_settled(
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
                let message = format!(
                    "`{id}`: `where` does not say which of {} of `{}` it means",
                    counted(labels.len(), "label"),
                    dimension.name
                );
                progress.ledger.tell_at(&rules::DIMENSION_OPEN, &message, place).hint = Some(
                    format!("add `\"{}\" = …` with one of {}", dimension.name, list(labels, 30)),
                );
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
            let message = format!(
                "`{id}`: `{}` is `{written}` in one file and `{label}` in another",
                dimension.name
            );
            let finding = progress.ledger.tell_at(&rules::DIMENSION_OPEN, &message, place);
            if finding.places.len() == 1 {
                finding.places.insert(0, first.clone());
            }
            finding.hint = Some(format!("say in `where` which `{}` it means", dimension.name));
            settled = false;
        }
    }
    settled
}

/// Whether no combination of labels stands in two rows.
fn are_distinct(
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
    let message = format!(
        "`{}`: {} hold a combination of labels that another row holds too",
        progress.drafts[measure].measure.id,
        counted(repeated.len(), "row")
    );
    let finding = progress.ledger.tell(&rules::DUPLICATE_ROW, message);
    finding.places = repeated;
    finding.hint = Some("export the matrix again; a combination has one value".to_owned());
    false
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
                let message = format!("`{id}`: {}", super::numbers::describe(format));
                progress.ledger.tell_at(&rules::NUMBER_FORMAT, &message, place);
            }
            return Some(format);
        }
        Decision::Ambiguous { example, .. } => (
            format!("`{id}`: `{}` can be read in two ways", trim(&example)),
            "say which, as in `numbers = { decimal = \",\" }`",
        ),
        Decision::Conflict(first, second) => (
            format!(
                "`{id}`: `{}` and `{}` cannot be numbers of one format",
                trim(&first),
                trim(&second)
            ),
            "write the numbers of the column in one way",
        ),
    };
    let finding = progress.ledger.tell_at(&rules::AMBIGUOUS_NUMBERS, &message, place);
    finding.hint = Some(hint.to_owned());
    None
}

impl Matrix<'_, '_> {
    fn number(&self, row: usize) -> u32 {
        self.current.opened.grid.row(self.cube.rows[row]).number()
    }

    fn content(&self, row: usize) -> Content<'_> {
        self.current.opened.grid.row(self.cube.rows[row]).cell(self.cube.value)
    }

    fn own_column(&self) -> u32 {
        self.cube.dimensions[self.territory.own].column
    }

    fn place(&self, row: usize, column: u32) -> Place {
        self.current.opened.cell(self.number(row), column)
    }
}

fn account(progress: &mut Progress<'_, '_>, matrix: &Matrix<'_, '_>, rows: Rows) -> BTreeSet<u32> {
    let column = matrix.own_column();
    for (number, class) in rows.dropped {
        progress.drop_row(class, matrix.current.opened.cell(number, column));
    }
    for &number in &matrix.cube.blank {
        progress.drop_row(RowClass::Blank, matrix.current.opened.place().at_row(number));
    }
    rows.used
}

/// Tells the labels that no file of the source has.
pub(super) fn tell_unknown(progress: &mut Progress<'_, '_>, constants: Constants) {
    for (key, (labels, place)) in constants.unknown {
        if constants.known.contains(&key) {
            continue;
        }
        let (measure, name, wanted) = key;
        let refusal = unknown(&name, &wanted, &labels);
        let message = format!("`{}`: {}", progress.drafts[measure].measure.id, refusal.message);
        let finding = progress.ledger.tell_at(&rules::LABEL_MISSING, &message, place);
        finding.hint = Some(refusal.hint);
        progress.fail(measure);
    }
}

#[cfg(test)]
mod tests {
    use super::super::scene::{Outcome, labels, outcome, source};
    use super::*;
    use crate::observation::Nature;
    use crate::study::{Layout, Measure, Source};

    const AGES: &str =
        "Varste si grupe de varsta, Sexe, Judete, Localitati , Ani, UM: Numar persoane, Valoare
Total, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 100
   0- 4 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 30
      0 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 4
      1 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 5
      2 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 6
   80-84 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 2
   85 ani si peste, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 1
Total, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 50
      0 ani, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 2
      2 ani, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 0
   80-84 ani, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, :
   85 ani si peste, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 1
Total, Total, Alba, TOTAL, Anul 2026, Numar persoane, 150
";

    fn ages(id: &str, wanted: &str) -> Measure {
        labels(id, &[("varste si grupe de varsta", &[wanted]), ("Ani", &["2026"])], Nature::Count)
    }

    fn tempo(measures: Vec<Measure>) -> Source {
        let mut source = source("in.csv", None, measures);
        source.layout = Layout::Tempo;
        source
    }

    fn read_text(source: Source, text: &str) -> Outcome {
        outcome(&[source], &[("in.csv", text.as_bytes())])
    }

    #[test]
    fn labels_are_selected_and_ages_summed_once() {
        let measures = vec![ages("total", "Total"), ages("small", "0-2"), ages("old", "80+")];
        let outcome = read_text(tempo(measures), AGES);
        outcome.is("total", "1017", 100.0);
        outcome.is("small", "1017", 15.0);
        outcome.is("old", "1017", 3.0);
        outcome.lacks("old", "1213", Missing::NotAvailable);
        let origins = outcome.series("small").origins.iter().find(|cells| cells.len() == 3);
        assert!(origins.is_some_and(|cells| cells.iter().all(|cell| cell.column == 7)));
        assert_eq!(outcome.told(&rules::AGES_TILED).len(), 2);
        assert_eq!(outcome.reading.observations.files[0].delimiter, Some(','));
    }

    #[test]
    fn a_sum_with_an_absent_row_is_missing_unless_absent_means_zero() {
        let outcome = read_text(tempo(vec![ages("small", "0-2")]), AGES);
        outcome.lacks("small", "1213", Missing::NotAvailable);
        assert_eq!(outcome.one(&rules::PARTS_ABSENT).places.len(), 1);
        let mut measure = ages("small", "0-2");
        measure.absent = Absent::Zero;
        let outcome = read_text(tempo(vec![measure]), AGES);
        outcome.is("small", "1213", 2.0);
        assert_eq!(outcome.told(&rules::ABSENT_AS_ZERO).len(), 2);
    }

    #[test]
    fn the_total_of_a_county_is_dropped_and_not_counted() {
        let outcome = read_text(tempo(vec![ages("total", "Total")]), AGES);
        let dropped = outcome.one(&rules::ROWS_DROPPED);
        assert!(dropped.message.contains("county rows"), "{}", dropped.message);
        assert_eq!(outcome.reading.observations.files[0].rows_used, 2);
    }

    #[test]
    fn a_dimension_that_nobody_settled_is_told_with_its_labels() {
        let measure = labels("x", &[("Ani", &["2026"])], Nature::Count);
        let outcome = read_text(tempo(vec![measure]), AGES);
        assert_eq!(outcome.reading.unread, ["s.x"]);
        let finding = outcome.one(&rules::DIMENSION_OPEN);
        assert!(finding.hint.as_ref().unwrap().contains("`80-84 ani`"), "{:?}", finding.hint);
    }

    #[test]
    fn a_range_that_labels_do_not_fill_is_refused() {
        let outcome = read_text(tempo(vec![ages("children", "0-17")]), AGES);
        assert_eq!(outcome.reading.unread, ["s.children"]);
        assert!(outcome.one(&rules::LABELS_OVERLAP).message.contains("`0-17`"));
    }

    #[test]
    fn a_label_or_dimension_that_is_not_there_gets_a_suggestion() {
        let measures = vec![
            labels("a", &[("Varste si grupe de varsta", &["Totall"])], Nature::Count),
            labels("b", &[("Varste", &["Total"])], Nature::Count),
        ];
        let outcome = read_text(tempo(measures), AGES);
        assert_eq!(outcome.reading.unread, ["s.a", "s.b"]);
        let label = outcome.one(&rules::LABEL_MISSING);
        assert!(label.hint.as_ref().unwrap().starts_with("did you mean `Total`?"));
        let column = outcome.one(&rules::COLUMN_MISSING);
        assert!(column.hint.as_ref().unwrap().contains("Varste si grupe de varsta"));
    }

    #[test]
    fn a_combination_in_two_rows_is_an_error() {
        let text = format!(
            "{AGES}Total, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 7\n"
        );
        let outcome = read_text(tempo(vec![ages("total", "Total")]), &text);
        assert_eq!(outcome.reading.unread, ["s.total"]);
        assert_eq!(outcome.one(&rules::DUPLICATE_ROW).places.len(), 2);
    }

    const COUNTIES: &str =
        "\r\nNiveluri , Macroregiuni  regiuni de dezvoltare si judete, Ani, UM: Procente, Valoare
primar, TOTAL, Anul 2016, Procente, 1.8
primar, MACROREGIUNEA UNU, Anul 2016, Procente, 2
primar, Regiunea NORD-VEST, Anul 2016, Procente, 1.234
primar, Bihor, Anul 2016, Procente, .8
primar, Cluj, Anul 2016, Procente, 1
primar, Mun. Bucuresti -incl. SAI, Anul 2016, Procente, 3
";

    #[test]
    fn territories_above_the_level_are_dropped() {
        let mut source = tempo(vec![labels("rate", &[], Nature::Rate)]);
        source.level = "county".to_owned();
        let outcome = read_text(source, COUNTIES);
        outcome.is("rate", "Bihor", 0.8);
        outcome.is("rate", "Cluj", 1.0);
        let dropped: usize =
            outcome.told(&rules::ROWS_DROPPED).iter().map(|finding| finding.places.len()).sum();
        assert_eq!(dropped, 4);
        assert!(outcome.told(&rules::SUMS_DIFFER).is_empty(), "rates are not summed");
    }

    #[test]
    fn the_same_file_serves_another_level() {
        let mut source = tempo(vec![labels("rate", &[], Nature::Rate)]);
        source.level = "region".to_owned();
        read_text(source, COUNTIES).is("rate", "Nord-Vest", 1.234);
        let mut source = tempo(vec![labels("rate", &[], Nature::Rate)]);
        source.level = "national".to_owned();
        read_text(source, COUNTIES).is("rate", "national", 1.8);
    }

    #[test]
    fn rates_are_never_added_up() {
        let mut source =
            tempo(vec![labels("rate", &[("Niveluri", &["primar", "gimnazial"])], Nature::Rate)]);
        source.level = "county".to_owned();
        let text = format!("{COUNTIES}gimnazial, Cluj, Anul 2016, Procente, 5\n");
        let outcome = read_text(source, &text);
        assert!(outcome.one(&rules::LABELS_OVERLAP).message.contains("only counts and amounts"));
    }

    #[test]
    fn files_of_one_source_must_agree_on_what_is_constant() {
        let mut source = tempo(vec![labels("x", &[], Nature::Count)]);
        source.file = "*.csv".to_owned();
        let file = |code: &str, year: u32| {
            format!("Localitati, Ani, UM: Numar, Valoare\n{code}, Anul {year}, Numar, 5\n")
        };
        let (a, b) = (file("1017 MUNICIPIUL ALBA IULIA", 2024), file("1213 MUNICIPIUL AIUD", 2025));
        let outcome = outcome(&[source], &[("a.csv", a.as_bytes()), ("b.csv", b.as_bytes())]);
        let finding = outcome.one(&rules::DIMENSION_OPEN);
        assert!(finding.message.contains("`Anul 2024`") && finding.message.contains("`Anul 2025`"));
        assert_eq!(outcome.reading.unread, ["s.x"]);
    }
}
