//! Integration tests: the command as its users run it, one module a subject.
#![expect(clippy::unwrap_used, reason = "a test may panic")]

mod architecture;
mod archive;
mod capacity;
mod command;
mod compare;
mod compute;
mod declared;
mod demo;
mod doubts;
mod explain;
#[path = "../files/mod.rs"]
mod files;
mod formatting;
mod hygiene;
mod interrupt;
mod intruder;
mod languages;
mod letters;
mod methods;
mod mutation;
mod office;
mod packs;
mod porch;
mod programmes;
mod readme;
mod robustness;
mod schemas;
mod select;
mod selection;
mod selection_unions;
mod small;
mod spreadsheets;
mod study_files;
mod unwritable;
