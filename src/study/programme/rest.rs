//! Money, unions, reserve, decisions, effort and the margin of the boundary report.

use super::super::fields::{Fields, Item, any};
use super::super::file::ListKind;
use super::super::problem::Problems;
use super::super::shapes::text;
use super::super::written::Written;
use super::eligible::list_source;
use super::lines::Lines;
use super::money::{decimal, lei, parse, written};
use super::plan::Cost;
use super::terms::{Terms, Use};
use crate::index::Formula;
use crate::selection::{Appeals, Budget, Decisions, Effort, Reserve, Unions, WhenShort};

#[derive(Clone, Copy, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Short {
    Stop,
    Skip,
}

/// `[budget]`: the limit, and what a project costs. With unions the cost must add up.
pub(super) fn budget(
    mut fields: Fields<'_>,
    (terms, how): (&Terms<'_>, Use),
    lines: &mut Lines,
    problems: &mut Problems,
) -> Option<(Budget, Cost)> {
    lines.note("budget", &fields.at(), problems);
    for key in ["cost", "limit", "when_short"] {
        lines.note(format!("budget.{key}"), &fields.at_key(key), problems);
    }
    let shape = |item: &Item<'_>, problems: &mut Problems| cost(item, (terms, how), problems);
    let cost = fields.required("cost", shape, problems);
    let limit = fields.required("limit", lei, problems);
    let when_short = match fields.optional("when_short", any::<Short>, problems) {
        Some(Short::Stop) => WhenShort::Stop,
        Some(Short::Skip) | None => WhenShort::Skip,
    };
    fields.finish(problems);
    Some((Budget { limit: limit?, when_short }, cost?))
}

/// An amount that every project costs, or a formula.
fn cost(item: &Item<'_>, (terms, how): (&Terms<'_>, Use), problems: &mut Problems) -> Option<Cost> {
    let constant = item.as_str().is_none() || written(item).is_some_and(|t| parse(&t, 2).is_some());
    if constant {
        return lei(item, problems).map(Cost::Each);
    }
    let written = Written::read(item, problems)?;
    terms.value(&written, how, problems).map(Cost::Formula)
}

/// `[unions]`, with the source of neighbours and the formulas of people and inhabitants.
pub(super) struct UnionTerms {
    pub(super) rules: Unions,
    pub(super) borders: String,
    pub(super) people: Option<Formula>,
    pub(super) population: Formula,
}

/// Measure of inhabitants where a programme does not name its own.
const POPULATION: &str = "population.total";

pub(super) fn unions(
    mut fields: Fields<'_>,
    terms: &Terms<'_>,
    lines: &mut Lines,
    problems: &mut Problems,
) -> Option<(UnionTerms, Option<String>)> {
    lines.note("unions", &fields.at(), problems);
    for key in ["max_members", "max_population", "same", "neighbours", "people", "population"] {
        lines.note(format!("unions.{key}"), &fields.at_key(key), problems);
    }
    let max_members = fields.required("max_members", any::<u8>, problems);
    if let Some(members) = max_members.filter(|members| !(1..=3).contains(members)) {
        let message = format!("a union has 2 or 3 members, not {members}");
        problems.error(&fields.at_key("max_members"), message, None);
    }
    let max_population = fields.required("max_population", any::<u32>, problems);
    let member_max_population = fields.optional("member_max_population", any::<u32>, problems);
    let same = fields.optional("same", text, problems);
    let same = same.filter(|by| terms.is_family(by, &fields.at_key("same"), problems));
    let neighbours = |item: &Item<'_>, problems: &mut Problems| neighbours(item, terms, problems);
    let neighbours = fields.required("neighbours", neighbours, problems);
    let people = fields.optional("people", Written::read, problems);
    let people = people.and_then(|written| terms.value(&written, Use::OfSums, problems));
    let population = population(&mut fields, terms, problems);
    if let Some(word) = fields.optional("place", text, problems)
        && word != "project"
    {
        let message = format!("with unions a place is a `project`, not `{word}`");
        problems.error(&fields.at_key("place"), message, None);
    }
    fields.finish(problems);
    let (borders, min_border_m) = neighbours?;
    let rules = Unions {
        max_members: max_members?,
        max_population: i64::from(max_population?),
        member_max_population: member_max_population.map(i64::from),
        same: same.clone(),
        min_border_m,
    };
    Some((UnionTerms { rules, borders, people, population: population? }, same))
}

