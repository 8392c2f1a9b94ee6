//! A sentence of a finding in both languages of our reports.

use std::fmt::{self, Display, Formatter};

use serde::{Serialize, Serializer};

use crate::language::{Language, counted, numbered, shown, trimmed, whole};

/// A sentence in English for terminal and tables, in Romanian for Romanian reports.
///
/// It cannot be made from a text in one language: what people read is written with `message!`, and
/// `Self::same` is for what has no language.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Message {
    /// English.
    pub en: String,
    /// Romanian.
    pub ro: String,
}

impl Message {
    /// A text that is the same in both languages: values as written, the words of a library.
    pub(crate) fn same(text: impl Into<String>) -> Self {
        let en = text.into();
        Self { ro: en.clone(), en }
    }

    /// A count with its noun, in the form that the number asks for: one and several in English, one
    /// and several in Romanian.
    pub(crate) fn counted(count: usize, en: [&str; 2], ro: [&str; 2]) -> Self {
        Self { en: counted(count, en[0], en[1]), ro: numbered(count, ro[0], ro[1]) }
    }

    /// A number with so many decimals, in the marks of each language.
    pub(crate) fn number(value: f64, decimals: usize) -> Self {
        let of = |language| shown(value, decimals, language);
        Self { en: of(Language::En), ro: of(Language::Ro) }
    }

    /// A number with at most so many decimals and no zero behind them, in the marks of each language.
    pub(crate) fn trimmed(value: f64, most: usize) -> Self {
        let of = |language| trimmed(value, most, language);
        Self { en: of(Language::En), ro: of(Language::Ro) }
    }

    /// The same sentence with something behind it in each language.
    #[must_use]
    pub(crate) fn and(mut self, en: &str, ro: &str) -> Self {
        self.en.push_str(en);
        self.ro.push_str(ro);
        self
    }

    /// The same list with how many more there are, where there are more.
    #[must_use]
    pub(crate) fn and_more(self, more: usize) -> Self {
        match more {
            0 => self,
            _ => self.and(
                &format!(" and {} more", whole(more, Language::En)),
                &format!(" și încă {}", whole(more, Language::Ro)),
            ),
        }
    }

    /// The same sentence about a measure or a file, which stands in front of it.
    #[must_use]
    pub(crate) fn about(self, id: &str) -> Self {
        Self { en: format!("`{id}`: {}", self.en), ro: format!("`{id}`: {}", self.ro) }
    }

    /// The sentence in `language`.
    pub(crate) fn text(&self, language: Language) -> &str {
        match language {
            Language::Ro => &self.ro,
            Language::En => &self.en,
        }
    }
}

/// In English, the language of the terminal.
impl Display for Message {
    fn fmt(&self, out: &mut Formatter<'_>) -> fmt::Result {
        out.pad(&self.en)
    }
}

/// Why something was refused can be handed on as an error.
impl std::error::Error for Message {}

/// In English, the language of machines.
impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.en)
    }
}

/// Writes a sentence in English and in Romanian, with the same values in both; behind a semicolon
/// stand parts that are sentences themselves, each in the language of the whole.
macro_rules! message {
    ($en:literal, $ro:literal
        $(, $name:ident = $value:expr)* $(,)?
        $(; $($part:ident = $value_of_part:expr),* $(,)?)?
    ) => {{
        $(let $name = $value;)*
        $($(let $part: &$crate::quality::Message = &$value_of_part;)*)?
        $crate::quality::Message {
            en: {
                $($(let $part = &$part.en;)*)?
                format!($en)
            },
            ro: {
                $($(let $part = &$part.ro;)*)?
                format!($ro)
            },
        }
    }};
}
pub(crate) use message;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_the_same_values_in_both_languages() {
        let message =
            message!("{n} rows of `{id}`", "{n} rânduri din `{id}`", n = 1 + 2, id = "vmg");
        assert_eq!(message.text(Language::En), "3 rows of `vmg`");
        assert_eq!(message.text(Language::Ro), "3 rânduri din `vmg`");
        assert_eq!(serde_json::to_string(&message).unwrap(), "\"3 rows of `vmg`\"");
    }

    #[test]
    fn a_part_is_in_the_language_of_the_whole() {
        let rows = |count| Message::counted(count, ["row", "rows"], ["rând", "rânduri"]);
        let message = message!(
            "{rows} of `{id}` dropped",
            "{rows} din `{id}` eliminate",
            id = "vmg";
            rows = rows(3_181),
        );
        assert_eq!(message.en, "3,181 rows of `vmg` dropped");
        assert_eq!(message.ro, "3.181 de rânduri din `vmg` eliminate");
        assert_eq!(rows(1).about("a.csv").ro, "`a.csv`: 1 rând");
    }
}
