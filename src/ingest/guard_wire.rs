//! How a reader in a process of its own talks to its parent: records with their length in front.
//!
//! ```text
//! parent ─▶ child   length (u64), bytes of the workbook; then the position of a sheet (u32), often
//! child ─▶ parent   S count (u32), for each sheet: hidden (u8), name
//!                   M four u32, or a cell: kind, row (u32), column (u32), value; `.` ends a sheet
//!                   E text: why there is no answer
//! ```
//! Numbers are little endian, texts are UTF-8 behind their length (u32).

use std::io::{self, BufWriter, Read, Write};

use super::budget::Budget;
use super::format::Format;
use super::grid::{Content, Grid, GridBuilder, Merge};
use super::ranged::Ranged;
use super::sheets::SheetEntry;
use crate::quality::Message;

/// The longest text that one record may hold.
const LONGEST: u32 = 64 << 20;

/// What a child answers.
#[derive(Debug)]
pub(super) enum Answer {
    /// The sheets of the workbook.
    Sheets(Vec<SheetEntry>),
    /// The cells of the sheet that was asked for.
    Cells(Box<Grid>),
}

/// Hands over the workbook.
pub(super) fn write_workbook(output: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
    output.write_all(&(bytes.len() as u64).to_le_bytes())?;
    output.write_all(bytes)
}

/// Asks for the cells of a sheet.
pub(super) fn write_request(output: &mut impl Write, sheet: usize) -> io::Result<()> {
    output.write_all(&u32::try_from(sheet).unwrap_or(u32::MAX).to_le_bytes())
}

/// Serves one workbook: reads it from `input`, answers on `output`, until nobody asks any more. For
/// the process that a [`super::Guard`] starts; `format` is the word it was given.
///
/// # Errors
/// When input or output end early; what is wrong with the workbook is an answer.
pub fn serve(
    format: &str,
    budget: &Budget,
    input: &mut impl Read,
    output: &mut impl Write,
) -> io::Result<()> {
    let mut output = BufWriter::with_capacity(1 << 16, output);
    let mut length = [0; 8];
    input.read_exact(&mut length)?;
    let mut bytes = Vec::new();
    input.take(u64::from_le_bytes(length)).read_to_end(&mut bytes)?;
    let format = if format == Format::Ods.name() { Format::Ods } else { Format::Xls };
    let mut book = match Ranged::open(&bytes, format) {
        Ok(book) => book,
        Err(refusal) => return refuse(&mut output, &refusal),
    };
    let sheets = book.sheets();
    output.write_all(b"S")?;
    write_number(&mut output, u32::try_from(sheets.len()).unwrap_or(u32::MAX))?;
    for sheet in &sheets {
        output.write_all(&[u8::from(sheet.hidden)])?;
        write_text(&mut output, &sheet.name)?;
    }
    output.flush()?;
    let mut request = [0; 4];
    while input.read_exact(&mut request).is_ok() {
        let asked = sheets.get(u32::from_le_bytes(request) as usize);
        let name = asked.map_or("", |sheet| sheet.name.as_str());
        match book.grid(name, budget) {
            Ok(grid) => write_grid(&mut output, &grid)?,
            Err(refusal) => refuse(&mut output, &refusal)?,
        }
    }
    Ok(())
}

fn refuse(output: &mut impl Write, refusal: &Message) -> io::Result<()> {
    output.write_all(b"E")?;
    write_text(output, &refusal.en)?;
    write_text(output, &refusal.ro)?;
    output.flush()
}

fn write_number(output: &mut impl Write, number: u32) -> io::Result<()> {
    output.write_all(&number.to_le_bytes())
}

fn write_text(output: &mut impl Write, text: &str) -> io::Result<()> {
    write_number(output, u32::try_from(text.len()).unwrap_or(u32::MAX))?;
    output.write_all(text.as_bytes())
}

fn write_grid(output: &mut impl Write, grid: &Grid) -> io::Result<()> {
    for merge in &grid.merges {
        output.write_all(b"M")?;
        for number in [merge.top, merge.left, merge.bottom, merge.right] {
            write_number(output, number)?;
        }
    }
    for row in grid.rows_from(0) {
        for (column, content) in row.cells() {
            write_cell(output, (row.number(), column), content)?;
        }
    }
    output.write_all(b".")?;
    output.flush()
}

fn write_cell(
    output: &mut impl Write,
    (row, column): (u32, u32),
    content: Content<'_>,
) -> io::Result<()> {
    let kind = match content {
        Content::Empty => return Ok(()),
        Content::Text(_) => b't',
        Content::Number(_) => b'n',
        Content::Date(_) => b'd',
        Content::Bool(true) => b'y',
        Content::Bool(false) => b'f',
        Content::Error(_) => b'e',
        Content::Uncalculated => b'u',
    };
    output.write_all(&[kind])?;
    write_number(output, row)?;
    write_number(output, column)?;
    match content {
        Content::Text(text) | Content::Date(text) | Content::Error(text) => {
            write_text(output, text)
        }
        Content::Number(value) => output.write_all(&value.to_bits().to_le_bytes()),
        Content::Empty | Content::Bool(_) | Content::Uncalculated => Ok(()),
    }
}

