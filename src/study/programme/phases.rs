//! Phases and their quotas.

use super::super::fields::{Fields, Item, any};
use super::super::problem::{Problems, Spot};
use super::super::shapes::text;
use super::super::spelling;
use super::super::written::Written;
use super::limits::{limits, shares};
use super::lines::Lines;
use super::money::lei;
use super::terms::{Terms, Use};
use crate::index::Formula;
use crate::selection::{Fill, Limits, Method, Phase, Quota, QuotaRule};

#[derive(Clone, Copy, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Word {
    Exactly,
    AtMost,
}

/// What reading phases gathers beside them.
pub(super) struct Reader<'a> {
    pub(super) terms: &'a Terms<'a>,
    pub(super) lines: &'a mut Lines,
    /// Classifications that rules use.
    pub(super) families: Vec<String>,
    /// What counts as votes.
    pub(super) votes: Vec<Formula>,
    /// Whether there is a budget, so that a phase may do without a number of places.
    pub(super) money: bool,
}

impl Reader<'_> {
    /// The phases in their order.
    pub(super) fn phases(
        &mut self,
        tables: Vec<Fields<'_>>,
        problems: &mut Problems,
    ) -> Vec<Phase> {
        let mut phases: Vec<Phase> = Vec::new();
        let mut before: Option<(u32, String)> = None;
        for table in tables {
            let at = table.at_key("upto");
            let Some(phase) = self.phase(table, problems) else { continue };
            if let (Some(upto), Some((earlier, id))) = (phase.upto, &before)
                && upto < *earlier
            {
                let message = format!(
                    "`upto` counts all places up to this phase, and phase `{id}` fills {earlier}"
                );
                problems.error(&at, message, None);
            }
            before = phase.upto.map(|upto| (upto, phase.id.clone())).or(before);
            phases.push(phase);
        }
        phases
    }

    fn phase(&mut self, mut fields: Fields<'_>, problems: &mut Problems) -> Option<Phase> {
        let (start, upto_at) = (fields.at(), fields.at_key("upto"));
        let (quota_at, limit_at) = (fields.at_key("quota"), fields.at_key("limit"));
        let id = fields.required("id", text, problems);
        let upto = fields.optional("upto", any::<u32>, problems);
        if !fields.has("upto") && !self.money {
            fields.missing("upto", problems);
        }
        let limit = fields.optional("limit", lei, problems);
        if limit.is_some() && !self.money {
            let message = "a phase has a `limit` only where `[budget]` says what a place costs";
            problems.error(&limit_at, message, None);
        }
        let fill = fields.optional("fill", any::<Word>, problems).map(|word| match word {
            Word::Exactly => Fill::Exactly,
            Word::AtMost => Fill::AtMost,
        });
        let name = id.clone().unwrap_or_default();
        for (key, at) in [
            (format!("phase/{name}"), &start),
            ("phase.upto".to_owned(), &upto_at),
            (format!("phase.upto/{name}"), &upto_at),
            ("phase.limit".to_owned(), &limit_at),
            (format!("phase.limit/{name}"), &limit_at),
            ("phase.quota".to_owned(), &quota_at),
            (format!("phase.quota/{name}"), &quota_at),
        ] {
            self.lines.note(key, at, problems);
        }
        let quota = fields.item("quota").map(|item| self.quotas(&name, &item, problems));
        fields.finish(problems);
        Some(Phase { id: id?, upto, quota: quota.unwrap_or_default(), limit, fill })
    }

    fn quotas(&mut self, phase: &str, item: &Item<'_>, problems: &mut Problems) -> Vec<Quota> {
        let Some(items) = item.as_array() else {
            item.expected("a list such as [ { by = \"county\", min = 1 } ]", problems);
            return Vec::new();
        };
        let mut quotas = Vec::new();
        for each in items {
            let Some(fields) = each.table("this quota", problems) else { continue };
            let Some(quota) = self.quota(fields, problems) else { continue };
            self.lines.note(format!("phase.quota/{phase}/{}", quota.by), &each.at(), problems);
            quotas.push(quota);
        }
        quotas
    }

    fn quota(&mut self, mut fields: Fields<'_>, problems: &mut Problems) -> Option<Quota> {
        let at = fields.at();
        let by = fields.required("by", text, problems);
        let by = by.filter(|by| self.terms.is_family(by, &fields.at_key("by"), problems));
        let known = by.clone().unwrap_or_default();
        let context = (known.as_str(), self.terms);
        let mut bound = |key: &'static str, problems: &mut Problems| {
            let limits = fields.item(key).map(|item| limits(&item, context, problems));
            limits.unwrap_or_default()
        };
        let (min, max) = (bound("min", problems), bound("max", problems));
        let exactly = bound("exactly", problems);
        let share = fields.item("share").map(|item| shares(&item, context, problems));
        let apportion = fields.optional("apportion", method, problems);
        let on = fields.optional("on", Written::read, problems);
        let kinds = [
            fields.has("exactly"),
            fields.has("share"),
            fields.has("apportion"),
            (fields.has("min") || fields.has("max")) && !fields.has("apportion"),
        ];
        let on_alone = fields.has("on") && !fields.has("apportion");
        let votes = match on {
            Some(written) if fields.has("apportion") => self.votes(&written, problems),
            Some(_) | None => None,
        };
        fields.finish(problems);
        one_kind(kinds, on_alone, &at, problems);
        let by = by?;
        crossed(&min, &max, &at, problems);
        if !self.families.contains(&by) {
            self.families.push(by.clone());
        }
        let rule = match (apportion, share) {
            (Some(method), _) => QuotaRule::Apportioned { method, on: votes, min, max },
            (None, Some(shares)) => QuotaRule::Share(shares),
            (None, None) => QuotaRule::Bounds { min, max, exactly },
        };
        Some(Quota { by, rule })
    }

    /// Notes what counts as votes; answers its name.
    fn votes(&mut self, written: &Written, problems: &mut Problems) -> Option<String> {
        let formula = self.terms.value(written, Use::OfSums, problems)?;
        let name = formula.text().to_owned();
        if !self.votes.iter().any(|known| known.text() == name) {
            self.votes.push(formula);
        }
        Some(name)
    }
}

