//! One measure while it is filled: a cell for each area, what was seen, what became of it.

pub(super) mod reconcile;

use std::collections::BTreeSet;

use super::effects::Uses;
use super::rows::areas_of;
use super::values::{AreaCell, CellTally, MeasureReading, Printed, PrintedOf, sum};
use crate::message::ingest::effects;
use crate::message::ingest::series::{self as message, AbsentAreas, LostRows};
use crate::observation::{Cell, Missing, Nature, Origins, PrintedTotal};
use crate::quality::Finding;
use crate::register::{Level, Matcher, Register, UNIT};
use crate::study::Measure;
use crate::study::source::Absent;

/// A cell of a series that has a row, and where it came from.
#[derive(Clone, Debug)]
struct BuiltCell {
    cell: Cell,
    origins: Origins,
}

/// A measure while it is filled, file by file.
pub(super) struct SeriesBuilder<'s> {
    pub(super) measure: &'s Measure,
    /// By position of the area; `None` for one without a row.
    cells: Vec<Option<BuiltCell>>,
    /// Printed totals and parts, for reconciliation.
    printed: Vec<Printed>,
    tally: CellTally,
    /// Whether it cannot be filled; an error finding says why.
    is_failed: bool,
    /// Whether several rows of one area are its parts.
    is_summed: bool,
}

impl<'s> SeriesBuilder<'s> {
    /// An empty series for so many areas.
    pub(super) fn new(measure: &'s Measure, areas: usize) -> Self {
        Self {
            measure,
            cells: vec![None; areas],
            printed: Vec::new(),
            tally: CellTally::default(),
            is_failed: false,
            is_summed: false,
        }
    }

    /// The same where several rows of one area are its parts.
    pub(super) fn summing(self, is_summed: bool) -> Self {
        Self { is_summed, ..self }
    }

    /// Whether it cannot be filled.
    pub(super) fn is_failed(&self) -> bool {
        self.is_failed
    }

    /// Gives the measure up.
    pub(super) fn fail(&mut self) {
        self.is_failed = true;
    }

    /// Adds what a file says of the measure; gives it up where the file could not be read.
    pub(super) fn add(&mut self, reading: Option<MeasureReading>) {
        let Some(reading) = reading else {
            self.fail();
            return;
        };
        reading.cells.into_iter().for_each(|cell| self.put(cell));
        self.printed.extend(reading.printed);
        self.tally.extend(reading.tally);
    }

    /// Fills the cell of an area. An area that already has a cell loses it, unless rows are parts: which
    /// of the two is right cannot be known.
    fn put(&mut self, AreaCell { area, cell, origins }: AreaCell) {
        let slot = &mut self.cells[area];
        let Some(known) = slot else {
            *slot = Some(BuiltCell { cell, origins });
            return;
        };
        known.origins = known.origins.iter().chain(&origins).copied().collect();
        known.cell = if self.is_summed {
            sum(&[known.cell.clone(), cell])
        } else {
            Cell::Missing(Missing::NotAvailable)
        };
    }

    /// The number of an area, where it has one; an absent row that means zero is one.
    fn number(&self, area: usize) -> Option<f64> {
        match &self.cells[area] {
            Some(built) => built.cell.number(),
            None => (self.measure.absent == Absent::Zero).then_some(0.0),
        }
    }

    /// The areas without a row.
    fn absent(&self) -> Vec<usize> {
        (0..self.cells.len()).filter(|&area| self.cells[area].is_none()).collect()
    }

    /// The units of whose villages or sectors a number was seen.
    fn with_parts(&self) -> BTreeSet<usize> {
        let part = |printed: &Printed| match printed.of {
            PrintedOf::Part(_, unit) => Some(unit),
            PrintedOf::Total(..) | PrintedOf::SomeTotal => None,
        };
        self.printed.iter().filter_map(part).collect()
    }

    /// What the cells of the measure made use of; asked before what was seen in them.
    pub(super) fn uses(&mut self) -> Uses {
        self.tally.uses()
    }

    /// What was seen in the cells of the measure.
    pub(super) fn findings(&mut self) -> Vec<Finding> {
        let mut findings = std::mem::take(&mut self.tally).findings(&self.measure.id);
        findings.extend(self.repeated_rate());
        findings
    }

    fn repeated_rate(&self) -> Option<Finding> {
        if self.measure.nature != Nature::Rate {
            return None;
        }
        let numbers: Vec<f64> =
            self.cells.iter().flatten().filter_map(|built| built.cell.number()).collect();
        let [first, rest @ ..] = numbers.as_slice() else { return None };
        let is_repeated =
            rest.len() >= 2 && rest.iter().all(|value| value.total_cmp(first).is_eq());
        is_repeated.then(|| message::repeated_rate(&self.measure.id, *first, numbers.len()))
    }

