//! What of a selection would give a masked number back, withheld.
//!
//! Places, ranks, phases and rules stay. Withheld are the scores of units whose score is masked, their
//! distances and ties, and every sum over units of which a part is masked: one unknown part of a known
//! sum could be computed from the others.

use std::collections::{BTreeMap, BTreeSet};

use super::chosen::{Chosen, Withheld};
use crate::index::{self, Column, Formula};
use crate::observation::Observations;
use crate::report::view::Mask;
use crate::report::view::View;
use crate::selection::{Filled, Objective, Reason, Rule, Selection, UnitOutcome};
use crate::study::programme::{Cost, Yardstick};

/// A selection with what is withheld taken out of it.
#[derive(Debug)]
pub(crate) struct MaskedChosen {
    selection: Selection,
    envelopes: Vec<Filled>,
    withheld: Withheld,
}

impl MaskedChosen {
    /// Takes out of the selection of a run what `observations`, its masked measures, and `units`
    /// hide.
    pub(crate) fn new(
        view: &View<'_>,
        observations: &Observations,
        units: &[Mask],
    ) -> Option<Self> {
        let chosen = view.chosen?;
        let hidden = Hidden { view, observations, units };
        let cost = match &chosen.plan.cost {
            Some(Cost::Formula(formula)) => hidden.hides(formula),
            Some(Cost::Each(_)) | None => false,
        };
        let withheld = Withheld {
            scores: units.contains(&Mask::Score),
            people: chosen.plan.people.as_ref().is_some_and(|formula| hidden.hides(formula)),
            population: chosen
                .plan
                .population
                .as_ref()
                .is_some_and(|formula| hidden.hides(formula)),
            cost,
        };
        let mut selection = chosen.selection.clone();
        hidden.take_out(&mut selection, chosen, withheld);
        let mut envelopes = chosen.envelopes.to_vec();
        for (filled, planned) in envelopes.iter_mut().zip(&chosen.plan.envelopes) {
            let gives_back = match &planned.computed {
                Yardstick::Sum(formula) => hidden.hides(formula),
                Yardstick::Cost => withheld.cost,
                Yardstick::EachPlace(_) | Yardstick::EachUnit(_) | Yardstick::Nothing => false,
            };
            if gives_back {
                filled.compared = None;
            }
        }
        Some(Self { selection, envelopes, withheld })
    }

    /// The selection as it may be published.
    pub(crate) fn chosen<'m>(&'m self, chosen: Chosen<'m>) -> Chosen<'m> {
        Chosen {
            selection: &self.selection,
            envelopes: &self.envelopes,
            withheld: self.withheld,
            ..chosen
        }
    }
}

struct Hidden<'v, 'a> {
    view: &'v View<'a>,
    observations: &'v Observations,
    units: &'v [Mask],
}

impl Hidden<'_, '_> {
    /// Whether a formula has a value for some unit only before masking.
    fn hides(&self, formula: &Formula) -> bool {
        let before = self.values(formula, self.view.figures.observations);
        let after = self.values(formula, self.observations);
        before.iter().zip(&after).any(|(before, after)| before.is_finite() && !after.is_finite())
    }

    fn values(&self, formula: &Formula, observations: &Observations) -> Vec<f64> {
        let ids = self.view.figures.method.nodes.iter().map(|node| node.id.as_str());
        let nodes: BTreeMap<&str, &Column> =
            ids.zip(self.view.figures.index.nodes.iter().map(|node| &node.value)).collect();
        index::at_units(formula, &nodes, self.view.figures.register, observations)
    }

    fn take_out(&self, selection: &mut Selection, chosen: Chosen<'_>, withheld: Withheld) {
        let masked: BTreeSet<&str> = self
            .units
            .iter()
            .zip(self.view.figures.register.codes())
            .filter(|(mask, _)| **mask == Mask::Score)
            .map(|(_, code)| code.as_str())
            .collect();
        let is_masked = |code: &String| masked.contains(code.as_str());
        for unit in &mut selection.units {
            if is_masked(&unit.code) {
                unit.points = None;
            }
            let own = is_masked(&unit.code);
            if let Some(distance) = unit.distance.as_mut().filter(|it| own || is_masked(&it.with)) {
                distance.points = None;
            }
            self.reason(unit, chosen);
        }
        for cut in &mut selection.boundaries {
            if cut.last_in.iter().chain(&cut.first_out).any(is_masked) {
                cut.gap = None;
            }
        }
        // that a masked unit shares a score with another would tell its score
        for tie in &mut selection.ties {
            tie.inside.retain(|code| !is_masked(code));
            tie.outside.retain(|code| !is_masked(code));
        }
        let sums_hidden = match chosen.plan.rules.rule {
            Rule::Coverage(Objective::People) => withheld.people,
            Rule::Coverage(Objective::Score) => withheld.scores,
            Rule::Priority => false,
        };
        for phase in selection.phases.iter_mut().filter(|_| sums_hidden) {
            phase.proof.sum = None;
            phase.proof.bound = None;
            phase.proof.price = None;
        }
    }

    /// The conditions that a unit fails, without the values that were seen.
    fn reason(&self, unit: &mut UnitOutcome, chosen: Chosen<'_>) {
        let Reason::Ineligible(conditions) = &mut unit.reason else { return };
        let Some(at) = self.view.figures.register.position(&unit.code) else { return };
        let has_failed =
            |formula: &&Formula| conditions.iter().any(|failed| failed.condition == formula.text());
        let mut failed = chosen.plan.conditions.iter().filter(has_failed);
        let shown = |name: &String, observations| {
            index::shown(name, at, self.view.figures.register, observations)
        };
        let is_seen = |name: &String| {
            let is_score =
                self.units[at] == Mask::Score && self.view.figures.method.node(name).is_some();
            is_score
                || shown(name, self.view.figures.observations) != shown(name, self.observations)
        };
        if failed.any(|formula| formula.names().iter().any(is_seen)) {
            conditions.iter_mut().for_each(|failed| failed.seen = None);
        }
    }
}
