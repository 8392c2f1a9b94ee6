//! Words made from headers: identifiers of measures, guesses about what is counted.

use crate::ingest::fold;
use crate::observation::{Counts, Nature};
use crate::study::expression::can_be_named;

/// The longest identifier that is made.
const LONGEST: usize = 40;

/// An identifier from any text: `Nr. dosare aflate în plată` gives `nr_dosare_aflate_in_plata`. Not
/// one of `taken`, and never a word of the formula language.
pub(super) fn identifier(text: &str, otherwise: &str, taken: &[String]) -> String {
    let mut word = slug(text);
    if word.is_empty() {
        word = slug(otherwise);
    }
    if !word.starts_with(|letter: char| letter.is_ascii_lowercase()) {
        word = format!("v_{word}");
    }
    let word = word.trim_end_matches('_').to_owned();
    let free = |word: &String| !taken.contains(word) && can_be_named(word);
    if free(&word) {
        return word;
    }
    (2..=taken.len() + 2)
        .map(|number| format!("{word}_{number}"))
        .find(free)
        .expect("there are more numbers than names taken")
}

fn slug(text: &str) -> String {
    let mut word = String::new();
    for letter in fold(text).chars() {
        if letter.is_ascii_alphanumeric() {
            word.push(letter);
        } else if letter == '%' {
            word.push_str("_percent_");
        } else if !word.is_empty() && !word.ends_with('_') {
            word.push('_');
        }
        if word.len() >= LONGEST {
            break;
        }
    }
    word.replace("__", "_").trim_matches('_').to_owned()
}

fn has(header: &str, words: &[&str]) -> bool {
    words.iter().any(|word| header.contains(word))
}

/// What kind of quantity a column of numbers is, guessed from its header and its numbers. The guess
/// errs towards what is not summed.
pub(super) fn nature(header: &str, whole: bool, negative: bool) -> Nature {
    let header = fold(header);
    let rates =
        ["rata", "pondere", "procent", "%", "medi", "indice", "grad", "la 100", "per capita"];
    if has(&header, &rates) {
        return Nature::Rate;
    }
    if has(&header, &["suma", "sume", "lei", "buget", "cheltuiel", "venit"]) {
        return Nature::Amount;
    }
    if whole && !negative { Nature::Count } else { Nature::Rate }
}

/// What a count counts, where its header says so.
pub(super) fn counts(header: &str) -> Option<Counts> {
    let header = fold(header);
    if has(&header, &["famil", "gospodar", "dosar"]) {
        return Some(Counts::Families);
    }
    let people = ["persoan", "populat", "pop", "locuitor", "somer", "copii", "elev", "salariat"];
    has(&header, &people).then_some(Counts::Persons)
}

/// A text as TOML writes it.
pub(super) fn quoted(text: &str) -> String {
    toml::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_are_made_from_any_header() {
        let none: [String; 0] = [];
        assert_eq!(identifier("Nr. dosare (plată)", "C", &none), "nr_dosare_plata");
        assert_eq!(identifier("2023-01", "C", &none), "v_2023_01");
        assert_eq!(identifier("", "column C", &none), "column_c");
        assert_eq!(identifier("Rata (%)", "C", &none), "rata_percent");
        assert_eq!(identifier("x", "C", &["x".to_owned()]), "x_2");
        assert_ne!(identifier("case", "C", &none), "case");
    }

    #[test]
    fn guesses_err_towards_what_is_not_summed() {
        assert_eq!(nature("Rata șomajului", true, false), Nature::Rate);
        assert_eq!(nature("Număr șomeri", true, false), Nature::Count);
        assert_eq!(nature("Sume plătite (lei)", false, false), Nature::Amount);
        assert_eq!(nature("x", false, false), Nature::Rate);
        assert_eq!(counts("Familii beneficiare"), Some(Counts::Families));
        assert_eq!(counts("x"), None);
    }
}
