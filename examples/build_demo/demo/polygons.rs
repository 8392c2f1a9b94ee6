//! Boundaries: the land of each place as a polygon. Neighbours share every point of their border,
//! within a county and between counties.

use std::fmt::Write;

use risk_index::boundaries::{Boundaries, Pass, Point, Shape};

use super::File;
use super::country::{Country, Place};
use super::draws::uniform;
use super::ground::{Cells, SIDE};

/// Degrees of a tile from west to east and from south to north, in steps of the file.
const TILE: (i32, i32) = (9_680, 6_600);
/// Steps of the file in a degree.
const STEPS: i32 = 10_000;
/// The south-west corner of the map, in steps.
const CORNER: (i32, i32) = (202_000, 436_000);

pub(super) fn file(country: &Country) -> File {
    let shape = |place: &Place| Shape {
        code: place.code.clone(),
        polygons: vec![vec![outline(place.land)]],
    };
    let shapes = country.places.iter().map(shape).collect();
    File::new("limite_uat.topojson", topology(country, &Boundaries::new(shapes)))
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
