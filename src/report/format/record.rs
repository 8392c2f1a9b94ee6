//! What a run folder says of itself: `run.json` for machines, `CITESTE-MA.txt` for people.

use serde::{Deserialize, Serialize};

use crate::index::method::Status;
use crate::language::{Language, Words};
use crate::message::labels;
use crate::observation::InputFile;
use crate::quality::Severity;
use crate::report::file::File;
use crate::report::model::{Head, SelectionView, View};
use crate::report::provenance::{FileDigest, sha256};
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
    /// The doubts, where they were drawn.
    #[serde(skip_serializing_if = "Option::is_none")]
    robustness: Option<RobustnessRecord<'a>>,
    /// The act that fixed the rules, where the study names one.
    #[serde(skip_serializing_if = "Option::is_none")]
    adopted: Option<&'a Adopted>,
    /// Who prepared and approved, where the study says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    sign_off: Option<&'a SignOff>,
    register: RegisterRecord<'a>,
    /// The county of which this is the pack.
    #[serde(skip_serializing_if = "Option::is_none")]
    county: Option<&'a str>,
    files: &'a [FileDigest],
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

/// The doubts that were drawn, and all that their draws follow from beside the file itself.
#[derive(Debug, Serialize)]
struct RobustnessRecord<'a> {
    id: &'a str,
    version: &'a str,
    #[serde(flatten)]
    status: &'a Status,
    seed: &'a str,
    /// Runs of each design.
    runs: u32,
    /// Base points of the sensitivity design.
    shares: u32,
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
pub(crate) struct RecordedOutput {
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
        version: &view.provenance.version,
        title: Title { ro: &view.study.title.ro, en: &view.study.title.en },
        language: view.language,
        methodology: Methodology {
            id: &view.figures.method.id,
            version: &view.figures.method.version,
            score: view.figures.headline().map(|node| view.figures.method.nodes[node].id.as_str()),
            status: &view.figures.method.status,
        },
        robustness: view.selection.and_then(robustness),
        adopted: view.study.adopted.as_ref(),
        sign_off: view.study.sign_off.as_ref(),
        register: RegisterRecord {
            id: view.figures.register.id(),
            units: view.figures.register.len(),
        },
        county: view.selection.and_then(|chosen| chosen.county),
        files: &view.provenance.files,
        inputs: &view.figures.observations.files,
        counts: counts(view),
        outputs: outputs.iter().map(recorded).collect(),
    };
    let mut bytes = serde_json::to_vec_pretty(&record).expect("a record is plain data");
    bytes.push(b'\n');
    bytes
}

