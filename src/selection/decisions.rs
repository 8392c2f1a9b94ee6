//! What happens to a list after it was computed: its places pass on as units answer, day by day.

use std::collections::{BTreeMap, BTreeSet};

use super::history::{Answer, Day, Decision};
use super::joint::Joint;
use super::outcome::{Holder, Judgement, PlaceHistory, Tie};
use super::phases::SolvedPhases;
use super::ranked_pool::{PhaseIndex, RankedPool};
use super::rule_ref::{Objection, Refusal, RuleRef};
use super::swap::{Seat, seats};
use super::ties;
use super::vacancy::{EntryKey, Link, Opening, Succeeded, Succession, Waiting};
use crate::message::selection::refusal as message;
use crate::optimise::{Position, Project, Rank};
use crate::selection::ProgrammeKey;

/// Who may take a place that is given up.
pub(super) struct Queue<'a> {
    /// Everybody who waits, in the order of entry.
    pub(super) waiting: &'a [Project],
    /// Those of them who are on the reserve, by position.
    pub(super) reserve: &'a [usize],
    /// All projects that may be; empty without unions.
    pub(super) projects: &'a [Project],
}

/// Replays decisions by day: answers of one day are taken together.
pub(super) struct Replay<'a> {
    ranked: &'a RankedPool<'a>,
    list: Succession<'a>,
    histories: Vec<PlaceHistory>,
    /// The phase of each place.
    phases: Vec<PhaseIndex>,
    open: Vec<Opening>,
    queue: Vec<Waiting>,
    /// Places that a list longer than its phase lost.
    lost: BTreeSet<usize>,
    /// Units that gave a place up.
    gone: BTreeSet<Rank>,
    /// Units that accepted the place they hold.
    accepted: BTreeSet<Rank>,
    projects: &'a [Project],
    /// Ties between holders of which one moved up.
    ties: Vec<Tie>,
    /// Answers of units without a place.
    unplaced: Vec<Decision>,
}

/// What became of a list after all answers.
pub(super) struct Replayed {
    /// Each place with everybody who held it.
    pub(super) places: Vec<PlaceHistory>,
    /// Answers of units that had no place at the end of their day, by day.
    pub(super) unplaced: Vec<Decision>,
}

/// The answers of one day, each with the rank of a unit that may take a place.
type Answers<'d> = Vec<(Option<Rank>, &'d Decision)>;

impl<'a> Replay<'a> {
    pub(super) fn new(
        ranked: &'a RankedPool<'a>,
        phases: &'a SolvedPhases,
        queue: &Queue<'a>,
    ) -> Self {
        let seats = seats(phases);
        let history = |seat: &Seat| PlaceHistory {
            phase: phases[seat.phase].id().to_owned(),
            holders: vec![holder(ranked, &seat.project, None)],
            empty: false,
            kept_by: None,
        };
        let waits = |(at, project): (usize, &Project)| Waiting {
            project: project.clone(),
            on_reserve: queue.reserve.binary_search(&at).is_ok(),
        };
        Self {
            ranked,
            list: Succession::new(ranked, phases, &seats),
            histories: seats.iter().map(history).collect(),
            phases: seats.iter().map(|seat| seat.phase).collect(),
            open: Vec::new(),
            queue: queue.waiting.iter().enumerate().map(waits).collect(),
            lost: BTreeSet::new(),
            gone: BTreeSet::new(),
            accepted: BTreeSet::new(),
            projects: queue.projects,
            ties: Vec::new(),
            unplaced: Vec::new(),
        }
    }

    /// Applies the decisions; everything that is wrong with them at once.
    pub(super) fn run(mut self, decisions: &[Decision]) -> Result<Replayed, Refusal> {
        let ranks = self.ranked.ranks_by_code();
        let silence = self.ranked.programme.decisions.silent.map(|silence| silence.after);
        let mut days: BTreeMap<Day, Answers<'_>> = BTreeMap::new();
        days.extend(silence.map(|day| (day, Answers::new())));
        for decision in decisions {
            let rank = ranks.get(decision.code.as_str()).copied();
            days.entry(decision.day).or_default().push((rank, decision));
        }
        let mut objections = self.of_nobody(decisions);
        let mut answered = BTreeSet::new();
        for (day, mut answers) in days {
            answers.sort_by_key(|(rank, d)| (*rank, &d.code, d.answer));
            answered.extend(answers.iter().filter_map(|(rank, _)| *rank));
            let silent =
                if silence == Some(day) { self.silent(day, &answered) } else { Vec::new() };
            objections.extend(self.day(day, &answers, &silent));
        }
        Refusal::unless_empty(objections)?;
        ties::refuse(self.ranked, &self.ties)?;
        self.tell_empty();
        Ok(Replayed { places: self.histories, unplaced: self.unplaced })
    }

