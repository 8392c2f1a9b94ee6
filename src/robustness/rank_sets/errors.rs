//! The errors of scores, and those of their differences: independent, or as they moved together over the
//! runs of the error layer.

use super::Verdicts;
use super::products::{LANES, products};

/// Runs that are held before they are folded into sums of products.
pub(super) const BLOCK: usize = 2_048;
/// Units whose products with another are computed at once.
const TILE: [usize; 2] = [4, 2];
/// Units that go together through all others: a whole number of tiles either way.
const BAND: usize = 16;

/// Scores and their errors.
#[derive(Clone, Debug)]
pub(crate) struct Errors {
    scores: Vec<f64>,
    /// Standard errors.
    errors: Vec<f64>,
    together: Together,
}

/// How errors go together.
#[derive(Clone, Debug)]
enum Together {
    /// Each unit by itself.
    #[cfg(test)]
    Not,
    /// For each unit the distance of each run from its mean, `width` numbers a unit; behind the runs 0.
    Runs { distances: Vec<f64>, width: usize, runs: usize },
    /// Covariances of each unit with itself and those before it.
    Covariances(Vec<f64>),
}

impl Errors {
    /// Scores with independent errors.
    #[cfg(test)]
    pub(crate) fn independent(scores: Vec<f64>, errors: Vec<f64>) -> Self {
        Self { scores, errors, together: Together::Not }
    }

    pub(super) fn scores(&self) -> &[f64] {
        &self.scores
    }

    /// The standard error of each score; NaN where a run had none.
    #[cfg(test)]
    pub(crate) fn standard_errors(&self) -> &[f64] {
        &self.errors
    }

    /// Judges all pairs.
    pub(super) fn compare(&self, verdicts: &mut Verdicts) {
        let mut order: Vec<usize> = (0..self.scores.len()).collect();
        order.sort_by(|&a, &b| self.scores[b].total_cmp(&self.scores[a]).then(a.cmp(&b)));
        if let Together::Runs { width, .. } = self.together {
            return self.screen(&order, width, verdicts);
        }
        for (at, &above) in order.iter().enumerate() {
            for &below in &order[at + 1..] {
                self.judge([above, below], verdicts);
            }
        }
    }

    /// Judges a pair, the higher score first, by its variance itself.
    fn judge(&self, pair: [usize; 2], verdicts: &mut Verdicts) {
        let [above, below] = pair;
        let apart = self.scores[above] - self.scores[below];
        if apart > 0.0 {
            verdicts.judge(pair, apart, [self.variance(pair), self.both(pair)]);
        }
    }

    /// The sum of the variances of two scores.
    fn both(&self, pair: [usize; 2]) -> f64 {
        pair.iter().map(|&unit| self.errors[unit] * self.errors[unit]).sum()
    }

    /// The variance of the difference of two scores.
    fn variance(&self, pair: [usize; 2]) -> f64 {
        match &self.together {
            #[cfg(test)]
            Together::Not => self.both(pair),
            Together::Runs { distances, width, runs } => {
                let [a, b] = pair.map(|unit| &distances[unit * width..][..*width]);
                squared_distance(a, b) / (*runs as f64 - 1.0)
            }
            Together::Covariances(of) => {
                let [low, high] = [pair[0].min(pair[1]), pair[0].max(pair[1])];
                let own = |unit: usize| of[triangle(unit) + unit];
                own(low) + own(high) - 2.0 * of[triangle(high) + low]
            }
        }
    }

    /// Judges all pairs by correlations in single precision, whose error is bounded, and by the variance
    /// itself where the bound leaves a doubt: the verdicts are those of the variances, in a fraction of
    /// the time.
    fn screen(&self, order: &[usize], width: usize, verdicts: &mut Verdicts) {
        let rows = self.normalised(order, width);
        // the greatest error from here on
        let mut beyond: Vec<f64> = order.iter().map(|&unit| self.reach(unit)).collect();
        for at in (1..beyond.len()).rev() {
            beyond[at - 1] = beyond[at - 1].max(beyond[at]);
        }
        for start in (0..order.len()).step_by(BAND) {
            let band = &order[start..order.len().min(start + BAND)];
            let widest = band.iter().map(|&unit| self.reach(unit)).fold(0.0, f64::max);
            let lowest = self.scores[band[band.len() - 1]];
            for column in (start..order.len()).step_by(TILE[1]) {
                // no difference has a greater error than both together
                let most = verdicts.critical[0] * (widest + beyond[column]) * (1.0 + 1e-9);
                let apart = lowest - self.scores[order[column]];
                if column >= start + BAND && apart > most {
                    told(band, &order[column..], verdicts);
                    break;
                }
                for row in (start..start + band.len()).step_by(TILE[0]) {
                    self.judge_tile(order, [row, column], &rows, verdicts);
                }
            }
        }
    }

