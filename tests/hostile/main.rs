//! Files made to crash, hang or exhaust the command: each is refused or ends in a finding, within limits.
//!
//! Every file is given to `inspect`, and to `check` in a study, each in a process whose memory and work
//! the operating system measures: `ru_maxrss` and the processor's time of the command and of the reader
//! that it starts. This executable starts itself for each, because the system keeps one record of all
//! children of a process.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod archive;
mod binary;
#[path = "../files/mod.rs"]
mod files;
mod measured;
mod texts;
mod workbooks;
mod xlsx;

use std::path::Path;

use libtest_mimic::{Arguments, Trial};

use files::METHOD;
use measured::{Use, run};

/// The most memory that the command, or its reader, may need: MiB.
const MEMORY_MIB: u64 = 512;
/// The most work: seconds of the processor, in a build whose dependencies are optimised.
const SECONDS: f64 = if cfg!(debug_assertions) { 20.0 } else { 5.0 };

/// A file, and the words that tell what became of it.
struct Hostile {
    name: &'static str,
    /// As it comes to the analyst, extension included.
    file: &'static str,
    make: fn() -> Vec<u8>,
    /// Words of `inspect`.
    inspected: &'static str,
    /// Words of `check`.
    checked: &'static str,
}

const STUDY: &str = "\
[study]
title = \"Hostile\"
methodology = \"method.toml\"
[register]
bundled = \"ro-uat-2025\"
[[source]]
id = \"s\"
file = \"FILE\"
key = { code = \"SIRUTA\" }
measure = [ { id = \"x\", column = \"Dosare\", nature = \"count\" } ]
";

#[track_caller]
fn is_moderate(name: &str, used: &Use) {
    let Use { memory_mib, seconds, .. } = *used;
    assert!(memory_mib <= MEMORY_MIB, "{name}: {memory_mib} MiB");
    assert!(seconds <= SECONDS, "{name}: {seconds:.1} s");
}

#[track_caller]
fn ended(name: &str, used: &Use, words: &str) {
    assert!(matches!(used.code, Some(0 | 1)), "{name}: exit {:?}\n{}", used.code, used.said);
    assert!(used.said.contains(words), "{name}: no `{words}` in\n{}", cut(&used.said));
    assert!(!used.said.contains("panicked"), "{name}\n{}", used.said);
}

fn cut(text: &str) -> String {
    text.chars().take(4_000).collect()
}

#[expect(clippy::print_stdout, reason = "the test says what it measured")]
fn meet(hostile: &Hostile) {
    let folder = tempfile::tempdir().unwrap();
    let bytes = (hostile.make)();
    std::fs::write(folder.path().join(hostile.file), &bytes).unwrap();
    std::fs::write(folder.path().join("study.toml"), STUDY.replace("FILE", hostile.file)).unwrap();
    std::fs::write(folder.path().join("method.toml"), METHOD).unwrap();
    let inspected = run(folder.path(), &["inspect", hostile.file]);
    let checked = run(folder.path(), &["check", "study.toml"]);
    for (command, used) in [("inspect", &inspected), ("check", &checked)] {
        println!(
            "{}, {} bytes: {command} {} MiB, {:.1} s",
            hostile.name,
            bytes.len(),
            used.memory_mib,
            used.seconds
        );
    }
    ended(hostile.name, &inspected, hostile.inspected);
    ended(hostile.name, &checked, hostile.checked);
    is_moderate(hostile.name, &inspected);
    is_moderate(hostile.name, &checked);
}

/// A reader that aborts is a finding of every command that reads, never its end.
fn every_command_reads_old_workbooks_in_a_process_of_its_own(folder: &Path) {
    std::fs::write(folder.join("a.xls"), workbooks::xls_of_petabytes()).unwrap();
    std::fs::write(folder.join("study.toml"), STUDY.replace("FILE", "a.xls")).unwrap();
    std::fs::write(folder.join("method.toml"), METHOD).unwrap();
    let commands: [(&[&str], i32); 3] = [
        (&["inspect", "a.xls"], 1),
        (&["check", "study.toml"], 1),
        (&["compute", "study.toml"], 2),
    ];
    for (command, code) in commands {
        let used = run(folder, command);
        assert_eq!(used.code, Some(code), "{command:?}\n{}", used.said);
        assert!(used.said.contains("--max-memory-mib"), "{command:?}\n{}", used.said);
    }
}

fn main() {
    let words: Vec<String> = std::env::args().collect();
    if words.get(1).map(String::as_str) == Some(measured::WORD) {
        measured::measure(&words[2..]);
        return;
    }
    let arguments = Arguments::from_args();
    let mut trials: Vec<Trial> = texts::hostile()
        .into_iter()
        .chain(workbooks::hostile())
        .chain(binary::hostile())
        .map(|hostile| {
            Trial::test(hostile.name, move || {
                meet(&hostile);
                Ok(())
            })
        })
        .collect();
    trials.push(Trial::test("every_command_reads_old_workbooks_in_a_process_of_its_own", || {
        let folder = tempfile::tempdir().unwrap();
        every_command_reads_old_workbooks_in_a_process_of_its_own(folder.path());
        Ok(())
    }));
    libtest_mimic::run(&arguments, trials).exit();
}