    /// Decisions of units that the register does not have.
    fn of_nobody(&self, decisions: &[Decision]) -> Vec<Objection> {
        let candidates = self.ranked.pool.candidates.iter();
        let known: BTreeSet<&str> = candidates.map(|candidate| candidate.code.as_str()).collect();
        let objection = |decision: &Decision| {
            let Decision { code, day, answer, reference } = decision;
            let advice =
                message::decision_of_nobody(code, answer.words(), &day.to_string(), reference);
            Objection::new("not-selected", ProgrammeKey::Decisions, advice).unit(code)
        };
        let unknown = decisions.iter().filter(|decision| !known.contains(decision.code.as_str()));
        unknown.map(objection).collect()
    }

    /// Those who hold a place on the morning of the day and have not answered by its end: a refusal
    /// each.
    fn silent(&self, day: Day, answered: &BTreeSet<Rank>) -> Vec<(Rank, Decision)> {
        let holders = self.list.holdings.iter().flat_map(|holding| &holding.project.members);
        let silent = holders.filter(|rank| !answered.contains(rank));
        let refusal = |rank: &Rank| {
            let code = self.ranked.code(*rank).to_owned();
            (*rank, Decision { day, code, answer: Answer::Silent, reference: String::new() })
        };
        silent.map(refusal).collect()
    }

    /// The answers of one day: who gives a place up does so before anybody enters, and who enters on
    /// that day may have answered on it.
    fn day(
        &mut self,
        day: Day,
        answers: &[(Option<Rank>, &Decision)],
        silent: &[(Rank, Decision)],
    ) -> Vec<Objection> {
        let mut objections = Vec::new();
        let twice = answers.windows(2).filter(|two| two[0].1.code == two[1].1.code);
        objections.extend(twice.map(|two| answered_twice(two[1].1)));
        let mut late = Vec::new();
        for (rank, decision) in answers {
            match rank.and_then(|rank| Some((rank, self.holding(rank)?))) {
                Some((rank, at)) => objections.extend(self.apply(decision, rank, at)),
                None => {
                    // who answers so on the day itself does not enter on it
                    let leaves = decision.answer != Answer::Accepted;
                    self.gone.extend(rank.filter(|_| leaves));
                    late.push((rank, decision));
                }
            }
        }
        for (rank, refusal) in silent {
            let at = self.holding(*rank);
            objections.extend(at.and_then(|at| self.apply(refusal, *rank, at)));
        }
        objections.extend(self.fill(day));
        for (rank, decision) in late {
            match rank.and_then(|rank| Some((rank, self.holding(rank)?))) {
                Some((rank, at)) => objections.extend(self.apply(decision, rank, at)),
                None => self.unplaced.push((*decision).clone()),
            }
        }
        objections
    }

    /// The position of the holding that covers a unit.
    fn holding(&self, rank: Rank) -> Option<usize> {
        self.list.holdings.iter().position(|holding| holding.project.members.contains(&rank))
    }

    fn apply(&mut self, decision: &Decision, rank: Rank, at: usize) -> Option<Objection> {
        if decision.answer != Answer::Withdrawn && self.accepted.contains(&rank) {
            let (code, day) = (&decision.code, decision.day.to_string());
            let advice = message::decision_conflict(code, decision.answer.words(), &day);
            return Some(
                Objection::new("decision-conflict", ProgrammeKey::Decisions, advice).unit(code),
            );
        }
        let seat = self.list.holdings[at].seat?;
        self.histories[seat].holders.last_mut()?.answers.push(decision.clone());
        match decision.answer {
            Answer::Accepted => {
                self.accepted.insert(rank);
            }
            Answer::Refused | Answer::Withdrawn | Answer::Silent => {
                self.give_up(decision.day, rank, at);
            }
        }
        None
    }

