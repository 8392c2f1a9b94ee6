//! What stands in the cells that values came from, letter for letter.

use std::collections::BTreeMap;

use super::files::Inputs;
use super::ledger::Ledger;
use super::open::{Writing, open};
use crate::observation::{InputFile, Origin};
use crate::quality::Findings;
use crate::study::{SheetChoice, Source};

/// The texts of cells of inputs, as written.
pub type Written = BTreeMap<Origin, String>;

/// Reads the texts of `cells` from the files of a run. A file that is not the one which was read any
/// more (its SHA-256 is another one) gives none, so that a text never stands beside a value that
/// came from elsewhere.
pub fn written(
    (sources, inputs): (&[Source], &Inputs),
    files: &[InputFile],
    cells: &[Origin],
) -> Written {
    let mut wanted: BTreeMap<u32, Vec<&Origin>> = BTreeMap::new();
    for cell in cells {
        wanted.entry(cell.file).or_default().push(cell);
    }
    let mut found = Written::new();
    for (file, cells) in wanted {
        let Some(record) = files.get(file as usize) else { continue };
        let Some(source) = sources.iter().find(|source| source.id == record.source) else {
            continue;
        };
        let sheet = record.sheets.first().cloned().map(SheetChoice::Name);
        let writing = Writing { sheet: sheet.as_ref(), ..Writing::from(source) };
        // Whatever there is to tell about the file was told when the run read it.
        let mut findings = Findings::default();
        let mut ledger = Ledger::new(&mut findings, &record.source);
        let opened = open(inputs, &record.path, writing, &mut ledger);
        ledger.close();
        let Some(opened) = opened.filter(|opened| opened.record.sha256 == record.sha256) else {
            continue;
        };
        for cell in cells {
            if let Some(text) = opened.cell(cell.row, cell.column).text {
                found.insert(*cell, text);
            }
        }
    }
    found
}
