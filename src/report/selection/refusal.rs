//! A refused selection for machines.

use serde_json::{Value, json};

use crate::selection::{ProgrammeKey, Refusal};
use crate::study::Problems;

/// Rules, units, conflicts and relaxations, with the places that people are shown.
pub fn refused_json(refusal: &Refusal, problems: &Problems) -> Value {
    let refused: Vec<Value> = refusal
        .objections
        .iter()
        .map(|problem| {
            let conflict = problem.conflict.as_ref().map(|conflict| {
                json!({
                    "phase": conflict.phase,
                    "code": conflict.code,
                    "clauses": conflict.rules.iter().map(ToString::to_string).collect::<Vec<_>>(),
                    "missing": conflict.missing,
                    "relaxations": conflict
                        .relaxations
                        .iter()
                        .map(|r| json!({ "clause": r.rule.to_string(), "from": r.from, "to": r.to }))
                        .collect::<Vec<_>>(),
                })
            });
            json!({
                "rule": problem.rule,
                "message": problem.message,
                "hint": problem.hint,
                "key": problem.key.map_or("", ProgrammeKey::name),
                "unit": problem.unit,
                "conflict": conflict,
            })
        })
        .collect();
    json!({ "refused": refused, "problems": problems.iter().collect::<Vec<_>>() })
}
