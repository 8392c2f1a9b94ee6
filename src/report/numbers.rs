//! Numbers as text: for machines exactly, for people in the marks of their language.

use crate::language::{Language, counted, numbered};
pub(crate) use crate::language::{decimals, shown};

/// The shortest decimal text that reads back as the same number; minus zero is written `0`.
pub(crate) fn machine(value: f64) -> String {
    if value == 0.0 { "0".to_owned() } else { value.to_string() }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn machines_read_back_what_was_computed() {
        for value in [0.1 + 0.2, 1e-7, -1.5, 100.0, 1.0 / 3.0, f64::MIN_POSITIVE] {
            assert_eq!(machine(value).parse::<f64>().unwrap().to_bits(), value.to_bits());
        }
        assert_eq!(machine(-0.0), "0");
        assert_eq!(machine(100.0), "100");
    }
}
