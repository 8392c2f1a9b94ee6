//! The whole method, from what was measured to scores, ranks and classes.

use std::collections::BTreeMap;

use super::aggregate::combine::Family;
use super::assumed::Assumed;
use super::levels::{Answers, Sources};
use super::method::{Aggregate, Method, Node, Origin};
use super::remarks;
use super::result::{ChildWeight, Index, NodeResult, TraceColumn, TraceMode};
use super::scene::{Measured, Scene, base_or_nan};
use super::steps::Step;
use super::{Column, diagnostics, outputs, stats, summary};
use crate::observation::Observations;
use crate::quality::Findings;
use crate::register::{Register, UNIT};

/// Computes an index. It cannot fail: what could make it was refused by the checks of the study,
/// and what a column without range or a unit without values means is declared in the method.
///
/// Without a trace the finished index is not diagnosed either (correlations, redundancy,
/// resolution): that is for large registers and repeated runs.
pub fn compute(
    method: &Method,
    register: &Register,
    observations: &Observations,
    trace: TraceMode,
    findings: &mut Findings,
) -> Index {
    run(method, (register, observations), (trace, None), findings)
}

/// As [`compute`] without a trace, with one measured value taken to be another.
pub(super) fn compute_assuming(
    method: &Method,
    measured: (&Register, &Observations),
    assumed: &Assumed,
    findings: &mut Findings,
) -> Index {
    run(method, measured, (TraceMode::Drop, Some(assumed)), findings)
}

fn run(
    method: &Method,
    (register, observations): (&Register, &Observations),
    (trace, assumed): (TraceMode, Option<&Assumed>),
    findings: &mut Findings,
) -> Index {
    let sources = Sources { register, observations };
    let ranked = match &method.over {
        Some(over) => sources.holds(over, &BTreeMap::new()),
        None => vec![true; register.len()],
    };
    let mut run = Run {
        method,
        sources,
        ranked,
        measured: BTreeMap::new(),
        words: BTreeMap::new(),
        levels: BTreeMap::new(),
        signs: Vec::new(),
        nodes: Vec::new(),
        trace: Trace { mode: trace, columns: Vec::new() },
        findings,
    };
    run.measure(assumed);
    for node in &method.nodes {
        let (raw, weights) = match &node.origin {
            Origin::Measures(_) | Origin::Category(_) => {
                (run.measured[&node.id].column.clone(), Vec::new())
            }
            Origin::Children(aggregate) => run.combine(node, aggregate),
            Origin::Nodes(formula) => (run.formula(node, formula), Vec::new()),
        };
        run.through_steps(node, raw, weights);
    }
    let outputs = outputs::outputs(&mut run);
    let summaries = summary::summaries(&run);
    let Run { nodes, trace, ranked, findings, .. } = run;
    let index = Index { nodes, outputs, summaries, trace: trace.columns, ranked };
    if trace.mode == TraceMode::Keep {
        findings.extend(diagnostics::on_index(method, &index));
    }
    index
}

/// A run in progress: nodes are computed in the order of the method.
pub(crate) struct Run<'a> {
    pub(crate) method: &'a Method,
    pub(crate) sources: Sources<'a>,
    pub(crate) ranked: Vec<bool>,
    /// Every indicator before its steps.
    pub(crate) measured: BTreeMap<String, Measured>,
    /// Words of the indicators of categories.
    words: BTreeMap<String, Vec<Option<String>>>,
    /// Level of each indicator.
    levels: BTreeMap<String, String>,
    /// For each node, the sign that no step has used yet.
    pub(crate) signs: Vec<f64>,
    pub(crate) nodes: Vec<NodeResult>,
    pub(crate) trace: Trace,
    pub(crate) findings: &'a mut Findings,
}

/// The columns that steps leave behind.
pub(crate) struct Trace {
    mode: TraceMode,
    columns: Vec<TraceColumn>,
}

impl Trace {
    fn leave(
        &mut self,
        (node, into): (&str, Option<&str>),
        position: usize,
        step: &str,
        column: &Column,
    ) {
        match self.mode {
            TraceMode::Drop => {}
            TraceMode::Keep => self.columns.push(TraceColumn {
                node: node.to_owned(),
                into: into.map(str::to_owned),
                position: u32::try_from(position).expect("fewer steps than 2^32"),
                step: step.to_owned(),
                column: column.clone(),
            }),
        }
    }
}

/// A column on its way through steps.
pub(crate) struct Passage<'a> {
    /// The node or output whose steps they are.
    pub(crate) subject: &'a str,
    /// The parent the column enters, for `each` steps.
    pub(crate) into: Option<&'a str>,
    /// Register column within whose areas statistics are taken by default.
    pub(crate) within: Option<&'a str>,
    /// The sign that no step has used yet.
    pub(crate) sign: f64,
}

