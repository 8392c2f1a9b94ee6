//! Who comes before whom: score, declared keys, public lottery, code.

use std::cmp::{Ordering, Reverse};

use sha2::{Digest, Sha256};

use super::{Points, Pool, Programme};

/// The lottery ticket of a unit: lowercase hexadecimal SHA-256 of
/// `risk-index:lottery:v1|<seed>|<code>`. The smallest ticket comes first.
///
/// A ticket depends on the seed and the code only: it stays the same through corrections, appeals
/// and phases, and anybody can check it with `sha256sum`.
pub fn ticket(seed: &str, code: &str) -> String {
    let digest = Sha256::digest(format!("risk-index:lottery:v1|{seed}|{code}"));
    digest.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// What places a unit in the order, in the order of comparison.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Standing {
    /// Unscored units come last; then more points first.
    points: (Reverse<Option<Points>>, Vec<Reverse<i64>>),
    /// The ticket, empty without a lottery.
    pub(super) ticket: String,
    code: String,
}

impl Standing {
    /// Whether only the lottery or the code separates two units.
    pub(super) fn ties_with(&self, other: &Self) -> bool {
        self.points == other.points
    }
}

/// The candidates in priority order.
#[derive(Clone, Debug)]
pub(super) struct Ranking {
    /// Positions in the pool, first to last.
    pub(super) order: Vec<usize>,
    /// Standing of each, in the same order.
    pub(super) standings: Vec<Standing>,
}

/// Orders the candidates at `chosen` positions of the pool; `points` are theirs by position.
pub(super) fn rank(
    programme: &Programme,
    pool: &Pool,
    chosen: &[usize],
    points: &[Option<Points>],
) -> Ranking {
    let standing = |at: usize| {
        let candidate = &pool.candidates[at];
        let lottery = programme.order.lottery.as_ref();
        Standing {
            points: (Reverse(points[at]), candidate.keys.iter().map(|key| Reverse(*key)).collect()),
            ticket: lottery.map_or_else(String::new, |l| ticket(&l.seed, &candidate.code)),
            code: candidate.code.clone(),
        }
    };
    let mut ranked: Vec<_> = chosen.iter().map(|at| (standing(*at), *at)).collect();
    ranked.sort_by(|a, b| -> Ordering { a.0.cmp(&b.0) });
    let (standings, order) = ranked.into_iter().unzip();
    Ranking { order, standings }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_the_digest_anybody_can_compute() {
        assert_eq!(
            ticket("6/49 2026-12-06: 3 11 17 24 38 45", "900201"),
            "47edb47725320b207e8d1b2fa5aabfea615c62f32b29c6a22d66482fa1a079c7"
        );
    }

    #[test]
    fn a_unit_without_a_score_stands_last() {
        let some = Reverse(Some(Points::from_units(-5)));
        assert!(some < Reverse(None));
    }
}
