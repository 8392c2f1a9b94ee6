//! `risk-index archive` and `replay`: a bag that others can check, and whose run is repeated.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use risk_index::archive::{self, Bag};
use risk_index::ingest::ReadLimits;
use risk_index::report::{File, sha256};

use crate::command::{Case, tree};
use crate::small::{METHOD, STUDY, VALUES, six, with};

/// The study of six communes in a bag, made without a clock.
fn archived(case: &Case, more: &[&str]) -> String {
    let mut arguments = vec!["archive", "study.toml", "--lang", "en"];
    arguments.extend(more);
    case.run(&arguments)
}

fn replayed(case: &Case, bag: &str) -> String {
    case.run(&["replay", bag])
}

#[track_caller]
fn is_identical(seen: &str) {
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    assert!(seen.contains("identical: "), "{seen}");
}

/// Writes a bag again with a changed payload and digests that fit: what only a replay can find.
fn doctored(case: &Case, change: impl Fn(&mut BTreeMap<String, Vec<u8>>)) {
    let mut bag = Bag::verified(archive::read(&case.path("archive")).unwrap()).unwrap();
    change(&mut bag.payload);
    let payload: Vec<File> =
        bag.payload.into_iter().map(|(path, bytes)| File { path, bytes }).collect();
    let info = bag.info.into_iter().filter(|(label, _)| label != "Payload-Oxum").collect();
    let (files, _) = archive::bag(&payload, &info);
    fs::write(case.path("doctored.zip"), archive::zip("doctored", &files)).unwrap();
}

#[test]
fn a_bag_of_six_communes_replays_identically_elsewhere() {
    let case = six();
    let seen = archived(&case, &[]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let digest = sha256(&fs::read(case.path("archive/tagmanifest-sha256.txt")).unwrap());
    assert!(seen.contains(&digest), "{seen}");
    is_identical(&replayed(&case, "archive"));
    let elsewhere = Case::new()
        .variable("POLARS_MAX_THREADS", "1")
        .variable("LC_ALL", "ro_RO.UTF-8")
        .variable("TZ", "Europe/Bucharest");
    for (path, bytes) in tree(&case.path("archive")) {
        let path = elsewhere.path("moved").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    is_identical(&replayed(&elsewhere, "moved"));
}

#[test]
fn the_bag_holds_the_run_folder_and_the_inputs_byte_for_byte() {
    let case = six();
    archived(&case, &["--clock", "2026-01-31"]);
    case.run(&["compute", "study.toml", "--lang", "en"]);
    assert_eq!(tree(&case.path("archive/data/run")), tree(&case.path("out")));
    let inputs = tree(&case.path("archive/data/inputs/raw"));
    assert!(inputs.iter().any(|(_, bytes)| bytes == VALUES.as_bytes()));
    let info = case.read("archive/bag-info.txt");
    assert!(info.contains("Bagging-Date: 2026-01-31\n"), "{info}");
    assert!(info.contains("Personal-Data: none found\n"), "{info}");
    let package = case.read("archive/data/datapackage.json");
    assert!(package.contains("\"originalPath\": \"values.csv\""), "{package}");
}

#[test]
fn the_clock_is_that_of_the_environment_or_none() {
    let case = six().variable("SOURCE_DATE_EPOCH", "1795564800");
    archived(&case, &[]);
    assert!(case.read("archive/bag-info.txt").contains("Bagging-Date: 2026-11-25\n"));
    let none = six();
    archived(&none, &[]);
    assert!(!none.read("archive/bag-info.txt").contains("Bagging-Date"));
}

#[test]
fn a_zip_is_the_same_bytes_twice_and_replays() {
    let case = six();
    archived(&case, &["--out", "a.zip"]);
    let first = fs::read(case.path("a.zip")).unwrap();
    archived(&case, &["--out", "a.zip"]);
    assert!(first == fs::read(case.path("a.zip")).unwrap());
    is_identical(&replayed(&case, "a.zip"));
    fs::write(case.path("a.zip"), [&first[..], &[0]].concat()).unwrap();
    assert!(replayed(&case, "a.zip").starts_with("exit code: 2\n"));
}

/// A sequence of numbers that looks random and is the same everywhere (xorshift64).
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % limit as u64).unwrap()
    }
}

