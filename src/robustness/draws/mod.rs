//! Numbers between 0 and 1 that follow from the seed of a file of doubts and from nothing else: not
//! from threads, the order of units, or which other units and doubts there are.

mod philox;
pub(crate) mod sobol;

use philox::philox;
use sha2::{Digest, Sha256};

/// The two independent designs from which shares of the variance are computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Set {
    /// The points of the joint design.
    A,
    /// Others.
    B,
}

impl Set {
    /// The word of the counter that stands for point `n`.
    pub(crate) const fn run(self, n: u32) -> u32 {
        match self {
            Self::A => n,
            Self::B => n | 1 << 31,
        }
    }
}

/// An area, as counters hold it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Area([u32; 2]);

impl Area {
    /// For what is drawn once for all areas.
    pub(crate) const NONE: Self = Self([0, 0]);

    /// The area of a code, as observations name it: the first 8 bytes of its SHA-256, little-endian.
    pub(crate) fn new(code: &str) -> Self {
        Self(words(code))
    }
}

/// The numbers of one doubt.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stream {
    key: [u32; 2],
}

impl Stream {
    /// The stream of a doubt: its key is the first 8 bytes, little-endian, of the SHA-256 of
    /// `risk-index:robustness:v1|seed|doubt`.
    pub(crate) fn new(seed: &str, doubt: &str) -> Self {
        Self { key: words(&key(seed, doubt)) }
    }

    /// The number in (0, 1) of a run ([`Set::run`]), an area, and position `k` in the doubt's list.
    pub(crate) fn uniform(self, run: u32, area: Area, k: u32) -> f64 {
        let [c0, c1, ..] = philox([run, area.0[0], area.0[1], k], self.key);
        unit(u64::from(c0) << 32 | u64::from(c1))
    }
}

/// The middle of one of the 2⁵³ equal parts of (0, 1), by the upper bits of a word. What rounds to 1
/// is the number below it.
fn unit(word: u64) -> f64 {
    const PARTS: f64 = 9_007_199_254_740_992.0;
    ((((word >> 11) as f64) + 0.5) / PARTS).min(1.0 - f64::EPSILON / 2.0)
}

/// The text whose hash is the key of a doubt.
fn key(seed: &str, doubt: &str) -> String {
    format!("risk-index:robustness:v1|{seed}|{doubt}")
}

/// The first eight bytes of the SHA-256 of a text as two little-endian words, the low one first.
fn words(text: &str) -> [u32; 2] {
    let hash = Sha256::digest(text.as_bytes());
    let word = |at: usize| u32::from_le_bytes([hash[at], hash[at + 1], hash[at + 2], hash[at + 3]]);
    [word(0), word(4)]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn case(doubt: &str, run: u32, at: (Area, u32), expected: f64) {
        let u = Stream::new("IRC 2026", doubt).uniform(run, at.0, at.1);
        assert_eq!(u.to_bits(), expected.to_bits(), "{doubt} {run}: {u}");
    }

    #[test]
    fn numbers_are_those_that_another_program_computes() {
        // by Python's hashlib and integers
        case("arope", Set::A.run(0), (Area::new("RO21"), 0), 0.031_418_489_216_345_21);
        case("small-numbers", Set::A.run(17), (Area::new("86687"), 2), 0.046_966_746_975_868_72);
        case("small-numbers", Set::B.run(17), (Area::new("86687"), 2), 0.082_898_829_061_795_41);
        case("bootstrap", Set::A.run(499), (Area::NONE, 1023), 0.281_161_952_297_755_9);
    }

    #[test]
    fn no_number_is_0_or_1() {
        assert!(unit(0) > 0.0);
        assert!(unit(u64::MAX) < 1.0);
    }

    #[test]
    fn numbers_spread_evenly() {
        let stream = Stream::new("IRC 2026", "arope");
        let area = Area::new("RO21");
        let mut parts = [0_u32; 16];
        for n in 0..16_000 {
            let u = stream.uniform(Set::A.run(n), area, 0);
            let part = (0..15).position(|at| u * 16.0 < f64::from(at + 1)).unwrap_or(15);
            parts[part] += 1;
        }
        let distance: f64 = parts
            .iter()
            .map(|&count| {
                let apart = f64::from(count) - 1000.0;
                apart * apart / 1000.0
            })
            .sum();
        // chi-squared of 15 degrees of freedom: 99.9 % lie below
        assert!(distance < 37.7, "{parts:?}");
    }
}
