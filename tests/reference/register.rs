//! Names, codes and labels of published files against the bundled register: how many join, and that
//! none joins the wrong unit.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use libtest_mimic::Trial;
use risk_index::register::{AreaMatch, Bundled, CodeMatch, Matcher, NameMatch, RowClass, bundled};

use crate::data::trial;

pub(crate) fn trials() -> Vec<Trial> {
    vec![
        trial("register/the_labels_of_tempo_join", the_labels_of_tempo_join),
        trial(
            "register/the_census_of_2021_joins_without_its_county_rows_and_sectors",
            the_census_of_2021_joins_without_its_county_rows_and_sectors,
        ),
        trial("register/older_editions_of_the_register_join", older_editions_of_the_register_join),
        trial("register/the_points_of_2015_join", the_points_of_2015_join),
        trial(
            "register/the_covid_series_joins_by_code_and_its_rows_without_code_by_name",
            the_covid_series_joins_by_code_and_its_rows_without_code_by_name,
        ),
        trial(
            "register/the_public_bodies_join_by_name_alone",
            the_public_bodies_join_by_name_alone,
        ),
        trial(
            "register/every_county_label_of_the_employment_agency_is_known",
            every_county_label_of_the_employment_agency_is_known,
        ),
        trial(
            "register/county_labels_of_villages_and_tempo_are_known",
            county_labels_of_villages_and_tempo_are_known,
        ),
        trial(
            "register/no_name_of_the_ministry_leads_to_a_wrong_unit",
            no_name_of_the_ministry_leads_to_a_wrong_unit,
        ),
    ]
}

fn ro() -> Bundled {
    bundled("ro-uat-2025").unwrap()
}

fn matcher(of: &Bundled) -> Matcher<'_> {
    Matcher::new(&of.register, &of.gazetteer, &of.aliases)
}

/// The rows of a delimited file by header, whatever its encoding.
fn rows(path: &Path, delimiter: u8) -> Vec<BTreeMap<String, String>> {
    let bytes = std::fs::read(path).unwrap();
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(bytes) => encoding_rs::WINDOWS_1250.decode(bytes.as_bytes()).0.into_owned(),
    };
    let text = text.trim_start_matches('\u{FEFF}');
    let mut reader =
        csv::ReaderBuilder::new().delimiter(delimiter).flexible(true).from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let record = |record: csv::StringRecord| {
        header.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|row| record(row.unwrap())).collect()
}

/// What became of the rows of a file that has codes, names and counties.
#[derive(Debug, Default, PartialEq, Eq)]
struct Joined {
    /// Rows by class, in the order of the classes.
    classes: BTreeMap<RowClass, usize>,
    /// Distinct units hit by code.
    by_code: usize,
    /// Distinct units hit by name and county.
    by_name: usize,
    /// Names of units that led nowhere, or to another unit than the code.
    wrong: Vec<String>,
}

fn join(matcher: &Matcher, rows: &[(String, String, String)]) -> Joined {
    let mut joined = Joined::default();
    let (mut coded, mut named) = (BTreeSet::new(), BTreeSet::new());
    for (code, name, county) in rows {
        let class = matcher.row_class(Some(code), Some(name), Some(county));
        *joined.classes.entry(class).or_default() += 1;
        let CodeMatch::Unit(unit, _) = matcher.code(code) else { continue };
        coded.insert(unit);
        match matcher.name(name, Some(county)) {
            NameMatch::Unit(found, _) if found == unit => {
                named.insert(unit);
                assert!(matcher.is_name_of(name, unit), "{name}");
            }
            other => joined.wrong.push(format!("{code} {name} ({county}): {other:?}")),
        }
    }
    joined.by_code = coded.len();
    joined.by_name = named.len();
    joined
}

