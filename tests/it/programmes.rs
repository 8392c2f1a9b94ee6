//! The bundled programmes on the demonstration, as README and `docs/programmes.md` run them.

use std::collections::BTreeMap;
use std::fs;

use crate::command::Case;
use crate::small;

type Row = BTreeMap<String, String>;

fn rows(case: &Case, table: &str) -> Vec<Row> {
    let path = case.path(&format!("out/tables/{table}.csv"));
    csv::Reader::from_path(path).unwrap().deserialize().map(Result::unwrap).collect()
}

fn select(case: &Case, programme: &str) -> String {
    case.run(&["select", "--demo", "--programme", programme, "--format", "csv", "--lang", "en"])
}

/// Amounts of a table of parts, in hundredths, by envelope.
fn sums(parts: &[Row]) -> BTreeMap<&str, i64> {
    let mut sums = BTreeMap::new();
    for part in parts {
        let hundredths = match part["amount"].split_once('.') {
            Some((whole, rest)) => format!("{whole}{rest:0<2}"),
            None => format!("{}00", part["amount"]),
        };
        *sums.entry(part["envelope"].as_str()).or_default() += hundredths.parse::<i64>().unwrap();
    }
    sums
}

#[test]
fn answers_pass_places_to_the_reserve_and_parts_sum_to_their_envelopes() {
    let case = Case::new();
    let seen = select(&case, "sci-2000-decided");
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    assert!(
        seen.contains("Decisions: 3 accepted, 2 refused, 2 withdrawn, 4 replacements"),
        "{seen}"
    );
    assert!(seen.contains("Integrated community teams: 2,000 against 2,000\n"), "{seen}");

    let units = rows(&case, "selection");
    let of = |name: &str, county: &str| {
        let found = |row: &&Row| row["name"] == name && row["county"] == county;
        units.iter().find(found).unwrap()
    };
    // named without diacritics in the list
    assert_eq!(of("Căpleni", "Satu Mare")["decision"], "accepted");
    assert_eq!(of("Florești", "Mehedinți")["decision"], "refused");
    assert_eq!(of("Uda-Clocociov", "Teleorman")["decision"], "withdrawn");
    let entered: Vec<&Row> = units.iter().filter(|row| row["decision"] == "replacement").collect();
    assert!(
        entered.iter().all(|row| row["state"] == "reserve" && !row["phase"].is_empty()),
        "{entered:?}"
    );
    let history = rows(&case, "decisions");
    let uda: Vec<&str> = history
        .iter()
        .filter(|row| row["name"] == "Uda-Clocociov")
        .map(|row| row["decision"].as_str())
        .collect();
    assert_eq!(uda, ["accepted", "withdrawn"]);
    assert!(history.iter().any(|row| row["reference"].starts_with("exemplu: HCL 9/2026")));

    let parts = rows(&case, "summary_envelopes");
    let sums = sums(&parts);
    for (envelope, total) in [
        ("teams", 200_000),
        ("spaces", 200_000),
        ("professionals", 1_000_000),
        ("qualified", 637_300),
        ("people", 45_000_000),
        ("eligible_value", 405_670_225_530),
        ("eu_value", 337_273_218_100),
    ] {
        assert_eq!(sums[envelope], total, "{envelope}");
    }
    // a part for each county and phase that has places, and those of `teams` are the places
    let places = rows(&case, "summary_places_county");
    for row in &places {
        for phase in ["I", "II"] {
            let part = parts.iter().find(|part| {
                part["envelope"] == "teams"
                    && part["county"] == row["county"]
                    && part["phase"] == phase
            });
            let amount = part.map_or("0", |part| part["amount"].as_str());
            assert_eq!(amount, row[&format!("phase_{phase}")], "{} {phase}", row["county"]);
        }
    }
    // Bucharest has no commune and still has providers
    let capacity = rows(&case, "summary_capacity_county");
    assert_eq!(capacity.len(), 42);
    let capital = capacity.iter().find(|row| row["county"] == "București").unwrap();
    assert_eq!((capital["workers.units"].as_str(), capital["workers.need"].as_str()), ("0", ""));
}

