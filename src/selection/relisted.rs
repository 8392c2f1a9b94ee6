//! A list that is asked for thousands of times, each time with other scores: what does not depend on
//! them is known once, and equal units share the places between them.
//!
//! Quotas under priority, nested or of two kinds that cross, are walked directly, in the order of the scores;
//! every other programme is solved as [`select`](super::select) solves it. Decisions, appeals and the reserve are no part of it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::history::History;
use super::order::ticket;
use super::phases::{self, SolvedPhase, projects};
use super::pool::{Points, Pool, UnitIndex};
use super::programme::{Appeals, Lottery, Programme, QuotaRule, Rule};
use super::ranked_pool::{PhaseIndex, RankedPool};
use super::rule_ref::Refusal;
use super::ties;
use crate::optimise::{IndexVec, Position, Rank, Solution, Treated, Walk};

/// What the units of a pool have of the places of each phase.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Listed {
    /// For each unit the phase in which it has a place of its own.
    pub(crate) phase: Vec<Option<u16>>,
    /// Units that have a share of a place beside equals, by unit, then by phase.
    pub(crate) shared: Vec<SharedPlace>,
    /// Whether equal units at a cut could not share alike, so that their tickets decided.
    pub(crate) by_ticket: bool,
    /// Whether each phase is proved to be the list that was asked for.
    pub(crate) is_proved: bool,
}

/// A share of the places of a phase, for one of several equal units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SharedPlace {
    /// Its position in the pool.
    pub(crate) unit: usize,
    /// The phase.
    pub(crate) phase: u16,
    /// What it has of a place.
    pub(crate) share: Part,
}

/// A fraction from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Places.
    pub(crate) seats: u32,
    /// Units that share them.
    pub(crate) of: u32,
}

impl Part {
    const NONE: Self = Self { seats: 0, of: 1 };
    const WHOLE: Self = Self { seats: 1, of: 1 };

    fn is_at_most(self, other: Self) -> bool {
        u64::from(self.seats) * u64::from(other.of) <= u64::from(other.seats) * u64::from(self.of)
    }

    /// What is left of it without a lesser one; `None` where no fraction of this size says it.
    fn without(self, less: Self) -> Option<Self> {
        if less.seats == 0 {
            return Some(self);
        }
        let of = self.of.checked_mul(less.of)?;
        let left =
            self.seats.checked_mul(less.of)?.checked_sub(less.seats.checked_mul(self.of)?)?;
        Some(if left == of { Self::WHOLE } else { Self { seats: left, of } })
    }
}

impl Listed {
    /// What each unit has of the places of a phase, 0 to 1; of all phases for none.
    pub(crate) fn shares(&self, phase: Option<usize>) -> Vec<f64> {
        let counts = |own: u16| phase.is_none_or(|phase| usize::from(own) == phase);
        let whole = |own: &Option<u16>| f64::from(u8::from(own.is_some_and(counts)));
        let mut shares: Vec<f64> = self.phase.iter().map(whole).collect();
        for place in self.shared.iter().filter(|place| counts(place.phase)) {
            shares[place.unit] += f64::from(place.share.seats) / f64::from(place.share.of);
        }
        shares
    }

    /// From how much each unit has of the places up to each phase; `None` where no fraction says it.
    fn of(cumulated: &[Vec<Part>]) -> Option<Self> {
        let units = cumulated.first().map_or(0, Vec::len);
        let mut listed = Self { phase: vec![None; units], ..Self::default() };
        for unit in 0..units {
            let mut before = Part::NONE;
            for (number, reached) in cumulated.iter().enumerate() {
                let phase = number as u16;
                let share = reached[unit].without(before)?;
                before = reached[unit];
                if share == Part::WHOLE {
                    listed.phase[unit] = Some(phase);
                } else if share.seats > 0 {
                    listed.shared.push(SharedPlace { unit, phase, share });
                }
            }
        }
        Some(listed)
    }
}

