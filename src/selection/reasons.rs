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
    /// Ranks outside every list.
    outside: Vec<usize>,
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
        let outside = (0..seat.len()).filter(|rank| seat[*rank].is_none()).collect();
        let last = stages.len() - 1;
        Self { field, stages, exchange: Exchange::new(field, stages), seat, outside, last }
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
        let (mut clauses, mut beaten, mut first) = (BTreeSet::new(), false, None);
        let higher = self.outside.partition_point(|other| *other < rank);
        for at in 0..self.outside.len() {
            // behind the first that would replace it nothing more is to be learned
            if at >= higher && first.is_some() {
                break;
            }
            let other = self.alone(self.outside[at]);
            let fits = self.exchange.fits(phase, Some(project), &other);
            if fits && first.is_none() {
                first = Some(self.outside[at]);
            }
            if at < higher {
                beaten |= fits;
                let bars = self.exchange.bars(phase, Some(project), &other);
                let short = bars.iter().any(|bar| matches!(bar, Bar::Short(_)))
                    && !bars.iter().any(|bar| matches!(bar, Bar::Full(_)));
                let bars = bars.into_iter().filter(|bar| short && matches!(bar, Bar::Short(_)));
                clauses.extend(bars.map(|bar| self.exchange.clause(phase, bar)));
            }
        }
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
        let mut bars = BTreeSet::new();
        let (mut lowest, mut overtaken): (Option<usize>, bool) = (None, false);
        for (at, project) in stage.added.iter().enumerate() {
            let fits = self.exchange.fits(self.last, Some(project), &alone);
            let locked = stage.problem.units[project.members[0]].locked;
            if fits && !locked {
                lowest = Some(at);
            }
            if project.members[0] > rank && !locked {
                overtaken |= fits;
                bars.extend(self.exchange.bars(self.last, Some(project), &alone));
            }
        }
        // a place that is free is not taken from anybody
        let free = self.exchange.bars(self.last, None, &alone);
        if !free.contains(&Bar::Full(0)) {
            bars.extend(free);
        }
        let with = lowest.map(|at| stage.added[at].members[0]);
        let clauses: Vec<_> =
            bars.iter().map(|bar| self.exchange.clause(self.last, *bar)).collect();
        let reason = self.kept_out(rank, &bars, overtaken, with);
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
