//! What somebody chose and might have chosen otherwise: weights, steps, functions, children, bounds.

use schemars::{Schema, SchemaGenerator, json_schema};

use super::alternatives::{Among, Odds, OtherSteps, OtherUnits, Written, choice};
use super::ground::{Ground, Refused};
use crate::index::aggregate::{Combine, Weights};
use crate::index::method::{Aggregate, Node, Origin, RecipeUse};
use crate::index::steps::Step;
use crate::index::{self, Formula};
use crate::message::study::{programme, robustness as message};
use crate::message::suggest;
use crate::robustness::plan::{OtherStep, Verb, WeightLaw};
use crate::study::ListKind;
use crate::study::fields::Item;
use crate::study::methodology::{
    Bounds, Mention, Mentions, Method, Nodes, Recipes, StepText, predicate,
};
use crate::study::problem::{Problems, Spot};
use crate::study::shape::Shape;
use crate::study::table::table;
use crate::study::values::{SpannedFormula, not_empty};

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

table! {
    /// Other steps of the nodes that use a recipe.
    pub(super) struct DoubtedStepsTable as "`steps`" {
        /// The recipe.
        required recipe: Mention,
        /// The step of the recipe that is replaced; all of them together when absent.
        optional step: Mention,
        /// Alternatives: `"as-is"`, `"left-out"`, a step, or a list of steps.
        required among: Among<OtherSteps>,
    }
}

table! {
    /// Another function by which the children of a node become it.
    pub(super) struct DoubtedMethodTable as "`method`" {
        /// The node.
        required of: Mention,
        /// Alternatives: `"as-is"`, or a method as an aggregate writes it.
        required among: Among<Method>,
        /// The range on which children are laid for all but the declared one.
        optional lift: Bounds,
    }
}

table! {
    /// One child of a node left out.
    pub(super) struct DoubtedOmissionTable as "`omit`" {
        /// The node.
        required of: Mention,
        /// How often one is; above 0, at most 1.
        required chance: f64,
    }
}

table! {
    /// Other units that set bounds and ranks.
    pub(super) struct DoubtedOverTable as "`over`" {
        /// Alternatives: `"as-is"`, a condition, or an empty text for all units.
        required among: Among<OtherUnits>,
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

impl DoubtedStepsTable {
    pub(super) fn check(
        &self,
        odds: &Odds,
        ground: &Ground<'_>,
        problems: &mut Problems,
    ) -> Result<Verb, Refused> {
        let recipe = self.recipe.value.as_ref().ok_or(Refused::Reported)?;
        let uses = uses_of(recipe, ground)?;
        let step = match &self.step.value {
            Some(step) => Some(named_step(step, &uses, recipe)?),
            None if self.step.is_refused => return Err(Refused::Reported),
            None => None,
        };
        let is_replaced = |one: &Step| step.is_none_or(|name| one.name() == name);
        let declared: Vec<Step> = uses
            .first()
            .into_iter()
            .flat_map(|one| one.steps.iter().filter(|one| is_replaced(one)).cloned())
            .collect();
        let unturned = unturned(&uses, step, ground);
        let other = |one: &Written<OtherSteps>, what: &OtherSteps, problems: &mut Problems| {
            let steps = match what {
                OtherSteps::LeftOut => Vec::new(),
                OtherSteps::Steps(list) => steps(list, ground, problems)?,
            };
            if let Some(node) = unturned
                && !steps.iter().any(Step::normalises)
            {
                problems.error(&one.at, message::never_turned(&one.name, node));
                return Err(Refused::Reported);
            }
            let is_declared = steps == declared;
            let other = if steps.is_empty() { OtherStep::LeftOut } else { OtherStep::Steps(steps) };
            Ok((!is_declared).then_some(other))
        };
        let choice = choice(&self.among, odds, other, problems)?;
        let mut nodes: Vec<usize> = uses.iter().map(|one| one.node).collect();
        nodes.dedup();
        Ok(Verb::Steps { nodes, recipe: recipe.id.clone(), step, choice })
    }
}

/// A recipe where a node uses it.
struct Used<'a> {
    /// The node.
    node: usize,
    /// The steps that it gave there.
    steps: &'a [Step],
}

/// Where the nodes of which the score is made use a recipe, in the order of the nodes.
fn uses_of<'a>(recipe: &Mention, ground: &Ground<'a>) -> Result<Vec<Used<'a>>, Refused> {
    let method = ground.context.method;
    let mut uses = Vec::new();
    let mut known: Vec<&str> = Vec::new();
    for node in ground.nodes() {
        for (RecipeUse { recipe: name, steps }, list) in recipes(&method.nodes[node]) {
            if *name == recipe.id && !steps.is_empty() {
                uses.push(Used { node, steps: &list[steps.clone()] });
            }
            if !known.contains(&name.as_str()) {
                known.push(name);
            }
        }
    }
    if uses.is_empty() {
        let hint = suggest(&recipe.id, known.iter().copied());
        let said = message::no_recipe(&recipe.id, ground.score_id()).advise(hint);
        return Err(Refused::Idle(recipe.at.clone(), said));
    }
    Ok(uses)
}

