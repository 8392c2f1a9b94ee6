//! What there is to say about finished columns: gaps, fills, impossible values, lost scores.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::aggregate::component::Failure;
use super::method::{Node, Origin};
use super::node::Graph;
use super::node::{Basis, Combination, Computed, Inputs, NodeColumns, unused};
use super::outputs::Produced;
use super::result::OutputColumn;
use super::{Column, Formula, Mark, units};
use crate::message::index as message;
use crate::quality::Finding;
use crate::register::UNIT;

/// A node, from what was measured or combined to the end of its steps.
pub(super) fn node(
    graph: &Graph<'_>,
    at: usize,
    computed: &Computed,
    inputs: &Inputs<'_>,
) -> Vec<Finding> {
    let node = &graph.method.nodes[at];
    let mut findings = match (&computed.columns.basis, &node.origin) {
        (Basis::Measured, Origin::Measures(formula)) => measured(graph, node, formula),
        (Basis::Formula { undefined }, Origin::Nodes(formula)) if !undefined.is_empty() => {
            let (text, divides) = (formula.text(), formula.facts().divides);
            let about = units(graph.sources.register, undefined);
            vec![message::undefined(&node.id, text, divides, about)]
        }
        (Basis::Children(combination), _) => combined(graph, node, combination),
        _ => Vec::new(),
    };
    for (scope, steps, walk) in graph.ways(at, computed, inputs) {
        if let Some(parent) = scope.into.filter(|_| unused(scope.sign, steps) < 0.0) {
            findings.push(message::direction_unused(scope.subject, parent));
        }
        for ((step, context), columns) in
            graph.contexts(&scope, steps).zip(walk.columns().windows(2))
        {
            findings.extend(step.findings(&columns[0], &columns[1], &context));
        }
    }
    findings.extend(without_value(graph, at, &computed.columns, inputs.nodes));
    findings
}

/// An output column.
pub(super) fn output(
    graph: &Graph<'_>,
    nodes: &[Arc<NodeColumns>],
    produced: &Produced,
) -> Vec<Finding> {
    let Produced { result, walk } = produced;
    let output = &graph.method.outputs[result.declared];
    let scope = super::outputs::scope(output, &result.id, nodes, &graph.measured);
    let ways = graph.contexts(&scope, &output.steps).zip(walk.columns().windows(2));
    let mut findings: Vec<Finding> = ways
        .flat_map(|((step, context), columns)| step.findings(&columns[0], &columns[1], &context))
        .collect();
    if let OutputColumn::Classes(classes) = &result.column {
        let is_unclassed =
            |unit: &usize| walk.end().value(*unit).is_some() && classes[*unit].is_none();
        let unclassed: Vec<usize> = (0..classes.len()).filter(is_unclassed).collect();
        if !unclassed.is_empty() {
            let about = units(graph.sources.register, &unclassed);
            findings.push(message::unclassed(&result.id, about));
        }
    }
    findings
}

/// An indicator's formula: sums and results that cannot be had, values for larger areas, values
/// outside the range declared plausible.
fn measured(graph: &Graph<'_>, node: &Node, formula: &Formula) -> Vec<Finding> {
    let measured = &graph.measured[&node.id];
    let (sources, register) = (graph.sources, graph.sources.register);
    let level = sources.level(&measured.level);
    let mut findings = Vec::new();
    for incomplete in &measured.incomplete {
        let areas: Vec<&str> =
            incomplete.areas.iter().map(|&area| level.areas[area].as_str()).collect();
        let (series, level) = (&incomplete.series, &measured.level);
        findings.push(message::incomplete_sums(&node.id, series, level, &areas));
    }
    if !measured.undefined.is_empty() {
        let about = sources.units_of(level, &measured.undefined);
        findings.push(message::undefined_measure(
            &node.id,
            formula.text(),
            formula.facts().divides,
            units(register, &about),
            sources.cells_behind(formula, &about),
        ));
    }
    if measured.level != UNIT {
        let (areas, present) = (level.areas.len(), measured.column.present());
        findings.push(message::broadcast(&node.id, &measured.level, areas, present));
    }
    if let Some(plausible) = node.plausible {
        let outside = outside(&measured.column, plausible);
        if !outside.is_empty() {
            let ends = ends(&measured.column, &outside);
            let places = sources.cells_behind(formula, &outside);
            let about = units(register, &outside);
            findings.push(message::outside_plausible(&node.id, about, plausible, ends, places));
        }
    }
    findings
}

