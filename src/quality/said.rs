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

/// A number with its noun and verb, in English: `1 unit has`, `3 units have`.
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

/// A number with its noun and verb, in Romanian: `1 unitate are`, `3 unități au`, `20 de unități au`.
pub fn numbered(count: usize, one: &str, many: &str) -> String {
    match count {
        1 => format!("1 {one}"),
        0 | 2..=19 => format!("{count} {many}"),
        _ if matches!(count % 100, 1..=19) => format!("{count} {many}"),
        _ => format!("{count} de {many}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn romanian_numbers_take_de_from_twenty_on_but_not_behind_a_hundred_and_one_to_nineteen() {
        let case = |count, expected: &str| assert_eq!(numbered(count, "rând", "rânduri"), expected);
        case(0, "0 rânduri");
        case(1, "1 rând");
        case(19, "19 rânduri");
        case(20, "20 de rânduri");
        case(100, "100 de rânduri");
        case(101, "101 rânduri");
        case(119, "119 rânduri");
        case(3181, "3181 de rânduri");
    }

    #[test]
    fn a_sentence_has_the_same_values_in_both_languages() {
        let said = said!("{n} rows of `{id}`", "{n} rânduri din `{id}`", n = 1 + 2, id = "vmg");
        assert_eq!(said.text(Language::En), "3 rows of `vmg`");
        assert_eq!(said.text(Language::Ro), "3 rânduri din `vmg`");
    }
}
