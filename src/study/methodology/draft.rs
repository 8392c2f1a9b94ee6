//! The nodes of a methodology as its files say them, before names are looked up.

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::steps::{PlacedStep, Recipes, StepList, StepText};
use crate::index::aggregate::{Combine, MissingChildren, Weights};
use crate::index::method::Direction;
use crate::language::{Label, Words};
use crate::message::study::file::{self, kinds};
use crate::message::study::methodology as message;
use crate::study::fields::{Fields, Item, Site};
use crate::study::problem::{Problems, Spot};
use crate::study::shape::{Element, Entries, List, Shape, Table};
use crate::study::table::table;
use crate::study::values::{Identifier, SpannedFormula, Text, not_empty, shapes};

table! {
    /// A node that comes from data.
    pub(super) struct IndicatorTable as "`[[indicator]]`" by "id" {
        /// Identifier: lower-case letters, digits and `_`; column name in every output.
        required id: Identifier,
        /// Unit of measure, for reports.
        optional unit: Label,
        /// Name for reports; the id when absent.
        optional label: Label,
        /// Formula over measures (`population.total`) and register columns, or one text column whose
        /// words the step `categories` scores. May be left out where it is taken from `extends`.
        inherited value: SpannedFormula,
        /// Range outside which a value is a finding.
        optional plausible: Bounds,
        /// Whether more means more risk or less; `risk` when absent.
        optional direction: Direction,
        /// Nodes with which it is declared to overlap.
        optional overlaps: Mentions,
        /// What its column goes through.
        optional steps: List<StepText>,
    }
}

table! {
    /// A node that comes from nodes: children with weights (`of`), or a formula (`value`).
    pub(super) struct AggregateTable as "`[[aggregate]]`" by "id" over replace_origin {
        /// Identifier: lower-case letters, digits and `_`.
        required id: Identifier,
        /// Unit of measure, for reports.
        optional unit: Label,
        /// Name for reports; the id when absent.
        optional label: Label,
        /// What the node goes through.
        optional steps: List<StepText>,
        /// Formula over nodes, instead of `of`.
        optional value: SpannedFormula,
        /// Children with weights, or a list of children with equal weights.
        optional of: Children,
        /// Steps each child goes through as it enters here.
        optional each: List<StepText>,
        /// Where weights come from.
        optional weights: Weights = Weights::default(),
        /// Whether weights are scaled to sum to 1.
        optional rescale: bool = true,
        /// How children are combined.
        optional method: Method = Combine::default(),
        /// What happens when children are missing.
        optional missing: MissingChildren = MissingChildren::default(),
    }
}

/// An `[[aggregate]]`: one with a formula has no children, and what it says of them is not read.
#[derive(Clone, Debug)]
pub(super) struct Aggregate(pub(super) AggregateTable);

impl Table for Aggregate {
    const NAME: Words = AggregateTable::NAME;
    const ID: Option<&'static str> = AggregateTable::ID;

    fn read_keys(fields: Fields<'_>, problems: &mut Problems) -> Self {
        if !fields.has("value") {
            return Self(AggregateTable::read_keys(fields, problems));
        }
        for key in CHILDREN_KEYS {
            if let Some(item) = fields.peek(key) {
                item.error(message::value_and_children(key), problems);
            }
        }
        Self(AggregateTable::read_keys(fields.without(&CHILDREN_KEYS), problems))
    }

    fn site(&self) -> &Site {
        self.0.site()
    }

    fn lay_over<'t>(below: Fields<'t>, above: Fields<'t>) -> Fields<'t> {
        AggregateTable::lay_over(below, above)
    }
}

impl JsonSchema for Aggregate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        AggregateTable::schema_name()
    }

    fn schema_id() -> std::borrow::Cow<'static, str> {
        AggregateTable::schema_id()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        AggregateTable::json_schema(generator)
    }
}

/// The keys of an aggregate that has children.
const CHILDREN_KEYS: [&str; 6] = ["of", "each", "weights", "rescale", "method", "missing"];

