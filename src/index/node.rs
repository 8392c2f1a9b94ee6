//! A method bound to what was measured, and one node of it from the nodes below: combined or measured,
//! then taken through its steps.

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use super::aggregate::combine::{Children, Combined};
use super::levels::{Answers, Measured, Sources};
use super::method::{Aggregate, Method, Origin};
use super::result::{ChildWeight, Influence};
use super::steps::{Step, StepContext};
use super::variant::{Change, Variant};
use super::{Column, Formula, Mark, stats};
use crate::observation::Observations;
use crate::register::Register;

/// The nodes of a method over the units of a register, with every indicator measured once.
#[derive(Clone, Debug)]
pub struct Graph<'a> {
    pub(crate) method: &'a Method,
    pub(crate) sources: Sources<'a>,
    /// For each unit, whether it belongs to the distribution.
    pub(crate) ranked: Vec<bool>,
    /// Every indicator before its steps, by its id.
    pub(crate) measured: BTreeMap<String, Measured>,
    /// For each node, the nodes it is made from.
    pub(crate) inputs: Vec<Vec<usize>>,
    /// What a memo knows the graph by.
    pub(crate) identity: Arc<()>,
}

impl<'a> Graph<'a> {
    /// Evaluates the indicators of a method. It cannot fail: what could make it was refused by the
    /// checks of the study.
    pub fn new(method: &'a Method, register: &'a Register, observations: &'a Observations) -> Self {
        let sources = Sources { register, observations };
        let ranked = match &method.over {
            Some(over) => sources.holds(over, &BTreeMap::new()),
            None => vec![true; register.len()],
        };
        let indicators = method.nodes.iter().filter_map(|node| {
            let measured = match &node.origin {
                Origin::Measures(formula) => sources.indicator(formula),
                Origin::Category(name) => sources.category(name),
                Origin::Children(_) | Origin::Nodes(_) => return None,
            };
            Some((node.id.clone(), Measured { sign: node.direction.sign(), ..measured }))
        });
        Self {
            method,
            sources,
            ranked,
            measured: indicators.collect(),
            inputs: (0..method.nodes.len()).map(|at| method.inputs(at)).collect(),
            identity: Arc::new(()),
        }
    }

    /// The same graph with other units that set bounds and ranks: those of a predicate, all for none.
    pub(crate) fn over(&self, units: Option<&Formula>) -> Self {
        let ranked = match units {
            Some(units) => self.sources.holds(units, &BTreeMap::new()),
            None => vec![true; self.sources.register.len()],
        };
        Self { ranked, identity: Arc::new(()), ..self.clone() }
    }

    /// Who gives values to an indicator where it has none: the areas within which a donor is sought, none
    /// for everywhere, and for each unit whether it may give. `None` where nothing is filled so.
    pub(crate) fn donors(&self, node: usize) -> Option<(Option<&str>, Vec<bool>)> {
        let (within, only_ranked) = self.method.nodes[node].steps.iter().find_map(Step::donors)?;
        let all = || vec![true; self.ranked.len()];
        Some((within, if only_ranked { self.ranked.clone() } else { all() }))
    }

    /// The measured column of an indicator under a variant.
    pub(crate) fn measured_under(&self, variant: &Variant, node: usize) -> Option<Column> {
        let measured = variant.measured(self.method, &self.measured);
        measured.get(&self.method.nodes[node].id).map(|measured| measured.column.clone())
    }

    /// The indicators whose measured columns some steps read.
    pub(crate) fn read_by(&self, steps: &[Step]) -> Vec<usize> {
        let ids = steps.iter().flat_map(Step::indicators);
        ids.filter_map(|id| self.method.node(id)).collect()
    }
}

/// The columns of a node.
#[derive(Debug)]
pub(crate) struct NodeColumns {
    /// Before its steps: the measured value, the scores of words, or the combined children.
    pub(crate) raw: Column,
    /// After its steps.
    pub(crate) value: Column,
    /// The sign that no step has used yet.
    pub(crate) sign: f64,
    /// What it was made from.
    pub(crate) basis: Basis,
    distinct: OnceLock<usize>,
}

