//! Lists of steps: named operations with parameters, and recipes that stand for several.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;
use toml::de::{DeTable, DeValue, ValueDeserializer};

use super::super::fields::{Fields, Item};
use super::super::problem::{Problems, Spot};
use super::super::spelling;
use crate::index::steps::Step;

/// More steps than a list can sensibly have; recipes inside recipes multiply.
const MOST: usize = 200;

/// A step and where the methodology declares it.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PlacedStep {
    pub(super) step: Step,
    pub(super) at: Spot,
}

/// The named step lists of a methodology.
#[derive(Clone, Debug, Default)]
pub(super) struct Recipes<'t> {
    lists: BTreeMap<&'t str, Item<'t>>,
}

impl<'t> Recipes<'t> {
    /// The recipes of `[recipe]`, each checked once even if nothing uses it.
    pub(super) fn read(table: Option<Fields<'t>>, problems: &mut Problems) -> Self {
        let mut recipes = Self::default();
        for (name, _, item) in table.map(|mut table| table.rest()).unwrap_or_default() {
            recipes.lists.insert(name, item);
        }
        for (name, item) in &recipes.lists {
            recipes.expand(item, &mut vec![name], problems);
        }
        recipes
    }

    /// The steps of a list, with recipes put in their place.
    pub(super) fn steps(&self, item: &Item<'t>, problems: &mut Problems) -> Vec<PlacedStep> {
        self.expand(item, &mut Vec::new(), problems)
    }

    fn expand(
        &self,
        item: &Item<'t>,
        inside: &mut Vec<&'t str>,
        problems: &mut Problems,
    ) -> Vec<PlacedStep> {
        let Some(items) = item.as_array() else {
            item.expected("a list of steps", problems);
            return Vec::new();
        };
        let mut steps = Vec::new();
        for each in items {
            match each.get() {
                DeValue::String(word) => match self.lists.get_key_value(word.as_ref()) {
                    Some((name, _)) if inside.contains(name) => {
                        let mut way = inside.clone();
                        way.push(name);
                        let message = format!("recipes use each other: {}", way.join(" -> "));
                        each.error(message, None, problems);
                    }
                    Some((name, list)) => {
                        inside.push(name);
                        steps.extend(self.expand(list, inside, problems));
                        inside.pop();
                    }
                    None => steps.extend(self.plain(word, &each, problems)),
                },
                DeValue::Table(table) => steps.extend(step(table, &each, problems)),
                _ => each.expected("a step or the name of a recipe", problems),
            }
            if steps.len() > MOST {
                each.error(format!("this list has more than {MOST} steps"), None, problems);
                return steps;
            }
        }
        steps
    }

    /// A step written as a bare word: one without parameters, or with none that must be given.
    fn plain(&self, word: &str, item: &Item<'_>, problems: &mut Problems) -> Option<PlacedStep> {
        let word_alone = read(item.value.clone());
        let error = match word_alone.or_else(|_| read(with_empty_table(word, item.at().span))) {
            Ok(step) => return Some(placed(step, item, problems)),
            Err(error) => error,
        };
        if error.message().starts_with("unknown variant") {
            let quoted = error.message().split('`').skip(1).step_by(2).skip(1);
            let known: Vec<&str> = self.lists.keys().copied().chain(quoted).collect();
            let hint = spelling::suggest(word, known.iter().copied());
            item.error(format!("unknown step or recipe `{word}`"), hint, problems);
        } else {
            let (message, hint) = spelling::reword(error.message());
            item.error(format!("the step `{word}`: {message}"), hint, problems);
        }
        None
    }
}

/// A step written as `{ name = { … } }`.
fn step(table: &DeTable<'_>, item: &Item<'_>, problems: &mut Problems) -> Option<PlacedStep> {
    let mut names = table.iter();
    let (Some((name, value)), None) = (names.next(), names.next()) else {
        let hint = "write each step in braces of its own: `{ winsorise = { max = 5 } }, …`";
        item.error("a step has one name", Some(hint.to_owned()), problems);
        return None;
    };
    let error = match read(item.value.clone()) {
        Ok(step) => return Some(placed(step, item, problems)),
        Err(error) => error,
    };
    let no_parameters = value.get_ref().as_table().is_some_and(DeTable::is_empty);
    let word = Spanned::new(name.span(), DeValue::String(name.get_ref().clone()));
    if no_parameters && let Ok(step) = read(word) {
        return Some(placed(step, item, problems));
    }
    let (message, hint) = spelling::reword(error.message());
    let unknown = error.message().starts_with("unknown variant");
    let whole = item.value.span();
    let span = match error.span().filter(|span| !span.is_empty() && *span != whole) {
        _ if unknown => name.span(),
        Some(span) => span,
        None => value.span(),
    };
    let message = if unknown {
        format!("unknown step `{}`", name.get_ref())
    } else {
        format!("the step `{}`: {message}", name.get_ref())
    };
    problems.error(&Spot { file: item.file, span }, message, hint);
    None
}

/// A step that was read, with what its parameters get wrong.
fn placed(step: Step, item: &Item<'_>, problems: &mut Problems) -> PlacedStep {
    for problem in step.problems() {
        item.error(format!("the step `{}`: {problem}", step.name()), None, problems);
    }
    PlacedStep { step, at: item.at() }
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
