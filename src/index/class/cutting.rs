//! Cutting a column into classes.

use std::ops::RangeInclusive;

use super::{Band, Class, ClassRule, Side, TenthsRule};
use crate::index::stats::{self, Order, Ranking, Ties};

/// The class of each unit: its label, or its number from 1. `None` where there is no value or no
/// declared band holds it. Cuts come from the ranked units; values are compared at 9 decimals.
pub(crate) fn classify(class: &Class, values: &[f64], ranked: &[bool]) -> Vec<Option<String>> {
    let values: Vec<f64> = values.iter().map(|&x| stats::half_up(x, 9)).collect();
    let base = stats::base(&values, ranked);
    let numbers: Vec<Option<usize>> = match &class.rule {
        ClassRule::Quantiles { classes, closed, order } => {
            let parts = *classes as usize;
            let cuts: Vec<f64> = (1..parts)
                .map(|at| stats::half_up(stats::quantile(&base, at as f64 / parts as f64), 9))
                .collect();
            values.iter().map(|&x| turned(interval(x, &cuts, *closed), parts, *order)).collect()
        }
        ClassRule::Tenths { rule, parts, order } => {
            tenths(&values, ranked, (*rule, *parts, *order))
        }
        ClassRule::Cuts { cuts, closed } => {
            values.iter().map(|&x| interval(x, cuts, *closed)).collect()
        }
        ClassRule::Natural { classes } => {
            let cuts = natural_breaks(&base, *classes as usize);
            values.iter().map(|&x| interval(x, &cuts, Side::Right)).collect()
        }
        ClassRule::Bands(bands) => values.iter().map(|&x| band(x, bands)).collect(),
    };
    let label = |number: usize| match &class.rule {
        ClassRule::Bands(bands) => bands[number].label.clone(),
        ClassRule::Quantiles { .. }
        | ClassRule::Tenths { .. }
        | ClassRule::Cuts { .. }
        | ClassRule::Natural { .. } => {
            class.labels.get(number).cloned().unwrap_or_else(|| (number + 1).to_string())
        }
    };
    numbers.into_iter().map(|number| number.map(label)).collect()
}

/// The interval between rising cuts that holds x, from 0.
fn interval(x: f64, cuts: &[f64], closed: Side) -> Option<usize> {
    if x.is_nan() {
        return None;
    }
    Some(match closed {
        Side::Left => cuts.partition_point(|&cut| cut <= x),
        Side::Right => cuts.partition_point(|&cut| cut < x),
    })
}

fn turned(number: Option<usize>, classes: usize, order: Order) -> Option<usize> {
    number.map(|number| match order {
        Order::LowestFirst => number,
        Order::HighestFirst => classes - 1 - number,
    })
}

/// ceil(parts·r/n) or floor(parts·(r-1)/n) + 1 by exact integers, r with the best place for ties.
fn tenths(
    values: &[f64],
    ranked: &[bool],
    (rule, parts, order): (TenthsRule, u32, Order),
) -> Vec<Option<usize>> {
    let ranking = Ranking { ties: Ties::Min, order, decimals: 9 };
    let n = stats::base(values, ranked).len();
    let parts = parts as usize;
    stats::ranks(values, ranked, ranking)
        .into_iter()
        .map(|rank| {
            if rank.is_nan() || n == 0 {
                return None;
            }
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a place from 1, without a fraction for ties of this kind"
            )]
            let place = (rank as usize).min(n);
            Some(match rule {
                TenthsRule::Ceil => (parts * place).div_ceil(n) - 1,
                TenthsRule::Floor => parts * (place - 1) / n,
            })
        })
        .collect()
}

fn band(x: f64, bands: &[Band]) -> Option<usize> {
    bands.iter().position(|band| {
        band.from.is_none_or(|from| x >= from)
            && band.below.is_none_or(|below| x < below)
            && !x.is_nan()
    })
}

