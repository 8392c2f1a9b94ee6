//! What the user wrote: study, methodology and programme files, from text to checked types.

mod bundled;
mod document;
pub mod expression;
mod fields;
mod file;
mod layers;
mod letter_head;
mod lists;
pub mod methodology;
mod problem;
pub(crate) mod programme;
mod read_study;
pub(crate) mod robustness;
pub mod schema;
mod shape;
pub mod source;
mod source_key;
mod source_rows;
mod source_values;
mod table;
mod values;

pub use bundled::{Bundled, bundled_heads, bundled_methodologies, bundled_text};
pub use file::Study;
pub(crate) use file::{Acceptance, Adopted, Publish, RegisterChoice, SignOff, Small};
pub(crate) use layers::Layer;
pub(crate) use letter_head::LetterHead;
pub(crate) use lists::{ListKind, ListSource};
pub use methodology::{Methodology, MethodologyContext};
pub use problem::{Paint, Problem, Problems};
pub(crate) use programme::Programme;
pub use schema::schema;
pub use source::{
    CountyFrom, Key, Layout, Measure, NumberFormat, Parts, Selection, SheetChoice, Source,
};
pub(crate) use source_rows::{ConditionCells, ConditionColumn, RowCondition, Skip, SkippedClass};
