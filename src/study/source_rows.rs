//! Which rows of a table a source takes: a condition over the columns of the file itself, and what is left
//! out by its text or class.

use std::collections::BTreeMap;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Serialize};
use toml::de::DeValue;

use super::expression::{self, Comparand, Kind, Known, Literal, Refusal};
use super::fields::Item;
use super::problem::Problems;
use super::shape::Shape;
use super::table::table;
use super::values::{SpannedFormula, TextOrNumber, not_empty};
use crate::index::{Formula, Operand};

/// A condition over the columns of a table, `An = 2023 AND Luna = 'decembrie'`, in the language of
/// formulas. A column is named as everywhere in a source: by its header, in `"…"` where that is more than
/// one word, by letter or by number.
#[derive(Clone, Debug)]
pub(crate) struct RowCondition {
    formula: Formula,
    columns: Vec<ConditionColumn>,
}

/// A column that a condition names.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct ConditionColumn {
    /// As the condition names it.
    pub(crate) name: String,
    /// Whether it is compared as numbers.
    pub(crate) is_number: bool,
    /// The values that it should have, as texts.
    pub(crate) values: Vec<String>,
}

/// The cells of a column that a condition names, one a row.
pub(crate) enum ConditionCells<'c> {
    /// Numbers; NaN where there is none.
    Numbers(Vec<f64>),
    /// Texts; nothing where the cell is empty.
    Texts(Vec<Option<&'c str>>),
}

impl RowCondition {
    /// The condition of a text.
    ///
    /// # Errors
    /// Everything in it that cannot be.
    pub(crate) fn of(text: &str) -> Result<Self, Vec<Refusal>> {
        let comparands = expression::comparands(text);
        let kinds = kinds(text, &comparands)?;
        let formula = compile(text, &kinds)?;
        let column = |name: &String| ConditionColumn {
            name: name.clone(),
            is_number: kinds.get(name) == Some(&Kind::Number),
            values: values(&comparands, name),
        };
        let columns = formula.names().iter().map(column).collect();
        Ok(Self { formula, columns })
    }

    /// As the study writes it.
    pub(crate) fn text(&self) -> &str {
        self.formula.text()
    }

    /// The columns that it names.
    pub(crate) fn columns(&self) -> &[ConditionColumn] {
        &self.columns
    }

    /// Whether it holds, row by row, on the cells of [`Self::columns`]; nothing where a cell that it
    /// needs is empty.
    pub(crate) fn holds(&self, cells: &[ConditionCells<'_>]) -> Vec<Option<bool>> {
        let operands: Vec<Operand<'_>> = cells
            .iter()
            .map(|cells| match cells {
                ConditionCells::Numbers(numbers) => Operand::Numbers(numbers),
                ConditionCells::Texts(texts) => Operand::Texts(texts),
            })
            .collect();
        let answers = self.formula.evaluate(&operands);
        answers.into_iter().map(|answer| answer.map(|truth| truth > 0.0)).collect()
    }
}

fn compile(text: &str, kinds: &BTreeMap<String, Kind>) -> Result<Formula, Vec<Refusal>> {
    let lookup = |name: &str| Ok(kinds.get(name).copied().unwrap_or(Kind::Text));
    // its words are compared with the rows that are read
    expression::compile(text, Kind::Condition, &lookup, &|_| Known::Nothing)
}

/// What the columns of a condition hold: that with which they are compared. A column beside no value is
/// one of texts, unless the rest of the condition needs numbers.
fn kinds(text: &str, comparands: &[Comparand]) -> Result<BTreeMap<String, Kind>, Vec<Refusal>> {
    let mut kinds = BTreeMap::new();
    let mut open = Vec::new();
    for name in expression::names(text)? {
        let mut values = comparands.iter().filter(|known| known.name == name.name).peekable();
        if values.peek().is_none() {
            open.push(name.name.clone());
        }
        let is_text = values.any(|known| matches!(known.value, Literal::Text(_)));
        kinds.insert(name.name, if is_text { Kind::Text } else { Kind::Number });
    }
    for name in open {
        kinds.insert(name.clone(), Kind::Text);
        if compile(text, &kinds).is_err() {
            kinds.insert(name, Kind::Number);
        }
    }
    Ok(kinds)
}

/// The values that a column should have, each once.
fn values(comparands: &[Comparand], name: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    for known in comparands.iter().filter(|known| known.is_equated && known.name == name) {
        let text = match &known.value {
            Literal::Number(number) => number.to_string(),
            Literal::Text(text) => text.clone(),
        };
        if !values.contains(&text) {
            values.push(text);
        }
    }
    values
}

impl PartialEq for RowCondition {
    fn eq(&self, other: &Self) -> bool {
        self.text() == other.text()
    }
}

impl Eq for RowCondition {}

/// Rows that a source leaves out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Skip {
    /// Those whose first text begins so.
    Beginning(String),
    /// Those of a class.
    Class {
        /// Which.
        class: SkippedClass,
    },
}