/// The upper ends of all classes but the last: the cuts that make the sum of squared distances
/// from the class means least. Equal values are never split; fewer distinct values than classes
/// make fewer classes.
///
/// Dynamic programme over the sorted distinct values. The best split of a longer prefix never lies
/// left of that of a shorter one, so each layer is solved by divide and conquer in O(m log m).
/// Sources: W. D. Fisher, "On grouping for maximum homogeneity", JASA 53 (1958); H. Wang and M.
/// Song, "Ckmeans.1d.dp", The R Journal 3 (2011). Of equally good splits the one with the lower
/// cut is taken.
pub(crate) fn natural_breaks(base: &[f64], classes: usize) -> Vec<f64> {
    let mut sorted = base.to_vec();
    sorted.sort_by(f64::total_cmp);
    let groups: Vec<(f64, f64)> = sorted
        .chunk_by(|a, b| a.total_cmp(b).is_eq())
        .map(|run| (run[0], run.len() as f64))
        .collect();
    let classes = classes.min(groups.len());
    if classes < 2 {
        return Vec::new();
    }
    let costs = Costs::new(&groups);
    let m = groups.len();
    let mut best: Vec<f64> = (0..m).map(|end| costs.of(0, end)).collect();
    let mut starts: Vec<Vec<usize>> = Vec::with_capacity(classes - 1);
    for layer in 1..classes {
        let (cost, start) = (vec![f64::INFINITY; m], vec![layer; m]);
        let mut next = Layer { costs: &costs, before: &best, cost, start };
        next.solve(RangeInclusive::new(layer, m - 1), RangeInclusive::new(layer, m - 1));
        let Layer { cost, start, .. } = next;
        best = cost;
        starts.push(start);
    }
    let mut cuts = Vec::with_capacity(classes - 1);
    let mut end = m - 1;
    for layer in starts.iter().rev() {
        let start = layer[end];
        cuts.push(groups[start - 1].0);
        end = start - 1;
    }
    cuts.reverse();
    cuts
}

/// Sums from which the squared distances of any run of values follow.
struct Costs {
    weight: Vec<f64>,
    first: Vec<f64>,
    second: Vec<f64>,
}

impl Costs {
    fn new(groups: &[(f64, f64)]) -> Self {
        // about the middle, so that the difference of squares loses no digits
        let values: Vec<f64> = groups.iter().map(|group| group.0).collect();
        let centre = stats::mean(&values);
        let (mut weight, mut first, mut second) = (vec![0.0], vec![0.0], vec![0.0]);
        let (mut w, mut a, mut b) = (0.0, 0.0, 0.0);
        for &(value, count) in groups {
            let x = value - centre;
            w += count;
            a += count * x;
            b += count * x * x;
            weight.push(w);
            first.push(a);
            second.push(b);
        }
        Self { weight, first, second }
    }

    /// Squared distances from the mean of groups `start` to `end`.
    fn of(&self, start: usize, end: usize) -> f64 {
        let weight = self.weight[end + 1] - self.weight[start];
        let first = self.first[end + 1] - self.first[start];
        (self.second[end + 1] - self.second[start] - first * first / weight).max(0.0)
    }
}

/// One more class: the cost of the best division of each prefix, and where its last class starts.
struct Layer<'a> {
    costs: &'a Costs,
    /// The cost of the best division of each prefix into one class fewer.
    before: &'a [f64],
    cost: Vec<f64>,
    start: Vec<usize>,
}

