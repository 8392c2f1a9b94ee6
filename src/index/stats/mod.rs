//! Statistics of the engine: each with its definition, summed in the order given.
//!
//! A slice may hold NaN where a cell has no value; functions that take `values` leave them out,
//! functions that take `base` expect none.

mod correlation;
mod eigen;
mod math;
mod moments;
mod rank;

pub use correlation::{Correlation, correlate, pearson};
pub(crate) use correlation::{Link, Links};
pub(crate) use correlation::{kendall, spearman};
pub(crate) use eigen::{Eigen, Matrix, eigen};
pub use math::half_up;
pub(crate) use math::{
    cbrt, exp, ln, ln_1p, ln_gamma, log10, pow, probit, round_trip_single, significant, truncated,
};
pub(crate) use moments::Moments;
pub use moments::{maximum, mean, moments};
pub(crate) use moments::{minimum, sum, variance};
pub use rank::{Order, Ranking, Ties, ranks};
pub(crate) use rank::{compared, distinct, in_order, median, quantile, ties};

/// Values of the ranked units, missing left out, in register order.
pub(crate) fn base(values: &[f64], ranked: &[bool]) -> Vec<f64> {
    values
        .iter()
        .zip(ranked)
        .filter(|(value, ranked)| **ranked && !value.is_nan())
        .map(|(&value, _)| value)
        .collect()
}

/// Values of the ranked units, NaN for the others.
pub(crate) fn base_or_nan(values: &[f64], ranked: &[bool]) -> Vec<f64> {
    let keep = |(&value, &ranked): (&f64, &bool)| if ranked { value } else { f64::NAN };
    values.iter().zip(ranked).map(keep).collect()
}

/// The values that are there, in order.
pub fn present(values: &[f64]) -> Vec<f64> {
    values.iter().copied().filter(|value| !value.is_nan()).collect()
}
