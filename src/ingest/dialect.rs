//! Which delimiter a text file uses and how its lines end.

use memchr::{memchr_iter, memmem};

use crate::quality::{Message, message};

/// How many records are looked at.
const LOOKED_AT: usize = 50;

/// The delimiter of a text file, and how sure its lines make us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// `,`, `;`, tab or `|`.
    pub(super) delimiter: char,
    /// Whether a space follows nearly every delimiter, as INS TEMPO writes.
    pub(super) spaced: bool,
    /// Records looked at that have the usual number of delimiters.
    pub(super) agreeing: usize,
    /// Records looked at.
    pub(super) looked_at: usize,
}

/// Decides the delimiter: the one whose count outside quotes is the same, and not zero, in most of
/// the first records; on a tie the one that makes more fields.
pub(super) fn delimiter(text: &str, declared: Option<char>) -> Dialect {
    let candidates = declared.map_or_else(|| vec![',', ';', '\t', '|'], |only| vec![only]);
    let mut best: Option<(usize, usize, Dialect)> = None;
    for delimiter in candidates {
        let counts = counts(text, delimiter);
        let (usual, agreeing) = usual(&counts);
        let dialect = Dialect {
            delimiter,
            spaced: is_spaced(text, delimiter),
            agreeing,
            looked_at: counts.len(),
        };
        let better = best.is_none_or(|(known, fields, _)| (agreeing, usual) > (known, fields));
        if usual > 0 && better {
            best = Some((agreeing, usual, dialect));
        }
    }
    best.map_or(
        Dialect {
            delimiter: declared.unwrap_or(','),
            spaced: false,
            agreeing: 0,
            looked_at: counts(text, ',').len(),
        },
        |(_, _, dialect)| dialect,
    )
}

/// Delimiters outside quotes in each of the first records that are not blank.
fn counts(text: &str, delimiter: char) -> Vec<usize> {
    let mut counts = Vec::new();
    let (mut count, mut quoted, mut blank) = (0, false, true);
    for letter in text.chars() {
        match letter {
            '"' => quoted = !quoted,
            '\n' | '\r' if !quoted => {
                if !blank {
                    counts.push(count);
                }
                (count, blank) = (0, true);
                if counts.len() == LOOKED_AT {
                    return counts;
                }
                continue;
            }
            other if other == delimiter && !quoted => count += 1,
            _ => {}
        }
        blank = false;
    }
    if !blank {
        counts.push(count);
    }
    counts
}

/// The most frequent count above zero, and how many records have it.
fn usual(counts: &[usize]) -> (usize, usize) {
    let mut sorted: Vec<usize> = counts.iter().copied().filter(|&count| count > 0).collect();
    sorted.sort_unstable();
    let mut best = (0, 0);
    for run in sorted.chunk_by(|a, b| a == b) {
        if run.len() >= best.1 {
            best = (run[0], run.len());
        }
    }
    best
}

fn is_spaced(text: &str, delimiter: char) -> bool {
    let head: String = text.chars().take(4_000).collect();
    let all = head.matches(delimiter).count();
    let spaced = head.matches(&format!("{delimiter} ")).count();
    delimiter != ' ' && all > 0 && spaced * 10 >= all * 9
}

/// How the lines of a text end: `LF`, `CRLF`, `CR`, or the mixture with its counts.
pub(super) fn line_ends(text: &str) -> Message {
    let bytes = text.as_bytes();
    let (all_lf, all_cr) = (memchr_iter(b'\n', bytes).count(), memchr_iter(b'\r', bytes).count());
    let crlf = if all_cr == 0 { 0 } else { memmem::find_iter(bytes, b"\r\n").count() };
    let (lf, cr) = (all_lf - crlf, all_cr - crlf);
    let kinds: Vec<String> = [(lf, "LF"), (crlf, "CRLF"), (cr, "CR")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, name)| format!("{count} {name}"))
        .collect();
    match kinds.as_slice() {
        [] => message!("none", "niciunul"),
        [one] => Message::same(one.split(' ').nth(1).unwrap_or_default()),
        _ => message!("mixed: {kinds}", "amestecate: {kinds}", kinds = kinds.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, expected: char) {
        assert_eq!(delimiter(text, None).delimiter, expected, "{text:?}");
    }

    #[test]
    fn the_delimiter_is_the_one_whose_count_is_constant() {
        case("a;b;c\n1,5;2;3\n4;5,5;6\n", ';');
        case("a,b\n\"1;2;3\",4\n\"5;6\",7\n", ',');
        case("a\tb, c\n1\t2\n", '\t');
        case("title, with comma\n\na;b;c\n1;2;3\n1;2;3\n", ';');
        case("only one column\n1\n2\n", ',');
    }

    #[test]
    fn comma_and_space_is_recognised() {
        let tempo = "Sexe, Ani, Valoare\nTotal, Anul 2024, 5\nTotal, Anul 2025, 6\n";
        assert!(delimiter(tempo, None).spaced);
        assert!(!delimiter("a,b\n1,2\n", None).spaced);
    }

    #[test]
    fn a_declared_delimiter_is_not_questioned() {
        assert_eq!(delimiter("a;b\n1;2\n", Some(',')).delimiter, ',');
    }

    #[test]
    fn line_ends_are_told_and_mixtures_counted() {
        assert_eq!(line_ends("a\nb\n").en, "LF");
        assert_eq!(line_ends("a\r\nb\r\n").en, "CRLF");
        assert_eq!(line_ends("a\r\nb\rc\r").en, "mixed: 1 CRLF, 2 CR");
        assert_eq!(line_ends("a\r\nb\rc\r").ro, "amestecate: 1 CRLF, 2 CR");
        assert_eq!(line_ends("a").en, "none");
    }
}
