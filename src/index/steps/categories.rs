//! Scores for categories: a number for each word, or for each band of values.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operation::{Operation, finite};
use crate::index::Column;
use crate::index::scene::Scene;
use crate::language::numbered;
use crate::message;
use crate::quality::message;

/// Scores words or bands of values. Scores say the direction themselves.
///
/// Source: OECD/JRC Handbook (2008), step 5, "Categorical scale".
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields, default)]
pub struct Categories {
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
pub struct ScoredBand {
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
pub enum Closed {
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

impl Operation for Categories {
    fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        if self.scores.is_empty() == self.bands.is_empty() {
            problems
                .push("`categories` needs either `scores` for words or `bands` for numbers".into());
        }
        problems.extend(self.scores.values().filter_map(|&score| finite("scores", score)));
        problems.extend(self.bands.iter().filter_map(|band| finite("score", band.score)));
        for band in &self.bands {
            if let (Some(from), Some(to)) = (band.from, band.to)
                && from > to
            {
                problems.push(format!("the band from {from} to {to} is empty"));
            }
        }
        problems
    }

    fn normalises(&self) -> bool {
        true
    }

    fn apply(&self, column: &Column, scene: &mut Scene<'_>) -> Column {
        let mut unknown: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        let values: Vec<f64> = (0..column.len())
            .map(|unit| {
                let (score, shown) = match scene.words {
                    Some(words) => {
                        let Some(word) = &words[unit] else { return f64::NAN };
                        (self.scores.get(word).copied(), word.clone())
                    }
                    None => {
                        let Some(x) = column.value(unit) else { return f64::NAN };
                        let band = self.bands.iter().find(|band| band.holds(x));
                        (band.map(|band| band.score), format!("{x}"))
                    }
                };
                score.or(self.other).unwrap_or_else(|| {
                    unknown.entry(shown).or_default().push(unit);
                    f64::NAN
                })
            })
            .collect();
        for (shown, units) in &unknown {
            let message = message!(
                "`{shown}` has no score; {n} units have it",
                "`{shown}` nu are punctaj și apare la {of}",
                n = units.len(),
                of = numbered(n, "unitate", "unități"),
            );
            scene.tell(&message::index::UNKNOWN_CATEGORY, units, message);
        }
        scored(column, &values)
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
    use crate::index::steps::stage::{after, on};

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
        assert!(findings.has(&message::index::UNKNOWN_CATEGORY));
        let other = Categories { other: Some(9.0), ..step };
        assert_eq!(after(&other, &[-1.0, 1.0]), [9.0, 1.0]);
    }
}
