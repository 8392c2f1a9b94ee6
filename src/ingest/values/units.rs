//! Units that stand in the cells of a column of numbers: `100 lei`, `3 pers.`, `€ 12`.

use super::numbers::is_number;
use crate::ingest::labels::{fold, trim};

/// A unit is no longer than this.
const LONGEST: usize = 24;

/// The number and the unit of a text that is both; a unit has letters or a sign of money and no digits.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let text = trim(text);
    let is_edge =
        |letter: char| letter.is_alphabetic() || is_money(letter) || ".²³%".contains(letter);
    let is_digit = |letter: char| letter.is_ascii_digit();
    let (number, unit) = if text.ends_with(is_edge) {
        text.split_at(text.rfind(is_digit)? + 1)
    } else if text.starts_with(|letter: char| letter.is_alphabetic() || is_money(letter)) {
        let (unit, number) = text.split_at(text.find(is_digit)?);
        (number, unit)
    } else {
        return None;
    };
    let (number, unit) = (trim(number), trim(unit));
    let is_unit =
        unit.len() <= LONGEST && unit.contains(|it: char| it.is_alphabetic() || is_money(it));
    (is_unit && is_number(number)).then_some((number, unit))
}

fn is_money(letter: char) -> bool {
    matches!(letter, '€' | '$' | '£')
}

/// The number of a text whose unit is this one, folded; the text itself where it is another text.
pub(super) fn without<'t>(text: &'t str, unit: Option<&str>) -> &'t str {
    let parts = unit.and_then(|unit| split(text).filter(|(_, found)| fold(found) == unit));
    parts.map_or(text, |(number, _)| number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_stands_beside_its_number() {
        for (text, number, unit) in [
            ("100 lei", "100", "lei"),
            ("3 pers.", "3", "pers."),
            ("1.234,5\u{a0}mii lei", "1.234,5", "mii lei"),
            ("€ 12", "12", "€"),
            ("12€", "12", "€"),
            ("5 lei/lună", "5", "lei/lună"),
            ("-7 °C", "-7", "°C"),
        ] {
            assert_eq!(split(text), Some((number, unit)), "{text}");
        }
        for text in ["100", "12 %", "(3)", "lei", "n/a", "2 ani 3 luni", "1.60172E+05", "c", ""] {
            assert_eq!(split(text), None, "{text}");
        }
    }
}
