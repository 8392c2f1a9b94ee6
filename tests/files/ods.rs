//! A spreadsheet of the Open Document Format.

use super::pack;

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.2"><office:body><office:spreadsheet>"#;
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
