//! The phases one after the other: each is the best list given what earlier phases selected.

use std::collections::{BTreeMap, BTreeSet};

use super::conflict;
use super::history::History;
use super::pool::UnitIndex;
use super::programme::{Fill, Phase, Unions, WhenShort};
use super::quota::{self, QuotaContext};
use super::ranked_pool::{PhaseIndex, RankedPool};
use super::require;
use super::rule_ref::{Objection, PhaseProblem, Refusal, RowName};
use crate::message::selection::refusal as message;
use crate::optimise::{
    self, Algorithm, Criterion, IndexVec, PackingTask, Position, Problem, Project, Rank, RowIndex,
    Solution, Solved, Unit, Unsolved, WeightedSum,
};
use crate::quality::Message;
use crate::selection::ProgrammeKey;

/// Sums above this would lose digits in a solver.
const LARGEST_SUM: i128 = 1 << 53;

/// One phase after it was solved.
pub(super) struct SolvedPhase {
    pub(super) rules: PhaseProblem,
    pub(super) solved: Solved,
    /// Projects that the phase added, by the rank of their leads; without unions each is a unit.
    pub(super) added: Vec<Project>,
    /// Whether the money had ended the list before it.
    was_ended: bool,
}

impl SolvedPhase {
    /// The phase.
    pub(super) fn id(&self) -> &str {
        &self.rules.phase
    }

    /// Whether a unit is on the list up to this phase.
    pub(super) fn holds(&self, rank: Rank) -> bool {
        self.solved.solution[rank]
    }

    /// A unit as a project of its own.
    pub(super) fn alone(&self, rank: Rank) -> Project {
        Project { members: vec![rank], cost: self.unit(rank).cost }
    }

    /// A unit as the problem of the phase counts it.
    pub(super) fn unit(&self, rank: Rank) -> &Unit {
        &self.rules.problem.units[rank]
    }
}

/// All phases of a programme after they were solved.
pub(super) type SolvedPhases = IndexVec<PhaseIndex, SolvedPhase>;

/// Solves the phases in order; `from` has by rank the phase from which on a unit is in.
pub(super) fn solve(
    ranked: &RankedPool<'_>,
    from: &IndexVec<Rank, Option<PhaseIndex>>,
) -> Result<SolvedPhases, Refusal> {
    let unions = ranked.programme.unions.as_ref();
    let projects = unions.map(|unions| projects(ranked, unions)).transpose()?;
    let mut solver = PhaseSolver {
        ranked,
        projects,
        nodes: ranked.programme.effort.nodes,
        ended: false,
        earlier: Vec::new(),
    };
    let mut before = Solution::filled(false, ranked.len());
    let mut solved = IndexVec::new();
    for (number, phase) in ranked.programme.phases.iter().enumerate() {
        let number = Some(PhaseIndex::new(number));
        let mut locked = before.clone();
        for (rank, _) in from.enumerate().filter(|(_, from)| **from == number) {
            locked[rank] = true;
        }
        let phase = solver.solve(problem(ranked, phase, &locked)?, &before)?;
        before.clone_from(&phase.solved.solution);
        solved.push(phase);
    }
    Ok(solved)
}

/// Whether a phase would hold a unit whose code put it first of those it ties with, `first` the first of
/// them; `projects` may be, `earlier` are those of the phases before.
pub(super) fn would_hold(
    ranked: &RankedPool<'_>,
    phase: &SolvedPhase,
    (projects, earlier): (&[Project], &[Project]),
    (first, unit): (Rank, Rank),
) -> bool {
    let turned = |rank: Rank| match rank {
        rank if rank == unit => first,
        rank if (first..unit).contains(&rank) => Rank::new(rank.number() + 1),
        rank => rank,
    };
    let mut rules = phase.rules.clone();
    for (rank, own) in phase.rules.problem.units.enumerate() {
        rules.problem.units[turned(rank)] = own.clone();
    }
    let turn = |project: &Project| {
        let mut members: Vec<Rank> = project.members.iter().map(|rank| turned(*rank)).collect();
        members.sort_unstable();
        Project { members, cost: project.cost }
    };
    let mut possible: Vec<Project> = projects.iter().map(turn).collect();
    possible.sort();
    let mut solver = PhaseSolver {
        ranked,
        projects: ranked.programme.unions.is_some().then_some(possible),
        nodes: ranked.programme.effort.nodes,
        ended: phase.was_ended,
        earlier: earlier.iter().map(turn).collect(),
    };
    let nobody = Solution::filled(false, ranked.len());
    solver.solve(rules, &nobody).is_ok_and(|solved| solved.holds(first))
}

