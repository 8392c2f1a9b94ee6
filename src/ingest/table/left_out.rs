//! Rows that a source leaves out by declaration: those of which `skip` speaks, and those for which
//! the condition `rows` does not hold. What is declared must act, in one file of the source at least.

use std::collections::{BTreeMap, BTreeSet};

use super::header::Header;
use crate::ingest::labels::{fold, trim};
use crate::ingest::rows::{
    KeyColumns, KeyReader, OpenFile, Recognised, Remark, Subject, has_number,
};
use crate::ingest::sheet::grid::{Content, GridRow};
use crate::message::ingest::{declared as message, effects};
use crate::quality::{Finding, Place};
use crate::spelling::nearest;
use crate::study::{
    ConditionCells, ConditionColumn, Parts, RowCondition, Skip, SkippedClass, Source,
};

/// Values of a column that are remembered, for what is said where a wanted one is not among them.
const MOST_VALUES: usize = 1_000;

/// What the declarations about rows did, over all files of a source.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Acted {
    /// Positions of the declarations in `skip` that speak of a row.
    skipped: BTreeSet<usize>,
    /// What the columns of `rows` hold, by their position.
    columns: BTreeMap<usize, Held>,
    /// Whether `rows` holds for a row that names an area.
    is_taken: bool,
    /// Where rows were left out first.
    place: Option<Place>,
    /// Whether an empty cell repeats the one above by `fill`.
    is_filled: bool,
    /// Whether rows are parts of a unit, or a unit stands in several.
    is_summed: bool,
}

/// What a column of `rows` holds.
#[derive(Debug, Default)]
struct Held {
    values: BTreeSet<String>,
    /// Those of the wanted values that it holds.
    wanted: BTreeSet<String>,
    place: Place,
}

impl Acted {
    /// The finding that no empty cell repeats the one above, although `fill` declares it.
    pub(in crate::ingest) fn nothing_filled(&self, source: &Source) -> Option<Finding> {
        let is_idle = !source.fill.is_empty() && !self.is_filled;
        is_idle.then(|| effects::nothing_filled(&source.fill))
    }

    /// The finding that no row is a part, although `parts` declares that they are summed.
    pub(in crate::ingest) fn nothing_summed(&self, source: &Source) -> Option<Finding> {
        let is_idle = source.parts == Parts::Sum && !self.is_summed;
        is_idle.then(effects::nothing_summed)
    }

    /// Remembers whether rows were summed.
    pub(in crate::ingest) fn sum(&mut self, is_summed: bool) {
        self.is_summed |= is_summed;
    }

    /// Remembers that an empty cell repeats the one above.
    pub(super) fn fill(&mut self) {
        self.is_filled = true;
    }

    /// The findings about declarations that acted in no file, and whether `rows` leaves nothing.
    pub(in crate::ingest) fn findings(&self, source: &Source) -> (Vec<Finding>, bool) {
        let unused = source.skip.iter().enumerate().filter(|(at, _)| !self.skipped.contains(at));
        let mut findings: Vec<Finding> = unused
            .map(|(_, skip)| match skip {
                Skip::Beginning(beginning) => message::skip_unused(beginning),
                Skip::Class { class } => message::class_unused(class.word()),
            })
            .collect();
        // where no file could be read, what is wrong with them was said
        let (Some(condition), Some(place)) = (&source.rows, self.place.clone()) else {
            return (findings, false);
        };
        let before = findings.len();
        for (column, held) in condition.columns().iter().zip(self.columns.values()) {
            findings.extend(held.missing(column));
        }
        if findings.len() == before && !self.is_taken {
            findings.push(message::no_row_taken(condition.text(), place));
        }
        let is_empty = findings.len() > before;
        (findings, is_empty)
    }
}

impl Held {
    fn see(&mut self, text: &str, column: &ConditionColumn) {
        if column.values.iter().any(|value| is_value(value, text, column.is_number)) {
            self.wanted.insert(text.to_owned());
        }
        if self.values.len() < MOST_VALUES && !self.values.contains(text) {
            self.values.insert(text.to_owned());
        }
    }

