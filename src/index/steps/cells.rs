//! Cells changed by a declared rule: bounds, flags, a constant for what is missing.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::elementary::each;
use super::operation::{Operation, finite};
use crate::index::scene::Scene;
use crate::index::{Column, Mark};
use crate::language::numbered;
use crate::message;
use crate::quality::{Message, message};

/// Cuts values to declared bounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Clip {
    /// Least value kept; none when absent.
    pub low: Option<f64>,
    /// Greatest value kept; none when absent.
    pub high: Option<f64>,
}

/// 1 where the value is at least a cut-off, else 0.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Flag {
    /// The cut-off; compared at 9 decimals.
    pub at_least: f64,
}

/// Puts a constant where there is no value, after a transformation.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Fill {
    /// The constant.
    pub value: f64,
}

impl Operation for Clip {
    fn problems(&self) -> Vec<String> {
        let mut problems: Vec<String> = [("low", self.low), ("high", self.high)]
            .into_iter()
            .filter_map(|(name, bound)| bound.and_then(|bound| finite(name, bound)))
            .collect();
        match (self.low, self.high) {
            (Some(low), Some(high)) if low > high => {
                problems.push("`low` must not be above `high`".into());
            }
            (None, None) => problems.push("`clip` needs `low`, `high` or both".into()),
            _ => {}
        }
        problems
    }

    fn apply(&self, column: &Column, scene: &mut Scene<'_>) -> Column {
        let (low, high) =
            (self.low.unwrap_or(f64::NEG_INFINITY), self.high.unwrap_or(f64::INFINITY));
        let clipped = each(column, |x| x.max(low).min(high));
        let what = message!("cut to the declared bounds", "tăiate la limitele declarate");
        tell_changed(column, &clipped, what, scene);
        clipped
    }
}

impl Operation for Flag {
    fn problems(&self) -> Vec<String> {
        finite("at_least", self.at_least).into_iter().collect()
    }

    fn apply(&self, column: &Column, _: &mut Scene<'_>) -> Column {
        let cut = crate::index::stats::half_up(self.at_least, 9);
        each(column, |x| f64::from(u8::from(crate::index::stats::half_up(x, 9) >= cut)))
    }
}

impl Operation for Fill {
    fn problems(&self) -> Vec<String> {
        finite("value", self.value).into_iter().collect()
    }

    fn apply(&self, column: &Column, _: &mut Scene<'_>) -> Column {
        let filled = column
            .values()
            .iter()
            .zip(column.marks())
            .map(|(&x, mark)| match mark {
                Mark::NotAvailable | Mark::Confidential => self.value,
                Mark::Value | Mark::Imputed | Mark::NotApplicable | Mark::Constant => x,
            })
            .collect();
        column.with_values(filled)
    }
}

/// Tells which cells a treatment changed; nothing when it changed none.
pub(super) fn tell_changed(before: &Column, after: &Column, what: Message, scene: &mut Scene<'_>) {
    let changed: Vec<usize> = (0..before.len())
        .filter(|&unit| {
            let (old, new) = (before.values()[unit], after.values()[unit]);
            !old.is_nan() && !new.is_nan() && old.total_cmp(&new).is_ne()
        })
        .collect();
    if !changed.is_empty() {
        let message = message!(
            "{n} values {en}",
            "{of} {ro}",
            n = changed.len(),
            of = numbered(n, "valoare", "valori"),
            en = what.en,
            ro = what.ro,
        );
        scene.tell(&message::index::TREATED, &changed, message);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::steps::stage::after;

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
