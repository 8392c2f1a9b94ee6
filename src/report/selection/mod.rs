//! A selection in tables, sentences and words for the terminal.

mod chosen;
mod json;
mod lists;
mod refusal;
mod sentences;
mod spoken;
mod tables;

pub use chosen::Chosen;
pub(crate) use json::json;
pub(crate) use lists::{Filling, List, lists};
pub use refusal::refused_json;
pub use spoken::spoken;
pub(crate) use tables::tables;
