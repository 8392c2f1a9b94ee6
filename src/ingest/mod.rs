//! Turns the files that agencies publish into observations, and tells everything it decided on the way.
//!
//! A source goes through these stations, each in a file of its own:
//!
//! ```text
//! study ─▶ files ─▶ format ─▶ workbook | delimited ─▶ grid        bytes to cells with positions
//!                              grid ─▶ header ─▶ table | tempo     cells to rows and measures
//!                                      keys ─▶ which area a row is about
//!                                      numbers, states ─▶ what a cell says
//!                              drafts ─▶ reconcile ─▶ series        rows to one value an area
//!          files ─▶ boundaries                                    polygons to neighbours
//! ```
//!
//! All sources are read even when some cannot be, so that every problem is told at once. A measure
//! that could not be filled gives no series; [`Reading::unread`] names it, and an error finding says
//! why.

mod ages;
mod boundaries;
mod budget;
mod caught;
mod choice;
mod columns;
mod cuts;
mod delimited;
mod dialect;
mod dimensions;
mod encoding;
mod files;
mod foreign;
mod format;
mod found;
mod grid;
mod guard;
mod guard_wire;
mod header;
mod keys;
mod labels;
mod ledger;
mod matrix;
mod numbers;
mod open;
mod preflight;
mod ranged;
mod reconcile;
mod recorder;
mod remarks;
#[cfg(test)]
mod scene;
mod series;
mod sheets;
mod source;
mod states;
mod sums;
mod table;
mod tempo;
mod territory;
mod values;
mod workbook;
mod written;

pub use budget::Budget;
pub use dimensions::{Cube, Dimension};
pub use files::{Inputs, Terms};
pub use found::{
    FoundFile, FoundSheet, Page, Refusal, RefusalKind, Writing, expand, find, is_letter_row,
    territory,
};
pub use grid::{Content, Grid, GridRow, Merge};
pub use guard::{Guard, confine};
pub use guard_wire::serve;
pub use header::{Header, HeaderColumn};
pub use keys::{KeyColumns, KeyTexts, Recognised, Recogniser, Subject};
pub use labels::{fold, short, trim};
pub use numbers::{Decision, Evidence, describe};
pub use open::{ListedRow, Opened, found_columns, text_columns};
pub use recorder::Recorder;
pub use remarks::{At, Refused, Remark};
use source::Files;
pub use states::{CellReader, CellValue, Problem};
pub use territory::Territory;
pub use written::{Written, written};

use crate::observation::Observations;
use crate::quality::{Findings, Place};
use crate::register::Matcher;
use crate::study::{Layout, Source};

/// What reading all sources gave.
#[derive(Debug, Default)]
pub struct Reading {
    /// The files that could be opened and the measures that could be filled.
    pub observations: Observations,
    /// The measures (`<source>.<measure>`) that could not be filled, and the sources of polygons
    /// that could not be read, in the order of the study. Each has an error finding; a run that needs one of them cannot go on.
    pub unread: Vec<String>,
    /// Names and labels that the register does not recognise, each once, in reading order: what an
    /// alias file could explain.
    pub refused: Vec<RefusedLabel>,
}

/// A name or label of a source that the register does not recognise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedLabel {
    /// Id of the source.
    pub source: String,
    /// The level that the source measures.
    pub level: String,
    /// As written.
    pub label: String,
    /// The county beside it, as written.
    pub county: Option<String>,
    /// What it may mean: codes of units, or areas of the level; best first.
    pub candidates: Vec<String>,
    /// Where it stands first.
    pub place: Place,
}

impl Reading {
    /// Whether every measure of the study has a series.
    pub fn is_complete(&self) -> bool {
        self.unread.is_empty()
    }
}

/// Reads all sources of a study.
///
/// The order of `sources` is the order of the series. Nothing stops at the first problem: what can
/// be read is read, and everything that was repaired, dropped, doubted or refused is in `findings`.
pub fn read(
    sources: &[Source],
    inputs: &Inputs,
    matcher: &Matcher<'_>,
    findings: &mut Findings,
) -> Reading {
    let mut reading = Reading::default();
    for (position, source) in sources.iter().enumerate() {
        let out = (&mut reading, &mut *findings);
        match source.layout {
            Layout::Table | Layout::Tempo => {
                source::read(position, source, Files::Named(inputs), matcher, out);
            }
            Layout::Boundaries => boundaries::read(source, inputs, matcher, out),
        }
    }
    reading
}

/// Reads one source from a file that was found already, whatever file the source names.
pub fn read_found(
    source: &Source,
    found: &Opened,
    matcher: &Matcher<'_>,
    findings: &mut Findings,
) -> Reading {
    let mut reading = Reading::default();
    source::read(0, source, Files::Open(found), matcher, (&mut reading, findings));
    reading
}
