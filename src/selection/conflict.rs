//! Why no list keeps the rules: the smallest set of them that conflict, with what one change would do.

use super::pool::lei;
use super::rule_ref::{Conflict, Objection, PhaseProblem, Refusal, Relaxation, RowName, RuleRef};
use crate::message::selection::refusal as message;
use crate::optimise::{self, Row, RowIndex, count};
use crate::quality::{Advice, Message};
use crate::selection::ProgrammeKey;

/// Work that one question may take.
const NODES: u64 = 20_000;

/// One bound of a phase that can be left out or changed.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Bound {
    /// All minima of one quota.
    Minima(usize),
    /// All maxima of one quota.
    Maxima(usize),
    /// The minimum of one row.
    Low(RowIndex),
    /// The maximum of one row.
    High(RowIndex),
    /// The least number of places.
    PlacesLow,
    /// The most places.
    PlacesHigh,
    /// The money.
    Money,
    /// The least of a sum.
    SumLow(usize),
    /// The most of a sum.
    SumHigh(usize),
    /// Who is in already.
    Locked,
}

/// The refusal of a phase that no list solves.
pub(super) fn explain(phase: &PhaseProblem) -> Refusal {
    let declared = declared(phase);
    let smallest = smallest(phase, &declared).unwrap_or(declared);
    let bounds = &reduce(phase, &single(phase, &smallest));
    let conflicting = Conflicting { phase, bounds };
    let relaxations: Vec<_> = bounds.iter().filter_map(|bound| conflicting.relax(bound)).collect();
    let conflict = Conflict {
        phase: phase.phase.clone(),
        code: conflicting.code(),
        rules: bounds.iter().map(|bound| conflicting.rule(bound)).collect(),
        missing: missing(&relaxations),
        relaxations,
    };
    let mut objection =
        Objection::new("infeasible", conflicting.key(), conflicting.advice(&conflict));
    objection.conflict = Some(conflict);
    Refusal::one(objection)
}

fn is_sum(relaxation: &Relaxation) -> bool {
    matches!(relaxation.rule, RuleRef::Sum { .. })
}

fn is_money(relaxation: &Relaxation) -> bool {
    matches!(relaxation.rule, RuleRef::Money { .. })
}

/// What is missing: of a sum or of the money where one of them is a rule that conflicts and another bound
/// of it would do, else places.
fn missing(relaxations: &[Relaxation]) -> i64 {
    let money = relaxations.iter().find(|relaxation| is_sum(relaxation) || is_money(relaxation));
    let short = |relaxation: &Relaxation| (relaxation.to - relaxation.from).abs();
    money.map(short).or_else(|| relaxations.iter().map(short).min()).unwrap_or(1)
}

/// The rules as the planner wrote them: a quota is one rule.
fn declared(phase: &PhaseProblem) -> Vec<Bound> {
    let problem = &phase.problem;
    let mut bounds = vec![];
    if problem.rows[RowIndex::PLACES].lo > 0 {
        bounds.push(Bound::PlacesLow);
    }
    bounds.push(Bound::PlacesHigh);
    for (row, name) in problem.rows.iter().zip(phase.names.iter()) {
        let RowName::Group { quota, .. } = name else { continue };
        let (low, high) = (Bound::Minima(*quota), Bound::Maxima(*quota));
        if row.lo > 0 && !bounds.contains(&low) {
            bounds.push(low);
        }
        if row.hi < i64::MAX && !bounds.contains(&high) {
            bounds.push(high);
        }
    }
    if problem.limit.is_some() {
        bounds.push(Bound::Money);
    }
    for (at, sum) in problem.sums.iter().enumerate() {
        bounds.extend((sum.bounds.lo > 0).then_some(Bound::SumLow(at)));
        bounds.extend((sum.bounds.hi < i64::MAX).then_some(Bound::SumHigh(at)));
    }
    if problem.units.iter().any(|unit| unit.locked) {
        bounds.push(Bound::Locked);
    }
    bounds
}

