//! Who may be chosen: the condition, and who is locked out or in.

use super::super::expression;
use super::super::fields::{Fields, Item, any};
use super::super::file::{ListKind, Study};
use super::super::problem::{Problems, Spot};
use super::super::shapes::{text, text_or_number};
use super::super::source::{Layout, Source};
use super::super::spelling;
use super::super::written::Written;
use super::lines::Lines;
use super::plan::ListUse;
use super::terms::Terms;
use crate::index::Formula;
use crate::selection::{self, Lock, Unscored};

/// `[eligible]`, checked.
#[derive(Default)]
pub(super) struct Eligible {
    pub(super) conditions: Vec<Formula>,
    pub(super) rules: selection::Eligible,
    pub(super) exclude: Vec<ListUse>,
    pub(super) include: Vec<ListUse>,
}

#[derive(Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Word {
    Stop,
    Exclude,
    LastPlace,
}

pub(super) fn eligible(
    mut fields: Fields<'_>,
    terms: &Terms<'_>,
    lines: &mut Lines,
    problems: &mut Problems,
) -> Eligible {
    lines.note("eligible", &fields.at(), problems);
    lines.note("eligible.where", &fields.at_key("where"), problems);
    lines.note("eligible.unscored", &fields.at_key("unscored"), problems);
    let mut eligible = Eligible::default();
    if let Some(written) = fields.optional("where", Written::read, problems) {
        eligible.conditions = conditions(&written, terms, problems);
    }
    let mut locks = Locks { terms, lines };
    (eligible.rules.exclude, eligible.exclude) = locks.of("exclude", &mut fields, problems);
    (eligible.rules.include, eligible.include) = locks.of("include", &mut fields, problems);
    let unscored = fields.optional("unscored", unscored, problems);
    eligible.rules.unscored = unscored.unwrap_or_default();
    fields.finish(problems);
    eligible
}

/// Each condition on its own, so that a unit that fails can be told which.
fn conditions(written: &Written, terms: &Terms<'_>, problems: &mut Problems) -> Vec<Formula> {
    let Some(whole) = terms.condition(written, problems) else { return Vec::new() };
    let parts = expression::conjuncts(&written.text);
    let mut unseen = Problems::new();
    let file = unseen.add_text("", &written.text);
    let at = Spot { file, span: 0..written.text.len() };
    let parts: Option<Vec<Formula>> = parts
        .into_iter()
        .map(|part| terms.condition(&Written::new(part, at.clone()), &mut unseen))
        .collect();
    // a part that uses no column cannot stand alone
    parts.unwrap_or_else(|| vec![whole])
}

struct Locks<'a, 'l> {
    terms: &'a Terms<'a>,
    lines: &'l mut Lines,
}

impl Locks<'_, '_> {
    /// The units locked by code, and the lists that lock more.
    fn of(
        &mut self,
        key: &'static str,
        fields: &mut Fields<'_>,
        problems: &mut Problems,
    ) -> (Vec<Lock>, Vec<ListUse>) {
        let (mut locks, mut lists): (Vec<Lock>, Vec<ListUse>) = (Vec::new(), Vec::new());
        let Some(item) = fields.item(key) else { return (locks, lists) };
        self.lines.note(format!("eligible.{key}"), &item.at(), problems);
        let Some(items) = item.as_array() else {
            item.expected("a list of `{ code = …, reason = … }` or `{ source = … }`", problems);
            return (locks, lists);
        };
        for each in items {
            let Some(mut entry) = each.table(&format!("this entry of `{key}`"), problems) else {
                continue;
            };
            let source = entry.item("source");
            let codes = entry.item("code");
            let reason = entry.optional("reason", text, problems);
            let needs_reason = source.is_none() && !entry.has("reason");
            if needs_reason {
                entry.missing("reason", problems);
            }
            entry.finish(problems);
            match (codes, source) {
                (Some(codes), None) => {
                    for (code, at) in self.codes(&codes, problems) {
                        self.lines.note(format!("eligible.{key}/{code}"), &at, problems);
                        if locks.iter().any(|lock| lock.code == code) {
                            let message = format!("unit `{code}` stands twice in `{key}`");
                            problems.error(&at, message, None);
                        } else if let Some(reason) = reason.clone() {
                            locks.push(Lock { code, reason });
                        }
                    }
                }
                (None, Some(source)) => {
                    let kind = ListKind::Units;
                    if let Some(source) = list_source(&source, kind, self.terms.study, problems) {
                        self.lines.note(format!("eligible.{key}/{source}"), &each.at(), problems);
                        lists.push(ListUse { source, reason });
                    }
                }
                (Some(_), Some(_)) | (None, None) => {
                    let message = format!("an entry of `{key}` has either a `code` or a `source`");
                    each.error(message, None, problems);
                }
            }
        }
        (locks, lists)
    }

