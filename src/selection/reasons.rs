//! For each unit why it has a place or none, by the phase of its place or else the last, and how far
//! it is from the other side.

use super::cut::{Side, Sides};
use super::outcome::{DecidedBy, Distance, Reason, Tie};
use super::phases::{SolvedPhase, SolvedPhases};
use super::ranked_pool::{PhaseIndex, RankedPool};
use super::rule_ref::RuleRef;
use super::swap::{KindIndex, SwapOracle};
use crate::optimise::{Criterion, IndexVec, Position, Project, Rank};

/// Why a unit has the state that it has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) reason: Reason,
    pub(super) rules: Vec<RuleRef>,
    pub(super) distance: Option<Distance>,
}

impl Account {
    /// A reason that needs no rule and no distance.
    pub(super) fn of(reason: Reason) -> Self {
        Self { reason, rules: Vec::new(), distance: None }
    }
}

/// The lists, with everything that asks for a reason.
pub(super) struct Accounts<'a> {
    ranked: &'a RankedPool<'a>,
    phases: &'a SolvedPhases,
    oracle: SwapOracle<'a>,
    /// By rank: the phase that selected it, and its project there.
    seat: IndexVec<Rank, Option<(PhaseIndex, &'a Project)>>,
    /// Ranks outside every list, by kind.
    outside: IndexVec<KindIndex, Vec<Rank>>,
    /// Projects of the last phase that are not locked in, by kind.
    movable: IndexVec<KindIndex, Vec<&'a Project>>,
    last: PhaseIndex,
    sides: &'a IndexVec<PhaseIndex, Sides>,
    ties: &'a [Tie],
}

impl<'a> Accounts<'a> {
    pub(super) fn new(
        ranked: &'a RankedPool<'a>,
        phases: &'a SolvedPhases,
        sides: &'a IndexVec<PhaseIndex, Sides>,
        ties: &'a [Tie],
    ) -> Self {
        let mut seat = IndexVec::filled(None, ranked.len());
        for (at, phase) in phases.enumerate() {
            for project in &phase.added {
                project.members.iter().for_each(|rank| seat[*rank] = Some((at, project)));
            }
        }
        let oracle = SwapOracle::new(ranked, phases);
        let last = PhaseIndex::new(phases.len() - 1);
        let mut outside = IndexVec::filled(Vec::new(), oracle.count_kinds());
        for rank in ranked.ranks().filter(|rank| seat[*rank].is_none()) {
            outside[oracle.kind(&phases[last].alone(rank))].push(rank);
        }
        let mut movable = IndexVec::filled(Vec::new(), oracle.count_kinds());
        for project in &phases[last].added {
            if !phases[last].unit(project.lead()).locked {
                movable[oracle.kind(project)].push(project);
            }
        }
        Self { ranked, phases, oracle, seat, outside, movable, last, sides, ties }
    }

    /// The account of a rank.
    pub(super) fn account(&mut self, rank: Rank) -> Account {
        match self.seat[rank] {
            Some((phase, project)) => self.inside(rank, phase, project),
            None => self.outside(rank),
        }
    }

