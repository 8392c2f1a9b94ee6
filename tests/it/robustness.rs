//! `risk-index robustness`: lists drawn again under the doubts of a file, on studies small enough to be
//! followed by hand.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::command::{Case, says, tree};
use crate::small::{METHOD, STUDY, six};

/// Rows of a table that the command wrote, by the words of its heading.
fn rows(text: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let heading = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        heading.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

#[track_caller]
fn number(row: &BTreeMap<String, String>, column: &str) -> f64 {
    row[column].parse().unwrap_or_else(|_| panic!("{column} of {row:?}"))
}

const PROGRAMME: &str = r#"
[programme]
id = "two"
version = "1"
status = "illustrative"
title = "t"
score = "score"
rule = "priority"
[eligible]
where = "kind = 'commune'"
unscored = "stop"
[order]
decimals = 6
[[phase]]
id = "I"
upto = 1
[[phase]]
id = "II"
upto = 3
quota = [ { by = "county", min = 1 } ]
"#;

const DOUBTS: &str = r#"
[robustness]
id = "six-robust"
version = "1"
status = "illustrative"
title = "t"
runs = 64
shares = 32
alone = 16
cases = 3
seed = "six"
people = "people.total"
[[doubt]]
id = "weights"
weights = { of = "score", spread = 0.5 }
[[doubt]]
id = "aggregation"
method = { of = "score", among = { arithmetic = "as-is", geometric = "geometric" }, lift = [1, 100] }
[[doubt]]
id = "small"
counts = [ { measure = "people.families", of = "people.total" } ]
"#;

/// Six communes and towns, three places, and doubts.
fn doubted(doubts: &str) -> Case {
    let study = STUDY.replace(
        "methodology = \"method.toml\"",
        "methodology = \"method.toml\"\nprogramme = \"programme.toml\"\nrobustness = \"doubts.toml\"",
    );
    six()
        .file("study.toml", study)
        .file("method.toml", METHOD)
        .file("programme.toml", PROGRAMME)
        .file("doubts.toml", doubts)
}

fn run(case: &Case) -> String {
    let seen = case.run(&["robustness", "--format", "csv", "--lang", "en"]);
    assert!(seen.starts_with("exit code: 0\n") || seen.starts_with("exit code: 1\n"), "{seen}");
    seen
}

#[test]
fn shares_of_the_places_sum_to_the_places_of_each_phase() {
    let case = doubted(DOUBTS);
    let seen = run(&case);
    says(&seen, "Variants of method and data: 64 of 64 have a list");
    let units = rows(&case.read("out/tables/robustness.csv"));
    // the town is not eligible
    assert_eq!(units.len(), 5);
    let sum = |column: &str| units.iter().map(|row| number(row, column)).sum::<f64>();
    for (column, places) in [
        ("share", 3.0),
        ("share_I", 1.0),
        ("share_II", 2.0),
        ("share_choice", 3.0),
        ("share_error", 3.0),
    ] {
        assert!((sum(column) - places).abs() < 1e-9, "{column}: {}", sum(column));
    }
    for row in &units {
        let share = number(row, "share");
        assert!((number(row, "share_I") + number(row, "share_II") - share).abs() < 1e-12);
        assert!(number(row, "mc_low") <= share && share <= number(row, "mc_high"));
        assert!(number(row, "rank_low") <= number(row, "rank_median"));
        let standing = row["standing"].as_str();
        match share {
            share if share >= 0.95 => assert_eq!(standing, "certain"),
            share if share <= 0.05 => assert_eq!(standing, "out"),
            _ => assert_eq!(standing, "contested"),
        }
    }
    let counties = rows(&case.read("out/tables/summary_robustness_county.csv"));
    let expected: f64 = counties.iter().map(|row| number(row, "expected_places")).sum();
    assert!((expected - 3.0).abs() < 1e-9);
}

#[test]
fn a_doubt_that_changes_nothing_has_no_share_and_leaves_the_draws_of_others() {
    let case = doubted(DOUBTS);
    run(&case);
    let (before, shares) =
        (case.read("out/tables/variants.csv"), case.read("out/tables/sensitivity.csv"));
    // appended: the mean of powers of one is the arithmetic mean
    let idle = "[[doubt]]\nid = \"idle\"\nmeasure = { of = \"people.children\", \
                among = [\"people.children\", \"same.children\"] }\n";
    let study = STUDY.replace(
        "methodology = \"method.toml\"",
        "methodology = \"method.toml\"\nprogramme = \"programme.toml\"\nrobustness = \"doubts.toml\"",
    );
    let again = "\n[[source]]\nid = \"same\"\nfile = \"values.csv\"\nkey = { code = \"Cod\" }\n\
                 numbers = { decimal = \",\", thousands = \".\" }\nconcept = \"resident\"\n\
                 measure = [ { id = \"children\", column = \"Copii\", nature = \"count\", counts = \"persons\" } ]\n";
    let other = doubted(&format!("{DOUBTS}{idle}")).file("study.toml", format!("{study}{again}"));
    run(&other);
    let with = rows(&other.read("out/tables/variants.csv"));
    for (own, other) in rows(&before).iter().zip(&with) {
        for column in ["design", "run", "weights", "aggregation", "small"] {
            assert_eq!(own[column], other[column], "{column}");
        }
        assert_eq!(own["exchanged"], other["exchanged"]);
    }
    let after = rows(&other.read("out/tables/sensitivity.csv"));
    let idle: Vec<_> = after.iter().filter(|row| row["group"] == "idle").collect();
    assert!(!idle.is_empty());
    for row in idle {
        assert_eq!((number(row, "first"), number(row, "total")), (0.0, 0.0), "{row:?}");
    }
    let list = |rows: &[BTreeMap<String, String>]| -> Vec<(String, String)> {
        let own = rows.iter().filter(|row| row["output"] == "list" && row["group"] != "idle");
        own.map(|row| (row["group"].clone(), row["total"].clone())).collect()
    };
    assert_eq!(list(&rows(&shares)), list(&after));
}

#[test]
fn threads_and_the_order_of_rows_change_no_byte() {
    let files = |case: &Case| -> Vec<(String, Vec<u8>)> {
        let all = tree(&case.path("out/tables")).into_iter();
        let own = ["robustness", "sensitivity", "variants", "pairs", "leave_out"];
        all.filter(|(name, _)| own.iter().any(|own| name.starts_with(own))).collect()
    };
    let first = doubted(DOUBTS).variable("RAYON_NUM_THREADS", "1");
    run(&first);
    for threads in ["2", "7"] {
        let other = doubted(DOUBTS).variable("RAYON_NUM_THREADS", threads);
        run(&other);
        assert!(files(&first) == files(&other), "{threads} threads");
    }
    let mut lines: Vec<&str> = crate::small::VALUES.lines().collect();
    lines[1..].reverse();
    let other = doubted(DOUBTS).file("values.csv", lines.join("\n") + "\n");
    run(&other);
    let robust = |case: &Case| case.read("out/tables/robustness.csv");
    assert_eq!(robust(&first), robust(&other));
}

#[test]
fn two_doubts_under_one_draw_are_one_group() {
    let error = "[[doubt]]\nid = \"error\"\nwith = \"small\"\n\
                 error = { measure = \"people.children\", relative = 0.1 }\n";
    let case = doubted(&format!("{DOUBTS}{error}"));
    run(&case);
    let shares = rows(&case.read("out/tables/sensitivity.csv"));
    let list = shares.iter().filter(|row| row["output"] == "list");
    let groups: Vec<(&str, &str)> =
        list.map(|row| (row["group"].as_str(), row["layer"].as_str())).collect();
    let expected = [("weights", "choice"), ("aggregation", "choice"), ("small+error", "error")];
    assert_eq!(groups, expected);
}

#[test]
fn a_variant_that_cannot_be_computed_is_counted_and_named() {
    // without `lift` the commune with the least share has a zero in the geometric mean
    let bare = DOUBTS.replace(", lift = [1, 100]", "");
    let case = doubted(&bare);
    let seen = run(&case);
    says(&seen, "runs-failed");
    says(&seen, "`score` cannot be computed for");
    let variants = rows(&case.read("out/tables/variants.csv"));
    let failed = variants.iter().filter(|row| !row["failure"].is_empty());
    assert!(failed.clone().all(|row| row["aggregation"] == "geometric"));
    let made = variants.iter().filter(|row| row["design"] == "joint" && row["failure"].is_empty());
    says(&seen, &format!("{} of 64 have a list", made.count()));
    assert!(failed.count() > 0);
}

/// The folder of a golden case.
fn golden(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/selection").join(name)
}

#[test]
fn scenarios_that_are_given_are_counted_unit_by_unit() {
    let folder = golden("s30_selection_probability");
    let read = |name: &str| fs::read_to_string(folder.join(name)).unwrap();
    let scenarios = read("scenarios.csv");
    let measures: Vec<String> = (1..=4)
        .map(|n| format!("{{ id = \"s{n}\", column = \"s{n}\", nature = \"rate\" }}"))
        .collect();
    let study = format!(
        "[study]\ntitle = \"t\"\nmethodology = \"m.toml\"\nprogramme = \"p.toml\"\nrobustness = \"d.toml\"\n\
         [register]\nfile = \"units.csv\"\ncode = \"code\"\nname = \"name\"\ncolumns = {{ county = \"county\" }}\n\
         [[source]]\nid = \"values\"\nfile = \"scenarios.csv\"\nkey = {{ code = \"code\" }}\nmeasure = [ {} ]\n",
        measures.join(", ")
    );
    let method = "[methodology]\nid = \"m\"\nversion = \"1\"\nstatus = \"illustrative\"\ntitle = \"t\"\n\
                  [[indicator]]\nid = \"part\"\nvalue = \"values.s1\"\n\
                  [[aggregate]]\nid = \"score\"\nof = [\"part\"]\n";
    let programme = "[programme]\nid = \"p\"\nversion = \"1\"\nstatus = \"illustrative\"\ntitle = \"t\"\n\
                     score = \"score\"\nrule = \"priority\"\n[order]\ndecimals = 6\n\
                     [[phase]]\nid = \"I\"\nupto = 2\nquota = [ { by = \"county\", max = 1 } ]\n";
    let doubts = "[robustness]\nid = \"d\"\nversion = \"1\"\nstatus = \"illustrative\"\ntitle = \"t\"\nruns = 4\n\
                  shares = 0\nalone = 0\ncases = 1\nseed = \"s\"\n\
                  [[doubt]]\nid = \"scenario\"\nmeasure = { of = \"values.s1\", among = [\"values.s1\", \
                  \"values.s2\", \"values.s3\", \"values.s4\"] }\n";
    let variants = "run,scenario\n0,values.s1\n1,values.s2\n2,values.s3\n3,values.s4\n";
    let case = Case::new()
        .file("study.toml", study)
        .file("m.toml", method)
        .file("p.toml", programme)
        .file("d.toml", doubts)
        .file("units.csv", read("units.csv"))
        .file("scenarios.csv", scenarios)
        .file("given.csv", variants);
    let seen =
        case.run(&["robustness", "--format", "csv", "--lang", "en", "--variants", "given.csv"]);
    says(&seen, "4 of 4 have a list");
    let found = rows(&case.read("out/tables/robustness.csv"));
    let expected = rows(&read("expected.csv"));
    assert_eq!(found.len(), expected.len());
    for (found, expected) in found.iter().zip(&expected) {
        assert_eq!(found["code"], expected["code"]);
        let share = number(expected, "times_selected") / number(expected, "of");
        assert!((number(found, "share") - share).abs() < 1e-12, "{found:?}");
    }
    // what is read back is what was written
    let written = case.read("out/tables/variants.csv");
    let again = case.file("again.csv", &written);
    again.run(&["robustness", "--format", "csv", "--lang", "en", "--variants", "again.csv"]);
    assert_eq!(again.read("out/tables/variants.csv"), written);
    let wrong = again.file("wrong.csv", "run,scenario\n0,values.s9\n");
    let seen = wrong.run(&["robustness", "--lang", "en", "--variants", "wrong.csv"]);
    assert!(seen.starts_with("exit code: 2\n"), "{seen}");
    says(&seen, "wrong.csv:2");
    says(&seen, "`scenario` has no alternative `values.s9`");
}

#[test]
fn equal_units_at_the_cut_share_the_place() {
    // two communes alike in everything: the third place is theirs together
    let values = "Cod;Denumire;Județ;Populație;Copii;Familii\n\
                  101;Apa;Satu Mare;2.500;500;25\n102;Beltiug;Satu Mare;3.000;900;60\n\
                  103;Culciu;Satu Mare;4.000;400;0\n201;Gruia;Mehedinți;2.000;300;100\n\
                  202;Poroina Mare;Mehedinți;2.500;500;25\n203;Strehaia;Mehedinți;10.000;1.800;250\n";
    let programme = PROGRAMME.replace("quota = [ { by = \"county\", min = 1 } ]\n", "");
    let doubts = "[robustness]\nid = \"d\"\nversion = \"1\"\nstatus = \"illustrative\"\ntitle = \"t\"\nruns = 16\n\
                  shares = 0\nalone = 0\ncases = 1\nseed = \"s\"\n\
                  [[doubt]]\nid = \"weights\"\nweights = { of = \"score\", spread = 0.01 }\n";
    let case = doubted(doubts).file("values.csv", values).file("programme.toml", programme);
    run(&case);
    let units = rows(&case.read("out/tables/robustness.csv"));
    let share = |code: &str| number(units.iter().find(|row| row["code"] == code).unwrap(), "share");
    assert_eq!((share("101"), share("202")), (0.5, 0.5));
}

/// The programme of three places, whose contested ones are drawn by lot.
fn drawing(order: &str) -> Case {
    let programme = PROGRAMME.replace("decimals = 6\n", &format!("decimals = 6\n{order}\n"));
    doubted(DOUBTS).file("programme.toml", programme)
}

const LOTS: &str = r#"among = "contested"
lottery = { source = "Loto 6/49", announced = 2026-11-20, seed = "6/49 2026-12-06: 3 11 17 24 38 45" }"#;

#[test]
fn lots_are_drawn_among_those_whom_the_doubts_leave_contested() {
    let by_score = doubted(DOUBTS);
    run(&by_score);
    let standings = |case: &Case, table: &str| -> BTreeMap<String, String> {
        let rows = rows(&case.read(&format!("out/tables/{table}.csv"))).into_iter();
        rows.filter(|row| !row["standing"].is_empty())
            .map(|row| (row["code"].clone(), row["standing"].clone()))
            .collect()
    };
    let case = drawing(LOTS);
    let seen = case.run(&["select", "--format", "csv", "--lang", "en"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    // without the draw the doubts say the same
    let declared = standings(&by_score, "robustness");
    assert_eq!(standings(&case, "robustness"), declared);
    assert!(declared.values().filter(|word| *word == "contested").count() > 1);
    let units = rows(&case.read("out/tables/selection.csv"));
    let mut expected: Vec<(u8, String, String)> = Vec::new();
    for unit in units.iter().filter(|unit| !unit["rank"].is_empty()) {
        assert_eq!(unit["standing"], declared[&unit["code"]]);
        // lowercase hexadecimal digits compare as their numbers; scores are below 100
        let by_score = || format!("{:012.6}", 100.0 - number(unit, "score"));
        let (band, key) = match unit["standing"].as_str() {
            "certain" => (0, by_score()),
            "contested" => (1, unit["ticket"].clone()),
            _ => (2, by_score()),
        };
        expected.push((band, key, unit["code"].clone()));
    }
    expected.sort();
    let mut order: Vec<(u32, &str)> = units
        .iter()
        .filter(|unit| !unit["rank"].is_empty())
        .map(|unit| (unit["rank"].parse().unwrap(), unit["code"].as_str()))
        .collect();
    order.sort_unstable();
    let order: Vec<&str> = order.into_iter().map(|(_, code)| code).collect();
    assert_eq!(order, expected.iter().map(|(.., code)| code.as_str()).collect::<Vec<_>>());
    says(
        &case.read("out/tables/findings.csv"),
        "lots were drawn (Loto 6/49, announced 2026-11-20)",
    );
    let drawn = units.iter().find(|unit| unit["reason"] == "drawn").expect("somebody won");
    says(&drawn["sentence_ro"], "prin tragere la sorți");
    // no single number is said to change what a draw decided
    let letter = case.run(&["explain", "study.toml", &drawn["code"], "--letter", "--lang", "en"]);
    says(&letter, "by lot, which the programme draws among");
    assert!(!letter.contains("What would have"), "{letter}");
}

#[test]
fn a_draw_says_how_and_among_whom() {
    for (order, told) in [
        ("among = \"contested\"", "lots are drawn among the contested, and no `lottery` says how"),
        ("by = \"county\"", "`by` says within which groups lots are drawn"),
        (
            "among = \"contested\"\nby = \"valley\"\nlottery = { source = \"a\", announced = 2026-11-20, seed = \"1\" }",
            "`valley`",
        ),
    ] {
        let seen = drawing(order).run(&["select", "--format", "csv", "--lang", "en"]);
        assert!(seen.starts_with("exit code: 2\n"), "{seen}");
        says(&seen, told);
    }
    let coverage = PROGRAMME
        .replace("decimals = 6\n", &format!("decimals = 6\n{LOTS}\n"))
        .replace("\"priority\"", "\"coverage\"\nobjective = \"score\"");
    let seen = doubted(DOUBTS)
        .file("programme.toml", coverage)
        .run(&["select", "--format", "csv", "--lang", "en"]);
    says(&seen, "lots are drawn in an order");
    // a study that names no doubts, and a methodology without a file of its own
    let bare = doubted(DOUBTS)
        .file(
            "study.toml",
            STUDY.replace("\"method.toml\"", "\"method.toml\"\nprogramme = \"programme.toml\""),
        )
        .file(
            "programme.toml",
            PROGRAMME.replace("decimals = 6\n", &format!("decimals = 6\n{LOTS}\n")),
        );
    for command in ["select", "check"] {
        let seen = bare.run(&[command, "study.toml"]);
        assert!(seen.starts_with("exit code: 2\n"), "{seen}");
        says(&seen, "`--doubts`");
    }
}

#[test]
fn a_list_that_was_drawn_is_replayed() {
    let case = drawing(&format!("{LOTS}\nby = \"county\""));
    let seen = case.run(&["archive", "study.toml", "--out", "bag.zip"]);
    assert!(!seen.starts_with("exit code: 2\n"), "{seen}");
    let seen = case.run(&["replay", "bag.zip"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
}

#[test]
fn select_with_robustness_writes_what_robustness_writes() {
    let case = doubted(DOUBTS);
    run(&case);
    let arguments = ["select", "--robustness", "--format", "csv", "--lang", "en", "--out", "same"];
    case.run(&arguments);
    assert!(tree(&case.path("same")) == tree(&case.path("out")));
}

#[test]
fn only_commands_that_look_at_doubts_take_a_file_of_them() {
    let case = doubted(DOUBTS);
    for command in ["compute", "compare"] {
        let seen = case.run(&[command, "study.toml", "--doubts", "doubts.toml", "--lang", "en"]);
        assert!(seen.starts_with("exit code: 2\n"), "{seen}");
        says(&seen, "unexpected argument '--doubts'");
    }
}

#[test]
fn a_programme_that_selects_nobody_has_no_sure_places() {
    let case = Case::new();
    let study = ["--demo", "--programme", "county-profile", "--lang", "en"];
    for command in
        [&["robustness", "--json"][..], &["select", "--robustness"], &["archive", "--robustness"]]
    {
        let seen = case.run(&[command, &study].concat());
        assert!(seen.starts_with("exit code: 2\n"), "{seen}");
        says(&seen, "programme `county-profile`");
        says(&seen, "selects nobody, so no place can be sure or contested");
    }
    assert!(!case.path("out").exists() && !case.path("archive").exists());
}

#[test]
fn a_bag_holds_the_doubts_and_the_variants_and_draws_them_again() {
    let case = doubted(DOUBTS).file("own.toml", own_doubts());
    let arguments =
        ["archive", "--robustness", "--doubts", "own.toml", "--format", "csv", "--out", "bag"];
    let seen = case.run(&arguments);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let order = case.read("bag/data/archive.json");
    for held in ["\"robustness\": true", "\"doubts\": \"own.toml\"", "\"name\": \"doubts.toml\""] {
        says(&order, held);
    }
    let package = case.read("bag/data/datapackage.json");
    let tables = ["robustness", "sensitivity", "leave_out", "variants", "pairs"];
    for table in tables {
        says(&package, &format!("run/tables/{table}.csv"));
    }
    // the same bytes as the run that the bag repeats
    case.run(&["robustness", "--doubts", "own.toml", "--format", "csv"]);
    for table in tables {
        let held = case.read(&format!("bag/data/run/tables/{table}.csv"));
        assert_eq!(held, case.read(&format!("out/tables/{table}.csv")), "{table}");
    }
    let record = case.read("bag/data/run/run.json");
    for said in ["own.toml", "doubts.toml", "\"seed\": \"own\"", "\"runs\": 32"] {
        says(&record, said);
    }
    says(&case.run(&["replay", "bag"]), "identical");
}

/// A file that extends that of the study, with other draws.
fn own_doubts() -> &'static str {
    "[robustness]\nid = 'own'\nversion = '1'\nextends = 'doubts.toml'\nseed = 'own'\nruns = 32\n"
}

#[test]
fn an_act_fixes_the_doubts_of_a_bag() {
    let case = doubted(DOUBTS);
    run(&case);
    let record: serde_json::Value = serde_json::from_str(&case.read("out/run.json")).unwrap();
    let files = record["files"].as_array().unwrap();
    let doubts = files.iter().find(|file| file["role"] == "robustness").unwrap();
    let digest = doubts["sha256"].as_str().unwrap();
    let adopted = |digest: &str| {
        let study = case.read("study.toml");
        format!(
            "{study}[adopted]\nact = \"Ordin 1\"\ndate = 2026-01-15\nrobustness_sha256 = \"{digest}\"\n"
        )
    };
    let arguments = ["archive", "--robustness", "--format", "csv", "--out", "bag", "--lang", "en"];
    let held = doubted(DOUBTS).file("study.toml", adopted(digest));
    let seen = held.run(&arguments);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    says(&held.run(&["replay", "bag"]), "identical");
    let other = doubted(&DOUBTS.replace("seed = \"six\"", "seed = \"seven\""));
    let other = other.file("study.toml", adopted(digest));
    let seen = other.run(&arguments);
    assert!(seen.starts_with("exit code: 2\n"), "{seen}");
    says(&seen, "file of doubts");
    assert!(!other.path("bag").exists());
}

#[test]
fn a_letter_says_how_sure_the_place_is() {
    let case = doubted(DOUBTS);
    run(&case);
    let units = rows(&case.read("out/tables/robustness.csv"));
    let unit = units.iter().find(|row| row["standing"] == "contested").expect("somebody is");
    let asked = ["explain", "study.toml", &unit["code"], "--robustness"];
    let letter = case.run(&[&asked[..], &["--letter", "--lang", "ro"]].concat());
    says(&letter, "din 64 de variante declarate ale metodei și ale datelor, comuna este pe listă.");
    says(&letter, "dintre ele poziția după scor este între");
    says(&letter, "Decizia se ia după metoda declarată");
    let json = case.run(&[&asked[..], &["--json"]].concat());
    let json = json.split_once("----- stdout -----\n").unwrap().1;
    let json = json.split_once("----- stderr -----").unwrap().0;
    let account: serde_json::Value = serde_json::from_str(json).unwrap();
    let sureness = &account["decision"]["sureness"];
    let share = sureness["with_place"].as_f64().unwrap() / 64.0;
    assert!((share - number(unit, "share")).abs() < 1e-12);
    assert_eq!(sureness["standing"], "contested");
    // what was not asked is not said
    let plain = case.run(&["explain", "study.toml", &unit["code"], "--letter", "--lang", "ro"]);
    assert!(!plain.contains("variante declarate"), "{plain}");
}

#[test]
fn two_runs_are_compared_by_how_sure_places_are() {
    let case = doubted(DOUBTS);
    run(&case);
    // children count most, not families
    let turned_round =
        METHOD.replace("children_share = 1, vmg_share = 3", "children_share = 5, vmg_share = 1");
    let other = case.file("method.toml", turned_round);
    other.run(&["robustness", "--format", "csv", "--lang", "en", "--out", "other"]);
    let seen = other.run(&["compare", "out", "other"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let sides = ["out", "other"].map(|side| {
        rows(&other.read(&format!("{side}/tables/robustness.csv")))
            .into_iter()
            .map(|row| (row["code"].clone(), row))
            .collect::<BTreeMap<_, _>>()
    });
    let turned =
        sides[0].iter().filter(|(code, row)| row["standing"] != sides[1][*code]["standing"]);
    let turned = turned.count();
    assert!(turned > 0);
    says(
        &seen,
        &format!(
            "how sure places are: 5 units on both sides, {turned} of them with another standing"
        ),
    );
    let size =
        |code: &String| (number(&sides[0][code], "share") - number(&sides[1][code], "share")).abs();
    let largest =
        sides[0].keys().max_by(|a, b| size(a).total_cmp(&size(b)).then(b.cmp(a))).unwrap();
    let first = seen.split("share of declared variants with a place").nth(1).unwrap();
    assert!(first.lines().nth(1).unwrap().contains(&format!("({largest})")), "{seen}");
    // a run without doubts says nothing of it
    other.run(&["select", "--format", "csv", "--lang", "en", "--out", "plain"]);
    assert!(!other.run(&["compare", "out", "plain"]).contains("how sure"));
    says(&other.run(&["--lang", "ro", "compare", "out", "other"]), "cât de sigure sunt locurile");
}

#[test]
fn check_says_how_long_drawing_would_take() {
    let case = doubted(DOUBTS);
    let seen = case.run(&["check", "study.toml"]);
    says(
        &seen,
        "`risk-index robustness` would draw variants for about [TIME] here, as a trial of ",
    );
    let (stdout, _) = seen.split_once("----- stderr -----").unwrap();
    assert!(!stdout.contains("[TIME]"), "{seen}");
    assert!(!case.run(&["check", "study.toml", "--json"]).contains("[TIME]"));
}

#[test]
fn the_page_shows_how_sure_places_are() {
    let case = doubted(DOUBTS);
    case.run(&["robustness", "--format", "csv,html", "--lang", "en"]);
    let page = case.read("out/report.html");
    let data = page.split("id=\"data\">").nth(1).unwrap().split("</script>").next().unwrap();
    let data: serde_json::Value = serde_json::from_str(&data.replace("\\u003c", "<")).unwrap();
    let layers = data["layers"].as_array().unwrap();
    let titles: Vec<&str> = layers.iter().map(|it| it["title"].as_str().unwrap()).collect();
    let sure = titles.iter().position(|title| *title == "How sure the places are").unwrap();
    assert_eq!(layers[sure]["names"], serde_json::json!(["out", "contested", "certain"]));
    // one list an alternative: the geometric mean is the only one declared
    let alternative = titles.iter().position(|title| title.starts_with("The list, if ")).unwrap();
    assert!(titles[alternative].ends_with(": geometric"), "{titles:?}");
    let units = rows(&case.read("out/tables/robustness.csv"));
    let register = ["101", "102", "103", "201", "202", "203"];
    let letters = layers[sure]["units"].as_str().unwrap();
    for (code, letter) in register.iter().zip(letters.chars()) {
        let row = units.iter().find(|row| row["code"] == *code);
        let expected = row.map_or('-', |row| match row["standing"].as_str() {
            "certain" => '2',
            "contested" => '1',
            _ => '0',
        });
        assert_eq!(letter, expected, "{code}");
        let at = register.iter().position(|other| other == code).unwrap();
        let share = data["sure"]["shares"][at].as_f64();
        assert_eq!(share, row.map(|row| number(row, "share")), "{code}");
        let low = data["sure"]["ranks"][at][1].as_f64();
        assert_eq!(low, row.map(|row| number(row, "rank_low")), "{code}");
    }
    // the pack of a county says nothing of what was drawn over the whole list
    case.run(&[
        "select",
        "--robustness",
        "--county",
        "SM",
        "--format",
        "csv,html",
        "--out",
        "pack",
    ]);
    assert!(!case.path("pack/tables/robustness.csv").exists());
    assert!(case.read("pack/report.html").contains("\"sure\":null"));
}

#[test]
fn lists_have_the_share_of_the_variants_and_the_interval_of_the_rank() {
    let case = doubted(DOUBTS);
    case.run(&["robustness", "--format", "csv,xlsx", "--lang", "en"]);
    let mut book: calamine::Xlsx<_> =
        calamine::open_workbook(case.path("out/report.xlsx")).unwrap();
    let sheets = calamine::Reader::sheet_names(&book);
    let name =
        sheets.iter().find(|name| name.starts_with("Phase")).expect("lists of phases").clone();
    let range = calamine::Reader::worksheet_range(&mut book, &name).unwrap();
    let cells: Vec<Vec<String>> =
        range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect();
    let heading = cells.iter().find(|row| row.iter().any(|it| it == "Variants with a place, %"));
    let heading = heading.expect("a column of shares");
    let at = |word: &str| heading.iter().position(|it| it == word).unwrap();
    let (code, share, interval) =
        (at("SIRUTA"), at("Variants with a place, %"), at("Interval of the rank"));
    let units = rows(&case.read("out/tables/robustness.csv"));
    let mut compared = 0;
    for row in &cells {
        let Some(unit) = units.iter().find(|unit| unit["code"] == row[code]) else { continue };
        let said: f64 = row[share].parse().unwrap();
        assert!((said - number(unit, "share") * 100.0).abs() < 1e-9, "{row:?}");
        let low = number(unit, "rank_low").floor();
        assert!(row[interval].starts_with(&format!("{low}–")), "{row:?}");
        compared += 1;
    }
    assert!(compared > 0);
}

/// A second source that reads the children of the first again.
const AGAIN: &str = r#"
[[source]]
id = "same"
file = "values.csv"
key = { code = "Cod" }
numbers = { decimal = ",", thousands = "." }
concept = "resident"
measure = [ { id = "children", column = "Copii", nature = "count", counts = "persons" } ]
"#;

#[test]
fn two_doubts_of_one_law_on_equal_data_have_equal_shares() {
    let study = STUDY.replace(
        "methodology = \"method.toml\"",
        "methodology = \"method.toml\"\nprogramme = \"programme.toml\"\nrobustness = \"doubts.toml\"",
    );
    // both components are the share of children, read twice
    let method = METHOD
        .replace("people.families / people.total", "same.children / people.total")
        .replace("children_share = 1, vmg_share = 3", "children_share = 1, vmg_share = 1");
    let head = DOUBTS.split("[[doubt]]").next().unwrap().replace("shares = 32", "shares = 512");
    let doubt = |id: &str, with: &str| {
        format!(
            "[[doubt]]\nid = \"{id}\"\n{with}error = {{ measure = \"{id}.children\", relative = 0.3 }}\n"
        )
    };
    let apart = format!("{head}{}{}", doubt("people", ""), doubt("same", ""));
    let case =
        doubted(&apart).file("study.toml", format!("{study}{AGAIN}")).file("method.toml", method);
    run(&case);
    let of_list = |case: &Case| -> Vec<BTreeMap<String, String>> {
        let all = rows(&case.read("out/tables/sensitivity.csv")).into_iter();
        all.filter(|row| row["output"] == "list").collect()
    };
    let shares = of_list(&case);
    let [one, two] = &shares[..] else { panic!("{shares:?}") };
    assert!(number(one, "total") > 0.0);
    assert!(number(one, "total_low") <= number(two, "total_high"), "{shares:?}");
    assert!(number(two, "total_low") <= number(one, "total_high"), "{shares:?}");
    // drawn together they are one group, which decides everything
    let together = format!("{head}{}{}", doubt("people", ""), doubt("same", "with = \"people\"\n"));
    let case = case.file("doubts.toml", together);
    run(&case);
    let shares = of_list(&case);
    let [group] = &shares[..] else { panic!("{shares:?}") };
    assert_eq!(group["group"], "people+same");
    for share in ["first", "total"] {
        let [low, high] = ["low", "high"].map(|end| number(group, &format!("{share}_{end}")));
        assert!(low <= 1.0 && 1.0 <= high, "{group:?}");
    }
}

#[test]
fn another_unit_and_another_locale_leave_the_draws() {
    let case = doubted(DOUBTS);
    run(&case);
    let before = rows(&case.read("out/tables/variants.csv"));
    let table = case.read("out/tables/robustness.csv");
    let abroad = doubted(DOUBTS).variable("LC_ALL", "ro_RO.UTF-8").variable("LANG", "tr_TR.UTF-8");
    run(&abroad);
    assert_eq!(abroad.read("out/tables/robustness.csv"), table);
    let register =
        format!("{}204,Vela,commune,Mehedinți,Sud-Vest Oltenia\n", crate::small::REGISTER);
    let values = format!("{}204;Vela;Mehedinți;2.000;400;10\n", crate::small::VALUES);
    let other = doubted(DOUBTS).file("register.csv", register).file("values.csv", values);
    run(&other);
    let after = rows(&other.read("out/tables/variants.csv"));
    assert_eq!(before.len(), after.len());
    for (own, other) in before.iter().zip(&after) {
        for column in ["design", "run", "weights", "aggregation"] {
            assert_eq!(own[column], other[column]);
        }
    }
}
