//! What of a selection would give a masked number back, withheld.
//!
//! Phases and rules stay. Withheld are scores, ranks and places of masked units, their distances and
//! ties, and every sum over units of which a part is masked: one unknown part of a known
//! sum could be computed from the others.

use std::collections::{BTreeMap, BTreeSet};

use crate::index::{self, Figures, Formula};
use crate::observation::Observations;
use crate::report::model::{SelectionView, Sum};
use crate::selection::{
    Alternative, Filled, Objective, Price, Reason, Rule, Selection, UnitOutcome,
};
use crate::study::programme::{Cost, Yardstick};

/// A selection with what is withheld taken out of it.
#[derive(Debug)]
pub(super) struct MaskedSelection {
    selection: Selection,
    prices: Vec<Price>,
    alternatives: Vec<Alternative>,
    envelopes: Vec<Filled>,
    /// Kinds of sums of which a part is masked.
    pub(super) sums: Vec<Sum>,
}

impl MaskedSelection {
    /// Takes out of a selection what is hidden.
    pub(super) fn new(hidden: &Hidden<'_, '_>, chosen: SelectionView<'_>) -> Self {
        let sums = hidden.sums(chosen);
        let mut selection = chosen.selection.clone();
        hidden.take_out(&mut selection, chosen, &sums);
        let (mut prices, mut alternatives) = (chosen.prices.to_vec(), chosen.alternatives.to_vec());
        let masked = hidden.codes();
        for rerun in prices.iter_mut().filter_map(|price| price.without.as_mut().ok()) {
            let phases = rerun.difference.phases.iter_mut().map(|(_, shift)| shift);
            for shift in phases.chain([&mut rerun.difference.whole]) {
                last(&mut shift.enters, &masked);
                last(&mut shift.leaves, &masked);
            }
        }
        alternatives.iter_mut().for_each(|other| last(&mut other.list, &masked));
        let mut envelopes = chosen.envelopes.to_vec();
        for (filled, planned) in envelopes.iter_mut().zip(&chosen.plan.envelopes) {
            let gives_back = match &planned.computed {
                Yardstick::Sum(formula) => hidden.hides(formula),
                Yardstick::Cost => sums.contains(&Sum::Cost),
                Yardstick::EachPlace(_) | Yardstick::EachUnit(_) | Yardstick::Nothing => false,
            };
            if gives_back {
                filled.compared = None;
            }
        }
        Self { selection, prices, alternatives, envelopes, sums }
    }

    /// The selection as it may be published.
    pub(super) fn view<'m>(&'m self, chosen: SelectionView<'m>) -> SelectionView<'m> {
        SelectionView {
            selection: &self.selection,
            prices: &self.prices,
            alternatives: &self.alternatives,
            envelopes: &self.envelopes,
            ..chosen
        }
    }
}

/// Numbers ranks, places and the reserve again among the units that still have one, so that no gap tells
/// where the others stood.
fn number_again(units: &mut [UnitOutcome]) {
    let numbers: [fn(&mut UnitOutcome) -> &mut Option<usize>; 3] =
        [|unit| &mut unit.rank, |unit| &mut unit.place, |unit| &mut unit.reserve];
    for number in numbers {
        let left: BTreeSet<usize> = units.iter_mut().filter_map(|unit| *number(unit)).collect();
        let again: BTreeMap<usize, usize> = left.into_iter().zip(1..).collect();
        for unit in units.iter_mut() {
            let slot = number(unit);
            *slot = slot.and_then(|old| again.get(&old).copied());
        }
    }
}

/// Puts masked units last, by code, and leaves the order of the others.
fn last(codes: &mut [String], masked: &BTreeSet<&str>) {
    codes.sort_by_key(|code| masked.contains(code.as_str()).then(|| code.clone()));
}

/// Puts what is told of masked units behind what is told of others, wherever it stands by rank.
fn put_last(selection: &mut Selection, masked: &BTreeSet<&str>) {
    let first =
        |codes: &[String]| codes.iter().find(|code| masked.contains(code.as_str())).cloned();
    for phase in &mut selection.phases {
        last(&mut phase.added, masked);
        phase.projects.sort_by_key(|project| first(project));
    }
    selection.reserve.sort_by_key(|project| first(project));
    selection.replacements.sort_by_key(|row| first(&row.leaves));
    for cut in &mut selection.boundaries {
        for codes in [&mut cut.seated, &mut cut.displaced, &mut cut.kept_out] {
            last(codes, masked);
        }
    }
}

/// Counts the ranks between two units again, among those that still have one.
fn measure_again(units: &mut [UnitOutcome]) {
    let ranks: BTreeMap<String, usize> =
        units.iter().filter_map(|unit| Some((unit.code.clone(), unit.rank?))).collect();
    for unit in units {
        let Some(distance) = &mut unit.distance else { continue };
        if let (Some(own), Some(with)) = (unit.rank, ranks.get(&distance.with)) {
            distance.ranks = own as i64 - *with as i64;
        }
    }
}

