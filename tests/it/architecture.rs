//! The arrows between rooms, and that no test file is forgotten.

use std::fs;
use std::path::{Path, PathBuf};

/// Words that the files of a folder may not contain, outside their tests.
const FORBIDDEN: &[(&str, &[&str])] = &[
    (
        "src/index",
        &[
            "crate::study",
            "crate::ingest",
            "crate::report",
            "crate::run",
            "std::fs",
            "std::env",
            "polars",
        ],
    ),
    (
        "src/register",
        &["crate::study", "crate::ingest", "crate::index", "crate::report", "std::fs", "polars"],
    ),
    (
        "src/quality",
        &["crate::study", "crate::ingest", "crate::index", "crate::report", "std::fs", "polars"],
    ),
    ("src/study", &["crate::ingest", "crate::report", "crate::run", "std::fs"]),
    ("src/ingest", &["crate::index", "crate::report", "crate::run", "rust_xlsxwriter", "polars"]),
    (
        "src/report",
        &["crate::ingest", "crate::run", "crate::archive", "crate::explain", "calamine"],
    ),
    ("src/explain", &["crate::run", "crate::archive", "std::fs", "polars"]),
];

/// Words that only the command may contain: it alone prints, reads the clock and the environment.
const BINARY_ONLY: &[&str] =
    &["anyhow", "clap::", "indicatif", "println!", "SystemTime", "Instant::now", "env::var"];

/// Whether a file holds the tests or the test scenes of its folder.
fn is_test(path: &Path) -> bool {
    path.file_stem().is_some_and(|stem| stem == "tests" || stem == "scene" || stem == "fixture")
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") && !is_test(&path) {
            found.push(path);
        }
    }
    found.sort();
    found
}

/// The lines of a file that are code of the product: no comments, no unit tests.
fn code(path: &Path) -> Vec<(usize, String)> {
    let text = fs::read_to_string(path).unwrap();
    text.lines()
        .enumerate()
        .take_while(|(_, line)| !line.starts_with("#[cfg(test)]"))
        .filter(|(_, line)| !line.trim_start().starts_with("//"))
        .map(|(at, line)| (at + 1, line.to_owned()))
        .collect()
}

fn breaches(folder: &str, words: &[&str]) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut breaches = Vec::new();
    for path in sources(&root.join(folder)) {
        for (line, text) in code(&path) {
            for word in words {
                if text.contains(word) {
                    let file = path.strip_prefix(root).unwrap().display();
                    breaches.push(format!("{file}:{line}: `{word}`"));
                }
            }
        }
    }
    breaches
}

#[test]
fn rooms_know_only_the_rooms_before_them() {
    for (folder, words) in FORBIDDEN {
        assert_eq!(breaches(folder, words), Vec::<String>::new());
    }
}

#[test]
fn only_the_command_prints_and_reads_the_clock() {
    let all = breaches("src", BINARY_ONLY);
    let library: Vec<_> = all
        .into_iter()
        .filter(|breach| !breach.starts_with("src/cli/") && !breach.starts_with("src/main.rs"))
        .collect();
    assert_eq!(library, Vec::<String>::new());
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
