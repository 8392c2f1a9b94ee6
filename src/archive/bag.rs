//! The tag files of a bag (RFC 8493) and what a bag must be to be believed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::names::fault;
use crate::language::Language;
use crate::message::archive as message;
use crate::quality::{Message, speaks};
use crate::report::folder::Kind;
use crate::report::{File, sha256};

const DECLARATION: &str = "bagit.txt";
const INFO: &str = "bag-info.txt";
const MANIFEST: &str = "manifest-sha256.txt";
const TAG_MANIFEST: &str = "tagmanifest-sha256.txt";
const VERSION: &str = "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";

/// The folder of a bag.
pub const BAG: Kind = Kind { noun: crate::message::report::BAG, mark: TAG_MANIFEST, own };

fn own(folder: &Path, _: &[u8]) -> Option<BTreeSet<String>> {
    let declaration = std::fs::read_to_string(folder.join(DECLARATION)).ok()?;
    let manifest = std::fs::read_to_string(folder.join(MANIFEST)).ok()?;
    let listed = manifest.lines().filter_map(|line| Some(line.split_once("  ")?.1.to_owned()));
    let tags = [DECLARATION, INFO, MANIFEST, TAG_MANIFEST].map(str::to_owned);
    (declaration == VERSION && folder.join("data/archive.json").is_file())
        .then(|| listed.chain(tags).collect())
}

/// What `bag-info.txt` says besides the size: labels and values in order.
pub type BagInfo = Vec<(String, String)>;

/// A bag in memory.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bag {
    /// The payload by path, without `data/`.
    pub payload: BTreeMap<String, Vec<u8>>,
    /// What `bag-info.txt` says.
    pub info: BagInfo,
    /// SHA-256 of the tag manifest: it commits to everything.
    pub digest: String,
}

/// Why a bag is not believed: every reason, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refused(pub(super) Vec<Message>);

impl Refused {
    /// One reason.
    pub(super) fn one(reason: Message) -> Self {
        Self(vec![reason])
    }

    /// Every reason, a line each.
    pub fn message(&self) -> Message {
        let lines = |language| {
            let lines: Vec<&str> = self.0.iter().map(|reason| reason.text(language)).collect();
            lines.join("\n")
        };
        Message { en: lines(Language::En), ro: lines(Language::Ro) }
    }
}

speaks!(Refused);

/// The files of a bag with that payload, in the order in which they are written, and the digest of
/// its tag manifest.
pub fn bag(payload: &[File], info: &BagInfo) -> (Vec<File>, String) {
    let mut sorted: Vec<&File> = payload.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let mut files: Vec<File> = sorted
        .iter()
        .map(|file| File { path: format!("data/{}", file.path), bytes: file.bytes.clone() })
        .collect();
    let lines = |files: &[File]| -> Vec<u8> {
        let line = |file: &File| format!("{}  {}\n", sha256(&file.bytes), file.path);
        files.iter().map(line).collect::<String>().into_bytes()
    };
    let manifest = lines(&files);
    let octets: usize = files.iter().map(|file| file.bytes.len()).sum();
    let mut lines_of_info = String::new();
    for (label, value) in info {
        let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        lines_of_info.push_str(&format!("{label}: {value}\n"));
    }
    lines_of_info.push_str(&format!("Payload-Oxum: {octets}.{}\n", files.len()));
    let tags = [
        File { path: INFO.to_owned(), bytes: lines_of_info.into_bytes() },
        File { path: DECLARATION.to_owned(), bytes: VERSION.as_bytes().to_vec() },
        File { path: MANIFEST.to_owned(), bytes: manifest },
    ];
    let tag_manifest = lines(&tags);
    let digest = sha256(&tag_manifest);
    files.extend(tags);
    files.push(File { path: TAG_MANIFEST.to_owned(), bytes: tag_manifest });
    (files, digest)
}

/// Whether these files are those of a bag.
pub fn is_bag(files: &BTreeMap<String, Vec<u8>>) -> bool {
    files.contains_key(DECLARATION) && files.contains_key(MANIFEST)
}

impl Bag {
    /// Believes a bag, or says everything that speaks against it: missing and extra files, wrong
    /// digests, names that are unsafe or collide.
    ///
    /// # Errors
    /// All reasons.
    pub fn verified(mut files: BTreeMap<String, Vec<u8>>) -> Result<Self, Refused> {
        let mut against = Vec::new();
        names(files.keys(), &mut against);
        let mut taken = |name: &str| {
            let found = files.remove(name);
            if found.is_none() {
                against.push(message::has_no(name));
            }
            found.unwrap_or_default()
        };
        let tags = [INFO, DECLARATION, MANIFEST]
            .map(|name| File { path: name.to_owned(), bytes: taken(name) });
        let tag_manifest = taken(TAG_MANIFEST);
        if tags[1].bytes != VERSION.as_bytes() {
            against.push(message::no_bagit(DECLARATION));
        }
        check(&tag_manifest, TAG_MANIFEST, &mut against, &|path| {
            tags.iter().find(|tag| tag.path == path).map(|tag| tag.bytes.as_slice())
        });
        for tag in &tags {
            if !text(&tag_manifest).contains(&format!("  {}\n", tag.path)) {
                against.push(message::not_listed(TAG_MANIFEST, &tag.path));
            }
        }
        check(&tags[2].bytes, MANIFEST, &mut against, &|path| {
            files.get(path).filter(|_| path.starts_with("data/")).map(Vec::as_slice)
        });
        let manifest = text(&tags[2].bytes);
        let listed: BTreeSet<&str> =
            manifest.lines().filter_map(|line| Some(line.split_once("  ")?.1)).collect();
        for path in files.keys().filter(|path| !listed.contains(path.as_str())) {
            against.push(message::in_no_manifest(path));
        }
        let info = info(&tags[0].bytes);
        let octets: usize = files.values().map(Vec::len).sum();
        let oxum = format!("{octets}.{}", files.len());
        if info.iter().find(|(label, _)| label == "Payload-Oxum").map(|(_, it)| it) != Some(&oxum) {
            against.push(message::size_unsaid(INFO, &oxum));
        }
        if !against.is_empty() {
            return Err(Refused(against));
        }
        let digest = sha256(&tag_manifest);
        let inside = |(path, bytes): (String, Vec<u8>)| {
            (path.strip_prefix("data/").unwrap_or(&path).to_owned(), bytes)
        };
        Ok(Self { payload: files.into_iter().map(inside).collect(), info, digest })
    }
}

