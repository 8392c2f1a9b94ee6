//! Which files a source names, and their bytes.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::{fs, io};

use glob::{MatchOptions, Pattern};
use sha2::{Digest, Sha256};

use super::budget::Budget;
use super::guard::Guard;
use super::labels::{list, nearest};
use super::ledger::Ledger;
use super::recorder::Recorder;
use crate::message;
use crate::quality::{Message, Place, message};

/// Where the inputs of a study are.
#[derive(Clone, Debug)]
pub enum Inputs {
    /// In a folder; relative paths of the study start there.
    Folder(PathBuf),
    /// In memory, by path with `/`: the demonstration study, and tests.
    Held(BTreeMap<String, Cow<'static, [u8]>>),
    /// Other inputs, read under declared terms.
    Under(Box<Self>, Terms),
    /// Other inputs, of which every file that is read is noted.
    Recorded(Box<Self>, Recorder),
}

/// Under which terms files of others are read.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    /// How much one file may hold.
    pub budget: Budget,
    /// Where xls and ods files are read: in a process of its own, or, when absent, in this one.
    pub guard: Option<Guard>,
}

/// What to do about a file that is too large.
pub(super) fn smaller() -> Message {
    message!(
        "save only the sheet and columns that the study needs",
        "salvați doar foaia și coloanele de care are nevoie studiul",
    )
}

