//! What a programme decided about a unit, by which rule, and how far it is from the cut.

use serde::Serialize;

use super::what_if::Judge;
use crate::index::Index;
use crate::language::Label;
use crate::register::Register;
use crate::report::{SelectionView, below_the_cut};
use crate::selection::{Reason, RuleRef, Selection, State, UnitOutcome, conditions_text};

/// The decision about a unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct DecisionAccount {
    /// The programme's id and title.
    pub programme: String,
    /// Its title.
    pub title: Label,
    /// `selected`, `reserve`, `not-selected`, `excluded`, `ineligible` or `unscored`.
    pub state: String,
    /// The phase that selected it.
    pub phase: Option<String>,
    /// Its number on the list.
    pub place: Option<usize>,
    /// Its number on the reserve.
    pub reserve: Option<usize>,
    /// Its rank among the units that may take a place.
    pub rank: Option<usize>,
    /// Its score as published.
    pub points: Option<String>,
    /// The rule that made the decision, as `selection.csv` names it.
    pub reason: String,
    /// The same in words.
    pub because: Label,
    /// Every rule that keeps it out although lower units are in, or needs it although higher ones
    /// are out.
    pub clauses: Vec<String>,
    /// How far it is from the other side of the cut.
    pub distance: Option<DistanceAccount>,
    /// What became of it afterwards.
    pub decision: Option<String>,
}

/// The distance from the other side of the cut.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct DistanceAccount {
    /// The code of the unit with which it would change places.
    pub with: String,
    /// Its name.
    pub name: String,
    /// Points between the two, as published.
    pub points: Option<String>,
    /// Ranks between the two.
    pub ranks: i64,
}

/// What a programme that was applied decided.
pub(super) fn decision(
    chosen: SelectionView<'_>,
    register: &Register,
    unit: usize,
) -> Option<DecisionAccount> {
    let outcome = chosen.selection.unit(&register.codes()[unit])?;
    let decimals = chosen.plan.rules.order.decimals;
    let published = |units: i64| crate::selection::Points::from_units(units).text(decimals);
    let distance = outcome.distance.as_ref().map(|distance| DistanceAccount {
        with: distance.with.clone(),
        name: named(register, &distance.with),
        points: distance.points.map(published),
        ranks: distance.ranks,
    });
    Some(DecisionAccount {
        programme: chosen.plan.rules.id.clone(),
        title: chosen.plan.rules.title.clone(),
        state: outcome.state.word().to_owned(),
        phase: outcome.phase.clone(),
        place: outcome.place,
        reserve: outcome.reserve,
        rank: outcome.rank,
        points: outcome.points.map(|points| points.text(decimals)),
        reason: outcome.reason.code(),
        because: because(chosen, register, outcome),
        clauses: outcome.rules.iter().map(RuleRef::to_string).collect(),
        distance,
        decision: outcome.decision.map(|it| it.word().to_owned()),
    })
}

fn named(register: &Register, code: &str) -> String {
    let unit = register.position(code);
    unit.map_or_else(|| code.to_owned(), |unit| register.names()[unit].clone())
}

/// Judges by what a programme decides: whether the unit is selected.
pub fn by_state<'a>(
    code: &'a str,
    select: &'a (dyn Fn(&Index) -> Option<Selection> + Sync),
) -> Box<Judge<'a>> {
    Box::new(move |index| match select(index) {
        None => "no list".to_owned(),
        Some(selection) => match selection.unit(code).map(|unit| unit.state) {
            Some(State::Selected) => "selected".to_owned(),
            Some(_) | None => "not selected".to_owned(),
        },
    })
}

/// That the places went to units above; and, where a rule gave some to units below, how many.
fn below_cut(chosen: SelectionView<'_>, rank: Option<usize>) -> Label {
    let lower = rank.and_then(|rank| below_the_cut(chosen, rank));
    let (ro, en) = ("locul ei este sub linia de tăiere", "its rank is behind the cut");
    match lower {
        Some(lower) => {
            Label { ro: format!("{ro}; {}", lower.ro), en: format!("{en}; {}", lower.en) }
        }
        None => Label { ro: ro.to_owned(), en: en.to_owned() },
    }
}

