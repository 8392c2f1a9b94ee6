//! Ties that a cut crosses: units that share score and every declared key, of which codes in another
//! order would put others in a phase.
//!
//! With nested quotas the lists that a phase may have are the bases of a matroid. Whoever some other
//! order of equal units would admit can then take the place of one of them while everybody else
//! stays, so that single swaps find every tie. With crossing quotas or money a swap may need further
//! ones behind it: whether an equally good list holds a unit, and everybody above, is asked of the
//! solver. With unions, or where the first who cannot be paid ends the list, the phase is solved again
//! with the unit before its equals.

use std::collections::BTreeMap;

use super::outcome::{DecidedBy, Tie};
use super::phases::{self, SolvedPhase, SolvedPhases, ends_when_short};
use super::ranked_pool::{PhaseIndex, RankedPool};
use super::rule_ref::{Objection, Refusal};
use super::swap::{Obstacle, SwapOracle};
use crate::message::selection::refusal as message;
use crate::optimise::{self, Algorithm, Criterion, Project, Rank, RowIndex};
use crate::selection::ProgrammeKey;

/// Work that one question to the solver may take.
const NODES: u64 = 20_000;

/// The ties that the cuts cross, phases in order, then by rank.
pub(super) fn ties(
    ranked: &RankedPool<'_>,
    phases: &SolvedPhases,
    projects: &[Project],
) -> Vec<Tie> {
    let mut oracle = SwapOracle::new(ranked, phases);
    let equals = equals(ranked);
    let (mut ties, mut earlier) = (Vec::new(), Vec::new());
    for (at, phase) in phases.enumerate() {
        let possible = (projects, earlier.as_slice());
        let mut cut = Cut { ranked, at, phase, possible, oracle: &mut oracle };
        for equal in &equals {
            let mut by_value: BTreeMap<i64, Vec<Rank>> = BTreeMap::new();
            for rank in equal {
                by_value.entry(cut.decisive(*rank)).or_default().push(*rank);
            }
            ties.extend(by_value.values().rev().filter_map(|tied| cut.tie(tied)));
        }
        earlier.extend(phase.added.iter().cloned());
    }
    ties
}

/// Units that only the lottery or the code separates, sets of several, by their first.
fn equals(ranked: &RankedPool<'_>) -> Vec<Vec<Rank>> {
    let (mut drawn, scored): (Vec<Rank>, Vec<Rank>) =
        ranked.ranks().partition(|rank| ranked.keys[*rank].is_drawn());
    // those of one group are not beside each other where each group has a draw of its own
    drawn.sort_by_key(|rank| ranked.keys[*rank].stratum());
    let same = |a: &Rank, b: &Rank| ranked.keys[*a].ties_with(&ranked.keys[*b]);
    let sets = drawn.chunk_by(same).chain(scored.chunk_by(same));
    let mut sets: Vec<Vec<Rank>> = sets.filter(|set| set.len() > 1).map(<[_]>::to_vec).collect();
    sets.sort();
    sets
}

/// Refuses a list in which nothing but the code decided, unless the programme accepts that.
pub(super) fn refuse(ranked: &RankedPool<'_>, ties: &[Tie]) -> Result<(), Refusal> {
    if ranked.programme.order.accept_ties.is_some() {
        return Ok(());
    }
    let open = ties.iter().filter(|tie| tie.decided_by == DecidedBy::Code);
    let objection = |tie: &Tie| {
        let advice = message::tie_at_cut(&tie.across());
        let mut objection = Objection::new("tie-at-cut", ProgrammeKey::AcceptTies, advice);
        objection.counted = tie.inside.iter().chain(&tie.outside).cloned().collect();
        objection.unit(&tie.outside[0])
    };
    let mut objections: Vec<Objection> = open.map(objection).collect();
    // what to do about one tie does for all of them
    objections.iter_mut().skip(1).for_each(|objection| objection.hint = None);
    Refusal::unless_empty(objections)
}

/// The cut of one phase.
struct Cut<'a, 'o> {
    ranked: &'a RankedPool<'a>,
    at: PhaseIndex,
    phase: &'a SolvedPhase,
    /// Projects that may be, and those of earlier phases.
    possible: (&'o [Project], &'o [Project]),
    oracle: &'o mut SwapOracle<'a>,
}

impl Cut<'_, '_> {
    /// What decides before the order does: the value under coverage.
    fn decisive(&self, rank: Rank) -> i64 {
        match self.ranked.criterion() {
            Criterion::Priority => 0,
            Criterion::Coverage => self.ranked.value(rank),
        }
    }

