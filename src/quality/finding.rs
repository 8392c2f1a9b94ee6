//! Rules of the quality checks, and their findings: what one of them saw, and where.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::{Message, Place};
use crate::language::{Language, Words};

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The result cannot be relied on until somebody looks; exit code 1.
    Error,
    /// Somebody should look: a repair, a doubt, a loss.
    Warning,
    /// For the record: what was read, dropped by rule or chosen.
    Note,
}

impl Severity {
    /// The word printed in front of a finding.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A rule of the quality checks. All of them stand in `message`.
#[derive(Debug)]
pub(crate) struct Rule {
    /// Stable kebab-case id; `[[accept]]` names it.
    pub id: &'static str,
    /// Weight of its findings.
    pub severity: Severity,
    /// What it means, in a sentence an analyst understands.
    pub meaning: Words,
}

/// One rule that spoke, about one thing, with every place where it was seen.
///
/// A drop of 41 county rows is one finding with 41 places, so that people read one sentence and
/// `findings.csv` still lists every cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Stable kebab-case id of the rule, as `[[accept]]` names it.
    pub rule: &'static str,
    /// Weight; a rule's own unless a caller lowers or raises it.
    pub severity: Severity,
    /// The id of the source or node it is about.
    pub subject: String,
    /// What is wrong, lower case, no full stop.
    pub message: Message,
    /// What to do about it.
    pub hint: Option<Message>,
    /// Every place where it was seen, in reading order; empty when it has none.
    pub places: Vec<Place>,
    /// The code of the unit it is about, where it is about one.
    pub unit: Option<String>,
    /// Codes of all units it is about, in register order, where it is about several.
    pub units: Vec<String>,
    /// Why somebody accepted all of it (`[[accept]]` of the study).
    pub accepted: Option<String>,
    /// Why somebody accepted some of the things it speaks of, by their positions.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) accepted_things: BTreeMap<usize, String>,
}

/// One thing that a finding speaks of, a row of `findings.csv`: a place, a unit, or the finding itself
/// where it names neither.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Thing<'f> {
    /// The code of the unit.
    pub(crate) unit: Option<&'f str>,
    /// Where it was seen.
    pub(crate) place: Option<&'f Place>,
    /// Why somebody accepted it.
    pub(crate) accepted: Option<&'f str>,
}

impl<'f> Thing<'f> {
    /// Whether nobody accepted it.
    pub(crate) fn is_open(&self) -> bool {
        self.accepted.is_none()
    }

    /// The text that stands there.
    pub(crate) fn text(&self) -> Option<&'f str> {
        let text = self.place?.text.as_deref()?.trim();
        (!text.is_empty()).then_some(text)
    }
}

impl Finding {
    /// The same with what is said in one language only, as machines read it.
    #[must_use]
    pub fn only(mut self, language: Language) -> Self {
        self.message = self.message.only(language);
        self.hint = self.hint.map(|hint| hint.only(language));
        self
    }

    /// A finding of `rule` about `subject` (a source id, a node id, a file).
    pub(crate) fn new(rule: &Rule, subject: impl Into<String>, message: Message) -> Self {
        Self {
            rule: rule.id,
            severity: rule.severity,
            subject: subject.into(),
            message,
            hint: None,
            places: Vec::new(),
            unit: None,
            units: Vec::new(),
            accepted: None,
            accepted_things: BTreeMap::new(),
        }
    }

