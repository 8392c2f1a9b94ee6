//! A selection for machines: `selection.json`, or why there is none.

use serde_json::{Value, json};

use crate::index::Mark;
use crate::language::Language;
use crate::report::model::{Part, Profile, SelectionView, Sum, View};
use crate::selection::{
    Alternative, Boundary, Lottery, NoList, Objective, PhaseOutcome, Points, Price, Priced,
    ProgrammeKey, Refusal, Rule, Shift, SumReached, Tie, WhatIf, way,
};
use crate::study::Problems;
use crate::study::programme::{NamedTest, Yardstick};

/// Everything but the rows of the tables; numbers that decide are texts or whole numbers. One that is
/// withheld is null with its state beside it, as in the tables: `score_sum.state`. In the pack of a county
/// lists of codes hold its units alone; the ends of a cut, sums and proofs stay those of the whole list.
pub(crate) fn json(chosen: SelectionView<'_>, capacity: Option<&Profile<'_>>) -> Vec<u8> {
    let masks = chosen.masks;
    let rules = &chosen.plan.rules;
    let decimals = rules.order.decimals;
    let points = |units: i64| Points::from_units(units).text(decimals);
    let is_masked = |code: &String| {
        let at = chosen.pool.candidates.iter().position(|unit| unit.code == *code);
        at.is_some_and(|unit| masks.is_masked(unit))
    };
    let near = chosen.selection.near(chosen.plan.margin);
    let mut value = json!({
        "programme": rules.id,
        "version": chosen.plan.version,
        "county": chosen.county,
        "rule": match rules.rule {
            Rule::Priority => "priority",
            Rule::Coverage(Objective::Score) => "coverage-score",
            Rule::Coverage(Objective::People) => "coverage-people",
        },
        "decimals": decimals,
        "lottery": rules.order.lottery.as_ref().map(lottery),
        "draw": rules.order.draw.as_ref().map(|draw| json!({ "among": "contested", "by": draw.by })),
        "tests": tests(chosen),
        "proved": chosen.proved(),
        "phases": chosen.selection.phases.iter().map(|p| phase(p, chosen)).collect::<Vec<_>>(),
        "boundaries": chosen
            .selection
            .boundaries
            .iter()
            .map(|boundary| cut(boundary, chosen, &points, &is_masked))
            .collect::<Vec<_>>(),
        "margin": points(chosen.plan.margin),
        "near": near
            .iter()
            .map(|unit| &unit.code)
            .filter(|code| chosen.is_here(code))
            .collect::<Vec<_>>(),
        "reserve_gap": chosen.selection.gap.map(|gap| json!({
            "places": gap.selected,
            "uncovered": gap.uncovered,
            "irreplaceable": gap.irreplaceable,
        })),
        "ties": chosen.selection.ties.iter().map(|it| tie(it, chosen)).collect::<Vec<_>>(),
        "prices": chosen.prices.iter().map(|p| price(p, chosen)).collect::<Vec<_>>(),
        "alternatives": chosen
            .alternatives
            .iter()
            .map(|a| alternative(a, chosen))
            .collect::<Vec<_>>(),
        "envelopes": envelopes(chosen),
        "capacity": capacity.map(|profile| need_and_supply(profile, chosen.county)),
    });
    put_states(&mut value);
    let mut text = serde_json::to_string_pretty(&value).expect("texts and numbers are JSON");
    text.push('\n');
    text.into_bytes()
}

/// What stands for a number that is withheld until its state is put beside it.
fn withheld() -> Value {
    json!({ "withheld": null })
}

/// A number, unless it is withheld.
fn unless(is_withheld: bool, number: impl Into<Value>) -> Value {
    if is_withheld { withheld() } else { number.into() }
}

