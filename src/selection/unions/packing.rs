//! Choosing projects that share no member, as a walk over the units in a fixed order.
//!
//! Units are lined up so that those that may join stand close together. Walking along the line, all
//! that matters of the past is which of the next units are taken already: a few bits. Where no
//! project reaches across a gap in the line, a new *part* begins. The best choice in a part is found
//! by looking at every reachable set of bits (dynamic programming over a path decomposition).

use std::collections::{BTreeMap, BTreeSet};

/// Reachable sets of bits at one position beyond which a part counts as too wide.
const WIDEST: usize = 60_000;

/// A project on the line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Placed {
    /// The members' bits, the first member at bit 0.
    pub(super) bits: u128,
    /// Ranks, ascending.
    pub(super) members: Vec<usize>,
    /// What it sums to: what coverage counts, times more than there can be projects, less one.
    pub(super) worth: i128,
    /// Bani.
    pub(super) cost: i64,
    /// Rows that count it, ascending.
    pub(super) rows: Vec<usize>,
    /// How many units that must be covered it covers.
    pub(super) required: usize,
}

/// Units on a line, with the projects that begin at each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    /// The rank at each position.
    pub(super) ranks: Vec<usize>,
    /// Whether the unit at a position must be covered.
    pub(super) required: Vec<bool>,
    /// Projects whose first member on the line is at a position.
    pub(super) starting: Vec<Vec<usize>>,
    /// All projects.
    pub(super) projects: Vec<Placed>,
    /// First position of each part, with the length of the line at the end.
    pub(super) parts: Vec<usize>,
    position: BTreeMap<usize, usize>,
    /// By position: projects that cover its unit.
    covering: Vec<Vec<usize>>,
}

impl Line {
    /// Lines up the units of some projects; `None` when units that may join stand too far apart for
    /// the bits at hand. Parts with the same rows stand together.
    pub(super) fn new(mut projects: Vec<Placed>, required: &BTreeSet<usize>) -> Option<Self> {
        let (ranks, parts) = line_up(&projects);
        let position: BTreeMap<_, _> = ranks.iter().enumerate().map(|(at, r)| (*r, at)).collect();
        let mut starting = vec![Vec::new(); ranks.len()];
        for (at, project) in projects.iter_mut().enumerate() {
            let places: Vec<_> = project.members.iter().map(|rank| position[rank]).collect();
            let first = *places.iter().min().expect("a project has members");
            project.bits = 0;
            for place in places {
                let shift = u32::try_from(place - first).ok().filter(|shift| *shift < 127)?;
                project.bits |= 1 << shift;
            }
            starting[first].push(at);
        }
        let mut covering = vec![Vec::new(); ranks.len()];
        for (at, project) in projects.iter().enumerate() {
            project.members.iter().for_each(|rank| covering[position[rank]].push(at));
        }
        let nobody = vec![false; ranks.len()];
        let mut line =
            Self { ranks, required: nobody, starting, projects, parts, position, covering };
        required.iter().for_each(|rank| line.require(*rank));
        Some(line)
    }

    /// The unit must be covered from now on.
    pub(super) fn require(&mut self, rank: usize) {
        let position = self.position[&rank];
        self.required[position] = true;
        for project in &self.covering[position] {
            self.projects[*project].required += 1;
        }
    }

    /// The unit need not be covered any more.
    pub(super) fn release(&mut self, rank: usize) {
        let position = self.position[&rank];
        self.required[position] = false;
        for project in &self.covering[position] {
            self.projects[*project].required -= 1;
        }
    }

    /// The part in which a unit stands.
    pub(super) fn part_of(&self, rank: usize) -> usize {
        self.parts.partition_point(|first| *first <= self.position[&rank]) - 1
    }

    /// Positions of a part.
    pub(super) fn part(&self, part: usize) -> std::ops::Range<usize> {
        self.parts[part]..self.parts[part + 1]
    }

    /// What some projects are worth.
    pub(super) fn worth(&self, projects: &[usize]) -> i128 {
        projects.iter().map(|project| self.projects[*project].worth).sum()
    }

    /// How many parts there are.
    pub(super) fn count(&self) -> usize {
        self.parts.len() - 1
    }
}

/// Units in the order of the line, and where parts begin.
fn line_up(projects: &[Placed]) -> (Vec<usize>, Vec<usize>) {
    let mut near: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    let mut cell: BTreeMap<usize, &[usize]> = BTreeMap::new();
    for project in projects {
        for rank in &project.members {
            near.entry(*rank).or_default().extend(&project.members);
            cell.insert(*rank, &project.rows);
        }
    }
    // outer rows come later in a row list: reversed, parts of one region stand together, then county
    let mut starts: Vec<_> =
        near.keys().map(|rank| (cell[rank].iter().rev().collect::<Vec<_>>(), *rank)).collect();
    starts.sort();
    let mut ranks = Vec::new();
    let mut parts = vec![0];
    let mut done = BTreeSet::new();
    for (_, start) in starts {
        if done.contains(&start) {
            continue;
        }
        let members = connected(&near, start);
        let mut open = BTreeSet::new();
        let mut next = edge_of(&near, &members, start);
        loop {
            done.insert(next);
            open.remove(&next);
            ranks.push(next);
            open.extend(near[&next].iter().filter(|rank| !done.contains(rank)));
            // the open unit that opens fewest others goes next
            let opens = |rank: &usize| {
                near[rank].iter().filter(|r| !done.contains(*r) && !open.contains(*r)).count()
            };
            match open.iter().min_by_key(|rank| (opens(rank), **rank)) {
                Some(rank) => next = *rank,
                None => break,
            }
        }
        parts.push(ranks.len());
    }
    (ranks, parts)
}

