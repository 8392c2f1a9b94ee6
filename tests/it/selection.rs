//! Selection problems small enough to check by hand, one folder each under `tests/golden/selection`,
//! through the command as a planner runs it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

/// A copy of a golden folder beside the method that all of them share.
struct Golden {
    root: TempDir,
    name: &'static str,
}

/// What a run of `select` left.
struct Run {
    code: Option<i32>,
    json: Value,
    said: String,
    tables: PathBuf,
}

type Row = BTreeMap<String, String>;

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/selection")
}

impl Golden {
    fn new(name: &'static str) -> Self {
        let root = tempfile::tempdir().unwrap();
        fs::copy(golden().join("method.toml"), root.path().join("method.toml")).unwrap();
        let folder = root.path().join(name);
        fs::create_dir(&folder).unwrap();
        for entry in fs::read_dir(golden().join(name)).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
        }
        Self { root, name }
    }

    /// Runs `select` on a study and a programme of the folder.
    fn run(&self, study: &str, programme: &str) -> Run {
        let folder = self.root.path().join(self.name);
        let out = format!("out-{programme}");
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_risk-index"))
            .args(["select", study, "--programme", programme, "--json", "--format", "csv"])
            .args(["--out", &out, "--lang", "en"])
            .current_dir(&folder)
            .env_clear()
            .output()
            .unwrap();
        Run {
            code: output.status.code(),
            json: serde_json::from_slice(&output.stdout).unwrap_or(Value::Null),
            said: String::from_utf8(output.stderr).unwrap(),
            tables: folder.join(out).join("tables"),
        }
    }

    /// A run that must give a list.
    #[track_caller]
    fn list(&self, study: &str, programme: &str) -> Run {
        let run = self.run(study, programme);
        assert_eq!(run.code, Some(0), "{}: {}", self.name, run.said);
        run
    }

    fn expected(&self, file: &str) -> Vec<Vec<String>> {
        let mut reader = csv::Reader::from_path(golden().join(self.name).join(file)).unwrap();
        reader.records().map(|r| r.unwrap().iter().map(str::to_owned).collect()).collect()
    }
}

impl Run {
    fn rows(&self, table: &str) -> Vec<Row> {
        let path = self.tables.join(format!("{table}.csv"));
        let mut reader = csv::Reader::from_path(path).unwrap();
        reader.deserialize().map(Result::unwrap).collect()
    }

    /// The list as `code, phase, rank`, in the order of its places.
    fn places(&self) -> Vec<Vec<String>> {
        let mut rows: Vec<(usize, Vec<String>)> = self
            .rows("selection")
            .into_iter()
            .filter(|row| row["state"] == "selected")
            .map(|row| {
                let place = row["place"].parse().unwrap();
                (place, ["code", "phase", "rank"].map(|column| row[column].clone()).to_vec())
            })
            .collect();
        rows.sort();
        rows.into_iter().map(|(_, row)| row).collect()
    }
}

fn columns(rows: Vec<Row>, names: &[&str]) -> Vec<Vec<String>> {
    rows.into_iter().map(|row| names.iter().map(|name| row[*name].clone()).collect()).collect()
}

#[track_caller]
fn plain(name: &'static str) {
    let golden = Golden::new(name);
    let run = golden.list("study.toml", "programme.toml");
    assert_eq!(run.places(), golden.expected("expected.csv"), "{name}");
}

#[track_caller]
fn both_rules(name: &'static str) {
    let golden = Golden::new(name);
    for (programme, file) in
        [("programme.toml", "expected_priority.csv"), ("coverage.toml", "expected_coverage.csv")]
    {
        let run = golden.list("study.toml", programme);
        assert_eq!(run.places(), golden.expected(file), "{name} {programme}");
    }
}

#[track_caller]
fn refused(name: &'static str, words: &[&str]) {
    refused_by(name, "programme.toml", words);
}

#[track_caller]
fn refused_by(name: &'static str, programme: &str, words: &[&str]) {
    let golden = Golden::new(name);
    let run = golden.run("study.toml", programme);
    assert_eq!(run.code, Some(2), "{}", run.said);
    let problems = run.json["refused"].as_array().unwrap().iter();
    let said: Vec<Vec<String>> = problems
        .map(|problem| {
            let code = &problem["conflict"]["code"];
            let code = if code.is_null() { &problem["unit"] } else { code };
            [&problem["rule"], code].map(|text| text.as_str().unwrap().to_owned()).to_vec()
        })
        .collect();
    assert_eq!(said, golden.expected("expected_error.csv"));
    for word in words {
        assert!(run.said.contains(word), "`{word}` is not in:\n{}", run.said);
    }
    assert!(!run.tables.exists(), "nothing may be written");
}

