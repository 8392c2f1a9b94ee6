//! How fast files become cells: our reading beside the bare reading of the same cells by the crates below.
//!
//! `cargo bench --bench read` prints the ratios, each of two medians measured in turn in one run:
//!
//! | file | ours | beside |
//! | --- | --- | --- |
//! | xlsx, 3,181 x 30 and 300,000 x 20 | bytes to grid: SHA-256, preflight, cells, styles, positions | `calamine`'s cell reader, nothing kept |
//! | csv, `RISK_INDEX_BENCH_MIB` (1,024) | bytes to grid: SHA-256, encoding, dialect, records, positions | `csv`'s record loop, nothing kept |
//!
//! A word behind `--` measures the files whose names hold it. The last column is the most memory of the process so far, in MiB, where the system tells it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Cursor;
use std::time::{Duration, Instant};

use calamine::{Reader as _, Xlsx};
use risk_index::ingest::{Budget, Inputs, ReadLimits, probe};
use rust_xlsxwriter::Workbook;

/// Runs of each; the median counts.
const RUNS: usize = 3;

#[expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a benchmark prints, and is told its size"
)]
fn main() {
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let asked = |name: &str| wanted.is_empty() || wanted.iter().any(|word| name.contains(word));
    println!("{:<24} {:>10} {:>10} {:>7} {:>9}", "file", "ours", "bare", "ratio", "MiB");
    for (name, rows, columns) in
        [("xlsx 3,181 x 30", 3_181, 30), ("xlsx 300,000 x 20", 300_000, 20)]
    {
        if asked(name) {
            let bytes = workbook(rows, columns);
            let inputs = held("a.xlsx", bytes.clone());
            compare(name, || ours(&inputs, "a.xlsx"), || bare_workbook(&bytes));
        }
    }
    let mib = std::env::var("RISK_INDEX_BENCH_MIB").ok().and_then(|text| text.parse().ok());
    let mib: usize = mib.unwrap_or(1_024);
    let name = format!("csv {mib} MiB");
    if asked(&name) {
        let inputs = held("a.csv", text(mib << 20));
        let Inputs::Under(files, _) = &inputs else { unreachable!("made above") };
        let bytes = files.bytes("a.csv").expect("it is held");
        compare(&name, || ours(&inputs, "a.csv"), || bare_text(&bytes));
    }
}

#[expect(clippy::print_stdout, reason = "a benchmark prints")]
/// Measures two ways of reading in turn and prints the ratio of their medians.
fn compare(name: &str, ours: impl Fn() -> usize, bare: impl Fn() -> usize) {
    let (mut one, mut other) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        one.push(timed(&ours));
        other.push(timed(&bare));
    }
    one.sort_unstable();
    other.sort_unstable();
    let (one, other) = (one[RUNS / 2], other[RUNS / 2]);
    let ratio = one.as_secs_f64() / other.as_secs_f64();
    let memory = peak_mib().map_or_else(String::new, |mib| mib.to_string());
    println!("{name:<24} {one:>10.1?} {other:>10.1?} {ratio:>7.2} {memory:>9}");
}

#[expect(clippy::disallowed_methods, reason = "a benchmark reads the clock")]
fn timed(run: impl Fn() -> usize) -> Duration {
    let start = Instant::now();
    assert!(run() > 0, "something was read");
    start.elapsed()
}

/// The most memory of this process, where Linux tells it.
fn peak_mib() -> Option<u64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib >> 10)
}

fn held(name: &str, bytes: Vec<u8>) -> Inputs {
    let budget =
        Budget { file: u64::MAX, cells: usize::MAX, text: usize::MAX, ..Budget::default() };
    let inputs = Inputs::Held(BTreeMap::from([(name.to_owned(), Cow::Owned(bytes))]));
    inputs.under(ReadLimits { budget, worker: None })
}

/// Rows that our reading finds.
fn ours(inputs: &Inputs, name: &str) -> usize {
    let found = probe(inputs, name, None);
    found.page.map_or(0, |page| page.width() as usize)
}

/// Cells that `calamine` hands out one by one.
fn bare_workbook(bytes: &[u8]) -> usize {
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("it was written below");
    let mut reader = book.worksheet_cells_reader("Sheet1").expect("it was written below");
    let mut cells = 0;
    while let Ok(Some(_)) = reader.next_cell() {
        cells += 1;
    }
    cells
}

/// Fields that `csv` hands out record by record.
fn bare_text(bytes: &[u8]) -> usize {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(bytes);
    let mut record = csv::StringRecord::new();
    let mut fields = 0;
    while let Ok(true) = reader.read_record(&mut record) {
        fields += record.len();
    }
    fields
}

/// A table as agencies send it: a code, a name that repeats, whole numbers, decimals.
fn workbook(rows: u32, columns: u16) -> Vec<u8> {
    let mut writer = Workbook::new();
    let sheet = writer.add_worksheet();
    for column in 0..columns {
        sheet.write(0, column, format!("Coloana {column}")).expect("a cell inside the sheet");
    }
    for row in 1..=rows {
        for column in 0..columns {
            let number = f64::from(row * 31 + u32::from(column) * 7);
            let written = match column % 5 {
                0 => sheet.write(row, column, 1_000 + row),
                1 => sheet.write(row, column, format!("Comuna {}", row % 3_000)),
                2 => sheet.write(row, column, number),
                _ => sheet.write(row, column, number / 8.0),
            };
            written.expect("a cell inside the sheet");
        }
    }
    writer.save_to_buffer().expect("the workbook is sound")
}

fn text(length: usize) -> Vec<u8> {
    let mut text = String::with_capacity(length + 200);
    text.push_str("SIRUTA,Denumire,Județ,Populație,Copii,Rata,Sume,Observații\n");
    let mut row = 0_u32;
    while text.len() < length {
        row += 1;
        writeln!(
            text,
            "{},Comuna {},\"Caraș-Severin\",{},{},{}.{},\"{},5\",nimic de adăugat",
            1_000 + row,
            row % 3_000,
            row * 7 % 90_000,
            row % 9_000,
            row % 100,
            row % 10,
            row % 1_000
        )
        .expect("a String takes all");
    }
    text.into_bytes()
}