fn connected(near: &BTreeMap<usize, BTreeSet<usize>>, start: usize) -> BTreeSet<usize> {
    let mut found = BTreeSet::from([start]);
    let mut queue = vec![start];
    while let Some(rank) = queue.pop() {
        queue.extend(near[&rank].iter().copied().filter(|other| found.insert(*other)));
    }
    found
}

/// A unit far from `start`: lines that begin at an edge stay narrow.
fn edge_of(
    near: &BTreeMap<usize, BTreeSet<usize>>,
    members: &BTreeSet<usize>,
    start: usize,
) -> usize {
    let mut seen = BTreeSet::from([start]);
    let mut layer = vec![start];
    let mut last = start;
    while !layer.is_empty() {
        last = *layer.iter().min().expect("a layer has a unit");
        let next: BTreeSet<_> = layer
            .iter()
            .flat_map(|rank| &near[rank])
            .copied()
            .filter(|r| seen.insert(*r))
            .collect();
        layer = next.into_iter().collect();
    }
    debug_assert!(members.contains(&last));
    last
}

/// The best choice in one part for given weights of the projects.
#[derive(Clone, Debug)]
pub(super) struct Best {
    /// By position in the part and set of bits, ascending: what can still be gained.
    layers: Vec<Vec<(u128, i128)>>,
    first: usize,
    /// What the part gains.
    pub(super) gain: i128,
    /// The projects that gain it.
    pub(super) chosen: Vec<usize>,
}

/// Below every sum that can be.
pub(super) const NEVER: i128 = i128::MIN / 4;

impl Best {
    /// Looks at one part; `None` when it is too wide. Projects that gain nothing are left out unless
    /// they cover a unit that must be covered.
    pub(super) fn of(line: &Line, part: usize, weight: impl Fn(usize) -> i128) -> Option<Self> {
        let range = line.part(part);
        let first = range.start;
        let needed = |project: &usize| weight(*project) > 0 || line.projects[*project].required > 0;
        let usable: Vec<Vec<usize>> = range
            .clone()
            .map(|at| line.starting[at].iter().copied().filter(|p| needed(p)).collect())
            .collect();
        let mut masks: Vec<Vec<u128>> = vec![vec![0]];
        for (at, starting) in usable.iter().enumerate() {
            let mut next = BTreeSet::new();
            for mask in &masks[at] {
                next.extend(steps(line, first + at, *mask, starting).map(|(_, mask)| mask));
            }
            if next.len() > WIDEST {
                return None;
            }
            masks.push(next.into_iter().collect());
        }
        let end = masks.pop().expect("a part has an end");
        let mut layers = vec![end.into_iter().map(|mask| (mask, 0)).collect::<Vec<_>>()];
        for (at, starting) in usable.iter().enumerate().rev() {
            let after = layers.last().expect("there is a layer behind");
            let reach = |mask: u128| {
                after.binary_search_by_key(&mask, |(m, _)| *m).map_or(NEVER, |i| after[i].1)
            };
            let gain = |mask: &u128| {
                steps(line, first + at, *mask, starting)
                    .map(|(project, next)| project.map_or(0, &weight) + reach(next))
                    .max()
                    .unwrap_or(NEVER)
            };
            layers.push(masks[at].iter().map(|mask| (*mask, gain(mask))).collect());
        }
        layers.reverse();
        let mut best = Self { gain: layers[0][0].1, layers, first, chosen: Vec::new() };
        best.chosen = best.follow(line, &usable, &weight);
        Some(best)
    }

    fn follow(
        &self,
        line: &Line,
        usable: &[Vec<usize>],
        weight: &impl Fn(usize) -> i128,
    ) -> Vec<usize> {
        let mut chosen = Vec::new();
        let mut mask = 0;
        for (at, starting) in usable.iter().enumerate() {
            let best = steps(line, self.first + at, mask, starting)
                .map(|(project, next)| {
                    let rest = self.known(self.first + at + 1, next).unwrap_or(NEVER);
                    (project.map_or(0, weight) + rest, project, next)
                })
                .max_by_key(|(gain, _, _)| *gain);
            let Some((_, project, next)) = best else { return chosen };
            chosen.extend(project);
            mask = next;
        }
        chosen
    }

    /// What can still be gained from a position of the line on, where it was looked at.
    pub(super) fn known(&self, position: usize, mask: u128) -> Option<i128> {
        let layer = self.layers.get(position - self.first)?;
        layer.binary_search_by_key(&mask, |(m, _)| *m).ok().map(|at| layer[at].1)
    }
}

/// What can happen at a position: nothing, or one of the projects that begin there.
pub(super) fn steps<'a>(
    line: &'a Line,
    position: usize,
    mask: u128,
    starting: &'a [usize],
) -> impl Iterator<Item = (Option<usize>, u128)> + 'a {
    let taken = mask & 1 == 1;
    let pass = (taken || !line.required[position]).then_some((None, mask >> 1));
    let begin = starting.iter().filter(move |_| !taken).filter_map(move |project| {
        let bits = line.projects[*project].bits;
        (mask & bits == 0).then_some((Some(*project), (mask | bits) >> 1))
    });
    pass.into_iter().chain(begin)
}
