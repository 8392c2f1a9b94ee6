//! The files that a source names: their paths, their bytes, their digests, a record of what was read.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::{fs, io};

use glob::{MatchOptions, Pattern};
use sha2::{Digest, Sha256};
use unicode_normalization::UnicodeNormalization as _;

use super::limits::{Budget, ReadLimits};
use crate::message::ingest::{bytes as message, composed};
use crate::quality::{Finding, Message};
use crate::spelling::nearest;

/// Where the inputs of a study are.
#[derive(Clone, Debug)]
pub enum Inputs {
    /// In a folder; relative paths of the study start there.
    Folder(PathBuf),
    /// In memory, by path with `/`: the demonstration study, and tests.
    Held(BTreeMap<String, Cow<'static, [u8]>>),
    /// Other inputs, read under declared limits.
    Under(Box<Self>, ReadLimits),
    /// Other inputs, of which every file that is read is recorded.
    Recorded(Box<Self>, Recorder),
}

/// What a run reads, byte for byte: an archive holds these bytes and no others.
#[derive(Clone, Debug, Default)]
pub struct Recorder {
    /// Bytes of the files that were read, by the path under which they were requested.
    files: Arc<Mutex<BTreeMap<String, Cow<'static, [u8]>>>>,
}

impl Recorder {
    /// Records a file that was read. Of a file that is read twice the last bytes count; a run compares
    /// digests, so that a file which changed in between is found.
    fn record(&self, path: &str, bytes: Cow<'static, [u8]>) {
        // A map stays whole where the thread that held it panicked, and no input may be lost.
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.insert(path.to_owned(), bytes);
    }

    /// Everything that was read.
    pub fn files(&self) -> BTreeMap<String, Cow<'static, [u8]>> {
        self.files.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What an error of the file system says, in our words where they are ours.
pub(in crate::ingest) fn words(error: &io::Error) -> Message {
    let own = error.get_ref().and_then(|error| error.downcast_ref::<Message>());
    own.cloned().unwrap_or_else(|| Message::same(error.to_string()))
}

/// Globs match as shells do: `*` stops at `/`, case counts on every system.
const AS_SHELLS: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

impl Inputs {
    /// The bytes of one file.
    ///
    /// # Errors
    /// Those of the file system; of a held set, that the file is not in it; that it is too large.
    pub fn bytes(&self, path: &str) -> io::Result<Cow<'static, [u8]>> {
        self.bytes_within(path, &self.limits().budget)
    }

    fn bytes_within(&self, path: &str, budget: &Budget) -> io::Result<Cow<'static, [u8]>> {
        match self {
            Self::Folder(folder) => {
                let mut file = fs::File::open(folder.join(path))?;
                let size = file.metadata()?.len();
                let mut bytes = Vec::new();
                // What is not a plain file has no size, so reading itself ends at the limit.
                if size <= budget.file {
                    bytes.reserve_exact(usize::try_from(size).unwrap_or(0));
                    (&mut file).take(budget.file.saturating_add(1)).read_to_end(&mut bytes)?;
                }
                let size = size.max(bytes.len() as u64);
                if size > budget.file {
                    let kind = io::ErrorKind::FileTooLarge;
                    return Err(io::Error::new(kind, message::too_large(size, budget.file)));
                }
                Ok(Cow::Owned(bytes))
            }
            Self::Held(files) => files.get(path).cloned().ok_or_else(|| {
                io::Error::new(io::ErrorKind::NotFound, message::not_among_the_inputs())
            }),
            Self::Under(inputs, _) => inputs.bytes_within(path, budget),
            Self::Recorded(inputs, recorder) => {
                let bytes = inputs.bytes_within(path, budget)?;
                recorder.record(path, bytes.clone());
                Ok(bytes)
            }
        }
    }

    /// These inputs, read under other limits.
    #[must_use]
    pub fn under(self, limits: ReadLimits) -> Self {
        match self {
            Self::Under(inputs, _) => Self::Under(inputs, limits),
            inputs => Self::Under(Box::new(inputs), limits),
        }
    }

    /// The limits under which they are read.
    pub(in crate::ingest) fn limits(&self) -> ReadLimits {
        match self {
            Self::Folder(_) | Self::Held(_) => ReadLimits::default(),
            Self::Under(_, limits) => limits.clone(),
            Self::Recorded(inputs, _) => inputs.limits(),
        }
    }

    fn has(&self, path: &str) -> bool {
        match self {
            Self::Folder(folder) => folder.join(path).is_file(),
            Self::Held(files) => files.contains_key(path),
            Self::Under(inputs, _) | Self::Recorded(inputs, _) => inputs.has(path),
        }
    }

