//! From a computed index and a programme to the units that the engine looks at.

use std::collections::{BTreeMap, BTreeSet};

use super::eligible::{refuse, test};
use crate::index::method::Origin;
use crate::index::{self, Formula, Index, Method, Operand, stats};
use crate::message::selection::{self as message, lists};
use crate::observation::{Cell, Observations};
use crate::quality::{Finding, Message};
use crate::register::Register;
use crate::selection::{Border, Candidate, Classification, Points, Pool, ProgrammeKey};
use crate::study::programme::{CheckedProgramme, Cost};

/// Register columns by which every selection is summed up, where the register has them.
const USUAL: [&str; 3] = ["county", "region", "kind"];

/// Whole numbers above this are not exact in a measured column.
const LARGEST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// What the values of a programme's formulas come from.
#[derive(Clone, Copy)]
pub(super) struct Computed<'a> {
    pub(super) method: &'a Method,
    pub(super) register: &'a Register,
    pub(super) observations: &'a Observations,
    pub(super) index: &'a Index,
}

/// Values that a selection needs and that are missing: the key of the programme, and which where.
pub(super) struct Unusable {
    pub(super) key: ProgrammeKey,
    pub(super) message: Message,
}

/// The pool of a selection, with what there is to report about it.
pub(super) fn pool(
    computed: Computed<'_>,
    plan: &CheckedProgramme,
    borders: &[Border],
) -> Result<(Pool, Vec<Finding>), Vec<Unusable>> {
    let mut builder = Builder::new(computed, plan);
    builder.scores();
    builder.keys();
    builder.counts();
    builder.costs();
    let Builder { mut pool, unusable, findings, .. } = builder;
    if !unusable.is_empty() {
        return Err(unusable);
    }
    pool.borders = borders.to_vec();
    pool.union_costs = union_costs(computed, plan, &pool).map_err(|unusable| vec![unusable])?;
    Ok((pool, findings))
}

impl Computed<'_> {
    /// The values of a formula for each unit; NaN where there is none.
    pub(super) fn values(&self, formula: &Formula) -> Vec<f64> {
        index::at_scored_units(formula, self.index, self.register, self.observations)
    }

    /// The counts of people or things for each unit, where they are whole. The middle of small counts may
    /// not be: where something stands for counts, they are rounded half up.
    pub(super) fn counts(&self, formula: &Formula) -> Vec<Option<i64>> {
        let mut named = formula.names().iter().filter_map(|name| self.observations.series(name));
        let stands = |cell: &Cell| matches!(cell, Cell::Substitute(_));
        let rounded = named.any(|series| series.cells.iter().any(stands));
        let count = |value| whole(if rounded { stats::half_up(value, 0) } else { value });
        self.values(formula).into_iter().map(count).collect()
    }

    /// What a condition saw of a unit: names and values.
    fn seen(&self, formula: &Formula, unit: usize) -> Vec<(String, String)> {
        let value = |name: &String| {
            if let Some(words) = self.register.column(name) {
                return Some(words[unit].clone());
            }
            if let Some(column) = self.index.operand(name) {
                return column.value(unit).map(|value| value.to_string());
            }
            index::shown(name, unit, self.register, self.observations)
        };
        let shown = |name: &String| value(name).unwrap_or_else(|| "?".to_owned());
        formula.names().iter().map(|name| (name.clone(), shown(name))).collect()
    }

    /// A number for each unit, the same for units with the same measured value in every indicator
    /// under a node.
    fn profiles(&self, score: usize) -> Vec<usize> {
        let (mut open, mut indicators) = (vec![score], BTreeSet::new());
        while let Some(node) = open.pop() {
            if self.method.nodes[node].is_indicator() {
                indicators.insert(node);
            } else {
                open.extend(children(self.method, node));
            }
        }
        let bits = |unit: usize| -> Vec<Option<u64>> {
            let value = |node: &usize| self.index.nodes[*node].raw.value(unit);
            // zero is one value, whatever its sign
            indicators.iter().map(|node| value(node).map(|x| (x + 0.0).to_bits())).collect()
        };
        let mut known = BTreeMap::new();
        let number = |unit| {
            let next = known.len();
            *known.entry(bits(unit)).or_insert(next)
        };
        (0..self.register.len()).map(number).collect()
    }
}

