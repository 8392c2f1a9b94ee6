//! The demonstration country: real codes and names, published levels of counties and regions, invented
//! people below them.

use std::collections::BTreeMap;

use risk_index::register::Register;

use super::anchors::{self, COUNTIES, County, INCLUSION, LARGE, MUNICIPALITIES, SINCE_2017, TOWNS};
use super::draws::{bell, uniform};
use super::ground::{self, Cells};

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
#[derive(Clone, Debug)]
pub(super) struct Place {
    pub(super) code: String,
    pub(super) name: String,
    pub(super) kind: Kind,
    pub(super) county: String,
    /// Where it lies.
    pub(super) land: Cells,
    /// Residents, as a census counts them.
    pub(super) residents: u64,
    /// People by domicile, by single year of age 0 to 19.
    pub(super) young: [u64; 20],
    /// People in the five-year groups from 20-24 to 80-84, and last those of 85 and over.
    pub(super) groups: [u64; 14],
    /// Families and single persons that receive VMG, monthly average of 2023.
    pub(super) families: u64,
    /// The same of 2022.
    pub(super) families_before: u64,
    /// Families that receive the inclusion aid of VMI, monthly average of 2024.
    pub(super) inclusion: u64,
    /// Registered unemployed.
    pub(super) unemployed: u64,
    /// Labour resources, the denominator of TEMPO SOM101F.
    pub(super) labour: u64,
    /// Share of people who live in marginalised areas, in tenths of a per cent.
    pub(super) marginalised: u64,
    /// How hard life is, about -3 to 3: what most of its numbers are drawn round.
    hardship: f64,
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
        let mut sites: Vec<Site<'_>> = (0..register.len())
            .map(|at| Site {
                code: &register.codes()[at],
                name: &register.names()[at],
                kind: match (kinds[at].as_str(), seats[at].as_str()) {
                    ("commune", _) => Kind::Commune,
                    ("town", _) => Kind::Town,
                    (_, "yes") => Kind::Seat,
                    (_, _) => Kind::Municipality,
                },
                county: &counties[at],
                region: &regions[at],
            })
            .collect();
        sites.sort_by(|a, b| {
            (a.county, a.kind, a.name, a.code).cmp(&(b.county, b.kind, b.name, b.code))
        });
        let counties: BTreeMap<_, _> =
            counties.iter().cloned().zip(regions.iter().cloned()).collect();
        let mut places = settled(&sites);
        for county in counties.keys() {
            let of_county = |place: &Place| place.county == *county;
            let from = places.iter().position(of_county).expect("a county has places");
            let count = places.iter().filter(|place| of_county(place)).count();
            let places = &mut places[from..from + count];
            county_levels(anchors::of_county(county), places);
            twins(places);
            worst_in_county(places);
        }
        Self { places, counties }
    }

    /// The places of a county, in listing order.
    pub(super) fn of_county<'a>(&'a self, county: &'a str) -> impl Iterator<Item = &'a Place> {
        self.places.iter().filter(move |place| place.county == county)
    }
}

/// A place of the register.
#[derive(Clone, Copy)]
struct Site<'a> {
    code: &'a str,
    name: &'a str,
    kind: Kind,
    county: &'a str,
    region: &'a str,
}

/// What a place shares with those round it.
#[derive(Clone, Copy)]
struct Surroundings {
    land: Cells,
    /// Hardship, mean 0 and standard deviation 1 over the country.
    hardship: f64,
    /// Whether it lies round a large town: 1, or 0.
    suburb: f64,
    residents: f64,
}

