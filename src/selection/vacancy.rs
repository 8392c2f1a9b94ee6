//! Who takes an open place: the highest who fits moves up from a later phase or enters from those who
//! wait, the place that is left behind is filled the same way, and so on to the end.
//!
//! Whoever gave a place up counts in every rule until somebody has taken it, so that a minimum whose
//! group was emptied holds on and an empty place closes no other. In each phase from that of the place
//! on exactly one unit then stands where the leaver stood. Who that is depends on nothing before it:
//! going from the last phase back finds what can be reached, and the best of it is read off forwards.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::phases::SolvedPhases;
use super::programme::Vacancy;
use super::ranked_pool::{PhaseIndex, RankedPool};
use super::rule_ref::RuleRef;
use super::swap::{KindIndex, Seat, SwapOracle};
use crate::optimise::{IndexVec, Position, Project, Rank};

/// A project that holds a place.
#[derive(Clone, Debug)]
pub(super) struct Holding {
    /// The phase of its place.
    pub(super) phase: PhaseIndex,
    pub(super) project: Project,
    /// The number of its place, once it has one.
    pub(super) seat: Option<usize>,
    /// Whether it entered from beyond the reserve.
    pub(super) beyond: bool,
}

/// A project that waits.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) project: Project,
    pub(super) on_reserve: bool,
}

/// An open place, in which whoever gave it up counts until somebody has taken it.
#[derive(Clone, Debug)]
pub(super) struct Opening {
    pub(super) phase: PhaseIndex,
    pub(super) leaver: Project,
    /// The number of the place that was given up.
    pub(super) place: usize,
}

/// Who takes the open places.
#[derive(Clone, Debug, Default)]
pub(super) struct Succeeded {
    /// Who comes into which phase.
    pub(super) links: Vec<(PhaseIndex, Link)>,
    /// The openings that stay empty, by position, each with its phase.
    pub(super) empty: Vec<(usize, PhaseIndex)>,
    pub(super) proved: bool,
}

/// Who takes a place next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Link {
    /// A holding, by its position, which leaves its own place.
    Moves(usize),
    /// Somebody who waits, by position.
    Enters(usize),
}

/// What becomes of an open place in the end, better first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    /// Somebody of the reserve enters.
    Reserve,
    /// Somebody enters who is not on it.
    Beyond,
    /// In so many phases a place stays empty.
    Empty(usize),
}

/// Who takes an open place, and the places left behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chain {
    end: End,
    pub(super) links: Vec<Link>,
}

/// The order of those who may take a place: as the list is ordered, of unions with one lead the one
/// that covers more first.
pub(super) type EntryKey = (Reverse<i128>, Rank, Reverse<usize>, Vec<Rank>);

/// A list that changes as places are given up and taken.
pub(super) struct Succession<'a> {
    pub(super) ranked: &'a RankedPool<'a>,
    pub(super) oracle: SwapOracle<'a>,
    last: PhaseIndex,
    pub(super) holdings: Vec<Holding>,
}

impl<'a> Succession<'a> {
    /// The list as computed, with its places.
    pub(super) fn new(
        ranked: &'a RankedPool<'a>,
        phases: &'a SolvedPhases,
        seats: &[Seat],
    ) -> Self {
        let holding = |(at, seat): (usize, &Seat)| Holding {
            phase: seat.phase,
            project: seat.project.clone(),
            seat: Some(at),
            beyond: false,
        };
        Self {
            ranked,
            oracle: SwapOracle::new(ranked, phases),
            last: PhaseIndex::new(phases.len() - 1),
            holdings: seats.iter().enumerate().map(holding).collect(),
        }
    }

    /// What orders those who may take a place.
    pub(super) fn key(&self, project: &Project) -> EntryKey {
        let members = project.members.clone();
        (self.oracle.entry_key(project), project.lead(), Reverse(members.len()), members)
    }

    /// What a project brings under coverage; nothing under priority.
    pub(super) fn value(&self, project: &Project) -> i128 {
        self.oracle.entry_key(project).0
    }

    /// Whether holders may move to an earlier phase.
    pub(super) fn promotes(&self) -> bool {
        self.ranked.programme.decisions.vacancy == Vacancy::Promote
    }

    /// The first of those with whom a rank ties.
    pub(super) fn first_equal(&self, rank: Rank) -> Rank {
        let standing = &self.ranked.keys[rank];
        let equal = |other: &Rank| self.ranked.keys[*other].ties_with(standing);
        self.ranked.ranks().take(rank.number()).find(equal).unwrap_or(rank)
    }

    /// The position behind the last phase.
    pub(super) fn behind(&self) -> PhaseIndex {
        PhaseIndex::new(self.last.number() + 1)
    }

    /// Whether a project may stand for another in some phases.
    fn stands(
        &mut self,
        (from, to): (PhaseIndex, PhaseIndex),
        leaver: &Project,
        project: &Project,
    ) -> bool {
        span(from, to).all(|phase| self.oracle.obstacles(phase, Some(leaver), project).is_empty())
    }

