//! What a Romanian report says is Romanian: no finding is said in English in both languages.

use std::borrow::Cow;
use std::collections::BTreeMap;

use risk_index::index::TraceMode;
use risk_index::ingest::Inputs;
use risk_index::quality::{Finding, Findings, Message};
use risk_index::run::{self, NamedBytes, Request, RunError, demo};
use risk_index::watch::Unwatched;

use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use crate::command::{Case, never_says, says, tree};
use crate::small::{METHOD, STUDY, VALUES, six};

/// English words that are none in Romanian; one of them in a Romanian sentence is a part of it that
/// was said in English.
const ENGLISH: [&str; 23] = [
    "the", "of", "is", "persons", "families", "and", "with", "no", "not", "have", "has", "row",
    "rows", "more", "which", "that", "for", "as", "to", "its", "than", "file", "by",
];

/// The words of a sentence outside of backticks, where names and values stand.
fn words(sentence: &str) -> Vec<String> {
    let said: String = sentence.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    said.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase).collect()
}

#[track_caller]
fn in_romanian(said: &Message, finding: &Finding) {
    let Message { en, ro } = said;
    assert_ne!(en, ro, "{}: said in one language", finding.rule);
    let english: Vec<String> =
        words(ro).into_iter().filter(|word| ENGLISH.contains(&word.as_str())).collect();
    assert!(english.is_empty(), "{}: {english:?} in {ro}", finding.rule);
    let ours: String = ro.split('`').step_by(2).collect();
    assert!(!ours.contains(['ş', 'ţ', 'Ş', 'Ţ']), "{}: cedillas in {ro}", finding.rule);
}

/// Checks every finding; answers the rules that spoke.
#[track_caller]
fn are_in_romanian(findings: &Findings) -> Vec<&'static str> {
    for finding in findings.iter() {
        in_romanian(&finding.message, finding);
        if let Some(hint) = &finding.hint {
            in_romanian(hint, finding);
        }
    }
    let mut rules: Vec<&str> = findings.iter().map(|finding| finding.rule).collect();
    rules.sort_unstable();
    rules.dedup();
    rules
}

fn request<'a>(
    study: NamedBytes,
    inputs: &'a Inputs,
    beside: &'a run::SiblingLoader<'a>,
) -> Request<'a> {
    let trace = TraceMode::Drop;
    Request { study, methodology: None, programme: None, doubts: None, inputs, beside, trace }
}

