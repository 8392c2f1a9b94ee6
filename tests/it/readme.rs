//! README and `docs/` show what the command really prints: every block under an `output` mark is made
//! again.
//!
//! A mark names a command; the block below it holds what the command prints in a folder that all of
//! them share. `README=write cargo test --test it readme` writes the blocks anew.

use std::fs;
use std::path::{Path, PathBuf};

use crate::command::Case;

/// What a mark looks like; a command may say that a word of the README's study is misspelt.
const MARK: (&str, &str) = ("<!-- output: ", " -->");

/// A mark above a block that is a file of the shared folder.
const FILE: &str = "<!-- file: ";

#[test]
fn the_readme_and_the_docs_show_what_the_command_prints() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let readme = root.join("README.md");
    let docs = fs::read_dir(root.join("docs")).unwrap().map(|entry| entry.unwrap().path());
    let mut docs: Vec<PathBuf> =
        docs.filter(|path| path.extension() == Some("md".as_ref())).collect();
    docs.sort();
    let study = first_study(&fs::read_to_string(&readme).unwrap());
    let case = files(&fs::read_to_string(&readme).unwrap())
        .into_iter()
        .fold(Case::new().file("study.toml", study), |case, (name, text)| case.file(&name, text));
    let mut blocks = 0;
    for path in std::iter::once(readme).chain(docs) {
        let shown = fs::read_to_string(&path).unwrap();
        let made = made_again(&shown, &case);
        blocks += shown.matches(MARK.0).count();
        if std::env::var_os("README").is_some_and(|value| value == "write") {
            fs::write(&path, &made).unwrap();
        } else {
            let page = path.file_name().unwrap().display();
            let hint = "to write it again: README=write cargo test --test it readme";
            let lines = shown.lines().zip(made.lines());
            lines.for_each(|(shown, made)| assert_eq!(shown, made, "{page}; {hint}"));
            assert_eq!(shown.len(), made.len(), "{page}; {hint}");
        }
    }
    assert!(blocks >= 4, "only {blocks} blocks are made again");
}

/// The files that a page shows, with their names.
fn files(page: &str) -> Vec<(String, String)> {
    let marked = page.split(FILE).skip(1);
    marked
        .map(|rest| {
            let (name, below) = rest.split_once(MARK.1).unwrap();
            let mut parts = below.splitn(3, "```");
            let block = parts.nth(1).unwrap();
            (name.to_owned(), block.split_once('\n').unwrap().1.to_owned())
        })
        .collect()
}

/// A page with the blocks under its marks made again.
fn made_again(page: &str, case: &Case) -> String {
    let mut made = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        made.push(line.to_owned());
        let text = line.trim_start();
        let indent = &line[..line.len() - text.len()];
        let Some(command) = text.strip_prefix(MARK.0).and_then(|text| text.strip_suffix(MARK.1))
        else {
            continue;
        };
        let opening = lines.next().unwrap_or_default();
        assert!(opening.trim_start().starts_with("```"), "no block below `{command}`");
        assert!(lines.any(|line| line.trim() == "```"), "the block of `{command}` never ends");
        made.push(opening.to_owned());
        let printed = printed(case, command);
        made.extend(printed.lines().map(|line| format!("{indent}{line}").trim_end().to_owned()));
        made.push(format!("{indent}```"));
    }
    made.join("\n") + "\n"
}

/// What a command prints: first what people read, then data.
fn printed(case: &Case, command: &str) -> String {
    let (command, misspelt) = command.split_once(", with ").unwrap_or((command, ""));
    if let [_, wrong, _, right, _] = misspelt.split('`').collect::<Vec<_>>()[..] {
        let study = case.read("study.toml").replacen(right, wrong, 1);
        fs::write(case.path("misspelt.toml"), study).unwrap();
    }
    let words: Vec<&str> = command.split(' ').collect();
    if let ["head", count, file] = words[..] {
        let count: usize = count.trim_start_matches('-').parse().unwrap();
        return case.read(file).lines().take(count).collect::<Vec<_>>().join("\n");
    }
    let start = words.iter().position(|word| ["--", "risk-index"].contains(word)).unwrap();
    let output = case.command(&words[start + 1..]).output().unwrap();
    String::from_utf8([output.stderr, output.stdout].concat()).unwrap()
}

/// The study that the README tells its reader to write.
fn first_study(readme: &str) -> String {
    let mut blocks =
        readme.split("```toml\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    let study = blocks.find(|block| block.trim_start().starts_with("[study]")).unwrap();
    let indent = study.len() - study.trim_start().len();
    let outdented = study.lines().map(|line| line.get(indent..).unwrap_or_default());
    outdented.collect::<Vec<_>>().join("\n")
}