#[track_caller]
fn replaced(name: &'static str) {
    let golden = Golden::new(name);
    let rows = golden.list("study.toml", "programme.toml").rows("replacements");
    let expected = golden.expected("expected_replacements.csv");
    assert_eq!(columns(rows, &["leaves", "enters"]), expected);
}

#[track_caller]
fn shared_out(name: &'static str) {
    let golden = Golden::new(name);
    for row in golden.expected("expected.csv") {
        let run = golden.list("study.toml", &format!("{}_{}.toml", row[1], row[0]));
        let places = columns(run.rows("summary_places_county"), &["selected"]).concat();
        assert_eq!(places, row[2..], "{name} {row:?}");
    }
}

#[track_caller]
fn paid(name: &'static str) {
    let golden = Golden::new(name);
    for row in golden.expected("expected.csv") {
        let run = golden.list("study.toml", &format!("{}.toml", row[0]));
        let phase = &run.json["phases"][0];
        let codes: Vec<&str> =
            phase["added"].as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
        let lei = phase["cost_bani"].as_i64().unwrap() / 100;
        let sum = phase["score_sum"].as_str().unwrap().strip_suffix("0000").unwrap();
        let found = [row[0].clone(), codes.join("+"), lei.to_string(), sum.to_owned()];
        assert_eq!(found.to_vec(), row, "{name}");
    }
}

#[track_caller]
fn joined(name: &'static str) {
    let golden = Golden::new(name);
    let expected = golden.expected("expected.csv");
    let mut sizes: Vec<&String> = expected.iter().map(|row| &row[0]).collect();
    sizes.dedup();
    let mut found = Vec::new();
    for size in sizes {
        let run = golden.list("study.toml", &format!("size_{size}.toml"));
        let phase = &run.json["phases"][0];
        for (number, project) in (1..).zip(phase["projects"].as_array().unwrap()) {
            let codes: Vec<&str> =
                project.as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
            let people = phase["people"].to_string();
            found.push(vec![size.clone(), format!("{number}"), codes.join("+"), people]);
        }
    }
    assert_eq!(found, expected, "{name}");
}

#[track_caller]
fn changed(golden: &Golden, policies: &[(&str, &str)]) {
    let mut found = Vec::new();
    for (programme, policy) in policies {
        let run = golden.list("study.toml", programme);
        let rows = columns(run.rows("changes"), &["code", "before", "after", "why"]);
        found.extend(rows.into_iter().map(|row| [vec![(*policy).to_owned()], row].concat()));
    }
    assert_eq!(found, golden.expected("expected_changes.csv"));
}

#[test]
fn the_three_highest_scores() {
    plain("s01_top_k");
}

#[test]
fn a_second_key_decides_a_tie() {
    plain("s02_tie_second_key");
}

#[test]
fn a_public_lottery_decides_a_tie() {
    plain("s03_tie_lottery");
    let golden = Golden::new("s03_tie_lottery");
    let rows = golden.list("study.toml", "programme.toml").rows("selection");
    let tickets: BTreeMap<String, String> =
        rows.into_iter().map(|row| (row["code"].clone(), row["ticket"].clone())).collect();
    for row in golden.expected("expected_tickets.csv") {
        assert_eq!(tickets[&row[0]], row[1]);
    }
}

#[test]
fn locked_out_and_locked_in() {
    plain("s04_exclude_include");
    refused("s05_lock_conflict", &["programme.toml:10:1", "(A1)", "keep one of the two decisions"]);
}

#[test]
fn quotas_on_one_classification() {
    plain("s06_county_max_replacements");
    plain("s07_county_min");
}

#[test]
fn nested_quotas_have_one_meaning() {
    both_rules("s08_region_and_county");
    both_rules("s09_min_inside_capped_region");
}

#[test]
fn crossing_quotas_have_two() {
    both_rules("s10_crossing_two_meanings");
    both_rules("s11_crossing_lookahead");
}

