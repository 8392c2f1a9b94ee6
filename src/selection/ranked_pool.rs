//! The units that may take a place, in priority order.
//!
//! Who may be chosen at all: `where`, then exclusions, then inclusions, then a score. Who comes before
//! whom, `order` says.

use std::collections::{BTreeMap, BTreeSet};

use super::history::History;
use super::order::{Draws, OrderKey, draw};
use super::pool::{Candidate, Points, PointsError, Pool, UnitIndex, lei};
use super::programme::{Appeals, Lock, Objective, Programme, Rule, Unscored};
use super::rule_ref::{Objection, Refusal};
use crate::message::selection::refusal as message;
use crate::optimise::{Criterion, IndexVec, Position, Rank, positions};
use crate::quality::Message;
use crate::selection::ProgrammeKey;

positions! {
    /// A phase of a programme.
    PhaseIndex
}

/// A programme and a pool that fit each other, with the units in priority order.
pub(super) struct RankedPool<'a> {
    pub(super) programme: &'a Programme,
    pub(super) pool: &'a Pool,
    pub(super) entrants: Entrants,
    /// The units that may take a place, first to last.
    order: IndexVec<Rank, UnitIndex>,
    /// By rank what places each.
    pub(super) keys: IndexVec<Rank, OrderKey<'a>>,
}

impl<'a> RankedPool<'a> {
    /// Checks the two against each other; every objection at once.
    pub(super) fn new(
        programme: &'a Programme,
        pool: &'a Pool,
        history: &History,
    ) -> Result<Self, Refusal> {
        let entrants = Entrants::new(programme, pool, &history.accepted_places())
            .map_err(|objections| Refusal { objections })?;
        let draws = Draws::of(programme, pool)?;
        let key = |at: &UnitIndex| {
            OrderKey::new(programme, pool.unit(*at), entrants.points[*at], draws.stratum(*at))
        };
        let mut ranked: Vec<(OrderKey<'_>, UnitIndex)> =
            entrants.contenders.iter().map(|at| (key(at), *at)).collect();
        ranked.sort_by(|a, b| a.0.cmp(&b.0));
        draw(&mut ranked);
        let order = ranked.iter().map(|(_, at)| *at).collect();
        let keys = ranked.into_iter().map(|(key, _)| key).collect();
        Ok(Self { programme, pool, entrants, order, keys })
    }

    /// What *best* means here.
    pub(super) fn criterion(&self) -> Criterion {
        match self.programme.rule {
            Rule::Priority => Criterion::Priority,
            Rule::Coverage(_) => Criterion::Coverage,
        }
    }

    /// How many units may take a place.
    pub(super) fn len(&self) -> usize {
        self.order.len()
    }

    /// All ranks, first to last.
    pub(super) fn ranks(&self) -> impl DoubleEndedIterator<Item = Rank> + use<> {
        self.order.positions()
    }

    /// The unit of each rank.
    pub(super) fn order(&self) -> &IndexVec<Rank, UnitIndex> {
        &self.order
    }

    /// The unit of a rank.
    pub(super) fn candidate(&self, rank: Rank) -> &'a Candidate {
        self.pool.unit(self.order[rank])
    }

