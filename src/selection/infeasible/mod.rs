//! Why no list keeps the rules: the smallest set of them that conflict, and what one change would do.

mod words;

use self::words::Words;
use super::problem::{Problem, RowName, count};
use super::refusal::{Conflict, Problem as RefusedFor, Refusal, Relaxation};
use super::result::Clause;
use super::solve::{Best, solve};

/// Work that one question may take.
const NODES: u64 = 20_000;

/// One rule of a phase that can be left out or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Part {
    /// All minima of one quota.
    Minima(usize),
    /// All maxima of one quota.
    Maxima(usize),
    /// The minimum of one row.
    Low(usize),
    /// The maximum of one row.
    High(usize),
    /// The least number of places.
    PlacesLow,
    /// The most places.
    PlacesHigh,
    /// The money.
    Money,
    /// Who is in already.
    Locked,
}

/// The refusal of a problem that no list solves.
pub(super) fn explain(problem: &Problem) -> Refusal {
    let rules = declared(problem);
    let smallest = smallest(problem, &rules).unwrap_or(rules);
    let parts = reduce(problem, &single(problem, &smallest));
    let relaxations: Vec<_> =
        parts.iter().filter_map(|part| relax(problem, &parts, part)).collect();
    let missing = missing(&relaxations);
    let words = Words { problem, parts: &parts };
    let conflict = Conflict {
        phase: problem.phase.clone(),
        code: words.code(),
        clauses: parts.iter().map(|part| words.clause(part)).collect(),
        missing,
        relaxations,
    };
    let message = words.message(&conflict);
    let hint = Words::hint(&conflict);
    let mut refused = RefusedFor::new("infeasible", words.key(), message).hint(hint);
    refused.conflict = Some(conflict);
    Refusal::one(refused)
}

/// What is missing: money where money is one of the rules that conflict and more of it would do,
/// else places.
fn missing(relaxations: &[Relaxation]) -> i64 {
    let money = relaxations.iter().find(|r| matches!(r.clause, Clause::Money { .. }));
    let short = |relaxation: &Relaxation| (relaxation.to - relaxation.from).abs();
    money.map(short).or_else(|| relaxations.iter().map(short).min()).unwrap_or(1)
}

/// The rules as the planner wrote them: a quota is one rule.
fn declared(problem: &Problem) -> Vec<Part> {
    let mut parts = vec![];
    if problem.rows[0].lo > 0 {
        parts.push(Part::PlacesLow);
    }
    parts.push(Part::PlacesHigh);
    for row in &problem.rows[1..] {
        let RowName::Group { quota, .. } = row.name else { continue };
        let (low, high) = (Part::Minima(quota), Part::Maxima(quota));
        if row.lo > 0 && !parts.contains(&low) {
            parts.push(low);
        }
        if row.hi < i64::MAX && !parts.contains(&high) {
            parts.push(high);
        }
    }
    if problem.limit.is_some() {
        parts.push(Part::Money);
    }
    if problem.units.iter().any(|unit| unit.locked) {
        parts.push(Part::Locked);
    }
    parts
}

/// The smallest set of declared rules that conflict, by number of rules, then by their order.
fn smallest(problem: &Problem, rules: &[Part]) -> Option<Vec<Part>> {
    for size in 1..=rules.len().min(4) {
        let mut chosen: Vec<_> = (0..size).collect();
        loop {
            let set: Vec<_> = chosen.iter().map(|at| rules[*at].clone()).collect();
            if !possible(&kept(problem, &set)) {
                return Some(set);
            }
            if !next_choice(&mut chosen, rules.len()) {
                break;
            }
        }
    }
    None
}

/// The next choice of as many out of `n`, in lexicographic order.
fn next_choice(chosen: &mut [usize], n: usize) -> bool {
    let size = chosen.len();
    for at in (0..size).rev() {
        if chosen[at] + size - at < n {
            chosen[at] += 1;
            for later in at + 1..size {
                chosen[later] = chosen[later - 1] + 1;
            }
            return true;
        }
    }
    false
}