#[track_caller]
fn all_join(joined: &Joined, units: usize, others: &[(RowClass, usize)]) {
    assert_eq!(joined.wrong, [""; 0]);
    assert_eq!((joined.by_code, joined.by_name), (units, units));
    let mut classes = BTreeMap::from([(RowClass::Unit, units)]);
    classes.extend(others.iter().copied());
    assert_eq!(joined.classes, classes);
}

fn the_labels_of_tempo_join(folder: &Path) -> String {
    let text = std::fs::read_to_string(folder.join("real-data/siruta/POP107D_meta.json")).unwrap();
    let meta: serde_json::Value = serde_json::from_str(&text).unwrap();
    let options = |label: &str| {
        let dimensions = meta["dimensionsMap"].as_array().unwrap();
        let of = dimensions.iter().find(|dimension| dimension["label"] == label).unwrap();
        of["options"].as_array().unwrap().clone()
    };
    let label = |option: &serde_json::Value| option["label"].as_str().unwrap().to_owned();
    let counties: BTreeMap<u64, String> = options("Judete")
        .iter()
        .map(|option| (option["nomItemId"].as_u64().unwrap(), label(option)))
        .collect();

    let ro = ro();
    let matcher = matcher(&ro);
    let mut split = Vec::new();
    for option in options("Localitati ") {
        let county = counties[&option["parentId"].as_u64().unwrap()].clone();
        let text = label(&option);
        match matcher.split_glued(&text) {
            Some((code, name)) => split.push((code.to_owned(), name.to_owned(), county)),
            None => assert_eq!(text, "TOTAL"),
        }
    }
    assert_eq!(split.len(), 3181);
    all_join(&join(&matcher, &split), 3181, &[]);

    let labels = counties.values().filter(|label| *label != "TOTAL");
    let found = labels.filter(|label| matches!(matcher.area("county", label), AreaMatch::Area(..)));
    assert_eq!(found.count(), 42);
    assert_eq!(matcher.area("county", "TOTAL"), AreaMatch::Total);
    "3,181 labels by code and by name, 42 counties".to_owned()
}

fn the_census_of_2021_joins_without_its_county_rows_and_sectors(folder: &Path) -> String {
    let ro = ro();
    let matcher = matcher(&ro);
    let rows: Vec<_> = rows(&folder.join("real-data/population/uat_cif_pop_2021.csv"), b',')
        .into_iter()
        .map(|row| (row["cod_siruta"].clone(), row["localitate"].clone(), row["judet"].clone()))
        .collect();
    let joined = join(&matcher, &rows);
    all_join(&joined, 3181, &[(RowClass::Sector, 6), (RowClass::County, 41)]);

    for (code, name, county) in &rows {
        let total = matcher.row_total(Some(code), Some(name), Some(county));
        let (none, expected) = (None, matcher.area("county", county));
        match matcher.row_class(None, Some(name), Some(county)) {
            RowClass::County => {
                let (level, area) = total.unwrap();
                assert_eq!(level, "county");
                assert!(matches!(expected, AreaMatch::Area(at, _) if at == area), "{name}");
            }
            RowClass::Unit | RowClass::Sector => assert_eq!(total, none, "{name}"),
            other => panic!("{name}: {other:?}"),
        }
    }
    format!("{} rows, 3,181 units by code and by name", rows.len())
}

fn older_editions_of_the_register_join(folder: &Path) -> String {
    let ro = ro();
    let matcher = matcher(&ro);
    for file in ["siruta_2013_cp1250_decimal-codes.csv", "siruta_2016S1_utf8bom.csv"] {
        let rows = rows(&folder.join("real-data/siruta").join(file), b';');
        let counties: BTreeMap<&str, &str> = rows
            .iter()
            .filter(|row| row["NIV"] == "1")
            .map(|row| (row["JUD"].as_str(), row["DENLOC"].as_str()))
            .collect();
        let units: Vec<_> = rows
            .iter()
            .filter(|row| row["NIV"] == "2")
            .map(|row| {
                let county = counties[row["JUD"].as_str()].to_owned();
                (row["SIRUTA"].clone(), row["DENLOC"].clone(), county)
            })
            .collect();
        assert_eq!(units.len(), 3181, "{file}");
        all_join(&join(&matcher, &units), 3181, &[]);
        let places = rows.iter().filter(|row| row["NIV"] == "3");
        let known =
            places.filter(|row| matches!(matcher.code(&row["SIRUTA"]), CodeMatch::Locality { .. }));
        assert_eq!(known.count(), 13_755, "{file}");
    }
    "2 editions of 3,181 units and 13,755 localities".to_owned()
}

