//! The files that a user writes: study, methodology, register, aliases.

use std::borrow::Cow;
use std::collections::BTreeMap;

use risk_index::index::TraceMode;
use risk_index::ingest::Inputs;
use risk_index::language::Language;
use risk_index::run::{NamedBytes, Request, RunError, check, compute};
use risk_index::study::Paint;
use risk_index::watch::Unwatched;

use super::inputs;
use crate::small::{METHOD, REGISTER, STUDY, VALUES};

const WORDS: [&str; 30] = [
    "[[source]]",
    "[study]",
    "measure = ",
    "= [",
    "]",
    "{",
    "}",
    "\"",
    "'",
    "\n",
    "#",
    "id = \"x\"",
    "people.total",
    " / ",
    " * ",
    "CASE WHEN 1 THEN 2 END",
    "within = \"county\"",
    "steps = []",
    "-1",
    "1e308",
    "0",
    "true",
    "2024-01-01",
    "\u{feff}",
    "\u{0}",
    "aliases = \"aliases.csv\"",
    "rank",
    "missing = {\":\" = \"zero\"}",
    "weights = \"pca\"",
    "where = \"kind = 'town'\"",
];
const ALIASES: &str = "seen,level,to,county,reason,source\nApaa,uat,101,Satu Mare,typo,x\n";

#[test]
fn a_study_is_computed_or_its_problems_are_told() {
    let texts = [STUDY, METHOD, REGISTER, VALUES, ALIASES];
    inputs("toml", 1_500, |random| {
        let mut files: Vec<Vec<u8>> = texts.iter().map(|text| text.as_bytes().to_vec()).collect();
        // Mostly the two files that are written by hand.
        let at = if random.once_in(5) { 2 + random.below(3) } else { random.below(2) };
        random.damage(&mut files[at], &WORDS);
        let [study, method, register, values, aliases] = files.try_into().unwrap();
        let held = [("register.csv", register), ("values.csv", values), ("aliases.csv", aliases)];
        let held: BTreeMap<String, Cow<'static, [u8]>> =
            held.into_iter().map(|(name, bytes)| (name.to_owned(), Cow::Owned(bytes))).collect();
        let held = Inputs::Held(held);
        let request = Request {
            study: NamedBytes { name: "study.toml".to_owned(), bytes: study },
            methodology: None,
            programme: None,
            doubts: None,
            inputs: &held,
            beside: &|_| Ok(method.clone()),
            trace: TraceMode::Drop,
        };
        let ends = [check(&request, &Unwatched).err(), compute(&request, &Unwatched).err()];
        for stopped in ends.into_iter().flatten() {
            match stopped {
                RunError::Invalid(problems) => {
                    assert!(problems.has_errors());
                    for language in [Language::Ro, Language::En] {
                        assert!(!problems.render(language, Paint::Plain).is_empty());
                    }
                }
                RunError::Unread(findings) => assert!(!findings.is_empty()),
                RunError::NotAdopted(differences) => assert!(!differences.is_empty()),
                RunError::Refused { .. } => panic!("there is no programme to refuse"),
                RunError::Interrupted(_) => panic!("nobody interrupted it"),
            }
        }
    });
}
