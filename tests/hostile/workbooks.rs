//! Workbooks that are bombs, damaged, locked, or written by nobody's spreadsheet program.

use std::fmt::Write as _;

use super::Hostile;
use super::archive::{Packed, archive};
use super::files::xls::{self, Cell, Sheet};
use super::files::{Parts, ods, pack};
use super::xlsx;

const CODES: [&str; 6] = ["1017", "1213", "1348", "1696", "1794", "1936"];

fn header() -> String {
    xlsx::row(1, &["Judet", "SIRUTA", "Dosare"])
}

/// The header and six rows, each with that cell as its third.
fn rows(third: impl Fn(usize) -> String) -> String {
    let mut text = header();
    for (row, code) in (2..).zip(CODES) {
        let cells = xlsx::row(row, &["Alba", code]);
        let cells = cells.trim_end_matches("</row>");
        write!(text, "{cells}{}</row>", third(row)).unwrap();
    }
    text
}

fn number(row: usize) -> String {
    format!(r#"<c r="C{row}"><v>5</v></c>"#)
}

fn book(rows: &str) -> Vec<u8> {
    pack(&xlsx::parts(rows, "visible", ""))
}

/// A workbook that is as it should be.
pub(crate) fn sound() -> Vec<u8> {
    book(&rows(number))
}

/// The parts of a sound workbook as an archive is written by hand, without the one of that name.
fn by_hand(parts: &Parts, without: &str) -> Vec<Packed> {
    let kept = parts.iter().filter(|(name, _)| name != without);
    kept.map(|(name, bytes)| Packed::of(name, bytes)).collect()
}

const SHEET: &str = "xl/worksheets/sheet1.xml";

fn two_far_cells() -> Vec<u8> {
    book(
        r#"<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#,
    )
}

fn lies_about_its_dimensions() -> Vec<u8> {
    let mut parts = xlsx::parts(&rows(number), "visible", "");
    let sheet = String::from_utf8(parts[4].1.clone()).unwrap();
    let lie = r#"<dimension ref="A1:XFD1048576"/><sheetData>"#;
    parts[4].1 = sheet.replace("<sheetData>", lie).into_bytes();
    pack(&parts)
}

fn a_row_of_no_number() -> Vec<u8> {
    let row = r#"<row r="99999999999"><c r="A99999999999"><v>1</v></c></row>"#;
    book(&(rows(number) + row))
}

fn one_part_bomb() -> Vec<u8> {
    let mut parts = by_hand(&xlsx::parts(&rows(number), "visible", ""), SHEET);
    parts.push(Packed::repeated(SHEET, &vec![b' '; 10 << 20], 300, false));
    archive(&parts)
}

fn many_part_bomb() -> Vec<u8> {
    let mut parts = by_hand(&xlsx::parts(&rows(number), "visible", ""), "");
    for at in 0..150 {
        let name = format!("xl/media/image{at}.bin");
        parts.push(Packed::repeated(&name, &vec![b' '; 9 << 20], 1, false));
    }
    archive(&parts)
}

fn bomb_that_lies_about_its_size() -> Vec<u8> {
    let mut parts = by_hand(&xlsx::parts(&rows(number), "visible", ""), SHEET);
    let bomb = Packed::repeated(SHEET, &vec![b' '; 10 << 20], 30, false);
    parts.push(bomb.lying(500));
    archive(&parts)
}

fn shared_texts() -> Vec<u8> {
    // Texts that compress badly, so that the ratio does not give them away.
    let mut state = 1_u32;
    let mut items = String::new();
    for _ in 0..3_400_000 {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        write!(items, "<si><t>{}</t></si>", state >> 20).unwrap();
    }
    let mut parts = xlsx::parts(&rows(number), "visible", "");
    parts.push(xlsx::shared(&items));
    pack(&parts)
}

fn too_many_parts() -> Vec<u8> {
    let mut parts = by_hand(&xlsx::parts(&rows(number), "visible", ""), "");
    parts.extend((0..10_001).map(|at| Packed::of(&format!("xl/media/{at}"), b"")));
    archive(&parts)
}

fn parts_of_one_name() -> Vec<u8> {
    let mut parts = by_hand(&xlsx::parts(&rows(number), "visible", ""), "");
    parts.extend(by_hand(&xlsx::parts(&header(), "visible", ""), ""));
    archive(&parts)
}

fn paths_out_of_the_archive() -> Vec<u8> {
    let mut parts = xlsx::parts(&rows(number), "visible", "");
    for name in ["../../etc/passwd", "/etc/passwd", "C:\\Windows\\x", "xl\\workbook.xml"] {
        parts.push((name.to_owned(), b"x".to_vec()));
    }
    pack(&parts)
}

fn truncated() -> Vec<u8> {
    let mut bytes = sound();
    bytes.truncate(bytes.len() / 2);
    bytes
}

fn entities(declared: &str) -> Vec<u8> {
    let mut parts =
        xlsx::parts(&rows(|row| format!(r#"<c r="C{row}" t="str"><v>&z;</v></c>"#)), "visible", "");
    let sheet = String::from_utf8(parts[4].1.clone()).unwrap();
    let declared = format!("?><!DOCTYPE x [{declared}]>");
    parts[4].1 = sheet.replacen("?>", &declared, 1).into_bytes();
    pack(&parts)
}

fn billion_laughs() -> Vec<u8> {
    let mut declared = "<!ENTITY a \"ha\">".to_owned();
    for (before, letter) in ('a'..='y').zip('b'..='z') {
        let ten = format!("&{before};").repeat(10);
        write!(declared, "<!ENTITY {letter} \"{ten}\">").unwrap();
    }
    entities(&declared)
}

fn columns() -> Vec<u8> {
    let names: Vec<String> = (0..10_000).map(|at| format!("Coloana {at}")).collect();
    let mut first = vec!["Judet", "SIRUTA", "Dosare"];
    first.extend(names.iter().map(String::as_str));
    let mut text = xlsx::row(1, &first);
    for (row, code) in (2..).zip(CODES) {
        let mut cells = vec!["Alba", code, "5"];
        cells.resize(first.len(), "1");
        text.push_str(&xlsx::row(row, &cells));
    }
    book(&text)
}

fn merged_everywhere() -> Vec<u8> {
    let mut text = header();
    for (row, code) in (2..).zip(CODES) {
        text.push_str(&xlsx::row(row, &["Alba", code, "5"]));
    }
    text.push_str(r#"<row r="60"><c r="XFD60"><v>1</v></c></row>"#);
    let mut rest = r#"<mergeCells count="60000">"#.to_owned();
    for at in 0..60_000 {
        let column = xlsx::column_name(3 + at % 16_000);
        write!(rest, r#"<mergeCell ref="{column}1:XFD{}"/>"#, 1 + at % 70).unwrap();
    }
    rest.push_str("</mergeCells>");
    pack(&xlsx::parts(&text, "visible", &rest))
}

fn a_million_rows() -> Vec<u8> {
    let parts = xlsx::parts("", "visible", "");
    let sheet = String::from_utf8(parts[4].1.clone()).unwrap();
    let (head, tail) = sheet.split_once("</sheetData>").unwrap();
    let mut text = head.to_owned();
    for row in 0..1_048_576 {
        write!(text, "<row><c><v>{}</v></c></row>", row % 7_919).unwrap();
    }
    write!(text, "</sheetData>{tail}").unwrap();
    let mut packed = by_hand(&parts, SHEET);
    packed.push(Packed::of(SHEET, text.as_bytes()));
    archive(&packed)
}

fn long_cells() -> Vec<u8> {
    let text = "x".repeat(32_767);
    book(&rows(|row| format!(r#"<c r="C{row}" t="str"><v>{text}</v></c>"#)))
}

fn formulas() -> Vec<u8> {
    let mut text = header();
    for row in 2..20_000 {
        let code = CODES[row % 6];
        let cells = xlsx::row(row, &["Alba", code]);
        let cells = cells.trim_end_matches("</row>");
        write!(text, r#"{cells}<c r="C{row}"><f>SUM(A1:XFD1048576)</f></c></row>"#).unwrap();
    }
    book(&text)
}

fn uncalculated() -> Vec<u8> {
    book(&rows(|row| format!(r#"<c r="C{row}"><f>1+1</f></c>"#)))
}

fn not_finite() -> Vec<u8> {
    let values = ["NaN", "inf", "-inf", "1E400", "INF", "nan"];
    book(&rows(|row| format!(r#"<c r="C{row}"><v>{}</v></c>"#, values[row % 6])))
}

fn errors() -> Vec<u8> {
    book(&rows(|row| format!(r#"<c r="C{row}" t="e"><v>#DIV/0!</v></c>"#)))
}

fn duplicate_cells() -> Vec<u8> {
    book(&rows(|row| format!("{}{}", number(row), number(row))))
}

fn lone_surrogate() -> Vec<u8> {
    book(&rows(|row| format!(r#"<c r="C{row}" t="str"><v>&#xD800;</v></c>"#)))
}

fn hidden() -> Vec<u8> {
    pack(&xlsx::parts(&rows(number), "veryHidden", ""))
}

fn without_sheets() -> Vec<u8> {
    let mut parts = xlsx::parts("", "visible", "");
    let text = String::from_utf8(parts[2].1.clone()).unwrap();
    let (head, rest) = text.split_once("<sheets>").unwrap();
    let (_, tail) = rest.split_once("</sheets>").unwrap();
    parts[2].1 = format!("{head}<sheets></sheets>{tail}").into_bytes();
    pack(&parts)
}

fn encrypted() -> Vec<u8> {
    xls::compound("EncryptedPackage", &[0; 5_000])
}

fn ods_of(table: &str) -> Vec<u8> {
    ods::workbook(table)
}

fn ods_rows() -> Vec<u8> {
    ods_of(
        r#"<table:table table:name="a"><table:table-row table:number-rows-repeated="1048576"><table:table-cell table:number-columns-repeated="90" office:value-type="float" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row></table:table>"#,
    )
}

fn ods_columns() -> Vec<u8> {
    let row = r#"<table:table-row><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>Alba</text:p></table:table-cell></table:table-row>"#;
    ods_of(&format!(r#"<table:table table:name="a">{}</table:table>"#, row.repeat(3_000)))
}

fn ods_spaces() -> Vec<u8> {
    let cell = r#"<table:table-cell office:value-type="string"><text:p><text:s text:c="2000000000"/></text:p></table:table-cell>"#;
    ods_of(&format!(
        r#"<table:table table:name="a"><table:table-row>{cell}</table:table-row></table:table>"#
    ))
}

fn ods_entities() -> Vec<u8> {
    let bytes = ods_of(&ods::table("a", &[&["Judet", "&z;", "Dosare"]]));
    let mut parts = super::files::unpack(&bytes);
    let content = String::from_utf8(parts[1].1.clone()).unwrap();
    let declared = r#"?><!DOCTYPE x [<!ENTITY z SYSTEM "file:///etc/passwd">]>"#;
    parts[1].1 = content.replacen("?>", declared, 1).into_bytes();
    pack(&parts)
}

pub(crate) fn old_rows() -> Sheet<'static> {
    let mut rows: Vec<[&str; 3]> = vec![["Judet", "SIRUTA", "Dosare"]];
    rows.extend(CODES.iter().map(|code| ["Alba", *code, "5"]));
    let rows: Vec<&[&str]> = rows.iter().map(|row| &row[..]).collect();
    Sheet::of("data", &rows)
}

/// A sound workbook whose sheet says that it has 4,294,967,295 rows of 65,535 columns.
pub(crate) fn xls_of_petabytes() -> Vec<u8> {
    let mut records = xls::records(&[old_rows()], false);
    let dimensions = [0x00, 0x02, 14, 0];
    let at = records.windows(4).position(|window| window == dimensions).unwrap() + 4;
    records[at + 4..at + 8].fill(0xff);
    records[at + 10..at + 12].fill(0xff);
    xls::compound("Workbook", &records)
}

fn xls_far_cells() -> Vec<u8> {
    let cells = vec![(0, 0, Cell::Number(1.0)), (65_535, 255, Cell::Number(1.0))];
    xls::workbook(&[Sheet::new("data", cells)])
}

fn xls_from_1904() -> Vec<u8> {
    let mut sheet = old_rows();
    for row in 1..=6 {
        sheet.cells.retain(|cell| (cell.0, cell.1) != (row, 2));
        sheet.cells.push((row, 2, Cell::Date(44_000.0)));
    }
    xls::compound("Workbook", &xls::records(&[sheet], true))
}

fn xls_of_every_kind() -> Vec<u8> {
    let mut sheet = old_rows();
    sheet.cells.retain(|cell| cell.1 != 2 || cell.0 == 0);
    let kinds =
        [Cell::Short(5), Cell::Bool(true), Cell::Error, Cell::Formula(3.0), Cell::Number(7.5)];
    sheet.cells.extend((1..).zip(kinds).map(|(row, cell)| (row, 2, cell)));
    sheet.merges = vec![[0, 0, 0, 1]];
    xls::workbook(&[sheet, Sheet { name: "ascuns", hidden: 2, ..old_rows() }])
}

fn xls_locked() -> Vec<u8> {
    let records = xls::records(&[old_rows()], false);
    let mut locked = records[..20].to_vec();
    locked.extend([0x2f, 0, 54, 0, 1, 0]);
    locked.resize(locked.len() + 52, 7);
    locked.extend(&records[20..]);
    xls::compound("Workbook", &locked)
}

fn xls_without_end() -> Vec<u8> {
    let mut bytes = xls::workbook(&[old_rows()]);
    // The sectors of its stream follow each other in a circle.
    let table = 512;
    bytes[table + 4 * 5..table + 4 * 6].copy_from_slice(&2_u32.to_le_bytes());
    bytes
}

fn xls_truncated() -> Vec<u8> {
    let mut bytes = xls::workbook(&[old_rows()]);
    bytes.truncate(2_000);
    bytes
}

/// Merged cells from their end to their beginning, over everything, and of cells that cannot be.
fn merges_that_cannot_be() -> Vec<u8> {
    let ranges =
        ["C7:C2", "A1:XFD1048576", "A0:B1", "A99999999999:B2", "", "C3:C3:C3", "XFE1:ZZZ9"];
    let merges = ranges.map(|range| format!(r#"<mergeCell ref="{range}"/>"#)).concat();
    let rest = format!("<mergeCells>{merges}<mergeCell/></mergeCells>");
    pack(&xlsx::parts(&rows(number), "visible", &rest))
}

/// Hidden rows and columns beyond any sheet, filters from their end to their beginning.
fn hidden_beyond_the_sheet() -> Vec<u8> {
    let hidden = rows(number).replace("<row ", r#"<row hidden="1" "#);
    let hidden = hidden.replace(r#"r="4""#, r#"r="4294967295""#);
    let rest = r#"<autoFilter ref="C4294967295:A2"/>"#;
    let mut parts = xlsx::parts(&hidden, "visible", rest);
    let sheet = String::from_utf8(parts[4].1.clone()).unwrap();
    let columns = r#"<cols><col min="9" max="4294967295" hidden="1"/><col min="0" max="0" hidden="true"/><col hidden="1"/></cols><sheetData>"#;
    parts[4].1 = sheet.replace("<sheetData>", columns).into_bytes();
    pack(&parts)
}

/// Marks without a number, numbers without an end, runs in runs.
fn raised_letters() -> Vec<u8> {
    let run =
        |text: &str| format!(r#"<r><rPr><vertAlign val="superscript"/></rPr><t>{text}</t></r>"#);
    let texts = [run("7"), format!("<t>5</t>{}", run("&#x31;")), run(&run("2"))];
    book(&rows(|row| {
        format!(r#"<c r="C{row}" t="inlineStr"><is>{}</is></c>"#, texts[row % texts.len()])
    }))
}

fn ods_spans() -> Vec<u8> {
    let most = u32::MAX;
    let span = format!(
        r#"<table:table-row table:visibility="collapse"><table:table-cell table:number-rows-spanned="{most}" table:number-columns-spanned="{most}" office:value-type="percentage" office:value="1"><text:p>1</text:p></table:table-cell></table:table-row>"#
    );
    let rows: Vec<[&str; 3]> = CODES.iter().map(|code| ["Alba", *code, "5"]).collect();
    let rows: Vec<&[&str]> = std::iter::once(&["Judet", "SIRUTA", "Dosare"][..])
        .chain(rows.iter().map(|row| &row[..]))
        .collect();
    let table = ods::table("a", &rows);
    let nowhere = format!(
        r#"<table:table-column table:visibility="collapse" table:number-columns-repeated="{most}"/><table:table-row table:visibility="filter" table:number-rows-repeated="0"><table:table-cell table:number-rows-spanned="0"/></table:table-row></table:table>"#
    );
    let last = format!(
        r#"<table:table-row table:visibility="filter" table:number-rows-repeated="{most}"><table:table-cell table:number-columns-repeated="{most}"/></table:table-row></table:table>"#
    );
    ods_of(
        &table
            .replace("</table:table>", &format!("{span}{last}"))
            .replace("</table:table>", &nowhere),
    )
}

/// Raised letters in sixteen thousand equal cells of ten equal rows.
fn ods_marks() -> Vec<u8> {
    ods_of(
        r#"<table:table table:name="a"><table:table-row table:number-rows-repeated="10"><table:table-cell table:number-columns-repeated="16384" office:value-type="string"><text:p>5<text:span text:style-name="T1">1</text:span></text:p></table:table-cell></table:table-row></table:table>"#,
    )
}

fn ods_of_every_fact() -> Vec<u8> {
    let mut sheet = old_rows().with(1, 2, Cell::Percent(0.5)).with(2, 2, Cell::Raised("5", "1"));
    sheet.merges = vec![[3, 4, 2, 2]];
    sheet.hidden_rows = vec![5];
    sheet.hidden_columns = vec![0];
    ods_of(&ods::sheet(&sheet))
}

/// A sound workbook whose records were changed.
fn xls_with(change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let mut sheet = old_rows().with(1, 2, Cell::Percent(0.5)).with(2, 2, Cell::Raised("5", "1"));
    sheet.merges = vec![[6, 3, 2, 2]];
    sheet.hidden_rows = vec![5, 5, 4, 0xffff];
    sheet.hidden_columns = vec![0xffff, 0];
    let mut records = xls::records(&[sheet], false);
    change(&mut records);
    xls::compound("Workbook", &records)
}

fn position(records: &[u8], kind: u16) -> usize {
    let kind = kind.to_le_bytes();
    records.windows(2).position(|window| window == kind).unwrap()
}

/// Where the head of the text with a raised mark stands.
fn marked_text(records: &[u8]) -> usize {
    records.windows(5).position(|window| window == [2, 0, 9, 1, 0]).unwrap()
}

/// A text of which it is said that sixty thousand fonts are used in it.
fn xls_of_endless_runs() -> Vec<u8> {
    xls_with(|records| {
        let marked = marked_text(records);
        records[marked + 3..marked + 5].fill(0xff);
    })
}

/// A text of two letters of which the last sixty thousand are raised.
fn xls_of_runs_beyond_the_text() -> Vec<u8> {
    xls_with(|records| {
        let run = marked_text(records) + 9;
        records[run..run + 2].fill(0xff);
    })
}

/// More merged cells than the record holds.
fn xls_of_missing_merges() -> Vec<u8> {
    xls_with(|records| {
        let merges = position(records, 0x00e5);
        records[merges + 4..merges + 6].fill(0xff);
    })
}

#[expect(clippy::too_many_lines, reason = "a list, a few lines an entry")]
pub(crate) fn hostile() -> Vec<Hostile> {
    let one =
        |name, file, make, inspected, checked| Hostile { name, file, make, inspected, checked };
    vec![
        one(
            "a_sound_workbook",
            "a.xlsx",
            sound,
            "6 of 6 rows recognised",
            "3,175 of 3,181 units have no row",
        ),
        one(
            "two_cells_512_gigabytes_apart",
            "a.xlsx",
            two_far_cells,
            "2 rows, 16,384 columns",
            "there is no column",
        ),
        one(
            "dimensions_that_lie",
            "a.xlsx",
            lies_about_its_dimensions,
            "6 of 6 rows recognised",
            "3,175 of 3,181 units",
        ),
        one(
            "a_row_that_no_number_can_hold",
            "a.xlsx",
            a_row_of_no_number,
            "the reader stopped",
            "the reader stopped",
        ),
        one("a_part_of_three_gigabytes", "a.xlsx", one_part_bomb, "inflates", "--max-ratio"),
        one("parts_that_add_up", "a.xlsx", many_part_bomb, "it inflates to", "--max-inflated-mib"),
        one(
            "a_part_that_lies_about_its_size",
            "a.xlsx",
            bomb_that_lies_about_its_size,
            "larger than its declared uncompressed size",
            "cannot be read",
        ),
        one("millions_of_shared_texts", "a.xlsx", shared_texts, "shared texts", "--max-shared-mib"),
        one(
            "more_parts_than_any_workbook",
            "a.xlsx",
            too_many_parts,
            "parts, more than",
            "parts, more than",
        ),
        one(
            "two_parts_of_one_name",
            "a.xlsx",
            parts_of_one_name,
            "more than once",
            "more than once",
        ),
        one(
            "paths_that_leave_the_archive",
            "a.xlsx",
            paths_out_of_the_archive,
            "outside",
            "outside",
        ),
        one("a_truncated_archive", "a.xlsx", truncated, "damaged", "damaged"),
        one("a_billion_laughs", "a.xlsx", billion_laughs, "read", "cannot be read"),
        one(
            "an_entity_from_outside",
            "a.xlsx",
            || entities("<!ENTITY z SYSTEM \"file:///etc/passwd\">"),
            "read",
            "cannot be read",
        ),
        one(
            "ten_thousand_columns",
            "a.xlsx",
            columns,
            "6 of 6 rows recognised",
            "3,175 of 3,181 units",
        ),
        one(
            "sixty_thousand_merged_cells",
            "a.xlsx",
            merged_everywhere,
            "6 of",
            "none of 1 row names a uat",
        ),
        one("a_million_rows", "a.xlsx", a_million_rows, "1,048,576 rows", "there is no column"),
        one("the_longest_cells", "a.xlsx", long_cells, "6 of 6 rows recognised", "text-in-numbers"),
        one("a_formula_in_every_row", "a.xlsx", formulas, "never calculated", "given no value"),
        one(
            "formulas_never_calculated",
            "a.xlsx",
            uncalculated,
            "never calculated",
            "formula-not-calculated",
        ),
        one("numbers_that_are_not_finite", "a.xlsx", not_finite, "not finite", "not-finite"),
        one("error_cells", "a.xlsx", errors, "spreadsheet error", "error-cell"),
        one(
            "cells_that_stand_twice",
            "a.xlsx",
            duplicate_cells,
            "cells stand more than once",
            "duplicate-cell",
        ),
        one("a_lone_surrogate_in_xml", "a.xlsx", lone_surrogate, "read", "cannot be read"),
        one("a_sheet_that_is_very_hidden", "a.xlsx", hidden, "hidden", "hidden"),
        one(
            "a_workbook_without_sheets",
            "a.xlsx",
            without_sheets,
            "no visible sheet",
            "no visible sheet",
        ),
        one("an_encrypted_workbook", "a.xlsx", encrypted, "password", "password"),
        one("merges_that_cannot_be", "a.xlsx", merges_that_cannot_be, "6 of", "merged"),
        one(
            "rows_hidden_beyond_the_sheet",
            "a.xlsx",
            hidden_beyond_the_sheet,
            "hidden rows were read",
            "hidden-rows",
        ),
        one("raised_letters_in_each_other", "a.xlsx", raised_letters, "raised mark", "raised-mark"),
        one("an_ods_of_endless_spans", "a.ods", ods_spans, "6 of 6", "hidden-rows"),
        one(
            "marks_without_end",
            "a.ods",
            ods_marks,
            "in 163,840 cells a raised",
            "there is no column",
        ),
        one("an_ods_of_every_fact", "a.ods", ods_of_every_fact, "raised mark", "merged-value"),
        one("an_xls_of_endless_runs", "a.xls", xls_of_endless_runs, "read", "cannot be read"),
        one(
            "an_xls_of_runs_beyond_the_text",
            "a.xls",
            xls_of_runs_beyond_the_text,
            "6 of 6",
            "hidden-rows",
        ),
        one("an_xls_of_missing_merges", "a.xls", xls_of_missing_merges, "damaged", "damaged"),
        one("an_ods_of_94_million_cells", "a.ods", ods_rows, "read", "cannot be read"),
        one("an_ods_of_wide_rows", "a.ods", ods_columns, "read", "cannot be read"),
        one("an_ods_of_spaces", "a.ods", ods_spaces, "read", "cannot be read"),
        one("an_ods_with_entities", "a.ods", ods_entities, "read", "cannot be read"),
        one(
            "an_xls_of_petabytes",
            "a.xls",
            xls_of_petabytes,
            "--max-memory-mib",
            "--max-memory-mib",
        ),
        one(
            "an_xls_with_far_cells",
            "a.xls",
            xls_far_cells,
            "--max-memory-mib",
            "--max-memory-mib",
        ),
        one("days_counted_from_1904", "a.xls", xls_from_1904, "2024-06-19", "date-in-numbers"),
        one("an_xls_of_every_kind", "a.xls", xls_of_every_kind, "spreadsheet error", "error-cell"),
        one("a_locked_xls", "a.xls", xls_locked, "password", "password"),
        one(
            "an_xls_in_a_circle",
            "a.xls",
            xls_without_end,
            "6 of 6 rows recognised",
            "3,175 of 3,181 units",
        ),
        one("a_truncated_xls", "a.xls", xls_truncated, "read", "cannot be read"),
    ]
}
