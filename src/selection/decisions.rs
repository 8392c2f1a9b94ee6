//! What happens to a list after it was computed: decisions of units, and corrections after appeals.

use std::collections::{BTreeMap, BTreeSet};

use super::history::{Answer, Day, Decision, History, Published, State};
use super::outcome::{Cause, Change, Holder, Judgement, PlaceHistory, Reason, Selection};
use super::phases::SolvedPhases;
use super::pool::{UnitIndex, conditions_text};
use super::programme::Appeals;
use super::ranked_pool::{Access, PhaseIndex, RankedPool};
use super::rule_ref::{Objection, Refusal};
use super::swap::{Seat, SwapOracle, seats};
use crate::message::selection::refusal as message;
use crate::optimise::{Position, Project, Rank};
use crate::selection::ProgrammeKey;

/// Who may take a place that is given up.
pub(super) struct Queue<'a> {
    /// The reserve, in its order.
    pub(super) reserve: &'a [Project],
    /// Everybody who waits, in the order of entry.
    pub(super) waiting: &'a [Project],
    /// All projects that may be; empty without unions.
    pub(super) projects: &'a [Project],
}

/// Somebody in the queue.
struct Waiting {
    project: Project,
    /// Whether it is on the reserve.
    on_reserve: bool,
}

/// Replays decisions by day, then by rank.
pub(super) struct Replay<'a> {
    ranked: &'a RankedPool<'a>,
    oracle: SwapOracle<'a>,
    seats: Vec<Option<Seat>>,
    histories: Vec<PlaceHistory>,
    queue: Vec<Waiting>,
    /// Units that gave a place up.
    gone: BTreeSet<Rank>,
    projects: &'a [Project],
}

impl<'a> Replay<'a> {
    pub(super) fn new(
        ranked: &'a RankedPool<'a>,
        phases: &'a SolvedPhases,
        queue: &Queue<'a>,
    ) -> Self {
        let waits =
            |on_reserve| move |project: &Project| Waiting { project: project.clone(), on_reserve };
        let behind = queue.waiting.iter().filter(|project| !queue.reserve.contains(project));
        let seats = seats(phases);
        let history = |seat: &Seat| PlaceHistory {
            phase: phases[seat.phase].id().to_owned(),
            holders: vec![holder(ranked, &seat.project, None)],
            empty: false,
        };
        Self {
            ranked,
            oracle: SwapOracle::new(ranked, phases),
            histories: seats.iter().map(history).collect(),
            seats: seats.into_iter().map(Some).collect(),
            queue: queue.reserve.iter().map(waits(true)).chain(behind.map(waits(false))).collect(),
            gone: BTreeSet::new(),
            projects: queue.projects,
        }
    }

    /// Applies the decisions; everything that is wrong with them at once.
    pub(super) fn run(mut self, decisions: &[Decision]) -> Result<Vec<PlaceHistory>, Refusal> {
        let ranks = self.ranked.ranks_by_code();
        let mut sorted: Vec<_> = decisions.iter().collect();
        let rank = |decision: &Decision| ranks.get(decision.code.as_str()).copied();
        sorted.sort_by_key(|d| (d.day, rank(d), &d.code, d.answer));
        let mut objections = Vec::new();
        for decision in sorted {
            let held = rank(decision).and_then(|rank| Some((rank, self.seat_of(rank)?)));
            match held {
                Some((rank, seat)) => objections.extend(self.apply(decision, rank, seat)),
                None => objections.push(self.not_selected(decision)),
            }
        }
        Refusal::unless_empty(objections)?;
        Ok(self.histories)
    }

    fn seat_of(&self, rank: Rank) -> Option<usize> {
        let holds =
            |seat: &Option<Seat>| seat.as_ref().is_some_and(|s| s.project.members.contains(&rank));
        self.seats.iter().position(holds)
    }

    fn not_selected(&self, decision: &Decision) -> Objection {
        let Decision { code, day, answer, reference } = decision;
        let known = self.ranked.pool.candidates.iter().any(|candidate| candidate.code == *code);
        let advice = message::not_selected(code, known, answer.word(), day, reference);
        Objection::new("not-selected", ProgrammeKey::Decisions, advice).unit(code)
    }

