//! From values to bytes: every format of a run's outputs, none of which reads or writes.

mod delimited;
#[cfg(test)]
mod fixture;
pub mod folder;
mod format;
mod geojson;
mod html;
mod labels;
mod map;
mod mask;
mod numbers;
mod parquet;
mod phases;
mod readme;
mod record;
mod selection;
mod single;
mod stamp;
mod statistics;
mod step_words;
mod summary;
mod table;
mod tables;
mod told;
mod view;
mod words;
mod workbook;

use crate::quality::Findings;

pub(crate) use delimited::csv;
pub(crate) use format::table_columns;
pub use format::{File, Format, ReportError, UnknownFormat, files, full_files, handed_out};
pub(crate) use html::escape;
pub use map::PictureError;
pub(crate) use map::{NoPicture, difference};
pub use mask::Mask;
pub(crate) use numbers::shown;
pub use record::{RECORD, RecordedOutput};
pub(crate) use selection::below_the_cut;
pub use selection::{Chosen, Withheld, refused_json, spoken};
pub use single::write_file;
pub use stamp::{Role, Stamp, StampedFile, sha256, sha256_of};
pub use summary::summary;
pub(crate) use table::Table;
pub use told::told;
pub use view::{Unscored, View};
pub(crate) use words::declared;

/// Findings as `findings.csv` of a run lists them: one row for each place and unit.
pub fn findings_csv(findings: &Findings) -> Vec<u8> {
    csv(&tables::findings(findings))
}
