//! A binary workbook: BIFF12 records in an archive ([MS-XLSB] §2.1).

use super::xls::{Cell, Sheet};
use super::{Parts, pack};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>PARTS</Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">PARTS</Relationships>"#;
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";

/// A record: its kind and length in seven bits a byte, and its data.
pub(crate) fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let mut bytes = sevens(kind.into());
    bytes.extend(sevens(u32::try_from(data.len()).unwrap()));
    bytes.extend(data);
    bytes
}

fn sevens(mut number: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 0x7f {
        bytes.push((number & 0x7f | 0x80) as u8);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}

fn text(text: &str) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = u32::try_from(units.len()).unwrap().to_le_bytes().to_vec();
    bytes.extend(units.into_iter().flat_map(u16::to_le_bytes));
    bytes
}

/// What a cell's record holds: column and style, then its content.
fn cell(column: u16, what: Cell<'_>, shared: &mut Vec<String>) -> Vec<u8> {
    let with = |style: u32, content: &[u8]| {
        [&u32::from(column).to_le_bytes()[..], &style.to_le_bytes(), content].concat()
    };
    match what {
        Cell::Text(told) => {
            let known = shared.iter().position(|known| known == told).unwrap_or_else(|| {
                shared.push(told.to_owned());
                shared.len() - 1
            });
            record(0x07, &with(0, &u32::try_from(known).unwrap().to_le_bytes()))
        }
        Cell::Raised(told, mark) => {
            shared.push(format!("{told}{mark}"));
            let last = u32::try_from(shared.len() - 1).unwrap();
            record(0x07, &with(0, &last.to_le_bytes()))
        }
        Cell::Number(value) | Cell::Percent(value) => record(0x05, &with(0, &value.to_le_bytes())),
        Cell::Date(value) => record(0x05, &with(1, &value.to_le_bytes())),
        Cell::Short(value) => record(0x02, &with(0, &(value << 2 | 2).to_le_bytes())),
        Cell::Bool(value) => record(0x04, &with(0, &[u8::from(value)])),
        Cell::Error => record(0x03, &with(0, &[0x07])),
        Cell::Formula(value) => {
            let tokens = [0x1e, 1, 0, 0x1e, 2, 0, 0x03];
            let length = (tokens.len() as u32).to_le_bytes();
            let parts = [&value.to_le_bytes()[..], &[0; 2], &length, &tokens, &[0; 4]];
            record(0x09, &with(0, &parts.concat()))
        }
    }
}

fn sheet(sheet: &Sheet<'_>, shared: &mut Vec<String>) -> Vec<u8> {
    let last = |of: fn(&(u16, u16, Cell<'_>)) -> u16| {
        u32::from(sheet.cells.iter().map(of).max().unwrap_or(0)).to_le_bytes()
    };
    let used = [[0; 4], last(|cell| cell.0), [0; 4], last(|cell| cell.1)].concat();
    let mut bytes = [record(0x81, &[]), record(0x94, &used), record(0x91, &[])].concat();
    let mut cells: Vec<_> = sheet.cells.iter().collect();
    cells.sort_by_key(|cell| (cell.0, cell.1));
    for row in cells.chunk_by(|a, b| a.0 == b.0) {
        let mut head = u32::from(row[0].0).to_le_bytes().to_vec();
        head.extend([0, 0, 0, 0, 0x2c, 1, 0, 0, 0, 0, 0, 0, 0]);
        bytes.extend(record(0x00, &head));
        row.iter().for_each(|(_, column, what)| bytes.extend(cell(*column, *what, shared)));
    }
    bytes.extend([record(0x92, &[]), record(0x82, &[])].concat());
    bytes
}

/// Two styles: plain and a day.
fn styles() -> Vec<u8> {
    let style = |format: u16| {
        let mut data = vec![0, 0];
        data.extend(format.to_le_bytes());
        data.resize(16, 0);
        record(0x2f, &data)
    };
    let two = 2_u32.to_le_bytes();
    let formats = [record(0x0269, &two), style(0), style(14), record(0x026a, &[])].concat();
    [record(0x0116, &[]), formats, record(0x0117, &[])].concat()
}

/// The parts of a workbook.
pub(crate) fn parts(sheets: &[Sheet<'_>]) -> Parts {
    let mut shared = Vec::new();
    let bodies: Vec<Vec<u8>> = sheets.iter().map(|one| sheet(one, &mut shared)).collect();
    let mut book = [record(0x83, &[]), record(0x99, &[0; 12]), record(0x8f, &[])].concat();
    let (mut types, mut relations) = (String::new(), String::new());
    let mut relate = |id: usize, kind: &str, target: &str| {
        relations +=
            &format!(r#"<Relationship Id="rId{id}" Type="{OFFICE}/{kind}" Target="{target}"/>"#);
        types += &format!(
            r#"<Override PartName="/xl/{target}" ContentType="application/vnd.ms-excel.{kind}"/>"#
        );
    };
    let mut parts = Parts::new();
    for (at, (sheet, body)) in sheets.iter().zip(bodies).enumerate() {
        let id = at + 1;
        let number = u32::try_from(id).unwrap().to_le_bytes();
        let state = u32::from(sheet.hidden).to_le_bytes();
        let names = [text(&format!("rId{id}")), text(sheet.name)].concat();
        book.extend(record(0x9c, &[&state[..], &number, &names].concat()));
        relate(id, "worksheet", &format!("worksheets/sheet{id}.bin"));
        parts.push((format!("xl/worksheets/sheet{id}.bin"), body));
    }
    book.extend([record(0x90, &[]), record(0x9d, &[0; 26]), record(0x84, &[])].concat());
    relate(sheets.len() + 1, "styles", "styles.bin");
    relate(sheets.len() + 2, "sharedStrings", "sharedStrings.bin");
    let count = u32::try_from(shared.len()).unwrap().to_le_bytes();
    let item = |known: &String| record(0x13, &[&[0][..], &text(known)].concat());
    let mut strings = record(0x9f, &[count, count].concat());
    strings.extend(shared.iter().flat_map(item));
    strings.extend(record(0xa0, &[]));
    let root = format!(
        r#"<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.bin"/>"#
    );
    let filled = |form: &str, parts: &str| form.replace("PARTS", parts).into_bytes();
    parts.extend(
        [
            ("[Content_Types].xml", filled(TYPES, &types)),
            ("_rels/.rels", filled(RELATIONS, &root)),
            ("xl/_rels/workbook.bin.rels", filled(RELATIONS, &relations)),
            ("xl/workbook.bin", book),
            ("xl/styles.bin", styles()),
            ("xl/sharedStrings.bin", strings),
        ]
        .map(|(name, bytes)| (name.to_owned(), bytes)),
    );
    parts
}

/// The bytes of a workbook.
pub(crate) fn workbook(sheets: &[Sheet<'_>]) -> Vec<u8> {
    pack(&parts(sheets))
}
