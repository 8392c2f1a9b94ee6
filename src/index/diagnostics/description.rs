//! The distribution of a column, and its change along periods.

use crate::index::stats;

/// A distribution in numbers. Statistics that do not exist (of nothing, of a constant) are NaN.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Description {
    /// Values that are there.
    pub n: usize,
    /// Ranked units without a value.
    pub missing: usize,
    /// Values that are 0.
    pub zeros: usize,
    /// Different values, compared as ranks compare them (nine decimals).
    pub unique: usize,
    /// Units that share the most frequent value.
    pub largest_tie: usize,
    /// Least value.
    pub min: f64,
    /// First quartile (type 7).
    pub lower_quartile: f64,
    /// Median.
    pub median: f64,
    /// Third quartile (type 7).
    pub upper_quartile: f64,
    /// Greatest value.
    pub max: f64,
    /// Mean.
    pub mean: f64,
    /// Standard deviation (n - 1).
    pub sd: f64,
    /// Skewness (Excel's `SKEW`).
    pub skewness: f64,
    /// Excess kurtosis (Excel's `KURT`).
    pub kurtosis: f64,
    /// Values beyond one and a half interquartile ranges from the quartiles (Tukey's fences).
    pub outliers: usize,
}

/// Describes the ranked units of a column; NaN is a missing value.
pub fn describe(values: &[f64], ranked: &[bool]) -> Description {
    let base = stats::base(values, ranked);
    let units = ranked.iter().filter(|&&ranked| ranked).count();
    let in_order = stats::in_order(&base);
    let (lower, upper) = (stats::quantile(&base, 0.25), stats::quantile(&base, 0.75));
    let moments = stats::moments(&base);
    let fence = 1.5 * (upper - lower);
    Description {
        n: base.len(),
        missing: units - base.len(),
        zeros: base.iter().filter(|&&x| x == 0.0).count(),
        unique: stats::ties(&in_order).count(),
        largest_tie: stats::ties(&in_order).max().unwrap_or(0),
        min: stats::minimum(&base),
        lower_quartile: lower,
        median: stats::median(&base),
        upper_quartile: upper,
        max: stats::maximum(&base),
        mean: moments.mean,
        sd: stats::variance(&base, 1).sqrt(),
        skewness: moments.skewness(),
        kurtosis: moments.kurtosis(),
        outliers: base.iter().filter(|&&x| x < lower - fence || x > upper + fence).count(),
    }
}

/// Compound growth per period between the first and the last value: (last/first)^(1/(t1 - t0)) - 1.
/// `None` where there are fewer than two values or the ratio is not positive.
pub fn compound_growth(times: &[f64], values: &[f64]) -> Option<f64> {
    let known = known(times, values);
    let (&(t0, first), &(t1, last)) = (known.first()?, known.last()?);
    if t1 <= t0 || first == 0.0 || last / first <= 0.0 {
        return None;
    }
    Some(stats::pow(last / first, 1.0 / (t1 - t0)) - 1.0)
}

/// Change in per cent of the fitted first value over `per` periods, from a straight line through at
/// least two values: slope·per/fitted first·100.
pub fn fitted_change(times: &[f64], values: &[f64], per: f64) -> Option<f64> {
    let known = known(times, values);
    if known.len() < 2 {
        return None;
    }
    let n = known.len() as f64;
    let (mean_t, mean_x) = (
        stats::sum(known.iter().map(|point| point.0)) / n,
        stats::sum(known.iter().map(|point| point.1)) / n,
    );
    let cross = stats::sum(known.iter().map(|(t, x)| (t - mean_t) * (x - mean_x)));
    let slope = cross / stats::sum(known.iter().map(|(t, _)| (t - mean_t) * (t - mean_t)));
    let first = mean_x + slope * (known[0].0 - mean_t);
    let change = slope * per / first * 100.0;
    change.is_finite().then_some(change)
}

/// The values that are there, in the order of time.
fn known(times: &[f64], values: &[f64]) -> Vec<(f64, f64)> {
    let mut known: Vec<(f64, f64)> = times
        .iter()
        .zip(values)
        .filter(|(_, value)| !value.is_nan())
        .map(|(&time, &value)| (time, value))
        .collect();
    known.sort_by(|a, b| a.0.total_cmp(&b.0));
    known
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_described_over_the_ranked_units() {
        let values = [0.0, 2.0, 2.0, 4.0, 50.0, f64::NAN, 7.0];
        let ranked = [true, true, true, true, true, true, false];
        let got = describe(&values, &ranked);
        assert_eq!((got.n, got.missing, got.zeros, got.unique, got.largest_tie), (5, 1, 1, 4, 2));
        assert_eq!((got.min, got.median, got.max, got.outliers), (0.0, 2.0, 50.0, 1));
        assert!((got.mean - 11.6).abs() < 1e-12);
    }

    #[test]
    fn binary_noise_makes_no_other_value() {
        let got = describe(&[0.1 + 0.2, 0.3, 0.0, -0.0], &[true; 4]);
        assert_eq!((got.unique, got.largest_tie), (2, 2));
    }

    #[test]
    fn nothing_has_no_statistics() {
        let got = describe(&[f64::NAN], &[true]);
        assert!(got.mean.is_nan() && got.min.is_nan());
        assert_eq!(got.missing, 1);
    }

    #[test]
    fn growth_and_change_leave_out_gaps() {
        let times = [2020.0, 2021.0, 2022.0, 2023.0];
        let values = [100.0, f64::NAN, 121.0, f64::NAN];
        assert!((compound_growth(&times, &values).unwrap() - 0.1).abs() < 1e-12);
        assert!((fitted_change(&times, &values, 1.0).unwrap() - 10.5).abs() < 1e-12);
        assert_eq!(fitted_change(&times, &[1.0, f64::NAN, f64::NAN, f64::NAN], 1.0), None);
        let line = [10.0, 11.0, 12.0, 13.0];
        assert!((fitted_change(&times, &line, 10.0).unwrap() - 100.0).abs() < 1e-9);
    }
}