fn population(
    fields: &mut Fields<'_>,
    terms: &Terms<'_>,
    problems: &mut Problems,
) -> Option<Formula> {
    if let Some(item) = fields.item("population") {
        let written = Written::read(&item, problems)?;
        return terms.value(&written, Use::OfSums, problems);
    }
    let written = Written::new(POPULATION.to_owned(), fields.at());
    let mut unseen = problems.clone();
    let found = terms.value(&written, Use::OfSums, &mut unseen);
    if found.is_none() {
        let message = "`[unions]` does not say which measure counts inhabitants";
        let hint =
            format!("the study has no `{POPULATION}`: add `population = \"<source>.<measure>\"`");
        problems.error(&fields.at(), message, Some(hint));
    }
    found
}

/// `{ source = "borders", min_border_m = 100 }`.
fn neighbours(
    item: &Item<'_>,
    terms: &Terms<'_>,
    problems: &mut Problems,
) -> Option<(String, i64)> {
    let mut fields = item.table("`neighbours`", problems)?;
    let borders = |item: &Item<'_>, problems: &mut Problems| {
        list_source(item, ListKind::Borders, terms.study, problems)
    };
    let source = fields.required("source", borders, problems);
    let least = fields.optional("min_border_m", any::<u32>, problems).unwrap_or(0);
    fields.finish(problems);
    Some((source?, i64::from(least)))
}

/// `size = 100`, or `by = "county", each = 2`.
pub(super) fn reserve(
    mut fields: Fields<'_>,
    terms: &Terms<'_>,
    lines: &mut Lines,
    problems: &mut Problems,
) -> Option<(Reserve, Option<String>)> {
    lines.note("reserve", &fields.at(), problems);
    lines.note("reserve.by", &fields.at_key("by"), problems);
    let at = fields.at();
    let size = fields.optional("size", any::<u32>, problems);
    let by = fields.optional("by", text, problems);
    let by = by.filter(|by| terms.is_family(by, &fields.at_key("by"), problems));
    let each = fields.optional("each", any::<u32>, problems);
    let declared = [fields.has("size"), fields.has("by"), fields.has("each")];
    fields.finish(problems);
    match declared {
        [true, false, false] => Some((Reserve::Size(size?), None)),
        [false, true, true] => {
            let by = by?;
            Some((Reserve::Each { by: by.clone(), each: each? }, Some(by)))
        }
        _ => {
            let message = "a reserve has a `size`, or so many `each` `by` a classification";
            let hint = "`size = 100`, or `by = \"county\"` and `each = 2`".to_owned();
            problems.error(&at, message, Some(hint));
            None
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Policy {
    Strict,
    HoldHarmless,
}

/// `[decisions]`, checked.
#[derive(Default)]
pub(super) struct DecisionTerms {
    pub(super) rules: Decisions,
    pub(super) source: Option<String>,
    pub(super) previous: Option<String>,
}

pub(super) fn decisions(
    mut fields: Fields<'_>,
    terms: &Terms<'_>,
    lines: &mut Lines,
    problems: &mut Problems,
) -> DecisionTerms {
    lines.note("decisions", &fields.at(), problems);
    for key in ["source", "policy", "previous"] {
        lines.note(format!("decisions.{key}"), &fields.at_key(key), problems);
    }
    let mut list = |key: &'static str, kind: ListKind, problems: &mut Problems| {
        let shape = |item: &Item<'_>, problems: &mut Problems| {
            list_source(item, kind, terms.study, problems)
        };
        fields.optional(key, shape, problems)
    };
    let source = list("source", ListKind::Decisions, problems);
    let previous = list("previous", ListKind::Selection, problems);
    let policy = fields.optional("policy", any::<Policy>, problems);
    if policy == Some(Policy::HoldHarmless) && !fields.has("previous") {
        let message = "who holds somebody harmless says which list was published before";
        let hint = "add `previous = \"…\"`: a `[[source]]` with `layout = \"selection\"`";
        problems.error(&fields.at_key("policy"), message, Some(hint.to_owned()));
    }
    fields.finish(problems);
    let policy = match policy {
        Some(Policy::HoldHarmless) => Appeals::HoldHarmless,
        Some(Policy::Strict) | None => Appeals::Strict,
    };
    DecisionTerms { rules: Decisions { policy }, source, previous }
}

pub(super) fn effort(mut fields: Fields<'_>, lines: &mut Lines, problems: &mut Problems) -> Effort {
    lines.note("effort.nodes", &fields.at_key("nodes"), problems);
    let nodes = fields.required("nodes", any::<u64>, problems);
    fields.finish(problems);
    nodes.map_or_else(Effort::default, |nodes| Effort { nodes })
}

/// `margin` of `[boundary]` in units of the last published decimal.
pub(super) fn margin(mut fields: Fields<'_>, decimals: u8, problems: &mut Problems) -> i64 {
    let shape = |item: &Item<'_>, problems: &mut Problems| {
        decimal(item, decimals, "a number of points", problems)
    };
    let margin = fields.required("margin", shape, problems);
    fields.finish(problems);
    margin.unwrap_or(0)
}
