//! What a run says in the terminal.

mod selection;
mod summary;

pub use summary::{render_findings, spoken, summary};
