//! For each unit the rule that admitted it or kept it out, and how far it is from the other side.

use std::collections::BTreeSet;

use super::exchange::{Bar, Exchange};
use super::phases::{Field, Stage};
use super::result::{Clause, Distance, Reason};
use super::solve::Best;
use super::unions::Project;

/// Why a unit stands where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Account {
    pub(super) reason: Reason,
    pub(super) clauses: Vec<Clause>,
    pub(super) distance: Option<Distance>,
}

/// The lists, with everything that asks for a reason.
pub(super) struct Accounts<'a> {
    field: &'a Field<'a>,
    stages: &'a [Stage],
    exchange: Exchange<'a>,
    /// By rank: the phase that selected it, and the position of its project there.
    seat: Vec<Option<(usize, usize)>>,
    /// Ranks outside every list, by kind.
    outside: Vec<Vec<usize>>,
    /// Projects of the last phase that are not locked in, as positions in it, by kind.
    movable: Vec<Vec<usize>>,
    last: usize,
}

impl<'a> Accounts<'a> {
    pub(super) fn new(field: &'a Field<'a>, stages: &'a [Stage]) -> Self {
        let mut seat = vec![None; field.ranking.order.len()];
        for (phase, stage) in stages.iter().enumerate() {
            for (at, project) in stage.added.iter().enumerate() {
                project.members.iter().for_each(|rank| seat[*rank] = Some((phase, at)));
            }
        }
        let last = stages.len() - 1;
        let exchange = Exchange::new(field, stages);
        let cost = |rank: usize| stages[last].problem.units[rank].cost;
        let alone = |rank: usize| Project { members: vec![rank], cost: cost(rank) };
        let mut outside = vec![Vec::new(); exchange.count_kinds()];
        for rank in (0..seat.len()).filter(|rank| seat[*rank].is_none()) {
            outside[exchange.kind(&alone(rank))].push(rank);
        }
        let mut movable = vec![Vec::new(); exchange.count_kinds()];
        for (at, project) in stages[last].added.iter().enumerate() {
            if !stages[last].problem.units[project.members[0]].locked {
                movable[exchange.kind(project)].push(at);
            }
        }
        Self { field, stages, exchange, seat, outside, movable, last }
    }

    /// The account of a rank.
    pub(super) fn of(&mut self, rank: usize) -> Account {
        match self.seat[rank] {
            Some((phase, at)) => self.inside(rank, phase, &self.stages[phase].added[at]),
            None => self.outside(rank),
        }
    }

    fn alone(&self, rank: usize) -> Project {
        Project { members: vec![rank], cost: self.stages[self.last].problem.units[rank].cost }
    }

    fn inside(&mut self, rank: usize, phase: usize, project: &'a Project) -> Account {
        let (mut short, mut beaten, mut first) = (BTreeSet::new(), false, None::<usize>);
        let out = self.exchange.kind(project);
        let money = self.exchange.counts_money(phase);
        for into in 0..self.outside.len() {
            let Some(highest) = self.outside[into].first().copied() else { continue };
            if self.exchange.rows_allow(phase, Some(out), into) {
                // of one kind the first that can be paid would enter
                let enters = if money {
                    let cost = |rank: usize| self.stages[self.last].problem.units[rank].cost;
                    let alone = |rank: usize| Project { members: vec![rank], cost: cost(rank) };
                    let exchange = &mut self.exchange;
                    let mut ranks = self.outside[into].iter().copied();
                    ranks.find(|rank| exchange.fits(phase, Some(project), &alone(*rank)))
                } else {
                    Some(highest)
                };
                beaten |= enters.is_some_and(|other| other < rank);
                first = first.into_iter().chain(enters).min();
            }
            if highest < rank {
                let bars = self.exchange.answer(phase, Some(out), into);
                if bars.iter().all(|bar| matches!(bar, Bar::Short(_))) {
                    short.extend(bars.iter().copied());
                }
            }
        }
        let clauses: BTreeSet<_> =
            short.into_iter().map(|bar| self.exchange.clause(phase, bar)).collect();
        let lead = project.members[0];
        let needed = clauses.first().cloned();
        let reason = if lead != rank {
            Reason::Partner(self.field.code(lead).to_owned())
        } else if let Some(clause) = needed {
            Reason::Needed(clause)
        } else if beaten && self.field.best() == Best::Coverage {
            Reason::LargestSum
        } else {
            Reason::Rank
        };
        let distance = first.map(|other| self.distance(rank, other));
        Account { reason, clauses: clauses.into_iter().collect(), distance }
    }

