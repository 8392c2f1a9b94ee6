//! The demonstration country: real codes and names, invented people.

use std::collections::BTreeMap;

use risk_index::register::Register;

use super::draws::{bell, uniform};

/// Kind of locality, in the order in which agencies list them: the county's seat first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Seat,
    Municipality,
    Town,
    Commune,
}

/// Tenths of a per cent in marginalised areas from which on a place is above the average, by the cuts
/// of this generator.
pub(super) const ABOVE_AVERAGE: u64 = 120;

/// A generated place.
#[derive(Debug)]
pub(super) struct Place {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) county: String,
    /// People by single year of age 0 to 19.
    pub(super) young: [u64; 20],
    /// People in the five-year groups from 20-24 to 80-84, and last those of 85 and over.
    pub(super) groups: [u64; 14],
    /// Families and single persons that receive VMG, monthly average.
    pub(super) families: u64,
    /// Registered unemployed.
    pub(super) unemployed: u64,
    /// Labour resources, the denominator of TEMPO SOM101F.
    pub(super) labour: u64,
    /// Share of people who live in marginalised areas, in tenths of a per cent.
    pub(super) marginalised: u64,
}

impl Place {
    pub(super) fn people(&self) -> u64 {
        self.young.iter().sum::<u64>() + self.groups.iter().sum::<u64>()
    }

    /// Registered unemployed per 100 of the labour resources, in tenths, half up.
    pub(super) fn unemployment(&self) -> u64 {
        tenths(self.unemployed, self.labour)
    }
}

/// All places.
#[derive(Debug)]
pub(super) struct Country {
    /// In the order in which agencies list them: by county, kind and name.
    pub(super) places: Vec<Place>,
    /// Region of each county.
    pub(super) counties: BTreeMap<String, String>,
}

impl Country {
    pub(super) fn generate(register: &Register) -> Self {
        let column = |name| register.column(name).expect("the bundled register has this column");
        let (kinds, seats) = (column("kind"), column("county_seat"));
        let (counties, regions) = (column("county"), column("region"));
        let mut places: Vec<Place> = (0..register.len())
            .map(|at| {
                let kind = match (kinds[at].as_str(), seats[at].as_str()) {
                    ("commune", _) => Kind::Commune,
                    ("town", _) => Kind::Town,
                    (_, "yes") => Kind::Seat,
                    (_, _) => Kind::Municipality,
                };
                let named = (register.codes()[at].as_str(), register.names()[at].as_str());
                place(named, kind, &counties[at], &regions[at])
            })
            .collect();
        places.sort_by(|a, b| {
            (&a.county, a.kind, &a.name, &a.code).cmp(&(&b.county, b.kind, &b.name, &b.code))
        });
        let counties: BTreeMap<_, _> =
            counties.iter().cloned().zip(regions.iter().cloned()).collect();
        worst_everywhere(&mut places, &counties);
        Self { places, counties }
    }

    /// The places of a county, in listing order.
    pub(super) fn of_county<'a>(&'a self, county: &'a str) -> impl Iterator<Item = &'a Place> {
        self.places.iter().filter(move |place| place.county == county)
    }
}

/// The worst commune of every county has marginalised areas above the average, so that a programme
/// for such communes can reach all counties that have communes.
fn worst_everywhere(places: &mut [Place], counties: &BTreeMap<String, String>) {
    for county in counties.keys() {
        let communes = places.iter_mut().filter(|p| p.county == *county && p.kind == Kind::Commune);
        let worst =
            communes.max_by(|a, b| (a.marginalised, &b.code).cmp(&(b.marginalised, &a.code)));
        if let Some(place) = worst {
            place.marginalised = place.marginalised.max(ABOVE_AVERAGE);
        }
    }
}

/// A ratio in per cent, in tenths, rounded half up.
pub(super) fn tenths(part: u64, whole: u64) -> u64 {
    (2 * part * 1000 + whole) / (2 * whole)
}

/// Hardship of a county, about -2 to 2: what its places share, and what its schools show.
pub(super) fn county_hardship(county: &str, region: &str) -> f64 {
    0.5 * bell("region", region) + 0.6 * bell("county", county)
}

