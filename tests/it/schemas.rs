//! The published JSON Schemas: every study, methodology, programme and file of doubts that the
//! program reads is valid.

use std::path::{Path, PathBuf};

use risk_index::study::schema::{Document, schema};
use serde_json::{Map, Value};

/// A panel: rows name a place in a period.
const PANEL: &str = r#"
[study]
title = "t"
methodology = "irc"
[register]
file = "units.csv"
code = "code"
period = "year"
name = "name"
columns = { county = "county" }
where = "county <> 'B'"
[[source]]
id = "people"
file = "people.csv"
key = { code = "code", period = "year" }
measure = [ { id = "total", column = 4, nature = "count" } ]
[[source]]
id = "aged"
file = "aged.csv"
layout = "tempo"
measure = [ { id = "old", nature = "count", where = { "Ani" = 2024, "Varsta" = { from = 65, to = 84 }, "Sexe" = ["F", "M"] } } ]
[[source]]
id = "rate"
file = "rate.csv"
header = [1, 2]
sheet = 2
key = { county = "Judet" }
numbers = { decimal = "," }
missing = { ":" = "not-available" }
outside = "Moldova"
measure = [ { id = "rate", column = "B", nature = "rate" } ]
[[source]]
id = "funded"
file = "funded.csv"
layout = "units"
columns = { code = "SIRUTA" }
"#;

#[test]
fn a_panel_is_a_study() {
    assert_eq!(problems(Document::Study, PANEL), [""; 0]);
}

#[test]
fn what_a_study_cannot_say_is_invalid() {
    for (line, other) in [
        ("period = \"year\"", "periods = \"year\""),
        ("nature = \"count\"", "nature = \"counts\""),
        ("id = \"people\"", "id = \"People\""),
        ("file = \"aged.csv\"\n", ""),
        ("layout = \"units\"", "layout = \"list\""),
    ] {
        assert!(PANEL.contains(line), "{line}");
        assert_ne!(problems(Document::Study, &PANEL.replacen(line, other, 1)), [""; 0], "{other}");
    }
}

#[test]
fn every_file_that_comes_with_the_program_or_its_tests_is_valid() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = Vec::new();
    ["data", "tests"].iter().for_each(|folder| toml_files(&root.join(folder), &mut files));
    let mut counts = [0; 4];
    for path in files {
        let text = std::fs::read_to_string(&path).unwrap();
        let Some(at) = document(&text) else { continue };
        counts[at] += 1;
        assert_eq!(problems(Document::ALL[at], &text), [""; 0], "{}", path.display());
    }
    assert!(counts.iter().all(|count| *count > 2), "{counts:?}");
}

/// Which of the documents a text is, by the table that is its head.
fn document(text: &str) -> Option<usize> {
    let table: toml::Table = text.parse().ok()?;
    Document::ALL.iter().position(|document| table.contains_key(document.name()))
}

fn toml_files(folder: &Path, files: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            toml_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "toml") {
            files.push(path);
        }
    }
}

/// What is wrong with a file by the schema that is published for it.
fn problems(document: Document, text: &str) -> Vec<String> {
    let table: toml::Table = text.parse().unwrap();
    let root = schema(document);
    let validator = Validator { definitions: &root["definitions"] };
    let file = json(&toml::Value::Table(table));
    validator.problems("", &root, &file)
}

/// A TOML value as editors hand it to a JSON Schema.
fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::Datetime(date) => Value::String(date.to_string()),
        toml::Value::Array(items) => items.iter().map(json).collect(),
        toml::Value::Table(table) => {
            Value::Object(table.iter().map(|(key, value)| (key.clone(), json(value))).collect())
        }
        other => serde_json::to_value(other).unwrap(),
    }
}

/// JSON Schema, draft 7, as far as the published schemas use it.
struct Validator<'s> {
    definitions: &'s Value,
}

