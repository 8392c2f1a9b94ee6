//! What kind of file it is, decided by its bytes and never by its extension.

use super::budget::Budget;
use super::{foreign, preflight};
use crate::quality::{Message, message};

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
    pub(super) message: Message,
    pub(super) hint: Message,
    foreign: bool,
}

impl NotATable {
    /// Whether it is a file of another kind, and not one that is damaged or too big.
    pub(super) fn is_foreign(&self) -> bool {
        self.foreign
    }

    /// The same refusal, of a file of another kind.
    pub(super) fn of_another_kind(mut self) -> Self {
        self.foreign = true;
        self
    }
}

pub(super) fn refuse(message: Message, hint: Message) -> NotATable {
    NotATable { message, hint, foreign: false }
}

const COMPOUND: &[u8] = &[0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];

/// Decides the format of some bytes.
pub(super) fn detect(bytes: &[u8], budget: &Budget) -> Result<Format, NotATable> {
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06") {
        return preflight::archive(bytes, budget);
    }
    if bytes.starts_with(COMPOUND) {
        return compound(bytes);
    }
    match foreign::recognise(bytes) {
        Some(other) => Err(other),
        None => text(bytes),
    }
}

fn compound(bytes: &[u8]) -> Result<Format, NotATable> {
    // The directory of a compound file names its streams in UTF-16.
    let encrypted: Vec<u8> = "EncryptedPackage".bytes().flat_map(|byte| [byte, 0]).collect();
    if bytes.windows(encrypted.len()).any(|window| window == encrypted) {
        return Err(refuse(
            message!(
                "the workbook is protected by a password",
                "registrul de calcul este protejat cu parolă",
            ),
            message!(
                "remove the password in Excel: File, Info, Protect Workbook",
                "scoateți parola în Excel: Fișier, Informații, Protejare registru de lucru",
            ),
        ));
    }
    Ok(Format::Xls)
}

fn text(bytes: &[u8]) -> Result<Format, NotATable> {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Ok(Format::Text);
    }
    if bytes.contains(&0) {
        let refusal = refuse(
            message!(
                "it is neither a spreadsheet nor a text",
                "nu este nici foaie de calcul, nici text",
            ),
            message!("save it as xlsx, ods or csv", "salvați-l ca xlsx, ods sau csv"),
        );
        return Err(refusal.of_another_kind());
    }
    Ok(Format::Text)
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    #[track_caller]
    fn refused(bytes: &[u8], expected: &str) {
        let message = detect(bytes, &Budget::default()).unwrap_err().message;
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
