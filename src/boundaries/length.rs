//! The length of a line on the ground.

use super::Point;

/// Half of the longer axis of the WGS 84 ellipsoid, in metres.
const MAJOR: f64 = 6_378_137.0;

/// Square of the eccentricity of the WGS 84 ellipsoid.
const ECCENTRICITY: f64 = 0.006_694_379_990_141_317;

/// The length of a line in metres, on the WGS 84 ellipsoid.
///
/// Each segment is measured with the radii of curvature at its middle latitude φ, along the meridian
/// M = a(1 - e²) / (1 - e² sin² φ)^(3/2) and across it N = a / (1 - e² sin² φ)^(1/2) (Torge and
/// Müller, *Geodesy*, 2012, § 4.1): √((M Δφ)² + (N cos φ Δλ)²), which differs from the geodesic by
/// less than a millionth for segments below 10 km away from the poles.
pub fn metres(line: &[Point]) -> f64 {
    line.windows(2).map(|pair| segment(pair[0], pair[1])).fold(0.0, |sum, length| sum + length)
}

fn segment(a: Point, b: Point) -> f64 {
    let ((lon_a, lat_a), (lon_b, lat_b)) = (a.degrees(), b.degrees());
    let middle = f64::midpoint(lat_a, lat_b).to_radians();
    // through `libm`, whose digits are the same on every machine
    let (sine, cosine) = (libm::sin(middle), libm::cos(middle));
    let flat = 1.0 - ECCENTRICITY * sine * sine;
    let across = MAJOR / flat.sqrt();
    let along = across * (1.0 - ECCENTRICITY) / flat;
    let north = along * (lat_b - lat_a).to_radians();
    let east = across * cosine * (lon_b - lon_a).to_radians();
    (north * north + east * east).sqrt()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(from: (f64, f64), to: (f64, f64), expected: f64) {
        let line = [from, to].map(|(lon, lat)| Point::at(lon, lat).unwrap());
        let length = metres(&line);
        assert!((length / expected - 1.0).abs() < 1e-6, "{length}");
    }

    /// Geodesics by GeographicLib 2 (Karney 2013).
    #[test]
    fn lengths_are_those_of_the_ellipsoid() {
        case((25.0, 45.0), (25.0, 45.01), 1_111.318_751);
        case((25.0, 45.0), (25.01, 45.0), 788.468_350);
        case((27.5, 47.1), (27.53, 47.16), 7_048.055_128);
    }
}
