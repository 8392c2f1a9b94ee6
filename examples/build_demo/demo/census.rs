//! Residents by locality as a census table prints them: a line of the county above its localities, of
//! which it is told by its empty code.

use std::fmt::Write;

use super::country::{Country, Place};
use super::{File, NOTICE, spelling};

pub(super) fn file(country: &Country) -> File {
    let mut text = String::from("\u{feff}");
    let mut line = |fields: [&str; 4]| {
        writeln!(text, "{}\r", fields.join(";")).expect("a string takes everything");
    };
    line(["Populația rezidentă la 1 decembrie 2021, pe localități", "", "", ""]);
    line([NOTICE, "", "", ""]);
    line(["Județ", "Cod SIRUTA", "Denumire", "Populația rezidentă"]);
    for county in country.counties.keys() {
        let people = |places: &mut dyn Iterator<Item = &Place>| -> u64 {
            places.map(|place| place.residents).sum()
        };
        let all = spelling::thousands(people(&mut country.of_county(county)));
        line([&county.to_uppercase(), "", &format!("JUDEȚUL {}", county.to_uppercase()), &all]);
        for place in country.of_county(county) {
            let name = spelling::register(place.kind, &place.name);
            let residents = spelling::thousands(place.residents);
            line([&county.to_uppercase(), &place.code, &name, &residents]);
        }
    }
    File::new("RPL2021_populatie_rezidenta.csv", text)
}
