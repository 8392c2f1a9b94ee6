//! From the layers of a programme to a checked [`Plan`], with every problem on the way.

use super::super::layers::checked;
use super::super::problem::Problems;
use super::capacity;
use super::eligible::{Eligible, eligible};
use super::envelopes::envelope;
use super::head::{Head, head};
use super::lines::Lines;
use super::load::Programme;
use super::merge::{Merged, merge};
use super::order::order;
use super::phases::Reader;
use super::plan::Plan;
use super::rest::{self, DecisionTerms};
use super::terms::{Terms, Use};
use crate::selection::{self, Objective, Rule};

impl Programme {
    /// Checks the programme against a study, its register and its methodology. All problems are
    /// added to `problems`; without errors there is a plan.
    pub fn check(&self, terms: &Terms<'_>, problems: &mut Problems) -> Option<Plan> {
        checked(&self.layers, "the programme", problems, |roots, found| {
            merge(roots, found).and_then(|merged| plan(merged, terms, found))
        })
    }
}

#[expect(clippy::too_many_lines, reason = "a line or two for each table of the file")]
fn plan(mut merged: Merged<'_>, terms: &Terms<'_>, problems: &mut Problems) -> Option<Plan> {
    let mut lines = Lines::default();
    let head = merged.take("programme").and_then(|t| head(t, terms, &mut lines, problems));
    let eligible = merged.take("eligible").map(|t| eligible(t, terms, &mut lines, problems));
    let order = merged.take("order").map(|t| order(t, terms, &mut lines, problems));
    let how = if merged.has("unions") { Use::OfSums } else { Use::ByUnit };
    let has_budget = merged.has("budget");
    let budget = merged.take("budget");
    let budget = budget.and_then(|t| rest::budget(t, (terms, how), &mut lines, problems));
    let top = merged.top.clone();
    let profiles = merged.has("capacity");
    if merged.phases.is_empty() && !profiles && !problems.is_broken(top.file) {
        let hint =
            "`[[phase]]` with `id` and `upto`; or `[capacity]`, if it only sets need beside \
                    supply"
                .to_owned();
        problems.error(&top, "a programme without a phase selects nobody", Some(hint));
    }
    let mut reader = Reader {
        terms,
        lines: &mut lines,
        families: Vec::new(),
        votes: Vec::new(),
        money: has_budget,
    };
    let phases = reader.phases(std::mem::take(&mut merged.phases), problems);
    let (mut families, votes) = (reader.families, reader.votes);
    let unions = merged.take("unions").and_then(|t| rest::unions(t, terms, &mut lines, problems));
    let reserve =
        merged.take("reserve").and_then(|t| rest::reserve(t, terms, &mut lines, problems));
    let decisions =
        merged.take("decisions").map(|t| rest::decisions(t, terms, &mut lines, problems));
    let effort = merged.take("effort").map(|t| rest::effort(t, &mut lines, problems));
    let envelopes = std::mem::take(&mut merged.envelopes);
    let envelopes = envelopes
        .into_iter()
        .filter_map(|table| envelope(table, (terms, has_budget), &mut lines, problems));
    let envelopes = envelopes.collect();
    let resources = std::mem::take(&mut merged.resources);
    if let (false, Some(first)) = (profiles, resources.first()) {
        let hint = "add a table `[capacity]`; it may be empty".to_owned();
        problems.error(&first.at(), "a resource is shown by `[capacity]`", Some(hint));
    }
    let capacity = merged.take("capacity");
    let capacity = capacity.map(|t| capacity::capacity(t, resources, terms, problems));
    let (order, ties) = order.unwrap_or_default();
    let margin = merged.take("boundary").map(|t| rest::margin(t, order.decimals, problems));
    let Eligible { conditions, rules: eligible, exclude, include } = eligible.unwrap_or_default();
    let DecisionTerms { rules: decisions, source, previous } = decisions.unwrap_or_default();
    let Head { id, version, status, title, score, rule, people, texts } = head?;
    let (unions, same) = unions.map_or((None, None), |(unions, same)| (Some(unions), same));
    let (reserve, by) = reserve.map_or((None, None), |(reserve, by)| (Some(reserve), by));
    for family in [same, by].into_iter().flatten() {
        if !families.contains(&family) {
            families.push(family);
        }
    }
    let (joined, borders, covered, population) = match unions {
        Some(u) => (Some(u.rules), Some(u.borders), u.people, Some(u.population)),
        None => (None, None, None, None),
    };
    let people = covered.or(people);
    if rule == Rule::Coverage(Objective::People) && people.is_none() && !problems.has_errors() {
        let hint = "add `people = \"<source>.<measure>\"` to `[programme]`".to_owned();
        problems.error(&top, "`objective = \"people\"` needs to know who counts", Some(hint));
    }
    let (budget, cost) = budget.map_or((None, None), |(budget, cost)| (Some(budget), Some(cost)));
    let rules = selection::Programme {
        id,
        title,
        rule,
        eligible,
        order,
        phases,
        budget,
        unions: joined,
        reserve,
        decisions,
        effort: effort.unwrap_or_default(),
    };
    Some(Plan {
        rules,
        version,
        status,
        texts,
        score,
        conditions,
        exclude,
        include,
        ties,
        people,
        population,
        cost,
        votes,
        families,
        borders,
        decisions: source,
        previous,
        envelopes,
        capacity,
        margin: margin.unwrap_or(0),
        lines,
    })
}