/// What is hidden of a run: its figures, its masked measures, and how much of each unit.
pub(super) struct Hidden<'v, 'a> {
    pub(super) figures: &'v Figures<'a>,
    pub(super) masked: &'v Observations,
    pub(super) units: &'v [bool],
}

impl Hidden<'_, '_> {
    /// The kinds of sums over units of which a part is masked.
    fn sums(&self, chosen: SelectionView<'_>) -> Vec<Sum> {
        let hides = |formula: &Option<Formula>| formula.as_ref().is_some_and(|it| self.hides(it));
        let hides_cost = match &chosen.plan.cost {
            Some(Cost::Formula(formula)) => self.hides(formula),
            Some(Cost::Each(_)) | None => false,
        };
        let kinds = [
            (Sum::Scores, self.units.contains(&true)),
            (Sum::People, hides(&chosen.plan.people)),
            (Sum::Population, hides(&chosen.plan.population)),
            (Sum::Cost, hides_cost),
        ];
        kinds.into_iter().filter(|(_, is_hidden)| *is_hidden).map(|(sum, _)| sum).collect()
    }

    /// Whether a formula has a value for some unit only before masking.
    fn hides(&self, formula: &Formula) -> bool {
        let before = self.values(formula, self.figures.observations);
        let after = self.values(formula, self.masked);
        before.iter().zip(&after).any(|(before, after)| before.is_finite() && !after.is_finite())
    }

    fn values(&self, formula: &Formula, observations: &Observations) -> Vec<f64> {
        index::at_scored_units(formula, self.figures.index, self.figures.register, observations)
    }

    /// The codes of masked units.
    fn codes(&self) -> BTreeSet<&str> {
        let all = self.units.iter().zip(self.figures.register.codes());
        all.filter(|(is_masked, _)| **is_masked).map(|(_, code)| code.as_str()).collect()
    }

    fn take_out(&self, selection: &mut Selection, chosen: SelectionView<'_>, sums: &[Sum]) {
        let masked = self.codes();
        let is_masked = |code: &String| masked.contains(code.as_str());
        for unit in &mut selection.units {
            if is_masked(&unit.code) {
                (unit.points, unit.rank, unit.place, unit.reserve) = (None, None, None, None);
            }
            let own = is_masked(&unit.code);
            unit.distance = unit.distance.take().filter(|it| !own && !is_masked(&it.with));
            self.reason(unit, chosen);
        }
        number_again(&mut selection.units);
        measure_again(&mut selection.units);
        put_last(selection, &masked);
        for cut in &mut selection.boundaries {
            if cut.last_in.iter().chain(&cut.first_out).any(is_masked) {
                cut.gap = None;
            }
            for group in &mut cut.groups {
                if group.last_in.iter().chain(&group.first_out).any(is_masked) {
                    group.gap = None;
                }
            }
        }
        // that a masked unit shares a score with another would tell its score
        for tie in &mut selection.ties {
            tie.inside.retain(|code| !is_masked(code));
            tie.outside.retain(|code| !is_masked(code));
        }
        let is_hidden = |sum: &str| {
            chosen.plan.votes.iter().any(|formula| formula.text() == sum && self.hides(formula))
        };
        for sum in selection.phases.iter_mut().flat_map(|phase| &mut phase.sums) {
            if is_hidden(&sum.sum) {
                (sum.reached, sum.most) = (None, None);
                sum.least = None;
            }
        }
        let sums_hidden = match chosen.plan.rules.rule {
            Rule::Coverage(Objective::People) => sums.contains(&Sum::People),
            Rule::Coverage(Objective::Score) => sums.contains(&Sum::Scores),
            Rule::Priority => false,
        };
        for phase in selection.phases.iter_mut().filter(|_| sums_hidden) {
            phase.proof.sum = None;
            phase.proof.bound = None;
            phase.proof.price = None;
        }
    }

    /// The conditions that a unit fails, without the values that were seen.
    fn reason(&self, unit: &mut UnitOutcome, chosen: SelectionView<'_>) {
        let Reason::Ineligible(conditions) = &mut unit.reason else { return };
        let Some(at) = self.figures.register.position(&unit.code) else { return };
        let has_failed =
            |formula: &&Formula| conditions.iter().any(|failed| failed.condition == formula.text());
        let mut failed = chosen.plan.eligibility().filter(has_failed);
        let shown = |name: &String, observations| {
            index::shown(name, at, self.figures.register, observations)
        };
        let is_seen = |name: &String| {
            let is_score = self.units[at] && self.figures.index.operand(name).is_some();
            is_score || shown(name, self.figures.observations) != shown(name, self.masked)
        };
        if failed.any(|formula| formula.names().iter().any(is_seen)) {
            conditions.iter_mut().for_each(|failed| failed.seen = None);
        }
    }
}