#[test]
fn places_are_apportioned() {
    shared_out("s12_apportion_methods");
    shared_out("s13_alabama_paradox");
    shared_out("s14_apportion_min_max");
    shared_out("s15_apportion_capacity");
}

#[test]
fn money_stops_skips_or_is_used_best() {
    paid("s16_budget_three_rules");
    paid("s17_budget_county_min");
    paid("s18_budget_equal_optima");
}

#[test]
fn phases_lock_what_came_before() {
    plain("s19_phases_nested");
    plain("s20_phases_lock_costs");
}

/// What the list without each rule gains, and in what each phase adds.
#[track_caller]
fn priced(name: &'static str) {
    priced_by(name, "programme.toml", "expected_prices.csv");
}

#[track_caller]
fn priced_by(name: &'static str, programme: &str, expected: &str) {
    let golden = Golden::new(name);
    let run = golden.list("study.toml", programme);
    let codes = |codes: &Value| {
        let codes = codes.as_array().unwrap().iter().map(|code| code.as_str().unwrap());
        codes.collect::<Vec<_>>().join("+")
    };
    let row = |rule: &str, phase: &str, shift: &Value| {
        let points = shift["points"].as_str().unwrap();
        [rule, phase, &codes(&shift["enters"]), &codes(&shift["leaves"]), points]
            .map(str::to_owned)
            .to_vec()
    };
    let mut rows: Vec<Vec<String>> = Vec::new();
    for price in run.json["prices"].as_array().unwrap() {
        let rule = price["rule"].as_str().unwrap();
        if let Some(none) = price.get("no_list") {
            let phase = none["phase"].as_str().unwrap();
            rows.push([rule, phase, "no list", "", ""].map(str::to_owned).to_vec());
            continue;
        }
        rows.push(row(rule, "", price));
        let phases = price["phases"].as_array().unwrap().iter();
        rows.extend(phases.map(|phase| row(rule, phase["id"].as_str().unwrap(), phase)));
    }
    assert_eq!(rows, golden.expected(expected), "{name}");
}

#[test]
fn a_rule_has_its_price_over_all_phases() {
    priced("s46_price_over_phases");
    priced("s47_price_together");
    priced("s48_price_below_nothing");
    priced("s49_price_without_a_list");
    let phased = Golden::new("s20_phases_lock_costs").list("study.toml", "programme.toml");
    let prices = phased.json["prices"].as_array().unwrap();
    let phasing = prices.iter().find(|price| price["rule"] == "phases").unwrap();
    assert_eq!(phasing["points"], "0.600000");
}

#[test]
fn a_required_sum_has_its_price() {
    priced("s65_price_of_a_sum");
    priced_by("s65_price_of_a_sum", "together.toml", "expected_together.csv");
    let golden = Golden::new("s65_price_of_a_sum");
    let folder = golden.root.path().join(golden.name);
    for (language, words) in [
        (
            "ro",
            "Costul regulii „totalul minim cerut (`units.children`), până la etapa II (trei din cinci copii)”",
        ),
        (
            "en",
            "Cost of the rule “least total required (`units.children`), up to phase II (three of five children)”",
        ),
    ] {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_risk-index"))
            .args(["select", "study.toml", "--format", "csv", "--lang", language])
            .current_dir(&folder)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(words), "{said}");
    }
}

impl Golden {
    /// Asks what changes would do; the exit code, what was said on stdout and on stderr.
    fn what_if(&self, changes: &[&str], more: &[&str]) -> (Option<i32>, String, String) {
        let folder = self.root.path().join(self.name);
        let before = fs::read_dir(&folder).unwrap().count();
        let asked = changes.iter().flat_map(|change| ["--what-if", change]);
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_risk-index"))
            .args(["select", "study.toml"])
            .args(asked)
            .args(more)
            .current_dir(&folder)
            .env_clear()
            .output()
            .unwrap();
        assert_eq!(fs::read_dir(&folder).unwrap().count(), before, "a simulation writes nothing");
        let [out, said] =
            [output.stdout, output.stderr].map(|text| String::from_utf8(text).unwrap());
        (output.status.code(), out, said)
    }

    /// The answer for machines.
    #[track_caller]
    fn answer(&self, changes: &[&str]) -> Value {
        let (code, out, said) = self.what_if(changes, &["--json"]);
        assert_eq!(code, Some(0), "{said}");
        serde_json::from_str(&out).unwrap()
    }
}

