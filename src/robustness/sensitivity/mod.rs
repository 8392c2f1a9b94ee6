//! Which share of what varies in an outcome is due to each group of doubts: in a list, in a phase, or
//! in one number.
//!
//! A and B are independent designs, AB is A with one group of doubts drawn as in B. Of an outcome of
//! many units numerators and variances are each summed over the units (Gamboa, Janon, Klein, Lagnoux
//! 2014), so that a list has one first-order and one total share for each group.

mod changes;

use super::draws::{Area, Stream};
use crate::index::stats::{quantile, sum};
use changes::Changes;

/// Resamples of the base points behind an interval.
const RESAMPLES: u32 = 500;

/// About what the numerators of first order are taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Centre {
    /// The mean over A and B of each unit.
    Mean,
    /// Nothing, as COINr does: on an outcome whose mean is far from zero the error is many times larger.
    Zero,
}

/// What a group of doubts does to an outcome. Estimates from few points may be below 0.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Indices {
    /// By itself (Saltelli 2010): mean of `(y_B − m)(y_AB − y_A)`, over the variance.
    pub(crate) first: Effect,
    /// Together with all others (Jansen 1999): half the mean of `(y_A − y_AB)²`, over the variance.
    pub(crate) total: Effect,
}

/// A share of the variance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Effect {
    /// As all base points have it.
    pub(crate) estimate: f64,
    /// The lower end of its interval.
    pub(crate) low: f64,
    /// The upper end.
    pub(crate) high: f64,
}

/// An outcome at the base points seen so far. It holds about a byte for each unit that a group moved at
/// a point, else a few numbers for each unit and for each point.
#[derive(Clone, Debug)]
pub(crate) struct Sensitivity {
    /// The declared outcome; everything is held as distance from it, which keeps sums exact.
    declared: Vec<f64>,
    /// For each unit the sum over A and B.
    sums: Vec<f64>,
    /// For each unit the sum of squares over A and B.
    squares: Vec<f64>,
    groups: Vec<Group>,
    points: usize,
}

/// What one group of doubts changed.
#[derive(Clone, Debug)]
struct Group {
    /// For each point the sum of `y_B` times the change.
    products: Vec<f64>,
    /// For each point the sum of squared changes.
    squares: Vec<f64>,
    /// For each unit the sum of squared changes.
    of_units: Vec<f64>,
    changes: Changes,
}

/// The first-order and total numerators of one group at each point.
type Numerators = [Vec<f64>; 2];

impl Sensitivity {
    /// An outcome of which nothing is known yet but what it is as declared, for so many groups.
    pub(crate) fn new(declared: &[f64], groups: usize) -> Self {
        let none = vec![0.0; declared.len()];
        let group = Group {
            products: Vec::new(),
            squares: Vec::new(),
            of_units: none.clone(),
            changes: Changes::default(),
        };
        Self {
            declared: declared.to_vec(),
            sums: none.clone(),
            squares: none,
            groups: vec![group; groups],
            points: 0,
        }
    }

    /// Adds a base point none of whose runs failed: the outcome of A, of B, and of A with each group as
    /// in B.
    pub(crate) fn add(&mut self, a: &[f64], b: &[f64], mixed: &[Vec<f64>]) {
        for (unit, declared) in self.declared.iter().enumerate() {
            let [a, b] = [a[unit] - declared, b[unit] - declared];
            self.sums[unit] += a + b;
            self.squares[unit] += a * a + b * b;
        }
        for (group, mixed) in self.groups.iter_mut().zip(mixed) {
            let (mut product, mut square) = (0.0, 0.0);
            for (unit, declared) in self.declared.iter().enumerate() {
                let change = mixed[unit] - a[unit];
                if change != 0.0 {
                    product += (b[unit] - declared) * change;
                    square += change * change;
                    group.of_units[unit] += change * change;
                    group.changes.push(unit, change);
                }
            }
            group.changes.end();
            group.products.push(product);
            group.squares.push(square);
        }
        self.points += 1;
    }