    /// The paths that fit a glob, sorted bytewise.
    fn matching(&self, pattern: &str) -> Result<Vec<String>, String> {
        let wrong = |error: glob::PatternError| format!("{error}");
        let mut paths: Vec<String> = match self {
            Self::Folder(folder) => {
                let root = Pattern::escape(&folder.to_string_lossy());
                let whole = if Path::new(pattern).is_absolute() || root.is_empty() {
                    pattern.to_owned()
                } else {
                    format!("{root}/{pattern}")
                };
                glob::glob_with(&whole, AS_SHELLS)
                    .map_err(wrong)?
                    .filter_map(Result::ok)
                    .filter(|path| path.is_file())
                    .map(|path| slashed(path.strip_prefix(folder).unwrap_or(&path)))
                    .collect()
            }
            Self::Held(files) => {
                let pattern = Pattern::new(pattern).map_err(wrong)?;
                let fits = |path: &&String| pattern.matches_with(path, AS_SHELLS);
                files.keys().filter(fits).cloned().collect()
            }
            Self::Under(inputs, _) | Self::Recorded(inputs, _) => return inputs.matching(pattern),
        };
        paths.sort();
        Ok(paths)
    }

    /// The names beside a path that is not there, for did-you-mean.
    fn neighbours(&self, path: &str) -> Vec<String> {
        let (parent, start) = path.rsplit_once('/').map_or(("", ""), |(parent, _)| (parent, "/"));
        let mut names: Vec<String> = match self {
            // the folder of a study in this folder is empty
            Self::Folder(folder) => fs::read_dir(Path::new(".").join(folder).join(parent))
                .into_iter()
                .flatten()
                .filter_map(Result::ok)
                .filter(|entry| entry.path().is_file())
                .map(|entry| format!("{parent}{start}{}", entry.file_name().to_string_lossy()))
                .collect(),
            Self::Held(files) => files.keys().cloned().collect(),
            Self::Under(inputs, _) | Self::Recorded(inputs, _) => return inputs.neighbours(path),
        };
        names.sort();
        names
    }

    /// The file of that name whose letters are composed in another way: some systems write `ș` as `s`
    /// and a comma below.
    fn composed_alike(&self, file: &str) -> Option<String> {
        if file.is_ascii() {
            return None;
        }
        let mut alike = self.neighbours(file).into_iter().filter(|name| name.nfc().eq(file.nfc()));
        alike.next()
    }

    /// The files that a path or glob names, in the order of their paths: the file itself, or
    /// everything the glob matches.
    ///
    /// # Errors
    /// The finding that says why there is none; its subject is empty.
    pub fn expand(&self, file: &str) -> Result<Vec<String>, Finding> {
        // A file whose own name holds `[` is that file, not a glob.
        if self.has(file) {
            return Ok(vec![file.to_owned()]);
        }
        if let Some(same) = self.composed_alike(file) {
            return Ok(vec![same]);
        }
        if file.contains('\\') {
            return Err(message::backslashes(file));
        }
        let is_glob = file.contains(['*', '?', '[']);
        let paths = if is_glob { self.matching(file) } else { Ok(Vec::new()) };
        match paths {
            Ok(paths) if paths.is_empty() => {
                let names = self.neighbours(file);
                let near = nearest(file, names.iter().map(String::as_str));
                let missing =
                    if is_glob { message::no_file_matches } else { message::file_missing };
                Err(missing(file, near, &names))
            }
            Ok(paths) => Ok(paths),
            Err(error) => Err(message::not_a_pattern(file, &error)),
        }
    }
}

