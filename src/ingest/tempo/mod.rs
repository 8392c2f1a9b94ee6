//! Reads the layout `tempo`: INS's long form, one row a combination of labels, one column of values.

pub(crate) mod dimensions;
mod filter;
mod labels;
mod measure;

use std::collections::{BTreeMap, BTreeSet};

use self::dimensions::{Cube, Territory, find_territory};
pub(super) use self::filter::Agreement;
use self::filter::Selected;
use super::findings::StationFindings;
use super::rows::{KeyParts, KeyTexts, OpenFile, Recognised, RowAccount, Subject, report};
use super::sheet::grid::Content;
use super::table::header::{self, Header};
use super::table::{columns, hidden_columns};
use super::values::FileReading;
use crate::message::ingest::{table, tempo as message};
use crate::quality::Place;
use crate::register::{NATIONAL, RowClass};
use crate::study::{Measure, Selection};

/// One file with what is common to its measures.
struct Matrix<'f> {
    file: &'f OpenFile<'f>,
    cube: Cube,
    territory: Territory,
    /// For each row, the position of its combination of territorial labels.
    place_of_row: Vec<u32>,
    /// What each combination of territorial labels is about.
    places: Vec<Recognised>,
}

/// A measure with the labels that it selects.
struct Wanted<'s> {
    /// Its position in the source.
    position: usize,
    measure: &'s Measure,
    selection: Vec<WantedLabels<'s>>,
}

/// The texts by which a study selects labels of a dimension.
#[derive(Clone)]
struct WantedLabels<'s> {
    /// Position of the dimension.
    dimension: usize,
    labels: &'s [String],
}

/// Reads one file; `failed` says which measures are given up already.
pub(super) fn read(file: &OpenFile<'_>, failed: &[bool], agreement: &mut Agreement) -> FileReading {
    let header = find_header(file);
    let mut findings = StationFindings::default();
    let cube = match dimensions::read(&file.sheet.grid, &header) {
        Ok(cube) => cube,
        Err(why) => {
            findings.merge(message::not_tempo(why, file.sheet.place()));
            return FileReading::none(failed.len(), findings);
        }
    };
    let (selections, missing) = selections(file, &header, &cube);
    findings.extend(missing);
    let (territory, missing) = territory(file, &header, &cube, &selections);
    findings.extend(missing);
    let Some(territory) = territory else { return FileReading::none(failed.len(), findings) };
    let read = cube.dimensions.iter().map(|dimension| dimension.column).chain([cube.value]);
    findings.extend(hidden_columns(file, &header, read));
    let matrix = Matrix::new(file, cube, territory);
    let mut rows = RowAccounts::new(&matrix);
    let mut measures = Vec::new();
    for (position, (selection, failed)) in selections.into_iter().zip(failed).enumerate() {
        let Some(selection) = selection.filter(|_| !failed) else {
            measures.push(None);
            continue;
        };
        let measure = &file.source.measures[position];
        let wanted = Wanted { position, measure, selection };
        let outcome = measure::read(&matrix, &wanted, agreement);
        findings.extend(outcome.findings);
        findings.extend(rows.add(&outcome.selected));
        rows.account.seen.extend(outcome.seen);
        measures.push(outcome.reading);
    }
    FileReading { measures, positions: Vec::new(), rows: rows.finish(), findings }
}

fn find_header(file: &OpenFile<'_>) -> Header {
    let grid = &file.sheet.grid;
    if let Some(rows) = &file.source.header {
        return header::declared(grid, rows);
    }
    let mut wanted = vec!["Valoare"];
    for measure in &file.source.measures {
        if let Selection::Where(labels) = &measure.selection {
            wanted.extend(labels.keys().map(String::as_str));
        }
    }
    header::detect(grid, &wanted)
}

/// For each measure its selected dimensions; `None` for one that cannot be read, which a finding says.
type Selections<'s> = Vec<Option<Vec<WantedLabels<'s>>>>;

