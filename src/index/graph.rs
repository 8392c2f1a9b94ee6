//! A method bound to what was measured: all that no change of weights, steps or values touches.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::levels::{Measured, Sources};
use super::method::{Method, Origin};
use super::steps::Step;
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
        let inputs = |at: usize| match &method.nodes[at].origin {
            Origin::Children(aggregate) => aggregate.children.iter().map(|it| it.node).collect(),
            Origin::Nodes(formula) => {
                formula.names().iter().filter_map(|name| method.node(name)).collect()
            }
            Origin::Measures(_) | Origin::Category(_) => Vec::new(),
        };
        Self {
            method,
            sources,
            ranked,
            measured: indicators.collect(),
            inputs: (0..method.nodes.len()).map(inputs).collect(),
            identity: Arc::new(()),
        }
    }

    /// The indicators whose measured columns some steps read.
    pub(crate) fn read_by(&self, steps: &[Step]) -> Vec<usize> {
        let ids = steps.iter().flat_map(Step::indicators);
        ids.filter_map(|id| self.method.node(id)).collect()
    }
}
