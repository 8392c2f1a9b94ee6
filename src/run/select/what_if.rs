//! A selection with other numbers: what a change of quotas, sizes, money or weights would do to the list.

use super::Selected;
use super::pool::{self, Computed};
use crate::index::aggregate::Weights;
use crate::index::method::{Child, Origin};
use crate::index::{self, Method, TraceMode};
use crate::message::selection::what_if as message;
use crate::quality::{Advice, Message};
use crate::register::find_county;
use crate::selection::{
    self, Changed, DecidedBy, Difference, Number, Refusal, Subject, WhatIf, Wish,
};
use crate::spelling::{Folded, same};

/// Why changes cannot be tried out: what is wrong, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unanswered {
    /// What is wrong.
    pub message: Message,
    /// What to do about it.
    pub hint: Option<Message>,
}

impl From<Advice> for Unanswered {
    fn from(Advice { message, hint }: Advice) -> Self {
        Self { message, hint }
    }
}

impl From<Refusal> for Unanswered {
    fn from(refusal: Refusal) -> Self {
        let first = refusal.objections.into_iter().next().expect("a refusal says why");
        Self { message: message::allows_no_list(&first.message), hint: first.hint }
    }
}

impl Selected {
    /// What changes would do, all together: `county Teleorman +1`, `weight poverty =0.5`.
    pub fn what_if(&self, wishes: &[String]) -> Result<WhatIf, Unanswered> {
        let wishes = wishes.iter().map(|text| Wish::read(text, &self.pool));
        let wishes = wishes.collect::<Result<Vec<_>, _>>()?;
        let mut plan = self.plan.clone();
        let mut method = self.run.method.clone();
        let mut changed = Vec::new();
        for wish in &wishes {
            changed.extend(match wish.node() {
                Some(node) => weighted(&mut method, node, wish)?,
                None => wish.apply(&mut plan.rules, &|by, group| self.group(by, group))?,
            });
        }
        let pool = if wishes.iter().any(|wish| wish.node().is_some()) {
            let run = &self.run;
            let (index, _) =
                index::compute(&method, &run.register, &run.observations, TraceMode::Drop);
            let computed = Computed { index: &index, method: &method, ..run.computed() };
            let pool = pool::pool(computed, &plan, &self.pool.borders);
            &pool.map_err(|wrong| unusable(&wrong))?.0
        } else {
            &self.pool
        };
        let selection = selection::select_to_compare(&plan.rules, pool, &self.history)?;
        let by_code = selection.ties.iter().any(|tie| tie.decided_by == DecidedBy::Code);
        Ok(WhatIf {
            changed,
            difference: Difference::of(&self.selection, &selection),
            is_tied: by_code && plan.rules.order.accept_ties.is_none(),
            selection,
        })
    }

    /// A group of a classification by how somebody writes it.
    fn group(&self, by: &str, wanted: &str) -> Result<String, Advice> {
        let family = self.pool.classification(by).map(|at| &self.pool.classifications[at]);
        let groups = family.map(|family| &family.groups[..]).unwrap_or_default();
        let own = groups.iter().find(|group| *group == wanted);
        let alike = || {
            groups
                .iter()
                .find(|group| same(&Folded::plain(group).key(), &Folded::plain(wanted).key()))
        };
        let county = || {
            let county = (by == "county").then(|| find_county(&self.run.register, wanted).ok());
            county.flatten().and_then(|county| groups.iter().find(|group| *group == county))
        };
        let found = own.or_else(alike).or_else(county).cloned();
        let known = groups.iter().map(String::as_str);
        found.ok_or_else(|| message::unknown_group((by, wanted), known))
    }
}

/// Values that a selection needs and that the changed index does not have.
fn unusable(wrong: &[pool::Unusable]) -> Unanswered {
    let first = wrong.first().map(|wrong| &wrong.message);
    let message = first.map_or_else(message::no_phase, message::allows_no_list);
    Unanswered { message, hint: None }
}

/// Changes the weight of a node wherever it has one.
fn weighted(method: &mut Method, node: &str, wish: &Wish) -> Result<Vec<Changed>, Advice> {
    let ids: Vec<String> = method.nodes.iter().map(|node| node.id.clone()).collect();
    let mut known: Vec<usize> = Vec::new();
    let mut changed = Vec::new();
    for at in 0..method.nodes.len() {
        let parent = &ids[at];
        let Origin::Children(aggregate) = &mut method.nodes[at].origin else { continue };
        known.extend(aggregate.children.iter().map(|child| child.node));
        let declares = matches!(aggregate.weights, Weights::Declared | Weights::Optimise(_));
        let own = |child: &&mut Child| ids[child.node] == node;
        for child in aggregate.children.iter_mut().filter(own) {
            if !declares {
                return Err(message::other_weights(node, parent).into());
            }
            let now = child.weight;
            child.weight = wish.weight(now).ok_or_else(|| message::wrong_weight(node, now))?;
            let what = Subject::Weight { node: node.to_owned(), parent: parent.clone() };
            let (from, to) = (Some(Number::Weight(now)), Number::Weight(child.weight));
            changed.push(Changed { what, from, to });
        }
        if !changed.is_empty() && aggregate.children.iter().all(|child| child.weight == 0.0) {
            return Err(message::no_weight_left(parent).into());
        }
    }
    if changed.is_empty() {
        let known = known.into_iter().map(|at| ids[at].as_str());
        return Err(message::unknown_node(node, known));
    }
    Ok(changed)
}
