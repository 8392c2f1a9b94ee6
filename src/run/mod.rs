//! One run: from the text of a study to everything that reports are made from.
//!
//! A run is a pure function of the files it is given and of the version of the program; the same
//! request gives the same bytes on any machine.

mod check;
mod checked_text;
mod counted;
pub mod demo;
mod review;
mod select;
mod who;

pub use check::{AreaCoverage, Checked, CheckedProgramme, check};
pub use select::{Selected, select};

use crate::index::{self, Figures, Index, Method, TraceMode};
use crate::ingest::{self, Inputs, Reading};
use crate::language::Language;
use crate::message;
use crate::observation::Observations;
use crate::quality::{Finding, Findings, message};
use crate::register::{Matcher, Register};
use crate::report::{FileDigest, Provenance, Role, UNMASKED, View, sha256};
use crate::selection::Refusal;
use crate::study::programme::{Plan, Terms};
use crate::study::{Against, Layer, Methodology, Problems, Programme, Study, methodology};
use crate::watch::{Interrupted, Stage, Watch};

/// A file the user gave.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// Its name in messages and in the record; never absolute.
    pub name: String,
    /// Everything in it.
    pub bytes: Vec<u8>,
}

/// Reads a methodology by the path that a study or methodology names, relative to the study's
/// folder; or says why it cannot.
pub type Beside<'a> = dyn Fn(&str) -> Result<Vec<u8>, String> + 'a;

/// What a run is a function of.
#[derive(Clone)]
pub struct Request<'a> {
    /// The study file.
    pub study: Given,
    /// A methodology (bundled name or path) instead of the one that the study names.
    pub methodology: Option<String>,
    /// A programme (bundled name or path) instead of the one that the study names; only
    /// [`select()`] and [`check()`] look at it.
    pub programme: Option<String>,
    /// The input files.
    pub inputs: &'a Inputs,
    /// Files beside the study.
    pub beside: &'a Beside<'a>,
    /// Whether every step of every cell is kept.
    pub trace: TraceMode,
}

/// Why a run could not be done.
#[derive(Debug)]
pub enum Stopped {
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
    NotAdopted(Vec<String>),
    /// Somebody asked to stop.
    Interrupted(Interrupted),
}

impl From<Interrupted> for Stopped {
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
}

impl Run {
    /// The run as reports see it.
    pub fn view(&self, language: Language) -> View<'_> {
        View {
            study: &self.study,
            figures: Figures {
                method: &self.method,
                register: &self.register,
                observations: &self.observations,
                index: &self.index,
            },
            findings: &self.findings,
            provenance: &self.provenance,
            selection: None,
            language,
            masks: &UNMASKED,
        }
    }
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

/// Reads, checks and computes.
pub fn compute(request: &Request<'_>, watch: &dyn Watch) -> Result<Run, Stopped> {
    let read = read(request, Programmes::Ignored, watch)?;
    let mut run = indexed(read, request, watch)?;
    settle(&mut run, &request.study.name);
    Ok(run)
}

/// Computes the index of what was read. The findings are neither accepted nor sorted yet.
pub(crate) fn indexed(
    read: Read,
    request: &Request<'_>,
    watch: &dyn Watch,
) -> Result<Run, Stopped> {
    let Read { study, method, register, reading, mut findings, provenance, notes, .. } = read;
    if !reading.is_complete() {
        findings.sort();
        return Err(Stopped::Unread(findings));
    }
    let observations = reading.observations;
    watch.at(Stage::Computing, 0, 1)?;
    let index = index::compute(&method, &register, &observations, request.trace, &mut findings);
    review::small_populations(&method, &register, &observations, &mut findings);
    illustrative(&method, &mut findings);
    watch.at(Stage::Computing, 1, 1)?;
    Ok(Run { study, method, register, observations, index, findings, provenance, notes })
}

/// Accepts and sorts the findings of a run; nothing is found after that.
pub(crate) fn settle(run: &mut Run, file: &str) {
    accept(&run.study, file, &mut run.findings);
    run.findings.sort();
}

