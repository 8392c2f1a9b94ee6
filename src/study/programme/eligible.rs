//! `[eligible]`: who may be chosen, by a condition and by who is locked out or in.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};

use super::context::{ProgrammeContext, Use};
use crate::index::Formula;
use crate::language::Label;
use crate::message::study::file::kinds;
use crate::message::study::programme as message;
use crate::quality::Message;
use crate::selection::{self, Lock, Unscored};
use crate::study::ListKind;
use crate::study::expression::{self, Kind};
use crate::study::fields::{Fields, Item};
use crate::study::problem::{Problems, Spot};
use crate::study::shape::{Shape, Spanned, Table};
use crate::study::table::table;
use crate::study::values::{FileId, SpannedFormula, Text, TextOrNumber};

table! {
    /// Who may be chosen.
    pub(super) struct EligibleTable as "`[eligible]`" {
        /// Condition over register columns, measures and nodes; everybody when absent.
        optional r#where: SpannedFormula,
        /// What `where` asks for, in words for people: one text, or one for each of the conditions that
        /// `where` joins by AND, in their order. Left out where a file replaces `where` of the one that
        /// it extends, the words for that one are left out too.
        optional because: Reasons,
        /// How many of the named tests a unit must pass; `all` when absent.
        optional tests: TestRule = TestRule::All,
        /// Locked out, each with a reason.
        optional exclude: Locks,
        /// Locked in, each with a reason; they take places.
        optional include: Locks,
        /// What happens to an eligible unit without a score; `stop` when absent.
        optional unscored: UnscoredText,
    }
}

/// How many of the named tests a unit must pass.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum TestRule {
    /// One of them is enough.
    Any,
    /// Every one.
    #[default]
    All,
}

table! {
    /// A named test, one of those that decide who is eligible beside `where`; each unit shows which it
    /// passed.
    pub(super) struct TestTable as "`[[test]]`" by "id" {
        /// Identifier.
        required id: FileId,
        /// Condition over register columns, measures and nodes.
        required r#where: SpannedFormula,
        /// What it asks for, in words for people.
        required because: Label,
    }
}

/// A named test, checked.
#[derive(Clone, Debug)]
pub(crate) struct NamedTest {
    pub(crate) id: String,
    pub(crate) condition: Formula,
    /// What it asks for.
    pub(crate) because: Label,
}

/// The named tests, and how many of them a unit must pass.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tests {
    pub(crate) rule: TestRule,
    pub(crate) named: Vec<NamedTest>,
}

impl CheckedEligible {
    /// The same with named tests.
    pub(super) fn with_tests(mut self, tests: Vec<NamedTest>) -> Self {
        let said = tests.iter().map(|it| (it.condition.text().to_owned(), it.because.clone()));
        self.because.extend(said);
        self.tests.named = tests;
        self
    }
}

