//! Indicators: a formula over measures and register columns, and the level at which it runs.

use super::super::expression::{self, Kind};
use super::super::problem::Problems;
use super::draft::{Draft, Written};
use super::names::Against;
use crate::index::method::Origin;
use crate::register::Level;

/// The origin of an indicator: a category when its value is the name of a text column and nothing
/// else, otherwise a formula.
pub(super) fn origin(
    written: &Written,
    draft: &Draft,
    nodes: &[String],
    against: &Against<'_>,
    problems: &mut Problems,
) -> Option<Origin> {
    if let Some(name) = expression::single_name(&written.text)
        && against.kind(&name) == Ok(Kind::Text)
    {
        if draft.steps.first().is_none_or(|step| step.step.name() != "categories") {
            let message = format!("`{name}` is a text, and nothing turns it into a number");
            let hint = "begin `steps` with `{ categories = … }`, which scores each word".to_owned();
            problems.error(written.at(), message, Some(hint));
        }
        return Some(Origin::Category(name));
    }
    let nodes: Vec<&str> = nodes.iter().map(String::as_str).collect();
    let lookup = |name: &str| against.kind_without_nodes(name, &nodes);
    match expression::compile(&written.text, Kind::Number, &lookup) {
        Ok(formula) => {
            check_levels(formula.names(), written, against, problems);
            Some(Origin::Measures(formula))
        }
        Err(refusals) => {
            written.refuse(refusals, problems);
            None
        }
    }
}

/// A formula runs at the coarsest level of its measures. What is finer must add up to it, and a
/// register column must be the same inside each of its areas.
fn check_levels(
    names: &[String],
    written: &Written,
    against: &Against<'_>,
    problems: &mut Problems,
) {
    let measures: Vec<(&str, &str, &Level)> = names
        .iter()
        .filter(|name| against.measure(name).is_some())
        .filter_map(|name| against.level(name).map(|(id, level)| (name.as_str(), id, level)))
        .collect();
    let coarsest = measures
        .iter()
        .find(|(_, _, coarse)| measures.iter().all(|(_, _, level)| level.refines(coarse)));
    let Some((_, coarse_id, coarse)) = coarsest else {
        if let [(a, a_level, _), .., (b, b_level, _)] = measures.as_slice() {
            let message = format!(
                "`{a}` is measured by {a_level} and `{b}` by {b_level}, and neither lies inside \
                 the other"
            );
            problems.error(written.at(), message, None);
        }
        return;
    };
    for name in names {
        let Some((id, level)) = against.level(name) else { continue };
        let message = match against.measure(name) {
            Some((_, measure)) if !measure.nature.sums() && !coarse.refines(level) => format!(
                "`{name}` is a rate or text by {id} and cannot be added up to {coarse_id}, the \
                 level at which this formula runs"
            ),
            None if !coarse.refines(level) => format!(
                "`{name}` differs inside a {coarse_id}, the level at which this formula runs"
            ),
            Some(_) | None => continue,
        };
        let hint = "make an indicator of each and combine them in an `[[aggregate]]`".to_owned();
        problems.error(written.at(), message, Some(hint));
    }
}