    /// The findings about wanted values that it does not hold.
    fn missing(&self, column: &ConditionColumn) -> Vec<Finding> {
        let is_held = |value: &&String| {
            !self.wanted.iter().any(|text| is_value(value, text, column.is_number))
        };
        let values: Vec<String> = self.values.iter().cloned().collect();
        let missing = column.values.iter().filter(is_held).map(|value| {
            let near = nearest(value, values.iter().map(String::as_str));
            message::value_missing(&column.name, value, near, &values, self.place.clone())
        });
        missing.collect()
    }
}

/// Whether a cell holds a value of a condition.
fn is_value(value: &str, text: &str, is_number: bool) -> bool {
    if is_number { number(text) == value.parse().ok() } else { text == value }
}

fn number(text: &str) -> Option<f64> {
    text.parse().ok().filter(|number: &f64| number.is_finite())
}

/// The declarations about rows while one sheet is read.
pub(super) struct LeftOut<'f> {
    skip: &'f [Skip],
    /// The same with their beginnings folded.
    folded: Vec<Skip>,
    skipped: BTreeMap<usize, Vec<Place>>,
    /// Rows of areas that begin so.
    protected: BTreeMap<usize, Vec<Place>>,
    condition: Option<&'f RowCondition>,
    /// Whether the condition holds, by position below the header.
    holds: Vec<Option<bool>>,
    left: usize,
    unanswered: Vec<Place>,
}

impl<'f> LeftOut<'f> {
    /// At the top of a table, of which `columns` are those of the condition and `filled` are written once
    /// for several rows.
    pub(super) fn new(
        file: &OpenFile<'f>,
        header: &Header,
        columns: &[u32],
        filled: &[u32],
        acted: &mut Acted,
    ) -> Self {
        let source = file.source;
        let condition = source.rows.as_ref();
        let holds = condition.map_or_else(Vec::new, |condition| {
            acted.place.get_or_insert_with(|| file.sheet.place());
            let texts = texts(file, header, columns, filled);
            for ((at, column), texts) in condition.columns().iter().enumerate().zip(&texts) {
                let place = file.sheet.place().at_column(columns[at]);
                let held =
                    acted.columns.entry(at).or_insert_with(|| Held { place, ..Held::default() });
                texts.iter().flatten().for_each(|text| held.see(text, column));
            }
            answers(condition, &texts)
        });
        Self {
            skip: &source.skip,
            folded: source.skip.iter().map(folded).collect(),
            skipped: BTreeMap::new(),
            protected: BTreeMap::new(),
            condition,
            holds,
            left: 0,
            unanswered: Vec::new(),
        }
    }

    /// Whether `rows` leaves out the row at a position below the header.
    pub(super) fn leaves(&mut self, at: usize) -> bool {
        let is_left = self.holds.get(at) == Some(&Some(false));
        self.left += usize::from(is_left);
        is_left
    }

    /// What becomes of the row at a position below the header; nothing where it is left out.
    pub(super) fn subject(
        &mut self,
        row: &GridRow<'_>,
        at: usize,
        recognised: &Recognised,
        place: impl Fn() -> Place,
    ) -> Option<Subject> {
        let subject = recognised.subject.clone();
        if let Some(skip) = self.skip(row, recognised) {
            let is_area = subject.is_area();
            let of = if is_area { &mut self.protected } else { &mut self.skipped };
            of.entry(skip).or_default().push(place());
            if !is_area {
                return None;
            }
        }
        if self.holds.get(at) != Some(&None) {
            return Some(subject);
        }
        match subject {
            Subject::Area(_) => {
                self.unanswered.push(place());
                None
            }
            // a total of which nobody knows which rows it sums is compared with none
            Subject::Total(class, _) => Some(Subject::Total(class, None)),
            Subject::Part(class, _) => Some(Subject::Part(class, None)),
            Subject::Other(_) | Subject::Refused => Some(subject),
        }
    }

    /// The position of the declaration in `skip` that speaks of a row.
    fn skip(&self, row: &GridRow<'_>, recognised: &Recognised) -> Option<usize> {
        if self.folded.is_empty() {
            return None;
        }
        let (_, first) = row.cells().find(|(_, cell)| !cell.is_blank())?;
        let text = fold(trim(&first.text()));
        self.folded.iter().position(|skip| match skip {
            Skip::Beginning(beginning) => text.starts_with(beginning.as_str()),
            Skip::Class { class } => is_of_class(*class, row, recognised),
        })
    }

