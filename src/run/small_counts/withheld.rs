//! Whether withholding holds: what is published must be the same whatever the small counts are.
//!
//! Score, rank and contributions of a unit with a small count are withheld, but its class and phase stay,
//! and so does everything about the others: bounds, ranks, cuts, prices. Each of them may say something
//! of the count. So the run is computed again with every small count as 1, as 2, … `min_count` - 1.
//! Classes and findings that are not the same in all of these runs are withheld too (a class by quantiles
//! moves with the scores of all units). The rest is published only if each of these runs, and the one
//! with the counts as they are, would publish the same tables: then every one of these counts
//! stays possible for every unit, given all of them together. What is withheld is taken from the other
//! runs alone, so that who knows this rule learns nothing from it.

use std::collections::BTreeMap;

use super::{SmallCounts, partners, rates, small_values};
use crate::language::Language;
use crate::message::small_counts as message;
use crate::observation::Cell;
use crate::quality::Advice;
use crate::report::{self, File, Format, RECORD, Telling, View};
use crate::run::{Prepared, Run, RunError};
use crate::study::Publish;
use crate::watch::Unwatched;

/// A run that may be published.
pub(in crate::run) trait Publishable {
    /// It, as reports see it.
    fn seen(&self) -> View<'_>;
}

impl Publishable for Run {
    fn seen(&self) -> View<'_> {
        self.view(Language::En)
    }
}

/// What of a run everybody can compare: the tables for machines, which hold all that other formats show;
/// in Parquet every step too.
fn tables(run: &impl Publishable, telling: &Telling) -> Vec<File> {
    let formats = [Format::Csv, Format::Parquet, Format::Geojson];
    let view = View { telling, ..run.seen() };
    let mut files = report::files(&view, &formats, &Unwatched).unwrap_or_default();
    files.retain(|file| file.path != RECORD);
    files
}

/// Looks whether a study that withholds small counts would give one back; answers what must be withheld
/// besides, so that it does not.
///
/// # Errors
/// It would; or the study cannot be computed.
pub(in crate::run) fn check<R: Publishable>(
    prepared: &Prepared,
    file: &str,
    compute: &dyn Fn(Prepared) -> Result<R, RunError>,
) -> Result<Telling, RunError> {
    let withholds = !prepared.reading.observations.withheld.is_empty();
    let Some(publish) = prepared.study.publish.filter(|_| withholds) else {
        return Ok(Telling::default());
    };
    let truth = compute(prepared.clone())?;
    let mut others = Vec::new();
    for (count, other) in (1..).zip(others_than(prepared, publish)) {
        match compute(other) {
            Ok(other) => others.push(other),
            Err(RunError::Interrupted(interrupted)) => return Err(interrupted.into()),
            // that there is a list says something of these counts
            Err(_) => return Err(refused(prepared, file, &message::withheld_needs_list(count))),
        }
    }
    let telling = report::telling(&others.iter().map(R::seen).collect::<Vec<_>>());
    let published = tables(&truth, &telling);
    for (count, other) in (1..).zip(&others) {
        let told = differing(&published, &tables(other, &telling));
        if !told.is_empty() {
            let cells = SmallCounts::of(&prepared.study, &prepared.reading.observations).cells;
            let said = message::withheld_gives_back(cells.len(), count, &told);
            return Err(refused(prepared, file, &said));
        }
    }
    Ok(telling)
}

/// The study with every small count as 1, as 2, … and with what follows from these.
fn others_than(prepared: &Prepared, publish: Publish) -> impl Iterator<Item = Prepared> {
    let (study, register) = (&prepared.study, &prepared.register);
    let observations = &prepared.reading.observations;
    let small = SmallCounts::of(study, observations).cells;
    let values = small_values(publish);
    let differences = partners::find(study, register, observations, &small, &values);
    let differences = differences.unwrap_or_default();
    let rates = rates::find(observations, &observations.withheld, publish.min_count);
    values.into_iter().map(move |value| {
        let mut other = prepared.clone();
        let ones = small.iter().map(|&spot| (spot, value));
        let partners = differences.iter().filter_map(|it| it.said(value)).flatten();
        for ((at, area), number) in ones.chain(partners) {
            other.reading.observations.series[at].cells[area] = Cell::Number(number);
        }
        for &(at, area) in &prepared.reading.observations.withheld {
            let own = rates.iter().find(|rate| rate.rate == at);
            if let Some(rate) = own.and_then(|rate| rate.said(&other.reading.observations, area)) {
                other.reading.observations.series[at].cells[area] = Cell::Number(rate);
            }
        }
        other
    })
}

/// Why a study cannot be published, on the line of `[publish]`.
fn refused(prepared: &Prepared, file: &str, said: &Advice) -> RunError {
    let mut problems = prepared.notes.clone();
    let line = prepared.study.publish.map_or(1, |publish| publish.line);
    problems.error_on_line(file, line, said.clone());
    RunError::Invalid(problems)
}

/// The files that one run has and the other has not, or holds otherwise; of a table the columns.
fn differing(one: &[File], other: &[File]) -> BTreeMap<String, Vec<String>> {
    let held = |files: &[File], path: &str| {
        files.iter().find(|file| file.path == path).map(|file| file.bytes.clone())
    };
    let paths = one.iter().chain(other).map(|file| file.path.as_str());
    let pair = |path: &str| (held(one, path), held(other, path));
    let told = paths.map(|path| (path, pair(path))).filter(|(_, (one, other))| one != other);
    told.map(|(path, (one, other))| {
        let is_table = path.ends_with(".csv");
        let pair = one.zip(other).filter(|_| is_table);
        let columns = pair.map_or_else(Vec::new, |(one, other)| columns(&one, &other));
        (path.to_owned(), columns)
    })
    .collect()
}

/// The columns of a table that two runs hold otherwise; none where they do not have the same rows.
fn columns(one: &[u8], other: &[u8]) -> Vec<String> {
    let read = |bytes: &[u8]| -> Vec<csv::StringRecord> {
        csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(bytes)
            .records()
            .filter_map(Result::ok)
            .collect()
    };
    let (one, other) = (read(one), read(other));
    if one.len() != other.len() || one.first() != other.first() {
        return Vec::new();
    }
    let head = one.first().map(|head| head.iter().enumerate()).into_iter().flatten();
    let differs =
        |column: usize| one.iter().zip(&other).any(|(a, b)| a.get(column) != b.get(column));
    head.filter(|(column, _)| differs(*column)).map(|(_, name)| name.to_owned()).collect()
}
