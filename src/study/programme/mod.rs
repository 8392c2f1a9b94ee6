//! Programme files: loading with what they extend, and checking against study, register and method.

mod amounts;
mod budget;
mod capacity;
mod check;
mod context;
mod eligible;
mod file;
#[cfg(test)]
pub(crate) mod fixture;
mod order;
mod phases;
mod programme_table;
mod require;
mod reserve;
#[cfg(test)]
mod tests;
mod unions;

pub(crate) use budget::{Cost, EnvelopePlan, Yardstick};
pub(crate) use capacity::{Capacity, Need, Resource};
pub(crate) use check::{CheckedProgramme, Programme};
pub(crate) use context::ProgrammeContext;
pub(crate) use eligible::{ListUse, NamedTest, TestRule};
pub(crate) use file::Line;
pub(super) use file::ProgrammeFile;
