//! Explains one unit, from its source cells to its rank: `cargo run --example explain_unit -- "Apa, SM"`.
#![expect(clippy::print_stdout, reason = "an example prints")]

use risk_index::explain::{self, Accounts};
use risk_index::ingest;
use risk_index::language::Language;
use risk_index::register::find_unit;
use risk_index::run::{self, demo};
use risk_index::watch::Unwatched;

fn main() -> Result<(), risk_index::register::UnitNotFound> {
    let wanted = std::env::args().nth(1).unwrap_or_else(|| "Apa, Satu Mare".to_owned());
    let inputs = demo::inputs();
    let run =
        run::compute(&demo::request(&inputs), &Unwatched).expect("the demonstration computes");
    let unit = find_unit(&run.register, &wanted)?;
    let view = run.view(Language::En);
    let cells = explain::cells_of(&view.figures, &[unit]);
    let (sources, files) = (&run.study.sources, &run.observations.files);
    let texts = ingest::raw_cell_texts(sources, &inputs, files, &cells);
    println!("{}", explain::text(&Accounts::new(&view, &texts, None).of(unit), Language::En));
    Ok(())
}
