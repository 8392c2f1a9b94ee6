//! Findings without the numbers that are masked: a sentence must not say what a table hides.

use std::collections::{BTreeMap, BTreeSet};

use crate::index::Figures;
use crate::observation::{Cell, Observations};
use crate::quality::{Finding, Findings, Place};
use crate::register::UNIT;
use crate::report::model::Mask;

/// What stands for a masked number, as in the tables.
const SIGN: &str = "c";
/// Words behind the count of units, which is nobody's secret.
const COUNTED: [&str; 5] = [" unit", " de unit", " row", " rând", " de rând"];

/// A cell of an input: file, sheet, row, column.
type Spot<'a> = (&'a str, Option<&'a str>, u32, u32);

/// What must not be said, and of whom.
struct Secrets<'a> {
    /// Numbers of each masked unit, by its code.
    of_unit: BTreeMap<&'a str, Vec<f64>>,
    /// Numbers of each masked cell.
    of_cell: BTreeMap<Spot<'a>, Vec<f64>>,
}

/// The findings of a run with masked numbers replaced, where they speak of a masked unit or cell.
pub(super) fn masked(
    figures: &Figures<'_>,
    all: &Findings,
    small: &[Vec<bool>],
    units: &[Mask],
) -> Findings {
    let secrets = Secrets::new(figures, small, units);
    let mut findings = Findings::default();
    for finding in all.iter() {
        let hidden = secrets.of(finding);
        let finding = finding.clone();
        findings.push(if hidden.is_empty() {
            finding
        } else {
            finding.reworded(|text| without(text, &hidden))
        });
    }
    findings
}

impl<'a> Secrets<'a> {
    fn new(figures: &Figures<'a>, small: &[Vec<bool>], units: &[Mask]) -> Self {
        let mut secrets = Self { of_unit: BTreeMap::new(), of_cell: BTreeMap::new() };
        for (unit, mask) in units.iter().enumerate() {
            if *mask != Mask::Nothing {
                let code = figures.register.codes()[unit].as_str();
                secrets.of_unit.insert(code, numbers(figures, unit));
            }
        }
        secrets.cells(figures.observations, small);
        secrets
    }

    fn cells(&mut self, observations: &'a Observations, small: &[Vec<bool>]) {
        for (series, small) in observations.series.iter().zip(small) {
            for (area, _) in small.iter().enumerate().filter(|(_, is_small)| **is_small) {
                let count = series.cells[area].number();
                for origin in &series.origins[area] {
                    let file = &observations.files[origin.file as usize];
                    let sheet = file.sheets.get(origin.sheet as usize).map(String::as_str);
                    let spot = (file.path.as_str(), sheet, origin.row, origin.column);
                    self.of_cell.entry(spot).or_default().extend(count);
                }
            }
        }
    }

    /// The numbers of a masked cell.
    fn at<'s>(&'s self, place: &'s Place) -> Option<&'s Vec<f64>> {
        let cells: &'s BTreeMap<Spot<'s>, Vec<f64>> = &self.of_cell;
        cells.get(&(place.file.as_str(), place.sheet.as_deref(), place.row?, place.column?))
    }

    /// The numbers that a finding must not say.
    fn of(&self, finding: &Finding) -> Vec<f64> {
        let codes: BTreeSet<&str> =
            finding.unit.iter().chain(&finding.units).map(String::as_str).collect();
        let of_units = codes.iter().filter_map(|code| self.of_unit.get(code)).flatten();
        let of_cells = finding.places.iter().filter_map(|place| self.at(place)).flatten();
        of_units.chain(of_cells).copied().collect()
    }
}

/// What a masked unit's numbers are: counts, rates, and what was computed from them.
fn numbers(figures: &Figures<'_>, unit: usize) -> Vec<f64> {
    let own = figures.observations.series.iter().filter(|series| series.level == UNIT);
    let read = own.filter_map(|series| series.cells.get(unit).and_then(Cell::number));
    let nodes = figures.method.nodes.iter().zip(&figures.index.nodes);
    let computed = nodes
        .filter(|(node, result)| !node.is_indicator() || result.level == UNIT)
        .flat_map(|(_, result)| [result.raw.value(unit), result.value.value(unit)]);
    read.chain(computed.flatten()).filter(|number| *number != 0.0).collect()
}

/// A text in which those numbers are replaced, however many decimals of them it says.
fn without(text: &str, hidden: &[f64]) -> String {
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
        let is_hidden = !is_word && !is_count && hidden.iter().any(|it| says(number, *it));
        out.push_str(if is_hidden { SIGN } else { number });
        before = number.chars().next_back();
        rest = after;
    }
    out.push_str(rest);
    out
}

/// Digits, and a decimal mark with digits behind it.
fn number_length(text: &str) -> usize {
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(text);
    let more = text[whole..].strip_prefix(['.', ',']).map_or(0, digits);
    if more > 0 { whole + 1 + more } else { whole }
}

/// Letters of identifiers, file names and dates, inside which a digit is no number.
fn is_wordy(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '/' | '#')
}

/// Whether a text says a number: exactly, or rounded to at least one decimal.
fn says(text: &str, number: f64) -> bool {
    let decimals = text.split_once(['.', ',']).map_or(0, |(_, behind)| behind.len());
    let Ok(said) = text.replace(',', ".").parse::<f64>() else { return false };
    let close = if decimals > 0 { 0.500_001 * libm::pow(10.0, -(decimals as f64)) } else { 1e-9 };
    (said - number.abs()).abs() <= close
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_masked_units_are_not_said_and_others_are() {
        let hidden = [3.0, 66.666_667];
        assert_eq!(without("3 children, 66.67 of 100", &hidden), "c children, c of 100");
        assert_eq!(without("`3` and 66,7 and 13 and 3.5", &hidden), "`c` and c and 13 and 3.5");
        assert_eq!(without("3 units have a3 or 3_b", &hidden), "3 units have a3 or 3_b");
        assert_eq!(without("între 0 și 3", &hidden), "între 0 și c");
        assert_eq!(without("", &hidden), "");
    }
}
