//! What many lists and many ranks say of one unit and of the list: shares, standings, quantiles, places
//! exchanged, and by how much a list flatters itself.

use std::cmp::Ordering;
use std::iter::Sum;
use std::ops::AddAssign;

use super::laws::two_sided;
use crate::index::aggregate::Share;
use crate::index::stats::{mean, quantile, sum};
use crate::selection::Standing;

/// How many places a unit held over runs: whole ones, and its part of those that a tied set shared.
///
/// Exact while the common denominator of the tied sets has at most 63 bits, as that of all sets of up to
/// 42 units has; beyond, to 18 digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Times {
    whole: u64,
    /// What is left below one, without a common divisor.
    part: u64,
    of: u64,
}

impl Default for Times {
    fn default() -> Self {
        Self { whole: 0, part: 0, of: 1 }
    }
}

impl Times {
    /// A place of its own.
    pub(crate) const ONE: Self = Self { whole: 1, part: 0, of: 1 };

    /// The part of each of `units` tied ones that share so many places; none of no units.
    pub(crate) fn part(places: u32, units: u32) -> Self {
        let mut times = Self::default();
        if units > 0 {
            times.add(u128::from(places), u128::from(units));
        }
        times
    }

    /// The number.
    pub(crate) fn number(self) -> f64 {
        self.whole as f64 + self.part as f64 / self.of as f64
    }

    /// The share of so many runs; NaN of none.
    pub(crate) fn share(self, runs: u32) -> f64 {
        self.number() / f64::from(runs)
    }

    /// The standing over so many runs: certain from the share `certain` on, out up to its complement;
    /// `None` without a run.
    pub(crate) fn standing(self, runs: u32, certain: Share) -> Option<Standing> {
        let [part, whole] = certain.terms().map(u128::from);
        let runs = u128::from(runs);
        if runs == 0 {
            return None;
        }
        Some(if self.against(part * runs, whole).is_ge() {
            Standing::Certain
        } else if self.against((whole - part) * runs, whole).is_le() {
            Standing::Out
        } else {
            Standing::Contested
        })
    }

    /// The interval of Wilson (1927) of the share at a confidence level; NaN without a run. Of points
    /// that are laid more evenly than chance it is a bound from above.
    pub(crate) fn wilson(self, runs: u32, confidence: f64) -> [f64; 2] {
        let (share, runs, z) = (self.share(runs), f64::from(runs), two_sided(confidence));
        let shrink = 1.0 + z * z / runs;
        let centre = (share + z * z / (2.0 * runs)) / shrink;
        let root = (share * (1.0 - share) / runs + z * z / (4.0 * runs * runs)).sqrt();
        let high = centre + z * root / shrink;
        // both ends are the roots of one equation, and this their product
        [share * share / (shrink * high), high.min(1.0)]
    }

    /// How it compares with `part` / `whole`.
    fn against(self, part: u128, whole: u128) -> Ordering {
        let reached = u128::from(self.whole) * whole;
        match part.checked_sub(reached) {
            None => Ordering::Greater,
            Some(missing) if missing >= whole => Ordering::Less,
            Some(missing) => (u128::from(self.part) * whole).cmp(&(missing * u128::from(self.of))),
        }
    }

    fn add(&mut self, part: u128, of: u128) {
        let own = u128::from(self.of);
        let common = common_divisor(own, of);
        let (mut sum, mut of) =
            (u128::from(self.part) * (of / common) + part * (own / common), own / common * of);
        self.whole += (sum / of) as u64;
        sum %= of;
        let common = common_divisor(sum, of);
        (sum, of) = (sum / common, of / common);
        let beyond = (u128::BITS - of.leading_zeros()).saturating_sub(63);
        self.part = (sum >> beyond) as u64;
        self.of = (of >> beyond) as u64;
    }
}

impl AddAssign for Times {
    fn add_assign(&mut self, other: Self) {
        self.whole += other.whole;
        self.add(u128::from(other.part), u128::from(other.of));
    }
}

impl Sum for Times {
    fn sum<I: Iterator<Item = Self>>(times: I) -> Self {
        times.fold(Self::default(), |mut sum, times| {
            sum += times;
            sum
        })
    }
}

