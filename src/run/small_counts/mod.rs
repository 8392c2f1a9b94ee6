//! Small counts: what stands for them in a run whose results are published.
//!
//! The way of a count. `ingest` reads it as it is. Before anything is computed, [`protect`] makes a
//! second set of observations, in which the middle of 1 … `min_count` - 1 stands for every small count
//! of a source that is not public. Index, selection, findings about numbers and everything that a run
//! folder holds come from that set alone, so that no score, rank or neighbour knows more of a count
//! than its range. Where a total is known, printed in a file or given by another measure, a partner
//! cell takes the difference (`partners`), and rates of these counts are computed from what is said of
//! them (`rates`). Sentences that were made while reading lose the numbers of
//! these cells, and the record loses the digests of the files in which they stand: who knows all but a
//! few counts of a file could try them all.
//!
//! The true counts live on in a second run beside the first. It is told on the console how many units
//! change sides, and the bag keeps both. Under `small = "withhold"` the run computes with true counts,
//! and what would give one back is taken out of what is published (`report::mask`); `withheld` looks
//! whether class, phase or anything else would still tell one.

mod partners;
mod rates;
mod relations;
pub(super) mod withheld;

use std::collections::BTreeSet;

use super::{Prepared, RunError};
use crate::message::small_counts::{self as message, StandIns};
use crate::observation::{Cell, Missing, Nature, Observations, Series};
use crate::quality::{Finding, Findings};
use crate::register::{Register, UNIT};
use crate::report::Secrets;
use crate::study::{Publish, Small, Study};
use partners::Unheld;
use rates::Rate;

/// A cell of the observations: position of its series, position of its area there.
pub(super) type Spot = (usize, usize);

/// The cells of a run whose counts are not said.
#[derive(Clone, Debug, Default)]
struct SmallCounts {
    /// Cells with a small count.
    cells: BTreeSet<Spot>,
    /// Cells that took a difference.
    partners: BTreeSet<Spot>,
    /// Rates of such counts.
    rates: BTreeSet<Spot>,
}

impl SmallCounts {
    /// The cells with a small count of the sources that are not public.
    fn of(study: &Study, observations: &Observations) -> Self {
        let Some(publish) = study.publish else { return Self::default() };
        let is_small =
            |cell: &Cell| matches!(cell, Cell::Number(count) if publish.is_small(*count));
        let own = |(_, series): &(usize, &Series)| {
            series.nature == Nature::Count && !study.sources[series.source].public
        };
        let series = observations.series.iter().enumerate().filter(own);
        let cells = series.flat_map(|(at, series)| {
            let areas = series.cells.iter().enumerate().filter(|(_, cell)| is_small(cell));
            areas.map(move |(area, _)| (at, area))
        });
        Self { cells: cells.collect(), ..Self::default() }
    }

    /// All cells of which it is not said what was read.
    fn all(&self) -> impl Iterator<Item = &Spot> {
        self.cells.iter().chain(&self.partners).chain(&self.rates)
    }

    /// Adds the rates of the counts that are not said; they are answered.
    ///
    /// # Errors
    /// Everybody has such a rate.
    fn add_rates(
        &mut self,
        study: &Study,
        observations: &Observations,
    ) -> Result<Vec<Rate>, Vec<Unheld>> {
        let least = study.publish.map_or(0, |publish| publish.min_count);
        let hidden: BTreeSet<Spot> = self.all().copied().collect();
        let rates = rates::find(observations, &hidden, least);
        let is_public = |at: usize| study.sources[observations.series[at].source].public;
        let mut unheld = Vec::new();
        for rate in &rates {
            let cells: Vec<Spot> = rate.cells(observations, &hidden).collect();
            if is_public(rate.rate) && !cells.is_empty() {
                unheld.push(Unheld::Rate(rate.clone()));
            }
            self.rates.extend(cells);
        }
        if unheld.is_empty() { Ok(rates) } else { Err(unheld) }
    }

    /// What no published sentence may say: the counts of these cells, as they were read.
    fn secrets(&self, study: &Study, register: &Register, truth: &Observations) -> Secrets {
        let mut secrets = Secrets::of(study.publish.map_or(0, |publish| publish.min_count));
        for &(at, area) in self.all() {
            let series = &truth.series[at];
            let code = (series.level == UNIT).then(|| register.codes()[area].as_str());
            let count = series.cells[area].number().unwrap_or_default();
            secrets.keep(&study.sources[series.source].id, code, count);
            for origin in &series.origins[area] {
                secrets.keep_cell(&truth.files[origin.file as usize], origin);
            }
        }
        secrets
    }
}

/// Puts the middle of what they hide in place of confidential counts, where a source says what that is.
pub(super) fn unmask(study: &Study, observations: &mut Observations) -> Vec<Finding> {
    let mut findings = Vec::new();
    for series in &mut observations.series {
        let source = &study.sources[series.source];
        let Some(below) = source.masked_below.filter(|_| series.nature == Nature::Count) else {
            continue;
        };
        let middle = f64::from(below) / 2.0;
        let mut cells = 0;
        for cell in series.cells.iter_mut().filter(|cell| **cell == HIDDEN) {
            *cell = Cell::Substitute(middle);
            cells += 1;
        }
        if cells > 0 {
            findings.push(message::masked_source(&source.id, &series.name, (cells, below, middle)));
        }
    }
    findings
}

const HIDDEN: Cell = Cell::Missing(Missing::Confidential);

/// A study as it is published, and beside it as it is, where the two differ.
pub(super) struct Protected {
    pub(super) published: Prepared,
    pub(super) truth: Option<Prepared>,
}

