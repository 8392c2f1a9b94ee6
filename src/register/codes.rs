//! Finds units and localities by their codes, however a spreadsheet disfigured them.

use std::collections::BTreeMap;

use super::aliases::Meaning;
use super::control_digit;
use super::labels::Labels;
use super::matching::{CodeMatch, How};
use super::{Aliases, Gazetteer, Register};

/// The codes of a register and of what lies below it.
#[derive(Debug)]
pub(super) struct Codes<'a> {
    register: &'a Register,
    gazetteer: &'a Gazetteer,
    /// Units by their code without leading zeros; none where two codes differ by them only.
    by_number: BTreeMap<&'a str, Option<usize>>,
    aliases: BTreeMap<&'a str, CodeMatch>,
}

impl<'a> Codes<'a> {
    pub(super) fn new(
        register: &'a Register,
        gazetteer: &'a Gazetteer,
        aliases: &'a Aliases,
    ) -> Self {
        let mut by_number = BTreeMap::new();
        for (unit, code) in register.codes().iter().enumerate() {
            if code.bytes().all(|byte| byte.is_ascii_digit()) {
                let number = code.trim_start_matches('0');
                by_number.entry(number).and_modify(|known| *known = None).or_insert(Some(unit));
            }
        }
        Self { register, gazetteer, by_number, aliases: index(register, aliases) }
    }

    /// What a code as written is.
    pub(super) fn find(&self, text: &str, labels: &Labels) -> CodeMatch {
        let text = text.trim().trim_start_matches('\'').trim_start();
        if let Some(unit) = self.register.position(text) {
            return CodeMatch::Unit(unit, How::Exact);
        }
        if let Some(known) = self.aliases.get(text) {
            return known.clone();
        }
        let number = number(text);
        if let Some(number) = number {
            if let Some(Some(unit)) = self.by_number.get(number) {
                return CodeMatch::Unit(*unit, How::Folded);
            }
            if let Some(known) = self.aliases.get(number) {
                return known.clone();
            }
            if let Some(place) = self.gazetteer.localities().get(number)
                && let Some(parent) = self.register.position(&place.unit)
            {
                return CodeMatch::Locality { name: place.name.clone(), parent };
            }
        }
        if let Some((level, area)) = labels.of_code(number.unwrap_or(text)) {
            return CodeMatch::Area { level: level.to_owned(), area };
        }
        CodeMatch::Unknown { control_digit_fits: number.is_some_and(control_digit::fits) }
    }
}

/// The digits of a code that a spreadsheet made a number of: `1017.0`, `1017,00`, `01017`. Three
/// noughts behind a mark are thousands, not decimals.
pub(super) fn number(text: &str) -> Option<&str> {
    let (whole, decimals) = text.split_once(['.', ',']).unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let plain = decimals.bytes().all(|byte| byte == b'0') && decimals.len() != 3;
    let number = whole.trim_start_matches('0');
    (!number.is_empty() && digits(number) && plain).then_some(number)
}

fn index<'a>(register: &Register, aliases: &'a Aliases) -> BTreeMap<&'a str, CodeMatch> {
    let mut index = BTreeMap::new();
    for alias in aliases.list().iter().filter(|alias| is_code(&alias.seen)) {
        let found = match &alias.meaning {
            Meaning::Unit(code) => register
                .position(code)
                .map(|unit| CodeMatch::Unit(unit, How::Alias(alias.reason.clone()))),
            Meaning::Locality(code) => register
                .position(code)
                .map(|parent| CodeMatch::Locality { name: place_name(alias, aliases), parent }),
            Meaning::Area { level, area } => register
                .level(level)
                .and_then(|known| known.position(area))
                .map(|area| CodeMatch::Area { level: level.clone(), area }),
            Meaning::Total => None,
        };
        if let Some(found) = found {
            index.entry(alias.seen.as_str()).or_insert(found);
        }
    }
    index
}

/// An alias is of a code when it holds a digit and no space; names are found by name.
fn is_code(seen: &str) -> bool {
    seen.chars().any(|letter| letter.is_ascii_digit()) && !seen.contains(char::is_whitespace)
}