/// Units whose value lies outside a range.
fn outside(column: &Column, [low, high]: [f64; 2]) -> Vec<usize> {
    let is_outside = |unit: &usize| column.value(*unit).is_some_and(|x| x < low || x > high);
    (0..column.len()).filter(is_outside).collect()
}

/// The least and the greatest value of some units.
fn ends(column: &Column, units: &[usize]) -> [f64; 2] {
    let values = units.iter().map(|&unit| column.values()[unit]);
    values.fold([f64::INFINITY, f64::NEG_INFINITY], |[least, most], x| [least.min(x), most.max(x)])
}

/// Weights and means that cannot be had, and units scored on fewer children.
fn combined(graph: &Graph<'_>, node: &Node, combination: &Combination) -> Vec<Finding> {
    let register = graph.sources.register;
    let child = |at: usize| graph.method.nodes[combination.children[at]].id.as_str();
    let mut findings = Vec::new();
    match &combination.combined.failure {
        None => {}
        Some(Failure::Signs(against)) => {
            let against: Vec<&str> = against.iter().map(|&at| child(at)).collect();
            findings.push(message::mixed_signs(&node.id, &against));
        }
        Some(Failure::TooLittle) => findings.push(message::too_little_for_weights(&node.id)),
        Some(Failure::NoEnd) => findings.push(message::no_end_of_weights(&node.id)),
    }
    let mut by_child: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for &(unit, at) in &combination.combined.impossible {
        by_child.entry(at).or_default().push(unit);
    }
    for (at, about) in by_child {
        let value = combination.columns[at].values()[about[0]];
        let about = units(register, &about);
        findings.push(message::impossible_mean(&node.id, child(at), value, about));
    }
    if !combination.combined.rescaled.is_empty() {
        let about = units(register, &combination.combined.rescaled);
        findings.push(message::rescaled_weights(&node.id, about));
    }
    findings
}

/// Units without a value at the end of a node's steps.
fn without_value(
    graph: &Graph<'_>,
    at: usize,
    columns: &NodeColumns,
    nodes: &[Arc<NodeColumns>],
) -> Option<Finding> {
    let node = &graph.method.nodes[at];
    let marks = columns.value.marks();
    let is_empty = |unit: &usize| matches!(marks[*unit], Mark::NotAvailable | Mark::Confidential);
    let empty: Vec<usize> = (0..marks.len()).filter(is_empty).collect();
    if empty.is_empty() {
        return None;
    }
    let about = units(graph.sources.register, &empty);
    let is_nothing = !marks.iter().any(|mark| mark.has_value());
    let is_shown = graph.method.outputs.iter().any(|output| output.of == at);
    if is_nothing && (is_shown || graph.method.roots().contains(&at)) {
        return Some(message::nothing_scored(&node.id, about));
    }
    if node.is_indicator() {
        let withheld = empty.iter().filter(|&&unit| marks[unit] == Mark::Confidential).count();
        return Some(message::value_missing(&node.id, about, withheld));
    }
    let Basis::Children(combination) = &columns.basis else {
        return Some(message::no_score(&node.id, about, &[]));
    };
    let lost = |&child: &usize| {
        let count = empty.iter().filter(|&&unit| nodes[child].value.value(unit).is_none()).count();
        (graph.method.nodes[child].id.as_str(), count)
    };
    let mut missing: Vec<(&str, usize)> =
        combination.children.iter().map(lost).filter(|(_, count)| *count > 0).collect();
    missing.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(b.0)));
    Some(message::no_score(&node.id, about, &missing))
}
