//! Which unit or county a person means by a code or a name.

use super::{
    Aliases, AreaMatch, Bundled, COUNTY, CodeMatch, Gazetteer, How, Matcher, NameMatch, Register,
    bundled,
};
use crate::message::register as message;
use crate::quality::{Advice, Message};
use crate::spelling::list;

/// Why no single unit or county was found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct UnitNotFound {
    /// What is wrong, lower case, no full stop.
    pub message: Message,
    /// What was probably meant, or how to say which one.
    pub hint: Message,
}

impl From<Advice> for UnitNotFound {
    fn from(Advice { message, hint }: Advice) -> Self {
        Self { message, hint: hint.unwrap_or_else(|| Message::same("")) }
    }
}

/// Candidates shown.
const SHOWN: usize = 6;

/// The letters of the counties on number plates, with their names, as ISO 3166-2:RO lists them.
const COUNTIES: [(&str, &str); 42] = [
    ("AB", "Alba"),
    ("AR", "Arad"),
    ("AG", "Argeș"),
    ("BC", "Bacău"),
    ("BH", "Bihor"),
    ("BN", "Bistrița-Năsăud"),
    ("BT", "Botoșani"),
    ("BR", "Brăila"),
    ("BV", "Brașov"),
    ("B", "București"),
    ("BZ", "Buzău"),
    ("CL", "Călărași"),
    ("CS", "Caraș-Severin"),
    ("CJ", "Cluj"),
    ("CT", "Constanța"),
    ("CV", "Covasna"),
    ("DB", "Dâmbovița"),
    ("DJ", "Dolj"),
    ("GL", "Galați"),
    ("GR", "Giurgiu"),
    ("GJ", "Gorj"),
    ("HR", "Harghita"),
    ("HD", "Hunedoara"),
    ("IL", "Ialomița"),
    ("IS", "Iași"),
    ("IF", "Ilfov"),
    ("MM", "Maramureș"),
    ("MH", "Mehedinți"),
    ("MS", "Mureș"),
    ("NT", "Neamț"),
    ("OT", "Olt"),
    ("PH", "Prahova"),
    ("SJ", "Sălaj"),
    ("SM", "Satu Mare"),
    ("SB", "Sibiu"),
    ("SV", "Suceava"),
    ("TR", "Teleorman"),
    ("TM", "Timiș"),
    ("TL", "Tulcea"),
    ("VL", "Vâlcea"),
    ("VS", "Vaslui"),
    ("VN", "Vrancea"),
];

/// The unit of a code or a name, as its position in the register. A name may be written without
/// diacritics and may be followed by its county: `Apa, Satu Mare`, `Apa (SM)`. A name that is only
/// near is never taken for the unit: it is offered.
///
/// # Errors
/// No unit, or more than one, with what was probably meant.
pub fn find_unit(register: &Register, wanted: &str) -> Result<usize, UnitNotFound> {
    if let Some(unit) = register.position(wanted.trim()) {
        return Ok(unit);
    }
    let known = Known::of(register);
    let matcher = known.matcher();
    let whole = matcher.register();
    let counted = |unit: usize| {
        register
            .position(&whole.codes()[unit])
            .ok_or_else(|| UnitNotFound::from(message::unit_not_counted(&described(whole, unit))))
    };
    if let CodeMatch::Unit(unit, _) = matcher.code(wanted) {
        return counted(unit);
    }
    let (name, county) = parted(wanted);
    match matcher.name(name, county) {
        NameMatch::Unit(unit, How::Near) => Err(unknown_unit(whole, wanted, &[unit])),
        NameMatch::Unit(unit, _) => counted(unit),
        NameMatch::Ambiguous(units) => match units.as_slice() {
            // Also the name of an area: of units there is only this one.
            [one] => counted(*one),
            several => {
                let units = listed(whole, several);
                Err(message::name_of_several(wanted, several.len(), &units).into())
            }
        },
        NameMatch::Unknown(units) => Err(unknown_unit(whole, wanted, &units)),
    }
}