fn robustness(chosen: SelectionView<'_>) -> Option<RobustnessRecord<'_>> {
    let doubts = &chosen.robustness?.doubts;
    Some(RobustnessRecord {
        id: &doubts.id,
        version: &doubts.version,
        status: &doubts.status,
        seed: &doubts.settings.seed,
        runs: doubts.settings.runs,
        shares: doubts.settings.shares,
    })
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

/// What a file of a run is, in Romanian and English; the first pattern that fits counts, `*`
/// standing for any text.
const MEANINGS: &[(&str, Words)] = &[
    (
        "report.xlsx",
        Words::new(
            "raportul pentru oameni: indicele cu formule vii și ponderi care se pot schimba, grafice, \
         hartă, egalități, surse, metodă, calitatea datelor",
            "the report for people: the index with live formulas and weights one may change, charts, \
         map, ties, sources, method, data quality",
        ),
    ),
    (
        "report.html",
        Words::new(
            "aceleași rezultate într-o singură pagină cu hartă, căutare și profilul fiecărei unități; \
         se deschide în orice navigator, fără rețea",
            "the same results on one page with a map, search and the profile of each unit; opens in \
         any browser, without a network",
        ),
    ),
    (
        "map/index.geojson",
        Words::new(
            "rezultatele fiecărei unități ca GeoJSON, pentru programe de hărți",
            "the results of each unit as GeoJSON, for map programs",
        ),
    ),
    (
        "map/*.svg",
        Words::new(
            "harta ca desen SVG, câte un fișier pe strat",
            "the map as an SVG drawing, one file a layer",
        ),
    ),
    (
        "map/*.png",
        Words::new(
            "aceeași hartă ca imagine PNG, pentru documente și prezentări",
            "the same map as a PNG picture, for documents and slides",
        ),
    ),
    (
        "tables/index.csv",
        Words::new(
            "un rând pe unitate: valori măsurate și normalizate, scor, poziție, clasă; UTF-8, virgulă, \
         punct zecimal",
            "one row a unit: measured and normalised values, score, rank, class; UTF-8, comma, \
         decimal point",
        ),
    ),
    (
        "tables/index.parquet",
        Words::new("același tabel, în format Parquet", "the same table as Parquet"),
    ),
    (
        "tables/trace.parquet",
        Words::new(
            "fiecare pas al fiecărei celule, în ordinea în care s-a aplicat",
            "every step of every cell, in the order in which they ran",
        ),
    ),
    (
        "tables/findings.csv",
        Words::new(
            "ce a fost reparat, eliminat sau pus la îndoială, cu fișierul, foaia și celula",
            "what was repaired, dropped or doubted, with file, sheet and cell",
        ),
    ),
    (
        "tables/observations.csv",
        Words::new(
            "de unde vine fiecare cifră: fișier, foaie, celule (în fișierele text, D17 este câmpul 4 \
         de pe linia 17)",
            "where each number came from: file, sheet, cells (in text files D17 is field 4 of line 17)",
        ),
    ),
    (
        "selection.json",
        Words::new(
            "selecția pentru audit: reguli, demonstrații, praguri de selecție, costul fiecărei reguli",
            "the selection for an auditor: rules, proofs, cuts, the price of each rule",
        ),
    ),
    (
        "tables/selection.csv",
        Words::new(
            "fiecare unitate din registru: etapă, loc, stare, decizie, motiv, distanță",
            "each registered unit: phase, place, state, decision, reason, distance",
        ),
    ),
    (
        "tables/reserve.csv",
        Words::new("lista de rezervă, în ordinea intrării", "the reserve in the order of entry"),
    ),
    (
        "tables/replacements.csv",
        Words::new(
            "pentru fiecare loc: cine ar intra dacă ar fi cedat acum",
            "for each place: who would enter if it were given up now",
        ),
    ),
    ("tables/unions.csv", Words::new("proiectele și membrele lor", "projects and their members")),
    (
        "tables/decisions.csv",
        Words::new(
            "fiecare loc cu cei care l-au deținut și documentele lor",
            "each place with everybody who held it and their documents",
        ),
    ),
    (
        "tables/changes.csv",
        Words::new(
            "cine a intrat și cine a ieșit față de lista publicată",
            "who entered and who left since the published list",
        ),
    ),
    (
        "tables/capacity.csv",
        Words::new(
            "ce are, ce îi trebuie și ce îi lipsește fiecărei unități, lângă scorul ei",
            "what each unit has, needs and lacks, beside its score",
        ),
    ),
    (
        "tables/summary_*",
        Words::new("rezultatele adunate pe arii mai mari", "results by larger areas"),
    ),
    (
        "tables/statistics.csv",
        Words::new(
            "distribuția fiecărui nod, înainte și după pași",
            "the distribution of each node, before and after its steps",
        ),
    ),
    (
        "tables/correlations.csv",
        Words::new(
            "corelațiile dintre indicatori: Pearson, Spearman, Kendall, cu valorile p",
            "correlations between indicators: Pearson, Spearman, Kendall, with p-values",
        ),
    ),
    (
        "tables/influence.csv",
        Words::new(
            "ponderea folosită și cea efectivă a fiecărei componente, alfa Cronbach",
            "weight used, effective weight and covariance share of each component, r², Cronbach's alpha",
        ),
    ),
    (
        "tables/components.csv",
        Words::new(
            "componentele principale ale fiecărui agregat",
            "principal components of each aggregate",
        ),
    ),
    (
        "excel-csv/*",
        Words::new(
            "aceleași tabele pentru deschidere directă în Excel românesc (punct și virgulă, virgulă \
         zecimală, texte neutralizate); nu pentru prelucrare",
            "the same tables to open directly in a Romanian Excel (semicolon, decimal comma, inert \
         texts); not for processing",
        ),
    ),
];

/// What the record of a run is.
const RECORD_MEANING: Words = Words::new(
    "versiunea programului și amprentele SHA-256 ale tuturor intrărilor și ieșirilor",
    "version of the program and SHA-256 digests of all inputs and outputs",
);

/// How to check that a run gives the same files again.
const CHECK: Words = Words::new(
    "Aceleași intrări, aceeași metodologie și aceeași versiune dau aceleași fișiere, octet cu octet; \
     amprentele din run.json se verifică cu sha256sum sau Get-FileHash.",
    "The same inputs, methodology and version give the same files, byte for byte; check the digests \
     of run.json with sha256sum or Get-FileHash.",
);

/// The page; its name is in the language of the run.
pub(crate) fn readme(head: &Head<'_>, files: &[File]) -> File {
    let language = head.language;
    let mut lines = vec![head.title.to_string()];
    lines.extend(head.notices.iter().map(ToString::to_string));
    lines.push(String::new());
    lines.push(format!(
        "{}: {} ({} {})",
        labels::METHODOLOGY.text(language),
        head.method.title.text(language),
        head.method.id,
        head.method.version
    ));
    lines.extend(
        head.programme
            .as_ref()
            .map(|programme| format!("{}: {programme}", labels::LISTED_PROGRAMME.text(language))),
    );
    lines.push(format!("{}: risk-index {}", labels::PROGRAM.text(language), head.version));
    lines.push(String::new());
    let paths = files.iter().map(|file| file.path.as_str()).chain([RECORD]);
    let width = paths.clone().map(|path| path.chars().count()).max().unwrap_or(0);
    for path in paths {
        lines.push(format!("{path:width$}  {}", meaning(path, language)));
    }
    lines.push(String::new());
    lines.push(CHECK.text(language).to_owned());
    // Notepad shows these lines wherever the folder is opened, so they end as Windows ends them.
    lines.push(String::new());
    File { path: name(language).to_owned(), bytes: lines.join("\r\n").into_bytes() }
}

fn name(language: Language) -> &'static str {
    match language {
        Language::Ro => "CITESTE-MA.txt",
        Language::En => "README.txt",
    }
}

fn meaning(path: &str, language: Language) -> &'static str {
    let fits = |pattern: &str| match pattern.split_once('*') {
        Some((start, end)) => path.starts_with(start) && path.ends_with(end),
        None => path == pattern,
    };
    let known = MEANINGS.iter().chain([&(RECORD, RECORD_MEANING)]);
    let found = known.into_iter().find(|(pattern, _)| fits(pattern));
    found.map_or("", |(_, words)| words.text(language))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Fixture;
    use crate::report::{Format, files};
    use crate::watch::Unwatched;

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

    #[test]
    fn every_file_of_a_run_is_explained_in_both_languages() {
        let fixture = Fixture::new();
        for language in [Language::Ro, Language::En] {
            let view = fixture.view_in(language);
            for file in files(&view, &Format::ALL, &Unwatched).unwrap() {
                let is_page = file.path == name(language);
                assert!(is_page || !meaning(&file.path, language).is_empty(), "{}", file.path);
            }
        }
    }

    #[test]
    fn the_page_says_loudly_that_a_methodology_is_illustrative() {
        let fixture = Fixture::new();
        let page = String::from_utf8(readme(&fixture.view().head(), &[]).bytes).unwrap();
        assert!(page.contains("Date demonstrative"));
        assert!(page.contains("METODOLOGIE ILUSTRATIVĂ"));
    }
}
