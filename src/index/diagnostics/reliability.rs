//! Internal consistency of a family of columns.

use crate::index::stats;

/// Cronbach's alpha: k²·c/S, c being the mean covariance between different columns and S the sum of
/// the whole covariance matrix, each covariance over the pairs that are complete. `None` for fewer
/// than two columns or no variance.
///
/// Source: L. J. Cronbach, "Coefficient alpha and the internal structure of tests", Psychometrika
/// 16 (1951); OECD/JRC Handbook (2008), step 4.
pub fn cronbach_alpha(columns: &[&[f64]]) -> Option<f64> {
    let k = columns.len() as f64;
    let mut between = Vec::new();
    let mut own = Vec::new();
    for (i, a) in columns.iter().enumerate() {
        own.push(covariance(a, a)?);
        for b in &columns[..i] {
            between.push(covariance(a, b)?);
        }
    }
    let mean = stats::sum(between.iter().copied()) / between.len() as f64;
    let total = stats::sum(own) + 2.0 * stats::sum(between);
    let alpha = k * k * mean / total;
    alpha.is_finite().then_some(alpha)
}

/// Covariance (n - 1) over the complete pairs.
fn covariance(a: &[f64], b: &[f64]) -> Option<f64> {
    let pairs: Vec<(f64, f64)> = a
        .iter()
        .zip(b)
        .filter(|(x, y)| !x.is_nan() && !y.is_nan())
        .map(|(&x, &y)| (x, y))
        .collect();
    if pairs.len() < 2 {
        return None;
    }
    let n = pairs.len() as f64;
    let mean_a = stats::sum(pairs.iter().map(|pair| pair.0)) / n;
    let mean_b = stats::sum(pairs.iter().map(|pair| pair.1)) / n;
    Some(stats::sum(pairs.iter().map(|(x, y)| (x - mean_a) * (y - mean_b))) / (n - 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_that_agree_are_consistent() {
        let a = [1.0, 2.0, 3.0];
        assert!((cronbach_alpha(&[&a, &a]).unwrap() - 1.0).abs() < 1e-15);
        let b = [1.0, 3.0, 2.0];
        // covariances 1, 1 and 0.5: 4·0.5/3
        assert!((cronbach_alpha(&[&a, &b]).unwrap() - 2.0 / 3.0).abs() < 1e-15);
        assert_eq!(cronbach_alpha(&[&a]), None);
    }
}
