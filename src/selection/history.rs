//! What happened before a run: lists that were published, decisions of units.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate};

use super::pool::Points;
use crate::language::Words;
use crate::message::labels;

/// The state of a unit on a list as computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum State {
    /// Has a place, or is covered by one.
    Selected,
    /// Waits for one.
    Reserve,
    /// May have one, and has none.
    NotSelected,
    /// Out by decision.
    Excluded,
    /// Does not pass `where`.
    Ineligible,
    /// Has no score.
    Unscored,
}

impl State {
    const ALL: [Self; 6] = [
        Self::Selected,
        Self::Reserve,
        Self::NotSelected,
        Self::Excluded,
        Self::Ineligible,
        Self::Unscored,
    ];

    /// The state that a word of `selection.csv` names.
    pub(crate) fn named(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.word() == word)
    }

    /// The word of `selection.csv`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Selected => "selected",
            Self::Reserve => "reserve",
            Self::NotSelected => "not-selected",
            Self::Excluded => "excluded",
            Self::Ineligible => "ineligible",
            Self::Unscored => "unscored",
        }
    }
}

/// A day of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Day(NaiveDate);

impl Day {
    /// The day on which a second of the Unix epoch lies, in universal time; `None` far outside of
    /// the calendar.
    pub fn of_second(second: i64) -> Option<Self> {
        DateTime::from_timestamp(second, 0).map(|moment| Self(moment.date_naive()))
    }
}

/// A text that is no day.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no day of the form 2026-11-20")]
pub struct DayError(String);

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let day = text.parse().ok().map(Self);
        // one way to write a day: with its zeros, without spaces
        day.filter(|day| day.to_string() == text).ok_or_else(|| DayError(text.to_owned()))
    }
}

impl fmt::Display for Day {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(out)
    }
}

/// What a unit answered to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Answer {
    /// Takes the place; it is never taken back.
    Accepted,
    /// Does not take it.
    Refused,
    /// Gives it up, whether or not it was accepted.
    Withdrawn,
    /// Did not answer by the day after which silence counts as a refusal; no file says so.
    Silent,
}

impl Answer {
    /// The word of a table.
    pub(crate) fn word(self) -> &'static str {
        self.words().en
    }

    /// The words of a decisions file.
    pub(crate) fn words(self) -> Words {
        match self {
            Self::Accepted => labels::ANSWER_ACCEPTED,
            Self::Refused => labels::ANSWER_REFUSED,
            Self::Withdrawn => labels::ANSWER_WITHDRAWN,
            Self::Silent => labels::ANSWER_SILENT,
        }
    }
}

/// One line of a decisions file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Decision {
    /// The day of the document.
    pub(crate) day: Day,
    /// The unit.
    pub(crate) code: String,
    /// What it answered.
    pub(crate) answer: Answer,
    /// The document, `HCL 14/2026`.
    pub(crate) reference: String,
}

/// A unit of a list that was published before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Published {
    /// The unit.
    pub(crate) code: String,
    /// Where it stood on the list as computed.
    pub(crate) state: State,
    /// Whether it holds a place after decisions, as selected or as replacement.
    pub(crate) holds: bool,
    /// The phase of its place.
    pub(crate) phase: Option<String>,
    /// Its score then, at the same decimals.
    pub(crate) points: Option<Points>,
}

/// Earlier decisions and lists.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// Decisions of units, in any order.
    pub(crate) decisions: Vec<Decision>,
    /// The list that was published before, where this run corrects one.
    pub(crate) previous: Option<Vec<Published>>,
}

impl History {
    /// Codes whose place was accepted on an earlier list, with the phase of the place. They keep it
    /// whatever a correction changes.
    pub(super) fn accepted_places(&self) -> BTreeMap<&str, Option<&str>> {
        let accepted = self.accepted();
        let held = self.previous.iter().flatten().filter(|published| published.holds);
        held.filter(|published| accepted.contains(published.code.as_str()))
            .map(|published| (published.code.as_str(), published.phase.as_deref()))
            .collect()
    }

    /// Units whose last answer is that they accept.
    fn accepted(&self) -> BTreeSet<&str> {
        let mut last: BTreeMap<&str, &Decision> = BTreeMap::new();
        for decision in &self.decisions {
            let known = last.entry(&decision.code).or_insert(decision);
            if (decision.day, decision.answer) > (known.day, known.answer) {
                *known = decision;
            }
        }
        last.into_iter()
            .filter(|(_, d)| d.answer == Answer::Accepted)
            .map(|(code, _)| code)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_of_the_calendar() {
        for good in ["2026-11-20", "2024-02-29", "2000-02-29"] {
            assert_eq!(good.parse::<Day>().unwrap().to_string(), good);
        }
        for bad in
            ["2026-02-29", "1900-02-29", "2026-13-01", "2026-1-01", "20.11.2026", "", "2026-00-10"]
        {
            assert!(bad.parse::<Day>().is_err(), "{bad}");
        }
    }
}
