//! `observations.csv`: where each number came from.

use crate::observation::{Cell, InputFile, Missing, Origin};
use crate::quality::cell_name;
use crate::report::View;
use crate::report::table::Table;

/// The source cells of one value that lie on one sheet of one file.
pub(crate) struct SourcePart<'a> {
    /// The file, as the study names it.
    pub(crate) file: &'a str,
    /// The sheet; empty for a text file.
    pub(crate) sheet: &'a str,
    /// The cells, `D7:D9 D12`.
    pub(crate) cells: String,
}

/// One value with one group of its source cells.
struct Row<'a> {
    measure: &'a str,
    level: &'a str,
    area: &'a str,
    cell: &'a Cell,
    part: Option<(i32, SourcePart<'a>)>,
    parts: i32,
}

/// `measure,level,area,state,value,text,part,parts,file,sheet,cells`: one row a value, at the
/// level where it was measured. A value summed over several sheets or files has one row for each,
/// numbered by `part`, and the same `value` in all of them. In text files `D17` is field 4 of
/// line 17.
pub(crate) fn observations<'a>(view: &View<'a>) -> Table<'a> {
    let rows = rows(view);
    let mut table = Table::default();
    table.text("measure", rows.iter().map(|row| row.measure));
    table.text("level", rows.iter().map(|row| row.level));
    table.text("area", rows.iter().map(|row| row.area));
    table.text("state", rows.iter().map(|row| state(row.cell)));
    table.numbers("value", rows.iter().map(|row| row.cell.number()));
    table.text("text", rows.iter().map(|row| text(row.cell)));
    table.integers("part", rows.iter().map(|row| row.part.as_ref().map(|(at, _)| *at)));
    table.integers("parts", rows.iter().map(|row| Some(row.parts)));
    let part = |row: &Row<'a>, of: fn(&SourcePart<'a>) -> &'a str| {
        row.part.as_ref().map_or("", |(_, part)| of(part))
    };
    table.text("file", rows.iter().map(|row| part(row, |part| part.file)));
    table.text("sheet", rows.iter().map(|row| part(row, |part| part.sheet)));
    let cells = |row: &Row<'a>| row.part.as_ref().map_or("", |(_, part)| &part.cells).to_owned();
    table.text("cells", rows.iter().map(cells));
    table
}

fn rows<'a>(view: &View<'a>) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for series in &view.figures.observations.series {
        let areas =
            view.figures.register.level(&series.level).map_or(&[][..], |level| &level.areas);
        for (at, cell) in series.cells.iter().enumerate() {
            let parts = source_parts(&view.figures.observations.files, &series.origins[at]);
            let row = Row {
                measure: &series.name,
                level: &series.level,
                area: areas.get(at).map_or("", String::as_str),
                cell,
                part: None,
                parts: i32::try_from(parts.len()).unwrap_or(i32::MAX),
            };
            if parts.is_empty() {
                rows.push(row);
                continue;
            }
            let numbered = (1..).zip(parts);
            rows.extend(numbered.map(|part| Row { part: Some(part), ..row }));
        }
    }
    rows
}

/// Source cells by file and sheet.
pub(crate) fn source_parts<'a>(files: &'a [InputFile], origins: &[Origin]) -> Vec<SourcePart<'a>> {
    let mut sorted = origins.to_vec();
    sorted.sort_unstable();
    sorted
        .chunk_by(|a, b| (a.file, a.sheet) == (b.file, b.sheet))
        .map(|group| {
            let file = &files[group[0].file as usize];
            let sheet = file.sheets.get(group[0].sheet as usize);
            SourcePart {
                file: &file.path,
                sheet: sheet.map_or("", String::as_str),
                cells: cell_runs(group),
            }
        })
        .collect()
}

/// Cells of one sheet, consecutive cells of a column told as a range: `D7:D9 D12`.
pub(crate) fn cell_runs(cells: &[Origin]) -> String {
    let mut sorted: Vec<(u32, u32)> = cells.iter().map(|cell| (cell.column, cell.row)).collect();
    sorted.sort_unstable();
    sorted.dedup();
    let runs = sorted.chunk_by(|a, b| a.0 == b.0 && a.1 + 1 == b.1).map(|run| {
        let name = |(column, row): (u32, u32)| cell_name(row, column);
        match run {
            [one] => name(*one),
            [first, .., last] => format!("{}:{}", name(*first), name(*last)),
            [] => String::new(),
        }
    });
    runs.collect::<Vec<_>>().join(" ")
}

fn state(cell: &Cell) -> &'static str {
    match cell {
        Cell::Number(_) | Cell::Text(_) => "value",
        Cell::Missing(Missing::NotAvailable) => "not-available",
        Cell::Missing(Missing::Confidential) => "confidential",
        Cell::Missing(Missing::NotApplicable) => "not-applicable",
    }
}

fn text(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) => text,
        Cell::Number(_) | Cell::Missing(_) => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::delimited::csv;
    use crate::report::fixture::Fixture;

    fn cell(column: u32, row: u32) -> Origin {
        Origin { file: 0, sheet: 0, row, column }
    }

    #[test]
    fn consecutive_cells_of_a_column_are_a_range() {
        let cells = [cell(4, 9), cell(4, 7), cell(4, 8), cell(4, 12), cell(5, 13), cell(4, 12)];
        assert_eq!(cell_runs(&cells), "D7:D9 D12 E13");
        assert_eq!(cell_runs(&[]), "");
    }

    #[test]
    fn every_value_leads_to_its_cells_and_every_gap_has_its_state() {
        let fixture = Fixture::new();
        let text = String::from_utf8(csv(&observations(&fixture.view()))).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "measure,level,area,state,value,text,part,parts,file,sheet,cells");
        assert_eq!(
            lines[1],
            "population.children,uat,10,value,200,,1,1,inputs/pop.xlsx,2024,D5:D6"
        );
        assert!(
            lines.contains(
                &"population.children,uat,21,confidential,,,1,1,inputs/pop.xlsx,2024,D10"
            )
        );
        assert!(lines.contains(&"unemployment.rate,county,Alba,value,5.5,,1,2,inputs/a.csv,,B2"));
        assert!(lines.contains(&"unemployment.rate,county,Alba,value,5.5,,2,2,inputs/b.csv,,B3"));
        assert!(lines.contains(&"unemployment.rate,county,Cluj,not-available,,,,0,,,"));
    }
}
