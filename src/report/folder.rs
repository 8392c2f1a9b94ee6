//! A folder on disk, of a run or of another kind: written whole or not at all, replacing an older
//! one of its kind and nothing else. A single file is written in the same way.
//!
//! The files are written and flushed in a folder beside the target, then two renames swap it in:
//! the older run steps aside, the new one takes its name. What a kill or a power cut leaves:
//!
//! | when | under the final name | beside it |
//! |---|---|---|
//! | while files are written | the older run | an unfinished folder, removed by the next run |
//! | between the two renames | nothing | both runs, whole; the next run, or [`locate`], finds the older one |
//! | after the second rename | the new run | the older run or what is left of it, removed by the next run |
//!
//! No system Rust supports renames over a folder that has files, hence the second line. Of two runs
//! that write into one folder at once, one may fail; it says so and breaks nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::file::File;
use super::format::{RECORD, Recognised};
use crate::language::Words;
use crate::message::of_system;
use crate::message::report as message;
use crate::quality::{Message, speaks};
use crate::watch::{Interrupted, Stage, Watch};

/// What kind of folder is written.
#[derive(Clone, Copy, Debug)]
pub struct Kind {
    /// Its name in messages.
    pub(crate) noun: Words,
    /// The file that marks a whole folder of the kind: the first to go when one is removed.
    pub mark: &'static str,
    /// Paths of the files that a folder of the kind wrote, from the folder and the bytes of its
    /// mark; `None` when the mark is that of something else.
    pub own: fn(&Path, &[u8]) -> Option<BTreeSet<String>>,
}

/// The folder of a run.
pub const RUN: Kind = Kind { noun: message::RUN, mark: RECORD, own: of_run };

fn of_run(_: &Path, record: &[u8]) -> Option<BTreeSet<String>> {
    let record = Recognised::from_bytes(record)?;
    let written = record.outputs.into_iter().map(|output| output.path);
    Some(written.chain([RECORD.to_owned()]).collect())
}

/// Writes the files of a run into the folder `out`, as [`write_as`] does.
pub fn write(out: &Path, files: &[File], watch: &dyn Watch) -> Result<(), WriteError> {
    write_as(&RUN, out, files, watch)
}

/// Writes files into the folder `out`, which may be absent, empty, or hold an older folder of that
/// kind, which is replaced as a whole.
///
/// `watch` may stop it before any file; on every error the folder is as it was and nothing is left
/// beside it.
pub fn write_as(
    kind: &Kind,
    out: &Path,
    files: &[File],
    watch: &dyn Watch,
) -> Result<(), WriteError> {
    let target = Target::new(kind, out)?;
    target.clear_up()?;
    let taken = target.taken()?;
    let building = target.build(files, watch)?;
    target.swap(&building, taken)?;
    // Everything below is done: what is left over is removed by the next run.
    drop(building.keep());
    target.discard(&target.aside).ok();
    Ok(())
}

/// Where the folder `out` of that kind is to be read: `out` itself, or the older one aside of it
/// when a crash kept a newer one from taking its place. Changes nothing.
pub fn locate(kind: &Kind, out: &Path) -> PathBuf {
    let is_run = |folder: &Path| folder.join(kind.mark).is_file();
    match Target::new(kind, out) {
        Ok(target) if !is_run(&target.path) && is_run(&target.aside) => target.aside,
        Ok(_) | Err(_) => out.to_owned(),
    }
}

/// What stands under the final name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Taken {
    Free,
    EmptyFolder,
    OlderRun,
}

/// The final name of a run folder, and the names beside it that a write uses.
struct Target {
    kind: Kind,
    path: PathBuf,
    parent: PathBuf,
    aside: PathBuf,
    unfinished: String,
}

