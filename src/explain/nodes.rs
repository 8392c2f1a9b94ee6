//! The way of one unit through the nodes of a methodology: value, every step, weight, contribution.

use serde::Serialize;

use super::measures::{Inputs, MeasureAccount, measures, operands};
use crate::index::aggregate::Combine;
use crate::index::method::{Aggregate, Node, Origin, Status};
use crate::index::{Column, Figures, Mark, NodeResult, OutputColumn, TraceColumn, stats};
use crate::language::Label;
use crate::register::UNIT;
use crate::report::declared;

/// What an indicator or aggregate is for one unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct NodeAccount {
    /// Identifier.
    pub id: String,
    /// Name for people.
    pub(crate) label: Label,
    /// Unit of measure.
    pub(crate) unit: Option<Label>,
    /// The formula or column it is made from; `None` for an aggregate of children.
    pub(crate) formula: Option<String>,
    /// How children are combined, for an aggregate.
    pub(crate) method: Option<String>,
    /// The level at which it was measured; `uat` for aggregates.
    pub(crate) level: String,
    /// The area of that level in which the unit lies.
    pub(crate) area: String,
    /// Whether its number was measured for a larger area and not for this unit.
    pub(crate) above_unit: bool,
    /// What it was made from, for an indicator.
    pub(crate) measures: Vec<MeasureAccount>,
    /// The word, for an indicator of categories.
    pub(crate) word: Option<String>,
    /// Every step in the order in which they ran; the first is the value before any.
    pub steps: Vec<StepAccount>,
    /// The parents it enters.
    pub enters: Vec<Entry>,
}

/// The value after one step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepAccount {
    /// Position in the list of steps; 0 is the value before the first.
    pub position: u32,
    /// The step's name, `value` for position 0.
    pub step: String,
    /// The step as its methodology declares it.
    pub declared: String,
    /// The value after it.
    #[serde(flatten)]
    pub shown: Shown,
}

/// A cell of a column: a number, or why there is none.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Shown {
    /// The number.
    pub value: Option<f64>,
    /// What the cell is.
    pub mark: Mark,
}

/// How a node enters a parent.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Entry {
    /// The parent's id.
    pub parent: String,
    /// Nominal weight, after any rescaling of the whole list.
    pub weight: f64,
    /// Steps it goes through as it enters there, and only there.
    pub steps: Vec<StepAccount>,
    /// The value with which it enters.
    #[serde(flatten)]
    pub shown: Shown,
    /// What it adds to the parent, in points, where the parent is a weighted mean or sum: the
    /// contributions of all children add up to the parent before its own steps.
    pub contribution: Option<f64>,
}

/// A column that feeds nothing, for one unit.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct OutputAccount {
    /// Column name.
    pub id: String,
    /// Name for people.
    pub label: Label,
    /// The number, for ranks, deciles, contributions.
    pub value: Option<f64>,
    /// The class.
    pub class: Option<String>,
}

impl Shown {
    fn of(column: &Column, unit: usize) -> Self {
        Self { value: column.value(unit), mark: column.marks()[unit] }
    }
}

/// What each child of an aggregate adds to it for a unit, by position of the child, where its parts add
/// up to it before its own steps and it has none.
pub(super) fn contributions(
    figures: &Figures<'_>,
    parent: usize,
    unit: usize,
) -> Option<Vec<(usize, f64)>> {
    let node = &figures.method.nodes[parent];
    let Origin::Children(aggregate) = &node.origin else { return None };
    let result = &figures.index.nodes[parent];
    if result.raw.value(unit)?.total_cmp(&result.value.value(unit)?).is_ne() {
        return None;
    }
    let entering = entering(figures, parent, aggregate, unit);
    let all = aggregate.children.iter().enumerate().map(|(at, child)| {
        Some((child.node, contribution(&aggregate.combine, result, &entering, at, unit)?))
    });
    all.collect()
}

/// The act behind a methodology or programme, where there is one.
pub(super) fn act_of(status: &Status) -> Option<String> {
    match status {
        Status::Illustrative => None,
        Status::Adopted { act } => Some(act.clone()),
    }
}

/// All nodes, in the order of the method.
pub(super) fn nodes(inputs: &Inputs<'_>, unit: usize) -> Vec<NodeAccount> {
    (0..inputs.figures.method.nodes.len()).map(|at| account(inputs, at, unit)).collect()
}

/// All outputs, in the order of the method.
pub(super) fn outputs(figures: &Figures<'_>, unit: usize) -> Vec<OutputAccount> {
    let account = |(at, result): (usize, &crate::index::OutputResult)| {
        let (value, class) = match &result.column {
            OutputColumn::Numbers(column) => (column.value(unit), None),
            OutputColumn::Classes(classes) => (None, classes[unit].clone()),
        };
        OutputAccount { id: result.id.clone(), label: label(figures, at), value, class }
    };
    figures.index.outputs.iter().enumerate().map(account).collect()
}

fn label(figures: &Figures<'_>, output: usize) -> Label {
    use crate::language::Language::{En, Ro};
    let title = |language| figures.output_title(output, language);
    Label { ro: title(Ro), en: title(En) }
}

