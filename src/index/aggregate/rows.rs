//! Kernels that combine the children of one unit.
//!
//! Each takes the values that are there with their weights (none of which is 0) and answers
//! `None` where the mean cannot take one of them.

use super::{CountAbove, CountShown, GeometricReversed, MazziottaPareto, Owa, Penalty};
use crate::index::stats;

/// The children of one unit that have a value.
#[derive(Clone, Debug, Default)]
pub(crate) struct Row {
    /// Values.
    pub(crate) values: Vec<f64>,
    /// Weights, in the same order.
    pub(crate) weights: Vec<f64>,
}

impl Row {
    /// Empties it.
    pub(crate) fn clear(&mut self) {
        self.values.clear();
        self.weights.clear();
    }

    /// Adds a child.
    pub(crate) fn push(&mut self, value: f64, weight: f64) {
        self.values.push(value);
        self.weights.push(weight);
    }

    fn pairs(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.values.iter().copied().zip(self.weights.iter().copied())
    }

    pub(crate) fn weight(&self) -> f64 {
        stats::sum(self.weights.iter().copied())
    }

    fn weighted(&self, function: impl Fn(f64) -> f64) -> f64 {
        stats::sum(self.pairs().map(|(x, w)| w * function(x)))
    }
}

/// Σwx.
pub(crate) fn sum(row: &Row) -> f64 {
    row.weighted(|x| x)
}

/// Σwx/Σw.
pub(crate) fn arithmetic(row: &Row) -> f64 {
    sum(row) / row.weight()
}

/// exp(Σw·ln x/Σw); OECD/JRC Handbook (2008), step 6. `None` for a value that is not above 0.
pub(crate) fn geometric(row: &Row) -> Option<f64> {
    above_zero(row).then(|| stats::exp(row.weighted(stats::ln) / row.weight()))
}

/// Πx^w. `None` where the power of a value does not exist.
pub(crate) fn product(row: &Row) -> Option<f64> {
    let product = row.pairs().fold(1.0, |product, (x, w)| product * stats::pow(x, w));
    product.is_finite().then_some(product)
}

/// Σw/Σ(w/x). `None` for a value that is not above 0.
pub(crate) fn harmonic(row: &Row) -> Option<f64> {
    above_zero(row).then(|| row.weight() / row.weighted(|x| 1.0 / x))
}

/// (Σw·x^p/Σw)^(1/p). `None` where a power does not exist.
pub(crate) fn generalised(row: &Row, p: f64) -> Option<f64> {
    let allowed = |x: f64| x > 0.0 || (x == 0.0 && p > 0.0) || (x < 0.0 && p % 2.0 == 1.0);
    if p < 0.0 && !above_zero(row) {
        return None;
    }
    // an even power has a mean for negative values too
    if p % 2.0 != 0.0 && !row.values.iter().all(|&x| allowed(x)) {
        return None;
    }
    let mean = row.weighted(|x| stats::pow(x, p)) / row.weight();
    let root = if mean < 0.0 { -stats::pow(-mean, 1.0 / p) } else { stats::pow(mean, 1.0 / p) };
    root.is_finite().then_some(root)
}

/// The geometric mean on the reversed scale, and back.
pub(crate) fn geometric_reversed(row: &Row, mean: &GeometricReversed) -> Option<f64> {
    let [low, high] = mean.scale;
    let turned = Row {
        values: row
            .values
            .iter()
            .map(|c| (high - c) / (high - low) * (high - mean.floor) + mean.floor)
            .collect(),
        weights: row.weights.clone(),
    };
    let mean_turned = geometric(&turned)?;
    Some((high - mean_turned) / (high - mean.floor) * (high - low) + low)
}

/// The least value at which half of the weight is reached; the mean of two where exactly half is.
pub(crate) fn median(row: &Row) -> f64 {
    let mut pairs: Vec<(f64, f64)> = row.pairs().collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = row.weight() / 2.0;
    let mut reached = 0.0;
    for (at, &(x, w)) in pairs.iter().enumerate() {
        reached += w;
        if (reached - half).abs() <= half * 1e-12
            && let Some(next) = pairs.get(at + 1)
        {
            return f64::midpoint(x, next.0);
        }
        if reached > half {
            return x;
        }
    }
    pairs.last().map_or(f64::NAN, |pair| pair.0)
}

