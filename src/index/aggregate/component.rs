//! Principal components and factors of the children of a parent.

use super::{FactorWeights, Signs};
use crate::index::Column;
use crate::index::stats::{self, Eigen, Matrix, eigen};

/// Children that vary, over the ranked units that have all of them.
pub(crate) struct Sample {
    /// Positions of the children that vary.
    pub(crate) children: Vec<usize>,
    /// Mean and standard deviation (n - 1) of each.
    pub(crate) scales: Vec<(f64, f64)>,
    /// Their correlations.
    pub(crate) correlations: Matrix,
}

/// Why weights cannot be taken from the data.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Failure {
    /// Positions of the children whose sign is that of the minority.
    Signs(Vec<usize>),
    /// Fewer than two children vary, or fewer than three units have all of them.
    TooLittle,
    /// The search did not end.
    NoEnd,
}

impl Sample {
    /// The complete rows among the ranked units.
    pub(crate) fn new(columns: &[Column], ranked: &[bool]) -> Result<Self, Failure> {
        let varies = |column: &Column| {
            let base = stats::base(column.values(), ranked);
            stats::minimum(&base) < stats::maximum(&base)
        };
        let children: Vec<usize> = (0..columns.len()).filter(|&at| varies(&columns[at])).collect();
        let complete = |unit: &usize| {
            ranked[*unit] && children.iter().all(|&child| columns[child].value(*unit).is_some())
        };
        let units: Vec<usize> = (0..ranked.len()).filter(complete).collect();
        if children.len() < 2 || units.len() < 3 {
            return Err(Failure::TooLittle);
        }
        let bases: Vec<Vec<f64>> = children
            .iter()
            .map(|&child| units.iter().map(|&unit| columns[child].values()[unit]).collect())
            .collect();
        let scales =
            bases.iter().map(|base| (stats::mean(base), stats::variance(base, 1).sqrt())).collect();
        let correlations = Matrix::from_fn(children.len(), |i, j| {
            if i == j { 1.0 } else { stats::pearson(&bases[i], &bases[j]).unwrap_or(0.0) }
        });
        Ok(Self { children, scales, correlations })
    }

    /// Spreads a vector over all children; those that do not vary get 0.
    fn spread(&self, vector: &[f64], children: usize) -> Vec<f64> {
        let mut all = vec![0.0; children];
        for (&child, &weight) in self.children.iter().zip(vector) {
            all[child] = weight;
        }
        all
    }

    /// The vector with the sign of its sum, refused where components disagree.
    fn agreed(&self, vector: Vec<f64>, signs: Signs) -> Result<Vec<f64>, Failure> {
        let turn = if stats::sum(vector.iter().copied()) < 0.0 { -1.0 } else { 1.0 };
        let vector: Vec<f64> = vector.into_iter().map(|x| turn * x).collect();
        let against: Vec<usize> = (0..vector.len())
            .filter(|&at| vector[at] < -1e-12)
            .map(|at| self.children[at])
            .collect();
        if signs == Signs::Checked && !against.is_empty() {
            return Err(Failure::Signs(against));
        }
        Ok(vector)
    }
}

/// Weights from the first eigenvector of the correlation matrix of the complete rows.
pub(crate) fn pca(columns: &[Column], ranked: &[bool], signs: Signs) -> Result<Vec<f64>, Failure> {
    let sample = Sample::new(columns, ranked)?;
    let first = eigen(&sample.correlations).vectors.swap_remove(0);
    Ok(sample.spread(&sample.agreed(first, signs)?, columns.len()))
}

/// Scores on the first component: Σ v·(x - mean)/sd, for units with all children that vary.
pub(crate) fn pca_score(
    columns: &[Column],
    ranked: &[bool],
    signs: Signs,
) -> Result<Vec<f64>, Failure> {
    let sample = Sample::new(columns, ranked)?;
    let first = sample.agreed(eigen(&sample.correlations).vectors.swap_remove(0), signs)?;
    Ok((0..ranked.len())
        .map(|unit| {
            stats::sum(sample.children.iter().enumerate().map(|(at, &child)| {
                let (mean, sd) = sample.scales[at];
                first[at] * (columns[child].values()[unit] - mean) / sd
            }))
        })
        .collect())
}

