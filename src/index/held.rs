//! An index with bounds, moments and weights held as they are, so that another value of a unit changes that
//! unit alone.

use std::sync::Arc;

use super::aggregate::{Combine, Weights};
use super::evaluate::Evaluation;
use super::method::{Aggregate, Origin, Steps};
use super::node::{Basis, Graph, Inputs};
use super::steps::Step;
use super::variant::Variant;

impl Graph<'_> {
    /// The variant in which every statistic is held as the declared evaluation has it; `None` where a step
    /// or a function is none of a unit's values alone.
    pub(crate) fn held(&self, declared: &Evaluation) -> Option<Variant> {
        let mut variant = Variant::default();
        for (at, node) in self.method.nodes.iter().enumerate() {
            let inputs = Inputs { nodes: &declared.nodes, change: None, measured: &self.measured };
            let computed = self.node(at, &inputs);
            let mut each: Vec<Step> = Vec::new();
            for (scope, steps, walk) in self.ways(at, &computed, &inputs) {
                let mut held = Vec::with_capacity(steps.len());
                for (position, (step, context)) in self.contexts(&scope, steps).enumerate() {
                    let columns = walk.columns();
                    held.extend(step.held(&columns[position], &columns[position + 1], &context)?);
                }
                if scope.into.is_none() {
                    variant = variant.with_steps(at, Arc::new(Steps::new(held)));
                } else if each.is_empty() {
                    each = held;
                } else if each != held {
                    // each child on terms of its own, which no list of steps says for all
                    return None;
                }
            }
            let (Origin::Children(aggregate), Basis::Children(combination)) =
                (&node.origin, &computed.columns.basis)
            else {
                continue;
            };
            if matches!(aggregate.combine, Combine::Copeland(_) | Combine::PcaScore(_)) {
                return None;
            }
            variant =
                variant.with_weights(at, combination.combined.weights.clone()).with_aggregate(
                    at,
                    Arc::new(Aggregate { each, weights: Weights::Declared, ..aggregate.clone() }),
                );
        }
        Some(variant)
    }
}
