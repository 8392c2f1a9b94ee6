//! Weights that somebody might have chosen otherwise: the laws by which they are drawn.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::ground::{Ground, Refused};
use crate::index;
use crate::index::aggregate::{Combine, Weights};
use crate::index::method::{Aggregate, Origin};
use crate::message::study::{programme, robustness as message};
use crate::message::suggest;
use crate::robustness::plan::{Verb, WeightLaw};
use crate::study::ListKind;
use crate::study::fields::Item;
use crate::study::methodology::{Mention, Mentions};
use crate::study::problem::{Problems, Spot};
use crate::study::shape::Shape;
use crate::study::table::table;
use crate::study::values::not_empty;

table! {
    /// Other weights of the children of a node: by one of `spread`, `concentration`, `any` and
    /// `sets`.
    pub(super) struct DoubtedWeightsTable as "`weights`" {
        /// The node, or several, each redrawn by itself.
        required of: Parents,
        /// Each weight between (1 - spread) and (1 + spread) times the declared one, rescaled; between 0
        /// and 1.
        optional spread: f64,
        /// Dirichlet around the declared weights; the greater, the closer.
        optional concentration: f64,
        /// Any weights at all.
        optional any: bool,
        /// A source with `layout = "weights"`: one of its sets, each with the same chance.
        optional sets: Mention,
        /// With `any`: children, the heaviest first, whose weights fall in this order.
        optional order: Mentions,
    }
}

/// A node by id, or several.
pub(super) struct Parents;

impl Shape for Parents {
    type Value = Vec<Mention>;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self::Value> {
        if item.as_array().is_none() {
            return Mention::read(item, problems).map(|one| vec![one]);
        }
        let several = Mentions::read(item, problems)?;
        not_empty(item, &several, problems).then_some(several)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let (one, several) = (Mention::schema(generator), Mentions::schema(generator));
        json_schema!({ "anyOf": [one, several] })
    }
}

impl DoubtedWeightsTable {
    pub(super) fn check(
        &self,
        ground: &Ground<'_>,
        problems: &mut Problems,
    ) -> Result<Verb, Refused> {
        let law = self.law(problems);
        let mentions = self.of.value.as_ref().ok_or(Refused::Reported)?;
        let mut of = Vec::new();
        for mention in mentions {
            let (at, aggregate) = ground.parent(mention)?;
            weighs(aggregate, mention, law.as_ref())?;
            of.push((at, aggregate));
        }
        let law = match (law.ok_or(Refused::Reported)?, of.as_slice()) {
            (WeightLaw::Any { .. }, [(_, only)]) => {
                WeightLaw::Any { order: self.order(only, ground, problems)? }
            }
            (WeightLaw::Any { .. }, _) if self.order.is_written => {
                problems.error(&self.order.at, message::order_of_several());
                return Err(Refused::Reported);
            }
            (WeightLaw::Sets { .. }, _) => self.sets(ground)?,
            (law, _) => law,
        };
        Ok(Verb::Weights { of: of.into_iter().map(|(at, _)| at).collect(), law })
    }

    /// The law that is written; the order of `any` is looked up later.
    fn law(&self, problems: &mut Problems) -> Option<WeightLaw> {
        let laws = [
            (self.spread.is_written, &self.spread.at),
            (self.concentration.is_written, &self.concentration.at),
            (self.any.is_written, &self.any.at),
            (self.sets.is_written, &self.sets.at),
        ];
        let laws: Vec<&Spot> =
            laws.into_iter().filter_map(|(is_written, at)| is_written.then_some(at)).collect();
        match laws.as_slice() {
            [_] => {}
            [] => problems.error(&self.site.at, message::weights_without_law()),
            [_, second, ..] => problems.error(second, message::one_law_of_weights()),
        }
        if self.order.is_written && !self.any.is_written {
            problems.error(&self.order.at, message::order_without_any());
            return None;
        }
        if laws.len() != 1 {
            return None;
        }
        if let Some(sets) = &self.sets.value {
            return Some(WeightLaw::Sets { source: sets.id.clone(), sets: Vec::new() });
        }
        if let Some(spread) = self.spread.value {
            let is_sound = spread > 0.0 && spread < 1.0;
            if !is_sound {
                problems.error(&self.spread.at, message::no_spread());
            }
            return is_sound.then_some(WeightLaw::Spread(spread));
        }
        if let Some(concentration) = self.concentration.value {
            let is_sound = concentration > 0.0 && concentration.is_finite();
            if !is_sound {
                problems.error(&self.concentration.at, message::no_concentration());
            }
            return is_sound.then_some(WeightLaw::Concentration(concentration));
        }
        if self.any.value == Some(false) {
            problems.error(&self.any.at, message::any_is_true());
        }
        self.any.value.filter(|any| *any).map(|_| WeightLaw::Any { order: Vec::new() })
    }