/// A programme and a pool, of which the scores change.
pub(crate) struct Relister<'a> {
    /// The programme; where units share places, with a draw of its own if it declares none, so that codes
    /// decide nothing.
    programme: Programme,
    pool: &'a Pool,
    /// Whether equal units share the places between them, where the programme declares no lottery.
    shares_ties: bool,
    walk: Option<PriorityWalk>,
}

/// The phases of a programme, as rows over the units in the order of the pool.
struct PriorityWalk {
    /// The unit of each position in the rows.
    units: Vec<UnitIndex>,
    /// Of each position: the keys, the greater first, then the place of its ticket or code.
    keys: Vec<(Vec<Reverse<i64>>, u32)>,
    /// From which phase on each position is in by decision.
    from: IndexVec<Rank, Option<PhaseIndex>>,
    phases: Vec<Walk>,
    /// Which units of the pool have a score.
    scored: Vec<bool>,
    decimals: u8,
}

impl<'a> Relister<'a> {
    /// For a pool with its declared scores. `seed` draws the tickets of equal units where the programme
    /// declares no lottery.
    pub(crate) fn new(programme: &Programme, pool: &'a Pool, seed: &str) -> Result<Self, Refusal> {
        let shares_ties = programme.order.lottery.is_none();
        let mut programme = programme.clone();
        programme.order.lottery.get_or_insert_with(|| Lottery {
            source: String::new(),
            announced: String::new(),
            seed: seed.to_owned(),
        });
        let walk = PriorityWalk::new(&programme, pool)?;
        Ok(Self { programme, pool, shares_ties, walk })
    }

    /// The same, equal units left to what the programme declares: its lottery, else their codes. `None` where
    /// an earlier list keeps somebody on this one.
    pub(crate) fn as_declared(
        programme: &Programme,
        pool: &'a Pool,
        history: &History,
    ) -> Result<Option<Self>, Refusal> {
        let is_kept = programme.decisions.policy == Appeals::HoldHarmless
            && history.previous.iter().flatten().any(|published| published.holds);
        if is_kept || !history.accepted_places().is_empty() {
            return Ok(None);
        }
        let walk = PriorityWalk::new(programme, pool)?;
        Ok(Some(Self { programme: programme.clone(), pool, shares_ties: false, walk }))
    }

    /// The list under other scores, one for each unit of the pool.
    pub(crate) fn list(&self, scores: &[Option<f64>]) -> Result<Listed, Refusal> {
        let walked = self.walk.as_ref().and_then(|walk| walk.list(scores, self.shares_ties));
        match walked {
            Some(listed) => Ok(listed),
            None => {
                let mut pool = self.pool.clone();
                for (candidate, score) in pool.candidates.iter_mut().zip(scores) {
                    candidate.score = *score;
                }
                self.solved(&pool)
            }
        }
    }

    /// The list of a pool in which more than scores may be others.
    pub(crate) fn list_of(&self, pool: &Pool) -> Result<Listed, Refusal> {
        self.solved(pool)
    }

    fn solved(&self, pool: &Pool) -> Result<Listed, Refusal> {
        let nothing = History::default();
        let ranked = &RankedPool::new(&self.programme, pool, &nothing)?;
        let solved = phases::solve(ranked, &ranked.locked_from(&nothing))?;
        let up_to = |phase: &SolvedPhase| {
            let on = ranked.order().enumerate().filter(|(rank, _)| phase.holds(*rank));
            Cumulated::on(pool.candidates.len(), on.map(|(_, at)| at.number()))
        };
        let mut cumulated =
            Cumulated { phases: solved.iter().map(up_to).collect(), by_ticket: false };
        if self.shares_ties {
            let unions = self.programme.unions.as_ref();
            let projects = unions.map(|unions| projects(ranked, unions)).transpose()?;
            let position: BTreeMap<&str, usize> =
                pool.units().map(|(at, unit)| (unit.code.as_str(), at.number())).collect();
            for tie in ties::ties(ranked, &solved, &projects.unwrap_or_default()).iter().rev() {
                let phase = solved.iter().position(|phase| phase.id() == tie.phase);
                let codes = tie.inside.iter().chain(&tie.outside);
                let tied: Vec<usize> =
                    codes.filter_map(|code| position.get(code.as_str()).copied()).collect();
                if let Some(phase) = phase {
                    cumulated.share_out(phase, &tied, tie.inside.len());
                }
            }
        }
        let is_proved = solved.iter().all(|phase| phase.solved.proved);
        Ok(cumulated.listed(is_proved))
    }
}

