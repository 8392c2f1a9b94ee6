//! The whole method, from what was measured to scores, ranks and classes, with everything found.

use std::sync::Arc;

use super::audit;
use super::diagnostics::influences;
use super::doubts::doubts;
use super::evaluate::{Evaluation, Memo, evaluate};
use super::method::Method;
use super::node::Graph;
use super::node::{Inputs, NodeColumns, StepScope, Walk};
use super::outputs::{Produced, outputs};
use super::result::{Index, NodeResult, OutputResult, TraceColumn, TraceMode};
use super::steps::Step;
use super::summary::summaries;
use super::variant::Variant;
use super::{Column, Figures, Mark, OutputColumn};
use crate::observation::Observations;
use crate::quality::Findings;
use crate::register::{Register, UNIT};

/// Computes an index, and what there is to say about it. It cannot fail: what could make it was
/// refused by the checks of the study, and what a column without range or a unit without values means
/// is declared in the method.
///
/// Without a trace the finished index is not doubted either (correlations, what leaving a node out
/// does, resolution): that is for large registers.
pub fn compute(
    method: &Method,
    register: &Register,
    observations: &Observations,
    trace: TraceMode,
) -> (Index, Findings) {
    let graph = Graph::new(method, register, observations);
    let mut findings = Vec::new();
    let mut columns = Trace { mode: trace, columns: Vec::new() };
    let mut nodes: Vec<Arc<NodeColumns>> = Vec::with_capacity(method.nodes.len());
    for at in 0..method.nodes.len() {
        let inputs = Inputs { nodes: &nodes, change: None, measured: &graph.measured };
        let computed = graph.node(at, &inputs);
        findings.extend(audit::node(&graph, at, &computed, &inputs));
        for (scope, steps, walk) in graph.ways(at, &computed, &inputs) {
            columns.keep(&scope, steps, walk);
        }
        nodes.push(Arc::new(computed.columns));
    }
    let produced = outputs(&graph, &nodes, &graph.measured);
    for one in &produced {
        findings.extend(audit::output(&graph, &nodes, one));
        let output = &method.outputs[one.result.declared];
        let scope = super::outputs::scope(output, &one.result.id, &nodes, &graph.measured);
        columns.keep(&scope, &output.steps, &one.walk);
    }
    let mut index = index(&graph, &nodes, produced, columns.columns);
    for (result, columns) in index.nodes.iter_mut().zip(&nodes) {
        let found = influences(&graph, columns);
        result.weights.iter_mut().zip(found).for_each(|(weight, found)| weight.influence = found);
    }
    if trace == TraceMode::Keep {
        findings.extend(doubts(&graph, &nodes, &index));
    }
    (index, findings.into_iter().collect())
}

/// Computes an index under a variant, of every node only what the memo does not know. Neither steps
/// nor findings are kept, and no influence is measured.
pub fn recompute(graph: &Graph<'_>, variant: &Variant, memo: &mut Memo) -> Index {
    finished(graph, variant, &evaluate(graph, variant, memo))
}

/// The index of nodes that were computed under a variant.
pub(crate) fn finished(graph: &Graph<'_>, variant: &Variant, evaluation: &Evaluation) -> Index {
    let measured = variant.measured(graph.method, &graph.measured);
    let produced = outputs(graph, &evaluation.nodes, &measured);
    index(graph, &evaluation.nodes, produced, Vec::new())
}

/// The numeric outputs of an index whose nodes have no value in the units that are `left_out`: ranks
/// among the others. `None` for classes and contributions, which are no matter of the others.
pub(crate) fn outputs_without(
    figures: &Figures<'_>,
    left_out: &dyn Fn(usize) -> bool,
) -> Vec<Option<Column>> {
    let graph = Graph::new(figures.method, figures.register, figures.observations);
    let withheld = |column: &Column| {
        column.without(|unit| {
            (left_out(unit) && column.value(unit).is_some()).then_some(Mark::Withheld)
        })
    };
    let all = evaluate(&graph, &Variant::default(), &mut Memo::default());
    let left = |columns: &Arc<NodeColumns>| Arc::new(columns.with_cells(withheld));
    let nodes: Vec<Arc<NodeColumns>> = all.nodes.iter().map(left).collect();
    let numbers = |one: Produced| match one.result {
        OutputResult { child: None, column: OutputColumn::Numbers(column), .. } => Some(column),
        _ => None,
    };
    let declared = outputs(&graph, &all.nodes, &graph.measured);
    let again = outputs(&graph, &nodes, &graph.measured);
    let is_number = |one: &Produced| one.result.child.is_none();
    let mut again = again.into_iter().filter(is_number).map(numbers);
    declared.iter().map(|one| is_number(one).then(|| again.next().flatten()).flatten()).collect()
}

fn index(
    graph: &Graph<'_>,
    nodes: &[Arc<NodeColumns>],
    produced: Vec<Produced>,
    trace: Vec<TraceColumn>,
) -> Index {
    let node = |at: usize| {
        let (id, columns) = (&graph.method.nodes[at].id, &nodes[at]);
        let measured = graph.measured.get(id);
        NodeResult {
            id: id.clone(),
            raw: columns.raw.clone(),
            value: columns.value.clone(),
            words: measured.and_then(|it| it.words.as_deref()).unwrap_or_default().to_vec(),
            level: measured.map_or_else(|| UNIT.to_owned(), |it| it.level.clone()),
            distinct: columns.distinct(&graph.ranked),
            weights: columns.weights(graph, at),
        }
    };
    Index {
        nodes: (0..nodes.len()).map(node).collect(),
        outputs: produced.into_iter().map(|one| one.result).collect(),
        summaries: summaries(graph, nodes),
        trace,
        ranked: graph.ranked.clone(),
    }
}

/// The columns that steps leave behind.
struct Trace {
    mode: TraceMode,
    columns: Vec<TraceColumn>,
}

impl Trace {
    /// Keeps a column as it was and after each step; on its way into a parent only when it goes
    /// through steps there.
    fn keep(&mut self, scope: &StepScope<'_>, steps: &[Step], walk: &Walk) {
        if self.mode == TraceMode::Drop || (scope.into.is_some() && steps.is_empty()) {
            return;
        }
        let names = std::iter::once("value").chain(steps.iter().map(Step::name));
        for (position, (step, column)) in names.zip(walk.columns()).enumerate() {
            self.columns.push(TraceColumn {
                node: scope.subject.to_owned(),
                into: scope.into.map(str::to_owned),
                position: u32::try_from(position).expect("fewer steps than 2^32"),
                step: step.to_owned(),
                column: column.clone(),
            });
        }
    }
}

#[cfg(test)]
mod tests;