    /// Whether somebody may enter in a phase and stay: the rules of it and of every later one allow it,
    /// and no list is longer than its phase.
    fn enters(&mut self, phase: PhaseIndex, leaver: &Project, project: &Project) -> bool {
        let behind = self.behind();
        span(phase, behind).all(|phase| !self.oracle.is_longer(phase))
            && self.stands((phase, behind), leaver, project)
    }

    /// The phases in which an open place may end up when others move up.
    pub(super) fn reach(&mut self, phase: PhaseIndex, leaver: &Project) -> Vec<PhaseIndex> {
        let mut reached = vec![phase];
        for later in span(phase, self.behind()).skip(1) {
            let movers: Vec<Project> = self.movers(later).map(|(_, h)| h.project.clone()).collect();
            let comes = reached.iter().any(|from| {
                movers.iter().any(|project| self.stands((*from, later), leaver, project))
            });
            if comes {
                reached.push(later);
            }
        }
        reached
    }

    /// Whether somebody could enter somewhere in the reach of an open place.
    pub(super) fn could_enter(
        &mut self,
        reach: &[PhaseIndex],
        leaver: &Project,
        project: &Project,
    ) -> bool {
        reach.iter().any(|phase| self.enters(*phase, leaver, project))
    }

    /// The holdings of a phase that may move up, by position.
    fn movers(&self, phase: PhaseIndex) -> impl Iterator<Item = (usize, &Holding)> {
        let promotes = self.promotes();
        let all = self.holdings.iter().enumerate();
        all.filter(move |(_, holding)| promotes && holding.phase == phase)
    }

    /// Who takes an open place of a phase, in which `leaver` counts until somebody has.
    pub(super) fn chain(
        &mut self,
        phase: PhaseIndex,
        leaver: &Project,
        queue: &[Waiting],
    ) -> Chain {
        let behind = self.behind();
        let mut found: IndexVec<PhaseIndex, Option<(End, Option<Link>)>> =
            IndexVec::filled(None, behind.number());
        for at in span(phase, behind).rev() {
            let empty = (End::Empty(behind.number() - at.number()), None);
            let entrant = self.entrant(at, leaver, queue);
            let entrant = entrant.map(|(end, next)| (end, Some(Link::Enters(next))));
            let mut options: Vec<(End, Option<Link>)> = entrant.into_iter().collect();
            for later in span(at, behind).skip(1) {
                let Some((end, _)) = found[later] else { continue };
                options.extend(self.mover(at, later, leaver).map(|m| (end, Some(Link::Moves(m)))));
            }
            let best = options.iter().map(|(end, _)| *end).min().filter(|end| *end < empty.0);
            let of_best = options.into_iter().filter(|(end, _)| Some(*end) == best);
            let first = of_best.min_by_key(|(_, link)| link.map(|link| self.link_key(link, queue)));
            found[at] = Some(first.unwrap_or(empty));
        }
        let (mut links, mut at) = (Vec::new(), phase);
        let end = found[phase].map_or(End::Empty(0), |(end, _)| end);
        while at != behind {
            let Some((_, Some(link))) = found[at] else { break };
            links.push(link);
            at = match link {
                Link::Moves(holding) => self.holdings[holding].phase,
                Link::Enters(_) => behind,
            };
        }
        Chain { end, links }
    }

    /// The first who could enter in a phase: of the reserve, else of those behind it.
    fn entrant(
        &mut self,
        phase: PhaseIndex,
        leaver: &Project,
        queue: &[Waiting],
    ) -> Option<(End, usize)> {
        let mut first = |on_reserve: bool| {
            let mut closed = Vec::new();
            queue.iter().position(|waiting| {
                waiting.on_reserve == on_reserve
                    && self.is_open(phase, leaver, &waiting.project, &mut closed)
            })
        };
        let of_reserve = first(true).map(|at| (End::Reserve, at));
        of_reserve.or_else(|| first(false).map(|at| (End::Beyond, at)))
    }

    /// Whether somebody could enter in a phase; `closed` remembers the kinds that could not.
    fn is_open(
        &mut self,
        phase: PhaseIndex,
        leaver: &Project,
        project: &Project,
        closed: &mut Vec<KindIndex>,
    ) -> bool {
        let kind = self.oracle.kind(project);
        if closed.contains(&kind) {
            return false;
        }
        let enters = self.enters(phase, leaver, project);
        if !enters && !self.oracle.weighs(phase) {
            closed.push(kind);
        }
        enters
    }

    /// The first who could move up from one phase to another.
    fn mover(&mut self, to: PhaseIndex, from: PhaseIndex, leaver: &Project) -> Option<usize> {
        let mut movers: Vec<(EntryKey, usize)> =
            self.movers(from).map(|(at, holding)| (self.key(&holding.project), at)).collect();
        movers.sort();
        let mut closed = Vec::new();
        for (_, at) in movers {
            let project = self.holdings[at].project.clone();
            let kind = self.oracle.kind(&project);
            if closed.contains(&kind) {
                continue;
            }
            if self.stands((to, from), leaver, &project) {
                return Some(at);
            }
            closed.extend((!self.oracle.weighs(to)).then_some(kind));
        }
        None
    }