fn selections<'s>(
    file: &OpenFile<'s>,
    header: &Header,
    cube: &Cube,
) -> (Selections<'s>, StationFindings) {
    let mut findings = StationFindings::default();
    let mut all = Vec::new();
    for measure in &file.source.measures {
        let Selection::Where(wanted) = &measure.selection else {
            findings.push(message::column_in_tempo(&measure.id));
            all.push(None);
            continue;
        };
        let mut selection = Vec::new();
        for (name, labels) in wanted {
            let (dimension, missing) = dimension_called(file, header, cube, name);
            findings.extend(missing);
            selection.extend(dimension.map(|dimension| WantedLabels { dimension, labels }));
        }
        all.push((selection.len() == wanted.len()).then_some(selection));
    }
    (all, findings)
}

/// The position of the dimension that a study names; `None` when the file does not have it, which a
/// finding says, or when it is the column of values.
fn dimension_called(
    file: &OpenFile<'_>,
    header: &Header,
    cube: &Cube,
    name: &str,
) -> (Option<usize>, StationFindings) {
    let mut findings = StationFindings::default();
    let column = columns::find(header, name, file.sheet.grid.width())
        .map_err(|refusal| findings.merge(table::column_missing(refusal, file.sheet.place())));
    let position = column
        .ok()
        .and_then(|column| cube.dimensions.iter().position(|dimension| dimension.column == column));
    (position, findings)
}

/// The territorial dimensions: those that the key names, or those whose labels are areas.
fn territory(
    file: &OpenFile<'_>,
    header: &Header,
    cube: &Cube,
    selections: &Selections<'_>,
) -> (Option<Territory>, StationFindings) {
    let mut findings = StationFindings::default();
    if let Some(key) = &file.source.key {
        let key = KeyParts::named(key);
        let mut position = |name: &str| {
            let (position, missing) = dimension_called(file, header, cube, name);
            findings.extend(missing);
            position
        };
        let own = key.glued.or(key.area).or(key.name).and_then(&mut position);
        let territory = own.map(|own| Territory {
            own,
            glued: key.area.is_none(),
            county: key.county.and_then(&mut position),
            above: Vec::new(),
        });
        let territory = territory.map(|it| it.with_above(&file.recogniser, cube));
        return (territory, findings);
    }
    let selected: Vec<usize> =
        selections.iter().flatten().flatten().map(|selected| selected.dimension).collect();
    let found = find_territory(&file.recogniser, cube, &selected);
    if found.is_none() {
        let names = cube.dimensions.iter().map(|dimension| dimension.name.as_str());
        let level = file.recogniser.level;
        findings.merge(message::no_territory(level, names, file.sheet.place()));
    }
    (found, findings)
}

impl<'f> Matrix<'f> {
    /// Recognises each combination of territorial labels once.
    fn new(file: &'f OpenFile<'f>, cube: Cube, territory: Territory) -> Self {
        let place_of_row = combinations(&cube, &territory);
        let mut places = Vec::new();
        for (row, &place) in place_of_row.iter().enumerate() {
            if place as usize == places.len() {
                places.push(recognised(file, &cube, &territory, row));
            }
        }
        Self { file, cube, territory, place_of_row, places }
    }

    /// The number of a row as people count.
    fn number(&self, row: usize) -> u32 {
        self.file.sheet.grid.row(self.cube.rows[row]).number()
    }

    /// What stands in the column of values.
    fn content(&self, row: usize) -> Content<'_> {
        self.file.sheet.grid.row(self.cube.rows[row]).cell(self.cube.value)
    }

    /// The column of the labels of areas.
    fn own_column(&self) -> u32 {
        self.cube.dimensions[self.territory.own].column
    }

    /// A cell of a row as a place.
    fn cell(&self, row: usize, column: u32) -> Place {
        let subject = &self.places[self.place_of_row[row] as usize].subject;
        let place = self.file.sheet.cell(self.number(row), column);
        match self.file.recogniser.code_of(subject) {
            Some(code) => place.of_unit(code),
            None => place,
        }
    }
}

