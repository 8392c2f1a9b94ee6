//! What was found on the way: at every place where it was seen, and in words with its first places.

use super::column::{Column, Kind};
use super::table::Table;
use crate::language::{Language, Words, whole};
use crate::message::{self, labels};
use crate::quality::{Finding, Findings, Place, Severity, Thing, cell_name};
use crate::register::Register;

/// Places shown of a finding; `findings.csv` has all.
const PLACES: usize = 5;

/// One finding, at one of the things it speaks of.
struct Row<'a> {
    finding: &'a Finding,
    thing: Thing<'a>,
}

/// `findings.csv`: `rule,severity,subject,unit,file,sheet,row,column,cell,text,message,hint,accepted`,
/// one row a place and one a unit of a finding about several, or one row for a finding that has
/// neither.
pub(crate) fn findings<'a>(findings: &'a Findings) -> Table<'a> {
    let rows: Vec<Row<'a>> = findings
        .iter()
        .flat_map(|finding| finding.things().map(move |thing| Row { finding, thing }))
        .collect();
    let text = |id: &str, of: fn(&Row<'a>) -> &'a str| {
        Column::text(id, Column::FIGURES, rows.iter().map(of))
    };
    let integer = |id: &str, of: fn(&Place) -> Option<u32>| {
        Column::integers(
            id,
            Column::FIGURES,
            rows.iter().map(|row| position(row.thing.place.and_then(of))),
        )
    };
    let cells = rows.iter().map(|row| row.thing.place.and_then(cell).unwrap_or_default());
    let mut table = Table::default();
    table.push(text("rule", |row| row.finding.rule));
    table.push(text("severity", |row| row.finding.severity.word()));
    table.push(text("subject", |row| &row.finding.subject));
    table.push(text("unit", |row| row.thing.unit.unwrap_or_default()));
    table.push(text("file", |row| row.thing.place.map_or("", |place| &place.file)));
    table.push(text("sheet", |row| {
        or_empty(row.thing.place.and_then(|place| place.sheet.as_ref()))
    }));
    table.push(integer("row", |place| place.row));
    table.push(integer("column", |place| place.column));
    table.push(Column::text("cell", Column::FIGURES, cells));
    table.push(text("text", |row| or_empty(row.thing.place.and_then(|place| place.text.as_ref()))));
    table.push(text("message", |row| &row.finding.message.en));
    table.push(text("hint", |row| or_empty(row.finding.hint.as_ref().map(|hint| &hint.en))));
    table.push(text("accepted", |row| row.thing.accepted.unwrap_or_default()));
    table
}

fn or_empty(text: Option<&String>) -> &str {
    text.map_or("", String::as_str)
}

fn position(at: Option<u32>) -> Option<i32> {
    at.and_then(|at| i32::try_from(at).ok())
}

/// The spreadsheet name; a text file opened in a spreadsheet shows its fields under these names.
fn cell(place: &Place) -> Option<String> {
    Some(cell_name(place.row?, place.column?))
}

/// A row a finding, in words: on the sheet with its first places, on the page with their count.
pub(crate) fn by_finding<'a>(
    findings: &'a Findings,
    register: &Register,
    language: Language,
) -> Table<'a> {
    let all: Vec<&'a Finding> = findings.iter().collect();
    let word = |words: Words| words.text(language);
    let text = |id: &str, words, of: &dyn Fn(&'a Finding) -> &'a str| {
        let cells = all.iter().map(|finding| of(finding));
        Column::text(id, Column::FIGURES, cells).headed(word(words)).shown_as(Kind::Text)
    };
    let is_open_error =
        |finding: &Finding| finding.severity == Severity::Error && finding.accepted.is_none();
    let open = all.iter().enumerate().filter(|(_, finding)| is_open_error(finding));
    let alarms = open.map(|(row, _)| row).collect();
    let severity = |finding: &Finding| labels::severity(finding.severity).text(language);
    let seen = all.iter().map(|finding| Some(finding.places.len().max(finding.units.len())));
    let spots = all.iter().map(|finding| places(register, finding, language));
    let mut table = Table::default();
    let severities = text("severity", labels::SEVERITY, &|finding| severity(finding));
    table.push(severities.wide(11).alarming(alarms));
    table.push(text("rule", labels::RULE, &|finding| finding.rule).wide(18).only_on_sheets());
    let meaning = |finding: &'a Finding| meaning(finding.rule, language);
    table.push(text("meaning", labels::MEANING, &meaning).wide(30));
    table.push(text("subject", labels::SUBJECT, &|finding| &finding.subject).wide(15));
    table.push(text("message", labels::MESSAGE, &|it| it.message_in(language)).wide(42));
    table.push(
        Column::text("places", Column::FIGURES, spots)
            .headed(word(labels::PLACES))
            .wide(36)
            .shown_as(Kind::Text)
            .only_on_sheets(),
    );
    table.push(
        Column::counts("place_count", Column::FIGURES, seen)
            .headed(word(labels::PLACE_COUNT))
            .wide(8)
            .shown_as(Kind::Count),
    );
    let hint = |finding: &'a Finding| finding.hint_in(language).unwrap_or("");
    table.push(text("hint", labels::HINT, &hint).wide(30).only_on_sheets());
    let accepted = all.iter().map(|finding| finding.acceptance().unwrap_or_default());
    table.push(
        Column::text("accepted", Column::FIGURES, accepted)
            .headed(word(labels::ACCEPTED))
            .wide(20)
            .shown_as(Kind::Text)
            .only_on_sheets(),
    );
    table
}

fn meaning(rule: &str, language: Language) -> &'static str {
    message::rule(rule).map_or("", |rule| rule.meaning.text(language))
}

/// The unit and the first places of a finding, one line for each sheet.
fn places(register: &Register, finding: &Finding, language: Language) -> String {
    let codes = finding.unit.iter().chain(&finding.units).take(PLACES);
    let mut text = codes.map(|code| unit(register, code)).collect::<Vec<_>>().join(", ");
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
        text.push_str(&spot(place, language));
    }
    let text = text.trim_end_matches([':', ' ', ',']).to_owned();
    let all = finding.places.len().max(finding.units.len());
    match all.checked_sub(PLACES) {
        None | Some(0) => text,
        Some(more) => {
            let more = whole(more, language);
            format!("{text} {} {more}", labels::AND_MORE.text(language))
        }
    }
}

fn unit(register: &Register, code: &str) -> String {
    let name = register.position(code).map(|at| register.names()[at].as_str());
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
    use crate::report::format::csv;

    #[test]
    fn a_finding_has_a_row_for_each_place_and_one_without_places() {
        let fixture = Fixture::new();
        let view = fixture.view();
        let text = String::from_utf8(csv(&findings(view.findings))).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines[0],
            "rule,severity,subject,unit,file,sheet,row,column,cell,text,message,hint,accepted"
        );
        assert_eq!(
            lines[1],
            "text-in-numbers,error,population,,inputs/pop.xlsx,2024,7,4,D7,lipsă,\
             a text in a column of numbers,correct the cell,"
        );
        assert_eq!(lines[2].split(',').nth(8), Some("D9"));
        assert!(lines[3].starts_with("no-score,warning,irc,21,,,,,,,"), "{}", lines[3]);
        assert!(lines.iter().any(|line| line.ends_with(",văzut de comisie")));
    }

    #[test]
    fn places_name_their_sheet_once_and_count_the_rest() {
        let fixture = Fixture::new();
        let texts: Vec<String> = fixture
            .findings
            .iter()
            .map(|finding| places(&fixture.register, finding, Language::Ro))
            .collect();
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