fn the_points_of_2015_join(folder: &Path) -> String {
    let ro = ro();
    let rows: Vec<_> = rows(&folder.join("real-data/population/ro_uat_point.csv"), b',')
        .into_iter()
        .map(|row| (row["natcode"].clone(), row["name"].clone(), row["county"].clone()))
        .collect();
    all_join(&join(&matcher(&ro), &rows), 3180, &[(RowClass::Sector, 6)]);
    "3,180 units by code and by name, 6 sectors".to_owned()
}

fn the_covid_series_joins_by_code_and_its_rows_without_code_by_name(folder: &Path) -> String {
    let ro = ro();
    let matcher = matcher(&ro);
    let rows: Vec<_> = rows(&folder.join("real-data/other/time_series_ro_uat_daily.csv"), b',')
        .into_iter()
        .map(|row| (row["siruta"].clone(), row["uat_norm"].clone(), row["judet_norm"].clone()))
        .collect();
    let joined = join(&matcher, &rows);
    assert_eq!(joined.wrong, [""; 0]);
    assert_eq!((joined.by_code, joined.by_name), (3178, 3178));
    assert_eq!(joined.classes, BTreeMap::from([(RowClass::Unit, 3180), (RowClass::Sector, 6)]));
    let uncoded = rows.iter().filter(|(code, ..)| code.is_empty());
    for (_, name, county) in uncoded {
        assert!(matches!(matcher.name(name, Some(county)), NameMatch::Unit(..)), "{name}");
    }
    "3,178 units by code, 2 more by name".to_owned()
}

fn the_public_bodies_join_by_name_alone(folder: &Path) -> String {
    let ro = ro();
    let matcher = matcher(&ro);
    let pairs: BTreeSet<(String, String)> =
        rows(&folder.join("real-data/other/ent_pub_2025.csv"), b';')
            .into_iter()
            .map(|row| (row["JUDET"].clone(), row["UAT"].clone()))
            .collect();
    let mut units: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
    let (mut asked, mut refused) = (0, Vec::new());
    for (county, name) in &pairs {
        if matcher.row_class(None, Some(name), Some(county)) != RowClass::Unit || name.is_empty() {
            continue;
        }
        asked += 1;
        match matcher.name(name, Some(county)) {
            NameMatch::Unit(unit, _) => units.entry(unit).or_default().push(name),
            NameMatch::Ambiguous(_) | NameMatch::Unknown(_) => refused.push((county, name)),
        }
    }
    assert_eq!((asked, units.len()), (3200, 3180));
    let simnihai = ("Bistrita Nasaud".to_owned(), "Comuna Simnihaiul de Cimpie".to_owned());
    assert_eq!(refused, [(&simnihai.0, &simnihai.1)]);
    format!("{asked} names, {} refused, {} units", refused.len(), units.len())
}

