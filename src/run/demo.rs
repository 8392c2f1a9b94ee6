//! The demonstration study that the command carries with it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::{self, Cursor, Read as _};

use super::{NamedBytes, Request};
use crate::index::TraceMode;
use crate::ingest::Inputs;

/// The study file of the demonstration.
pub fn study() -> NamedBytes {
    let bytes = include_bytes!("../../data/demo/study.toml");
    NamedBytes { name: "demo/study.toml".to_owned(), bytes: bytes.to_vec() }
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

/// The demonstration on its inputs, with its trace. There are no files beside it.
pub fn request(inputs: &Inputs) -> Request<'_> {
    Request {
        study: study(),
        methodology: None,
        programme: None,
        doubts: None,
        inputs,
        beside: &nothing,
        trace: TraceMode::Keep,
    }
}

fn nothing(_: &str) -> io::Result<Vec<u8>> {
    Err(io::Error::new(io::ErrorKind::NotFound, "the demonstration has no files beside it"))
}

/// SHA-256 of tables that the demonstration gives: the results and what they were computed from.
/// A change of the demonstration, of its methodology or of these tables changes them on purpose.
pub const DIGESTS: [(&str, &str); 3] = [
    ("tables/index.csv", "642c4cb6cc2fa69ca4cf30f3f81b8900d70b837193b27ac7f8e58399b1b8eb85"),
    ("tables/observations.csv", "b59005e829b83bf23b8e83437831f1bc57c56c0bd8f14e3ab013cd04baa98ea9"),
    (
        "tables/summary_county.csv",
        "0544f4dcc61ab6cc6c3d0f27313358da3ebd6b146ff892ad47dcf3bbc879218d",
    ),
];
