//! A spreadsheet of the Open Document Format.

use super::pack;
use super::xls::{Cell, Sheet};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" office:version="1.2"><office:automatic-styles><style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/></style:style></office:automatic-styles><office:body><office:spreadsheet>"#;
const TAIL: &str = "</office:spreadsheet></office:body></office:document-content>";
const MANIFEST: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>"#;

/// A spreadsheet with that text between its opening and closing tags.
pub(crate) fn workbook(tables: &str) -> Vec<u8> {
    let part = |name: &str, text: &str| (name.to_owned(), text.as_bytes().to_vec());
    pack(&[
        part("mimetype", "application/vnd.oasis.opendocument.spreadsheet"),
        part("content.xml", &format!("{HEAD}{tables}{TAIL}")),
        part("META-INF/manifest.xml", MANIFEST),
    ])
}

/// A table of rows of cells; what reads as a number is one.
pub(crate) fn table(name: &str, rows: &[&[&str]]) -> String {
    let cell = |text: &&str| match text.parse::<f64>() {
        Ok(value) => format!(
            r#"<table:table-cell office:value-type="float" office:value="{value}"><text:p>{text}</text:p></table:table-cell>"#
        ),
        Err(_) => format!(
            r#"<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>"#
        ),
    };
    let row = |cells: &&[&str]| {
        let cells: Vec<String> = cells.iter().map(cell).collect();
        format!("<table:table-row>{}</table:table-row>", cells.concat())
    };
    let rows: Vec<String> = rows.iter().map(row).collect();
    format!(r#"<table:table table:name="{name}">{}</table:table>"#, rows.concat())
}

/// The table of a sheet as it is written for other kinds of workbooks.
pub(crate) fn sheet(sheet: &Sheet<'_>) -> String {
    let last = |of: fn(&(u16, u16, Cell<'_>)) -> u16| sheet.cells.iter().map(of).max().unwrap_or(0);
    let (bottom, right) = (last(|cell| cell.0), last(|cell| cell.1));
    let hidden = |is_hidden: bool| if is_hidden { r#" table:visibility="collapse""# } else { "" };
    let column =
        |at: u16| format!("<table:table-column{}/>", hidden(sheet.hidden_columns.contains(&at)));
    let row = |at: u16| {
        let cells: String = (0..=right).map(|column| cell(sheet, at, column)).collect();
        let hidden = hidden(sheet.hidden_rows.contains(&at));
        format!("<table:table-row{hidden}>{cells}</table:table-row>")
    };
    let columns: String = (0..=right).map(column).collect();
    let rows: String = (0..=bottom).map(row).collect();
    format!(r#"<table:table table:name="{}">{columns}{rows}</table:table>"#, sheet.name)
}

fn cell(sheet: &Sheet<'_>, row: u16, column: u16) -> String {
    let covers = |merge: &&[u16; 4]| {
        (merge[0]..=merge[1]).contains(&row) && (merge[2]..=merge[3]).contains(&column)
    };
    let (name, span) = match sheet.merges.iter().find(covers) {
        Some([top, bottom, left, right]) if (*top, *left) == (row, column) => {
            let (rows, columns) = (bottom - top + 1, right - left + 1);
            let span = format!(
                r#" table:number-rows-spanned="{rows}" table:number-columns-spanned="{columns}""#
            );
            ("table-cell", span)
        }
        Some(_) => ("covered-table-cell", String::new()),
        None => ("table-cell", String::new()),
    };
    let text = |text: &str| (r#" office:value-type="string""#.to_owned(), text.to_owned());
    let value = |kind: &str, value: f64| {
        (format!(r#" office:value-type="{kind}" office:value="{value}""#), value.to_string())
    };
    let known = sheet.cells.iter().find(|cell| (cell.0, cell.1) == (row, column));
    let (said, shown) = match known.map(|cell| cell.2) {
        Some(Cell::Text(told)) => text(told),
        Some(Cell::Raised(told, mark)) => {
            text(&format!(r#"{told}<text:span text:style-name="T1">{mark}</text:span>"#))
        }
        Some(Cell::Percent(number)) => value("percentage", number),
        Some(Cell::Number(number) | Cell::Formula(number)) => value("float", number),
        Some(Cell::Short(number)) => value("float", number.into()),
        Some(Cell::Date(_) | Cell::Bool(_) | Cell::Error) | None => text(""),
    };
    format!("<table:{name}{span}{said}><text:p>{shown}</text:p></table:{name}>")
}