/// A count of people or things.
fn whole(value: f64) -> Option<i64> {
    let is_whole = value.is_finite() && value.fract() == 0.0 && value.abs() <= LARGEST_WHOLE;
    is_whole.then(|| Points::round(value, 0).ok().map(Points::units)).flatten()
}

/// An amount of lei in bani, half up on its decimal text.
pub(super) fn bani(value: f64) -> Option<i64> {
    Points::round(value, 2).ok().map(Points::units)
}

/// The units with their classifications, without anything that is computed: what `check` knows the
/// algorithm from. Everybody has a score and costs nothing.
pub(crate) fn structure(
    plan: &CheckedProgramme,
    register: &Register,
    observations: &Observations,
) -> Pool {
    let mut pool = classified(plan, register, observations);
    for candidate in &mut pool.candidates {
        candidate.score = Some(0.0);
        candidate.cost = Some(0);
        candidate.keys = vec![0; plan.ties.len()];
    }
    let measured =
        |name: &String| observations.series(name).is_some() || register.column(name).is_some();
    let is_measured = |formula: &&Formula| formula.names().iter().all(measured);
    let values =
        |formula: &Formula| index::at_units(formula, &BTreeMap::new(), register, observations);
    for formula in plan.conditions.iter().filter(is_measured) {
        refuse(formula, &values(formula), &mut pool, |_| None);
    }
    // a test over nodes is only known when they are computed
    if plan.tests.named.iter().all(|test| is_measured(&&test.condition)) {
        test(plan, &mut pool, values, |_, _| None);
    }
    pool
}

/// The units and their groups.
fn classified(plan: &CheckedProgramme, register: &Register, observations: &Observations) -> Pool {
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

struct Builder<'a> {
    computed: Computed<'a>,
    plan: &'a CheckedProgramme,
    pool: Pool,
    unusable: Vec<Unusable>,
    findings: Vec<Finding>,
}

impl<'a> Builder<'a> {
    fn new(computed: Computed<'a>, plan: &'a CheckedProgramme) -> Self {
        let mut pool = classified(plan, computed.register, computed.observations);
        for formula in &plan.conditions {
            let values = computed.values(formula);
            refuse(formula, &values, &mut pool, |unit| Some(computed.seen(formula, unit)));
        }
        let values = |formula: &Formula| computed.values(formula);
        test(plan, &mut pool, values, |formula, unit| Some(computed.seen(formula, unit)));
        Self { computed, plan, pool, unusable: Vec::new(), findings: Vec::new() }
    }

    /// Whether a unit may take a place as far as `where` and the declared locks go.
    fn may_enter(&self, unit: usize) -> bool {
        let candidate = &self.pool.candidates[unit];
        let eligible = &self.plan.rules.eligible;
        let included = eligible.include.iter().any(|lock| lock.code == candidate.code);
        let excluded = eligible.exclude.iter().any(|lock| lock.code == candidate.code);
        included || (candidate.passes() && !excluded)
    }

    fn scores(&mut self) {
        let column = &self.computed.index.nodes[self.plan.score].value;
        let profiles = self.computed.profiles(self.plan.score);
        for (unit, candidate) in self.pool.candidates.iter_mut().enumerate() {
            candidate.score = column.value(unit);
            candidate.profile = profiles[unit];
        }
    }

