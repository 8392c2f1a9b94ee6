//! Counts drawn by the law of small numbers.

use crate::index::stats::probit;
use crate::robustness::plan::CountLaw;

/// Above this variance a law is taken as normal.
const LARGE: f64 = 2_500.0;
/// A value is left out of a table where it is that much rarer than the most frequent one.
const RARE: f64 = 1e-20;

/// Up to here every whole number is told from the next.
const WHOLE: f64 = 9_007_199_254_740_992.0;

/// The law of one count of one area. Making one costs a few microseconds, drawing a few nanoseconds.
#[derive(Clone, Debug)]
pub(crate) struct CountDraw {
    law: Law,
    exceeds: bool,
}

#[derive(Clone, Debug)]
enum Law {
    Table(Table),
    Normal {
        mean: f64,
        sd: f64,
        /// The greatest count.
        most: f64,
    },
}

impl CountDraw {
    /// The law of `k` counted of `n` who could be; `None` where nothing was counted.
    ///
    /// Binomial(n, p) with p = min(max(k, ½), n − ½) / n, so that a count of none or of all may be
    /// otherwise; Poisson(max(k, ½)); beta-binomial with that p and ρ = 1 / (α + β + 1), in (0, 1).
    /// Where `n` is missing, not whole, or below `k`, the law is Poisson's.
    pub(crate) fn new(law: CountLaw, k: f64, n: f64) -> Option<Self> {
        if !k.is_finite() {
            return None;
        }
        let is_whole = n <= WHOLE && n.fract() == 0.0;
        let exceeds = law != CountLaw::Poisson && !(is_whole && k <= n);
        let law = match law {
            _ if exceeds => poisson(k),
            CountLaw::Poisson => poisson(k),
            _ if n <= 0.0 => Law::Table(Table::of(0.0, &[1.0])),
            CountLaw::Binomial => binomial(k, n),
            CountLaw::BetaBinomial { rho } => beta_binomial(k, n, rho),
        };
        Some(Self { law, exceeds })
    }

    /// Whether the count is more than those of whom it counts, or those are not known.
    pub(crate) fn exceeds(&self) -> bool {
        self.exceeds
    }

    /// A drawn count, a whole number: the least that is not exceeded with the chance `u`.
    pub(crate) fn drawn(&self, u: f64) -> f64 {
        match &self.law {
            Law::Table(table) => table.at(u),
            Law::Normal { mean, sd, most } => {
                (mean + sd * probit(u) + 0.5).floor().max(0.0).min(*most)
            }
        }
    }
}

fn poisson(k: f64) -> Law {
    let mean = k.max(0.5);
    Law::new([mean, mean], f64::INFINITY, |x| mean / (x + 1.0))
}

fn binomial(k: f64, n: f64) -> Law {
    let mean = k.max(0.5).min(n - 0.5);
    let others = n - mean;
    let odds = mean / others;
    Law::new([mean, mean * others / n], n, |x| (n - x) / (x + 1.0) * odds)
}

fn beta_binomial(k: f64, n: f64, rho: f64) -> Law {
    let mean = k.max(0.5).min(n - 0.5);
    let others = n - mean;
    let rho = rho.clamp(f64::EPSILON, 1.0 - f64::EPSILON);
    let both = (1.0 - rho) / rho;
    let (alpha, beta) = (mean / n * both, others / n * both);
    let variance = mean * others / n * (1.0 + (n - 1.0) * rho);
    Law::new([mean, variance], n, |x| (n - x) / (x + 1.0) * ((x + alpha) / (n - x - 1.0 + beta)))
}

impl Law {
    /// The law of counts up to `most`, by its mean and variance and by how many times as frequent the
    /// count after `x` is.
    fn new([mean, variance]: [f64; 2], most: f64, ratio: impl Fn(f64) -> f64) -> Self {
        if variance > LARGE {
            return Self::Normal { mean, sd: variance.sqrt(), most };
        }
        let middle = mean.floor();
        let mut frequencies = Vec::new();
        let mut greatest = 1.0_f64;
        let (mut x, mut frequency) = (middle, 1.0);
        while x > 0.0 && frequency > RARE * greatest {
            x -= 1.0;
            frequency /= ratio(x);
            greatest = greatest.max(frequency);
            frequencies.push(frequency);
        }
        let first = x;
        frequencies.reverse();
        frequencies.push(1.0);
        (x, frequency) = (middle, 1.0);
        while x < most && frequency > RARE * greatest {
            frequency *= ratio(x);
            x += 1.0;
            greatest = greatest.max(frequency);
            frequencies.push(frequency);
        }
        Self::Table(Table::of(first, &frequencies))
    }
}