    /// A unit leaves its place: a union goes on without it when what is left is a project, else the
    /// place is open.
    fn give_up(&mut self, day: Day, rank: Rank, at: usize) {
        self.gone.insert(rank);
        self.accepted.remove(&rank);
        let project = self.list.holdings[at].project.clone();
        let rest: Vec<Rank> =
            project.members.iter().copied().filter(|member| *member != rank).collect();
        let smaller = self.projects.binary_search_by(|p| p.members.cmp(&rest)).ok();
        if let Some(smaller) = smaller.map(|at| self.projects[at].clone())
            && self.list.goes_on_as(at, &smaller)
        {
            let seat = self.list.holdings[at].seat;
            let new = holder(self.ranked, &smaller, Some(day));
            seat.into_iter().for_each(|seat| self.histories[seat].holders.push(new.clone()));
            return;
        }
        let holding = self.list.holdings.remove(at);
        let place = holding.seat.unwrap_or_default();
        self.open.push(Opening { phase: holding.phase, leaver: project, place });
    }

    /// Fills the open places, then gives those who entered or moved up their places.
    fn fill(&mut self, day: Day) -> Option<Objection> {
        let list = &mut self.list;
        self.open.retain(|open| !list.loses(open.phase, &open.leaver));
        let (list, gone) = (&self.list, &self.gone);
        let covered: BTreeSet<Rank> =
            list.holdings.iter().flat_map(|holding| holding.project.members.clone()).collect();
        self.queue.retain(|waiting| {
            waiting.project.members.iter().all(|m| !gone.contains(m) && !covered.contains(m))
        });
        let succeeded = match &self.open[..] {
            [] => Some(Succeeded::default()),
            [one] => Some(self.list.succeed(one, &self.queue)),
            _ => self.together(BTreeSet::new()),
        };
        let Some(succeeded) = succeeded else {
            let advice = message::answers_out_of_nodes(&day.to_string());
            return Some(Objection::new("effort", ProgrammeKey::Effort, advice));
        };
        self.tell_ties(&succeeded);
        self.apply_links(succeeded);
        self.seat(day);
        None
    }

    /// Who takes the open places, solved together; none where that takes too much work.
    fn together(&self, favoured: BTreeSet<usize>) -> Option<Succeeded> {
        let nodes = self.ranked.programme.effort.nodes;
        let joint = Joint::new(&self.list, &self.open, &self.queue, favoured);
        joint.solve(nodes).ok().filter(|succeeded| succeeded.proved)
    }

    /// Holders of whom one moves up, and one with the same score and keys could in its stead.
    fn tell_ties(&mut self, succeeded: &Succeeded) {
        for (into, link) in &succeeded.links {
            let Link::Moves(at) = link else { continue };
            let moves = |other: usize, links: &[(PhaseIndex, Link)]| {
                links.iter().any(|(phase, link)| phase <= into && *link == Link::Moves(other))
            };
            let others = self.list.equals(*at, *into);
            let could = |other: &usize| {
                let instead = self.together(BTreeSet::from([*other]));
                instead.is_some_and(|instead| moves(*other, &instead.links))
            };
            let outside = others.into_iter().filter(|other| !moves(*other, &succeeded.links));
            let Some(other) = outside.into_iter().find(could) else { continue };
            let lead = |at: usize| self.list.holdings[at].project.lead();
            let phase = &self.ranked.programme.phases[into.number()].id;
            self.ties.push(Tie::between(self.ranked, phase, (lead(*at), lead(other))));
        }
    }

    fn apply_links(&mut self, succeeded: Succeeded) {
        let Succeeded { links, empty, .. } = succeeded;
        let mut entered = BTreeSet::new();
        for (into, link) in links {
            self.list.take(into, link, &self.queue);
            entered.extend(if let Link::Enters(at) = link { Some(at) } else { None });
        }
        let stays: BTreeMap<usize, PhaseIndex> = empty.into_iter().collect();
        let open = std::mem::take(&mut self.open);
        for (at, mut opening) in open.into_iter().enumerate() {
            let phase = stays.get(&at).copied();
            self.list.stays_empty(&opening, phase);
            if let Some(phase) = phase {
                opening.phase = phase;
                self.open.push(opening);
            }
        }
        let mut at = 0;
        self.queue.retain(|_| {
            at += 1;
            !entered.contains(&(at - 1))
        });
    }

