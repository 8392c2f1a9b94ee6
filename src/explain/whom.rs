//! Which unit a person means by a code or a name.

use crate::register::{
    Aliases, AreaMatch, CodeMatch, Gazetteer, How, Matcher, NameMatch, Register, bundled,
};

/// Why no single unit was found.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Unfound {
    /// What is wrong.
    pub message: String,
    /// What was probably meant, or how to say which one.
    pub hint: String,
}

/// Candidates shown.
const SHOWN: usize = 6;

/// The unit of a code or a name, as its position in the register. A name may be written without
/// diacritics and may be followed by its county: `Apa, Satu Mare`, `Apa (SM)`. A name that is only
/// near is never taken for the unit: it is offered.
///
/// # Errors
/// No unit, or more than one, with what was probably meant.
pub fn find_unit(register: &Register, asked: &str) -> Result<usize, Unfound> {
    if let Some(unit) = register.position(asked.trim()) {
        return Ok(unit);
    }
    let around = bundled(register.id());
    let (empty_gazetteer, empty_aliases) = (Gazetteer::default(), Aliases::default());
    let matcher = match &around {
        Some(known) => Matcher::new(&known.register, &known.gazetteer, &known.aliases),
        None => Matcher::new(register, &empty_gazetteer, &empty_aliases),
    };
    let whole = matcher.register();
    let counted = |unit: usize| {
        register.position(&whole.codes()[unit]).ok_or_else(|| Unfound {
            message: format!("the study does not count {}", described(whole, unit)),
            hint: "its `[register] where` leaves it out".to_owned(),
        })
    };
    if let CodeMatch::Unit(unit, _) = matcher.code(asked) {
        return counted(unit);
    }
    let (name, county) = parted(asked);
    match matcher.name(name, county) {
        NameMatch::Unit(unit, How::Near) => Err(unknown(whole, asked, &[unit])),
        NameMatch::Unit(unit, _) => counted(unit),
        NameMatch::Ambiguous(units) => match units.as_slice() {
            // Also the name of an area: of units there is only this one.
            [one] => counted(*one),
            several => Err(Unfound {
                message: format!("`{asked}` is the name of {} units", several.len()),
                hint: format!("add the county, or use the code: {}", listed(whole, several)),
            }),
        },
        NameMatch::Unknown(units) => Err(unknown(whole, asked, &units)),
    }
}

/// The units of a county, by its name or the letters of its plates, in the order of the register.
///
/// # Errors
/// No such county, with those that are probably meant.
pub fn units_of_county(register: &Register, asked: &str) -> Result<Vec<usize>, Unfound> {
    const COUNTY: &str = "county";
    let Some(level) = register.level(COUNTY) else {
        return Err(Unfound {
            message: "the register has no column `county`".to_owned(),
            hint: "map one in `[register] columns`".to_owned(),
        });
    };
    let around = bundled(register.id());
    let (empty_gazetteer, empty_aliases) = (Gazetteer::default(), Aliases::default());
    let matcher = match &around {
        Some(known) => Matcher::new(&known.register, &known.gazetteer, &known.aliases),
        None => Matcher::new(register, &empty_gazetteer, &empty_aliases),
    };
    let areas = &matcher.register().level(COUNTY).expect("it has the columns of its part").areas;
    let found = match matcher.area(COUNTY, asked.trim()) {
        AreaMatch::Area(area, How::Exact | How::Folded | How::Alias(_)) => area,
        AreaMatch::Area(area, How::Near) => return Err(no_county(asked, &[&areas[area]])),
        AreaMatch::Total => return Err(no_county(asked, &[])),
        AreaMatch::Unknown(near) => {
            let near: Vec<&String> = near.iter().map(|&area| &areas[area]).collect();
            return Err(no_county(asked, &near));
        }
    };
    let own = level.position(&areas[found]).ok_or_else(|| Unfound {
        message: format!("the study counts no unit of {}", areas[found]),
        hint: "its `[register] where` leaves them out".to_owned(),
    })?;
    Ok((0..register.len()).filter(|&unit| level.of_unit[unit] as usize == own).collect())
}

fn no_county(asked: &str, near: &[&String]) -> Unfound {
    let hint = match near {
        [] => "use its name or the letters of its plates: `Satu Mare`, `SM`".to_owned(),
        near => {
            let names: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
            format!("did you mean {}?", names.join(", "))
        }
    };
    Unfound { message: format!("there is no county `{asked}`"), hint }
}

/// Name and county, when a comma or parentheses part them.
fn parted(asked: &str) -> (&str, Option<&str>) {
    let asked = asked.trim();
    if let Some((name, county)) = asked.split_once(',') {
        return (name.trim(), Some(county.trim()));
    }
    match asked.strip_suffix(')').and_then(|text| text.split_once('(')) {
        Some((name, county)) => (name.trim(), Some(county.trim())),
        None => (asked, None),
    }
}

fn unknown(register: &Register, asked: &str, near: &[usize]) -> Unfound {
    let hint = if near.is_empty() {
        "use the code of the register, or the name with its county: `Apa, Satu Mare`".to_owned()
    } else {
        format!("did you mean {}?", listed(register, near))
    };
    Unfound { message: format!("the register has no unit `{asked}`"), hint }
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

    fn found(asked: &str) -> Result<String, Unfound> {
        let register = bundled("ro-uat-2025").unwrap().register;
        find_unit(&register, asked).map(|unit| register.names()[unit].clone())
    }

    #[test]
    fn a_unit_is_found_by_code_or_name_with_or_without_diacritics() {
        assert_eq!(found("1017"), Ok("Alba Iulia".to_owned()));
        assert_eq!(found("bucerdea granoasa"), Ok("Bucerdea Grânoasă".to_owned()));
        assert_eq!(found("Apa, Satu Mare"), Ok("Apa".to_owned()));
        assert_eq!(found("apa (SM)"), Ok("Apa".to_owned()));
    }

    #[test]
    fn a_county_is_found_by_name_or_plate_letters() {
        let register = bundled("ro-uat-2025").unwrap().register;
        assert_eq!(units_of_county(&register, "SM"), units_of_county(&register, "satu mare"));
        assert_eq!(units_of_county(&register, "SM").unwrap().len(), 65);
        assert!(units_of_county(&register, "Satu Mic").is_err());
    }

    #[test]
    fn a_slip_and_a_shared_name_are_answered_with_candidates() {
        let slip = found("Bucerdea Granosa").unwrap_err();
        assert!(slip.hint.contains("Bucerdea Grânoasă, Alba"), "{slip:?}");
        let shared = found("Sântămăria").err().or_else(|| found("Unirea").err()).unwrap();
        assert!(!shared.hint.is_empty());
    }
}
