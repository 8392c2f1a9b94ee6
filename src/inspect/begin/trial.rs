//! Reads a study while it is begun, so that what `check` would refuse is known before it is written.

use std::collections::BTreeSet;

use super::Folder;
use crate::ingest;
use crate::message::begin as message;
use crate::observation::{Cell, Missing, Observations, Series};
use crate::quality::{Finding, Message, Severity};
use crate::register::{Register, UNIT};
use crate::study::{Problems, Study};

/// What reading the files by a study gave.
#[derive(Debug, Default)]
pub(super) struct Trial {
    /// Measures that could not be read, `population.children`, each with why.
    pub(super) unread: Vec<(String, Message)>,
    /// What `check` will stop at.
    pub(super) errors: Vec<Message>,
    /// How far each measure covers its areas.
    pub(super) coverage: Vec<Coverage>,
    /// The counties of the files, when they are few of the country's.
    pub(super) counties: Vec<String>,
}

/// For how many areas a measure has no value.
#[derive(Debug)]
pub(super) struct Coverage {
    pub(super) measure: String,
    pub(super) of: usize,
    /// Areas that have a row, counted or not.
    pub(super) present: usize,
    pub(super) without: usize,
    pub(super) confidential: usize,
}

/// The most counties for which only these are counted: an office of a county, or of a region.
const FEW: usize = 8;

impl Trial {
    /// Reads the files of a folder as the text of a study says.
    pub(super) fn of(study: &str, folder: &Folder<'_>) -> Result<Self, Message> {
        let mut problems = Problems::new();
        let Some(study) = Study::read("study.toml", study.as_bytes(), &mut problems) else {
            let first = problems.iter().next().map(|problem| problem.message.clone());
            return Err(first.unwrap_or_else(|| Message::same("")));
        };
        let (reading, findings) = ingest::read(&study.sources, folder.inputs, folder.matcher);
        let errors: Vec<&Finding> =
            findings.iter().filter(|finding| finding.severity == Severity::Error).collect();
        let why = |measure: &String| {
            let source = measure.split_once('.').map_or(measure.as_str(), |(source, _)| source);
            let about = errors.iter().find(|finding| finding.subject == source);
            about.map_or_else(|| Message::same(""), |finding| finding.message.clone())
        };
        let unread = reading.unread.iter().map(|name| (name.clone(), why(name))).collect();
        let errors = errors.iter().map(|finding| {
            message::error(&finding.subject, &finding.message, finding.hint.as_ref())
        });
        let register = folder.matcher.register();
        let counties = few(&reading.observations, register);
        Ok(Self {
            unread,
            errors: errors.collect(),
            coverage: coverage(&reading.observations, register, &counties),
            counties,
        })
    }
}

/// The counties in which any file has a unit, in the register's order; none when they are many.
fn few(observations: &Observations, register: &Register) -> Vec<String> {
    let Some(of_unit) = register.column("county") else { return Vec::new() };
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for series in observations.series.iter().filter(|series| series.level == UNIT) {
        let present = series.origins.iter().zip(of_unit).filter(|(origin, _)| !origin.is_empty());
        found.extend(present.map(|(_, county)| county.as_str()));
    }
    let all: BTreeSet<&str> = of_unit.iter().map(String::as_str).collect();
    if found.len() > FEW || found.len() == all.len() {
        return Vec::new();
    }
    found.into_iter().map(str::to_owned).collect()
}

/// What each measure lacks, of the areas that are counted.
fn coverage(
    observations: &Observations,
    register: &Register,
    counties: &[String],
) -> Vec<Coverage> {
    let is_counted = |county: Option<&String>| {
        counties.is_empty() || county.is_some_and(|county| counties.contains(county))
    };
    let counted = |series: &Series| -> Option<Vec<usize>> {
        let of_unit = register.column("county");
        let areas = match series.level.as_str() {
            UNIT => (0..series.cells.len())
                .filter(|&unit| is_counted(of_unit.and_then(|names| names.get(unit))))
                .collect(),
            "county" => {
                let areas = &register.level("county")?.areas;
                (0..areas.len()).filter(|&area| is_counted(areas.get(area))).collect()
            }
            // A region that has no counted county is missed by nobody.
            _ if !counties.is_empty() => return None,
            _ => (0..series.cells.len()).collect(),
        };
        Some(areas)
    };
    let of = |series: &Series| {
        let areas = counted(series)?;
        let cells = || areas.iter().map(|&area| &series.cells[area]);
        let withheld = |cell: &&Cell| **cell == Cell::Missing(Missing::Confidential);
        Some(Coverage {
            measure: series.name.clone(),
            of: areas.len(),
            present: series.origins.iter().filter(|origins| !origins.is_empty()).count(),
            without: cells().filter(|cell| cell.number().is_none()).count(),
            confidential: cells().filter(withheld).count(),
        })
    };
    observations.series.iter().filter_map(of).collect()
}