/// Weights from a one-factor model: the regression score coefficients R⁻¹λ, which are in
/// proportion to λ/ψ, scaled to sum 1.
///
/// Maximum likelihood over the uniquenesses ψ by Newton steps in ln ψ (K. G. Jöreskog, "Some
/// contributions to maximum likelihood factor analysis", Psychometrika 32, 1967): with the
/// eigenvalues γ and eigenvectors ω of Ψ^-½RΨ^-½, the function is Σ(γ - ln γ - 1) over all but the
/// first, its gradient Σ(1 - γ)ω², its Hessian about (Σωω')². λ = Ψ^½ω₁√(γ₁ - 1).
pub(crate) fn factor(
    columns: &[Column],
    ranked: &[bool],
    rule: &FactorWeights,
) -> Result<Vec<f64>, Failure> {
    let sample = Sample::new(columns, ranked)?;
    let r = &sample.correlations;
    if r.order() < 3 {
        return Err(Failure::TooLittle);
    }
    let uniqueness = uniquenesses(r, rule)?;
    let solution = scaled(r, &uniqueness);
    let size = (solution.values[0] - 1.0).max(0.0).sqrt();
    let coefficients: Vec<f64> = uniqueness
        .iter()
        .zip(&solution.vectors[0])
        .map(|(psi, omega)| psi.sqrt() * omega * size / psi)
        .collect();
    let agreed = sample.agreed(coefficients, rule.signs)?;
    let total = stats::sum(agreed.iter().copied());
    let weights: Vec<f64> = agreed.iter().map(|weight| weight / total).collect();
    Ok(sample.spread(&weights, columns.len()))
}

/// Eigenvalues of Ψ^-½RΨ^-½.
fn scaled(r: &Matrix, uniqueness: &[f64]) -> Eigen {
    eigen(&Matrix::from_fn(r.order(), |i, j| {
        r.at(i, j) / (uniqueness[i].sqrt() * uniqueness[j].sqrt())
    }))
}

/// The function that is made least.
fn misfit(solution: &Eigen) -> f64 {
    stats::sum(solution.values[1..].iter().map(|gamma| gamma - stats::ln(*gamma) - 1.0))
}

fn uniquenesses(r: &Matrix, rule: &FactorWeights) -> Result<Vec<f64>, Failure> {
    let p = r.order();
    let [least, most] = [stats::ln(rule.heywood), 0.0];
    // the start of most software: (1 - 1/(2p)) over the diagonal of the inverse
    let spectrum = eigen(r);
    let mut theta: Vec<f64> = (0..p)
        .map(|i| {
            let inverse = stats::sum((0..p).map(|k| {
                spectrum.vectors[k][i] * spectrum.vectors[k][i] / spectrum.values[k].max(1e-12)
            }));
            stats::ln((1.0 - 0.5 / p as f64) / inverse).clamp(least, most)
        })
        .collect();
    for _ in 0..500 {
        let psi: Vec<f64> = theta.iter().map(|&x| stats::exp(x)).collect();
        let solution = scaled(r, &psi);
        let step = newton(&solution, &theta, [least, most]);
        let next = downhill(r, &theta, &step, misfit(&solution), [least, most]);
        let moved = theta
            .iter()
            .zip(&next)
            .map(|(a, b)| (stats::exp(*a) - stats::exp(*b)).abs())
            .fold(0.0, f64::max);
        theta = next;
        if moved <= rule.tolerance {
            return Ok(theta.into_iter().map(stats::exp).collect());
        }
    }
    Err(Failure::NoEnd)
}