impl TestTable {
    pub(super) fn check(
        &self,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> Option<NamedTest> {
        let condition = context.condition(self.r#where.value.as_ref()?, problems);
        if self.because.at.is_below(&self.r#where.at) {
            problems.error(&self.r#where.at, message::because_of_another());
        }
        let (id, because) = (self.id.value.clone()?, self.because.value.clone()?);
        Some(NamedTest { id, condition: condition?, because })
    }
}

table! {
    /// Units by code, or the list of a source.
    pub(super) struct LockTable as "this entry", "această intrare" {
        /// A `[[source]]` with `layout = "units"`.
        optional source: Text,
        /// A code of the register, or several.
        optional code: Codes,
        /// Why; a list may have a column of reasons instead.
        optional reason: Text,
    }
}

/// `[eligible]`, checked.
#[derive(Default)]
pub(super) struct CheckedEligible {
    pub(super) conditions: Vec<Formula>,
    pub(super) tests: Tests,
    /// What conditions and tests ask for, by their text.
    pub(super) because: BTreeMap<String, Label>,
    pub(super) rules: selection::Eligible,
    pub(super) exclude: Vec<ListUse>,
    pub(super) include: Vec<ListUse>,
}

/// A list of units that a rule uses.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ListUse {
    /// The source.
    pub(crate) source: String,
    /// Why, for all of its units; the list's own column of reasons otherwise.
    pub(crate) reason: Option<String>,
}

impl EligibleTable {
    pub(super) fn check(
        &self,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) -> CheckedEligible {
        let written = self.r#where.value.as_ref();
        let conditions = written.map(|written| conditions(written, context, problems));
        let (out, exclude) = locks("exclude", &self.exclude, context, problems);
        let (inside, include) = locks("include", &self.include, context, problems);
        let unscored = self.unscored.value.clone().unwrap_or_default();
        let rules = selection::Eligible { exclude: out, include: inside, unscored };
        let conditions = conditions.unwrap_or_default();
        let because = self.because(&conditions, problems);
        let tests = Tests { rule: self.tests.value, named: Vec::new() };
        CheckedEligible { conditions, tests, because, rules, exclude, include }
    }

    /// What each condition asks for, by its text.
    fn because(&self, conditions: &[Formula], problems: &mut Problems) -> BTreeMap<String, Label> {
        let Some(said) = &self.because.value else { return BTreeMap::new() };
        if self.because.at.is_below(&self.r#where.at) {
            return BTreeMap::new();
        }
        if said.len() != 1 && said.len() != conditions.len() {
            problems
                .error(&self.because.at, message::because_of_each(said.len(), conditions.len()));
        }
        let said = said.iter().cycle();
        let texts = conditions.iter().map(|condition| condition.text().to_owned());
        texts.zip(said.cloned()).collect()
    }
}

/// One text for all conditions, or a list with one for each.
pub(super) struct Reasons;

impl Shape for Reasons {
    type Value = Vec<Label>;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Vec<Label>> {
        let items = item.as_array().unwrap_or_else(|| vec![*item]);
        Some(items.iter().filter_map(|each| Label::read(each, problems)).collect())
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let text = Label::schema(generator);
        json_schema!({ "anyOf": [text, { "type": "array", "items": text, "minItems": 1 }] })
    }
}

/// Each condition on its own, so that a unit that fails can be told which.
fn conditions(
    written: &SpannedFormula,
    context: &ProgrammeContext<'_>,
    problems: &mut Problems,
) -> Vec<Formula> {
    let Some(whole) = context.condition(written, problems) else { return Vec::new() };
    let parts: Result<Vec<Formula>, _> = expression::conjuncts(&written.text)
        .iter()
        .map(|part| context.compile(part, Kind::Condition, Use::ByUnit))
        .collect();
    // a part that uses no column cannot stand alone
    parts.unwrap_or_else(|_| vec![whole])
}

/// The units locked by code, and the lists that lock more.
fn locks(
    key: &str,
    written: &Spanned<Option<Vec<LockTable>>>,
    context: &ProgrammeContext<'_>,
    problems: &mut Problems,
) -> (Vec<Lock>, Vec<ListUse>) {
    let (mut locks, mut lists): (Vec<Lock>, Vec<ListUse>) = (Vec::new(), Vec::new());
    for lock in written.value.iter().flatten() {
        if !lock.source.is_written && !lock.reason.is_written {
            lock.site.missing("reason", problems);
        }
        match (lock.code.is_written, lock.source.is_written) {
            (true, false) => lock.units(key, &mut locks, context, problems),
            (false, true) => {
                let source = context.list(&lock.source, ListKind::Units, problems);
                let reason = lock.reason.value.clone();
                lists.extend(source.map(|source| ListUse { source, reason }));
            }
            (true, true) | (false, false) => {
                problems.error(&lock.site.at, message::code_or_source(key));
            }
        }
    }
    (locks, lists)
}

impl LockTable {
    /// Adds the units that it names by code, each once and each a unit of the register.
    fn units(
        &self,
        key: &str,
        locks: &mut Vec<Lock>,
        context: &ProgrammeContext<'_>,
        problems: &mut Problems,
    ) {
        for Code { code, at } in self.code.value.iter().flatten() {
            if !context.is_unit(code, at, problems) {
                continue;
            }
            if locks.iter().any(|lock| lock.code == *code) {
                problems.error(at, message::unit_twice(code, key));
            } else if let Some(reason) = self.reason.value.clone() {
                locks.push(Lock { code: code.clone(), reason });
            }
        }
    }
}

/// A list of locks, whose entries messages call by its key.
pub(super) struct Locks;

impl Locks {
    fn entries(item: &Item<'_>, name: &Message, problems: &mut Problems) -> Option<Vec<LockTable>> {
        let Some(items) = item.as_array() else {
            item.expected(kinds::LOCKS, problems);
            return None;
        };
        let mut locks = Vec::new();
        for each in items {
            let table = each.table(name, problems);
            locks.extend(table.map(|table| LockTable::read_keys(table, problems)));
        }
        Some(locks)
    }
}

impl Shape for Locks {
    type Value = Vec<LockTable>;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self::Value> {
        Self::entries(item, &LockTable::name(), problems)
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let lock = LockTable::schema(generator);
        json_schema!({ "type": "array", "items": lock })
    }

    fn take(
        fields: &mut Fields<'_>,
        key: &'static str,
        problems: &mut Problems,
    ) -> Spanned<Option<Self::Value>> {
        let (at, is_written) = (fields.at_key(key), fields.has(key));
        let name = message::entry_of(key);
        let item = fields.item(key);
        let value = item.and_then(|item| Self::entries(&item, &name, problems));
        Spanned::new(at, is_written, value)
    }
}

/// A code and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Code {
    pub(super) code: String,
    pub(super) at: Spot,
}

/// One code or a list of codes.
pub(super) struct Codes;

impl Shape for Codes {
    type Value = Vec<Code>;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Vec<Code>> {
        let items = item.as_array().unwrap_or_else(|| vec![*item]);
        let code = |each: &Item<'_>| {
            Some(Code { code: TextOrNumber::read(each, problems)?, at: each.at() })
        };
        Some(items.iter().filter_map(code).collect())
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let code = TextOrNumber::schema(generator);
        json_schema!({ "anyOf": [code, { "type": "array", "items": code }] })
    }
}