    /// The standard error of a unit, without end where it or the score is not known: nothing is told of
    /// such a unit.
    fn reach(&self, unit: usize) -> f64 {
        let is_known = !self.errors[unit].is_nan() && !self.scores[unit].is_nan();
        if is_known { self.errors[unit] } else { f64::INFINITY }
    }

    /// Judges the pairs of a tile whose first is before its second in `order`.
    fn judge_tile(
        &self,
        order: &[usize],
        [row, column]: [usize; 2],
        rows: &Rows,
        verdicts: &mut Verdicts,
    ) {
        let tile = rows.tile(row, column);
        for (above, correlations) in (row..order.len()).zip(tile) {
            for (below, correlation) in (column..order.len()).zip(correlations) {
                if above < below {
                    let pair = [order[above], order[below]];
                    self.judge_near(pair, [f64::from(correlation), rows.bound], verdicts);
                }
            }
        }
    }

    /// Judges a pair by a correlation that is known up to a bound.
    fn judge_near(
        &self,
        pair: [usize; 2],
        [correlation, bound]: [f64; 2],
        verdicts: &mut Verdicts,
    ) {
        let apart = self.scores[pair[0]] - self.scores[pair[1]];
        let twice = 2.0 * self.errors[pair[0]] * self.errors[pair[1]];
        let both = self.both(pair);
        let near = both - twice * correlation;
        let doubt = twice * bound + both * 1e-9;
        let [most, least] = verdicts.critical.map(|value| value * value);
        let square = apart * apart;
        if square > most * (near + doubt) {
            verdicts.tell(pair);
        } else if square > least * (near - doubt) {
            self.judge(pair, verdicts);
        }
    }

    /// The distances of each unit in `order` over the root of the sum of their squares.
    fn normalised(&self, order: &[usize], width: usize) -> Rows {
        let Together::Runs { distances, .. } = &self.together else {
            return Rows { values: Vec::new(), width, bound: 0.0 };
        };
        let mut values = Vec::with_capacity(order.len() * width);
        for &unit in order {
            let row = &distances[unit * width..][..width];
            let length = row.iter().map(|x| x * x).sum::<f64>().sqrt();
            let over = if length > 0.0 { 1.0 / length } else { 0.0 };
            values.extend(row.iter().map(|x| (x * over) as f32));
        }
        // each lane adds width / LANES products of numbers whose squares sum to 1
        let terms = (width / LANES + 16) as f64;
        Rows { values, width, bound: terms * f64::from(f32::EPSILON) }
    }
}

/// All pairs of a band and of what stands far below it.
fn told(band: &[usize], beyond: &[usize], verdicts: &mut Verdicts) {
    for &above in band {
        beyond.iter().for_each(|&below| verdicts.tell([above, below]));
    }
}

/// Numbers of units in single precision whose products are their correlations.
struct Rows {
    values: Vec<f32>,
    width: usize,
    /// By how much a correlation may be wrong.
    bound: f64,
}

impl Rows {
    /// The correlations of `TILE[0]` units from `row` on with `TILE[1]` from `column` on; behind the last
    /// unit those of the last.
    fn tile(&self, row: usize, column: usize) -> [[f32; TILE[1]]; TILE[0]] {
        let rows = |first| tile_rows(&self.values, self.width, first);
        products(rows(row), tile_rows(&self.values, self.width, column))
    }
}

/// The rows of so many units from `first` on; behind the last unit the last.
fn tile_rows<T, const N: usize>(values: &[T], width: usize, first: usize) -> [&[T]; N] {
    let last = (values.len() / width).saturating_sub(1);
    std::array::from_fn(|at| &values[(first + at).min(last) * width..][..width])
}

