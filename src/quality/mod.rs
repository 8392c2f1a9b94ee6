//! What was repaired, dropped, doubted or refused: findings, each with its rule and its places.

mod finding;
mod message;
mod place;

pub(crate) use finding::Rule;
pub use finding::{Finding, Findings, Severity};
pub use message::Message;
pub(crate) use message::message;
pub(crate) use place::{Place, cell_name, column_letters, printable};