    /// Whether rows were left out by the condition.
    pub(super) fn has_left(&self) -> bool {
        self.left > 0
    }

    /// What is to be said at the end of a sheet, of whose areas so many rows are taken.
    pub(super) fn findings(self, taken: usize, place: Place, acted: &mut Acted) -> Vec<Finding> {
        acted.is_taken |= taken > 0;
        acted.skipped.extend(self.skipped.keys().chain(self.protected.keys()));
        let mut findings = Vec::new();
        for (at, places) in self.skipped {
            findings.push(match &self.skip[at] {
                Skip::Beginning(beginning) => message::rows_skipped(beginning, places),
                Skip::Class { class: SkippedClass::Note } => message::notes_skipped(places),
                Skip::Class { class: SkippedClass::Total } => message::totals_skipped(places),
            });
        }
        for (at, places) in self.protected {
            if let Skip::Beginning(beginning) = &self.skip[at] {
                findings.push(message::skip_names_areas(beginning, places));
            }
        }
        if let Some(condition) = self.condition {
            findings.push(message::rows_left_out(condition.text(), self.left, taken, place));
            if !self.unanswered.is_empty() {
                findings.push(message::rows_unanswered(condition.text(), self.unanswered));
            }
        }
        findings
    }
}

/// A declaration as it is compared with texts.
fn folded(skip: &Skip) -> Skip {
    match skip {
        Skip::Beginning(beginning) => Skip::Beginning(fold(beginning)),
        Skip::Class { class } => Skip::Class { class: *class },
    }
}

/// Whether a row that names no area is of a class.
fn is_of_class(class: SkippedClass, row: &GridRow<'_>, recognised: &Recognised) -> bool {
    if recognised.subject != Subject::Refused {
        return false;
    }
    match class {
        SkippedClass::Note => {
            let near = |remark: &Remark| {
                remark.refused.as_ref().is_some_and(|refused| !refused.candidates.is_empty())
            };
            let written = row.cells().filter(|(_, cell)| !cell.is_blank()).count();
            written == 1 && !has_number(row) && !recognised.remarks.iter().any(near)
        }
        SkippedClass::Total => row.cells().any(|(_, cell)| match cell {
            Content::Text(text) => begins_a_total(&fold(trim(text))),
            _ => false,
        }),
    }
}

/// Whether a folded text says that its row is a total.
fn begins_a_total(text: &str) -> bool {
    let word = text.split(|letter: char| !letter.is_alphabetic()).next();
    word.is_some_and(|word| ["total", "totalul", "subtotal", "suma"].contains(&word))
}

/// The texts of columns, by column and then by row below the header; nothing where a cell is empty.
fn texts(
    file: &OpenFile<'_>,
    header: &Header,
    columns: &[u32],
    filled: &[u32],
) -> Vec<Vec<Option<String>>> {
    let grid = &file.sheet.grid;
    let mut texts = vec![Vec::new(); columns.len()];
    let mut reader = KeyReader::new(grid, KeyColumns::default(), filled.to_vec()).beside(columns);
    for row in grid.rows_from(header.data) {
        for (texts, &column) in texts.iter_mut().zip(columns) {
            let text = reader.cell(&row, column);
            let text = trim(&text);
            texts.push((!text.is_empty()).then(|| text.to_owned()));
        }
    }
    texts
}

/// Whether a condition holds, row by row.
fn answers(condition: &RowCondition, texts: &[Vec<Option<String>>]) -> Vec<Option<bool>> {
    let cells: Vec<ConditionCells<'_>> = condition
        .columns()
        .iter()
        .zip(texts)
        .map(|(column, texts)| {
            let texts = texts.iter().map(Option::as_deref);
            if column.is_number {
                let number = |text: Option<&str>| text.and_then(number).unwrap_or(f64::NAN);
                ConditionCells::Numbers(texts.map(number).collect())
            } else {
                ConditionCells::Texts(texts.collect())
            }
        })
        .collect();
    condition.holds(&cells)
}
