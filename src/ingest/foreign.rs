//! Recognises files that are no tables by their first bytes, so that they are called what they are.

use super::format::{NotATable, refuse};
use crate::quality::{Message, message};

/// The beginning of a file of another kind, what it is and what to do, in English and in Romanian.
struct Magic {
    bytes: &'static [u8],
    is: [&'static str; 2],
    hint: [&'static str; 2],
}

const fn magic(bytes: &'static [u8], is: [&'static str; 2], hint: [&'static str; 2]) -> Magic {
    Magic { bytes, is, hint }
}

const UNPACK: [&str; 2] =
    ["unpack it and name the file inside", "despachetați-l și numiți fișierul dinăuntru"];
const SAVE: [&str; 2] = ["save it as csv or xlsx", "salvați-l ca csv sau xlsx"];
const SAVE_IN_EXCEL: [&str; 2] =
    ["open it in Excel and save it as xlsx", "deschideți-l în Excel și salvați-l ca xlsx"];
const BEHIND_PICTURE: [&str; 2] = [
    "ask the publisher for the table behind it",
    "cereți instituției care publică tabelul după care a fost făcută",
];

const MAGIC: [Magic; 12] = [
    magic(
        b"%PDF",
        ["it is a PDF", "este un PDF"],
        [
            "ask the publisher for the spreadsheet behind it",
            "cereți instituției care publică foaia de calcul după care a fost făcut",
        ],
    ),
    magic(
        b"{\\rtf",
        ["it is a text document (RTF)", "este un document text (RTF)"],
        ["copy its table into a spreadsheet", "copiați tabelul lui într-o foaie de calcul"],
    ),
    magic(b"\x1f\x8b", ["it is packed with gzip", "este arhivat cu gzip"], UNPACK),
    magic(b"7z\xbc\xaf\x27\x1c", ["it is a 7z archive", "este o arhivă 7z"], UNPACK),
    magic(b"Rar!", ["it is a rar archive", "este o arhivă rar"], UNPACK),
    magic(b"\x28\xb5\x2f\xfd", ["it is packed with zstd", "este arhivat cu zstd"], UNPACK),
    magic(b"PAR1", ["it is Parquet", "este Parquet"], SAVE),
    magic(b"ARROW1", ["it is an Arrow file", "este un fișier Arrow"], SAVE),
    magic(
        b"SQLite format 3",
        ["it is a SQLite database", "este o bază de date SQLite"],
        ["export the table as csv", "exportați tabelul ca csv"],
    ),
    magic(b"\x89PNG", ["it is a picture (PNG)", "este o imagine (PNG)"], BEHIND_PICTURE),
    magic(b"\xff\xd8\xff", ["it is a picture (JPEG)", "este o imagine (JPEG)"], BEHIND_PICTURE),
    magic(b"GIF8", ["it is a picture (GIF)", "este o imagine (GIF)"], BEHIND_PICTURE),
];

/// How much of a text is looked at for words of GeoJSON and TopoJSON.
const HEAD: usize = 64 << 10;

/// What a file is that does not begin like a table; `None` when nothing speaks against a table.
pub(super) fn recognise(bytes: &[u8]) -> Option<NotATable> {
    if bytes.is_empty() {
        let again = ["download it again", "descărcați-l din nou"];
        return Some(told(["the file is empty", "fișierul este gol"], again));
    }
    if let Some(magic) = MAGIC.iter().find(|magic| bytes.starts_with(magic.bytes)) {
        return Some(told(magic.is, magic.hint));
    }
    let unmarked = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let head = unmarked[..unmarked.len().min(HEAD)].trim_ascii_start();
    markup(head).or_else(|| script(head))
}

fn told(is: [&str; 2], hint: [&str; 2]) -> NotATable {
    refuse(said(is), said(hint)).of_another_kind()
}

fn said([en, ro]: [&str; 2]) -> Message {
    Message { en: en.to_owned(), ro: ro.to_owned() }
}

fn markup(head: &[u8]) -> Option<NotATable> {
    if !head.starts_with(b"<") {
        return None;
    }
    let lower = head[..head.len().min(1024)].to_ascii_lowercase();
    let has = |word: &[u8]| lower.windows(word.len()).any(|window| window == word);
    if has(b"<html") || has(b"<!doctype html") || has(b"<table") {
        let is = [
            "it is a web page (HTML), whatever its extension says",
            "este o pagină web (HTML), orice ar spune extensia",
        ];
        return Some(told(is, SAVE_IN_EXCEL));
    }
    if has(b"urn:schemas-microsoft-com:office:spreadsheet") {
        let is =
            ["it is an Excel 2003 workbook in XML", "este un registru de calcul Excel 2003 în XML"];
        return Some(told(is, SAVE_IN_EXCEL));
    }
    if has(b"<svg") {
        return Some(told(["it is a picture (SVG)", "este o imagine (SVG)"], BEHIND_PICTURE));
    }
    Some(told(["it is XML, not a table", "este XML, nu un tabel"], SAVE_IN_EXCEL))
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
        ["TopoJSON (boundaries)", "TopoJSON (limite)"]
    } else if has_word(&spaceless, br#""type":"FeatureCollection""#) {
        ["GeoJSON (boundaries or points)", "GeoJSON (limite sau puncte)"]
    } else {
        ["JSON"; 2]
    };
    let kind = said(kind);
    let message = match script {
        Some(_) => message!(
            "it is JavaScript with {kind} inside, not a table",
            "este JavaScript cu {kind} înăuntru, nu un tabel";
            kind = kind,
        ),
        None => message!("it is {kind}, not a table", "este {kind}, nu un tabel"; kind = kind),
    };
    let hint = if kind.en == "JSON" {
        message!("ask for the table as csv or xlsx", "cereți tabelul ca csv sau xlsx")
    } else {
        message!(
            "boundaries are no source of numbers; ask for the table as csv or xlsx",
            "limitele nu sunt o sursă de numere; cereți tabelul ca csv sau xlsx",
        )
    };
    Some(refuse(message, hint).of_another_kind())
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
        let message = recognise(bytes).unwrap().message;
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