/// Quotas taken apart into the bounds of their groups.
fn single(problem: &Problem, rules: &[Part]) -> Vec<Part> {
    let mut parts = Vec::new();
    for rule in rules {
        let rows = || 1..problem.rows.len();
        let of = |row: usize, quota: usize| matches!(problem.rows[row].name, RowName::Group { quota: q, .. } if q == quota);
        match rule {
            Part::Minima(quota) => {
                let lows = rows().filter(|row| of(*row, *quota) && problem.rows[*row].lo > 0);
                parts.extend(lows.map(Part::Low));
            }
            Part::Maxima(quota) => {
                let highs =
                    rows().filter(|row| of(*row, *quota) && problem.rows[*row].hi < i64::MAX);
                parts.extend(highs.map(Part::High));
            }
            Part::Low(_)
            | Part::High(_)
            | Part::PlacesLow
            | Part::PlacesHigh
            | Part::Money
            | Part::Locked => {
                parts.push(rule.clone());
            }
        }
    }
    parts
}

/// Leaves out every bound without which the rest still conflict.
fn reduce(problem: &Problem, parts: &[Part]) -> Vec<Part> {
    let mut left = parts.to_vec();
    let mut at = 0;
    while at < left.len() {
        let mut fewer = left.clone();
        fewer.remove(at);
        if possible(&kept(problem, &fewer)) {
            at += 1;
        } else {
            left = fewer;
        }
    }
    left
}

/// The problem with only some of its rules.
fn kept(problem: &Problem, parts: &[Part]) -> Problem {
    let has = |part: &Part| parts.contains(part);
    let mut fewer = problem.clone();
    for (at, row) in fewer.rows.iter_mut().enumerate() {
        let (low, high) = match &row.name {
            RowName::Places => (has(&Part::PlacesLow), has(&Part::PlacesHigh)),
            RowName::Group { quota, .. } => (
                has(&Part::Minima(*quota)) || has(&Part::Low(at)),
                has(&Part::Maxima(*quota)) || has(&Part::High(at)),
            ),
        };
        row.lo = if low { row.lo } else { 0 };
        row.hi = if high { row.hi } else { i64::MAX };
    }
    fewer.limit = fewer.limit.filter(|_| has(&Part::Money));
    if !has(&Part::Locked) {
        fewer.units.iter_mut().for_each(|unit| unit.locked = false);
    }
    fewer
}

fn possible(problem: &Problem) -> bool {
    solve(problem, Best::Priority, NODES).is_ok()
}

/// The nearest bound of one rule with which the whole programme has a list, the others unchanged.
fn relax(problem: &Problem, parts: &[Part], part: &Part) -> Option<Relaxation> {
    let words = Words { problem, parts };
    let (from, end) = match part {
        Part::PlacesLow => (problem.rows[0].lo, 0),
        Part::PlacesHigh => (problem.rows[0].hi, count(problem.units.len())),
        Part::Low(row) => (problem.rows[*row].lo, 0),
        Part::High(row) => (problem.rows[*row].hi, count(problem.units.len())),
        Part::Money => {
            let all = problem.cost(&vec![true; problem.units.len()]);
            (problem.limit?, i64::try_from(all).ok()?)
        }
        Part::Minima(_) | Part::Maxima(_) | Part::Locked => return None,
    };
    if !possible(&changed(problem, part, end)) {
        return None;
    }
    // possible at `end`, impossible at `from`: halve the way between them
    let (mut bad, mut good) = (from, end);
    while (good - bad).abs() > 1 {
        let middle = bad + (good - bad) / 2;
        if possible(&changed(problem, part, middle)) {
            good = middle;
        } else {
            bad = middle;
        }
    }
    Some(Relaxation { clause: words.clause(part), from, to: good })
}

/// The problem with another bound.
fn changed(problem: &Problem, part: &Part, bound: i64) -> Problem {
    let mut other = problem.clone();
    match part {
        // `upto` is one number: with fewer places needed, fewer are there
        Part::PlacesLow if other.rows[0].hi == other.rows[0].lo => {
            (other.rows[0].lo, other.rows[0].hi) = (bound, bound);
        }
        Part::PlacesHigh if other.rows[0].hi == other.rows[0].lo => {
            (other.rows[0].lo, other.rows[0].hi) = (bound, bound);
        }
        Part::PlacesLow => other.rows[0].lo = bound,
        Part::PlacesHigh => other.rows[0].hi = bound,
        Part::Low(row) => other.rows[*row].lo = bound,
        Part::High(row) => other.rows[*row].hi = bound,
        Part::Money => other.limit = Some(bound),
        Part::Minima(_) | Part::Maxima(_) | Part::Locked => {}
    }
    other
}
