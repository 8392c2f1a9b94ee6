//! What was repaired, dropped, doubted or refused: findings, each with its rule and its places.

mod finding;
mod place;
mod printable;
pub mod rules;
mod said;

pub use finding::{Finding, Findings, Severity};
pub use place::{Place, cell_name, column_letters};
pub use printable::printable;
pub use rules::Rule;
pub use said::Said;
pub(crate) use said::said;
