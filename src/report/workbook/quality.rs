//! The *Data quality* sheet: what was repaired, dropped or doubted, in words and with places.

use rust_xlsxwriter::{ColNum, RowNum, Worksheet, XlsxError};

use super::layout::TOP_ROWS;
use super::look;
use super::page::{Heading, Page};
use crate::language::Words;
use crate::language::{Language, whole};
use crate::message;
use crate::message::labels;
use crate::quality::{Finding, Place, Severity, cell_name};
use crate::report::view::View;

const HEADER: RowNum = TOP_ROWS + 1;
/// Places shown of a finding; `findings.csv` has all.
const PLACES: usize = 5;

const COLUMNS: [(Words, u16); 9] = [
    (labels::SEVERITY, 11),
    (labels::RULE, 18),
    (labels::MEANING, 30),
    (labels::SUBJECT, 15),
    (labels::MESSAGE, 42),
    (labels::PLACES, 36),
    (labels::PLACE_COUNT, 8),
    (labels::HINT, 30),
    (labels::ACCEPTED, 20),
];

/// Composes the sheet.
pub(super) fn compose(sheet: &mut Worksheet, view: &View<'_>) -> Result<(), XlsxError> {
    let name = labels::SHEET_QUALITY.text(view.language);
    let mut page = Page::new(sheet, view, name)?;
    let about = page.word(labels::ALL_PLACES);
    page.text(TOP_ROWS, 0, about, &look::quiet())?;
    if view.findings.is_empty() {
        page.sheet.set_column_width(0, 40)?;
        let none = page.word(labels::NO_FINDINGS);
        return page.text(HEADER, 0, none, &look::wrapped());
    }
    let headings = COLUMNS.map(|(words, width)| Heading::new(page.word(words), width));
    page.table("QualityTable", HEADER, view.findings.len(), &headings)?;
    for (row, finding) in (HEADER + 1..).zip(view.findings.iter()) {
        write(&mut page, row, finding)?;
    }
    page.sheet.set_freeze_panes(HEADER + 1, 2)?;
    Ok(())
}

fn write(page: &mut Page<'_, '_>, row: RowNum, finding: &Finding) -> Result<(), XlsxError> {
    let language = page.view.language;
    let format = look::wrapped();
    let is_open_error = finding.severity == Severity::Error && finding.accepted.is_none();
    let severity = if is_open_error { look::alarm() } else { look::wrapped() };
    page.text(row, 0, severity_word(finding.severity).text(language), &severity)?;
    let places = places(page.view, finding);
    let texts: [(ColNum, &str); 7] = [
        (1, finding.rule),
        (2, meaning(finding.rule, language)),
        (3, &finding.subject),
        (4, finding.message_in(language)),
        (5, &places),
        (7, finding.hint_in(language).unwrap_or("")),
        (8, finding.accepted.as_deref().unwrap_or("")),
    ];
    texts.iter().try_for_each(|(column, text)| page.text(row, *column, text, &format))?;
    let width = |column: ColNum| COLUMNS[usize::from(column)].1;
    page.fit_row(row, texts.iter().map(|(column, text)| (*text, width(*column))))?;
    let seen = finding.places.len().max(finding.units.len());
    page.number(row, 6, seen as f64, &look::count())
}

fn severity_word(severity: Severity) -> Words {
    match severity {
        Severity::Error => labels::ERROR,
        Severity::Warning => labels::WARNING,
        Severity::Note => labels::NOTE,
    }
}

/// What a rule means.
pub(crate) fn meaning(rule: &str, language: Language) -> &'static str {
    message::rule(rule).map_or("", |rule| rule.meaning.text(language))
}

/// The unit and the first places of a finding, one line for each sheet.
fn places(view: &View<'_>, finding: &Finding) -> String {
    let codes = finding.unit.iter().chain(&finding.units).take(PLACES);
    let mut text = codes.map(|code| unit(view, code)).collect::<Vec<_>>().join(", ");
    let mut sheet: Option<(&str, Option<&str>)> = None;
    for place in finding.places.iter().take(PLACES) {
        let here = (place.file.as_str(), place.sheet.as_deref());
        if sheet == Some(here) {
            text.push_str(", ");
        } else {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(&place.file);
            for part in place.sheet.iter().flat_map(|name| [" › ", name]) {
                text.push_str(part);
            }
            text.push_str(": ");
            sheet = Some(here);
        }
        text.push_str(&spot(place, view.language));
    }
    let text = text.trim_end_matches([':', ' ', ',']).to_owned();
    let all = finding.places.len().max(finding.units.len());
    match all.checked_sub(PLACES) {
        None | Some(0) => text,
        Some(more) => {
            let more = whole(more, view.language);
            format!("{text} {} {more}", labels::AND_MORE.text(view.language))
        }
    }
}

fn unit(view: &View<'_>, code: &str) -> String {
    let name =
        view.figures.register.position(code).map(|at| view.figures.register.names()[at].as_str());
    name.map_or(code.to_owned(), |name| format!("{name} ({code})"))
}

/// The spot inside a file, with the text that stands there.
fn spot(place: &Place, language: Language) -> String {
    let spot = match (place.row, place.column, language) {
        (Some(row), Some(column), _) if place.sheet.is_some() => cell_name(row, column),
        (Some(row), Some(field), Language::Ro) => format!("linia {row}, câmpul {field}"),
        (Some(row), None, Language::Ro) => format!("linia {row}"),
        _ => place.spot(),
    };
    match &place.text {
        Some(text) if !spot.is_empty() => format!("{spot} „{text}”"),
        Some(text) => format!("„{text}”"),
        None => spot,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Fixture;

    #[test]
    fn places_name_their_sheet_once_and_count_the_rest() {
        let fixture = Fixture::new();
        let texts: Vec<String> =
            fixture.findings.iter().map(|finding| places(&fixture.view(), finding)).collect();
        assert_eq!(texts[0], "inputs/pop.xlsx › 2024: D7 „lipsă”, D9 „=HYPERLINK(\"x\")”");
        assert_eq!(texts[1], "23 August (21)");
        assert!(texts.iter().any(|text| text.ends_with("D24 „JUDETUL X” și încă 36")), "{texts:?}");
    }

    #[test]
    fn lines_of_text_files_are_told_in_the_language_of_the_report() {
        let place = Place::file("a.csv").at_row(17).at_column(4);
        assert_eq!(spot(&place, Language::Ro), "linia 17, câmpul 4");
        assert_eq!(spot(&place, Language::En), "line 17, field 4");
    }
}