/// Σv·x over the values from the greatest, over Σv; missing children leave out the last places.
pub(crate) fn owa(row: &Row, owa: &Owa) -> Option<f64> {
    let mut values = row.values.clone();
    values.sort_by(|a, b| b.total_cmp(a));
    let places = Row { weights: owa.weights[..values.len()].to_vec(), values };
    (places.weight() > 0.0).then(|| arithmetic(&places))
}

/// Counting: deprived from the cut-off on, poor from the weighted share k on.
pub(crate) fn count_above(row: &Row, rule: &CountAbove) -> f64 {
    let cut = stats::half_up(rule.at_least, 9);
    let count = row.weighted(|x| f64::from(u8::from(stats::half_up(x, 9) >= cut)));
    let share = count / row.weight();
    // thirds of weights must not miss a cut-off of a third by a bit
    let poor = share + 1e-9 >= rule.k;
    match rule.show {
        CountShown::Score => share,
        CountShown::Censored => {
            if poor {
                share
            } else {
                0.0
            }
        }
        CountShown::Poor => f64::from(u8::from(poor && share > 0.0)),
        CountShown::Count => count,
    }
}

/// M ± S·cv with cv = S/M. `None` where the mean is 0.
pub(crate) fn mazziotta_pareto(row: &Row, rule: MazziottaPareto) -> Option<f64> {
    let mean = arithmetic(row);
    let n = row.values.len() as f64;
    let freedom = n - f64::from(rule.ddof);
    if mean == 0.0 || freedom <= 0.0 {
        return (freedom <= 0.0 && mean != 0.0).then_some(mean);
    }
    let variance = row.weighted(|x| (x - mean) * (x - mean)) / row.weight() * n / freedom;
    let penalty = variance / mean;
    Some(match rule.penalty {
        Penalty::Plus => mean + penalty,
        Penalty::Minus => mean - penalty,
    })
}

/// Least of the values.
pub(crate) fn least(row: &Row) -> f64 {
    stats::minimum(&row.values)
}

/// Greatest of the values.
pub(crate) fn greatest(row: &Row) -> f64 {
    stats::maximum(&row.values)
}

