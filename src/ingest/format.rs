//! What kind of file it is, decided by its bytes and never by its extension.

use std::io::Cursor;

use zip::ZipArchive;

use super::budget::Budget;

/// A kind of file that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// Office Open XML.
    Xlsx,
    /// Excel's binary workbook in a zip.
    Xlsb,
    /// Excel 97-2003.
    Xls,
    /// The sheet of the Open Document Format.
    Ods,
    /// csv or txt.
    Text,
}

impl Format {
    /// Its name in records and messages.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Xlsx => "xlsx",
            Self::Xlsb => "xlsb",
            Self::Xls => "xls",
            Self::Ods => "ods",
            Self::Text => "text",
        }
    }

    /// Whether an extension promises this format.
    fn has_extension(self, extension: &str) -> bool {
        match self {
            Self::Xlsx => matches!(extension, "xlsx" | "xlsm" | "xltx"),
            Self::Xlsb => extension == "xlsb",
            Self::Xls => matches!(extension, "xls" | "xlt"),
            Self::Ods => extension == "ods",
            Self::Text => matches!(extension, "csv" | "txt" | "tsv"),
        }
    }

    /// The extension of a path, when it promises another format.
    pub(super) fn contradicts(self, path: &str) -> Option<String> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let extension = name.rsplit_once('.')?.1.to_lowercase();
        let known = [Self::Xlsx, Self::Xlsb, Self::Xls, Self::Ods, Self::Text];
        let promised = known.into_iter().any(|format| format.has_extension(&extension));
        (promised && !self.has_extension(&extension)).then_some(extension)
    }
}

/// Why a file is not a table we read: what it is, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct NotATable {
    pub(super) message: String,
    pub(super) hint: &'static str,
}

fn refuse(message: impl Into<String>, hint: &'static str) -> NotATable {
    NotATable { message: message.into(), hint }
}

const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Decides the format of some bytes.
pub(super) fn detect(bytes: &[u8], budget: &Budget) -> Result<Format, NotATable> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return archive(bytes, budget);
    }
    if bytes.starts_with(COMPOUND) {
        return compound(bytes);
    }
    if bytes.starts_with(b"%PDF") {
        return Err(refuse("it is a PDF", "ask the publisher for the spreadsheet behind it"));
    }
    if bytes.is_empty() {
        return Err(refuse("the file is empty", "download it again"));
    }
    text(bytes)
}

fn archive(bytes: &[u8], budget: &Budget) -> Result<Format, NotATable> {
    let broken = |error: zip::result::ZipError| {
        refuse(
            format!("the workbook is damaged: {error}"),
            "download it again, or save it again in Excel",
        )
    };
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if zip.len() > budget.parts {
        return Err(too_big(format!("it has {} parts", zip.len())));
    }
    let mut inflated = 0_u64;
    for part in 0..zip.len() {
        let file = zip.by_index_raw(part).map_err(broken)?;
        let (size, packed) = (file.size(), file.compressed_size().max(1));
        inflated = inflated.saturating_add(size);
        if size > 10 << 20 && size / packed > budget.ratio {
            return Err(too_big(format!("a part of it inflates {} times", size / packed)));
        }
    }
    if inflated > budget.inflated {
        return Err(too_big(format!("it inflates to {} MiB", inflated >> 20)));
    }
    let has = |name: &str| zip.index_for_name(name).is_some();
    if has("xl/workbook.bin") {
        Ok(Format::Xlsb)
    } else if has("xl/workbook.xml") || has("[Content_Types].xml") {
        Ok(Format::Xlsx)
    } else if has("content.xml") {
        Ok(Format::Ods)
    } else {
        Err(refuse("it is a zip archive, not a spreadsheet", "unpack it and name the file inside"))
    }
}

fn too_big(message: String) -> NotATable {
    refuse(message, "such a file can exhaust the machine; save only the sheet you need, as csv")
}

fn compound(bytes: &[u8]) -> Result<Format, NotATable> {
    // The directory of a compound file names its streams in UTF-16.
    let encrypted: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    if bytes.windows(encrypted.len()).any(|window| window == encrypted) {
        return Err(refuse(
            "the workbook is protected by a password",
            "remove the password in Excel: File, Info, Protect Workbook",
        ));
    }
    Ok(Format::Xls)
}

fn text(bytes: &[u8]) -> Result<Format, NotATable> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Ok(Format::Text);
    }
    let unmarked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = unmarked[..unmarked.len().min(1024)].trim_ascii_start().to_ascii_lowercase();
    if head.starts_with(b"<!doctype html")
        || head.starts_with(b"<html")
        || head.starts_with(b"<table")
    {
        return Err(refuse(
            "it is a web page (HTML) with the extension of a spreadsheet",
            "open it in Excel and save it as xlsx",
        ));
    }
    if head.starts_with(b"<?xml") || head.starts_with(b"<") {
        return Err(refuse("it is XML, not a table", "open it in Excel and save it as xlsx"));
    }
    if head.starts_with(b"{") || head.starts_with(b"[{") || head.starts_with(b"[\n") {
        return Err(refuse("it is JSON, not a table", "ask for the table as csv or xlsx"));
    }
    if bytes.contains(&0) {
        return Err(refuse(
            "it is neither a spreadsheet nor a text",
            "save it as xlsx, ods or csv",
        ));
    }
    Ok(Format::Text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn refused(bytes: &[u8], expected: &str) {
        let message = detect(bytes, &Budget::default()).unwrap_err().message;
        assert!(message.contains(expected), "{message}");
    }

    #[test]
    fn bytes_decide_and_the_extension_does_not() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.add_worksheet().write(0, 0, 1).unwrap();
        let bytes = workbook.save_to_buffer().unwrap();
        assert_eq!(detect(&bytes, &Budget::default()), Ok(Format::Xlsx));
        assert_eq!(Format::Xlsx.contradicts("in/a.CSV"), Some("csv".to_owned()));
        assert_eq!(Format::Text.contradicts("in/a.csv"), None);
        assert_eq!(Format::Text.contradicts("in/export"), None);
        assert_eq!(detect(b"a,b\n1,2\n", &Budget::default()), Ok(Format::Text));
    }

    #[test]
    fn what_is_no_table_is_named() {
        refused(b"<!DOCTYPE html><table>", "web page");
        refused(b"\xef\xbb\xbf {\"a\": 1}", "JSON");
        refused(b"[{\"judet_id\": 1}]", "JSON");
        refused(b"%PDF-1.7", "PDF");
        refused(b"", "empty");
        refused(b"a\0b\0\0", "neither");
        refused(b"PK\x03\x04rest", "damaged");
    }

    #[test]
    fn a_part_that_inflates_beyond_reason_is_refused() {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let deflated = zip::write::SimpleFileOptions::default();
        zip.start_file("xl/workbook.xml", deflated).unwrap();
        std::io::Write::write_all(&mut zip, &vec![b' '; 11 << 20]).unwrap();
        let bytes = zip.finish().unwrap().into_inner();
        refused(&bytes, "inflates");
    }
}
