//! How sure each place of a list is: the declared doubts, drawn again and again, and what the whole
//! programme answers to each draw.
//!
//! A [`Plan`] says what is doubted; `draws` turns its seed into numbers that depend on nothing else, and
//! `laws` those into values. What many lists say is computed by `shares`, `sensitivity` and
//! `rank_sets`. Nothing here reads files or asks for the time.

pub(crate) mod draws;
pub(crate) mod laws;
pub(crate) mod plan;
pub(crate) mod rank_sets;
pub mod sensitivity;
pub(crate) mod shares;
