//! Between which ranks each unit surely lies, all of them together, for all that its errors leave open.
//!
//! Source: M. Mogstad, J. P. Romano, A. M. Shaikh, D. Wilhelm, "Inference for ranks with applications to
//! mobility across neighbourhoods and academic achievement across countries", Review of Economic Studies
//! 91 (2024). The normal law in the far tail is an assumption.

pub(crate) mod errors;
mod products;

use crate::index::stats::probit;
use crate::selection::Standing;
use errors::Errors;

/// Units above which rank sets are not computed.
pub(crate) const MOST: usize = 8_192;
/// A variance of a difference that is so small a part of the two of its ends counts as none.
const NONE: f64 = 1e-12;

/// The ranks that a unit may have, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RankSet {
    /// The best.
    pub(crate) low: u32,
    /// The worst.
    pub(crate) high: u32,
}

/// The ranks that all units may have, by both ways of testing all ordered pairs at once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct RankSets {
    /// Each pair at the same level.
    pub(crate) bonferroni: Vec<RankSet>,
    /// Step by step: never wider.
    pub(crate) holm: Vec<RankSet>,
}

impl RankSet {
    /// Where a list of so many places, given by rank alone, leaves the unit.
    pub(crate) fn standing(self, places: u32) -> Standing {
        if self.high <= places {
            Standing::Certain
        } else if self.low > places {
            Standing::Out
        } else {
            Standing::Contested
        }
    }
}

/// The rank sets of scores with errors, at a simultaneous confidence level.
///
/// One-sided tests over all p (p − 1) ordered pairs: j is surely above k where
/// `t = (x_j − x_k) / se(x_j − x_k)` is above the critical value, and where a positive difference has no
/// error at all. j then has its rank in [1 + number surely above, p − number surely below].
pub(crate) fn rank_sets(errors: &Errors, confidence: f64) -> RankSets {
    let mut verdicts = Verdicts::new(errors.scores().len(), 1.0 - confidence);
    errors.compare(&mut verdicts);
    verdicts.sets()
}

/// What has been found of pairs. With r pairs found, those still at stake are tested at α / (m − r). Only
/// one of two units can be surely above the other, so that r is at most m / 2: a pair is told at once
/// unless its t lies between the critical values of r = 0 and r = m / 2.
struct Verdicts {
    alpha: f64,
    /// m, the ordered pairs.
    pairs: f64,
    /// The greatest and the least critical value.
    critical: [f64; 2],
    /// For each unit, how many are surely below it and how many surely above.
    sure: Vec<[u32; 2]>,
    /// Pairs, the one above first, that only some critical value tells.
    open: Vec<(f64, [usize; 2])>,
}

impl Verdicts {
    fn new(units: usize, alpha: f64) -> Self {
        let pairs = units as f64 * (units as f64 - 1.0);
        let critical = [0.0, pairs / 2.0].map(|found| critical(alpha, pairs - found));
        Self { alpha, pairs, critical, sure: vec![[0; 2]; units], open: Vec::new() }
    }

    /// Judges a pair by how far the first is above the second (above 0), the variance of that, and the
    /// sum of the variances of both.
    fn judge(&mut self, pair: [usize; 2], apart: f64, [variance, both]: [f64; 2]) {
        let t = if variance <= NONE * both { f64::INFINITY } else { apart / variance.sqrt() };
        if t > self.critical[0] {
            self.tell(pair);
        } else if t > self.critical[1] {
            self.open.push((t, pair));
        }
    }

    fn tell(&mut self, pair: [usize; 2]) {
        count(&mut self.sure, pair);
    }

    fn sets(mut self) -> RankSets {
        let told = self.sure.iter().map(|&[below, _]| f64::from(below)).sum::<f64>();
        self.open.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut stand = 0;
        loop {
            let value = critical(self.alpha, self.pairs - told - stand as f64);
            let reached = self.open.partition_point(|(t, _)| *t > value);
            if reached == stand {
                break;
            }
            stand = reached;
        }
        let bonferroni = sets(&self.sure);
        for (_, pair) in &self.open[..stand] {
            count(&mut self.sure, *pair);
        }
        RankSets { bonferroni, holm: sets(&self.sure) }
    }
}

/// The value that a share α / `pairs` of the normal law exceeds; none is below 0.
fn critical(alpha: f64, pairs: f64) -> f64 {
    (-probit(alpha / pairs.max(1.0))).max(0.0)
}

