//! Sums, means, deviations, skewness and kurtosis.

/// A sum with Neumaier's compensation, in the order in which values come.
///
/// Source: A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen",
/// ZAMM 54 (1974).
#[derive(Clone, Copy, Debug, Default)]
struct Sum {
    total: f64,
    lost: f64,
}

impl Sum {
    fn add(&mut self, value: f64) {
        let next = self.total + value;
        self.lost += if self.total.abs() >= value.abs() {
            (self.total - next) + value
        } else {
            (value - next) + self.total
        };
        self.total = next;
    }

    fn value(self) -> f64 {
        self.total + self.lost
    }
}

/// Sum with Neumaier's compensation, in the order of the slice.
pub(crate) fn sum(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut sum = Sum::default();
    values.into_iter().for_each(|value| sum.add(value));
    sum.value()
}

/// Arithmetic mean; NaN of nothing.
pub fn mean(base: &[f64]) -> f64 {
    sum(base.iter().copied()) / base.len() as f64
}

/// Sum of squared distances from the mean over `n - ddof`; NaN when that is not above zero.
pub(crate) fn variance(base: &[f64], ddof: u8) -> f64 {
    let freedom = base.len() as f64 - f64::from(ddof);
    if freedom <= 0.0 {
        return f64::NAN;
    }
    let centre = mean(base);
    sum(base.iter().map(|x| (x - centre) * (x - centre))) / freedom
}

/// Least value; NaN of nothing.
pub(crate) fn minimum(base: &[f64]) -> f64 {
    base.iter().copied().min_by(f64::total_cmp).unwrap_or(f64::NAN)
}

/// Greatest value; NaN of nothing.
pub fn maximum(base: &[f64]) -> f64 {
    base.iter().copied().max_by(f64::total_cmp).unwrap_or(f64::NAN)
}

/// Number of values and sums of their powers about the mean.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moments {
    /// How many values.
    pub n: f64,
    /// Their mean.
    pub mean: f64,
    /// Sum of (x - mean)².
    pub second: f64,
    /// Sum of (x - mean)³.
    pub third: f64,
    /// Sum of (x - mean)⁴.
    pub fourth: f64,
}

/// The moments of `base`.
pub fn moments(base: &[f64]) -> Moments {
    let centre = mean(base);
    let (mut second, mut third, mut fourth) = (Sum::default(), Sum::default(), Sum::default());
    for x in base {
        let apart = x - centre;
        let (square, cube) = (apart * apart, apart * apart * apart);
        second.add(square);
        third.add(cube);
        fourth.add(cube * apart);
    }
    Moments {
        n: base.len() as f64,
        mean: centre,
        second: second.value(),
        third: third.value(),
        fourth: fourth.value(),
    }
}

impl Moments {
    /// Skewness as Excel's `SKEW` (Fisher-Pearson, adjusted): √n·S3/S2^1.5 · √(n(n-1))/(n-2), with
    /// Sk = Σ(x-mean)^k. NaN for fewer than three values or a constant.
    pub fn skewness(self) -> f64 {
        let Self { n, second, third, .. } = self;
        if n < 3.0 || second <= 0.0 {
            return f64::NAN;
        }
        n.sqrt() * third / (second * second.sqrt()) * (n * (n - 1.0)).sqrt() / (n - 2.0)
    }

    /// Excess kurtosis as Excel's `KURT`: ((n+1)(n·S4/S2² - 3) + 6)(n-1)/((n-2)(n-3)). NaN for fewer
    /// than four values or a constant.
    pub fn kurtosis(self) -> f64 {
        let Self { n, second, fourth, .. } = self;
        if n < 4.0 || second <= 0.0 {
            return f64::NAN;
        }
        let plain = n * fourth / (second * second) - 3.0;
        ((n + 1.0) * plain + 6.0) * (n - 1.0) / ((n - 2.0) * (n - 3.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_keeps_what_a_plain_fold_loses() {
        assert_eq!(sum([1.0, 1e100, 1.0, -1e100]).to_bits(), 2.0_f64.to_bits());
    }

    #[test]
    fn variance_divides_by_n_or_by_n_minus_one() {
        let base = [2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0];
        assert!((variance(&base, 0) - 4.0).abs() < 1e-15);
        assert!((variance(&base, 1) - 32.0 / 7.0).abs() < 1e-15);
        assert!(variance(&[1.0], 1).is_nan());
    }

    #[test]
    fn skewness_and_kurtosis_are_those_of_excel() {
        // the example of Excel's own help for SKEW and KURT
        let base = [3.0, 4.0, 5.0, 2.0, 3.0, 4.0, 5.0, 6.0, 4.0, 7.0];
        assert!((moments(&base).skewness() - 0.359_543_071).abs() < 1e-9);
        assert!((moments(&base).kurtosis() - -0.151_799_637).abs() < 1e-9);
        assert!(moments(&[1.0, 1.0, 1.0]).skewness().is_nan());
    }
}
