//! Alternatives by name, of which exactly one is what the methodology declares.

use std::marker::PhantomData;

use schemars::{Schema, SchemaGenerator, json_schema};

use super::ground::Refused;
use crate::message::study::file::{self, kinds};
use crate::message::study::robustness as message;
use crate::message::{meant, suggest};
use crate::robustness::plan::{Alternative, Choice};
use crate::study::fields::Item;
use crate::study::methodology::StepText;
use crate::study::problem::{Problems, Spot};
use crate::study::shape::{Entry, List, Shape, Spanned};
use crate::study::values::{SpannedFormula, Text};

/// The word for what the methodology declares.
const AS_IS: &str = "as-is";
/// The word for no step at all.
const LEFT_OUT: &str = "left-out";

/// Alternatives by name: a table, or a list of texts that name themselves.
pub(super) struct Among<S>(PhantomData<S>);

/// An alternative as the file writes it.
#[derive(Clone, Debug)]
pub(super) struct Written<T> {
    /// Its name.
    pub(super) name: String,
    /// Where it stands.
    pub(super) at: Spot,
    /// What it is; nothing when it was refused.
    pub(super) what: Option<Proposal<T>>,
}

/// What an alternative is.
#[derive(Clone, Debug)]
pub(super) enum Proposal<T> {
    /// What the methodology declares.
    AsIs,
    /// Something, perhaps the same.
    Other(T),
}

impl<S: Shape> Among<S> {
    fn written(
        name: &str,
        at: Spot,
        item: &Item<'_>,
        problems: &mut Problems,
    ) -> Written<S::Value> {
        let what = match item.as_str() {
            Some(AS_IS) => Some(Proposal::AsIs),
            _ => S::read(item, problems).map(Proposal::Other),
        };
        if name.trim().is_empty() {
            problems.error(&at, message::alternative_without_name());
        }
        Written { name: name.to_owned(), at, what }
    }

    fn listed(items: Vec<Item<'_>>, problems: &mut Problems) -> Vec<Written<S::Value>> {
        let mut all: Vec<Written<S::Value>> = Vec::new();
        for item in items {
            let Some(name) = item.as_str() else {
                item.expected(kinds::TEXT, problems);
                continue;
            };
            if all.iter().any(|known| known.name == name) {
                item.error(file::twice_in_list(name), problems);
            } else {
                all.push(Self::written(name, item.at(), &item, problems));
            }
        }
        all
    }
}

impl<S: Shape> Shape for Among<S> {
    type Value = Vec<Written<S::Value>>;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self::Value> {
        if let Some(items) = item.as_array() {
            return Some(Self::listed(items, problems));
        }
        if item.get().as_table().is_none() {
            item.expected(kinds::ALTERNATIVES, problems);
            return None;
        }
        let mut table = item.table(&kinds::THIS_TABLE.into(), problems)?;
        let entries = table.rest().into_iter();
        Some(entries.map(|(name, at, item)| Self::written(name, at, &item, problems)).collect())
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let value = S::schema(generator);
        json_schema!({ "anyOf": [
            { "type": "object", "additionalProperties": {
                "anyOf": [{ "type": "string", "enum": [AS_IS] }, value]
            } },
            { "type": "array", "items": { "type": "string" } }
        ] })
    }
}

/// How often each alternative is drawn, as the file writes it.
pub(super) type Odds = Spanned<Option<Vec<Entry<u32>>>>;

