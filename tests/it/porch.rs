//! What README, docs, architecture and contributing name is there.

use std::fs;
use std::path::{Path, PathBuf};

/// Where the files of the project that a page may name stand.
const FOLDERS: [&str; 8] =
    ["src/", "tests/", "docs/", "data/", "benches/", "examples/", ".ci/", ".cargo/"];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn pages() -> Vec<PathBuf> {
    let markdown = |folder: &Path| {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.filter(|path| path.extension() == Some("md".as_ref())).collect::<Vec<_>>()
    };
    let mut pages = markdown(root());
    pages.extend(markdown(&root().join("docs")));
    pages.sort();
    pages
}

/// The files that a page names in backticks or behind a link; a name in capitals stands for any.
fn named(page: &str) -> Vec<String> {
    let quoted = page.split('`').skip(1).step_by(2).map(str::to_owned);
    let of_project = |name: &String| {
        let is_placeholder = name.contains("NAME") || name.contains(['*', '<', ' ', '…']);
        FOLDERS.iter().any(|folder| name.starts_with(folder)) && !is_placeholder
    };
    let links = page.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    let local = links.filter(|link| !link.contains(':') && !link.starts_with('#'));
    quoted.filter(of_project).chain(local.map(str::to_owned)).collect()
}

#[test]
fn every_file_that_a_page_names_is_there() {
    let mut seen = 0;
    for page in pages() {
        let text = fs::read_to_string(&page).unwrap();
        for name in named(&text) {
            let here = page.parent().unwrap().join(&name);
            let is_there = root().join(&name).exists() || here.exists();
            assert!(is_there, "{} names `{name}`, which is not there", page.display());
            seen += 1;
        }
    }
    assert!(seen > 20, "only {seen} names were looked for");
}

#[test]
fn contributing_has_numbered_steps_for_the_six_usual_changes() {
    let text = fs::read_to_string(root().join("CONTRIBUTING.md")).unwrap();
    for change in [
        "A normalisation step",
        "A column of selection.csv",
        "A finding",
        "A TOML key",
        "A table format",
        "A new room",
    ] {
        let section = text.split(&format!("## {change}\n")).nth(1).expect(change);
        let section = section.split("\n## ").next().unwrap();
        assert!(section.trim_start().starts_with("1. ") && section.contains("\n2. "), "{change}");
        assert!(!named(section).is_empty(), "`{change}` names no file");
    }
}

#[test]
fn examples_are_short_and_all_are_run() {
    let ci = fs::read_to_string(root().join(".ci/run")).unwrap();
    let mut examples = 0;
    for entry in fs::read_dir(root().join("examples")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let is_example = path.extension() == Some("rs".as_ref()) && name != "build_register";
        if is_example {
            let lines = fs::read_to_string(&path).unwrap().lines().count();
            assert!(lines < 40, "{name} has {lines} lines");
            assert!(ci.contains(&name), ".ci/run does not run {name}");
            examples += 1;
        }
    }
    assert!(examples >= 4);
}

#[test]
fn pages_are_as_long_as_they_may_be() {
    let lines = |page: &str| fs::read_to_string(root().join(page)).unwrap().lines().count();
    assert!(lines("ARCHITECTURE.md") <= 120);
    assert!(lines("GLOSSARY.md") <= 50);
}
