//! What the user wrote: study, methodology and programme files, from text to checked types.

mod bundled;
mod catalogue;
mod document;
pub mod expression;
mod fields;
mod file;
mod layers;
pub mod methodology;
mod problem;
pub mod programme;
mod read_list;
mod read_source;
mod read_study;
pub mod schema;
mod shapes;
pub mod source;
mod spelling;
mod status;
mod written;

pub use bundled::{
    bundled_methodologies, bundled_methodology, bundled_programme, bundled_programmes,
};
pub use catalogue::{Bundled, bundled_heads, bundled_text};
pub use file::{
    Acceptance, Adopted, ListKind, ListSource, Predicate, RegisterChoice, SignOff, Study,
};
pub use layers::{Layer, Load};
pub use methodology::{Against, Methodology};
pub use problem::{Paint, Problem, Problems};
pub use programme::Programme;
pub use schema::schema;
pub use source::{Key, Layout, Measure, NumberFormat, Selection, SheetChoice, Source};
