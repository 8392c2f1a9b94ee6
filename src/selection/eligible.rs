//! Who may be chosen at all: `where`, then exclusions, then inclusions, then a score.

use std::collections::{BTreeMap, BTreeSet};

use super::programme::{Lock, Unscored};
use super::quota::known_names;
use super::refusal::Problem;
use super::{Points, Pool, Programme};

/// Where a unit stands before anything is ordered.
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
    Ineligible(String),
    /// Has no score, and the programme says why that is enough.
    Unscored(String),
}

/// The units of a pool as the programme sees them; positions are those of the pool.
#[derive(Clone, Debug)]
pub(super) struct Entrants {
    pub(super) access: Vec<Access>,
    /// Published points.
    pub(super) points: Vec<Option<Points>>,
    /// Units that pass `where`, whatever happens to them after.
    pub(super) passing: Vec<usize>,
    /// Units that may take a place.
    pub(super) contenders: Vec<usize>,
    /// Units that take a place by decision.
    pub(super) included: Vec<usize>,
}

/// Sorts the units of a pool; every problem at once.
pub(super) fn entrants(
    programme: &Programme,
    pool: &Pool,
    kept: &BTreeMap<&str, Option<&str>>,
) -> Result<Entrants, Vec<Problem>> {
    let mut problems = pool_problems(programme, pool);
    problems.extend(lock_problems(programme, pool));
    problems.extend(kept_problems(programme, pool, kept));
    if !problems.is_empty() {
        return Err(problems);
    }
    let excluded = reasons(&programme.eligible.exclude);
    let included = reasons(&programme.eligible.include);
    let decimals = programme.order.decimals;
    let mut found = Entrants {
        access: Vec::new(),
        points: Vec::new(),
        passing: Vec::new(),
        contenders: Vec::new(),
        included: Vec::new(),
    };
    for (at, candidate) in pool.candidates.iter().enumerate() {
        let points = candidate.score.map(|score| Points::round(score, decimals)).transpose();
        let unfit = points.is_err();
        let points = points.unwrap_or_else(|error| {
            let message = format!("unit `{}` has {error}", candidate.code);
            problems.push(Problem::new("score", "programme.score", message).unit(&candidate.code));
            None
        });
        let code = candidate.code.as_str();
        let access = if let Some(reason) = included.get(code) {
            Access::Included((*reason).to_owned())
        } else if kept.contains_key(code) {
            Access::Accepted
        } else if let Some(why) = &candidate.ineligible {
            Access::Ineligible(why.clone())
        } else if let Some(reason) = excluded.get(code) {
            Access::Excluded((*reason).to_owned())
        } else if unfit {
            // told above: a score that is no number is not a score that is missing
            Access::Open
        } else if points.is_none() {
            unscored(&programme.eligible.unscored, code, &mut problems)
        } else {
            Access::Open
        };
        if candidate.ineligible.is_none() {
            found.passing.push(at);
        }
        match access {
            Access::Open => found.contenders.push(at),
            Access::Included(_) | Access::Accepted => {
                found.contenders.push(at);
                found.included.push(at);
            }
            Access::Excluded(_) | Access::Ineligible(_) | Access::Unscored(_) => {}
        }
        found.access.push(access);
        found.points.push(points);
    }
    problems.extend(cost_problems(programme, pool, &found.contenders));
    problems.sort_by(|a, b| (a.rule, &a.unit, &a.message).cmp(&(b.rule, &b.unit, &b.message)));
    if problems.is_empty() { Ok(found) } else { Err(problems) }
}

fn reasons(locks: &[Lock]) -> BTreeMap<&str, &str> {
    locks.iter().map(|lock| (lock.code.as_str(), lock.reason.as_str())).collect()
}

fn unscored(rule: &Unscored, code: &str, problems: &mut Vec<Problem>) -> Access {
    match rule {
        Unscored::Stop => {
            let message = format!("unit `{code}` is eligible and has no score");
            problems.push(
                Problem::new("unscored", "eligible.unscored", message)
                    .hint("say `unscored = { rule = \"exclude\", reason = … }` or `\"last-place\"`, or give the unit a score")
                    .unit(code),
            );
            Access::Open
        }
        Unscored::Exclude(reason) => Access::Unscored(reason.clone()),
        Unscored::LastPlace(_) => Access::Open,
    }
}

