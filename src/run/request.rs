//! What a run is a function of.

use crate::index::TraceMode;
use crate::ingest::Inputs;
use crate::study::{Problems, Study};

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
pub type SiblingLoader<'a> = dyn Fn(&str) -> Result<Vec<u8>, String> + 'a;

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
