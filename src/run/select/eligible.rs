//! Who passes: the conditions of a programme and its named tests, marked on the units of a pool.

use crate::index::Formula;
use crate::selection::{FailedCondition, Pool};
use crate::study::programme::{CheckedProgramme, TestRule};

/// Marks the units that fail a condition.
pub(super) fn refuse(
    formula: &Formula,
    values: &[f64],
    pool: &mut Pool,
    seen: impl Fn(usize) -> Option<Vec<(String, String)>>,
) {
    for (unit, candidate) in pool.candidates.iter_mut().enumerate() {
        if values[unit].is_finite() && values[unit] != 0.0 {
            continue;
        }
        let (condition, seen) = (formula.text().to_owned(), seen(unit));
        candidate.failed.push(FailedCondition { condition, seen });
    }
}

/// Marks the tests that each unit passes, and the units that pass too few.
pub(super) fn test(
    plan: &CheckedProgramme,
    pool: &mut Pool,
    values: impl Fn(&Formula) -> Vec<f64>,
    seen: impl Fn(&Formula, usize) -> Option<Vec<(String, String)>>,
) {
    for (at, test) in plan.tests.named.iter().enumerate() {
        let values = values(&test.condition);
        for (unit, candidate) in pool.candidates.iter_mut().enumerate() {
            let passes = values[unit].is_finite() && values[unit] != 0.0;
            candidate.passed.extend(passes.then_some(at));
        }
    }
    for (unit, candidate) in pool.candidates.iter_mut().enumerate() {
        if plan.tests.rule == TestRule::Any && !candidate.passed.is_empty() {
            continue;
        }
        let failed =
            plan.tests.named.iter().enumerate().filter(|(at, _)| !candidate.passed.contains(at));
        let failed = failed.map(|(_, test)| FailedCondition {
            condition: test.condition.text().to_owned(),
            seen: seen(&test.condition, unit),
        });
        candidate.failed.extend(failed.collect::<Vec<_>>());
    }
}