/// The list as it would be if no accepted place were kept; `None` where none is, or where there is no
/// such list.
pub(super) fn without_accepted(ranked: &RankedPool<'_>, history: &History) -> Option<Solution> {
    if history.accepted_places().is_empty() {
        return None;
    }
    let nothing = History::default();
    let other = RankedPool::new(ranked.programme, ranked.pool, &nothing).ok()?;
    let phases = solve(&other, &other.locked_from(&nothing)).ok()?;
    let solution = &phases.last()?.solved.solution;
    let on: BTreeSet<&str> = solution.marked().map(|rank| other.code(rank)).collect();
    Some(ranked.ranks().map(|rank| on.contains(ranked.code(rank))).collect())
}

/// The algorithm of each phase, before anything is solved.
pub(super) fn algorithms(ranked: &RankedPool<'_>) -> Result<Vec<Algorithm>, Refusal> {
    let from = ranked.locked_from(&History::default());
    let locked = from.iter().map(Option::is_some).collect();
    let mut found = Vec::new();
    for phase in &ranked.programme.phases {
        let mut problem = problem(ranked, phase, &locked)?.problem;
        if ends_when_short(ranked) {
            problem.limit = None;
        }
        found.push(match ranked.programme.unions {
            Some(_) => Algorithm::UnionLabels,
            None => optimise::algorithm(&problem, ranked.criterion()),
        });
    }
    Ok(found)
}

/// Whether the first unit that cannot be paid ends the list.
pub(super) fn ends_when_short(ranked: &RankedPool<'_>) -> bool {
    let stops = ranked.programme.budget.as_ref().map(|b| b.when_short) == Some(WhenShort::Stop);
    stops && ranked.criterion() == Criterion::Priority
}

/// The integer problem of a phase, given who is in already.
pub(super) fn problem(
    ranked: &RankedPool<'_>,
    phase: &Phase,
    locked: &Solution,
) -> Result<PhaseProblem, Refusal> {
    let order = ranked.order();
    let inside: Vec<UnitIndex> = locked.marked().map(|rank| order[rank]).collect();
    let context = QuotaContext {
        pool: ranked.pool,
        passing: &ranked.entrants.passing,
        contenders: &ranked.entrants.contenders,
        locked: &inside,
    };
    let quotas = quota::rows(phase, &context).map_err(|objections| Refusal { objections })?;
    let mut names = IndexVec::new();
    let mut rows = IndexVec::new();
    names.push(RowName::Places);
    rows.push(quota::places(phase, fill(ranked, phase), ranked.len()));
    let mut counted = Vec::new();
    for quota in quotas {
        names.push(quota.name.clone());
        counted.push((rows.push(quota.bounds), quota));
    }
    let unit = |rank: Rank| {
        let candidate = ranked.candidate(rank);
        let counting = counted.iter().filter(|(_, quota)| quota.counts(&candidate.groups));
        let rows = std::iter::once(RowIndex::PLACES).chain(counting.map(|(row, _)| *row));
        Unit {
            value: ranked.value(rank),
            cost: candidate.cost.unwrap_or(0),
            rows: rows.collect(),
            locked: locked[rank],
        }
    };
    let units = ranked.ranks().map(unit).collect();
    let (sums, weighted) = require::sums(ranked, phase)?.into_iter().unzip();
    let problem = Problem { units, rows, limit: limit(ranked, phase), sums: weighted };
    check_sums(&problem)?;
    Ok(PhaseProblem {
        sums,
        phase: phase.id.clone(),
        is_open: phase.upto.is_none(),
        names,
        problem,
    })
}

/// Whether the places of a phase may stay empty.
fn fill(ranked: &RankedPool<'_>, phase: &Phase) -> Fill {
    let spare = ranked.programme.budget.is_some() || ranked.programme.unions.is_some();
    phase.fill.unwrap_or(if spare { Fill::AtMost } else { Fill::Exactly })
}

/// The money up to a phase.
fn limit(ranked: &RankedPool<'_>, phase: &Phase) -> Option<i64> {
    let whole = ranked.programme.budget.as_ref()?.limit;
    Some(phase.limit.map_or(whole, |limit| limit.min(whole)))
}

fn check_sums(problem: &Problem) -> Result<(), Refusal> {
    let values: i128 = problem.units.iter().map(|unit| i128::from(unit.value).abs()).sum();
    let weight = |sum: &WeightedSum| sum.weights.iter().map(|own| i128::from(*own)).sum::<i128>();
    let is_large = |sum: &WeightedSum| weight(sum) >= LARGEST_SUM;
    if values >= LARGEST_SUM
        || problem.cost(&problem.everybody()) >= LARGEST_SUM
        || problem.sums.iter().any(is_large)
    {
        let objection = Objection::new("too-large", ProgrammeKey::Decimals, message::too_large());
        return Err(Refusal::one(objection));
    }
    Ok(())
}

