//! The phases one after the other: each is the best list given what earlier phases selected.

use super::Pool;
use super::appeal::Past;
use super::eligible::{Access, Entrants, entrants, lei};
use super::infeasible;
use super::order::{Ranking, rank};
use super::problem::{Problem, Row, RowName, Unit};
use super::programme::{Appeals, Fill, Objective, Phase, Programme, Rule, WhenShort};
use super::quota::{self, Bounds, Ground};
use super::refusal::{Problem as RefusedFor, Refusal};
use super::solve::{Algorithm, Best, Solved, Unsolved, solve};
use super::unions::{Project, Task, projects};

/// Sums above this would lose digits in a solver.
const LARGEST_SUM: i128 = 1 << 53;

/// A programme and a pool that fit each other, with the units in priority order.
pub(super) struct Field<'a> {
    pub(super) programme: &'a Programme,
    pub(super) pool: &'a Pool,
    pub(super) entrants: Entrants,
    /// Units that may take a place; a rank is a position in here.
    pub(super) ranking: Ranking,
}

/// One phase after it was solved, over the ranks of the field.
pub(super) struct Stage {
    pub(super) problem: Problem,
    pub(super) solved: Solved,
    /// Projects that the phase added, by the rank of their leads; without unions each is a unit.
    pub(super) added: Vec<Project>,
}

impl<'a> Field<'a> {
    /// Checks the two against each other; every problem at once.
    pub(super) fn new(
        programme: &'a Programme,
        pool: &'a Pool,
        past: &Past,
    ) -> Result<Self, Refusal> {
        let entrants =
            entrants(programme, pool, &past.kept()).map_err(|problems| Refusal { problems })?;
        let ranking = rank(programme, pool, &entrants.contenders, &entrants.points);
        Ok(Self { programme, pool, entrants, ranking })
    }

    /// What *best* means here.
    pub(super) fn best(&self) -> Best {
        match self.programme.rule {
            Rule::Priority => Best::Priority,
            Rule::Coverage(_) => Best::Coverage,
        }
    }

    /// The code of a rank.
    pub(super) fn code(&self, rank: usize) -> &str {
        &self.pool.candidates[self.ranking.order[rank]].code
    }

    /// The points of a rank, nought where a unit has none.
    pub(super) fn points(&self, rank: usize) -> i64 {
        self.entrants.points[self.ranking.order[rank]].map_or(0, super::Points::units)
    }

    /// The people of a rank.
    pub(super) fn people(&self, rank: usize) -> i64 {
        self.pool.candidates[self.ranking.order[rank]].people
    }

    /// What coverage sums for a rank.
    pub(super) fn value(&self, rank: usize) -> i64 {
        match self.programme.rule {
            Rule::Coverage(Objective::People) => self.people(rank),
            Rule::Coverage(Objective::Score) | Rule::Priority => self.points(rank),
        }
    }

    /// The integer problem of a phase, given who is in already.
    pub(super) fn problem(&self, phase: &Phase, locked: &[bool]) -> Result<Problem, Refusal> {
        let positions: Vec<_> = self
            .ranking
            .order
            .iter()
            .zip(locked)
            .filter(|(_, on)| **on)
            .map(|(at, _)| *at)
            .collect();
        let ground = Ground {
            pool: self.pool,
            passing: &self.entrants.passing,
            contenders: &self.entrants.contenders,
            locked: &positions,
        };
        let quotas = quota::rows(phase, &ground).map_err(|problems| Refusal { problems })?;
        let Bounds { lo, hi } = quota::places(phase, self.fill(phase), self.ranking.order.len());
        let mut rows = vec![Row { name: RowName::Places, lo, hi }];
        rows.extend(quotas.iter().map(|(row, _, _)| row.clone()));
        let unit = |rank: usize| {
            let candidate = &self.pool.candidates[self.ranking.order[rank]];
            let counted = quotas
                .iter()
                .enumerate()
                .filter(|(_, (_, family, group))| candidate.groups[*family] == Some(*group));
            Unit {
                value: self.value(rank),
                cost: candidate.cost.unwrap_or(0),
                rows: std::iter::once(0).chain(counted.map(|(at, _)| at + 1)).collect(),
                locked: locked[rank],
            }
        };
        let units: Vec<_> = (0..self.ranking.order.len()).map(unit).collect();
        let problem = Problem { phase: phase.id.clone(), units, rows, limit: self.limit(phase) };
        check_sums(&problem)?;
        Ok(problem)
    }