fn account(inputs: &Inputs<'_>, at: usize, unit: usize) -> NodeAccount {
    let figures = &inputs.figures;
    let node = &figures.method.nodes[at];
    let result = &figures.index.nodes[at];
    let level = figures.register.level(&result.level);
    let names = operands(&node.origin);
    NodeAccount {
        id: node.id.clone(),
        label: named(node),
        unit: node.unit.clone(),
        formula: formula(&node.origin),
        method: method(&node.origin),
        area: level.map_or_else(String::new, |it| it.areas[it.of_unit[unit] as usize].clone()),
        above_unit: node.is_indicator() && result.level != UNIT,
        measures: measures(inputs, &names, &result.level, unit),
        word: result.words.get(unit).cloned().flatten(),
        steps: steps(figures, (node, None), unit),
        enters: entries(figures, at, unit),
        level: result.level.clone(),
    }
}

fn named(node: &Node) -> Label {
    let or_id = |text: &String| if text.trim().is_empty() { node.id.clone() } else { text.clone() };
    Label { ro: or_id(&node.label.ro), en: or_id(&node.label.en) }
}

fn formula(origin: &Origin) -> Option<String> {
    match origin {
        Origin::Measures(formula) | Origin::Nodes(formula) => Some(formula.text().to_owned()),
        Origin::Category(name) => Some(name.clone()),
        Origin::Children(_) => None,
    }
}

fn method(origin: &Origin) -> Option<String> {
    match origin {
        Origin::Children(aggregate) => Some(declared(&aggregate.combine)),
        Origin::Measures(_) | Origin::Category(_) | Origin::Nodes(_) => None,
    }
}

/// The steps of a node, its own or those on its way into a parent, as the trace holds them.
fn steps(
    figures: &Figures<'_>,
    (node, into): (&Node, Option<&str>),
    unit: usize,
) -> Vec<StepAccount> {
    let own = |column: &&TraceColumn| column.node == node.id && column.into.as_deref() == into;
    let each =
        into.and_then(|parent| figures.method.node(parent)).map(|at| &figures.method.nodes[at]);
    let declared = |column: &TraceColumn| {
        let list = match each.map(|parent| &parent.origin) {
            Some(Origin::Children(aggregate)) => &aggregate.each,
            Some(_) | None => &node.steps,
        };
        let before = column.position.checked_sub(1)? as usize;
        list.get(before).map(declared)
    };
    let account = |column: &TraceColumn| StepAccount {
        position: column.position,
        step: column.step.clone(),
        declared: declared(column).unwrap_or_default(),
        shown: Shown::of(&column.column, unit),
    };
    figures.index.trace.iter().filter(own).map(account).collect()
}

fn entries(figures: &Figures<'_>, at: usize, unit: usize) -> Vec<Entry> {
    let mut found = Vec::new();
    for (parent, node) in figures.method.nodes.iter().enumerate() {
        let Origin::Children(aggregate) = &node.origin else { continue };
        let Some(child) = aggregate.children.iter().position(|child| child.node == at) else {
            continue;
        };
        let entering = entering(figures, parent, aggregate, unit);
        let result = &figures.index.nodes[parent];
        found.push(Entry {
            parent: node.id.clone(),
            weight: result.weights[child].nominal,
            steps: steps(figures, (&figures.method.nodes[at], Some(&node.id)), unit),
            shown: entering[child],
            contribution: contribution(&aggregate.combine, result, &entering, child, unit),
        });
    }
    found
}

/// The values with which the children enter.
fn entering(
    figures: &Figures<'_>,
    parent: usize,
    aggregate: &Aggregate,
    unit: usize,
) -> Vec<Shown> {
    let into = Some(figures.method.nodes[parent].id.as_str());
    let value = |node: usize| {
        let id = &figures.method.nodes[node].id;
        let way = figures.index.trace.iter().rev();
        let mut last = way.filter(|it| &it.node == id && it.into.as_deref() == into);
        last.next().map_or(&figures.index.nodes[node].value, |it| &it.column)
    };
    aggregate.children.iter().map(|child| Shown::of(value(child.node), unit)).collect()
}

/// What a child adds to a weighted mean or sum. The weights of missing children go to the others.
/// `None` where the parts do not add up to the parent, so that no account is given that is wrong.
fn contribution(
    combine: &Combine,
    parent: &NodeResult,
    entering: &[Shown],
    child: usize,
    unit: usize,
) -> Option<f64> {
    let weights = parent.weights.iter().map(|weight| weight.nominal);
    let present: Vec<(f64, f64)> = weights
        .clone()
        .zip(entering)
        .filter_map(|(weight, shown)| Some((weight, shown.value?)))
        .collect();
    let share = match combine {
        Combine::Arithmetic => {
            let whole = stats::sum(weights.clone());
            whole / stats::sum(present.iter().map(|(weight, _)| *weight))
        }
        Combine::Sum => 1.0,
        _ => return None,
    };
    let total = stats::sum(present.iter().map(|(weight, value)| weight * value * share));
    let raw = parent.raw.value(unit)?;
    let adds_up = (total - raw).abs() <= 1e-9 * raw.abs().max(1.0);
    let own = weights.clone().nth(child)? * entering[child].value? * share;
    adds_up.then_some(own)
}
