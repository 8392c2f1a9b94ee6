//! A workbook of Excel 97-2003: BIFF8 records in a compound file.

const SECTOR: usize = 512;
const FREE: u32 = 0xffff_ffff;
const END: u32 = 0xffff_fffe;
const IS_FAT: u32 = 0xffff_fffd;

/// What stands in a cell.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Cell<'t> {
    /// A shared text.
    Text(&'t str),
    /// A number.
    Number(f64),
    /// A whole number in four bytes.
    Short(i32),
    /// A day, as its number.
    Date(f64),
    /// `TRUE` or `FALSE`.
    Bool(bool),
    /// `#DIV/0!`.
    Error,
    /// The formula `1+2` with its value.
    Formula(f64),
    /// A number shown in per cent.
    Percent(f64),
    /// A text, and a raised mark behind it.
    Raised(&'t str, &'t str),
}

/// A sheet.
pub(crate) struct Sheet<'t> {
    /// Its name.
    pub(crate) name: &'t str,
    /// 0 visible, 1 hidden, 2 very hidden.
    pub(crate) hidden: u8,
    /// Row and column, from 0, and what stands there.
    pub(crate) cells: Vec<(u16, u16, Cell<'t>)>,
    /// Merged cells: first and last row, first and last column.
    pub(crate) merges: Vec<[u16; 4]>,
    /// Rows that are not shown.
    pub(crate) hidden_rows: Vec<u16>,
    /// Columns that are not shown.
    pub(crate) hidden_columns: Vec<u16>,
}

impl<'t> Sheet<'t> {
    /// A visible sheet of cells.
    pub(crate) fn new(name: &'t str, cells: Vec<(u16, u16, Cell<'t>)>) -> Self {
        let (merges, hidden_rows, hidden_columns) = (Vec::new(), Vec::new(), Vec::new());
        Self { name, hidden: 0, cells, merges, hidden_rows, hidden_columns }
    }

    /// A visible sheet of rows; what reads as a number is one.
    pub(crate) fn of(name: &'t str, rows: &[&[&'t str]]) -> Self {
        let mut cells = Vec::new();
        for (row, texts) in (0..).zip(rows) {
            for (column, &text) in (0..).zip(*texts) {
                let cell = text.parse().map_or(Cell::Text(text), Cell::Number);
                cells.push((row, column, cell));
            }
        }
        Self::new(name, cells)
    }

    /// The same sheet with another content in a cell.
    pub(crate) fn with(mut self, row: u16, column: u16, cell: Cell<'t>) -> Self {
        self.cells.retain(|known| (known.0, known.1) != (row, column));
        self.cells.push((row, column, cell));
        self
    }
}

fn record(kind: u16, data: &[u8]) -> Vec<u8> {
    let length = u16::try_from(data.len()).unwrap();
    [&kind.to_le_bytes()[..], &length.to_le_bytes(), data].concat()
}

/// A text behind its length, of that many bytes, in UTF-16.
fn text(text: &str, wide: bool) -> Vec<u8> {
    let units: Vec<u16> = text.encode_utf16().collect();
    let mut bytes = if wide {
        u16::try_from(units.len()).unwrap().to_le_bytes().to_vec()
    } else {
        vec![u8::try_from(units.len()).unwrap()]
    };
    bytes.push(1);
    bytes.extend(units.into_iter().flat_map(u16::to_le_bytes));
    bytes
}

fn begin(kind: u16) -> Vec<u8> {
    let fields = [0x0600, kind, 0x0dbb, 0x07cc, 0, 0, 0, 0];
    record(0x0809, &fields.map(u16::to_le_bytes).concat())
}

/// A shared text in one font, or with a mark behind it in the raised one.
fn shared_text((plain, mark): &(String, String)) -> Vec<u8> {
    let whole = text(&format!("{plain}{mark}"), true);
    if mark.is_empty() {
        return whole;
    }
    let from = u16::try_from(plain.encode_utf16().count()).unwrap();
    let run = [from, RAISED].map(u16::to_le_bytes).concat();
    let flags = 9;
    [&whole[..2], &[flags, 1, 0], &whole[3..], &run].concat()
}

