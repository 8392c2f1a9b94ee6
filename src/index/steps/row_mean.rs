//! Imputation along the row: the unit's other indicators say where it stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::impute::fill;
use crate::index::Column;
use crate::index::scene::{Scene, base};
use crate::index::stats;

/// The mean of the unit's other indicators after direction and min-max, scaled back to this one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RowMean {
    /// The indicators of the row, as measured; this one may be among them.
    pub of: Vec<String>,
}

impl RowMean {
    pub(super) fn problems(&self) -> Vec<String> {
        if self.of.is_empty() {
            vec!["`of` needs at least one indicator".into()]
        } else {
            Vec::new()
        }
    }

    /// Scaled value of each indicator: (s·x - min)/(max - min) over the ranked units; the missing
    /// cell takes their mean m, as s·(min + m·(max - min)) of its own column.
    pub(super) fn fill(&self, column: &Column, scene: &Scene<'_>) -> Column {
        let turn =
            |values: &[f64], sign: f64| values.iter().map(|x| sign * x).collect::<Vec<f64>>();
        let scaled: Vec<Vec<f64>> = self
            .of
            .iter()
            .filter_map(|id| scene.measured.get(id))
            .map(|measured| {
                let values = turn(measured.column.values(), measured.sign);
                let base = base(&values, scene.ranked);
                let (low, high) = (stats::minimum(&base), stats::maximum(&base));
                values.iter().map(|x| (x - low) / (high - low)).collect()
            })
            .collect();
        let own = base(&turn(column.values(), scene.sign), scene.ranked);
        let (low, high) = (stats::minimum(&own), stats::maximum(&own));
        fill(column, |unit| {
            let row: Vec<f64> =
                scaled.iter().map(|values| values[unit]).filter(|x| x.is_finite()).collect();
            scene.sign * (low + stats::mean(&row) * (high - low))
        })
    }
}
