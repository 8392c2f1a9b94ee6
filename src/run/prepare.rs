//! A study with everything it names, read and checked, before anything is computed.

use super::loaded_register::{self, LoadedRegister};
use super::{Request, SiblingLoader};
use super::{RunError, expert_weights, review};
use crate::boundaries::Border;
use crate::index::Method;
use crate::ingest::{self, Reading};
use crate::message::{self, study::source};
use crate::observation::{Observations, Series};
use crate::quality::{Finding, Findings};
use crate::register::{Matcher, Register};
use crate::report::{FileDigest, Provenance, Role, Secrets, sha256};
use crate::robustness::plan::Plan;
use crate::study::programme::{CheckedProgramme, ProgrammeContext};
use crate::study::robustness::{DoubtContext, Doubts};
use crate::study::{
    Layer, Methodology, MethodologyContext, Problems, Programme, Study, methodology,
};
use crate::watch::{Stage, Watch};

/// Whether a file that a study may name is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Looked {
    /// It is not, but for a file of doubts that the command line names.
    Ignored,
    /// It is, where there is one.
    Checked,
    /// It is, and there must be one.
    Required,
}

/// Which of the files that a study may name are looked at beside its methodology.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Wanted {
    /// The programme.
    pub(crate) programme: Looked,
    /// The file of doubts; where none is named the one bundled for the methodology.
    pub(crate) doubts: Looked,
}

impl Wanted {
    /// The index, without a list.
    pub(crate) const INDEX: Self = Self { programme: Looked::Ignored, doubts: Looked::Ignored };
    /// The list.
    pub(crate) const LIST: Self = Self { programme: Looked::Required, doubts: Looked::Ignored };
    /// The list, and how sure it is.
    pub(crate) const SURE: Self = Self { programme: Looked::Required, doubts: Looked::Required };
    /// Whatever is named.
    pub(crate) const ALL: Self = Self { programme: Looked::Checked, doubts: Looked::Checked };

    /// With doubts, where the programme draws lots among those whose place is contested.
    fn for_programme(self, programme: Option<&Programme>) -> Self {
        let draws =
            self.programme != Looked::Ignored && programme.is_some_and(Programme::draws_lots);
        Self { doubts: if draws { Looked::Required } else { self.doubts }, ..self }
    }
}

/// A study with everything it names, read and joined; nothing is computed yet.
#[derive(Clone)]
pub(crate) struct Prepared {
    pub(crate) study: Study,
    pub(crate) method: Method,
    /// The programme, where one was asked for.
    pub(crate) plan: Option<CheckedProgramme>,
    /// The doubts, where they were asked for.
    pub(crate) doubts: Option<Plan>,
    /// The whole register, with what is known around it.
    pub(crate) whole: LoadedRegister,
    /// The units that the study counts.
    pub(crate) register: Register,
    /// What was read; perhaps not all of it.
    pub(crate) reading: Reading,
    /// What no sentence may say, where something stands for small counts in what was read.
    pub(crate) secrets: Option<Secrets>,
    pub(crate) findings: Findings,
    pub(crate) provenance: Provenance,
    pub(crate) notes: Problems,
}

/// The rules of a run, checked against its study and register.
struct Rules {
    method: Method,
    plan: Option<CheckedProgramme>,
    doubts: Option<Plan>,
    /// What the doubts leave out.
    left_out: Findings,
    layers: Layers,
}

/// The files of a run as they were loaded.
struct Loaded {
    methodology: Methodology,
    programme: Option<Programme>,
    doubts: Option<LoadedDoubts>,
}

/// A file of doubts, and whether nobody named it.
struct LoadedDoubts {
    doubts: Doubts,
    is_default: bool,
}

/// The files of the methodology and, where they were asked for, of the programme and of the doubts;
/// each with the files it extends.
struct Layers {
    methodology: Vec<Layer>,
    programme: Option<Vec<Layer>>,
    robustness: Option<Vec<Layer>>,
    /// The methodology that the programme was written for.
    written_for: Option<String>,
}