/// Who enters and leaves, with points, people and bani.
fn shift(shift: &Value) -> String {
    let names = |units: &Value| {
        let units = units.as_array().unwrap().iter();
        let named = units.map(|it| format!("{} {}", it["name"], it["county"]).replace('"', ""));
        named.collect::<Vec<_>>().join("+")
    };
    let sums = ["points", "people", "cost_bani"].map(|sum| shift[sum].to_string().replace('"', ""));
    format!("{} / {} / {}", names(&shift["enters"]), names(&shift["leaves"]), sums.join(" "))
}

#[test]
fn a_change_is_tried_out() {
    let golden = Golden::new("s50_what_if");
    let answer = golden.answer(&["max county aa +1"]);
    assert_eq!(shift(&answer["list"]), "A2 AA / C1 CC / 0.500000 -20 0");
    assert_eq!(shift(&answer["phases"][0]), "A2 AA / B1 BB / 0.300000 -10 0");
    assert_eq!(shift(&answer["phases"][1]), "B1 BB / C1 CC / 0.200000 -10 0");
    assert_eq!(answer["what_if"][0]["what"], "phase I, max county AA");
    assert_eq!(
        (&answer["what_if"][0]["from"], &answer["what_if"][0]["to"]),
        (&"1".into(), &"2".into())
    );
    // all bounds of the group, and several changes together
    assert_eq!(golden.answer(&["county AA +1"])["list"], answer["list"]);
    assert_eq!(golden.answer(&["county AA +5", "county AA -4"])["list"], answer["list"]);
    let less = golden.answer(&["limit =40"]);
    assert_eq!(shift(&less["list"]), " / C1 CC / -0.300000 -40 -2000");
    let fewer = golden.answer(&["places -1"]);
    assert_eq!(shift(&fewer["list"]), " / C1 CC / -0.300000 -40 -2000");
    let put = golden.answer(&["phase I max region R1 =0"]);
    assert_eq!(shift(&put["phases"][0]), "C1 CC / A1 AA / -0.600000 30 0");
    let weight = Golden::new("s51_what_if_weight").answer(&["weight a +2"]);
    assert_eq!(shift(&weight["list"]), "A AA / B BB / 0.150000 0 0");
}

#[test]
fn a_change_that_cannot_be_tried_says_what_was_expected() {
    let golden = Golden::new("s50_what_if");
    for (change, words) in [
        ("phase I max county AA +1", "there is no list"),
        ("county AB +1", "did you mean `AA`?"),
        ("conty AA +1", "did you mean `county`?"),
        ("county AA", "expected a sign and a number"),
        ("phase III places +1", "the programme has no phase `III`"),
        ("min county AA +1", "`max county AA =8`"),
        ("places -9", "whole numbers from 0 on (now 3)"),
        ("limit -100.001", "two decimals at most"),
        ("max county AA +5%", "whole numbers from 0 on (now 1)"),
        ("weight scor +1", "no node that has a weight is called `scor`"),
        ("", "says no change"),
    ] {
        let (code, out, said) = golden.what_if(&[change], &[]);
        assert_eq!((code, out.as_str()), (Some(2), ""), "{change}: {said}");
        assert!(said.contains(words), "{change}: {said}");
    }
    let weights = Golden::new("s51_what_if_weight");
    let (code, _, said) = weights.what_if(&["weight aa +1"], &[]);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("did you mean `a`?") || said.contains("known here: a, b"), "{said}");
    let (code, _, said) = golden.what_if(&["places +1"], &["--out", "out"]);
    assert_eq!(code, Some(2), "{said}");
}