/// What makes a pool unfit to select from.
fn pool_problems(programme: &Programme, pool: &Pool) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut seen = BTreeSet::new();
    for candidate in &pool.candidates {
        let code = &candidate.code;
        if !seen.insert(code) {
            let message = format!("unit `{code}` is in the pool twice");
            problems.push(Problem::new("duplicate-unit", "", message).unit(code));
        }
        let shaped = candidate.groups.len() == pool.families.len()
            && candidate.measures.len() == pool.measures.len()
            && candidate.keys.len() == programme.order.ties.len()
            && candidate
                .groups
                .iter()
                .zip(&pool.families)
                .all(|(group, family)| group.is_none_or(|group| group < family.groups.len()));
        if !shaped {
            let message =
                format!("unit `{code}` has other groups, measures or keys than the pool names");
            problems.push(Problem::new("pool-shape", "", message).unit(code));
        }
        if candidate.people < 0 || candidate.population < 0 {
            let message = format!("unit `{code}` has a negative number of people");
            problems.push(Problem::new("negative-people", "", message).unit(code));
        }
    }
    if programme.phases.is_empty() {
        problems.push(Problem::new(
            "no-phase",
            "phase",
            "a programme without a phase selects nobody",
        ));
    }
    if programme.order.decimals > 9 {
        let message = format!(
            "{} decimals are more than the 9 that a score can have",
            programme.order.decimals
        );
        problems.push(Problem::new("decimals", "order.decimals", message));
    }
    problems
}

fn lock_problems(programme: &Programme, pool: &Pool) -> Vec<Problem> {
    let codes: BTreeSet<_> = pool.candidates.iter().map(|c| c.code.as_str()).collect();
    let mut problems = Vec::new();
    let sides = [
        ("eligible.exclude", &programme.eligible.exclude),
        ("eligible.include", &programme.eligible.include),
    ];
    for (key, locks) in sides {
        for lock in locks.iter().filter(|lock| !codes.contains(lock.code.as_str())) {
            let message = format!("`{}` is no unit of the register", lock.code);
            let hint = known_names(&lock.code, codes.iter().copied());
            problems.push(Problem::new("unknown-unit", key, message).hint(hint).unit(&lock.code));
        }
    }
    let included = reasons(&programme.eligible.include);
    for (code, why) in reasons(&programme.eligible.exclude) {
        if let Some(other) = included.get(code) {
            let message =
                format!("unit `{code}` is excluded (\"{why}\") and included (\"{other}\")");
            problems.push(
                Problem::new("lock-conflict", "eligible.include", message)
                    .hint("keep one of the two decisions")
                    .unit(code),
            );
        }
    }
    problems
}

/// A place that was accepted is kept: nothing may say otherwise.
fn kept_problems(
    programme: &Programme,
    pool: &Pool,
    kept: &BTreeMap<&str, Option<&str>>,
) -> Vec<Problem> {
    let excluded = reasons(&programme.eligible.exclude);
    let mut problems = Vec::new();
    for code in kept.keys() {
        if let Some(why) = excluded.get(code) {
            let message = format!("unit `{code}` accepted its place and is excluded (\"{why}\")");
            let hint = "an accepted place is never taken back: a decision `withdrawn` gives it up";
            problems.push(
                Problem::new("lock-conflict", "eligible.exclude", message).hint(hint).unit(*code),
            );
        }
        if !pool.candidates.iter().any(|candidate| candidate.code == **code) {
            let message =
                format!("unit `{code}` accepted its place and is no unit of the register");
            problems.push(Problem::new("unknown-unit", "decisions.previous", message).unit(*code));
        }
    }
    problems
}

fn cost_problems(programme: &Programme, pool: &Pool, contenders: &[usize]) -> Vec<Problem> {
    let Some(budget) = &programme.budget else { return Vec::new() };
    let mut problems = Vec::new();
    let limits = programme.phases.iter().filter_map(|p| p.limit.map(|l| (l, "phase.limit")));
    for (limit, key) in limits.chain([(budget.limit, "budget.limit")]) {
        if limit < 0 {
            let message = format!("a limit of {} lei: money cannot be negative", lei(limit));
            problems.push(Problem::new("negative-budget", key, message));
        }
    }
    for at in contenders {
        let candidate = &pool.candidates[*at];
        let (rule, what) = match candidate.cost {
            None => ("missing-cost", "has no cost".to_owned()),
            Some(cost) if cost < 0 => ("negative-cost", format!("costs {} lei", lei(cost))),
            Some(_) => continue,
        };
        let message = format!("unit `{}` may take a place and {what}", candidate.code);
        problems.push(Problem::new(rule, "budget.cost", message).unit(&candidate.code));
    }
    problems
}

/// Bani as lei with two decimals.
pub(super) fn lei(bani: i64) -> String {
    Points::from_units(bani).text(2)
}
