//! Adds up the rows that a measure of a TEMPO file takes, one value an area.

use super::filter::{self, Agreement, Selected};
use super::{Matrix, Wanted};
use crate::ingest::findings::StationFindings;
use crate::ingest::labels::trim;
use crate::ingest::rows::{Sighting, Subject};
use crate::ingest::sheet::grid::Content;
use crate::ingest::values::numbers::{Decision, Evidence, describe};
use crate::ingest::values::states::{CellReader, marker};
use crate::ingest::values::sum;
use crate::ingest::values::{AreaCell, CellTally, MeasureReading, Printed};
use crate::message::ingest::{tempo, values as message};
use crate::observation::{Cell, Missing};
use crate::quality::{Finding, Place};
use crate::study::NumberFormat;
use crate::study::source::Absent;

/// What a file gives for a measure.
#[derive(Default)]
pub(super) struct Outcome {
    /// Its cells; `None` when it cannot be read, which a finding says.
    pub(super) reading: Option<MeasureReading>,
    /// The rows that it took, place by place.
    pub(super) selected: Vec<Selected>,
    /// Where values of areas were seen.
    pub(super) seen: Vec<Sighting>,
    pub(super) findings: StationFindings,
}

/// Reads one measure of a file.
pub(super) fn read(matrix: &Matrix<'_>, wanted: &Wanted<'_>, agreement: &mut Agreement) -> Outcome {
    let (chosen, findings) = filter::choices(matrix, wanted, agreement);
    let mut outcome = Outcome { findings, ..Outcome::default() };
    let Some(chosen) = chosen else { return outcome };
    if chosen.iter().any(|chosen| chosen.choice.labels.is_empty()) {
        // Another file of the source may have the labels that this one lacks.
        return Outcome { reading: Some(MeasureReading::default()), ..outcome };
    }
    let (selected, combinations) = filter::select(matrix, &chosen);
    let unsettled = filter::unsettled(matrix, wanted, &selected, agreement);
    if !unsettled.is_empty() {
        unsettled.into_iter().for_each(|finding| outcome.findings.merge(finding));
        return outcome;
    }
    if let Some(repeated) = filter::repeated(matrix, wanted.measure, &selected) {
        outcome.findings.push(repeated);
        return outcome;
    }
    let format = match format(matrix, wanted, &selected) {
        Ok((format, finding)) => {
            finding.into_iter().for_each(|finding| outcome.findings.merge(finding));
            format
        }
        Err(undecided) => {
            outcome.findings.merge(undecided);
            return outcome;
        }
    };
    let mut sums = Sums {
        matrix,
        wanted,
        combinations: combinations as usize,
        reader: CellReader::new(format, &matrix.file.source.missing)
            .brackets(matrix.file.source.brackets),
        reading: MeasureReading::default(),
        seen: Vec::new(),
        partial: Vec::new(),
    };
    selected.chunk_by(|a, b| a.place == b.place).for_each(|group| sums.add(group));
    sums.reading.tally.used(sums.reader.uses);
    if !sums.partial.is_empty() {
        let finding = match wanted.measure.absent {
            Absent::Zero => tempo::parts_as_zero,
            Absent::NotAvailable | Absent::NotApplicable => tempo::parts_absent,
        };
        outcome.findings.push(finding(&wanted.measure.id, sums.partial));
    }
    Outcome { reading: Some(sums.reading), selected, seen: sums.seen, ..outcome }
}

/// The sums of a measure while its rows are added up, area by area.
struct Sums<'m> {
    matrix: &'m Matrix<'m>,
    wanted: &'m Wanted<'m>,
    /// How many rows an area should have.
    combinations: usize,
    reader: CellReader<'m>,
    reading: MeasureReading,
    seen: Vec<Sighting>,
    /// Areas of which some of the rows are absent.
    partial: Vec<Place>,
}

impl Sums<'_> {
    /// Adds the rows of one place.
    fn add(&mut self, group: &[Selected]) {
        let matrix = self.matrix;
        let is_complete = group.len() == self.combinations;
        let place = || matrix.cell(group[0].row, matrix.cube.value);
        match &matrix.places[group[0].place as usize].subject {
            Subject::Area(area) => {
                let cell = self.area(group, *area);
                self.reading.cells.push(cell);
                let measure = self.wanted.position;
                self.seen.push(Sighting { measure, area: *area, place: place() });
                if !is_complete {
                    self.partial.push(place());
                }
            }
            subject @ (Subject::Total(..) | Subject::Part(..)) if is_complete => {
                let printed = self.total(group).and_then(|total| {
                    Printed::new(subject, matrix.file.recogniser.level, total, place())
                });
                self.reading.printed.extend(printed);
            }
            Subject::Total(..) | Subject::Part(..) | Subject::Other(_) | Subject::Refused => {}
        }
    }

    /// The cell of an area from its rows.
    fn area(&mut self, group: &[Selected], area: usize) -> AreaCell {
        let (matrix, measure) = (self.matrix, self.wanted.measure);
        let value = matrix.cube.value;
        let mut cells = Vec::with_capacity(group.len());
        let mut origins = Vec::with_capacity(group.len());
        for Selected { row, .. } in group {
            let content = self.reader.read(matrix.content(*row));
            let tally: &mut CellTally = &mut self.reading.tally;
            cells.push(tally.take(content, measure.nature, || matrix.cell(*row, value)));
            origins.push(matrix.file.origin(matrix.number(*row), value));
        }
        let cell = if group.len() == self.combinations || measure.absent == Absent::Zero {
            sum(&cells)
        } else {
            // Some rows are there, so that the measure does apply.
            Cell::Missing(Missing::NotAvailable)
        };
        AreaCell { area, cell, origins: origins.into_iter().collect() }
    }

    /// The sum of the rows of a printed total; `None` where one is no number.
    fn total(&mut self, group: &[Selected]) -> Option<f64> {
        let mut total = 0.0;
        for Selected { row, .. } in group {
            total += self.reader.read(self.matrix.content(*row)).number()?;
        }
        Some(total)
    }
}

/// The number format: declared, decided by the values, else INS's decimal point; with the finding
/// that says it, unless it is what everybody expects.
///
/// # Errors
/// The finding that it cannot be decided.
fn format(
    matrix: &Matrix<'_>,
    wanted: &Wanted<'_>,
    selected: &[Selected],
) -> Result<(NumberFormat, Option<Finding>), Finding> {
    let (source, measure) = (matrix.file.source, wanted.measure);
    if let Some(format) = measure.numbers.or(source.numbers) {
        return Ok((format, None));
    }
    let mut evidence = Evidence::default();
    for Selected { row, .. } in selected {
        if let Content::Text(text) = matrix.content(*row)
            && marker(trim(text), &source.missing).is_none()
        {
            evidence.see(text);
        }
    }
    // INS writes no thousands, so that `1.234` can only be a decimal.
    if let Decision::Ambiguous { mark: '.', .. } = evidence.decide() {
        evidence.assume_decimal('.');
    }
    let id = measure.id.as_str();
    let place = matrix.file.sheet.place().at_column(matrix.cube.value);
    match evidence.decide() {
        Decision::Format { format, plain } => {
            let finding = (!plain).then(|| message::number_format(id, &describe(format), place));
            Ok((format, finding))
        }
        Decision::Ambiguous { example, .. } => {
            Err(message::ambiguous_values(id, trim(&example), place))
        }
        Decision::Conflict(first, second) => {
            Err(message::number_conflict(id, trim(&first), trim(&second), place))
        }
    }
}