fn one_kind(kinds: [bool; 4], on_alone: bool, at: &Spot, problems: &mut Problems) {
    const SHAPES: &str = "one of `min` and `max`, `exactly`, `share`, or `apportion` with `on`, \
                          `min`, `max`";
    match kinds.into_iter().filter(|kind| *kind).count() {
        1 if !on_alone => {}
        0 if !on_alone => problems.error(at, "this quota bounds nothing", Some(SHAPES.to_owned())),
        _ => {
            let message = "these keys of a quota do not go together";
            problems.error(at, message, Some(SHAPES.to_owned()));
        }
    }
}

/// A minimum above the maximum of the same group.
fn crossed(min: &Limits, max: &Limits, at: &Spot, problems: &mut Problems) {
    use crate::selection::Limit;
    let of =
        |limits: &Limits, group: &str| limits.named.get(group).or(limits.each.as_ref()).copied();
    let groups = min.named.keys().chain(max.named.keys()).map(String::as_str).chain([""]);
    for group in groups {
        if let (Some(Limit::Places(low)), Some(Limit::Places(high))) =
            (of(min, group), of(max, group))
            && low > high
        {
            let whom = if group.is_empty() { String::new() } else { format!(" of `{group}`") };
            let message = format!("the minimum{whom}, {low}, is above the maximum, {high}");
            problems.error(at, message, None);
            return;
        }
    }
}

fn method(item: &Item<'_>, problems: &mut Problems) -> Option<Method> {
    let name = text(item, problems)?;
    let found = Method::named(&name);
    if found.is_none() {
        let hint = spelling::suggest(&name, Method::NAMES);
        item.error(format!("unknown method of apportionment `{name}`"), hint, problems);
    }
    found
}