/// For each row the position of its combination of territorial labels, in the order of the file.
fn combinations(cube: &Cube, territory: &Territory) -> Vec<u32> {
    let mut of_row = cube.dimensions[territory.own].of_row.clone();
    for &other in territory.county.iter().chain(&territory.above) {
        let mut known: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        for (so_far, label) in of_row.iter_mut().zip(&cube.dimensions[other].of_row) {
            let next = u32::try_from(known.len()).unwrap_or(u32::MAX);
            *so_far = *known.entry((*so_far, *label)).or_insert(next);
        }
    }
    of_row
}

/// What the territorial labels of a row are about. A total beside a larger area is the total of that area.
fn recognised(file: &OpenFile<'_>, cube: &Cube, territory: &Territory, row: usize) -> Recognised {
    let label = |dimension: usize| {
        let dimension = &cube.dimensions[dimension];
        dimension.labels[dimension.of_row[row] as usize].as_str()
    };
    let county = territory.county.map(label);
    let about = |own: &str| {
        let own = Some(own);
        file.recogniser.recognise(if territory.glued {
            KeyTexts { glued: own, county, ..KeyTexts::default() }
        } else {
            KeyTexts { area: own, ..KeyTexts::default() }
        })
    };
    let found = about(label(territory.own));
    let is_whole = |found: &Recognised| match &found.subject {
        Subject::Total(_, area) => area.as_ref().is_none_or(|(level, _)| level == NATIONAL),
        _ => false,
    };
    if !is_whole(&found) {
        return found;
    }
    let size = |found: &Recognised| match &found.subject {
        Subject::Total(_, Some((level, _))) => {
            file.recogniser.matcher.register().level(level).map(|level| level.areas.len())
        }
        _ => None,
    };
    let above = territory.above.iter().map(|&above| about(label(above)));
    above.filter(|found| !is_whole(found)).max_by_key(size).unwrap_or(found)
}

/// What becomes of the rows of a file, measure by measure.
struct RowAccounts<'m> {
    matrix: &'m Matrix<'m>,
    account: RowAccount,
    dropped: BTreeMap<u32, RowClass>,
    /// Combinations of territorial labels whose remarks are reported.
    reported: BTreeSet<u32>,
}

impl<'m> RowAccounts<'m> {
    fn new(matrix: &'m Matrix<'m>) -> Self {
        let (dropped, reported) = (BTreeMap::new(), BTreeSet::new());
        Self { matrix, account: RowAccount::default(), dropped, reported }
    }

    /// Counts the rows that a measure took; answers the remarks on their labels, once a file.
    fn add(&mut self, selected: &[Selected]) -> StationFindings {
        let matrix = self.matrix;
        let mut findings = StationFindings::default();
        for group in selected.chunk_by(|a, b| a.place == b.place) {
            let recognised = &matrix.places[group[0].place as usize];
            if self.reported.insert(group[0].place) {
                let (found, refused) = report(matrix.file, &recognised.remarks, |_| {
                    matrix.cell(group[0].row, matrix.own_column())
                });
                findings.extend(found);
                self.account.refused.extend(refused);
            }
            let numbers = group.iter().map(|selected| matrix.number(selected.row));
            match &recognised.subject {
                Subject::Area(_) => self.account.used.extend(numbers),
                Subject::Total(class, _) | Subject::Part(class, _) | Subject::Other(class) => {
                    self.dropped.extend(numbers.map(|number| (number, *class)));
                }
                Subject::Refused => {}
            }
        }
        findings
    }

    fn finish(mut self) -> RowAccount {
        let (sheet, column) = (self.matrix.file.sheet, self.matrix.own_column());
        for (number, class) in self.dropped {
            self.account.drop_row(class, sheet.cell(number, column));
        }
        for &number in &self.matrix.cube.blank {
            self.account.drop_row(RowClass::Blank, sheet.place().at_row(number));
        }
        self.account
    }
}

#[cfg(test)]
mod tests;
