//! Envelopes beside what a list comes to, shared out by county and phase.

use super::measured::{values, whole};
use crate::run::Run;
use crate::selection::{Filled, Pool, Selection, SharedPart};
use crate::study::programme::{EnvelopePlan, Plan, Yardstick};

/// Every envelope of a programme: compared where something is computed, and shared out in
/// proportion to the places of each county and phase, so that the parts sum to the total.
pub(super) fn filled(run: &Run, plan: &Plan, pool: &Pool, selection: &Selection) -> Vec<Filled> {
    let places = places(pool, selection);
    let weights: Vec<i64> = places.iter().map(|(_, _, places)| *places).collect();
    plan.envelopes
        .iter()
        .map(|planned| {
            let computed = computed(planned, run, selection);
            let parts = planned.envelope.shared(&weights).unwrap_or_default();
            let parts = places.iter().zip(parts).map(|((county, phase, _), amount)| SharedPart {
                county: county.clone(),
                phase: phase.clone(),
                amount,
            });
            Filled {
                id: planned.envelope.id.clone(),
                compared: computed.map(|computed| planned.envelope.compare(computed)),
                parts: parts.collect(),
            }
        })
        .collect()
}

/// County, phase and places that the phase added there, counties in order; a union counts where
/// its lead is.
fn places(pool: &Pool, selection: &Selection) -> Vec<(String, String, i64)> {
    let family = pool.classification("county");
    let county = |code: &str| {
        let unit = pool.candidates.iter().find(|unit| unit.code == code)?;
        let family = family?;
        Some(pool.classifications[family].groups[unit.groups[family]?].clone())
    };
    let mut counted: std::collections::BTreeMap<(String, usize), i64> =
        std::collections::BTreeMap::new();
    for (at, phase) in selection.phases.iter().enumerate() {
        for project in &phase.projects {
            let lead = project.first().and_then(|code| county(code)).unwrap_or_default();
            *counted.entry((lead, at)).or_default() += 1;
        }
    }
    counted
        .into_iter()
        .map(|((county, at), places)| (county, selection.phases[at].id.clone(), places))
        .collect()
}

fn computed(planned: &EnvelopePlan, run: &Run, selection: &Selection) -> Option<i64> {
    let last = selection.phases.last()?;
    let places = i64::try_from(last.places).ok()?;
    let units = i64::try_from(selection.list().len()).ok()?;
    match &planned.computed {
        Yardstick::Nothing => None,
        Yardstick::EachPlace(each) => places.checked_mul(*each),
        Yardstick::EachUnit(each) => units.checked_mul(*each),
        Yardstick::Cost => i64::try_from(last.cost).ok(),
        Yardstick::Sum(formula) => {
            let values = values(run, formula);
            selection.list().iter().try_fold(0_i64, |sum, code| {
                let unit = run.register.position(code)?;
                let value = values[unit];
                let own = if planned.money { super::measured::bani(value) } else { whole(value) };
                sum.checked_add(own?)
            })
        }
    }
}