/// Unsafe names, and names that differ in case only.
fn names<'p>(paths: impl Iterator<Item = &'p String>, against: &mut Vec<Message>) {
    let mut seen: BTreeMap<String, &String> = BTreeMap::new();
    for path in paths {
        if let Some(fault) = fault(path) {
            against.push(message::name_with_fault(&crate::quality::printable(path), fault));
        }
        if let Some(other) = seen.insert(path.to_ascii_lowercase(), path) {
            against.push(message::one_file(other, path));
        }
    }
}

/// Compares the lines of a manifest with files; the lines must be exactly as this program writes
/// them, so that no byte of a manifest can change unseen.
fn check<'f>(
    manifest: &[u8],
    name: &str,
    against: &mut Vec<Message>,
    file: &dyn Fn(&str) -> Option<&'f [u8]>,
) {
    let text = text(manifest);
    if text.as_bytes() != manifest || (!text.is_empty() && !text.ends_with('\n')) {
        against.push(message::no_lines(name));
    }
    let mut before = "";
    for line in text.split_terminator('\n') {
        let Some((digest, path)) = line.split_once("  ") else {
            against.push(message::no_digest(name));
            continue;
        };
        if path <= before {
            against.push(message::out_of_order(name, path));
        }
        before = path;
        match file(path) {
            None => against.push(message::listed_and_missing(name, path)),
            Some(bytes) if sha256(bytes) != digest => {
                against.push(message::other_digest(path, name));
            }
            Some(_) => {}
        }
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn info(bytes: &[u8]) -> BagInfo {
    let text = text(bytes);
    let line = |line: &str| {
        let (label, value) = line.split_once(": ")?;
        Some((label.to_owned(), value.to_owned()))
    };
    text.lines().filter_map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn files() -> BTreeMap<String, Vec<u8>> {
        let file = |path: &str, text: &str| File { path: path.into(), bytes: text.into() };
        let payload = [file("run/run.json", "{}"), file("archive.json", "[]")];
        let info = vec![("Bag-Software-Agent".to_owned(), "risk-index".to_owned())];
        bag(&payload, &info).0.into_iter().map(|file| (file.path, file.bytes)).collect()
    }

    fn refused(change: impl Fn(&mut BTreeMap<String, Vec<u8>>)) -> String {
        let mut files = files();
        change(&mut files);
        Bag::verified(files).unwrap_err().to_string()
    }

    #[test]
    fn a_bag_is_believed_as_it_was_made() {
        let bag = Bag::verified(files()).unwrap();
        assert_eq!(bag.payload.keys().collect::<Vec<_>>(), ["archive.json", "run/run.json"]);
        assert_eq!(bag.info[0].1, "risk-index");
    }

    #[test]
    fn every_single_byte_that_changes_is_seen() {
        for (path, bytes) in files() {
            for at in 0..bytes.len() {
                for flip in [1, 32, 128] {
                    let mut changed = files();
                    changed.get_mut(&path).unwrap()[at] ^= flip;
                    assert!(Bag::verified(changed).is_err(), "{path} at {at}, {flip}");
                }
            }
        }
    }

    #[test]
    fn what_is_missing_extra_or_unsafe_is_named() {
        let gone = |files: &mut BTreeMap<String, Vec<u8>>| drop(files.remove("data/archive.json"));
        assert!(refused(gone).contains("lists `data/archive.json`"));
        let more = |files: &mut BTreeMap<String, Vec<u8>>| {
            files.insert("data/more.txt".into(), Vec::new());
        };
        assert!(refused(more).contains("in no manifest"));
        let beside = |files: &mut BTreeMap<String, Vec<u8>>| {
            files.insert("fetch.txt".into(), Vec::new());
        };
        assert!(refused(beside).contains("fetch.txt"));
        let up = |files: &mut BTreeMap<String, Vec<u8>>| {
            files.insert("data/../../up".into(), Vec::new());
        };
        assert!(refused(up).contains("leaves its folder"));
        let alike = |files: &mut BTreeMap<String, Vec<u8>>| {
            files.insert("data/Archive.json".into(), Vec::new());
        };
        assert!(refused(alike).contains("case does not count"));
        let device = |files: &mut BTreeMap<String, Vec<u8>>| {
            files.insert("data/nul.csv".into(), Vec::new());
        };
        assert!(refused(device).contains("device"));
    }
}