/// What an aggregate is made of is replaced as a whole: a new `value` drops the old children, and the
/// other way round.
fn replace_origin<'t>(below: Fields<'t>, above: Fields<'t>) -> Fields<'t> {
    let below = if above.has("value") {
        below.without(&CHILDREN_KEYS)
    } else if above.has("of") {
        below.without(&["value"])
    } else {
        below
    };
    below.overlaid(above)
}

/// A node by id, with the place of that mention.
#[derive(Clone, Debug)]
pub(crate) struct Mention {
    pub(in crate::study) id: String,
    pub(in crate::study) at: Spot,
}

impl Shape for Mention {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        Some(Self { id: Text::read(item, problems)?, at: item.at() })
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        Text::schema(generator)
    }
}

impl Element for Mention {
    const LIST: Words = kinds::NODES;
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
    pub(super) steps: StepList,
}

impl Draft {
    /// Its own steps and those its children go through.
    pub(super) fn all_steps(&self) -> impl Iterator<Item = &PlacedStep> {
        let each = match &self.origin {
            DraftOrigin::Children(aggregate) => aggregate.each.placed.as_slice(),
            DraftOrigin::Data(_) | DraftOrigin::Nodes(_) => &[],
        };
        self.steps.placed.iter().chain(each)
    }
}

/// Where a node comes from, before names are looked up.
#[derive(Clone, Debug)]
pub(super) enum DraftOrigin {
    Data(SpannedFormula),
    Nodes(SpannedFormula),
    Children(DraftAggregate),
}

/// An aggregate before its children are looked up.
#[derive(Clone, Debug)]
pub(super) struct DraftAggregate {
    pub(super) children: Vec<(Mention, f64)>,
    pub(super) of: Spot,
    pub(super) each: StepList,
    pub(super) weights: Weights,
    pub(super) rescale: bool,
    pub(super) combine: Combine,
    pub(super) method: Spot,
    pub(super) missing: MissingChildren,
}

impl IndicatorTable {
    /// The node, as far as it could be read.
    pub(super) fn draft(&self, recipes: &Recipes, problems: &mut Problems) -> Option<Draft> {
        let steps = recipes.steps(self.steps.value.as_ref(), problems);
        let direction = self.direction(&steps.placed, problems);
        let id = self.id.value.clone()?;
        Some(Draft {
            label: self.label.value.clone().unwrap_or_else(|| Label::same(&id)),
            id,
            at: self.id.at.clone(),
            unit: self.unit.value.clone(),
            direction,
            plausible: self.plausible.value,
            overlaps: self.overlaps.value.clone().unwrap_or_default(),
            origin: DraftOrigin::Data(self.value.value.clone()?),
            steps,
        })
    }
}

impl IndicatorTable {
    /// Whether more means more risk: as declared, unless the steps say it. Steps that replace those of
    /// what is extended replace its `direction` too; beside them it is said twice.
    fn direction(&self, steps: &[PlacedStep], problems: &mut Problems) -> Direction {
        let declared = self.direction.value.unwrap_or_default();
        let Some(name) = says_direction(steps) else { return declared };
        let is_beside = self.direction.at.file == self.steps.at.file;
        if self.direction.is_written && is_beside {
            problems.error(&self.direction.at, message::direction_twice(name));
        }
        Direction::default()
    }
}

/// The step by which the direction is said, when no step before it turns the column round.
fn says_direction(steps: &[PlacedStep]) -> Option<&'static str> {
    let says = |name: &str| matches!(name, "goalposts" | "categories");
    let first = steps.iter().map(|placed| &placed.step);
    let first = first.clone().find(|step| says(step.name()) || step.normalises())?;
    Some(first.name()).filter(|name| says(name))
}

