//! What the bundled register knows besides its units: localities below them and labels of areas.

use std::collections::BTreeMap;

/// A place below a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Locality {
    /// Display name.
    pub name: String,
    /// Code of the unit it belongs to.
    pub unit: String,
    /// What it is.
    pub kind: LocalityKind,
}

/// What a place below a unit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalityKind {
    /// A village, or a town as a place of its own.
    Settlement,
    /// A sector of Bucharest.
    Sector,
}

/// Other labels of one area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AreaLabels {
    /// Register column the area belongs to.
    pub level: String,
    /// The area, as that column names it.
    pub area: String,
    /// Codes and letters that mean the same area (`AB`, `10`, `RO121`).
    pub labels: Vec<String>,
}

/// Localities and area labels, for classifying rows. Empty for a register of the study's own.
#[derive(Clone, Debug, Default)]
pub struct Gazetteer {
    localities: BTreeMap<String, Locality>,
    labels: Vec<AreaLabels>,
}

impl Gazetteer {
    /// A gazetteer of these localities, by code, and area labels.
    pub fn new(localities: BTreeMap<String, Locality>, labels: Vec<AreaLabels>) -> Self {
        Self { localities, labels }
    }

    /// The localities below the units, by code.
    pub fn localities(&self) -> &BTreeMap<String, Locality> {
        &self.localities
    }

    /// Other labels of areas.
    pub fn labels(&self) -> &[AreaLabels] {
        &self.labels
    }
}