/// What is carried from phase to phase.
struct PhaseSolver<'a> {
    ranked: &'a RankedPool<'a>,
    /// All projects that may be; none without unions.
    projects: Option<Vec<Project>>,
    /// Work that is left.
    nodes: u64,
    /// Whether the money ended the list.
    ended: bool,
    /// Projects of earlier phases.
    earlier: Vec<Project>,
}

impl PhaseSolver<'_> {
    /// Solves a phase; `before` is who was in before it.
    fn solve(&mut self, rules: PhaseProblem, before: &Solution) -> Result<SolvedPhase, Refusal> {
        let (criterion, was_ended) = (self.ranked.criterion(), self.ended);
        let phase = if let Some(projects) = &self.projects {
            if !rules.problem.sums.is_empty() {
                let advice = message::sums_and_unions();
                return Err(Refusal::one(Objection::new("sums", ProgrammeKey::Require, advice)));
            }
            let task = PackingTask {
                problem: &rules.problem,
                projects,
                earlier: &self.earlier,
                nodes: self.nodes,
            };
            let packed = task.solve(criterion).map_err(|unsolved| refuse(&rules, unsolved))?;
            SolvedPhase { added: packed.added, solved: packed.solved, rules, was_ended }
        } else {
            let solved = if ends_when_short(self.ranked) {
                self.until_short(&rules)?
            } else {
                optimise::solve(&rules.problem, criterion, self.nodes)
                    .map_err(|unsolved| refuse(&rules, unsolved))?
            };
            let mut phase = SolvedPhase { added: Vec::new(), solved, rules, was_ended };
            let added = phase.solved.solution.marked().filter(|rank| !before[*rank]);
            phase.added = added.map(|rank| phase.alone(rank)).collect();
            phase
        };
        self.nodes = self.nodes.saturating_sub(phase.solved.nodes);
        self.earlier.extend(phase.added.iter().cloned());
        Ok(phase)
    }

    /// Pays down the list that quotas and required sums alone give; the first unit that cannot be paid ends it.
    fn until_short(&mut self, rules: &PhaseProblem) -> Result<Solved, Refusal> {
        let problem = &rules.problem;
        let limit = i128::from(problem.limit.unwrap_or(i64::MAX));
        let mut unpaid = rules.clone();
        unpaid.problem.limit = None;
        let mut solved = optimise::solve(&unpaid.problem, Criterion::Priority, self.nodes)
            .map_err(|unsolved| refuse(&unpaid, unsolved))?;
        let locked = problem.units.iter().filter(|unit| unit.locked);
        let mut left = limit - locked.map(|unit| i128::from(unit.cost)).sum::<i128>();
        let mut last_unpaid = None;
        for (rank, unit) in problem.units.enumerate().filter(|(_, unit)| !unit.locked) {
            if !solved.solution[rank] {
                continue;
            }
            left -= if self.ended { 0 } else { i128::from(unit.cost) };
            if left < 0 && !self.ended {
                self.ended = true;
                last_unpaid = Some(rank);
            }
            solved.solution[rank] = !self.ended;
        }
        let at = last_unpaid.map(|rank| self.ranked.code(rank));
        let ends =
            |advice| Refusal::one(Objection::new("infeasible", ProgrammeKey::WhenShort, advice));
        let counts = problem.counts(&solved.solution);
        if let Some(row) = problem.rows.positions().find(|row| counts[*row] < problem.rows[*row].lo)
        {
            let (group, least) = (rules.group(row), problem.rows[row].lo);
            return Err(ends(message::money_ends(&rules.phase, at, &group, counts[row], least)));
        }
        for (name, sum) in rules.sums.iter().zip(&problem.sums) {
            let (reached, least) = (sum.of(solved.solution.marked()), sum.bounds.lo);
            if reached < least {
                return Err(ends(message::money_ends_sum(&rules.phase, at, name, reached, least)));
            }
        }
        if problem.cost(&solved.solution) > limit {
            return Err(refuse(rules, Unsolved::Infeasible));
        }
        Ok(solved)
    }
}

/// The refusal of a phase that has no list.
fn refuse(rules: &PhaseProblem, unsolved: Unsolved) -> Refusal {
    match unsolved {
        Unsolved::Infeasible => conflict::explain(rules),
        Unsolved::OutOfNodes => {
            let advice = message::out_of_nodes(&rules.phase);
            Refusal::one(Objection::new("effort", ProgrammeKey::Effort, advice))
        }
    }
}