/// What a node was made from, with what there is to say about it.
#[derive(Debug)]
pub(crate) enum Basis {
    /// What was measured.
    Measured,
    /// A formula over nodes, undefined for some units.
    Formula {
        /// The units.
        undefined: Vec<usize>,
    },
    /// Children.
    Children(Combination),
}

/// Children and what was made of them.
#[derive(Debug)]
pub(crate) struct Combination {
    /// Positions of those that take part among the nodes of the method.
    pub(crate) children: Vec<usize>,
    /// Each as it enters.
    pub(crate) columns: Vec<Column>,
    /// The parent before its steps.
    pub(crate) combined: Combined,
    /// Whether contributions can be read from it: a weighted mean or sum of children as they are.
    pub(crate) is_plain: bool,
    /// The weights by which children are added up, where they are.
    pub(crate) adding: Option<Vec<f64>>,
    /// Whether weights are scaled to sum to 1.
    pub(crate) rescale: bool,
}

/// What a node is computed from.
#[derive(Clone, Copy)]
pub(crate) struct Inputs<'a> {
    /// The nodes before it.
    pub(crate) nodes: &'a [Arc<NodeColumns>],
    /// What changes about it.
    pub(crate) change: Option<&'a Change>,
    /// Every indicator as measured.
    pub(crate) measured: &'a BTreeMap<String, Measured>,
}

/// Whose steps a column goes through, and on what terms.
#[derive(Clone, Copy)]
pub(crate) struct StepScope<'a> {
    /// The node or output whose steps they are.
    pub(crate) subject: &'a str,
    /// The parent the column enters, for `each` steps.
    pub(crate) into: Option<&'a str>,
    /// Register column within whose areas statistics are taken by default.
    pub(crate) within: Option<&'a str>,
    /// The sign that no step has used yet.
    pub(crate) sign: f64,
    /// For a node of categories: its words.
    pub(crate) words: Option<&'a [Option<String>]>,
    /// Every indicator as measured.
    pub(crate) measured: &'a BTreeMap<String, Measured>,
}

/// A column on its way through steps: as it was, and after each of them.
pub(crate) struct Walk(Vec<Column>);

/// A node just computed, with the ways its columns went.
pub(crate) struct Computed {
    /// Its columns.
    pub(crate) columns: NodeColumns,
    /// The way of each child into it.
    entering: Vec<Walk>,
    /// The way through its own steps.
    own: Walk,
}

impl Walk {
    /// As it was, and after each step.
    pub(crate) fn columns(&self) -> &[Column] {
        &self.0
    }

    /// After the last step.
    pub(crate) fn end(&self) -> &Column {
        self.0.last().expect("a walk begins with a column")
    }
}