/// What an error of the file system says, in our words where they are ours.
pub(super) fn words(error: &io::Error) -> Message {
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
        self.bytes_within(path, &self.terms().budget)
    }

    fn bytes_within(&self, path: &str, budget: &Budget) -> io::Result<Cow<'static, [u8]>> {
        match self {
            Self::Folder(folder) => {
                let mut file = fs::File::open(folder.join(path))?;
                let size = file.metadata()?.len();
                let mut bytes = Vec::new();
                // What is not a plain file tells no size, so reading itself ends at the limit.
                if size <= budget.file {
                    bytes.reserve_exact(usize::try_from(size).unwrap_or(0));
                    (&mut file).take(budget.file.saturating_add(1)).read_to_end(&mut bytes)?;
                }
                let size = size.max(bytes.len() as u64);
                if size > budget.file {
                    let kind = io::ErrorKind::FileTooLarge;
                    return Err(io::Error::new(kind, budget.too_large(size)));
                }
                Ok(Cow::Owned(bytes))
            }
            Self::Held(files) => files.get(path).cloned().ok_or_else(|| {
                let said = message!("not among the inputs", "nu este printre fișierele de intrare");
                io::Error::new(io::ErrorKind::NotFound, said)
            }),
            Self::Under(inputs, _) => inputs.bytes_within(path, budget),
            Self::Recorded(inputs, recorder) => {
                let bytes = inputs.bytes_within(path, budget)?;
                recorder.note(path, bytes.clone());
                Ok(bytes)
            }
        }
    }

    /// These inputs, read under other terms.
    #[must_use]
    pub fn under(self, terms: Terms) -> Self {
        match self {
            Self::Under(inputs, _) => Self::Under(inputs, terms),
            inputs => Self::Under(Box::new(inputs), terms),
        }
    }

    /// The terms under which they are read.
    pub fn terms(&self) -> Terms {
        match self {
            Self::Folder(_) | Self::Held(_) => Terms::default(),
            Self::Under(_, terms) => terms.clone(),
            Self::Recorded(inputs, _) => inputs.terms(),
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
            Self::Folder(folder) => fs::read_dir(folder.join(parent))
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
}

fn slashed(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}

/// The files a source names, in the order of their paths: the file itself, or everything a glob
/// matches. None when there is none, which is told.
pub(super) fn expand(inputs: &Inputs, file: &str, ledger: &mut Ledger<'_>) -> Vec<String> {
    // A file whose own name holds `[` is that file, not a glob.
    if inputs.has(file) {
        return vec![file.to_owned()];
    }
    if file.contains('\\') {
        let message = message!(
            "the path `{file}` is written with `\\`",
            "calea `{file}` este scrisă cu `\\`",
        );
        ledger.tell(&message::ingest::FILE_MISSING, message).hint = Some(message!(
            "write `/` between folders: `{path}`",
            "scrieți `/` între dosare: `{path}`",
            path = file.replace('\\', "/"),
        ));
        return Vec::new();
    }
    if !file.contains(['*', '?', '[']) {
        let message = message!("there is no file `{file}`", "nu există fișierul `{file}`");
        ledger.tell(&message::ingest::FILE_MISSING, message).hint =
            Some(did_you_mean(inputs, file));
        return Vec::new();
    }
    match inputs.matching(file) {
        Ok(paths) if paths.is_empty() => {
            let message =
                message!("no file matches `{file}`", "niciun fișier nu corespunde lui `{file}`");
            ledger.tell(&message::ingest::FILE_MISSING, message).hint =
                Some(did_you_mean(inputs, file));
            Vec::new()
        }
        Ok(paths) => paths,
        Err(error) => {
            let message = message!(
                "`{file}` is not a pattern of file names: {error}",
                "`{file}` nu este un model de nume de fișiere: {error}",
            );
            ledger.tell(&message::ingest::FILE_MISSING, message);
            Vec::new()
        }
    }
}

fn did_you_mean(inputs: &Inputs, file: &str) -> Message {
    let names = inputs.neighbours(file);
    let known = names.iter().map(String::as_str);
    if let Some(name) = nearest(file, known.clone()) {
        return message!("did you mean `{name}`?", "ați vrut să scrieți `{name}`?");
    }
    if names.is_empty() {
        let folder = match file.rsplit_once('/') {
            Some((parent, _)) => message!("`{parent}`", "dosarul `{parent}`"),
            None => message!("the inputs folder", "dosarul fișierelor de intrare"),
        };
        message!(
            "{folder} holds no files; `--inputs DIR` says where relative paths start",
            "{folder} nu conține fișiere; `--inputs DIR` spune de unde pornesc căile relative";
            folder = folder,
        )
    } else {
        message!("there is {names}", "există {names}"; names = list(known, 8))
    }
}

/// The bytes of a file with their SHA-256 in lower-case hexadecimal; `None` when it cannot be read,
/// which is told.
pub(super) fn load(
    inputs: &Inputs,
    path: &str,
    ledger: &mut Ledger<'_>,
) -> Option<(Cow<'static, [u8]>, String)> {
    match inputs.bytes(path) {
        Ok(bytes) => {
            let digest = digest(&bytes);
            Some((bytes, digest))
        }
        Err(error) => {
            let (message, hint) = if error.kind() == io::ErrorKind::FileTooLarge {
                let message = message!(
                    "`{path}` was not read: {why}",
                    "`{path}` nu a fost citit: {why}";
                    why = words(&error),
                );
                (message, smaller())
            } else {
                let message = message!(
                    "`{path}` could not be opened: {why}",
                    "`{path}` nu a putut fi deschis: {why}";
                    why = words(&error),
                );
                let hint = message!(
                    "close the file in other programs and look at its permissions",
                    "închideți fișierul în alte programe și verificați-i permisiunile",
                );
                (message, hint)
            };
            let finding =
                ledger.tell_at(&message::ingest::FILE_UNREADABLE, message, Place::file(path));
            finding.hint = Some(hint);
            None
        }
    }
}

/// The SHA-256 of some bytes in lower-case hexadecimal.
pub(super) fn digest(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

fn hexadecimal(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digit = |nibble: u8| char::from(DIGITS[usize::from(nibble)]);
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// Compares the pinned digest of a source with what was read. One file is pinned by its SHA-256; the
/// files of a glob by that of the lines `sha256sum` prints for them, sorted by path.
pub(super) fn check_pin(pin: &str, files: &[(String, String)], ledger: &mut Ledger<'_>) {
    let found = match files {
        [(_, digest)] => digest.clone(),
        several => {
            let lines: Vec<String> =
                several.iter().map(|(path, digest)| format!("{digest}  {path}\n")).collect();
            let lines = lines.concat();
            digest(lines.as_bytes())
        }
    };
    if !pin.trim().eq_ignore_ascii_case(&found) {
        let message = message!(
            "the input is not the one pinned: its SHA-256 is `{found}`",
            "fișierul de intrare nu este cel fixat: amprenta lui SHA-256 este `{found}`",
        );
        let finding = ledger.tell(&message::ingest::PIN_DIFFERS, message);
        finding.places = files.iter().map(|(path, _)| Place::file(path)).collect();
        finding.hint = Some(message!(
            "put back the file that was pinned, or pin the new one in `sha256`",
            "puneți la loc fișierul fixat sau fixați-l pe cel nou în `sha256`",
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::{Finding, Findings};

    fn held(paths: &[&str]) -> Inputs {
        let one = |path: &&str| ((*path).to_owned(), Cow::Borrowed(&b"abc"[..]));
        Inputs::Held(paths.iter().map(one).collect())
    }

    fn expanded(inputs: &Inputs, file: &str) -> (Vec<String>, Vec<Finding>) {
        let mut findings = Findings::default();
        let mut ledger = Ledger::new(&mut findings, "s");
        let paths = expand(inputs, file, &mut ledger);
        ledger.close();
        (paths, findings.iter().cloned().collect())
    }

    #[test]
    fn a_glob_is_all_its_files_sorted_by_path() {
        let inputs = held(&["in/pop_b.csv", "in/pop_a.csv", "in/x/pop_c.csv", "in/vmg.xlsx"]);
        assert_eq!(expanded(&inputs, "in/pop_*.csv").0, ["in/pop_a.csv", "in/pop_b.csv"]);
    }

    #[test]
    fn a_glob_in_a_folder_gives_paths_relative_to_it() {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir(folder.path().join("in")).unwrap();
        for name in ["b.csv", "a.csv"] {
            fs::write(folder.path().join("in").join(name), "x").unwrap();
        }
        let inputs = Inputs::Folder(folder.path().to_owned());
        assert_eq!(expanded(&inputs, "in/*.csv").0, ["in/a.csv", "in/b.csv"]);
        assert_eq!(&*inputs.bytes("in/a.csv").unwrap(), b"x");
    }

    #[test]
    fn a_file_that_is_not_there_gets_a_suggestion() {
        let (paths, findings) = expanded(&held(&["in/vmg.xlsx"]), "in/vgm.xlsx");
        assert!(paths.is_empty());
        assert_eq!(findings[0].message.en, "there is no file `in/vgm.xlsx`");
        assert_eq!(
            findings[0].hint_in(crate::language::Language::En),
            Some("did you mean `in/vmg.xlsx`?")
        );
    }

    #[test]
    fn a_glob_without_matches_and_a_backslash_have_their_own_words() {
        let inputs = held(&["inputs/vmg.xlsx"]);
        assert_eq!(
            expanded(&inputs, "inputs/p*.csv").1[0].message.en,
            "no file matches `inputs/p*.csv`"
        );
        let (_, findings) = expanded(&inputs, "inputs\\vmg.xlsx");
        assert_eq!(
            findings[0].hint_in(crate::language::Language::En),
            Some("write `/` between folders: `inputs/vmg.xlsx`")
        );
    }

    #[test]
    fn a_name_with_brackets_is_itself_before_it_is_a_glob() {
        assert_eq!(expanded(&held(&["a[1].csv", "a1.csv"]), "a[1].csv").0, ["a[1].csv"]);
    }

    #[test]
    fn a_pin_is_compared_with_what_was_read() {
        let digest = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        for (pin, findings_expected) in [(digest.to_uppercase(), 0), ("00".to_owned(), 1)] {
            let mut findings = Findings::default();
            let mut ledger = Ledger::new(&mut findings, "s");
            let (_, found) = load(&held(&["a"]), "a", &mut ledger).unwrap();
            assert_eq!(found, digest);
            check_pin(&pin, &[("a".to_owned(), found)], &mut ledger);
            ledger.close();
            assert_eq!(findings.len(), findings_expected);
        }
    }
}
