//! The kinds of file that are read, and the first bytes of those that are no table.

use crate::message::ingest::{Refusal, bytes as message};

/// A kind of file that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::ingest) enum Format {
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
    pub(in crate::ingest) fn name(self) -> &'static str {
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
    pub(in crate::ingest) fn contradicts(self, path: &str) -> Option<String> {
        let name = path.rsplit('/').next().unwrap_or(path);
        let extension = name.rsplit_once('.')?.1.to_lowercase();
        let known = [Self::Xlsx, Self::Xlsb, Self::Xls, Self::Ods, Self::Text];
        let promised = known.into_iter().any(|format| format.has_extension(&extension));
        (promised && !self.has_extension(&extension)).then_some(extension)
    }
}

/// Why a file is not a table that is read: what it is, and what to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::ingest) struct NotATable {
    pub(in crate::ingest) refusal: Refusal,
    /// Whether it is a file of another kind, and not one that is damaged or too big.
    pub(in crate::ingest) is_foreign: bool,
}

impl NotATable {
    /// A file of another kind.
    pub(super) fn foreign(refusal: Refusal) -> Self {
        Self { refusal, is_foreign: true }
    }

    /// A file that is damaged, protected or too big.
    pub(super) fn unreadable(refusal: Refusal) -> Self {
        Self { refusal, is_foreign: false }
    }
}

/// The first bytes of files of other kinds.
const SIGNATURES: [(&[u8], fn() -> Refusal); 12] = [
    (b"%PDF", message::pdf),
    (b"{\\rtf", message::rtf),
    (b"\x1f\x8b", message::gzip),
    (b"7z\xbc\xaf\x27\x1c", message::seven_zip),
    (b"Rar!", message::rar),
    (b"\x28\xb5\x2f\xfd", message::zstd),
    (b"PAR1", message::parquet),
    (b"ARROW1", message::arrow),
    (b"SQLite format 3", message::sqlite),
    (b"\x89PNG", message::png),
    (b"\xff\xd8\xff", message::jpeg),
    (b"GIF8", message::gif),
];

/// How much of a text is looked at for words of GeoJSON and `TopoJSON`.
const HEAD: usize = 64 << 10;

/// What a file is that does not begin like a table; `None` when nothing speaks against a table.
pub(super) fn of_another_kind(bytes: &[u8]) -> Option<Refusal> {
    if bytes.is_empty() {
        return Some(message::empty_file());
    }
    if let Some((_, kind)) = SIGNATURES.iter().find(|(start, _)| bytes.starts_with(start)) {
        return Some(kind());
    }
    let unmarked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = unmarked[..unmarked.len().min(HEAD)].trim_ascii_start();
    markup(head).or_else(|| script(head))
}

fn markup(head: &[u8]) -> Option<Refusal> {
    if !head.starts_with(b"<") {
        return None;
    }
    let lower = head[..head.len().min(1024)].to_ascii_lowercase();
    let has = |word: &[u8]| has_word(&lower, word);
    Some(if has(b"urn:schemas-microsoft-com:office:spreadsheet") && has(b"<workbook") {
        message::excel_2003()
    } else if has(b"office:document") && has(b"opendocument") {
        message::flat_ods()
    } else if has(b"<html") || has(b"<!doctype html") || has(b"<table") {
        message::web_page()
    } else if has(b"<svg") {
        message::svg()
    } else {
        message::xml()
    })
}

fn script(head: &[u8]) -> Option<Refusal> {
    let script = assignment(head);
    let data = script.unwrap_or(head);
    let inside = data.get(1..).unwrap_or_default().trim_ascii_start();
    let is_json = match data.first() {
        Some(b'{') => inside.starts_with(b"\"") || inside.starts_with(b"}"),
        Some(b'[') => inside.first().is_some_and(|byte| {
            matches!(byte, b'{' | b'[' | b'"' | b']' | b'-' | b'0'..=b'9') && !has_word(data, b";")
        }),
        _ => false,
    };
    if !is_json {
        return None;
    }
    let spaceless: Vec<u8> =
        data.iter().copied().filter(|byte| !byte.is_ascii_whitespace()).collect();
    let kind = if has_word(&spaceless, br#""type":"Topology""#) {
        message::topojson
    } else if has_word(&spaceless, br#""type":"FeatureCollection""#) {
        message::geojson
    } else {
        message::json
    };
    Some(kind(script.is_some()))
}

/// What stands behind `var name =`, `let name =` or `const name =`.
fn assignment(head: &[u8]) -> Option<&[u8]> {
    let words: [&[u8]; 3] = [b"var ", b"let ", b"const "];
    let rest = words.iter().find_map(|word| head.strip_prefix(*word))?;
    let equals = rest.iter().take(80).position(|&byte| byte == b'=')?;
    Some(rest[equals + 1..].trim_ascii_start())
}

fn has_word(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|window| window == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn is(bytes: &[u8], expected: &str) {
        let message = of_another_kind(bytes).unwrap().message;
        assert!(message.en.contains(expected), "{message:?}");
    }

    #[test]
    fn files_of_other_kinds_are_called_by_their_names() {
        is(b"%PDF-1.7", "PDF");
        is(b"", "empty");
        is(b"\x1f\x8b\x08", "gzip");
        is(b"<?xml version=\"1.0\"?><html>", "web page");
        is(b"\xef\xbb\xbf <!DOCTYPE html><table>", "web page");
        is(b"<?xml version=\"1.0\"?><rss/>", "XML");
        let excel_2003 = "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:\
                          spreadsheet\"><Worksheet><Table>";
        is(excel_2003.as_bytes(), "Excel 2003");
        is(b"<office:document xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns\">", "fods");
        is(b"{\"a\": 1}", "JSON, not");
        is(b"[ {\"judet_id\": 1}]", "JSON, not");
        is(b"{\n \"type\": \"FeatureCollection\"}", "GeoJSON");
        is(b"{\"type\":\"Topology\"}", "TopoJSON");
        is(b"var localitati = {\"type\":\"FeatureCollection\"}", "JavaScript with GeoJSON");
    }

    #[test]
    fn tables_are_left_alone() {
        for table in ["a,b\n1,2\n", "[1];[2]\n3;4\n", "variabila,cod\n1,2\n", "{x},y\n"] {
            assert_eq!(of_another_kind(table.as_bytes()), None, "{table}");
        }
    }
}
