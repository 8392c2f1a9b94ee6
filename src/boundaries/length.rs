//! The length of a line on the ground.

use geographiclib_rs::{Geodesic, InverseGeodesic as _};

use super::Point;

/// The length of a line in metres: the sum of the geodesics between its points on the WGS 84
/// ellipsoid (Karney, *Algorithms for geodesics*, 2013).
pub fn metres(line: &[Point]) -> f64 {
    let ellipsoid = Geodesic::wgs84();
    let length = |pair: &[Point]| -> f64 {
        let [(lon_a, lat_a), (lon_b, lat_b)] = [pair[0].degrees(), pair[1].degrees()];
        ellipsoid.inverse(lat_a, lon_a, lat_b, lon_b)
    };
    line.windows(2).map(length).fold(0.0, |sum, length| sum + length)
}

#[cfg(test)]
mod tests {
    use super::*;

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
