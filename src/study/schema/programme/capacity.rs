//! The keys of envelopes, and of what units need and have.

use schemars::JsonSchema;

use super::Amount;
use crate::study::programme::Holds;
use crate::study::schema::{Label, TextOrNumber};

/// A total that a document gives.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Envelope {
    /// Identifier: lower-case letters, digits and `_`.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    id: String,
    /// Name for reports; the id when absent.
    title: Option<Label>,
    /// Whole things, or money with two decimals.
    unit: Option<EnvelopeUnit>,
    /// The total.
    total: Amount,
    /// The document and the page.
    source: String,
    /// The list comes to so many for each place.
    each_place: Option<Amount>,
    /// The list comes to so many for each unit covered.
    each_unit: Option<Amount>,
    /// The list comes to this formula summed over the units covered, or to its `cost`.
    sum: Option<String>,
    /// How the computed total must stand to the envelope; `exactly` when absent.
    holds: Option<Holds>,
    /// What the comparison assumes.
    assumption: Option<Label>,
}

/// What an envelope counts.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub(super) enum EnvelopeUnit {
    /// Whole things.
    Count,
    /// Money with two decimals.
    Lei,
}

/// What units need and what they have, set beside their risk.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Capacity {
    /// Register column whose areas are summed up; `county` when absent.
    by: Option<String>,
    /// Condition of the units that are counted; all when absent.
    r#where: Option<String>,
    /// Formula that weighs units in the mean score of an area; equal weights when absent.
    weight: Option<String>,
}

/// Something that units have and may need.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Resource {
    /// Identifier: lower-case letters, digits and `_`.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    id: String,
    /// Name for reports; the id when absent.
    title: Option<Label>,
    /// Condition of the units in which it is counted; that of `[capacity]` when absent.
    r#where: Option<String>,
    /// Formula over counts and amounts measured by unit: how much of it a unit has.
    supply: String,
    /// A number, or a formula: how much of it a unit needs. Without it there is no gap.
    need: Option<TextOrNumber>,
    /// Whether reports name the units that have some of it.
    named: Option<bool>,
    /// Whether it is left out, with a finding, where the study has no such source.
    optional: Option<bool>,
    /// The document that need or supply come from.
    source: Option<String>,
    /// What they assume.
    assumption: Option<Label>,
}
