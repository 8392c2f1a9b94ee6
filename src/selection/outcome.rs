//! What a selection says: the lists, and for every unit the reason for its state.

use std::fmt;

use super::cut::Boundary;
use super::history::{Day, Decision, State};
use super::pool::{FailedCondition, Points, conditions_text};
use super::ranked_pool::RankedPool;
use super::require::SumReached;
use super::rule_ref::RuleRef;
use crate::message::selection::refusal::Across;
use crate::optimise::{Algorithm, Rank};

/// Why a unit has the state that it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Reason {
    /// In by its rank.
    Rank,
    /// Seated by a minimum: the maxima alone would not have it.
    Needed(RuleRef),
    /// In by the draw among those whose place is contested.
    Drawn,
    /// In because the list with the largest sum holds it.
    LargestSum,
    /// In by decision, with its reason.
    Included(String),
    /// In because its place was accepted before and is never taken back.
    Accepted,
    /// In because it was on the published list, which an appeal does not harm.
    HeldHarmless,
    /// Covered together with the unit that leads its project.
    Partner(String),
    /// Out: its rank is behind the cut.
    BelowCut,
    /// Out although lower units are in: a group is full.
    Full(RuleRef),
    /// Out: a unit that a minimum seated has the place that it would have had.
    Displaced {
        /// The code of that unit.
        by: String,
        /// The minimum.
        rule: RuleRef,
    },
    /// Out: paying it would not leave enough money.
    Money(RuleRef),
    /// Out although lower units are in: the list with the largest sum does without it.
    SmallerSum,
    /// Out: its place is contested, and others were drawn.
    NotDrawn,
    /// Out: it shares score and keys with the last one in, and the lottery or the code decided.
    TieLost(String),
    /// Out by decision, with its reason.
    Excluded(String),
    /// Does not pass `where`, with what it fails.
    Ineligible(Vec<FailedCondition>),
    /// Has no score, with the programme's reason for going on.
    Unscored(String),
}

impl Reason {
    /// Stable text of the reason: `rank`, `min:county=CC:I`, `displaced:…`, `below-cut`.
    pub(crate) fn code(&self) -> String {
        match self {
            Self::Rank => "rank".to_owned(),
            Self::Needed(rule) => rule.to_string(),
            Self::Drawn => "drawn".to_owned(),
            Self::NotDrawn => "not-drawn".to_owned(),
            Self::LargestSum => "largest-sum".to_owned(),
            Self::Included(why) => format!("locked:{why}"),
            Self::Accepted => "accepted".to_owned(),
            Self::HeldHarmless => "held-harmless".to_owned(),
            Self::Partner(lead) => format!("partner:{lead}"),
            Self::BelowCut => "below-cut".to_owned(),
            Self::Full(rule) => rule.to_string(),
            Self::Displaced { by, rule } => format!("displaced:{by}:{rule}"),
            Self::Money(rule) => rule.to_string(),
            Self::SmallerSum => "smaller-sum".to_owned(),
            Self::TieLost(to) => format!("tie-lost:{to}"),
            Self::Excluded(why) => format!("excluded:{why}"),
            Self::Ineligible(failed) => format!("ineligible:{}", conditions_text(failed)),
            Self::Unscored(why) => format!("unscored:{why}"),
        }
    }
}

/// How far a unit is from the other side of the cut, by exchange with one unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Distance {
    /// The unit it would change places with: for a unit outside the lowest one that it could
    /// replace under every rule, for a unit inside the first that would replace it.
    pub(crate) with: String,
    /// Points between the two, in units of the last published decimal: what a unit outside lacks,
    /// what a unit inside has to spare. None where one of them has no score.
    pub(crate) points: Option<i64>,
    /// Ranks between the two.
    pub(crate) ranks: i64,
}

/// One registered unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct UnitOutcome {
    /// The register's code.
    pub(crate) code: String,
    /// Its state.
    pub(crate) state: State,
    /// The phase that selected it.
    pub(crate) phase: Option<String>,
    /// Its number on the list, from 1: phases in order, ranks within a phase. Members of a union
    /// share the number of their project.
    pub(crate) place: Option<usize>,
    /// Its number on the reserve, from 1.
    pub(crate) reserve: Option<usize>,
    /// Its rank among the units that may take a place, from 1.
    pub(crate) rank: Option<usize>,
    /// Its published score.
    pub(crate) points: Option<Points>,
    /// Why.
    pub(crate) reason: Reason,
    /// Every rule that keeps it out although lower units are in, or needs it although higher ones
    /// are out.
    pub(crate) rules: Vec<RuleRef>,
    /// How far it is from the other side.
    pub(crate) distance: Option<Distance>,
    /// Its lottery ticket, where there is a lottery.
    pub(crate) ticket: Option<String>,
    /// What became of it after the list was computed.
    pub(crate) decision: Option<Judgement>,
}

