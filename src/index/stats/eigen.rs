//! Eigenvalues and eigenvectors of small symmetric matrices.

/// A square matrix, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Matrix {
    order: usize,
    cells: Vec<f64>,
}

impl Matrix {
    /// A matrix of that order from a function of row and column.
    pub(crate) fn from_fn(order: usize, cell: impl Fn(usize, usize) -> f64) -> Self {
        let cells = (0..order * order).map(|at| cell(at / order, at % order)).collect();
        Self { order, cells }
    }

    /// Number of rows.
    pub(crate) fn order(&self) -> usize {
        self.order
    }

    /// A cell.
    pub(crate) fn at(&self, row: usize, column: usize) -> f64 {
        self.cells[row * self.order + column]
    }

    fn at_mut(&mut self, row: usize, column: usize) -> &mut f64 {
        &mut self.cells[row * self.order + column]
    }
}

/// Eigenvalues from the greatest, each with its eigenvector of length 1.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Eigen {
    /// Eigenvalues, falling.
    pub values: Vec<f64>,
    /// The eigenvector of each value; the component that is greatest in size is positive.
    pub vectors: Vec<Vec<f64>>,
}

/// Cyclic Jacobi rotations until nothing is left off the diagonal.
///
/// Source: W. H. Press et al., *Numerical Recipes* (2007), §11.1; Jacobi (1846).
pub(crate) fn eigen(matrix: &Matrix) -> Eigen {
    let n = matrix.order;
    let mut a = matrix.clone();
    let mut v = Matrix::from_fn(n, |row, column| if row == column { 1.0 } else { 0.0 });
    // sixty sweeps are far beyond the ten that matrices of our size need
    for _ in 0..60 {
        let off: f64 = (0..n)
            .flat_map(|i| (0..i).map(move |j| (i, j)))
            .map(|(i, j)| a.at(i, j).abs())
            .fold(0.0, f64::max);
        if off == 0.0 {
            break;
        }
        for p in 0..n {
            for q in p + 1..n {
                rotate(&mut a, &mut v, p, q);
            }
        }
    }
    let mut order: Vec<usize> = (0..n).collect();
    order.sort_by(|&i, &j| a.at(j, j).total_cmp(&a.at(i, i)));
    Eigen {
        values: order.iter().map(|&i| a.at(i, i)).collect(),
        vectors: order
            .iter()
            .map(|&i| fix_sign((0..n).map(|row| v.at(row, i)).collect()))
            .collect(),
    }
}

/// The same line, pointing so that its greatest component is positive.
fn fix_sign(vector: Vec<f64>) -> Vec<f64> {
    // the first of equals, so that the sign does not hang on the last bits
    let most = vector.iter().fold(0.0_f64, |most, x| most.max(x.abs()));
    let lead = vector.iter().find(|x| x.abs() >= most * (1.0 - 1e-9)).copied().unwrap_or(1.0);
    if lead < 0.0 { vector.into_iter().map(|x| 0.0 - x).collect() } else { vector }
}

/// One rotation that makes the cell (p, q) zero.
fn rotate(a: &mut Matrix, v: &mut Matrix, p: usize, q: usize) {
    let off = a.at(p, q);
    let scale = a.at(p, p).abs() + a.at(q, q).abs();
    if off == 0.0 || off.abs() < scale * 1e-18 {
        *a.at_mut(p, q) = 0.0;
        *a.at_mut(q, p) = 0.0;
        return;
    }
    let theta = (a.at(q, q) - a.at(p, p)) / (2.0 * off);
    let t = theta.signum() / (theta.abs() + (theta * theta + 1.0).sqrt());
    let c = 1.0 / (t * t + 1.0).sqrt();
    let s = t * c;
    for k in 0..a.order {
        let (kp, kq) = (a.at(k, p), a.at(k, q));
        *a.at_mut(k, p) = c * kp - s * kq;
        *a.at_mut(k, q) = s * kp + c * kq;
    }
    for k in 0..a.order {
        let (pk, qk) = (a.at(p, k), a.at(q, k));
        *a.at_mut(p, k) = c * pk - s * qk;
        *a.at_mut(q, k) = s * pk + c * qk;
    }
    *a.at_mut(p, q) = 0.0;
    *a.at_mut(q, p) = 0.0;
    for k in 0..v.order {
        let (kp, kq) = (v.at(k, p), v.at(k, q));
        *v.at_mut(k, p) = c * kp - s * kq;
        *v.at_mut(k, q) = s * kp + c * kq;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_eigenvalues_of_a_correlation_matrix() {
        let cells = [[1.0, 0.5], [0.5, 1.0]];
        let got = eigen(&Matrix::from_fn(2, |i, j| cells[i][j]));
        assert!((got.values[0] - 1.5).abs() < 1e-15 && (got.values[1] - 0.5).abs() < 1e-15);
        assert!((got.vectors[0][0] - got.vectors[0][1]).abs() < 1e-15);
        assert!(got.vectors[0][0] > 0.0);
    }

    #[test]
    fn a_matrix_is_the_sum_of_its_components() {
        let n = 9;
        let matrix = Matrix::from_fn(n, |i, j| {
            let (low, high) = (i.min(j) as f64, i.max(j) as f64);
            (low + 1.0) / (high + 2.0) + if i == j { 0.5 } else { 0.0 }
        });
        let got = eigen(&matrix);
        for i in 0..n {
            for j in 0..n {
                let sum: f64 = (0..n)
                    .map(|k| got.values[k] * got.vectors[k][i] * got.vectors[k][j])
                    .fold(0.0, |a, b| a + b);
                assert!((sum - matrix.at(i, j)).abs() < 1e-13);
            }
        }
        assert!(got.values.windows(2).all(|pair| pair[0] >= pair[1]));
    }

    #[test]
    fn equal_variances_have_a_direction_too() {
        let got = eigen(&Matrix::from_fn(3, |i, j| if i == j { 1.0 } else { 0.9 }));
        assert!((got.values[0] - 2.8).abs() < 1e-14);
    }
}
