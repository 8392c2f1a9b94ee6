//! What is to be said about the sureness of a list.

use super::Selected;
use crate::message::robustness as message;
use crate::quality::{Finding, Message};
use crate::robustness::{Assessed, Design, Output, Times, Unmade, Verb};
use crate::selection::Standing;

/// From this total share on a doubt is told.
const DRIVES: f64 = 0.1;
/// Above this share of the places a component is told.
const DECIDES: f64 = 0.05;
/// Above this share of the eligible units with an open standing there are too few runs.
const OPEN: f64 = 0.05;
/// Most runs that a design may have.
const MOST: u32 = 65_536;

/// Everything that the runs found.
pub(super) fn remarks(selected: &Selected, assessed: &Assessed) -> Vec<Finding> {
    let told = Told { selected, assessed, id: &assessed.doubts.id };
    let mut found = told.contested();
    found.extend(told.drivers());
    found.extend(told.one_cases());
    found.extend(told.rounding());
    found.extend(told.components());
    found.extend(told.runs());
    found.extend(told.cells());
    found
}

struct Told<'a> {
    selected: &'a Selected,
    assessed: &'a Assessed,
    id: &'a str,
}

impl Told<'_> {
    fn joint(&self) -> u32 {
        self.assessed.outcome.designs.get(&Design::Joint).map_or(0, |joint| joint.made)
    }

    fn contested(&self) -> Vec<Finding> {
        let (certain, runs) = (self.assessed.doubts.settings.certain, self.joint());
        let units: Vec<_> = self.assessed.outcome.units.iter().filter(|it| it.eligible).collect();
        let places = |of: &dyn Fn(&str) -> bool| {
            self.selected
                .selection
                .units
                .iter()
                .filter(|unit| of(&unit.code) && unit.phase.is_some())
                .count()
        };
        let codes = self.selected.run.register.codes();
        let contested: Vec<_> =
            units.iter().filter(|unit| unit.standing == Some(Standing::Contested)).collect();
        let mut found = Vec::new();
        if !contested.is_empty() {
            let is_one = |code: &str| contested.iter().any(|unit| codes[unit.unit] == code);
            let counts = (contested.len(), units.len());
            found.push(message::contested(self.id, counts, (places(&is_one), places(&|_| true))));
        }
        let phases = &self.selected.plan.rules.phases;
        for (at, phase) in phases.iter().enumerate().filter(|_| phases.len() > 1) {
            let mut counts = [0; 3];
            for unit in &units {
                // up to the phase
                let times: Times = unit.by_phase[..=at].iter().copied().sum();
                let standing = times.standing(runs, certain);
                standing.into_iter().for_each(|standing| counts[standing as usize] += 1);
            }
            found.push(message::phase_contested(self.id, &phase.id, counts));
        }
        found
    }

    fn drivers(&self) -> Option<Finding> {
        let shares = &self.assessed.outcome.shares;
        let list = shares.iter().find(|own| own.output == Output::List)?;
        let mut drivers: Vec<(usize, f64)> = list
            .indices
            .iter()
            .enumerate()
            .map(|(at, indices)| (at, indices.total.estimate))
            .filter(|(_, total)| *total >= DRIVES)
            .collect();
        drivers.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let named: Vec<(Message, f64)> = drivers
            .into_iter()
            .map(|(at, total)| (message::label(&self.assessed.doubts.group_label(at)), total))
            .collect();
        (!named.is_empty()).then(|| message::driver(self.id, &named))
    }

    fn one_cases(&self) -> Vec<Finding> {
        let mut measures: Vec<(&str, usize, usize)> = Vec::new();
        for case in self.assessed.one_cases.iter().flatten().filter(|case| case.cases.abs() == 1) {
            let at = measures.iter().position(|(measure, ..)| *measure == case.measure);
            let at = at.unwrap_or_else(|| {
                measures.push((&case.measure, 0, 0));
                measures.len() - 1
            });
            measures[at].1 += usize::from(case.cases > 0);
            measures[at].2 += usize::from(case.cases < 0);
        }
        measures
            .into_iter()
            .map(|(measure, up, down)| message::one_case(measure, up, down))
            .collect()
    }

    fn rounding(&self) -> Vec<Finding> {
        let doubts = &self.assessed.doubts;
        let groups = doubts.groups().into_iter().zip(&self.assessed.outcome.alone);
        groups
            .filter(|(group, alone)| {
                let is_rounding =
                    |doubt: &usize| matches!(doubts.doubts[*doubt].verb, Verb::Rounding { .. });
                group.iter().all(is_rounding) && alone.exchanged[0] >= 1.0
            })
            .map(|(group, alone)| {
                message::rounding_decides(&doubts.doubts[group[0]].id, alone.exchanged[0])
            })
            .collect()
    }

    fn components(&self) -> Vec<Finding> {
        let places = self.selected.selection.list().len();
        let nodes = &self.selected.run.method.nodes;
        let rows = self.assessed.leave_out.iter().filter_map(|row| {
            let moves = row.result.as_ref().ok()?.moves.first()?;
            let exchanged = moves.leave.len();
            let decides = exchanged as f64 > DECIDES * places as f64;
            decides.then(|| message::component_decides(&nodes[row.child].id, exchanged, places))
        });
        rows.collect()
    }

    fn runs(&self) -> Vec<Finding> {
        let Some(joint) = self.assessed.outcome.designs.get(&Design::Joint) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        if let Some((_, first)) = joint.failures.first() {
            let failed = joint.tried - joint.made;
            let first = self.unmade(first);
            found.push(message::runs_failed(self.id, failed, joint.tried, &first));
        }
        if joint.by_ticket > 0 {
            found.push(message::by_ticket(self.id, joint.by_ticket, joint.made));
        }
        if joint.not_proved > 0 {
            found.push(message::not_proved(self.id, joint.not_proved, joint.made));
        }
        let settings = &self.assessed.doubts.settings;
        let eligible: Vec<_> =
            self.assessed.outcome.units.iter().filter(|it| it.eligible).collect();
        let open = eligible.iter().filter(|unit| {
            let of = |share: f64| settings.certain.number().map(|certain| share >= certain);
            let out = |share: f64| settings.certain.number().map(|certain| share <= 1.0 - certain);
            let [low, high] = unit.times.wilson(joint.made, settings.confidence);
            of(low) != of(high) || out(low) != out(high)
        });
        let open = open.count();
        if open as f64 > OPEN * eligible.len() as f64 && settings.runs < MOST {
            let more = settings.runs.saturating_mul(4).min(MOST);
            found.push(message::runs_few(self.id, open, eligible.len(), joint.made, more));
        }
        found
    }

    fn unmade(&self, unmade: &Unmade) -> Message {
        match unmade {
            Unmade::NoList => message::no_list(),
            Unmade::Value(failed) => {
                let (register, nodes) =
                    (&self.selected.run.register, &self.selected.run.method.nodes);
                message::no_value(
                    &nodes[failed.node].id,
                    &register.names()[failed.unit],
                    &register.codes()[failed.unit],
                )
            }
        }
    }

    fn cells(&self) -> Vec<Finding> {
        let notes = &self.assessed.notes;
        let exceeding =
            notes.exceeding.iter().map(|(measure, n)| message::count_exceeds(measure, *n));
        let kept = notes.kept.iter().filter(|(_, cells)| **cells > 0);
        let kept =
            kept.map(|((measure, other), cells)| message::cells_kept(measure, other, *cells));
        let nodes = &self.selected.run.method.nodes;
        let beyond = self.assessed.outcome.beyond.iter();
        let beyond = beyond.map(|(node, share)| message::error_beyond(&nodes[*node].id, *share));
        exceeding.chain(kept).chain(beyond).collect()
    }
}