impl Run<'_> {
    /// Evaluates every indicator, before any step.
    fn measure(&mut self, assumed: Option<&Assumed>) {
        for node in &self.method.nodes {
            let (column, level) = match &node.origin {
                Origin::Measures(formula) => {
                    let measured = self.sources.indicator(&node.id, formula, self.findings);
                    let places = |units: &[usize]| self.sources.cells_behind(formula, units);
                    let found =
                        remarks::on_range(node, self.sources.register, &measured.column, places);
                    self.findings.extend(found);
                    let column = match assumed {
                        Some(assumed) => assumed.in_column(&node.id, measured.column),
                        None => measured.column,
                    };
                    (column, measured.level)
                }
                Origin::Category(name) => {
                    let (mut words, reasons, level) = self.sources.words(name);
                    if let Some(assumed) = assumed {
                        assumed.in_words(&node.id, &mut words);
                    }
                    self.words.insert(node.id.clone(), words);
                    (Column::new(reasons.into_iter().map(Err)), level)
                }
                Origin::Children(_) | Origin::Nodes(_) => continue,
            };
            self.levels.insert(node.id.clone(), level);
            self.measured.insert(node.id.clone(), Measured { column, sign: node.direction.sign() });
        }
    }

    /// A formula over nodes.
    fn formula(&mut self, node: &Node, formula: &super::Formula) -> Column {
        let columns: BTreeMap<&str, &Column> =
            self.nodes.iter().map(|node| (node.id.as_str(), &node.value)).collect();
        let Answers { values, undefined } = self.sources.at_units(formula, &columns);
        let found = remarks::on_formula(node, formula, self.sources.register, &undefined);
        let marks: Vec<_> =
            (0..values.len()).map(|unit| remarks::reason(formula, unit, &columns)).collect();
        found.into_iter().for_each(|found| self.findings.push(found));
        Column::new(values.iter().copied().map(Ok))
            .without(|unit| (!values[unit].is_finite()).then(|| marks[unit]))
    }

    /// A parent from its children, each through the steps it goes through as it enters.
    fn combine(&mut self, node: &Node, aggregate: &Aggregate) -> (Column, Vec<ChildWeight>) {
        let mut columns = Vec::with_capacity(aggregate.children.len());
        for child in &aggregate.children {
            let entering = self.nodes[child.node].value.clone();
            let passage = Passage {
                subject: &self.method.nodes[child.node].id,
                into: Some(&node.id),
                within: None,
                sign: self.signs[child.node],
            };
            let (column, sign) = self.pass(&passage, &aggregate.each, entering);
            if sign < 0.0 {
                self.findings.push(remarks::not_turned(passage.subject, &node.id));
            }
            columns.push(column);
        }
        let family = Family { aggregate, columns: &columns, ranked: &self.ranked };
        let combined = family.combine();
        remarks::on_aggregate(self, node, aggregate, &columns, &combined);
        if self.trace.mode == TraceMode::Keep {
            let family = (node, aggregate);
            let found =
                diagnostics::on_family(self.method, family, &columns, &combined, &self.ranked);
            self.findings.extend(found);
        }
        let weights = child_weights(self.method, aggregate, &columns, &combined, &self.ranked);
        (combined.column, weights)
    }

    /// Runs a node's own steps and files the node.
    fn through_steps(&mut self, node: &Node, raw: Column, weights: Vec<ChildWeight>) {
        let passage =
            Passage { subject: &node.id, into: None, within: None, sign: node.direction.sign() };
        let (value, sign, first) = self.pass_noting_words(&passage, &node.steps, raw.clone());
        let words = self.words.remove(&node.id).unwrap_or_default();
        let distinct = stats::distinct(&base_or_nan(value.values(), &self.ranked), 9);
        self.signs.push(sign);
        self.nodes.push(NodeResult {
            id: node.id.clone(),
            raw: first.unwrap_or(raw),
            value,
            words,
            level: self.levels.get(&node.id).cloned().unwrap_or_else(|| UNIT.to_owned()),
            distinct,
            weights,
        });
        remarks::on_node(self, node);
    }

    /// Takes a column through steps, each told and traced; answers it with the sign left unused.
    pub(crate) fn pass(
        &mut self,
        passage: &Passage<'_>,
        steps: &[Step],
        column: Column,
    ) -> (Column, f64) {
        let (column, sign, _) = self.pass_noting_words(passage, steps, column);
        (column, sign)
    }

    /// As [`Run::pass`]; for a node of categories the scores of its words too, which stand for
    /// what was measured.
    fn pass_noting_words(
        &mut self,
        passage: &Passage<'_>,
        steps: &[Step],
        mut column: Column,
    ) -> (Column, f64, Option<Column>) {
        let mut sign = passage.sign;
        let mut words = if passage.into.is_none() { self.words.get(passage.subject) } else { None };
        let mut scores = None;
        let name = (passage.subject, passage.into);
        if passage.into.is_none() || !steps.is_empty() {
            self.trace.leave(name, 0, "value", &column);
        }
        for (at, step) in steps.iter().enumerate() {
            let mut scene = Scene {
                register: self.sources.register,
                ranked: &self.ranked,
                node: passage.subject,
                sign,
                within: passage.within,
                period: self.method.period.as_deref(),
                measured: &self.measured,
                words: words.map(Vec::as_slice),
                findings: self.findings,
            };
            let after = step.apply(&column, &mut scene);
            remarks::on_step(step, (&column, &after), &mut scene);
            if step.normalises() {
                sign = 1.0;
            }
            if words.is_some() && matches!(step, Step::Categories(_)) {
                words = None;
                scores = Some(after.clone());
            }
            column = after;
            self.trace.leave(name, at + 1, step.name(), &column);
        }
        (column, sign, scores)
    }
}

/// Nominal and effective weights of the children.
fn child_weights(
    method: &Method,
    aggregate: &Aggregate,
    columns: &[Column],
    combined: &super::aggregate::combine::Combined,
    ranked: &[bool],
) -> Vec<ChildWeight> {
    let total = stats::sum(combined.weights.iter().copied());
    let scale = if aggregate.rescale && total != 0.0 { total } else { 1.0 };
    let parent = base_or_nan(combined.column.values(), ranked);
    aggregate
        .children
        .iter()
        .zip(columns)
        .zip(&combined.weights)
        .map(|((child, column), weight)| ChildWeight {
            child: method.nodes[child.node].id.clone(),
            nominal: weight / scale,
            effective: stats::pearson(column.values(), &parent).map(|r| r * r),
        })
        .collect()
}

#[cfg(test)]
mod tests;
