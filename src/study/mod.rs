//! What the user wrote: study and methodology files, from text to checked types.

mod file;
pub mod source;

pub use file::{Acceptance, Adopted, RegisterChoice, SignOff, Study};
pub use source::{Key, Layout, Measure, NumberFormat, Selection, SheetChoice, Source};