/// What happens to an eligible unit without a score.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum UnscoredRule {
    /// Nothing is selected, and they are named.
    Stop,
    /// They are left out.
    Exclude,
    /// They come behind everybody who has a score.
    LastPlace,
}

table! {
    /// What happens, and why.
    pub(super) struct UnscoredTable as "`unscored`" {
        /// What happens.
        required rule: UnscoredRule,
        /// Why.
        optional reason: Text,
    }
}

/// `"stop"`, or `{ rule = "exclude", reason = … }`.
pub(super) struct UnscoredText;

impl Shape for UnscoredText {
    type Value = Unscored;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Unscored> {
        let (rule, reason) = if item.as_str().is_some() {
            (UnscoredRule::read(item, problems)?, None)
        } else {
            let table = UnscoredTable::read(item, problems)?;
            (table.rule.value?, table.reason.value)
        };
        match (rule, reason) {
            (UnscoredRule::Stop, _) => Some(Unscored::Stop),
            (UnscoredRule::Exclude, Some(reason)) => Some(Unscored::Exclude(reason)),
            (UnscoredRule::LastPlace, Some(reason)) => Some(Unscored::LastPlace(reason)),
            (UnscoredRule::Exclude | UnscoredRule::LastPlace, None) => {
                item.error(message::unscored_without_reason(), problems);
                None
            }
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let (word, table) = (UnscoredRule::schema(generator), UnscoredTable::schema(generator));
        json_schema!({ "anyOf": [word, table] })
    }
}
