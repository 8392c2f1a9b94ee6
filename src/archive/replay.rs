//! Repeats a run from its bag and compares everything that comes out.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io;

use serde::Serialize;

use super::bag::{Bag, Refused};
use super::diff::{Difference, Trouble, first, frame};
use super::payload::{BagContents, FORMAT, ORDER, Order, PACKAGE, payload};
use crate::index::TraceMode;
use crate::ingest::{Inputs, ReadLimits};
use crate::language::Language;
use crate::message::archive as message;
use crate::quality::Message;
use crate::report::{self, File, Format, ReportError, View};
use crate::run::{self, NamedBytes, Request, RunError};
use crate::study::bundled_text;
use crate::watch::Watch;

/// The record of the run.
const RUN: &str = "run/run.json";
/// The record of the run with the counts as they are.
const UNMASKED: &str = "unmasked/run.json";

/// What a replay found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Replayed {
    /// Whether every file holds what a new run gives.
    pub identical: bool,
    /// Files compared.
    pub files: usize,
    /// SHA-256 of the tag manifest.
    pub digest: String,
    /// The version that made the bag.
    pub made_by: String,
    /// The version that replayed it.
    pub replayed_by: String,
    /// Why results may differ, where that is known.
    pub notes: Vec<Message>,
    /// The first difference of each file that differs.
    pub differences: Vec<Difference>,
}

/// Why a bag could not be replayed.
#[derive(Debug)]
pub enum ReplayError {
    /// It is not believed.
    Refused(Refused),
    /// The run that it asks for stops.
    Run(Box<RunError>),
    /// Its reports cannot be made.
    Report(ReportError),
}

