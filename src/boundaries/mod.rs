//! Where units lie: their polygons with the lines they share, and who borders whom.
//!
//! Lines are kept once, however many areas they bound, so that a simplified map has no gaps between
//! neighbours and a common border has one length. Coordinates are whole numbers of ten-millionths of
//! a degree (about a centimetre), so that two points are the same or not, on every machine alike.
//!
//! A point is a *junction* when the loops that pass through it come from or go to different points:
//! there lines part. Loops are cut at junctions; a piece and its reverse are the same line (after
//! Bostock's TopoJSON, 2012).

mod neighbours;

use std::collections::BTreeMap;

pub use neighbours::Border;

/// Parts of a degree in a coordinate.
pub(crate) const PARTS_PER_DEGREE: f64 = 1e7;

/// A point: longitude and latitude (WGS 84) in ten-millionths of a degree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Point {
    /// East of Greenwich.
    pub lon: i32,
    /// North of the equator.
    pub lat: i32,
}

impl Point {
    /// The point at a longitude and latitude in degrees; `None` outside of ±180 and ±90.
    pub(crate) fn at(lon: f64, lat: f64) -> Option<Self> {
        if !(-180.0..=180.0).contains(&lon) || !(-90.0..=90.0).contains(&lat) {
            return None;
        }
        let parts = |degrees: f64| (degrees * PARTS_PER_DEGREE).round() as i32;
        Some(Self { lon: parts(lon), lat: parts(lat) })
    }

    /// Longitude and latitude in degrees.
    pub(crate) fn degrees(self) -> (f64, f64) {
        (f64::from(self.lon) / PARTS_PER_DEGREE, f64::from(self.lat) / PARTS_PER_DEGREE)
    }
}

/// A closed line, without its first point repeated at the end.
pub(crate) type Loop = Vec<Point>;

/// The polygons of a unit as a file gives them: of each the outer loop, then its holes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shape {
    /// The unit's code.
    pub code: String,
    /// Its polygons.
    pub polygons: Vec<Vec<Loop>>,
}

/// An arc as a ring walks it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// Position in [`Boundaries::arcs`].
    pub arc: usize,
    /// From its last point to its first.
    pub backwards: bool,
}

/// A closed line as the arcs it walks; each begins where the one before ended.
pub(crate) type Ring = Vec<Pass>;

/// A unit's area.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Area {
    /// The unit's code.
    pub code: String,
    /// Its polygons: of each the outer ring, then its holes.
    pub polygons: Vec<Vec<Ring>>,
}

/// The areas of the units, with the lines between them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Boundaries {
    /// Lines between two points where more than two lines meet, or closed lines of their own (their
    /// first point stands at the end again). No two are the same line.
    pub arcs: Vec<Vec<Point>>,
    /// In the order of their codes; no code twice.
    pub areas: Vec<Area>,
}

impl Boundaries {
    /// The areas of some units, with their lines alone.
    pub(crate) fn of_areas(&self, is_one: &dyn Fn(&str) -> bool) -> Self {
        let mut areas: Vec<Area> =
            self.areas.iter().filter(|area| is_one(&area.code)).cloned().collect();
        let mut kept: BTreeMap<usize, usize> = BTreeMap::new();
        let passes = areas.iter_mut().flat_map(|area| &mut area.polygons).flatten().flatten();
        for pass in passes {
            let next = kept.len();
            pass.arc = *kept.entry(pass.arc).or_insert(next);
        }
        let mut order: Vec<(usize, usize)> =
            kept.into_iter().map(|(old, new)| (new, old)).collect();
        order.sort_unstable();
        Self { arcs: order.into_iter().map(|(_, old)| self.arcs[old].clone()).collect(), areas }
    }

    /// The area of a unit.
    pub fn area(&self, code: &str) -> Option<&Area> {
        let found = self.areas.binary_search_by(|area| area.code.as_str().cmp(code));
        found.ok().map(|at| &self.areas[at])
    }

    /// The points of a ring, the first not repeated at the end.
    pub(crate) fn points(&self, ring: &[Pass]) -> Loop {
        let mut points = Vec::new();
        for pass in ring {
            let arc = &self.arcs[pass.arc];
            // each arc ends where the next begins
            let inner = arc.len() - 1;
            if pass.backwards {
                points.extend(arc[1..].iter().rev().take(inner));
            } else {
                points.extend(&arc[..inner]);
            }
        }
        points
    }

    /// Only the areas of some units, with the lines they need.
    #[must_use]
    pub(crate) fn of(&self, counted: impl Fn(&str) -> bool) -> Self {
        let shape = |area: &Area| Shape {
            code: area.code.clone(),
            polygons: area
                .polygons
                .iter()
                .map(|rings| rings.iter().map(|ring| self.points(ring)).collect())
                .collect(),
        };
        Self::new(self.areas.iter().filter(|area| counted(&area.code)).map(shape).collect())
    }
}

impl Boundaries {
    /// The areas of some shapes. Shapes of one code become one area. Loops must have at least three
    /// points, none twice in a row; others are left out.
    pub fn new(mut shapes: Vec<Shape>) -> Self {
        shapes.sort_by(|a, b| a.code.cmp(&b.code));
        let loops = || shapes.iter().flat_map(|s| s.polygons.iter().flatten());
        let junctions = junctions(loops().filter(|points| points.len() > 2));
        let mut arcs: BTreeMap<Vec<Point>, usize> = BTreeMap::new();
        let mut areas: Vec<Area> = Vec::new();
        for shape in &shapes {
            let polygons = shape.polygons.iter().map(|polygon| {
                let loops = polygon.iter().filter(|points| points.len() > 2);
                loops.map(|points| ring(points, &junctions, &mut arcs)).collect::<Vec<_>>()
            });
            let polygons: Vec<_> = polygons.filter(|rings| !rings.is_empty()).collect();
            match areas.last_mut().filter(|last| last.code == shape.code) {
                Some(last) => last.polygons.extend(polygons),
                None => areas.push(Area { code: shape.code.clone(), polygons }),
            }
        }
        Self::in_order(arcs, areas)
    }