/// The font of marks: the fifth, because there is no font 4.
const RAISED: u16 = 5;

fn font(is_raised: bool) -> Vec<u8> {
    let mut data = [220, 0, 0x7fff, 400, u16::from(is_raised)].map(u16::to_le_bytes).concat();
    data.resize(14, 0);
    data.extend(text("Arial", false));
    record(0x0031, &data)
}

/// A number format of its own.
fn format_code(id: u16, code: &str) -> Vec<u8> {
    record(0x041e, &[&id.to_le_bytes()[..], &text(code, true)].concat())
}

fn format(id: u16) -> Vec<u8> {
    let mut data = [0, id].map(u16::to_le_bytes).concat();
    data.resize(20, 0);
    record(0x00e0, &data)
}

/// Shared texts, each with the mark behind it.
type Shared = Vec<(String, String)>;

fn share(text: &str, mark: &str, shared: &mut Shared) -> [u8; 4] {
    let text = (text.to_owned(), mark.to_owned());
    let index = shared.iter().position(|known| *known == text).unwrap_or_else(|| {
        shared.push(text);
        shared.len() - 1
    });
    u32::try_from(index).unwrap().to_le_bytes()
}

fn cell(at: (u16, u16), cell: Cell<'_>, shared: &mut Shared) -> Vec<u8> {
    let place = |format: u16| [at.0, at.1, format].map(u16::to_le_bytes).concat();
    let with = |format: u16, value: &[u8]| [place(format), value.to_vec()].concat();
    match cell {
        Cell::Text(text) => record(0x00fd, &with(0, &share(text, "", shared))),
        Cell::Raised(text, mark) => record(0x00fd, &with(0, &share(text, mark, shared))),
        Cell::Percent(value) => record(0x0203, &with(2, &value.to_le_bytes())),
        Cell::Number(value) => record(0x0203, &with(0, &value.to_le_bytes())),
        Cell::Date(value) => record(0x0203, &with(1, &value.to_le_bytes())),
        Cell::Short(value) => record(0x027e, &with(0, &(value << 2 | 2).to_le_bytes())),
        Cell::Bool(value) => record(0x0205, &with(0, &[u8::from(value), 0])),
        Cell::Error => record(0x0205, &with(0, &[0x07, 1])),
        Cell::Formula(value) => {
            let tokens = [0x1e, 1, 0, 0x1e, 2, 0, 0x03];
            let head = [&value.to_le_bytes()[..], &[0; 6], &[7, 0], &tokens].concat();
            record(0x0006, &with(0, &head))
        }
    }
}

fn sheet(sheet: &Sheet<'_>, shared: &mut Shared) -> Vec<u8> {
    let rows = sheet.cells.iter().map(|cell| u32::from(cell.0) + 1).max().unwrap_or(0);
    let columns = sheet.cells.iter().map(|cell| cell.1 + 1).max().unwrap_or(0);
    let used = [&[0; 4], &rows.to_le_bytes()[..], &[0; 2], &columns.to_le_bytes(), &[0; 2]];
    let mut bytes = begin(0x0010);
    bytes.extend(record(0x0200, &used.concat()));
    for &column in &sheet.hidden_columns {
        let fields = [column, column, 0x0900, 0, 1, 0];
        bytes.extend(record(0x007d, &fields.map(u16::to_le_bytes).concat()));
    }
    for &row in &sheet.hidden_rows {
        let fields = [row, 0, columns, 300, 0, 0, 0x0120, 0];
        bytes.extend(record(0x0208, &fields.map(u16::to_le_bytes).concat()));
    }
    for &(row, column, what) in &sheet.cells {
        bytes.extend(cell((row, column), what, shared));
    }
    if !sheet.merges.is_empty() {
        let mut data = u16::try_from(sheet.merges.len()).unwrap().to_le_bytes().to_vec();
        data.extend(sheet.merges.iter().flatten().flat_map(|number| number.to_le_bytes()));
        bytes.extend(record(0x00e5, &data));
    }
    bytes.extend(record(0x000a, &[]));
    bytes
}