    /// Adds the points of another that stand behind ours. Joined in their order, pieces of the same size
    /// give the same bytes whoever made them.
    pub(crate) fn append(&mut self, later: Self) {
        add_to(&mut self.sums, &later.sums);
        add_to(&mut self.squares, &later.squares);
        for (group, later) in self.groups.iter_mut().zip(later.groups) {
            group.products.extend(later.products);
            group.squares.extend(later.squares);
            add_to(&mut group.of_units, &later.of_units);
            group.changes.append(later.changes);
        }
        self.points += later.points;
    }

    /// How many base points it holds.
    pub(crate) fn points(&self) -> usize {
        self.points
    }

    /// The group that moves a unit most, in the mean of `(y_A − y_AB)²`; of equals the first. `None` where
    /// none moves it.
    pub(crate) fn driver(&self, unit: usize) -> Option<usize> {
        let mut most = (0.0, None);
        for (at, group) in self.groups.iter().enumerate() {
            if group.of_units[unit] > most.0 {
                most = (group.of_units[unit], Some(at));
            }
        }
        most.1
    }

    /// The shares of each group, with percentile intervals of a confidence level from resampled base
    /// points; mean and variance are held as all points have them. NaN without a point.
    pub(crate) fn indices(
        &self,
        centre: Centre,
        bootstrap: Stream,
        confidence: f64,
    ) -> Vec<Indices> {
        let numerators = self.numerators(centre);
        let (share, resampled) = (self.share(), self.resampled(&numerators, bootstrap));
        let ends = [(1.0 - confidence) / 2.0, f64::midpoint(1.0, confidence)];
        numerators
            .iter()
            .zip(&resampled)
            .map(|(numerators, resampled)| {
                let effect = |order: usize| {
                    let [low, high] = ends.map(|end| quantile(&resampled[order], end));
                    let all = sum(numerators[order].iter().copied());
                    Effect { estimate: share(all), low, high }
                };
                Indices { first: effect(0), total: effect(1) }
            })
            .collect()
    }

    fn numerators(&self, centre: Centre) -> Vec<Numerators> {
        let runs = 2.0 * self.points as f64;
        let middle: Vec<f64> = match centre {
            Centre::Mean => self.sums.iter().map(|sum| sum / runs).collect(),
            Centre::Zero => self.declared.iter().map(|declared| -declared).collect(),
        };
        let of = |group: &Group| {
            let centred = |(product, changes): (&f64, Vec<(usize, f64)>)| {
                product - changes.iter().map(|&(unit, change)| middle[unit] * change).sum::<f64>()
            };
            let first = group.products.iter().zip(group.changes.points()).map(centred).collect();
            [first, group.squares.iter().map(|square| square / 2.0).collect()]
        };
        self.groups.iter().map(of).collect()
    }

    /// The shares of each group in each resample: its positions are drawn at (resample, 0, position).
    fn resampled(&self, numerators: &[Numerators], bootstrap: Stream) -> Vec<Numerators> {
        let share = self.share();
        let mut shares: Vec<Numerators> = vec![Numerators::default(); numerators.len()];
        for resample in 0..RESAMPLES {
            let mut sums = vec![[0.0; 2]; numerators.len()];
            for position in 0..self.points {
                let u = bootstrap.uniform(resample, Area::NONE, position as u32);
                let point = drawn(u, self.points);
                for (sums, [first, total]) in sums.iter_mut().zip(numerators) {
                    sums[0] += first[point];
                    sums[1] += total[point];
                }
            }
            for (shares, sums) in shares.iter_mut().zip(sums) {
                shares[0].push(share(sums[0]));
                shares[1].push(share(sums[1]));
            }
        }
        shares
    }

    /// How a sum of numerators over all points becomes a share of the variance: that of the units over A
    /// and B together (n − 1), summed. No numerator is a share of 0, also where nothing varies.
    fn share(&self) -> impl Fn(f64) -> f64 {
        let (points, runs) = (self.points as f64, 2.0 * self.points as f64);
        let of = |(sum, squares): (&f64, &f64)| (squares - sum * sum / runs) / (runs - 1.0);
        let variance = sum(self.sums.iter().zip(&self.squares).map(of));
        move |numerators| {
            if points > 0.0 && numerators == 0.0 { 0.0 } else { numerators / (points * variance) }
        }
    }
}