    /// The code of a rank.
    pub(super) fn code(&self, rank: Rank) -> &'a str {
        &self.candidate(rank).code
    }

    /// The codes of some ranks.
    pub(super) fn codes(&self, ranks: &[Rank]) -> Vec<String> {
        ranks.iter().map(|rank| self.code(*rank).to_owned()).collect()
    }

    /// Ranks by code.
    pub(super) fn ranks_by_code(&self) -> BTreeMap<&'a str, Rank> {
        self.ranks().map(|rank| (self.code(rank), rank)).collect()
    }

    /// Whether a rank has a score.
    pub(super) fn is_scored(&self, rank: Rank) -> bool {
        self.entrants.points[self.order[rank]].is_some()
    }

    /// The points of a rank, zero where a unit has none.
    pub(super) fn points(&self, rank: Rank) -> i64 {
        self.entrants.points[self.order[rank]].map_or(0, Points::units)
    }

    /// Points that one rank has more than another; none where one has no score, or a draw and not the score
    /// puts one before the other.
    pub(super) fn points_between(&self, one: Rank, other: Rank) -> Option<i64> {
        let by_score =
            [one, other].iter().all(|rank| self.is_scored(*rank) && !self.keys[*rank].is_drawn());
        self.points(one).checked_sub(self.points(other)).filter(|_| by_score)
    }

    /// What coverage sums for a rank.
    pub(super) fn value(&self, rank: Rank) -> i64 {
        match self.programme.rule {
            Rule::Coverage(Objective::People) => self.candidate(rank).people,
            Rule::Coverage(Objective::Score) | Rule::Priority => self.points(rank),
        }
    }

    /// By rank the phase from which on a unit is in: by decision from the first, with an accepted place
    /// from the phase of that place.
    pub(super) fn locked_from(&self, history: &History) -> IndexVec<Rank, Option<PhaseIndex>> {
        let accepted = history.accepted_places();
        let phase = |id: Option<&str>| {
            self.programme.phases.iter().position(|phase| Some(phase.id.as_str()) == id)
        };
        let from = |at: &UnitIndex| match &self.entrants.access[*at] {
            Access::Included(_) => Some(PhaseIndex::new(0)),
            // on a hold-harmless list it is added to those who qualify now, and takes no place of theirs
            Access::Accepted if self.adds(*at) => None,
            Access::Accepted => {
                let id = accepted.get(self.pool.unit(*at).code.as_str());
                Some(PhaseIndex::new(id.and_then(|id| phase(*id)).unwrap_or(0)))
            }
            Access::Open | Access::Excluded(_) | Access::Ineligible | Access::Unscored(_) => None,
        };
        self.order.iter().map(from).collect()
    }

    /// Whether a unit would be on a hold-harmless list without being locked in.
    fn adds(&self, at: UnitIndex) -> bool {
        self.programme.decisions.policy == Appeals::HoldHarmless
            && self.pool.unit(at).passes()
            && self.entrants.points[at].is_some()
    }
}

/// The access of a unit before anything is ordered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Access {
    /// May take a place.
    Open,
    /// Takes a place by decision, for a reason.
    Included(String),
    /// Keeps a place that it accepted on an earlier list.
    Accepted,
    /// Out by decision, for a reason.
    Excluded(String),
    /// Does not pass `where`.
    Ineligible,
    /// Has no score, and the programme says why that is enough.
    Unscored(String),
}

/// Codes with an accepted place, each with the phase of the place.
type Accepted<'a> = BTreeMap<&'a str, Option<&'a str>>;

/// The units of a pool as the programme sees them.
#[derive(Clone, Debug)]
pub(super) struct Entrants {
    pub(super) access: IndexVec<UnitIndex, Access>,
    /// Published points.
    pub(super) points: IndexVec<UnitIndex, Option<Points>>,
    /// Units that pass `where`, whatever happens to them after.
    pub(super) passing: Vec<UnitIndex>,
    /// Units that may take a place.
    pub(super) contenders: Vec<UnitIndex>,
}