    /// What it speaks of: its places, those of its units that none of them names, or itself. How many
    /// there are is what `count` of an `[[accept]]` counts.
    pub(crate) fn things(&self) -> impl Iterator<Item = Thing<'_>> {
        let unit = self.unit.as_deref();
        let places = self.places.iter();
        let places = places.map(move |place| (place.unit.as_deref().or(unit), Some(place)));
        let seen: BTreeSet<&str> =
            self.places.iter().filter_map(|place| place.unit.as_deref()).collect();
        let units = self.units.iter().map(String::as_str).filter(move |unit| !seen.contains(unit));
        let units = units.map(|unit| (Some(unit), None));
        let itself = self.places.is_empty() && self.units.is_empty();
        let all = places.chain(units).chain(itself.then_some((unit, None)));
        all.enumerate().map(|(at, (unit, place))| Thing {
            unit,
            place,
            accepted: self.accepted_things.get(&at).map(String::as_str),
        })
    }

    /// The places that nobody accepted.
    pub(crate) fn open_places(&self) -> impl Iterator<Item = &Place> {
        self.things().filter(Thing::is_open).filter_map(|thing| thing.place)
    }

    /// Why it was accepted; of one that is accepted in part, how much of it was: `1/3: a footnote`.
    pub(crate) fn acceptance(&self) -> Option<String> {
        match (&self.accepted, self.accepted_things.len()) {
            (Some(reason), _) => Some(reason.clone()),
            (None, 0) => None,
            (None, some) => Some(format!("{some}/{}: {}", self.things().count(), self.reasons())),
        }
    }

    /// The reasons for which things of it were accepted, each once.
    pub(super) fn reasons(&self) -> String {
        let reasons: BTreeSet<&str> = self.accepted_things.values().map(String::as_str).collect();
        Vec::from_iter(reasons).join("; ")
    }

    /// The same finding with advice.
    #[must_use]
    pub(crate) fn hint(mut self, hint: Message) -> Self {
        self.hint = Some(hint);
        self
    }

    /// What is wrong, in `language`.
    pub(crate) fn message_in(&self, language: Language) -> &str {
        self.message.text(language)
    }

    /// What to do about it, in `language`.
    pub(crate) fn hint_in(&self, language: Language) -> Option<&str> {
        self.hint.as_ref().map(|hint| hint.text(language))
    }

    /// The same finding with one more place.
    #[must_use]
    pub(crate) fn at(mut self, place: Place) -> Self {
        self.places.push(place);
        self
    }

    /// The same finding with more places.
    #[must_use]
    pub(crate) fn places(mut self, places: impl IntoIterator<Item = Place>) -> Self {
        self.places.extend(places);
        self
    }

    /// The same finding, about one unit.
    #[must_use]
    pub(crate) fn unit(mut self, code: impl Into<String>) -> Self {
        self.unit = Some(code.into());
        self
    }

    /// The same finding, about several units by their codes.
    #[must_use]
    pub(crate) fn units(mut self, codes: impl IntoIterator<Item = String>) -> Self {
        self.units.extend(codes);
        self
    }

    /// The same finding with every text of it in other words, in both languages: message,
    /// advice, what stands in its places.
    #[must_use]
    pub(crate) fn reworded(mut self, reword: impl Fn(&str) -> String) -> Self {
        let reworded = |text: &Message| Message { en: reword(&text.en), ro: reword(&text.ro) };
        self.hint = self.hint.as_ref().map(&reworded);
        self.message = reworded(&self.message);
        for text in self.places.iter_mut().filter_map(|place| place.text.as_mut()) {
            *text = reword(text);
        }
        self
    }

    /// The same finding about those of its units of which `is_here` holds, and about what is of no
    /// unit; `None` where it is about others alone. Its words stay: they may count and name all.
    pub(crate) fn of_units(&self, is_here: &dyn Fn(&str) -> bool) -> Option<Self> {
        let kept: Vec<Thing<'_>> =
            self.things().filter(|thing| thing.unit.is_none_or(is_here)).collect();
        if kept.is_empty() {
            return None;
        }
        let accepted = kept.iter().enumerate();
        let accepted = accepted.filter_map(|(at, thing)| Some((at, thing.accepted?.to_owned())));
        let units = self.units.iter().filter(|unit| is_here(unit));
        let mut own = Self {
            places: kept.iter().filter_map(|thing| thing.place.cloned()).collect(),
            units: units.cloned().collect(),
            accepted_things: accepted.collect(),
            ..self.clone()
        };
        own.settle();
        Some(own)
    }

    /// The same finding at another weight.
    #[must_use]
    pub(crate) fn weighing(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}

/// All findings of a run, in the order in which the pipeline made them.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    pub(super) list: Vec<Finding>,
}

impl FromIterator<Finding> for Findings {
    fn from_iter<T: IntoIterator<Item = Finding>>(findings: T) -> Self {
        Self { list: findings.into_iter().collect() }
    }
}

impl Findings {
    /// Adds one.
    pub(crate) fn push(&mut self, finding: Finding) {
        self.list.push(finding);
    }

    /// Adds all of another collection, behind our own.
    pub(crate) fn extend(&mut self, other: Self) {
        self.list.extend(other.list);
    }

    /// In the order in which they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter()
    }

    /// Whether nothing was found.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// How many of `severity` nobody accepted.
    pub fn count(&self, severity: Severity) -> usize {
        self.list.iter().filter(|f| f.severity == severity && f.accepted.is_none()).count()
    }

    /// Whether one of `rule` was found.
    #[cfg(test)]
    pub(crate) fn has(&self, rule: &Rule) -> bool {
        self.list.iter().any(|f| f.rule == rule.id)
    }

    /// Puts the findings into the order of reports: errors first, then by subject, rule and place.
    pub(crate) fn sort(&mut self) {
        self.list.sort_by(|a, b| {
            (a.severity, &a.subject, a.rule, &a.places, &a.unit, &a.message)
                .cmp(&(b.severity, &b.subject, b.rule, &b.places, &b.unit, &b.message))
        });
    }
}
