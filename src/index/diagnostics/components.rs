//! Principal components of a family of columns.

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
}