/// What checking a study of these files finds.
fn findings_of(study: &str, files: BTreeMap<String, Cow<'static, [u8]>>) -> Findings {
    let inputs = Inputs::Held(files);
    let method = METHOD.replace("people.children", "cells.files");
    let method =
        method.replace("people.families", "cells.files").replace("people.total", "names.x");
    let beside = |_: &str| Ok(method.clone().into_bytes());
    let study = NamedBytes { name: "study.toml".to_owned(), bytes: study.as_bytes().to_vec() };
    match run::check(&request(study, &inputs, &beside), &Unwatched) {
        Ok(checked) => checked.findings,
        Err(RunError::Unread(findings)) => findings,
        Err(RunError::Invalid(problems)) => {
            let told: Vec<_> =
                problems.iter().map(|problem| (problem.line, &problem.message)).collect();
            panic!("{told:?}")
        }
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn the_demonstration_is_told_in_romanian() {
    let inputs = demo::inputs();
    let programme = Some("spas-350".to_owned());
    let request = Request { programme, ..demo::request(&inputs) };
    let selected = run::select(&request, &Unwatched).unwrap();
    let rules = are_in_romanian(&selected.run.findings);
    assert!(rules.len() > 8, "{rules:?}");
    assert!(rules.contains(&"absent-not-applicable"), "{rules:?}");
    // who is not on a list is not missing; a county that did not report is
    let absent = selected.run.findings.iter().filter(|finding| finding.rule == "unit-absent");
    let absent: Vec<&str> = absent.map(|finding| finding.subject.as_str()).collect();
    assert_eq!(absent, ["vmg_2022", "vmi"]);
}

/// Files with most of what can be wrong with a file, each the input of a source of its own.
fn broken() -> BTreeMap<String, Cow<'static, [u8]>> {
    let texts: [(&str, &str); 9] = [
        (
            "cells.csv",
            "Cod;UAT;Dosare;Sume;Rata\n1017;ALBA IULIA;-;1.234;5\n1213;Aiud;n/a;2.345;5\n\
             1348;Abrud;-3;3.456;5\n1348;Abrud;4;:;5\n1874;Blaj;5;c;5\n9999999;Nicăieri;6;1;5\n\
             2130;ALB?C;7;;5;prea;mult\nTotal;;100;1;5\n;Județul Alba;4;1;5\n;;8;1;5\n",
        ),
        (
            "names.csv",
            "Județ,UAT,Persoane\nHarghita,Voşlobeni,1\nBihor,Abrămuț,2\nAlba,ALBA IULIA,3\n\
             Alba,Necunoscuta,4\nAlba,Albăc,\"1,5 %\"\nChișinău,Altundeva,9\n",
        ),
        (
            "tempo.csv",
            "Varste si grupe de varsta, Sexe, Judete, Localitati , Ani, UM: Numar persoane, Valoare\n\
             Total, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 100\n\
             Total, Masculin, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 40\n\
             0- 4 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 6\n\
             5- 9 ani, Total, Alba, 1017 MUNICIPIUL ALBA IULIA, Anul 2026, Numar persoane, 7\n\
             0- 4 ani, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 6\n\
             Total, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 50\n\
             Total, Total, Alba, 1213 MUNICIPIUL AIUD, Anul 2026, Numar persoane, 50\n\
             Total, Total, Alba, TOTAL, Anul 2026, Numar persoane, 200\n",
        ),
        ("page.xls", "<html><table><tr><td>Alba</td></tr></table>"),
        ("data.json", "{\"type\": \"FeatureCollection\", \"features\": []}"),
        ("empty.csv", ""),
        ("paper.csv", "%PDF-1.7"),
        ("quoted.csv", "Cod;Dosare\n1017;\"1\n1213;2\n"),
        (
            "areas.geojson",
            r#"{"type": "FeatureCollection", "features": [
            {"type": "Feature", "properties": {"cod": "1017"}, "geometry": {"type": "Polygon",
             "coordinates": [[[23, 46], [24, 46], [24, 47], [23, 46]], [[23, 46], [24, 46]]]}},
            {"type": "Feature", "properties": {"cod": "1017"}, "geometry": {"type": "Polygon",
             "coordinates": [[[24, 46], [25, 46], [24, 47], [24, 46]]]}},
            {"type": "Feature", "properties": {"cod": "1213"}, "geometry": null},
            {"type": "Feature", "properties": {"cod": "nimic"}, "geometry": null}]}"#,
        ),
    ];
    let texts = texts.map(|(name, text)| (name.to_owned(), Cow::Borrowed(text.as_bytes())));
    let mut files: BTreeMap<_, _> = texts.into_iter().collect();
    let old = encoding_rs::WINDOWS_1250.encode("Cod\tDosare\r\n1017\t1\r\n1213\tş\r\n");
    let old = old.0.into_owned();
    files.insert("old.csv".to_owned(), Cow::Owned(old));
    files.insert("book.xlsx".to_owned(), Cow::Owned(book()));
    files
}

/// A workbook with two visible sheets, a hidden one, an error, a date and numbers in per cent.
fn book() -> Vec<u8> {
    let mut writer = Workbook::new();
    let sheet = writer.add_worksheet().set_name("date").unwrap();
    sheet.write_row(0, 0, ["Cod", "Dosare", "Rata"]).unwrap();
    for (row, code) in (1..).zip(["1017", "1213", "1348"]) {
        sheet.write(row, 0, code).unwrap();
        sheet.write_with_format(row, 2, 0.05, &Format::new().set_num_format("0.0%")).unwrap();
    }
    sheet.write(1, 1, 12).unwrap();
    sheet.write_formula(2, 1, Formula::new("=1/0").set_result("#DIV/0!")).unwrap();
    let day = ExcelDateTime::from_ymd(2024, 1, 1).unwrap();
    sheet.write_with_format(3, 1, &day, &Format::new().set_num_format("yyyy-mm-dd")).unwrap();
    writer.add_worksheet().set_name("note").unwrap().write(0, 0, "x").unwrap();
    writer.add_worksheet().set_name("ascuns").unwrap().set_hidden(true);
    writer.save_to_buffer().unwrap()
}

