//! One TEMPO file with the place of each row: what its territorial labels are about.

use std::collections::BTreeMap;

use super::dimensions::Cube;
use super::grid::Content;
use super::keys::{KeyTexts, Recognised};
use super::source::{Current, Progress};
use super::territory::Territory;
use crate::quality::Place;

/// One file with what is common to its measures.
pub(super) struct Matrix<'c, 'o> {
    pub(super) current: &'c Current<'o>,
    pub(super) cube: Cube,
    pub(super) territory: Territory,
    /// For each row, the position of its combination of territorial labels.
    pub(super) place_of_row: Vec<u32>,
    /// What each combination of territorial labels is about, with the first row that has it.
    pub(super) places: Vec<(Recognised, usize)>,
}

/// Recognises each combination of territorial labels once.
pub(super) fn place_rows<'c, 'o>(
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

impl Matrix<'_, '_> {
    pub(super) fn number(&self, row: usize) -> u32 {
        self.current.opened.grid.row(self.cube.rows[row]).number()
    }

    pub(super) fn content(&self, row: usize) -> Content<'_> {
        self.current.opened.grid.row(self.cube.rows[row]).cell(self.cube.value)
    }

    pub(super) fn own_column(&self) -> u32 {
        self.cube.dimensions[self.territory.own].column
    }

    pub(super) fn place(&self, row: usize, column: u32) -> Place {
        self.current.opened.cell(self.number(row), column)
    }
}