/// Reads the next answer; the inner error is what the child says is wrong.
///
/// # Errors
/// When the child's output ends, or makes no sense.
pub(super) fn read_answer(
    input: &mut impl Read,
    budget: &Budget,
) -> io::Result<Result<Answer, Message>> {
    let mut builder = GridBuilder::default();
    let mut merges = Vec::new();
    loop {
        match read_byte(input)? {
            b'E' => {
                let (en, ro) = (read_text(input)?, read_text(input)?);
                return Ok(Err(Message { en, ro }));
            }
            b'S' => return read_sheets(input).map(|sheets| Ok(Answer::Sheets(sheets))),
            b'M' => {
                let [top, left, bottom, right] = [
                    read_number(input)?,
                    read_number(input)?,
                    read_number(input)?,
                    read_number(input)?,
                ];
                merges.push(Merge { top, left, bottom, right });
            }
            b'.' => {
                let (mut grid, _) = builder.finish_cells(&[]);
                grid.merges = merges;
                return Ok(Ok(Answer::Cells(Box::new(grid))));
            }
            kind => {
                read_cell(input, kind, &mut builder)?;
                if let Err(refusal) = builder.within(budget) {
                    return Ok(Err(refusal));
                }
            }
        }
    }
}

fn read_sheets(input: &mut impl Read) -> io::Result<Vec<SheetEntry>> {
    let count = read_number(input)?;
    let mut sheets = Vec::new();
    for _ in 0..count {
        let hidden = read_byte(input)? != 0;
        sheets.push(SheetEntry { name: read_text(input)?, hidden });
    }
    Ok(sheets)
}

fn read_cell(input: &mut impl Read, kind: u8, builder: &mut GridBuilder) -> io::Result<()> {
    let (row, column) = (read_number(input)?, read_number(input)?);
    let text;
    let content = match kind {
        b't' | b'd' | b'e' => {
            text = read_text(input)?;
            match kind {
                b't' => Content::Text(&text),
                b'd' => Content::Date(&text),
                _ => Content::Error(&text),
            }
        }
        b'n' => {
            let mut bits = [0; 8];
            input.read_exact(&mut bits)?;
            Content::Number(f64::from_bits(u64::from_le_bytes(bits)))
        }
        b'y' => Content::Bool(true),
        b'f' => Content::Bool(false),
        b'u' => Content::Uncalculated,
        _ => return Err(senseless()),
    };
    builder.cell(row, column, content);
    Ok(())
}

fn senseless() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, "a record of no known kind")
}

fn read_byte(input: &mut impl Read) -> io::Result<u8> {
    let mut byte = [0];
    input.read_exact(&mut byte)?;
    Ok(byte[0])
}

fn read_number(input: &mut impl Read) -> io::Result<u32> {
    let mut bytes = [0; 4];
    input.read_exact(&mut bytes)?;
    Ok(u32::from_le_bytes(bytes))
}

fn read_text(input: &mut impl Read) -> io::Result<String> {
    let length = read_number(input)?;
    if length > LONGEST {
        return Err(senseless());
    }
    let mut bytes = vec![0; length as usize];
    input.read_exact(&mut bytes)?;
    String::from_utf8(bytes).map_err(|_| senseless())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(bytes: &[u8]) -> io::Result<Result<Answer, Message>> {
        read_answer(&mut &*bytes, &Budget::default())
    }

    #[test]
    fn cells_arrive_as_they_were_sent() {
        let mut builder = GridBuilder::default();
        builder.cell(3, 2, Content::Text("Râmnicu"));
        builder.cell(3, 3, Content::Number(-0.5));
        builder.cell(4, 2, Content::Date("2021-12-01"));
        builder.cell(4, 3, Content::Bool(true));
        builder.cell(5, 1, Content::Error("#DIV/0!"));
        builder.cell(5, 2, Content::Uncalculated);
        let (mut sent, _) = builder.finish_cells(&[]);
        sent.merges = vec![Merge { top: 1, left: 1, bottom: 2, right: 4 }];
        let mut bytes = Vec::new();
        write_grid(&mut bytes, &sent).unwrap();
        let Ok(Ok(Answer::Cells(grid))) = answer(&bytes) else { panic!("cells were sent") };
        assert_eq!(grid.merges, sent.merges);
        assert_eq!(grid.len(), 3);
        for row in sent.rows_from(0) {
            let found = grid.numbered(row.number()).unwrap();
            assert!(row.cells().eq(found.cells()));
        }
    }

    #[test]
    fn a_workbook_that_is_none_is_refused_in_words() {
        let mut input = Vec::new();
        write_workbook(&mut input, b"not a workbook").unwrap();
        let mut output = Vec::new();
        serve("xls", &Budget::default(), &mut &*input, &mut output).unwrap();
        assert!(matches!(answer(&output), Ok(Err(_))));
    }

    #[test]
    fn output_that_ends_or_makes_no_sense_is_an_error() {
        assert!(answer(b"").is_err());
        assert!(answer(b"S\x02\0\0\0\0").is_err());
        assert!(answer(b"zzzzzzzzzzzzzzzz").is_err());
        assert!(answer(b"E\xff\xff\xff\xff").is_err());
    }

    #[test]
    fn more_cells_than_allowed_are_refused_while_they_arrive() {
        let mut bytes = Vec::new();
        for row in 1..=5 {
            write_cell(&mut bytes, (row, 1), Content::Number(1.0)).unwrap();
        }
        let tight = Budget { cells: 3, ..Budget::default() };
        let refusal = read_answer(&mut &*bytes, &tight).unwrap().unwrap_err();
        assert!(refusal.en.contains("more than 3 cells"), "{refusal}");
    }
}