impl UnitOutcome {
    /// Whether it stands where the list put it: no answer gave it another place, or took it away.
    pub(crate) fn is_as_listed(&self) -> bool {
        matches!(self.decision, None | Some(Judgement::Accepted))
    }
}

/// What became of a unit after the list was computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Judgement {
    /// It accepted its place.
    Accepted,
    /// It refused its place.
    Refused,
    /// It gave its place up.
    Withdrawn,
    /// It did not answer in time, which counts as a refusal.
    Silent,
    /// It took a place that another gave up.
    Replacement,
    /// It moved up to a place of an earlier phase.
    MovedUp,
}

impl Judgement {
    /// The word of `selection.csv`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Accepted => "accepted",
            Self::Refused => "refused",
            Self::Withdrawn => "withdrawn",
            Self::Silent => "silent",
            Self::Replacement => "replacement",
            Self::MovedUp => "moved-up",
        }
    }
}

/// How many of the selected a reserve does not cover.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct ReserveGap {
    /// Places of the list.
    pub(crate) selected: usize,
    /// Those in whose place nobody on the reserve could enter.
    pub(crate) uncovered: usize,
    /// Those of them in whose place nobody at all could.
    pub(crate) irreplaceable: usize,
}

/// Units with the same score and keys, of which the code orders some on the reserve or keeps some off it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ReserveTie {
    /// Codes of those on it, in its order.
    pub(crate) on: Vec<String>,
    /// Codes of those that another order of codes would put on it.
    pub(crate) off: Vec<String>,
}

/// Who would enter if a place were given up now and everybody else kept one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Replacement {
    /// Codes of the project that would leave.
    pub(crate) leaves: Vec<String>,
    /// Codes of the project that would enter; none when nobody fits the rules.
    pub(crate) enters: Option<Vec<String>>,
}

/// What one phase came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhaseOutcome {
    /// The phase.
    pub id: String,
    /// Codes of those that this phase added, by rank; leads of unions before their partners.
    pub added: Vec<String>,
    /// Projects that this phase added, by the rank of their leads.
    pub projects: Vec<Vec<String>>,
    /// Places filled up to and including this phase.
    pub places: usize,
    /// Places that stayed empty because rules or money left nobody for them.
    pub empty: usize,
    /// Money spent up to and including this phase, in bani.
    pub cost: i128,
    /// Points selected up to and including this phase.
    pub points: i128,
    /// People covered up to and including this phase.
    pub people: i128,
    /// What the list comes to of each required sum.
    pub(crate) sums: Vec<SumReached>,
    /// How the list was found and how sure it is.
    pub proof: Proof,
}

/// How a list was found, with what an auditor needs to check it without a solver.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    /// The algorithm.
    pub(crate) algorithm: Algorithm,
    /// The sum that coverage maximises.
    pub sum: Option<i128>,
    /// No list has a larger sum.
    pub bound: Option<i128>,
    /// The price of money behind the bound: value per ban, as a fraction.
    pub price: Option<(i128, i128)>,
    /// Whether the list is proved to be the one that the rule asks for.
    pub proved: bool,
    /// Nodes of the search.
    pub nodes: u64,
}

impl Proof {
    /// What the list may be short of the best, in parts per million of its sum, rounded up; none
    /// where nothing is summed.
    pub(crate) fn gap_per_million(&self) -> Option<i128> {
        let (sum, bound) = (self.sum?, self.bound?);
        let short = (bound - sum).max(0);
        Some((short * 1_000_000 + sum.abs().max(1) - 1) / sum.abs().max(1))
    }
}

/// Who held a place, from when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Holder {
    /// Codes of the project; one without unions.
    pub(crate) codes: Vec<String>,
    /// Since which decision; none for the list as computed.
    pub(crate) since: Option<Day>,
    /// Whether it was not on the reserve: nobody of the reserve fitted.
    pub(crate) beyond_reserve: bool,
    /// Whether it held a place of a later phase before.
    pub(crate) moved_up: bool,
    /// Its answers, with the documents.
    pub(crate) answers: Vec<Decision>,
}

/// A place and everybody who held it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PlaceHistory {
    /// The phase.
    pub(crate) phase: String,
    /// Holders in order; the last holds it now unless it is empty.
    pub(crate) holders: Vec<Holder>,
    /// Whether nobody who waits fits the rules.
    pub(crate) empty: bool,
    /// Of an empty place the rule that keeps it from the first who waits; none where nobody waits.
    pub(crate) kept_by: Option<RuleRef>,
}

/// What separates units that share score and keys across a cut.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DecidedBy {
    /// The public lottery.
    Lottery,
    /// The lottery among those whose place is contested: their scores are other ones.
    Draw,
    /// The code: nothing that was declared separates them.
    Code,
}