fn every_county_label_of_the_employment_agency_is_known(folder: &Path) -> String {
    let ro = ro();
    let matcher = matcher(&ro);
    let mut files = 0;
    for entry in std::fs::read_dir(folder.join("real-data/unemployment")).unwrap() {
        let path = entry.unwrap().path();
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let json = name.contains("aprilie_2024");
        if !name.starts_with("somajul_") || json {
            continue;
        }
        let text = String::from_utf8_lossy(&std::fs::read(&path).unwrap()).into_owned();
        let lines = text.trim_start_matches('\u{FEFF}').split(['\r', '\n']);
        let label = |line: &str| line.split(',').next().unwrap_or_default().to_owned();
        let labels: Vec<String> = lines.map(label).filter(|label| !label.is_empty()).collect();
        let mut areas = BTreeSet::new();
        for label in &labels[1..] {
            match matcher.area("county", label) {
                AreaMatch::Area(area, _) => assert!(areas.insert(area), "{name}: {label} twice"),
                AreaMatch::Total => {
                    let total = matcher.total_of("county", label);
                    assert_eq!(total, Some(("national".to_owned(), 0)), "{label}");
                }
                AreaMatch::Unknown(_) => panic!("{name}: `{label}`"),
            }
        }
        assert_eq!(areas.len(), 42, "{name}");
        files += 1;
    }
    assert_eq!(files, 17);
    format!("{files} files of 42 counties")
}

fn county_labels_of_villages_and_tempo_are_known(folder: &Path) -> String {
    let ro = ro();
    let matcher = matcher(&ro);
    for row in rows(&folder.join("real-data/population/orase.csv"), b',') {
        let name = matcher.area("county", &row["JUDET"]);
        let letters = matcher.area("county", &row["JUDET AUTO"]);
        let (AreaMatch::Area(name, _), AreaMatch::Area(letters, _)) = (name, letters) else {
            panic!("{row:?}");
        };
        assert_eq!(name, letters, "{row:?}");
    }
    let text = std::fs::read_to_string(
        folder.join("real-data/unemployment/SOM103A - Unemployment rate.csv"),
    );
    let text = text.unwrap();
    let labels: BTreeSet<&str> = text
        .lines()
        .filter(|line| !line.is_empty())
        .skip(1)
        .filter_map(|line| line.split(", ").nth(1))
        .collect();
    let mut counts = [0, 0, 0];
    for label in labels {
        match (matcher.area("county", label), matcher.total_of("county", label)) {
            (AreaMatch::Area(..), None) => counts[0] += 1,
            (AreaMatch::Total, Some(_)) => counts[1] += 1,
            (AreaMatch::Total, None) => {
                assert_eq!(label, "Mun. Bucuresti -incl. SAI");
                counts[2] += 1;
            }
            other => panic!("{label}: {other:?}"),
        }
    }
    assert_eq!(counts, [42, 13, 1]);
    "13,749 villages; 42 counties, 13 totals, 1 historic territory".to_owned()
}

/// The ministry's workbook of localities: shortened, abbreviated and misspelt names beside codes.
fn no_name_of_the_ministry_leads_to_a_wrong_unit(folder: &Path) -> String {
    use calamine::Reader as _;
    let ro = ro();
    let matcher = matcher(&ro);
    let path = folder.join("real-data/siruta/machetecodsirutasiuatpejudete.xls");
    let mut book = calamine::open_workbook_auto(path).unwrap();
    let sheet = book.worksheet_range("toata tara").unwrap();
    let (mut right, mut wrong, mut refused) = (0, Vec::new(), Vec::new());
    for row in sheet.rows() {
        let [county, code, name] = [1, 4, 5].map(|at| row[at].to_string());
        let CodeMatch::Unit(unit, _) = matcher.code(&code) else { continue };
        let says = format!("{code} {name} ({county})");
        match matcher.name(&name, Some(&county)) {
            NameMatch::Unit(found, _) if found == unit => right += 1,
            NameMatch::Unit(found, _) => {
                wrong.push(format!("{says}: {}", ro.register.names()[found]));
            }
            NameMatch::Ambiguous(_) | NameMatch::Unknown(_) => refused.push(says),
        }
    }
    assert_eq!(wrong, [""; 0]);
    assert_eq!((right, refused.len()), (3133, 47), "{refused:#?}");
    format!("{right} right, {} refused, none wrong", refused.len())
}
