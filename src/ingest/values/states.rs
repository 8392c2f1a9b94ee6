//! What one cell of a number column says: a number, one of the missing states, or a problem.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::{numbers, units};
use crate::ingest::effects::Uses;
use crate::ingest::labels::trim;
use crate::ingest::sheet::grid::Content;
use crate::message::ingest::declared;
use crate::message::ingest::values::{self as message, CellProblem};
use crate::observation::Missing;
use crate::study::NumberFormat;
use crate::study::source::{Brackets, Marker};

/// What a cell of a number column says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum CellValue<'g> {
    /// A finite number.
    Number(f64),
    /// A finite number with a footnote mark behind it.
    Marked(f64, &'g str),
    /// A mark that the source declares to be a measured zero.
    Zero(Cow<'g, str>),
    /// No value, with the mark that says so (empty for an empty cell).
    Missing(Missing, Cow<'g, str>),
    /// Something that should not stand there; read as not available.
    Problem(Problem),
}

impl CellValue<'_> {
    /// The number, where it is one.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Number(value) | Self::Marked(value, _) => Some(*value),
            Self::Zero(_) => Some(0.0),
            Self::Missing(..) | Self::Problem(_) => None,
        }
    }
}

/// Why a cell of a number column gives no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Problem {
    /// A text that is neither a number nor a declared mark.
    Text,
    /// One number for several units: its cell is merged over their rows.
    Merged,
    /// A number with a unit that not all numbers of the column carry.
    Unit,
    /// A number in brackets that the study does not declare: a minus of accountants, or a value that
    /// the publisher does not trust.
    Brackets,
    /// A dash that the study does not declare: zero in one table, not applicable in the next.
    Dash,
    /// A date.
    Date,
    /// A spreadsheet error.
    ErrorCell,
    /// A formula that was never calculated.
    Uncalculated,
    /// NaN or infinite.
    NotFinite,
}

impl Problem {
    /// What is to be said about such cells.
    pub(crate) fn about(self) -> &'static CellProblem {
        match self {
            Self::Text => &message::TEXT,
            Self::Merged => &message::MERGED,
            Self::Unit => &declared::UNIT,
            Self::Brackets => &declared::BRACKETED,
            Self::Dash => &message::DASH,
            Self::Date => &message::DATE,
            Self::ErrorCell => &message::ERROR,
            Self::Uncalculated => &message::UNCALCULATED,
            Self::NotFinite => &message::INFINITE,
        }
    }
}

/// Reads the cells of one column.
pub(crate) struct CellReader<'s> {
    format: NumberFormat,
    declared: &'s BTreeMap<String, Marker>,
    brackets: Option<Brackets>,
    /// The unit that numbers may carry, folded.
    unit: Option<String>,
    scratch: String,
    /// What the cells made use of, but for their marks.
    pub(in crate::ingest) uses: Uses,
}

impl<'s> CellReader<'s> {
    /// A reader for a column whose format is decided.
    pub(crate) fn new(format: NumberFormat, declared: &'s BTreeMap<String, Marker>) -> Self {
        let uses = Uses::default();
        Self { format, declared, brackets: None, unit: None, scratch: String::new(), uses }
    }

    /// The same reader where the source says what brackets around a number mean.
    pub(crate) fn brackets(self, brackets: Option<Brackets>) -> Self {
        Self { brackets, ..self }
    }

    /// The same reader where numbers may carry this unit, which is folded.
    pub(super) fn unit(self, unit: Option<String>) -> Self {
        Self { unit, ..self }
    }

    /// What a cell says.
    pub(crate) fn read<'g>(&mut self, content: Content<'g>) -> CellValue<'g> {
        match content {
            Content::Empty => self.text(""),
            Content::Text(text) => self.text(trim(text)),
            Content::Number(value) if !value.is_finite() => CellValue::Problem(Problem::NotFinite),
            Content::Number(value) if self.declared.is_empty() => CellValue::Number(value + 0.0),
            Content::Number(value) => match self.declared.get(value.to_string().as_str()) {
                Some(&marker) => marked(marker, Cow::Owned(value.to_string())),
                None => CellValue::Number(value + 0.0),
            },
            Content::Bool(_) => CellValue::Problem(Problem::Text),
            Content::Date(_) => CellValue::Problem(Problem::Date),
            Content::Error(_) => CellValue::Problem(Problem::ErrorCell),
            Content::Uncalculated => CellValue::Problem(Problem::Uncalculated),
        }
    }

    fn text<'g>(&mut self, text: &'g str) -> CellValue<'g> {
        if let Some(marker) = marker(text, self.declared) {
            return marked(marker, Cow::Borrowed(text));
        }
        if text.is_empty() {
            return CellValue::Missing(Missing::NotAvailable, Cow::Borrowed(""));
        }
        let number = units::without(text, self.unit.as_deref());
        match numbers::parse(number, self.format, &mut self.scratch) {
            Some(value) if value.is_finite() => {
                self.uses.texts = true;
                if numbers::in_brackets(number).is_none() {
                    return CellValue::Number(value);
                }
                self.uses.brackets = true;
                match self.brackets {
                    Some(Brackets::Minus) => CellValue::Number(value),
                    Some(Brackets::Value) => CellValue::Number(value.abs()),
                    None => CellValue::Problem(Problem::Brackets),
                }
            }
            Some(_) => CellValue::Problem(Problem::NotFinite),
            None if matches!(text, "-" | "–" | "—" | "\u{2212}") => {
                CellValue::Problem(Problem::Dash)
            }
            None if units::split(text).is_some() => CellValue::Problem(Problem::Unit),
            None => self.marked(text),
        }
    }

    /// The number of a text with a footnote mark behind it.
    fn marked<'g>(&mut self, text: &'g str) -> CellValue<'g> {
        let Some((number, mark)) = numbers::unmarked(text) else {
            return CellValue::Problem(Problem::Text);
        };
        match numbers::parse(number, self.format, &mut self.scratch) {
            Some(value) if value.is_finite() => {
                self.uses.texts = true;
                CellValue::Marked(value, mark)
            }
            _ => CellValue::Problem(Problem::Text),
        }
    }
}

