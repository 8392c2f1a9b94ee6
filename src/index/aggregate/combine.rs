//! A parent made from its children, unit by unit or by pairs of units.

use super::component::{self, Failure, Sample};
use super::rows::{self, Row};
use super::{Combine, ConstantChild, Signs, Weights};
use crate::index::method::Aggregate;
use crate::index::{Column, Mark, stats};
use crate::observation::Missing;

/// Children as they enter a parent.
pub(crate) struct Children<'a> {
    /// How they are combined.
    pub(crate) aggregate: &'a Aggregate,
    /// The declared weight of each.
    pub(crate) weights: &'a [f64],
    /// One column per child.
    pub(crate) columns: &'a [Column],
    /// For each unit, whether it belongs to the distribution.
    pub(crate) ranked: &'a [bool],
}

/// A parent before its steps.
#[derive(Debug)]
pub(crate) struct Combined {
    /// The score.
    pub(crate) column: Column,
    /// The weights used.
    pub(crate) weights: Vec<f64>,
    /// Units whose score comes from fewer children.
    pub(crate) rescaled: Vec<usize>,
    /// Cells that the mean cannot take: unit and child.
    pub(crate) impossible: Vec<(usize, usize)>,
    /// Why weights or scores could not be taken from the data.
    pub(crate) failure: Option<Failure>,
}

/// What one unit gets.
enum Score {
    Value(f64),
    Missing(Mark),
    Impossible,
}