/// Where the covariances of a unit begin.
fn triangle(unit: usize) -> usize {
    unit * (unit + 1) / 2
}

/// Σ (a − b)², in lanes.
fn squared_distance(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; LANES];
    for (a, b) in a.as_chunks::<LANES>().0.iter().zip(b.as_chunks::<LANES>().0) {
        for lane in 0..LANES {
            let apart = a[lane] - b[lane];
            sums[lane] += apart * apart;
        }
    }
    sums.iter().sum()
}

/// The scores of the runs of the error layer, gathered one by one. However many they are, no more than a
/// block of them is held.
#[derive(Clone, Debug)]
pub(crate) struct ErrorRuns {
    declared: Vec<f64>,
    /// For each unit its distances from the declared score in the runs of the open block.
    block: Vec<f64>,
    open: usize,
    folded: Option<Folded>,
}

/// Sums over the runs of blocks that are no longer held.
#[derive(Clone, Debug)]
struct Folded {
    runs: usize,
    sums: Vec<f64>,
    /// Of products of each unit with itself and those before it.
    products: Vec<f64>,
}

impl ErrorRuns {
    /// For units of these scores.
    pub(crate) fn new(declared: &[f64]) -> Self {
        let block = vec![0.0; declared.len() * BLOCK];
        Self { declared: declared.to_vec(), block, open: 0, folded: None }
    }

    /// Adds the scores of the same units in a run that did not fail; NaN where there is none.
    pub(crate) fn add(&mut self, drawn: &[f64]) {
        if self.open == BLOCK {
            self.fold();
        }
        for (unit, (drawn, declared)) in drawn.iter().zip(&self.declared).enumerate() {
            self.block[unit * BLOCK + self.open] = drawn - declared;
        }
        self.open += 1;
    }

    /// Adds the block to the sums.
    fn fold(&mut self) {
        let units = self.declared.len();
        let folded = self.folded.get_or_insert_with(|| Folded {
            runs: 0,
            sums: vec![0.0; units],
            products: vec![0.0; triangle(units)],
        });
        for (sum, row) in folded.sums.iter_mut().zip(self.block.chunks_exact(BLOCK)) {
            *sum += row.iter().sum::<f64>();
        }
        for start in (0..units).step_by(TILE[0]) {
            for column in (0..units.min(start + TILE[0])).step_by(TILE[1]) {
                let rows = tile_rows(&self.block, BLOCK, start);
                let tile: [[f64; TILE[1]]; TILE[0]] =
                    products(rows, tile_rows(&self.block, BLOCK, column));
                for (unit, products) in (start..units).zip(tile) {
                    for (other, product) in (column..=unit).zip(products) {
                        folded.products[triangle(unit) + other] += product;
                    }
                }
            }
        }
        folded.runs += self.open;
        self.open = 0;
        self.block.fill(0.0);
    }

    /// The errors of the scores; `None` of fewer than two runs.
    pub(crate) fn finish(mut self) -> Option<Errors> {
        if self.folded.is_none() {
            return self.of_one_block();
        }
        self.fold();
        let Folded { runs, sums, mut products } = self.folded?;
        let runs = runs as f64;
        for unit in 0..sums.len() {
            for other in 0..=unit {
                let product = &mut products[triangle(unit) + other];
                *product = (*product - sums[unit] * sums[other] / runs) / (runs - 1.0);
            }
        }
        let error = |unit: usize| products[triangle(unit) + unit].max(0.0).sqrt();
        let errors = (0..sums.len()).map(error).collect();
        Some(Errors { scores: self.declared, errors, together: Together::Covariances(products) })
    }

    fn of_one_block(self) -> Option<Errors> {
        let runs = self.open;
        if runs < 2 {
            return None;
        }
        let (mut distances, width) = (self.block, BLOCK);
        let centred = |row: &mut [f64]| {
            let mean = row.iter().sum::<f64>() / runs as f64;
            row[..runs].iter_mut().for_each(|x| *x -= mean);
            (row.iter().map(|x| x * x).sum::<f64>() / (runs as f64 - 1.0)).sqrt()
        };
        let errors = distances.chunks_exact_mut(width).map(centred).collect();
        let together = Together::Runs { distances, width, runs };
        Some(Errors { scores: self.declared, errors, together })
    }
}
