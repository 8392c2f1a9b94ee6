//! From values to bytes: every format of a run's outputs, none of which reads or writes.

mod delimited;
mod errors;
#[cfg(test)]
mod fixture;
pub mod folder;
mod format;
mod labels;
mod numbers;
mod parquet;
mod readme;
mod record;
mod rule_words;
mod stamp;
mod step_words;
mod summary;
mod summary_json;
mod table;
mod tables;
mod view;
mod words;
mod workbook;

pub use errors::errors;
pub use format::{File, Format, ReportError, UnknownFormat, files};
pub use record::{RECORD, RecordedOutput};
pub use stamp::{Role, Stamp, StampedFile, sha256};
pub use summary::summary;
pub use summary_json::summary_json;
pub use view::{Unscored, View};
