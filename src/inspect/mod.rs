//! Says what is in a spreadsheet: how it is written, where its table is, what its columns hold, which
//! column names the areas, and how a study would read it.
//!
//! ```text
//! ingest::find ─▶ key candidates ─▶ heading ─▶ columns ─▶ draft of a source, read once to see
//!                 (which column joins the register)        whether it stands
//! ```
//!
//! The register leads: rows that it recognises are the data, what stands above them is the header.
//! Everything told about numbers, marks and rows is what [`crate::ingest`] would decide.

mod candidates;
mod columns;
mod cube;
mod draft;
mod failures;
mod heading;
mod join;
mod portrait;
mod spark;
mod study_text;
mod tables;
mod text;
mod words;

pub use draft::DraftNote;
pub use portrait::{
    ColumnPortrait, Draft, Failure, KeyColumn, KeyPortrait, Mark, Numbers, Portrait, RowCount,
    SheetPortrait, TablePortrait, WritingPortrait,
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
    let mut found = ingest::find(inputs, path, sheet);
    let mut portrait = Portrait::of(path, &found);
    if let Some(page) = found.page.take() {
        let asked = tables::Asked { found: &found, path, matcher };
        portrait.table = Some(tables::portray(page, &asked));
    }
    portrait
}
