//! The steps a column goes through, one file a step, and the table of all of them.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One named operation with its parameters, as a methodology declares it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Step {
    /// Rounds half up.
    Round {
        /// Decimals kept.
        decimals: u32,
    },
}