/// Reads and checks everything a study names.
pub(crate) fn prepare(
    request: &Request<'_>,
    wanted: Wanted,
    watch: &dyn Watch,
) -> Result<Prepared, RunError> {
    watch.at(Stage::Reading, 0, 1)?;
    let mut problems = Problems::new();
    let mut findings = Findings::default();
    let name = &request.study.name;
    let Some(mut study) = Study::read(name, &request.study.bytes, &mut problems) else {
        return Err(RunError::Invalid(problems));
    };
    let loaded = load(request, &study, wanted, &mut problems);
    let Some(whole) = loaded_register::load(&study.register, request.inputs, &mut findings) else {
        let is_invalid = problems.has_errors();
        return Err(if is_invalid { RunError::Invalid(problems) } else { unread(findings) });
    };
    study.check_against(name, &whole.register, &mut problems);
    study.name_accepted(name, &whole.register, &mut problems);
    let register = study.choose_units(name, whole.register.clone(), &mut problems);
    let rules = register.as_ref().zip(loaded).and_then(|(register, loaded)| {
        let against = MethodologyContext { study: &study, file: name, register };
        check_rules(loaded, wanted, &against, &mut problems)
    });
    let (Some(register), Some(Rules { method, plan, mut doubts, left_out, layers }), false) =
        (register, rules, problems.has_errors())
    else {
        return Err(RunError::Invalid(problems));
    };
    findings.extend(left_out);
    let against = MethodologyContext { study: &study, file: name, register: &register };
    findings.extend(methodology::findings(&method, &against));
    other_methodology(&layers).into_iter().for_each(|finding| findings.push(finding));
    let provenance = provenance(request, &study, &layers, &whole.files);
    adopted(&study, &layers)?;
    let matcher =
        Matcher::new(&whole.register, &whole.gazetteer, &whole.aliases).counting(&register);
    let (mut reading, found) = ingest::read(&study.sources, request.inputs, &matcher);
    findings.extend(found);
    reading.observations = counted(reading.observations, &whole.register, &register);
    let experts = expert_weights::fill(doubts.as_mut(), &study, &method, request.inputs);
    findings.extend(experts.findings);
    reading.observations.files.extend(experts.files);
    let draws_lots = plan.as_ref().is_some_and(|plan| plan.rules.order.draw.is_some());
    if !experts.is_complete && (wanted.doubts == Looked::Required || draws_lots) {
        return Err(unread(findings));
    }
    let formulas = review::formulas(&method, plan.as_ref());
    let unknown = review::unknown_words(formulas, &reading.observations);
    unknown.into_iter().for_each(|finding| findings.push(finding));
    Ok(Prepared {
        study,
        method,
        plan,
        doubts: doubts.filter(|_| experts.is_complete),
        whole,
        register,
        reading,
        secrets: None,
        findings,
        provenance,
        notes: problems,
    })
}

/// That something cannot be read, as the findings say.
fn unread(mut findings: Findings) -> RunError {
    findings.sort();
    RunError::Unread(findings)
}

/// Another methodology for a study that was read; `None` where it does not fit.
pub(crate) fn other_method(
    prepared: &Prepared,
    file: &str,
    reference: &str,
    siblings: &SiblingLoader<'_>,
) -> Option<Method> {
    let mut problems = Problems::new();
    let against = MethodologyContext { study: &prepared.study, file, register: &prepared.register };
    let methodology = Methodology::load(reference, &mut |path| siblings(path), &mut problems)?;
    let method = methodology.check(&against, &mut problems);
    method.filter(|_| !problems.has_errors())
}

/// Loads the files that were asked for.
fn load(
    request: &Request<'_>,
    study: &Study,
    wanted: Wanted,
    problems: &mut Problems,
) -> Option<Loaded> {
    let programme = load_programme(request, study, wanted.programme, problems);
    let methodology = load_methodology(request, study, programme.as_ref(), problems);
    let layers = methodology.as_ref().map(|methodology| methodology.layers.as_slice());
    let wanted = wanted.for_programme(programme.as_ref());
    let doubts = load_doubts(request, (study, layers), wanted.doubts, problems);
    Some(Loaded {
        methodology: methodology?,
        programme: programme.filter(|_| wanted.programme != Looked::Ignored),
        doubts,
    })
}