#[test]
fn two_hundred_single_bytes_that_change_are_all_detected() {
    let case = six();
    archived(&case, &[]);
    let files = archive::read(&case.path("archive")).unwrap();
    let paths: Vec<&String> = files.keys().filter(|path| !files[*path].is_empty()).collect();
    let mut numbers = Numbers(20_261_125);
    for _ in 0..200 {
        let path = paths[numbers.below(paths.len())];
        let mut changed = files.clone();
        let bytes = changed.get_mut(path).unwrap();
        let at = numbers.below(bytes.len());
        bytes[at] ^= 1 << numbers.below(8);
        assert!(Bag::verified(changed).is_err(), "{path} at {at}");
    }
}

#[test]
fn a_changed_digit_is_named_with_its_cell_both_values_and_the_step() {
    let case = six();
    archived(&case, &[]);
    doctored(&case, |payload| {
        let index = payload.get_mut("run/tables/index.csv").unwrap();
        let text = String::from_utf8(index.clone()).unwrap();
        *index = text.replace("61.666666666666664", "61.666666666666665").into_bytes();
    });
    let seen = replayed(&case, "doctored.zip");
    assert!(seen.starts_with("exit code: 1\n"), "{seen}");
    let place = "run/tables/index.csv › row 6 (202), column `score`: archived \
                 `61.666666666666665`, now `61.666666666666664`";
    assert!(seen.contains(place), "{seen}");
    assert!(seen.contains("changed after it was made"), "{seen}");
}

#[test]
fn a_changed_input_is_named_with_the_step_at_which_it_is_first_seen() {
    let case = six();
    archived(&case, &[]);
    doctored(&case, |payload| {
        let values = payload.keys().find(|path| path.ends_with("values.csv")).unwrap().clone();
        let bytes = payload.get_mut(&values).unwrap();
        let text =
            String::from_utf8(bytes.clone()).unwrap().replace("1.000;250;30", "1.000;250;31");
        *bytes = text.into_bytes();
    });
    let seen = replayed(&case, "doctored.zip");
    assert!(seen.starts_with("exit code: 1\n"), "{seen}");
    assert!(seen.contains("`value` of `vmg_share`, position 0"), "{seen}");
}

#[test]
fn a_reordered_column_and_an_edited_formula_are_named() {
    let case = six();
    archived(&case, &[]);
    doctored(&case, |payload| {
        let index = payload.get_mut("run/tables/index.csv").unwrap();
        let text = String::from_utf8(index.clone()).unwrap();
        *index = text.replacen("code,name", "name,code", 1).into_bytes();
    });
    assert!(replayed(&case, "doctored.zip").contains("header, column 1"));
    doctored(&case, |payload| {
        let book = payload.get_mut("run/report.xlsx").unwrap();
        *book = rewritten(book, "<f>", "<f>1+");
    });
    let seen = replayed(&case, "doctored.zip");
    assert!(seen.contains("report.xlsx › xl/worksheets/"), "{seen}");
    assert!(seen.contains("<f>1+"), "{seen}");
}

/// A workbook with a text in its sheets replaced once.
fn rewritten(book: &[u8], old: &str, new: &str) -> Vec<u8> {
    use std::io::{Cursor, Read as _, Write as _};
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let mut done = false;
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).unwrap();
        let name = part.name().unwrap().into_owned();
        let mut bytes = Vec::new();
        part.read_to_end(&mut bytes).unwrap();
        if !done && name.starts_with("xl/worksheets/") {
            let text = String::from_utf8(bytes).unwrap();
            done = text.contains(old);
            bytes = text.replacen(old, new, 1).into_bytes();
        }
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(&bytes).unwrap();
    }
    assert!(done, "no sheet holds `{old}`");
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_bag_with_missing_extra_or_changed_files_is_refused_with_the_reason() {
    let case = six();
    archived(&case, &[]);
    fs::write(case.path("archive/data/more.txt"), "x").unwrap();
    let seen = replayed(&case, "archive");
    assert!(seen.starts_with("exit code: 2\n"), "{seen}");
    assert!(seen.contains("`data/more.txt` is in the bag and in no manifest"), "{seen}");
    fs::remove_file(case.path("archive/data/more.txt")).unwrap();
    fs::remove_file(case.path("archive/data/run/tables/index.csv")).unwrap();
    let seen = replayed(&case, "archive");
    assert!(seen.contains("lists `data/run/tables/index.csv`, which is not in the bag"), "{seen}");
    assert!(replayed(&case, "nothing").starts_with("exit code: 2\n"));
}

