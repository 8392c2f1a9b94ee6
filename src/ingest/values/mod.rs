//! What the cells of a measure say, once the number format of its column is decided.

pub(super) mod numbers;
mod scale;
pub(super) mod states;
mod tally;
mod units;

use std::collections::BTreeSet;

use self::numbers::{Decision, Evidence, describe};
use self::scale::{Look, Seen, Written};
use self::states::{CellReader, CellValue, Problem, marker};
pub(super) use self::tally::CellTally;
use super::findings::StationFindings;
use super::labels::{fold, trim};
use super::rows::{DataRow, OpenFile, RowAccount, Subject};
use super::sheet::facts::Rectangle;
use super::sheet::grid::Content;
use crate::message::ingest::{declared, values as message};
use crate::observation::{Cell, Missing, Nature, Origins};
use crate::quality::{Finding, Place, column_letters};
use crate::register::{RowClass, UNIT};
use crate::study::source::Marker;
use crate::study::{Measure, NumberFormat};

/// What one file of a source gives.
pub(super) struct FileReading {
    /// By position of the measure; `None` where it cannot be read, which a finding says.
    pub(super) measures: Vec<Option<MeasureReading>>,
    /// What stands above columns that the study names by letter or number, by that name.
    pub(super) positions: Vec<(String, String)>,
    /// What became of its rows.
    pub(super) rows: RowAccount,
    /// What was found on the way.
    pub(super) findings: StationFindings,
}

impl FileReading {
    /// Nothing for any of so many measures; the findings say why.
    pub(super) fn none(measures: usize, findings: StationFindings) -> Self {
        let measures = (0..measures).map(|_| None).collect();
        Self { measures, positions: Vec::new(), rows: RowAccount::default(), findings }
    }
}

/// What one file says of a measure.
#[derive(Default)]
pub(super) struct MeasureReading {
    /// The cells of areas, in reading order.
    pub(super) cells: Vec<AreaCell>,
    /// Printed totals and parts, for reconciliation.
    pub(super) printed: Vec<Printed>,
    /// What was seen in the cells of areas.
    pub(super) tally: CellTally,
}

/// The cell of an area, and where it came from.
pub(super) struct AreaCell {
    pub(super) area: usize,
    pub(super) cell: Cell,
    pub(super) origins: Origins,
}

/// The sum of cells; a missing one makes the sum missing, confidential before all.
pub(super) fn sum(cells: &[Cell]) -> Cell {
    let mut total = 0.0;
    let mut missing: Option<Missing> = None;
    for cell in cells {
        match cell {
            Cell::Number(value) | Cell::Substitute(value) => total += value,
            Cell::Missing(Missing::Confidential) | Cell::Withheld => {
                missing = Some(Missing::Confidential);
            }
            Cell::Missing(other) => missing = missing.or(Some(*other)),
            Cell::Text(_) => missing = missing.or(Some(Missing::NotAvailable)),
        }
    }
    missing.map_or(Cell::Number(total), Cell::Missing)
}

/// What a printed number beside the areas is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum PrintedOf {
    /// The total of a larger area: its level and position there.
    Total(String, usize),
    /// A total, and nobody knows of which area.
    SomeTotal,
    /// A part (sector, village) of a unit.
    Part(RowClass, usize),
}

/// A number printed beside those of the areas.
#[derive(Clone, Debug)]
pub(super) struct Printed {
    pub(super) of: PrintedOf,
    pub(super) value: f64,
    pub(super) place: Place,
}

impl Printed {
    /// A printed number of a source of `level`, when it is known what it is the total or part of.
    pub(super) fn new(subject: &Subject, level: &str, value: f64, place: Place) -> Option<Self> {
        let of = match subject {
            Subject::Total(_, Some((above, area))) => PrintedOf::Total(above.clone(), *area),
            Subject::Total(_, None) => PrintedOf::SomeTotal,
            Subject::Part(class, Some(unit)) if level == UNIT => PrintedOf::Part(*class, *unit),
            _ => return None,
        };
        Some(Self { of, value, place })
    }
}

/// A column of a table that holds a measure.
#[derive(Clone, Copy)]
pub(super) struct MeasureColumn<'c> {
    pub(super) file: &'c OpenFile<'c>,
    pub(super) measure: &'c Measure,
    /// The column, from 1.
    pub(super) column: u32,
    /// What stands above it.
    pub(super) header: &'c str,
    /// The rows of data of the table.
    pub(super) rows: &'c [DataRow<'c>],
}

