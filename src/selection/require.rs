//! Sums that the selected must come to, as weighted sums of a phase's problem.

use super::programme::{Least, Phase, Programme, Require};
use super::ranked_pool::RankedPool;
use super::rule_ref::{Objection, Refusal};
use crate::message::selection::refusal as message;
use crate::optimise::{Row, WeightedSum};
use crate::selection::ProgrammeKey;

/// What a list comes to of a required sum.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SumReached {
    /// What is summed.
    pub(crate) sum: String,
    /// The least that is required; none where it may not be shown.
    pub(crate) least: Option<i64>,
    /// The most that is allowed.
    pub(crate) most: Option<i64>,
    /// What it comes to; none where that may not be shown.
    pub(crate) reached: Option<i64>,
}

impl Require {
    /// The phase up to and including which it sums.
    pub(super) fn phase<'p>(&'p self, programme: &'p Programme) -> Option<&'p str> {
        let last = programme.phases.last().map(|phase| phase.id.as_str());
        self.phase.as_deref().or(last)
    }
}

/// The sums required of a phase, by name.
pub(super) fn sums(
    ranked: &RankedPool<'_>,
    phase: &Phase,
) -> Result<Vec<(String, WeightedSum)>, Refusal> {
    let programme = ranked.programme;
    let is_here = |require: &&Require| require.phase(programme) == Some(&phase.id);
    let mut sums: Vec<(String, WeightedSum)> = Vec::new();
    for require in programme.require.iter().filter(is_here) {
        let sum = sum(ranked, require)?;
        match sums.iter_mut().find(|(name, _)| *name == require.sum) {
            // two bounds of one sum hold together
            Some((_, known)) => {
                known.bounds.lo = known.bounds.lo.max(sum.bounds.lo);
                known.bounds.hi = known.bounds.hi.min(sum.bounds.hi);
            }
            None => sums.push((require.sum.clone(), sum)),
        }
    }
    Ok(sums)
}

fn sum(ranked: &RankedPool<'_>, require: &Require) -> Result<WeightedSum, Refusal> {
    let pool = ranked.pool;
    let refuse = |rule, advice| Refusal::one(Objection::new(rule, ProgrammeKey::Require, advice));
    let Some(measure) = pool.measures.iter().position(|name| *name == require.sum) else {
        let known = pool.measures.iter().map(String::as_str);
        return Err(refuse("unknown-measure", message::unknown_measure(&require.sum, known)));
    };
    for candidate in &pool.candidates {
        let (code, value) = (&candidate.code, candidate.measures[measure]);
        if value < 0 {
            let advice = message::negative_votes(code, value, &require.sum).into();
            return Err(refuse("negative-votes", advice));
        }
    }
    let passing = ranked.entrants.passing.iter();
    let eligible: i128 = passing.map(|at| i128::from(pool.unit(*at).measures[measure])).sum();
    let lo = match require.least {
        None => 0,
        Some(Least::Of(least)) => least,
        Some(Least::ShareOfEligible(share)) => {
            let of = i128::from(share.of.max(1));
            let least = (eligible * i128::from(share.parts) + of - 1) / of;
            i64::try_from(least).unwrap_or(i64::MAX)
        }
    };
    let weights = ranked.ranks().map(|rank| ranked.candidate(rank).measures[measure]).collect();
    Ok(WeightedSum { weights, bounds: Row { lo, hi: require.most.unwrap_or(i64::MAX) } })
}