    fn apply(&mut self, decision: &Decision, rank: Rank, seat: usize) -> Option<Objection> {
        let holder = self.histories[seat].holders.last_mut()?;
        let mut earlier = holder.answers.iter().filter(|d| d.code == decision.code);
        let accepted = earlier.any(|d| d.answer == Answer::Accepted);
        let clash = match decision.answer {
            Answer::Accepted => accepted,
            Answer::Refused => accepted,
            Answer::Withdrawn => false,
        };
        if clash {
            let (code, answer) = (&decision.code, decision.answer.word());
            let advice = message::decision_conflict(code, answer, decision.day);
            return Some(
                Objection::new("decision-conflict", ProgrammeKey::Decisions, advice).unit(code),
            );
        }
        holder.answers.push(decision.clone());
        match decision.answer {
            Answer::Accepted => {}
            Answer::Refused | Answer::Withdrawn => self.give_up(decision.day, rank, seat),
        }
        None
    }

    /// A unit leaves its place: a union goes on without it when what is left is a project, else the
    /// place passes down the reserve.
    fn give_up(&mut self, day: Day, rank: Rank, seat: usize) {
        self.gone.insert(rank);
        let Some(Seat { phase, project }) = self.seats[seat].take() else { return };
        let rest: Vec<Rank> =
            project.members.iter().copied().filter(|member| *member != rank).collect();
        let smaller = self.projects.binary_search_by(|p| p.members.cmp(&rest)).ok();
        let smaller = smaller.map(|at| self.projects[at].clone());
        let stays = smaller.filter(|rest| self.oracle.fits(phase, Some(&project), rest));
        let next = match stays {
            Some(project) => Some(Waiting { project, on_reserve: true }),
            None => self.next(phase, &project),
        };
        self.oracle.give_up_place(phase, &project);
        let history = &mut self.histories[seat];
        match next {
            Some(Waiting { project, on_reserve }) => {
                self.oracle.take_place(phase, &project);
                let mut new = holder(self.ranked, &project, Some(day));
                new.beyond_reserve = !on_reserve && self.ranked.programme.reserve.is_some();
                history.holders.push(new);
                self.seats[seat] = Some(Seat { phase, project });
            }
            None => history.empty = true,
        }
    }

    fn next(&mut self, phase: PhaseIndex, leaves: &Project) -> Option<Waiting> {
        let taken: BTreeSet<Rank> =
            self.seats.iter().flatten().flat_map(|seat| seat.project.members.clone()).collect();
        let (gone, oracle) = (&self.gone, &mut self.oracle);
        let free = |rank: &Rank| !taken.contains(rank) && !gone.contains(rank);
        let at = self.queue.iter().position(|Waiting { project, .. }| {
            project.members.iter().all(free) && oracle.fits(phase, Some(leaves), project)
        })?;
        Some(self.queue.remove(at))
    }
}

fn holder(ranked: &RankedPool<'_>, project: &Project, since: Option<Day>) -> Holder {
    let codes = ranked.codes(&project.members);
    Holder { codes, since, beyond_reserve: false, answers: Vec::new() }
}

/// What became of each unit after the list was computed.
pub(super) fn judgements(places: &[PlaceHistory]) -> BTreeMap<&str, Judgement> {
    let mut judged = BTreeMap::new();
    for place in places {
        for (at, holder) in place.holders.iter().enumerate() {
            for code in &holder.codes {
                let last = holder.answers.iter().rfind(|d| d.code == *code);
                let judgement = match last.map(|decision| decision.answer) {
                    Some(Answer::Accepted) => Some(Judgement::Accepted),
                    Some(Answer::Refused) => Some(Judgement::Refused),
                    Some(Answer::Withdrawn) => Some(Judgement::Withdrawn),
                    // a union that goes on without a member is not a replacement
                    None if at > 0 && !place.holders[0].codes.contains(code) => {
                        Some(Judgement::Replacement)
                    }
                    None => None,
                };
                if let Some(judgement) = judgement {
                    judged.insert(code.as_str(), judgement);
                }
            }
        }
    }
    judged
}

