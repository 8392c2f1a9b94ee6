//! A sentence of a finding in both languages of our reports.

use crate::language::Language;

/// A sentence that terminal and tables say in English, and Romanian reports in Romanian.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// English.
    pub en: String,
    /// Romanian.
    pub ro: String,
}

impl Said {
    /// The same sentence with something behind it in each language.
    #[must_use]
    pub fn and(mut self, en: &str, ro: &str) -> Self {
        self.en.push_str(en);
        self.ro.push_str(ro);
        self
    }

    /// The sentence in `language`.
    pub fn text(&self, language: Language) -> &str {
        match language {
            Language::Ro => &self.ro,
            Language::En => &self.en,
        }
    }
}

/// A text that is the same in both languages, or that is only said where English is spoken.
impl<T: Into<String>> From<T> for Said {
    fn from(text: T) -> Self {
        let en = text.into();
        Self { ro: en.clone(), en }
    }
}

/// Writes a sentence in English and in Romanian, with the same values in both.
macro_rules! said {
    ($en:literal, $ro:literal $(, $name:ident = $value:expr)* $(,)?) => {{
        $(let $name = $value;)*
        $crate::quality::Said { en: format!($en), ro: format!($ro) }
    }};
}
pub(crate) use said;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_has_the_same_values_in_both_languages() {
        let said = said!("{n} rows of `{id}`", "{n} rânduri din `{id}`", n = 1 + 2, id = "vmg");
        assert_eq!(said.text(Language::En), "3 rows of `vmg`");
        assert_eq!(said.text(Language::Ro), "3 rânduri din `vmg`");
    }
}
