//! A TOML file as it came from somebody's editor: bytes to text, text to a table with places.

use std::ops::Range;

use toml::de::DeTable;

use super::problem::{Problems, Spot};
use crate::message::study::{file as message, library};
use crate::quality::Advice;

/// A file that a person wrote, as text, with its number among the texts of the problems.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub(crate) file: usize,
    pub(crate) text: String,
}

impl Document {
    /// Decodes the bytes of a file. A byte order mark is cut off and noted; UTF-16 and other
    /// encodings are refused with advice, because guessing one could change a name.
    pub(crate) fn decode(file: &str, bytes: &[u8], problems: &mut Problems) -> Option<Self> {
        if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
            problems.error_in_file(file, message::utf_16());
            return None;
        }
        if is_foreign(file, bytes) {
            problems.error_in_file(file, message::no_text_file(file));
            return None;
        }
        if bytes.iter().take(200).any(|&byte| byte == 0) {
            problems.error_in_file(file, message::utf_16());
            return None;
        }
        let body = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]);
        match std::str::from_utf8(body.unwrap_or(bytes)) {
            Ok(text) => {
                let number = problems.add_text(file, text);
                if body.is_some() {
                    let start = Spot { file: number, span: 0..0 };
                    problems.note(&start, message::byte_order_mark());
                }
                Some(Self { file: number, text: text.to_owned() })
            }
            Err(error) => {
                let good = String::from_utf8_lossy(&bytes[..error.valid_up_to()]).into_owned();
                let line = good.matches('\n').count() + 1;
                problems.error_in_file(file, message::not_utf_8(line));
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
                problems.syntax(&at, message::unclosed_list());
                break;
            }
            let escape = self.escape(&at.span, error.message());
            let slip = || slip(self.line_at(at.span.start));
            let said = escape.or_else(slip);
            let said = said.unwrap_or_else(|| library::syntax(error.message()).into());
            problems.syntax(&at, said);
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

    /// The line of a byte.
    fn line_at(&self, byte: usize) -> &str {
        let (before, after) = self.text.split_at(byte.min(self.text.len()));
        let start = before.rfind('\n').map_or(0, |at| at + 1);
        let end = before.len() + after.find('\n').unwrap_or(after.len());
        &self.text[start..end]
    }

    /// `file = "inputs\vmg.xlsx"` is a path to its author and a bad escape to TOML.
    fn escape(&self, span: &Range<usize>, said: &str) -> Option<Advice> {
        let before = self.text.get(..span.start)?.strip_suffix('\\');
        if before.is_none() || !said.contains("escape") {
            return None;
        }
        self.text[span.start..].chars().next().map(message::no_escape)
    }
}

/// Whether a file is a spreadsheet or a document, by its name or its first bytes.
fn is_foreign(file: &str, bytes: &[u8]) -> bool {
    const ENDINGS: [&str; 10] =
        ["csv", "tsv", "xls", "xlsx", "xlsm", "xlsb", "ods", "docx", "doc", "pdf"];
    const STARTS: [&[u8]; 3] = [b"PK\x03\x04", b"\xD0\xCF\x11\xE0", b"%PDF"];
    let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
        || STARTS.iter().any(|start| bytes.starts_with(start))
}

/// What a line with broken syntax gets wrong, where it is one of the slips of a first study.
fn slip(line: &str) -> Option<Advice> {
    if line.contains(['„', '“', '”', '«', '»', '‘', '’']) {
        return Some(message::curly_quotes());
    }
    let mut quoted = false;
    let mut bare = String::new();
    for letter in line.chars() {
        match letter {
            '"' => quoted = !quoted,
            '\\' if quoted => return Some(message::backslash_in_quotes()),
            '#' if !quoted => break,
            _ if !quoted => bare.push(letter),
            _ => {}
        }
    }
    let letters: Vec<char> = bare.chars().filter(|letter| !letter.is_whitespace()).collect();
    let follows = |mark: char, then: fn(&char) -> bool| {
        letters.windows(3).any(|part| part[0].is_ascii_digit() && part[1] == mark && then(&part[2]))
    };
    if letters.windows(2).any(|part| part[0].is_ascii_digit() && part[1] == '%') {
        return Some(message::per_cent());
    }
    let decimal = !bare.contains('[') && follows(',', char::is_ascii_digit);
    decimal.then(message::decimal_comma)
}
