//! Quantiles, by the one definition we use.

/// Quantile of type 7 (Hyndman and Fan 1996; Excel's `PERCENTILE.INC`, R's and numpy's default):
/// linear between the order statistics around position (n-1)p. NaN of nothing; `p` is cut to 0..1.
pub fn quantile(base: &[f64], p: f64) -> f64 {
    if base.is_empty() {
        return f64::NAN;
    }
    let mut sorted = base.to_vec();
    sorted.sort_by(f64::total_cmp);
    of_sorted(&sorted, p)
}

/// The middle value, or the mean of the two middle ones; NaN of nothing.
pub fn median(base: &[f64]) -> f64 {
    quantile(base, 0.5)
}

fn of_sorted(sorted: &[f64], p: f64) -> f64 {
    let last = sorted.len() - 1;
    let at = last as f64 * p.clamp(0.0, 1.0);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a position between 0 and the last index"
    )]
    let below = (at.floor() as usize).min(last);
    let above = (below + 1).min(last);
    let (low, high) = (sorted[below], sorted[above]);
    low + (high - low) * (at - below as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantiles_are_of_type_seven() {
        let base = [3.0, 1.0, 2.0, 4.0];
        for (p, expected) in [(0.0, 1.0), (0.25, 1.75), (0.5, 2.5), (0.9, 3.7), (1.0, 4.0)] {
            assert!((quantile(&base, p) - expected).abs() < 1e-15, "{p}");
        }
        assert!(median(&[]).is_nan());
    }
}
