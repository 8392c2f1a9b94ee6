//! The nodes of a methodology as its files say them, before names are looked up.

use super::super::fields::{Fields, Item, any};
use super::super::problem::{Problems, Spot};
use super::super::shapes::{self, identifier, label, text};
pub(super) use super::super::written::Written;
use super::steps::{PlacedStep, Recipes};
use crate::index::aggregate::{Combine, MissingChildren, Weights};
use crate::index::method::Direction;
use crate::language::Label;

/// A node by id, with the place of that mention.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    pub(super) id: String,
    pub(super) at: Spot,
}

/// A node before its names are looked up.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub(super) id: String,
    pub(super) at: Spot,
    pub(super) label: Label,
    pub(super) unit: Option<Label>,
    pub(super) direction: Direction,
    pub(super) plausible: Option<[f64; 2]>,
    pub(super) overlaps: Vec<Mention>,
    pub(super) origin: DraftOrigin,
    pub(super) steps: Vec<PlacedStep>,
}

impl Draft {
    /// Its own steps and those its children go through.
    pub(super) fn all_steps(&self) -> impl Iterator<Item = &PlacedStep> {
        let each = match &self.origin {
            DraftOrigin::Children(aggregate) => aggregate.each.as_slice(),
            DraftOrigin::Data(_) | DraftOrigin::Nodes(_) => &[],
        };
        self.steps.iter().chain(each)
    }
}

/// Where a node comes from, before names are looked up.
#[derive(Clone, Debug)]
pub(super) enum DraftOrigin {
    Data(Written),
    Nodes(Written),
    Children(DraftAggregate),
}

/// An aggregate before its children are looked up.
#[derive(Clone, Debug)]
pub(super) struct DraftAggregate {
    pub(super) children: Vec<(Mention, f64)>,
    pub(super) of: Spot,
    pub(super) each: Vec<PlacedStep>,
    pub(super) weights: Weights,
    pub(super) rescale: bool,
    pub(super) combine: Combine,
    pub(super) method: Spot,
    pub(super) missing: MissingChildren,
}

/// Reads an `[[indicator]]`.
pub(super) fn indicator<'t>(
    mut fields: Fields<'t>,
    recipes: &Recipes<'t>,
    problems: &mut Problems,
) -> Option<Draft> {
    let at = fields.at_key("id");
    let id = fields.required("id", identifier, problems);
    let unit = fields.optional("unit", label, problems);
    let label = fields.optional("label", label, problems);
    let value = fields.required("value", Written::read, problems);
    let plausible = fields.optional("plausible", range, problems);
    let declared = fields.optional("direction", any::<Direction>, problems);
    let overlaps = fields.optional("overlaps", mentions, problems).unwrap_or_default();
    let steps = fields.item("steps").map(|item| recipes.steps(&item, problems));
    let steps = steps.unwrap_or_default();
    if let (Some(_), Some(name)) = (declared, says_direction(&steps)) {
        let message = format!("the step `{name}` already says which direction is risk");
        let hint = "leave `direction` out".to_owned();
        problems.error(&fields.at_key("direction"), message, Some(hint));
    }
    fields.finish(problems);
    let id = id?;
    Some(Draft {
        label: label.unwrap_or_else(|| Label::same(&id)),
        id,
        at,
        unit,
        direction: declared.unwrap_or_default(),
        plausible,
        overlaps,
        origin: DraftOrigin::Data(value?),
        steps,
    })
}

/// The step by which the direction is said, when no step before it turns the column round.
fn says_direction(steps: &[PlacedStep]) -> Option<&'static str> {
    let says = |name: &str| matches!(name, "goalposts" | "categories");
    let first = steps.iter().map(|placed| &placed.step);
    let first = first.clone().find(|step| says(step.name()) || step.normalises())?;
    Some(first.name()).filter(|name| says(name))
}

/// Reads an `[[aggregate]]`.
pub(super) fn aggregate<'t>(
    mut fields: Fields<'t>,
    recipes: &Recipes<'t>,
    problems: &mut Problems,
) -> Option<Draft> {
    let at = fields.at_key("id");
    let id = fields.required("id", identifier, problems);
    let unit = fields.optional("unit", label, problems);
    let label = fields.optional("label", label, problems);
    let steps = fields.item("steps").map(|item| recipes.steps(&item, problems));
    let origin = if fields.has("value") {
        formula_over_nodes(&mut fields, problems)
    } else {
        children(&mut fields, recipes, problems).map(DraftOrigin::Children)
    };
    fields.finish(problems);
    let id = id?;
    Some(Draft {
        label: label.unwrap_or_else(|| Label::same(&id)),
        id,
        at,
        unit,
        direction: Direction::Risk,
        plausible: None,
        overlaps: Vec::new(),
        origin: origin?,
        steps: steps.unwrap_or_default(),
    })
}

