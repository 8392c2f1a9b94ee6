//! From values to bytes: every format of a run's outputs, none of which reads or writes.

mod delimited;
mod format;
pub mod folder;
#[cfg(test)]
mod fixture;
mod labels;
mod numbers;
mod parquet;
mod readme;
mod record;
mod stamp;
mod table;
mod tables;
mod view;
mod words;
mod workbook;

pub use format::{File, Format, ReportError, UnknownFormat, files};
pub use record::{RECORD, RecordedOutput};
pub use stamp::{Role, Stamp, StampedFile, sha256};
pub use view::{Unscored, View};
