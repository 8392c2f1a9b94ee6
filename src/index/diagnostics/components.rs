//! How columns hang together: principal components, Cronbach's alpha.

use crate::index::stats::{self, Matrix, eigen};

/// Principal components of the correlation matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Components {
    /// Units with a value in all columns.
    pub rows: usize,
    /// Mean of each column.
    pub centre: Vec<f64>,
    /// Standard deviation (n - 1) of each column.
    pub scale: Vec<f64>,
    /// Eigenvalues, falling: the variances of the components.
    pub eigenvalues: Vec<f64>,
    /// Share of the variance of each component.
    pub shares: Vec<f64>,
    /// For each component the loading of each column (eigenvector of length 1, its greatest entry
    /// positive).
    pub loadings: Vec<Vec<f64>>,
}

/// Principal components over the rows in which no column is missing; `None` where a column is
/// constant there, or fewer than three rows are complete.
///
/// Source: OECD/JRC Handbook (2008), step 4.
pub fn components(columns: &[&[f64]]) -> Option<Components> {
    let units = columns.first()?.len();
    let complete: Vec<usize> =
        (0..units).filter(|&unit| columns.iter().all(|column| !column[unit].is_nan())).collect();
    if complete.len() < 3 || columns.len() < 2 {
        return None;
    }
    let bases: Vec<Vec<f64>> =
        columns.iter().map(|column| complete.iter().map(|&unit| column[unit]).collect()).collect();
    let mut cells = vec![vec![1.0; bases.len()]; bases.len()];
    for i in 0..bases.len() {
        for j in 0..i {
            cells[i][j] = stats::pearson(&bases[i], &bases[j])?;
            cells[j][i] = cells[i][j];
        }
    }
    let parts = eigen(&Matrix::from_fn(bases.len(), |i, j| cells[i][j]));
    let total = stats::sum(parts.values.iter().copied());
    Some(Components {
        rows: complete.len(),
        centre: bases.iter().map(|base| stats::mean(base)).collect(),
        scale: bases.iter().map(|base| stats::variance(base, 1).sqrt()).collect(),
        shares: parts.values.iter().map(|value| value / total).collect(),
        eigenvalues: parts.values,
        loadings: parts.vectors,
    })
}

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
    fn two_columns_have_a_common_and_an_opposed_component() {
        let a = [1.0, 2.0, 3.0, 4.0, f64::NAN];
        let b = [2.0, 1.0, 4.0, 3.0, 1.0];
        let got = components(&[&a, &b]).unwrap();
        assert_eq!(got.rows, 4);
        assert!((got.eigenvalues[0] - 1.6).abs() < 1e-14);
        assert!((got.shares[1] - 0.2).abs() < 1e-14);
        assert!(components(&[&a, &[1.0; 5]]).is_none());
    }

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
