//! Programme files: loading with what they extend, and checking against study, register and method.

mod capacity;
mod check;
mod eligible;
mod envelopes;
mod head;
mod limits;
mod lines;
mod load;
mod merge;
mod money;
mod order;
mod phases;
mod plan;
mod rest;
#[cfg(test)]
pub(super) mod scene;
mod terms;
#[cfg(test)]
mod tests;

pub use lines::{Line, Lines};
pub use load::Programme;
pub use plan::{
    Absent, Capacity, Cost, EnvelopePlan, Holds, ListUse, Need, Plan, Resource, Source, Texts,
    TieKey, Yardstick,
};
pub use terms::Terms;