impl Validator<'_> {
    fn problems(&self, at: &str, schema: &Value, value: &Value) -> Vec<String> {
        let Value::Object(keywords) = schema else {
            return if *schema == Value::Bool(false) {
                vec![format!("{at}: not allowed")]
            } else {
                vec![]
            };
        };
        let found = keywords.iter();
        found.flat_map(|(word, rule)| self.keyword(at, (word, rule), keywords, value)).collect()
    }

    fn is_valid(&self, schema: &Value, value: &Value) -> bool {
        self.problems("", schema, value).is_empty()
    }

    fn keyword(
        &self,
        at: &str,
        (word, rule): (&str, &Value),
        schema: &Map<String, Value>,
        value: &Value,
    ) -> Vec<String> {
        let list = || rule.as_array().unwrap().iter();
        let valid = || list().filter(|choice| self.is_valid(choice, value)).count();
        let holds = match word {
            "$schema" | "title" | "description" | "default" | "definitions" | "format" => true,
            "$ref" => {
                let name = rule.as_str().unwrap().strip_prefix("#/definitions/").unwrap();
                return self.problems(at, &self.definitions[name], value);
            }
            "type" => match rule {
                Value::Array(types) => types.iter().any(|name| is_type(name, value)),
                name => is_type(name, value),
            },
            "enum" => list().any(|choice| choice == value),
            "const" => rule == value,
            "anyOf" => valid() > 0,
            "oneOf" => valid() == 1,
            "allOf" => list().all(|part| self.is_valid(part, value)),
            "properties"
            | "additionalProperties"
            | "propertyNames"
            | "required"
            | "minProperties"
            | "maxProperties" => return self.object(at, (word, rule), schema, value),
            "items" => return self.items(at, rule, value),
            "minItems" => value.as_array().is_none_or(|it| it.len() as u64 >= count(rule)),
            "maxItems" => value.as_array().is_none_or(|it| it.len() as u64 <= count(rule)),
            "minLength" => value.as_str().is_none_or(|it| it.chars().count() as u64 >= count(rule)),
            "maxLength" => value.as_str().is_none_or(|it| it.chars().count() as u64 <= count(rule)),
            "minimum" => value.as_f64().is_none_or(|it| it >= rule.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|it| it <= rule.as_f64().unwrap()),
            "pattern" => value.as_str().is_none_or(|text| matches(rule.as_str().unwrap(), text)),
            other => panic!("the schema uses `{other}`, which this test does not know"),
        };
        if holds { vec![] } else { vec![format!("{at}: {word} {rule} does not hold of {value}")] }
    }

    fn object(
        &self,
        at: &str,
        (word, rule): (&str, &Value),
        schema: &Map<String, Value>,
        value: &Value,
    ) -> Vec<String> {
        let Value::Object(table) = value else { return Vec::new() };
        let is_known = |key: &str| schema.get("properties").is_some_and(|it| it.get(key).is_some());
        let inside = |key: &str| format!("{at}.{key}");
        match word {
            "properties" => table
                .iter()
                .filter_map(|(key, value)| Some((key, rule.get(key)?, value)))
                .flat_map(|(key, schema, value)| self.problems(&inside(key), schema, value))
                .collect(),
            "additionalProperties" => table
                .iter()
                .filter(|(key, _)| !is_known(key))
                .flat_map(|(key, value)| self.problems(&inside(key), rule, value))
                .collect(),
            "propertyNames" => table
                .keys()
                .flat_map(|key| self.problems(&inside(key), rule, &Value::String(key.clone())))
                .collect(),
            "required" => {
                let keys = rule.as_array().unwrap().iter().map(|key| key.as_str().unwrap());
                keys.filter(|key| !table.contains_key(*key))
                    .map(|key| format!("{at}: needs {key}"))
                    .collect()
            }
            "minProperties" if (table.len() as u64) < count(rule) => vec![format!("{at}: too few")],
            "maxProperties" if table.len() as u64 > count(rule) => vec![format!("{at}: too many")],
            _ => Vec::new(),
        }
    }

    /// A list of one kind, or a tuple.
    fn items(&self, at: &str, rule: &Value, value: &Value) -> Vec<String> {
        let items = value.as_array().into_iter().flatten().enumerate();
        items
            .filter_map(|(place, item)| match rule {
                Value::Array(tuple) => Some((place, tuple.get(place)?, item)),
                all => Some((place, all, item)),
            })
            .flat_map(|(place, schema, item)| {
                self.problems(&format!("{at}[{place}]"), schema, item)
            })
            .collect()
    }
}

fn count(rule: &Value) -> u64 {
    rule.as_u64().unwrap()
}

fn is_type(name: &Value, value: &Value) -> bool {
    match name.as_str().unwrap() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("the schema names the type `{other}`"),
    }
}

/// The patterns of identifiers and digests, without a library of regular expressions.
fn matches(pattern: &str, text: &str) -> bool {
    let starts = |text: &str| text.starts_with(|c: char| c.is_ascii_lowercase());
    let all = |marks: &str| {
        text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || marks.contains(c))
    };
    match pattern {
        "^[a-z][a-z0-9_]*$" => starts(text) && all("_"),
        "^[a-z][a-z0-9_-]*$" => starts(text) && all("_-"),
        "^[0-9a-fA-F]{64}$" => text.len() == 64 && text.chars().all(|c| c.is_ascii_hexdigit()),
        other => panic!("the schema uses the pattern `{other}`"),
    }
}
