//! What programmes look at beside the index: a list of marginalised units, a register of services, the
//! members of a network of providers, and what communes answered.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::country::{Country, Kind, Place};
use super::draws::uniform;
use super::{File, spelling};

/// How many units the published list has; what puts a unit on it is not public.
const LISTED: usize = 992;

/// Rural units of Satu Mare with licensed services, as the county's presentation of 15.02.2024 names
/// them.
const LICENSED_IN_SATU_MARE: [&str; 7] =
    ["Apa", "Beltiug", "Berveni", "Culciu", "Săuca", "Terebești", "Viile Satu Mare"];

/// Social workers, accredited units and units struck off in Satu Mare, from the same presentation.
const SATU_MARE: [usize; 3] = [31, 36, 2];

/// Localities of a network of local authorities, with the county or country as the network writes it
/// and its providers, public and others. The counts are made up.
const NETWORK: [(&str, &str, u32, u32); 7] = [
    ("Municipiul Iași", "Iași", 6, 21),
    ("Municipiul Botoșani", "Botoșani", 3, 8),
    ("Municipiul Galați", "Galați", 4, 11),
    ("Ungheni", "Republica Moldova", 2, 3),
    ("Hîncești", "Republica Moldova", 1, 1),
    ("Cahul", "Republica Moldova", 2, 4),
    ("Nisporeni", "Republica Moldova", 1, 2),
];

/// The list of marginalised units, worst first within each county.
pub(super) fn marginalised(country: &Country) -> File {
    let mut ranked: Vec<&Place> = country.places.iter().collect();
    // some of the order is what nobody published
    let weight = |place: &Place| place.marginalised as f64 + 60.0 * uniform("listed", &place.code);
    ranked.sort_by(|a, b| weight(b).total_cmp(&weight(a)).then_with(|| a.code.cmp(&b.code)));
    ranked.truncate(LISTED);
    ranked.sort_by(|a, b| (&a.county, a.kind, &a.name).cmp(&(&b.county, b.kind, &b.name)));
    let mut text = String::from("\u{feff}Lista UAT-urilor marginalizate (date generate);;;;\r\n");
    writeln!(text, "Nr. crt.;Județ;UAT;Cod SIRUTA;Mediu\r").expect("a string takes everything");
    for (number, place) in (1..).zip(ranked) {
        let setting = if place.kind == Kind::Commune { "rural" } else { "urban" };
        let name = spelling::addressed(place.kind, &place.name);
        let (county, code) = (&place.county, &place.code);
        writeln!(text, "{number};{county};{name};{code};{setting}\r").expect("it takes all");
    }
    File::new("lista_992_uat_marginalizate.csv", text)
}

/// What communes of the bundled selection of 2,000 answered: county, commune, day, answer, document.
/// All invented, and each says that it is an example; a commune that accepted may still withdraw.
const ANSWERS: [(&str, &str, &str, &str, &str); 8] = [
    ("Teleorman", "Blejești", "16.02.2026", "acceptat", "HCL 11/2026"),
    ("Teleorman", "Buzescu", "18.02.2026", "acceptat", "HCL 7/2026"),
    ("Satu Mare", "Căpleni", "20.02.2026", "acceptat", "HCL 14/2026"),
    ("Satu Mare", "Beltiug", "25.02.2026", "refuzat", "HCL 9/2026"),
    ("Mehedinți", "Florești", "27.02.2026", "refuzat", "HCL 22/2026"),
    ("Teleorman", "Uda-Clocociov", "02.03.2026", "acceptat", "HCL 15/2026"),
    ("Prahova", "Bertea", "05.03.2026", "retras", "adresa 318/05.03.2026"),
    ("Teleorman", "Uda-Clocociov", "20.03.2026", "retras", "adresa 1204/20.03.2026"),
];

/// The answers as the ministry collects them: by county and name, without codes and diacritics.
pub(super) fn answers() -> File {
    let mut text = String::from("Judet;UAT;Data;Raspuns;Document\r\n");
    for (county, name, day, answer, document) in ANSWERS {
        let (county, name) = (spelling::plain(county), spelling::plain(name));
        writeln!(text, "{county};{name};{day};{answer};exemplu: {document}\r")
            .expect("it takes all");
    }
    File::new("raspunsuri_sci_2000.csv", text)
}

