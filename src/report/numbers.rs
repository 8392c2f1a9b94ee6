//! Numbers as text: for machines exactly, for people in the marks of their language.

use crate::language::{Language, grouped, whole};

/// The shortest decimal text that reads back as the same number; minus zero is written `0`.
pub(crate) fn machine(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

/// A number with a fixed count of decimals: `1.234,50` in Romanian, `1,234.50` in English.
pub(crate) fn shown(value: f64, decimals: usize, language: Language) -> String {
    let text = format!("{:.decimals$}", value.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let (thousands, point) = language.marks();
    let is_zero = text.bytes().all(|b| matches!(b, b'0' | b'.'));
    let mut out = String::from(if value < 0.0 && !is_zero { "-" } else { "" });
    out.push_str(&grouped(whole, thousands));
    if !fraction.is_empty() {
        out.push(point);
        out.push_str(fraction);
    }
    out
}

/// Decimals with which a column of numbers is shown: none for whole numbers, more for small ones.
/// Only what is shown: files keep every digit.
pub(crate) fn decimals(values: &[f64]) -> usize {
    let finite = || values.iter().copied().filter(|value| value.is_finite());
    if finite().all(|value| value.fract() == 0.0) {
        return 0;
    }
    match finite().fold(0.0_f64, |largest, value| largest.max(value.abs())) {
        largest if largest >= 10.0 => 2,
        largest if largest >= 1.0 => 3,
        _ => 4,
    }
}

/// The forms of a noun after a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    /// Romanian: after 1, after 2 to 19, after 20 and more (with `de`).
    pub(crate) ro: [&'static str; 3],
    /// English: after 1, after other numbers.
    pub(crate) en: [&'static str; 2],
}

impl Counted {
    /// `1 unitate`, `19 unități`, `3.181 de unități`; `1 unit`, `3,181 units`.
    pub(crate) fn of(self, count: usize, language: Language) -> String {
        let noun = match (language, count, count % 100) {
            (Language::Ro, 1, _) => self.ro[0],
            (Language::Ro, 0, _) | (Language::Ro, _, 1..=19) => self.ro[1],
            (Language::Ro, ..) => self.ro[2],
            (Language::En, 1, _) => self.en[0],
            (Language::En, ..) => self.en[1],
        };
        format!("{} {noun}", whole(count, language))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::labels;

    #[track_caller]
    fn person(value: f64, decimals: usize, ro: &str, en: &str) {
        assert_eq!(shown(value, decimals, Language::Ro), ro);
        assert_eq!(shown(value, decimals, Language::En), en);
    }

    #[test]
    fn machines_read_back_what_was_computed() {
        for value in [0.1 + 0.2, 1e-7, -1.5, 100.0, 1.0 / 3.0, f64::MIN_POSITIVE] {
            assert_eq!(machine(value).parse::<f64>().unwrap().to_bits(), value.to_bits());
        }
        assert_eq!(machine(-0.0), "0");
        assert_eq!(machine(100.0), "100");
    }

    #[test]
    fn people_read_their_own_marks() {
        person(1_234.5, 2, "1.234,50", "1,234.50");
        person(-1_234_567.0, 0, "-1.234.567", "-1,234,567");
        person(-0.001, 2, "0,00", "0.00");
        person(999.0, 0, "999", "999");
    }

    #[test]
    fn romanian_nouns_follow_their_numbers() {
        let of = |count| labels::UNITS.of(count, Language::Ro);
        assert_eq!(of(0), "0 unități");
        assert_eq!(of(1), "1 unitate");
        assert_eq!(of(19), "19 unități");
        assert_eq!(of(20), "20 de unități");
        assert_eq!(of(101), "101 unități");
        assert_eq!(of(3_181), "3.181 de unități");
        assert_eq!(labels::UNITS.of(3_181, Language::En), "3,181 units");
    }

    #[test]
    fn small_numbers_are_shown_with_more_decimals() {
        assert_eq!(decimals(&[1.0, 200.0, f64::NAN]), 0);
        assert_eq!(decimals(&[1.5, 200.0]), 2);
        assert_eq!(decimals(&[0.5, 1.0]), 3);
        assert_eq!(decimals(&[0.05]), 4);
    }
}