impl Children<'_> {
    /// Combines the children.
    pub(crate) fn combine(&self) -> Combined {
        let (weights, failure) = match self.weights_used() {
            Ok(weights) => (weights, None),
            Err(failure) => (vec![0.0; self.columns.len()], Some(failure)),
        };
        if failure.is_some() {
            return self.without_scores(weights, failure);
        }
        match &self.aggregate.combine {
            Combine::Copeland(rule) => self.by_pairs(weights, rule.decimals),
            Combine::PcaScore(rule) => self.by_component(weights, rule.signs),
            _ => self.by_rows(weights),
        }
    }

    /// The children laid on a range, so that a mean which takes no zero can take them: the smallest and
    /// the largest value of each over the units that have a score become its ends. A child that does
    /// not vary there takes the upper end.
    pub(crate) fn lifted(&self, range: [f64; 2]) -> Vec<Column> {
        let plain = Aggregate { combine: Combine::Arithmetic, ..self.aggregate.clone() };
        let scores = Children { aggregate: &plain, ..*self }.combine().column;
        let is_scored: Vec<bool> = scores.marks().iter().map(|mark| mark.has_value()).collect();
        let [low, high] = range;
        let lift = |column: &Column| {
            let base = stats::base(column.values(), &is_scored);
            let (least, most) = (stats::minimum(&base), stats::maximum(&base));
            let turned = |x: f64| match x {
                _ if x.is_nan() => x,
                _ if most > least => low + (x - least) / (most - least) * (high - low),
                _ => high,
            };
            column.with_values(column.values().iter().map(|&x| turned(x)).collect())
        };
        self.columns.iter().map(lift).collect()
    }

    fn without_scores(&self, weights: Vec<f64>, failure: Option<Failure>) -> Combined {
        let units = self.ranked.len();
        let column = Column::new((0..units).map(|_| Err(Missing::NotAvailable)));
        Combined { column, weights, rescaled: Vec::new(), impossible: Vec::new(), failure }
    }

    fn weights_used(&self) -> Result<Vec<f64>, Failure> {
        match &self.aggregate.weights {
            Weights::Declared => Ok(self.weights.to_vec()),
            Weights::Equal => Ok(vec![1.0; self.weights.len()]),
            Weights::Pca(rule) => component::pca(self.columns, self.ranked, rule.signs),
            Weights::Factor(rule) => component::factor(self.columns, self.ranked, rule),
            Weights::Optimise(rule) => self.optimise(self.weights, rule.tolerance),
        }
    }

    /// Weights under which each child's share of the correlations with the parent is the declared
    /// one: w is multiplied by (declared share / share)^½ until they agree.
    ///
    /// Source: W. Becker, M. Saisana, P. Paruolo, I. Vandecasteele, "Weights and importance in
    /// composite indicators", Ecological Indicators 80 (2017).
    fn optimise(&self, targets: &[f64], tolerance: f64) -> Result<Vec<f64>, Failure> {
        Sample::new(self.columns, self.ranked)?;
        let total = stats::sum(targets.iter().copied());
        let mut weights = targets.to_vec();
        for _ in 0..10_000 {
            let parent = self.by_rows(weights.clone()).column;
            let parent = stats::base_or_nan(parent.values(), self.ranked);
            let correlations: Vec<f64> = self
                .columns
                .iter()
                .map(|child| stats::pearson(child.values(), &parent).unwrap_or(0.0).max(1e-9))
                .collect();
            let sum = stats::sum(correlations.iter().copied());
            let ratios: Vec<f64> = correlations
                .iter()
                .zip(targets)
                .map(|(r, target)| (target / total) / (r / sum))
                .collect();
            if ratios.iter().all(|ratio| (ratio - 1.0).abs() <= tolerance) {
                return Ok(weights);
            }
            let moved: Vec<f64> =
                weights.iter().zip(&ratios).map(|(weight, ratio)| weight * ratio.sqrt()).collect();
            let size = stats::sum(moved.iter().copied());
            weights = moved.into_iter().map(|weight| weight / size * total).collect();
        }
        Err(Failure::NoEnd)
    }

    fn by_rows(&self, weights: Vec<f64>) -> Combined {
        let whole = stats::sum(weights.iter().copied());
        let (mut rescaled, mut impossible) = (Vec::new(), Vec::new());
        let mut values = Vec::with_capacity(self.ranked.len());
        let mut marks = Vec::with_capacity(self.ranked.len());
        let mut row = Row::default();
        for unit in 0..self.ranked.len() {
            let (score, fewer) = self.score(unit, &weights, whole, &mut row);
            if fewer && matches!(score, Score::Value(_)) {
                rescaled.push(unit);
            }
            let (value, mark) = match score {
                Score::Value(value) => (value, Mark::Value),
                Score::Missing(mark) => (f64::NAN, mark),
                Score::Impossible => {
                    impossible.extend(self.culprits(unit, &weights).map(|child| (unit, child)));
                    (f64::NAN, Mark::NotAvailable)
                }
            };
            values.push(value);
            marks.push(mark);
        }
        let column = Column::from_parts(values, marks);
        Combined { column, weights, rescaled, impossible, failure: None }
    }

    /// The score of a unit, and whether children are missing. The row is room to work in.
    fn score(&self, unit: usize, weights: &[f64], whole: f64, row: &mut Row) -> (Score, bool) {
        row.clear();
        let (mut lost, mut left_out) = (None, None);
        let (mut counted, mut fewer) = (0_usize, false);
        let zero = self.aggregate.missing.constant == ConstantChild::Zero
            && self.aggregate.combine.is_linear();
        for (column, &weight) in self.columns.iter().zip(weights) {
            if weight == 0.0 {
                continue;
            }
            let (value, mark) = (column.values()[unit], column.marks()[unit]);
            let value = if mark == Mark::Constant && zero { 0.0 } else { value };
            if !value.is_nan() {
                row.push(value, weight);
                counted += 1;
                continue;
            }
            match mark {
                Mark::NotApplicable | Mark::Constant => left_out = Some(mark).max(left_out),
                Mark::Value
                | Mark::Imputed
                | Mark::Substituted
                | Mark::NotAvailable
                | Mark::Confidential
                | Mark::Withheld => {
                    counted += 1;
                    fewer = true;
                    lost = Some(mark).max(lost);
                }
            }
        }
        if let Combine::Present = self.aggregate.combine {
            return (Score::Value(row.weight() / whole), false);
        }
        let enough = self.aggregate.missing.require.is_reached(row.values.len(), counted);
        if row.values.is_empty() || !enough {
            let reason = lost.or(left_out).unwrap_or(Mark::NotAvailable);
            return (Score::Missing(reason), fewer);
        }
        (self.kernel(row, whole).map_or(Score::Impossible, Score::Value), fewer)
    }

    fn kernel(&self, row: &Row, whole: f64) -> Option<f64> {
        let score = match &self.aggregate.combine {
            Combine::Arithmetic if self.aggregate.rescale => rows::arithmetic(row),
            Combine::Arithmetic => self.kept(row, whole, rows::sum(row)),
            Combine::Geometric => rows::geometric(row)?,
            Combine::GeometricReversed(rule) => rows::geometric_reversed(row, rule)?,
            Combine::Harmonic => rows::harmonic(row)?,
            Combine::Generalised(rule) => rows::generalised(row, rule.p)?,
            Combine::Min => rows::least(row),
            Combine::Max => rows::greatest(row),
            Combine::Median => rows::median(row),
            Combine::Owa(rule) => rows::owa(row, rule)?,
            Combine::Product => rows::product(row)?,
            Combine::Sum => rows::sum(row),
            Combine::CountAbove(rule) => rows::count_above(row, rule),
            Combine::MazziottaPareto(rule) => rows::mazziotta_pareto(row, *rule)?,
            Combine::Present | Combine::Copeland(_) | Combine::PcaScore(_) => return None,
        };
        score.is_finite().then_some(score)
    }

    /// A weighted sum whose weights are kept as declared: those of missing children go to the
    /// others, so that the weights used still add up to what the declared ones do.
    fn kept(&self, row: &Row, whole: f64, sum: f64) -> f64 {
        if row.values.len() == self.columns.len() { sum } else { sum * (whole / row.weight()) }
    }

    /// The children of a unit that a mean cannot take: those at or below 0, else all.
    fn culprits<'a>(&'a self, unit: usize, weights: &'a [f64]) -> impl Iterator<Item = usize> + 'a {
        let low = move |child: &usize| {
            weights[*child] != 0.0 && self.columns[*child].values()[unit] <= 0.0
        };
        (0..self.columns.len()).filter(low)
    }

    fn by_pairs(&self, weights: Vec<f64>, decimals: u32) -> Combined {
        let (require, children) = (self.aggregate.missing.require, self.columns.len());
        let present =
            |unit: usize| self.columns.iter().filter(|column| column.value(unit).is_some()).count();
        let is_enough = |present: usize| present > 0 && require.is_reached(present, children);
        let takes_part: Vec<bool> = (0..self.ranked.len())
            .map(|unit| self.ranked[unit] && is_enough(present(unit)))
            .collect();
        let scores = copeland(self.columns, &weights, decimals, &takes_part);
        let rescaled = (0..self.ranked.len())
            .filter(|&unit| takes_part[unit] && present(unit) < self.columns.len())
            .collect();
        let column = Column::new(scores.into_iter().map(Ok));
        Combined { column, weights, rescaled, impossible: Vec::new(), failure: None }
    }

    fn by_component(&self, weights: Vec<f64>, signs: Signs) -> Combined {
        match component::pca_score(self.columns, self.ranked, signs) {
            Ok(scores) => {
                let column = Column::new(scores.into_iter().map(Ok));
                Combined {
                    column,
                    weights,
                    rescaled: Vec::new(),
                    impossible: Vec::new(),
                    failure: None,
                }
            }
            Err(failure) => self.without_scores(weights, Some(failure)),
        }
    }
}

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
