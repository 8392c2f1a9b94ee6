//! Marginalised areas: a list with codes, with villages and sectors below their unit.

use std::fmt::Write;

use super::country::{ABOVE_AVERAGE, Country, Place};
use super::{File, spelling};

/// Localities that the list names below the unit before them, told by their indent: unit, code, name.
const BELOW: [(&str, &str, &str); 11] = [
    ("1017", "1026", "ALBA IULIA"),
    ("1017", "1035", "BĂRĂBANȚ"),
    ("1017", "1044", "MICEȘTI"),
    ("1017", "1053", "OARDA"),
    ("1017", "1062", "PÂCLIȘA"),
    ("179132", "179141", "BUCUREȘTI SECTORUL 1"),
    ("179132", "179150", "BUCUREȘTI SECTORUL 2"),
    ("179132", "179169", "BUCUREȘTI SECTORUL 3"),
    ("179132", "179178", "BUCUREȘTI SECTORUL 4"),
    ("179132", "179187", "BUCUREȘTI SECTORUL 5"),
    ("179132", "179196", "BUCUREȘTI SECTORUL 6"),
];

pub(super) fn file(country: &Country) -> File {
    let mut text = String::from("\u{feff}");
    let mut line = |fields: [&str; 5]| {
        writeln!(text, "{}\r", fields.join(";")).expect("a string takes everything");
    };
    line(["Cod SIRUTA", "Denumire", "Județ", "Populație în zone marginalizate (%)", "Clasa"]);
    for place in &country.places {
        let share = spelling::comma_tenths(place.marginalised);
        let (county, class) = (place.county.to_uppercase(), class(place));
        let name = spelling::register(place.kind, &place.name);
        line([&place.code, &name, &county, &share, class]);
        for (_, code, name) in BELOW.iter().filter(|(unit, ..)| *unit == place.code) {
            line([code, &format!("   {name}"), &county, &share, class]);
        }
    }
    File::new("zone_marginalizate.csv", text)
}

/// Class of a place by cuts of this generator, which are not those of the atlases.
fn class(place: &Place) -> &'static str {
    match place.marginalised {
        0 => "none",
        1..=59 => "below-average",
        60..=119 => "average",
        ABOVE_AVERAGE..=239 => "above-average",
        _ => "severe",
    }
}