/// All projects that a programme lets be, by their members: single units, and unions of two or three
/// neighbours.
///
/// A project takes one place, and a place counts in one group of each quota: the members of a union
/// agree in every classification that has a quota, and in `same`. A union of three needs two common
/// borders, not three.
pub(super) fn projects(ranked: &RankedPool<'_>, unions: &Unions) -> Result<Vec<Project>, Refusal> {
    check_unions(ranked, unions)?;
    let neighbours = neighbours(ranked, unions);
    let mut sets: BTreeSet<Vec<Rank>> = ranked.ranks().map(|rank| vec![rank]).collect();
    let classifications = agreeing(ranked, unions);
    let mut join = |members: &[Rank]| {
        if may_join(ranked, unions, &classifications, members) {
            let mut sorted = members.to_vec();
            sorted.sort_unstable();
            sets.insert(sorted);
        }
    };
    for (rank, near) in neighbours.enumerate() {
        for (at, one) in near.iter().enumerate() {
            join(&[rank, *one]);
            for two in &near[at + 1..] {
                join(&[rank, *one, *two]);
            }
        }
    }
    let project = |members: Vec<Rank>| Project { cost: union_cost(ranked, &members), members };
    Ok(sets.into_iter().map(project).collect())
}

fn may_join(
    ranked: &RankedPool<'_>,
    unions: &Unions,
    classifications: &[usize],
    members: &[Rank],
) -> bool {
    let unit = |rank: &Rank| ranked.candidate(*rank);
    let most = unions.member_max_population;
    let all: i128 = members.iter().map(|rank| i128::from(unit(rank).population)).sum();
    let agree = |by: &usize| {
        members.iter().all(|rank| unit(rank).groups[*by] == unit(&members[0]).groups[*by])
    };
    members.len() <= usize::from(unions.max_members)
        && members.iter().all(|rank| most.is_none_or(|most| unit(rank).population <= most))
        && all <= i128::from(unions.max_population)
        && classifications.iter().all(agree)
}

/// Classifications in which members must agree.
fn agreeing(ranked: &RankedPool<'_>, unions: &Unions) -> Vec<usize> {
    let quotas = ranked.programme.phases.iter().flat_map(|phase| &phase.quota);
    let ids: BTreeSet<_> = quotas.map(|quota| &quota.by).chain(&unions.same).collect();
    ids.into_iter().filter_map(|id| ranked.pool.classification(id)).collect()
}

fn check_unions(ranked: &RankedPool<'_>, unions: &Unions) -> Result<(), Refusal> {
    let pool = ranked.pool;
    let mut objections = Vec::new();
    if !(1..=3).contains(&unions.max_members) {
        let message = message::union_size(unions.max_members);
        objections.push(Objection::new("union-size", ProgrammeKey::MaxMembers, message));
    }
    if let Some(same) = unions.same.as_ref().filter(|same| pool.classification(same).is_none()) {
        let known = pool.classifications.iter().map(|by| by.id.as_str());
        let advice = message::unknown_classification(same, known);
        objections.push(Objection::new("unknown-classification", ProgrammeKey::Same, advice));
    }
    let codes: BTreeSet<_> = pool.candidates.iter().map(|c| c.code.as_str()).collect();
    let mut object = |rule, message: Message, code: &String| {
        objections.push(Objection::new(rule, ProgrammeKey::Neighbours, message).unit(code));
    };
    for border in &pool.borders {
        for code in [&border.a, &border.b] {
            if !codes.contains(code.as_str()) {
                let message = message::unknown_neighbour(&border.a, &border.b, code);
                object("unknown-neighbour", message, code);
            }
        }
        if border.a == border.b {
            object("own-neighbour", message::own_neighbour(&border.a), &border.a);
        }
    }
    objections.sort_by(|a, b| (a.rule, &a.message).cmp(&(b.rule, &b.message)));
    Refusal::unless_empty(objections)
}

/// Neighbours of each rank, ascending.
fn neighbours(ranked: &RankedPool<'_>, unions: &Unions) -> IndexVec<Rank, Vec<Rank>> {
    let ranks: BTreeMap<&str, Rank> = ranked.ranks_by_code();
    let mut near: IndexVec<Rank, BTreeSet<Rank>> = IndexVec::filled(BTreeSet::new(), ranks.len());
    for border in &ranked.pool.borders {
        let long = border.metres.is_none_or(|metres| metres >= unions.min_border_m);
        let ends = (ranks.get(border.a.as_str()), ranks.get(border.b.as_str()));
        if let (true, (Some(a), Some(b))) = (long, ends) {
            near[*a].insert(*b);
            near[*b].insert(*a);
        }
    }
    near.iter().map(|near| near.iter().copied().collect()).collect()
}

/// What a union costs: what the pool says, else the sum of its members.
fn union_cost(ranked: &RankedPool<'_>, members: &[Rank]) -> i64 {
    let mut codes = ranked.codes(members);
    codes.sort();
    let own = members.iter().map(|rank| ranked.candidate(*rank).cost.unwrap_or(0));
    let sum = || own.fold(0_i64, i64::saturating_add);
    let costs = &ranked.pool.union_costs;
    costs.get(&codes).copied().filter(|_| codes.len() > 1).unwrap_or_else(sum)
}