    fn keys(&mut self) {
        let decimals = self.plan.rules.order.decimals;
        for (name, key) in self.plan.rules.order.ties.iter().zip(&self.plan.ties) {
            let values = self.computed.values(&key.value);
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
                let register = self.computed.register;
                let codes = absent.iter().map(|&unit| register.codes()[unit].clone()).collect();
                let names = index::named(register, &absent);
                let programme = &self.plan.rules.id;
                self.findings.push(message::tie_key_missing(programme, name, codes, &names));
            }
        }
    }

    /// People, inhabitants and votes: whole numbers.
    fn counts(&mut self) {
        if let Some(formula) = &self.plan.people {
            for (unit, count) in self.count(ProgrammeKey::People, formula) {
                self.pool.candidates[unit].people = count;
            }
        }
        if let Some(formula) = &self.plan.population {
            for (unit, count) in self.count(ProgrammeKey::Population, formula) {
                self.pool.candidates[unit].population = count;
            }
        }
        for (at, formula) in self.plan.votes.iter().enumerate() {
            for (unit, count) in self.count(ProgrammeKey::Quota, formula) {
                self.pool.candidates[unit].measures[at] = count;
            }
        }
    }

    /// Whether a unit counts that passes `where` and may not enter: in votes and required sums.
    fn is_counted(&self, key: ProgrammeKey, unit: usize) -> bool {
        key == ProgrammeKey::Quota && self.pool.candidates[unit].passes()
    }

    fn count(&mut self, key: ProgrammeKey, formula: &Formula) -> Vec<(usize, i64)> {
        let counts = self.computed.counts(formula);
        let absent: Vec<usize> = (0..counts.len())
            .filter(|&unit| {
                counts[unit].is_none() && (self.may_enter(unit) || self.is_counted(key, unit))
            })
            .collect();
        if !absent.is_empty() {
            let names = index::named(self.computed.register, &absent);
            let message = lists::not_whole(formula.text(), absent.len(), &names);
            self.unusable.push(Unusable { key, message });
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
                let values = self.computed.values(formula);
                for (candidate, value) in self.pool.candidates.iter_mut().zip(values) {
                    candidate.cost = bani(value);
                }
            }
        }
    }
}

fn children(method: &Method, node: usize) -> Vec<usize> {
    match &method.nodes[node].origin {
        Origin::Children(aggregate) => aggregate.children.iter().map(|c| c.node).collect(),
        Origin::Nodes(formula) => formula.names().iter().filter_map(|n| method.node(n)).collect(),
        Origin::Measures(_) | Origin::Category(_) => Vec::new(),
    }
}

/// The cost in bani of every union that the rules allow, by the codes of its members.
fn union_costs(
    computed: Computed<'_>,
    plan: &CheckedProgramme,
    pool: &Pool,
) -> Result<BTreeMap<Vec<String>, i64>, Unusable> {
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
    let found = summed(computed, formula, &unions);
    let mut costs = BTreeMap::new();
    for (members, value) in unions.iter().zip(found) {
        match bani(value) {
            Some(bani) => {
                costs.insert(codes(members), bani);
            }
            // a member without a value has no cost of its own, which is reported where it may enter
            None if value.is_nan() => {}
            None => {
                let message = lists::union_without_cost(&codes(members));
                return Err(Unusable { key: ProgrammeKey::Cost, message });
            }
        }
    }
    Ok(costs)
}

/// The formula over the sums of the members.
fn summed(computed: Computed<'_>, formula: &Formula, unions: &[Vec<usize>]) -> Vec<f64> {
    let columns: Vec<Vec<f64>> = formula
        .names()
        .iter()
        .map(|name| {
            let text = name.clone();
            let alone = Formula::new(text, vec![name.clone()], |operands| match operands[0] {
                Operand::Numbers(values) => values.iter().copied().map(Some).collect(),
                Operand::Texts(texts) => vec![None; texts.len()],
            });
            let own = computed.values(&alone);
            // counts and amounts of two or three members, in the order of their codes
            let sum = |members: &Vec<usize>| members.iter().fold(0.0, |sum, &unit| sum + own[unit]);
            unions.iter().map(sum).collect()
        })
        .collect();
    let operands: Vec<Operand<'_>> = columns.iter().map(|c| Operand::Numbers(c)).collect();
    formula.evaluate(&operands).into_iter().map(|sum| sum.unwrap_or(f64::NAN)).collect()
}

/// Pairs and triples of neighbours that the rules allow, each once, members in ascending order.
fn unions(plan: &CheckedProgramme, pool: &Pool) -> Vec<Vec<usize>> {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_whole_and_money_is_rounded_half_up() {
        assert_eq!(whole(450_000.0), Some(450_000));
        assert_eq!(whole(0.5), None);
        assert_eq!(whole(f64::NAN), None);
        assert_eq!(bani(120_000.005), Some(12_000_001));
        assert_eq!(bani(f64::INFINITY), None);
    }
}
