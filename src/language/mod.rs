//! Text in the two languages of our reports: Romanian, the language of the list, and English.

mod period;
mod words;

use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub(crate) use period::{Period, month};
pub(crate) use words::{Counted, Words, counted, grouped, lei, numbered, whole};
pub use words::{Noun, plural, thousands};
pub(crate) use words::{decimals, machine, shown, trimmed};

/// A language of the reports. Identifiers and column names never change with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// Romanian, with comma-below `ș ț` and decimal comma.
    #[default]
    Ro,
    /// English.
    En,
}

impl Language {
    /// The marks between thousands and before decimals.
    pub(crate) fn marks(self) -> (char, char) {
        match self {
            Self::Ro => ('.', ','),
            Self::En => (',', '.'),
        }
    }
}

/// A word that names no language.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("there is no language `{0}`: choose `ro` or `en`")]
pub struct UnknownLanguage(String);

impl FromStr for Language {
    type Err = UnknownLanguage;

    fn from_str(text: &str) -> Result<Self, UnknownLanguage> {
        match text {
            "ro" => Ok(Self::Ro),
            "en" => Ok(Self::En),
            other => Err(UnknownLanguage(other.to_owned())),
        }
    }
}

/// A text a person wrote once per language; a single string in a study file serves both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Label {
    /// Romanian text.
    pub ro: String,
    /// English text.
    pub en: String,
}

impl Label {
    /// A text that is the same in both languages (a name, a code, an identifier).
    pub fn same(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { ro: text.clone(), en: text }
    }

    /// The text in `language`.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Ro => &self.ro,
            Language::En => &self.en,
        }
    }
}