/// The smallest set of declared rules that conflict, by number of rules, then by their order.
fn smallest(phase: &PhaseProblem, declared: &[Bound]) -> Option<Vec<Bound>> {
    for size in 1..=declared.len().min(4) {
        let mut chosen: Vec<_> = (0..size).collect();
        loop {
            let set: Vec<_> = chosen.iter().map(|at| declared[*at].clone()).collect();
            if !is_possible(&with_only(phase, &set)) {
                return Some(set);
            }
            if !next_choice(&mut chosen, declared.len()) {
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
fn single(phase: &PhaseProblem, declared: &[Bound]) -> Vec<Bound> {
    let rows_of = |wanted: usize, bounds: fn(&Row) -> bool| {
        let rows = phase.problem.rows.enumerate().zip(phase.names.iter());
        rows.filter_map(move |((at, row), name)| match name {
            RowName::Group { quota, .. } if *quota == wanted && bounds(row) => Some(at),
            RowName::Group { .. } | RowName::Places => None,
        })
    };
    let mut bounds = Vec::new();
    for bound in declared {
        match bound {
            Bound::Minima(quota) => {
                bounds.extend(rows_of(*quota, |row| row.lo > 0).map(Bound::Low));
            }
            Bound::Maxima(quota) => {
                bounds.extend(rows_of(*quota, |row| row.hi < i64::MAX).map(Bound::High));
            }
            Bound::Low(_)
            | Bound::High(_)
            | Bound::PlacesLow
            | Bound::PlacesHigh
            | Bound::Money
            | Bound::SumLow(_)
            | Bound::SumHigh(_)
            | Bound::Locked => bounds.push(bound.clone()),
        }
    }
    bounds
}

/// Leaves out every bound without which the rest still conflict.
fn reduce(phase: &PhaseProblem, bounds: &[Bound]) -> Vec<Bound> {
    let mut left = bounds.to_vec();
    let mut at = 0;
    while at < left.len() {
        let mut fewer = left.clone();
        fewer.remove(at);
        if is_possible(&with_only(phase, &fewer)) {
            at += 1;
        } else {
            left = fewer;
        }
    }
    left
}

/// The phase with only some of its bounds.
fn with_only(phase: &PhaseProblem, bounds: &[Bound]) -> PhaseProblem {
    let has = |bound: &Bound| bounds.contains(bound);
    let mut fewer = phase.clone();
    for at in phase.names.positions() {
        let (low, high) = match &phase.names[at] {
            RowName::Places => (has(&Bound::PlacesLow), has(&Bound::PlacesHigh)),
            RowName::Group { quota, .. } => (
                has(&Bound::Minima(*quota)) || has(&Bound::Low(at)),
                has(&Bound::Maxima(*quota)) || has(&Bound::High(at)),
            ),
        };
        let row = &mut fewer.problem.rows[at];
        row.lo = if low { row.lo } else { Row::FREE.lo };
        row.hi = if high { row.hi } else { Row::FREE.hi };
    }
    fewer.problem.limit = fewer.problem.limit.filter(|_| has(&Bound::Money));
    for (at, sum) in fewer.problem.sums.iter_mut().enumerate() {
        sum.bounds.lo = if has(&Bound::SumLow(at)) { sum.bounds.lo } else { Row::FREE.lo };
        sum.bounds.hi = if has(&Bound::SumHigh(at)) { sum.bounds.hi } else { Row::FREE.hi };
    }
    fewer.problem.sums.retain(|sum| sum.bounds != Row::FREE);
    if !has(&Bound::Locked) {
        fewer.problem.units.iter_mut().for_each(|unit| unit.locked = false);
    }
    fewer
}

fn is_possible(phase: &PhaseProblem) -> bool {
    optimise::is_possible(&phase.problem, NODES)
}

/// Bounds of a phase that conflict.
struct Conflicting<'a> {
    phase: &'a PhaseProblem,
    bounds: &'a [Bound],
}

impl Conflicting<'_> {
    /// The nearest value of one bound with which the whole phase has a list, the others unchanged.
    fn relax(&self, bound: &Bound) -> Option<Relaxation> {
        let problem = &self.phase.problem;
        let everybody = count(problem.units.len());
        let (from, end) = match bound {
            Bound::PlacesLow => (self.places().lo, 0),
            Bound::PlacesHigh => (self.places().hi, everybody),
            Bound::Low(row) => (problem.rows[*row].lo, 0),
            Bound::High(row) => (problem.rows[*row].hi, everybody),
            Bound::Money => {
                let all = problem.cost(&problem.everybody());
                (problem.limit?, i64::try_from(all).ok()?)
            }
            Bound::SumLow(at) => (problem.sums[*at].bounds.lo, 0),
            Bound::SumHigh(at) => {
                (problem.sums[*at].bounds.hi, problem.sums[*at].of(problem.units.positions()))
            }
            Bound::Minima(_) | Bound::Maxima(_) | Bound::Locked => return None,
        };
        if !is_possible(&self.changed(bound, end)) {
            return None;
        }
        // possible at `end`, impossible at `from`: halve the way between them
        let (mut bad, mut good) = (from, end);
        while (good - bad).abs() > 1 {
            let middle = bad + (good - bad) / 2;
            if is_possible(&self.changed(bound, middle)) {
                good = middle;
            } else {
                bad = middle;
            }
        }
        Some(Relaxation { rule: self.rule(bound), from, to: good })
    }

    /// The phase with another value of a bound.
    fn changed(&self, bound: &Bound, to: i64) -> PhaseProblem {
        let mut other = self.phase.clone();
        let places = self.places();
        let rows = &mut other.problem.rows;
        match bound {
            // `upto` is one number: with fewer places needed, fewer are there
            Bound::PlacesLow | Bound::PlacesHigh if places.hi == places.lo => {
                rows[RowIndex::PLACES] = Row { lo: to, hi: to };
            }
            Bound::PlacesLow => rows[RowIndex::PLACES].lo = to,
            Bound::PlacesHigh => rows[RowIndex::PLACES].hi = to,
            Bound::Low(row) => rows[*row].lo = to,
            Bound::High(row) => rows[*row].hi = to,
            Bound::Money => other.problem.limit = Some(to),
            Bound::SumLow(at) => other.problem.sums[*at].bounds.lo = to,
            Bound::SumHigh(at) => other.problem.sums[*at].bounds.hi = to,
            Bound::Minima(_) | Bound::Maxima(_) | Bound::Locked => {}
        }
        other
    }

    fn places(&self) -> Row {
        self.phase.problem.rows[RowIndex::PLACES]
    }

    /// A bound as a rule of the programme.
    fn rule(&self, bound: &Bound) -> RuleRef {
        let phase = self.phase.phase.clone();
        match bound {
            Bound::PlacesLow | Bound::PlacesHigh => RuleRef::Places { phase },
            Bound::Low(row) => self.phase.least(*row),
            Bound::High(row) => self.phase.most(*row),
            Bound::Money => self.phase.money(),
            Bound::SumLow(at) => self.phase.sum(*at, false),
            Bound::SumHigh(at) => self.phase.sum(*at, true),
            Bound::Locked => RuleRef::Locked { phase },
            Bound::Minima(quota) | Bound::Maxima(quota) => {
                RuleRef::Quota { phase, by: String::new(), number: quota + 1 }
            }
        }
    }

    fn rows(&self, pick: impl Fn(&Bound) -> Option<RowIndex>) -> Vec<RowIndex> {
        self.bounds.iter().filter_map(pick).collect()
    }

    fn lows(&self) -> Vec<RowIndex> {
        self.rows(|bound| if let Bound::Low(row) = bound { Some(*row) } else { None })
    }

    fn highs(&self) -> Vec<RowIndex> {
        self.rows(|bound| if let Bound::High(row) = bound { Some(*row) } else { None })
    }

    /// Units that a row counts.
    fn eligible(&self, row: RowIndex) -> usize {
        self.phase.problem.units.iter().filter(|unit| unit.rows.contains(&row)).count()
    }

    /// Whether a sum is one of the rules that conflict.
    fn of_sums(&self) -> bool {
        self.bounds.iter().any(|bound| matches!(bound, Bound::SumLow(_) | Bound::SumHigh(_)))
    }

    fn has(&self, bound: &Bound) -> bool {
        self.bounds.contains(bound)
    }

    /// The violated count as a stable text.
    fn code(&self) -> String {
        let problem = &self.phase.problem;
        let (lows, highs) = (self.lows(), self.highs());
        let lo = |row: RowIndex| problem.rows[row].lo;
        let hi = |row: RowIndex| problem.rows[row].hi;
        let need: i64 = lows.iter().map(|row| lo(*row)).sum();
        let room = highs.iter().fold(0_i64, |sum, row| sum.saturating_add(hi(*row)));
        let slug = |row: RowIndex| self.phase.group(row).en.replace(' ', "-");
        let (places, parts) = (self.places(), self.bounds.len());
        match (lows.as_slice(), highs.as_slice()) {
            ([], []) if self.has(&Bound::PlacesLow) && parts == 1 => {
                format!("size-{}-eligible-{}", places.lo, problem.units.len())
            }
            ([row], []) if parts == 1 => {
                format!("{}-min-{}-eligible-{}", slug(*row), lo(*row), self.eligible(*row))
            }
            (_, []) if parts == lows.len() + 1 && self.has(&Bound::PlacesHigh) => {
                format!("sum-of-minima-{need}-exceeds-size-{}", places.hi)
            }
            ([], _) if parts == highs.len() + 1 && self.has(&Bound::PlacesLow) => {
                format!("sum-of-maxima-{room}-below-size-{}", places.lo)
            }
            (_, [row]) if parts == lows.len() + 1 => {
                format!("sum-of-minima-{need}-exceeds-{}-max-{}", slug(*row), hi(*row))
            }
            ([], [row]) if parts == 2 && self.has(&Bound::Locked) => {
                format!("locked-exceeds-{}-max-{}", slug(*row), hi(*row))
            }
            _ if self.of_sums() => format!("sums-conflict-of-{parts}-rules"),
            _ if self.has(&Bound::Money) => {
                format!("least-cost-exceeds-limit-{}", problem.limit.unwrap_or(0))
            }
            _ => format!("conflict-of-{parts}-rules"),
        }
    }

    fn key(&self) -> ProgrammeKey {
        if self.of_sums() {
            ProgrammeKey::Require
        } else if self.has(&Bound::Money) {
            ProgrammeKey::Limit
        } else if self.lows().is_empty() && self.highs().is_empty() {
            ProgrammeKey::Upto
        } else {
            ProgrammeKey::Quota
        }
    }

    /// What conflicts, what is missing, and which changes would do.
    fn advice(&self, conflict: &Conflict) -> Advice {
        let rules: Vec<Message> = self.bounds.iter().map(|bound| self.sentence(bound)).collect();
        let missing = match conflict.relaxations.iter().find(|it| is_sum(it) || is_money(it)) {
            Some(Relaxation { rule: RuleRef::Sum { sum, .. }, .. }) => {
                message::amount(conflict.missing, sum)
            }
            Some(_) => message::money(&lei(conflict.missing)),
            None => message::places(conflict.missing),
        };
        let mut changes: Vec<Message> = conflict.relaxations.iter().map(change).collect();
        changes.dedup();
        message::no_list(&self.phase.phase, &rules, &missing, changes)
    }

    fn sentence(&self, bound: &Bound) -> Message {
        let problem = &self.phase.problem;
        match bound {
            Bound::PlacesLow => message::places_to_fill(self.places().lo, problem.units.len()),
            Bound::PlacesHigh => message::places_there(self.places().hi),
            Bound::Low(row) => {
                let (group, eligible) = (self.phase.group(*row), self.eligible(*row));
                message::group_needs(&group, problem.rows[*row].lo, eligible)
            }
            Bound::High(row) => {
                message::group_takes(&self.phase.group(*row), problem.rows[*row].hi)
            }
            Bound::Money => message::money_there(&message::money(&lei(problem.limit.unwrap_or(0)))),
            Bound::SumLow(at) => {
                message::sum_needs(&self.phase.sums[*at], problem.sums[*at].bounds.lo)
            }
            Bound::SumHigh(at) => {
                message::sum_takes(&self.phase.sums[*at], problem.sums[*at].bounds.hi)
            }
            Bound::Locked => {
                message::units_locked(problem.units.iter().filter(|unit| unit.locked).count())
            }
            Bound::Minima(_) | Bound::Maxima(_) => Message::same(""),
        }
    }
}

fn change(relaxation: &Relaxation) -> Message {
    let to = relaxation.to;
    match &relaxation.rule {
        RuleRef::Money { .. } => message::other_limit(&message::money(&lei(to))),
        RuleRef::Sum { sum, most: false, .. } => message::sum_needs(sum, to),
        RuleRef::Sum { sum, most: true, .. } => message::sum_takes(sum, to),
        RuleRef::Places { .. } => message::places(to),
        RuleRef::Least { by, group, .. } => message::other_least(to, &message::group(by, group)),
        RuleRef::Most { by, group, .. } => message::other_most(to, &message::group(by, group)),
        other => Message::same(other.to_string()),
    }
}
