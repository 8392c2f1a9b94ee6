//! Workbooks: xlsx and xlsb in this process, xls and ods where the command reads them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::PathBuf;

use risk_index::ingest::{Budget, Inputs, ReadLimits, Worker, probe};
use risk_index::inspect::{Folder, portray};
use risk_index::language::Language;
use risk_index::register::{Matcher, bundled};
use rust_xlsxwriter::{ExcelDateTime, Format, Formula, Workbook};

use super::inputs;
use super::random::Random;
use super::texts::is_said;
use crate::files::xls::{Cell, Sheet};
use crate::files::{Parts, ods, pack, unpack, xls, xlsb};

const XML_WORDS: [&str; 24] = [
    "<c r=\"XFD1048576\"><v>1</v></c>",
    "<v>",
    "</v>",
    "<row r=\"1048577\">",
    "</row>",
    "t=\"s\"",
    "t=\"str\"",
    "t=\"e\"",
    "s=\"1\"",
    "s=\"999\"",
    "<f>",
    "</f>",
    "<f t=\"shared\" si=\"0\"/>",
    "r=\"A0\"",
    "r=\"ZZZZ1\"",
    "NaN",
    "1E400",
    "&#0;",
    "&#xD800;",
    "&x;",
    "<!DOCTYPE a [<!ENTITY x \"y\">]>",
    "<mergeCell ref=\"A1:XFD9\"/>",
    "<si><t>x</t></si>",
    "-1",
];
const ODS_WORDS: [&str; 10] = [
    "table:number-columns-repeated=\"16384\"",
    "table:number-rows-repeated=\"1048576\"",
    "office:value-type=\"float\"",
    "office:value=\"1e999\"",
    "<table:covered-table-cell/>",
    "</table:table-row>",
    "<table:table-row>",
    "&x;",
    "<text:s text:c=\"999999\"/>",
    "<text:p>",
];

/// Kinds and lengths of records, and numbers in them.
const XLSB_WORDS: [&str; 8] = [
    "\u{0}\u{11}",
    "\u{7}\u{c}",
    "\u{5}\u{10}",
    "\u{6}\u{c}",
    "\u{13}\u{7f}",
    "\u{0}\u{0}\u{10}\u{0}",
    "\u{7f}\u{7f}\u{7f}\u{7f}",
    "rId9",
];

fn a_workbook() -> Vec<u8> {
    let mut writer = Workbook::new();
    let percent = Format::new().set_num_format("0.0%");
    let date = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = writer.add_worksheet().set_name("2023").unwrap();
    sheet.merge_range(0, 0, 0, 4, "Situația beneficiarilor", &Format::new()).unwrap();
    sheet.write_row(2, 0, ["Județ", "SIRUTA", "Dosare", "Pondere", "Data"]).unwrap();
    for (row, code) in (3..).zip([1017, 1213, 1348, 1696]) {
        sheet.write(row, 0, "Alba").unwrap();
        sheet.write(row, 1, code).unwrap();
        sheet.write_formula(row, 2, Formula::new("=1+1").set_result("2")).unwrap();
        sheet.write_with_format(row, 3, 0.075, &percent).unwrap();
        let day = ExcelDateTime::from_ymd(2023, 12, 31).unwrap();
        sheet.write_datetime_with_format(row, 4, &day, &date).unwrap();
    }
    sheet.write(7, 0, true).unwrap();
    writer.add_worksheet().set_name("ascuns").unwrap().set_hidden(true).write(0, 0, "x").unwrap();
    writer.save_to_buffer().unwrap()
}

fn old_sheets() -> [Sheet<'static>; 2] {
    let rows: [&[&str]; 4] = [
        &["Județ", "SIRUTA", "Dosare"],
        &["Alba", "1017", "12"],
        &["Alba", "1213", "7"],
        &["Alba", "1348", "0"],
    ];
    let mut sheet = Sheet::of("2023", &rows);
    let more =
        [Cell::Short(5), Cell::Date(45_000.0), Cell::Bool(true), Cell::Error, Cell::Formula(3.0)];
    sheet.cells.extend((5..).zip(more).map(|(row, cell)| (row, 2, cell)));
    sheet.merges = vec![[0, 0, 0, 1]];
    let hidden = Sheet { hidden: 1, ..Sheet::of("ascuns", &rows) };
    [sheet, hidden]
}

fn tables() -> String {
    ods::table(
        "2023",
        &[&["Județ", "SIRUTA", "Dosare"], &["Alba", "1017", "12"], &["Alba", "1213", "7"]],
    )
}

