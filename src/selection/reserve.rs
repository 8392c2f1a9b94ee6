//! Who waits for a place, who would enter when one is given up, and the reserve that covers most of the
//! selected.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::outcome::{ReserveGap, ReserveTie};
use super::phases::SolvedPhases;
use super::programme::Reserve;
use super::ranked_pool::{PhaseIndex, RankedPool};
use super::rule_ref::{Objection, Refusal};
use super::swap::{Seat, SwapOracle};
use super::vacancy::{Link, Succession, Waiting};
use crate::message::selection::refusal as message;
use crate::optimise::{Criterion, Project};
use crate::selection::ProgrammeKey;

/// Everybody who may still enter, in the order of entry: by rank, under coverage by what they bring.
/// With unions these are projects of units that nobody covers.
pub(super) fn waiting(
    ranked: &RankedPool<'_>,
    phases: &SolvedPhases,
    projects: &[Project],
) -> Vec<Project> {
    let Some(last) = phases.last() else { return Vec::new() };
    let free = |p: &&Project| p.members.iter().all(|rank| !last.holds(*rank));
    let mut waiting: Vec<Project> = if projects.is_empty() {
        let outside = ranked.ranks().filter(|rank| !last.holds(*rank));
        outside.map(|rank| last.alone(rank)).collect()
    } else {
        projects.iter().filter(free).cloned().collect()
    };
    let oracle = SwapOracle::new(ranked, phases);
    waiting.sort_by_cached_key(|project| {
        // of unions with one lead the one that covers more comes first
        let (more, members) = (Reverse(project.members.len()), project.members.clone());
        (oracle.entry_key(project), project.lead(), more, members)
    });
    waiting
}

/// Places that are the same for those who could take them when they are given up.
struct Opening {
    /// One of those who hold them.
    leaver: Project,
    /// How many there are.
    seats: usize,
    /// The phases in which such a place may end up when others move up.
    reach: Vec<PhaseIndex>,
    /// Who enters when one is given up and everybody may enter, by position among those who wait.
    replacement: Option<usize>,
}

/// Who could enter for whom.
pub(super) struct Cover<'a> {
    ranked: &'a RankedPool<'a>,
    waiting: &'a [Project],
    openings: Vec<Opening>,
    /// The opening of each place.
    of_seat: Vec<usize>,
    /// By position among those who wait: the openings in which each could enter.
    enters: Vec<Vec<usize>>,
}

impl<'a> Cover<'a> {
    /// Looks at every place of the list as computed.
    pub(super) fn new(
        ranked: &'a RankedPool<'a>,
        phases: &'a SolvedPhases,
        seats: &[Seat],
        waiting: &'a [Project],
    ) -> Self {
        let mut list = Succession::new(ranked, phases, seats);
        let queue: Vec<Waiting> =
            waiting.iter().map(|p| Waiting { project: p.clone(), on_reserve: true }).collect();
        let (mut known, mut openings) = (BTreeMap::new(), Vec::<Opening>::new());
        let mut of_seat = Vec::new();
        for Seat { phase, project } in seats {
            let at = *known.entry(list.opening(*phase, project)).or_insert_with(|| {
                let last = list.chain(*phase, project, &queue).links.last().copied();
                openings.push(Opening {
                    leaver: project.clone(),
                    seats: 0,
                    reach: list.reach(*phase, project),
                    replacement: last.and_then(|link| match link {
                        Link::Enters(at) => Some(at),
                        Link::Moves(_) => None,
                    }),
                });
                openings.len() - 1
            });
            openings[at].seats += 1;
            of_seat.push(at);
        }
        let mut answers: BTreeMap<_, Vec<usize>> = BTreeMap::new();
        let mut found = |project: &Project| {
            let class = list.entry_class(project);
            let found = answers.entry(class).or_insert_with(|| {
                let numbered = openings.iter().enumerate();
                let open = numbered.filter(|(_, o)| list.could_enter(&o.reach, &o.leaver, project));
                open.map(|(at, _)| at).collect()
            });
            found.clone()
        };
        let enters = waiting.iter().map(&mut found).collect();
        Self { ranked, waiting, openings, of_seat, enters }
    }

    /// For each place who holds it and who would enter if it alone were given up.
    pub(super) fn replacements(&self, seats: &[Seat]) -> Vec<(Project, Option<Project>)> {
        let enters = |at: &usize| self.openings[*at].replacement;
        let replaced = seats.iter().zip(&self.of_seat).map(|(seat, opening)| {
            (seat.project.clone(), enters(opening).map(|at| self.waiting[at].clone()))
        });
        replaced.collect()
    }

    /// The reserve in the order of the list, by position among those who wait: first the replacements
    /// that cover most of the selected, then whoever could enter for somebody.
    pub(super) fn reserve(&self) -> Result<Vec<usize>, Refusal> {
        self.reserve_with(None)
    }

    /// The same where one of those who wait comes before its equals.
    fn reserve_with(&self, favoured: Option<usize>) -> Result<Vec<usize>, Refusal> {
        let Some(rule) = &self.ranked.programme.reserve else { return Ok(Vec::new()) };
        let (by, each, most) = match rule {
            Reserve::Size(size) => (None, u32::MAX, *size as usize),
            Reserve::Each { by, each } => {
                (Some(classification(self.ranked, by)?), *each, usize::MAX)
            }
        };
        let mut order = self.first(favoured);
        let first: BTreeSet<usize> = order.iter().copied().collect();
        let others = (0..self.waiting.len()).filter(|at| !self.enters[*at].is_empty());
        let mut others: Vec<usize> = others.filter(|at| !first.contains(at)).collect();
        others.sort_by_key(|at| self.turn(*at, favoured));
        order.extend(others);
        let (mut used, mut held) = (BTreeSet::new(), BTreeMap::new());
        let mut reserve = Vec::new();
        for at in order {
            if reserve.len() >= most {
                break;
            }
            let project = &self.waiting[at];
            let group = by.and_then(|by| self.ranked.candidate(project.lead()).groups[by]);
            let count: &mut u32 = held.entry(group).or_default();
            let fresh = project.members.iter().all(|rank| !used.contains(rank));
            if fresh && *count < each && (by.is_none() || group.is_some()) {
                *count += 1;
                used.extend(project.members.iter().copied());
                reserve.push(at);
            }
        }
        reserve.sort_unstable();
        Ok(reserve)
    }