#[test]
fn a_perturbed_demonstration_fails_the_check() {
    let programme = "[programme]\nid = \"short\"\nextends = \"sci-139\"\n\
                     [[phase]]\nid = \"I\"\nupto = 138\nquota = [ { by = \"kind\", exactly = \
                     { commune = 131, town = 7 } }, { by = \"county\", min = 1, max = 6 } ]\n";
    let case = Case::new().file("short.toml", programme);
    let seen = select(&case, "short.toml");
    assert!(seen.starts_with("exit code: 1\n"), "{seen}");
    assert!(seen.contains("Localities: 138 against 139 – DIFFERS"), "{seen}");
    assert!(
        seen.contains(
            "`localities` of `MMJS: 139 de comunități` is 139, and the list comes to 138"
        ),
        "{seen}"
    );
    let findings = fs::read_to_string(case.path("out/tables/findings.csv")).unwrap();
    assert!(findings.contains("envelope-differs"));
}

/// The programme of `docs/programmes.md` that lets small neighbours join.
pub(crate) fn unions() -> Case {
    let readme = include_str!("../../docs/programmes.md");
    let from = readme.find("# pms-unions.toml").unwrap();
    let text = &readme[from..from + readme[from..].find("```").unwrap()];
    Case::new().file("pms-unions.toml", text)
}

#[test]
fn the_unions_of_the_readme_fit_the_demonstration() {
    let seen = unions().run(&["check", "--demo", "--programme", "pms-unions.toml"]);
    assert!(seen.contains("programme `pms-unions`: 3,180 units may take a place"), "{seen}");
    assert!(seen.contains("phase II     unions: exact labels, bound reported"), "{seen}");
}

#[test]
fn the_unions_of_the_readme_choose_2000_projects() {
    let case = unions();
    let seen = select(&case, "pms-unions.toml");
    assert!(seen.contains("Localities: 2,000 against 2,000"), "{seen}");
    let units = rows(&case, "selection");
    assert!(units.iter().filter(|row| row["state"] == "selected").count() > 2000);
    assert!(rows(&case, "unions").iter().any(|row| row["role"] == "partner"));
}

/// A study of six communes whose programme names the methodology that it was written for.
fn written_for(study: &str, methodology: &str) -> Case {
    let programme = format!(
        "[programme]\nid = \"two\"\nstatus = \"illustrative\"\ntitle = \"Two\"\nscore = \"score\"\n\
         methodology = \"{methodology}\"\n\
         [eligible]\nunscored = {{ rule = \"exclude\", reason = \"no score\" }}\n\
         [[phase]]\nid = \"I\"\nupto = 2\n"
    );
    let other = small::METHOD.replacen("id      = \"six\"", "id      = \"other\"", 1);
    small::with(study, small::METHOD, small::VALUES)
        .file("two.toml", programme)
        .file("other.toml", other)
}

