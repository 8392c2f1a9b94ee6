//! The bytes of an input: which files they are, what kind of file they make.

pub(super) mod format;
pub(super) mod inputs;
pub(super) mod limits;
mod preflight;

use self::format::{Format, NotATable};
use self::limits::Budget;
use crate::message::ingest::{bytes as message, sheet};

const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Decides the format of some bytes, and never by the extension of their file. A declared encoding of
/// two bytes a letter is believed: such a text may lack the mark that shows it.
///
/// # Errors
/// What they are, where they are no table that is read.
pub(super) fn detect(
    bytes: &[u8],
    encoding: Option<&str>,
    budget: &Budget,
) -> Result<Format, NotATable> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return preflight::archive(bytes, budget);
    }
    if bytes.starts_with(COMPOUND) {
        return compound(bytes);
    }
    match format::of_another_kind(bytes) {
        Some(other) => Err(NotATable::foreign(other)),
        None => text(bytes, encoding),
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

fn text(bytes: &[u8], encoding: Option<&str>) -> Result<Format, NotATable> {
    let is_marked = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    let is_declared = encoding.is_some_and(|label| label.to_lowercase().starts_with("utf-16"));
    if is_marked || is_declared || !bytes.contains(&0) {
        return Ok(Format::Text);
    }
    let refusal =
        unmarked_utf_16(bytes).map_or_else(message::neither_sheet_nor_text, sheet::utf_16);
    Err(NotATable::foreign(refusal))
}

/// The encoding of a text of two bytes a letter without a mark, in which nearly every second byte is
/// zero.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static str> {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = head.len() * 2 / 5;
    match (even, odd) {
        (0, zeros) if zeros > most => Some("utf-16le"),
        (zeros, 0) if zeros > most => Some("utf-16be"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[track_caller]
    fn refused(bytes: &[u8], expected: &str) {
        let message = detect(bytes, None, &Budget::default()).unwrap_err().refusal.message;
        assert!(message.en.contains(expected), "{message}");
    }

    #[test]
    fn bytes_decide_and_the_extension_does_not() {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        workbook.add_worksheet().write(0, 0, 1).unwrap();
        let bytes = workbook.save_to_buffer().unwrap();
        assert_eq!(detect(&bytes, None, &Budget::default()), Ok(Format::Xlsx));
        assert_eq!(Format::Xlsx.contradicts("in/a.CSV"), Some("csv".to_owned()));
        assert_eq!(Format::Text.contradicts("in/a.csv"), None);
        assert_eq!(Format::Text.contradicts("in/export"), None);
        assert_eq!(detect(b"a,b\n1,2\n", None, &Budget::default()), Ok(Format::Text));
    }

    #[test]
    fn what_is_no_table_is_named() {
        refused(b"<!DOCTYPE html><table>", "web page");
        refused(b"\xef\xbb\xbf {\"a\": 1}", "JSON");
        refused(b"[{\"judet_id\": 1}]", "JSON");
        refused(b"%PDF-1.7", "PDF");
        refused(b"", "empty");
        refused(b"a\0b\0\0", "neither");
        let wide: Vec<u8> = "cod\tnume\n".bytes().flat_map(|byte| [byte, 0]).collect();
        refused(&wide, "two bytes");
        let declared = detect(&wide, Some("UTF-16LE"), &Budget::default());
        assert_eq!(declared, Ok(Format::Text));
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
