//! Derives the bundled register `ro-uat-2025` from the SIRUTA file of the `sirutalib` package.
//!
//! ```text
//! cargo run --example build_register -- siruta.csv data/registers/ro-uat-2025
//! ```
//!
//! It writes `units.csv`, `localities.csv` and `areas.csv`; `aliases.csv` beside them is written by
//! hand. The same input gives the same bytes. See the README of that folder.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::Path;

use anyhow::{Context, Result, ensure};

/// `JUD`, letter code and NUTS 3 code of each county. The NUTS column of SIRUTA is blank for seven
/// counties and wrong for Giurgiu, so it is not used.
const COUNTIES: [(&str, &str, &str); 42] = [
    ("1", "AB", "RO121"),
    ("2", "AR", "RO421"),
    ("3", "AG", "RO311"),
    ("4", "BC", "RO211"),
    ("5", "BH", "RO111"),
    ("6", "BN", "RO112"),
    ("7", "BT", "RO212"),
    ("8", "BV", "RO122"),
    ("9", "BR", "RO221"),
    ("10", "BZ", "RO222"),
    ("11", "CS", "RO422"),
    ("12", "CJ", "RO113"),
    ("13", "CT", "RO223"),
    ("14", "CV", "RO123"),
    ("15", "DB", "RO313"),
    ("16", "DJ", "RO411"),
    ("17", "GL", "RO224"),
    ("18", "GJ", "RO412"),
    ("19", "HR", "RO124"),
    ("20", "HD", "RO423"),
    ("21", "IL", "RO315"),
    ("22", "IS", "RO213"),
    ("23", "IF", "RO322"),
    ("24", "MM", "RO114"),
    ("25", "MH", "RO413"),
    ("26", "MS", "RO125"),
    ("27", "NT", "RO214"),
    ("28", "OT", "RO414"),
    ("29", "PH", "RO316"),
    ("30", "SM", "RO115"),
    ("31", "SJ", "RO116"),
    ("32", "SB", "RO126"),
    ("33", "SV", "RO215"),
    ("34", "TR", "RO317"),
    ("35", "TM", "RO424"),
    ("36", "TL", "RO225"),
    ("37", "VS", "RO216"),
    ("38", "VL", "RO415"),
    ("39", "VN", "RO226"),
    ("40", "B", "RO321"),
    ("51", "CL", "RO312"),
    ("52", "GR", "RO314"),
];

/// `REGIUNE`, name and NUTS 2 code of each development region.
const REGIONS: [(&str, &str, &str); 8] = [
    ("1", "Nord-Est", "RO21"),
    ("2", "Sud-Est", "RO22"),
    ("3", "Sud-Muntenia", "RO31"),
    ("4", "Sud-Vest Oltenia", "RO41"),
    ("5", "Vest", "RO42"),
    ("6", "Nord-Vest", "RO11"),
    ("7", "Centru", "RO12"),
    ("8", "București-Ilfov", "RO32"),
];

/// NUTS 1 code and name of each macroregion; the code is the beginning of its regions' codes.
const MACROREGIONS: [(&str, &str); 4] = [
    ("RO1", "Macroregiunea unu"),
    ("RO2", "Macroregiunea doi"),
    ("RO3", "Macroregiunea trei"),
    ("RO4", "Macroregiunea patru"),
];

/// Words written small inside a name.
const SMALL: [&str; 11] = ["de", "din", "la", "cu", "pe", "lui", "cel", "cea", "sub", "și", "în"];

/// Roman numerals that occur in names of places.
const ROMAN: [&str; 6] = ["I", "II", "III", "IV", "V", "VI"];

/// A row of the SIRUTA file, as far as it is used.
#[derive(Debug, serde::Deserialize)]
#[serde(rename_all = "UPPERCASE")]
struct Row {
    siruta: String,
    denloc: String,
    jud: String,
    sirsup: String,
    tip: String,
    niv: String,
    regiune: String,
    fsj: String,
}

