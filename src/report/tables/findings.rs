//! `findings.csv`: every finding at every place where it was seen.

use crate::quality::{Finding, Findings, Place, cell_name};
use crate::report::table::Table;

/// One finding at one place, or about one unit.
struct Row<'a> {
    finding: &'a Finding,
    unit: Option<&'a String>,
    place: Option<&'a Place>,
}

/// `rule,severity,subject,unit,file,sheet,row,column,cell,text,message,hint,accepted`: one row a
/// place and one a unit of a finding about several, or one row for a finding that has neither.
pub(crate) fn findings<'a>(findings: &'a Findings) -> Table<'a> {
    let rows: Vec<Row<'a>> = findings.iter().flat_map(rows).collect();
    let mut table = Table::default();
    table.text("rule", rows.iter().map(|row| row.finding.rule));
    table.text("severity", rows.iter().map(|row| row.finding.severity.word()));
    table.text("subject", rows.iter().map(|row| row.finding.subject.as_str()));
    table.text("unit", rows.iter().map(|row| or_empty(row.unit)));
    table.text("file", rows.iter().map(|row| row.place.map_or("", |place| &place.file)));
    let sheet = |place: &'a Place| or_empty(place.sheet.as_ref());
    table.text("sheet", rows.iter().map(|row| row.place.map_or("", sheet)));
    table.integers("row", rows.iter().map(|row| position(row.place.and_then(|at| at.row))));
    table.integers("column", rows.iter().map(|row| position(row.place.and_then(|at| at.column))));
    table.text("cell", rows.iter().map(|row| row.place.and_then(cell).unwrap_or_default()));
    let found = |place: &'a Place| or_empty(place.text.as_ref());
    table.text("text", rows.iter().map(|row| row.place.map_or("", found)));
    table.text("message", rows.iter().map(|row| row.finding.message.en.as_str()));
    table.text(
        "hint",
        rows.iter().map(|row| or_empty(row.finding.hint.as_ref().map(|hint| &hint.en))),
    );
    table.text("accepted", rows.iter().map(|row| or_empty(row.finding.accepted.as_ref())));
    table
}

fn rows(finding: &Finding) -> Vec<Row<'_>> {
    let unit = finding.unit.as_ref();
    let at_places = finding.places.iter().map(|place| Row { finding, unit, place: Some(place) });
    let of_units = finding.units.iter().map(|unit| Row { finding, unit: Some(unit), place: None });
    let mut rows: Vec<Row<'_>> = at_places.chain(of_units).collect();
    if rows.is_empty() {
        rows.push(Row { finding, unit, place: None });
    }
    rows
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

#[cfg(test)]
mod tests {
    use super::findings;
    use crate::report::delimited::csv;
    use crate::report::fixture::Fixture;

    #[test]
    fn a_finding_has_a_row_for_each_place_and_one_without_places() {
        let fixture = Fixture::new();
        let text = String::from_utf8(csv(&findings(fixture.view().findings))).unwrap();
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
}
