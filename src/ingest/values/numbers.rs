//! One grammar of numbers for a whole column: which mark is the decimal one, which parts thousands.
//!
//! Every text that can be a number says under which of eight readings it is one; the column is read
//! by a reading that fits all of them. Where two readings remain that give different numbers (only
//! texts like `1.234`), nothing is guessed.

use crate::ingest::labels::{is_space, trim, unprotected};
use crate::message::ingest::values as message;
use crate::quality::Message;
use crate::study::NumberFormat;

/// The readings that are tried, plainest first: decimal mark and thousands mark.
const READINGS: [(char, Option<char>); 8] = [
    ('.', None),
    (',', None),
    ('.', Some(',')),
    (',', Some('.')),
    ('.', Some(' ')),
    (',', Some(' ')),
    ('.', Some('\'')),
    (',', Some('\'')),
];

/// A set of readings, one bit each, in the order of `READINGS`.
type Mask = u8;

/// What the texts of a column say about its number format.
#[derive(Clone, Debug)]
pub(crate) struct Evidence {
    mask: Mask,
    dots: bool,
    commas: bool,
    marks: bool,
    percent: usize,
    plain: usize,
    /// The text that left no reading, when one did, and one it contradicts.
    conflict: Option<(String, String)>,
    example: Option<String>,
}

/// What the evidence of a column comes to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Decision {
    /// One reading fits all texts. `plain` when no mark but a decimal point was ever needed.
    Format {
        /// The format.
        format: NumberFormat,
        /// Whether it is what everybody expects, so that nothing need be said.
        plain: bool,
    },
    /// Two readings fit and give different numbers; with one of the texts and its mark.
    Ambiguous {
        /// Such a text.
        example: String,
        /// The mark that can be read in two ways.
        mark: char,
    },
    /// No reading fits all texts; two that contradict each other.
    Conflict(String, String),
}

impl Default for Evidence {
    fn default() -> Self {
        Self {
            mask: Mask::MAX,
            dots: false,
            commas: false,
            marks: false,
            percent: 0,
            plain: 0,
            conflict: None,
            example: None,
        }
    }
}

impl Evidence {
    /// Takes a text into account; texts that are no numbers in any reading say nothing.
    pub(crate) fn see(&mut self, text: &str) {
        let Some(stripped) = strip(text) else { return };
        let mask = readings_of(stripped.body);
        if mask == 0 {
            return;
        }
        if stripped.percent {
            self.percent += 1;
        } else {
            self.plain += 1;
        }
        let dot = stripped.body.contains('.');
        let comma = stripped.body.contains(',');
        let marked = stripped.body.chars().any(|letter| !letter.is_ascii_digit());
        if self.mask & mask == 0 && self.conflict.is_none() {
            self.conflict = Some((self.example.clone().unwrap_or_default(), text.to_owned()));
        }
        // The example shown is the text that narrowed the choice most recently.
        if marked && (self.example.is_none() || self.mask & mask != self.mask) {
            self.example = Some(text.to_owned());
        }
        self.dots |= dot;
        self.commas |= comma;
        self.marks |= marked;
        self.mask &= mask;
    }

    /// Whether some texts carry a per cent sign and others do not.
    pub(in crate::ingest) fn mixes_percent(&self) -> bool {
        self.percent > 0 && self.plain > 0
    }

    /// Whether the texts carry a per cent sign.
    pub(in crate::ingest) fn has_percent(&self) -> bool {
        self.percent > 0
    }

    /// The decimal mark, when the texts leave no doubt about it and used one.
    pub(crate) fn decimal(&self) -> Option<char> {
        let used = |mark| if mark == '.' { self.dots } else { self.commas };
        match self.decide() {
            Decision::Format { format, .. } if used(format.decimal) => Some(format.decimal),
            _ => None,
        }
    }

    /// Keeps only readings with that decimal mark, because the rest of the table or the publisher's
    /// known practice says so.
    pub(crate) fn assume_decimal(&mut self, mark: char) {
        let mut remaining = 0;
        for (bit, (decimal, _)) in READINGS.iter().enumerate() {
            if *decimal == mark {
                remaining |= 1 << bit;
            }
        }
        self.mask &= remaining;
    }