    /// Whether the places of a phase may stay empty.
    pub(super) fn fill(&self, phase: &Phase) -> Fill {
        let spare = self.programme.budget.is_some() || self.programme.unions.is_some();
        phase.fill.unwrap_or(if spare { Fill::AtMost } else { Fill::Exactly })
    }

    /// The money up to a phase.
    pub(super) fn limit(&self, phase: &Phase) -> Option<i64> {
        let whole = self.programme.budget.as_ref()?.limit;
        Some(phase.limit.map_or(whole, |limit| limit.min(whole)))
    }

    /// By rank the phase from which on a unit is in: by decision from the first, with an accepted
    /// place from the phase of that place.
    pub(super) fn locked_from(&self, past: &Past) -> Vec<Option<usize>> {
        let kept = past.kept();
        let phase =
            |id: Option<&str>| self.programme.phases.iter().position(|p| Some(p.id.as_str()) == id);
        let from = |at: &usize| match &self.entrants.access[*at] {
            Access::Included(_) => Some(0),
            // on a hold-harmless list it is added to those who qualify now, and takes no place of theirs
            Access::Accepted if self.adds(*at) => None,
            Access::Accepted => {
                let id = kept.get(self.pool.candidates[*at].code.as_str());
                Some(id.and_then(|id| phase(*id)).unwrap_or(0))
            }
            Access::Open | Access::Excluded(_) | Access::Ineligible(_) | Access::Unscored(_) => {
                None
            }
        };
        self.ranking.order.iter().map(from).collect()
    }

    /// Whether a unit would be on a hold-harmless list without being locked in.
    fn adds(&self, at: usize) -> bool {
        let candidate = &self.pool.candidates[at];
        self.programme.decisions.policy == Appeals::HoldHarmless
            && candidate.ineligible.is_none()
            && self.entrants.points[at].is_some()
    }

    /// The list as it would be if no accepted place were kept; `None` where none is, or where there
    /// is no such list.
    pub(super) fn without_kept(&self, past: &Past) -> Option<Vec<bool>> {
        if past.kept().is_empty() {
            return None;
        }
        let field = Self::new(self.programme, self.pool, &Past::default()).ok()?;
        let stages = field.stages(&field.locked_from(&Past::default())).ok()?;
        let last = stages.last()?;
        let on: std::collections::BTreeSet<_> = (0..last.solved.list.len())
            .filter(|rank| last.solved.list[*rank])
            .map(|rank| field.code(rank))
            .collect();
        Some((0..self.ranking.order.len()).map(|rank| on.contains(self.code(rank))).collect())
    }

    /// Solves the phases in order; `from` tells by rank the phase from which on a unit is in.
    pub(super) fn stages(&self, from: &[Option<usize>]) -> Result<Vec<Stage>, Refusal> {
        let mut locked = vec![false; from.len()];
        let mut nodes = self.programme.effort.nodes;
        let mut ended = false;
        let mut stages = Vec::new();
        let all =
            self.programme.unions.as_ref().map(|unions| projects(self, unions)).transpose()?;
        let mut earlier: Vec<Project> = Vec::new();
        let mut before = vec![false; locked.len()];
        for (at, phase) in self.programme.phases.iter().enumerate() {
            for (rank, _) in from.iter().enumerate().filter(|(_, from)| **from == Some(at)) {
                locked[rank] = true;
            }
            let problem = self.problem(phase, &locked)?;
            let stage = match &all {
                Some(all) => {
                    let task = Task { problem: &problem, projects: all, earlier: &earlier, nodes };
                    let joined =
                        task.solve(self.best()).map_err(|unsolved| refuse(&problem, unsolved))?;
                    Stage { added: joined.added, solved: joined.solved, problem }
                }
                None => {
                    let solved = self.stage(&problem, nodes, &mut ended)?;
                    let added =
                        (0..before.len()).filter(|rank| solved.list[*rank] && !before[*rank]);
                    let alone =
                        |rank| Project { members: vec![rank], cost: problem.units[rank].cost };
                    Stage { added: added.map(alone).collect(), solved, problem }
                }
            };
            nodes = nodes.saturating_sub(stage.solved.nodes);
            locked.clone_from(&stage.solved.list);
            before.clone_from(&stage.solved.list);
            earlier.extend(stage.added.iter().cloned());
            stages.push(stage);
        }
        Ok(stages)
    }

    fn stage(&self, problem: &Problem, nodes: u64, ended: &mut bool) -> Result<Solved, Refusal> {
        let stops = self.programme.budget.as_ref().map(|b| b.when_short) == Some(WhenShort::Stop);
        if stops && self.best() == Best::Priority {
            return self.until_short(problem, nodes, ended);
        }
        solve(problem, self.best(), nodes).map_err(|unsolved| refuse(problem, unsolved))
    }

