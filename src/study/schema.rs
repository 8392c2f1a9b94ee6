//! JSON Schemas of the files a user writes, so that editors complete and check them.

use schemars::generate::SchemaSettings;

use super::file::StudyFile;
use super::methodology::MethodologyFile;
use super::programme::ProgrammeFile;
use super::robustness::RobustnessFile;

/// A file that has a schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Document {
    /// `study.toml`.
    Study,
    /// A methodology.
    Methodology,
    /// A programme.
    Programme,
    /// A file of doubts.
    Robustness,
}

impl Document {
    /// All of them, in the order in which a user meets them.
    pub const ALL: [Self; 4] = [Self::Study, Self::Methodology, Self::Programme, Self::Robustness];

    /// The word that names it on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Study => "study",
            Self::Methodology => "methodology",
            Self::Programme => "programme",
            Self::Robustness => "robustness",
        }
    }
}

/// The JSON Schema (draft 7) of a file: that of the tables by which it is read.
pub fn schema(document: Document) -> serde_json::Value {
    let generator = SchemaSettings::draft07().into_generator();
    let (mut schema, title) = match document {
        Document::Study => (generator.into_root_schema_for::<StudyFile>(), "Study of risk-index"),
        Document::Methodology => {
            (generator.into_root_schema_for::<MethodologyFile>(), "Methodology of risk-index")
        }
        Document::Programme => {
            (generator.into_root_schema_for::<ProgrammeFile>(), "Programme of risk-index")
        }
        Document::Robustness => {
            (generator.into_root_schema_for::<RobustnessFile>(), "Doubts of risk-index")
        }
    };
    schema.insert("title".to_owned(), title.into());
    schema.to_value()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_described_with_its_default_and_required_where_it_must_be_there() {
        let schema = schema(Document::Programme);
        let lottery = &schema["definitions"]["Lottery"];
        assert_eq!(lottery["required"], serde_json::json!(["source", "announced", "seed"]));
        assert_eq!(lottery["additionalProperties"], false);
        let budget = &schema["definitions"]["Budget"];
        assert_eq!(budget["required"], serde_json::json!([]));
        assert_eq!(budget["properties"]["when_short"]["default"], "skip");
        assert_eq!(budget["properties"]["limit"]["description"], "The limit in lei.");
    }

    #[test]
    fn steps_are_described_with_their_parameters() {
        let schema = schema(Document::Methodology).to_string();
        assert!(schema.contains("http://json-schema.org/draft-07/schema#"));
        assert!(schema.contains("\"winsorise\"") && schema.contains("\"minmax\""));
    }
}