const SOURCES: &str = r#"[study]
title = "Fișiere stricate"
methodology = "method.toml"
[register]
bundled = "ro-uat-2025"
aliases = "aliases.csv"
[[source]]
id = "cells"
file = "cells.csv"
key = { code = "Cod", name = "UAT" }
outside = ["nicăieri"]
measure = [
  { id = "files", column = "Dosare", nature = "count" },
  { id = "money", column = "Sume", nature = "amount" },
  { id = "rate", column = "Rata", nature = "rate" },
  { id = "none", column = "Dosar", nature = "count" },
]
[[source]]
id = "names"
file = "names.csv"
key = { name = "UAT", county = "Județ" }
outside = ["Chișinău"]
measure = [{ id = "x", column = "Persoane", nature = "count", absent = "zero" }]
[[source]]
id = "tempo"
file = "tempo.csv"
layout = "tempo"
measure = [
  { id = "open", nature = "count", where = { "Sexe" = "Total", "Ani" = "2026" } },
  { id = "young", nature = "count", where = { "Varste si grupe de varsta" = "0-9", "Sexe" = "Total" } },
  { id = "old", nature = "count", where = { "Varste si grupe de varsta" = "7-80", "Sexe" = "Total" } },
  { id = "later", nature = "count", where = { "Varste si grupe de varsta" = "Total", "Sexe" = "Total", "Ani" = "2027" } },
  { id = "twice", nature = "count", where = { "Varste si grupe de varsta" = "Total", "Sexe" = "Total" } },
  { id = "whole", nature = "count", where = { "Varste si grupe de varsta" = ["Total", "0-4"], "Sexe" = "Total" } },
  { id = "lost", nature = "count", where = { "Varsta" = "Total" } },
]
[[source]]
id = "book"
file = "book.xlsx"
key = { code = "Cod" }
sha256 = "0000000000000000000000000000000000000000000000000000000000000000"
measure = [
  { id = "files", column = "Dosare", nature = "count" },
  { id = "rate", column = "Rata", nature = "rate" },
]
[[source]]
id = "sheet"
file = "book.xlsx"
sheet = "dat"
key = { code = "Cod" }
measure = [{ id = "x", column = "Dosare", nature = "count" }]
[[source]]
id = "map"
file = "areas.geojson"
layout = "boundaries"
key = { code = "cod" }
[[source]]
id = "listed"
file = "names.csv"
key = { name = "UAT", county = "Județ" }
measure = [{ id = "x", column = "Județ", nature = "category", absent = "not-applicable" }]
"#;

/// Sources of one measure, by file.
const PLAIN: [&str; 9] = [
    "page.xls",
    "data.json",
    "empty.csv",
    "paper.csv",
    "quoted.csv",
    "old.csv",
    "nothing.csv",
    "inputs/*.csv",
    "nam*.csv",
];

#[test]
fn what_is_wrong_with_files_is_told_in_romanian() {
    let mut study = SOURCES.to_owned();
    for (number, file) in PLAIN.iter().enumerate() {
        study.push_str(&format!(
            "[[source]]\nid = \"plain{number}\"\nfile = '{file}'\nkey = {{ code = \"Cod\" }}\n\
             measure = [{{ id = \"x\", column = \"Dosare\", nature = \"count\" }}]\n"
        ));
    }
    let mut files = broken();
    let aliases = "seen,to,reason,reason_ro\nAlbăc,2130,mistyped,greșit scris\n";
    files.insert("aliases.csv".to_owned(), Cow::Borrowed(aliases.as_bytes()));
    let rules = are_in_romanian(&findings_of(&study, files));
    let seen = rules.len();
    assert!(seen >= 35, "only {seen}: {rules:?}");
}

