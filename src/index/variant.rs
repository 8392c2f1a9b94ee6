//! A change of what was declared or measured, with which an index is computed again.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::levels::Measured;
use super::method::{Aggregate, Child, Method, Steps};
use super::steps::Step;
use super::{Column, Mark};
use crate::observation::Missing;

/// Changes that are made together; none of them for the index as declared.
///
/// A node is named by its position in [`Method::nodes`]. Alternatives that are used many times are
/// prepared once and shared: an [`Arc`] that was seen before is recognised without being looked at.
#[derive(Clone, Debug, Default)]
pub struct Variant {
    changes: BTreeMap<usize, Change>,
}

/// What was measured instead.
#[derive(Clone, Debug, PartialEq)]
pub enum MeasuredValue {
    /// A number, in the unit of the indicator before any step.
    Number(f64),
    /// A category.
    Word(String),
}

/// What was measured of an indicator is taken to be something else.
#[derive(Clone, Debug)]
pub(crate) enum Override {
    /// One value.
    Value {
        /// Positions of the units that carry it.
        units: Arc<[usize]>,
        /// The other one.
        value: MeasuredValue,
    },
    /// All of them.
    Column(Arc<Column>),
}

impl PartialEq for Override {
    /// A column that was seen before is recognised without being looked at.
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Column(one), Self::Column(other)) => Arc::ptr_eq(one, other),
            (Self::Value { units, value }, Self::Value { units: others, value: other }) => {
                units == others && value == other
            }
            (Self::Column(_), Self::Value { .. }) | (Self::Value { .. }, Self::Column(_)) => false,
        }
    }
}

/// Everything that changes about one node.
#[derive(Clone, Debug, Default)]
pub(crate) struct Change {
    overrides: Vec<Override>,
    weights: Option<Vec<f64>>,
    steps: Option<Arc<Steps>>,
    aggregate: Option<Arc<Aggregate>>,
    lift: Option<[f64; 2]>,
    left_out: BTreeSet<usize>,
}

impl Variant {
    /// With one measured value of an indicator taken to be another. The units are those that carry
    /// it: one, or all of an area when the indicator is measured above the units.
    #[must_use]
    pub fn with_value(mut self, node: usize, units: Arc<[usize]>, value: MeasuredValue) -> Self {
        // one zero, so that equal changes give equal bytes
        let value = match value {
            MeasuredValue::Number(number) => MeasuredValue::Number(number + 0.0),
            word @ MeasuredValue::Word(_) => word,
        };
        self.change(node).overrides.push(Override::Value { units, value });
        self
    }

    /// With other measured numbers of an indicator, one for each unit, before any step.
    #[must_use]
    pub(crate) fn with_column(mut self, node: usize, column: Arc<Column>) -> Self {
        self.change(node).overrides.push(Override::Column(column));
        self
    }

    /// With the children of an aggregate laid on a range before they are combined.
    #[must_use]
    pub(crate) fn with_lift(mut self, node: usize, range: [f64; 2]) -> Self {
        self.change(node).lift = Some(range);
        self
    }

    /// With other declared weights of the children of an aggregate, one for each in its order.
    #[must_use]
    pub fn with_weights(mut self, node: usize, weights: Vec<f64>) -> Self {
        let weights = weights.into_iter().map(|weight| weight + 0.0).collect();
        self.change(node).weights = Some(weights);
        self
    }

    /// With other steps of a node.
    #[must_use]
    pub fn with_steps(mut self, node: usize, steps: Arc<Steps>) -> Self {
        self.change(node).steps = Some(steps);
        self
    }

    /// With another way of making an aggregate from its children.
    #[must_use]
    pub fn with_aggregate(mut self, node: usize, aggregate: Arc<Aggregate>) -> Self {
        self.change(node).aggregate = Some(aggregate);
        self
    }

    /// Without a child of an aggregate, by its position among the children: the others share its
    /// weight, and `require` counts only them.
    #[must_use]
    pub fn without_child(mut self, node: usize, child: usize) -> Self {
        self.change(node).left_out.insert(child);
        self
    }

    /// What changes about a node.
    pub(crate) fn of(&self, node: usize) -> Option<&Change> {
        self.changes.get(&node)
    }

