//! The descriptive table of a column.

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
    /// Different values, exactly compared.
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
    let mut sorted = base.clone();
    sorted.sort_by(f64::total_cmp);
    let ties = || sorted.chunk_by(|a, b| a.total_cmp(b).is_eq());
    let (lower, upper) = (stats::quantile(&base, 0.25), stats::quantile(&base, 0.75));
    let moments = stats::moments(&base);
    let fence = 1.5 * (upper - lower);
    Description {
        n: base.len(),
        missing: units - base.len(),
        zeros: base.iter().filter(|&&x| x == 0.0).count(),
        unique: ties().count(),
        largest_tie: ties().map(<[f64]>::len).max().unwrap_or(0),
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
    fn nothing_has_no_statistics() {
        let got = describe(&[f64::NAN], &[true]);
        assert!(got.mean.is_nan() && got.min.is_nan());
        assert_eq!(got.missing, 1);
    }
}
