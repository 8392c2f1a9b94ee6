//! The registers that come with the program, each with a gazetteer of what lies below and above its units.

use std::collections::BTreeMap;

use super::{Aliases, Register, Unit};
use crate::language::Label;

/// The UATs of Romania, from SIRUTA S1 2025.
const RO_UAT_2025: &str = "ro-uat-2025";

/// A register that comes with the program, with what is known around it.
#[derive(Clone, Debug)]
pub struct Bundled {
    /// The units.
    pub register: Register,
    /// Localities below the units, labels of the areas above them.
    pub gazetteer: Gazetteer,
    /// Former names, other spellings, historic territories.
    pub aliases: Aliases,
}

/// A place below a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Locality {
    /// Display name.
    pub name: String,
    /// Code of the unit it belongs to.
    pub unit: String,
    /// What it is.
    pub kind: LocalityKind,
}

/// What a place below a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LocalityKind {
    /// A village, or a town as a place of its own.
    Settlement,
    /// A sector of Bucharest.
    Sector,
}

/// Other labels of one area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct AreaLabels {
    /// Register column the area belongs to.
    pub level: String,
    /// The area, as that column names it.
    pub area: String,
    /// Codes and letters that mean the same area (`AB`, `10`, `RO121`).
    pub labels: Vec<String>,
}

/// Localities and area labels, for classifying rows. Empty for a register of the study's own.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    localities: BTreeMap<String, Locality>,
    labels: Vec<AreaLabels>,
}

impl Gazetteer {
    /// A gazetteer of these localities, by code, and area labels.
    pub(crate) fn new(localities: BTreeMap<String, Locality>, labels: Vec<AreaLabels>) -> Self {
        Self { localities, labels }
    }

    /// The localities below the units, by code.
    pub(crate) fn localities(&self) -> &BTreeMap<String, Locality> {
        &self.localities
    }

    /// Other labels of areas.
    pub(crate) fn labels(&self) -> &[AreaLabels] {
        &self.labels
    }
}

/// Identifiers of the bundled registers.
pub(crate) fn bundled_names() -> &'static [&'static str] {
    &[RO_UAT_2025]
}

/// Whether a register of that identifier comes with the program.
pub(crate) fn is_bundled(id: &str) -> bool {
    id == RO_UAT_2025
}

/// The bundled register of that identifier.
pub fn bundled(name: &str) -> Option<Bundled> {
    is_bundled(name).then(ro_uat_2025)
}

fn ro_uat_2025() -> Bundled {
    let units = include_bytes!("../../data/registers/ro-uat-2025/units.csv");
    let localities = include_bytes!("../../data/registers/ro-uat-2025/localities.csv");
    let areas = include_bytes!("../../data/registers/ro-uat-2025/areas.csv");
    let aliases = include_str!("../../data/registers/ro-uat-2025/aliases.csv");
    Bundled {
        register: register(units),
        gazetteer: Gazetteer::new(read_localities(localities), read_areas(areas)),
        aliases: Aliases::parse(aliases, "aliases.csv")
            .expect("the bundled aliases are checked by a test"),
    }
}

fn register(bytes: &[u8]) -> Register {
    let (header, records) = read(bytes);
    let columns = header.iter().skip(2).map(str::to_owned).collect();
    let units = records
        .iter()
        .map(|record| Unit {
            code: record[0].to_owned(),
            name: record[1].to_owned(),
            values: record.iter().skip(2).map(str::to_owned).collect(),
        })
        .collect();
    let title = Label {
        ro: "Unitățile administrativ-teritoriale ale României, SIRUTA S1 2025".into(),
        en: "Local administrative units of Romania, SIRUTA S1 2025".into(),
    };
    Register::new(RO_UAT_2025, title, columns, units).expect("the bundled units are sound")
}

fn read_localities(bytes: &[u8]) -> BTreeMap<String, Locality> {
    let (_, records) = read(bytes);
    let locality = |record: &csv::StringRecord| Locality {
        name: record[1].to_owned(),
        unit: record[2].to_owned(),
        kind: if &record[3] == "yes" { LocalityKind::Sector } else { LocalityKind::Settlement },
    };
    records.iter().map(|record| (record[0].to_owned(), locality(record))).collect()
}

/// The numbers `jud` and `fsj` are left out: they differ from each other and from the SIRUTA codes
/// of counties, so a bare `10` could be three counties.
fn read_areas(bytes: &[u8]) -> Vec<AreaLabels> {
    let (header, records) = read(bytes);
    let known = ["siruta", "letters", "nuts"];
    let labels = |record: &csv::StringRecord| {
        header
            .iter()
            .zip(record)
            .filter(|(column, label)| known.contains(column) && !label.is_empty())
            .map(|(_, label)| label.to_owned())
            .collect()
    };
    let area = |record: &csv::StringRecord| AreaLabels {
        level: record[0].to_owned(),
        area: record[1].to_owned(),
        labels: labels(record),
    };
    records.iter().map(area).collect()
}

