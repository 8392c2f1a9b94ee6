//! How a measured series of one place moves along time.

use crate::index::stats;

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
/// least three values: slope·per/fitted first·100.
pub fn fitted_change(times: &[f64], values: &[f64], per: f64) -> Option<f64> {
    let known = known(times, values);
    if known.len() < 3 {
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
    fn growth_and_change_leave_out_gaps() {
        let times = [2020.0, 2021.0, 2022.0, 2023.0];
        let values = [100.0, f64::NAN, 121.0, f64::NAN];
        assert!((compound_growth(&times, &values).unwrap() - 0.1).abs() < 1e-12);
        assert_eq!(fitted_change(&times, &values, 1.0), None);
        let line = [10.0, 11.0, 12.0, 13.0];
        assert!((fitted_change(&times, &line, 10.0).unwrap() - 100.0).abs() < 1e-9);
    }
}
