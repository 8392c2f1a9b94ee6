//! Speed of accounts: of one unit, of the letters of a county and of the country, each with the changes
//! that the engine confirmed.
//!
//! `cargo bench --bench explain` times one unit and ten of a county, then prints what all letters of the
//! country take.
#![expect(clippy::print_stdout, clippy::unwrap_used, reason = "a bench prints and may panic")]
#![expect(clippy::disallowed_methods, reason = "a bench reads the clock")]

use std::hint::black_box;
use std::time::Instant;

use criterion::Criterion;
use risk_index::explain::{self, Accounts, Explanation, Judge, Relist};
use risk_index::ingest::{Inputs, RawCellTexts, raw_cell_texts};
use risk_index::language::Language;
use risk_index::register::units_of_county;
use risk_index::run::{self, Selected, demo};
use risk_index::watch::Unwatched;

fn main() {
    let mut criterion = Criterion::default().configure_from_args();
    let inputs = demo::inputs();
    let mut request = demo::request(&inputs);
    request.programme = Some("sci-2000-decided".into());
    let selected = run::select(&request, &Unwatched).unwrap();
    let all: Vec<usize> = (0..selected.run.register.len()).collect();
    let texts = texts(&selected, &inputs, &all);
    let county = units_of_county(&selected.run.register, "TR").unwrap();
    let mut group = criterion.benchmark_group("explain");
    group.sample_size(10);
    group.bench_function("one unit, alone", |bencher| {
        bencher.iter(|| letters(&selected, &texts, &county[..1]));
    });
    group.bench_function("ten letters of a county", |bencher| {
        bencher.iter(|| letters(&selected, &texts, &county[..10]));
    });
    group.finish();
    criterion.final_summary();
    if !std::env::args().any(|argument| argument == "--test") {
        let began = Instant::now();
        black_box(letters(&selected, &texts, &county));
        let of_county = began.elapsed();
        let began = Instant::now();
        black_box(letters(&selected, &texts, &all));
        let of_all = began.elapsed();
        println!("letters of Teleorman ({}): {of_county:.1?}", county.len());
        println!(
            "letters of the country ({}): {of_all:.1?}, {:.1} ms each",
            all.len(),
            of_all.as_secs_f64() * 1e3 / all.len() as f64
        );
    }
}

/// The letters of some units, from a run that was done.
fn letters(selected: &Selected, texts: &RawCellTexts, units: &[usize]) -> Vec<String> {
    let view = selected.view(Language::Ro, None);
    let start = || -> Relist<'_> { Box::new(selected.relisted()) };
    let judge = Judge::by_state(view.selection.unwrap(), &view.figures, start);
    let accounts = Accounts::new(&view, texts, Some(judge));
    let letter = |account: &Explanation| explain::letter(account, Language::Ro);
    accounts.each(units, &Unwatched, &letter).unwrap()
}

/// What stands in the cells behind some units.
fn texts(selected: &Selected, inputs: &Inputs, units: &[usize]) -> RawCellTexts {
    let view = selected.view(Language::Ro, None);
    let cells = explain::cells_of(&view.figures, units);
    let (sources, files) = (&selected.run.study.sources, &selected.run.observations.files);
    raw_cell_texts(sources, inputs, files, &cells)
}
