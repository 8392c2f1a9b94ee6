//! `selection.json`: what an auditor needs beside the tables: rules, proofs, cuts, prices.

use serde_json::{Value, json};

use super::Chosen;
use super::{Withheld, capacity_words};
use crate::report::View;
use crate::selection::{Alternative, Boundary, PhaseOutcome, Points, Price, Rule, Tie};

/// Everything but the rows of the tables; numbers that decide are texts or whole numbers.
pub(crate) fn json(view: &View<'_>, chosen: Chosen<'_>) -> Vec<u8> {
    let rules = &chosen.plan.rules;
    let decimals = rules.order.decimals;
    let points = |units: i64| Points::from_units(units).text(decimals);
    let envelopes = chosen.envelopes.iter().zip(&chosen.plan.envelopes).map(|(filled, planned)| {
        json!({
            "id": filled.id,
            "source": planned.envelope.source,
            "total": planned.envelope.total,
            "unit": if planned.money { "bani" } else { "count" },
            "computed": filled.compared.as_ref().map(|compared| compared.computed),
            "missing": filled.compared.as_ref().map(|compared| compared.missing),
            "holds": filled
                .compared
                .as_ref()
                .map(|c| planned.holds.accepts(c.computed, c.envelope)),
        })
    });
    let near = chosen.selection.near(chosen.plan.margin);
    let value = json!({
        "programme": rules.id,
        "version": chosen.plan.version,
        "rule": match rules.rule {
            Rule::Priority => "priority",
            Rule::Coverage(crate::selection::Objective::Score) => "coverage-score",
            Rule::Coverage(crate::selection::Objective::People) => "coverage-people",
        },
        "decimals": decimals,
        "lottery": rules.order.lottery.as_ref().map(|lottery| json!({
            "source": lottery.source,
            "announced": lottery.announced,
            "seed": lottery.seed,
        })),
        "proved": chosen.proved(),
        "phases": chosen.selection.phases.iter().map(|p| phase(p, decimals, chosen.withheld)).collect::<Vec<_>>(),
        "boundaries": chosen
            .selection
            .boundaries
            .iter()
            .map(|boundary| cut(boundary, &points))
            .collect::<Vec<_>>(),
        "margin": points(chosen.plan.margin),
        "near": near.iter().map(|unit| &unit.code).collect::<Vec<_>>(),
        "ties": chosen.selection.ties.iter().map(tie).collect::<Vec<_>>(),
        "prices": chosen.prices.iter().map(|p| price(p, decimals, chosen.withheld)).collect::<Vec<_>>(),
        "alternatives": chosen
            .alternatives
            .iter()
            .map(|a| alternative(a, decimals, chosen.withheld))
            .collect::<Vec<_>>(),
        "envelopes": envelopes.collect::<Vec<_>>(),
        "capacity": capacity_words::json(view, chosen),
    });
    let mut text = serde_json::to_string_pretty(&value).expect("texts and numbers are JSON");
    text.push('\n');
    text.into_bytes()
}

/// A sum of points as published text.
fn sum(units: i128, decimals: u8) -> String {
    i64::try_from(units)
        .map_or_else(|_| units.to_string(), |units| Points::from_units(units).text(decimals))
}

fn phase(phase: &PhaseOutcome, decimals: u8, withheld: Withheld) -> Value {
    let proof = &phase.proof;
    json!({
        "id": phase.id,
        "added": phase.added,
        "projects": phase.projects,
        "places": phase.places,
        "empty": phase.empty,
        "score_sum": (!withheld.scores).then(|| sum(phase.points, decimals)),
        "people": (!withheld.people).then(|| whole(phase.people)),
        "cost_bani": (!withheld.cost).then(|| whole(phase.cost)),
        "algorithm": proof.algorithm.words(),
        "proved": proof.proved,
        "sum": proof.sum.map(whole),
        "bound": proof.bound.map(whole),
        "gap_per_million": proof.gap_per_million().map(whole),
        "price_of_money": proof.price.map(|(value, bani)| [whole(value), whole(bani)]),
        "nodes": proof.nodes,
    })
}

/// A whole number; as text where JSON readers would round it.
fn whole(number: i128) -> Value {
    match i64::try_from(number) {
        Ok(small) if small.unsigned_abs() < 1 << 53 => json!(small),
        _ => json!(number.to_string()),
    }
}

fn cut(boundary: &Boundary, points: &dyn Fn(i64) -> String) -> Value {
    json!({
        "phase": boundary.phase,
        "last_in": boundary.last_in,
        "first_out": boundary.first_out,
        "gap": boundary.gap.map(points),
    })
}

fn tie(tie: &Tie) -> Value {
    json!({
        "phase": tie.phase,
        "inside": tie.inside,
        "outside": tie.outside,
        "decided_by": match tie.decided_by {
            crate::selection::DecidedBy::Lottery => "lottery",
            crate::selection::DecidedBy::Code => "code",
        },
        "measured_above": tie.measured_above,
    })
}

fn price(price: &Price, decimals: u8, withheld: Withheld) -> Value {
    json!({
        "rule": price.rule.to_string(),
        "admits": price.admits,
        "keeps_out": price.keeps_out,
        "score": (!withheld.scores).then(|| sum(price.points, decimals)),
        "people": (!withheld.people).then(|| whole(price.people)),
        "cost_bani": (!withheld.cost).then(|| whole(price.cost)),
    })
}

fn alternative(alternative: &Alternative, decimals: u8, withheld: Withheld) -> Value {
    json!({
        "rule": alternative.meaning.word(),
        "list": alternative.list,
        "score_sum": (!withheld.scores).then(|| sum(alternative.points, decimals)),
        "people": (!withheld.people).then(|| whole(alternative.people)),
        "cost_bani": (!withheld.cost).then(|| whole(alternative.cost)),
        "overtakings": alternative.overtakings,
        "proved": alternative.proved,
    })
}
