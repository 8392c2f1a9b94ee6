//! Population by domicile and age: TEMPO POP107D, one export a county.

use super::File;
use super::country::{Country, Place};
use super::{spelling, tempo};

const HEADER: &str =
    "Varste si grupe de varsta, Sexe, Judete, Localitati , Ani, UM: Numar persoane, Valoare";

/// Counties whose exporter left the `TOTAL` of the localities selected.
const WITH_TOTAL: [&str; 2] = ["Alba", "Brașov"];

/// Labels by which TEMPO differs from the register in more than diacritics.
const RESPELT: [(&str, &str); 8] = [
    ("6592", "RAMETEA"),
    ("59238", "RASCA"),
    ("67737", "I. L. CARAGIALE"),
    ("161525", "I.C.BRATIANU"),
    ("95612", "ALEXANDRU I. CUZA"),
    ("130366", "SARBII-MAGURA"),
    ("159883", "C.A. ROSETTI"),
    ("179533", "ORAS POPESTI LEORDENI"),
];

pub(super) fn files(country: &Country) -> Vec<File> {
    country
        .counties
        .keys()
        .map(|county| {
            let name = tempo::county(county).to_lowercase().replace(' ', "-");
            File::new(&format!("POP107D_{name}.csv"), export(country, county))
        })
        .collect()
}

fn export(country: &Country, county: &str) -> Vec<u8> {
    let places: Vec<&Place> = country.of_county(county).collect();
    let label = tempo::county(county);
    let mut table = tempo::Table::new(HEADER);
    for (age, people) in ages() {
        let mut row = |place: &str, number: u64| {
            let labels = [age.as_str(), "Total", &label, place, "Anul 2023", "Numar persoane"];
            table.row(&labels, number);
        };
        if WITH_TOTAL.contains(&county) {
            row("TOTAL", places.iter().map(|place| people(place)).sum());
        }
        for place in &places {
            row(&glued(place), people(place));
        }
    }
    table.into_bytes()
}

/// Code and name in one cell.
fn glued(place: &Place) -> String {
    let respelt = RESPELT.iter().find(|(code, _)| *code == place.code);
    let name = respelt
        .map_or_else(|| spelling::tempo(place.kind, &place.name), |(_, name)| (*name).to_owned());
    format!("{} {name}", place.code)
}

type People = Box<dyn Fn(&Place) -> u64>;

/// Age labels with their indent, and whom they count: the total, five-year groups, and single years
/// under 18 below the groups that hold them.
fn ages() -> Vec<(String, People)> {
    let mut ages: Vec<(String, People)> = vec![("Total".to_owned(), Box::new(Place::people))];
    for group in 0..4_usize {
        let (first, last) = (group * 5, group * 5 + 4);
        let young = Box::new(move |place: &Place| place.young[first..=last].iter().sum());
        ages.push((format!("   {first}-{last:>2} ani"), young));
        for age in first..=last.min(17) {
            ages.push((format!("      {age} ani"), Box::new(move |place| place.young[age])));
        }
    }
    for group in 0..14_usize {
        let first = 20 + group * 5;
        let label = match group {
            13 => "   85 ani si peste".to_owned(),
            _ => format!("   {first}-{} ani", first + 4),
        };
        ages.push((label, Box::new(move |place| place.groups[group])));
    }
    ages
}
