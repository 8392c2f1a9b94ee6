//! Fixed texts in both languages, numbers in the marks of each, and nouns in the form that their number
//! asks for.

use serde::Serialize;

use super::Language;

/// A fixed text in both languages: a word of a table, a heading, the meaning of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Words {
    /// Romanian.
    pub ro: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// A text in Romanian and in English.
    pub(crate) const fn new(ro: &'static str, en: &'static str) -> Self {
        Self { ro, en }
    }

    /// The text in `language`.
    pub(crate) fn text(self, language: Language) -> &'static str {
        match language {
            Language::Ro => self.ro,
            Language::En => self.en,
        }
    }
}

/// The forms of a noun after a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    /// Romanian: after 1, after other numbers.
    pub(crate) ro: [&'static str; 2],
    /// English: after 1, after other numbers.
    pub(crate) en: [&'static str; 2],
}

impl Counted {
    /// `1 unitate`, `19 unități`, `3.181 de unități`; `1 unit`, `3,181 units`.
    pub(crate) fn of(self, count: usize, language: Language) -> String {
        match language {
            Language::Ro => numbered(count, self.ro[0], self.ro[1]),
            Language::En => counted(count, self.en[0], self.en[1]),
        }
    }
}

/// Digits in groups of three, with a mark between them.
pub(crate) fn grouped(digits: &str, mark: char) -> String {
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(mark);
        }
        out.push(digit);
    }
    out
}

/// A count: `3.181` in Romanian, `3,181` in English.
pub(crate) fn whole(count: usize, language: Language) -> String {
    grouped(&count.to_string(), language.marks().0)
}

/// Bani as lei: `1.234,50 lei` in Romanian, `1,234.50 lei` in English.
pub(crate) fn lei(bani: i128, language: Language) -> String {
    let (thousands, point) = language.marks();
    let (whole, rest) = (bani.unsigned_abs() / 100, bani.unsigned_abs() % 100);
    let sign = if bani < 0 { "-" } else { "" };
    format!("{sign}{}{point}{rest:02} lei", grouped(&whole.to_string(), thousands))
}

/// A count as English messages print it: `3,181`.
pub fn thousands(count: usize) -> String {
    whole(count, Language::En)
}

/// A count with its English noun, plural by adding `s`: `1 row`, `3,181 rows`.
pub fn plural(count: usize, noun: &str) -> String {
    counted(count, noun, &format!("{noun}s"))
}

/// A count with its English noun, and a verb where there is one: `1 unit has`, `3,181 units have`.
pub(crate) fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(count), if count == 1 { one } else { many })
}

/// A count with its Romanian noun, and a verb where there is one: `1 unitate are`, `19 unități au`,
/// `3.181 de unități au`. From twenty on a number takes `de`, but for those that end in 01 to 19.
pub(crate) fn numbered(count: usize, one: &str, many: &str) -> String {
    let shown = whole(count, Language::Ro);
    match (count, count % 100) {
        (1, _) => format!("{shown} {one}"),
        (0, _) | (_, 1..=19) => format!("{shown} {many}"),
        _ => format!("{shown} de {many}"),
    }
}

/// What is counted, as people say it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Noun {
    /// Romanian: of one with its article, `un copil`, and of several, `copii`.
    pub ro: [String; 2],
    /// English: `one child`, `children`.
    pub en: [String; 2],
}

impl Noun {
    /// A noun that is written in the code.
    pub(crate) fn new(ro: [&str; 2], en: [&str; 2]) -> Self {
        Self { ro: ro.map(str::to_owned), en: en.map(str::to_owned) }
    }

    /// So many of them: `un copil`, `19 copii`, `406 de copii`; `406 children`.
    pub(crate) fn counted(&self, count: usize, language: Language) -> String {
        let [one, many] = match language {
            Language::Ro => &self.ro,
            Language::En => &self.en,
        };
        match (count, language) {
            (1, _) => one.clone(),
            (_, Language::Ro) => numbered(count, one, many),
            (_, Language::En) => counted(count, one, many),
        }
    }
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

    #[test]
    fn romanian_numbers_take_de_from_twenty_on_but_not_behind_a_hundred_and_one_to_nineteen() {
        let case = |count, expected: &str| assert_eq!(numbered(count, "rând", "rânduri"), expected);
        case(0, "0 rânduri");
        case(1, "1 rând");
        case(19, "19 rânduri");
        case(20, "20 de rânduri");
        case(100, "100 de rânduri");
        case(101, "101 rânduri");
        case(119, "119 rânduri");
        case(3_181, "3.181 de rânduri");
    }

    #[test]
    fn money_is_written_in_the_marks_of_the_language() {
        assert_eq!(lei(405_670_225_530, Language::Ro), "4.056.702.255,30 lei");
        assert_eq!(lei(405_670_225_530, Language::En), "4,056,702,255.30 lei");
        assert_eq!(lei(-5, Language::En), "-0.05 lei");
    }

    #[test]
    fn english_nouns_follow_their_numbers() {
        assert_eq!(plural(1, "row"), "1 row");
        assert_eq!(plural(3_181, "row"), "3,181 rows");
        assert_eq!(counted(0, "unit has", "units have"), "0 units have");
    }

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