#[test]
fn an_alias_file_and_a_register_are_refused_in_romanian() {
    let aliases = "seen,level,to,county,from,reason,extra\n,,,,,,\nA,,,,May,,\nA,total,1,,,x,\n";
    let wrong =
        "seen,level,to,county,from,reason\nA,,9,,,x\nB,county,Albo,,,x\nC,x,1,,,x\nD,,1017,Y,,x\n";
    for (name, text) in [("unreadable", aliases), ("misled", wrong)] {
        let study = "[study]\ntitle = \"x\"\nmethodology = \"method.toml\"\n[register]\n\
                     bundled = \"ro-uat-2025\"\naliases = \"aliases.csv\"\n[[source]]\nid = \"people\"\n\
                     file = \"people.csv\"\nkey = { code = \"Cod\" }\nmeasure = [{ id = \"total\", column = \
                     \"X\", nature = \"count\" }]\n";
        let files = BTreeMap::from([("aliases.csv".to_owned(), Cow::Borrowed(text.as_bytes()))]);
        assert_eq!(are_in_romanian(&findings_of(study, files)), ["register-invalid"], "{name}");
    }
}

/// A study with one mistake, and the study it would be without.
fn mistaken(line: &str) -> Case {
    Case::new().file("study.toml", format!("[study]\ntitle = \"x\"\n{line}\n"))
}

#[test]
fn the_terminal_speaks_the_language_asked_for_on_the_line_or_in_the_environment() {
    let case = mistaken("methodolog = \"irc\"");
    let english = case.run(&["check"]);
    says(&english, "error: unknown key `methodolog`");
    says(&english, "problems; nothing was written");
    let asked = case.run(&["check", "--lang", "ro"]);
    says(&asked, "eroare: ");
    says(&asked, "nu s-a scris nimic");
    for word in ["error", "hint", "unknown", "problem;", "nothing was"] {
        never_says(&asked, word);
    }
    let case = case.variable("RISK_INDEX_LANG", "ro");
    assert_eq!(case.run(&["check"]), asked, "the variable says the same");
    assert_eq!(case.run(&["check", "--lang", "en"]), english, "the line stands over the variable");
    let case = case.variable("RISK_INDEX_LANG", "de");
    says(&case.run(&["check"]), "exit code: 2");
}

#[test]
fn what_is_read_is_told_in_romanian_without_an_english_word() {
    let told = Case::new().run(&["check", "--demo", "--programme", "spas-350", "--lang", "ro"]);
    says(&told, "exit code: 0");
    says(&told, "rânduri folosite");
    assert!(told.contains("exact") || told.contains("cu margine"), "{told}");
    never_says(&told, "greedy");
    never_says(&told, "bound reported");
    for word in
        ["  warning ", "  note     ", " rows ", " the ", "hint:", " areas ", "nothing was written"]
    {
        never_says(&told, word);
    }
}

#[test]
fn first_mistakes_are_answered_by_what_to_do() {
    for (line, answer) in [
        ("methodology = „irc”", "typographic quotation marks"),
        ("methodology = \"C:\\Users\\irc.toml\"", "backslash"),
    ] {
        says(&mistaken(line).run(&["check"]), answer);
    }
    let case = Case::new()
        .file("date.csv", "Cod;Familii\n1017;5\n")
        .file("studiu/study.toml", "[study]\n");
    says(
        &case.run(&["check", "date.csv"]),
        "`date.csv` is a spreadsheet or a document, not a study",
    );
    says(&case.run(&["check", "studiu"]), "`studiu` is a folder");
    says(&case.run(&["check", "studiu"]), "name the study in it: `studiu/study.toml`");
    says(&case.run(&["check"]), "studiu/study.toml");
    never_says(&case.run(&["check"]), "error: error:");
}

