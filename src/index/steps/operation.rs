//! What every step can be asked.

use crate::index::Column;
use crate::index::scene::Scene;

/// A step with its parameters.
pub(crate) trait Operation {
    /// What is wrong with the parameters, in words for the person who wrote them; empty when fine.
    fn problems(&self) -> Vec<String> {
        Vec::new()
    }

    /// Register columns it names.
    fn areas(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Indicators whose measured columns it reads.
    fn indicators(&self) -> Vec<&str> {
        Vec::new()
    }

    /// Whether it normalises, that is: turns a protective indicator round when it is the first to.
    fn normalises(&self) -> bool {
        false
    }

    /// The column after the step.
    fn apply(&self, column: &Column, scene: &mut Scene<'_>) -> Column;
}

/// A message when a parameter is not a usable number.
pub(super) fn finite(name: &str, value: f64) -> Option<String> {
    (!value.is_finite()).then(|| format!("`{name}` must be a finite number"))
}

/// A message when a parameter is not above zero.
pub(super) fn positive(name: &str, value: f64) -> Option<String> {
    (!(value.is_finite() && value > 0.0)).then(|| format!("`{name}` must be above 0"))
}

/// A message when the two ends of a range are the same or not finite.
pub(super) fn range(name: &str, ends: [f64; 2]) -> Option<String> {
    (!(ends[0].is_finite() && ends[1].is_finite() && ends[0].total_cmp(&ends[1]).is_ne()))
        .then(|| format!("`{name}` must be two different numbers"))
}
