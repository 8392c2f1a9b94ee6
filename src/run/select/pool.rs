//! From a computed index and a programme to the units that the engine looks at.

use super::lists::Lists;
use super::measured::{bani, values, whole};
use super::refused::on_line;
use super::unions;
use crate::index::method::Origin;
use crate::index::{self, Formula, Method};
use crate::message;
use crate::observation::Observations;
use crate::quality::{Finding, Message, message};
use crate::register::{Register, UNIT};
use crate::run::{Run, Stopped};
use crate::selection::{Candidate, Classification, FailedCondition, Points, Pool};
use crate::study::programme::{Cost, Plan};

/// Register columns by which every selection is summed up, where the register has them.
const USUAL: [&str; 3] = ["county", "region", "kind"];

/// The pool of a selection; without one the run stops and says which values are missing where.
pub(super) fn pool(run: &mut Run, plan: &Plan, lists: &Lists) -> Result<Pool, Stopped> {
    let mut builder = Builder::new(run, plan);
    builder.scores();
    builder.keys();
    builder.counts();
    builder.costs();
    let Builder { mut pool, wrong, remarks, .. } = builder;
    if !wrong.is_empty() {
        let mut problems = run.notes.clone();
        for (key, message) in wrong {
            on_line(&mut problems, plan, key, message, None);
        }
        return Err(Stopped::Invalid(problems));
    }
    pool.borders.clone_from(&lists.borders);
    pool.union_costs = unions::costs(run, plan, &pool)?;
    remarks.into_iter().for_each(|remark| run.findings.push(remark));
    Ok(pool)
}

/// The units with their classifications, without anything that is computed: what `check` tells the
/// algorithm from. Everybody has a score and costs nothing.
pub(crate) fn structure(plan: &Plan, register: &Register, observations: &Observations) -> Pool {
    let mut pool = classified(plan, register, observations);
    for candidate in &mut pool.candidates {
        candidate.score = Some(0.0);
        candidate.cost = Some(0);
        candidate.keys = vec![0; plan.ties.len()];
    }
    for formula in &plan.conditions {
        let measured =
            |name: &String| observations.series(name).is_some() || register.column(name).is_some();
        if formula.names().iter().all(measured) {
            let nodes = std::collections::BTreeMap::new();
            let values = index::at_units(formula, &nodes, register, observations);
            refuse(formula, &values, &mut pool, |_| None);
        }
    }
    pool
}

/// The units and their groups.
fn classified(plan: &Plan, register: &Register, observations: &Observations) -> Pool {
    let usual = USUAL.iter().filter(|id| register.column(id).is_some()).map(|id| (*id).to_owned());
    let mut ids: Vec<String> = plan.families.clone();
    ids.extend(usual.filter(|id| !plan.families.contains(id)));
    let mut families = Vec::new();
    let mut groups: Vec<Vec<Option<usize>>> = vec![Vec::new(); register.len()];
    for id in ids {
        let words = index::words(&id, register, observations);
        let mut names: Vec<String> = words.iter().flatten().cloned().collect();
        names.sort();
        names.dedup();
        for (own, word) in groups.iter_mut().zip(&words) {
            own.push(word.as_ref().and_then(|word| names.binary_search(word).ok()));
        }
        families.push(Classification { id, groups: names });
    }
    let candidates = register.codes().iter().zip(groups).map(|(code, groups)| Candidate {
        code: code.clone(),
        groups,
        measures: vec![0; plan.votes.len()],
        ..Candidate::default()
    });
    let measures = plan.votes.iter().map(|formula| formula.text().to_owned()).collect();
    Pool {
        classifications: families,
        measures,
        candidates: candidates.collect(),
        ..Pool::default()
    }
}

/// Marks the units that fail a condition.
fn refuse(
    formula: &Formula,
    values: &[f64],
    pool: &mut Pool,
    seen: impl Fn(usize) -> Option<Vec<(String, String)>>,
) {
    for (unit, candidate) in pool.candidates.iter_mut().enumerate() {
        if values[unit].is_finite() && values[unit] != 0.0 {
            continue;
        }
        let (condition, seen) = (formula.text().to_owned(), seen(unit));
        candidate.failed.push(FailedCondition { condition, seen });
    }
}

struct Builder<'a> {
    run: &'a Run,
    plan: &'a Plan,
    pool: Pool,
    /// Keys of the programme, and what is wrong with their values.
    wrong: Vec<(&'static str, String)>,
    remarks: Vec<Finding>,
}

impl<'a> Builder<'a> {
    fn new(run: &'a Run, plan: &'a Plan) -> Self {
        let mut pool = classified(plan, &run.register, &run.observations);
        for formula in &plan.conditions {
            let values = values(run, formula);
            refuse(formula, &values, &mut pool, |unit| Some(seen(run, formula, unit)));
        }
        Self { run, plan, pool, wrong: Vec::new(), remarks: Vec::new() }
    }

    /// Whether a unit may take a place as far as `where` and the declared locks go.
    fn may_enter(&self, unit: usize) -> bool {
        let candidate = &self.pool.candidates[unit];
        let included =
            self.plan.rules.eligible.include.iter().any(|lock| lock.code == candidate.code);
        let excluded =
            self.plan.rules.eligible.exclude.iter().any(|lock| lock.code == candidate.code);
        included || (candidate.passes() && !excluded)
    }

