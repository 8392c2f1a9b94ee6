//! Findings without the numbers of small counts: a sentence must not say what a table hides.

use std::collections::BTreeSet;

use crate::observation::{InputFile, Origin};
use crate::quality::{Finding, Place};

/// What stands for a number that is not said, as in the tables.
const SIGN: &str = "c";
/// Words behind the count of units, which is nobody's secret.
const COUNTED: [&str; 12] = [
    " unit",
    " de unit",
    " row",
    " rând",
    " de rând",
    " cell",
    " celul",
    " de celul",
    " count",
    " numărător",
    " file",
    " fișier",
];

/// A cell of an input: file, sheet, row, column.
type Spot = (String, Option<String>, u32, u32);

/// What must not be said, and of whom.
#[derive(Clone, Debug, Default)]
pub(crate) struct Secrets {
    /// Counts from 1 to one below this are small.
    least: u32,
    /// Sources and files in which they stand.
    sources: BTreeSet<String>,
    files: BTreeSet<String>,
    /// Units and cells that they are of.
    units: BTreeSet<String>,
    cells: BTreeSet<Spot>,
    /// Counts that are not said though they are not small.
    counts: Vec<f64>,
}

impl Secrets {
    /// No secret yet; counts below `least` are small.
    pub(crate) fn of(least: u32) -> Self {
        Self { least, ..Self::default() }
    }

    /// Keeps a count of a source, and of a unit where it is of one.
    pub(crate) fn keep(&mut self, source: &str, unit: Option<&str>, count: f64) {
        self.sources.insert(source.to_owned());
        self.units.extend(unit.map(str::to_owned));
        if count >= f64::from(self.least) {
            self.counts.push(count);
        }
    }

    /// Keeps the cell from which a count was read.
    pub(crate) fn keep_cell(&mut self, file: &InputFile, origin: &Origin) {
        let sheet = file.sheets.get(origin.sheet as usize).cloned();
        self.files.insert(file.path.clone());
        self.cells.insert((file.path.clone(), sheet, origin.row, origin.column));
    }

    /// The same finding as it may be published. One that names a unit or a cell of a secret says no
    /// number at all; one about its source, which names neither, says none that may be a small count.
    pub(crate) fn kept(&self, finding: Finding) -> Finding {
        let is_about = self.sources.contains(&finding.subject)
            || finding.places.iter().any(|place| self.files.contains(&place.file));
        if !is_about {
            finding
        } else if self.names(&finding) {
            finding.reworded(|text| without(text, &|_| true))
        } else if finding.unit.is_none() && finding.units.is_empty() && finding.places.is_empty() {
            finding.reworded(|text| without(text, &|number| self.may_be(number)))
        } else {
            finding
        }
    }

    /// Whether a finding names a unit or a cell of a secret.
    fn names(&self, finding: &Finding) -> bool {
        let of_places = finding.places.iter().filter_map(|place| place.unit.as_ref());
        finding.unit.iter().chain(&finding.units).chain(of_places).any(|it| self.units.contains(it))
            || finding.places.iter().any(|place| self.is_at(place))
    }

    fn is_at(&self, place: &Place) -> bool {
        let (Some(row), Some(column)) = (place.row, place.column) else { return false };
        self.cells.contains(&(place.file.clone(), place.sheet.clone(), row, column))
    }

    /// Whether a number in a text may be a count that is not said.
    fn may_be(&self, text: &str) -> bool {
        let Ok(said) = text.replace(',', ".").parse::<f64>() else { return false };
        let is_small = said > 0.0 && said < f64::from(self.least);
        is_small || self.counts.iter().any(|count| (count - said).abs() < 1e-9)
    }
}

/// A text in which the numbers for which `is_hidden` holds are replaced.
fn without(text: &str, is_hidden: &dyn Fn(&str) -> bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut before = None;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let length = number_length(&rest[start..]);
        let (lead, number) = (&rest[..start], &rest[start..start + length]);
        let after = &rest[start + length..];
        before = lead.chars().next_back().or(before);
        let is_word = before.is_some_and(is_wordy) || after.chars().next().is_some_and(is_wordy);
        let is_count = COUNTED.iter().any(|word| after.starts_with(word));
        out.push_str(lead);
        out.push_str(if !is_word && !is_count && is_hidden(number) { SIGN } else { number });
        before = number.chars().next_back();
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Digits, and marks of thousands and decimals with digits behind them.
fn number_length(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let mut length = digits(text);
    while let Some(rest) = text[length..].strip_prefix(['.', ',']) {
        match digits(rest) {
            0 => break,
            more => length += 1 + more,
        }
    }
    length
}

/// Letters of identifiers, file names and dates, inside which a digit is no number.
fn is_wordy(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '/' | '#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_may_be_counts_are_not_said_and_others_are() {
        let mut secrets = Secrets::of(5);
        secrets.keep("vmg", Some("10"), 3.0);
        secrets.keep("vmg", Some("11"), 42.0);
        let said = |text: &str| without(text, &|number| secrets.may_be(number));
        assert_eq!(said("3 children, 66.67 of 42"), "c children, 66.67 of c");
        assert_eq!(said("`3` and 66,7 and 13 and 3.5"), "`c` and 66,7 and 13 and c");
        assert_eq!(said("3 units have a3 or 3_b"), "3 units have a3 or 3_b");
        assert_eq!(said("între 0 și 3"), "între 0 și c");
        assert_eq!(without("1,234.5 lei", &|_| true), "c lei");
        assert_eq!(said(""), "");
    }
}