/// How each command is run for its words: arguments behind the command, on six communes with a programme
/// beside them. A command that writes what the next ones read stands before them.
const RUNS: [(&str, &[&str]); 42] = [
    ("check", &["study.toml"]),
    ("check", &["nowhere.toml"]),
    ("compute", &["study.toml"]),
    ("compute", &["study.toml", "--out", "study.toml"]),
    ("compute", &["study.toml", "--out", "inputs"]),
    ("compute", &["study.toml", "--out", ".."]),
    ("compute", &["broken.toml"]),
    ("select", &["study.toml", "--programme", "two.toml", "--out", "lista"]),
    ("select", &["study.toml", "--programme", "two.toml", "--out", "lista", "--county", "Sm"]),
    ("select", &["study.toml", "--programme", "none.toml"]),
    ("select", &["study.toml", "--programme", "full.toml"]),
    ("select", &["study.toml", "--programme", "full.toml", "--json"]),
    (
        "robustness",
        &["study.toml", "--programme", "two.toml", "--doubts", "doubts.toml", "--out", "sure"],
    ),
    ("robustness", &["study.toml", "--programme", "two.toml", "--doubts", "doubts.toml", "--json"]),
    ("explain", &["study.toml"]),
    ("explain", &["study.toml", "Nicăieri"]),
    ("explain", &["study.toml", "--county", "Satu Mare", "--out", "pages"]),
    ("archive", &["study.toml", "--out", "bag.zip"]),
    ("archive", &["study.toml", "--out", "study.toml"]),
    ("archive", &["phones.toml", "--out", "phones"]),
    ("archive", &["study.toml", "--personal-data", "x", "--out", "bag2"]),
    ("replay", &["bag.zip"]),
    ("replay", &["study.toml"]),
    ("replay", &["nowhere"]),
    ("replay", &["bag.zip", "--against", "other.toml"]),
    ("compare", &["study.toml", "other.toml"]),
    ("compare", &["study.toml", "other.toml", "--json"]),
    ("compare", &["out", "bag.zip"]),
    ("compare", &["out", "other.toml"]),
    ("compare", &["inputs", "bag.zip"]),
    ("selftest", &[]),
    ("inspect", &["values.csv", "marks.csv", "page.xls", "empty.csv"]),
    ("inspect", &["values.csv", "marks.csv", "page.xls", "--json"]),
    ("inspect", &["marks.csv", "page.xls", "--source"]),
    ("inspect", &["nowhere.csv"]),
    ("init", &["fresh"]),
    ("init", &["fresh"]),
    ("init", &["begun", "--from", "inputs"]),
    ("init", &["other", "--from", "nothing"]),
    ("methods list", &[]),
    ("methods show", &["nowhere"]),
    ("methods steps", &["nowhere"]),
];

/// Commands whose answer is a file or a formula, the same in both languages.
const NO_WORDS: [&str; 1] = ["schema"];

/// Every command that help lists, those of a command behind it.
fn commands(case: &Case, above: &[&str]) -> Vec<String> {
    let help = case.run(&[above, &["--help"]].concat());
    let listed = help.split_once("Commands:\n").map_or("", |(_, listed)| listed);
    let names = listed.lines().take_while(|line| !line.is_empty());
    let own = names.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    own.filter_map(|line| line.split_whitespace().next())
        .filter(|name| *name != "help")
        .flat_map(|name| {
            let path = [above, &[name]].concat();
            let below = commands(case, &path);
            if below.is_empty() { vec![path.join(" ")] } else { below }
        })
        .collect()
}

