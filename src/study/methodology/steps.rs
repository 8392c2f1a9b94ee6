//! Lists of steps: named operations with parameters, and recipes that stand for several.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::Range;

use schemars::{Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use crate::index::method::RecipeUse;
use crate::index::steps::Step;
use crate::language::Words;
use crate::message::study::file::kinds;
use crate::message::study::{library, methodology as message};
use crate::message::suggest;
use crate::study::fields::Item;
use crate::study::problem::{Problems, Spot};
use crate::study::shape::{Element, Entry, Shape};

/// More steps than a list can sensibly have; recipes inside recipes multiply.
const MOST: usize = 200;

/// A step and where the methodology declares it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::study) struct PlacedStep {
    pub(in crate::study) step: Step,
    pub(in crate::study) at: Spot,
}

/// A list of steps with recipes put in their place.
#[derive(Clone, Debug, Default)]
pub(in crate::study) struct StepList {
    /// The steps.
    pub(in crate::study) placed: Vec<PlacedStep>,
    /// The recipes that stand in it, each before those that it names itself.
    pub(in crate::study) recipes: Vec<RecipeUse>,
}

impl StepList {
    /// The steps without their places.
    pub(in crate::study) fn steps(&self) -> Vec<Step> {
        self.placed.iter().map(|placed| placed.step.clone()).collect()
    }

    /// Adds the steps that a recipe stands for.
    fn take_in(&mut self, recipe: &str, inner: Self) {
        let start = self.placed.len();
        let whole = start..start + inner.placed.len();
        self.recipes.push(RecipeUse { recipe: recipe.to_owned(), steps: whole });
        self.recipes.extend(inner.recipes.into_iter().map(|RecipeUse { recipe, steps }| {
            RecipeUse { recipe, steps: steps.start + start..steps.end + start }
        }));
        self.placed.extend(inner.placed);
    }
}

/// An element of a list of steps: a step with parameters, or the name of a recipe or of a step that
/// needs none.
#[derive(Clone, Debug)]
pub(in crate::study) enum StepText {
    Name(String, Spot),
    Step(PlacedStep),
}

impl Shape for StepText {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        match item.get() {
            DeValue::String(word) => Some(Self::Name(word.clone().into_owned(), item.at())),
            DeValue::Table(table) => step(table, item, problems).map(Self::Step),
            _ => {
                item.expected(kinds::STEP, problems);
                None
            }
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let step = Step::schema(generator);
        json_schema!({ "anyOf": [{ "type": "string" }, step] })
    }
}

impl Element for StepText {
    const LIST: Words = kinds::STEPS;
}

/// The named step lists of a methodology.
#[derive(Clone, Debug, Default)]
pub(in crate::study) struct Recipes {
    lists: BTreeMap<String, Vec<StepText>>,
    /// Where those stand that no list of steps has named so far.
    unused: RefCell<BTreeMap<String, Spot>>,
}

impl Recipes {
    /// The recipes of `[recipe]`, each checked once even if nothing uses it.
    pub(super) fn new(entries: Vec<Entry<Vec<StepText>>>, problems: &mut Problems) -> Self {
        let places =
            entries.iter().map(|entry| (entry.key.clone(), entry.key_at.clone())).collect();
        let list = |entry: Entry<Vec<StepText>>| (entry.key, entry.value.unwrap_or_default());
        let recipes =
            Self { lists: entries.into_iter().map(list).collect(), unused: RefCell::default() };
        for (name, list) in &recipes.lists {
            recipes.expand(list, &mut vec![name], problems);
        }
        recipes.unused.replace(places);
        recipes
    }

    /// Notes the recipes of a file that no list of steps names; what a file inherits is not its own.
    pub(super) fn note_unused(&self, file: usize, problems: &mut Problems) {
        for (name, at) in self.unused.borrow().iter().filter(|(_, at)| at.file == file) {
            problems.note(at, message::unused_recipe(name));
        }
    }

    /// The steps of a list, with recipes put in their place.
    pub(in crate::study) fn steps(
        &self,
        list: Option<&Vec<StepText>>,
        problems: &mut Problems,
    ) -> StepList {
        list.map(|list| self.expand(list, &mut Vec::new(), problems)).unwrap_or_default()
    }

