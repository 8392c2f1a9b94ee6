//! Steps, classes and formulas of a methodology in plain words.

use serde::Serialize;
use serde_json::Value;

use crate::index::reference;
use crate::index::steps::Step;
use crate::language::{Language, Words};

/// What a step does, in a sentence.
pub(crate) fn step_sentence(step: &Step, language: Language) -> String {
    reference::step_sentence(step.name(), language).to_owned()
}

/// A part of a methodology as its file declares it: `winsorise = { max = 5 }`, parameters left at
/// nothing not printed.
pub(crate) fn declared<T: Serialize>(part: &T) -> String {
    match declared_value(part) {
        Value::Object(entries) => pairs(&entries),
        other => inline(&other),
    }
}

fn declared_value<T: Serialize>(part: &T) -> Value {
    serde_json::to_value(part).expect("declared parts of a methodology are plain data")
}

fn pairs(entries: &serde_json::Map<String, Value>) -> String {
    let said = entries.iter().filter(|(_, value)| !value.is_null());
    said.map(|(key, value)| format!("{key} = {}", inline(value))).collect::<Vec<_>>().join(", ")
}

fn inline(value: &Value) -> String {
    match value {
        Value::Object(entries) if entries.is_empty() => "{}".to_owned(),
        Value::Object(entries) => format!("{{ {} }}", pairs(entries)),
        Value::Array(items) => {
            format!("[{}]", items.iter().map(inline).collect::<Vec<_>>().join(", "))
        }
        Value::Number(number) => {
            let text = number.to_string();
            text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
        }
        Value::Null | Value::Bool(_) | Value::String(_) => value.to_string(),
    }
}

/// A choice of a methodology that is one word, in words; anything richer as it is declared.
pub(crate) fn choice<T: Serialize>(
    table: &[(&str, Words)],
    part: &T,
    language: Language,
) -> String {
    match declared_value(part) {
        Value::String(id) => named(table, &id, language).to_owned(),
        _ => declared(part),
    }
}

/// The text of `words` for an identifier of a small table, the identifier itself when it has none.
pub(crate) fn named<'t>(table: &[(&str, Words)], id: &'t str, language: Language) -> &'t str {
    table.iter().find(|(known, _)| *known == id).map_or(id, |(_, words)| words.text(language))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_told_by_name_sentence_and_declared_form() {
        let step: Step = serde_json::from_str(r#"{"round":{"decimals":9}}"#).unwrap();
        assert_eq!(declared(&step), "round = { decimals = 9 }");
        assert!(step_sentence(&step, Language::Ro).starts_with("rotunjește"));
    }

    #[test]
    fn parameters_read_as_in_the_file() {
        let part = serde_json::json!({
            "impute": { "median": { "within": "county", "donors": null } }, "to": [0.0, 100.0], "x": {}
        });
        assert_eq!(
            declared(&part),
            r#"impute = { median = { within = "county" } }, to = [0, 100], x = {}"#
        );
    }
}