    /// The source of the sets of weights, which are read later.
    fn sets(&self, ground: &Ground<'_>) -> Result<WeightLaw, Refused> {
        let sets = self.sets.value.as_ref().ok_or(Refused::Reported)?;
        let kind = ListKind::Weights;
        let lists = &ground.context.study.lists;
        if lists.iter().any(|list| list.id == sets.id && list.layout == kind) {
            return Ok(WeightLaw::Sets { source: sets.id.clone(), sets: Vec::new() });
        }
        let is_other = lists.iter().any(|list| list.id == sets.id) || ground.source(sets).is_ok();
        let said = if is_other {
            programme::no_list(&sets.id, &kind.of_what(), kind.word())
        } else {
            programme::list_absent(&sets.id, kind.word())
        };
        Err(Refused::Idle(sets.at.clone(), said))
    }

    /// How many coordinates of the design it has: one for each child, one for a set.
    pub(super) fn coordinates(&self, method: &index::Method) -> usize {
        if self.sets.is_written {
            return 1;
        }
        let children = |mention: &Mention| match &method.nodes[method.node(&mention.id)?].origin {
            Origin::Children(aggregate) => Some(aggregate.children.len()),
            Origin::Measures(_) | Origin::Category(_) | Origin::Nodes(_) => None,
        };
        self.of.value.iter().flatten().filter_map(children).sum()
    }

    /// The children whose weights fall in order, by their positions among the children.
    fn order(
        &self,
        aggregate: &Aggregate,
        ground: &Ground<'_>,
        problems: &mut Problems,
    ) -> Result<Vec<usize>, Refused> {
        let named = self.order.value.as_deref().unwrap_or_default();
        let nodes = &ground.context.method.nodes;
        let ids = aggregate.children.iter().map(|child| nodes[child.node].id.as_str());
        let ids: Vec<&str> = ids.collect();
        let mut order = Vec::new();
        for mention in named {
            let Some(at) = ids.iter().position(|id| *id == mention.id) else {
                let hint = suggest(&mention.id, ids.iter().copied());
                let said = message::no_child(&mention.id).advise(hint);
                return Err(Refused::Idle(mention.at.clone(), said));
            };
            order.push(at);
        }
        if self.order.is_refused || (self.order.is_written && order.len() < 2) {
            if !self.order.is_refused {
                problems.error(&self.order.at, message::order_of_one());
            }
            return Err(Refused::Reported);
        }
        Ok(order)
    }
}

/// Whether the declared weights of the children of a node decide anything.
fn weighs(
    aggregate: &Aggregate,
    mention: &Mention,
    law: Option<&WeightLaw>,
) -> Result<(), Refused> {
    let idle = |said| Err(Refused::Idle(mention.at.clone(), said));
    let unweighed = match aggregate.combine {
        Combine::Min | Combine::Max | Combine::Owa(_) | Combine::PcaScore(_) => true,
        Combine::Arithmetic
        | Combine::Geometric
        | Combine::GeometricReversed(_)
        | Combine::Harmonic
        | Combine::Generalised(_)
        | Combine::Median
        | Combine::Product
        | Combine::Sum
        | Combine::Present
        | Combine::CountAbove(_)
        | Combine::MazziottaPareto(_)
        | Combine::Copeland(_) => false,
    };
    if unweighed {
        return idle(message::method_without_weights(&mention.id).into());
    }
    match aggregate.weights {
        Weights::Declared | Weights::Equal => {}
        Weights::Pca(_) | Weights::Factor(_) | Weights::Optimise(_) => {
            return idle(message::weights_from_data(&mention.id).into());
        }
    }
    let any = matches!(law, Some(WeightLaw::Any { .. }));
    let weighed = aggregate.children.iter().filter(|child| any || child.weight != 0.0).count();
    if weighed < 2 {
        return idle(message::one_child(&mention.id).into());
    }
    Ok(())
}