/// The Newton step; a uniqueness at its bound that wants to go beyond stays.
fn newton(solution: &Eigen, theta: &[f64], [least, most]: [f64; 2]) -> Vec<f64> {
    let p = theta.len();
    let omega = |k: usize, i: usize| solution.vectors[k][i];
    let gradient: Vec<f64> = (0..p)
        .map(|i| stats::sum((1..p).map(|k| (1.0 - solution.values[k]) * omega(k, i) * omega(k, i))))
        .collect();
    let free: Vec<usize> = (0..p)
        .filter(|&i| {
            !(theta[i] <= least && gradient[i] > 0.0 || theta[i] >= most && gradient[i] < 0.0)
        })
        .collect();
    let hessian = |i: usize, j: usize| {
        let product = stats::sum((1..p).map(|k| omega(k, i) * omega(k, j)));
        product * product
    };
    let system = Matrix::from_fn(free.len(), |a, b| hessian(free[a], free[b]));
    let right: Vec<f64> = free.iter().map(|&i| gradient[i]).collect();
    let solved = solve(&system, &right);
    let mut step = vec![0.0; p];
    for (&i, move_by) in free.iter().zip(solved) {
        step[i] = -move_by;
    }
    step
}

/// The solution of a symmetric system through its eigenvectors; directions without curvature stay.
fn solve(system: &Matrix, right: &[f64]) -> Vec<f64> {
    let parts = eigen(system);
    let n = right.len();
    let most = parts.values.first().copied().unwrap_or(0.0);
    (0..n)
        .map(|i| {
            stats::sum((0..n).filter(|&k| parts.values[k] > most * 1e-12).map(|k| {
                let along = stats::sum((0..n).map(|j| parts.vectors[k][j] * right[j]));
                parts.vectors[k][i] * along / parts.values[k]
            }))
        })
        .collect()
}

/// The point after the step, halved until the misfit falls.
fn downhill(
    r: &Matrix,
    theta: &[f64],
    step: &[f64],
    before: f64,
    [least, most]: [f64; 2],
) -> Vec<f64> {
    let mut size = 1.0;
    for _ in 0..40 {
        let next: Vec<f64> =
            theta.iter().zip(step).map(|(x, by)| (x + size * by).clamp(least, most)).collect();
        let psi: Vec<f64> = next.iter().map(|&x| stats::exp(x)).collect();
        if misfit(&scaled(r, &psi)) <= before + 1e-14 {
            return next;
        }
        size /= 2.0;
    }
    theta.to_vec()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::steps::fixture::column;

    #[test]
    fn the_factor_behind_exact_correlations_is_found() {
        // correlations made by loadings 0.9, 0.8, 0.7, 0.6: r_ij = λiλj
        let loadings = [0.9, 0.8, 0.7, 0.6];
        let r = Matrix::from_fn(4, |i, j| if i == j { 1.0 } else { loadings[i] * loadings[j] });
        let psi = uniquenesses(&r, &FactorWeights::default()).unwrap();
        for (psi, loading) in psi.iter().zip(loadings) {
            assert!((psi - (1.0 - loading * loading)).abs() < 1e-9, "{psi}");
        }
    }

    #[test]
    fn a_child_that_points_the_other_way_is_named() {
        let a = column(&[1.0, 2.0, 3.0, 4.0, 5.0]);
        let b = column(&[1.0, 2.0, 3.5, 4.0, 5.0]);
        let c = column(&[5.0, 4.0, 3.2, 2.0, 1.0]);
        let columns = [a, b, c];
        let checked = pca(&columns, &[true; 5], Signs::Checked);
        assert_eq!(checked, Err(Failure::Signs(vec![2])));
        let as_is = pca(&columns, &[true; 5], Signs::AsIs).unwrap();
        assert!(as_is[0] > 0.0 && as_is[2] < 0.0);
    }

    #[test]
    fn a_constant_child_has_no_weight() {
        let columns =
            [column(&[1.0, 2.0, 3.0, 5.0]), column(&[2.0; 4]), column(&[1.0, 2.0, 4.0, 5.0])];
        let weights = pca(&columns, &[true; 4], Signs::Checked).unwrap();
        assert_eq!(weights[1].to_bits(), 0.0_f64.to_bits());
        assert!((weights[0] - weights[2]).abs() < 1e-12);
    }
}
