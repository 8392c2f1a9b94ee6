//! What INS publishes only for counties and regions: school dropout and the risk of poverty.

use super::country::{Country, Place, whole};
use super::draws::bell;
use super::tempo;
use super::{File, anchors};

/// Macroregions and their regions, in the order of TEMPO, with the register's names of the regions.
const MACROREGIONS: [(&str, [(&str, &str); 2]); 4] = [
    ("MACROREGIUNEA UNU", [("NORD-VEST", "Nord-Vest"), ("CENTRU", "Centru")]),
    ("MACROREGIUNEA DOI", [("NORD-EST", "Nord-Est"), ("SUD-EST", "Sud-Est")]),
    (
        "MACROREGIUNEA TREI",
        [("SUD-MUNTENIA", "Sud-Muntenia"), ("BUCURESTI - ILFOV", "București-Ilfov")],
    ),
    ("MACROREGIUNEA PATRU", [("SUD-VEST OLTENIA", "Sud-Vest Oltenia"), ("VEST", "Vest")]),
];

/// Levels of education: label, and dropout beside that of the first.
const LEVELS: [(&str, f64); 3] = [
    ("Invatamant primar si gimnazial", 1.0),
    ("Invatamantul secundar ciclul 2 (liceal si profesional)", 1.6),
    ("Invatamant postliceal si de maistri", 4.5),
];

const YEARS: [u32; 3] = [2021, 2022, 2023];

/// A territory of TEMPO and the counties in it.
struct Territory<'a> {
    label: String,
    counties: Vec<&'a str>,
}

/// Dropout in pre-university education by county: TEMPO SCL113A.
pub(super) fn dropout(country: &Country) -> File {
    let mut table = tempo::Table::after_blank_line(
        "Niveluri de instruire , Macroregiuni  regiuni de dezvoltare si judete, Ani, UM: Procente, Valoare",
    );
    for (level, times) in LEVELS {
        for territory in territories(country) {
            for year in YEARS {
                let mut sum = Weighted::default();
                for county in &territory.counties {
                    sum.add(county_dropout(county, year) * times, pupils(country, county));
                }
                table.row(
                    &[level, &territory.label, &format!("Anul {year}"), "Procente"],
                    tempo::tenths(whole(sum.mean() * 10.0)),
                );
            }
        }
    }
    File::new("SCL113A.csv", table.into_bytes())
}

/// Risk of poverty or social exclusion by region: TEMPO SAR114B.
pub(super) fn poverty(country: &Country) -> File {
    let mut table = tempo::Table::after_blank_line(
        "Macroregiuni si regiuni de dezvoltare, Ani, UM: Procente, Valoare",
    );
    for territory in territories(country).iter().filter(|territory| territory.is_above_county()) {
        for year in YEARS {
            let mut sum = Weighted::default();
            for county in &territory.counties {
                let region = &country.counties[*county];
                let people = country.of_county(county).map(Place::people).sum::<u64>();
                sum.add(region_poverty(region, year), people as f64);
            }
            let labels = [territory.label.as_str(), &format!("Anul {year}"), "Procente"];
            table.row(&labels, tempo::tenths(whole(sum.mean() * 10.0)));
        }
    }
    File::new("SAR114B.csv", table.into_bytes())
}

impl Territory<'_> {
    fn is_above_county(&self) -> bool {
        ["TOTAL", "MACRO", "Regiunea"].iter().any(|start| self.label.starts_with(start))
    }
}

/// The country, its macroregions, regions and counties, each above its parts.
fn territories(country: &Country) -> Vec<Territory<'_>> {
    let all: Vec<&str> = country.counties.keys().map(String::as_str).collect();
    let within = |region: &str| -> Vec<&str> {
        country.counties.iter().filter(|(_, r)| *r == region).map(|(c, _)| c.as_str()).collect()
    };
    let mut list = vec![Territory { label: "TOTAL".to_owned(), counties: all }];
    for (macroregion, regions) in MACROREGIONS {
        let counties = regions.iter().flat_map(|(_, region)| within(region)).collect();
        list.push(Territory { label: macroregion.to_owned(), counties });
        for (label, region) in regions {
            let counties = within(region);
            assert!(!counties.is_empty(), "the register has no region {region}");
            let singles: Vec<Territory<'_>> = counties
                .iter()
                .map(|county| Territory { label: tempo::county(county), counties: vec![county] })
                .collect();
            list.push(Territory { label: format!("Regiunea {label}"), counties });
            list.extend(singles);
        }
    }
    list
}

/// Dropout of a county in a school year, in per cent: in the last as published, before it about so.
fn county_dropout(county: &str, year: u32) -> f64 {
    let published = f64::from(anchors::of_county(county).dropout) / 10.0;
    let before = 0.15 * bell(&format!("dropout {year}"), county);
    if year == YEARS[2] { published } else { (published + before).max(0.2) }
}

/// Poverty of a region in a year, in per cent: in the last as published, before it about so.
fn region_poverty(region: &str, year: u32) -> f64 {
    let (published, _) = anchors::of_region(region);
    let before = 1.2 * bell(&format!("poverty {year}"), region);
    if year == YEARS[2] { published } else { published + before }
}

/// Children of school age in a county, by which rates of larger areas are weighted.
fn pupils(country: &Country, county: &str) -> f64 {
    let children: u64 =
        country.of_county(county).map(|place| place.young[6..18].iter().sum::<u64>()).sum();
    children as f64
}

/// A weighted mean under construction.
#[derive(Default)]
struct Weighted {
    sum: f64,
    weight: f64,
}

impl Weighted {
    fn add(&mut self, value: f64, weight: f64) {
        self.sum += value * weight;
        self.weight += weight;
    }

    fn mean(&self) -> f64 {
        self.sum / self.weight
    }
}
