//! What the user wrote: study and methodology files, from text to checked types.

mod bundled;
mod catalogue;
mod document;
pub mod expression;
mod fields;
mod file;
pub mod methodology;
mod problem;
mod read_source;
mod read_study;
pub mod schema;
mod shapes;
pub mod source;
mod spelling;

pub use bundled::{bundled_methodologies, bundled_methodology};
pub use catalogue::{Bundled, bundled_heads};
pub use file::{Acceptance, Adopted, Predicate, RegisterChoice, SignOff, Study};
pub use methodology::{Against, Methodology};
pub use problem::{Paint, Problem, Problems};
pub use schema::schema;
pub use source::{Key, Layout, Measure, NumberFormat, Selection, SheetChoice, Source};
pub use spelling::suggest;