#[test]
fn a_simulation_is_told_in_both_languages() {
    let golden = Golden::new("s50_what_if");
    let (_, out, _) = golden.what_if(&["max county AA +1"], &["--lang", "ro"]);
    assert_eq!(
        out,
        "Simulare: nu se scrie nimic. Schimbat:\n  \
         până la etapa I inclusiv, maximul pentru județul AA: 2 locuri în loc de 1 loc\n  \
         până la etapa II inclusiv, maximul pentru județul AA: 2 locuri în loc de 1 loc\n\
         Lista: intră: 1, ies: 1; 0,50 puncte în plus, 20 de persoane în minus\n  \
         + A2 (AA)\n  - C1 (CC)\n\
         Etapa I: intră: 1, ies: 1; 0,30 puncte în plus, 10 persoane în minus\n  \
         + A2 (AA)\n  - B1 (BB)\n\
         Etapa II: intră: 1, ies: 1; 0,20 puncte în plus, 10 persoane în minus\n  \
         + B1 (BB)\n  - C1 (CC)\n"
    );
    let (_, out, _) = golden.what_if(&["max county AA +0"], &["--lang", "en"]);
    let same =
        "  up to phase II, the maximum for AA county: 1 place, as before\nNobody would move.\n";
    assert!(out.ends_with(same), "{out}");
    let (_, out, _) = golden.what_if(&["phase I max region R1 =0"], &["--lang", "en"]);
    let set = "the maximum for the region R1: 0 places, where there was no such bound";
    assert!(out.contains(set), "{out}");
    let (_, out, _) = golden.what_if(&["limit -10", "places -1"], &["--lang", "en"]);
    assert!(out.contains("  the limit of money: 90.00 lei instead of 100.00 lei\n"), "{out}");
    assert!(
        out.contains(
            "  places filled up to and including phase II: 2 places instead of 3 places\n"
        )
    );
    let weight = Golden::new("s51_what_if_weight");
    let (_, out, _) = weight.what_if(&["weight a +0.5"], &["--lang", "ro"]);
    assert!(out.contains("ponderea lui `a` în `score`: 1,5 în loc de 1\n"), "{out}");
}

#[test]
fn impossible_programmes_are_refused() {
    refused("s21_infeasible_size", &["1 place missing", "one of these changes would do"]);
    refused("s22_infeasible_capacity", &["county CC must have at least 2 (1 eligible)"]);
}

#[test]
fn a_group_emptied_by_exclusions_is_refused() {
    refused("s32_group_emptied", &["county CC must have at least 1 (0 eligible)"]);
}

#[test]
fn a_withdrawal_brings_in_one_unit() {
    replaced("s06_county_max_replacements");
    replaced("s07_county_min");
}

/// The places with answers or several holders, each with everybody who held it.
fn held(run: &Run) -> Vec<Vec<String>> {
    let mut places: BTreeMap<usize, (String, Vec<String>)> = BTreeMap::new();
    for row in run.rows("decisions") {
        let place = places.entry(row["place"].parse().unwrap()).or_default();
        place.0.clone_from(&row["phase"]);
        place.1.push(row["code"].clone());
    }
    let row = |(place, (phase, mut codes)): (usize, (String, Vec<String>))| {
        codes.dedup();
        vec![place.to_string(), phase, codes.join("+")]
    };
    places.into_iter().map(row).collect()
}

#[track_caller]
fn passed_on(name: &'static str, programme: &str, file: &str) -> (Golden, Run) {
    let golden = Golden::new(name);
    let run = golden.list("study.toml", programme);
    assert_eq!(held(&run), golden.expected(file), "{name} {programme}");
    (golden, run)
}

#[test]
fn a_place_that_is_given_up_goes_to_the_highest_who_fits() {
    let (_golden, moved) =
        passed_on("s41_vacancy_promote", "programme.toml", "expected_places.csv");
    let rows = moved.rows("selection");
    let judged = columns(rows, &["code", "decision"]);
    assert_eq!(judged[1], ["900102", "moved-up"]);
    assert_eq!(judged[2], ["900103", "replacement"]);
    passed_on("s41_vacancy_promote", "in_place.toml", "expected_in_place.csv");
    replaced("s41_vacancy_promote");
    passed_on("s42_vacancy_of_a_county", "programme.toml", "expected_places.csv");
    passed_on("s43_vacancies_of_one_day", "programme.toml", "expected_places.csv");
    let (_golden, empty) = passed_on("s44_empty_place", "programme.toml", "expected_places.csv");
    let findings = columns(empty.rows("findings"), &["rule", "message"]);
    let told = findings.iter().find(|row| row[0] == "place-empty").unwrap();
    assert_eq!(
        told[1],
        "place 2 of phase `I` was given up and stays empty: `min:county=BB:I` keeps it from the first \
         who waits"
    );
}