/// Whether the programme of a study is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Programmes {
    /// It is not.
    Ignored,
    /// It is, where there is one.
    Checked,
    /// It is, and there must be one.
    Required,
}

/// A study with everything it names, read and joined; nothing is computed yet.
pub(crate) struct Read {
    pub(crate) study: Study,
    pub(crate) method: Method,
    /// The programme, where one was asked for.
    pub(crate) plan: Option<Plan>,
    /// The whole register, with what is known around it.
    pub(crate) who: who::Who,
    /// The units that the study counts.
    pub(crate) register: Register,
    /// What was read; perhaps not all of it.
    pub(crate) reading: Reading,
    pub(crate) findings: Findings,
    pub(crate) provenance: Provenance,
    pub(crate) notes: Problems,
}

/// Reads and checks everything a study names.
pub(crate) fn read(
    request: &Request<'_>,
    programmes: Programmes,
    watch: &dyn Watch,
) -> Result<Read, Stopped> {
    watch.at(Stage::Reading, 0, 1)?;
    let mut problems = Problems::new();
    let mut findings = Findings::default();
    let Some(study) = Study::read(&request.study.name, &request.study.bytes, &mut problems) else {
        return Err(Stopped::Invalid(problems));
    };
    let reference = request.methodology.as_deref().unwrap_or(&study.methodology);
    let methodology =
        Methodology::load(reference, &mut |path| (request.beside)(path), &mut problems);
    let programme = programme(request, &study, programmes, &mut problems);
    let Some(who) = who::read(&study, request.inputs, &mut findings) else {
        return Err(unread_or_invalid(problems, findings));
    };
    let name = &request.study.name;
    study.check_against(name, &who.register, &mut problems);
    let register = study.choose_units(name, who.register.clone(), &mut problems);
    let mut plan = None;
    let method = match (&methodology, &register) {
        (Some(found), Some(register)) => {
            let against = Against { study: &study, file: name, register };
            let method = found.check(&against, &mut problems);
            if let Some(method) = &method {
                findings.extend(methodology::doubts(method, &against));
                let terms = Terms { study: &study, file: name, register, method };
                plan = programme.as_ref().and_then(|found| found.check(&terms, &mut problems));
            }
            method
        }
        _ => None,
    };
    let (Some(methodology), Some(method), Some(register), false) =
        (methodology, method, register, problems.has_errors())
    else {
        return Err(Stopped::Invalid(problems));
    };
    let layers = (methodology.layers.as_slice(), programme.as_ref().map(|p| p.layers.as_slice()));
    let provenance = provenance(request, &study, layers, who.files.clone());
    adopted(&study, layers)?;
    let matcher = Matcher::new(&who.register, &who.gazetteer, &who.aliases).counting(&register);
    let (mut reading, found) = ingest::read(&study.sources, request.inputs, &matcher);
    findings.extend(found);
    reading.observations = counted::keep(reading.observations, &who.register, &register);
    Ok(Read { study, method, plan, who, register, reading, findings, provenance, notes: problems })
}

/// Loads the programme that was asked for.
fn programme(
    request: &Request<'_>,
    study: &Study,
    programmes: Programmes,
    problems: &mut Problems,
) -> Option<Programme> {
    if programmes == Programmes::Ignored {
        return None;
    }
    let reference = request.programme.as_ref().or(study.programme.as_ref());
    if let Some(reference) = reference {
        return Programme::load(reference, &mut |path| (request.beside)(path), problems);
    }
    if programmes == Programmes::Required {
        let message = "this study names no programme";
        let hint = "add `programme = \"…\"` to `[study]`, or name one with `--programme`";
        problems.error_in_file(&request.study.name, message, Some(hint.to_owned()));
    }
    None
}

fn unread_or_invalid(problems: Problems, findings: Findings) -> Stopped {
    if problems.has_errors() { Stopped::Invalid(problems) } else { Stopped::Unread(findings) }
}

