//! Files that are versions of one another by their names: `vmg.xls` beside `vmg_vechi.xls`.

use std::collections::BTreeMap;

use crate::ingest::fold;

/// Words that say that another file is newer.
const OLDER: [&str; 14] = [
    "vechi",
    "veche",
    "vechea",
    "old",
    "anterior",
    "anterioara",
    "initial",
    "initiala",
    "bak",
    "backup",
    "copie",
    "copy",
    "copia",
    "arhiva",
];
/// Words that say that it is newer than the file without them.
const NEWER: [&str; 13] = [
    "nou",
    "noua",
    "new",
    "final",
    "finala",
    "actualizat",
    "actualizata",
    "corectat",
    "corectata",
    "corectie",
    "rectificat",
    "revizuit",
    "revizuita",
];
/// Words between which a copy stands: `Copie a lui vmg`, `Copy of vmg`.
const JOINING: [&str; 5] = ["a", "al", "lui", "of", "de"];

/// Endings of documents, of which none is a version of a table.
const DOCUMENTS: [&str; 9] = ["doc", "docx", "odt", "rtf", "pdf", "ppt", "pptx", "htm", "html"];

/// What versions have in common: folder, words of the name, and whether it is a document.
type Stem = (String, Vec<String>, bool);

/// A name without what says which version it is, and how new that is.
struct Version {
    of: Stem,
    /// 0 of a name without such words; larger is newer.
    age: i64,
}

/// Of files that are versions of one another by their names, each that is older with the newest.
/// Names that differ in anything else are files of their own.
pub fn newer_versions(paths: &[String]) -> BTreeMap<String, String> {
    let mut newest: BTreeMap<Stem, (i64, &String)> = BTreeMap::new();
    let versions: Vec<Version> = paths.iter().map(|path| version(path)).collect();
    for (version, path) in versions.iter().zip(paths) {
        let known = newest.entry(version.of.clone()).or_insert((version.age, path));
        if version.age > known.0 {
            *known = (version.age, path);
        }
    }
    let older = versions.iter().zip(paths).filter_map(|(version, path)| {
        let (age, newer) = newest[&version.of];
        (version.age < age).then(|| (path.clone(), newer.clone()))
    });
    older.collect()
}

fn version(path: &str) -> Version {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let is_document = DOCUMENTS.contains(&ending.to_lowercase().as_str());
    let folded = fold(stem);
    let (mut words, mut age, mut is_copy) = (Vec::new(), 0, false);
    let parts = folded.split(|it: char| it.is_whitespace() || matches!(it, '_' | '-' | '.' | '+'));
    for part in parts.filter(|part| !part.is_empty()) {
        // a second download, `vmg (1).xls`
        let counted = part.strip_prefix('(').and_then(|rest| rest.strip_suffix(')'));
        let number =
            counted.or_else(|| part.strip_prefix('v')).and_then(|it| it.parse::<i64>().ok());
        if let Some(number) = number.filter(|number| (1..100).contains(number)) {
            age += number;
        } else if OLDER.contains(&part) {
            (age, is_copy) = (age - 1_000, true);
        } else if NEWER.contains(&part) {
            age += 1_000;
        } else if !(is_copy && words.is_empty() && JOINING.contains(&part)) {
            words.push(part.to_owned());
        }
    }
    Version { of: (folder.to_owned(), words, is_document), age }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn newer(paths: &[&str]) -> Vec<(String, String)> {
        let paths: Vec<String> = paths.iter().map(|path| (*path).to_owned()).collect();
        newer_versions(&paths).into_iter().collect()
    }

    #[test]
    fn an_older_version_gives_way_to_the_newest() {
        for older in ["vmg_vechi.xls", "vmg-old.xls", "vmg - Copie.xls", "Copie a lui vmg.xls"] {
            assert_eq!(newer(&["vmg.xls", older]), [(older.to_owned(), "vmg.xls".to_owned())]);
        }
        for later in ["vmg (1).xls", "vmg_final.xlsx", "vmg_v2.xls"] {
            assert_eq!(newer(&["vmg.xls", later]), [("vmg.xls".to_owned(), later.to_owned())]);
        }
    }

    #[test]
    fn other_files_stay() {
        assert!(newer(&["vmg.xls", "vmg_2023.xls", "somaj_vechi.xls"]).is_empty());
        assert!(newer(&["a/vmg.xls", "b/vmg_vechi.xls"]).is_empty());
        assert!(newer(&["vmg.csv", "vmg.xlsx"]).is_empty());
        assert!(newer(&["vmg_vechi.xls"]).is_empty());
        assert!(newer(&["vmg.xls", "vmg_final.docx", "vmg_nou.PDF"]).is_empty());
    }
}
