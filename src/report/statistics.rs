//! The statistics of an index as reports show them.

use super::View;
use crate::index::diagnostics::{self, Statistics};
use crate::register::{NATIONAL, UNIT};

/// The register column between whose areas variance is shared out: counties where the register has
/// them, else its first grouping.
pub(crate) fn grouping<'a>(view: &View<'a>) -> &'a str {
    let mut names = view.figures.register.level_names();
    let first = view.figures.register.level_names().find(|name| *name != UNIT && *name != NATIONAL);
    names.find(|name| *name == "county").or(first).unwrap_or(NATIONAL)
}

/// The statistics of the run.
pub(crate) fn statistics(view: &View<'_>) -> Statistics {
    diagnostics::statistics(
        view.figures.method,
        view.figures.register,
        view.figures.index,
        grouping(view),
    )
}