    /// Whether a measured value is taken to be another one.
    pub(crate) fn has_overrides(&self) -> bool {
        self.changes.values().any(|change| !change.overrides.is_empty())
    }

    /// The measured values of a node that are taken to be others.
    pub(crate) fn overrides(&self, node: usize) -> &[Override] {
        self.of(node).map_or(&[], |change| &change.overrides)
    }

    /// Every indicator as measured, with the values that are taken to be others.
    pub(crate) fn measured<'m>(
        &self,
        method: &Method,
        measured: &'m BTreeMap<String, Measured>,
    ) -> Cow<'m, BTreeMap<String, Measured>> {
        let mut measured = Cow::Borrowed(measured);
        for (&node, change) in &self.changes {
            for one in &change.overrides {
                if let Some(indicator) = measured.to_mut().get_mut(&method.nodes[node].id) {
                    one.put_into(indicator);
                }
            }
        }
        measured
    }

    fn change(&mut self, node: usize) -> &mut Change {
        self.changes.entry(node).or_default()
    }
}

impl Change {
    /// Whether both change the same in the same way.
    pub(crate) fn same_as(&self, other: &Self) -> bool {
        fn shared<T>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
            match (one, other) {
                (Some(one), Some(other)) => Arc::ptr_eq(one, other),
                (None, None) => true,
                (Some(_), None) | (None, Some(_)) => false,
            }
        }
        self.weights == other.weights
            && self.lift == other.lift
            && self.left_out == other.left_out
            && self.overrides == other.overrides
            && shared(self.steps.as_ref(), other.steps.as_ref())
            && shared(self.aggregate.as_ref(), other.aggregate.as_ref())
    }

    /// The steps of the node instead of the declared ones.
    pub(crate) fn steps(&self) -> Option<&[Step]> {
        self.steps.as_ref().map(|steps| steps.list())
    }

    /// How the node is made from its children instead of the declared way.
    pub(crate) fn aggregate(&self) -> Option<&Aggregate> {
        self.aggregate.as_deref()
    }

    /// The range on which children are laid before they are combined.
    pub(crate) fn lift(&self) -> Option<[f64; 2]> {
        self.lift
    }

    /// The children that take part, with their weights; those of children that are left out go to
    /// the others in proportion.
    pub(crate) fn children(&self, declared: &[Child]) -> Vec<Child> {
        let weight = |at: usize| self.weights.as_ref().map_or(declared[at].weight, |all| all[at]);
        let all = 0..declared.len();
        let taking_part: Vec<usize> =
            all.clone().filter(|at| !self.left_out.contains(at)).collect();
        let total = super::stats::sum(all.map(weight));
        let left = super::stats::sum(taking_part.iter().map(|&at| weight(at)));
        let scale = if self.left_out.is_empty() || left == 0.0 { 1.0 } else { total / left };
        taking_part
            .into_iter()
            .map(|at| Child { node: declared[at].node, weight: weight(at) * scale })
            .collect()
    }
}

impl Override {
    fn put_into(&self, indicator: &mut Measured) {
        match self {
            Self::Column(column) => indicator.column = Column::clone(column),
            Self::Value { units, value: MeasuredValue::Number(number) } => {
                indicator.column = in_column(&indicator.column, units, *number);
            }
            Self::Value { units, value: MeasuredValue::Word(word) } => {
                let Some(words) = &indicator.words else { return };
                let mut words = words.to_vec();
                units.iter().for_each(|&unit| words[unit] = Some(word.clone()));
                indicator.words = Some(words.into());
            }
        }
    }
}

/// A column in which some units have another number.
fn in_column(column: &Column, units: &[usize], number: f64) -> Column {
    let cells = (0..column.len()).map(|unit| match column.marks()[unit] {
        _ if units.contains(&unit) => Ok(number),
        Mark::Value | Mark::Imputed | Mark::Substituted => Ok(column.values()[unit]),
        Mark::NotAvailable | Mark::Constant => Err(Missing::NotAvailable),
        Mark::Confidential | Mark::Withheld => Err(Missing::Confidential),
        Mark::NotApplicable => Err(Missing::NotApplicable),
    });
    Column::new(cells)
}
