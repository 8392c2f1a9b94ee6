//! Binary workbooks (xlsb) made to exhaust or crash their reader.

use super::Hostile;
use super::files::xlsb::{self, record};
use super::files::{Parts, pack};
use super::workbooks::old_rows;

/// A sound workbook whose sheet was changed.
fn with_sheet(change: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let mut parts: Parts = xlsb::parts(&[old_rows()]);
    let sheet = parts.iter_mut().find(|(name, _)| name.ends_with("sheet1.bin")).unwrap();
    sheet.1 = change(&sheet.1);
    pack(&parts)
}

/// Records in front of the end of the sheet's data.
fn ending_with(more: &[u8]) -> Vec<u8> {
    let end = [record(0x92, &[]), record(0x82, &[])].concat();
    with_sheet(|sheet| [&sheet[..sheet.len() - end.len()], more, &end].concat())
}

fn row(number: u32) -> Vec<u8> {
    let mut head = number.to_le_bytes().to_vec();
    head.resize(17, 0);
    record(0x00, &head)
}

fn cell(kind: u16, column: u32, content: &[u8]) -> Vec<u8> {
    record(kind, &[&column.to_le_bytes()[..], &[0; 4], content].concat())
}

fn a_sound_one() -> Vec<u8> {
    xlsb::workbook(&[old_rows()])
}

/// A record that says to be 256 MiB long, in a file of two kilobytes.
fn a_record_of_256_mib() -> Vec<u8> {
    ending_with(&[0x05, 0xff, 0xff, 0xff, 0x7f])
}

/// Two cells at opposite corners.
fn two_far_cells() -> Vec<u8> {
    let far = cell(0x05, 16_383, &1.0_f64.to_le_bytes());
    ending_with(&[row(1_048_575), far].concat())
}

/// A cell whose text was never shared.
fn a_text_that_is_not_there() -> Vec<u8> {
    ending_with(&[row(9), cell(0x07, 0, &u32::MAX.to_le_bytes())].concat())
}

/// A cell that ends before its number.
fn a_cell_cut_short() -> Vec<u8> {
    with_sheet(|sheet| {
        let head = sheet.len() - 40;
        [&sheet[..head], &record(0x05, &[1])[..]].concat()
    })
}

/// Thirty million formatted cells without content.
fn blank_cells() -> Vec<u8> {
    let blanks = cell(0x01, 3, &[]).repeat(30_000_000);
    ending_with(&[row(9), blanks].concat())
}

/// Eight million texts of one letter, in no order that packs well.
fn texts() -> Vec<u8> {
    const TEXTS: u32 = 8_000_000;
    let mut parts: Parts = xlsb::parts(&[old_rows()]);
    let shared = parts.iter_mut().find(|(name, _)| name.ends_with("sharedStrings.bin")).unwrap();
    let count = TEXTS.to_le_bytes();
    shared.1 = record(0x9f, &[count, count].concat());
    let mut draw = 1_u32;
    for _ in 0..TEXTS {
        draw = draw.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        shared.1.extend([0x13, 7, 0, 1, 0, 0, 0, b'a' + (draw >> 28) as u8, 0]);
    }
    pack(&parts)
}

pub(crate) fn hostile() -> Vec<Hostile> {
    let one =
        |name, make, inspected, checked| Hostile { name, file: "a.xlsb", make, inspected, checked };
    vec![
        one("an_xlsb", a_sound_one, "6 of 6 rows recognised", "3,175 of 3,181 units"),
        one("an_xlsb_record_of_256_mib", a_record_of_256_mib, "beyond", "beyond"),
        one("an_xlsb_of_two_far_cells", two_far_cells, "6 of 6 rows", "3,175 of 3,181 units"),
        one("an_xlsb_text_that_is_not_there", a_text_that_is_not_there, "stopped", "stopped"),
        one("an_xlsb_cell_cut_short", a_cell_cut_short, "read", "read"),
        one("an_xlsb_of_blank_cells", blank_cells, "6 of 6 rows", "3,175 of 3,181 units"),
        one("an_xlsb_of_millions_of_texts", texts, "shared texts", "--max-shared-mib"),
    ]
}
