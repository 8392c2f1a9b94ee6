//! A file of a run in memory, or why it could not be made.

use super::format::PictureError;
use crate::watch::Interrupted;

/// A file of a run: where it lies in the run folder, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    /// Path inside the run folder, with `/`.
    pub path: String,
    /// Everything in it.
    pub bytes: Vec<u8>,
}

/// Why reports could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A sheet holds fewer rows than the run has units.
    #[error("a sheet of a workbook cannot hold {units} units")]
    TooManyUnits {
        /// How many there are.
        units: usize,
    },
    /// More columns than a sheet holds.
    #[error("a sheet of a workbook cannot hold {columns} columns")]
    TooManyColumns {
        /// How many there are.
        columns: usize,
    },
    /// The workbook could not be assembled.
    #[error("the workbook could not be made")]
    Workbook(#[from] rust_xlsxwriter::XlsxError),
    /// A map could not be made a picture.
    #[error("the map could not be made a picture")]
    Picture(#[from] PictureError),
    /// Somebody asked to stop.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}

impl ReportError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::TooManyUnits { .. } | Self::TooManyColumns { .. } => {
                Some("leave the workbook out: `--format csv,parquet`")
            }
            Self::Picture(_) => {
                Some("leave pictures and workbook out: `--format html,csv,parquet,svg`")
            }
            Self::Workbook(_) | Self::Interrupted(_) => None,
        }
    }
}