/// The files of the methodology and, where one was asked for, of the programme.
type Layers<'a> = (&'a [Layer], Option<&'a [Layer]>);

/// What identifies the run: digests of everything it was told.
fn provenance(
    request: &Request<'_>,
    study: &Study,
    (methodology, programme): Layers<'_>,
    register: Vec<FileDigest>,
) -> Provenance {
    let mut files = vec![FileDigest {
        role: Role::Study,
        name: request.study.name.clone(),
        sha256: sha256(&request.study.bytes),
    }];
    let digest_of = |role: Role| {
        move |layer: &Layer| FileDigest {
            role,
            name: layer.name.clone(),
            sha256: sha256(&layer.bytes),
        }
    };
    files.extend(methodology.iter().map(digest_of(Role::Methodology)));
    files.extend(programme.unwrap_or_default().iter().map(digest_of(Role::Programme)));
    files.extend(register);
    let declared = study.adopted.as_ref().map(|adopted| adopted.date.clone());
    Provenance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        created: declared,
        files,
        bag: None,
    }
}

/// Compares the digests that an act fixed with the files that are used.
fn adopted(study: &Study, (methodology, programme): Layers<'_>) -> Result<(), Stopped> {
    let Some(adopted) = &study.adopted else { return Ok(()) };
    let mut differences = Vec::new();
    for (noun, fixed, used) in [
        ("methodology", &adopted.methodology_sha256, Some(methodology)),
        ("programme", &adopted.programme_sha256, programme),
    ] {
        let (Some(fixed), Some(layers)) = (fixed, used) else { continue };
        let used = digest(layers);
        if *fixed != used {
            differences.push(format!(
                "`{}` fixed the {noun} with SHA-256 `{fixed}`, and the one used has `{used}`",
                adopted.act
            ));
        }
    }
    if differences.is_empty() { Ok(()) } else { Err(Stopped::NotAdopted(differences)) }
}

/// What an act fixes of a file: the digest of its bytes and of those of the files it extends, one
/// behind the other, as `cat mine.toml base.toml | sha256sum` prints it.
fn digest(layers: &[Layer]) -> String {
    let bytes: Vec<u8> = layers.iter().flat_map(|layer| layer.bytes.iter().copied()).collect();
    sha256(&bytes)
}

/// Says that no authority has adopted the numbers of the methodology.
fn illustrative(method: &Method, findings: &mut Findings) {
    if method.status == index::method::Status::Illustrative {
        let message = message!(
            "the numbers of methodology `{id}` are assumptions",
            "cifrele metodologiei `{id}` sunt ipoteze",
            id = &method.id,
        );
        let hint = message!(
            "no authority has adopted it: an act would be named in `status` and `act`",
            "nicio autoritate nu a adoptat-o: un act ar fi numit în `status` și `act`",
        );
        findings.push(Finding::new(&message::run::ILLUSTRATIVE, &method.id, message).hint(hint));
    }
}

/// Marks the findings that somebody looked at, and tells acceptances that fit none.
fn accept(study: &Study, file: &str, findings: &mut Findings) {
    for acceptance in &study.accept {
        let subject = acceptance.source.as_deref();
        if findings.accept(&acceptance.finding, subject, &acceptance.reason) == 0 {
            let message = message!(
                "no finding `{rule}`{about} to accept",
                "nicio constatare `{rule}`{despre} de acceptat",
                rule = &acceptance.finding,
                about = subject.map_or_else(String::new, |id| format!(" about `{id}`")),
                despre = subject.map_or_else(String::new, |id| format!(" despre `{id}`")),
            );
            let place = crate::quality::Place::file(file).at_row(acceptance.line);
            let hint = message!(
                "remove this `[[accept]]`, or correct what it names",
                "ștergeți acest `[[accept]]` sau corectați ce numește",
            );
            let finding = Finding::new(&message::run::ACCEPT_UNUSED, &acceptance.finding, message);
            findings.push(finding.hint(hint).at(place));
        }
    }
}