/// Makes what is withheld null, with its state beside it.
fn put_states(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(put_states),
        Value::Object(entries) => {
            let is_withheld =
                |(key, own): (&String, &Value)| (*own == withheld()).then(|| key.clone());
            let keys: Vec<String> = entries.iter().filter_map(is_withheld).collect();
            for key in keys {
                entries.insert(format!("{key}.state"), json!(Mark::Withheld.word()));
                entries.insert(key, Value::Null);
            }
            entries.values_mut().for_each(put_states);
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Each total of a document beside what the list comes to.
fn envelopes(chosen: SelectionView<'_>) -> Vec<Value> {
    let filled = chosen.envelopes.iter().zip(&chosen.plan.envelopes).map(|(filled, planned)| {
        json!({
            "id": filled.id,
            "source": planned.envelope.source,
            "total": planned.envelope.total,
            "unit": if planned.money { "bani" } else { "count" },
            "computed": match (&filled.compared, &planned.computed) {
                (Some(compared), _) => json!(compared.computed),
                (None, Yardstick::Nothing) => Value::Null,
                (None, _) => withheld(),
            },
            "missing": filled.compared.as_ref().map(|compared| compared.missing),
            "holds": filled
                .compared
                .as_ref()
                .map(|c| planned.holds.accepts(c.computed, c.envelope)),
        })
    });
    filled.collect()
}

fn lottery(lottery: &Lottery) -> Value {
    json!({ "source": lottery.source, "announced": lottery.announced, "seed": lottery.seed })
}

/// The named tests, each with the units that pass it.
fn tests(chosen: SelectionView<'_>) -> Vec<Value> {
    let candidates = &chosen.pool.candidates;
    let one = |(at, test): (usize, &NamedTest)| {
        let passing = candidates.iter().filter(|unit| unit.passed.contains(&at));
        json!({
            "id": test.id,
            "where": test.condition.text(),
            "because": { "ro": test.because.ro, "en": test.because.en },
            "passed": passing
                .map(|unit| &unit.code)
                .filter(|code| chosen.is_here(code))
                .collect::<Vec<_>>(),
        })
    };
    chosen.plan.tests.named.iter().enumerate().map(one).collect()
}

/// A sum of points as published text.
fn sum(units: i128, decimals: u8) -> String {
    i64::try_from(units)
        .map_or_else(|_| units.to_string(), |units| Points::from_units(units).text(decimals))
}

fn phase(phase: &PhaseOutcome, chosen: SelectionView<'_>) -> Value {
    let (proof, rules, masks) = (&phase.proof, &chosen.plan.rules, chosen.masks);
    let is_hidden = match rules.rule {
        Rule::Priority => false,
        Rule::Coverage(Objective::Score) => masks.withholds(Sum::Scores),
        Rule::Coverage(Objective::People) => masks.withholds(Sum::People),
    };
    let most = |sum: &str| rules.require.iter().any(|it| it.sum == sum && it.most.is_some());
    json!({
        "id": phase.id,
        "added": chosen.here(&phase.added),
        "projects": phase
            .projects
            .iter()
            .filter(|codes| codes.iter().any(|code| chosen.is_here(code)))
            .collect::<Vec<_>>(),
        "places": phase.places,
        "empty": phase.empty,
        "score_sum": unless(masks.withholds(Sum::Scores), sum(phase.points, rules.order.decimals)),
        "people": unless(masks.withholds(Sum::People), whole(phase.people)),
        "cost_bani": unless(masks.withholds(Sum::Cost), whole(phase.cost)),
        "sums": phase.sums.iter().map(|it| required(it, most(&it.sum))).collect::<Vec<_>>(),
        "algorithm": way(proof.algorithm).en,
        "proved": proof.proved,
        "sum": unless(is_hidden, proof.sum.map(whole)),
        "bound": unless(is_hidden, proof.bound.map(whole)),
        "gap_per_million": unless(is_hidden, proof.gap_per_million().map(whole)),
        "price_of_money": unless(
            is_hidden && rules.budget.is_some(),
            proof.price.map(|(value, bani)| json!([whole(value), whole(bani)])),
        ),
        "nodes": proof.nodes,
    })
}

fn required(sum: &SumReached, has_most: bool) -> Value {
    let is_hidden = sum.reached.is_none();
    json!({
        "sum": sum.sum,
        "least": unless(is_hidden, sum.least),
        "most": unless(is_hidden && has_most, sum.most),
        "reached": unless(is_hidden, sum.reached),
    })
}

/// A whole number; as text where JSON readers would round it.
fn whole(number: i128) -> Value {
    match i64::try_from(number) {
        Ok(small) if small.unsigned_abs() < 1 << 53 => json!(small),
        _ => json!(number.to_string()),
    }
}

fn cut(
    boundary: &Boundary,
    chosen: SelectionView<'_>,
    points: &dyn Fn(i64) -> String,
    is_masked: &dyn Fn(&String) -> bool,
) -> Value {
    let gap = |last: &Option<String>, first: &Option<String>, gap: Option<i64>| {
        let is_hidden = last.iter().chain(first).any(is_masked);
        unless(last.is_some() && first.is_some() && is_hidden, gap.map(points))
    };
    json!({
        "phase": boundary.phase,
        "last_in": boundary.last_in,
        "first_out": boundary.first_out,
        "gap": gap(&boundary.last_in, &boundary.first_out, boundary.gap),
        "seated": chosen.here(&boundary.seated),
        "displaced": chosen.here(&boundary.displaced),
        "kept_out": chosen.here(&boundary.kept_out),
        "groups": boundary
            .groups
            .iter()
            .filter(|group| group.last_in.iter().chain(&group.first_out).any(|it| chosen.is_here(it)))
            .map(|group| json!({
                "by": group.by,
                "group": group.group,
                "last_in": group.last_in,
                "first_out": group.first_out,
                "gap": gap(&group.last_in, &group.first_out, group.gap),
            }))
            .collect::<Vec<_>>(),
    })
}

fn tie(tie: &Tie, chosen: SelectionView<'_>) -> Value {
    json!({
        "phase": tie.phase,
        "inside": chosen.here(&tie.inside),
        "outside": chosen.here(&tie.outside),
        "decided_by": match tie.decided_by {
            crate::selection::DecidedBy::Lottery => "lottery",
            crate::selection::DecidedBy::Draw => "draw-among-contested",
            crate::selection::DecidedBy::Code => "code",
        },
        "equal_profiles": tie.alike,
    })
}

/// A price: what the re-run without the rules gains on the list, and in what each phase adds.
fn price(price: &Price, chosen: SelectionView<'_>) -> Value {
    let (decimals, masks) = (chosen.plan.rules.order.decimals, chosen.masks);
    let rules: Vec<String> = price.rules.iter().map(Priced::code).collect();
    let mut value = json!({ "rule": rules.join(" + ") });
    let (difference, gap) = match &price.without {
        Ok(rerun) => (&rerun.difference, rerun.gap),
        Err(none) => {
            value["no_list"] = match none {
                NoList::Rules { phase } => json!({ "because": "rules", "phase": phase }),
                NoList::Effort => json!({ "because": "effort" }),
            };
            return value;
        }
    };
    value["proved"] = json!(gap.is_none());
    value["gap_per_million"] = json!(gap.map(whole));
    let put = |value: &mut Value, shift: &Shift| {
        value["enters"] = json!(chosen.here(&shift.enters));
        value["leaves"] = json!(chosen.here(&shift.leaves));
        value["points"] = unless(masks.withholds(Sum::Scores), sum(shift.points, decimals));
        value["people"] = unless(masks.withholds(Sum::People), whole(shift.people));
        value["cost_bani"] = unless(masks.withholds(Sum::Cost), whole(shift.cost));
    };
    put(&mut value, &difference.whole);
    let phase = |(id, shift): &(String, Shift)| {
        let mut phase = json!({ "id": id });
        put(&mut phase, shift);
        phase
    };
    value["phases"] = difference.phases.iter().map(phase).collect();
    value
}

/// What a change that is tried out would do, with the units by name.
pub fn what_if_json(view: &View<'_>, answer: &WhatIf) -> Value {
    let decimals = view.selection.map_or(0, |chosen| chosen.plan.rules.order.decimals);
    let units = |codes: &[String]| -> Vec<Value> {
        let register = view.figures.register;
        let unit = |code: &String| {
            let name = register.position(code).map(|unit| &register.names()[unit]);
            let county = view.selection.as_ref().and_then(|chosen| chosen.group("county", code));
            json!({ "code": code, "name": name, "county": county })
        };
        codes.iter().map(unit).collect()
    };
    let shift = |shift: &Shift| {
        json!({
            "enters": units(&shift.enters),
            "leaves": units(&shift.leaves),
            "points": sum(shift.points, decimals),
            "people": whole(shift.people),
            "cost_bani": whole(shift.cost),
        })
    };
    let changed = answer.changed.iter().map(|changed| {
        json!({
            "what": changed.what.to_string(),
            "from": changed.from.as_ref().map(ToString::to_string),
            "to": changed.to.to_string(),
        })
    });
    let phases = answer.difference.phases.iter().map(|(id, of_phase)| {
        let mut phase = shift(of_phase);
        phase["id"] = json!(id);
        phase
    });
    json!({
        "what_if": changed.collect::<Vec<_>>(),
        "list": shift(&answer.difference.whole),
        "phases": phases.collect::<Vec<_>>(),
        "tied": answer.is_tied,
        "proved": answer.selection.proved(),
    })
}

fn alternative(alternative: &Alternative, chosen: SelectionView<'_>) -> Value {
    let (decimals, masks) = (chosen.plan.rules.order.decimals, chosen.masks);
    json!({
        "rule": alternative.meaning.word(),
        "list": chosen.here(&alternative.list),
        "score_sum": unless(masks.withholds(Sum::Scores), sum(alternative.points, decimals)),
        "people": unless(masks.withholds(Sum::People), whole(alternative.people)),
        "cost_bani": unless(masks.withholds(Sum::Cost), whole(alternative.cost)),
        "overtakings": unless(masks.withholds(Sum::Scores), alternative.overtakings),
        "proved": alternative.proved,
    })
}

fn need_and_supply(profile: &Profile<'_>, county: Option<&str>) -> Value {
    let units = profile.units(county);
    let resources = profile.accounts.iter().map(|account| {
        let resource = account.resource;
        let balance = account.stock.balance(&units);
        let hides = |part: Part| account.mark(part, &units) == Some(Mark::Withheld);
        json!({
            "id": resource.id,
            "source": resource.source,
            "units": balance.units,
            "unknown": balance.unknown,
            "having": balance.having.len(),
            "short": balance.short.len(),
            "need": unless(hides(Part::Need), balance.need),
            "supply": unless(hides(Part::Supply), balance.supply),
            "gap": unless(hides(Part::Gap), balance.gap),
        })
    });
    let absent = profile.capacity.absent.iter();
    let absent = absent.map(|absent| json!({ "id": absent.id, "no_source": absent.source }));
    json!({
        "by": profile.capacity.by,
        "resources": resources.collect::<Vec<_>>(),
        "absent": absent.collect::<Vec<_>>(),
    })
}

/// Rules, units, conflicts and relaxations, with the places that people are shown, sentences in that
/// language.
pub fn refused_json(refusal: &Refusal, problems: &Problems, language: Language) -> Value {
    let refused: Vec<Value> = refusal
        .objections
        .iter()
        .map(|problem| {
            let conflict = problem.conflict.as_ref().map(|conflict| {
                json!({
                    "phase": conflict.phase,
                    "code": conflict.code,
                    "clauses": conflict.rules.iter().map(ToString::to_string).collect::<Vec<_>>(),
                    "missing": conflict.missing,
                    "relaxations": conflict
                        .relaxations
                        .iter()
                        .map(|r| json!({ "clause": r.rule.to_string(), "from": r.from, "to": r.to }))
                        .collect::<Vec<_>>(),
                })
            });
            json!({
                "rule": problem.rule,
                "message": problem.message.text(language),
                "hint": problem.hint.as_ref().map(|hint| hint.text(language)),
                "key": problem.key.map_or("", ProgrammeKey::name),
                "unit": problem.unit,
                "conflict": conflict,
            })
        })
        .collect();
    let problems = problems.iter().map(|problem| problem.clone().only(language));
    json!({ "refused": refused, "problems": problems.collect::<Vec<_>>() })
}