/// Loads the file of doubts that was asked for: on the command line, by the study, or as the one that
/// comes with the methodology.
fn load_doubts(
    request: &Request<'_>,
    (study, methodology): (&Study, Option<&[Layer]>),
    wanted: Looked,
    problems: &mut Problems,
) -> Option<LoadedDoubts> {
    if wanted == Looked::Ignored && request.doubts.is_none() {
        return None;
    }
    let named = request.doubts.as_ref().or(study.robustness.as_ref()).cloned();
    let is_default = named.is_none();
    let Some(reference) = named.or_else(|| Doubts::written_for(methodology?)) else {
        if wanted == Looked::Required && methodology.is_some() {
            problems.error_in_file(&request.study.name, source::no_doubts());
        }
        return None;
    };
    let doubts = Doubts::load(&reference, &mut |path| (request.beside)(path), problems)?;
    Some(LoadedDoubts { doubts, is_default })
}

/// Loads the methodology that was asked for: on the command line, by the study, or by its programme.
fn load_methodology(
    request: &Request<'_>,
    study: &Study,
    programme: Option<&Programme>,
    problems: &mut Problems,
) -> Option<Methodology> {
    let named = request.methodology.as_ref().or(study.methodology.as_ref()).cloned();
    if let Some(reference) = named.or_else(|| programme.and_then(Programme::methodology)) {
        return Methodology::load(&reference, &mut |path| (request.beside)(path), problems);
    }
    // a programme that could not be read may have named one
    if !problems.has_errors() {
        problems.error_in_file(&request.study.name, source::no_methodology());
    }
    None
}

/// Loads the programme that was asked for; one that is not looked at only where it has to say which
/// methodology is meant.
fn load_programme(
    request: &Request<'_>,
    study: &Study,
    wanted: Looked,
    problems: &mut Problems,
) -> Option<Programme> {
    let is_named = request.methodology.is_some() || study.methodology.is_some();
    if wanted == Looked::Ignored && is_named {
        return None;
    }
    let reference = request.programme.as_ref().or(study.programme.as_ref());
    if let Some(reference) = reference {
        return Programme::load(reference, &mut |path| (request.beside)(path), problems);
    }
    if wanted == Looked::Required {
        problems.error_in_file(&request.study.name, source::no_programme());
    }
    None
}

/// Checks a methodology against the study, a programme against both, and doubts against all of them.
fn check_rules(
    loaded: Loaded,
    wanted: Wanted,
    against: &MethodologyContext<'_>,
    problems: &mut Problems,
) -> Option<Rules> {
    let Loaded { methodology, programme, doubts } = loaded;
    let wanted = wanted.for_programme(programme.as_ref());
    let method = methodology.check(against, problems)?;
    let MethodologyContext { study, file, register } = *against;
    let terms = ProgrammeContext { study, file, register, method: &method };
    let plan = programme.as_ref().and_then(|programme| programme.check(&terms, problems));
    let written_for = programme.as_ref().and_then(Programme::methodology);
    let programme = programme.map(|programme| programme.layers);
    let drawn = doubts.as_ref().and_then(|LoadedDoubts { doubts, is_default }| {
        let (programme, is_default) = (plan.as_ref(), *is_default);
        let context =
            DoubtContext { study, file, register, method: &method, programme, is_default };
        doubts.check(context, problems)
    });
    if wanted.doubts == Looked::Required && drawn.is_none() && !problems.has_errors() {
        problems.error_in_file(file, source::no_doubt_applies());
    }
    let (drawn, left_out) = drawn.unzip();
    let robustness = doubts.map(|loaded| loaded.doubts.layers);
    let layers = Layers { methodology: methodology.layers, programme, robustness, written_for };
    let left_out = left_out.unwrap_or_default();
    Some(Rules { method, plan, doubts: drawn, left_out, layers })
}

/// The finding that a programme was written for another methodology than the one it is applied to.
fn other_methodology(layers: &Layers) -> Option<Finding> {
    let (meant, programme) = (layers.written_for.as_deref()?, layers.programme.as_ref()?);
    let used = layers.methodology.first()?;
    let said = || message::study::other_methodology(&programme[0].name, meant, &used.name);
    (used.name != meant).then(said)
}