impl DecidedBy {
    /// What separates a unit from those that it ties with.
    pub(super) fn of(ranked: &RankedPool<'_>, unit: Rank) -> Self {
        match ranked.programme.order.lottery {
            Some(_) if ranked.keys[unit].is_drawn() => Self::Draw,
            Some(_) => Self::Lottery,
            None => Self::Code,
        }
    }
}

/// Units that only the lottery or the code separates, some in a phase and some not: of the same published
/// score and the same keys, or among whom lots are drawn. Another draw or other codes would put others of
/// them in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Tie {
    /// The phase whose cut it crosses.
    pub(crate) phase: String,
    /// Codes inside, by rank.
    pub(crate) inside: Vec<String>,
    /// Codes outside, by rank.
    pub(crate) outside: Vec<String>,
    /// What separated them.
    pub(crate) decided_by: DecidedBy,
    /// Whether they have a score.
    pub(crate) scored: bool,
    /// Whether each component of the score has one measured value for all of them.
    pub(crate) alike: bool,
}

impl Tie {
    /// Two holders of which one would move up to a place and the other as well.
    pub(super) fn between(
        ranked: &RankedPool<'_>,
        phase: &str,
        (inside, outside): (Rank, Rank),
    ) -> Self {
        let profile = |rank: Rank| ranked.candidate(rank).profile;
        Self {
            phase: phase.to_owned(),
            inside: ranked.codes(&[inside]),
            outside: ranked.codes(&[outside]),
            decided_by: DecidedBy::of(ranked, inside),
            scored: ranked.is_scored(inside),
            alike: profile(inside) == profile(outside),
        }
    }

    /// What messages say of it.
    pub(crate) fn across(&self) -> Across<'_> {
        Across {
            phase: &self.phase,
            inside: &self.inside,
            outside: &self.outside,
            scored: self.scored,
            alike: self.alike,
        }
    }
}

/// Why a unit is on one list and not on the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
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
pub(crate) struct Change {
    /// The unit.
    pub(crate) code: String,
    /// Where it stood.
    pub(crate) before: State,
    /// Its state.
    pub(crate) after: State,
    /// Its number on the reserve now.
    pub(crate) reserve: Option<usize>,
    /// Why.
    pub(crate) why: Cause,
}

/// A list of communities, with a reason for each; empty where a programme selects nobody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The phases in order.
    pub phases: Vec<PhaseOutcome>,
    /// Every registered unit, by code.
    pub(crate) units: Vec<UnitOutcome>,
    /// Codes of the reserve, in its order; with unions projects of several.
    pub(crate) reserve: Vec<Vec<String>>,
    /// How many of the selected the reserve does not cover; none without a reserve.
    pub(crate) gap: Option<ReserveGap>,
    /// Ties on the reserve that only codes decide.
    pub(crate) reserve_ties: Vec<ReserveTie>,
    /// For each place who would enter if it were given up now.
    pub(crate) replacements: Vec<Replacement>,
    /// Each place with everybody who held it.
    pub(crate) places: Vec<PlaceHistory>,
    /// Answers of units that had no place at the end of their day, by day; they count for none.
    pub(crate) unplaced: Vec<Decision>,
    /// The cut of each phase.
    pub(crate) boundaries: Vec<Boundary>,
    /// Ties that a cut crosses.
    pub(crate) ties: Vec<Tie>,
    /// Who entered and who left since the list that was published before.
    pub(crate) changes: Vec<Change>,
}

impl Selection {
    /// Codes of all selected units: phases in order, ranks within a phase.
    pub fn list(&self) -> Vec<&str> {
        self.phases.iter().flat_map(|phase| phase.added.iter().map(String::as_str)).collect()
    }

    /// One unit.
    pub(crate) fn unit(&self, code: &str) -> Option<&UnitOutcome> {
        let at = self.units.binary_search_by(|unit| unit.code.as_str().cmp(code)).ok()?;
        Some(&self.units[at])
    }

    /// The selected units that stand lower than that rank: what a mayor above them asks about.
    pub(crate) fn selected_below(&self, rank: usize) -> impl Iterator<Item = &UnitOutcome> {
        self.units.iter().filter(move |unit| {
            unit.state == State::Selected && unit.rank.is_some_and(|other| other > rank)
        })
    }

    /// Units on either side of a cut whose distance is at most `margin` points, in units of the last
    /// published decimal.
    pub(crate) fn near(&self, margin: i64) -> Vec<&UnitOutcome> {
        let near = |unit: &&UnitOutcome| {
            let points = unit.distance.as_ref().and_then(|distance| distance.points);
            points.is_some_and(|points| points.abs() <= margin)
        };
        self.units.iter().filter(near).collect()
    }

    /// Whether every list is proved to be the one that the rules ask for.
    pub fn proved(&self) -> bool {
        self.phases.iter().all(|phase| phase.proof.proved)
    }
}
