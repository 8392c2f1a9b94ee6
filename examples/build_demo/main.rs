//! Builds the input files of the demonstration study: `cargo run --example build_demo -- data/demo`.

mod demo;

use std::path::PathBuf;

fn main() -> std::io::Result<()> {
    let folder =
        std::env::args_os().nth(1).map_or_else(|| PathBuf::from("data/demo"), PathBuf::from);
    let bundled = risk_index::register::bundled("ro-uat-2025").expect("it is bundled");
    let archive = demo::archive(&demo::files(&bundled.register));
    std::fs::write(folder.join("inputs.zip"), archive)
}