    fn scores(&mut self) {
        let column = &self.run.index.nodes[self.plan.score].value;
        let above = measured_above(self.run, self.plan.score);
        for (unit, candidate) in self.pool.candidates.iter_mut().enumerate() {
            candidate.score = column.value(unit);
            candidate.measured_above = above;
        }
    }

    fn keys(&mut self) {
        let decimals = self.plan.rules.order.decimals;
        for (name, key) in self.plan.rules.order.ties.iter().zip(&self.plan.ties) {
            let values = values(self.run, &key.value);
            let mut absent = Vec::new();
            for (unit, value) in values.into_iter().enumerate() {
                let points = Points::round(value, decimals).ok().map(Points::units);
                if points.is_none() && self.may_enter(unit) {
                    absent.push(unit);
                }
                let turned = points.map(|p| if key.larger_first { p } else { -p });
                self.pool.candidates[unit].keys.push(turned.unwrap_or(i64::MIN));
            }
            if !absent.is_empty() {
                let codes = absent.iter().map(|&unit| self.run.register.codes()[unit].clone());
                let message = message!(
                    "the tie key `{name}` has no value for {units} that may take a place, and puts \
                     them behind: {names}",
                    "criteriul de departajare `{name}` nu are valoare pentru {units}, care trec în \
                     urmă: {names}",
                    ;
                    names = index::named(&self.run.register, &absent),
                    units = Message::counted(
                        absent.len(),
                        ["unit", "units"],
                        ["unitate care poate primi un loc", "unități care pot primi un loc"],
                    ),
                );
                let finding = Finding::new(
                    &message::selection::TIE_KEY_MISSING,
                    &self.plan.rules.id,
                    message,
                );
                self.remarks.push(finding.units(codes));
            }
        }
    }

    /// People, inhabitants and votes: whole numbers.
    fn counts(&mut self) {
        if let Some(formula) = &self.plan.people {
            for (unit, count) in self.count("programme.people", formula) {
                self.pool.candidates[unit].people = count;
            }
        }
        if let Some(formula) = &self.plan.population {
            for (unit, count) in self.count("unions.population", formula) {
                self.pool.candidates[unit].population = count;
            }
        }
        for (at, formula) in self.plan.votes.iter().enumerate() {
            for (unit, count) in self.count("phase.quota", formula) {
                self.pool.candidates[unit].measures[at] = count;
            }
        }
    }

    fn count(&mut self, key: &'static str, formula: &Formula) -> Vec<(usize, i64)> {
        let values = values(self.run, formula);
        let counts: Vec<Option<i64>> = values.iter().map(|value| whole(*value)).collect();
        let absent: Vec<usize> = (0..counts.len())
            .filter(|&unit| counts[unit].is_none() && self.may_enter(unit))
            .collect();
        if !absent.is_empty() {
            let message = format!(
                "`{}` is no whole number for {} that may take a place: {}",
                formula.text(),
                crate::language::counted(absent.len(), "unit", "units"),
                index::named(&self.run.register, &absent).en
            );
            self.wrong.push((key, message));
        }
        counts.into_iter().enumerate().filter_map(|(unit, count)| Some((unit, count?))).collect()
    }

    fn costs(&mut self) {
        match &self.plan.cost {
            None => {}
            Some(Cost::Each(bani)) => {
                self.pool.candidates.iter_mut().for_each(|unit| unit.cost = Some(*bani));
            }
            Some(Cost::Formula(formula)) => {
                let values = values(self.run, formula);
                for (candidate, value) in self.pool.candidates.iter_mut().zip(values) {
                    candidate.cost = bani(value);
                }
            }
        }
    }
}

/// What a condition saw of a unit: names and values.
fn seen(run: &Run, formula: &Formula, unit: usize) -> Vec<(String, String)> {
    let value = |name: &String| {
        if let Some(words) = run.register.column(name) {
            return words[unit].clone();
        }
        if let Some(node) = run.index.nodes.iter().find(|node| node.id == *name) {
            return node.value.value(unit).map_or_else(|| "?".to_owned(), |x| x.to_string());
        }
        index::shown(name, unit, &run.register, &run.observations).unwrap_or_else(|| "?".to_owned())
    };
    formula.names().iter().map(|name| (name.clone(), value(name))).collect()
}

/// Whether every indicator under a node was measured above the level of units.
fn measured_above(run: &Run, score: usize) -> bool {
    let mut open = vec![score];
    while let Some(node) = open.pop() {
        if run.method.nodes[node].is_indicator() {
            if run.index.nodes[node].level == UNIT {
                return false;
            }
        } else {
            open.extend(children(&run.method, node));
        }
    }
    true
}

fn children(method: &Method, node: usize) -> Vec<usize> {
    match &method.nodes[node].origin {
        Origin::Children(aggregate) => aggregate.children.iter().map(|c| c.node).collect(),
        Origin::Nodes(formula) => formula.names().iter().filter_map(|n| method.node(n)).collect(),
        Origin::Measures(_) | Origin::Category(_) => Vec::new(),
    }
}