struct County {
    siruta: String,
    name: String,
    letters: &'static str,
    jud: String,
    fsj: String,
    nuts: &'static str,
    region: &'static str,
    macroregion: &'static str,
}

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    ensure!(arguments.len() == 2, "usage: build_register SIRUTA.csv FOLDER");
    let (input, folder) = (Path::new(&arguments[0]), Path::new(&arguments[1]));
    let rows = read(input)?;
    let counties = counties(&rows)?;
    write_units(&rows, &counties, &folder.join("units.csv"))?;
    write_localities(&rows, &folder.join("localities.csv"))?;
    write_areas(&counties, &folder.join("areas.csv"))
}

fn read(path: &Path) -> Result<Vec<Row>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .from_path(path)
        .with_context(|| format!("cannot open `{}`", path.display()))?;
    reader.deserialize().map(|row| Ok(row?)).collect()
}

/// The rows of level 1, by `JUD`.
fn counties(rows: &[Row]) -> Result<BTreeMap<String, County>> {
    let mut counties = BTreeMap::new();
    for row in rows.iter().filter(|row| row.niv == "1") {
        let (_, letters, nuts) = COUNTIES
            .into_iter()
            .find(|(jud, ..)| *jud == row.jud)
            .with_context(|| format!("county number {} is not in the table", row.jud))?;
        let (_, region, nuts2) = REGIONS
            .into_iter()
            .find(|(number, ..)| *number == row.regiune)
            .with_context(|| format!("region number {} is not in the table", row.regiune))?;
        ensure!(nuts.starts_with(nuts2), "{letters}: region {region} against NUTS {nuts}");
        let (_, macroregion) = MACROREGIONS
            .into_iter()
            .find(|(nuts1, _)| nuts2.starts_with(nuts1))
            .with_context(|| format!("{nuts2} lies in no macroregion"))?;
        counties.insert(
            row.jud.clone(),
            County {
                siruta: row.siruta.clone(),
                name: display_name(&row.denloc),
                letters,
                jud: row.jud.clone(),
                fsj: row.fsj.clone(),
                nuts,
                region,
                macroregion,
            },
        );
    }
    ensure!(counties.len() == COUNTIES.len(), "{} counties", counties.len());
    Ok(counties)
}

/// The rows of level 2. Chosen by level, not by type: Bucharest shares its type with villages.
fn write_units(rows: &[Row], counties: &BTreeMap<String, County>, path: &Path) -> Result<()> {
    let mut units: Vec<&Row> = rows.iter().filter(|row| row.niv == "2").collect();
    units.sort_by(|a, b| a.siruta.cmp(&b.siruta));
    let mut out = csv::Writer::from_writer(File::create(path)?);
    out.write_record([
        "code",
        "name",
        "kind",
        "county_seat",
        "county",
        "county_code",
        "county_siruta",
        "region",
        "macroregion",
        "nuts3",
        "residence",
    ])?;
    for row in units {
        let county = &counties[&row.jud];
        let (kind, seat, residence) = match row.tip.as_str() {
            "1" => ("municipality", "yes", "urban"),
            // 9 is Bucharest, a county of its own and no county seat.
            "4" | "9" => ("municipality", "no", "urban"),
            "2" => ("town", "no", "urban"),
            "3" => ("commune", "no", "rural"),
            other => anyhow::bail!("{}: type {other} at level 2", row.siruta),
        };
        out.write_record([
            row.siruta.as_str(),
            &display_name(&row.denloc),
            kind,
            seat,
            &county.name,
            county.letters,
            &county.siruta,
            county.region,
            county.macroregion,
            county.nuts,
            residence,
        ])?;
    }
    Ok(out.flush()?)
}

