//! Maps: what is drawn (units from boundaries, else a tile for each county), and in which classes.

mod areas;
mod layers;
mod sureness;

use crate::index::Figures;
use crate::language::Language;
use crate::message::labels;
use crate::register::Register;
pub(crate) use areas::simplified;
pub(crate) use layers::{Layer, MapRun, Rest, main_layers};

/// Every layer of a run.
pub(crate) fn layers(run: &MapRun<'_>) -> Vec<Layer> {
    layers::layers(run, sureness::sureness(run))
}

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
    pub(crate) fn of(figures: &Figures<'_>) -> Option<Self> {
        areas::map(figures).or_else(|| tiles(figures.register))
    }

    /// What a reader of the legend of a layer must know: what a shape is, what its outline says, and who
    /// is not drawn.
    pub(crate) fn remarks(&self, layer: &Layer, language: Language) -> Vec<String> {
        let mut remarks = Vec::new();
        if self.areas.is_empty() {
            remarks.extend(layer.remark(language));
        } else {
            remarks.push(labels::MAP_TILE.text(language).to_owned());
        }
        if !self.without.is_empty() {
            let count = labels::UNITS.of(self.without.len(), language);
            remarks.push(format!("{}: {count}", labels::MAP_WITHOUT.text(language)));
        }
        remarks
    }
}

/// Side of a tile and the gap between two.
const SIDE: u32 = 100;
const GAP: u32 = 6;

/// Counties of Romania: name in the register, letters on number plates, column, row.
const TILES: [(&str, &str, u32, u32); 42] = [
    ("Satu Mare", "SM", 2, 0),
    ("Maramureș", "MM", 3, 0),
    ("Suceava", "SV", 5, 0),
    ("Botoșani", "BT", 6, 0),
    ("Bihor", "BH", 1, 1),
    ("Sălaj", "SJ", 2, 1),
    ("Cluj", "CJ", 3, 1),
    ("Bistrița-Năsăud", "BN", 4, 1),
    ("Neamț", "NT", 5, 1),
    ("Iași", "IS", 6, 1),
    ("Arad", "AR", 1, 2),
    ("Alba", "AB", 2, 2),
    ("Mureș", "MS", 3, 2),
    ("Harghita", "HR", 4, 2),
    ("Bacău", "BC", 5, 2),
    ("Vaslui", "VS", 6, 2),
    ("Timiș", "TM", 0, 3),
    ("Hunedoara", "HD", 1, 3),
    ("Sibiu", "SB", 2, 3),
    ("Brașov", "BV", 3, 3),
    ("Covasna", "CV", 4, 3),
    ("Vrancea", "VN", 5, 3),
    ("Galați", "GL", 6, 3),
    ("Caraș-Severin", "CS", 0, 4),
    ("Gorj", "GJ", 1, 4),
    ("Vâlcea", "VL", 2, 4),
    ("Argeș", "AG", 3, 4),
    ("Prahova", "PH", 4, 4),
    ("Buzău", "BZ", 5, 4),
    ("Brăila", "BR", 6, 4),
    ("Tulcea", "TL", 7, 4),
    ("Mehedinți", "MH", 0, 5),
    ("Dolj", "DJ", 1, 5),
    ("Olt", "OT", 2, 5),
    ("Dâmbovița", "DB", 3, 5),
    ("Ilfov", "IF", 4, 5),
    ("București", "B", 5, 5),
    ("Ialomița", "IL", 6, 5),
    ("Constanța", "CT", 7, 5),
    ("Teleorman", "TR", 3, 6),
    ("Giurgiu", "GR", 4, 6),
    ("Călărași", "CL", 6, 6),
];

/// The tiles of the counties that the register has; `None` when it has none of them.
fn tiles(register: &Register) -> Option<Map> {
    let level = register.level("county")?;
    let mut areas = vec![Vec::new(); level.areas.len()];
    for (unit, &area) in level.of_unit.iter().enumerate() {
        areas[area as usize].push(unit);
    }
    let tile = |(area, name): (usize, &String)| {
        let (_, letters, column, row) = TILES.iter().find(|(known, ..)| known == name)?;
        let (x, y) = (column * (SIDE + GAP), row * (SIDE + GAP));
        Some(Shape {
            of: Of::Area(area),
            name: name.clone(),
            path: format!("M{x} {y}h{SIDE}v{SIDE}h-{SIDE}z"),
            letters: Some(((*letters).to_owned(), [x + SIDE / 2, y + SIDE / 2 + 12])),
        })
    };
    let shapes: Vec<Shape> = level.areas.iter().enumerate().filter_map(tile).collect();
    let size = [8 * (SIDE + GAP), 7 * (SIDE + GAP)];
    // a county that has no tile would be left out silently, and one tile alone shows nothing
    (shapes.len() > 1 && shapes.len() == level.areas.len()).then_some(Map {
        size,
        shapes,
        areas,
        without: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_county_has_a_tile_of_its_own() {
        let bundled = crate::register::bundled("ro-uat-2025").unwrap();
        for name in &bundled.register.level("county").unwrap().areas {
            assert!(TILES.iter().any(|(known, ..)| known == name), "{name}");
        }
        let mut places: Vec<(u32, u32)> = TILES.iter().map(|(_, _, x, y)| (*x, *y)).collect();
        places.sort_unstable();
        places.dedup();
        assert_eq!(places.len(), TILES.len());
    }
}
