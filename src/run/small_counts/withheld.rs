//! Whether withholding holds: what is published must be the same whatever the small counts are.
//!
//! Score, rank and contributions of a unit with a small count are withheld, but its class and phase stay,
//! and so does everything about the others: bounds, ranks, cuts, prices. Each of them may say something
//! of the count. So the run is computed again with every small count as 1, as 2, … `min_count` - 1, and
//! published only if each of these runs would publish the same tables: then every one of these counts
//! stays possible for every unit, given all of them together.

use std::collections::BTreeSet;

use super::{SmallCounts, partners, rates, small_values};
use crate::message::small_counts as message;
use crate::observation::Cell;
use crate::report::{self, File, Format, RECORD, View};
use crate::run::{Prepared, RunError};
use crate::watch::Unwatched;

/// What of a run everybody can compare: the tables for machines, which hold all that other formats show.
pub(in crate::run) fn tables(view: &View<'_>) -> Vec<File> {
    let formats = [Format::Csv, Format::Geojson];
    let mut files = report::files(view, &formats, &Unwatched).unwrap_or_default();
    files.retain(|file| file.path != RECORD);
    files
}

/// Looks whether a study that withholds small counts would give one back.
///
/// # Errors
/// It would; or the study cannot be computed.
pub(in crate::run) fn check(
    prepared: &Prepared,
    file: &str,
    published: &dyn Fn(Prepared) -> Result<Vec<File>, RunError>,
) -> Result<(), RunError> {
    let withholds = !prepared.reading.observations.withheld.is_empty();
    let Some(publish) = prepared.study.publish.filter(|_| withholds) else { return Ok(()) };
    let (study, register) = (&prepared.study, &prepared.register);
    let observations = &prepared.reading.observations;
    let small = SmallCounts::of(study, observations).cells;
    let values = small_values(publish);
    let differences = partners::find(study, register, observations, &small, &values);
    let differences = differences.unwrap_or_default();
    let rates = rates::find(observations, &observations.withheld, publish.min_count);
    let truth = published(prepared.clone())?;
    for (count, value) in (1..).zip(values) {
        let mut other = prepared.clone();
        let ones = small.iter().map(|&spot| (spot, value));
        let partners = differences.iter().filter_map(|it| it.said(value)).flatten();
        for ((at, area), number) in ones.chain(partners) {
            other.reading.observations.series[at].cells[area] = Cell::Number(number);
        }
        for &(at, area) in &observations.withheld {
            let own = rates.iter().find(|rate| rate.rate == at);
            if let Some(rate) = own.and_then(|rate| rate.said(&other.reading.observations, area)) {
                other.reading.observations.series[at].cells[area] = Cell::Number(rate);
            }
        }
        let other = match published(other) {
            Ok(files) => files,
            Err(RunError::Interrupted(interrupted)) => return Err(interrupted.into()),
            // with these counts the rules allow no list: that there is one says something of them
            Err(_) => Vec::new(),
        };
        let told = differing(&truth, &other);
        if !told.is_empty() {
            let mut problems = prepared.notes.clone();
            let tables: Vec<&str> = told.iter().map(String::as_str).collect();
            let said = message::withheld_gives_back(small.len(), count, &tables);
            problems.error_on_line(file, publish.line, said);
            return Err(RunError::Invalid(problems));
        }
    }
    Ok(())
}

/// The paths of the files that one run has and the other has not, or holds otherwise.
fn differing(one: &[File], other: &[File]) -> BTreeSet<String> {
    let missing = |from: &[File], among: &[File]| -> Vec<String> {
        let is_there =
            |file: &&File| among.iter().any(|it| it.path == file.path && it.bytes == file.bytes);
        from.iter().filter(|file| !is_there(file)).map(|file| file.path.clone()).collect()
    };
    missing(one, other).into_iter().chain(missing(other, one)).collect()
}
