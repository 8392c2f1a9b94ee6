//! `run.json`: what a run was made from and what it made, without a clock, a path or a user.

use serde::{Deserialize, Serialize};

use super::View;
use super::file::File;
use super::stamp::{StampedFile, sha256};
use crate::index::method::Status;
use crate::language::Language;
use crate::observation::InputFile;
use crate::quality::Severity;
use crate::study::{Adopted, SignOff};

/// Name of the record in a run folder; it is written last and marks the folder as a run.
pub const RECORD: &str = "run.json";

/// What stands first in every record, so that another program's `run.json` is never taken for ours.
pub(crate) const FORMAT: &str = "risk-index run 1";

/// The record of a run.
#[derive(Debug, Serialize)]
struct Record<'a> {
    format: &'static str,
    version: &'a str,
    title: Title<'a>,
    language: Language,
    methodology: Methodology<'a>,
    /// The act that fixed the rules, where the study names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    adopted: Option<&'a Adopted>,
    /// Who prepared and approved, where the study says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    sign_off: Option<&'a SignOff>,
    register: RegisterRecord<'a>,
    files: &'a [StampedFile],
    inputs: &'a [InputFile],
    counts: Counts,
    outputs: Vec<RecordedOutput>,
}

#[derive(Debug, Serialize)]
struct Title<'a> {
    ro: &'a str,
    en: &'a str,
}

#[derive(Debug, Serialize)]
struct Methodology<'a> {
    id: &'a str,
    version: &'a str,
    /// The column of `index.csv` that orders the units.
    score: Option<&'a str>,
    #[serde(flatten)]
    status: &'a Status,
}

#[derive(Debug, Serialize)]
struct RegisterRecord<'a> {
    id: &'a str,
    units: usize,
}

#[derive(Debug, Serialize)]
struct Counts {
    ranked: usize,
    scored: usize,
    unscored: usize,
    errors: usize,
    warnings: usize,
    notes: usize,
    accepted: usize,
}

/// An output as the record of a run names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecordedOutput {
    /// Path inside the run folder, with `/`.
    pub path: String,
    /// Size in bytes.
    pub bytes: u64,
    /// Lower-case hexadecimal SHA-256.
    pub sha256: String,
}

/// The part of a record by which a folder is recognised and its files are told from others.
#[derive(Debug, Deserialize)]
pub(crate) struct Recognised {
    format: String,
    /// What the run wrote besides the record.
    pub(crate) outputs: Vec<RecordedOutput>,
}

impl Recognised {
    /// Reads a record; `None` when it is not one of ours.
    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        serde_json::from_slice(bytes).ok().filter(|record: &Self| record.format == FORMAT)
    }
}

/// The record of a run whose other outputs are `outputs`.
pub(crate) fn record(view: &View<'_>, outputs: &[File]) -> Vec<u8> {
    let record = Record {
        format: FORMAT,
        version: &view.stamp.version,
        title: Title { ro: &view.study.title.ro, en: &view.study.title.en },
        language: view.language,
        methodology: Methodology {
            id: &view.figures.method.id,
            version: &view.figures.method.version,
            score: view.figures.headline().map(|node| view.figures.method.nodes[node].id.as_str()),
            status: &view.figures.method.status,
        },
        adopted: view.study.adopted.as_ref(),
        sign_off: view.study.sign_off.as_ref(),
        register: RegisterRecord {
            id: view.figures.register.id(),
            units: view.figures.register.len(),
        },
        files: &view.stamp.files,
        inputs: &view.figures.observations.files,
        counts: counts(view),
        outputs: outputs.iter().map(recorded).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&record).expect("a record is plain data");
    bytes.push(b'\n');
    bytes
}

/// Counts of units and of findings; findings that were accepted count only there.
fn counts(view: &View<'_>) -> Counts {
    Counts {
        ranked: view.figures.ranked(),
        scored: view.figures.scored(),
        unscored: view.figures.register.len() - view.figures.scored(),
        errors: view.findings.count(Severity::Error),
        warnings: view.findings.count(Severity::Warning),
        notes: view.findings.count(Severity::Note),
        accepted: view.findings.iter().filter(|finding| finding.accepted.is_some()).count(),
    }
}

fn recorded(file: &File) -> RecordedOutput {
    RecordedOutput {
        path: file.path.clone(),
        bytes: file.bytes.len() as u64,
        sha256: sha256(&file.bytes),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Fixture;

    #[test]
    fn the_record_names_inputs_files_outputs_and_counts() {
        let fixture = Fixture::new();
        let outputs = [File { path: "tables/index.csv".into(), bytes: b"abc".to_vec() }];
        let bytes = record(&fixture.view(), &outputs);
        let json: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(json["version"], "0.1.0");
        assert_eq!(json["methodology"]["status"], "illustrative");
        assert_eq!(json["sign_off"]["prepared"], "Compartiment A");
        assert!(json["adopted"]["act"].is_string() && json["adopted"]["date"].is_string());
        assert_eq!(json["inputs"].as_array().unwrap().len(), 3);
        assert_eq!(json["files"][1]["role"], "methodology");
        assert_eq!(json["counts"]["unscored"], 1);
        assert_eq!(json["counts"]["accepted"], 1);
        // FIPS 180-4 example value for `abc`
        assert_eq!(
            json["outputs"][0]["sha256"],
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(Recognised::from_bytes(&bytes).unwrap().outputs.len(), 1);
    }

    #[test]
    fn another_programs_record_is_not_ours() {
        assert!(Recognised::from_bytes(b"{}").is_none());
        assert!(Recognised::from_bytes(br#"{"format":"other","outputs":[]}"#).is_none());
        assert!(Recognised::from_bytes(b"not json").is_none());
    }
}
