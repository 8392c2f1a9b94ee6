//! The demonstration study that the command carries with it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use super::Given;
use crate::ingest::Inputs;

/// The study file of the demonstration.
pub fn study() -> Given {
    let bytes = include_bytes!("../../data/demo/study.toml");
    Given { name: "demo/study.toml".to_owned(), bytes: bytes.to_vec() }
}

/// The input files of the demonstration, by the paths its study names.
pub fn inputs() -> Inputs {
    let archive = include_bytes!("../../data/demo/inputs.zip");
    let mut archive =
        zip::ZipArchive::new(Cursor::new(&archive[..])).expect("the archive is ours and whole");
    let mut files = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("the archive is ours and whole");
        let name = file.name().expect("the archive is ours and whole").into_owned();
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("the archive is ours and whole");
        files.insert(name, Cow::Owned(bytes));
    }
    Inputs::Held(files)
}
