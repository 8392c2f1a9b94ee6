//! Scores for categories: a number for each word, or for each band of values.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operation::{Explained, Operation, StepContext, StepText, finite};
use crate::index::Column;
use crate::message::index::parameters;
use crate::message::index::steps as message;
use crate::quality::{Finding, Message};

/// Scores words or bands of values. Scores say the direction themselves.
///
/// Source: OECD/JRC Handbook (2008), step 5, "Categorical scale".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub(crate) struct Categories {
    /// The score of each word, for a node of categories.
    pub scores: BTreeMap<String, f64>,
    /// The score of each band of values, for a node of numbers; the first that fits.
    pub bands: Vec<ScoredBand>,
    /// The score of everything else; without it a word or value without a score is a finding.
    pub other: Option<f64>,
}

/// A band of values: from `from` to `to`, as `closed` says.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ScoredBand {
    /// Lower end; open when absent.
    #[serde(default)]
    pub from: Option<f64>,
    /// Upper end; open when absent.
    #[serde(default)]
    pub to: Option<f64>,
    /// Which ends belong to the band.
    #[serde(default)]
    pub closed: Closed,
    /// Its score.
    pub score: f64,
}

/// Which ends belong to an interval.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Closed {
    /// The lower end: from <= x < to.
    #[default]
    Left,
    /// The upper end: from < x <= to.
    Right,
    /// Both: from <= x <= to.
    Both,
}

impl ScoredBand {
    fn holds(&self, x: f64) -> bool {
        let low = self.from.unwrap_or(f64::NEG_INFINITY);
        let high = self.to.unwrap_or(f64::INFINITY);
        match self.closed {
            Closed::Left => low <= x && x < high,
            Closed::Right => low < x && x <= high,
            Closed::Both => low <= x && x <= high,
        }
    }
}

impl Explained for Categories {
    const TEXT: StepText = StepText {
        summary: "Scores words or bands of values",
        romanian: "dă cuvintelor sau benzilor de valori scorul declarat",
        formula: "the score of the word, or of the first band that holds x",
        example: "{ categories = { bands = [ { to = 60, score = 0 }, { from = 60, to = 89.6, score = 10 }, { from = 89.6, score = 20 } ] } }",
        source: "OECD/JRC Handbook (2008), step 5",
    };
}

impl Operation for Categories {
    fn problems(&self) -> Vec<Message> {
        let mut problems = Vec::new();
        if self.scores.is_empty() == self.bands.is_empty() {
            problems.push(parameters::scores_or_bands());
        }
        problems.extend(self.scores.values().filter_map(|&score| finite("scores", score)));
        problems.extend(self.bands.iter().filter_map(|band| finite("score", band.score)));
        for band in &self.bands {
            if let (Some(from), Some(to)) = (band.from, band.to)
                && from > to
            {
                problems.push(parameters::empty_band(from, to));
            }
        }
        problems
    }

    fn normalises(&self) -> bool {
        true
    }

    fn scores_words(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let score = |unit| self.score(column, unit, context).ok().flatten().unwrap_or(f64::NAN);
        let values: Vec<f64> = (0..column.len()).map(score).collect();
        scored(column, &values)
    }

    fn findings(&self, before: &Column, _: &Column, context: &StepContext<'_>) -> Vec<Finding> {
        let mut unknown: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for unit in 0..before.len() {
            if let Err(category) = self.score(before, unit, context) {
                unknown.entry(category).or_default().push(unit);
            }
        }
        let finding = |(category, units): (String, Vec<usize>)| {
            message::unknown_category(context.node, &category, context.units(&units))
        };
        unknown.into_iter().map(finding).collect()
    }
}

impl Categories {
    /// The score of a unit; `None` where it has no word and no value, an error with the word or
    /// value that has no score.
    fn score(
        &self,
        column: &Column,
        unit: usize,
        context: &StepContext<'_>,
    ) -> Result<Option<f64>, String> {
        let (score, shown) = match context.words {
            Some(words) => {
                let Some(word) = &words[unit] else { return Ok(None) };
                (self.scores.get(word).copied(), word.clone())
            }
            None => {
                let Some(x) = column.value(unit) else { return Ok(None) };
                let band = self.bands.iter().find(|band| band.holds(x));
                (band.map(|band| band.score), format!("{x}"))
            }
        };
        score.or(self.other).map(Some).ok_or(shown)
    }
}

/// Scores are values, not imputed ones, although a column of words has no numbers before.
fn scored(column: &Column, values: &[f64]) -> Column {
    let fresh = Column::new(values.iter().copied().map(Ok));
    fresh.without(|unit| {
        (!values[unit].is_finite() && !column.marks()[unit].has_value())
            .then(|| column.marks()[unit])
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::steps::fixture::{after, on};

    #[test]
    fn bands_score_values_at_their_closed_ends() {
        let band = |from, to, score| ScoredBand { from, to, closed: Closed::Left, score };
        let step = Categories {
            bands: vec![
                band(None, Some(60.0), 0.0),
                band(Some(60.0), Some(89.6), 10.0),
                band(Some(89.6), None, 20.0),
            ],
            ..Categories::default()
        };
        assert_eq!(after(&step, &[59.9, 60.0, 89.5, 89.6]), [0.0, 10.0, 10.0, 20.0]);
    }

    #[test]
    fn a_value_without_a_score_is_told() {
        let step = Categories {
            bands: vec![ScoredBand { from: Some(0.0), to: None, closed: Closed::Left, score: 1.0 }],
            ..Categories::default()
        };
        let (column, findings) = on(&step, &[-1.0, 1.0], 1.0);
        assert!(column.value(0).is_none());
        assert!(findings.has(&crate::message::index::UNKNOWN_CATEGORY));
        let other = Categories { other: Some(9.0), ..step };
        assert_eq!(after(&other, &[-1.0, 1.0]), [9.0, 1.0]);
    }
}
