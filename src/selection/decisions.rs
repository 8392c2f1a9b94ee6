//! What happened after the list was made: accepted, refused, withdrawn, and who entered instead.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, NaiveDate};

use super::exchange::Exchange;
use super::phases::{Field, Stage};
use super::refusal::{Problem, Refusal};
use super::reserve::{Seat, seats};
use super::unions::Project;

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

/// What a unit said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    /// Takes the place; it is never taken back.
    Accepted,
    /// Does not take it.
    Refused,
    /// Gives it up, whether or not it was accepted.
    Withdrawn,
}

impl Answer {
    /// The word of a decisions file.
    pub fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
        }
    }
}

/// One line of a decisions file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// The day of the document.
    pub day: Day,
    /// The unit.
    pub code: String,
    /// What it said.
    pub answer: Answer,
    /// The document, `HCL 14/2026`.
    pub reference: String,
}

/// Who held a place, from when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Codes of the project; one without unions.
    pub codes: Vec<String>,
    /// Since which decision; none for the list as computed.
    pub since: Option<Day>,
    /// Whether it was not on the reserve: nobody of the reserve fitted.
    pub beyond_reserve: bool,
    /// What it said, and the document.
    pub said: Vec<Decision>,
}

/// A place and everybody who held it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceHistory {
    /// The phase.
    pub phase: String,
    /// Holders in order; the last holds it now unless it is empty.
    pub holders: Vec<Holder>,
    /// Whether nobody who waits fits the rules.
    pub empty: bool,
}

/// Replays decisions by day, then by rank.
pub(super) struct Replay<'a> {
    field: &'a Field<'a>,
    stages: &'a [Stage],
    exchange: Exchange<'a>,
    seats: Vec<Option<Seat>>,
    histories: Vec<PlaceHistory>,
    queue: Vec<(Project, Queue)>,
    /// Units that gave a place up.
    gone: BTreeSet<usize>,
    projects: &'a [Project],
}

/// Where in the queue somebody stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Queue {
    Reserve,
    Behind,
}

