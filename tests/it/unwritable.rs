//! A killed process, a full disk, a folder that may not be written: what was there before stays.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use risk_index::report::{RECORD, folder, sha256};

use crate::command::{Case, tree};
use crate::small::{METHOD, STUDY, VALUES, with};

const PROGRAMME: &str = r#"[programme]
id     = "two"
status = "illustrative"
title  = { ro = "Două locuri", en = "Two places" }
score  = "score"

[order]
decimals = 3

[[phase]]
id   = "I"
upto = 2
"#;

/// Six communes and a programme of two places.
fn six_with_a_programme() -> Case {
    let named = "methodology = \"method.toml\"\nprogramme = \"programme.toml\"";
    let study = STUDY.replace("methodology = \"method.toml\"", named);
    with(&study, METHOD, VALUES).file("programme.toml", PROGRAMME)
}

/// The commands that write, each with the folder it writes.
const WRITERS: [(&str, &str); 3] = [("compute", "out"), ("select", "out"), ("archive", "archive")];

/// Checks every digest of a run folder against its record.
#[track_caller]
fn verify(out: &Path) {
    let place = folder::locate(&folder::RUN, out);
    let record = fs::read(place.join(RECORD)).unwrap();
    let record: serde_json::Value = serde_json::from_slice(&record).unwrap();
    let outputs = record["outputs"].as_array().unwrap();
    assert!(!outputs.is_empty());
    for output in outputs {
        let path = output["path"].as_str().unwrap();
        let bytes = fs::read(place.join(path)).unwrap();
        assert_eq!(output["sha256"], sha256(&bytes), "{path}");
    }
}

#[test]
fn a_kill_at_any_of_fifty_moments_leaves_a_whole_selection() {
    let case = six_with_a_programme();
    let ask = ["select", "study.toml", "--lang", "en"];
    assert!(case.run(&ask).starts_with("exit code: 0\n"));
    let before = tree(&case.path("out"));
    for time in 0..50_u64 {
        let mut command = case.command(&ask);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        // multiples of a prime spread the moments over a window that doubles nine times
        let window = 2_000 << (time % 10);
        thread::sleep(Duration::from_micros(time * 7_919 % window));
        child.kill().unwrap();
        child.wait().unwrap();
        verify(&case.path("out"));
    }
    assert!(case.run(&ask).starts_with("exit code: 0\n"));
    assert!(tree(&case.path("out")) == before);
    let beside = tree(&case.path("")).into_iter().map(|(path, _)| path);
    let left: Vec<String> = beside.filter(|path| path.starts_with('.')).collect();
    assert!(left.is_empty(), "{left:?}");
}

#[track_caller]
fn fails_and_leaves(case: &Case, out: &str, run: impl Fn() -> Output) {
    let before = tree(&case.path(out));
    let output = run();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("cannot write") && said.contains("hint: "), "{said}");
    assert!(before == tree(&case.path(out)));
    let beside = fs::read_dir(case.path("")).unwrap();
    let hidden =
        beside.filter(|it| it.as_ref().unwrap().file_name().to_string_lossy().starts_with('.'));
    assert_eq!(hidden.count(), 0);
}

#[test]
fn a_full_disk_is_exit_code_2_and_leaves_what_was_there() {
    // A limit on the size of files is a full disk that needs no rights.
    let program = env!("CARGO_BIN_EXE_risk-index");
    for (verb, out) in WRITERS {
        let case = six_with_a_programme();
        assert!(case.run(&[verb, "study.toml"]).starts_with("exit code: 0\n"));
        let script = format!("ulimit -f 4; trap '' XFSZ; exec {program} {verb} study.toml");
        fails_and_leaves(&case, out, || {
            let mut command = Command::new("sh");
            command.args(["-c", &script]).current_dir(case.path("")).output().unwrap()
        });
    }
}

#[test]
fn a_folder_that_may_not_be_written_is_exit_code_2_and_keeps_what_it_holds() {
    let mode = |path: &Path, mode| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    };
    for (verb, out) in WRITERS {
        let case = six_with_a_programme();
        assert!(case.run(&[verb, "study.toml"]).starts_with("exit code: 0\n"));
        let folder = case.path("");
        // Nothing is forbidden to the superuser: there the command runs as somebody else.
        let superuser = fs::metadata(&folder).unwrap().uid() == 0;
        // Where the tests are built others may have no access: the command stands in the folder.
        let program = case.path("program");
        let built = env!("CARGO_BIN_EXE_risk-index");
        fs::hard_link(built, &program).or_else(|_| fs::copy(built, &program).map(drop)).unwrap();
        mode(&folder, 0o555);
        fails_and_leaves(&case, out, || {
            let mut command = Command::new(if superuser { "setpriv".as_ref() } else { &*program });
            if superuser {
                command.args(OTHER).arg(&program);
            }
            command.args([verb, "study.toml"]).current_dir(&folder).output().unwrap()
        });
        mode(&folder, 0o755);
    }
}

/// Somebody without rights.
const OTHER: [&str; 3] = ["--reuid=65534", "--regid=65534", "--clear-groups"];
