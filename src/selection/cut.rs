//! Where each phase cuts the order, and why each unit stands on its side: read off beside the list
//! that the maxima alone would give.
//!
//! Who is on both lists is in by rank; only on the list, seated by a minimum; only on the other,
//! displaced by one who was seated; on neither but above the last of the other, kept out by a maximum;
//! else below. Earlier phases are locked in, and a later phase changes no reason.

use std::collections::BTreeSet;

use super::phases::{SolvedPhase, SolvedPhases, ends_when_short};
use super::ranked_pool::{PhaseIndex, RankedPool};
use super::rule_ref::{PhaseProblem, RowName, RuleRef};
use super::swap::SwapOracle;
use crate::optimise::{
    self, IndexVec, PackingTask, Project, Rank, RowIndex, Solution, WeightedSum,
};

/// The cut of a phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Boundary {
    /// The phase.
    pub(crate) phase: String,
    /// The lowest unit that the phase added by rank.
    pub(crate) last_in: Option<String>,
    /// The highest unit below that could take a place held by rank.
    pub(crate) first_out: Option<String>,
    /// Points between the two, in units of the last published decimal.
    pub(crate) gap: Option<i64>,
    /// Codes of those that a minimum seated, by rank.
    pub(crate) seated: Vec<String>,
    /// Codes of those whose places the seated have, by rank.
    pub(crate) displaced: Vec<String>,
    /// Codes of those that a maximum or the money keeps out, by rank.
    pub(crate) kept_out: Vec<String>,
    /// The cut of each group with a quota.
    pub(crate) groups: Vec<GroupCut>,
}

/// The cut of a phase within one group of a quota.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct GroupCut {
    /// The classification.
    pub(crate) by: String,
    /// The group.
    pub(crate) group: String,
    /// The lowest unit of the group that the phase added.
    pub(crate) last_in: Option<String>,
    /// The highest unit of the group outside that could take a place of the group.
    pub(crate) first_out: Option<String>,
    /// Points between the two, in units of the last published decimal.
    pub(crate) gap: Option<i64>,
}

/// How a unit stands to the cut of a phase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// In before the phase, by decision or from an earlier one.
    Before,
    /// In, and the maxima alone would have it too.
    ByRank,
    /// In because a minimum asks for a unit like it.
    Seated(RuleRef),
    /// Out: a unit that a minimum seated has its place.
    Displaced {
        /// The unit.
        by: Rank,
        /// The minimum.
        rule: RuleRef,
    },
    /// Out although units below it are in: a maximum is reached, or the money.
    KeptOut(RuleRef),
    /// Out: others above it have the places.
    Below,
}

/// The sides of all units at the cut of one phase.
pub(super) type Sides = IndexVec<Rank, Side>;

/// The sides at the cut of each phase; `held` are on the list for an appeal and stand beside it.
pub(super) fn sides(
    ranked: &RankedPool<'_>,
    phases: &SolvedPhases,
    projects: &[Project],
    held: &BTreeSet<Rank>,
) -> IndexVec<PhaseIndex, Sides> {
    let mut earlier: Vec<Project> = Vec::new();
    let mut found = IndexVec::new();
    for phase in phases.iter() {
        let list: Solution = phase
            .solved
            .solution
            .enumerate()
            .map(|(rank, on)| *on && !held.contains(&rank))
            .collect();
        let free = maxima_alone(ranked, &phase.rules, (projects, &earlier));
        let free = free.unwrap_or_else(|| list.clone());
        found.push(Beside { ranked, rules: &phase.rules, list, free }.sides());
        let own = phase.added.iter().filter(|project| !held.contains(&project.lead()));
        earlier.extend(own.cloned());
    }
    found
}

/// The list that the maxima alone would give; `None` where it is the list itself, or not found within
/// the work allowed.
fn maxima_alone(
    ranked: &RankedPool<'_>,
    rules: &PhaseProblem,
    (projects, earlier): (&[Project], &[Project]),
) -> Option<Solution> {
    let mut problem = rules.problem.clone();
    let minima: Vec<RowIndex> =
        problem.rows.positions().skip(1).filter(|row| problem.rows[*row].lo > 0).collect();
    if minima.is_empty() && problem.sums.iter().all(|sum| sum.bounds.lo <= 0) {
        return None;
    }
    problem.sums.iter_mut().for_each(|sum| sum.bounds.lo = 0);
    minima.into_iter().for_each(|row| problem.rows[row].lo = 0);
    if ends_when_short(ranked) {
        problem.limit = None;
    }
    let (criterion, nodes) = (ranked.criterion(), ranked.programme.effort.nodes);
    let solved = if ranked.programme.unions.is_some() {
        let task = PackingTask { problem: &problem, projects, earlier, nodes };
        task.solve(criterion).map(|packed| packed.solved)
    } else {
        optimise::solve(&problem, criterion, nodes)
    };
    solved.ok().map(|solved| solved.solution)
}