    fn expand<'r>(
        &'r self,
        list: &[StepText],
        inside: &mut Vec<&'r str>,
        problems: &mut Problems,
    ) -> StepList {
        let mut steps = StepList::default();
        for each in list {
            let at = match each {
                StepText::Step(placed) => {
                    steps.placed.push(placed.clone());
                    &placed.at
                }
                StepText::Name(word, at) => {
                    match self.lists.get_key_value(word) {
                        Some((name, _)) if inside.contains(&name.as_str()) => {
                            let mut way = inside.clone();
                            way.push(name);
                            problems.error(at, message::cycle_of_recipes(&way.join(" -> ")));
                        }
                        Some((name, list)) => {
                            self.unused.borrow_mut().remove(name);
                            inside.push(name);
                            steps.take_in(name, self.expand(list, inside, problems));
                            inside.pop();
                        }
                        None => steps.placed.extend(self.plain(word, at, problems)),
                    }
                    at
                }
            };
            if steps.placed.len() > MOST {
                problems.error(at, message::too_many_steps(MOST));
                return steps;
            }
        }
        steps
    }

    /// A step written as a bare word: one without parameters, or with none that must be given.
    fn plain(&self, word: &str, at: &Spot, problems: &mut Problems) -> Option<PlacedStep> {
        let alone = Spanned::new(at.span.clone(), DeValue::String(word.to_owned().into()));
        let error = match read(alone).or_else(|_| read(with_empty_table(word, at.span.clone()))) {
            Ok(step) => return Some(placed(step, at.clone(), problems)),
            Err(error) => error,
        };
        if error.message().starts_with("unknown variant") {
            let quoted = error.message().split('`').skip(1).step_by(2).skip(1);
            let known: Vec<&str> = self.lists.keys().map(String::as_str).chain(quoted).collect();
            let hint = suggest(word, known.iter().copied());
            problems.error(at, message::unknown_step_or_recipe(word).advise(hint));
        } else {
            let said = library::refused_value(error.message());
            problems.error(at, message::of_step(word, &said.message).advise(said.hint));
        }
        None
    }
}

/// A step written as `{ name = { … } }`.
fn step(table: &DeTable<'_>, item: &Item<'_>, problems: &mut Problems) -> Option<PlacedStep> {
    let mut names = table.iter();
    let (Some((name, value)), None) = (names.next(), names.next()) else {
        item.error(message::one_step(), problems);
        return None;
    };
    let error = match read(item.value.clone()) {
        Ok(step) => return Some(placed(step, item.at(), problems)),
        Err(error) => error,
    };
    let no_parameters = value.get_ref().as_table().is_some_and(DeTable::is_empty);
    let word = Spanned::new(name.span(), DeValue::String(name.get_ref().clone()));
    if no_parameters && let Ok(step) = read(word) {
        return Some(placed(step, item.at(), problems));
    }
    let said = library::refused_value(error.message());
    let unknown = error.message().starts_with("unknown variant");
    let whole = item.value.span();
    let span = match error.span().filter(|span| !span.is_empty() && *span != whole) {
        _ if unknown => name.span(),
        Some(span) => span,
        None => value.span(),
    };
    let message = if unknown {
        message::unknown_step(name.get_ref())
    } else {
        message::of_step(name.get_ref(), &said.message)
    };
    problems.error(&Spot { file: item.file, span }, message.advise(said.hint));
    None
}

/// A step that was read, with what its parameters get wrong.
fn placed(step: Step, at: Spot, problems: &mut Problems) -> PlacedStep {
    for problem in step.problems() {
        problems.error(&at, message::of_step(step.name(), &problem));
    }
    PlacedStep { step, at }
}

fn read(value: Spanned<DeValue<'_>>) -> Result<Step, toml::de::Error> {
    Step::deserialize(ValueDeserializer::from(value))
}

fn with_empty_table(word: &str, span: Range<usize>) -> Spanned<DeValue<'static>> {
    let mut table = DeTable::new();
    let key = Spanned::new(span.clone(), word.to_owned().into());
    table.insert(key, Spanned::new(span.clone(), DeValue::Table(DeTable::new())));
    Spanned::new(span, DeValue::Table(table))
}
