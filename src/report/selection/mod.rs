//! A selection in tables, sentences and words for the terminal.

mod accounts;
mod capacity;
mod capacity_words;
mod chosen;
mod json;
mod list;
mod lists;
mod masked;
mod refusal;
mod sentences;
mod spoken;
mod tables;

pub(crate) use capacity::{Account, Profile};
pub use chosen::{Chosen, Withheld};
pub(crate) use json::json;
pub(crate) use list::{Filling, List};
pub(crate) use lists::lists;
pub(crate) use masked::MaskedChosen;
pub use refusal::refused_json;
pub(crate) use sentences::below_the_cut;
pub use spoken::spoken;
pub(crate) use tables::tables;
