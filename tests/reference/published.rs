//! Published releases of other authorities, recomputed from their inputs with nothing but a study and a methodology.
//!
//! Every folder of `published/` is an index. A `study*.toml` in it is a release (or a level of one) and is
//! compared with what `expected*.toml` of the same part says; every methodology file that `extends` another is
//! a counter-check, which must miss what the one it extends meets. What is met is counted in `rates.csv`.

mod compare;
mod expected;
mod inputs;
mod page;
mod rates;

use std::fs;
use std::path::{Path, PathBuf};

use libtest_mimic::Trial;
use risk_index::index::{Index, TraceMode};
use risk_index::language::Language;
use risk_index::quality::Severity;
use risk_index::register::Register;
use risk_index::report::render_findings;
use risk_index::run::{self, NamedBytes, Request, RunError};
use risk_index::watch::Unwatched;

use self::compare::Counted;
use self::expected::Expected;
use crate::data::{always, trial, write_page};

/// A release, or one level of it.
#[derive(Clone, Debug)]
struct Case {
    /// The folder: `imd-2019-england`.
    index: String,
    /// What follows `study` in the name of the file: nothing, or `-subdomains`.
    part: String,
}

/// What a run gave.
struct Computed {
    index: Index,
    register: Register,
}

impl Case {
    fn folder(&self) -> PathBuf {
        root().join(&self.index)
    }

    fn name(&self) -> String {
        format!("published/{}{}", self.index, self.part)
    }

    fn study(&self) -> String {
        format!("study{}.toml", self.part)
    }

    /// The methodology that the study names.
    fn methodology(&self) -> String {
        named(&self.folder().join(self.study()), "study", "methodology").unwrap()
    }

    /// Runs the study, with another methodology where one is given, and counts what is met.
    fn measured(&self, data: &Path, methodology: Option<&str>) -> Vec<Counted> {
        let expected = Expected::read(&self.folder(), &self.part);
        let published = data.join("published").join(&self.index);
        let computed = self.computed(&expected, &published, methodology);
        compare::count(&expected, &published, &computed)
    }

    fn computed(
        &self,
        expected: &Expected,
        published: &Path,
        methodology: Option<&str>,
    ) -> Computed {
        let folder = self.folder();
        let inputs = inputs::without(expected, published);
        let request = Request {
            programme: None,
            doubts: None,
            study: NamedBytes {
                name: self.study(),
                bytes: fs::read(folder.join(self.study())).unwrap(),
            },
            methodology: methodology.map(str::to_owned),
            inputs: &inputs,
            beside: &|path| fs::read(folder.join(path)),
            trace: TraceMode::Drop,
        };
        match run::compute(&request, &Unwatched) {
            Ok(run) => Computed { index: run.index, register: run.register },
            Err(RunError::Invalid(problems)) => {
                panic!("{problems}")
            }
            Err(RunError::Unread(findings)) => {
                panic!("{}", render_findings(&findings, Severity::Error, Language::En))
            }
            Err(stopped) => panic!("{stopped:?}"),
        }
    }
}

pub(crate) fn trials() -> Vec<Trial> {
    let cases = cases();
    let mut trials = Vec::new();
    for case in &cases {
        let release = case.clone();
        trials.push(trial(&case.name(), move |data| {
            rates::check(&release.index, &release.part, &release.measured(data, None))
        }));
        for variant in variants(case) {
            let release = case.clone();
            let name = format!("{}/{}", case.name(), variant.trim_end_matches(".toml"));
            trials.push(trial(&name, move |data| must_miss(&release, &variant, data)));
        }
    }
    let excepted = cases.clone();
    trials.push(trial("published/rates", move |_| rates::complete(&cases)));
    // the next two need no data: what they compare is committed
    trials.push(always("published/exceptions", move || exceptions(&excepted)));
    trials.push(always("published/page", || page::check(&rates::rates(), write_page())));
    trials
}

/// Single cells that are given to a study, and cells that are known to differ: no more than these.
const EXCEPTIONS: (usize, usize) = (70, 22);

/// Counts the exceptions of all releases, each of which has its reason.
fn exceptions(cases: &[Case]) -> String {
    let of = |case: &Case| Expected::read(&case.folder(), &case.part).exceptions;
    let counted = cases.iter().map(of).fold((0, 0), |(given, differs), exceptions| {
        (given + exceptions.given.len(), differs + exceptions.differs.len())
    });
    assert_eq!(counted, EXCEPTIONS, "cells given, and cells known to differ");
    format!("{} cells are given, {} are known to differ", counted.0, counted.1)
}

/// A methodology that is wrong on purpose must meet less than the right one.
fn must_miss(case: &Case, variant: &str, data: &Path) -> String {
    let missed: Vec<String> = case
        .measured(data, Some(variant))
        .iter()
        .filter(|counted| counted.equal < rates::equal(&case.index, &case.part, &counted.group))
        .map(|counted| format!("{}: {} of {}", counted.group, counted.equal, counted.cells))
        .collect();
    assert!(!missed.is_empty(), "`{variant}` meets everything that the right methodology meets");
    missed.join("; ")
}

/// All studies, in the order of their names.
fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    for index in names(&root()) {
        for file in names(&root().join(&index)) {
            if let Some(part) =
                file.strip_prefix("study").and_then(|rest| rest.strip_suffix(".toml"))
            {
                cases.push(Case { index: index.clone(), part: part.to_owned() });
            }
        }
    }
    cases
}

/// The methodology files that extend the one of the study.
fn variants(case: &Case) -> Vec<String> {
    let right = case.methodology();
    let extends = |file: &String| named(&case.folder().join(file), "methodology", "extends");
    names(&case.folder())
        .into_iter()
        .filter(|file| file.ends_with(".toml") && extends(file).as_ref() == Some(&right))
        .collect()
}

/// A text of a TOML file, by table and key.
fn named(file: &Path, table: &str, key: &str) -> Option<String> {
    let document: toml::Table = fs::read_to_string(file).unwrap().parse().unwrap();
    Some(document.get(table)?.get(key)?.as_str()?.to_owned())
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/reference/published")
}

/// Names in a folder, sorted; nothing when it is a file.
fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}
