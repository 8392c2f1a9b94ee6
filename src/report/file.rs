//! A file of a run in memory, or why it could not be made.

use super::format::PictureError;
use crate::message::report as message;
use crate::quality::{Message, speaks};
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
#[derive(Debug)]
pub enum ReportError {
    /// A sheet holds fewer rows than the run has units.
    TooManyUnits {
        /// How many there are.
        units: usize,
    },
    /// More columns than a sheet holds.
    TooManyColumns {
        /// How many there are.
        columns: usize,
    },
    /// The workbook could not be assembled.
    Workbook(rust_xlsxwriter::XlsxError),
    /// A map could not be made a picture.
    Picture(PictureError),
    /// Somebody asked to stop.
    Interrupted(Interrupted),
}

impl From<rust_xlsxwriter::XlsxError> for ReportError {
    fn from(error: rust_xlsxwriter::XlsxError) -> Self {
        Self::Workbook(error)
    }
}

impl From<PictureError> for ReportError {
    fn from(error: PictureError) -> Self {
        Self::Picture(error)
    }
}

impl From<Interrupted> for ReportError {
    fn from(interrupted: Interrupted) -> Self {
        Self::Interrupted(interrupted)
    }
}

impl ReportError {
    /// What it says, with its cause.
    pub fn message(&self) -> Message {
        match self {
            Self::TooManyUnits { units } => message::too_many_units(*units),
            Self::TooManyColumns { columns } => message::too_many_columns(*columns),
            Self::Workbook(error) => message::no_workbook(&error.to_string()),
            Self::Picture(error) => message::no_picture(&error.message()),
            Self::Interrupted(_) => message::interrupted(),
        }
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<Message> {
        match self {
            Self::TooManyUnits { .. } | Self::TooManyColumns { .. } => {
                Some(message::without_workbook())
            }
            Self::Picture(_) => Some(message::without_pictures()),
            Self::Workbook(_) | Self::Interrupted(_) => None,
        }
    }
}

speaks!(ReportError);
