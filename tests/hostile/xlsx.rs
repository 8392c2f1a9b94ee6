//! A workbook of Office Open XML from the text of its sheet.

use super::files::Parts;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"#;
const ROOT: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">"#;

/// The parts of a workbook with one sheet, `data`, that holds those rows; `state` is what the workbook
/// says of the sheet (`visible`, `hidden`, `veryHidden`), `rest` what stands behind the rows.
pub(crate) fn parts(rows: &str, state: &str, rest: &str) -> Parts {
    let sheet = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData>{rest}</worksheet>"#
    );
    let book = format!(
        r#"{BOOK}<sheets><sheet name="data" sheetId="1" state="{state}" r:id="rId1"/></sheets></workbook>"#
    );
    let part = |name: &str, text: String| (name.to_owned(), text.into_bytes());
    vec![
        part("[Content_Types].xml", TYPES.to_owned()),
        part("_rels/.rels", ROOT.to_owned()),
        part("xl/workbook.xml", book),
        part("xl/_rels/workbook.xml.rels", BOOK_RELATIONS.to_owned()),
        part("xl/worksheets/sheet1.xml", sheet),
    ]
}

/// A part of shared texts, as the reader of workbooks names it.
pub(crate) fn shared(items: &str) -> (String, Vec<u8>) {
    let text = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{items}</sst>"#
    );
    ("xl/sharedStrings.xml".to_owned(), text.into_bytes())
}

/// A row of cells: texts in place, numbers as such.
pub(crate) fn row(number: usize, cells: &[&str]) -> String {
    let cell = |(column, text): (usize, &&str)| {
        let name = column_name(column);
        match text.parse::<f64>() {
            Ok(_) => format!(r#"<c r="{name}{number}"><v>{text}</v></c>"#),
            Err(_) => format!(r#"<c r="{name}{number}" t="inlineStr"><is><t>{text}</t></is></c>"#),
        }
    };
    let cells: Vec<String> = cells.iter().enumerate().map(cell).collect();
    format!(r#"<row r="{number}">{}</row>"#, cells.concat())
}

/// The letters of a column, from 0.
pub(crate) fn column_name(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.push(char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap()));
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().collect()
}
