use std::process::{Command, Stdio};
use std::time::Duration;

use super::*;
use crate::report::format::record;
use crate::report::{fixture::Fixture, sha256};
use crate::watch::Interrupted;
use crate::watch::Unwatched;

/// A run of four files that all say `word`.
fn run(word: &str) -> Vec<File> {
    let file = |path: &str| File { path: path.into(), bytes: word.repeat(20_000).into_bytes() };
    let mut files = vec![file("report.xlsx"), file("tables/index.csv"), file("tables/b.csv")];
    let fixture = Fixture::new();
    files.push(File { path: RECORD.into(), bytes: record(&fixture.view(), &files) });
    files
}

/// The word of the run in a folder, after every file was compared with the record.
#[track_caller]
fn word_of(folder: &Path) -> String {
    let recognised = Recognised::from_bytes(&fs::read(folder.join(RECORD)).unwrap()).unwrap();
    for output in &recognised.outputs {
        assert_eq!(sha256(&fs::read(folder.join(&output.path)).unwrap()), output.sha256);
    }
    assert_eq!(files_in(folder).unwrap().len(), recognised.outputs.len() + 1);
    let text = fs::read_to_string(folder.join("tables/b.csv")).unwrap();
    text.chars().take(3).collect()
}

fn beside(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_run_is_written_into_a_new_an_empty_and_an_older_folder() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("a/out");
    write(&out, &run("one"), &Unwatched).unwrap();
    assert_eq!(word_of(&out), "one");
    write(&out, &run("two"), &Unwatched).unwrap();
    assert_eq!(word_of(&out), "two");
    assert_eq!(beside(&home.path().join("a")), ["out"]);
    let empty = home.path().join("empty");
    fs::create_dir(&empty).unwrap();
    write(&empty, &run("one"), &Unwatched).unwrap();
    assert_eq!(word_of(&empty), "one");
}

#[test]
fn whatever_else_is_in_the_way_is_refused_and_left_alone() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    fs::write(&file, "mine").unwrap();
    let error = write(&file, &run("one"), &Unwatched).unwrap_err();
    assert!(matches!(error, WriteError::NotAFolder { .. }), "{error}");

    let folder = home.path().join("folder");
    fs::create_dir(&folder).unwrap();
    fs::write(folder.join("run.json"), "{}").unwrap();
    let error = write(&folder, &run("one"), &Unwatched).unwrap_err();
    assert!(matches!(error, WriteError::Occupied { .. }), "{error}");
    assert!(error.hint().is_some());

    let out = home.path().join("out");
    write(&out, &run("one"), &Unwatched).unwrap();
    fs::write(out.join("tables/notes.docx"), "mine").unwrap();
    let error = write(&out, &run("two"), &Unwatched).unwrap_err();
    assert!(error.to_string().ends_with("did not write: `tables/notes.docx`"), "{error}");
    assert_eq!(fs::read_to_string(out.join("tables/notes.docx")).unwrap(), "mine");
    assert_eq!(beside(home.path()), ["file", "folder", "out"]);

    for nameless in ["", "..", "/"] {
        let error = write(Path::new(nameless), &run("one"), &Unwatched).unwrap_err();
        assert!(matches!(error, WriteError::NoName { .. }), "{error}");
    }
    let below = write(&file.join("out"), &run("one"), &Unwatched).unwrap_err();
    assert!(matches!(below, WriteError::Write { .. } | WriteError::Look { .. }), "{below}");
}

#[test]
fn a_stopped_write_leaves_the_older_run_and_nothing_beside_it() {
    struct StopAt(usize);
    impl Watch for StopAt {
        fn at(&self, _: Stage, done: usize, _: usize) -> Result<(), Interrupted> {
            if done == self.0 { Err(Interrupted) } else { Ok(()) }
        }
    }
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("out");
    write(&out, &run("one"), &Unwatched).unwrap();
    for moment in 0..=run("two").len() {
        let error = write(&out, &run("two"), &StopAt(moment)).unwrap_err();
        assert!(matches!(error, WriteError::Interrupted(_)), "{error}");
        assert_eq!(word_of(&out), "one");
        assert_eq!(beside(home.path()), ["out"]);
    }
}

#[test]
fn after_a_crash_between_the_renames_the_older_run_is_found_and_replaced() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("out");
    write(&out, &run("one"), &Unwatched).unwrap();
    let target = Target::new(&RUN, &out).unwrap();
    fs::rename(&out, &target.aside).unwrap();
    let litter = home.path().join(".out.risk-index-new-x1");
    fs::create_dir(&litter).unwrap();
    fs::write(litter.join("report.xlsx"), "half").unwrap();
    assert_eq!(word_of(&locate(&RUN, &out)), "one");

    // whatever took the name in the meantime, the older run is kept
    fs::write(&out, "mine").unwrap();
    let error = write(&out, &run("two"), &Unwatched).unwrap_err();
    assert!(matches!(error, WriteError::NotAFolder { .. }), "{error}");
    assert_eq!(word_of(&target.aside), "one");
    fs::remove_file(&out).unwrap();

    // a write that then fails brings the older run back under its name
    let escaping =
        [File { path: "a".into(), bytes: vec![] }, File { path: "a".into(), bytes: vec![] }];
    let error = write(&out, &escaping, &Unwatched).unwrap_err();
    assert!(matches!(error, WriteError::Write { .. }), "{error}");
    assert_eq!(word_of(&out), "one");

    write(&out, &run("two"), &Unwatched).unwrap();
    assert_eq!(word_of(&out), "two");
    assert_eq!(locate(&RUN, &out), out);
    assert_eq!(beside(home.path()), ["out"]);
}