/// The reason in words.
fn because(chosen: SelectionView<'_>, register: &Register, outcome: &UnitOutcome) -> Label {
    let two = |ro: String, en: String| Label { ro, en };
    match &outcome.reason {
        Reason::Rank => two("prin locul în ordinea scorului".into(), "by its rank".into()),
        Reason::Needed(clause) => {
            let (ro, en) = rule(clause);
            two(
                format!("prin numărul minim, nu prin locul în ordinea scorului: {ro}"),
                format!("by a minimum, not by its rank: {en}"),
            )
        }
        Reason::LargestSum => two(
            "lista cu suma cea mai mare o cuprinde".into(),
            "the list with the largest sum holds it".into(),
        ),
        Reason::Included(why) => {
            two(format!("inclusă prin decizie: {why}"), format!("included by decision: {why}"))
        }
        Reason::Accepted => two(
            "locul a fost acceptat anterior și nu se retrage".into(),
            "its place was accepted before and is never taken back".into(),
        ),
        Reason::HeldHarmless => two(
            "era pe lista publicată, pe care o contestație nu o afectează".into(),
            "it was on the published list, which an appeal does not harm".into(),
        ),
        Reason::Partner(lead) => two(
            format!("acoperită împreună cu {}", named(register, lead)),
            format!("covered together with {}", named(register, lead)),
        ),
        Reason::BelowCut => below_cut(chosen, outcome.rank),
        Reason::Full(clause) => {
            let (ro, en) = rule(clause);
            two(format!("grupul este complet: {ro}"), format!("its group is full: {en}"))
        }
        Reason::Displaced { by, rule } => displaced(&named(register, by), rule),
        Reason::Money(_) => {
            two("banii rămași nu ajung".into(), "paying it would not leave enough money".into())
        }
        Reason::SmallerSum => two(
            "lista cu suma cea mai mare nu o cuprinde".into(),
            "the list with the largest sum does without it".into(),
        ),
        Reason::TieLost(to) => two(
            format!("la scor egal a fost preferată {}", named(register, to)),
            format!("of equal scores {} stands first", named(register, to)),
        ),
        Reason::Excluded(why) => {
            two(format!("exclusă prin decizie: {why}"), format!("excluded by decision: {why}"))
        }
        Reason::Ineligible(failed) => two(
            format!("nu îndeplinește condiția programului: {}", conditions_text(failed)),
            format!("it does not meet the programme's condition: {}", conditions_text(failed)),
        ),
        Reason::Unscored(why) => {
            two(format!("nu are scor: {why}"), format!("it has no score: {why}"))
        }
    }
}

/// That a unit which a minimum seated has the place.
fn displaced(by: &str, clause: &RuleRef) -> Label {
    let (ro, en) = rule(clause);
    Label {
        ro: format!("locul pe care i l-ar fi dat scorul este ocupat de {by}: {ro}"),
        en: format!("the place that its score would have given it is held by {by}: {en}"),
    }
}

/// A rule in Romanian and English.
fn rule(clause: &RuleRef) -> (String, String) {
    match clause {
        RuleRef::Places { phase } => {
            (format!("locurile etapei {phase}"), format!("the places of phase {phase}"))
        }
        RuleRef::Least { phase, by, group } => (
            format!("numărul minim pentru {by} {group}, etapa {phase}"),
            format!("the least number for {by} {group}, phase {phase}"),
        ),
        RuleRef::Most { phase, by, group } => (
            format!("numărul maxim pentru {by} {group}, etapa {phase}"),
            format!("the most for {by} {group}, phase {phase}"),
        ),
        RuleRef::Quota { phase, by, .. } => {
            (format!("cota pe {by}, etapa {phase}"), format!("the quota by {by}, phase {phase}"))
        }
        RuleRef::Money { phase } => {
            (format!("bugetul etapei {phase}"), format!("the budget of phase {phase}"))
        }
        RuleRef::Sum { phase, sum, .. } => (
            format!("suma cerută pentru {sum}, etapa {phase}"),
            format!("the required sum of {sum}, phase {phase}"),
        ),
        RuleRef::Locked { phase } => (
            format!("locurile deja ocupate în etapa {phase}"),
            format!("what is in already in phase {phase}"),
        ),
    }
}
