//! `[[phase]]`: how many places, how much money, and the quotas of groups.

use std::collections::BTreeMap;

use schemars::{Schema, SchemaGenerator, json_schema};

use super::amounts::{Bounds, Lei, Shares, limits, shares};
use super::context::{ProgrammeContext, Use};
use crate::index::Formula;
use crate::language::{Label, Words};
use crate::message::study::file::kinds;
use crate::message::study::programme as message;
use crate::message::suggest;
use crate::selection::{Fill, Limit, Limits, Method, Phase, Quota, QuotaRule};
use crate::study::fields::Item;
use crate::study::problem::{Problems, Spot};
use crate::study::shape::{Element, Entry, List, Shape, Spanned};
use crate::study::table::table;
use crate::study::values::{SpannedFormula, Text, shapes};

table! {
    /// A phase.
    pub(super) struct PhaseTable as "`[[phase]]`" by "id" {
        /// Identifier, `I`.
        required id: Text,
        /// Places filled up to and including this phase; `all` for as many as there are eligible units. May be left out where there is a budget, or
        /// where it is taken from `extends`.
        optional upto: Upto,
        /// Money up to and including this phase, in lei, where it is less than the whole budget.
        optional limit: Lei,
        /// Whether places may stay empty; not given: only where there is a budget or unions.
        optional fill: Fill,
        /// Bounds on groups; they count everything selected up to and including this phase.
        optional quota: List<QuotaTable>,
    }
}

table! {
    /// Bounds on the groups of one classification: `min` and `max`, `exactly`, `share`, or
    /// `apportion`.
    pub(super) struct QuotaTable as "this quota", "această cotă" {
        /// Register column or measure of categories.
        required by: Text,
        /// Least places: for every group with a unit passing `where`, or by group (`*` is every other).
        optional min: Bounds,
        /// Most places.
        optional max: Bounds,
        /// Both at once.
        optional exactly: Bounds,
        /// Share of the places of each named group, by largest remainder; the rest is free.
        optional share: Shares,
        /// Method by which all places are shared out among the groups.
        optional apportion: Method,
        /// Formula of what counts as votes; the number of units passing `where` when absent.
        optional on: SpannedFormula,
        /// Why, as a sentence for people.
        optional because: Label,
    }
}

shapes! {
    /// A number of places, or `all`: no number.
    Upto: Places = upto, { "anyOf": [{ "type": "integer", "minimum": 0 }, { "const": "all" }] };
}

/// The places of a phase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Places {
    Number(u32),
    All,
}

impl Places {
    fn number(self) -> Option<u32> {
        if let Self::Number(places) = self { Some(places) } else { None }
    }
}

fn upto(item: &Item<'_>, problems: &mut Problems) -> Option<Places> {
    match item.as_str() {
        Some("all") => Some(Places::All),
        Some(text) => {
            item.error(message::no_upto(text), problems);
            None
        }
        None => item.read::<u32>(problems).map(Places::Number),
    }
}

impl Element for QuotaTable {
    const LIST: Words = kinds::QUOTAS;
}

impl Shape for Method {
    type Value = Self;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let name = Text::read(item, problems)?;
        let found = Self::named(&name);
        if found.is_none() {
            let hint = suggest(&name, Self::NAMES);
            item.error(message::unknown_apportionment(&name).advise(hint), problems);
        }
        found
    }

    fn schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "enum": Self::NAMES })
    }
}

/// The phases of a programme, and what counts as votes in their quotas.
#[derive(Default)]
pub(super) struct CheckedPhases {
    pub(super) phases: Vec<Phase>,
    /// In the order of their first mention.
    pub(super) votes: Vec<Formula>,
    /// Why quotas are as they are, by phase and classification.
    pub(super) because: BTreeMap<(String, String), Label>,
}

