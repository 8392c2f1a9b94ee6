//! A programme file and the ones it extends, loaded and not yet checked.

use super::super::bundled::{bundled_programme, bundled_programmes};
use super::super::layers::{Layer, Layered, Load};
use super::super::problem::Problems;

const KIND: Layered = Layered {
    word: "programme",
    several: "programmes",
    bundled: bundled_programme,
    names: || bundled_programmes().collect(),
};

/// A programme with everything it extends, loaded and not yet checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Programme {
    /// The file that was asked for first, then the one it extends, and so on.
    pub layers: Vec<Layer>,
}

impl Programme {
    /// Loads a programme by bundled name or path, and what it extends, as
    /// [`Methodology::load`](super::super::Methodology::load) does.
    pub fn load(reference: &str, load: &mut Load<'_>, problems: &mut Problems) -> Option<Self> {
        KIND.load(reference, load, problems).map(|layers| Self { layers })
    }
}
