//! Letters of the demonstration, read against the words that may not stand in them.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::command::{Case, tree};

/// Words of Romanian or English that are ids too.
const ALSO_WORDS: &[&str] = &[
    "total",
    "rate",
    "share",
    "class",
    "public",
    "private",
    "setting",
    "score",
    "rank",
    "contribution",
    "population",
    "children",
    "families",
    "poverty",
    "dropout",
    "unemployment",
    "registered",
    "services",
    "workers",
    "providers",
    "decisions",
    "borders",
    "listed",
    "marginalisation",
    "accredited",
    "licensed",
];

/// The text of a letter without its markup and without the names of files, which are theirs.
fn read_aloud(page: &str) -> String {
    let body = page.split("<body>").nth(1).unwrap();
    let mut text = String::new();
    let mut inside = false;
    for letter in body.chars() {
        match letter {
            '<' => inside = true,
            '>' => {
                inside = false;
                text.push(' ');
            }
            _ if !inside => text.push(letter),
            _ => {}
        }
    }
    let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&");
    let is_file = |word: &&str| word.starts_with("inputs/") || word.len() == 64;
    text.split_whitespace().filter(|word| !is_file(word)).collect::<Vec<_>>().join(" ")
}

/// Whether a text stands in another as a word, or anywhere where it is a mark.
fn stands_in(wanted: &str, text: &str) -> bool {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_' || letter == '-';
    let bounded =
        wanted.chars().all(|letter| is_word(letter) || letter == ' ') && wanted.trim() == wanted;
    text.match_indices(wanted).any(|(at, _)| {
        let before = text[..at].chars().next_back().is_some_and(is_word);
        let after = text[at + wanted.len()..].chars().next().is_some_and(is_word);
        !bounded || !(before || after)
    })
}

/// The words that may not stand in letters of a language, with the ids of the demonstration.
fn forbidden(language: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let table = fs::read_to_string(root.join("tests/letters/forbidden.txt")).unwrap();
    let mut words: BTreeSet<String> = table
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' '))
        .filter(|(of, _)| *of == "both" || *of == language)
        .map(|(_, word)| word.trim_matches('`').to_owned())
        .collect();
    for file in ["data/demo/study.toml", "data/methodologies/irc.toml"] {
        let text = fs::read_to_string(root.join(file)).unwrap();
        let ids = text.lines().filter_map(|line| line.strip_prefix("id "));
        let ids = ids.filter_map(|rest| rest.split('"').nth(1)).map(str::to_owned);
        words.extend(ids.filter(|id| {
            language == "ro" && !["total", "rate"].contains(&id.as_str())
                || !ALSO_WORDS.contains(&id.as_str())
        }));
    }
    assert!(words.len() > 30, "{words:?}");
    words.into_iter().collect()
}

#[track_caller]
fn reads_well(letters: &[(String, String)], language: &str) {
    let words = forbidden(language);
    let mut wrong = Vec::new();
    for (name, page) in letters {
        let text = read_aloud(page);
        let found = words.iter().filter(|word| stands_in(word, &text));
        wrong.extend(found.map(|word| format!("{name}: `{word}`")));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_letters_of_a_county_hold_no_word_that_is_not_for_citizens() {
    let case = Case::new();
    for language in ["ro", "en"] {
        let seen = case.run(&[
            "explain",
            "--demo",
            "--programme",
            "sci-2000-decided",
            "--county",
            "IF",
            "--letter",
            "--lang",
            language,
            "--out",
            language,
        ]);
        assert!(seen.starts_with("exit code: 0\n"), "{seen}");
        let folder = case.path(language);
        let files = tree(&folder).into_iter().filter(|file| file.0.ends_with(".html"));
        let letters: Vec<(String, String)> = files
            .map(|file| (file.0.clone(), fs::read_to_string(folder.join(&file.0)).unwrap()))
            .collect();
        assert_eq!(letters.len(), 40, "all units of Ilfov");
        reads_well(&letters, language);
    }
}

#[test]
fn words_are_found_where_they_stand_and_nowhere_else() {
    assert!(stands_in("county", "for county Ilfov") && !stands_in("county", "counties"));
    assert!(stands_in("<>", "a<>b") && stands_in(" = ", "kind = 'x'"));
    assert!(!stands_in("unit", "unitatea") && !stands_in("vmg", "VMG"));
    assert_eq!(read_aloud("<body><p>1 &lt; 2, inputs/a.csv</p>"), "1 < 2,");
}
