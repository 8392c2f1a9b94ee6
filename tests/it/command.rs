//! The command in a hermetic environment: its own folder, a cleared environment, fixed names.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A folder in which the command runs.
pub(crate) struct Case {
    folder: TempDir,
    environment: Vec<(String, String)>,
}

impl Case {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap(), environment: Vec::new() }
    }

    /// With a file in it.
    pub(crate) fn file(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    /// With a variable in the environment.
    pub(crate) fn variable(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The path of something in the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// The content of a file that the command wrote.
    pub(crate) fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// The command, ready to be started.
    pub(crate) fn command<S: AsRef<OsStr>>(&self, arguments: &[S]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_risk-index"));
        command
            .args(arguments)
            .current_dir(self.folder.path())
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        command
    }

    /// Runs it: exit code, stdout and stderr as one text, with the folder's path filtered out.
    pub(crate) fn run<S: AsRef<OsStr>>(&self, arguments: &[S]) -> String {
        let output = self.command(arguments).output().unwrap();
        let text = format!(
            "exit code: {}\n----- stdout -----\n{}----- stderr -----\n{}",
            output.status.code().map_or_else(|| "none".to_owned(), |code| code.to_string()),
            String::from_utf8(output.stdout).unwrap(),
            String::from_utf8(output.stderr).unwrap(),
        );
        timeless(&text.replace(&self.folder.path().display().to_string(), "[CASE]"))
    }
}

/// A text without the time that drawing would take, which a trial measures.
fn timeless(text: &str) -> String {
    let lines = text.split_inclusive('\n').map(|line| {
        for (before, after) in [("for about ", " here,"), ("de circa ", " pe acest calculator,")] {
            let told = line.split_once(before).and_then(|(one, rest)| {
                let (_, two) = rest.split_once(after)?;
                Some(format!("{one}{before}[TIME]{after}{two}"))
            });
            if let Some(told) = told {
                return told;
            }
        }
        line.to_owned()
    });
    lines.collect()
}

/// Asserts that an output holds some words.
#[track_caller]
pub(crate) fn says(output: &str, words: &str) {
    assert!(output.contains(words), "no `{words}` in\n{output}");
}

/// Asserts that an output does not hold some words.
#[track_caller]
pub(crate) fn never_says(output: &str, words: &str) {
    assert!(!output.contains(words), "`{words}` in\n{output}");
}

/// All files below a folder with their bytes, by relative path.
pub(crate) fn tree(folder: &Path) -> Vec<(String, Vec<u8>)> {
    fn walk(root: &Path, folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(root, &path, found);
            } else {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                found.push((name, fs::read(&path).unwrap()));
            }
        }
    }
    let mut found = Vec::new();
    walk(folder, folder, &mut found);
    found.sort();
    found
}
