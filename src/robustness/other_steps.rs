//! Steps and functions of nodes as they were decided, each combination of alternatives made once.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::plan::{Choice, OtherStep, Plan, Verb};
use super::point::Decided;
use crate::index::aggregate::Combine;
use crate::index::method::{Aggregate, Origin, RecipeUse, Steps};
use crate::index::steps::Step;
use crate::index::{Method, Variant};

/// What was made so far, by node and combination.
#[derive(Debug, Default)]
pub(super) struct OtherSteps {
    steps: BTreeMap<(usize, Vec<usize>), Arc<Steps>>,
    aggregates: BTreeMap<(usize, Vec<usize>), Arc<Aggregate>>,
}

impl OtherSteps {
    /// Steps and functions of the nodes about which something was decided.
    pub(super) fn apply(
        &mut self,
        plan: &Plan,
        method: &Method,
        decisions: &[Option<Decided>],
        mut variant: Variant,
    ) -> Variant {
        for (node, declared) in method.nodes.iter().enumerate() {
            let mut steps: Vec<(&RecipeChoice, usize)> = Vec::new();
            let found: Vec<RecipeChoice<'_>> = recipe_choices(plan, node).collect();
            for choice in &found {
                if let Some(Decided::Alternative(chosen)) = &decisions[choice.doubt] {
                    steps.push((choice, *chosen));
                }
            }
            let other = method_choice(plan, node, decisions);
            let key: Vec<usize> =
                steps.iter().map(|(choice, chosen)| choice.doubt << 16 | chosen).collect();
            if !steps.is_empty() && !declared.recipes.is_empty() {
                let make =
                    || Arc::new(Steps::new(replaced(&declared.steps, &declared.recipes, &steps)));
                let own = self.steps.entry((node, key.clone())).or_insert_with(make);
                variant = variant.with_steps(node, Arc::clone(own));
            }
            let Origin::Children(aggregate) = &declared.origin else { continue };
            if other.is_none() && (steps.is_empty() || aggregate.recipes.is_empty()) {
                continue;
            }
            let mut key = key;
            key.extend(other.as_ref().map(|other| other.key));
            let make = || {
                let each = replaced(&aggregate.each, &aggregate.recipes, &steps);
                let combine = other.as_ref().and_then(|other| other.combine.cloned());
                let combine = combine.unwrap_or_else(|| aggregate.combine.clone());
                Arc::new(Aggregate { each, combine, ..aggregate.clone() })
            };
            let own = Arc::clone(self.aggregates.entry((node, key)).or_insert_with(make));
            variant = variant.with_aggregate(node, own);
            if let Some(range) = other.and_then(|other| other.lift) {
                variant = variant.with_lift(node, range);
            }
        }
        variant
    }
}

/// The doubts about recipes that stand in a node.
fn recipe_choices(plan: &Plan, node: usize) -> impl Iterator<Item = RecipeChoice<'_>> {
    plan.doubts.iter().enumerate().filter_map(move |(doubt, own)| match &own.verb {
        Verb::Steps { nodes, recipe, step, choice } if nodes.contains(&node) => {
            Some(RecipeChoice { doubt, recipe, step: *step, choice })
        }
        _ => None,
    })
}

/// The doubt about the function of a node, where another one was decided.
fn method_choice<'a>(
    plan: &'a Plan,
    node: usize,
    decisions: &[Option<Decided>],
) -> Option<MethodChoice<'a>> {
    plan.doubts.iter().zip(decisions).enumerate().find_map(|(at, (doubt, decided))| {
        match (&doubt.verb, decided) {
            (Verb::Method { of, choice, lift }, Some(Decided::Alternative(chosen)))
                if *of == node =>
            {
                let combine = choice.alternatives[*chosen].other.as_ref();
                let lift = lift.filter(|_| combine.is_some());
                combine.map(|_| MethodChoice { key: at << 16 | chosen, combine, lift })
            }
            _ => None,
        }
    })
}

/// A doubt about a recipe.
struct RecipeChoice<'a> {
    doubt: usize,
    recipe: &'a str,
    step: Option<&'static str>,
    choice: &'a Choice<OtherStep>,
}

/// Another function of a node.
struct MethodChoice<'a> {
    key: usize,
    combine: Option<&'a Combine>,
    lift: Option<[f64; 2]>,
}

/// A list of steps in which the recipes are those that were decided, each doubt after the other.
fn replaced(
    declared: &[Step],
    recipes: &[RecipeUse],
    decided: &[(&RecipeChoice<'_>, usize)],
) -> Vec<Step> {
    let mut steps = Vec::with_capacity(declared.len());
    let mut next = 0;
    // a recipe inside another one goes with the outer one
    let mut uses: Vec<&RecipeUse> = recipes.iter().collect();
    uses.sort_by_key(|used| (used.steps.start, usize::MAX - used.steps.end));
    for used in uses {
        let own: Vec<&(&RecipeChoice<'_>, usize)> =
            decided.iter().filter(|(choice, _)| choice.recipe == used.recipe).collect();
        if own.is_empty() || used.steps.start < next {
            continue;
        }
        steps.extend_from_slice(&declared[next..used.steps.start]);
        let mut recipe = declared[used.steps.clone()].to_vec();
        for (choice, chosen) in own {
            recipe = choice.applied(recipe, *chosen);
        }
        steps.extend(recipe);
        next = used.steps.end;
    }
    steps.extend_from_slice(&declared[next..]);
    steps
}

impl RecipeChoice<'_> {
    fn applied(&self, recipe: Vec<Step>, chosen: usize) -> Vec<Step> {
        let others = match &self.choice.alternatives[chosen].other {
            None => return recipe,
            Some(OtherStep::LeftOut) => &[][..],
            Some(OtherStep::Steps(steps)) => steps,
        };
        let Some(name) = self.step else { return others.to_vec() };
        let mut steps = Vec::new();
        for step in recipe {
            if step.name() == name {
                steps.extend_from_slice(others);
            } else {
                steps.push(step);
            }
        }
        steps
    }
}