/// The keys of an aggregate that has children.
pub(super) const CHILDREN_KEYS: &[&str] =
    &["of", "each", "weights", "rescale", "method", "missing"];

fn formula_over_nodes(fields: &mut Fields<'_>, problems: &mut Problems) -> Option<DraftOrigin> {
    let value = fields.required("value", Written::read, problems);
    for &key in CHILDREN_KEYS {
        if let Some(item) = fields.item(key) {
            let message = format!("an aggregate has either a `value` or children, not `{key}` too");
            item.error(message, None, problems);
        }
    }
    value.map(DraftOrigin::Nodes)
}

fn children<'t>(
    fields: &mut Fields<'t>,
    recipes: &Recipes<'t>,
    problems: &mut Problems,
) -> Option<DraftAggregate> {
    // known here too, for advice about keys that are not
    fields.item("value");
    let of = fields.at_key("of");
    if !fields.has("of") {
        let hint = "`of = { child = weight, … }`, or a formula over nodes as `value`".to_owned();
        let message = "this aggregate does not say what it is made of";
        problems.error(&fields.at(), message, Some(hint));
    }
    let children = fields.optional("of", weighted_children, problems);
    let each = fields.item("each").map(|item| recipes.steps(&item, problems));
    let weights = fields.optional("weights", any::<Weights>, problems).unwrap_or_default();
    let rescale = fields.optional("rescale", any::<bool>, problems);
    let combine = fields.optional("method", any::<Combine>, problems);
    let missing = fields.optional("missing", any::<MissingChildren>, problems).unwrap_or_default();
    for (key, list) in [("weights", weights.problems()), ("missing", missing.problems())] {
        for problem in list {
            problems.error(&fields.at_key(key), problem, None);
        }
    }
    Some(DraftAggregate {
        children: children?,
        of,
        each: each.unwrap_or_default(),
        weights,
        rescale: rescale.unwrap_or(true),
        combine: combine.unwrap_or_default(),
        method: fields.at_key("method"),
        missing,
    })
}

/// `{ child = weight, … }`, or a list of children with equal weights.
fn weighted_children(item: &Item<'_>, problems: &mut Problems) -> Option<Vec<(Mention, f64)>> {
    if item.as_array().is_some() {
        let children = mentions(item, problems)?;
        return shapes::not_empty(item, &children, problems)
            .then(|| children.into_iter().map(|child| (child, 1.0)).collect());
    }
    let mut table = item.table("`of`", problems)?;
    let mut children = Vec::new();
    for (id, at, weight) in table.rest() {
        let Some(number) = weight.read::<f64>(problems) else { continue };
        if !number.is_finite() || number < 0.0 {
            let hint = "to turn a child round, give it `direction = \"protective\"`".to_owned();
            weight.error("a weight is a number from 0", Some(hint), problems);
        }
        children.push((Mention { id: id.to_owned(), at }, number));
    }
    if children.is_empty() {
        item.error("this aggregate has no children", None, problems);
    } else if children.iter().all(|(_, weight)| *weight == 0.0) {
        item.error("all weights are zero", None, problems);
    }
    Some(children)
}

/// `[least, most]`.
fn range(item: &Item<'_>, problems: &mut Problems) -> Option<[f64; 2]> {
    let range: [f64; 2] = item.read(problems)?;
    if range[0] < range[1] {
        return Some(range);
    }
    item.error("the first number must be the smaller one", None, problems);
    None
}

/// A list of node ids, each once.
pub(super) fn mentions(item: &Item<'_>, problems: &mut Problems) -> Option<Vec<Mention>> {
    let Some(items) = item.as_array() else {
        item.expected("a list of nodes", problems);
        return None;
    };
    let mut list: Vec<Mention> = Vec::new();
    for each in items {
        let Some(id) = text(&each, problems) else { continue };
        if list.iter().any(|known| known.id == id) {
            each.error(format!("`{id}` stands twice in this list"), None, problems);
        } else {
            list.push(Mention { id, at: each.at() });
        }
    }
    Some(list)
}

/// One node id.
pub(super) fn mention(item: &Item<'_>, problems: &mut Problems) -> Option<Mention> {
    Some(Mention { id: text(item, problems)?, at: item.at() })
}