/// How much each unit has of the places up to each phase.
struct Cumulated {
    phases: Vec<Vec<Part>>,
    by_ticket: bool,
}

impl Cumulated {
    /// Of a phase that gives some units a place each.
    fn on(units: usize, holding: impl Iterator<Item = usize>) -> Vec<Part> {
        let mut parts = vec![Part::NONE; units];
        holding.for_each(|unit| parts[unit] = Part::WHOLE);
        parts
    }

    /// Gives equal units their share of the places up to a phase, the phases behind it known already. Where
    /// one of them would have more than in the next phase or had more in the one before, the tickets stand.
    fn share_out(&mut self, phase: usize, tied: &[usize], inside: usize) {
        let share = Part { seats: inside as u32, of: tied.len() as u32 };
        let before = |unit: usize| match phase.checked_sub(1) {
            Some(earlier) => self.phases[earlier][unit],
            None => Part::NONE,
        };
        let behind = |unit: usize| match self.phases.get(phase + 1) {
            Some(later) => later[unit],
            None => Part::WHOLE,
        };
        let fits = tied
            .iter()
            .all(|&unit| before(unit).is_at_most(share) && share.is_at_most(behind(unit)));
        if fits {
            tied.iter().for_each(|&unit| self.phases[phase][unit] = share);
        } else {
            self.by_ticket = true;
        }
    }

    fn listed(self, is_proved: bool) -> Listed {
        let listed = Listed::of(&self.phases).unwrap_or_else(|| {
            // a difference of two shares that no fraction holds: whoever has most of a place has it
            let rounded = |part: &Part| {
                if part.seats.saturating_mul(2) >= part.of { Part::WHOLE } else { Part::NONE }
            };
            let whole: Vec<Vec<Part>> =
                self.phases.iter().map(|parts| parts.iter().map(rounded).collect()).collect();
            Listed::of(&whole).expect("whole places have whole differences")
        });
        Listed { by_ticket: self.by_ticket, is_proved, ..listed }
    }
}

impl PriorityWalk {
    /// The rows of a programme that a walk down the scores answers; `None` where something else is asked:
    /// a sum, money, unions, more than two kinds of quotas that cross, bounds that depend on who is in.
    fn new(programme: &Programme, pool: &Pool) -> Result<Option<Self>, Refusal> {
        let depends = |rule: &QuotaRule| {
            matches!(rule, QuotaRule::Apportioned { .. }) && {
                programme.phases.len() > 1 || !programme.eligible.include.is_empty()
            }
        };
        let plain = programme.rule == Rule::Priority
            && programme.budget.is_none()
            && programme.unions.is_none()
            && programme.require.is_empty()
            && !programme.phases.iter().flat_map(|it| &it.quota).any(|it| depends(&it.rule));
        if !plain {
            return Ok(None);
        }
        let nothing = History::default();
        let ranked = &RankedPool::new(programme, pool, &nothing)?;
        let nobody = Solution::filled(false, ranked.len());
        let mut phases = Vec::new();
        for phase in &programme.phases {
            match Walk::new(&phases::problem(ranked, phase, &nobody)?.problem) {
                Some(walk) => phases.push(walk),
                None => return Ok(None),
            }
        }
        let lottery = programme.order.lottery.as_ref();
        let units: Vec<UnitIndex> = ranked.order().iter().copied().collect();
        // without a lottery the codes decide
        let last_key = |at: &UnitIndex| {
            let code = &pool.unit(*at).code;
            lottery.map_or_else(|| code.clone(), |lottery| ticket(&lottery.seed, code))
        };
        let tickets: Vec<String> = units.iter().map(last_key).collect();
        let mut drawn: Vec<usize> = (0..units.len()).collect();
        drawn.sort_by(|a, b| tickets[*a].cmp(&tickets[*b]));
        let mut place = vec![0; units.len()];
        drawn.iter().enumerate().for_each(|(number, at)| place[*at] = number as u32);
        let keys = units.iter().zip(place).map(|(at, place)| {
            (pool.unit(*at).keys.iter().map(|key| Reverse(*key)).collect(), place)
        });
        Ok(Some(Self {
            keys: keys.collect(),
            units,
            from: ranked.locked_from(&nothing),
            phases,
            scored: pool.candidates.iter().map(|unit| unit.score.is_some()).collect(),
            decimals: programme.order.decimals,
        }))
    }

