//! Registered unemployment by locality: a Windows-1250 table keyed by county and name, as county
//! agencies send it, each in its own spelling.

use std::fmt::Write;

use super::country::{Country, Kind, Place, tenths};
use super::draws::uniform;
use super::{File, NOTICE, spelling, tempo};

/// Places that some agency knows by an older name: code and name.
const FORMER: [(&str, &str); 2] = [("27169", "ABRĂMUȚ"), ("28610", "CIUHOI")];
/// A typing error that an agency made: code and name.
const MISTYPED: (&str, &str) = ("86339", "VOȘLOBENI");

/// How a county's agency spells.
#[derive(Clone, Copy)]
enum Hand {
    /// `MUNICIPIUL AIUD`, `ALMAŞU MARE`.
    Register,
    /// `Comuna Almaşu Mare`.
    Addressed,
    /// `COMUNA CIMPENI`, without diacritics and in the older orthography.
    Plain,
    /// `CÎMPENI`, in the older orthography.
    Older,
}

impl Hand {
    fn of(county: &str) -> Self {
        match super::country::whole(uniform("hand", county) * 8.0) {
            0..=3 => Self::Register,
            4..=5 => Self::Addressed,
            6 => Self::Plain,
            _ => Self::Older,
        }
    }

    fn write(self, place: &Place) -> String {
        let known = FORMER.iter().chain([&MISTYPED]).find(|(code, _)| *code == place.code);
        if let Some((_, name)) = known {
            return (*name).to_owned();
        }
        match self {
            Self::Register => spelling::register(place.kind, &place.name),
            Self::Addressed => spelling::addressed(place.kind, &place.name),
            Self::Plain => {
                let name = spelling::plain(&spelling::before_1993(&place.name)).to_uppercase();
                match place.kind {
                    Kind::Seat | Kind::Municipality => format!("MUNICIPIUL {name}"),
                    Kind::Town => format!("ORAS {name}"),
                    Kind::Commune => format!("COMUNA {name}"),
                }
            }
            Self::Older => spelling::before_1993(&spelling::register(place.kind, &place.name)),
        }
    }

    fn county(self, county: &str) -> String {
        let upper = county.to_uppercase();
        match self {
            _ if tempo::is_capital(county) => "MUN. BUCUREȘTI".to_owned(),
            Self::Register => upper,
            Self::Addressed => county.to_owned(),
            Self::Plain => spelling::plain(&spelling::before_1993(&upper)),
            Self::Older => spelling::before_1993(&upper),
        }
    }
}

pub(super) fn file(country: &Country) -> File {
    let mut text = String::new();
    let mut line = |fields: [&str; 5]| {
        writeln!(text, "{}\r", fields.join(";")).expect("a string takes everything");
    };
    line(["Șomeri înregistrați la sfârșitul lunii decembrie 2023, pe localități", "", "", "", ""]);
    line([NOTICE, "", "", "", ""]);
    line(["", "", "", "", ""]);
    line(["Județ", "Localitate", "Nr. șomeri", "Resurse de muncă", "Pondere șomeri (%)"]);
    let (mut all_unemployed, mut all_labour) = (0, 0);
    for county in country.counties.keys() {
        let hand = Hand::of(county);
        let label = hand.county(county);
        let (mut unemployed, mut labour) = (0, 0);
        for place in country.of_county(county) {
            let share = spelling::comma_tenths(place.unemployment());
            let (a, b) = (spelling::thousands(place.unemployed), spelling::thousands(place.labour));
            line([&label, &hand.write(place), &a, &b, &share]);
            unemployed += place.unemployed;
            labour += place.labour;
        }
        if !tempo::is_capital(county) {
            let whole = format!("JUDEȚUL {}", county.to_uppercase());
            let share = spelling::comma_tenths(tenths(unemployed, labour));
            let (a, b) = (spelling::thousands(unemployed), spelling::thousands(labour));
            line([&label, &whole, &a, &b, &share]);
            line(["", "", "", "", ""]);
        }
        all_unemployed += unemployed;
        all_labour += labour;
    }
    let share = spelling::comma_tenths(tenths(all_unemployed, all_labour));
    let (a, b) = (spelling::thousands(all_unemployed), spelling::thousands(all_labour));
    line(["TOTAL GENERAL", "", &a, &b, &share]);
    let text = spelling::cedilla(&text);
    let (bytes, _, unmappable) = encoding_rs::WINDOWS_1250.encode(&text);
    assert!(!unmappable, "every letter of the register has a place in Windows-1250");
    File::new("someri_localitati_decembrie_2023.csv", bytes)
}
