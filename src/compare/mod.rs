//! Two runs side by side: who moves, who enters and leaves, and what changed in what they were made
//! from.
//!
//! A side is read from what a run wrote, so that a study, a run folder and a bag are compared alike.

mod moves;
mod side;
mod sources;
mod text;

pub use moves::{Area, Move, Moves, Overlap, Passage, moves};
pub use side::{Side, Unreadable};
pub use sources::sources;
pub use text::text;

use serde::Serialize;

/// Two runs compared.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// How the sides are called.
    pub names: [String; 2],
    /// What changed in inputs, study, methodology and programme, a sentence each.
    pub changes: Vec<String>,
    /// Whether every cell of the index and of the selection is the same.
    pub same_results: bool,
    /// Who moved.
    pub moves: Moves,
}

/// Compares two sides.
pub fn compare(a: &Side, b: &Side) -> Comparison {
    Comparison {
        names: [a.name.clone(), b.name.clone()],
        changes: sources(a, b),
        same_results: a.index == b.index && a.selection == b.selection,
        moves: moves(a, b),
    }
}