    fn last(&self) -> &'a SolvedPhase {
        &self.phases[self.last]
    }

    fn inside(&mut self, rank: Rank, phase: PhaseIndex, project: &'a Project) -> Account {
        let (mut beaten, mut first) = (false, None::<Rank>);
        let out = self.oracle.kind(project);
        let (money, last) = (self.oracle.weighs(phase), self.last());
        for into in self.outside.positions() {
            let Some(highest) = self.outside[into].first().copied() else { continue };
            if self.oracle.rows_allow(phase, Some(out), into) {
                // of one kind the first that can be paid would enter
                let enters = if money {
                    let oracle = &mut self.oracle;
                    let mut ranks = self.outside[into].iter().copied();
                    ranks.find(|rank| oracle.fits(phase, Some(project), &last.alone(*rank)))
                } else {
                    Some(highest)
                };
                beaten |= enters.is_some_and(|other| other < rank);
                first = first.into_iter().chain(enters).min();
            }
        }
        let (mut rules, by_sum) =
            (Vec::new(), beaten && self.ranked.criterion() == Criterion::Coverage);
        let reason = match &self.sides[phase][project.lead()] {
            _ if project.lead() != rank => {
                Reason::Partner(self.ranked.code(project.lead()).to_owned())
            }
            Side::Seated(rule) => {
                rules.push(rule.clone());
                Reason::Needed(rule.clone())
            }
            _ if by_sum => Reason::LargestSum,
            _ if self.won_by_lot(rank, phase) => Reason::Drawn,
            _ => Reason::Rank,
        };
        let distance = first.map(|other| self.distance(rank, other));
        Account { reason, rules, distance }
    }

    fn outside(&mut self, rank: Rank) -> Account {
        let against = Against {
            rank,
            alone: self.last().alone(rank),
            into: self.oracle.kind(&self.last().alone(rank)),
            phase: self.last,
        };
        let found = against.places(&mut self.oracle, &self.movable);
        let with = found.lowest.map(Project::lead);
        let reason = self.kept_out(rank, &found);
        let rules = match &reason {
            Reason::Full(rule) | Reason::Money(rule) | Reason::Displaced { rule, .. } => {
                vec![rule.clone()]
            }
            _ => Vec::new(),
        };
        Account { reason, rules, distance: with.map(|other| self.distance(rank, other)) }
    }

    fn kept_out(&self, rank: Rank, found: &Found<'_>) -> Reason {
        if found.overtaken && self.ranked.criterion() == Criterion::Coverage {
            return Reason::SmallerSum;
        }
        match &self.sides[self.last][rank] {
            Side::Displaced { by, rule } => {
                Reason::Displaced { by: self.ranked.code(*by).to_owned(), rule: rule.clone() }
            }
            Side::KeptOut(rule @ RuleRef::Money { .. }) => Reason::Money(rule.clone()),
            Side::KeptOut(rule) => Reason::Full(rule.clone()),
            Side::Before | Side::ByRank | Side::Seated(_) | Side::Below => {
                self.tied_out(rank).unwrap_or(Reason::BelowCut)
            }
        }
    }

    /// That a unit is tied at the cut of the last phase with others who are in: with the last of them, or
    /// with those among whom lots were drawn.
    fn tied_out(&self, rank: Rank) -> Option<Reason> {
        let code = self.ranked.code(rank);
        let is_here =
            |tie: &&Tie| tie.phase == self.last().id() && tie.outside.iter().any(|c| c == code);
        let tie = self.ties.iter().find(is_here)?;
        match tie.decided_by {
            DecidedBy::Draw => Some(Reason::NotDrawn),
            DecidedBy::Lottery | DecidedBy::Code => tie.inside.last().cloned().map(Reason::TieLost),
        }
    }

    /// Whether lots were drawn across the cut of a phase and gave a unit its place.
    fn won_by_lot(&self, rank: Rank, phase: PhaseIndex) -> bool {
        let (code, phase) = (self.ranked.code(rank), self.phases[phase].id());
        self.ties.iter().any(|tie| {
            let is_drawn = tie.decided_by == DecidedBy::Draw && tie.phase == phase;
            is_drawn && tie.inside.iter().any(|inside| inside == code)
        })
    }

    fn distance(&self, rank: Rank, other: Rank) -> Distance {
        let (inside, outside) =
            if self.seat[rank].is_some() { (rank, other) } else { (other, rank) };
        let points = self.ranked.points_between(inside, outside);
        let signed = |rank: Rank| i64::try_from(rank.number()).unwrap_or(i64::MAX);
        Distance {
            with: self.ranked.code(other).to_owned(),
            points,
            ranks: signed(outside) - signed(inside),
        }
    }
}

/// A unit outside, held against the places of the last phase.
struct Against {
    rank: Rank,
    alone: Project,
    into: KindIndex,
    phase: PhaseIndex,
}

/// The places that a unit outside could take.
#[derive(Default)]
struct Found<'a> {
    /// The lowest project that it could replace.
    lowest: Option<&'a Project>,
    /// Whether it could replace one below it.
    overtaken: bool,
}

impl<'a> Found<'a> {
    fn may_replace(&mut self, project: &'a Project) {
        self.lowest = self.lowest.max(Some(project));
    }
}

impl Against {
    fn places<'a>(
        &self,
        oracle: &mut SwapOracle<'_>,
        movable: &IndexVec<KindIndex, Vec<&'a Project>>,
    ) -> Found<'a> {
        let mut found = Found::default();
        let money = oracle.weighs(self.phase);
        let is_lower = |project: &Project| project.lead() > self.rank;
        for (out, projects) in movable.enumerate() {
            let Some(last) = projects.last().copied() else { continue };
            let allowed = oracle.rows_allow(self.phase, Some(out), self.into);
            if money {
                self.priced_places(oracle, projects, allowed, &mut found);
            } else if allowed {
                found.may_replace(last);
                found.overtaken |= is_lower(last);
            }
        }
        found
    }

    /// The places of one kind where money counts, the lowest first.
    fn priced_places<'a>(
        &self,
        oracle: &mut SwapOracle<'_>,
        projects: &[&'a Project],
        allowed: bool,
        found: &mut Found<'a>,
    ) {
        let mut replaces = false;
        for project in projects.iter().rev().copied() {
            let is_lower = project.lead() > self.rank;
            let fits = allowed && oracle.fits(self.phase, Some(project), &self.alone);
            if fits {
                replaces = true;
                found.may_replace(project);
            }
            if is_lower {
                found.overtaken |= fits;
            }
            // nothing more is to be learned from those above
            if !is_lower && (replaces || !allowed) {
                break;
            }
        }
    }
}
