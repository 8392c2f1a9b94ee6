//! The bytes of an input: which files they are, what kind of file they make.

pub(super) mod format;
pub(super) mod inputs;
pub(super) mod limits;
mod preflight;

use self::format::{Format, NotATable};
use self::limits::Budget;
use crate::message::ingest::bytes as message;

const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Decides the format of some bytes, and never by the extension of their file.
///
/// # Errors
/// What they are, where they are no table that is read.
pub(super) fn detect(bytes: &[u8], budget: &Budget) -> Result<Format, NotATable> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return preflight::archive(bytes, budget);
    }
    if bytes.starts_with(COMPOUND) {
        return compound(bytes);
    }
    match format::of_another_kind(bytes) {
        Some(other) => Err(NotATable::foreign(other)),
        None => text(bytes),
    }
}

fn compound(bytes: &[u8]) -> Result<Format, NotATable> {
    // The directory of a compound file names its streams in UTF-16.
    let encrypted: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    if bytes.windows(encrypted.len()).any(|window| window == encrypted) {
        return Err(NotATable::unreadable(message::password()));
    }
    Ok(Format::Xls)
}

fn text(bytes: &[u8]) -> Result<Format, NotATable> {
    let is_utf_16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    if !is_utf_16 && bytes.contains(&0) {
        return Err(NotATable::foreign(message::neither_sheet_nor_text()));
    }
    Ok(Format::Text)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[track_caller]
    fn refused(bytes: &[u8], expected: &str) {
        let message = detect(bytes, &Budget::default()).unwrap_err().refusal.message;
        assert!(message.en.contains(expected), "{message}");
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
