//! Columns that feed nothing: ranks, classes, flags, contributions.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::levels::Measured;
use super::method::{Output, Show};
use super::node::Graph;
use super::node::{Basis, NodeColumns, StepScope, Walk};
use super::result::{OutputColumn, OutputResult};
use super::{Column, Mark, class, stats};

/// An output column with its way through the steps of the output.
pub(crate) struct Produced {
    pub(crate) result: OutputResult,
    pub(crate) walk: Walk,
}

/// All output columns, in the order of the method; contributions make one column per child.
pub(crate) fn outputs(
    graph: &Graph<'_>,
    nodes: &[Arc<NodeColumns>],
    measured: &BTreeMap<String, Measured>,
) -> Vec<Produced> {
    let outputs = graph.method.outputs.iter().enumerate();
    let of = |(declared, output)| columns(graph, nodes, measured, (declared, output));
    outputs.flat_map(of).collect()
}

/// The scope of the steps of an output, whose column is called `subject`.
pub(crate) fn scope<'s>(
    output: &'s Output,
    subject: &'s str,
    nodes: &'s [Arc<NodeColumns>],
    measured: &'s BTreeMap<String, Measured>,
) -> StepScope<'s> {
    StepScope {
        subject,
        into: None,
        within: output.within.as_deref(),
        sign: nodes[output.of].sign,
        words: None,
        measured,
    }
}

fn columns(
    graph: &Graph<'_>,
    nodes: &[Arc<NodeColumns>],
    measured: &BTreeMap<String, Measured>,
    (declared, output): (usize, &Output),
) -> Vec<Produced> {
    let shown: Vec<(Option<usize>, Column)> = match output.show {
        Show::Value => vec![(None, nodes[output.of].value.clone())],
        Show::Raw => vec![(None, nodes[output.of].raw.clone())],
        Show::Contributions => {
            let found = contributions(graph, nodes, output.of);
            found.into_iter().map(|(child, column)| (Some(child), column)).collect()
        }
    };
    let values = graph.values(nodes);
    let filter = output.filter.as_ref().map(|formula| graph.sources.holds(formula, &values));
    shown
        .into_iter()
        .map(|(child, column)| {
            let id = match child {
                Some(child) => format!("{}.{}", output.id, graph.method.nodes[child].id),
                None => output.id.clone(),
            };
            let column = match &filter {
                Some(kept) => column.without(|unit| (!kept[unit]).then_some(Mark::NotApplicable)),
                None => column,
            };
            let walk = graph.walk(&scope(output, &id, nodes, measured), &output.steps, column);
            let column = finish(graph, output, walk.end());
            let result = OutputResult { id, declared, of: output.of, child, column };
            Produced { result, walk }
        })
        .collect()
}

fn finish(graph: &Graph<'_>, output: &Output, column: &Column) -> OutputColumn {
    let Some(class) = &output.class else { return OutputColumn::Numbers(column.clone()) };
    let register = graph.sources.register;
    let areas = output.within.as_deref().and_then(|name| register.level(name));
    let Some(level) = areas else {
        return OutputColumn::Classes(class::classify(class, column.values(), &graph.ranked));
    };
    let mut classes = vec![None; column.len()];
    for area in 0..level.areas.len() {
        let inside = |unit: usize| level.of_unit[unit] as usize == area;
        let values: Vec<f64> = (0..column.len())
            .map(|unit| if inside(unit) { column.values()[unit] } else { f64::NAN })
            .collect();
        for (slot, found) in classes.iter_mut().zip(class::classify(class, &values, &graph.ranked))
        {
            *slot = found.or(slot.take());
        }
    }
    OutputColumn::Classes(classes)
}

/// Share of each descendant in the score of a node: w·x/Σ, with the weights of the children present
/// rescaled as the node does. Children that are themselves plain sums or means are followed down,
/// so that shares of indicators come with those of their dimensions.
///
/// Source: Alkire and Foster (2011); OECD/JRC Handbook (2008), step 8.
fn contributions(graph: &Graph<'_>, nodes: &[Arc<NodeColumns>], of: usize) -> Vec<(usize, Column)> {
    let mut found = Vec::new();
    let whole = vec![1.0; graph.ranked.len()];
    descend(graph, nodes, of, &whole, &mut found);
    found
}

fn descend(
    graph: &Graph<'_>,
    nodes: &[Arc<NodeColumns>],
    of: usize,
    share: &[f64],
    found: &mut Vec<(usize, Column)>,
) {
    let Basis::Children(combination) = &nodes[of].basis else { return };
    if !combination.is_plain {
        return;
    }
    let weights = combination.nominal();
    let columns = &combination.columns;
    let totals: Vec<f64> = (0..share.len())
        .map(|unit| {
            let parts = columns.iter().zip(&weights).map(|(column, w)| w * column.values()[unit]);
            stats::sum(parts.filter(|part| !part.is_nan()))
        })
        .collect();
    let parent = &nodes[of].raw;
    for ((&child, column), weight) in combination.children.iter().zip(columns).zip(&weights) {
        // a child that is zero gives nothing, and so does each of its own children: not 0/0
        let part = |unit: usize| {
            if share[unit].total_cmp(&0.0).is_eq() {
                0.0 * column.values()[unit]
            } else {
                share[unit] * weight * column.values()[unit] / totals[unit]
            }
        };
        let shares: Vec<f64> = (0..share.len()).map(part).collect();
        let cells = shares.iter().copied().map(Ok);
        let shown = Column::new(cells)
            .without(|unit| (parent.value(unit).is_none()).then(|| parent.marks()[unit]));
        found.push((child, shown));
        if graph.method.nodes[child].steps.is_empty() {
            descend(graph, nodes, child, &shares, found);
        }
    }
}
