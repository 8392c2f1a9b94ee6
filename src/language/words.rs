//! Fixed texts in both languages, and nouns in the form that their number asks for.

use super::{Language, counted, numbered};

/// A fixed text in both languages: a word of a table, a heading, the meaning of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words {
    /// Romanian.
    pub ro: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// A text in Romanian and in English.
    pub(crate) const fn new(ro: &'static str, en: &'static str) -> Self {
        Self { ro, en }
    }

    /// The text in `language`.
    pub fn text(self, language: Language) -> &'static str {
        match language {
            Language::Ro => self.ro,
            Language::En => self.en,
        }
    }
}

/// The forms of a noun after a number.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Counted {
    /// Romanian: after 1, after other numbers.
    pub(crate) ro: [&'static str; 2],
    /// English: after 1, after other numbers.
    pub(crate) en: [&'static str; 2],
}

impl Counted {
    /// `1 unitate`, `19 unități`, `3.181 de unități`; `1 unit`, `3,181 units`.
    pub(crate) fn of(self, count: usize, language: Language) -> String {
        match language {
            Language::Ro => numbered(count, self.ro[0], self.ro[1]),
            Language::En => counted(count, self.en[0], self.en[1]),
        }
    }
}
