//! Text files, and what only pretends to be one.

use std::fmt::Write as _;

use super::Hostile;
use super::workbooks;

const HEADER: &str = "Judet,SIRUTA,Dosare\n";

/// A table with a word, a code and a number in each row.
fn table(row: impl Fn(usize, &mut String), rows: usize) -> Vec<u8> {
    let mut text = HEADER.to_owned();
    for at in 0..rows {
        row(at, &mut text);
    }
    text.into_bytes()
}

fn rows_of_one_code() -> Vec<u8> {
    table(|_, text| text.push_str("Alba,1017,5\n"), 1_048_576)
}

fn rows_of_unknown_codes() -> Vec<u8> {
    table(|at, text| writeln!(text, "Alba,{},5", 2_000_000 + at).unwrap(), 1_048_576)
}

fn rows_of_unknown_names() -> Vec<u8> {
    let mut text = "Judet,Localitate,Dosare\n".to_owned();
    for at in 0..600_000 {
        // The names of the first rows are known, so that the column looks like one of names.
        let name = ["Aiud", "Abrud", "Blaj", "Cugir"][at % 4];
        if at % 3 == 0 {
            writeln!(text, "Alba,{name},5").unwrap();
        } else {
            writeln!(text, "Narnia,{name}xyz{at},5").unwrap();
        }
    }
    text.into_bytes()
}

fn columns() -> Vec<u8> {
    let mut text = "Judet,SIRUTA,Dosare".to_owned();
    (0..10_000).for_each(|at| write!(text, ",Coloana {at}").unwrap());
    for code in [1017, 1213, 1348, 1696, 1794, 1936] {
        write!(text, "\nAlba,{code},5").unwrap();
        text.push_str(&",1".repeat(10_000));
    }
    text.into_bytes()
}

fn an_open_quote() -> Vec<u8> {
    let mut bytes = table(|_, text| text.push_str("Alba,1017,5\n"), 3);
    bytes.extend(b"Alba,\"1213,5\n");
    bytes.extend(b"Alba,1348,5\n".repeat(2_000_000));
    bytes
}

fn nul_bytes() -> Vec<u8> {
    table(|_, text| text.push_str("Alba,10\u{0}17,5\n"), 1_000)
}

fn lone_surrogates() -> Vec<u8> {
    let mut bytes = HEADER.as_bytes().to_vec();
    for code in ["1017", "1213", "1348"] {
        bytes.extend(b"Alba\xed\xa0\x80,");
        bytes.extend(code.as_bytes());
        bytes.extend(b",5\n");
    }
    bytes
}

fn lone_surrogates_in_utf_16() -> Vec<u8> {
    let mut units: Vec<u16> = vec![0xfeff];
    units.extend("Judet\tSIRUTA\tDosare\r\nAlba\t1017\t5\r\nAlba".encode_utf16());
    units.push(0xd800);
    units.extend("\t1213\t6\r\n".encode_utf16());
    units.into_iter().flat_map(u16::to_le_bytes).collect()
}

fn labels_without_end() -> Vec<u8> {
    let mut text = "Localitati, Ani, UM: Numar, Valoare\n".to_owned();
    for at in 0..400_000 {
        writeln!(text, "{at} SAT NOU {at}, Anul 2024, Numar, 5").unwrap();
    }
    text.into_bytes()
}

fn larger_than_the_limit() -> Vec<u8> {
    let mut bytes = HEADER.as_bytes().to_vec();
    bytes.extend(b"Alba,1017,5\n".repeat((161 << 20) / 12));
    bytes
}

fn a_plain_zip() -> Vec<u8> {
    super::files::pack(&[("date.csv".to_owned(), rows_of_one_code()[..200].to_vec())])
}

fn control_signs() -> Vec<u8> {
    table(|_, text| text.push_str("\u{1b}[31mAlba\u{202e}\u{7},1017,5\n"), 2)
}

#[expect(clippy::too_many_lines, reason = "a list, a few lines an entry")]
pub(crate) fn hostile() -> Vec<Hostile> {
    let one =
        |name, file, make, inspected, checked| Hostile { name, file, make, inspected, checked };
    vec![
        one(
            "a_million_rows_of_one_code",
            "a.csv",
            rows_of_one_code,
            "every area stands in",
            "many more than there are",
        ),
        one(
            "a_million_rows_of_unknown_codes",
            "a.csv",
            rows_of_unknown_codes,
            "cannot be a source",
            "it is not read on",
        ),
        one(
            "names_that_nobody_knows",
            "a.csv",
            rows_of_unknown_names,
            "Localitate",
            "there is no column `SIRUTA`",
        ),
        one(
            "ten_thousand_columns_of_text",
            "a.csv",
            columns,
            "more columns",
            "3,175 of 3,181 units have no row",
        ),
        one(
            "a_quote_that_never_closes",
            "a.csv",
            an_open_quote,
            "a quotation mark is missing",
            "a quotation mark is missing",
        ),
        one(
            "nul_bytes",
            "a.csv",
            nul_bytes,
            "neither a spreadsheet nor a text",
            "neither a spreadsheet nor a text",
        ),
        one("lone_surrogates", "a.csv", lone_surrogates, "windows-1250", "read as `windows-1250`"),
        one(
            "lone_surrogates_in_utf_16",
            "a.txt",
            lone_surrogates_in_utf_16,
            "some bytes mean nothing",
            "some bytes mean nothing",
        ),
        one(
            "labels_without_end",
            "a.csv",
            labels_without_end,
            "cannot be a source",
            "there is no column",
        ),
        one(
            "a_text_larger_than_the_limit",
            "a.csv",
            larger_than_the_limit,
            "--max-file-mib",
            "--max-file-mib",
        ),
        one(
            "a_zip_behind_csv",
            "a.csv",
            a_plain_zip,
            "zip archive, not a spreadsheet",
            "zip archive, not a spreadsheet",
        ),
        one(
            "a_web_page_behind_xls",
            "a.xls",
            || b"<html><table><tr><td>Alba</table>".to_vec(),
            "web page",
            "web page",
        ),
        one("json_behind_xls", "a.xls", || b"[{\"SIRUTA\": 1017}]".to_vec(), "JSON", "JSON"),
        one(
            "a_text_behind_xls",
            "a.xls",
            || table(|_, text| text.push_str("Alba,1017,5\n"), 1),
            "text (and not .xls)",
            "is called `.xls` but holds text",
        ),
        one("an_empty_file", "a.csv", Vec::new, "empty", "empty"),
        one(
            "nothing_but_line_ends",
            "a.csv",
            || b"\r\n".repeat(5_000_000),
            "data",
            "there is no column",
        ),
        one(
            "signs_that_steer_a_terminal",
            "a.csv",
            control_signs,
            "1017",
            "and was given no value",
        ),
        one(
            "a_workbook_behind_csv",
            "a.csv",
            workbooks::sound,
            "xlsx (and not .csv)",
            "is called `.csv` but holds xlsx",
        ),
    ]
}
