//! What the user wrote: study and methodology files, from text to checked types.

mod document;
pub mod expression;
mod fields;
mod file;
mod problem;
mod shapes;
pub mod source;
mod spelling;

pub use file::{Acceptance, Adopted, RegisterChoice, SignOff, Study};
pub use problem::{Paint, Problem, Problems};
pub use source::{Key, Layout, Measure, NumberFormat, Selection, SheetChoice, Source};
