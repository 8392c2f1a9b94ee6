//! From scores to the lists that planners sign: eligible, ordered, chosen, with a reason for each unit.
//!
//! Everything that decides is an integer: published points, bani, persons, places. Results depend on
//! the programme and the pool only, never on row order, thread count or the path of a solver.
//!
//! [`select`] is the door: a checked [`Programme`] and a [`Pool`] of units go in, a `Selection` or a
//! `Refusal` comes out. Inside, the pool is ranked (`ranked_pool`), the rules of each phase become
//! counted rows (`quota`, `phases`), `optimise` finds the list, and single swaps of that list
//! (`swap`) give reasons, reserve, ties and replacements. Re-runs without a rule give its price (`prices`).

mod appeals;
mod apportion;
mod capacity;
mod conflict;
mod cut;
mod decisions;
mod difference;
mod history;
mod joint;
mod order;
mod outcome;
mod phases;
mod pool;
mod prices;
mod programme;
mod quota;
mod ranked_pool;
mod reasons;
mod relisted;
mod require;
mod reserve;
mod rule_ref;
mod swap;
#[cfg(test)]
mod tests;
mod ties;
mod vacancy;
mod what_if;

use std::collections::{BTreeMap, BTreeSet};

use self::cut::Sides;
use self::decisions::{Queue, Replay};
use self::phases::{SolvedPhases, projects};
use self::pool::UnitIndex;
use self::ranked_pool::{Access, PhaseIndex, RankedPool};
use self::reasons::{Account, Accounts};
use self::reserve::Cover;
use self::swap::seats;
use crate::language::Words;
use crate::message::labels;
use crate::optimise::{
    Algorithm, Criterion, IndexVec, Position, Project, Rank, RowIndex, Solution, Solved,
    WeightedSum,
};

pub(crate) use apportion::Method;
pub(crate) use capacity::{Balance, Envelope, Filled, SharedPart, Stock};
pub(crate) use cut::Boundary;
pub(crate) use difference::{Difference, Shift};
pub(crate) use history::{Answer, Decision, Published, State};
pub use history::{Day, DayError, History};
pub(crate) use outcome::{
    Change, DecidedBy, Holder, Judgement, PlaceHistory, Reason, Replacement, Tie, UnitOutcome,
};
pub(crate) use outcome::{PhaseOutcome, Proof, Selection};
pub use pool::{Border, Candidate, Classification, Pool, Standing};
pub(crate) use pool::{FailedCondition, Points};
pub(crate) use prices::{Alternative, Bound, NoList, Price, Priced, alternatives, prices};
pub(crate) use programme::{
    Appeals, Decisions, Draw, Effort, Eligible, Least, Lock, Lottery, Order, ProgrammeKey, Require,
    Reserve, Share, Silence, Unscored,
};
pub use programme::{
    Budget, Fill, Limit, Limits, Objective, Phase, Programme, Quota, QuotaRule, Rule, Unions,
    Vacancy, WhenShort,
};
pub(crate) use relisted::{Listed, Relister};
pub(crate) use require::SumReached;
pub(crate) use rule_ref::Refusal;
pub(crate) use rule_ref::{Objection, RuleRef};
pub use what_if::WhatIf;
pub(crate) use what_if::{Changed, Number, Subject, Wish};

/// Selects. What it answers depends on the three arguments only, not on the order of anything in
/// them.
pub fn select(programme: &Programme, pool: &Pool, history: &History) -> Result<Selection, Refusal> {
    let ranked = &RankedPool::new(programme, pool, history)?;
    let mut phases = phases::solve(ranked, &ranked.locked_from(history))?;
    let unions = programme.unions.as_ref();
    let projects = unions.map(|unions| projects(ranked, unions)).transpose()?.unwrap_or_default();
    let ties = ties::ties(ranked, &phases, &projects);
    ties::refuse(ranked, &ties)?;
    let free = phases::without_accepted(ranked, history);
    let held = appeals::hold_harmless(ranked, &mut phases, history);
    let phases = &phases;
    let waiting = reserve::waiting(ranked, phases, &projects);
    let seats = seats(phases);
    let cover = Cover::new(ranked, phases, &seats, &waiting);
    let on_reserve = cover.reserve()?;
    let reserve: Vec<Project> = on_reserve.iter().map(|at| waiting[*at].clone()).collect();
    let queue = Queue { waiting: &waiting, reserve: &on_reserve, projects: &projects };
    let replayed = Replay::new(ranked, phases, &queue).run(&history.decisions)?;
    let codes = |project: &Project| ranked.codes(&project.members);
    let replacement = |(out, into): &(Project, Option<Project>)| Replacement {
        leaves: codes(out),
        enters: into.as_ref().map(codes),
    };
    let sides = cut::sides(ranked, phases, &projects, &held);
    let listing = Listing {
        ranked,
        phases,
        reserve: &reserve,
        held: &held,
        free,
        sides: &sides,
        ties: &ties,
    };
    let mut selection = Selection {
        phases: outcomes(ranked, phases),
        units: listing.units(&replayed.places),
        reserve: reserve.iter().map(codes).collect(),
        gap: programme.reserve.as_ref().map(|_| cover.gap(&on_reserve)),
        reserve_ties: cover.ties(&on_reserve)?,
        replacements: cover.replacements(&seats).iter().map(replacement).collect(),
        places: replayed.places,
        unplaced: replayed.unplaced,
        boundaries: cut::boundaries(ranked, phases, &sides),
        ties,
        changes: Vec::new(),
    };
    selection.changes = appeals::changes(ranked, &selection, history);
    Ok(selection)
}