impl<'a> Replay<'a> {
    pub(super) fn new(
        field: &'a Field<'a>,
        stages: &'a [Stage],
        (reserve, waiting, projects): (&[Project], &[Project], &'a [Project]),
    ) -> Self {
        let first = reserve.iter().map(|project| (project.clone(), Queue::Reserve));
        let behind = waiting.iter().filter(|project| !reserve.contains(project));
        let queue = first.chain(behind.map(|project| (project.clone(), Queue::Behind))).collect();
        let seats = seats(stages);
        let history = |seat: &Seat| PlaceHistory {
            phase: stages[seat.phase].problem.phase.clone(),
            holders: vec![holder(field, &seat.project, None)],
            empty: false,
        };
        let histories = seats.iter().map(history).collect();
        Self {
            field,
            stages,
            exchange: Exchange::new(field, stages),
            seats: seats.into_iter().map(Some).collect(),
            histories,
            queue,
            gone: BTreeSet::new(),
            projects,
        }
    }

    /// Applies the decisions; everything that is wrong with them at once.
    pub(super) fn run(mut self, decisions: &[Decision]) -> Result<Vec<PlaceHistory>, Refusal> {
        let ranks: BTreeMap<_, _> =
            (0..self.field.ranking.order.len()).map(|rank| (self.field.code(rank), rank)).collect();
        let mut sorted: Vec<_> = decisions.iter().collect();
        let rank = |decision: &Decision| ranks.get(decision.code.as_str()).copied();
        sorted.sort_by_key(|d| (d.day, rank(d), &d.code, d.answer));
        let mut problems = Vec::new();
        for decision in sorted {
            let held = rank(decision).and_then(|rank| Some((rank, self.seat_of(rank)?)));
            match held {
                Some((rank, seat)) => problems.extend(self.apply(decision, rank, seat)),
                None => problems.push(self.not_selected(decision)),
            }
        }
        Refusal::unless_empty(problems)?;
        Ok(self.histories)
    }

    fn seat_of(&self, rank: usize) -> Option<usize> {
        let holds =
            |seat: &Option<Seat>| seat.as_ref().is_some_and(|s| s.project.members.contains(&rank));
        self.seats.iter().position(holds)
    }

    fn not_selected(&self, decision: &Decision) -> Problem {
        let Decision { code, day, answer, reference } = decision;
        let known = self.field.pool.candidates.iter().any(|candidate| candidate.code == *code);
        let why = if known { "holds no place on that day" } else { "is no unit of the register" };
        let message =
            format!("unit `{code}` {why}, and {} one on {day} ({reference})", answer.word());
        Problem::new("not-selected", "decisions.source", message)
            .hint("decisions are replayed by day against the list as computed and the reserve")
            .unit(code)
    }

    fn apply(&mut self, decision: &Decision, rank: usize, seat: usize) -> Option<Problem> {
        let holder = self.histories[seat].holders.last_mut()?;
        let earlier = holder.said.iter().filter(|d| d.code == decision.code);
        let accepted = earlier.clone().any(|d| d.answer == Answer::Accepted);
        let clash = match decision.answer {
            Answer::Accepted => accepted,
            Answer::Refused => accepted,
            Answer::Withdrawn => false,
        };
        if clash {
            let message = format!(
                "unit `{}` {} a place on {} that it had accepted",
                decision.code,
                decision.answer.word(),
                decision.day
            );
            let hint = "a place that was accepted is given up by `withdrawn`";
            return Some(
                Problem::new("decision-conflict", "decisions.source", message)
                    .hint(hint)
                    .unit(&decision.code),
            );
        }
        holder.said.push(decision.clone());
        match decision.answer {
            Answer::Accepted => {}
            Answer::Refused | Answer::Withdrawn => self.give_up(decision.day, rank, seat),
        }
        None
    }

    /// A unit leaves its place: a union goes on without it when what is left is a project, else the
    /// place passes down the reserve.
    fn give_up(&mut self, day: Day, rank: usize, seat: usize) {
        self.gone.insert(rank);
        let Some(Seat { phase, project }) = self.seats[seat].take() else { return };
        let rest: Vec<_> =
            project.members.iter().copied().filter(|member| *member != rank).collect();
        let smaller = self.projects.binary_search_by(|p| p.members.cmp(&rest)).ok();
        let smaller = smaller.map(|at| self.projects[at].clone());
        let stays = smaller.filter(|rest| self.exchange.fits(phase, Some(&project), rest));
        let next = match stays {
            Some(rest) => Some((rest, Queue::Reserve)),
            None => self.next(phase, &project),
        };
        self.exchange.place(phase, &project, -1);
        let history = &mut self.histories[seat];
        match next {
            Some((project, queue)) => {
                self.exchange.place(phase, &project, 1);
                let mut new = holder(self.field, &project, Some(day));
                new.beyond_reserve =
                    queue == Queue::Behind && self.field.programme.reserve.is_some();
                history.holders.push(new);
                self.seats[seat] = Some(Seat { phase, project });
            }
            None => history.empty = true,
        }
    }

    fn next(&mut self, phase: usize, leaves: &Project) -> Option<(Project, Queue)> {
        let taken: BTreeSet<_> =
            self.seats.iter().flatten().flat_map(|seat| seat.project.members.clone()).collect();
        let (gone, exchange) = (&self.gone, &mut self.exchange);
        let free = |rank: &usize| !taken.contains(rank) && !gone.contains(rank);
        let at = self.queue.iter().position(|(project, _)| {
            project.members.iter().all(free) && exchange.fits(phase, Some(leaves), project)
        })?;
        debug_assert!(phase < self.stages.len());
        Some(self.queue.remove(at))
    }
}

fn holder(field: &Field, project: &Project, since: Option<Day>) -> Holder {
    Holder {
        codes: project.members.iter().map(|rank| field.code(*rank).to_owned()).collect(),
        since,
        beyond_reserve: false,
        said: Vec::new(),
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