fn common_divisor(a: u128, b: u128) -> u128 {
    if b == 0 { a } else { common_divisor(b, a % b) }
}

/// Places by which a list differs from the declared one: half the sum of the differences of its units.
pub(crate) fn exchanged(list: &[f64], declared: &[f64]) -> f64 {
    list.iter().zip(declared).map(|(y, declared)| (y - declared).abs()).sum::<f64>() / 2.0
}

/// The mean and a quantile (type 7) of the places exchanged in each run; NaN of none.
pub(crate) fn mean_and_quantile(values: &[f64], p: f64) -> [f64; 2] {
    [mean(values), quantile(values, p)]
}

/// What goes with the declared places that a list gives to others.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Lost {
    /// People.
    pub(crate) people: f64,
    /// Places of units whose people nobody knows.
    pub(crate) unknown: f64,
}

/// The people of the declared places that a list gives to others.
pub(crate) fn people_lost(list: &[f64], declared: &[f64], people: &[f64]) -> Lost {
    let mut lost = Lost::default();
    for ((y, declared), people) in list.iter().zip(declared).zip(people) {
        let place = (declared - y).max(0.0);
        if people.is_nan() {
            lost.unknown += place;
        } else {
            lost.people += place * people;
        }
    }
    lost
}

/// By how much the list of a run flatters itself: the mean drawn score of its units less their mean
/// declared score, over those that have both. The mean of this over the runs of the error layer, taken
/// from the mean of the declared list as measured, corrects it for the winner's curse. NaN of no units.
pub(crate) fn optimism(list: &[f64], drawn: &[f64], declared: &[f64]) -> f64 {
    let scored = || {
        let gains = drawn.iter().zip(declared).map(|(drawn, declared)| drawn - declared);
        list.iter().zip(gains).filter(|(_, gain)| !gain.is_nan())
    };
    sum(scored().map(|(y, gain)| y * gain)) / sum(scored().map(|(y, _)| *y))
}

/// The ranks of units over runs, each held exactly.
#[derive(Clone, Debug)]
pub(crate) struct RankCounts {
    units: usize,
    held: Held,
}

/// How ranks are held.
#[derive(Clone, Debug)]
enum Held {
    /// For each unit how often it had each rank.
    Counts(Vec<u16>),
    /// The same of very many runs.
    ManyRuns(Vec<u32>),
    /// For each run the ranks of all units.
    Ranks(Vec<u32>),
}

impl RankCounts {
    /// Units above which a counter for each rank takes more room than the ranks themselves.
    const COUNTED: usize = 8_192;

    /// For so many units over at most so many runs.
    pub(crate) fn new(units: usize, runs: u32) -> Self {
        let held = if units > Self::COUNTED {
            Held::Ranks(Vec::new())
        } else if u16::try_from(runs).is_ok() {
            Held::Counts(vec![0; units * units])
        } else {
            Held::ManyRuns(vec![0; units * units])
        };
        Self { units, held }
    }

    /// Adds the ranks of a run, from 1; 0 for a unit that has none in it.
    pub(crate) fn add(&mut self, ranks: &[u32]) {
        if let Held::Ranks(held) = &mut self.held {
            return held.extend(ranks);
        }
        for (unit, &rank) in ranks.iter().enumerate() {
            if rank == 0 || rank as usize > self.units {
                continue;
            }
            let at = unit * self.units + rank as usize - 1;
            match &mut self.held {
                Held::Counts(counts) => counts[at] = counts[at].saturating_add(1),
                Held::ManyRuns(counts) => counts[at] = counts[at].saturating_add(1),
                Held::Ranks(_) => {}
            }
        }
    }

    /// A quantile (type 7) of the ranks of a unit; `None` where it never had one.
    pub(crate) fn quantile(&self, unit: usize, p: f64) -> Option<f64> {
        let own = unit * self.units..(unit + 1) * self.units;
        match &self.held {
            Held::Counts(counts) => of_counts(&counts[own].iter().map(|&count| count.into()), p),
            Held::ManyRuns(counts) => of_counts(&counts[own].iter().map(|&count| count.into()), p),
            Held::Ranks(held) => {
                let ranks = held.iter().skip(unit).step_by(self.units).filter(|&&rank| rank > 0);
                let ranks: Vec<f64> = ranks.map(|&rank| f64::from(rank)).collect();
                Some(quantile(&ranks, p)).filter(|quantile| !quantile.is_nan())
            }
        }
    }
}