/// The rows of level 3: villages, towns as localities, sectors of Bucharest.
fn write_localities(rows: &[Row], path: &Path) -> Result<()> {
    let mut localities: Vec<&Row> = rows.iter().filter(|row| row.niv == "3").collect();
    localities.sort_by(|a, b| a.siruta.cmp(&b.siruta));
    let mut out = csv::Writer::from_writer(File::create(path)?);
    out.write_record(["code", "name", "unit", "sector"])?;
    for row in localities {
        let sector = if row.tip == "6" { "yes" } else { "" };
        out.write_record([&row.siruta, &display_name(&row.denloc), &row.sirsup, sector])?;
    }
    Ok(out.flush()?)
}

fn write_areas(counties: &BTreeMap<String, County>, path: &Path) -> Result<()> {
    let mut out = csv::Writer::from_writer(File::create(path)?);
    out.write_record(["level", "name", "siruta", "letters", "jud", "fsj", "nuts", "within"])?;
    let mut sorted: Vec<&County> = counties.values().collect();
    sorted.sort_by(|a, b| a.name.cmp(&b.name));
    for county in sorted {
        out.write_record([
            "county",
            &county.name,
            &county.siruta,
            county.letters,
            &county.jud,
            &county.fsj,
            county.nuts,
            county.region,
        ])?;
    }
    for (_, region, nuts) in REGIONS {
        let within = MACROREGIONS.iter().find(|(nuts1, _)| nuts.starts_with(nuts1));
        let within = within.context("a region without macroregion")?.1;
        out.write_record(["region", region, "", "", "", "", nuts, within])?;
    }
    for (nuts, macroregion) in MACROREGIONS {
        out.write_record(["macroregion", macroregion, "", "", "", "", nuts, ""])?;
    }
    Ok(out.flush()?)
}

/// `MUNICIPIUL  GHEORGHENI` → `Gheorgheni`, `I. L. CARAGIALE` → `I.L. Caragiale`,
/// `SÂRBII - MĂGURA` → `Sârbii-Măgura`, with comma-below letters.
fn display_name(official: &str) -> String {
    let text = official.replace('Ş', "Ș").replace('Ţ', "Ț").replace('.', ". ").replace('-', " - ");
    let mut words: Vec<&str> = text.split_whitespace().collect();
    if words.len() > 1 && ["MUNICIPIUL", "ORAȘ", "JUDEȚUL"].contains(&words[0]) {
        words.remove(0);
    }
    let mut name = String::new();
    for (at, word) in words.iter().enumerate() {
        let after_initial = word.ends_with('.') && name.ends_with('.');
        let hyphen = *word == "-" || name.ends_with('-');
        if at > 0 && !hyphen && !after_initial {
            name.push(' ');
        }
        let small = word.to_lowercase();
        if at > 0 && SMALL.contains(&small.as_str()) {
            name.push_str(&small);
        } else if ROMAN.contains(word) || word.ends_with('.') {
            name.push_str(word);
        } else {
            let mut letters = word.chars();
            name.extend(letters.next());
            name.push_str(&letters.as_str().to_lowercase());
        }
    }
    name
}

#[cfg(test)]
mod tests {
    use super::display_name;

    #[track_caller]
    fn name(official: &str, expected: &str) {
        assert_eq!(display_name(official), expected);
    }

    #[test]
    fn names_are_written_as_on_road_signs() {
        name("MUNICIPIUL ALBA IULIA", "Alba Iulia");
        name("MUNICIPIUL  GHEORGHENI", "Gheorgheni");
        name("ORAȘ VALEA LUI MIHAI", "Valea lui Mihai");
        name("JUDEȚUL BISTRIȚA-NĂSĂUD", "Bistrița-Năsăud");
        name("SÂRBII - MĂGURA", "Sârbii-Măgura");
        name("I. L. CARAGIALE", "I.L. Caragiale");
        name("C.A.ROSETTI", "C.A. Rosetti");
        name("ALEXANDRU I.CUZA", "Alexandru I. Cuza");
        name("POIENILE DE SUB MUNTE", "Poienile de sub Munte");
        name("23 AUGUST", "23 August");
        name("BUCUREŞTI SECTORUL 1", "București Sectorul 1");
    }
}