    /// Pays down the list that the quotas alone give; the first unit that cannot be paid ends it.
    fn until_short(
        &self,
        problem: &Problem,
        nodes: u64,
        ended: &mut bool,
    ) -> Result<Solved, Refusal> {
        let unpaid = Problem { limit: None, ..problem.clone() };
        let mut solved =
            solve(&unpaid, Best::Priority, nodes).map_err(|unsolved| refuse(&unpaid, unsolved))?;
        let mut left = i128::from(problem.limit.unwrap_or(i64::MAX));
        let locked = problem.units.iter().filter(|unit| unit.locked);
        left -= locked.map(|unit| i128::from(unit.cost)).sum::<i128>();
        let mut last_unpaid = None;
        for (rank, unit) in problem.units.iter().enumerate().filter(|(_, unit)| !unit.locked) {
            if !solved.list[rank] {
                continue;
            }
            left -= if *ended { 0 } else { i128::from(unit.cost) };
            if left < 0 && !*ended {
                *ended = true;
                last_unpaid = Some(rank);
            }
            solved.list[rank] = !*ended;
        }
        let short =
            problem.rows.iter().zip(problem.counts(&solved.list)).find(|(row, n)| *n < row.lo);
        if let Some((row, held)) = short {
            return Err(self.short_of_minimum(problem, row, held, last_unpaid));
        }
        if problem.cost(&solved.list) > i128::from(problem.limit.unwrap_or(i64::MAX)) {
            return Err(refuse(problem, Unsolved::Impossible));
        }
        Ok(solved)
    }

    fn short_of_minimum(
        &self,
        problem: &Problem,
        row: &Row,
        held: i64,
        unpaid: Option<usize>,
    ) -> Refusal {
        let what = match &row.name {
            RowName::Places => "the list".to_owned(),
            RowName::Group { by, group, .. } => format!("{by} {group}"),
        };
        let end = unpaid.map_or_else(String::new, |rank| format!(" at unit `{}`", self.code(rank)));
        let message = format!(
            "phase `{}`: the money ends{end} and {what} has {held} of at least {} places",
            problem.phase, row.lo
        );
        let hint = "`when_short = \"skip\"` keeps money for the minima";
        Refusal::one(RefusedFor::new("infeasible", "budget.when_short", message).hint(hint))
    }

    /// The algorithm of each phase, before anything is solved.
    pub(super) fn algorithms(&self) -> Result<Vec<Algorithm>, Refusal> {
        let locked: Vec<_> =
            self.locked_from(&Past::default()).iter().map(Option::is_some).collect();
        let stops = self.programme.budget.as_ref().map(|b| b.when_short) == Some(WhenShort::Stop);
        let mut found = Vec::new();
        for phase in &self.programme.phases {
            let mut problem = self.problem(phase, &locked)?;
            if stops && self.best() == Best::Priority {
                problem.limit = None;
            }
            found.push(match self.programme.unions {
                Some(_) => Algorithm::UnionLabels,
                None => super::solve::algorithm(&problem, self.best()),
            });
        }
        Ok(found)
    }
}

fn check_sums(problem: &Problem) -> Result<(), Refusal> {
    let everybody = vec![true; problem.units.len()];
    let values: i128 = problem.units.iter().map(|unit| i128::from(unit.value).abs()).sum();
    if values >= LARGEST_SUM || problem.cost(&everybody) >= LARGEST_SUM {
        let message = "scores, people or costs sum to more than 2^53 units of their last decimal";
        let hint = "publish fewer decimals (`order.decimals`)";
        return Err(Refusal::one(
            RefusedFor::new("too-large", "order.decimals", message).hint(hint),
        ));
    }
    Ok(())
}

/// The refusal of a phase that has no list.
pub(super) fn refuse(problem: &Problem, unsolved: Unsolved) -> Refusal {
    match unsolved {
        Unsolved::Impossible => infeasible::explain(problem),
        Unsolved::OutOfNodes => {
            let message =
                format!("phase `{}`: no list was found within the nodes allowed", problem.phase);
            let hint = "raise `effort.nodes`";
            Refusal::one(RefusedFor::new("effort", "effort.nodes", message).hint(hint))
        }
    }
}

/// A limit of money as people read it.
pub(super) fn money(limit: i64) -> String {
    format!("{} lei", lei(limit))
}
