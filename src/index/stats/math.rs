//! Elementary functions whose last digits are the same on every platform.

use statrs::distribution::{ContinuousCDF, Normal};

/// e to the power x.
pub(crate) fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// Natural logarithm; -inf at 0 and NaN below.
pub(crate) fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// Natural logarithm of 1 + x, exact near 0; NaN below -1.
pub(crate) fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// Decimal logarithm.
pub(crate) fn log10(x: f64) -> f64 {
    libm::log10(x)
}

/// x to the power p; NaN for a negative x and a broken p.
pub(crate) fn pow(x: f64, p: f64) -> f64 {
    libm::pow(x, p)
}

/// Cube root, of negative numbers too.
pub(crate) fn cbrt(x: f64) -> f64 {
    libm::cbrt(x)
}

/// The standard normal value below which a share `p` of the distribution lies; infinite at 0 and 1,
/// NaN outside.
pub(crate) fn probit(p: f64) -> f64 {
    if p.is_nan() || !(0.0..=1.0).contains(&p) {
        return f64::NAN;
    }
    Normal::standard().inverse_cdf(p)
}

/// The number after it was stored in four bytes (IEEE single precision, nearest, ties to even);
/// infinite beyond the range of that format.
#[expect(clippy::cast_possible_truncation, reason = "the loss of precision is what is asked for")]
pub(crate) fn round_trip_single(x: f64) -> f64 {
    f64::from(x as f32)
}

/// Powers of ten that a double holds exactly.
const EXACT: u32 = 22;
/// Above this a double has no decimals left.
const WHOLE: f64 = 4_503_599_627_370_496.0;

/// Rounds to `decimals`, a half away from zero, on the shortest decimal text of the number:
/// 1.005 is 1.01 although the double nearest to it lies below. NaN stays NaN.
pub fn half_up(x: f64, decimals: u32) -> f64 {
    scaled(x, decimals, |above| above >= 0.5).unwrap_or_else(|| {
        on_text(x, decimals, |tail| tail.first().is_some_and(|&digit| digit >= b'5'))
    })
}

/// Cuts off behind `decimals`, towards zero, on the shortest decimal text of the number.
pub(crate) fn truncated(x: f64, decimals: u32) -> f64 {
    scaled(x, decimals, |_| false).unwrap_or_else(|| on_text(x, decimals, |_| false))
}

/// Rounds to `digits` significant digits of the exact binary value, as `%.{digits}g` writes it.
pub(crate) fn significant(x: f64, digits: u32) -> f64 {
    if !x.is_finite() {
        return x;
    }
    let behind = digits.clamp(1, 17) as usize - 1;
    format!("{x:.behind$e}").parse().expect("our own exponent form is a number")
}

/// The quick way: scale, round, scale back. `None` where the text might say otherwise, because the
/// scaled number is so close to a half or a whole that its last bits decide.
fn scaled(x: f64, decimals: u32, up: impl Fn(f64) -> bool) -> Option<f64> {
    if !x.is_finite() || x.abs() >= WHOLE {
        return Some(x);
    }
    if decimals > EXACT {
        return None;
    }
    let power = (0..decimals).fold(1.0, |power: f64, _| power * 10.0);
    let shifted = x.abs() * power;
    if shifted >= WHOLE {
        // no text of up to 17 digits has that many decimals behind so many in front
        return (shifted >= 1e17).then_some(x);
    }
    let (whole, rest) = (shifted.floor(), shifted - shifted.floor());
    // the product is off by at most one part in 2^52
    let doubt = shifted * 1e-15 + 1e-18;
    if (rest - 0.5).abs() <= doubt || rest <= doubt || 1.0 - rest <= doubt {
        // a number that is the double nearest to one of so few decimals is written with no more
        return (shifted.round() / power).total_cmp(&x.abs()).is_eq().then_some(x);
    }
    let rounded = if up(rest) { whole + 1.0 } else { whole };
    Some((rounded / power).copysign(x) + 0.0)
}

/// The sure way: digit by digit on the text that `Display` writes, which is the shortest that reads
/// back as the same double, without an exponent.
fn on_text(x: f64, decimals: u32, up: impl Fn(&[u8]) -> bool) -> f64 {
    let text = format!("{}", x.abs());
    let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
    let kept = decimals as usize;
    if fraction.len() <= kept {
        return x;
    }
    let (head, tail) = fraction.as_bytes().split_at(kept);
    let mut digits: Vec<u8> = whole.bytes().chain(head.iter().copied()).collect();
    if up(tail) {
        carry(&mut digits);
    }
    let point = digits.len() - kept;
    let text: String = digits.iter().map(|&digit| char::from(digit)).collect();
    let rounded: f64 =
        format!("{}.{}0", &text[..point], &text[point..]).parse().expect("digits are a number");
    rounded.copysign(x) + 0.0
}

/// Adds one to a decimal number written as digits.
fn carry(digits: &mut Vec<u8>) {
    for digit in digits.iter_mut().rev() {
        if *digit < b'9' {
            *digit += 1;
            return;
        }
        *digit = b'0';
    }
    digits.insert(0, b'1');
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

    #[track_caller]
    fn case(x: f64, decimals: u32, expected: f64) {
        assert_eq!(half_up(x, decimals).to_bits(), expected.to_bits(), "{x} to {decimals}");
    }

    #[test]
    fn a_half_goes_up_as_the_decimal_text_says() {
        case(1.005, 2, 1.01);
        case(2.675, 2, 2.68);
        case(0.285, 2, 0.29);
        case(1.0049, 2, 1.0);
        case(0.5, 0, 1.0);
        case(-0.5, 0, -1.0);
        case(-1.005, 2, -1.01);
        case(9.995, 2, 10.0);
        case(99.95, 1, 100.0);
        case(1e-10, 9, 0.0);
        case(-1e-10, 9, 0.0);
        case(0.1 + 0.2, 9, 0.3);
        case(123_456_789.123_456_78, 9, 123_456_789.123_456_78);
        case(1e300, 9, 1e300);
        case(3.449_999_999_999_999_7, 1, 3.4);
    }

    #[test]
    fn the_quick_and_the_sure_way_agree() {
        let mut x = 0.000_123_457_f64;
        for step in 0..20_000_u32 {
            x = (x * 1.001_3 + f64::from(step % 7) * 0.005) % 1_000.0;
            for decimals in 0..11 {
                let sure = on_text(x, decimals, |tail| tail.first().is_some_and(|&d| d >= b'5'));
                assert_eq!(half_up(x, decimals).to_bits(), sure.to_bits(), "{x} to {decimals}");
            }
        }
    }

    #[test]
    fn truncation_and_significant_digits_follow_the_text() {
        assert_eq!(truncated(1.999, 2).to_bits(), 1.99_f64.to_bits());
        assert_eq!(truncated(0.3, 1).to_bits(), 0.3_f64.to_bits());
        assert_eq!(truncated(-1.999, 2).to_bits(), (-1.99_f64).to_bits());
        assert_eq!(significant(33.434_998, 7).to_bits(), 33.435_f64.to_bits());
        assert_eq!(significant(6.064_996_2, 7).to_bits(), 6.064_996_f64.to_bits());
        assert_eq!(significant(0.0, 7).to_bits(), 0.0_f64.to_bits());
    }
}