/// Six communes, files that are in doubt, and programmes that are met and are not.
fn everything() -> Case {
    let method = METHOD.replace("vmg_share = 3", "vmg_share = 1");
    let phones = VALUES.replace("25\n", "0722123456\n").replace("60\n", "0722123457\n");
    let programme = |places: &str| {
        format!(
            "[programme]\nid = \"two\"\nstatus = \"illustrative\"\n\
             title = {{ ro = \"Două locuri\", en = \"Two places\" }}\nscore = \"score\"\n\
             assumptions = [{{ ro = \"numărul de locuri\", en = \"the number of places\" }}]\n\
             [order]\ndecimals = 3\n[[phase]]\nid = \"I\"\n{places}\n[reserve]\nsize = 1\n"
        )
    };
    six()
        .file("other.toml", STUDY.replace("method.toml", "even.toml"))
        .file("even.toml", method)
        .file("broken.toml", STUDY.replace("Populație", "Populatia"))
        .file("phones.toml", STUDY.replace("values.csv", "phones.csv"))
        .file("phones.csv", phones)
        .file(
            "doubts.toml",
            "[robustness]\nid = \"doubts\"\nversion = \"1\"\nstatus = \"illustrative\"\n\
             title = { ro = \"Cât de sigur\", en = \"How sure\" }\nruns = 8\nshares = 4\nalone = 4\ncases = 1\n\
             seed = \"s\"\npeople = \"people.total\"\n[[doubt]]\nid = \"small\"\n\
             label = { ro = \"Numere mici\", en = \"Small numbers\" }\n\
             counts = [{ measure = \"people.families\", of = \"people.total\" }]\n",
        )
        .file("two.toml", programme("upto = 2\nquota = [{ by = \"county\", max = 1 }]"))
        .file("full.toml", programme("upto = 60\nquota = [{ by = \"county\", min = 20 }]"))
        .file(
            "marks.csv",
            "SIRUTA;Persoane;Rata\n1017;43.378;1\n1213;-;2\n1348;x;3\n1456;5.000;100 lei\n",
        )
        .file("page.xls", "<html><body>Alba</body></html>")
        .file("empty.csv", "")
        .file("inputs/vmg.csv", "SIRUTA;Familii VMG\n1017;5\n1213;-\n1348;7\n")
        .file("inputs/plan.docx", "PK")
}

/// Keys of JSON whose texts are ids with blanks, or TOML.
const IDS: [&str; 5] = ["change", "class", "meaning", "shape", "toml"];

/// Words of sentences: none of the keys of TOML and JSON, and no name or value between backticks.
fn said(output: &str) -> Vec<String> {
    let sentence = |line: &str| -> String {
        let line = line.trim_start();
        let is_frame = ["-----", "exit code", "["].iter().any(|frame| line.starts_with(frame));
        match line.strip_prefix('"').and_then(|rest| rest.split_once("\": ")) {
            // an id of JSON has no blank
            Some((key, _)) if IDS.contains(&key) => String::new(),
            Some((_, value)) if value.contains(' ') => value.replace("\\n", " "),
            Some(_) => String::new(),
            None if is_frame => String::new(),
            None if line.starts_with('#') => line.to_owned(),
            None => match line.split_once(" = ") {
                Some((_, value)) => value.split_once('#').map_or("", |(_, said)| said).to_owned(),
                None => line.to_owned(),
            },
        }
    };
    let is_id = |token: &&str| {
        let letters = token.trim_matches(|letter: char| !letter.is_alphanumeric());
        letters.contains(['-', ':', '_', '.', '/'])
    };
    let spoken = |line: &str| -> String {
        sentence(line).split(' ').filter(|token| !is_id(token)).collect::<Vec<_>>().join(" ")
    };
    output.lines().flat_map(|line| words(&spoken(line))).collect()
}

