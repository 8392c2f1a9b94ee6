//! How far two columns move together: Pearson, Spearman, Kendall.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use super::{Order, Ranking, Ties, mean, ranks, sum};

/// A coefficient of correlation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Correlation {
    /// Product-moment correlation.
    Pearson,
    /// Pearson's on ranks with mean ties.
    Spearman,
    /// Kendall's tau-b.
    Kendall,
}

/// How far two columns move together.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Link {
    /// The coefficient, -1 to 1.
    pub r: f64,
    /// Two-sided p-value under independence: Student's t for Pearson and Spearman, the normal
    /// approximation with its correction for ties for Kendall. NaN where there is none.
    pub p: f64,
    /// Complete pairs.
    pub n: usize,
}

/// A coefficient with its p-value; `None` where a column is constant over the complete pairs.
pub fn correlate(kind: Correlation, a: &[f64], b: &[f64]) -> Option<Link> {
    let n = complete(a, b).0.len();
    let (r, p) = match kind {
        Correlation::Pearson => {
            let r = pearson(a, b)?;
            (r, student_p(r, n))
        }
        Correlation::Spearman => {
            let r = spearman(a, b)?;
            (r, student_p(r, n))
        }
        Correlation::Kendall => (kendall(a, b)?, kendall_p(a, b)),
    };
    Some(Link { r, p, n })
}

/// Pairs in which both have a value.
fn complete(a: &[f64], b: &[f64]) -> (Vec<f64>, Vec<f64>) {
    a.iter().zip(b).filter(|(x, y)| !x.is_nan() && !y.is_nan()).map(|(&x, &y)| (x, y)).unzip()
}

/// Pearson's product-moment correlation over the pairs that are complete; `None` where one of the
/// columns is constant there.
pub fn pearson(a: &[f64], b: &[f64]) -> Option<f64> {
    let (a, b) = complete(a, b);
    if a.len() < 2 || constant(&a) || constant(&b) {
        return None;
    }
    let (mean_a, mean_b) = (mean(&a), mean(&b));
    let cross = sum(a.iter().zip(&b).map(|(x, y)| (x - mean_a) * (y - mean_b)));
    let own_a = sum(a.iter().map(|x| (x - mean_a) * (x - mean_a)));
    let own_b = sum(b.iter().map(|y| (y - mean_b) * (y - mean_b)));
    let r = cross / (own_a.sqrt() * own_b.sqrt());
    r.is_finite().then(|| r.clamp(-1.0, 1.0))
}

fn constant(base: &[f64]) -> bool {
    base.windows(2).all(|pair| pair[0].total_cmp(&pair[1]).is_eq())
}

/// Spearman's rho: Pearson's correlation of the ranks (mean ties) over the complete pairs.
pub(crate) fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    let (a, b) = complete(a, b);
    let everyone = vec![true; a.len()];
    let ranking = Ranking { ties: Ties::Mean, order: Order::LowestFirst, decimals: 15 };
    pearson(&ranks(&a, &everyone, ranking), &ranks(&b, &everyone, ranking))
}

/// Kendall's tau-b over the complete pairs, in O(n log n).
///
/// tau-b = (C - D) / √((P - Ta)(P - Tb)) with P pairs, C concordant and D discordant ones, and Ta,
/// Tb pairs tied in one column. Source: W. R. Knight, "A computer method for calculating Kendall's
/// tau with ungrouped data", JASA 61 (1966).
pub(crate) fn kendall(a: &[f64], b: &[f64]) -> Option<f64> {
    let (a, b) = complete(a, b);
    let pairs = a.len() as f64 * (a.len() as f64 - 1.0) / 2.0;
    let (tied_a, tied_b) = (tied(&a, pairs_of), tied(&b, pairs_of));
    let tau = balance(&a, &b) / ((pairs - tied_a).sqrt() * (pairs - tied_b).sqrt());
    tau.is_finite().then_some(tau)
}

/// Concordant minus discordant pairs.
fn balance(a: &[f64], b: &[f64]) -> f64 {
    let mut order: Vec<usize> = (0..a.len()).collect();
    order.sort_by(|&i, &j| a[i].total_cmp(&a[j]).then(b[i].total_cmp(&b[j])));
    let both = order
        .chunk_by(|&i, &j| a[i].total_cmp(&a[j]).is_eq() && b[i].total_cmp(&b[j]).is_eq())
        .map(|run| pairs_of(run.len() as f64))
        .fold(0.0, |total, pairs| total + pairs);
    let mut column: Vec<f64> = order.iter().map(|&i| b[i]).collect();
    let mut spare = column.clone();
    let swaps = sort_counting_swaps(&mut column, &mut spare);
    pairs_of(a.len() as f64) - tied(a, pairs_of) - tied(b, pairs_of) + both - 2.0 * swaps
}

