//! What the texts among numbers probably mean, so that a draft declares them and a person decides.

use crate::ingest::fold;
use crate::message::inspect as message;
use crate::quality::Message;

/// A mark while a source is drafted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct DraftedMark {
    /// As written.
    pub(super) text: String,
    /// In how many cells of the columns that are drafted.
    pub(super) cells: usize,
}

/// What is known of a mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Meaning {
    /// The state as a study writes it.
    state: &'static str,
    /// Whether people use the mark for this state alone.
    is_usual: bool,
}

/// Marks that statistical offices explain in the same way everywhere, folded.
const USUAL: [(&str, &[&str]); 3] = [
    ("confidential", &["[c]", "(c)", "conf.", "confid.", "confidential"]),
    ("not-applicable", &["[z]", "nu este cazul", "nu se aplica"]),
    (
        "not-available",
        &[
            "[x]",
            "..",
            "...",
            "…",
            "n/a",
            "na",
            "n.a.",
            "n/d",
            "nd",
            "n.d.",
            "nan",
            "null",
            "none",
            "lipsa",
            "lipsa date",
            "lipsa informatii",
            "fara date",
            "fara informatii",
            "indisponibil",
            "nedisponibil",
            "not available",
        ],
    ),
];

/// The longest text that may be a mark because it is repeated.
const LONGEST: usize = 24;
/// The longest text that may be a mark wherever it stands.
const SHORT: usize = 4;

/// Whether a text among numbers looks like a mark of a missing value, and not like a word or like a
/// number that somebody mistyped.
pub(super) fn is_mark(text: &str, cells: usize) -> bool {
    let letters = text.chars().count();
    if letters > LONGEST || text.chars().any(|letter| letter.is_ascii_digit()) {
        return false;
    }
    let is_bracketed = text.starts_with('[') && text.ends_with(']');
    let is_wordless = !text.contains(char::is_alphabetic);
    letters <= SHORT || is_bracketed || is_wordless || cells > 1 || meaning(text).is_usual
}

fn meaning(text: &str) -> Meaning {
    let folded = fold(text);
    let usual = USUAL.iter().find(|(_, marks)| marks.contains(&folded.as_str()));
    let state = usual.map_or("not-available", |(state, _)| *state);
    Meaning { state, is_usual: usual.is_some() }
}

/// Whether a mark means one thing to everybody who writes it.
pub(super) fn is_usual(text: &str) -> bool {
    meaning(text).is_usual
}

impl DraftedMark {
    /// The state that a draft declares.
    pub(super) fn state(&self) -> &'static str {
        meaning(&self.text).state
    }

    /// What stands behind the mark in a draft.
    pub(super) fn comment(&self) -> Message {
        let cells = message::cells(self.cells);
        let is_dash = matches!(self.text.as_str(), "-" | "–" | "—" | "\u{2212}" | "--" | "---");
        if is_dash {
            message::say_which(&cells)
        } else if meaning(&self.text).is_usual {
            cells
        } else {
            message::say_what(&cells)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_told_from_words_and_from_mistyped_numbers() {
        for mark in ["[c]", "[low]", "..", "x", "n/a", "NA", "—", "lipsă date"] {
            assert!(is_mark(mark, 1), "{mark}");
        }
        assert!(is_mark("necunoscut", 2));
        for other in ["necunoscut", "1.2.3", "100 lei", "vezi nota", "Babadag"] {
            assert!(!is_mark(other, 1), "{other}");
        }
    }

    #[test]
    fn a_mark_is_drafted_as_missing_and_never_as_zero() {
        let drafted = |text: &str| DraftedMark { text: text.to_owned(), cells: 3 };
        assert_eq!(drafted("[c]").state(), "confidential");
        assert_eq!(drafted("[c]").comment().en, "3 cells");
        assert_eq!(drafted("—").state(), "not-available");
        assert!(drafted("—").comment().en.contains("`zero`"));
        assert_eq!(drafted("x").comment().en, "3 cells; say what it means");
    }
}
