//! Two runs side by side: who moves, who enters and leaves, and what changed in what they were made
//! from.
//!
//! A side is read from what a run wrote, so that a study, a run folder and a bag are compared alike.

mod mixed;
mod moves;
mod shares;
mod side;
mod sources;
mod text;

pub use moves::{Area, Move, Moves, Overlap, Passage, moves};
pub use shares::Share;
pub use side::{Side, Unreadable};
pub use sources::sources;
pub use text::text;

use serde::Serialize;

use crate::ingest::ReadLimits;
use crate::watch::{Interrupted, Watch};

/// Two runs compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// How the sides are called.
    pub names: [String; 2],
    /// What changed in inputs, study, methodology and programme, a sentence each.
    pub changes: Vec<String>,
    /// Whether every cell of the index and of the selection is the same.
    pub same_results: bool,
    /// Why the moves do not say how much of them each change made; `None` when they do, or when
    /// nobody moved.
    pub untold: Option<&'static str>,
    /// Who moved.
    pub moves: Moves,
}

/// Compares two sides; input files are read under the given terms where a run shows how much of a
/// move each change made.
///
/// # Errors
/// Somebody asked to stop.
pub fn compare(
    a: &Side,
    b: &Side,
    terms: &ReadLimits,
    watch: &dyn Watch,
) -> Result<Comparison, Interrupted> {
    let mut moves = moves(a, b);
    let untold = shares::tell(&mut moves, [a, b], terms, watch)?;
    Ok(Comparison {
        names: [a.name.clone(), b.name.clone()],
        changes: sources(a, b),
        same_results: a.index == b.index && a.selection == b.selection,
        untold,
        moves,
    })
}