/// The places on their land, with people; what is known by county only is not yet in them.
fn settled(sites: &[Site<'_>]) -> Vec<Place> {
    let mut by_county: BTreeMap<&str, Vec<ground::Known<'_>>> = BTreeMap::new();
    for site in sites {
        by_county.entry(site.county).or_default().push((site.code, site.kind));
    }
    let land = ground::land(&by_county);
    let land: Vec<Cells> = sites.iter().map(|site| land[site.code]).collect();
    let neighbours = ground::neighbours(&land);
    let hardship = field("hardship", sites, &neighbours);
    let suburb: Vec<f64> = (0..sites.len()).map(|at| suburb(at, sites, &neighbours[at])).collect();
    let residents = residents(sites, &suburb);
    let place = |at: usize| {
        let around = Surroundings {
            land: land[at],
            hardship: hardship[at],
            suburb: suburb[at],
            residents: residents[at],
        };
        place(sites[at], around)
    };
    (0..sites.len()).map(place).collect()
}

/// A field that differs little between neighbours: draws, averaged over each place and those that it
/// borders, three times over; with mean 0 and standard deviation 1.
fn field(variable: &str, sites: &[Site<'_>], neighbours: &[Vec<usize>]) -> Vec<f64> {
    let mut values: Vec<f64> = sites.iter().map(|site| bell(variable, site.code)).collect();
    for _ in 0..3 {
        let mean = |(at, near): (usize, &Vec<usize>)| {
            let sum: f64 = near.iter().map(|&other| values[other]).sum();
            (values[at] + sum) / (near.len() + 1) as f64
        };
        values = neighbours.iter().enumerate().map(mean).collect();
    }
    let count = values.len() as f64;
    let mean = values.iter().sum::<f64>() / count;
    let spread = (values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / count).sqrt();
    values.iter().map(|value| (value - mean) / spread).collect()
}

/// Whether a commune lies round a large town: beside a county seat, or in Ilfov, round Bucharest.
fn suburb(at: usize, sites: &[Site<'_>], near: &[usize]) -> f64 {
    let is_beside = near.iter().any(|&other| sites[other].kind == Kind::Seat);
    let is_suburb = sites[at].kind == Kind::Commune && (is_beside || sites[at].county == "Ilfov");
    f64::from(u8::from(is_suburb))
}

/// Residents of every place: of county seats and large communes as published, of the others spread as
/// the published shares say, suburbs rather among the larger.
fn residents(sites: &[Site<'_>], suburb: &[f64]) -> Vec<f64> {
    let mut residents = vec![0.0; sites.len()];
    let mut spread = |sizes: &[u32; 9], members: Vec<usize>| {
        let known = |at: usize| LARGE.iter().find(|(code, _)| *code == sites[at].code);
        let place = |at: usize| uniform("size", sites[at].code) + 0.5 * suburb[at];
        let mut members: Vec<(bool, f64, usize)> =
            members.into_iter().map(|at| (known(at).is_some(), place(at), at)).collect();
        members.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let last = members.len().max(2) - 1;
        for (rank, (_, _, at)) in members.into_iter().enumerate() {
            let share = rank as f64 / last as f64;
            // whoever is not among the large communes has fewer people than they
            let most = if sites[at].kind == Kind::Commune { 11_900.0 } else { f64::INFINITY };
            let drawn = || anchors::at_share(sizes, share).min(most);
            residents[at] = known(at).map_or_else(drawn, |(_, people)| f64::from(*people));
        }
    };
    let of = |kind: Kind, county: Option<&str>| -> Vec<usize> {
        let is_one = |at: &usize| {
            sites[*at].kind == kind && county.is_none_or(|county| county == sites[*at].county)
        };
        (0..sites.len()).filter(is_one).collect()
    };
    for county in &COUNTIES {
        spread(&county.communes, of(Kind::Commune, Some(county.name)));
    }
    spread(&TOWNS, of(Kind::Town, None));
    spread(&MUNICIPALITIES, of(Kind::Municipality, None));
    let is_seat = |at: &usize| sites[*at].kind == Kind::Seat || sites[*at].county == CAPITAL;
    for at in (0..sites.len()).filter(is_seat) {
        residents[at] = f64::from(anchors::of_county(sites[at].county).seat);
    }
    residents
}

/// The capital, which is a county of one municipality.
const CAPITAL: &str = "București";

/// A place by its surroundings and draws of its own.
fn place(site: Site<'_>, around: Surroundings) -> Place {
    let code = site.code;
    let setting = match site.kind {
        Kind::Seat | Kind::Municipality => -1.2,
        Kind::Town => -0.5,
        Kind::Commune => 0.2,
    };
    let hardship = 0.8 * around.hardship + 0.55 * bell("hardship of its own", code);
    let hardship = (hardship + setting - around.suburb).clamp(-2.6, 2.2);
    let (poverty, children) = anchors::of_region(site.region);
    // many who have moved abroad or to a town keep their domicile; suburbs have people without one
    let registered = if around.suburb > 0.0 { 0.98 } else { 1.11 };
    let people = around.residents * (registered + 0.08 * uniform("domicile", code));
    let share = children + 2.9 * hardship + 5.0 * around.suburb + 1.6 * bell("children", code);
    let young = ages(whole(people * share.clamp(9.0, 31.0) / 100.0), code);
    let grown = whole(people).saturating_sub(young.iter().sum());
    let region = (poverty - 35.0) / 12.0;
    let areas = 12.0 * (hardship + region + 0.9 * bell("marginalised", code));
    Place {
        code: code.to_owned(),
        name: site.name.to_owned(),
        kind: site.kind,
        county: site.county.to_owned(),
        land: around.land,
        residents: whole(around.residents),
        young,
        groups: grown_groups(grown, code),
        families: 0,
        families_before: 0,
        inclusion: 0,
        unemployed: 0,
        labour: whole(people * (0.57 + 0.08 * uniform("labour", code))),
        marginalised: whole(areas.clamp(0.0, 78.0) * 10.0),
        hardship,
    }
}

/// Gives the places of a county their shares of what is published of it.
fn county_levels(county: &County, places: &mut [Place]) {
    let strain: Vec<f64> = places.iter().map(strain).collect();
    let [(_, before), (_, then)] = SINCE_2017;
    let families = |times: f64| split(whole(f64::from(county.families) * times), &strain);
    let (before, then) = (families(before), families(then));
    let joblessness: Vec<f64> = places.iter().map(joblessness).collect();
    let labour: u64 = places.iter().map(|place| place.labour).sum();
    let jobless: f64 =
        places.iter().zip(&joblessness).map(|(place, times)| place.labour as f64 * times).sum();
    let level = f64::from(county.unemployment) / 10_000.0 * labour as f64 / jobless;
    for (at, place) in places.iter_mut().enumerate() {
        let changed = |variable: &str| 1.0 + 0.1 * bell(variable, &place.code);
        place.families = then[at].min(place.people() / 4);
        place.families_before = whole(before[at] as f64 * changed("families before"));
        place.inclusion = whole(place.families as f64 * INCLUSION * changed("inclusion"));
        let rate = (level * joblessness[at]).min(0.32);
        place.unemployed = whole(place.labour as f64 * rate);
    }
}

/// Weight of a place among the families on VMG of its county. A poor commune has many more than a
/// middling one: hence it counts nearly twice.
fn strain(place: &Place) -> f64 {
    let strain = (1.6 + place.hardship + 0.5 * bell("families", &place.code)).clamp(0.1, 3.0);
    // a handful of places have lost their only employer: the outliers that a treatment has to meet
    let lost = if uniform("employer", &place.code) < 0.0015 { 4.0 } else { 1.0 };
    place.people() as f64 * strain * (0.3 + strain) * lost
}

/// How many times the unemployment of its county a place has.
fn joblessness(place: &Place) -> f64 {
    (1.0 + 0.6 * place.hardship + 0.4 * bell("unemployed", &place.code)).clamp(0.06, 2.1)
}

/// Here and there a commune has the numbers of the one before it in the list, as happens among small
/// ones: nothing that is measured tells the two apart.
fn twins(places: &mut [Place]) {
    for at in 1..places.len() {
        let (before, one) = (places[at - 1].clone(), &mut places[at]);
        let is_small = before.kind == Kind::Commune && before.residents < 2_500;
        if is_small && one.residents < 2_500 && uniform("twin", &one.code) < 0.03 {
            let Place { code, name, land, .. } = one.clone();
            *one = Place { code, name, land, ..before };
        }
    }
}

/// The worst commune of a county has marginalised areas above the average, so that a programme for such
/// communes can reach all counties that have communes.
fn worst_in_county(places: &mut [Place]) {
    let communes = places.iter_mut().filter(|place| place.kind == Kind::Commune);
    let worst = communes.max_by(|a, b| (a.marginalised, &b.code).cmp(&(b.marginalised, &a.code)));
    if let Some(place) = worst {
        place.marginalised = place.marginalised.max(ABOVE_AVERAGE);
    }
}

/// A ratio in per cent, in tenths, rounded half up.
pub(super) fn tenths(part: u64, whole: u64) -> u64 {
    (2 * part * 1000 + whole) / (2 * whole)
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
