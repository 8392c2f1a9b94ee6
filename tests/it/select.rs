//! `risk-index select` on six communes: what it says, what it refuses and where, what it writes.

use std::collections::BTreeMap;
use std::fs;
use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::command::{Case, tree};
use crate::small::{METHOD, STUDY, VALUES, with};

/// Two places, at most one a county; a reserve of two.
const PROGRAMME: &str = r#"[programme]
id     = "two"
status = "illustrative"
title  = { ro = "Două locuri", en = "Two places" }
score  = "score"
people = "people.children"
assumptions = [ { ro = "numărul de locuri", en = "the number of places" } ]

[eligible]
where = "kind = 'commune' AND people.total < 4000"

[order]
decimals = 3
ties     = [ "people.children DESC" ]

[[phase]]
id    = "I"
upto  = 2
quota = [ { by = "county", max = 1 } ]

[reserve]
size = 2

[boundary]
margin = 7

[[envelope]]
id         = "teams"
title      = { ro = "Echipe", en = "Teams" }
total      = 2
source     = "p. 3"
each_place = 1

[[envelope]]
id     = "money"
title  = { ro = "Bani", en = "Money" }
unit   = "lei"
total  = "100.01"
source = "p. 4"
"#;

fn six_with(study: &str, programme: &str) -> Case {
    let study = study.replacen(
        "methodology = \"method.toml\"",
        "methodology = \"method.toml\"\nprogramme   = \"programme.toml\"",
        1,
    );
    with(&study, METHOD, VALUES).file("programme.toml", programme)
}

fn select(case: &Case) -> String {
    case.run(&["select", "study.toml", "--lang", "en", "--format", "csv"])
}

/// A selection that is refused: exit code 2, these words, nothing written.
#[track_caller]
fn refused(case: &Case, words: &[&str]) {
    let seen = select(case);
    assert!(seen.starts_with("exit code: 2\n"), "{seen}");
    for word in words {
        assert!(seen.contains(word), "`{word}` is not in:\n{seen}");
    }
    assert!(!case.path("out").exists(), "{seen}");
}

#[test]
fn six_communes_and_two_places() {
    let case = six_with(STUDY, PROGRAMME);
    insta::assert_snapshot!(select(&case));
    insta::assert_snapshot!("six_communes_selection", case.read("out/tables/selection.csv"));
    assert_eq!(
        case.read("out/tables/summary_places_county.csv"),
        "county,units,eligible,selected,phase_I,reserve,people\n\
         Mehedinți,3,2,1,1,1,300\nSatu Mare,3,2,1,1,1,900\n"
    );
    assert_eq!(
        case.read("out/tables/summary_envelopes.csv"),
        "envelope,county,phase,amount,unit\n\
         teams,Mehedinți,I,1,count\nteams,Satu Mare,I,1,count\n\
         money,Mehedinți,I,50.01,lei\nmoney,Satu Mare,I,50.00,lei\n"
    );
}

#[test]
fn the_same_selection_gives_the_same_bytes() {
    let first = six_with(STUDY, PROGRAMME);
    let second = six_with(STUDY, PROGRAMME);
    for case in [&first, &second] {
        let seen = case.run(&["select", "study.toml", "--format", "xlsx,csv,excel-csv"]);
        assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    }
    assert_eq!(tree(&first.path("out")), tree(&second.path("out")));
}