/// A class of rows that name no area, by what stands in them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SkippedClass {
    /// Footnotes and headings: nothing but one text, which is near to the name of no area.
    Note,
    /// Subtotals: a text in them begins with `total`, `subtotal` or `suma`.
    Total,
}

impl SkippedClass {
    /// As a study writes it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Total => "total",
        }
    }
}

table! {
    /// Rows of a class.
    struct SkipTable as "`skip`" {
        /// Which: `note` or `total`.
        required class: SkippedClass,
    }
}

/// Rows that are left out, one declaration or several: a beginning of their first text, or a class.
pub(super) struct Skips;

impl Shape for Skips {
    type Value = Vec<Skip>;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Vec<Skip>> {
        let one = |item: &Item<'_>, problems: &mut Problems| match item.get() {
            DeValue::Table(_) => {
                SkipTable::read(item, problems)?.class.value.map(|class| Skip::Class { class })
            }
            _ => TextOrNumber::read(item, problems).map(Skip::Beginning),
        };
        match item.as_array() {
            Some(items) => not_empty(item, &items, problems)
                .then(|| items.iter().filter_map(|item| one(item, problems)).collect()),
            None => one(item, problems).map(|skip| vec![skip]),
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        let (text, class) = (TextOrNumber::schema(generator), SkipTable::schema(generator));
        let one = json_schema!({ "anyOf": [text, class] });
        json_schema!({ "anyOf": [text, class, { "type": "array", "items": one, "minItems": 1 }] })
    }
}

/// A condition over columns of a file.
pub(super) struct Condition;

impl Shape for Condition {
    type Value = RowCondition;

    fn read(item: &Item<'_>, problems: &mut Problems) -> Option<RowCondition> {
        let written = SpannedFormula::read(item, problems)?;
        match RowCondition::of(&written.text) {
            Ok(condition) => Some(condition),
            Err(refusals) => {
                written.refuse(refusals, problems);
                None
            }
        }
    }

    fn schema(generator: &mut SchemaGenerator) -> Schema {
        SpannedFormula::schema(generator)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn columns(text: &str, expected: &[(&str, bool, &[&str])]) {
        let condition = RowCondition::of(text).unwrap();
        let found: Vec<(&str, bool, Vec<&str>)> = condition
            .columns()
            .iter()
            .map(|it| (&*it.name, it.is_number, it.values.iter().map(|it| &**it).collect()))
            .collect();
        let expected: Vec<_> = expected
            .iter()
            .map(|(name, number, values)| (*name, *number, values.to_vec()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_column_is_what_it_is_compared_with() {
        columns(
            "An = 2023 AND Luna = 'decembrie'",
            &[("An", true, &["2023"]), ("Luna", false, &["decembrie"])],
        );
        columns(
            "\"Nr. crt.\" > 0 AND NOT Sex IN ('F', 'M')",
            &[("Nr. crt.", true, &[]), ("Sex", false, &["F", "M"])],
        );
        columns("An + 1 = 2024 AND Luna IS NOT NULL", &[("An", true, &[]), ("Luna", false, &[])]);
        columns("Luna IS NOT NULL", &[("Luna", false, &[])]);
    }

    #[test]
    fn what_is_no_condition_is_refused() {
        for text in ["An", "An = ", "An = 2023 AND An = 'x'", "SUM(An) > 1", "1 = 1"] {
            assert!(RowCondition::of(text).is_err(), "{text}");
        }
    }

    #[test]
    fn rows_without_the_cell_have_no_answer() {
        let condition = RowCondition::of("An >= 2023 AND Luna <> 'mai'").unwrap();
        let cells = [
            ConditionCells::Numbers(vec![2023.0, 2022.0, f64::NAN, 2024.0]),
            ConditionCells::Texts(vec![Some("iunie"), Some("iunie"), Some("iunie"), None]),
        ];
        assert_eq!(condition.holds(&cells), [Some(true), Some(false), None, None]);
    }
}