/// Under hold-harmless: adds those who held a place and would lose it by being overtaken. Who no
/// longer passes `where` or was excluded is not held. Answers the ranks that were added.
pub(super) fn hold_harmless(
    ranked: &RankedPool<'_>,
    phases: &mut SolvedPhases,
    history: &History,
) -> BTreeSet<Rank> {
    let mut held = BTreeSet::new();
    if ranked.programme.decisions.policy != Appeals::HoldHarmless {
        return held;
    }
    let previous = history.previous.iter().flatten().filter(|published| published.holds);
    let before: BTreeMap<&str, &Published> = previous.map(|p| (p.code.as_str(), p)).collect();
    let Some(last) = phases.positions().last() else { return held };
    for rank in ranked.ranks() {
        let Some(published) = before.get(ranked.code(rank)) else { continue };
        if phases[last].holds(rank) {
            continue;
        }
        let own = |at: &PhaseIndex| Some(phases[*at].id()) == published.phase.as_deref();
        let phase = phases.positions().find(own).unwrap_or(last);
        held.insert(rank);
        let project = phases[last].alone(rank);
        phases[phase].added.push(project);
        phases[phase].added.sort();
        let later = phases.iter_mut().skip(phase.number());
        later.for_each(|phase| phase.solved.solution[rank] = true);
    }
    held
}

/// Who entered and who left since the list that was published before: entered first, then by rank.
pub(super) fn changes(
    ranked: &RankedPool<'_>,
    selection: &Selection,
    history: &History,
) -> Vec<Change> {
    let Some(previous) = &history.previous else { return Vec::new() };
    let before: BTreeMap<&str, &Published> =
        previous.iter().map(|published| (published.code.as_str(), published)).collect();
    let held = |code: &str| before.get(code).is_some_and(|published| published.holds);
    let places = selection.places.iter().filter(|place| !place.empty);
    let holders = places.filter_map(|place| place.holders.last());
    let holding: BTreeSet<&str> =
        holders.flat_map(|holder| holder.codes.iter().map(String::as_str)).collect();
    let mut codes: Vec<&str> = ranked.ranks().map(|rank| ranked.code(rank)).collect();
    let known: BTreeSet<&str> = codes.iter().copied().collect();
    codes.extend(selection.units.iter().map(|u| u.code.as_str()).filter(|c| !known.contains(c)));
    let entered: Vec<&str> =
        codes.iter().copied().filter(|code| holding.contains(code) && !held(code)).collect();
    let left: Vec<&str> =
        codes.iter().copied().filter(|code| held(code) && !holding.contains(code)).collect();
    let texts = |codes: &[&str]| codes.iter().map(|code| (*code).to_owned()).collect();
    let change = |code: &&str, otherwise: Cause| {
        let unit = selection.unit(code)?;
        let then = before.get(code).copied();
        let (at, _) = ranked.pool.units().find(|(_, candidate)| candidate.code == *code)?;
        let why = own_cause(ranked, at, then).unwrap_or(otherwise);
        Some(Change {
            code: (*code).to_owned(),
            before: then.map_or(State::NotSelected, |published| published.state),
            after: unit.state,
            reserve: unit.reserve,
            why,
        })
    };
    let came = entered.iter().filter_map(|code| change(code, Cause::InsteadOf(texts(&left))));
    let went = left.iter().filter_map(|code| change(code, Cause::OvertakenBy(texts(&entered))));
    came.chain(went).collect()
}

/// What about a unit itself puts it on one list and not on the other, where it is not the others.
fn own_cause(ranked: &RankedPool<'_>, at: UnitIndex, then: Option<&Published>) -> Option<Cause> {
    let then = then.and_then(|published| published.points);
    let scores = then.zip(ranked.entrants.points[at]).filter(|(a, b)| a != b);
    match &ranked.entrants.access[at] {
        Access::Excluded(why) | Access::Unscored(why) => Some(Cause::Barred(why.clone())),
        Access::Ineligible(failed) => Some(Cause::Barred(conditions_text(failed))),
        Access::Open | Access::Included(_) | Access::Accepted => {
            let decimals = ranked.programme.order.decimals;
            scores.map(|(before, after)| Cause::Score { before, after, decimals })
        }
    }
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
