//! Laws by their inverse: one number between 0 and 1 becomes one drawn value, the greater the
//! greater, so that runs of the same number differ by what is doubted alone.

pub(crate) mod counts;
mod gamma;
pub(crate) mod weights;

use crate::index::stats::probit;

/// A standard normal value.
pub(crate) fn normal(u: f64) -> f64 {
    probit(u)
}

/// The standard error behind the interval of a normal estimate at a confidence level, in the unit of
/// its ends.
pub(crate) fn error_of_interval(low: f64, high: f64, level: f64) -> f64 {
    (high - low) / (2.0 * two_sided(level))
}

/// How many standard errors an interval of a confidence level reaches to each side.
pub(crate) fn two_sided(level: f64) -> f64 {
    -probit((1.0 - level) / 2.0)
}

/// What rounding to so many decimals took from a number: up to half a unit of the last one, either way.
pub(crate) fn rounded_away(u: f64, decimals: u32) -> f64 {
    let power = (0..decimals.min(f64::MAX_10_EXP as u32)).fold(1.0, |power: f64, _| power * 10.0);
    (u - 0.5) / power
}

/// The child that is left out, with this chance, each as often as another.
pub(crate) fn omitted(u: f64, chance: f64, children: usize) -> Option<usize> {
    if u >= chance || children == 0 {
        return None;
    }
    Some(one_of(u / chance, children))
}

/// One of so many, each as often as another: the first j with u below j / n, counted from 0.
pub(crate) fn one_of(u: f64, n: usize) -> usize {
    let reaches = |j: &usize| u * (n as f64) < (j + 1) as f64;
    (0..n).find(reaches).unwrap_or(n.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_interval_of_95_percent_is_twice_1_96_errors_wide() {
        assert!(
            (error_of_interval(10.0, 10.0 + 2.0 * 1.959_963_984_540_054, 0.95) - 1.0).abs() < 1e-14
        );
        assert!((error_of_interval(3.0, 5.0, 0.90) - 1.0 / 1.644_853_626_951_472_7).abs() < 1e-14);
    }

    #[test]
    fn rounding_hides_half_a_unit_of_the_last_decimal() {
        assert_eq!(rounded_away(0.5, 3).to_bits(), 0.0_f64.to_bits());
        assert!((rounded_away(0.0, 1) + 0.05).abs() < 1e-17);
        assert!((rounded_away(1.0, 0) - 0.5).abs() < 1e-17);
        assert_eq!(rounded_away(1.0, u32::MAX).abs(), 0.5 / 1e308);
    }

    #[test]
    fn one_child_in_turn_is_left_out_below_the_chance() {
        let drawn: Vec<Option<usize>> = [0.0, 0.09, 0.11, 0.21, 0.299_999, 0.3, 0.9]
            .iter()
            .map(|&u| omitted(u, 0.3, 3))
            .collect();
        assert_eq!(drawn, [Some(0), Some(0), Some(1), Some(2), Some(2), None, None]);
        assert_eq!(omitted(0.1, 0.3, 0), None);
        assert_eq!(omitted(0.999_999, 1.0, 6), Some(5));
    }
}