/// The alternatives of a doubt, where there are two that can be drawn and one is the declared one.
/// `other` answers what an alternative is, or nothing where it is what the methodology declares.
pub(super) fn choice<W, T>(
    among: &Spanned<Option<Vec<Written<W>>>>,
    odds: &Odds,
    mut other: impl FnMut(&Written<W>, &W, &mut Problems) -> Result<Option<T>, Refused>,
    problems: &mut Problems,
) -> Result<Choice<T>, Refused> {
    let written = among.value.as_ref().ok_or(Refused::Reported)?;
    let odds = odds_of(written, odds, problems)?;
    let mut alternatives = Vec::new();
    for one in written {
        let other = match one.what.as_ref().ok_or(Refused::Reported)? {
            Proposal::AsIs => None,
            Proposal::Other(what) => other(one, what, problems)?,
        };
        let odds = odds.iter().find(|(name, _)| *name == one.name).map_or(1, |(_, odds)| *odds);
        alternatives.push(Alternative { name: one.name.clone(), odds, other });
    }
    let mut declared = written.iter().zip(&alternatives).filter(|(_, it)| it.other.is_none());
    let first = declared.next();
    if let Some((second, _)) = declared.next() {
        problems.error(&second.at, message::declared_twice());
        return Err(Refused::Reported);
    }
    if alternatives.iter().filter(|it| it.odds > 0).count() < 2 {
        problems.error(&among.at, message::no_second_alternative());
        return Err(Refused::Reported);
    }
    if first.is_none() {
        return Err(Refused::Idle(among.at.clone(), message::nothing_declared()));
    }
    Ok(Choice { alternatives })
}

/// The odds by the names of alternatives; where they are written, every alternative has some.
fn odds_of<W>(
    written: &[Written<W>],
    odds: &Odds,
    problems: &mut Problems,
) -> Result<Vec<(String, u32)>, Refused> {
    let Some(entries) = &odds.value else {
        return if odds.is_refused { Err(Refused::Reported) } else { Ok(Vec::new()) };
    };
    let names: Vec<&str> = written.iter().map(|one| one.name.as_str()).collect();
    let of_nobody = |entry: &&Entry<u32>| !names.contains(&entry.key.as_str());
    let mut is_known = true;
    for entry in entries.iter().filter(of_nobody) {
        let free = names.iter().filter(|name| entries.iter().all(|known| known.key != **name));
        let hint = meant(&entry.key, free.copied());
        let hint = hint.or_else(|| suggest(&entry.key, names.iter().copied()));
        problems.error(&entry.key_at, message::odds_of_nobody(&entry.key).advise(hint));
        is_known = false;
    }
    let missing = names.iter().find(|name| entries.iter().all(|entry| entry.key != **name));
    if !is_known {
        return Err(Refused::Reported);
    }
    if let Some(name) = missing {
        problems.error(&odds.at, message::odds_missing(name));
        return Err(Refused::Reported);
    }
    let of = |entry: &Entry<u32>| Some((entry.key.clone(), entry.value?));
    entries.iter().map(of).collect::<Option<_>>().ok_or(Refused::Reported)
}

/// What stands in place of steps, as the file writes it.
#[derive(Clone, Debug)]
pub(super) enum OtherSteps {
    /// No step.
    LeftOut,
    /// Steps.
    Steps(Vec<StepText>),
}

impl Shape for OtherSteps {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        if item.as_str() == Some(LEFT_OUT) {
            return Some(Self::LeftOut);
        }
        if item.as_array().is_some() {
            return List::<StepText>::read(item, problems).map(Self::Steps);
        }
        if item.as_str().is_none() && item.get().as_table().is_none() {
            item.expected(kinds::OTHER_STEPS, problems);
            return None;
        }
        StepText::read(item, problems).map(|step| Self::Steps(vec![step]))
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let (step, steps) = (StepText::schema(generator), List::<StepText>::schema(generator));
        json_schema!({ "anyOf": [step, steps] })
    }
}

/// A condition on the units that set bounds and ranks; none where it is empty: all of them.
pub(super) struct OtherUnits;

impl Shape for OtherUnits {
    type Value = Option<SpannedFormula>;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self::Value> {
        if item.as_str().is_some_and(|text| text.trim().is_empty()) {
            return Some(None);
        }
        SpannedFormula::read(item, problems).map(Some)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        Text::schema(generator)
    }
}
