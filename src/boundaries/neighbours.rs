//! Who borders whom, and for how many metres.

use std::collections::{BTreeMap, BTreeSet};

use geographiclib_rs::{Geodesic, InverseGeodesic as _};

use super::{Boundaries, Point};

/// Two units with a common border.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Border {
    /// Code of the one; the smaller in bytewise order.
    pub a: String,
    /// Code of the other.
    pub b: String,
    /// Length of the common border in metres; none where a list of neighbours does not say.
    pub metres: Option<i64>,
}

/// A line that bounds more than two areas: they overlap.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Overlap {
    /// Codes of the areas.
    pub codes: Vec<String>,
}

impl Boundaries {
    /// Pairs of areas that share a line, in the order of their codes, with its length rounded to
    /// metres. Areas that only touch in a point are no neighbours.
    pub(crate) fn borders(&self) -> Vec<Border> {
        let mut lengths: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for (arc, users) in self.users().iter().enumerate() {
            let length = metres(&self.arcs[arc]);
            for (at, one) in users.iter().enumerate() {
                for other in &users[at + 1..] {
                    *lengths.entry((*one, *other)).or_insert(0.0) += length;
                }
            }
        }
        let border = |((a, b), length): ((usize, usize), f64)| Border {
            a: self.areas[a].code.clone(),
            b: self.areas[b].code.clone(),
            metres: Some(length.round() as i64),
        };
        lengths.into_iter().map(border).collect()
    }

    /// Areas that overlap: lines that bound more than two.
    pub(crate) fn overlaps(&self) -> BTreeSet<Overlap> {
        let codes = |users: Vec<usize>| users.iter().map(|a| self.areas[*a].code.clone()).collect();
        let crowded = self.users().into_iter().filter(|users| users.len() > 2);
        crowded.map(|users| Overlap { codes: codes(users) }).collect()
    }

    /// Segments that bound two areas, and segments in all.
    pub(crate) fn shared_segments(&self) -> (usize, usize) {
        let segments = |arc: usize| self.arcs[arc].len() - 1;
        let users = self.users();
        let shared = (0..users.len()).filter(|arc| users[*arc].len() > 1).map(segments).sum();
        (shared, (0..users.len()).map(segments).sum())
    }

    /// By arc: positions of the areas that it bounds, ascending.
    fn users(&self) -> Vec<Vec<usize>> {
        let mut users = vec![Vec::new(); self.arcs.len()];
        for (at, area) in self.areas.iter().enumerate() {
            for pass in area.polygons.iter().flatten().flatten() {
                if users[pass.arc].last() != Some(&at) {
                    users[pass.arc].push(at);
                }
            }
        }
        users
    }
}

/// The length of a line in metres: the sum of the geodesics between its points on the WGS 84
/// ellipsoid (Karney, *Algorithms for geodesics*, 2013).
fn metres(line: &[Point]) -> f64 {
    let ellipsoid = Geodesic::wgs84();
    let length = |pair: &[Point]| -> f64 {
        let [(lon_a, lat_a), (lon_b, lat_b)] = [pair[0].degrees(), pair[1].degrees()];
        ellipsoid.inverse(lat_a, lon_a, lat_b, lon_b)
    };
    line.windows(2).map(length).fold(0.0, |sum, length| sum + length)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{grid, shape, square};
    use super::*;

    fn pairs(borders: &[Border]) -> Vec<(&str, &str)> {
        borders.iter().map(|border| (border.a.as_str(), border.b.as_str())).collect()
    }

    #[test]
    fn neighbours_share_a_line_and_not_a_corner() {
        let shapes = [("a", 0, 0), ("b", 1, 0), ("c", 1, 1)]
            .map(|(code, x, y)| shape(code, &[square(x, y)]));
        let borders = Boundaries::new(shapes.to_vec()).borders();
        assert_eq!(pairs(&borders), [("a", "b"), ("b", "c")]);
        // a hundredth of a degree: northwards 1,111 m, eastwards 788 m at 45° N
        assert_eq!(borders[0].metres, Some(1111));
        assert_eq!(borders[1].metres, Some(788));
    }

    #[test]
    fn an_enclosed_unit_borders_only_its_surroundings() {
        let mut around = shape("a", &[grid(&[(0, 0), (3, 0), (3, 3), (0, 3)])]);
        around.polygons[0].push(square(1, 1));
        let boundaries = Boundaries::new(vec![around, shape("b", &[square(1, 1)])]);
        assert_eq!(pairs(&boundaries.borders()), [("a", "b")]);
        assert_eq!(boundaries.shared_segments(), (4, 8));
    }

    #[test]
    fn areas_on_top_of_each_other_are_told() {
        let shapes = ["a", "b", "c"].map(|code| shape(code, &[square(0, 0)]));
        let overlaps = Boundaries::new(shapes.to_vec()).overlaps();
        assert_eq!(overlaps.first().unwrap().codes, ["a", "b", "c"]);
    }

    #[test]
    fn the_order_of_the_shapes_and_of_their_points_changes_nothing() {
        let one = vec![shape("a", &[square(0, 0)]), shape("b", &[square(1, 0)])];
        let mut turned = vec![shape("b", &[square(1, 0)]), shape("a", &[square(0, 0)])];
        turned[0].polygons[0][0].rotate_left(2);
        turned[1].polygons[0][0].reverse();
        assert_eq!(Boundaries::new(one).borders(), Boundaries::new(turned).borders());
    }

    #[track_caller]
    fn case(from: (f64, f64), to: (f64, f64), expected: f64) {
        let line = [from, to].map(|(lon, lat)| Point::at(lon, lat).unwrap());
        let length = metres(&line);
        assert!((length - expected).abs() < 1e-3, "{length}");
    }

    /// Geodesics by GeographicLib 2 (Karney 2013).
    #[test]
    fn lengths_are_those_of_the_ellipsoid() {
        case((25.0, 45.0), (25.0, 45.01), 1_111.318_751);
        case((25.0, 45.0), (25.01, 45.0), 788.468_350);
        case((27.5, 47.1), (27.53, 47.16), 7_048.055_128);
    }
}
