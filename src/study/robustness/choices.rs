//! What somebody chose and might have chosen otherwise, weights aside: steps, functions, children,
//! bounds.

use super::alternatives::{Among, Odds, OtherSteps, OtherUnits, Written, choice};
use super::ground::{Ground, Refused};
use crate::index::aggregate::Combine;
use crate::index::method::{Node, Origin, RecipeUse};
use crate::index::steps::Step;
use crate::index::{Formula, Operand};
use crate::message::study::robustness as message;
use crate::message::suggest;
use crate::register::Register;
use crate::robustness::plan::{OtherStep, Verb};
use crate::study::methodology::{Bounds, Mention, Method, Nodes, Recipes, StepText, predicate};
use crate::study::problem::Problems;
use crate::study::table::table;
use crate::study::values::SpannedFormula;

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

impl DoubtedStepsTable {
    /// Whether a node of which the score is made uses the recipe.
    pub(super) fn touch(&self, ground: &Ground<'_>) -> bool {
        self.recipe.value.as_ref().is_some_and(|recipe| uses_of(recipe, ground).is_ok())
    }

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
        let over = ground.context.method.over.as_ref();
        let declared = over.map(Formula::text);
        let other = |_: &Written<Option<SpannedFormula>>,
                     what: &Option<SpannedFormula>,
                     problems: &mut Problems| {
            let Some(written) = what else { return Ok(declared.is_some().then_some(None)) };
            let formula = predicate(written, &ground.against(), &[], problems);
            let formula = formula.ok_or(Refused::Reported)?;
            Ok((declared != Some(formula.text())).then_some(Some(formula)))
        };
        let choice = choice(&self.among, odds, other, problems)?;
        if !ground.looks_around {
            let said = message::bounds_of_nothing(ground.score_id());
            return Err(Refused::Idle(self.among.at.clone(), said.into()));
        }
        let register = ground.context.register;
        let declared = units(over, register);
        let mut others = choice.alternatives.iter().filter_map(|it| it.other.as_ref());
        if declared.is_some() && others.all(|it| units(it.as_ref(), register) == declared) {
            return Err(Refused::Idle(self.among.at.clone(), message::same_units().into()));
        }
        Ok(Verb::Over(choice))
    }
}

/// For each unit whether a condition holds, where register columns alone decide it; without a condition
/// it does for all.
fn units(condition: Option<&Formula>, register: &Register) -> Option<Vec<bool>> {
    let Some(condition) = condition else { return Some(vec![true; register.len()]) };
    let columns = condition.names().iter().map(|name| register.column(name));
    let columns: Vec<&[String]> = columns.collect::<Option<_>>()?;
    let texts = columns.iter().map(|column| column.iter().map(|it| Some(it.as_str())).collect());
    let texts: Vec<Vec<Option<&str>>> = texts.collect();
    let operands: Vec<Operand<'_>> = texts.iter().map(|it| Operand::Texts(it)).collect();
    let answers = condition.evaluate(&operands);
    Some(answers.into_iter().map(|it| it.is_some_and(|it| it != 0.0)).collect())
}
