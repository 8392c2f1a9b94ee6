//! From values to bytes: every format of a run's outputs, none of which reads or writes.
//!
//! `model` makes tables, pages and drawings from a run, `mask` hides small counts in it, `pack` leaves
//! the units of one county, and each file of `format` renders the model.

mod file;
#[cfg(test)]
mod fixture;
pub mod folder;
mod format;
mod markup;
mod mask;
mod model;
mod pack;
mod provenance;
mod text;
mod words;

use crate::language::Language;
use crate::quality::Findings;

pub use file::{File, ReportError};
pub use folder::write_file;
use format::frame;
pub use format::{
    Format, RECORD, UnknownFormat, files, full_files, handed_out, refused_json, what_if_json,
};
pub(crate) use format::{NoPicture, csv, difference, published_columns, table_columns};
pub(crate) use markup::markup_text;
pub(crate) use mask::{Secrets, telling};
pub use model::View;
pub(crate) use model::{Column, Table};
pub(crate) use model::{SelectionView, Telling, UNMASKED, Wording};
pub(crate) use provenance::{FileDigest, Provenance, Role};
pub use provenance::{sha256, sha256_of};
pub use text::{render_findings, spoken, summary, what_if};
pub(crate) use words::declared;

/// A run as it may be published: what would give a small count back is withheld, where a study asks for it.
#[derive(Debug)]
pub struct Published(Option<mask::Masked>);

impl Published {
    /// What is withheld of a run.
    pub fn of(view: &View<'_>) -> Self {
        Self(mask::Masked::new(view))
    }

    /// Whether anything is.
    pub fn withholds(&self) -> bool {
        self.0.is_some()
    }

    /// The run without it.
    pub fn view<'p>(&'p self, view: &View<'p>) -> View<'p> {
        self.0.as_ref().map_or(*view, |masked| masked.view(view))
    }
}

/// Findings as `findings.csv` of a run lists them: one row for each place and unit.
pub fn findings_csv(findings: &Findings) -> Vec<u8> {
    csv(&model::findings(findings))
}

/// SHA-256 of the list as `tables/selection.csv` of a run has it in Romanian, in small hexadecimal
/// digits; `None` where no programme was applied.
pub(crate) fn selection_digest(view: &View<'_>) -> Option<String> {
    let chosen = view.selection?;
    let wording = Wording::new(chosen, Language::Ro);
    Some(sha256(&csv(&wording.units(view.masks))))
}

/// The index as `tables/index.csv` of a run lists it: one row for each unit, in the order of the register.
pub fn index_frame(view: &View<'_>) -> polars::prelude::DataFrame {
    frame(&model::index_of(view))
}