    /// One code or a list of codes, each a unit of the register.
    fn codes(&self, item: &Item<'_>, problems: &mut Problems) -> Vec<(String, Spot)> {
        let items = item.as_array().unwrap_or_else(|| vec![*item]);
        let mut codes = Vec::new();
        for each in items {
            let Some(code) = text_or_number(&each, problems) else { continue };
            if self.terms.is_unit(&code, &each.at(), problems) {
                codes.push((code, each.at()));
            }
        }
        codes
    }
}

/// The id of a source of lists of that kind; else reports it.
pub(super) fn list_source(
    item: &Item<'_>,
    kind: ListKind,
    study: &Study,
    problems: &mut Problems,
) -> Option<String> {
    let id = text(item, problems)?;
    let found = study.lists.iter().find(|list| list.id == id);
    if found.is_some_and(|list| list.kind == kind) {
        return Some(id);
    }
    let is_map = |source: &Source| source.id == id && source.layout == Layout::Boundaries;
    if kind == ListKind::Borders && study.sources.iter().any(is_map) {
        return Some(id);
    }
    let word = kind.word();
    if found.is_some() || study.sources.iter().any(|source| source.id == id) {
        let message = format!("the source `{id}` is no list of {}", kind.of_what());
        let hint = format!("a `[[source]]` with `layout = \"{word}\"` is");
        item.error(message, Some(hint), problems);
        return None;
    }
    let known = study.lists.iter().filter(|list| list.kind == kind).map(|list| list.id.as_str());
    let hint = spelling::suggest(&id, known)
        .unwrap_or_else(|| format!("add a `[[source]]` with `layout = \"{word}\"` to the study"));
    item.error(format!("the study has no source `{id}`"), Some(hint), problems);
    None
}

/// `"stop"`, or `{ rule = "exclude", reason = … }`.
fn unscored(item: &Item<'_>, problems: &mut Problems) -> Option<Unscored> {
    let (rule, reason) = if item.as_str().is_some() {
        (any::<Word>(item, problems)?, None)
    } else {
        let mut fields = item.table("`unscored`", problems)?;
        let rule = fields.required("rule", any::<Word>, problems);
        let reason = fields.optional("reason", text, problems);
        fields.finish(problems);
        (rule?, reason)
    };
    let needs = |problems: &mut Problems| {
        let message = "who leaves out units without a score, or puts them last, says why";
        let hint = "for example `unscored = { rule = \"exclude\", reason = \"…\" }`".to_owned();
        item.error(message, Some(hint), problems);
    };
    match (rule, reason) {
        (Word::Stop, _) => Some(Unscored::Stop),
        (Word::Exclude, Some(reason)) => Some(Unscored::Exclude(reason)),
        (Word::LastPlace, Some(reason)) => Some(Unscored::LastPlace(reason)),
        (Word::Exclude | Word::LastPlace, None) => {
            needs(problems);
            None
        }
    }
}