/// The recipes of a node, each with the list of steps in which it stands.
fn recipes(node: &Node) -> impl Iterator<Item = (&RecipeUse, &[Step])> {
    let of_children = match &node.origin {
        Origin::Children(aggregate) => Some(aggregate),
        Origin::Measures(_) | Origin::Category(_) | Origin::Nodes(_) => None,
    };
    let each = of_children.into_iter();
    let each = each.flat_map(|it| it.recipes.iter().map(|used| (used, it.each.as_slice())));
    node.recipes.iter().map(|used| (used, node.steps.as_slice())).chain(each)
}

/// The name of a step that a recipe holds.
fn named_step(
    step: &Mention,
    uses: &[Used<'_>],
    recipe: &Mention,
) -> Result<&'static str, Refused> {
    let held = uses.first().map(|one| one.steps).unwrap_or_default().iter().map(Step::name);
    let held: Vec<&'static str> = held.collect();
    held.iter().find(|name| **name == step.id).copied().ok_or_else(|| {
        let hint = suggest(&step.id, held.iter().copied());
        let said = message::no_step(&recipe.id, &step.id).advise(hint);
        Refused::Idle(step.at.clone(), said)
    })
}

/// A protective indicator that only the steps which are replaced turn round.
fn unturned<'a>(
    uses: &[Used<'a>],
    step: Option<&'static str>,
    ground: &Ground<'a>,
) -> Option<&'a str> {
    let protective = uses.iter().map(|used| (used, &ground.context.method.nodes[used.node]));
    let mut protective = protective.filter(|(_, node)| node.direction.sign() < 0.0);
    let turning = |steps: &[Step]| steps.iter().filter(|one| one.normalises()).count();
    let unturned = protective.find(|(used, node)| {
        let replaced = used.steps.iter().filter(|one| step.is_none_or(|name| one.name() == name));
        let replaced = replaced.filter(|one| one.normalises()).count();
        replaced > 0 && turning(&node.steps) == replaced
    });
    unturned.map(|(_, node)| node.id.as_str())
}

/// Other steps, checked as those of a methodology are.
fn steps(
    list: &Vec<StepText>,
    ground: &Ground<'_>,
    problems: &mut Problems,
) -> Result<Vec<Step>, Refused> {
    let before = problems.errors();
    let steps = Recipes::default().steps(Some(list), problems);
    let method = ground.context.method;
    let known = Nodes { list: &method.nodes, omitted: &[], period: method.period.is_some() };
    known.check_steps(&steps.placed, &ground.against(), problems);
    if problems.errors() > before { Err(Refused::Reported) } else { Ok(steps.steps()) }
}

impl DoubtedMethodTable {
    pub(super) fn check(
        &self,
        odds: &Odds,
        ground: &Ground<'_>,
        problems: &mut Problems,
    ) -> Result<Verb, Refused> {
        let (of, aggregate) = ground.parent(self.of.value.as_ref().ok_or(Refused::Reported)?)?;
        let other = |one: &Written<Combine>, what: &Combine, problems: &mut Problems| {
            let wrong = what.problems(aggregate.children.len());
            let is_sound = wrong.is_empty();
            wrong.into_iter().for_each(|said| problems.error(&one.at, said));
            if !is_sound {
                return Err(Refused::Reported);
            }
            Ok((*what != aggregate.combine).then(|| what.clone()))
        };
        let choice = choice(&self.among, odds, other, problems)?;
        if self.lift.is_refused {
            return Err(Refused::Reported);
        }
        Ok(Verb::Method { of, choice, lift: self.lift.value })
    }
}

impl DoubtedOmissionTable {
    pub(super) fn check(
        &self,
        ground: &Ground<'_>,
        problems: &mut Problems,
    ) -> Result<Verb, Refused> {
        let chance = self.chance.value;
        if chance.is_some_and(|chance| !(chance > 0.0 && chance <= 1.0)) {
            problems.error(&self.chance.at, message::no_chance());
            return Err(Refused::Reported);
        }
        let mention = self.of.value.as_ref().ok_or(Refused::Reported)?;
        let (of, aggregate) = ground.parent(mention)?;
        if aggregate.children.len() < 2 {
            return Err(Refused::Idle(mention.at.clone(), message::one_child(&mention.id).into()));
        }
        Ok(Verb::Omit { of, chance: chance.ok_or(Refused::Reported)? })
    }
}

impl DoubtedOverTable {
    pub(super) fn check(
        &self,
        odds: &Odds,
        ground: &Ground<'_>,
        problems: &mut Problems,
    ) -> Result<Verb, Refused> {
        let declared = ground.context.method.over.as_ref().map(Formula::text);
        let other = |_: &Written<Option<SpannedFormula>>,
                     what: &Option<SpannedFormula>,
                     problems: &mut Problems| {
            let Some(written) = what else { return Ok(declared.is_some().then_some(None)) };
            let formula = predicate(written, &ground.against(), &[], problems);
            let formula = formula.ok_or(Refused::Reported)?;
            Ok((declared != Some(formula.text())).then_some(Some(formula)))
        };
        Ok(Verb::Over(choice(&self.among, odds, other, problems)?))
    }
}