impl Entrants {
    /// Sorts the units of a pool; every objection at once.
    fn new(
        programme: &Programme,
        pool: &Pool,
        accepted: &Accepted<'_>,
    ) -> Result<Self, Vec<Objection>> {
        let mut objections = pool_objections(programme, pool);
        objections.extend(lock_objections(programme, pool));
        objections.extend(accepted_objections(programme, pool, accepted));
        if !objections.is_empty() {
            return Err(objections);
        }
        let mut points = IndexVec::new();
        for candidate in &pool.candidates {
            let rounded =
                candidate.score.map(|score| Points::round(score, programme.order.decimals));
            points.push(rounded.transpose().unwrap_or_else(|error| {
                let message = match error {
                    PointsError::NotFinite => message::score_not_finite(&candidate.code),
                    PointsError::TooLarge => message::score_too_large(&candidate.code),
                };
                let objection = Objection::new("score", ProgrammeKey::Score, message);
                objections.push(objection.unit(&candidate.code));
                None
            }));
        }
        let locks = Locks::of(programme);
        let mut access = IndexVec::new();
        for (at, candidate) in pool.units() {
            // a score that is no number is not a score that is missing
            let without_score = points[at].is_none() && candidate.score.is_none();
            access.push(match locks.access(candidate, accepted) {
                Access::Open if without_score => {
                    unscored(&programme.eligible.unscored, &candidate.code, &mut objections)
                }
                access => access,
            });
        }
        let passing = pool.units().filter(|(_, candidate)| candidate.passes());
        let passing = passing.map(|(at, _)| at).collect();
        let enters = |(_, access): &(UnitIndex, &Access)| {
            matches!(access, Access::Open | Access::Included(_) | Access::Accepted)
        };
        let contenders: Vec<UnitIndex> =
            access.enumerate().filter(enters).map(|(at, _)| at).collect();
        objections.extend(cost_objections(programme, pool, &contenders));
        objections
            .sort_by(|a, b| (a.rule, &a.unit, &a.message).cmp(&(b.rule, &b.unit, &b.message)));
        if objections.is_empty() {
            Ok(Self { access, points, passing, contenders })
        } else {
            Err(objections)
        }
    }
}

/// Reasons of units that are in or out by decision, by code.
struct Locks<'a> {
    excluded: BTreeMap<&'a str, &'a str>,
    included: BTreeMap<&'a str, &'a str>,
}

impl<'a> Locks<'a> {
    fn of(programme: &'a Programme) -> Self {
        let reasons = |locks: &'a [Lock]| {
            locks.iter().map(|lock| (lock.code.as_str(), lock.reason.as_str())).collect()
        };
        Self {
            excluded: reasons(&programme.eligible.exclude),
            included: reasons(&programme.eligible.include),
        }
    }

    /// The access of a unit, its score aside.
    fn access(&self, candidate: &Candidate, accepted: &Accepted<'_>) -> Access {
        let code = candidate.code.as_str();
        if let Some(reason) = self.included.get(code) {
            Access::Included((*reason).to_owned())
        } else if accepted.contains_key(code) {
            Access::Accepted
        } else if !candidate.passes() {
            Access::Ineligible
        } else if let Some(reason) = self.excluded.get(code) {
            Access::Excluded((*reason).to_owned())
        } else {
            Access::Open
        }
    }
}

fn unscored(rule: &Unscored, code: &str, objections: &mut Vec<Objection>) -> Access {
    match rule {
        Unscored::Stop => {
            let advice = message::unscored(code);
            objections.push(Objection::new("unscored", ProgrammeKey::Unscored, advice).unit(code));
            Access::Open
        }
        Unscored::Exclude(reason) => Access::Unscored(reason.clone()),
        Unscored::LastPlace(_) => Access::Open,
    }
}

/// What makes a pool unfit to select from.
fn pool_objections(programme: &Programme, pool: &Pool) -> Vec<Objection> {
    let mut objections = Vec::new();
    let mut seen = BTreeSet::new();
    // codes that rise, as those of a register do, are each there once
    let is_rising = pool.candidates.is_sorted_by(|a, b| a.code < b.code);
    for candidate in &pool.candidates {
        let code = &candidate.code;
        let mut object = |rule, message: Message| {
            objections.push(Objection::new(rule, None, message).unit(code));
        };
        if !is_rising && !seen.insert(code) {
            object("duplicate-unit", message::duplicate_candidate(code));
        }
        let mut groups = candidate.groups.iter().zip(&pool.classifications);
        let shaped = candidate.groups.len() == pool.classifications.len()
            && candidate.measures.len() == pool.measures.len()
            && candidate.keys.len() == programme.order.ties.len()
            && groups.all(|(group, by)| group.is_none_or(|group| group < by.groups.len()));
        if !shaped {
            object("pool-shape", message::pool_shape(code));
        }
        if candidate.people < 0 || candidate.population < 0 {
            object("negative-people", message::negative_people(code));
        }
    }
    if programme.phases.is_empty() {
        objections.push(Objection::new("no-phase", ProgrammeKey::Phases, message::no_phase()));
    }
    if programme.order.decimals > 9 {
        let message = message::too_many_decimals(programme.order.decimals);
        objections.push(Objection::new("decimals", ProgrammeKey::Decimals, message));
    }
    objections
}

