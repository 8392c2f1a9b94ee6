//! One run: from the text of a study to everything that reports are made from.
//!
//! A run is a pure function of the files it is given and of the version of the program; the same
//! request gives the same bytes on any machine. A [`Request`] goes in, `prepare` reads and checks
//! everything that a study names, the index computes, `review` looks at the numbers.

mod check;
mod checked_text;
pub mod demo;
mod expert_weights;
mod listed_file;
mod loaded_register;
mod prepare;
mod review;
mod scales;
mod select;
mod small_counts;

pub use check::{AreaCoverage, Checked, DoubtsOutlook, ProgrammeOutlook, check};
pub use loaded_register::register_of;
pub(crate) use prepare::{Prepared, Wanted, other_method, prepare};
pub use select::{Selected, Unanswered, robustness, select, trial};
use small_counts::{Protected, withheld};

use std::io;

use crate::index::{self, Figures, Index, Method, TraceMode};
use crate::ingest::Inputs;
use crate::language::Language;
use crate::message::run::SMALL_COUNTS;
use crate::observation::{InputFile, Observations};
use crate::quality::{Finding, Findings, Message};
use crate::register::Register;
use crate::report::{Provenance, Secrets, Telling, UNMASKED, View};
use crate::selection::Refusal;
use crate::study::{Problems, Study};
use crate::watch::{Interrupted, Stage, Watch};

/// A named file in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedBytes {
    /// Its name in messages and in the record; never absolute.
    pub name: String,
    /// Everything in it.
    pub bytes: Vec<u8>,
}

/// Reads a methodology or programme by the path that a study or methodology names, relative to the
/// study's folder; or says why it cannot.
pub type SiblingLoader<'a> = dyn Fn(&str) -> io::Result<Vec<u8>> + 'a;

/// What a run is a function of.
#[derive(Clone)]
pub struct Request<'a> {
    /// The study file.
    pub study: NamedBytes,
    /// A methodology (bundled name or path) instead of the one that the study names.
    pub methodology: Option<String>,
    /// A programme (bundled name or path) instead of the one that the study names; only
    /// [`select()`](crate::run::select()) and [`check()`](crate::run::check()) look at it.
    pub programme: Option<String>,
    /// A file of doubts (bundled name or path) instead of the one that the study names.
    pub doubts: Option<String>,
    /// The input files.
    pub inputs: &'a Inputs,
    /// Files beside the study.
    pub beside: &'a SiblingLoader<'a>,
    /// Whether every step of every cell is kept.
    pub trace: TraceMode,
}

/// Whether a programme is named, by the request or by its study. A study that cannot be read names
/// none; running it says what is wrong.
pub fn names_programme(request: &Request<'_>) -> bool {
    let named = || {
        let study = Study::read(&request.study.name, &request.study.bytes, &mut Problems::new());
        study.is_some_and(|study| study.programme.is_some())
    };
    request.programme.is_some() || named()
}

/// Why a run could not be done.
#[derive(Debug)]
pub enum RunError {
    /// The study or methodology is wrong.
    Invalid(Problems),
    /// Inputs cannot be read as the study says; the findings tell which.
    Unread(Findings),
    /// The rules of the programme do not allow a list.
    Refused {
        /// Each problem, in the file and on the line that it is about.
        problems: Problems,
        /// The same as the engine says it.
        refusal: Refusal,
    },
    /// The rules were fixed by an act, and these are others.
    NotAdopted(Vec<Message>),
    /// Somebody asked to stop.
    Interrupted(Interrupted),
}

impl From<Interrupted> for RunError {
    fn from(interrupted: Interrupted) -> Self {
        Self::Interrupted(interrupted)
    }
}

