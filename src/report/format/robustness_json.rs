//! How sure a list is, for machines: `robustness.json`.

use serde_json::{Value, json};

use crate::report::model::SelectionView;
use crate::robustness::{Assessed, DesignRuns, Verb};

/// Everything but the rows of the tables.
pub(crate) fn json(chosen: SelectionView<'_>, assessed: &Assessed) -> Vec<u8> {
    let (doubts, outcome) = (&assessed.doubts, &assessed.outcome);
    let settings = &doubts.settings;
    let phases = chosen.plan.rules.phases.iter().map(|phase| phase.id.as_str());
    let lists = std::iter::once("").chain(phases);
    let flattered = outcome.flattered.iter().flatten().zip(lists).map(|([measured, bias], phase)| {
        json!({ "phase": phase, "measured": measured, "bias": bias, "corrected": measured - bias })
    });
    let designs = outcome.designs.iter();
    let value = json!({
        "id": doubts.id,
        "version": doubts.version,
        "status": doubts.status,
        "title": { "ro": doubts.title.ro, "en": doubts.title.en },
        "settings": {
            "runs": settings.runs,
            "shares": settings.shares,
            "alone": settings.alone,
            "cases": settings.cases,
            "design": settings.design,
            "seed": settings.seed,
            "interval": settings.interval,
            "certain": settings.certain,
            "confidence": settings.confidence,
        },
        "doubts": doubts.doubts.iter().map(|doubt| json!({
            "id": doubt.id,
            "layer": doubt.layer().word(),
            "of": match &doubt.verb {
                Verb::Measures { of, .. } => Some(of),
                _ => None,
            },
            "with": doubt.with.map(|other| &doubts.doubts[other].id),
        })).collect::<Vec<_>>(),
        "left_out": doubts.left_out.iter().map(|doubt| json!({
            "id": doubt.id,
            "reason": { "ro": doubt.reason.ro, "en": doubt.reason.en },
        })).collect::<Vec<_>>(),
        "designs": designs.map(|(design, runs)| (design.word().to_owned(), of(runs))).collect::<serde_json::Map<_, _>>(),
        "bands": {
            "eligible": outcome.eligible(),
            "certain": outcome.bands()[0],
            "contested": outcome.bands()[1],
            "out": outcome.bands()[2],
        },
        "alternatives": assessed.singly.iter().map(|one| json!({
            "doubt": doubts.doubts[one.doubt].id,
            "alternative": one.name,
            "odds": one.odds,
            "exchanged": one.result.as_ref().map(|(exchanged, ..)| exchanged),
            "mean_rank_shift": one.result.as_ref().map(|(_, shift, _)| shift),
        })).collect::<Vec<_>>(),
        "misallocation": outcome.misallocation.as_ref().map(|(places, lost)| json!({
            "places": places,
            "people": lost.people,
            "places_without_people": lost.unknown,
        })),
        "mean_score": flattered.collect::<Vec<_>>(),
        "rank_sets": { "too_many_units": outcome.too_many_for_sets },
    });
    format!("{value:#}\n").into_bytes()
}

fn of(runs: &DesignRuns) -> Value {
    let mean = |values: &[f64]| {
        let sum: f64 = values.iter().sum();
        (!values.is_empty()).then(|| sum / values.len() as f64)
    };
    json!({
        "tried": runs.tried,
        "made": runs.made,
        "by_ticket": runs.by_ticket,
        "not_proved": runs.not_proved,
        "exchanged_mean": mean(&runs.exchanged),
        "mean_rank_shift": mean(&runs.shifts),
    })
}
