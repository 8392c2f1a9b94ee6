//! Whether a programme chooses among the units whose distribution made the scores.

use crate::index::{Formula, Method};
use crate::language::{counted, numbered};
use crate::message;
use crate::quality::{Finding, message};
use crate::selection::{Candidate, Pool};
use crate::study::programme::Plan;

/// Tells when the units that pass `where` are others than those of the methodology's `over`
/// (`ranked`): bounds, ranks and classes then come from units that the programme does not choose
/// among, or leave out some that it does.
///
/// A condition over nodes is only known when they are computed; before that there is nothing to
/// tell.
pub(in crate::run) fn differs(
    plan: &Plan,
    method: &Method,
    pool: &Pool,
    ranked: &[bool],
) -> Option<Finding> {
    let chooses: Vec<bool> = pool.candidates.iter().map(Candidate::passes).collect();
    if plan.rules.phases.is_empty() || chooses == ranked {
        return None;
    }
    let count = |of: &[bool]| of.iter().filter(|holds| **holds).count();
    let conditions: Vec<&str> = plan.conditions.iter().map(Formula::text).collect();
    let joined = Some(conditions.join(" AND ")).filter(|text| !text.is_empty());
    let quoted = |text: Option<&str>, empty: &str| {
        text.map_or_else(|| empty.to_owned(), |text| format!("`{text}`"))
    };
    let taken = method.over.as_ref().map(Formula::text);
    let (passing, distributed) = (count(&chooses), count(ranked));
    let message = message!(
        "the programme chooses among {units}, and the methodology takes bounds and ranks from {base}: \
         `where` is {condition}, `over` is {over}",
        "programul alege dintre {unitati}, iar metodologia ia limitele și locurile de la {baza}: \
         `where` este {conditie}, `over` este {peste}",
        condition = quoted(joined.as_deref(), "all units"),
        units = counted(passing, "unit", "units"),
        over = quoted(taken, "all units"),
        base = counted(distributed, "unit", "units"),
        conditie = quoted(joined.as_deref(), "toate unitățile"),
        unitati = numbered(passing, "unitate", "unități"),
        peste = quoted(taken, "toate unitățile"),
        baza = numbered(distributed, "unitate", "unități"),
    );
    let hint = message!(
        "that is right where the index is meant for all of them; else set `over` in a methodology \
         that `extends` this one, or accept the finding",
        "este bine dacă indicele este gândit pentru toate; altfel puneți `over` într-o metodologie \
         care o extinde (`extends`) sau acceptați constatarea",
    );
    Some(Finding::new(&message::selection::UNIVERSES_DIFFER, &plan.rules.id, message).hint(hint))
}