    fn link_key(&self, link: Link, queue: &[Waiting]) -> EntryKey {
        self.key(match link {
            Link::Moves(at) => &self.holdings[at].project,
            Link::Enters(at) => &queue[at].project,
        })
    }

    /// Holdings that share score and keys with one and stand behind a phase: of each kind, phase and cost
    /// one.
    pub(super) fn equals(&self, at: usize, to: PhaseIndex) -> Vec<usize> {
        let standing = &self.ranked.keys[self.holdings[at].project.lead()];
        let mut known = BTreeSet::new();
        let equal = |(other, holding): &(usize, &Holding)| {
            let rank = holding.project.lead();
            *other != at
                && holding.phase > to
                && self.ranked.keys[rank].ties_with(standing)
                && known.insert((holding.phase, self.entry_class(&holding.project)))
        };
        self.holdings.iter().enumerate().filter(equal).map(|(other, _)| other).collect()
    }

    /// The answer for one open place.
    pub(super) fn succeed(&mut self, open: &Opening, queue: &[Waiting]) -> Succeeded {
        let chain = self.chain(open.phase, &open.leaver, queue);
        let mut succeeded = Succeeded { proved: true, ..Succeeded::default() };
        let mut into = Some(open.phase);
        for link in chain.links {
            let Some(phase) = into else { break };
            succeeded.links.push((phase, link));
            into = match link {
                Link::Moves(at) => Some(self.holdings[at].phase),
                Link::Enters(_) => None,
            };
        }
        succeeded.empty = into.map(|phase| (0, phase)).into_iter().collect();
        succeeded
    }

    /// Somebody comes into a phase.
    pub(super) fn take(&mut self, phase: PhaseIndex, link: Link, queue: &[Waiting]) {
        match link {
            Link::Moves(at) => {
                let Holding { phase: from, project, .. } = self.holdings[at].clone();
                self.oracle.give_up_place(from, &project);
                self.oracle.take_place(phase, &project);
                self.holdings[at].phase = phase;
            }
            Link::Enters(at) => {
                let Waiting { project, on_reserve } = queue[at].clone();
                self.oracle.take_place(phase, &project);
                self.holdings.push(Holding { phase, project, seat: None, beyond: !on_reserve });
            }
        }
    }

    /// Whoever gave a place up counts in another phase instead, or in none.
    pub(super) fn stays_empty(&mut self, open: &Opening, phase: Option<PhaseIndex>) {
        self.oracle.give_up_place(open.phase, &open.leaver);
        phase.into_iter().for_each(|phase| self.oracle.take_place(phase, &open.leaver));
    }

    /// A project takes the place of another in its phase; `false` where the rules forbid it.
    pub(super) fn goes_on_as(&mut self, at: usize, rest: &Project) -> bool {
        let Holding { phase, project, .. } = self.holdings[at].clone();
        let behind = self.behind();
        let fits = self.stands((phase, behind), &project, rest);
        if fits {
            self.oracle.give_up_place(phase, &project);
            self.oracle.take_place(phase, rest);
            self.holdings[at].project = rest.clone();
        }
        fits
    }

    /// Whether a list that is longer than its phase and every later one loses an open place.
    pub(super) fn loses(&mut self, phase: PhaseIndex, leaver: &Project) -> bool {
        let lost = span(phase, self.behind()).all(|phase| self.oracle.is_longer(phase));
        if lost {
            self.oracle.give_up_place(phase, leaver);
        }
        lost
    }

    /// The rule that keeps an open place from somebody, the first that stands in the way.
    pub(super) fn obstacle(
        &mut self,
        phase: PhaseIndex,
        leaver: &Project,
        project: &Project,
    ) -> Option<RuleRef> {
        span(phase, self.behind()).find_map(|phase| {
            let first = self.oracle.obstacles(phase, Some(leaver), project).first().copied()?;
            Some(self.oracle.rule(phase, first))
        })
    }

    /// What tells open places apart for those who may take them: phase, kind, and cost where money counts.
    pub(super) fn opening(
        &self,
        phase: PhaseIndex,
        leaver: &Project,
    ) -> (PhaseIndex, KindIndex, Vec<i64>) {
        (phase, self.oracle.kind(leaver), self.oracle.weight(phase, leaver))
    }

    /// The kind of a project, and its cost where money counts: who agrees in both could enter in the
    /// same places.
    pub(super) fn entry_class(&self, project: &Project) -> (KindIndex, Vec<i64>) {
        let (_, kind, weight) = self.opening(PhaseIndex::new(0), project);
        (kind, weight)
    }
}

/// The phases from one on up to before another.
fn span(from: PhaseIndex, to: PhaseIndex) -> impl DoubleEndedIterator<Item = PhaseIndex> {
    (from.number()..to.number()).map(PhaseIndex::new)
}
