//! The dimensions of a TEMPO file: its columns as lists of labels, and which of them tell where.

use std::collections::BTreeMap;

use crate::ingest::labels::{fold, trim};
use crate::ingest::rows::Recogniser;
use crate::ingest::sheet::grid::Grid;
use crate::ingest::table::header::Header;
use crate::message::ingest::tempo as message;
use crate::quality::Message;
use crate::register::{AreaMatch, CodeMatch, UNIT};

/// One dimension of a TEMPO file.
#[derive(Debug)]
pub(crate) struct Dimension {
    /// Column, from 1.
    pub(crate) column: u32,
    /// Its header, without spaces around it.
    pub(crate) name: String,
    /// Its labels as first written, without spaces around them, in the order of the file. Labels that
    /// differ only in case, diacritics or spaces are one.
    pub(crate) labels: Vec<String>,
    /// The same labels in the form in which they are compared.
    pub(crate) folded: Vec<String>,
    /// For each row the position of its label.
    pub(crate) of_row: Vec<u32>,
}

/// A TEMPO file as a cube in long form.
#[derive(Debug)]
pub(crate) struct Cube {
    /// Every column but that of the values.
    pub(crate) dimensions: Vec<Dimension>,
    /// Column of the values.
    pub(crate) value: u32,
    /// Positions in the grid of the rows, in the order of `Dimension::of_row`; blank rows are left
    /// out.
    pub(crate) rows: Vec<usize>,
    /// Numbers of the blank rows.
    pub(crate) blank: Vec<u32>,
}

/// The most labels that a dimension may have: ten times as many as the register has units.
const MOST_LABELS: usize = 32_000;

/// Reads the labels of all rows.
///
/// # Errors
/// In words: there are fewer than two columns, or one has far too many labels to be a dimension.
pub(crate) fn read(grid: &Grid, header: &Header) -> Result<Cube, Message> {
    let value = header
        .columns
        .iter()
        .rev()
        .find(|column| column.folded() == "valoare")
        .or(header.columns.last())
        .ok_or_else(message::no_labels)?
        .column;
    let mut cube = Cube { dimensions: Vec::new(), value, rows: Vec::new(), blank: Vec::new() };
    for at in header.data..grid.len() {
        let row = grid.row(at);
        if row.is_blank() {
            cube.blank.push(row.number());
        } else {
            cube.rows.push(at);
        }
    }
    for column in header.columns.iter().filter(|column| column.column != value) {
        let name = trim(&column.label()).to_owned();
        let dimension = dimension(grid, &cube.rows, column.column, name);
        if dimension.labels.len() > MOST_LABELS {
            return Err(message::too_many_labels(&dimension.name, MOST_LABELS));
        }
        cube.dimensions.push(dimension);
    }
    if cube.dimensions.is_empty() { Err(message::no_labels()) } else { Ok(cube) }
}

/// The labels of one column; not read on once there are too many.
fn dimension(grid: &Grid, rows: &[usize], column: u32, name: String) -> Dimension {
    let mut dimension = Dimension {
        column,
        name,
        labels: Vec::new(),
        folded: Vec::new(),
        of_row: Vec::with_capacity(rows.len()),
    };
    let mut written: BTreeMap<String, u32> = BTreeMap::new();
    let mut compared: BTreeMap<String, u32> = BTreeMap::new();
    let mut last: Option<(String, u32)> = None;
    for &at in rows {
        if dimension.labels.len() > MOST_LABELS {
            break;
        }
        let text = grid.row(at).cell(column).text();
        // Rows come in runs of equal labels, so most need no search.
        if let Some((known, position)) = &last
            && *known == text
        {
            dimension.of_row.push(*position);
            continue;
        }
        let position = if let Some(&position) = written.get(text.as_ref()) {
            position
        } else {
            let folded = fold(&text);
            let next = u32::try_from(dimension.labels.len()).unwrap_or(u32::MAX);
            let position = *compared.entry(folded.clone()).or_insert(next);
            if position == next {
                dimension.labels.push(trim(&text).to_owned());
                dimension.folded.push(folded);
            }
            written.insert(text.clone().into_owned(), position);
            position
        };
        dimension.of_row.push(position);
        last = Some((text.into_owned(), position));
    }
    dimension
}

/// How many labels of a dimension are looked at.
const LOOKED_AT: usize = 200;

/// The territorial dimensions, by position.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Territory {
    /// The dimension whose labels are areas of the source's level.
    pub(crate) own: usize,
    /// Whether its labels are code and name glued together.
    pub(crate) glued: bool,
    /// The dimension of counties beside localities.
    pub(crate) county: Option<usize>,
    /// Dimensions of larger areas, which the others decide: the regions beside counties.
    pub(crate) above: Vec<usize>,
}

impl Territory {
    /// Whether a dimension tells where, so that its labels are chosen among areas and not added up.
    pub(crate) fn holds(&self, dimension: usize) -> bool {
        self.own == dimension || self.county == Some(dimension) || self.above.contains(&dimension)
    }
}