#[test]
fn the_digest_stands_on_the_cover_of_the_workbook_that_is_handed_out() {
    let study = STUDY.replace("[register]", "[sign_off]\nprepared = \"Biroul A\"\n\n[register]");
    let case = with(&study, METHOD, VALUES);
    let seen = archived(&case, &["--workbook", "handed-out.xlsx"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let digest = sha256(&fs::read(case.path("archive/tagmanifest-sha256.txt")).unwrap());
    assert!(texts(&case, "handed-out.xlsx").contains(&digest));
    assert!(!texts(&case, "archive/data/run/report.xlsx").contains(&digest));
    let record = case.read("archive/data/run/run.json");
    assert!(record.contains("\"prepared\": \"Biroul A\""), "{record}");
    is_identical(&replayed(&case, "archive"));
}

/// The texts of a workbook.
fn texts(case: &Case, book: &str) -> String {
    use std::io::Read as _;
    let mut parts = zip::ZipArchive::new(fs::File::open(case.path(book)).unwrap()).unwrap();
    let mut text = String::new();
    parts.by_name("xl/sharedStrings.xml").unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn archived_inputs_are_replayed_under_another_method() {
    let even = METHOD.replace("vmg_share = 3", "vmg_share = 1");
    let case =
        six().file("other.toml", STUDY.replace("method.toml", "even.toml")).file("even.toml", even);
    archived(&case, &["--out", "bag.zip"]);
    // The inputs of the folder are others now: those of the bag are used.
    fs::write(case.path("values.csv"), VALUES.replace("2.500;500", "2.500;501")).unwrap();
    let seen = case.run(&["replay", "bag.zip", "--against", "other.toml"]);
    assert!(seen.starts_with("exit code: 1\n"), "{seen}");
    // the figures of tests/it/compare.rs, where they are computed by hand
    assert!(seen.contains("2 of them another place; Spearman 0.7714, Kendall 0.6000"), "{seen}");
    let seen = case.run(&["replay", "bag.zip", "--against", "study.toml"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    assert!(seen.contains("made from the same"), "{seen}");
    let study = STUDY.replace("values.csv", "newer.csv");
    fs::write(case.path("newer.toml"), study).unwrap();
    fs::write(case.path("newer.csv"), VALUES).unwrap();
    let seen = case.run(&["replay", "bag.zip", "--against", "newer.toml"]);
    assert!(seen.starts_with("exit code: 2\n"), "{seen}");
    assert!(seen.contains("`newer.toml` cannot be run on the inputs of `bag.zip`"), "{seen}");
    assert!(seen.contains("newer.csv"), "{seen}");
}

#[test]
fn a_bag_of_another_version_says_what_differs_and_why() {
    let case = six();
    archived(&case, &[]);
    doctored(&case, |payload| {
        let order = payload.get_mut("archive.json").unwrap();
        let text = String::from_utf8(order.clone()).unwrap();
        let ours = format!("\"version\": \"{}\"", env!("CARGO_PKG_VERSION"));
        assert!(text.contains(&ours), "{text}");
        *order = text.replace(&ours, "\"version\": \"0.0.9\"").into_bytes();
    });
    let seen = replayed(&case, "doctored.zip");
    assert!(seen.starts_with("exit code: 1\n"), "{seen}");
    assert!(seen.contains("note: the bag was made by version 0.0.9, and this is "), "{seen}");
    assert!(seen.contains("archive.json › version: archived `\"0.0.9\"`, now"), "{seen}");
}

#[cfg(unix)]
#[test]
fn a_link_in_a_bag_is_refused() {
    let case = six();
    archived(&case, &[]);
    std::os::unix::fs::symlink("/etc/hostname", case.path("archive/data/link.txt")).unwrap();
    let seen = replayed(&case, "archive");
    assert!(seen.contains("`data/link.txt` is a link"), "{seen}");
}

#[test]
fn what_looks_like_personal_data_stops_the_archive_until_somebody_says_why() {
    let values = VALUES.replace(";Familii\n", ";Familii;Contact\n");
    let rows: Vec<String> = values
        .lines()
        .enumerate()
        .map(|(at, line)| match at {
            0 => format!("{line}\n"),
            at => format!("{line};primar{at}@comuna.example.ro\n"),
        })
        .collect();
    let case = with(STUDY, METHOD, &rows.concat());
    let seen = archived(&case, &[]);
    assert!(seen.starts_with("exit code: 2\n"), "{seen}");
    assert!(seen.contains("values.csv › column G: 6 cells like e-mail"), "{seen}");
    assert!(!case.path("archive").exists());
    let seen = archived(&case, &["--personal-data", "addresses of town halls"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let info = case.read("archive/bag-info.txt");
    assert!(info.contains("Personal-Data: acknowledged: addresses of town halls"), "{info}");
}

#[test]
fn an_older_bag_is_replaced_and_anything_else_is_left_alone() {
    let case = six();
    archived(&case, &[]);
    let first = tree(&case.path("archive"));
    archived(&case, &[]);
    assert!(first == tree(&case.path("archive")));
    fs::write(case.path("archive/notes.txt"), "precious").unwrap();
    let seen = archived(&case, &[]);
    assert!(seen.starts_with("exit code: 2\n"), "{seen}");
    assert!(seen.contains("notes.txt"), "{seen}");
    fs::write(case.path("thesis.zip"), "precious").unwrap();
    assert!(archived(&case, &["--out", "thesis.zip"]).starts_with("exit code: 2\n"));
    assert_eq!(case.read("thesis.zip"), "precious");
}

#[test]
fn a_kill_at_any_moment_leaves_a_bag_that_replays() {
    let case = six();
    archived(&case, &[]);
    let mut numbers = Numbers(7);
    for time in 0..50 {
        let mut child = case
            .command(&["archive", "study.toml", "--lang", "en"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // Up to two milliseconds, four, … a second: on any machine some kills meet the writing.
        thread::sleep(Duration::from_micros(numbers.below(2_000 << (time % 10)) as u64));
        child.kill().unwrap();
        child.wait().unwrap();
        let files = archive::read(&case.path("archive")).unwrap();
        Bag::verified(files).unwrap();
    }
    archived(&case, &[]);
    let beside = tree(&case.path("")).into_iter().map(|(path, _)| path);
    let left: Vec<String> = beside.filter(|path| path.starts_with('.')).collect();
    assert!(left.is_empty(), "what the killed ones left is removed by the next: {left:?}");
    is_identical(&replayed(&case, "archive"));
}

#[test]
fn a_bag_of_an_earlier_build_still_replays() {
    let fixture = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/golden/bags/six-0.1.0.zip");
    let bag = Bag::verified(archive::read(fixture.as_ref()).unwrap()).unwrap();
    let again =
        archive::replay(&bag, &ReadLimits::default(), &risk_index::watch::Unwatched).unwrap();
    let results: Vec<_> = again
        .differences
        .iter()
        .filter(|it| it.file.starts_with("run/tables/index") || it.file.starts_with("inputs/"))
        .collect();
    assert!(results.is_empty(), "{results:#?}");
    let case = Case::new();
    let seen = replayed(&case, fixture);
    let word = if again.identical { "identical: " } else { "different: " };
    assert!(seen.contains(word), "{seen}");
    // A difference has a reason: another version, or another build of the same one.
    assert!(again.identical || seen.contains("note: the bag was made by "), "{seen}");
}

/// The same pixels in a file that also holds a remark.
fn remarked(picture: &[u8]) -> Vec<u8> {
    let remark = b"tEXtComment\0packed otherwise";
    let mut sum = flate2::Crc::new();
    sum.update(remark);
    let length = u32::try_from(remark.len() - 4).unwrap().to_be_bytes();
    let (header, rest) = picture.split_at(33);
    [header, &length, remark, &sum.sum().to_be_bytes(), rest].concat()
}

#[test]
fn a_picture_is_compared_by_what_it_shows() {
    const FIRST: &str = "run/map/layer-1.png";
    const SECOND: &str = "run/map/layer-2.png";
    let case = six();
    let seen = archived(&case, &["--format", "png,csv"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    is_identical(&replayed(&case, "archive"));
    // another library may pack the same picture otherwise
    doctored(&case, |payload| {
        let other = remarked(&payload[FIRST]);
        payload.insert(FIRST.to_owned(), other);
    });
    is_identical(&replayed(&case, "doctored.zip"));
    doctored(&case, |payload| {
        let other = payload[SECOND].clone();
        payload.insert(FIRST.to_owned(), other);
    });
    let seen = replayed(&case, "doctored.zip");
    assert!(seen.starts_with("exit code: 1\n"), "{seen}");
    assert!(seen.contains("run/map/layer-1.png › width and height: archived `"), "{seen}");
    doctored(&case, |payload| {
        payload.insert(FIRST.to_owned(), b"no picture".to_vec());
    });
    assert!(replayed(&case, "doctored.zip").contains("no sound picture of ours"));
}
