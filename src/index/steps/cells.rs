//! Cells changed by a declared rule: units left out, bounds, flags, a constant for what is missing.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::elementary::each;
use super::operation::{Explained, Operation, StepContext, StepText, finite};
use crate::index::{Column, Mark};
use crate::message::index::parameters;
use crate::message::index::steps as message;
use crate::quality::{Finding, Message};

/// Cuts values to declared bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Clip {
    /// Least value kept; none when absent.
    pub low: Option<f64>,
    /// Greatest value kept; none when absent.
    pub high: Option<f64>,
}

/// 1 where the value is at least a cut-off, else 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Flag {
    /// The cut-off; compared at 9 decimals.
    pub at_least: f64,
}

/// Puts a constant where there is no value, after a transformation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Fill {
    /// The constant.
    pub value: f64,
}

impl Explained for Clip {
    const TEXT: StepText = StepText {
        summary: "Cuts values to declared bounds",
        romanian: "limitează valorile la intervalul declarat",
        formula: "min(max(x, low), high)",
        example: "{ clip = { low = 0, high = 100 } }",
        source: "OECD/JRC Handbook (2008), step 5",
    };
}

impl Operation for Clip {
    fn problems(&self) -> Vec<Message> {
        let mut problems: Vec<Message> = [("low", self.low), ("high", self.high)]
            .into_iter()
            .filter_map(|(name, bound)| bound.and_then(|bound| finite(name, bound)))
            .collect();
        match (self.low, self.high) {
            (Some(low), Some(high)) if low > high => {
                problems.push(parameters::low_above_high());
            }
            (None, None) => problems.push(parameters::clip_bounds()),
            _ => {}
        }
        problems
    }

    fn apply(&self, column: &Column, _: &StepContext<'_>) -> Column {
        let (low, high) =
            (self.low.unwrap_or(f64::NEG_INFINITY), self.high.unwrap_or(f64::INFINITY));
        each(column, |x| x.max(low).min(high))
    }

    fn findings(&self, before: &Column, after: &Column, context: &StepContext<'_>) -> Vec<Finding> {
        treated(before, after, &message::cut_to_bounds(), context)
    }
}

impl Explained for Flag {
    const TEXT: StepText = StepText {
        summary: "1 at or above a cut-off, else 0",
        romanian: "pune 1 de la pragul declarat în sus, altfel 0",
        formula: "1 if x >= at_least else 0",
        example: "{ flag = { at_least = 0.9 } }",
        source: "CDC/ATSDR SVI; Alkire and Foster (2011)",
    };
}

impl Operation for Flag {
    fn problems(&self) -> Vec<Message> {
        finite("at_least", self.at_least).into_iter().collect()
    }

    fn apply(&self, column: &Column, _: &StepContext<'_>) -> Column {
        let cut = crate::index::stats::half_up(self.at_least, 9);
        each(column, |x| f64::from(u8::from(crate::index::stats::half_up(x, 9) >= cut)))
    }
}

impl Explained for Fill {
    const TEXT: StepText = StepText {
        summary: "Puts a constant where there is no value, after a transformation",
        romanian: "pune o constantă unde nu există valoare, după transformare",
        formula: "value where missing",
        example: "{ fill = { value = 0 } }",
        source: "SIMD 2016: a missing indicator scores 0 after the normal transformation",
    };
}

impl Operation for Fill {
    fn problems(&self) -> Vec<Message> {
        finite("value", self.value).into_iter().collect()
    }

    fn apply(&self, column: &Column, _: &StepContext<'_>) -> Column {
        let filled = column
            .values()
            .iter()
            .zip(column.marks())
            .map(|(&x, mark)| match mark {
                Mark::NotAvailable | Mark::Confidential | Mark::Withheld => self.value,
                Mark::Value
                | Mark::Imputed
                | Mark::Substituted
                | Mark::NotApplicable
                | Mark::Constant => x,
            })
            .collect();
        column.with_values(filled)
    }

    fn filling(&self) -> Option<Message> {
        Some(message::filled_by_constant(self.value, 4))
    }
}

/// Puts `value` of the unit into every cell that may be filled; NaN fills nothing.
pub(super) fn fill_gaps(column: &Column, value: impl Fn(usize) -> f64) -> Column {
    let values = column
        .marks()
        .iter()
        .enumerate()
        .map(|(unit, mark)| match mark {
            Mark::NotAvailable | Mark::Confidential | Mark::Withheld => value(unit),
            Mark::Value
            | Mark::Imputed
            | Mark::Substituted
            | Mark::NotApplicable
            | Mark::Constant => column.values()[unit],
        })
        .collect();
    column.with_values(values)
}

/// Which values a treatment changed; nothing when it changed none.
pub(super) fn treated(
    before: &Column,
    after: &Column,
    how: &Message,
    context: &StepContext<'_>,
) -> Vec<Finding> {
    let is_changed = |unit: &usize| {
        let (old, new) = (before.values()[*unit], after.values()[*unit]);
        !old.is_nan() && !new.is_nan() && old.total_cmp(&new).is_ne()
    };
    let changed: Vec<usize> = (0..before.len()).filter(is_changed).collect();
    let finding = || message::treated(context.node, context.units(&changed), how);
    if changed.is_empty() { Vec::new() } else { vec![finding()] }
}

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
    fn problems(&self) -> Vec<Message> {
        let mut problems = Vec::new();
        if self.present.is_some() == self.of.is_empty() {
            problems.push(parameters::of_and_present());
        }
        if self.present.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
            problems.push(parameters::share("present"));
        }
        if self.by.is_some() != (self.at_least.is_some() || self.at_most.is_some()) {
            problems.push(parameters::by_and_bounds());
        }
        if let Some(code) = self.include.keys().find(|code| self.exclude.contains_key(*code)) {
            problems.push(parameters::in_and_out(code));
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::steps::fixture::after;

    #[test]
    fn bounds_flags_and_fills_do_what_they_say() {
        let clip = Clip { low: Some(0.0), high: Some(10.0) };
        assert_eq!(after(&clip, &[-1.0, 5.0, 11.0]), [0.0, 5.0, 10.0]);
        assert_eq!(after(&Flag { at_least: 0.9 }, &[0.89, 0.9, 1.0]), [0.0, 1.0, 1.0]);
        assert_eq!(after(&Flag { at_least: 0.3 }, &[0.1 + 0.2, 0.3 - 1e-16]), [1.0, 1.0]);
        assert_eq!(after(&Fill { value: 0.0 }, &[f64::NAN, 3.0]), [0.0, 3.0]);
    }

    #[test]
    fn bounds_the_wrong_way_round_are_refused() {
        assert!(!Clip { low: Some(2.0), high: Some(1.0) }.problems().is_empty());
        assert!(!Clip::default().problems().is_empty());
    }
}
