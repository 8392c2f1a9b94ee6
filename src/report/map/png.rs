//! A map as a picture: for mail gateways, slides and workbooks that show no SVG.
//!
//! It holds no text: fonts differ from machine to machine, and a legend is read better beside it.
//! The letters of county tiles are drawn as lines.

use std::fmt::Write as _;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree};

use super::{Layer, Look, Map, svg};
use crate::report::view::View;

/// Width of the picture in pixels.
const WIDTH: u32 = 1_000;
/// Size of the grid on which letters are drawn, and of a step of it in units of the drawing.
const GRID: [u32; 2] = [4, 6];
const STEP: u32 = 5;
/// Steps from the start of one letter to the next.
const ADVANCE: u32 = 6;

/// The letters of the county codes as lines on a grid, 4 wide and 6 high.
const LETTERS: [(char, &str); 20] = [
    ('A', "M0 6L2 0L4 6M1 4H3"),
    ('B', "M0 0V6H3L4 5V4L3 3H0M0 0H3L4 1V2L3 3"),
    ('C', "M4 1L3 0H1L0 1V5L1 6H3L4 5"),
    ('D', "M0 0V6H2L4 4V2L2 0Z"),
    ('F', "M4 0H0V6M0 3H3"),
    ('G', "M4 1L3 0H1L0 1V5L1 6H3L4 5V3H2"),
    ('H', "M0 0V6M4 0V6M0 3H4"),
    ('I', "M1 0H3M2 0V6M1 6H3"),
    ('J', "M4 0V5L3 6H1L0 5"),
    ('L', "M0 0V6H4"),
    ('M', "M0 6V0L2 3L4 0V6"),
    ('N', "M0 6V0L4 6V0"),
    ('O', "M1 0H3L4 1V5L3 6H1L0 5V1Z"),
    ('P', "M0 6V0H3L4 1V2L3 3H0"),
    ('R', "M0 6V0H3L4 1V2L3 3H0M2 3L4 6"),
    ('S', "M4 1L3 0H1L0 1V2L1 3H3L4 4V5L3 6H1L0 5"),
    ('T', "M0 0H4M2 0V6"),
    ('V', "M0 0L2 6L4 0"),
    ('X', "M0 0L4 6M4 0L0 6"),
    ('Z', "M0 0H4L0 6H4"),
];

/// A picture, with its size in pixels.
pub(crate) struct Picture {
    /// The bytes of a PNG file.
    pub(crate) bytes: Vec<u8>,
    /// Width and height.
    pub(crate) size: [u32; 2],
}

/// The map in the colours of a layer; the same map gives the same bytes.
pub(crate) fn picture(view: &View<'_>, map: &Map, layer: &Layer) -> Picture {
    let drawing = svg(view, map, layer, Look::Picture);
    let tree = Tree::from_str(&drawing, &Options::default()).expect("the drawing is sound SVG");
    let [width, height] = map.size;
    let scale = f64::from(WIDTH) / f64::from(width.max(1));
    let rows = (f64::from(height) * scale).ceil().clamp(1.0, 20.0 * f64::from(WIDTH));
    #[expect(clippy::cast_sign_loss, reason = "clamped above 0")]
    let size = [WIDTH, rows as u32];
    let mut pixels = Pixmap::new(size[0], size[1]).expect("a picture has a size");
    let scale = scale as f32;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    let bytes = pixels.encode_png().expect("memory takes a picture");
    Picture { bytes, size }
}

/// Letters around a point as path data.
pub(super) fn strokes(letters: &str, [x, y]: [u32; 2]) -> String {
    let count = u32::try_from(letters.chars().count()).unwrap_or(0);
    let width = (count * ADVANCE).saturating_sub(ADVANCE - GRID[0]) * STEP;
    // a letter stands on the line at `y`
    let (left, top) = (x.saturating_sub(width / 2), y.saturating_sub(GRID[1] * STEP));
    let mut out = String::new();
    for (at, letter) in (0..).zip(letters.chars()) {
        let lines = LETTERS.iter().find(|(known, _)| *known == letter).map_or("", |(_, it)| it);
        let _ = write!(
            out,
            "<path transform=\"translate({} {top}) scale({STEP})\" d=\"{lines}\"/>",
            left + at * ADVANCE * STEP
        );
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::fixture::Fixture;
    use crate::report::map::{Map, layers};

    #[test]
    fn a_map_becomes_a_picture_of_its_colours() {
        let fixture = Fixture::new();
        let view = fixture.view();
        let map = Map::of(&view).expect("Alba and Cluj have tiles");
        let layer = layers(&view).remove(0);
        let picture = picture(&view, &map, &layer);
        let pixels = Pixmap::decode_png(&picture.bytes).expect("a PNG");
        assert_eq!([pixels.width(), pixels.height()], picture.size);
        let colours: std::collections::BTreeSet<_> = pixels
            .pixels()
            .iter()
            .map(|it| format!("#{:02x}{:02x}{:02x}", it.red(), it.green(), it.blue()))
            .collect();
        let areas = map.areas.iter().filter_map(|units| layer.area(units));
        for class in areas {
            assert!(colours.contains(&layer.colours()[class]), "{colours:?}");
        }
        assert!(colours.contains("#ffffff") && colours.contains("#111111"));
        assert!(picture.bytes == super::picture(&view, &map, &layer).bytes);
    }

    #[test]
    fn every_letter_of_a_tile_can_be_drawn() {
        for letter in super::super::tiles::letters().flat_map(str::chars) {
            assert!(LETTERS.iter().any(|(known, _)| *known == letter), "{letter}");
        }
    }
}