    fn outside(&mut self, rank: usize) -> Account {
        let stage = &self.stages[self.last];
        let alone = self.alone(rank);
        let into = self.exchange.kind(&alone);
        let money = self.exchange.counts_money(self.last);
        let mut bars = BTreeSet::new();
        // the fewest rules that keep it from one of the places below: what it is told
        let mut fewest: Option<Vec<Bar>> = None;
        let mut told = |bars: &[Bar]| {
            let fewer = fewest.as_ref().is_none_or(|known| bars.len() < known.len());
            if fewer && !bars.is_empty() {
                fewest = Some(bars.to_vec());
            }
        };
        let (mut lowest, mut overtaken): (Option<usize>, bool) = (None, false);
        for out in 0..self.movable.len() {
            let Some(last) = self.movable[out].last().copied() else { continue };
            let lower = |at: usize| stage.added[at].members[0] > rank;
            let allowed = self.exchange.rows_allow(self.last, Some(out), into);
            if lower(last) {
                let found = self.exchange.answer(self.last, Some(out), into);
                bars.extend(found.iter().copied());
                told(found);
            }
            if !money {
                if allowed {
                    lowest = lowest.max(Some(last));
                    overtaken |= lower(last);
                }
                continue;
            }
            let mut found = false;
            for at in self.movable[out].iter().rev().copied() {
                let fits = allowed && self.exchange.fits(self.last, Some(&stage.added[at]), &alone);
                if fits {
                    found = true;
                    lowest = lowest.max(Some(at));
                }
                if lower(at) {
                    overtaken |= fits;
                    let found = self.exchange.bars(self.last, Some(&stage.added[at]), &alone);
                    told(&found);
                    bars.extend(found);
                }
                // nothing more is to be learned from those above
                if !lower(at) && (found || !allowed) {
                    break;
                }
            }
        }
        // a place that is free is not taken from anybody
        let free = self.exchange.bars(self.last, None, &alone);
        if !free.contains(&Bar::Full(0)) {
            told(&free);
            bars.extend(free);
        }
        let fewest: BTreeSet<_> = fewest.unwrap_or_default().into_iter().collect();
        let with = lowest.map(|at| stage.added[at].members[0]);
        let clauses: Vec<_> =
            bars.iter().map(|bar| self.exchange.clause(self.last, *bar)).collect();
        let reason = self.kept_out(rank, &fewest, overtaken, with);
        Account { reason, clauses, distance: with.map(|other| self.distance(rank, other)) }
    }

    fn kept_out(
        &self,
        rank: usize,
        bars: &BTreeSet<Bar>,
        overtaken: bool,
        with: Option<usize>,
    ) -> Reason {
        let clause = |bar: &Bar| self.exchange.clause(self.last, *bar);
        let first = |wanted: fn(&Bar) -> bool| bars.iter().find(|bar| wanted(bar)).map(clause);
        if overtaken && self.field.best() == Best::Coverage {
            return Reason::SmallerSum;
        }
        if let Some(clause) = first(|bar| matches!(bar, Bar::Full(_))) {
            return Reason::Full(clause);
        }
        if let Some(clause) = first(|bar| matches!(bar, Bar::Short(_))) {
            return Reason::KeptFor(clause);
        }
        if let Some(clause) = first(|bar| matches!(bar, Bar::Money)) {
            return Reason::Money(clause);
        }
        let standings = &self.field.ranking.standings;
        match with {
            Some(other) if standings[rank].ties_with(&standings[other]) => {
                Reason::TieLost(self.field.code(other).to_owned())
            }
            _ => Reason::BelowCut,
        }
    }

    fn distance(&self, rank: usize, other: usize) -> Distance {
        let (inside, outside) =
            if self.seat[rank].is_some() { (rank, other) } else { (other, rank) };
        let scored =
            |rank: usize| self.field.entrants.points[self.field.ranking.order[rank]].is_some();
        let points = self.field.points(inside).checked_sub(self.field.points(outside));
        let signed = |rank: usize| i64::try_from(rank).unwrap_or(i64::MAX);
        Distance {
            with: self.field.code(other).to_owned(),
            points: points.filter(|_| scored(inside) && scored(outside)),
            ranks: signed(outside) - signed(inside),
        }
    }
}
