//! Need beside supply: what a programme says of communes and counties, and what it leaves unsaid.

use crate::command::Case;
use crate::small::{METHOD, STUDY, VALUES, with};

/// A register of services without codes and diacritics; Culciu and Strehaia are not in it.
const SERVICES: &str = "\
Judet,UAT,Asistenti,Servicii
Satu Mare,Apa,3,1
SATU MARE,BELTIUG,0,0
Mehedinti,Gruia,1,2
Mehedinti,Poroina Mare,0,1
";

/// Nobody is selected; towns are not counted.
const PROFILE: &str = r#"[programme]
id     = "profile"
status = "illustrative"
title  = { ro = "Profil", en = "Profile" }
score  = "score"

[order]
decimals = 3

[capacity]
where  = "kind = 'commune'"
weight = "people.total"

[[resource]]
id     = "workers"
title  = { ro = "Asistenți sociali", en = "Social workers" }
supply = "services.workers"
need   = "CASE WHEN score.score >= 50 THEN 2 ELSE 1 END"

[[resource]]
id     = "licensed"
title  = { ro = "Servicii licențiate", en = "Licensed services" }
where  = "kind IN ('commune', 'town')"
supply = "services.licensed"
named  = true

[[resource]]
id       = "providers"
title    = { ro = "Furnizori", en = "Providers" }
supply   = "providers.public"
optional = true
"#;

/// The six communes with a register of services; `absent` is what a missing row means.
fn six(absent: &str, programme: &str) -> Case {
    let measure = |id: &str, column: &str| {
        format!("{{ id = \"{id}\", column = \"{column}\", nature = \"count\"{absent} }}")
    };
    let study = STUDY.replacen(
        "methodology = \"method.toml\"",
        "methodology = \"method.toml\"\nprogramme   = \"programme.toml\"",
        1,
    );
    let study = format!(
        "{study}\n[[source]]\nid = \"services\"\nfile = \"services.csv\"\n\
         key = {{ name = \"UAT\", county = \"Judet\" }}\nmeasure = [ {}, {} ]\n",
        measure("workers", "Asistenti"),
        measure("licensed", "Servicii")
    );
    with(&study, METHOD, VALUES).file("services.csv", SERVICES).file("programme.toml", programme)
}

fn select(case: &Case, more: &[&str]) -> String {
    let arguments = ["select", "study.toml", "--lang", "en", "--format", "csv"];
    case.run(&[&arguments[..], more].concat())
}

