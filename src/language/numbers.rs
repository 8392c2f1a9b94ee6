//! Numbers as people read them: in the marks of their language.

use super::{Language, grouped};

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

/// A number with at most so many decimals and no zero behind them: `466,67`, `0,5`, `12`.
pub(crate) fn trimmed(value: f64, most: usize, language: Language) -> String {
    let text = shown(value, most, language);
    let (_, point) = language.marks();
    match text.split_once(point) {
        Some(_) => text.trim_end_matches('0').trim_end_matches(point).to_owned(),
        None => text,
    }
}

/// The shortest decimal text that reads back as the same number; minus zero is written `0`.
pub(crate) fn machine(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn person(value: f64, decimals: usize, ro: &str, en: &str) {
        assert_eq!(shown(value, decimals, Language::Ro), ro);
        assert_eq!(shown(value, decimals, Language::En), en);
    }

    #[test]
    fn people_read_their_own_marks() {
        person(1_234.5, 2, "1.234,50", "1,234.50");
        person(-1_234_567.0, 0, "-1.234.567", "-1,234,567");
        person(-0.001, 2, "0,00", "0.00");
        person(999.0, 0, "999", "999");
    }

    #[test]
    fn small_numbers_are_shown_with_more_decimals() {
        assert_eq!(decimals(&[1.0, 200.0, f64::NAN]), 0);
        assert_eq!(decimals(&[1.5, 200.0]), 2);
        assert_eq!(decimals(&[0.5, 1.0]), 3);
        assert_eq!(decimals(&[0.05]), 4);
    }

    #[test]
    fn zeros_behind_the_decimals_are_left_out() {
        assert_eq!(trimmed(466.666_666_7, 2, Language::Ro), "466,67");
        assert_eq!(trimmed(1_200.5, 3, Language::En), "1,200.5");
        assert_eq!(trimmed(1_200.0, 2, Language::Ro), "1.200");
        assert_eq!(trimmed(0.0, 0, Language::Ro), "0");
    }

    #[test]
    fn machines_read_back_what_was_computed() {
        for value in [0.1 + 0.2, 1e-7, -1.5, 100.0, 1.0 / 3.0, f64::MIN_POSITIVE] {
            assert_eq!(machine(value).parse::<f64>().unwrap().to_bits(), value.to_bits());
        }
        assert_eq!(machine(-0.0), "0");
        assert_eq!(machine(100.0), "100");
    }
}
