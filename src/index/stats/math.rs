//! Elementary functions whose last digits are the same on every platform.

use statrs::distribution::{ContinuousCDF, Normal};

/// e to the power x.
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm; -inf at 0 and NaN below.
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// Natural logarithm of 1 + x, exact near 0; NaN below -1.
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// Decimal logarithm.
pub fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// x to the power p; NaN for a negative x and a broken p.
pub fn pow(x: f64, p: f64) -> f64 {
    libm::pow(x, p)
}

/// Cube root, of negative numbers too.
pub fn cbrt(x: f64) -> f64 {
    libm::cbrt(x)
}

/// The standard normal value below which a share `p` of the distribution lies; infinite at 0 and 1,
/// NaN outside.
pub fn probit(p: f64) -> f64 {
    if p.is_nan() || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    Normal::standard().inverse_cdf(p)
}

/// The number after it was stored in four bytes (IEEE single precision, nearest, ties to even);
/// infinite beyond the range of that format.
#[expect(clippy::cast_possible_truncation, reason = "the loss of precision is what is asked for")]
pub fn round_trip_single(x: f64) -> f64 {
    f64::from(x as f32)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_normal_inverse_meets_published_quantiles() {
        for (p, expected) in [
            (0.5, 0.0),
            (0.975, 1.959_963_984_540_054),
            (0.841_344_746_068_542_9, 1.0),
            (0.001, -3.090_232_306_167_813),
        ] {
            assert!((probit(p) - expected).abs() < 2e-15 * expected.abs().max(1.0), "{p}");
        }
        assert!(probit(1.5).is_nan());
        assert!(probit(f64::NAN).is_nan());
    }

    #[test]
    fn four_bytes_keep_seven_digits() {
        assert!((round_trip_single(0.1) - 0.100_000_001_490_116_12).abs() < 1e-18);
    }
}