/// Finds the territorial dimensions among those that the study does not select labels of; `None` when
/// no dimension has mostly labels of areas.
pub(crate) fn find_territory(
    recogniser: &Recogniser<'_>,
    cube: &Cube,
    selected: &[usize],
) -> Option<Territory> {
    let score = |dimension: &Dimension| recognised(recogniser, dimension);
    let own = (0..cube.dimensions.len())
        .filter(|at| !selected.contains(at))
        .filter_map(|at| Some((score(&cube.dimensions[at])?, at)))
        .max_by_key(|&(score, at)| (says_so(&cube.dimensions[at]), score, at))
        .map(|(_, at)| at)?;
    let glued = recogniser.level == UNIT;
    let county = glued
        .then(|| {
            (0..cube.dimensions.len())
                .filter(|&at| at != own)
                .find(|&at| are_counties(recogniser, &cube.dimensions[at]))
        })
        .flatten();
    Some(Territory { own, glued, county, above: Vec::new() }.with_above(recogniser, cube))
}

impl Territory {
    /// The same with the dimensions of larger areas.
    pub(super) fn with_above(self, recogniser: &Recogniser<'_>, cube: &Cube) -> Self {
        let others = (0..cube.dimensions.len()).filter(|&at| !self.holds(at));
        let above = others.filter(|&at| is_larger(recogniser, &cube.dimensions[at])).collect();
        Self { above, ..self }
    }
}

/// Whether a dimension is called by territories, and all its labels are areas larger than those of the level,
/// or totals.
fn is_larger(recogniser: &Recogniser<'_>, dimension: &Dimension) -> bool {
    let register = recogniser.matcher.register();
    // most dimensions are none, and looking for areas takes long
    let Some(own) = register.level(recogniser.level).filter(|_| says_so(dimension)) else {
        return false;
    };
    let larger = |level: &&str| {
        register.level(level).is_some_and(|it| it.areas.len() < own.areas.len() && own.refines(it))
    };
    let levels: Vec<&str> = register.level_names().filter(larger).collect();
    let (mut areas, mut others) = (0_usize, 0_usize);
    for label in dimension.labels.iter().take(LOOKED_AT).filter(|label| !label.is_empty()) {
        let found = |level: &&str| recogniser.matcher.area(level, label);
        let found: Vec<AreaMatch> = levels.iter().map(found).collect();
        areas += usize::from(found.iter().any(|it| matches!(it, AreaMatch::Area(..))));
        others += usize::from(found.iter().all(|it| matches!(it, AreaMatch::Unknown(_))));
    }
    areas > 0 && others == 0
}

/// Whether a dimension is called by what INS calls territories.
fn says_so(dimension: &Dimension) -> bool {
    let name = fold(&dimension.name);
    ["judet", "localit", "regiun", "municip", "teritor"].iter().any(|word| name.contains(word))
}

/// How many labels are areas of the level or totals above them, when most are and one is an area.
fn recognised(recogniser: &Recogniser<'_>, dimension: &Dimension) -> Option<usize> {
    let (mut areas, mut known, mut all) = (0_usize, 0_usize, 0_usize);
    for label in dimension.labels.iter().take(LOOKED_AT).filter(|label| !label.is_empty()) {
        all += 1;
        if recogniser.level == UNIT {
            let code = recogniser.matcher.split_glued(label).map(|(code, _)| code);
            if matches!(code.map(|code| recogniser.matcher.code(code)), Some(CodeMatch::Unit(..))) {
                areas += 1;
                known += 1;
            }
        } else {
            match recogniser.matcher.area(recogniser.level, label) {
                AreaMatch::Area(..) => {
                    areas += 1;
                    known += 1;
                }
                AreaMatch::Total => known += 1,
                // Smaller areas than those of the level stand in the same dimension.
                AreaMatch::Unknown(_) => {
                    let county = recogniser.matcher.area("county", label);
                    let region = recogniser.matcher.area("region", label);
                    let finer = |found: &AreaMatch| matches!(found, AreaMatch::Area(..));
                    known += usize::from(finer(&county) || finer(&region));
                }
            }
        }
    }
    (areas > 0 && known * 2 >= all).then_some(known)
}

fn are_counties(recogniser: &Recogniser<'_>, dimension: &Dimension) -> bool {
    let county =
        |label: &&String| matches!(recogniser.matcher.area("county", label), AreaMatch::Area(..));
    let looked_at = || dimension.labels.iter().take(LOOKED_AT).filter(|label| !label.is_empty());
    let counties = looked_at().filter(county).count();
    let totals = looked_at()
        .filter(|label| matches!(recogniser.matcher.area("county", label), AreaMatch::Total))
        .count();
    let all = looked_at().count();
    counties > 0 && (counties + totals) * 10 >= all * 9
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::sheet::grid::GridBuilder;
    use crate::ingest::table::header;

    #[test]
    fn rows_become_positions_in_lists_of_labels() {
        let rows = [
            "Sexe, Ani, UM: Numar, Valoare",
            "Total , Anul 2024, Numar, 5",
            "TOTAL, Anul 2025, Numar, 6",
            ",,,",
            "Feminin, Anul 2024, Numar, 3",
        ];
        let mut builder = GridBuilder::default();
        for (number, row) in (1..).zip(rows) {
            builder.begin_row(number, 4);
            (1..).zip(row.split(',')).for_each(|(column, text)| builder.field(column, text));
        }
        let grid = builder.finish_text(String::new());
        let cube = read(&grid, &header::detect(&grid, &["Valoare"])).unwrap();
        assert_eq!(cube.value, 4);
        assert_eq!(cube.blank, [4]);
        assert_eq!(cube.rows.len(), 3);
        assert_eq!(cube.dimensions[0].name, "Sexe");
        assert_eq!(cube.dimensions[0].labels, ["Total", "Feminin"]);
        assert_eq!(cube.dimensions[0].of_row, [0, 0, 1]);
        assert_eq!(cube.dimensions[1].of_row, [0, 1, 0]);
    }
}
