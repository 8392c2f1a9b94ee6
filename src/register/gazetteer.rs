//! What the bundled register knows besides its units: localities below them and areas above them.

/// Localities and area labels, for classifying rows. Empty for a register of the study's own.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {}