impl Graph<'_> {
    /// The surroundings of each step of a list.
    pub(crate) fn contexts<'s>(
        &'s self,
        scope: &StepScope<'s>,
        steps: &'s [Step],
    ) -> impl Iterator<Item = (&'s Step, StepContext<'s>)> {
        let mut context = StepContext {
            register: self.sources.register,
            ranked: &self.ranked,
            node: scope.subject,
            sign: scope.sign,
            within: scope.within,
            period: self.method.period.as_deref(),
            measured: scope.measured,
            words: scope.words,
        };
        steps.iter().map(move |step| {
            let own = context;
            if step.normalises() {
                context.sign = 1.0;
            }
            if step.scores_words() {
                context.words = None;
            }
            (step, own)
        })
    }

    /// Takes a column through steps.
    pub(crate) fn walk(&self, scope: &StepScope<'_>, steps: &[Step], column: Column) -> Walk {
        let mut columns = Vec::with_capacity(steps.len() + 1);
        columns.push(column);
        for (step, context) in self.contexts(scope, steps) {
            let after = step.apply(&columns[columns.len() - 1], &context);
            columns.push(after);
        }
        Walk(columns)
    }

    /// The steps of a node.
    pub(crate) fn steps<'s>(&'s self, at: usize, change: Option<&'s Change>) -> &'s [Step] {
        change.and_then(Change::steps).unwrap_or(&self.method.nodes[at].steps)
    }

    /// The scope of a node's own steps.
    pub(crate) fn own_scope<'s>(&'s self, at: usize, inputs: &Inputs<'s>) -> StepScope<'s> {
        let node = &self.method.nodes[at];
        let words = inputs.measured.get(&node.id).and_then(|it| it.words.as_deref());
        StepScope {
            subject: &node.id,
            into: None,
            within: None,
            sign: node.direction.sign(),
            words,
            measured: inputs.measured,
        }
    }

    /// The scope of the steps of a child as it enters a node.
    pub(crate) fn entering_scope<'s>(
        &'s self,
        child: usize,
        parent: usize,
        inputs: &Inputs<'s>,
    ) -> StepScope<'s> {
        StepScope {
            subject: &self.method.nodes[child].id,
            into: Some(&self.method.nodes[parent].id),
            within: None,
            sign: inputs.nodes[child].sign,
            words: None,
            measured: inputs.measured,
        }
    }

    /// Computes a node.
    pub(crate) fn node(&self, at: usize, inputs: &Inputs<'_>) -> Computed {
        let mut entering = Vec::new();
        let (raw, basis) = match &self.method.nodes[at].origin {
            Origin::Measures(_) | Origin::Category(_) => {
                (inputs.measured[&self.method.nodes[at].id].column.clone(), Basis::Measured)
            }
            Origin::Nodes(formula) => self.formula(formula, inputs),
            Origin::Children(declared) => {
                let aggregate = inputs.change.and_then(Change::aggregate).unwrap_or(declared);
                let (combination, walks) = self.combine(at, aggregate, inputs);
                entering = walks;
                (combination.combined.column.clone(), Basis::Children(combination))
            }
        };
        let steps = self.steps(at, inputs.change);
        let scope = self.own_scope(at, inputs);
        let own = self.walk(&scope, steps, raw.clone());
        // the scores of words stand for what was measured
        let scored = scope.words.and_then(|_| steps.iter().position(Step::scores_words));
        let columns = NodeColumns {
            raw: scored.map_or(raw, |step| own.columns()[step + 1].clone()),
            value: own.end().clone(),
            sign: unused(scope.sign, steps),
            basis,
            distinct: OnceLock::new(),
        };
        Computed { columns, entering, own }
    }

    /// Every way of a computed node, with its scope and its steps: of each child into it, then its
    /// own.
    pub(crate) fn ways<'s>(
        &'s self,
        at: usize,
        computed: &'s Computed,
        inputs: &Inputs<'s>,
    ) -> Vec<(StepScope<'s>, &'s [Step], &'s Walk)> {
        let mut ways = Vec::with_capacity(computed.entering.len() + 1);
        if let (Origin::Children(declared), Basis::Children(combination)) =
            (&self.method.nodes[at].origin, &computed.columns.basis)
        {
            let aggregate = inputs.change.and_then(Change::aggregate).unwrap_or(declared);
            for (&child, walk) in combination.children.iter().zip(&computed.entering) {
                ways.push((self.entering_scope(child, at, inputs), &aggregate.each[..], walk));
            }
        }
        ways.push((self.own_scope(at, inputs), self.steps(at, inputs.change), &computed.own));
        ways
    }

    /// A formula over nodes.
    fn formula(&self, formula: &Formula, inputs: &Inputs<'_>) -> (Column, Basis) {
        let columns: BTreeMap<&str, &Column> = self.values(inputs.nodes);
        let Answers { values, undefined } = self.sources.at_units(formula, &columns);
        let named: Vec<&Column> =
            formula.names().iter().filter_map(|name| columns.get(name.as_str()).copied()).collect();
        let reason = |unit: usize| {
            let marks = named.iter().map(|column| column.marks()[unit]);
            marks.filter(|mark| !mark.has_value()).max().unwrap_or(Mark::NotAvailable)
        };
        let column = Column::new(values.iter().copied().map(Ok))
            .without(|unit| (!values[unit].is_finite()).then(|| reason(unit)));
        (column, Basis::Formula { undefined })
    }

    /// The values of nodes by their ids.
    pub(crate) fn values<'s>(
        &'s self,
        nodes: &'s [Arc<NodeColumns>],
    ) -> BTreeMap<&'s str, &'s Column> {
        let ids = self.method.nodes.iter().map(|node| node.id.as_str());
        ids.zip(nodes.iter().map(|node| &node.value)).collect()
    }

    /// A parent from its children, each through the steps it goes through as it enters.
    fn combine(
        &self,
        at: usize,
        aggregate: &Aggregate,
        inputs: &Inputs<'_>,
    ) -> (Combination, Vec<Walk>) {
        let children = match inputs.change {
            Some(change) => change.children(&aggregate.children),
            None => aggregate.children.clone(),
        };
        let walks: Vec<Walk> = children
            .iter()
            .map(|child| {
                let scope = self.entering_scope(child.node, at, inputs);
                self.walk(&scope, &aggregate.each, inputs.nodes[child.node].value.clone())
            })
            .collect();
        let mut columns: Vec<Column> = walks.iter().map(|walk| walk.end().clone()).collect();
        let weights: Vec<f64> = children.iter().map(|child| child.weight).collect();
        let ranked = &self.ranked;
        if let Some(range) = inputs.change.and_then(Change::lift) {
            columns =
                Children { aggregate, weights: &weights, columns: &columns, ranked }.lifted(range);
        }
        let combined =
            Children { aggregate, weights: &weights, columns: &columns, ranked }.combine();
        let combination = Combination {
            children: children.iter().map(|child| child.node).collect(),
            columns,
            adding: aggregate.adding(&combined.weights),
            combined,
            is_plain: aggregate.combine.is_linear() && aggregate.each.is_empty(),
            rescale: aggregate.rescale,
        };
        (combination, walks)
    }
}

