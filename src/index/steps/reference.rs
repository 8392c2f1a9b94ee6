//! The reference of all steps, as `methods steps` prints it.

use schemars::Schema;
use serde::Serialize;
use serde_json::Value;

use super::{Entry, TABLE};

/// One step, explained.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepReference {
    /// The name a methodology uses.
    pub name: &'static str,
    /// What it does, in one sentence.
    pub summary: &'static str,
    /// Its formula.
    pub formula: &'static str,
    /// Its parameters, in the order of the alphabet.
    pub parameters: Vec<Parameter>,
    /// How a methodology writes it (TOML).
    pub example: &'static str,
    /// Where it comes from.
    pub source: &'static str,
}

/// One parameter of a step.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it means.
    pub meaning: String,
    /// What holds when it is not given, as JSON; `None` where it must be given.
    pub default: Option<String>,
}

/// All steps in the order of their use.
pub fn reference() -> Vec<StepReference> {
    TABLE.iter().map(explain).collect()
}

fn explain(entry: &Entry) -> StepReference {
    let schema = (entry.schema)();
    StepReference {
        name: entry.name,
        summary: entry.summary,
        formula: entry.formula,
        parameters: parameters(&schema),
        example: entry.example,
        source: entry.source,
    }
}

/// The properties of a table of options; for a choice between tables, one per choice.
fn parameters(schema: &Schema) -> Vec<Parameter> {
    let choices = schema.get("oneOf").and_then(Value::as_array);
    if let Some(choices) = choices {
        return choices.iter().flat_map(choice).collect();
    }
    let required = required(schema.as_value());
    properties(schema.as_value())
        .map(|(name, property)| Parameter {
            name: name.clone(),
            meaning: meaning(property),
            default: property
                .get("default")
                .map(Value::to_string)
                .or_else(|| (!required.contains(&name.as_str())).then(|| "none".to_owned())),
        })
        .collect()
}

fn choice(choice: &Value) -> Vec<Parameter> {
    let described = meaning(choice);
    properties(choice)
        .map(|(name, _)| Parameter {
            name: name.clone(),
            meaning: described.clone(),
            default: Some("none".to_owned()),
        })
        .collect()
}

fn properties(schema: &Value) -> impl Iterator<Item = (&String, &Value)> {
    schema.get("properties").and_then(Value::as_object).into_iter().flatten()
}

fn required(schema: &Value) -> Vec<&str> {
    let names = schema.get("required").and_then(Value::as_array);
    names.into_iter().flatten().filter_map(Value::as_str).collect()
}

fn meaning(schema: &Value) -> String {
    let text = schema.get("description").and_then(Value::as_str).unwrap_or_default();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;
    use crate::index::steps::Step;

    #[derive(Deserialize)]
    struct Line {
        step: Step,
    }

    fn read(example: &str) -> Result<Step, toml::de::Error> {
        toml::from_str::<Line>(&format!("step = {example}")).map(|line| line.step)
    }

    #[test]
    fn every_example_is_a_step_of_that_name_without_problems() {
        for entry in reference() {
            let step =
                read(entry.example).unwrap_or_else(|error| panic!("{}: {error}", entry.name));
            assert_eq!(step.name(), entry.name);
            assert_eq!(step.problems(), Vec::<String>::new(), "{}", entry.name);
            assert!(!entry.formula.is_empty() && !entry.source.is_empty());
        }
    }

    #[test]
    fn every_parameter_is_explained() {
        for entry in reference() {
            for parameter in &entry.parameters {
                assert!(!parameter.meaning.is_empty(), "{}.{}", entry.name, parameter.name);
            }
        }
        let winsorise = reference().into_iter().find(|entry| entry.name == "winsorise").unwrap();
        let max = winsorise.parameters.iter().find(|parameter| parameter.name == "max").unwrap();
        assert_eq!(max.default.as_deref(), Some("5"));
    }

    #[test]
    fn unknown_names_and_keys_are_refused() {
        let error = read("{ winsorize = {} }").unwrap_err().to_string();
        assert!(error.contains("unknown variant `winsorize`"), "{error}");
        let error = read("{ winsorise = { maximum = 5 } }").unwrap_err().to_string();
        assert!(error.contains("unknown field `maximum`, expected one of `max`"), "{error}");
        assert!(
            read("{ round = {} }").unwrap_err().to_string().contains("missing field `decimals`")
        );
    }
}
