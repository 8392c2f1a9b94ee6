//! A TOML file as it came from somebody's editor: bytes to text, text to a table with places.

use std::ops::Range;

use toml::de::DeTable;

use super::problem::{Problems, Spot};
use crate::spelling::suggest;

/// A file that a person wrote, as text, with its number among the texts of the problems.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) file: usize,
    pub(crate) text: String,
}

const SAVE_AS: &str = "save the file as UTF-8 (Notepad: Save as › Encoding › UTF-8; PowerShell: \
                       `Set-Content -Encoding utf8`)";

impl Document {
    /// Decodes the bytes of a file. A byte order mark is cut off and noted; UTF-16 and other
    /// encodings are refused with advice, because guessing one could change a name.
    pub(crate) fn decode(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            let message = "this file is UTF-16, as PowerShell's `>` and Notepad's Unicode write it";
            problems.error_in_file(file, message, Some(SAVE_AS.to_owned()));
            return None;
        }
        let body = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]);
        match std::str::from_utf8(body.unwrap_or(bytes)) {
            Ok(text) => {
                let number = problems.add_text(file, text);
                if body.is_some() {
                    let hint = "nothing to do: it was skipped";
                    problems.note(
                        &Spot { file: number, span: 0..0 },
                        "this file starts with a byte order mark, as Notepad saves it",
                        Some(hint.to_owned()),
                    );
                }
                Some(Self { file: number, text: text.to_owned() })
            }
            Err(error) => {
                let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
                let line = good.matches('\n').count() + 1;
                let message = format!("line {line} holds letters that are not UTF-8");
                problems.error_in_file(file, message, Some(SAVE_AS.to_owned()));
                None
            }
        }
    }

    /// Parses the text, reporting every error of syntax, and answers what could be read.
    pub(crate) fn parse(&self, problems: &mut Problems) -> DeTable<'_> {
        let (table, errors) = DeTable::parse_recoverable(&self.text);
        for error in errors {
            let span = error.span().unwrap_or(0..0);
            let at = Spot { file: self.file, span };
            if self.is_swallowed(&at.span, error.message()) {
                let hint = "a list above this line is not closed with `]`".to_owned();
                problems.syntax(&at, "this line was taken for an element of a list", Some(hint));
                break;
            }
            let (message, hint) = match self.escape(&at.span, error.message()) {
                Some(message) => (message, Some(SLASHES.to_owned())),
                None => (error.message().lines().collect::<Vec<_>>().join(", "), None),
            };
            problems.syntax(&at, message, hint);
        }
        table.into_inner()
    }

    /// Whether an error stands at a key or header that an unclosed list took for its element; what
    /// follows in the file is taken so too.
    fn is_swallowed(&self, span: &Range<usize>, message: &str) -> bool {
        let (before, after) = self.text.split_at(span.start.min(self.text.len()));
        let starts_line = before.rsplit('\n').next().is_some_and(|rest| rest.trim().is_empty());
        let line = after.lines().next().unwrap_or_default();
        message.starts_with("missing comma between array elements")
            && starts_line
            && (line.starts_with('[') || line.contains('='))
    }

    /// `file = "inputs\vmg.xlsx"` is a path to its author and a bad escape to TOML.
    fn escape(&self, span: &Range<usize>, message: &str) -> Option<String> {
        let before = self.text.get(..span.start)?.strip_suffix('\\');
        if before.is_none() || !message.contains("escape") {
            return None;
        }
        let letter = self.text[span.start..].chars().next()?;
        let message = "between double quotes a backslash begins an escape";
        Some(format!("{message}, and `\\{letter}` is none"))
    }
}

/// Advice for paths with backslashes.
pub(crate) const SLASHES: &str = "write paths with `/`, on Windows too: `inputs/vmg.xlsx`";

/// Turns a message of a serde error into our wording, with a hint where it lists what is known.
pub(crate) fn reword(message: &str) -> (String, Option<String>) {
    let message = message.lines().next().unwrap_or_default();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (Some(&word), known) = (quoted.first(), quoted.get(1..).unwrap_or_default()) else {
        return (message.to_owned(), None);
    };
    let reworded = if message.starts_with("unknown variant") {
        format!("unknown word `{word}`")
    } else if message.starts_with("unknown field") || message.starts_with("unexpected key") {
        format!("unknown key `{word}`")
    } else if message.starts_with("missing field") {
        return (format!("the key `{word}` is missing"), None);
    } else {
        return (message.to_owned(), None);
    };
    (reworded, suggest(word, known.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn serde_messages_are_reworded_with_a_suggestion() {
        let (message, hint) = reword("unknown variant `cout`, expected one of `count`, `rate`");
        assert_eq!(message, "unknown word `cout`");
        assert_eq!(hint.unwrap(), "did you mean `count`?");
        assert_eq!(reword("missing field `decimals`").0, "the key `decimals` is missing");
    }
}