    /// The totals of larger areas that were printed beside the cells of a series of `level`. One of which
    /// nobody knows the area is that of each area whose sum it is.
    pub(super) fn totals(
        &self,
        series: &str,
        level: &str,
        register: &Register,
    ) -> Vec<PrintedTotal> {
        let total = |level: &str, area: &str| PrintedTotal {
            series: series.to_owned(),
            level: level.to_owned(),
            area: area.to_owned(),
        };
        let mut totals = Vec::new();
        for printed in &self.printed {
            if let PrintedOf::Total(above, area) = &printed.of
                && let Some(known) = register.level(above)
            {
                totals.push(total(above, &known.areas[*area]));
            }
        }
        let is_open = |printed: &&Printed| printed.of == PrintedOf::SomeTotal;
        let open: Vec<f64> = self.printed.iter().filter(is_open).map(|it| it.value).collect();
        let Some(own) = register.level(level).filter(|_| !open.is_empty()) else { return totals };
        for above in register.level_names().filter(|above| *above != level) {
            let Some(known) = register.level(above).filter(|it| own.refines(it)) else { continue };
            for (area, sum) in known.areas.iter().zip(self.sums(own, known)) {
                if open.iter().any(|value| (value - sum).abs() < 1e-6) {
                    totals.push(total(above, area));
                }
            }
        }
        totals
    }

    /// The sum of the numbers in each area of a larger level.
    fn sums(&self, own: &Level, above: &Level) -> Vec<f64> {
        let mut sums = vec![0.0; above.areas.len()];
        let mut counted = vec![false; own.areas.len()];
        for (&part, &area) in own.of_unit.iter().zip(&above.of_unit) {
            if !std::mem::replace(&mut counted[part as usize], true) {
                sums[area as usize] += self.number(part as usize).unwrap_or_default();
            }
        }
        sums
    }

    /// The finished cells and their origins; absent areas as the measure declares.
    pub(super) fn finish(self) -> (Vec<Cell>, Vec<Origins>) {
        let absent = match self.measure.absent {
            Absent::Zero => Cell::Number(0.0),
            Absent::NotAvailable => Cell::Missing(Missing::NotAvailable),
            Absent::NotApplicable => Cell::Missing(Missing::NotApplicable),
        };
        self.cells
            .into_iter()
            .map(|built| match built {
                None => (absent.clone(), Origins::default()),
                Some(BuiltCell { cell, origins }) => (cell, origins),
            })
            .unzip()
    }
}

/// Measures of a source that miss the same areas for the same reason.
struct Absence<'s> {
    areas: Vec<usize>,
    meaning: Absent,
    measures: Vec<&'s str>,
}

/// The finding about measures whose `absent` says what no area needs: each has a row.
pub(super) fn absent_of_nobody(
    series: &[SeriesBuilder<'_>],
    level: &str,
    matcher: &Matcher<'_>,
) -> Option<Finding> {
    let is_idle = |builder: &&SeriesBuilder<'_>| {
        builder.measure.absent != Absent::NotAvailable
            && !builder.absent().into_iter().any(|area| matcher.counts(level, area))
    };
    let idle = series.iter().filter(|builder| !builder.is_failed).filter(is_idle);
    let idle: Vec<&str> = idle.map(|builder| builder.measure.id.as_str()).collect();
    (!idle.is_empty()).then(|| effects::nobody_absent(&idle))
}

/// The areas of a level that have no row, once for all measures that miss the same ones; where rows
/// were refused, nobody is advised to take what is absent for zero.
pub(super) fn absent_areas(
    series: &[SeriesBuilder<'_>],
    level: &str,
    matcher: &Matcher<'_>,
    lost: &LostRows,
) -> Vec<Finding> {
    let register = matcher.register();
    let mut findings = Vec::new();
    let mut absences: Vec<Absence<'_>> = Vec::new();
    for builder in series.iter().filter(|builder| !builder.is_failed) {
        let mut areas = builder.absent();
        areas.retain(|&area| matcher.counts(level, area));
        let (meaning, id) = (builder.measure.absent, builder.measure.id.as_str());
        let with_parts = builder.with_parts();
        let (in_parts, areas): (Vec<usize>, Vec<usize>) =
            areas.into_iter().partition(|area| with_parts.contains(area));
        if !in_parts.is_empty() {
            let [names, codes] = [register.names(), register.codes()]
                .map(|all| in_parts.iter().map(|&area| all[area].as_str()).collect::<Vec<_>>());
            let can_be_summed = builder.measure.nature.sums();
            let is_zero = meaning == Absent::Zero;
            findings.push(message::only_parts(id, [&names, &codes], [can_be_summed, is_zero]));
        }
        if areas.is_empty() {
            continue;
        }
        match absences.iter_mut().find(|known| known.meaning == meaning && known.areas == areas) {
            Some(known) => known.measures.push(id),
            None => absences.push(Absence { areas, meaning, measures: vec![id] }),
        }
    }
    let Some(known) = register.level(level) else { return findings };
    let [names, codes] = match level {
        UNIT => [register.names(), register.codes()],
        _ => [known.areas.as_slice(), known.areas.as_slice()],
    };
    let expected = (0..known.areas.len()).filter(|&area| matcher.counts(level, area)).count();
    let finding = |absence: Absence<'_>| {
        let [names, codes] = [names, codes]
            .map(|all| absence.areas.iter().map(|&area| all[area].as_str()).collect::<Vec<_>>());
        let areas = AbsentAreas {
            measures: &absence.measures,
            names: &names,
            codes: &codes,
            expected,
            noun: areas_of(level),
        };
        match absence.meaning {
            Absent::Zero => message::absent_as_zero(&areas),
            Absent::NotApplicable => message::absent_not_applicable(&areas),
            Absent::NotAvailable => message::unit_absent(&areas, lost),
        }
    };
    findings.extend(absences.into_iter().map(finding));
    findings
}