/// The name of a place that has an alias for its code and one for its name, with one reason.
fn place_name(code: &super::Alias, aliases: &Aliases) -> String {
    let named = aliases.list().iter().find(|other| {
        other.meaning == code.meaning && other.reason == code.reason && !is_code(&other.seen)
    });
    named.map_or_else(|| code.seen.clone(), |other| other.seen.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Label;
    use crate::register::{Matcher, Unit, bundled};

    #[test]
    fn a_code_is_read_however_it_is_disfigured() {
        let ro = bundled("ro-uat-2025").unwrap();
        let matcher = Matcher::new(&ro.register, &ro.gazetteer, &ro.aliases);
        let alba = ro.register.position("1017").unwrap();
        assert_eq!(matcher.code("1017"), CodeMatch::Unit(alba, How::Exact));
        assert_eq!(matcher.code(" 1017\u{a0}"), CodeMatch::Unit(alba, How::Exact));
        for text in ["1017.0", "1017,00", "1017.", "01017", "001017", "'01017", "1017.000000"] {
            assert_eq!(matcher.code(text), CodeMatch::Unit(alba, How::Folded), "{text}");
        }
        for text in ["1017.5", "1,017", "1 017", "1017,000", "", "0", "-1017", "1017a"] {
            assert!(matches!(matcher.code(text), CodeMatch::Unknown { .. }), "{text}");
        }
    }

    #[test]
    fn codes_of_other_things_are_told_apart() {
        let ro = bundled("ro-uat-2025").unwrap();
        let matcher = Matcher::new(&ro.register, &ro.gazetteer, &ro.aliases);
        let place = |code: &str| match matcher.code(code) {
            CodeMatch::Locality { name, parent } => (name, ro.register.codes()[parent].clone()),
            other => panic!("{code}: {other:?}"),
        };
        assert_eq!(place("138404"), ("Racșa".into(), "180091".into()));
        assert_eq!(place("179141"), ("București Sectorul 1".into(), "179132".into()));
        assert_eq!(place("70049"), ("Cernele".into(), "69900".into()));
        assert_eq!(place("167589.0"), ("Goranu".into(), "167473".into()));
        let county = ro.register.level("county").unwrap();
        for (code, name) in
            [("10", "Alba"), ("tm", "Timiș"), ("B", "București"), ("519", "Călărași")]
        {
            let area = county.position(name).unwrap();
            assert_eq!(matcher.code(code), CodeMatch::Area { level: "county".into(), area });
        }
    }

    #[test]
    fn the_control_digit_words_the_message() {
        let ro = bundled("ro-uat-2025").unwrap();
        let matcher = Matcher::new(&ro.register, &ro.gazetteer, &ro.aliases);
        assert_eq!(matcher.code("1018"), CodeMatch::Unknown { control_digit_fits: false });
        assert_eq!(matcher.code("180116"), CodeMatch::Unknown { control_digit_fits: false });
        assert_eq!(matcher.code("180117"), CodeMatch::Unknown { control_digit_fits: true });
    }

    #[test]
    fn codes_of_other_countries_are_any_text() {
        let unit = |code: &str| Unit { code: code.into(), name: code.into(), values: vec![] };
        let register = Register::new(
            "r",
            Label::same("r"),
            vec![],
            vec![unit("MD-01"), unit("007"), unit("07"), unit("08")],
        )
        .unwrap();
        let (gazetteer, aliases) = (Gazetteer::default(), Aliases::default());
        let matcher = Matcher::new(&register, &gazetteer, &aliases);
        let position = |code: &str| register.position(code).unwrap();
        assert_eq!(matcher.code("MD-01"), CodeMatch::Unit(position("MD-01"), How::Exact));
        assert_eq!(matcher.code("007"), CodeMatch::Unit(position("007"), How::Exact));
        assert_eq!(matcher.code("8"), CodeMatch::Unit(position("08"), How::Folded));
        assert!(matches!(matcher.code("7"), CodeMatch::Unknown { .. }), "two codes fit");
    }
}