fn read(bytes: &[u8]) -> (csv::StringRecord, Vec<csv::StringRecord>) {
    let mut reader = csv::Reader::from_reader(bytes);
    let header = reader.headers().expect("a bundled file has a header").clone();
    let records = reader.records().map(|record| record.expect("a bundled file is sound"));
    (header, records.collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::register::matcher::{control_digit_fits, control_digit_fits_from_right};

    fn ro() -> Bundled {
        bundled(RO_UAT_2025).unwrap()
    }

    #[track_caller]
    fn count(column: &str, value: &str, expected: usize) {
        let register = ro().register;
        let cells = register.column(column).unwrap();
        assert_eq!(cells.iter().filter(|cell| *cell == value).count(), expected, "{value}");
    }

    #[test]
    fn every_name_of_the_list_gives_a_register() {
        for name in bundled_names() {
            assert_eq!(bundled(name).unwrap().register.id(), *name);
        }
        assert!(bundled("ro-uat-1968").is_none());
    }

    #[test]
    fn the_units_are_those_of_the_edition() {
        let register = ro().register;
        assert_eq!(register.len(), 3181);
        count("kind", "municipality", 103);
        count("kind", "town", 216);
        count("kind", "commune", 2862);
        count("county_seat", "yes", 40);
        count("residence", "rural", 2862);
        count("county", "București", 1);
        count("county", "Olt", 112);
        count("nuts3", "RO314", 54);
        for (level, areas) in [("county", 42), ("region", 8), ("macroregion", 4), ("nuts3", 42)] {
            assert_eq!(register.level(level).unwrap().areas.len(), areas, "{level}");
        }
        let level = |name| register.level(name).unwrap();
        assert!(level("county").refines(level("region")));
        assert!(level("region").refines(level("macroregion")));
    }

    #[test]
    fn communes_per_region_are_those_of_the_edition() {
        let register = ro().register;
        let (kinds, regions) =
            (register.column("kind").unwrap(), register.column("region").unwrap());
        let communes = |region: &str| {
            let pairs = kinds.iter().zip(regions);
            pairs.filter(|(kind, of)| *kind == "commune" && *of == region).count()
        };
        let regions = ["Nord-Est", "Sud-Est", "Sud-Muntenia", "Sud-Vest Oltenia", "Vest"];
        assert_eq!(regions.map(communes), [506, 356, 519, 408, 281]);
        assert_eq!(["Nord-Vest", "Centru", "București-Ilfov"].map(communes), [403, 357, 32]);
    }

    #[test]
    fn names_have_no_cedilla_and_no_prefix() {
        let Bundled { register, gazetteer, .. } = ro();
        let places = gazetteer.localities().values().map(|locality| &locality.name);
        for name in register.names().iter().chain(places) {
            assert!(!name.contains(['ş', 'Ş', 'ţ', 'Ţ']), "{name}");
            assert!(!name.contains("  ") && !name.contains(" -") && !name.contains("- "), "{name}");
            assert!(!name.starts_with("Municipiul ") && !name.starts_with("Oraș "), "{name}");
        }
        let name = |code| register.names()[register.position(code).unwrap()].as_str();
        assert_eq!(name("1017"), "Alba Iulia");
        assert_eq!(name("179132"), "București");
        assert_eq!(name("154282"), "Siliștea-Gumești");
        assert_eq!(name("27169"), "Petreu");
    }

    #[test]
    fn every_locality_lies_in_a_unit() {
        let Bundled { register, gazetteer, .. } = ro();
        assert_eq!(gazetteer.localities().len(), 13_755);
        let sectors = gazetteer.localities().values();
        assert_eq!(sectors.filter(|place| place.kind == LocalityKind::Sector).count(), 6);
        for (code, place) in gazetteer.localities() {
            assert!(register.position(&place.unit).is_some(), "{code}");
        }
    }

    #[test]
    fn all_codes_have_a_control_digit_and_seventy_seven_were_computed_from_the_wrong_end() {
        let Bundled { register, gazetteer, .. } = ro();
        let counties = register.column("county_siruta").unwrap().iter().cloned();
        let codes: BTreeSet<String> = register.codes().iter().cloned().chain(counties).collect();
        let all: Vec<&String> = codes.iter().chain(gazetteer.localities().keys()).collect();
        assert_eq!(all.len(), 16_978);
        assert!(all.iter().all(|code| control_digit_fits(code)));
        let odd = all.iter().filter(|code| !control_digit_fits_from_right(code)).count();
        assert_eq!(odd, 77);
    }

    #[test]
    fn the_aliases_lead_to_units_and_areas() {
        let Bundled { register, aliases, .. } = ro();
        assert_eq!(aliases.check(&register), []);
    }
}