impl Target {
    fn new(kind: &Kind, out: &Path) -> Result<Self, WriteError> {
        let no_name = || WriteError::NoName { path: out.to_owned() };
        // A link to a folder stays: the folder it leads to is replaced.
        let path = fs::canonicalize(out).unwrap_or_else(|_| out.to_owned());
        if out.file_name().is_none() {
            return Err(no_name());
        }
        let name = path.file_name().ok_or_else(no_name)?.to_string_lossy().into_owned();
        let parent = match path.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_owned(),
            _ => PathBuf::from("."),
        };
        let aside = parent.join(format!(".{name}.risk-index-older"));
        let unfinished = format!(".{name}.risk-index-new-");
        Ok(Self { kind: *kind, path, parent, aside, unfinished })
    }

    /// Brings back an older run that a crash left aside, and removes what crashes left over.
    fn clear_up(&self) -> Result<(), WriteError> {
        let swap = |source| WriteError::Swap { path: self.path.clone(), source };
        match (self.aside.join(self.kind.mark).is_file(), self.taken()) {
            (true, Ok(Taken::Free)) => fs::rename(&self.aside, &self.path).map_err(swap)?,
            (true, Ok(Taken::EmptyFolder)) => {
                fs::remove_dir(&self.path).map_err(swap)?;
                fs::rename(&self.aside, &self.path).map_err(swap)?;
            }
            (true, Err(in_the_way)) => return Err(in_the_way),
            (true, Ok(Taken::OlderRun)) | (false, _) => {
                if self.aside.exists() {
                    self.discard(&self.aside).map_err(swap)?;
                }
            }
        }
        let Ok(beside) = fs::read_dir(&self.parent) else { return Ok(()) };
        for entry in beside.flatten() {
            let is_ours = entry.file_name().to_string_lossy().starts_with(&self.unfinished);
            // A folder another process is writing at this moment is locked and stays.
            if is_ours && claim(&entry.path()).is_some() {
                fs::remove_dir_all(entry.path()).ok();
            }
        }
        Ok(())
    }

    fn taken(&self) -> Result<Taken, WriteError> {
        let look = |source| WriteError::Look { path: self.path.clone(), source };
        match fs::symlink_metadata(&self.path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Taken::Free),
            Err(error) => return Err(look(error)),
            Ok(found) if !found.is_dir() => {
                return Err(WriteError::NotAFolder { path: self.path.clone() });
            }
            Ok(_) => {}
        }
        let found = files_in(&self.path).map_err(look)?;
        if fs::read_dir(&self.path).map_err(look)?.next().is_none() {
            return Ok(Taken::EmptyFolder);
        }
        let kind = self.kind;
        let mark = fs::read(self.path.join(self.kind.mark)).ok();
        let Some(written) = mark.and_then(|bytes| (self.kind.own)(&self.path, &bytes)) else {
            return Err(WriteError::Occupied { path: self.path.clone(), kind });
        };
        let foreign: Vec<String> =
            found.into_iter().filter(|file| !written.contains(file)).collect();
        if foreign.is_empty() {
            Ok(Taken::OlderRun)
        } else {
            Err(WriteError::Foreign { path: self.path.clone(), kind, files: foreign })
        }
    }

    /// Writes and flushes everything in a folder beside the target, which goes away with the
    /// returned value.
    fn build(&self, files: &[File], watch: &dyn Watch) -> Result<TempDir, WriteError> {
        let failed = |path: PathBuf| move |source| WriteError::Write { path, source };
        fs::create_dir_all(&self.parent).map_err(failed(self.parent.clone()))?;
        let building = tempfile::Builder::new()
            .prefix(&self.unfinished)
            .tempdir_in(&self.parent)
            .map_err(failed(self.path.clone()))?;
        let claimed = claim(building.path());
        let mut folders = BTreeMap::from([(building.path().to_owned(), self.path.clone())]);
        for (done, file) in files.iter().enumerate() {
            watch.at(Stage::Writing, done, files.len())?;
            let inside: PathBuf = file.path.split('/').collect();
            let (place, named) = (building.path().join(&inside), self.path.join(&inside));
            if let (Some(folder), Some(named)) = (place.parent(), named.parent()) {
                fs::create_dir_all(folder).map_err(failed(named.to_owned()))?;
                folders.insert(folder.to_owned(), named.to_owned());
            }
            write_flushed(&place, &file.bytes).map_err(failed(named))?;
        }
        watch.at(Stage::Writing, files.len(), files.len())?;
        for (folder, named) in folders {
            flush_folder(&folder).map_err(failed(named))?;
        }
        drop(claimed);
        Ok(building)
    }

    fn swap(&self, building: &TempDir, taken: Taken) -> Result<(), WriteError> {
        let failed = |source| WriteError::Swap { path: self.path.clone(), source };
        match taken {
            Taken::Free => fs::rename(building.path(), &self.path).map_err(failed)?,
            Taken::EmptyFolder => {
                fs::remove_dir(&self.path).map_err(failed)?;
                fs::rename(building.path(), &self.path).map_err(failed)?;
            }
            Taken::OlderRun => {
                fs::rename(&self.path, &self.aside).map_err(failed)?;
                if let Err(source) = fs::rename(building.path(), &self.path) {
                    return Err(self.step_back(source));
                }
            }
        }
        // The new run is in place; that its name is on the disk too is a matter for the system.
        flush_folder(&self.parent).ok();
        Ok(())
    }

    fn step_back(&self, source: io::Error) -> WriteError {
        let path = self.path.clone();
        match fs::rename(&self.aside, &self.path) {
            Ok(()) => WriteError::Swap { path, source },
            Err(_) => WriteError::Stranded { path, aside: self.aside.clone(), source },
        }
    }

    /// Removes a folder, its mark first: a folder with its mark is whole at any moment.
    fn discard(&self, folder: &Path) -> io::Result<()> {
        match fs::remove_file(folder.join(self.kind.mark)) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
            Ok(()) | Err(_) => {}
        }
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
            Ok(()) | Err(_) => Ok(()),
        }
    }
}