fn above_zero(row: &Row) -> bool {
    row.values.iter().all(|&x| x > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(values: &[f64], weights: &[f64]) -> Row {
        Row { values: values.to_vec(), weights: weights.to_vec() }
    }

    #[track_caller]
    fn close(got: Option<f64>, expected: f64) {
        let got = got.unwrap();
        assert!((got - expected).abs() < 1e-12, "{got} is not {expected}");
    }

    #[test]
    fn means_follow_their_formulas() {
        let r = row(&[2.0, 8.0], &[1.0, 1.0]);
        close(Some(arithmetic(&r)), 5.0);
        close(geometric(&r), 4.0);
        close(harmonic(&r), 3.2);
        close(generalised(&r, 2.0), 34.0_f64.sqrt());
        close(generalised(&r, -1.0), 3.2);
        close(product(&r), 16.0);
        close(Some(sum(&row(&[2.0, 8.0], &[0.5, 2.0]))), 17.0);
        close(owa(&r, &Owa { weights: vec![3.0, 1.0] }), 6.5);
        assert_eq!((least(&r), greatest(&r)), (2.0, 8.0));
    }

    #[test]
    fn the_weighted_median_splits_the_weight() {
        close(Some(median(&row(&[3.0, 1.0, 2.0], &[1.0; 3]))), 2.0);
        close(Some(median(&row(&[4.0, 1.0], &[1.0; 2]))), 2.5);
        close(Some(median(&row(&[4.0, 1.0, 2.0], &[3.0, 1.0, 1.0]))), 4.0);
    }

    #[test]
    fn impossible_values_have_no_mean() {
        let zero = row(&[0.0, 8.0], &[1.0, 1.0]);
        assert!(geometric(&zero).is_none());
        assert!(harmonic(&zero).is_none());
        assert!(generalised(&zero, -2.0).is_none());
        close(generalised(&zero, 2.0), 32.0_f64.sqrt());
        assert!(generalised(&row(&[-1.0], &[1.0]), 0.5).is_none());
        close(generalised(&row(&[-2.0], &[1.0]), 3.0), -2.0);
    }

    #[test]
    fn the_reversed_scale_is_that_of_inform() {
        // (10 - √(1 + (10-4)/10·9)(1 + (10-9)/10·9))/9·10
        let expected = (10.0 - (6.4_f64 * 1.9).sqrt()) / 9.0 * 10.0;
        close(
            geometric_reversed(&row(&[4.0, 9.0], &[1.0; 2]), &GeometricReversed::default()),
            expected,
        );
    }

    #[test]
    fn an_unbalanced_unit_pays_the_penalty() {
        // Mazziotta and Pareto (2016): M = 100, S = 10 (n), cv = 0.1: 100 ± 1
        let r = row(&[90.0, 110.0], &[1.0; 2]);
        let index = |penalty, ddof| mazziotta_pareto(&r, MazziottaPareto { penalty, ddof });
        close(index(Penalty::Plus, 0), 101.0);
        close(index(Penalty::Minus, 0), 99.0);
        close(index(Penalty::Minus, 1), 98.0);
    }

    #[test]
    fn counting_censors_those_who_are_not_poor() {
        let r = row(&[1.0, 0.0, 1.0], &[1.0, 1.0, 1.0]);
        let rule = |k, show| CountAbove { at_least: 1.0, k, show };
        close(Some(count_above(&r, &rule(0.0, CountShown::Score))), 2.0 / 3.0);
        close(Some(count_above(&r, &rule(2.0 / 3.0, CountShown::Poor))), 1.0);
        close(Some(count_above(&r, &rule(0.7, CountShown::Censored))), 0.0);
        close(Some(count_above(&r, &rule(0.7, CountShown::Count))), 2.0);
    }

    /// Alkire and Foster (2011), section 2 and the illustration after it: four persons, achievements
    /// in four dimensions with the cut-offs 13, 12, 3 and 1.
    #[test]
    fn the_four_persons_of_alkire_and_foster() {
        let cut_offs = [13.0, 12.0, 3.0, 1.0];
        let achievements = [
            [13.1, 14.0, 4.0, 1.0],
            [15.2, 7.0, 5.0, 0.0],
            [12.5, 10.0, 1.0, 0.0],
            [20.0, 11.0, 3.0, 1.0],
        ];
        let deprived = |person: &[f64; 4]| {
            let flag = |(x, z): (&f64, &f64)| f64::from(u8::from(x < z));
            person.iter().zip(&cut_offs).map(flag).collect::<Vec<f64>>()
        };
        let shown = |show, k| -> Vec<f64> {
            let rule = CountAbove { at_least: 1.0, k, show };
            let persons = achievements.iter().map(deprived);
            persons.map(|person| count_above(&row(&person, &[1.0; 4]), &rule)).collect()
        };
        assert_eq!(shown(CountShown::Count, 0.0), [0.0, 2.0, 4.0, 1.0]);
        // deprived in two of four: H = 1/2, A = 3/4, M0 = 3/8
        let (poor, censored) = (shown(CountShown::Poor, 0.5), shown(CountShown::Censored, 0.5));
        assert_eq!(poor, [0.0, 1.0, 1.0, 0.0]);
        assert_eq!(censored, [0.0, 0.5, 1.0, 0.0]);
        let headcount = stats::mean(&poor);
        let intensity = stats::sum(censored.iter().copied()) / stats::sum(poor);
        assert_eq!((headcount, intensity), (0.5, 0.75));
        assert_eq!(stats::mean(&censored), 0.375);
        // in any dimension, and in all of them
        assert_eq!(stats::mean(&shown(CountShown::Poor, 0.25)), 0.75);
        assert_eq!(stats::mean(&shown(CountShown::Poor, 1.0)), 0.25);
    }
}