#[test]
fn an_answer_without_a_place_is_told_and_counts_for_none() {
    let (golden, run) =
        passed_on("s56_answer_without_place", "programme.toml", "expected_places.csv");
    let findings = run.rows("findings");
    let found = |rule: &str| -> Vec<Row> {
        findings.iter().filter(|row| row["rule"] == rule).cloned().collect()
    };
    let answers = found("answer-without-place");
    let told = &answers[0]["message"];
    assert_eq!(columns(answers.clone(), &["unit"]), golden.expected("expected_unplaced.csv"));
    assert_eq!(
        told,
        "2 answers come from units without a place on that day, and count for none: A3 (900103), A6 (900106)"
    );
    assert_eq!(columns(found("rows-dropped"), &["row"]), [["7"]]);
}

#[test]
fn places_of_one_day_are_filled_together() {
    passed_on("s58_places_filled_together", "programme.toml", "expected_places.csv");
    let name = "s59_refusal_on_the_day_of_entry";
    let (golden, run) = passed_on(name, "programme.toml", "expected_places.csv");
    let findings = columns(run.rows("findings"), &["rule", "unit"]);
    let unplaced = findings.into_iter().filter(|row| row[0] == "answer-without-place");
    let unplaced: Vec<_> = unplaced.map(|row| row[1..].to_vec()).collect();
    assert_eq!(unplaced, golden.expected("expected_unplaced.csv"));
}

#[test]
fn a_list_longer_than_its_phase_loses_a_freed_place() {
    let (_golden, run) =
        passed_on("s61_longer_than_its_phase", "programme.toml", "expected_places.csv");
    let findings = columns(run.rows("findings"), &["rule", "message"]);
    let told: Vec<_> = findings.iter().filter(|row| row[0] == "place-empty").collect();
    assert_eq!(told.len(), 1);
    assert!(told[0][1].starts_with("place 1 of phase `I`"), "{told:?}");
    assert!(told[0][1].contains("`places:I`"), "{told:?}");
}

#[test]
fn a_tie_in_the_reserve_is_told() {
    let golden = Golden::new("s60_tie_in_reserve");
    for row in golden.expected("expected_ties.csv") {
        let run = golden.list("study.toml", &row[0]);
        let reserve = columns(run.rows("reserve"), &["code"]).concat().join("+");
        let findings = run.rows("findings").into_iter();
        let told: Vec<String> = findings
            .filter(|finding| finding["rule"] == "tie-in-reserve")
            .map(|finding| finding["unit"].clone())
            .collect();
        assert_eq!([row[0].clone(), reserve, told.join("+")].to_vec(), row);
    }
}

#[test]
fn silence_counts_as_a_refusal_after_a_day() {
    let (golden, run) = passed_on("s57_silence", "programme.toml", "expected_places.csv");
    let judged = columns(run.rows("selection"), &["code", "decision"]);
    assert_eq!(judged, golden.expected("expected_judged.csv"));
    let findings = columns(run.rows("findings"), &["rule", "unit", "message"]);
    let silent: Vec<_> = findings.iter().filter(|row| row[0] == "silence").collect();
    assert_eq!(silent.len(), 2);
    assert_eq!(
        silent[0][2],
        "2 units with places gave no answer up to 2026-03-01, which counts as a refusal: A3 (900103), A5 \
         (900105)"
    );
}

#[test]
fn decisions_are_proposed_in_the_words_of_their_file() {
    let golden = Golden::new("s56_answer_without_place");
    let decisions = golden.root.path().join(golden.name).join("decisions.csv");
    let text = fs::read_to_string(&decisions).unwrap();
    fs::write(&decisions, text.replace("1,refuzat", "1,refuzt")).unwrap();
    let run = golden.run("study.toml", "programme.toml");
    assert_eq!(run.code, Some(2), "{}", run.said);
    assert!(run.said.contains("did you mean `refuzat`?"), "{}", run.said);
    fs::write(&decisions, text.replace("1,refuzat", "1,nu")).unwrap();
    let said = golden.run("study.toml", "programme.toml").said;
    assert!(said.contains("`nu` is no decision"), "{said}");
    assert!(
        said.contains("`acceptat`, `refuzat`, `retras`") && !said.contains("`refused`"),
        "{said}"
    );
}