/// A quantile (type 7) of ranks by how often each occurs.
fn of_counts(counts: &(impl Iterator<Item = u64> + Clone), p: f64) -> Option<f64> {
    let runs: u64 = counts.clone().sum();
    let at = runs.checked_sub(1)? as f64 * p.clamp(0.0, 1.0);
    let (below, above) = (at.floor(), at.ceil());
    // the rank at a position of the sorted runs, counted from 0
    let rank = |position: f64| {
        let mut reached = 0;
        let behind = |count| {
            reached += count;
            reached as f64 > position
        };
        counts.clone().position(behind).map(|before| (before + 1) as f64)
    };
    let (low, high) = (rank(below)?, rank(above)?);
    Some(low + (at - below) * (high - low))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::robustness::draws::{Area, Stream};
    use crate::robustness::laws::normal;

    fn share(text: &str) -> Share {
        Share::fraction(text).unwrap()
    }

    fn times(whole: u32, parts: &[[u32; 2]]) -> Times {
        let whole = (0..whole).map(|_| Times::ONE);
        whole.chain(parts.iter().map(|&[places, units]| Times::part(places, units))).sum()
    }

    #[test]
    fn thresholds_belong_to_certain_and_to_out() {
        let standing = |whole, parts: &[[u32; 2]], certain| {
            times(whole, parts).standing(2_000, share(certain)).unwrap()
        };
        assert_eq!(standing(1_900, &[], "95/100"), Standing::Certain);
        assert_eq!(standing(1_899, &[[99, 100]], "95/100"), Standing::Contested);
        assert_eq!(standing(1_899, &[[1, 3], [1, 3], [1, 3]], "95/100"), Standing::Certain);
        assert_eq!(standing(100, &[], "95/100"), Standing::Out);
        assert_eq!(standing(100, &[[1, 1_000_000]], "95/100"), Standing::Contested);
        // two thirds of 2,000 runs are 1,333 1/3
        assert_eq!(standing(1_333, &[[1, 3]], "2/3"), Standing::Certain);
        assert_eq!(standing(1_333, &[[1, 4]], "2/3"), Standing::Contested);
        assert_eq!(standing(666, &[[2, 3]], "2/3"), Standing::Out);
        assert_eq!(standing(0, &[], "1/1"), Standing::Out);
        assert_eq!(times(0, &[]).standing(0, share("95/100")), None);
    }

    #[test]
    fn shared_places_sum_to_the_places() {
        // seven units share four places in one run, five units three in another
        let sum: Times =
            (0..7).map(|_| Times::part(4, 7)).chain((0..5).map(|_| Times::part(3, 5))).sum();
        assert_eq!(sum, times(7, &[]));
        assert_eq!(Times::part(9, 6), times(1, &[[1, 2]]));
        assert_eq!(Times::part(1, 0), Times::default());
        // beyond any common denominator the number still holds
        let primes = [4_294_967_291, 4_294_967_279, 4_294_967_231, 4_294_967_197];
        let many: Times = primes.iter().map(|&prime| Times::part(prime / 2, prime)).sum();
        assert!((many.number() - 2.0).abs() < 1e-8 && many.number() < 2.0);
    }

    #[test]
    fn the_interval_of_wilson_meets_published_values() {
        // 81 of 263 at 95 %: Newcombe 1998, table I, method 3: 0.2553 to 0.3662
        let [low, high] = times(81, &[]).wilson(263, 0.95);
        assert!((low - 0.2553).abs() < 5e-5 && (high - 0.3662).abs() < 5e-5, "{low} {high}");
        let [low, high] = Times::default().wilson(20, 0.95);
        assert!(low == 0.0 && (high - 0.1611).abs() < 5e-5, "{low} {high}");
        assert!(Times::default().wilson(0, 0.95)[0].is_nan());
    }

    #[test]
    fn quantiles_of_counted_and_of_listed_ranks_are_those_of_the_ranks() {
        let stream = Stream::new("ranks", "units");
        let units = 40_u32;
        let runs: Vec<Vec<u32>> = (0..37)
            .map(|run| {
                let rank = |unit| {
                    let u = stream.uniform(run, Area::NONE, unit);
                    (0..=units)
                        .find(|&rank| u * f64::from(units + 1) < f64::from(rank + 1))
                        .unwrap()
                };
                (0..units).map(rank).collect()
            })
            .collect();
        let counts = |held: Held| RankCounts { units: units as usize, held };
        let empty = vec![0_u32; 1600];
        for mut ranks in [
            RankCounts::new(units as usize, 37),
            counts(Held::ManyRuns(empty)),
            counts(Held::Ranks(Vec::new())),
        ] {
            runs.iter().for_each(|run| ranks.add(run));
            for unit in 0..units as usize {
                let own: Vec<f64> = runs
                    .iter()
                    .map(|run| f64::from(run[unit]))
                    .filter(|rank| *rank > 0.0)
                    .collect();
                for p in [0.0, 0.05, 0.5, 0.77, 0.95, 1.0] {
                    let found = ranks.quantile(unit, p).unwrap();
                    assert!((found - quantile(&own, p)).abs() < 1e-12, "{unit} {p}: {found}");
                }
            }
        }
        let mut one = RankCounts::new(2, 70_000);
        one.add(&[0, 1]);
        assert_eq!([one.quantile(0, 0.5), one.quantile(1, 0.5)], [None, Some(1.0)]);
    }

    #[test]
    fn places_and_people_are_lost_by_halves_too() {
        let (declared, list) = ([1.0, 1.0, 1.0, 0.0, 0.0], [1.0, 0.5, 0.0, 0.5, 1.0]);
        assert_eq!(exchanged(&list, &declared), 1.5);
        let lost = people_lost(&list, &declared, &[900.0, 400.0, f64::NAN, 700.0, 10.0]);
        assert_eq!(lost, Lost { people: 200.0, unknown: 1.0 });
        assert_eq!(mean_and_quantile(&[1.0, 2.0, 6.0], 0.5), [3.0, 2.0]);
    }

    /// The list of the `places` highest.
    fn list(scores: &[f64], places: usize) -> Vec<f64> {
        let mut sorted = scores.to_vec();
        sorted.sort_by(|a, b| b.total_cmp(a));
        scores.iter().map(|score| f64::from(u8::from(*score >= sorted[places - 1]))).collect()
    }

    #[test]
    fn a_tenth_of_the_winners_curse_is_left() {
        let stream = Stream::new("curse", "normal");
        let (units, places, simulations, runs) = (2_862, 2_000, 60_u32, 5_u32);
        let draw = |run: u32| -> Vec<f64> {
            (0..units).map(|unit| normal(stream.uniform(run, Area::NONE, unit))).collect()
        };
        let blurred = |scores: &[f64], run: u32| -> Vec<f64> {
            scores.iter().zip(draw(run)).map(|(score, error)| score + 0.3 * error).collect()
        };
        let (mut before, mut after) = (0.0, 0.0);
        for simulation in 0..simulations {
            let own = simulation * (runs + 2);
            let truth = draw(own);
            let measured = blurred(&truth, own + 1);
            let bias = optimism(&list(&measured, places), &measured, &truth);
            let of_run = |run| {
                let drawn = blurred(&measured, own + 2 + run);
                optimism(&list(&drawn, places), &drawn, &measured)
            };
            let corrected = bias - mean(&(0..runs).map(of_run).collect::<Vec<f64>>());
            before += bias / f64::from(simulations);
            after += corrected / f64::from(simulations);
        }
        assert!(before > 0.03 && after.abs() < before / 10.0, "{before} {after}");
    }

    #[test]
    fn units_without_a_score_flatter_nobody() {
        let list = [1.0, 0.5, 1.0, 0.0];
        let found = optimism(&list, &[5.0, 4.0, f64::NAN, 9.0], &[4.0, 1.0, f64::NAN, 0.0]);
        assert!((found - 2.5 / 1.5).abs() < 1e-15);
        assert!(optimism(&[0.0], &[1.0], &[1.0]).is_nan());
    }
}