/// Damages the archive, or a part of it behind a sound archive.
fn damaged(random: &mut Random, parts: &Parts, words: &[&str]) -> Vec<u8> {
    let mut parts = parts.clone();
    if random.once_in(10) {
        let mut bytes = pack(&parts);
        random.damage(&mut bytes, &["PK\u{1}\u{2}", "PK\u{5}\u{6}"]);
        return bytes;
    }
    match random.below(12) {
        0 => drop(parts.swap_remove(random.below(parts.len()))),
        1 => {
            let part = random.below(parts.len());
            parts[part].0 = random.damage_text(&parts[part].0.clone(), &["../", "/", "xl/", "\\"]);
        }
        _ => {
            let part = random.below(parts.len());
            random.damage(&mut parts[part].1, words);
        }
    }
    // Two parts of one name cannot be packed.
    parts.sort();
    parts.dedup_by(|a, b| a.0 == b.0);
    pack(&parts)
}

/// The bytes as the input of a study, with room for what a small file may need.
fn held(bytes: Vec<u8>, worker: Option<Worker>) -> Inputs {
    let budget = Budget { cells: 300_000, text: 16 << 20, inflated: 64 << 20, ..Budget::default() };
    let inputs = Inputs::Held(BTreeMap::from([("a.xlsx".to_owned(), Cow::Owned(bytes))]));
    inputs.under(ReadLimits { budget, worker })
}

#[track_caller]
fn is_a_table_or_refused(inputs: &Inputs, matcher: &Matcher<'_>) {
    let found = probe(inputs, "a.xlsx", None);
    match (&found.page, &found.refusal) {
        (Some(page), None) => {
            assert!(page.positions().is_sorted_by(|a, b| a < b));
        }
        (None, Some(refusal)) => assert!(is_said(refusal), "{refusal:?}"),
        other => panic!("{other:?}"),
    }
    let folder = Folder { inputs, matcher, language: Language::Ro };
    let portrait = portray(&folder, "a.xlsx", None);
    assert!(!portrait.render().is_empty());
}

#[test]
fn an_xlsx_workbook_is_a_table_or_is_refused_in_words() {
    let ro = bundled("ro-uat-2025").unwrap();
    let matcher = Matcher::new(&ro.register, &ro.gazetteer, &ro.aliases);
    let parts = unpack(&a_workbook());
    inputs("xlsx", 400, |random| {
        let bytes = damaged(random, &parts, &XML_WORDS);
        is_a_table_or_refused(&held(bytes, None), &matcher);
    });
}

#[test]
fn a_binary_workbook_is_a_table_or_is_refused_in_words() {
    let ro = bundled("ro-uat-2025").unwrap();
    let matcher = Matcher::new(&ro.register, &ro.gazetteer, &ro.aliases);
    let parts = xlsb::parts(&old_sheets());
    is_a_table_or_refused(&held(pack(&parts), None), &matcher);
    inputs("xlsb", 400, |random| {
        let bytes = damaged(random, &parts, &XLSB_WORDS);
        is_a_table_or_refused(&held(bytes, None), &matcher);
    });
}

/// The reader of the command, kept while the command may be built anew.
fn worker(folder: &tempfile::TempDir) -> Worker {
    let command = PathBuf::from(env!("CARGO_BIN_EXE_risk-index"));
    let kept = folder.path().join("risk-index");
    if std::fs::hard_link(&command, &kept).is_err() {
        std::fs::copy(&command, &kept).unwrap();
    }
    Worker::new(kept)
}

#[test]
fn an_ods_workbook_is_a_table_or_is_refused_in_words() {
    let ro = bundled("ro-uat-2025").unwrap();
    let matcher = Matcher::new(&ro.register, &ro.gazetteer, &ro.aliases);
    let folder = tempfile::tempdir().unwrap();
    let worker = worker(&folder);
    let parts = unpack(&ods::workbook(&tables()));
    inputs("ods", 80, |random| {
        let bytes = damaged(random, &parts, &ODS_WORDS);
        is_a_table_or_refused(&held(bytes, Some(worker.clone())), &matcher);
    });
}

#[test]
fn an_xls_workbook_is_a_table_or_is_refused_in_words() {
    let ro = bundled("ro-uat-2025").unwrap();
    let matcher = Matcher::new(&ro.register, &ro.gazetteer, &ro.aliases);
    let folder = tempfile::tempdir().unwrap();
    let worker = worker(&folder);
    let book = xls::workbook(&old_sheets());
    is_a_table_or_refused(&held(book.clone(), Some(worker.clone())), &matcher);
    inputs("xls", 80, |random| {
        let mut bytes = book.clone();
        random.damage(&mut bytes, &["\u{9}\u{8}", "\u{0}\u{2}", "W", "\u{fd}"]);
        is_a_table_or_refused(&held(bytes, Some(worker.clone())), &matcher);
    });
}
