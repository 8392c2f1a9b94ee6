//! The measures behind an indicator of one unit, down to the cells of the files.

use std::collections::BTreeMap;

use serde::Serialize;

use super::labels::noun;
use crate::index::{Figures, Formula};
use crate::ingest::RawCellTexts;
use crate::language::Noun;
use crate::observation::{Cell, Missing, Origin, Series};
use crate::quality::cell_name;
use crate::register::{Level, UNIT};
use crate::study::Source;

/// Cells listed one by one; of a sum over more, the rest are counted.
const CELLS: usize = 200;

/// One measure as it entered the formula of an indicator.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct MeasureAccount {
    /// `<source>.<measure>`.
    pub name: String,
    /// Who published it.
    pub publisher: Option<String>,
    /// The date to which it refers.
    pub reference: Option<String>,
    /// The level at which it was measured.
    pub level: String,
    /// The areas measured: one, or those that were summed up to a larger level.
    pub areas: Vec<String>,
    /// Whether it was measured for a larger area than the unit.
    pub above_unit: bool,
    /// What a count counts.
    pub noun: Option<Noun>,
    /// Whether something stands for a small count that is not said.
    pub is_small: bool,
    /// The number, where there is one: of the area, or the sum over the areas.
    pub value: Option<f64>,
    /// The words, for a category.
    pub text: Option<String>,
    /// Why there is no value.
    pub missing: Option<Missing>,
    /// The cells it came from.
    pub cells: Vec<SourceCell>,
    /// How many more there are.
    pub more_cells: usize,
}

/// A cell of an input file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct SourceCell {
    /// The file, as the study names it.
    pub file: String,
    /// The sheet of a workbook.
    pub sheet: Option<String>,
    /// `D17`; in a text file field 4 of line 17.
    pub cell: String,
    /// What stands there, as written; `None` where the file could not be read again.
    pub written: Option<String>,
}

/// Where the account of a unit looks up what was read.
#[derive(Clone, Copy)]
pub(super) struct Inputs<'a> {
    /// What was computed and read.
    pub(super) figures: Figures<'a>,
    /// The sources of the study.
    pub(super) sources: &'a [Source],
    /// What stands in the cells.
    pub(super) written: &'a RawCellTexts,
}

/// The cells behind all measures of all indicators of some units, as far as they are listed one by one.
pub fn cells_of(figures: &Figures<'_>, units: &[usize]) -> Vec<Origin> {
    let mut cells = Vec::new();
    for (at, node) in figures.method.nodes.iter().enumerate() {
        let level = &figures.index.nodes[at].level;
        for name in operands(&node.origin) {
            let Some(series) = figures.observations.series(&name) else { continue };
            // the units of an area share its cells
            let mut areas: BTreeMap<u32, usize> = BTreeMap::new();
            for &unit in units {
                areas.entry(of(figures, level).of_unit[unit]).or_insert(unit);
            }
            for &unit in areas.values() {
                cells.extend(origins(figures, series, (level, unit)).into_iter().take(CELLS));
            }
        }
    }
    cells.sort_unstable();
    cells.dedup();
    cells
}

/// The names of the measures and register columns that an indicator is made from.
pub(super) fn operands(origin: &crate::index::method::Origin) -> Vec<String> {
    use crate::index::method::Origin as From;
    match origin {
        From::Measures(formula) => Formula::names(formula).to_vec(),
        From::Category(name) => vec![name.clone()],
        From::Children(_) | From::Nodes(_) => Vec::new(),
    }
}

/// The measures of an indicator that was evaluated at `level`, for one unit.
pub(super) fn measures(
    inputs: &Inputs<'_>,
    names: &[String],
    level: &str,
    unit: usize,
) -> Vec<MeasureAccount> {
    let series = names.iter().filter_map(|name| inputs.figures.observations.series(name));
    series.map(|series| measure(inputs, series, level, unit)).collect()
}

fn measure(inputs: &Inputs<'_>, series: &Series, level: &str, unit: usize) -> MeasureAccount {
    let figures = &inputs.figures;
    let source = &inputs.sources[series.source];
    let areas = areas(figures, series, (level, unit));
    let names = |at: &usize| of(figures, &series.level).areas[*at].clone();
    let (value, text, missing) = joint_value(series, &areas);
    let origins = origins(figures, series, (level, unit));
    let is_small = areas
        .iter()
        .any(|&area| matches!(series.cells[area], Cell::Substitute(_) | Cell::Withheld));
    let place = |cell: &Origin| SourceCell {
        // what stands in the file is what is not said
        written: inputs.written.get(cell).filter(|_| !is_small).cloned(),
        ..place(figures, *cell)
    };
    let cells = origins.iter().take(CELLS).map(place).collect();
    MeasureAccount {
        name: series.name.clone(),
        publisher: source.publisher.clone(),
        reference: source.reference.clone(),
        level: series.level.clone(),
        areas: areas.iter().map(names).collect(),
        above_unit: series.level != UNIT,
        noun: noun(series, inputs.sources),
        is_small,
        value,
        text,
        missing,
        cells,
        more_cells: origins.len().saturating_sub(CELLS),
    }
}

/// What the areas say together: one cell as it is, several as the engine sums them up.
fn joint_value(series: &Series, areas: &[usize]) -> (Option<f64>, Option<String>, Option<Missing>) {
    if let [one] = areas {
        return match &series.cells[*one] {
            Cell::Number(number) | Cell::Substitute(number) => (Some(*number), None, None),
            Cell::Text(text) => (None, Some(text.clone()), None),
            Cell::Missing(missing) => (None, None, Some(*missing)),
            Cell::Withheld => (None, None, Some(Missing::Confidential)),
        };
    }
    let cells = areas.iter().map(|&area| &series.cells[area]);
    let missing = cells.clone().find_map(|cell| match cell {
        Cell::Missing(missing) => Some(*missing),
        Cell::Withheld => Some(Missing::Confidential),
        Cell::Number(_) | Cell::Substitute(_) | Cell::Text(_) => None,
    });
    if missing.is_some() || !series.nature.sums() {
        return (None, None, missing);
    }
    (Some(crate::index::stats::sum(cells.filter_map(Cell::number))), None, None)
}

/// The areas of the series that make up the area of `level` in which the unit lies.
fn areas(figures: &Figures<'_>, series: &Series, (level, unit): (&str, usize)) -> Vec<usize> {
    let own = of(figures, &series.level);
    let whole = of(figures, level);
    if series.level == level || !own.refines(whole) {
        return vec![own.of_unit[unit] as usize];
    }
    let inside =
        (0..own.of_unit.len()).filter(|&other| whole.of_unit[other] == whole.of_unit[unit]);
    let mut areas: Vec<usize> = inside.map(|other| own.of_unit[other] as usize).collect();
    areas.sort_unstable();
    areas.dedup();
    areas
}

fn origins(figures: &Figures<'_>, series: &Series, place: (&str, usize)) -> Vec<Origin> {
    areas(figures, series, place)
        .into_iter()
        .flat_map(|area| series.origins[area].to_vec())
        .collect()
}

fn of<'a>(figures: &Figures<'a>, level: &str) -> &'a Level {
    figures.register.level(level).expect("the levels of a run are those of its register")
}

fn place(figures: &Figures<'_>, cell: Origin) -> SourceCell {
    let file = &figures.observations.files[cell.file as usize];
    SourceCell {
        file: file.path.clone(),
        sheet: file.sheets.get(cell.sheet as usize).cloned(),
        cell: cell_name(cell.row, cell.column),
        written: None,
    }
}