impl Layer<'_> {
    /// Fills the prefixes that end in `ends`, whose last class starts in `starts`.
    fn solve(&mut self, ends: RangeInclusive<usize>, starts: RangeInclusive<usize>) {
        let ((low, high), (least, most)) = (ends.into_inner(), starts.into_inner());
        if low > high {
            return;
        }
        let end = usize::midpoint(low, high);
        for start in least..=most.min(end) {
            let cost = self.before[start - 1] + self.costs.of(start, end);
            if cost < self.cost[end] {
                self.cost[end] = cost;
                self.start[end] = start;
            }
        }
        let split = self.start[end];
        if end > low {
            self.solve(RangeInclusive::new(low, end - 1), least..=split);
        }
        self.solve(end + 1..=high, split..=most);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(text: &str, values: &[f64], expected: &str) {
        let class: Class = toml::from_str(text).unwrap();
        let got = classify(&class, values, &vec![true; values.len()]);
        let got: Vec<String> = got.into_iter().map(|label| label.unwrap_or("-".into())).collect();
        assert_eq!(got.join(" "), expected, "{text}");
    }

    #[test]
    fn quantiles_never_split_equal_values() {
        case("quantiles = 2", &[1.0, 2.0, 2.0, 2.0, 5.0, f64::NAN], "1 1 1 1 2 -");
        case("quantiles = 2\nclosed = 'left'", &[1.0, 2.0, 2.0, 2.0, 5.0], "1 2 2 2 2");
        case("quantiles = 2\norder = 'highest-first'\nlabels = ['h', 'l']", &[1.0, 9.0], "l h");
    }

    #[test]
    fn tenths_go_by_place() {
        let values: Vec<f64> = (1..=11).map(f64::from).collect();
        case("tenths = 'ceil'", &values, "10 10 9 8 7 6 5 4 3 2 1");
        case("tenths = 'floor'", &values, "10 9 8 7 6 5 4 3 2 1 1");
        case(
            "tenths = 'floor'\nparts = 2\norder = 'lowest-first'",
            &[3.0, 3.0, 4.0, 5.0],
            "1 1 2 2",
        );
    }

    #[test]
    fn cuts_and_bands_are_closed_on_the_named_side() {
        case("cuts = [2, 5]", &[1.9, 2.0, 5.0], "1 2 3");
        case("cuts = [2, 5]\nclosed = 'right'", &[1.9, 2.0, 5.0], "1 1 2");
        case(
            "bands = [ { from = 5, label = 'a' }, { from = 2, below = 4, label = 'b' } ]",
            &[5.0, 2.0, 4.5],
            "a b -",
        );
    }

    #[test]
    fn natural_breaks_lie_in_the_gaps() {
        case("natural = 3", &[1.0, 1.1, 5.0, 5.2, 9.0, 9.1, 9.2], "1 1 2 2 3 3 3");
    }

    /// Squared distances for cuts, by trying everything.
    fn brute(sorted: &[f64], classes: usize) -> f64 {
        fn spread(run: &[f64]) -> f64 {
            let mean = run.iter().fold(0.0, |a, b| a + b) / run.len() as f64;
            run.iter().map(|x| (x - mean) * (x - mean)).fold(0.0, |a, b| a + b)
        }
        if classes == 1 {
            return spread(sorted);
        }
        (1..=sorted.len() - classes + 1)
            .map(|first| spread(&sorted[..first]) + brute(&sorted[first..], classes - 1))
            .fold(f64::INFINITY, f64::min)
    }

    #[test]
    fn the_breaks_are_the_best_of_all() {
        let mut x = 0.37_f64;
        for classes in 2..5 {
            let mut values: Vec<f64> = (0..14)
                .map(|_| {
                    x = (x * 97.0 + 0.123) % 1.0;
                    x
                })
                .collect();
            let cuts = natural_breaks(&values, classes);
            assert_eq!(cuts.len(), classes - 1);
            values.sort_by(f64::total_cmp);
            let mut total = 0.0;
            let mut rest = values.as_slice();
            for cut in cuts.iter().copied().chain([f64::INFINITY]) {
                let at = rest.partition_point(|&x| x <= cut);
                total += brute(&rest[..at], 1);
                rest = &rest[at..];
            }
            assert!((total - brute(&values, classes)).abs() < 1e-12);
        }
    }

    #[test]
    fn fewer_values_make_fewer_classes() {
        assert_eq!(natural_breaks(&[1.0, 1.0, 2.0], 5), [1.0]);
        assert!(natural_breaks(&[1.0, 1.0], 3).is_empty());
        assert!(natural_breaks(&[], 3).is_empty());
    }
}