fn count(sure: &mut [[u32; 2]], [above, below]: [usize; 2]) {
    sure[above][0] += 1;
    sure[below][1] += 1;
}

fn sets(sure: &[[u32; 2]]) -> Vec<RankSet> {
    let units = sure.len() as u32;
    sure.iter().map(|[below, above]| RankSet { low: 1 + above, high: units - below }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::robustness::draws::{Area, Stream};
    use crate::robustness::laws::normal;
    use errors::ErrorRuns;

    /// A case of the goldens: its units and its expected rows.
    #[track_caller]
    fn case(units: &str, expected: &str) {
        let rows = |text: &str| -> Vec<Vec<String>> {
            text.lines().skip(1).map(|line| line.split(',').map(str::to_owned).collect()).collect()
        };
        let units = rows(units);
        let column = |at: usize| units.iter().map(|row| row[at].parse().unwrap()).collect();
        let sets = rank_sets(&Errors::independent(column(1), column(2)), 0.95);
        let mut compared = 0;
        for row in rows(expected) {
            let sets = if row[0] == "holm" { &sets.holm } else { &sets.bonferroni };
            let set = sets[units.iter().position(|unit| unit[0] == row[1]).unwrap()];
            let cuts = [1, 2, 3].map(|cut| format!("{:?}", set.standing(cut)).to_lowercase());
            assert_eq!([set.low.to_string(), set.high.to_string()], row[2..4], "{row:?}");
            assert_eq!(cuts, row[4..7], "{row:?}");
            compared += 1;
        }
        assert_eq!(compared, 8);
    }

    #[test]
    fn every_pair_is_tested_at_the_same_level() {
        case(
            include_str!("../../../tests/golden/selection/s28_rank_sets/units.csv"),
            include_str!("../../../tests/golden/selection/s28_rank_sets/expected.csv"),
        );
    }

    #[test]
    fn steps_find_more_than_one_level() {
        case(
            include_str!("../../../tests/golden/selection/s29_rank_sets_holm/units.csv"),
            include_str!("../../../tests/golden/selection/s29_rank_sets_holm/expected.csv"),
        );
    }

    #[test]
    fn of_equal_means_no_pair_is_told_apart_in_95_percent() {
        let stream = Stream::new("rank sets", "equal means");
        let simulations = 20_000;
        let quiet = |n: &u32| {
            let scores = (0..5).map(|k| normal(stream.uniform(*n, Area::NONE, k))).collect();
            let sets = rank_sets(&Errors::independent(scores, vec![1.0; 5]), 0.95);
            sets.holm.iter().all(|set| *set == RankSet { low: 1, high: 5 })
        };
        let share = (0..simulations).filter(quiet).count() as f64 / f64::from(simulations);
        assert!((0.953..=0.963).contains(&share), "{share}");
    }

    #[test]
    fn without_errors_the_sign_decides() {
        let sets = rank_sets(&Errors::independent(vec![1.0, 3.0, 3.0, 2.0], vec![0.0; 4]), 0.95);
        let expected = [[4, 4], [1, 2], [1, 2], [3, 3]].map(|[low, high]| RankSet { low, high });
        assert_eq!(sets.holm, expected);
        assert_eq!(sets.bonferroni, expected);
        for few in [vec![], vec![1.0]] {
            let sets = rank_sets(&Errors::independent(few.clone(), few.clone()), 0.95);
            assert_eq!(sets.holm.len(), few.len());
            assert!(sets.holm.iter().all(|set| *set == RankSet { low: 1, high: 1 }));
        }
    }

    /// Scores of units in regions, drawn with an error of each region and one of each unit.
    fn drawn(units: u32, runs: u32, own: f64) -> (Vec<f64>, Vec<Vec<f64>>) {
        let stream = Stream::new("rank sets", "regions");
        let declared: Vec<f64> = (0..units).map(|unit| f64::from(unit * 7 % units)).collect();
        let run = |n: u32| -> Vec<f64> {
            let error = |k: u32| normal(stream.uniform(n, Area::NONE, k));
            let of = |(unit, score): (u32, &f64)| score + error(unit % 3) + own * error(100 + unit);
            (0..).zip(&declared).map(of).collect()
        };
        let runs = (0..runs).map(run).collect();
        (declared, runs)
    }

    /// What the definition says, pair by pair.
    fn plainly(scores: &[f64], runs: &[Vec<f64>], confidence: f64) -> RankSets {
        let variance = |of: &dyn Fn(&[f64]) -> f64| {
            let values: Vec<f64> = runs.iter().map(|run| of(run)).collect();
            crate::index::stats::variance(&values, 1)
        };
        let p = scores.len();
        let own: Vec<f64> = (0..p).map(|j| variance(&|run| run[j])).collect();
        let t = |j: usize, k: usize| {
            let apart = scores[j] - scores[k];
            let variance = variance(&|run| run[j] - run[k]);
            if variance > 1e-12 * (own[j] + own[k]) {
                apart / variance.sqrt()
            } else {
                f64::INFINITY * if apart == 0.0 { -1.0 } else { apart.signum() }
            }
        };
        let pairs: Vec<(f64, [usize; 2])> = (0..p)
            .flat_map(|j| (0..p).filter(move |&k| k != j).map(move |k| [j, k]))
            .map(|[j, k]| (t(j, k), [j, k]))
            .collect();
        let (m, mut found) = (pairs.len() as f64, 0);
        let mut steps = Vec::new();
        loop {
            let value = -probit((1.0 - confidence) / (m - found as f64));
            let above: Vec<[usize; 2]> =
                pairs.iter().filter(|(t, _)| *t > value).map(|(_, pair)| *pair).collect();
            let stands = above.len() == found;
            found = above.len();
            steps.push(above);
            if stands {
                break;
            }
        }
        let sets = |above: &[[usize; 2]]| {
            let mut sure = vec![[0; 2]; p];
            above.iter().for_each(|&pair| count(&mut sure, pair));
            sets(&sure)
        };
        RankSets { bonferroni: sets(&steps[0]), holm: sets(&steps[steps.len() - 1]) }
    }

    #[track_caller]
    fn agrees(units: u32, runs: u32, own: f64) {
        let (declared, drawn) = drawn(units, runs, own);
        let mut errors = ErrorRuns::new(&declared);
        drawn.iter().for_each(|run| errors.add(run));
        let errors = errors.finish().unwrap();
        for confidence in [0.5, 0.95, 0.999] {
            let expected = plainly(&declared, &drawn, confidence);
            assert_eq!(rank_sets(&errors, confidence), expected, "{units} {runs} {own}");
        }
        let own: Vec<f64> = drawn.iter().map(|run| run[1]).collect();
        let expected = crate::index::stats::variance(&own, 1).sqrt();
        assert!((errors.standard_errors()[1] - expected).abs() < 1e-12 * expected);
    }

    #[test]
    fn what_units_share_sets_them_apart() {
        agrees(23, 61, 1.0);
        agrees(38, 200, 0.1);
        agrees(7, 4, 0.3);
        // within a region nothing but the shared error: the sign decides
        agrees(21, 50, 0.0);
    }

    #[test]
    fn many_runs_are_folded_and_say_the_same() {
        agrees(13, 2 * errors::BLOCK as u32 + 7, 0.4);
        agrees(9, errors::BLOCK as u32 + 1, 0.0);
    }

    #[test]
    fn nothing_is_told_of_a_unit_without_a_score() {
        for runs in [60, errors::BLOCK as u32 + 3] {
            let (mut declared, mut drawn) = drawn(40, runs, 0.2);
            // the highest score has none in one run, the lowest none at all
            let [high, low] =
                [39, 0].map(|of| declared.iter().position(|&it| it == f64::from(of)).unwrap());
            drawn[17][high] = f64::NAN;
            declared[low] = f64::NAN;
            let mut errors = ErrorRuns::new(&declared);
            drawn.iter().for_each(|run| errors.add(run));
            let sets = rank_sets(&errors.finish().unwrap(), 0.95).holm;
            assert_eq!([sets[high], sets[low]], [RankSet { low: 1, high: 40 }; 2]);
            assert!(sets.iter().filter(|set| set.high - set.low < 20).count() > 30, "{sets:?}");
        }
    }

    #[test]
    fn one_run_has_no_error() {
        let mut errors = ErrorRuns::new(&[1.0, 2.0]);
        errors.add(&[1.5, 2.5]);
        assert!(errors.finish().is_none());
    }
}