fn lock_objections(programme: &Programme, pool: &Pool) -> Vec<Objection> {
    if programme.eligible.exclude.is_empty() && programme.eligible.include.is_empty() {
        return Vec::new();
    }
    let codes: BTreeSet<_> = pool.candidates.iter().map(|c| c.code.as_str()).collect();
    let mut objections = Vec::new();
    let sides = [
        (ProgrammeKey::Exclude, &programme.eligible.exclude),
        (ProgrammeKey::Include, &programme.eligible.include),
    ];
    for (key, locks) in sides {
        for lock in locks.iter().filter(|lock| !codes.contains(lock.code.as_str())) {
            let advice = message::unknown_unit(&lock.code, codes.iter().copied());
            objections.push(Objection::new("unknown-unit", key, advice).unit(&lock.code));
        }
    }
    let locks = Locks::of(programme);
    for (code, excluded) in &locks.excluded {
        if let Some(included) = locks.included.get(code) {
            let advice = message::lock_conflict(code, excluded, included);
            let objection = Objection::new("lock-conflict", ProgrammeKey::Include, advice);
            objections.push(objection.unit(*code));
        }
    }
    objections
}

/// A place that was accepted is kept: nothing may say otherwise.
fn accepted_objections(
    programme: &Programme,
    pool: &Pool,
    accepted: &Accepted<'_>,
) -> Vec<Objection> {
    if accepted.is_empty() {
        return Vec::new();
    }
    let excluded = Locks::of(programme).excluded;
    let known: BTreeSet<&str> = pool.candidates.iter().map(|unit| unit.code.as_str()).collect();
    let mut objections = Vec::new();
    for code in accepted.keys() {
        if let Some(why) = excluded.get(code) {
            let advice = message::accepted_and_excluded(code, why);
            let objection = Objection::new("lock-conflict", ProgrammeKey::Exclude, advice);
            objections.push(objection.unit(*code));
        }
        if !known.contains(code) {
            let message = message::accepted_and_unknown(code);
            let objection = Objection::new("unknown-unit", ProgrammeKey::Previous, message);
            objections.push(objection.unit(*code));
        }
    }
    objections
}

fn cost_objections(programme: &Programme, pool: &Pool, contenders: &[UnitIndex]) -> Vec<Objection> {
    let Some(budget) = &programme.budget else { return Vec::new() };
    let mut objections = Vec::new();
    let limits =
        programme.phases.iter().filter_map(|p| p.limit.map(|l| (l, ProgrammeKey::PhaseLimit)));
    for (limit, key) in limits.chain([(budget.limit, ProgrammeKey::Limit)]) {
        if limit < 0 {
            let message = message::negative_limit(&message::money(&lei(limit)));
            objections.push(Objection::new("negative-budget", key, message));
        }
    }
    for candidate in contenders.iter().map(|at| pool.unit(*at)) {
        let code = &candidate.code;
        let (rule, message) = match candidate.cost {
            None => ("missing-cost", message::missing_cost(code)),
            Some(cost) if cost < 0 => {
                let money = message::money(&lei(cost));
                ("negative-cost", message::negative_cost(code, &money))
            }
            Some(_) => continue,
        };
        objections.push(Objection::new(rule, ProgrammeKey::Cost, message).unit(code));
    }
    objections
}
