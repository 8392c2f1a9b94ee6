//! The keys of unions.

use schemars::JsonSchema;

/// Small neighbours under one project.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Unions {
    /// Most members of a project, 2 or 3.
    max_members: u8,
    /// Most inhabitants of a union together.
    max_population: u32,
    /// Most inhabitants of a member of a union.
    member_max_population: Option<u32>,
    /// Classification in which members must agree; any neighbours may join when absent.
    same: Option<String>,
    /// Which units touch.
    neighbours: Neighbours,
    /// Formula over measures: who counts as people.
    people: Option<String>,
    /// Formula over measures: inhabitants; `population.total` when absent.
    population: Option<String>,
    /// What takes a place: `project`.
    place: Option<Place>,
}

/// What takes a place.
#[derive(JsonSchema)]
#[schemars(rename_all = "lowercase")]
pub(super) enum Place {
    /// A project: a unit, or a union of several.
    Project,
}

/// Which units touch.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(super) struct Neighbours {
    /// A `[[source]]` with `layout = "borders"`.
    source: String,
    /// Least length of a common border in metres.
    min_border_m: Option<u32>,
}
