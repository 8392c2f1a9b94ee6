//! Elementary functions whose last digits are the same on every platform.

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

/// Logarithm of the gamma function of a number above 0.
pub(crate) fn ln_gamma(x: f64) -> f64 {
    libm::lgamma(x)
}

/// Cube root, of negative numbers too.
pub(crate) fn cbrt(x: f64) -> f64 {
    libm::cbrt(x)
}

/// The standard normal value below which a share `p` of the distribution lies, to 16 digits; infinite
/// at 0 and 1, NaN outside.
///
/// Source: M. J. Wichura, "Algorithm AS 241: the percentage points of the normal distribution", Applied
/// Statistics 37 (1988), PPND16.
pub(crate) fn probit(p: f64) -> f64 {
    let apart = p - 0.5;
    if apart.abs() <= 0.425 {
        return apart * at(&MIDDLE, 0.180_625 - apart * apart);
    }
    let far = (-ln(if apart < 0.0 { p } else { 1.0 - p })).sqrt();
    let distance = if far <= 5.0 {
        at(&TAIL, far - 1.6)
    } else if far.is_infinite() {
        far
    } else {
        at(&FAR_TAIL, far - 5.0)
    };
    distance.copysign(apart)
}

/// Coefficients of the normal inverse, lowest power first: of a numerator and of a denominator.
type Fraction = [[f64; 8]; 2];
/// Up to 0.425 from a half, in 0.425² less the square of that distance.
const MIDDLE: Fraction = [
    [
        3.387_132_872_796_366_5,
        133.141_667_891_784_38,
        1_971.590_950_306_551_3,
        13_731.693_765_509_46,
        45_921.953_931_549_87,
        67_265.770_927_008_7,
        33_430.575_583_588_13,
        2_509.080_928_730_122_7,
    ],
    [
        1.0,
        42.313_330_701_600_91,
        687.187_007_492_057_9,
        5_394.196_021_424_751,
        21_213.794_301_586_597,
        39_307.895_800_092_71,
        28_729.085_735_721_943,
        5_226.495_278_852_854,
    ],
];
/// Beyond, in √(−ln p) − 1.6.
const TAIL: Fraction = [
    [
        1.423_437_110_749_683_5,
        4.630_337_846_156_546,
        5.769_497_221_460_691,
        3.647_848_324_763_204_5,
        1.270_458_252_452_368_4,
        0.241_780_725_177_450_6,
        0.022_723_844_989_269_184,
        0.000_774_545_014_278_341_4,
    ],
    [
        1.0,
        2.053_191_626_637_759,
        1.676_384_830_183_803_8,
        0.689_767_334_985_1,
        0.148_103_976_427_480_08,
        0.015_198_666_563_616_457,
        0.000_547_593_808_499_534_5,
        1.050_750_071_644_416_9e-9,
    ],
];
/// Where √(−ln p) is above 5, in it − 5.
const FAR_TAIL: Fraction = [
    [
        6.657_904_643_501_103,
        5.463_784_911_164_114,
        1.784_826_539_917_291_3,
        0.296_560_571_828_504_87,
        0.026_532_189_526_576_124,
        0.001_242_660_947_388_078_4,
        2.711_555_568_743_487_6e-5,
        2.010_334_399_292_288_1e-7,
    ],
    [
        1.0,
        0.599_832_206_555_888,
        0.136_929_880_922_735_8,
        0.014_875_361_290_850_615,
        0.000_786_869_131_145_613_3,
        1.846_318_317_510_054_8e-5,
        1.421_511_758_316_446e-7,
        2.044_263_103_389_939_7e-15,
    ],
];

/// The fraction of two polynomials at `x`.
fn at([above, below]: &Fraction, x: f64) -> f64 {
    let polynomial = |coefficients: &[f64; 8]| coefficients.iter().rfold(0.0, |sum, c| sum * x + c);
    polynomial(above) / polynomial(below)
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
    use statrs::distribution::{ContinuousCDF, Normal};

    use super::*;

    #[test]
    fn the_normal_inverse_and_the_distribution_undo_each_other() {
        let law = Normal::standard();
        let mut last = f64::NEG_INFINITY;
        for step in 1..2_000 {
            // from 1e-30 to a half and on to 1 - 1e-16; the other side has ten digits
            let p = exp(-69.0 * (1.0 - f64::from(step) / 1_000.0));
            let p = if step <= 989 { p } else { 1.0 - 0.5 * exp(-f64::from(step - 989) / 28.0) };
            let x = probit(p);
            assert!(x >= last && x.is_finite(), "{p}: {x} after {last}");
            last = x;
            let share = if x < 0.0 { law.cdf(x) / p } else { law.sf(x) / (1.0 - p) };
            assert!((share - 1.0).abs() < 1e-9, "{p}: {x}");
        }
        assert_eq!([0.0, 1.0].map(probit), [f64::NEG_INFINITY, f64::INFINITY]);
    }

    #[test]
    fn the_normal_inverse_meets_published_quantiles() {
        for (p, expected) in [
            (0.5, 0.0),
            (0.975, 1.959_963_984_540_054),
            (0.841_344_746_068_542_9, 1.0),
            (0.001, -3.090_232_306_167_813),
            // by the series of the error function in sixty digits
            (0.3, -0.524_400_512_708_040_8),
            (0.0751, -1.438_825_392_752_54),
            (0.0749, -1.440_238_267_527_963_7),
            (1e-6, -4.753_424_308_822_899),
            (1e-11, -6.706_023_155_495_136),
            (1e-12, -7.034_483_825_301_132),
            (1e-16, -8.222_082_216_130_435),
        ] {
            assert!((probit(p) - expected).abs() < 2e-15 * expected.abs().max(1.0), "{p}");
        }
        assert!(probit(1.5).is_nan() && probit(-0.5).is_nan());
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
