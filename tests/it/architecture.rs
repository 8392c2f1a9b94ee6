//! The arrows between rooms, who may use which library, and that no file is forgotten.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// The rooms of the library from the ground up, each with the rooms that it may know. A room may name
/// only rooms above its own line, so that no arrow runs up and no circle can close.
const ROOMS: &[(&str, &[&str])] = &[
    ("language", &[]),
    ("watch", &[]),
    ("spelling", &[]),
    ("boundaries", &[]),
    ("quality", &["language"]),
    ("message", &["language", "spelling", "quality"]),
    ("observation", &["boundaries"]),
    ("register", &["language", "spelling", "quality", "message"]),
    ("index", &["language", "quality", "message", "observation", "register"]),
    ("optimise", &[]),
    ("selection", &["language", "boundaries", "quality", "message", "index", "optimise"]),
    (
        "robustness",
        &[
            "language",
            "watch",
            "quality",
            "message",
            "observation",
            "register",
            "index",
            "selection",
        ],
    ),
    (
        "study",
        &[
            "language",
            "spelling",
            "quality",
            "message",
            "observation",
            "register",
            "index",
            "selection",
            "robustness",
        ],
    ),
    (
        "ingest",
        &[
            "language",
            "spelling",
            "boundaries",
            "quality",
            "message",
            "observation",
            "register",
            "study",
        ],
    ),
    (
        "report",
        &[
            "language",
            "watch",
            "boundaries",
            "quality",
            "message",
            "observation",
            "register",
            "index",
            "selection",
            "robustness",
            "study",
        ],
    ),
    ("inspect", &["language", "quality", "message", "observation", "register", "study", "ingest"]),
    (
        "explain",
        &[
            "language",
            "watch",
            "quality",
            "message",
            "observation",
            "register",
            "index",
            "selection",
            "robustness",
            "study",
            "ingest",
            "report",
        ],
    ),
    (
        "run",
        &[
            "language",
            "watch",
            "spelling",
            "boundaries",
            "quality",
            "message",
            "observation",
            "register",
            "index",
            "selection",
            "robustness",
            "study",
            "ingest",
            "report",
        ],
    ),
    (
        "archive",
        &[
            "language",
            "watch",
            "quality",
            "message",
            "observation",
            "register",
            "index",
            "study",
            "ingest",
            "report",
            "run",
        ],
    ),
    (
        "compare",
        &[
            "language",
            "watch",
            "quality",
            "message",
            "index",
            "selection",
            "study",
            "ingest",
            "report",
            "run",
            "archive",
        ],
    ),
];

/// The command: it knows the library by its name, and no room knows the command.
const COMMAND: [&str; 2] = ["cli", "main"];

/// Libraries and parts of the system that only some rooms may use.
const OWNERS: &[(&str, &[&str])] = &[
    ("std::fs", &["ingest", "report", "archive", "cli"]),
    ("std::process", &["ingest", "cli", "main"]),
    ("std::time", &["ingest", "cli"]),
    ("std::env", &["cli"]),
    ("std::net", &[]),
    ("std::thread", &["ingest", "explain"]),
    ("rayon", &["report", "robustness"]),
    ("polars", &["study", "report", "archive"]),
    ("polars_io", &["report", "archive"]),
    ("calamine", &["ingest"]),
    ("quick_xml", &["ingest"]),
    ("encoding_rs", &["ingest", "study"]),
    ("rust_xlsxwriter", &["report"]),
    ("resvg", &["report"]),
    ("sobol_burley", &["robustness"]),
    ("sqlparser", &["study"]),
    ("annotate_snippets", &["study"]),
    ("microlp", &["optimise", "selection"]),
    ("tempfile", &["report"]),
    ("clap", &["cli", "main"]),
    ("ctrlc", &["cli"]),
    ("indicatif", &["cli"]),
    ("risk_index", &["cli"]),
];

