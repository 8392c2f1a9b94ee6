//! Maps: what is drawn (units from boundaries, else a tile for each county), in which classes, as
//! drawings and as pictures.

mod areas;
mod frame;
mod layers;
mod picture;
mod svg;
mod tiles;

pub(crate) use areas::simplified;
pub(crate) use frame::{classes, remarks};
pub(crate) use layers::{Layer, layers, main_layers};
pub use picture::PictureError;
pub(crate) use picture::{NoPicture, difference, png};
pub(crate) use svg::{Look, svg};

use super::view::View;

/// What a map draws.
#[derive(Clone, Debug, Default)]
pub(crate) struct Map {
    /// Width and height of the drawing.
    pub(crate) size: [u32; 2],
    /// The shapes.
    pub(crate) shapes: Vec<Shape>,
    /// Units of each area, by their position in the register; empty when shapes are units.
    pub(crate) areas: Vec<Vec<usize>>,
    /// Units that boundaries do not show.
    pub(crate) without: Vec<usize>,
}

/// One shape of a map.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// What it stands for.
    pub(crate) of: Of,
    /// Name of the unit or area.
    pub(crate) name: String,
    /// Path data.
    pub(crate) path: String,
    /// Letters inside it, and where they stand.
    pub(crate) letters: Option<(String, [u32; 2])>,
}

/// What a shape stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Of {
    /// A unit, by its position in the register.
    Unit(usize),
    /// An area, by its position in [`Map::areas`].
    Area(usize),
}

impl Map {
    /// The map of a run; `None` where nothing says where units lie.
    pub(crate) fn of(view: &View<'_>) -> Option<Self> {
        areas::map(view).or_else(|| tiles::map(view))
    }
}
