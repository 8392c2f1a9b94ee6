//! What unions cost: the formula over the sums of their members.

use std::collections::{BTreeMap, BTreeSet};

use super::measured::{bani, values};
use super::refused::on_line;
use crate::index::{Formula, Operand};
use crate::run::{Run, Stopped};
use crate::selection::Pool;
use crate::study::programme::{Cost, Plan};

/// The cost in bani of every union that the rules allow, by the codes of its members.
pub(super) fn costs(
    run: &Run,
    plan: &Plan,
    pool: &Pool,
) -> Result<BTreeMap<Vec<String>, i64>, Stopped> {
    let (Some(cost), true) = (&plan.cost, plan.rules.unions.is_some()) else {
        return Ok(BTreeMap::new());
    };
    let unions = unions(plan, pool);
    let codes = |members: &Vec<usize>| -> Vec<String> {
        let mut codes: Vec<String> =
            members.iter().map(|&unit| pool.candidates[unit].code.clone()).collect();
        codes.sort();
        codes
    };
    let formula = match cost {
        Cost::Each(bani) => return Ok(unions.iter().map(|u| (codes(u), *bani)).collect()),
        Cost::Formula(formula) => formula,
    };
    let found = summed(run, formula, &unions);
    let mut costs = BTreeMap::new();
    for (members, value) in unions.iter().zip(found) {
        match bani(value) {
            Some(bani) => {
                costs.insert(codes(members), bani);
            }
            // a member without a value has no cost of its own, and is told where it may enter
            None if value.is_nan() => {}
            None => {
                let mut problems = run.notes.clone();
                let message =
                    format!("the union {} has no finite cost", codes(members).join(" + "));
                on_line(&mut problems, plan, "budget.cost", message, None);
                return Err(Stopped::Invalid(problems));
            }
        }
    }
    Ok(costs)
}

/// The formula over the sums of the members.
fn summed(run: &Run, formula: &Formula, unions: &[Vec<usize>]) -> Vec<f64> {
    let columns: Vec<Vec<f64>> = formula
        .names()
        .iter()
        .map(|name| {
            let text = name.clone();
            let alone = Formula::new(text, vec![name.clone()], |operands| match operands[0] {
                Operand::Numbers(values) => values.iter().copied().map(Some).collect(),
                Operand::Texts(texts) => vec![None; texts.len()],
            });
            let own = values(run, &alone);
            // counts and amounts of two or three members, in the order of their codes
            let sum = |members: &Vec<usize>| members.iter().fold(0.0, |sum, &unit| sum + own[unit]);
            unions.iter().map(sum).collect()
        })
        .collect();
    let operands: Vec<Operand<'_>> = columns.iter().map(|c| Operand::Numbers(c)).collect();
    formula.evaluate(&operands).into_iter().map(|sum| sum.unwrap_or(f64::NAN)).collect()
}

/// Pairs and triples of neighbours that the rules allow, each once, members in ascending order.
fn unions(plan: &Plan, pool: &Pool) -> Vec<Vec<usize>> {
    let Some(rules) = &plan.rules.unions else { return Vec::new() };
    let family = rules.same.as_ref().and_then(|same| pool.classification(same));
    let position: BTreeMap<&str, usize> =
        pool.candidates.iter().enumerate().map(|(at, unit)| (unit.code.as_str(), at)).collect();
    let mut touching: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for border in &pool.borders {
        let long = border.metres.is_none_or(|metres| metres >= rules.min_border_m);
        let ends = (position.get(border.a.as_str()), position.get(border.b.as_str()));
        let (Some(&a), Some(&b), true) = (ends.0, ends.1, long && border.a != border.b) else {
            continue;
        };
        let group = |unit: usize| family.map(|family| pool.candidates[unit].groups[family]);
        if group(a) == group(b) {
            touching.entry(a).or_default().insert(b);
            touching.entry(b).or_default().insert(a);
        }
    }
    let people = |members: &[usize]| -> i64 {
        members.iter().map(|&unit| pool.candidates[unit].population).sum()
    };
    let mut found: BTreeSet<Vec<usize>> = BTreeSet::new();
    for (&middle, around) in &touching {
        for &one in around {
            let mut pair = vec![middle, one];
            pair.sort_unstable();
            found.insert(pair);
            for &other in around.range(one + 1..).filter(|_| rules.max_members > 2) {
                let mut triple = vec![middle, one, other];
                triple.sort_unstable();
                found.insert(triple);
            }
        }
    }
    found.into_iter().filter(|members| people(members) <= rules.max_population).collect()
}
