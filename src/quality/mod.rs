//! What was repaired, dropped, doubted or refused: findings, each with its rule and its places.

mod finding;
mod message;
mod place;
mod rule;

pub use finding::{Finding, Findings};
pub use message::Message;
pub(crate) use message::message;
pub use place::{Place, cell_name, column_letters, printable};
pub use rule::{Rule, Severity};