/// A distribution function with a guide into it (Chen and Asau 1974).
#[derive(Clone, Debug)]
struct Table {
    /// The least count.
    first: f64,
    /// The share of this count and all below it, the last 1.
    reached: Box<[f64]>,
    /// For each of the equal parts of (0, 1), a power of two of them, where its first number stands.
    guide: Box<[u32]>,
}

impl Table {
    fn of(first: f64, frequencies: &[f64]) -> Self {
        let total: f64 = frequencies.iter().sum();
        let mut below = 0.0;
        let share = |frequency: &f64| {
            below += frequency;
            below / total
        };
        let reached: Box<[f64]> = frequencies.iter().map(share).collect();
        let parts = (reached.len().next_power_of_two() / 2).max(1);
        let mut at = 0;
        let part_begins = |part: usize| {
            let u = part as f64 / parts as f64;
            while at + 1 < reached.len() && reached[at] < u {
                at += 1;
            }
            at as u32
        };
        Self { first, guide: (0..parts).map(part_begins).collect(), reached }
    }

    /// The least count whose share is `u` or more.
    #[expect(clippy::cast_sign_loss, reason = "u lies between 0 and 1")]
    fn at(&self, u: f64) -> f64 {
        // the parts are a power of two: the product is exact
        let part = ((u * self.guide.len() as f64) as usize).min(self.guide.len() - 1);
        let mut at = self.guide[part] as usize;
        while at + 1 < self.reached.len() && self.reached[at] < u {
            at += 1;
        }
        self.first + at as f64
    }
}

#[cfg(test)]
mod tests {
    use statrs::distribution::{Binomial, DiscreteCDF, Poisson};
    use statrs::function::beta::ln_beta;
    use statrs::function::factorial::ln_binomial;

    use super::*;
    use crate::index::stats::exp;

    /// Numbers from the far left to the far right, those between evenly.
    fn grid() -> impl Iterator<Item = f64> {
        let tails = [1e-15, 1e-9, 1e-6, 1e-4];
        let middle = (1..500).map(|at| f64::from(at) / 500.0);
        tails.into_iter().chain(middle).chain(tails.into_iter().rev().map(|u| 1.0 - u))
    }

    #[expect(clippy::cast_sign_loss, reason = "a count")]
    fn whole(count: f64) -> u64 {
        count as u64
    }

    /// Holds a law against a distribution function that somebody else wrote.
    #[track_caller]
    fn inverts(draw: &CountDraw, cdf: impl Fn(u64) -> f64, tolerance: f64) {
        let mut last = 0.0;
        for u in grid() {
            let drawn = draw.drawn(u);
            assert!(drawn >= last && drawn.fract() == 0.0, "{drawn} after {last}");
            last = drawn;
            let x = whole(drawn);
            assert!(cdf(x) >= u - tolerance, "{u}: {x} is too few");
            assert!(x == 0 || cdf(x - 1) < u + tolerance, "{u}: {x} is too many");
        }
    }

    fn drawn(law: CountLaw, k: f64, n: f64) -> CountDraw {
        CountDraw::new(law, k, n).unwrap()
    }

    #[test]
    fn a_binomial_count_is_the_inverse_of_its_distribution() {
        for (k, n) in [
            (0_u32, 1_u32),
            (0, 7),
            (7, 7),
            (1, 3000),
            (0, 3000),
            (2999, 3000),
            (512, 2904),
            (30, 160_000),
            (5000, 10_000),
        ] {
            let (k, n) = (f64::from(k), f64::from(n));
            let draw = drawn(CountLaw::Binomial, k, n);
            assert!(matches!(draw.law, Law::Table(_)));
            let law = Binomial::new(k.clamp(0.5, n - 0.5) / n, whole(n)).unwrap();
            inverts(&draw, |x| law.cdf(x), 1e-11);
        }
    }