/// What identifies the run: digests of all its files.
fn provenance(
    request: &Request<'_>,
    study: &Study,
    layers: &Layers,
    register: &[FileDigest],
) -> Provenance {
    let stamped = |role, name: &str, bytes: &[u8]| FileDigest {
        role,
        name: name.to_owned(),
        sha256: sha256(bytes),
    };
    let of = |role: Role, layers: &[Layer]| -> Vec<FileDigest> {
        layers.iter().map(|layer| stamped(role, &layer.name, &layer.bytes)).collect()
    };
    let mut files = vec![stamped(Role::Study, &request.study.name, &request.study.bytes)];
    files.extend(of(Role::Methodology, &layers.methodology));
    files.extend(of(Role::Programme, layers.programme.as_deref().unwrap_or_default()));
    files.extend(of(Role::Robustness, layers.robustness.as_deref().unwrap_or_default()));
    files.extend_from_slice(register);
    let declared = study.adopted.as_ref().map(|adopted| adopted.date.clone());
    Provenance {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        created: declared,
        files,
        bag: None,
    }
}

/// Compares the digests that an act fixed with the files that are used.
fn adopted(study: &Study, layers: &Layers) -> Result<(), RunError> {
    let Some(adopted) = &study.adopted else { return Ok(()) };
    let mut differences = Vec::new();
    for (noun, fixed, used) in [
        (message::run::METHODOLOGY, &adopted.methodology_sha256, Some(&layers.methodology)),
        (message::run::PROGRAMME, &adopted.programme_sha256, layers.programme.as_ref()),
        (message::run::ROBUSTNESS, &adopted.robustness_sha256, layers.robustness.as_ref()),
    ] {
        let (Some(fixed), Some(layers)) = (fixed, used) else { continue };
        let used = digest(layers);
        if *fixed != used {
            differences.push(message::run::not_adopted(&adopted.act, noun, fixed, &used));
        }
    }
    if differences.is_empty() { Ok(()) } else { Err(RunError::NotAdopted(differences)) }
}

/// What an act fixes of a file: the digest of its bytes and of those of the files it extends, one
/// behind the other, as `cat mine.toml base.toml | sha256sum` prints it.
fn digest(layers: &[Layer]) -> String {
    let bytes: Vec<u8> = layers.iter().flat_map(|layer| layer.bytes.iter().copied()).collect();
    sha256(&bytes)
}

/// Of observations read for a whole register, those of the areas of `counted`, in its order. It has
/// some of the units of `whole` and the same columns, so each of its areas is an area of `whole`.
fn counted(observations: Observations, whole: &Register, counted: &Register) -> Observations {
    if whole.len() == counted.len() {
        return observations;
    }
    let Observations { files, series, withheld, totals, maps, borders } = observations;
    let series = series.into_iter().map(|one| of_areas(one, whole, counted)).collect();
    let is_counted = |code: &str| counted.position(code).is_some();
    let maps = maps.into_iter().map(|(id, map)| (id, map.of(is_counted))).collect();
    let both = |border: &Border| is_counted(&border.a) && is_counted(&border.b);
    let keep = |pairs: Vec<Border>| pairs.into_iter().filter(both).collect();
    let borders = borders.into_iter().map(|(id, pairs)| (id, keep(pairs))).collect();
    Observations { files, series, withheld, totals, maps, borders }
}

fn of_areas(series: Series, whole: &Register, counted: &Register) -> Series {
    let level = |register: &Register| {
        register.level(&series.level).expect("levels are checked before reading").clone()
    };
    let (before, after) = (level(whole), level(counted));
    let kept: Vec<usize> = after
        .areas
        .iter()
        .map(|area| before.position(area).expect("a counted area is an area of the whole"))
        .collect();
    Series {
        cells: kept.iter().map(|&at| series.cells[at].clone()).collect(),
        origins: kept.iter().map(|&at| series.origins[at].clone()).collect(),
        ..series
    }
}