    /// Gives those who entered a phase its open places: ascending numbers in the order of the list.
    fn seat(&mut self, day: Day) {
        let (phases, list) = (&self.phases, &mut self.list);
        let mut moved = BTreeSet::new();
        let mut new: Vec<(PhaseIndex, EntryKey, usize)> = Vec::new();
        for (at, holding) in list.holdings.iter().enumerate() {
            if holding.seat.is_none_or(|seat| phases[seat] != holding.phase) {
                new.push((holding.phase, list.key(&holding.project), at));
                moved.extend(holding.seat.map(|_| at));
            }
        }
        new.sort();
        new.iter().for_each(|(.., at)| list.holdings[*at].seat = None);
        let taken: BTreeSet<usize> = list.holdings.iter().filter_map(|h| h.seat).collect();
        let is_free = |seat: &usize| !taken.contains(seat) && !self.lost.contains(seat);
        let mut free: Vec<usize> = (0..phases.len()).filter(is_free).collect();
        for (phase, _, at) in new {
            let Some(next) = free.iter().position(|seat| phases[*seat] == phase) else { continue };
            let seat = free.remove(next);
            let holding = &mut list.holdings[at];
            holding.seat = Some(seat);
            let mut holder = holder(self.ranked, &holding.project, Some(day));
            holder.moved_up = moved.contains(&at);
            holder.beyond_reserve =
                holding.beyond && !holder.moved_up && self.ranked.programme.reserve.is_some();
            self.histories[seat].holders.push(holder);
            self.histories[seat].empty = false;
        }
        free.iter().for_each(|seat| self.histories[*seat].empty = true);
        // of the free places of a phase the last ones are those that stay empty, others are lost
        for open in self.open.iter_mut().rev() {
            if let Some(at) = free.iter().rposition(|seat| phases[*seat] == open.phase) {
                open.place = free.remove(at);
            }
        }
        self.lost.extend(free);
    }

    /// Which rule keeps each empty place so: what stands between it and the first who waits; the number
    /// of places where a list that was longer than its phase lost it.
    fn tell_empty(&mut self) {
        let is_here = |waiting: &&Waiting| {
            waiting.project.members.iter().all(|member| !self.gone.contains(member))
        };
        let first = self.queue.iter().find(is_here);
        for (seat, history) in self.histories.iter_mut().enumerate() {
            if !history.empty {
                continue;
            }
            history.kept_by = match self.open.iter().find(|open| open.place == seat) {
                Some(open) => first
                    .and_then(|first| self.list.obstacle(open.phase, &open.leaver, &first.project)),
                None => Some(RuleRef::Places { phase: history.phase.clone() }),
            };
        }
    }
}

fn answered_twice(decision: &Decision) -> Objection {
    let advice = message::answered_twice(&decision.code, &decision.day.to_string());
    Objection::new("decision-conflict", ProgrammeKey::Decisions, advice).unit(&decision.code)
}

fn holder(ranked: &RankedPool<'_>, project: &Project, since: Option<Day>) -> Holder {
    let codes = ranked.codes(&project.members);
    Holder { codes, since, beyond_reserve: false, moved_up: false, answers: Vec::new() }
}

/// What became of each unit after the list was computed: its last answer, else how it came to a place.
pub(super) fn judgements(places: &[PlaceHistory]) -> BTreeMap<&str, Judgement> {
    let mut judged: BTreeMap<&str, (Option<Day>, Judgement)> = BTreeMap::new();
    for place in places {
        for (at, holder) in place.holders.iter().enumerate() {
            for code in &holder.codes {
                let last = holder.answers.iter().rfind(|d| d.code == *code);
                let judgement = match last.map(|decision| decision.answer) {
                    Some(Answer::Accepted) => Judgement::Accepted,
                    Some(Answer::Refused) => Judgement::Refused,
                    Some(Answer::Withdrawn) => Judgement::Withdrawn,
                    Some(Answer::Silent) => Judgement::Silent,
                    None if holder.moved_up => Judgement::MovedUp,
                    // a union that goes on without a member is not a replacement
                    None if at > 0 && !place.holders[0].codes.contains(code) => {
                        Judgement::Replacement
                    }
                    None => continue,
                };
                let found = (last.map(|decision| decision.day), judgement);
                let known = judged.entry(code).or_insert(found);
                *known = (*known).max(found);
            }
        }
    }
    judged.into_iter().map(|(code, (_, judgement))| (code, judgement)).collect()
}