/// The sign that is left after steps.
pub(crate) fn unused(sign: f64, steps: &[Step]) -> f64 {
    if steps.iter().any(Step::normalises) { 1.0 } else { sign }
}

impl Combination {
    /// The weights used, as they sum to 1 where the method rescales them.
    pub(crate) fn nominal(&self) -> Vec<f64> {
        let total = stats::sum(self.combined.weights.iter().copied());
        let scale = if self.rescale && total != 0.0 { total } else { 1.0 };
        self.combined.weights.iter().map(|weight| weight / scale).collect()
    }
}

impl NodeColumns {
    /// The same node with other cells; what it was made from is no part of it.
    pub(crate) fn with_cells(&self, change: impl Fn(&Column) -> Column) -> Self {
        Self {
            raw: change(&self.raw),
            value: change(&self.value),
            sign: self.sign,
            basis: Basis::Measured,
            distinct: OnceLock::new(),
        }
    }

    /// Distinct values among the ranked units, after the steps.
    pub(crate) fn distinct(&self, ranked: &[bool]) -> usize {
        let count = || stats::distinct(&stats::base(self.value.values(), ranked));
        *self.distinct.get_or_init(count)
    }

    /// Nominal weights of all children of the method's node at that position; those that were left out
    /// have none.
    pub(crate) fn weights(&self, graph: &Graph<'_>, at: usize) -> Vec<ChildWeight> {
        let Basis::Children(combination) = &self.basis else { return Vec::new() };
        let nominal = combination.nominal();
        let weight = |&child: &usize| {
            let taking_part = combination.children.iter().position(|&node| node == child);
            ChildWeight {
                child: graph.method.nodes[child].id.clone(),
                nominal: taking_part.map_or(0.0, |child| nominal[child]),
                influence: Influence::default(),
            }
        };
        graph.inputs[at].iter().map(weight).collect()
    }
}
