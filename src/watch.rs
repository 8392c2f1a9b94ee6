//! Somebody who watches a run: is told how far it is, and may ask it to stop.

/// The run was asked to stop; nothing was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("interrupted; nothing was written")]
pub struct Interrupted;

/// What a run is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Reading and joining sources.
    Reading,
    /// Computing nodes of the index.
    Computing,
    /// Applying a programme.
    Selecting,
    /// Drawing the doubts of a robustness file, point after point.
    Drawing,
    /// Giving account of units, one after the other.
    Explaining,
    /// Making reports and tables.
    Reporting,
    /// Writing the run folder.
    Writing,
}

/// Watches a run. Told between pieces of work, never inside one; what it answers changes no byte of
/// a result, only whether there is one.
pub trait Watch {
    /// `done` of `total` pieces of `stage` are finished.
    fn at(&self, stage: Stage, done: usize, total: usize) -> Result<(), Interrupted>;
}

/// Watches nothing and never stops a run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Unwatched;

impl Watch for Unwatched {
    fn at(&self, _: Stage, _: usize, _: usize) -> Result<(), Interrupted> {
        Ok(())
    }
}
