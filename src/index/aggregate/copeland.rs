//! Copeland's rule: who wins the majority of weight in pairs.

use crate::index::Column;
use crate::index::stats;

/// For each unit the number of units it beats minus the number that beat it.
///
/// i beats j when the weight of the children in which it is higher exceeds the weight of those in
/// which it is lower; a pair in which one has no value counts half for each. Values are compared
/// at `decimals`. Source: A. H. Copeland (1951); OECD/JRC Handbook (2008), step 6.
///
/// `takes_part` says which units are compared; the others get NaN.
pub(crate) fn copeland(
    columns: &[Column],
    weights: &[f64],
    decimals: u32,
    takes_part: &[bool],
) -> Vec<f64> {
    let units: Vec<usize> = (0..takes_part.len()).filter(|&unit| takes_part[unit]).collect();
    let columns: Vec<Vec<f64>> = columns
        .iter()
        .map(|column| {
            units.iter().map(|&unit| stats::half_up(column.values()[unit], decimals)).collect()
        })
        .collect();
    let total = stats::sum(weights.iter().map(|weight| weight.abs()));
    let balance = duel(&columns, weights, total * 1e-12);
    let mut scores = vec![f64::NAN; takes_part.len()];
    for (&unit, score) in units.iter().zip(balance) {
        scores[unit] = score;
    }
    scores
}

/// Victories minus defeats; differences of weight up to `noise` are draws.
fn duel(columns: &[Vec<f64>], weights: &[f64], noise: f64) -> Vec<f64> {
    let n = columns.first().map_or(0, Vec::len);
    let mut scores = vec![0.0; n];
    let mut margins = vec![0.0; n];
    for i in 0..n {
        let margins = &mut margins[..n - i - 1];
        margins.fill(0.0);
        for (column, &weight) in columns.iter().zip(weights) {
            let own = column[i];
            // no value compares as neither higher nor lower: half for each
            for (margin, &other) in margins.iter_mut().zip(&column[i + 1..]) {
                let higher = if own > other { weight } else { 0.0 };
                let lower = if own < other { weight } else { 0.0 };
                *margin += higher - lower;
            }
        }
        let mut own = 0.0;
        for (score, &margin) in scores[i + 1..].iter_mut().zip(margins.iter()) {
            let win = if margin > noise { 1.0 } else { 0.0 };
            let loss = if margin < -noise { 1.0 } else { 0.0 };
            own += win - loss;
            *score -= win - loss;
        }
        scores[i] += own;
    }
    scores
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(values: &[f64]) -> Column {
        crate::index::steps::fixture::column(values)
    }

    #[test]
    fn the_winner_of_most_pairs_comes_first() {
        let columns =
            [column(&[3.0, 2.0, 1.0]), column(&[3.0, 2.0, 1.0]), column(&[1.0, 2.0, 3.0])];
        assert_eq!(copeland(&columns, &[1.0; 3], 9, &[true; 3]), [2.0, 0.0, -2.0]);
        assert_eq!(copeland(&columns, &[1.0, 1.0, 3.0], 9, &[true; 3]), [-2.0, 0.0, 2.0]);
        assert_eq!(copeland(&columns, &[1.0, 1.0, 2.0], 9, &[true; 3]), [0.0; 3]);
    }

    #[test]
    fn a_missing_value_decides_nothing_whatever_the_order_of_rows() {
        let none = f64::NAN;
        let forward = [column(&[none, 5.0, 1.0]), column(&[2.0, 1.0, 3.0])];
        let backward = [column(&[1.0, 5.0, none]), column(&[3.0, 1.0, 2.0])];
        let a = copeland(&forward, &[1.0; 2], 9, &[true; 3]);
        let mut b = copeland(&backward, &[1.0; 2], 9, &[true; 3]);
        b.reverse();
        assert_eq!(a, b);
    }

    #[test]
    fn units_that_take_no_part_have_no_score() {
        let columns = [column(&[3.0, 2.0, 1.0])];
        let got = copeland(&columns, &[1.0], 9, &[true, false, true]);
        assert!(got[1].is_nan());
        assert_eq!([got[0], got[2]], [1.0, -1.0]);
    }
}