/// Selects for a comparison: where equal units are left to their codes, the list does not stop.
pub(crate) fn select_to_compare(
    programme: &Programme,
    pool: &Pool,
    history: &History,
) -> Result<Selection, Refusal> {
    let mut accepting = programme.clone();
    accepting.order.accept_ties.get_or_insert_default();
    select(&accepting, pool, history)
}

/// Who is on the list, by position in the pool, and nothing else of what [`select`] says: to ask often
/// what a list would have been. Equal units are left to their codes.
pub(crate) fn listed(
    programme: &Programme,
    pool: &Pool,
    history: &History,
) -> Result<Vec<bool>, Refusal> {
    let ranked = &RankedPool::new(programme, pool, history)?;
    let mut phases = phases::solve(ranked, &ranked.locked_from(history))?;
    appeals::hold_harmless(ranked, &mut phases, history);
    let mut on = vec![false; pool.candidates.len()];
    if let Some(last) = phases.last() {
        for (rank, at) in ranked.order().enumerate() {
            on[at.number()] = last.holds(rank);
        }
    }
    Ok(on)
}

/// How each phase will be solved, known before anything is computed.
pub(crate) fn ways(programme: &Programme, pool: &Pool) -> Result<Vec<Words>, Refusal> {
    let found = phases::algorithms(&RankedPool::new(programme, pool, &History::default())?)?;
    Ok(found.into_iter().map(way).collect())
}

/// The words for the way in which a phase is solved.
pub(crate) fn way(algorithm: Algorithm) -> Words {
    match algorithm {
        Algorithm::NestedGreedy => labels::BY_GREEDY,
        Algorithm::CrossingFlow => labels::BY_FLOW,
        Algorithm::IntegerProgramme => labels::BY_INTEGER,
        Algorithm::UnionLabels => labels::BY_LABELS,
    }
}

fn outcomes(ranked: &RankedPool<'_>, phases: &SolvedPhases) -> Vec<PhaseOutcome> {
    let mut outcomes = Vec::new();
    let (mut places, mut cost) = (0, 0);
    for phase in phases.iter() {
        let (problem, solved) = (&phase.rules.problem, &phase.solved);
        let sum = |of: &dyn Fn(Rank) -> i64| {
            solved.solution.marked().map(|rank| i128::from(of(rank))).sum()
        };
        let projects: Vec<Vec<String>> =
            phase.added.iter().map(|project| ranked.codes(&project.members)).collect();
        places += projects.len();
        cost += phase.added.iter().map(|project| i128::from(project.cost)).sum::<i128>();
        let most = usize::try_from(problem.rows[RowIndex::PLACES].hi).unwrap_or(0);
        let coverage = ranked.criterion() == Criterion::Coverage;
        outcomes.push(PhaseOutcome {
            id: phase.id().to_owned(),
            added: projects.concat(),
            projects,
            places,
            empty: if phase.rules.is_open { 0 } else { most.saturating_sub(places) },
            cost,
            points: sum(&|rank| ranked.points(rank)),
            people: sum(&|rank| ranked.candidate(rank).people),
            sums: phase.rules.sums.iter().zip(&problem.sums).map(reached(solved)).collect(),
            proof: Proof {
                algorithm: solved.algorithm,
                sum: coverage.then(|| problem.value(&solved.solution)),
                bound: solved.bound,
                price: solved.price,
                proved: solved.proved,
                nodes: solved.nodes,
            },
        });
    }
    outcomes
}

/// What a list comes to of a required sum.
fn reached(solved: &Solved) -> impl Fn((&String, &WeightedSum)) -> SumReached {
    |(sum, weighted)| SumReached {
        sum: sum.clone(),
        least: Some(weighted.bounds.lo),
        most: Some(weighted.bounds.hi).filter(|hi| *hi < i64::MAX),
        reached: Some(weighted.of(solved.solution.marked())),
    }
}

