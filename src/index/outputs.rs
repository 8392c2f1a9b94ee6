//! Columns that feed nothing: ranks, classes, flags, contributions.

use std::collections::BTreeMap;

use super::aggregate::Combine;
use super::compute::{Passage, Run};
use super::method::{Origin, Output, Show};
use super::result::{OutputColumn, OutputResult};
use super::scene::about_units;
use super::{Column, Mark, class, stats};
use crate::language::{counted, numbered};
use crate::message;
use crate::quality::message;

/// All outputs, in the order of the method; contributions make one column per child.
pub(super) fn outputs(run: &mut Run<'_>) -> Vec<OutputResult> {
    let method = run.method;
    let outputs = method.outputs.iter().enumerate();
    outputs.flat_map(|(declared, output)| columns(run, declared, output)).collect()
}

fn columns(run: &mut Run<'_>, declared: usize, output: &Output) -> Vec<OutputResult> {
    let method = run.method;
    let shown: Vec<(Option<usize>, Column)> = match output.show {
        Show::Value => vec![(None, run.nodes[output.of].value.clone())],
        Show::Raw => vec![(None, run.nodes[output.of].raw.clone())],
        Show::Contributions => contributions(run, output.of)
            .into_iter()
            .map(|(child, column)| (Some(child), column))
            .collect(),
    };
    let within_filter = filter(run, output);
    shown
        .into_iter()
        .map(|(child, column)| {
            let id = match child {
                Some(child) => format!("{}.{}", output.id, method.nodes[child].id),
                None => output.id.clone(),
            };
            let column = match &within_filter {
                Some(kept) => column.without(|unit| (!kept[unit]).then_some(Mark::NotApplicable)),
                None => column,
            };
            let column = finish(run, output, &id, column);
            OutputResult { id, declared, of: output.of, child, column }
        })
        .collect()
}

fn filter(run: &Run<'_>, output: &Output) -> Option<Vec<bool>> {
    let columns: BTreeMap<&str, &Column> =
        run.nodes.iter().map(|node| (node.id.as_str(), &node.value)).collect();
    output.filter.as_ref().map(|formula| run.sources.holds(formula, &columns))
}

fn finish(run: &mut Run<'_>, output: &Output, id: &str, column: Column) -> OutputColumn {
    let passage = Passage {
        subject: id,
        into: None,
        within: output.within.as_deref(),
        sign: run.signs[output.of],
    };
    let (column, _) = run.pass(&passage, &output.steps, column);
    let Some(class) = &output.class else {
        return OutputColumn::Numbers(column);
    };
    let register = run.sources.register;
    let areas = output.within.as_deref().and_then(|name| register.level(name));
    let classes = match areas {
        None => class::classify(class, column.values(), &run.ranked),
        Some(level) => {
            let mut classes = vec![None; column.len()];
            for area in 0..level.areas.len() {
                let inside = |unit: usize| level.of_unit[unit] as usize == area;
                let values: Vec<f64> = (0..column.len())
                    .map(|unit| if inside(unit) { column.values()[unit] } else { f64::NAN })
                    .collect();
                for (slot, found) in
                    classes.iter_mut().zip(class::classify(class, &values, &run.ranked))
                {
                    *slot = found.or(slot.take());
                }
            }
            classes
        }
    };
    let unclassed: Vec<usize> = (0..column.len())
        .filter(|&unit| column.value(unit).is_some() && classes[unit].is_none())
        .collect();
    if !unclassed.is_empty() {
        let message = message!(
            "{units} a value that falls in no class",
            "{au} o valoare care nu intră în nicio clasă",
            units = counted(unclassed.len(), "unit has", "units have"),
            au = numbered(unclassed.len(), "unitate are", "unități au"),
        );
        run.findings.push(about_units(
            &message::index::UNCLASSED,
            id,
            register,
            &unclassed,
            message,
        ));
    }
    OutputColumn::Classes(classes)
}

/// Share of each descendant in the score of a node: w·x/Σ, with the weights of the children present
/// rescaled as the node does. Children that are themselves plain sums or means are followed down,
/// so that shares of indicators come with those of their dimensions.
///
/// Source: Alkire and Foster (2011); OECD/JRC Handbook (2008), step 8.
fn contributions(run: &Run<'_>, of: usize) -> Vec<(usize, Column)> {
    let mut found = Vec::new();
    let whole = vec![1.0; run.ranked.len()];
    descend(run, of, &whole, &mut found);
    found
}

fn descend(run: &Run<'_>, of: usize, share: &[f64], found: &mut Vec<(usize, Column)>) {
    let Origin::Children(aggregate) = &run.method.nodes[of].origin else { return };
    if !matches!(aggregate.combine, Combine::Arithmetic | Combine::Sum)
        || !aggregate.each.is_empty()
    {
        return;
    }
    let weights: Vec<f64> = run.nodes[of].weights.iter().map(|weight| weight.nominal).collect();
    let columns: Vec<&Column> =
        aggregate.children.iter().map(|child| &run.nodes[child.node].value).collect();
    let totals: Vec<f64> = (0..share.len())
        .map(|unit| {
            let parts = columns.iter().zip(&weights).map(|(column, w)| w * column.values()[unit]);
            stats::sum(parts.filter(|part| !part.is_nan()))
        })
        .collect();
    let parent = &run.nodes[of].raw;
    for ((child, column), weight) in aggregate.children.iter().zip(&columns).zip(&weights) {
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
        found.push((child.node, shown));
        if run.method.nodes[child.node].steps.is_empty() {
            descend(run, child.node, &shares, found);
        }
    }
}
