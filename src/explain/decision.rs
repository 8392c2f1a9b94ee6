//! What a programme decided about a unit, by which rule, and beside whom it stands at the cut.

use serde::Serialize;

use super::nodes::contributions;
use crate::index::Figures;
use crate::index::method::Status;
use crate::language::{Label, Language};
use crate::message::explain::role;
use crate::message::robustness;
use crate::message::selection::reasons as message;
use crate::quality::Message;
use crate::report::{SelectionView, Wording};
use crate::robustness::Design;
use crate::selection::{Boundary, Points, Reason, RuleRef, Standing, State, UnitOutcome};

/// Decimals to which an index compares scores.
const DECIMALS: usize = 9;

/// The decision about a unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct DecisionAccount {
    /// The programme's id.
    pub programme: String,
    /// Its title.
    pub title: Label,
    /// The act that adopted it; `None` when its rules are assumptions.
    pub act: Option<String>,
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
    /// How many units may take a place.
    pub of: usize,
    /// Its score as published.
    pub points: Option<String>,
    /// The rule that made the decision, as `selection.csv` names it.
    pub reason: String,
    /// What became of it after the list was made, the last thing first.
    pub afterwards: Vec<Label>,
    /// Why the list has it or has it not, in words.
    pub because: Vec<Label>,
    /// Every rule that keeps it out although lower units are in, or needs it although higher ones
    /// are out.
    pub clauses: Vec<String>,
    /// How far it is from the other side of the cut.
    pub distance: Option<DistanceAccount>,
    /// The unit at the cut beside it, and what makes the difference.
    pub against: Option<Against>,
    /// How sure its place is under the declared doubts, where that was asked.
    pub sureness: Option<Sureness>,
    /// What became of it afterwards, as `selection.csv` says it.
    pub decision: Option<String>,
    /// Whether another number could have changed it: not where something else than the score decided.
    pub(crate) is_open: bool,
}

/// How sure a place is.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Sureness {
    /// Declared variants of method and data that have a list.
    pub variants: u32,
    /// In how many the unit has a place; a place that equal units share counts in parts.
    pub with_place: f64,
    /// Lower and upper rank by score that the declared interval of the variants has.
    pub ranks: Option<[f64; 2]>,
    /// `certain`, `contested` or `out`.
    pub standing: Option<&'static str>,
    /// The doubts that move a contested unit most.
    pub driver: Option<Label>,
    /// The same in words.
    pub told: Vec<Label>,
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

/// A unit at the cut.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Against {
    /// The register's code.
    pub code: String,
    /// Its name, with its county.
    pub name: Label,
    /// What it is: the last that was admitted, the first that was not.
    pub role: Label,
    /// The score of the unit and that of the other.
    pub scores: [f64; 2],
    /// Decimals to which scores are compared.
    #[serde(skip)]
    pub(crate) decimals: usize,
    /// What each component of the score makes of the difference.
    pub differences: Vec<Difference>,
}

/// What one component makes of the difference between two units.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Difference {
    /// The component.
    pub node: String,
    /// Points more, below zero less, than the other unit has by it.
    pub points: f64,
    /// What it measured of the other unit.
    pub other: Option<f64>,
    /// The word of the other unit, for a component of categories.
    pub other_word: Option<String>,
}

/// A message as data.
pub(super) fn label(message: Message) -> Label {
    Label { ro: message.ro, en: message.en }
}

/// A programme that was applied, with what it was applied to.
#[derive(Clone, Copy)]
pub(super) struct Decided<'a> {
    chosen: SelectionView<'a>,
    figures: Figures<'a>,
    wording: Wording<'a>,
}

impl<'a> Decided<'a> {
    pub(super) fn new(chosen: SelectionView<'a>, figures: Figures<'a>) -> Self {
        Self { chosen, figures, wording: Wording::new(chosen, Language::Ro) }
    }

    /// What the programme decided about a unit.
    pub(super) fn about(&self, unit: usize) -> Option<DecisionAccount> {
        let outcome = self.chosen.selection.unit(&self.figures.register.codes()[unit])?;
        let rules = &self.chosen.plan.rules;
        let decimals = rules.order.decimals;
        let published = |units: i64| Points::from_units(units).text(decimals);
        let distance = outcome.distance.as_ref().map(|distance| DistanceAccount {
            with: distance.with.clone(),
            name: self.wording.name(&distance.with),
            points: distance.points.map(published),
            ranks: distance.ranks,
        });
        let mut because = self.wording.reasons_of(outcome);
        because.extend(self.group(outcome).filter(|_| outcome.is_as_listed()));
        let labels = |told: Vec<Message>| told.into_iter().map(label).collect();
        Some(DecisionAccount {
            programme: rules.id.clone(),
            title: rules.title.clone(),
            act: super::nodes::act_of(&self.chosen.plan.status),
            state: outcome.state.word().to_owned(),
            phase: outcome.phase.clone(),
            place: outcome.place,
            reserve: outcome.reserve,
            rank: outcome.rank,
            of: self.wording.contenders(),
            points: outcome.points.map(|points| points.text(decimals)),
            reason: outcome.reason.code(),
            afterwards: labels(self.wording.afterwards(outcome)),
            because: labels(because),
            clauses: outcome.rules.iter().map(RuleRef::to_string).collect(),
            distance,
            against: self.against(outcome, unit).filter(|_| outcome.is_as_listed()),
            sureness: outcome.rank.and_then(|_| self.sureness(unit)),
            decision: outcome.decision.map(|it| it.word().to_owned()),
            // how sure a place is would have to be drawn anew for every other number
            is_open: rules.order.draw.is_none() && is_open(outcome),
        })
    }

