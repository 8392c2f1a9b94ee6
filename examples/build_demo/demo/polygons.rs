//! Boundaries: a tile for each county, cut into as many areas as it has units. Neighbours share every
//! point of their border, within a county and between counties; the shapes resemble no real place.

use std::fmt::Write;

use risk_index::boundaries::{Boundaries, Pass, Point, Shape};

use super::File;
use super::country::{Country, Place};
use super::draws::uniform;

/// Cells along each side of a tile.
const SIDE: usize = 22;
/// Degrees of a tile from west to east and from south to north, in steps of the file.
const TILE: (i32, i32) = (9_680, 6_600);
/// Steps of the file in a degree.
const STEPS: i32 = 10_000;
/// The south-west corner of the map, in steps.
const CORNER: (i32, i32) = (202_000, 436_000);

/// Counties by row of tiles from the north, each row with the column of its first tile.
const ROWS: [(usize, &[&str]); 7] = [
    (2, &["Satu Mare", "Maramureș", "Bistrița-Năsăud", "Suceava", "Botoșani"]),
    (1, &["Bihor", "Sălaj", "Cluj", "Mureș", "Neamț", "Iași"]),
    (1, &["Arad", "Hunedoara", "Alba", "Harghita", "Bacău", "Vaslui"]),
    (1, &["Timiș", "Caraș-Severin", "Sibiu", "Brașov", "Covasna", "Vrancea", "Galați"]),
    (2, &["Gorj", "Vâlcea", "Argeș", "Prahova", "Buzău", "Brăila", "Tulcea"]),
    (1, &["Mehedinți", "Dolj", "Olt", "Dâmbovița", "Ilfov", "Ialomița", "Constanța"]),
    (3, &["Teleorman", "Giurgiu", "București", "Călărași"]),
];

/// A rectangle of cells: west, south, width, height, counted over the whole map.
#[derive(Clone, Copy)]
struct Cells {
    west: usize,
    south: usize,
    wide: usize,
    high: usize,
}

pub(super) fn file(country: &Country) -> File {
    let mut shapes = Vec::new();
    for (row, (first, counties)) in ROWS.iter().enumerate() {
        for (at, county) in counties.iter().enumerate() {
            let places: Vec<&Place> = country.of_county(county).collect();
            let (west, south) = ((first + at) * SIDE, (ROWS.len() - 1 - row) * SIDE);
            let tile = Cells { west, south, wide: SIDE, high: SIDE };
            cut(&places, tile, &mut shapes);
        }
    }
    assert_eq!(shapes.len(), country.places.len(), "every county has its tile");
    File::new("limite_uat.topojson", topology(country, &Boundaries::new(shapes)))
}

/// Cuts a rectangle in two by the numbers of units until each has its own.
fn cut(places: &[&Place], cells: Cells, shapes: &mut Vec<Shape>) {
    if let [place] = places {
        shapes.push(Shape { code: place.code.clone(), polygons: vec![vec![outline(cells)]] });
        return;
    }
    let half = places.len() / 2;
    let Cells { west, south, wide, high } = cells;
    // the longer side is cut, so that each part has at least as many cells as units
    let (long, short) = if wide >= high { (wide, high) } else { (high, wide) };
    let least = |units: usize| units.div_ceil(short);
    let share = (long * half + places.len() / 2) / places.len();
    let cut_at = share.clamp(least(half), long - least(places.len() - half));
    let (one, two) = if wide >= high {
        (
            Cells { wide: cut_at, ..cells },
            Cells { west: west + cut_at, wide: wide - cut_at, ..cells },
        )
    } else {
        (
            Cells { high: cut_at, ..cells },
            Cells { south: south + cut_at, high: high - cut_at, ..cells },
        )
    };
    cut(&places[..half], one, shapes);
    cut(&places[half..], two, shapes);
}

/// The corners of all cells around a rectangle.
fn outline(cells: Cells) -> Vec<Point> {
    let Cells { west, south, wide, high } = cells;
    let (east, north) = (west + wide, south + high);
    let mut points = Vec::new();
    points.extend((west..east).map(|x| corner(x, south)));
    points.extend((south..north).map(|y| corner(east, y)));
    points.extend((west + 1..=east).rev().map(|x| corner(x, north)));
    points.extend((south + 1..=north).rev().map(|y| corner(west, y)));
    points
}

/// A corner of cells, moved a little so that no border is straight.
fn corner(x: usize, y: usize) -> Point {
    let moved = |axis: &str, at: usize, tile: i32, start: i32| {
        let cell = f64::from(tile) / SIDE as f64;
        let shift = 0.5 * (uniform(axis, &format!("{x} {y}")) - 0.5);
        start + ((at as f64 + shift) * cell).round() as i32
    };
    let steps = 10_000_000 / STEPS;
    Point {
        lon: moved("east", x, TILE.0, CORNER.0) * steps,
        lat: moved("north", y, TILE.1, CORNER.1) * steps,
    }
}

/// The map as a quantised topology.
fn topology(country: &Country, map: &Boundaries) -> String {
    let mut text = format!(
        "{{\"type\":\"Topology\",\"transform\":{{\"scale\":[0.0001,0.0001],\"translate\":[{},{}]}},",
        f64::from(CORNER.0) / f64::from(STEPS),
        f64::from(CORNER.1) / f64::from(STEPS)
    );
    text.push_str("\"objects\":{\"uat\":{\"type\":\"GeometryCollection\",\"geometries\":[");
    let places: Vec<String> = country
        .places
        .iter()
        .map(|place| {
            let area = map.area(&place.code).expect("every unit has an area");
            let ring: Vec<String> = area.polygons[0][0].iter().map(step).collect();
            format!(
                "\n{{\"type\":\"Polygon\",\"arcs\":[[{}]],\"properties\":{{\"natcode\":\"{}\",\"name\":\"{}\",\"county\":\"{}\"}}}}",
                ring.join(","),
                place.code,
                place.name,
                place.county
            )
        })
        .collect();
    write!(text, "{}]}}}},\"arcs\":[", places.join(",")).expect("a string takes everything");
    let arcs: Vec<String> = map.arcs.iter().map(|arc| steps(arc)).collect();
    write!(text, "\n{}]}}\n", arcs.join(",\n")).expect("a string takes everything");
    text
}

/// An arc as a ring names it: `!i` for backwards.
fn step(pass: &Pass) -> String {
    let arc = i64::try_from(pass.arc).expect("few arcs");
    if pass.backwards { !arc } else { arc }.to_string()
}

/// The points of an arc as steps from the one before.
fn steps(arc: &[Point]) -> String {
    let unit = 10_000_000 / STEPS;
    let (mut x, mut y) = CORNER;
    let points = arc.iter().map(|point| {
        let (to_x, to_y) = (point.lon / unit, point.lat / unit);
        let step = format!("[{},{}]", to_x - x, to_y - y);
        (x, y) = (to_x, to_y);
        step
    });
    format!("[{}]", points.collect::<Vec<_>>().join(","))
}