#[test]
fn a_reserve_covers_most_of_the_selected_first() {
    let golden = Golden::new("s45_reserve_covers");
    for row in golden.expected("expected_reserve.csv") {
        let run = golden.list("study.toml", &row[0]);
        let codes = columns(run.rows("reserve"), &["code"]).concat();
        let uncovered = run.json["reserve_gap"]["uncovered"].to_string();
        assert_eq!([row[0].clone(), codes.join("+"), uncovered].to_vec(), row);
        let told = run.rows("findings").iter().any(|finding| finding["rule"] == "reserve-gap");
        assert_eq!(told, row[2] != "0");
    }
    replaced("s45_reserve_covers");
}

#[test]
fn an_appeal_is_strict_or_harms_nobody() {
    plain("s27_appeal");
    let golden = Golden::new("s27_appeal");
    let before = golden.list("before_study.toml", "before.toml").rows("selection");
    let names = ["code", "state", "decision", "phase", "score"];
    assert_eq!(columns(before, &names), golden.expected("published.csv"));
    let policies = [("programme.toml", "strict"), ("hold_harmless.toml", "hold-harmless")];
    changed(&golden, &policies);
}

#[test]
fn an_accepted_place_outlives_an_appeal() {
    plain("s33_accepted_under_appeal");
    changed(&Golden::new("s33_accepted_under_appeal"), &[("programme.toml", "strict")]);
}

#[test]
fn a_tie_across_a_cut_stops() {
    let lots = "lottery = { source = \"Loto 6/49\", announced = 2026-11-20, seed = ";
    let measured = "nothing that was measured for the score tells these 3 apart";
    let named = ": B1 (900201), C1 (900301), D1 (900401)";
    refused("s34_tie_of_phases", &["phase `I`: 3 units", measured, named, lots]);
    refused("s35_tie_crossing", &["puts 1 in and leaves 1 out"]);
    plain("s36_tie_of_values");
    refused_by("s36_tie_of_values", "tied.toml", &["phase `I`: 2 units"]);
    refused_by("s62_tie_of_further_swaps", "stop.toml", &["puts 1 in and leaves 1 out"]);
    refused_by("s62_tie_of_further_swaps", "unions.toml", &["puts 1 in and leaves 1 out"]);
    let unscored = "2 units have no score and share every tie key";
    refused("s37_tie_without_score", &[unscored]);
    let keyed = Golden::new("s37_tie_without_score");
    let run = keyed.list("study.toml", "keyed.toml");
    assert_eq!(run.places(), keyed.expected("expected.csv"));
}

#[test]
fn a_formula_says_whether_it_means_a_measured_value_or_a_score() {
    plain("s38_measured_or_score");
    let golden = Golden::new("s38_measured_or_score");
    let run = golden.list("study.toml", "score.toml");
    assert_eq!(run.places(), golden.expected("expected_score.csv"));
    let run = golden.run("study.toml", "bare.toml");
    assert_eq!(run.code, Some(2), "{}", run.said);
    for words in ["`share` is a node", "`share.measured`", "`share.score`", "bare.toml:11:"] {
        assert!(run.said.contains(words), "`{words}` is not in:\n{}", run.said);
    }
}

#[test]
fn a_reason_is_that_of_its_phase() {
    let golden = Golden::new("s39_reasons_by_phase");
    let rows = golden.list("study.toml", "programme.toml").rows("selection");
    let expected = golden.expected("expected_reasons.csv");
    assert_eq!(columns(rows, &["code", "phase", "reason"]), expected);
}

#[test]
fn each_phase_and_each_county_has_its_cut() {
    let golden = Golden::new("s40_cuts");
    let run = golden.list("study.toml", "programme.toml");
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        Value::Array(codes) => {
            codes.iter().map(|code| code.as_str().unwrap()).collect::<Vec<_>>().join("+")
        }
        _ => String::new(),
    };
    let row = |cut: &Value| {
        let names = ["group", "last_in", "first_out", "gap", "seated", "displaced", "kept_out"];
        names.map(|name| text(&cut[name])).to_vec()
    };
    let cut = &run.json["boundaries"][0];
    let groups = cut["groups"].as_array().unwrap().iter();
    let found: Vec<Vec<String>> = std::iter::once(cut).chain(groups).map(row).collect();
    assert_eq!(found, golden.expected("expected_cuts.csv"));
}

#[test]
fn published_decimals_decide() {
    plain("s23_published_precision");
}

#[test]
fn neighbours_join() {
    joined("s24_unions_path");
    joined("s25_unions_triple_county");
    joined("s26_unions_canonical");
}