    #[test]
    fn a_poisson_count_is_the_inverse_of_its_distribution() {
        for k in [0.0_f64, 1.0, 12.5, 400.0, 2500.0] {
            let law = Poisson::new(k.max(0.5)).unwrap();
            inverts(&drawn(CountLaw::Poisson, k, f64::NAN), |x| law.cdf(x), 1e-11);
        }
    }

    #[test]
    fn a_beta_binomial_count_is_the_inverse_of_its_distribution() {
        for (k, n, rho) in [
            (40_u32, 1200_u32, 0.002),
            (0, 900, 0.05),
            (900, 900, 0.05),
            (3, 40, 0.6),
            (20, 40, 0.999),
        ] {
            let (mean, n) = (f64::from(k).clamp(0.5, f64::from(n) - 0.5), f64::from(n));
            let both = 1.0 / rho - 1.0;
            let (alpha, beta) = (mean / n * both, (1.0 - mean / n) * both);
            let pmf = |x: u64| {
                let log = ln_binomial(whole(n), x) + ln_beta(x as f64 + alpha, n - x as f64 + beta);
                exp(log - ln_beta(alpha, beta))
            };
            let mut sum = 0.0;
            let cdf: Vec<f64> = (0..=whole(n))
                .map(|x| {
                    sum += pmf(x);
                    sum
                })
                .collect();
            let draw = drawn(CountLaw::BetaBinomial { rho }, f64::from(k), n);
            inverts(&draw, |x| cdf[x as usize], 1e-10);
        }
    }

    #[test]
    fn persons_alike_without_correlation_are_persons_by_themselves() {
        let alike = drawn(CountLaw::BetaBinomial { rho: 1e-12 }, 40.0, 800.0);
        let single = drawn(CountLaw::Binomial, 40.0, 800.0);
        assert!((1..200).all(|at| alike.drawn(f64::from(at) / 200.0) == single.drawn(f64::from(at) / 200.0)));
    }

    #[test]
    fn above_a_variance_of_2500_the_law_is_normal_and_stays_in_range() {
        let large = drawn(CountLaw::Binomial, 20_000.0, 100_000.0);
        // sd = sqrt(16,000) = 126.49; z(0.975) = 1.96
        assert_eq!([0.5, 0.975].map(|u| large.drawn(u)), [20_000.0, 20_248.0]);
        let wide = drawn(CountLaw::BetaBinomial { rho: 0.9 }, 100.0, 10_000.0);
        assert_eq!([1e-9, 1.0 - 1e-9].map(|u| wide.drawn(u)), [0.0, 5_762.0]);
        let most = drawn(CountLaw::BetaBinomial { rho: 0.9 }, 9_900.0, 10_000.0);
        assert_eq!(most.drawn(1.0 - 1e-9), 10_000.0);
        assert_eq!(drawn(CountLaw::Poisson, 1e6, 0.0).drawn(0.5), 1e6);
    }

    #[test]
    fn who_could_be_must_be_known_and_not_fewer() {
        let poisson = drawn(CountLaw::Poisson, 30.0, 20.0);
        for n in [20.0, 100.5, f64::NAN, f64::INFINITY, -1.0] {
            let draw = drawn(CountLaw::Binomial, 30.0, n);
            assert!(draw.exceeds());
            assert_eq!(draw.drawn(0.9), poisson.drawn(0.9));
        }
        assert!(!poisson.exceeds() && !drawn(CountLaw::Binomial, 30.0, 30.0).exceeds());
        assert!(CountDraw::new(CountLaw::Binomial, f64::NAN, 30.0).is_none());
        let nobody = drawn(CountLaw::Binomial, 0.0, 0.0);
        assert_eq!([0.1, 0.999].map(|u| nobody.drawn(u)), [0.0, 0.0]);
    }

    #[test]
    fn hostile_counts_are_answered() {
        for law in [CountLaw::Binomial, CountLaw::Poisson, CountLaw::BetaBinomial { rho: 0.5 }] {
            for k in [-1e300, -1.0, 0.3, 1e15, 1e300, f64::MAX] {
                for n in [1.0, 1e12, 1e300, f64::MAX] {
                    let draw = drawn(law, k, n);
                    let many = [1e-16, 0.5, 1.0 - f64::EPSILON / 2.0].map(|u| draw.drawn(u));
                    assert!(many.iter().all(|drawn| *drawn >= 0.0), "{law:?} {k} {n}: {many:?}");
                }
            }
        }
    }
}