#[test]
fn what_is_left_of_a_discarded_run_never_comes_back() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("out");
    write(&out, &run("two"), &Unwatched).unwrap();
    let target = Target::new(&RUN, &out).unwrap();
    fs::create_dir(&target.aside).unwrap();
    fs::write(target.aside.join("report.xlsx"), "left over").unwrap();
    fs::remove_dir_all(&out).unwrap();
    assert_eq!(locate(&RUN, &out), out);
    write(&out, &run("one"), &Unwatched).unwrap();
    assert_eq!(word_of(&out), "one");
    assert_eq!(beside(home.path()), ["out"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_stays_a_link_and_others_may_read_the_run() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let (real, link) = (home.path().join("real"), home.path().join("link"));
    write(&real, &run("one"), &Unwatched).unwrap();
    std::os::unix::fs::symlink(&real, &link).unwrap();
    write(&link, &run("two"), &Unwatched).unwrap();
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(word_of(&real), "two");
    // the same rights as a folder made by hand
    let by_hand = home.path().join("by-hand");
    fs::create_dir(&by_hand).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&real), mode(&by_hand));
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_told_with_a_remedy() {
    use std::os::unix::fs::PermissionsExt;
    let home = tempfile::tempdir().unwrap();
    let locked = home.path().join("locked");
    fs::create_dir(&locked).unwrap();
    fs::set_permissions(&locked, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(locked.join("probe"), "").is_ok() {
        return; // a superuser may write anywhere
    }
    let error = write(&locked.join("out"), &run("one"), &Unwatched).unwrap_err();
    assert!(matches!(error, WriteError::Write { .. }), "{error}");
    assert!(error.hint().unwrap().en.contains("--out"));
}

/// Runs one ignored test of this binary as a process of its own in `folder`.
#[cfg(unix)]
fn child(folder: &Path, shell: &str, test: &str) -> Command {
    let mut command = Command::new("sh");
    command
        .arg("-c")
        .arg(format!("{shell} exec \"$0\" --exact {test} --ignored --test-threads=1"))
        .arg(std::env::current_exe().unwrap())
        .current_dir(folder)
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

#[cfg(unix)]
#[test]
#[ignore = "run by the test of a full disk, under a limit on the size of files"]
fn child_writes_beyond_a_limit() {
    let error = write(Path::new("out"), &run("two"), &Unwatched).unwrap_err();
    assert!(matches!(&error, WriteError::Write { path, .. } if path.ends_with("out/report.xlsx")));
    assert!(error.hint().unwrap().en.contains("free some space"), "{error:?}");
}

#[cfg(unix)]
#[test]
fn a_disk_that_takes_no_more_keeps_the_older_run() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("out");
    write(&out, &run("one"), &Unwatched).unwrap();
    // With the signal ignored, writing beyond the limit answers "file too large".
    let test = "report::folder::tests::child_writes_beyond_a_limit";
    let status = child(home.path(), "trap '' XFSZ; ulimit -f 16;", test).status().unwrap();
    assert!(status.success(), "{status}");
    assert_eq!(word_of(&out), "one");
    assert_eq!(beside(home.path()), ["out"]);
    // With the signal in force the system kills the process in the middle of a file.
    let status = child(home.path(), "ulimit -f 16;", test).status().unwrap();
    assert!(!status.success());
    assert_eq!(word_of(&out), "one");
    write(&out, &run("two"), &Unwatched).unwrap();
    assert_eq!(word_of(&out), "two");
    assert_eq!(beside(home.path()), ["out"]);
}

#[cfg(unix)]
#[test]
#[ignore = "run by the test of kills, which ends it"]
fn child_writes_for_ever() {
    loop {
        for word in ["one", "two"] {
            write(Path::new("out"), &run(word), &Unwatched).unwrap();
        }
    }
}

#[cfg(unix)]
#[test]
fn a_kill_at_any_moment_leaves_a_whole_run() {
    let home = tempfile::tempdir().unwrap();
    let out = home.path().join("out");
    write(&out, &run("one"), &Unwatched).unwrap();
    for round in 0..12 {
        let test = "report::folder::tests::child_writes_for_ever";
        let mut writer = child(home.path(), "", test).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(60 + 7 * round));
        writer.kill().unwrap();
        writer.wait().unwrap();
        let word = word_of(&locate(&RUN, &out));
        assert!(word == "one" || word == "two", "{word}");
    }
    write(&out, &run("one"), &Unwatched).unwrap();
    assert_eq!(word_of(&out), "one");
    assert_eq!(beside(home.path()), ["out"]);
}

#[test]
fn a_file_is_replaced_whole_and_nothing_is_left_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("findings.csv");
    write_file(&path, b"long first text").unwrap();
    write_file(&path, b"short").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"short");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    assert!(write_file(&folder.path().join("no/such/folder"), b"").is_err());
}
