//! The one door: a programme and a pool go in, a list with reasons comes out.

use super::eligible::Access;
use super::phases::{Field, Stage};
use super::result::{PhaseOutcome, Proof, Reason, Selection, State, UnitOutcome};
use super::solve::{Algorithm, Best};
use super::{Pool, Programme, Refusal};

/// Selects. What it answers depends on the two arguments only, not on the order of the pool.
pub fn select(programme: &Programme, pool: &Pool) -> Result<Selection, Refusal> {
    let field = Field::new(programme, pool)?;
    let stages = field.stages(field.included())?;
    Ok(selection(&field, &stages))
}

/// The algorithm of each phase, as `check` tells it before anything is computed.
pub fn algorithms(programme: &Programme, pool: &Pool) -> Result<Vec<Algorithm>, Refusal> {
    Field::new(programme, pool)?.algorithms()
}

fn selection(field: &Field, stages: &[Stage]) -> Selection {
    let phases = phases(field, stages);
    let units = units(field, stages);
    Selection { phases, units, reserve: Vec::new() }
}

fn phases(field: &Field, stages: &[Stage]) -> Vec<PhaseOutcome> {
    let mut outcomes = Vec::new();
    let (mut places, mut cost) = (0, 0);
    for stage in stages {
        let list = &stage.solved.list;
        let ranks: Vec<_> = (0..list.len()).filter(|rank| list[*rank]).collect();
        let codes = |members: &[usize]| -> Vec<String> {
            members.iter().map(|rank| field.code(*rank).to_owned()).collect()
        };
        places += stage.added.len();
        cost += stage.added.iter().map(|project| i128::from(project.cost)).sum::<i128>();
        let sum = |of: &dyn Fn(usize) -> i64| ranks.iter().map(|rank| i128::from(of(*rank))).sum();
        outcomes.push(PhaseOutcome {
            id: stage.problem.phase.clone(),
            added: stage.added.iter().flat_map(|project| codes(&project.members)).collect(),
            projects: stage.added.iter().map(|project| codes(&project.members)).collect(),
            places,
            empty: usize::try_from(stage.problem.rows[0].hi).unwrap_or(0).saturating_sub(places),
            cost,
            points: sum(&|rank| field.points(rank)),
            people: sum(&|rank| field.people(rank)),
            proof: Proof {
                algorithm: stage.solved.algorithm,
                sum: (field.best() == Best::Coverage).then(|| stage.problem.value(list)),
                bound: stage.solved.bound,
                price: stage.solved.price,
                proved: stage.solved.proved,
                nodes: stage.solved.nodes,
            },
        });
    }
    outcomes
}

fn units(field: &Field, stages: &[Stage]) -> Vec<UnitOutcome> {
    let mut units: Vec<_> = (0..field.pool.candidates.len()).map(|at| unit(field, stages, at)).collect();
    units.sort_by(|a, b| a.code.cmp(&b.code));
    units
}

fn unit(field: &Field, stages: &[Stage], at: usize) -> UnitOutcome {
    let rank = field.ranking.order.iter().position(|other| *other == at);
    let stage = rank.and_then(|rank| stages.iter().find(|stage| stage.solved.list[rank]));
    let (state, reason) = match (&field.entrants.access[at], stage) {
        (Access::Included(why), _) => (State::Selected, Reason::Included(why.clone())),
        (Access::Open, Some(_)) => (State::Selected, Reason::Rank),
        (Access::Open, None) => (State::NotSelected, Reason::BelowCut),
        (Access::Excluded(why), _) => (State::Excluded, Reason::Excluded(why.clone())),
        (Access::Ineligible(why), _) => (State::Ineligible, Reason::Ineligible(why.clone())),
        (Access::Unscored(why), _) => (State::Unscored, Reason::Unscored(why.clone())),
    };
    UnitOutcome {
        code: field.pool.candidates[at].code.clone(),
        state,
        phase: stage.map(|stage| stage.problem.phase.clone()),
        place: None,
        reserve: None,
        rank: rank.map(|rank| rank + 1),
        points: field.entrants.points[at],
        reason,
        clauses: Vec::new(),
        distance: None,
        ticket: None,
    }
}
