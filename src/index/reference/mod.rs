//! The reference of everything a methodology can name, as `methods steps` prints it.
//!
//! Steps are explained in their own files; weights, aggregates, classes and statistics by the tables
//! beside this file, which tests hold against the types that read a methodology.

mod tables;

use schemars::Schema;
use serde::Serialize;
use serde_json::Value;

use super::steps::{self, Known};
use crate::language::{Language, Words};

/// What kind of thing is explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Group {
    /// A step of `steps` or `each`.
    Step,
    /// A choice of `weights`.
    Weights,
    /// A choice of `method`.
    Method,
    /// A rule of `class`.
    Class,
    /// A statistic of `[[summary]]`.
    Statistic,
}

impl Group {
    /// All groups, in the order in which a methodology uses them.
    pub const ALL: [Self; 5] =
        [Self::Step, Self::Weights, Self::Method, Self::Class, Self::Statistic];

    /// What stands above the list of its entries.
    pub fn title(self, language: Language) -> &'static str {
        let title = match self {
            Self::Step => Words::new(
                "Pași ai unui indicator, agregat sau rezultat (`steps`, `each`)",
                "Steps of an indicator, an aggregate or an output (`steps`, `each`)",
            ),
            Self::Weights => Words::new(
                "Ponderi ale componentelor unui agregat (`weights`)",
                "Weights of the children of an aggregate (`weights`)",
            ),
            Self::Method => Words::new(
                "Funcții ale unui agregat (`method`)",
                "Functions of an aggregate (`method`)",
            ),
            Self::Class => {
                Words::new("Clase ale unui rezultat (`class`)", "Classes of an output (`class`)")
            }
            Self::Statistic => Words::new(
                "Statistici ale unei zone (`[[summary]]`)",
                "Statistics of an area (`[[summary]]`)",
            ),
        };
        title.text(language)
    }
}

/// One thing a methodology can name, explained.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Explanation {
    /// What kind of thing it is.
    pub group: Group,
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

/// One parameter.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Parameter {
    /// Its name.
    pub name: String,
    /// What it means.
    pub meaning: String,
    /// What holds when it is not given, as JSON; `None` where it must be given.
    pub default: Option<String>,
}

/// An entry of a table, before its parameters are read from the schema of its options.
struct Entry {
    name: &'static str,
    summary: Words,
    formula: &'static str,
    example: &'static str,
    source: &'static str,
    options: Options,
}

/// Where the parameters of an entry are described.
enum Options {
    /// It has none.
    None,
    /// All properties of a schema.
    All(fn() -> Schema),
    /// Some properties of a schema that other entries share.
    Some(fn() -> Schema, &'static [&'static str]),
}

/// Everything, in the order in which a methodology uses it, summaries in that language. Formulas and the
/// meanings of parameters, which editors show too, are in English.
pub fn reference(language: Language) -> Vec<Explanation> {
    let tables = [
        (Group::Weights, tables::WEIGHTS),
        (Group::Method, tables::AGGREGATES),
        (Group::Class, tables::CLASSES),
        (Group::Statistic, tables::STATISTICS),
    ];
    let explained = |(group, table): (Group, &'static [Entry])| {
        table.iter().map(move |entry| explain(group, entry, language))
    };
    let steps = steps::TABLE.iter().map(|known| step(known, language));
    steps.chain(tables.into_iter().flat_map(explained)).collect()
}

/// What the step of that name does, in one sentence; the name itself where there is none.
pub(crate) fn step_sentence(name: &str, language: Language) -> &str {
    let known = steps::TABLE.iter().find(|step| step.name == name);
    known.map_or(name, |step| sentence(step, language))
}

fn sentence(step: &Known, language: Language) -> &'static str {
    match language {
        Language::Ro => step.text.romanian,
        Language::En => step.text.summary,
    }
}

fn step(known: &Known, language: Language) -> Explanation {
    Explanation {
        group: Group::Step,
        name: known.name,
        summary: sentence(known, language),
        formula: known.text.formula,
        parameters: parameters(&(known.options)()),
        example: known.text.example,
        source: known.text.source,
    }
}