/// Words that only the command may contain: it alone prints, reads the clock and the environment.
const BINARY_ONLY: &[&str] = &["println!", "eprintln!", "SystemTime", "Instant::now", "env::var"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every source file below a folder, by its path there.
fn sources(folder: &Path, inside: &str, found: &mut BTreeMap<String, String>) {
    for entry in fs::read_dir(folder.join(inside)).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = if inside.is_empty() { name } else { format!("{inside}/{name}") };
        if entry.path().is_dir() {
            sources(folder, &path, found);
        } else if path.ends_with(".rs") {
            let text = fs::read_to_string(entry.path()).unwrap();
            found.insert(path, text);
        }
    }
}

/// The lines of a file that are code of the product, and the modules that it declares for tests alone.
fn product(text: &str) -> (String, Vec<String>) {
    let mut code = String::new();
    let mut fixtures = Vec::new();
    let mut lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    while let Some(line) = lines.next() {
        if line.trim() != "#[cfg(test)]" {
            code.push_str(line);
            code.push('\n');
            continue;
        }
        // the item behind it: up to a semicolon, or as long as its braces are open
        let mut depth = 0_i32;
        for line in lines.by_ref() {
            let is_attribute = line.trim_start().starts_with("#[");
            let is_open = depth > 0 || line.contains('{');
            let count = |brace| i32::try_from(line.matches(brace).count()).unwrap();
            depth += count('{') - count('}');
            if let Some(name) = line.trim().strip_suffix(';').and_then(|it| it.rsplit_once("mod "))
            {
                fixtures.push(name.1.to_owned());
            }
            if !is_attribute && depth == 0 && (is_open || line.ends_with(';')) {
                break;
            }
        }
    }
    (code, fixtures)
}

/// The code of the product by file: without tests, and without the files that only tests use.
fn code() -> BTreeMap<String, String> {
    let mut texts = BTreeMap::new();
    sources(&root(), "", &mut texts);
    let mut code = BTreeMap::new();
    let mut tests = BTreeSet::new();
    for (path, text) in texts {
        let (product, fixtures) = product(&text);
        let folder = match path.rsplit_once('/') {
            Some((folder, "mod.rs")) => folder.to_owned(),
            _ => path.trim_end_matches(".rs").to_owned(),
        };
        for name in fixtures {
            tests.insert(format!("{folder}/{name}.rs"));
            tests.insert(format!("{folder}/{name}/mod.rs"));
        }
        code.insert(path, product);
    }
    code.retain(|path, _| !tests.contains(path));
    code
}

/// The room of a file: the folder, or a file that is a room of its own.
fn room(path: &str) -> &str {
    path.split_once('/').map_or_else(|| path.trim_end_matches(".rs"), |(room, _)| room)
}

fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The names behind `prefix::` wherever it stands: `crate::a` and `crate::{a::b, c}` have `a`, and `a`, `c`.
fn behind(code: &str, prefix: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for (at, _) in code.match_indices(prefix) {
        if code[..at].ends_with(is_word) || code[..at].ends_with("::") {
            continue;
        }
        let Some(rest) = code[at + prefix.len()..].strip_prefix("::") else { continue };
        let first = |text: &str| text.trim().split(|c| !is_word(c)).next().unwrap().to_owned();
        match rest.strip_prefix('{') {
            None => drop(names.insert(first(rest))),
            Some(group) => {
                let mut depth = 0;
                for part in group.split_inclusive([',', '{', '}']) {
                    if depth == 0 {
                        names.insert(first(part));
                    }
                    match part.chars().last() {
                        Some('{') => depth += 1,
                        Some('}') => depth -= 1,
                        _ => {}
                    }
                    if depth < 0 {
                        break;
                    }
                }
            }
        }
    }
    names.remove("");
    names
}

/// How many modules a file climbs at most with `super::super::`.
fn climbs(code: &str) -> usize {
    let mut most = 0;
    for (at, _) in code.match_indices("super::") {
        let here = &code[at..];
        let count = here.split("::").take_while(|part| *part == "super").count();
        most = most.max(count);
    }
    most
}

