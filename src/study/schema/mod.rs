//! JSON Schemas of the files a user writes, so that editors complete and check them.
//!
//! The types here are only described, never filled: reading goes through the walker, which reports
//! all problems with their places. A test holds that both know the same keys.
#![expect(dead_code, reason = "these types are described to editors, never filled")]

mod methodology;
mod programme;
mod study;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use schemars::generate::SchemaSettings;

/// A file that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// `study.toml`.
    Study,
    /// A methodology.
    Methodology,
    /// A programme.
    Programme,
}

impl Document {
    /// All of them, in the order in which a user meets them.
    pub const ALL: [Self; 3] = [Self::Study, Self::Methodology, Self::Programme];

    /// The word that names it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Study => "study",
            Self::Methodology => "methodology",
            Self::Programme => "programme",
        }
    }
}

/// The JSON Schema (draft 7) of a file.
pub fn schema(document: Document) -> serde_json::Value {
    let generator = SchemaSettings::draft07().into_generator();
    let schema = match document {
        Document::Study => generator.into_root_schema_for::<study::StudyFile>(),
        Document::Methodology => generator.into_root_schema_for::<methodology::MethodologyFile>(),
        Document::Programme => generator.into_root_schema_for::<programme::ProgrammeFile>(),
    };
    schema.to_value()
}

/// A text for people: one that serves both languages, or one in each.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Label {
    /// The same text in both languages.
    Same(String),
    /// A text in each language.
    Each(EachLanguage),
}

/// A text in each language.
#[derive(JsonSchema)]
#[schemars(deny_unknown_fields)]
struct EachLanguage {
    /// Romanian.
    ro: String,
    /// English.
    en: String,
}

/// A text, or a whole number that stands for its own text: a column by header, letter or number, a
/// year, a label.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum TextOrNumber {
    /// A text.
    Text(String),
    /// A whole number.
    Number(i64),
}

/// Ids, each with a reason.
type Reasons = BTreeMap<String, String>;

#[cfg(test)]
mod tests;