#[test]
fn phases_unions_and_quotas_go_together() {
    let golden = Golden::new("s31_phases_unions_quotas");
    let run = golden.list("study.toml", "programme.toml");
    let mut found = Vec::new();
    let mut number = 0;
    for phase in run.json["phases"].as_array().unwrap() {
        for project in phase["projects"].as_array().unwrap() {
            number += 1;
            let codes: Vec<&str> =
                project.as_array().unwrap().iter().map(|code| code.as_str().unwrap()).collect();
            let id = phase["id"].as_str().unwrap().to_owned();
            found.push(vec![id, number.to_string(), codes.join("+")]);
        }
    }
    assert_eq!(found, golden.expected("expected.csv"));
}

#[test]
fn an_open_list_holds_all_who_pass_a_test() {
    plain("s63_open_list");
    let golden = Golden::new("s63_open_list");
    let all = golden.list("study.toml", "all.toml");
    assert_eq!(all.places(), golden.expected("expected_all.csv"));
    let run = golden.list("study.toml", "programme.toml");
    let rows = run.rows("selection");
    assert_eq!(columns(rows.clone(), &["code", "tests"]), golden.expected("expected_tests.csv"));
    let sentence = |at: usize| rows[at]["sentence_en"].as_str();
    assert!(sentence(1).contains("It meets: a high burden of energy costs; poor housing."));
    assert!(
        sentence(3).contains("it does not meet the condition “a high burden of energy costs”"),
        "{}",
        sentence(3)
    );
    assert!(
        sentence(4).contains("it does not meet the condition “a commune with a low income”"),
        "{}",
        sentence(4)
    );
    assert_eq!(run.json["tests"][1]["id"], "housing");
    assert_eq!(run.json["tests"][1]["passed"].as_array().unwrap().len(), 3);
    assert_eq!(run.json["phases"][0]["empty"], 0);
}

/// Lists with what they come to of a required sum.
#[track_caller]
fn sums_required(golden: &Golden) {
    for row in golden.expected("expected_lists.csv") {
        let run = golden.list("study.toml", &row[0]);
        let codes: Vec<String> = run.places().into_iter().map(|place| place[0].clone()).collect();
        let sum = &run.json["phases"][0]["sums"][0];
        let found =
            [row[0].clone(), codes.join("+"), sum["least"].to_string(), sum["reached"].to_string()];
        assert_eq!(found.to_vec(), row);
        assert_eq!(run.json["proved"], true);
    }
}

#[test]
fn a_required_sum_holds_until_the_money_ends() {
    let golden = Golden::new("s66_sum_and_money");
    sums_required(&golden);
    let far = golden.run("study.toml", "far.toml");
    assert_eq!(far.code, Some(2), "{}", far.said);
    let said = far.json["refused"][0]["message"].as_str().unwrap();
    let expected =
        "the money ends at unit `900201` and `units.children` comes to 150 of at least 400";
    assert!(said.ends_with(expected), "{said}");
}

#[test]
fn a_required_sum_is_reached_or_named() {
    let golden = Golden::new("s64_sums_required");
    sums_required(&golden);
    let rows = golden.list("study.toml", "programme.toml").rows("selection");
    let reasons = columns(rows.clone(), &["code", "reason"]);
    let expected = [
        ["900101", "rank"],
        ["900102", "displaced:900201:min-sum:units.children:I"],
        ["900103", "displaced:900202:min-sum:units.children:I"],
        ["900201", "min-sum:units.children:I"],
        ["900202", "min-sum:units.children:I"],
        ["900203", "below-cut"],
    ];
    assert_eq!(reasons, expected);
    assert!(rows[3]["sentence_en"].contains("(three of five children)"));
    for row in golden.expected("expected_refused.csv") {
        let run = golden.run("study.toml", &row[0]);
        assert_eq!(run.code, Some(2), "{}", run.said);
        let conflict = &run.json["refused"][0]["conflict"];
        let clauses: Vec<&str> =
            conflict["clauses"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        assert!(clauses.contains(&row[1].as_str()), "{clauses:?}");
        assert_eq!(conflict["missing"].to_string(), row[2]);
        assert!(
            run.said.contains(&format!("{} of `units.children` missing", row[2])),
            "{}",
            run.said
        );
    }
}
