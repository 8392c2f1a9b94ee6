//! A formula as it is written in a file, with the place of each of its letters.

use super::expression::Refusal;
use super::fields::Item;
use super::problem::{Problems, Spot};
use super::shapes::text;

/// A formula and where it stands.
#[derive(Clone, Debug)]
pub(super) struct Written {
    pub(super) text: String,
    at: Spot,
    /// Where its first byte stands in the file, when it is written there letter for letter.
    start: Option<usize>,
}

impl Written {
    /// A formula that stands at `at`, perhaps not letter for letter.
    pub(super) fn new(text: String, at: Spot) -> Self {
        Self { text, at, start: None }
    }

    /// Takes a formula from a file.
    pub(super) fn read(item: &Item<'_>, problems: &mut Problems) -> Option<Self> {
        let formula = text(item, problems)?;
        let at = item.at();
        let source = problems.text(item.file).get(at.span.clone()).unwrap_or_default();
        let start = source.find(formula.as_str()).map(|offset| at.span.start + offset);
        Some(Self { text: formula, at, start })
    }

    /// The beginning of it as a formula of its own.
    pub(super) fn beginning(&self, text: &str) -> Self {
        Self { text: text.to_owned(), at: self.at.clone(), start: self.start }
    }

    /// Where the formula stands.
    pub(super) fn at(&self) -> &Spot {
        &self.at
    }

    /// Reports what was refused in it, each at its own place.
    pub(super) fn refuse(&self, refusals: Vec<Refusal>, problems: &mut Problems) {
        for refusal in refusals {
            let span = match self.start {
                Some(start) if !refusal.span.is_empty() => {
                    start + refusal.span.start..start + refusal.span.end
                }
                _ => self.at.span.clone(),
            };
            problems.error(&Spot { file: self.at.file, span }, refusal.message, refusal.hint);
        }
    }
}
