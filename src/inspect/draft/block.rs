//! The block that a sketch makes in a study file.

use std::fmt::Write as _;

use super::sketch::{MeasureSketch, Sketch, Taken};
use crate::inspect::words::quoted;
use crate::observation::{Counts, Nature};
use crate::register::UNIT;
use crate::study::Layout;

/// The block of a sketch.
pub(super) fn block(sketch: &Sketch) -> String {
    let mut toml = String::from("[[source]]\n");
    let mut line = |key: &str, value: String| {
        writeln!(toml, "{key:<7} = {value}").expect("a String takes all");
    };
    line("id", quoted(&sketch.id));
    line("file", quoted(&sketch.file));
    if sketch.layout == Layout::Tempo {
        line("layout", quoted("tempo"));
    }
    if let Some(sheet) = &sketch.sheet {
        line("sheet", quoted(sheet));
    }
    if !sketch.header.is_empty() && sketch.layout == Layout::Table {
        let rows: Vec<String> = sketch.header.iter().map(u32::to_string).collect();
        line("header", format!("[{}]", rows.join(", ")));
    }
    if let Some(level) = sketch.level.as_ref().filter(|level| *level != UNIT) {
        line("level", quoted(level));
    }
    if !sketch.key.is_empty() {
        let columns: Vec<String> = sketch
            .key
            .iter()
            .map(|(role, column)| format!("{role} = {}", quoted(column)))
            .collect();
        line("key", format!("{{ {} }}", columns.join(", ")));
    }
    if !sketch.missing.is_empty() {
        let marks: Vec<String> = sketch
            .missing
            .iter()
            .map(|mark| format!("{} = \"not-available\"", quoted(mark)))
            .collect();
        line("missing", format!("{{ {} }}  # say what each means", marks.join(", ")));
    }
    for measure in &sketch.measures {
        toml.push_str("[[source.measure]]\n");
        toml.push_str(&measure_lines(measure));
    }
    toml
}

fn measure_lines(measure: &MeasureSketch) -> String {
    let mut text = format!("id     = {}\n", quoted(&measure.id));
    match &measure.taken {
        Taken::Column(column) => {
            writeln!(text, "column = {}", quoted(column)).expect("a String takes all");
        }
        Taken::Labels(choice) => {
            let labels: Vec<String> = choice
                .iter()
                .map(|(dimension, label)| format!("{} = {}", quoted(dimension), quoted(label)))
                .collect();
            writeln!(text, "where  = {{ {} }}", labels.join(", ")).expect("a String takes all");
        }
    }
    let nature = match measure.nature {
        Nature::Count => "count",
        Nature::Rate => "rate",
        Nature::Amount => "amount",
        Nature::Category => "category",
        Nature::Text => "text",
    };
    writeln!(text, "nature = \"{nature}\"").expect("a String takes all");
    if let Some(counts) = measure.counts {
        let counts = match counts {
            Counts::Persons => "persons",
            Counts::Families => "families",
            Counts::Cases => "cases",
        };
        writeln!(text, "counts = \"{counts}\"").expect("a String takes all");
    }
    text
}
