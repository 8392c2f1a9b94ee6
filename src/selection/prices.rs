//! What each rule costs: the list without it beside the list with it.

use std::collections::BTreeSet;

use super::history::{History, State};
use super::outcome::Selection;
use super::pool::Pool;
use super::programme::{Fill, Objective, Programme, Rule, WhenShort};
use super::rule_ref::RuleRef;
use super::select_to_compare;

/// The price of one rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Price {
    /// The rule.
    pub(crate) rule: RuleRef,
    /// Codes that are in because of it, ascending.
    pub(crate) admits: Vec<String>,
    /// Codes that are out because of it, ascending.
    pub(crate) keeps_out: Vec<String>,
    /// Points of the list without it less points of the list, in units of the last published decimal.
    pub(crate) points: i128,
    /// People covered without it less people covered.
    pub(crate) people: i128,
    /// Money spent without it less money spent, in bani.
    pub(crate) cost: i128,
}

/// What *best* means in a list that is computed for comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Meaning {
    /// By priority, without money.
    Priority,
    /// By priority; the first unit that cannot be paid ends the list.
    Stop,
    /// By priority; a unit that cannot be paid is passed over.
    Skip,
    /// The largest sum of points.
    CoverageScore,
    /// The most people.
    CoveragePeople,
}

impl Meaning {
    /// The word of `selection.json`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Priority => "priority",
            Self::Stop => "stop",
            Self::Skip => "skip",
            Self::CoverageScore => "coverage-score",
            Self::CoveragePeople => "coverage-people",
        }
    }

    /// The programme with this meaning.
    fn of(self, programme: &Programme) -> Programme {
        let (rule, when_short) = match self {
            Self::Priority => (Rule::Priority, None),
            Self::Stop => (Rule::Priority, Some(WhenShort::Stop)),
            Self::Skip => (Rule::Priority, Some(WhenShort::Skip)),
            Self::CoverageScore => (Rule::Coverage(Objective::Score), None),
            Self::CoveragePeople => (Rule::Coverage(Objective::People), None),
        };
        let mut other = Programme { rule, ..programme.clone() };
        if let (Some(budget), Some(when_short)) = (&mut other.budget, when_short) {
            budget.when_short = when_short;
        }
        other
    }
}

/// The list under another meaning of *best*, for comparison.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Alternative {
    /// What *best* means in it.
    pub(crate) meaning: Meaning,
    /// Codes, phases in order.
    pub(crate) list: Vec<String>,
    /// Points in units of the last published decimal.
    pub(crate) points: i128,
    /// People covered.
    pub(crate) people: i128,
    /// Bani.
    pub(crate) cost: i128,
    /// Pairs of a unit inside and a higher unit outside: what a mayor will ask about.
    pub(crate) overtakings: u64,
    /// Whether the list is proved.
    pub(crate) proved: bool,
}

/// The price of every quota, of the phases, of the money and of unions: each is taken away in turn,
/// everything else stays. A rule without which there is no list has no price and is left out.
pub(crate) fn prices(programme: &Programme, pool: &Pool, selection: &Selection) -> Vec<Price> {
    let mut prices = Vec::new();
    for (rule, without) in without_each(programme) {
        if let Ok(other) = select_to_compare(&without, pool, &History::default()) {
            prices.push(price(rule, selection, &other));
        }
    }
    prices
}

fn without_each(programme: &Programme) -> Vec<(RuleRef, Programme)> {
    let mut all = Vec::new();
    for (at, phase) in programme.phases.iter().enumerate() {
        for number in 0..phase.quota.len() {
            let mut without = programme.clone();
            let quota = without.phases[at].quota.remove(number);
            let rule = RuleRef::Quota { phase: phase.id.clone(), by: quota.by, number: number + 1 };
            all.push((rule, without));
        }
    }
    if let [_, .., last] = &programme.phases[..] {
        all.push((RuleRef::Phases, Programme { phases: vec![last.clone()], ..programme.clone() }));
    }
    if programme.budget.is_some() && programme.phases.iter().all(|phase| phase.upto.is_some()) {
        let mut without = Programme { budget: None, ..programme.clone() };
        without.phases.iter_mut().for_each(|phase| phase.fill = phase.fill.or(Some(Fill::AtMost)));
        let phase = programme.phases.last().map(|phase| phase.id.clone()).unwrap_or_default();
        all.push((RuleRef::Money { phase }, without));
    }
    if programme.unions.is_some() {
        let mut without = Programme { unions: None, ..programme.clone() };
        without.phases.iter_mut().for_each(|phase| phase.fill = phase.fill.or(Some(Fill::AtMost)));
        all.push((RuleRef::Unions, without));
    }
    all
}

fn price(rule: RuleRef, with: &Selection, without: &Selection) -> Price {
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
        rule,
        admits: codes(&mine, &other),
        keeps_out: codes(&other, &mine),
        points: two.0 - one.0,
        people: two.1 - one.1,
        cost: two.2 - one.2,
    }
}

/// The lists under the other meanings of *best*; one that cannot be computed is left out, and coverage of
/// people where none are counted.
pub(crate) fn alternatives(programme: &Programme, pool: &Pool) -> Vec<Alternative> {
    let mut meanings = if programme.budget.is_some() && programme.unions.is_none() {
        vec![Meaning::Stop, Meaning::Skip]
    } else {
        vec![Meaning::Priority]
    };
    meanings.push(Meaning::CoverageScore);
    if pool.candidates.iter().any(|candidate| candidate.people != 0) {
        meanings.push(Meaning::CoveragePeople);
    }
    let mut found = Vec::new();
    for meaning in meanings {
        if let Ok(selection) = select_to_compare(&meaning.of(programme), pool, &History::default())
        {
            found.push(alternative(meaning, &selection));
        }
    }
    found
}

fn alternative(meaning: Meaning, selection: &Selection) -> Alternative {
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
        meaning,
        list: selection.list().into_iter().map(str::to_owned).collect(),
        points: last.map_or(0, |phase| phase.points),
        people: last.map_or(0, |phase| phase.people),
        cost: last.map_or(0, |phase| phase.cost),
        overtakings,
        proved: selection.proved(),
    }
}
