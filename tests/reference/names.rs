//! Codes and names beside each other in published JSON: boundaries, budgets, people by name.

use std::collections::BTreeSet;
use std::path::Path;

use libtest_mimic::Trial;
use risk_index::register::{Bundled, CodeMatch, Matcher, NameMatch, RowClass, bundled};
use serde_json::Value;

use crate::data::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("names/three_codes_of_the_topojson_are_wrong", three_codes_of_the_topojson_are_wrong),
        trial("names/the_polygons_of_2019_join", the_polygons_of_2019_join),
        trial("names/the_polygons_of_one_county_join", the_polygons_of_one_county_join),
        trial("names/budgets_join_without_the_county", budgets_join_without_the_county),
        trial("names/no_damaged_name_leads_to_a_unit", no_damaged_name_leads_to_a_unit),
        trial("names/territories_join_and_dissolved_ones_do_not", territories_join),
    ]
}

fn read(folder: &Path, path: &str) -> Value {
    let text = std::fs::read_to_string(folder.join("real-data").join(path)).unwrap();
    serde_json::from_str(&text).unwrap()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// Code, name and county of a row.
type Row = (String, String, String);

/// What became of rows: how many name the unit of their code, the codes whose name is another's, and
/// what is no unit.
#[derive(Debug, Default, PartialEq, Eq)]
struct Joined {
    agree: usize,
    contradict: Vec<String>,
    unnamed: Vec<String>,
    others: Vec<RowClass>,
}

fn join(ro: &Bundled, rows: &[Row]) -> Joined {
    let matcher = Matcher::new(&ro.register, &ro.gazetteer, &ro.aliases);
    let mut joined = Joined::default();
    for (code, name, county) in rows {
        let CodeMatch::Unit(unit, _) = matcher.code(code) else {
            joined.others.push(matcher.row_class(Some(code), Some(name), Some(county)));
            continue;
        };
        match matcher.name(name, Some(county)) {
            NameMatch::Unit(found, _) if found == unit => {
                assert!(matcher.is_name_of(name, unit), "{code} {name}");
                joined.agree += 1;
            }
            NameMatch::Unit(..) => {
                assert!(!matcher.is_name_of(name, unit), "{code} {name}");
                joined.contradict.push(code.clone());
            }
            NameMatch::Ambiguous(_) | NameMatch::Unknown(_) => joined.unnamed.push(name.clone()),
        }
    }
    joined
}

fn three_codes_of_the_topojson_are_wrong(folder: &Path) -> String {
    let topology = read(folder, "boundaries/ro-uats3_polygon-topo.json");
    let shapes = topology["objects"]["UTRuriOAR3"]["geometries"].as_array().unwrap();
    let row = |shape: &Value| {
        let properties = &shape["properties"];
        (text(&properties["siruta"]), text(&properties["nume"]), text(&properties["judet"]))
    };
    let rows: Vec<Row> = shapes.iter().map(row).collect();
    let joined = join(&bundled("ro-uat-2025").unwrap(), &rows);
    assert_eq!(joined.unnamed, ["nan"], "the name of Bucharest");
    let wrong: BTreeSet<&str> = joined.contradict.iter().map(String::as_str).collect();
    assert_eq!(wrong, BTreeSet::from(["154228", "154282", "157736"]));
    assert_eq!((joined.agree, joined.others.len()), (3_171, 0));
    format!("{} of {} names are those of their codes", joined.agree, rows.len())
}

fn of_features(folder: &Path, path: &str, keys: [&str; 3]) -> Vec<Row> {
    let collection = read(folder, path);
    let row = |feature: &Value| {
        let [code, name, county] = keys.map(|key| text(&feature["properties"][key]));
        (code, name, county)
    };
    collection["features"].as_array().unwrap().iter().map(row).collect()
}

fn the_polygons_of_2019_join(folder: &Path) -> String {
    let rows = of_features(folder, "boundaries/comune2.geojson", ["natcode", "name", "county"]);
    let joined = join(&bundled("ro-uat-2025").unwrap(), &rows);
    assert_eq!(joined.contradict.len() + joined.unnamed.len(), 0, "{joined:?}");
    assert_eq!((joined.agree, joined.others), (3_180, vec![RowClass::Sector; 6]));
    format!("{} polygons", rows.len())
}

fn the_polygons_of_one_county_join(folder: &Path) -> String {
    let rows = of_features(folder, "boundaries/uat_CV.geojson", ["SIRUTA", "UAT", "Judet"]);
    let joined = join(&bundled("ro-uat-2025").unwrap(), &rows);
    assert_eq!(joined, Joined { agree: 45, ..Joined::default() });
    format!("{} polygons", rows.len())
}

fn budgets_join_without_the_county(folder: &Path) -> String {
    let mut rows: Vec<Row> = Vec::new();
    for file in ["other/uat-timis-2023.snap.json", "other/uat-cluj-2023.snap.json"] {
        let budgets = read(folder, file);
        let row = |unit: &Value| {
            let [code, name, county] =
                ["siruta_code", "uat_name", "county_name"].map(|key| text(&unit[key]));
            (code, name, county)
        };
        rows.extend(budgets["heatmapUATData"].as_array().unwrap().iter().map(row));
    }
    let joined = join(&bundled("ro-uat-2025").unwrap(), &rows);
    assert_eq!(joined.contradict.len() + joined.unnamed.len(), 0, "{joined:?}");
    assert_eq!((joined.agree, joined.others), (180, vec![RowClass::County; 2]));
    format!("{} units", joined.agree)
}

/// `CITI` was Ciorăști before somebody deleted `ORAS` from every name.
fn no_damaged_name_leads_to_a_unit(folder: &Path) -> String {
    let ro = bundled("ro-uat-2025").unwrap();
    let matcher = Matcher::new(&ro.register, &ro.gazetteer, &ro.aliases);
    let people = read(folder, "population/county_population.json");
    let (mut units, mut named, mut refused) = (BTreeSet::new(), 0, Vec::new());
    for (county, names) in people.as_object().unwrap() {
        for name in names.as_object().unwrap().keys() {
            if matcher.row_class(None, Some(name), Some(county)) == RowClass::Sector {
                continue;
            }
            match matcher.name(name, Some(county)) {
                NameMatch::Unit(unit, _) => {
                    named += 1;
                    assert!(units.insert(unit), "{name} in {county} is another name's unit");
                }
                NameMatch::Ambiguous(_) | NameMatch::Unknown(_) => refused.push(name.clone()),
            }
        }
    }
    assert!(named >= 3_170, "{named} named; refused {refused:?}");
    for damaged in ["CITI", "TIE"] {
        assert!(refused.iter().any(|name| name == damaged), "{damaged}: {refused:?}");
    }
    format!("{named} names, {} refused", refused.len())
}

fn territories_join(folder: &Path) -> String {
    let mut reader =
        csv::Reader::from_path(folder.join("real-data/siruta/territories.csv")).unwrap();
    let records: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let county_of = |code: &str| {
        let found = records.iter().find(|record| &record[1] == code);
        found.map(|record| record[5].to_owned()).unwrap_or_default()
    };
    let units = records.iter().filter(|record| &record[3] == "LAU");
    let rows: Vec<Row> = units
        .map(|record| (record[2].to_owned(), record[5].to_owned(), county_of(&record[4])))
        .collect();
    let joined = join(&bundled("ro-uat-2025").unwrap(), &rows);
    assert_eq!(joined.contradict.len() + joined.unnamed.len(), 0, "{joined:?}");
    assert_eq!(joined.agree, 3_181);
    // Cernele and Goranu were dissolved and are places inside towns.
    assert_eq!(joined.others, [RowClass::Village; 2]);
    format!("{} territories", rows.len())
}