/// A run that was done.
#[derive(Clone, Debug)]
pub struct Run {
    /// The study.
    pub study: Study,
    /// The methodology.
    pub method: Method,
    /// Who is counted.
    pub register: Register,
    /// What was read.
    pub observations: Observations,
    /// What was computed.
    pub index: Index,
    /// What was found, in the order of reports.
    pub findings: Findings,
    /// Version and digests.
    pub provenance: Provenance,
    /// Notes about the files of the study, such as a byte order mark that was skipped.
    pub notes: Problems,
    /// What no sentence may say, where something stands for small counts.
    pub(crate) secrets: Option<Secrets>,
    /// What would say something of small counts that are withheld.
    pub(crate) telling: Telling,
    /// The same run with the counts as they are, where something stands for them. Nothing of it is
    /// published.
    pub(crate) truth: Option<Box<Self>>,
}

impl Run {
    /// The run with the counts as they are, for the bag, where what is published says other ones or none.
    pub fn unmasked(&self, language: Language) -> Option<View<'_>> {
        let withholds = !self.observations.withheld.is_empty();
        match &self.truth {
            Some(truth) => Some(truth.view(language)),
            None => withholds.then(|| self.view(language)),
        }
    }

    /// The files that were read, each with its digest, also where what is published keeps it back.
    pub fn files_read(&self) -> &[InputFile] {
        let read = self.truth.as_deref().unwrap_or(self);
        &read.observations.files
    }

    /// The run as reports see it.
    pub fn view(&self, language: Language) -> View<'_> {
        View {
            study: &self.study,
            figures: Figures {
                method: &self.method,
                register: &self.register,
                observations: &self.observations,
                index: &self.index,
                among: None,
            },
            findings: &self.findings,
            provenance: &self.provenance,
            selection: None,
            language,
            masks: &UNMASKED,
            telling: &self.telling,
        }
    }
}

/// Reads, checks and computes.
pub fn compute(request: &Request<'_>, watch: &dyn Watch) -> Result<Run, RunError> {
    let file = &request.study.name;
    let prepared = prepare(request, Wanted::INDEX, watch)?;
    let Protected { published, truth } = small_counts::protect(prepared, file)?;
    let telling = withheld::check(&published, file, &|prepared| {
        let mut run = indexed(prepared, request, watch)?;
        settle(&mut run, file);
        Ok(run)
    })?;
    let mut run = indexed(published, request, watch)?;
    run.telling = telling;
    if let Some(truth) = truth {
        let mut truth = indexed(truth, request, watch)?;
        settle(&mut truth, file);
        run.truth = Some(Box::new(truth));
    }
    settle(&mut run, file);
    Ok(run)
}

/// Computes the index of what was read. The findings are neither accepted nor sorted yet.
pub(crate) fn indexed(
    prepared: Prepared,
    request: &Request<'_>,
    watch: &dyn Watch,
) -> Result<Run, RunError> {
    let Prepared {
        study, method, register, reading, secrets, mut findings, provenance, notes, ..
    } = prepared;
    if !reading.is_complete() {
        findings.sort();
        return Err(RunError::Unread(findings));
    }
    let observations = reading.observations;
    watch.at(Stage::Computing, 0, 1)?;
    let (index, found) = index::compute(&method, &register, &observations, request.trace);
    findings.extend(found);
    findings.extend(review::computed(&study, &method, &register, &observations));
    let of_nobody = review::conditions_of_nobody(&method, &register, &observations, &index);
    of_nobody.into_iter().for_each(|finding| findings.push(finding));
    watch.at(Stage::Computing, 1, 1)?;
    Ok(Run {
        study,
        method,
        register,
        observations,
        index,
        findings,
        provenance,
        notes,
        secrets,
        telling: Telling::default(),
        truth: None,
    })
}

/// Accepts and sorts the findings of a run; nothing is found after that. What they say of counts that
/// something stands for is taken out of them last: an acceptance names what was read.
pub(crate) fn settle(run: &mut Run, file: &str) {
    review::accept(&run.study, file, review::Stage::Last, &mut run.findings);
    if let Some(secrets) = &run.secrets {
        let kept = |it: Finding| match it.rule {
            // what it says of small counts is their number and their range
            rule if rule == SMALL_COUNTS.id => it,
            _ => secrets.kept(it),
        };
        run.findings = run.findings.iter().cloned().map(kept).collect();
    }
    run.findings.sort();
}
