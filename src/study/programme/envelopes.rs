//! Totals that documents give, and what a list is held against.

use super::super::fields::{Fields, Item, any};
use super::super::problem::Problems;
use super::super::shapes::{identifier, label, text};
use super::super::written::Written;
use super::lines::Lines;
use super::money::{BANI, decimal};
use super::plan::{EnvelopePlan, Holds, Yardstick};
use super::terms::{Terms, Use};
use crate::language::Label;
use crate::selection::Envelope;

#[derive(Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
enum Unit {
    /// Whole things.
    Count,
    /// Money with two decimals.
    Lei,
}

/// Reads an `[[envelope]]`. `has_budget` says whether the list has a cost.
pub(super) fn envelope(
    mut fields: Fields<'_>,
    (terms, has_budget): (&Terms<'_>, bool),
    lines: &mut Lines,
    problems: &mut Problems,
) -> Option<EnvelopePlan> {
    let at = fields.at();
    let id = fields.required("id", identifier, problems);
    lines.note(format!("envelope/{}", id.as_deref().unwrap_or_default()), &at, problems);
    let title = fields.optional("title", label, problems);
    let unit = fields.optional("unit", any::<Unit>, problems).unwrap_or(Unit::Count);
    let money = unit == Unit::Lei;
    let amount = |item: &Item<'_>, problems: &mut Problems| {
        let (decimals, what) =
            if money { (BANI, "an amount of lei") } else { (0, "a whole number") };
        let total = decimal(item, decimals, what, problems)?;
        if total < 0 {
            item.error("a total cannot be negative", None, problems);
        }
        (total >= 0).then_some(total)
    };
    let total = fields.required("total", amount, problems);
    let source = fields.required("source", text, problems);
    let each_place = fields.optional("each_place", amount, problems).map(Yardstick::EachPlace);
    let each_unit = fields.optional("each_unit", amount, problems).map(Yardstick::EachUnit);
    let sum = fields.optional("sum", Written::read, problems);
    let is_cost = sum.as_ref().is_some_and(|written| written.text == "cost");
    let sum = match sum {
        Some(_) if is_cost => Some(Yardstick::Cost),
        Some(written) => terms.value(&written, Use::OfSums, problems).map(Yardstick::Sum),
        None => None,
    };
    if is_cost && !(has_budget && money) {
        let message = "`cost` is what `[budget]` says a place costs, in lei";
        problems.error(&fields.at_key("sum"), message, None);
    }
    let holds = fields.optional("holds", any::<Holds>, problems);
    let assumption = fields.optional("assumption", label, problems);
    let given = ["each_place", "each_unit", "sum"].iter().filter(|key| fields.has(key)).count();
    if given > 1 {
        let message = "an envelope has one of `each_place`, `each_unit` and `sum`";
        problems.error(&at, message, None);
    }
    if given == 0 && holds.is_some() {
        let hint = "`each_place = 5`, `each_unit = 1`, `sum = \"population.total\"`".to_owned();
        let message = "`holds` needs to know what is computed";
        problems.error(&fields.at_key("holds"), message, Some(hint));
    }
    fields.finish(problems);
    let id = id?;
    Some(EnvelopePlan {
        title: title.unwrap_or_else(|| Label::same(&id)),
        envelope: Envelope { id, total: total?, source: source? },
        money,
        computed: each_place.or(each_unit).or(sum).unwrap_or(Yardstick::Nothing),
        holds: holds.unwrap_or_default(),
        assumption,
    })
}