/// A list beside the one that the maxima alone would give.
struct Beside<'a> {
    ranked: &'a RankedPool<'a>,
    rules: &'a PhaseProblem,
    list: Solution,
    free: Solution,
}

impl Beside<'_> {
    fn sides(&self) -> Sides {
        let (problem, counts) = (&self.rules.problem, self.rules.problem.counts(&self.free));
        let full = counts[RowIndex::PLACES] >= problem.rows[RowIndex::PLACES].hi;
        let last =
            |list: &Solution| list.marked().filter(|rank| !problem.units[*rank].locked).last();
        let (last_free, last_in) = (last(&self.free), last(&self.list));
        let is_above = |rank: Rank| !full || last_free.is_some_and(|last| rank < last);
        let ends = ends_when_short(self.ranked);
        let seated: Vec<(Rank, RuleRef)> = self
            .list
            .marked()
            .filter(|rank| !self.free[*rank])
            .filter_map(|rank| Some((rank, self.minimum(rank, &counts)?)))
            .collect();
        let mut seats = seated.iter();
        let mut sides = Sides::new();
        for (rank, unit) in problem.units.enumerate() {
            sides.push(match (self.list[rank], self.free[rank]) {
                (true, _) if unit.locked => Side::Before,
                (true, true) => Side::ByRank,
                (true, false) => {
                    let seat = seated.iter().find(|(seated, _)| *seated == rank);
                    seat.map_or(Side::ByRank, |(_, rule)| Side::Seated(rule.clone()))
                }
                (false, true) if ends && last_in.is_none_or(|last| rank > last) => {
                    Side::KeptOut(self.rules.money())
                }
                (false, true) => match seats.next() {
                    Some((by, rule)) => Side::Displaced { by: *by, rule: rule.clone() },
                    None => Side::KeptOut(self.maximum(rank, &counts)),
                },
                (false, false) if is_above(rank) => Side::KeptOut(self.maximum(rank, &counts)),
                (false, false) => Side::Below,
            });
        }
        sides
    }

    /// The minimum that seats a unit: one that the maxima alone would not meet, else one it counts in.
    fn minimum(&self, rank: Rank, counts: &IndexVec<RowIndex, i64>) -> Option<RuleRef> {
        let problem = &self.rules.problem;
        let own = || problem.units[rank].rows.iter().filter(|row| **row != RowIndex::PLACES);
        let short = own().find(|row| counts[**row] < problem.rows[**row].lo);
        if let Some(row) = short {
            return Some(self.rules.least(*row));
        }
        let short = |sum: &WeightedSum| sum.of(self.free.marked()) < sum.bounds.lo;
        if let Some(at) = problem.sums.iter().position(short) {
            return Some(self.rules.sum(at, false));
        }
        let row = own().find(|row| problem.rows[**row].lo > 0)?;
        Some(self.rules.least(*row))
    }

    /// The maximum that keeps a unit out: one that is reached, of several one of which nobody lower has a
    /// place, else the money, else one it counts in.
    fn maximum(&self, rank: Rank, counts: &IndexVec<RowIndex, i64>) -> RuleRef {
        let problem = &self.rules.problem;
        let own = || problem.units[rank].rows.iter().filter(|row| **row != RowIndex::PLACES);
        // where somebody lower has a place of a full group, it is another one that keeps this unit out
        let lower = |row: &RowIndex| {
            let mut below = self.free.marked().filter(|other| *other > rank);
            below.any(|other| {
                !problem.units[other].locked && problem.units[other].rows.contains(row)
            })
        };
        let full = || own().filter(|row| counts[**row] >= problem.rows[**row].hi);
        let reached = full().find(|row| !lower(row)).or_else(|| full().next());
        let exceeds = |sum: &WeightedSum| {
            sum.of(self.free.marked()).saturating_add(sum.weights[rank]) > sum.bounds.hi
        };
        let sum = problem.sums.iter().position(exceeds);
        match (reached, sum, problem.limit) {
            (Some(row), ..) => self.rules.most(*row),
            (None, Some(at), _) => self.rules.sum(at, true),
            (None, None, Some(_)) => self.rules.money(),
            (None, None, None) => {
                let bounded = own().find(|row| problem.rows[**row].hi < i64::MAX);
                self.rules.most(bounded.copied().unwrap_or(RowIndex::PLACES))
            }
        }
    }
}

