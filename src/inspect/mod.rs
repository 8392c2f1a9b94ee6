//! Says what is in a spreadsheet: how it is written, where its table is, what its columns hold, which
//! column names the areas, and how a study would read it.
//!
//! ```text
//! ingest::probe ─▶ key candidates ─▶ tables ─▶ columns ─▶ draft of a source, read once to see
//!                  (which column joins the register)       whether it stands
//! ```
//!
//! The register leads: rows that it recognises are the data, what stands above them is the header.
//! Everything said about numbers, marks and rows is what [`crate::ingest`] would decide.

mod candidates;
mod columns;
mod cube;
mod draft;
mod join;
mod portrait;
mod sketch;
mod study_text;
mod tables;
mod text;

pub use portrait::{
    Draft, KeyColumn, KeyPortrait, Obstacle, Portrait, RowCount, TablePortrait, WritingPortrait,
};
pub use study_text::{NewStudy, empty_study, study_of};

use crate::ingest::{self, Inputs};
use crate::register::Matcher;
use crate::study::SheetChoice;

/// Looks at one file. `sheet` is the one to portray; without it the one that a source would read.
pub fn portray(
    inputs: &Inputs,
    path: &str,
    sheet: Option<&SheetChoice>,
    matcher: &Matcher<'_>,
) -> Portrait {
    let mut file = ingest::probe(inputs, path, sheet);
    let mut portrait = Portrait::of(path, &file);
    if let Some(page) = file.page.take() {
        let file = tables::PortrayedFile { probe: &file, path, matcher };
        portrait.table = Some(tables::portray(page, &file));
    }
    portrait
}
