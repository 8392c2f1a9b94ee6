//! What each rule costs: the list without it beside the list with it.

use std::collections::BTreeSet;

use super::appeal::Past;
use super::programme::{Fill, Objective, Rule, WhenShort};
use super::result::{Clause, Selection, State};
use super::{Pool, Programme, select};

/// The price of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Price {
    /// The rule.
    pub clause: Clause,
    /// Codes that are in because of it, ascending.
    pub admits: Vec<String>,
    /// Codes that are out because of it, ascending.
    pub keeps_out: Vec<String>,
    /// Points of the list without it less points of the list, in units of the last published decimal.
    pub points: i128,
    /// People covered without it less people covered.
    pub people: i128,
    /// Money spent without it less money spent, in bani.
    pub cost: i128,
}

/// The list under another meaning of *best*, for comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alternative {
    /// `priority`, `coverage-score`, `coverage-people`, `stop` or `skip`.
    pub rule: &'static str,
    /// Codes, phases in order.
    pub list: Vec<String>,
    /// Points in units of the last published decimal.
    pub points: i128,
    /// People covered.
    pub people: i128,
    /// Bani.
    pub cost: i128,
    /// Pairs of a unit inside and a higher unit outside: what a mayor will ask about.
    pub overtakings: u64,
    /// Whether the list is proved.
    pub proved: bool,
}

/// The price of every quota, of the phases, of the money and of unions: each is taken away in turn,
/// everything else stays. A rule without which there is no list has no price and is left out.
pub fn prices(programme: &Programme, pool: &Pool, selection: &Selection) -> Vec<Price> {
    let mut prices = Vec::new();
    for (clause, without) in without_each(programme) {
        if let Ok(other) = select(&without, pool, &Past::default()) {
            prices.push(price(clause, selection, &other));
        }
    }
    prices
}

fn without_each(programme: &Programme) -> Vec<(Clause, Programme)> {
    let mut all = Vec::new();
    for (at, phase) in programme.phases.iter().enumerate() {
        for number in 0..phase.quota.len() {
            let mut without = programme.clone();
            let quota = without.phases[at].quota.remove(number);
            let clause =
                Clause::Quota { phase: phase.id.clone(), by: quota.by, number: number + 1 };
            all.push((clause, without));
        }
    }
    if let [_, .., last] = &programme.phases[..] {
        all.push((Clause::Phases, Programme { phases: vec![last.clone()], ..programme.clone() }));
    }
    if programme.budget.is_some() && programme.phases.iter().all(|phase| phase.upto.is_some()) {
        let mut without = Programme { budget: None, ..programme.clone() };
        without.phases.iter_mut().for_each(|phase| phase.fill = phase.fill.or(Some(Fill::AtMost)));
        let phase = programme.phases.last().map(|phase| phase.id.clone()).unwrap_or_default();
        all.push((Clause::Money { phase }, without));
    }
    if programme.unions.is_some() {
        let mut without = Programme { unions: None, ..programme.clone() };
        without.phases.iter_mut().for_each(|phase| phase.fill = phase.fill.or(Some(Fill::AtMost)));
        all.push((Clause::Unions, without));
    }
    all
}

fn price(clause: Clause, with: &Selection, without: &Selection) -> Price {
    let (mine, other): (BTreeSet<_>, BTreeSet<_>) =
        (with.list().into_iter().collect(), without.list().into_iter().collect());
    let codes = |set: &BTreeSet<&str>, from: &BTreeSet<&str>| {
        set.difference(from).map(|code| (*code).to_owned()).collect()
    };
    let sums = |selection: &Selection| {
        selection.phases.last().map_or((0, 0, 0), |phase| (phase.points, phase.people, phase.cost))
    };
    let (one, two) = (sums(with), sums(without));
    Price {
        clause,
        admits: codes(&mine, &other),
        keeps_out: codes(&other, &mine),
        points: two.0 - one.0,
        people: two.1 - one.1,
        cost: two.2 - one.2,
    }
}

/// The lists under the other meanings of *best*; one that cannot be made is left out, and coverage of
/// people where none are counted.
pub fn alternatives(programme: &Programme, pool: &Pool) -> Vec<Alternative> {
    let mut meanings = vec![("coverage-score", Rule::Coverage(Objective::Score), None)];
    if pool.candidates.iter().any(|candidate| candidate.people != 0) {
        meanings.push(("coverage-people", Rule::Coverage(Objective::People), None));
    }
    if programme.budget.is_some() && programme.unions.is_none() {
        meanings.insert(0, ("skip", Rule::Priority, Some(WhenShort::Skip)));
        meanings.insert(0, ("stop", Rule::Priority, Some(WhenShort::Stop)));
    } else {
        meanings.insert(0, ("priority", Rule::Priority, None));
    }
    let mut found = Vec::new();
    for (name, rule, when_short) in meanings {
        let mut other = Programme { rule, ..programme.clone() };
        if let (Some(budget), Some(when_short)) = (&mut other.budget, when_short) {
            budget.when_short = when_short;
        }
        if let Ok(selection) = select(&other, pool, &Past::default()) {
            found.push(alternative(name, &selection));
        }
    }
    found
}

fn alternative(rule: &'static str, selection: &Selection) -> Alternative {
    let last = selection.phases.last();
    let mut ranked: Vec<_> =
        selection.units.iter().filter_map(|u| Some((u.rank?, u.state))).collect();
    ranked.sort_unstable();
    let (mut out, mut overtakings) = (0, 0);
    for (_, state) in ranked {
        if state == State::Selected {
            overtakings += out;
        } else {
            out += 1;
        }
    }
    Alternative {
        rule,
        list: selection.list().into_iter().map(str::to_owned).collect(),
        points: last.map_or(0, |phase| phase.points),
        people: last.map_or(0, |phase| phase.people),
        cost: last.map_or(0, |phase| phase.cost),
        overtakings,
        proved: selection.proved(),
    }
}