/// Locks a folder for this process, where the system has locks on folders. The lock ends with the
/// process, however it ends.
fn claim(folder: &Path) -> Option<fs::File> {
    let folder = fs::File::open(folder).ok()?;
    folder.try_lock().ok()?;
    Some(folder)
}

/// Paths of all files below a folder, with `/`, in order.
fn files_in(folder: &Path) -> io::Result<Vec<String>> {
    let mut found = Vec::new();
    let mut open = vec![(folder.to_owned(), String::new())];
    while let Some((folder, inside)) = open.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let path = format!("{inside}{}", entry.file_name().to_string_lossy());
            if entry.file_type()?.is_dir() {
                open.push((entry.path(), format!("{path}/")));
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn write_flushed(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create_new(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

/// Flushes the names in a folder. Systems that cannot do it say so in one of two ways.
fn flush_folder(folder: &Path) -> io::Result<()> {
    if !cfg!(unix) {
        return Ok(());
    }
    match fs::File::open(folder)?.sync_all() {
        Err(error) if matches!(error.kind(), ErrorKind::InvalidInput | ErrorKind::Unsupported) => {
            Ok(())
        }
        flushed => flushed,
    }
}

/// Puts the bytes under that name: written beside it first, then moved there, so that a reader never
/// meets half a file. What stood there is replaced.
///
/// # Errors
/// Those of the file system.
pub fn write_file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let parent = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let mut builder = tempfile::Builder::new();
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
    let mut file = builder.prefix(".risk-index-new-").tempfile_in(parent)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

#[cfg(test)]
mod tests;

/// Why a run folder could not be written. Unless the error says otherwise, what was there before is
/// there still.
#[derive(Debug)]
pub enum WriteError {
    /// The name of a folder is needed, and there is none at the end of the path.
    NoName {
        /// As the user wrote it.
        path: PathBuf,
    },
    /// A file stands where the folder should.
    NotAFolder {
        /// The file.
        path: PathBuf,
    },
    /// A folder that holds something else.
    Occupied {
        /// The folder.
        path: PathBuf,
        /// What it is none of.
        kind: Kind,
    },
    /// A folder to which somebody added files.
    Foreign {
        /// The folder.
        path: PathBuf,
        /// What it is.
        kind: Kind,
        /// Their paths inside it, in order.
        files: Vec<String>,
    },
    /// The target or what stands beside it cannot be looked at.
    Look {
        /// What was looked at.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// A file or folder of the run cannot be written.
    Write {
        /// The file as it would have been named in the end.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The finished folder cannot take its place.
    Swap {
        /// The target.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The finished folder cannot take its place and the older one cannot return to it.
    Stranded {
        /// The target.
        path: PathBuf,
        /// Where the older run is; the next run brings it back.
        aside: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// Somebody asked to stop.
    Interrupted(Interrupted),
}

impl From<Interrupted> for WriteError {
    fn from(interrupted: Interrupted) -> Self {
        Self::Interrupted(interrupted)
    }
}

impl WriteError {
    /// What it says, with its cause.
    pub fn message(&self) -> Message {
        let shown = |path: &Path| path.display().to_string();
        match self {
            Self::NoName { path } => message::no_name(&shown(path)),
            Self::NotAFolder { path } => message::not_a_folder(&shown(path)),
            Self::Occupied { path, kind } => message::occupied(&shown(path), kind.noun),
            Self::Foreign { path, kind, files } => message::foreign(&shown(path), kind.noun, files),
            Self::Look { path, source } => message::unseen(&shown(path), &of_system(source)),
            Self::Write { path, source } => message::unwritten(&shown(path), &of_system(source)),
            Self::Swap { path, source } => message::unplaced(&shown(path), &of_system(source)),
            Self::Stranded { path, aside, source } => {
                message::stranded(&shown(path), &shown(aside), &of_system(source))
            }
            Self::Interrupted(_) => message::interrupted(),
        }
    }

    /// What the user can do about it.
    pub fn hint(&self) -> Option<Message> {
        match self {
            Self::NoName { .. } => Some(message::name_a_folder()),
            Self::NotAFolder { .. } | Self::Occupied { .. } => Some(message::name_another()),
            Self::Foreign { .. } => Some(message::move_away()),
            Self::Look { source, .. }
            | Self::Write { source, .. }
            | Self::Swap { source, .. }
            | Self::Stranded { source, .. } => remedy(source.kind()),
            Self::Interrupted(_) => None,
        }
    }
}

speaks!(WriteError);

fn remedy(kind: ErrorKind) -> Option<Message> {
    match kind {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded | ErrorKind::FileTooLarge => {
            Some(message::free_space())
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => Some(message::close_files()),
        ErrorKind::DirectoryNotEmpty | ErrorKind::AlreadyExists => Some(message::wait()),
        _ => None,
    }
}
