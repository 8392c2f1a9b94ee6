//! Classes of a column: quantiles, cuts, natural breaks, declared bands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How a column is cut into classes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Number of quantile classes.
    pub quantiles: u32,
}