/// The county of a name, with or without diacritics, or of the letters of its plates, as the register
/// calls it.
///
/// # Errors
/// No such county, with those that are probably meant.
pub fn find_county<'r>(register: &'r Register, wanted: &str) -> Result<&'r str, UnitNotFound> {
    let level = register.level(COUNTY).ok_or_else(message::no_counties)?;
    let known = Known::of(register);
    let matcher = known.matcher();
    let areas = &matcher.register().level(COUNTY).expect("it has the columns of its part").areas;
    let area = match matcher.county(wanted) {
        AreaMatch::Area(area, How::Exact | How::Folded | How::Alias(_)) => area,
        AreaMatch::Area(area, How::Near) => return Err(unknown_county(wanted, &[&areas[area]])),
        AreaMatch::Total => return Err(unknown_county(wanted, &[])),
        AreaMatch::Unknown(near) => {
            let near: Vec<&String> = near.iter().map(|&area| &areas[area]).collect();
            return Err(unknown_county(wanted, &near));
        }
    };
    let own = level.position(&areas[area]);
    let own = own.ok_or_else(|| message::county_not_counted(&areas[area]))?;
    Ok(&level.areas[own])
}

/// The units of a county, by any writing that [`find_county`] knows, in the order of the register.
///
/// # Errors
/// No such county, with those that are probably meant.
pub fn units_of_county(register: &Register, wanted: &str) -> Result<Vec<usize>, UnitNotFound> {
    let county = find_county(register, wanted)?;
    let counties = register.column(COUNTY).unwrap_or_default();
    Ok((0..register.len()).filter(|&unit| counties[unit] == county).collect())
}

/// Everything by which the units of a register may be called: of a bundled one, or of a part of it,
/// all of that one.
struct Known<'r> {
    register: &'r Register,
    bundled: Option<Bundled>,
    gazetteer: Gazetteer,
    aliases: Aliases,
}

impl<'r> Known<'r> {
    fn of(register: &'r Register) -> Self {
        Self {
            register,
            bundled: bundled(register.id()),
            gazetteer: Gazetteer::default(),
            aliases: Aliases::default(),
        }
    }

    fn matcher(&self) -> Matcher<'_> {
        match &self.bundled {
            Some(known) => Matcher::new(&known.register, &known.gazetteer, &known.aliases),
            None => Matcher::new(self.register, &self.gazetteer, &self.aliases),
        }
    }
}

impl Matcher<'_> {
    /// The county of that name, in any writing, or with those letters on number plates.
    pub(crate) fn county(&self, wanted: &str) -> AreaMatch {
        let wanted = wanted.trim();
        let by_plate = || county_of_plate(wanted).map(|name| self.area(COUNTY, name));
        match self.area(COUNTY, wanted) {
            AreaMatch::Unknown(near) => by_plate().unwrap_or(AreaMatch::Unknown(near)),
            found => found,
        }
    }
}

/// The name of the county with those letters, whatever their case.
fn county_of_plate(code: &str) -> Option<&'static str> {
    let same = |(known, _): &&(&str, &str)| known.eq_ignore_ascii_case(code);
    COUNTIES.iter().find(same).map(|(_, name)| *name)
}

/// Name and county, when a comma or parentheses part them.
fn parted(wanted: &str) -> (&str, Option<&str>) {
    let wanted = wanted.trim();
    if let Some((name, county)) = wanted.split_once(',') {
        return (name.trim(), Some(county.trim()));
    }
    match wanted.strip_suffix(')').and_then(|text| text.split_once('(')) {
        Some((name, county)) => (name.trim(), Some(county.trim())),
        None => (wanted, None),
    }
}

fn unknown_unit(register: &Register, wanted: &str, near: &[usize]) -> UnitNotFound {
    if near.is_empty() {
        message::no_unit(wanted).into()
    } else {
        message::near_unit(wanted, &listed(register, near)).into()
    }
}

