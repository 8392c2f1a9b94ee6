//! Where numbers come from: every file that was read, and the cells of every value.

use super::column::{Column, Kind};
use super::table::Table;
use crate::index::Figures;
use crate::language::{Language, Words};
use crate::message::labels;
use crate::observation::{Cell, InputFile, Missing, Origin};
use crate::quality::cell_name;
use crate::report::words;
use crate::study::Source;

/// A source with a file that was read of it, if any was.
type FileRow<'a> = (&'a Source, Option<&'a InputFile>);

/// For the sheet: a row for each file, and one for a source of which no file was read.
pub(crate) fn by_file<'a>(
    sources: &'a [Source],
    files: &'a [InputFile],
    language: Language,
) -> Table<'a> {
    let mut rows: Vec<FileRow<'_>> = Vec::new();
    for source in sources {
        let before = rows.len();
        rows.extend(files_of(source, files).map(|file| (source, Some(file))));
        if rows.len() == before {
            rows.push((source, None));
        }
    }
    let text = |id: &str, words: Words, of: &dyn Fn(&FileRow<'a>) -> String| {
        Column::text(id, Column::PUBLIC, rows.iter().map(of))
            .headed(words.text(language))
            .shown_as(Kind::Text)
    };
    let read = |id: &str, words, of: fn(&InputFile) -> String| {
        text(id, words, &|(_, file)| file.map(of).unwrap_or_default())
    };
    let declared = |id: &str, words, of: fn(&Source) -> &Option<String>| {
        text(id, words, &|(source, _)| of(source).clone().unwrap_or_default())
    };
    let path = |(source, file): &FileRow<'_>| file.map_or(&source.file, |file| &file.path).clone();
    let level = |(source, _): &FileRow<'_>| {
        words::named(labels::LEVELS, &source.level, language).to_owned()
    };
    let measures = |(source, _): &FileRow<'_>| {
        source.measures.iter().map(|it| it.id.as_str()).collect::<Vec<_>>().join(", ")
    };
    let used = rows.iter().map(|(_, file)| usize::try_from(file.as_ref()?.rows_used).ok());
    let mut table = Table::default();
    table.push(text("source", labels::SOURCE, &|(source, _)| source.id.clone()).wide(15));
    table.push(text("file", labels::FILE, &path).wide(30));
    table.push(declared("publisher", labels::PUBLISHER, |source| &source.publisher).wide(13));
    table.push(declared("reference", labels::REFERENCE, |source| &source.reference).wide(12));
    table.push(declared("concept", labels::CONCEPT, |source| &source.concept).wide(12));
    table.push(declared("series", labels::SERIES, |source| &source.series).wide(11));
    table.push(text("level", labels::LEVEL, &level).wide(10));
    table.push(text("measures", labels::MEASURES, &measures).wide(20));
    table.push(read("format", labels::FORMAT, |file| file.format.clone()).wide(8));
    table.push(read("sheets", labels::SHEETS, |file| file.sheets.join(", ")).wide(14));
    table.push(read("encoding", labels::ENCODING, letters).wide(14));
    table.push(
        Column::counts("rows_used", Column::PUBLIC, used)
            .headed(labels::ROWS_USED.text(language))
            .wide(10)
            .shown_as(Kind::Count),
    );
    let digest = read("sha256", labels::DIGEST, |file| file.sha256.clone().unwrap_or_default());
    table.push(digest.wide(22).shown_as(Kind::Digest));
    table
}

