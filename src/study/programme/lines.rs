//! Where each key of a programme stands, so that what the engine refuses is shown in the file.

use std::collections::BTreeMap;

use super::super::problem::{Problems, Spot, position};

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// How messages call the file.
    pub file: String,
    /// From 1.
    pub line: u32,
}

/// Lines by key: `budget.limit`, `phase.quota`, `phase.quota/I/county`, `eligible.exclude/900101`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lines {
    lines: BTreeMap<String, Line>,
}

impl Lines {
    /// Notes a key; the first place of a key counts.
    pub(super) fn note(&mut self, key: impl Into<String>, at: &Spot, problems: &Problems) {
        let (line, _) = position(problems.text(at.file), at.span.start);
        let file = problems.file(at.file).to_owned();
        self.lines.entry(key.into()).or_insert(Line { file, line });
    }

    /// The line of a key, else of what it is part of: of `phase.quota/I/county` that of
    /// `phase.quota/I`, of `phase.quota`, of `phase`.
    pub fn of(&self, key: &str) -> Option<&Line> {
        let mut key = key;
        loop {
            if let Some(line) = self.lines.get(key) {
                return Some(line);
            }
            key = &key[..key.rfind(['/', '.'])?];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_without_a_line_has_that_of_its_table() {
        let mut problems = Problems::new();
        let file = problems.add_text("p.toml", "[budget]\nlimit = 1\n[[phase]]\n");
        let mut lines = Lines::default();
        lines.note("budget.limit", &Spot { file, span: 9..18 }, &problems);
        lines.note("phase", &Spot { file, span: 19..28 }, &problems);
        let line = |key: &str| lines.of(key).map(|line| line.line);
        assert_eq!(line("budget.limit"), Some(2));
        assert_eq!(line("phase.quota/I/county"), Some(3));
        assert_eq!(line("order.decimals"), None);
    }
}
