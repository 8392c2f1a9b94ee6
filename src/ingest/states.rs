//! What one cell of a number column says: a number, one of the missing states, or a problem.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::grid::Content;
use super::labels::trim;
use super::numbers;
use crate::message;
use crate::observation::Missing;
use crate::quality::{Message, Rule, message};
use crate::study::NumberFormat;
use crate::study::source::Marker;

/// What a cell of a number column says.
#[derive(Clone, Debug, PartialEq)]
pub enum CellValue<'g> {
    /// A finite number.
    Number(f64),
    /// No value, with the mark that says so (empty for an empty cell).
    Missing(Missing, Cow<'g, str>),
    /// Something that should not stand there; read as not available.
    Problem(Problem),
}

/// Why a cell of a number column gives no number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// A text that is neither a number nor a declared mark.
    Text,
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
    /// The rule that speaks.
    pub fn rule(self) -> &'static Rule {
        match self {
            Self::Text => &message::ingest::TEXT_IN_NUMBERS,
            Self::Dash => &message::ingest::UNDECLARED_MARK,
            Self::Date => &message::ingest::DATE_IN_NUMBERS,
            Self::ErrorCell => &message::ingest::ERROR_CELL,
            Self::Uncalculated => &message::ingest::FORMULA_NOT_CALCULATED,
            Self::NotFinite => &message::ingest::NOT_FINITE,
        }
    }

    /// What was found, after the number of cells.
    pub fn words(self) -> Message {
        match self {
            Self::Text => {
                message!(
                    "with a text where a number should stand",
                    "cu un text în locul unui număr",
                )
            }
            Self::Dash => message!("with a `-` that nobody declared", "cu un `-` nedeclarat"),
            Self::Date => message!(
                "with a date where a number should stand",
                "cu o dată calendaristică în locul unui număr",
            ),
            Self::ErrorCell => message!(
                "with a spreadsheet error, read as not available",
                "cu o eroare de calcul tabelar, citită ca indisponibilă",
            ),
            Self::Uncalculated => message!(
                "with a formula that was never calculated",
                "cu o formulă care nu a fost calculată niciodată",
            ),
            Self::NotFinite => {
                message!("with a number that is not finite", "cu un număr care nu este finit")
            }
        }
    }

    /// What to do about it.
    pub fn hint(self) -> Message {
        match self {
            Self::Text => message!(
                "correct the file, or declare what the text means, as in \
                 `missing = {{ \"n/a\" = \"not-available\" }}`",
                "corectați fișierul sau declarați ce înseamnă textul, de exemplu \
                 `missing = {{ \"n/a\" = \"not-available\" }}`",
            ),
            Self::Dash => message!(
                "declare what it means in this source: `missing = {{ \"-\" = \"zero\" }}`, or \
                 `\"not-available\"`, `\"not-applicable\"`, `\"confidential\"`",
                "declarați ce înseamnă în această sursă: `missing = {{ \"-\" = \"zero\" }}` sau \
                 `\"not-available\"`, `\"not-applicable\"`, `\"confidential\"`",
            ),
            Self::Date => message!(
                "format the column as a number in Excel and save the file again",
                "formatați coloana ca număr în Excel și salvați din nou fișierul",
            ),
            Self::ErrorCell => message!(
                "correct the formula in the workbook",
                "corectați formula din registrul de calcul",
            ),
            Self::Uncalculated => message!(
                "open the workbook in Excel, let it calculate, and save",
                "deschideți registrul de calcul în Excel, lăsați-l să calculeze și salvați-l",
            ),
            Self::NotFinite => message!(
                "correct the cell in the workbook",
                "corectați celula din registrul de calcul",
            ),
        }
    }
}

/// Reads the cells of one column.
pub struct CellReader<'s> {
    format: NumberFormat,
    declared: &'s BTreeMap<String, Marker>,
    scratch: String,
}

impl<'s> CellReader<'s> {
    /// A reader for a column whose format is decided.
    pub fn new(format: NumberFormat, declared: &'s BTreeMap<String, Marker>) -> Self {
        Self { format, declared, scratch: String::new() }
    }

    /// What a cell says.
    pub fn read<'g>(&mut self, content: Content<'g>) -> CellValue<'g> {
        match content {
            Content::Empty => CellValue::Missing(Missing::NotAvailable, Cow::Borrowed("")),
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
        if text.is_empty() {
            return CellValue::Missing(Missing::NotAvailable, Cow::Borrowed(""));
        }
        if let Some(marker) = marker(text, self.declared) {
            return marked(marker, Cow::Borrowed(text));
        }
        match numbers::parse(text, self.format, &mut self.scratch) {
            Some(value) if value.is_finite() => CellValue::Number(value),
            Some(_) => CellValue::Problem(Problem::NotFinite),
            None if matches!(text, "-" | "–" | "—" | "\u{2212}") => {
                CellValue::Problem(Problem::Dash)
            }
            None => CellValue::Problem(Problem::Text),
        }
    }
}

fn marked(marker: Marker, mark: Cow<'_, str>) -> CellValue<'_> {
    match marker.missing() {
        Some(missing) => CellValue::Missing(missing, mark),
        None => CellValue::Number(0.0),
    }
}

/// The declared meaning of a text, else the usual one: `:` and `::` not available, `c`, `*` and `**`
/// confidential. Nothing else has a meaning by itself.
pub(super) fn marker(text: &str, declared: &BTreeMap<String, Marker>) -> Option<Marker> {
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
    fn a_dash_means_only_what_the_source_declares() {
        assert_eq!(says(Content::Text("-"), &[]), "Problem(Dash)");
        assert_eq!(says(Content::Text("-"), &[("-", Marker::Zero)]), "Number(0.0)");
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
