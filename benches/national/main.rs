//! Read, compute and write of a whole run, beside the bare libraries on the same cells.
//!
//! `cargo bench --bench national`; the ratio of `read` to `read/bare` and of `write` to `write/bare`
//! is what our checks, joins and reports cost.

mod country;

use std::hint::black_box;
use std::io::Cursor;

use calamine::{Data, Reader as _, Xlsx};
use criterion::{
    BenchmarkId, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};
use risk_index::index::{self, TraceMode};
use risk_index::language::Language;
use risk_index::report::{self, Format};
use risk_index::run;
use risk_index::watch::Unwatched;
use rust_xlsxwriter::Workbook;

use country::Country;

const SIZES: [usize; 3] = [3_181, 31_810, 318_100];

fn read(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("read");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    for units in SIZES {
        let country = Country::of(units);
        group.throughput(Throughput::Elements(units as u64));
        group.bench_function(BenchmarkId::from_parameter(units), |bencher| {
            bencher.iter(|| run::check(&country.request(), &Unwatched));
        });
        group.bench_function(BenchmarkId::new("bare", units), |bencher| {
            bencher.iter(|| bare_read(&country));
        });
    }
    group.finish();
}

/// The libraries alone: every cell is read and dropped.
fn bare_read(country: &Country) -> usize {
    let mut cells = 0;
    for text in &country.texts {
        let mut reader = csv::Reader::from_reader(text.as_slice());
        let mut record = csv::StringRecord::new();
        while reader.read_record(&mut record).expect("the text is sound") {
            cells += record.iter().filter(|cell| !cell.is_empty()).count();
        }
    }
    let mut book = Xlsx::new(Cursor::new(&country.workbook)).expect("the workbook is sound");
    let name = book.sheet_names()[0].clone();
    let mut sheet = book.worksheet_cells_reader(&name).expect("the sheet is there");
    while let Some(cell) = sheet.next_cell().expect("the sheet is sound") {
        black_box(cell.get_value());
        cells += 1;
    }
    cells
}

fn compute(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("compute");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    for units in SIZES {
        let run = Country::of(units).run();
        group.throughput(Throughput::Elements(units as u64));
        for (name, mode) in [("traced", TraceMode::Keep), ("untraced", TraceMode::Drop)] {
            group.bench_function(BenchmarkId::new(name, units), |bencher| {
                let (register, data) = (&run.register, &run.observations);
                bencher.iter(|| index::compute(&run.method, register, data, mode));
            });
        }
    }
    group.finish();
}

fn write(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("write");
    group.sample_size(10).sampling_mode(SamplingMode::Flat);
    for units in SIZES {
        let run = Country::of(units).run();
        let view = run.view(Language::Ro);
        group.throughput(Throughput::Elements(units as u64));
        group.bench_function(BenchmarkId::from_parameter(units), |bencher| {
            bencher.iter(|| report::files(&view, &Format::DEFAULT, &Unwatched));
        });
        let files = report::files(&view, &[Format::Xlsx], &Unwatched).expect("reports are made");
        let book = files.iter().find(|file| file.path == "report.xlsx").expect("it is there");
        let sheets = cells(&book.bytes);
        group.bench_function(BenchmarkId::new("bare", units), |bencher| {
            bencher.iter(|| bare_write(&sheets));
        });
    }
    group.finish();
}

/// The cells of a workbook, sheet by sheet.
fn cells(bytes: &[u8]) -> Vec<Vec<(u32, u16, Data)>> {
    let mut book = Xlsx::new(Cursor::new(bytes)).expect("the workbook is ours");
    let ranges = book.worksheets();
    ranges
        .iter()
        .map(|(_, range)| {
            let (top, left) = range.start().unwrap_or_default();
            let placed = |(row, column, cell): (usize, usize, &Data)| {
                let row = top + u32::try_from(row).expect("a row of a sheet");
                let column = u16::try_from(left as usize + column).expect("a column of a sheet");
                (row, column, cell.clone())
            };
            range.used_cells().map(placed).collect()
        })
        .collect()
}

/// The library alone: the same cells without format, table or chart.
fn bare_write(sheets: &[Vec<(u32, u16, Data)>]) -> Vec<u8> {
    let mut book = Workbook::new();
    for cells in sheets {
        let sheet = book.add_worksheet();
        for (row, column, cell) in cells {
            let written = match cell {
                Data::Float(number) => sheet.write(*row, *column, *number),
                Data::Int(number) => sheet.write(*row, *column, *number),
                other => sheet.write(*row, *column, other.to_string()),
            };
            written.expect("the cell was in a sheet");
        }
    }
    book.save_to_buffer().expect("the workbook is sound")
}

criterion_group!(benches, read, compute, write);
criterion_main!(benches);
