//! Who comes before whom: score, declared keys, public lottery, code; where lots are drawn among those
//! whose place is contested, the certain first, then the contested by ticket, then those that are out.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use super::pool::{Candidate, Points, Pool, Standing, UnitIndex};
use super::programme::{Order, Programme};
use super::rule_ref::{Objection, Refusal};
use crate::message::selection::refusal as message;
use crate::selection::ProgrammeKey;

/// The lottery ticket of a unit: lowercase hexadecimal SHA-256 of
/// `risk-index:lottery:v1|<seed>|<code>`. The smallest ticket comes first.
///
/// A ticket depends on the seed and the code only: it stays the same through corrections, appeals
/// and phases, and anybody can check it with `sha256sum`.
pub(super) fn ticket(seed: &str, code: &str) -> String {
    let digest = Sha256::digest(format!("risk-index:lottery:v1|{seed}|{code}"));
    digest.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// What places a unit in the order, in the order of comparison.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct OrderKey<'a> {
    /// How sure its place is, where lots are drawn among the contested.
    standing: Option<Standing>,
    /// Unscored units come last; then more points first.
    points: Reverse<Option<Points>>,
    keys: Vec<Reverse<i64>>,
    /// The ticket, empty without a lottery.
    pub(super) ticket: String,
    code: &'a str,
    /// Among whom its ticket alone decides, where its place is contested and lots are drawn.
    stratum: Option<usize>,
}

impl<'a> OrderKey<'a> {
    pub(super) fn new(
        programme: &Programme,
        candidate: &'a Candidate,
        points: Option<Points>,
        stratum: Option<usize>,
    ) -> Self {
        let Order { lottery, draw, .. } = &programme.order;
        Self {
            standing: candidate.standing.filter(|_| draw.is_some()),
            points: Reverse(points),
            keys: candidate.keys.iter().map(|key| Reverse(*key)).collect(),
            ticket: lottery.as_ref().map_or_else(String::new, |l| ticket(&l.seed, &candidate.code)),
            code: &candidate.code,
            stratum,
        }
    }

    /// Among whom its ticket alone decides; none where its place is not drawn.
    pub(super) fn stratum(&self) -> Option<usize> {
        self.stratum
    }

    /// Whether its place is contested and drawn by lot.
    pub(super) fn is_drawn(&self) -> bool {
        self.stratum.is_some()
    }

    /// Whether only the lottery or the code separates two units.
    pub(super) fn ties_with(&self, other: &Self) -> bool {
        if self.is_drawn() || other.is_drawn() {
            return self.stratum == other.stratum;
        }
        (self.standing, self.points, &self.keys) == (other.standing, other.points, &other.keys)
    }
}

/// Among whom lots are drawn.
pub(super) struct Draws<'a> {
    pool: &'a Pool,
    /// Whether they are drawn at all.
    is_drawn: bool,
    /// The classification within whose groups they are.
    family: Option<usize>,
}

impl<'a> Draws<'a> {
    pub(super) fn of(programme: &Programme, pool: &'a Pool) -> Result<Self, Refusal> {
        let by = programme.order.draw.as_ref().and_then(|draw| draw.by.as_ref());
        let known = |by: &String| {
            pool.classification(by).ok_or_else(|| {
                let known = pool.classifications.iter().map(|family| family.id.as_str());
                let advice = message::unknown_classification(by, known);
                let objection = Objection::new("quota-by", ProgrammeKey::DrawBy, advice);
                Refusal { objections: vec![objection] }
            })
        };
        let family = by.map(known).transpose()?;
        Ok(Self { pool, is_drawn: programme.order.draw.is_some(), family })
    }

    /// Those among whom the ticket of a unit decides; none where its place is not contested.
    pub(super) fn stratum(&self, at: UnitIndex) -> Option<usize> {
        let unit = self.pool.unit(at);
        let is_contested = self.is_drawn && unit.standing == Some(Standing::Contested);
        // those of no group are one behind the last
        let group = self.family.map_or(0, |family| {
            unit.groups[family].unwrap_or(self.pool.classifications[family].groups.len())
        });
        is_contested.then_some(group)
    }
}

/// Draws lots: the contested of a stratum keep together the positions that they have by score, and their
/// tickets say which of them has which, the smallest the first.
pub(super) fn draw(ranked: &mut [(OrderKey<'_>, UnitIndex)]) {
    let mut positions: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (at, (key, _)) in ranked.iter().enumerate() {
        if let Some(stratum) = key.stratum {
            positions.entry(stratum).or_default().push(at);
        }
    }
    for positions in positions.into_values() {
        // one alone keeps its position whatever its ticket
        if let [only] = positions[..] {
            ranked[only].0.stratum = None;
        }
        let mut drawn: Vec<_> = positions.iter().map(|at| ranked[*at].clone()).collect();
        drawn.sort_by(|(a, _), (b, _)| (&a.ticket, a.code).cmp(&(&b.ticket, b.code)));
        positions.into_iter().zip(drawn).for_each(|(at, unit)| ranked[at] = unit);
    }
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
