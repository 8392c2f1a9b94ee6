//! The tables of a run for machines, one file a table.

mod findings;
mod index;
mod observations;
mod statistics;
mod summaries;
mod trace;

pub(crate) use findings::findings;
pub(crate) use index::{PLACES, index};
pub(crate) use observations::{SourcePart, observations, source_parts};
pub(crate) use statistics::statistics;
pub(crate) use summaries::summaries;
pub(crate) use trace::trace;

use crate::index::Mark;

/// The word for what a cell is; the same in every language.
pub(crate) fn mark_word(mark: Mark) -> &'static str {
    match mark {
        Mark::Value => "value",
        Mark::Imputed => "imputed",
        Mark::NotAvailable => "not-available",
        Mark::Confidential => "confidential",
        Mark::NotApplicable => "not-applicable",
        Mark::Constant => "constant",
    }
}