/// For the page: a row for each source, with its first file.
pub(crate) fn by_source<'a>(
    sources: &'a [Source],
    files: &'a [InputFile],
    language: Language,
) -> Table<'a> {
    let text = |id: &str, words: Words, of: &dyn Fn(&'a Source) -> String| {
        Column::text(id, Column::PUBLIC, sources.iter().map(of)).headed(words.text(language))
    };
    let level = |it: &Source| words::named(labels::LEVELS, &it.level, language).to_owned();
    let listed = |source: &'a Source| {
        let paths: Vec<&str> = files_of(source, files).map(|file| file.path.as_str()).collect();
        match paths.as_slice() {
            [] | [_] => paths.join(""),
            [first, ..] => format!("{}: {first}, …", labels::FILES.of(paths.len(), language)),
        }
    };
    let mut table = Table::default();
    table.push(text("source", labels::SOURCE, &|source| source.id.clone()));
    let publisher = |source: &Source| source.publisher.clone().unwrap_or_default();
    table.push(text("publisher", labels::PUBLISHER, &publisher));
    let reference = |source: &Source| source.reference.clone().unwrap_or_default();
    table.push(text("reference", labels::REFERENCE, &reference));
    table.push(text("level", labels::LEVEL, &level));
    table.push(text("file", labels::FILE, &listed));
    table
}

fn files_of<'a>(source: &'a Source, files: &'a [InputFile]) -> impl Iterator<Item = &'a InputFile> {
    files.iter().filter(|file| file.source == source.id)
}

/// How the bytes of a text file were read as letters and fields.
fn letters(file: &InputFile) -> String {
    let parts = [file.encoding.clone(), file.delimiter.map(delimiter)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn delimiter(mark: char) -> String {
    match mark {
        '\t' => "TAB".to_owned(),
        other => format!("„{other}”"),
    }
}

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
pub(crate) fn observations<'a>(figures: &Figures<'a>) -> Table<'a> {
    let rows = rows(figures);
    let read = Column::FIGURES;
    let mut table = Table::default();
    table.push(Column::text("measure", read, rows.iter().map(|row| row.measure)));
    table.push(Column::text("level", read, rows.iter().map(|row| row.level)));
    table.push(Column::text("area", read, rows.iter().map(|row| row.area)));
    table.push(Column::text("state", read, rows.iter().map(|row| state(row.cell))));
    table.push(Column::numbers("value", read, rows.iter().map(|row| row.cell.number())));
    table.push(Column::text("text", read, rows.iter().map(|row| text(row.cell))));
    let parts = rows.iter().map(|row| row.part.as_ref().map(|(at, _)| *at));
    table.push(Column::integers("part", read, parts));
    table.push(Column::integers("parts", read, rows.iter().map(|row| Some(row.parts))));
    let part = |row: &Row<'a>, of: fn(&SourcePart<'a>) -> &'a str| {
        row.part.as_ref().map_or("", |(_, part)| of(part))
    };
    table.push(Column::text("file", read, rows.iter().map(|row| part(row, |part| part.file))));
    table.push(Column::text("sheet", read, rows.iter().map(|row| part(row, |part| part.sheet))));
    let cells = |row: &Row<'a>| row.part.as_ref().map_or("", |(_, part)| &part.cells).to_owned();
    table.push(Column::text("cells", read, rows.iter().map(cells)));
    table
}

fn rows<'a>(figures: &Figures<'a>) -> Vec<Row<'a>> {
    let mut rows = Vec::new();
    for series in &figures.observations.series {
        let areas = figures.register.level(&series.level).map_or(&[][..], |level| &level.areas);
        for (at, cell) in series.cells.iter().enumerate() {
            let parts = source_parts(&figures.observations.files, &series.origins[at]);
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
fn cell_runs(cells: &[Origin]) -> String {
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
        Cell::Substitute(_) => "substituted",
        Cell::Missing(Missing::NotAvailable) => "not-available",
        Cell::Missing(Missing::Confidential) => "confidential",
        Cell::Missing(Missing::NotApplicable) => "not-applicable",
        Cell::Withheld => "withheld",
    }
}

fn text(cell: &Cell) -> &str {
    match cell {
        Cell::Text(text) => text,
        Cell::Number(_) | Cell::Substitute(_) | Cell::Missing(_) | Cell::Withheld => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Fixture;
    use crate::report::format::csv;

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
        let view = fixture.view();
        let text = String::from_utf8(csv(&observations(&view.figures))).unwrap();
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