#[test]
fn every_command_speaks_romanian_and_english_and_never_both() {
    let (romanian, english) = (everything(), everything());
    let mut known: Vec<String> = commands(&romanian, &[]);
    known.sort();
    let mut run: Vec<&str> = RUNS.iter().map(|(command, _)| *command).chain(NO_WORDS).collect();
    run.sort_unstable();
    run.dedup();
    assert_eq!(known, run, "a command that is not listed here");
    let mut wrong = String::new();
    for (command, rest) in RUNS {
        let arguments: Vec<&str> = command.split(' ').chain(rest.iter().copied()).collect();
        for (case, language, others) in
            [(&romanian, "ro", ENGLISH_ALONE), (&english, "en", ROMANIAN_ALONE)]
        {
            let output = case.run(&[arguments.as_slice(), &["--lang", language]].concat());
            let foreign: Vec<String> =
                said(&output).into_iter().filter(|word| others.contains(&word.as_str())).collect();
            if !foreign.is_empty() {
                wrong.push_str(&format!("{arguments:?} in {language}: {foreign:?}\n{output}\n"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// Words of our English sentences that no Romanian sentence and no name has.
const ENGLISH_ALONE: &[&str] = &[
    "the",
    "of",
    "is",
    "was",
    "and",
    "with",
    "not",
    "have",
    "has",
    "row",
    "rows",
    "more",
    "which",
    "that",
    "for",
    "its",
    "than",
    "file",
    "files",
    "by",
    "cannot",
    "there",
    "here",
    "column",
    "columns",
    "error",
    "warning",
    "hint",
    "unit",
    "units",
    "area",
    "areas",
    "places",
    "identical",
    "different",
    "compared",
    "wrote",
    "written",
    "folder",
    "source",
    "data",
    "keys",
    "undeclared",
    "methodology",
    "programme",
    "first",
    "after",
    "before",
    "phase",
    "shared",
    "problem",
];

/// Words of our Romanian sentences that no English sentence and no name has.
const ROMANIAN_ALONE: &[&str] = &[
    "nu",
    "este",
    "sunt",
    "care",
    "pentru",
    "din",
    "cu",
    "și",
    "sau",
    "la",
    "pe",
    "rânduri",
    "rând",
    "fișier",
    "fișiere",
    "fișierul",
    "unitate",
    "unități",
    "zone",
    "eroare",
    "avertizare",
    "notă",
    "făcut",
    "dosar",
    "dosarul",
    "studiul",
    "locuri",
    "scris",
    "cel",
    "mai",
    "arhiva",
    "identic",
    "diferit",
];

#[test]
fn the_account_of_a_unit_is_in_the_language_asked_for() {
    let account = |language: &str| {
        Case::new().run(&[
            "explain",
            "--demo",
            "1213",
            "--programme",
            "spas-350",
            "--lang",
            language,
        ])
    };
    let [ro, en] = ["ro", "en"].map(account);
    for words in ["metodologia irc", "programul spas-350:", "pași: ", "intră în irc", "poziția "]
    {
        says(&ro, words);
    }
    for words in [" not measured in this unit", "enters irc", "more cells", "place ", "steps:"] {
        assert!(!ro.contains(words), "`{words}` in\n{ro}");
        says(&en, words);
    }
}

/// The six communes, with a language in their study.
fn six_in(language: &str) -> Case {
    six().file(
        "study.toml",
        STUDY.replacen("[study]", &format!("[study]\nlang = \"{language}\""), 1),
    )
}

#[test]
fn reports_speak_the_language_of_their_study_whatever_the_terminal_speaks() {
    let case = six_in("en").variable("RISK_INDEX_LANG", "ro");
    let told = case.run(&["compute"]);
    says(&case.read("out/run.json"), "\"language\": \"en\"");
    says(&told, "unități");
    let of_study = tree(&case.path("out"));
    case.run(&["compute", "--lang", "en"]);
    assert_eq!(tree(&case.path("out")), of_study, "the line says what the study says");
    case.run(&["compute", "--lang", "ro"]);
    says(&case.read("out/run.json"), "\"language\": \"ro\"");
    let plain = six();
    plain.run(&["compute"]);
    says(&plain.read("out/run.json"), "\"language\": \"ro\"");
}

#[test]
fn an_archive_keeps_the_language_of_its_study() {
    let case = six_in("en");
    case.run(&["archive"]);
    says(&case.read("archive/data/archive.json"), "\"language\": \"en\"");
    says(&case.read("archive/bag-info.txt"), "External-Description: Six communes");
    says(&case.variable("RISK_INDEX_LANG", "ro").run(&["replay", "archive"]), "identic: ");
    let case = six_in("en");
    case.run(&["archive", "--lang", "ro"]);
    says(&case.read("archive/data/archive.json"), "\"language\": \"ro\"");
    says(&case.run(&["replay", "archive"]), "identical: ");
}

#[test]
fn what_is_handed_out_of_an_account_speaks_the_language_of_the_study() {
    let case = six_in("en").variable("RISK_INDEX_LANG", "ro");
    says(&case.run(&["explain", "study.toml", "101", "--letter"]), "<html lang=\"en\"");
    says(
        &case.run(&["explain", "study.toml", "101", "--letter", "--lang", "ro"]),
        "<html lang=\"ro\"",
    );
    case.run(&["explain", "study.toml", "101", "--out", "apa.txt"]);
    says(&case.read("apa.txt"), "steps: ");
    says(&case.run(&["explain", "study.toml", "101"]), "pași: ");
}

#[test]
fn a_language_that_there_is_not_is_refused_with_those_there_are() {
    let told = six_in("de").run(&["check"]);
    says(&told, "lang = \"de\"");
    says(&told, "`ro`, `en`");
}

/// Every command, as it is typed.
const COMMANDS: [&str; 17] = [
    "",
    "init",
    "inspect",
    "check",
    "compute",
    "explain",
    "archive",
    "replay",
    "compare",
    "selftest",
    "select",
    "robustness",
    "methods",
    "methods list",
    "methods show",
    "methods steps",
    "schema",
];

#[test]
fn help_is_in_the_language_asked_for() {
    let case = Case::new();
    let of_environment = Case::new().variable("RISK_INDEX_LANG", "ro");
    for command in COMMANDS {
        let typed: Vec<&str> = command.split_whitespace().collect();
        for form in ["-h", "--help"] {
            let [asked, plain] = [&["--lang", "ro", form][..], &[form]];
            let asked = case.run(&[&typed, asked].concat());
            says(&asked, "exit code: 0");
            says(&asked, "Utilizare: risk-index");
            // options are named as they are typed
            let said: Vec<&str> =
                asked.split_whitespace().filter(|word| !word.starts_with("--")).collect();
            let mut english = words(&said.join(" "));
            english.retain(|word| ENGLISH.contains(&word.as_str()));
            assert!(english.is_empty(), "{command} {form}: {english:?} in\n{asked}");
            for word in ["Usage", "Options", "Print help", "default:", "OPTIONS", "Commands:"] {
                never_says(&asked, word);
            }
            assert_eq!(of_environment.run(&[&typed, plain].concat()), asked, "{command} {form}");
            says(&case.run(&[&typed, plain].concat()), "Usage: risk-index");
        }
    }
}

#[test]
fn what_is_typed_wrong_is_told_in_the_language_asked_for() {
    let case = Case::new().variable("RISK_INDEX_LANG", "ro");
    for (typed, told) in [
        ("chek", "comandă necunoscută: `chek`\nde făcut: ați vrut să scrieți"),
        ("check --lnag ro", "neașteptat: `--lnag`\nde făcut: ați vrut să scrieți `--lang`?"),
        ("check a b", "argument neașteptat: `b`"),
        ("compute --out", "`--out <DOSAR>` cere o valoare"),
        ("compute --format xls", "`xls` nu se potrivește la `--format <LISTĂ>`"),
        ("compute --format xls", "Formatele scrise: xlsx, html"),
        ("check --max-cells multe", "un număr întreg de la 0"),
        ("check --max-seconds 0", "un număr întreg de la 1"),
        ("inspect", "nu este dat: `<FIȘIER>...`"),
        ("check --demo --inputs x", "`--demo` nu se folosește împreună cu `--inputs <DOSAR>`"),
        ("methods show", "`risk-index methods show --help` arată ce se poate scrie"),
        ("explain a b c", "`c` este în plus la `[STUDIU] [UNITATE]...`"),
        ("schema studi", "`study`, `methodology` sau `programme`"),
        ("check --quiet --quiet", "`--quiet` este dat de mai multe ori"),
    ] {
        let seen = case.run(&typed.split(' ').collect::<Vec<_>>());
        says(&seen, "exit code: 2\n");
        says(&seen, told);
        for word in ["error", "tip:", "Usage", "For more"] {
            never_says(&seen, word);
        }
        let english =
            case.run(&["--lang", "en"].into_iter().chain(typed.split(' ')).collect::<Vec<_>>());
        never_says(&english, "eroare");
    }
}
