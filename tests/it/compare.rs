//! `risk-index compare` and `selftest`: two runs side by side, and one against itself.

use crate::command::Case;
use crate::small::{METHOD, STUDY, VALUES, six};

/// The six communes by two methods: children count a quarter, or as much as families.
fn two() -> Case {
    let method = METHOD.replace("vmg_share = 3", "vmg_share = 1");
    six().file("other.toml", STUDY.replace("method.toml", "even.toml")).file("even.toml", method)
}

#[test]
fn two_methods_are_compared_in_changes_moves_and_correlations() {
    let case = two();
    let seen = case.run(&["compare", "study.toml", "other.toml"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    // even: 33.3, 70, 16.7, 50, 63.3, 35 give places 5 1 6 3 2 4; before 5 3 6 1 2 4
    assert!(seen.contains("6 units have a score on both sides, 2 of them another place"), "{seen}");
    // 1 - 6 * (4 + 4) / (6 * 35) = 0.7714; 15 pairs, 3 of them turned round: (12 - 3) / 15 = 0.6
    assert!(seen.contains("Spearman 0.7714, Kendall 0.6000"), "{seen}");
    assert!(seen.contains("study: study.methodology = \"method.toml\" -> \"even.toml\""), "{seen}");
}

#[test]
fn a_study_its_run_folder_and_its_bag_are_the_same() {
    let case = two();
    case.run(&["compute", "study.toml", "--lang", "en"]);
    case.run(&["archive", "study.toml", "--out", "bag.zip"]);
    for other in ["study.toml", "bag.zip", "out"] {
        let seen = case.run(&["compare", "out", other]);
        assert!(seen.contains("made from the same"), "{other}: {seen}");
        assert!(
            seen.contains("0 of them another place; Spearman 1.0000, Kendall 1.0000"),
            "{seen}"
        );
    }
    assert!(case.run(&["compare", "out", "nothing"]).starts_with("exit code: 2\n"));
}

/// The comparison of two studies as JSON.
fn compared(case: &Case, b: &str) -> serde_json::Value {
    let seen = case.run(&["compare", "study.toml", b, "--json"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let json = seen.split("----- stdout -----\n").nth(1).unwrap();
    serde_json::from_str(json.split("----- stderr -----").next().unwrap()).unwrap()
}

/// Asserts that the shares of every unit sum to its move, and gives the changes of the first.
#[track_caller]
fn changes_that_sum(comparison: &serde_json::Value) -> Vec<String> {
    let units = comparison["moves"]["units"].as_array().unwrap();
    assert!(!units.is_empty());
    for unit in units {
        let shares = unit["shares"].as_array().unwrap();
        let sum = |key: &str| shares.iter().map(|share| share[key].as_f64().unwrap()).sum::<f64>();
        let score = |at: usize| unit["scores"][at].as_f64().unwrap();
        assert!((sum("up") - unit["up"].as_f64().unwrap()).abs() < 1e-9, "{unit}");
        assert!((sum("score") - (score(1) - score(0))).abs() < 1e-9, "{unit}");
    }
    let shares = units[0]["shares"].as_array().unwrap().iter();
    shares.map(|share| share["change"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn each_move_is_shared_out_among_the_changes_that_made_it() {
    // Strehaia has 500 families, not 250: its second share is 100 of 100, not 50. Scores are then
    // 42.5 before, (20 + 3 * 100) / 4 = 80 with that alone, (20 + 50) / 2 = 35 with even weights
    // alone, 60 with both; places 4, 1, 4, 3.
    let study = STUDY.replace("method.toml", "even.toml").replace("values.csv", "newer.csv");
    let values = VALUES.replace("1.800;250", "1.800;500");
    let case = two().file("both.toml", study).file("newer.csv", values);
    let comparison = compared(&case, "both.toml");
    let names = changes_that_sum(&comparison);
    assert_eq!(names, ["inputs", "methodology: aggregate[score]"]);
    let units = comparison["moves"]["units"].as_array().unwrap();
    let strehaia = units.iter().find(|unit| unit["code"] == "203").unwrap();
    let share = |at: usize, key: &str| strehaia["shares"][at][key].as_f64().unwrap();
    // ((80 - 42.5) + (60 - 35)) / 2 and ((35 - 42.5) + (60 - 80)) / 2; places alike
    assert!((share(0, "score") - 31.25).abs() < 1e-9 && (share(0, "up") - 2.0).abs() < 1e-9);
    assert!((share(1, "score") + 13.75).abs() < 1e-9 && (share(1, "up") + 1.0).abs() < 1e-9);
    let text = case.run(&["compare", "study.toml", "both.toml"]);
    assert!(text.contains("inputs +2.00 places, +31.250 points; methodology: "), "{text}");
}

#[test]
fn changes_of_a_methodology_that_extends_the_other_are_told_apart() {
    let nested = r#"[methodology]
id      = "nested"
version = "1"
status  = "illustrative"
title   = { ro = "Șase", en = "Six" }
extends = "method.toml"

[[indicator]]
id    = "children_share"
steps = [{ minmax = { to = [0, 300] } }]

[[aggregate]]
id = "score"
of = { children_share = 1, vmg_share = 1 }
"#;
    let case = two()
        .file("nested.toml", nested)
        .file("third.toml", STUDY.replace("method.toml", "nested.toml"));
    let names = changes_that_sum(&compared(&case, "third.toml"));
    assert_eq!(names, ["methodology: aggregate[score]", "methodology: indicator[children_share]"]);
}

#[test]
fn moves_of_methods_that_do_not_nest_say_so() {
    let study =
        STUDY.replace("method.toml", "own.toml").replace("id = \"families\"", "id = \"vmg\"");
    let method = METHOD.replace("people.families", "people.vmg").replace("= 3", "= 1");
    let case = two().file("own-study.toml", study).file("own.toml", method);
    let comparison = compared(&case, "own-study.toml");
    assert!(comparison["untold"].as_str().unwrap().starts_with("the methods do not nest"));
    assert_eq!(comparison["moves"]["units"][0]["shares"].as_array().unwrap().len(), 0);
    case.run(&["compute", "other.toml", "--format", "csv"]);
    let seen = case.run(&["compare", "study.toml", "out"]);
    assert!(seen.contains("a run folder does not hold what its run read"), "{seen}");
}

/// Units that enter or leave: code, name, county and score.
fn crossing(units: &serde_json::Value) -> String {
    let units = units.as_array().unwrap().iter();
    let told = units.map(|it| {
        ["code", "name", "county", "score"].map(|key| it[key].as_str().unwrap()).join(" ")
    });
    told.collect::<Vec<_>>().join(", ")
}

#[test]
fn who_enters_and_leaves_each_phase_is_listed() {
    let programme = "[programme]\nid = \"two\"\nstatus = \"illustrative\"\n\
                     title = { ro = \"Două locuri\", en = \"Two places\" }\nscore = \"score\"\n\
                     [order]\ndecimals = 3\n[[phase]]\nid = \"I\"\nupto = 1\n\
                     [[phase]]\nid = \"II\"\nupto = 2\n";
    let case = two().file("programme.toml", programme);
    let ask = ["study.toml", "other.toml", "--programme", "programme.toml", "--json"];
    let seen = case.run(&[&["compare"][..], &ask].concat());
    let json = seen.split("----- stdout -----\n").nth(1).unwrap();
    let json: serde_json::Value =
        serde_json::from_str(json.split("----- stderr -----").next().unwrap()).unwrap();
    // Gruia 75, Poroina Mare 61.7 before; Beltiug 70, Poroina Mare 63.3 with even weights.
    let phases = json["moves"]["phases"].as_array().unwrap();
    let told: Vec<String> = phases
        .iter()
        .map(|it| {
            format!("{} +{} -{}", it["phase"], crossing(&it["enter"]), crossing(&it["leave"]))
        })
        .map(|told| told.replace('"', ""))
        .collect();
    assert_eq!(
        told,
        [
            "any +102 Beltiug Satu Mare 70.000 -201 Gruia Mehedinți 75.000",
            "I +102 Beltiug Satu Mare 70.000 -201 Gruia Mehedinți 75.000",
            "II + -",
        ]
    );
    // 75 + 61.7 before, 70 + 63.3 after; what phase II adds is Poroina Mare both times
    let points = |phase: &serde_json::Value| {
        let totals = phase["totals"].as_array().unwrap();
        format!("{} {}", totals[0]["points"], totals[1]["points"]).replace('"', "")
    };
    let points: Vec<String> = phases.iter().map(points).collect();
    assert_eq!(points, ["136.667 133.333", "75.000 70.000", "61.667 63.333"]);
    let ask = ["compare", "study.toml", "other.toml", "--programme", "programme.toml"];
    let words = case.run(&[&ask[..], &["--lang", "ro"]].concat());
    assert!(
        words.contains(
            "\netapa I: intră 1, ies 1\n  + Beltiug, Satu Mare (102)  70,000\n  \
             - Gruia, Mehedinți (201)  75,000\n  etapa adaugă: puncte 75,000 -> 70,000\n"
        ),
        "{words}"
    );
    let counties = json["moves"]["counties"].as_array().unwrap();
    let selected: Vec<String> =
        counties.iter().map(|it| format!("{} {}", it["county"], it["selected"])).collect();
    assert_eq!(selected, ["\"Mehedinți\" [2,1]", "\"Satu Mare\" [0,1]"]);
}

#[test]
fn the_executable_proves_itself_on_the_demonstration() {
    let seen = Case::new().run(&["selftest"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    assert!(seen.contains("identical: 3 tables compared"), "{seen}");
}
