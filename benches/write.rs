//! The workbook of a national run beside the bare library on the same cells.
//!
//! `cargo bench --bench write` prints the ratios, taken in turns in one process. Bare means: each cell
//! of our workbook again, numbers, texts and formulas with their results, each with a format as ours
//! have, without link, note, table, chart or picture; then the same without formats, which no report
//! is. What the first ratio holds beside links and pictures is our own work.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints and may panic")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

#[expect(dead_code, reason = "the files themselves are what the bench of reading needs")]
#[path = "national/country.rs"]
mod country;

use std::hint::black_box;
use std::io::Cursor;
use std::time::{Duration, Instant};

use calamine::{Data, Reader as _, Xlsx};
use country::Country;
use risk_index::language::Language;
use risk_index::report::{self, Format};
use risk_index::watch::Unwatched;
use rust_xlsxwriter::{Format as Look, FormatBorder, Formula, Workbook};

/// Units of the national register, and times that each side is taken.
const UNITS: usize = 3_181;
const TURNS: usize = 7;
/// The bar.
const BAR: f64 = 1.5;

/// A cell as it is written again.
enum Written {
    Number(f64),
    Text(String),
    Formula(String, String),
}

type Sheet = Vec<(u32, u16, Written)>;

fn main() {
    let run = Country::of(UNITS).run();
    let view = run.view(Language::Ro);
    let ours = || {
        let files = report::files(&view, &[Format::Xlsx], &Unwatched).unwrap();
        files.into_iter().find(|file| file.path == "report.xlsx").unwrap().bytes
    };
    let bytes = ours();
    let sheets = cells(&bytes);
    let count: usize = sheets.iter().map(Vec::len).sum();
    let is_trial = std::env::args().any(|argument| argument == "--test");
    let turns = if is_trial { 1 } else { TURNS };
    let look = Look::new().set_num_format("#,##0.00").set_border_bottom(FormatBorder::Hair);
    let (mut own, mut bare, mut unformatted) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..turns {
        own.push(took(&ours));
        bare.push(took(&|| bare_write(&sheets, Some(&look))));
        unformatted.push(took(&|| bare_write(&sheets, None)));
    }
    let (own, bare, unformatted) = (median(own), median(bare), median(unformatted));
    let ratio = |other: Duration| own.as_secs_f64() / other.as_secs_f64();
    println!("workbook of {UNITS} units: {count} cells, {} bytes", bytes.len());
    println!("ours {own:.2?}, bare {bare:.2?}, ratio {:.2} (bar {BAR})", ratio(bare));
    println!("without formats {unformatted:.2?}, ratio {:.2}", ratio(unformatted));
}

fn took(work: &dyn Fn() -> Vec<u8>) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

/// Every cell of a workbook, sheet by sheet.
fn cells(bytes: &[u8]) -> Vec<Sheet> {
    let mut book = Xlsx::new(Cursor::new(bytes)).unwrap();
    let names = book.sheet_names();
    let sheet = |name: &String| {
        let (values, formulas) =
            (book.worksheet_range(name).unwrap(), book.worksheet_formula(name).unwrap());
        let (top, left) = values.start().unwrap_or_default();
        let written = |(row, column, cell): (usize, usize, &Data)| {
            let at = (top + u32::try_from(row).unwrap(), left + u32::try_from(column).unwrap());
            let formula = formulas.get_value(at).filter(|formula| !formula.is_empty());
            let written = match (formula, cell) {
                (Some(formula), _) => Written::Formula(formula.clone(), cell.to_string()),
                (None, Data::Float(number)) => Written::Number(*number),
                (None, other) => Written::Text(other.to_string()),
            };
            (at.0, u16::try_from(at.1).unwrap(), written)
        };
        values.used_cells().map(written).collect()
    };
    names.iter().map(sheet).collect()
}

fn bare_write(sheets: &[Sheet], look: Option<&Look>) -> Vec<u8> {
    let mut book = Workbook::new();
    for cells in sheets {
        let sheet = book.add_worksheet();
        for (row, column, cell) in cells {
            let (row, column) = (*row, *column);
            match (cell, look) {
                (Written::Number(number), Some(look)) => {
                    sheet.write_number_with_format(row, column, *number, look)
                }
                (Written::Number(number), None) => sheet.write_number(row, column, *number),
                (Written::Text(text), Some(look)) => {
                    sheet.write_string_with_format(row, column, text, look)
                }
                (Written::Text(text), None) => sheet.write_string(row, column, text),
                (Written::Formula(formula, result), look) => {
                    let formula = Formula::new(formula).set_result(result);
                    match look {
                        Some(look) => sheet.write_formula_with_format(row, column, formula, look),
                        None => sheet.write_formula(row, column, formula),
                    }
                }
            }
            .unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}