fn unknown_county(wanted: &str, near: &[&String]) -> UnitNotFound {
    match near {
        [] => message::no_county(wanted).into(),
        near => {
            let near = list(near.iter().map(|name| name.as_str()));
            message::near_county(wanted, &near).into()
        }
    }
}

fn listed(register: &Register, units: &[usize]) -> String {
    let shown: Vec<String> = units.iter().take(SHOWN).map(|&it| described(register, it)).collect();
    let more = if units.len() > SHOWN { " …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

fn described(register: &Register, unit: usize) -> String {
    let (code, name) = (&register.codes()[unit], &register.names()[unit]);
    match register.column("county") {
        Some(counties) => format!("{name}, {} ({code})", counties[unit]),
        None => format!("{name} ({code})"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Label;
    use crate::register::Unit;

    fn ro() -> Register {
        bundled("ro-uat-2025").unwrap().register
    }

    fn found(wanted: &str) -> Result<String, UnitNotFound> {
        let register = ro();
        find_unit(&register, wanted).map(|unit| register.names()[unit].clone())
    }

    #[test]
    fn a_unit_is_found_by_code_or_name_with_or_without_diacritics() {
        assert_eq!(found("1017"), Ok("Alba Iulia".to_owned()));
        assert_eq!(found("bucerdea granoasa"), Ok("Bucerdea Grânoasă".to_owned()));
        assert_eq!(found("Apa, Satu Mare"), Ok("Apa".to_owned()));
        assert_eq!(found("apa (SM)"), Ok("Apa".to_owned()));
    }

    #[test]
    fn a_slip_and_a_shared_name_are_answered_with_candidates() {
        let slip = found("Bucerdea Granosa").unwrap_err();
        assert!(slip.hint.en.contains("Bucerdea Grânoasă, Alba"), "{slip:?}");
        let shared = found("Sântămăria").err().or_else(|| found("Unirea").err()).unwrap();
        assert!(!shared.hint.en.is_empty());
    }

    #[test]
    fn a_county_is_found_by_every_writing() {
        let register = ro();
        for wanted in ["SM", "sm", "Satu Mare", "satu mare", "SATU-MARE", "judetul Satu Mare"] {
            assert_eq!(find_county(&register, wanted), Ok("Satu Mare"), "{wanted}");
        }
        for (wanted, county) in
            [("vilcea", "Vâlcea"), ("Caraș", "Caraș-Severin"), ("B", "București")]
        {
            assert_eq!(find_county(&register, wanted), Ok(county), "{wanted}");
        }
        assert_eq!(units_of_county(&register, "SM").unwrap().len(), 65);
        let slip = find_county(&register, "Valceaua").unwrap_err();
        assert_eq!(slip.hint.en, "did you mean `Vâlcea`?");
        let unknown = find_county(&register, "XY").unwrap_err();
        assert_eq!(unknown.message.en, "the register has no county `XY`");
    }

    #[test]
    fn plates_are_known_to_a_register_of_the_study_s_own() {
        let unit = Unit { code: "1".into(), name: "Apa".into(), values: vec!["Satu Mare".into()] };
        let columns = vec!["county".to_owned()];
        let register = Register::new("own", Label::same("own"), columns, vec![unit]).unwrap();
        assert_eq!(find_county(&register, "SM"), Ok("Satu Mare"));
        assert!(find_county(&register, "Alba").is_err());
    }

    #[test]
    fn every_county_of_the_bundled_register_has_a_plate_and_no_other() {
        let register = ro();
        let mut names: Vec<&str> = COUNTIES.iter().map(|(_, name)| *name).collect();
        names.sort_unstable();
        assert_eq!(names, register.level("county").unwrap().areas);
        assert_eq!(county_of_plate("sm"), Some("Satu Mare"));
        assert_eq!(county_of_plate("XX"), None);
    }
}
