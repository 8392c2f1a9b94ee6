//! Turns the files that agencies publish into observations, station by station.
//!
//! ```text
//! bytes      which files, what kind of file they are
//! sheet      letters and records, sheets and cells: a grid with positions
//! table      where the header is, which column is which; the layout `table`
//! tempo      dimensions and labels; the layout `tempo`
//! rows       which area a row is about
//! values     what a cell says: a number, a state, a problem
//! series     one value an area; printed totals against the sum of their parts
//! boundaries polygons, and the borders between them
//! ```
//!
//! Each station answers its value and what it found on the way: repairs, drops, doubts, refusals.
//! `source` takes a source through all of them.
//! All sources are read even when some cannot be, so that every problem is found at once. A measure
//! that could not be filled gives no series; [`Reading::unread`] names it, and an error finding says
//! why.

mod boundaries;
mod bytes;
mod effects;
mod findings;
#[cfg(test)]
mod fixture;
mod labels;
mod rows;
mod series;
mod sheet;
mod source;
mod table;
mod tempo;
mod values;

pub(crate) use boundaries::{MapProbe, probe_map};
pub use bytes::inputs::{Inputs, Recorder};
pub use bytes::limits::{Budget, ReadLimits, Worker};
pub(crate) use labels::{fold, short, trim, unprotected};
pub(crate) use rows::RefusedLabel;
pub(crate) use rows::{
    KeyColumns, KeyReader, KeyTexts, Recogniser, Remark, RowKey, Subject, TakenFrom, has_number,
    says_nothing,
};
pub(crate) use sheet::Sheet;
pub(crate) use sheet::facts::Rectangle;
pub(crate) use sheet::grid::{Content, Grid, GridRow};
pub(crate) use sheet::page::Page;
pub(crate) use sheet::probe::FileProbe;
pub use sheet::probe::{FileRefusal, RefusalKind, probe};
pub use sheet::worker::{confine, serve};
pub use sheet::{RawCellTexts, raw_cell_texts};
use source::Files;
pub(crate) use table::columns::{ListedRow, Listing};
pub(crate) use table::county::{Around, Heading, heading};
pub(crate) use table::header::{self, Header, HeaderColumn};
pub(crate) use tempo::dimensions::{Cube, Dimension, find_territory, read as read_cube};
pub use values::numbers::number_format;
pub(crate) use values::numbers::{Decision, Evidence, describe};
pub use values::states::read_number;
pub(crate) use values::states::{CellReader, CellValue, Problem};

use crate::observation::Observations;
use crate::quality::Findings;
use crate::register::Matcher;
use crate::study::{Layout, Source};

/// What reading all sources gave.
#[derive(Clone, Debug, Default)]
pub struct Reading {
    /// The files that could be opened and the measures that could be filled.
    pub observations: Observations,
    /// The measures (`<source>.<measure>`) that could not be filled, and the sources of polygons
    /// that could not be read, in the order of the study. Each has an error finding; a run that needs one of them cannot go on.
    pub unread: Vec<String>,
    /// Names and labels that the register does not recognise, each once, in reading order: what an
    /// alias file could explain.
    pub(crate) refused: Vec<RefusedLabel>,
}

impl Reading {
    /// Whether every measure of the study has a series.
    pub(crate) fn is_complete(&self) -> bool {
        self.unread.is_empty()
    }
}

/// Reads all sources of a study.
///
/// The order of `sources` is the order of the series. Nothing stops at the first problem: what can
/// be read is read, and everything that was repaired, dropped, doubted or refused is a finding.
pub fn read(sources: &[Source], inputs: &Inputs, matcher: &Matcher<'_>) -> (Reading, Findings) {
    let mut reading = Reading::default();
    let mut findings = Findings::default();
    for (position, source) in sources.iter().enumerate() {
        findings.extend(match source.layout {
            Layout::Table | Layout::Tempo => {
                source::read(source, position, Files::Named(inputs), matcher, &mut reading)
            }
            Layout::Boundaries => boundaries::read(source, inputs, matcher, &mut reading),
        });
    }
    (reading, findings)
}

/// Reads one source from the sheets of a file that are open already, whatever file the source names.
pub(crate) fn read_sheets(
    source: &Source,
    sheets: &[Sheet],
    matcher: &Matcher<'_>,
) -> (Reading, Findings) {
    let mut reading = Reading::default();
    let findings = source::read(source, 0, Files::Open(sheets), matcher, &mut reading);
    (reading, findings)
}

/// Reads one source of polygons from a file, whatever file the source names.
pub(crate) fn read_map(
    source: &Source,
    inputs: &Inputs,
    path: &str,
    matcher: &Matcher<'_>,
) -> (Reading, Findings) {
    let mut reading = Reading::default();
    let files = boundaries::FilesOf { inputs, paths: &[path.to_owned()] };
    let findings = boundaries::read_files(source, &files, matcher, &mut reading);
    (reading, findings)
}
