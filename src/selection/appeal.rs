//! A list made again after a correction: who keeps a place, who entered, who left, and why.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::decisions::{Answer, Decision};
use super::eligible::Access;
use super::phases::{Field, Stage};
use super::programme::Appeals;
use super::result::{Reason, State};
use super::unions::Project;
use super::{Points, Programme, Selection};

/// What happened before this run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Past {
    /// Decisions of units, in any order.
    pub decisions: Vec<Decision>,
    /// The list that was published before, where this run corrects one.
    pub previous: Option<Vec<Published>>,
}

/// A unit of a list that was published before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    /// The unit.
    pub code: String,
    /// Where it stood on the list as computed.
    pub state: State,
    /// Whether it holds a place after decisions, as selected or as replacement.
    pub holds: bool,
    /// The phase of its place.
    pub phase: Option<String>,
    /// Its score then, at the same decimals.
    pub points: Option<Points>,
}

impl Past {
    /// Codes whose place was accepted on an earlier list, with the phase of the place. They keep it
    /// whatever a correction changes.
    pub(super) fn kept(&self) -> BTreeMap<&str, Option<&str>> {
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

/// Why a unit is on one list and not on the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Its own score changed.
    Score {
        /// Then.
        before: Points,
        /// Now.
        after: Points,
        /// Published decimals.
        decimals: u8,
    },
    /// Others came in ahead of it.
    OvertakenBy(Vec<String>),
    /// It came in for others that left.
    InsteadOf(Vec<String>),
    /// It may no longer take a place, for a reason.
    Barred(String),
}

impl fmt::Display for Cause {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Score { before, after, decimals } => {
                write!(out, "score {} -> {}", short(*before, *decimals), short(*after, *decimals))
            }
            Self::OvertakenBy(codes) => write!(out, "overtaken by {}", codes.join(", ")),
            Self::InsteadOf(codes) => write!(out, "instead of {}", codes.join(", ")),
            Self::Barred(why) => out.write_str(why),
        }
    }
}

/// A score without needless zeros, but with two decimals where it has them.
fn short(points: Points, decimals: u8) -> String {
    let text = points.text(decimals);
    let whole = text.find('.').unwrap_or(text.len());
    let keep = text.trim_end_matches('0').len().max((whole + 3).min(text.len()));
    text[..keep].trim_end_matches('.').to_owned()
}

/// A unit that entered or left the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The unit.
    pub code: String,
    /// Where it stood.
    pub before: State,
    /// Where it stands.
    pub after: State,
    /// Its number on the reserve now.
    pub reserve: Option<usize>,
    /// Why.
    pub why: Cause,
}

/// Under hold-harmless: adds those who held a place and would lose it by being overtaken. Who no
/// longer passes `where` or was excluded is not held. Answers the ranks that were added.
pub(super) fn hold(field: &Field, stages: &mut [Stage], past: &Past) -> BTreeSet<usize> {
    let mut held = BTreeSet::new();
    if field.programme.decisions.policy != Appeals::HoldHarmless {
        return held;
    }
    let before: BTreeMap<_, _> =
        past.previous.iter().flatten().filter(|p| p.holds).map(|p| (p.code.as_str(), p)).collect();
    let Some(last) = stages.len().checked_sub(1) else { return held };
    for rank in 0..field.ranking.order.len() {
        let Some(published) = before.get(field.code(rank)) else { continue };
        if stages[last].solved.list[rank] {
            continue;
        }
        let phase = stages.iter().position(|s| Some(&s.problem.phase) == published.phase.as_ref());
        let phase = phase.unwrap_or(last);
        held.insert(rank);
        let cost = stages[last].problem.units[rank].cost;
        stages[phase].added.push(Project { members: vec![rank], cost });
        stages[phase].added.sort();
        stages[phase..].iter_mut().for_each(|stage| stage.solved.list[rank] = true);
    }
    held
}

/// Who entered and who left since the list that was published before: entered first, then by rank.
pub(super) fn changes(
    field: &Field,
    programme: &Programme,
    selection: &Selection,
    past: &Past,
) -> Vec<Change> {
    let Some(previous) = &past.previous else { return Vec::new() };
    let before: BTreeMap<_, _> = previous.iter().map(|p| (p.code.as_str(), p)).collect();
    let was = |code: &str| before.get(code).is_some_and(|p| p.holds);
    let holders = selection.places.iter().filter(|place| !place.empty);
    let holding: BTreeSet<_> =
        holders.filter_map(|place| place.holders.last()).flat_map(|holder| &holder.codes).collect();
    let is = |code: &str| holding.contains(&code.to_owned());
    let mut codes: Vec<_> = (0..field.ranking.order.len()).map(|rank| field.code(rank)).collect();
    let ranked: BTreeSet<_> = codes.iter().copied().collect();
    codes.extend(selection.units.iter().map(|u| u.code.as_str()).filter(|c| !ranked.contains(c)));
    let entered: Vec<_> = codes.iter().copied().filter(|code| is(code) && !was(code)).collect();
    let left: Vec<_> = codes.iter().copied().filter(|code| was(code) && !is(code)).collect();
    let change = |code: &&str, others: &[&str], other: fn(Vec<String>) -> Cause| {
        let unit = selection.unit(code)?;
        let then = before.get(*code);
        let scores = then.and_then(|p| p.points).zip(unit.points).filter(|(a, b)| a != b);
        let at = field.pool.candidates.iter().position(|c| c.code == **code)?;
        let why = match (&field.entrants.access[at], scores) {
            (Access::Excluded(why) | Access::Ineligible(why) | Access::Unscored(why), _) => {
                Cause::Barred(why.clone())
            }
            (Access::Open | Access::Included(_) | Access::Accepted, Some((before, after))) => {
                Cause::Score { before, after, decimals: programme.order.decimals }
            }
            (Access::Open | Access::Included(_) | Access::Accepted, None) => {
                other(others.iter().map(|code| (*code).to_owned()).collect())
            }
        };
        let before = then.map_or(State::NotSelected, |published| published.state);
        Some(Change {
            code: (*code).to_owned(),
            before,
            after: unit.state,
            reserve: unit.reserve,
            why,
        })
    };
    let came = entered.iter().filter_map(|code| change(code, &left, Cause::InsteadOf));
    let went = left.iter().filter_map(|code| change(code, &entered, Cause::OvertakenBy));
    came.chain(went).collect()
}

/// The reason of a unit that holds its place for another cause than its rank.
pub(super) fn standing_reason(access: &Access, held: bool) -> Option<Reason> {
    match access {
        Access::Included(why) => Some(Reason::Included(why.clone())),
        Access::Accepted => Some(Reason::Accepted),
        Access::Open if held => Some(Reason::HeldHarmless),
        Access::Open | Access::Excluded(_) | Access::Ineligible(_) | Access::Unscored(_) => None,
    }
}