    /// Decides the format of the column.
    pub(crate) fn decide(&self) -> Decision {
        if let Some((first, second)) = &self.conflict {
            return Decision::Conflict(first.clone(), second.clone());
        }
        let open = [(self.dots, '.'), (self.commas, ',')]
            .into_iter()
            .find(|&(seen, mark)| seen && self.is_open(mark));
        if let Some((_, mark)) = open {
            return Decision::Ambiguous { example: self.example.clone().unwrap_or_default(), mark };
        }
        let chosen = READINGS.iter().enumerate().find(|(bit, _)| self.mask & (1 << bit) != 0);
        let (decimal, thousands) = *chosen.map_or(&READINGS[0], |(_, reading)| reading);
        let plain = !self.marks || (decimal == '.' && thousands.is_none());
        Decision::Format { format: NumberFormat { decimal, thousands }, plain }
    }

    /// Whether a mark is a decimal mark in one remaining reading and not in another.
    fn is_open(&self, mark: char) -> bool {
        let remaining = READINGS.iter().enumerate().filter(|(bit, _)| self.mask & (1 << bit) != 0);
        let (mut decimal, mut thousands) = (false, false);
        for (_, reading) in remaining {
            decimal |= reading.0 == mark;
            thousands |= reading.1 == Some(mark);
        }
        decimal && thousands
    }
}

/// The number format of a column, from all its texts; `None` when it cannot be decided.
pub fn number_format<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<NumberFormat> {
    let mut evidence = Evidence::default();
    texts.into_iter().for_each(|text| evidence.see(text));
    match evidence.decide() {
        Decision::Format { format, .. } => Some(format),
        Decision::Ambiguous { .. } | Decision::Conflict(..) => None,
    }
}

/// A number text without the signs around its digits.
struct Stripped<'t> {
    negative: bool,
    percent: bool,
    body: &'t str,
    /// `e-05` behind the digits; empty in most texts.
    exponent: &'t str,
}

/// Takes off spaces, Excel's leading apostrophe, `%`, accounting brackets and the sign; `None` when
/// what is left cannot be a number.
fn strip(text: &str) -> Option<Stripped<'_>> {
    let mut body = unprotected(trim(text));
    if !body.is_empty() && body.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Stripped { negative: false, percent: false, body, exponent: "" });
    }
    body = body.strip_prefix('\'').unwrap_or(body).trim_start_matches(is_space);
    let mut percent = false;
    if let Some(rest) = body.strip_suffix('%') {
        (body, percent) = (rest.trim_end_matches(is_space), true);
    }
    let mut negative = false;
    if let Some(inner) = in_brackets(body) {
        (body, negative) = (inner, true);
    } else if let Some(rest) = body.strip_prefix(['-', '\u{2212}']) {
        (body, negative) = (rest.trim_start_matches(is_space), true);
    } else if let Some(rest) = body.strip_prefix('+') {
        body = rest.trim_start_matches(is_space);
    }
    let (body, exponent) = body.split_at(exponent_at(body));
    let known = |letter: char| {
        letter.is_ascii_digit() || matches!(letter, '.' | ',' | '\'' | '’') || is_space(letter)
    };
    let sound = body.chars().all(known) && body.contains(|letter: char| letter.is_ascii_digit());
    sound.then_some(Stripped { negative, percent, body, exponent })
}

/// Where the exponent of a small number begins (`3.4675e-05`: one digit, decimals, a negative
/// exponent); the length of the text where there is none. A positive exponent is not read: it is
/// how spreadsheets shorten long codes and counts, whose digits are lost.
fn exponent_at(body: &str) -> usize {
    let none = body.len();
    let Some((at, _)) = body.char_indices().find(|(_, letter)| matches!(letter, 'e' | 'E')) else {
        return none;
    };
    let bytes = body.as_bytes();
    let digits = |part: &[u8]| !part.is_empty() && part.iter().all(u8::is_ascii_digit);
    let mantissa = at > 2
        && bytes[0].is_ascii_digit()
        && matches!(bytes[1], b'.' | b',')
        && digits(&bytes[2..at]);
    let exponent =
        bytes[at + 1..].strip_prefix(b"-").is_some_and(|rest| rest.len() <= 3 && digits(rest));
    if mantissa && exponent { at } else { none }
}

