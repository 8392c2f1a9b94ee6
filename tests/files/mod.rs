//! What tests build: archives, xls, xlsb and ods files, byte by byte, and a methodology of one measure.

pub(crate) mod ods;
pub(crate) mod xls;
pub(crate) mod xlsb;

use std::io::{Cursor, Read as _, Write as _};

use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

/// The smallest methodology that scores: one indicator, the measure `x` of the source `s`.
pub(crate) const METHOD: &str = "\
[methodology]
id = \"m\"
version = \"1\"
status = \"illustrative\"
title = \"m\"
[[indicator]]
id = \"i\"
label = \"i\"
value = \"s.x\"
direction = \"risk\"
steps = [{ minmax = { to = [0, 100] } }]
[[aggregate]]
id = \"a\"
label = \"a\"
of = { i = 1 }
method = \"arithmetic\"
missing = { require = 0.5 }
";

/// The parts of an archive: names and bytes.
pub(crate) type Parts = Vec<(String, Vec<u8>)>;

/// An archive of deflated parts.
pub(crate) fn pack(parts: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        zip.start_file(name.as_str(), SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// The parts of an archive.
pub(crate) fn unpack(bytes: &[u8]) -> Parts {
    let mut zip = ZipArchive::new(Cursor::new(bytes)).unwrap();
    (0..zip.len())
        .map(|at| {
            let mut part = zip.by_index(at).unwrap();
            let name = part.name().unwrap().into_owned();
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (name, bytes)
        })
        .collect()
}