impl AggregateTable {
    /// The node, as far as it could be read.
    pub(super) fn draft(&self, recipes: &Recipes, problems: &mut Problems) -> Option<Draft> {
        let steps = recipes.steps(self.steps.value.as_ref(), problems);
        let origin = if self.value.is_written {
            self.value.value.clone().map(DraftOrigin::Nodes)
        } else {
            self.children(recipes, problems).map(DraftOrigin::Children)
        };
        let id = self.id.value.clone()?;
        Some(Draft {
            label: self.label.value.clone().unwrap_or_else(|| Label::same(&id)),
            id,
            at: self.id.at.clone(),
            unit: self.unit.value.clone(),
            direction: Direction::Risk,
            plausible: None,
            overlaps: Vec::new(),
            origin: origin?,
            steps,
        })
    }

    fn children(&self, recipes: &Recipes, problems: &mut Problems) -> Option<DraftAggregate> {
        if !self.of.is_written {
            problems.error(&self.site.at, message::made_of_nothing());
        }
        let each = recipes.steps(self.each.value.as_ref(), problems);
        let weights = &self.weights;
        for problem in weights.value.problems() {
            problems.error(&weights.at, problem);
        }
        Some(DraftAggregate {
            children: self.of.value.clone()?,
            of: self.of.at.clone(),
            each,
            weights: weights.value.clone(),
            rescale: self.rescale.value,
            combine: self.method.value.clone(),
            method: self.method.at.clone(),
            missing: self.missing.value,
        })
    }
}

/// How children are combined; a method without options may stand as a bare word.
pub(in crate::study) struct Method;

impl Shape for Method {
    type Value = Combine;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Combine> {
        Combine::read(item, problems)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let method = Combine::schema(generator);
        json_schema!({ "anyOf": [method, { "type": "string" }] })
    }
}

/// `{ child = weight, … }`, or a list of children with equal weights.
pub(super) struct Children;

impl Shape for Children {
    type Value = Vec<(Mention, f64)>;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self::Value> {
        if item.as_array().is_some() {
            let children = Mentions::read(item, problems)?;
            return not_empty(item, &children, problems)
                .then(|| children.into_iter().map(|child| (child, 1.0)).collect());
        }
        let entries = Entries::<Weight>::read(item, problems)?;
        let children: Vec<(Mention, f64)> = entries
            .into_iter()
            .filter_map(|child| Some((Mention { id: child.key, at: child.key_at }, child.value?)))
            .collect();
        if children.is_empty() {
            item.error(message::no_children(), problems);
        } else if children.iter().all(|(_, weight)| *weight == 0.0) {
            item.error(message::weights_zero(), problems);
        }
        Some(children)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let (listed, weighted) =
            (Mentions::schema(generator), Entries::<Weight>::schema(generator));
        json_schema!({ "anyOf": [weighted, listed] })
    }
}

shapes! {
    /// The weight of a child.
    Weight: f64 = weight, { "type": "number", "minimum": 0 };
    /// `[least, most]`.
    Bounds: [f64; 2] = range, {
        "type": "array",
        "items": { "type": "number" },
        "minItems": 2,
        "maxItems": 2
    };
    /// A list of node ids, each once.
    Mentions: Vec<Mention> = mentions, { "type": "array", "items": { "type": "string" } };
}

fn weight(item: &Item<'_>, problems: &mut Problems) -> Option<f64> {
    let number: f64 = item.read(problems)?;
    if !number.is_finite() || number < 0.0 {
        item.error(message::weight_below_zero(), problems);
    }
    Some(number)
}

fn range(item: &Item<'_>, problems: &mut Problems) -> Option<[f64; 2]> {
    let range: [f64; 2] = item.read(problems)?;
    if range[0] < range[1] {
        return Some(range);
    }
    item.error(message::range_backwards(), problems);
    None
}

fn mentions(item: &Item<'_>, problems: &mut Problems) -> Option<Vec<Mention>> {
    let mut list: Vec<Mention> = Vec::new();
    for mention in List::<Mention>::read(item, problems)? {
        if list.iter().any(|known| known.id == mention.id) {
            problems.error(&mention.at, file::twice_in_list(&mention.id));
        } else {
            list.push(mention);
        }
    }
    Some(list)
}
