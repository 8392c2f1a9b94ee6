//! The areas of units as paths: lines simplified once for both neighbours, so that no gap opens
//! between them, and projected onto a plane.
//!
//! Simplification: M. Visvalingam and J. D. Whyatt, "Line generalisation by repeated elimination of
//! points", The Cartographic Journal 30 (1993). Projection: equirectangular, true to scale at the
//! middle latitude; at the size of a page nobody sees the difference.

use std::collections::BinaryHeap;
use std::fmt::Write as _;

use super::{Map, Of, Shape};
use crate::boundaries::{Boundaries, Pass, Point};
use crate::index::Figures;

/// Width of the drawing in its own units.
const WIDTH: f64 = 4_000.0;
/// A point stays when the triangle with its neighbours is at least this large, in squared units of
/// the drawing.
const LEAST_TRIANGLE: f64 = 4.0;

/// The map of the units that have an area; `None` when none has.
pub(super) fn map(figures: &Figures<'_>) -> Option<Map> {
    let boundaries = figures.observations.maps.values().next()?;
    let plane = Plane::new(boundaries)?;
    let drawn = |arc: &Vec<Point>| {
        let line = plane.line(arc);
        kept(&line).into_iter().map(|at| line[at]).collect()
    };
    let arcs: Vec<Vec<[i64; 2]>> = boundaries.arcs.iter().map(drawn).collect();
    let shape = |area: &crate::boundaries::Area| {
        let unit = figures.register.position(&area.code)?;
        let rings = area.polygons.iter().flatten();
        let path: String = rings.map(|ring| path(ring, &arcs)).collect();
        let name = figures.register.names()[unit].clone();
        Some(Shape { of: Of::Unit(unit), name, path, letters: None })
    };
    let shapes: Vec<Shape> = boundaries.areas.iter().filter_map(shape).collect();
    let has_area = |unit: &usize| boundaries.area(&figures.register.codes()[*unit]).is_some();
    let without = (0..figures.register.len()).filter(|unit| !has_area(unit)).collect();
    let size = plane.size();
    (!shapes.is_empty()).then_some(Map { size, shapes, areas: Vec::new(), without })
}

/// Boundaries with the lines as the map draws them.
pub(crate) fn simplified(boundaries: &Boundaries) -> Boundaries {
    let Some(plane) = Plane::new(boundaries) else { return boundaries.clone() };
    let thinned = |arc: &Vec<Point>| {
        kept(&plane.line(arc)).into_iter().map(|at| arc[at]).collect::<Vec<Point>>()
    };
    Boundaries {
        arcs: boundaries.arcs.iter().map(thinned).collect(),
        areas: boundaries.areas.clone(),
    }
}

/// Where points of the globe stand on the drawing.
struct Plane {
    west: f64,
    north: f64,
    /// Units of the drawing for a degree of longitude, and of latitude.
    scale: [f64; 2],
    height: f64,
}

impl Plane {
    fn new(boundaries: &Boundaries) -> Option<Self> {
        let points = || boundaries.arcs.iter().flatten().map(|point| point.degrees());
        points().next()?;
        let edge = |of: fn((f64, f64)) -> f64, pick: fn(f64, f64) -> f64| {
            points().map(of).reduce(pick).unwrap_or(0.0)
        };
        let (west, east) = (edge(|p| p.0, f64::min), edge(|p| p.0, f64::max));
        let (south, north) = (edge(|p| p.1, f64::min), edge(|p| p.1, f64::max));
        let shrink = cosine(f64::midpoint(south, north));
        let lon = WIDTH / (east - west).max(1e-9);
        let lat = lon / shrink;
        Some(Self { west, north, scale: [lon, lat], height: (north - south) * lat })
    }

    #[expect(clippy::cast_sign_loss, reason = "a width and a height above 0")]
    fn size(&self) -> [u32; 2] {
        [WIDTH as u32, self.height.ceil().max(1.0) as u32]
    }

    fn line(&self, arc: &[Point]) -> Vec<[i64; 2]> {
        let place = |point: &Point| {
            let (lon, lat) = point.degrees();
            let x = (lon - self.west) * self.scale[0];
            let y = (self.north - lat) * self.scale[1];
            [x.round() as i64, y.round() as i64]
        };
        arc.iter().map(place).collect()
    }
}