/// Whether a text is a number under some reading.
pub(super) fn is_number(text: &str) -> bool {
    strip(text).is_some_and(|stripped| readings_of(stripped.body) != 0)
}

/// The readings under which a stripped text is a number.
fn readings_of(body: &str) -> Mask {
    if body.bytes().all(|byte| byte.is_ascii_digit()) {
        return Mask::MAX;
    }
    let mut mask = 0;
    for (bit, (decimal, thousands)) in READINGS.iter().enumerate() {
        if fits(body, *decimal, *thousands) {
            mask |= 1 << bit;
        }
    }
    mask
}

/// Whether a text is a number with these marks: thousands, if marked at all, in groups of three
/// behind a first group of one to three digits that does not begin with zero.
fn fits(body: &str, decimal: char, thousands: Option<char>) -> bool {
    let (whole, decimals) = match body.split_once(decimal) {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (body, None),
    };
    if let Some(decimals) = decimals
        && (decimals.is_empty() || !decimals.bytes().all(|byte| byte.is_ascii_digit()))
    {
        return false;
    }
    if whole.is_empty() {
        return decimals.is_some();
    }
    if whole.bytes().all(|byte| byte.is_ascii_digit()) {
        return true;
    }
    let Some(mark) = thousands else { return false };
    let mut groups = whole.split(|letter| is_mark(letter, mark));
    let first = groups.next().unwrap_or_default();
    let digits = |group: &str| group.bytes().all(|byte| byte.is_ascii_digit());
    (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && digits(first)
        && groups.all(|group| group.len() == 3 && digits(group))
}

/// Whether a letter is the thousands mark: a space of any kind stands for a space, both
/// apostrophes for one.
fn is_mark(letter: char, mark: char) -> bool {
    match mark {
        ' ' => is_space(letter),
        '\'' => matches!(letter, '\'' | '’'),
        other => letter == other,
    }
}

/// What stands between the brackets that enclose a whole text.
pub(super) fn in_brackets(text: &str) -> Option<&str> {
    let inner = trim(text).strip_prefix('(')?.strip_suffix(')')?;
    Some(trim(inner))
}

/// Reads a text by a format; correctly rounded, never negative zero. `None` when it is not a number
/// of that format.
pub(super) fn parse(text: &str, format: NumberFormat, scratch: &mut String) -> Option<f64> {
    let Stripped { negative, body, exponent, percent: _ } = strip(text)?;
    if !fits(body, format.decimal, format.thousands) {
        return None;
    }
    scratch.clear();
    if negative {
        scratch.push('-');
    }
    for letter in body.chars() {
        if letter.is_ascii_digit() {
            scratch.push(letter);
        } else if letter == format.decimal {
            scratch.push('.');
        }
    }
    scratch.push_str(exponent);
    scratch.parse::<f64>().ok().map(|value| value + 0.0)
}

/// A format in words: `decimal comma, thousands parted by a point`.
pub(crate) fn describe(format: NumberFormat) -> Message {
    message::number_marks(format.decimal, format.thousands)
}

/// A number without the footnote mark behind it, and that mark: raised digits, or asterisks. A digit that
/// is not raised is a part of the number.
pub(super) fn unmarked(text: &str) -> Option<(&str, &str)> {
    let is_mark = |letter: char| {
        matches!(
            letter,
            '*' | '\u{b9}' | '\u{b2}' | '\u{b3}' | '\u{2070}'
                ..='\u{2079}' | '\u{207d}' | '\u{207e}'
        )
    };
    let before = text.strip_suffix("*)").unwrap_or(text);
    let number = before.trim_end_matches(is_mark);
    let mark = text.get(number.len()..)?;
    let number = trim(number);
    (!mark.is_empty() && in_brackets(number).is_none() && is_number(number))
        .then_some((number, mark))
}

#[cfg(test)]
mod tests;
