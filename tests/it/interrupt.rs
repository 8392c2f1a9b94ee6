//! Ctrl-C in the middle of a run: the command stops, says so, and leaves the older run as it was.
#![cfg(unix)]

use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use crate::command::tree;
use crate::programmes::unions;
use crate::small::six;

/// What a person presses.
fn interrupt(child: &Child) {
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
}

#[test]
fn an_interrupted_run_writes_nothing_and_keeps_the_older_one() {
    let case = six();
    assert!(case.run(&["compute", "study.toml"]).starts_with("exit code: 0\n"));
    let before = tree(&case.path("out"));
    // The demonstration takes long enough to be met in its middle, whatever the machine: the signal
    // comes earlier each time until it does.
    for milliseconds in [800, 400, 200, 100, 50, 25] {
        let mut command = case.command(&["compute", "--demo"]);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        sleep(Duration::from_millis(milliseconds));
        interrupt(&child);
        let output = child.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        match output.status.code() {
            Some(0) => assert!(case.run(&["compute", "study.toml"]).starts_with("exit code: 0\n")),
            Some(130) => {
                assert_eq!(said, "error: interrupted; nothing was written\n");
                assert_eq!(tree(&case.path("out")), before);
                let beside = std::fs::read_dir(case.path("")).unwrap();
                let hidden = |name: &std::ffi::OsString| name.to_string_lossy().starts_with('.');
                assert_eq!(beside.filter(|e| hidden(&e.as_ref().unwrap().file_name())).count(), 0);
                return;
            }
            // before the handler was set, the signal ends the process; nothing can be half-written
            None => assert_eq!(tree(&case.path("out")), before),
            other => panic!("exit code {other:?}: {said}"),
        }
    }
    panic!("the command was never met in its middle");
}

#[test]
fn a_search_is_interrupted_at_once() {
    // the search for unions takes seconds
    let case = unions();
    let arguments = ["select", "--demo", "--programme", "pms-unions.toml"];
    // the first signal may come before the search begins, which it then never does
    for seconds in [8, 4, 2, 1] {
        let mut command = case.command(&arguments);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        sleep(Duration::from_secs(seconds));
        interrupt(&child);
        let output = child.wait_with_output().unwrap();
        if output.status.code() == Some(130) {
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(said.trim_start(), "error: interrupted; nothing was written\n");
            assert!(!case.path("out").exists());
            return;
        }
    }
    panic!("the command was never met in its middle");
}

#[test]
fn variants_are_interrupted_at_once() {
    // two thousand variants of the demonstration take long enough to be met in their middle
    let case = six();
    let arguments = ["robustness", "--demo", "--programme", "sci-2000"];
    for seconds in [8, 4, 2, 1] {
        let mut command = case.command(&arguments);
        let child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        sleep(Duration::from_secs(seconds));
        interrupt(&child);
        let output = child.wait_with_output().unwrap();
        if output.status.code() == Some(130) {
            let said = String::from_utf8(output.stderr).unwrap();
            assert_eq!(said.trim_start(), "error: interrupted; nothing was written\n");
            assert!(!case.path("out").exists());
            return;
        }
    }
    panic!("the command was never met in its middle");
}