/// The number that a text of a column is; `None` where it is a mark, nothing, or no number.
pub fn read_number(text: &str, format: NumberFormat) -> Option<f64> {
    CellReader::new(format, &BTreeMap::new()).read(Content::Text(text)).number()
}

fn marked(marker: Marker, mark: Cow<'_, str>) -> CellValue<'_> {
    match marker.missing() {
        Some(missing) => CellValue::Missing(missing, mark),
        None => CellValue::Zero(mark),
    }
}

/// The declared meaning of a text, else the usual one: `:` and `::` not available, `c`, `*` and `**`
/// confidential. Nothing else has a meaning by itself.
pub(in crate::ingest) fn marker(text: &str, declared: &BTreeMap<String, Marker>) -> Option<Marker> {
    declared.get(text).copied().or(match text {
        ":" | "::" => Some(Marker::NotAvailable),
        "c" | "*" | "**" => Some(Marker::Confidential),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn says(content: Content<'_>, declared: &[(&str, Marker)]) -> String {
        let declared =
            declared.iter().map(|(text, marker)| ((*text).to_owned(), *marker)).collect();
        let format = NumberFormat { decimal: ',', thousands: Some('.') };
        format!("{:?}", CellReader::new(format, &declared).read(content))
    }

    #[test]
    fn the_five_states_are_told_apart() {
        assert_eq!(says(Content::Text("1.017,00"), &[]), "Number(1017.0)");
        assert_eq!(says(Content::Text("0"), &[]), "Number(0.0)");
        assert_eq!(says(Content::Text(" : "), &[]), "Missing(NotAvailable, \":\")");
        assert_eq!(says(Content::Empty, &[]), "Missing(NotAvailable, \"\")");
        assert_eq!(says(Content::Text("**"), &[]), "Missing(Confidential, \"**\")");
        let dash = [("-", Marker::NotApplicable)];
        assert_eq!(says(Content::Text("-"), &dash), "Missing(NotApplicable, \"-\")");
    }

    #[test]
    fn an_empty_cell_means_what_the_source_declares() {
        assert_eq!(says(Content::Empty, &[("", Marker::Zero)]), "Zero(\"\")");
        assert_eq!(says(Content::Text(" "), &[("", Marker::Zero)]), "Zero(\"\")");
        let confidential = [("", Marker::Confidential)];
        assert_eq!(says(Content::Empty, &confidential), "Missing(Confidential, \"\")");
    }

    #[test]
    fn a_dash_means_only_what_the_source_declares() {
        assert_eq!(says(Content::Text("-"), &[]), "Problem(Dash)");
        assert_eq!(says(Content::Text("-"), &[("-", Marker::Zero)]), "Zero(\"-\")");
    }

    #[test]
    fn brackets_mean_only_what_the_source_declares() {
        let format = NumberFormat { decimal: ',', thousands: None };
        let declared = BTreeMap::new();
        let read = |brackets| {
            let mut reader = CellReader::new(format, &declared).brackets(brackets);
            reader.read(Content::Text("(3,11)"))
        };
        assert_eq!(read(None), CellValue::Problem(Problem::Brackets));
        assert_eq!(read(Some(Brackets::Minus)), CellValue::Number(-3.11));
        assert_eq!(read(Some(Brackets::Value)), CellValue::Number(3.11));
    }

    #[test]
    fn a_number_can_be_declared_to_mean_missing() {
        let declared = [("-999", Marker::NotAvailable)];
        assert_eq!(says(Content::Number(-999.0), &declared), "Missing(NotAvailable, \"-999\")");
        assert_eq!(says(Content::Number(999.0), &declared), "Number(999.0)");
    }

    #[test]
    fn what_is_no_number_is_a_problem_of_its_own_kind() {
        assert_eq!(says(Content::Text("n/a"), &[]), "Problem(Text)");
        assert_eq!(says(Content::Date("2021-01-01"), &[]), "Problem(Date)");
        assert_eq!(says(Content::Error("#DIV/0!"), &[]), "Problem(ErrorCell)");
        assert_eq!(says(Content::Uncalculated, &[]), "Problem(Uncalculated)");
        assert_eq!(says(Content::Number(f64::NAN), &[]), "Problem(NotFinite)");
    }
}