/// Everything that the rows of `selection.csv` are made from.
struct Listing<'a> {
    ranked: &'a RankedPool<'a>,
    phases: &'a SolvedPhases,
    reserve: &'a [Project],
    /// Units on the list because of an appeal that harms nobody.
    held: &'a BTreeSet<Rank>,
    /// The list as it would be if no accepted place were kept; none where none is.
    free: Option<Solution>,
    /// How each unit stands to the cut of each phase.
    sides: &'a IndexVec<PhaseIndex, Sides>,
    ties: &'a [Tie],
}

impl Listing<'_> {
    fn units(&self, places: &[PlaceHistory]) -> Vec<UnitOutcome> {
        let mut accounts = Accounts::new(self.ranked, self.phases, self.sides, self.ties);
        let mut ranks: IndexVec<UnitIndex, Option<Rank>> =
            IndexVec::filled(None, self.ranked.pool.candidates.len());
        for (rank, at) in self.ranked.order().enumerate() {
            ranks[*at] = Some(rank);
        }
        let seats = self.seats();
        let waits: BTreeMap<Rank, usize> = self
            .reserve
            .iter()
            .enumerate()
            .flat_map(|(at, project)| project.members.iter().map(move |rank| (*rank, at + 1)))
            .collect();
        let judged = decisions::judgements(places);
        let mut units = Vec::new();
        for (at, rank) in ranks.enumerate() {
            let mut unit = self.unit(at, *rank, &mut accounts);
            if let Some((phase, place)) = rank.and_then(|rank| seats.get(&rank)) {
                unit.phase = Some(self.phases[*phase].id().to_owned());
                unit.place = Some(*place);
            }
            if unit.state == State::NotSelected {
                unit.reserve = rank.and_then(|rank| waits.get(&rank)).copied();
                unit.state =
                    if unit.reserve.is_some() { State::Reserve } else { State::NotSelected };
            }
            unit.decision = judged.get(unit.code.as_str()).copied();
            units.push(unit);
        }
        units.sort_by(|a, b| a.code.cmp(&b.code));
        units
    }

    /// Phase and number of each unit's place.
    fn seats(&self) -> BTreeMap<Rank, (PhaseIndex, usize)> {
        let mut places = BTreeMap::new();
        for (at, seat) in seats(self.phases).iter().enumerate() {
            places.extend(seat.project.members.iter().map(|rank| (*rank, (seat.phase, at + 1))));
        }
        places
    }

    fn unit(&self, at: UnitIndex, rank: Option<Rank>, accounts: &mut Accounts<'_>) -> UnitOutcome {
        let access = &self.ranked.entrants.access[at];
        let on = rank.is_some_and(|rank| self.phases.last().is_some_and(|p| p.holds(rank)));
        let (state, barred) = match access {
            Access::Open | Access::Included(_) | Access::Accepted if on => (State::Selected, None),
            Access::Open | Access::Included(_) | Access::Accepted => (State::NotSelected, None),
            Access::Excluded(why) => (State::Excluded, Some(Reason::Excluded(why.clone()))),
            Access::Ineligible => {
                let failed = self.ranked.pool.unit(at).failed.clone();
                (State::Ineligible, Some(Reason::Ineligible(failed)))
            }
            Access::Unscored(why) => (State::Unscored, Some(Reason::Unscored(why.clone()))),
        };
        let account = match (barred, rank) {
            (None, Some(rank)) => self.account(access, rank, accounts),
            (barred, _) => Account::of(barred.unwrap_or(Reason::BelowCut)),
        };
        let ticket = rank.map(|rank| self.ranked.keys[rank].ticket.clone());
        UnitOutcome {
            code: self.ranked.pool.unit(at).code.clone(),
            state,
            phase: None,
            place: None,
            reserve: None,
            rank: rank.map(|rank| rank.number() + 1),
            points: self.ranked.entrants.points[at],
            reason: account.reason,
            rules: account.rules,
            distance: account.distance,
            ticket: ticket.filter(|ticket| !ticket.is_empty()),
            decision: None,
        }
    }

    fn account(&self, access: &Access, rank: Rank, accounts: &mut Accounts<'_>) -> Account {
        let account = accounts.account(rank);
        let by_rank =
            *access == Access::Accepted && self.free.as_ref().is_some_and(|free| free[rank]);
        let standing = appeals::standing_reason(access, self.held.contains(&rank));
        standing.filter(|_| !by_rank).map_or(account, Account::of)
    }
}
