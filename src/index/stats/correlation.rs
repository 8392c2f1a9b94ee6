//! How far two columns move together: Pearson, Spearman, Kendall.

use statrs::distribution::{ContinuousCDF, Normal, StudentsT};

use super::{Order, Ranking, Ties, compared, mean, ranks, sum};

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

/// The three coefficients of two columns.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Links {
    /// Complete pairs.
    pub n: usize,
    /// Pearson's coefficient.
    pub pearson: Option<Link>,
    /// Spearman's coefficient.
    pub spearman: Option<Link>,
    /// Kendall's tau-b.
    pub kendall: Option<Link>,
}

impl Links {
    /// Those of two columns; `None` where one of them is constant over the complete pairs.
    pub(crate) fn between(a: &[f64], b: &[f64]) -> Self {
        let (a, b) = complete(a, b);
        let n = a.len();
        let student = |r: f64| Link { r, p: student_p(r, n), n };
        Self {
            n,
            pearson: pearson(&a, &b).map(student),
            spearman: spearman(&a, &b).map(student),
            kendall: Concordance::of(&a, &b).link(),
        }
    }
}

/// A coefficient with its p-value; `None` where a column is constant over the complete pairs.
pub fn correlate(kind: Correlation, a: &[f64], b: &[f64]) -> Option<Link> {
    let links = Links::between(a, b);
    match kind {
        Correlation::Pearson => links.pearson,
        Correlation::Spearman => links.spearman,
        Correlation::Kendall => links.kendall,
    }
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

/// Spearman's rho: Pearson's correlation of the ranks (mean ties, values compared as in ranks) over
/// the complete pairs.
pub(crate) fn spearman(a: &[f64], b: &[f64]) -> Option<f64> {
    let (a, b) = complete(a, b);
    let everyone = vec![true; a.len()];
    let ranking = Ranking { ties: Ties::Mean, order: Order::LowestFirst, ..Ranking::default() };
    pearson(&ranks(&a, &everyone, ranking), &ranks(&b, &everyone, ranking))
}

/// Kendall's tau-b over the complete pairs, values compared as in ranks.
pub(crate) fn kendall(a: &[f64], b: &[f64]) -> Option<f64> {
    let (a, b) = complete(a, b);
    Concordance::of(&a, &b).tau()
}

/// How the pairs of units stand to each other in two columns: counted in whole numbers, in
/// O(n log n).
///
/// Source: W. R. Knight, "A computer method for calculating Kendall's tau with ungrouped data",
/// JASA 61 (1966).
struct Concordance {
    n: usize,
    /// Concordant pairs minus discordant ones.
    balance: i128,
    /// How many units share each value of the one column, and of the other.
    ties: [Vec<usize>; 2],
}

impl Concordance {
    /// Counts the pairs of two columns without gaps.
    fn of(a: &[f64], b: &[f64]) -> Self {
        let mut pairs: Vec<(f64, f64)> =
            a.iter().zip(b).map(|(&x, &y)| (compared(x), compared(y))).collect();
        pairs.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
        let lengths = |equal: fn(&(f64, f64), &(f64, f64)) -> bool| -> Vec<usize> {
            pairs.chunk_by(equal).map(<[_]>::len).collect()
        };
        let ties_a = lengths(|one, other| one.0.total_cmp(&other.0).is_eq());
        let both = lengths(|one, other| {
            one.0.total_cmp(&other.0).is_eq() && one.1.total_cmp(&other.1).is_eq()
        });
        let mut column: Vec<f64> = pairs.iter().map(|pair| pair.1).collect();
        let mut spare = column.clone();
        let swaps = sort_counting_swaps(&mut column, &mut spare);
        let ties_b: Vec<usize> = super::ties(&column).collect();
        let balance = pairs_of(a.len()) - tied_pairs(&ties_a) - tied_pairs(&ties_b)
            + tied_pairs(&both)
            - 2 * swaps;
        Self { n: a.len(), balance, ties: [ties_a, ties_b] }
    }

    /// tau-b = (C - D) / √((P - Ta)(P - Tb)) with P pairs, C concordant and D discordant ones, and Ta,
    /// Tb pairs tied in one column. One root of one product keeps it within -1 and 1: the root of a
    /// square is exact.
    fn tau(&self) -> Option<f64> {
        let untied = |ties: &[usize]| (pairs_of(self.n) - tied_pairs(ties)) as f64;
        let tau = self.balance as f64 / (untied(&self.ties[0]) * untied(&self.ties[1])).sqrt();
        tau.is_finite().then_some(tau)
    }

    /// Two-sided p-value by the normal approximation of C - D, whose variance is corrected for ties.
    /// Source: M. G. Kendall, *Rank correlation methods* (1975).
    fn p(&self) -> f64 {
        let n = self.n as f64;
        let whole = |t: f64| t * (t - 1.0) * (2.0 * t + 5.0);
        let twice = |t: f64| t * (t - 1.0);
        let thrice = |t: f64| t * (t - 1.0) * (t - 2.0);
        let over = |ties: &[usize], of: &dyn Fn(f64) -> f64| {
            ties.iter().map(|&t| of(t as f64)).fold(0.0, |total, part| total + part)
        };
        let [a, b] = &self.ties;
        let variance = (whole(n) - over(a, &whole) - over(b, &whole)) / 18.0
            + over(a, &twice) * over(b, &twice) / (2.0 * twice(n))
            + over(a, &thrice) * over(b, &thrice) / (9.0 * thrice(n));
        let z = self.balance.unsigned_abs() as f64 / variance.sqrt();
        2.0 * Normal::standard().sf(z)
    }

    fn link(&self) -> Option<Link> {
        Some(Link { r: self.tau()?, p: self.p(), n: self.n })
    }
}

/// Pairs among that many units.
fn pairs_of(units: usize) -> i128 {
    let n = units as i128;
    n * (n - 1) / 2
}

/// Pairs of units that share a value.
fn tied_pairs(ties: &[usize]) -> i128 {
    ties.iter().map(|&units| pairs_of(units)).sum()
}

/// Merge sort; answers how many exchanges of neighbours an insertion sort would need.
fn sort_counting_swaps(values: &mut [f64], spare: &mut [f64]) -> i128 {
    let n = values.len();
    if n < 2 {
        return 0;
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
            swaps += (middle - left) as i128;
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
    fn columns_in_the_same_order_agree_wholly_and_no_more() {
        // three of the sizes at which √p·√p is more than p
        for n in [3_u32, 7, 11, 42, 500] {
            let a: Vec<f64> = (0..n).map(|at| f64::from(at / 2)).collect();
            let turned: Vec<f64> = a.iter().map(|x| -x).collect();
            assert_eq!(kendall(&a, &a).map(f64::to_bits), Some(1.0_f64.to_bits()), "{n}");
            assert_eq!(kendall(&a, &turned).map(f64::to_bits), Some((-1.0_f64).to_bits()), "{n}");
        }
    }

    #[test]
    fn binary_noise_breaks_no_tie() {
        let (a, b) = ([0.1 + 0.2, 0.3, 0.5], [1.0, 2.0, 3.0]);
        let exact = [0.3, 0.3, 0.5];
        assert_eq!(kendall(&a, &b), kendall(&exact, &b));
        assert_eq!(spearman(&a, &b), spearman(&exact, &b));
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
