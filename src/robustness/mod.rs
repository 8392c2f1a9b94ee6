//! How sure each place of a list is: the declared doubts, drawn again and again, and what the whole
//! programme answers to each draw.
//!
//! A [`Plan`] says what is doubted; `draws` turns its seed into numbers that depend on nothing else;
//! `statistics` holds what is computed from many lists. Nothing here reads files or asks for the time.

pub(crate) mod draws;
pub(crate) mod laws;
pub(crate) mod plan;