#[test]
fn every_drawing_has_its_picture_and_the_workbook_holds_the_maps() {
    const SIGNATURE: &[u8] = b"\x89PNG\r\n\x1a\n";
    let case = six_with(STUDY, PROGRAMME);
    let seen = case.run(&["select", "study.toml", "--lang", "en", "--format", "xlsx,csv,svg,png"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let files: BTreeMap<String, Vec<u8>> = tree(&case.path("out")).into_iter().collect();
    let drawings: Vec<&str> = files.keys().filter_map(|path| path.strip_suffix(".svg")).collect();
    assert!(drawings.len() > 3, "{drawings:?}");
    for drawing in &drawings {
        assert!(files[&format!("{drawing}.png")].starts_with(SIGNATURE), "{drawing}");
    }
    let pictures = files.keys().filter(|path| path.ends_with(".png")).count();
    assert_eq!(pictures, drawings.len());
    let readme = case.read("out/README.txt");
    assert!(readme.contains("map/layer-1.png") && readme.contains("as a PNG picture"), "{readme}");

    let mut book = ZipArchive::new(Cursor::new(&files["report.xlsx"])).unwrap();
    let mut part = |name: &str| {
        let mut bytes = Vec::new();
        book.by_name(name).unwrap().read_to_end(&mut bytes).unwrap();
        bytes
    };
    // score and phases, the same pictures as the files
    let shown = [part("xl/media/image1.png"), part("xl/media/image2.png")];
    for picture in shown {
        assert!(files.values().any(|bytes| *bytes == picture), "a picture of its own");
    }
    let workbook = String::from_utf8(part("xl/workbook.xml")).unwrap();
    assert!(workbook.contains("name=\"Map\""), "{workbook}");
    let drawing = String::from_utf8(part("xl/drawings/drawing2.xml")).unwrap();
    for words in
        ["descr=\"Score: ", "descr=\"Phase of the selection: ", "without a place (2 units)"]
    {
        assert!(drawing.contains(words), "{words} is not in {drawing}");
    }
}

#[test]
fn a_pack_holds_one_county() {
    let case = six_with(STUDY, PROGRAMME);
    let seen = case.run(&["select", "study.toml", "--county", "SM", "--format", "csv"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let table = case.read("out/tables/selection.csv");
    assert_eq!(table.lines().count(), 1 + 3);
    assert!(table.lines().skip(1).all(|line| line.contains("Satu Mare")), "{table}");
    let seen = case.run(&["select", "study.toml", "--county", "XY", "--format", "csv"]);
    assert!(seen.contains("the register has no county `XY`"), "{seen}");
}

#[test]
fn an_envelope_that_the_list_does_not_come_to_is_exit_code_one() {
    let case = six_with(STUDY, &PROGRAMME.replace("total      = 2\n", "total      = 3\n"));
    let seen = select(&case);
    assert!(seen.starts_with("exit code: 1\n"), "{seen}");
    assert!(seen.contains("Teams: 2 against 3 – DIFFERS"), "{seen}");
    assert!(case.read("out/tables/findings.csv").contains("envelope-differs"));
}

/// The children of the two communes that are selected, counted in a document.
const CHILDREN: &str = r#"
[[envelope]]
id     = "children"
total  = 1200
source = "p. 5"
sum    = "people.children"
"#;

#[test]
fn a_changed_input_no_longer_comes_to_its_envelope() {
    let programme = format!("{PROGRAMME}{CHILDREN}");
    let seen = select(&six_with(STUDY, &programme));
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    assert!(seen.contains("children: 1,200 against 1,200\n"), "{seen}");
    let study = STUDY.replacen(
        "methodology = \"method.toml\"",
        "methodology = \"method.toml\"\nprogramme   = \"programme.toml\"",
        1,
    );
    let values = VALUES.replace(";900;60", ";901;60");
    let case = with(&study, METHOD, &values).file("programme.toml", &programme);
    let seen = select(&case);
    assert!(seen.starts_with("exit code: 1\n"), "{seen}");
    assert!(seen.contains("children: 1,201 against 1,200 – DIFFERS"), "{seen}");
    assert!(seen.contains("`children` of `p. 5` is 1200, and the list comes to 1201"), "{seen}");
}

#[test]
fn a_programme_that_chooses_among_others_than_the_methodology_is_told() {
    let case = six_with(STUDY, PROGRAMME);
    let words = "the programme chooses among 4 units, and the methodology takes bounds and ranks from \
                 6 units: `where` is `kind = 'commune' AND people.total < 4000`, `over` is all units";
    let seen = case.run(&["check", "study.toml"]);
    assert!(seen.contains(words), "{seen}");
    select(&case);
    assert!(case.read("out/tables/findings.csv").contains(words));
    let method = METHOD.replace(
        "status  = \"illustrative\"",
        "status  = \"illustrative\"\nover    = \"kind = 'commune' AND people.total < 4000\"",
    );
    let case = case.file("method.toml", method);
    assert!(!case.run(&["check", "study.toml"]).contains("universes-differ"));
}

#[test]
fn a_list_that_is_not_proved_is_exit_code_one_with_its_gap() {
    let programme = PROGRAMME
        .replace(
            "score  = \"score\"",
            "score  = \"score\"\nrule = \"coverage\"\nobjective = \"score\"",
        )
        .replace("upto  = 2\nquota = [ { by = \"county\", max = 1 } ]", "upto  = 4")
        .replace("total      = 2\n", "total      = 2\nholds = \"shown\"\n");
    let money = "\n[budget]\ncost = \"people.total\"\nlimit = 5500\n";
    let whole = six_with(STUDY, &format!("{programme}{money}"));
    let seen = select(&whole);
    assert!(seen.starts_with("exit code: 0\n") && seen.contains("proved"), "{seen}");
    let case = six_with(STUDY, &format!("{programme}{money}[effort]\nnodes = 1\n"));
    let seen = select(&case);
    assert!(seen.starts_with("exit code: 1\n"), "{seen}");
    assert!(seen.contains("NOT PROVED: at most"), "{seen}");
    assert!(case.read("out/tables/findings.csv").contains("not-proved"), "{seen}");
    let json: serde_json::Value = serde_json::from_str(&case.read("out/selection.json")).unwrap();
    let phase = &json["phases"][0];
    assert_eq!((&json["proved"], &phase["proved"]), (&false.into(), &false.into()));
    assert!(phase["gap_per_million"].as_i64().unwrap() > 0, "{phase}");
    assert!(phase["bound"].as_i64() > phase["sum"].as_i64(), "{phase}");
}

#[test]
fn the_boundary_tells_who_is_around_the_cut() {
    let values = VALUES.replace("101;Apa;Satu Mare;2.500;500;25", "101;Apa;Satu Mare;3.000;900;60");
    let ties = "ties     = [ \"people.children DESC\" ]";
    let study = STUDY.replacen(
        "methodology = \"method.toml\"",
        "methodology = \"method.toml\"\nprogramme   = \"programme.toml\"",
        1,
    );
    let programme = PROGRAMME.replace(ties, "");
    let case = with(&study, METHOD, &values).file("programme.toml", programme);
    refused(&case, &["2 units share the score", ": Apa (101), Beltiug (102)", "lottery = {"]);
    let programme = PROGRAMME.replace(ties, "accept_ties = \"a test\"");
    let case = with(&study, METHOD, &values).file("programme.toml", programme);
    let seen = select(&case);
    assert!(seen.contains("Tie at the cut (phase I): inside Apa; outside Beltiug"), "{seen}");
    let json: serde_json::Value = serde_json::from_str(&case.read("out/selection.json")).unwrap();
    // Gruia has 75, Poroina Mare 61.667 and a full county, Apa and Beltiug 55 each
    assert_eq!(json["boundaries"][0]["last_in"], "101");
    assert_eq!(json["boundaries"][0]["first_out"], "102");
    assert_eq!(json["boundaries"][0]["gap"], "0.000");
    assert_eq!(json["boundaries"][0]["kept_out"], serde_json::json!(["202"]));
    assert_eq!(json["ties"][0]["inside"], serde_json::json!(["101"]));
    assert_eq!(json["ties"][0]["outside"], serde_json::json!(["102"]));
    assert_eq!(json["ties"][0]["decided_by"], "code");
    // the margin is 7 points: the tied two are at none, Gruia and Poroina Mare 13.333 apart
    assert_eq!(json["near"], serde_json::json!(["101", "102"]));
    assert!(case.read("out/tables/findings.csv").contains("tie-at-cut"));
}

#[test]
fn the_middle_stands_for_small_counts_in_every_table_of_a_selection() {
    let programme = PROGRAMME.replace("upto  = 2", "upto  = 3").replace(
        "quota = [ { by = \"county\", max = 1 } ]",
        "quota = [ { by = \"county\", max = 2 } ]",
    );
    let programme = format!(
        "{programme}{}{}",
        CHILDREN
            .replace("people.children", "people.families")
            .replace("\"children\"", "\"families\""),
        "[unions]\nmax_members = 2\nmax_population = 9000\npopulation = \"people.total\"\n\
         people = \"people.families\"\nneighbours = { source = \"borders\" }\n"
    );
    let study = format!(
        "{STUDY}\n[publish]\nmin_count = 31\n[[source]]\nid = \"borders\"\nfile = \"borders.csv\"\n\
         layout = \"borders\"\n"
    );
    let programme = programme
        .replace("total  = 1200", "total  = 1200\nholds = \"shown\"")
        .replace("total      = 2\n", "total      = 3\n");
    let case = six_with(&study, &programme).file("borders.csv", "a,b,border_m\n103,203,5\n");
    let seen = select(&case);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    // Apa has 25 families and Poroina Mare 30: 15.5 stands for both, 16 where people are counted
    let observed = case.read("out/tables/observations.csv");
    let families: Vec<&str> =
        observed.lines().filter(|line| line.starts_with("people.families,")).collect();
    for code in ["101", "202"] {
        let of = format!("people.families,uat,{code},substituted,15.5,");
        assert!(families.iter().any(|line| line.starts_with(&of)), "{families:?}");
    }
    let index = case.read("out/tables/index.csv");
    assert!(index.contains("vmg_share.state") && index.contains(",substituted,"), "{index}");
    let json: serde_json::Value = serde_json::from_str(&case.read("out/selection.json")).unwrap();
    let with_true_counts = six_with(&study.replace("[publish]\nmin_count = 31\n", ""), &programme)
        .file("borders.csv", "a,b,border_m\n103,203,5\n");
    select(&with_true_counts);
    let truth = with_true_counts.read("out/selection.json");
    let truth: serde_json::Value = serde_json::from_str(&truth).unwrap();
    let people = |json: &serde_json::Value| json["phases"][0]["people"].as_i64().unwrap();
    // of the two, Poroina Mare is on the list
    assert_eq!(people(&truth) - people(&json), 30 - 16);
}

#[test]
fn sums_of_which_a_part_is_withheld_say_so_and_others_do_not() {
    // with fixed bounds neither order nor phase tells whether Culciu has 1 family or 4
    let method = METHOD.replace(
            "unit      = \"per 100\"\ndirection = \"risk\"\nsteps     = [{ minmax = { to = [0, 100] } }]",
            "unit      = \"per 100\"\nsteps     = [{ goalposts = { low = 0, high = 50, to = [0, 100] } }]",
        );
    let study = STUDY.replacen(
        "methodology = \"method.toml\"",
        "methodology = \"method.toml\"\nprogramme   = \"programme.toml\"",
        1,
    );
    let study = format!("{study}\n[publish]\nmin_count = 5\nsmall = \"withhold\"\n");
    let programme = PROGRAMME.replacen("people.children", "people.families", 1);
    let values = VALUES.replace("4.000;800;0", "3.900;800;3");
    let case = with(&study, &method, &values).file("programme.toml", programme);
    let seen = select(&case);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let json: serde_json::Value = serde_json::from_str(&case.read("out/selection.json")).unwrap();
    let phase = &json["phases"][0];
    for key in ["score_sum", "people"] {
        assert_eq!(
            (&phase[key], &phase[format!("{key}.state")]),
            (&serde_json::Value::Null, &"withheld".into())
        );
    }
    assert_eq!(phase["cost_bani"], 0);
    // what is missing has no state
    for key in ["cost_bani", "bound", "sum", "price_of_money"] {
        assert!(phase.get(format!("{key}.state")).is_none(), "{phase}");
    }
    for alternative in json["alternatives"].as_array().unwrap() {
        assert_eq!(alternative["people.state"], "withheld", "{alternative}");
    }
    let selection = case.read("out/tables/selection.csv");
    assert!(selection.lines().next().unwrap().contains("score,score.state,"), "{selection}");
    assert!(!case.read("out/tables/summary_places_county.csv").contains("people"));
}

#[test]
fn a_phase_that_would_tell_a_small_count_is_refused() {
    let indicators: Vec<&str> = METHOD.split("[[indicator]]").collect();
    let method = [indicators[0], indicators[2]].join("[[indicator]]");
    let method = method.replace("children_share = 1, vmg_share = 3", "vmg_share = 1");
    let study = STUDY.replacen(
        "methodology = \"method.toml\"",
        "methodology = \"method.toml\"\nprogramme   = \"programme.toml\"",
        1,
    );
    let study = format!("{study}\n[publish]\nmin_count = 31\nsmall = \"withhold\"\n");
    let case = with(&study, &method, VALUES).file("programme.toml", PROGRAMME);
    // Poroina Mare is selected with its 30 families, and would not be with one
    refused(
        &case,
        &["with 2 small counts withheld", "if each was 1", "`tables/selection.csv`", "midpoint"],
    );
}

#[test]
fn lists_are_joined_by_county_and_name_as_sources_are() {
    let lists = format!(
        "{STUDY}\n[[source]]\nid = \"decisions\"\nfile = \"decisions.csv\"\nlayout = \"decisions\"\n\
         columns = {{ name = \"UAT\", county = \"Judet\" }}\n"
    );
    let programme = format!("{PROGRAMME}\n[decisions]\nsource = \"decisions\"\n");
    let decided = |rows: &str| {
        let file = format!("UAT,Judet,date,decision\n{rows}");
        six_with(&lists, &programme).file("decisions.csv", file)
    };
    let case = decided(
        "COMUNA GRUIA,MEHEDINTI,2026-03-01,refuzat\nPoroina  Mare,Mehedinti,2026-03-10,acceptat\n",
    );
    let seen = select(&case);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let decisions = case.read("out/tables/decisions.csv");
    assert!(
        decisions.contains("201,Gruia,") && decisions.contains("202,Poroina Mare,"),
        "{decisions}"
    );
    assert!(case.read("out/tables/findings.csv").contains("fallback-match"));
    refused(
        &decided("Gruia,Satu Mare,2026-03-01,refuzat\n"),
        &["decisions.csv:2", "the register has no unit `Gruia` in `Satu Mare`"],
    );
    refused(&decided(",,2026-03-01,refuzat\n"), &["decisions.csv:2", "the row names no unit"]);
    // code and name of different units
    let lists = lists.replace("columns = { name = \"UAT\", county = \"Judet\" }\n", "");
    let case = six_with(&lists, &programme)
        .file("decisions.csv", "code,name,date,decision\n201,Apa,2026-03-01,refused\n");
    refused(
        &case,
        &["decisions.csv:2", "the code `201` is that of Gruia, the name beside it is `Apa`"],
    );
    let case =
        six_with(&lists, &programme).file("decisions.csv", "date,decision\n2026-03-01,refused\n");
    refused(&case, &["no column `code`, and no column `name`", "by its name and county"]);
}

#[test]
fn a_unit_on_two_lists_is_refused_by_its_name() {
    let lists = format!(
        "{STUDY}\n[[source]]\nid = \"funded\"\nfile = \"funded.csv\"\nlayout = \"units\"\n\
         [[source]]\nid = \"court\"\nfile = \"court.csv\"\nlayout = \"units\"\n"
    );
    let programme = PROGRAMME.replace(
        "people.total < 4000\"",
        "people.total < 4000\"\nexclude = [ { source = \"funded\", reason = \"funded\" } ]\n\
         include = [ { source = \"court\", reason = \"court\" } ]",
    );
    let case = six_with(&lists, &programme)
        .file("funded.csv", "name,county\nApa,Satu Mare\n")
        .file("court.csv", "code\n101\n");
    refused(&case, &["programme.toml:12", "unit `101` is excluded", "(Apa)"]);
}

#[test]
fn check_tells_the_algorithm_before_anything_is_computed() {
    let case = six_with(STUDY, PROGRAMME);
    let seen = case.run(&["check", "study.toml"]);
    assert!(seen.contains("programme `two`: 4 units may take a place"), "{seen}");
    assert!(seen.contains("phase I      nested: exact greedy"), "{seen}");
}

#[test]
fn a_study_without_a_programme_says_how_to_name_one() {
    let case = with(STUDY, METHOD, VALUES);
    refused(&case, &["this study names no programme", "`--programme`"]);
}

#[test]
fn bad_programmes_are_shown_where_they_are_wrong() {
    let changed = |from: &str, to: &str| {
        assert!(PROGRAMME.contains(from));
        six_with(STUDY, &PROGRAMME.replace(from, to))
    };
    refused(
        &changed("max = 1 }", "min = { \"Satu Mara\" = 1 } }"),
        &[
            "programme.toml:19:36",
            "no `county` of the register is called `Satu Mara`",
            "`Satu Mare`",
        ],
    );
    refused(
        &changed("max = 1 }", "min = { \"Satu Mare\" = 3 } }"),
        &["programme.toml:19", "Satu Mare must have at least 3 (2 eligible)", "1 place missing"],
    );
    refused(
        &changed("[reserve]", "[budget]\ncost = \"people.families\"\nlimit = \"-5\"\n[reserve]"),
        &["programme.toml:23:9", "money cannot be negative"],
    );
    refused(
        &changed("decimals = 3", "lottery = { source = \"a draw\", announced = 2026-01-01 }"),
        &["programme.toml:13:11", "a lottery without a `seed` cannot be drawn again"],
    );
    refused(
        &changed(
            "kind = 'commune' AND people.total < 4000\"",
            "kind = 'commune'\"\nexclude = [ { code = \"101\", reason = \"funded\" } ]\n\
             include = [ { code = \"101\", reason = \"court\" } ]",
        ),
        &[
            "programme.toml:12",
            "unit `101` is excluded (\"funded\") and included (\"court\") (Apa)",
        ],
    );
    refused(
        &changed("score  = \"score\"", "score  = \"scor\""),
        &["programme.toml:5:10", "has no node `scor`", "did you mean `score`?"],
    );
}

#[test]
fn a_missing_cost_names_the_unit_and_the_line() {
    let values =
        VALUES.replace("102;Beltiug;Satu Mare;3.000;900;60", "102;Beltiug;Satu Mare;3.000;900;:");
    let study = STUDY.replacen(
        "methodology = \"method.toml\"",
        "methodology = \"method.toml\"\nprogramme   = \"programme.toml\"",
        1,
    );
    let method = METHOD
        .replace("vmg_share = 3", "children_share = 1")
        .replace("{ children_share = 1, children_share = 1 }", "{ children_share = 1 }");
    let programme = PROGRAMME
        .replace("[reserve]", "[budget]\ncost = \"people.families\"\nlimit = 900\n[reserve]");
    let case = with(&study, &method, &values).file("programme.toml", programme);
    refused(&case, &["programme.toml:22", "unit `102` may take a place and has no cost (Beltiug)"]);
}

#[test]
fn many_units_with_one_fault_are_told_once() {
    let values = VALUES
        .replace("101;Apa;Satu Mare;2.500;500;25", "101;Apa;Satu Mare;2.500;500;:")
        .replace("102;Beltiug;Satu Mare;3.000;900;60", "102;Beltiug;Satu Mare;3.000;900;:")
        .replace("201;Gruia;Mehedinți;2.000;300;100", "201;Gruia;Mehedinți;2.000;300;:");
    let study = STUDY.replacen(
        "methodology = \"method.toml\"",
        "methodology = \"method.toml\"\nprogramme   = \"programme.toml\"",
        1,
    );
    let case = with(&study, METHOD, &values).file("programme.toml", PROGRAMME);
    let told = "unit `101` is eligible and has no score (Apa); the same for more units: \
                `102` (Beltiug), `201` (Gruia)";
    refused(&case, &["programme.toml:9", told, "1 problem; nothing was written"]);
}

#[test]
fn lists_are_refused_by_row() {
    let lists = format!(
        "{STUDY}\n[[source]]\nid = \"decisions\"\nfile = \"decisions.csv\"\nlayout = \"decisions\"\n\
         [[source]]\nid = \"borders\"\nfile = \"borders.csv\"\nlayout = \"borders\"\n"
    );
    let programme = format!("{PROGRAMME}\n[decisions]\nsource = \"decisions\"\n");
    let decided = |rows: &str| {
        six_with(&lists, &programme)
            .file("decisions.csv", format!("code,date,decision,reference\n{rows}"))
            .file("borders.csv", "a,b\n")
    };
    refused(
        &decided("103,2026-03-01,accepted,HCL 1\n103,2026-03-01,refused,HCL 2\n"),
        &["decisions.csv:2", "unit `103` gives two answers on 2026-03-01", "(Culciu)"],
    );
    refused(&decided("102,2026-02-30,accepted,HCL 1\n"), &["decisions.csv:2", "is no day"]);
    refused(
        &decided("102,2026-03-01,maybe,HCL 1\n"),
        &["decisions.csv:2", "`maybe` is no decision"],
    );
    refused(
        &decided("999,2026-03-01,accepted,\n"),
        &["decisions.csv:2", "the register has no unit with the code `999`"],
    );

    let unions = format!(
        "{PROGRAMME}\n[unions]\nmax_members = 2\nmax_population = 9000\n\
         population = \"people.total\"\nneighbours = {{ source = \"borders\" }}\n"
    );
    let case = six_with(&lists, &unions)
        .file("decisions.csv", "code,date,decision\n")
        .file("borders.csv", "a,b,border_m\n101,102,500\n102,777,500\n");
    refused(&case, &["borders.csv:3", "the register has no unit with the code `777`"]);
}

#[test]
fn a_refusal_brings_in_the_next_of_the_reserve() {
    let lists = format!(
        "{STUDY}\n[[source]]\nid = \"decisions\"\nfile = \"decisions.csv\"\nlayout = \"decisions\"\n"
    );
    let programme = format!("{PROGRAMME}\n[decisions]\nsource = \"decisions\"\n");
    let case = six_with(&lists, &programme).file(
        "decisions.csv",
        "code,date,decision,reference\n201,2026-03-01,refused,HCL 7\n202,10.03.2026,accepted,HCL 9\n",
    );
    let seen = select(&case);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    assert!(seen.contains("Decisions: 1 accepted, 1 refused"), "{seen}");
    let decisions = case.read("out/tables/decisions.csv");
    assert!(
        decisions.contains(
            "201,Gruia,commune,Mehedinți,Sud-Vest Oltenia,I,1,1,,refused,2026-03-01,HCL 7"
        ),
        "{decisions}"
    );
    assert!(decisions.contains("202,Poroina Mare,commune,Mehedinți,Sud-Vest Oltenia,I,1,2,2026-03-01,accepted,2026-03-10,HCL 9"), "{decisions}");
    let record = fs::read_to_string(case.path("out/run.json")).unwrap();
    assert!(record.contains("decisions.csv") && record.contains("\"programme\""), "{record}");
}

/// The formulas of the column that a workbook's *Index* sheet calls so, by row, and its texts.
fn column(case: &Case, identifier: &str) -> Option<Vec<(String, String)>> {
    use calamine::{Reader as _, Xlsx, open_workbook};
    let mut book: Xlsx<_> = open_workbook(case.path("out/report.xlsx")).expect("a workbook");
    let texts = book.worksheet_range("Index").expect("the sheet");
    let formulas = book.worksheet_formula("Index").expect("the sheet");
    let at = |row: u32, column: u32| texts.get_value((row, column)).map(ToString::to_string);
    let end = texts.end().expect("cells");
    let identifiers = (0..=end.0).find(|&row| at(row, 0).as_deref() == Some("code"))?;
    let found =
        (0..=end.1).find(|&column| at(identifiers, column).as_deref() == Some(identifier))?;
    let cell = |row: u32| {
        let formula = formulas.get_value((row, found)).cloned().unwrap_or_default();
        (formula, at(row, found).unwrap_or_default())
    };
    Some((identifiers + 2..=end.0).map(cell).collect())
}

#[test]
fn phases_by_places_alone_are_formulas_and_others_are_values() {
    let quota = "quota = [ { by = \"county\", max = 1 } ]";
    let plain = six_with(STUDY, &PROGRAMME.replace(quota, ""));
    let told = plain.run(&["select", "study.toml", "--lang", "en", "--format", "xlsx,csv"]);
    assert!(told.starts_with("exit code: 0\n"), "{told}");
    let live = column(&plain, "phase").expect("a live phase");
    let computed = column(&plain, "phase.computed").expect("the engine's phase beside it");
    let phases = |cells: &[(String, String)]| -> Vec<String> {
        cells.iter().map(|(_, text)| text.clone()).collect()
    };
    assert_eq!(phases(&live), phases(&computed));
    assert_eq!(phases(&live).iter().filter(|phase| *phase == "I").count(), 2);
    // 103 and 203 may take no place: no weight brings them on the list
    let is_formula: Vec<bool> = live.iter().map(|(formula, _)| !formula.is_empty()).collect();
    assert_eq!(is_formula, [true, true, false, true, true, false]);
    assert!(live[0].0.contains("<=Weights!$D$"), "{}", live[0].0);
    assert!(computed.iter().all(|(formula, _)| formula.is_empty()));

    let quotas = six_with(STUDY, PROGRAMME);
    quotas.run(&["select", "study.toml", "--lang", "en", "--format", "xlsx"]);
    assert!(column(&quotas, "phase").is_none());
    let values = column(&quotas, "phase.computed").expect("the engine's phase as a value");
    assert_eq!(phases(&values).iter().filter(|phase| *phase == "I").count(), 2);
}