impl From<Refused> for ReplayError {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<ReportError> for ReplayError {
    fn from(error: ReportError) -> Self {
        Self::Report(error)
    }
}

impl Replayed {
    /// The same with what is said in one language only.
    #[must_use]
    pub fn only(mut self, language: Language) -> Self {
        self.notes = self.notes.into_iter().map(|note| note.only(language)).collect();
        self.differences = self.differences.into_iter().map(|it| it.only(language)).collect();
        self
    }
}

/// Repeats the run of a bag whose digests were verified.
///
/// # Errors
/// The bag holds no order of ours, or its run stops.
pub fn replay(bag: &Bag, terms: &ReadLimits, watch: &dyn Watch) -> Result<Replayed, ReplayError> {
    let kept = BagInputs::of(&bag.payload)?;
    let order = &kept.order;
    let inputs = Inputs::Held(kept.inputs.clone()).under(terms.clone());
    let beside = |path: &str| {
        let known = kept.beside.get(path).map(|bytes| bytes.to_vec());
        known.ok_or_else(|| io::Error::new(io::ErrorKind::NotFound, "it is not in the archive"))
    };
    let request = Request {
        study: kept.study.clone(),
        methodology: order.methodology.clone(),
        programme: order.programme.clone(),
        doubts: order.doubts.clone(),
        inputs: &inputs,
        beside: &beside,
        trace: TraceMode::Keep,
    };
    let failed = |error| ReplayError::Run(Box::new(error));
    let now = if order.selects {
        let selected = if order.robustness {
            run::robustness(&request, None, watch)
        } else {
            run::select(&request, watch)
        };
        let selected = selected.map_err(failed)?;
        let view = selected.view(order.language, None);
        again(view, selected.unmasked(order.language), &kept, watch)?
    } else {
        let run = run::compute(&request, watch).map_err(failed)?;
        again(run.view(order.language), run.unmasked(order.language), &kept, watch)?
    };
    let differences = differences(bag, &now);
    Ok(Replayed {
        identical: differences.is_empty(),
        files: now.len(),
        digest: bag.digest.clone(),
        made_by: order.version.clone(),
        replayed_by: env!("CARGO_PKG_VERSION").to_owned(),
        notes: notes(bag, order),
        differences,
    })
}

/// The input files of a bag, by the names under which its run asked for them.
///
/// # Errors
/// The bag holds no order of ours, or lacks a file that it names.
pub fn inputs(bag: &Bag) -> Result<Inputs, Refused> {
    Ok(Inputs::Held(BagInputs::of(&bag.payload)?.inputs))
}

fn order(payload: &BTreeMap<String, Vec<u8>>) -> Result<Order, Refused> {
    let bytes = payload.get(ORDER);
    let order: Option<Order> = bytes.and_then(|bytes| serde_json::from_slice(bytes).ok());
    order
        .filter(|order| order.format == FORMAT)
        .ok_or_else(|| Refused::one(message::no_order(ORDER)))
}

/// What an archive kept of what its run read.
#[derive(Clone, Debug)]
pub(crate) struct BagInputs {
    /// What was asked for.
    pub(crate) order: Order,
    /// The study file.
    pub(crate) study: NamedBytes,
    /// Methodologies, programmes and files of doubts beside the study, by the path that names them.
    pub(crate) beside: BTreeMap<String, Cow<'static, [u8]>>,
    /// Input files, by the path that names them.
    pub(crate) inputs: BTreeMap<String, Cow<'static, [u8]>>,
}

impl BagInputs {
    /// Finds it in a payload.
    ///
    /// # Errors
    /// The payload holds no order of ours, or lacks a file that it names.
    pub(crate) fn of(payload: &BTreeMap<String, Vec<u8>>) -> Result<Self, Refused> {
        let order = order(payload)?;
        let mut kept = Self {
            order: order.clone(),
            study: NamedBytes { name: order.study.clone(), bytes: Vec::new() },
            beside: BTreeMap::new(),
            inputs: BTreeMap::new(),
        };
        for file in &order.files {
            let Some(bytes) = payload.get(&file.path) else {
                return Err(Refused::one(message::not_in_bag(ORDER, &file.path)));
            };
            let held = || (file.name.clone(), Cow::Owned(bytes.clone()));
            match file.role.as_str() {
                "study" => kept.study.bytes.clone_from(bytes),
                "beside" => kept.beside.extend([held()]),
                "input" => kept.inputs.extend([held()]),
                _ => {}
            }
        }
        Ok(kept)
    }
}

/// The payload that a new run gives.
fn again(
    view: View<'_>,
    truth: Option<View<'_>>,
    kept: &BagInputs,
    watch: &dyn Watch,
) -> Result<Vec<File>, ReplayError> {
    let order = &kept.order;
    let formats: Vec<Format> = order.formats.iter().filter_map(|name| name.parse().ok()).collect();
    let files = report::files(&view, &formats, watch)?;
    let unmasked = truth.map(|view| report::full_files(&view, &formats, watch)).transpose()?;
    Ok(payload(&BagContents {
        view,
        study: &kept.study,
        beside: &kept.beside,
        inputs: &kept.inputs,
        overrides: [&order.methodology, &order.programme, &order.doubts].map(Option::as_deref),
        formats: &order.formats,
        files: &files,
        unmasked: truth.zip(unmasked.as_deref()),
    }))
}

fn differences(bag: &Bag, now: &[File]) -> Vec<Difference> {
    let new: BTreeMap<&str, &[u8]> =
        now.iter().map(|file| (file.path.as_str(), file.bytes.as_slice())).collect();
    let paths: BTreeSet<&str> =
        bag.payload.keys().map(String::as_str).chain(new.keys().copied()).collect();
    let mut found = Vec::new();
    let mut alike = BTreeSet::new();
    for path in last(paths) {
        let trouble = match (bag.payload.get(path), new.get(path)) {
            (Some(old), Some(new)) => {
                let trouble = match path {
                    PACKAGE | RUN | UNMASKED => {
                        first(path, &apart(path, old, &alike), &apart(path, new, &alike))
                    }
                    path => first(path, old, new),
                };
                if trouble.is_none() && old.as_slice() != *new {
                    alike.insert(path);
                }
                trouble
            }
            (Some(_), None) => Some(Trouble::NotMade),
            (None, _) => Some(Trouble::NotArchived),
        };
        if let Some(trouble) = trouble {
            let step = step(path, &trouble, bag, &new);
            found.push(Difference { file: path.to_owned(), trouble, step });
        }
    }
    found
}

/// The paths in order, the record of the run and the descriptor last: they repeat digests, and of
/// the same cause the files come first.
fn last(paths: BTreeSet<&str>) -> Vec<&str> {
    let mut paths: Vec<&str> = paths.into_iter().collect();
    let repeats = [RUN, UNMASKED, PACKAGE];
    paths.sort_by_key(|path| repeats.iter().position(|it| it == path).map_or(0, |at| at + 1));
    paths
}

/// A list of files with their digests, without the digests of those that hold the same in other
/// bytes, as Parquet files and pictures may.
fn apart<'b>(path: &str, list: &'b [u8], alike: &BTreeSet<&str>) -> Cow<'b, [u8]> {
    let read = || serde_json::from_slice::<serde_json::Value>(list).ok();
    let Some(mut read) = (!alike.is_empty()).then(read).flatten() else {
        return Cow::Borrowed(list);
    };
    let own = path.strip_suffix("run.json").unwrap_or_default();
    for (key, folder) in [("outputs", own), ("resources", "")] {
        let files = read.get_mut(key).and_then(|files| files.as_array_mut());
        for file in files.into_iter().flatten().filter_map(|file| file.as_object_mut()) {
            let path = file.get("path").and_then(|path| path.as_str()).unwrap_or_default();
            if alike.contains(format!("{folder}{path}").as_str()) {
                for digest in ["bytes", "sha256", "hash"] {
                    file.remove(digest);
                }
            }
        }
    }
    Cow::Owned(read.to_string().into_bytes())
}