    /// How sure the place of a unit is that may have one.
    fn sureness(&self, unit: usize) -> Option<Sureness> {
        let assessed = self.chosen.robustness?;
        let standing = assessed.outcome.units.iter().find(|it| it.unit == unit && it.eligible)?;
        let variants = assessed.outcome.designs.get(&Design::Joint)?.made;
        let ranks = standing.ranks.map(|[_, low, high]| [low, high]);
        let with_place = standing.times.number();
        let kind = self.figures.register_text("kind", unit);
        let mut told = vec![robustness::in_variants(kind, with_place, variants)];
        let [low, high] = assessed.doubts.settings.interval;
        told.extend(ranks.map(|ranks| robustness::rank_interval(ranks, high - low)));
        let driver = standing.driver.map(|group| assessed.doubts.group_label(group));
        told.extend(
            driver.as_ref().map(|driver| robustness::depends_most_on(&robustness::label(driver))),
        );
        told.push(robustness::decided_by_method(
            self.figures.method.status != Status::Illustrative,
        ));
        Some(Sureness {
            variants,
            with_place,
            ranks,
            standing: standing.standing.map(Standing::word),
            driver,
            told: told.into_iter().map(label).collect(),
        })
    }

    /// Of a unit about which a quota decided: how many its group has, and which of them is the last.
    fn group(&self, outcome: &UnitOutcome) -> Option<Message> {
        let (phase, by, group) = quota(&outcome.reason)?;
        let count = self.wording.held_by(by, group, phase);
        let last = self.group_last(phase, by, group).filter(|last| *last != outcome.code);
        let last = last.and_then(|code| {
            let last = self.chosen.selection.unit(code)?;
            Some((
                self.wording.named(code),
                message::position(last.rank?, self.wording.contenders()),
            ))
        });
        let last = last.as_ref().map(|(name, position)| (name, position));
        Some(message::group_has(&message::group(by, group), phase, count, last))
    }

    fn group_last(&self, phase: &str, by: &str, group: &str) -> Option<&str> {
        let cut = self.cut(phase)?;
        let own = cut.groups.iter().find(|cut| cut.by == by && cut.group == group)?;
        own.last_in.as_deref()
    }

    fn cut(&self, phase: &str) -> Option<&'a Boundary> {
        self.chosen.selection.boundaries.iter().find(|cut| cut.phase == phase)
    }

    /// The unit at the cut with which it is compared: the one with which it would change places, else the
    /// last of its group where the group is full.
    fn against(&self, outcome: &UnitOutcome, unit: usize) -> Option<Against> {
        let is_inside = outcome.state == State::Selected;
        let of_group = match &outcome.reason {
            Reason::Full(RuleRef::Most { phase, by, group }) => {
                let last = self.group_last(phase, by, group);
                last.map(|code| (code, role::last_of_group(&message::group(by, group).among)))
            }
            _ => None,
        };
        let exchange = outcome.distance.as_ref().map(|distance| {
            let cuts = &self.chosen.selection.boundaries;
            let is = |of: fn(&Boundary) -> &Option<String>| {
                cuts.iter().any(|cut| of(cut).as_deref() == Some(&distance.with))
            };
            let role = match is_inside {
                true if is(|cut| &cut.first_out) => role::first_out(),
                true => role::would_replace(),
                false if is(|cut| &cut.last_in) => role::last_in(),
                false => role::could_be_replaced(),
            };
            (distance.with.as_str(), role)
        });
        let (code, role) = exchange.or(of_group)?;
        let stands = self.chosen.selection.unit(code).is_none_or(UnitOutcome::is_as_listed);
        let role = if stands { role } else { role::when_listed(&role) };
        let other = self.figures.register.position(code)?;
        let name = self.wording.named(code);
        let decimals = usize::from(self.chosen.plan.rules.order.decimals);
        let against = against(&self.figures, self.chosen.plan.score, (unit, other), (name, role))?;
        Some(Against { decimals, ..against })
    }
}

/// The quota that decided about a unit: phase, classification, group.
fn quota(reason: &Reason) -> Option<(&str, &str, &str)> {
    match reason {
        Reason::Full(RuleRef::Most { phase, by, group })
        | Reason::Needed(RuleRef::Least { phase, by, group })
        | Reason::Displaced { rule: RuleRef::Least { phase, by, group }, .. } => {
            Some((phase, by, group))
        }
        _ => None,
    }
}

/// Whether another number could have changed what became of a unit.
fn is_open(outcome: &UnitOutcome) -> bool {
    let by_score = matches!(
        outcome.reason,
        Reason::Rank
            | Reason::Needed(_)
            | Reason::LargestSum
            | Reason::BelowCut
            | Reason::Full(_)
            | Reason::Displaced { .. }
            | Reason::Money(_)
            | Reason::SmallerSum
            | Reason::TieLost(_)
    );
    by_score && outcome.decision.is_none()
}

/// Two units beside each other; `None` where one has no score, or components do not add up to it.
pub(super) fn against(
    figures: &Figures<'_>,
    score: usize,
    (unit, other): (usize, usize),
    (name, role): (Message, Message),
) -> Option<Against> {
    let (own, others) =
        (contributions(figures, score, unit)?, contributions(figures, score, other)?);
    let differences = own.iter().zip(&others).map(|((node, own), (_, others))| Difference {
        node: figures.method.nodes[*node].id.clone(),
        points: own - others,
        other: figures.index.nodes[*node].raw.value(other),
        other_word: figures.index.nodes[*node].words.get(other).cloned().flatten(),
    });
    let value = |unit| figures.index.nodes[score].value.value(unit);
    Some(Against {
        code: figures.register.codes()[other].clone(),
        name: label(name),
        role: label(role),
        scores: [value(unit)?, value(other)?],
        decimals: DECIMALS,
        differences: differences.collect(),
    })
}