/// The first-order and total share of each group in one number, given at all points of A, of B, and of A
/// with each group as in B.
///
/// # Panics
/// Where the points are not equally many.
pub fn of_number(a: &[f64], b: &[f64], mixed: &[Vec<f64>]) -> Vec<[f64; 2]> {
    let mut number = Sensitivity::new(&[0.0], mixed.len());
    for point in 0..a.len() {
        let mixed: Vec<Vec<f64>> = mixed.iter().map(|mixed| vec![mixed[point]]).collect();
        number.add(&a[point..=point], &b[point..=point], &mixed);
    }
    let share = number.share();
    let of =
        |numerators: &Numerators| [0, 1].map(|order| share(sum(numerators[order].iter().copied())));
    number.numerators(Centre::Zero).iter().map(of).collect()
}

fn add_to(sums: &mut [f64], more: &[f64]) {
    sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
}

/// One of so many, each as often as another.
#[expect(clippy::cast_sign_loss, reason = "u lies between 0 and 1")]
fn drawn(u: f64, of: usize) -> usize {
    ((u * of as f64) as usize).min(of - 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::robustness::draws::{Set, sobol::Points};
    use crate::robustness::plan::Design;

    /// Ishigami and Homma 1990, a = 7, b = 0.1.
    fn ishigami(u: [f64; 3]) -> f64 {
        let [x1, x2, x3] = u.map(|u| std::f64::consts::PI * (2.0 * u - 1.0));
        x1.sin() + 7.0 * x2.sin() * x2.sin() + 0.1 * x3 * x3 * x3 * x3 * x1.sin()
    }

    /// The largest error of the first-order and of the total shares.
    fn errors(design: Design, seed: u32, points: u32) -> [f64; 2] {
        let draws = Points::new(design, &format!("Ishigami {seed}"));
        let mut number = Sensitivity::new(&[3.5], 3);
        for n in 0..points {
            let [a, b] = [Set::A, Set::B].map(|set| [0, 1, 2].map(|j| draws.coordinate(n, j, set)));
            let mixed = [0, 1, 2].map(|j| {
                let mut mixed = a;
                mixed[j] = b[j];
                vec![ishigami(mixed)]
            });
            number.add(&[ishigami(a)], &[ishigami(b)], &mixed);
        }
        let exact = [
            [0.313_905_191_1, 0.442_411_144_8, 0.0],
            [0.557_588_855_2, 0.442_411_144_8, 0.243_683_664_1],
        ];
        let (share, numerators) = (number.share(), number.numerators(Centre::Mean));
        [0, 1].map(|order| {
            let apart =
                |j: usize| share(sum(numerators[j][order].iter().copied())) - exact[order][j];
            (0..3).map(|j| apart(j).abs()).fold(0.0, f64::max)
        })
    }

    #[test]
    fn a_scrambled_sequence_needs_half_the_points() {
        let median = |design, points, order: usize| {
            let errors: Vec<f64> =
                (0..20).map(|seed| errors(design, seed, points)[order]).collect();
            quantile(&errors, 0.5)
        };
        for order in [0, 1] {
            let (sobol, random) =
                (median(Design::Sobol, 1024, order), median(Design::Random, 2048, order));
            assert!(sobol < random, "{order}: {sobol} is not below {random}");
        }
    }

    /// Lists of 40 units at 30 points under three groups of which the last does nothing.
    fn lists() -> Vec<[Vec<f64>; 5]> {
        let stream = Stream::new("lists", "doubt");
        let list = |run: u32, lean: f64| -> Vec<f64> {
            (0..40_u32)
                .map(|unit| {
                    let u = stream.uniform(run, Area::NONE, unit) + lean - f64::from(unit) / 80.0;
                    if unit == 9 { (u * 3.0).floor() / 3.0 } else { f64::from(u8::from(u > 0.5)) }
                })
                .collect()
        };
        (0..30)
            .map(|n| {
                let a = list(n, 0.0);
                [a.clone(), list(100 + n, 0.0), list(n, 0.1), list(n, 0.3), a]
            })
            .collect()
    }

    fn gathered(points: &[[Vec<f64>; 5]]) -> Sensitivity {
        let declared: Vec<f64> = (0..40_u32).map(|unit| f64::from(u8::from(unit < 25))).collect();
        let mut list = Sensitivity::new(&declared, 3);
        points.iter().for_each(|[a, b, mixed @ ..]| list.add(a, b, mixed));
        list
    }

    #[test]
    fn a_list_is_what_the_formulas_say() {
        let points = lists();
        let list = gathered(&points);
        let n = points.len() as f64;
        let found = list.indices(Centre::Mean, Stream::new("lists", "bootstrap"), 0.9);
        for (group, indices) in found.iter().enumerate() {
            let (mut first, mut total, mut variance) = (0.0, 0.0, 0.0);
            for unit in 0..40 {
                let both = || points.iter().flat_map(|[a, b, ..]| [a[unit], b[unit]]);
                let mean = both().sum::<f64>() / (2.0 * n);
                variance += both().map(|y| (y - mean) * (y - mean)).sum::<f64>() / (2.0 * n - 1.0);
                for [a, b, mixed @ ..] in &points {
                    let change = mixed[group][unit] - a[unit];
                    first += (b[unit] - mean) * change / n;
                    total += change * change / (2.0 * n);
                }
            }
            for (effect, expected) in
                [(indices.first, first / variance), (indices.total, total / variance)]
            {
                assert!(
                    (effect.estimate - expected).abs() < 1e-12,
                    "{group}: {effect:?}, {expected}"
                );
                let is_around = effect.low <= effect.estimate && effect.estimate <= effect.high;
                assert!(is_around && (effect.high > effect.low) == (group < 2), "{effect:?}");
            }
        }
        let nothing = Effect { estimate: 0.0, low: 0.0, high: 0.0 };
        assert_eq!(found[2], Indices { first: nothing, total: nothing });
    }

    #[test]
    fn pieces_join_to_the_whole() {
        let points = lists();
        let stream = Stream::new("lists", "bootstrap");
        let whole = gathered(&points);
        let mut joined = gathered(&points[..13]);
        joined.append(gathered(&points[13..]));
        assert_eq!(joined.points(), 30);
        let [whole, joined] = [whole, joined].map(|list| list.indices(Centre::Mean, stream, 0.95));
        for (whole, joined) in whole.iter().zip(&joined) {
            assert!((whole.first.low - joined.first.low).abs() < 1e-12);
            assert!((whole.total.high - joined.total.high).abs() < 1e-12);
        }
    }

    #[test]
    fn the_group_that_moves_a_unit_most_drives_it() {
        let mut list = Sensitivity::new(&[1.0, 0.0, 0.0], 2);
        let point = |unit: usize, y: f64| {
            let mut list = vec![0.0; 3];
            list[unit] = y;
            list
        };
        list.add(&[0.0; 3], &[0.0; 3], &[point(0, 1.0), point(1, 0.5)]);
        list.add(&[0.0; 3], &[0.0; 3], &[point(1, 0.5), point(0, -1.0)]);
        assert_eq!([0, 1, 2].map(|unit| list.driver(unit)), [Some(0), Some(0), None]);
    }

    #[test]
    fn nothing_is_said_of_no_points_and_no_share_of_no_variance() {
        let stream = Stream::new("lists", "bootstrap");
        let mut list = Sensitivity::new(&[1.0, 0.0], 1);
        assert!(list.indices(Centre::Mean, stream, 0.95)[0].total.estimate.is_nan());
        list.add(&[1.0, 0.0], &[1.0, 0.0], &[vec![1.0, 0.0]]);
        assert_eq!(list.indices(Centre::Mean, stream, 0.95)[0].total.estimate, 0.0);
    }
}
