//! A sentence of a finding in both languages of our reports.

use std::fmt::{self, Display, Formatter};

use serde::{Serialize, Serializer};

use crate::language::{Language, Words, counted, numbered, shown, trimmed, whole};

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

    /// The same sentence with what to do about it, where that is known.
    pub(crate) fn advise(self, hint: impl Into<Option<Self>>) -> Advice {
        Advice { message: self, hint: hint.into() }
    }

    /// The sentence in one language only, where what is written has that one: machines read it too.
    #[must_use]
    pub fn only(self, language: Language) -> Self {
        Self::same(self.text(language))
    }

    /// The sentence in `language`.
    pub fn text(&self, language: Language) -> &str {
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

/// A fixed text.
impl From<Words> for Message {
    fn from(words: Words) -> Self {
        Self { en: words.en.to_owned(), ro: words.ro.to_owned() }
    }
}

/// Why something was refused can be handed on as an error.
impl std::error::Error for Message {}

/// In English, unless it is in one language [only](Message::only).
impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.en)
    }
}

/// Errors with a `message` in both languages are errors of the standard library too, and print
/// themselves in English.
macro_rules! speaks {
    ($($error:ty),*) => {$(
        impl std::fmt::Display for $error {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.pad(&self.message().en)
            }
        }

        impl std::error::Error for $error {}
    )*};
}
pub(crate) use speaks;

/// What is wrong, and what to do about it where that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Advice {
    /// What is wrong, lower case, no full stop.
    pub(crate) message: Message,
    /// What to do about it.
    pub(crate) hint: Option<Message>,
}

impl From<Message> for Advice {
    fn from(message: Message) -> Self {
        Self { message, hint: None }
    }
}

/// A value as a sentence says it in a language: the same in both where it is not a text of ours.
pub(crate) trait Said {
    /// Its text in `language`.
    fn said(&self, language: Language) -> String;
}

impl Said for Message {
    fn said(&self, language: Language) -> String {
        self.text(language).to_owned()
    }
}

impl Said for Words {
    fn said(&self, language: Language) -> String {
        self.text(language).to_owned()
    }
}

/// Values that have no language.
macro_rules! as_written {
    ($($type:ty),*) => {
        $(impl Said for $type {
            fn said(&self, _: Language) -> String {
                self.to_string()
            }
        })*
    };
}
as_written!(str, String, char, u8, u32, u64, usize, i64, f64);

impl<T: Said + ?Sized> Said for &T {
    fn said(&self, language: Language) -> String {
        (**self).said(language)
    }
}

/// Declares sentences, each as a function of its values that answers it in English and in Romanian;
/// with what to do behind an arrow, in both, it answers an [`Advice`].
macro_rules! sentences {
    ($($name:ident($($value:ident: $type:ty),*)
        $en:literal, $ro:literal $(=> $hint_en:literal, $hint_ro:literal)?;)*) => {
        $($crate::quality::sentences! {
            @ $name($($value: $type),*) $en, $ro $(=> $hint_en, $hint_ro)?
        })*
    };
    (@ $name:ident($($value:ident: $type:ty),*) $en:literal, $ro:literal) => {
        #[doc = $en]
        pub(crate) fn $name($($value: $type),*) -> $crate::quality::Message {
            let en = {
                $(let $value = $crate::quality::Said::said(&$value, $crate::language::Language::En);)*
                format!($en)
            };
            let ro = {
                $(let $value = $crate::quality::Said::said(&$value, $crate::language::Language::Ro);)*
                format!($ro)
            };
            $crate::quality::Message { en, ro }
        }
    };
    (@ $name:ident($($value:ident: $type:ty),*)
        $en:literal, $ro:literal => $hint_en:literal, $hint_ro:literal) => {
        #[doc = $en]
        pub(crate) fn $name($($value: $type),*) -> $crate::quality::Advice {
            let (en, hint_en) = {
                $(let $value = $crate::quality::Said::said(&$value, $crate::language::Language::En);)*
                (format!($en), format!($hint_en))
            };
            let (ro, hint_ro) = {
                $(let $value = $crate::quality::Said::said(&$value, $crate::language::Language::Ro);)*
                (format!($ro), format!($hint_ro))
            };
            $crate::quality::Message { en, ro }
                .advise($crate::quality::Message { en: hint_en, ro: hint_ro })
        }
    };
}
pub(crate) use sentences;

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