    /// The positions, first to last: by points, keys and tickets.
    fn order(&self, points: &[Reverse<Option<i64>>]) -> Vec<usize> {
        if self.keys.iter().all(|(keys, _)| keys.is_empty()) {
            let mut order: Vec<(Reverse<Option<i64>>, u32, u32)> =
                (0..points.len()).map(|at| (points[at], self.keys[at].1, at as u32)).collect();
            order.sort_unstable();
            return order.into_iter().map(|(.., at)| at as usize).collect();
        }
        let mut order: Vec<usize> = (0..points.len()).collect();
        order.sort_unstable_by(|&a, &b| {
            points[a].cmp(&points[b]).then_with(|| self.keys[a].cmp(&self.keys[b]))
        });
        order
    }

    /// The list; `None` where other units than before have a score, where a score has no published form,
    /// where the rules leave no list, or where equal units stand at a cut of quotas that cross.
    fn list(&self, scores: &[Option<f64>], shares_ties: bool) -> Option<Listed> {
        if scores.iter().zip(&self.scored).any(|(score, scored)| score.is_some() != *scored) {
            return None;
        }
        let mut points: Vec<Reverse<Option<i64>>> = Vec::with_capacity(self.units.len());
        for at in &self.units {
            let rounded = scores[at.number()].map(|score| Points::round(score, self.decimals));
            points.push(Reverse(rounded.transpose().ok()?.map(Points::units)));
        }
        let order = self.order(&points);
        let equal =
            |a: &usize, b: &usize| points[*a] == points[*b] && self.keys[*a].0 == self.keys[*b].0;
        let order: Vec<Rank> = order.into_iter().map(Rank::new).collect();
        let mut before = Solution::filled(false, self.units.len());
        let mut phases = Vec::with_capacity(self.phases.len());
        let mut ties = Vec::new();
        for (number, walk) in self.phases.iter().enumerate() {
            let phase = Some(PhaseIndex::new(number));
            let mut locked = before;
            for (rank, _) in self.from.enumerate().filter(|(_, from)| **from == phase) {
                locked[rank] = true;
            }
            let solution = walk.best(&order, &locked)?;
            if shares_ties {
                let tied = order.chunk_by(|a, b| equal(&a.number(), &b.number()));
                for tied in tied.filter(|tied| tied.len() > 1) {
                    match walk.tie(tied, &locked, &solution) {
                        Treated::Apart => {}
                        Treated::Parted(tie) => ties.push((number, tie)),
                        Treated::NotTold => return None,
                    }
                }
            }
            let on = solution.marked().map(|rank| self.units[rank.number()].number());
            phases.push(Cumulated::on(scores.len(), on));
            before = solution;
        }
        let mut cumulated = Cumulated { phases, by_ticket: false };
        for (phase, tie) in ties.into_iter().rev() {
            let unit = |rank: &Rank| self.units[rank.number()].number();
            let units: Vec<usize> = tie.ranks.iter().map(unit).collect();
            if tie.is_alike {
                cumulated.share_out(phase, &units, tie.inside);
            } else {
                cumulated.by_ticket = true;
            }
        }
        Some(cumulated.listed(true))
    }
}
