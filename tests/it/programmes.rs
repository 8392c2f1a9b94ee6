//! The bundled programmes on the demonstration, as README and `docs/programmes.md` run them.

use std::collections::BTreeMap;
use std::fs;

use crate::command::Case;

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
    assert_eq!(of("Terebești", "Satu Mare")["decision"], "accepted");
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
    assert!(history.iter().any(|row| row["reference"].starts_with("HCL 9/2026")));

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
    assert!(seen.contains("programme `pms-unions`: 3,181 units may take a place"), "{seen}");
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