fn explain(group: Group, entry: &Entry, language: Language) -> Explanation {
    let parameters = match &entry.options {
        Options::None => Vec::new(),
        Options::All(schema) => parameters(&schema()),
        Options::Some(schema, names) => {
            let mut known = parameters(&schema());
            let first = |name: &str| name.split('.').next().is_some_and(|it| names.contains(&it));
            known.retain(|parameter| first(&parameter.name));
            known
        }
    };
    Explanation {
        group,
        name: entry.name,
        summary: entry.summary.text(language),
        formula: entry.formula,
        parameters,
        example: entry.example,
        source: entry.source,
    }
}

/// The properties of a table of options; for a choice between tables, one per choice. What stands in
/// a table of its own follows it, `median.within`.
fn parameters(schema: &Schema) -> Vec<Parameter> {
    let root = schema.as_value();
    options(root, root, "")
}

fn options(table: &Value, root: &Value, inside: &str) -> Vec<Parameter> {
    let table = resolved(table, root);
    let required = required(table);
    let own = properties(table).flat_map(|(name, property)| {
        let default = property
            .get("default")
            .map(Value::to_string)
            .or_else(|| (!required.contains(&name.as_str())).then(|| "none".to_owned()));
        option(&format!("{inside}{name}"), meaning(property), default, (property, root))
    });
    let choices = choices(table).flat_map(|choice| {
        properties(choice).flat_map(move |(name, property)| {
            let name = format!("{inside}{name}");
            option(&name, meaning(choice), Some("none".to_owned()), (property, root))
        })
    });
    own.chain(choices).collect()
}

/// A parameter, followed by those of the table that it is.
fn option(
    name: &str,
    meaning: String,
    default: Option<String>,
    (property, root): (&Value, &Value),
) -> Vec<Parameter> {
    let inner = options(property, root, &format!("{name}."));
    let own = Parameter { name: name.to_owned(), meaning, default };
    std::iter::once(own).chain(inner).collect()
}

/// A schema itself where it is only a reference, or may be absent.
fn resolved<'s>(schema: &'s Value, root: &'s Value) -> &'s Value {
    let name = schema.get("$ref").and_then(Value::as_str);
    if let Some(name) = name.and_then(|name| name.strip_prefix("#/$defs/")) {
        return &root["$defs"][name];
    }
    let is_null = |choice: &Value| choice.get("type").is_some_and(|kind| kind == "null");
    match schema.get("anyOf").and_then(Value::as_array).map(Vec::as_slice) {
        Some([one, other]) if is_null(other) => resolved(one, root),
        _ => schema,
    }
}