    /// Replacements of the selected: that first which could enter for most of those whom nobody before
    /// it could replace, of equal ones the first of the list.
    fn first(&self, favoured: Option<usize>) -> Vec<usize> {
        let replacement = |(at, opening): (usize, &Opening)| {
            let known = opening.replacement?;
            let instead = favoured.filter(|own| self.enters[*own].contains(&at));
            Some(instead.filter(|own| self.are_equal(*own, known)).unwrap_or(known))
        };
        let replacements: BTreeSet<usize> =
            self.openings.iter().enumerate().filter_map(replacement).collect();
        let mut open: BTreeSet<usize> = (0..self.openings.len()).collect();
        let mut order = Vec::new();
        loop {
            let covers = |at: &usize| -> usize {
                let own = self.enters[*at].iter().filter(|opening| open.contains(opening));
                own.map(|opening| self.openings[*opening].seats).sum()
            };
            let turn = |at: usize| Reverse((self.turn(at, favoured), at));
            let best = replacements.iter().map(|at| (covers(at), turn(*at))).max();
            let Some((1.., Reverse((_, best)))) = best else { return order };
            self.enters[best].iter().for_each(|opening| {
                open.remove(opening);
            });
            order.push(best);
        }
    }

    /// When one of those who wait has its turn: the favoured before its equals.
    fn turn(&self, at: usize, favoured: Option<usize>) -> (usize, bool) {
        if favoured != Some(at) {
            return (at, true);
        }
        let equals = (0..at).rev().take_while(|other| self.are_equal(*other, at));
        (equals.last().unwrap_or(at), false)
    }

    /// Whether nothing but their codes orders two of those who wait.
    fn are_equal(&self, one: usize, other: usize) -> bool {
        let (one, other) = (&self.waiting[one], &self.waiting[other]);
        let value = |project: &Project| -> i128 {
            let own = project.members.iter().map(|rank| i128::from(self.ranked.value(*rank)));
            own.sum()
        };
        let standing = |project: &Project| &self.ranked.keys[project.lead()];
        one.members.len() == other.members.len()
            && standing(one).ties_with(standing(other))
            && (self.ranked.criterion() == Criterion::Priority || value(one) == value(other))
    }

    /// Equals of whom the code orders some on the reserve, or keeps some off it that could enter.
    pub(super) fn ties(&self, reserve: &[usize]) -> Result<Vec<ReserveTie>, Refusal> {
        let mut ties = Vec::new();
        if self.ranked.programme.order.lottery.is_some() {
            return Ok(ties);
        }
        let positions: Vec<usize> = (0..self.waiting.len()).collect();
        for equal in positions.chunk_by(|one, other| self.are_equal(*one, *other)) {
            let (on, off): (Vec<usize>, Vec<usize>) =
                equal.iter().partition(|at| reserve.binary_search(at).is_ok());
            if on.is_empty() {
                continue;
            }
            let mut known: BTreeMap<&[usize], bool> = BTreeMap::new();
            let mut kept_off = Vec::new();
            for at in off.into_iter().filter(|at| !self.enters[*at].is_empty()) {
                let enters = self.enters[at].as_slice();
                let would = match known.get(enters) {
                    Some(would) => *would,
                    None => self.reserve_with(Some(at))?.contains(&at),
                };
                known.insert(enters, would);
                kept_off.extend(would.then_some(at));
            }
            if on.len() > 1 || !kept_off.is_empty() {
                let codes = |all: &[usize]| {
                    all.iter()
                        .flat_map(|at| self.ranked.codes(&self.waiting[*at].members))
                        .collect()
                };
                ties.push(ReserveTie { on: codes(&on), off: codes(&kept_off) });
            }
        }
        Ok(ties)
    }

    /// The selected for whom nobody on a reserve could enter.
    pub(super) fn gap(&self, reserve: &[usize]) -> ReserveGap {
        let covered: BTreeSet<usize> =
            reserve.iter().flat_map(|at| self.enters[*at].iter().copied()).collect();
        let replaceable: BTreeSet<usize> = self.enters.iter().flatten().copied().collect();
        let outside = |set: &BTreeSet<usize>| -> usize {
            let numbered = self.openings.iter().enumerate();
            numbered.filter(|(at, _)| !set.contains(at)).map(|(_, opening)| opening.seats).sum()
        };
        ReserveGap {
            selected: self.of_seat.len(),
            uncovered: outside(&covered),
            irreplaceable: outside(&replaceable),
        }
    }
}

fn classification(ranked: &RankedPool<'_>, by: &str) -> Result<usize, Refusal> {
    ranked.pool.classification(by).ok_or_else(|| {
        let known = ranked.pool.classifications.iter().map(|by| by.id.as_str());
        let advice = message::unknown_classification(by, known);
        Refusal::one(Objection::new("unknown-classification", ProgrammeKey::ReserveBy, advice))
    })
}