/// Checks the phases in their order. `has_budget`: a phase may do without a number of places.
pub(super) fn check(
    tables: &[PhaseTable],
    has_budget: bool,
    context: &ProgrammeContext<'_>,
    problems: &mut Problems,
) -> CheckedPhases {
    let mut checked = CheckedPhases::default();
    let mut before: Option<(Places, &str)> = None;
    for table in tables {
        let quota: Vec<Quota> = table
            .quota
            .value
            .iter()
            .flatten()
            .filter_map(|quota| quota.check(&mut checked.votes, context, problems))
            .collect();
        table.check_money(has_budget, problems);
        let Some(id) = &table.id.value else { continue };
        let reasons = table.quota.value.iter().flatten().filter_map(QuotaTable::reason);
        checked.because.extend(reasons.map(|(by, why)| ((id.clone(), by), why)));
        match (table.upto.value, before) {
            (Some(upto), Some((Places::Number(earlier), id))) if upto < Places::Number(earlier) => {
                problems.error(&table.upto.at, message::upto_below(id, earlier));
            }
            (Some(Places::Number(_)), Some((Places::All, id))) => {
                problems.error(&table.upto.at, message::upto_after_all(id));
            }
            _ => {}
        }
        before = table.upto.value.map(|upto| (upto, id.as_str())).or(before);
        checked.phases.push(Phase {
            id: id.clone(),
            upto: table.upto.value.and_then(Places::number),
            quota,
            limit: table.limit.value,
            fill: table.fill.value,
        });
    }
    checked
}

impl PhaseTable {
    fn check_money(&self, has_budget: bool, problems: &mut Problems) {
        if has_budget {
            return;
        }
        if !self.upto.is_written {
            self.site.missing("upto", problems);
        }
        if self.limit.value.is_some() {
            problems.error(&self.limit.at, message::limit_without_budget());
        }
    }
}

impl QuotaTable {
    fn reason(&self) -> Option<(String, Label)> {
        Some((self.by.value.clone()?, self.because.value.clone()?))
    }

    /// The quota; what counts as its votes is added to `votes`.
    fn check(
        &self,
        votes: &mut Vec<Formula>,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> Option<Quota> {
        let by = context.classification(&self.by, problems);
        let known = by.as_deref().unwrap_or_default();
        let mut bounds = |written: &Spanned<Option<Vec<Entry<Limit>>>>| {
            let entries = written.value.as_deref().unwrap_or_default();
            limits(entries, known, context, problems)
        };
        let (min, max) = (bounds(&self.min), bounds(&self.max));
        let exactly = bounds(&self.exactly);
        let share = self.share.value.as_ref();
        let share = share.map(|list| shares(list, (known, &self.share.at), context, problems));
        self.check_kind(problems);
        let on = self.on.value.as_ref().filter(|_| self.apportion.is_written);
        let on = on.and_then(|written| context.value(written, Use::OfSums, problems));
        let votes = on.map(|formula| {
            let name = formula.text().to_owned();
            if !votes.iter().any(|known| known.text() == name) {
                votes.push(formula);
            }
            name
        });
        let by = by?;
        crossed(&min, &max, &self.site.at, problems);
        let rule = match (self.apportion.value, share) {
            (Some(method), _) => QuotaRule::Apportioned { method, on: votes, min, max },
            (None, Some(shares)) => QuotaRule::Share(shares),
            (None, None) => QuotaRule::Bounds { min, max, exactly },
        };
        Some(Quota { by, rule })
    }

    /// Which keys go together.
    fn check_kind(&self, problems: &mut Problems) {
        let apportioned = self.apportion.is_written;
        let bounded = (self.min.is_written || self.max.is_written) && !apportioned;
        let kinds = [self.exactly.is_written, self.share.is_written, apportioned, bounded];
        let on_alone = self.on.is_written && !apportioned;
        let said = match kinds.into_iter().filter(|kind| *kind).count() {
            1 if !on_alone => return,
            0 if !on_alone => message::quota_of_nothing(),
            _ => message::quota_of_too_much(),
        };
        problems.error(&self.site.at, said);
    }
}

/// A minimum above the maximum of the same group.
fn crossed(min: &Limits, max: &Limits, at: &Spot, problems: &mut Problems) {
    let of =
        |limits: &Limits, group: &str| limits.named.get(group).or(limits.each.as_ref()).copied();
    let groups = min.named.keys().chain(max.named.keys()).map(String::as_str).chain([""]);
    for group in groups {
        if let (Some(Limit::Places(low)), Some(Limit::Places(high))) =
            (of(min, group), of(max, group))
            && low > high
        {
            let said = if group.is_empty() {
                message::crossed(low, high)
            } else {
                message::crossed_of_group(group, low, high)
            };
            problems.error(at, said);
            return;
        }
    }
}
