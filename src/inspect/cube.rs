//! What a TEMPO file holds: its dimensions, the territory among them, and the labels to choose.

use super::portrait::ColumnPortrait;
use crate::ingest::{
    Cube, Dimension, Header, KeyTexts, Page, Recogniser, Subject, find_territory, fold, header,
    read_cube, trim,
};
use crate::quality::column_letters;
use crate::register::{Matcher, UNIT};

/// The rows from the top in which the header of an export is looked for.
const TOP: usize = 6;
/// How many labels of a dimension become measures of their own when none is a total.
const SEVERAL: usize = 4;

/// A TEMPO file with the level that it measures.
pub(super) struct Tempo {
    pub(super) header: Header,
    pub(super) cube: Cube,
    /// The level of its territorial dimension, with the positions of territorial dimensions, that
    /// of the level first.
    pub(super) level: Option<(String, Vec<usize>)>,
}

/// One choice of labels: dimension and label, for every dimension that has more than one.
pub(super) type Choice = Vec<(String, String)>;

/// The page as a TEMPO export: long form with a column of periods, one of the unit of measurement and a
/// last column `Valoare`. `None` when it is none: a column of that name alone heads many tables.
pub(super) fn recognise(page: &Page, matcher: &Matcher<'_>) -> Option<Tempo> {
    let row = page.grid.rows_from(0).take(TOP).find(|row| {
        let last = row.cells().last().map(|(_, cell)| fold(&cell.text()));
        row.cells().count() > 2 && last.as_deref() == Some("valoare")
    })?;
    let header = header::declared(&page.grid, &[row.number()]);
    let cube = read_cube(&page.grid, &header).ok()?;
    let has = |is: fn(&Dimension) -> bool| cube.dimensions.iter().any(is);
    if !(has(is_unit) && has(is_of_periods)) {
        return None;
    }
    let mut levels = vec![UNIT];
    levels.extend(super::candidates::levels(matcher).into_iter().map(|(level, _)| level));
    let level = levels.into_iter().find_map(|level| {
        let recogniser = Recogniser::at(matcher, level);
        let found = find_territory(&recogniser, &cube, &[])?;
        let most = is_mostly(&cube.dimensions[found.own], &recogniser);
        most.then(|| {
            let others =
                (0..cube.dimensions.len()).filter(|&at| at != found.own && found.holds(at));
            (level.to_owned(), [found.own].into_iter().chain(others).collect())
        })
    });
    Some(Tempo { header, cube, level })
}

/// Whether a dimension holds the unit of measurement (`UM: Numar persoane`).
fn is_unit(dimension: &Dimension) -> bool {
    let name = fold(&dimension.name);
    name == "um" || name.starts_with("um:") || name.starts_with("unitat")
}

/// Whether every label of a dimension is a year, or a part of one.
fn is_of_periods(dimension: &Dimension) -> bool {
    let words = ["luna", "trimestrul", "semestrul"];
    let is_period =
        |label: &String| is_year(label) || words.iter().any(|word| label.starts_with(word));
    !dimension.folded.is_empty() && dimension.folded.iter().all(is_period)
}

/// Whether a folded label is a year, `anul 2024` or the number alone.
fn is_year(label: &str) -> bool {
    label.starts_with("anul") || label.parse().is_ok_and(|year: u32| (1900..2100).contains(&year))
}

/// Whether the labels of a dimension are areas of the level, apart from totals: a list of counties
/// holds every region too, but is none of regions.
fn is_mostly(dimension: &Dimension, recogniser: &Recogniser<'_>) -> bool {
    let (mut areas, mut refused) = (0_usize, 0_usize);
    for label in dimension.labels.iter().filter(|label| !label.is_empty()) {
        let text = Some(label.as_str());
        let texts = if recogniser.level == UNIT {
            KeyTexts { glued: text, ..KeyTexts::default() }
        } else {
            KeyTexts { area: text, ..KeyTexts::default() }
        };
        match recogniser.recognise(texts).subject {
            Subject::Area(_) => areas += 1,
            Subject::Refused | Subject::Part(..) => refused += 1,
            Subject::Total(..) | Subject::Other(_) => {}
        }
    }
    areas > 0 && areas >= refused
}

impl Tempo {
    /// The unit of measurement that the file names (`Numar persoane`, `Procente`).
    pub(super) fn unit(&self) -> String {
        let unit = self.cube.dimensions.iter().find(|dimension| is_unit(dimension));
        unit.and_then(|dimension| dimension.labels.first().cloned()).unwrap_or_default()
    }

    /// What it measures: the name of its first dimension that is neither a territory nor a period.
    pub(super) fn dimensions(&self) -> &[Dimension] {
        &self.cube.dimensions
    }

    fn is_territorial(&self, at: usize) -> bool {
        self.level.as_ref().is_some_and(|(_, territorial)| territorial.contains(&at))
    }

    /// The choices of labels that give one value an area: totals where there are any, the last
    /// period, and else every one of a few labels.
    pub(super) fn choices(&self) -> Vec<(String, Choice)> {
        let mut choices: Vec<(String, Choice)> = vec![(String::new(), Vec::new())];
        for (at, dimension) in self.cube.dimensions.iter().enumerate() {
            if self.is_territorial(at) || is_unit(dimension) || dimension.labels.is_empty() {
                continue;
            }
            let labels = chosen(dimension);
            let several = labels.len() > 1;
            choices = choices
                .into_iter()
                .flat_map(|(name, choice)| {
                    labels.iter().map(move |label| {
                        let mut choice = choice.clone();
                        choice.push((dimension.name.clone(), label.clone()));
                        let name = if several { format!("{name} {label}") } else { name.clone() };
                        (name, choice)
                    })
                })
                .collect();
        }
        choices
    }

    /// The dimensions as columns.
    pub(super) fn columns(&self) -> Vec<ColumnPortrait> {
        let rows = self.cube.rows.len();
        self.cube
            .dimensions
            .iter()
            .enumerate()
            .map(|(at, dimension)| {
                let shape = if self.is_territorial(at) { "territory" } else { "labels" };
                ColumnPortrait {
                    letters: column_letters(dimension.column),
                    number: dimension.column,
                    header: trim(&dimension.name).to_owned(),
                    shape,
                    filled: rows,
                    empty: 0,
                    distinct: dimension.labels.len(),
                    examples: dimension.labels.iter().take(4).cloned().collect(),
                    numbers: None,
                    marks: Vec::new(),
                    problems: Vec::new(),
                }
            })
            .collect()
    }
}

/// The labels of a dimension that a measure takes: its total, its last period, else a few.
fn chosen(dimension: &Dimension) -> Vec<String> {
    let total = dimension.folded.iter().position(|label| label.starts_with("total"));
    if let Some(at) = total {
        return vec![dimension.labels[at].clone()];
    }
    if is_of_periods(dimension) {
        let last = (0..dimension.labels.len()).max_by_key(|&at| &dimension.folded[at]);
        // Months are in the order of the file, years in that of their numbers.
        let last = if dimension.folded.iter().all(|label| is_year(label)) {
            last
        } else {
            dimension.labels.len().checked_sub(1)
        };
        return last.map(|at| dimension.labels[at].clone()).into_iter().collect();
    }
    dimension.labels.iter().take(SEVERAL).cloned().collect()
}
