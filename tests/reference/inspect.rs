//! Every published file looked at by `inspect`: what it is, how it is written, where its table is, and
//! how its rows join the register. `inspected.csv` states it file by file.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use libtest_mimic::Trial;
use risk_index::index::TraceMode;
use risk_index::ingest::Inputs;
use risk_index::inspect::{Folder, Portrait, TablePortrait, WritingPortrait, portray, study_of};
use risk_index::language::Language;
use risk_index::register::{Matcher, bundled};
use risk_index::run::{Checked, NamedBytes, Request, check};
use risk_index::watch::Unwatched;

use crate::data::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("inspect/every_file_is_what_the_table_says", every_file_is_what_the_table_says),
        trial("inspect/check_accepts_every_drafted_source", check_accepts_every_drafted_source),
        trial("inspect/a_study_is_begun_from_everything", a_study_is_begun_from_everything),
    ]
}

/// What must be found in each file.
const TABLE: &str = include_str!("inspected.csv");
const HEADER: [&str; 10] = [
    "file",
    "format",
    "encoding",
    "dialect",
    "header",
    "data",
    "rows",
    "key",
    "recognised",
    "source",
];

/// The paths of all data files, by `/`, in order.
fn files(folder: &Path) -> Vec<String> {
    fn walk(root: &Path, below: &str, found: &mut Vec<String>) {
        for entry in std::fs::read_dir(root.join(below)).unwrap() {
            let entry = entry.unwrap();
            let name = entry.file_name().into_string().unwrap();
            let path = if below.is_empty() { name } else { format!("{below}/{name}") };
            if entry.path().is_dir() {
                walk(root, &path, found);
            } else if !path.ends_with(".md") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    walk(folder, "", &mut found);
    found.sort();
    found
}

fn portraits(folder: &Path) -> Vec<Portrait> {
    let who = bundled("ro-uat-2025").unwrap();
    let matcher = Matcher::new(&who.register, &who.gazetteer, &who.aliases);
    let inputs = Inputs::Folder(folder.to_owned());
    let looked = Folder { inputs: &inputs, matcher: &matcher, language: Language::En };
    files(folder).iter().map(|path| portray(&looked, path, None)).collect()
}

/// A portrait as a line of the table.
fn line(portrait: &Portrait) -> [String; 10] {
    let none = || "-".to_owned();
    let table = portrait.table.as_ref();
    let format = match (portrait.format, &portrait.obstacle) {
        (Some(format), _) => format.to_owned(),
        (None, Some(obstacle)) => obstacle.message.en.clone(),
        (None, None) => none(),
    };
    let of = |what: fn(&TablePortrait) -> String| table.map_or_else(none, what);
    [
        portrait.path.clone(),
        format,
        portrait.writing.as_ref().map_or_else(none, |writing| writing.encoding.clone()),
        portrait.writing.as_ref().map_or_else(none, dialect),
        of(|table| table.header.iter().map(u32::to_string).collect::<Vec<_>>().join(" ")),
        of(|table| match &table.sheet {
            Some(sheet) => format!("{sheet}!{}", table.range),
            None => table.range.clone(),
        }),
        of(classes),
        of(key),
        of(recognised),
        of(|table| if table.draft.stands { "stands" } else { "none" }.to_owned()),
    ]
}

fn dialect(writing: &WritingPortrait) -> String {
    let delimiter = match writing.delimiter {
        '\t' => "tab".to_owned(),
        other => other.to_string(),
    };
    let spaced = if writing.spaced { " space" } else { "" };
    format!("{delimiter}{spaced} {}", writing.line_ends)
}

fn classes(table: &TablePortrait) -> String {
    let classes = table.rows.iter().map(|count| format!("{} {}", count.rows, count.class));
    classes.collect::<Vec<_>>().join("; ")
}

fn key(table: &TablePortrait) -> String {
    let Some(key) = table.keys.first() else { return "none".to_owned() };
    let columns: Vec<String> =
        key.columns.iter().map(|column| format!("{} {}", column.role, column.letters)).collect();
    format!("{}: {}", key.level, columns.join(", "))
}

fn recognised(table: &TablePortrait) -> String {
    let Some(key) = table.keys.first() else { return "-".to_owned() };
    format!("{}/{} rows, {} areas", key.recognised, key.rows, key.areas)
}

fn every_file_is_what_the_table_says(folder: &Path) -> String {
    let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
    assert_eq!(reader.headers().unwrap(), HEADER.as_slice());
    let stated: BTreeMap<String, Vec<String>> = reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>())
        .map(|record| (record[0].clone(), record))
        .collect();
    let portraits = portraits(&folder.join("real-data"));
    let (mut wrong, mut found) = (String::new(), csv::Writer::from_writer(Vec::new()));
    found.write_record(HEADER).unwrap();
    for portrait in &portraits {
        let line = line(portrait);
        assert!(!portrait.render().is_empty() && !portrait.source_block().is_empty());
        found.write_record(&line).unwrap();
        match stated.get(&portrait.path) {
            Some(expected) if *expected == line => {}
            Some(expected) => writeln!(wrong, "- {expected:?}\n+ {line:?}").unwrap(),
            None => writeln!(wrong, "+ {line:?}").unwrap(),
        }
    }
    if !wrong.is_empty() {
        let path = std::env::temp_dir().join("inspected.csv");
        std::fs::write(&path, found.into_inner().unwrap()).unwrap();
        panic!("{wrong}\nwhat was found is in {}", path.display());
    }
    assert_eq!(stated.len(), portraits.len(), "the table states files that are not there");
    let tables = portraits.iter().filter(|portrait| portrait.table.is_some()).count();
    format!("{} files, {tables} tables", portraits.len())
}

/// A study of every block that is drafted, with an indicator for each source.
fn drafted(portraits: &[Portrait]) -> (String, String, usize) {
    let mut study = String::from(
        "[study]\ntitle = \"x\"\nmethodology = \"method.toml\"\n[register]\nbundled = \"ro-uat-2025\"\n",
    );
    let (mut indicators, mut of) = (String::new(), Vec::new());
    let drafts = portraits.iter().filter_map(|portrait| portrait.table.as_ref());
    let drafts = drafts.map(|table| &table.draft).filter(|draft| draft.stands);
    for (number, draft) in drafts.enumerate() {
        let own = format!("id      = \"{}\"", draft.id);
        assert!(draft.toml.contains(&own), "{}", draft.toml);
        study.push_str(&draft.toml.replacen(&own, &format!("id = \"s{number}\""), 1));
        let Some(measure) = draft.numbers.first() else { continue };
        write!(
            indicators,
            "[[indicator]]\nid = \"i{number}\"\nlabel = \"i\"\nvalue = \"s{number}.{measure}\"\n\
             direction = \"risk\"\nsteps = [{{ minmax = {{ to = [0, 100] }} }}]\n"
        )
        .unwrap();
        of.push(format!("i{number} = 1"));
    }
    let method = format!(
        "[methodology]\nid = \"m\"\nversion = \"1\"\nstatus = \"illustrative\"\ntitle = \"m\"\n\
         {indicators}[[aggregate]]\nid = \"a\"\nlabel = \"a\"\nof = {{ {} }}\nmethod = \"arithmetic\"\n\
         missing = {{ require = 0.5 }}\n",
        of.join(", ")
    );
    (study, method, of.len())
}

fn checked(study: &str, method: &str, inputs: &Inputs) -> Checked {
    let request = Request {
        study: NamedBytes { name: "study.toml".to_owned(), bytes: study.as_bytes().to_vec() },
        methodology: None,
        programme: None,
        doubts: None,
        inputs,
        beside: &|_| Ok(method.as_bytes().to_vec()),
        trace: TraceMode::Drop,
    };
    check(&request, &Unwatched).unwrap_or_else(|stopped| panic!("{stopped:?}"))
}

fn check_accepts_every_drafted_source(folder: &Path) -> String {
    let folder = folder.join("real-data");
    let (study, method, sources) = drafted(&portraits(&folder));
    let checked = checked(&study, &method, &Inputs::Folder(folder));
    assert_eq!(checked.unread, Vec::<String>::new());
    assert!(checked.study.sources.len() >= sources);
    format!("{} sources, {} measures", checked.study.sources.len(), checked.measures.len())
}

/// Of every file that was published, those are taken that `irc` asks for: the newest, by commune
/// where there are any.
fn a_study_is_begun_from_everything(folder: &Path) -> String {
    let folder = folder.join("real-data");
    let who = bundled("ro-uat-2025").unwrap();
    let matcher = Matcher::new(&who.register, &who.gazetteer, &who.aliases);
    let inputs = Inputs::Folder(folder.clone());
    let begun = Folder { inputs: &inputs, matcher: &matcher, language: Language::En };
    let new = study_of(&portraits(&folder), &[], &begun, str::to_owned);
    let taken = [
        ("population.total", "population/uat_cif_pop_2021.csv"),
        (
            "poverty.rate",
            "marginalisation/SAR111C - AROPE-at risk of poverty or social exclusion rate.csv",
        ),
        (
            "vmg.families",
            "vmg/ASS118F - Social allowances assuring the minimum guaranteed income.csv",
        ),
        ("unemployment.rate", "unemployment/somajul_inregistrat_martie_2024_1.csv"),
        ("dropout.rate", "dropout/SCL113A - Abandon rate in pre-university education.csv"),
    ];
    let checked = checked(&new.study, "", &inputs);
    assert_eq!(checked.unread, Vec::<String>::new());
    let measures: Vec<&str> =
        checked.measures.iter().map(|measure| measure.name.as_str()).collect();
    assert_eq!(measures, taken.map(|(measure, _)| measure));
    // Maps stand beside the sources of measures.
    let (maps, tables): (Vec<_>, Vec<_>) =
        checked.files.iter().partition(|file| file.format.ends_with("json"));
    let files: Vec<&str> = tables.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(files, taken.map(|(_, file)| file));
    let maps: Vec<&str> = maps.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(
        maps,
        [
            "boundaries/comune2.geojson",
            "boundaries/ro-uats3_polygon-topo.json",
            "boundaries/uat_CV.geojson",
        ]
    );
    assert!(new.mend[0].starts_with("no file gives `population.children`"), "{}", new.mend[0]);
    format!("{} measures of 6, {} things to mend", measures.len(), new.mend.len())
}