impl MeasureColumn<'_> {
    /// Reads the cells of the measure; `None` when its number format cannot be decided, which a
    /// finding says.
    pub(super) fn read(&self) -> (Option<MeasureReading>, StationFindings) {
        if !self.measure.nature.is_number() {
            return (Some(self.words()), StationFindings::default());
        }
        let unit = self.unit();
        let folded = unit.map(|(unit, _)| fold(unit));
        let (format, mut findings) = self.format(folded.as_deref());
        if let Some((unit, is_seen)) = unit {
            let place = self.file.sheet.place().at_column(self.column);
            let about = if is_seen { declared::unit_in_cells } else { declared::unit_unused };
            findings.merge(about(&self.measure.id, unit, place));
        }
        self.scaled().into_iter().for_each(|finding| findings.merge(finding));
        let reading = format.map(|format| {
            let (reading, seen) = self.numbers(format, folded);
            self.implausible(&seen).into_iter().for_each(|finding| findings.push(finding));
            reading
        });
        (reading, findings)
    }

    fn place(&self, row: &DataRow<'_>) -> Place {
        let place = self.file.sheet.cell(row.row.number(), self.column);
        match self.file.recogniser.code_of(&row.recognised.subject) {
            Some(code) => place.of_unit(code),
            None => place,
        }
    }

    fn area_cell(&self, row: &DataRow<'_>, area: usize, cell: Cell) -> AreaCell {
        let origins = self.file.origin(row.row.number(), self.column).into();
        AreaCell { area, cell, origins }
    }

    /// The cells of the measure, and the numbers of areas among them.
    fn numbers(&self, format: NumberFormat, unit: Option<String>) -> (MeasureReading, Vec<Seen>) {
        let mut reading = MeasureReading {
            cells: Vec::with_capacity(self.rows.len()),
            ..MeasureReading::default()
        };
        let mut seen = Vec::with_capacity(self.rows.len());
        let mut reader = CellReader::new(format, &self.file.source.missing)
            .brackets(self.file.source.brackets)
            .unit(unit);
        let shared = self.shared_rows();
        for (at, row) in self.rows.iter().enumerate() {
            let content = row.row.cell(self.column);
            let value = if shared.contains(&row.row.number()) {
                CellValue::Problem(Problem::Merged)
            } else {
                reader.read(content)
            };
            match &row.recognised.subject {
                Subject::Area(area) => {
                    let written = match (&value, content) {
                        (CellValue::Zero(_), _) => Written::Mark,
                        (_, Content::Number(_)) => Written::Stored,
                        _ => Written::Text,
                    };
                    if let Some(value) = value.number() {
                        seen.push(Seen { value, written, row: at });
                    }
                    if let (CellValue::Problem(Problem::Unit), Content::Text(text)) =
                        (&value, content)
                        && let Some((_, unit)) = units::split(text)
                    {
                        reading.tally.carries(unit);
                    }
                    let nature = self.measure.nature;
                    let cell = reading.tally.take(value, nature, || self.place(row));
                    reading.cells.push(self.area_cell(row, *area, cell));
                }
                subject @ (Subject::Total(..) | Subject::Part(..)) => {
                    if let Some(value) = value.number() {
                        let level = self.file.recogniser.level;
                        reading.printed.extend(Printed::new(
                            subject,
                            level,
                            value,
                            self.place(row),
                        ));
                    }
                }
                Subject::Other(_) | Subject::Refused => {}
            }
        }
        reading.tally.used(reader.uses);
        (reading, seen)
    }

    /// The rows of areas whose cells are merged with those of others.
    fn shared_rows(&self) -> BTreeSet<u32> {
        let merges = self.file.sheet.grid.facts.merges.iter().filter(|merge| {
            merge.bottom > merge.top && (merge.left..=merge.right).contains(&self.column)
        });
        let is_area = |row: &&DataRow<'_>| row.recognised.subject.is_area();
        let mut merges = merges.peekable();
        if merges.peek().is_none() {
            return BTreeSet::new();
        }
        let areas: Vec<u32> =
            self.rows.iter().filter(is_area).map(|row| row.row.number()).collect();
        let mut shared = BTreeSet::new();
        // how far the rows are looked through already: merges may overlap in a damaged workbook
        let mut sorted: Vec<&Rectangle> = merges.collect();
        sorted.sort_by_key(|merge| (merge.top, merge.bottom));
        let mut done = 0;
        for merge in sorted {
            let from = areas.partition_point(|row| *row < merge.top);
            let to = areas.partition_point(|row| *row <= merge.bottom);
            if to - from > 1 {
                shared.extend(&areas[from.max(done).min(to)..to]);
                done = done.max(to);
            }
        }
        shared
    }

    /// What is implausible in the numbers of areas.
    fn implausible(&self, numbers: &[Seen]) -> Vec<Finding> {
        let look = Look {
            measure: &self.measure.id,
            nature: self.measure.nature,
            promises_percent: self.header.contains('%'),
            numbers,
        };
        look.findings(|row| self.place(&self.rows[row]))
    }

    fn words(&self) -> MeasureReading {
        let mut reading = MeasureReading::default();
        for row in self.rows {
            if let Subject::Area(area) = row.recognised.subject {
                let text = row.row.cell(self.column).text();
                let text = trim(&text);
                let cell = match self.mark(text) {
                    Some(missing) => {
                        let value = CellValue::Missing(missing, text.to_owned().into());
                        reading.tally.take(value, self.measure.nature, || self.place(row))
                    }
                    None => Cell::Text(text.to_owned()),
                };
                reading.cells.push(self.area_cell(row, area, cell));
            }
        }
        reading
    }

    /// The state that a text among words means.
    fn mark(&self, text: &str) -> Option<Missing> {
        let declared = &self.file.source.missing;
        // Only declared marks mean something among words: `c` may well be a class.
        if declared.contains_key(text) || matches!(text, ":" | "::") {
            marker(text, declared).and_then(Marker::missing)
        } else {
            text.is_empty().then_some(Missing::NotAvailable)
        }
    }

    /// The number format of the column: declared, or decided from all its texts; `None` when it
    /// cannot be decided, which a finding says.
    fn format(&self, unit: Option<&str>) -> (Option<NumberFormat>, StationFindings) {
        let mut findings = StationFindings::default();
        let id = self.measure.id.as_str();
        let mut evidence = self.evidence(self.column, unit);
        let place = self.file.sheet.place().at_column(self.column);
        let percent = self.percent(&evidence, &place);
        percent.into_iter().for_each(|finding| findings.merge(finding));
        let declared = self.measure.numbers.or(self.file.source.numbers);
        if declared.is_some() {
            return (declared, findings);
        }
        let mut witness = None;
        if let Decision::Ambiguous { mark, .. } = evidence.decide() {
            // The other columns of a table are written by the same hand: where they settle that the
            // decimal mark is another one, this mark can only part thousands. (That theirs is the same
            // mark proves nothing: `3.37` beside `1.234` is the mixture that is to be refused.)
            witness = self.decimal_of_neighbours().filter(|&(decimal, _)| decimal != mark);
            if let Some((decimal, _)) = witness {
                evidence.assume_decimal(decimal);
            }
        }
        let format = match evidence.decide() {
            Decision::Format { format, plain } => {
                let marks = describe(format);
                let finding = match witness {
                    _ if plain => None,
                    None => Some(message::number_format(id, &marks, place)),
                    Some((decimal, column)) => {
                        let letters = column_letters(column);
                        Some(message::number_format_by_neighbour(
                            id, &marks, &letters, decimal, place,
                        ))
                    }
                };
                finding.into_iter().for_each(|finding| findings.merge(finding));
                Some(format)
            }
            Decision::Ambiguous { example, mark } => {
                let is_rate = self.measure.nature == Nature::Rate;
                findings.push(message::ambiguous_column(id, trim(&example), mark, is_rate, place));
                None
            }
            Decision::Conflict(first, second) => {
                findings.push(message::number_conflict(id, trim(&first), trim(&second), place));
                None
            }
        };
        (format, findings)
    }

    /// What the texts of a column of the table say about its number format.
    fn evidence(&self, column: u32, unit: Option<&str>) -> Evidence {
        let mut evidence = Evidence::default();
        for row in self.rows {
            let counts = matches!(
                row.recognised.subject,
                Subject::Area(_) | Subject::Total(..) | Subject::Part(..)
            );
            if let (true, Content::Text(text)) = (counts, row.row.cell(column))
                && marker(trim(text), &self.file.source.missing).is_none()
            {
                let number = units::without(text, unit);
                evidence.see(numbers::unmarked(trim(number)).map_or(number, |(number, _)| number));
            }
        }
        evidence
    }

    /// The decimal mark that other columns of the table settle without doubt, and the first such
    /// column.
    fn decimal_of_neighbours(&self) -> Option<(char, u32)> {
        let mut settled: Option<(char, u32)> = None;
        for other in (1..=self.file.sheet.grid.width()).filter(|&other| other != self.column) {
            if let Some(mark) = self.evidence(other, None).decimal() {
                match settled {
                    Some((known, _)) if known != mark => return None,
                    Some(_) => {}
                    None => settled = Some((mark, other)),
                }
            }
        }
        settled
    }
}