/// The cut of each phase, and in it that of each group with a quota.
pub(super) fn boundaries(
    ranked: &RankedPool<'_>,
    phases: &SolvedPhases,
    sides: &IndexVec<PhaseIndex, Sides>,
) -> Vec<Boundary> {
    let mut oracle = SwapOracle::new(ranked, phases);
    let mut boundaries = Vec::new();
    for (at, phase) in phases.enumerate() {
        let mut drawn = Drawn { ranked, at, phase, sides: &sides[at], oracle: &mut oracle };
        let (last, first) = drawn.cut();
        boundaries.push(Boundary {
            phase: phase.id().to_owned(),
            last_in: last.map(|rank| ranked.code(rank).to_owned()),
            first_out: first.map(|rank| ranked.code(rank).to_owned()),
            gap: drawn.gap(last, first),
            seated: drawn.codes(|side| matches!(side, Side::Seated(_))),
            displaced: drawn.codes(|side| matches!(side, Side::Displaced { .. })),
            kept_out: drawn.codes(|side| matches!(side, Side::KeptOut(_))),
            groups: drawn.groups(),
        });
    }
    boundaries
}

/// The cut of one phase, with what asks whether places may change hands.
struct Drawn<'a, 'o> {
    ranked: &'a RankedPool<'a>,
    at: PhaseIndex,
    phase: &'a SolvedPhase,
    sides: &'o Sides,
    oracle: &'o mut SwapOracle<'a>,
}

impl Drawn<'_, '_> {
    /// The last in by rank, and the first below that could take a place held by rank.
    fn cut(&mut self) -> (Option<Rank>, Option<Rank>) {
        let by_rank = |project: &&Project| self.sides[project.lead()] == Side::ByRank;
        let seats: Vec<&Project> = self.phase.added.iter().filter(by_rank).collect();
        let is_below = |rank: &Rank| self.sides[*rank] == Side::Below;
        let below: Vec<Rank> = self.ranked.ranks().filter(is_below).collect();
        let first = self.first(&below, &seats);
        (seats.iter().map(|project| project.lead()).max(), first)
    }

    /// The first of some units that could take one of some places under the rules of the phase.
    fn first(&mut self, units: &[Rank], seats: &[&Project]) -> Option<Rank> {
        let mut closed = BTreeSet::new();
        let money = self.phase.rules.problem.limit.is_some();
        units.iter().copied().find(|rank| {
            let alone = self.phase.alone(*rank);
            let kind = self.oracle.kind(&alone);
            if !money && closed.contains(&kind) {
                return false;
            }
            let fits =
                seats.iter().any(|s| self.oracle.obstacles(self.at, Some(s), &alone).is_empty());
            closed.extend((!fits).then_some(kind));
            fits
        })
    }

    /// For each group with a quota the lowest that the phase added, and the highest outside that could
    /// take a place of the group.
    fn groups(&mut self) -> Vec<GroupCut> {
        let names = &self.phase.rules.names;
        let mut cuts = Vec::new();
        for (row, name) in names.enumerate() {
            let RowName::Group { by, group, .. } = name else { continue };
            let phase = self.phase;
            let counts = |rank: Rank| phase.unit(rank).rows.contains(&row);
            let is_free = |project: &&Project| !phase.unit(project.lead()).locked;
            let own = phase.added.iter().filter(|project| counts(project.lead()));
            let seats: Vec<&Project> = own.filter(is_free).collect();
            let outside: Vec<Rank> =
                self.ranked.ranks().filter(|rank| !phase.holds(*rank) && counts(*rank)).collect();
            let last = seats.iter().map(|project| project.lead()).max();
            let first = self.first(&outside, &seats);
            cuts.push(GroupCut {
                by: by.clone(),
                group: group.clone(),
                last_in: last.map(|rank| self.ranked.code(rank).to_owned()),
                first_out: first.map(|rank| self.ranked.code(rank).to_owned()),
                gap: self.gap(last, first),
            });
        }
        cuts
    }

    fn gap(&self, last: Option<Rank>, first: Option<Rank>) -> Option<i64> {
        let (last, first) = last.zip(first)?;
        self.ranked.points_between(last, first)
    }

    fn codes(&self, wanted: impl Fn(&Side) -> bool) -> Vec<String> {
        let found = self.sides.enumerate().filter(|(_, side)| wanted(side));
        found.map(|(rank, _)| self.ranked.code(rank).to_owned()).collect()
    }
}
