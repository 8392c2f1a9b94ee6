//! What a column probably measures, from its header and its numbers: guesses that a person corrects.

use super::portrait::{ColumnPortrait, OpenMark};
use crate::ingest::fold;
use crate::message::inspect as message;
use crate::observation::{Counts, Nature};
use crate::quality::Message;
use crate::study::NumberFormat;

/// Whether a column numbers the rows of its table: by its header, or by its numbers where the header
/// says no more than that they are numbers.
pub(super) fn only_counts_rows(column: &ColumnPortrait) -> bool {
    let letters = |letter: &char| letter.is_alphanumeric();
    let header: String = fold(&column.header).chars().filter(letters).collect();
    match header.as_str() {
        "nrcrt" | "nrcurent" | "numarcrt" | "numarcurent" | "crt" | "nrordine" => true,
        "" | "nr" | "no" | "numar" | "poz" | "pozitie" | "pozitia" | "rand" | "id" | "index" => {
            column.shape == "running numbers"
        }
        _ => false,
    }
}

/// The reading of a mark between decimals and thousands that its column makes likely: rates have
/// decimals, what is counted has none.
pub(super) fn likely(open: &OpenMark, nature: Nature) -> NumberFormat {
    let other = if open.mark == '.' { ',' } else { '.' };
    match nature {
        Nature::Rate => NumberFormat { decimal: open.mark, thousands: None },
        _ => NumberFormat { decimal: other, thousands: Some(open.mark) },
    }
}

/// What to look at before a mark is believed.
pub(super) fn doubt(
    id: &str,
    OpenMark { example, mark }: &OpenMark,
    format: NumberFormat,
) -> Message {
    let digits: String = example.chars().filter(char::is_ascii_digit).collect();
    match format.thousands {
        Some(_) => message::thousands_taken(id, *mark, example, &digits),
        None => message::decimals_taken(id, *mark, example),
    }
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
    // what is counted stays a count where some of its numbers are not whole: that is told
    let counted = ["famil", "gospodar", "dosar"];
    let is_counted = has(&header, &counted) && !has(&header, &[" la ", " pe ", "per ", "mii"]);
    if is_counted || (whole && !negative) { Nature::Count } else { Nature::Rate }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_err_towards_what_is_not_summed() {
        assert_eq!(nature("Rata șomajului", true, false), Nature::Rate);
        assert_eq!(nature("Număr șomeri", true, false), Nature::Count);
        assert_eq!(nature("Sume plătite (lei)", false, false), Nature::Amount);
        assert_eq!(nature("x", false, false), Nature::Rate);
        assert_eq!(nature("Familii beneficiare", false, true), Nature::Count);
        assert_eq!(nature("Familii la mia de locuitori", false, false), Nature::Rate);
        assert_eq!(nature("Numărul mediu de dosare", false, false), Nature::Rate);
        assert_eq!(counts("Familii beneficiare"), Some(Counts::Families));
        assert_eq!(counts("x"), None);
    }

    #[test]
    fn a_mark_between_thousands_and_decimals_follows_the_nature() {
        let open = OpenMark { example: "43.378".to_owned(), mark: '.' };
        let count = likely(&open, Nature::Count);
        assert_eq!(count, NumberFormat { decimal: ',', thousands: Some('.') });
        assert!(doubt("x", &open, count).en.contains("thousands, so that it is 43378"));
        let rate = likely(&open, Nature::Rate);
        assert_eq!(rate, NumberFormat { decimal: '.', thousands: None });
    }
}