/// The step that made what stands in a file at a place.
fn step(path: &str, trouble: &Trouble, bag: &Bag, new: &BTreeMap<&str, &[u8]>) -> Message {
    let by = match path {
        "run/tables/index.csv" => return in_trace(trouble, bag, new),
        "run/tables/trace.parquet" => message::IN_THAT_ROW,
        "run/tables/observations.csv" => message::READING,
        "run/tables/findings.csv" => message::CHECKS,
        PACKAGE => message::DESCRIPTION,
        ORDER => message::ORDER,
        _ if path.starts_with("inputs/raw/") || path.starts_with("study/") => message::GIVEN,
        _ if path.starts_with("inputs/tables/") => message::READING,
        _ if path.starts_with("run/tables/") => message::TABLE,
        _ if path.starts_with("run/") => message::REPORT,
        _ if path.starts_with("unmasked/") => message::UNMASKED,
        _ => message::ARCHIVE,
    };
    by.into()
}

/// The first step of the trace at which the unit of a row differs; when none does, only the table
/// does, and was written or changed after the computation.
fn in_trace(trouble: &Trouble, bag: &Bag, new: &BTreeMap<&str, &[u8]>) -> Message {
    const TRACE: &str = "run/tables/trace.parquet";
    let unknown = || message::INDEX.into();
    let Trouble::Cell { code: Some(code), .. } = trouble else { return unknown() };
    let (Some(old), Some(new)) = (bag.payload.get(TRACE), new.get(TRACE)) else {
        return unknown();
    };
    let (Some(old), Some(new)) = (frame(old), frame(new)) else { return unknown() };
    if old.shape() != new.shape() {
        return unknown();
    }
    let text = |frame: &polars::prelude::DataFrame, column: &str, row: usize| -> String {
        let cell =
            frame.column(column).ok().and_then(|it| it.get(row).ok().map(|it| it.to_string()));
        cell.unwrap_or_default().trim_matches('"').to_owned()
    };
    for row in (0..new.height()).filter(|&row| text(&new, "code", row) == *code) {
        if text(&old, "value", row) != text(&new, "value", row) {
            let (node, step) = (text(&new, "node", row), text(&new, "step", row));
            return message::step_of(&step, &node, &text(&new, "position", row));
        }
    }
    message::NO_STEP.into()
}

/// Why results may differ.
fn notes(bag: &Bag, order: &Order) -> Vec<Message> {
    let mut notes = Vec::new();
    let ours = env!("CARGO_PKG_VERSION");
    if order.version != ours {
        notes.push(message::made_by_other_version(&order.version, ours));
    }
    for file in order.files.iter().filter(|file| file.role == "bundled") {
        let kept = bag.payload.get(&file.path).map(Vec::as_slice);
        if bundled_text(&file.name).map(str::as_bytes) != kept {
            notes.push(message::carries_another(&file.name, &file.path));
        }
    }
    notes
}