/// Two-sided p-value of Kendall's tau by the normal approximation of C - D, whose variance is
/// corrected for ties. Source: M. G. Kendall, *Rank correlation methods* (1975).
fn kendall_p(a: &[f64], b: &[f64]) -> f64 {
    let (a, b) = complete(a, b);
    let n = a.len() as f64;
    let whole = |t: f64| t * (t - 1.0) * (2.0 * t + 5.0);
    let twice = |t: f64| t * (t - 1.0);
    let thrice = |t: f64| t * (t - 1.0) * (t - 2.0);
    let variance = (whole(n) - tied(&a, whole) - tied(&b, whole)) / 18.0
        + tied(&a, twice) * tied(&b, twice) / (2.0 * twice(n))
        + tied(&a, thrice) * tied(&b, thrice) / (9.0 * thrice(n));
    let z = balance(&a, &b).abs() / variance.sqrt();
    2.0 * Normal::standard().sf(z)
}

/// Sum of a function of the sizes of the runs of equal values.
fn tied(values: &[f64], of_size: impl Fn(f64) -> f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
        .chunk_by(|x, y| x.total_cmp(y).is_eq())
        .map(|run| of_size(run.len() as f64))
        .fold(0.0, |total, part| total + part)
}

/// Pairs among that many.
fn pairs_of(n: f64) -> f64 {
    n * (n - 1.0) / 2.0
}

/// Merge sort; answers how many exchanges of neighbours an insertion sort would need.
fn sort_counting_swaps(values: &mut [f64], spare: &mut [f64]) -> f64 {
    let n = values.len();
    if n < 2 {
        return 0.0;
    }
    let middle = n / 2;
    let mut swaps = sort_counting_swaps(&mut values[..middle], &mut spare[..middle])
        + sort_counting_swaps(&mut values[middle..], &mut spare[middle..]);
    let (mut left, mut right) = (0, middle);
    for slot in spare.iter_mut() {
        let take_left =
            right == n || (left < middle && values[left].total_cmp(&values[right]).is_le());
        if take_left {
            *slot = values[left];
            left += 1;
        } else {
            *slot = values[right];
            right += 1;
            swaps += (middle - left) as f64;
        }
    }
    values.copy_from_slice(spare);
    swaps
}

/// Two-sided p-value of a correlation `r` over `n` pairs: Student's t = r·√((n-2)/(1-r²)) with n-2
/// degrees of freedom. NaN for fewer than three pairs.
fn student_p(r: f64, n: usize) -> f64 {
    let freedom = n as f64 - 2.0;
    if freedom <= 0.0 || !r.is_finite() {
        return f64::NAN;
    }
    if r.abs() >= 1.0 {
        return 0.0;
    }
    let t = r.abs() * (freedom / ((1.0 - r) * (1.0 + r))).sqrt();
    StudentsT::new(0.0, 1.0, freedom).map_or(f64::NAN, |student| 2.0 * student.sf(t))
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: [f64; 6] = [1.0, 2.0, 3.0, 4.0, 5.0, f64::NAN];
    const B: [f64; 6] = [2.0, 1.0, 4.0, 3.0, 5.0, 9.0];

    #[test]
    fn coefficients_leave_out_incomplete_pairs() {
        assert!((pearson(&A, &B).unwrap() - 0.8).abs() < 1e-15);
        assert!((spearman(&A, &B).unwrap() - 0.8).abs() < 1e-15);
        assert!((kendall(&A, &B).unwrap() - 0.6).abs() < 1e-15);
        assert_eq!(pearson(&A, &[1.0; 6]), None);
        assert_eq!(kendall(&A, &[1.0; 6]), None);
    }

    #[test]
    fn kendall_is_the_count_of_pairs() {
        let a = [1.0, 1.0, 2.0, 3.0, 3.0, 2.0, 5.0];
        let b = [3.0, 1.0, 2.0, 2.0, 2.0, 7.0, 1.0];
        let (mut score, mut pairs_a, mut pairs_b) = (0.0, 0.0, 0.0);
        for i in 0..a.len() {
            for j in 0..i {
                let sign = |x: f64| if x == 0.0 { 0.0 } else { x.signum() };
                score += sign(a[i] - a[j]) * sign(b[i] - b[j]);
                pairs_a += sign(a[i] - a[j]).abs();
                pairs_b += sign(b[i] - b[j]).abs();
            }
        }
        let expected = score / f64::sqrt(pairs_a * pairs_b);
        assert!((kendall(&a, &b).unwrap() - expected).abs() < 1e-15);
    }

    #[test]
    fn the_p_value_is_that_of_student() {
        // R: cor.test(c(1,2,3,4,5), c(2,1,4,3,5)) -> t = 2.3094, df = 3, p = 0.1041
        assert!((student_p(0.8, 5) - 0.104_088).abs() < 1e-6);
        assert!(student_p(0.8, 2).is_nan());
    }
}