/// The tables between which a schema lets a methodology choose.
fn choices(schema: &Value) -> impl Iterator<Item = &Value> {
    let choices = schema.get("oneOf").or_else(|| schema.get("anyOf"));
    choices.and_then(Value::as_array).into_iter().flatten()
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
    use std::collections::BTreeSet;

    use serde::Deserialize;

    use super::*;
    use crate::index::aggregate::{Combine, Weights};
    use crate::index::class::Class;
    use crate::index::method::Statistic;
    use crate::index::steps::Step;
    use crate::quality::Message;

    #[derive(Deserialize)]
    struct Line {
        step: Step,
    }

    fn read(example: &str) -> Result<Step, toml::de::Error> {
        toml::from_str::<Line>(&format!("step = {example}")).map(|line| line.step)
    }

    fn of(group: Group) -> Vec<Explanation> {
        reference(Language::En).into_iter().filter(|entry| entry.group == group).collect()
    }

    #[test]
    fn every_example_is_a_step_of_that_name_without_problems() {
        for entry in of(Group::Step) {
            let step =
                read(entry.example).unwrap_or_else(|error| panic!("{}: {error}", entry.name));
            assert_eq!(step.name(), entry.name);
            assert_eq!(step.problems(), Vec::<Message>::new(), "{}", entry.name);
        }
    }

    /// What follows the key of an example, read by the type that reads a methodology.
    #[track_caller]
    fn value<T: serde::de::DeserializeOwned>(entry: &Explanation, key: &str) -> T {
        let table: toml::Table = entry.example.parse().unwrap();
        let value = table[key].clone();
        value.try_into().unwrap_or_else(|error| panic!("{}: {error}", entry.example))
    }

    #[test]
    fn every_other_example_is_read_by_the_methodology() {
        for entry in of(Group::Weights) {
            let weights: Weights = value(&entry, "weights");
            assert_eq!(weights.problems(), Vec::<Message>::new());
        }
        for entry in of(Group::Method) {
            let method: Combine = value(&entry, "method");
            assert_eq!(method.problems(3), Vec::<Message>::new());
        }
        for entry in of(Group::Class) {
            let class: Class = value(&entry, "class");
            assert!(
                !entry.parameters.is_empty() && entry.example.contains(entry.name),
                "{class:?}"
            );
        }
        for entry in of(Group::Statistic) {
            let columns: toml::Table = value(&entry, "columns");
            let name = columns.keys().next().unwrap().clone();
            assert_eq!(name, entry.name);
            assert!(toml::Value::String(name).try_into::<Statistic>().is_ok());
        }
    }

    /// The names an enum can be written by.
    fn variants(schema: &Schema) -> BTreeSet<String> {
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let listed = |choice: &Value| -> Vec<String> {
            let named = choice.get("const").and_then(text).into_iter();
            let words = choice.get("enum").and_then(Value::as_array).into_iter().flatten();
            let words = words.filter_map(text).collect::<Vec<_>>();
            let tables = properties(choice).map(|(name, _)| name.clone());
            named.chain(words).chain(tables).collect()
        };
        let choices = schema.get("oneOf").and_then(Value::as_array).unwrap();
        choices.iter().flat_map(listed).collect()
    }

    #[test]
    fn every_choice_of_a_methodology_is_explained_once() {
        for (group, schema) in [
            (Group::Step, schemars::schema_for!(Step)),
            (Group::Weights, schemars::schema_for!(Weights)),
            (Group::Method, schemars::schema_for!(Combine)),
            (Group::Statistic, schemars::schema_for!(Statistic)),
        ] {
            let explained = of(group);
            let names: BTreeSet<String> =
                explained.iter().map(|entry| entry.name.to_owned()).collect();
            assert_eq!(names, variants(&schema));
            assert_eq!(names.len(), explained.len());
        }
        // every key of a class is the name of a rule or the parameter of one
        let mut keys: BTreeSet<String> = BTreeSet::new();
        for entry in of(Group::Class) {
            keys.insert(entry.name.to_owned());
            let parameters = entry.parameters.into_iter().map(|parameter| parameter.name);
            keys.extend(parameters.filter(|name| !name.contains('.')));
        }
        let schema = schemars::schema_for!(Class);
        assert_eq!(keys, properties(schema.as_value()).map(|(name, _)| name.clone()).collect());
    }

    #[test]
    fn everything_has_a_sentence_a_formula_a_source_and_explained_parameters() {
        for entry in reference(Language::En) {
            let texts = [entry.summary, entry.formula, entry.example, entry.source];
            assert!(texts.iter().all(|text| !text.is_empty()), "{}", entry.name);
            for parameter in &entry.parameters {
                assert!(!parameter.meaning.is_empty(), "{}.{}", entry.name, parameter.name);
            }
        }
        let winsorise = of(Group::Step).into_iter().find(|entry| entry.name == "winsorise");
        let parameters = winsorise.unwrap().parameters;
        let max = parameters.iter().find(|parameter| parameter.name == "max").unwrap();
        assert_eq!(max.default.as_deref(), Some("5"));
    }

    #[test]
    fn every_step_is_explained_in_romanian_with_comma_below() {
        for step in steps::TABLE {
            let romanian = step_sentence(step.name, Language::Ro);
            assert!(!romanian.is_empty() && romanian != step.name, "{}", step.name);
            assert!(!romanian.contains(['ş', 'ţ']), "{}", step.name);
        }
    }

    #[test]
    fn the_options_of_a_choice_are_explained_with_it() {
        let impute = of(Group::Step).into_iter().find(|entry| entry.name == "impute").unwrap();
        let default = |name: &str| {
            let found = impute.parameters.iter().find(|parameter| parameter.name == name);
            found.unwrap_or_else(|| panic!("{name}: {:?}", impute.parameters)).default.clone()
        };
        assert_eq!(default("median.within").as_deref(), Some("null"));
        assert_eq!(default("mean.donors").as_deref(), Some("\"ranked\""));
        assert_eq!(default("constant.value"), None);
        default("latest.max_age");
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