/// What a rural unit has.
#[derive(Clone, Copy, Default)]
struct Services {
    workers: u64,
    accredited: bool,
    licensed: u64,
    struck_off: bool,
}

/// The register of social services in rural units, names without diacritics; a unit without any
/// entry has no row.
pub(super) fn services(country: &Country) -> File {
    let mut text = String::from(
        "Judet,UAT,Asistenti sociali,UAT acreditat,Servicii licentiate,Radiat,Document\n",
    );
    for county in country.counties.keys() {
        for (place, services) in of_county(country, county) {
            let Services { workers, accredited, licensed, struck_off } = services;
            if workers == 0 && !accredited && licensed == 0 && !struck_off {
                continue;
            }
            let (county, name) = (spelling::plain(county), spelling::plain(&place.name));
            let (accredited, struck_off) = (u8::from(accredited), u8::from(struck_off));
            writeln!(
                text,
                "{county},{name},{workers},{accredited},{licensed},{struck_off},exemplu"
            )
            .expect("a string takes everything");
        }
    }
    File::new("registrul_serviciilor_rural.csv", text)
}

fn of_county<'a>(country: &'a Country, county: &'a str) -> Vec<(&'a Place, Services)> {
    let communes: Vec<&Place> =
        country.of_county(county).filter(|place| place.kind == Kind::Commune).collect();
    if county == "Satu Mare" {
        return satu_mare(&communes);
    }
    let services = |place: &&'a Place| {
        let draw = |what: &str| uniform(what, &place.code);
        let size = (place.people() as f64 / 6_000.0).min(1.0);
        let accredited = draw("accredited") < 0.35 + 0.4 * size;
        Services {
            // about half of the communes have one, as in Satu Mare
            workers: [0.57, 0.93, 1.02]
                .iter()
                .filter(|cut| draw("workers") + 0.2 * size > **cut)
                .count() as u64,
            accredited,
            licensed: u64::from(accredited && draw("licensed") < 0.2),
            struck_off: !accredited && draw("struck off") < 0.06,
        }
    };
    communes.iter().map(|place| (*place, services(place))).collect()
}

/// The figures of the county's presentation, spread over its communes by draw.
fn satu_mare<'p>(communes: &[&'p Place]) -> Vec<(&'p Place, Services)> {
    let [workers, accredited, struck_off] = SATU_MARE;
    let licensed = |place: &Place| LICENSED_IN_SATU_MARE.contains(&place.name.as_str());
    let drawn = |what: &'static str| {
        let mut drawn = communes.to_vec();
        drawn.sort_by(|a, b| {
            // who has licensed services is accredited first
            let key = |place: &Place| (!licensed(place), uniform(what, &place.code));
            let (one, two) = (key(a), key(b));
            one.0.cmp(&two.0).then_with(|| one.1.total_cmp(&two.1))
        });
        drawn
    };
    let mut all: BTreeMap<&str, Services> = BTreeMap::new();
    for place in drawn("accredited").iter().take(accredited) {
        all.entry(&place.code).or_default().accredited = true;
    }
    for place in drawn("workers").iter().take(workers) {
        all.entry(&place.code).or_default().workers = 1;
    }
    for place in drawn("accredited").iter().rev().take(struck_off) {
        all.entry(&place.code).or_default().struck_off = true;
    }
    for place in communes.iter().filter(|place| licensed(place)) {
        all.entry(&place.code).or_default().licensed = 1;
    }
    let of = |place: &Place| all.get(place.code.as_str()).copied().unwrap_or_default();
    communes.iter().map(|place| (*place, of(place))).collect()
}

/// The members of the network: some lie in another country.
pub(super) fn providers() -> File {
    let mut text = String::from(
        "\u{feff}Localitate;Județ sau țară;Furnizori publici;Furnizori privați;Document\r\n",
    );
    for (name, county, public, private) in NETWORK {
        writeln!(text, "{name};{county};{public};{private};exemplu\r").expect("it takes all");
    }
    File::new("furnizori_retea.csv", text)
}