    /// The tie of some equal units, where the cut crosses one.
    fn tie(&mut self, equal: &[Rank]) -> Option<Tie> {
        let is_free = |rank: &&Rank| !self.phase.unit(**rank).locked;
        let (inside, outside): (Vec<Rank>, Vec<Rank>) =
            equal.iter().filter(is_free).partition(|rank| self.phase.holds(**rank));
        if inside.is_empty() || outside.is_empty() {
            return None;
        }
        let (mut inside, mut outside) = self.interchangeable(&inside, &outside)?;
        inside.sort_unstable();
        outside.sort_unstable();
        let mut profiles =
            inside.iter().chain(&outside).map(|rank| self.ranked.candidate(*rank).profile);
        let first = profiles.next();
        Some(Tie {
            phase: self.phase.id().to_owned(),
            scored: self.ranked.is_scored(inside[0]),
            alike: profiles.all(|profile| Some(profile) == first),
            inside: self.ranked.codes(&inside),
            outside: self.ranked.codes(&outside),
            decided_by: DecidedBy::of(self.ranked, inside[0]),
        })
    }

    /// Those inside and outside who could stand in each other's place.
    fn interchangeable(
        &mut self,
        inside: &[Rank],
        outside: &[Rank],
    ) -> Option<(Vec<Rank>, Vec<Rank>)> {
        let leads: BTreeMap<Rank, &Project> =
            self.phase.added.iter().map(|project| (project.lead(), project)).collect();
        let held: Vec<&Project> =
            inside.iter().filter_map(|rank| leads.get(rank)).copied().collect();
        let alone: Vec<Project> = outside.iter().map(|rank| self.phase.alone(*rank)).collect();
        let first = |projects: Vec<Project>| projects.iter().map(Project::lead).collect::<Vec<_>>();
        let leaves = held.iter().filter(|seat| alone.iter().any(|unit| self.may_swap(seat, unit)));
        let leaves: Vec<Project> = leaves.map(|seat| (*seat).clone()).collect();
        if !leaves.is_empty() {
            let enters =
                alone.into_iter().filter(|unit| leaves.iter().any(|s| self.may_swap(s, unit)));
            let enters = enters.collect();
            return Some((first(leaves), first(enters)));
        }
        let enters = self.by_other_lists(inside[0], outside);
        (!enters.is_empty()).then(|| (inside.to_vec(), enters))
    }

    /// Whether the rules of the phase let a unit take a place, everybody else staying.
    fn may_swap(&mut self, seat: &Project, unit: &Project) -> bool {
        let worth = self.oracle.entry_key(seat) == self.oracle.entry_key(unit);
        // where the first who cannot be paid ends the list, the order says who that is
        let ends = ends_when_short(self.ranked);
        let obstacles = self.oracle.obstacles(self.at, Some(seat), unit);
        worth && obstacles.iter().all(|obstacle| ends && *obstacle == Obstacle::Money)
    }

    /// Those outside whom an equally good list holds that agrees on everybody above `first`; nobody
    /// where a swap would have found them.
    fn by_other_lists(&self, first: Rank, outside: &[Rank]) -> Vec<Rank> {
        let (problem, criterion) = (&self.phase.rules.problem, self.ranked.criterion());
        let key = &self.ranked.keys[first];
        if self.ranked.programme.unions.is_some() || ends_when_short(self.ranked) {
            let equal = |rank: &Rank| self.ranked.keys[*rank].ties_with(key);
            let first = self.ranked.ranks().find(equal).unwrap_or(first);
            let holds = |unit: &&Rank| {
                phases::would_hold(self.ranked, self.phase, self.possible, (first, **unit))
            };
            return outside.iter().filter(holds).copied().collect();
        }
        if optimise::algorithm(problem, criterion) == Algorithm::NestedGreedy {
            return Vec::new();
        }
        let is_above = |rank: &Rank| *rank < first && !self.ranked.keys[*rank].ties_with(key);
        let mut above = problem.clone();
        for rank in self.phase.solved.solution.marked().filter(is_above) {
            above.units[rank].locked = true;
        }
        let mut known: BTreeMap<(&[RowIndex], i64, Vec<i64>), bool> = BTreeMap::new();
        let mut holds = |rank: &&Rank| {
            let unit = &problem.units[**rank];
            let weights = problem.sums.iter().map(|sum| sum.weights[**rank]).collect();
            *known.entry((&unit.rows, unit.cost, weights)).or_insert_with(|| {
                let mut other = above.clone();
                other.units[**rank].locked = true;
                let solved = optimise::solve(&other, criterion, NODES);
                let best = problem.value(&self.phase.solved.solution);
                solved.is_ok_and(|solved| {
                    criterion == Criterion::Priority || problem.value(&solved.solution) >= best
                })
            })
        };
        outside.iter().filter(|rank| holds(rank)).copied().collect()
    }
}