/// The records of a workbook, `days` counted from 1904 when asked for.
pub(crate) fn records(sheets: &[Sheet<'_>], from_1904: bool) -> Vec<u8> {
    let mut shared = Vec::new();
    let bodies: Vec<Vec<u8>> = sheets.iter().map(|one| sheet(one, &mut shared)).collect();
    let mut globals = begin(0x0005);
    globals.extend(record(0x0042, &1200_u16.to_le_bytes()));
    globals.extend(record(0x0022, &u16::from(from_1904).to_le_bytes()));
    (0..5).for_each(|at| globals.extend(font(at + 1 == RAISED)));
    globals.extend([format_code(164, "0.0%"), format(0), format(14), format(164)].concat());
    let count = u32::try_from(shared.len()).unwrap().to_le_bytes();
    let texts: Vec<u8> = shared.iter().flat_map(shared_text).collect();
    let mut rest = record(0x00fc, &[&count[..], &count, &texts].concat());
    rest.extend(record(0x000a, &[]));
    let names: Vec<Vec<u8>> = sheets.iter().map(|sheet| text(sheet.name, false)).collect();
    let bounds: usize = names.iter().map(|name| 10 + name.len()).sum();
    let mut at = globals.len() + bounds + rest.len();
    for ((sheet, body), name) in sheets.iter().zip(&bodies).zip(&names) {
        let place = u32::try_from(at).unwrap().to_le_bytes();
        globals.extend(record(0x0085, &[&place[..], &[sheet.hidden, 0], name].concat()));
        at += body.len();
    }
    globals.extend(rest);
    globals.extend(bodies.concat());
    globals
}

/// A compound file with one stream.
pub(crate) fn compound(name: &str, stream: &[u8]) -> Vec<u8> {
    // A stream below 4096 bytes would stand in another place.
    let mut stream = stream.to_vec();
    stream.resize(stream.len().max(4096).next_multiple_of(SECTOR), 0);
    let sectors = stream.len() / SECTOR;
    let tables = (1..=sectors).find(|tables| tables * 128 > tables + sectors).unwrap();
    let number = |at: usize| u32::try_from(at).unwrap();
    let mut table: Vec<u32> = vec![IS_FAT; tables];
    table.push(END);
    table.extend((1..sectors).map(|at| number(tables + 1 + at)));
    table.push(END);
    table.resize(tables * 128, FREE);

    let mut file = vec![0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    file.resize(24, 0);
    file.extend([0x003e_u16, 3, 0xfffe, 9, 6, 0, 0, 0].into_iter().flat_map(u16::to_le_bytes));
    let fields = [0, number(tables), number(tables), 0, 4096, END, 0, END, 0];
    file.extend(fields.into_iter().flat_map(u32::to_le_bytes));
    let own = (0..109).map(|at| if at < tables { number(at) } else { FREE });
    file.extend(own.flat_map(u32::to_le_bytes));
    file.extend(table.into_iter().flat_map(u32::to_le_bytes));
    file.extend(entry("Root Entry", (5, 1), (END, 0)));
    file.extend(entry(name, (2, FREE), (number(tables + 1), stream.len() as u64)));
    file.extend([entry("", (0, FREE), (0, 0)), entry("", (0, FREE), (0, 0))].concat());
    file.extend(stream);
    file
}

fn entry(name: &str, (kind, child): (u8, u32), (start, size): (u32, u64)) -> Vec<u8> {
    let mut bytes: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let length = if name.is_empty() { 0 } else { u16::try_from(bytes.len()).unwrap() + 2 };
    bytes.resize(64, 0);
    bytes.extend(length.to_le_bytes());
    bytes.extend([kind, 1]);
    bytes.extend([FREE, FREE, child].into_iter().flat_map(u32::to_le_bytes));
    bytes.resize(116, 0);
    bytes.extend(start.to_le_bytes());
    bytes.extend(size.to_le_bytes());
    bytes
}

/// The bytes of a workbook.
pub(crate) fn workbook(sheets: &[Sheet<'_>]) -> Vec<u8> {
    compound("Workbook", &records(sheets, false))
}