    /// Numbers the arcs in their own order, so that no order of files can show.
    fn in_order(arcs: BTreeMap<Vec<Point>, usize>, mut areas: Vec<Area>) -> Self {
        let mut place = vec![0; arcs.len()];
        for (now, before) in arcs.values().enumerate() {
            place[*before] = now;
        }
        let passes = areas.iter_mut().flat_map(|area| area.polygons.iter_mut().flatten());
        passes.flatten().for_each(|pass| pass.arc = place[pass.arc]);
        Self { arcs: arcs.into_keys().collect(), areas }
    }
}

/// Points where lines part, ascending.
fn junctions<'a>(loops: impl Iterator<Item = &'a Loop>) -> Vec<Point> {
    let mut passages = Vec::new();
    for points in loops {
        for at in 0..points.len() {
            let before = points[(at + points.len() - 1) % points.len()];
            let after = points[(at + 1) % points.len()];
            passages.push((points[at], before.min(after), before.max(after)));
        }
    }
    passages.sort_unstable();
    passages.dedup();
    let mut junctions: Vec<Point> =
        passages.windows(2).filter(|pair| pair[0].0 == pair[1].0).map(|pair| pair[0].0).collect();
    junctions.dedup();
    junctions
}

/// Cuts a loop at junctions.
fn ring(points: &[Point], junctions: &[Point], arcs: &mut BTreeMap<Vec<Point>, usize>) -> Ring {
    let is_junction = |point: &Point| junctions.binary_search(point).is_ok();
    // a loop that meets no other begins at its smallest point
    let start = points.iter().position(is_junction).unwrap_or_else(|| {
        let smallest = (0..points.len()).min_by_key(|at| points[*at]);
        smallest.expect("a loop has points")
    });
    let mut ring = Vec::new();
    let mut line = vec![points[start]];
    for step in 1..=points.len() {
        let point = points[(start + step) % points.len()];
        line.push(point);
        if step == points.len() || is_junction(&point) {
            ring.push(pass(std::mem::replace(&mut line, vec![point]), arcs));
        }
    }
    ring
}

/// The arc of a line: the smaller of the line and its reverse.
fn pass(line: Vec<Point>, arcs: &mut BTreeMap<Vec<Point>, usize>) -> Pass {
    let backwards = line.iter().rev().lt(line.iter());
    let line = if backwards { line.into_iter().rev().collect() } else { line };
    let next = arcs.len();
    Pass { arc: *arcs.entry(line).or_insert(next), backwards }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A loop of points on a small grid, in hundredths of a degree near 25° E, 45° N.
    pub(super) fn grid(points: &[(i32, i32)]) -> Loop {
        let point = |&(x, y): &(i32, i32)| Point {
            lon: 250_000_000 + x * 100_000,
            lat: 450_000_000 + y * 100_000,
        };
        points.iter().map(point).collect()
    }

    pub(super) fn square(x: i32, y: i32) -> Loop {
        grid(&[(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1)])
    }

    pub(super) fn shape(code: &str, loops: &[Loop]) -> Shape {
        Shape { code: code.into(), polygons: loops.iter().map(|l| vec![l.clone()]).collect() }
    }

    #[test]
    fn a_ring_gives_its_points_back_whoever_else_walks_them() {
        let shapes = [(0, 0), (1, 0), (0, 1), (1, 1)];
        let all = shapes.map(|(x, y)| shape(&format!("{x}{y}"), &[square(x, y)]));
        let boundaries = Boundaries::new(all.to_vec());
        for given in &all {
            let area = boundaries.area(&given.code).unwrap();
            let mut points = boundaries.points(&area.polygons[0][0]);
            let mut expected = given.polygons[0][0].clone();
            points.sort();
            expected.sort();
            assert_eq!(points, expected);
        }
        // four lines outside and four inside
        assert_eq!(boundaries.arcs.len(), 8);
    }

    #[test]
    fn a_part_keeps_its_own_lines() {
        let shapes = [(0, 0), (1, 0), (0, 1), (1, 1)];
        let all = shapes.map(|(x, y)| shape(&format!("{x}{y}"), &[square(x, y)]));
        let boundaries = Boundaries::new(all.to_vec());
        let part = boundaries.of_areas(&|code| code.starts_with('1'));
        assert_eq!(part.areas.len(), 2);
        // two outside, one between them, two towards those that are gone
        assert_eq!(part.arcs.len(), 5);
        for code in ["10", "11"] {
            let points = |of: &Boundaries| of.points(&of.area(code).unwrap().polygons[0][0]);
            assert_eq!(points(&part), points(&boundaries));
        }
        assert!(part.area("00").is_none());
    }

    #[test]
    fn fewer_areas_keep_only_the_lines_they_need() {
        let all = vec![shape("a", &[square(0, 0)]), shape("b", &[square(1, 0)])];
        let one = Boundaries::new(all).of(|code| code == "a");
        assert_eq!((one.areas.len(), one.arcs.len()), (1, 1));
    }

    #[test]
    fn coordinates_that_are_no_degrees_are_no_points() {
        assert_eq!(Point::at(500_000.0, 400_000.0), None);
        assert_eq!(Point::at(f64::NAN, 0.0), None);
        assert_eq!(Point::at(26.1, 44.4).unwrap().degrees(), (26.1, 44.4));
    }
}
