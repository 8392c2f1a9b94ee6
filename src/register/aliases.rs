//! Names and codes seen in files that mean a unit under another name or code, each with its reason.

/// A table of aliases: the bundled one, extended by the study's own.
#[derive(Clone, Debug, Default)]
pub struct Aliases {}
