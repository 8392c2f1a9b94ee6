//! Recognises files that are no tables by their first bytes, so that they are called what they are.

use super::format::{NotATable, refuse};

/// What begins a file of another kind, what it is, and what to do.
const MAGIC: [(&[u8], &str, &str); 12] = [
    (b"%PDF", "it is a PDF", "ask the publisher for the spreadsheet behind it"),
    (b"{\\rtf", "it is a text document (RTF)", "copy its table into a spreadsheet"),
    (b"\x1f\x8b", "it is packed with gzip", "unpack it and name the file inside"),
    (b"7z\xbc\xaf\x27\x1c", "it is a 7z archive", "unpack it and name the file inside"),
    (b"Rar!", "it is a rar archive", "unpack it and name the file inside"),
    (b"\x28\xb5\x2f\xfd", "it is packed with zstd", "unpack it and name the file inside"),
    (b"PAR1", "it is Parquet", "save it as csv or xlsx"),
    (b"ARROW1", "it is an Arrow file", "save it as csv or xlsx"),
    (b"SQLite format 3", "it is a SQLite database", "export the table as csv"),
    (b"\x89PNG", "it is a picture (PNG)", "ask the publisher for the table behind it"),
    (b"\xff\xd8\xff", "it is a picture (JPEG)", "ask the publisher for the table behind it"),
    (b"GIF8", "it is a picture (GIF)", "ask the publisher for the table behind it"),
];

/// How much of a text is looked at for words of GeoJSON and TopoJSON.
const HEAD: usize = 64 << 10;

/// What a file is that does not begin like a table; `None` when nothing speaks against a table.
pub(super) fn recognise(bytes: &[u8]) -> Option<NotATable> {
    if bytes.is_empty() {
        return Some(told("the file is empty", "download it again"));
    }
    if let Some((_, message, hint)) = MAGIC.iter().find(|(magic, _, _)| bytes.starts_with(magic)) {
        return Some(told(message, hint));
    }
    let unmarked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = unmarked[..unmarked.len().min(HEAD)].trim_ascii_start();
    markup(head).or_else(|| script(head))
}

fn told(message: &str, hint: &'static str) -> NotATable {
    refuse(message, hint).of_another_kind()
}

fn markup(head: &[u8]) -> Option<NotATable> {
    if !head.starts_with(b"<") {
        return None;
    }
    let lower = head[..head.len().min(1024)].to_ascii_lowercase();
    let has = |word: &[u8]| lower.windows(word.len()).any(|window| window == word);
    if has(b"<html") || has(b"<!doctype html") || has(b"<table") {
        let message = "it is a web page (HTML), whatever its extension says";
        return Some(told(message, "open it in Excel and save it as xlsx"));
    }
    if has(b"urn:schemas-microsoft-com:office:spreadsheet") {
        let message = "it is an Excel 2003 workbook in XML";
        return Some(told(message, "open it in Excel and save it as xlsx"));
    }
    if has(b"<svg") {
        return Some(told("it is a picture (SVG)", "ask the publisher for the table behind it"));
    }
    Some(told("it is XML, not a table", "open it in Excel and save it as xlsx"))
}

fn script(head: &[u8]) -> Option<NotATable> {
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
        "TopoJSON (boundaries)"
    } else if has_word(&spaceless, br#""type":"FeatureCollection""#) {
        "GeoJSON (boundaries or points)"
    } else {
        "JSON"
    };
    let message = match script {
        Some(_) => format!("it is JavaScript with {kind} inside, not a table"),
        None => format!("it is {kind}, not a table"),
    };
    let hint = if kind == "JSON" {
        "ask for the table as csv or xlsx"
    } else {
        "boundaries are no source of numbers; ask for the table as csv or xlsx"
    };
    Some(told(&message, hint))
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
        let message = recognise(bytes).map(|found| found.message).unwrap_or_default();
        assert!(message.contains(expected), "{message:?}");
    }

    #[test]
    fn files_of_other_kinds_are_called_by_their_names() {
        is(b"%PDF-1.7", "PDF");
        is(b"", "empty");
        is(b"\x1f\x8b\x08", "gzip");
        is(b"<?xml version=\"1.0\"?><html>", "web page");
        is(b"\xef\xbb\xbf <!DOCTYPE html><table>", "web page");
        is(b"<?xml version=\"1.0\"?><rss/>", "XML");
        is(b"{\"a\": 1}", "JSON, not");
        is(b"[ {\"judet_id\": 1}]", "JSON, not");
        is(b"{\n \"type\": \"FeatureCollection\"}", "GeoJSON");
        is(b"{\"type\":\"Topology\"}", "TopoJSON");
        is(b"var localitati = {\"type\":\"FeatureCollection\"}", "JavaScript with GeoJSON");
    }

    #[test]
    fn tables_are_left_alone() {
        for table in ["a,b\n1,2\n", "[1];[2]\n3;4\n", "variabila,cod\n1,2\n", "{x},y\n"] {
            assert_eq!(recognise(table.as_bytes()), None, "{table}");
        }
    }
}
