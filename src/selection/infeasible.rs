//! Why no list keeps the rules: the smallest set of them that conflict, and what one change would do.

use super::phases::money;
use super::problem::{Problem, Row, RowName, count};
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

/// A conflict in words.
struct Words<'a> {
    problem: &'a Problem,
    parts: &'a [Part],
}

impl Words<'_> {
    fn clause(&self, part: &Part) -> Clause {
        let phase = self.problem.phase.clone();
        match part {
            Part::PlacesLow | Part::PlacesHigh => Clause::Places { phase },
            Part::Low(row) => self.problem.least(*row),
            Part::High(row) => self.problem.most(*row),
            Part::Money => Clause::Money { phase },
            Part::Locked => Clause::Locked { phase },
            Part::Minima(quota) | Part::Maxima(quota) => {
                Clause::Quota { phase, by: String::new(), number: quota + 1 }
            }
        }
    }

    fn group(row: &Row) -> String {
        match &row.name {
            RowName::Places => "the list".to_owned(),
            RowName::Group { by, group, .. } => format!("{by} {group}"),
        }
    }

    fn lows(&self) -> Vec<&Row> {
        self.rows(|part| if let Part::Low(row) = part { Some(*row) } else { None })
    }

    fn highs(&self) -> Vec<&Row> {
        self.rows(|part| if let Part::High(row) = part { Some(*row) } else { None })
    }

    fn rows(&self, pick: impl Fn(&Part) -> Option<usize>) -> Vec<&Row> {
        self.parts.iter().filter_map(pick).map(|row| &self.problem.rows[row]).collect()
    }

    /// Units that a row counts.
    fn eligible(&self, row: &Row) -> i64 {
        let at = self.problem.rows.iter().position(|other| other == row).unwrap_or(0);
        count(self.problem.units.iter().filter(|unit| unit.rows.contains(&at)).count())
    }

    fn has(&self, part: &Part) -> bool {
        self.parts.contains(part)
    }

    /// The violated count as a stable text.
    fn code(&self) -> String {
        let (lows, highs) = (self.lows(), self.highs());
        let need: i64 = lows.iter().map(|row| row.lo).sum();
        let room = highs.iter().fold(0_i64, |sum, row| sum.saturating_add(row.hi));
        let slug = |row: &Row| Self::group(row).replace(' ', "-");
        let places = &self.problem.rows[0];
        match (lows.as_slice(), highs.as_slice()) {
            ([], []) if self.has(&Part::PlacesLow) && self.parts.len() == 1 => {
                format!("size-{}-eligible-{}", places.lo, self.problem.units.len())
            }
            ([row], []) if self.parts.len() == 1 => {
                format!("{}-min-{}-eligible-{}", slug(row), row.lo, self.eligible(row))
            }
            (_, []) if self.parts.len() == lows.len() + 1 && self.has(&Part::PlacesHigh) => {
                format!("sum-of-minima-{need}-exceeds-size-{}", places.hi)
            }
            ([], _) if self.parts.len() == highs.len() + 1 && self.has(&Part::PlacesLow) => {
                format!("sum-of-maxima-{room}-below-size-{}", places.lo)
            }
            (_, [row]) if self.parts.len() == lows.len() + 1 => {
                format!("sum-of-minima-{need}-exceeds-{}-max-{}", slug(row), row.hi)
            }
            ([], [row]) if self.parts.len() == 2 && self.has(&Part::Locked) => {
                format!("locked-exceeds-{}-max-{}", slug(row), row.hi)
            }
            _ if self.has(&Part::Money) => {
                format!("least-cost-exceeds-limit-{}", self.problem.limit.unwrap_or(0))
            }
            _ => format!("conflict-of-{}-rules", self.parts.len()),
        }
    }

    fn key(&self) -> &'static str {
        if self.has(&Part::Money) {
            "budget.limit"
        } else if self.lows().is_empty() && self.highs().is_empty() {
            "phase.upto"
        } else {
            "phase.quota"
        }
    }

    fn message(&self, conflict: &Conflict) -> String {
        let said: Vec<_> = self.parts.iter().map(|part| self.say(part)).collect();
        let is_money = |r: &Relaxation| matches!(r.clause, Clause::Money { .. });
        let missing = if conflict.relaxations.iter().any(is_money) {
            money(conflict.missing)
        } else if conflict.missing == 1 {
            "1 place".to_owned()
        } else {
            format!("{} places", conflict.missing)
        };
        let listed = if said.len() > 8 {
            format!("{}; … ({} rules in all)", said[..8].join("; "), said.len())
        } else {
            said.join("; ")
        };
        let short = format!("{missing} missing");
        format!("phase `{}` has no list: {listed}: {short}", self.problem.phase)
    }

    fn say(&self, part: &Part) -> String {
        let places = &self.problem.rows[0];
        match part {
            Part::PlacesLow => format!(
                "{} places must be filled ({} units may take one)",
                places.lo,
                self.problem.units.len()
            ),
            Part::PlacesHigh => format!("there are {} places", places.hi),
            Part::Low(row) => {
                let row = &self.problem.rows[*row];
                let eligible = self.eligible(row);
                format!("{} must have at least {} ({eligible} eligible)", Self::group(row), row.lo)
            }
            Part::High(row) => {
                let row = &self.problem.rows[*row];
                format!("{} may have at most {}", Self::group(row), row.hi)
            }
            Part::Money => format!("the money is {}", money(self.problem.limit.unwrap_or(0))),
            Part::Locked => {
                let locked = self.problem.units.iter().filter(|unit| unit.locked).count();
                format!("{locked} units are in already")
            }
            Part::Minima(_) | Part::Maxima(_) => String::new(),
        }
    }

    fn hint(conflict: &Conflict) -> String {
        if conflict.relaxations.is_empty() {
            return "no change of one of these rules alone would do".to_owned();
        }
        let mut changes: Vec<_> = conflict
            .relaxations
            .iter()
            .map(|change| match &change.clause {
                Clause::Money { .. } => format!("a limit of {}", money(change.to)),
                Clause::Places { .. } => format!("{} places", change.to),
                Clause::Least { by, group, .. } => {
                    format!("at least {} for {by} {group}", change.to)
                }
                Clause::Most { by, group, .. } => format!("at most {} for {by} {group}", change.to),
                other => other.to_string(),
            })
            .collect();
        changes.dedup();
        if changes.len() > 6 {
            let more = changes.len() - 6;
            changes.truncate(6);
            changes.push(format!("… ({more} more)"));
        }
        format!("one of these changes would do: {}", changes.join("; or "))
    }
}