/// That a source's file was found under a name whose letters are composed in another way.
pub(in crate::ingest) fn composed_otherwise(file: &str, paths: &[String]) -> Option<Finding> {
    let [path] = paths else { return None };
    (path != file && path.nfc().eq(file.nfc())).then(|| composed(path))
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The bytes of a file with their SHA-256 in lower-case hexadecimal.
///
/// # Errors
/// The finding that says why it cannot be read.
pub(in crate::ingest) fn load(
    inputs: &Inputs,
    path: &str,
) -> Result<(Cow<'static, [u8]>, String), Finding> {
    let bytes = inputs.bytes(path).map_err(|error| not_loaded(path, &error))?;
    let digest = digest(&bytes);
    Ok((bytes, digest))
}

/// What to say of a source's file whose bytes cannot be had.
fn not_loaded(path: &str, error: &io::Error) -> Finding {
    match error.kind() {
        io::ErrorKind::FileTooLarge => message::too_large_to_read(path, &words(error)),
        _ => message::not_opened(path, &words(error)),
    }
}

/// The SHA-256 of some bytes in lower-case hexadecimal.
pub(in crate::ingest) fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Compares the pinned digest of a source with what was read: path and digest of each file. One file
/// is pinned by its SHA-256; the files of a glob by that of the lines `sha256sum` prints for them,
/// sorted by path. `None` when it is the same.
pub(in crate::ingest) fn check_pin(pin: &str, files: &[(String, String)]) -> Option<Finding> {
    let found = match files {
        [(_, digest)] => digest.clone(),
        several => {
            let lines: Vec<String> =
                several.iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect();
            digest(lines.concat().as_bytes())
        }
    };
    let is_pinned = pin.trim().eq_ignore_ascii_case(&found);
    let paths = files.iter().map(|(path, _)| path.as_str());
    (!is_pinned).then(|| message::pin_differs(&found, paths))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;

    fn held(paths: &[&str]) -> Inputs {
        let one = |path: &&str| ((*path).to_owned(), Cow::Borrowed(&b"abc"[..]));
        Inputs::Held(paths.iter().map(one).collect())
    }

    #[test]
    fn a_glob_is_all_its_files_sorted_by_path() {
        let inputs = held(&["in/pop_b.csv", "in/pop_a.csv", "in/x/pop_c.csv", "in/vmg.xlsx"]);
        assert_eq!(inputs.expand("in/pop_*.csv").unwrap(), ["in/pop_a.csv", "in/pop_b.csv"]);
    }

    #[test]
    fn a_glob_in_a_folder_gives_paths_relative_to_it() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        for name in ["b.csv", "a.csv"] {
            fs::write(folder.path().join("in").join(name), "x").unwrap();
        }
        let inputs = Inputs::Folder(folder.path().to_owned());
        assert_eq!(inputs.expand("in/*.csv").unwrap(), ["in/a.csv", "in/b.csv"]);
        assert_eq!(&*inputs.bytes("in/a.csv").unwrap(), b"x");
    }

    #[test]
    fn a_file_that_is_not_there_gets_a_suggestion() {
        let finding = held(&["in/vmg.xlsx"]).expand("in/vgm.xlsx").unwrap_err();
        assert_eq!(finding.message.en, "there is no file `in/vgm.xlsx`");
        assert_eq!(finding.hint_in(Language::En), Some("did you mean `in/vmg.xlsx`?"));
    }

    #[test]
    fn a_glob_without_matches_and_a_backslash_have_their_own_words() {
        let inputs = held(&["inputs/vmg.xlsx"]);
        let finding = inputs.expand("inputs/p*.csv").unwrap_err();
        assert_eq!(finding.message.en, "no file matches `inputs/p*.csv`");
        let finding = inputs.expand("inputs\\vmg.xlsx").unwrap_err();
        assert_eq!(
            finding.hint_in(Language::En),
            Some("write `/` between folders: `inputs/vmg.xlsx`")
        );
    }

    #[test]
    fn a_name_with_brackets_is_itself_before_it_is_a_glob() {
        assert_eq!(held(&["a[1].csv", "a1.csv"]).expand("a[1].csv").unwrap(), ["a[1].csv"]);
    }

    #[test]
    fn a_name_is_found_however_its_letters_are_composed() {
        let (composed, decomposed) = ("in/șomeri.csv", "in/s\u{326}omeri.csv");
        assert_eq!(held(&[decomposed]).expand(composed).unwrap(), [decomposed]);
        assert_eq!(held(&[composed]).expand(decomposed).unwrap(), [composed]);
        assert!(held(&["in/someri.csv"]).expand(composed).is_err());
    }

    #[test]
    fn a_pin_is_compared_with_what_was_read() {
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        let (_, found) = load(&held(&["a"]), "a").unwrap();
        assert_eq!(found, digest);
        let files = [("a".to_owned(), found)];
        assert!(check_pin(&digest.to_uppercase(), &files).is_none());
        assert!(check_pin("00", &files).is_some());
    }

    #[test]
    fn a_panic_while_recording_loses_no_input() {
        let recorder = Recorder::default();
        let other = recorder.clone();
        let panicked = std::thread::spawn(move || {
            let _files = other.files.lock();
            panic!("as a reader might");
        });
        assert!(panicked.join().is_err() && recorder.files.is_poisoned());
        recorder.record("a", Cow::Borrowed(b"abc"));
        assert_eq!(&*recorder.files()["a"], b"abc");
    }
}
