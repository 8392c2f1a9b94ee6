//! The workbook of a national run beside the bare library on the same cells.
//!
//! `cargo bench --bench write` prints the ratio of the two, taken in turns in one process. Bare means:
//! each cell of our workbook again, numbers, texts and formulas with their results, without format,
//! link, note, table, chart or picture. What the ratio holds beside those is our own work.
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
use rust_xlsxwriter::{Formula, Workbook};

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
    let (mut own, mut bare) = (Vec::new(), Vec::new());
    for _ in 0..turns {
        own.push(took(&ours));
        bare.push(took(&|| bare_write(&sheets)));
    }
    let (own, bare) = (median(own), median(bare));
    let ratio = own.as_secs_f64() / bare.as_secs_f64();
    println!("workbook of {UNITS} units: {count} cells, {} bytes", bytes.len());
    println!("ours {own:.2?}, bare {bare:.2?}, ratio {ratio:.2} (bar {BAR})");
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

fn bare_write(sheets: &[Sheet]) -> Vec<u8> {
    let mut book = Workbook::new();
    for cells in sheets {
        let sheet = book.add_worksheet();
        for (row, column, cell) in cells {
            match cell {
                Written::Number(number) => sheet.write_number(*row, *column, *number),
                Written::Text(text) => sheet.write_string(*row, *column, text),
                Written::Formula(formula, result) => {
                    let formula = Formula::new(formula).set_result(result);
                    sheet.write_formula(*row, *column, formula)
                }
            }
            .unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}
