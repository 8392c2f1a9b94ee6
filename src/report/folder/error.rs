//! Why a folder could not be written, and what the user can do about it.

use std::io::{self, ErrorKind};
use std::path::PathBuf;

use crate::watch::Interrupted;

/// Why a run folder could not be written. Unless the error says otherwise, what was there before is
/// there still.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The name of a folder is needed, and there is none at the end of the path.
    #[error("`{path}` does not end in the name of a folder")]
    NoName {
        /// As the user wrote it.
        path: PathBuf,
    },
    /// A file stands where the folder should.
    #[error("`{path}` is a file, not a folder")]
    NotAFolder {
        /// The file.
        path: PathBuf,
    },
    /// A folder that holds something else.
    #[error("the folder `{path}` is not empty and holds no {noun} of this program")]
    Occupied {
        /// The folder.
        path: PathBuf,
        /// What it does not hold.
        noun: &'static str,
    },
    /// A folder to which somebody added files.
    #[error("the folder `{path}` holds files that its {noun} did not write: {}", quoted(files))]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// What it holds.
        noun: &'static str,
        /// Their paths inside it, in order.
        files: Vec<String>,
    },
    /// The target or what stands beside it cannot be looked at.
    #[error("cannot look into `{path}`")]
    Look {
        /// What was looked at.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file or folder of the run cannot be written.
    #[error("cannot write `{path}`")]
    Write {
        /// The file as it would have been named in the end.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The finished folder cannot take its place.
    #[error("cannot put the new files in place of `{path}`")]
    Swap {
        /// The target.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The finished folder cannot take its place and the older one cannot return to it.
    #[error("cannot put the new files in place of `{path}`; the older ones are whole in `{aside}`")]
    Stranded {
        /// The target.
        path: PathBuf,
        /// Where the older run is; the next run brings it back.
        aside: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Somebody asked to stop.
    #[error(transparent)]
    Interrupted(#[from] Interrupted),
}

fn quoted(files: &[String]) -> String {
    let mut shown: Vec<String> = files.iter().take(3).map(|file| format!("`{file}`")).collect();
    if files.len() > shown.len() {
        shown.push(format!("{} more", files.len() - shown.len()));
    }
    shown.join(", ")
}

impl WriteError {
    /// What the user can do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::NoName { .. } => Some("name a folder, as in `--out out`"),
            Self::NotAFolder { .. } | Self::Occupied { .. } => {
                Some("name another folder with `--out`, or move away what is there")
            }
            Self::Foreign { .. } => {
                Some("move these files elsewhere, or name another folder with `--out`")
            }
            Self::Look { source, .. }
            | Self::Write { source, .. }
            | Self::Swap { source, .. }
            | Self::Stranded { source, .. } => remedy(source.kind()),
            Self::Interrupted(_) => None,
        }
    }
}

fn remedy(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            Some("free some space, or name a folder on another disk with `--out`")
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Some(
            "close files of this folder that are open in Excel, check that you may write there, \
             or name another folder with `--out`",
        ),
        ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists => Some(
            "another run may be writing there: wait for it, or name another folder with `--out`",
        ),
        _ => None,
    }
}