/// Puts what stands for small counts in their place.
///
/// # Errors
/// A known total would give a count back, and no cell can take the difference.
pub(super) fn protect(mut prepared: Prepared, file: &str) -> Result<Protected, RunError> {
    if !prepared.reading.is_complete() {
        return Ok(Protected { published: prepared, truth: None });
    }
    let unmasked = unmask(&prepared.study, &mut prepared.reading.observations);
    unmasked.into_iter().for_each(|finding| prepared.findings.push(finding));
    let small = SmallCounts::of(&prepared.study, &prepared.reading.observations);
    let Some(publish) = prepared.study.publish.filter(|_| !small.cells.is_empty()) else {
        return Ok(Protected { published: prepared, truth: None });
    };
    let truth = prepared.clone();
    let mut published = prepared;
    let held = match publish.small {
        Small::Midpoint => substitute(&mut published, publish, small),
        Small::Withhold => withhold(&mut published, publish, small),
    };
    let small = held.map_err(|unheld| refused(&truth, file, publish.line, &unheld))?;
    if publish.small == Small::Withhold {
        return Ok(Protected { published, truth: None });
    }
    let observations = &truth.reading.observations;
    published.secrets = Some(small.secrets(&truth.study, &truth.register, observations));
    Ok(Protected { published, truth: Some(truth) })
}

/// Puts the middle in place of small counts, and what is said of their partners in place of these.
fn substitute(
    published: &mut Prepared,
    publish: Publish,
    mut small: SmallCounts,
) -> Result<SmallCounts, Vec<Unheld>> {
    let Prepared { study, register, reading, findings, .. } = published;
    let truth = &reading.observations;
    let middle = publish.middle();
    let differences = partners::find(study, register, truth, &small.cells, &[middle])?;
    let mut observations = truth.clone();
    for &(at, area) in &small.cells {
        observations.series[at].cells[area] = Cell::Substitute(middle);
    }
    for ((at, area), count) in differences.iter().filter_map(|it| it.said(middle)).flatten() {
        observations.series[at].cells[area] = Cell::Substitute(count);
        small.partners.insert((at, area));
    }
    let rates = small.add_rates(study, truth)?;
    put_rates(&rates, &small, &mut observations);
    tell(&small, truth, &publish, findings);
    keep_digests(&small, &mut observations);
    reading.observations = observations;
    Ok(small)
}

/// Computes the rates of counts that are not said from what is said of them.
fn put_rates(rates: &[Rate], small: &SmallCounts, observations: &mut Observations) {
    for rate in rates {
        for &(at, area) in small.rates.iter().filter(|(at, _)| *at == rate.rate) {
            if let Some(said) = rate.said(observations, area) {
                observations.series[at].cells[area] = Cell::Substitute(said);
            }
        }
    }
}

/// Marks the cells that what is published withholds: small counts, and every partner that takes a
/// difference for one of their values.
fn withhold(
    published: &mut Prepared,
    publish: Publish,
    mut small: SmallCounts,
) -> Result<SmallCounts, Vec<Unheld>> {
    let Prepared { study, register, reading, .. } = published;
    let values = small_values(publish);
    let truth = &reading.observations;
    let differences = partners::find(study, register, truth, &small.cells, &values)?;
    let said = differences.iter().flat_map(|it| values.iter().filter_map(|&value| it.said(value)));
    small.partners = said.flatten().map(|(partner, _)| partner).collect();
    small.add_rates(study, truth)?;
    reading.observations.withheld = small.all().copied().collect();
    Ok(small)
}

/// Every small count.
fn small_values(publish: Publish) -> Vec<f64> {
    (1..publish.min_count).map(f64::from).collect()
}

/// Says of every series how many of its counts, or rates of such counts, something stands for.
fn tell(small: &SmallCounts, truth: &Observations, publish: &Publish, findings: &mut Findings) {
    for (at, series) in truth.series.iter().enumerate() {
        let of = |cells: &BTreeSet<Spot>| cells.iter().filter(|(of, _)| *of == at).count();
        let (cells, partners) = (of(&small.cells), of(&small.partners));
        let rates = of(&small.rates);
        if rates > 0 {
            let source = &series.name.split_once('.').map_or("", |(source, _)| source);
            findings.push(message::rates_of_small_counts(source, &series.name, rates));
        }
        if cells + partners > 0 {
            let source = series.name.split_once('.').map_or("", |(source, _)| source);
            let stand = StandIns { cells, partners, below: publish.min_count };
            findings.push(message::small_counts(source, &series.name, &stand));
        }
    }
}

/// Takes away the digests and sizes of the files in which such a count stands.
fn keep_digests(small: &SmallCounts, observations: &mut Observations) {
    let holding: BTreeSet<usize> = small
        .all()
        .flat_map(|&(at, area)| &observations.series[at].origins[area])
        .map(|origin| origin.file as usize)
        .collect();
    let paths: BTreeSet<String> =
        holding.iter().map(|&at| observations.files[at].path.clone()).collect();
    for file in observations.files.iter_mut().filter(|file| paths.contains(&file.path)) {
        (file.sha256, file.bytes) = (None, None);
    }
}

/// Why a study cannot be published, on the line of `[publish]`.
fn refused(prepared: &Prepared, file: &str, line: u32, unheld: &[Unheld]) -> RunError {
    let mut problems = prepared.notes.clone();
    for one in unheld {
        problems.error_on_line(
            file,
            line,
            one.said(&prepared.register, &prepared.reading.observations),
        );
    }
    RunError::Invalid(problems)
}
