//! The coordinates of the design: one number for each choice that is drawn in a run.

use sobol_burley::sample;

use super::{Area, Set, Stream, key, words};
use crate::robustness::plan::Design;

/// Coordinates that have a dimension of the sequence in each set.
const DIMENSIONS: u32 = 128;
/// Points that the sequence has.
const POINTS: u32 = 1 << 16;
/// What is added to a point of the sequence, so that no coordinate is 0: 2⁻²⁵.
const STEP: f64 = 1.0 / 33_554_432.0;

/// The points of choices, as a file of doubts wants them laid.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Points {
    design: Design,
    /// Scrambles the sequence.
    scramble: u32,
    /// What the sequence does not reach.
    beyond: Stream,
}

impl Points {
    /// The points of a seed.
    pub(crate) fn new(design: Design, seed: &str) -> Self {
        let [scramble, _] = words(&key(seed, "sobol"));
        Self { design, scramble, beyond: Stream::new(seed, "sobol") }
    }

    /// Coordinate `j` of point `n`, in (0, 1).
    ///
    /// In a Sobol design the sequence under hash-based Owen scrambling, dimension `j` in A and
    /// 128 + `j` in B: neighbouring dimensions of one set are better spread than A beside B. From the
    /// 129th coordinate on, and in a random design, the stream of the key `sobol` at (run, 0, `j`).
    pub(crate) fn coordinate(&self, n: u32, j: usize, set: Set) -> f64 {
        let j = u32::try_from(j).unwrap_or(u32::MAX);
        if self.design == Design::Random || j >= DIMENSIONS || n >= POINTS {
            return self.beyond.uniform(set.run(n), Area::NONE, j);
        }
        let dimension = match set {
            Set::A => j,
            Set::B => DIMENSIONS + j,
        };
        f64::from(sample(n, dimension, self.scramble)) + STEP
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOBOL: Design = Design::Sobol;
    /// The first word of SHA-256(`risk-index:robustness:v1|IRC 2026|sobol`), by Python's hashlib.
    const SCRAMBLE: u32 = 0xf854_0296;

    #[test]
    fn every_part_of_a_dimension_holds_one_point() {
        let points = Points::new(SOBOL, "IRC 2026");
        for (j, set) in [(0, Set::A), (2, Set::A), (127, Set::A), (0, Set::B), (127, Set::B)] {
            let mut drawn: Vec<f64> = (0..256).map(|n| points.coordinate(n, j, set)).collect();
            drawn.sort_by(f64::total_cmp);
            for (part, u) in drawn.iter().enumerate() {
                assert!(*u > 0.0 && *u < 1.0);
                assert!((u * 256.0 - part as f64 - 0.5).abs() < 0.5, "{j} of {set:?}: {u}");
            }
        }
    }

    #[test]
    fn a_coordinate_is_a_dimension_of_the_sequence_under_the_hashed_seed() {
        let points = Points::new(SOBOL, "IRC 2026");
        assert_eq!(points.scramble, SCRAMBLE);
        let expected = f64::from(sample(5, 130, SCRAMBLE)) + 1.0 / 33_554_432.0;
        assert_eq!(points.coordinate(5, 2, Set::B).to_bits(), expected.to_bits());
    }

    #[test]
    fn what_the_sequence_does_not_reach_is_random() {
        let (sobol, random) = (Points::new(SOBOL, "s"), Points::new(Design::Random, "s"));
        for (n, j) in [(3, 128), (7, usize::MAX), (POINTS, 0)] {
            for set in [Set::A, Set::B] {
                let expected = random.coordinate(n, j, set);
                assert_eq!(sobol.coordinate(n, j, set).to_bits(), expected.to_bits());
            }
        }
        assert!(sobol.coordinate(3, 0, Set::A) != random.coordinate(3, 0, Set::A));
    }
}