fn place((code, name): (&str, &str), kind: Kind, county: &str, region: &str) -> Place {
    let setting = match kind {
        Kind::Seat | Kind::Municipality => -1.1,
        Kind::Town => -0.3,
        Kind::Commune => 0.3,
    };
    let own = 0.7 * bell("hardship", code);
    let hardship = (county_hardship(county, region) + own + setting).clamp(-2.4, 3.0);
    let people = size(kind, code);
    let children = people * (18.5 + 2.4 * hardship + 1.3 * bell("children", code)).clamp(8.0, 37.0);
    let young = ages(whole(children / 100.0), code);
    let grown = whole(people).saturating_sub(young.iter().sum());
    let labour = whole(people * (0.57 + 0.08 * uniform("labour", code)));
    // A poor commune has many more families on benefit than a middling one: hence the square.
    let strain = (hardship + 0.5 * bell("families", code) + 1.8).max(0.0);
    // A handful of places have lost their only employer: the outliers that a treatment has to meet.
    let lost = if uniform("employer", code) < 0.0015 { 12.0 } else { 1.0 };
    let rate = (3.0 + 1.4 * hardship + 0.9 * bell("unemployed", code)).clamp(0.1, 24.0);
    let poor_areas = (12.0 * (hardship + 0.9 * bell("marginalised", code)) - 8.0).clamp(0.0, 78.0);
    Place {
        code: code.to_owned(),
        name: name.to_owned(),
        kind,
        county: county.to_owned(),
        young,
        groups: grown_groups(grown, code),
        families: whole(people * (0.0022 * strain * strain * lost).min(0.27)),
        unemployed: whole(labour as f64 * rate / 100.0),
        labour,
        marginalised: whole(poor_areas * 10.0),
    }
}

/// Inhabitants: few large places, many small ones.
fn size(kind: Kind, code: &str) -> f64 {
    let u = uniform("size", code);
    match kind {
        Kind::Commune => 190.0 + 2_600.0 * u + 7_900.0 * u * u * u * u,
        Kind::Town => 3_100.0 + 21_000.0 * u * u,
        // The capital; nothing else in the register tells it from other municipalities.
        Kind::Municipality if code == "179132" => 2_120_000.0 + 40_000.0 * u,
        Kind::Seat => 45_000.0 + 80_000.0 * u + 190_000.0 * u * u * u * u,
        Kind::Municipality => 9_500.0 + 50_000.0 * u * u,
    }
}

/// Splits the children over the years 0 to 17 and adds two years of nearly the same size.
fn ages(children: u64, code: &str) -> [u64; 20] {
    let weights: Vec<f64> =
        (0..20).map(|age| 1.0 + 0.3 * uniform(&format!("age {age}"), code)).collect();
    let eighteen = weights[..18].iter().sum::<f64>();
    let all = whole(children as f64 * weights.iter().sum::<f64>() / eighteen);
    let mut years = [0; 20];
    years[..18].copy_from_slice(&split(children, &weights[..18]));
    years[18..].copy_from_slice(&split(all - children, &weights[18..]));
    years
}

/// Splits the people of 20 and over into their groups.
fn grown_groups(people: u64, code: &str) -> [u64; 14] {
    const SHAPE: [f64; 14] = [6.2, 6.5, 7.3, 8.1, 8.9, 9.4, 9.2, 7.8, 7.9, 7.7, 6.4, 5.0, 3.2, 2.6];
    let mut weights = SHAPE;
    for (at, weight) in weights.iter_mut().enumerate() {
        *weight *= 0.85 + 0.3 * uniform(&format!("group {at}"), code);
    }
    let mut groups = [0; 14];
    groups.copy_from_slice(&split(people, &weights));
    groups
}

/// Splits a whole number by weights so that the parts add up to it.
fn split(number: u64, weights: &[f64]) -> Vec<u64> {
    let sum: f64 = weights.iter().sum();
    let (mut weight, mut given) = (0.0, 0);
    let mut parts: Vec<u64> = weights
        .iter()
        .map(|w| {
            weight += w;
            let upto = whole(number as f64 * weight / sum).min(number);
            let part = upto - given;
            given = upto;
            part
        })
        .collect();
    if let Some(last) = parts.last_mut() {
        *last += number - given;
    }
    parts
}

/// The nearest whole number; negative numbers become 0.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "people, never negative"
)]
pub(super) fn whole(number: f64) -> u64 {
    (number + 0.5).floor().max(0.0) as u64
}