#[test]
fn rooms_know_only_the_rooms_below_them() {
    let may: BTreeMap<&str, &[&str]> = ROOMS.iter().copied().collect();
    let mut breaches = Vec::new();
    for (path, code) in code() {
        let room = room(&path);
        if room == "lib" {
            continue;
        }
        let depth = path.trim_end_matches("/mod.rs").split('/').count();
        if climbs(&code) >= depth {
            breaches.push(format!("src/{path} climbs out of its room by `super`"));
        }
        let known = match may.get(room) {
            Some(known) => known.to_vec(),
            None if COMMAND.contains(&room) => COMMAND.to_vec(),
            None => {
                breaches.push(format!("src/{path} is in a room that ROOMS does not name"));
                continue;
            }
        };
        for other in behind(&code, "crate") {
            if other != room && !known.contains(&other.as_str()) {
                breaches.push(format!("src/{path} knows `{other}`"));
            }
        }
    }
    assert_eq!(breaches, Vec::<String>::new());
}

#[test]
fn no_arrow_of_the_table_runs_up() {
    for (at, (name, may)) in ROOMS.iter().enumerate() {
        let below: Vec<&str> = ROOMS[..at].iter().map(|(room, _)| *room).collect();
        let up: Vec<&&str> = may.iter().filter(|other| !below.contains(other)).collect();
        assert!(up.is_empty(), "`{name}` may not know {up:?}");
    }
}

#[test]
fn the_table_names_the_rooms_that_exist_and_the_arrows_that_are_used() {
    let mut used: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, code) in code() {
        let room = room(&path);
        if room != "lib" && !COMMAND.contains(&room) {
            let known = behind(&code, "crate").into_iter().filter(|other| other != room);
            used.entry(room.to_owned()).or_default().extend(known);
        }
    }
    let owned = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect();
    let listed: BTreeMap<String, BTreeSet<String>> =
        ROOMS.iter().map(|(room, may)| ((*room).to_owned(), owned(may))).collect();
    assert_eq!(listed, used);
}

#[test]
fn libraries_and_the_system_are_used_where_they_belong() {
    let mut breaches = Vec::new();
    for (path, code) in code() {
        let of_std: BTreeSet<String> =
            behind(&code, "std").into_iter().map(|name| format!("std::{name}")).collect();
        for (library, owners) in OWNERS {
            let used = of_std.contains(*library) || !behind(&code, library).is_empty();
            if used && !owners.contains(&room(&path)) {
                breaches.push(format!("src/{path} uses `{library}`"));
            }
        }
        for word in BINARY_ONLY {
            if code.contains(word) && !COMMAND.contains(&room(&path)) {
                breaches.push(format!("src/{path} says `{word}`"));
            }
        }
    }
    assert_eq!(breaches, Vec::<String>::new());
}

#[test]
fn no_test_file_is_forgotten() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    for binary in ["hostile", "it", "reference"] {
        let folder = root.join(binary);
        let main = fs::read_to_string(folder.join("main.rs")).unwrap();
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
            if path.extension().is_some_and(|extension| extension == "rs") && name != "main" {
                assert!(
                    main.contains(&format!("mod {name};")),
                    "tests/{binary}/{name}.rs is not linked"
                );
            }
        }
    }
}

#[test]
fn the_reading_of_code_sees_what_it_should() {
    let text = "use crate::{language::Language, quality::{Finding, Place}, register};\n\
                // crate::comment\n\
                fn a() { crate::index::run(); other::crate::b }\n\
                #[cfg(test)]\nfn b() {\n    crate::ingest::c();\n}\n\
                fn d() { super::super::e() }\n\
                #[cfg(test)]\nmod tests;\n";
    let (code, fixtures) = product(text);
    let names: Vec<String> = behind(&code, "crate").into_iter().collect();
    assert_eq!(names, ["index", "language", "quality", "register"]);
    assert_eq!((climbs(&code), fixtures), (2, vec!["tests".to_owned()]));
}
