//! What was repaired, dropped, doubted or refused: findings, each with its rule and its places.

mod acceptance;
mod finding;
mod message;
mod place;

pub(crate) use acceptance::{Scope, block};
pub use finding::{Finding, Findings, Severity};
pub(crate) use finding::{Rule, Thing};
pub use message::Message;
pub(crate) use message::{Advice, Said, message, sentences, speaks};
pub(crate) use place::{Place, cell_name, column_letters, printable};