#[test]
fn a_study_without_a_methodology_takes_that_of_its_programme() {
    let bare = small::STUDY.replacen("methodology = \"method.toml\"\n", "", 1);
    let named = bare.replacen("[register]", "programme = \"two.toml\"\n[register]", 1);
    let case = written_for(&named, "method.toml");
    let seen = case.run(&["select", "--format", "csv"]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    assert!(!case.read("out/tables/findings.csv").contains("other-methodology"));
    // a command that looks at no programme needs it all the same
    let computed = case.run(&["compute", "--out", "computed", "--format", "csv"]);
    assert!(computed.starts_with("exit code: 0\n"), "{computed}");
    assert_eq!(case.read("out/tables/index.csv"), case.read("computed/tables/index.csv"));
    // a bag holds what it was computed from
    let archived = case.run(&["archive", "--out", "bag", "--format", "csv"]);
    assert!(archived.starts_with("exit code: 0\n"), "{archived}");
    let replayed = case.run(&["replay", "bag"]);
    assert!(replayed.starts_with("exit code: 0\n"), "{replayed}");

    let case = written_for(&bare, "method.toml");
    insta::assert_snapshot!(case.run(&["compute"]), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: this study names no methodology, nor a programme that names one
    --> study.toml
     = hint: add `methodology = "…"` to `[study]`, or name one with `--methodology`

    1 problem; nothing was written
    "#);
    let case = written_for(&named, "irc-rurall");
    insta::assert_snapshot!(case.run(&["compute"]), @r"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: no methodology `irc-rurall` comes with the program
    --> irc-rurall
     = hint: did you mean `irc-rural`?; the path of a file of your own ends in `.toml`

    1 problem; nothing was written
    ");
}

#[test]
fn a_programme_applied_to_another_methodology_is_told() {
    let seen = |case: &Case, more: &[&str]| {
        let select = ["select", "--programme", "two.toml", "--format", "csv"];
        let seen = case.run(&[&select[..], more].concat());
        assert!(seen.starts_with("exit code: 0\n"), "{seen}");
        case.read("out/tables/findings.csv").contains("other-methodology")
    };
    let case = written_for(small::STUDY, "other.toml");
    assert!(seen(&case, &[]));
    assert!(!seen(&case, &["--methodology", "other.toml"]));
    let case = written_for(small::STUDY, "method.toml");
    assert!(!seen(&case, &[]));
    assert!(seen(&case, &["--methodology", "other.toml"]));
    // a name that no methodology has is told even where the study names its own
    let case = written_for(small::STUDY, "irc-rurall");
    insta::assert_snapshot!(case.run(&["select", "--programme", "two.toml"]), @r#"
    exit code: 2
    ----- stdout -----
    ----- stderr -----
    error: no methodology `irc-rurall` comes with the program
     --> two.toml:6:15
      |
    6 | methodology = "irc-rurall"
      |               ^^^^^^^^^^^^
      |
      = hint: did you mean `irc-rural`?; the path of a file of your own ends in `.toml`

    1 problem; nothing was written
    "#);
}

#[test]
fn the_selection_of_2000_is_made_among_communes_alone() {
    let case = Case::new();
    let arguments = ["select", "--demo", "--programme", "sci-2000", "--methodology", "irc-rural"];
    let seen = case.run(&[&arguments[..], &["--format", "csv"]].concat());
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let findings = case.read("out/tables/findings.csv");
    for absent in ["other-methodology", "universes-differ"] {
        assert!(!findings.contains(absent), "{findings}");
    }
    for row in rows(&case, "index") {
        let is_commune = row["kind"] == "commune";
        assert_eq!(row["rank"].is_empty(), !is_commune, "{row:?}");
        assert_eq!(row["class"].is_empty(), !is_commune, "{row:?}");
        let score: f64 = row["irc"].parse().unwrap();
        assert!(!is_commune || (0.0..=100.0).contains(&score), "{row:?}");
        assert!(!row.contains_key("locality_type"), "{row:?}");
    }
}

#[test]
fn reports_name_their_programme_and_the_county_of_a_pack() {
    let case = written_for(small::STUDY, "method.toml");
    let out = |more: &[&str]| {
        let words = [&["select", "--programme", "two.toml", "--format", "html,csv"], more].concat();
        let seen = case.run(&words);
        assert!(seen.starts_with("exit code: 0\n"), "{seen}");
        case.read("out/report.html")
    };
    let page = out(&[]);
    assert!(page.contains("Program: Two (two); reguli ilustrative, neaprobate prin niciun act"));
    assert!(!page.contains("– județul Satu Mare</h1>"));
    let pack = out(&["--county", "SM"]);
    assert!(pack.contains("– județul Satu Mare</h1>"));
    assert!(case.read("out/CITESTE-MA.txt").contains("Program: Two (two)"));
}
