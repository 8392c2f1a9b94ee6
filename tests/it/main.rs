//! Integration tests: the command as its users run it, one module a subject.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod architecture;
mod archive;
mod command;
mod compare;
mod compute;
mod demo;
mod explain;
mod hygiene;
mod interrupt;
mod methods;
mod readme;
mod selection;
mod selection_cases;
mod selection_properties;
mod small;
mod study_files;
