//! The inverse of the gamma distribution.

use crate::index::stats::{exp, ln, ln_1p, ln_gamma, probit};

/// From this shape on the cube of a normal value is exact to nine digits (Wilson and Hilferty 1931).
const LARGE: f64 = 1e6;
/// What a sum or a fraction no longer feels.
const SMALL: f64 = 1e-17;
/// Terms after which a sum or a fraction stops in any case; within the shapes above it needs fewer.
const MOST: u32 = 100_000;

/// The logarithm of the value below which a gamma variable of this shape (above 0) and of scale 1 falls
/// with the chance `u`. The value itself may be too small to be a number.
///
/// The logarithm of the distribution function is concave in the logarithm of the value (as the density
/// of that is log-concave), so that Newton's steps come from below and never overshoot.
pub(super) fn ln_inverse(shape: f64, u: f64) -> f64 {
    let (target, scale) = (ln(u), ln_gamma(shape));
    // the distribution function lies below x^shape / Γ(shape + 1)
    let least = (target + ln_gamma(shape + 1.0)) / shape;
    let cube = wilson_hilferty(shape, u);
    if shape > LARGE {
        return ln(cube);
    }
    let mut t = if cube > 0.0 { least.max(ln(cube)) } else { least };
    for _ in 0..100 {
        let reached = ln_lower(shape, t);
        let slope = exp(shape * t - exp(t) - scale - reached);
        let next = (t + (target - reached) / slope).max(least);
        let step = (next - t).abs();
        t = next;
        if step.is_nan() || step <= 1e-14 * (1.0 + t.abs()) {
            break;
        }
    }
    t
}

fn wilson_hilferty(shape: f64, u: f64) -> f64 {
    let root = 1.0 - 1.0 / (9.0 * shape) + probit(u) / (3.0 * shape.sqrt());
    shape * root * root * root
}

/// The logarithm of the share below e^t: the series of the lower incomplete function left of the middle,
/// the continued fraction of the upper one right of it (Abramowitz and Stegun 6.5.29, 6.5.31).
fn ln_lower(shape: f64, t: f64) -> f64 {
    let x = exp(t);
    if x < shape + 1.0 {
        return shape * t - x - ln_gamma(shape + 1.0) + ln(series(shape, x));
    }
    ln_1p(-exp(shape * t - x - ln_gamma(shape)) * fraction(shape, x))
}

/// Σ xⁿ / ((a + 1) … (a + n)), from n = 0.
fn series(a: f64, x: f64) -> f64 {
    let (mut term, mut sum) = (1.0, 1.0);
    for n in 1..MOST {
        term *= x / (a + f64::from(n));
        sum += term;
        if term < SMALL * sum {
            break;
        }
    }
    sum
}

/// 1 / (x + 1 − a − 1(1 − a) / (x + 3 − a − 2(2 − a) / (x + 5 − a − …))), by Lentz's method.
fn fraction(a: f64, x: f64) -> f64 {
    let mut b = x + 1.0 - a;
    let mut c = f64::INFINITY;
    let mut d = 1.0 / b;
    let mut value = d;
    for n in (1..MOST).map(f64::from) {
        let over = -n * (n - a);
        b += 2.0;
        d = 1.0 / (over * d + b);
        c = b + over / c;
        value *= c * d;
        if (c * d - 1.0).abs() < f64::EPSILON {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{ContinuousCDF, Gamma};

    use super::*;

    #[test]
    fn it_inverts_the_distribution_function() {
        for shape in [0.02, 0.3, 1.0, 2.5, 15.0, 60.0, 900.0, 50_000.0] {
            let law = Gamma::new(shape, 1.0).unwrap();
            let mut last = f64::NEG_INFINITY;
            for u in [1e-12, 1e-6, 0.01, 0.2, 0.5, 0.8, 0.99, 1.0 - 1e-6, 1.0 - 1e-12] {
                let t = ln_inverse(shape, u);
                assert!(t > last, "{shape} {u}: {t} after {last}");
                last = t;
                let apart = (law.cdf(exp(t)) - u).abs();
                assert!(apart < 1e-9 * u.max(1e-3), "{shape} {u}: {t}, {apart:e} apart");
            }
        }
    }

    #[test]
    fn a_shape_of_one_is_exponential() {
        for u in [1e-15, 1e-3, 0.5, 0.999, 1.0 - 1e-15] {
            let expected = ln(-ln_1p(-u));
            assert!((ln_inverse(1.0, u) - expected).abs() < 1e-13 * (1.0 + expected.abs()), "{u}");
        }
    }

    #[test]
    fn values_too_small_for_a_number_keep_their_logarithm() {
        // x^a / Γ(a + 1) = u, as x is next to nothing
        assert!((ln_inverse(1e-4, 0.5) - (-6_932.048_939)).abs() < 1e-6);
        assert!(ln_inverse(1e-300, 0.5).is_finite());
    }

    #[test]
    fn large_shapes_are_next_to_normal() {
        let x = exp(ln_inverse(4e6, 0.975));
        // mean 4e6, sd 2,000; the skewness adds (z² − 1) / 3
        assert!((x - (4e6 + 2_000.0 * 1.959_964 + 0.947)).abs() < 0.01, "{x}");
    }
}