/// The cosine of an angle in degrees.
fn cosine(degrees: f64) -> f64 {
    libm::cos(degrees.to_radians())
}

/// The points of a line without those that hardly bend it; its ends stay where they are. Whole
/// numbers, so that every machine leaves out the same.
fn kept(line: &[[i64; 2]]) -> Vec<usize> {
    let mut before: Vec<usize> = (0..line.len()).map(|at| at.wrapping_sub(1)).collect();
    let mut after: Vec<usize> = (1..=line.len()).collect();
    let mut sizes: Vec<i64> = vec![i64::MAX; line.len()];
    let mut queue = BinaryHeap::new();
    for at in 1..line.len().saturating_sub(1) {
        sizes[at] = triangle(line[at - 1], line[at], line[at + 1]);
        queue.push(std::cmp::Reverse((sizes[at], at)));
    }
    let mut kept = vec![true; line.len()];
    // a closed line keeps enough points to have an inside
    let mut left = line.len();
    let least = if line.first() == line.last() { 4 } else { 2 };
    while let Some(std::cmp::Reverse((size, at))) = queue.pop() {
        if !kept[at] || size != sizes[at] {
            continue;
        }
        if size as f64 >= 2.0 * LEAST_TRIANGLE || left <= least {
            break;
        }
        kept[at] = false;
        left -= 1;
        let (from, to) = (before[at], after[at]);
        after[from] = to;
        before[to] = from;
        for end in [from, to] {
            if end > 0 && end + 1 < line.len() {
                // never smaller than what was left out, so that points go in order
                let own = triangle(line[before[end]], line[end], line[after[end]]);
                sizes[end] = own.max(size);
                queue.push(std::cmp::Reverse((sizes[end], end)));
            }
        }
    }
    (0..line.len()).filter(|&at| kept[at]).collect()
}

/// Twice the area of a triangle.
fn triangle(a: [i64; 2], b: [i64; 2], c: [i64; 2]) -> i64 {
    ((b[0] - a[0]) * (c[1] - a[1]) - (c[0] - a[0]) * (b[1] - a[1])).abs()
}

/// A closed ring as path data with relative whole numbers.
fn path(ring: &[Pass], arcs: &[Vec<[i64; 2]>]) -> String {
    let mut points: Vec<[i64; 2]> = Vec::new();
    for pass in ring {
        let arc = &arcs[pass.arc];
        let ordered: Box<dyn Iterator<Item = &[i64; 2]>> =
            if pass.backwards { Box::new(arc.iter().rev()) } else { Box::new(arc.iter()) };
        for point in ordered {
            if points.last() != Some(point) {
                points.push(*point);
            }
        }
    }
    if points.first() == points.last() {
        points.pop();
    }
    let Some(first) = points.first() else { return String::new() };
    let mut text = format!("M{} {}", first[0], first[1]);
    let mut here = *first;
    text.push('l');
    for (at, point) in points[1..].iter().enumerate() {
        let (dx, dy) = (point[0] - here[0], point[1] - here[1]);
        let gap = if at > 0 && dx >= 0 { " " } else { "" };
        let between = if dy >= 0 { " " } else { "" };
        let _ = write!(text, "{gap}{dx}{between}{dy}");
        here = *point;
    }
    if points.len() == 1 {
        text.push_str("0 0");
    }
    text.push('z');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_that_hardly_bend_a_line_go_and_its_ends_stay() {
        let line = [[0, 0], [10, 0], [20, 0], [30, 40], [40, 0]];
        assert_eq!(kept(&line), [0, 2, 3, 4]);
        assert_eq!(kept(&line[..2]), [0, 1]);
        let closed = [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]];
        assert!(kept(&closed).len() >= 4);
    }

    #[test]
    fn a_ring_is_closed_and_walks_its_lines_both_ways() {
        let arcs = [vec![[0, 0], [10, 0], [10, 10]], vec![[0, 0], [0, 10], [10, 10]]];
        let ring = [Pass { arc: 0, backwards: false }, Pass { arc: 1, backwards: true }];
        assert_eq!(path(&ring, &arcs), "M0 0l10 0 0 10-10 0z");
    }
}
