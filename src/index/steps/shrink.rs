//! Shrinkage: the rate of a small population drawn towards that of its area.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::operation::{Explained, Operation, StepContext, StepText, positive};
use crate::index::Column;
use crate::index::stats;
use crate::quality::Message;

/// Draws rates of small populations towards the rate of their area, by empirical Bayes on log odds.
///
/// A rate of r cases among n people has the log odds m = ln((r + ½)/(n - r + ½)) with the variance
/// s² = (n + 1)(n + 2)/(n(r + 1)(n - r + 1)). M is the same of the whole area, and t² the variance
/// of m about M over its k units, divided by k - 1. With w = t²/(t² + s²) the log odds become
/// w·m + (1 - w)·M: the smaller the population, the nearer to the area. An area of one unit has no
/// t² and keeps m.
///
/// The area is all its units with a rate and a population, whether ranked or not. A unit without
/// a population, or with a rate outside 0 to `whole`, has no result.
///
/// Source: English Indices of Deprivation 2010, technical report, "Shrinkage estimation".
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Shrink {
    /// Register column of the areas towards whose rates the units are drawn.
    pub toward: String,
    /// Indicator whose measured value is the population behind the rate.
    pub by: String,
    /// The rate of everybody: 100 for a rate in per cent, 1 for a share.
    #[serde(default = "per_cent")]
    pub whole: f64,
    /// What the column shows afterwards.
    #[serde(default)]
    pub show: Shrunk,
}

/// What a shrunk column shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Shrunk {
    /// The shrunk rate p.
    #[default]
    Rate,
    /// Its binomial standard error, √(p(1 - p)/n).
    StandardError,
}

fn per_cent() -> f64 {
    100.0
}

/// A unit's cases and people.
#[derive(Clone, Copy)]
struct Cases {
    cases: f64,
    people: f64,
}

impl Cases {
    /// ln((r + ½)/(n - r + ½)).
    fn log_odds(self) -> f64 {
        stats::ln((self.cases + 0.5) / (self.people - self.cases + 0.5))
    }

    /// (n + 1)(n + 2)/(n(r + 1)(n - r + 1)).
    fn variance(self) -> f64 {
        let Self { cases, people } = self;
        (people + 1.0) * (people + 2.0) / (people * (cases + 1.0) * (people - cases + 1.0))
    }
}

impl Explained for Shrink {
    const TEXT: StepText = StepText {
        summary: "Draws rates of small populations towards the rate of their area",
        romanian: "apropie ratele populațiilor mici de rata ariei lor (ajustare bayesiană empirică)",
        formula: "w·m + (1 - w)·M in log odds, w = t²/(t² + s²)",
        example: "{ shrink = { toward = \"county\", by = \"people\" } }",
        source: "English Indices of Deprivation 2010, technical report: shrinkage estimation",
    };
}

impl Operation for Shrink {
    fn problems(&self) -> Vec<Message> {
        positive("whole", self.whole).into_iter().collect()
    }

    fn areas(&self) -> Vec<&str> {
        vec![&self.toward]
    }

    fn indicators(&self) -> Vec<&str> {
        vec![&self.by]
    }

    fn apply(&self, column: &Column, context: &StepContext<'_>) -> Column {
        let mut shrunk = vec![f64::NAN; column.len()];
        let Some(people) = context.measured.get(&self.by).map(|measured| &measured.column) else {
            return column.clone();
        };
        let counted = |unit: usize| {
            let (rate, people) = (column.value(unit)?, people.value(unit)?);
            let share = rate / self.whole;
            let usable = people > 0.0 && (0.0..=1.0).contains(&share);
            usable.then_some(Cases { cases: share * people, people })
        };
        for units in context.areas(Some(&self.toward)) {
            let known: Vec<(usize, Cases)> =
                units.into_iter().filter_map(|unit| Some((unit, counted(unit)?))).collect();
            let cases: Vec<Cases> = known.iter().map(|(_, cases)| *cases).collect();
            for ((unit, own), share) in known.iter().zip(shares(&cases)) {
                shrunk[*unit] = self.whole
                    * match self.show {
                        Shrunk::Rate => share,
                        Shrunk::StandardError => (share * (1.0 - share) / own.people).sqrt(),
                    };
            }
        }
        column.with_values(shrunk)
    }
}

/// The shrunk shares of the units of one area.
fn shares(units: &[Cases]) -> Vec<f64> {
    let area = Cases {
        cases: stats::sum(units.iter().map(|unit| unit.cases)),
        people: stats::sum(units.iter().map(|unit| unit.people)),
    };
    let centre = area.log_odds();
    let away = |unit: &Cases| unit.log_odds() - centre;
    let spread = stats::sum(units.iter().map(|unit| away(unit) * away(unit)));
    let freedom = units.len() as f64 - 1.0;
    units
        .iter()
        .map(|unit| {
            let between = spread / freedom;
            let own = if freedom > 0.0 { between / (between + unit.variance()) } else { 1.0 };
            let log_odds = own * unit.log_odds() + (1.0 - own) * centre;
            1.0 / (1.0 + stats::exp(-log_odds))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Mark;
    use crate::index::steps::fixture::{beside, column, measured, register};

    /// Four units, the first two in county `A`.
    fn shrunk(rates: &[f64; 4], people: &[f64; 4], show: Shrunk) -> Column {
        let step = Shrink { toward: "county".into(), by: "people".into(), whole: 100.0, show };
        let measured = [("people".to_owned(), measured(people, 1.0))].into();
        beside(&register(4), &measured, |context| step.apply(&column(rates), context))
    }

    #[track_caller]
    fn close(got: f64, expected: f64) {
        assert!(
            (got - expected).abs() < 1e-12 * expected.abs().max(1.0),
            "{got} is not {expected}"
        );
    }

    #[test]
    fn a_small_population_is_drawn_further_than_a_large_one() {
        // worked outside: see the formula; 2 of 10 and 100 of 1000
        let got = shrunk(&[20.0, 10.0, 30.0, 50.0], &[10.0, 1000.0, 100.0, 100.0], Shrunk::Rate);
        close(got.values()[0], EXPECTED[0]);
        close(got.values()[1], EXPECTED[1]);
        close(got.values()[2], EXPECTED[2]);
        let moved = |at: usize, from: f64| (got.values()[at] - from).abs();
        assert!(moved(0, 20.0) > moved(1, 10.0));
    }

    #[test]
    fn the_standard_error_is_that_of_the_shrunk_rate() {
        let rates = [20.0, 10.0, 30.0, 50.0];
        let got = shrunk(&rates, &[10.0, 1000.0, 100.0, 100.0], Shrunk::StandardError);
        let share = EXPECTED[0] / 100.0;
        close(got.values()[0], 100.0 * (share * (1.0 - share) / 10.0).sqrt());
    }

    #[test]
    fn what_is_no_rate_of_a_population_has_no_result() {
        let got = shrunk(&[20.0, 10.0, 130.0, 50.0], &[10.0, f64::NAN, 100.0, 0.0], Shrunk::Rate);
        assert_eq!(got.marks()[1..], [Mark::NotAvailable; 3]);
        // alone in its area: (2 + ½)/(10 + 1)
        close(got.values()[0], 250.0 / 11.0);
    }

    /// Computed by an independent program from the formula.
    const EXPECTED: [f64; 3] =
        [17.412_235_835_533_778, 10.041_123_609_320_348, 31.284_998_365_206_512];
}
