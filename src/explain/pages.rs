//! A folder of accounts, one file a unit: how an older one is recognised and replaced.

use std::collections::BTreeSet;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::report::File;
use crate::report::folder::Kind;

/// The file that marks a folder of accounts.
const MARK: &str = "pages.json";

/// What stands first in the mark.
const FORMAT: &str = "risk-index pages 1";

#[derive(Serialize, Deserialize)]
struct Mark {
    format: String,
    files: Vec<String>,
}

/// The folder of accounts.
pub const PAGES: Kind = Kind { noun: "set of pages", mark: MARK, own };

fn own(_: &Path, mark: &[u8]) -> Option<BTreeSet<String>> {
    let mark: Mark = serde_json::from_slice(mark).ok()?;
    let files = mark.files.into_iter().chain([MARK.to_owned()]);
    (mark.format == FORMAT).then(|| files.collect())
}

/// The pages with the file that marks their folder.
pub fn marked(mut pages: Vec<File>) -> Vec<File> {
    let files = pages.iter().map(|page| page.path.clone()).collect();
    let mark = Mark { format: FORMAT.to_owned(), files };
    let mut bytes = serde_json::to_vec_pretty(&mark).expect("a mark is plain data");
    bytes.push(b'\n');
    pages.push(File { path: MARK.to_owned(), bytes });
    pages
}
