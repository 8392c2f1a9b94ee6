//! Screening: units that are left out of an index for want of data or people.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operation::{Explained, Operation, StepContext, StepText};
use crate::index::{Column, Mark};
use crate::message::index::steps as message;
use crate::quality::Finding;

/// Leaves out units: too few indicators, or a measured value out of bounds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Screen {
    /// Indicators whose presence is counted, as measured.
    pub of: Vec<String>,
    /// Least share of them that must have a value; a unit exactly at the share stays.
    pub present: Option<f64>,
    /// An indicator whose measured value decides (population, area).
    pub by: Option<String>,
    /// Least value of `by`; a unit without one is left out.
    pub at_least: Option<f64>,
    /// Greatest value of `by`; a unit without one is left out.
    pub at_most: Option<f64>,
    /// Codes kept whatever the rules say, each with its reason.
    pub include: BTreeMap<String, String>,
    /// Codes left out whatever the rules say, each with its reason.
    pub exclude: BTreeMap<String, String>,
}

impl Explained for Screen {
    const TEXT: StepText = StepText {
        summary: "Leaves units out for want of data or people",
        romanian: "lasă deoparte unitățile cu prea puține date sau prea puțini locuitori",
        formula: "no value where a rule is not met",
        example: "{ screen = { of = [\"a\", \"b\", \"c\"], present = 0.66 } }",
        source: "OECD/JRC Handbook (2008), step 2",
    };
}

impl Operation for Screen {
    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if self.present.is_some() == self.of.is_empty() {
            problems.push("`of` and `present` belong together".into());
        }
        if self.present.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
            problems.push("`present` must be a share from 0 to 1".into());
        }
        if self.by.is_some() != (self.at_least.is_some() || self.at_most.is_some()) {
            problems.push("`by` belongs to `at_least` or `at_most`".into());
        }
        if let Some(code) = self.include.keys().find(|code| self.exclude.contains_key(*code)) {
            problems.push(format!("`{code}` is both included and excluded"));
        }
        problems
    }

    fn indicators(&self) -> Vec<&str> {
        self.of.iter().chain(&self.by).map(String::as_str).collect()
    }

    fn units(&self) -> Vec<&str> {
        self.include.keys().chain(self.exclude.keys()).map(String::as_str).collect()
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        column.without(|unit| self.leaves_out(unit, context).then_some(Mark::NotApplicable))
    }

    fn findings(&self, before: &Column, after: &Column, context: &StepContext<'_>) -> Vec<Finding> {
        let is_lost =
            |unit: &usize| !before.values()[*unit].is_nan() && after.values()[*unit].is_nan();
        let lost: Vec<usize> = (0..before.len()).filter(is_lost).collect();
        let finding = || message::screened(context.node, context.units(&lost));
        if lost.is_empty() { Vec::new() } else { vec![finding()] }
    }
}

impl Screen {
    fn leaves_out(&self, unit: usize, context: &StepContext<'_>) -> bool {
        let code = &context.register.codes()[unit];
        if self.include.contains_key(code) {
            return false;
        }
        self.exclude.contains_key(code)
            || self.too_few(unit, context)
            || self.out_of_bounds(unit, context)
    }

    fn too_few(&self, unit: usize, context: &StepContext<'_>) -> bool {
        let Some(least) = self.present else { return false };
        let known: Vec<_> = self.of.iter().filter_map(|id| context.measured.get(id)).collect();
        let present = known.iter().filter(|measured| measured.column.value(unit).is_some()).count();
        // counts compared, so that 2 of 3 is exactly 2/3 however the share was typed
        (present as f64) < least * known.len() as f64 - 1e-9
    }

    fn out_of_bounds(&self, unit: usize, context: &StepContext<'_>) -> bool {
        let measured = self.by.as_ref().and_then(|id| context.measured.get(id));
        let Some(measured) = measured else { return false };
        measured.column.value(unit).is_none_or(|value| {
            self.at_least.is_some_and(|least| value < least)
                || self.at_most.is_some_and(|most| value > most)
        })
    }
}
