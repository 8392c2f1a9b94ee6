//! Computes a study and looks at its index as a polars frame: `cargo run --example compute_frame`.
#![expect(clippy::print_stdout, reason = "an example prints")]

use polars::prelude::{PolarsResult, SortMultipleOptions};
use risk_index::language::Language;
use risk_index::report;
use risk_index::run::{self, demo};
use risk_index::watch::Unwatched;

fn main() -> PolarsResult<()> {
    let inputs = demo::inputs();
    let run =
        run::compute(&demo::request(&inputs), &Unwatched).expect("the demonstration computes");
    let index = report::index_frame(&run.view(Language::En));
    let first = index.sort(["rank"], SortMultipleOptions::default())?.head(Some(5));
    let (names, scores) = (first.column("name")?.str()?, first.column("irc")?.f64()?);
    for (name, score) in names.iter().zip(scores.iter()) {
        println!("{:<20} {:.2}", name.unwrap_or_default(), score.unwrap_or(f64::NAN));
    }
    Ok(())
}