#[test]
fn a_profile_selects_nobody_and_sets_need_beside_supply() {
    let case = six(", absent = \"zero\"", PROFILE);
    let seen = select(&case, &[]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    // Beltiug, Gruia and Poroina Mare score 50 or more and need two
    assert_eq!(
        case.read("out/tables/capacity.csv"),
        "code,name,kind,county,region,score,workers.need,workers.supply,workers.gap,licensed.supply\n\
         101,Apa,commune,Satu Mare,Nord-Vest,23.333,1,3,0,1\n\
         102,Beltiug,commune,Satu Mare,Nord-Vest,55,2,0,2,0\n\
         103,Culciu,commune,Satu Mare,Nord-Vest,8.333,1,0,1,0\n\
         201,Gruia,commune,Mehedinți,Sud-Vest Oltenia,75,2,1,1,2\n\
         202,Poroina Mare,commune,Mehedinți,Sud-Vest Oltenia,61.667,2,0,2,1\n\
         203,Strehaia,town,Mehedinți,Sud-Vest Oltenia,42.5,,,,0\n"
    );
    let summary = case.read("out/tables/summary_capacity_county.csv");
    assert!(summary.contains("Satu Mare"), "{summary}");
    assert!(!case.path("out/tables/selection.csv").exists());
    assert!(seen.contains("Social workers: 4 against a need of 8, missing: 6"), "{seen}");
    assert!(seen.contains("the most vulnerable with a gap: Gruia, Poroina Mare"), "{seen}");
    assert!(seen.contains("Providers: the study has no source `providers`"), "{seen}");
    assert!(case.read("out/tables/findings.csv").contains("resource-absent"));
    let checked = case.run(&["check", "study.toml"]);
    assert!(
        checked.contains("programme `profile` selects nobody: need beside supply"),
        "{checked}"
    );
}

#[test]
fn the_pack_of_a_county_names_who_has_some() {
    let case = six(", absent = \"zero\"", PROFILE);
    let seen = select(&case, &["--county", "MH"]);
    assert!(
        seen.contains("Licensed services: 3 (2 of 3 units have some): Gruia, Poroina Mare"),
        "{seen}"
    );
    assert_eq!(case.read("out/tables/capacity.csv").lines().count(), 1 + 3);
    let summary = case.read("out/tables/summary_capacity_county.csv");
    assert!(
        !summary.contains("Satu Mare") && summary.contains("\"Gruia, Poroina Mare\""),
        "{summary}"
    );
}

#[test]
fn what_is_not_known_is_no_zero() {
    let case = six("", PROFILE);
    let seen = select(&case, &[]);
    assert!(
        seen.contains("Social workers: not known against a need of 8, missing: not known"),
        "{seen}"
    );
    let table = case.read("out/tables/capacity.csv");
    assert!(table.contains("103,Culciu,commune,Satu Mare,Nord-Vest,8.333,1,,,\n"), "{table}");
    // Mehedinți is whole: its communes all have a row
    let summary = case.read("out/tables/summary_capacity_county.csv");
    let rows: Vec<Vec<&str>> = summary.lines().map(|line| line.split(',').collect()).collect();
    let at = |column: &str| rows[0].iter().position(|name| *name == column).unwrap();
    assert_eq!(rows[1][at("workers.gap")], "3", "{summary}");
    assert_eq!(rows[2][at("workers.gap")], "", "{summary}");
    assert_eq!(rows[2][at("workers.unknown")], "1", "{summary}");
}

#[test]
fn small_counts_of_a_capacity_are_masked() {
    let case = six(", absent = \"zero\"", PROFILE);
    let study = case.read("study.toml");
    let case = case
        .file("study.toml", format!("{study}\n[publish]\nmin_count = 2\nsmall = \"withhold\"\n"));
    let seen = select(&case, &[]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    // Apa has 3 workers and one service, Gruia one worker and two services
    let table = case.read("out/tables/capacity.csv");
    assert!(table.contains(",Satu Mare,Nord-Vest,23.333,1,3,value,0,value,,withheld\n"), "{table}");
    assert!(table.contains(",75,2,,withheld,,withheld,2,value\n"), "{table}");
    let summary = case.read("out/tables/summary_capacity_county.csv");
    let rows: Vec<Vec<&str>> = summary.lines().map(|line| line.split(',').collect()).collect();
    let at = |column: &str| rows[0].iter().position(|name| *name == column).unwrap();
    // one unknown part: neither the sum of the county nor its gap
    assert_eq!([rows[1][at("workers.supply")], rows[1][at("workers.gap")]], ["", ""], "{summary}");
    for state in ["workers.supply.state", "workers.gap.state"] {
        assert_eq!([rows[1][at(state)], rows[2][at(state)]], ["withheld", "value"], "{summary}");
    }
    let json: serde_json::Value = serde_json::from_str(&case.read("out/selection.json")).unwrap();
    let workers = &json["capacity"]["resources"][0];
    assert_eq!((workers["supply"].is_null(), &workers["supply.state"]), (true, &"withheld".into()));
    assert!(workers.get("need.state").is_none(), "{workers}");
    assert_eq!(rows[2][at("workers.supply")], "3", "{summary}");
}

#[test]
fn the_profile_of_satu_mare_is_that_of_its_presentation() {
    let case = Case::new();
    let seen = case.run(&[
        "select",
        "--demo",
        "--programme",
        "county-profile",
        "--county",
        "SM",
        "--format",
        "csv",
    ]);
    assert!(seen.starts_with("exit code: 0\n"), "{seen}");
    let mut reader =
        csv::Reader::from_path(case.path("out/tables/summary_capacity_county.csv")).unwrap();
    let rows: Vec<std::collections::BTreeMap<String, String>> =
        reader.deserialize().map(Result::unwrap).collect();
    let [row] = &rows[..] else { panic!("{rows:?}") };
    // CNASR, Satu Mare, 15.02.2024: 59 rural units, 31 social workers, 36 accredited units, 7 with
    // licensed services, 2 struck off; the names stand there without diacritics
    for (column, figure) in [
        ("county", "Satu Mare"),
        ("workers.units", "59"),
        ("workers.supply", "31"),
        ("workers.need", "59"),
        ("workers.gap", "28"),
        ("workers.unknown", "0"),
        ("accredited.supply", "36"),
        ("accredited.gap", "23"),
        ("licensed.having", "7"),
        ("licensed.names", "Apa, Beltiug, Berveni, Culciu, Săuca, Terebești, Viile Satu Mare"),
        ("struck_off.supply", "2"),
    ] {
        assert_eq!(row[column], figure, "{column}");
    }
    assert_eq!(case.read("out/tables/capacity.csv").lines().count(), 1 + 65);
}
