//! Statistics of the engine: each with its definition, summed in the order given.
//!
//! A slice may hold NaN where a cell has no value; functions that take `values` leave them out,
//! functions that take `base` expect none.

mod correlation;
mod eigen;
mod math;
mod moments;
mod quantile;
mod rank;
mod round;

pub use correlation::{Correlation, Link, correlate, kendall, pearson, spearman, student_p};
pub use eigen::{Eigen, Matrix, eigen};
pub use math::{cbrt, exp, ln, ln_1p, log10, pow, probit, round_trip_single};
pub use moments::{Moments, maximum, mean, minimum, moments, sum, variance};
pub use quantile::{median, quantile};
pub use rank::{Order, Ranking, Ties, distinct, ranks};
pub use round::{half_up, significant, truncated};

/// The values that are there, in order.
pub fn present(values: &[f64]) -> Vec<f64> {
    values.iter().copied().filter(|value| !value.is_nan()).collect()
}
