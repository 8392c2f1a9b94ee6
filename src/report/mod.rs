//! From values to bytes: every format of a run's outputs, none of which reads or writes.

mod delimited;
mod file;
#[cfg(test)]
mod fixture;
pub mod folder;
mod format;
mod geojson;
mod html;
mod map;
mod markup;
mod mask;
mod parquet;
mod phases;
mod readme;
mod record;
mod selection;
mod stamp;
mod statistics;
mod summary;
mod table;
mod tables;
mod told;
mod view;
mod words;
mod workbook;

use crate::quality::Findings;

pub(crate) use delimited::csv;
pub use file::{File, ReportError};
pub use folder::write_file;
pub(crate) use format::table_columns;
pub use format::{Format, UnknownFormat, files, full_files, handed_out};
pub use map::PictureError;
pub(crate) use map::{NoPicture, difference};
pub(crate) use markup::markup_text;
pub use record::{RECORD, RecordedOutput};
pub(crate) use selection::below_the_cut;
pub use selection::{Chosen, Withheld, refused_json, spoken};
pub use stamp::{Role, Stamp, StampedFile, sha256, sha256_of};
pub use summary::summary;
pub(crate) use table::Table;
pub use told::told;
pub use view::{Mask, View};
pub(crate) use words::declared;

/// Findings as `findings.csv` of a run lists them: one row for each place and unit.
pub fn findings_csv(findings: &Findings) -> Vec<u8> {
    csv(&tables::findings(findings))
}

/// The index as `tables/index.csv` of a run lists it: one row for each unit, in the order of the register.
pub fn index_frame(view: &View<'_>) -> polars::prelude::DataFrame {
    parquet::frame(&tables::index(view))
}
