//! Screening: units that are left out of an index for want of data or people.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operation::Operation;
use crate::index::scene::Scene;
use crate::index::{Column, Mark};
use crate::language::numbered;
use crate::message;
use crate::quality::message;

/// Leaves out units: too few indicators, or a measured value out of bounds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Screen {
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

    fn apply(&self, column: &Column, scene: &mut Scene<'_>) -> Column {
        let out: Vec<bool> = (0..column.len()).map(|unit| self.leaves_out(unit, scene)).collect();
        let lost: Vec<usize> = (0..column.len())
            .filter(|&unit| out[unit] && !column.values()[unit].is_nan())
            .collect();
        if !lost.is_empty() {
            let message = message!(
                "{n} units screened out",
                "{of} prin regula de selecție a unităților",
                n = lost.len(),
                of = numbered(n, "unitate eliminată", "unități eliminate"),
            );
            scene.tell(&message::index::SCREENED, &lost, message);
        }
        column.without(|unit| out[unit].then_some(Mark::NotApplicable))
    }
}

impl Screen {
    fn leaves_out(&self, unit: usize, scene: &Scene<'_>) -> bool {
        let code = &scene.register.codes()[unit];
        if self.include.contains_key(code) {
            return false;
        }
        self.exclude.contains_key(code)
            || self.too_few(unit, scene)
            || self.out_of_bounds(unit, scene)
    }

    fn too_few(&self, unit: usize, scene: &Scene<'_>) -> bool {
        let Some(least) = self.present else { return false };
        let known: Vec<_> = self.of.iter().filter_map(|id| scene.measured.get(id)).collect();
        let present = known.iter().filter(|measured| measured.column.value(unit).is_some()).count();
        // counts compared, so that 2 of 3 is exactly 2/3 however the share was typed
        (present as f64) < least * known.len() as f64 - 1e-9
    }

    fn out_of_bounds(&self, unit: usize, scene: &Scene<'_>) -> bool {
        let measured = self.by.as_ref().and_then(|id| scene.measured.get(id));
        let Some(measured) = measured else { return false };
        measured.column.value(unit).is_none_or(|value| {
            self.at_least.is_some_and(|least| value < least)
                || self.at_most.is_some_and(|most| value > most)
        })
    }
}
